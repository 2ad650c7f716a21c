/* A database under store/vfs.h, in a folder of its own: made, asked, damaged. */
#ifndef TESTS_SUPPORT_VFS_CASE_H
#define TESTS_SUPPORT_VFS_CASE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "store/vfs.h"
#include "support/cm.h"

/* A folder of its own for each test. */
typedef struct place {
    char folder[64], path[96];
} place;

static inline int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    if (!here)
        return -1;
    (void)snprintf(here->folder, sizeof here->folder, "/tmp/itd-vfs-XXXXXX");
    if (!mkdtemp(here->folder))
        return -1;
    (void)snprintf(here->path, sizeof here->path, "%s/x.case", here->folder);
    *state = here;
    return 0;
}

static inline void empty_folder(const place *here)
{
    DIR *dir = opendir(here->folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[400];
        (void)snprintf(path, sizeof path, "%s/%s", here->folder, entry->d_name);
        if (entry->d_name[0] != '.')
            (void)unlink(path);
    }
    (void)closedir(dir);
}

static inline int tear_down(void **state)
{
    place *here = *state;
    itd_fault_disarm(ITD_FAULT_WRITE);
    empty_folder(here);
    int result = rmdir(here->folder);
    free(here);
    return result;
}

static inline unsigned char *get_file(const char *path, size_t *size)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &about), 0);
    *size = (size_t)about.st_size;
    unsigned char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static inline void put_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void put_byte(const char *path, size_t offset, unsigned char byte)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, (long)offset, SEEK_SET), 0);
    assert_int_equal(fputc(byte, file), byte);
    assert_int_equal(fclose(file), 0);
}

static inline sqlite3 *open_case(const char *path)
{
    itd_error error = {0};
    sqlite3 *db = NULL;
    if (itd_store_vfs_open(&db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error) != ITD_OK)
        fail_msg("%s", error.message);
    return db;
}

static inline void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

/* The first column of the first row; the result code when there is none. */
static inline int ask(sqlite3 *db, const char *sql, char *out, size_t size)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        (void)snprintf(out, size, "%s", (const char *)sqlite3_column_text(statement, 0));
        result = SQLITE_OK;
    }
    (void)sqlite3_finalize(statement);
    return result;
}

static inline void assert_answer(sqlite3 *db, const char *sql, const char *wanted)
{
    char text[256] = "";
    int result = ask(db, sql, text, sizeof text);
    if (result != SQLITE_OK || strcmp(text, wanted) != 0)
        fail_msg("%s: \"%s\" (%s) instead of \"%s\"", sql, text, sqlite3_errmsg(db), wanted);
}

static inline void check_is_good(const char *path)
{
    itd_error error = {0};
    if (itd_store_vfs_check(NULL, path, &error) != ITD_OK)
        fail_msg("%s", error.message);
}

/* Rows of different content in a table and an index, long ones on overflow pages. */
static inline void make_case(const char *path, unsigned page_bytes, unsigned rows, const char *journal)
{
    char sql[256];
    sqlite3 *db = open_case(path);
    (void)snprintf(sql, sizeof sql, "PRAGMA page_size=%u; PRAGMA journal_mode=%s;", page_bytes, journal);
    run(db, sql);
    run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, body BLOB); CREATE INDEX i ON t(name);");
    (void)snprintf(sql, sizeof sql,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%u)"
                   " INSERT INTO t SELECT i, 'name '||(i*7919), zeroblob(i%%5*300) FROM n;",
                   rows);
    run(db, sql);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#define PLACE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
