/* The chain, link by link, with the rows that hang on it. */
#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>

#include "base/json.h"
#include "store/audit_rows.h"
#include "store/verify.h"

typedef struct chain {
    itd_store *store;
    itd_json_document *document;
    itd_audit_rows *rows;
    unsigned char hash[ITD_STORE_HASH]; /* of the record before */
    int64_t number;                     /* of it */
} chain;

static itd_status changed(const chain *c, int64_t number, itd_error *error)
{
    return itd_fail_at(error, ITD_EFORMAT, c->store->path, 0, ITD_NOWHERE, "audit record %" PRId64 " was changed",
                       number);
}

static bool take_hash(unsigned char out[ITD_STORE_HASH], const itd_json *root, const char *key)
{
    itd_sv text = itd_json_text(itd_json_member(root, key));
    return text.size == (size_t)ITD_STORE_HASH * 2 &&
           sodium_hex2bin(out, ITD_STORE_HASH, text.data, text.size, NULL, NULL, NULL) == 0;
}

/* A record whose hash does not follow from the one before: which of the two was changed? One that still agrees with
 * the hash that it names itself was left alone, and its forerunner was written anew. */
static itd_status misfit(const chain *c, const itd_audit_record *record, const itd_json *root, itd_error *error)
{
    unsigned char named[ITD_STORE_HASH], hash[ITD_STORE_HASH];
    int64_t number = 0;
    if (root && itd_json_int64(&number, itd_json_member(root, "number")) && number == record->number &&
        take_hash(named, root, "previous") && record->hash.size == sizeof hash) {
        itd_audit_link(hash, named, record->content);
        if (memcmp(hash, record->hash.data, sizeof hash) == 0 && c->number == 0)
            return itd_fail_at(
                error, ITD_EFORMAT, c->store->path, 0, ITD_NOWHERE,
                "what the case says of itself (its id, when it was made, two persons or one) was changed");
        if (memcmp(hash, record->hash.data, sizeof hash) == 0)
            return changed(c, c->number, error);
    }
    return changed(c, record->number, error);
}

static itd_status check_record(chain *c, const itd_audit_record *record, itd_error *error)
{
    unsigned char hash[ITD_STORE_HASH], named[ITD_STORE_HASH], rows[ITD_STORE_HASH];
    const itd_json *root = NULL;
    int64_t number = 0;
    if (record->number != c->number + 1)
        return itd_fail_at(error, ITD_EFORMAT, c->store->path, 0, ITD_NOWHERE, "audit record %" PRId64 " is missing",
                           c->number + 1);
    itd_status status = itd_json_parse(c->document, record->content, &root, error);
    if (status == ITD_ENOMEM)
        return status;
    if (status != ITD_OK)
        root = NULL;
    itd_audit_link(hash, c->hash, record->content);
    if (record->hash.size != sizeof hash || memcmp(hash, record->hash.data, sizeof hash) != 0)
        return misfit(c, record, root, error);
    if (!itd_json_int64(&number, itd_json_member(root, "number")) || number != record->number ||
        !take_hash(named, root, "previous") || memcmp(named, c->hash, sizeof named) != 0 ||
        !take_hash(named, root, "rows"))
        return changed(c, record->number, error);
    ITD_TRY(itd_audit_rows_hash(rows, c->rows, record->number, error));
    if (memcmp(rows, named, sizeof rows) != 0)
        return itd_fail_at(error, ITD_EFORMAT, c->store->path, 0, ITD_NOWHERE,
                           "a row that audit record %" PRId64 " (%.*s) added was changed, taken away or put in later",
                           record->number, ITD_SV_ARG(itd_json_text(itd_json_member(root, "command"))));
    memcpy(c->hash, hash, sizeof hash);
    c->number = record->number;
    return ITD_OK;
}

/* Rows that no record of the chain vouches for. */
static itd_status check_strays(const chain *c, itd_error *error)
{
    const itd_audit_table *table;
    for (size_t i = 0; (table = itd_audit_table_at(i)); i++) {
        char text[256];
        itd_sql_query *query = NULL;
        bool row = false;
        (void)snprintf(text, sizeof text,
                       "SELECT CAST(audit AS TEXT) FROM %s WHERE audit > ?1 OR audit < 1 OR typeof(audit) <> 'integer' "
                       "LIMIT 1",
                       table->name);
        ITD_TRY(itd_sql_prepare(&query, c->store->sql, text, error));
        itd_sql_bind_i64(query, 1, c->number);
        itd_status status = itd_sql_step(query, &row, error);
        if (status == ITD_OK && row)
            status = itd_fail_at(error, ITD_EFORMAT, c->store->path, 0, ITD_NOWHERE,
                                 "a row of the table %s has no audit record: it names %.*s, and the last is %" PRId64,
                                 table->name, ITD_SV_ARG(itd_sv_slice(itd_sql_bytes(query, 0), 0, 32)), c->number);
        itd_sql_finish(query);
        if (status != ITD_OK)
            return status;
    }
    return ITD_OK;
}

itd_status itd_verify_chain(itd_verify_report *report, itd_store *store, itd_error *error)
{
    assert(report && store);
    chain c = {.store = store};
    itd_audit_reader *reader = NULL;
    itd_audit_record record;
    bool more = true;
    itd_status status = itd_audit_genesis(c.hash, store, error);
    if (status == ITD_OK)
        status = itd_json_document_create(&c.document, error);
    if (status == ITD_OK)
        status = itd_audit_rows_create(&c.rows, store, error);
    if (status == ITD_OK)
        status = itd_audit_reader_open(&reader, store, INT64_MIN, error);
    while (status == ITD_OK) {
        status = itd_audit_reader_next(reader, &record, &more, error);
        if (status != ITD_OK || !more)
            break;
        status = check_record(&c, &record, error);
        if (status == ITD_OK)
            report->records++;
    }
    if (status == ITD_OK)
        status = check_strays(&c, error);
    if (status == ITD_OK)
        memcpy(report->head, c.hash, sizeof c.hash);
    itd_audit_reader_close(reader);
    itd_audit_rows_destroy(c.rows);
    itd_json_document_destroy(c.document);
    return status;
}
