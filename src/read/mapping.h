#ifndef ITD_READ_MAPPING_H
#define ITD_READ_MAPPING_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "model/schema.h"
#include "read/reader.h"

/* How the columns of a table (CSV) or the keys of JSON lines become entities: a small text (docs/mapping.md), written
 * by a person or guessed from a header. */

#define ITD_MAPPING_RULES_MAX 512
#define ITD_MAPPING_TYPES_MAX 256
#define ITD_MAPPING_PIECES_MAX 16
#define ITD_MAPPING_BYTES_MAX ((size_t)1 << 18)

typedef enum itd_date_form {
    ITD_DATE_ANY, /**< whatever can only mean one thing; where day and month could be either, the year alone */
    ITD_DATE_ISO,
    ITD_DATE_DAY_FIRST,
    ITD_DATE_MONTH_FIRST,
    ITD_DATE_ENGLISH,
} itd_date_form;

/** A part of a value: a column, or text of its own. */
typedef struct itd_mapping_piece {
    bool column;
    itd_sv text; /**< the column's name as in the header, or the text itself */
} itd_mapping_piece;

typedef struct itd_mapping_rule {
    itd_sv property; /**< a property's name; which schema has it is seen row by row. Empty: the record's key */
    const itd_mapping_piece *pieces;
    size_t piece_count;
    itd_sv join;  /**< between pieces */
    itd_sv split; /**< cuts the value into several; empty: one value */
    itd_date_form date;
} itd_mapping_rule;

/** A text of the schema column and the schema that it stands for. */
typedef struct itd_mapping_type {
    itd_sv text;
    itd_schema schema;
} itd_mapping_type;

typedef struct itd_mapping {
    itd_schema schema;    /**< of rows whose schema column says nothing known, or without such a column */
    itd_sv schema_column; /**< empty: none */
    const itd_mapping_type *types;
    size_t type_count;
    itd_mapping_rule id; /**< no pieces: the key is a hash of the row */
    bool keep_ids;       /**< keys are whole ids, without the dataset before them */
    itd_sv dataset;      /**< empty: not named here */
    char delimiter;      /**< 0: guessed */
    bool windows_1252;   /**< bytes that are not UTF-8 are Windows-1252 */
    bool rest_as_notes;  /**< columns that no rule names become notes, "header: value" */
    const itd_mapping_rule *rules;
    size_t rule_count;
} itd_mapping;

/** Reads the text of a mapping; what it holds goes to the arena. `where` names it in errors.
 *  @return ITD_OK | ITD_EFORMAT (with line and reason) | ITD_ELIMIT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_mapping_parse(itd_mapping *out, itd_sv text, const char *where, itd_arena *arena,
                                            itd_error *error);
/** Reads a mapping file. */
ITD_MUST_CHECK itd_status itd_mapping_load(itd_mapping *out, const char *path, itd_arena *arena, itd_error *error);
/** Writes a mapping as text that itd_mapping_parse reads back as the same mapping. */
void itd_mapping_render(itd_buffer *out, const itd_mapping *mapping);

/** Guesses from a header. `*known` is the number of columns whose meaning is known.
 *  @return ITD_OK | ITD_ENOTFOUND (no column is a name: not a header of entities) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_mapping_guess(itd_mapping *out, size_t *known, const itd_sv *columns, size_t count,
                                            itd_arena *arena, itd_error *error);
/** What a column name or key means: a property's name, "@id" or "@schema"; NULL when it is not known. `*plural` is true
 * when it holds several values, separated by semicolons. Static. */
const char *itd_mapping_word(itd_sv header, bool *plural);
/** The delimiter of a table by its first lines: the one of , ; tab | that the header has most; ',' when it has none. */
char itd_mapping_delimiter(itd_sv head);

/** The property of that name which a value of an entity of `schema` goes to: the schema's own, else that of a schema
 * that descends from it; else ITD_PROPERTY_NONE. */
itd_property itd_mapping_property(itd_schema schema, itd_sv name);
/** A date in that form; false when it cannot be read so. */
bool itd_mapping_date(itd_date *out, itd_sv text, itd_date_form form);

/** The normal form of a value of `property`: a country's code, an ISO date, FollowTheMoney's word for a gender; else
 * the text itself. `scratch` has ITD_DATE_TEXT_MAX bytes; the result is static, in it, or `text`. */
itd_sv itd_mapping_normal(char *scratch, itd_property property, itd_sv text, itd_date_form form);
/** The schema that a text names: FollowTheMoney's name in any case, or a word such as "individual" or "ship"; else
 * ITD_SCHEMA_NONE. */
itd_schema itd_mapping_schema(itd_sv text);

/** One value that a row gives. */
typedef struct itd_mapped_value {
    itd_property property;
    itd_sv value;    /**< normal form */
    itd_sv original; /**< as it stands there when that differs; else empty */
} itd_mapped_value;

/** Where values of a row come from: the caller's row, asked by column. Gives value `index` of a column, or a view
 * without data past the last. */
typedef itd_sv itd_mapping_cell(const void *row, itd_sv column, size_t index);
typedef itd_status itd_mapping_sink(void *context, const itd_mapped_value *value, itd_error *error);

/** The schema of a row. */
itd_schema itd_mapping_row_schema(const itd_mapping *mapping, itd_mapping_cell *cell, const void *row);
/** The pieces of a rule as one text, in the arena; empty when none of its columns says anything.
 *  @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_mapping_text(itd_sv *out, const itd_mapping_rule *rule, itd_mapping_cell *cell,
                                           const void *row, itd_arena *arena, itd_error *error);
/** Calls `sink` for every value of a row by the rules, in their order. A property that the schema does not have is
 * replaced by one of like meaning (a ship's nationality is a country), else the value becomes a note; `loose`: a
 * property of a descendant will do, for questions. Scratch goes to the arena.
 *  @return ITD_OK | ITD_ENOMEM | what the sink gives */
ITD_MUST_CHECK itd_status itd_mapping_apply(const itd_mapping *mapping, itd_schema schema, bool loose,
                                            itd_mapping_cell *cell, const void *row, itd_mapping_sink *sink,
                                            void *context, itd_arena *arena, itd_error *error);

#endif
