#include <stdio.h>

#include "match/internal.h"
#include "support/cm.h"
#include "support/faults.h"

/* Other evidence, limits, and what a failed allocation leaves behind. */

static itd_matcher *matcher;

static int setup(void **state)
{
    (void)state;
    return itd_matcher_create(&matcher, NULL) == ITD_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    itd_matcher_destroy(matcher);
    return 0;
}

static itd_sv keep_view(itd_sv view)
{
    static char kept[1 << 16];
    static size_t used;
    if (view.size > sizeof kept - used)
        used = 0;
    assert_true(view.size <= sizeof kept);
    if (view.size)
        memcpy(kept + used, view.data, view.size);
    used += view.size;
    return (itd_sv){kept + used - view.size, view.size};
}

/* The views of a result lie in the builder: copies that outlive it, until some hundred results later. */
static void keep_views(itd_match_result *result)
{
    result->matched_left = keep_view(result->matched_left);
    result->matched_right = keep_view(result->matched_right);
    for (uint32_t i = 0; i < result->contribution_count; i++) {
        result->contributions[i].left = keep_view(result->contributions[i].left);
        result->contributions[i].right = keep_view(result->contributions[i].right);
    }
}

static itd_status try_score(itd_match_result *result, const itd_entity *left, const itd_entity *right, itd_error *error)
{
    itd_match_builder *builder = NULL;
    itd_match_query *query = NULL;
    itd_status status = itd_match_builder_create(&builder, error);
    if (status == ITD_OK)
        status = itd_match_builder_add(builder, matcher, left, error);
    if (status == ITD_OK)
        status = itd_match_builder_add(builder, matcher, right, error);
    if (status == ITD_OK)
        status = itd_match_builder_finish(builder, error);
    if (status == ITD_OK) {
        itd_match_space space = itd_match_builder_space(builder);
        itd_match_entity l = itd_match_builder_entity(builder, 0), r = itd_match_builder_entity(builder, 1);
        status = itd_match_query_create(&query, ITD_ALGORITHM_LOGIC, &l, &space, &space, error);
        if (status == ITD_OK && !itd_match_score(result, query, &r, 0))
            status = itd_fail(error, ITD_EINVAL, "no score at threshold 0");
    }
    if (status == ITD_OK)
        keep_views(result);
    itd_match_query_destroy(query);
    itd_match_builder_destroy(builder);
    return status;
}

#define NAME                                                                                                           \
    {                                                                                                                  \
        ITD_P_Thing_name, ITD_SV("Qasim Zafarani")                                                                     \
    }

static int32_t score_with(itd_property property, const char *left, const char *right)
{
    itd_entity_value l[] = {NAME, {property, itd_sv_of(left)}}, r[] = {NAME, {property, itd_sv_of(right)}};
    itd_entity a = {.schema = ITD_S_Person, .values = l, .value_count = left ? 2 : 1},
               b = {.schema = ITD_S_Person, .values = r, .value_count = right ? 2 : 1};
    itd_match_result result;
    assert_int_equal(try_score(&result, &a, &b, NULL), ITD_OK);
    return result.score_micro;
}

