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

/* What a feature of the pair contributes; 0 when it has none. */
static int32_t micro_of(itd_schema schema, const char *feature, itd_property left_property, const char *left,
                        itd_property right_property, const char *right)
{
    itd_entity_value l[] = {NAME, {left_property, itd_sv_of(left)}}, r[] = {NAME, {right_property, itd_sv_of(right)}};
    itd_entity a = {.schema = schema, .values = l, .value_count = left ? 2 : 1},
               b = {.schema = schema, .values = r, .value_count = right ? 2 : 1};
    itd_match_result results[2];
    int32_t found[2] = {0, 0};
    for (int turned = 0; turned < 2; turned++) {
        itd_match_result *result = &results[turned];
        assert_int_equal(try_score(result, turned ? &b : &a, turned ? &a : &b, NULL), ITD_OK);
        int32_t sum = 0;
        for (uint32_t i = 0; i < result->contribution_count; i++) {
            sum += result->contributions[i].micro;
            if (strcmp(result->contributions[i].feature, feature) == 0)
                found[turned] = result->contributions[i].micro;
        }
        assert_int_equal(sum, result->score_micro);
    }
    assert_int_equal(found[0], found[1]); /* either way round */
    return found[0];
}

typedef struct evidence_row {
    const char *left, *right;
    int32_t low, high;
} evidence_row;

static void check_rows(const evidence_row *rows, size_t count, itd_schema schema, const char *feature,
                       itd_property property)
{
    for (size_t i = 0; i < count; i++) {
        int32_t micro = micro_of(schema, feature, property, rows[i].left, property, rows[i].right);
        if (micro < rows[i].low || micro > rows[i].high)
            fail_msg("%s, %s: %d", rows[i].left, rows[i].right ? rows[i].right : "nothing", micro);
    }
}

#define CHECK_ROWS(rows, ...) check_rows(rows, sizeof rows / sizeof rows[0], __VA_ARGS__)

static void dates_by_precision(void **state)
{
    (void)state;
    enum { FAR = -340000, NEAR = -150000 };
    static const evidence_row rows[] = {
        {"1964-03-27", "1964-03-27", ITD_DATE_BEST, ITD_DATE_BEST},
        {"1964-03-27", NULL, 0, 0},
        {"1964", "1964-03-27", 40000, 40000},
        {"1964-03", "1964-03-27", 60000, 60000},
        {"1964-04", "1964-03-27", -180000, -180000},
        {"1964-01-01", "1964-01-01", 60000, 60000},
        {"1964-01-01", "1964-03-27", 0, 0}, /* the year is all that 1 January often says */
        {"1964-01-01", "1964-03", 0, 0},
        {"1964-01-01", "1965-03-27", -90000, -90000},
        {"1964-01-01", "1967-03-27", FAR, FAR},
        {"1964-08-11", "1964-11-08", 40000, 40000},
        {"1964-03-27", "1964-03-28", 20000, 20000}, /* one digit */
        {"1964-03-27", "1964-08-27", 20000, 20000},
        {"1964-03-27", "1964-03-11", NEAR, NEAR},
        {"1964-03-27", "1964-12-27", -180000, -180000},
        {"1964-03-27", "1964-09-18", FAR, FAR},
        {"1964", "1965", -90000, -90000},
        {"1964", "1965-03-27", -90000, -90000},
        {"1964", "1966", FAR, FAR},
        {"1964-03-27", "1965-03-27", -30000, -30000},
        {"1964-03-27", "1965-06-01", FAR, FAR},
        {"1964-03-27", "1966-03-27", NEAR, NEAR},
        {"1964-03-27", "1968-03-27", FAR, FAR},
        {"1964-03-27", "1981-06-01", FAR, FAR},
        {"circa 1964", "1965", 20000, 20000},
        {"c. 1964", "1963-05-02", 20000, 20000},
        {"1964~", "1966", -90000, -90000},
        {"about 1964", "1967", FAR, FAR},
        {"1960-1965", "1964-03-27", 20000, 20000},
        {"between 1960 and 1965", "1966", -90000, -90000},
        {"1960s", "1968-02-03", 20000, 20000},
        {"1960s", "1975", FAR, FAR},
        {"27 Mar 1964", "1964-03-27", ITD_DATE_BEST, ITD_DATE_BEST},
        {"27/03/1964", "1964-03-27", ITD_DATE_BEST, ITD_DATE_BEST},
        {"1964-3-27", "1964-03-27", ITD_DATE_BEST, ITD_DATE_BEST},
        {"19640327", "1964-03-27", ITD_DATE_BEST, ITD_DATE_BEST},
        {"1964-03-00", "1964-03-27", 60000, 60000},
        {"1964-00-00", "1964-03-27", 40000, 40000},
        {"c1964", "1965-02-03", 20000, 20000},
        {"1964 (approx.)", "1965-02-03", 20000, 20000},
        {"1964/65", "1965-02-03", 20000, 20000},
        {"1343-01-07", "1964-03-27", 0, 0}, /* by another calendar */
        {"2507-03-27", "1964-03-27", 0, 0},
        {"1964-13-27", "1964-03-27", 0, 0},
        {"1900-1999", "1964-03-27", 0, 0}, /* says nothing */
        {"unknown", "1964-03-27", 0, 0},
        {"", "1964-03-27", 0, 0},
    };
    CHECK_ROWS(rows, ITD_S_Person, "birth_date", ITD_P_Person_birthDate);
}

