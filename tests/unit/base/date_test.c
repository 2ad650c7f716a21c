#include "base/date.h"

#include <stdio.h>

#include "support/cm.h"

typedef struct row {
    const char *text, *want; /* want NULL: refused */
} row;

static void check_rows(bool parse(itd_date *, itd_sv), const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const itd_date untouched = {.year = 77, .month = 7, .day = 7};
        itd_date date = untouched;
        char text[ITD_DATE_TEXT_MAX];
        bool well = parse(&date, itd_sv_of(rows[i].text));
        if (well != (rows[i].want != NULL))
            fail_msg("\"%s\" %s", rows[i].text, well ? "was accepted" : "was refused");
        itd_sv got = itd_date_format(text, date);
        if (!itd_sv_is(got, well ? rows[i].want : "0077-07-07"))
            fail_msg("\"%s\" gave %s", rows[i].text, text);
    }
}

static void iso_rows(void **state)
{
    (void)state;
    static const row rows[] = {
        {"1964", "1964"},
        {"1964-03", "1964-03"},
        {"1964-03-27", "1964-03-27"},
        {"2000-02-29", "2000-02-29"},
        {"1900-02-29", NULL},
        {"2023-02-29", NULL},
        {"2024-02-29", "2024-02-29"},
        {"0001-01-01", "0001-01-01"},
        {"0000-01-01", NULL},
        {"9999-12-31", "9999-12-31"},
        {"10000", NULL},
        {"1964-13", NULL},
        {"1964-00", NULL},
        {"1964-03-00", NULL},
        {"1964-04-31", NULL},
        {"1964-3-7", NULL},
        {"1964-", NULL},
        {"1964-03-", NULL},
        {"964", NULL},
        {"", NULL},
        {" 1964", NULL},
        {"1964 ", NULL},
        {"-964", NULL},
        {"2020-01-01T10:20:30", "2020-01-01"},
        {"2020-01-01 10:20", "2020-01-01"},
        {"2020-01-01T10:20:30.5Z", "2020-01-01"},
        {"2020-01-01T10:20:30+05:30", "2020-01-01"},
        {"2020-01-01T", NULL},
        {"2020-01-01T24:00:00", NULL},
        {"2020-01-01T10:60", NULL},
        {"2020-01-01T10:20:60", NULL},
        {"2020-01-01x10:20:30", NULL},
        {"2020-01T10:20:30", NULL},
        {"2020-01-01T10:20:30.", NULL},
        {"2020-01-01T10:20:30+5", NULL},
        {"2020-01-01T10:20:30Zx", NULL},
    };
    check_rows(itd_date_parse, rows, sizeof rows / sizeof rows[0]);
    itd_date date;
    assert_false(itd_date_parse(&date, ITD_SV("1964\0")));
    assert_false(itd_date_parse(&date, ITD_SV_NONE));
}

static void english_rows(void **state)
{
    (void)state;
    static const row rows[] = {
        {"27 Mar 1964", "1964-03-27"},
        {"27 MARCH 1964", "1964-03-27"},
        {"7 march 1964", "1964-03-07"},
        {"27-Mar-1964", "1964-03-27"},
        {"27 Mar. 1964", "1964-03-27"},
        {"1 Sept 1970", "1970-09-01"},
        {"1 Sep 1970", "1970-09-01"},
        {"1 May 1970", "1970-05-01"},
        {"Mar 1964", "1964-03"},
        {"1964", "1964"},
        {"March 27, 1964", "1964-03-27"},
        {"March 27,1964", "1964-03-27"},
        {"Mar 27 1964", "1964-03-27"},
        {"  27  Mar  1964 ", "1964-03-27"},
        {"29 Feb 2000", "2000-02-29"},
        {"29 Feb 1900", NULL},
        {"31 Jun 1964", NULL},
        {"0 Mar 1964", NULL},
        {"Marc 1964", NULL},
        {"Ma 1964", NULL},
        {"27 Mar 64", NULL},
        {"27 03 1964", NULL},
        {"Mar Mar 1964", NULL},
        {"circa 1964", NULL},
        {"27 Mar", NULL},
        {"Mar", NULL},
        {"", NULL},
        {", 1964", NULL},
        {"1964 to 1965", NULL},
        {"27 Mar 1964 x", NULL},
        {"27 Mar 1964-", "1964-03-27"},
    };
    check_rows(itd_date_parse_english, rows, sizeof rows / sizeof rows[0]);
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    for (unsigned month = 1; month <= 12; month++) {
        itd_date date = {0};
        char text[40];
        (void)snprintf(text, sizeof text, "9 %s 2001", names[month - 1]);
        assert_true(itd_date_parse_english(&date, itd_sv_of(text)) && date.month == month && date.day == 9);
        (void)snprintf(text, sizeof text, "%.3s 2001", names[month - 1]);
        assert_true(itd_date_parse_english(&date, itd_sv_of(text)) && date.month == month && date.day == 0);
    }
}

