#include "graph/paths.h"

#include <assert.h>
#include <string.h>

#include "base/vector.h"

typedef struct label {
    uint64_t length;
    uint32_t arcs; /* on the way; fewer come first among equals */
    itd_path_step step;
    uint32_t round; /* of the search that set it; another: nothing is known */
    uint32_t heap_at;
    bool settled;
} label;

typedef struct candidate {
    const itd_path_step *steps;
    size_t count, spur; /* where it left the path that it was made from */
    uint64_t length;
} candidate;

typedef struct finding {
    const itd_path_graph *g;
    itd_arena *arena;
    label *labels; /* by node */
    ITD_VECTOR(uint32_t) heap;
    uint32_t *shut; /* by node: the round in which it may not be entered */
    uint32_t round;
    ITD_VECTOR(itd_path_step) closed; /* first steps that paths which are found already take from the spur */
    ITD_VECTOR(candidate) candidates;
    bool failed, truncated;
} finding;

/* ---- a heap of nodes ---- */

static bool before(const finding *f, uint32_t a, uint32_t b)
{
    const label *x = &f->labels[a], *y = &f->labels[b];
    if (x->length != y->length)
        return x->length < y->length;
    return x->arcs != y->arcs ? x->arcs < y->arcs : a < b;
}

static void put(finding *f, size_t at, uint32_t node)
{
    f->heap.items[at] = node;
    f->labels[node].heap_at = (uint32_t)at;
}

static void rise(finding *f, size_t at)
{
    uint32_t node = f->heap.items[at];
    for (; at > 0 && before(f, node, f->heap.items[(at - 1) / 2]); at = (at - 1) / 2)
        put(f, at, f->heap.items[(at - 1) / 2]);
    put(f, at, node);
}

static uint32_t take_first(finding *f)
{
    uint32_t first = f->heap.items[0], node = f->heap.items[--f->heap.count];
    size_t at = 0, count = f->heap.count;
    for (size_t child = 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && before(f, f->heap.items[child + 1], f->heap.items[child]))
            child++;
        if (!before(f, f->heap.items[child], node))
            break;
        put(f, at, f->heap.items[child]);
        at = child;
    }
    if (count > 0)
        put(f, at, node);
    return first;
}

/* ---- one search ---- */

static bool is_closed(const finding *f, const itd_path_step *step)
{
    for (size_t i = 0; i < f->closed.count; i++)
        if (f->closed.items[i].from == step->from && f->closed.items[i].to == step->to &&
            f->closed.items[i].name == step->name)
            return true;
    return false;
}

static void relax(finding *f, itd_path_step step, bool at_spur)
{
    const label *here = &f->labels[step.from];
    label *there = &f->labels[step.to];
    uint32_t length = f->g->length(f->g->user, step.name);
    if (length == 0 || f->shut[step.to] == f->round || (at_spur && is_closed(f, &step)))
        return;
    bool fresh = there->round != f->round;
    uint64_t reached = here->length + length;
    if (!fresh && (there->settled || reached > there->length ||
                   (reached == there->length && (here->arcs + 1 > there->arcs ||
                                                 (here->arcs + 1 == there->arcs && step.name >= there->step.name)))))
        return;
    uint32_t at = fresh ? (uint32_t)f->heap.count : there->heap_at;
    *there = (label){reached, here->arcs + 1, step, f->round, at, false};
    if (fresh && !itd_vector_push(&f->heap, step.to)) {
        f->failed = true;
        return;
    }
    rise(f, at);
}

static void relax_all(finding *f, const itd_csr *g, bool back, uint32_t node, bool at_spur)
{
    for (uint32_t arc = g->first[node]; arc < g->first[node + 1] && !f->failed; arc++)
        relax(f, (itd_path_step){node, itd_csr_head(g, arc), f->g->name(f->g->user, arc, back), back}, at_spur);
}

/* From `from` to `to`; false: no way, or no memory. */
static bool search(finding *f, uint32_t from, uint32_t to)
{
    f->heap.count = 0;
    f->labels[from] = (label){.round = f->round};
    if (!itd_vector_push(&f->heap, from))
        f->failed = true;
    while (f->heap.count > 0 && !f->failed) {
        uint32_t node = take_first(f);
        f->labels[node].settled = true;
        if (node == to)
            return true;
        relax_all(f, &f->g->forth, false, node, node == from);
        if (f->g->back.node_count > 0)
            relax_all(f, &f->g->back, true, node, node == from);
    }
    return false;
}

/* ---- paths ---- */

