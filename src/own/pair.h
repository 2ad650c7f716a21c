#ifndef ITD_OWN_PAIR_H
#define ITD_OWN_PAIR_H

#include "own/register.h"

/* What one owner holds in one company on a day: all statements about it, taken together. */

/** How sure a right is. */
typedef enum itd_surety { ITD_NOT_HELD, ITD_PERHAPS, ITD_CERTAIN } itd_surety;

/** Statements of one kind are of one holding: they become a range, never a sum. One that says nothing of the size (0 to
 * the whole) widens no other that is sure. */
typedef struct itd_own_pair {
    uint32_t min_ppm[2], max_ppm[2]; /**< of shares, of votes: index ITD_STAKE_SHARES, ITD_STAKE_VOTES */
    uint8_t board;                   /**< itd_surety: of the right to appoint a majority of the board */
    uint8_t control, director, joint;
    bool ended; /**< there is a stake that has ended */
    bool loose; /**< a statement that counts is graded as a suspicion, or may not hold on this day */
} itd_own_pair;

/** Does a stake hold on a day (days since 1970-01-01)? Perhaps: its dates are too coarse to tell. */
itd_surety itd_own_holds(const itd_register *r, uint32_t stake, int32_t day);
/** A claim whose Admiralty grade is worse than C2, so that it is a suspicion. Without a grade it is a statement. */
bool itd_own_is_suspicion(itd_term term);
/** Whether a stake of `kind` counts on a day, its dates and grade together. */
itd_surety itd_own_counts(const itd_register *r, uint32_t stake, int32_t day);

/** Of several stakes, or of one that has dates, a grade or is of a right. */
void itd_own_pair_of_any(itd_own_pair *out, const itd_register *r, uint32_t first, uint32_t count, int32_t day);
/** Takes stakes first … first + count - 1, all of the same two parties, together; `term` is that of the first. */
static inline void itd_own_pair_with(itd_own_pair *out, const itd_register *r, itd_term term, uint32_t first,
                                     uint32_t count, int32_t day)
{
    if (count == 1 && (term >> 40 & 0x3FF) == 0) /* shares, without a grade or a date */
        *out = (itd_own_pair){.min_ppm = {itd_term_min(term), 0}, .max_ppm = {itd_term_max(term), 0}};
    else
        itd_own_pair_of_any(out, r, first, count, day);
}

static inline void itd_own_pair_of(itd_own_pair *out, const itd_register *r, uint32_t first, uint32_t count,
                                   int32_t day)
{
    itd_own_pair_with(out, r, r->term[first], first, count, day);
}

/** The stakes of the pair that begins at `stake`: 1 or more. `end` is where the stakes in the company end. */
static inline uint32_t itd_own_pair_size(const itd_register *r, uint32_t stake, uint32_t end)
{
    uint32_t count = 1;
    if (r->term[stake] & ITD_TERM_PAIRED)
        while (stake + count < end && r->owner[stake + count] == r->owner[stake])
            count++;
    return count;
}

/** Majority of a board, of shares: more than half. */
#define ITD_OWN_HALF_PPM UINT32_C(500000)

#endif