static void day_first_rows(void **state)
{
    (void)state;
    static const row rows[] = {
        {"27/03/1964", "1964-03-27"},
        {"00/00/1964", "1964"},
        {"dd/mm/1964", "1964"},
        {"00/03/1964", "1964-03"},
        {"dd/03/1964", "1964-03"},
        {" 27/03/1964 ", "1964-03-27"},
        {"7/3/1964", "1964-03-07"},
        {"27.03.1964", "1964-03-27"},
        {"27-03-1964", "1964-03-27"},
        {"03/27/1964", NULL},
        {"31/06/1964", NULL},
        {"27/00/1964", NULL},
        {"27/mm/1964", NULL},
        {"00/00/0000", NULL},
        {"27/03/64", NULL},
        {"27/03/yyyy", NULL},
        {"27/03", NULL},
        {"27/03/1964/", NULL},
        {"27/03-1964", NULL},
        {"027/03/1964", NULL},
        {"/03/1964", NULL},
        {"d1/03/1964", NULL},
        {"1964", NULL},
        {"", NULL},
    };
    check_rows(itd_date_parse_day_first, rows, sizeof rows / sizeof rows[0]);
}

static void month_first_rows(void **state)
{
    (void)state;
    static const row rows[] = {
        {"07/16/2014", "2014-07-16"}, {"7/6/2014", "2014-07-06"},
        {"16/07/2014", NULL},         {"00/16/2014", NULL},
        {"07/00/2014", NULL},         {"mm/16/2014", NULL},
        {"07/16/14", NULL},           {"07/16", NULL},
        {"02/30/2014", NULL},         {"", NULL},
    };
    check_rows(itd_date_parse_month_first, rows, sizeof rows / sizeof rows[0]);
}

static void span_rows(void **state)
{
    (void)state;
    static const struct {
        itd_date date;
        int32_t first, last;
    } rows[] = {
        {{1970, 1, 1}, 0, 0},           {{1969, 12, 31}, -1, -1},      {{2000, 3, 1}, 11017, 11017},
        {{1970, 1, 0}, 0, 30},          {{1970, 0, 0}, 0, 364},        {{2000, 2, 0}, 10988, 11016},
        {{1900, 0, 0}, -25567, -25203}, {{1, 1, 1}, -719162, -719162}, {{9999, 12, 31}, 2932896, 2932896},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t first, last;
        itd_date_span(&first, &last, rows[i].date);
        assert_int_equal(first, rows[i].first);
        assert_int_equal(last, rows[i].last);
    }
}

/* Walking the calendar day by day: every day is one after the one before, and its text reads back. */
static void days_follow_each_other(void **state)
{
    (void)state;
    int32_t expected = -719162;
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                itd_date date = {(int16_t)year, (uint8_t)month, (uint8_t)day};
                if (!itd_date_is_valid(date)) {
                    assert_true(day > 28);
                    continue;
                }
                int32_t first, last;
                itd_date_span(&first, &last, date);
                if (first != expected || last != expected)
                    fail_msg("%d-%d-%d is day %d, wanted %d", year, month, day, first, expected);
                expected++;
            }
    assert_int_equal(expected, 2932897);
}

