#include "read/record.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/map.h"
#include "base/vector.h"
#include "model/country.h"
#include "read/value.h"

/** Parts up to this number are found by looking at each; past it a map is made. */
#define RECORD_PARTS_PLAIN 16
#define RECORD_REASON_MAX 256
#define RECORD_NOTE_MAX 512

typedef struct record_value {
    itd_sv value, original, lang;
    const char *document;
    uint64_t line, offset;
    uint32_t span;
    itd_part part;
    itd_property property;
} record_value;

typedef struct record_part {
    itd_sv suffix, id;
    itd_schema schema;
} record_part;

struct itd_record {
    itd_read *read;
    const char *document;
    const char *path; /* of the document, for people */
    itd_arena arena;  /* strings of the record under construction */
    ITD_VECTOR(record_value) values;
    ITD_VECTOR(record_part) parts;
    itd_map part_map; /* suffix to part, once there are many */
    itd_sv key, first_seen, last_seen, dataset;
    size_t bytes;
    bool open;
    uint64_t line, offset; /* of the record */
    uint64_t value_line, value_offset;
    uint32_t value_span;
    /* The first failure since begin. */
    itd_status failure;
    uint64_t failure_line, failure_offset;
    char reason[RECORD_REASON_MAX];
};

itd_status itd_record_create(itd_record **out, itd_read *read, const char *document, itd_error *error)
{
    itd_record *record = itd_calloc(1, sizeof *record);
    if (!record)
        return itd_fail_memory(error);
    record->read = read;
    itd_arena_init(&record->arena, SIZE_MAX);
    itd_record_set_document(record, document);
    *out = record;
    return ITD_OK;
}

void itd_record_destroy(itd_record *record)
{
    if (!record)
        return;
    itd_arena_finish(&record->arena);
    itd_vector_finish(&record->values);
    itd_vector_finish(&record->parts);
    itd_map_finish(&record->part_map);
    itd_free(record);
}

/* Messages name the path that the user can open; statements carry the file's name only. */
static const char *path_of(const itd_read *read, const char *document)
{
    if (!read->source)
        return document;
    for (size_t i = 0; i < ITD_SOURCE_FILES_MAX; i++) {
        const char *path = read->source->paths[i];
        if (!path)
            continue;
        const char *slash = strrchr(path, '/');
        if (strcmp(slash ? slash + 1 : path, document) == 0)
            return path;
    }
    return document;
}

void itd_record_set_document(itd_record *record, const char *document)
{
    assert(document);
    record->document = document;
    record->path = path_of(record->read, document);
}

/* Keeps the first failure; what comes after it is not looked at. */
__attribute__((format(printf, 3, 4))) static void fail(itd_record *record, itd_status status, const char *format, ...)
{
    if (record->failure != ITD_OK)
        return;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(record->reason, sizeof record->reason, format, arguments);
    va_end(arguments);
    record->failure = status;
    record->failure_line = record->value_line;
    record->failure_offset = record->value_offset;
}

static itd_sv keep(itd_record *record, itd_sv text)
{
    if (text.size == 0)
        return ITD_SV_NONE;
    record->bytes += text.size;
    if (record->bytes > ITD_RECORD_BYTES_MAX) {
        fail(record, ITD_EFORMAT, "record is larger than ITD_RECORD_BYTES_MAX (%zu bytes)", ITD_RECORD_BYTES_MAX);
        return ITD_SV_NONE;
    }
    itd_sv copy = itd_arena_copy(&record->arena, text);
    if (!copy.data)
        fail(record, ITD_ENOMEM, "out of memory");
    return copy;
}

static void forget(itd_record *record)
{
    itd_arena_reset(&record->arena);
    itd_map_finish(&record->part_map);
    record->values.count = record->parts.count = 0;
    record->bytes = 0;
    record->key = record->first_seen = record->last_seen = record->dataset = ITD_SV_NONE;
    record->failure = ITD_OK;
    record->open = false;
}

static bool sound(itd_record *record, const char *what, itd_sv text)
{
    size_t at = 0;
    const char *fault = itd_value_fault(text, &at);
    if (fault)
        fail(record, ITD_EFORMAT, "%s in %s at its byte %zu", fault, what, at);
    return fault == NULL;
}

