#include "base/input.h"

#include <zlib.h>
#include <zstd.h>

#include "base/memory.h"
#include "support/cm.h"

typedef struct bytes {
    char data[4096];
    size_t size;
} bytes;

static void gzip_member(bytes *out, itd_sv text)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.data;
    z.avail_in = (uInt)text.size;
    z.next_out = (Bytef *)out->data + out->size;
    z.avail_out = (uInt)(sizeof out->data - out->size);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->size += z.total_out;
    assert_int_equal(deflateEnd(&z), Z_OK);
}

static void zstd_frame(bytes *out, itd_sv text)
{
    size_t size = ZSTD_compress(out->data + out->size, sizeof out->data - out->size, text.data, text.size, 3);
    assert_false(ZSTD_isError(size));
    out->size += size;
}

/* Reads all in steps of `step` bytes. */
static itd_status read_all(bytes *out, itd_sv source, size_t step, itd_error *error)
{
    itd_input *input;
    itd_status status = itd_input_open_memory(&input, "memory", source, error);
    if (status != ITD_OK)
        return status;
    out->size = 0;
    for (size_t got = 1; got > 0 && status == ITD_OK; out->size += status == ITD_OK ? got : 0)
        status = itd_input_read(input, out->data + out->size, step, &got, error);
    itd_input_close(input);
    return status;
}

#define TEXT "id;name\n1;first\n2;second, which is a little longer, longer, longer\n"

static void compressed_inputs_open_by_content(void **state)
{
    (void)state;
    static const size_t steps[] = {1, 7, 1024};
    bytes cases[5] = {0};
    itd_sv all = ITD_SV(TEXT);
    memcpy(cases[0].data, TEXT, cases[0].size = all.size);
    gzip_member(&cases[1], all);
    gzip_member(&cases[2], itd_sv_slice(all, 0, 10));
    gzip_member(&cases[2], ITD_SV(""));
    gzip_member(&cases[2], itd_sv_slice(all, 10, SIZE_MAX));
    memset(cases[2].data + cases[2].size, 0, 512); /* padding of a tape block */
    cases[2].size += 512;
    zstd_frame(&cases[3], all);
    memcpy(cases[4].data, "\x50\x2A\x4D\x18\x03\0\0\0abc", 11); /* a frame to skip comes first */
    cases[4].size = 11;
    zstd_frame(&cases[4], itd_sv_slice(all, 0, 10));
    zstd_frame(&cases[4], itd_sv_slice(all, 10, SIZE_MAX));
    for (size_t i = 0; i < 5; i++)
        for (size_t s = 0; s < 3; s++) {
            bytes got;
            itd_error error = {0};
            itd_status status = read_all(&got, (itd_sv){cases[i].data, cases[i].size}, steps[s], &error);
            if (status != ITD_OK)
                fail_msg("case %zu: %s", i, error.message);
            assert_true(itd_sv_equal((itd_sv){got.data, got.size}, all));
        }
}

/* Every beginning of a compressed input is refused, with an offset inside the text and the bytes before it handed out
 * right. */
static void truncation_at_each_byte(void **state)
{
    (void)state;
    bytes cases[2] = {0};
    gzip_member(&cases[0], ITD_SV(TEXT));
    zstd_frame(&cases[1], ITD_SV(TEXT));
    for (size_t i = 0; i < 2; i++)
        for (size_t size = 2; size < cases[i].size; size++) {
            bytes got = {0};
            itd_error error = {0};
            assert_int_equal(read_all(&got, (itd_sv){cases[i].data, size}, 16, &error), ITD_EFORMAT);
            assert_string_equal(error.where, "memory");
            assert_int_equal(error.offset, got.size);
            assert_memory_equal(got.data, TEXT, got.size);
            assert_non_null(strstr(error.message, i == 0 ? "gzip" : "zstd"));
        }
}

