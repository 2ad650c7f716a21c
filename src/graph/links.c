#include "graph/links.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

/* first[k] becomes the number of items whose key is below k. */
static void sums_of(uint32_t *first, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t k = 0; k <= count; k++) {
        uint32_t here = first[k];
        first[k] = sum;
        sum += here;
    }
}

/* Both ways round, by what an arc leads to: the tails of each node, in any order. */
static void scatter_pairs(uint32_t *tail, uint32_t *place, const itd_link *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].a != pairs[i].b) {
            tail[place[pairs[i].b]++] = pairs[i].a;
            tail[place[pairs[i].a]++] = pairs[i].b;
        }
}

/* Turned round once more, so that the heads of each node rise. */
static void turn(uint32_t *head, uint32_t *place, const uint32_t *first, const uint32_t *tail, uint32_t node_count)
{
    for (uint32_t v = 0; v < node_count; v++)
        for (uint32_t at = first[v]; at < first[v + 1]; at++)
            head[place[tail[at]]++] = v;
}

static void drop_doubles(itd_links *links, uint32_t node_count)
{
    uint32_t kept = 0, begin = 0;
    for (uint32_t v = 0; v < node_count; v++) {
        uint32_t end = links->first[v + 1], own = kept;
        links->first[v] = kept;
        for (uint32_t at = begin; at < end; at++)
            if (kept == own || links->head[kept - 1] != links->head[at])
                links->head[kept++] = links->head[at];
        begin = end;
    }
    links->first[node_count] = kept;
    links->pair_count = kept / 2;
}

itd_status itd_links_init(itd_links *out, uint32_t node_count, const itd_link *pairs, size_t count, itd_error *error)
{
    assert(out && (pairs || count == 0));
    if (count > ITD_LINKS_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %zu pairs (ITD_LINKS_MAX)", ITD_LINKS_MAX);
    size_t numbers = (size_t)node_count + 1;
    itd_links made = {.first = itd_calloc(numbers, sizeof *made.first),
                      .head = itd_calloc(2 * count + 1, sizeof *made.head)};
    uint32_t *place = itd_calloc(numbers, sizeof *place), *tail = itd_calloc(2 * count + 1, sizeof *tail);
    bool good = made.first && made.head && place && tail;
    if (good) {
        for (size_t i = 0; i < count; i++) {
            assert(pairs[i].a < node_count && pairs[i].b < node_count);
            made.first[pairs[i].a] += pairs[i].a != pairs[i].b;
            made.first[pairs[i].b] += pairs[i].a != pairs[i].b;
        }
        sums_of(made.first, node_count);
        memcpy(place, made.first, numbers * sizeof *place);
        scatter_pairs(tail, place, pairs, count);
        memcpy(place, made.first, numbers * sizeof *place);
        turn(made.head, place, made.first, tail, node_count);
        drop_doubles(&made, node_count);
        made.csr = (itd_csr){node_count, made.first, made.head, 1};
    }
    itd_free(place);
    itd_free(tail);
    if (!good) {
        itd_links_finish(&made);
        return itd_fail_memory(error);
    }
    *out = made;
    return ITD_OK;
}

void itd_links_finish(itd_links *links)
{
    itd_free(links->first);
    itd_free(links->head);
    *links = (itd_links){0};
}

itd_status itd_graph_reach(bool *reached, uint32_t *count, const itd_csr *g, const bool *barred, itd_error *error)
{
    uint32_t *queue = itd_malloc(((size_t)g->node_count + 1) * sizeof *queue), size = 0;
    if (!queue)
        return itd_fail_memory(error);
    for (uint32_t v = 0; v < g->node_count; v++)
        if (reached[v])
            queue[size++] = v;
    for (uint32_t at = 0; at < size; at++)
        for (uint32_t arc = g->first[queue[at]]; arc < g->first[queue[at] + 1]; arc++) {
            uint32_t other = itd_csr_head(g, arc);
            if (reached[other] || (barred && barred[other]))
                continue;
            reached[other] = true;
            queue[size++] = other;
        }
    itd_free(queue);
    *count = size;
    return ITD_OK;
}

itd_status itd_graph_components(uint32_t *component, uint32_t *size, uint32_t *count, const itd_csr *g,
                                itd_error *error)
{
    uint32_t *queue = itd_malloc(((size_t)g->node_count + 1) * sizeof *queue), found = 0;
    if (!queue)
        return itd_fail_memory(error);
    memset(component, 0xFF, g->node_count * sizeof *component);
    for (uint32_t v = 0; v < g->node_count; v++) {
        uint32_t end = 0;
        if (component[v] != UINT32_MAX)
            continue;
        component[v] = found;
        queue[end++] = v;
        for (uint32_t at = 0; at < end; at++)
            for (uint32_t arc = g->first[queue[at]]; arc < g->first[queue[at] + 1]; arc++) {
                uint32_t other = itd_csr_head(g, arc);
                if (component[other] != UINT32_MAX)
                    continue;
                component[other] = found;
                queue[end++] = other;
            }
        size[found++] = end;
    }
    itd_free(queue);
    *count = found;
    return ITD_OK;
}
