#include "base/map.h"
#include "read/entity_json.h"
#include "read/json_lines.h"
#include "read/looks.h"
#include "read/mapped.h"
#include "read/naming.h"

/* JSON objects, one a line, by a mapping whose columns are their keys: from a file, or guessed from the first lines. */

/** Keys that a guess looks at. */
#define GUESS_KEYS_MAX ((size_t)ITD_MAPPING_RULES_MAX)

typedef struct jsonl {
    itd_read *read;
    itd_arena arena, scratch; /* of the file; of a line */
    itd_mapping mapping;
    itd_intern used; /* keys that the mapping names */
    itd_record *record;
    const itd_json *object; /* the line that was parsed last */
    char number[64];        /* text of the last cell that is no string */
} jsonl;

/* An itd_mapping_cell; `row` is the jsonl. */
static itd_sv cell(const void *row, itd_sv column, size_t index)
{
    jsonl *r = (jsonl *)(uintptr_t)row; /* its number is scratch */
    const itd_json *value = itd_json_member(r->object, column.data);
    if (itd_json_typeof(value) == ITD_JSON_ARRAY)
        value = itd_json_item(value, index);
    else if (index > 0)
        return ITD_SV_NONE;
    if (!value)
        return ITD_SV_NONE;
    itd_sv text = itd_json_scalar(value, r->number, sizeof r->number);
    return text.data ? text : ITD_SV("");
}

static bool is_nested(const itd_json *value)
{
    if (itd_json_typeof(value) == ITD_JSON_OBJECT)
        return true;
    for (size_t i = 0; itd_json_typeof(value) == ITD_JSON_ARRAY && i < itd_json_count(value); i++) {
        itd_json_type type = itd_json_typeof(itd_json_item(value, i));
        if (type == ITD_JSON_OBJECT || type == ITD_JSON_ARRAY)
            return true;
    }
    return false;
}

static itd_status parse(void *context, const itd_json *object, itd_sv *key, itd_error *error)
{
    jsonl *r = context;
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv name;
    r->object = object;
    itd_arena_reset(&r->scratch);
    ITD_TRY(itd_mapping_text(key, &r->mapping.id, cell, r, &r->scratch, error));
    if (r->mapping.id.piece_count > 0 && key->size == 0)
        return itd_fail(error, ITD_EFORMAT, "record has no key");
    while (itd_json_next_member(object, &cursor, &name, &value))
        if (is_nested(value) && (r->mapping.rest_as_notes || itd_intern_find(&r->used, name) != ITD_MAP_NONE))
            return itd_fail(error, ITD_EFORMAT, "\"%.*s\" holds an object: a mapping takes texts and numbers",
                            ITD_SV_ARG(itd_sv_slice(name, 0, 64)));
    return ITD_OK;
}

static void add_rest(jsonl *r, itd_schema schema)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv name, text;
    while (itd_json_next_member(r->object, &cursor, &name, &value))
        if (itd_intern_find(&r->used, name) == ITD_MAP_NONE)
            for (size_t i = 0; (text = cell(r, name, i)).data; i++)
                itd_mapped_note(r->record, schema, name, text);
}

/* Everything that the line says, to be hashed where it has no key. */
static itd_status gather_whole(jsonl *r, itd_buffer *whole, itd_error *error)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv name, text;
    while (itd_json_next_member(r->object, &cursor, &name, &value)) {
        (void)itd_buffer_append(whole, name);
        for (size_t i = 0; (text = cell(r, name, i)).data; i++) {
            (void)itd_buffer_append_char(whole, '\t');
            (void)itd_buffer_append(whole, text);
        }
        (void)itd_buffer_append_char(whole, '\n');
    }
    return whole->failed ? itd_fail_memory(error) : ITD_OK;
}

static itd_status send(void *context, const itd_line_place *place, itd_error *error)
{
    jsonl *r = context;
    itd_schema schema = ITD_S_Thing;
    itd_buffer whole = {0};
    itd_error found = {.status = ITD_OK};
    itd_status status = ITD_OK;
    if (r->mapping.id.piece_count == 0)
        status = gather_whole(r, &whole, error);
    if (status == ITD_OK)
        status = itd_mapped_begin(r->record, &r->mapping, cell, r, itd_buffer_view(&whole), place->line, place->offset,
                                  &schema, &r->scratch, error);
    itd_buffer_finish(&whole);
    if (status != ITD_OK)
        return status;
    itd_record_at(r->record, place->line, place->offset, place->span);
    status = itd_mapped_values(r->record, &r->mapping, cell, r, schema, &r->scratch, &found);
    if (status == ITD_EFORMAT)
        return itd_record_reject(r->record, ITD_REJECT_RECORD, ITD_SV_NONE, place->line, place->offset, error, "%s",
                                 found.message);
    if (status != ITD_OK)
        return itd_fail_memory(error);
    if (r->mapping.rest_as_notes)
        add_rest(r, schema);
    return itd_record_commit(r->record, error);
}

