/* Who the parties of a register are: what becomes of names, dates, countries, addresses and identifiers, and that what
 * the reader of stakes refuses is refused here. All of it is invented; LEIs have their check digits. */
#include "read/parties.h"

#include "support/faults.h"
#include "support/reading.h"
#include "support/stakes.h"

#define ID(n) "00000000-0000-4000-8000-00000000000" n
#define STATEMENT(n, type, record, status, date, details)                                                              \
    "{\"statementId\":\"" ID(n) "\",\"statementDate\":\"" date                                                         \
                                "\",\"declarationSubject\":\"C\",\"recordId\":\"" record "\",\"recordType\":\"" type   \
                                "\"" status ",\"recordDetails\":{\"isComponent\":false," details "}}"
#define COMPANY(n, status, date, more)                                                                                 \
    STATEMENT(n, "entity", "C", status, date, "\"entityType\":{\"type\":\"registeredEntity\"}" more)
#define HOLDS(n, interest)                                                                                             \
    STATEMENT(n, "relationship", "R", "", "2020-01-01",                                                                \
              "\"subject\":\"C\",\"interestedParty\":\"P\",\"interests\":[" interest "]")
#define IS(status) ",\"recordStatus\":\"" status "\""

static void has_all(const reading *r, const char *const *lines)
{
    for (size_t i = 0; lines[i]; i++)
        if (!reading_has(r, lines[i]))
            fail_msg("%s is not in %.*s", lines[i], (int)r->text.size, r->text.data);
}

static void read_text(reading *r, const itd_format *format, const char *text)
{
    itd_sniff look = {"any name", itd_sv_of(text), true};
    assert_true(format->sniff(&look) > 0);
    (void)reading_bytes(r, format, "d", text, strlen(text));
}

/* ---- BODS ---- */

static const char person[] = STATEMENT(
    "2", "person", "P", "", "2020-01-01",
    "\"personType\":\"knownPerson\",\"names\":[{\"type\":\"legal\",\"fullName\":\"Orla Vess\",\"givenName\":\"Orla\","
    "\"familyName\":\"Vess\",\"patronymicName\":\"Tamovna\"},{\"fullName\":\"O. Vess\"},{\"type\":\"transliteration\","
    "\"fullName\":\"\u041E\u0440\u043B\u0430 \u0412\u0435\u0441\u0441\"},{\"type\":\"birth\",\"fullName\":\"Orla "
    "Brin\","
    "\"familyName\":\"Brin\"}],\"identifiers\":[{\"scheme\":\"FRA-PASSPORT\",\"id\":\"X12\"},"
    "{\"scheme\":\"D-TAXID\",\"id\":\"T9\"},{\"scheme\":\"FRA-IDCARD\",\"id\":\"I7\"}],\"nationalities\":[{\"name\":"
    "\"France\",\"code\":\"FR\"},{\"name\":\"Cuba\"}],\"placeOfBirth\":{\"address\":\"Lyon\",\"country\":{\"name\":"
    "\"France\",\"code\":\"FR\"}},\"birthDate\":\"1961-04\",\"deathDate\":\"2019-02-03\",\"taxResidencies\":[{\"name\":"
    "\"Malta\",\"code\":\"MT\"}],\"addresses\":[{\"address\":\"Quay 1\",\"postCode\":\"69001\",\"country\":{\"name\":"
    "\"France\",\"code\":\"FR\"}}],\"politicalExposure\":{\"status\":\"isPep\"}");

static const char entities[] = COMPANY(
    "1", "", "2020-01-01",
    ",\"name\":\"Old Mill "
    "Ltd\",\"alternateNames\":[\"OML\"],\"jurisdiction\":{\"name\":\"Delaware\",\"code\":\"US-DE\"},"
    "\"identifiers\":[{\"scheme\":\"GB-COH\",\"id\":\"01234567\"},{\"scheme\":\"XI-LEI\",\"id\":"
    "\"INVENTED000000000190\"},{\"schemeName\":\"Tax number\",\"id\":\"55\"},{\"scheme\":\"BR-CNPJ\",\"id\":\"66\"},"
    "{\"schemeName\":\"A club\",\"id\":\"77\"}],\"foundingDate\":\"2001-02-03\",\"dissolutionDate\":\"2019-01-01\","
    "\"addresses\":[{\"type\":\"registered\",\"address\":\"Mill Lane\"}]");

