/* Any bytes: a date that a parser accepts is real, its span is in order, and its text parses to itself. */
#include "support/fuzz.h"

#include "base/date.h"

static void check(itd_date date)
{
    char text[ITD_DATE_TEXT_MAX];
    int32_t first, last;
    itd_date again;
    FUZZ_CHECK(itd_date_is_valid(date));
    FUZZ_CHECK(itd_date_parse(&again, itd_date_format(text, date)));
    FUZZ_CHECK(again.year == date.year && again.month == date.month && again.day == date.day);
    itd_date_span(&first, &last, date);
    FUZZ_CHECK(last - first == 0 || (date.day == 0 && last - first >= 27 && last - first <= 365));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool (*const parsers[])(itd_date *, itd_sv) = {itd_date_parse, itd_date_parse_english,
                                                          itd_date_parse_day_first, itd_date_parse_month_first};
    itd_sv text = {(const char *)data, size};
    for (size_t i = 0; i < sizeof parsers / sizeof parsers[0]; i++) {
        itd_date date;
        if (parsers[i](&date, text))
            check(date);
    }
    int64_t time_us;
    itd_date day;
    if (itd_time_parse(&time_us, text)) {
        int32_t first, last;
        FUZZ_CHECK(itd_date_parse(&day, text)); /* every time is a date with more behind it */
        itd_date_span(&first, &last, day);
        int64_t distance = time_us - (int64_t)first * INT64_C(86400000000);
        FUZZ_CHECK(distance > -INT64_C(86400000000) && distance < 2 * INT64_C(86400000000));
    }
    return 0;
}