/* A homonym of another day is no hit, whatever else is the same; a slip in the date of the same person does no harm. */
static void homonyms_fall_and_slips_stay(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        bool hit;
    } rows[] = {{"1964-03-27", true},  {"1965-03-27", true},  {"1963-03-27", true},  {"1964", true},
                {"1964-01-01", true},  {"1964-03-21", true},  {"1965", true},        {"1970-03-27", false},
                {"1981-06-01", false}, {"1964-11-05", false}, {"1965-08-01", false}, {"1967", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_entity_value l[] = {NAME,
                                {ITD_P_Person_birthDate, ITD_SV("1964-03-27")},
                                {ITD_P_Person_nationality, ITD_SV("ir")},
                                {ITD_P_Person_gender, ITD_SV("male")}},
                         r[] = {NAME,
                                {ITD_P_Person_birthDate, itd_sv_of(rows[i].date)},
                                {ITD_P_Person_nationality, ITD_SV("ir")},
                                {ITD_P_Person_gender, ITD_SV("m")}};
        itd_entity a = {.schema = ITD_S_Person, .values = l, .value_count = 4},
                   b = {.schema = ITD_S_Person, .values = r, .value_count = 4};
        itd_match_result result;
        assert_int_equal(try_score(&result, &a, &b, NULL), ITD_OK);
        if ((result.score_micro >= 700000) != rows[i].hit)
            fail_msg("%s: %d", rows[i].date, result.score_micro);
    }
}

/* Of several dates the nearest pair counts. */
static void the_nearest_of_several_dates(void **state)
{
    (void)state;
    itd_entity_value l[] = {NAME,
                            {ITD_P_Person_birthDate, ITD_SV("1950")},
                            {ITD_P_Person_birthDate, ITD_SV("1964-03-27")}},
                     r[] = {NAME,
                            {ITD_P_Person_birthDate, ITD_SV("1964-03-27")},
                            {ITD_P_Person_birthDate, ITD_SV("1972-01-02")}};
    itd_entity a = {.schema = ITD_S_Person, .values = l, .value_count = 3},
               b = {.schema = ITD_S_Person, .values = r, .value_count = 3};
    itd_match_result result;
    assert_int_equal(try_score(&result, &a, &b, NULL), ITD_OK);
    assert_string_equal(result.contributions[1].feature, "birth_date");
    assert_int_equal(result.contributions[1].micro, ITD_DATE_BEST);
    assert_true(itd_sv_is(result.contributions[1].left, "1964-03-27"));
}

static void firms_and_ships_have_other_dates(void **state)
{
    (void)state;
    static const evidence_row firms[] = {{"1994-08-06", "1994-08-06", 60000, 60000},
                                         {"1994-08-06", "1994", 10000, 10000},
                                         {"1994-08-06", "2005-01-02", -40000, -40000}},
                              ships[] = {{"1994", "1994-08-06", 10000, 10000},
                                         {"1994", "1995", 0, 0},
                                         {"1994", "2001", -150000, -150000}};
    CHECK_ROWS(firms, ITD_S_Company, "birth_date", ITD_P_LegalEntity_incorporationDate);
    CHECK_ROWS(ships, ITD_S_Vessel, "birth_date", ITD_P_Vehicle_buildDate);
}

