#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph/central.h"

/* What a search knows of a node, in one place: searches jump about. */
typedef struct place {
    double ways;    /* shortest ways to it */
    double through; /* what depends on it */
    uint32_t distance, reserved;
} place;

/* Of one thread. */
typedef struct scratch {
    place *at;       /* by node */
    uint32_t *order; /* nodes in the order in which they were reached */
} scratch;

/* The graph under other numbers: nodes near each other are near each other in memory. */
typedef struct nearby {
    uint32_t *number; /* by node: its number here */
    uint32_t *node;   /* by number */
    uint32_t *first, *head;
    itd_csr g;
} nearby;

typedef struct counting {
    const itd_csr *g;
    const uint32_t *from; /* nodes to search from */
    uint32_t searches;
    double *sums; /* by part, by node */
    scratch *of;  /* by thread */
} counting;

static bool scratch_init(scratch *s, size_t nodes)
{
    s->at = itd_calloc(nodes + 1, sizeof *s->at);
    s->order = itd_calloc(nodes + 1, sizeof *s->order);
    for (size_t v = 0; s->at && v < nodes; v++)
        s->at[v].distance = UINT32_MAX;
    return s->at && s->order;
}

static void scratch_finish(scratch *s)
{
    itd_free(s->at);
    itd_free(s->order);
}

static void nearby_finish(nearby *n)
{
    itd_free(n->number);
    itd_free(n->node);
    itd_free(n->first);
    itd_free(n->head);
}

/* Numbers in the order of a search from each component's lowest node. False: no memory. */
static bool nearby_init(nearby *n, const itd_csr *g)
{
    size_t nodes = g->node_count;
    uint32_t found = 0, arcs = 0;
    *n = (nearby){.number = itd_malloc((nodes + 1) * sizeof *n->number),
                  .node = itd_malloc((nodes + 1) * sizeof *n->node),
                  .first = itd_malloc((nodes + 1) * sizeof *n->first),
                  .head = itd_malloc(((size_t)g->first[nodes] + 1) * sizeof *n->head)};
    if (!n->number || !n->node || !n->first || !n->head)
        return false;
    memset(n->number, 0xFF, nodes * sizeof *n->number);
    for (uint32_t v = 0; v < nodes; v++) {
        uint32_t at = found;
        if (n->number[v] != UINT32_MAX)
            continue;
        n->number[v] = found;
        n->node[found++] = v;
        for (; at < found; at++)
            for (uint32_t arc = g->first[n->node[at]]; arc < g->first[n->node[at] + 1]; arc++) {
                uint32_t other = itd_csr_head(g, arc);
                if (n->number[other] != UINT32_MAX)
                    continue;
                n->number[other] = found;
                n->node[found++] = other;
            }
    }
    for (uint32_t i = 0; i < nodes; i++) {
        n->first[i] = arcs;
        for (uint32_t arc = g->first[n->node[i]]; arc < g->first[n->node[i] + 1]; arc++)
            n->head[arcs++] = n->number[itd_csr_head(g, arc)];
    }
    n->first[nodes] = arcs;
    n->g = (itd_csr){g->node_count, n->first, n->head, 1};
    return true;
}

/* Breadth first, counting the shortest ways; how many are reached. */
static uint32_t count_ways(scratch *s, const itd_csr *g, uint32_t from)
{
    uint32_t count = 0;
    s->at[from] = (place){.ways = 1, .distance = 0};
    s->order[count++] = from;
    for (uint32_t i = 0; i < count; i++) {
        const place *here = &s->at[s->order[i]];
        for (uint32_t arc = g->first[s->order[i]], end = g->first[s->order[i] + 1]; arc < end; arc++) {
            uint32_t other = g->head[arc];
            place *there = &s->at[other];
            if (there->distance == UINT32_MAX) {
                *there = (place){.distance = here->distance + 1};
                s->order[count++] = other;
            }
            if (there->distance == here->distance + 1)
                there->ways += here->ways;
        }
    }
    return count;
}

/* From the farthest back: what depends on a node is shared out among those before it, as the ways are. */
static void search_from(double *sum, scratch *s, const itd_csr *g, uint32_t from)
{
    uint32_t count = count_ways(s, g, from);
    for (uint32_t i = count; i > 1; i--) {
        uint32_t node = s->order[i - 1];
        const place *here = &s->at[node];
        double share = (1 + here->through) / here->ways;
        for (uint32_t arc = g->first[node], end = g->first[node + 1]; arc < end; arc++) {
            place *there = &s->at[g->head[arc]];
            if (there->distance + 1 == here->distance)
                there->through += there->ways * share;
        }
        sum[node] += here->through;
    }
    for (uint32_t i = 0; i < count; i++)
        s->at[s->order[i]].distance = UINT32_MAX;
}

