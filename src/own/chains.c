/* Chains from listed parties down to an entity, searched from the entity up. */
#include "own/chains.h"

#include "base/buffer.h"

typedef struct search {
    const itd_own_evaluation *e;
    itd_arena *arena;
    itd_own_layer_id layer;
    bool every_kind, both_ways;
    itd_own_carrier levels[ITD_OWN_STEPS_MAX]; /* of each company on the way up, the holder that is being followed */
    size_t depth, looked_at;
    itd_own_chains *out;
    bool failed;
} search;

static itd_sv source_of(const itd_own_carrier *c, itd_arena *arena)
{
    const itd_register *r = c->e->r;
    itd_buffer text = {0};
    for (uint32_t stake = c->stake; stake < c->stake + c->count; stake++) {
        itd_sv file = itd_register_file(r, stake);
        if (itd_term_kind(r->term[stake]) != c->kind || itd_own_counts(r, stake, c->e->day) == ITD_NOT_HELD)
            continue;
        (void)itd_buffer_append(&text, text.size ? ITD_SV(", ") : ITD_SV(""));
        (void)itd_buffer_append(&text, file);
        if (r->line[stake])
            (void)itd_buffer_format(&text, ":%u", r->line[stake]);
    }
    itd_sv copy = text.failed ? ITD_SV_NONE : itd_arena_copy(arena, itd_buffer_view(&text));
    itd_buffer_finish(&text);
    return copy;
}

/* The grade of the first statement of the kind that has one. */
static itd_sv grade_of(const itd_own_carrier *c, itd_arena *arena)
{
    const itd_register *r = c->e->r;
    for (uint32_t stake = c->stake; stake < c->stake + c->count; stake++) {
        itd_term term = r->term[stake];
        if (itd_term_kind(term) == c->kind && (itd_term_reliability(term) || itd_term_credibility(term)) &&
            itd_own_counts(r, stake, c->e->day) != ITD_NOT_HELD)
            return itd_arena_format(arena, "%c%c", (char)('A' + itd_term_reliability(term) - 1),
                                    (char)('0' + itd_term_credibility(term)));
    }
    return ITD_SV("");
}

bool itd_own_carrier_step(itd_own_step *out, const itd_own_carrier *c, itd_arena *arena)
{
    const itd_register *r = c->e->r;
    *out = (itd_own_step){.owner = itd_register_id(r, c->holder),
                          .owned = itd_register_id(r, c->company),
                          .kind = itd_stake_kind_name(c->kind),
                          .source = source_of(c, arena),
                          .grade = grade_of(c, arena)};
    if (c->kind == ITD_STAKE_SHARES || c->kind == ITD_STAKE_VOTES) {
        itd_own_share share = itd_own_carrier_share(c);
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
        if (!itd_own_carrier_step(&steps[i], &s->levels[s->depth - 1 - i], s->arena))
            steps = NULL;
    if (!steps) {
        s->failed = true;
        return;
    }
    out->root[out->count] = s->levels[s->depth - 1].holder;
    out->items[out->count++] = (itd_own_chain){steps, s->depth};
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
    bool every_kind = s->every_kind && s->depth == 0;
    itd_own_carrier *c = &s->levels[s->depth++];
    s->failed |= !itd_own_carrier_begin(c, s->e, s->layer, company, partners, every_kind);
    c->both_ways = s->both_ways;
}

/* Depth first, holders in the order of the register. A listed party ends a chain. */
static void find_chains(search *s, uint32_t entity)
{
    push(s, entity, false);
    while (s->depth > 0 && !s->failed) {
        itd_own_carrier *c = &s->levels[s->depth - 1];
        if (++s->looked_at > ITD_OWN_SEARCH_MAX) {
            s->out->cut_off = true;
            return;
        }
        if (!itd_own_carrier_next(c)) {
            s->failed |= c->failed;
            s->depth--;
        } else if (on_the_way(s, c->holder)) {
            continue;
        } else if (s->e->state[c->holder] & ITD_OWN_IS_LISTED) {
            keep(s);
        } else {
            push(s, c->holder, c->through);
        }
    }
}

bool itd_own_chains_find(itd_own_chains *out, const itd_own_evaluation *e, uint32_t entity, itd_own_layer_id layer,
                         bool every_kind, bool both_ways, itd_arena *arena)
{
    search *s = itd_arena_alloc(arena, sizeof *s);
    if (!s)
        return false;
    s->e = e;
    s->arena = arena;
    s->layer = layer;
    s->every_kind = every_kind;
    s->both_ways = both_ways;
    s->out = out;
    find_chains(s, entity);
    return !s->failed;
}