static void countries_and_gender(void **state)
{
    (void)state;
    enum { OTHER = -120000 };
    static const evidence_row countries[] = {
        {"kp", "kp", ITD_COUNTRY_BEST, ITD_COUNTRY_BEST},
        {"kp", NULL, 0, 0},
        {"kp", "cu", OTHER, OTHER},
        {"North Korea", "kp", ITD_COUNTRY_BEST, ITD_COUNTRY_BEST},
        {"Korea, South", "kp", OTHER, OTHER},
        {"kr", "kp", OTHER, OTHER},
        {"Nowhere", "kp", 0, 0},
        {"xq", "kp", 0, 0},
        {"Soviet Union", "ru", 0, 0},
        {"suhh", "kz", 0, 0},
        {"suhh", "pl", OTHER, OTHER},
        {"Yugoslavia", "hr", 0, 0},
        {"cshh", "sk", 0, 0},
        {"hk", "cn", 0, 0},
        {"hk", "tw", OTHER, OTHER},
        {"ua-cri", "ua", 0, 0},
        {"ua-cri", "ru", 0, 0},
        {"ua", "ru", OTHER, OTHER},
        {"so-som", "et", OTHER, OTHER},
    };
    static const evidence_row genders[] = {{"male", "male", ITD_GENDER_BEST, ITD_GENDER_BEST},
                                           {"M", "male", ITD_GENDER_BEST, ITD_GENDER_BEST},
                                           {"male", "female", -300000, -300000},
                                           {"male", "other", 0, 0}};
    CHECK_ROWS(countries, ITD_S_Person, "country", ITD_P_Person_nationality);
    CHECK_ROWS(genders, ITD_S_Person, "gender", ITD_P_Person_gender);
}

static void addresses_by_their_telling_words(void **state)
{
    (void)state;
    enum { OTHER = -20000 };
    static const evidence_row rows[] = {
        {"12 Nekrasov Street, Moscow, 119160, Russia", "119160 Moscow, ul. Nekrasova 12", ITD_ADDRESS_BEST,
         ITD_ADDRESS_BEST},
        {"Kandahar, Afghanistan", "Near the mosque, Qandahar, Kandehar province, Afghanistan", 8000, 8000},
        {"Nekrasov Street, Moscow, Russia", "Tverskaya Street, Moscow, Russia", 8000, 8000},
        {"Nekrasov Street, Moscow, Russia", "Nekrasov Street, Tula, Russia", 8000, 8000},
        {"Moscow, Russia", "Kazan, Russia", OTHER, OTHER},
        {"Russia", "Kazan, Russia", 0, 0}, /* names no place */
        {"Street 5, Building 2", "Street 5, Building 2", 0, 0},
        {"São Bernardo, Brazil", "Sao Bernardo, Brazil", 8000, 8000},
    };
    CHECK_ROWS(rows, ITD_S_Company, "address", ITD_P_Thing_address);
    static const evidence_row countries[] = {
        {"Moscow, Russia", "Kazan, Russian Federation", ITD_COUNTRY_BEST, ITD_COUNTRY_BEST},
        {"Moscow, Russia", "Pyongyang, North Korea", -150000, -150000},
        {"Moscow", "Pyongyang, North Korea", 0, 0}};
    CHECK_ROWS(countries, ITD_S_Company, "country", ITD_P_Thing_address);
}

/* Whatever a question says, what evidence adds beside identifiers stays within what it may add at most. */
static void evidence_has_an_upper_bound(void **state)
{
    (void)state;
    itd_entity_value values[] = {NAME,
                                 {ITD_P_Person_birthDate, ITD_SV("1964-03-27")},
                                 {ITD_P_Person_nationality, ITD_SV("ir")},
                                 {ITD_P_Person_gender, ITD_SV("male")},
                                 {ITD_P_Thing_address, ITD_SV("Nekrasov Street 12, 119160 Moscow")},
                                 {ITD_P_Person_passportNumber, ITD_SV("A1234567")}};
    static const int32_t best[] = {0,
                                   ITD_DATE_BEST,
                                   ITD_DATE_BEST + ITD_COUNTRY_BEST,
                                   ITD_DATE_BEST + ITD_COUNTRY_BEST + ITD_GENDER_BEST,
                                   ITD_EVIDENCE_BEST,
                                   ITD_EVIDENCE_BEST};
    for (size_t count = 1; count <= sizeof values / sizeof values[0]; count++) {
        itd_entity entity = {.schema = ITD_S_Person, .values = values, .value_count = count};
        itd_match_builder *builder;
        assert_int_equal(itd_match_builder_create(&builder, NULL), ITD_OK);
        assert_int_equal(itd_match_builder_add(builder, matcher, &entity, NULL), ITD_OK);
        assert_int_equal(itd_match_builder_finish(builder, NULL), ITD_OK);
        itd_match_entity made = itd_match_builder_entity(builder, 0);
        assert_int_equal(itd_evidence_best(&made, true), best[count - 1]);
        assert_int_equal(itd_evidence_best(&made, false), best[count - 1] - (count > 1 ? ITD_DATE_BEST : 0));
        itd_match_builder_destroy(builder);
    }
}

