#include "read/query.h"

#include "base/json.h"
#include "model/ftm_keys.h"
#include "read/looks.h"
#include "read/query_entity.h"
#include "read/table.h"
#include "read/value.h"

/** Most keys that a note names. */
#define NOTE_KEYS_MAX 16

typedef enum query_mode { QUERY_NAMES, QUERY_JSON, QUERY_TABLE } query_mode;

struct itd_query_reader {
    query_mode mode;
    itd_input *input;
    itd_arena arena; /* the mapping, the header */
    itd_json_document *json;
    itd_mapping mapping;
    itd_table table;
    itd_query_draft draft;
    itd_buffer note;
};

/* What a first look at the input must not be; NULL when it can be read line by line. */
static const char *refused(const itd_sniff *look)
{
    static const itd_sv openings[] = {ITD_SV("%PDF-"), ITD_SV("<?xml"), ITD_SV("<!DOCTYPE"), ITD_SV("<html"),
                                      ITD_SV("{\\rtf")};
    itd_sv text = itd_sv_trim(look->head);
    if (memchr(look->head.data ? look->head.data : "", 0, look->head.size))
        return itd_looks_like(look);
    if (itd_looks_like_bare_cr(look))
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

static void note_key(itd_query_reader *reader, itd_intern *seen, itd_sv key)
{
    size_t before = seen->count;
    if (before >= NOTE_KEYS_MAX)
        return;
    if (itd_intern_add(seen, key) == ITD_MAP_NONE)
        reader->note.failed = true;
    if (seen->count == before)
        return;
    (void)itd_buffer_format(&reader->note, "%s\"%.*s\"",
                            before ? ", " : "not used: ", ITD_SV_ARG(itd_sv_slice(key, 0, 64)));
}

static void note_object(itd_query_reader *reader, itd_intern *seen, const itd_json *object)
{
    const itd_json *properties = itd_json_member(object, ITD_FTM_PROPERTIES), *value;
    const void *cursor = NULL;
    itd_sv key;
    while (itd_json_next_member(properties ? properties : object, &cursor, &key, &value))
        if (!itd_query_knows_key(key))
            note_key(reader, seen, key);
}

/* Names the keys of the first lines that mean nothing known. The note is a help, so what is broken there is left to the
 * reading. */
static itd_status note_keys(itd_query_reader *reader, itd_sv head, bool whole, itd_error *error)
{
    itd_intern seen;
    itd_sv line, rest = head;
    const itd_json *object;
    itd_status status = ITD_OK;
    itd_intern_init(&seen, SIZE_MAX);
    while (status != ITD_ENOMEM && itd_sv_split(&line, &rest, '\n')) {
        if (rest.size == 0 && !whole)
            break; /* cut off */
        status = itd_json_parse(reader->json, line, &object, error);
        if (status == ITD_OK)
            note_object(reader, &seen, object);
    }
    itd_intern_finish(&seen);
    return status == ITD_ENOMEM || reader->note.failed ? itd_fail_memory(error) : ITD_OK;
}

static void note_table(itd_query_reader *reader)
{
    itd_buffer *note = &reader->note;
    const itd_mapping *m = &reader->mapping;
    unsigned count = 0;
    (void)itd_buffer_format(note, "columns guessed: ");
    if (m->id.piece_count)
        (void)itd_buffer_format(note, "id = \"%.*s\", ", ITD_SV_ARG(m->id.pieces[0].text));
    if (m->schema_column.size)
        (void)itd_buffer_format(note, "schema = \"%.*s\", ", ITD_SV_ARG(m->schema_column));
    for (size_t i = 0; i < m->rule_count; i++) {
        (void)itd_buffer_format(note, "%s%.*s =", i ? ", " : "", ITD_SV_ARG(m->rules[i].property));
        for (size_t p = 0; p < m->rules[i].piece_count; p++)
            (void)itd_buffer_format(note, " \"%.*s\"", ITD_SV_ARG(m->rules[i].pieces[p].text));
    }
    for (size_t i = 0; i < reader->table.column_count; i++)
        if (!reader->table.used[i])
            (void)itd_buffer_format(note, "%s\"%.*s\"",
                                    count++ ? ", " : "; not used: ", ITD_SV_ARG(reader->table.columns[i]));
}

static itd_status start_table(itd_query_reader *reader, bool guessed, itd_error *error)
{
    reader->mode = QUERY_TABLE;
    /* A guess at what the rows are would keep hits from a customer file that mixes people and companies. */
    if (guessed)
        reader->mapping.schema = ITD_S_Thing;
    ITD_TRY(itd_table_open(&reader->table, reader->input, &reader->mapping, &reader->arena, error));
    if (guessed)
        note_table(reader);
    return reader->note.failed ? itd_fail_memory(error) : ITD_OK;
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
    itd_status status = start(reader, map, error);
    if (status == ITD_OK && !itd_buffer_append_char(&reader->note, '\0'))
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
    itd_buffer_finish(&reader->note);
    itd_arena_finish(&reader->arena);
    itd_input_close(reader->input);
    itd_free(reader);
}

const char *itd_query_reader_note(const itd_query_reader *reader)
{
    return reader->note.data;
}

static itd_status draft_object(itd_query_draft *draft, itd_json_document *json, itd_sv line, itd_error *error)
{
    const itd_json *object;
    ITD_TRY(itd_json_parse(json, line, &object, error));
    return itd_query_draft_json(draft, object, error);
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

static itd_status next_row(itd_query_reader *reader, bool *more, itd_error *error)
{
    const char *problem = NULL;
    ITD_TRY(itd_table_next(&reader->table, more, &problem, error));
    if (!*more)
        return ITD_OK;
    if (problem)
        return itd_fail_at(error, ITD_EFORMAT, itd_input_name(reader->input), reader->table.row.line,
                           reader->table.row.problem ? reader->table.row.problem_offset : reader->table.row.offset,
                           "%s", problem);
    return itd_query_placed(draft_row(&reader->draft, reader, error), reader->input, reader->table.row.line,
                            reader->table.row.offset, error);
}

itd_status itd_query_next(itd_query *out, bool *more, itd_query_reader *reader, itd_arena *arena, itd_error *error)
{
    itd_sv line = ITD_SV_NONE;
    uint64_t number, offset;
    bool any = false;
    itd_status status;
    itd_query_draft_start(&reader->draft, arena);
    if (reader->mode == QUERY_TABLE)
        ITD_TRY(next_row(reader, &any, error));
    else
        ITD_TRY(itd_query_line(reader->input, &line, &any, error));
    if (!any) {
        *more = false;
        return ITD_OK;
    }
    number = reader->mode == QUERY_TABLE ? reader->table.row.line : itd_input_line_number(reader->input);
    offset = reader->mode == QUERY_TABLE ? reader->table.row.offset : itd_input_line_offset(reader->input);
    if (reader->mode == QUERY_JSON)
        status = draft_object(&reader->draft, reader->json, line, error);
    else if (reader->mode == QUERY_NAMES)
        status = itd_query_draft_add(&reader->draft, ITD_P_Thing_name, line, error);
    else
        status = ITD_OK;
    if (status == ITD_OK)
        status = itd_query_draft_question(out, &reader->draft, number, error);
    if (status == ITD_OK)
        *more = true;
    return itd_query_placed(status, reader->input, number, offset, error);
}
