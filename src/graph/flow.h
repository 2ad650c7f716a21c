#ifndef ITD_GRAPH_FLOW_H
#define ITD_GRAPH_FLOW_H

#include "graph/csr.h"

/* The most that can flow from one node to another, and the least that has to be taken away so that nothing does. */

/** Most arcs of a network, and the largest flow that can be asked for. */
#define ITD_FLOW_ARCS_MAX (UINT32_C(1) << 30)
#define ITD_FLOW_VALUE_MAX ((uint64_t)INT64_MAX)
/** Capacity of an arc that no cut may hold. */
#define ITD_FLOW_UNBOUNDED UINT64_MAX

typedef struct itd_flow_arc {
    uint32_t from, to;
    uint64_t capacity; /**< in the caller's unit */
} itd_flow_arc;

typedef struct itd_flow_network {
    uint32_t node_count, arc_count;
    const itd_flow_arc *arcs; /**< borrowed; several between two nodes, and loops, are fine */
    uint32_t source, sink;    /**< not the same */
} itd_flow_network;

/** Where a node stands once the flow is as large as it can be. */
typedef enum itd_flow_side {
    ITD_FLOW_BETWEEN, /**< neither */
    ITD_FLOW_SOURCE,  /**< more could still come to it: arcs that leave these nodes are the cut nearest the source */
    ITD_FLOW_SINK,    /**< more could still go from it: arcs that enter these nodes are the cut nearest the sink */
} itd_flow_side;

typedef struct itd_flow {
    uint64_t value; /**< of the flow, and of each of the two cuts */
    uint64_t *arc;  /**< by arc: what flows along it; owned */
    uint8_t *side;  /**< by node: itd_flow_side; owned */
} itd_flow;

/** A largest flow and the two least cuts that lie nearest its ends. The cuts, unlike the flow, depend on the network
 * alone; they are the same when there is no other.
 *
 *  @param value_max  work ends when the flow is larger; at most ITD_FLOW_VALUE_MAX
 *  @return ITD_OK | ITD_ELIMIT (the flow is larger than value_max; ITD_FLOW_ARCS_MAX) | ITD_ENOMEM
 *  Cost: O(V^2 A); O(A sqrt(V)) where one unit can pass a node (Even and Tarjan), and never more than O(A value); 24
 *  bytes an arc and 16 a node.  Threads: concurrent calls are safe.
 *  Source: E. A. Dinic, "Algorithm for solution of a problem of maximum flow in networks with power estimation", Soviet
 *  Math. Doklady 11, 1970; S. Even, R. Tarjan, "Network flow and testing graph connectivity", SIAM J. Comput. 4(4),
 *  1975, doi:10.1137/0204043; L. Ford, D. Fulkerson, "Maximal flow through a network", Canad. J. Math. 8, 1956,
 *  doi:10.4153/CJM-1956-045-5: value of flow and cut are the same. */
ITD_MUST_CHECK itd_status itd_graph_max_flow(itd_flow *out, const itd_flow_network *network, uint64_t value_max,
                                             itd_error *error);
/** All zeros is fine. */
void itd_flow_finish(itd_flow *flow);

#endif
