#include "own/carry.h"

static bool has_kind(const itd_own_pair *pair, itd_stake_kind kind, bool lower)
{
    itd_surety enough = lower ? ITD_CERTAIN : ITD_PERHAPS;
    switch (kind) {
    case ITD_STAKE_SHARES:
    case ITD_STAKE_VOTES:
        return (lower ? pair->min_ppm[kind] : pair->max_ppm[kind]) > 0;
    case ITD_STAKE_BOARD:
        return pair->board >= enough;
    case ITD_STAKE_CONTROL:
        return pair->control >= enough;
    case ITD_STAKE_DIRECTOR:
        return pair->director >= enough;
    default:
        return false;
    }
}

static const itd_own_layer *layer_of(const itd_own_carrier *c)
{
    return &c->e->layers[c->layer];
}

itd_own_share itd_own_carrier_share(const itd_own_carrier *c)
{
    itd_stake_kind kind = c->kind == ITD_STAKE_VOTES ? ITD_STAKE_VOTES : ITD_STAKE_SHARES;
    uint64_t low = c->pair.min_ppm[kind], high = c->pair.max_ppm[kind], others = c->least[kind] - low;
    uint64_t left = others >= ITD_PPM_WHOLE ? 0 : ITD_PPM_WHOLE - others;
    high = high < left ? high : left;
    return (itd_own_share){low, high > low ? high : low};
}

/* ---- what a company is carried by ---- */

/* Tests that are met; all of them where none is, and the company stands in the layer for another reason. */
static bool take_met(itd_own_carrier *c)
{
    const itd_own_layer *layer = layer_of(c);
    for (size_t t = 0; t < layer->test_count; t++) {
        bool met = false;
        if (!itd_own_test_met(&met, c->e, layer, &layer->tests[t], c->company))
            return false;
        c->met |= (uint32_t)met << t;
    }
    return true;
}

bool itd_own_carrier_begin(itd_own_carrier *out, const itd_own_evaluation *e, itd_own_layer_id layer, uint32_t company,
                           bool partners, bool every_kind)
{
    const itd_register *r = e->r;
    uint32_t count, end = r->in_first[company + 1];
    *out = (itd_own_carrier){.e = e,
                             .layer = layer,
                             .company = company,
                             .next = r->in_first[company],
                             .partners = partners,
                             .every_kind = every_kind};
    for (uint32_t s = r->in_first[company]; s < end && !partners; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        out->least[0] += pair.min_ppm[0];
        out->least[1] += pair.min_ppm[1];
    }
    return partners || every_kind || take_met(out);
}

/* ---- holders ---- */

static bool is_enough(const itd_own_carrier *c, const itd_own_test *test, itd_own_share share)
{
    return (layer_of(c)->lower ? share.low : share.high) >= test->least_ppm;
}

/* Has a holder enough, alone or with those whom it acts together with? */
static bool enough(itd_own_carrier *c, const itd_own_test *test)
{
    c->kind = test->kind;
    bool found = is_enough(c, test, itd_own_carrier_share(c));
    if (!found && itd_own_sum_of(layer_of(c), test) == ITD_OWN_JOINT)
        c->failed = !itd_own_group_enough(&found, c->e, layer_of(c), test, c->company, c->holder);
    return found;
}

/* Does a holding carry by this test? Where holders are summed, each part does. */
static bool carries(itd_own_carrier *c, const itd_own_test *test)
{
    const itd_own_layer *layer = layer_of(c);
    if (!has_kind(&c->pair, test->kind, layer->lower))
        return false;
    if (c->met == 0 || test->kind == ITD_STAKE_BOARD || test->kind == ITD_STAKE_CONTROL ||
        itd_own_sum_of(layer, test) == ITD_OWN_SUM)
        return true;
    return enough(c, test);
}

/* The next kind from `from` on of all that a holder has. */
static bool take_kind(itd_own_carrier *c, unsigned from)
{
    for (unsigned k = from; k <= ITD_STAKE_DIRECTOR; k++)
        if (has_kind(&c->pair, (itd_stake_kind)k, layer_of(c)->lower)) {
            c->kind = (itd_stake_kind)k;
            return true;
        }
    return false;
}