static void corrupt_rows(void **state)
{
    (void)state;
    bytes got, gzip = {0}, zstd = {0};
    itd_error error;
    gzip_member(&gzip, ITD_SV(TEXT));
    memcpy(gzip.data + gzip.size, "junk", 4);
    assert_int_equal(read_all(&got, (itd_sv){gzip.data, gzip.size + 4}, 64, &error), ITD_EFORMAT);
    assert_int_equal(error.offset, sizeof TEXT - 1);
    gzip.data[gzip.size - 6] ^= 1; /* in the check sum */
    assert_int_equal(read_all(&got, (itd_sv){gzip.data, gzip.size}, 64, &error), ITD_EFORMAT);
    gzip.data[2] = 9; /* a method that does not exist */
    assert_int_equal(read_all(&got, (itd_sv){gzip.data, gzip.size}, 64, &error), ITD_EFORMAT);
    zstd_frame(&zstd, ITD_SV(TEXT));
    memcpy(zstd.data + zstd.size, "junk", 4);
    assert_int_equal(read_all(&got, (itd_sv){zstd.data, zstd.size + 4}, 64, &error), ITD_EFORMAT);
    assert_int_equal(error.offset, sizeof TEXT - 1);
}

static void line_rows(void **state)
{
    (void)state;
    static const struct {
        itd_sv source;
        itd_sv lines[4];
        uint64_t offsets[4];
        size_t count;
    } rows[] = {
        {ITD_SV(""), {{0}}, {0}, 0},
        {ITD_SV("\n"), {ITD_SV("")}, {0}, 1},
        {ITD_SV("a"), {ITD_SV("a")}, {0}, 1},
        {ITD_SV("a\nb"), {ITD_SV("a"), ITD_SV("b")}, {0, 2}, 2},
        {ITD_SV("a\r\n\r\nb\r\n"), {ITD_SV("a"), ITD_SV(""), ITD_SV("b")}, {0, 3, 5}, 3},
        {ITD_SV("a\rb\nc\r"), {ITD_SV("a\rb"), ITD_SV("c\r")}, {0, 4}, 2},
        {ITD_SV("a\0b\n\0"), {ITD_SV("a\0b"), ITD_SV("\0")}, {0, 4}, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int compressed = 0; compressed < 2; compressed++) {
            bytes packed = {0};
            itd_input *input;
            itd_sv line;
            bool more;
            gzip_member(&packed, rows[i].source);
            itd_sv source = compressed ? (itd_sv){packed.data, packed.size} : rows[i].source;
            assert_int_equal(itd_input_open_memory(&input, "rows", source, NULL), ITD_OK);
            for (size_t n = 0; n < rows[i].count; n++) {
                assert_int_equal(itd_input_line(input, &line, &more, 0, NULL), ITD_OK);
                assert_true(more && itd_sv_equal(line, rows[i].lines[n]));
                assert_int_equal(itd_input_line_number(input), n + 1);
                assert_int_equal(itd_input_line_offset(input), rows[i].offsets[n]);
            }
            for (int again = 0; again < 2; again++) {
                assert_int_equal(itd_input_line(input, &line, &more, 0, NULL), ITD_OK);
                assert_false(more);
            }
            assert_int_equal(itd_input_offset(input), rows[i].source.size);
            itd_input_close(input);
        }
}

static void line_limit(void **state)
{
    (void)state;
    static const struct {
        itd_sv source;
        bool fits;
    } rows[] = {
        {ITD_SV("ok\n12345"), true},    {ITD_SV("ok\n12345\n"), true},     {ITD_SV("ok\n12345\r\n"), true},
        {ITD_SV("ok\n123456"), false},  {ITD_SV("ok\n123456\n"), false},   {ITD_SV("ok\n123456\r\n"), false},
        {ITD_SV("ok\n1234567"), false}, {ITD_SV("ok\n12345678\n"), false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_input *input;
        itd_sv line;
        bool more;
        itd_error error = {0};
        assert_int_equal(itd_input_open_memory(&input, "rows", rows[i].source, NULL), ITD_OK);
        assert_int_equal(itd_input_line(input, &line, &more, 5, &error), ITD_OK);
        for (int again = 0; again < (rows[i].fits ? 1 : 2); again++) {
            itd_status status = itd_input_line(input, &line, &more, 5, &error);
            assert_int_equal(status, rows[i].fits ? ITD_OK : ITD_ELIMIT);
            assert_int_equal(error.line, rows[i].fits ? 0 : 2);
            if (!rows[i].fits)
                assert_int_equal(error.offset, 3);
        }
        itd_input_close(input);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compressed_inputs_open_by_content),
        cmocka_unit_test(truncation_at_each_byte),
        cmocka_unit_test(corrupt_rows),
        cmocka_unit_test(line_rows),
        cmocka_unit_test(line_limit),
    };
    return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
