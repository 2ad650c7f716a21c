#include "fetch/card.h"

#include <assert.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"

typedef enum field_kind { TEXT, NUMBER, TIME } field_kind;

static const struct {
    const char *key;
    field_kind kind;
    size_t offset, size; /* of a text: with its NUL */
} fields[] = {
    {"url", TEXT, offsetof(itd_card, url), sizeof((itd_card *)0)->url},
    {"etag", TEXT, offsetof(itd_card, etag), sizeof((itd_card *)0)->etag},
    {"last_modified", TEXT, offsetof(itd_card, last_modified), sizeof((itd_card *)0)->last_modified},
    {"fetched_at", TIME, offsetof(itd_card, fetched_us), 0},
    {"checked_at", TIME, offsetof(itd_card, checked_us), 0},
    {"blake2b", TEXT, offsetof(itd_card, hash), sizeof((itd_card *)0)->hash},
    {"bytes", NUMBER, offsetof(itd_card, bytes), 0},
    {"format", TEXT, offsetof(itd_card, format), sizeof((itd_card *)0)->format},
    {"dataset", TEXT, offsetof(itd_card, dataset), sizeof((itd_card *)0)->dataset},
    {"version", TEXT, offsetof(itd_card, version), sizeof((itd_card *)0)->version},
    {"entities", NUMBER, offsetof(itd_card, entities), 0},
    {"rejected", NUMBER, offsetof(itd_card, rejected), 0},
    {"reason", TEXT, offsetof(itd_card, reason), sizeof((itd_card *)0)->reason},
};
#define FIELDS (sizeof fields / sizeof fields[0])

static bool fits(size_t field, itd_sv text)
{
    return text.size < fields[field].size && !memchr(text.data, '\0', text.size);
}

static bool take_field(itd_card *card, size_t field, const itd_json *value)
{
    char *at = (char *)card + fields[field].offset;
    itd_sv text = itd_json_text(value);
    int64_t number;
    if (!value)
        return true; /* not known */
    switch (fields[field].kind) {
    case TEXT:
        if (itd_json_typeof(value) != ITD_JSON_STRING || !fits(field, text))
            return false;
        memcpy(at, text.data, text.size);
        at[text.size] = '\0';
        return true;
    case NUMBER:
        if (!itd_json_int64(&number, value) || number < 0)
            return false;
        *(uint64_t *)(void *)at = (uint64_t)number;
        return true;
    case TIME:
        return itd_json_typeof(value) == ITD_JSON_STRING && itd_time_parse((int64_t *)(void *)at, text);
    }
    return false;
}

static bool take_all(itd_card *card, const itd_json *root)
{
    if (itd_json_typeof(root) != ITD_JSON_OBJECT)
        return false;
    for (size_t i = 0; i < FIELDS; i++)
        if (!take_field(card, i, itd_json_member(root, fields[i].key)))
            return false;
    /* They go into a request: nobody adds a line of his own to its head by way of a card. */
    if (!itd_head_is_value(itd_sv_of(card->etag)))
        card->etag[0] = '\0';
    if (!itd_head_is_value(itd_sv_of(card->last_modified)))
        card->last_modified[0] = '\0';
    return true;
}

itd_status itd_card_parse(itd_card *out, bool *found, itd_sv text, itd_error *error)
{
    assert(out && found);
    itd_json_document *document = NULL;
    const itd_json *root = NULL;
    itd_card card = {0};
    ITD_TRY(itd_json_document_create(&document, error));
    itd_status status = itd_json_parse(document, text, &root, error);
    *found = status == ITD_OK && take_all(&card, root);
    if (*found)
        *out = card;
    itd_json_document_destroy(document);
    return status == ITD_ENOMEM ? ITD_ENOMEM : ITD_OK;
}

itd_status itd_card_read(itd_card *out, bool *found, const char *path, itd_error *error)
{
    assert(out && found && path);
    itd_mapping mapping;
    *found = false;
    itd_status status = itd_mapping_open(&mapping, path, error);
    if (status == ITD_ENOTFOUND)
        return ITD_OK;
    ITD_TRY(status);
    if (mapping.size > 0 && mapping.size <= ITD_CARD_BYTES_MAX)
        status = itd_card_parse(out, found, (itd_sv){(const char *)mapping.data, mapping.size}, error);
    itd_mapping_close(&mapping);
    return status;
}

static void write_field(itd_json_writer *json, const itd_card *card, size_t field)
{
    const char *at = (const char *)card + fields[field].offset;
    char text[ITD_TIME_TEXT_MAX];
    itd_json_key(json, fields[field].key);
    switch (fields[field].kind) {
    case TEXT:
        itd_json_write_text(json, itd_sv_of(at));
        break;
    case NUMBER:
        itd_json_write_u64(json, *(const uint64_t *)(const void *)at);
        break;
    case TIME:
        itd_json_write_text(json, itd_time_format(text, *(const int64_t *)(const void *)at));
        break;
    }
}

static bool is_known(const itd_card *card, size_t field)
{
    const char *at = (const char *)card + fields[field].offset;
    return fields[field].kind != TEXT || at[0] != '\0';
}

itd_status itd_card_write(const itd_card *card, const char *path, itd_error *error)
{
    assert(card && path);
    itd_buffer text = {0};
    itd_json_writer json;
    itd_file_writer *writer = NULL;
    itd_json_writer_init(&json, &text);
    itd_json_begin_object(&json);
    for (size_t i = 0; i < FIELDS; i++)
        if (is_known(card, i))
            write_field(&json, card, i);
    itd_json_end_object(&json);
    itd_buffer_append_char(&text, '\n');
    itd_status status = text.failed ? itd_fail_memory(error) : itd_file_writer_create(&writer, path, error);
    if (status == ITD_OK)
        status = itd_file_writer_write(writer, text.data, text.size, error);
    if (status == ITD_OK)
        status = itd_file_writer_commit(writer, error);
    else
        itd_file_writer_abort(writer);
    itd_buffer_finish(&text);
    return status;
}
