/* Statements of BODS 0.4: what becomes of interests, who is refused and why. Shapes and codes as in the schema of the
 * standard; expected bounds are worked out by hand. */
#include "read/bods.h"

#include <stdlib.h>

#include "read/bods_share.h"
#include "support/stakes.h"

#define ID(n) "00000000-0000-4000-8000-00000000000" n
#define STATEMENT(n, type, record, status, date, details)                                                              \
    "{\"statementId\":\"" ID(n) "\",\"statementDate\":\"" date                                                         \
                                "\",\"declarationSubject\":\"C\",\"recordId\":\"" record "\",\"recordType\":\"" type   \
                                "\"" status ",\"recordDetails\":{\"isComponent\":false," details "}}"
#define COMPANY(n, record)                                                                                             \
    STATEMENT(n, "entity", record, "", "2020-01-01", "\"entityType\":{\"type\":\"registeredEntity\"}")
#define PERSON(n, record) STATEMENT(n, "person", record, "", "2020-01-01", "\"personType\":\"knownPerson\"")
#define HOLDS(n, record, status, date, interests)                                                                      \
    STATEMENT(n, "relationship", record, status, date,                                                                 \
              "\"subject\":\"C\",\"interestedParty\":\"P\",\"interests\":[" interests "]")
#define TWO "[" COMPANY("1", "C") "," PERSON("2", "P") ",\n"

static void one(const char *interest, const char *expected)
{
    heard h;
    itd_error error = {0};
    char text[2048];
    (void)snprintf(
        text, sizeof text, "%s%s%s%s", TWO,
        "{\"statementId\":\"" ID(
            "3") "\",\"statementDate\":\"2020-01-01\",\"declarationSubject\":\"C\","
                 "\"recordId\":\"R\",\"recordType\":\"relationship\",\"recordDetails\":{\"isComponent\":false,"
                 "\"subject\":\"C\",\"interestedParty\":\"P\",\"interests\":[",
        interest, "]}}]");
    itd_status status = read_register(&h, "bods", text, false, &error);
    if (status != ITD_OK || strcmp(h.text, expected) != 0)
        fail_msg("%s: %s%s", interest, h.text, error.message);
}

static void test_bounds(void **state)
{
    (void)state;
    one("{\"type\":\"shareholding\",\"share\":{\"exact\":51}}", "P>C 510000-510000 shares .. 2\n");
    one("{\"type\":\"shareholding\",\"share\":{\"exclusiveMinimum\":25,\"maximum\":50}}",
        "P>C 250001-500000 shares .. 2\n");
    one("{\"type\":\"votingRights\",\"share\":{\"minimum\":75,\"exclusiveMaximum\":100}}",
        "P>C 750000-999999 votes .. 2\n");
    one("{\"type\":\"shareholding\",\"share\":{\"exact\":33.33333}}", "P>C 333333-333334 shares .. 2\n");
    one("{\"type\":\"shareholding\",\"share\":{\"exact\":100,\"minimum\":100,\"maximum\":1e2}}",
        "P>C 1000000-1000000 shares .. 2\n");
    one("{\"type\":\"shareholding\"}", "P>C 0-1000000 shares .. 2\n");
    one("{\"type\":\"shareholding\",\"share\":{}}", "P>C 0-1000000 shares .. 2\n");
    one("{\"type\":\"shareholding\",\"directOrIndirect\":\"indirect\",\"share\":{\"exact\":60}}",
        "P>C 0-600000 shares .. 2\n");
}

static void test_kinds_and_dates(void **state)
{
    (void)state;
    one("{\"type\":\"appointmentOfBoard\"}", "P>C 0-0 board .. 2\n");
    one("{\"type\":\"appointmentOfBoard\",\"share\":{\"exclusiveMinimum\":50}}", "P>C 500001-1000000 board .. 2\n");
    one("{\"type\":\"otherInfluenceOrControl\",\"share\":{\"exact\":5}}", "P>C 0-0 control .. 2\n");
    one("{\"type\":\"boardChair\"},{\"type\":\"rightsToProfitOrIncome\"}",
        "P>C 0-0 director .. 2\nP>C 0-0 link .. 2\n");
    one("{\"type\":\"unknownInterest\"}", "P>C 0-1000000 shares .. 2\n");
    one("", "P>C 0-1000000 shares .. 2\n");
    one("{\"type\":\"votingRights\",\"startDate\":\"2016-04-06\",\"endDate\":\"2019-01-01\"}",
        "P>C 0-1000000 votes 2016-04-06..2019-01-01 2\n");
}