static void bods_says_who_they_are(void **state)
{
    (void)state;
    char text[8192];
    static const char *const lines[] = {"C|Company|id|C",
                                        "C|Company|name|Old Mill Ltd||",
                                        "C|Company|alias|OML||",
                                        "C|Company|jurisdiction|us|US-DE|",
                                        "C|Company|registrationNumber|01234567||",
                                        "C|Company|leiCode|INVENTED000000000190||",
                                        "C|Company|taxNumber|55||",
                                        "C|Company|taxNumber|66||",
                                        "C|Company|idNumber|77||",
                                        "C|Company|incorporationDate|2001-02-03||",
                                        "C|Company|dissolutionDate|2019-01-01||",
                                        "C|Company|address|Mill Lane||",
                                        "P|Person|id|P",
                                        "P|Person|name|Orla Vess||",
                                        "P|Person|name|O. Vess||",
                                        "P|Person|alias|\u041E\u0440\u043B\u0430 \u0412\u0435\u0441\u0441||",
                                        "P|Person|previousName|Orla Brin||",
                                        "P|Person|firstName|Orla||",
                                        "P|Person|lastName|Vess||",
                                        "P|Person|fatherName|Tamovna||",
                                        "P|Person|passportNumber|X12||",
                                        "P|Person|taxNumber|T9||",
                                        "P|Person|idNumber|I7||",
                                        "P|Person|nationality|fr|FR|",
                                        "P|Person|nationality|cu|Cuba|",
                                        "P|Person|birthPlace|Lyon, France||",
                                        "P|Person|birthCountry|fr|FR|",
                                        "P|Person|birthDate|1961-04||",
                                        "P|Person|deathDate|2019-02-03||",
                                        "P|Person|country|mt|MT|",
                                        "P|Person|address|Quay 1, 69001, France||",
                                        "P|Person|topics|role.pep||",
                                        NULL};
    for (int form = 0; form < 2; form++) { /* an array, and one a line */
        reading r = {0};
        (void)snprintf(text, sizeof text, form ? "%s\n%s\n%s\n" : "[%s,\n%s,\n%s]", entities, person,
                       HOLDS("3", "{\"type\":\"shareholding\"}"));
        read_text(&r, &itd_format_bods, text);
        assert_int_equal(r.status, ITD_OK);
        assert_int_equal(r.read.records, 2);
        assert_int_equal(r.statements, sizeof lines / sizeof lines[0] - 1);
        assert_int_equal(reading_count(&r, "Person|lastName|"), 1); /* not that of birth */
        has_all(&r, lines);
        reading_finish(&r);
    }
}

static void bods_types_of_entities(void **state)
{
    (void)state;
    static const struct {
        const char *type, *schema;
    } types[] = {{"registeredEntity", "Company"},   {"legalEntity", "LegalEntity"}, {"arrangement", "LegalEntity"},
                 {"state", "PublicBody"},           {"stateBody", "PublicBody"},    {"unknownEntity", "LegalEntity"},
                 {"anonymousEntity", "LegalEntity"}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        reading r = {0};
        char text[1024], line[128];
        (void)snprintf(text, sizeof text, "[%s%s%s]",
                       "{\"statementId\":\"" ID(
                           "1") "\",\"statementDate\":\"2020-01-01\",\"declarationSubject\":\"C\","
                                "\"recordId\":\"C\",\"recordType\":\"entity\",\"recordDetails\":{\"isComponent\":false,"
                                "\"entityType\":{\"type\":\"",
                       types[i].type, "\"}}}");
        (void)snprintf(line, sizeof line, "C|%s|id|C", types[i].schema);
        read_text(&r, &itd_format_bods, text);
        assert_true(reading_has(&r, line));
        reading_finish(&r);
    }
}

