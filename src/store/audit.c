#include "store/audit.h"

#include <assert.h>
#include <sodium.h>

#include "base/date.h"
#include "base/json.h"
#include "base/memory.h"
#include "store/audit_rows.h"

#define HEX (ITD_STORE_HASH * 2 + 1)

struct itd_audit_reader {
    itd_sql_query *query;
};

static const char *const own_keys[] = {"number",   "time", "person", "command", "program",
                                       "previous", "rows", "hash" /* which what is printed of a record ends with */};

/* The number of the next record, and the hash that it has to carry on. */
static itd_status next_number(int64_t *out, unsigned char previous[ITD_STORE_HASH], itd_store *store, itd_error *error)
{
    int64_t number = 0;
    ITD_TRY(itd_audit_head(&number, previous, store, error));
    if (number < 0 || number == INT64_MAX)
        return itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE, "audit record %lld was changed",
                           (long long)number);
    *out = number + 1;
    return ITD_OK;
}

itd_status itd_audit_number(int64_t *out, itd_store *store, itd_error *error)
{
    assert(out && store && store->in_work);
    unsigned char previous[ITD_STORE_HASH];
    return next_number(out, previous, store, error);
}

itd_status itd_audit_head(int64_t *number, unsigned char hash[ITD_STORE_HASH], itd_store *store, itd_error *error)
{
    assert(number && hash && store);
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, store->sql, "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", error));
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row) {
        itd_sv bytes = itd_sql_bytes(query, 1);
        if (bytes.size == ITD_STORE_HASH) {
            *number = itd_sql_i64(query, 0);
            memcpy(hash, bytes.data, ITD_STORE_HASH);
        } else {
            status = itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE, "audit record %lld was changed",
                                 (long long)itd_sql_i64(query, 0));
        }
    } else if (status == ITD_OK) {
        status = itd_audit_genesis(hash, store, error);
        if (status == ITD_OK)
            *number = 0;
    }
    itd_sql_finish(query);
    return status;
}

void itd_audit_link(unsigned char out[ITD_STORE_HASH], const unsigned char previous[ITD_STORE_HASH], itd_sv content)
{
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, ITD_STORE_HASH);
    (void)crypto_generichash_update(&state, previous, ITD_STORE_HASH);
    (void)crypto_generichash_update(&state, (const unsigned char *)content.data, content.size);
    (void)crypto_generichash_final(&state, out, ITD_STORE_HASH);
}

/* Whether what a command says of itself can be put behind the members of the record. */
static itd_status check_entry(const itd_audit_entry *entry, itd_error *error)
{
    char time[ITD_TIME_TEXT_MAX];
    if (entry->person.size == 0)
        return itd_fail(error, ITD_EINVAL, "an audit record needs a person: name one with --by");
    if (entry->person.size > ITD_AUDIT_PERSON_MAX)
        return itd_fail(error, ITD_ELIMIT, "the name of a person has more than %d bytes", ITD_AUDIT_PERSON_MAX);
    if (itd_time_format(time, entry->now).size == 0)
        return itd_fail(error, ITD_EINVAL, "an audit record needs a time between the years 1 and 9999");
    if (entry->content.size > ITD_AUDIT_CONTENT_MAX)
        return itd_fail(error, ITD_ELIMIT, "what goes on record has more than %zu bytes", ITD_AUDIT_CONTENT_MAX);
    if (entry->content.size == 0)
        return ITD_OK;
    itd_json_document *document = NULL;
    const itd_json *root = NULL;
    ITD_TRY(itd_json_document_create(&document, error));
    itd_status status = itd_json_parse(document, entry->content, &root, error);
    if (status == ITD_OK && (itd_json_typeof(root) != ITD_JSON_OBJECT || entry->content.data[0] != '{' ||
                             entry->content.data[entry->content.size - 1] != '}' ||
                             (entry->content.data[1] == '"') != (entry->content.size > 2)))
        status = itd_fail(error, ITD_EINVAL, "what goes on record is no JSON object");
    for (size_t i = 0; status == ITD_OK && i < sizeof own_keys / sizeof own_keys[0]; i++)
        if (itd_json_member(root, own_keys[i]))
            status = itd_fail(error, ITD_EINVAL, "\"%s\" is the audit record's own", own_keys[i]);
    itd_json_document_destroy(document);
    return status;
}

