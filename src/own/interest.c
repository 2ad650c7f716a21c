#include "own/interest.h"

#include "base/vector.h"
#include "graph/csr.h"

/* Shares are kept finer than parts per million while they are worked out. */
#define SCALE UINT64_C(1000000) /* of a part per million */
#define WHOLE (ITD_PPM_WHOLE * SCALE)

typedef unsigned __int128 wide;

typedef struct solving {
    const itd_own_evaluation *e;
    uint64_t *low, *high; /* by entity, of WHOLE */
    uint64_t *next;       /* of a component at work: low and high of each member */
    uint32_t *component;  /* by entity, from 1; 0: not reached */
} solving;

static bool is_listed(const solving *s, uint32_t entity)
{
    return (s->e->state[entity] & ITD_OWN_IS_LISTED) != 0;
}

/* What owners pass on to a company: a listed one all that it has, another one its own part. Others hold some of it at
 * least, which bounds it from above too, unless all together are stated to hold more than the whole. */
static void gather(uint64_t *low, uint64_t *high, const solving *s, uint32_t company)
{
    const itd_register *r = s->e->r;
    wide least = 0, most = 0, kept = 0;
    uint64_t stated = 0;
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t at = r->in_first[company]; at < end; at += count) {
        itd_own_pair pair;
        uint32_t owner = r->owner[at];
        count = itd_own_pair_size(r, at, end);
        itd_own_pair_of(&pair, r, at, count, s->e->day);
        uint64_t owner_low = is_listed(s, owner) ? WHOLE : s->low[owner];
        uint64_t owner_high = is_listed(s, owner) ? WHOLE : s->high[owner];
        least += (wide)pair.min_ppm[0] * owner_low;
        most += (wide)pair.max_ppm[0] * owner_high;
        kept += (wide)pair.min_ppm[0] * (WHOLE - owner_high);
        stated += pair.min_ppm[0];
    }
    least /= ITD_PPM_WHOLE;
    most = (most + ITD_PPM_WHOLE - 1) / ITD_PPM_WHOLE;
    kept /= ITD_PPM_WHOLE;
    uint64_t left = stated > ITD_PPM_WHOLE ? WHOLE : WHOLE - (uint64_t)kept;
    *low = least > WHOLE ? WHOLE : (uint64_t)least;
    *high = most > left ? left : (uint64_t)most;
}

/* Has a component an owner that passes something on, and an arc inside? */
static void look_at(bool *fed, bool *cyclic, const solving *s, const uint32_t *members, size_t count)
{
    const itd_register *r = s->e->r;
    *fed = false;
    *cyclic = count > 1;
    for (size_t m = 0; m < count; m++)
        for (uint32_t at = r->in_first[members[m]]; at < r->in_first[members[m] + 1]; at++) {
            uint32_t owner = r->owner[at];
            bool inside = s->component[owner] == s->component[members[m]];
            *cyclic |= inside && count == 1;
            *fed |= is_listed(s, owner) || (!inside && s->high[owner] > 0);
        }
}

/* Lower bounds rise from nothing and are lower bounds at every round; upper ones fall from the whole. A round sees what
 * the one before it left, so that what the last one leaves is the same in any order. */
static void solve_cycle(const solving *s, const uint32_t *members, size_t count)
{
    for (size_t m = 0; m < count; m++)
        s->high[members[m]] = WHOLE;
    for (unsigned round = 0; round < ITD_OWN_INTEREST_ROUNDS_MAX; round++) {
        bool changed = false;
        for (size_t m = 0; m < count; m++)
            gather(&s->next[2 * m], &s->next[2 * m + 1], s, members[m]);
        for (size_t m = 0; m < count; m++) {
            uint64_t low = s->next[2 * m], high = s->next[2 * m + 1];
            changed |= low > s->low[members[m]] || high < s->high[members[m]];
            if (low > s->low[members[m]])
                s->low[members[m]] = low;
            if (high < s->high[members[m]])
                s->high[members[m]] = high;
        }
        if (!changed)
            return;
    }
}

static void solve(const solving *s, const uint32_t *order, size_t count)
{
    size_t end = count;
    while (end > 0) { /* owners have the higher components */
        size_t first = end - 1;
        bool fed, cyclic;
        while (first > 0 && s->component[order[first - 1]] == s->component[order[end - 1]])
            first--;
        look_at(&fed, &cyclic, s, order + first, end - first);
        if (fed && cyclic)
            solve_cycle(s, order + first, end - first);
        else if (fed)
            gather(&s->low[order[first]], &s->high[order[first]], s, order[first]);
        end = first;
    }
}

