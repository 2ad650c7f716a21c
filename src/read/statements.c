#include "model/ftm_keys.h"
#include "read/entity_json.h"
#include "read/json_lines.h"
#include "read/naming.h"
#include "read/others.h"

/* Our own form, one statement a line (model/ftm_keys.h): what was written comes back in every field. */

typedef struct statements {
    itd_read *read;
    itd_sv dataset;
    itd_arena arena;
    itd_others others;
    itd_statement s;
} statements;

/* Where the text of each key goes. */
static const struct {
    const char *key;
    size_t field;
} texts[] = {
    {ITD_STATEMENT_ENTITY, offsetof(itd_statement, entity)},
    {ITD_STATEMENT_RECORD, offsetof(itd_statement, record)},
    {ITD_STATEMENT_DATASET, offsetof(itd_statement, dataset)},
    {ITD_STATEMENT_VALUE, offsetof(itd_statement, value)},
    {ITD_STATEMENT_ORIGINAL, offsetof(itd_statement, original)},
    {ITD_STATEMENT_LANG, offsetof(itd_statement, lang)},
    {ITD_STATEMENT_FIRST_SEEN, offsetof(itd_statement, first_seen)},
    {ITD_STATEMENT_LAST_SEEN, offsetof(itd_statement, last_seen)},
    {ITD_STATEMENT_ORIGIN, offsetof(itd_statement, origin)},
    {ITD_STATEMENT_DOCUMENT, offsetof(itd_statement, document)},
};

