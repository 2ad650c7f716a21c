#include "read/uk_psc_nature.h"

static const struct {
    const char *start;
    itd_stake_kind kind;
    bool banded;
} natures[] = {
    {"ownership-of-shares-", ITD_STAKE_SHARES, true},
    {"voting-rights-", ITD_STAKE_VOTES, true},
    {"right-to-share-surplus-assets-", ITD_STAKE_SHARES, true},
    {"part-right-to-share-surplus-assets-", ITD_STAKE_SHARES, true},
    {"right-to-appoint-and-remove-directors", ITD_STAKE_BOARD, false},
    {"right-to-appoint-and-remove-members", ITD_STAKE_BOARD, false},
    {"right-to-appoint-and-remove-person", ITD_STAKE_BOARD, false},
    {"significant-influence-or-control", ITD_STAKE_CONTROL, false},
};

static const struct {
    const char *text;
    uint32_t low, high;
} bands[] = {
    {"25-to-50-percent", 250001, 500000},
    {"50-to-75-percent", 500001, 749999},
    {"75-to-100-percent", 750000, ITD_PPM_WHOLE},
    {"more-than-25-percent", 250001, ITD_PPM_WHOLE},
};

static bool take_start(itd_sv *rest, const char *text)
{
    itd_sv start = itd_sv_of(text);
    if (!itd_sv_starts(*rest, start))
        return false;
    *rest = itd_sv_slice(*rest, start.size, SIZE_MAX);
    return true;
}

static bool take_band(itd_stake *out, itd_sv *rest)
{
    for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++)
        if (take_start(rest, bands[i].text)) {
            out->share_min_ppm = bands[i].low;
            out->share_max_ppm = bands[i].high;
            return true;
        }
    return false;
}

/* Who holds it, and in what kind of company; what the codes of all kinds end in. */
static bool take_end(itd_stake *out, itd_sv rest)
{
    static const char *const through[] = {"-as-trust", "-as-firm", "-as-control-over-trust", "-as-control-over-firm"};
    for (size_t i = 0; i < sizeof through / sizeof through[0]; i++)
        if (take_start(&rest, through[i])) {
            out->share_min_ppm = 0;
            break;
        }
    return rest.size == 0 || itd_sv_is(rest, "-limited-liability-partnership") ||
           itd_sv_is(rest, "-registered-overseas-entity");
}

bool itd_uk_psc_nature(itd_stake *out, itd_sv code)
{
    if (itd_sv_starts(code, ITD_SV("registered-owner-as-nominee-"))) { /* of land, for somebody else */
        *out = (itd_stake){.kind = ITD_STAKE_LINK};
        return true;
    }
    for (size_t i = 0; i < sizeof natures / sizeof natures[0]; i++) {
        itd_stake found = {.kind = natures[i].kind};
        itd_sv rest = code;
        if (!take_start(&rest, natures[i].start) || (natures[i].banded && !take_band(&found, &rest)) ||
            !take_end(&found, rest))
            continue;
        *out = found;
        return true;
    }
    return false;
}
