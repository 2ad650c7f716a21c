/* Measures of a network: rows of entities or of groups, the most telling first. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/network.h"
#include "graph/central.h"
#include "graph/communities.h"
#include "own/pair.h"

const char *itd_network_measure_name(unsigned measure)
{
    static const char *const names[] = {"betweenness", "pagerank", "communities", "articulation"};
    return measure < ITD_NETWORK_MEASURES ? names[measure] : NULL;
}

/* A row in the making: an entity, or a group by its first member. */
typedef struct ranked {
    uint64_t value; /* the larger, the earlier */
    uint32_t entity, number;
} ranked;

typedef struct asking {
    itd_network *n;
    const itd_network_question *question;
    itd_network_answer answer;
    ranked *rows;
    size_t count;
    itd_status (*on_row)(void *user, const itd_network_row *row);
    void *user;
} asking;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

static size_t rank_rows(asking *a)
{
    qsort(a->rows, a->count, sizeof *a->rows, by_value);
    a->answer.found = a->count;
    return a->question->limit && a->question->limit < a->count ? a->question->limit : a->count;
}

static uint32_t degree(const asking *a, uint32_t entity)
{
    return a->n->links.first[entity + 1] - a->n->links.first[entity];
}

static itd_status give(const asking *a, itd_network_row *row, itd_error *error)
{
    row->answer = &a->answer;
    itd_status status = a->on_row(a->user, row);
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the rows");
}

static itd_network_row row_of(const asking *a, size_t at)
{
    uint32_t entity = a->rows[at].entity;
    return (itd_network_row){.rank = at + 1,
                             .entity = itd_register_id(a->n->ways.r, entity),
                             .links = degree(a, entity),
                             .suspected = a->n->suspected[entity]};
}

/* ---- what goes through an entity, what comes to it ---- */

static bool goes_back(itd_stake_kind kind)
{
    return kind == ITD_STAKE_LINK || kind == ITD_STAKE_JOINT;
}

/* Arcs of a walk from what is held to its holders, from where they lead to; `out_count` of where they begin. A pair
 * counts once each way, and no entity leads to itself. */
static itd_status gather_arcs(itd_links *arcs, uint32_t *out_count, const itd_network *n, itd_error *error)
{
    const itd_register *r = n->ways.r;
    size_t numbers = (size_t)r->entity_count + 1;
    *arcs = (itd_links){.first = itd_calloc(numbers, sizeof *arcs->first),
                        .head = itd_calloc(n->links.first[r->entity_count] + 1, sizeof *arcs->head)};
    uint32_t *seen = itd_calloc(numbers, sizeof *seen), count = 0; /* by tail: one more than the holder that has it */
    bool good = arcs->first && arcs->head && seen;
    for (uint32_t v = 0; v < r->entity_count && good; v++) {
        uint32_t begin = count;
        for (uint32_t k = r->out_first[v]; k < r->out_first[v + 1]; k++) { /* what v holds leads to it */
            uint32_t tail = r->out[k].owned;
            if (tail == v || seen[tail] == v + 1 || itd_ways_length(&n->ways, r->out[k].stake) == 0)
                continue;
            seen[tail] = v + 1;
            arcs->head[count++] = tail;
        }
        for (uint32_t s = r->in_first[v]; s < r->in_first[v + 1]; s++) { /* and so does who is linked to it */
            uint32_t tail = r->owner[s];
            if (tail == v || seen[tail] == v + 1 || !goes_back(itd_term_kind(r->term[s])) ||
                itd_ways_length(&n->ways, s) == 0)
                continue;
            seen[tail] = v + 1;
            arcs->head[count++] = tail;
        }
        arcs->first[v + 1] = count;
        for (uint32_t at = begin; at < count; at++)
            out_count[arcs->head[at]]++;
    }
    itd_free(seen);
    arcs->csr = (itd_csr){r->entity_count, arcs->first, arcs->head, 1};
    return good ? ITD_OK : itd_fail_memory(error);
}