/* A value that is already kept or static. */
static void push(itd_record *record, itd_part part, itd_property property, itd_sv value, itd_sv original, itd_sv lang)
{
    if (record->failure != ITD_OK)
        return;
    if (record->values.count >= ITD_RECORD_STATEMENTS_MAX) {
        fail(record, ITD_EFORMAT, "record gives more than ITD_RECORD_STATEMENTS_MAX (%zu) statements",
             ITD_RECORD_STATEMENTS_MAX);
        return;
    }
    record_value v = {.value = value,
                      .original = original,
                      .lang = lang,
                      .document = record->document,
                      .line = record->value_line,
                      .offset = record->value_offset,
                      .span = record->value_span,
                      .part = part,
                      .property = property};
    if (!itd_vector_push(&record->values, v))
        fail(record, ITD_ENOMEM, "out of memory");
}

/* The part must be there even when nothing can be kept any more, so that its number is valid. */
static itd_part new_part(itd_record *record, itd_sv suffix, itd_sv id, itd_schema schema)
{
    record_part p = {suffix, id, schema};
    if (record->failure != ITD_OK)
        return 0;
    if (!itd_vector_push(&record->parts, p)) {
        fail(record, ITD_ENOMEM, "out of memory");
        return 0;
    }
    itd_part part = (itd_part)(record->parts.count - 1);
    push(record, part, ITD_P_ID, id, ITD_SV_NONE, ITD_SV_NONE);
    return part;
}

itd_part itd_record_begin(itd_record *record, itd_sv key, bool whole_id, itd_schema schema, uint64_t line,
                          uint64_t offset)
{
    assert(!record->open);
    forget(record);
    record->open = true;
    record->line = line;
    record->offset = offset;
    itd_record_at(record, 0, ITD_NOWHERE, 0);
    key = itd_sv_trim(key);
    if (key.size == 0)
        fail(record, ITD_EFORMAT, "record has no key");
    itd_sv id = ITD_SV_NONE;
    if (sound(record, "the record's key", key)) {
        record->key = keep(record, key);
        id = record->key;
    }
    if (!whole_id && record->failure == ITD_OK) {
        id = itd_arena_format(&record->arena, "%.*s-%.*s", ITD_SV_ARG(record->read->dataset), ITD_SV_ARG(key));
        if (!id.data)
            fail(record, ITD_ENOMEM, "out of memory");
    }
    return new_part(record, ITD_SV_NONE, id, schema);
}

void itd_record_set_seen(itd_record *record, itd_sv first_seen, itd_sv last_seen)
{
    assert(record->open);
    if (sound(record, "first_seen", first_seen) && sound(record, "last_seen", last_seen)) {
        record->first_seen = keep(record, itd_sv_trim(first_seen));
        record->last_seen = keep(record, itd_sv_trim(last_seen));
    }
}

void itd_record_set_dataset(itd_record *record, itd_sv dataset)
{
    assert(record->open);
    if (sound(record, "the dataset", dataset))
        record->dataset = keep(record, itd_sv_trim(dataset));
}

void itd_record_set_schema(itd_record *record, itd_part part, itd_schema schema)
{
    assert(record->open);
    if (part < record->parts.count)
        record->parts.items[part].schema = schema;
}

static itd_part find_part(const itd_record *record, itd_sv suffix)
{
    if (record->parts.count > RECORD_PARTS_PLAIN)
        return itd_map_get(&record->part_map, suffix);
    for (size_t i = 1; i < record->parts.count; i++)
        if (itd_sv_equal(record->parts.items[i].suffix, suffix))
            return (itd_part)i;
    return ITD_MAP_NONE;
}

/* Puts the parts that the map does not know yet into it. */
static void index_parts(itd_record *record)
{
    if (record->parts.count <= RECORD_PARTS_PLAIN)
        return;
    for (size_t i = record->part_map.count + 1; i < record->parts.count; i++)
        if (!itd_map_put(&record->part_map, record->parts.items[i].suffix, (uint32_t)i)) {
            fail(record, ITD_ENOMEM, "out of memory");
            return;
        }
}

