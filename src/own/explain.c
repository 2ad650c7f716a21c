#include "own/explain.h"

#include <assert.h>

#include "own/behind.h"
#include "own/chains.h"
#include "own/unstated.h"

typedef struct explaining {
    const itd_own_evaluation *e;
    itd_arena *arena;
    uint32_t entity;
    itd_own_chains chains;
    itd_own_behind behind;
} explaining;

/* Which layer explains the entity best. */
static itd_own_layer_id layer_of(const itd_own_evaluation *e, uint32_t entity)
{
    if (e->state[entity] & ITD_OWN_IS_LISTED)
        return ITD_OWN_LAYER_POSSIBLE;
    if (itd_own_in(e, ITD_OWN_LAYER_BLOCKED, entity))
        return ITD_OWN_LAYER_BLOCKED;
    if (itd_own_in(e, ITD_OWN_LAYER_POSSIBLE, entity))
        return ITD_OWN_LAYER_POSSIBLE;
    if (itd_own_in(e, ITD_OWN_LAYER_CHECK, entity))
        return ITD_OWN_LAYER_CHECK;
    return itd_own_in(e, ITD_OWN_LAYER_NEAR, entity) ? ITD_OWN_LAYER_NEAR : ITD_OWN_LAYER_POSSIBLE;
}

/* ---- who ---- */

static bool take_by(itd_own_answer *out, const explaining *s)
{
    const itd_own_behind *b = &s->behind;
    itd_own_by *by = itd_arena_alloc_array(s->arena, b->roots.count, sizeof *by);
    if (!by)
        return false;
    for (size_t i = 0; i < b->roots.count; i++)
        by[i] = (itd_own_by){itd_register_id(s->e->r, itd_own_behind_root(b, i)), (uint32_t)b->shares.items[i].low,
                             (uint32_t)b->shares.items[i].high};
    out->by = by;
    out->by_count = b->roots.count;
    return true;
}

static bool has_chain(const explaining *s, uint32_t root)
{
    for (size_t i = 0; i < s->chains.count; i++)
        if (s->chains.root[i] == root)
            return true;
    return false;
}

/* Chains that were found one by one; whoever has none among them gets a shortest one while there is room. */
static bool take_chains(itd_own_answer *out, explaining *s)
{
    for (size_t i = 0; i < s->behind.roots.count && s->chains.count < ITD_OWN_CHAINS_MAX; i++) {
        uint32_t root = itd_own_behind_root(&s->behind, i);
        if (has_chain(s, root))
            continue;
        if (!itd_own_behind_chain(&s->chains.items[s->chains.count], &s->behind, i, s->arena))
            return false;
        s->chains.root[s->chains.count++] = root;
    }
    itd_own_chain *chains = itd_arena_alloc_array(s->arena, s->chains.count, sizeof *chains);
    if (!chains)
        return false;
    if (s->chains.count > 0)
        memcpy(chains, s->chains.items, s->chains.count * sizeof *chains);
    out->chains = chains;
    out->chain_count = s->chains.count;
    return true;
}

/* ---- flags ---- */

#define FLAGS_MAX 5

typedef struct holders {
    bool control, signatory; /* of a blocked or possible holder */
    bool dates, grade;       /* a statement may not hold; it is a suspicion */
} holders;

static bool is_tested(const itd_own_evaluation *e, itd_stake_kind kind)
{
    for (size_t t = 0; e->rule && t < e->rule->test_count; t++)
        if (e->rule->tests[t].kind == kind)
            return true;
    return false;
}

static void look_at_pair(holders *h, const itd_own_evaluation *e, const itd_own_pair *pair, uint32_t owner)
{
    if (!itd_own_in(e, ITD_OWN_LAYER_POSSIBLE, owner))
        return;
    h->control |= pair->control && !is_tested(e, ITD_STAKE_CONTROL);
    h->control |= pair->board && !is_tested(e, ITD_STAKE_BOARD);
    h->control |= pair->max_ppm[ITD_STAKE_VOTES] > ITD_OWN_HALF_PPM && !is_tested(e, ITD_STAKE_VOTES);
    h->signatory |= pair->director;
}

static void look_at_holders(holders *h, const itd_own_evaluation *e, uint32_t entity)
{
    const itd_register *r = e->r;
    uint32_t count, end = r->in_first[entity + 1];
    for (uint32_t s = r->in_first[entity]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        look_at_pair(h, e, &pair, r->owner[s]);
        for (uint32_t k = s; k < s + count; k++) {
            itd_surety holds = itd_own_holds(r, k, e->day);
            h->dates |= holds == ITD_PERHAPS;
            h->grade |= holds != ITD_NOT_HELD && itd_own_is_suspicion(r->term[k]);
        }
    }
}

