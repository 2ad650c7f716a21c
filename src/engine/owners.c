/* `owners`: who owns a company in the end, and through which chains. */
#include "interdict/owners.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/graph_ways.h"
#include "graph/paths.h"
#include "own/owners.h"

struct itd_owners {
    const itd_register *r;
    itd_arena arena;
    itd_above above;
    int32_t day;
    itd_owners_answer answer;
};

/* ---- chains ---- */

static uint32_t arc_name(void *user, uint32_t arc, bool back)
{
    const itd_owners *o = user;
    (void)back;
    return o->above.r.out[arc].stake;
}

/* Several stakes of one pair are one step: the first of them stands for all. */
static uint32_t arc_length(void *user, uint32_t stake)
{
    const itd_register *r = &((const itd_owners *)user)->above.r;
    uint32_t owned = itd_register_owned(r, stake);
    return stake == r->in_first[owned] || r->owner[stake - 1] != r->owner[stake];
}

/* What a pair comes to: of shares, else of votes, else of a right. */
static void take_holding(itd_own_step *out, itd_stake_kind *kind, const itd_own_pair *pair)
{
    *kind = pair->max_ppm[0]   ? ITD_STAKE_SHARES
            : pair->max_ppm[1] ? ITD_STAKE_VOTES
            : pair->control    ? ITD_STAKE_CONTROL
                               : ITD_STAKE_BOARD;
    if (*kind <= ITD_STAKE_VOTES) {
        out->share_min_ppm = pair->min_ppm[*kind];
        out->share_max_ppm = pair->max_ppm[*kind];
    }
    out->kind = itd_stake_kind_name(*kind);
}

static bool take_step(itd_own_step *out, itd_owners *o, const itd_path_step *step)
{
    const itd_register *r = &o->above.r;
    uint32_t first = step->name, count = itd_own_pair_size(r, first, r->in_first[step->to + 1]), told = first;
    itd_own_pair pair;
    itd_stake_kind kind;
    itd_own_pair_of(&pair, r, first, count, o->day);
    *out = (itd_own_step){.owner = itd_register_id(o->r, o->above.entity[step->from]),
                          .owned = itd_register_id(o->r, o->above.entity[step->to])};
    take_holding(out, &kind, &pair);
    while (told + 1 < first + count && itd_term_kind(r->term[told]) != kind)
        told++;
    itd_term term = r->term[told];
    uint32_t stake = o->above.stake[told];
    itd_sv file = itd_register_file(o->r, stake);
    out->source = o->r->line[stake] ? itd_arena_format(&o->arena, "%.*s:%u", ITD_SV_ARG(file), o->r->line[stake])
                                    : itd_arena_copy(&o->arena, file);
    out->grade = itd_term_reliability(term)
                     ? itd_arena_format(&o->arena, "%c%c", (char)('A' + itd_term_reliability(term) - 1),
                                        (char)('0' + itd_term_credibility(term)))
                     : ITD_SV("");
    return out->source.data && out->grade.data;
}

static bool take_chain(itd_owners_chain *out, itd_owners *o, const itd_path *path)
{
    itd_own_step *steps = itd_arena_alloc_array(&o->arena, path->count, sizeof *steps);
    uint64_t low = ITD_PPM_WHOLE, high = ITD_PPM_WHOLE;
    for (size_t i = 0; steps && i < path->count; i++) {
        if (!take_step(&steps[i], o, &path->steps[i]))
            return false;
        low = low * steps[i].share_min_ppm / ITD_PPM_WHOLE;
        high = (high * steps[i].share_max_ppm + ITD_PPM_WHOLE - 1) / ITD_PPM_WHOLE;
    }
    *out = (itd_owners_chain){steps, path->count, (uint32_t)low, (uint32_t)high};
    return steps != NULL;
}

static itd_status take_chains(itd_owners_owner *out, itd_owners *o, uint32_t root, itd_error *error)
{
    const itd_register *r = &o->above.r;
    const itd_path_graph g = {
        .forth = {r->entity_count, r->out_first, (const uint32_t *)r->out, ITD_REGISTER_OUT_NUMBERS},
        .name = arc_name,
        .length = arc_length,
        .user = o};
    itd_path *paths = itd_arena_alloc_array(&o->arena, ITD_OWN_CHAINS_MAX + 1, sizeof *paths);
    itd_owners_chain *chains = itd_arena_alloc_array(&o->arena, ITD_OWN_CHAINS_MAX, sizeof *chains);
    size_t found = 0;
    if (!paths || !chains)
        return itd_fail_memory(error);
    ITD_TRY(itd_graph_k_paths(paths, &found, &out->more_chains, &g, root, 0, ITD_OWN_CHAINS_MAX + 1, &o->arena, error));
    out->more_chains |= found > ITD_OWN_CHAINS_MAX;
    out->chain_count = found < ITD_OWN_CHAINS_MAX ? found : ITD_OWN_CHAINS_MAX;
    out->chains = chains;
    for (size_t i = 0; i < out->chain_count; i++)
        if (!take_chain(&chains[i], o, &paths[i]))
            return itd_fail_memory(error);
    return ITD_OK;
}

/* ---- owners ---- */