/* Dates that are near enough to add something share a year, whatever they look like. */
static void dates_that_help_share_a_year(void **state)
{
    (void)state;
    static const struct {
        const char *left, *right;
        bool share;
    } rows[] = {{"1964-03-27", "1964", true}, {"1964-03-27", "1965-03-27", false},
                {"circa 1964", "1965", true}, {"1960-1965", "1965-01-02", true},
                {"1960-1965", "1966", false}, {"1936", "2000", true /* modulo */},
                {"1960s", "1970s", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint64_t left = 0, right = 0;
        assert_true(itd_date_read(&left, itd_sv_of(rows[i].left), true));
        assert_true(itd_date_read(&right, itd_sv_of(rows[i].right), true));
        itd_match_fact l = {.kind = ITD_FACT_DATE, .key = left}, r = {.kind = ITD_FACT_DATE, .key = right};
        itd_match_entity a = {.facts = &l, .fact_count = 1}, b = {.facts = &r, .fact_count = 1};
        if (((itd_years_of(&a) & itd_years_of(&b)) != 0) != rows[i].share)
            fail_msg("%s and %s", rows[i].left, rows[i].right);
    }
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

/* A number is one number with or without blanks, words before it and remarks behind it. */
static void numbers_in_many_writings(void **state)
{
    (void)state;
    static const struct {
        itd_property left_property;
        const char *left;
        itd_property right_property;
        const char *right;
        int32_t low, high;
    } rows[] = {
        {ITD_P_LegalEntity_idNumber, "No. 318204957", ITD_P_Person_passportNumber, "318204957", 150000, 960000},
        {ITD_P_LegalEntity_idNumber, "Passport No: 318 204 957, issued in 2004", ITD_P_Person_passportNumber,
         "318204957", 150000, 960000},
        {ITD_P_LegalEntity_registrationNumber, "7700000016 (Tax Identification Number)", ITD_P_LegalEntity_innCode,
         "7700000016", 150000, 960000},
        {ITD_P_LegalEntity_registrationNumber, "INN 7700000016", ITD_P_LegalEntity_taxNumber, "7700000016", 150000,
         960000},
        {ITD_P_LegalEntity_registrationNumber, "Reg. No. 802005017-7", ITD_P_LegalEntity_taxNumber, "802.005.017-7",
         150000, 960000},
        {ITD_P_LegalEntity_registrationNumber, "No.", ITD_P_LegalEntity_registrationNumber, "No. 1", 0, 0},
        /* Other numbers, as much as a thing rarely has several of the kind. */
        {ITD_P_LegalEntity_innCode, "7700000016", ITD_P_LegalEntity_innCode, "7700000023", -340000, -340000},
        {ITD_P_LegalEntity_taxNumber, "802005017", ITD_P_LegalEntity_taxNumber, "816004106", -320000, -320000},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_Person_passportNumber, "472310104", -220000, -220000},
        {ITD_P_LegalEntity_registrationNumber, "HRB 26136", ITD_P_LegalEntity_registrationNumber, "hrb-58745", -320000,
         -320000},
        {ITD_P_LegalEntity_idNumber, "318204957", ITD_P_LegalEntity_idNumber, "472310104", -320000, -320000},
        {ITD_P_LegalEntity_innCode, "7700000016", ITD_P_LegalEntity_taxNumber, "7700000023", -320000, -320000},
        {ITD_P_LegalEntity_innCode, "7700000016", ITD_P_LegalEntity_taxNumber, "7700000024", 0, 0}, /* no INN */
        /* Another office's, and a slip in one or two signs. */
        {ITD_P_LegalEntity_idNumber, "318204957", ITD_P_LegalEntity_idNumber, "AB4723101", 0, 0},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_Person_passportNumber, "47231010", 0, 0},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_Person_passportNumber, "318 204 975", 0, 0},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_Person_passportNumber, "318204147", 0, 0},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_Person_passportNumber, "318205146", -220000, -220000},
        {ITD_P_Person_passportNumber, "318204957", ITD_P_LegalEntity_idNumber, "472310104", 0, 0},
        {ITD_P_LegalEntity_taxNumber, "8020", ITD_P_LegalEntity_taxNumber, "8160", 0, 0},
        {ITD_P_LegalEntity_swiftBic, "KDBKKPPY", ITD_P_LegalEntity_swiftBic, "DEUTDEFF", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t micro = micro_of(ITD_S_Person, "identifier", rows[i].left_property, rows[i].left,
                                 rows[i].right_property, rows[i].right);
        if (micro < rows[i].low || micro > rows[i].high)
            fail_msg("%s, %s: %d", rows[i].left, rows[i].right, micro);
    }
}

