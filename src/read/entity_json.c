#include "read/entity_json.h"

#include <stdio.h>

#include "read/value.h"

/** Room for the text of any number that JSON can hold. */
#define NUMBER_TEXT_MAX 64

void itd_value_list_clear(itd_value_list *list)
{
    list->values.count = 0;
    itd_arena_reset(&list->arena);
}

void itd_value_list_finish(itd_value_list *list)
{
    itd_vector_finish(&list->values);
    itd_arena_finish(&list->arena);
}

itd_status itd_json_schema(itd_schema *out, const itd_json *value, itd_error *error)
{
    itd_sv name = itd_json_text(value);
    if (!value)
        return itd_fail(error, ITD_EFORMAT, "no schema");
    if (itd_json_typeof(value) != ITD_JSON_STRING)
        return itd_fail(error, ITD_EFORMAT, "the schema is not a text");
    itd_schema schema = itd_schema_find(name);
    if (schema == ITD_SCHEMA_NONE)
        return itd_fail(error, ITD_EFORMAT, "unknown schema \"%.*s\"", ITD_SV_ARG(itd_sv_slice(name, 0, 64)));
    *out = schema;
    return ITD_OK;
}

itd_status itd_json_value(itd_sv *out, const itd_json *value, const char *what, itd_arena *arena, itd_error *error)
{
    char scratch[NUMBER_TEXT_MAX];
    itd_json_type type = itd_json_typeof(value);
    size_t at = 0;
    if (type == ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "%s holds an object, which is no value of it", what);
    if (type != ITD_JSON_STRING && type != ITD_JSON_NUMBER && type != ITD_JSON_BOOL)
        return itd_fail(error, ITD_EFORMAT, "%s is not a text", what);
    itd_sv text = itd_json_scalar(value, scratch, sizeof scratch);
    const char *fault = itd_value_fault(text, &at);
    if (fault)
        return itd_fail(error, ITD_EFORMAT, "%s in %s at its byte %zu", fault, what, at);
    if (type != ITD_JSON_STRING) {
        text = itd_arena_copy(arena, text);
        if (!text.data)
            return itd_fail_memory(error);
    }
    *out = text;
    return ITD_OK;
}

static void append_text(itd_buffer *out, itd_sv text)
{
    itd_json_writer writer;
    itd_json_writer_init(&writer, out);
    itd_json_write_text(&writer, text);
}

/* Depth is bounded by the parser's ITD_JSON_DEPTH_MAX. */
static void append_json(itd_buffer *out, const itd_json *value)
{
    char scratch[NUMBER_TEXT_MAX];
    const void *cursor = NULL;
    const itd_json *member;
    itd_sv key;
    switch (itd_json_typeof(value)) {
    case ITD_JSON_OBJECT:
        (void)itd_buffer_append_char(out, '{');
        for (bool first = true; itd_json_next_member(value, &cursor, &key, &member); first = false) {
            if (!first)
                (void)itd_buffer_append_char(out, ',');
            append_text(out, key);
            (void)itd_buffer_append_char(out, ':');
            append_json(out, member);
        }
        (void)itd_buffer_append_char(out, '}');
        break;
    case ITD_JSON_ARRAY:
        (void)itd_buffer_append_char(out, '[');
        for (size_t i = 0; i < itd_json_count(value); i++) {
            if (i > 0)
                (void)itd_buffer_append_char(out, ',');
            append_json(out, itd_json_item(value, i));
        }
        (void)itd_buffer_append_char(out, ']');
        break;
    case ITD_JSON_STRING:
        append_text(out, itd_json_text(value));
        break;
    case ITD_JSON_NUMBER:
    case ITD_JSON_BOOL:
        (void)itd_buffer_append(out, itd_json_scalar(value, scratch, sizeof scratch));
        break;
    default:
        (void)itd_buffer_append(out, ITD_SV("null"));
    }
}

itd_status itd_json_compact(itd_sv *out, const itd_json *value, itd_arena *arena, itd_error *error)
{
    itd_buffer text = {0};
    append_json(&text, value);
    itd_sv kept = text.failed ? ITD_SV_NONE : itd_arena_copy(arena, itd_buffer_view(&text));
    itd_buffer_finish(&text);
    if (!kept.data)
        return itd_fail_memory(error);
    *out = kept;
    return ITD_OK;
}

/* The text that stands for a value; empty when there is nothing to say. */
static itd_status value_text(itd_sv *out, itd_value_list *list, itd_property property, const char *name,
                             const itd_json *value, itd_error *error)
{
    itd_json_type type = itd_json_typeof(value);
    bool taken = false;
    size_t at = 0;
    *out = ITD_SV_NONE;
    if (type == ITD_JSON_NULL)
        return ITD_OK;
    if (type == ITD_JSON_OBJECT && list->nested)
        ITD_TRY(list->nested(list->nested_context, out, &taken, property, value, error));
    if (taken)
        return ITD_OK;
    if (property != ITD_P_OTHER || (type != ITD_JSON_OBJECT && type != ITD_JSON_ARRAY))
        return itd_json_value(out, value, name, &list->arena, error);
    ITD_TRY(itd_json_compact(out, value, &list->arena, error));
    const char *fault = itd_value_fault(*out, &at);
    return fault ? itd_fail(error, ITD_EFORMAT, "%s in %s", fault, name) : ITD_OK;
}

