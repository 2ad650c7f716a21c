#include "match/internal.h"

/* Dates of birth, of incorporation, of building: the nearest pair of one property counts. How far apart two dates of
 * one person can be was counted where lists are joined by numbers of documents: of 1,296 pairs five differ by more than
 * a year, and one day in eighty by a digit of the day or month. Registers date a firm by its founding, its registration
 * or its reform, so that years between say little. */
enum {
    SAME_DAY = ITD_DATE_BEST,
    SAME_FIRST = 60000, /* both 1 January: often nothing but the year was known */
    SAME_MONTH = 60000,
    SAME_YEAR = 40000,         /* one of the two is no more precise */
    WITHIN = 20000,            /* in the range that the other gives */
    SWAPPED = 40000,           /* day and month in the other order */
    ONE_DIGIT = 20000,         /* of day or month */
    FIRST_OF_YEAR = 0,         /* 1 January against another day */
    OTHER_DAY = -150000,       /* of the same month */
    OTHER_MONTH = -180000,     /* the same day of another month */
    OTHER_DATE = -340000,      /* nothing but the year is the same, */
    NEXT_YEAR_DAY = -30000,    /* or another year; but the same day of the next, */
    SECOND_YEAR_DAY = -150000, /* of the next but one, */
    NEXT_YEAR = -90000,        /* or the next where no more is known */
};

/* Firms and ships. */
enum {
    FIRM_SAME_DAY = 60000,
    FIRM_SAME_YEAR = 10000,
    FIRM_OTHER = -40000,
    SHIP_NEXT_YEAR = 0, /* laid down, launched, delivered */
    SHIP_OTHER = -150000,
};

typedef struct date {
    int year, last_year, month, day;
} date;

static date date_of(uint64_t key)
{
    int year = (int)(key >> 16 & 0xFFFF);
    return (date){year, year + (int)(key >> 32), (int)(key >> 8 & 255), (int)(key & 255)};
}

/* Years between two dates or ranges. */
static int years_apart(const date *a, const date *b)
{
    return a->year > b->last_year ? a->year - b->last_year : b->year > a->last_year ? b->year - a->last_year : 0;
}

static int digits_apart(int a, int b)
{
    return (a / 10 != b / 10) + (a % 10 != b % 10);
}

static bool is_full(const date *d)
{
    return d->day != 0;
}

static bool is_first(const date *d)
{
    return d->month == 1 && d->day == 1;
}

static int32_t compare_in_year(const date *a, const date *b)
{
    if (a->last_year != a->year || b->last_year != b->year)
        return WITHIN;
    if (!a->month || !b->month)
        return SAME_YEAR;
    if (is_full(a) && is_full(b)) {
        if (a->month == b->month && a->day == b->day)
            return is_first(a) ? SAME_FIRST : SAME_DAY;
        if (a->day == b->month && b->day == a->month)
            return SWAPPED;
        if (is_first(a) || is_first(b))
            return FIRST_OF_YEAR;
        if (digits_apart(a->month, b->month) + digits_apart(a->day, b->day) == 1)
            return ONE_DIGIT;
        return a->month == b->month ? OTHER_DAY : a->day == b->day ? OTHER_MONTH : OTHER_DATE;
    }
    if (a->month == b->month)
        return SAME_MONTH;
    return is_first(a) || is_first(b) ? FIRST_OF_YEAR : OTHER_MONTH;
}

static int32_t compare_births(const date *a, const date *b)
{
    int apart = years_apart(a, b);
    if (apart == 0)
        return compare_in_year(a, b);
    bool vague = !is_full(a) || !is_full(b) || is_first(a) || is_first(b);
    if (vague)
        return apart == 1 ? NEXT_YEAR : OTHER_DATE;
    bool same_day = a->day == b->day && a->month == b->month;
    return !same_day ? OTHER_DATE : apart == 1 ? NEXT_YEAR_DAY : apart == 2 ? SECOND_YEAR_DAY : OTHER_DATE;
}

static int32_t compare_foundings(const date *a, const date *b)
{
    if (years_apart(a, b) > 0)
        return FIRM_OTHER;
    return is_full(a) && is_full(b) && a->month == b->month && a->day == b->day ? FIRM_SAME_DAY : FIRM_SAME_YEAR;
}

static int32_t compare_buildings(const date *a, const date *b)
{
    int apart = years_apart(a, b);
    return apart == 0 ? FIRM_SAME_YEAR : apart == 1 ? SHIP_NEXT_YEAR : SHIP_OTHER;
}

static int32_t compare_dates(itd_property property, uint64_t l, uint64_t r)
{
    date a = date_of(l), b = date_of(r);
    return property == ITD_P_Person_birthDate    ? compare_births(&a, &b)
           : property == ITD_P_Vehicle_buildDate ? compare_buildings(&a, &b)
                                                 : compare_foundings(&a, &b);
}

void itd_feature_birth_date(itd_evidence *evidence)
{
    const itd_match_fact *best_left = NULL, *best_right = NULL;
    int32_t best = INT32_MIN;
    for (uint32_t i = 0; i < evidence->left->fact_count; i++) {
        const itd_match_fact *l = &evidence->left->facts[i];
        if (l->kind != ITD_FACT_DATE)
            continue;
        for (uint32_t j = 0; j < evidence->right->fact_count; j++) {
            const itd_match_fact *r = &evidence->right->facts[j];
            if (r->kind != ITD_FACT_DATE || r->property != l->property)
                continue;
            int32_t micro = compare_dates((itd_property)l->property, l->key, r->key);
            if (micro > best) {
                best = micro;
                best_left = l;
                best_right = r;
            }
        }
    }
    if (best_left)
        itd_evidence_add(evidence, "birth_date", best, best_left, best_right);
}
