#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

/* "ITDC" in the header of the file: what `file` and others tell a case by. */
#define APPLICATION_ID 0x49544443

static itd_status read_number(int64_t *out, itd_sql *sql, const char *text, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, sql, text, error));
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row)
        *out = itd_sql_i64(query, 0);
    itd_sql_finish(query);
    return status;
}

static itd_status set_meta(itd_sql *sql, const char *key, const char *value, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, sql, "INSERT INTO meta VALUES (?1, ?2)", error));
    itd_sql_bind_text(query, 1, itd_sv_of(key));
    itd_sql_bind_text(query, 2, itd_sv_of(value));
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

static itd_status fill(itd_sql *sql, const itd_store_options *options, itd_error *error)
{
    unsigned char drawn[16];
    char id[sizeof drawn * 2 + 1], text[48];
    if (sodium_init() < 0)
        return itd_fail(error, ITD_EIO, "no random numbers");
    randombytes_buf(drawn, sizeof drawn);
    (void)sodium_bin2hex(id, sizeof id, drawn, sizeof drawn);
    (void)snprintf(text, sizeof text, "PRAGMA application_id = %d", APPLICATION_ID);
    ITD_TRY(itd_sql_run(sql, text, error));
    ITD_TRY(itd_sql_run(sql, "BEGIN IMMEDIATE", error));
    ITD_TRY(itd_store_migrate(sql, 0, error));
    ITD_TRY(set_meta(sql, "case", id, error));
    (void)snprintf(text, sizeof text, "%lld", (long long)options->now);
    ITD_TRY(set_meta(sql, "created", text, error));
    ITD_TRY(set_meta(sql, "two_person", options->two_person ? "1" : "0", error));
    ITD_TRY(itd_sql_run(sql, "COMMIT", error));
    /* All of it into the file: only that gets the name. What closing cannot do, it does not say. */
    return itd_sql_run(sql, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

/* What SQLite keeps beside a file that is made aside; `aside` has room for the longest tail. */
static void remove_beside(char *aside, size_t size)
{
    static const char *const tails[] = {"-wal", "-shm", "-journal"};
    char *end = aside + strlen(aside);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        (void)snprintf(end, size - (size_t)(end - aside), "%s", tails[i]);
        (void)unlink(aside);
    }
    *end = '\0';
}

/* SQLite calls a folder that cannot be written one without such a file. `folder` ends in a slash or is empty. */
static itd_status check_folder(const char *folder, const char *path, itd_error *error)
{
    if (access(folder[0] ? folder : ".", W_OK | X_OK) == 0)
        return ITD_OK;
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return itd_fail_at(error, missing ? ITD_ENOTFOUND : ITD_EIO, path, 0, ITD_NOWHERE,
                       missing ? "there is no such folder" : "nothing can be written in its folder: %s",
                       strerror(errno));
}

/* Made aside, then named: nobody sees a case without its tables. */
itd_status itd_store_create(const char *path, const itd_store_options *options, itd_error *error)
{
    assert(path && options);
    if (access(path, F_OK) == 0)
        return itd_fail_at(error, ITD_EINVAL, path, 0, ITD_NOWHERE, "there is a file of that name already");
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash + 1 - path) : 0;
    size_t size = strlen(path) + 48;
    char *aside = itd_malloc(size);
    if (!aside)
        return itd_fail_memory(error);
    (void)snprintf(aside, size, "%.*s", folder, path);
    itd_status status = check_folder(aside, path, error);
    if (status != ITD_OK) {
        itd_free(aside);
        return status;
    }
    (void)snprintf(aside, size, "%.*s.%s.%ld.tmp", folder, path, path + folder, (long)getpid());
    (void)unlink(aside); /* of a process of the same number that was killed */
    remove_beside(aside, size);
    itd_sql *sql = NULL;
    status = itd_sqlite_open(&sql, aside, ITD_SQL_CREATE, ITD_SQL_WAIT_MS_DEFAULT, error);
    if (status == ITD_OK)
        status = fill(sql, options, error);
    itd_sql_close(sql);
    remove_beside(aside, size);
    if (status == ITD_OK)
        status = itd_file_name(aside, path, error);
    if (status != ITD_OK) {
        (void)unlink(aside);
        if (error && strcmp(error->where, aside) == 0)
            (void)snprintf(error->where, sizeof error->where, "%s", path);
    }
    itd_free(aside);
    return status;
}

