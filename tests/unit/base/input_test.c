#include "base/input.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

#include "base/memory.h"
#include "support/faults.h"
#include "support/random.h"

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

/* A frame that asks for a window of 2^28 bytes is refused before a byte of it is allocated. */
static void window_limit(void **state)
{
    (void)state;
    static const itd_sv frames[] = {ITD_SV("\x28\xB5\x2F\xFD\x00\x88\x01\x00\x00"), /* 2^27, one empty block */
                                    ITD_SV("\x28\xB5\x2F\xFD\x00\x90\x01\x00\x00")};
    for (size_t i = 0; i < 2; i++) {
        bytes got;
        itd_error error;
        assert_int_equal(read_all(&got, frames[i], 64, &error), i == 0 ? ITD_OK : ITD_ELIMIT);
    }
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

/* Lines of any length, through the window of a file and through memory, plain and compressed, against the text itself.
 */
static void lines_of_a_file_are_those_of_the_text(void **state)
{
    (void)state;
    const size_t size = 3000000;
    char *text = itd_malloc(size), *packed = itd_malloc(size + 100000), path[] = "/tmp/itd-input-XXXXXX";
    uint64_t seed = 6;
    assert_true(text && packed);
    for (size_t i = 0, next = 0; i < size; i++) {
        bool feed = i == next || random_below(&seed, 5000) == 0;
        text[i] = feed ? '\n' : (char)('a' + random_below(&seed, 26));
        if (feed)
            next = i + 1 + random_below(&seed, random_below(&seed, 20) ? 80 : 400000);
    }
    size_t packed_size = ZSTD_compress(packed, size + 100000, text, size, 1);
    assert_false(ZSTD_isError(packed_size));
    int file = mkstemp(path);
    assert_true(file >= 0);
    for (int compressed = 0; compressed < 2; compressed++) {
        size_t stored = compressed ? packed_size : size;
        assert_int_equal(ftruncate(file, 0), 0);
        assert_int_equal(pwrite(file, compressed ? packed : text, stored, 0), stored);
        itd_input *input;
        itd_sv rest = {text, size}, line, want;
        bool more;
        uint64_t done, total;
        assert_int_equal(itd_input_open(&input, path, NULL), ITD_OK);
        assert_int_equal(itd_input_peek(input, ITD_INPUT_PEEK_MAX, &line, NULL), ITD_OK);
        assert_true(line.size == ITD_INPUT_PEEK_MAX && memcmp(line.data, text, line.size) == 0);
        for (;;) {
            assert_int_equal(itd_input_line(input, &line, &more, 0, NULL), ITD_OK);
            if (!more)
                break;
            assert_true(itd_sv_split(&want, &rest, '\n'));
            assert_true(itd_sv_equal(line, want));
        }
        assert_int_equal(rest.size, 0);
        itd_input_progress(input, &done, &total);
        assert_true(done == stored && total == stored);
        assert_string_equal(itd_input_name(input), path);
        itd_input_close(input);
    }
    assert_int_equal(close(file), 0);
    assert_int_equal(unlink(path), 0);
    itd_free(packed);
    itd_free(text);
}

static void peek_takes_nothing(void **state)
{
    (void)state;
    itd_input *input;
    itd_sv seen;
    char taken[8];
    size_t got;
    assert_int_equal(itd_input_open_memory(&input, "m", ITD_SV("abcdef"), NULL), ITD_OK);
    assert_int_equal(itd_input_peek(input, 3, &seen, NULL), ITD_OK);
    assert_true(itd_sv_is(seen, "abc"));
    assert_int_equal(itd_input_read(input, taken, 2, &got, NULL), ITD_OK);
    assert_int_equal(itd_input_peek(input, 100, &seen, NULL), ITD_OK);
    assert_true(itd_sv_is(seen, "cdef"));
    assert_int_equal(itd_input_offset(input), 2);
    assert_int_equal(itd_input_read(input, taken, 8, &got, NULL), ITD_OK);
    assert_true(got == 4);
    assert_int_equal(itd_input_peek(input, 1, &seen, NULL), ITD_OK);
    assert_int_equal(seen.size, 0);
    itd_input_close(input);
    itd_input_close(NULL);
}

static void decompressed_limit(void **state)
{
    (void)state;
    static const size_t rows[] = {sizeof TEXT - 2, sizeof TEXT - 1, sizeof TEXT};
    bytes cases[2] = {0}, got;
    gzip_member(&cases[0], ITD_SV(TEXT));
    zstd_frame(&cases[1], ITD_SV(TEXT));
    for (size_t c = 0; c < 2; c++)
        for (size_t i = 0; i < 3; i++) {
            itd_input *input;
            itd_error error = {0};
            itd_status status = ITD_OK;
            size_t step = 1;
            assert_int_equal(itd_input_open_memory(&input, "m", (itd_sv){cases[c].data, cases[c].size}, NULL), ITD_OK);
            itd_input_set_bytes_max(input, rows[i]);
            while (status == ITD_OK && step > 0)
                status = itd_input_read(input, got.data, sizeof got.data, &step, &error);
            assert_int_equal(status, i == 0 ? ITD_ELIMIT : ITD_OK);
            if (i == 0)
                assert_int_equal(error.offset, rows[0]);
            assert_int_equal(itd_input_read(input, got.data, 1, &step, NULL), status); /* a failure stays */
            itd_input_close(input);
        }
}

/* The limit of a line holds when the caller names none or a larger one, and the window does not grow much past it. */
static void longest_line(void **state)
{
    (void)state;
    const size_t size = ITD_INPUT_LINE_BYTES_MAX + 1;
    char *text = itd_malloc(size);
    assert_non_null(text);
    memset(text, 'x', size);
    for (int extra = 0; extra < 2; extra++) {
        itd_input *input;
        itd_sv line;
        bool more;
        itd_error error = {0};
        assert_int_equal(
            itd_input_open_memory(&input, "long", (itd_sv){text, ITD_INPUT_LINE_BYTES_MAX + (size_t)extra}, NULL),
            ITD_OK);
        assert_int_equal(itd_input_line(input, &line, &more, extra ? SIZE_MAX : 0, &error),
                         extra ? ITD_ELIMIT : ITD_OK);
        assert_int_equal(error.line, extra);
        itd_input_close(input);
    }
    itd_free(text);
}

static void open_rows(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        itd_status status;
    } rows[] = {
        {"/no/such/file", ITD_ENOTFOUND}, {"/dev/null/x", ITD_ENOTFOUND}, {"/tmp", ITD_EIO}, {"/dev/null", ITD_OK}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_input *input = NULL;
        itd_error error = {0};
        assert_int_equal(itd_input_open(&input, rows[i].path, &error), rows[i].status);
        assert_string_equal(error.where, rows[i].status == ITD_OK ? "" : rows[i].path);
        assert_int_equal(input != NULL, rows[i].status == ITD_OK);
        itd_input_close(input);
    }
}

