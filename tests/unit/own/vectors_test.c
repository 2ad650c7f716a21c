/* The rules, each by the example of its source. X and Y are listed persons unless a test says otherwise, neither of
 * them the North Korean Government or its Party. Percentages are written in parts per million. */
#include "support/own.h"

#define BLOCKED ITD_OWN_BLOCKED
#define POSSIBLE ITD_OWN_POSSIBLE
#define NOT ITD_OWN_NOT_BLOCKED
#define BY_SHARES ITD_OWN_OWNERSHIP
#define DAY "2025-01-01"

/* OFAC FAQ 401, first example: "Blocked Person X owns 50 percent of Entity A, and Entity A owns 50 percent of Entity
 * B". */
static void test_01_faq_401_level_by_level(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n", "X,A,500000,500000,shares,,\nA,B,500000,500000,shares,,\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_expect(&w, "B", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

/* OFAC FAQ 401, second example. */
static void test_02_faq_401_two_ways(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n",
              "X,A,500000,500000,shares,,\nX,B,500000,500000,shares,,\nA,C,250000,250000,shares,,\n"
              "B,C,250000,250000,shares,,\n");
    own_expect(&w, "C", BLOCKED, BY_SHARES, "");
    own_expect_share(&w, "C", 500000, 500000);
    own_finish(&w);
}

/* OFAC FAQ 401, third example. */
static void test_03_faq_401_direct_and_through(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n",
              "X,A,500000,500000,shares,,\nX,B,100000,100000,shares,,\nA,B,400000,400000,shares,,\n");
    own_expect(&w, "B", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

/* OFAC FAQ 401, fourth example: B is not blocked, so what it holds does not count. */
static void test_04_faq_401_one_way_not_blocked(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n",
              "X,A,500000,500000,shares,,\nX,B,250000,250000,shares,,\nA,C,250000,250000,shares,,\n"
              "B,C,250000,250000,shares,,\n");
    own_expect(&w, "C", NOT, ITD_OWN_NO_BASIS, "");
    own_expect_share(&w, "C", 250000, 250000);
    own_finish(&w);
}

/* OFAC FAQ 401, fifth example. */
static void test_05_faq_401_neither_way_blocked(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n",
              "X,A,250000,250000,shares,,\nX,B,250000,250000,shares,,\nA,C,500000,500000,shares,,\n"
              "B,C,500000,500000,shares,,\n");
    own_expect(&w, "C", NOT, ITD_OWN_NO_BASIS, "");
    own_finish(&w);
}

/* OFAC FAQ 399: blocked persons are summed, whatever programmes they are blocked under. */
static void test_06_faq_399_two_programmes(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\nY\n", "X,A,250000,250000,shares,,\nY,A,250000,250000,shares,,\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

/* OFAC FAQ 398: control alone does not block; 31 CFR 510.201(a)(1), 510.311: what the Party controls may be blocked. */
static void test_07_faq_398_control(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n", "X,A,,,control,,\nX,A,400000,400000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "control");
    own_finish(&w);
    own_judge(&w, "us-ofac", DAY, "X,kp-party\n", "X,A,,,control,,\nX,A,400000,400000,shares,,\n");
    own_expect(&w, "A", POSSIBLE, ITD_OWN_CATEGORY, "control");
    own_finish(&w);
}

/* OFAC FAQ 402: sold below half, wholly outside US jurisdiction; property that was blocked before stays so. */
static void test_08_faq_402_divested(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n",
              "X,A,600000,600000,shares,,2024-05-01\nX,A,490000,490000,shares,2024-05-01,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "near_threshold divested");
    own_expect_share(&w, "A", 490000, 490000);
    own_finish(&w);
}

/* OFAC FAQ 400: a blocked officer signs for a company that is not blocked. */
static void test_09_faq_400_signatory(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n", "X,A,,,director,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "signatory");
    own_finish(&w);
}

