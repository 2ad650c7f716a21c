#include <string.h>

#include "cli/display.h"
#include "cli/terminal.h"
#include "support/cm.h"

static int set_up(void **state)
{
    (void)state;
    (void)itd_cli_terminal_detect(); /* sets the character type */
    return 0;
}

static void clean_rows(void **state)
{
    (void)state;
    static const struct {
        const char *name, *raw, *want;
    } rows[] = {
        {"plain", "KIM Jong Un", "KIM Jong Un"},
        {"other scripts stay", "김정은 محمد", "김정은 محمد"},
        {"joiners of Persian stay", "می\xE2\x80\x8C\x62", "می\xE2\x80\x8C\x62"},
        {"escape sequence", "a\x1b[31mb", "a\xEF\xBF\xBD[31mb"},
        {"one-byte C1 control is no UTF-8",
         "a\x9b"
         "31mb",
         "a\xEF\xBF\xBD"
         "31mb"},
        {"C1 control in UTF-8",
         "a\xC2\x9b"
         "b",
         "a\xEF\xBF\xBD"
         "b"},
        {"bell and delete", "\a\x7f", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"right-to-left override",
         "a\xE2\x80\xAE"
         "gpj",
         "a\xEF\xBF\xBD"
         "gpj"},
        {"isolate",
         "a\xE2\x81\xA6"
         "b",
         "a\xEF\xBF\xBD"
         "b"},
        {"direction marks show nothing",
         "a\xE2\x80\x8E\xE2\x80\x8F"
         "b\xEF\xBB\xBF",
         "ab"},
        {"line ends and tabs",
         "a\r\n\tb\xE2\x80\xA8"
         "c",
         "a   b c"},
        {"cut sequence", "a\xEC\xA0", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"overlong slash", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"language tag",
         "\xF3\xA0\x81\x81"
         "a",
         "\xEF\xBF\xBD"
         "a"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text out = {0};
        itd_cli_clean(&out, itd_cli_sv(rows[i].raw));
        if (strcmp(itd_cli_text_string(&out), rows[i].want) != 0)
            fail_msg("%s: '%s'", rows[i].name, itd_cli_text_string(&out));
        itd_cli_text_free(&out);
    }
    itd_cli_text out = {0};
    itd_cli_clean(&out, (itd_sv){"a\0b", 3});
    assert_string_equal(itd_cli_text_string(&out), "a\xEF\xBF\xBD"
                                                   "b");
    itd_cli_text_free(&out);
}

static void width_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t want;
    } rows[] = {{"", 0}, {"abc", 3}, {"é", 1}, {"e\xCC\x81", 1}, {"金正恩", 6}, {"김정은", 6}, {"…", 1}, {"محمد", 4}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(itd_cli_width(itd_cli_sv(rows[i].text)), rows[i].want);
}

static void cut_fits_its_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
        const char *want;
    } rows[] = {
        {"abc", 3, "abc"},    {"abcd", 3, "ab…"}, {"金正恩", 6, "金正恩"}, {"金正恩", 5, "金正…"},
        {"金正恩", 4, "金…"}, {"abc", 1, "…"},    {"abc", 0, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text out = {0};
        itd_cli_cut(&out, itd_cli_sv(rows[i].text), rows[i].width);
        assert_string_equal(itd_cli_text_string(&out), rows[i].want);
        assert_true(itd_cli_width(itd_cli_sv(itd_cli_text_string(&out))) <= rows[i].width);
        itd_cli_text_free(&out);
    }
}

/* Lines joined by "|". */
static void wrapped(itd_cli_text *out, const char *text, size_t width)
{
    itd_sv rest = itd_cli_sv(text), line;
    itd_cli_text_clear(out);
    for (bool first = true; itd_cli_wrap(&line, &rest, width); first = false) {
        itd_cli_text_puts(out, first ? "" : "|");
        itd_cli_text_add(out, line.data, line.size);
    }
}

static void wrap_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
        const char *want;
    } rows[] = {
        {"one two three", 13, "one two three"},
        {"one two three", 12, "one two|three"},
        {"one two three", 7, "one two|three"},
        {"one two three", 5, "one|two|three"},
        {"one two three", 3, "one|two|thr|ee"},
        {"  one   two", 4, "one|two"},
        {"金正恩 金", 4, "金正|恩|金"},
        {"金", 1, "金"}, /* wider than the line: goes on, alone */
        {"", 5, ""},
        {"   ", 5, ""},
    };
    itd_cli_text out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        wrapped(&out, rows[i].text, rows[i].width);
        assert_string_equal(itd_cli_text_string(&out), rows[i].want);
    }
    itd_cli_text_free(&out);
}

static void paragraph_hangs(void **state)
{
    (void)state;
    itd_cli_text out = {0};
    itd_cli_paragraph(&out, itd_cli_sv("aaaa bbbb cccc dddd eeee ffff"), 4, 30);
    assert_string_equal(itd_cli_text_string(&out), "aaaa bbbb cccc dddd eeee\n    ffff\n");
    itd_cli_text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_rows), cmocka_unit_test(width_rows),      cmocka_unit_test(cut_fits_its_columns),
        cmocka_unit_test(wrap_rows),  cmocka_unit_test(paragraph_hangs),
    };
    return cmocka_run_group_tests_name("display", tests, set_up, NULL);
}
