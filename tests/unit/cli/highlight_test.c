#include <string.h>

#include "cli/highlight.h"
#include "support/cm.h"

static int set_up(void **state)
{
    (void)state;
    (void)itd_cli_terminal_detect();
    return 0;
}

/* Marked letters in brackets. */
static void marked(itd_cli_text *out, const char *name, const char *other)
{
    const itd_cli_terminal colour = {.terminal = true, .colour = true, .unicode = true, .width = 80};
    itd_cli_text raw = {0};
    itd_cli_highlight(&raw, &colour, itd_cli_sv(name), itd_cli_sv(other));
    itd_cli_text_clear(out);
    for (const char *p = itd_cli_text_string(&raw); *p;) {
        if (strncmp(p, "\x1b[0m", 4) == 0) {
            itd_cli_text_puts(out, "]");
            p += 4;
        } else if (*p == '\x1b') {
            itd_cli_text_puts(out, "[");
            p += strcspn(p, "m") + 1;
        } else {
            itd_cli_text_add(out, p++, 1);
        }
    }
    itd_cli_text_free(&raw);
}

static void highlight_rows(void **state)
{
    (void)state;
    static const struct {
        const char *name, *other, *want;
    } rows[] = {
        {"KIM, Jong Un", "kim jong un", "[KIM], [Jong] [Un]"},
        {"KIM, Jong Un", "Un Kim", "[KIM], Jong [Un]"},
        {"Viktor Bout", "Victor Boot", "[Vi]k[tor] [Bo]u[t]"},
        {"José", "jose", "[Jos]é"},
        {"김정은", "김정은", "[김정은]"},
        {"KIM Jong Un", "김정은", "KIM Jong Un"},
        {"Korea Daesong Bank", "Daesong General Trading", "Korea [Daesong] Bank"},
        {"abc", "", "abc"},
        {"", "abc", ""},
        {" - ", "-", " - "},
    };
    itd_cli_text out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        marked(&out, rows[i].name, rows[i].other);
        assert_string_equal(itd_cli_text_string(&out), rows[i].want);
    }
    itd_cli_text_free(&out);
}

static void nothing_is_marked_without_colour(void **state)
{
    (void)state;
    const itd_cli_terminal plain = {.unicode = true, .width = 80};
    itd_cli_text out = {0};
    itd_cli_highlight(&out, &plain, itd_cli_sv("KIM, Jong Un"), itd_cli_sv("kim jong un"));
    assert_string_equal(itd_cli_text_string(&out), "KIM, Jong Un");
    itd_cli_text_free(&out);
}

static void beyond_its_limits_text_stays_plain(void **state)
{
    (void)state;
    char word[ITD_CLI_HIGHLIGHT_LETTERS_MAX + 2];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    itd_cli_text out = {0};
    marked(&out, word, word);
    assert_string_equal(itd_cli_text_string(&out), word);
    marked(&out, word + 1, word + 1); /* at the limit */
    assert_int_equal(out.data[0], '[');

    itd_cli_text many = {0};
    for (size_t i = 0; i <= ITD_CLI_HIGHLIGHT_WORDS_MAX; i++)
        itd_cli_text_puts(&many, "b ");
    marked(&out, itd_cli_text_string(&many), "b");
    assert_int_equal(out.size, many.size + (size_t)2 * ITD_CLI_HIGHLIGHT_WORDS_MAX);
    assert_memory_equal(out.data + out.size - 6, "[b] b ", 6);
    itd_cli_text_free(&many);
    itd_cli_text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(highlight_rows),
        cmocka_unit_test(nothing_is_marked_without_colour),
        cmocka_unit_test(beyond_its_limits_text_stays_plain),
    };
    return cmocka_run_group_tests_name("highlight", tests, set_up, NULL);
}