/* The last statement of a record says who it is; of those before it names are kept. */
static void bods_last_statement_counts(void **state)
{
    (void)state;
    reading r = {0};
    static const char *const lines[] = {"C|Company|name|New Mill Ltd||", "C|Company|previousName|Old Mill Ltd||",
                                        "C|Company|previousName|OML||", NULL};
    read_text(&r, &itd_format_bods,
              COMPANY("1", IS("new"), "2020-01-01",
                      ",\"name\":\"Old Mill Ltd\",\"alternateNames\":[\"OML\"],\"foundingDate\":\"2001-02-03\"") "\n" //
              COMPANY("2", IS("updated"), "2021-01-01", ",\"name\":\"New Mill Ltd\"") "\n"                            //
              COMPANY("3", IS("closed"), "2022-01-01", ",\"name\":\"New Mill Ltd\"") "\n");
    assert_int_equal(r.status, ITD_OK);
    assert_int_equal(r.read.records, 1);
    assert_int_equal(r.statements, 4);
    has_all(&r, lines);
    reading_finish(&r);
}

/* What the reader of stakes refuses is refused here, at the same place with the same reason. */
static void same_refusals(const char *form, const itd_format *format, const char *text, uint64_t records)
{
    for (int skip = 0; skip < 2; skip++) {
        heard h;
        itd_error error = {0};
        reading r = {.read.skip_bad = skip};
        itd_status status = read_register(&h, form, text, skip, &error);
        read_text(&r, format, text);
        assert_int_equal(status, skip ? ITD_OK : ITD_EFORMAT);
        assert_int_equal(r.status, status);
        assert_int_equal(r.rejects, h.rejected);
        assert_int_equal(r.read.rejected, h.rejected);
        assert_true(h.rejected > 0);
        if (skip)
            assert_int_equal(r.read.records, records);
        else
            assert_string_equal(r.error.message, error.message);
        char line[512];
        (void)snprintf(line, sizeof line, "%u %s %s\n", (unsigned)r.reject_line, r.key, r.reason);
        assert_true(strstr(h.rejects, line));
        reading_finish(&r);
    }
}

static void bods_refusals(void **state)
{
    (void)state;
    /* a date of birth that is none; a second statement that is new; a declaration of nobody; text that is no JSON */
    same_refusals(
        "bods", &itd_format_bods,
        COMPANY("1", "", "2020-01-01", "") "\n" //
        STATEMENT("2", "person", "P", "", "2020-01-01", "\"personType\":\"knownPerson\",\"birthDate\":\"1700\""),
        1);
    same_refusals("bods", &itd_format_bods,
                  COMPANY("1", "", "2020-01-01", "") "\n" //
                  COMPANY("2", IS("new"), "2020-01-02", ""),
                  1);
    same_refusals(
        "bods", &itd_format_bods,
        COMPANY("1", "", "2020-01-01",
                "") "\n" //
                    "{\"statementId\":\"" ID(
                        "2") "\",\"statementDate\":\"2020-01-01\",\"declarationSubject\":\"Z\","
                             "\"recordId\":\"D\",\"recordType\":\"entity\",\"recordDetails\":{\"isComponent\":false,"
                             "\"entityType\":{\"type\":\"state\"}}}\n",
        1);
    same_refusals("bods", &itd_format_bods, "[" COMPANY("1", "", "2020-01-01", "") ",\n{\"statementId\":]", 1);
    same_refusals("bods", &itd_format_bods, "[" COMPANY("1", "", "2020-01-01", "") ",\n", 1);
}

/* A list knows ids without blanks around them: such a party would never be that of the graph. */
static void bods_ids_with_blanks(void **state)
{
    (void)state;
    reading r = {.read.skip_bad = true};
    read_text(&r, &itd_format_bods,
              "[" COMPANY("1", "", "2020-01-01", "") ",\n" //
              STATEMENT("2", "person", " P", "", "2020-01-01", "\"personType\":\"knownPerson\"") "]");
    assert_int_equal(r.status, ITD_OK);
    assert_int_equal(r.read.records, 1);
    assert_int_equal(r.read.rejected, 1);
    assert_int_equal(r.reject_line, 2);
    assert_string_equal(r.reason, "recordId: a blank at its start or end");
    reading_finish(&r);
}

/* ---- people with significant control ---- */

#define PSC(number, kind, more)                                                                                        \
    "{\"company_number\":\"" number "\",\"data\":{\"etag\":\"e\",\"kind\":\"" kind                                     \
    "-person-with-significant-control\",\"natures_of_control\":[]," more "}}\n"
