#ifndef ITD_READ_ICIJ_ROLE_H
#define ITD_READ_ICIJ_ROLE_H

#include "model/stake.h"

/** Most stakes of one edge: one of shares, one of control, one of a director. */
#define ITD_ICIJ_STAKES_MAX 3

/** What an edge of ICIJ's databases says: kinds and bounds of its stakes, in `out`. Roles are words of the leaked
 * files, "Director / Beneficial Owner", in `name` and `label`; how much is held they do not say, unless somebody is the
 * sole holder. An officer without any role may hold shares too. Whatever else connects the two is a link.
 *  @param type  of the edge: "is officer of", "officer_of", "shareholder of", "registered address" …
 *  @return how many, at least 1 */
size_t itd_icij_role(itd_stake out[ITD_ICIJ_STAKES_MAX], itd_sv type, itd_sv name, itd_sv label);

/** A date of ICIJ's files: day first with slashes, of which the year may have two digits ("10/04/96": the leaks are of
 * 2016 and earlier), "17-DEC-2006", or as ISO has it. An empty one leaves `out` as it is. False: none. */
bool itd_icij_date(itd_date *out, itd_sv text);

#endif
