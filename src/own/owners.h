#ifndef ITD_OWN_OWNERS_H
#define ITD_OWN_OWNERS_H

#include "own/pair.h"

/* Who owns a company in the end: holders above whom the register states nobody, and how much each has through all
 * chains together.
 *
 * Interest is that of own/interest.h with the one holder in place of the listed parties: shares are multiplied along
 * chains and summed over them, and a cycle is counted as often as it goes round. So does Regulation (EU) 2024/1624,
 * Article 52, where no cycle is. Control is followed apart: a holder controls what it, with all that it controls, has
 * more than half of the shares or of the votes of, or has the right to direct or to appoint the board of. */

/** Most stakes above one company, and most holders above whom nobody is. */
#define ITD_OWNERS_STAKES_MAX 50000
#define ITD_OWNERS_MAX 2000

/** One holder. */
typedef struct itd_owner {
    uint32_t entity;                 /**< of the register */
    uint32_t min_ppm[2], max_ppm[2]; /**< interest in shares, in votes: index ITD_STAKE_SHARES, ITD_STAKE_VOTES. Of a
                                        company that states no votes they follow shares; 0 where none above does */
    itd_surety control;
} itd_owner;

/** Stakes in a company and in whoever stands above it, on a day: a register of its own, whose entities have numbers of
 * their own. Owns its arrays. */
typedef struct itd_above {
    itd_register r;
    uint32_t *entity; /**< by its number: that of the register; number 0 is the company */
    uint32_t *stake;  /**< by its stake: that of the register */
    uint32_t *root;   /**< numbers of those above whom nobody is, rising by their id */
    uint32_t root_count;
} itd_above;

/** Gathers what stands above a company: shares, votes, rights to direct or to appoint that hold on the day, or may.
 *  @return ITD_OK | ITD_ELIMIT (ITD_OWNERS_STAKES_MAX, ITD_OWNERS_MAX) | ITD_ENOMEM.  Cost: O(n log n) of what it
 * gathers, and one number an entity of the register. */
ITD_MUST_CHECK itd_status itd_above_init(itd_above *out, const itd_register *r, uint32_t company, int32_t day,
                                         itd_error *error);
/** All zeros is fine. */
void itd_above_finish(itd_above *above);

/** Every root with what it has of the company.
 *  @param out      room for root_count
 *  @param unknown  what none of them has, in shares: low, high
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(roots * stakes), in components with a cycle times rounds (own/interest.h).
 *  Threads: concurrent calls are safe. */
ITD_MUST_CHECK itd_status itd_owners_find(itd_owner *out, uint32_t unknown[2], const itd_above *above, int32_t day,
                                          itd_error *error);

/* ---- power: src/own/power.c ---- */

/** Holders up to whom every set is tried, work permitting; else orders are drawn. */
#define ITD_POWER_EXACT_MAX 16
#define ITD_POWER_EXACT_WORK_MAX (UINT64_C(1) << 26)
#define ITD_POWER_ORDERS 20000
/** Risk that any of the values of one company is off by more than the error that is said. */
#define ITD_POWER_RISK 0.01

typedef struct itd_power {
    uint32_t orders;    /**< 0: exact */
    uint32_t error_ppm; /**< rounded up */
} itd_power;

/** How often each root is the one whose joining turns the company: the index of Shapley and Shubik of the game that all
 * companies above play together. A set of roots controls a company when it has, with all that it controls, more than
 * half of the votes that are stated there; where no votes are, of the shares. Of a range, cut by what the others have
 * at least, the middle counts; who is not stated does not vote; rights to direct or to appoint are not votes and are
 * left to itd_owner.control.
 *
 *  @param power_ppm  by root, rounded to the nearest; all 0 where all together do not control the company
 *  @return ITD_OK | ITD_ENOMEM.  Cost: 2^roots or ITD_POWER_ORDERS times the stakes above.  Threads: concurrent calls
 *  are safe.
 *  Source: L. Shapley, M. Shubik, "A method for evaluating the distribution of power in a committee system", Am. Polit.
 *  Sci. Rev. 48(3), 1954, doi:10.2307/1951053; games of companies that hold each other: G. Gambarelli, G. Owen,
 *  "Indirect control of corporations", Int. J. Game Theory 23, 287-302, 1994. It measures what the
 *  network power index does (T. Mizuno, S. Doi, S. Kurizaki, "The power of corporate control in the global ownership
 *  network", PLoS ONE 15(8), 2020, doi:10.1371/journal.pone.0237862), by the game itself and not by their process. */
ITD_MUST_CHECK itd_status itd_power_find(uint32_t *power_ppm, itd_power *how, const itd_above *above, int32_t day,
                                         itd_error *error);

#endif