#define IN_ENGLAND                                                                                                     \
    "\"identification\":{\"country_registered\":\"England\",\"registration_number\":\"89 1011\",\"legal_form\":"       \
    "\"Private limited\"}"

static const char controllers[] = PSC(
    "01234567", "individual",
    "\"name\":\"Dr Ida May Holt\",\"name_elements\":{\"title\":\"Dr\",\"forename\":\"Ida\",\"middle_name\":\"May\","
    "\"surname\":\"Holt\"},\"nationality\":\"France\",\"country_of_residence\":\"Malta\",\"date_of_birth\":{"
    "\"month\":10,\"year\":1955},\"address\":{\"premises\":\"12\",\"locality\":\"Town\",\"postal_code\":\"EX4 "
    "2MP\"},\"links\":{\"self\":\"/p/1\"}")
    PSC("01234567", "individual", "\"name\":\"Jo Moe\",\"date_of_birth\":{\"year\":0},\"links\":{\"self\":\"/p/2\"}")
        PSC("01234567", "corporate-entity", "\"name\":\"Foo Ltd\"," IN_ENGLAND ",\"links\":{\"self\":\"/c/1\"}")
            PSC("01234567", "corporate-entity",
                "\"name\":\"Bar "
                "SA\",\"identification\":{\"country_registered\":\"France\",\"registration_number\":\"552\"},"
                "\"links\":{\"self\":\"/c/2\"}")
                PSC("01234567", "legal-person", "\"name\":\"A Ministry\",\"links\":{\"self\":\"/l/1\"}")
                    PSC("01234567", "super-secure", "\"links\":{\"self\":\"/s/1\"}");

static void psc_says_who_they_are(void **state)
{
    (void)state;
    reading r = {0};
    static const char *const lines[] = {"gb-coh-/p/1|Person|name|Ida May Holt||",
                                        "gb-coh-/p/1|Person|title|Dr||",
                                        "gb-coh-/p/1|Person|firstName|Ida||",
                                        "gb-coh-/p/1|Person|middleName|May||",
                                        "gb-coh-/p/1|Person|lastName|Holt||",
                                        "gb-coh-/p/1|Person|birthDate|1955-10||",
                                        "gb-coh-/p/1|Person|nationality|fr|France|",
                                        "gb-coh-/p/1|Person|country|mt|Malta|",
                                        "gb-coh-/p/1|Person|address|12, Town, EX4 2MP||",
                                        "gb-coh-/p/2|Person|name|Jo Moe||",
                                        "gb-coh-00891011|Company|name|Foo Ltd||",
                                        "gb-coh-00891011|Company|registrationNumber|00891011|89 1011|",
                                        "gb-coh-00891011|Company|jurisdiction|gb|England|",
                                        "gb-coh-00891011|Company|legalForm|Private limited||",
                                        "gb-coh-/c/2|Company|registrationNumber|552||",
                                        "gb-coh-/c/2|Company|jurisdiction|fr|France|",
                                        "gb-coh-/l/1|LegalEntity|name|A Ministry||",
                                        NULL};
    read_text(&r, &itd_format_uk_psc, controllers);
    assert_int_equal(r.status, ITD_OK);
    assert_int_equal(r.read.records, 5);
    assert_int_equal(r.statements, 5 + 9 + 1 + 4 + 3 + 1);
    has_all(&r, lines);
    reading_finish(&r);
}

static void psc_refusals(void **state)
{
    (void)state;
    same_refusals("uk_psc", &itd_format_uk_psc,
                  PSC("01234567", "individual", "\"name\":\"Jo Moe\",\"links\":{\"self\":\"/p/2\"}") //
                  PSC("01234567", "robot", "\"name\":\"Jo Moe\",\"links\":{\"self\":\"/p/3\"}"),
                  1);
}

/* ---- GLEIF ---- */

#define LEI "INVENTED000000000190"

