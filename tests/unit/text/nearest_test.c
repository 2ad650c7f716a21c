#include "interdict/nearest.h"

#include <string.h>

#include "base/sv.h"
#include "support/cm.h"

/* Edits as the search counts them; SIZE_MAX: not near. */
static size_t edits(const char *wrong, const char *word)
{
    itd_nearest near = {.wrong = itd_sv_of(wrong)};
    itd_nearest_offer(&near, itd_sv_of(word));
    return near.best.data ? near.edits : SIZE_MAX;
}

static void edits_rows(void **state)
{
    (void)state;
    static const struct {
        const char *wrong, *word;
        size_t want;
    } rows[] = {
        {"screen", "screen", 0},
        {"SCREEN", "screen", 0},
        {"dprk3", "DPRK3", 0},
        {"scren", "screen", 1},
        {"screeen", "screen", 1},
        {"scrten", "screen", 1},
        {"csreen", "screen", 1},
        {"treshold", "threshold", 1},
        {"kitten", "sitting", SIZE_MAX}, /* three edits, two are allowed */
        {"kittens", "sittin", SIZE_MAX},
        {"kittings", "sitting", 2},
        {"ab", "ba", 1},
        {"ab", "cd", SIZE_MAX},
        {"", "lists", SIZE_MAX},
        {"lists", "", SIZE_MAX},
        {"a", "b", SIZE_MAX},
        {"a", "a", 0},
        {"th", "threshold", 1},      /* its beginning */
        {"korea", "North Korea", 1}, /* stands in it */
        {"rea", "North Korea", SIZE_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (edits(rows[i].wrong, rows[i].word) != rows[i].want)
            fail_msg("%s, %s: %zu edits", rows[i].wrong, rows[i].word, edits(rows[i].wrong, rows[i].word));
}

static void beyond_the_limit_only_a_beginning_tells(void **state)
{
    (void)state;
    char at_limit[ITD_NEAREST_MAX + 1], beyond[ITD_NEAREST_MAX + 2];
    memset(at_limit, 'a', sizeof at_limit - 1);
    at_limit[sizeof at_limit - 1] = '\0';
    memset(beyond, 'a', sizeof beyond - 1);
    beyond[sizeof beyond - 1] = '\0';
    at_limit[3] = 'b';
    assert_int_equal(edits(at_limit, at_limit), 0);
    assert_int_equal(edits("aabaaa", "aaabaa"), 1);
    assert_int_equal(edits(at_limit, beyond), SIZE_MAX);
    assert_int_equal(edits("aaaa", beyond), 1);
}

static const char *nearest(const char *wrong)
{
    static const char *const words[] = {"topic", "lists", "index", "screen", "compare", "export", "threshold"};
    itd_nearest near = {.wrong = itd_sv_of(wrong)};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        itd_nearest_offer(&near, itd_sv_of(words[i]));
    return near.best.data;
}

static void near_words_are_suggested_and_far_ones_are_not(void **state)
{
    (void)state;
    assert_string_equal(nearest("list"), "lists");
    assert_string_equal(nearest("indxe"), "index");
    assert_string_equal(nearest("treshhold"), "threshold");
    assert_string_equal(nearest("thresh"), "threshold");
    assert_string_equal(nearest("ex"), "export");
    assert_null(nearest("detect"));
    assert_null(nearest("x"));
    assert_null(nearest(""));
}

static void of_equals_the_order_of_offers_does_not_count(void **state)
{
    (void)state;
    itd_nearest one = {.wrong = ITD_SV("SDGX")}, other = one;
    itd_nearest_offer(&one, ITD_SV("SDGT"));
    itd_nearest_offer(&one, ITD_SV("SDGA"));
    itd_nearest_offer(&other, ITD_SV("SDGA"));
    itd_nearest_offer(&other, ITD_SV("SDGT"));
    assert_true(itd_sv_is(one.best, "SDGA"));
    assert_true(itd_sv_is(other.best, "SDGA"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_rows),
        cmocka_unit_test(beyond_the_limit_only_a_beginning_tells),
        cmocka_unit_test(near_words_are_suggested_and_far_ones_are_not),
        cmocka_unit_test(of_equals_the_order_of_offers_does_not_count),
    };
    return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}
