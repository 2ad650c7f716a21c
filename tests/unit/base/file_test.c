#include "base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "support/faults.h"

/* A folder of its own for each test. */
typedef struct place {
    char folder[64], target[96];
} place;

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    if (!here)
        return -1;
    (void)snprintf(here->folder, sizeof here->folder, "/tmp/itd-file-XXXXXX");
    if (!mkdtemp(here->folder))
        return -1;
    (void)snprintf(here->target, sizeof here->target, "%s/target", here->folder);
    *state = here;
    return 0;
}

static size_t count_files(const char *folder, bool remove)
{
    size_t count = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[400];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (remove)
            (void)unlink(path);
    }
    (void)closedir(dir);
    return count;
}

static int tear_down(void **state)
{
    place *here = *state;
    (void)count_files(here->folder, true);
    int result = rmdir(here->folder);
    free(here);
    return result;
}

static void put_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void assert_content(const char *path, itd_sv want)
{
    itd_mapping mapping;
    assert_int_equal(itd_mapping_open(&mapping, path, NULL), ITD_OK);
    assert_true(itd_sv_equal((itd_sv){(const char *)mapping.data, mapping.size}, want));
    itd_mapping_close(&mapping);
}

/* Larger than the writer's buffer, so that some writes pass it by; the head is written last. */
#define BODY_BYTES ((size_t)200000)

static itd_status write_whole(void *context, itd_error *error)
{
    const place *here = context;
    itd_file_writer *writer;
    static char body[BODY_BYTES];
    memset(body, 'b', sizeof body);
    itd_status status = itd_file_writer_create(&writer, here->target, error);
    if (status != ITD_OK)
        return status;
    if ((status = itd_file_writer_write(writer, "....", 4, error)) != ITD_OK ||
        (status = itd_file_writer_write(writer, body, sizeof body, error)) != ITD_OK ||
        (status = itd_file_writer_write(writer, "tail", 4, error)) != ITD_OK ||
        (status = itd_file_writer_write_at(writer, 0, "head", 4, error)) != ITD_OK) {
        itd_file_writer_abort(writer);
        return status;
    }
    assert_int_equal(itd_file_writer_size(writer), BODY_BYTES + 8);
    return itd_file_writer_commit(writer, error);
}

static void old_file_stands_alone(void *context)
{
    const place *here = context;
    assert_content(here->target, ITD_SV("old"));
    assert_int_equal(count_files(here->folder, false), 1);
}

static void written_whole_or_not_at_all(void **state)
{
    place *here = *state;
    put_text(here->target, "old");
    assert_true(faults_each(ITD_FAULT_WRITE, write_whole, old_file_stands_alone, here) >= 5);
    put_text(here->target, "old");
    assert_true(faults_each(ITD_FAULT_MEMORY, write_whole, old_file_stands_alone, here) >= 3);

    itd_mapping mapping;
    assert_int_equal(itd_mapping_open(&mapping, here->target, NULL), ITD_OK);
    assert_int_equal(mapping.size, BODY_BYTES + 8);
    assert_memory_equal(mapping.data, "headbbbb", 8);
    assert_memory_equal(mapping.data + mapping.size - 8, "bbbbtail", 8);
    itd_mapping_close(&mapping);
    assert_int_equal(count_files(here->folder, false), 1);
}