/* The first `spur` steps of a path, then what the search found. */
static void keep(finding *f, const itd_path_step *root, size_t spur, uint32_t spur_node, uint32_t to)
{
    size_t count = spur + f->labels[to].arcs;
    if (count > ITD_PATH_ARCS_MAX) {
        f->truncated = true;
        return;
    }
    itd_path_step *steps = itd_arena_alloc_array(f->arena, count, sizeof *steps);
    candidate made = {steps, count, spur, f->labels[to].length};
    if (!steps) {
        f->failed = true;
        return;
    }
    for (size_t i = 0; i < spur; i++) {
        steps[i] = root[i];
        made.length += f->g->length(f->g->user, root[i].name);
    }
    uint32_t node = to;
    for (size_t i = count; i > spur; i--) {
        steps[i - 1] = f->labels[node].step;
        node = steps[i - 1].from;
    }
    assert(node == spur_node);
    if (!itd_vector_push(&f->candidates, made))
        f->failed = true;
}

static int by_steps(const candidate *a, const candidate *b)
{
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++)
        if (a->steps[i].name != b->steps[i].name)
            return a->steps[i].name < b->steps[i].name ? -1 : 1;
    return 0;
}

static bool same_root(const itd_path *path, const itd_path_step *steps, size_t count)
{
    if (path->count < count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (path->steps[i].name != steps[i].name || path->steps[i].to != steps[i].to)
            return false;
    return true;
}

/* Ways that leave the last path at its nodes from `first` on, and none that was found before. */
static void branch(finding *f, const itd_path *paths, size_t found, size_t first, uint32_t to)
{
    const itd_path *last = &paths[found - 1];
    for (size_t spur = first; spur < last->count && !f->failed; spur++) {
        uint32_t node = last->steps[spur].from;
        f->round++;
        f->closed.count = 0;
        for (size_t i = 0; i < spur; i++)
            f->shut[last->steps[i].from] = f->round;
        for (size_t p = 0; p < found; p++)
            if (same_root(&paths[p], last->steps, spur) && paths[p].count > spur &&
                !itd_vector_push(&f->closed, paths[p].steps[spur]))
                f->failed = true;
        if (!f->failed && search(f, node, to))
            keep(f, last->steps, spur, node, to);
    }
}

static bool take_best(itd_path *out, size_t *spur, finding *f)
{
    if (f->candidates.count == 0)
        return false;
    size_t best = 0;
    for (size_t i = 1; i < f->candidates.count; i++)
        if (by_steps(&f->candidates.items[i], &f->candidates.items[best]) < 0)
            best = i;
    const candidate *c = &f->candidates.items[best];
    *out = (itd_path){c->steps, c->count, c->length};
    *spur = c->spur;
    f->candidates.items[best] = f->candidates.items[--f->candidates.count];
    return true;
}

static size_t find(finding *f, itd_path *out, uint32_t from, uint32_t to, size_t k)
{
    size_t found = 0, spur = 0;
    f->round = 1;
    if (search(f, from, to))
        keep(f, NULL, 0, from, to);
    while (found < k && !f->failed && take_best(&out[found], &spur, f)) {
        found++;
        if (found < k)
            branch(f, out, found, spur, to);
    }
    return found;
}

itd_status itd_graph_k_paths(itd_path *out, size_t *found, bool *truncated, const itd_path_graph *g, uint32_t from,
                             uint32_t to, size_t k, itd_arena *arena, itd_error *error)
{
    assert(out && found && truncated && from < g->forth.node_count && to < g->forth.node_count);
    if (k == 0 || k > ITD_PATHS_MAX)
        return itd_fail(error, ITD_EINVAL, "1 to %d paths can be asked for (ITD_PATHS_MAX)", ITD_PATHS_MAX);
    if (from == to)
        return itd_fail(error, ITD_EINVAL, "both ends of a path are the same");
    size_t nodes = g->forth.node_count;
    finding f = {.g = g,
                 .arena = arena,
                 .labels = itd_calloc(nodes, sizeof *f.labels),
                 .shut = itd_calloc(nodes, sizeof *f.shut)};
    f.failed = !f.labels || !f.shut;
    size_t count = f.failed ? 0 : find(&f, out, from, to, k);
    itd_free(f.labels);
    itd_free(f.shut);
    itd_vector_finish(&f.heap);
    itd_vector_finish(&f.closed);
    itd_vector_finish(&f.candidates);
    if (f.failed)
        return itd_fail_memory(error);
    *found = count;
    *truncated = f.truncated;
    return ITD_OK;
}
