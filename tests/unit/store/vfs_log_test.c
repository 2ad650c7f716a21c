/* The write-ahead log under store/vfs.h: what is read from it, and from one that was left behind. */
#include "store/vfs.h"

#include "support/random.h"
#include "support/vfs_case.h"

static int damage_of_log(const place *here, itd_error *error)
{
    char text[256];
    *error = (itd_error){.offset = ITD_NOWHERE};
    sqlite3 *db = open_case(here->path);
    int result = ask(db, "SELECT count(*)||sum(length(name)+length(body)) FROM t", text, sizeof text);
    (void)itd_store_vfs_damage(db, error);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return result;
}

/* While the case is in use: SQLite itself believes a log that it knows. */
static void damage_of_the_log_is_found(void **state)
{
    const place *here = *state;
    char log[128], text[256], wanted[64];
    itd_error error;
    make_case(here->path, 512, 40, "wal");
    (void)snprintf(log, sizeof log, "%s-wal", here->path);
    sqlite3 *writer = open_case(here->path);
    run(writer, "PRAGMA wal_autocheckpoint=0; UPDATE t SET name='again '||id, body=zeroblob(700) WHERE id<9");
    size_t size, found = 0;
    unsigned char *bytes = get_file(log, &size);
    const size_t frame_bytes = 24 + 512, frames = (size - 32) / frame_bytes;
    assert_true(frames > 10);
    assert_int_equal(damage_of_log(here, &error), SQLITE_OK);
    for (size_t i = 0; i < size; i += i < 32 + 2 * frame_bytes ? 1 : 7) {
        const size_t within = i < 32 ? 0 : (i - 32) % frame_bytes;
        put_byte(log, i, (unsigned char)(bytes[i] ^ 1U << i % 8));
        int result = damage_of_log(here, &error);
        if (i < 32) {
            assert_int_equal(result, SQLITE_IOERR_DATA);
            assert_string_equal(error.message, "the header of the log is damaged");
        } else if (result == SQLITE_OK) {
            /* Salts count when a log that was left behind is opened; frames of the index and of pages that came again
             * were not read. */
            assert_string_equal(error.message, "");
        } else {
            assert_int_equal(result, SQLITE_IOERR_DATA);
            size_t frame = (i - 32) / frame_bytes + 1;
            (void)snprintf(wanted, sizeof wanted, "frame %zu of the log is damaged", frame);
            /* A frame's sum begins with that of the frame before. */
            if (within < 16 || within >= 24)
                assert_string_equal(error.message, wanted);
            found++;
        }
        put_byte(log, i, bytes[i]);
    }
    assert_true(found > 400);

    /* Whichever frame: nothing damaged is copied into the database. */
    for (size_t frame = 0; frame < frames; frame++) {
        size_t at = 32 + frame * frame_bytes + 24 + 100;
        put_byte(log, at, (unsigned char)(bytes[at] ^ 16));
        sqlite3 *db = open_case(here->path);
        int result = sqlite3_exec(db, "PRAGMA wal_checkpoint(FULL)", NULL, NULL, NULL);
        assert_int_equal(result, SQLITE_IOERR_DATA);
        assert_int_equal(itd_store_vfs_damage(db, NULL), ITD_EFORMAT);
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        put_byte(log, at, bytes[at]);
    }
    assert_int_equal(damage_of_log(here, &error), SQLITE_OK);
    run(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
    assert_int_equal(ask(writer, "PRAGMA integrity_check", text, sizeof text), SQLITE_OK);
    assert_string_equal(text, "ok");
    assert_int_equal(sqlite3_close(writer), SQLITE_OK);
    check_is_good(here->path);
    free(bytes);
}

/* A case with a log that was left behind: pages that the log has count there, the others in the file. */
static void check_reads_a_log_that_was_left(void **state)
{
    const place *here = *state;
    char log[128];
    itd_store_vfs_checked checked = {0};
    itd_error error = {0};
    make_case(here->path, 512, 40, "wal");
    (void)snprintf(log, sizeof log, "%s-wal", here->path);
    sqlite3 *db = open_case(here->path);
    run(db, "PRAGMA wal_autocheckpoint=0; UPDATE t SET name='again '||id WHERE id=7; DELETE FROM t WHERE id>38");
    size_t size, log_size;
    unsigned char *bytes = get_file(here->path, &size), *log_bytes = get_file(log, &log_size);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    put_file(here->path, bytes, size);
    put_file(log, log_bytes, log_size);
    const size_t frames = (log_size - 32) / 536;
    bool held[256] = {false};
    assert_true(size / 512 < 256);
    for (size_t i = 0; i < frames; i++)
        held[log_bytes[32 + i * 536 + 3]] = true;
    assert_int_equal(itd_store_vfs_check(&checked, here->path, &error), ITD_OK);
    assert_int_equal(checked.log_frames, frames);
    assert_false(checked.log_unfinished);
    for (size_t page = 1; page < size / 512; page++) {
        put_byte(here->path, page * 512 + 9, (unsigned char)(bytes[page * 512 + 9] ^ 1));
        assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), held[page + 1] ? ITD_OK : ITD_EFORMAT);
        put_byte(here->path, page * 512 + 9, bytes[page * 512 + 9]);
    }
    /* Each byte of the log: what follows the damage is not taken for committed. */
    for (size_t i = 0; i < log_size; i += 3) {
        put_byte(log, i, (unsigned char)(log_bytes[i] ^ 1U << i % 8));
        assert_int_equal(itd_store_vfs_check(&checked, here->path, &error), ITD_OK);
        assert_true(checked.log_frames <= (i < 32 ? 0 : (i - 32) / 536));
        /* A frame with other salts is one of an older log. */
        size_t within = i < 32 ? 0 : (i - 32) % 536;
        assert_true(checked.log_unfinished || within / 8 == 1 || checked.log_frames > 0);
        put_byte(log, i, log_bytes[i]);
    }
    free(bytes);
    free(log_bytes);
}

