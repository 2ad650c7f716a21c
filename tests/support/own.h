/* A small register, who is listed, a rule and a day, judged. */
#ifndef TESTS_SUPPORT_OWN_H
#define TESTS_SUPPORT_OWN_H

#include <stdio.h>
#include <stdlib.h>

#include "own/explain.h"
#include "own/listed.h"
#include "read/stakes_csv.h"
#include "support/cm.h"

#define OWN_HEADER "owner,owned,share_min_ppm,share_max_ppm,kind,start,end\n"

typedef struct own_world {
    itd_register r;
    itd_own_evaluation e;
    itd_arena arena;
} own_world;

static inline int32_t own_day(const char *text)
{
    itd_date date;
    int32_t first = 0, last = 0;
    assert_true(itd_date_parse(&date, itd_sv_of(text)));
    itd_date_span(&first, &last, date);
    return first;
}

/** Rows without their header become a register. */
static inline void own_register(itd_register *out, const char *rows)
{
    itd_register_builder *builder = NULL;
    itd_input *input = NULL;
    itd_error error = {0};
    size_t size = strlen(OWN_HEADER) + strlen(rows) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    (void)snprintf(text, size, "%s%s", OWN_HEADER, rows);
    itd_stakes_reading reading = {.stake = itd_register_builder_add};
    assert_int_equal(itd_register_builder_create(&builder, NULL, &error), ITD_OK);
    reading.stake_context = builder;
    assert_int_equal(itd_register_builder_file(builder, ITD_SV("r.csv"), &error), ITD_OK);
    assert_int_equal(itd_input_open_memory(&input, "r.csv", itd_sv_of(text), &error), ITD_OK);
    if (itd_stakes_csv_read(&reading, input, &error) != ITD_OK)
        fail_msg("line %llu: %s", (unsigned long long)error.line, error.message);
    assert_int_equal(itd_register_builder_take(out, builder, &error), ITD_OK);
    itd_input_close(input);
    itd_register_builder_destroy(builder);
    free(text);
}

static inline itd_status own_mark_party(void *context, itd_sv id, itd_sv category, itd_error *error)
{
    own_world *w = context;
    (void)error;
    uint32_t entity = itd_register_find(&w->r, id);
    if (entity != UINT32_MAX)
        itd_own_mark(&w->e, entity, itd_own_regime_category(w->e.regime, w->e.day, category));
    return ITD_OK;
}

/** `listed` as in a file of listed parties. */
static inline void own_judge(own_world *w, const char *regime, const char *day, const char *listed, const char *rows)
{
    itd_error error = {0};
    itd_input *input = NULL;
    itd_listed_reading reading = {.party = own_mark_party, .context = w};
    *w = (own_world){0};
    own_register(&w->r, rows);
    itd_arena_init(&w->arena, SIZE_MAX);
    assert_non_null(itd_own_regime_find(regime));
    assert_int_equal(itd_own_evaluation_init(&w->e, &w->r, itd_own_regime_find(regime), own_day(day), &error), ITD_OK);
    assert_int_equal(itd_input_open_memory(&input, "listed", itd_sv_of(listed), &error), ITD_OK);
    assert_int_equal(itd_listed_read(&reading, input, &error), ITD_OK);
    itd_input_close(input);
    assert_int_equal(itd_own_evaluation_run(&w->e, &error), ITD_OK);
    assert_int_equal(itd_own_evaluation_flags(&w->e, &error), ITD_OK);
}

static inline void own_finish(own_world *w)
{
    itd_own_evaluation_finish(&w->e);
    itd_register_close(&w->r);
    itd_arena_finish(&w->arena);
}

static inline itd_own_answer own_answer(own_world *w, const char *id)
{
    itd_own_answer answer;
    itd_error error = {0};
    uint32_t entity = itd_register_find(&w->r, itd_sv_of(id));
    assert_int_not_equal(entity, UINT32_MAX);
    assert_int_equal(itd_own_explain(&answer, &w->e, entity, &w->arena, &error), ITD_OK);
    return answer;
}

static inline bool own_has_flag(const itd_own_answer *answer, const char *flag)
{
    for (size_t i = 0; i < answer->flag_count; i++)
        if (strcmp(answer->flags[i], flag) == 0)
            return true;
    return false;
}

/** Verdict and basis of an entity, and its flags: names separated by blanks, all of them. */
static inline void own_expect(own_world *w, const char *id, itd_own_verdict verdict, itd_own_basis basis,
                              const char *flags)
{
    char said[128] = "";
    itd_own_answer answer = own_answer(w, id);
    for (size_t i = 0; i < answer.flag_count; i++)
        (void)snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s", i ? " " : "", answer.flags[i]);
    if (answer.judgement.verdict != verdict || answer.judgement.basis != basis || strcmp(said, flags) != 0)
        fail_msg("%s: verdict %d by %d, flags \"%s\"; wanted %d by %d, \"%s\"", id, (int)answer.judgement.verdict,
                 (int)answer.judgement.basis, said, (int)verdict, (int)basis, flags);
}

static inline void own_expect_share(own_world *w, const char *id, uint32_t low, uint32_t high)
{
    itd_own_answer answer = own_answer(w, id);
    assert_int_equal(answer.judgement.share_min_ppm, low);
    assert_int_equal(answer.judgement.share_max_ppm, high);
}

#endif
