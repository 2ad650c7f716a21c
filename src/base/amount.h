#ifndef ITD_BASE_AMOUNT_H
#define ITD_BASE_AMOUNT_H

#include "base/error.h"
#include "base/sv.h"

/** What an amount counts: a currency of ISO 4217 or a crypto asset, with the number of decimals of its smallest unit
 * (data/assets.tsv). */
typedef struct itd_asset {
    const char *code; /**< "USD", "XBT" */
    uint8_t exponent; /**< 2: the smallest unit is a hundredth */
    bool crypto;
} itd_asset;

/** Static, or NULL. Synonyms (BTC for XBT) find the same asset, and case does not count.  Cost: O(log n). */
const itd_asset *itd_asset_find(itd_sv code);

/** None: an error when something is cut; down: towards zero; up: away from zero. */
typedef enum itd_rounding { ITD_ROUND_NONE, ITD_ROUND_HALF_EVEN, ITD_ROUND_DOWN, ITD_ROUND_UP } itd_rounding;

/** "1,234.5" or "1234.50" or "-3" or ".5" in `asset` to its smallest units; a comma only ever groups thousands. @return
 * ITD_OK | ITD_EFORMAT | ITD_ELIMIT (does not fit int64; or more decimals than the asset has and rounding is
 * ITD_ROUND_NONE) */
ITD_MUST_CHECK itd_status itd_amount_parse(int64_t *out_minor, const itd_asset *asset, itd_sv text,
                                           itd_rounding rounding, itd_error *error);
/** Exact decimal text; `out` has ITD_AMOUNT_TEXT_MAX bytes. */
#define ITD_AMOUNT_TEXT_MAX 48
itd_sv itd_amount_format(char *out, const itd_asset *asset, __int128 minor);
/** Adds exactly; 128 bits never overflow for fewer than 2^63 amounts of int64. */
static inline void itd_amount_add(__int128 *sum, int64_t minor)
{
    *sum += minor;
}

#endif
