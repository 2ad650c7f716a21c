#include "read/query_entity.h"

#include "base/date.h"
#include "model/country.h"
#include "model/ftm_keys.h"
#include "read/value.h"

void itd_query_draft_start(itd_query_draft *draft, itd_arena *arena)
{
    draft->arena = arena;
    draft->id = ITD_SV_NONE;
    draft->schema = ITD_S_Thing;
    draft->values.count = 0;
    draft->unread = 0;
}

void itd_query_draft_finish(itd_query_draft *draft)
{
    itd_vector_finish(&draft->values);
}

static itd_status keep(itd_sv *out, itd_arena *arena, itd_sv text, itd_error *error)
{
    itd_sv copy = itd_arena_copy(arena, text);
    if (!copy.data)
        return itd_fail_memory(error);
    *out = copy;
    return ITD_OK;
}

/* A date or country that nothing can be compared with. */
static bool says_nothing(const itd_entity_value *value)
{
    itd_date date;
    if (!itd_property_is_matchable(value->property))
        return false;
    switch (itd_property_typeof(value->property)) {
    case ITD_TYPE_DATE:
        return !itd_date_parse(&date, value->value);
    case ITD_TYPE_COUNTRY:
        return !itd_country_find(value->value);
    default:
        return false;
    }
}

itd_status itd_query_draft_add(itd_query_draft *draft, itd_property property, itd_sv text, itd_error *error)
{
    char scratch[ITD_DATE_TEXT_MAX];
    itd_entity_value value = {.property = property};
    size_t at = 0;
    text = itd_sv_trim(text);
    if (text.size == 0)
        return ITD_OK;
    const char *fault = itd_value_fault(text, &at);
    if (fault)
        return itd_fail(error, ITD_EFORMAT, "%s in %s at its byte %zu", fault, itd_property_name(property), at);
    if (draft->values.count >= ITD_QUERY_VALUES_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than ITD_QUERY_VALUES_MAX (%zu) values", ITD_QUERY_VALUES_MAX);
    ITD_TRY(keep(&value.value, draft->arena, itd_mapping_normal(scratch, property, text, ITD_DATE_ANY), error));
    if (says_nothing(&value) && draft->unread++ == 0) {
        draft->unread_property = property;
        draft->unread_text = value.value;
    }
    return itd_vector_push(&draft->values, value) ? ITD_OK : itd_fail_memory(error);
}

static itd_status add_one(itd_query_draft *draft, itd_property property, const itd_json *value, const char *what,
                          itd_error *error)
{
    itd_sv text;
    if (itd_json_typeof(value) == ITD_JSON_NULL)
        return ITD_OK;
    ITD_TRY(itd_json_value(&text, value, what, draft->arena, error));
    return itd_query_draft_add(draft, property, text, error);
}

static itd_status add_json(itd_query_draft *draft, itd_property property, const itd_json *value, itd_error *error)
{
    const char *what = itd_property_name(property);
    if (itd_json_typeof(value) != ITD_JSON_ARRAY)
        return add_one(draft, property, value, what, error);
    for (size_t i = 0; i < itd_json_count(value); i++)
        ITD_TRY(add_one(draft, property, itd_json_item(value, i), what, error));
    return ITD_OK;
}

/* The property that a key of an entity of that schema means; what the schema lacks is looked for in all. */
static itd_property property_of(itd_schema schema, itd_sv name)
{
    itd_property property = itd_mapping_property(schema, name);
    return property == ITD_PROPERTY_NONE ? itd_mapping_property(ITD_S_Thing, name) : property;
}

static itd_status add_properties(itd_query_draft *draft, const itd_json *properties, itd_error *error)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    if (itd_json_typeof(properties) != ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "properties is not an object");
    while (itd_json_next_member(properties, &cursor, &key, &value)) {
        itd_property property = property_of(draft->schema, key);
        /* What the vocabulary does not know cannot be compared; the reader's note names it. */
        if (property != ITD_PROPERTY_NONE)
            ITD_TRY(add_json(draft, property, value, error));
    }
    return ITD_OK;
}

static const char *meaning_of(itd_sv key)
{
    bool many;
    if (itd_sv_is(key, ITD_FTM_ID))
        return "@id";
    if (itd_sv_is(key, ITD_FTM_SCHEMA))
        return "@schema";
    return itd_mapping_word(key, &many);
}

bool itd_query_knows_key(itd_sv key)
{
    return meaning_of(key) != NULL || property_of(ITD_S_Thing, key) != ITD_PROPERTY_NONE;
}

bool itd_query_knows_property(itd_sv key)
{
    return property_of(ITD_S_Thing, key) != ITD_PROPERTY_NONE;
}

itd_sv itd_query_meaning(itd_sv word)
{
    bool many;
    const char *meaning = itd_mapping_word(word, &many);
    return meaning && meaning[0] != '@' ? itd_sv_of(meaning) : ITD_SV_NONE;
}

static itd_status take_schema(itd_query_draft *draft, const itd_json *value, itd_error *error)
{
    itd_sv text = itd_sv_trim(itd_json_text(value));
    if (itd_json_typeof(value) == ITD_JSON_NULL)
        return ITD_OK;
    if (itd_json_typeof(value) != ITD_JSON_STRING)
        return itd_fail(error, ITD_EFORMAT, "the schema is not a text");
    if (text.size == 0)
        return ITD_OK;
    itd_schema schema = itd_mapping_schema(text);
    if (schema == ITD_SCHEMA_NONE)
        return itd_fail(error, ITD_EFORMAT, "unknown schema \"%.*s\"", ITD_SV_ARG(itd_sv_slice(text, 0, 64)));
    draft->schema = schema;
    return ITD_OK;
}

