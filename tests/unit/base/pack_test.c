#include "base/pack.h"

#include <stdio.h>
#include <unistd.h>

#include "support/faults.h"

#define KIND ITD_PACK_KIND('T', 'E', 'S', 'T')

static const unsigned char id_map[ITD_PACK_HASH_SIZE] = {7};

typedef struct place {
    char folder[64], path[96];
} place;

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    if (!here)
        return -1;
    (void)snprintf(here->folder, sizeof here->folder, "/tmp/itd-pack-XXXXXX");
    if (!mkdtemp(here->folder))
        return -1;
    (void)snprintf(here->path, sizeof here->path, "%s/x.pack", here->folder);
    *state = here;
    return 0;
}

static int tear_down(void **state)
{
    place *here = *state;
    (void)unlink(here->path);
    int status = rmdir(here->folder); /* fails when a temporary file was left behind */
    free(here);
    return status;
}

static itd_status write_pack(void *context, itd_error *error)
{
    const place *here = context;
    itd_pack_writer *writer = NULL;
    ITD_TRY(itd_pack_writer_create(&writer, here->path, KIND, error));
    itd_status status = itd_pack_writer_add(writer, 1, "one", 3, error);
    if (status == ITD_OK)
        status = itd_pack_writer_add(writer, 2, "", 0, error);
    if (status == ITD_OK)
        status = itd_pack_writer_add(writer, 3,
                                     "three is longer than the others, so that it takes more than one unit of "
                                     "alignment",
                                     80, error);
    if (status != ITD_OK) {
        itd_pack_writer_abort(writer);
        return status;
    }
    return itd_pack_writer_commit(writer, "profile-1", NULL, id_map, error);
}

static size_t read_file(const char *path, unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t got = fread(bytes, 1, size, file);
    assert_int_equal(fclose(file), 0);
    return got;
}

