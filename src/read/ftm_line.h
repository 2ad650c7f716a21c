#ifndef ITD_READ_FTM_LINE_H
#define ITD_READ_FTM_LINE_H

#include "read/entity_json.h"
#include "read/json_lines.h"
#include "read/others.h"

/* One FollowTheMoney object with all entities that are nested in it, as statements: what the formats of such objects
 * share. docs/ftm.md says what becomes of each key. */

/** One entity of the object that was parsed last; views into its JSON document and the list's arena. */
typedef struct itd_ftm_entity {
    const itd_json *object;
    itd_schema schema;
    itd_sv id, record, first_seen, last_seen;
    size_t value_first, value_count;                /**< in list.values */
    size_t id_first, dataset_count, referent_count; /**< in ids: the datasets, then the referents */
} itd_ftm_entity;

/** All zeros but for `read` before init. */
typedef struct itd_ftm_line {
    itd_read *read;
    itd_sv dataset; /**< of entities that name none */
    itd_value_list list;
    ITD_VECTOR(itd_ftm_entity) entities; /**< the object itself, then those nested in it */
    ITD_VECTOR(itd_sv) ids;
    itd_others others;
    size_t at; /**< the entity whose values are being taken */
} itd_ftm_line;

/** Takes the dataset from line->read, or from the name of its file. */
void itd_ftm_line_init(itd_ftm_line *line);
void itd_ftm_line_finish(itd_ftm_line *line);
/** Takes an object apart; `*key` is its id as soon as that is known.
 * @return ITD_OK | ITD_EFORMAT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_ftm_line_parse(itd_ftm_line *line, const itd_json *object, itd_sv *key, itd_error *error);
/** Sends the statements of all its entities and counts its records. @return ITD_OK | what the sink returns */
ITD_MUST_CHECK itd_status itd_ftm_line_send(itd_ftm_line *line, const itd_line_place *place, itd_error *error);

#endif
