#ifndef ITD_GRAPH_CENTRAL_H
#define ITD_GRAPH_CENTRAL_H

#include <stdbool.h>

#include "base/pool.h"
#include "graph/csr.h"

/* How much goes through a node, and how much comes to it. Values are doubles; sums are taken in an order that does not
 * depend on the threads, so that the same graph gives the same bits. */

/** Probability with which the bounds of sampled values may fail, all nodes together. */
#define ITD_CENTRAL_RISK 0.01
/** Searches are shared out into this many parts, each with a sum of its own. */
#define ITD_BETWEENNESS_PARTS 16
/** Work of a run whose number of searches is not named: searches times nodes and arcs. */
#define ITD_BETWEENNESS_WORK_MAX (UINT64_C(1) << 31)
/** Fewest searches of a run, work or not. */
#define ITD_BETWEENNESS_SEARCHES_MIN 64

typedef struct itd_betweenness {
    uint32_t searches; /**< as many as nodes: exact */
    double error;      /**< largest deviation of any value, but for a risk of ITD_CENTRAL_RISK; 0: exact */
} itd_betweenness;

/** The part of shortest paths between two others that a node lies on, 0 … 1: the mean over all ordered pairs.
 *
 *  @param value     by node
 *  @param g         undirected: each link both ways, no loops, no doubles
 *  @param searches  nodes to search from, drawn with a fixed seed, without repeats; 0: all, unless that is more work
 * than ITD_BETWEENNESS_WORK_MAX; as many as nodes, or more: all
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(searches * (V + A)); 8 * ITD_BETWEENNESS_PARTS + 28 * threads + 16 bytes a
 *  node, 4 an arc.
 *  Threads: those of the pool.
 *  Source: U. Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociol. 25(2), 2001,
 *  doi:10.1080/0022250X.2001.9990249; pivots: U. Brandes, C. Pich, "Centrality estimation in large networks", Int. J.
 *  Bifurcat. Chaos 17(7), 2007, doi:10.1142/S0218127407018403; bound: W. Hoeffding, "Probability inequalities for sums
 *  of bounded random variables", JASA 58, 1963, doi:10.1080/01621459.1963.10500830, section 6 for draws without
 *  repeats, over all nodes at once. */
ITD_MUST_CHECK itd_status itd_graph_betweenness(double *value, itd_betweenness *how, const itd_csr *g,
                                                uint32_t searches, itd_pool *pool, itd_error *error);

/** How a walk is continued, where it ends being at rest, and rounds at most: a round leaves ITD_PAGERANK_DAMPING of the
 * change of the one before, so that 186 rounds are enough for any graph, whose first change is 2 at most; beyond that
 * values only stir by rounding. */
#define ITD_PAGERANK_DAMPING 0.85
#define ITD_PAGERANK_CHANGE 1e-12
#define ITD_PAGERANK_ROUNDS_MAX 200

typedef struct itd_pagerank {
    uint32_t rounds;
    double error; /**< sum over all nodes of what values may still be off by, rounding aside */
} itd_pagerank;

/** Where a walker is found who follows arcs, each that leaves a node as likely as another, and begins anywhere again
 * with probability 1 - ITD_PAGERANK_DAMPING, or where no arc leaves. Values sum to 1.
 *
 *  @param value     by node
 *  @param in        arcs from where they lead to: the heads of a node are those that lead to it
 *  @param out_count by node: arcs that leave it, as many as it stands as a head of `in`
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(V + A) a round, some 150 rounds, ITD_PAGERANK_ROUNDS_MAX at most.  Threads:
 * those of the pool. Source: S. Brin, L. Page, "The anatomy of a large-scale hypertextual Web search engine", Computer
 * Networks 30, 1998, doi:10.1016/S0169-7552(98)00110-X; the error of a round is at most d / (1 - d) of its change
 * (Banach). */
ITD_MUST_CHECK itd_status itd_graph_pagerank(double *value, itd_pagerank *how, const itd_csr *in,
                                             const uint32_t *out_count, itd_pool *pool, itd_error *error);

#endif
