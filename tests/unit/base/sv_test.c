#include "base/sv.h"
#include "support/cm.h"

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
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(utf8_rows), cmocka_unit_test(split_gives_every_part)};
    return cmocka_run_group_tests_name("sv", tests, NULL, NULL);
}
