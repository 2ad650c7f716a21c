#include "own/behind.h"

#include <stdlib.h>

#include "own/chains.h"

void itd_own_behind_finish(itd_own_behind *b)
{
    itd_vector_finish(&b->nodes);
    itd_vector_finish(&b->from);
    itd_vector_finish(&b->to);
    itd_vector_finish(&b->roots);
    itd_vector_finish(&b->shares);
    itd_map_finish(&b->known[0]);
    itd_map_finish(&b->known[1]);
}

uint32_t itd_own_behind_root(const itd_own_behind *b, size_t root)
{
    return b->nodes.items[b->roots.items[root]].step.holder;
}

/* ---- up ---- */

/* The node of the holder at hand, new or known. False: no memory. */
static bool meet(uint32_t *node, itd_own_behind *b, const itd_own_carrier *c, uint32_t parent)
{
    itd_map *known = &b->known[c->through];
    itd_sv id = itd_register_id(c->e->r, c->holder);
    *node = itd_map_get(known, id);
    if (*node != ITD_MAP_NONE)
        return true;
    *node = (uint32_t)b->nodes.count;
    const itd_own_behind_node made = {.step = *c, .parent = parent, .through = c->through};
    return itd_vector_push(&b->nodes, made) && itd_map_put(known, id, *node);
}

/* What a direct holder has counts for whoever stands behind it, unless it is not blocked itself, not even possibly: it
 * has a share of its own then. */
static void take_direct(itd_own_behind_node *node, const itd_own_carrier *c)
{
    if (node->direct || !(c->through || itd_own_in(c->e, ITD_OWN_LAYER_POSSIBLE, c->holder)))
        return;
    node->direct = true;
    node->share = itd_own_carrier_share(c);
}