static void time_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool well;
        int64_t us;
    } rows[] = {
        {"1970-01-01T00:00:00Z", true, 0},
        {"1970-01-01", true, 0},
        {"1970-01-01T00:00:00.000001", true, 1},
        {"1970-01-01 00:00:01,5", true, 1500000},
        {"1970-01-01T00:00:00.1234569Z", true, 123456},
        {"1969-12-31T23:59:59.999999Z", true, -1},
        {"2001-09-09T01:46:40Z", true, INT64_C(1000000000000000)},
        {"2001-09-09T03:46:40+02:00", true, INT64_C(1000000000000000)},
        {"2001-09-08T20:16:40-0530", true, INT64_C(1000000000000000)},
        {"2001-09-09T03:46:40+02", true, INT64_C(1000000000000000)},
        {"1970-01", false, 0},
        {"1970", false, 0},
        {"1970-01-01T", false, 0},
        {"1970-01-01T00", false, 0},
        {"1970-01-01T00:00:00+24:00", false, 0},
        {"1970-01-01T00:00:00+02:60", false, 0},
        {"1970-01-01T00:00:00+02:", false, 0},
        {"1970-01-01T00:00:00.1234567891", false, 0},
        {"1970-02-30T00:00:00Z", false, 0},
        {"", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t us = 77;
        if (itd_time_parse(&us, itd_sv_of(rows[i].text)) != rows[i].well || us != (rows[i].well ? rows[i].us : 77))
            fail_msg("\"%s\": %lld", rows[i].text, (long long)us);
    }
}

static void times_are_written_as_they_are_read(void **state)
{
    (void)state;
    static const struct {
        int64_t us;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {1, "1970-01-01T00:00:00.000001Z"},
        {-1, "1969-12-31T23:59:59.999999Z"},
        {INT64_C(951782400000000), "2000-02-29T00:00:00Z"}, /* `date -ud 2000-02-29 +%s` */
        {INT64_C(1767225599000000), "2025-12-31T23:59:59Z"},
        {INT64_C(253402300799999999), "9999-12-31T23:59:59.999999Z"},
        {INT64_C(253402300800000000), ""},
        {INT64_C(-62135596800000000), "0001-01-01T00:00:00Z"},
        {INT64_C(-62135596800000001), ""},
        {INT64_MAX, ""},
        {INT64_MIN, ""},
    };
    char text[ITD_TIME_TEXT_MAX];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(itd_time_format(text, rows[i].us).size, strlen(rows[i].text));
        assert_string_equal(text, rows[i].text);
    }
    /* Every day of four centuries, at a time that moves through the day. */
    for (int64_t day = -25567; day < 146097 - 25567; day++) {
        int64_t us = day * INT64_C(86400000000) + (day & 0xffff) * INT64_C(1318359), back = 0;
        assert_true(itd_time_parse(&back, itd_time_format(text, us)));
        assert_true(back == us);
    }
}

static void validity_rows(void **state)
{
    (void)state;
    static const struct {
        itd_date date;
        bool valid;
    } rows[] = {
        {{0, 0, 0}, false},     {{1, 0, 0}, true},      {{9999, 0, 0}, true},   {{10000, 0, 0}, false},
        {{-1, 1, 1}, false},    {{2000, 0, 1}, false},  {{2000, 13, 0}, false}, {{2000, 2, 29}, true},
        {{2000, 2, 30}, false}, {{2100, 2, 29}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(itd_date_is_valid(rows[i].date), rows[i].valid);
    char text[ITD_DATE_TEXT_MAX];
    assert_int_equal(itd_date_format(text, (itd_date){0}).size, 0);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_rows),       cmocka_unit_test(english_rows),
        cmocka_unit_test(day_first_rows), cmocka_unit_test(month_first_rows),
        cmocka_unit_test(span_rows),      cmocka_unit_test(days_follow_each_other),
        cmocka_unit_test(time_rows),      cmocka_unit_test(times_are_written_as_they_are_read),
        cmocka_unit_test(validity_rows),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
