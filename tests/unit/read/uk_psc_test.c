/* Records of people with significant control (UK): natures, who it is, days, what says of nobody. Bounds are those of
 * the Companies Act 2006, Schedule 1A, worked out by hand; names and numbers are invented. */
#include "read/uk_psc.h"

#include "read/uk_psc_nature.h"
#include "support/stakes.h"

#define RECORD(kind, more) "{\"company_number\":\"09999999\",\"data\":{\"etag\":\"e\",\"kind\":\"" kind "\"" more "}}"
#define SELF(path) ",\"links\":{\"self\":\"/company/09999999/" path "\"}"
#define PERSON "individual-person-with-significant-control"
#define COMPANY "corporate-entity-person-with-significant-control"
#define SAYS "persons-with-significant-control-statement"

static void says(const char *record, const char *expected)
{
    heard h;
    itd_error error = {0};
    itd_status status = read_register(&h, "uk_psc", record, false, &error);
    if (status != ITD_OK || strcmp(h.text, expected) != 0)
        fail_msg("%s: %s%s", record, h.text, error.message);
}

static void test_natures(void **state)
{
    static const struct {
        const char *code;
        itd_stake_kind kind;
        uint32_t low, high;
    } all[] = {
        {"ownership-of-shares-25-to-50-percent", ITD_STAKE_SHARES, 250001, 500000},
        {"ownership-of-shares-50-to-75-percent", ITD_STAKE_SHARES, 500001, 749999},
        {"ownership-of-shares-75-to-100-percent", ITD_STAKE_SHARES, 750000, 1000000},
        {"ownership-of-shares-75-to-100-percent-as-trust", ITD_STAKE_SHARES, 0, 1000000},
        {"ownership-of-shares-50-to-75-percent-as-firm", ITD_STAKE_SHARES, 0, 749999},
        {"ownership-of-shares-more-than-25-percent-registered-overseas-entity", ITD_STAKE_SHARES, 250001, 1000000},
        {"ownership-of-shares-more-than-25-percent-as-control-over-trust-registered-overseas-entity", ITD_STAKE_SHARES,
         0, 1000000},
        {"voting-rights-25-to-50-percent", ITD_STAKE_VOTES, 250001, 500000},
        {"voting-rights-50-to-75-percent-limited-liability-partnership", ITD_STAKE_VOTES, 500001, 749999},
        {"voting-rights-25-to-50-percent-as-firm-limited-liability-partnership", ITD_STAKE_VOTES, 0, 500000},
        {"right-to-share-surplus-assets-75-to-100-percent-limited-liability-partnership", ITD_STAKE_SHARES, 750000,
         1000000},
        {"right-to-appoint-and-remove-directors", ITD_STAKE_BOARD, 0, 0},
        {"right-to-appoint-and-remove-members-as-trust-limited-liability-partnership", ITD_STAKE_BOARD, 0, 0},
        {"significant-influence-or-control", ITD_STAKE_CONTROL, 0, 0},
        {"significant-influence-or-control-as-firm", ITD_STAKE_CONTROL, 0, 0},
        {"registered-owner-as-nominee-person-england-wales-registered-overseas-entity", ITD_STAKE_LINK, 0, 0},
    };
    static const char *const none[] = {"", "ownership-of-shares-", "ownership-of-shares-25-to-50-percentage",
                                       "voting-rights", "significant-influence-or-control-as-friend"};
    itd_stake stake;
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (!itd_uk_psc_nature(&stake, itd_sv_of(all[i].code)) || stake.kind != all[i].kind ||
            stake.share_min_ppm != all[i].low || stake.share_max_ppm != all[i].high)
            fail_msg("%s: %u-%u", all[i].code, stake.share_min_ppm, stake.share_max_ppm);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(itd_uk_psc_nature(&stake, itd_sv_of(none[i])));
}