/* Those alone that have a link: to a measure, the others are not there. */
typedef struct linked {
    uint32_t *entity; /* by local number, rising */
    uint32_t *local;  /* by entity; UINT32_MAX: no link */
    uint32_t count;
} linked;

static void linked_finish(linked *l)
{
    itd_free(l->entity);
    itd_free(l->local);
}

static bool linked_init(linked *l, const asking *a)
{
    uint32_t entities = a->n->ways.r->entity_count;
    *l = (linked){itd_calloc((size_t)entities + 1, sizeof *l->entity),
                  itd_calloc((size_t)entities + 1, sizeof *l->local), 0};
    if (!l->entity || !l->local)
        return false;
    for (uint32_t v = 0; v < entities; v++) {
        l->local[v] = degree(a, v) > 0 ? l->count : UINT32_MAX;
        if (degree(a, v) > 0)
            l->entity[l->count++] = v;
    }
    return true;
}

/* The same arcs by local numbers. */
static bool shrink(itd_links *out, const itd_csr *g, const linked *l)
{
    uint32_t arcs = 0;
    *out = (itd_links){.first = itd_calloc((size_t)l->count + 1, sizeof *out->first),
                       .head = itd_calloc((size_t)g->first[g->node_count] + 1, sizeof *out->head)};
    if (!out->first || !out->head)
        return false;
    for (uint32_t v = 0; v < l->count; v++) {
        for (uint32_t arc = g->first[l->entity[v]]; arc < g->first[l->entity[v] + 1]; arc++)
            out->head[arcs++] = l->local[itd_csr_head(g, arc)];
        out->first[v + 1] = arcs;
    }
    out->csr = (itd_csr){l->count, out->first, out->head, 1};
    return true;
}

static itd_status walk(double *value, const asking *a, const linked *l, itd_error *error)
{
    itd_links arcs = {0}, small = {0};
    itd_pagerank how;
    uint32_t *out_count = itd_calloc((size_t)a->n->ways.r->entity_count + 1, sizeof *out_count);
    itd_status status = out_count ? gather_arcs(&arcs, out_count, a->n, error) : itd_fail_memory(error);
    if (status == ITD_OK && !shrink(&small, &arcs.csr, l))
        status = itd_fail_memory(error);
    for (uint32_t v = 0; v < l->count && status == ITD_OK; v++)
        out_count[v] = out_count[l->entity[v]]; /* local numbers are never above */
    if (status == ITD_OK)
        status = itd_graph_pagerank(value, &how, &small.csr, out_count, a->n->context->pool, error);
    itd_links_finish(&arcs);
    itd_links_finish(&small);
    itd_free(out_count);
    return status;
}

static itd_status stand_between(double *value, asking *a, const linked *l, itd_error *error)
{
    itd_links small = {0};
    itd_betweenness how = {0};
    itd_status status = shrink(&small, &a->n->links.csr, l) ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK)
        status = itd_graph_betweenness(value, &how, &small.csr, a->question->searches, a->n->context->pool, error);
    itd_links_finish(&small);
    a->answer.searches = how.searches;
    a->answer.exact = how.error == 0;
    a->answer.error_micro = (uint32_t)ceil(how.error * 1e6);
    return status;
}

