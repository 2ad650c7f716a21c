/* Verdicts and flags against the slow evaluator of support/own_brute.h. Random registers with cycles, bands,
 * overlapping statements, suspicions, dates, rights and joint arrangements. Then: lists that change one party at a time
 * against lists judged anew. */
#include "support/own.h"
#include "support/own_brute.h"
#include "support/random.h"

#define WORLDS 4000
#define CHANGES 12

static const struct {
    const char *regime, *day;
} rules[] = {{"us-ofac", "2025-06-01"}, {"us-ofac", "2014-03-01"}, {"us-bis", "2025-10-15"},
             {"us-bis", "2026-06-01"},  {"eu", "2024-06-01"},      {"eu", "2025-06-01"},
             {"gb", "2025-06-01"},      {"ch", "2025-06-01"},      {"ca", "2025-06-01"}};
#define RULES (sizeof rules / sizeof rules[0])

/* Before and after the rules of some regime changed; the last but one is coarse. */
static const said_date ends[] = {
    {"2006-01-01", "2006-01-01", "2005-12-31"}, {"2014-01-01", "2014-01-01", "2013-12-31"},
    {"2020-01-01", "2020-01-01", "2019-12-31"}, {"2024-05-01", "2024-05-01", "2024-04-30"},
    {"2025-01-01", "2025-01-01", "2024-12-31"}, {"2025-10-10", "2025-10-10", "2025-10-09"},
    {"2024-01-01", "2024-12-31", "2023-12-31"}, {"2031-01-01", "2031-01-01", "2030-12-31"}};

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

/* As coarse as the days that it can mean. */
static itd_date date_of(said_date date)
{
    itd_date made = {0};
    if (!date.first)
        return made;
    assert_true(itd_date_parse(&made, itd_sv_of(date.first)));
    if (strcmp(date.first, date.last) != 0) {
        made.day = 0;
        if (strncmp(date.first, date.last, 7) != 0)
            made.month = 0;
    }
    return made;
}

static const said_date coarse[] = {{"2014-01-01", "2014-12-31", NULL},
                                   {"2024-01-01", "2024-12-31", NULL},
                                   {"2025-01-01", "2025-12-31", NULL},
                                   {"2026-01-01", "2026-12-31", NULL},
                                   {"2030-01-01", "2030-12-31", NULL}};

static void say(world *w, itd_register_builder *builder, uint64_t *seed)
{
    char ids[2][8];
    itd_error error = {0};
    said *s = &w->stakes[w->count++];
    *s = (said){.owner = (unsigned)random_below(seed, w->parties), .kind = some_kind(seed)};
    s->owned = (unsigned)random_below(seed, w->parties);
    itd_stake stake = {.kind = s->kind};
    uint32_t a = some_share(seed), b = random_below(seed, 2) ? a : some_share(seed);
    if (s->kind == ITD_STAKE_CONTROL || s->kind == ITD_STAKE_JOINT || s->kind == ITD_STAKE_DIRECTOR)
        a = b = 0;
    stake.share_min_ppm = s->low = a < b ? a : b;
    stake.share_max_ppm = s->high = a < b ? b : a;
    switch (random_below(seed, 14)) {
    case 0:
    case 1:
        s->end = ends[random_below(seed, sizeof ends / sizeof ends[0])];
        break;
    case 2:
        s->start = coarse[random_below(seed, sizeof coarse / sizeof coarse[0])];
        break;
    case 3:
        stake.reliability = 'B';
        stake.credibility = '3';
        s->suspicion = true;
        break;
    case 4:
        s->start = (said_date){"2019-03-01", "2019-03-31", NULL};
        s->end = ends[random_below(seed, sizeof ends / sizeof ends[0])];
        stake.reliability = 'C';
        stake.credibility = '2';
        break;
    default:
        break;
    }
    stake.start = date_of(s->start);
    stake.end = date_of(s->end);
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
    *w = (world){.parties = 2 + (unsigned)random_below(seed, BRUTE_PARTIES_MAX - 1),
                 .regime = rules[rule].regime,
                 .day = rules[rule].day};
    assert_int_equal(itd_register_builder_create(&builder, NULL, &error), ITD_OK);
    for (unsigned count = 1 + (unsigned)random_below(seed, BRUTE_STAKES_MAX); w->count < count;)
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
            itd_own_mark(e, n, w->member[p] && has_classes(w));
    }
    assert_int_equal(itd_own_evaluation_run(e, &error), ITD_OK);
}