static bool take(itd_own_interest *out, const solving *s, const uint32_t *members, size_t count)
{
    size_t n = s->e->r->entity_count;
    out->low_ppm = itd_calloc(n + 1, sizeof *out->low_ppm);
    out->high_ppm = itd_calloc(n + 1, sizeof *out->high_ppm);
    if (!out->low_ppm || !out->high_ppm)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t member = members[i];
        out->low_ppm[member] = (uint32_t)(s->low[member] / SCALE);
        out->high_ppm[member] = (uint32_t)((s->high[member] + SCALE - 1) / SCALE);
    }
    return true;
}

/* What listed parties hold anything of, themselves included, and the arcs inside. */
typedef struct reach {
    ITD_VECTOR(uint32_t) members; /* by local number */
    uint32_t *local;              /* by entity: one more than its local number; 0: not reached */
    ITD_VECTOR(uint32_t) first, head;
} reach;

static void finish_reach(reach *w)
{
    itd_vector_finish(&w->members);
    itd_vector_finish(&w->first);
    itd_vector_finish(&w->head);
    itd_free(w->local);
}

static bool visit(reach *w, uint32_t entity)
{
    if (w->local[entity] != 0)
        return true;
    w->local[entity] = (uint32_t)w->members.count + 1;
    return itd_vector_push(&w->members, entity);
}

static bool gather_reach(reach *w, const itd_own_evaluation *e)
{
    const itd_register *r = e->r;
    bool good = true;
    w->local = itd_calloc((size_t)r->entity_count + 1, sizeof *w->local);
    for (uint32_t n = 0; w->local && n < r->entity_count && good; n++)
        if (e->state[n] & ITD_OWN_IS_LISTED)
            good = visit(w, n);
    for (size_t m = 0; w->local && m < w->members.count && good; m++) {
        uint32_t entity = w->members.items[m];
        good = itd_vector_push(&w->first, (uint32_t)w->head.count);
        for (uint32_t k = r->out_first[entity]; k < r->out_first[entity + 1] && good; k++)
            good = visit(w, r->out[k].owned) && itd_vector_push(&w->head, w->local[r->out[k].owned] - 1);
    }
    return w->local && good && itd_vector_push(&w->first, (uint32_t)w->head.count);
}

/* Components of the part that is reached: `component` by entity, `order` of entities. */
static itd_status find_components(uint32_t *component, uint32_t *order, const reach *w, itd_error *error)
{
    size_t count = w->members.count;
    uint32_t components = 0;
    uint32_t *of_local = itd_calloc(count + 1, sizeof *of_local);
    const itd_csr g = {(uint32_t)count, w->first.items, w->head.items, 1};
    itd_status status = of_local ? itd_graph_scc(of_local, order, &components, &g, error) : itd_fail_memory(error);
    for (size_t i = 0; status == ITD_OK && i < count; i++) {
        component[w->members.items[i]] = of_local[i] + 1; /* 0: not reached */
        order[i] = w->members.items[order[i]];
    }
    itd_free(of_local);
    return status;
}

itd_status itd_own_interest_run(itd_own_interest *out, const itd_own_evaluation *e, itd_error *error)
{
    size_t n = e->r->entity_count;
    itd_own_interest made = {0};
    reach w = {0};
    solving s = {.e = e,
                 .low = itd_calloc(n + 1, sizeof *s.low),
                 .high = itd_calloc(n + 1, sizeof *s.high),
                 .component = itd_calloc(n + 1, sizeof *s.component)};
    bool good = s.low && s.high && s.component && gather_reach(&w, e);
    uint32_t *order = good ? itd_calloc(w.members.count + 1, sizeof *order) : NULL;
    s.next = good ? itd_calloc(2 * w.members.count + 1, sizeof *s.next) : NULL;
    itd_status status = order && s.next ? find_components(s.component, order, &w, error) : itd_fail_memory(error);
    if (status == ITD_OK) {
        solve(&s, order, w.members.count);
        status = take(&made, &s, w.members.items, w.members.count) ? ITD_OK : itd_fail_memory(error);
    }
    finish_reach(&w);
    itd_free(order);
    itd_free(s.next);
    itd_free(s.component);
    itd_free(s.low);
    itd_free(s.high);
    if (status != ITD_OK) {
        itd_own_interest_finish(&made);
        return status;
    }
    *out = made;
    return ITD_OK;
}

void itd_own_interest_finish(itd_own_interest *interest)
{
    itd_free(interest->low_ppm);
    itd_free(interest->high_ppm);
    *interest = (itd_own_interest){0};
}
