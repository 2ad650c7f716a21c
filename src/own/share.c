/* Shares of a company that holders have, alone or together, within their bounds. */
#include "own/evaluate.h"

static bool has(const uint32_t *items, size_t count, uint32_t item)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] == item)
            return true;
    return false;
}

typedef struct sums {
    uint64_t low, high; /* of members: what is certain, what may be */
    uint64_t floor;     /* what those who may be members hold at least */
    uint64_t others;    /* what all others hold at least */
} sums;

static void add(sums *s, const itd_own_pair *pair, itd_stake_kind kind, bool sure, bool maybe)
{
    s->low += sure ? pair->min_ppm[kind] : 0;
    s->high += maybe ? pair->max_ppm[kind] : 0;
    s->floor += maybe ? pair->min_ppm[kind] : 0;
    s->others += maybe ? 0 : pair->min_ppm[kind];
}

/* Shares of one company never pass the whole: an upper bound is cut by what the others hold at least. In a register
 * that says more than the whole, lower bounds stay. */
static itd_own_share cut(sums s)
{
    uint64_t left = s.others >= ITD_PPM_WHOLE ? 0 : ITD_PPM_WHOLE - s.others;
    uint64_t high = s.high < left ? s.high : left;
    return (itd_own_share){s.low, high > s.floor ? high : s.floor};
}

itd_own_share itd_own_share_sum(const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                                itd_stake_kind kind)
{
    const itd_register *r = e->r;
    sums found = {0};
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        bool in = (e->state[r->owner[s]] & ITD_OWN_DONE(layer->id)) != 0;
        add(&found, &pair, kind, in, in);
    }
    return cut(found);
}

itd_own_share itd_own_share_of(const itd_own_evaluation *e, uint32_t company, itd_stake_kind kind, uint32_t holder,
                               const itd_own_group *group)
{
    const itd_register *r = e->r;
    sums found = {0};
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        uint32_t owner = r->owner[s];
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        bool sure = owner == holder || (group && has(group->sure.items, group->sure.count, owner));
        bool maybe = sure || (group && has(group->maybe.items, group->maybe.count, owner));
        add(&found, &pair, kind, sure, maybe);
    }
    return cut(found);
}

itd_own_share itd_own_share_cut(const itd_own_evaluation *e, uint32_t company, itd_stake_kind kind, uint32_t holder)
{
    return itd_own_share_of(e, company, kind, holder, NULL);
}

/* ---- groups ---- */

static bool join_group(itd_own_group *group, uint32_t member, itd_surety surety)
{
    if (surety == ITD_CERTAIN && !has(group->sure.items, group->sure.count, member))
        return itd_vector_push(&group->sure, member);
    if (surety == ITD_PERHAPS && !has(group->maybe.items, group->maybe.count, member))
        return itd_vector_push(&group->maybe, member);
    return true;
}

bool itd_own_group_of(itd_own_group *out, const itd_own_evaluation *e, uint32_t holder)
{
    const itd_register *r = e->r;
    bool good = true;
    out->sure.count = out->maybe.count = 0;
    for (uint32_t k = r->out_first[holder]; k < r->out_first[holder + 1]; k++) {
        itd_stake_kind kind = itd_term_kind(r->out[k].term);
        if (kind == ITD_STAKE_JOINT || kind == ITD_STAKE_CONTROL)
            good = good && join_group(out, r->out[k].owned, itd_own_counts(r, r->out[k].stake, e->day));
    }
    for (uint32_t s = r->in_first[holder]; s < r->in_first[holder + 1]; s++)
        if (itd_term_kind(r->term[s]) == ITD_STAKE_JOINT)
            good = good && join_group(out, r->owner[s], itd_own_counts(r, s, e->day));
    return good;
}

void itd_own_group_finish(itd_own_group *group)
{
    itd_vector_finish(&group->sure);
    itd_vector_finish(&group->maybe);
}

/* ---- tests ---- */

static void take_best(itd_own_share *best, itd_own_share share)
{
    best->low = share.low > best->low ? share.low : best->low;
    best->high = share.high > best->high ? share.high : best->high;
}

