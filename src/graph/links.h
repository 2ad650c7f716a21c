#ifndef ITD_GRAPH_LINKS_H
#define ITD_GRAPH_LINKS_H

#include <stdbool.h>

#include "graph/csr.h"

/* Undirected graphs without loops and without doubles: who is linked to whom, and what holds them together. */

/** Most pairs that a graph is made from. */
#define ITD_LINKS_MAX ((size_t)1 << 30)

typedef struct itd_link {
    uint32_t a, b;
} itd_link;

/** Each pair stands twice in `csr`, once from each end; the heads of a node rise. Owns its arrays. */
typedef struct itd_links {
    itd_csr csr;
    uint32_t *first, *head; /**< those of `csr` */
    uint32_t pair_count;
} itd_links;

/** Pairs in any order, either way round, some of them several times or from a node to itself, become a graph.
 *  @return ITD_OK | ITD_ELIMIT (ITD_LINKS_MAX) | ITD_ENOMEM.  Cost: O(nodes + pairs), 16 bytes a pair while it works.
 *  Threads: concurrent calls are safe. */
ITD_MUST_CHECK itd_status itd_links_init(itd_links *out, uint32_t node_count, const itd_link *pairs, size_t count,
                                         itd_error *error);
/** All zeros is fine. */
void itd_links_finish(itd_links *links);

/** Which nodes can be reached: breadth first from those that `reached` already holds true for, never into one that is
 * barred.
 *
 *  @param reached  by node; what begins it and what it found
 *  @param barred   by node; NULL: none
 *  @param count    how many are reached, those that began it among them
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(V + A).  Threads: concurrent calls are safe. */
ITD_MUST_CHECK itd_status itd_graph_reach(bool *reached, uint32_t *count, const itd_csr *g, const bool *barred,
                                          itd_error *error);

/** Connected components of an undirected graph, numbered by their lowest node.
 *
 *  @param component  by node: its number
 *  @param size       by component, room for node_count
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(V + A).  Threads: concurrent calls are safe. */
ITD_MUST_CHECK itd_status itd_graph_components(uint32_t *component, uint32_t *size, uint32_t *count, const itd_csr *g,
                                               itd_error *error);

/** What the loss of a node does to its component. */
typedef struct itd_cutpoint {
    uint32_t parts;   /**< into how many it falls, which is in how many biconnected components the node is: 0 for one
                         that was alone, 2 and more for an articulation point */
    uint32_t largest; /**< nodes of the largest of them */
    uint32_t others;  /**< nodes of the component beside it: others - largest are cut off from the largest part */
} itd_cutpoint;

/** Articulation points of an undirected graph, and what each separates.
 *
 *  @param out  by node
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(V + A), 20 bytes a node; no recursion.  Threads: concurrent calls are safe.
 *  Source: J. Hopcroft, R. Tarjan, "Algorithm 447: efficient algorithms for graph manipulation", Comm. ACM 16(6), 1973,
 *  doi:10.1145/362248.362272. */
ITD_MUST_CHECK itd_status itd_graph_cutpoints(itd_cutpoint *out, const itd_csr *g, itd_error *error);

#endif
