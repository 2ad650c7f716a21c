#include "base/date.h"

#include <assert.h>
#include <stdio.h>

#define YEAR_LARGEST 9999
#define FRACTION_DIGITS_MAX 9

static const char month_names[12][10] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};

static int days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

bool itd_date_is_valid(itd_date date)
{
    if (date.year < 1 || date.year > YEAR_LARGEST || date.month > 12)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.day <= days_in_month(date.year, date.month);
}

/* Takes `count` digits from the front. */
static bool take_digits(int *out, itd_sv *text, size_t count)
{
    int value = 0;
    if (text->size < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (text->data[i] < '0' || text->data[i] > '9')
            return false;
        value = value * 10 + (text->data[i] - '0');
    }
    *text = (itd_sv){text->data + count, text->size - count};
    *out = value;
    return true;
}

static bool take_char(itd_sv *text, char c)
{
    if (text->size == 0 || text->data[0] != c)
        return false;
    *text = (itd_sv){text->data + 1, text->size - 1};
    return true;
}

static bool make(itd_date *out, int year, int month, int day)
{
    itd_date date = {.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    if (!itd_date_is_valid(date))
        return false;
    *out = date;
    return true;
}

/* YYYY, YYYY-MM or YYYY-MM-DD from the front; what follows stays in `text`. */
static bool take_iso(itd_date *out, itd_sv *text)
{
    int year, month = 0, day = 0;
    if (!take_digits(&year, text, 4))
        return false;
    if (take_char(text, '-')) {
        if (!take_digits(&month, text, 2) || month == 0)
            return false;
        if (take_char(text, '-') && (!take_digits(&day, text, 2) || day == 0))
            return false;
    }
    return make(out, year, month, day);
}

/* Z, ±HH, ±HHMM or ±HH:MM, or nothing, which means UTC. */
static bool take_zone(int *out_minutes, itd_sv *text)
{
    int hour = 0, minute = 0;
    *out_minutes = 0;
    if (text->size == 0 || take_char(text, 'Z') || take_char(text, 'z'))
        return true;
    bool west = take_char(text, '-');
    if (!west && !take_char(text, '+'))
        return false;
    if (!take_digits(&hour, text, 2))
        return false;
    bool colon = take_char(text, ':');
    if ((colon || text->size) && !take_digits(&minute, text, 2))
        return false;
    if (hour > 23 || minute > 59)
        return false;
    *out_minutes = (hour * 60 + minute) * (west ? -1 : 1);
    return true;
}

/* HH:MM[:SS[.fraction]][zone] up to the end; digits past the sixth of the fraction are cut. */
static bool take_time(int64_t *out_us, itd_sv *text)
{
    int hour, minute, second = 0, zone = 0;
    int64_t micro = 0;
    if (!take_digits(&hour, text, 2) || !take_char(text, ':') || !take_digits(&minute, text, 2))
        return false;
    if (take_char(text, ':')) {
        if (!take_digits(&second, text, 2))
            return false;
        if (take_char(text, '.') || take_char(text, ',')) {
            int digit, digits = 0;
            int64_t unit = 100000;
            for (; digits < FRACTION_DIGITS_MAX && take_digits(&digit, text, 1); digits++, unit /= 10)
                micro += digit * unit;
            if (digits == 0)
                return false;
        }
    }
    if (hour > 23 || minute > 59 || second > 59 || !take_zone(&zone, text) || text->size)
        return false;
    *out_us = (((int64_t)hour * 60 + minute - zone) * 60 + second) * 1000000 + micro;
    return true;
}

bool itd_date_parse(itd_date *out, itd_sv text)
{
    itd_date date;
    int64_t time_us;
    if (!take_iso(&date, &text))
        return false;
    if (text.size) {
        if (date.day == 0 || (!take_char(&text, 'T') && !take_char(&text, ' ')) || !take_time(&time_us, &text))
            return false;
    }
    *out = date;
    return true;
}

/* Whole names and their first three letters, "Sept" too, with or without a point. */
static int month_of(itd_sv word)
{
    if (word.size > 3 && word.data[word.size - 1] == '.')
        word.size--;
    for (int i = 0; i < 12; i++) {
        itd_sv name = itd_sv_of(month_names[i]);
        if (itd_sv_equal_nocase(word, name) || itd_sv_equal_nocase(word, itd_sv_slice(name, 0, 3)))
            return i + 1;
    }
    return itd_sv_equal_nocase(word, ITD_SV("Sept")) ? 9 : 0;
}

static bool is_between_words(char c)
{
    return c == ' ' || c == ',' || c == '-' || c == '\t';
}

static bool whole_number(int *out, itd_sv word, size_t digits_min, size_t digits_max)
{
    return word.size >= digits_min && word.size <= digits_max && take_digits(out, &word, word.size);
}

bool itd_date_parse_english(itd_date *out, itd_sv text)
{
    itd_sv words[3];
    size_t count = 0;
    text = itd_sv_trim(text);
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        while (i < text.size && !is_between_words(text.data[i]))
            i++;
        if (count == 3 || i == start) /* too many words, or a separator at the front */
            return false;
        words[count++] = (itd_sv){text.data + start, i - start};
        if (i < text.size && text.data[i] == ',')
            i++;
        if (i < text.size && text.data[i] == '-') {
            i++;
            continue;
        }
        while (i < text.size && (text.data[i] == ' ' || text.data[i] == '\t'))
            i++;
    }
    int year, month = 0, day = 0;
    if (count == 0 || !whole_number(&year, words[count - 1], 4, 4))
        return false;
    if (count == 2) {
        month = month_of(words[0]);
    } else if (count == 3) {
        bool month_first = month_of(words[0]) != 0;
        month = month_of(words[month_first ? 0 : 1]);
        if (!whole_number(&day, words[month_first ? 1 : 0], 1, 2) || day == 0)
            return false;
    }
    return (count == 1 || month != 0) && make(out, year, month, day);
}

