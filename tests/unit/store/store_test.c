#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "support/cm.h"
#include "support/faults.h"

/* A folder with a case in it. */
typedef struct place {
    char folder[64], path[96];
} place;

static const itd_store_options plain = {.now = 1767225600000000};

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    if (!here)
        return -1;
    (void)snprintf(here->folder, sizeof here->folder, "/tmp/itd-store-XXXXXX");
    if (!mkdtemp(here->folder))
        return -1;
    (void)snprintf(here->path, sizeof here->path, "%s/c.case", here->folder);
    *state = here;
    return 0;
}

static int tear_down(void **state)
{
    place *here = *state;
    (void)unlink(here->path);
    int left = rmdir(here->folder); /* nothing beside the case was left */
    free(here);
    return left;
}

static void run(itd_store *store, const char *text)
{
    itd_error error = {0};
    if (itd_sql_run(store->sql, text, &error) != ITD_OK)
        fail_msg("%s: %s", text, error.message);
}

static void a_new_case_has_an_id_and_its_options(void **state)
{
    const place *here = *state;
    itd_error error = {0};
    itd_store *store = NULL;
    itd_store_options options = plain;
    options.two_person = true;
    assert_int_equal(itd_store_create(here->path, &options, &error), ITD_OK);
    assert_int_equal(itd_store_open(&store, here->path, false, &error), ITD_OK);
    assert_true(store->two_person);
    assert_int_equal(strlen(store->id), 32);
    itd_store_close(store);
    assert_int_equal(itd_store_create(here->path, &options, &error), ITD_EINVAL);
    assert_non_null(strstr(error.message, "there is a file of that name"));
}

static void what_is_not_a_case_is_refused(void **state)
{
    const place *here = *state;
    itd_error error = {0};
    itd_store *store = NULL;
    assert_int_equal(itd_store_open(&store, here->path, false, &error), ITD_ENOTFOUND);
    FILE *file = fopen(here->path, "w");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        assert_true(fputs("a,b,c\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(itd_store_open(&store, here->path, false, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "no case file"));
    assert_null(store);
}

static void a_newer_case_is_refused(void **state)
{
    const place *here = *state;
    itd_error error = {0};
    itd_store *store = NULL;
    assert_int_equal(itd_store_create(here->path, &plain, &error), ITD_OK);
    assert_int_equal(itd_store_open(&store, here->path, true, &error), ITD_OK);
    run(store, "PRAGMA user_version = 1000");
    itd_store_close(store);
    assert_int_equal(itd_store_open(&store, here->path, true, &error), ITD_EMISMATCH);
    assert_non_null(strstr(error.message, "newer"));
}

static void a_second_writer_is_told_of_the_lock(void **state)
{
    const place *here = *state;
    itd_error error = {0};
    itd_store *one = NULL, *two = NULL;
    assert_int_equal(itd_store_create(here->path, &plain, &error), ITD_OK);
    assert_int_equal(itd_store_open(&one, here->path, true, &error), ITD_OK);
    assert_int_equal(itd_store_open(&two, here->path, true, &error), ITD_OK);
    run(two, "PRAGMA busy_timeout = 10");
    assert_int_equal(itd_store_begin(one, &error), ITD_OK);
    assert_int_equal(itd_store_begin(two, &error), ITD_EBUSY);
    assert_non_null(strstr(error.message, "locked by another process"));
    /* What is not committed is not seen, and is gone when the connection ends. */
    run(one, "INSERT INTO meta VALUES ('x', 'y')");
    itd_store_close(one);
    assert_int_equal(itd_store_begin(two, &error), ITD_OK);
    run(two, "INSERT INTO meta VALUES ('x', 'z')");
    assert_int_equal(itd_store_commit(two, &error), ITD_OK);
    itd_store_close(two);
}

static void nothing_is_left_when_making_fails(void **state)
{
    const place *here = *state;
    itd_error error = {0};
    bool made = false;
    for (uint64_t after = 0; !made; after++) {
        itd_fault_arm(ITD_FAULT_MEMORY, after);
        itd_status status = itd_store_create(here->path, &plain, &error);
        bool fired = itd_fault_fired(ITD_FAULT_MEMORY);
        itd_fault_disarm(ITD_FAULT_MEMORY);
        made = !fired;
        assert_int_equal(status, fired ? ITD_ENOMEM : ITD_OK);
        assert_int_equal(access(here->path, F_OK), made ? 0 : -1);
    }
}

/* Nothing is left, or a whole case and nothing beside it: a full disk that shows only when SQLite puts its log into the
 * file is told too. */
static void a_refused_write_leaves_no_case_or_a_whole_one(void **state)
{
    const place *here = *state;
    for (int effect = ITD_FAULT_FAILS; effect <= ITD_FAULT_FULL; effect++) {
        bool made = false;
        uint64_t tries = 0;
        for (; !made; tries++) {
            itd_error error = {0};
            itd_store *store = NULL;
            itd_fault_arm_effect(ITD_FAULT_WRITE, tries, (itd_fault_effect)effect);
            itd_status status = itd_store_create(here->path, &plain, &error);
            made = !itd_fault_fired(ITD_FAULT_WRITE);
            itd_fault_disarm(ITD_FAULT_WRITE);
            assert_true(status == ITD_OK || (!made && status == ITD_EIO));
            if (status == ITD_OK) {
                if (itd_store_open(&store, here->path, true, &error) != ITD_OK)
                    fail_msg("after refused write %llu: %s", (unsigned long long)tries, error.message);
                itd_store_close(store);
                assert_int_equal(unlink(here->path), 0);
            }
            assert_int_equal(rmdir(here->folder), 0); /* nothing else was left */
            assert_int_equal(mkdir(here->folder, 0700), 0);
        }
        assert_true(tries > 50);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_case_has_an_id_and_its_options, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_a_case_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_case_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_writer_is_told_of_the_lock, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_left_when_making_fails, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refused_write_leaves_no_case_or_a_whole_one, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
