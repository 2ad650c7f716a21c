/* Tables of the case file, and the steps from each version to the next. */
#include <assert.h>
#include <stdio.h>

#include "store/store.h"

/* `since` and `until` are generation numbers: a row holds in generation G when since <= G and (until IS NULL or
 * G < until). Every table whose rows a command adds carries the number of that command's audit record, and the audit
 * record carries the hash of those rows (store/audit.h); statements, versions and records hang on the hash of their
 * generation. A version is tangled when its record says something of entities that are not its own parts. */
static const char *const step_1 =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    /* What was read. */
    "CREATE TABLE dataset (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, audit INTEGER NOT NULL);"
    "CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL, bytes INTEGER NOT NULL,"
    " audit INTEGER NOT NULL, UNIQUE (hash, name));"
    "CREATE TABLE generation (number INTEGER PRIMARY KEY, dataset INTEGER NOT NULL REFERENCES dataset,"
    " version TEXT NOT NULL, imported INTEGER NOT NULL, records INTEGER NOT NULL, statements INTEGER NOT NULL,"
    " added INTEGER NOT NULL, changed INTEGER NOT NULL, removed INTEGER NOT NULL, rejected INTEGER NOT NULL,"
    " orphans INTEGER NOT NULL, hash BLOB NOT NULL, audit INTEGER NOT NULL);"
    "CREATE TABLE generation_document (generation INTEGER NOT NULL, document INTEGER NOT NULL,"
    " audit INTEGER NOT NULL, PRIMARY KEY (generation, document)) WITHOUT ROWID;"
    "CREATE TABLE sighting (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, seen INTEGER NOT NULL,"
    " version TEXT NOT NULL, audit INTEGER NOT NULL);"
    "CREATE TABLE record (id INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, key TEXT NOT NULL,"
    " UNIQUE (dataset, key));"
    "CREATE TABLE version (record INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER, hash BLOB NOT NULL,"
    " entity INTEGER NOT NULL, tangled INTEGER NOT NULL, PRIMARY KEY (record, since)) WITHOUT ROWID;"
    "CREATE TABLE statement (id INTEGER PRIMARY KEY, record INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER,"
    " entity TEXT, schema TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, original TEXT, lang TEXT,"
    " origin TEXT, reliability TEXT, credibility TEXT, tlp INTEGER NOT NULL, first_seen TEXT, last_seen TEXT,"
    " document INTEGER, line INTEGER, offset INTEGER, span INTEGER);"
    "CREATE INDEX statement_record ON statement (record);"
    /* What was asked and found. */
    "CREATE TABLE question_set (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, count INTEGER NOT NULL,"
    " audit INTEGER NOT NULL);"
    "CREATE TABLE question (question_set INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,"
    " content TEXT NOT NULL, hash BLOB NOT NULL, audit INTEGER NOT NULL, PRIMARY KEY (question_set, position))"
    " WITHOUT ROWID;"
    "CREATE INDEX question_id ON question (id);"
    "CREATE TABLE question_store (id INTEGER PRIMARY KEY, name TEXT NOT NULL, question_set INTEGER NOT NULL,"
    " options TEXT NOT NULL, audit INTEGER NOT NULL);"
    "CREATE INDEX question_store_name ON question_store (name);"
    "CREATE TABLE alert (id INTEGER PRIMARY KEY, query TEXT NOT NULL, hit TEXT NOT NULL, question BLOB NOT NULL,"
    " record BLOB NOT NULL, rules TEXT NOT NULL, score_micro INTEGER NOT NULL, audit INTEGER NOT NULL);"
    "CREATE INDEX alert_pair ON alert (query, hit);"
    /* What was decided. */
    "CREATE TABLE decision (id INTEGER PRIMARY KEY, query TEXT NOT NULL, hit TEXT NOT NULL, decision TEXT NOT NULL,"
    " reason TEXT NOT NULL, person TEXT NOT NULL, second TEXT, made INTEGER NOT NULL, until INTEGER,"
    " question BLOB NOT NULL, record BLOB NOT NULL, rules TEXT NOT NULL, approves INTEGER REFERENCES decision,"
    " audit INTEGER NOT NULL);"
    "CREATE INDEX decision_pair ON decision (query, hit);"
    "CREATE TABLE judgement (id INTEGER PRIMARY KEY, left TEXT NOT NULL, right TEXT NOT NULL, judgement TEXT NOT NULL,"
    " reason TEXT NOT NULL, person TEXT NOT NULL, made INTEGER NOT NULL, audit INTEGER NOT NULL);"
    "CREATE INDEX judgement_pair ON judgement (left, right);"
    /* Rows of a command are found by its record at a cost of those rows, however many others there are. */
    "CREATE INDEX dataset_audit ON dataset (audit);"
    "CREATE INDEX document_audit ON document (audit);"
    "CREATE INDEX generation_audit ON generation (audit);"
    "CREATE INDEX generation_document_audit ON generation_document (audit);"
    "CREATE INDEX sighting_audit ON sighting (audit);"
    "CREATE INDEX question_set_audit ON question_set (audit);"
    "CREATE INDEX question_audit ON question (audit);"
    "CREATE INDEX question_store_audit ON question_store (audit);"
    "CREATE INDEX alert_audit ON alert (audit);"
    "CREATE INDEX decision_audit ON decision (audit);"
    "CREATE INDEX judgement_audit ON judgement (audit);"
    /* Who did what. */
    "CREATE TABLE audit (number INTEGER PRIMARY KEY, content TEXT NOT NULL, hash BLOB NOT NULL);"
    "CREATE TABLE checkpoint (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, hash BLOB NOT NULL, made INTEGER NOT"
    " NULL, key BLOB NOT NULL, signature BLOB NOT NULL);"
    "CREATE TABLE work (id INTEGER PRIMARY KEY CHECK (id = 1), command TEXT NOT NULL, person TEXT NOT NULL,"
    " began INTEGER NOT NULL, process INTEGER NOT NULL,"
    " started INTEGER NOT NULL);";

static const char *const steps[] = {step_1};
_Static_assert(sizeof steps / sizeof steps[0] == ITD_STORE_SCHEMA, "a step for each version of the tables");

itd_status itd_store_migrate(itd_sql *sql, int from, itd_error *error)
{
    assert(sql && from >= 0 && from <= ITD_STORE_SCHEMA);
    for (int at = from; at < ITD_STORE_SCHEMA; at++) {
        char version[48];
        (void)snprintf(version, sizeof version, "PRAGMA user_version = %d", at + 1);
        ITD_TRY(itd_sql_run(sql, steps[at], error));
        ITD_TRY(itd_sql_run(sql, version, error));
    }
    return ITD_OK;
}
