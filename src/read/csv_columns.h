#ifndef ITD_READ_CSV_COLUMNS_H
#define ITD_READ_CSV_COLUMNS_H

#include "read/csv_rows.h"
#include "read/record.h"

/* CSV formats whose columns are known by their names: commas, UTF-8, a header, a row a record or statement. */

/** Most columns of a header. */
#define ITD_CSV_COLUMNS_MAX 64

typedef struct itd_csv_columns {
    const char *const *names; /**< columns that the format knows, NULL past the last; compared without case */
    uint64_t needed;          /**< bits of those that have to be there */
} itd_csv_columns;

/** A row by what its columns mean. Borrowed for the call. */
typedef struct itd_csv_cells {
    itd_sv texts[ITD_CSV_COLUMNS_MAX]; /**< by number of the name; trimmed */
    struct {
        itd_sv name, text;
    } more[ITD_CSV_COLUMNS_MAX]; /**< cells of columns that the format does not know */
    size_t more_count;
    const itd_csv_row *row;
} itd_csv_cells;

typedef struct itd_csv_taker {
    const itd_csv_columns *columns;
    /** Takes a row that is sound; `record` is not begun. A failure ends the reading. */
    itd_status (*take)(void *context, itd_record *record, const itd_csv_cells *cells, itd_error *error);
    void *context;
} itd_csv_taker;

/** Has the first row of a file's head all columns that are needed? Cost: O(its first row). */
bool itd_csv_columns_look(const itd_csv_columns *columns, itd_sv head);
/** Reads source->paths[0]. A row with another number of fields than the header, or one that is broken, is a reject.
 *  @return ITD_OK | ITD_EFORMAT (the header; a reject without skip_bad) | ITD_ELIMIT | what the input and `take`
 * return. Memory: one row. */
ITD_MUST_CHECK itd_status itd_csv_columns_read(itd_read *read, const itd_csv_taker *taker, itd_error *error);

#endif
