/* Flags that tell what would be so if stakes had not ended, or if less were enough. */
#include "support/faults.h"
#include "support/own.h"

#define DAY "2025-01-01"

/* OFAC FAQ 402. It is the rule in force on the day before stakes end that decides, with all that held on that day. */
static void test_divested(void **state)
{
    static const struct {
        const char *regime, *day, *rows;
        bool divested;
    } rows[] = {
        {"us-ofac", DAY, "X,A,600000,600000,shares,,2024-05-01\n", true},
        {"us-ofac", DAY, "X,A,600000,600000,shares,,2024\n", true}, /* until some day of it */
        {"us-ofac", DAY, "X,A,499999,499999,shares,,2024-05-01\n", false},
        /* no rule was in force */
        {"us-ofac", DAY, "X,A,600000,600000,shares,,2008-02-14\n", false},
        {"us-ofac", DAY, "X,A,600000,600000,shares,,2008-02-15\n", true},
        {"ca", DAY, "X,A,600000,600000,shares,,2023-01-01\n", false},
        {"ca", DAY, "X,A,600000,600000,shares,,2023-06-22\n", false},
        {"ca", DAY, "X,A,600000,600000,shares,,2023-06-23\n", true},
        {"gb", DAY, "X,A,600000,600000,shares,,2020-12-31\n", false},
        {"us-bis", "2026-02-01", "X,A,600000,600000,shares,,2025-11-10\n", true},
        {"us-bis", "2026-02-01", "X,A,600000,600000,shares,,2025-11-11\n", false},
        /* another rule was */
        {"us-ofac", DAY, "X,A,250000,250000,shares,,2014-08-13\nY,A,250000,250000,shares,,2014-08-13\n", false},
        {"us-ofac", DAY, "X,A,250000,250000,shares,,2014-08-14\nY,A,250000,250000,shares,,2014-08-14\n", true},
        {"eu", DAY, "X,A,250000,250000,shares,,2024-07-03\nY,A,250000,250000,shares,,2024-07-03\n", false},
        {"eu", DAY, "X,A,250000,250000,shares,,2024-07-04\nY,A,250000,250000,shares,,2024-07-04\n", true},
        {"eu", DAY, "X,A,500000,500000,shares,,2024-07-03\n", true}, /* control was presumed */
        /* votes and rights */
        {"eu", DAY, "X,A,,,control,,2024-01-01\n", true},
        {"us-ofac", DAY, "X,A,,,control,,2024-01-01\n", false},
        {"gb", DAY, "X,A,,,board,,2024-01-01\n", true},
        {"gb", DAY, "X,A,600000,600000,votes,,2024-01-01\n", true},
        {"ca", DAY, "X,A,600000,600000,votes,,2024-01-01\n", true},
        {"eu", DAY, "X,A,600000,600000,votes,,2024-01-01\n", true},
        {"eu", DAY, "X,A,500000,500000,votes,,2024-01-01\n", false},
        {"us-ofac", DAY, "X,A,600000,600000,votes,,2024-01-01\n", false},
        /* others left too little, then */
        {"us-ofac", DAY, "X,A,0,600000,shares,,2024-01-01\nZ,A,510000,510000,shares,,2024-01-01\n", false},
        {"us-ofac", DAY, "X,A,0,600000,shares,,2024-01-01\nZ,A,510000,510000,shares,2024-01-01,\n", true},
        /* arrangements */
        {"gb", DAY, "X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,\nX,Z,,,joint,,2024-01-01\n", true},
        {"gb", DAY, "X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,\nX,Z,,,joint,,2020-01-01\n", false},
        {"gb", DAY, "X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,2024-01-01\nX,Z,,,joint,,\n", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, rows[i].regime, rows[i].day, "X\nY\n", rows[i].rows);
        itd_own_answer answer = own_answer(&w, "A");
        assert_int_equal(answer.judgement.verdict, ITD_OWN_NOT_BLOCKED);
        if (own_has_flag(&answer, "divested") != rows[i].divested)
            fail_msg("row %zu, %s: %s", i, rows[i].regime, rows[i].rows);
        own_finish(&w);
    }
}

