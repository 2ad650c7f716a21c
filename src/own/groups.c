/* Parties that act together, and what they have of a company. Looked at from the company: what each owner has is added
 * up for whoever it counts for, so that a party is looked at once and not once for each of its group. */
#include <stdlib.h>

#include "own/evaluate.h"

/* What a party of a layer has of a company, with its group. */
typedef struct total {
    uint32_t party;
    uint64_t low, high; /* what is certain, what may be */
    uint64_t floor;     /* what those who may be of the group hold at least */
} total;

struct itd_own_groups {
    uint64_t *place; /* by owner: one more than where its allies begin; 0: not looked up */
    uint32_t *slot;  /* by party: one more than its place in `totals`; 0: none */
    uint32_t entity_count;
    ITD_VECTOR(itd_own_ally) allies; /* of each owner: itself with the number of those that follow */
    ITD_VECTOR(total) totals;
    bool valid; /* `totals` are those of a company, under what was true at `changes` */
    uint32_t company;
    itd_stake_kind kind;
    itd_own_layer_id layer;
    uint64_t changes;
    uint64_t all; /* what all holders of the company have at least */
};

itd_own_groups *itd_own_groups_create(uint32_t entity_count)
{
    itd_own_groups *groups = itd_calloc(1, sizeof *groups);
    if (!groups)
        return NULL;
    groups->place = itd_calloc((size_t)entity_count + 1, sizeof *groups->place);
    groups->slot = itd_calloc((size_t)entity_count + 1, sizeof *groups->slot);
    groups->entity_count = entity_count;
    if (groups->place && groups->slot)
        return groups;
    itd_own_groups_destroy(groups);
    return NULL;
}

void itd_own_groups_destroy(itd_own_groups *groups)
{
    if (!groups)
        return;
    itd_free(groups->place);
    itd_free(groups->slot);
    itd_vector_finish(&groups->allies);
    itd_vector_finish(&groups->totals);
    itd_free(groups);
}

void itd_own_groups_reset(itd_own_groups *groups)
{
    for (size_t at = 0; at < groups->allies.count; at += 1 + groups->allies.items[at].surety)
        groups->place[groups->allies.items[at].party] = 0;
    groups->allies.count = 0;
    groups->valid = false;
}

/* ---- who counts for whom ---- */

static int by_party(const void *a, const void *b)
{
    const itd_own_ally *x = a, *y = b;
    int order = (x->party > y->party) - (x->party < y->party);
    return order != 0 ? order : (x->surety < y->surety) - (x->surety > y->surety);
}

static bool put(itd_own_groups *groups, uint32_t owner, uint32_t party, itd_surety counts)
{
    const itd_own_ally ally = {party, (uint32_t)counts};
    return counts == ITD_NOT_HELD || party == owner || itd_vector_push(&groups->allies, ally);
}

/* Each once, as sure as any statement makes it. */
static void tidy(itd_own_groups *groups, size_t first)
{
    itd_own_ally *items = groups->allies.items;
    size_t count = first;
    if (groups->allies.count - first > 1)
        qsort(items + first, groups->allies.count - first, sizeof *items, by_party);
    for (size_t i = first; i < groups->allies.count; i++)
        if (count == first || items[count - 1].party != items[i].party)
            items[count++] = items[i];
    groups->allies.count = count;
}

static bool look_up(itd_own_groups *groups, const itd_own_evaluation *e, uint32_t owner)
{
    const itd_register *r = e->r;
    const itd_own_ally head = {owner, 0};
    size_t at = groups->allies.count;
    bool good = itd_vector_push(&groups->allies, head);
    for (uint32_t k = r->out_first[owner]; k < r->out_first[owner + 1] && good; k++)
        if (itd_term_kind(r->out[k].term) == ITD_STAKE_JOINT)
            good = put(groups, owner, r->out[k].owned, itd_own_counts(r, r->out[k].stake, e->day));
    for (uint32_t s = r->in_first[owner]; s < r->in_first[owner + 1] && good; s++)
        if (itd_term_kind(r->term[s]) == ITD_STAKE_JOINT || itd_term_kind(r->term[s]) == ITD_STAKE_CONTROL)
            good = put(groups, owner, r->owner[s], itd_own_counts(r, s, e->day));
    if (!good)
        return false;
    tidy(groups, at + 1);
    groups->allies.items[at].surety = (uint32_t)(groups->allies.count - at - 1);
    groups->place[owner] = at + 1;
    return true;
}

bool itd_own_allies_of(const itd_own_ally **out, size_t *count, const itd_own_evaluation *e, uint32_t owner)
{
    itd_own_groups *groups = e->groups;
    if (groups->place[owner] == 0 && !look_up(groups, e, owner)) {
        itd_own_groups_reset(groups); /* what was added of this owner goes too */
        return false;
    }
    *out = &groups->allies.items[groups->place[owner]];
    *count = groups->allies.items[groups->place[owner] - 1].surety;
    return true;
}