/* OFAC FAQ 401: aggregated, then level by level. */
static void test_10_two_listed_then_one_level_more(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "A\nX\n",
              "A,B,250000,250000,shares,,\nX,B,250000,250000,shares,,\nB,C,500000,500000,shares,,\n");
    own_expect(&w, "B", BLOCKED, BY_SHARES, "");
    own_expect(&w, "C", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

/* OFAC FAQ 401 read as a least fixed point: a cycle does not block itself. */
static void test_11_cycle_does_not_block_itself(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n",
              "X,A,450000,450000,shares,,\nY,A,480000,480000,shares,,\nA,Y,1000000,1000000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "");
    own_expect(&w, "Y", NOT, ITD_OWN_NO_BASIS, "");
    own_expect_share(&w, "A", 450000, 450000);
    own_finish(&w);
}

/* OFAC FAQ 399 and 401 together; who carries it, and through which chain. */
static void test_12_through_and_beside(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "P\nQ\n",
              "P,I,500000,500000,shares,,\nI,T,400000,400000,shares,,\nQ,T,100000,100000,shares,,\n");
    own_expect(&w, "T", BLOCKED, BY_SHARES, "");
    itd_own_answer answer = own_answer(&w, "T");
    assert_int_equal(answer.by_count, 2);
    assert_true(itd_sv_is(answer.by[0].id, "P") && answer.by[0].share_min_ppm == 400000);
    assert_true(itd_sv_is(answer.by[1].id, "Q") && answer.by[1].share_max_ppm == 100000);
    assert_int_equal(answer.chain_count, 2);
    assert_int_equal(answer.chains[0].count, 2);
    assert_true(itd_sv_is(answer.chains[0].steps[0].owner, "P") && itd_sv_is(answer.chains[0].steps[0].owned, "I"));
    assert_int_equal(answer.chains[0].steps[0].share_min_ppm, 500000);
    assert_true(itd_sv_is(answer.chains[0].steps[0].source, "r.csv:2"));
    assert_true(itd_sv_is(answer.chains[0].steps[1].owned, "T") &&
                itd_sv_is(answer.chains[0].steps[1].source, "r.csv:3"));
    assert_string_equal(answer.rule_id, "us-ofac-50");
    assert_string_equal(answer.rule_from, "2014-08-13");
    assert_null(answer.rule_to);
    own_finish(&w);
}

/* OFAC FAQ 398 urges caution where a blocked person's share is significant. */
static void test_13_near_the_threshold(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "P\n", "P,I,490000,490000,shares,,\nI,T,1000000,1000000,shares,,\n");
    own_expect(&w, "I", NOT, ITD_OWN_NO_BASIS, "near_threshold");
    own_expect(&w, "T", NOT, ITD_OWN_NO_BASIS, "near_threshold");
    own_finish(&w);
}

