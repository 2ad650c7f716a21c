#ifndef ITD_READ_UK_PSC_NATURE_H
#define ITD_READ_UK_PSC_NATURE_H

#include "model/stake.h"

/** What a nature of control says: kind and bounds, of codes such as "ownership-of-shares-25-to-50-percent". What the
 * trustees of a trust or the members of a firm hold, over which the person has influence, has no lower bound: it need
 * not be the person's. False: no code that is known.
 *  Source: psc_descriptions.yml of Companies House (2024); Companies Act 2006, Schedule 1A, and the Register of People
 *  with Significant Control Regulations 2016, Schedule 2: more than 25 up to 50 %, more than 50 and less than 75 %, 75
 * % or more. */
bool itd_uk_psc_nature(itd_stake *out, itd_sv code);

#endif
