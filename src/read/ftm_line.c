#include "read/ftm_line.h"

#include "model/ftm_keys.h"
#include "read/naming.h"

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

static itd_status parse_key(itd_sv *out, const itd_json *value, const char *what, itd_ftm_line *f, itd_error *error)
{
    ITD_TRY(itd_json_value(out, value, what, &f->list.arena, error));
    if (out->size == 0)
        return itd_fail(error, ITD_EFORMAT, "%s is empty", what);
    return ITD_OK;
}

/* An array of ids; a single one may stand alone. */
static itd_status parse_ids(itd_ftm_line *f, size_t *counter, const itd_json *value, const char *what, itd_error *error)
{
    bool array = itd_json_typeof(value) == ITD_JSON_ARRAY;
    size_t count = array ? itd_json_count(value) : 1;
    for (size_t i = 0; i < count; i++) {
        itd_sv id;
        ITD_TRY(parse_key(&id, array ? itd_json_item(value, i) : value, what, f, error));
        if (!itd_vector_push(&f->ids, id))
            return itd_fail_memory(error);
        ++*counter;
    }
    return ITD_OK;
}

static bool is_datasets(itd_sv key)
{
    return itd_sv_is(key, ITD_FTM_DATASETS) || itd_sv_is(key, "dataset");
}

/* A key beside "properties" that is none of those known is a property that stands in the wrong place. */
static itd_status parse_member(itd_ftm_line *f, itd_ftm_entity *e, itd_sv key, const itd_json *value, itd_error *error)
{
    if (itd_sv_is(key, ITD_FTM_ID) || itd_sv_is(key, ITD_FTM_SCHEMA) || itd_sv_is(key, ITD_FTM_PROPERTIES) ||
        is_datasets(key) || itd_sv_is(key, ITD_FTM_REFERENTS) || passed_over(key) || says_nothing(value))
        return ITD_OK;
    if (itd_sv_is(key, ITD_FTM_FIRST_SEEN))
        return itd_json_value(&e->first_seen, value, ITD_FTM_FIRST_SEEN, &f->list.arena, error);
    if (itd_sv_is(key, ITD_FTM_LAST_SEEN))
        return itd_json_value(&e->last_seen, value, ITD_FTM_LAST_SEEN, &f->list.arena, error);
    if (itd_sv_is(key, ITD_FTM_RECORD))
        return parse_key(&e->record, value, ITD_FTM_RECORD, f, error);
    return itd_json_property(&f->list, e->schema, key, value, error);
}

static itd_status parse_all_ids(itd_ftm_line *f, itd_ftm_entity *e, bool referents, itd_error *error)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    while (itd_json_next_member(e->object, &cursor, &key, &value)) {
        if (says_nothing(value))
            continue;
        if (!referents && is_datasets(key))
            ITD_TRY(parse_ids(f, &e->dataset_count, value, ITD_FTM_DATASETS, error));
        else if (referents && itd_sv_is(key, ITD_FTM_REFERENTS))
            ITD_TRY(parse_ids(f, &e->referent_count, value, ITD_FTM_REFERENTS, error));
    }
    return ITD_OK;
}

/* Does a property of a nested entity name `id`, as its value or as an entity that is nested once more? */
static bool names(const itd_json *object, itd_sv id)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    const itd_json *properties = itd_json_member(object, ITD_FTM_PROPERTIES);
    while (itd_json_next_member(properties, &cursor, &key, &value)) {
        bool array = itd_json_typeof(value) == ITD_JSON_ARRAY;
        for (size_t i = 0; i < (array ? itd_json_count(value) : 1); i++) {
            const itd_json *item = array ? itd_json_item(value, i) : value;
            if (itd_json_typeof(item) == ITD_JSON_OBJECT)
                item = itd_json_member(item, ITD_FTM_ID);
            if (itd_sv_equal(itd_json_text(item), id))
                return true;
        }
    }
    return false;
}

/* An object with an id and a schema is an entity of its own, and its id stands in its place. Under a name that the
 * model does not have ("familyPerson" of a Person) it is the way back of a property that the nested entity has itself:
 * nothing is left to say then. */
static itd_status nest(void *context, itd_sv *out, bool *taken, itd_property property, const itd_json *object,
                       itd_error *error)
{
    itd_ftm_line *f = context;
    itd_ftm_entity child = {.object = object};
    const itd_json *id = itd_json_member(object, ITD_FTM_ID);
    if (!id || !itd_json_member(object, ITD_FTM_SCHEMA) ||
        (property != ITD_P_OTHER && itd_property_typeof(property) != ITD_TYPE_ENTITY))
        return ITD_OK;
    ITD_TRY(parse_key(&child.id, id, "the id of a nested entity", f, error));
    itd_sv parent = f->entities.items[f->at].id;
    *taken = true;
    *out = property == ITD_P_OTHER && names(object, parent) ? ITD_SV_NONE : child.id;
    return itd_vector_push(&f->entities, child) ? ITD_OK : itd_fail_memory(error);
}

