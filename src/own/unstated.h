#ifndef ITD_OWN_UNSTATED_H
#define ITD_OWN_UNSTATED_H

#include "own/evaluate.h"

/* Owners that nobody states, of a company and of those above it: listed parties among them could turn its verdict. */

/** Most parties above a company that are named for one answer, and most that are looked at. */
#define ITD_OWN_UNSTATED_MAX 16
#define ITD_OWN_UNSTATED_LOOKS_MAX 256

/** What is stated of a company's shares. */
typedef struct itd_own_stated {
    itd_own_share shares; /**< of all holders */
    bool any;             /**< somebody holds or controls it, or it is said that nobody knows who */
} itd_own_stated;

/** Cost: O(stakes in the company). */
itd_own_stated itd_own_stated_of(const itd_own_evaluation *e, uint32_t company);
/** How much of a company has no stated owner. */
static inline uint32_t itd_own_left(uint64_t share)
{
    return share >= ITD_PPM_WHOLE ? 0 : (uint32_t)(ITD_PPM_WHOLE - share);
}

typedef struct itd_own_unstated {
    uint32_t party[ITD_OWN_UNSTATED_MAX];
    itd_own_share left[ITD_OWN_UNSTATED_MAX]; /**< what has no stated owner */
    size_t count;
    bool more; /**< others were not looked at, or have no place */
} itd_own_unstated;

/** Those above a company that are not blocked, but could be by what is not stated, and whose holding could then be
 * enough for the company. Nearest first. Cost: O(stakes in those that are looked at). */
itd_own_unstated itd_own_unstated_above(const itd_own_evaluation *e, uint32_t company);

#endif
