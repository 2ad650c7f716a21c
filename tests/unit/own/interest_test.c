/* Economic interest against the linear system solved with pivots in floating point. */
#include "own/interest.h"

#include <math.h>

#include "support/faults.h"
#include "support/own.h"
#include "support/random.h"

#define PARTIES_MAX 8

/* Vector 11: 45 % of A directly, again and again through its cycle: 0.45 / (1 - 0.48). */
static void test_cycle(void **state)
{
    own_world w;
    itd_own_interest interest;
    itd_error error = {0};
    (void)state;
    own_judge(&w, "us-ofac", "2025-01-01", "X\n",
              "X,A,450000,450000,shares,,\nY,A,480000,480000,shares,,\nA,Y,1000000,1000000,shares,,\n");
    assert_int_equal(itd_own_interest_run(&interest, &w.e, &error), ITD_OK);
    uint32_t a = itd_register_find(&w.r, ITD_SV("A")), x = itd_register_find(&w.r, ITD_SV("X"));
    assert_int_equal(interest.low_ppm[a], 865384);
    assert_int_equal(interest.high_ppm[a], 865385);
    assert_int_equal(interest.high_ppm[x], 0);
    itd_own_interest_finish(&interest);
    own_finish(&w);
}

/* y = b + M y, by Gauss and Jordan. */
static void solve(double m[PARTIES_MAX][PARTIES_MAX], double *y, unsigned n)
{
    double a[PARTIES_MAX][PARTIES_MAX + 1];
    for (unsigned i = 0; i < n; i++) {
        for (unsigned j = 0; j < n; j++)
            a[i][j] = (i == j) - m[i][j];
        a[i][n] = y[i];
    }
    for (unsigned c = 0; c < n; c++) {
        unsigned pivot = c;
        for (unsigned i = c + 1; i < n; i++)
            pivot = fabs(a[i][c]) > fabs(a[pivot][c]) ? i : pivot;
        for (unsigned j = 0; j <= n; j++) {
            double swap = a[c][j];
            a[c][j] = a[pivot][j];
            a[pivot][j] = swap;
        }
        for (unsigned i = 0; i < n; i++) {
            double factor = i == c ? 0 : a[i][c] / a[c][c];
            for (unsigned j = 0; j <= n && factor != 0; j++)
                a[i][j] -= factor * a[c][j];
        }
    }
    for (unsigned i = 0; i < n; i++)
        y[i] = a[i][n] / a[i][i];
}

static void test_against_pivots(void **state)
{
    uint64_t seed = 2011;
    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        own_world w;
        itd_own_interest interest;
        itd_error error = {0};
        char rows[4096] = "", listed[64] = "";
        double m[PARTIES_MAX][PARTIES_MAX] = {{0}}, y[PARTIES_MAX] = {0};
        unsigned n = 2 + (unsigned)random_below(&seed, PARTIES_MAX - 1);
        bool is_listed[PARTIES_MAX] = {false};
        for (unsigned p = 0; p < n; p++) {
            is_listed[p] = random_below(&seed, 3) == 0;
            if (is_listed[p])
                (void)snprintf(listed + strlen(listed), sizeof listed - strlen(listed), "P%u\n", p);
        }
        for (unsigned company = 0; company < n; company++)
            for (unsigned owner = 0, left = 900000; owner < n; owner++) {
                unsigned share = random_below(&seed, 2) ? (unsigned)random_below(&seed, left) : 0;
                left -= share;
                if (share == 0)
                    continue;
                (void)snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "P%u,P%u,%u,%u,shares,,\n", owner,
                               company, share, share);
                if (is_listed[owner])
                    y[company] += share / 1e6;
                else
                    m[company][owner] = share / 1e6;
            }
        own_judge(&w, "us-ofac", "2025-01-01", listed, rows);
        assert_int_equal(itd_own_interest_run(&interest, &w.e, &error), ITD_OK);
        solve(m, y, n);
        for (unsigned p = 0; p < n; p++) {
            char id[8];
            (void)snprintf(id, sizeof id, "P%u", p % 10);
            uint32_t number = itd_register_find(&w.r, itd_sv_of(id));
            if (number == UINT32_MAX)
                continue;
            assert_true(interest.low_ppm[number] <= y[p] * 1e6 + 1e-4 &&
                        y[p] * 1e6 <= interest.high_ppm[number] + 1e-4);
            assert_true(interest.high_ppm[number] - interest.low_ppm[number] <= 3);
        }
        itd_own_interest_finish(&interest);
        own_finish(&w);
    }
}

/* A cycle that nobody listed holds anything of has nothing, although its shares add up to the whole. */
static void test_cycle_without_listed(void **state)
{
    own_world w;
    itd_own_interest interest;
    itd_error error = {0};
    (void)state;
    own_judge(&w, "us-ofac", "2025-01-01", "X\n",
              "A,B,1000000,1000000,shares,,\nB,A,1000000,1000000,shares,,\nX,C,250001,500000,shares,,\n");
    assert_int_equal(itd_own_interest_run(&interest, &w.e, &error), ITD_OK);
    assert_int_equal(interest.high_ppm[itd_register_find(&w.r, ITD_SV("A"))], 0);
    assert_int_equal(interest.low_ppm[itd_register_find(&w.r, ITD_SV("C"))], 250001);
    assert_int_equal(interest.high_ppm[itd_register_find(&w.r, ITD_SV("C"))], 500000);
    itd_own_interest_finish(&interest);
    own_finish(&w);
}

