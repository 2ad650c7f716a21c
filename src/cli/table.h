#ifndef ITD_CLI_TABLE_H
#define ITD_CLI_TABLE_H

#include "cli/terminal.h"

#define ITD_CLI_COLUMNS_MAX 12

typedef struct itd_cli_column {
    const char *title;
    bool right; /**< numbers */
} itd_cli_column;

/** Rows in aligned columns. Text that does not fit is wrapped in the widest columns; numbers are never broken. */
typedef struct itd_cli_table {
    const itd_cli_column *columns;
    size_t column_count;
    itd_cli_text heap;  /**< clean text of all cells */
    itd_cli_text cells; /**< where each ends in the heap, as size_t */
    size_t cell_count;
} itd_cli_table;

void itd_cli_table_init(itd_cli_table *table, const itd_cli_column *columns, size_t column_count);
void itd_cli_table_free(itd_cli_table *table);
/** The next cell, row by row; the text is cleaned. */
void itd_cli_table_cell(itd_cli_table *table, itd_sv text);
void itd_cli_table_string(itd_cli_table *table, const char *text);
void itd_cli_table_count(itd_cli_table *table, uint64_t count);
/** Adds header and rows, each line after `indent` blanks. `header` false: no header. */
void itd_cli_table_render(itd_cli_text *out, const itd_cli_table *table, const itd_cli_terminal *terminal,
                          size_t indent, bool header);

#endif
