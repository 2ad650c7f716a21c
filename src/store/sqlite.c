/* SQLite as the store's database. */
#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/sql.h"
#include "store/vfs.h"

typedef struct connection {
    itd_sql sql;
    sqlite3 *db;
    char *path;
} connection;

typedef struct query {
    itd_sql_query query;
    sqlite3_stmt *stmt;
    connection *connection;
    int bound; /* the first failure of a bind */
} query;

static connection *connection_of(itd_sql *sql)
{
    return (connection *)sql;
}

/* What SQLite said, as a status and a sentence that tells a user what to do. */
static itd_status fail(const connection *c, int code, itd_error *error)
{
    const char *path = c->path;
    if (c->db && itd_store_vfs_damage(c->db, error) != ITD_OK)
        return ITD_EFORMAT; /* which page it is says more */
    bool log = false;
    switch (code & 0xff) {
    case SQLITE_IOERR:
        if (c->db && (sqlite3_system_errno(c->db) == ENOSPC || sqlite3_system_errno(c->db) == EDQUOT))
            return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "the disk is full: nothing was changed");
        break;
    case SQLITE_NOMEM:
        return itd_fail_memory(error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return itd_fail_at(error, ITD_EBUSY, path, 0, ITD_NOWHERE, "the case is locked by another process; try again");
    case SQLITE_FULL:
        return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "the disk is full: nothing was changed");
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        if (itd_store_vfs_is_shut(path, &log) && log)
            return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE,
                               "what was written last lies in %s-wal, and the folder cannot be written: open the case "
                               "once where it can",
                               path);
        if ((code & 0xff) == SQLITE_CANTOPEN)
            break;
        return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "the case cannot be written: it is read-only");
    case SQLITE_NOTADB:
        return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "this is not a case file");
    case SQLITE_CORRUPT:
        return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "the case is damaged: %s", sqlite3_errmsg(c->db));
    default:
        break;
    }
    return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "%s",
                       c->db ? sqlite3_errmsg(c->db) : sqlite3_errstr(code));
}

