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

static bool share_of(itd_own_share *out, const itd_own_evaluation *e, uint32_t company)
{
    const itd_own_layer *blocked = &e->layers[ITD_OWN_LAYER_BLOCKED], *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    itd_own_share low = {0}, high = {0};
    if (blocked->main != SIZE_MAX && possible->main != SIZE_MAX) {
        *out = main_share(e, company);
        return true;
    }
    const itd_own_test *test = e->rule && e->rule->test_count > 0 ? &e->rule->tests[0] : NULL;
    if (e->r->in_first[company] == e->r->in_first[company + 1]) {
        *out = low;
        return true;
    }
    if (!test || itd_own_sum_of(blocked, test) == ITD_OWN_SUM)
        low = itd_own_share_sum(e, blocked, company, ITD_STAKE_SHARES);
    else if (!itd_own_share_best(&low, e, blocked, company, test))
        return false;
    if (!test || itd_own_sum_of(possible, test) == ITD_OWN_SUM)
        high = itd_own_share_sum(e, possible, company, ITD_STAKE_SHARES);
    else if (!itd_own_share_best(&high, e, possible, company, test))
        return false;
    *out = (itd_own_share){low.low, high.high > low.low ? high.high : low.low};
    return true;
}

/* The first test that is met, in the rule's order. A category comes before all of them. */
static bool basis_of(itd_own_basis *out, const itd_own_evaluation *e, uint32_t company, itd_own_layer_id id)
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
        *out = layer->tests[0].basis;
        return true;
    }
    for (size_t t = 0; t < layer->test_count && !met; t++) {
        if (!itd_own_test_met(&met, e, layer, &layer->tests[t], company))
            return false;
        if (met)
            *out = layer->tests[t].basis;
    }
    return true;
}

bool itd_own_judgement_of(itd_own_judgement *out, const itd_own_evaluation *e, uint32_t entity)
{
    itd_own_share share = {0};
    itd_own_judgement made = {0};
    if (!share_of(&share, e, entity))
        return false;
    made.share_min_ppm = share.low > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : (uint32_t)share.low;
    made.share_max_ppm = share.high > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : (uint32_t)share.high;
    bool good = true;
    if (itd_own_in(e, ITD_OWN_LAYER_BLOCKED, entity)) {
        made.verdict = ITD_OWN_BLOCKED;
        good = basis_of(&made.basis, e, entity, ITD_OWN_LAYER_BLOCKED);
    } else if (itd_own_in(e, ITD_OWN_LAYER_POSSIBLE, entity)) {
        made.verdict = ITD_OWN_POSSIBLE;
        good = basis_of(&made.basis, e, entity, ITD_OWN_LAYER_POSSIBLE);
    }
    if (good)
        *out = made;
    return good;
}
