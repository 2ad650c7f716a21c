#ifndef ITD_TEXT_ARABIC_H
#define ITD_TEXT_ARABIC_H

#include "base/sv.h"

/* Names that Arabic writes as several words, and Latin as one, two or three: Abdulrahman, Abd al-Rahman; Saifuddin,
 * Saif al-Din; Nasrallah, Nasr Allah. */

#define ITD_ARABIC_PARTS_MAX 3

/** Cuts a folded word into the words that it is made of; views of it, or static. Cutting a part again may cut it
 * further; the words "abd", "al", "din" and "allah" are never cut.
 *  @return how many; 1 when it is left as it is */
size_t itd_arabic_cut(itd_sv *parts, itd_sv word);

#endif
