#include "own/explain.h"

#include <assert.h>

#include "base/buffer.h"

/* A holder on the way up from the entity that is asked about. */
typedef struct level {
    uint32_t company; /* whose holders are gone through */
    uint32_t next;    /* stake that comes next */
    uint32_t stake, count;
    itd_own_pair pair; /* of the holder that is being followed */
    itd_stake_kind kind;
} level;

typedef struct search {
    const itd_own_evaluation *e;
    itd_arena *arena;
    itd_own_layer_id layer; /* whose members carry */
    bool every_kind;        /* at the entity itself: nothing is met, so all that its holders have is shown */
    uint32_t entity;
    level levels[ITD_OWN_STEPS_MAX];
    size_t depth;
    itd_own_chain chains[ITD_OWN_CHAINS_MAX];
    uint32_t last_owner[ITD_OWN_CHAINS_MAX], root[ITD_OWN_CHAINS_MAX]; /* of each chain */
    itd_stake_kind last_kind[ITD_OWN_CHAINS_MAX];
    size_t chain_count, looked_at;
    bool cut_off, failed;
} search;

static bool has_kind(const itd_own_pair *pair, itd_stake_kind kind, bool lower)
{
    itd_surety enough = lower ? ITD_CERTAIN : ITD_PERHAPS;
    switch (kind) {
    case ITD_STAKE_SHARES:
    case ITD_STAKE_VOTES:
        return (lower ? pair->min_ppm[kind] : pair->max_ppm[kind]) > 0;
    case ITD_STAKE_BOARD:
        return pair->board >= enough;
    case ITD_STAKE_CONTROL:
        return pair->control >= enough;
    case ITD_STAKE_DIRECTOR:
        return pair->director >= enough;
    default:
        return false;
    }
}

/* Does a holding of this kind count for anything under the tests of the layer? */
static bool kind_counts(const search *s, itd_stake_kind kind, uint32_t holder)
{
    const itd_own_layer *layer = &s->e->layers[s->layer];
    for (size_t t = 0; t < layer->test_count; t++)
        if (layer->tests[t].kind == kind)
            return true;
    return kind <= ITD_STAKE_CONTROL && !layer->lower && itd_own_in(s->e, ITD_OWN_LAYER_CATEGORY, holder);
}

/* The next kind at or after `from` by which a holder carries; false: none. */
static bool next_kind(itd_stake_kind *out, const search *s, const itd_own_pair *pair, uint32_t holder, unsigned from)
{
    bool lower = s->e->layers[s->layer].lower;
    bool all = s->every_kind && s->depth == 1;
    for (unsigned k = from; k <= ITD_STAKE_DIRECTOR; k++)
        if (has_kind(pair, (itd_stake_kind)k, lower) && (all || kind_counts(s, (itd_stake_kind)k, holder))) {
            *out = (itd_stake_kind)k;
            return true;
        }
    return false;
}

static itd_sv source_of(const search *s, uint32_t first, uint32_t count, itd_stake_kind kind)
{
    const itd_register *r = s->e->r;
    itd_buffer text = {0};
    for (uint32_t stake = first; stake < first + count; stake++) {
        itd_sv file = itd_register_file(r, stake);
        if (itd_term_kind(r->term[stake]) != kind || itd_own_counts(r, stake, s->e->day) == ITD_NOT_HELD)
            continue;
        (void)itd_buffer_append(&text, text.size ? ITD_SV(", ") : ITD_SV(""));
        (void)itd_buffer_append(&text, file);
        if (r->line[stake])
            (void)itd_buffer_format(&text, ":%u", r->line[stake]);
    }
    itd_sv copy = text.failed ? ITD_SV_NONE : itd_arena_copy(s->arena, itd_buffer_view(&text));
    itd_buffer_finish(&text);
    return copy;
}

