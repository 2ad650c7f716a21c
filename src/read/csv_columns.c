#include "read/csv_columns.h"

#include "base/memory.h"
#include "read/naming.h"
#include "read/value.h"

/** Rows between two calls of read->progress. */
#define PROGRESS_ROWS 1024
#define UNKNOWN UINT8_MAX

typedef struct columns_reading {
    itd_read *read;
    const itd_csv_taker *taker;
    itd_input *input;
    itd_csv *csv;
    itd_record *record;
    itd_arena arena;
    size_t width;
    uint8_t known[ITD_CSV_COLUMNS_MAX]; /* by column: the number of its name, or UNKNOWN */
    itd_sv names[ITD_CSV_COLUMNS_MAX];  /* as the header writes them */
    itd_csv_cells cells;
} columns_reading;

static uint8_t number_of(const itd_csv_columns *columns, itd_sv name)
{
    for (uint8_t i = 0; columns->names[i]; i++)
        if (itd_sv_equal_nocase(itd_sv_trim(name), itd_sv_of(columns->names[i])))
            return i;
    return UNKNOWN;
}

bool itd_csv_columns_look(const itd_csv_columns *columns, itd_sv head)
{
    itd_sv fields[ITD_CSV_COLUMNS_MAX];
    uint64_t found = 0;
    if (itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")))
        head = itd_sv_slice(head, 3, SIZE_MAX);
    size_t count = itd_csv_look(&head, ',', fields, ITD_CSV_COLUMNS_MAX);
    for (size_t i = 0; i < count && i < ITD_CSV_COLUMNS_MAX; i++) {
        uint8_t number = number_of(columns, fields[i]);
        found |= number == UNKNOWN ? 0 : UINT64_C(1) << number;
    }
    return (found & columns->needed) == columns->needed;
}

static itd_status fail_head(const columns_reading *r, const itd_csv_row *row, itd_error *error, const char *reason,
                            itd_sv what)
{
    return itd_fail_at(error, ITD_EFORMAT, r->read->source->paths[0], row->line, row->offset, "%s%.*s", reason,
                       ITD_SV_ARG(itd_sv_slice(what, 0, 64)));
}

static itd_status read_head(columns_reading *r, itd_error *error)
{
    const itd_csv_columns *columns = r->taker->columns;
    itd_csv_row row = {.line = 1};
    uint64_t found = 0;
    bool more = false;
    ITD_TRY(itd_csv_next(r->csv, &row, &more, error));
    if (!more)
        return fail_head(r, &row, error, "no header: the file is empty", ITD_SV_NONE);
    if (row.problem)
        return fail_head(r, &row, error, "header: ", itd_sv_of(row.problem));
    if (row.count > ITD_CSV_COLUMNS_MAX)
        return fail_head(r, &row, error, "the header has more columns than ITD_CSV_COLUMNS_MAX", ITD_SV_NONE);
    r->width = row.count;
    for (size_t i = 0; i < row.count; i++) {
        uint8_t number = r->known[i] = number_of(columns, row.fields[i]);
        uint64_t bit = number == UNKNOWN ? 0 : UINT64_C(1) << number;
        if (found & bit)
            return fail_head(r, &row, error, "the header names a column twice: ", row.fields[i]);
        found |= bit;
        r->names[i] = itd_arena_copy(&r->arena, itd_sv_trim(row.fields[i]));
        if (!r->names[i].data)
            return itd_fail_memory(error);
    }
    for (size_t i = 0; columns->names[i]; i++)
        if (columns->needed & ~found & UINT64_C(1) << i)
            return fail_head(r, &row, error, "the header has no column ", itd_sv_of(columns->names[i]));
    return ITD_OK;
}

static const char *take_cells(columns_reading *r, const itd_csv_row *row)
{
    size_t at;
    if (row->problem)
        return row->problem;
    if (row->count != r->width)
        return "another number of fields than the header has columns";
    r->cells = (itd_csv_cells){.row = row};
    for (size_t i = 0; i < row->count; i++) {
        itd_sv text = itd_sv_trim(row->fields[i]);
        const char *fault = itd_value_fault(text, &at);
        if (fault)
            return fault;
        if (r->known[i] != UNKNOWN) {
            r->cells.texts[r->known[i]] = text;
        } else if (text.size > 0 && r->names[i].size > 0) {
            r->cells.more[r->cells.more_count].name = r->names[i];
            r->cells.more[r->cells.more_count++].text = text;
        }
    }
    return NULL;
}

static itd_status read_rows(columns_reading *r, itd_error *error)
{
    for (uint64_t rows = 1;; rows++) {
        itd_csv_row row;
        bool more = false;
        ITD_TRY(itd_csv_next(r->csv, &row, &more, error));
        if (r->read->progress && (rows % PROGRESS_ROWS == 0 || !more)) {
            uint64_t done = 0, total = 0;
            itd_input_progress(r->input, &done, &total);
            r->read->progress(r->read->progress_context, done, total);
        }
        if (!more)
            return ITD_OK;
        const char *fault = take_cells(r, &row);
        if (fault)
            ITD_TRY(itd_record_reject(r->record, ITD_REJECT_RECORD, ITD_SV_NONE, row.line,
                                      row.problem ? row.problem_offset : row.offset, error, "%s", fault));
        else
            ITD_TRY(r->taker->take(r->taker->context, r->record, &r->cells, error));
    }
}

itd_status itd_csv_columns_read(itd_read *read, const itd_csv_taker *taker, itd_error *error)
{
    const char *path = read->source->paths[0];
    columns_reading *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    r->read = read;
    r->taker = taker;
    itd_arena_init(&r->arena, SIZE_MAX);
    itd_status status = itd_input_open(&r->input, path, error);
    if (status == ITD_OK)
        status = itd_csv_create(&r->csv, r->input, NULL, error);
    if (status == ITD_OK)
        status = itd_record_create(&r->record, read, itd_document_of_path(path), error);
    if (status == ITD_OK)
        status = read_head(r, error);
    if (status == ITD_OK)
        status = read_rows(r, error);
    if (status != ITD_OK)
        itd_error_set_where(error, path);
    itd_record_destroy(r->record);
    itd_csv_destroy(r->csv);
    itd_input_close(r->input);
    itd_arena_finish(&r->arena);
    itd_free(r);
    return status;
}
