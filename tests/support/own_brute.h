/* Verdicts and flags worked out the slow way, by an evaluator that knows nothing of worklists, sums that are kept or
 * compiled rules: it asks every company again until nothing changes. Days are texts, which compare as such. */
#ifndef TESTS_SUPPORT_OWN_BRUTE_H
#define TESTS_SUPPORT_OWN_BRUTE_H

#include <string.h>

#include "model/stake.h"
#include "support/cm.h"

#define BRUTE_PARTIES_MAX 9
#define BRUTE_STAKES_MAX 28

enum { NO, MAYBE, SURE };

/** A date as it was written: the first and the last day that it can mean. NULL: open. */
typedef struct said_date {
    const char *first, *last;
    const char *before; /**< of an end: the day before the first */
} said_date;

typedef struct said {
    unsigned owner, owned;
    itd_stake_kind kind;
    uint32_t low, high;
    said_date start, end;
    bool suspicion;
} said;

typedef struct world {
    unsigned parties, count;
    said stakes[BRUTE_STAKES_MAX];
    bool listed[BRUTE_PARTIES_MAX], member[BRUTE_PARTIES_MAX];
    const char *regime, *day;
} world;

/** Parties of a world. */
typedef struct parties {
    bool in[BRUTE_PARTIES_MAX];
} parties;

typedef struct range {
    uint64_t low, high;
} range;

static inline int reached(said_date date, const char *day)
{
    return strcmp(day, date.last) >= 0 ? SURE : strcmp(day, date.first) >= 0 ? MAYBE : NO;
}

static inline int counts(const world *w, const said *s)
{
    int begun = s->start.first ? reached(s->start, w->day) : SURE;
    int lasts = SURE - (s->end.first ? reached(s->end, w->day) : NO);
    int holds = begun < lasts ? begun : lasts;
    return holds == SURE && s->suspicion ? MAYBE : holds;
}

/* A statement of 0 to the whole says nothing beside one that is sure and says more. */
static inline range held(const world *w, unsigned owner, unsigned owned, itd_stake_kind kind)
{
    range r = {UINT64_MAX, 0};
    bool any = false, sure = false, told = false;
    for (unsigned i = 0; i < w->count; i++) {
        const said *s = &w->stakes[i];
        told |= s->owner == owner && s->owned == owned && s->kind == kind && counts(w, s) == SURE &&
                s->high - s->low < 1000000;
    }
    for (unsigned i = 0; i < w->count; i++) {
        const said *s = &w->stakes[i];
        if (s->owner != owner || s->owned != owned || s->kind != kind || counts(w, s) == NO)
            continue;
        if (told && s->high - s->low == 1000000)
            continue;
        r.low = s->low < r.low ? s->low : r.low;
        r.high = s->high > r.high ? s->high : r.high;
        sure |= counts(w, s) == SURE;
        any = true;
    }
    return any ? (range){sure ? r.low : 0, r.high} : (range){0, 0};
}

static inline int right(const world *w, unsigned owner, unsigned owned, itd_stake_kind kind)
{
    int best = NO;
    for (unsigned i = 0; i < w->count; i++) {
        const said *s = &w->stakes[i];
        if (s->owner != owner || s->owned != owned || s->kind != kind)
            continue;
        int is = counts(w, s);
        if (kind == ITD_STAKE_BOARD && s->high > 0) {
            if (s->high <= 500000)
                is = NO;
            else if (s->low <= 500000 && is == SURE)
                is = MAYBE;
        }
        best = is > best ? is : best;
    }
    return best;
}

/* What the parties of a set have of a company, at least or at most: at most what the others leave. */
static inline uint64_t together(const world *w, const bool *set, unsigned company, itd_stake_kind kind, bool at_most)
{
    uint64_t low = 0, high = 0, others = 0;
    for (unsigned p = 0; p < w->parties; p++) {
        range r = held(w, p, company, kind);
        if (set[p]) {
            low += r.low;
            high += r.high;
        } else {
            others += r.low;
        }
    }
    if (!at_most)
        return low;
    uint64_t left = others > 1000000 ? 0 : 1000000 - others;
    high = high < left ? high : left;
    return high > low ? high : low;
}

static inline bool any_alone(const world *w, const bool *in, unsigned company, itd_stake_kind kind, uint64_t least,
                             bool at_most)
{
    for (unsigned p = 0; p < w->parties; p++) {
        bool only[BRUTE_PARTIES_MAX] = {false};
        only[p] = true;
        if (in[p] && held(w, p, company, kind).high > 0 && together(w, only, company, kind, at_most) >= least)
            return true;
    }
    return false;
}

/* A party of the set with those whom it acts together with and whose rights it controls. What a company holds in
 * itself is of no group. */
