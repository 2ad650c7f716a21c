/* Files of GLEIF, in XML and in both layouts of JSON: what becomes of relationships, exceptions and entities, who is
 * refused and why. Names and codes as in the Common Data File formats; LEIs are invented, their check digits computed
 * by ISO 7064 (mod 97-10). */
#include "read/gleif.h"

#include "support/stakes.h"

#define A "INVENTED000000000190"
#define B "INVENTED000000000287"
#define C "INVENTED000000000384"

/* ---- all forms of one relationship ---- */

typedef struct said {
    const char *type, *status, *from, *to, *period, *updated, *registered, *deleted;
} said;

static void as_json(char *out, size_t size, const said *s)
{
    (void)snprintf(
        out, size,
        "[{\"Relationship\":{\"StartNode\":{\"NodeID\":\"" A "\",\"NodeIDType\":\"LEI\"},\"EndNode\":{\"NodeID\":"
        "\"" B "\",\"NodeIDType\":\"LEI\"},\"RelationshipType\":\"%s\",\"RelationshipPeriods\":[{\"StartDate\":"
        "\"2001-01-01\",\"PeriodType\":\"ACCOUNTING_PERIOD\"},{\"StartDate\":\"%s\",\"EndDate\":\"%s\","
        "\"PeriodType\":\"%s\"}],\"RelationshipStatus\":\"%s\",\"RelationshipQuantifiers\":["
        "{\"QuantifierAmount\":\"55.00\"}]},\"Registration\":{\"LastUpdateDate\":\"%s\","
        "\"RegistrationStatus\":\"%s\"},\"Extension\":{\"Deletion\":{\"DeletedAt\":\"%s\"}}}]",
        s->type, s->from, s->to, s->period, s->status, s->updated, s->registered, s->deleted);
}

static void as_xml(char *out, size_t size, const said *s)
{
    (void)snprintf(
        out, size,
        "<?xml version=\"1.0\"?><rr:RelationshipData xmlns:rr=\"http://www.gleif.org/data/schema/rr/2016\" xmlns:g=\""
        "http://www.gleif.org/data/schema/golden-copy/extensions/1.0\"><rr:Header><rr:RecordCount>1</rr:RecordCount>"
        "</rr:Header><rr:RelationshipRecords><rr:RelationshipRecord><rr:Relationship><rr:StartNode><rr:NodeID>" A
        "</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:StartNode><rr:EndNode><rr:NodeID>" B
        "</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:EndNode><rr:RelationshipType>%s</rr:RelationshipType>"
        "<rr:RelationshipPeriods><rr:RelationshipPeriod><rr:StartDate>2001-01-01</rr:StartDate><rr:PeriodType>"
        "ACCOUNTING_PERIOD</rr:PeriodType></rr:RelationshipPeriod><rr:RelationshipPeriod><rr:StartDate>%s</"
        "rr:StartDate>"
        "<rr:EndDate>%s</rr:EndDate><rr:PeriodType>%s</rr:PeriodType></rr:RelationshipPeriod></rr:RelationshipPeriods>"
        "<rr:RelationshipStatus>%s</rr:RelationshipStatus></rr:Relationship><rr:Registration><rr:LastUpdateDate>%s"
        "</rr:LastUpdateDate><rr:RegistrationStatus>%s</rr:RegistrationStatus></"
        "rr:Registration><rr:Extension><g:Deletion>"
        "<g:DeletedAt>%s</g:DeletedAt></g:Deletion></rr:Extension></rr:RelationshipRecord></rr:RelationshipRecords>"
        "</rr:RelationshipData>",
        s->type, s->from, s->to, s->period, s->status, s->updated, s->registered, s->deleted);
}

/* As the Golden Copy has it: RR-CDF 2.1 with the text of an element under "$", repeated elements in an array,
 * extensions under their prefix, records in an array `relations`. */
