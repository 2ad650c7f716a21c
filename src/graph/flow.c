#include "graph/flow.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"

/* An arc is seen from both of its ends: number << 1, plus 1 from where it leads to. */
typedef struct flowing {
    const itd_flow_network *net;
    uint64_t *flow;            /* by arc */
    uint64_t unbounded;        /* what an arc without a bound can carry: more than is asked for */
    uint32_t *first, *end_arc; /* ends at a node: end_arc[first[v]] … */
    uint32_t *level, *next;    /* by node: distance from the source; which end comes next */
    uint32_t *line;            /* nodes in the order in which they were reached; ends on the way from the source */
    uint64_t value;
} flowing;

static void finish(flowing *f)
{
    itd_free(f->first);
    itd_free(f->end_arc);
    itd_free(f->level);
    itd_free(f->next);
    itd_free(f->line);
}

/* What an arc can still carry, seen from one of its ends. */
static uint64_t room(const flowing *f, uint32_t end)
{
    const itd_flow_arc *arc = &f->net->arcs[end >> 1];
    uint64_t capacity = arc->capacity < f->unbounded ? arc->capacity : f->unbounded;
    return end & 1 ? f->flow[end >> 1] : capacity - f->flow[end >> 1];
}

static uint32_t other_end(const flowing *f, uint32_t end)
{
    const itd_flow_arc *arc = &f->net->arcs[end >> 1];
    return end & 1 ? arc->from : arc->to;
}

static bool set_up(flowing *f)
{
    const itd_flow_network *net = f->net;
    size_t nodes = (size_t)net->node_count + 1;
    f->first = itd_calloc(nodes, sizeof *f->first);
    f->end_arc = itd_calloc(2 * (size_t)net->arc_count + 1, sizeof *f->end_arc);
    f->level = itd_calloc(nodes, sizeof *f->level);
    f->next = itd_calloc(nodes, sizeof *f->next);
    f->line = itd_calloc(nodes, sizeof *f->line);
    if (!f->first || !f->end_arc || !f->level || !f->next || !f->line)
        return false;
    for (uint32_t a = 0; a < net->arc_count; a++) {
        assert(net->arcs[a].from < net->node_count && net->arcs[a].to < net->node_count);
        f->first[net->arcs[a].from + 1]++;
        f->first[net->arcs[a].to + 1]++;
    }
    for (size_t v = 1; v < nodes; v++)
        f->first[v] += f->first[v - 1];
    memcpy(f->next, f->first, nodes * sizeof *f->next);
    for (uint32_t a = 0; a < net->arc_count; a++) {
        f->end_arc[f->next[net->arcs[a].from]++] = a << 1;
        f->end_arc[f->next[net->arcs[a].to]++] = a << 1 | 1;
    }
    return true;
}

/* Distances from the source along arcs that have room. Is the sink among them? */
static bool set_levels(flowing *f)
{
    uint32_t count = 0;
    memset(f->level, 0xFF, ((size_t)f->net->node_count + 1) * sizeof *f->level);
    f->level[f->net->source] = 0;
    f->line[count++] = f->net->source;
    for (uint32_t at = 0; at < count; at++) {
        uint32_t node = f->line[at];
        for (uint32_t k = f->first[node]; k < f->first[node + 1]; k++) {
            uint32_t other = other_end(f, f->end_arc[k]);
            if (f->level[other] != UINT32_MAX || room(f, f->end_arc[k]) == 0)
                continue;
            f->level[other] = f->level[node] + 1;
            f->line[count++] = other;
        }
    }
    return f->level[f->net->sink] != UINT32_MAX;
}

/* Sends what the way of `steps` ends can carry, and goes back to before the first that is full. */
static uint32_t send(flowing *f, uint32_t steps)
{
    uint64_t least = UINT64_MAX;
    uint32_t back = steps;
    for (uint32_t i = 0; i < steps; i++)
        least = room(f, f->line[i]) < least ? room(f, f->line[i]) : least;
    for (uint32_t i = steps; i > 0; i--) {
        uint32_t end = f->line[i - 1];
        f->flow[end >> 1] = end & 1 ? f->flow[end >> 1] - least : f->flow[end >> 1] + least;
        if (room(f, end) == 0)
            back = i - 1;
    }
    f->value += least;
    return back;
}

