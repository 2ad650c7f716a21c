/* `brokers`: the fewest entities whose loss parts two groups. */
#include <assert.h>

#include "base/memory.h"
#include "engine/network.h"
#include "graph/separate.h"
#include "own/listed.h"

typedef struct brokering {
    itd_network *n;
    const itd_register *r;
    uint8_t *role; /* by entity */
    itd_separation found;
} brokering;

/* ---- the groups ---- */

typedef struct joining {
    brokering *b;
    uint8_t role;
} joining;

static itd_status join_group(void *context, itd_sv id, itd_sv category, itd_error *error)
{
    const joining *j = context;
    uint32_t entity = 0;
    (void)category;
    ITD_TRY(itd_ways_entity(&entity, j->b->r, id, error));
    if (j->b->role[entity] != ITD_SEPARATE_OTHER && j->b->role[entity] != j->role)
        return itd_fail(error, ITD_EINVAL, "in both groups: %.*s", ITD_SV_ARG(id));
    j->b->role[entity] = j->role;
    return ITD_OK;
}

static itd_status join_file(joining *j, const char *path, itd_error *error)
{
    itd_listed_reading reading = {.party = join_group, .context = j};
    itd_input *input = NULL;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_listed_read(&reading, input, error);
    itd_input_close(input);
    return status;
}

static itd_status take_group(brokering *b, uint8_t role, const char *const *ids, size_t count, const char *file,
                             itd_error *error)
{
    joining j = {b, role};
    bool any = false;
    for (size_t i = 0; i < count; i++)
        ITD_TRY(join_group(&j, itd_sv_of(ids[i]), ITD_SV_NONE, error));
    if (file)
        ITD_TRY(join_file(&j, file, error));
    for (uint32_t v = 0; v < b->r->entity_count && !any; v++)
        any = b->role[v] == role;
    return any ? ITD_OK : itd_fail(error, ITD_EINVAL, "one of the two groups is empty");
}

/* ---- the answer ---- */

static itd_status take_ids(const itd_sv **out, size_t *count, const brokering *b, uint8_t role, itd_error *error)
{
    size_t members = 0;
    for (uint32_t v = 0; v < b->r->entity_count; v++)
        members += b->role[v] == role;
    itd_sv *ids = itd_arena_alloc_array(&b->n->arena, members, sizeof *ids);
    if (!ids)
        return itd_fail_memory(error);
    members = 0;
    for (uint32_t v = 0; v < b->r->entity_count; v++)
        if (b->role[v] == role)
            ids[members++] = itd_register_id(b->r, v);
    *out = ids;
    *count = members;
    return ITD_OK;
}

static itd_status take_cut(const itd_broker **out, const brokering *b, const uint32_t *cut, itd_error *error)
{
    itd_broker *brokers = itd_arena_alloc_array(&b->n->arena, b->found.size, sizeof *brokers);
    if (!brokers)
        return itd_fail_memory(error);
    for (uint32_t i = 0; i < b->found.size; i++)
        brokers[i] = (itd_broker){itd_register_id(b->r, cut[i]),
                                  b->n->links.first[cut[i] + 1] - b->n->links.first[cut[i]], b->n->suspected[cut[i]]};
    *out = brokers;
    return ITD_OK;
}

/* The best that is stated of two that are linked, walked from `a` to `b`. */
static bool take_step(itd_graph_step *out, const brokering *b, uint32_t from, uint32_t to)
{
    uint32_t first = itd_ways_between(&b->n->ways, from, to);
    assert(first != UINT32_MAX);
    return itd_ways_step(out, &b->n->ways, first, b->r->owner[first] != from, &b->n->arena);
}

static itd_status take_ways(itd_brokers *out, const brokering *b, itd_error *error)
{
    const itd_separation *s = &b->found;
    itd_graph_path *ways = itd_arena_alloc_array(&b->n->arena, s->size, sizeof *ways);
    if (!ways)
        return itd_fail_memory(error);
    for (uint32_t w = 0; w < s->size; w++) {
        size_t count = s->way_first[w + 1] - s->way_first[w] - 1;
        const uint32_t *nodes = s->way + s->way_first[w];
        itd_graph_step *steps = itd_arena_alloc_array(&b->n->arena, count, sizeof *steps);
        for (size_t i = 0; steps && i < count; i++) {
            if (!take_step(&steps[i], b, nodes[i], nodes[i + 1]))
                return itd_fail_memory(error);
            ways[w].length += itd_ways_length(&b->n->ways, itd_ways_between(&b->n->ways, nodes[i], nodes[i + 1]));
        }
        if (!steps)
            return itd_fail_memory(error);
        ways[w].steps = steps;
        ways[w].count = count;
    }
    out->ways = ways;
    return ITD_OK;
}

