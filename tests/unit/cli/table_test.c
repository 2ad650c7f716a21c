#include <string.h>

#include "cli/display.h"
#include "cli/table.h"
#include "support/cm.h"

static int set_up(void **state)
{
    (void)state;
    (void)itd_cli_terminal_detect();
    return 0;
}

static const itd_cli_column columns[] = {{"NAME", false}, {"COUNT", true}, {"NOTE", false}};

static void columns_line_up_in_any_script(void **state)
{
    (void)state;
    const itd_cli_terminal terminal = {.unicode = true, .width = 80};
    itd_cli_table table;
    itd_cli_text out = {0};
    itd_cli_table_init(&table, columns, 3);
    itd_cli_table_string(&table, "김정은");
    itd_cli_table_count(&table, 1234);
    itd_cli_table_string(&table, "");
    itd_cli_table_string(&table, "Kim");
    itd_cli_table_count(&table, 7);
    itd_cli_table_string(&table, "a\x1b[2Jb");
    itd_cli_table_render(&out, &table, &terminal, 2, true);
    assert_string_equal(itd_cli_text_string(&out), "  NAME    COUNT  NOTE\n"
                                                   "  김정은  1,234\n"
                                                   "  Kim         7  a\xEF\xBF\xBD[2Jb\n");
    itd_cli_table_free(&table);
    itd_cli_text_free(&out);
}

static void the_widest_column_of_words_gives_way(void **state)
{
    (void)state;
    const itd_cli_terminal terminal = {.unicode = true, .width = 30};
    itd_cli_table table;
    itd_cli_text out = {0};
    itd_cli_table_init(&table, columns, 3);
    itd_cli_table_string(&table, "short");
    itd_cli_table_count(&table, 1234567);
    itd_cli_table_string(&table, "words that go on for longer than there is room");
    itd_cli_table_render(&out, &table, &terminal, 0, true);
    assert_string_equal(itd_cli_text_string(&out), "NAME       COUNT  NOTE\n"
                                                   "short  1,234,567  words that\n"
                                                   "                  go on for\n"
                                                   "                  longer than\n"
                                                   "                  there is\n"
                                                   "                  room\n");
    for (itd_sv rest = {out.data, out.size}; rest.size > 0;) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t size = (size_t)(end - rest.data);
        assert_true(itd_cli_width((itd_sv){rest.data, size}) <= terminal.width);
        rest = (itd_sv){end + 1, rest.size - size - 1};
    }
    itd_cli_table_free(&table);
    itd_cli_text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_line_up_in_any_script),
        cmocka_unit_test(the_widest_column_of_words_gives_way),
    };
    return cmocka_run_group_tests_name("table", tests, set_up, NULL);
}
