#include "read/bods_share.h"

#include "read/stakes_send.h"

/** Digits of a number that count; what comes after them only rounds. */
#define DIGITS_MAX 16
/** Largest exponent that is looked at. */
#define EXPONENT_MAX 99

typedef struct decimal {
    unsigned char digits[DIGITS_MAX];
    int count; /* of digits */
    int point; /* digits before the point */
    bool more; /* others that are not 0 follow */
} decimal;

static bool take_exponent(int *out, itd_sv text)
{
    uint64_t value = 0;
    bool minus = itd_sv_starts(text, ITD_SV("-"));
    if (minus || itd_sv_starts(text, ITD_SV("+")))
        text = itd_sv_slice(text, 1, SIZE_MAX);
    if (!itd_sv_to_u64(&value, text))
        return false;
    *out = value > EXPONENT_MAX ? EXPONENT_MAX : (int)value;
    *out = minus ? -*out : *out;
    return true;
}

static bool take_decimal(decimal *d, itd_sv text)
{
    bool point = false, any = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        int exponent = 0;
        if (c == '.' && !point) {
            point = true;
        } else if ((c == 'e' || c == 'E') && any) {
            if (!take_exponent(&exponent, itd_sv_slice(text, i + 1, SIZE_MAX)))
                return false;
            d->point += exponent;
            return true;
        } else if (c >= '0' && c <= '9') {
            any = true;
            if (c == '0' && d->count == 0) {
                d->point -= point;
                continue;
            }
            if (d->count < DIGITS_MAX)
                d->digits[d->count++] = (unsigned char)(c - '0');
            else
                d->more |= c != '0';
            d->point += !point;
        } else {
            return false;
        }
    }
    return any;
}

bool itd_percent_ppm(uint32_t *low, uint32_t *high, itd_sv number)
{
    decimal d = {0};
    uint64_t value = 0;
    if (itd_sv_is(number, "-0") || itd_sv_is(number, "-0.0"))
        number = itd_sv_slice(number, 1, SIZE_MAX);
    if (!take_decimal(&d, number))
        return false;
    int places = d.count ? d.point + 4 : 0; /* a percent is 10^4 parts per million */
    if (places > 7)
        return false;
    bool more = d.more;
    for (int i = 0; i < places; i++)
        value = value * 10 + (i < d.count ? d.digits[i] : 0);
    for (int i = places < 0 ? 0 : places; i < d.count; i++)
        more |= d.digits[i] != 0;
    if (value > ITD_PPM_WHOLE || (value == ITD_PPM_WHOLE && more))
        return false;
    *low = (uint32_t)value;
    *high = (uint32_t)value + more;
    return true;
}

/* ---- kinds ---- */

/* What a share of an interest means, and what it is when none is given. Source: interestType.csv of BODS 0.4. */
static const struct {
    const char *type;
    itd_stake_kind kind;
} interest_kinds[] = {
    {"shareholding", ITD_STAKE_SHARES},
    {"votingRights", ITD_STAKE_VOTES},
    {"appointmentOfBoard", ITD_STAKE_BOARD},
    {"otherInfluenceOrControl", ITD_STAKE_CONTROL},
    {"seniorManagingOfficial", ITD_STAKE_DIRECTOR},
    {"settlor", ITD_STAKE_CONTROL},
    {"trustee", ITD_STAKE_CONTROL},
    {"protector", ITD_STAKE_CONTROL},
    {"beneficiaryOfLegalArrangement", ITD_STAKE_SHARES},
    {"rightsToSurplusAssetsOnDissolution", ITD_STAKE_SHARES},
    {"rightsToProfitOrIncome", ITD_STAKE_LINK},
    {"rightsGrantedByContract", ITD_STAKE_CONTROL},
    {"conditionalRightsGrantedByContract", ITD_STAKE_LINK},
    {"controlViaCompanyRulesOrArticles", ITD_STAKE_CONTROL},
    {"controlByLegalFramework", ITD_STAKE_CONTROL},
    {"boardMember", ITD_STAKE_DIRECTOR},
    {"boardChair", ITD_STAKE_DIRECTOR},
    {"enjoymentAndUseOfAssets", ITD_STAKE_LINK},
    {"rightToProfitOrIncomeFromAssets", ITD_STAKE_LINK},
    {"nominee", ITD_STAKE_LINK},
    {"nominator", ITD_STAKE_CONTROL},
};

