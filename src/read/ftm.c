#include "model/ftm_keys.h"
#include "read/entity_json.h"
#include "read/json_lines.h"
#include "read/naming.h"
#include "read/others.h"

/* FollowTheMoney entities, one JSON object a line. Every value of every property is one statement, as it stands in the
 * file; model/ftm_keys.h says what becomes of the other keys. Source: FollowTheMoney 3.8.4; OpenSanctions' bulk data.
 */

typedef struct ftm {
    itd_read *read;
    itd_sv dataset; /* of lines that name none */
    /* The line that was parsed last; views into its JSON document and the list's arena. */
    itd_value_list list;
    ITD_VECTOR(itd_sv) datasets;
    ITD_VECTOR(itd_sv) referents;
    itd_others others;
    itd_schema schema;
    itd_sv id, record, first_seen, last_seen;
} ftm;

/* Keys that say nothing of the entity itself: the caption is derived from its properties, the others are about the
 * exporting system's own state. docs/ftm.md lists them. */
static bool passed_over(itd_sv key)
{
    static const char *const keys[] = {ITD_FTM_CAPTION, "target",     "last_change", "collection_id",
                                       "created_at",    "updated_at", "mutable",     "role_id"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (itd_sv_is(key, keys[i]))
            return true;
    return false;
}

static bool says_nothing(const itd_json *value)
{
    itd_json_type type = itd_json_typeof(value);
    return type == ITD_JSON_NULL || ((type == ITD_JSON_ARRAY || type == ITD_JSON_OBJECT) && itd_json_count(value) == 0);
}

static itd_status parse_key(itd_sv *out, const itd_json *value, const char *what, ftm *f, itd_error *error)
{
    ITD_TRY(itd_json_value(out, value, what, &f->list.arena, error));
    if (out->size == 0)
        return itd_fail(error, ITD_EFORMAT, "%s is empty", what);
    return ITD_OK;
}

/* An array of ids; a single one may stand alone. */
static itd_status parse_ids(ftm *f, bool referents, const itd_json *value, const char *what, itd_error *error)
{
    bool array = itd_json_typeof(value) == ITD_JSON_ARRAY;
    size_t count = array ? itd_json_count(value) : 1;
    for (size_t i = 0; i < count; i++) {
        itd_sv id;
        ITD_TRY(parse_key(&id, array ? itd_json_item(value, i) : value, what, f, error));
        if (!(referents ? itd_vector_push(&f->referents, id) : itd_vector_push(&f->datasets, id)))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

static itd_status parse_member(ftm *f, itd_sv key, const itd_json *value, itd_error *error)
{
    if (itd_sv_is(key, ITD_FTM_ID) || itd_sv_is(key, ITD_FTM_SCHEMA) || itd_sv_is(key, ITD_FTM_PROPERTIES) ||
        says_nothing(value))
        return ITD_OK;
    if (itd_sv_is(key, ITD_FTM_DATASETS) || itd_sv_is(key, "dataset"))
        return parse_ids(f, false, value, "datasets", error);
    if (itd_sv_is(key, ITD_FTM_REFERENTS))
        return parse_ids(f, true, value, "referents", error);
    if (itd_sv_is(key, ITD_FTM_FIRST_SEEN))
        return itd_json_value(&f->first_seen, value, ITD_FTM_FIRST_SEEN, &f->list.arena, error);
    if (itd_sv_is(key, ITD_FTM_LAST_SEEN))
        return itd_json_value(&f->last_seen, value, ITD_FTM_LAST_SEEN, &f->list.arena, error);
    if (itd_sv_is(key, ITD_FTM_RECORD))
        return parse_key(&f->record, value, ITD_FTM_RECORD, f, error);
    if (passed_over(key))
        return ITD_OK;
    return itd_fail(error, ITD_EFORMAT, "unknown key \"%.*s\"", ITD_SV_ARG(itd_sv_slice(key, 0, 64)));
}

static itd_status parse(void *context, const itd_json *object, itd_sv *record_key, itd_error *error)
{
    ftm *f = context;
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    itd_value_list_clear(&f->list);
    f->datasets.count = f->referents.count = 0;
    f->record = f->first_seen = f->last_seen = ITD_SV_NONE;
    if (!itd_json_member(object, ITD_FTM_ID))
        return itd_fail(error, ITD_EFORMAT, "no id");
    ITD_TRY(parse_key(&f->id, itd_json_member(object, ITD_FTM_ID), ITD_FTM_ID, f, error));
    *record_key = f->id;
    ITD_TRY(itd_json_schema(&f->schema, itd_json_member(object, ITD_FTM_SCHEMA), error));
    while (itd_json_next_member(object, &cursor, &key, &value))
        ITD_TRY(parse_member(f, key, value, error));
    return itd_json_properties(&f->list, f->schema, itd_json_member(object, ITD_FTM_PROPERTIES), error);
}

static itd_status send_one(const ftm *f, itd_statement *statement, itd_property property, itd_sv value,
                           itd_error *error)
{
    statement->property = property;
    statement->value = value;
    return f->read->statement(f->read->statement_context, statement, error);
}

static itd_status send(void *context, const itd_line_place *place, itd_error *error)
{
    ftm *f = context;
    itd_statement s = {
        .entity = f->id,
        .record = f->record.size ? f->record : f->id,
        .dataset = f->datasets.count ? f->datasets.items[0] : f->dataset,
        .schema = f->schema,
        .first_seen = f->first_seen,
        .last_seen = f->last_seen,
        .document = itd_sv_of(place->document),
        .line = place->line,
        .offset = place->offset,
        .span = place->span,
    };
    ITD_TRY(send_one(f, &s, ITD_P_ID, f->id, error));
    for (size_t i = 0; i < f->referents.count; i++)
        ITD_TRY(send_one(f, &s, ITD_P_ID, f->referents.items[i], error));
    for (size_t i = 0; i < f->list.values.count; i++) {
        s.original = f->list.values.items[i].original;
        ITD_TRY(send_one(f, &s, f->list.values.items[i].property, f->list.values.items[i].value, error));
        itd_others_see(&f->others, &s);
    }
    s.original = ITD_SV_NONE;
    for (size_t i = 1; i < f->datasets.count; i++) {
        s.dataset = f->datasets.items[i];
        ITD_TRY(send_one(f, &s, ITD_P_ID, f->id, error));
    }
    if (!f->record.size && !itd_schema_is_part(f->schema) && !itd_schema_is_edge(f->schema, NULL, NULL))
        f->read->records++;
    return ITD_OK;
}

static itd_status read_ftm(itd_read *read, itd_error *error)
{
    ftm f = {.read = read, .dataset = read->dataset};
    itd_json_line_reader reader = {parse, send, &f};
    if (f.dataset.size == 0)
        f.dataset = itd_dataset_of_path(read->source->paths[0]);
    itd_arena_init(&f.list.arena, SIZE_MAX);
    itd_status status = itd_json_lines_read(read, &reader, error);
    if (status == ITD_OK)
        itd_others_note(&f.others, read);
    itd_vector_finish(&f.datasets);
    itd_vector_finish(&f.referents);
    itd_value_list_finish(&f.list);
    return status;
}

static int sniff(const itd_sniff *look)
{
    static const char *const keys[] = {ITD_FTM_ID, ITD_FTM_SCHEMA, ITD_FTM_PROPERTIES, NULL};
    unsigned seen[3] = {0};
    if (!itd_json_sniff_keys(look->head, keys, seen))
        return 0;
    if (seen[0] && seen[2]) /* the schema may come after properties that are longer than the head */
        return seen[1] ? 95 : 85;
    return 0;
}

const itd_format itd_format_ftm = {
    .id = "ftm",
    .title = "FollowTheMoney entities, one JSON object a line",
    .sniff = sniff,
    .read = read_ftm,
};
