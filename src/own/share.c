/* Shares of a company that holders have, alone or together, within their bounds. */
#include "own/evaluate.h"

typedef struct sums {
    uint64_t low, high; /* of members */
    uint64_t others;    /* what all others hold at least */
} sums;

static void add(sums *s, const itd_own_pair *pair, itd_stake_kind kind, bool member)
{
    s->low += member ? pair->min_ppm[kind] : 0;
    s->high += member ? pair->max_ppm[kind] : 0;
    s->others += member ? 0 : pair->min_ppm[kind];
}

static itd_own_share cut(sums s)
{
    return itd_own_share_left((itd_own_share){s.low, s.high}, s.low, s.others);
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
        add(&found, &pair, kind, (e->state[r->owner[s]] & ITD_OWN_DONE(layer->id)) != 0);
    }
    return cut(found);
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
    if (test->sum == ITD_OWN_JOINT)
        return itd_own_group_best(out, e, layer, company, test->kind);
    uint64_t all = sum_of_least(e, company, test->kind);
    uint32_t count, end = r->in_first[company + 1];
    *out = (itd_own_share){0};
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        if (!(e->state[r->owner[s]] & ITD_OWN_DONE(layer->id)))
            continue;
        itd_own_pair_of(&pair, r, s, count, e->day);
        uint32_t low = pair.min_ppm[test->kind];
        itd_own_share share = cut((sums){low, pair.max_ppm[test->kind], all - low});
        out->low = share.low > out->low ? share.low : out->low;
        out->high = share.high > out->high ? share.high : out->high;
    }
    return true;
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

bool itd_own_class_held(const itd_own_evaluation *e, uint32_t company)
{
    const itd_register *r = e->r;
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        if (!(e->state[r->owner[s]] & ITD_OWN_DONE(ITD_OWN_LAYER_OF_CLASS)))
            continue;
        itd_own_pair_of(&pair, r, s, count, e->day);
        if (itd_own_is_hold(&pair))
            return true;
    }
    return false;
}
