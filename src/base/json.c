#include "base/json.h"

#include <assert.h>
#include <stdio.h>

#include <json-c/json.h>

#include "base/json_scan.h"
#include "base/memory.h"

struct itd_json_document {
    json_tokener *tokener;
    json_object *root;
};

/* json-c has NULL for null, which here means "not there". Never looked into. */
static const char null_value;

static const itd_json *from_json_c(const json_object *object)
{
    return object ? (const itd_json *)object : (const itd_json *)&null_value;
}

/* NULL for null and for what is not there. json-c asks for objects that are not const, and changes none in the calls
 * below. */
static json_object *to_json_c(const itd_json *value)
{
    return (const char *)value == &null_value ? NULL : (json_object *)(uintptr_t)value;
}

itd_status itd_json_document_create(itd_json_document **out, itd_error *error)
{
    assert(out);
    itd_json_document *document = itd_calloc(1, sizeof *document);
    if (!document)
        return itd_fail_memory(error);
    /* json-c counts the scalar inside the innermost array as a level too. */
    document->tokener = json_tokener_new_ex(ITD_JSON_DEPTH_MAX + 1);
    if (!document->tokener) {
        itd_free(document);
        return itd_fail_memory(error);
    }
    json_tokener_set_flags(document->tokener, JSON_TOKENER_STRICT);
    *out = document;
    return ITD_OK;
}

void itd_json_document_destroy(itd_json_document *document)
{
    if (!document)
        return;
    (void)json_object_put(document->root);
    json_tokener_free(document->tokener);
    itd_free(document);
}

itd_status itd_json_parse(itd_json_document *document, itd_sv text, const itd_json **root, itd_error *error)
{
    assert(document && root && (text.data || text.size == 0));
    itd_sv value;
    if (text.size > ITD_JSON_BYTES_MAX)
        return itd_fail(error, ITD_ELIMIT, "JSON: more than %zu bytes", ITD_JSON_BYTES_MAX);
    ITD_TRY(itd_json_scan(&value, text, error));
    (void)json_object_put(document->root);
    json_tokener_reset(document->tokener);
    document->root = json_tokener_parse_ex(document->tokener, value.data, (int)value.size);
    enum json_tokener_error refusal = json_tokener_get_error(document->tokener);
    bool open_ended = !strchr("{[\"", value.data[0]);
    if (refusal == json_tokener_continue && open_ended) { /* only its end tells that a bare number or word is whole */
        document->root = json_tokener_parse_ex(document->tokener, "", 1);
        refusal = json_tokener_get_error(document->tokener);
    }
    /* The text is well-formed, so what is left to refuse is memory; json-c calls that many names, "go on" and success
     * without a value among them. */
    if (refusal != json_tokener_success || (!document->root && value.data[0] != 'n')) {
        document->root = NULL;
        return itd_fail_memory(error);
    }
    *root = from_json_c(document->root);
    return ITD_OK;
}

itd_json_type itd_json_typeof(const itd_json *value)
{
    if (!value)
        return ITD_JSON_NONE;
    switch (json_object_get_type(to_json_c(value))) {
    case json_type_null:
        return ITD_JSON_NULL;
    case json_type_boolean:
        return ITD_JSON_BOOL;
    case json_type_double:
    case json_type_int:
        return ITD_JSON_NUMBER;
    case json_type_string:
        return ITD_JSON_STRING;
    case json_type_array:
        return ITD_JSON_ARRAY;
    case json_type_object:
        return ITD_JSON_OBJECT;
    }
    return ITD_JSON_NONE;
}

const itd_json *itd_json_member(const itd_json *object, const char *key)
{
    json_object *found;
    if (itd_json_typeof(object) != ITD_JSON_OBJECT || !json_object_object_get_ex(to_json_c(object), key, &found))
        return NULL;
    return from_json_c(found);
}

size_t itd_json_count(const itd_json *array_or_object)
{
    switch (itd_json_typeof(array_or_object)) {
    case ITD_JSON_ARRAY:
        return json_object_array_length(to_json_c(array_or_object));
    case ITD_JSON_OBJECT:
        return (size_t)json_object_object_length(to_json_c(array_or_object));
    default:
        return 0;
    }
}

const itd_json *itd_json_item(const itd_json *array, size_t index)
{
    if (itd_json_typeof(array) != ITD_JSON_ARRAY || index >= json_object_array_length(to_json_c(array)))
        return NULL;
    return from_json_c(json_object_array_get_idx(to_json_c(array), index));
}

itd_sv itd_json_text(const itd_json *value)
{
    if (itd_json_typeof(value) != ITD_JSON_STRING)
        return ITD_SV_NONE;
    json_object *object = to_json_c(value);
    return (itd_sv){json_object_get_string(object), (size_t)json_object_get_string_len(object)};
}

bool itd_json_int64(int64_t *out, const itd_json *value)
{
    json_object *object = to_json_c(value);
    if (!object || json_object_get_type(object) != json_type_int)
        return false;
    if (json_object_get_int64(object) == INT64_MAX && json_object_get_uint64(object) != INT64_MAX)
        return false; /* json-c holds what is larger apart, and clips it here */
    *out = json_object_get_int64(object);
    return true;
}

itd_sv itd_json_scalar(const itd_json *value, char *scratch, size_t scratch_size)
{
    json_object *object = to_json_c(value);
    int64_t number;
    int size;
    switch (itd_json_typeof(value)) {
    case ITD_JSON_STRING:
        return itd_json_text(value);
    case ITD_JSON_BOOL:
        return json_object_get_boolean(object) ? ITD_SV("true") : ITD_SV("false");
    case ITD_JSON_NUMBER:
        if (json_object_get_type(object) == json_type_double)
            return itd_sv_of(json_object_get_string(object)); /* as it was written */
        if (itd_json_int64(&number, value))
            size = snprintf(scratch, scratch_size, "%lld", (long long)number);
        else
            size = snprintf(scratch, scratch_size, "%llu", (unsigned long long)json_object_get_uint64(object));
        return size > 0 && (size_t)size < scratch_size ? (itd_sv){scratch, (size_t)size} : ITD_SV_NONE;
    default:
        return ITD_SV_NONE;
    }
}

bool itd_json_next_member(const itd_json *object, const void **cursor, itd_sv *key, const itd_json **value)
{
    if (itd_json_typeof(object) != ITD_JSON_OBJECT)
        return false;
    const struct lh_entry *entry = *cursor;
    entry = entry ? lh_entry_next(entry) : lh_table_head(json_object_get_object(to_json_c(object)));
    if (!entry)
        return false;
    *cursor = entry;
    *key = itd_sv_of(lh_entry_k(entry));
    *value = from_json_c(lh_entry_v(entry));
    return true;
}
