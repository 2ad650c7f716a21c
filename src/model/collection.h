#ifndef ITD_MODEL_COLLECTION_H
#define ITD_MODEL_COLLECTION_H

#include "base/map.h"
#include "model/statement.h"

/** Statements in memory, in any order of arrival, that become entities when folded. Strings are kept once. */
typedef struct itd_collection itd_collection;

/** A statement as the collection keeps it; numbers that name strings go through itd_collection_text. Text 0 is the
 * empty string. */
typedef struct itd_row {
    uint32_t entity, record; /**< ids as text numbers */
    uint32_t dataset, value, original, lang, first_seen, last_seen, origin, document;
    uint64_t line, offset;
    uint32_t span;
    uint16_t schema, property;
    char reliability, credibility;
    uint8_t tlp;
    uint8_t reserved[5]; /**< 0: compiled files hold no stray bytes */
} itd_row;

/** An entity after the fold. Its rows are adjacent, ordered by property, then value, then the other fields. */
typedef struct itd_folded {
    uint32_t id;       /**< text number */
    uint32_t record;   /**< text number; equals id for a publisher's record; the first in byte order of several */
    itd_schema schema; /**< the most specific one that all its statements allow */
    uint16_t reserved; /**< 0: compiled files hold no stray bytes */
    uint32_t row_first, row_count;
} itd_folded;

/** True for a publisher's own record, false for what was made from one: this is what "entities" counts. */
static inline bool itd_folded_is_record(const itd_folded *entity)
{
    return entity->record == entity->id;
}

#define ITD_COLLECTION_ROWS_MAX ((size_t)1 << 31)

/** `bytes_max` caps the memory for strings and rows; SIZE_MAX: none. */
ITD_MUST_CHECK itd_status itd_collection_create(itd_collection **out, size_t bytes_max, itd_error *error);
void itd_collection_destroy(itd_collection *collection);
/** An itd_statement_sink; `context` is the collection. @return ITD_OK | ITD_ENOMEM | ITD_ELIMIT |
 * ITD_EINVAL (a property that the statement's schema does not have; ITD_P_OTHER under a name that does not fit).
 * Properties are kept as itd_property_in has them.
 */
ITD_MUST_CHECK itd_status itd_collection_add(void *context, const itd_statement *statement, itd_error *error);
/** Sorts, drops statements that are the same in every field, and forms entities in byte order of their ids. Adding
 * after a fold needs another fold. The result does not depend on the order of adding: texts are numbered anew, in byte
 * order of all that were added, so that numbers can be compared in place of texts. After a failure there are no
 * entities, but every statement. Cost: O(n log n).
 *  @return ITD_OK | ITD_ENOMEM | ITD_EFORMAT (an entity whose statements name schemata that cannot be one; the message
 * names it) */
ITD_MUST_CHECK itd_status itd_collection_fold(itd_collection *collection, itd_error *error);

size_t itd_collection_row_count(const itd_collection *collection);
const itd_row *itd_collection_rows(const itd_collection *collection);
size_t itd_collection_entity_count(const itd_collection *collection);
const itd_folded *itd_collection_entities(const itd_collection *collection);
size_t itd_collection_text_count(const itd_collection *collection);
itd_sv itd_collection_text(const itd_collection *collection, uint32_t text);
/** Index into itd_collection_entities, or ITD_MAP_NONE. O(log n) */
uint32_t itd_collection_find(const itd_collection *collection, itd_sv id);

#endif
