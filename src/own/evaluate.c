/* Layers as least fixed points: the worklist, and what each holder that comes off it means for what it holds. */
#include "own/evaluate.h"

#include <assert.h>

/* Members taken off the queue together: what they hold is on its way before the first one is looked at. */
#define BLOCK 64
/* Holdings of one holder that are fetched before they are looked at. */
#define AHEAD 16

/* ---- layers and their tests ---- */

static void take_tests(itd_own_layer *layer, const itd_own_rule *rule)
{
    layer->test_count = 0;
    layer->main = SIZE_MAX;
    if (!rule)
        return;
    assert(rule->test_count <= ITD_OWN_TESTS_MAX);
    for (size_t i = 0; i < rule->test_count; i++) {
        const itd_own_test *test = &rule->tests[i];
        if (test->basis == ITD_OWN_CONTROL_PRESUMED && layer->lower)
            continue; /* it can be rebutted */
        if (layer->id == ITD_OWN_LAYER_CATEGORY && test->basis != ITD_OWN_OWNERSHIP)
            continue;
        layer->tests[layer->test_count++] = *test;
    }
}

/* Softens the tests of ownership: holders are summed, and `least` is enough where it is below what the test asks. */
static void soften(itd_own_layer *layer, uint32_t least, uint32_t less)
{
    for (size_t i = 0; i < layer->test_count; i++) {
        itd_own_test *test = &layer->tests[i];
        if (test->basis != ITD_OWN_OWNERSHIP)
            continue;
        test->sum = ITD_OWN_SUM;
        if (test->least_ppm > least)
            test->least_ppm = least;
        test->least_ppm = test->least_ppm > less ? test->least_ppm - less : 1;
    }
}

static void find_main(itd_own_layer *layer)
{
    for (size_t i = 0; i < layer->test_count && layer->main == SIZE_MAX; i++)
        if (layer->tests[i].kind == ITD_STAKE_SHARES && itd_own_sum_of(layer, &layer->tests[i]) == ITD_OWN_SUM)
            layer->main = i;
}

static void set_up(itd_own_evaluation *e, itd_own_layer_id id)
{
    itd_own_layer *layer = &e->layers[id];
    layer->id = id;
    layer->lower = id == ITD_OWN_LAYER_CATEGORY || id == ITD_OWN_LAYER_BLOCKED;
    take_tests(layer, e->rule);
    if (id == ITD_OWN_LAYER_CHECK)
        soften(layer, ITD_OWN_HALF_PPM, 0);
    if (id == ITD_OWN_LAYER_NEAR)
        soften(layer, ITD_OWN_HALF_PPM, ITD_OWN_NEAR_PPM - 1);
    if (id != ITD_OWN_LAYER_DIVESTED)
        find_main(layer);
}

itd_status itd_own_evaluation_init(itd_own_evaluation *e, const itd_register *r, const itd_own_regime *regime,
                                   int32_t day, itd_error *error)
{
    *e = (itd_own_evaluation){.r = r, .regime = regime, .rule = itd_own_regime_rule(regime, day), .day = day};
    for (unsigned id = 0; id < ITD_OWN_LAYERS; id++)
        set_up(e, (itd_own_layer_id)id);
    for (size_t i = 0; e->rule && i < e->rule->test_count; i++)
        e->joint |= e->rule->tests[i].sum == ITD_OWN_JOINT;
    e->state = itd_calloc((size_t)r->entity_count + 1, sizeof *e->state);
    return e->state ? ITD_OK : itd_fail_memory(error);
}

void itd_own_evaluation_finish(itd_own_evaluation *e)
{
    for (unsigned id = 0; id < ITD_OWN_LAYERS; id++) {
        itd_free(e->layers[id].block);
        itd_vector_finish(&e->layers[id].queue);
    }
    itd_own_group_finish(&e->group);
    itd_free(e->state);
    *e = (itd_own_evaluation){0};
}

void itd_own_mark(itd_own_evaluation *e, uint32_t entity, bool member)
{
    uint16_t *state = &e->state[entity];
    e->listed_count += !(*state & ITD_OWN_IS_LISTED);
    e->member_count += member && !(*state & ITD_OWN_IS_MEMBER);
    *state = (uint16_t)(*state | ITD_OWN_IS_LISTED | (member ? ITD_OWN_IS_MEMBER : 0));
}

bool itd_own_join(itd_own_evaluation *e, itd_own_layer *layer, uint32_t entity)
{
    if (e->state[entity] & ITD_OWN_IN(layer->id))
        return true;
    e->state[entity] = (uint16_t)(e->state[entity] | ITD_OWN_IN(layer->id));
    return itd_vector_push(&layer->queue, entity);
}

