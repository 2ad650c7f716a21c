/* Hits of verdicts that a register does not bring about easily: nobody carries them, or no chain that is shown begins
 * at who does. X has 60 % of A; X and Y are listed, and no index has a record of them. */
#include "engine/owned.h"

#include "engine/own.h"
#include "interdict/graph.h"
#include "support/faults.h"
#include "support/sample.h"

typedef struct place {
    sample *sample;
    itd_context *context;
    itd_graph *graph;
    itd_own *own;
    itd_screen_options options;
    itd_owned_scope scope;
    itd_arena arena;
} place;

static int set_up(void **state)
{
    static const char rows[] =
        "owner,owned,share_min_ppm,share_max_ppm,kind\nX,A,600000,600000,shares\nY,Z,,,same\nY,W,,,same\n";
    static const char listed[] = "X\nY,kp-party\n";
    place *here = calloc(1, sizeof *here);
    const itd_context_options threads = {.threads = 1};
    itd_error error = {0};
    if (!here || sample_set_up((void **)&here->sample) != 0 ||
        sample_write(here->sample->pairs, rows, sizeof rows - 1) != 0 ||
        sample_write(here->sample->bad, listed, sizeof listed - 1) != 0)
        return -1;
    const char *paths[] = {here->sample->pairs};
    const itd_read_options registers = {.paths = paths, .path_count = 1};
    const itd_own_options judging = {.regime = "us-ofac", .as_of = "2025-01-01", .listed = here->sample->bad};
    itd_arena_init(&here->arena, SIZE_MAX);
    *state = here;
    if (itd_context_create(&here->context, &threads, &error) != ITD_OK ||
        itd_graph_open(&here->graph, here->context, &registers, &error) != ITD_OK ||
        itd_own_create(&here->own, here->context, here->graph, &judging, &error) != ITD_OK)
        return -1;
    here->scope = (itd_owned_scope){.own = here->own, .options = &here->options};
    return 0;
}

static int tear_down(void **state)
{
    place *here = *state;
    itd_arena_finish(&here->arena);
    itd_own_destroy(here->own);
    itd_graph_close(here->graph);
    itd_context_destroy(here->context);
    int left = sample_tear_down((void **)&here->sample);
    free(here);
    return left;
}

static const itd_own_step step = {.owner = ITD_SV("X"),
                                  .owned = ITD_SV("A"),
                                  .share_min_ppm = 250001,
                                  .share_max_ppm = 500000,
                                  .kind = "shares",
                                  .source = ITD_SV("r.csv:2"),
                                  .grade = ITD_SV("")};
static const itd_own_chain chain = {&step, 1};
static const itd_own_by both[] = {{ITD_SV("X"), 250001, 500000}, {ITD_SV("Y"), 1, 1}};

static itd_own_answer verdict(size_t by_count)
{
    return (itd_own_answer){.entity = ITD_SV("A"),
                            .judgement = {ITD_OWN_POSSIBLE, ITD_OWN_OWNERSHIP, 250001, 500000},
                            .by = both,
                            .by_count = by_count,
                            .chains = &chain,
                            .chain_count = 1};
}

static const itd_hit *must_make(place *here, const itd_own_answer *answer, size_t count)
{
    itd_error error = {0};
    const itd_hit *hits = NULL;
    size_t found = 77;
    if (itd_owned_hits_of(&hits, &found, &here->scope, answer, &here->arena, &error) != ITD_OK)
        fail_msg("%s", error.message);
    assert_int_equal(found, count);
    return hits;
}

static void text_is(itd_sv text, const char *wanted)
{
    if (!itd_sv_is(text, wanted))
        fail_msg("\"%.*s\" is not \"%s\"", ITD_SV_ARG(text), wanted);
}

static void a_chain_that_is_not_shown_is_said(void **state)
{
    place *here = *state;
    const itd_own_answer answer = verdict(2);
    const itd_hit *hits = must_make(here, &answer, 2);
    text_is(hits[0].id, "X");
    text_is(hits[0].contributions[0].right, "X 25.0001–50 % shares of A");
    text_is(hits[1].id, "Y");
    text_is(hits[1].caption, "Y");
    text_is(hits[1].dataset, "");
    text_is(hits[1].document, "bad.ftm.json"); /* the file of listed parties */
    text_is(hits[1].contributions[0].right, "Y, through more chains than are shown");
    assert_int_equal(hits[1].score_micro, ITD_OWN_POSSIBLE_MICRO);
    assert_int_equal(hits[1].digest.size, ITD_STORE_HASH);
    assert_false(itd_sv_equal(hits[0].digest, hits[1].digest));
}