/* The grade of the first statement of the kind that has one. */
static itd_sv grade_of(const search *s, uint32_t first, uint32_t count, itd_stake_kind kind)
{
    const itd_register *r = s->e->r;
    for (uint32_t stake = first; stake < first + count; stake++) {
        itd_term term = r->term[stake];
        if (itd_term_kind(term) == kind && (itd_term_reliability(term) || itd_term_credibility(term)) &&
            itd_own_counts(r, stake, s->e->day) != ITD_NOT_HELD)
            return itd_arena_format(s->arena, "%c%c", (char)('A' + itd_term_reliability(term) - 1),
                                    (char)('0' + itd_term_credibility(term)));
    }
    return ITD_SV("");
}

static bool make_step(itd_own_step *out, const search *s, const level *l)
{
    const itd_register *r = s->e->r;
    uint32_t owner = r->owner[l->stake];
    *out = (itd_own_step){.owner = itd_register_id(r, owner),
                          .owned = itd_register_id(r, l->company),
                          .kind = itd_stake_kind_name(l->kind),
                          .source = source_of(s, l->stake, l->count, l->kind),
                          .grade = grade_of(s, l->stake, l->count, l->kind)};
    if (l->kind == ITD_STAKE_SHARES || l->kind == ITD_STAKE_VOTES) {
        itd_own_share share = itd_own_share_cut(s->e, l->company, l->kind, owner);
        out->share_min_ppm = (uint32_t)share.low;
        out->share_max_ppm = (uint32_t)share.high;
    }
    return out->source.data && out->grade.data;
}

/* The holders that are followed, topmost first, are a chain. */
static void keep(search *s)
{
    const itd_register *r = s->e->r;
    if (s->chain_count == ITD_OWN_CHAINS_MAX) {
        s->cut_off = true;
        return;
    }
    itd_own_step *steps = itd_arena_alloc_array(s->arena, s->depth, sizeof *steps);
    for (size_t i = 0; steps && i < s->depth; i++)
        if (!make_step(&steps[i], s, &s->levels[s->depth - 1 - i]))
            steps = NULL;
    if (!steps) {
        s->failed = true;
        return;
    }
    s->root[s->chain_count] = r->owner[s->levels[s->depth - 1].stake];
    s->last_owner[s->chain_count] = r->owner[s->levels[0].stake];
    s->last_kind[s->chain_count] = s->levels[0].kind;
    s->chains[s->chain_count++] = (itd_own_chain){steps, s->depth};
}

static bool on_the_way(const search *s, uint32_t entity)
{
    for (size_t i = 0; i < s->depth; i++)
        if (s->levels[i].company == entity)
            return true;
    return false;
}

static void push(search *s, uint32_t company)
{
    if (s->depth == ITD_OWN_STEPS_MAX) {
        s->cut_off = true;
        return;
    }
    s->levels[s->depth++] = (level){.company = company, .next = s->e->r->in_first[company]};
}

/* Goes on to the next holder of the topmost level; false: there is none. A holder may carry by several kinds. */
static bool advance(search *s, level *l)
{
    const itd_own_evaluation *e = s->e;
    const itd_register *r = e->r;
    uint32_t end = r->in_first[l->company + 1];
    if (l->count > 0 && s->every_kind && s->depth == 1 &&
        next_kind(&l->kind, s, &l->pair, r->owner[l->stake], (unsigned)l->kind + 1))
        return true;
    while (l->next < end) {
        l->stake = l->next;
        l->count = itd_own_pair_size(r, l->stake, end);
        l->next = l->stake + l->count;
        uint32_t owner = r->owner[l->stake];
        if (!itd_own_in(e, s->layer, owner) || on_the_way(s, owner))
            continue;
        itd_own_pair_of(&l->pair, r, l->stake, l->count, e->day);
        if (next_kind(&l->kind, s, &l->pair, owner, 0))
            return true;
    }
    return false;
}