itd_part itd_record_part(itd_record *record, itd_schema schema, itd_sv suffix)
{
    assert(record->open && suffix.size > 0);
    if (record->failure != ITD_OK)
        return 0;
    itd_part part = find_part(record, suffix);
    if (part != ITD_MAP_NONE)
        return part;
    if (!sound(record, "a part's id", suffix))
        return 0;
    itd_sv kept = keep(record, suffix);
    record->bytes += record->parts.items[0].id.size + suffix.size;
    itd_sv id = ITD_SV_NONE;
    if (record->failure == ITD_OK) {
        id = itd_arena_format(&record->arena, "%.*s-%.*s", ITD_SV_ARG(record->parts.items[0].id), ITD_SV_ARG(suffix));
        if (!id.data)
            fail(record, ITD_ENOMEM, "out of memory");
    }
    part = new_part(record, kept, id, schema);
    index_parts(record);
    return part;
}

itd_sv itd_record_part_id(const itd_record *record, itd_part part)
{
    return part < record->parts.count ? record->parts.items[part].id : ITD_SV_NONE;
}

itd_schema itd_record_schema(const itd_record *record, itd_part part)
{
    return part < record->parts.count ? record->parts.items[part].schema : ITD_SCHEMA_NONE;
}

/* Does the record stand in the file that the set goes by? */
static bool in_first_file(const itd_record *record)
{
    const itd_source *source = record->read->source;
    for (size_t i = 0; source && i < ITD_SOURCE_FILES_MAX; i++)
        if (source->paths[i])
            return source->paths[i] == record->path;
    return true;
}

void itd_record_tell(const itd_record *record, const char *format, ...)
{
    char text[RECORD_NOTE_MAX];
    record->read->unverified++;
    if (!record->read->note)
        return;
    itd_sv id = itd_record_part_id(record, 0);
    int size = 0;
    if (record->value_line == 0)
        size = snprintf(text, sizeof text / 2, "%.*s: ", ITD_SV_ARG(id));
    else if (in_first_file(record))
        size = snprintf(text, sizeof text / 2, "line %" PRIu64 ": %.*s: ", record->value_line, ITD_SV_ARG(id));
    else
        size = snprintf(text, sizeof text / 2, "%s:%" PRIu64 ": %.*s: ", record->document, record->value_line,
                        ITD_SV_ARG(id));
    size_t used = size < 0 ? 0 : (size_t)size < sizeof text / 2 ? (size_t)size : sizeof text / 2 - 1;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text + used, sizeof text - used, format, arguments);
    va_end(arguments);
    record->read->note(record->read->note_context, text);
}

void itd_record_at(itd_record *record, uint64_t line, uint64_t offset, uint32_t span)
{
    record->value_line = line ? line : record->line;
    record->value_offset = offset != ITD_NOWHERE ? offset : record->offset;
    record->value_span = offset != ITD_NOWHERE ? span : 0;
}

void itd_record_add(itd_record *record, itd_part part, itd_property property, itd_sv value)
{
    itd_record_add_as(record, part, property, value, ITD_SV_NONE, ITD_SV_NONE);
}

void itd_record_add_as(itd_record *record, itd_part part, itd_property property, itd_sv value, itd_sv original,
                       itd_sv lang)
{
    assert(record->open);
    value = itd_sv_trim(value);
    if (value.size == 0 || record->failure != ITD_OK)
        return;
    if (property != ITD_P_OTHER && itd_sv_equal(value, original)) /* there it is the name */
        original = ITD_SV_NONE;
    const char *name = itd_property_name(property);
    if (!sound(record, name, value) || !sound(record, name, original) || !sound(record, name, lang))
        return;
    value = keep(record, value);
    original = keep(record, original);
    lang = keep(record, lang);
    push(record, part, property, value, original, lang);
}

void itd_record_add_country(itd_record *record, itd_part part, itd_property property, itd_sv text)
{
    text = itd_sv_trim(text);
    const char *code = itd_country_find(text);
    if (code)
        itd_record_add_as(record, part, property, itd_sv_of(code), text, ITD_SV_NONE);
    else
        itd_record_add(record, part, property, text);
}

void itd_record_add_date(itd_record *record, itd_part part, itd_property property, itd_date date, itd_sv original)
{
    char text[ITD_DATE_TEXT_MAX];
    if (date.year == 0)
        return;
    itd_record_add_as(record, part, property, itd_date_format(text, date), itd_sv_trim(original), ITD_SV_NONE);
}