/* The key that says the schema or the id: its own name, else the first word that means it. */
static const itd_json *find_meaning(const itd_json *object, const char *key, const char *meaning)
{
    const itd_json *value = itd_json_member(object, key);
    const void *cursor = NULL;
    itd_sv name;
    if (value)
        return value;
    while (itd_json_next_member(object, &cursor, &name, &value)) {
        const char *means = meaning_of(name);
        if (means && strcmp(means, meaning) == 0)
            return value;
    }
    return NULL;
}

static itd_status add_simple(itd_query_draft *draft, const itd_json *object, itd_error *error)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    while (itd_json_next_member(object, &cursor, &key, &value)) {
        const char *meaning = meaning_of(key);
        if (meaning && meaning[0] == '@')
            continue;
        itd_property property = property_of(draft->schema, key);
        if (property == ITD_PROPERTY_NONE && meaning)
            property = property_of(draft->schema, itd_sv_of(meaning));
        if (property != ITD_PROPERTY_NONE)
            ITD_TRY(add_json(draft, property, value, error));
    }
    return ITD_OK;
}

itd_status itd_query_draft_json(itd_query_draft *draft, const itd_json *object, itd_error *error)
{
    const itd_json *properties = itd_json_member(object, ITD_FTM_PROPERTIES);
    bool simple = !properties;
    const itd_json *id = simple ? find_meaning(object, ITD_FTM_ID, "@id") : itd_json_member(object, ITD_FTM_ID);
    const itd_json *schema =
        simple ? find_meaning(object, ITD_FTM_SCHEMA, "@schema") : itd_json_member(object, ITD_FTM_SCHEMA);
    if (itd_json_typeof(object) != ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "not a JSON object");
    if (id && itd_json_typeof(id) != ITD_JSON_NULL) {
        ITD_TRY(itd_json_value(&draft->id, id, "the id", draft->arena, error));
        ITD_TRY(keep(&draft->id, draft->arena, draft->id, error));
    }
    if (schema)
        ITD_TRY(take_schema(draft, schema, error));
    return simple ? add_simple(draft, object, error) : add_properties(draft, properties, error);
}

static itd_sv first_of(const itd_query_draft *draft, itd_property property)
{
    for (size_t i = 0; i < draft->values.count; i++)
        if (draft->values.items[i].property == property)
            return draft->values.items[i].value;
    return ITD_SV_NONE;
}

static itd_status compose_name(itd_query_draft *draft, itd_error *error)
{
    itd_sv first = first_of(draft, ITD_P_Person_firstName), last = first_of(draft, ITD_P_Person_lastName);
    if (first_of(draft, ITD_P_Thing_name).size > 0 || (first.size == 0 && last.size == 0))
        return ITD_OK;
    itd_sv name = itd_arena_format(draft->arena, "%.*s%s%.*s", ITD_SV_ARG(first),
                                   first.size > 0 && last.size > 0 ? " " : "", ITD_SV_ARG(last));
    if (!name.data)
        return itd_fail_memory(error);
    return itd_query_draft_add(draft, ITD_P_Thing_name, name, error);
}

itd_status itd_query_draft_end(itd_entity *out, itd_query_draft *draft, itd_error *error)
{
    ITD_TRY(compose_name(draft, error));
    itd_entity_value *values = itd_arena_alloc_array(draft->arena, draft->values.count, sizeof *values);
    if (!values)
        return itd_fail_memory(error);
    if (draft->values.count > 0)
        memcpy(values, draft->values.items, draft->values.count * sizeof *values);
    *out = (itd_entity){.id = draft->id, .schema = draft->schema, .values = values, .value_count = draft->values.count};
    return ITD_OK;
}

itd_status itd_query_draft_question(itd_query *out, itd_query_draft *draft, itd_error *error)
{
    itd_query query = *out;
    ITD_TRY(itd_query_draft_end(&query.entity, draft, error));
    if (query.entity.value_count == 0)
        return itd_fail(error, ITD_EFORMAT, "neither a name nor anything else to ask for");
    query.text = first_of(draft, ITD_P_Thing_name);
    if (query.text.size == 0)
        query.text = query.entity.values[0].value;
    query.id = draft->id;
    if (query.id.size == 0) {
        query.id = itd_arena_format(draft->arena, "%llu", (unsigned long long)query.line);
        if (!query.id.data)
            return itd_fail_memory(error);
        query.entity.id = query.id;
    }
    *out = query;
    return ITD_OK;
}

itd_status itd_query_line(itd_input *input, itd_sv *line, bool *more, uint64_t *blank, itd_error *error)
{
    for (;;) {
        ITD_TRY(itd_input_line(input, line, more, 0, error));
        if (!*more)
            return ITD_OK;
        if (itd_input_line_number(input) == 1 && itd_sv_starts(*line, ITD_SV("\xEF\xBB\xBF")))
            *line = itd_sv_slice(*line, 3, line->size);
        if (itd_sv_trim(*line).size > 0)
            return ITD_OK;
        ++*blank;
    }
}

itd_status itd_query_placed(itd_status status, const itd_input *input, uint64_t line, uint64_t offset, itd_error *error)
{
    if ((status == ITD_EFORMAT || status == ITD_ELIMIT) && error && error->line == 0) {
        itd_error_set_where(error, itd_input_name(input));
        error->line = line;
        error->offset = offset + (error->offset == ITD_NOWHERE ? 0 : error->offset);
    }
    return status;
}
