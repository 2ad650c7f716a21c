/* Two names, a line each: the score is between 0 and 1, its contributions add up, a threshold loses nothing, both
 * algorithms. */
#include "support/fuzz.h"

#include "match/match.h"

static itd_matcher *matcher;
static itd_match_builder *builders[2];

static void check(itd_algorithm algorithm, const itd_match_entity *left, const itd_match_space *left_space,
                  const itd_match_entity *right, const itd_match_space *right_space)
{
    itd_match_query *query;
    FUZZ_CHECK(itd_match_query_create(&query, algorithm, left, left_space, right_space, NULL) == ITD_OK);
    itd_match_result result, again;
    FUZZ_CHECK(itd_match_score(&result, query, right, 0));
    int64_t sum = 0;
    for (uint32_t i = 0; i < result.contribution_count; i++)
        sum += result.contributions[i].micro;
    FUZZ_CHECK(result.score_micro >= 0 && result.score_micro <= 1000000 && sum == result.score_micro);
    FUZZ_CHECK(itd_match_score(&again, query, right, 700000) == (result.score_micro >= 700000));
    itd_match_query_destroy(query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!matcher) {
        FUZZ_CHECK(itd_matcher_create(&matcher, NULL) == ITD_OK);
        for (int i = 0; i < 2; i++)
            FUZZ_CHECK(itd_match_builder_create(&builders[i], NULL) == ITD_OK);
    }
    itd_sv rest = {(const char *)data, size}, parts[2] = {{"", 0}, {"", 0}};
    itd_sv_split(&parts[0], &rest, '\n');
    itd_sv_split(&parts[1], &rest, '\n');
    itd_match_entity made[2];
    itd_match_space spaces[2];
    for (int i = 0; i < 2; i++) {
        itd_entity_value value = {ITD_P_Thing_name, parts[i]};
        itd_entity entity = {.schema = ITD_S_Person, .values = &value, .value_count = 1};
        itd_match_builder_reset(builders[i]);
        FUZZ_CHECK(itd_match_builder_add(builders[i], matcher, &entity, NULL) == ITD_OK);
        FUZZ_CHECK(itd_match_builder_finish(builders[i], NULL) == ITD_OK);
        made[i] = itd_match_builder_entity(builders[i], 0);
        spaces[i] = itd_match_builder_space(builders[i]);
    }
    check(ITD_ALGORITHM_LOGIC, &made[0], &spaces[0], &made[1], &spaces[1]);
    check(ITD_ALGORITHM_OFAC, &made[0], &spaces[0], &made[1], &spaces[1]);
    return 0;
}