static const char *const entity_lines[] = {LEI "|Company|name|Mill plc||",
                                           LEI "|Company|previousName|Old Mill plc||",
                                           LEI "|Company|alias|The Mill||",
                                           LEI "|Company|alias|Miru||",
                                           LEI "|Company|leiCode|" LEI "||",
                                           LEI "|Company|registrationNumber|S5||",
                                           LEI "|Company|jurisdiction|us|US-DE|",
                                           LEI "|Company|incorporationDate|2012-11-29|2012-11-29T00:00:00.000Z|",
                                           LEI "|Company|status|ACTIVE||",
                                           LEI "|Company|address|Mill Lane, Floor 2, Town, US||",
                                           NULL};

#define ENTITY(lei)                                                                                                    \
    "{\"LEI\":\"" lei "\",\"Entity\":{\"LegalName\":\"Mill plc\",\"OtherEntityNames\":[{\"type\":"                     \
    "\"PREVIOUS_LEGAL_NAME\",\"OtherEntityName\":\"Old Mill plc\"},{\"type\":\"TRADING_OR_OPERATING_NAME\","           \
    "\"OtherEntityName\":\"The Mill\"}],\"TransliteratedOtherEntityNames\":[{\"TransliteratedOtherEntityName\":"       \
    "\"Miru\"}],\"LegalAddress\":{\"FirstAddressLine\":\"Mill Lane\",\"AdditionalAddressLine\":\"Floor 2\","           \
    "\"City\":\"Town\",\"Country\":\"US\"},\"RegistrationAuthority\":{\"RegistrationAuthorityEntityID\":\"S5\"},"      \
    "\"LegalJurisdiction\":\"US-DE\",\"EntityCategory\":\"GENERAL\",\"EntityStatus\":\"ACTIVE\","                      \
    "\"EntityCreationDate\":\"2012-11-29T00:00:00.000Z\"}}"

static void gleif_says_who_they_are(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[" ENTITY(LEI) "]",
        "<lei:LEIData xmlns:lei=\"http://www.gleif.org/data/schema/leidata/2016\"><lei:LEIRecords>"
        "<lei:LEIRecord><lei:LEI>" LEI "</lei:LEI><lei:Entity><lei:LegalName xml:lang=\"en\">Mill plc</lei:LegalName>"
        "<lei:OtherEntityNames><lei:OtherEntityName xml:lang=\"en\" type=\"PREVIOUS_LEGAL_NAME\">Old Mill plc"
        "</lei:OtherEntityName><lei:OtherEntityName type=\"TRADING_OR_OPERATING_NAME\">The Mill</lei:OtherEntityName>"
        "</lei:OtherEntityNames><lei:TransliteratedOtherEntityNames><lei:TransliteratedOtherEntityName>Miru"
        "</lei:TransliteratedOtherEntityName></lei:TransliteratedOtherEntityNames><lei:LegalAddress>"
        "<lei:FirstAddressLine>Mill Lane</lei:FirstAddressLine><lei:AdditionalAddressLine>Floor 2"
        "</lei:AdditionalAddressLine><lei:City>Town</lei:City><lei:Country>US</lei:Country></lei:LegalAddress>"
        "<lei:RegistrationAuthority><lei:RegistrationAuthorityEntityID>S5</lei:RegistrationAuthorityEntityID>"
        "</lei:RegistrationAuthority><lei:LegalJurisdiction>US-DE</lei:LegalJurisdiction>"
        "<lei:EntityCategory>GENERAL</lei:EntityCategory><lei:EntityStatus>ACTIVE</lei:EntityStatus>"
        "<lei:EntityCreationDate>2012-11-29T00:00:00.000Z</lei:EntityCreationDate></lei:Entity></lei:LEIRecord>"
        "</lei:LEIRecords></lei:LEIData>",
        /* LEI-CDF 3.1 as the Golden Copy has it in JSON: text under "$", attributes under "@name" */
        "{\"records\":[{\"LEI\":{\"$\":\"" LEI
        "\"},\"Entity\":{\"LegalName\":{\"@xml:lang\":\"en\",\"$\":\"Mill plc\"},"
        "\"OtherEntityNames\":{\"OtherEntityName\":[{\"@xml:lang\":\"en\",\"@type\":\"PREVIOUS_LEGAL_NAME\",\"$\":"
        "\"Old Mill plc\"},{\"@type\":\"TRADING_OR_OPERATING_NAME\",\"$\":\"The Mill\"}]},"
        "\"TransliteratedOtherEntityNames\":{\"TransliteratedOtherEntityName\":{\"$\":\"Miru\"}},\"LegalAddress\":{"
        "\"FirstAddressLine\":{\"$\":\"Mill Lane\"},\"AdditionalAddressLine\":{\"$\":\"Floor 2\"},\"City\":{\"$\":"
        "\"Town\"},\"Country\":{\"$\":\"US\"}},\"RegistrationAuthority\":{\"RegistrationAuthorityEntityID\":{\"$\":"
        "\"S5\"}},\"LegalJurisdiction\":{\"$\":\"US-DE\"},\"EntityCategory\":{\"$\":\"GENERAL\"},\"EntityStatus\":{\"$"
        "\":"
        "\"ACTIVE\"},\"EntityCreationDate\":{\"$\":\"2012-11-29T00:00:00.000Z\"}}}]}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        reading r = {0};
        read_text(&r, &itd_format_gleif, texts[i]);
        assert_int_equal(r.status, ITD_OK);
        assert_int_equal(r.read.records, 1);
        assert_int_equal(r.statements, 11);
        has_all(&r, entity_lines);
        reading_finish(&r);
    }
}

