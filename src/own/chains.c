/* Chains from listed parties down to an entity, searched from the entity up. */
#include "own/chains.h"

#include "base/buffer.h"

/* A holder on the way up from the entity that is asked about. */
typedef struct level {
    uint32_t company; /* whose holders are gone through */
    uint32_t next;    /* stake that comes next */
    uint32_t stake, count;
    uint32_t holder; /* that is being followed: the owner of the stake, or its other end where that is a partner */
    itd_own_pair pair;
    itd_stake_kind kind;
    bool partners; /* the holders are those whom the company acts together with, or who control it */
    bool through;  /* the holder carries only because of such a one */
} level;

typedef struct search {
    const itd_own_evaluation *e;
    itd_arena *arena;
    itd_own_layer_id layer;
    bool every_kind;
    uint32_t entity;
    level levels[ITD_OWN_STEPS_MAX];
    size_t depth, looked_at;
    itd_own_chains *out;
    bool failed;
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
    *out = (itd_own_step){.owner = itd_register_id(r, l->holder),
                          .owned = itd_register_id(r, l->company),
                          .kind = itd_stake_kind_name(l->kind),
                          .source = source_of(s, l->stake, l->count, l->kind),
                          .grade = grade_of(s, l->stake, l->count, l->kind)};
    if (l->kind == ITD_STAKE_SHARES || l->kind == ITD_STAKE_VOTES) {
        itd_own_share share = itd_own_share_cut(s->e, l->company, l->kind, l->holder);
        out->share_min_ppm = (uint32_t)share.low;
        out->share_max_ppm = (uint32_t)share.high;
    }
    return out->source.data && out->grade.data;
}

/* The holders that are followed, topmost first, are a chain. */
static void keep(search *s)
{
    itd_own_chains *out = s->out;
    if (out->count == ITD_OWN_CHAINS_MAX) {
        out->cut_off = true;
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
    out->items[out->count] = (itd_own_chain){steps, s->depth};
    out->ends[out->count++] = (itd_own_chain_ends){s->levels[s->depth - 1].holder, s->levels[0].holder,
                                                   s->levels[0].kind, s->levels[0].through};
}

static bool on_the_way(const search *s, uint32_t entity)
{
    for (size_t i = 0; i < s->depth; i++)
        if (s->levels[i].company == entity)
            return true;
    return false;
}

static void push(search *s, uint32_t company, bool partners)
{
    if (s->depth == ITD_OWN_STEPS_MAX) {
        s->out->cut_off = true;
        return;
    }
    s->levels[s->depth++] = (level){.company = company, .next = s->e->r->in_first[company], .partners = partners};
}

/* Does a holding count for those who act together with its holder? */
static bool counts_jointly(const search *s, level *l)
{
    const itd_own_layer *layer = &s->e->layers[s->layer];
    for (size_t t = 0; t < layer->test_count; t++)
        if (layer->tests[t].sum == ITD_OWN_JOINT && has_kind(&l->pair, layer->tests[t].kind, layer->lower)) {
            l->kind = layer->tests[t].kind;
            return true;
        }
    return false;
}

/* Goes on to the next holder of the topmost level; false: there is none. A holder may carry by several kinds. */
static bool advance(search *s, level *l)
{
    const itd_own_evaluation *e = s->e;
    const itd_register *r = e->r;
    uint32_t end = r->in_first[l->company + 1];
    if (l->count > 0 && s->every_kind && s->depth == 1 && !l->through &&
        next_kind(&l->kind, s, &l->pair, l->holder, (unsigned)l->kind + 1))
        return true;
    while (l->next < end) {
        l->stake = l->next;
        l->count = itd_own_pair_size(r, l->stake, end);
        l->next = l->stake + l->count;
        l->holder = r->owner[l->stake];
        if (on_the_way(s, l->holder))
            continue;
        itd_own_pair_of(&l->pair, r, l->stake, l->count, e->day);
        l->through = !itd_own_in(e, s->layer, l->holder);
        if (l->through ? e->joint && counts_jointly(s, l) : next_kind(&l->kind, s, &l->pair, l->holder, 0))
            return true;
    }
    return false;
}

static bool is_partner(const search *s, level *l, uint32_t stake, uint32_t holder)
{
    itd_surety enough = s->e->layers[s->layer].lower ? ITD_CERTAIN : ITD_PERHAPS;
    if (!itd_own_in(s->e, s->layer, holder) || on_the_way(s, holder) ||
        itd_own_counts(s->e->r, stake, s->e->day) < enough)
        return false;
    l->stake = stake;
    l->count = 1;
    l->holder = holder;
    l->kind = itd_term_kind(s->e->r->term[stake]);
    return true;
}

/* The same among those whom the company acts together with, and who control it. */
static bool advance_partner(search *s, level *l)
{
    const itd_register *r = s->e->r;
    uint32_t in_count = r->in_first[l->company + 1] - r->in_first[l->company];
    uint32_t all = in_count + r->out_first[l->company + 1] - r->out_first[l->company];
    for (uint32_t at = l->next - r->in_first[l->company]; at < all; at++) {
        bool in = at < in_count;
        const itd_register_out *out = in ? NULL : &r->out[r->out_first[l->company] + at - in_count];
        uint32_t stake = in ? r->in_first[l->company] + at : out->stake;
        itd_stake_kind kind = itd_term_kind(r->term[stake]);
        if (kind != ITD_STAKE_JOINT && !(in && kind == ITD_STAKE_CONTROL))
            continue;
        if (is_partner(s, l, stake, in ? r->owner[stake] : out->owned)) {
            l->next = r->in_first[l->company] + at + 1;
            return true;
        }
    }
    return false;
}

/* Depth first, holders in the order of the register. A listed party ends a chain. */
static void find_chains(search *s)
{
    push(s, s->entity, false);
    while (s->depth > 0 && !s->failed) {
        level *l = &s->levels[s->depth - 1];
        if (++s->looked_at > ITD_OWN_SEARCH_MAX) {
            s->out->cut_off = true;
            return;
        }
        if (!(l->partners ? advance_partner(s, l) : advance(s, l)))
            s->depth--;
        else if (s->e->state[l->holder] & ITD_OWN_IS_LISTED)
            keep(s);
        else
            push(s, l->holder, l->through);
    }
}

bool itd_own_chains_find(itd_own_chains *out, const itd_own_evaluation *e, uint32_t entity, itd_own_layer_id layer,
                         bool every_kind, itd_arena *arena)
{
    search *s = itd_arena_alloc(arena, sizeof *s);
    if (!s)
        return false;
    s->e = e;
    s->arena = arena;
    s->layer = layer;
    s->every_kind = every_kind;
    s->entity = entity;
    s->out = out;
    find_chains(s);
    return !s->failed;
}