static void dates_by_precision(void **state)
{
    (void)state;
    static const struct {
        const char *left, *right;
        int32_t low, high;
    } rows[] = {
        {"1964-03-27", "1964-03-27", 1000000, 1000000}, {"1964-03-27", NULL, 1000000, 1000000},
        {"1964", "1964-03-27", 1000000, 1000000},       {"1964-03", "1964-03-27", 1000000, 1000000},
        {"1964-08-11", "1964-11-08", 1000000, 1000000}, {"1964-03-27", "1964-03-28", 900000, 950000},
        {"1964-03-27", "1964-09-28", 850000, 900000},   {"1964", "1965", 900000, 950000},
        {"1964-03-27", "1968-03-27", 900000, 950000},   {"1964-03-27", "1981-06-01", 0, 699999},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_in_range(score_with(ITD_P_Person_birthDate, rows[i].left, rows[i].right), rows[i].low, rows[i].high);
}

static void countries_and_gender(void **state)
{
    (void)state;
    assert_int_equal(score_with(ITD_P_Person_nationality, "kp", "kp"), 1000000);
    assert_in_range(score_with(ITD_P_Person_nationality, "kp", "cu"), 900000, 950000);
    assert_int_equal(score_with(ITD_P_Person_nationality, "North Korea", "kp"), 1000000);
    assert_in_range(score_with(ITD_P_Person_nationality, "Korea, South", "kp"), 900000, 950000);
    assert_int_equal(score_with(ITD_P_Person_nationality, "Nowhere", "kp"), 1000000);
    assert_int_equal(score_with(ITD_P_Person_nationality, "xq", "kp"), 1000000);
    assert_int_equal(score_with(ITD_P_Person_gender, "male", "male"), 1000000);
    assert_in_range(score_with(ITD_P_Person_gender, "male", "female"), 780000, 820000);
    assert_int_equal(score_with(ITD_P_Person_gender, "male", "other"), 1000000);
}

static int32_t score_vessels(const char *left_name, const char *left_imo, const char *right_name, const char *right_imo)
{
    itd_entity_value l[] = {{ITD_P_Thing_name, itd_sv_of(left_name)}, {ITD_P_Vessel_imoNumber, itd_sv_of(left_imo)}},
                     r[] = {{ITD_P_Thing_name, itd_sv_of(right_name)}, {ITD_P_Vessel_imoNumber, itd_sv_of(right_imo)}};
    itd_entity a = {.schema = ITD_S_Vessel, .values = l, .value_count = 2},
               b = {.schema = ITD_S_Vessel, .values = r, .value_count = 2};
    itd_match_result result;
    assert_int_equal(try_score(&result, &a, &b, NULL), ITD_OK);
    return result.score_micro;
}

static void strong_identifiers_settle(void **state)
{
    (void)state;
    assert_in_range(score_vessels("Dawnlight", "IMO 9074729", "Ever Bright", "9074729"), 950000, 1000000);
    assert_in_range(score_vessels("Dawnlight", "IMO 9074729", "Dawnlight", "IMO 9319466"), 0, 820000);
}

/* The same number under two properties; names that have nothing in common, or are alike in part. */
static void identifiers_lift(void **state)
{
    (void)state;
    enum { FAR, PART };
    static const char *const names[][2] = {{"Dawnlight", "Ever Bright"}, {"Dawnlight Maru", "Dawnlight"}};
    static const struct {
        itd_property left_property;
        const char *left;
        itd_property right_property;
        const char *right;
        int names;
        itd_schema schema;
        int32_t low, high;
    } rows[] = {
        {ITD_P_Vessel_mmsi, "445123000", ITD_P_Vessel_mmsi, "445 123 000", FAR, ITD_S_Vessel, 700000, 800000},
        {ITD_P_Vessel_mmsi, "445123000", ITD_P_Vessel_mmsi, "445123000", PART, ITD_S_Vessel, 880000, 1000000},
        {ITD_P_Vessel_mmsi, "445123000", ITD_P_Vessel_mmsi, "445123001", FAR, ITD_S_Vessel, 0, 0},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_LegalEntity_idNumber, "318204957 (Cuba)", FAR, ITD_S_Person,
         700000, 800000},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_Identification_number, "318204957", FAR, ITD_S_Person, 700000,
         800000},
        {ITD_P_LegalEntity_idNumber, "318204957", ITD_P_Person_passportNumber, "PD 472310104", PART, ITD_S_Person,
         500000, 850000},
        {ITD_P_LegalEntity_idNumber, "31820", ITD_P_LegalEntity_idNumber, "31820", FAR, ITD_S_Person, 150000, 150000},
        {ITD_P_LegalEntity_idNumber, "111111111", ITD_P_LegalEntity_idNumber, "111111111", FAR, ITD_S_Person, 150000,
         150000},
        {ITD_P_LegalEntity_taxNumber, "7700000016", ITD_P_LegalEntity_innCode, "7700000016", FAR, ITD_S_Company, 960000,
         1000000},
        {ITD_P_LegalEntity_ogrnCode, "1020000000019", ITD_P_LegalEntity_registrationNumber, "1020000000019", FAR,
         ITD_S_Company, 960000, 1000000},
        {ITD_P_Company_isinCode, "US0378331005", ITD_P_LegalEntity_idNumber, "US0378331005", FAR, ITD_S_Company, 960000,
         1000000},
        {ITD_P_Vehicle_registrationNumber, "9074729", ITD_P_Vessel_imoNumber, "IMO 9074729", FAR, ITD_S_Vessel, 960000,
         1000000},
        {ITD_P_LegalEntity_taxNumber, "7700000016", ITD_P_LegalEntity_taxNumber, "7700000016", FAR, ITD_S_Company,
         700000, 800000},
        /* A thing may have several of these: that two differ says nothing. */
        {ITD_P_LegalEntity_swiftBic, "KDBKKPPY", ITD_P_LegalEntity_swiftBic, "DEUTDEFF", PART, ITD_S_Company, 600000,
         900000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_entity_value l[] = {{ITD_P_Thing_name, itd_sv_of(names[rows[i].names][0])},
                                {rows[i].left_property, itd_sv_of(rows[i].left)}},
                         r[] = {{ITD_P_Thing_name, itd_sv_of(names[rows[i].names][1])},
                                {rows[i].right_property, itd_sv_of(rows[i].right)}};
        itd_entity a = {.schema = rows[i].schema, .values = l, .value_count = 2},
                   b = {.schema = rows[i].schema, .values = r, .value_count = 2};
        itd_match_result result;
        assert_int_equal(try_score(&result, &a, &b, NULL), ITD_OK);
        if (result.score_micro < rows[i].low || result.score_micro > rows[i].high)
            fail_msg("%s, %s: %d", rows[i].left, rows[i].right, result.score_micro);
        if (rows[i].names == FAR && rows[i].low >= 700000) { /* the identifier says it all, and is what was matched */
            assert_int_equal(result.contribution_count, 1);
            assert_string_equal(result.contributions[0].feature, "identifier");
            assert_true(itd_sv_equal(result.contributions[0].right, result.matched_right));
            assert_true(itd_sv_equal(result.matched_right, itd_sv_of(rows[i].right)));
        }
    }
}

