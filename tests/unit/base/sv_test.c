#include "base/sv.h"
#include "support/cm.h"
#include "support/random.h"

static void utf8_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t size, invalid_at;
    } rows[] = {
        {"plain", 5, SIZE_MAX}, {"\xC3\xA9t\xC3\xA9", 5, SIZE_MAX}, {"a\xE9", 2, 1},        {"\xED\xA0\x80", 3, 0},
        {"\xC0\x80", 2, 0},     {"\xF4\x90\x80\x80", 4, 0},         {"12345678\xFF", 9, 8}, {"\xEC\xA0", 2, 0},
        {"", 0, SIZE_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(itd_utf8_invalid_at((itd_sv){rows[i].text, rows[i].size}), rows[i].invalid_at);
}

static void split_gives_every_part(void **state)
{
    (void)state;
    itd_sv rest = ITD_SV("a;;b"), part;
    assert_true(itd_sv_split(&part, &rest, ';') && itd_sv_is(part, "a"));
    assert_true(itd_sv_split(&part, &rest, ';') && part.size == 0);
    assert_true(itd_sv_split(&part, &rest, ';') && itd_sv_is(part, "b"));
    assert_false(itd_sv_split(&part, &rest, ';'));
    rest = ITD_SV("a;");
    assert_true(itd_sv_split(&part, &rest, ';') && itd_sv_is(part, "a"));
    assert_false(itd_sv_split(&part, &rest, ';'));
    rest = ITD_SV("");
    assert_false(itd_sv_split(&part, &rest, ';'));
}

static void compare_and_prefix_rows(void **state)
{
    (void)state;
    static const struct {
        itd_sv a, b;
        int order;
    } rows[] = {
        {ITD_SV(""), ITD_SV(""), 0},     {ITD_SV("a"), ITD_SV("b"), -1},   {ITD_SV("ab"), ITD_SV("a"), 1},
        {ITD_SV("a"), ITD_SV("ab"), -1}, {ITD_SV("\xFF"), ITD_SV("a"), 1}, {ITD_SV("a\0a"), ITD_SV("a\0b"), -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int order = itd_sv_compare(rows[i].a, rows[i].b), back = itd_sv_compare(rows[i].b, rows[i].a);
        assert_int_equal((order > 0) - (order < 0), rows[i].order);
        assert_int_equal((back > 0) - (back < 0), -rows[i].order);
        assert_int_equal(itd_sv_equal(rows[i].a, rows[i].b), rows[i].order == 0);
    }
    assert_true(itd_sv_compare(ITD_SV_NONE, ITD_SV("")) == 0 && itd_sv_equal(ITD_SV_NONE, ITD_SV("")));
    assert_true(itd_sv_equal_nocase(ITD_SV("aZ[@"), ITD_SV("Az[@")));
    assert_false(itd_sv_equal_nocase(ITD_SV("["), ITD_SV("{"))); /* one bit apart, but no letters */
    assert_false(itd_sv_equal_nocase(ITD_SV("\xC3\x84"), ITD_SV("\xC3\xA4")));
    assert_true(itd_sv_starts(ITD_SV("abc"), ITD_SV("ab")) && itd_sv_starts(ITD_SV("abc"), ITD_SV("")));
    assert_false(itd_sv_starts(ITD_SV("ab"), ITD_SV("abc")));
    assert_true(itd_sv_starts_nocase(ITD_SV("ABc"), ITD_SV("aB")));
    assert_false(itd_sv_starts_nocase(ITD_SV("A"), ITD_SV("ab")));
    assert_true(itd_sv_ends(ITD_SV("abc"), ITD_SV("bc")) && itd_sv_ends(ITD_SV("abc"), ITD_SV("")));
    assert_false(itd_sv_ends(ITD_SV("bc"), ITD_SV("abc")));
}

/* Against the definition: the first place at which the needle stands. */
static void find_agrees_with_the_definition(void **state)
{
    (void)state;
    static const char letters[] = "abAB";
    uint64_t seed = 4;
    for (int round = 0; round < 20000; round++) {
        char text[24], needle[4];
        size_t size = random_below(&seed, sizeof text + 1), needle_size = random_below(&seed, sizeof needle + 1);
        size_t from = random_below(&seed, size + 3);
        for (size_t i = 0; i < size; i++)
            text[i] = letters[random_below(&seed, 4)];
        for (size_t i = 0; i < needle_size; i++)
            needle[i] = letters[random_below(&seed, 4)];
        size_t want = SIZE_MAX, want_nocase = SIZE_MAX;
        for (size_t i = size + 1; i-- > from;) {
            itd_sv part = itd_sv_slice((itd_sv){text, size}, i, needle_size);
            want = itd_sv_equal(part, (itd_sv){needle, needle_size}) ? i : want;
            want_nocase = itd_sv_equal_nocase(part, (itd_sv){needle, needle_size}) ? i : want_nocase;
        }
        assert_int_equal(itd_sv_find((itd_sv){text, size}, (itd_sv){needle, needle_size}, from), want);
        assert_int_equal(itd_sv_find_nocase((itd_sv){text, size}, (itd_sv){needle, needle_size}, from), want_nocase);
    }
    assert_true(itd_sv_find(ITD_SV_NONE, ITD_SV("a"), 0) == SIZE_MAX && itd_sv_find(ITD_SV_NONE, ITD_SV_NONE, 0) == 0);
    assert_true(itd_sv_find_nocase(ITD_SV_NONE, ITD_SV("a"), 0) == SIZE_MAX);
}

static void trim_rows(void **state)
{
    (void)state;
    static const struct {
        itd_sv text, want;
    } rows[] = {
        {ITD_SV(" \t\r\n\v\f a b \xC2\xA0"), ITD_SV("a b")},
        {ITD_SV("\xC2\xA0 \xC2\xA0"), ITD_SV("")},
        {ITD_SV(""), ITD_SV("")},
        {ITD_SV("\xC3\xA0"), ITD_SV("\xC3\xA0")}, /* ends in the same byte as a no-break space */
        {ITD_SV("a\0 "), ITD_SV("a\0")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(itd_sv_equal(itd_sv_trim(rows[i].text), rows[i].want));
    assert_int_equal(itd_sv_trim(ITD_SV_NONE).size, 0);
    assert_true(itd_sv_is(itd_sv_slice(ITD_SV("abc"), 1, SIZE_MAX), "bc"));
    assert_true(itd_sv_is(itd_sv_slice(ITD_SV("abc"), 4, 1), ""));
    assert_int_equal(itd_sv_slice(ITD_SV_NONE, 3, 3).size, 0);
}

static void number_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool well;
        uint64_t value;
    } rows[] = {
        {"0", true, 0},
        {"007", true, 7},
        {"18446744073709551615", true, UINT64_MAX},
        {"18446744073709551616", false, 0},
        {"99999999999999999999", false, 0},
        {"184467440737095516150", false, 0},
        {"", false, 0},
        {"-1", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1a", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint64_t value = 77;
        assert_int_equal(itd_sv_to_u64(&value, itd_sv_of(rows[i].text)), rows[i].well);
        assert_true(value == (rows[i].well ? rows[i].value : 77));
    }
}

/* Every code point, and every sequence of two and three bytes, against the ranges of the definition. */
static void utf8_agrees_with_the_definition(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        char text[16] = "12345678";
        size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (size == 1)
            text[8] = (char)c;
        for (size_t i = size; size > 1 && i-- > 0;)
            text[8 + i] =
                (char)(i == 0 ? (0xF00 >> size & 0xFF) | c >> 6 * (size - 1) : 0x80 | (c >> 6 * (size - 1 - i) & 0x3F));
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        for (size_t cut = 0; cut < 2 && cut < size; cut++) { /* whole, and without its last byte */
            size_t want = surrogate || (cut && size > 1) ? 8 : SIZE_MAX;
            if (itd_utf8_invalid_at((itd_sv){text, 8 + size - cut}) != want)
                fail_msg("U+%04X, %zu bytes cut", c, cut);
        }
    }
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        char text[2] = {(char)(pair >> 8), (char)pair};
        unsigned a = pair >> 8, b = pair & 0xFF;
        bool well = (a < 0x80 && b < 0x80) || (a >= 0xC2 && a <= 0xDF && b >= 0x80 && b <= 0xBF);
        assert_int_equal(itd_utf8_invalid_at((itd_sv){text, 2}) == SIZE_MAX, well);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_rows),
        cmocka_unit_test(utf8_agrees_with_the_definition),
        cmocka_unit_test(split_gives_every_part),
        cmocka_unit_test(compare_and_prefix_rows),
        cmocka_unit_test(find_agrees_with_the_definition),
        cmocka_unit_test(trim_rows),
        cmocka_unit_test(number_rows),
    };
    return cmocka_run_group_tests_name("sv", tests, NULL, NULL);
}