/* What is held by a company that was possible then; not what it holds since, or held before. */
static void test_divested_below(void **state)
{
    static const struct {
        const char *listed, *rows;
        bool divested;
    } rows[] = {
        {"X\n", "X,A,600000,600000,shares,,2024-01-01\nA,B,600000,600000,shares,,\n", true},
        {"X\n", "X,A,600000,600000,shares,,2024-01-01\nA,B,600000,600000,shares,2024-06-01,\n", false},
        {"X\n", "X,A,600000,600000,shares,2024-06-01,\nA,B,600000,600000,shares,,2024-01-01\n", false},
        {"X\n", "X,A,600000,600000,shares,,2007-01-01\nA,B,600000,600000,shares,,\n", false},
        {"X\n", "X,A,600000,600000,shares,,2024-01-01\nX,B,300000,300000,shares,,\nA,B,300000,300000,shares,,\n", true},
        {"X\n",
         "X,A,600000,600000,shares,,2024-01-01\nA,C,600000,600000,shares,,\nC,A,300000,300000,shares,,\n"
         "C,B,500000,500000,shares,,\n",
         true},
        /* a part of it was held by a class; it is no one's now */
        {"X,kp-party\n", "X,B,100000,100000,shares,,2024-01-01\n", true},
        {"X,kp-party\n", "X,B,100000,100000,shares,,2016-03-16\n", false},
        {"X,kp-party\n", "X,A,,,control,,2024-01-01\nA,B,100000,100000,shares,,\n", true},
        {"X,kp-party\nA\n", "X,A,,,control,,2024-01-01\nA,B,100000,100000,shares,,2024-01-01\n", true},
        {"X,kp-party\nA\n", "X,A,,,control,2024-01-01,\nA,B,100000,100000,shares,,2024-01-01\n", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, "us-ofac", DAY, rows[i].listed, rows[i].rows);
        itd_own_answer answer = own_answer(&w, "B");
        assert_int_equal(answer.judgement.verdict, ITD_OWN_NOT_BLOCKED);
        if (own_has_flag(&answer, "divested") != rows[i].divested)
            fail_msg("row %zu: %s", i, rows[i].rows);
        own_finish(&w);
    }
}

/* Half or more is held by blocked parties together, of the votes as of the shares, and the regime asks for more or does
 * not sum; or five points are missing. */
static void test_votes(void **state)
{
    static const struct {
        const char *rows, *flags;
    } rows[] = {
        {"X,A,500000,500000,votes,,\nY,A,500000,500000,votes,,\n", "check_control"},
        {"X,A,300000,300000,votes,,\nY,A,250000,250000,votes,,\n", "check_control"},
        {"X,A,500000,500000,votes,,\n", "check_control"},
        {"X,A,250000,250000,votes,,\nY,A,220000,220000,votes,,\n", "near_threshold"},
        {"X,A,450001,450001,votes,,\n", "near_threshold"},
        {"X,A,450000,450000,votes,,\n", ""},
        {"X,A,300000,300000,votes,,\nZ,A,250000,250000,votes,,\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < 2 * sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, i % 2 ? "ch" : "eu", DAY, "X\nY\n", rows[i / 2].rows);
        own_expect(&w, "A", ITD_OWN_NOT_BLOCKED, ITD_OWN_NO_BASIS, rows[i / 2].flags);
        own_finish(&w);
    }
}

/* A list that changes changes what is flagged. */
static void test_changes(void **state)
{
    own_world w;
    itd_error error = {0};
    (void)state;
    own_judge(&w, "eu", DAY, "Y\n", "X,A,600000,600000,votes,,2024-01-01\nX,B,500000,500000,votes,,\n");
    uint32_t x = itd_register_find(&w.r, ITD_SV("X"));
    own_expect(&w, "A", ITD_OWN_NOT_BLOCKED, ITD_OWN_NO_BASIS, "");
    assert_int_equal(itd_own_evaluation_list(&w.e, x, false, &error), ITD_OK);
    assert_int_equal(itd_own_evaluation_flags(&w.e, &error), ITD_OK);
    own_expect(&w, "A", ITD_OWN_NOT_BLOCKED, ITD_OWN_NO_BASIS, "divested");
    own_expect(&w, "B", ITD_OWN_NOT_BLOCKED, ITD_OWN_NO_BASIS, "check_control");
    assert_int_equal(itd_own_evaluation_unlist(&w.e, x, &error), ITD_OK);
    assert_int_equal(itd_own_evaluation_flags(&w.e, &error), ITD_OK);
    own_expect(&w, "A", ITD_OWN_NOT_BLOCKED, ITD_OWN_NO_BASIS, "");
    own_finish(&w);
}

/* Judged, flagged and changed anew. */
static itd_status run(void *context, itd_error *error)
{
    const own_world *w = context;
    itd_own_evaluation e;
    uint32_t x = itd_register_find(&w->r, ITD_SV("X"));
    itd_status status = itd_own_evaluation_init(&e, &w->r, w->e.regime, w->e.day, error);
    if (status == ITD_OK) {
        itd_own_mark(&e, x, (w->e.state[x] & ITD_OWN_IS_MEMBER) != 0);
        status = itd_own_evaluation_run(&e, error);
    }
    if (status == ITD_OK)
        status = itd_own_evaluation_flags(&e, error);
    if (status == ITD_OK)
        status = itd_own_evaluation_unlist(&e, x, error);
    if (status == ITD_OK)
        status = itd_own_evaluation_list(&e, x, false, error);
    if (status == ITD_OK)
        status = itd_own_evaluation_flags(&e, error);
    itd_own_evaluation_finish(&e);
    return status;
}

static void test_failures(void **state)
{
    const char *rows = "X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,2024-01-01\nX,Z,,,joint,,\n"
                       "X,B,600000,600000,votes,,\nB,C,,,control,,2024-01-01\nC,D,600000,600000,shares,,\n";
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        own_world w;
        own_judge(&w, i ? "us-ofac" : "gb", DAY, "X,kp-party\n", rows);
        assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &w) > 20);
        own_finish(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_divested), cmocka_unit_test(test_divested_below), cmocka_unit_test(test_votes),
        cmocka_unit_test(test_changes),  cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