/* Interest of X in B, the register written under other names: `rows` has a letter for each party. */
static itd_own_share interest_of(const char *rows, const char *from, const char *to, char asked)
{
    own_world w;
    itd_own_interest interest;
    itd_error error = {0};
    char text[512], listed[] = {to[0], '\n', '\0'}, id[] = {to[strchr(from, asked) - from], '\0'};
    size_t size = strlen(rows);
    for (size_t i = 0; i <= size; i++) {
        const char *at = rows[i] ? strchr(from, rows[i]) : NULL;
        text[i] = at ? to[at - from] : rows[i];
    }
    own_judge(&w, "us-ofac", "2025-01-01", listed, text);
    assert_int_equal(itd_own_interest_run(&interest, &w.e, &error), ITD_OK);
    uint32_t n = itd_register_find(&w.r, itd_sv_of(id));
    itd_own_share share = {interest.low_ppm[n], interest.high_ppm[n]};
    itd_own_interest_finish(&interest);
    own_finish(&w);
    return share;
}

/* The first of `from` is listed. Says the same whatever the parties are called. */
static itd_own_share interest_by_any_name(const char *rows, char asked)
{
    static const char *const names[] = {"EBC", "ECB", "BEC", "BCE", "CEB", "CBE"};
    itd_own_share first = interest_of(rows, names[0], names[0], asked);
    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++) {
        itd_own_share other = interest_of(rows, names[0], names[i], asked);
        assert_int_equal(other.low, first.low);
        assert_int_equal(other.high, first.high);
    }
    return first;
}

/* E and C have 60 % of B each, B has 60 % of C: b = 0.6 + 0.6 * 0.6 b, so b is 0.6 / 0.64. Nobody knows which of the
 * two has less of B, so what C has does not bound what E has. */
static void test_more_than_the_whole(void **state)
{
    const char *rows = "E,B,600000,600000,shares,,\nC,B,600000,600000,shares,,\nB,C,600000,600000,shares,,\n";
    (void)state;
    itd_own_share b = interest_by_any_name(rows, 'B'), c = interest_by_any_name(rows, 'C');
    assert_true(b.low <= 937500 && b.low >= 937499 && b.high >= 937500 && b.high <= 937501);
    assert_true(c.low <= 562500 && c.low >= 562499 && c.high >= 562500 && c.high <= 562501);
}

/* E has one part per million of B, C the rest; B all but one of C: b = 10^-6 + 0.999999 * 0.999999 b is a half, which
 * the rounds do not get near to. */
static void test_rounds_end(void **state)
{
    const char *rows = "E,B,1,1,shares,,\nC,B,999999,999999,shares,,\nB,C,999999,999999,shares,,\n";
    (void)state;
    itd_own_share b = interest_by_any_name(rows, 'B'), c = interest_by_any_name(rows, 'C');
    assert_true(b.low >= 1 && b.low < 500000 && b.high > 500000);
    assert_true(c.low < 500000 && c.high > 500000 && c.high < 1000000);
}

/* Whatever a register says, bounds are in order, and an owner's part is what it would be under another name. */
static void test_any_register(void **state)
{
    uint64_t seed = 937499;
    (void)state;
    for (unsigned i = 0; i < 500; i++) {
        char rows[512] = "";
        for (unsigned k = 0; k < 7; k++) {
            unsigned a = (unsigned)random_below(&seed, 1000001), b = (unsigned)random_below(&seed, 1000001);
            (void)snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "%c,%c,%u,%u,shares,,\n",
                           "EBC"[random_below(&seed, 3)], "EBC"[random_below(&seed, 3)], a < b ? a : b, a < b ? b : a);
        }
        const char all[] = "EBC";
        for (unsigned k = 0; k < 3; k++) {
            if (!strstr(rows, (char[]){all[k], ',', '\0'}) || !strchr(rows, 'E'))
                continue;
            itd_own_share share = interest_by_any_name(rows, all[k]);
            assert_true(share.low <= share.high && share.high <= ITD_PPM_WHOLE);
        }
    }
}

static itd_status run(void *context, itd_error *error)
{
    own_world *w = context;
    itd_own_interest interest = {0};
    itd_status status = itd_own_interest_run(&interest, &w->e, error);
    itd_own_interest_finish(&interest);
    return status;
}

static void test_failures(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", "2025-01-01", "X\n", "X,A,450000,450000,shares,,\nA,B,480000,480000,shares,,\n");
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &w) > 5);
    own_finish(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cycle),
        cmocka_unit_test(test_against_pivots),
        cmocka_unit_test(test_cycle_without_listed),
        cmocka_unit_test(test_more_than_the_whole),
        cmocka_unit_test(test_rounds_end),
        cmocka_unit_test(test_any_register),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