/* ---- what they have ---- */

/* A company is not blocked through itself: neither what it holds in itself counts, nor what others hold for it. */
static bool add(itd_own_groups *groups, uint32_t party, itd_surety surety, uint32_t low, uint32_t high)
{
    if (party == groups->company)
        return true;
    if (groups->slot[party] == 0) {
        const total none = {.party = party};
        if (!itd_vector_push(&groups->totals, none))
            return false;
        groups->slot[party] = (uint32_t)groups->totals.count;
    }
    total *t = &groups->totals.items[groups->slot[party] - 1];
    t->low += surety == ITD_CERTAIN ? low : 0;
    t->high += high;
    t->floor += low;
    return true;
}

/* What an owner has counts for itself and its allies, if they are done in the layer. */
static bool add_for_all(itd_own_groups *groups, const itd_own_evaluation *e, itd_own_layer_id layer, uint32_t owner,
                        uint32_t low, uint32_t high)
{
    const itd_own_ally *allies = NULL;
    size_t count = 0;
    if ((e->state[owner] & ITD_OWN_DONE(layer)) && !add(groups, owner, ITD_CERTAIN, low, high))
        return false;
    bool good = itd_own_allies_of(&allies, &count, e, owner);
    for (size_t i = 0; i < count && good; i++)
        if (e->state[allies[i].party] & ITD_OWN_DONE(layer))
            good = add(groups, allies[i].party, (itd_surety)allies[i].surety, low, high);
    return good;
}

/* What a company holds in itself counts for nobody, and bounds what the others have. */
static bool add_up(itd_own_groups *groups, const itd_own_evaluation *e, itd_own_layer_id layer, uint32_t company,
                   itd_stake_kind kind)
{
    const itd_register *r = e->r;
    bool good = true;
    uint32_t count, end = r->in_first[company + 1];
    groups->all = 0;
    for (uint32_t s = r->in_first[company]; s < end && good; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        groups->all += pair.min_ppm[kind];
        if (pair.max_ppm[kind] > 0 && r->owner[s] != company)
            good = add_for_all(groups, e, layer, r->owner[s], pair.min_ppm[kind], pair.max_ppm[kind]);
    }
    return good;
}

static bool find(itd_own_groups *groups, const itd_own_evaluation *e, itd_own_layer_id layer, uint32_t company,
                 itd_stake_kind kind)
{
    if (groups->valid && groups->company == company && groups->kind == kind && groups->layer == layer &&
        groups->changes == e->changes)
        return true;
    for (size_t i = 0; i < groups->totals.count; i++)
        groups->slot[groups->totals.items[i].party] = 0;
    groups->totals.count = 0;
    groups->company = company;
    groups->kind = kind;
    groups->layer = layer;
    groups->changes = e->changes;
    groups->valid = add_up(groups, e, layer, company, kind);
    return groups->valid;
}

static itd_own_share share_of(const itd_own_groups *groups, const total *t)
{
    return itd_own_share_left((itd_own_share){t->low, t->high}, t->floor, groups->all - t->floor);
}

bool itd_own_group_best(itd_own_share *out, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                        itd_stake_kind kind)
{
    *out = (itd_own_share){0};
    if (!find(e->groups, e, layer->id, company, kind))
        return false;
    for (size_t i = 0; i < e->groups->totals.count; i++) {
        itd_own_share share = share_of(e->groups, &e->groups->totals.items[i]);
        out->low = share.low > out->low ? share.low : out->low;
        out->high = share.high > out->high ? share.high : out->high;
    }
    return true;
}

static bool is_enough(const itd_own_groups *groups, const itd_own_layer *layer, const itd_own_test *test,
                      uint32_t party)
{
    if (groups->slot[party] == 0)
        return false;
    itd_own_share share = share_of(groups, &groups->totals.items[groups->slot[party] - 1]);
    return (layer->lower ? share.low : share.high) >= test->least_ppm;
}

bool itd_own_group_enough(bool *enough, const itd_own_evaluation *e, const itd_own_layer *layer,
                          const itd_own_test *test, uint32_t company, uint32_t holder)
{
    const itd_own_ally *allies = NULL;
    size_t count = 0;
    if (!find(e->groups, e, layer->id, company, test->kind) || !itd_own_allies_of(&allies, &count, e, holder))
        return false;
    *enough = is_enough(e->groups, layer, test, holder);
    for (size_t i = 0; i < count && !*enough; i++)
        *enough = allies[i].surety >= (layer->lower ? ITD_CERTAIN : ITD_PERHAPS) &&
                  is_enough(e->groups, layer, test, allies[i].party);
    return true;
}
