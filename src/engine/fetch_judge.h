#ifndef ITD_ENGINE_FETCH_JUDGE_H
#define ITD_ENGINE_FETCH_JUDGE_H

#include "engine/engine.h"
#include "fetch/card.h"

/** What was read of a file: the card's own fields of it. */
typedef struct itd_fetch_facts {
    char format[sizeof((itd_card *)0)->format], version[sizeof((itd_card *)0)->version];
    char dataset[sizeof((itd_card *)0)->dataset];
    uint64_t entities, rejected;
} itd_fetch_facts;

/** Reads a file as `lists stats` would.
 *  @return ITD_OK | ITD_EFORMAT, ITD_ELIMIT … (it cannot be read; `error` says where) | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_fetch_examine(itd_fetch_facts *out, itd_context *context, const char *path, bool skip_bad,
                                            itd_error *error);

/** Whether a list may take the place of the last good one (`was`; NULL: there is none). If not, `reason` says why, else
 * it is empty: another format, another list, no entities, or fewer by more than ITD_FETCH_SHRINK_PERCENT_MAX. */
void itd_fetch_judge(char reason[ITD_ERROR_MESSAGE_MAX + 1], const itd_publisher *publisher, const itd_fetch_facts *was,
                     const itd_fetch_facts *now);

#endif