static itd_status take_direct(itd_brokers *out, const brokering *b, itd_error *error)
{
    const itd_separation *s = &b->found;
    itd_graph_step *steps = itd_arena_alloc_array(&b->n->arena, s->direct_count, sizeof *steps);
    for (uint32_t i = 0; steps && i < s->direct_count; i++)
        if (!take_step(&steps[i], b, s->direct[i].a, s->direct[i].b))
            return itd_fail_memory(error);
    if (!steps)
        return itd_fail_memory(error);
    out->direct = steps;
    out->direct_count = s->direct_count;
    out->separable = s->direct_count == 0;
    return ITD_OK;
}

/* All links between those who are in a group or on a way: the ways alone would leave members out. */
static itd_status take_among(itd_brokers *out, const brokering *b, itd_error *error)
{
    const itd_links *links = &b->n->links;
    size_t count = 0, room = 0;
    bool *drawn = itd_calloc((size_t)b->r->entity_count + 1, sizeof *drawn), good = drawn != NULL;
    for (uint32_t v = 0; v < b->r->entity_count && good; v++)
        drawn[v] = b->role[v] != ITD_SEPARATE_OTHER;
    for (uint32_t i = 0; good && i < b->found.way_first[b->found.size]; i++)
        drawn[b->found.way[i]] = true;
    for (uint32_t v = 0; v < b->r->entity_count && good; v++)
        for (uint32_t at = links->first[v]; at < links->first[v + 1] && drawn[v]; at++)
            room += links->head[at] > v && drawn[links->head[at]];
    itd_graph_step *steps = good ? itd_arena_alloc_array(&b->n->arena, room, sizeof *steps) : NULL;
    good = steps != NULL;
    for (uint32_t v = 0; v < b->r->entity_count && good; v++)
        for (uint32_t at = links->first[v]; at < links->first[v + 1] && drawn[v] && good; at++)
            if (links->head[at] > v && drawn[links->head[at]])
                good = take_step(&steps[count++], b, v, links->head[at]);
    itd_free(drawn);
    out->among = steps;
    out->among_count = count;
    return good ? ITD_OK : itd_fail_memory(error);
}

/* Who is still linked to whom, and who was and is no longer. */
static itd_status take_remains(itd_brokers *out, const brokering *b, itd_error *error)
{
    uint32_t count = 0, entities = b->r->entity_count;
    bool *reached = itd_calloc((size_t)entities + 1, sizeof *reached);
    if (!reached)
        return itd_fail_memory(error);
    for (uint32_t v = 0; v < entities; v++)
        reached[v] = b->role[v] != ITD_SEPARATE_OTHER;
    itd_status status = itd_graph_reach(reached, &count, &b->n->links.csr, NULL, error);
    for (uint32_t v = 0; v < entities && status == ITD_OK; v++) {
        out->by_from += b->found.side[v] == ITD_SEPARATE_BY_FROM;
        out->by_to += b->found.side[v] == ITD_SEPARATE_BY_TO;
        out->apart += b->found.side[v] == ITD_SEPARATE_APART && reached[v];
    }
    itd_free(reached);
    return status;
}

static itd_status answer(itd_brokers *out, brokering *b, itd_error *error)
{
    const itd_separation *s = &b->found;
    ITD_TRY(itd_graph_separate(&b->found, &b->n->links.csr, b->role, error));
    out->size = s->size;
    out->linked = s->size > 0 || s->direct_count > 0;
    out->unique = memcmp(s->cut, s->other, s->size * sizeof *s->cut) == 0;
    ITD_TRY(take_ids(&out->from, &out->from_count, b, ITD_SEPARATE_FROM, error));
    ITD_TRY(take_ids(&out->to, &out->to_count, b, ITD_SEPARATE_TO, error));
    ITD_TRY(take_cut(&out->cut, b, s->cut, error));
    ITD_TRY(take_cut(&out->other, b, s->other, error));
    ITD_TRY(take_ways(out, b, error));
    ITD_TRY(take_direct(out, b, error));
    ITD_TRY(take_among(out, b, error));
    return take_remains(out, b, error);
}

itd_status itd_network_brokers(itd_brokers *out, itd_network *network, const itd_brokers_question *question,
                               itd_error *error)
{
    assert(out && network && question);
    itd_brokers made = {0};
    brokering b = {.n = network, .r = network->ways.r};
    b.role = itd_calloc((size_t)b.r->entity_count + 1, sizeof *b.role);
    itd_arena_reset(&network->arena);
    itd_status status = b.role ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK)
        status = take_group(&b, ITD_SEPARATE_FROM, question->from, question->from_count, question->from_file, error);
    if (status == ITD_OK)
        status = take_group(&b, ITD_SEPARATE_TO, question->to, question->to_count, question->to_file, error);
    if (status == ITD_OK)
        status = answer(&made, &b, error);
    itd_separation_finish(&b.found);
    itd_free(b.role);
    if (status == ITD_OK)
        *out = made;
    return status;
}