static itd_status ask_values(asking *a, itd_error *error)
{
    linked l;
    double *value = NULL;
    itd_status status = linked_init(&l, a) ? ITD_OK : itd_fail_memory(error);
    a->answer.exact = true;
    if (status == ITD_OK) {
        value = itd_calloc((size_t)l.count + 1, sizeof *value);
        status = !value                                         ? itd_fail_memory(error)
                 : a->question->measure == ITD_NETWORK_PAGERANK ? walk(value, a, &l, error)
                                                                : stand_between(value, a, &l, error);
    }
    for (uint32_t v = 0; status == ITD_OK && v < l.count; v++)
        a->rows[a->count++] = (ranked){(uint64_t)(value[v] * 1e6 + 0.5), l.entity[v], 0};
    itd_free(value);
    linked_finish(&l);
    for (size_t i = 0, shown = status == ITD_OK ? rank_rows(a) : 0; i < shown && status == ITD_OK; i++) {
        itd_network_row row = row_of(a, i);
        row.value_micro = (uint32_t)a->rows[i].value;
        status = give(a, &row, error);
    }
    return status;
}

/* ---- whose loss parts the network ---- */

static itd_status ask_articulation(asking *a, itd_error *error)
{
    uint32_t entities = a->n->ways.r->entity_count;
    itd_cutpoint *points = itd_calloc((size_t)entities + 1, sizeof *points);
    itd_status status = points ? itd_graph_cutpoints(points, &a->n->links.csr, error) : itd_fail_memory(error);
    for (uint32_t v = 0; v < entities && status == ITD_OK; v++)
        if (points[v].parts > 1)
            a->rows[a->count++] =
                (ranked){(uint64_t)(points[v].others - points[v].largest) << 32 | points[v].parts, v, 0};
    a->answer.exact = true;
    for (size_t i = 0, shown = status == ITD_OK ? rank_rows(a) : 0; i < shown && status == ITD_OK; i++) {
        itd_network_row row = row_of(a, i);
        row.parts = (uint32_t)a->rows[i].value;
        row.cut_off = (uint32_t)(a->rows[i].value >> 32);
        status = give(a, &row, error);
    }
    itd_free(points);
    return status;
}

/* ---- groups ---- */

typedef struct grouping {
    uint32_t *community; /* by entity */
    uint32_t *first;     /* by group: where its members begin; one more than there are */
    uint32_t *members;   /* by group, rising */
} grouping;

static void take_members(grouping *g, uint32_t groups, uint32_t entities)
{
    for (uint32_t v = 0; v < entities; v++)
        g->first[g->community[v] + 1]++;
    for (uint32_t c = 0; c < groups; c++)
        g->first[c + 1] += g->first[c];
    for (uint32_t v = 0; v < entities; v++)
        g->members[g->first[g->community[v]]++] = v;
    for (uint32_t c = groups; c > 0; c--)
        g->first[c] = g->first[c - 1];
    g->first[0] = 0;
}

/* Links inside a group and out of it; those inside that suspicions alone make. */
static void count_group(itd_network_row *row, const asking *a, const grouping *g, uint32_t group)
{
    uint32_t inside = 0, suspected = 0;
    for (uint32_t i = g->first[group]; i < g->first[group + 1]; i++) {
        uint32_t v = g->members[i];
        for (uint32_t at = a->n->links.first[v]; at < a->n->links.first[v + 1]; at++) {
            uint32_t other = a->n->links.head[at], statements, best;
            if (g->community[other] != group) {
                row->outside++;
                continue;
            }
            inside++;
            best = itd_ways_best(&a->n->ways, itd_ways_between(&a->n->ways, v, other), &statements);
            suspected += itd_own_is_suspicion(a->n->ways.r->term[best]);
        }
    }
    row->links = inside / 2;
    row->suspected = suspected / 2;
}

static itd_status give_group(asking *a, const grouping *g, size_t at, itd_error *error)
{
    uint32_t group = a->rows[at].number, count = g->first[group + 1] - g->first[group];
    itd_sv *members = itd_arena_alloc_array(&a->n->arena, count, sizeof *members);
    itd_network_row row = {.rank = at + 1, .entity = itd_register_id(a->n->ways.r, a->rows[at].entity)};
    if (!members)
        return itd_fail_memory(error);
    for (uint32_t i = 0; i < count; i++)
        members[i] = itd_register_id(a->n->ways.r, g->members[g->first[group] + i]);
    row.members = members;
    row.member_count = count;
    count_group(&row, a, g, group);
    itd_status status = give(a, &row, error);
    itd_arena_reset(&a->n->arena);
    return status;
}