static int standing_of(const itd_owner *owner, uint32_t threshold)
{
    if (owner->control == ITD_CERTAIN || owner->min_ppm[0] >= threshold || owner->min_ppm[1] >= threshold)
        return 2;
    return owner->control == ITD_PERHAPS || owner->max_ppm[0] >= threshold || owner->max_ppm[1] >= threshold;
}

/* A root with its place in the answer. */
typedef struct placed {
    itd_owner owner;
    uint32_t root, power_ppm;
    int standing;
} placed;

static int by_standing(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->standing != y->standing)
        return x->standing > y->standing ? -1 : 1;
    if (x->owner.min_ppm[0] != y->owner.min_ppm[0])
        return x->owner.min_ppm[0] > y->owner.min_ppm[0] ? -1 : 1;
    if (x->owner.max_ppm[0] != y->owner.max_ppm[0])
        return x->owner.max_ppm[0] > y->owner.max_ppm[0] ? -1 : 1;
    return x->owner.entity < y->owner.entity ? -1 : x->owner.entity > y->owner.entity;
}

static itd_status take_owners(itd_owners *o, const placed *order, size_t count, itd_error *error)
{
    static const char *const standings[] = {"below", "possible", "certain"}, *const control[] = {NULL, "possible",
                                                                                                 "certain"};
    itd_owners_owner *owners = itd_arena_alloc_array(&o->arena, count, sizeof *owners);
    if (!owners)
        return itd_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        const itd_owner *of = &order[i].owner;
        owners[i] = (itd_owners_owner){.id = itd_register_id(o->r, of->entity),
                                       .standing = standings[order[i].standing],
                                       .shares_min_ppm = of->min_ppm[0],
                                       .shares_max_ppm = of->max_ppm[0],
                                       .votes_min_ppm = of->min_ppm[1],
                                       .votes_max_ppm = of->max_ppm[1],
                                       .control = control[of->control],
                                       .power_ppm = order[i].power_ppm};
        ITD_TRY(take_chains(&owners[i], o, order[i].root, error));
    }
    o->answer.owners = owners;
    o->answer.count = count;
    return ITD_OK;
}

static itd_status weigh(itd_owners *o, const itd_owners_options *options, itd_error *error)
{
    uint32_t roots = o->above.root_count, unknown[2] = {0, ITD_PPM_WHOLE};
    size_t shown = 0;
    itd_power power;
    itd_owner *found = itd_arena_alloc_array(&o->arena, roots, sizeof *found);
    placed *order = itd_arena_alloc_array(&o->arena, roots, sizeof *order);
    uint32_t *power_ppm = itd_arena_alloc_array(&o->arena, roots, sizeof *power_ppm);
    if (!found || !order || !power_ppm)
        return itd_fail_memory(error);
    ITD_TRY(itd_owners_find(found, unknown, &o->above, o->day, error));
    ITD_TRY(itd_power_find(power_ppm, &power, &o->above, o->day, error));
    for (uint32_t i = 0; i < roots; i++)
        order[i] = (placed){found[i], o->above.root[i], power_ppm[i], standing_of(&found[i], options->threshold_ppm)};
    qsort(order, roots, sizeof *order, by_standing);
    while (shown < roots && (options->all || order[shown].standing > 0))
        shown++;
    o->answer.holders = roots;
    o->answer.above = o->above.r.entity_count - 1;
    o->answer.unknown_min_ppm = unknown[0];
    o->answer.unknown_max_ppm = unknown[1];
    o->answer.power_exact = power.orders == 0;
    o->answer.power_error_ppm = power.error_ppm;
    return take_owners(o, order, shown, error);
}

itd_status itd_owners_create(itd_owners **out, itd_context *context, const itd_graph *graph, const char *id,
                             const itd_owners_options *options, itd_error *error)
{
    itd_ways day;
    uint32_t company = 0;
    assert(out && context && graph && id && options);
    ITD_TRY(itd_ways_init(&day, &graph->r, options->as_of ? options->as_of : "", error));
    ITD_TRY(itd_ways_entity(&company, &graph->r, itd_sv_of(id), error));
    if (options->threshold_ppm == 0 || options->threshold_ppm > ITD_PPM_WHOLE)
        return itd_fail(error, ITD_EINVAL, "a threshold is more than 0 and at most the whole");
    itd_owners *o = itd_calloc(1, sizeof *o);
    if (!o)
        return itd_fail_memory(error);
    o->r = &graph->r;
    o->day = day.day;
    itd_arena_init(&o->arena, context->options.memory_max);
    o->answer.entity = itd_register_id(&graph->r, company);
    o->answer.threshold_ppm = options->threshold_ppm;
    itd_status status = itd_above_init(&o->above, &graph->r, company, o->day, error);
    if (status == ITD_OK)
        status = weigh(o, options, error);
    if (status != ITD_OK) {
        itd_owners_destroy(o);
        return status;
    }
    *out = o;
    return ITD_OK;
}

void itd_owners_destroy(itd_owners *owners)
{
    if (!owners)
        return;
    itd_above_finish(&owners->above);
    itd_arena_finish(&owners->arena);
    itd_free(owners);
}

const itd_owners_answer *itd_owners_get(const itd_owners *owners)
{
    return &owners->answer;
}
