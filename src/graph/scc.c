#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "graph/csr.h"

typedef struct walk {
    const itd_csr *g;
    uint32_t *rank;  /* 0: not seen; else when it was seen, lowered to the earliest that it reaches on the stack */
    uint32_t *next;  /* arc that comes next */
    uint32_t *stack; /* of nodes without a component, from the bottom; of the path, from the top */
    uint32_t stack_size, path_size, seen;
    uint32_t *component, *order;
    uint32_t component_count, ordered;
} walk;

static void open_node(walk *w, uint32_t node)
{
    w->rank[node] = ++w->seen;
    w->next[node] = w->g->first[node];
    w->path_size++;
    w->stack[w->g->node_count - w->path_size] = node;
}

/* Every node of the stack that was seen after `node` is of its component. */
static void close_component(walk *w, uint32_t node, uint32_t seen_at)
{
    uint32_t number = w->component_count++;
    for (;;) {
        uint32_t member = node;
        if (w->stack_size > 0 && w->rank[w->stack[w->stack_size - 1]] >= seen_at)
            member = w->stack[--w->stack_size];
        w->component[member] = number;
        w->rank[member] = UINT32_MAX;
        if (w->order)
            w->order[w->ordered] = member;
        w->ordered++;
        if (member == node)
            break;
    }
}

/* The node at the end of the path: goes on to a node that was not seen, or takes the node off. A node keeps when it was
 * seen itself in `component` until it has one. */
static void step(walk *w)
{
    uint32_t node = w->stack[w->g->node_count - w->path_size];
    while (w->next[node] < w->g->first[node + 1]) {
        uint32_t other = itd_csr_head(w->g, w->next[node]);
        if (w->rank[other] == 0) {
            open_node(w, other);
            w->component[other] = w->seen;
            return;
        }
        if (w->rank[other] < w->rank[node])
            w->rank[node] = w->rank[other];
        w->next[node]++;
    }
    w->path_size--;
    uint32_t seen_at = w->component[node];
    if (w->rank[node] == seen_at)
        close_component(w, node, seen_at);
    else
        w->stack[w->stack_size++] = node;
    if (w->path_size > 0) {
        uint32_t above = w->stack[w->g->node_count - w->path_size];
        if (w->rank[node] < w->rank[above])
            w->rank[above] = w->rank[node];
        w->next[above]++;
    }
}

itd_status itd_graph_scc(uint32_t *component, uint32_t *order, uint32_t *count, const itd_csr *g, itd_error *error)
{
    assert(component && count && g);
    size_t nodes = g->node_count;
    walk w = {.g = g,
              .rank = itd_calloc(nodes + 1, sizeof *w.rank),
              .next = itd_realloc_array(NULL, nodes + 1, sizeof *w.next),
              .stack = itd_realloc_array(NULL, nodes + 1, sizeof *w.stack),
              .component = component,
              .order = order};
    bool good = w.rank && w.next && w.stack;
    for (uint32_t node = 0; good && node < g->node_count; node++) {
        if (w.rank[node] != 0)
            continue;
        open_node(&w, node);
        component[node] = w.seen;
        while (w.path_size > 0)
            step(&w);
    }
    itd_free(w.rank);
    itd_free(w.next);
    itd_free(w.stack);
    if (!good)
        return itd_fail_memory(error);
    *count = w.component_count;
    return ITD_OK;
}
