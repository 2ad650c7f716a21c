#ifndef ITD_OWN_INTEREST_H
#define ITD_OWN_INTEREST_H

#include "own/evaluate.h"

/* Economic interest: what part of a company belongs to listed parties in the end, directly and through others, whether
 * or not those are blocked. It is no verdict: control is not proportional.
 *
 * With A the matrix of shares, the interest of a set L is the least y with y(c) = sum over owners u of A(u, c) times
 * (1 where u is in L, else y(u)): N = (I - A)^-1 corrected for self-loops, as each path counts from the last listed
 * party on it. Source: S. Vitali, J. Glattfelder, S. Battiston, "The Network of Global Corporate Control", PLoS ONE
 * 6(10), 2011, doi:10.1371/journal.pone.0025995; M. Baldone, F. Brioschi, S. Paleari, "Ownership measures among firms
 * connected by cross-shareholdings", Rivista internazionale di scienze economiche e commerciali 45, 1998.
 *
 * Components are solved one by one, owners first. In a component that has a cycle, lower bounds rise from nothing and
 * upper ones fall from the whole, rounded outward, so that both hold whenever the rounds end. What others hold at least
 * bounds a part from above, except in a company whose owners are stated to have more than the whole: nobody knows which
 * of them has less. Parts stay within the whole. */

/** Rounds of one component: past it bounds are wider than they need be, and hold. */
#define ITD_OWN_INTEREST_ROUNDS_MAX 400

typedef struct itd_own_interest {
    uint32_t *low_ppm, *high_ppm; /**< by entity; NULL before itd_own_interest_run */
} itd_own_interest;

/** @return ITD_OK | ITD_ENOMEM.  Cost: O(entities + stakes), in components with a cycle times rounds. */
ITD_MUST_CHECK itd_status itd_own_interest_run(itd_own_interest *out, const itd_own_evaluation *e, itd_error *error);
void itd_own_interest_finish(itd_own_interest *interest);

#endif
