#include "engine/question_json.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/identify.h"
#include "engine/questions.h"
#include "model/ftm_keys.h"

/* A value with its place, so that values of one property keep their order. */
typedef struct placed {
    const char *property;
    size_t at;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    int order = strcmp(x->property, y->property);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static void write_properties(itd_json_writer *json, const itd_entity *entity, const placed *order, size_t count)
{
    itd_json_key(json, ITD_FTM_PROPERTIES);
    itd_json_begin_object(json);
    for (size_t i = 0; i < count;) {
        const char *property = order[i].property;
        itd_json_key(json, property);
        itd_json_begin_array(json);
        for (; i < count && strcmp(order[i].property, property) == 0; i++)
            itd_json_write_text(json, entity->values[order[i].at].value);
        itd_json_end_array(json);
    }
    itd_json_end_object(json);
}

itd_status itd_question_content(itd_buffer *out, const itd_question *question, itd_arena *arena, itd_error *error)
{
    assert(out && question && arena && question->said <= question->entity.value_count);
    itd_json_writer json;
    placed *order = itd_arena_alloc_array(arena, question->said, sizeof *order);
    if (!order)
        return itd_fail_memory(error);
    for (size_t i = 0; i < question->said; i++)
        order[i] = (placed){itd_property_qname(question->entity.values[i].property), i};
    qsort(order, question->said, sizeof *order, compare_placed);
    itd_json_writer_init(&json, out);
    itd_json_begin_object(&json);
    itd_json_key(&json, ITD_FTM_SCHEMA);
    itd_json_write_text(&json, itd_sv_of(itd_schema_name(question->entity.schema)));
    itd_json_key(&json, "query");
    itd_json_write_text(&json, question->query);
    write_properties(&json, &question->entity, order, question->said);
    itd_json_end_object(&json);
    return out->failed ? itd_fail_memory(error) : ITD_OK;
}

static itd_status unknown(const char *what, itd_sv name, itd_error *error)
{
    return itd_fail(error, ITD_EMISMATCH, "a stored question has the %s \"%.*s\", which this program does not know",
                    what, ITD_SV_ARG(itd_sv_slice(name, 0, 64)));
}

/* "Thing:name" */
static itd_property property_of(itd_sv qname)
{
    itd_sv schema, rest = qname;
    if (!itd_sv_split(&schema, &rest, ':') || itd_schema_find(schema) == ITD_SCHEMA_NONE)
        return ITD_PROPERTY_NONE;
    return itd_property_find(itd_schema_find(schema), rest);
}

static size_t count_values(const itd_json *properties)
{
    size_t count = 0;
    const void *cursor = NULL;
    const itd_json *values;
    itd_sv key;
    while (itd_json_next_member(properties, &cursor, &key, &values))
        count += itd_json_count(values);
    return count;
}

static itd_status take_values(itd_entity *entity, const itd_json *properties, itd_arena *arena, itd_error *error)
{
    const void *cursor = NULL;
    const itd_json *values;
    itd_sv key;
    itd_entity_value *list = itd_arena_alloc_array(arena, count_values(properties), sizeof *list);
    if (!list)
        return itd_fail_memory(error);
    while (itd_json_next_member(properties, &cursor, &key, &values)) {
        itd_property property = property_of(key);
        if (property == ITD_PROPERTY_NONE)
            return unknown("property", key, error);
        for (size_t i = 0; i < itd_json_count(values); i++) {
            const itd_json *item = itd_json_item(values, i);
            if (itd_json_typeof(item) != ITD_JSON_STRING)
                return itd_fail(error, ITD_EFORMAT, "a stored question is damaged: a value is no text");
            itd_sv value = itd_arena_copy(arena, itd_json_text(item));
            if (!value.data)
                return itd_fail_memory(error);
            list[entity->value_count++] = (itd_entity_value){property, value};
        }
    }
    entity->values = list;
    return ITD_OK;
}

itd_status itd_question_parse(itd_question *out, itd_sv id, itd_sv content, itd_json_document *document,
                              itd_arena *arena, itd_error *error)
{
    assert(out && document && arena);
    const itd_json *root = NULL;
    ITD_TRY(itd_json_parse(document, content, &root, error));
    itd_sv schema = itd_json_text(itd_json_member(root, ITD_FTM_SCHEMA));
    itd_question question = {.id = itd_arena_copy(arena, id),
                             .query = itd_arena_copy(arena, itd_json_text(itd_json_member(root, "query"))),
                             .entity = {.schema = itd_schema_find(schema)},
                             .offset = ITD_NOWHERE};
    if (!question.id.data || !question.query.data)
        return itd_fail_memory(error);
    if (question.entity.schema == ITD_SCHEMA_NONE)
        return unknown(ITD_FTM_SCHEMA, schema, error);
    question.entity.id = question.id;
    ITD_TRY(take_values(&question.entity, itd_json_member(root, ITD_FTM_PROPERTIES), arena, error));
    question.said = question.entity.value_count;
    *out = question;
    return ITD_OK;
}

/* ---- a set as a source ---- */

typedef struct set_source {
    itd_asked_reader *reader;
    itd_json_document *document;
} set_source;

static itd_status next_of_set(void *user, itd_question *out, bool *more, itd_arena *arena, itd_error *error)
{
    set_source *source = user;
    itd_asked asked;
    ITD_TRY(itd_asked_next(&asked, more, source->reader, error));
    return *more ? itd_question_parse(out, asked.id, asked.content, source->document, arena, error) : ITD_OK;
}

static void close_set(void *user)
{
    set_source *source = user;
    itd_asked_close(source->reader);
    itd_json_document_destroy(source->document);
    itd_free(source);
}

itd_status itd_questions_of_set(itd_questions **out, itd_store *store, int64_t set, itd_error *error)
{
    assert(out && store);
    set_source *source = itd_calloc(1, sizeof *source);
    if (!source)
        return itd_fail_memory(error);
    itd_status status = itd_asked_open(&source->reader, store, set, error);
    if (status == ITD_OK)
        status = itd_json_document_create(&source->document, error);
    if (status == ITD_OK)
        status = itd_questions_of_source(out, next_of_set, close_set, source, error);
    if (status != ITD_OK)
        close_set(source);
    return status;
}
