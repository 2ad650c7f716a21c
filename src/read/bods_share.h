#ifndef ITD_READ_BODS_SHARE_H
#define ITD_READ_BODS_SHARE_H

#include "base/json.h"
#include "model/stake.h"

/** A decimal number of percent, as JSON writes it, in parts per million rounded down and up. False: none, or not
 * from 0 to 100. */
bool itd_percent_ppm(uint32_t *low, uint32_t *high, itd_sv number);

/** What an interest of BODS 0.4 says: kind, bounds, first and last day. An interest that is held through others has no
 * lower bound: what is between states it too, and may be held by somebody else.
 *  @return NULL, or why it cannot be used (static) */
const char *itd_bods_interest(itd_stake *out, const itd_json *interest);

#endif