static void kinds_that_cannot_be_one(void **state)
{
    (void)state;
    itd_entity_value value = NAME;
    itd_entity person = {.schema = ITD_S_Person, .values = &value, .value_count = 1},
               company = {.schema = ITD_S_Company, .values = &value, .value_count = 1},
               thing = {.schema = ITD_S_Thing, .values = &value, .value_count = 1};
    itd_match_result result;
    assert_int_equal(try_score(&result, &person, &company, NULL), ITD_OK);
    assert_in_range(result.score_micro, 0, 650000);
    assert_int_equal(try_score(&result, &thing, &company, NULL), ITD_OK);
    assert_int_equal(result.score_micro, 1000000);
}

static void parts_make_a_name(void **state)
{
    (void)state;
    itd_entity_value parts[] = {{ITD_P_Person_lastName, ITD_SV("Zafarani")}, {ITD_P_Person_firstName, ITD_SV("Qasim")}},
                     whole[] = {NAME}, weak[] = {{ITD_P_Thing_weakAlias, ITD_SV("Qasim Zafarani")}};
    itd_entity a = {.schema = ITD_S_Person, .values = parts, .value_count = 2},
               b = {.schema = ITD_S_Person, .values = whole, .value_count = 1},
               c = {.schema = ITD_S_Person, .values = weak, .value_count = 1}, none = {.schema = ITD_S_Person};
    itd_match_result result;
    assert_int_equal(try_score(&result, &a, &b, NULL), ITD_OK);
    assert_int_equal(result.score_micro, 1000000);
    assert_int_equal(try_score(&result, &b, &c, NULL), ITD_OK);
    assert_int_equal(result.score_micro, 900000);
    assert_int_equal(try_score(&result, &none, &b, NULL), ITD_OK);
    assert_int_equal(result.score_micro, 0);
}

static void limits_are_reached(void **state)
{
    (void)state;
    enum { TOO_MANY = ITD_MATCH_NAMES_MAX + 1 };
    static char texts[TOO_MANY][24];
    static itd_entity_value values[TOO_MANY];
    for (int i = 0; i < TOO_MANY; i++) {
        int size = snprintf(texts[i], sizeof texts[i], "zaf %d", 1000 + i);
        values[i] = (itd_entity_value){ITD_P_Thing_alias, {texts[i], (size_t)size}};
    }
    itd_entity entity = {.schema = ITD_S_Person, .values = values, .value_count = TOO_MANY};
    itd_match_builder *builder;
    itd_error error;
    assert_int_equal(itd_match_builder_create(&builder, NULL), ITD_OK);
    assert_int_equal(itd_match_builder_add(builder, matcher, &entity, &error), ITD_ELIMIT);
    for (int i = 0; i < TOO_MANY; i++) {
        snprintf(texts[i], sizeof texts[i], "%d", 1000 + i);
        values[i] = (itd_entity_value){ITD_P_LegalEntity_idNumber, {texts[i], 4}};
    }
    itd_match_builder_reset(builder);
    assert_int_equal(itd_match_builder_add(builder, matcher, &entity, &error), ITD_ELIMIT);
    char many[ITD_MATCH_TOKENS_MAX * 8];
    size_t size = 0;
    for (int i = 0; i <= ITD_MATCH_TOKENS_MAX; i++)
        size += (size_t)snprintf(many + size, sizeof many - size, "w%da ", i);
    itd_named_token tokens[ITD_MATCH_TOKENS_MAX];
    size_t count;
    uint8_t flags;
    assert_int_equal(itd_name_tokens(tokens, &count, &flags, matcher, (itd_sv){many, size}, ITD_READING_MANDARIN, NULL),
                     ITD_OK);
    assert_int_equal(count, ITD_MATCH_TOKENS_MAX);
    assert_true(flags & ITD_NAME_CUT);
    itd_match_builder_destroy(builder);
}