/* The holders of one node. */
static bool expand(itd_own_behind *b, const itd_own_evaluation *e, itd_own_layer_id layer, uint32_t at, bool every_kind,
                   bool both_ways)
{
    itd_own_carrier c;
    uint32_t company = at == 0 ? b->nodes.items[0].step.company : b->nodes.items[at].step.holder;
    uint32_t entity = b->nodes.items[0].step.company;
    if (!itd_own_carrier_begin(&c, e, layer, company, b->nodes.items[at].through, every_kind && at == 0))
        return false;
    c.both_ways = both_ways;
    while (itd_own_carrier_next(&c)) {
        uint32_t node;
        if (c.holder == entity && !(both_ways && c.through))
            continue; /* it carries itself for nobody but a partner */
        if (++b->looked_at > ITD_OWN_BEHIND_MAX) {
            b->cut_off = true;
            return true;
        }
        if (!meet(&node, b, &c, at) || !itd_vector_push(&b->from, node) || !itd_vector_push(&b->to, at))
            return false;
        if (at == 0)
            take_direct(&b->nodes.items[node], &c);
    }
    return !c.failed;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The listed ones among the nodes, by their numbers in the graph. */
static bool take_roots(itd_own_behind *b, const itd_own_evaluation *e)
{
    ITD_VECTOR(uint64_t) found = {0};
    bool good = true;
    for (size_t n = 1; n < b->nodes.count && good; n++)
        if (e->state[b->nodes.items[n].step.holder] & ITD_OWN_IS_LISTED)
            good = itd_vector_push(&found, (uint64_t)b->nodes.items[n].step.holder << 32 | n);
    if (found.count > 1)
        qsort(found.items, found.count, sizeof found.items[0], by_number);
    for (size_t i = 0; i < found.count && good; i++)
        good = itd_vector_push(&b->roots, (uint32_t)found.items[i]) && itd_vector_push(&b->shares, (itd_own_share){0});
    itd_vector_finish(&found);
    return good;
}

/* ---- down ---- */

typedef struct descent {
    uint32_t *first, *edges; /* by holder: the edges down from it */
    uint32_t *seen;          /* by node: one more than the root that came by last */
    uint32_t *stack;
    size_t steps;
} descent;

static void descent_finish(descent *d)
{
    itd_free(d->first);
    itd_free(d->edges);
    itd_free(d->seen);
    itd_free(d->stack);
}

static bool descent_init(descent *d, const itd_own_behind *b)
{
    size_t nodes = b->nodes.count;
    *d = (descent){.first = itd_calloc(nodes + 2, sizeof *d->first),
                   .edges = itd_calloc(b->from.count + 1, sizeof *d->edges),
                   .seen = itd_calloc(nodes, sizeof *d->seen),
                   .stack = itd_calloc(nodes, sizeof *d->stack)};
    if (!d->first || !d->edges || !d->seen || !d->stack)
        return false;
    for (size_t i = 0; i < b->from.count; i++)
        d->first[b->from.items[i] + 2]++;
    for (size_t n = 0; n < nodes; n++)
        d->first[n + 2] += d->first[n + 1];
    for (size_t i = 0; i < b->from.count; i++)
        d->edges[d->first[b->from.items[i] + 1]++] = b->to.items[i];
    return true;
}

/* What the direct holders have behind whom a root stands, each counted once. */
static void add_up(itd_own_behind *b, descent *d, size_t root)
{
    itd_own_share sum = {0};
    size_t top = 0;
    d->stack[top++] = b->roots.items[root];
    d->seen[b->roots.items[root]] = (uint32_t)root + 1;
    while (top > 0) {
        uint32_t at = d->stack[--top];
        const itd_own_behind_node *node = &b->nodes.items[at];
        sum.low += node->direct ? node->share.low : 0;
        sum.high += node->direct ? node->share.high : 0;
        for (uint32_t k = d->first[at]; k < d->first[at + 1]; k++, d->steps++)
            if (d->edges[k] != 0 && d->seen[d->edges[k]] != root + 1) {
                d->seen[d->edges[k]] = (uint32_t)root + 1;
                d->stack[top++] = d->edges[k];
            }
    }
    b->shares.items[root].low = sum.low > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : sum.low;
    b->shares.items[root].high = sum.high > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : sum.high;
}

bool itd_own_behind_find(itd_own_behind *out, const itd_own_evaluation *e, uint32_t entity, itd_own_layer_id layer,
                         bool every_kind, bool both_ways)
{
    descent d = {0};
    const itd_own_behind_node first = {.step = {.e = e, .layer = layer, .company = entity}};
    bool good = itd_vector_push(&out->nodes, first);
    for (uint32_t at = 0; good && at < out->nodes.count && !out->cut_off; at++)
        if (at == 0 || !(e->state[out->nodes.items[at].step.holder] & ITD_OWN_IS_LISTED))
            good = expand(out, e, layer, at, every_kind, both_ways);
    good = good && take_roots(out, e);
    if (good && out->roots.count > 0)
        good = descent_init(&d, out);
    for (size_t root = 0; good && root < out->roots.count; root++) {
        if (d.steps < ITD_OWN_BEHIND_STEPS_MAX)
            add_up(out, &d, root);
        else
            out->cut_off = true;
    }
    descent_finish(&d);
    return good;
}

bool itd_own_behind_chain(itd_own_chain *out, const itd_own_behind *b, size_t root, itd_arena *arena)
{
    size_t count = 0, at = 0;
    for (uint32_t n = b->roots.items[root]; n != 0; n = b->nodes.items[n].parent)
        count++;
    itd_own_step *steps = itd_arena_alloc_array(arena, count, sizeof *steps);
    if (!steps)
        return false;
    for (uint32_t n = b->roots.items[root]; n != 0; n = b->nodes.items[n].parent)
        if (!itd_own_carrier_step(&steps[at++], &b->nodes.items[n].step, arena))
            return false;
    *out = (itd_own_chain){steps, count};
    return true;
}
