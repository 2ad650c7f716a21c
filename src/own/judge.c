/* The verdict of one entity, read off the layers. */
#include "own/evaluate.h"

/* Of the sums that the main test keeps. */
static itd_own_share main_share(const itd_own_evaluation *e, uint32_t company)
{
    const itd_own_layer *blocked = &e->layers[ITD_OWN_LAYER_BLOCKED], *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    const uint64_t *upper = &possible->sums[(size_t)company * possible->stride];
    itd_own_share share = {blocked->sums[(size_t)company * blocked->stride], upper[0]};
    if (upper[0] == 0)
        return (itd_own_share){0};
    if (e->r->in_first[company + 1] - e->r->in_first[company] == 1)
        return share; /* nobody else */
    if (upper[1] == 0)
        share.high = itd_own_share_sum(e, possible, company, ITD_STAKE_SHARES).high;
    else if (upper[1] & ITD_OWN_OVER_WHOLE)
        share.high = itd_own_share_sum(e, possible, company, ITD_STAKE_SHARES).high;
    else if (upper[1] - 1 + share.high > ITD_PPM_WHOLE)
        share.high = ITD_PPM_WHOLE - (upper[1] - 1);
    return share;
}

/* Of one kind, as a test counts it: what is certain, and what may be. */
static bool share_by(itd_own_share *out, const itd_own_evaluation *e, uint32_t company, itd_stake_kind kind,
                     const itd_own_test *test)
{
    itd_own_share bounds[2] = {{0, 0}, {0, 0}};
    for (int i = 0; i < 2; i++) {
        const itd_own_layer *layer = &e->layers[i ? ITD_OWN_LAYER_POSSIBLE : ITD_OWN_LAYER_BLOCKED];
        if (!test || itd_own_sum_of(layer, test) == ITD_OWN_SUM)
            bounds[i] = itd_own_share_sum(e, layer, company, kind);
        else if (!itd_own_share_best(&bounds[i], e, layer, company, test))
            return false;
    }
    *out = (itd_own_share){bounds[0].low, bounds[1].high > bounds[0].low ? bounds[1].high : bounds[0].low};
    return true;
}

static bool share_of(itd_own_share *out, const itd_own_evaluation *e, uint32_t company)
{
    const itd_own_layer *blocked = &e->layers[ITD_OWN_LAYER_BLOCKED], *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    if (blocked->main != SIZE_MAX && possible->main != SIZE_MAX) {
        *out = main_share(e, company);
        return true;
    }
    const itd_own_test *test = e->rule && e->rule->test_count > 0 ? &e->rule->tests[0] : NULL;
    if (e->r->in_first[company] == e->r->in_first[company + 1]) {
        *out = (itd_own_share){0, 0};
        return true;
    }
    return share_by(out, e, company, ITD_STAKE_SHARES, test);
}

/* The first test that is met, in the rule's order. A category comes before all of them. */
static bool basis_of(itd_own_basis *out, const itd_own_test **test, const itd_own_evaluation *e, uint32_t company,
                     itd_own_layer_id id)
{
    const itd_own_layer *layer = &e->layers[id];
    bool met = false;
    *out = ITD_OWN_NO_BASIS;
    if (e->state[company] & ITD_OWN_IS_LISTED) {
        *out = ITD_OWN_LISTED;
        return true;
    }
    if (e->member_count > 0 && (id == ITD_OWN_LAYER_BLOCKED ? itd_own_in(e, ITD_OWN_LAYER_CATEGORY, company)
                                                            : itd_own_class_held(e, company))) {
        *out = ITD_OWN_CATEGORY;
        return true;
    }
    if (layer->test_count == 1) {
        *test = &layer->tests[0];
        *out = (*test)->basis;
        return true;
    }
    for (size_t t = 0; t < layer->test_count && !met; t++) {
        if (!itd_own_test_met(&met, e, layer, &layer->tests[t], company))
            return false;
        if (met) {
            *test = &layer->tests[t];
            *out = (*test)->basis;
        }
    }
    return true;
}

bool itd_own_judgement_of(itd_own_judgement *out, const itd_own_evaluation *e, uint32_t entity)
{
    itd_own_share share = {0, 0};
    itd_own_judgement made = {.verdict = ITD_OWN_NOT_BLOCKED};
    const itd_own_test *test = NULL; /* that is met */
    bool good = true;
    if (itd_own_in(e, ITD_OWN_LAYER_BLOCKED, entity)) {
        made.verdict = ITD_OWN_BLOCKED;
        good = basis_of(&made.basis, &test, e, entity, ITD_OWN_LAYER_BLOCKED);
    } else if (itd_own_in(e, ITD_OWN_LAYER_POSSIBLE, entity)) {
        made.verdict = ITD_OWN_POSSIBLE;
        good = basis_of(&made.basis, &test, e, entity, ITD_OWN_LAYER_POSSIBLE);
    }
    if (good && test && test->kind == ITD_STAKE_VOTES && test->basis == ITD_OWN_OWNERSHIP)
        good = share_by(&share, e, entity, ITD_STAKE_VOTES, test);
    else
        good = good && share_of(&share, e, entity);
    made.share_min_ppm = share.low > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : (uint32_t)share.low;
    made.share_max_ppm = share.high > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : (uint32_t)share.high;
    if (good)
        *out = made;
    return good;
}