/* The more the names agree beside the same number, the higher the score, whatever contradicts it. */
static void a_lift_never_makes_closer_names_worse(void **state)
{
    (void)state;
    static const char *const names[] = {"Ever Bright Star", "Dawnlight Bright Moon", "Dawnlight Maru Moon",
                                        "Dawnlight Maru Stra", "Dawnlight Maru Star"};
    static const char *const flags[] = {"kp", "cu", NULL};
    static const struct {
        itd_property property;
        const char *number;
    } numbers[] = {{ITD_P_Vessel_mmsi, "445123000"}, {ITD_P_Vessel_imoNumber, "9074729"}, {ITD_P_Vessel_mmsi, "4451"}};
    for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
        for (size_t f = 0; f < sizeof flags / sizeof flags[0]; f++) {
            int32_t last = 0;
            for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
                itd_entity_value l[] = {{ITD_P_Thing_name, itd_sv_of(names[i])},
                                        {numbers[n].property, itd_sv_of(numbers[n].number)},
                                        {ITD_P_Vessel_flag, itd_sv_of(flags[f] ? flags[f] : "")}},
                                 r[] = {{ITD_P_Thing_name, ITD_SV("Dawnlight Maru Star")},
                                        {numbers[n].property, itd_sv_of(numbers[n].number)},
                                        {ITD_P_Vessel_flag, ITD_SV("kp")}};
                itd_entity a = {.schema = ITD_S_Vessel, .values = l, .value_count = 3},
                           b = {.schema = ITD_S_Vessel, .values = r, .value_count = 3};
                itd_match_result result;
                assert_int_equal(try_score(&result, &a, &b, NULL), ITD_OK);
                assert_true(result.score_micro >= last);
                last = result.score_micro;
            }
            assert_true(last >= 900000);
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
    itd_match_result result = {0};
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
    /* 64 words and 189 joined ones a name: 129 are ITD_MATCH_COLUMNS_MAX - 131, one more is past it. */
    assert_int_equal(query_of_many(130, ITD_MATCH_TOKENS_MAX, 1, 1, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_MATCH_COLUMNS_MAX"));
    assert_int_equal(query_of_many(129, ITD_MATCH_TOKENS_MAX, 80, ITD_MATCH_TOKENS_MAX, &error), ITD_ELIMIT);
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
        cmocka_unit_test(dates_by_precision),           cmocka_unit_test(homonyms_fall_and_slips_stay),
        cmocka_unit_test(the_nearest_of_several_dates), cmocka_unit_test(firms_and_ships_have_other_dates),
        cmocka_unit_test(countries_and_gender),         cmocka_unit_test(addresses_by_their_telling_words),
        cmocka_unit_test(evidence_has_an_upper_bound),  cmocka_unit_test(dates_that_help_share_a_year),
        cmocka_unit_test(strong_identifiers_settle),    cmocka_unit_test(identifiers_lift),
        cmocka_unit_test(numbers_in_many_writings),     cmocka_unit_test(a_lift_never_makes_closer_names_worse),
        cmocka_unit_test(kinds_that_cannot_be_one),     cmocka_unit_test(parts_make_a_name),
        cmocka_unit_test(limits_are_reached),           cmocka_unit_test(a_question_of_too_many_words_is_refused),
        cmocka_unit_test(every_allocation_may_fail),    cmocka_unit_test(features_are_listed),
    };
    return cmocka_run_group_tests_name("evidence", tests, setup, teardown);
}