static void as_golden_copy(char *out, size_t size, const said *s)
{
    (void)snprintf(
        out, size,
        "{\"relations\":[{\"RelationshipRecord\":{\"Relationship\":{\"StartNode\":{\"NodeID\":{\"$\":\"" A "\"},"
        "\"NodeIDType\":{\"$\":\"LEI\"}},\"EndNode\":{\"NodeID\":{\"$\":\"" B "\"},\"NodeIDType\":{\"$\":\"LEI\"}},"
        "\"RelationshipType\":{\"$\":\"%s\"},\"RelationshipPeriods\":{\"RelationshipPeriod\":[{\"StartDate\":{\"$\":"
        "\"2001-01-01\"},\"PeriodType\":{\"$\":\"ACCOUNTING_PERIOD\"}},{\"StartDate\":{\"$\":\"%s\"},\"EndDate\":{"
        "\"$\":\"%s\"},\"PeriodType\":{\"$\":\"%s\"}}]},\"RelationshipStatus\":{\"$\":\"%s\"}},\"Registration\":{"
        "\"LastUpdateDate\":{\"$\":\"%s\"},\"RegistrationStatus\":{\"$\":\"%s\"}},\"Extension\":{\"gleif:Deletion\":{"
        "\"gleif:DeletedAt\":{\"$\":\"%s\"}}}}}]}",
        s->type, s->from, s->to, s->period, s->status, s->updated, s->registered, s->deleted);
}

static const struct {
    const char *id;
    void (*write)(char *out, size_t size, const said *s);
} forms[] = {{"gleif_json", as_json}, {"gleif_xml", as_xml}, {"gleif_json", as_golden_copy}};
#define FORMS (sizeof forms / sizeof forms[0])

static const said usual = {"IS_DIRECTLY_CONSOLIDATED_BY",
                           "ACTIVE",
                           "2012-11-29T00:00:00.000Z",
                           "",
                           "RELATIONSHIP_PERIOD",
                           "2022-05-05T10:00:00+02:00",
                           "PUBLISHED",
                           ""};

static void each(const said *s, const char *expected)
{
    char text[4096];
    for (size_t i = 0; i < FORMS; i++) {
        heard h;
        itd_error error = {0};
        forms[i].write(text, sizeof text, s);
        itd_status status = read_register(&h, forms[i].id, text, false, &error);
        if (status != ITD_OK || strcmp(h.text, expected) != 0)
            fail_msg("form %zu, %s: %s%s", i, s->type, h.text, error.message);
    }
}

#define WITH(member, value)                                                                                            \
    said s = usual;                                                                                                    \
    s.member = value

