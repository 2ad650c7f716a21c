#include "base/amount.h"

#include <stdio.h>

#include "base/amount_table.h"
#include "support/cm.h"
#include "support/random.h"

static const itd_asset *asset(const char *code)
{
    const itd_asset *found = itd_asset_find(itd_sv_of(code));
    if (!found)
        fail_msg("no asset %s", code);
    return found;
}

static void assets_have_the_decimals_of_iso_4217(void **state)
{
    (void)state;
    static const struct {
        const char *code, *canonical;
        uint8_t exponent;
        bool crypto;
    } rows[] = {
        {"USD", "USD", 2, false}, {"usd", "USD", 2, false},  {"JPY", "JPY", 0, false}, {"KWD", "KWD", 3, false},
        {"CLF", "CLF", 4, false}, {"KPW", "KPW", 2, false},  {"CNH", "CNY", 2, false}, {"AED", "AED", 2, false},
        {"XBT", "XBT", 8, true},  {"BTC", "XBT", 8, true},   {"ETH", "ETH", 9, true},  {"XMR", "XMR", 12, true},
        {"TRX", "TRX", 6, true},  {"USDT", "USDT", 6, true}, {"ZWL", "ZWL", 2, false}, {"ZWG", "ZWG", 2, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(asset(rows[i].code)->code, rows[i].canonical);
        assert_int_equal(asset(rows[i].code)->exponent, rows[i].exponent);
        assert_int_equal(asset(rows[i].code)->crypto, rows[i].crypto);
    }
    static const char *const absent[] = {"", "US", "XXX", "XTS", "USDX", "ABCDEFGHIJ", "US\xC3"};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_null(itd_asset_find(itd_sv_of(absent[i])));
    for (size_t i = 0; i < itd_asset_name_count; i++) /* every name is found by the search, which needs them in order */
        assert_ptr_equal(itd_asset_find(itd_sv_of(itd_asset_names[i].name)), itd_asset_names[i].asset);
}

/* A large holding of any asset has to fit: a million of it, counted in its smallest unit. */
static void every_asset_reaches_millions(void **state)
{
    (void)state;
    for (size_t i = 0; i < itd_asset_name_count; i++) {
        int64_t minor;
        if (itd_amount_parse(&minor, itd_asset_names[i].asset, ITD_SV("9,000,000"), ITD_ROUND_NONE, NULL) != ITD_OK)
            fail_msg("9,000,000 %s does not fit", itd_asset_names[i].name);
    }
}

static void parse_rows(void **state)
{
    (void)state;
    static const struct {
        const char *code, *text;
        itd_rounding rounding;
        itd_status status;
        int64_t minor;
    } rows[] = {
        {"USD", "1,234.5", ITD_ROUND_NONE, ITD_OK, 123450},
        {"USD", "1234.50", ITD_ROUND_NONE, ITD_OK, 123450},
        {"USD", " -3 ", ITD_ROUND_NONE, ITD_OK, -300},
        {"USD", "+3", ITD_ROUND_NONE, ITD_OK, 300},
        {"USD", ".5", ITD_ROUND_NONE, ITD_OK, 50},
        {"USD", "-0", ITD_ROUND_NONE, ITD_OK, 0},
        {"USD", "0000000000000000000000000000000000000000000000001", ITD_ROUND_NONE, ITD_OK, 100},
        {"USD", "1.5000000", ITD_ROUND_NONE, ITD_OK, 150},
        {"USD", "1,234,567.89", ITD_ROUND_NONE, ITD_OK, 123456789},
        {"JPY", "1,234", ITD_ROUND_NONE, ITD_OK, 1234},
        {"KWD", "1.234", ITD_ROUND_NONE, ITD_OK, 1234},
        {"XBT", "20999999.9769", ITD_ROUND_NONE, ITD_OK, INT64_C(2099999997690000)},
        {"ETH", "9223372036.854775807", ITD_ROUND_NONE, ITD_OK, INT64_MAX},
        {"ETH", "62000", ITD_ROUND_NONE, ITD_OK, INT64_C(62000000000000)},
        {"ETH", "0.1000000000", ITD_ROUND_NONE, ITD_OK, 100000000},
        {"ETH", "0.000000000000000001", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"ETH", "0.000000000000000001", ITD_ROUND_DOWN, ITD_OK, 0},
        {"ETH", "0.000000000000000001", ITD_ROUND_UP, ITD_OK, 1},
        {"ETH", "1.234567890500000000", ITD_ROUND_HALF_EVEN, ITD_OK, 1234567890},
        {"USD", "92233720368547758.07", ITD_ROUND_NONE, ITD_OK, INT64_MAX},
        {"USD", "-92233720368547758.08", ITD_ROUND_NONE, ITD_OK, INT64_MIN},
        {"USD", "92233720368547758.08", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"USD", "-92233720368547758.09", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"USD", "92233720368547758.071", ITD_ROUND_UP, ITD_ELIMIT, 0},
        {"USD", "92233720368547758.079", ITD_ROUND_DOWN, ITD_OK, INT64_MAX},
        {"ETH", "9223372036.854775808", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"USD", "999999999999999999999999999999999999999999999999", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"USD", "1.001", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"USD", "1.000000000000000000000000001", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"JPY", "1.5", ITD_ROUND_NONE, ITD_ELIMIT, 0},
        {"USD", "1.005", ITD_ROUND_HALF_EVEN, ITD_OK, 100},
        {"USD", "1.015", ITD_ROUND_HALF_EVEN, ITD_OK, 102},
        {"USD", "-1.015", ITD_ROUND_HALF_EVEN, ITD_OK, -102},
        {"USD", "1.0050000000000000000000000001", ITD_ROUND_HALF_EVEN, ITD_OK, 101},
        {"USD", "1.0049", ITD_ROUND_HALF_EVEN, ITD_OK, 100},
        {"JPY", "2.5", ITD_ROUND_HALF_EVEN, ITD_OK, 2},
        {"JPY", "3.5", ITD_ROUND_HALF_EVEN, ITD_OK, 4},
        {"USD", "1.009", ITD_ROUND_DOWN, ITD_OK, 100},
        {"USD", "-1.009", ITD_ROUND_DOWN, ITD_OK, -100},
        {"USD", "1.001", ITD_ROUND_UP, ITD_OK, 101},
        {"USD", "-1.0000001", ITD_ROUND_UP, ITD_OK, -101},
        {"USD", "1.000", ITD_ROUND_UP, ITD_OK, 100},
        {"USD", "", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "-", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", ".", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "1.", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "1234,56", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "12,34", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", ",123", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "1,,234", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "1,2345", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "1.2,345", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "1e3", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "--1", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "1 000", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "$1", ITD_ROUND_NONE, ITD_EFORMAT, 0},
        {"USD", "NaN", ITD_ROUND_NONE, ITD_EFORMAT, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t minor = 77;
        itd_error error = {0};
        itd_status status =
            itd_amount_parse(&minor, asset(rows[i].code), itd_sv_of(rows[i].text), rows[i].rounding, &error);
        if (status != rows[i].status || minor != (status == ITD_OK ? rows[i].minor : 77))
            fail_msg("%s %s: %s, %lld", rows[i].code, rows[i].text, itd_status_name(status), (long long)minor);
        assert_int_equal(error.message[0] != '\0', status != ITD_OK);
    }
}

static void format_rows(void **state)
{
    (void)state;
    char text[ITD_AMOUNT_TEXT_MAX];
    const __int128 least = (__int128)((unsigned __int128)1 << 127);
    assert_true(itd_sv_is(itd_amount_format(text, asset("USD"), 123450), "1234.50"));
    assert_true(itd_sv_is(itd_amount_format(text, asset("USD"), -5), "-0.05"));
    assert_true(itd_sv_is(itd_amount_format(text, asset("JPY"), 0), "0"));
    assert_true(itd_sv_is(itd_amount_format(text, asset("ETH"), 1), "0.000000001"));
    assert_true(itd_sv_is(itd_amount_format(text, asset("JPY"), least), "-170141183460469231731687303715884105728"));
    assert_true(itd_sv_is(itd_amount_format(text, asset("USD"), least), "-1701411834604692317316873037158841057.28"));
    assert_int_equal(strlen(text), itd_amount_format(text, asset("USD"), least).size);
}

static void text_and_number_agree(void **state)
{
    (void)state;
    static const char *const codes[] = {"JPY", "USD", "KWD", "CLF", "XBT", "XMR", "ETH"};
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        const itd_asset *a = asset(codes[random_below(&seed, 7)]);
        int64_t minor = (int64_t)(random_next(&seed) >> random_below(&seed, 64)), again;
        if (random_below(&seed, 2))
            minor = -minor;
        char text[ITD_AMOUNT_TEXT_MAX];
        itd_sv written = itd_amount_format(text, a, minor);
        assert_int_equal(itd_amount_parse(&again, a, written, ITD_ROUND_NONE, NULL), ITD_OK);
        assert_int_equal(again, minor);
    }
}

/* Against integer arithmetic: a number of thousandths of a cent, rounded to cents. */
static void rounding_agrees_with_division(void **state)
{
    (void)state;
    for (int64_t n = -25000; n <= 25000; n++) {
        char text[32];
        int64_t size = n < 0 ? -n : n, sign = n < 0 ? -1 : 1;
        (void)snprintf(text, sizeof text, "%s%lld.%05lld", n < 0 ? "-" : "", (long long)(size / 100000),
                       (long long)(size % 100000));
        int64_t down = size / 1000, rest = size % 1000, got;
        int64_t even = down + (rest > 500 || (rest == 500 && down % 2 == 1));
        assert_int_equal(itd_amount_parse(&got, asset("USD"), itd_sv_of(text), ITD_ROUND_DOWN, NULL), ITD_OK);
        assert_int_equal(got, sign * down);
        assert_int_equal(itd_amount_parse(&got, asset("USD"), itd_sv_of(text), ITD_ROUND_UP, NULL), ITD_OK);
        assert_int_equal(got, sign * (down + (rest > 0)));
        assert_int_equal(itd_amount_parse(&got, asset("USD"), itd_sv_of(text), ITD_ROUND_HALF_EVEN, NULL), ITD_OK);
        assert_int_equal(got, sign * even);
        assert_int_equal(itd_amount_parse(&got, asset("USD"), itd_sv_of(text), ITD_ROUND_NONE, NULL),
                         rest ? ITD_ELIMIT : ITD_OK);
    }
}

static void sums_are_exact(void **state)
{
    (void)state;
    __int128 sum = 0;
    char text[ITD_AMOUNT_TEXT_MAX];
    for (int i = 0; i < 1000; i++)
        itd_amount_add(&sum, INT64_MAX);
    assert_true(itd_sv_is(itd_amount_format(text, asset("JPY"), sum), "9223372036854775807000"));
    for (int i = 0; i < 1000; i++)
        itd_amount_add(&sum, INT64_MIN);
    assert_true(itd_sv_is(itd_amount_format(text, asset("JPY"), sum), "-1000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assets_have_the_decimals_of_iso_4217),
        cmocka_unit_test(every_asset_reaches_millions),
        cmocka_unit_test(parse_rows),
        cmocka_unit_test(format_rows),
        cmocka_unit_test(text_and_number_agree),
        cmocka_unit_test(rounding_agrees_with_division),
        cmocka_unit_test(sums_are_exact),
    };
    return cmocka_run_group_tests_name("amount", tests, NULL, NULL);
}