/* Council of the EU, Best Practices, 11623/24 of 3 July 2024: 50 % or more, aggregated. */
static void test_14_eu_30_and_25(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "eu", "2025-06-01", "X\nY\n", "X,A,300000,300000,shares,,\nY,A,250000,250000,shares,,\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

static void test_15_eu_25_and_25(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "eu", "2025-06-01", "X\nY\n", "X,A,250000,250000,shares,,\nY,A,250000,250000,shares,,\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

/* CJEU C-84/24 of 12 March 2026: exactly half was control presumed, rebuttable; 11623/24: since 3 July 2024 it is
 * ownership. */
static void test_16_eu_exactly_half(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "eu", "2024-06-01", "X\n", "X,A,500000,500000,shares,,\n");
    own_expect(&w, "A", POSSIBLE, ITD_OWN_CONTROL_PRESUMED, "");
    own_finish(&w);
    own_judge(&w, "eu", "2025-01-01", "X\n", "X,A,500000,500000,shares,,\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

/* OFSI General Guidance 4.14: no aggregation unless there is a joint arrangement; SI 2019/855, Schedule 1. */
static void test_17_gb_no_aggregation(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "gb", DAY, "X\nY\n", "X,A,300000,300000,shares,,\nY,A,250000,250000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "check_control");
    own_finish(&w);
}

static void test_18_gb_joint_arrangement(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "gb", DAY, "X\nY\n", "X,A,300000,300000,shares,,\nY,A,250000,250000,shares,,\nX,Y,,,joint,,\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_expect_share(&w, "A", 550000, 550000);
    own_finish(&w);
}

/* SI 2019/855, regulation 7: more than 50 %. */
static void test_19_gb_exactly_half(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "gb", DAY, "X\n", "X,A,500000,500000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "check_control");
    own_finish(&w);
}

/* SECO: more than 50 %. */
static void test_20_ch_exactly_half(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "ch", DAY, "X\n", "X,A,500000,500000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "check_control");
    own_finish(&w);
}

/* Bands as the UK's register of persons with significant control has them: more than 25 % but not more than 50 %. */
static void test_21_band_up_to_half(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n", "X,A,250001,500000,shares,,\n");
    own_expect(&w, "A", POSSIBLE, BY_SHARES, "");
    own_finish(&w);
}

/* Shares of one company never pass the whole: 60 % of another leave 40 % at most. */
static void test_22_band_cut_by_the_other(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n", "X,A,250001,500000,shares,,\nY,A,600000,600000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "");
    own_expect_share(&w, "A", 250001, 400000);
    own_finish(&w);
}

/* SI 2019/855, regulation 7 and Schedule 1; OFSI General Guidance 4.14. */
static void test_23_gb_level_by_level(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "gb", DAY, "X\n", "X,A,600000,600000,shares,,\nA,B,600000,600000,shares,,\n");
    own_expect(&w, "B", BLOCKED, BY_SHARES, "");
    own_finish(&w);
    own_judge(&w, "gb", DAY, "X\n",
              "X,A,600000,600000,shares,,\nA,B,400000,400000,shares,,\nX,B,200000,200000,shares,,\n");
    own_expect(&w, "B", NOT, ITD_OWN_NO_BASIS, "check_control");
    own_finish(&w);
}

/* BIS Affiliates Rule: in force from 29 September 2025, suspended from 10 November 2025 to 9 November 2026. */
static void test_24_bis_suspension(void **state)
{
    static const struct {
        const char *day;
        itd_own_verdict verdict;
    } days[] = {{"2025-09-28", NOT},     {"2025-09-29", BLOCKED}, {"2025-10-15", BLOCKED},
                {"2025-11-09", BLOCKED}, {"2025-11-10", NOT},     {"2026-01-01", NOT},
                {"2026-11-09", NOT},     {"2026-11-10", BLOCKED}, {"2026-11-22", BLOCKED}};
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        own_world w;
        own_judge(&w, "us-bis", days[i].day, "X\n", "X,A,500000,500000,shares,,\n");
        own_expect(&w, "A", days[i].verdict, days[i].verdict == BLOCKED ? BY_SHARES : ITD_OWN_NO_BASIS, "");
        own_expect(&w, "X", BLOCKED, ITD_OWN_LISTED, "");
        own_finish(&w);
    }
}

/* OFAC FAQ 402: the share on the day counts. */
static void test_25_stake_that_ended(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", "2024-06-01", "X\n", "X,A,500000,500000,shares,,2024-05-01\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "divested");
    own_finish(&w);
    own_judge(&w, "us-ofac", "2024-04-01", "X\n", "X,A,500000,500000,shares,,2024-05-01\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_finish(&w);
}

/* Three sixths are 499,998 to 500,001 parts per million: possible, never a plain no. */
static void test_three_sixths(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\nY\nZ\n",
              "X,A,166666,166667,shares,,\nY,A,166666,166667,shares,,\nZ,A,166666,166667,shares,,\n");
    own_expect(&w, "A", POSSIBLE, BY_SHARES, "");
    own_expect_share(&w, "A", 499998, 500001);
    own_finish(&w);
}

/* X and Y have at most what Z leaves. */
static void test_cut_of_a_sum(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\nY\n",
              "X,A,0,400000,shares,,\nY,A,0,400000,shares,,\nZ,A,510000,510000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "near_threshold");
    own_expect_share(&w, "A", 0, 490000);
    own_finish(&w);
}

