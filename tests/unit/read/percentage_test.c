/* Percentages as people write them. Bounds are worked out by hand: 1 % is 10000 parts per million. */
#include "read/percentage.h"

#include "support/cm.h"

static void test_read(void **state)
{
    static const struct {
        const char *text;
        uint32_t low, high;
    } good[] = {
        {"0", 0, 0},
        {"100", 1000000, 1000000},
        {"12.5", 125000, 125000},
        {"12,5 %", 125000, 125000},
        {" 7% ", 70000, 70000},
        {"33.33333", 333333, 333334},
        {".5", 5000, 5000},
        {">50", 500001, 1000000},
        {"> 50 %", 500001, 1000000},
        {"<25", 0, 249999},
        {">=50", 500000, 1000000},
        {"<=50%", 0, 500000},
        {"\xE2\x89\xA5 50", 500000, 1000000},
        {"\xE2\x89\xA4"
         "50",
         0, 500000},
        {"50+", 500000, 1000000},
        {"50+%", 500000, 1000000},
        {"50%+", 500000, 1000000},
        /* between two parts per million there is no whole one to go on to */
        {">33.33333", 333333, 1000000},
        {"<33.33333", 0, 333334},
        {"25-50", 250000, 500000},
        {"25 % - 50 %", 250000, 500000},
        {"25\xE2\x80\x93"
         "50",
         250000, 500000},
        {"25 \xE2\x80\x94 50%", 250000, 500000},
        {"25\xE2\x88\x92"
         "50",
         250000, 500000},
        {"25 to 50", 250000, 500000},
        {"25% TO 50%", 250000, 500000},
        {">25-50", 250001, 500000},
        {">50 - <75", 500001, 749999},
        {"33.33333-66.66666", 333333, 666667},
        {"50-50", 500000, 500000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        uint32_t low = 1, high = 2;
        const char *why = itd_percentage_read(&low, &high, itd_sv_of(good[i].text));
        if (why)
            fail_msg("%s: %s", good[i].text, why);
        if (low != good[i].low || high != good[i].high)
            fail_msg("%s: %u to %u", good[i].text, low, high);
    }
}

static void test_refused(void **state)
{
    static const struct {
        const char *text, *why;
    } bad[] = {
        {"", "no percentage"},
        {"%", "no percentage"},
        {"-", "less than 0"},
        {"-5", "less than 0"},
        {"\xE2\x88\x92"
         "5",
         "less than 0"},
        {"50-", "no percentage"},
        {"60-40", "lower bound is above"},
        {">50-50", "lower bound is above"},
        {"150", "more than 100"},
        {"100.00001", "more than 100"},
        {"101-102", "more than 100"},
        {"99-101", "more than 100"},
        {">100", "more than 100"},
        {"<0", "less than 0"},
        {"99999999999999999999", "more than 100"},
        {"half", "no percentage"},
        {"1e1", "no percentage"},
        {"1.000,5", "no percentage"},
        {"25-50-75", "no percentage"},
        {"50 50", "no percentage"},
        {"<25-50", "no percentage"},
        {"25->50", "no percentage"},
        {"<50+", "no percentage"},
        {"50%%", "no percentage"},
        {"0000000000000000000000000000000000000000000000000000000000000050", "no percentage"}, /* 64 bytes */
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint32_t low = 1, high = 2;
        const char *why = itd_percentage_read(&low, &high, itd_sv_of(bad[i].text));
        if (!why || !strstr(why, bad[i].why))
            fail_msg("%s: %s", bad[i].text, why ? why : "read");
        assert_int_equal(low, 1);
        assert_int_equal(high, 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_read), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
