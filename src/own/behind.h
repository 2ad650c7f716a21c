#ifndef ITD_OWN_BEHIND_H
#define ITD_OWN_BEHIND_H

#include "base/arena.h"
#include "base/map.h"
#include "own/carry.h"

/* Who stands behind a company: every listed party from whom a way leads down to it, with what it has of the company by
 * that. Ways are gone through once each, not one by one, so that nobody is missed where there are many. */

/** Most holders that are looked at for one answer, and most steps from listed parties down again. */
#define ITD_OWN_BEHIND_MAX 200000
#define ITD_OWN_BEHIND_STEPS_MAX 4000000

/** A holder on the way up, and whom it was first met under. */
typedef struct itd_own_behind_node {
    itd_own_carrier step; /**< of the first node: the entity is step.company, and there is no step */
    uint32_t parent;
    bool through;        /**< it carries only because of those whom it acts together with, or who control it */
    bool direct;         /**< it holds the entity itself, and what it has counts for whoever stands behind it */
    itd_own_share share; /**< then: of the entity */
} itd_own_behind_node;

typedef struct itd_own_behind {
    ITD_VECTOR(itd_own_behind_node) nodes;
    ITD_VECTOR(uint32_t) from, to;    /**< by edge: holder and what it holds, by node */
    ITD_VECTOR(uint32_t) roots;       /**< nodes of the listed parties, by their numbers in the graph */
    ITD_VECTOR(itd_own_share) shares; /**< by root */
    itd_map known[2];                 /**< nodes by id; those that are through others apart */
    size_t looked_at;
    bool cut_off; /**< there are others, or they have more */
} itd_own_behind;

/** Fills `out`, which begins as all zeros; itd_own_behind_finish is due whatever happens.
 *  @param every_kind  nothing is met at the entity itself: all that its holders have counts
 *  @param both_ways   holders that are in the layer are asked for whom they act together with, too
 *  @return false: no memory.  Cost: O(stakes in whoever is on the way up), and for each listed party O(steps down). */
bool itd_own_behind_find(itd_own_behind *out, const itd_own_evaluation *e, uint32_t entity, itd_own_layer_id layer,
                         bool every_kind, bool both_ways);
void itd_own_behind_finish(itd_own_behind *b);
/** The number in the graph of a root. */
uint32_t itd_own_behind_root(const itd_own_behind *b, size_t root);
/** A shortest chain from a root down to the entity. @return false: no memory */
bool itd_own_behind_chain(itd_own_chain *out, const itd_own_behind *b, size_t root, itd_arena *arena);

#endif
