#ifndef INTERDICT_RESCREEN_H
#define INTERDICT_RESCREEN_H

#include "interdict/case.h"
#include "interdict/screen.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a change of lists made of a hit. Borrowed for the call. */
typedef struct itd_rescreen_change {
    const char *change;  /**< "new", "changed", "gone" */
    itd_sv id, query;    /**< of the question */
    const itd_hit *hit;  /**< as it is now; NULL when it is gone */
    itd_sv hit_id;       /**< of the entity */
    int32_t score_micro; /**< as it is now, or was when it is gone */
    itd_sv caption;      /**< likewise */
    itd_sv json; /**< `{"change","id","query","hit":{},"was":{},"since","generation"}`: "hit" is as it is now, or was
                    when it is gone; "was", of a changed one, as it was */
} itd_rescreen_change;

typedef struct itd_rescreen_options {
    const char *store; /**< name of the questions, which are screened by the options that they were stored with; a limit
                          does not count */
    int64_t since;     /**< generation that the hits are held against; 0: nothing */
    const char *person; /**< for the audit record */
    int64_t now;        /**< microseconds since 1970 UTC; 0: the system's clock */
} itd_rescreen_options;

typedef struct itd_rescreen_report {
    int64_t generation; /**< that was screened against */
    uint64_t questions;
    uint64_t entities_now, entities_then; /**< that were looked at, of what differs */
    uint64_t added, changed, gone;        /**< hits */
    int64_t record;                       /**< number of the audit record */
} itd_rescreen_report;

/** Tells what the hits of stored questions became since a generation: the difference of screening all of them against
 * all lists then and now, found by looking at the entities alone that say something else. What was decided stands with
 * each hit. Hits that are new or changed can be decided afterwards. The case is open for writing.
 *  @param report may be NULL
 *  @return ITD_OK | ITD_ENOTFOUND (store, generation) | ITD_EMISMATCH (stored by another program) | what on_change gave
 *  Cost: as screening against an index of those entities alone, twice. */
ITD_API ITD_MUST_CHECK itd_status itd_rescreen(itd_case *the_case, itd_context *context,
                                               const itd_rescreen_options *options,
                                               itd_status (*on_change)(void *user, const itd_rescreen_change *change),
                                               void *user, itd_rescreen_report *report, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