#define SHARE(n) "{\"type\":\"shareholding\",\"share\":{\"exact\":" n "}}"
#define LATER "{\"type\":\"shareholding\",\"share\":{\"exact\":40},\"startDate\":\"2021-04-30\"}"
#define IS(status) ",\"recordStatus\":\"" status "\""

static void test_lines_and_versions(void **state)
{
    static const char *const lines[] = {"\xEF\xBB\xBF" COMPANY("1", "C"),
                                        PERSON("2", "P"),
                                        "",
                                        HOLDS("3", "R", IS("new"), "2020-05-01", SHARE("60")),
                                        HOLDS("4", "R", IS("updated"), "2021-05-01", LATER),
                                        HOLDS("5", "R", IS("closed"), "2022-05-01", "{\"type\":\"shareholding\"}")};
    heard h;
    itd_error error = {0};
    char text[4096] = "";
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s\n", lines[i]);
    assert_int_equal(read_register(&h, "bods", text, false, &error), ITD_OK);
    assert_string_equal(h.text, "P>C 600000-600000 shares ..2021-05-01 4\nP>C 400000-400000 shares "
                                "2021-04-30..2022-05-01 5\nP>C 0-1000000 shares ..2022-05-01 6\n");
}

#define SOMEBODY                                                                                                       \
    STATEMENT("4", "relationship", "S", "", "2020-01-01",                                                              \
              "\"subject\":\"C\",\"interestedParty\":{\"reason\":\"unknown\"},\"interests\":[" SHARE("5") "]")

/* Nobody knows who these are: no owner, so that the share stays without one, and the company stands alone. */
static void test_unknown_owners(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    const char *text = "[" COMPANY("1", "C") "," STATEMENT(
        "2", "person", "P", "", "2020-01-01",
        "\"personType\":\"unknownPerson\"") "," HOLDS("3", "R", "", "2020-01-01",
                                                      "{\"type\":\"shareholding\",\"endDate\":"
                                                      "\"2021-01-01\"}") "," SOMEBODY "]";
    assert_int_equal(read_register(&h, "bods", text, false, &error), ITD_OK);
    assert_string_equal(h.text, "C>C 0-0 link ..2021-01-01 1\nC>C 0-0 link .. 1\n");
}

#define INDIRECT(type, n)                                                                                              \
    "{\"type\":\"" type "\",\"directOrIndirect\":\"indirect\",\"share\":{\"exact\":" n "},\"startDate\":\"2020-02-"    \
    "02\"}"

/* Of what is held through others, the links between are what counts, where they are there. */
static void test_components(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    const char *text = "[" COMPANY("1", "C") "," COMPANY("4", "X") "," PERSON("2", "P") ",\n" STATEMENT(
        "5", "relationship", "A", "", "2020-01-01",
        "\"subject\":\"C\",\"interestedParty\":\"X\",\"interests\":[" SHARE(
            "50") "]") ",\n" STATEMENT("6", "relationship", "B", "", "2020-01-01",
                                       "\"subject\":\"X\",\"interestedParty\":\"P\",\"interests\":[" SHARE(
                                           "60") "]") ",\n" STATEMENT("7", "relationship", "R", "", "2020-01-01",
                                                                      "\"subject\":\"C\",\"interestedParty\":\"P\","
                                                                      "\"componentRecords\":[\"A\",\"X\",\"B\"],"
                                                                      "\"interests\":[" INDIRECT(
                                                                          "shareholding",
                                                                          "30") "," SHARE("10") "," INDIRECT("otherInfl"
                                                                                                             "uenceOrCo"
                                                                                                             "ntrol",
                                                                                                             "30") "]") "]";
    assert_int_equal(read_register(&h, "bods", text, false, &error), ITD_OK);
    assert_string_equal(h.text, "X>C 500000-500000 shares .. 2\nP>X 600000-600000 shares .. 3\n"
                                "P>C 0-0 link 2020-02-02.. 4\nP>C 100000-100000 shares .. 4\n"
                                "P>C 0-0 control 2020-02-02.. 4\n");
}