/* ---- a holder and what it holds ---- */

/* What all who are not counted in the layer hold at least, as `sums` keeps it. */
static uint64_t sum_others(const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company)
{
    const itd_register *r = e->r;
    uint64_t others = 0, all = 0;
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        all += pair.min_ppm[ITD_STAKE_SHARES];
        if (!(e->state[r->owner[s]] & ITD_OWN_DONE(layer->id)))
            others += pair.min_ppm[ITD_STAKE_SHARES];
    }
    return (others + 1) | (all > ITD_PPM_WHOLE ? ITD_OWN_OVER_WHOLE : 0);
}

/* Counts the pair into the sums of the main test. True: the test is met. */
static bool count_main(const itd_own_evaluation *e, itd_own_layer *layer, uint32_t company, const itd_own_pair *pair)
{
    uint32_t least = layer->tests[layer->main].least_ppm;
    uint64_t *sums = &layer->sums[(size_t)company * layer->stride];
    if (layer->lower) {
        sums[0] += pair->min_ppm[ITD_STAKE_SHARES];
        return sums[0] >= least;
    }
    sums[0] += pair->max_ppm[ITD_STAKE_SHARES];
    if (sums[1] > 0)
        sums[1] -= pair->min_ppm[ITD_STAKE_SHARES];
    if (sums[0] < least || (e->state[company] & ITD_OWN_IN(layer->id)))
        return false; /* too little, or in it anyway */
    if (sums[1] == 0)
        sums[1] = sum_others(e, layer, company);
    if ((sums[1] & ~ITD_OWN_OVER_WHOLE) - 1 + least <= ITD_PPM_WHOLE)
        return true;
    return (sums[1] & ITD_OWN_OVER_WHOLE) &&
           itd_own_share_sum(e, layer, company, ITD_STAKE_SHARES).high >= least; /* lower bounds stay */
}

/* A share of one holder alone: true when it is enough, whatever others hold. */
static bool enough_alone(const itd_own_evaluation *e, const itd_own_layer *layer, const itd_own_test *test,
                         uint32_t holder, uint32_t company, const itd_own_pair *pair)
{
    if (pair->min_ppm[test->kind] >= test->least_ppm)
        return true;
    if (layer->lower || pair->max_ppm[test->kind] < test->least_ppm)
        return false;
    return itd_own_share_cut(e, company, test->kind, holder).high >= test->least_ppm;
}

/* Is a test other than the main one met by this holder, or with it? False in *good: no memory. */
static bool meets(bool *good, const itd_own_evaluation *e, const itd_own_layer *layer, const itd_own_test *test,
                  uint32_t holder, uint32_t company, const itd_own_pair *pair)
{
    itd_surety enough = layer->lower ? ITD_CERTAIN : ITD_PERHAPS;
    bool met = false;
    switch (test->kind) {
    case ITD_STAKE_BOARD:
        return pair->board >= enough;
    case ITD_STAKE_CONTROL:
        return pair->control >= enough;
    case ITD_STAKE_SHARES:
    case ITD_STAKE_VOTES:
        break;
    default:
        return false;
    }
    switch (itd_own_sum_of(layer, test)) {
    case ITD_OWN_EACH:
        return enough_alone(e, layer, test, holder, company, pair);
    case ITD_OWN_JOINT:
        if (e->group.sure.count + e->group.maybe.count == 0)
            return enough_alone(e, layer, test, holder, company, pair);
        const itd_own_share share = itd_own_share_of(e, company, test->kind, holder, &e->group);
        return (layer->lower ? share.low : share.high) >= test->least_ppm;
    default:
        if (pair->max_ppm[test->kind] > 0)
            *good = *good && itd_own_test_met(&met, e, layer, test, company);
        return met;
    }
}

static bool holds_anything(const itd_own_pair *pair)
{
    return pair->max_ppm[0] || pair->max_ppm[1] || pair->board || pair->control;
}

/* What it means for a company that `holder` is in the layer. False: no memory. */
static bool offer(itd_own_evaluation *e, itd_own_layer *layer, uint32_t holder, uint32_t company,
                  const itd_own_pair *pair)
{
    bool good = true;
    bool joins = layer->main != SIZE_MAX && pair->max_ppm[ITD_STAKE_SHARES] > 0 && count_main(e, layer, company, pair);
    if (e->state[company] & ITD_OWN_IN(layer->id))
        return true;
    for (size_t t = 0; t < layer->test_count && !joins && good; t++)
        joins = t != layer->main && meets(&good, e, layer, &layer->tests[t], holder, company, pair);
    if (!joins && !layer->lower && itd_own_in(e, ITD_OWN_LAYER_CATEGORY, holder))
        joins = holds_anything(pair);
    return good && (!joins || itd_own_join(e, layer, company));
}