static itd_status run(itd_sql *sql, const char *text, itd_error *error)
{
    connection *c = connection_of(sql);
    int code = sqlite3_exec(c->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? ITD_OK : fail(c, code == SQLITE_IOERR ? sqlite3_extended_errcode(c->db) : code, error);
}

static itd_status prepare(itd_sql_query **out, itd_sql *sql, const char *text, itd_error *error)
{
    connection *c = connection_of(sql);
    query *q = itd_calloc(1, sizeof *q);
    if (!q)
        return itd_fail_memory(error);
    *q = (query){.query.driver = sql->driver, .connection = c};
    int code = sqlite3_prepare_v3(c->db, text, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL);
    if (code != SQLITE_OK) {
        itd_free(q);
        return fail(c, code, error);
    }
    *out = &q->query;
    return ITD_OK;
}

static void finish(itd_sql_query *self)
{
    query *q = (query *)self;
    sqlite3_finalize(q->stmt);
    itd_free(q);
}

static void keep(query *q, int code)
{
    if (q->bound == SQLITE_OK)
        q->bound = code;
}

static void bind_i64(itd_sql_query *self, int at, int64_t value)
{
    query *q = (query *)self;
    keep(q, sqlite3_bind_int64(q->stmt, at, value));
}

static void bind_text(itd_sql_query *self, int at, itd_sv text)
{
    query *q = (query *)self;
    keep(q, sqlite3_bind_text64(q->stmt, at, text.data ? text.data : "", text.size, SQLITE_STATIC, SQLITE_UTF8));
}

static void bind_blob(itd_sql_query *self, int at, itd_sv bytes)
{
    query *q = (query *)self;
    keep(q, sqlite3_bind_blob64(q->stmt, at, bytes.data ? bytes.data : "", bytes.size, SQLITE_STATIC));
}

static void bind_null(itd_sql_query *self, int at)
{
    query *q = (query *)self;
    keep(q, sqlite3_bind_null(q->stmt, at));
}

static void reset(itd_sql_query *self)
{
    query *q = (query *)self;
    (void)sqlite3_reset(q->stmt); /* its code is that of the step, which was told */
    (void)sqlite3_clear_bindings(q->stmt);
    q->bound = SQLITE_OK;
}

static itd_status step(itd_sql_query *self, bool *row, itd_error *error)
{
    query *q = (query *)self;
    int code = q->bound == SQLITE_OK ? sqlite3_step(q->stmt) : q->bound;
    if (code == SQLITE_ROW) {
        *row = true;
        return ITD_OK;
    }
    *row = false;
    itd_status status = code == SQLITE_DONE ? ITD_OK : fail(q->connection, code, error);
    reset(self);
    return status;
}

static itd_sql_type type(const itd_sql_query *self, int column)
{
    switch (sqlite3_column_type(((const query *)self)->stmt, column)) {
    case SQLITE_NULL:
        return ITD_SQL_NULL;
    case SQLITE_INTEGER:
        return ITD_SQL_INTEGER;
    case SQLITE_TEXT:
        return ITD_SQL_TEXT;
    case SQLITE_BLOB:
        return ITD_SQL_BLOB;
    default:
        return ITD_SQL_REAL;
    }
}

static int64_t i64(const itd_sql_query *self, int column)
{
    return sqlite3_column_int64(((const query *)self)->stmt, column);
}

static itd_sv bytes(const itd_sql_query *self, int column)
{
    const query *q = (const query *)self;
    const char *data = sqlite3_column_blob(q->stmt, column);
    return itd_sv_make(data, (size_t)sqlite3_column_bytes(q->stmt, column));
}

static int columns(const itd_sql_query *self)
{
    return sqlite3_column_count(((const query *)self)->stmt);
}

static int64_t last_row(const itd_sql *sql)
{
    return sqlite3_last_insert_rowid(((const connection *)sql)->db);
}

static int64_t changes(const itd_sql *sql)
{
    return sqlite3_changes64(((const connection *)sql)->db);
}

static void close_connection(itd_sql *sql)
{
    connection *c = connection_of(sql);
    int code = sqlite3_close(c->db);
    assert(code == SQLITE_OK); /* else a query was not finished */
    (void)code;
    itd_free(c->path);
    itd_free(c);
}

static const itd_sql_driver driver = {run,     prepare,         finish, bind_i64, bind_text, bind_blob, bind_null,
                                      step,    reset,           type,   i64,      bytes,     columns,   last_row,
                                      changes, close_connection};

static itd_status open_file(connection *c, itd_sql_mode mode, int wait_ms, itd_error *error)
{
    /* A reader too opens for writing where it may, so that the last to leave can fold the log back into the file; and
     * then promises not to write. SQLite falls back to reading by itself where the file is read-only. */
    int flags = SQLITE_OPEN_READWRITE | (mode == ITD_SQL_CREATE ? SQLITE_OPEN_CREATE : 0);
    ITD_TRY(itd_store_vfs_open(&c->db, c->path, flags | SQLITE_OPEN_NOMUTEX, error));
    int code = sqlite3_busy_timeout(c->db, wait_ms);
    if (code != SQLITE_OK)
        return fail(c, code, error);
    ITD_TRY(run(&c->sql, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;", error));
    if (mode == ITD_SQL_READ)
        return run(&c->sql, "PRAGMA query_only = ON;", error);
    if (mode == ITD_SQL_CREATE)
        ITD_TRY(run(&c->sql, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;", error));
    /* A commit is on the disk when it returns. */
    return run(&c->sql, "PRAGMA synchronous = FULL;", error);
}

itd_status itd_sqlite_open(itd_sql **out, const char *path, itd_sql_mode mode, int wait_ms, itd_error *error)
{
    assert(out && path);
    bool there = access(path, F_OK) == 0;
    if (mode == ITD_SQL_CREATE && there)
        return itd_fail_at(error, ITD_EINVAL, path, 0, ITD_NOWHERE, "there is a file of that name already");
    if (mode != ITD_SQL_CREATE && !there)
        return itd_fail_at(error, ITD_ENOTFOUND, path, 0, ITD_NOWHERE, "no such case; `interdict case init` makes one");
    size_t size = strlen(path) + 1;
    connection *c = itd_calloc(1, sizeof *c);
    char *copy = itd_malloc(size);
    if (!c || !copy) {
        itd_free(c);
        itd_free(copy);
        return itd_fail_memory(error);
    }
    memcpy(copy, path, size);
    *c = (connection){.sql.driver = &driver, .path = copy};
    itd_status status = open_file(c, mode, wait_ms, error);
    if (status != ITD_OK) {
        close_connection(&c->sql);
        return status;
    }
    *out = &c->sql;
    return ITD_OK;
}