static void test_people(void **state)
{
    (void)state;
    says(RECORD(PERSON,
                SELF("i/1") ",\"notified_on\":\"2016-04-06\",\"ceased_on\":\"2018-02-03\",\"natures_of_control\":["
                            "\"ownership-of-shares-25-to-50-percent\",\"right-to-appoint-and-remove-directors\"]"),
         "gb-coh-/company/09999999/i/1>gb-coh-09999999 250001-500000 shares 2016-04-06..2018-02-03 1\n"
         "gb-coh-/company/09999999/i/1>gb-coh-09999999 0-0 board 2016-04-06..2018-02-03 1\n");
    says(RECORD(PERSON,
                SELF("i/2") ",\"address\":{\"premises\":\" 1 Low\\troad \",\"region\":\"\",\"country\":\"Wales\"}"),
         "gb-coh-/company/09999999/i/2>gb-coh-09999999 0-1000000 shares .. 1\n"
         "gb-coh-/company/09999999/i/2>address:1 LOW ROAD, WALES 0-0 link .. 1\n");
    says("{\"resource_kind\":\"company-psc-individual\",\"data\":{\"etag\":\"e\",\"kind\":\"" PERSON
         "\"" SELF("i/4") "}}",
         "gb-coh-/company/09999999/i/4>gb-coh-09999999 0-1000000 shares .. 1\n");
    says(RECORD("individual-beneficial-owner", SELF("i/3")),
         "gb-coh-/company/09999999/i/3>gb-coh-09999999 0-1000000 shares .. 1\n");
}

#define REGISTERED(country, number)                                                                                    \
    ",\"identification\":{\"country_registered\":\"" country "\",\"registration_number\":\"" number "\"}"