/* The companies of those who act together with a holder: the holder may have nothing of its own in them. */
static bool offer_group(itd_own_evaluation *e, itd_own_layer *layer, uint32_t holder)
{
    const itd_register *r = e->r;
    const itd_own_pair nothing = {0};
    bool good = true;
    for (size_t i = 0; i < e->group.sure.count + e->group.maybe.count; i++) {
        uint32_t member =
            i < e->group.sure.count ? e->group.sure.items[i] : e->group.maybe.items[i - e->group.sure.count];
        for (uint32_t k = r->out_first[member]; k < r->out_first[member + 1]; k++) {
            uint32_t company = r->out[k].owned;
            bool joins = false;
            if (e->state[company] & ITD_OWN_IN(layer->id))
                continue;
            for (size_t t = 0; t < layer->test_count && good && !joins; t++)
                joins = itd_own_sum_of(layer, &layer->tests[t]) == ITD_OWN_JOINT &&
                        meets(&good, e, layer, &layer->tests[t], holder, company, &nothing);
            if (!good || (joins && !itd_own_join(e, layer, company)))
                return false;
        }
    }
    return true;
}

/* Memory is far: what is needed next is asked for while there is other work. */
static inline void fetch(const itd_own_evaluation *e, const itd_own_layer *layer, const itd_register_out *out)
{
    __builtin_prefetch(&e->state[out->owned], 1);
    if (layer->sums)
        __builtin_prefetch(&layer->sums[(size_t)out->owned * layer->stride], 1);
}

/* The first holdings of a block of members; the others are fetched as they come nearer. */
static void fetch_block(const itd_own_evaluation *e, const itd_own_layer *layer, size_t begin, size_t end)
{
    const itd_register *r = e->r;
    for (size_t i = begin; i < end; i++)
        __builtin_prefetch(&r->out_first[layer->queue.items[i]]);
    for (size_t i = begin; i < end; i++)
        __builtin_prefetch(&r->out[r->out_first[layer->queue.items[i]]]);
    for (size_t i = begin; i < end; i++) {
        uint32_t holder = layer->queue.items[i], first = r->out_first[holder], last = r->out_first[holder + 1];
        for (uint32_t k = first; k < last && k < first + AHEAD; k++)
            fetch(e, layer, &r->out[k]);
    }
}

/* Who joins what is blocked is possible too: both are counted at once, as fetching what a holder has costs most. */
static bool process(itd_own_evaluation *e, itd_own_layer *layer, uint32_t holder)
{
    const itd_register *r = e->r;
    itd_own_layer *upper = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    bool both = layer->id == ITD_OWN_LAYER_BLOCKED && !(e->state[holder] & ITD_OWN_DONE(upper->id));
    uint32_t end = r->out_first[holder + 1];
    if (e->state[holder] & ITD_OWN_DONE(layer->id))
        return true;
    e->state[holder] = (uint16_t)(e->state[holder] | ITD_OWN_DONE(layer->id) | (both ? ITD_OWN_DONE(upper->id) : 0));
    if (both && !itd_own_join(e, upper, holder))
        return false;
    if (e->joint && !itd_own_group_of(&e->group, e, holder))
        return false;
    for (uint32_t k = r->out_first[holder]; k < end;) {
        itd_own_pair pair;
        uint32_t company = r->out[k].owned, first = k;
        for (; k < end && r->out[k].owned == company; k++)
            if (end - k > AHEAD)
                fetch(e, layer, &r->out[k + AHEAD]);
        itd_own_pair_with(&pair, r, r->out[first].term, r->out[first].stake, k - first, e->day);
        if (!offer(e, layer, holder, company, &pair))
            return false;
        if (both && itd_own_in(e, layer->id, company) && !itd_own_join(e, upper, company))
            return false;
        if (both && !offer(e, upper, holder, company, &pair))
            return false;
    }
    return !e->joint || (offer_group(e, layer, holder) && (!both || offer_group(e, upper, holder)));
}

bool itd_own_propagate(itd_own_evaluation *e, itd_own_layer *layer)
{
    while (layer->head < layer->queue.count) {
        size_t begin = layer->head, end = layer->queue.count;
        if (end - begin > BLOCK)
            end = begin + BLOCK;
        fetch_block(e, layer, begin, end);
        for (; layer->head < end; layer->head++)
            if (!process(e, layer, layer->queue.items[layer->head]))
                return false;
    }
    return true;
}

/* ---- runs ---- */

