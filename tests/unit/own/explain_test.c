/* Why a verdict is what it is: the stakes that it rests on, everybody who stands behind it, and what is not stated. */
#include <stdarg.h>

#include "own/behind.h"
#include "own/unstated.h"
#include "support/own.h"
#include "support/random.h"

#define DAY "2025-01-01"

/* "X 60 votes A, A 60 shares B" of each chain; bounds that are the same are written once. */
static void expect_chain(const itd_own_answer *a, size_t which, const char *wanted)
{
    char said[512] = "";
    assert_true(which < a->chain_count);
    for (size_t s = 0; s < a->chains[which].count; s++) {
        const itd_own_step *step = &a->chains[which].steps[s];
        (void)snprintf(said + strlen(said), sizeof said - strlen(said), "%s%.*s %u %s %.*s", s ? ", " : "",
                       ITD_SV_ARG(step->owner), step->share_max_ppm / 10000, step->kind, ITD_SV_ARG(step->owned));
    }
    assert_string_equal(said, wanted);
}

/* The stake that meets the rule is shown, and not another one of the same owner. SI 2019/855, Schedule 1: more than
 * half of the shares or of the votes; the EU's Best Practices of 3 July 2024: control too. */
static void test_the_stake_that_carries(void **state)
{
    static const struct {
        const char *regime, *rows, *chain;
        uint32_t by; /* and the share that the verdict rests on */
    } cases[] = {
        {"gb", "X,A,100000,100000,shares,,\nX,A,600000,600000,votes,,\n", "X 60 votes A", 600000},
        {"gb", "X,A,600000,600000,votes,,\nY,A,450000,450000,shares,,\n", "X 60 votes A", 600000},
        {"gb", "X,A,100000,100000,shares,,\nX,A,0,0,board,,\n", "X 0 board A", 100000},
        {"eu", "X,A,100000,100000,shares,,\nX,A,0,0,control,,\n", "X 0 control A", 100000},
        {"ch", "X,A,100000,100000,shares,,\nX,A,0,0,control,,\n", "X 0 control A", 100000},
        {"ca", "X,A,100000,100000,shares,,\nX,A,600000,600000,votes,,\n", "X 60 votes A", 600000},
        /* both are enough: the first of the rule */
        {"gb", "X,A,700000,700000,shares,,\nX,A,600000,600000,votes,,\n", "X 70 shares A", 700000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        own_world w;
        own_judge(&w, cases[i].regime, DAY, "X\nY\n", cases[i].rows);
        itd_own_answer a = own_answer(&w, "A");
        assert_int_equal(a.judgement.verdict, ITD_OWN_BLOCKED);
        assert_int_equal(a.chain_count, 1);
        expect_chain(&a, 0, cases[i].chain);
        assert_int_equal(a.by_count, 1);
        assert_int_equal(a.by[0].share_min_ppm, cases[i].by);
        own_expect_share(&w, "A", cases[i].by, cases[i].by);
        own_finish(&w);
    }
}

/* Two levels; and a holder whose own part is too little is not among those who carry: no aggregation (OFSI 4.14). */
static void test_who_carries(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "gb", DAY, "X\nY\n",
              "X,B,100000,100000,shares,,\nX,B,600000,600000,votes,,\nB,C,550000,550000,shares,,\n"
              "Y,C,100000,100000,shares,,\n");
    itd_own_answer a = own_answer(&w, "C");
    assert_int_equal(a.by_count, 1);
    assert_true(itd_sv_is(a.by[0].id, "X"));
    assert_int_equal(a.by[0].share_min_ppm, 550000);
    assert_int_equal(a.chain_count, 1);
    expect_chain(&a, 0, "X 60 votes B, B 55 shares C");
    own_finish(&w);
}

/* Most votes are control in the EU and Switzerland: the share of a verdict is that of the shares then. */
static void test_votes_that_are_control(void **state)
{
    static const char *const regimes[] = {"eu", "ch"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        own_world w;
        own_judge(&w, regimes[i], DAY, "X\n", "X,A,100000,100000,shares,,\nX,A,600000,600000,votes,,\n");
        itd_own_answer a = own_answer(&w, "A");
        assert_int_equal(a.judgement.basis, ITD_OWN_CONTROL);
        own_expect_share(&w, "A", 100000, 100000);
        expect_chain(&a, 0, "X 60 votes A");
        own_finish(&w);
    }
}

/* C rests on B, which Q carries for A, with whom it acts together. That Q is possible by C's own holding is no reason
 * to stop there. */