/* The kind by which a holder carries, by the first test in the rule's order; of one that belongs to a category any. */
static bool find_kind(itd_own_carrier *c)
{
    const itd_own_layer *layer = layer_of(c);
    if (c->every_kind)
        return take_kind(c, 0);
    for (size_t t = 0; t < layer->test_count && !c->failed; t++)
        if ((c->met == 0 || c->met >> t & 1) && carries(c, &layer->tests[t])) {
            c->kind = layer->tests[t].kind;
            return true;
        }
    if (c->failed || layer->lower || !itd_own_in(c->e, ITD_OWN_LAYER_OF_CLASS, c->holder))
        return false;
    return take_kind(c, 0) && c->kind <= ITD_STAKE_CONTROL;
}

/* Does a holding count for those who act together with its holder? */
static bool counts_jointly(itd_own_carrier *c)
{
    const itd_own_layer *layer = layer_of(c);
    for (size_t t = 0; t < layer->test_count; t++)
        if (layer->tests[t].sum == ITD_OWN_JOINT && has_kind(&c->pair, layer->tests[t].kind, layer->lower) &&
            (c->met == 0 || c->met >> t & 1)) {
            c->kind = layer->tests[t].kind;
            return true;
        }
    return false;
}

static bool next_holder(itd_own_carrier *c)
{
    const itd_own_evaluation *e = c->e;
    const itd_register *r = e->r;
    uint32_t end = r->in_first[c->company + 1];
    if (c->count > 0 && c->every_kind && !c->through && take_kind(c, (unsigned)c->kind + 1))
        return true;
    if (c->count > 0 && c->both_ways && !c->through && e->joint && !(e->state[c->holder] & ITD_OWN_IS_LISTED)) {
        c->through = true;
        if (counts_jointly(c))
            return true;
    }
    while (c->next < end && !c->failed) {
        c->stake = c->next;
        c->count = itd_own_pair_size(r, c->stake, end);
        c->next = c->stake + c->count;
        c->holder = r->owner[c->stake];
        if (c->holder == c->company)
            continue;
        itd_own_pair_of(&c->pair, r, c->stake, c->count, e->day);
        c->through = !itd_own_in(e, c->layer, c->holder);
        if (c->through ? e->joint && counts_jointly(c) : find_kind(c))
            return true;
    }
    return false;
}

/* The same among those whom the company acts together with, and who control it. */
static bool next_partner(itd_own_carrier *c)
{
    const itd_register *r = c->e->r;
    uint32_t in_count = r->in_first[c->company + 1] - r->in_first[c->company];
    uint32_t all = in_count + r->out_first[c->company + 1] - r->out_first[c->company];
    itd_surety sure = layer_of(c)->lower ? ITD_CERTAIN : ITD_PERHAPS;
    for (uint32_t at = c->next - r->in_first[c->company]; at < all; at++) {
        bool in = at < in_count;
        const itd_register_out *out = in ? NULL : &r->out[r->out_first[c->company] + at - in_count];
        uint32_t stake = in ? r->in_first[c->company] + at : out->stake, holder = in ? r->owner[stake] : out->owned;
        itd_stake_kind kind = itd_term_kind(r->term[stake]);
        if (kind != ITD_STAKE_JOINT && !(in && kind == ITD_STAKE_CONTROL))
            continue;
        if (!itd_own_in(c->e, c->layer, holder) || itd_own_counts(r, stake, c->e->day) < sure)
            continue;
        c->next = r->in_first[c->company] + at + 1;
        c->stake = stake;
        c->count = 1;
        c->holder = holder;
        c->kind = kind;
        c->pair = (itd_own_pair){0};
        return true;
    }
    c->next = r->in_first[c->company] + all;
    return false;
}

bool itd_own_carrier_next(itd_own_carrier *c)
{
    return c->partners ? next_partner(c) : next_holder(c);
}
