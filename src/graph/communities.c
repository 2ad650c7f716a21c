#include "graph/communities.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

/* Nodes taken together from those of the level before; weights are numbers of links. All strengths sum to twice the
 * number of links, below 2^31, so that the product of two of them fits into 63 bits. */
typedef struct level {
    uint32_t count;
    uint32_t *first, *head, *weight;
    uint32_t *strength; /* by node: ends of links at it */
} level;

typedef struct dividing {
    level now;
    uint32_t whole;              /* all strengths */
    uint32_t *community, *total; /* by node; by community: its strength */
    uint32_t *refined, *sub;     /* by node: its part of a community; by part: its strength */
    uint32_t *outward;           /* by part: links to the rest of its community */
    uint32_t *members;           /* by part: nodes in it */
    uint32_t *links, *touched;   /* by community or part: links of the node at hand; those that have any */
    uint32_t *queue, *free_numbers, free_count;
    bool *waits;
    uint32_t *at; /* by node of the graph: its node of this level */
    uint32_t touched_count;
} dividing;

static void level_finish(level *l)
{
    itd_free(l->first);
    itd_free(l->head);
    itd_free(l->weight);
    itd_free(l->strength);
    *l = (level){0};
}

static bool level_init(level *l, size_t nodes, size_t arcs)
{
    *l = (level){.count = (uint32_t)nodes,
                 .first = itd_calloc(nodes + 1, sizeof *l->first),
                 .head = itd_calloc(arcs + 1, sizeof *l->head),
                 .weight = itd_calloc(arcs + 1, sizeof *l->weight),
                 .strength = itd_calloc(nodes + 1, sizeof *l->strength)};
    return l->first && l->head && l->weight && l->strength;
}

/* What a node gains in a group to which it has `links` and which has `total` without it, times the whole. */
static int64_t gain(const dividing *d, uint32_t node, uint32_t links, uint32_t total)
{
    return (int64_t)links * d->whole - (int64_t)d->now.strength[node] * total;
}

static void touch(dividing *d, uint32_t group, uint32_t weight)
{
    if (d->links[group] == 0)
        d->touched[d->touched_count++] = group;
    d->links[group] += weight;
}

static void forget_touched(dividing *d)
{
    for (uint32_t i = 0; i < d->touched_count; i++)
        d->links[d->touched[i]] = 0;
    d->touched_count = 0;
}

/* The community in which a node that was taken out gains most: its own among equals, then the lowest; UINT32_MAX: it is
 * better alone. */
static uint32_t best_community(dividing *d, uint32_t node, uint32_t own)
{
    uint32_t best = own;
    for (uint32_t arc = d->now.first[node]; arc < d->now.first[node + 1]; arc++)
        if (d->now.head[arc] != node)
            touch(d, d->community[d->now.head[arc]], d->now.weight[arc]);
    int64_t most = gain(d, node, d->links[own], d->total[own]);
    for (uint32_t i = 0; i < d->touched_count; i++) {
        uint32_t group = d->touched[i];
        int64_t here = gain(d, node, d->links[group], d->total[group]);
        if (here > most || (here == most && best != own && group < best)) {
            most = here;
            best = group;
        }
    }
    forget_touched(d);
    return most < 0 ? UINT32_MAX : best;
}

/* Nodes move to where they gain, those first that were moved least recently, until nobody gains by moving alone. */
static void move_nodes(dividing *d)
{
    uint32_t n = d->now.count, begin = 0, waiting = n;
    for (uint32_t v = 0; v < n; v++) {
        d->queue[v] = v;
        d->waits[v] = true;
    }
    while (waiting > 0) {
        uint32_t node = d->queue[begin], own = d->community[node];
        begin = begin + 1 == n ? 0 : begin + 1;
        waiting--;
        d->waits[node] = false;
        d->total[own] -= d->now.strength[node];
        d->members[own]--;
        uint32_t best = best_community(d, node, own);
        if (best == UINT32_MAX)
            best = d->members[own] == 0 ? own : d->free_numbers[--d->free_count];
        else if (best != own && d->members[own] == 0)
            d->free_numbers[d->free_count++] = own;
        d->total[best] += d->now.strength[node];
        d->members[best]++;
        d->community[node] = best;
        if (best == own)
            continue;
        for (uint32_t arc = d->now.first[node]; arc < d->now.first[node + 1]; arc++) {
            uint32_t other = d->now.head[arc];
            if (d->waits[other] || d->community[other] == best)
                continue;
            d->waits[other] = true;
            d->queue[begin + waiting < n ? begin + waiting : begin + waiting - n] = other;
            waiting++;
        }
    }
}

/* Has a part enough links to the rest of its community? */
static bool well_linked(const dividing *d, uint32_t outward, uint32_t strength, uint32_t total)
{
    return (int64_t)outward * d->whole >= (int64_t)strength * (total - strength);
}