/* What one owner is stated to have of one company three times is one holding: 48, 50 and 51 % are a range, and at most
 * what the others leave. All that FollowTheMoney data say of CST's owners as of 2022-06-01; K, of whom it is also said
 * that it owns, but not how much, has 49 %. Naively summed they hold 201 %. */
static void test_statements_become_a_range(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", "2022-06-01", "X\n",
              "X,A,500000,500000,shares,2015-11-25,2023-03-02\nX,A,480000,480000,shares,2015-11-25,2023-12-21\n"
              "X,A,510000,510000,shares,2015-11-25,\nK,A,490000,490000,shares,2016-03-29,\nK,A,0,1000000,shares,,\n"
              "T,A,20000,20000,shares,2019-05-24,2023-12-21\nS,A,10000,10000,shares,2022-01-17,2023-03-02\n");
    own_expect_share(&w, "A", 480000, 480000);
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "near_threshold");
    itd_own_answer answer = own_answer(&w, "A");
    assert_int_equal(answer.by[0].share_min_ppm, 480000);
    assert_int_equal(answer.by[0].share_max_ppm, 480000);
    assert_true(itd_sv_is(answer.chains[0].steps[0].source, "r.csv:2, r.csv:3, r.csv:4"));
    own_finish(&w);
    own_judge(&w, "us-ofac", "2022-06-01", "X\n", "X,A,480000,480000,shares,,\nX,A,510000,510000,shares,,\n");
    own_expect(&w, "A", POSSIBLE, BY_SHARES, "");
    own_finish(&w);
}

/* Special Economic Measures Act, section 2.1, in force since 22 June 2023. */
static void test_ca_deemed_ownership(void **state)
{
    static const struct {
        const char *rows, *day;
        itd_own_verdict verdict;
        itd_own_basis basis;
    } rows[] = {
        {"X,A,500000,500000,shares,,\n", "2023-06-22", BLOCKED, BY_SHARES},
        {"X,A,500000,500000,shares,,\n", "2023-06-21", NOT, ITD_OWN_NO_BASIS},
        {"X,A,500000,500000,votes,,\n", "2025-01-01", BLOCKED, BY_SHARES},
        {"X,A,,,board,,\n", "2025-01-01", BLOCKED, ITD_OWN_CONTROL},
        {"X,A,,,control,,\n", "2025-01-01", BLOCKED, ITD_OWN_CONTROL},
        /* the Act speaks of one person: several together are unsettled */
        {"X,A,250000,250000,shares,,\nY,A,250000,250000,shares,,\n", "2025-01-01", POSSIBLE, BY_SHARES},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, "ca", rows[i].day, "X\nY\n", rows[i].rows);
        own_expect(&w, "A", rows[i].verdict, rows[i].basis, "");
        own_finish(&w);
    }
}

/* Rights: eu 11623/24 on control, gb regulation 7, ch; OFAC flags them (FAQ 398). */
static void test_rights_by_regime(void **state)
{
    static const struct {
        const char *regime, *rows;
        itd_own_verdict verdict;
        itd_own_basis basis;
        const char *flags;
    } rows[] = {
        {"eu", "X,A,,,board,,\n", BLOCKED, ITD_OWN_CONTROL, ""},
        {"eu", "X,A,510000,510000,votes,,\n", BLOCKED, ITD_OWN_CONTROL, ""},
        {"eu", "X,A,500000,500000,votes,,\n", NOT, ITD_OWN_NO_BASIS, "check_control"},
        {"gb", "X,A,510000,510000,votes,,\n", BLOCKED, BY_SHARES, ""},
        {"gb", "X,A,,,board,,\n", BLOCKED, ITD_OWN_CONTROL, ""},
        {"gb", "X,A,400000,600000,board,,\n", POSSIBLE, ITD_OWN_CONTROL, ""},
        {"gb", "X,A,500000,500000,board,,\n", NOT, ITD_OWN_NO_BASIS, ""},
        {"ch", "X,A,,,control,,\n", BLOCKED, ITD_OWN_CONTROL, ""},
        {"ch", "X,A,300000,300000,shares,,\nY,A,250000,250000,shares,,\n", BLOCKED, BY_SHARES, ""},
        {"us-ofac", "X,A,,,board,,\n", NOT, ITD_OWN_NO_BASIS, "control"},
        {"us-ofac", "X,A,600000,600000,votes,,\n", NOT, ITD_OWN_NO_BASIS, "control"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, rows[i].regime, DAY, "X\nY\n", rows[i].rows);
        own_expect(&w, "A", rows[i].verdict, rows[i].basis, rows[i].flags);
        own_finish(&w);
    }
}