/* Names whose words all differ, and are all close. */
static itd_status query_of_many(int left_names, int left_words, int right_names, int right_words, itd_error *error)
{
    static itd_entity_value values[2][ITD_MATCH_NAMES_MAX];
    static char texts[2][ITD_MATCH_NAMES_MAX][ITD_MATCH_TOKENS_MAX * 8];
    const int names[] = {left_names, right_names}, words[] = {left_words, right_words};
    itd_entity entities[2];
    for (int side = 0; side < 2; side++) {
        for (int n = 0; n < names[side]; n++) {
            size_t size = 0;
            for (int w = 0; w < words[side]; w++)
                size += (size_t)snprintf(texts[side][n] + size, sizeof texts[side][n] - size, "%da ",
                                         1000 + n * words[side] + w);
            values[side][n] = (itd_entity_value){ITD_P_Thing_name, {texts[side][n], size}};
        }
        entities[side] =
            (itd_entity){.schema = ITD_S_Person, .values = values[side], .value_count = (size_t)names[side]};
    }
    itd_match_result result;
    return try_score(&result, &entities[0], &entities[1], error);
}

static void a_question_of_too_many_words_is_refused(void **state)
{
    (void)state;
    itd_error error = {0};
    /* 64 words and 188 joined ones a name: 130 are ITD_MATCH_COLUMNS_MAX - 8, one more is past it. */
    assert_int_equal(query_of_many(131, ITD_MATCH_TOKENS_MAX, 1, 1, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_MATCH_COLUMNS_MAX"));
    assert_int_equal(query_of_many(130, ITD_MATCH_TOKENS_MAX, 80, ITD_MATCH_TOKENS_MAX, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_MATCH_CELLS_MAX"));
}

static itd_status score_once(void *context, itd_error *error)
{
    (void)context;
    itd_entity_value l[] = {{ITD_P_Thing_name, ITD_SV("Bob 金正恩 Mohammadhasni")},
                            {ITD_P_Thing_country, ITD_SV("kp")}},
                     r[] = {{ITD_P_Thing_name, ITD_SV("Robert Mohammad Hasni")}, {ITD_P_Thing_country, ITD_SV("kp")}};
    itd_entity a = {.schema = ITD_S_Person, .values = l, .value_count = 2},
               b = {.schema = ITD_S_Person, .values = r, .value_count = 2};
    itd_matcher *kept = matcher;
    itd_match_result result;
    itd_status status = itd_matcher_create(&matcher, error);
    if (status == ITD_OK) {
        status = try_score(&result, &a, &b, error);
        itd_matcher_destroy(matcher);
    }
    matcher = kept;
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, score_once, NULL, NULL) > 10);
}

static void features_are_listed(void **state)
{
    (void)state;
    size_t count = 0;
    for (const itd_match_feature_info *info; (info = itd_match_feature_at(count)); count++)
        assert_true(info->name[0] && info->description[0]);
    assert_true(count > 10);
    assert_ptr_equal(itd_match_profile(), itd_text_profile());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_by_precision),        cmocka_unit_test(countries_and_gender),
        cmocka_unit_test(strong_identifiers_settle), cmocka_unit_test(identifiers_lift),
        cmocka_unit_test(kinds_that_cannot_be_one),  cmocka_unit_test(parts_make_a_name),
        cmocka_unit_test(limits_are_reached),        cmocka_unit_test(a_question_of_too_many_words_is_refused),
        cmocka_unit_test(every_allocation_may_fail), cmocka_unit_test(features_are_listed),
    };
    return cmocka_run_group_tests_name("evidence", tests, setup, teardown);
}
