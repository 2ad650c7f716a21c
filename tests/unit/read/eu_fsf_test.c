#include "read/eu_facts.h"

#include "support/faults.h"
#include "support/reading_says.h"

/* All people and firms here are invented. */

#define XML(...)                                                                                                       \
    ((const char                                                                                                       \
          *)"<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\" generationDate=\"2026-04-15T15:29:22+02:00\" "       \
            "globalFileId=\"1\">" __VA_ARGS__ "</export>")
#define ENTITY(type, ...)                                                                                              \
    "<sanctionEntity designationDate=\"2008-07-03\" designationDetails=\"\" unitedNationId=\"XXi.1\" "                 \
    "euReferenceNumber=\"EU.1.1\" logicalId=\"77\"><regulation regulationType=\"amendment\" "                          \
    "organisationType=\"council\" publicationDate=\"2019-04-08\" entryIntoForceDate=\"2019-04-09\" "                   \
    "numberTitle=\"2019/1 (OJ L1)\" programme=\"AAA\" logicalId=\"5\"><publicationUrl>https://example.org/act"         \
    "</publicationUrl></regulation><subjectType code=\"" type "\" classificationCode=\"X\"/>" __VA_ARGS__              \
    "</sanctionEntity>"
#define PERSON(...) XML(ENTITY("person", __VA_ARGS__))
#define FIRM(...) XML(ENTITY("enterprise", __VA_ARGS__))

static void read_text(reading *r, const char *text)
{
    (void)reading_bytes(r, &itd_format_eu_fsf_xml, "eu-fsf", text, strlen(text));
}

#define SAYS(text, ...) reading_says(read_text, NULL, text, (const char *const[]){__VA_ARGS__, NULL})

static void a_person(void **state)
{
    (void)state;
    SAYS(PERSON("<remark>Paid 1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B.</remark>"
                "<nameAlias firstName=\"Orlin\" middleName=\"Petar\" lastName=\"VASSEK\" wholeName=\"Orlin Petar "
                "VASSEK\" function=\"Clerk\" gender=\"M\" title=\"Dr\" nameLanguage=\"\" strong=\"true\" "
                "regulationLanguage=\"en\" logicalId=\"1\"><remark>of old</remark><regulationSummary "
                "regulationType=\"amendment\" publicationDate=\"2012-07-06\" numberTitle=\"5/2012 (OJ L1)\" "
                "publicationUrl=\"https://example.org/2012\"/></nameAlias>"
                "<nameAlias firstName=\"\" middleName=\"\" lastName=\"\" wholeName=\"Orlyn\" nameLanguage=\"FR\" "
                "strong=\"true\" colour=\"red\"/>"
                "<nameAlias firstName=\"O\" lastName=\"V\" wholeName=\"\" nameLanguage=\"xx\" strong=\"false\"/>"
                "<citizenship region=\"\" countryIso2Code=\"MT\" countryDescription=\"MALTA\"><remark>once</remark>"
                "</citizenship><citizenship countryIso2Code=\"00\" countryDescription=\"UNKNOWN\"/>"),
         "eu-fsf-EU.1.1|Person|id|eu-fsf-EU.1.1||", "eu-fsf-EU.1.1|Person|name|Orlin Petar VASSEK||",
         "eu-fsf-EU.1.1|Person|firstName|Orlin||", "eu-fsf-EU.1.1|Person|middleName|Petar||",
         "eu-fsf-EU.1.1|Person|lastName|VASSEK||", "eu-fsf-EU.1.1|Person|position|Clerk||",
         "eu-fsf-EU.1.1|Person|gender|male|M|", "eu-fsf-EU.1.1|Person|title|Dr||",
         "eu-fsf-EU.1.1|Person|notes|of old||", "eu-fsf-EU.1.1|Person|alias|Orlyn||fra",
         "eu-fsf-EU.1.1|Person|notes|nameAlias@colour: red||", "eu-fsf-EU.1.1|Person|weakAlias|O V||",
         "eu-fsf-EU.1.1|Person|notes|Language of a name: xx||", "eu-fsf-EU.1.1|Person|citizenship|mt|MT|",
         "eu-fsf-EU.1.1|Person|notes|Citizenship: once||", "eu-fsf-EU.1.1|Person|notes|logicalId: 77||",
         "eu-fsf-EU.1.1|Person|topics|sanction||", "eu-fsf-EU.1.1-sanction-AAA|Sanction|program|AAA||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|authority|Council of the European Union||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|startDate|2019-04-09||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|listingDate|2008-07-03||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|unscId|XXi.1||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|sourceUrl|https://example.org/act||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|sourceUrl|https://example.org/2012||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|summary|amendment council 2019/1 (OJ L1) 2019-04-08||",
         "eu-fsf-EU.1.1-sanction-AAA|Sanction|summary|amendment 5/2012 (OJ L1) 2012-07-06||",
         "eu-fsf-EU.1.1-wallet-BTC-1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B|CryptoWallet|holder|eu-fsf-EU.1.1||");
}