static inline bool any_group(const world *w, const bool *in, unsigned company, itd_stake_kind kind, uint64_t least,
                             bool at_most)
{
    for (unsigned p = 0; p < w->parties; p++) {
        bool group[BRUTE_PARTIES_MAX] = {false};
        if (!in[p] || p == company)
            continue;
        for (unsigned q = 0; q < w->parties; q++) {
            int with = right(w, p, q, ITD_STAKE_JOINT);
            int back = right(w, q, p, ITD_STAKE_JOINT), over = right(w, p, q, ITD_STAKE_CONTROL);
            with = back > with ? back : with;
            with = over > with ? over : with;
            group[q] = q != company && with >= (at_most ? MAYBE : SURE);
        }
        group[p] = true;
        if (together(w, group, company, kind, at_most) >= least)
            return true;
    }
    return false;
}

static inline bool any_right(const world *w, const bool *in, unsigned company, itd_stake_kind kind, int least)
{
    for (unsigned p = 0; p < w->parties; p++)
        if (in[p] && right(w, p, company, kind) >= least)
            return true;
    return false;
}

static inline bool rights(const world *w, const bool *in, unsigned company, bool at_most)
{
    int least = at_most ? MAYBE : SURE;
    return any_right(w, in, company, ITD_STAKE_BOARD, least) || any_right(w, in, company, ITD_STAKE_CONTROL, least);
}

/* ---- the regimes in words of their own ---- */

static inline bool is_regime(const world *w, const char *regime)
{
    return strcmp(w->regime, regime) == 0;
}

static inline bool is_between(const world *w, const char *first, const char *after)
{
    return strcmp(w->day, first) >= 0 && strcmp(w->day, after) < 0;
}

static inline bool has_rule(const world *w)
{
    if (is_regime(w, "us-ofac"))
        return strcmp(w->day, "2008-02-14") >= 0;
    if (is_regime(w, "us-bis"))
        return is_between(w, "2025-09-29", "2025-11-10") || strcmp(w->day, "2026-11-10") >= 0;
    if (is_regime(w, "gb"))
        return strcmp(w->day, "2020-12-31") >= 0;
    if (is_regime(w, "ca"))
        return strcmp(w->day, "2023-06-22") >= 0;
    assert_true(is_regime(w, "eu") || is_regime(w, "ch"));
    return true;
}

static inline bool has_classes(const world *w)
{
    return is_regime(w, "us-ofac") && strcmp(w->day, "2016-03-16") >= 0;
}

static inline bool is_owned(const world *w, const bool *in, unsigned company, bool at_most)
{
    bool each = is_regime(w, "us-ofac") && strcmp(w->day, "2014-08-13") < 0;
    if (each)
        return any_alone(w, in, company, ITD_STAKE_SHARES, 500000, at_most);
    return together(w, in, company, ITD_STAKE_SHARES, at_most) >= 500000;
}

static inline bool is_met(const world *w, const bool *in, unsigned company, bool at_most)
{
    bool is_eu = is_regime(w, "eu"), old = strcmp(w->day, "2024-07-03") < 0;
    if (!has_rule(w))
        return false;
    if (is_regime(w, "us-ofac") || is_regime(w, "us-bis"))
        return is_owned(w, in, company, at_most);
    if (rights(w, in, company, at_most))
        return true;
    if (is_regime(w, "gb"))
        return any_group(w, in, company, ITD_STAKE_SHARES, 500001, at_most) ||
               any_group(w, in, company, ITD_STAKE_VOTES, 500001, at_most);
    if (is_regime(w, "ca")) {
        bool shares = at_most ? together(w, in, company, ITD_STAKE_SHARES, true) >= 500000
                              : any_alone(w, in, company, ITD_STAKE_SHARES, 500000, false);
        bool votes = at_most ? together(w, in, company, ITD_STAKE_VOTES, true) >= 500000
                             : any_alone(w, in, company, ITD_STAKE_VOTES, 500000, false);
        return shares || votes;
    }
    if (is_eu && old && at_most && any_alone(w, in, company, ITD_STAKE_SHARES, 500000, true))
        return true; /* control presumed */
    return together(w, in, company, ITD_STAKE_SHARES, at_most) >= (!is_eu || old ? 500001 : 500000) ||
           any_alone(w, in, company, ITD_STAKE_VOTES, 500001, at_most);
}

static inline bool touches(const world *w, unsigned owner, unsigned owned)
{
    return held(w, owner, owned, ITD_STAKE_SHARES).high > 0 || held(w, owner, owned, ITD_STAKE_VOTES).high > 0 ||
           right(w, owner, owned, ITD_STAKE_BOARD) > NO || right(w, owner, owned, ITD_STAKE_CONTROL) > NO;
}

/* ---- verdicts ---- */

/* Of a class for certain: members, and what such parties own. Possibly: what they may own, may control, may appoint the
 * board of or may have most votes of as well. */
