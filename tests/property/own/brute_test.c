/* Verdicts against an evaluator that knows nothing of worklists, sums that are kept or compiled rules: it asks every
 * company again until nothing changes. Random registers with cycles, bands, overlapping statements, suspicions, dates,
 * rights and joint arrangements. Then: lists that change one party at a time against lists judged anew. */
#include "support/own.h"
#include "support/random.h"

#define PARTIES_MAX 9
#define STAKES_MAX 28
#define WORLDS 4000
#define CHANGES 12

enum { NO, MAYBE, SURE };

typedef struct said {
    unsigned owner, owned;
    itd_stake_kind kind;
    uint32_t low, high;
    int counts; /* NO: has ended or not begun; MAYBE: a coarse date, or a suspicion; SURE */
} said;

typedef struct world {
    unsigned parties, count;
    said stakes[STAKES_MAX];
    bool listed[PARTIES_MAX], member[PARTIES_MAX];
    const char *regime, *day;
} world;

static const struct {
    const char *regime, *day;
} rules[] = {{"us-ofac", "2025-06-01"}, {"us-bis", "2025-10-15"}, {"us-bis", "2026-06-01"}, {"eu", "2024-06-01"},
             {"eu", "2025-06-01"},      {"gb", "2025-06-01"},     {"ch", "2025-06-01"},     {"ca", "2025-06-01"}};
#define RULES (sizeof rules / sizeof rules[0])

/* ---- the evaluator ---- */

typedef struct range {
    uint64_t low, high;
} range;

/* A statement of 0 to the whole says nothing beside one that is sure and says more. */
static range held(const world *w, unsigned owner, unsigned owned, itd_stake_kind kind)
{
    range r = {UINT64_MAX, 0};
    bool any = false, sure = false, told = false;
    for (unsigned i = 0; i < w->count; i++) {
        const said *s = &w->stakes[i];
        told |= s->owner == owner && s->owned == owned && s->kind == kind && s->counts == SURE &&
                s->high - s->low < 1000000;
    }
    for (unsigned i = 0; i < w->count; i++) {
        const said *s = &w->stakes[i];
        if (s->owner != owner || s->owned != owned || s->kind != kind || s->counts == NO)
            continue;
        if (told && s->high - s->low == 1000000)
            continue;
        r.low = s->low < r.low ? s->low : r.low;
        r.high = s->high > r.high ? s->high : r.high;
        sure |= s->counts == SURE;
        any = true;
    }
    return any ? (range){sure ? r.low : 0, r.high} : (range){0, 0};
}

