/* The worklist of a layer, and what each holder that comes off it means for what it holds. */
#include "own/evaluate.h"

/* Members taken off the queue together: what they hold is on its way before the first one is looked at. */
#define BLOCK 64
/* Holdings of one holder that are fetched before they are looked at. */
#define AHEAD 16

/* What is blocked and what is possible have companies in waiting at the same time: a mark for each. */
static unsigned due_mark(const itd_own_layer *layer)
{
    return layer->lower ? 1 : 2;
}
static unsigned partner_mark(const itd_own_layer *layer)
{
    return layer->lower ? 4 : 8;
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

/* Counts the pair into the sums of the main test. True: the test is met. Where all are stated to hold more than the
 * whole, lower bounds stay, and the company is `due`. */
static bool count_main(bool *due, const itd_own_evaluation *e, itd_own_layer *layer, uint32_t company,
                       const itd_own_pair *pair)
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
    *due = (sums[1] & ITD_OWN_OVER_WHOLE) != 0;
    return false;
}

/* Is a test other than the main one met by what one holder has, whatever others have? Where it depends on them, the
 * company is `due`: it is looked at whole, once for all who join meanwhile. */
static bool meets(bool *due, const itd_own_layer *layer, const itd_own_test *test, const itd_own_pair *pair,
                  bool in_group)
{
    itd_surety enough = layer->lower ? ITD_CERTAIN : ITD_PERHAPS;
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
    uint32_t low = pair->min_ppm[test->kind], high = layer->lower ? low : pair->max_ppm[test->kind];
    itd_own_sum sum = itd_own_sum_of(layer, test);
    bool alone = sum == ITD_OWN_EACH || (sum == ITD_OWN_JOINT && !in_group);
    if (low >= test->least_ppm)
        return true;
    *due |= alone ? high >= test->least_ppm : high > 0;
    return false;
}

static bool put_due(itd_own_evaluation *e, itd_own_layer *layer, uint32_t company)
{
    if (e->marks[company] & due_mark(layer) || e->state[company] & ITD_OWN_IN(layer->id))
        return true;
    e->marks[company] = (uint8_t)(e->marks[company] | due_mark(layer));
    return itd_vector_push(&layer->due, company);
}

static bool put_partner(itd_own_evaluation *e, itd_own_layer *layer, uint32_t party)
{
    if (e->marks[party] & partner_mark(layer))
        return true;
    e->marks[party] = (uint8_t)(e->marks[party] | partner_mark(layer));
    return itd_vector_push(&layer->partners, party);
}

void itd_own_clear_due(itd_own_evaluation *e, itd_own_layer *layer)
{
    for (size_t i = 0; i < layer->partners.count; i++)
        e->marks[layer->partners.items[i]] = (uint8_t)(e->marks[layer->partners.items[i]] & ~partner_mark(layer));
    for (size_t i = 0; i < layer->due.count; i++)
        e->marks[layer->due.items[i]] = (uint8_t)(e->marks[layer->due.items[i]] & ~due_mark(layer));
    layer->partners.count = layer->due.count = 0;
}

bool itd_own_put_partners(bool *any, itd_own_evaluation *e, itd_own_layer *layer, uint32_t holder)
{
    const itd_register *r = e->r;
    bool good = true;
    for (uint32_t k = r->out_first[holder]; k < r->out_first[holder + 1] && good; k++) {
        itd_stake_kind kind = itd_term_kind(r->out[k].term);
        if ((kind != ITD_STAKE_JOINT && kind != ITD_STAKE_CONTROL) ||
            itd_own_counts(r, r->out[k].stake, e->day) == ITD_NOT_HELD)
            continue;
        *any = true;
        good = put_partner(e, layer, r->out[k].owned);
    }
    for (uint32_t s = r->in_first[holder]; s < r->in_first[holder + 1] && good; s++) {
        if (itd_term_kind(r->term[s]) != ITD_STAKE_JOINT || itd_own_counts(r, s, e->day) == ITD_NOT_HELD)
            continue;
        *any = true;
        good = put_partner(e, layer, r->owner[s]);
    }
    return good;
}

