#include "base/memory.h"
#include "graph/links.h"

typedef struct walk {
    const itd_csr *g;
    itd_cutpoint *out;
    uint32_t *seen_at; /* from 1; 0: not seen */
    uint32_t *low;     /* the earliest that a node or one below it is linked to */
    uint32_t *above;   /* on the way down to it */
    uint32_t *next;    /* arc that comes next */
    uint32_t *below;   /* nodes at and below it */
    uint32_t seen;
} walk;

static void enter(walk *w, uint32_t node, uint32_t above)
{
    w->seen_at[node] = w->low[node] = ++w->seen;
    w->above[node] = above;
    w->next[node] = w->g->first[node];
    w->below[node] = 1;
}

static void add_part(itd_cutpoint *out, uint32_t size)
{
    out->parts++;
    out->others += size; /* so far: of the parts below */
    if (size > out->largest)
        out->largest = size;
}

/* All below `node` has been seen: what it hangs on comes next. A part that reaches nothing earlier than the node above
 * hangs on that one alone. */
static uint32_t leave(walk *w, uint32_t node, uint32_t root)
{
    uint32_t above = w->above[node];
    if (node == root)
        return UINT32_MAX;
    w->below[above] += w->below[node];
    if (w->low[node] < w->low[above])
        w->low[above] = w->low[node];
    if (w->low[node] >= w->seen_at[above])
        add_part(&w->out[above], w->below[node]);
    return above;
}

static void walk_from(walk *w, uint32_t root)
{
    uint32_t node = root;
    enter(w, root, UINT32_MAX);
    while (node != UINT32_MAX) {
        if (w->next[node] == w->g->first[node + 1]) {
            node = leave(w, node, root);
            continue;
        }
        uint32_t other = itd_csr_head(w->g, w->next[node]++);
        if (w->seen_at[other] == 0) {
            enter(w, other, node);
            node = other;
        } else if (other != w->above[node] && w->seen_at[other] < w->low[node]) {
            w->low[node] = w->seen_at[other];
        }
    }
}

itd_status itd_graph_cutpoints(itd_cutpoint *out, const itd_csr *g, itd_error *error)
{
    size_t n = (size_t)g->node_count + 1;
    uint32_t *block = itd_calloc(n, 5 * sizeof *block), count = 0;
    uint32_t *component = itd_calloc(n, sizeof *component), *size = itd_calloc(n, sizeof *size);
    itd_status status =
        block && component && size ? itd_graph_components(component, size, &count, g, error) : itd_fail_memory(error);
    if (status == ITD_OK) {
        walk w = {g, out, block, block + n, block + 2 * n, block + 3 * n, block + 4 * n, 0};
        for (uint32_t v = 0; v < g->node_count; v++)
            out[v] = (itd_cutpoint){0};
        for (uint32_t v = 0; v < g->node_count; v++)
            if (w.seen_at[v] == 0)
                walk_from(&w, v);
        for (uint32_t v = 0; v < g->node_count; v++) {
            uint32_t others = size[component[v]] - 1, rest = others - out[v].others;
            if (rest > 0)
                add_part(&out[v], rest);
            out[v].others = others;
        }
    }
    itd_free(block);
    itd_free(component);
    itd_free(size);
    return status;
}
