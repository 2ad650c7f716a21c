#ifndef ITD_GRAPH_PATHS_H
#define ITD_GRAPH_PATHS_H

#include "base/arena.h"
#include "graph/csr.h"

/* Shortest paths over arcs with lengths. */

/** Most paths that can be asked for, and most arcs of one. */
#define ITD_PATHS_MAX 1000
#define ITD_PATH_ARCS_MAX 1024

/** Arcs that may be walked, both ways or one, and how long each is. */
typedef struct itd_path_graph {
    itd_csr forth; /**< arcs from a node */
    itd_csr back;  /**< the same arcs from their other end; node_count 0: arcs are one-way */
    /** Number of an arc of `forth` or `back` as the caller knows it, so that one arc is the same from both ends. */
    uint32_t (*name)(void *user, uint32_t arc, bool back);
    /** Its length, at least 1, or 0: it cannot be walked. */
    uint32_t (*length)(void *user, uint32_t name);
    void *user;
} itd_path_graph;

typedef struct itd_path_step {
    uint32_t from, to, name;
    bool back; /**< walked against its direction */
} itd_path_step;

typedef struct itd_path {
    const itd_path_step *steps;
    size_t count;
    uint64_t length;
} itd_path;

/** The k shortest simple paths (no node twice) between two nodes, shortest first, of
 * equally long ones those of fewer arcs, then those whose arcs have the lower names.
 *
 *  @param out        room for `k` paths; steps live in the arena
 *  @param found      how many there are, up to k
 *  @param truncated  set when paths of more than ITD_PATH_ARCS_MAX arcs were passed over
 *  @return ITD_OK | ITD_EINVAL (k is 0 or above ITD_PATHS_MAX; both nodes are the same) | ITD_ENOMEM
 *  Cost: O(k * L) searches of O(A log V) each, L the arcs of a path.
 *  Source: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17(11), 1971,
 *  doi:10.1287/mnsc.17.11.712; E. L. Lawler, Management Science 18(7), 1972, doi:10.1287/mnsc.18.7.401: a path is
 *  branched off only behind the node at which it left its own. */
ITD_MUST_CHECK itd_status itd_graph_k_paths(itd_path *out, size_t *found, bool *truncated, const itd_path_graph *g,
                                            uint32_t from, uint32_t to, size_t k, itd_arena *arena, itd_error *error);

#endif
