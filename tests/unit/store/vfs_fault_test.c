/* A change of a database under store/vfs.h with each write, then each allocation, refused in turn, and the process
 * killed at each write: the old or the new content is left. */
#include "store/vfs.h"

#include <sys/wait.h>

#include "support/faults.h"
#include "support/vfs_case.h"

/* One case and the change to it that faults and kills interrupt. */
static void begin_change(const place *here)
{
    static unsigned char *bytes;
    static size_t size;
    empty_folder(here);
    if (!bytes) {
        make_case(here->path, 1024, 20, "wal");
        bytes = get_file(here->path, &size); /* kept for all tests */
    }
    put_file(here->path, bytes, size);
}

static int change(const char *path)
{
    itd_error error = {0};
    sqlite3 *db = NULL;
    if (itd_store_vfs_open(&db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error) != ITD_OK)
        return SQLITE_CANTOPEN;
    int result = sqlite3_exec(db,
                              "PRAGMA synchronous=FULL; PRAGMA cache_size=4; BEGIN; UPDATE t SET name='new '||id;"
                              "INSERT INTO t SELECT id+1000, 'more', zeroblob(700) FROM t; COMMIT;"
                              "PRAGMA wal_checkpoint(TRUNCATE);",
                              NULL, NULL, NULL);
    (void)sqlite3_close(db);
    return result;
}

/* @return whether the new content is there; anything but old and new fails the test */
static bool is_new(const char *path)
{
    char text[64] = "";
    check_is_good(path); /* as it was left, before SQLite puts it in order */
    sqlite3 *db = open_case(path);
    assert_answer(db, "PRAGMA integrity_check", "ok");
    assert_int_equal(ask(db, "SELECT count(*)||' '||sum(name LIKE 'new %') FROM t", text, sizeof text), SQLITE_OK);
    run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    check_is_good(path);
    bool is = strcmp(text, "40 20") == 0;
    if (!is && strcmp(text, "20 0") != 0)
        fail_msg("neither old nor new: %s", text);
    return is;
}

static void each_write_refused(const place *here, itd_fault_effect effect)
{
    size_t old = 0, new = 0;
    for (uint64_t n = 0;; n++) {
        begin_change(here);
        itd_fault_arm_effect(ITD_FAULT_WRITE, n, effect);
        int result = change(here->path);
        bool fired = itd_fault_fired(ITD_FAULT_WRITE);
        itd_fault_disarm(ITD_FAULT_WRITE);
        bool is = is_new(here->path);
        if (!fired) {
            assert_int_equal(result, SQLITE_OK);
            assert_true(is);
            break;
        }
        if (result == SQLITE_OK && !is)
            fail_msg("refused write %llu: done, it said, and is not", (unsigned long long)n);
        old += !is;
        new += is;
    }

    assert_true(old > 30 && new > 5);
}

static void a_refused_write_leaves_old_or_new(void **state)
{
    each_write_refused(*state, ITD_FAULT_FAILS);
}

static void a_full_disk_leaves_old_or_new(void **state)
{
    each_write_refused(*state, ITD_FAULT_FULL);
}

/* @return false when the change came to its end */
static bool killed_at(const place *here, uint64_t n, itd_fault_effect effect)
{
    int ended = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        itd_fault_arm_effect(ITD_FAULT_WRITE, n, effect);
        _exit(change(here->path) == SQLITE_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    if (WIFSIGNALED(ended)) {
        assert_int_equal(WTERMSIG(ended), SIGKILL);
        return true;
    }
    assert_int_equal(WEXITSTATUS(ended), 0);
    return false;
}

static void each_write_killed(const place *here, itd_fault_effect effect)
{
    bool seen = false;
    size_t old = 0, new = 0;
    for (uint64_t n = 0;; n++) {
        begin_change(here);
        bool killed = killed_at(here, n, effect);
        bool is = is_new(here->path);
        if (!killed) {
            assert_true(is);
            break;
        }
        /* Once committed, it stays so at every later point. */
        if (seen && !is)
            fail_msg("killed at write %llu: the old content came back", (unsigned long long)n);
        seen = is;
        old += !is;
        new += is;
    }

    assert_true(old > 30 && new > 5);
}

static void killed_at_each_write(void **state)
{
    each_write_killed(*state, ITD_FAULT_KILLS);
}

static void killed_in_the_middle_of_each_write(void **state)
{
    each_write_killed(*state, ITD_FAULT_TEARS);
}

static itd_status check_again(void *context, itd_error *error)
{
    const place *here = context;
    return itd_store_vfs_check(NULL, here->path, error);
}

static void each_allocation_of_a_check_fails(void **state)
{
    place *here = *state;
    make_case(here->path, 1024, 60, "wal");
    sqlite3 *db = open_case(here->path);
    run(db, "UPDATE t SET name='x'");
    assert_true(faults_each(ITD_FAULT_MEMORY, check_again, NULL, here) >= 4);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void each_allocation_of_a_change_fails(void **state)
{
    const place *here = *state;
    for (uint64_t n = 0;; n++) {
        begin_change(here);
        itd_fault_arm(ITD_FAULT_MEMORY, n);
        int result = change(here->path);
        bool fired = itd_fault_fired(ITD_FAULT_MEMORY);
        itd_fault_disarm(ITD_FAULT_MEMORY);
        bool is = is_new(here->path);
        assert_true(is || result == SQLITE_IOERR_NOMEM || result == SQLITE_NOMEM);
        if (!fired) {
            assert_int_equal(result, SQLITE_OK);
            assert_true(n > 0);
            break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(a_refused_write_leaves_old_or_new),
        PLACE_TEST(a_full_disk_leaves_old_or_new),
        PLACE_TEST(killed_at_each_write),
        PLACE_TEST(killed_in_the_middle_of_each_write),
        PLACE_TEST(each_allocation_of_a_check_fails),
        PLACE_TEST(each_allocation_of_a_change_fails),
    };
    return cmocka_run_group_tests_name("store/vfs_fault", tests, NULL, NULL);
}