/* A holder that is done in the layer, with its group. */
static bool try_holder(itd_own_share *best, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                       const itd_own_test *test, uint32_t holder, itd_own_group *group)
{
    if (!(e->state[holder] & ITD_OWN_DONE(layer->id)))
        return true;
    if (!itd_own_group_of(group, e, holder))
        return false;
    if (group->sure.count + group->maybe.count > 0)
        take_best(best, itd_own_share_of(e, company, test->kind, holder, group));
    return true;
}

/* Those who act together with an owner may hold nothing themselves. */
static bool try_partners(itd_own_share *best, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                         const itd_own_test *test, uint32_t owner, itd_own_group *group)
{
    const itd_register *r = e->r;
    bool good = true;
    for (uint32_t k = r->out_first[owner]; k < r->out_first[owner + 1] && good; k++)
        if (itd_term_kind(r->out[k].term) == ITD_STAKE_JOINT)
            good = try_holder(best, e, layer, company, test, r->out[k].owned, group);
    for (uint32_t s = r->in_first[owner]; s < r->in_first[owner + 1] && good; s++)
        if (itd_term_kind(r->term[s]) == ITD_STAKE_JOINT || itd_term_kind(r->term[s]) == ITD_STAKE_CONTROL)
            good = try_holder(best, e, layer, company, test, r->owner[s], group);
    return good;
}

/* What all holders of a company have at least. */
static uint64_t sum_of_least(const itd_own_evaluation *e, uint32_t company, itd_stake_kind kind)
{
    const itd_register *r = e->r;
    uint64_t sum = 0;
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        sum += pair.min_ppm[kind];
    }
    return sum;
}

bool itd_own_share_best(itd_own_share *out, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                        const itd_own_test *test)
{
    const itd_register *r = e->r;
    itd_own_group group = {0};
    bool good = true;
    uint64_t all = sum_of_least(e, company, test->kind);
    uint32_t count, end = r->in_first[company + 1];
    *out = (itd_own_share){0};
    for (uint32_t s = r->in_first[company]; s < end && good; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        uint32_t low = pair.min_ppm[test->kind];
        if (e->state[r->owner[s]] & ITD_OWN_DONE(layer->id))
            take_best(out, cut((sums){low, pair.max_ppm[test->kind], low, all - low}));
        if (test->sum == ITD_OWN_JOINT)
            good = try_holder(out, e, layer, company, test, r->owner[s], &group) &&
                   try_partners(out, e, layer, company, test, r->owner[s], &group);
    }
    itd_own_group_finish(&group);
    return good;
}

static itd_surety right_of(const itd_own_pair *pair, itd_stake_kind kind)
{
    return (itd_surety)(kind == ITD_STAKE_BOARD ? pair->board : pair->control);
}

static bool right_held(const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company, itd_stake_kind kind)
{
    const itd_register *r = e->r;
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        if (!(e->state[r->owner[s]] & ITD_OWN_DONE(layer->id)))
            continue;
        itd_own_pair_of(&pair, r, s, count, e->day);
        if (right_of(&pair, kind) >= (layer->lower ? ITD_CERTAIN : ITD_PERHAPS))
            return true;
    }
    return false;
}

bool itd_own_test_met(bool *met, const itd_own_evaluation *e, const itd_own_layer *layer, const itd_own_test *test,
                      uint32_t company)
{
    itd_own_share share = {0};
    if (test->kind != ITD_STAKE_SHARES && test->kind != ITD_STAKE_VOTES) {
        *met = right_held(e, layer, company, test->kind);
        return true;
    }
    if (itd_own_sum_of(layer, test) == ITD_OWN_SUM)
        share = itd_own_share_sum(e, layer, company, test->kind);
    else if (!itd_own_share_best(&share, e, layer, company, test))
        return false;
    *met = (layer->lower ? share.low : share.high) >= test->least_ppm;
    return true;
}

bool itd_own_category_held(const itd_own_evaluation *e, uint32_t company)
{
    const itd_register *r = e->r;
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        if (!(e->state[r->owner[s]] & ITD_OWN_DONE(ITD_OWN_LAYER_CATEGORY)))
            continue;
        itd_own_pair_of(&pair, r, s, count, e->day);
        if (pair.max_ppm[0] || pair.max_ppm[1] || pair.board || pair.control)
            return true;
    }
    return false;
}