/* One that is not said may be any: shares of whatever size. */
static itd_stake_kind kind_of(itd_sv type)
{
    for (size_t i = 0; i < sizeof interest_kinds / sizeof interest_kinds[0]; i++)
        if (itd_sv_is(type, interest_kinds[i].type))
            return interest_kinds[i].kind;
    return ITD_STAKE_SHARES;
}

/* ---- bounds ---- */

typedef struct bound {
    bool given;
    uint32_t low, high;
} bound;

static bool take_bound(bound *out, const itd_json *share, const char *key)
{
    char scratch[64];
    const itd_json *value = itd_json_member(share, key);
    *out = (bound){.given = itd_json_typeof(value) == ITD_JSON_NUMBER};
    return !out->given || itd_percent_ppm(&out->low, &out->high, itd_json_scalar(value, scratch, sizeof scratch));
}

static const char *take_share(itd_stake *stake, const itd_json *share)
{
    bound exact, least, most, above, below;
    if (!take_bound(&exact, share, "exact") || !take_bound(&least, share, "minimum") ||
        !take_bound(&most, share, "maximum") || !take_bound(&above, share, "exclusiveMinimum") ||
        !take_bound(&below, share, "exclusiveMaximum"))
        return "a share is no percentage from 0 to 100";
    if ((least.given && above.given) || (most.given && below.given))
        return "a share has a bound twice, with and without its end";
    if (exact.given &&
        (above.given || below.given || (least.given && (least.low != exact.low || least.high != exact.high)) ||
         (most.given && (most.low != exact.low || most.high != exact.high))))
        return "a share is exact and has other bounds";
    uint32_t low = 0, high = ITD_PPM_WHOLE;
    low = exact.given ? exact.low : least.given ? least.low : low;
    high = exact.given ? exact.high : most.given ? most.high : high;
    if (above.given)
        low = above.low == above.high ? above.low + 1 : above.low;
    if (below.given) {
        if (below.high == 0)
            return "a share is less than 0";
        high = below.low == below.high ? below.high - 1 : below.high;
    }
    if (low > high)
        return "the least share is above the most";
    stake->share_min_ppm = low;
    stake->share_max_ppm = high;
    return NULL;
}

static const char *take_date(itd_date *out, const itd_json *interest, const char *key)
{
    itd_sv text = itd_json_text(itd_json_member(interest, key));
    return text.size == 0 || itd_date_parse(out, text) ? NULL : "an interest's date is none";
}

const char *itd_bods_interest(itd_stake *out, const itd_json *interest)
{
    const itd_json *share = itd_json_member(interest, "share");
    const char *problem;
    out->kind = kind_of(itd_json_text(itd_json_member(interest, "type")));
    bool sized = out->kind == ITD_STAKE_SHARES || out->kind == ITD_STAKE_VOTES;
    out->share_min_ppm = 0;
    out->share_max_ppm = sized ? ITD_PPM_WHOLE : 0;
    out->start = out->end = (itd_date){0};
    if ((problem = take_share(out, share)) != NULL || (problem = take_date(&out->start, interest, "startDate")) ||
        (problem = take_date(&out->end, interest, "endDate")))
        return problem;
    if (itd_json_count(share) == 0 || (!sized && out->kind != ITD_STAKE_BOARD))
        out->share_max_ppm = sized ? ITD_PPM_WHOLE : (out->share_min_ppm = 0);
    if (sized && itd_sv_is(itd_json_text(itd_json_member(interest, "directOrIndirect")), "indirect"))
        out->share_min_ppm = 0;
    if (!itd_stakes_days_fit(out->start, out->end))
        return "an interest ends before it starts";
    return NULL;
}
