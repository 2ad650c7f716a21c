#include "graph/separate.h"

#include <assert.h>

#include "base/vector.h"
#include "graph/flow.h"

/* Node v is entered at 2 v and left at 2 v + 1; source and sink come after all of them. */
typedef struct splitting {
    const itd_csr *g;
    const uint8_t *role;
    ITD_VECTOR(itd_flow_arc) arcs;
    ITD_VECTOR(itd_link) direct;
    uint32_t *onward; /* by node: where its unit of flow goes */
    ITD_VECTOR(uint32_t) way_first, way;
} splitting;

static void finish(splitting *s)
{
    itd_vector_finish(&s->arcs);
    itd_vector_finish(&s->direct);
    itd_vector_finish(&s->way_first);
    itd_vector_finish(&s->way);
    itd_free(s->onward);
}

/* Nothing goes back into `from` or on from `to`. */
static bool add_links(splitting *s, uint32_t v)
{
    bool good = true;
    for (uint32_t arc = s->g->first[v]; arc < s->g->first[v + 1] && good; arc++) {
        uint32_t other = itd_csr_head(s->g, arc);
        if (s->role[v] == ITD_SEPARATE_FROM && s->role[other] == ITD_SEPARATE_TO)
            good = itd_vector_push(&s->direct, ((itd_link){v, other}));
        else if (s->role[v] != ITD_SEPARATE_TO && s->role[other] != ITD_SEPARATE_FROM)
            good = itd_vector_push(&s->arcs, ((itd_flow_arc){2 * v + 1, 2 * other, ITD_FLOW_UNBOUNDED}));
    }
    return good;
}

static bool split(splitting *s)
{
    uint32_t n = s->g->node_count, source = 2 * n, sink = 2 * n + 1;
    bool good = true;
    for (uint32_t v = 0; v < n && good; v++) {
        if (s->role[v] == ITD_SEPARATE_FROM)
            good = itd_vector_push(&s->arcs, ((itd_flow_arc){source, 2 * v + 1, ITD_FLOW_UNBOUNDED}));
        else if (s->role[v] == ITD_SEPARATE_TO)
            good = itd_vector_push(&s->arcs, ((itd_flow_arc){2 * v, sink, ITD_FLOW_UNBOUNDED}));
        else
            good = itd_vector_push(&s->arcs, ((itd_flow_arc){2 * v, 2 * v + 1, 1}));
    }
    for (uint32_t v = 0; v < n && good; v++)
        good = add_links(s, v);
    return good;
}

/* The nodes whose own arc leaves the source's side, and those whose arc enters the sink's. */
static bool take_cuts(itd_separation *out, const splitting *s, const itd_flow *flow)
{
    uint32_t near = 0, far = 0;
    out->size = (uint32_t)flow->value;
    out->cut = itd_calloc((size_t)out->size + 1, sizeof *out->cut);
    out->other = itd_calloc((size_t)out->size + 1, sizeof *out->other);
    if (!out->cut || !out->other)
        return false;
    for (uint32_t v = 0; v < s->g->node_count; v++) {
        uint8_t entered = flow->side[(size_t)v * 2], left = flow->side[(size_t)v * 2 + 1];
        if (s->role[v] != ITD_SEPARATE_OTHER)
            continue;
        if (entered == ITD_FLOW_SOURCE && left != ITD_FLOW_SOURCE)
            out->cut[near++] = v;
        if (entered != ITD_FLOW_SINK && left == ITD_FLOW_SINK)
            out->other[far++] = v;
    }
    assert(near == out->size && far == out->size);
    return true;
}

static bool follow(splitting *s, uint32_t from, uint32_t next)
{
    bool good = itd_vector_push(&s->way_first, (uint32_t)s->way.count) && itd_vector_push(&s->way, from);
    while (good && s->role[next] != ITD_SEPARATE_TO) {
        good = itd_vector_push(&s->way, next);
        next = s->onward[next];
    }
    return good && itd_vector_push(&s->way, next);
}