/* Ways from the source, a level a step, until there is no other one. */
static void block_levels(flowing *f, uint64_t value_max)
{
    uint32_t steps = 0, node = f->net->source;
    memcpy(f->next, f->first, ((size_t)f->net->node_count + 1) * sizeof *f->next);
    while (f->value <= value_max) {
        if (node == f->net->sink) {
            steps = send(f, steps);
            node = steps == 0 ? f->net->source : other_end(f, f->line[steps - 1]);
            continue;
        }
        while (f->next[node] < f->first[node + 1]) {
            uint32_t end = f->end_arc[f->next[node]];
            if (room(f, end) > 0 && f->level[other_end(f, end)] == f->level[node] + 1)
                break;
            f->next[node]++;
        }
        if (f->next[node] < f->first[node + 1]) {
            f->line[steps++] = f->end_arc[f->next[node]];
            node = other_end(f, f->line[steps - 1]);
        } else if (steps > 0) { /* nothing leads on from here */
            f->level[node] = UINT32_MAX;
            node = other_end(f, f->line[--steps] ^ 1);
        } else {
            return;
        }
    }
}

/* From which nodes could more go to the sink? */
static void mark_sides(uint8_t *side, flowing *f)
{
    uint32_t count = 0;
    for (uint32_t v = 0; v < f->net->node_count; v++)
        side[v] = f->level[v] != UINT32_MAX ? ITD_FLOW_SOURCE : ITD_FLOW_BETWEEN;
    side[f->net->sink] = ITD_FLOW_SINK;
    f->line[count++] = f->net->sink;
    for (uint32_t at = 0; at < count; at++)
        for (uint32_t k = f->first[f->line[at]]; k < f->first[f->line[at] + 1]; k++) {
            uint32_t other = other_end(f, f->end_arc[k]);
            if (side[other] != ITD_FLOW_BETWEEN || room(f, f->end_arc[k] ^ 1) == 0)
                continue;
            side[other] = ITD_FLOW_SINK;
            f->line[count++] = other;
        }
}

itd_status itd_graph_max_flow(itd_flow *out, const itd_flow_network *network, uint64_t value_max, itd_error *error)
{
    assert(network->source < network->node_count && network->sink < network->node_count);
    assert(network->source != network->sink && value_max <= ITD_FLOW_VALUE_MAX);
    if (network->arc_count > ITD_FLOW_ARCS_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %u arcs (ITD_FLOW_ARCS_MAX)", ITD_FLOW_ARCS_MAX);
    itd_flow made = {.arc = itd_calloc((size_t)network->arc_count + 1, sizeof *made.arc),
                     .side = itd_calloc((size_t)network->node_count + 1, sizeof *made.side)};
    flowing f = {.net = network, .flow = made.arc, .unbounded = value_max + 1};
    itd_status status = ITD_OK;
    if (!made.arc || !made.side || !set_up(&f))
        status = itd_fail_memory(error);
    while (status == ITD_OK && f.value <= value_max && set_levels(&f))
        block_levels(&f, value_max);
    if (status == ITD_OK && f.value > value_max)
        status = itd_fail(error, ITD_ELIMIT, "the flow is larger than %llu", (unsigned long long)value_max);
    if (status == ITD_OK)
        mark_sides(made.side, &f);
    finish(&f);
    if (status != ITD_OK) {
        itd_flow_finish(&made);
        return status;
    }
    made.value = f.value;
    *out = made;
    return ITD_OK;
}

void itd_flow_finish(itd_flow *flow)
{
    itd_free(flow->arc);
    itd_free(flow->side);
    *flow = (itd_flow){0};
}