/* A node that is a part by itself joins the part of its community in which it gains most, if any. */
static void refine_node(dividing *d, uint32_t node)
{
    uint32_t own = d->community[node], best = UINT32_MAX, inside = d->outward[d->refined[node]];
    int64_t most = 0;
    if (d->members[d->refined[node]] != 1 || !well_linked(d, inside, d->now.strength[node], d->total[own]))
        return;
    for (uint32_t arc = d->now.first[node]; arc < d->now.first[node + 1]; arc++)
        if (d->now.head[arc] != node && d->community[d->now.head[arc]] == own)
            touch(d, d->refined[d->now.head[arc]], d->now.weight[arc]);
    for (uint32_t i = 0; i < d->touched_count; i++) {
        uint32_t part = d->touched[i];
        int64_t here = gain(d, node, d->links[part], d->sub[part]);
        if (here > 0 && well_linked(d, d->outward[part], d->sub[part], d->total[own]) &&
            (here > most || (here == most && part < best))) {
            most = here;
            best = part;
        }
    }
    if (best != UINT32_MAX) {
        d->outward[best] += inside - 2 * d->links[best];
        d->sub[best] += d->now.strength[node];
        d->members[best]++;
        d->members[d->refined[node]] = 0;
        d->refined[node] = best;
    }
    forget_touched(d);
}

/* Every community from single nodes anew, without links to other communities. How many parts there are; they are
 * numbered 0, 1, 2 … by their first node. */
static uint32_t refine(dividing *d)
{
    uint32_t n = d->now.count, parts = 0;
    for (uint32_t v = 0; v < n; v++) {
        d->refined[v] = v;
        d->sub[v] = d->now.strength[v];
        d->members[v] = 1;
        d->outward[v] = 0;
        for (uint32_t arc = d->now.first[v]; arc < d->now.first[v + 1]; arc++)
            if (d->now.head[arc] != v && d->community[d->now.head[arc]] == d->community[v])
                d->outward[v] += d->now.weight[arc];
    }
    for (uint32_t v = 0; v < n; v++)
        refine_node(d, v);
    memset(d->queue, 0xFF, n * sizeof *d->queue);
    for (uint32_t v = 0; v < n; v++) {
        uint32_t part = d->refined[v];
        if (d->queue[part] == UINT32_MAX)
            d->queue[part] = parts++;
        d->refined[v] = d->queue[part];
    }
    return parts;
}

/* Nodes by their part: `first` has parts + 1 places. */
static void by_part(const dividing *d, uint32_t *first, uint32_t *nodes, uint32_t parts)
{
    memset(first, 0, ((size_t)parts + 1) * sizeof *first);
    for (uint32_t v = 0; v < d->now.count; v++)
        first[d->refined[v] + 1]++;
    for (uint32_t p = 0; p < parts; p++)
        first[p + 1] += first[p];
    for (uint32_t v = 0; v < d->now.count; v++)
        nodes[first[d->refined[v]]++] = v;
    for (uint32_t p = parts; p > 0; p--)
        first[p] = first[p - 1];
    first[0] = 0;
}

/* Each part becomes a node of the next level, which begins in the community of its nodes. */
static bool take_together(dividing *d, uint32_t parts)
{
    level next;
    bool good = level_init(&next, parts, d->now.first[d->now.count]);
    uint32_t arcs = 0, *first = d->outward, *nodes = d->queue, *renamed = d->sub;
    if (good) {
        by_part(d, first, nodes, parts);
        memset(renamed, 0xFF, d->now.count * sizeof *renamed);
        for (uint32_t p = 0, found = 0; p < parts; p++) {
            for (uint32_t i = first[p]; i < first[p + 1]; i++) {
                next.strength[p] += d->now.strength[nodes[i]];
                for (uint32_t arc = d->now.first[nodes[i]]; arc < d->now.first[nodes[i] + 1]; arc++)
                    touch(d, d->refined[d->now.head[arc]], d->now.weight[arc]);
            }
            for (uint32_t i = 0; i < d->touched_count; i++) {
                next.head[arcs] = d->touched[i];
                next.weight[arcs++] = d->links[d->touched[i]];
            }
            forget_touched(d);
            next.first[p + 1] = arcs;
            uint32_t was = d->community[nodes[first[p]]];
            if (renamed[was] == UINT32_MAX)
                renamed[was] = found++;
            d->free_numbers[p] = renamed[was]; /* kept aside: communities of nodes that come are still read */
        }
        memcpy(d->community, d->free_numbers, parts * sizeof *d->community);
        level_finish(&d->now);
        d->now = next;
    } else {
        level_finish(&next);
    }
    return good;
}

