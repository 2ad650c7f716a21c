/* Small undirected graphs, drawn or written down, with their matrix beside them. */
#ifndef TESTS_SUPPORT_LINKS_H
#define TESTS_SUPPORT_LINKS_H

#include <stdlib.h>

#include "graph/links.h"
#include "support/cm.h"
#include "support/random.h"

#define SMALL_NODES_MAX 12

typedef struct small_links {
    itd_links links;
    uint32_t count;
    bool linked[SMALL_NODES_MAX][SMALL_NODES_MAX];
} small_links;

static inline void small_links_make(small_links *out, uint32_t nodes, const itd_link *pairs, size_t count)
{
    itd_error error = {0};
    *out = (small_links){.count = nodes};
    for (size_t i = 0; i < count; i++)
        if (pairs[i].a != pairs[i].b)
            out->linked[pairs[i].a][pairs[i].b] = out->linked[pairs[i].b][pairs[i].a] = true;
    assert_int_equal(itd_links_init(&out->links, nodes, pairs, count, &error), ITD_OK);
}

/** Loops and doubles among the pairs. */
static inline void small_links_draw(small_links *out, uint64_t *seed, uint32_t nodes_max)
{
    itd_link pairs[40];
    uint32_t nodes = 2 + (uint32_t)random_below(seed, nodes_max - 1);
    size_t count = random_below(seed, 40);
    for (size_t i = 0; i < count; i++)
        pairs[i] = (itd_link){(uint32_t)random_below(seed, nodes), (uint32_t)random_below(seed, nodes)};
    small_links_make(out, nodes, pairs, count);
}

/** Number of nodes that `from` reaches without those of `lost`, itself among them. */
static inline uint32_t small_links_reach(bool *reached, const small_links *s, uint32_t from, uint32_t lost)
{
    uint32_t count = 1;
    for (uint32_t v = 0; v < s->count; v++)
        reached[v] = v == from;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t v = 0; v < s->count; v++)
            for (uint32_t w = 0; w < s->count; w++)
                if (reached[v] && s->linked[v][w] && !reached[w] && !(lost >> w & 1)) {
                    reached[w] = more = true;
                    count++;
                }
    }
    return count;
}

#endif
