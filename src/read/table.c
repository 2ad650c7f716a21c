#include "read/table.h"

/** A row is taken as a header when so many of its columns are known: half of them, or as many as no line of names would
 * have by chance. */
#define HEADER_KNOWN_ONE_IN 2
#define HEADER_KNOWN_ENOUGH 4

itd_status itd_table_recognise(itd_mapping *mapping, itd_sv head, itd_arena *arena, itd_error *error)
{
    itd_input *input = NULL;
    itd_csv *csv = NULL;
    itd_csv_row row = {0};
    itd_mapping guess = {0};
    size_t known = 0;
    bool more = false;
    itd_csv_options options = {.delimiter = itd_mapping_delimiter(head)};
    itd_status status = itd_input_open_memory(&input, "header", head, error);
    if (status == ITD_OK)
        status = itd_csv_create(&csv, input, &options, error);
    if (status == ITD_OK)
        status = itd_csv_next(csv, &row, &more, error);
    if (status == ITD_OK && (!more || row.problem))
        status = itd_fail(error, ITD_ENOTFOUND, "no header");
    if (status == ITD_OK)
        status = itd_mapping_guess(&guess, &known, row.fields, row.count, arena, error);
    if (status == ITD_OK && known < HEADER_KNOWN_ENOUGH && known * HEADER_KNOWN_ONE_IN < row.count)
        status = itd_fail(error, ITD_ENOTFOUND, "%zu of %zu columns are known", known, row.count);
    if (status == ITD_OK && mapping) {
        guess.delimiter = options.delimiter;
        *mapping = guess;
    }
    itd_csv_destroy(csv);
    itd_input_close(input);
    if (status == ITD_EFORMAT || status == ITD_ELIMIT || status == ITD_EIO)
        status = ITD_ENOTFOUND;
    return status;
}

static itd_status take_header(itd_table *table, itd_arena *arena, itd_error *error)
{
    table->column_count = table->row.count;
    table->columns = itd_arena_alloc_array(arena, table->row.count, sizeof *table->columns);
    table->used = itd_arena_alloc_array(arena, table->row.count, sizeof *table->used);
    if (!table->columns || !table->used)
        return itd_fail_memory(error);
    for (size_t i = 0; i < table->row.count; i++) {
        itd_sv name = itd_arena_copy(arena, itd_sv_trim(table->row.fields[i]));
        if (!name.data)
            return itd_fail_memory(error);
        table->columns[i] = name;
        /* Of two columns with the same name the first counts; the other is a column that no rule names. */
        if (name.size > 0 && itd_map_get(&table->index, name) == ITD_MAP_NONE &&
            !itd_map_put(&table->index, name, (uint32_t)i))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

static itd_status use(itd_table *table, itd_sv column, itd_error *error)
{
    uint32_t at = itd_map_get(&table->index, column);
    if (at == ITD_MAP_NONE)
        return itd_fail(error, ITD_EFORMAT, "the header has no column \"%.*s\"",
                        ITD_SV_ARG(itd_sv_slice(column, 0, 64)));
    table->used[at] = true;
    return ITD_OK;
}

static itd_status use_rule(itd_table *table, const itd_mapping_rule *rule, itd_error *error)
{
    for (size_t i = 0; i < rule->piece_count; i++)
        if (rule->pieces[i].column)
            ITD_TRY(use(table, rule->pieces[i].text, error));
    return ITD_OK;
}

static itd_status use_all(itd_table *table, const itd_mapping *mapping, itd_error *error)
{
    ITD_TRY(use_rule(table, &mapping->id, error));
    for (size_t i = 0; i < mapping->rule_count; i++)
        ITD_TRY(use_rule(table, &mapping->rules[i], error));
    return mapping->schema_column.size ? use(table, mapping->schema_column, error) : ITD_OK;
}

itd_status itd_table_open(itd_table *table, itd_input *input, const itd_mapping *mapping, itd_arena *arena,
                          itd_error *error)
{
    itd_sv head;
    bool more = false;
    *table = (itd_table){0};
    ITD_TRY(itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error));
    itd_csv_options options = {.delimiter = mapping->delimiter ? mapping->delimiter : itd_mapping_delimiter(head),
                               .encoding = mapping->windows_1252 ? ITD_CSV_UTF8_OR_CP1252 : ITD_CSV_UTF8};
    table->delimiter = options.delimiter;
    ITD_TRY(itd_csv_create(&table->csv, input, &options, error));
    ITD_TRY(itd_csv_next(table->csv, &table->row, &more, error));
    if (!more)
        return itd_fail_at(error, ITD_EFORMAT, itd_input_name(input), 1, 0, "no header: the file is empty");
    if (table->row.problem)
        return itd_fail_at(error, ITD_EFORMAT, itd_input_name(input), 1, table->row.problem_offset, "header: %s",
                           table->row.problem);
    ITD_TRY(take_header(table, arena, error));
    itd_status status = use_all(table, mapping, error);
    if (status == ITD_EFORMAT) {
        itd_error_set_where(error, itd_input_name(input));
        if (error)
            error->line = 1;
    }
    return status;
}

void itd_table_finish(itd_table *table)
{
    itd_csv_destroy(table->csv);
    itd_map_finish(&table->index);
    itd_buffer_finish(&table->joined);
    table->csv = NULL;
}

/* A name with commas in a table whose only column is names: the fields are the pieces of one value. */
static itd_status rejoin(itd_table *table, itd_error *error)
{
    itd_buffer_clear(&table->joined);
    for (size_t i = 0; i < table->row.count; i++) {
        if (i > 0)
            (void)itd_buffer_append_char(&table->joined, table->delimiter);
        (void)itd_buffer_append(&table->joined, table->row.fields[i]);
    }
    table->single = itd_buffer_view(&table->joined);
    return table->joined.failed ? itd_fail_memory(error) : ITD_OK;
}

itd_status itd_table_next(itd_table *table, bool *more, const char **problem, itd_error *error)
{
    bool blank = true;
    while (blank) {
        ITD_TRY(itd_csv_next(table->csv, &table->row, more, error));
        if (!*more)
            return ITD_OK;
        *problem = table->row.problem;
        if (*problem)
            return ITD_OK;
        for (size_t i = 0; blank && i < table->row.count; i++)
            blank = itd_sv_trim(table->row.fields[i]).size == 0;
        table->blank += blank;
    }
    if (table->column_count == 1 && table->row.count > 1)
        return rejoin(table, error);
    table->single = ITD_SV_NONE;
    for (size_t i = table->column_count; i < table->row.count; i++)
        if (itd_sv_trim(table->row.fields[i]).size > 0)
            *problem = "the row has more fields than the header has columns";
    return ITD_OK;
}

itd_sv itd_table_cell(const void *row, itd_sv column, size_t index)
{
    const itd_table *table = row;
    uint32_t at = index == 0 ? itd_map_get(&table->index, column) : ITD_MAP_NONE;
    if (at == ITD_MAP_NONE || at >= table->row.count)
        return ITD_SV_NONE;
    return table->single.data ? table->single : table->row.fields[at];
}