static itd_status add_value(itd_value_list *list, itd_property property, const char *name, itd_sv original,
                            const itd_json *value, itd_error *error)
{
    itd_sv text;
    ITD_TRY(value_text(&text, list, property, name, value, error));
    if (itd_sv_trim(text).size == 0)
        return ITD_OK;
    if (list->values.count >= ITD_RECORD_STATEMENTS_MAX)
        return itd_fail(error, ITD_EFORMAT, "record gives more than ITD_RECORD_STATEMENTS_MAX (%zu) statements",
                        ITD_RECORD_STATEMENTS_MAX);
    if (!itd_vector_reserve(&list->values, 1))
        return itd_fail_memory(error);
    size_t at = list->values.count++;
    list->values.items[at].property = property;
    list->values.items[at].value = text;
    list->values.items[at].original = original;
    return ITD_OK;
}

itd_status itd_json_property_name(itd_property *out, itd_schema schema, itd_sv name, itd_error *error)
{
    itd_property property = itd_property_find(schema, name);
    if (property == ITD_PROPERTY_NONE && itd_other_name_fits(schema, name))
        property = ITD_P_OTHER;
    if (property == ITD_PROPERTY_NONE)
        return itd_fail(error, ITD_EFORMAT, "%s has no property \"%.*s\"", itd_schema_name(schema),
                        ITD_SV_ARG(itd_sv_slice(name, 0, ITD_OTHER_NAME_MAX)));
    *out = property;
    return ITD_OK;
}

itd_status itd_json_property(itd_value_list *list, itd_schema schema, itd_sv key, const itd_json *value,
                             itd_error *error)
{
    char name[ITD_OTHER_NAME_MAX + 1];
    itd_property property;
    ITD_TRY(itd_json_property_name(&property, schema, key, error));
    if (property == ITD_P_ID) /* is what the entity's own id says, never a value */
        return itd_fail(error, ITD_EFORMAT, "%s has no property \"id\"", itd_schema_name(schema));
    (void)snprintf(name, sizeof name, "%.*s", ITD_SV_ARG(key));
    itd_sv original = property == ITD_P_OTHER ? key : ITD_SV_NONE;
    if (itd_json_typeof(value) != ITD_JSON_ARRAY)
        return add_value(list, property, name, original, value, error);
    size_t count = itd_json_count(value);
    for (size_t i = 0; i < count; i++)
        ITD_TRY(add_value(list, property, name, original, itd_json_item(value, i), error));
    return ITD_OK;
}

itd_status itd_json_properties(itd_value_list *list, itd_schema schema, const itd_json *properties, itd_error *error)
{
    const void *cursor = NULL;
    itd_sv key;
    const itd_json *value;
    if (itd_json_typeof(properties) == ITD_JSON_NONE || itd_json_typeof(properties) == ITD_JSON_NULL)
        return ITD_OK;
    if (itd_json_typeof(properties) != ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "properties is not an object");
    while (itd_json_next_member(properties, &cursor, &key, &value))
        ITD_TRY(itd_json_property(list, schema, key, value, error));
    return ITD_OK;
}

/* The end of the string whose opening quote is before `at`; SIZE_MAX when it is cut off or broken. */
static size_t string_end(itd_sv text, size_t at)
{
    for (; at < text.size; at++) {
        if (text.data[at] == '\\')
            at++;
        else if (text.data[at] == '"')
            return at;
        else if ((unsigned char)text.data[at] < 0x20)
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool itd_json_sniff_keys(itd_sv head, const char *const *keys, unsigned *seen)
{
    unsigned depth = 0;
    size_t at = itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")) ? 3 : 0;
    bool key_next = false;
    while (at < head.size && is_blank(head.data[at]))
        at++;
    if (at >= head.size || head.data[at] != '{')
        return false;
    for (; at < head.size; at++) {
        char c = head.data[at];
        if (c == '\n')
            return false;
        if (c == '{' || c == '[') {
            depth++;
            key_next = depth == 1;
        } else if (c == '}' || c == ']') {
            if (--depth == 0)
                return true;
        } else if (c == ',' && depth == 1) {
            key_next = true;
        } else if (c == '"') {
            size_t end = string_end(head, at + 1);
            if (end == SIZE_MAX)
                return true; /* cut off: what was seen counts */
            for (size_t i = 0; key_next && keys[i]; i++)
                seen[i] += itd_sv_is(itd_sv_slice(head, at + 1, end - at - 1), keys[i]);
            key_next = false;
            at = end;
        }
    }
    return true;
}
