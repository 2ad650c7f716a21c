#ifndef ITD_STORE_ROWS_H
#define ITD_STORE_ROWS_H

#include "model/content.h"
#include "store/store.h"

/* Statements between rows and structures, and what the hashes of generations are made of. */

/** Columns of itd_stored_read, of the table statement under the name s. */
#define ITD_STORED_COLUMNS                                                                                             \
    "s.id, s.since, s.until, s.entity, s.schema, s.property, s.value, s.original, s.lang, s.origin, s.reliability, "   \
    "s.credibility, s.tlp, s.first_seen, s.last_seen, s.document, s.line, s.offset, s.span"
#define ITD_STORED_COLUMN_COUNT 19

typedef struct itd_stored {
    int64_t id, since, until; /**< until 0: it holds still */
    int64_t document;         /**< row of document, or 0 */
    itd_statement statement;  /**< without its document's name; borrowed from the query until its next step */
} itd_stored;

/** The row that a query gave whose first columns are ITD_STORED_COLUMNS. `record` and `dataset` become the statement's.
 *  @return ITD_OK | ITD_EMISMATCH (a schema or property that this program does not know) | ITD_EFORMAT (damaged) */
ITD_MUST_CHECK itd_status itd_stored_read(itd_stored *out, const itd_sql_query *query, itd_sv record, itd_sv dataset,
                                          itd_error *error);

/** A query that inserts statements: of a record, from a generation on. */
ITD_MUST_CHECK itd_status itd_stored_prepare_insert(itd_sql_query **out, itd_sql *sql, itd_error *error);
/** `document` 0: none. */
ITD_MUST_CHECK itd_status itd_stored_insert(itd_sql_query *insert, int64_t record, int64_t since, int64_t document,
                                            const itd_statement *statement, itd_error *error);

/* The hash of a generation is BLAKE2b-256 of: the hash of the dataset's generation before it (32 zeros when it is the
 * first), the texts (model/content.h) of dataset, version, and of each count as a decimal number (imported, records,
 * statements, added, changed, removed, rejected, orphans), and the sum of its changes, 256 bytes, the most significant
 * first. A change is hashed to 2048 bits, four times BLAKE2b-512 of a byte 0 … 3 and these texts, one after the other,
 * least significant byte first; sums are modulo 2^2048:
 *   "+" content first_seen last_seen hash-of-document line offset span   a statement that holds from it on
 *   "-" content                                                          a statement that held until it
 *   "v" key hash                                                         what a record says from it on
 *   "x" key                                                              what a record said until it
 * `content` are the bytes of itd_content_append; numbers are decimal. */

/* Whoever may choose statements freely can make a sum of short hashes come out as he likes; at this width the best
 * attack known needs some 2^90 steps (Wagner, A Generalized Birthday Problem, 2002). */
#define ITD_CHANGES_BYTES 256

/** Sum of changes: one number of 2048 bits, least first. */
typedef struct itd_changes {
    uint64_t part[ITD_CHANGES_BYTES / 8];
} itd_changes;

/** What has changed so far. All zeros is nothing. */
typedef struct itd_generation_sum {
    itd_changes sum;
    itd_buffer scratch; /**< itd_buffer_finish at the end */
} itd_generation_sum;

void itd_generation_statement(itd_generation_sum *sum, itd_sv content, const itd_statement *where,
                              itd_sv document_hash);
void itd_generation_end_statement(itd_generation_sum *sum, itd_sv content);
void itd_generation_version(itd_generation_sum *sum, itd_sv key, itd_sv hash);
void itd_generation_end_version(itd_generation_sum *sum, itd_sv key);

typedef struct itd_generation {
    int64_t number, imported;
    itd_sv dataset, version;
    uint64_t records, statements;     /**< that hold in it */
    uint64_t added, changed, removed; /**< records */
    uint64_t rejected, orphans;
} itd_generation;

/** `previous`: 32 bytes, or empty. @return ITD_OK | ITD_ENOMEM (also: of any of the calls before) */
ITD_MUST_CHECK itd_status itd_generation_hash(unsigned char out[ITD_STORE_HASH], itd_generation_sum *sum,
                                              itd_sv previous, const itd_generation *generation, itd_error *error);

#endif
