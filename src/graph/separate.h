#ifndef ITD_GRAPH_SEPARATE_H
#define ITD_GRAPH_SEPARATE_H

#include "graph/links.h"

/* The fewest nodes whose loss leaves no way between two groups, and as many ways that share none of them: proof that
 * fewer would not do. */

/** Most nodes of a cut: past it, taking nodes out is no way to part the two. */
#define ITD_SEPARATE_MAX 10000

/** What a node is in the question. */
typedef enum itd_separate_role { ITD_SEPARATE_OTHER, ITD_SEPARATE_FROM, ITD_SEPARATE_TO } itd_separate_role;

/** Where a node is when the cut is gone. */
typedef enum itd_separate_side {
    ITD_SEPARATE_APART,   /**< linked to neither group, as before or by the loss */
    ITD_SEPARATE_BY_FROM, /**< still linked to one of `from`, or one of them */
    ITD_SEPARATE_BY_TO,
    ITD_SEPARATE_CUT,
} itd_separate_side;

/** Owns its arrays. */
typedef struct itd_separation {
    uint32_t size;       /**< of either cut, and the number of ways */
    uint32_t *cut;       /**< the cut nearest to `from`, rising */
    uint32_t *other;     /**< the one nearest to `to`, rising; the same when there is no other cut of that size */
    uint32_t *way_first; /**< size + 1 */
    uint32_t *way;       /**< nodes of way w at way[way_first[w]] …, from one of `from` to one of `to`; ways share no
                            node but those of the two groups */
    itd_link *direct;    /**< links from `from` (a) to `to` (b): no loss of others parts these, and they are left out */
    uint32_t direct_count;
    uint8_t *side; /**< by node: itd_separate_side, after the loss of `cut` */
} itd_separation;

/** Neither group can be lost itself; every other node costs one.
 *
 *  @param role  by node: itd_separate_role; each group has a node at least
 *  @return ITD_OK | ITD_ELIMIT (the cut would be larger than ITD_SEPARATE_MAX; too many links for a network) |
 * ITD_ENOMEM. Cost: O(A sqrt(V)); 60 bytes a link and 100 a node.  Threads: concurrent calls are safe.
 *  Source: K. Menger, "Zur allgemeinen Kurventheorie", Fund. Math. 10, 1927, doi:10.4064/fm-10-1-96-115; nodes split
 *  into an arc of capacity 1: S. Even, R. Tarjan, SIAM J. Comput. 4(4), 1975, doi:10.1137/0204043. */
ITD_MUST_CHECK itd_status itd_graph_separate(itd_separation *out, const itd_csr *g, const uint8_t *role,
                                             itd_error *error);
/** All zeros is fine. */
void itd_separation_finish(itd_separation *separation);

#endif
