#ifndef ITD_GRAPH_CSR_H
#define ITD_GRAPH_CSR_H

#include "base/error.h"

/* Graphs on plain arrays: compressed sparse rows. Nothing here knows what a node is. */

/** The arcs of node v lead to head[first[v]] … head[first[v + 1] - 1]. Borrowed arrays. */
typedef struct itd_csr {
    uint32_t node_count;
    const uint32_t *first; /**< node_count + 1 */
    const uint32_t *head;
    size_t head_stride; /**< numbers from one head to the next: 1, or more where arcs carry something beside it */
} itd_csr;

static inline uint32_t itd_csr_head(const itd_csr *g, uint32_t arc)
{
    return g->head[(size_t)arc * g->head_stride];
}

/** Strongly connected components.
 *
 *  @param component  node_count numbers: of each node's component; components are numbered so that an arc between two
 * of them leads from the higher number to the lower one, or inside one
 *  @param order      node_count numbers: the nodes by component, 0 first; may be NULL
 *  @param count      how many there are
 *  @return ITD_OK | ITD_ENOMEM
 *  Cost: O(V + A), 12 bytes a node beside the results; no recursion.  Threads: concurrent calls are safe.
 *  Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972,
 *  doi:10.1137/0201010; stack of D. J. Pearce, "A space-efficient algorithm for finding strongly connected components",
 *  Inf. Process. Lett. 116(1), 2016, doi:10.1016/j.ipl.2015.08.010. */
ITD_MUST_CHECK itd_status itd_graph_scc(uint32_t *component, uint32_t *order, uint32_t *count, const itd_csr *g,
                                        itd_error *error);

#endif