static const struct {
    const char *statement, *reason;
} refused[] = {
    {HOLDS("3", "R", "", "2020-01-01", "{\"type\":\"ownership\"}"), "interests[0].type: a code"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"share\":{\"exact\":100.5}}"), "share.exact: no percentage"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"share\":{\"exact\":-1}}"), "share.exact: no percentage"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"share\":{\"exact\":\"5\"}}"), "share.exact: no number"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"share\":{\"exact\":5,\"minimum\":4}}"), "exact and has other bounds"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"share\":{\"minimum\":50,\"exclusiveMaximum\":50}}"), "above the most"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"share\":{\"exclusiveMaximum\":0}}"), "less than 0"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"share\":{\"minimum\":5,\"exclusiveMinimum\":5}}"), "a bound twice"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"startDate\":\"2020-01-02\",\"endDate\":\"2020-01-01\"}"), "ends before"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"startDate\":\"2020-01\"}"), "startDate: no date"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"type\":\"trustee\"}"), "an interest in a trust"},
    {HOLDS("3", "R", "", "2020-01-01", "{\"type\":\"nominee\"}"), "no nomination"},
    {HOLDS("3", "R", "", "9999-01-01", ""), "statementDate: in the future"},
    {HOLDS("3", "R", ",\"recordStatus\":\"old\"", "2020-01-01", ""), "recordStatus: a code"},
    {HOLDS("2", "R", "", "2020-01-01", ""), "another statement has it too"},
    {HOLDS("3", "P", "", "2020-01-01", ""), "recordType: another one"},
    {"{\"statementId\":\"0123456789012345678901234567890\"}", "statementId: too short"},
    {STATEMENT("3", "relationship", "R", "", "2020-01-01", "\"subject\":\"P\",\"interestedParty\":\"P\""), "no entity"},
    {STATEMENT("3", "relationship", "R", "", "2020-01-01", "\"subject\":\"X\",\"interestedParty\":\"P\""),
     "subject: no record"},
    {STATEMENT("3", "relationship", "R", "", "2020-01-01", "\"subject\":\"C\",\"interestedParty\":\"X\""),
     "interestedParty: no record"},
    {STATEMENT("3", "relationship", "R", "", "2020-01-01", "\"subject\":\"C\""), "interestedParty is missing"},
    {STATEMENT("3", "relationship", "R", "", "2020-01-01",
               "\"subject\":\"C\",\"interestedParty\":\"P\",\"componentRecords\":[\"X\"]"),
     "componentRecords: no record"},
    {STATEMENT("3", "person", "X", "", "2020-01-01", "\"personType\":\"knownPerson\",\"birthDate\":\"1700\""),
     "birthDate"},
    {STATEMENT("3", "person", "X", "", "2020-01-01",
               "\"personType\":\"knownPerson\",\"identifiers\":[{\"scheme\":\"GB-PASSPORT\"}]"),
     "three letters"},
    {STATEMENT("3", "entity", "X", "", "2020-01-01",
               "\"entityType\":{\"type\":\"registeredEntity\"},\"identifiers\":[{\"scheme\":\"UK-COH\"}]"),
     "one of another country"},
    {STATEMENT("3", "entity", "X", "", "2020-01-01", "\"entityType\":{\"type\":\"state\",\"subtype\":\"trust\"}"),
     "entityType: the subtype"},
    {"5", "not a JSON object"},
    {"{\"a\":1,}", "JSON"},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        heard h;
        itd_error error = {0};
        char text[2048];
        (void)snprintf(text, sizeof text, "%s%s]", TWO, refused[i].statement);
        if (read_register(&h, "bods", text, false, &error) != ITD_EFORMAT || !strstr(error.message, refused[i].reason))
            fail_msg("%s: %s", refused[i].statement, error.message);
        assert_int_equal(error.line, 2);
        assert_string_equal(error.where, "register");
        assert_int_equal(read_register(&h, "bods", text, true, &error), ITD_OK);
        assert_string_equal(h.text, "");
        assert_int_equal(h.rejected, 1);
    }
}