static itd_status count_parts(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    counting *c = context;
    (void)error;
    for (size_t part = begin; part < end; part++) {
        size_t first = (size_t)c->searches * part / ITD_BETWEENNESS_PARTS;
        size_t last = (size_t)c->searches * (part + 1) / ITD_BETWEENNESS_PARTS;
        for (size_t i = first; i < last; i++)
            search_from(c->sums + part * c->g->node_count, &c->of[worker], c->g, c->from[i]);
    }
    return ITD_OK;
}

/* The first `count` of all nodes in an order drawn with a fixed seed: SplitMix64 (Steele, Lea, Flood 2014), the
 * shuffle of Fisher and Yates. */
static void draw(uint32_t *nodes, uint32_t node_count, uint32_t count)
{
    uint64_t seed = 2001;
    for (uint32_t i = 0; i < node_count; i++)
        nodes[i] = i;
    for (uint32_t i = 0; i < count && count < node_count; i++) {
        uint64_t z = seed += UINT64_C(0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
        z ^= z >> 31;
        uint32_t other = i + (uint32_t)(((unsigned __int128)z * (node_count - i)) >> 64), swap = nodes[i];
        nodes[i] = nodes[other];
        nodes[other] = swap;
    }
}

static uint32_t searches_of(const itd_csr *g, uint32_t wanted)
{
    uint64_t one = (uint64_t)g->node_count + g->first[g->node_count] + 1, can = ITD_BETWEENNESS_WORK_MAX / one;
    if (wanted == 0)
        wanted = can < ITD_BETWEENNESS_SEARCHES_MIN ? ITD_BETWEENNESS_SEARCHES_MIN
                 : can < UINT32_MAX                 ? (uint32_t)can
                                                    : UINT32_MAX;
    return wanted < g->node_count ? wanted : g->node_count;
}

/* Means over the pairs that were looked at, and by how much they may be off: the mean of what a search gives is taken
 * from all nodes, those that a node's own search does not count for itself among them. */
static void take(double *value, itd_betweenness *how, const counting *c, const uint32_t *node)
{
    double n = c->g->node_count, k = c->searches;
    for (uint32_t v = 0; v < c->g->node_count; v++) {
        double sum = 0;
        for (size_t part = 0; part < ITD_BETWEENNESS_PARTS; part++)
            sum += c->sums[part * c->g->node_count + v];
        value[node[v]] = n > 2 ? sum * n / (k * (n - 1) * (n - 2)) : 0;
    }
    how->searches = c->searches;
    how->error = k < n && n > 2 ? n / (n - 1) * sqrt(log(2 * n / ITD_CENTRAL_RISK) / (2 * k)) : 0;
}

itd_status itd_graph_betweenness(double *value, itd_betweenness *how, const itd_csr *g, uint32_t searches,
                                 itd_pool *pool, itd_error *error)
{
    size_t nodes = g->node_count;
    unsigned threads = itd_pool_threads(pool);
    uint32_t *from = itd_malloc((nodes + 1) * sizeof *from);
    nearby near;
    bool good = nearby_init(&near, g);
    counting c = {.g = &near.g,
                  .from = from,
                  .searches = searches_of(g, searches),
                  .sums = itd_calloc(nodes * ITD_BETWEENNESS_PARTS + 1, sizeof *c.sums),
                  .of = itd_calloc(threads, sizeof *c.of)};
    good = good && from && c.sums && c.of;
    for (unsigned t = 0; t < threads && good; t++)
        good = scratch_init(&c.of[t], nodes);
    itd_status status = good ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK) {
        draw(from, g->node_count, c.searches);
        for (uint32_t i = 0; i < c.searches; i++)
            from[i] = near.number[from[i]];
        status = itd_pool_for(pool, ITD_BETWEENNESS_PARTS, 1, count_parts, &c, error);
    }
    if (status == ITD_OK)
        take(value, how, &c, near.node);
    for (unsigned t = 0; c.of && t < threads; t++)
        scratch_finish(&c.of[t]);
    itd_free(c.of);
    nearby_finish(&near);
    itd_free(c.sums);
    itd_free(from);
    return status;
}