static void test_in_the_layer_and_for_another(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "gb", DAY, "X\n",
              "X,A,0,0,control,,\nQ,A,0,0,joint,,\nQ,B,510000,510000,votes,,\nB,C,0,700000,shares,,\n"
              "C,Q,0,510000,shares,,\n");
    itd_own_answer a = own_answer(&w, "C");
    assert_int_equal(a.judgement.verdict, ITD_OWN_POSSIBLE);
    assert_int_equal(a.by_count, 1);
    assert_true(itd_sv_is(a.by[0].id, "X"));
    assert_int_equal(a.by[0].share_max_ppm, 700000);
    expect_chain(&a, 0, "X 0 control A, A 0 joint Q, Q 51 votes B, B 70 shares C");
    own_finish(&w);
}

/* `rows` with room for many. */
static void add(char *rows, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t used = strlen(rows);
    (void)vsnprintf(rows + used, size - used, format, arguments);
    va_end(arguments);
    assert_true(strlen(rows) + 1 < size);
}

/* More listed holders than chains are shown: all are named. 40 * 2.25 % = 90 %. */
static void test_many_stand_behind(void **state)
{
    static char rows[8192], listed[512];
    own_world w;
    (void)state;
    rows[0] = listed[0] = '\0';
    for (unsigned i = 0; i < 40; i++) {
        add(rows, sizeof rows, "p%02u,T,22500,22500,shares,,\n", i);
        add(listed, sizeof listed, "p%02u\n", i);
    }
    own_judge(&w, "us-ofac", DAY, listed, rows);
    itd_own_answer a = own_answer(&w, "T");
    assert_int_equal(a.by_count, 40);
    for (size_t i = 0; i < 40; i++) {
        char id[8];
        (void)snprintf(id, sizeof id, "p%02u", (unsigned)i);
        assert_true(itd_sv_is(a.by[i].id, id));
        assert_int_equal(a.by[i].share_min_ppm, 22500);
    }
    assert_int_equal(a.chain_count, ITD_OWN_CHAINS_MAX);
    assert_string_equal(a.unknown[1].what, "chains"); /* after owners: 10 % */
    own_finish(&w);
}

/* One party behind more holders than chains are shown has what they all have: 40 * 1.5 % = 60 %. */
static void test_one_stands_behind_many(void **state)
{
    static char rows[8192];
    own_world w;
    (void)state;
    rows[0] = '\0';
    for (unsigned i = 0; i < 40; i++)
        add(rows, sizeof rows, "X,h%02u,600000,600000,shares,,\nh%02u,T,15000,15000,shares,,\n", i, i);
    own_judge(&w, "us-ofac", DAY, "X\n", rows);
    itd_own_answer a = own_answer(&w, "T");
    assert_int_equal(a.by_count, 1);
    assert_int_equal(a.by[0].share_min_ppm, 600000);
    assert_int_equal(a.by[0].share_max_ppm, 600000);
    own_finish(&w);
}

/* A chain of more steps than the search for chains goes: who stands at its top is named, with that chain. */
static void test_a_long_way_down(void **state)
{
    static char rows[8192];
    own_world w;
    char last[8];
    (void)state;
    rows[0] = '\0';
    for (unsigned i = 0; i <= ITD_OWN_STEPS_MAX; i++)
        add(rows, sizeof rows, "n%02u,n%02u,600000,600000,shares,,\n", i, i + 1);
    (void)snprintf(last, sizeof last, "n%02u", (unsigned)ITD_OWN_STEPS_MAX + 1);
    own_judge(&w, "us-ofac", DAY, "n00\n", rows);
    itd_own_answer a = own_answer(&w, last);
    assert_int_equal(a.judgement.verdict, ITD_OWN_BLOCKED);
    assert_int_equal(a.by_count, 1);
    assert_true(itd_sv_is(a.by[0].id, "n00"));
    assert_int_equal(a.by[0].share_min_ppm, 600000);
    assert_int_equal(a.chain_count, 1);
    assert_int_equal(a.chains[0].count, ITD_OWN_STEPS_MAX + 1);
    own_finish(&w);
}

/* Shares of those who are listed, blocked companies of 8, by a closure over all ways: who stands behind whom, and the
 * sum of what the direct holders have behind whom a party stands. OFAC's rule sums shares, which are exact here. */
enum { PARTIES = 8 };

typedef struct closure {
    bool listed[PARTIES], blocked[PARTIES], reaches[PARTIES][PARTIES];
    unsigned share[PARTIES][PARTIES];
} closure;

