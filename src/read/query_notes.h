#ifndef ITD_READ_QUERY_NOTES_H
#define ITD_READ_QUERY_NOTES_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"
#include "base/map.h"
#include "read/query_entity.h"
#include "read/table.h"

/** Most keys that notes name; of more they say that there are others. */
#define ITD_QUERY_NOTE_KEYS_MAX 16

/** What people should know of how questions were read. Start with itd_query_notes_init. */
typedef struct itd_query_notes {
    itd_intern keys;      /**< that mean nothing known and have been named */
    itd_buffer opening;   /**< how the input is taken */
    itd_buffer later;     /**< keys that came after that was said */
    itd_buffer unread_at; /**< the first of the values below */
    uint64_t unread;      /**< dates and countries that say nothing */
    itd_buffer passed;    /**< what itd_query_notes_passed_over gave */
    size_t others;        /**< keys beyond the cap, with repeats */
} itd_query_notes;

void itd_query_notes_init(itd_query_notes *notes);
void itd_query_notes_finish(itd_query_notes *notes);

/** Names the columns that a header was guessed to have, in the opening. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_notes_table(itd_query_notes *notes, const itd_mapping *mapping,
                                                const itd_table *table, itd_error *error);
/** Names the keys of a question that nothing is made of: in the opening when `line` is 0, else among the later ones.
 * @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_notes_object(itd_query_notes *notes, const itd_json *object, uint64_t line,
                                                 itd_error *error);
/** Counts the values of a question that say nothing. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_notes_draft(itd_query_notes *notes, const itd_query_draft *draft, uint64_t line,
                                                itd_error *error);
/** What was passed over so far, `blank` lines among it; "" when nothing was. Lives until the next call.
 * @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_notes_passed_over(const char **out, itd_query_notes *notes, uint64_t blank,
                                                      itd_error *error);

#endif
