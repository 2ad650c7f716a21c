#include "own/unstated.h"

itd_own_stated itd_own_stated_of(const itd_own_evaluation *e, uint32_t company)
{
    const itd_register *r = e->r;
    itd_own_stated found = {{0, 0}, false};
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, e->day);
        found.shares.low += pair.min_ppm[ITD_STAKE_SHARES];
        found.shares.high += pair.max_ppm[ITD_STAKE_SHARES];
        found.any |= pair.max_ppm[ITD_STAKE_SHARES] || pair.max_ppm[ITD_STAKE_VOTES] || pair.board || pair.control ||
                     pair.director;
        for (uint32_t k = s; k < s + count; k++) /* a link to itself: known, and not who holds it */
            found.any |= r->owner[k] == company && itd_term_kind(r->term[k]) == ITD_STAKE_LINK &&
                         itd_own_holds(r, k, e->day) != ITD_NOT_HELD;
    }
    return found;
}

/* What the rule asks at least of shares and of votes; UINT32_MAX: nothing. And whether it looks at rights. */
typedef struct asked {
    uint32_t least[2];
    bool board, control;
} asked;

static asked asked_by(const itd_own_rule *rule)
{
    asked a = {{UINT32_MAX, UINT32_MAX}, false, false};
    for (size_t t = 0; t < rule->test_count; t++) {
        const itd_own_test *test = &rule->tests[t];
        a.board |= test->kind == ITD_STAKE_BOARD;
        a.control |= test->kind == ITD_STAKE_CONTROL;
        if ((test->kind == ITD_STAKE_SHARES || test->kind == ITD_STAKE_VOTES) && test->least_ppm < a.least[test->kind])
            a.least[test->kind] = test->least_ppm;
    }
    return a;
}

/* Would it matter for a company that this holder is blocked? `possible` is what others have that may be. */
static bool would_matter(const asked *a, const itd_own_pair *pair, const uint64_t possible[2])
{
    for (unsigned k = 0; k < 2; k++)
        if (pair->max_ppm[k] > 0 && possible[k] + pair->max_ppm[k] >= a->least[k])
            return true;
    return (a->board && pair->board) || (a->control && pair->control);
}

typedef struct walk {
    const itd_own_evaluation *e;
    asked asked;
    uint32_t seen[ITD_OWN_UNSTATED_LOOKS_MAX]; /* the company itself first */
    size_t count;
    itd_own_unstated *out;
} walk;

static bool is_seen(const walk *w, uint32_t party)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->seen[i] == party)
            return true;
    return false;
}

/* What holders have that may be blocked. */
static void sum_possible(uint64_t possible[2], const itd_own_evaluation *e, uint32_t company)
{
    const itd_own_layer *layer = &e->layers[ITD_OWN_LAYER_POSSIBLE];
    for (unsigned k = 0; k < 2; k++)
        possible[k] = itd_own_share_sum(e, layer, company, (itd_stake_kind)k).high;
}

/* A party that could be blocked by what is not stated of it is named. */
static void look_at(walk *w, uint32_t party)
{
    itd_own_stated stated = itd_own_stated_of(w->e, party);
    uint64_t possible[2];
    sum_possible(possible, w->e, party);
    itd_own_share left = {itd_own_left(stated.shares.high), itd_own_left(stated.shares.low)};
    uint32_t least = w->asked.least[0] < w->asked.least[1] ? w->asked.least[0] : w->asked.least[1];
    if (!stated.any || left.high == 0 || left.high + possible[ITD_STAKE_SHARES] < least)
        return;
    if (w->out->count == ITD_OWN_UNSTATED_MAX) {
        w->out->more = true;
        return;
    }
    w->out->party[w->out->count] = party;
    w->out->left[w->out->count++] = left;
}

static void look_at_holders(walk *w, uint32_t company)
{
    const itd_register *r = w->e->r;
    uint32_t count, end = r->in_first[company + 1];
    uint64_t possible[2];
    sum_possible(possible, w->e, company);
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        uint32_t holder = r->owner[s];
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, w->e->day);
        if (itd_own_in(w->e, ITD_OWN_LAYER_BLOCKED, holder) || !would_matter(&w->asked, &pair, possible) ||
            is_seen(w, holder))
            continue;
        if (w->count == ITD_OWN_UNSTATED_LOOKS_MAX) {
            w->out->more = true;
            return;
        }
        w->seen[w->count++] = holder;
        look_at(w, holder);
    }
}

itd_own_unstated itd_own_unstated_above(const itd_own_evaluation *e, uint32_t company)
{
    itd_own_unstated out = {.count = 0};
    walk w = {.e = e, .seen = {company}, .count = 1, .out = &out};
    if (!e->rule)
        return out;
    w.asked = asked_by(e->rule);
    for (size_t i = 0; i < w.count; i++)
        look_at_holders(&w, w.seen[i]);
    return out;
}