static void begin_level(dividing *d)
{
    uint32_t n = d->now.count;
    memset(d->total, 0, n * sizeof *d->total);
    memset(d->members, 0, n * sizeof *d->members);
    for (uint32_t v = 0; v < n; v++) {
        d->total[d->community[v]] += d->now.strength[v];
        d->members[d->community[v]]++;
    }
    d->free_count = 0;
    for (uint32_t c = n; c > 0; c--)
        if (d->members[c - 1] == 0)
            d->free_numbers[d->free_count++] = c - 1;
}

static bool divide(dividing *d, uint32_t node_count, uint32_t rounds_max)
{
    for (uint32_t round = 0; round < rounds_max; round++) {
        uint32_t before = d->now.count;
        begin_level(d);
        move_nodes(d);
        uint32_t parts = refine(d);
        if (parts == before)
            break;
        for (uint32_t v = 0; v < node_count; v++)
            d->at[v] = d->refined[d->at[v]];
        if (!take_together(d, parts))
            return false;
    }
    return true;
}

static bool set_up(dividing *d, const itd_csr *g)
{
    size_t n = (size_t)g->node_count + 1;
    uint32_t **const arrays[] = {&d->community, &d->total,   &d->refined, &d->sub,          &d->outward, &d->members,
                                 &d->links,     &d->touched, &d->queue,   &d->free_numbers, &d->at};
    bool good = level_init(&d->now, g->node_count, g->first[g->node_count]);
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = itd_calloc(n, sizeof **arrays[i]);
        good = good && *arrays[i];
    }
    d->waits = itd_calloc(n, sizeof *d->waits);
    if (!good || !d->waits)
        return false;
    d->whole = g->first[g->node_count];
    for (uint32_t v = 0; v < g->node_count; v++) {
        d->now.first[v + 1] = g->first[v + 1];
        d->now.strength[v] = g->first[v + 1] - g->first[v];
        d->community[v] = d->at[v] = v;
        for (uint32_t arc = g->first[v]; arc < g->first[v + 1]; arc++) {
            d->now.head[arc] = itd_csr_head(g, arc);
            d->now.weight[arc] = 1;
        }
    }
    return true;
}

static void finish(dividing *d)
{
    uint32_t *const arrays[] = {d->community, d->total,   d->refined, d->sub,          d->outward, d->members,
                                d->links,     d->touched, d->queue,   d->free_numbers, d->at};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        itd_free(arrays[i]);
    itd_free(d->waits);
    level_finish(&d->now);
}

/* Communities of the graph's nodes, each in its connected parts, numbered by their lowest node. */
static uint32_t number(uint32_t *community, const dividing *d, const itd_csr *g)
{
    uint32_t found = 0, *queue = d->queue;
    memset(community, 0xFF, g->node_count * sizeof *community);
    for (uint32_t v = 0; v < g->node_count; v++) {
        uint32_t end = 0;
        if (community[v] != UINT32_MAX)
            continue;
        community[v] = found;
        queue[end++] = v;
        for (uint32_t at = 0; at < end; at++)
            for (uint32_t arc = g->first[queue[at]]; arc < g->first[queue[at] + 1]; arc++) {
                uint32_t other = itd_csr_head(g, arc);
                if (community[other] != UINT32_MAX || d->community[d->at[other]] != d->community[d->at[v]])
                    continue;
                community[other] = found;
                queue[end++] = other;
            }
        found++;
    }
    return found;
}

/* The sum over communities of links inside / m - (strength / 2 m)^2. */
static int32_t modularity(const uint32_t *community, uint32_t count, uint32_t *strength, const itd_csr *g)
{
    __int128 inside = 0, square = 0, whole = g->first[g->node_count];
    memset(strength, 0, count * sizeof *strength);
    for (uint32_t v = 0; v < g->node_count; v++) {
        strength[community[v]] += g->first[v + 1] - g->first[v];
        for (uint32_t arc = g->first[v]; arc < g->first[v + 1]; arc++)
            inside += community[itd_csr_head(g, arc)] == community[v];
    }
    for (uint32_t c = 0; c < count; c++)
        square += (__int128)strength[c] * strength[c];
    __int128 above = (inside * whole - square) * 1000000, below = whole * whole;
    if (below == 0)
        return 0;
    return (int32_t)(above / below - (above % below < 0));
}

itd_status itd_graph_communities(uint32_t *community, itd_communities *how, const itd_csr *g, itd_error *error)
{
    dividing d = {0};
    uint32_t rounds_max = how->rounds_max ? how->rounds_max : ITD_COMMUNITIES_ROUNDS_MAX;
    bool good = set_up(&d, g) && divide(&d, g->node_count, rounds_max);
    assert(g->first[g->node_count] <= 2 * ITD_LINKS_MAX);
    if (good) {
        how->count = number(community, &d, g);
        how->modularity_micro = modularity(community, how->count, d.total, g);
    }
    finish(&d);
    return good ? ITD_OK : itd_fail_memory(error);
}