static void gleif_refusals(void **state)
{
    (void)state;
    same_refusals("gleif_json", &itd_format_gleif, "[" ENTITY(LEI) ",\n" ENTITY("INVENTED000000000191") "]", 1);
}

/* Relationships say of no party who it is; a file of them is no list. */
static void gleif_relationships_are_no_list(void **state)
{
    (void)state;
    itd_sniff look = {
        "lei.xml", ITD_SV("<RelationshipData xmlns=\"http://www.gleif.org/data/schema/rr/2016\"><RelationshipRecords>"),
        false};
    assert_int_equal(itd_format_gleif.sniff(&look), 0);
    look.head = ITD_SV("[{\"LEI\":\"" LEI "\",\"ExceptionCategory\":\"x\"}]");
    assert_int_equal(itd_format_gleif.sniff(&look), 0);
}

/* ---- ICIJ ---- */

/* Columns as the ICIJ publishes them; the nodes are invented. */
static const char nodes[] =
    "labels(n),valid_until,country_codes,countries,node_id,sourceID,address,name,jurisdiction_description,"
    "service_provider,jurisdiction,closed_date,incorporation_date,ibcRUC,type,status,company_type,note\n"
    "\"[\"\"Entity\"\"]\",,BHS;XXX,Bahamas;Not identified,11,Leaks,1 Bay St,ONE LTD,Bahamas,,BAH,01-FEB-2014,"
    "13-NOV-2013,169B,,DEFUNCT,IBC,A note\n"
    "\"[\"\"Officer\"\"]\",,MLT,Malta,12,Leaks,,Ida Holt,,,,,,,,,,\n"
    "\"[\"\"Intermediary\"\"]\",,,Malta;Nowhere,13,Leaks,,Two & Co,,,,,,,,,,\n"
    "\"[\"\"Address\"\"]\",,MLT,Malta,14,Leaks,1 BAY ST,,,,,,,,,,,\n"
    "\"[\"\"Officer\"\"]\",,MLT,Malta,15,Leaks,,,,,,,,,,,,\n"; /* nobody says who */
static const char *const node_lines[] = {"icij-11|Company|name|ONE LTD||",
                                         "icij-11|Company|country|bs|BHS|",
                                         "icij-11|Company|jurisdiction|bs|Bahamas|",
                                         "icij-11|Company|incorporationDate|2013-11-13|13-NOV-2013|",
                                         "icij-11|Company|dissolutionDate|2014-02-01|01-FEB-2014|",
                                         "icij-11|Company|status|DEFUNCT||",
                                         "icij-11|Company|legalForm|IBC||",
                                         "icij-11|Company|registrationNumber|169B||",
                                         "icij-11|Company|address|1 Bay St||",
                                         "icij-11|Company|notes|A note||",
                                         "icij-12|LegalEntity|name|Ida Holt||",
                                         "icij-12|LegalEntity|country|mt|MLT|",
                                         "icij-13|LegalEntity|name|Two & Co||",
                                         "icij-13|LegalEntity|country|mt|Malta|",
                                         "icij-13|LegalEntity|country|Nowhere||",
                                         NULL};

