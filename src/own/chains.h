#ifndef ITD_OWN_CHAINS_H
#define ITD_OWN_CHAINS_H

#include "base/arena.h"
#include "own/carry.h"

/** Most holders that the search for chains of one answer looks at: past it the answer says that chains are left out. */
#define ITD_OWN_SEARCH_MAX 20000

typedef struct itd_own_chains {
    itd_own_chain items[ITD_OWN_CHAINS_MAX];
    uint32_t root[ITD_OWN_CHAINS_MAX]; /**< the listed party at which each begins */
    size_t count;
    bool cut_off; /**< there are more, or may be */
} itd_own_chains;

/** The holder that is at hand as a step of a chain. @return false: no memory */
bool itd_own_carrier_step(itd_own_step *out, const itd_own_carrier *c, itd_arena *arena);

/** Adds the chains by which members of a layer carry an entity, each without a party twice; `out` begins as all zeros.
 *
 *  @param every_kind  nothing is met at the entity itself: all that its holders have is shown
 *  @param both_ways   holders that are in the layer are asked for whom they act together with, too
 *  @return false: no memory.  Cost: at most ITD_OWN_SEARCH_MAX holders. */
bool itd_own_chains_find(itd_own_chains *out, const itd_own_evaluation *e, uint32_t entity, itd_own_layer_id layer,
                         bool every_kind, bool both_ways, itd_arena *arena);

#endif
