#ifndef ITD_GRAPH_COMMUNITIES_H
#define ITD_GRAPH_COMMUNITIES_H

#include "graph/links.h"

/** Rounds of moving, refining and taking together; past it what is found is kept. */
#define ITD_COMMUNITIES_ROUNDS_MAX 100

typedef struct itd_communities {
    uint32_t rounds_max; /**< given; 0: ITD_COMMUNITIES_ROUNDS_MAX; a test gives less */
    uint32_t count;
    int32_t modularity_micro; /**< of the division, rounded down: links inside beyond what chance would put there */
} itd_communities;

/** Groups that have more links inside than chance would give them: a division of large modularity, in which every group
 * is connected. No division is the only good one: groups are a way of looking, not a finding.
 *
 *  @param community  by node; numbered by their lowest node
 *  @param g          undirected: each link both ways, no loops, no doubles; ITD_LINKS_MAX links at most
 *  @return ITD_OK | ITD_ENOMEM.  Cost: nearly O(V + A) a round, a few rounds; 80 bytes a node and 24 a link.
 *  Threads: concurrent calls are safe; the work is of one thread, in integers: the same on every machine.
 *  Source: V. Traag, L. Waltman, N. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Sci.
 *  Rep. 9, 5233, 2019, doi:10.1038/s41598-019-41695-z, with the best merge taken where the paper draws one; modularity:
 *  M. Newman, M. Girvan, Phys. Rev. E 69, 026113, 2004, doi:10.1103/PhysRevE.69.026113. */
ITD_MUST_CHECK itd_status itd_graph_communities(uint32_t *community, itd_communities *how, const itd_csr *g,
                                                itd_error *error);

#endif