static void icij_says_who_they_are(void **state)
{
    (void)state;
    reading r = {0};
    read_text(&r, &itd_format_icij, nodes);
    assert_int_equal(r.status, ITD_OK);
    assert_int_equal(r.read.records, 3);
    assert_int_equal(r.statements, 3 + 10 + 2 + 3);
    has_all(&r, node_lines);
    reading_finish(&r);
}

/* Files of a category each do not name it. */
static void icij_categories_are_told_by_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line;
        uint64_t statements;
    } all[] = {
        {"node_id,name,original_name,former_name,jurisdiction,company_type,struck_off_date,status,ibcRUC,sourceID\n"
         "21,One,Un,Eins,BVI,,31-DEC-2010,,7,Papers\n",
         "icij-21|Company|previousName|Eins||", 7},
        {"node_id,name,countries,country_codes,sourceID\n22,Two,Malta,MLT,Papers\n", "icij-22|LegalEntity|name|Two||",
         3},
        {"node_id,name,status,internal_id,address,sourceID\n23,Three,ACTIVE,9,1 Bay St,Papers\n",
         "icij-23|LegalEntity|address|1 Bay St||", 4},
        {"node_id,address,name,countries,sourceID\n24,1 Bay St,1 Bay St,Malta,Papers\n", NULL, 0},
        {"x,data.categories.0,data.properties.name,data.properties.former_name,data.properties.registrationDate,id\n"
         "0,Company,Four,Quatre,12-FEB-2007,25\n",
         "icij-25|Company|incorporationDate|2007-02-12|12-FEB-2007|", 4},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        reading r = {0};
        read_text(&r, &itd_format_icij, all[i].text);
        assert_int_equal(r.status, ITD_OK);
        assert_int_equal(r.statements, all[i].statements);
        assert_true(!all[i].line || reading_has(&r, all[i].line));
        reading_finish(&r);
    }
}

static void icij_refusals(void **state)
{
    (void)state;
    same_refusals("icij_nodes", &itd_format_icij, "node_id,sourceID,name\n1,X,One\n,X,Two\n3,X\n4,X,Four\n", 2);
}

/* Edges say of no party who it is; a file of them is no list. */
static void icij_edges_are_no_list(void **state)
{
    (void)state;
    itd_sniff look = {"edges.csv", ITD_SV("node_id_start,node_id_end,rel_type\n1,2,officer_of\n"), true};
    assert_int_equal(itd_format_icij.sniff(&look), 0);
}

/* ---- memory ---- */

typedef struct once {
    const itd_format *format;
    const char *text;
} once;

static itd_status read_once(void *context, itd_error *error)
{
    const once *o = context;
    reading r = {0};
    itd_status status = reading_bytes(&r, o->format, "d", o->text, strlen(o->text));
    *error = r.error;
    reading_finish(&r);
    return status;
}

static void memory_runs_out(void **state)
{
    (void)state;
    char bods[8192];
    (void)snprintf(bods, sizeof bods, "%s\n%s\n%s\n", COMPANY("3", "", "2019-01-01", ",\"name\":\"Mill\""), entities,
                   person);
    once each[] = {{&itd_format_bods, bods},
                   {&itd_format_uk_psc, controllers},
                   {&itd_format_gleif, "[" ENTITY(LEI) "]"},
                   {&itd_format_icij, nodes}};
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++)
        assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, &each[i]) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bods_says_who_they_are),
        cmocka_unit_test(bods_types_of_entities),
        cmocka_unit_test(bods_last_statement_counts),
        cmocka_unit_test(bods_refusals),
        cmocka_unit_test(bods_ids_with_blanks),
        cmocka_unit_test(psc_says_who_they_are),
        cmocka_unit_test(psc_refusals),
        cmocka_unit_test(gleif_says_who_they_are),
        cmocka_unit_test(gleif_refusals),
        cmocka_unit_test(gleif_relationships_are_no_list),
        cmocka_unit_test(icij_says_who_they_are),
        cmocka_unit_test(icij_categories_are_told_by_columns),
        cmocka_unit_test(icij_refusals),
        cmocka_unit_test(icij_edges_are_no_list),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
