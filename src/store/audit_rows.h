#ifndef ITD_STORE_AUDIT_ROWS_H
#define ITD_STORE_AUDIT_ROWS_H

#include "store/store.h"

/* The rows that hang on an audit record, as one hash.
 *
 * A row is the letter "r", the name of its table as a text, then its columns. A text, blob or number is a letter (t, b,
 * i; n for NULL), its length in bytes as 64 bits, the most significant first, and its bytes; a number is 64 bits of
 * two's complement, the most significant first. The hash is BLAKE2b-256 over the rows of all tables in the order of
 * itd_audit_table_at, in each by its primary key. docs/case.md says the same to those who check it without this
 * program. */

typedef struct itd_audit_table {
    const char *name;
    const char *columns; /**< all but `audit`, in the order in which they are hashed */
    const char *key;     /**< the columns that rows are ordered by */
} itd_audit_table;

/** NULL past the last. */
const itd_audit_table *itd_audit_table_at(size_t index);

/** Queries made ready for many records. */
typedef struct itd_audit_rows itd_audit_rows;

ITD_MUST_CHECK itd_status itd_audit_rows_create(itd_audit_rows **out, itd_store *store, itd_error *error);
/** NULL is fine. */
void itd_audit_rows_destroy(itd_audit_rows *rows);
/** Cost: that of the rows with this number, however many others there are. */
ITD_MUST_CHECK itd_status itd_audit_rows_hash(unsigned char out[ITD_STORE_HASH], itd_audit_rows *rows, int64_t number,
                                              itd_error *error);

/** What the first record takes for the hash of the one before it: that of the case's own rows of `meta` (when it was
 * made, as what), so that a chain belongs to one case. */
ITD_MUST_CHECK itd_status itd_audit_genesis(unsigned char out[ITD_STORE_HASH], itd_store *store, itd_error *error);

#endif
