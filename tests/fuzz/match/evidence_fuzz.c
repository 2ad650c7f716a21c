/* The first byte says what property, two lines follow: values of a person of one name. The score is between 0 and 1,
 * its contributions add up and are the same either way round; a value never contradicts itself; what is neither name
 * nor identifier adds no more than is promised. */
#include "support/fuzz.h"

#include <string.h>

#include "match/evidence.h"

static const itd_property properties[] = {ITD_P_Person_birthDate,      ITD_P_LegalEntity_incorporationDate,
                                          ITD_P_Vehicle_buildDate,     ITD_P_Person_nationality,
                                          ITD_P_Person_gender,         ITD_P_Thing_address,
                                          ITD_P_Person_passportNumber, ITD_P_LegalEntity_idNumber,
                                          ITD_P_LegalEntity_innCode,   ITD_P_LegalEntity_registrationNumber};

static itd_matcher *matcher;
static itd_match_builder *builders[2];

/* Sum of what is neither name nor identifier nor limit. */
static int32_t score(const itd_match_entity *left, const itd_match_space *left_space, const itd_match_entity *right,
                     const itd_match_space *right_space)
{
    itd_match_query *query;
    FUZZ_CHECK(itd_match_query_create(&query, ITD_ALGORITHM_LOGIC, left, left_space, right_space, NULL) == ITD_OK);
    itd_match_result result;
    FUZZ_CHECK(itd_match_score(&result, query, right, 0));
    int32_t sum = 0, evidence = 0;
    for (uint32_t i = 0; i < result.contribution_count; i++) {
        const char *feature = result.contributions[i].feature;
        sum += result.contributions[i].micro;
        if (strcmp(feature, "name") != 0 && strcmp(feature, "limit") != 0 && strcmp(feature, "identifier") != 0)
            evidence += result.contributions[i].micro;
    }
    FUZZ_CHECK(result.score_micro >= 0 && result.score_micro <= 1000000 && sum == result.score_micro);
    bool same_year = itd_years_of(left) & itd_years_of(right);
    FUZZ_CHECK(evidence <= itd_evidence_best(left, same_year) && itd_evidence_best(left, true) <= ITD_EVIDENCE_BEST);
    itd_match_query_destroy(query);
    return evidence;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!matcher) {
        FUZZ_CHECK(itd_matcher_create(&matcher, NULL) == ITD_OK);
        for (int i = 0; i < 2; i++)
            FUZZ_CHECK(itd_match_builder_create(&builders[i], NULL) == ITD_OK);
    }
    if (size == 0)
        return 0;
    itd_property property = properties[data[0] % (sizeof properties / sizeof properties[0])];
    itd_sv rest = {(const char *)data + 1, size - 1}, parts[2] = {{"", 0}, {"", 0}};
    itd_sv_split(&parts[0], &rest, '\n');
    itd_sv_split(&parts[1], &rest, '\n');
    itd_match_entity made[2];
    itd_match_space spaces[2];
    for (int i = 0; i < 2; i++) {
        itd_entity_value values[] = {{ITD_P_Thing_name, ITD_SV("Qasim Zafarani")}, {property, parts[i]}};
        itd_entity entity = {.schema = ITD_S_Person, .values = values, .value_count = 2};
        itd_match_builder_reset(builders[i]);
        FUZZ_CHECK(itd_match_builder_add(builders[i], matcher, &entity, NULL) == ITD_OK);
        FUZZ_CHECK(itd_match_builder_finish(builders[i], NULL) == ITD_OK);
        made[i] = itd_match_builder_entity(builders[i], 0);
        spaces[i] = itd_match_builder_space(builders[i]);
    }
    FUZZ_CHECK(score(&made[0], &spaces[0], &made[1], &spaces[1]) == score(&made[1], &spaces[1], &made[0], &spaces[0]));
    FUZZ_CHECK(score(&made[0], &spaces[0], &made[0], &spaces[0]) >= 0);
    return 0;
}
