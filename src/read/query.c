#include "read/query.h"

#include "base/json.h"
#include "model/ftm_keys.h"
#include "read/looks.h"
#include "read/query_entity.h"
#include "read/query_notes.h"
#include "read/table.h"
#include "read/value.h"

typedef enum query_mode { QUERY_NAMES, QUERY_JSON, QUERY_TABLE } query_mode;

struct itd_query_reader {
    query_mode mode;
    itd_input *input;
    itd_arena arena; /* the mapping, the header */
    itd_json_document *json;
    itd_mapping mapping;
    itd_table table;
    itd_query_draft draft;
    itd_query_notes notes;
    uint64_t blank; /* lines without anything, of lines; the table counts its own */
    bool goes_on;   /* the last failure was of one record */
};

/* A first line that is one opening tag and nothing else: the root of a document that has no declaration. */
static bool opens_markup(itd_sv text)
{
    itd_sv line;
    if (!itd_sv_split(&line, &text, '\n'))
        return false;
    line = itd_sv_trim(line);
    if (line.size < 3 || line.data[0] != '<' || line.data[line.size - 1] != '>' || line.data[line.size - 2] == '/')
        return false;
    return memchr(line.data + 1, '<', line.size - 1) == NULL;
}

/* What a first look at the input must not be; NULL when it can be read line by line. */
static const char *refused(const itd_sniff *look)
{
    static const itd_sv openings[] = {ITD_SV("%PDF-"), ITD_SV("<?xml"), ITD_SV("<!DOCTYPE"), ITD_SV("<html"),
                                      ITD_SV("{\\rtf")};
    itd_sv text = itd_sv_trim(look->head);
    if (memchr(look->head.data ? look->head.data : "", 0, look->head.size))
        return itd_looks_like(look);
    if (itd_looks_like_bare_cr(look) || opens_markup(text))
        return itd_looks_like(look);
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++)
        if (itd_sv_starts_nocase(text, openings[i]))
            return itd_looks_like(look);
    if (itd_sv_starts(text, ITD_SV("["))) {
        text = itd_sv_trim(itd_sv_slice(text, 1, text.size));
        if (itd_sv_starts(text, ITD_SV("{")) || itd_sv_starts(text, ITD_SV("\"")))
            return itd_looks_like(look);
    }
    return NULL;
}

/* Names the keys of the first lines that mean nothing known. The note is a help, so what is broken there is left to the
 * reading. */
static itd_status note_keys(itd_query_reader *reader, itd_sv head, bool whole, itd_error *error)
{
    itd_sv line, rest = head;
    const itd_json *object;
    itd_status status = ITD_OK;
    while (status != ITD_ENOMEM && itd_sv_split(&line, &rest, '\n')) {
        if (rest.size == 0 && !whole)
            break; /* cut off */
        status = itd_json_parse(reader->json, line, &object, error);
        if (status == ITD_OK)
            status = itd_query_notes_object(&reader->notes, object, 0, error);
    }
    return status == ITD_ENOMEM ? status : ITD_OK;
}

static itd_status start_table(itd_query_reader *reader, bool guessed, itd_error *error)
{
    reader->mode = QUERY_TABLE;
    /* A guess at what the rows are would keep hits from a customer file that mixes people and companies. */
    if (guessed)
        reader->mapping.schema = ITD_S_Thing;
    ITD_TRY(itd_table_open(&reader->table, reader->input, &reader->mapping, &reader->arena, error));
    return guessed ? itd_query_notes_table(&reader->notes, &reader->mapping, &reader->table, error) : ITD_OK;
}

static itd_status start(itd_query_reader *reader, const char *map, itd_error *error)
{
    itd_sniff look = {.path = itd_input_name(reader->input)};
    ITD_TRY(itd_input_peek(reader->input, ITD_INPUT_PEEK_MAX, &look.head, error));
    look.whole = look.head.size < ITD_INPUT_PEEK_MAX;
    const char *what = refused(&look);
    if (what)
        return itd_fail_at(error, ITD_EFORMAT, look.path, 0, ITD_NOWHERE, "no questions: it looks like %s", what);
    if (itd_looks_json(&look)) {
        reader->mode = QUERY_JSON;
        ITD_TRY(itd_json_document_create(&reader->json, error));
        return note_keys(reader, look.head, look.whole, error);
    }
    if (map) {
        ITD_TRY(itd_mapping_load(&reader->mapping, map, &reader->arena, error));
        return start_table(reader, false, error);
    }
    itd_status status = itd_table_recognise(&reader->mapping, look.head, &reader->arena, error);
    if (status == ITD_OK)
        return start_table(reader, true, error);
    reader->mode = QUERY_NAMES;
    return status == ITD_ENOTFOUND ? ITD_OK : status;
}

static itd_status open_input(itd_query_reader **out, itd_input *input, const char *map, itd_error *error)
{
    itd_query_reader *reader = itd_calloc(1, sizeof *reader);
    if (!reader) {
        itd_input_close(input);
        return itd_fail_memory(error);
    }
    reader->input = input;
    itd_arena_init(&reader->arena, SIZE_MAX);
    itd_query_notes_init(&reader->notes);
    itd_status status = start(reader, map, error);
    if (status == ITD_OK && !itd_buffer_append_char(&reader->notes.opening, '\0'))
        status = itd_fail_memory(error);
    if (status != ITD_OK) {
        itd_query_reader_close(reader);
        return status;
    }
    *out = reader;
    return ITD_OK;
}