/* What it means for a company that `holder` is in the layer. False: no memory. */
static bool offer(itd_own_evaluation *e, itd_own_layer *layer, uint32_t holder, uint32_t company,
                  const itd_own_pair *pair, bool in_group)
{
    bool due = false;
    bool joins =
        layer->main != SIZE_MAX && pair->max_ppm[ITD_STAKE_SHARES] > 0 && count_main(&due, e, layer, company, pair);
    if (e->state[company] & ITD_OWN_IN(layer->id))
        return true;
    for (size_t t = 0; t < layer->test_count && !joins; t++)
        joins = t != layer->main && meets(&due, layer, &layer->tests[t], pair, in_group);
    if (!joins && !layer->lower && layer->id != ITD_OWN_LAYER_OF_CLASS && itd_own_in(e, ITD_OWN_LAYER_OF_CLASS, holder))
        joins = itd_own_is_hold(pair);
    return joins ? itd_own_join(e, layer, company) : !due || put_due(e, layer, company);
}

/* Companies that are due are looked at, those of partners among them: of these the holder that joined may have nothing
 * of its own. */
static bool settle(itd_own_evaluation *e, itd_own_layer *layer)
{
    const itd_register *r = e->r;
    bool good = true;
    for (size_t i = 0; i < layer->partners.count && good; i++) {
        uint32_t party = layer->partners.items[i];
        for (uint32_t k = r->out_first[party]; k < r->out_first[party + 1] && good; k++)
            good = put_due(e, layer, r->out[k].owned);
    }
    for (size_t i = 0; i < layer->due.count && good; i++) {
        bool met = false;
        uint32_t company = layer->due.items[i];
        if (e->state[company] & ITD_OWN_IN(layer->id))
            continue;
        for (size_t t = 0; t < layer->test_count && good && !met; t++)
            good = itd_own_test_met(&met, e, layer, &layer->tests[t], company);
        good = good && (!met || itd_own_join(e, layer, company));
    }
    itd_own_clear_due(e, layer);
    return good;
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
    bool both = layer->id == ITD_OWN_LAYER_BLOCKED && !(e->state[holder] & ITD_OWN_DONE(upper->id)), in_group = false;
    uint32_t end = r->out_first[holder + 1];
    if (e->state[holder] & ITD_OWN_DONE(layer->id))
        return true;
    e->state[holder] = (uint16_t)(e->state[holder] | ITD_OWN_DONE(layer->id) | (both ? ITD_OWN_DONE(upper->id) : 0));
    e->changes++;
    if (both && !itd_own_join(e, upper, holder))
        return false;
    if (e->joint && !(itd_own_put_partners(&in_group, e, layer, holder) &&
                      (!both || itd_own_put_partners(&in_group, e, upper, holder))))
        return false;
    for (uint32_t k = r->out_first[holder]; k < end;) {
        itd_own_pair pair;
        uint32_t company = r->out[k].owned, first = k;
        for (; k < end && r->out[k].owned == company; k++)
            if (end - k > AHEAD)
                fetch(e, layer, &r->out[k + AHEAD]);
        itd_own_pair_with(&pair, r, r->out[first].term, r->out[first].stake, k - first, e->day);
        if (!offer(e, layer, holder, company, &pair, in_group))
            return false;
        if (both && itd_own_in(e, layer->id, company) && !itd_own_join(e, upper, company))
            return false;
        if (both && !offer(e, upper, holder, company, &pair, in_group))
            return false;
    }
    return true;
}

bool itd_own_propagate(itd_own_evaluation *e, itd_own_layer *layer)
{
    while (layer->head < layer->queue.count || layer->due.count + layer->partners.count > 0) {
        size_t begin = layer->head, end = layer->queue.count;
        if (begin == end) {
            if (!settle(e, layer))
                return false;
            continue;
        }
        if (end - begin > BLOCK)
            end = begin + BLOCK;
        fetch_block(e, layer, begin, end);
        for (; layer->head < end; layer->head++)
            if (!process(e, layer, layer->queue.items[layer->head]))
                return false;
    }
    return true;
}
