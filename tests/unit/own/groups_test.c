/* Parties that act together: OFSI General Guidance 4.14; SI 2019/855, Schedule 1. */
#include "support/own.h"

#define BLOCKED ITD_OWN_BLOCKED
#define NOT ITD_OWN_NOT_BLOCKED
#define DAY "2025-01-01"

/* What a company holds in itself is no holding of whoever acts together with it. */
static void test_a_company_in_itself(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "gb", DAY, "X\n", "X,E,,,joint,,\nE,E,600000,600000,shares,,\n");
    own_expect(&w, "E", NOT, ITD_OWN_NO_BASIS, "");
    own_expect_share(&w, "E", 0, 0);
    own_finish(&w);
    own_judge(&w, "gb", DAY, "X\n", "X,E,,,control,,\nE,E,600000,600000,shares,,\n");
    own_expect(&w, "E", BLOCKED, ITD_OWN_CONTROL, ""); /* by X, not by its own shares */
    own_expect_share(&w, "E", 0, 0);
    own_finish(&w);
    own_judge(&w, "gb", DAY, "X\n", "X,E,,,joint,,\nX,E,0,510000,shares,,\nE,E,490000,490000,shares,,\n");
    own_expect(&w, "E", ITD_OWN_POSSIBLE, ITD_OWN_OWNERSHIP, ""); /* others leave X 510,000 */
    own_expect_share(&w, "E", 0, 510000);
    own_finish(&w);
    own_judge(&w, "gb", DAY, "X\n", "X,E,,,joint,,\nX,E,0,510000,shares,,\nE,E,500000,500000,shares,,\n");
    own_expect(&w, "E", NOT, ITD_OWN_NO_BASIS, "check_control");
    own_expect_share(&w, "E", 0, 500000);
    own_finish(&w);
}

/* A partner is summed with each that it acts together with, and these not with each other. */
static void test_who_is_summed(void **state)
{
    static const struct {
        const char *rows;
        itd_own_verdict verdict;
        uint32_t low, high;
        const char *flags;
    } rows[] = {
        {"X,A,200000,200000,shares,,\nP,A,200000,200000,shares,,\nQ,A,200000,200000,shares,,\nX,P,,,joint,,\nQ,X,,,"
         "joint,,\n",
         BLOCKED, 600000, 600000, ""},
        {"X,A,200000,200000,shares,,\nP,A,200000,200000,shares,,\nQ,A,200000,200000,shares,,\nX,P,,,joint,,\nP,Q,,,"
         "joint,,\n",
         NOT, 400000, 400000, ""}, /* Q acts with P, not with X */
        {"P,A,300000,300000,shares,,\nQ,A,300000,300000,shares,,\nX,P,,,joint,,\nX,Q,,,control,,\n", BLOCKED, 600000,
         600000, ""},
        {"X,A,300000,300000,shares,,\nP,A,200001,200001,shares,,\nP,X,,,control,,\n", NOT, 300000, 300000, ""},
        /* half, and nearly half, of a blocked party and one that is not */
        {"X,A,300000,300000,shares,,\nP,A,200000,200000,shares,,\nX,P,,,joint,,\n", NOT, 500000, 500000,
         "check_control"},
        {"X,A,300000,300000,shares,,\nP,A,160000,160000,shares,,\nX,P,,,joint,,\n", NOT, 460000, 460000,
         "near_threshold"},
        /* said twice, it is one arrangement */
        {"X,A,300000,300000,shares,,\nP,A,200000,200000,shares,,\nX,P,,,joint,,\nP,X,,,joint,,\nX,P,,,control,2026-01-"
         "01,\n",
         NOT, 500000, 500000, "check_control"},
        {"X,A,300000,300000,shares,,\nP,A,250000,250000,shares,,\nX,P,,,joint,2025,\nP,X,,,joint,,\n", BLOCKED, 550000,
         550000, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, "gb", DAY, "X\n", rows[i].rows);
        own_expect(&w, "A", rows[i].verdict, rows[i].verdict == NOT ? ITD_OWN_NO_BASIS : ITD_OWN_OWNERSHIP,
                   rows[i].flags);
        own_expect_share(&w, "A", rows[i].low, rows[i].high);
        own_finish(&w);
    }
}

#define MANY 20000

/* Many owners of one company, each in an arrangement with the first; `each` is what every one of them has. */
static char *write_many(uint32_t each, bool all_listed, char **listed)
{
    char *rows = malloc((size_t)MANY * 80), *at = rows, *who = malloc((size_t)MANY * 8);
    assert_non_null(rows);
    assert_non_null(who);
    *listed = who;
    for (unsigned i = 0; i < MANY; i++) {
        at += sprintf(at, "h%u,hub,%u,%u,shares,,\n", i, each, each);
        if (i > 0)
            at += sprintf(at, "h0,h%u,,,joint,,\n", i);
        if (i == 0 || all_listed)
            who += sprintf(who, "h%u\n", i);
    }
    return rows;
}

/* Twenty thousand times 25 are half of it, times 26 are more. Looked at owner by owner, partner by partner and holding
 * by holding this would take days. */
static void test_many(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        own_world w;
        bool all = i % 2 == 1, enough = i >= 2;
        char *listed = NULL, *rows = write_many(enough ? 26 : 25, all, &listed);
        own_judge(&w, "gb", DAY, listed, rows);
        own_expect(&w, "hub", enough ? BLOCKED : NOT, enough ? ITD_OWN_OWNERSHIP : ITD_OWN_NO_BASIS,
                   enough ? "" : "check_control");
        own_expect_share(&w, "hub", enough ? 520000 : 500000, enough ? 520000 : 500000);
        uint32_t h0 = itd_register_find(&w.r, ITD_SV("h0")), hub = itd_register_find(&w.r, ITD_SV("hub"));
        itd_error error = {0};
        assert_int_equal(itd_own_evaluation_unlist(&w.e, h0, &error), ITD_OK);
        assert_int_equal(itd_own_in(&w.e, ITD_OWN_LAYER_BLOCKED, hub), false); /* nobody has it any more */
        assert_int_equal(itd_own_evaluation_list(&w.e, h0, false, &error), ITD_OK);
        assert_int_equal(itd_own_in(&w.e, ITD_OWN_LAYER_BLOCKED, hub), enough);
        own_finish(&w);
        free(rows);
        free(listed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_company_in_itself),
        cmocka_unit_test(test_who_is_summed),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
