#ifndef ITD_TEXT_EDITS_H
#define ITD_TEXT_EDITS_H

#include "text/distance.h"

/* What an edit of a word costs: shared by sound.c, which compares a pair, and batch.c, which compares many at once. */

/* Costs are in hundredths of an edit. */
enum {
    EDIT = 100,
    VOWEL = 55,
    NEAR = 34,
    LOOK = 50,
    SLIP = 70,
    DOUBLED = 20,
    WEAK_LETTER = 45,
    SWAP = 80,
    HEAD = 15,
    DROP_FAR = 230
};

/** A similarity of the letters from which on the phones are not asked; and what an edit of phones costs beside. */
#define ITD_EDIT_ENOUGH 960
#define ITD_EDIT_PHONE_MORE 12

/** What it costs that a letter stands where another does. Made once a word was made ready (itd_sound_init). */
const uint8_t (*itd_edit_costs(void))[128];
/** A letter that is there in one word and not in the other; `before` and `after` stand beside it, 0: none. */
unsigned itd_edit_gap(char c, char before, char after);
/** What edits leave of a similarity, in thousandths; `longer`: letters of the longer word. */
unsigned itd_edit_similarity(unsigned cost, unsigned longer);

/* Two letters that look like one. */
static inline bool looks_like(char one, char first, char second)
{
    return (one == 'm' && first == 'r' && second == 'n') || (one == 'w' && first == 'v' && second == 'v') ||
           (one == 'd' && first == 'c' && second == 'l');
}

#endif
