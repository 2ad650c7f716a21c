#include "read/ofac_period.h"

#include <stdio.h>

/* The date that means all days from first to last, or none (year 0). */
static itd_date one_date(itd_date first, itd_date last)
{
    itd_date tries[] = {first, first, first};
    tries[1].day = 0;
    tries[2].day = tries[2].month = 0;
    int32_t begins, ends, from, to, ignored;
    itd_date_span(&begins, &ignored, first);
    itd_date_span(&ignored, &ends, last);
    for (size_t i = 0; i < 3; i++) {
        itd_date_span(&from, &to, tries[i]);
        if (from == begins && to == ends)
            return tries[i];
    }
    return (itd_date){0};
}

itd_sv itd_ofac_period(char out[ITD_OFAC_PERIOD_MAX], itd_date first, itd_date last, bool circa)
{
    if (!itd_date_is_valid(first) || !itd_date_is_valid(last))
        return ITD_SV_NONE;
    char from[ITD_DATE_TEXT_MAX], to[ITD_DATE_TEXT_MAX];
    itd_date one = one_date(first, last);
    bool is_one = one.year != 0;
    (void)itd_date_format(from, is_one ? one : first);
    (void)itd_date_format(to, last);
    int size = snprintf(out, ITD_OFAC_PERIOD_MAX, "%s%s%s%s", circa ? "circa " : "", from, is_one ? "" : " to ",
                        is_one ? "" : to);
    return itd_sv_make(out, (size_t)size);
}