static bool use(jsonl *r, const itd_mapping_rule *rule)
{
    for (size_t i = 0; i < rule->piece_count; i++)
        if (rule->pieces[i].column && itd_intern_add(&r->used, rule->pieces[i].text) == ITD_MAP_NONE)
            return false;
    return true;
}

static itd_status use_all(jsonl *r, itd_error *error)
{
    bool done = use(r, &r->mapping.id);
    for (size_t i = 0; done && i < r->mapping.rule_count; i++)
        done = use(r, &r->mapping.rules[i]);
    if (done && r->mapping.schema_column.size > 0)
        done = itd_intern_add(&r->used, r->mapping.schema_column) != ITD_MAP_NONE;
    return done ? ITD_OK : itd_fail_memory(error);
}

static itd_status read_jsonl(itd_read *read, itd_error *error)
{
    jsonl r = {.read = read};
    const itd_sv dataset = read->dataset;
    itd_json_line_reader reader = {parse, send, &r};
    itd_arena_init(&r.arena, SIZE_MAX);
    itd_arena_init(&r.scratch, SIZE_MAX);
    itd_intern_init(&r.used, SIZE_MAX);
    itd_status status = itd_mapped_prepare(&r.mapping, read, itd_mapped_guess_jsonl, &r.arena, error);
    if (status == ITD_OK)
        status = use_all(&r, error);
    if (status == ITD_OK)
        status = itd_record_create(&r.record, read, itd_document_of_path(read->source->paths[0]), error);
    if (status == ITD_OK)
        status = itd_json_lines_read(read, &reader, error);
    if (!itd_sv_equal(read->dataset, dataset))
        read->dataset = dataset; /* a name that lay in the arena */
    itd_record_destroy(r.record);
    itd_intern_finish(&r.used);
    itd_arena_finish(&r.scratch);
    itd_arena_finish(&r.arena);
    return status;
}

/* Adds the keys of an object that are not nested. */
static bool add_keys(itd_intern *keys, const itd_json *object)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv name;
    while (itd_json_next_member(object, &cursor, &name, &value))
        if (!is_nested(value) && keys->count < GUESS_KEYS_MAX && itd_intern_add(keys, name) == ITD_MAP_NONE)
            return false;
    return true;
}

/* Guesses from the whole lines of a head. */
static itd_status guess(itd_mapping *out, itd_sv head, bool whole, itd_arena *arena, itd_error *error)
{
    itd_json_document *json = NULL;
    itd_intern keys;
    itd_sv line, rest = itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")) ? itd_sv_slice(head, 3, head.size) : head;
    const itd_json *object;
    size_t known;
    itd_intern_init(&keys, SIZE_MAX);
    itd_status status = itd_json_document_create(&json, error);
    while (status == ITD_OK && itd_sv_split(&line, &rest, '\n')) {
        if ((rest.size == 0 && !whole) || itd_sv_trim(line).size == 0)
            continue;
        itd_status parsed = itd_json_parse(json, line, &object, error);
        if (parsed == ITD_ENOMEM || (parsed == ITD_OK && !add_keys(&keys, object)))
            status = itd_fail_memory(error);
    }
    if (status == ITD_OK)
        status = itd_mapping_guess(out, &known, keys.texts, keys.count, arena, error);
    itd_intern_finish(&keys);
    itd_json_document_destroy(json);
    return status;
}

itd_status itd_mapped_guess_jsonl(itd_mapping *out, const char *path, itd_arena *arena, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv head;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error);
    if (status == ITD_OK)
        status = guess(out, head, head.size < ITD_INPUT_PEEK_MAX, arena, error);
    if (status == ITD_ENOTFOUND)
        status = itd_fail_at(error, ITD_EFORMAT, path, 1, ITD_NOWHERE,
                             "the keys do not tell what they mean: a mapping file is needed");
    itd_input_close(input);
    return status;
}

static int sniff(const itd_sniff *look)
{
    static const char *const none[] = {NULL};
    itd_arena arena;
    itd_mapping mapping;
    unsigned seen = 0;
    /* A pretty-printed document starts with an object too, but over several lines. */
    if (!itd_looks_json(look) || !itd_json_sniff_keys(look->head, none, &seen))
        return 0;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = guess(&mapping, look->head, look->whole, &arena, NULL);
    itd_arena_finish(&arena);
    return status == ITD_OK ? 20 : status == ITD_ENOMEM ? -1 : 0;
}

const itd_format itd_format_jsonl = {
    .id = "jsonl",
    .title = "JSON objects, one a line, by a mapping",
    .sniff = sniff,
    .read = read_jsonl,
};