static void forget(itd_own_evaluation *e, itd_own_layer *layer)
{
    uint16_t both = (uint16_t)(ITD_OWN_IN(layer->id) | ITD_OWN_DONE(layer->id));
    for (size_t i = 0; i < layer->queue.count; i++)
        e->state[layer->queue.items[i]] = (uint16_t)(e->state[layer->queue.items[i]] & ~both);
    layer->queue.count = layer->head = 0;
    itd_free(layer->block);
    layer->sums = layer->block = NULL;
}

static bool begin(itd_own_evaluation *e, itd_own_layer *layer)
{
    forget(e, layer);
    layer->run = true;
    if (layer->main == SIZE_MAX)
        return true;
    layer->stride = layer->lower ? 1 : 2;
    layer->sums = layer->block = itd_calloc((size_t)e->r->entity_count * layer->stride + 1, sizeof *layer->block);
    return layer->sums != NULL;
}

/* What is blocked and what is possible, the sums of an entity side by side. */
static bool begin_both(itd_own_evaluation *e, itd_own_layer *blocked, itd_own_layer *possible)
{
    forget(e, possible);
    forget(e, blocked);
    blocked->run = possible->run = true;
    blocked->stride = possible->stride = 3;
    if (blocked->main == SIZE_MAX && possible->main == SIZE_MAX)
        return true;
    blocked->block = itd_calloc((size_t)e->r->entity_count * 3 + 1, sizeof *blocked->block);
    if (!blocked->block)
        return false;
    blocked->sums = blocked->main == SIZE_MAX ? NULL : blocked->block;
    possible->sums = blocked->block + 1;
    return true;
}

/* All members of another layer. */
static bool begin_with(itd_own_evaluation *e, itd_own_layer *layer, const itd_own_layer *below)
{
    bool good = true;
    for (size_t i = 0; i < below->queue.count && good; i++)
        if (itd_own_in(e, below->id, below->queue.items[i]))
            good = itd_own_join(e, layer, below->queue.items[i]);
    return good;
}

static bool begin_marked(itd_own_evaluation *e, itd_own_layer *layer, uint16_t mark)
{
    bool good = true;
    for (uint32_t n = 0; n < e->r->entity_count && good; n++)
        if (e->state[n] & mark)
            good = itd_own_join(e, layer, n);
    return good;
}

itd_status itd_own_evaluation_run(itd_own_evaluation *e, itd_error *error)
{
    itd_own_layer *category = &e->layers[ITD_OWN_LAYER_CATEGORY], *blocked = &e->layers[ITD_OWN_LAYER_BLOCKED];
    itd_own_layer *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    bool good = true;
    for (unsigned id = 0; id < ITD_OWN_LAYERS; id++)
        e->layers[id].run = false;
    forget(e, category);
    if (e->member_count > 0)
        good = begin(e, category) && begin_marked(e, category, ITD_OWN_IS_MEMBER) && itd_own_propagate(e, category);
    good = good && begin_both(e, blocked, possible) && begin_marked(e, blocked, ITD_OWN_IS_LISTED);
    good = good && itd_own_propagate(e, blocked) && itd_own_propagate(e, possible);
    return good ? ITD_OK : itd_fail_memory(error);
}

/* Nothing that the layer of what is possible does not ask as well. */
static bool is_softer(const itd_own_layer *layer, const itd_own_layer *possible)
{
    bool softer = layer->test_count != possible->test_count;
    for (size_t i = 0; i < layer->test_count && !softer; i++)
        softer = layer->tests[i].least_ppm != possible->tests[i].least_ppm ||
                 itd_own_sum_of(layer, &layer->tests[i]) != itd_own_sum_of(possible, &possible->tests[i]);
    return softer;
}

itd_status itd_own_evaluation_flags(itd_own_evaluation *e, itd_error *error)
{
    bool good = true;
    itd_own_layer *layers[] = {&e->layers[ITD_OWN_LAYER_CHECK], &e->layers[ITD_OWN_LAYER_NEAR]};
    for (size_t i = 0; i < 2 && good; i++) {
        if (layers[i]->run)
            continue;
        good = begin(e, layers[i]);
        if (!is_softer(layers[i], &e->layers[ITD_OWN_LAYER_POSSIBLE]))
            continue;
        good = good && begin_with(e, layers[i], &e->layers[ITD_OWN_LAYER_POSSIBLE]) && itd_own_propagate(e, layers[i]);
        itd_free(layers[i]->block); /* who is in it is all that flags ask */
        layers[i]->sums = layers[i]->block = NULL;
    }
    if (good && !e->layers[ITD_OWN_LAYER_DIVESTED].run)
        good = begin(e, &e->layers[ITD_OWN_LAYER_DIVESTED]) && itd_own_divested(e);
    return good ? ITD_OK : itd_fail_memory(error);
}
