#include "store/checkpoint.h"

#include <sys/stat.h>

#include "base/secret.h"
#include "support/case.h"
#include "support/faults.h"

static void path_of(char *out, size_t size, const case_place *here, const char *name)
{
    (void)snprintf(out, size, "%s/%s", here->folder, name);
}

static itd_checkpoint must_sign(case_place *here, const itd_signing_key *key)
{
    itd_error error = {0};
    itd_checkpoint c;
    assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
    assert_int_equal(itd_checkpoint_make(&c, here->store, key, CASE_MADE + 5, &error), ITD_OK);
    assert_int_equal(itd_store_commit(here->store, &error), ITD_OK);
    return c;
}

/* The first test vector of RFC 8032, section 7.1: the public half of a seed. */
static const unsigned char rfc_seed[32] = {0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a,
                                           0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32,
                                           0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
#define RFC_SEED "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define RFC_PUBLIC "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

static void write_key(const char *path, const char *text, unsigned mode)
{
    (void)unlink(path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void a_key_is_read_as_it_was_made(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_signing_key made, other, read;
    char path[128], second[128];
    struct stat about;
    path_of(path, sizeof path, here, "a.key");
    path_of(second, sizeof second, here, "b.key");
    assert_int_equal(itd_signing_key_make(&made, path, &error), ITD_OK);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_size, 16 + 2 * (7 + 64 + 1));
    assert_int_equal(itd_signing_key_read(&read, path, &error), ITD_OK);
    assert_memory_equal(&read, &made, sizeof made);
    assert_int_equal(itd_signing_key_make(&other, path, &error), ITD_EINVAL); /* nothing is replaced */
    assert_int_equal(itd_signing_key_make(&other, second, &error), ITD_OK);
    assert_memory_not_equal(&other, &made, sizeof made);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(unlink(second), 0);
    assert_int_equal(itd_signing_key_read(&read, path, &error), ITD_ENOTFOUND);
    write_key(path, "interdict-key-1\npublic " RFC_PUBLIC "\nsecret " RFC_SEED "\n", 0600);
    assert_int_equal(itd_signing_key_read(&read, path, &error), ITD_OK);
    assert_memory_equal(read.seed, rfc_seed, sizeof rfc_seed);
    assert_int_equal(unlink(path), 0);
}

static void what_is_no_key_is_refused(void **state)
{
    case_place *here = *state;
    static const char good[] = "interdict-key-1\npublic " RFC_PUBLIC "\nsecret " RFC_SEED "\n";
    itd_error error = {0};
    itd_signing_key key;
    char path[128], text[sizeof good + 8];
    path_of(path, sizeof path, here, "a.key");
    static const unsigned modes[] = {0640, 0604, 0660, 0610, 0601, 0700};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        write_key(path, good, modes[i]);
        bool fine = modes[i] == 0700;
        assert_int_equal(itd_signing_key_read(&key, path, &error), fine ? ITD_OK : ITD_EIO);
        if (!fine)
            assert_non_null(strstr(error.message, "others than its owner"));
    }
    for (size_t i = 0; i < sizeof good - 1; i++) { /* any byte another one, or the rest cut off */
        memcpy(text, good, sizeof good);
        text[i] ^= 1;
        write_key(path, text, 0600);
        if (itd_signing_key_read(&key, path, &error) != ITD_EFORMAT)
            fail_msg("byte %zu", i);
        text[i] = '\0';
        write_key(path, text, 0600);
        if (itd_signing_key_read(&key, path, &error) != ITD_EFORMAT)
            fail_msg("%zu bytes", i);
    }
    memcpy(text, good, sizeof good);
    memcpy(text + sizeof good - 1, "\n", 2);
    write_key(path, text, 0600);
    assert_int_equal(itd_signing_key_read(&key, path, &error), ITD_EFORMAT);
    assert_int_equal(truncate(path, ITD_SECRET_BYTES_MAX + 1), 0);
    assert_int_equal(itd_signing_key_read(&key, path, &error), ITD_EFORMAT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(itd_signing_key_read(&key, here->folder, &error), ITD_EIO);
}

static void a_line_is_read_as_it_was_written(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_signing_key key;
    itd_checkpoint back;
    char path[128], line[ITD_CHECKPOINT_LINE_MAX], text[ITD_CHECKPOINT_LINE_MAX];
    path_of(path, sizeof path, here, "a.key");
    assert_int_equal(itd_signing_key_make(&key, path, &error), ITD_OK);
    assert_int_equal(unlink(path), 0);
    itd_checkpoint made = must_sign(here, &key);
    itd_sv said = itd_checkpoint_line(line, &made);
    (void)snprintf(text, sizeof text, "{\"format\":\"interdict-checkpoint-1\",\"case\":\"%s\",\"number\":0,\"hash\":\"",
                   here->store->id);
    assert_true(itd_sv_starts(said, itd_sv_of(text)));
    assert_int_equal(itd_checkpoint_parse(&back, said, &error), ITD_OK);
    assert_memory_equal(&back, &made, sizeof made);
    assert_true(itd_checkpoint_is_signed(&back));
    assert_int_equal(itd_checkpoint_fits(here->store, &back, &error), ITD_OK);
    /* Any bit of it: not read, or not signed. */
    for (size_t i = 0; i < said.size; i++)
        for (int bit = 0; bit < 8; bit++) {
            memcpy(text, said.data, said.size);
            text[i] = (char)((unsigned char)text[i] ^ 1u << bit);
            itd_status status = itd_checkpoint_parse(&back, itd_sv_make(text, said.size), &error);
            if (status == ITD_OK ? itd_checkpoint_is_signed(&back) : status != ITD_EFORMAT)
                fail_msg("byte %zu, bit %d", i, bit);
        }
    for (size_t i = 0; i < said.size; i++)
        assert_int_equal(itd_checkpoint_parse(&back, itd_sv_make(line, i), &error), ITD_EFORMAT);
    char longest[ITD_CHECKPOINT_LINE_MAX + 1];
    memset(longest, ' ', sizeof longest);
    assert_int_equal(itd_checkpoint_parse(&back, itd_sv_make(longest, sizeof longest), &error), ITD_EFORMAT);
}

static void a_checkpoint_of_another_case_does_not_fit(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_signing_key key = {0};
    itd_checkpoint made = must_sign(here, &key);
    made.case_id[0] = made.case_id[0] == '0' ? '1' : '0';
    assert_int_equal(itd_checkpoint_fits(here->store, &made, &error), ITD_EMISMATCH);
    assert_non_null(strstr(error.message, "is of case"));
    made = must_sign(here, &key);
    made.number = 7;
    assert_int_equal(itd_checkpoint_fits(here->store, &made, &error), ITD_EFORMAT);
    assert_string_equal(error.message, "audit record 7 is gone: a checkpoint of 2026-01-01T00:00:00.000005Z has it");
    made.number = 0;
    made.hash[31] ^= 1;
    assert_int_equal(itd_checkpoint_fits(here->store, &made, &error), ITD_EFORMAT);
}

typedef struct attempt {
    case_place *here;
    char path[128];
    itd_signing_key key;
} attempt;

static itd_status make_once(void *context, itd_error *error)
{
    attempt *a = context;
    return itd_signing_key_make(&a->key, a->path, error);
}

static void no_file_is_there(void *context)
{
    const attempt *a = context;
    assert_int_equal(access(a->path, F_OK), -1);
    assert_true(rmdir(a->here->folder) != 0); /* the case is in it */
}

static itd_status sign_once(void *context, itd_error *error)
{
    attempt *a = context;
    itd_checkpoint c;
    ITD_TRY(itd_store_begin(a->here->store, error));
    itd_status status = itd_checkpoint_make(&c, a->here->store, &a->key, CASE_MADE, error);
    if (status == ITD_OK)
        status = itd_store_commit(a->here->store, error);
    itd_store_rollback(a->here->store);
    return status;
}

static itd_status count_one(void *user, const itd_checkpoint *checkpoint, itd_error *error)
{
    (void)checkpoint;
    (void)error;
    ++*(int *)user;
    return ITD_OK;
}

static void anything_may_fail(void **state)
{
    case_place *here = *state;
    attempt a = {.here = here};
    itd_error error = {0};
    int kept = 0;
    path_of(a.path, sizeof a.path, here, "a.key");
    assert_true(faults_each(ITD_FAULT_WRITE, make_once, no_file_is_there, &a) >= 4);
    assert_int_equal(unlink(a.path), 0);
    assert_int_equal(faults_each(ITD_FAULT_MEMORY, make_once, no_file_is_there, &a), 1);
    assert_int_equal(unlink(a.path), 0);
    assert_true(faults_each(ITD_FAULT_MEMORY, sign_once, NULL, &a) > 0);
    assert_int_equal(itd_checkpoint_each(here->store, count_one, &kept, &error), ITD_OK);
    assert_int_equal(kept, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, case_set_up, case_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_key_is_read_as_it_was_made),
        TEST(what_is_no_key_is_refused),
        TEST(a_line_is_read_as_it_was_written),
        TEST(a_checkpoint_of_another_case_does_not_fit),
        TEST(anything_may_fail),
    };
    return cmocka_run_group_tests_name("checkpoint", tests, NULL, NULL);
}