static void write_content(itd_buffer *out, const itd_audit_entry *entry, int64_t number,
                          const unsigned char previous[ITD_STORE_HASH], const unsigned char rows[ITD_STORE_HASH])
{
    char time[ITD_TIME_TEXT_MAX], hex[HEX];
    itd_json_writer writer;
    itd_json_writer_init(&writer, out);
    itd_json_begin_object(&writer);
    itd_json_key(&writer, own_keys[0]);
    itd_json_write_i64(&writer, number);
    itd_json_key(&writer, own_keys[1]);
    itd_json_write_text(&writer, itd_time_format(time, entry->now));
    itd_json_key(&writer, own_keys[2]);
    itd_json_write_text(&writer, entry->person);
    itd_json_key(&writer, own_keys[3]);
    itd_json_write_text(&writer, itd_sv_of(entry->command));
    itd_json_key(&writer, own_keys[4]);
    itd_json_write_text(&writer, itd_sv_of(ITD_VERSION));
    itd_json_key(&writer, own_keys[5]);
    itd_json_write_text(&writer, itd_sv_of(sodium_bin2hex(hex, sizeof hex, previous, ITD_STORE_HASH)));
    itd_json_key(&writer, own_keys[6]);
    itd_json_write_text(&writer, itd_sv_of(sodium_bin2hex(hex, sizeof hex, rows, ITD_STORE_HASH)));
    if (entry->content.size > 2) {
        (void)itd_buffer_append_char(out, ',');
        (void)itd_buffer_append(out, itd_sv_slice(entry->content, 1, entry->content.size));
    } else {
        itd_json_end_object(&writer);
    }
}

static itd_status insert(itd_store *store, int64_t number, itd_sv content, const unsigned char hash[ITD_STORE_HASH],
                         itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(
        itd_sql_prepare(&query, store->sql, "INSERT INTO audit (number, content, hash) VALUES (?1, ?2, ?3)", error));
    itd_sql_bind_i64(query, 1, number);
    itd_sql_bind_text(query, 2, content);
    itd_sql_bind_blob(query, 3, itd_sv_make((const char *)hash, ITD_STORE_HASH));
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

itd_status itd_audit_append(itd_store *store, const itd_audit_entry *entry, itd_error *error)
{
    assert(store && store->writing && store->in_work && entry && entry->command);
    unsigned char previous[ITD_STORE_HASH], rows_hash[ITD_STORE_HASH], hash[ITD_STORE_HASH];
    itd_audit_rows *rows = NULL;
    itd_buffer content = {0};
    int64_t number = 0;
    itd_status status = check_entry(entry, error);
    if (status == ITD_OK)
        status = next_number(&number, previous, store, error);
    if (status == ITD_OK)
        status = itd_audit_rows_create(&rows, store, error);
    if (status == ITD_OK)
        status = itd_audit_rows_hash(rows_hash, rows, number, error);
    if (status != ITD_OK)
        goto out;
    write_content(&content, entry, number, previous, rows_hash);
    if (content.failed) {
        status = itd_fail_memory(error);
        goto out;
    }
    itd_audit_link(hash, previous, itd_buffer_view(&content));
    status = insert(store, number, itd_buffer_view(&content), hash, error);
out:
    itd_audit_rows_destroy(rows);
    itd_buffer_finish(&content);
    return status;
}

itd_status itd_audit_reader_open(itd_audit_reader **out, itd_store *store, int64_t from, itd_error *error)
{
    assert(out && store);
    itd_audit_reader *reader = itd_calloc(1, sizeof *reader);
    if (!reader)
        return itd_fail_memory(error);
    itd_status status =
        itd_sql_prepare(&reader->query, store->sql,
                        "SELECT number, content, hash FROM audit WHERE number >= ?1 ORDER BY number", error);
    if (status != ITD_OK) {
        itd_free(reader);
        return status;
    }
    itd_sql_bind_i64(reader->query, 1, from);
    *out = reader;
    return ITD_OK;
}

itd_status itd_audit_reader_next(itd_audit_reader *reader, itd_audit_record *record, bool *more, itd_error *error)
{
    assert(reader && record && more);
    ITD_TRY(itd_sql_step(reader->query, more, error));
    if (*more)
        *record = (itd_audit_record){itd_sql_i64(reader->query, 0), itd_sql_bytes(reader->query, 1),
                                     itd_sql_bytes(reader->query, 2)};
    return ITD_OK;
}

void itd_audit_reader_close(itd_audit_reader *reader)
{
    if (!reader)
        return;
    itd_sql_finish(reader->query);
    itd_free(reader);
}