static inline void brute_classes(const world *w, parties *sure, parties *maybe)
{
    memset(sure, 0, sizeof *sure);
    for (unsigned p = 0; p < w->parties; p++)
        sure->in[p] = w->listed[p] && w->member[p] && has_classes(w);
    *maybe = *sure;
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned p = 0; p < w->parties; p++) {
            if (!sure->in[p] && is_owned(w, sure->in, p, false))
                changed = sure->in[p] = true;
            bool votes = any_alone(w, maybe->in, p, ITD_STAKE_VOTES, 500001, true);
            if (!maybe->in[p] && (is_owned(w, maybe->in, p, true) || rights(w, maybe->in, p, true) || votes))
                changed = maybe->in[p] = true;
        }
    }
}

static inline bool is_held_by_class(const world *w, const parties *maybe, unsigned company)
{
    for (unsigned q = 0; q < w->parties; q++)
        if (maybe->in[q] && touches(w, q, company))
            return true;
    return false;
}

static inline void brute(const world *w, parties *blocked, parties *possible)
{
    parties sure, maybe;
    brute_classes(w, &sure, &maybe);
    memset(blocked, 0, sizeof *blocked);
    for (unsigned p = 0; p < w->parties; p++)
        blocked->in[p] = w->listed[p];
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned p = 0; p < w->parties; p++)
            if (!blocked->in[p] && is_met(w, blocked->in, p, false))
                changed = blocked->in[p] = true;
    }
    *possible = *blocked;
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned p = 0; p < w->parties; p++)
            if (!possible->in[p] && (is_met(w, possible->in, p, true) || is_held_by_class(w, &maybe, p)))
                changed = possible->in[p] = true;
    }
}

/* ---- flags ---- */

/* If `least` of shares were enough, or of votes where the regime asks for them, and all were summed. */
static inline void brute_softer(const world *w, const parties *possible, uint64_t least, parties *softer)
{
    bool votes = !is_regime(w, "us-ofac") && !is_regime(w, "us-bis");
    *softer = *possible;
    for (bool changed = has_rule(w); changed;) {
        changed = false;
        for (unsigned p = 0; p < w->parties; p++) {
            bool met = is_met(w, softer->in, p, true) || together(w, softer->in, p, ITD_STAKE_SHARES, true) >= least;
            met |= votes && together(w, softer->in, p, ITD_STAKE_VOTES, true) >= least;
            met |= is_regime(w, "gb") && (any_group(w, softer->in, p, ITD_STAKE_SHARES, least, true) ||
                                          any_group(w, softer->in, p, ITD_STAKE_VOTES, least, true));
            if (!softer->in[p] && met)
                changed = softer->in[p] = true;
        }
    }
}

/* Does a holding of `q` in a company count for `p`, in a regime that looks at groups? */
static inline bool counts_for(const world *w, unsigned p, unsigned q, unsigned company)
{
    return is_regime(w, "gb") && touches(w, q, company) &&
           (right(w, p, q, ITD_STAKE_JOINT) > NO || right(w, q, p, ITD_STAKE_JOINT) > NO ||
            right(w, p, q, ITD_STAKE_CONTROL) > NO);
}

/* `w` is the world of the day before stakes ended: whose stakes they were in, and what is held by such companies that
 * were possible then and are not now. */
static inline void brute_divested_then(const world *w, const char *today, const parties *now, parties *divested)
{
    parties blocked, then, below = {{false}};
    brute(w, &blocked, &then);
    for (unsigned i = 0; i < w->count; i++) {
        const said *s = &w->stakes[i];
        if (!s->end.first || strcmp(s->end.before, w->day) != 0 || strcmp(s->end.first, today) > 0)
            continue;
        below.in[s->owned] |= s->kind <= ITD_STAKE_CONTROL;
        for (unsigned c = 0; c < w->parties && is_regime(w, "gb"); c++)
            below.in[c] |= (s->kind == ITD_STAKE_JOINT && touches(w, s->owner, c)) ||
                           ((s->kind == ITD_STAKE_JOINT || s->kind == ITD_STAKE_CONTROL) && touches(w, s->owned, c));
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned c = 0; c < w->parties; c++) {
            bool joins = false;
            for (unsigned p = 0; p < w->parties; p++) {
                bool ends = below.in[p] && then.in[p] && !now->in[p];
                joins |= ends && touches(w, p, c);
                for (unsigned q = 0; q < w->parties; q++)
                    joins |= ends && counts_for(w, p, q, c);
            }
            if (!below.in[c] && joins)
                changed = below.in[c] = true;
        }
    }
    for (unsigned p = 0; p < w->parties; p++)
        divested->in[p] |= below.in[p] && then.in[p] && !now->in[p];
}

static inline void brute_divested(const world *w, const parties *now, parties *divested)
{
    memset(divested, 0, sizeof *divested);
    for (unsigned i = 0; i < w->count; i++) {
        world then = *w;
        if (!w->stakes[i].end.first || strcmp(w->stakes[i].end.first, w->day) > 0)
            continue;
        then.day = w->stakes[i].end.before;
        if (has_rule(&then))
            brute_divested_then(&then, w->day, now, divested);
    }
}

#endif