static itd_status read_meta(itd_store *store, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = true;
    ITD_TRY(itd_sql_prepare(&query, store->sql, "SELECT key, value FROM meta", error));
    itd_status status = ITD_OK;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        itd_sv key = itd_sql_bytes(query, 0), value = itd_sql_bytes(query, 1);
        if (itd_sv_is(key, "case") && value.size < sizeof store->id)
            (void)snprintf(store->id, sizeof store->id, "%.*s", ITD_SV_ARG(value));
        else if (itd_sv_is(key, "two_person"))
            store->two_person = itd_sv_is(value, "1");
    }
    itd_sql_finish(query);
    return status;
}

static itd_status check_version(itd_store *store, itd_error *error)
{
    int64_t application = 0, version = 0;
    ITD_TRY(read_number(&application, store->sql, "PRAGMA application_id", error));
    ITD_TRY(read_number(&version, store->sql, "PRAGMA user_version", error));
    if (application != APPLICATION_ID)
        return itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE, "this is not a case file");
    if (version > ITD_STORE_SCHEMA)
        return itd_fail_at(error, ITD_EMISMATCH, store->path, 0, ITD_NOWHERE,
                           "the case has tables of version %lld, this program knows up to %d: use a newer one",
                           (long long)version, ITD_STORE_SCHEMA);
    if (version == ITD_STORE_SCHEMA)
        return ITD_OK;
    if (!store->writing)
        return itd_fail_at(error, ITD_EMISMATCH, store->path, 0, ITD_NOWHERE,
                           "the case has tables of version %lld: any command that writes to it brings them to %d",
                           (long long)version, ITD_STORE_SCHEMA);
    ITD_TRY(itd_store_begin(store, error));
    itd_status status = itd_store_migrate(store->sql, (int)version, error);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    itd_store_rollback(store);
    return status;
}

itd_status itd_store_open(itd_store **out, const char *path, bool writing, itd_error *error)
{
    assert(out && path);
    size_t size = strlen(path) + 1;
    itd_store *store = itd_calloc(1, sizeof *store);
    char *copy = itd_malloc(size);
    if (!store || !copy) {
        itd_free(store);
        itd_free(copy);
        return itd_fail_memory(error);
    }
    memcpy(copy, path, size);
    *store = (itd_store){.path = copy, .writing = writing};
    itd_status status =
        itd_sqlite_open(&store->sql, path, writing ? ITD_SQL_WRITE : ITD_SQL_READ, ITD_SQL_WAIT_MS_DEFAULT, error);
    if (status == ITD_OK)
        status = check_version(store, error);
    if (status == ITD_OK)
        status = read_meta(store, error);
    if (status != ITD_OK) {
        itd_store_close(store);
        return status;
    }
    *out = store;
    return ITD_OK;
}

void itd_store_close(itd_store *store)
{
    if (!store)
        return;
    itd_store_rollback(store);
    itd_sql_close(store->sql);
    itd_free(store->path);
    itd_free(store);
}

itd_status itd_store_begin(itd_store *store, itd_error *error)
{
    assert(store && !store->in_work);
    ITD_TRY(itd_sql_run(store->sql, store->writing ? "BEGIN IMMEDIATE" : "BEGIN", error));
    store->in_work = true;
    return ITD_OK;
}

itd_status itd_store_commit(itd_store *store, itd_error *error)
{
    assert(store && store->in_work);
    ITD_TRY(itd_sql_run(store->sql, "COMMIT", error));
    store->in_work = false;
    return ITD_OK;
}

void itd_store_rollback(itd_store *store)
{
    if (!store->in_work)
        return;
    store->in_work = false;
    /* SQLite may have undone it by itself after a full disk: then there is nothing left to undo. */
    itd_error ignored;
    if (itd_sql_run(store->sql, "ROLLBACK", &ignored) != ITD_OK)
        return;
}
