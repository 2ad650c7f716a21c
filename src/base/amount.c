#include "base/amount.h"

#include <assert.h>

#include "base/amount_table.h"

/* Of a text that a message quotes. */
#define SHOWN_BYTES 60

const itd_asset *itd_asset_find(itd_sv code)
{
    char upper[ITD_ASSET_NAME_MAX];
    if (code.size > sizeof upper)
        return NULL;
    for (size_t i = 0; i < code.size; i++)
        upper[i] = code.data[i] >= 'a' && code.data[i] <= 'z' ? (char)(code.data[i] - 'a' + 'A') : code.data[i];
    itd_sv wanted = {upper, code.size};
    size_t low = 0, high = itd_asset_name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = itd_sv_compare(wanted, itd_sv_of(itd_asset_names[middle].name));
        if (order == 0)
            return itd_asset_names[middle].asset;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The digits of a number as a parser meets them. */
typedef struct digits {
    unsigned __int128 value; /* of those that the asset has room for */
    bool overflow;           /* `value` would not fit */
    int first_cut;           /* the first digit past them, or -1 */
    bool more_cut;           /* another digit after that one is not 0 */
} digits;

static void keep_digit(digits *d, char c)
{
    unsigned __int128 shifted;
    if (__builtin_mul_overflow(d->value, (unsigned __int128)10, &shifted) ||
        __builtin_add_overflow(shifted, (unsigned __int128)(unsigned)(c - '0'), &d->value))
        d->overflow = true;
}

static bool is_digit(itd_sv text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

/* "1234" or "1,234": with one comma, all groups but the first have three digits. */
static bool take_whole(digits *d, itd_sv text, size_t *at, size_t *count)
{
    size_t group = 0;
    bool grouped = false;
    *count = 0;
    for (;; (*at)++) {
        if (is_digit(text, *at)) {
            keep_digit(d, text.data[*at]);
            group++;
            ++*count;
        } else if (*at < text.size && text.data[*at] == ',') {
            if (grouped ? group != 3 : group < 1 || group > 3)
                return false;
            grouped = true;
            group = 0;
        } else {
            return !grouped || group == 3;
        }
    }
}

static void take_fraction(digits *d, itd_sv text, size_t *at, size_t *count, unsigned exponent)
{
    for (*count = 0; is_digit(text, *at); (*at)++, ++*count) {
        char c = text.data[*at];
        if (*count < exponent)
            keep_digit(d, c);
        else if (*count == exponent)
            d->first_cut = c - '0';
        else
            d->more_cut = d->more_cut || c != '0';
    }
    for (size_t i = *count; i < exponent; i++)
        keep_digit(d, '0');
}

static bool rounds_away(const digits *d, itd_rounding rounding)
{
    switch (rounding) {
    case ITD_ROUND_UP:
        return d->first_cut > 0 || d->more_cut;
    case ITD_ROUND_HALF_EVEN:
        return d->first_cut > 5 || (d->first_cut == 5 && (d->more_cut || (d->value & 1)));
    case ITD_ROUND_NONE:
    case ITD_ROUND_DOWN:
        break;
    }
    return false;
}

itd_status itd_amount_parse(int64_t *out_minor, const itd_asset *asset, itd_sv text, itd_rounding rounding,
                            itd_error *error)
{
    assert(out_minor && asset && (text.data || text.size == 0));
    digits d = {.first_cut = -1};
    text = itd_sv_trim(text);
    itd_sv shown = itd_sv_slice(text, 0, SHOWN_BYTES);
    bool negative = text.size > 0 && text.data[0] == '-';
    size_t at = negative || (text.size > 0 && text.data[0] == '+') ? 1 : 0, whole, fraction = 0;
    bool well = take_whole(&d, text, &at, &whole);
    if (well && at < text.size && text.data[at] == '.') {
        at++;
        take_fraction(&d, text, &at, &fraction, asset->exponent);
        well = fraction > 0;
    } else {
        for (unsigned i = 0; i < asset->exponent; i++)
            keep_digit(&d, '0');
    }
    if (!well || whole + fraction == 0 || at != text.size)
        return itd_fail_at(error, ITD_EFORMAT, NULL, 0, at, "\"%.*s\" is not an amount", ITD_SV_ARG(shown));
    if (rounding == ITD_ROUND_NONE && (d.first_cut > 0 || d.more_cut))
        return itd_fail(error, ITD_ELIMIT, "%.*s has more than the %u decimals of %s", ITD_SV_ARG(shown),
                        asset->exponent, asset->code);
    unsigned __int128 largest = (unsigned __int128)INT64_MAX + (negative ? 1 : 0);
    if (!d.overflow && rounds_away(&d, rounding))
        d.value++; /* far from wrapping: what is near the end is refused below */
    if (d.overflow || d.value > largest)
        return itd_fail(error, ITD_ELIMIT, "%.*s %s does not fit 64 bits of its smallest unit (10^-%u)",
                        ITD_SV_ARG(shown), asset->code, asset->exponent);
    *out_minor = (int64_t)(negative ? 0 - (uint64_t)d.value : (uint64_t)d.value);
    return ITD_OK;
}

itd_sv itd_amount_format(char *out, const itd_asset *asset, __int128 minor)
{
    assert(out && asset);
    unsigned __int128 left = minor < 0 ? 0 - (unsigned __int128)minor : (unsigned __int128)minor;
    char reversed[ITD_AMOUNT_TEXT_MAX];
    size_t size = 0, at = 0;
    for (unsigned i = 0; left > 0 || i <= asset->exponent; i++) { /* one digit at least stands before the point */
        if (i == asset->exponent && i > 0)
            reversed[size++] = '.';
        reversed[size++] = (char)('0' + (int)(left % 10));
        left /= 10;
    }
    if (minor < 0)
        reversed[size++] = '-';
    while (size > 0)
        out[at++] = reversed[--size];
    out[at] = '\0';
    return (itd_sv){out, at};
}
