#include "match/internal.h"
#include "support/cm.h"

/* Published scores that the formula was fitted to. */
static void published_scores(void **state)
{
    (void)state;
    static const struct {
        const char *query, *candidate;
        int score;
    } rows[] = {
        {"VLADIMIR PUTIN", "VLADIMIR BILIY", 90},
        {"GEORGE BUSH", "HESWANI, George", 51},
        {"AL-QAEDA", "AL QAIDA", 90},
        {"BASHIR-UD-DIN", "Bashir", 91},
        {"GEORGE BUSH", "GROUPE FLEURETTE", 62},
        {"KIM JONG UN", "KIM, Jong Man", 100},
        {"ALQAEDA", "AL QAEDA", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int score = itd_ofac_names(itd_sv_of(rows[i].query), itd_sv_of(rows[i].candidate));
        if (score != rows[i].score)
            fail_msg("%s | %s: %d, published %d", rows[i].query, rows[i].candidate, score, rows[i].score);
    }
}

static void odd_names_are_no_hit(void **state)
{
    (void)state;
    assert_int_equal(itd_ofac_names(ITD_SV(""), ITD_SV("KIM")), 0);
    assert_int_equal(itd_ofac_names(ITD_SV("KIM"), ITD_SV("")), 0);
    assert_int_equal(itd_ofac_names(ITD_SV("..."), ITD_SV("''")), 0);
    assert_int_equal(itd_ofac_names(ITD_SV("José"), ITD_SV("JOSE")), 100);
    char long_name[4096];
    for (size_t i = 0; i < sizeof long_name; i++)
        long_name[i] = i % 3 == 2 ? ' ' : 'a';
    assert_int_equal(itd_ofac_names((itd_sv){long_name, sizeof long_name}, (itd_sv){long_name, sizeof long_name}), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(published_scores), cmocka_unit_test(odd_names_are_no_hit)};
    return cmocka_run_group_tests_name("ofac", tests, NULL, NULL);
}
