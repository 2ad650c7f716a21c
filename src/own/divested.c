/* What was held once: companies that would be possible if stakes had not ended. Property that was blocked before a sale
 * stays blocked after it (OFAC FAQ 402), so a reader has to know. */
#include "own/evaluate.h"

/* Of a stake that has ended: the last day that it held on for certain. */
static int32_t last_day(int32_t end)
{
    int32_t first = end >= 0 ? end / ITD_DAY_SPAN : -((-end + ITD_DAY_SPAN - 1) / ITD_DAY_SPAN);
    return first - 1;
}

static const itd_own_test *ownership_of(const itd_own_layer *layer)
{
    for (size_t i = 0; i < layer->test_count; i++)
        if (layer->tests[i].basis == ITD_OWN_OWNERSHIP)
            return &layer->tests[i];
    return NULL;
}

static bool held_on(const itd_own_evaluation *e, const itd_own_test *test, uint32_t company, int32_t day)
{
    const itd_register *r = e->r;
    uint64_t sum = 0, best = 0;
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        if (!itd_own_in(e, ITD_OWN_LAYER_DIVESTED, r->owner[s]))
            continue;
        itd_own_pair_of(&pair, r, s, count, day);
        sum += pair.max_ppm[test->kind];
        best = pair.max_ppm[test->kind] > best ? pair.max_ppm[test->kind] : best;
    }
    return (test->sum == ITD_OWN_EACH || test->sum == ITD_OWN_JOINT ? best : sum) >= test->least_ppm;
}

/* Today, or on the last day of any stake that has ended. */
static bool was_held(const itd_own_evaluation *e, const itd_own_test *test, uint32_t company)
{
    const itd_register *r = e->r;
    if (held_on(e, test, company, e->day))
        return true;
    for (uint32_t s = r->in_first[company]; s < r->in_first[company + 1]; s++)
        if ((r->term[s] & ITD_TERM_DATED) && r->end[s] != ITD_END_OPEN && last_day(r->end[s]) < e->day &&
            held_on(e, test, company, last_day(r->end[s])))
            return true;
    return false;
}

typedef ITD_VECTOR(uint32_t) companies;

/* Companies of a holder that are to be looked at, each once until it is. */
static bool gather(companies *out, itd_own_evaluation *e, uint32_t holder, bool ended_only)
{
    const itd_register *r = e->r;
    for (uint32_t k = r->out_first[holder]; k < r->out_first[holder + 1]; k++) {
        uint32_t company = r->out[k].owned, stake = r->out[k].stake;
        bool ended =
            (r->term[stake] & ITD_TERM_DATED) && r->end[stake] != ITD_END_OPEN && last_day(r->end[stake]) < e->day;
        uint16_t seen = (uint16_t)(ITD_OWN_IN(ITD_OWN_LAYER_DIVESTED) | ITD_OWN_DONE(ITD_OWN_LAYER_DIVESTED));
        if ((ended_only && !ended) || (e->state[company] & seen))
            continue;
        e->state[company] = (uint16_t)(e->state[company] | ITD_OWN_DONE(ITD_OWN_LAYER_DIVESTED));
        if (!itd_vector_push(out, company))
            return false;
    }
    return true;
}

static bool rounds(itd_own_evaluation *e, itd_own_layer *layer, const itd_own_test *test, companies *todo)
{
    bool good = true;
    for (size_t head = 0; head < todo->count && good; head++) {
        uint32_t company = todo->items[head];
        e->state[company] = (uint16_t)(e->state[company] & ~ITD_OWN_DONE(ITD_OWN_LAYER_DIVESTED));
        if (!itd_own_in(e, ITD_OWN_LAYER_DIVESTED, company) && was_held(e, test, company))
            good = itd_own_join(e, layer, company) && gather(todo, e, company, false);
    }
    return good;
}

bool itd_own_divested(itd_own_evaluation *e)
{
    itd_own_layer *layer = &e->layers[ITD_OWN_LAYER_DIVESTED];
    const itd_own_layer *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    const itd_own_test *test = ownership_of(layer);
    companies todo = {0};
    bool good = true;
    for (size_t i = 0; test && i < possible->queue.count && good; i++)
        if (itd_own_in(e, possible->id, possible->queue.items[i]))
            good = itd_own_join(e, layer, possible->queue.items[i]);
    for (size_t i = 0, count = layer->queue.count; i < count && good; i++)
        good = gather(&todo, e, layer->queue.items[i], true);
    good = good && (!test || rounds(e, layer, test, &todo));
    itd_vector_finish(&todo);
    return good;
}
