#ifndef TESTS_SUPPORT_MATCHING_H
#define TESTS_SUPPORT_MATCHING_H

#include "match/match.h"
#include "support/cm.h"

/* Two entities made ready and scored; each sum of contributions is held against its score. `setup` and `teardown` are
 * those of the test's group. */

static itd_matcher *matcher;

static inline int setup(void **state)
{
    (void)state;
    return itd_matcher_create(&matcher, NULL) == ITD_OK ? 0 : -1;
}

static inline int teardown(void **state)
{
    (void)state;
    itd_matcher_destroy(matcher);
    return 0;
}

static inline int32_t score_entities(itd_match_result *result, const itd_entity *left, const itd_entity *right,
                                     itd_algorithm algorithm)
{
    itd_match_builder *builders[2];
    const itd_entity *entities[] = {left, right};
    itd_match_space spaces[2];
    itd_match_entity made[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(itd_match_builder_create(&builders[i], NULL), ITD_OK);
        assert_int_equal(itd_match_builder_add(builders[i], matcher, entities[i], NULL), ITD_OK);
        assert_int_equal(itd_match_builder_finish(builders[i], NULL), ITD_OK);
        spaces[i] = itd_match_builder_space(builders[i]);
        made[i] = itd_match_builder_entity(builders[i], 0);
    }
    itd_match_query *query;
    assert_int_equal(itd_match_query_create(&query, algorithm, &made[0], &spaces[0], &spaces[1], NULL), ITD_OK);
    assert_true(itd_match_score(result, query, &made[1], 0));
    int32_t sum = 0;
    for (uint32_t i = 0; i < result->contribution_count; i++)
        sum += result->contributions[i].micro;
    assert_int_equal(sum, result->score_micro);
    itd_match_query_destroy(query);
    itd_match_builder_destroy(builders[0]);
    itd_match_builder_destroy(builders[1]);
    return result->score_micro;
}

/** The score by names alone, micro-units. */
static inline int32_t score_names(itd_schema schema, const char *left, const char *right)
{
    itd_entity_value values[] = {{ITD_P_Thing_name, itd_sv_of(left)}, {ITD_P_Thing_name, itd_sv_of(right)}};
    itd_entity one = {.schema = schema, .values = &values[0], .value_count = 1},
               other = {.schema = schema, .values = &values[1], .value_count = 1};
    itd_match_result result;
    return score_entities(&result, &one, &other, ITD_ALGORITHM_LOGIC);
}

#endif