static void standard_input_is_a_dash(void **state)
{
    (void)state;
    int ends[2], kept = dup(STDIN_FILENO);
    itd_input *input;
    itd_sv line;
    bool more;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "one\ntwo", 7), 7);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(itd_input_open(&input, "-", NULL), ITD_OK);
    assert_int_equal(itd_input_line(input, &line, &more, 0, NULL), ITD_OK);
    assert_true(more && itd_sv_is(line, "one"));
    assert_int_equal(itd_input_line(input, &line, &more, 0, NULL), ITD_OK);
    assert_true(more && itd_sv_is(line, "two"));
    itd_input_close(input);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* it stays open */
    if (kept >= 0) {
        assert_int_equal(dup2(kept, STDIN_FILENO), STDIN_FILENO);
        assert_int_equal(close(kept), 0);
    }
}

static itd_status read_lines(void *context, itd_error *error)
{
    itd_input *input;
    itd_sv line;
    bool more = true;
    itd_status status = itd_input_open(&input, context, error);
    if (status != ITD_OK)
        return status;
    while (status == ITD_OK && more)
        status = itd_input_line(input, &line, &more, 0, error);
    itd_input_close(input);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    bytes cases[2] = {0};
    gzip_member(&cases[0], ITD_SV(TEXT));
    zstd_frame(&cases[1], ITD_SV(TEXT));
    for (size_t i = 0; i < 2; i++) {
        char path[] = "/tmp/itd-input-XXXXXX";
        int file = mkstemp(path);
        assert_true(file >= 0);
        assert_int_equal(write(file, cases[i].data, cases[i].size), cases[i].size);
        assert_int_equal(close(file), 0);
        assert_true(faults_each(ITD_FAULT_MEMORY, read_lines, NULL, path) >= (i == 0 ? 6 : 4));
        assert_int_equal(unlink(path), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compressed_inputs_open_by_content),
        cmocka_unit_test(truncation_at_each_byte),
        cmocka_unit_test(corrupt_rows),
        cmocka_unit_test(window_limit),
        cmocka_unit_test(line_rows),
        cmocka_unit_test(line_limit),
        cmocka_unit_test(lines_of_a_file_are_those_of_the_text),
        cmocka_unit_test(peek_takes_nothing),
        cmocka_unit_test(decompressed_limit),
        cmocka_unit_test(longest_line),
        cmocka_unit_test(open_rows),
        cmocka_unit_test(standard_input_is_a_dash),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