/* A company of the UK is its number, so that what it is held by in turn can be found. */
static void test_companies(void **state)
{
    static const struct {
        const char *said, *owner;
    } all[] = {
        {REGISTERED("United Kingdom", "8123456"), "08123456"},
        {REGISTERED("england", "8 123 456"), "08123456"},
        {REGISTERED("Scotland", "sc123456"), "SC123456"},
        {REGISTERED("Scotland", "SC12345"), "/company/09999999/c/1"},
        {REGISTERED("England & Wales", "123456789"), "/company/09999999/c/1"},
        {REGISTERED("England", "none"), "/company/09999999/c/1"},
        {REGISTERED("Jersey", "08123456"), "/company/09999999/c/1"},
        {",\"identification\":{\"place_registered\":\"Register of Companies House\",\"registration_number\":\"1\"}",
         "00000001"},
        {",\"identification\":{\"country_registered\":null}", "/company/09999999/c/1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        char text[1024], expected[256];
        (void)snprintf(text, sizeof text, "%s%s%s",
                       "{\"company_number\":\"09999999\",\"data\":{\"etag\":\"e\",\"kind\":\"" COMPANY "\"" SELF("c/1"),
                       all[i].said, "}}");
        (void)snprintf(expected, sizeof expected, "gb-coh-%s>gb-coh-09999999 0-1000000 shares .. 1\n", all[i].owner);
        says(text, expected);
    }
}

/* Whoever is protected may be anybody; a statement and an exemption say of nobody who holds the company. */
static void test_nobody(void **state)
{
    (void)state;
    says(RECORD("super-secure-person-with-significant-control", SELF("s/1")),
         "gb-coh-09999999>gb-coh-09999999 0-0 link .. 1\n");
    says(RECORD(SAYS, ",\"statement\":\"psc-exists-but-not-identified\",\"notified_on\":\"2016-07-12\",\"ceased_on\":"
                      "\"2016-10-11\""),
         "gb-coh-09999999>gb-coh-09999999 0-0 link 2016-07-12..2016-10-11 1\n");
    says(RECORD("exemptions", ",\"exemptions\":{\"a\":{\"items\":[{\"exempt_from\":\"2016-10-29\"},{\"exempt_from\":"
                              "\"2015-01-01\",\"exempt_to\":\"2016-01-01\"}]}}"),
         "gb-coh-09999999>gb-coh-09999999 0-0 link 2016-10-29.. 1\ngb-coh-09999999>gb-coh-09999999 0-0 link "
         "2015-01-01..2016-01-01 1\n");
    says(RECORD("exemptions", ""), "gb-coh-09999999>gb-coh-09999999 0-0 link .. 1\n");
    says("{\"data\":{\"etag\":\"e\",\"kind\":\"totals#persons-of-significant-control-snapshot\"}}", "");
}

static const struct {
    const char *record, *reason;
} refused[] = {
    {RECORD("unknown-kind", ""), "data.kind"},
    {RECORD(PERSON, ""), "links.self"},
    {RECORD(PERSON, ",\"links\":{\"self\":\"09999999\"}"), "links.self"}, /* could be taken for a company */
    {RECORD(PERSON, SELF("i/1") ",\"natures_of_control\":[\"ownership-of-everything\"]"), "a code that is not known"},
    {RECORD(PERSON, SELF("i/1") ",\"natures_of_control\":\"voting-rights-25-to-50-percent\""), "no array"},
    {RECORD(PERSON, SELF("i/1") ",\"notified_on\":\"2016-02-30\""), "a date that is none"},
    {RECORD(PERSON, SELF("i/1") ",\"notified_on\":\"2016-02-03\",\"ceased_on\":\"2016-02-02\""), "ends before"},
    {RECORD("exemptions", ",\"exemptions\":{\"a\":{\"items\":[{\"exempt_from\":\"soon\"}]}}"), "a date that is none"},
    {"{\"data\":{\"etag\":\"e\",\"kind\":\"" PERSON "\"}}", "company_number"},
    {"{\"data\":", "JSON"},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        heard h;
        itd_error error = {0};
        char text[2048];
        (void)snprintf(text, sizeof text, "%s\n%s\n%s\n", RECORD(SAYS, ""), refused[i].record, RECORD(SAYS, ""));
        itd_status status = read_register(&h, "uk_psc", text, false, &error);
        if (status != ITD_EFORMAT || !strstr(error.message, refused[i].reason) || error.line != 2)
            fail_msg("%s: %s", refused[i].record, error.message);
        assert_int_equal(read_register(&h, "uk_psc", text, true, &error), ITD_OK);
        assert_int_equal(h.rejected, 1);
        assert_string_equal(
            h.text, "gb-coh-09999999>gb-coh-09999999 0-0 link .. 1\ngb-coh-09999999>gb-coh-09999999 0-0 link .. 3\n");
    }
}

/* Over several lines, as one record is shown. */
static void test_alone(void **state)
{
    (void)state;
    says("{\n \"company_number\": \"09999999\",\n \"data\": {\n  \"etag\": \"e\",\n  \"kind\": \"" SAYS "\"\n }\n}\n",
         "gb-coh-09999999>gb-coh-09999999 0-0 link .. 1\n");
}

static void test_limit(void **state)
{
    heard h;
    itd_error error = {0};
    char text[8192] = "{\"company_number\":\"1\",\"data\":{\"etag\":\"e\",\"kind\":\"" PERSON
                      "\"" SELF("i/1") ",\"natures_of_control\":[";
    (void)state;
    for (size_t i = 0; i <= ITD_UK_PSC_NATURES_MAX; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s\"significant-influence-or-control\"",
                       i ? "," : "");
    (void)snprintf(text + strlen(text), sizeof text - strlen(text), "]}}");
    assert_int_equal(read_register(&h, "uk_psc", text, false, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "ITD_UK_PSC_NATURES_MAX"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_natures), cmocka_unit_test(test_people),  cmocka_unit_test(test_companies),
        cmocka_unit_test(test_nobody),  cmocka_unit_test(test_refused), cmocka_unit_test(test_alone),
        cmocka_unit_test(test_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
