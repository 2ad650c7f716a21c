#include "own/owners.h"

#include <assert.h>
#include <stdlib.h>

#include "base/vector.h"
#include "own/interest.h"

/* ---- what stands above ---- */

static bool is_hold(const itd_register *r, uint32_t stake, int32_t day)
{
    itd_stake_kind kind = itd_term_kind(r->term[stake]);
    return kind <= ITD_STAKE_CONTROL && itd_own_counts(r, stake, day) != ITD_NOT_HELD;
}

typedef struct gathering {
    const itd_register *r;
    uint32_t *number;                             /* by entity of the register: one more than its number; 0: not met */
    ITD_VECTOR(uint32_t) entities, stakes, first; /* stakes in the n-th entity from first[n] on */
} gathering;

static itd_status meet(uint32_t *number, gathering *g, uint32_t entity, itd_error *error)
{
    if (g->number[entity] == 0) {
        if (!itd_vector_push(&g->entities, entity))
            return itd_fail_memory(error);
        g->number[entity] = (uint32_t)g->entities.count;
    }
    *number = g->number[entity] - 1;
    return ITD_OK;
}

/* Breadth first: holders come after what they hold is met. */
static itd_status gather(gathering *g, uint32_t company, int32_t day, itd_error *error)
{
    uint32_t number;
    ITD_TRY(meet(&number, g, company, error));
    for (size_t at = 0; at < g->entities.count; at++) {
        uint32_t entity = g->entities.items[at];
        if (!itd_vector_push(&g->first, (uint32_t)g->stakes.count))
            return itd_fail_memory(error);
        for (uint32_t s = g->r->in_first[entity]; s < g->r->in_first[entity + 1]; s++) {
            if (!is_hold(g->r, s, day) || g->r->owner[s] == entity)
                continue;
            if (g->stakes.count == ITD_OWNERS_STAKES_MAX)
                return itd_fail(error, ITD_ELIMIT, "more than %d stakes above it (ITD_OWNERS_STAKES_MAX)",
                                ITD_OWNERS_STAKES_MAX);
            if (!itd_vector_push(&g->stakes, s))
                return itd_fail_memory(error);
            ITD_TRY(meet(&number, g, g->r->owner[s], error));
        }
    }
    return itd_vector_push(&g->first, (uint32_t)g->stakes.count) ? ITD_OK : itd_fail_memory(error);
}

static void *block(void **blocks, size_t *count, size_t items, size_t size)
{
    void *made = itd_calloc(items + 1, size);
    if (made)
        blocks[(*count)++] = made;
    return made;
}

static void fill_out(itd_above *above, uint32_t *out_first, itd_register_out *out, const uint32_t *in_first)
{
    itd_register *r = &above->r;
    for (uint32_t s = 0; s < r->stake_count; s++)
        out_first[r->owner[s] + 1]++;
    for (uint32_t v = 0; v < r->entity_count; v++)
        out_first[v + 1] += out_first[v];
    for (uint32_t v = 0; v < r->entity_count; v++)
        for (uint32_t s = in_first[v]; s < in_first[v + 1]; s++)
            out[out_first[r->owner[s]]++] = (itd_register_out){v, s, r->term[s]};
    for (uint32_t v = r->entity_count; v > 0; v--)
        out_first[v] = out_first[v - 1];
    out_first[0] = 0;
}

/* Stakes of the register under the numbers of what was gathered. */
static bool fill(itd_above *above, const gathering *g)
{
    const itd_register *from = g->r;
    size_t n = g->entities.count, m = g->stakes.count, blocks = 0;
    void **owned = itd_calloc(8, sizeof *owned);
    itd_register *r = &above->r;
    if (!owned)
        return false;
    r->blocks = owned;
    uint32_t *in_first = block(owned, &blocks, n, sizeof *in_first), *owner = block(owned, &blocks, m, sizeof *owner);
    uint32_t *out_first = block(owned, &blocks, n, sizeof *out_first);
    itd_register_out *out = block(owned, &blocks, m, sizeof *out);
    itd_term *term = block(owned, &blocks, m, sizeof *term);
    int32_t *start = block(owned, &blocks, m, sizeof *start), *end = block(owned, &blocks, m, sizeof *end);
    above->entity = itd_calloc(n + 1, sizeof *above->entity);
    above->stake = itd_calloc(m + 1, sizeof *above->stake);
    if (blocks < 7 || !above->entity || !above->stake)
        return false;
    for (size_t v = 0; v < n; v++)
        above->entity[v] = g->entities.items[v];
    memcpy(in_first, g->first.items, (n + 1) * sizeof *in_first);
    for (size_t s = 0; s < m; s++) {
        uint32_t stake = above->stake[s] = g->stakes.items[s];
        owner[s] = g->number[from->owner[stake]] - 1;
        term[s] = from->term[stake];
        start[s] = from->start[stake];
        end[s] = from->end[stake];
    }
    *r = (itd_register){.entity_count = (uint32_t)n,
                        .stake_count = (uint32_t)m,
                        .in_first = in_first,
                        .owner = owner,
                        .term = term,
                        .start = start,
                        .end = end,
                        .out_first = out_first,
                        .out = out,
                        .blocks = owned};
    fill_out(above, out_first, out, in_first);
    return true;
}