static bool take_flags(itd_own_answer *out, const explaining *s, const holders *h)
{
    const itd_own_evaluation *e = s->e;
    const char **flags = itd_arena_alloc_array(s->arena, FLAGS_MAX, sizeof *flags);
    if (!flags)
        return false;
    bool open = !itd_own_in(e, ITD_OWN_LAYER_BLOCKED, s->entity);
    bool not_blocked = open && !itd_own_in(e, ITD_OWN_LAYER_POSSIBLE, s->entity);
    bool check = not_blocked && itd_own_in(e, ITD_OWN_LAYER_CHECK, s->entity);
    bool near = not_blocked && !check && itd_own_in(e, ITD_OWN_LAYER_NEAR, s->entity);
    const struct {
        const char *name;
        bool set;
    } all[FLAGS_MAX] = {{"control", open && h->control},
                        {"signatory", open && h->signatory},
                        {"near_threshold", near},
                        {"check_control", check},
                        {"divested", not_blocked && itd_own_in(e, ITD_OWN_LAYER_DIVESTED, s->entity)}};
    for (size_t i = 0; i < FLAGS_MAX; i++)
        if (all[i].set)
            flags[out->flag_count++] = all[i].name;
    out->flags = flags;
    return true;
}

/* ---- what is not known ---- */

static bool take_unknown(itd_own_answer *out, const explaining *s, const holders *h)
{
    const itd_own_evaluation *e = s->e;
    itd_own_stated stated = itd_own_stated_of(e, s->entity);
    itd_own_unstated above = {.count = 0};
    if (!itd_own_in(e, ITD_OWN_LAYER_BLOCKED, s->entity))
        above = itd_own_unstated_above(e, s->entity);
    uint32_t left_low = itd_own_left(stated.shares.high), left_high = itd_own_left(stated.shares.low);
    const struct {
        const char *what;
        bool set;
        uint32_t low, high;
    } all[] = {{"owners", stated.any && left_high > 0, left_low, left_high},
               {"dates", h->dates, 0, 0},
               {"grade", h->grade, 0, 0},
               {"over_whole", stated.shares.low > ITD_PPM_WHOLE, 0, 0},
               {"rule", e->rule == NULL, 0, 0},
               {"by", s->behind.cut_off, 0, 0},
               {"chains", s->chains.cut_off, 0, 0},
               {"owners_above", above.more, 0, 0}};
    size_t most = sizeof all / sizeof all[0] + above.count;
    itd_own_unknown *unknown = itd_arena_alloc_array(s->arena, most, sizeof *unknown);
    if (!unknown)
        return false;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].set)
            unknown[out->unknown_count++] = (itd_own_unknown){all[i].what, out->entity, all[i].low, all[i].high};
    for (size_t i = 0; i < above.count; i++)
        unknown[out->unknown_count++] = (itd_own_unknown){"owners", itd_register_id(e->r, above.party[i]),
                                                          (uint32_t)above.left[i].low, (uint32_t)above.left[i].high};
    out->unknown = unknown;
    return true;
}

/* Chains, and all who stand behind the entity. `both_ways`: a holder may be in the layer by what rests on the entity
 * itself, and carry it all the same for somebody whom it acts together with; that is looked for where nobody else is.
 */
static bool find_behind(explaining *s, itd_own_layer_id layer, bool every_kind, bool both_ways)
{
    s->chains = (itd_own_chains){.count = 0};
    itd_own_behind_finish(&s->behind);
    s->behind = (itd_own_behind){.looked_at = 0};
    if (!itd_own_chains_find(&s->chains, s->e, s->entity, layer, every_kind, both_ways, s->arena))
        return false;
    bool anybody = s->chains.count > 0 || s->chains.cut_off || both_ways;
    return !anybody || itd_own_behind_find(&s->behind, s->e, s->entity, layer, every_kind, both_ways);
}

static bool explain(itd_own_answer *out, explaining *s)
{
    const itd_own_evaluation *e = s->e;
    holders h = {0};
    out->entity = itd_register_id(e->r, s->entity);
    if (!itd_own_judgement_of(&out->judgement, e, s->entity))
        return false;
    bool open = out->judgement.verdict == ITD_OWN_NOT_BLOCKED;
    itd_own_layer_id layer = layer_of(e, s->entity);
    if (!find_behind(s, layer, open, false))
        return false;
    bool rests = !open && out->judgement.basis != ITD_OWN_LISTED;
    if (rests && e->joint && s->behind.roots.count == 0 && !find_behind(s, layer, open, true))
        return false;
    look_at_holders(&h, e, s->entity);
    if (e->rule) {
        out->rule_id = e->rule->id;
        out->rule_from = e->rule->from;
        out->rule_to = e->rule->to;
        out->rule_source = e->rule->source;
    }
    return take_by(out, s) && take_chains(out, s) && take_flags(out, s, &h) && take_unknown(out, s, &h);
}

itd_status itd_own_explain(itd_own_answer *out, const itd_own_evaluation *e, uint32_t entity, itd_arena *arena,
                           itd_error *error)
{
    assert(entity < e->r->entity_count);
    itd_own_answer made = {0};
    explaining *s = itd_arena_alloc(arena, sizeof *s);
    if (!s)
        return itd_fail_memory(error);
    s->e = e;
    s->arena = arena;
    s->entity = entity;
    bool good = explain(&made, s);
    itd_own_behind_finish(&s->behind);
    if (!good)
        return itd_fail_memory(error);
    *out = made;
    return ITD_OK;
}
