#include "read/percentage.h"

#include "read/bods_share.h"

/** Longest number that is read. */
#define NUMBER_BYTES_MAX 63

static const char no_number[] = "it is no percentage", too_much[] = "it is more than 100 %";

/* A sign before a number, or after it, and the bound that it makes of the number. */
typedef enum bound { EXACT, MORE, AT_LEAST, LESS, AT_MOST } bound;

static const struct {
    const char *text;
    bound bound;
} signs[] = {{">=", AT_LEAST}, {"\xE2\x89\xA5", AT_LEAST}, {">", MORE},
             {"<=", AT_MOST},  {"\xE2\x89\xA4", AT_MOST},  {"<", LESS}};

/* What stands between two: a hyphen, the dashes U+2010 … U+2015, a minus sign, "to". */
static const char *const separators[] = {"-",
                                         "\xE2\x80\x90",
                                         "\xE2\x80\x91",
                                         "\xE2\x80\x92",
                                         "\xE2\x80\x93",
                                         "\xE2\x80\x94",
                                         "\xE2\x80\x95",
                                         "\xE2\x88\x92",
                                         " to "};

static bool take_end(itd_sv *text, const char *end)
{
    itd_sv sign = itd_sv_of(end);
    if (!itd_sv_ends(*text, sign))
        return false;
    *text = itd_sv_trim(itd_sv_slice(*text, 0, text->size - sign.size));
    return true;
}

/* Digits with at most one point or comma before the decimals. */
static const char *take_number(uint32_t *low, uint32_t *high, itd_sv text)
{
    char number[NUMBER_BYTES_MAX + 1];
    bool digits = false;
    unsigned points = 0;
    if (text.size > NUMBER_BYTES_MAX)
        return no_number;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool point = c == '.' || c == ',';
        digits |= c >= '0' && c <= '9';
        points += point;
        if ((c < '0' || c > '9') && (!point || points > 1))
            return no_number;
        number[i] = point ? '.' : c;
    }
    if (!digits)
        return no_number;
    return itd_percent_ppm(low, high, itd_sv_make(number, text.size)) ? NULL : too_much;
}

/* A number with its sign. `low` and `high` are those of the number, in which it stands. */
static const char *take_bound(bound *out, uint32_t *low, uint32_t *high, itd_sv text)
{
    bool percent, plus;
    *out = EXACT;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0] && *out == EXACT; i++)
        if (itd_sv_starts(text, itd_sv_of(signs[i].text))) {
            *out = signs[i].bound;
            text = itd_sv_trim(itd_sv_slice(text, strlen(signs[i].text), SIZE_MAX));
        }
    percent = take_end(&text, "%");
    plus = take_end(&text, "+");
    if (plus && !percent)
        (void)take_end(&text, "%"); /* "50%+" */
    if (plus && *out != EXACT)
        return no_number;
    if (plus)
        *out = AT_LEAST;
    const char *problem = take_number(low, high, text);
    if (problem)
        return problem;
    /* Where the number is a whole one of parts per million, what is beyond it is one more, or one less. */
    if (*out == MORE && *low == *high)
        *high = ++*low;
    if (*out == LESS && *low == *high) {
        if (*low == 0)
            return "nothing is less than 0 %";
        *low = --*high;
    }
    return *low > ITD_PPM_WHOLE ? too_much : NULL;
}

static const char *read_one(uint32_t *low, uint32_t *high, itd_sv text)
{
    bound is;
    const char *problem = take_bound(&is, low, high, text);
    if (is == MORE || is == AT_LEAST)
        *high = ITD_PPM_WHOLE;
    if (is == LESS || is == AT_MOST)
        *low = 0;
    return problem;
}

static const char *read_two(uint32_t *low, uint32_t *high, itd_sv left, itd_sv right)
{
    bound from, to;
    uint32_t left_high = 0, right_low = 0;
    if (left.size == 0)
        return "it is less than 0 %";
    const char *problem = take_bound(&from, low, &left_high, left);
    if (!problem)
        problem = take_bound(&to, &right_low, high, right);
    if (problem)
        return problem;
    if (from == LESS || from == AT_MOST || to == MORE || to == AT_LEAST)
        return no_number;
    return *low > *high ? "the lower bound is above the upper one" : NULL;
}

const char *itd_percentage_read(uint32_t *low_ppm, uint32_t *high_ppm, itd_sv text)
{
    uint32_t low = 0, high = 0;
    size_t at = SIZE_MAX, size = 0;
    itd_sv trimmed = itd_sv_trim(text);
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        size_t here = itd_sv_find_nocase(trimmed, itd_sv_of(separators[i]), 0);
        if (here < at) {
            at = here;
            size = strlen(separators[i]);
        }
    }
    const char *problem = at == SIZE_MAX ? read_one(&low, &high, trimmed)
                                         : read_two(&low, &high, itd_sv_trim(itd_sv_slice(trimmed, 0, at)),
                                                    itd_sv_trim(itd_sv_slice(trimmed, at + size, SIZE_MAX)));
    if (problem)
        return problem;
    *low_ppm = low;
    *high_ppm = high;
    return NULL;
}
