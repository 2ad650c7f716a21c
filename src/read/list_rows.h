#ifndef ITD_READ_LIST_ROWS_H
#define ITD_READ_LIST_ROWS_H

#include "read/csv_list.h"
#include "read/uk_text.h"

/* What stands under the readers of lists that are one table with a header: rows come with their columns named, and a
 * row, or several that share a key, is a record. */

/** Most columns of a table of these. */
#define ITD_LIST_COLUMNS_MAX 64
struct itd_list;

/** How a table is read. */
typedef struct itd_list_kind {
    const char *const *columns; /**< names in the header, compared without regard to case */
    size_t count;               /**< at most 32 */
    size_t needed;              /**< the first so many have to be there */
    char delimiter;
    bool merge;     /**< rows that share a key are one record; else the second of them is rejected */
    uint32_t every; /**< with merge, a bit a column: given with each row; others only where they say something new */
    /** One row: its statements, committed, or rejected. */
    itd_status (*take)(struct itd_list *list, itd_error *error);
} itd_list_kind;

/** A table being read, and its row. */
typedef struct itd_list {
    itd_csv_list file;
    const itd_list_kind *kind;
    itd_csv_row row;
    itd_sv texts[ITD_LIST_COLUMNS_MAX]; /**< of the row, by number in kind->columns; trimmed */
    itd_buffer key;                     /**< room for a key that is put together */
    /* its own */
    size_t width;
    uint8_t columns[ITD_LIST_COLUMNS_MAX];
    char unknown[ITD_LIST_COLUMNS_MAX][64];
} itd_list;

/** 100 when the first row of the file has all needed columns, else 0. */
int itd_list_sniff(const itd_sniff *look, const itd_list_kind *kind);
/** Reads the whole file of the set. A header that is repeated among the rows is no row. */
ITD_MUST_CHECK itd_status itd_list_read(itd_read *read, const itd_list_kind *kind, itd_error *error);

/** Begins the record of the row. `*begun` is false when it was rejected and reading goes on. With kind->merge the
 * schema of the first row of the key stands: it is that of `entry`. Columns without a meaning become notes. */
ITD_MUST_CHECK itd_status itd_list_begin(itd_list *list, bool *begun, itd_uk_entry *entry, itd_sv key,
                                         itd_schema schema, itd_error *error);
ITD_MUST_CHECK itd_status itd_list_commit(itd_list *list, itd_error *error);
ITD_MUST_CHECK itd_status itd_list_reject(itd_list *list, itd_sv key, itd_error *error, const char *reason);
/** A key made of texts: 16 hexadecimal digits that depend on nothing else. Lives until the next call. */
itd_sv itd_list_hash_key(itd_list *list, const itd_sv *texts, size_t count);

/* --- Facts of a record; failures come out of the commit --- */

/** The next part of a text between separators, trimmed; empty ones are passed over. */
bool itd_list_part(itd_sv *part, itd_sv *rest, const char *separator);
/** Every part of a text under the property of that name that the schema has, or as notes. */
void itd_list_add_parts(const itd_uk_entry *entry, const char *property, const char *label, itd_sv text,
                        const char *separator);
/** The Sanction part of a programme, "sanction-<hash of authority and programme>", which becomes that of the entry, and
 * the topic (may be NULL). */
void itd_list_add_sanction(itd_uk_entry *entry, const char *authority, itd_sv programme, const char *topic);
/** A date that `parse` knows, on the Sanction part; other words as its summary, "label: text". */
void itd_list_add_sanction_date(const itd_uk_entry *entry, itd_property property, const char *label, itd_sv text,
                                bool (*parse)(itd_date *out, itd_sv text));
/** An Address part "address-<hash>", the address as one text, and the country; nothing when all is empty. */
typedef struct itd_list_address {
    itd_sv full, street, city, state, postal_code, country;
} itd_list_address;
void itd_list_add_address(const itd_uk_entry *entry, const itd_list_address *address);

#endif