/* SI 2019/855, Schedule 1: rights that another controls are the controller's; a partner need not be listed. */
static void test_gb_groups(void **state)
{
    static const struct {
        const char *rows;
        itd_own_verdict verdict;
    } rows[] = {
        {"X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,\nX,Z,,,joint,,\n", BLOCKED},
        {"X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,\nZ,X,,,joint,,\n", BLOCKED},
        {"X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,\nX,Z,,,control,,\n", BLOCKED},
        {"X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,\nX,Z,,,joint,2026-01-01,\n", NOT},
        {"X,A,300000,300000,shares,,\nZ,A,250000,250000,shares,,\nX,Z,,,joint,2025,\n", POSSIBLE},
        {"Z,A,600000,600000,shares,,\nX,Z,,,joint,,\n", BLOCKED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, "gb", DAY, "X\n", rows[i].rows);
        own_expect(&w, "A", rows[i].verdict, rows[i].verdict == NOT ? ITD_OWN_NO_BASIS : BY_SHARES, "");
        itd_own_answer answer = own_answer(&w, "A");
        if (rows[i].verdict == BLOCKED) {
            const itd_own_chain *through = &answer.chains[answer.chain_count - 1]; /* X with Z, and Z holds */
            assert_int_equal(through->count, 2);
            assert_true(itd_sv_is(through->steps[0].owner, "X") && itd_sv_is(through->steps[0].owned, "Z"));
            assert_int_equal(answer.by_count, 1);
            assert_int_equal(answer.by[0].share_min_ppm, answer.judgement.share_min_ppm);
        }
        own_finish(&w);
    }
}

/* 31 CFR 510.311: what the class owns or controls is of the class. */
static void test_category(void **state)
{
    static const struct {
        const char *regime, *listed, *rows;
        itd_own_verdict verdict;
        itd_own_basis basis;
    } rows[] = {
        {"us-ofac", "X,kp-government\n", "X,A,600000,600000,shares,,\n", BLOCKED, ITD_OWN_CATEGORY},
        {"us-ofac", "X,kp-government\n", "X,A,100000,100000,shares,,\n", POSSIBLE, ITD_OWN_CATEGORY},
        {"us-ofac", "X,kp-government\n", "X,A,,,director,,\n", NOT, ITD_OWN_NO_BASIS},
        {"us-ofac", "X,kp-party\nY\n", "X,A,300000,300000,shares,,\nY,A,300000,300000,shares,,\n", BLOCKED, BY_SHARES},
        {"us-ofac", "X,kp-party\n", "X,B,600000,600000,shares,,\nB,A,100000,100000,shares,,\n", POSSIBLE,
         ITD_OWN_CATEGORY},
        {"eu", "X,kp-party\n", "X,A,400000,400000,shares,,\n", NOT, ITD_OWN_NO_BASIS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        own_world w;
        own_judge(&w, rows[i].regime, DAY, rows[i].listed, rows[i].rows);
        itd_own_answer answer = own_answer(&w, "A");
        assert_int_equal(answer.judgement.verdict, rows[i].verdict);
        assert_int_equal(answer.judgement.basis, rows[i].basis);
        own_finish(&w);
    }
}

/* Dates that are too coarse to tell leave it open. */
static void test_coarse_dates(void **state)
{
    static const struct {
        const char *day;
        itd_own_verdict verdict;
    } days[] = {{"2023-12-31", NOT},     {"2024-01-01", POSSIBLE}, {"2024-12-30", POSSIBLE}, {"2024-12-31", BLOCKED},
                {"2025-02-28", BLOCKED}, {"2025-03-01", POSSIBLE}, {"2025-03-30", POSSIBLE}, {"2025-03-31", NOT}};
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        own_world w;
        own_judge(&w, "us-ofac", days[i].day, "X\n", "X,A,500000,500000,shares,2024,2025-03\n");
        itd_own_answer answer = own_answer(&w, "A");
        assert_int_equal(answer.judgement.verdict, days[i].verdict);
        assert_int_equal(answer.unknown_count > 0 &&
                             strcmp(answer.unknown[answer.unknown_count - 1].what, "dates") == 0,
                         days[i].verdict == POSSIBLE);
        own_finish(&w);
    }
}