itd_status itd_query_reader_open(itd_query_reader **out, const char *path, const char *map, itd_error *error)
{
    itd_input *input = NULL;
    ITD_TRY(itd_input_open(&input, path, error));
    return open_input(out, input, map, error);
}

itd_status itd_query_reader_open_memory(itd_query_reader **out, const char *name, itd_sv bytes, const char *map,
                                        itd_error *error)
{
    itd_input *input = NULL;
    ITD_TRY(itd_input_open_memory(&input, name, bytes, error));
    return open_input(out, input, map, error);
}

void itd_query_reader_close(itd_query_reader *reader)
{
    if (!reader)
        return;
    itd_table_finish(&reader->table);
    itd_json_document_destroy(reader->json);
    itd_query_draft_finish(&reader->draft);
    itd_query_notes_finish(&reader->notes);
    itd_arena_finish(&reader->arena);
    itd_input_close(reader->input);
    itd_free(reader);
}

const char *itd_query_reader_note(const itd_query_reader *reader)
{
    return reader->notes.opening.data;
}

itd_status itd_query_reader_passed_over(const char **out, itd_query_reader *reader, itd_error *error)
{
    return itd_query_notes_passed_over(out, &reader->notes, reader->blank + reader->table.blank, error);
}

bool itd_query_reader_goes_on(const itd_query_reader *reader)
{
    return reader->goes_on;
}

static itd_status draft_object(itd_query_reader *reader, itd_sv line, itd_error *error)
{
    const itd_json *object;
    ITD_TRY(itd_json_parse(reader->json, line, &object, error));
    ITD_TRY(itd_query_draft_json(&reader->draft, object, error));
    return itd_query_notes_object(&reader->notes, object, itd_input_line_number(reader->input), error);
}

static itd_status add_mapped(void *context, const itd_mapped_value *value, itd_error *error)
{
    /* The draft finds the normal form by itself, but a mapping may name the form of its dates. */
    return itd_query_draft_add(context, value->property, value->value, error);
}

static itd_status draft_row(itd_query_draft *draft, const itd_query_reader *reader, itd_error *error)
{
    const itd_mapping *m = &reader->mapping;
    const itd_table *table = &reader->table;
    ITD_TRY(itd_mapping_text(&draft->id, &m->id, itd_table_cell, table, draft->arena, error));
    draft->schema = itd_mapping_row_schema(m, itd_table_cell, table);
    return itd_mapping_apply(m, draft->schema, true, itd_table_cell, table, add_mapped, draft, draft->arena, error);
}

/* Finds the next record; what is wrong with it alone is told by `*problem`. */
static itd_status next_record(itd_query_reader *reader, itd_query *place, itd_sv *line, const char **problem,
                              bool *more, itd_error *error)
{
    if (reader->mode != QUERY_TABLE) {
        ITD_TRY(itd_query_line(reader->input, line, more, &reader->blank, error));
        place->line = itd_input_line_number(reader->input);
        place->offset = itd_input_line_offset(reader->input);
        return ITD_OK;
    }
    const itd_csv_row *row = &reader->table.row;
    ITD_TRY(itd_table_next(&reader->table, more, problem, error));
    place->line = row->line;
    place->offset = row->problem ? row->problem_offset : row->offset;
    return ITD_OK;
}

static itd_status draft_record(itd_query *out, itd_query_reader *reader, itd_sv line, itd_error *error)
{
    if (reader->mode == QUERY_JSON)
        ITD_TRY(draft_object(reader, line, error));
    else if (reader->mode == QUERY_NAMES)
        ITD_TRY(itd_query_draft_add(&reader->draft, ITD_P_Thing_name, line, error));
    else
        ITD_TRY(draft_row(&reader->draft, reader, error));
    ITD_TRY(itd_query_notes_draft(&reader->notes, &reader->draft, out->line, error));
    return itd_query_draft_question(out, &reader->draft, error);
}

itd_status itd_query_next(itd_query *out, bool *more, itd_query_reader *reader, itd_arena *arena, itd_error *error)
{
    itd_query query = {0};
    itd_sv line = ITD_SV_NONE;
    const char *problem = NULL;
    bool any = false;
    reader->goes_on = false;
    itd_query_draft_start(&reader->draft, arena);
    ITD_TRY(next_record(reader, &query, &line, &problem, &any, error));
    if (!any) {
        *more = false;
        return ITD_OK;
    }
    itd_status status =
        problem ? itd_fail(error, ITD_EFORMAT, "%s", problem) : draft_record(&query, reader, line, error);
    if (status == ITD_OK) {
        *out = query;
        *more = true;
    }
    reader->goes_on = status == ITD_EFORMAT || status == ITD_ELIMIT;
    return itd_query_placed(status, reader->input, query.line, query.offset, error);
}