/* Depth first, holders in the order of the register. A listed party ends a chain. */
static void find_chains(search *s)
{
    s->depth = 0;
    push(s, s->entity);
    while (s->depth > 0 && !s->failed) {
        level *l = &s->levels[s->depth - 1];
        if (++s->looked_at > ITD_OWN_SEARCH_MAX) {
            s->cut_off = true;
            return;
        }
        if (!advance(s, l)) {
            s->depth--;
            continue;
        }
        uint32_t owner = s->e->r->owner[l->stake];
        if (s->e->state[owner] & ITD_OWN_IS_LISTED)
            keep(s);
        else
            push(s, owner);
    }
}

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
static itd_own_share share_behind(const search *s, uint32_t root)
{
    itd_own_share sum = {0};
    for (size_t i = 0; i < s->chain_count; i++) {
        bool counted = s->root[i] != root || !itd_own_in(s->e, ITD_OWN_LAYER_POSSIBLE, s->last_owner[i]);
        for (size_t j = 0; j < i && !counted; j++)
            counted = s->root[j] == root && s->last_owner[j] == s->last_owner[i];
        if (counted)
            continue;
        itd_stake_kind kind = s->last_kind[i] == ITD_STAKE_VOTES ? ITD_STAKE_VOTES : ITD_STAKE_SHARES;
        itd_own_share share = itd_own_share_cut(s->e, s->entity, kind, s->last_owner[i]);
        sum.low += share.low;
        sum.high += share.high;
    }
    sum.low = sum.low > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : sum.low;
    sum.high = sum.high > ITD_PPM_WHOLE ? ITD_PPM_WHOLE : sum.high;
    return sum;
}

static bool take_by(itd_own_answer *out, const search *s)
{
    itd_own_by *by = itd_arena_alloc_array(s->arena, s->chain_count, sizeof *by);
    if (!by)
        return false;
    for (size_t i = 0; i < s->chain_count; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = s->root[j] == s->root[i];
        if (seen)
            continue;
        itd_own_share share = share_behind(s, s->root[i]);
        by[out->by_count++] =
            (itd_own_by){itd_register_id(s->e->r, s->root[i]), (uint32_t)share.low, (uint32_t)share.high};
    }
    out->by = by;
    return true;
}

/* ---- flags ---- */

#define FLAGS_MAX 5

typedef struct holders {
    bool control, signatory; /* of a blocked or possible holder */
    itd_own_share shares;    /* of all holders */
    bool dates, grade, any;  /* a statement may not hold; it is a suspicion; there are shares */
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
        }
    }
}

static bool take_flags(itd_own_answer *out, const search *s, const holders *h)
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

static bool take_unknown(itd_own_answer *out, const search *s, const holders *h)
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
               {"chains", s->cut_off, 0, 0}};
    itd_own_unknown *unknown = itd_arena_alloc_array(s->arena, sizeof all / sizeof all[0], sizeof *unknown);
    if (!unknown)
        return false;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].set)
            unknown[out->unknown_count++] = (itd_own_unknown){all[i].what, out->entity, all[i].low, all[i].high};
    out->unknown = unknown;
    return true;
}

static bool explain(itd_own_answer *out, search *s)
{
    const itd_own_evaluation *e = s->e;
    holders h = {0};
    out->entity = itd_register_id(e->r, s->entity);
    if (!itd_own_judgement_of(&out->judgement, e, s->entity))
        return false;
    s->layer = layer_of(e, s->entity);
    s->every_kind = out->judgement.verdict == ITD_OWN_NOT_BLOCKED;
    find_chains(s);
    if (s->failed)
        return false;
    itd_own_chain *chains = itd_arena_alloc_array(s->arena, s->chain_count, sizeof *chains);
    if (!chains)
        return false;
    if (s->chain_count > 0)
        memcpy(chains, s->chains, s->chain_count * sizeof *chains);
    out->chains = chains;
    out->chain_count = s->chain_count;
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
    search *s = itd_arena_alloc(arena, sizeof *s);
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