static void abort_leaves_nothing(void **state)
{
    place *here = *state;
    itd_file_writer *writer;
    itd_file_writer_abort(NULL);
    assert_int_equal(itd_file_writer_create(&writer, here->target, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_write(writer, "x", 1, NULL), ITD_OK);
    itd_file_writer_abort(writer);
    assert_int_equal(count_files(here->folder, false), 0);
}

/* A writer whose caller ignores a failed write must not put half a file in place. */
static void broken_writer_does_not_commit(void **state)
{
    place *here = *state;
    itd_file_writer *writer;
    static const char body[BODY_BYTES];
    put_text(here->target, "old");
    assert_int_equal(itd_file_writer_create(&writer, here->target, NULL), ITD_OK);
    itd_fault_arm(ITD_FAULT_WRITE, 0);
    assert_int_equal(itd_file_writer_write(writer, body, sizeof body, NULL), ITD_EIO);
    itd_fault_disarm(ITD_FAULT_WRITE);
    assert_int_equal(itd_file_writer_commit(writer, NULL), ITD_EIO);
    old_file_stands_alone(here);
}

static void write_at_stays_inside(void **state)
{
    place *here = *state;
    itd_file_writer *writer;
    assert_int_equal(itd_file_writer_create(&writer, here->target, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_write(writer, "12345", 5, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_write_at(writer, 3, "ab", 2, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_write_at(writer, 4, "ab", 2, NULL), ITD_EINVAL);
    assert_int_equal(itd_file_writer_write_at(writer, UINT64_MAX, "ab", 2, NULL), ITD_EINVAL);
    assert_int_equal(itd_file_writer_write(writer, "6", 1, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_commit(writer, NULL), ITD_OK);
    assert_content(here->target, ITD_SV("123ab6"));
}

static void mode_follows_the_umask(void **state)
{
    place *here = *state;
    itd_file_writer *writer;
    struct stat about;
    mode_t old = umask(027);
    assert_int_equal(itd_file_writer_create(&writer, here->target, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_commit(writer, NULL), ITD_OK);
    (void)umask(old);
    assert_int_equal(stat(here->target, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
    assert_content(here->target, ITD_SV(""));
}

static void links_are_followed(void **state)
{
    place *here = *state;
    char link[160];
    itd_file_writer *writer;
    struct stat about;
    (void)snprintf(link, sizeof link, "%s/link", here->folder);
    put_text(here->target, "old");
    assert_int_equal(symlink("target", link), 0);
    assert_int_equal(itd_file_writer_create(&writer, link, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_write(writer, "new", 3, NULL), ITD_OK);
    assert_int_equal(itd_file_writer_commit(writer, NULL), ITD_OK);
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_content(here->target, ITD_SV("new"));
}

static void what_is_no_file_is_refused(void **state)
{
    place *here = *state;
    static const char *const targets[] = {"/dev/null", "/tmp", "/no/such/folder/file"};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        itd_file_writer *writer = NULL;
        itd_error error = {0};
        assert_int_equal(itd_file_writer_create(&writer, targets[i], &error), ITD_EIO);
        assert_null(writer);
        assert_string_equal(error.where, targets[i]);
    }
    static const struct {
        const char *path;
        itd_status status;
    } rows[] = {
        {"/no/such/file", ITD_ENOTFOUND}, {"/dev/null/x", ITD_ENOTFOUND}, {"/tmp", ITD_EIO}, {"/dev/null", ITD_EIO}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_mapping mapping = {.size = 7};
        assert_int_equal(itd_mapping_open(&mapping, rows[i].path, NULL), rows[i].status);
        assert_int_equal(mapping.size, 7);
    }
    put_text(here->target, "");
    itd_mapping empty = {.size = 7};
    assert_int_equal(itd_mapping_open(&empty, here->target, NULL), ITD_OK);
    assert_true(empty.data == NULL && empty.size == 0);
    itd_mapping_close(&empty);
    itd_mapping_close(NULL);
}

/* A reader that opened the old file keeps it. */
static void mapping_outlives_replacement(void **state)
{
    place *here = *state;
    itd_mapping old;
    put_text(here->target, "old");
    assert_int_equal(itd_mapping_open(&old, here->target, NULL), ITD_OK);
    assert_int_equal(write_whole(here, NULL), ITD_OK);
    assert_memory_equal(old.data, "old", 3);
    itd_mapping_close(&old);
}

static itd_status make_temporary(void *context, itd_error *error)
{
    char *folder = context;
    itd_status status = itd_folder_make_temporary(folder, 96, error);
    if (status == ITD_OK)
        assert_int_equal(rmdir(folder), 0);
    return status;
}

/* In $TMPDIR, for this user alone, its name written once it is there. */
static void a_temporary_folder(void **state)
{
    place *here = *state;
    struct stat about;
    itd_error error = {0};
    char folder[96] = "untouched", kept[256];
    const char *old = getenv("TMPDIR");
    (void)snprintf(kept, sizeof kept, "%s", old ? old : "");
    assert_int_equal(setenv("TMPDIR", here->folder, 1), 0);
    assert_string_equal(itd_temporary_place(), here->folder);
    assert_int_equal(itd_folder_make_temporary(folder, strlen(here->folder) + 17, &error), ITD_ELIMIT);
    assert_string_equal(folder, "untouched");
    assert_int_equal(itd_folder_make_temporary(folder, strlen(here->folder) + 18, &error), ITD_OK);
    assert_memory_equal(folder, here->folder, strlen(here->folder));
    assert_int_equal(stat(folder, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(faults_each(ITD_FAULT_WRITE, make_temporary, NULL, folder), 1);
    assert_int_equal(setenv("TMPDIR", "/no/such/place", 1), 0);
    (void)snprintf(folder, sizeof folder, "untouched");
    assert_int_equal(itd_folder_make_temporary(folder, sizeof folder, &error), ITD_EIO);
    assert_string_equal(folder, "untouched");
    assert_int_equal(setenv("TMPDIR", "", 1), 0);
    assert_string_equal(itd_temporary_place(), "/tmp");
    assert_int_equal(old ? setenv("TMPDIR", kept, 1) : unsetenv("TMPDIR"), 0);
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(written_whole_or_not_at_all),
        FILE_TEST(abort_leaves_nothing),
        FILE_TEST(broken_writer_does_not_commit),
        FILE_TEST(write_at_stays_inside),
        FILE_TEST(mode_follows_the_umask),
        FILE_TEST(links_are_followed),
        FILE_TEST(what_is_no_file_is_refused),
        FILE_TEST(mapping_outlives_replacement),
        FILE_TEST(a_temporary_folder),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