static void write_file(const char *path, const unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void sections_come_back(void **state)
{
    place *here = *state;
    assert_int_equal(write_pack(here, NULL), ITD_OK);
    itd_pack pack;
    const void *bytes;
    size_t size;
    assert_int_equal(itd_pack_open(&pack, here->path, KIND, NULL), ITD_OK);
    assert_true(itd_pack_get(&pack, 1, &bytes, &size));
    assert_int_equal(size, 3);
    assert_memory_equal(bytes, "one", 3);
    assert_true(itd_pack_get(&pack, 2, &bytes, &size));
    assert_int_equal(size, 0);
    assert_true(itd_pack_get(&pack, 3, &bytes, &size));
    assert_int_equal((uintptr_t)bytes % ITD_PACK_ALIGN, 0);
    assert_false(itd_pack_get(&pack, 4, &bytes, &size));
    assert_string_equal(pack.header->profile, "profile-1");
    assert_int_equal(strlen(pack.header->generation), 16);
    assert_memory_equal(pack.header->id_map_hash, id_map, sizeof id_map);
    assert_int_equal(itd_pack_verify(&pack, here->path, NULL), ITD_OK);
    itd_pack_close(&pack);
}

/* Bytes in pieces are the bytes; a section that does not count, and what it pushes aside, leave the generation. */
static void a_generation_is_made_from_what_counts(void **state)
{
    place *here = *state;
    char generations[4][ITD_PACK_GENERATION_MAX + 1];
    static const char *const aside[] = {"one way to say it", "another", "another", "another"};
    static const char *const counted[] = {"two", "two", "too", "two"};
    for (size_t i = 0; i < 4; i++) {
        itd_pack pack;
        itd_pack_writer *writer = NULL;
        const void *bytes;
        size_t size;
        assert_int_equal(itd_pack_writer_create(&writer, here->path, KIND, NULL), ITD_OK);
        assert_int_equal(itd_pack_writer_start(writer, 1, i == 3, NULL), ITD_OK);
        assert_int_equal(itd_pack_writer_more(writer, aside[i], 3, NULL), ITD_OK);
        assert_int_equal(itd_pack_writer_more(writer, aside[i] + 3, strlen(aside[i]) - 3, NULL), ITD_OK);
        assert_int_equal(itd_pack_writer_end(writer, NULL), ITD_OK);
        assert_int_equal(itd_pack_writer_add(writer, 2, counted[i], 3, NULL), ITD_OK);
        assert_int_equal(itd_pack_writer_commit(writer, "profile-1", NULL, id_map, NULL), ITD_OK);
        assert_int_equal(itd_pack_open(&pack, here->path, KIND, NULL), ITD_OK);
        assert_true(itd_pack_get(&pack, 1, &bytes, &size));
        assert_int_equal(size, strlen(aside[i]));
        assert_memory_equal(bytes, aside[i], size);
        assert_int_equal(itd_pack_verify(&pack, here->path, NULL), ITD_OK);
        memcpy(generations[i], pack.header->generation, sizeof generations[i]);
        itd_pack_close(&pack);
    }
    assert_string_equal(generations[0], generations[1]);
    assert_string_not_equal(generations[1], generations[2]);
    assert_string_not_equal(generations[1], generations[3]);
}

static void every_length_but_the_whole_is_refused(void **state)
{
    place *here = *state;
    static unsigned char bytes[1 << 14];
    assert_int_equal(write_pack(here, NULL), ITD_OK);
    size_t size = read_file(here->path, bytes, sizeof bytes);
    assert_true(size < sizeof bytes);
    for (size_t cut = 0; cut <= size + 1; cut += cut < 300 || cut + 70 > size ? 1 : 61) {
        itd_pack pack;
        itd_error error = {0};
        write_file(here->path, bytes, cut);
        itd_status status = itd_pack_open(&pack, here->path, KIND, &error);
        if (cut == size) {
            assert_int_equal(status, ITD_OK);
            itd_pack_close(&pack);
        } else {
            assert_int_equal(status, ITD_EFORMAT);
            assert_true(error.message[0] != '\0' && error.where[0] != '\0');
        }
    }
}

static void verify_finds_every_flipped_bit(void **state)
{
    place *here = *state;
    static unsigned char bytes[1 << 14];
    assert_int_equal(write_pack(here, NULL), ITD_OK);
    size_t size = read_file(here->path, bytes, sizeof bytes);
    for (size_t at = 0; at < size; at++) {
        itd_pack pack;
        bytes[at] ^= 1;
        write_file(here->path, bytes, size);
        bytes[at] ^= 1;
        itd_status status = itd_pack_open(&pack, here->path, KIND, NULL);
        if (status == ITD_OK) {
            status = itd_pack_verify(&pack, here->path, NULL);
            itd_pack_close(&pack);
        }
        if (status != ITD_EFORMAT && status != ITD_EMISMATCH)
            fail_msg("byte %zu", at);
    }
}

static void another_kind_is_a_mismatch(void **state)
{
    place *here = *state;
    itd_pack pack;
    itd_error error = {0};
    assert_int_equal(write_pack(here, NULL), ITD_OK);
    assert_int_equal(itd_pack_open(&pack, here->path, ITD_PACK_INDEX, &error), ITD_EMISMATCH);
    assert_non_null(strstr(error.message, "TEST"));
    assert_int_equal(itd_pack_open(&pack, "/nonexistent/x", KIND, &error), ITD_ENOTFOUND);
}

static void too_many_sections_is_a_limit(void **state)
{
    place *here = *state;
    itd_pack_writer *writer = NULL;
    itd_error error = {0};
    assert_int_equal(itd_pack_writer_create(&writer, here->path, KIND, NULL), ITD_OK);
    for (uint32_t i = 0; i < ITD_PACK_SECTIONS_MAX; i++)
        assert_int_equal(itd_pack_writer_add(writer, i, "x", 1, NULL), ITD_OK);
    assert_int_equal(itd_pack_writer_add(writer, 999, "x", 1, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_PACK_SECTIONS_MAX"));
    itd_pack_writer_abort(writer);
}

static void old_file_is_whole(void *context)
{
    const place *here = context;
    unsigned char bytes[8];
    assert_int_equal(read_file(here->path, bytes, sizeof bytes), 3);
    assert_memory_equal(bytes, "old", 3);
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    place *here = *state;
    write_file(here->path, (const unsigned char *)"old", 3);
    assert_true(faults_each(ITD_FAULT_WRITE, write_pack, old_file_is_whole, here) > 5);
    write_file(here->path, (const unsigned char *)"old", 3);
    assert_true(faults_each(ITD_FAULT_MEMORY, write_pack, old_file_is_whole, here) > 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(sections_come_back),
        TEST(a_generation_is_made_from_what_counts),
        TEST(every_length_but_the_whole_is_refused),
        TEST(verify_finds_every_flipped_bit),
        TEST(another_kind_is_a_mismatch),
        TEST(too_many_sections_is_a_limit),
        TEST(a_failed_write_leaves_the_old_file),
    };
    return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