/* Keys of OpenSanctions' statement form that are derived from the others; docs/ftm.md lists them. */
static bool passed_over(itd_sv key)
{
    static const char *const keys[] = {"id", "canonical_id", "prop_type", "external", "target"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (itd_sv_is(key, keys[i]))
            return true;
    return false;
}

static itd_status number(uint64_t *out, const itd_json *value, uint64_t max, itd_sv key, itd_error *error)
{
    int64_t n;
    if (!itd_json_int64(&n, value) || n < 0 || (uint64_t)n > max)
        return itd_fail(error, ITD_EFORMAT, "%.*s is not a whole number from 0 to %llu", ITD_SV_ARG(key),
                        (unsigned long long)max);
    *out = (uint64_t)n;
    return ITD_OK;
}

/* Admiralty grades: one letter or digit. */
static itd_status grade(char *out, const itd_json *value, char first, char last, itd_sv key, itd_error *error)
{
    itd_sv text = itd_json_text(value);
    if (text.size != 1 || text.data[0] < first || text.data[0] > last)
        return itd_fail(error, ITD_EFORMAT, "%.*s is not a grade from %c to %c", ITD_SV_ARG(key), first, last);
    *out = text.data[0];
    return ITD_OK;
}

static itd_status marking(uint8_t *out, const itd_json *value, itd_error *error)
{
    static const char *const names[] = ITD_TLP_NAMES;
    itd_sv text = itd_json_text(value);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (itd_sv_is(text, names[i])) {
            *out = (uint8_t)i;
            return ITD_OK;
        }
    return itd_fail(error, ITD_EFORMAT, "unknown marking \"%.*s\"", ITD_SV_ARG(itd_sv_slice(text, 0, 32)));
}

static itd_status parse_member(statements *all, itd_sv key, const itd_json *value, itd_error *error)
{
    itd_statement *s = &all->s;
    uint64_t span = 0;
    if (itd_json_typeof(value) == ITD_JSON_NULL)
        return ITD_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (itd_sv_is(key, texts[i].key)) {
            itd_sv text;
            ITD_TRY(itd_json_value(&text, value, texts[i].key, &all->arena, error));
            memcpy((char *)s + texts[i].field, &text, sizeof text);
            return ITD_OK;
        }
    if (itd_sv_is(key, ITD_STATEMENT_LINE))
        return number(&s->line, value, INT64_MAX, key, error);
    if (itd_sv_is(key, ITD_STATEMENT_OFFSET))
        return number(&s->offset, value, INT64_MAX, key, error);
    if (itd_sv_is(key, ITD_STATEMENT_SPAN)) {
        ITD_TRY(number(&span, value, UINT32_MAX, key, error));
        s->span = (uint32_t)span;
        return ITD_OK;
    }
    if (itd_sv_is(key, ITD_STATEMENT_RELIABILITY))
        return grade(&s->reliability, value, 'A', 'F', key, error);
    if (itd_sv_is(key, ITD_STATEMENT_CREDIBILITY))
        return grade(&s->credibility, value, '1', '6', key, error);
    if (itd_sv_is(key, ITD_STATEMENT_TLP))
        return marking(&s->tlp, value, error);
    if (itd_sv_is(key, ITD_STATEMENT_SCHEMA) || itd_sv_is(key, ITD_STATEMENT_PROPERTY) || passed_over(key))
        return ITD_OK;
    return itd_fail(error, ITD_EFORMAT, "unknown key \"%.*s\"", ITD_SV_ARG(itd_sv_slice(key, 0, 64)));
}

/* Puts the name of a property that the model does not have before what the source wrote (model/other.h). */
static itd_status keep_name(statements *all, itd_sv name, itd_error *error)
{
    itd_sv kept = name;
    if (all->s.original.size > 0) {
        kept = itd_arena_format(&all->arena, "%.*s\t%.*s", ITD_SV_ARG(name), ITD_SV_ARG(all->s.original));
        if (!kept.data)
            return itd_fail_memory(error);
    }
    all->s.original = kept;
    return ITD_OK;
}

static itd_status parse(void *context, const itd_json *object, itd_sv *record_key, itd_error *error)
{
    statements *all = context;
    itd_statement *s = &all->s;
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    itd_arena_reset(&all->arena);
    *s = (itd_statement){.offset = ITD_NOWHERE};
    while (itd_json_next_member(object, &cursor, &key, &value))
        ITD_TRY(parse_member(all, key, value, error));
    *record_key = s->entity;
    if (s->entity.size == 0)
        return itd_fail(error, ITD_EFORMAT, "no " ITD_STATEMENT_ENTITY);
    ITD_TRY(itd_json_schema(&s->schema, itd_json_member(object, ITD_STATEMENT_SCHEMA), error));
    itd_sv name = itd_json_text(itd_json_member(object, ITD_STATEMENT_PROPERTY));
    ITD_TRY(itd_json_property_name(&s->property, s->schema, name, error));
    if (s->property == ITD_P_OTHER)
        ITD_TRY(keep_name(all, name, error));
    if (s->value.size == 0)
        return itd_fail(error, ITD_EFORMAT, "no value");
    if (s->record.size == 0)
        s->record = s->entity;
    if (s->dataset.size == 0)
        s->dataset = all->dataset;
    return ITD_OK;
}

static itd_status send(void *context, const itd_line_place *place, itd_error *error)
{
    statements *all = context;
    itd_statement *s = &all->s;
    (void)place; /* the statement's own place is that of its first source */
    ITD_TRY(all->read->statement(all->read->statement_context, s, error));
    itd_others_see(&all->others, s);
    if (s->property == ITD_P_ID && itd_sv_equal(s->record, s->entity) && itd_sv_equal(s->value, s->entity) &&
        !itd_schema_is_part(s->schema) && !itd_schema_is_edge(s->schema, NULL, NULL))
        all->read->records++;
    return ITD_OK;
}

static itd_status read_statements(itd_read *read, itd_error *error)
{
    statements all = {.read = read, .dataset = read->dataset};
    itd_json_line_reader reader = {parse, send, &all};
    if (all.dataset.size == 0)
        all.dataset = itd_dataset_of_path(read->source->paths[0]);
    itd_arena_init(&all.arena, SIZE_MAX);
    itd_status status = itd_json_lines_read(read, &reader, error);
    if (status == ITD_OK)
        itd_others_note(&all.others, read);
    itd_arena_finish(&all.arena);
    return status;
}

static int sniff(const itd_sniff *look)
{
    static const char *const keys[] = {ITD_STATEMENT_ENTITY, ITD_STATEMENT_PROPERTY, ITD_STATEMENT_VALUE, NULL};
    unsigned seen[3] = {0};
    return itd_json_sniff_keys(look->head, keys, seen) && seen[0] && seen[1] && seen[2] ? 95 : 0;
}

const itd_format itd_format_statements = {
    .id = "statements",
    .title = "statements, one JSON object a line",
    .sniff = sniff,
    .read = read_statements,
};
