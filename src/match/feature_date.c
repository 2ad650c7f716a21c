#include "match/internal.h"

/* Dates of birth, of incorporation, of building: the nearest pair of one property counts. */
enum {
    SAME_DAY = 60000,
    SAME_MONTH = 35000,
    SAME_YEAR = 20000, /* one of the two is no more precise */
    SWAPPED = 30000,   /* day and month in the other order */
    NEAR_DAY = -60000, /* the same year, another day */
    NEXT_YEAR = -60000,
    OTHER = -320000,
};

static int32_t compare_dates(uint64_t a, uint64_t b)
{
    int year_a = (int)(a >> 16), year_b = (int)(b >> 16), month_a = (int)(a >> 8 & 255), month_b = (int)(b >> 8 & 255),
        day_a = (int)(a & 255), day_b = (int)(b & 255);
    if (year_a != year_b) {
        int apart = year_a > year_b ? year_a - year_b : year_b - year_a;
        bool day_agrees = day_a && month_a && day_a == day_b && month_a == month_b;
        return apart == 1 || (day_agrees && apart <= 10) ? NEXT_YEAR : OTHER;
    }
    if (!month_a || !month_b)
        return SAME_YEAR;
    if (month_a == month_b)
        return day_a && day_b ? day_a == day_b ? SAME_DAY : NEAR_DAY : SAME_MONTH;
    return day_a == month_b && day_b == month_a ? SWAPPED : NEAR_DAY * 2;
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
            int32_t micro = compare_dates(l->key, r->key);
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
