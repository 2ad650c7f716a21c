#ifndef ITD_OWN_CARRY_H
#define ITD_OWN_CARRY_H

#include "own/evaluate.h"

/* Who carries a company in a layer: the holders by whose stakes its tests are met, one after the other. A holding that
 * the verdict does not rest on carries nothing: one of a tenth of the shares when it is the votes that are enough. */

typedef struct itd_own_carrier {
    const itd_own_evaluation *e;
    itd_own_layer_id layer;
    uint32_t company;
    uint32_t next;         /**< stake, or place, that comes next */
    uint32_t stake, count; /**< what the holder has */
    uint32_t holder;
    itd_own_pair pair;
    itd_stake_kind kind; /**< by which the holder carries */
    uint32_t met;        /**< tests of the layer that are met, a bit each */
    uint64_t least[2];   /**< of all holders together, of shares and votes */
    bool every_kind;     /**< no test is met, and all that there is counts, kind by kind */
    bool partners;       /**< the holders are those whom the company acts together with, or who control it */
    bool through;        /**< the holder carries only because of such a one */
    bool both_ways;      /**< a holder that is in the layer carries for those whom it acts together with, too */
    bool failed;         /**< no memory */
} itd_own_carrier;

/** @param partners    those whom the company acts together with, instead of its holders
 *  @param every_kind  where no test is met: whatever its holders have
 *  @return false: no memory.  Cost: O(stakes in the company), with groups more. */
bool itd_own_carrier_begin(itd_own_carrier *out, const itd_own_evaluation *e, itd_own_layer_id layer, uint32_t company,
                           bool partners, bool every_kind);
/** The next holder, or the next kind of the same one. @return false: there is none, or no memory (`failed`) */
bool itd_own_carrier_next(itd_own_carrier *c);
/** What the holder has of the company, of the kind by which it carries where that is votes, else of the shares; not
 * above what the others leave. */
itd_own_share itd_own_carrier_share(const itd_own_carrier *c);

#endif