static void test_types(void **state)
{
    static const struct {
        const char *type, *expected;
    } all[] = {
        {"IS_DIRECTLY_CONSOLIDATED_BY",
         B ">" A " 0-0 control 2012-11-29.. 1\n" B ">" A " 0-1000000 shares 2012-11-29.. 1\n"},
        {"IS_ULTIMATELY_CONSOLIDATED_BY",
         B ">" A " 0-0 control 2012-11-29.. 1\n" B ">" A " 0-1000000 shares 2012-11-29.. 1\n"},
        {"IS_INTERNATIONAL_BRANCH_OF", B ">" A " 1000000-1000000 shares 2012-11-29.. 1\n"},
        {"IS_FUND-MANAGED_BY", B ">" A " 0-0 control 2012-11-29.. 1\n"},
        {"IS_SUBFUND_OF", B ">" A " 0-0 control 2012-11-29.. 1\n"},
        {"IS_FEEDER_TO", A ">" B " 0-1000000 shares 2012-11-29.. 1\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        WITH(type, all[i].type);
        each(&s, all[i].expected);
    }
}

static void branch(const said *given, const char *days)
{
    char expected[128];
    said s = *given;
    s.type = "IS_INTERNATIONAL_BRANCH_OF";
    (void)snprintf(expected, sizeof expected, B ">" A " 1000000-1000000 shares %s 1\n", days);
    each(&s, expected);
}

/* Only periods of the relationship itself count; what was deleted or is over ends, at the latest when that was said. */
static void test_days(void **state)
{
    (void)state;
    {
        WITH(to, "2019-12-31T00:00:00Z");
        branch(&s, "2012-11-29..2019-12-31");
    }
    {
        WITH(period, "DOCUMENT_FILING_PERIOD");
        branch(&s, "..");
    }
    {
        WITH(status, "INACTIVE");
        branch(&s, "2012-11-29..2022-05-05");
        s.to = "2020-01-01";
        branch(&s, "2012-11-29..2020-01-01");
    }
    {
        WITH(deleted, "2021-02-03T01:39:19Z");
        branch(&s, "2012-11-29..2021-02-03");
        s.to = "2030-01-01";
        branch(&s, "2012-11-29..2021-02-03");
        s.to = "2020-01-01";
        branch(&s, "2012-11-29..2020-01-01");
    }
}

static void test_status(void **state)
{
    (void)state;
    {
        WITH(registered, "LAPSED"); /* not renewed: still said */
        branch(&s, "2012-11-29..");
    }
    {
        WITH(registered, "ANNULLED");
        each(&s, "");
        s.registered = "DUPLICATE";
        each(&s, "");
    }
    {
        WITH(status, "INACTIVE"); /* ended, nobody says when */
        s.updated = "";
        each(&s, B ">" A " 0-0 link 2012-11-29.. 1\n");
        s.status = "NULL";
        each(&s, B ">" A " 0-0 link 2012-11-29.. 1\n");
    }
}

static void refuse(const said *s, const char *reason)
{
    char text[4096];
    for (size_t i = 0; i < FORMS; i++) {
        heard h;
        itd_error error = {0};
        const char *id = forms[i].id;
        forms[i].write(text, sizeof text, s);
        if (read_register(&h, id, text, false, &error) != ITD_EFORMAT || !strstr(error.message, reason))
            fail_msg("%s: %s", reason, error.message);
        assert_int_equal(error.line, 1);
        assert_int_equal(read_register(&h, id, text, true, &error), ITD_OK);
        assert_int_equal(h.rejected, 1);
        assert_string_equal(h.text, "");
    }
}

static void test_refused(void **state)
{
    (void)state;
    {
        WITH(type, "IS_FRIEND_OF");
        refuse(&s, "RelationshipType");
    }
    {
        WITH(status, "PERHAPS");
        refuse(&s, "RelationshipStatus");
    }
    {
        WITH(from, "2012-13-01");
        refuse(&s, "a date that is none");
    }
    {
        WITH(to, "2012-11-28");
        refuse(&s, "ends before it starts");
    }
    {
        WITH(updated, "yesterday");
        refuse(&s, "LastUpdateDate");
    }
    {
        WITH(deleted, "never");
        refuse(&s, "DeletedAt");
    }
}

/* ---- the other kinds ---- */

static void json(const char *text, const char *expected)
{
    heard h;
    itd_error error = {0};
    if (read_register(&h, "gleif_json", text, false, &error) != ITD_OK || strcmp(h.text, expected) != 0)
        fail_msg("%s: %s%s", text, h.text, error.message);
}

#define EXCEPTION(lei, category, reason, more)                                                                         \
    "{\"LEI\":\"" lei "\",\"ExceptionCategory\":\"" category "\",\"ExceptionReason\":\"" reason "\"" more "}"
#define DIRECT "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"

static void test_exceptions(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    json(EXCEPTION(A, DIRECT, "NO_LEI", ""), A ">" A " 0-0 link .. 1\n");
    json("[" EXCEPTION(A, "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT", "NATURAL_PERSONS",
                       ",\"Extension\":{\"Deletion\":{\"DeletedAt\":\"2023-11-24T02:07:59Z\"}}") "]",
         A ">" A " 0-0 link ..2023-11-24 1\n");
    const char *xml =
        "<ReportingExceptionData xmlns=\"http://www.gleif.org/data/schema/repex/2016\"><Header/>\n"
        "<ReportingExceptions><Exception><LEI>" C "</LEI><ExceptionCategory>" DIRECT
        "</ExceptionCategory><ExceptionReason>NON_PUBLIC</ExceptionReason></Exception></ReportingExceptions>"
        "</ReportingExceptionData>";
    assert_int_equal(read_register(&h, "gleif_xml", xml, false, &error), ITD_OK);
    assert_string_equal(h.text, C ">" C " 0-0 link .. 2\n");
}

/* Reporting Exceptions 2.1 and LEI-CDF 3.1 in the layout of the Golden Copy. */
static void test_golden_copy(void **state)
{
    (void)state;
    json("{\"exceptions\":[{\"LEI\":{\"$\":\"" A "\"},\"ExceptionCategory\":{\"$\":\"" DIRECT
         "\"},\"ExceptionReason\":[{\"$\":\"NO_LEI\"},{\"$\":\"NON_PUBLIC\"}],\"Extension\":{\"gleif:Deletion\":{"
         "\"gleif:DeletedAt\":{\"$\":\"2023-11-24T02:07:59Z\"}}}}\n]}\n",
         A ">" A " 0-0 link ..2023-11-24 1\n");
    json("{\"records\":[\n{\"LEI\":{\"$\":\"" A "\"},\"Entity\":{\"LegalName\":{\"@xml:lang\":\"en\",\"$\":\"N\"},"
         "\"LegalAddress\":{\"@xml:lang\":\"en\",\"FirstAddressLine\":{\"$\":\"1 High Street\"},"
         "\"AdditionalAddressLine\":[{\"$\":\"Floor 2\"},{\"$\":\"Door 3\"}],\"City\":{\"$\":\"Town\"},\"Country\":{"
         "\"$\":\"IE\"}},\"SuccessorEntity\":[{\"SuccessorLEI\":{\"$\":\"" B "\"}}]}}]}",
         A ">" A " 0-0 link .. 2\n" B ">" A " 0-0 link .. 2\n" A
           ">address:1 HIGH STREET, FLOOR 2, DOOR 3, TOWN, IE 0-0 link .. 2\n");
}

#define ENTITY(lei, more) "{\"LEI\":\"" lei "\",\"Entity\":{\"LegalName\":\"N\"" more "}}"
#define ADDRESS                                                                                                        \
    "{\"FirstAddressLine\":\"1  High Street\",\"AdditionalAddressLine\":[\"Floor 2\",\"Door 3\"],\"City\":\"Town\","   \
    "\"Country\":\"IE\"}"

static void test_entities(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    json(ENTITY(A, ""), A ">" A " 0-0 link .. 1\n");
    json("[\n" ENTITY(A, ",\"LegalAddress\":" ADDRESS ",\"SuccessorEntity\":{\"SuccessorLEI\":\"" B "\"}") "]",
         A ">" A " 0-0 link .. 2\n" B ">" A " 0-0 link .. 2\n" A
           ">address:1 HIGH STREET, FLOOR 2, DOOR 3, TOWN, IE 0-0 link .. 2\n");
    const char *xml =
        "<l:LEIData xmlns:l=\"http://www.gleif.org/data/schema/leidata/2016\"><l:LEIHeader/><l:LEIRecords>\n"
        "<l:LEIRecord><l:LEI>" A "</l:LEI><l:Entity><l:LegalName xml:lang=\"en\">N</l:LegalName>"
        "<l:HeadquartersAddress><l:FirstAddressLine>1 High Street</l:FirstAddressLine>"
        "<l:AdditionalAddressLine>Floor 2</l:AdditionalAddressLine><l:AdditionalAddressLine>Door 3"
        "</l:AdditionalAddressLine><l:City>Town</l:City><l:Country>IE</l:Country></l:HeadquartersAddress>"
        "</l:Entity></l:LEIRecord></l:LEIRecords></l:LEIData>";
    assert_int_equal(read_register(&h, "gleif_xml", xml, false, &error), ITD_OK);
    assert_string_equal(h.text, A ">" A " 0-0 link .. 2\n" A
                                  ">address:1 HIGH STREET, FLOOR 2, DOOR 3, TOWN, IE 0-0 link .. 2\n");
}

static void test_other_records_refused(void **state)
{
    static const struct {
        const char *record, *reason;
    } all[] = {
        {EXCEPTION("INVENTED000000000191", DIRECT, "NO_LEI", ""), "LEI: none"},
        {EXCEPTION(B, "NO_CATEGORY", "NO_LEI", ""), "ExceptionCategory"},
        {EXCEPTION(B, DIRECT, "", ""), "ExceptionReason"},
        {EXCEPTION(B, DIRECT, "NO_LEI", ",\"Extension\":{\"Deletion\":{\"DeletedAt\":\"?\"}}"), "DeletedAt"},
        {ENTITY("short", ""), "LEI: none"},
        {"{\"LEI\":\"" B "\"}", "none of Entity"},
        {"{\"Relationship\":{\"StartNode\":{\"NodeID\":\"" A "\",\"NodeIDType\":\"LEI\"},\"EndNode\":{\"NodeID\":\"x\","
         "\"NodeIDType\":\"LEI\"}}}",
         "NodeID: no LEI"},
        {"{\"Relationship\":{\"StartNode\":{\"NodeID\":\"" A "\"}}}", "NodeIDType"},
        {"7", "not a JSON object"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        heard h;
        itd_error error = {0};
        char text[1024];
        (void)snprintf(text, sizeof text, "[%s,\n%s]", EXCEPTION(A, DIRECT, "NO_LEI", ""), all[i].record);
        if (read_register(&h, "gleif_json", text, false, &error) != ITD_EFORMAT || error.line != 2 ||
            !strstr(error.message, all[i].reason))
            fail_msg("%s: %s", all[i].record, error.message);
        assert_int_equal(read_register(&h, "gleif_json", text, true, &error), ITD_OK);
        assert_int_equal(h.rejected, 1);
        assert_string_equal(h.text, A ">" A " 0-0 link .. 1\n");
    }
}

#define REPEX(body)                                                                                                    \
    "<ReportingExceptionData xmlns=\"http://www.gleif.org/data/schema/repex/2016\">" body "</ReportingExceptionData>"

static void test_xml_that_is_none(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    assert_int_equal(
        read_register(&h, "gleif_xml", REPEX("<ReportingExceptions><Record/></ReportingExceptions>"), true, &error),
        ITD_OK);
    assert_non_null(strstr(h.rejects, "an element that is no record"));
    assert_int_equal(read_register(&h, "gleif_xml", REPEX("<Exceptions/>"), true, &error), ITD_OK);
    assert_non_null(strstr(h.rejects, "neither the header"));
    assert_int_equal(read_register(&h, "gleif_xml", REPEX("word"), true, &error), ITD_OK);
    assert_non_null(strstr(h.rejects, "text outside"));
    assert_int_equal(read_register(&h, "gleif_xml", REPEX("<ReportingExceptions>"), true, &error), ITD_EFORMAT);
    assert_false(itd_gleif_is_xml(ITD_SV("<LEIData xmlns=\"http://example.org/\">")));
    assert_false(itd_gleif_is_json(ITD_SV("[{\"LEI\":\"x\"}]")));
}

static void test_limits(void **state)
{
    heard h;
    itd_error error = {0};
    char text[32768] =
        "{\"Relationship\":{\"StartNode\":{\"NodeID\":\"" A "\",\"NodeIDType\":\"LEI\"},\"EndNode\":{\"NodeID\":\"" B
        "\",\"NodeIDType\":\"LEI\"},\"RelationshipType\":\"IS_SUBFUND_OF\",\"RelationshipStatus\":\"ACTIVE\","
        "\"RelationshipPeriods\":[{}";
    (void)state;
    for (size_t i = 0; i < ITD_GLEIF_PERIODS_MAX; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), ",{}");
    (void)snprintf(text + strlen(text), sizeof text - strlen(text), "]}}");
    assert_int_equal(read_register(&h, "gleif_json", text, false, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "ITD_GLEIF_PERIODS_MAX"));

    (void)snprintf(text, sizeof text, "%s",
                   "{\"LEI\":\"" A
                   "\",\"Entity\":{\"LegalName\":\"N\",\"LegalAddress\":{\"AdditionalAddressLine\":[\"0\"");
    for (size_t i = 1; i <= ITD_GLEIF_ADDRESS_LINES_MAX; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), ",\"%zu\"", i % 10);
    (void)snprintf(text + strlen(text), sizeof text - strlen(text), "],\"City\":\"C\"}}}");
    json(text, A ">" A " 0-0 link .. 1\n" A ">address:0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5 0-0 link .. 1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_exceptions),
        cmocka_unit_test(test_entities),
        cmocka_unit_test(test_golden_copy),
        cmocka_unit_test(test_other_records_refused),
        cmocka_unit_test(test_xml_that_is_none),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
