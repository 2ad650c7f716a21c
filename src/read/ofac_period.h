#ifndef ITD_READ_OFAC_PERIOD_H
#define ITD_READ_OFAC_PERIOD_H

#include "base/date.h"

/** Longest text of a period with its NUL: "circa YYYY-MM-DD to YYYY-MM-DD". */
#define ITD_OFAC_PERIOD_MAX 40

/** The text of a period that the enhanced and the advanced XML give by its first and its last day: "1964-03-27" when it
 * is one day, "1964-03" and "1964" when it is just that month or year, else "1964-03-01 to 1965-02-28". Empty when
 * either end is no day. */
itd_sv itd_ofac_period(char out[ITD_OFAC_PERIOD_MAX], itd_date first, itd_date last, bool circa);

#endif