/* A file without the subject of any of its declarations is a piece: what it refers to may be elsewhere. */
static void test_piece(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    assert_int_equal(
        read_register(&h, "bods",
                      "[" HOLDS("3", "R", "", "2020-01-01", "{\"type\":\"shareholding\",\"share\":{\"exact\":1}}") "]",
                      false, &error),
        ITD_OK);
    assert_string_equal(h.text, "P>C 10000-10000 shares .. 1\n");
}

/* A scheme that nobody knows may be one that was listed since. */
static void test_schemes(void **state)
{
    static const char *const good[] = {"GB-COH", "BE-BCE_KBO", "BE-KBO", "XI-LEI", "ME-CRPS", "GB-COHORT", "COH"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        heard h;
        itd_error error = {0};
        char text[1024];
        (void)snprintf(text, sizeof text, "[%s%s%s]",
                       "{\"statementId\":\"" ID(
                           "1") "\",\"statementDate\":\"2020-01-01\",\"declarationSubject\":\"C\","
                                "\"recordId\":\"C\",\"recordType\":\"entity\",\"recordDetails\":{\"isComponent\":false,"
                                "\"entityType\":{\"type\":\"registeredEntity\"},\"identifiers\":[{\"scheme\":\"",
                       good[i], "\"}]}}");
        if (read_register(&h, "bods", text, false, &error) != ITD_OK)
            fail_msg("%s: %s", good[i], error.message);
    }
}

static void test_arrays_that_break_off(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    assert_int_equal(read_register(&h, "bods", TWO, true, &error), ITD_OK);
    assert_non_null(strstr(h.rejects, "cut off"));
    assert_int_equal(read_register(&h, "bods", "[" COMPANY("1", "C") "] x", true, &error), ITD_OK);
    assert_non_null(strstr(h.rejects, "after the end"));
}

static void test_percent(void **state)
{
    static const struct {
        const char *text;
        uint32_t low, high;
    } good[] = {{"0", 0, 0},
                {"100", 1000000, 1000000},
                {"100.0000", 1000000, 1000000},
                {"0.00001", 0, 1},
                {"25", 250000, 250000},
                {"1e1", 100000, 100000},
                {"2.5E-1", 2500, 2500},
                {"99.99999", 999999, 1000000},
                {"-0", 0, 0},
                {"0e99", 0, 0}};
    static const char *const bad[] = {"", "-1", "101", "100.00001", "1e9", "1e", "abc", "1.2.3"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        uint32_t low = 7, high = 7;
        assert_true(itd_percent_ppm(&low, &high, itd_sv_of(good[i].text)));
        assert_int_equal(low, good[i].low);
        assert_int_equal(high, good[i].high);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint32_t low, high;
        assert_false(itd_percent_ppm(&low, &high, itd_sv_of(bad[i])));
    }
}

static void test_limit(void **state)
{
    heard h;
    itd_error error = {0};
    size_t size = ITD_BODS_VALUES_MAX * 4 + 4096;
    char *text = malloc(size), *at = text;
    (void)state;
    assert_non_null(text);
    at += snprintf(
        at, 2048, "%s",
        TWO "{\"statementId\":\"" ID(
            "3") "\",\"statementDate\":\"2020-01-01\","
                 "\"declarationSubject\":\"C\",\"recordId\":\"R\",\"recordType\":\"relationship\",\"recordDetails\":"
                 "{\"isComponent\":false,\"subject\":\"C\",\"interestedParty\":\"P\",\"interests\":[{}");
    for (size_t i = 0; i < ITD_BODS_VALUES_MAX; i++)
        at += snprintf(at, 4, ",{}");
    (void)snprintf(at, 8, "]}}]");
    assert_int_equal(read_register(&h, "bods", text, false, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "ITD_BODS_VALUES_MAX"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_kinds_and_dates),
        cmocka_unit_test(test_lines_and_versions),
        cmocka_unit_test(test_unknown_owners),
        cmocka_unit_test(test_components),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_piece),
        cmocka_unit_test(test_arrays_that_break_off),
        cmocka_unit_test(test_schemes),
        cmocka_unit_test(test_percent),
        cmocka_unit_test(test_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
