#ifndef ITD_READ_QUERY_ENTITY_H
#define ITD_READ_QUERY_ENTITY_H

#include "read/entity_json.h"
#include "read/mapping.h"
#include "read/query.h"

/* Making the entity of a question: what the readers of JSON lines, tables and names share. */

/** An entity under construction. All zeros plus the arena that keeps the entity. */
typedef struct itd_query_draft {
    itd_arena *arena;
    itd_sv id;
    itd_schema schema;
    ITD_VECTOR(itd_entity_value) values;
    uint64_t unread; /**< dates and countries that say nothing, so that they cannot be compared */
    itd_property unread_property;
    itd_sv unread_text; /**< the first of them */
} itd_query_draft;

/** Empties the draft for the next question. */
void itd_query_draft_start(itd_query_draft *draft, itd_arena *arena);
void itd_query_draft_finish(itd_query_draft *draft);
/** Adds a value in its normal form, copied; a blank one is passed over.
 *  @return ITD_OK | ITD_EFORMAT (a bad value) | ITD_ELIMIT (ITD_QUERY_VALUES_MAX) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_draft_add(itd_query_draft *draft, itd_property property, itd_sv text,
                                              itd_error *error);
/** Takes a JSON object, FollowTheMoney or simple, apart. @return as itd_query_draft_add, and ITD_EFORMAT for what an
 * object cannot be */
ITD_MUST_CHECK itd_status itd_query_draft_json(itd_query_draft *draft, const itd_json *object, itd_error *error);
/** True when a key of a simple object means something. */
bool itd_query_knows_key(itd_sv key);
/** True when a key of a FollowTheMoney entity's properties is one. */
bool itd_query_knows_property(itd_sv key);
/** What a word means in a simple object ("dob": birthDate), or empty. Static. */
itd_sv itd_query_meaning(itd_sv word);
/** The entity; a first and a last name without a whole one are joined to one. */
ITD_MUST_CHECK itd_status itd_query_draft_end(itd_entity *out, itd_query_draft *draft, itd_error *error);
/** The whole question; its line, which is set, is the id when there is none. @return as above, and ITD_EFORMAT when it
 * has no value */
ITD_MUST_CHECK itd_status itd_query_draft_question(itd_query *out, itd_query_draft *draft, itd_error *error);

/** The next line that is not blank, without a byte order mark; those that are blank are added to `*blank`. */
ITD_MUST_CHECK itd_status itd_query_line(itd_input *input, itd_sv *line, bool *more, uint64_t *blank, itd_error *error);
/** Gives `status` back; an error of one line gets its place. */
itd_status itd_query_placed(itd_status status, const itd_input *input, uint64_t line, uint64_t offset,
                            itd_error *error);

#endif
