#ifndef ITD_STORE_STORE_H
#define ITD_STORE_STORE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "model/statement.h"
#include "store/sql.h"

/* The case file: what was read, generation by generation, what was decided, and who did what. One file, one tenant.
 *
 * Everything that a command writes goes into one transaction with its audit record: after a crash a case is the old one
 * or the new one. Rows are never changed or deleted, but for the end of validity of statements and versions, and for
 * the single row of `work`. Times are microseconds UTC. A connection belongs to one thread at a time. */

/** Version of the tables (PRAGMA user_version); src/store/schema.c brings older ones up. */
#define ITD_STORE_SCHEMA 1
#define ITD_STORE_HASH 32 /**< bytes of every hash: BLAKE2b-256 */

typedef struct itd_store {
    itd_sql *sql;
    char *path;
    bool writing;    /**< opened for writing */
    bool in_work;    /**< inside of a transaction */
    bool two_person; /**< decisions need a second person */
    char id[33];     /**< of the case: 32 hex digits, drawn when it was made */
} itd_store;

typedef struct itd_store_options {
    bool two_person; /**< every decision needs a second person before it holds */
    int64_t now;     /**< time of creation */
} itd_store_options;

/** Makes an empty case at `path`, whole or not at all. @return as itd_sqlite_open */
ITD_MUST_CHECK itd_status itd_store_create(const char *path, const itd_store_options *options, itd_error *error);
/** Opens a case; for writing, older tables are brought up to date, whole or not at all.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EFORMAT (not a case; damaged) | ITD_EMISMATCH (made by a newer program; or by
 * an older one, and opened to read) | ITD_EBUSY | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_store_open(itd_store **out, const char *path, bool writing, itd_error *error);
/** NULL is fine; work that was not committed is undone. */
void itd_store_close(itd_store *store);

/** A transaction: of a writer it takes the lock at once; of a reader it holds one state of the case until it ends. */
ITD_MUST_CHECK itd_status itd_store_begin(itd_store *store, itd_error *error);
/** @return ITD_OK | ITD_EIO (nothing was written) */
ITD_MUST_CHECK itd_status itd_store_commit(itd_store *store, itd_error *error);
/** Undoes the transaction; without one it does nothing. */
void itd_store_rollback(itd_store *store);

/** Makes the tables of the current version in an empty database, or brings older ones up; inside of a transaction. */
ITD_MUST_CHECK itd_status itd_store_migrate(itd_sql *sql, int from, itd_error *error);

#endif