static itd_status ask_groups(asking *a, itd_error *error)
{
    uint32_t entities = a->n->ways.r->entity_count;
    itd_communities how = {0};
    grouping g = {itd_calloc((size_t)entities + 1, sizeof *g.community),
                  itd_calloc((size_t)entities + 2, sizeof *g.first),
                  itd_calloc((size_t)entities + 1, sizeof *g.members)};
    itd_status status = g.community && g.first && g.members
                            ? itd_graph_communities(g.community, &how, &a->n->links.csr, error)
                            : itd_fail_memory(error);
    if (status == ITD_OK)
        take_members(&g, how.count, entities);
    for (uint32_t c = 0; c < how.count && status == ITD_OK; c++)
        if (degree(a, g.members[g.first[c]]) > 0)
            a->rows[a->count++] = (ranked){g.first[c + 1] - g.first[c], g.members[g.first[c]], c};
    a->answer.exact = true;
    a->answer.modularity_micro = how.modularity_micro;
    for (size_t i = 0, shown = status == ITD_OK ? rank_rows(a) : 0; i < shown && status == ITD_OK; i++)
        status = give_group(a, &g, i, error);
    itd_free(g.community);
    itd_free(g.first);
    itd_free(g.members);
    return status;
}

itd_status itd_network_ask(itd_network_answer *out, itd_network *network, const itd_network_question *question,
                           itd_status (*on_row)(void *user, const itd_network_row *row), void *user, itd_error *error)
{
    assert(out && network && question && on_row);
    asking a = {.n = network, .question = question, .on_row = on_row, .user = user};
    a.rows = itd_calloc((size_t)network->ways.r->entity_count + 1, sizeof *a.rows);
    itd_arena_reset(&network->arena);
    itd_status status = a.rows ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK && question->measure == ITD_NETWORK_ARTICULATION)
        status = ask_articulation(&a, error);
    else if (status == ITD_OK && question->measure == ITD_NETWORK_COMMUNITIES)
        status = ask_groups(&a, error);
    else if (status == ITD_OK)
        status = ask_values(&a, error);
    itd_free(a.rows);
    if (status == ITD_OK)
        *out = a.answer;
    return status;
}

itd_status itd_network_row_json(itd_bytes *out, itd_network_measure measure, const itd_network_row *row,
                                itd_error *error)
{
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "measure", itd_sv_of(itd_network_measure_name(measure)));
    itd_json_put_u64(&json, "rank", row->rank);
    if (measure == ITD_NETWORK_COMMUNITIES) {
        itd_json_put_u64(&json, "size", row->member_count);
        itd_json_key(&json, "members");
        itd_json_begin_array(&json);
        for (size_t i = 0; i < row->member_count; i++)
            itd_json_write_text(&json, row->members[i]);
        itd_json_end_array(&json);
        itd_json_put_u64(&json, "outside", row->outside);
        itd_json_key(&json, "modularity_micro");
        itd_json_write_i64(&json, row->answer->modularity_micro);
    } else {
        itd_json_put_text(&json, "entity", row->entity);
    }
    itd_json_put_u64(&json, "links", row->links);
    itd_json_put_u64(&json, "suspected", row->suspected);
    if (measure == ITD_NETWORK_ARTICULATION) {
        itd_json_put_u64(&json, "parts", row->parts);
        itd_json_put_u64(&json, "cut_off", row->cut_off);
    } else if (measure != ITD_NETWORK_COMMUNITIES) {
        itd_json_put_u64(&json, "value_micro", row->value_micro);
    }
    if (measure == ITD_NETWORK_BETWEENNESS)
        itd_json_put_u64(&json, "error_micro", row->answer->error_micro);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
