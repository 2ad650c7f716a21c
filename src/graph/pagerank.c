#include <math.h>

#include "base/memory.h"
#include "graph/central.h"

/* Nodes that are worked on together: sums of a piece do not depend on the threads. */
#define GRAIN 4096

typedef struct ranking {
    const itd_csr *in;
    const uint32_t *out_count;
    double *now, *next;
    double *change; /* by piece */
    double base;    /* what every node gets */
} ranking;

static itd_status one_round(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    ranking *r = context;
    double change = 0;
    (void)worker;
    (void)error;
    for (size_t v = begin; v < end; v++) {
        double sum = 0;
        for (uint32_t arc = r->in->first[v]; arc < r->in->first[v + 1]; arc++) {
            uint32_t tail = itd_csr_head(r->in, arc);
            sum += r->now[tail] / r->out_count[tail];
        }
        r->next[v] = r->base + ITD_PAGERANK_DAMPING * sum;
        change += fabs(r->next[v] - r->now[v]);
    }
    r->change[begin / GRAIN] = change;
    return ITD_OK;
}

static itd_status rank(ranking *r, itd_pagerank *how, itd_pool *pool, itd_error *error)
{
    size_t nodes = r->in->node_count;
    *how = (itd_pagerank){0};
    for (size_t v = 0; v < nodes; v++)
        r->now[v] = 1.0 / (double)nodes;
    do {
        double lost = 0, change = 0, *swap;
        for (size_t v = 0; v < nodes; v++)
            lost += r->out_count[v] == 0 ? r->now[v] : 0;
        r->base = (1 - ITD_PAGERANK_DAMPING + ITD_PAGERANK_DAMPING * lost) / (double)nodes;
        ITD_TRY(itd_pool_for(pool, nodes, GRAIN, one_round, r, error));
        for (size_t piece = 0; piece * GRAIN < nodes; piece++)
            change += r->change[piece];
        swap = r->now;
        r->now = r->next;
        r->next = swap;
        how->rounds++;
        how->error = change * ITD_PAGERANK_DAMPING / (1 - ITD_PAGERANK_DAMPING);
    } while (nodes > 0 && how->error > ITD_PAGERANK_CHANGE && how->rounds < ITD_PAGERANK_ROUNDS_MAX);
    return ITD_OK;
}

itd_status itd_graph_pagerank(double *value, itd_pagerank *how, const itd_csr *in, const uint32_t *out_count,
                              itd_pool *pool, itd_error *error)
{
    size_t nodes = in->node_count;
    double *a = itd_calloc(nodes + 1, sizeof *a), *b = itd_calloc(nodes + 1, sizeof *b);
    ranking r = {in, out_count, a, b, itd_calloc(nodes / GRAIN + 1, sizeof *r.change), 0};
    itd_status status = a && b && r.change ? rank(&r, how, pool, error) : itd_fail_memory(error);
    for (size_t v = 0; status == ITD_OK && v < nodes; v++)
        value[v] = r.now[v];
    itd_free(a);
    itd_free(b);
    itd_free(r.change);
    return status;
}
