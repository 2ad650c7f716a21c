#include "cli/table.h"

#include <assert.h>
#include <string.h>

#include "cli/display.h"

#define GAP 2
/* A wrapped column stays at least this wide. */
#define NARROWEST 8

void itd_cli_table_init(itd_cli_table *table, const itd_cli_column *columns, size_t column_count)
{
    assert(column_count > 0 && column_count <= ITD_CLI_COLUMNS_MAX);
    *table = (itd_cli_table){.columns = columns, .column_count = column_count};
}

void itd_cli_table_free(itd_cli_table *table)
{
    itd_cli_text_free(&table->heap);
    itd_cli_text_free(&table->cells);
}

void itd_cli_table_cell(itd_cli_table *table, itd_sv text)
{
    itd_cli_clean(&table->heap, text);
    size_t end = table->heap.size;
    itd_cli_text_add(&table->cells, (const char *)&end, sizeof end);
    table->cell_count++;
}

void itd_cli_table_string(itd_cli_table *table, const char *text)
{
    itd_cli_table_cell(table, itd_cli_sv(text));
}

void itd_cli_table_count(itd_cli_table *table, uint64_t count)
{
    itd_cli_text digits = {0};
    itd_cli_text_count(&digits, count);
    itd_cli_table_string(table, itd_cli_text_string(&digits));
    itd_cli_text_free(&digits);
}

static itd_sv cell_at(const itd_cli_table *table, size_t index)
{
    size_t start = 0, end;
    if (index > 0)
        memcpy(&start, table->cells.data + (index - 1) * sizeof start, sizeof start);
    memcpy(&end, table->cells.data + index * sizeof end, sizeof end);
    return (itd_sv){itd_cli_text_string(&table->heap) + start, end - start};
}

static void widths(size_t *width, const itd_cli_table *table, size_t room, bool header)
{
    size_t total = GAP * (table->column_count - 1);
    for (size_t c = 0; c < table->column_count; c++) {
        width[c] = header ? itd_cli_width(itd_cli_sv(table->columns[c].title)) : 0;
        for (size_t i = c; i < table->cell_count; i += table->column_count) {
            size_t wide = itd_cli_width(cell_at(table, i));
            width[c] = wide > width[c] ? wide : width[c];
        }
        total += width[c];
    }
    while (total > room) { /* the widest column of words gives way, a column at a time */
        size_t widest = table->column_count;
        for (size_t c = 0; c < table->column_count; c++)
            if (!table->columns[c].right && width[c] > NARROWEST &&
                (widest == table->column_count || width[c] > width[widest]))
                widest = c;
        if (widest == table->column_count)
            return;
        width[widest]--;
        total--;
    }
}

/* One line of a row: what each cell still has, a line of it each. False when nothing is left. */
static bool line(itd_cli_text *out, const itd_cli_table *table, itd_sv *rest, const size_t *width, size_t indent)
{
    bool any = false;
    for (size_t c = 0; c < table->column_count; c++)
        any |= rest[c].size > 0;
    if (!any)
        return false;
    size_t owed = indent; /* blanks are written only before something, so that no line ends in them */
    for (size_t c = 0; c < table->column_count; c++) {
        itd_sv part = {"", 0};
        (void)itd_cli_wrap(&part, &rest[c], width[c] ? width[c] : 1);
        size_t wide = itd_cli_width(part), pad = wide < width[c] ? width[c] - wide : 0;
        size_t before = owed + (table->columns[c].right ? pad : 0);
        if (part.size > 0) {
            itd_cli_text_repeat(out, " ", before);
            itd_cli_text_add(out, part.data, part.size);
            owed = table->columns[c].right ? 0 : pad;
        } else {
            owed = before + (table->columns[c].right ? 0 : pad);
        }
        owed += GAP;
    }
    itd_cli_text_puts(out, "\n");
    return true;
}

void itd_cli_table_render(itd_cli_text *out, const itd_cli_table *table, const itd_cli_terminal *terminal,
                          size_t indent, bool header)
{
    size_t width[ITD_CLI_COLUMNS_MAX];
    itd_sv rest[ITD_CLI_COLUMNS_MAX];
    if (table->heap.failed || table->cells.failed) {
        out->failed = true;
        return;
    }
    widths(width, table, terminal->width > indent ? terminal->width - indent : 1, header);
    if (header) {
        for (size_t c = 0; c < table->column_count; c++)
            rest[c] = itd_cli_sv(table->columns[c].title);
        itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
        while (line(out, table, rest, width, indent))
            ;
        itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
    }
    for (size_t i = 0; i + table->column_count <= table->cell_count; i += table->column_count) {
        for (size_t c = 0; c < table->column_count; c++)
            rest[c] = cell_at(table, i + c);
        while (line(out, table, rest, width, indent))
            ;
    }
}
