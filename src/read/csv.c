#include "read/looks.h"
#include "read/mapped.h"
#include "read/naming.h"
#include "read/table.h"

/* Any CSV with a header, by a mapping file or by a mapping that is guessed from the header. */

/** Rows between two calls of read->progress. */
#define PROGRESS_ROWS 1024

typedef struct csv_reading {
    itd_read *read;
    itd_arena arena, scratch; /* of the file; of a row */
    itd_input *input;
    itd_mapping mapping;
    itd_table table;
    itd_record *record;
    itd_buffer whole; /* the fields of a row without a key, to be hashed */
} csv_reading;

itd_status itd_mapped_guess_csv(itd_mapping *out, const char *path, itd_arena *arena, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv head;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error);
    if (status == ITD_OK)
        status = itd_table_recognise(out, head, arena, error);
    if (status == ITD_ENOTFOUND)
        status = itd_fail_at(error, ITD_EFORMAT, path, 1, ITD_NOWHERE,
                             "the header does not tell what the columns mean: a mapping file is needed");
    itd_input_close(input);
    return status;
}

/* Everything that the row says, so that the same row has the same key. */
static itd_status gather_whole(csv_reading *r, itd_error *error)
{
    itd_buffer_clear(&r->whole);
    for (size_t i = 0; i < r->table.row.count; i++) {
        (void)itd_buffer_append(&r->whole, itd_sv_trim(r->table.row.fields[i]));
        (void)itd_buffer_append_char(&r->whole, '\n');
    }
    return r->whole.failed ? itd_fail_memory(error) : ITD_OK;
}

static itd_status take_row(csv_reading *r, itd_error *error)
{
    const itd_csv_row *row = &r->table.row;
    itd_schema schema;
    itd_arena_reset(&r->scratch);
    if (r->mapping.id.piece_count == 0)
        ITD_TRY(gather_whole(r, error));
    ITD_TRY(itd_mapped_begin(r->record, &r->mapping, itd_table_cell, &r->table, itd_buffer_view(&r->whole), row->line,
                             row->offset, &schema, &r->scratch, error));
    itd_record_at(r->record, row->line, row->offset, row->span);
    itd_error found;
    itd_status status =
        itd_mapped_values(r->record, &r->mapping, itd_table_cell, &r->table, schema, &r->scratch, &found);
    if (status == ITD_EFORMAT)
        return itd_record_reject(r->record, ITD_REJECT_RECORD, ITD_SV_NONE, row->line, row->offset, error, "%s",
                                 found.message);
    if (status != ITD_OK)
        return itd_fail_memory(error);
    for (size_t i = 0; r->mapping.rest_as_notes && i < r->table.column_count && i < row->count; i++)
        if (!r->table.used[i])
            itd_mapped_note(r->record, schema, r->table.columns[i], row->fields[i]);
    return itd_record_commit(r->record, error);
}

static void tell_progress(const csv_reading *r)
{
    uint64_t done, total;
    if (!r->read->progress)
        return;
    itd_input_progress(r->input, &done, &total);
    r->read->progress(r->read->progress_context, done, total);
}

static itd_status read_rows(csv_reading *r, itd_error *error)
{
    for (uint64_t rows = 1;; rows++) {
        const char *problem = NULL;
        bool more = false;
        ITD_TRY(itd_table_next(&r->table, &more, &problem, error));
        if (rows % PROGRESS_ROWS == 0 || !more)
            tell_progress(r);
        if (!more)
            return ITD_OK;
        const itd_csv_row *row = &r->table.row;
        if (problem)
            ITD_TRY(itd_record_reject(r->record, ITD_REJECT_RECORD, ITD_SV_NONE, row->line,
                                      row->problem ? row->problem_offset : row->offset, error, "%s", problem));
        else
            ITD_TRY(take_row(r, error));
    }
}

static itd_status start(csv_reading *r, itd_error *error)
{
    const char *path = r->read->source->paths[0];
    ITD_TRY(itd_mapped_prepare(&r->mapping, r->read, itd_mapped_guess_csv, &r->arena, error));
    ITD_TRY(itd_input_open(&r->input, path, error));
    ITD_TRY(itd_table_open(&r->table, r->input, &r->mapping, &r->arena, error));
    return itd_record_create(&r->record, r->read, itd_document_of_path(path), error);
}

static itd_status read_csv(itd_read *read, itd_error *error)
{
    csv_reading r = {.read = read};
    const itd_sv dataset = read->dataset;
    itd_arena_init(&r.arena, SIZE_MAX);
    itd_arena_init(&r.scratch, SIZE_MAX);
    itd_status status = start(&r, error);
    if (status == ITD_OK)
        status = read_rows(&r, error);
    if (!itd_sv_equal(read->dataset, dataset))
        read->dataset = dataset; /* a name that lay in the arena */
    itd_record_destroy(r.record);
    itd_table_finish(&r.table);
    itd_input_close(r.input);
    itd_buffer_finish(&r.whole);
    itd_arena_finish(&r.scratch);
    itd_arena_finish(&r.arena);
    return status;
}

static int sniff(const itd_sniff *look)
{
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_looks_textual(look) ? itd_table_recognise(NULL, look->head, &arena, NULL) : ITD_ENOTFOUND;
    itd_arena_finish(&arena);
    return status == ITD_OK ? 20 : status == ITD_ENOMEM ? -1 : 0;
}

const itd_format itd_format_csv = {
    .id = "csv",
    .title = "CSV with a header, by a mapping",
    .sniff = sniff,
    .read = read_csv,
};