/* A node between passes one unit at most, so that where it goes is one number. */
static bool take_ways(itd_separation *out, splitting *s, const itd_flow *flow)
{
    uint32_t n = s->g->node_count;
    bool good = true;
    s->onward = itd_calloc((size_t)n + 1, sizeof *s->onward);
    if (!s->onward)
        return false;
    for (size_t a = 0; a < s->arcs.count; a++) {
        const itd_flow_arc *arc = &s->arcs.items[a];
        if (flow->arc[a] > 0 && arc->from < 2 * n && arc->to < 2 * n && arc->from / 2 != arc->to / 2)
            s->onward[arc->from / 2] = arc->to / 2;
    }
    for (size_t a = 0; a < s->arcs.count && good; a++) {
        const itd_flow_arc *arc = &s->arcs.items[a];
        if (flow->arc[a] > 0 && arc->from < 2 * n && arc->to < 2 * n && s->role[arc->from / 2] == ITD_SEPARATE_FROM)
            good = follow(s, arc->from / 2, arc->to / 2);
    }
    if (!good || !itd_vector_push(&s->way_first, (uint32_t)s->way.count) || !itd_vector_reserve(&s->way, 1))
        return false;
    assert(s->way_first.count == (size_t)out->size + 1);
    out->way_first = s->way_first.items;
    out->way = s->way.items;
    s->way_first.items = s->way.items = NULL;
    return true;
}

/* What either group still reaches without the cut; direct links are not walked. */
static itd_status take_side(itd_separation *out, const splitting *s, uint8_t role, uint8_t side, itd_error *error)
{
    uint32_t n = s->g->node_count, count = 0;
    bool *reached = itd_calloc((size_t)n + 1, sizeof *reached), *barred = itd_calloc((size_t)n + 1, sizeof *barred);
    itd_status status = reached && barred ? ITD_OK : itd_fail_memory(error);
    for (uint32_t v = 0; v < n && status == ITD_OK; v++) {
        reached[v] = s->role[v] == role;
        barred[v] = s->role[v] != role && s->role[v] != ITD_SEPARATE_OTHER;
    }
    for (uint32_t i = 0; i < out->size && status == ITD_OK; i++)
        barred[out->cut[i]] = true;
    if (status == ITD_OK)
        status = itd_graph_reach(reached, &count, s->g, barred, error);
    for (uint32_t v = 0; v < n && status == ITD_OK; v++)
        if (reached[v])
            out->side[v] = side;
    itd_free(reached);
    itd_free(barred);
    return status;
}

static itd_status take(itd_separation *out, splitting *s, const itd_flow *flow, itd_error *error)
{
    out->side = itd_calloc((size_t)s->g->node_count + 1, sizeof *out->side);
    if (!out->side || !take_cuts(out, s, flow) || !take_ways(out, s, flow) || !itd_vector_reserve(&s->direct, 1))
        return itd_fail_memory(error);
    ITD_TRY(take_side(out, s, ITD_SEPARATE_FROM, ITD_SEPARATE_BY_FROM, error));
    ITD_TRY(take_side(out, s, ITD_SEPARATE_TO, ITD_SEPARATE_BY_TO, error));
    for (uint32_t i = 0; i < out->size; i++)
        out->side[out->cut[i]] = ITD_SEPARATE_CUT;
    out->direct = s->direct.items;
    out->direct_count = (uint32_t)s->direct.count;
    s->direct.items = NULL;
    return ITD_OK;
}

itd_status itd_graph_separate(itd_separation *out, const itd_csr *g, const uint8_t *role, itd_error *error)
{
    splitting s = {.g = g, .role = role};
    itd_separation made = {0};
    itd_flow flow = {0};
    itd_status status;
    if (g->node_count > UINT32_MAX / 2 - 2 || g->first[g->node_count] > ITD_FLOW_ARCS_MAX - g->node_count)
        return itd_fail(error, ITD_ELIMIT, "too many links for a network (ITD_FLOW_ARCS_MAX)");
    status = split(&s) ? ITD_OK : itd_fail_memory(error);
    const itd_flow_network net = {2 * g->node_count + 2, (uint32_t)s.arcs.count, s.arcs.items, 2 * g->node_count,
                                  2 * g->node_count + 1};
    if (status == ITD_OK)
        status = itd_graph_max_flow(&flow, &net, ITD_SEPARATE_MAX, error);
    if (status == ITD_ELIMIT)
        status = itd_fail(error, ITD_ELIMIT, "more than %d would have to be lost (ITD_SEPARATE_MAX)", ITD_SEPARATE_MAX);
    if (status == ITD_OK)
        status = take(&made, &s, &flow, error);
    itd_flow_finish(&flow);
    finish(&s);
    if (status != ITD_OK) {
        itd_separation_finish(&made);
        return status;
    }
    *out = made;
    return ITD_OK;
}

void itd_separation_finish(itd_separation *separation)
{
    itd_free(separation->cut);
    itd_free(separation->other);
    itd_free(separation->way_first);
    itd_free(separation->way);
    itd_free(separation->direct);
    itd_free(separation->side);
    *separation = (itd_separation){0};
}