static int right(const world *w, unsigned owner, unsigned owned, itd_stake_kind kind)
{
    int best = NO;
    for (unsigned i = 0; i < w->count; i++) {
        const said *s = &w->stakes[i];
        if (s->owner != owner || s->owned != owned || s->kind != kind)
            continue;
        int is = s->counts;
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
static uint64_t together(const world *w, const bool *set, unsigned company, itd_stake_kind kind, bool at_most)
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

static bool any_alone(const world *w, const bool *in, unsigned company, itd_stake_kind kind, uint64_t least,
                      bool at_most)
{
    for (unsigned p = 0; p < w->parties; p++) {
        bool only[PARTIES_MAX] = {false};
        only[p] = true;
        if (in[p] && held(w, p, company, kind).high > 0 && together(w, only, company, kind, at_most) >= least)
            return true;
    }
    return false;
}

static bool any_group(const world *w, const bool *in, unsigned company, itd_stake_kind kind, uint64_t least,
                      bool at_most)
{
    for (unsigned p = 0; p < w->parties; p++) {
        bool group[PARTIES_MAX] = {false};
        if (!in[p])
            continue;
        for (unsigned q = 0; q < w->parties; q++) {
            int with = right(w, p, q, ITD_STAKE_JOINT);
            int back = right(w, q, p, ITD_STAKE_JOINT), over = right(w, p, q, ITD_STAKE_CONTROL);
            with = back > with ? back : with;
            with = over > with ? over : with;
            group[q] = with >= (at_most ? MAYBE : SURE);
        }
        group[p] = true;
        /* at most: what is certain of the members, and whatever else may be theirs */
        if (together(w, group, company, kind, at_most) >= least)
            return true;
    }
    return false;
}

static bool any_right(const world *w, const bool *in, unsigned company, itd_stake_kind kind, int least)
{
    for (unsigned p = 0; p < w->parties; p++)
        if (in[p] && right(w, p, company, kind) >= least)
            return true;
    return false;
}

static bool rights(const world *w, const bool *in, unsigned company, bool at_most)
{
    int least = at_most ? MAYBE : SURE;
    return any_right(w, in, company, ITD_STAKE_BOARD, least) || any_right(w, in, company, ITD_STAKE_CONTROL, least);
}

/* The regimes in words of their own. */
static bool is_met(const world *w, const bool *in, unsigned company, bool at_most)
{
    bool is_eu = strcmp(w->regime, "eu") == 0, is_ch = strcmp(w->regime, "ch") == 0;
    bool old = strcmp(w->day, "2024-07-03") < 0;
    if (strcmp(w->regime, "us-ofac") == 0)
        return together(w, in, company, ITD_STAKE_SHARES, at_most) >= 500000;
    if (strcmp(w->regime, "us-bis") == 0)
        return strcmp(w->day, "2025-11-10") < 0 && together(w, in, company, ITD_STAKE_SHARES, at_most) >= 500000;
    if (strcmp(w->regime, "gb") == 0)
        return any_group(w, in, company, ITD_STAKE_SHARES, 500001, at_most) ||
               any_group(w, in, company, ITD_STAKE_VOTES, 500001, at_most) || rights(w, in, company, at_most);
    if (strcmp(w->regime, "ca") == 0) {
        bool shares = at_most ? together(w, in, company, ITD_STAKE_SHARES, true) >= 500000
                              : any_alone(w, in, company, ITD_STAKE_SHARES, 500000, false);
        bool votes = at_most ? together(w, in, company, ITD_STAKE_VOTES, true) >= 500000
                             : any_alone(w, in, company, ITD_STAKE_VOTES, 500000, false);
        return shares || votes || rights(w, in, company, at_most);
    }
    assert_true(is_eu || is_ch);
    if (is_eu && old && at_most && any_alone(w, in, company, ITD_STAKE_SHARES, 500000, true))
        return true; /* control presumed */
    return together(w, in, company, ITD_STAKE_SHARES, at_most) >= (is_ch || old ? 500001 : 500000) ||
           any_alone(w, in, company, ITD_STAKE_VOTES, 500001, at_most) || rights(w, in, company, at_most);
}

static bool touches(const world *w, unsigned owner, unsigned owned)
{
    return held(w, owner, owned, ITD_STAKE_SHARES).high > 0 || held(w, owner, owned, ITD_STAKE_VOTES).high > 0 ||
           right(w, owner, owned, ITD_STAKE_BOARD) > NO || right(w, owner, owned, ITD_STAKE_CONTROL) > NO;
}

static void brute(const world *w, bool *blocked, bool *possible)
{
    bool class[PARTIES_MAX] = {false};
    for (unsigned p = 0; p < w->parties; p++) {
        blocked[p] = w->listed[p];
        class[p] = w->listed[p] && w->member[p] && strcmp(w->regime, "us-ofac") == 0;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned p = 0; p < w->parties; p++) {
            if (!blocked[p] && is_met(w, blocked, p, false))
                changed = blocked[p] = true;
            if (!class[p] && together(w, class, p, ITD_STAKE_SHARES, false) >= 500000)
                changed = class[p] = true;
        }
    }
    memcpy(possible, blocked, PARTIES_MAX * sizeof *possible);
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned p = 0; p < w->parties; p++) {
            bool joins = is_met(w, possible, p, true);
            for (unsigned q = 0; q < w->parties; q++)
                joins |= class[q] && touches(w, q, p);
            if (!possible[p] && joins)
                changed = possible[p] = true;
        }
    }
}

/* ---- registers ---- */

static uint32_t some_share(uint64_t *seed)
{
    static const uint32_t often[] = {0,      100000, 250000, 250001, 300000, 400000,
                                     490000, 499999, 500000, 500001, 510000, 1000000};
    return random_below(seed, 4) ? often[random_below(seed, sizeof often / sizeof often[0])]
                                 : (uint32_t)random_below(seed, 1000001);
}

static itd_stake_kind some_kind(uint64_t *seed)
{
    static const itd_stake_kind kinds[] = {ITD_STAKE_BOARD, ITD_STAKE_CONTROL, ITD_STAKE_DIRECTOR, ITD_STAKE_JOINT};
    uint64_t at = random_below(seed, 20);
    return at < 14 ? ITD_STAKE_SHARES : at < 16 ? ITD_STAKE_VOTES : kinds[at - 16];
}