#define BORN(...) PERSON("<birthdate " __VA_ARGS__ "/>")

static void births(void **state)
{
    (void)state;
    SAYS(BORN("circa=\"false\" calendarType=\"GREGORIAN\" city=\"Tesk\" zipCode=\"\" birthdate=\"1965-12-12\" "
              "dayOfMonth=\"12\" monthOfYear=\"12\" year=\"1965\" region=\"Ovar\" place=\"Mill\" "
              "countryIso2Code=\"DZ\""),
         "eu-fsf-EU.1.1|Person|birthDate|1965-12-12||", "eu-fsf-EU.1.1|Person|birthPlace|Mill, Tesk, Ovar||",
         "eu-fsf-EU.1.1|Person|birthCountry|dz|DZ|");
    SAYS(BORN("circa=\"true\" year=\"1958\" city=\"-\""), "eu-fsf-EU.1.1|Person|birthDate|1958|circa 1958|");
    SAYS(BORN("year=\"1958\" monthOfYear=\"3\""), "eu-fsf-EU.1.1|Person|birthDate|1958-03|1958-3|");
    SAYS(BORN("year=\"1958\" monthOfYear=\"13\""), "eu-fsf-EU.1.1|Person|notes|Date of birth: 1958-13||");
    SAYS(BORN("birthdate=\"soon\""), "eu-fsf-EU.1.1|Person|notes|Date of birth: soon||");
    SAYS(BORN("yearRangeFrom=\"1973\" yearRangeTo=\"1975\""), "eu-fsf-EU.1.1|Person|birthDate|1973|1973 to 1975|",
         "eu-fsf-EU.1.1|Person|birthDate|1974|1973 to 1975|", "eu-fsf-EU.1.1|Person|birthDate|1975|1973 to 1975|");
    SAYS(BORN("yearRangeFrom=\"1975\" yearRangeTo=\"1973\""),
         "eu-fsf-EU.1.1|Person|notes|Date of birth: 1975 to 1973||");
    SAYS(BORN("calendarType=\"HIJRI\" year=\"1380\""), "eu-fsf-EU.1.1|Person|notes|birthdate@calendarType: HIJRI||");
    SAYS(FIRM("<birthdate birthdate=\"1965-12-12\" city=\"Tesk\" countryIso2Code=\"DZ\"><remark>made</remark>"
              "</birthdate>"),
         "eu-fsf-EU.1.1|Organization|notes|Date of birth: 1965-12-12||",
         "eu-fsf-EU.1.1|Organization|notes|Place of birth: Tesk||",
         "eu-fsf-EU.1.1|Organization|notes|Country of birth: DZ||", "eu-fsf-EU.1.1|Organization|notes|Birth: made||");
}

/* ITD_EU_YEARS_MAX years are written out, one more gives the two ends. */
static void limit_years(void **state)
{
    (void)state;
    for (int extra = 0; extra < 2; extra++) {
        char text[2048];
        reading r = {0};
        (void)snprintf(text, sizeof text, BORN("yearRangeFrom=\"1960\" yearRangeTo=\"%d\""),
                       1960 + ITD_EU_YEARS_MAX - 1 + extra);
        assert_int_equal(reading_bytes(&r, &itd_format_eu_fsf_xml, "eu-fsf", text, strlen(text)), ITD_OK);
        assert_int_equal(reading_count(&r, "|birthDate|"), extra ? 2 : ITD_EU_YEARS_MAX);
        reading_finish(&r);
    }
}

