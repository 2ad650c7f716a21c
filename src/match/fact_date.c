#include "base/date.h"
#include "match/evidence.h"
#include "model/identifier_text.h"

/* Dates as lists and forms write them. */

static bool is_vague(itd_sv *text)
{
    static const char *const words[] = {"circa",   "approximately", "approx.", "approx", "about", "around", "estimated",
                                        "between", "ca.",           "ca ",     "c.",     "c ",    "~",      "born"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        itd_sv word = itd_sv_of(words[i]);
        if (itd_sv_starts_nocase(*text, word)) {
            *text = itd_sv_trim(itd_sv_slice(*text, word.size, text->size - word.size));
            return true;
        }
    }
    return false;
}

/* Takes words such as "circa" from the front, and marks such as "(approx.)" and "~" from the end. */
static bool take_vague(itd_sv *text)
{
    bool vague = false;
    while (is_vague(text))
        vague = true;
    while (text->size && (text->data[text->size - 1] == '~' || text->data[text->size - 1] == '?')) {
        vague = true;
        text->size--;
    }
    size_t open = itd_sv_find(*text, ITD_SV("("), 0);
    if (open != SIZE_MAX && open > 0) {
        itd_sv remark = itd_sv_slice(*text, open + 1, text->size - open - 1);
        vague = is_vague(&remark) || vague;
        *text = itd_sv_trim(itd_sv_slice(*text, 0, open));
    }
    if (text->size > 1 && (text->data[0] | 0x20) == 'c' && itd_is_digit(text->data[1])) { /* c1964 */
        vague = true;
        *text = itd_sv_slice(*text, 1, text->size - 1);
    }
    return vague;
}

static bool year_at(unsigned *year, itd_sv text, size_t at)
{
    *year = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (i >= text.size || !itd_is_digit(text.data[i]))
            return false;
        *year = *year * 10 + (unsigned)(text.data[i] - '0');
    }
    return *year > 0 && (at + 4 == text.size || !itd_is_digit(text.data[at + 4]));
}

enum { SPAN_MAX = 30, DECADE = 9, VAGUE_YEARS = 1 };

/* "1964-1966", "1964 to 1966", "1964/65", "1960s": two years with something between, or a decade. */
static bool read_range(uint64_t *key, itd_sv text)
{
    unsigned first, last;
    if (!year_at(&first, text, 0))
        return false;
    if (text.size == 5 && (text.data[4] | 0x20) == 's') {
        *key = itd_date_key(DECADE, first, 0, 0);
        return true;
    }
    if (text.size == 7 && text.data[4] == '/' && itd_is_digit(text.data[5]) && itd_is_digit(text.data[6])) {
        last = first / 100 * 100 + (unsigned)(text.data[5] - '0') * 10 + (unsigned)(text.data[6] - '0');
    } else {
        if (text.size < 9 || text.size > 24 || !year_at(&last, text, text.size - 4))
            return false;
        for (size_t i = 4; i < text.size - 4; i++)
            if (itd_is_digit(text.data[i]))
                return false;
    }
    if (last < first || last - first > SPAN_MAX)
        return false;
    *key = itd_date_key(last - first, first, 0, 0);
    return true;
}

static bool is_eight_digits(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!itd_is_digit(text.data[i]))
            return false;
    return text.size == 8;
}

/* Year, month, day as numbers with anything but letters between, 0 for what is not known: "1964-3-27", "1964-03-00";
 * or all in one, "19640327". */
static bool read_numbers(itd_date *out, itd_sv text)
{
    unsigned numbers[3] = {0, 0, 0}, count = 0;
    char parted[10];
    if (is_eight_digits(text)) {
        memcpy(parted,
               (char[]){text.data[0], text.data[1], text.data[2], text.data[3], '-', text.data[4], text.data[5], '-',
                        text.data[6], text.data[7]},
               sizeof parted);
        text = (itd_sv){parted, sizeof parted};
    }
    for (size_t i = 0; i < text.size;) {
        if (!itd_is_digit(text.data[i])) {
            if (!strchr("-./ ", text.data[i]) || text.data[i] == '\0')
                return false;
            i++;
            continue;
        }
        size_t digits = 0;
        if (count == 3)
            return false;
        for (; i < text.size && itd_is_digit(text.data[i]); i++, digits++)
            numbers[count] = numbers[count] < 10000 ? numbers[count] * 10 + (unsigned)(text.data[i] - '0') : 10000;
        if (digits > (count ? 2 : 4) || (count == 0 && digits < 4))
            return false;
        count++;
    }
    if (count != 3 || numbers[0] > 9999)
        return false;
    itd_date date = {.year = (int16_t)numbers[0], .month = (uint8_t)numbers[1], .day = (uint8_t)numbers[2]};
    if (!itd_date_is_valid(date))
        return false;
    *out = date;
    return true;
}

/* Nobody who is asked for was born in such a year: it counts by another calendar, and says nothing in ours. */
static bool is_of_our_time(unsigned year)
{
    return year >= 1800 && year <= 2100;
}

bool itd_date_read(uint64_t *out, itd_sv text, bool birth)
{
    text = itd_sv_trim(text);
    bool vague = take_vague(&text);
    itd_date date;
    uint64_t key;
    if (itd_date_parse(&date, text) || itd_date_parse_english(&date, text) || itd_date_parse_day_first(&date, text) ||
        itd_date_parse_month_first(&date, text) || read_numbers(&date, text)) {
        unsigned year = (unsigned)date.year;
        bool about = vague && date.month == 0 && year > VAGUE_YEARS;
        key = about ? itd_date_key(2 * VAGUE_YEARS, year - VAGUE_YEARS, 0, 0)
                    : itd_date_key(0, year, date.month, date.day);
    } else if (!read_range(&key, text)) {
        return false;
    }
    if (birth && !is_of_our_time((unsigned)(key >> 16 & 0xFFFF)))
        return false;
    *out = key;
    return true;
}