static void close_over(closure *c, unsigned target)
{
    memset(c->reaches, 0, sizeof c->reaches);
    for (unsigned from = 0; from < PARTIES; from++)
        for (unsigned to = 0; to < PARTIES; to++)
            c->reaches[from][to] = from == to || (c->share[from][to] && c->blocked[from] && !c->listed[to] &&
                                                  from != target && to != target);
    for (unsigned k = 0; k < PARTIES; k++)
        for (unsigned i = 0; i < PARTIES; i++)
            for (unsigned j = 0; j < PARTIES; j++)
                c->reaches[i][j] |= c->reaches[i][k] && c->reaches[k][j];
}

static void check_behind(closure *c, own_world *w, unsigned target)
{
    char id[2] = {(char)('A' + target), '\0'};
    itd_own_answer a = own_answer(w, id);
    size_t named = 0;
    close_over(c, target);
    for (unsigned p = 0; p < PARTIES; p++) {
        unsigned wanted = 0;
        for (unsigned h = 0; h < PARTIES && c->listed[p] && p != target; h++)
            if (c->blocked[h] && h != target && c->share[h][target] && c->reaches[p][h])
                wanted += c->share[h][target];
        if (wanted == 0)
            continue;
        char party[2] = {(char)('A' + p), '\0'};
        assert_true(named < a.by_count);
        assert_true(itd_sv_is(a.by[named].id, party));
        assert_int_equal(a.by[named].share_min_ppm, wanted > 100 ? 1000000 : wanted * 10000);
        named++;
    }
    assert_int_equal(named, a.by_count);
}

static void test_against_closures(void **state)
{
    uint64_t seed = 398;
    (void)state;
    for (unsigned i = 0; i < 1500; i++) {
        closure c = {.listed = {false}};
        own_world w;
        static char rows[4096];
        char listed[64] = "";
        rows[0] = '\0';
        for (unsigned owned = 0; owned < PARTIES; owned++) {
            unsigned left = 100;
            for (uint64_t n = random_below(&seed, 4); n > 0; n--) {
                unsigned owner = (unsigned)random_below(&seed, PARTIES), share = 5 + (unsigned)random_below(&seed, 60);
                if (owner == owned || c.share[owner][owned] || share > left)
                    continue;
                left -= share;
                c.share[owner][owned] = share;
                add(rows, sizeof rows, "%c,%c,%u,%u,shares,,\n", (char)('A' + owner), (char)('A' + owned),
                    share * 10000, share * 10000);
            }
        }
        for (unsigned p = 0; p < PARTIES; p++)
            if (random_below(&seed, 3) == 0) {
                c.listed[p] = true;
                add(listed, sizeof listed, "%c\n", (char)('A' + p));
            }
        own_judge(&w, "us-ofac", DAY, listed, rows);
        for (unsigned p = 0; p < PARTIES; p++) {
            char id[2] = {(char)('A' + p), '\0'};
            uint32_t n = itd_register_find(&w.r, itd_sv_of(id));
            c.listed[p] &= n != UINT32_MAX;
            c.blocked[p] = n != UINT32_MAX && itd_own_in(&w.e, ITD_OWN_LAYER_BLOCKED, n);
        }
        for (unsigned p = 0; p < PARTIES; p++)
            if (c.blocked[p] && !c.listed[p])
                check_behind(&c, &w, p);
        own_finish(&w);
    }
}

static void expect_unknown(const char *rows, const char *listed, const char *entity, const char *wanted)
{
    own_world w;
    char said[512] = "";
    own_judge(&w, "us-ofac", DAY, listed, rows);
    itd_own_answer a = own_answer(&w, entity);
    for (size_t i = 0; i < a.unknown_count; i++)
        (void)snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s %.*s %u-%u", i ? ", " : "",
                       a.unknown[i].what, ITD_SV_ARG(a.unknown[i].entity), a.unknown[i].share_min_ppm / 10000,
                       a.unknown[i].share_max_ppm / 10000);
    assert_string_equal(said, wanted);
    own_finish(&w);
}

