#include "store/checkpoint.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>

#include "base/date.h"
#include "base/json.h"
#include "store/audit_rows.h"

#define FORMAT "interdict-checkpoint-1"

/* What is signed: the line without its signature. */
static size_t signed_part(char out[ITD_CHECKPOINT_LINE_MAX], const itd_checkpoint *c)
{
    char hash[ITD_STORE_HASH * 2 + 1], key[ITD_CHECKPOINT_KEY * 2 + 1], time[ITD_TIME_TEXT_MAX];
    (void)sodium_bin2hex(hash, sizeof hash, c->hash, sizeof c->hash);
    (void)sodium_bin2hex(key, sizeof key, c->key, sizeof c->key);
    (void)itd_time_format(time, c->made);
    int size = snprintf(out, ITD_CHECKPOINT_LINE_MAX,
                        "{\"format\":\"" FORMAT "\",\"case\":\"%s\",\"number\":%" PRId64
                        ",\"hash\":\"%s\",\"time\":\"%s\",\"key\":\"%s\"}",
                        c->case_id, c->number, hash, time, key);
    assert(size > 0 && size < ITD_CHECKPOINT_LINE_MAX);
    return (size_t)size;
}

itd_sv itd_checkpoint_line(char *out, const itd_checkpoint *checkpoint)
{
    assert(out && checkpoint);
    char signature[ITD_CHECKPOINT_SIGNATURE * 2 + 1];
    (void)sodium_bin2hex(signature, sizeof signature, checkpoint->signature, sizeof checkpoint->signature);
    size_t size = signed_part(out, checkpoint) - 1;
    int more = snprintf(out + size, ITD_CHECKPOINT_LINE_MAX - size, ",\"signature\":\"%s\"}", signature);
    assert(more > 0 && size + (size_t)more < ITD_CHECKPOINT_LINE_MAX);
    return (itd_sv){out, size + (size_t)more};
}

static bool take_hex(unsigned char *out, size_t size, const itd_json *root, const char *key)
{
    itd_sv text = itd_json_text(itd_json_member(root, key));
    size_t got = 0;
    return text.size == size * 2 && sodium_hex2bin(out, size, text.data, text.size, NULL, &got, NULL) == 0 &&
           got == size;
}

static bool take_all(itd_checkpoint *out, const itd_json *root)
{
    unsigned char id[16];
    itd_checkpoint c = {0};
    if (!itd_sv_is(itd_json_text(itd_json_member(root, "format")), FORMAT) ||
        !itd_json_int64(&c.number, itd_json_member(root, "number")) || c.number < 0 ||
        !itd_time_parse(&c.made, itd_json_text(itd_json_member(root, "time"))) ||
        !take_hex(id, sizeof id, root, "case") || !take_hex(c.hash, sizeof c.hash, root, "hash") ||
        !take_hex(c.key, sizeof c.key, root, "key") || !take_hex(c.signature, sizeof c.signature, root, "signature"))
        return false;
    (void)sodium_bin2hex(c.case_id, sizeof c.case_id, id, sizeof id);
    *out = c;
    return true;
}

itd_status itd_checkpoint_parse(itd_checkpoint *out, itd_sv line, itd_error *error)
{
    assert(out);
    itd_json_document *document = NULL;
    const itd_json *root = NULL;
    itd_checkpoint c;
    char again[ITD_CHECKPOINT_LINE_MAX];
    ITD_TRY(itd_json_document_create(&document, error));
    itd_status status =
        line.size >= ITD_CHECKPOINT_LINE_MAX ? ITD_EFORMAT : itd_json_parse(document, line, &root, error);
    /* Only one text stands for a checkpoint, so that the text can be compared, hashed or printed in a newspaper. */
    if (status == ITD_OK && (!take_all(&c, root) || !itd_sv_equal(itd_checkpoint_line(again, &c), line)))
        status = ITD_EFORMAT;
    itd_json_document_destroy(document);
    if (status == ITD_EFORMAT)
        return itd_fail(error, ITD_EFORMAT, "this is no checkpoint, or one that was changed");
    if (status == ITD_OK)
        *out = c;
    return status;
}

bool itd_checkpoint_is_signed(const itd_checkpoint *checkpoint)
{
    char text[ITD_CHECKPOINT_LINE_MAX];
    size_t size = signed_part(text, checkpoint);
    return crypto_sign_verify_detached(checkpoint->signature, (const unsigned char *)text, size, checkpoint->key) == 0;
}

static itd_status keep(itd_store *store, const itd_checkpoint *c, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "INSERT INTO checkpoint (number, hash, made, key, signature) VALUES (?1, ?2, ?3, ?4, ?5)",
                            error));
    itd_sql_bind_i64(query, 1, c->number);
    itd_sql_bind_blob(query, 2, itd_sv_make((const char *)c->hash, sizeof c->hash));
    itd_sql_bind_i64(query, 3, c->made);
    itd_sql_bind_blob(query, 4, itd_sv_make((const char *)c->key, sizeof c->key));
    itd_sql_bind_blob(query, 5, itd_sv_make((const char *)c->signature, sizeof c->signature));
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