/* The entity may move while those nested in it are added. */
static itd_status parse_entity(itd_ftm_line *f, itd_error *error)
{
    itd_ftm_entity e = f->entities.items[f->at];
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    ITD_TRY(itd_json_schema(&e.schema, itd_json_member(e.object, ITD_FTM_SCHEMA), error));
    e.id_first = f->ids.count;
    ITD_TRY(parse_all_ids(f, &e, false, error));
    ITD_TRY(parse_all_ids(f, &e, true, error));
    e.value_first = f->list.values.count;
    while (itd_json_next_member(e.object, &cursor, &key, &value))
        ITD_TRY(parse_member(f, &e, key, value, error));
    ITD_TRY(itd_json_properties(&f->list, e.schema, itd_json_member(e.object, ITD_FTM_PROPERTIES), error));
    e.value_count = f->list.values.count - e.value_first;
    f->entities.items[f->at] = e;
    return ITD_OK;
}

itd_status itd_ftm_line_parse(itd_ftm_line *f, const itd_json *object, itd_sv *key, itd_error *error)
{
    itd_ftm_entity top = {.object = object};
    itd_value_list_clear(&f->list);
    f->ids.count = f->entities.count = 0;
    if (!itd_json_member(object, ITD_FTM_ID))
        return itd_fail(error, ITD_EFORMAT, "no id");
    ITD_TRY(parse_key(&top.id, itd_json_member(object, ITD_FTM_ID), ITD_FTM_ID, f, error));
    *key = top.id;
    if (!itd_vector_push(&f->entities, top))
        return itd_fail_memory(error);
    for (f->at = 0; f->at < f->entities.count; f->at++)
        ITD_TRY(parse_entity(f, error));
    return ITD_OK;
}

static itd_status send_one(const itd_ftm_line *f, itd_statement *statement, itd_property property, itd_sv value,
                           itd_error *error)
{
    statement->property = property;
    statement->value = value;
    return f->read->statement(f->read->statement_context, statement, error);
}

static itd_status send_entity(itd_ftm_line *f, const itd_ftm_entity *e, const itd_line_place *place, itd_error *error)
{
    const itd_sv *datasets = f->ids.items + e->id_first;
    itd_statement s = {
        .entity = e->id,
        .record = e->record.size ? e->record : e->id,
        .dataset = e->dataset_count ? datasets[0] : f->dataset,
        .schema = e->schema,
        .first_seen = e->first_seen,
        .last_seen = e->last_seen,
        .document = itd_sv_of(place->document),
        .line = place->line,
        .offset = place->offset,
        .span = place->span,
    };
    ITD_TRY(send_one(f, &s, ITD_P_ID, e->id, error));
    for (size_t i = 0; i < e->referent_count; i++)
        ITD_TRY(send_one(f, &s, ITD_P_ID, datasets[e->dataset_count + i], error));
    for (size_t i = e->value_first; i < e->value_first + e->value_count; i++) {
        s.original = f->list.values.items[i].original;
        ITD_TRY(send_one(f, &s, f->list.values.items[i].property, f->list.values.items[i].value, error));
        itd_others_see(&f->others, &s);
    }
    s.original = ITD_SV_NONE;
    for (size_t i = 1; i < e->dataset_count; i++) {
        s.dataset = datasets[i];
        ITD_TRY(send_one(f, &s, ITD_P_ID, e->id, error));
    }
    if (!e->record.size && !itd_schema_is_part(e->schema) && !itd_schema_is_edge(e->schema, NULL, NULL))
        f->read->records++;
    return ITD_OK;
}

itd_status itd_ftm_line_send(itd_ftm_line *f, const itd_line_place *place, itd_error *error)
{
    for (size_t i = 0; i < f->entities.count; i++)
        ITD_TRY(send_entity(f, &f->entities.items[i], place, error));
    return ITD_OK;
}

void itd_ftm_line_init(itd_ftm_line *f)
{
    f->dataset = f->read->dataset;
    if (f->dataset.size == 0)
        f->dataset = itd_dataset_of_path(f->read->source->paths[0]);
    itd_arena_init(&f->list.arena, SIZE_MAX);
    f->list.nested = nest;
    f->list.nested_context = f;
}

void itd_ftm_line_finish(itd_ftm_line *f)
{
    itd_vector_finish(&f->entities);
    itd_vector_finish(&f->ids);
    itd_value_list_finish(&f->list);
}