static void test_what_is_not_stated(void **state)
{
    (void)state;
    /* Nobody is stated to have shares, but it is somebody's. */
    expect_unknown("Z,A,0,0,control,,\n", "X\n", "A", "owners A 100-100");
    expect_unknown("Z,A,0,0,director,,\n", "X\n", "A", "owners A 100-100");
    expect_unknown("Z,A,600000,700000,shares,,\n", "X\n", "A", "owners A 30-40");
    /* Half of I and more is nobody's yet: if it is P's, I is blocked, and T with it. */
    expect_unknown("P,I,490000,490000,shares,,\nI,T,1000000,1000000,shares,,\n", "P\n", "T", "owners I 51-51");
    /* I has too little of T for that to matter. */
    expect_unknown("P,I,490000,490000,shares,,\nI,T,400000,400000,shares,,\n", "P\n", "T", "owners T 60-60");
    /* 40 % and what P has of T already is enough. */
    expect_unknown("P,I,490000,490000,shares,,\nI,T,400000,400000,shares,,\nP,T,600000,600000,votes,,\n"
                   "P,T,100000,100000,shares,,\n",
                   "P\n", "T", "owners T 50-50, owners I 51-51");
    /* Of I only 45 % are open, beside nothing that is listed: it cannot be blocked. */
    expect_unknown("Z,I,550000,550000,shares,,\nI,T,1000000,1000000,shares,,\n", "P\n", "T", "");
    /* What is blocked is blocked. */
    expect_unknown("P,T,600000,600000,shares,,\nI,T,400000,400000,shares,,\nZ,I,100000,100000,shares,,\n", "P\n", "T",
                   "");
}

/* 20 holders, each of whom somebody nobody knows may own: some are named, and that there are more. */
static void test_limits_of_what_is_not_stated(void **state)
{
    static char rows[65536];
    own_world w;
    (void)state;
    rows[0] = '\0';
    for (unsigned i = 0; i < ITD_OWN_UNSTATED_LOOKS_MAX + 4; i++)
        add(rows, sizeof rows, "Z,h%03u,100000,100000,shares,,\nh%03u,T,0,1000000,shares,,\n", i, i);
    own_judge(&w, "us-ofac", DAY, "X\n", rows);
    itd_own_answer a = own_answer(&w, "T");
    size_t above = 0;
    bool more = false;
    for (size_t i = 0; i < a.unknown_count; i++) {
        above += strcmp(a.unknown[i].what, "owners") == 0 && !itd_sv_is(a.unknown[i].entity, "T");
        more |= strcmp(a.unknown[i].what, "owners_above") == 0;
    }
    assert_int_equal(above, ITD_OWN_UNSTATED_MAX);
    assert_true(more);
    own_finish(&w);
}

/* One holder more than are looked at: who stands behind is cut off, and the answer says so. */
static void test_limit_of_holders(void **state)
{
    size_t size = (size_t)ITD_OWN_BEHIND_MAX * 64;
    char *rows = malloc(size), *at = rows;
    own_world w;
    (void)state;
    assert_non_null(rows);
    for (unsigned i = 0; i <= ITD_OWN_BEHIND_MAX; i++)
        at += sprintf(at, "h%u,T,5,5,shares,,\n", i);
    (void)sprintf(at, "X,h0,600000,600000,shares,,\nX,T,600000,600000,shares,,\n");
    own_judge(&w, "us-ofac", DAY, "X\n", rows);
    itd_own_behind b = {.looked_at = 0};
    uint32_t target = itd_register_find(&w.r, ITD_SV("T"));
    assert_true(itd_own_behind_find(&b, &w.e, target, ITD_OWN_LAYER_BLOCKED, false, false));
    assert_false(b.cut_off); /* those who are not blocked are no holders here */
    assert_int_equal(b.roots.count, 1);
    assert_int_equal(b.shares.items[0].low, 600005);
    itd_own_behind_finish(&b);
    for (uint32_t n = 0; n < w.r.entity_count; n++)
        if (n != target)
            itd_own_mark(&w.e, n, false);
    itd_error error = {0};
    assert_int_equal(itd_own_evaluation_run(&w.e, &error), ITD_OK);
    assert_int_equal(itd_own_evaluation_flags(&w.e, &error), ITD_OK);
    itd_own_answer a = own_answer(&w, "T");
    assert_string_equal(a.unknown[a.unknown_count - 2].what, "by");
    assert_true(a.by_count > 0);
    own_finish(&w);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_stake_that_carries),
        cmocka_unit_test(test_who_carries),
        cmocka_unit_test(test_in_the_layer_and_for_another),
        cmocka_unit_test(test_votes_that_are_control),
        cmocka_unit_test(test_many_stand_behind),
        cmocka_unit_test(test_one_stands_behind_many),
        cmocka_unit_test(test_a_long_way_down),
        cmocka_unit_test(test_against_closures),
        cmocka_unit_test(test_what_is_not_stated),
        cmocka_unit_test(test_limits_of_what_is_not_stated),
        cmocka_unit_test(test_limit_of_holders),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