itd_status itd_checkpoint_make(itd_checkpoint *out, itd_store *store, const itd_signing_key *key, int64_t now,
                               itd_error *error)
{
    assert(out && store && store->writing && store->in_work && key);
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];
    char text[ITD_CHECKPOINT_LINE_MAX];
    itd_checkpoint c = {.made = now};
    if (itd_time_format(text, now).size == 0)
        return itd_fail(error, ITD_EINVAL, "a checkpoint needs a time between the years 1 and 9999");
    memcpy(c.case_id, store->id, sizeof c.case_id);
    memcpy(c.key, key->public_key, sizeof c.key);
    ITD_TRY(itd_audit_head(&c.number, c.hash, store, error));
    size_t size = signed_part(text, &c);
    (void)crypto_sign_seed_keypair(public_key, secret_key, key->seed);
    (void)crypto_sign_detached(c.signature, NULL, (const unsigned char *)text, size, secret_key);
    sodium_memzero(secret_key, sizeof secret_key);
    ITD_TRY(keep(store, &c, error));
    *out = c;
    return ITD_OK;
}

static itd_status read_hash(unsigned char out[ITD_STORE_HASH], bool *there, itd_store *store, int64_t number,
                            itd_error *error)
{
    itd_sql_query *query = NULL;
    *there = number == 0;
    if (number == 0)
        return itd_audit_genesis(out, store, error);
    ITD_TRY(itd_sql_prepare(&query, store->sql, "SELECT hash FROM audit WHERE number = ?1", error));
    itd_sql_bind_i64(query, 1, number);
    itd_status status = itd_sql_step(query, there, error);
    if (status == ITD_OK && *there) {
        itd_sv hash = itd_sql_bytes(query, 0);
        memset(out, 0, ITD_STORE_HASH);
        memcpy(out, hash.data, hash.size < ITD_STORE_HASH ? hash.size : ITD_STORE_HASH);
    }
    itd_sql_finish(query);
    return status;
}

itd_status itd_checkpoint_fits(itd_store *store, const itd_checkpoint *c, itd_error *error)
{
    assert(store && c);
    unsigned char hash[ITD_STORE_HASH];
    char time[ITD_TIME_TEXT_MAX];
    bool there = false;
    if (strcmp(store->id, c->case_id) != 0)
        return itd_fail_at(error, ITD_EMISMATCH, store->path, 0, ITD_NOWHERE,
                           "the checkpoint is of case %s, this is %s", c->case_id, store->id);
    ITD_TRY(read_hash(hash, &there, store, c->number, error));
    (void)itd_time_format(time, c->made);
    if (!there)
        return itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE,
                           "audit record %" PRId64 " is gone: a checkpoint of %s has it", c->number, time);
    if (memcmp(hash, c->hash, sizeof hash) != 0 && c->number == 0)
        return itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE,
                           "the case was made anew: it is not as a checkpoint of %s has it", time);
    if (memcmp(hash, c->hash, sizeof hash) != 0)
        return itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE,
                           "audit record %" PRId64 " or one before it was changed: it is not as a checkpoint of %s has "
                           "it",
                           c->number, time);
    return ITD_OK;
}

static bool take_bytes(unsigned char *out, size_t size, itd_sv bytes)
{
    if (bytes.size != size)
        return false;
    memcpy(out, bytes.data, size);
    return true;
}

itd_status itd_checkpoint_each(itd_store *store,
                               itd_status (*on_checkpoint)(void *user, const itd_checkpoint *checkpoint,
                                                           itd_error *error),
                               void *user, itd_error *error)
{
    assert(store && on_checkpoint);
    itd_sql_query *query = NULL;
    bool row = false;
    char time[ITD_TIME_TEXT_MAX];
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT number, hash, made, key, signature, id FROM checkpoint ORDER BY id", error));
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        itd_checkpoint c = {.number = itd_sql_i64(query, 0), .made = itd_sql_i64(query, 2)};
        memcpy(c.case_id, store->id, sizeof c.case_id);
        if (c.number < 0 || itd_time_format(time, c.made).size == 0 ||
            !take_bytes(c.hash, sizeof c.hash, itd_sql_bytes(query, 1)) ||
            !take_bytes(c.key, sizeof c.key, itd_sql_bytes(query, 3)) ||
            !take_bytes(c.signature, sizeof c.signature, itd_sql_bytes(query, 4)))
            status = itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE, "checkpoint %" PRId64 " was changed",
                                 itd_sql_i64(query, 5));
        else
            status = on_checkpoint(user, &c, error);
        if (status != ITD_OK)
            break;
    }
    itd_sql_finish(query);
    return status;
}
