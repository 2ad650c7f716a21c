#include "own/explain.h"

#include <assert.h>

#include "own/chains.h"

typedef struct explaining {
    const itd_own_evaluation *e;
    itd_arena *arena;
    uint32_t entity;
    itd_own_chains chains;
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

/* What the direct holders at the end of a party's chains have, each counted once. Those who are not blocked themselves,
 * not even possibly, have a share of their own, not the party's. */
static itd_own_share share_behind(const explaining *s, uint32_t root)
{
    itd_own_share sum = {0};
    for (size_t i = 0; i < s->chains.count; i++) {
        bool counted = s->chains.ends[i].root != root ||
                       !(s->chains.ends[i].through || itd_own_in(s->e, ITD_OWN_LAYER_POSSIBLE, s->chains.ends[i].last));
        for (size_t j = 0; j < i && !counted; j++)
            counted = s->chains.ends[j].root == root && s->chains.ends[j].last == s->chains.ends[i].last;
        if (counted)
            continue;
        itd_stake_kind kind = s->chains.ends[i].kind == ITD_STAKE_VOTES ? ITD_STAKE_VOTES : ITD_STAKE_SHARES;
        itd_own_share share = itd_own_share_cut(s->e, s->entity, kind, s->chains.ends[i].last);
        sum.low += share.low;
        sum.high += share.high;
    }
    sum.low = sum.low > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : sum.low;
    sum.high = sum.high > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : sum.high;
    return sum;
}

static bool take_by(itd_own_answer *out, const explaining *s)
{
    itd_own_by *by = itd_arena_alloc_array(s->arena, s->chains.count, sizeof *by);
    if (!by)
        return false;
    for (size_t i = 0; i < s->chains.count; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = s->chains.ends[j].root == s->chains.ends[i].root;
        if (seen)
            continue;
        itd_own_share share = share_behind(s, s->chains.ends[i].root);
        by[out->by_count++] =
            (itd_own_by){itd_register_id(s->e->r, s->chains.ends[i].root), (uint32_t)share.low, (uint32_t)share.high};
    }
    out->by = by;
    return true;
}

/* ---- flags ---- */

#define FLAGS_MAX 5

typedef struct holders {
    bool control, signatory; /* of a blocked or possible holder */
    itd_own_share shares;    /* of all holders */
    bool dates, grade, any;  /* a statement may not hold; it is a suspicion; there are shares, or nobody says whose */
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
    h->shares.low += pair->min_ppm[ITD_STAKE_SHARES];
    h->shares.high += pair->max_ppm[ITD_STAKE_SHARES];
    h->any |= pair->max_ppm[ITD_STAKE_SHARES] > 0;
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
            h->any |= holds != ITD_NOT_HELD && r->owner[k] == entity && itd_term_kind(r->term[k]) == ITD_STAKE_LINK;
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

static uint32_t left_of(uint64_t share)
{
    return share >= ITD_PPM_WHOLE ? 0 : (uint32_t)(ITD_PPM_WHOLE - share);
}

static bool take_unknown(itd_own_answer *out, const explaining *s, const holders *h)
{
    const struct {
        const char *what;
        bool set;
        uint32_t low, high;
    } all[] = {{"owners", h->any && left_of(h->shares.low) > 0, left_of(h->shares.high), left_of(h->shares.low)},
               {"dates", h->dates, 0, 0},
               {"grade", h->grade, 0, 0},
               {"over_whole", h->shares.low > ITD_PPM_WHOLE, 0, 0},
               {"rule", s->e->rule == NULL, 0, 0},
               {"chains", s->chains.cut_off, 0, 0}};
    itd_own_unknown *unknown = itd_arena_alloc_array(s->arena, sizeof all / sizeof all[0], sizeof *unknown);
    if (!unknown)
        return false;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].set)
            unknown[out->unknown_count++] = (itd_own_unknown){all[i].what, out->entity, all[i].low, all[i].high};
    out->unknown = unknown;
    return true;
}

static bool explain(itd_own_answer *out, explaining *s)
{
    const itd_own_evaluation *e = s->e;
    holders h = {0};
    out->entity = itd_register_id(e->r, s->entity);
    if (!itd_own_judgement_of(&out->judgement, e, s->entity))
        return false;
    bool open = out->judgement.verdict == ITD_OWN_NOT_BLOCKED;
    if (!itd_own_chains_find(&s->chains, e, s->entity, layer_of(e, s->entity), open, s->arena))
        return false;
    itd_own_chain *chains = itd_arena_alloc_array(s->arena, s->chains.count, sizeof *chains);
    if (!chains)
        return false;
    if (s->chains.count > 0)
        memcpy(chains, s->chains.items, s->chains.count * sizeof *chains);
    out->chains = chains;
    out->chain_count = s->chains.count;
    look_at_holders(&h, e, s->entity);
    if (e->rule) {
        out->rule_id = e->rule->id;
        out->rule_from = e->rule->from;
        out->rule_to = e->rule->to;
        out->rule_source = e->rule->source;
    }
    return take_by(out, s) && take_flags(out, s, &h) && take_unknown(out, s, &h);
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
    if (!explain(&made, s))
        return itd_fail_memory(error);
    *out = made;
    return ITD_OK;
}
