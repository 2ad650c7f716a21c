#ifndef ITD_READ_PERCENTAGE_H
#define ITD_READ_PERCENTAGE_H

#include "model/stake.h"

/** A percentage as people write it, as bounds in parts per million, rounded outward: "12.5", "12,5 %"; ">25" and "<25"
 * without their end (250001 and up, 249999 and down), ">=25", "<=25", "≥25", "≤25", "25+"; two with a hyphen, a dash or
 * "to" between them, "25 – 50", ">25-50".
 *  @return NULL, or why it cannot be read (static)
 *  Threads: safe. */
const char *itd_percentage_read(uint32_t *low_ppm, uint32_t *high_ppm, itd_sv text);

#endif