static void papers_and_addresses(void **state)
{
    (void)state;
    SAYS(PERSON("<identification diplomatic=\"false\" knownExpired=\"true\" reportedLost=\"true\" issuedBy=\"Office\" "
                "issuedDate=\"2010-01-02\" validTo=\"2020-01-02\" nameOnDocument=\"O V\" latinNumber=\"A 1\" "
                "number=\"\xD0\x90 1\" region=\"Ovar\" identificationTypeCode=\"passport\" "
                "identificationTypeDescription=\"National passport\" countryIso2Code=\"MT\" logicalId=\"6\">"
                "<remark>blue</remark></identification>"
                "<identification number=\"-\" identificationTypeCode=\"id\" countryIso2Code=\"MT\"/>"
                "<identification number=\"5\" identificationTypeCode=\"id\" logicalId=\"7\"/>"),
         "eu-fsf-EU.1.1|Person|passportNumber|\xD0\x90 1||", "eu-fsf-EU.1.1-passport-6|Passport|holder|eu-fsf-EU.1.1||",
         "eu-fsf-EU.1.1-passport-6|Passport|type|National passport||",
         "eu-fsf-EU.1.1-passport-6|Passport|passportNumber|\xD0\x90 1||",
         "eu-fsf-EU.1.1-passport-6|Passport|country|mt|MT|",
         "eu-fsf-EU.1.1-passport-6|Passport|authority|Office, Ovar||",
         "eu-fsf-EU.1.1-passport-6|Passport|startDate|2010-01-02||",
         "eu-fsf-EU.1.1-passport-6|Passport|endDate|2020-01-02||",
         "eu-fsf-EU.1.1-passport-6|Passport|summary|name on document: O V; blue; known expired; reported lost||",
         "eu-fsf-EU.1.1|Person|notes|Number in Latin letters: A 1||", "eu-fsf-EU.1.1|Person|notes|Document: id; MT||",
         "eu-fsf-EU.1.1|Person|idNumber|5||", "eu-fsf-EU.1.1-id-7|Identification|number|5||");
    SAYS(
        FIRM("<identification number=\"C 77\" identificationTypeCode=\"regnumber\"/>"
             "<identification number=\"ZZZZKPPY\" identificationTypeCode=\"swiftbic\"/>"
             "<identification number=\"no bic\" identificationTypeCode=\"swiftbic\"/>"
             "<identification number=\"8\" identificationTypeCode=\"fiscalcode\" issuedDate=\"spring\"/>"
             "<address city=\"Tesk\" street=\"1 Mill Lane\" poBox=\"9\" zipCode=\"1000\" region=\"Ovar\" place=\"Dam\" "
             "asAtListingTime=\"true\" countryIso2Code=\"MT\" countryDescription=\"MALTA\" logicalId=\"3\">"
             "<contactInfo key=\"PHONE\" value=\"+1 2\"/><contactInfo key=\"FAX\" value=\"+3\"/><contactInfo "
             "key=\"EMAIL\" value=\"a@example.org\"/><contactInfo key=\"WEB\" value=\"example.org\"/><contactInfo "
             "key=\"PIGEON\" value=\"white\"/><contactInfo key=\"EMAIL\" value=\"\"/><other>x</other></address>"
             "<address city=\"\" street=\"\"><remark>somewhere</remark></address><nothing a=\"1\"/>"),
        "eu-fsf-EU.1.1|Organization|registrationNumber|C 77||", "eu-fsf-EU.1.1|Organization|swiftBic|ZZZZKPPY||",
        "eu-fsf-EU.1.1|Organization|idNumber|no bic||", "eu-fsf-EU.1.1|Organization|taxNumber|8||",
        "eu-fsf-EU.1.1|Organization|address|1 Mill Lane, 9, 1000, Tesk, Dam, Ovar, Malta||",
        "eu-fsf-EU.1.1-address-3|Address|postOfficeBox|9||", "eu-fsf-EU.1.1-address-3|Address|region|Ovar||",
        "eu-fsf-EU.1.1-address-3|Address|remarks|as at the time of listing||",
        "eu-fsf-EU.1.1|Organization|country|mt|MT|", "eu-fsf-EU.1.1|Organization|phone|+1 2|PHONE: +1 2|",
        "eu-fsf-EU.1.1|Organization|phone|+3|FAX: +3|",
        "eu-fsf-EU.1.1|Organization|email|a@example.org|EMAIL: a@example.org|",
        "eu-fsf-EU.1.1|Organization|website|example.org|WEB: example.org|",
        "eu-fsf-EU.1.1|Organization|notes|PIGEON: white||", "eu-fsf-EU.1.1|Organization|notes|other: x||",
        "eu-fsf-EU.1.1|Organization|notes|Address: somewhere||", "eu-fsf-EU.1.1|Organization|notes|nothing@a: 1||");
}