static int by_entity(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static itd_status take_roots(itd_above *above, const gathering *g, itd_error *error)
{
    above->root = itd_calloc((size_t)above->r.entity_count + 1, sizeof *above->root);
    if (!above->root)
        return itd_fail_memory(error);
    for (uint32_t v = 1; v < above->r.entity_count; v++)
        if (above->r.in_first[v] == above->r.in_first[v + 1])
            above->root[above->root_count++] = above->entity[v];
    if (above->root_count > ITD_OWNERS_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %d holders above whom nobody is (ITD_OWNERS_MAX)",
                        ITD_OWNERS_MAX);
    qsort(above->root, above->root_count, sizeof *above->root, by_entity); /* entities are in the order of ids */
    for (uint32_t i = 0; i < above->root_count; i++)
        above->root[i] = g->number[above->root[i]] - 1;
    return ITD_OK;
}

itd_status itd_above_init(itd_above *out, const itd_register *r, uint32_t company, int32_t day, itd_error *error)
{
    assert(out && company < r->entity_count);
    itd_above made = {0};
    gathering g = {.r = r, .number = itd_calloc((size_t)r->entity_count + 1, sizeof *g.number)};
    itd_status status = g.number ? gather(&g, company, day, error) : itd_fail_memory(error);
    if (status == ITD_OK && !fill(&made, &g))
        status = itd_fail_memory(error);
    if (status == ITD_OK)
        status = take_roots(&made, &g, error);
    itd_free(g.number);
    itd_vector_finish(&g.entities);
    itd_vector_finish(&g.stakes);
    itd_vector_finish(&g.first);
    if (status != ITD_OK) {
        itd_above_finish(&made);
        return status;
    }
    *out = made;
    return ITD_OK;
}

void itd_above_finish(itd_above *above)
{
    itd_register_close(&above->r);
    itd_free(above->entity);
    itd_free(above->stake);
    itd_free(above->root);
    *above = (itd_above){0};
}

/* ---- interest ---- */

static bool states_votes(const itd_register *r, uint32_t company)
{
    for (uint32_t s = r->in_first[company]; s < r->in_first[company + 1]; s++)
        if (itd_term_kind(r->term[s]) == ITD_STAKE_VOTES)
            return true;
    return false;
}

/* The same register in which stakes of another kind say nothing. Votes are told as shares, and where a company states
 * none they follow its shares. `any`: is there a stake of the kind at all? */
static itd_term *terms_of(bool *any, const itd_above *above, itd_stake_kind kind)
{
    const itd_register *r = &above->r;
    const itd_term kinds = (itd_term)7 << 40;
    itd_term *term = itd_calloc((size_t)r->stake_count + 1, sizeof *term);
    *any = false;
    for (uint32_t v = 0; term && v < r->entity_count; v++) {
        bool stated = kind == ITD_STAKE_VOTES && states_votes(r, v);
        itd_stake_kind taken = stated ? ITD_STAKE_VOTES : ITD_STAKE_SHARES;
        *any |= stated || kind == ITD_STAKE_SHARES;
        for (uint32_t s = r->in_first[v]; s < r->in_first[v + 1]; s++) {
            bool same = itd_term_kind(r->term[s]) == taken;
            term[s] = (r->term[s] & ~kinds) | (itd_term)(same ? ITD_STAKE_SHARES : ITD_STAKE_LINK) << 40;
        }
    }
    return term;
}

static itd_status find_interest(itd_owner *out, uint32_t unknown[2], const itd_above *above, itd_stake_kind kind,
                                int32_t day, itd_error *error)
{
    bool any = false;
    itd_term *term = terms_of(&any, above, kind);
    uint16_t *state = itd_calloc((size_t)above->r.entity_count + 1, sizeof *state);
    itd_register r = above->r;
    itd_own_evaluation e = {.r = &r, .day = day, .state = state};
    itd_status status = term && state ? ITD_OK : itd_fail_memory(error);
    r.term = term;
    for (uint32_t i = 0; any && i <= above->root_count && status == ITD_OK; i++) { /* the last time all together */
        itd_own_interest interest = {0};
        for (uint32_t k = 0; k < above->root_count; k++)
            state[above->root[k]] = k == i || i == above->root_count ? ITD_OWN_IS_LISTED : 0;
        status = itd_own_interest_run(&interest, &e, error);
        if (status == ITD_OK && i < above->root_count) {
            out[i].min_ppm[kind] = interest.low_ppm[0];
            out[i].max_ppm[kind] = interest.high_ppm[0];
        } else if (status == ITD_OK && kind == ITD_STAKE_SHARES) {
            unknown[0] = ITD_PPM_WHOLE - interest.high_ppm[0];
            unknown[1] = ITD_PPM_WHOLE - interest.low_ppm[0];
        }
        itd_own_interest_finish(&interest);
    }
    itd_free(term);
    itd_free(state);
    return status;
}

/* ---- control ---- */

/* Do those that are `in` control a company, for certain or perhaps? */
static bool is_controlled(const itd_above *above, uint32_t company, const bool *in, itd_surety surety, int32_t day)
{
    const itd_register *r = &above->r;
    uint64_t sum[2] = {0, 0}, others[2] = {0, 0};
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, day);
        bool member = in[r->owner[s]];
        if (member && (pair.control >= surety || pair.board >= surety))
            return true;
        for (unsigned k = 0; k < 2; k++) {
            sum[k] += !member ? 0 : surety == ITD_CERTAIN ? pair.min_ppm[k] : pair.max_ppm[k];
            others[k] += member ? 0 : pair.min_ppm[k];
        }
    }
    for (unsigned k = 0; k < 2; k++)
        if (sum[k] > ITD_OWN_HALF_PPM && (surety == ITD_CERTAIN || others[k] < ITD_OWN_HALF_PPM))
            return true;
    return false;
}

