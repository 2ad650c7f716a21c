#include "support/cm.h"
#include "text/distance.h"

static uint64_t seed = 7;
static uint32_t next_random(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33);
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

/* By the textbook. */
static unsigned slow(const char *pattern, size_t m, const char *text, size_t n)
{
    unsigned d[80][80];
    for (size_t i = 0; i <= m; i++)
        d[i][0] = (unsigned)i;
    for (size_t j = 0; j <= n; j++)
        d[0][j] = (unsigned)j;
    for (size_t i = 1; i <= m; i++)
        for (size_t j = 1; j <= n; j++)
            d[i][j] = min3(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (pattern[i - 1] != text[j - 1]));
    return d[m][n];
}

static unsigned slow_common(const char *a, size_t m, const char *b, size_t n)
{
    unsigned d[80][80] = {{0}};
    for (size_t i = 1; i <= m; i++)
        for (size_t j = 1; j <= n; j++)
            d[i][j] = a[i - 1] == b[j - 1]        ? d[i - 1][j - 1] + 1
                      : d[i - 1][j] > d[i][j - 1] ? d[i - 1][j]
                                                  : d[i][j - 1];
    return d[m][n];
}

static void distances_agree_with_the_textbook(void **state)
{
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char a[64], b[64];
        size_t m = next_random() % 65, n = next_random() % 65;
        if (round % 2) {
            m %= 9;
            n %= 9;
        }
        for (size_t i = 0; i < m; i++)
            a[i] = (char)('a' + next_random() % 4);
        for (size_t i = 0; i < n; i++)
            b[i] = (char)('a' + next_random() % 4);
        itd_pattern pattern;
        itd_pattern_init(&pattern, (itd_sv){a, m});
        assert_int_equal(itd_levenshtein(&pattern, (itd_sv){b, n}), slow(a, m, b, n));
        assert_int_equal(itd_common_letters(&pattern, (itd_sv){b, n}), slow_common(a, m, b, n));
    }
}

static unsigned similarity(const char *a, const char *b)
{
    itd_sound x, y;
    itd_sound_init(&x, itd_sv_of(a));
    itd_sound_init(&y, itd_sv_of(b));
    unsigned there = itd_sound_similarity(&x, &y), back = itd_sound_similarity(&y, &x);
    assert_int_equal(there, back);
    return there;
}

static void similarities(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned low, high;
    } rows[] = {
        {"viktor", "victor", 900, 999},
        {"philip", "filip", 900, 999},
        {"mohammed", "muhammad", 800, 999},
        {"hussein", "husayn", 800, 999},
        {"yusuf", "yousef", 750, 999},
        {"kim", "kin", 1, 699}, /* of three letters one is not enough to be the same word */
        {"ali", "sli", 300, 699},
        {"ali", "umi", 0, 0},
        {"kim", "kirn", 800, 999}, /* what a scanner reads */
        {"hamza", "bamza", 800, 999},
        {"bamex", "bamcx", 800, 999},
        {"fu", "fn", 1, 499},
        {"fu", "fa", 1, 400},
        {"fu", "pu", 0, 0},
        {"street", "atreet", 700, 950}, /* a neighbour on the keyboard */
        {"un", "an", 0, 0},
        {"smith", "smtih", 700, 950},
        {"petrov", "petrova", 850, 999},
        {"ivanov", "petrov", 0, 0},
        {"a1234", "a1235", 0, 0},
        {"khalid", "halid", 700, 999},
        {"schmidt", "schmitt", 850, 999},
        {"zhirkov", "jirkov", 800, 999},
        {"boot", "bout", 800, 999},
        {"marine", "marina", 850, 980},
        {"abcdefgh", "stuvwxyz", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned s = similarity(rows[i].a, rows[i].b);
        if (s < rows[i].low || s > rows[i].high)
            fail_msg("%s | %s: %u, wanted %u to %u", rows[i].a, rows[i].b, s, rows[i].low, rows[i].high);
    }
}

static void similarity_is_symmetric(void **state)
{
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char a[12], b[12];
        size_t m = 1 + next_random() % 10, n = 1 + next_random() % 10;
        for (size_t i = 0; i < m; i++)
            a[i] = "aeiouhkcsztdpby1"[next_random() % 16];
        for (size_t i = 0; i < n; i++)
            b[i] = next_random() % 3 && i < m ? a[i] : "aeiouhkcsztdpby1"[next_random() % 16];
        a[m] = b[n] = '\0';
        assert_in_range(similarity(a, b), 0, 1000);
        assert_int_equal(similarity(a, a), 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(distances_agree_with_the_textbook),
                                       cmocka_unit_test(similarities), cmocka_unit_test(similarity_is_symmetric)};
    return cmocka_run_group_tests_name("distance", tests, NULL, NULL);
}
