/* A graph as a network: its links, and who counts as linked. */
#include "engine/network.h"

#include <assert.h>

#include "base/vector.h"
#include "own/pair.h"

/* Every pair that has a statement which counts; of those with a statement that is no suspicion alone, when `sure`. */
static itd_status gather_links(itd_links *out, const itd_ways *w, bool sure, itd_error *error)
{
    const itd_register *r = w->r;
    ITD_VECTOR(itd_link) pairs = {0};
    bool good = true;
    for (uint32_t owned = 0; owned < r->entity_count && good; owned++)
        for (uint32_t s = r->in_first[owned]; s < r->in_first[owned + 1] && good; s++)
            if (r->owner[s] != owned && itd_ways_length(w, s) > 0 && !(sure && itd_own_is_suspicion(r->term[s])))
                good = itd_vector_push(&pairs, ((itd_link){r->owner[s], owned}));
    itd_status status =
        good ? itd_links_init(out, r->entity_count, pairs.items, pairs.count, error) : itd_fail_memory(error);
    itd_vector_finish(&pairs);
    return status;
}

static uint32_t degree(const itd_links *links, uint32_t entity)
{
    return links->first[entity + 1] - links->first[entity];
}

static itd_status count_suspected(itd_network *n, itd_error *error)
{
    itd_links sure = {0};
    n->suspected = itd_calloc((size_t)n->ways.r->entity_count + 1, sizeof *n->suspected);
    itd_status status = n->suspected ? gather_links(&sure, &n->ways, true, error) : itd_fail_memory(error);
    for (uint32_t v = 0; v < n->ways.r->entity_count && status == ITD_OK; v++) {
        n->suspected[v] = degree(&n->links, v) - degree(&sure, v);
        n->info.entities += degree(&n->links, v) > 0;
    }
    n->info.links = n->links.pair_count;
    n->info.suspected = status == ITD_OK ? n->links.pair_count - sure.pair_count : 0;
    itd_links_finish(&sure);
    return status;
}

static itd_status count_components(itd_network *n, itd_error *error)
{
    uint32_t entities = n->ways.r->entity_count, count = 0;
    uint32_t *component = itd_calloc((size_t)entities + 1, sizeof *component);
    uint32_t *size = itd_calloc((size_t)entities + 1, sizeof *size);
    itd_status status = component && size ? itd_graph_components(component, size, &count, &n->links.csr, error)
                                          : itd_fail_memory(error);
    for (uint32_t c = 0; c < count && status == ITD_OK; c++) {
        n->info.components += size[c] > 1;
        n->info.largest = size[c] > 1 && size[c] > n->info.largest ? size[c] : n->info.largest;
    }
    itd_free(component);
    itd_free(size);
    return status;
}

itd_status itd_network_create(itd_network **out, itd_context *context, const itd_graph *graph,
                              const itd_network_options *options, itd_error *error)
{
    assert(out && context && graph && options);
    itd_network *n = itd_calloc(1, sizeof *n);
    if (!n)
        return itd_fail_memory(error);
    n->context = context;
    itd_arena_init(&n->arena, context->options.memory_max);
    itd_status status = itd_ways_init(&n->ways, &graph->r, options->as_of, error);
    n->ways.without_suspicions = options->without_suspicions;
    if (status == ITD_OK)
        status = gather_links(&n->links, &n->ways, false, error);
    if (status == ITD_OK)
        status = count_suspected(n, error);
    if (status == ITD_OK)
        status = count_components(n, error);
    if (status != ITD_OK) {
        itd_network_destroy(n);
        return status;
    }
    *out = n;
    return ITD_OK;
}

void itd_network_destroy(itd_network *network)
{
    if (!network)
        return;
    itd_links_finish(&network->links);
    itd_free(network->suspected);
    itd_arena_finish(&network->arena);
    itd_free(network);
}

itd_network_info itd_network_about(const itd_network *network)
{
    return network->info;
}