static itd_date date_of(int year, int month, int day)
{
    return (itd_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static void say(world *w, itd_register_builder *builder, uint64_t *seed)
{
    char ids[2][8];
    itd_error error = {0};
    said *s = &w->stakes[w->count++];
    *s = (said){.owner = (unsigned)random_below(seed, w->parties), .kind = some_kind(seed), .counts = SURE};
    s->owned = (unsigned)random_below(seed, w->parties);
    itd_stake stake = {.kind = s->kind};
    uint32_t a = some_share(seed), b = random_below(seed, 2) ? a : some_share(seed);
    if (s->kind == ITD_STAKE_CONTROL || s->kind == ITD_STAKE_JOINT || s->kind == ITD_STAKE_DIRECTOR)
        a = b = 0;
    stake.share_min_ppm = s->low = a < b ? a : b;
    stake.share_max_ppm = s->high = a < b ? b : a;
    int year = (int)strtol(w->day, NULL, 10);
    switch (random_below(seed, 14)) {
    case 0:
        stake.end = date_of(2020, 1, 1);
        s->counts = NO;
        break;
    case 1:
        stake.start = date_of(2030, 0, 0);
        s->counts = NO;
        break;
    case 2:
        stake.start = date_of(year, 0, 0);
        s->counts = MAYBE;
        break;
    case 3:
        stake.reliability = 'B';
        stake.credibility = '3';
        s->counts = MAYBE;
        break;
    case 4:
        stake.start = date_of(2019, 3, 0);
        stake.reliability = 'C';
        stake.credibility = '2';
        break;
    default:
        break;
    }
    (void)snprintf(ids[0], sizeof ids[0], "P%u", s->owner % 10);
    (void)snprintf(ids[1], sizeof ids[1], "P%u", s->owned % 10);
    stake.owner = itd_sv_of(ids[0]);
    stake.owned = itd_sv_of(ids[1]);
    assert_int_equal(itd_register_builder_add(builder, &stake, &error), ITD_OK);
}

static void make(world *w, itd_register *r, uint64_t *seed)
{
    itd_register_builder *builder = NULL;
    itd_error error = {0};
    size_t rule = random_below(seed, RULES);
    *w = (world){.parties = 2 + (unsigned)random_below(seed, PARTIES_MAX - 1),
                 .regime = rules[rule].regime,
                 .day = rules[rule].day};
    assert_int_equal(itd_register_builder_create(&builder, NULL, &error), ITD_OK);
    for (unsigned count = 1 + (unsigned)random_below(seed, STAKES_MAX); w->count < count;)
        say(w, builder, seed);
    assert_int_equal(itd_register_builder_take(r, builder, &error), ITD_OK);
    itd_register_builder_destroy(builder);
    for (unsigned p = 0; p < w->parties; p++) {
        w->listed[p] = random_below(seed, 4) == 0;
        w->member[p] = random_below(seed, 12) == 0;
    }
}

/* ---- tests ---- */

static uint32_t number_of(const itd_register *r, unsigned party)
{
    char id[8];
    (void)snprintf(id, sizeof id, "P%u", party % 10);
    return itd_register_find(r, itd_sv_of(id));
}

static void mark_all(const world *w, itd_own_evaluation *e)
{
    itd_error error = {0};
    assert_int_equal(itd_own_evaluation_init(e, e->r, itd_own_regime_find(w->regime), own_day(w->day), &error), ITD_OK);
    for (unsigned p = 0; p < w->parties; p++) {
        uint32_t n = number_of(e->r, p);
        if (w->listed[p] && n != UINT32_MAX)
            itd_own_mark(e, n, w->member[p] && strcmp(w->regime, "us-ofac") == 0);
    }
    assert_int_equal(itd_own_evaluation_run(e, &error), ITD_OK);
}

static void check(const world *w, const itd_own_evaluation *e, unsigned which)
{
    bool blocked[PARTIES_MAX] = {false}, possible[PARTIES_MAX] = {false};
    brute(w, blocked, possible);
    for (unsigned p = 0; p < w->parties; p++) {
        itd_own_judgement judged;
        uint32_t n = number_of(e->r, p);
        if (n == UINT32_MAX)
            continue;
        assert_true(itd_own_judgement_of(&judged, e, n));
        itd_own_verdict wanted = blocked[p] ? ITD_OWN_BLOCKED : possible[p] ? ITD_OWN_POSSIBLE : ITD_OWN_NOT_BLOCKED;
        if (judged.verdict != wanted)
            fail_msg("world %u, %s on %s, P%u: verdict %d, wanted %d", which, w->regime, w->day, p, (int)judged.verdict,
                     (int)wanted);
        assert_true((judged.basis == ITD_OWN_NO_BASIS) == (wanted == ITD_OWN_NOT_BLOCKED));
        assert_true(judged.share_min_ppm <= judged.share_max_ppm);
    }
}

static void test_brute_force(void **state)
{
    uint64_t seed = 20261128;
    unsigned seen[3] = {0};
    (void)state;
    for (unsigned i = 0; i < WORLDS; i++) {
        world w;
        itd_register r;
        make(&w, &r, &seed);
        itd_own_evaluation e = {.r = &r};
        mark_all(&w, &e);
        check(&w, &e, i);
        for (uint32_t n = 0; n < r.entity_count; n++)
            seen[itd_own_in(&e, ITD_OWN_LAYER_BLOCKED, n) ? 2 : itd_own_in(&e, ITD_OWN_LAYER_POSSIBLE, n) ? 1 : 0]++;
        itd_own_evaluation_finish(&e);
        itd_register_close(&r);
    }
    assert_true(seen[0] > WORLDS / 2 && seen[1] > WORLDS / 4 && seen[2] > WORLDS / 2); /* all of them are met */
}

/* Shares of the main test that are kept up are those that would be counted anew. */
static void same_judgements(const itd_own_evaluation *kept, const itd_own_evaluation *anew)
{
    for (uint32_t n = 0; n < kept->r->entity_count; n++) {
        itd_own_judgement a, b;
        assert_true(itd_own_judgement_of(&a, kept, n));
        assert_true(itd_own_judgement_of(&b, anew, n));
        assert_int_equal(a.verdict, b.verdict);
        assert_int_equal(a.basis, b.basis);
        assert_int_equal(a.share_min_ppm, b.share_min_ppm);
        assert_int_equal(a.share_max_ppm, b.share_max_ppm);
    }
}

static void change(world *w, itd_own_evaluation *e, uint64_t *seed)
{
    itd_error error = {0};
    unsigned p = (unsigned)random_below(seed, w->parties);
    uint32_t n = number_of(e->r, p);
    bool member = w->member[p] && strcmp(w->regime, "us-ofac") == 0;
    w->listed[p] = !w->listed[p];
    if (n == UINT32_MAX)
        return;
    itd_status status =
        w->listed[p] ? itd_own_evaluation_list(e, n, member, &error) : itd_own_evaluation_unlist(e, n, &error);
    assert_int_equal(status, ITD_OK);
}

static void test_changes(void **state)
{
    uint64_t seed = 402;
    (void)state;
    for (unsigned i = 0; i < WORLDS / 4; i++) {
        world w;
        itd_register r;
        make(&w, &r, &seed);
        itd_own_evaluation e = {.r = &r};
        mark_all(&w, &e);
        for (unsigned c = 0; c < CHANGES; c++) {
            itd_own_evaluation anew = {.r = &r};
            change(&w, &e, &seed);
            check(&w, &e, i);
            mark_all(&w, &anew);
            same_judgements(&e, &anew);
            itd_own_evaluation_finish(&anew);
        }
        itd_own_evaluation_finish(&e);
        itd_register_close(&r);
    }
}

/* Chains lead from a listed party to the entity, step by step, and no verdict but that of a listed one is without. */
static void test_chains(void **state)
{
    uint64_t seed = 510;
    (void)state;
    for (unsigned i = 0; i < WORLDS / 4; i++) {
        world w;
        itd_register r;
        itd_arena arena;
        itd_error error = {0};
        make(&w, &r, &seed);
        itd_own_evaluation e = {.r = &r};
        itd_arena_init(&arena, SIZE_MAX);
        mark_all(&w, &e);
        assert_int_equal(itd_own_evaluation_flags(&e, &error), ITD_OK);
        for (uint32_t n = 0; n < r.entity_count; n++) {
            itd_own_answer a;
            assert_int_equal(itd_own_explain(&a, &e, n, &arena, &error), ITD_OK);
            for (size_t c = 0; c < a.chain_count; c++) {
                const itd_own_chain *chain = &a.chains[c];
                uint32_t root = itd_register_find(&r, chain->steps[0].owner);
                assert_true(e.state[root] & ITD_OWN_IS_LISTED);
                assert_true(itd_sv_equal(chain->steps[chain->count - 1].owned, a.entity));
                for (size_t s = 1; s < chain->count; s++)
                    assert_true(itd_sv_equal(chain->steps[s - 1].owned, chain->steps[s].owner));
            }
            bool rests = a.judgement.verdict != ITD_OWN_NOT_BLOCKED && a.judgement.basis != ITD_OWN_LISTED;
            if (rests && a.chain_count == 0)
                fail_msg("world %u, %s: no chain of %.*s", i, w.regime, ITD_SV_ARG(a.entity));
        }
        itd_own_evaluation_finish(&e);
        itd_register_close(&r);
        itd_arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_brute_force),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_chains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