static void check(const world *w, const itd_own_evaluation *e, unsigned which)
{
    parties blocked, possible, sure, maybe;
    brute(w, &blocked, &possible);
    brute_classes(w, &sure, &maybe);
    for (unsigned p = 0; p < w->parties; p++) {
        itd_own_judgement judged;
        uint32_t n = number_of(e->r, p);
        if (n == UINT32_MAX)
            continue;
        assert_true(itd_own_judgement_of(&judged, e, n));
        itd_own_verdict wanted = blocked.in[p]    ? ITD_OWN_BLOCKED
                                 : possible.in[p] ? ITD_OWN_POSSIBLE
                                                  : ITD_OWN_NOT_BLOCKED;
        if (judged.verdict != wanted)
            fail_msg("world %u, %s on %s, P%u: verdict %d, wanted %d", which, w->regime, w->day, p, (int)judged.verdict,
                     (int)wanted);
        bool listed = w->listed[p], of_class = wanted == ITD_OWN_BLOCKED ? sure.in[p] : is_held_by_class(w, &maybe, p);
        assert_true((judged.basis == ITD_OWN_NO_BASIS) == (wanted == ITD_OWN_NOT_BLOCKED));
        assert_true((judged.basis == ITD_OWN_LISTED) == listed);
        if ((judged.basis == ITD_OWN_CATEGORY) != (!listed && of_class))
            fail_msg("world %u, %s on %s, P%u: basis %d", which, w->regime, w->day, p, (int)judged.basis);
        assert_true(judged.share_min_ppm <= judged.share_max_ppm);
    }
}

/* Flags of those that are not possible; every second world looks at them after changes too. */
static unsigned check_flags(const world *w, itd_own_evaluation *e, unsigned which)
{
    const itd_own_layer_id layers[] = {ITD_OWN_LAYER_CHECK, ITD_OWN_LAYER_NEAR, ITD_OWN_LAYER_DIVESTED};
    parties blocked, possible, wanted[3];
    itd_error error = {0};
    unsigned set = 0;
    brute(w, &blocked, &possible);
    brute_softer(w, &possible, 500000, &wanted[0]);
    brute_softer(w, &possible, 450001, &wanted[1]);
    brute_divested(w, &possible, &wanted[2]);
    assert_int_equal(itd_own_evaluation_flags(e, &error), ITD_OK);
    for (unsigned p = 0; p < w->parties; p++) {
        uint32_t n = number_of(e->r, p);
        for (unsigned l = 0; l < 3 && n != UINT32_MAX && !possible.in[p]; l++) {
            if (itd_own_in(e, layers[l], n) != wanted[l].in[p])
                fail_msg("world %u, %s on %s, P%u: flag %u should be %d", which, w->regime, w->day, p, l,
                         wanted[l].in[p]);
            set |= wanted[l].in[p] ? 1U << l : 0;
        }
    }
    return set;
}

static void test_brute_force(void **state)
{
    uint64_t seed = 20261128;
    unsigned seen[3] = {0}, flags[3] = {0};
    (void)state;
    for (unsigned i = 0; i < WORLDS; i++) {
        world w;
        itd_register r;
        make(&w, &r, &seed);
        itd_own_evaluation e = {.r = &r};
        mark_all(&w, &e);
        check(&w, &e, i);
        unsigned set = check_flags(&w, &e, i);
        for (unsigned l = 0; l < 3; l++)
            flags[l] += set >> l & 1;
        for (uint32_t n = 0; n < r.entity_count; n++)
            seen[itd_own_in(&e, ITD_OWN_LAYER_BLOCKED, n) ? 2 : itd_own_in(&e, ITD_OWN_LAYER_POSSIBLE, n) ? 1 : 0]++;
        itd_own_evaluation_finish(&e);
        itd_register_close(&r);
    }
    assert_true(seen[0] > WORLDS / 2 && seen[1] > WORLDS / 4 && seen[2] > WORLDS / 2); /* all of them are met */
    assert_true(flags[0] > WORLDS / 80 && flags[1] > WORLDS / 80 && flags[2] > WORLDS / 80);
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
    bool member = w->member[p] && has_classes(w);
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
            if (c % 2)
                (void)check_flags(&w, &e, i);
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
    for (unsigned i = 0; i < WORLDS; i++) {
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
            if (rests && (a.chain_count == 0 || a.by_count == 0))
                fail_msg("world %u, %s: no chain, or nobody behind, of %.*s", i, w.regime, ITD_SV_ARG(a.entity));
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
