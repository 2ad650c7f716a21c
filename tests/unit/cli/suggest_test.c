#include <string.h>

#include "cli/suggest.h"
#include "support/cm.h"

static void edits_rows(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t want;
    } rows[] = {
        {"screen", "screen", 0}, {"scren", "screen", 1}, {"screeen", "screen", 1},     {"scrten", "screen", 1},
        {"csreen", "screen", 1}, {"", "lists", 5},       {"treshold", "threshold", 1}, {"kitten", "sitting", 3},
        {"ab", "ba", 1},         {"ca", "abc", 3}, /* one alignment: what was swapped is not edited again */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(itd_cli_edits(rows[i].a, rows[i].b), rows[i].want);
        assert_int_equal(itd_cli_edits(rows[i].b, rows[i].a), rows[i].want);
    }
}

static void a_word_beyond_the_limit_has_no_distance(void **state)
{
    (void)state;
    char at_limit[ITD_CLI_SUGGEST_MAX + 1], beyond[ITD_CLI_SUGGEST_MAX + 2];
    memset(at_limit, 'a', sizeof at_limit - 1);
    at_limit[sizeof at_limit - 1] = '\0';
    memset(beyond, 'a', sizeof beyond - 1);
    beyond[sizeof beyond - 1] = '\0';
    assert_int_equal(itd_cli_edits(at_limit, "a"), ITD_CLI_SUGGEST_MAX - 1);
    assert_int_equal(itd_cli_edits(beyond, "a"), SIZE_MAX);
    assert_int_equal(itd_cli_edits("a", beyond), SIZE_MAX);
}

static const char *nearest(const char *wrong)
{
    static const char *const words[] = {"lists", "index", "screen", "compare", "export", "threshold", "topic"};
    itd_cli_suggestion near = {.wrong = wrong};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        itd_cli_suggest(&near, words[i]);
    return near.best;
}

static void near_words_are_suggested_and_far_ones_are_not(void **state)
{
    (void)state;
    assert_string_equal(nearest("list"), "lists");
    assert_string_equal(nearest("indxe"), "index");
    assert_string_equal(nearest("treshhold"), "threshold");
    assert_string_equal(nearest("thresh"), "threshold"); /* its beginning */
    assert_null(nearest("detect"));
    assert_null(nearest("x"));
    assert_null(nearest(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_rows),
        cmocka_unit_test(a_word_beyond_the_limit_has_no_distance),
        cmocka_unit_test(near_words_are_suggested_and_far_ones_are_not),
    };
    return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