/* The least set that holds the root and what is controlled by it. */
static bool controls(const itd_above *above, uint32_t root, bool *in, uint32_t *queue, itd_surety surety, int32_t day)
{
    const itd_register *r = &above->r;
    uint32_t count = 0;
    memset(in, 0, r->entity_count * sizeof *in);
    in[root] = true;
    queue[count++] = root;
    for (uint32_t at = 0; at < count && !in[0]; at++)
        for (uint32_t k = r->out_first[queue[at]]; k < r->out_first[queue[at] + 1]; k++) {
            uint32_t company = r->out[k].owned;
            if (in[company] || !is_controlled(above, company, in, surety, day))
                continue;
            in[company] = true;
            queue[count++] = company;
        }
    return in[0];
}

static itd_status find_control(itd_owner *out, const itd_above *above, int32_t day, itd_error *error)
{
    bool *in = itd_calloc((size_t)above->r.entity_count + 1, sizeof *in);
    uint32_t *queue = itd_calloc((size_t)above->r.entity_count + 1, sizeof *queue);
    for (uint32_t i = 0; in && queue && i < above->root_count; i++)
        out[i].control = controls(above, above->root[i], in, queue, ITD_CERTAIN, day)   ? ITD_CERTAIN
                         : controls(above, above->root[i], in, queue, ITD_PERHAPS, day) ? ITD_PERHAPS
                                                                                        : ITD_NOT_HELD;
    itd_status status = in && queue ? ITD_OK : itd_fail_memory(error);
    itd_free(in);
    itd_free(queue);
    return status;
}

itd_status itd_owners_find(itd_owner *out, uint32_t unknown[2], const itd_above *above, int32_t day, itd_error *error)
{
    for (uint32_t i = 0; i < above->root_count; i++)
        out[i] = (itd_owner){.entity = above->entity[above->root[i]]};
    ITD_TRY(find_interest(out, unknown, above, ITD_STAKE_SHARES, day, error));
    ITD_TRY(find_interest(out, unknown, above, ITD_STAKE_VOTES, day, error));
    return find_control(out, above, day, error);
}
