#ifndef ITD_READ_TABLE_H
#define ITD_READ_TABLE_H

#include "base/map.h"
#include "read/csv_rows.h"
#include "read/mapping.h"

/** CSV rows under a header, with the mapping that tells what the columns mean. */
typedef struct itd_table {
    itd_csv *csv;
    itd_sv *columns; /**< the header, trimmed */
    size_t column_count;
    bool *used; /**< by column: the mapping names it */
    itd_map index;
    itd_csv_row row; /**< the last one */
    itd_sv single;   /**< the row of a one-column table, rejoined */
    itd_buffer joined;
    uint64_t blank; /**< rows without a value that were passed over */
    char delimiter;
} itd_table;

/** Is the first row of `head` a header that can be guessed? With `mapping` not NULL the guess goes there.
 *  @return ITD_OK | ITD_ENOTFOUND (no) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_table_recognise(itd_mapping *mapping, itd_sv head, itd_arena *arena, itd_error *error);
/** Starts reading `input` (at its start, borrowed) by `mapping`: takes the header and checks that it has the columns
 * that the mapping names. Strings go to the arena. After a failure itd_table_finish is still due.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_table_open(itd_table *table, itd_input *input, const itd_mapping *mapping,
                                         itd_arena *arena, itd_error *error);
void itd_table_finish(itd_table *table);
/** The next row that has a value, in table->row. `*problem` is NULL, or why the row cannot be used. */
ITD_MUST_CHECK itd_status itd_table_next(itd_table *table, bool *more, const char **problem, itd_error *error);
/** An itd_mapping_cell; `row` is the table. */
itd_sv itd_table_cell(const void *row, itd_sv column, size_t index);

#endif