static void broken_records(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason, *key;
    } rows[] = {
        {XML("<sanctionEntity euReferenceNumber=\"EU.2\"/>"), "subjectType is neither person nor enterprise", "EU.2"},
        {XML(ENTITY("ghost")), "subjectType is neither person nor enterprise", "EU.1.1"},
        {XML(ENTITY("person") ENTITY("person")), "a record before it has the same key", "EU.1.1"},
        {XML("<sanctionEntity><subjectType code=\"x\" classificationCode=\"P\"/></sanctionEntity>"),
         "record has no key", ""},
        {XML("<entity/>"), "not a sanctionEntity", ""},
        {XML("stray"), "text outside of every record: \"stray\"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int skip = 0; skip < 2; skip++) {
            reading r = {.read.skip_bad = skip};
            (void)reading_bytes(&r, &itd_format_eu_fsf_xml, "eu-fsf", rows[i].text, strlen(rows[i].text));
            assert_int_equal(r.status, skip ? ITD_OK : ITD_EFORMAT);
            assert_int_equal(r.rejects, 1);
            assert_string_equal(r.reason, rows[i].reason);
            assert_string_equal(r.key, rows[i].key);
            reading_finish(&r);
        }
    reading r = {0};
    (void)reading_bytes(&r, &itd_format_eu_fsf_xml, "eu-fsf", "<list/>", 7);
    assert_int_equal(r.status, ITD_EFORMAT);
    assert_non_null(strstr(r.error.message, "the root element is list, not export"));
    reading_finish(&r);
    r = (reading){0};
    (void)reading_bytes(&r, &itd_format_eu_fsf_xml, "eu-fsf", XML(), strlen(XML()));
    assert_int_equal(r.status, ITD_OK);
    assert_string_equal(r.read.version, "2026-04-15");
    reading_finish(&r);
}

static void what_is_its_own(void **state)
{
    (void)state;
    static const struct {
        itd_sv head;
        int sure;
    } looks[] = {
        {ITD_SV("<?xml version=\"1.0\"?>\n<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\">"), 100},
        {ITD_SV("<export xmlns=\"http://example.org/other\">"), 0},
        {ITD_SV("<Designations>"), 0},
        {ITD_SV(""), 0},
    };
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        itd_sniff look = {.path = "x", .head = looks[i].head};
        assert_int_equal(itd_format_eu_fsf_xml.sniff(&look), looks[i].sure);
    }
}

static itd_status drop(void *context, const itd_statement *statement, itd_error *error)
{
    (void)error;
    *(size_t *)context += statement->value.size;
    return ITD_OK;
}

static const char rich[] = "<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\">" ENTITY(
    "person", "<nameAlias wholeName=\"A  B\" firstName=\"A\" strong=\"true\"/><birthdate year=\"1950\" circa=\"true\"/>"
              "<identification number=\"5\" identificationTypeCode=\"id\" knownFalse=\"true\"/><address city=\"Tesk\" "
              "countryIso2Code=\"MT\"/><remark>1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B</remark>") "</export>";

static itd_status read_quietly(void *context, itd_error *error)
{
    (void)context;
    char path[64];
    int file = memfd_create("list", MFD_CLOEXEC);
    if (file < 0 || write(file, rich, sizeof rich - 1) != (ssize_t)sizeof rich - 1)
        abort();
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    itd_source source = {.format = &itd_format_eu_fsf_xml, .paths = {path}};
    size_t size = 0;
    itd_read read = {.source = &source, .dataset = ITD_SV("eu-fsf"), .statement = drop, .statement_context = &size};
    itd_status status = itd_format_eu_fsf_xml.read(&read, error);
    (void)close(file);
    return status;
}

static void each_allocation_fails(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person),
        cmocka_unit_test(births),
        cmocka_unit_test(limit_years),
        cmocka_unit_test(papers_and_addresses),
        cmocka_unit_test(broken_records),
        cmocka_unit_test(what_is_its_own),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("eu_fsf", tests, NULL, NULL);
}
