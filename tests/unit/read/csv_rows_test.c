#include "read/csv_rows.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "support/cm.h"

#define BYTES(literal)                                                                                                 \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

/* All rows as text: fields between <>, rows ended by "|", "!" before a row with a problem, "E:status" at a failure. */
static char *rows_of(itd_sv text, const itd_csv_options *options)
{
    itd_input *input = NULL;
    itd_csv *csv = NULL;
    itd_buffer out = {0};
    itd_error error;
    bool more = true;
    assert_int_equal(itd_input_open_memory(&input, "test", text, &error), ITD_OK);
    assert_int_equal(itd_csv_create(&csv, input, options, &error), ITD_OK);
    while (more) {
        itd_csv_row row;
        itd_status status = itd_csv_next(csv, &row, &more, &error);
        if (status != ITD_OK) {
            itd_buffer_format(&out, "E:%s", itd_status_name(status));
            break;
        }
        if (!more)
            break;
        if (row.problem)
            itd_buffer_format(&out, "!%s@%d ", row.problem, (int)row.problem_offset);
        itd_buffer_format(&out, "%d:%d+%d", (int)row.line, (int)row.offset, (int)row.span);
        for (size_t i = 0; i < row.count; i++)
            itd_buffer_format(&out, "<%.*s>", ITD_SV_ARG(row.fields[i]));
        itd_buffer_append_char(&out, '|');
    }
    itd_buffer_append_char(&out, 0);
    itd_csv_destroy(csv);
    itd_input_close(input);
    return out.data;
}

static void texts_and_their_rows(void **state)
{
    (void)state;
    static const struct {
        itd_sv text;
        const char *rows;
    } table[] = {
        {BYTES(""), ""},
        {BYTES("a,b\n"), "1:0+3<a><b>|"},
        {BYTES("a,b"), "1:0+3<a><b>|"},
        {BYTES("a,b\r\n,\r\n"), "1:0+3<a><b>|2:5+1<><>|"},
        {BYTES("a\r"), "1:0+1<a>|"},
        {BYTES("\n\na\n\r\nb\n"), "3:2+1<a>|5:6+1<b>|"},
        {BYTES("\"a,\"\"b\"\"\",c\n"), "1:0+11<a,\"b\"><c>|"},
        {BYTES("\"a\r\nb\",c\nd\n"), "1:0+8<a\r\nb><c>|3:9+1<d>|"},
        {BYTES("a \"quoted\" word,b\n"), "1:0+17<a \"quoted\" word><b>|"},
        {BYTES("\"\",\"\"\"\"\n"), "1:0+7<><\">|"},
        {BYTES("\xEF\xBB\xBF"
               "a\n"),
         "1:3+1<a>|"},
        {BYTES("a\n\x1A"), "1:0+1<a>|"},
        {BYTES("a\n\x1A\r\n"), "1:0+1<a>|"},
        {BYTES("\x1A\na\n"), "1:0+1<\x1A>|2:2+1<a>|"},
        {BYTES("\"a\" ,b\nc\n"), "!text after a closing quote@3 1:0+6<a ><b>|2:7+1<c>|"},
        {BYTES("\"a\"b\"c,d\n"), "!text after a closing quote@3 1:0+8<ab\"c><d>|"},
        {BYTES("x\n\"a,b\nc"), "1:0+1<x>|!a quote that is never closed@2 2:2+6<a,b\nc>|"},
        {BYTES("a\xFF,b\nc\n"), "!not valid UTF-8@1 1:0+4<a\xFF><b>|2:5+1<c>|"},
        {BYTES("a\0b\n"), "!a NUL byte@1 1:0+3<a>|"},
        {BYTES("\xC3\xA9\n"), "1:0+2<\xC3\xA9>|"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char *got = rows_of(table[i].text, NULL);
        /* printf stops a field at its NUL */
        assert_string_equal(got, table[i].rows);
        itd_free(got);
    }
}

static void another_delimiter(void **state)
{
    (void)state;
    itd_csv_options options = {.delimiter = '|'};
    char *got = rows_of(ITD_SV("a,b|\"c|d\"\n"), &options);
    assert_string_equal(got, "1:0+9<a,b><c|d>|");
    itd_free(got);
}

static void windows_1252_is_decided_by_the_first_high_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rows;
    } table[] = {
        {"plain\nDPRK\x92s\n\x80\xE9\n", "1:0+5<plain>|2:6+6<DPRK\xE2\x80\x99s>|3:13+2<\xE2\x82\xAC\xC3\xA9>|"},
        {"\xE2\x80\x99\nDPRK\x92s\n", "1:0+3<\xE2\x80\x99>|!not valid UTF-8@8 2:4+6<DPRK\x92s>|"},
        {"\x92\n\xC3\xA9\n", "1:0+1<\xE2\x80\x99>|2:2+2<\xC3\x83\xC2\xA9>|"},
        {"a\x92\x81,b\n", "!a byte that Windows-1252 does not have@2 1:0+5<a\xE2\x80\x99\xEF\xBF\xBD><b>|"},
        {"\x92,\x80,\"a\"b\n", "!text after a closing quote@7 1:0+8<\xE2\x80\x99><\xE2\x82\xAC><ab>|"},
        {"\xEF\xBB\xBFq\n\x92\n", "1:3+1<q>|!not valid UTF-8@5 2:5+1<\x92>|"},
    };
    itd_csv_options options = {.encoding = ITD_CSV_UTF8_OR_CP1252};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char *got = rows_of(itd_sv_of(table[i].text), &options);
        assert_string_equal(got, table[i].rows);
        itd_free(got);
    }
}