/* The case as it would be after a crash at this moment. */
static void assert_survives(const place *here, const char *sql)
{
    char log[128], copy[128], copy_log[136], text[256];
    size_t size, log_size;
    (void)snprintf(log, sizeof log, "%s-wal", here->path);
    (void)snprintf(copy, sizeof copy, "%s/copy", here->folder);
    (void)snprintf(copy_log, sizeof copy_log, "%s-wal", copy);
    sqlite3 *db = open_case(here->path);
    assert_int_equal(ask(db, sql, text, sizeof text), SQLITE_OK);
    unsigned char *bytes = get_file(here->path, &size), *log_bytes = get_file(log, &log_size);
    put_file(copy, bytes, size);
    put_file(copy_log, log_bytes, log_size);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    check_is_good(copy);
    db = open_case(copy);
    assert_answer(db, sql, text);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(bytes);
    free(log_bytes);
}

/* Transactions that outgrow the cache, undone in part and in whole, by two connections in turn: nothing that is sound
 * is called damaged, and what was committed survives a crash. */
static void nothing_sound_is_called_damaged(void **state)
{
    const place *here = *state;
    sqlite3 *db[2];
    itd_error error = {0};
    uint64_t seed = 77;
    size_t committed = 0, refused = 0;
    make_case(here->path, 512, 200, "wal");
    for (size_t i = 0; i < 2; i++) {
        db[i] = open_case(here->path);
        run(db[i], "PRAGMA cache_size=3; PRAGMA synchronous=OFF");
    }
    for (int round = 0; round < 120; round++) {
        sqlite3 *one = db[random_below(&seed, 2)];
        char sql[200];
        (void)snprintf(sql, sizeof sql, "PRAGMA wal_autocheckpoint=%u; BEGIN IMMEDIATE",
                       (unsigned)random_below(&seed, 2) * 30);
        run(one, sql);
        for (uint64_t i = random_below(&seed, 5); i > 0; i--) {
            (void)snprintf(sql, sizeof sql, "UPDATE t SET body=zeroblob(%u) WHERE id%%%u=%u",
                           (unsigned)random_below(&seed, 900), (unsigned)random_below(&seed, 9) + 1,
                           (unsigned)random_below(&seed, 3));
            run(one, "SAVEPOINT s");
            run(one, sql);
            run(one, random_below(&seed, 9) == 0 ? "ROLLBACK TO s; RELEASE s" : "RELEASE s");
            assert_answer(one, "SELECT count(length(body)) FROM t", "200");
        }
        int result = sqlite3_exec(one, random_below(&seed, 4) == 0 ? "ROLLBACK" : "COMMIT", NULL, NULL, NULL);
        assert_true(result == SQLITE_OK || result == SQLITE_IOERR_WRITE);
        committed += result == SQLITE_OK;
        refused += result != SQLITE_OK;
        if (random_below(&seed, 9) == 0)
            run(one, "PRAGMA wal_checkpoint(RESTART)");
        for (size_t i = 0; i < 2; i++)
            assert_answer(db[i], "SELECT count(length(body)) FROM t", "200");
        check_is_good(here->path);
        assert_survives(here, "SELECT sum(id*length(body)) FROM t");
    }
    /* Those after an undone savepoint that could not have survived. */
    assert_true(committed > 80 && refused < 30);
    for (size_t i = 0; i < 2; i++) {
        assert_answer(db[i], "PRAGMA integrity_check", "ok");
        assert_int_equal(itd_store_vfs_damage(db[i], &error), ITD_OK);
        assert_int_equal(sqlite3_close(db[i]), SQLITE_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(damage_of_the_log_is_found),
        PLACE_TEST(check_reads_a_log_that_was_left),
        PLACE_TEST(nothing_sound_is_called_damaged),
    };
    return cmocka_run_group_tests_name("store/vfs_log", tests, NULL, NULL);
}