/* Before 13 August 2014 OFAC did not sum blocked persons; before 14 February 2008 no rule is known. */
static void test_rules_in_time(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", "2014-08-12", "X\nY\n", "X,A,250000,250000,shares,,\nY,A,250000,250000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "check_control");
    assert_string_equal(own_answer(&w, "A").rule_id, "us-ofac-50-2008");
    own_finish(&w);
    own_judge(&w, "us-ofac", "2007-01-01", "X\n", "X,A,1000000,1000000,shares,,\n");
    own_expect(&w, "A", NOT, ITD_OWN_NO_BASIS, "");
    assert_null(own_answer(&w, "A").rule_id);
    assert_string_equal(own_answer(&w, "A").unknown[0].what, "rule");
    own_expect(&w, "X", BLOCKED, ITD_OWN_LISTED, "");
    own_finish(&w);
}

/* Owners that are stated to have more than the whole are not believed away. */
static void test_more_than_the_whole(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", DAY, "X\n", "X,A,600000,600000,shares,,\nZ,A,600000,600000,shares,,\n");
    own_expect(&w, "A", BLOCKED, BY_SHARES, "");
    own_expect_share(&w, "A", 600000, 600000);
    assert_string_equal(own_answer(&w, "A").unknown[0].what, "over_whole");
    own_finish(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_01_faq_401_level_by_level),
        cmocka_unit_test(test_02_faq_401_two_ways),
        cmocka_unit_test(test_03_faq_401_direct_and_through),
        cmocka_unit_test(test_04_faq_401_one_way_not_blocked),
        cmocka_unit_test(test_05_faq_401_neither_way_blocked),
        cmocka_unit_test(test_06_faq_399_two_programmes),
        cmocka_unit_test(test_07_faq_398_control),
        cmocka_unit_test(test_08_faq_402_divested),
        cmocka_unit_test(test_09_faq_400_signatory),
        cmocka_unit_test(test_10_two_listed_then_one_level_more),
        cmocka_unit_test(test_11_cycle_does_not_block_itself),
        cmocka_unit_test(test_12_through_and_beside),
        cmocka_unit_test(test_13_near_the_threshold),
        cmocka_unit_test(test_14_eu_30_and_25),
        cmocka_unit_test(test_15_eu_25_and_25),
        cmocka_unit_test(test_16_eu_exactly_half),
        cmocka_unit_test(test_17_gb_no_aggregation),
        cmocka_unit_test(test_18_gb_joint_arrangement),
        cmocka_unit_test(test_19_gb_exactly_half),
        cmocka_unit_test(test_20_ch_exactly_half),
        cmocka_unit_test(test_21_band_up_to_half),
        cmocka_unit_test(test_22_band_cut_by_the_other),
        cmocka_unit_test(test_23_gb_level_by_level),
        cmocka_unit_test(test_24_bis_suspension),
        cmocka_unit_test(test_25_stake_that_ended),
        cmocka_unit_test(test_three_sixths),
        cmocka_unit_test(test_cut_of_a_sum),
        cmocka_unit_test(test_statements_become_a_range),
        cmocka_unit_test(test_ca_deemed_ownership),
        cmocka_unit_test(test_rights_by_regime),
        cmocka_unit_test(test_gb_groups),
        cmocka_unit_test(test_category),
        cmocka_unit_test(test_coarse_dates),
        cmocka_unit_test(test_rules_in_time),
        cmocka_unit_test(test_more_than_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
