#ifndef ITD_STORE_SQL_H
#define ITD_STORE_SQL_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sv.h"

/* The one place where the store meets a database: a table of functions that each database fills. What stands above it
 * speaks plain SQL with parameters ?1, ?2, … A connection belongs to one thread at a time. */

typedef struct itd_sql itd_sql;
typedef struct itd_sql_query itd_sql_query;

typedef enum itd_sql_mode {
    ITD_SQL_READ,   /**< nothing is written, not even by others' leave */
    ITD_SQL_WRITE,  /**< must be there */
    ITD_SQL_CREATE, /**< must not be there */
} itd_sql_mode;

/** What a column of a row holds; a database that keeps to the declared types gives those. */
typedef enum itd_sql_type { ITD_SQL_NULL, ITD_SQL_INTEGER, ITD_SQL_TEXT, ITD_SQL_BLOB, ITD_SQL_REAL } itd_sql_type;

/** What a database does. Statuses are those of the functions below that stand for each. */
typedef struct itd_sql_driver {
    itd_status (*run)(itd_sql *sql, const char *text, itd_error *error);
    itd_status (*prepare)(itd_sql_query **out, itd_sql *sql, const char *text, itd_error *error);
    void (*finish)(itd_sql_query *query);
    void (*bind_i64)(itd_sql_query *query, int at, int64_t value);
    void (*bind_text)(itd_sql_query *query, int at, itd_sv text);
    void (*bind_blob)(itd_sql_query *query, int at, itd_sv bytes);
    void (*bind_null)(itd_sql_query *query, int at);
    itd_status (*step)(itd_sql_query *query, bool *row, itd_error *error);
    void (*reset)(itd_sql_query *query);
    itd_sql_type (*type)(const itd_sql_query *query, int column);
    int64_t (*i64)(const itd_sql_query *query, int column);
    itd_sv (*bytes)(const itd_sql_query *query, int column);
    int (*columns)(const itd_sql_query *query);
    int64_t (*last_row)(const itd_sql *sql);
    int64_t (*changes)(const itd_sql *sql);
    void (*close)(itd_sql *sql);
} itd_sql_driver;

/** First member of every database's own connection and query. */
struct itd_sql {
    const itd_sql_driver *driver;
};
struct itd_sql_query {
    const itd_sql_driver *driver;
};

/** How long a writer waits for another one before it gives up. */
#define ITD_SQL_WAIT_MS_DEFAULT 5000

/** An SQLite file under the checking VFS of store/vfs.h.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EINVAL (CREATE: something is there) | ITD_EFORMAT (not a database, damaged) |
 * ITD_EBUSY (locked by another process) | ITD_EIO (read-only, disk full, …) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_sqlite_open(itd_sql **out, const char *path, itd_sql_mode mode, int wait_ms,
                                          itd_error *error);
/** NULL is fine. All queries must be finished. An open transaction is rolled back. */
static inline void itd_sql_close(itd_sql *sql)
{
    if (sql)
        sql->driver->close(sql);
}

/** Statements without parameters or results, separated by semicolons. @return as itd_sqlite_open */
ITD_MUST_CHECK static inline itd_status itd_sql_run(itd_sql *sql, const char *text, itd_error *error)
{
    return sql->driver->run(sql, text, error);
}

ITD_MUST_CHECK static inline itd_status itd_sql_prepare(itd_sql_query **out, itd_sql *sql, const char *text,
                                                        itd_error *error)
{
    return sql->driver->prepare(out, sql, text, error);
}
/** NULL is fine. */
static inline void itd_sql_finish(itd_sql_query *query)
{
    if (query)
        query->driver->finish(query);
}

/* Parameters count from 1. Texts and bytes are borrowed until the query is reset. A parameter that cannot be bound
 * comes out of the next step. */
static inline void itd_sql_bind_i64(itd_sql_query *query, int at, int64_t value)
{
    query->driver->bind_i64(query, at, value);
}
static inline void itd_sql_bind_text(itd_sql_query *query, int at, itd_sv text)
{
    query->driver->bind_text(query, at, text);
}
static inline void itd_sql_bind_blob(itd_sql_query *query, int at, itd_sv bytes)
{
    query->driver->bind_blob(query, at, bytes);
}
static inline void itd_sql_bind_null(itd_sql_query *query, int at)
{
    query->driver->bind_null(query, at);
}
/** NULL for an empty text. */
static inline void itd_sql_bind_some(itd_sql_query *query, int at, itd_sv text)
{
    if (text.size > 0)
        query->driver->bind_text(query, at, text);
    else
        query->driver->bind_null(query, at);
}

/** `*row` true: a row is there to be looked at; false: done, and the query is reset. */
ITD_MUST_CHECK static inline itd_status itd_sql_step(itd_sql_query *query, bool *row, itd_error *error)
{
    return query->driver->step(query, row, error);
}
/** Runs a query for what it does; a row that it gives is not looked at. Resets it. */
ITD_MUST_CHECK static inline itd_status itd_sql_do(itd_sql_query *query, itd_error *error)
{
    bool row;
    itd_status status = query->driver->step(query, &row, error);
    query->driver->reset(query);
    return status;
}
/** Parameters are forgotten too. */
static inline void itd_sql_reset(itd_sql_query *query)
{
    query->driver->reset(query);
}

/* Columns of the row that a step gave, from 0. Texts and bytes live until the next step or reset. */
static inline itd_sql_type itd_sql_type_of(const itd_sql_query *query, int column)
{
    return query->driver->type(query, column);
}
static inline bool itd_sql_is_null(const itd_sql_query *query, int column)
{
    return query->driver->type(query, column) == ITD_SQL_NULL;
}
static inline int64_t itd_sql_i64(const itd_sql_query *query, int column)
{
    return query->driver->i64(query, column);
}
/** A text or a blob; empty when NULL. */
static inline itd_sv itd_sql_bytes(const itd_sql_query *query, int column)
{
    return query->driver->bytes(query, column);
}
static inline int itd_sql_columns(const itd_sql_query *query)
{
    return query->driver->columns(query);
}
/** Number of the row that was inserted last. */
static inline int64_t itd_sql_last_row(const itd_sql *sql)
{
    return sql->driver->last_row(sql);
}
/** Rows that the last insert, update or delete touched. */
static inline int64_t itd_sql_changes(const itd_sql *sql)
{
    return sql->driver->changes(sql);
}

#endif