static void limits_are_reached(void **state)
{
    (void)state;
    itd_csv_options options = {.row_bytes_max = 4};
    char *got = rows_of(ITD_SV("abcd\nabcde\n"), &options);
    assert_string_equal(got, "1:0+4<abcd>|E:limit reached");
    itd_free(got);
    got = rows_of(ITD_SV("\"abcdefg"), &options);
    assert_string_equal(got, "E:limit reached");
    itd_free(got);

    itd_buffer commas = {0};
    for (size_t i = 1; i < ITD_CSV_FIELDS_MAX; i++)
        itd_buffer_append_char(&commas, ',');
    got = rows_of(itd_buffer_view(&commas), NULL);
    assert_null(strstr(got, "E:"));
    itd_free(got);
    itd_buffer_append_char(&commas, ',');
    got = rows_of(itd_buffer_view(&commas), NULL);
    assert_string_equal(got, "E:limit reached");
    itd_free(got);
    itd_buffer_finish(&commas);
}

static void a_row_at_its_greatest_size(void **state)
{
    (void)state;
    itd_buffer text = {0};
    for (size_t i = 0; i < ITD_CSV_ROW_BYTES_MAX; i++)
        itd_buffer_append_char(&text, 'x');
    itd_buffer_append(&text, ITD_SV("\ny\n"));
    for (int over = 0; over < 2; over++) {
        itd_input *input = NULL;
        itd_csv *csv = NULL;
        itd_csv_row row;
        bool more = false;
        itd_error error;
        /* the byte before makes the row one too long */
        itd_sv view = over ? itd_buffer_view(&text) : itd_sv_make(text.data, text.size);
        if (over)
            text.data[ITD_CSV_ROW_BYTES_MAX] = 'x';
        assert_int_equal(itd_input_open_memory(&input, "big", view, &error), ITD_OK);
        assert_int_equal(itd_csv_create(&csv, input, NULL, &error), ITD_OK);
        itd_status status = itd_csv_next(csv, &row, &more, &error);
        assert_int_equal(status, over ? ITD_ELIMIT : ITD_OK);
        if (over) {
            assert_int_equal(error.line, 1);
            assert_int_equal(error.offset, 0);
            assert_non_null(strstr(error.message, "ITD_CSV_ROW_BYTES_MAX"));
        } else {
            assert_true(more && row.count == 1 && row.fields[0].size == ITD_CSV_ROW_BYTES_MAX);
        }
        itd_csv_destroy(csv);
        itd_input_close(input);
    }
    itd_buffer_finish(&text);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Many bytes, some of them only between quotes. */
static void write_field(itd_buffer *text, itd_buffer *expected, uint32_t *seed, bool plain)
{
    static const char alphabet[] = "ab;' ,\"\n\r";
    size_t size = next_random(seed) % 12;
    if (!plain)
        itd_buffer_append_char(text, '"');
    for (size_t i = 0; i < size; i++) {
        char c = alphabet[next_random(seed) % (plain ? 5 : sizeof alphabet - 1)];
        itd_buffer_append_char(text, c);
        if (c == '"')
            itd_buffer_append_char(text, c);
        itd_buffer_append_char(expected, c);
    }
    if (!plain)
        itd_buffer_append_char(text, '"');
    itd_buffer_append_char(expected, '\t');
}

/* Random fields written by RFC 4180 and read again, over many chunk borders; half of the rows without a quote. */
static void what_is_written_is_read(void **state)
{
    (void)state;
    itd_buffer text = {0}, expected = {0};
    uint32_t seed = 7;
    size_t row_count = 120000;
    for (size_t r = 0; r < row_count; r++) {
        size_t fields = 3 + next_random(&seed) % 4;
        bool plain = next_random(&seed) % 2;
        for (size_t f = 0; f < fields; f++) {
            if (f > 0)
                itd_buffer_append_char(&text, ',');
            write_field(&text, &expected, &seed, plain || next_random(&seed) % 4 == 0);
        }
        itd_buffer_append(&text, r % 2 ? ITD_SV("\r\n") : ITD_SV("\n"));
        itd_buffer_append_char(&expected, '\f');
    }
    itd_input *input = NULL;
    itd_csv *csv = NULL;
    itd_error error;
    itd_buffer got = {0};
    assert_int_equal(itd_input_open_memory(&input, "random", itd_buffer_view(&text), &error), ITD_OK);
    assert_int_equal(itd_csv_create(&csv, input, NULL, &error), ITD_OK);
    uint64_t end = 0, lines = 0;
    for (;;) {
        itd_csv_row row;
        bool more;
        assert_int_equal(itd_csv_next(csv, &row, &more, &error), ITD_OK);
        if (!more)
            break;
        assert_null(row.problem);
        assert_true(row.offset == 0 || (row.offset > end && text.data[row.offset - 1] == '\n'));
        assert_true(memchr("\r\n", text.data[row.offset + row.span], 2) != NULL);
        assert_int_equal(row.line, 1 + lines);
        for (size_t at = row.offset; at < row.offset + row.span || text.data[at - 1] != '\n'; at++)
            lines += text.data[at] == '\n';
        end = row.offset + row.span;
        for (size_t i = 0; i < row.count; i++) {
            itd_buffer_append(&got, row.fields[i]);
            itd_buffer_append_char(&got, '\t');
        }
        itd_buffer_append_char(&got, '\f');
    }
    assert_true(itd_sv_equal(itd_buffer_view(&got), itd_buffer_view(&expected)));
    itd_csv_destroy(csv);
    itd_input_close(input);
    itd_buffer_finish(&got);
    itd_buffer_finish(&text);
    itd_buffer_finish(&expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_and_their_rows),
        cmocka_unit_test(another_delimiter),
        cmocka_unit_test(windows_1252_is_decided_by_the_first_high_byte),
        cmocka_unit_test(limits_are_reached),
        cmocka_unit_test(a_row_at_its_greatest_size),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests_name("csv_rows", tests, NULL, NULL);
}