/* Three parts with the same separator. */
static bool three_parts(itd_sv parts[3], itd_sv text)
{
    text = itd_sv_trim(text);
    size_t at = 0;
    while (at < text.size && text.data[at] != '/' && text.data[at] != '.' && text.data[at] != '-')
        at++;
    if (at == text.size)
        return false;
    char separator = text.data[at];
    return itd_sv_split(&parts[0], &text, separator) && itd_sv_split(&parts[1], &text, separator) &&
           itd_sv_split(&parts[2], &text, separator) && text.data == NULL;
}

/* A number of one or two digits; letters ("dd", "mm", "xx") and zeros stand for what is not known and give 0. */
static bool part_or_unknown(int *out, itd_sv part)
{
    *out = 0;
    if (part.size == 0 || part.size > 2)
        return false;
    bool letters = true;
    for (size_t i = 0; i < part.size; i++)
        letters =
            letters && ((unsigned char)(part.data[i] | 0x20) >= 'a' && (unsigned char)(part.data[i] | 0x20) <= 'z');
    return letters || take_digits(out, &part, part.size);
}

bool itd_date_parse_day_first(itd_date *out, itd_sv text)
{
    itd_sv parts[3];
    int year, month, day;
    return three_parts(parts, text) && part_or_unknown(&day, parts[0]) && part_or_unknown(&month, parts[1]) &&
           whole_number(&year, parts[2], 4, 4) && make(out, year, month, day);
}

bool itd_date_parse_month_first(itd_date *out, itd_sv text)
{
    itd_sv parts[3];
    int year, month, day;
    return three_parts(parts, text) && whole_number(&month, parts[0], 1, 2) && whole_number(&day, parts[1], 1, 2) &&
           whole_number(&year, parts[2], 4, 4) && month > 0 && day > 0 && make(out, year, month, day);
}

itd_sv itd_date_format(char *out, itd_date date)
{
    int size = 0;
    out[0] = '\0';
    if (date.year > 0 && date.month && date.day)
        size =
            snprintf(out, ITD_DATE_TEXT_MAX, "%04d-%02u-%02u", date.year % 10000, date.month % 100u, date.day % 100u);
    else if (date.year > 0 && date.month)
        size = snprintf(out, ITD_DATE_TEXT_MAX, "%04d-%02u", date.year % 10000, date.month % 100u);
    else if (date.year > 0)
        size = snprintf(out, ITD_DATE_TEXT_MAX, "%04d", date.year % 10000);
    return (itd_sv){out, (size_t)size};
}

/* Days from 1970-01-01, proleptic Gregorian. Years are counted from March, so that the leap day comes last.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), days_from_civil. */
static int32_t days_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = year / 400; /* year >= 0 here */
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void itd_date_span(int32_t *first_day, int32_t *last_day, itd_date date)
{
    assert(itd_date_is_valid(date));
    int month_first = date.month ? date.month : 1, month_last = date.month ? date.month : 12;
    *first_day = days_of(date.year, month_first, date.day ? date.day : 1);
    *last_day = days_of(date.year, month_last, date.day ? date.day : days_in_month(date.year, month_last));
}

bool itd_time_parse(int64_t *out_us, itd_sv text)
{
    itd_date date;
    int64_t time_us = 0;
    if (!take_iso(&date, &text) || date.day == 0)
        return false;
    if (text.size && ((!take_char(&text, 'T') && !take_char(&text, ' ')) || !take_time(&time_us, &text)))
        return false;
    *out_us = (int64_t)days_of(date.year, date.month, date.day) * INT64_C(86400000000) + time_us;
    return true;
}

/* The reverse of days_of. Source: as there, civil_from_days. */
itd_date itd_date_of_day(int32_t days)
{
    days += 719468;
    int era = days / 146097; /* days >= 0 here */
    int of_era = days - era * 146097;
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * of_year + 2) / 153;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (itd_date){.year = (int16_t)(year_of_era + era * 400 + (month <= 2)),
                      .month = (uint8_t)month,
                      .day = (uint8_t)(of_year - (153 * shifted + 2) / 5 + 1)};
}

itd_sv itd_time_format(char *out, int64_t time_us)
{
    const int64_t day_us = INT64_C(86400000000);
    const int64_t first = days_of(1, 1, 1) * day_us, end = (days_of(YEAR_LARGEST, 12, 31) + 1) * day_us;
    out[0] = '\0';
    if (time_us < first || time_us >= end)
        return (itd_sv){out, 0};
    int64_t of_day = (time_us % day_us + day_us) % day_us;
    itd_date date = itd_date_of_day((int32_t)((time_us - of_day) / day_us));
    unsigned second = (unsigned)(of_day / 1000000), micro = (unsigned)(of_day % 1000000);
    int size = snprintf(out, ITD_TIME_TEXT_MAX, "%04d-%02u-%02uT%02u:%02u:%02u", date.year % 10000, date.month % 100u,
                        date.day % 100u, second / 3600 % 100, second / 60 % 60, second % 60);
    size += snprintf(out + size, ITD_TIME_TEXT_MAX - (size_t)size, micro ? ".%06uZ" : "Z", micro);
    return (itd_sv){out, (size_t)size};
}
