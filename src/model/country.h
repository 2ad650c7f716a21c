#ifndef ITD_MODEL_COUNTRY_H
#define ITD_MODEL_COUNTRY_H

#include "base/sv.h"

/** The country that a text names: an ISO 3166-1 code of two or three letters, an English name, or one of the spellings
 * that official lists use ("Korea, North", "DPRK", "Democratic People's Republic of Korea"), without regard to case,
 * accents and points. Returns the code as FollowTheMoney writes it (two lower-case letters; historic ones such as
 * "suhh" too), static, or NULL. Threads: safe. */
const char *itd_country_find(itd_sv text);
/** English short name of a code, or NULL. */
const char *itd_country_name(itd_sv code);

#endif
