/* One listing added or removed: what depends on it is judged again, the rest is left alone. */
#include "own/evaluate.h"

/* ---- taking out ---- */

/* A holder leaves a layer: what it held no longer counts there, and companies that may have been in it through the
 * holder leave too. Who still belongs there comes back afterwards. */
static bool leave(itd_own_evaluation *e, itd_own_layer *layer, uint32_t holder, uint16_t stays, itd_own_layer *removed)
{
    const itd_register *r = e->r;
    uint16_t both = (uint16_t)(ITD_OWN_IN(layer->id) | ITD_OWN_DONE(layer->id));
    uint32_t end = r->out_first[holder + 1];
    e->state[holder] = (uint16_t)(e->state[holder] & ~ITD_OWN_DONE(layer->id));
    e->changes++;
    for (uint32_t k = r->out_first[holder]; k < end;) {
        itd_own_pair pair;
        uint32_t company = r->out[k].owned, first = k;
        while (k < end && r->out[k].owned == company)
            k++;
        itd_own_pair_with(&pair, r, r->out[first].term, r->out[first].stake, k - first, e->day);
        if (layer->sums) {
            uint64_t *sums = &layer->sums[(size_t)company * layer->stride];
            sums[0] -= layer->lower ? pair.min_ppm[ITD_STAKE_SHARES] : pair.max_ppm[ITD_STAKE_SHARES];
            if (!layer->lower && sums[1] > 0)
                sums[1] += pair.min_ppm[ITD_STAKE_SHARES];
        }
        if ((e->state[company] & both) == both && !(e->state[company] & stays)) {
            e->state[company] = (uint16_t)(e->state[company] & ~ITD_OWN_IN(layer->id)); /* on its way out */
            if (!itd_vector_push(&removed->queue, company))
                return false;
        }
    }
    return true;
}

/* Companies of those whose holdings counted for whoever has left may be in the layer by that. Each party is gone
 * through once: what it holds has left then. */
static bool leave_partners(itd_own_evaluation *e, itd_own_layer *layer, uint16_t stays, size_t from,
                           itd_own_layer *removed)
{
    const itd_register *r = e->r;
    uint16_t both = (uint16_t)(ITD_OWN_IN(layer->id) | ITD_OWN_DONE(layer->id));
    for (size_t i = from; i < layer->partners.count; i++) {
        uint32_t party = layer->partners.items[i];
        for (uint32_t k = r->out_first[party]; k < r->out_first[party + 1]; k++) {
            uint32_t company = r->out[k].owned;
            if ((e->state[company] & both) != both || (e->state[company] & stays))
                continue;
            e->state[company] = (uint16_t)(e->state[company] & ~ITD_OWN_IN(layer->id));
            if (!itd_vector_push(&removed->queue, company))
                return false;
        }
    }
    return true;
}

/* Is a company in the layer by what is left there? */
static bool still_met(bool *met, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company)
{
    *met = false;
    for (size_t t = 0; t < layer->test_count && !*met; t++)
        if (!itd_own_test_met(met, e, layer, &layer->tests[t], company))
            return false;
    if (!*met && !layer->lower && e->member_count > 0)
        *met = itd_own_class_held(e, company);
    return true;
}

/* Takes out whoever waits in `removed` and whatever depends on it, then brings back what is met without them. Members
 * that have a bit of `stays` are in the layer by right. */
static bool remove_all(itd_own_evaluation *e, itd_own_layer *layer, uint16_t stays, itd_own_layer *removed)
{
    for (; removed->head < removed->queue.count; removed->head++) {
        uint32_t holder = removed->queue.items[removed->head];
        size_t known = layer->partners.count;
        bool any = false;
        if (!leave(e, layer, holder, stays, removed) ||
            (e->joint &&
             !(itd_own_put_partners(&any, e, layer, holder) && leave_partners(e, layer, stays, known, removed))))
            return false;
    }
    itd_own_clear_due(e, layer);
    for (size_t i = 0; i < removed->queue.count; i++) {
        bool met = false;
        if (itd_own_in(e, layer->id, removed->queue.items[i]))
            continue;
        if (!still_met(&met, e, layer, removed->queue.items[i]) ||
            (met && !itd_own_join(e, layer, removed->queue.items[i])))
            return false;
    }
    return itd_own_propagate(e, layer);
}

/* Out of the layer, unless it has a bit of `stays`. */
static bool begin_removal(itd_own_evaluation *e, itd_own_layer *layer, uint32_t entity, uint16_t stays,
                          itd_own_layer *removed)
{
    if (!itd_own_in(e, layer->id, entity) || (e->state[entity] & stays))
        return true;
    e->state[entity] = (uint16_t)(e->state[entity] & ~ITD_OWN_IN(layer->id));
    return itd_vector_push(&removed->queue, entity);
}

static void forget_flags(itd_own_evaluation *e)
{
    e->layers[ITD_OWN_LAYER_CHECK].run = false;
    e->layers[ITD_OWN_LAYER_NEAR].run = false;
    e->layers[ITD_OWN_LAYER_DIVESTED].run = false;
}

static bool unlist(itd_own_evaluation *e, uint32_t entity)
{
    itd_own_layer *blocked = &e->layers[ITD_OWN_LAYER_BLOCKED], *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    itd_own_layer out = {0}, maybe = {0};
    bool good =
        begin_removal(e, blocked, entity, ITD_OWN_IS_LISTED, &out) && remove_all(e, blocked, ITD_OWN_IS_LISTED, &out);
    uint16_t stays = ITD_OWN_IN(ITD_OWN_LAYER_BLOCKED);
    good = good && begin_removal(e, possible, entity, stays, &maybe);
    for (size_t i = 0; i < out.queue.count && good; i++)
        good = begin_removal(e, possible, out.queue.items[i], stays, &maybe);
    good = good && remove_all(e, possible, stays, &maybe);
    itd_vector_finish(&out.queue);
    itd_vector_finish(&maybe.queue);
    return good;
}

itd_status itd_own_evaluation_unlist(itd_own_evaluation *e, uint32_t entity, itd_error *error)
{
    uint16_t state = e->state[entity];
    if (!(state & ITD_OWN_IS_LISTED))
        return ITD_OK;
    e->listed_count--;
    e->member_count -= (state & ITD_OWN_IS_MEMBER) != 0;
    e->state[entity] = (uint16_t)(state & ~(ITD_OWN_IS_LISTED | ITD_OWN_IS_MEMBER));
    forget_flags(e);
    if (e->member_count > 0 || (state & ITD_OWN_IS_MEMBER))
        return itd_own_evaluation_run(e, error); /* classes are few, and what rests on them is worked out anew */
    return unlist(e, entity) ? ITD_OK : itd_fail_memory(error);
}

/* ---- putting in ---- */

itd_status itd_own_evaluation_list(itd_own_evaluation *e, uint32_t entity, bool member, itd_error *error)
{
    itd_own_layer *blocked = &e->layers[ITD_OWN_LAYER_BLOCKED], *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    bool was_member = (e->state[entity] & ITD_OWN_IS_MEMBER) != 0;
    itd_own_mark(e, entity, member);
    forget_flags(e);
    if (member && !was_member)
        return itd_own_evaluation_run(e, error);
    bool good = itd_own_join(e, blocked, entity) && itd_own_propagate(e, blocked);
    return good && itd_own_propagate(e, possible) ? ITD_OK : itd_fail_memory(error);
}
