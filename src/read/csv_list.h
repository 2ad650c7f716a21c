#ifndef ITD_READ_CSV_LIST_H
#define ITD_READ_CSV_LIST_H

#include "base/buffer.h"
#include "base/map.h"
#include "base/vector.h"
#include "read/csv_rows.h"
#include "read/record.h"

/* What stands under every reader of a list that is one file of rows: the file is opened, its head and its rows are
 * handed on one by one, and where several rows are one record it is known which record a row is of and what was said of
 * it before. */

/** Most bytes kept to know what was said before; past it facts may repeat, and the fold drops them. */
#define ITD_CSV_SAID_BYTES_MAX ((size_t)1 << 26)

/** What the first row of a record says. */
typedef struct itd_csv_first {
    uint64_t line, offset;
    itd_schema schema;
} itd_csv_first;

/** A file being read. All zeros until itd_csv_list_read. */
typedef struct itd_csv_list {
    itd_read *read;
    itd_record *record;
    itd_input *input;
    itd_csv *csv;
    itd_intern keys;                  /**< of records */
    ITD_VECTOR(itd_csv_first) firsts; /**< by number of the key */
    itd_intern said;
    size_t said_bytes;
    itd_buffer text; /**< scratch */
    bool failed;     /**< out of memory: itd_csv_list_commit says so */
} itd_csv_list;

/** What is done with the file. */
typedef struct itd_csv_list_taker {
    itd_csv_options options;
    /** Takes the rows before the first record, by itd_csv_list_head. */
    itd_status (*head)(void *context, itd_error *error);
    /** One row: its statements, committed, or rejected. */
    itd_status (*row)(void *context, const itd_csv_row *row, itd_error *error);
    void *context;
} itd_csv_list_taker;

/** Reads source->paths[0]. What the list held is freed at the end; `read` has its results.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_ENOMEM | what the input returns; the file is named in the error */
ITD_MUST_CHECK itd_status itd_csv_list_read(itd_csv_list *list, itd_read *read, const itd_csv_list_taker *taker,
                                            itd_error *error);

/** The next row of the head; ITD_EFORMAT when it is not there or broken. */
ITD_MUST_CHECK itd_status itd_csv_list_head(itd_csv_list *list, itd_csv_row *row, itd_error *error);
/** ITD_EFORMAT at a row of the head, or at its problem: the reason, and the column it is about (may be ""). */
itd_status itd_csv_list_fail_head(const itd_csv_list *list, const itd_csv_row *row, itd_error *error,
                                  const char *reason, const char *column);
/** A column's name, trimmed, as far as `size` bytes with the ending NUL go, not cut inside a character. */
void itd_csv_list_keep_name(char *out, size_t size, itd_sv name);

/** The number of the record that a row is of, by its key; a new key is noted with the row's place and `schema`.
 *  @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_csv_list_find(itd_csv_list *list, uint32_t *number, bool *fresh, itd_sv key,
                                            itd_schema schema, const itd_csv_row *row, itd_error *error);
/** A row that is one of several of a record. */
typedef struct itd_csv_of_record {
    itd_sv key;
    itd_schema schema;
    const char *fault;   /**< why it cannot be taken; NULL: it can */
    const char *differs; /**< why not, where an earlier row of the record has another schema */
    uint32_t number;     /**< of the record: written */
    bool fresh, taken;   /**< its first row; not rejected: written */
    itd_part part;       /**< the record itself, begun at its first row's place: written when it is taken */
} itd_csv_of_record;

/** Begins the record that a row is of, once more where it has had rows, or rejects the row. @return ITD_OK, with
 * `of->taken` | ITD_EFORMAT (rejected, without skip_bad) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_csv_list_begin(itd_csv_list *list, itd_csv_of_record *of, const itd_csv_row *row,
                                             itd_error *error);
/** Is this the first row of the record `number` that says these texts under `what`? No when all of them are empty; yes,
 * too, when the room for knowing it is full. */
bool itd_csv_list_is_new(itd_csv_list *list, uint32_t number, size_t what, const itd_sv *texts, const uint8_t *columns,
                         size_t count);
ITD_MUST_CHECK itd_status itd_csv_list_reject(itd_csv_list *list, itd_sv key, const itd_csv_row *row, itd_error *error,
                                              const char *reason);
/** Sends what the row gave. Where itd_csv_list_find is used, the records of the reading are its keys, not rows. */
ITD_MUST_CHECK itd_status itd_csv_list_commit(itd_csv_list *list, itd_error *error);

#endif