void itd_record_link(itd_record *record, itd_part part, itd_property property, itd_part target)
{
    assert(record->open);
    if (record->failure != ITD_OK)
        return;
    assert(target < record->parts.count);
    push(record, part, property, record->parts.items[target].id, ITD_SV_NONE, ITD_SV_NONE);
}

itd_sv itd_record_join(itd_record *record, const char *separator, const itd_sv *parts, size_t count)
{
    size_t size = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t part = itd_sv_trim(parts[i]).size;
        size += part ? part + (kept++ ? strlen(separator) : 0) : 0;
    }
    if (size == 0 || record->failure != ITD_OK)
        return ITD_SV_NONE;
    char *text = NULL, *to;
    record->bytes += size;
    if (record->bytes > ITD_RECORD_BYTES_MAX)
        fail(record, ITD_EFORMAT, "record is larger than ITD_RECORD_BYTES_MAX (%zu bytes)", ITD_RECORD_BYTES_MAX);
    else if (!(text = itd_arena_alloc(&record->arena, size)))
        fail(record, ITD_ENOMEM, "out of memory");
    if (!text)
        return ITD_SV_NONE;
    to = text;
    for (size_t i = 0; i < count; i++) {
        itd_sv part = itd_sv_trim(parts[i]);
        if (part.size == 0)
            continue;
        if (to > text)
            to = mempcpy(to, separator, strlen(separator));
        to = mempcpy(to, part.data, part.size);
    }
    return itd_sv_make(text, size);
}

static itd_status send(itd_record *record, itd_error *error)
{
    itd_read *read = record->read;
    itd_sv record_id = record->parts.items[0].id;
    for (size_t i = 0; i < record->values.count; i++) {
        const record_value *v = &record->values.items[i];
        const record_part *part = &record->parts.items[v->part];
        itd_statement statement = {
            .entity = part->id,
            .record = record_id,
            .dataset = record->dataset.size ? record->dataset : read->dataset,
            .schema = part->schema,
            .property = v->property,
            .value = v->value,
            .original = v->original,
            .lang = v->lang,
            .first_seen = record->first_seen,
            .last_seen = record->last_seen,
            .document = itd_sv_of(v->document),
            .line = v->line,
            .offset = v->offset,
            .span = v->span,
        };
        ITD_TRY(read->statement(read->statement_context, &statement, error));
    }
    return ITD_OK;
}

itd_status itd_record_commit(itd_record *record, itd_error *error)
{
    assert(record->open);
    if (record->failure == ITD_ENOMEM) {
        forget(record);
        return itd_fail_memory(error);
    }
    if (record->failure != ITD_OK) {
        char reason[RECORD_REASON_MAX];
        memcpy(reason, record->reason, sizeof reason);
        return itd_record_reject(record, ITD_REJECT_RECORD, ITD_SV_NONE, record->failure_line, record->failure_offset,
                                 error, "%s", reason);
    }
    itd_status status = send(record, error);
    if (status == ITD_OK)
        record->read->records++;
    forget(record);
    return status;
}

itd_status itd_record_reject(itd_record *record, itd_reject_kind kind, itd_sv key, uint64_t line, uint64_t offset,
                             itd_error *error, const char *reason, ...)
{
    itd_read *read = record->read;
    char text[ITD_ERROR_MESSAGE_MAX + 1];
    va_list arguments;
    va_start(arguments, reason);
    (void)vsnprintf(text, sizeof text, reason, arguments);
    va_end(arguments);
    if (record->open && line == 0 && offset == ITD_NOWHERE) {
        line = record->line;
        offset = record->offset;
    }
    itd_reject reject = {kind, record->path, line, offset, key.size ? key : record->key, text};
    itd_status status = ITD_OK;
    if (kind == ITD_REJECT_ORPHAN)
        read->orphans++;
    else
        read->rejected++;
    if (read->reject)
        status = read->reject(read->reject_context, &reject, error);
    if (status == ITD_OK && !read->skip_bad) {
        if (reject.record.size > 0 && reject.record.size <= 64)
            status = itd_fail_at(error, ITD_EFORMAT, record->path, line, offset, "record %.*s: %s",
                                 ITD_SV_ARG(reject.record), text);
        else
            status = itd_fail_at(error, ITD_EFORMAT, record->path, line, offset, "%s", text);
    }
    forget(record);
    return status;
}