static void a_verdict_that_nobody_carries_is_a_hit(void **state)
{
    static const char *const topics[] = {"role.pep"};
    place *here = *state;
    const itd_own_answer answer = verdict(0);
    const itd_hit *hits = must_make(here, &answer, 1);
    text_is(hits[0].id, "A");
    text_is(hits[0].contributions[0].right, "A, through listed parties that are not shown");
    here->options.topics = topics;
    here->options.topic_count = 1;
    (void)must_make(here, &answer, 1); /* the filter cannot tell either */
    const itd_own_answer known = verdict(2);
    (void)must_make(here, &known, 0); /* who has no record has no topic */
}

static void who_is_not_blocked_is_no_hit(void **state)
{
    place *here = *state;
    itd_own_answer answer = verdict(2);
    answer.judgement.verdict = ITD_OWN_NOT_BLOCKED;
    (void)must_make(here, &answer, 0);
}

static void a_party_has_its_other_ids(void **state)
{
    place *here = *state;
    itd_error error = {0};
    const uint32_t *aliases = NULL;
    size_t count = 0;
    /* Y, Z and W are one, under W; X has no other id. */
    assert_int_equal(itd_own_aliases(&aliases, &count, here->own, ITD_SV("W"), &error), ITD_OK);
    assert_int_equal(count, 2);
    text_is(itd_register_alias(&here->graph->r, aliases[0]), "Y");
    text_is(itd_register_alias(&here->graph->r, aliases[1]), "Z");
    assert_int_equal(itd_own_aliases(&aliases, &count, here->own, ITD_SV("X"), &error), ITD_OK);
    assert_int_equal(count, 0);
    assert_int_equal(itd_own_aliases(&aliases, &count, here->own, ITD_SV("nobody"), &error), ITD_OK);
    assert_int_equal(count, 0);
}

static void the_limit_cuts_what_is_joined(void **state)
{
    static const itd_hit named[] = {{.id = ITD_SV("N"), .score_micro = 800000},
                                    {.id = ITD_SV("Q"), .score_micro = 700000}};
    static const itd_hit owned[] = {{.id = ITD_SV("O"), .score_micro = 800000},
                                    {.id = ITD_SV("P"), .score_micro = 700000}};
    place *here = *state;
    itd_error error = {0};
    const char *const wanted[] = {"N", "O", "P", "Q"};
    for (size_t limit = 0; limit <= 5; limit++) {
        itd_answer answer = {.hits = named, .hit_count = 2};
        size_t shown = limit == 0 || limit > 4 ? 4 : limit;
        assert_int_equal(itd_owned_join(&answer, owned, 2, limit, &here->arena, &error), ITD_OK);
        assert_int_equal(answer.hit_count, shown);
        assert_int_equal(answer.truncated, shown < 4);
        for (size_t i = 0; i < shown; i++)
            text_is(answer.hits[i].id, wanted[i]);
    }
    itd_answer cut = {.hits = named, .hit_count = 2, .truncated = true}; /* names were cut before */
    assert_int_equal(itd_owned_join(&cut, owned, 0, 2, &here->arena, &error), ITD_OK);
    assert_true(cut.truncated);
}

static itd_status make_once(void *context, itd_error *error)
{
    place *here = context;
    const itd_own_answer answer = verdict(2);
    const itd_hit *hits = NULL;
    size_t count = 0;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_owned_hits_of(&hits, &count, &here->scope, &answer, &arena, error);
    itd_arena_finish(&arena);
    return status;
}

static void memory_fails_in_turn(void **state)
{
    assert_true(faults_each(ITD_FAULT_MEMORY, make_once, NULL, *state) >= 3); /* texts, aliases, hits */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_chain_that_is_not_shown_is_said), TEST(a_verdict_that_nobody_carries_is_a_hit),
        TEST(who_is_not_blocked_is_no_hit),      TEST(a_party_has_its_other_ids),
        TEST(the_limit_cuts_what_is_joined),     TEST(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("engine/owned", tests, NULL, NULL);
}
