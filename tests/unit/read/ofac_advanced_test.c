#include "base/memory.h"
#include "support/faults.h"
#include "support/reading_says.h"

#define SPACE "http://www.un.org/sanctions/1.0"
#define WORDS                                                                                                          \
    "<ReferenceValueSets><AliasTypeValues><AliasType ID='1400'>A.K.A.</AliasType><AliasType ID='1401'>F.K.A."          \
    "</AliasType><AliasType ID='1403'>Name</AliasType></AliasTypeValues><AreaCodeValues><AreaCode ID='7' "             \
    "Description='Iran'>IR</AreaCode><AreaCode ID='8' Description='undetermined'>XX</AreaCode></AreaCodeValues>"       \
    "<CountryValues><Country ID='7'>Iran</Country></CountryValues><DetailReferenceValues><DetailReference ID='705'>"   \
    "Tug</DetailReference></DetailReferenceValues><EntryEventTypeValues><EntryEventType ID='1'>Created"                \
    "</EntryEventType><EntryEventType ID='2'>Changed</EntryEventType></EntryEventTypeValues><FeatureTypeValues>"       \
    "<FeatureType ID='8'>Birthdate</FeatureType><FeatureType ID='9'>Place of Birth</FeatureType><FeatureType ID='10'>" \
    "Nationality Country</FeatureType><FeatureType ID='25'>Location</FeatureType><FeatureType ID='2'>VESSEL TYPE"      \
    "</FeatureType><FeatureType ID='13'>SWIFT/BIC</FeatureType><FeatureType ID='26'>Title</FeatureType>"               \
    "<FeatureType ID='27'>Eyes</FeatureType></FeatureTypeValues><IDRegDocDateTypeValues><IDRegDocDateType ID='1480'>"  \
    "Issue Date</IDRegDocDateType><IDRegDocDateType ID='1481'>Expiration Date</IDRegDocDateType>"                      \
    "</IDRegDocDateTypeValues><IDRegDocTypeValues><IDRegDocType "                                                      \
    "ID='1571'>Passport</IDRegDocType></IDRegDocTypeValues>"                                                           \
    "<LegalBasisValues><LegalBasis ID='1'>Unknown</LegalBasis><LegalBasis ID='2'>Order 9</LegalBasis>"                 \
    "</LegalBasisValues><ListValues><List ID='1550'>SDN List</List></ListValues><LocPartTypeValues><LocPartType "      \
    "ID='1'>Unknown</LocPartType><LocPartType ID='1451'>ADDRESS1</LocPartType><LocPartType ID='1454'>CITY"             \
    "</LocPartType><LocPartType ID='1459'>FLOOR</LocPartType></LocPartTypeValues><NamePartTypeValues><NamePartType "   \
    "ID='1520'>Last Name</NamePartType><NamePartType ID='1521'>First Name</NamePartType><NamePartType ID='1522'>"      \
    "Middle Name</NamePartType><NamePartType ID='1525'>Entity Name</NamePartType></NamePartTypeValues>"                \
    "<PartySubTypeValues><PartySubType ID='1' PartyTypeID='4'>Vessel</PartySubType><PartySubType ID='3' "              \
    "PartyTypeID='2'>Unknown</PartySubType><PartySubType ID='4' PartyTypeID='1'>Unknown</PartySubType>"                \
    "</PartySubTypeValues><PartyTypeValues><PartyType ID='1'>Individual</PartyType><PartyType ID='2'>Entity"           \
    "</PartyType></PartyTypeValues><RelationQualityValues><RelationQuality ID='1540'>High</RelationQuality>"           \
    "</RelationQualityValues><RelationTypeValues><RelationType ID='15003'>Owned or Controlled By</RelationType>"       \
    "</RelationTypeValues><ReliabilityValues><Reliability ID='1560'>Confirmed</Reliability><Reliability ID='1'>"       \
    "Unknown</Reliability></ReliabilityValues><SanctionsTypeValues><SanctionsType ID='1'>Program</SanctionsType>"      \
    "<SanctionsType ID='1705'>Block</SanctionsType></SanctionsTypeValues><ScriptValues><Script ID='215'>Latin"         \
    "</Script><Script ID='160'>Arabic</Script></ScriptValues><ValidityValues><Validity ID='1'>Valid</Validity>"        \
    "<Validity ID='2'>Fraudulent</Validity></ValidityValues></ReferenceValueSets>"
#define FILE_OF(before, parties, after)                                                                                \
    ("<?xml version=\"1.0\"?><Sanctions xmlns=\"" SPACE "\"><DateOfIssue><Year>2026</Year><Month>3</Month><Day>9"      \
     "</Day></DateOfIssue>" WORDS before "<DistinctParties>\n" parties "</DistinctParties>" after "</Sanctions>")
#define PART(group, text)                                                                                              \
    "<DocumentedNamePart><NamePartValue NamePartGroupID='" group "' ScriptID='215'>" text                              \
    "</NamePartValue></DocumentedNamePart>"
#define ALIAS(type, primary, weak, id, parts)                                                                          \
    "<Alias AliasTypeID='" type "' Primary='" primary "' LowQuality='" weak "'><DocumentedName ID='" id "'>" parts     \
    "</DocumentedName></Alias>"
#define GROUP(id, type)                                                                                                \
    "<MasterNamePartGroup><NamePartGroup ID='" id "' NamePartTypeID='" type "'/></MasterNamePartGroup>"
#define PARTY(key, kind, name, aliases, features)                                                                      \
    "<DistinctParty FixedRef='" key "'><Comment/><Profile ID='" key "' PartySubTypeID='" kind "'><Identity ID='9" key  \
    "' False='false'>" ALIAS("1403", "true", "false", "80", PART("1", name)) aliases                                   \
        "<NamePartGroups>" GROUP("1", "1525") GROUP("2", "1520") GROUP("3", "1521")                                    \
            GROUP("4", "1522") "</NamePartGroups></Identity>" features "</Profile></DistinctParty>\n"
#define FEATURE(type, reliability, ...)                                                                                \
    "<Feature FeatureTypeID='" type "'><FeatureVersion ReliabilityID='" reliability "'>" __VA_ARGS__                   \
    "</FeatureVersion><IdentityReference IdentityID='91'/></Feature>"
#define DETAIL(text) "<VersionDetail DetailTypeID='1432'>" text "</VersionDetail>"
#define DAY(y, m, d) "<Year>" y "</Year><Month>" m "</Month><Day>" d "</Day>"
#define PERIOD(circa, from, to)                                                                                        \
    "<DatePeriod><Start Approximate='" circa "'><From>" from "</From><To>" from "</To></Start><End Approximate='"      \
    "false'><From>" to "</From><To>" to "</To></End></DatePeriod>"
#define LOCATION(id, country, parts) "<Location ID='" id "'>" country parts "</Location>"
#define PLACE(type, text)                                                                                              \
    "<LocationPart LocPartTypeID='" type "'><LocationPartValue><Value>" text                                           \
    "</Value></LocationPartValue></LocationPart>"

static void read_text(reading *r, const char *text)
{
    (void)reading_bytes(r, &itd_format_ofac_advanced, "us-ofac-sdn", text, strlen(text));
}

#define SAYS(text, ...) reading_says(read_text, "2026-03-09", text, (const char *const[]){__VA_ARGS__, NULL})

#define PERSON                                                                                                         \
    "<DistinctParty FixedRef='1'><Comment>Tall; a.k.a. 'HERON'</Comment><Profile ID='1' PartySubTypeID='4'>"           \
    "<Identity ID='91' False='true'>" ALIAS("1403", "true", "false", "80",                                             \
                                            PART("2", "TESK") PART("3", "Zorvan") PART("4", "Il"))                     \
        ALIAS("1400", "false", "false", "81", PART("2", "TESKA") PART("3", "Z."))                                      \
            ALIAS("1401", "false", "true", "82", PART("2", "STOAT")) ALIAS("1401", "false", "false", "83",             \
                                                                           PART("2", "OVAR"))                          \
                ALIAS("1400", "false", "false", "84",                                                                  \
                      "<DocumentedNamePart><NamePartValue NamePartGroupID='2' ScriptID='160'>تسك</NamePartValue>"   \
                      "</DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID='3' ScriptID='160'>"    \
                      "زرفان</NamePartValue></DocumentedNamePart>") "<NamePartGroups>" GROUP("2", "1520")              \
                    GROUP("3", "1521") GROUP("4", "1522") "</NamePartGroups></Identity>" FEATURE(                      \
                        "8", "1", PERIOD("true", DAY("1960", "1", "1"), DAY("1960", "12", "31")) "<VersionDetail/>")   \
                        FEATURE("8", "1560", PERIOD("false", DAY("1964", "3", "27"), DAY("1964", "3", "27"))) FEATURE( \
                            "9", "1", DETAIL("Tesk (Iran)")) FEATURE("10", "1", "<VersionLocation LocationID='52'/>")  \
                            FEATURE("25", "1", "<VersionLocation LocationID='50'/>")                                   \
                                FEATURE("26", "1", DETAIL("Clerk"))                                                    \
                                    FEATURE("27", "1", "<Comment>left one</Comment>" DETAIL("brown"))                  \
                                        FEATURE("25", "1",                                                             \
                                                "<VersionLocation LocationID='51'/>") "</Profile></DistinctParty>\n"
#define PLACES                                                                                                         \
    "<Locations>" LOCATION("50", "<LocationAreaCode AreaCodeID='7'/><LocationCountry CountryID='7'/>",                 \
                           PLACE("1454", "Tesk") PLACE("1451", "1 Low Road") PLACE("1459", "9"))                       \
        LOCATION("51", "<LocationAreaCode AreaCodeID='8'/>", "") LOCATION("52", "", PLACE("1", "Iran")) "</Locations>"
#define PAPERS                                                                                                         \
    "<IDRegDocuments><IDRegDocument IDRegDocTypeID='1571' IdentityID='91' IssuedBy-CountryID='7' ValidityID='2' "      \
    "IssuedIn-LocationID='50'><Comment>torn</Comment><IDRegistrationNo>X1234</IDRegistrationNo><IssuingAuthority>"     \
    "Guild</IssuingAuthority><DocumentDate IDRegDocDateTypeID='1480'>" PERIOD(                                         \
        "false", DAY("2010", "2", "2"),                                                                                \
        DAY("2010", "2",                                                                                               \
            "2")) "</DocumentDate><DocumentDate "                                                                      \
                  "IDRegDocDateTypeID='1481'>" PERIOD(                                                                 \
                      "false", DAY("2020", "1", "1"),                                                                  \
                      DAY("2020", "12",                                                                                \
                          "31")) "</DocumentDate>"                                                                     \
                                 "<DocumentedNameReference DocumentedNameID='83'/></IDRegDocument></IDRegDocuments>"
#define LISTINGS(profile)                                                                                              \
    "<SanctionsEntries><SanctionsEntry ID='7' ProfileID='" profile "' ListID='1550'><EntryEvent EntryEventTypeID='1' " \
    "LegalBasisID='2'><Comment/><Date>" DAY(                                                                           \
        "2019", "4", "15") "</Date></EntryEvent><EntryEvent EntryEventTypeID='2' "                                     \
                           "LegalBasisID='1'/><SanctionsMeasure "                                                      \
                           "SanctionsTypeID='1705'><DatePeriod/></SanctionsMeasure><SanctionsMeasure "                 \
                           "SanctionsTypeID='1'><Comment>DPRK</Comment></SanctionsMeasure><odd>o</odd></"              \
                           "SanctionsEntry></SanctionsEntries>"
#define RELATIONS(from, to)                                                                                            \
    "<ProfileRelationships><ProfileRelationship ID='55' From-ProfileID='" from "' To-ProfileID='" to                   \
    "' RelationTypeID='15003' RelationQualityID='1540' Former='true'/></ProfileRelationships>"

static void a_person_gathered_from_all_over(void **state)
{
    (void)state;
    SAYS(FILE_OF(PLACES PAPERS, PERSON, LISTINGS("1")), "us-ofac-sdn-1|Person|name|TESK, Zorvan Il||",
         "us-ofac-sdn-1|Person|lastName|TESK||", "us-ofac-sdn-1|Person|middleName|Il||",
         "us-ofac-sdn-1|Person|alias|TESKA, Z.||", "us-ofac-sdn-1|Person|weakAlias|STOAT||",
         "us-ofac-sdn-1|Person|notes|Weak alias: F.K.A. STOAT||", "us-ofac-sdn-1|Person|previousName|OVAR||",
         "us-ofac-sdn-1|Person|alias|زرفان تسك||", "us-ofac-sdn-1|Person|notes|Identity: false||",
         "us-ofac-sdn-1|Person|notes|Tall||", "us-ofac-sdn-1|Person|weakAlias|HERON||",
         "us-ofac-sdn-1|Person|birthDate|1960|circa 1960|", "us-ofac-sdn-1|Person|birthDate|1964-03-27||",
         "us-ofac-sdn-1|Person|notes|Reliability: Confirmed, Birthdate 1964-03-27||",
         "us-ofac-sdn-1|Person|birthPlace|Tesk (Iran)||", "us-ofac-sdn-1|Person|nationality|ir|Iran|",
         "us-ofac-sdn-1|Person|position|Clerk||", "us-ofac-sdn-1|Person|notes|Eyes brown||",
         "us-ofac-sdn-1|Person|notes|Comment: Eyes brown: left one||",
         "us-ofac-sdn-1-address-50|Address|full|1 Low Road, Tesk, Iran||",
         "us-ofac-sdn-1-address-50|Address|country|ir|Iran|", "us-ofac-sdn-1|Person|notes|Address FLOOR 9||",
         "us-ofac-sdn-1|Person|passportNumber|X1234||",
         "us-ofac-sdn-1|Person|notes|Validity: Fraudulent, Passport X1234||",
         "us-ofac-sdn-1|Person|notes|Issuing authority: Guild, Passport X1234||",
         "us-ofac-sdn-1|Person|notes|Comment on paper: torn||", "us-ofac-sdn-1-sanction-DPRK|Sanction|program|DPRK||",
         "us-ofac-sdn-1-sanction-provisions|Sanction|provisions|Block||", "us-ofac-sdn-1|Person|notes|odd: o||");
    reading r = {0};
    read_text(&r, FILE_OF(PLACES PAPERS, PERSON, LISTINGS("1")));
    assert_int_equal(reading_count(&r, "|Sanction|summary|SDN List||"), 1);
    assert_int_equal(reading_count(&r, "|Sanction|listingDate|2019-04-15||"), 1);
    assert_int_equal(reading_count(&r, "|Sanction|reason|Order 9||"), 1);
    assert_int_equal(reading_count(&r, "|Sanction|description|Changed||"), 1);
    assert_int_equal(reading_count(&r, "|Passport|startDate|2010-02-02||"), 1);
    assert_int_equal(reading_count(&r, "|Passport|endDate|2020||"), 1);
    assert_int_equal(reading_count(&r, "|Passport|summary|in the name of OVAR; issued in 1 Low Road, Tesk, Iran||"), 1);
    assert_int_equal(reading_count(&r, "|Address|id|"), 1);
    reading_finish(&r);
}

static void vessels_and_relations(void **state)
{
    (void)state;
    SAYS(FILE_OF("",
                 PARTY("3", "1", "GREY HERON", "", FEATURE("2", "1", "<VersionDetail DetailReferenceID='705'/>"))
                     PARTY("2", "3", "Ondri Works", "", FEATURE("13", "1", DETAIL("ZZBKKPPY"))),
                 RELATIONS("3", "2")),
         "us-ofac-sdn-3|Vessel|name|GREY HERON||", "us-ofac-sdn-3|Vessel|type|Tug||",
         "us-ofac-sdn-3-relation-55|Ownership|asset|us-ofac-sdn-3||",
         "us-ofac-sdn-3-relation-55|Ownership|owner|us-ofac-sdn-2||",
         "us-ofac-sdn-3-relation-55|Ownership|role|Owned or Controlled By||",
         "us-ofac-sdn-3-relation-55|Ownership|summary|former; Quality: High||",
         "us-ofac-sdn-2|Organization|name|Ondri Works||", "us-ofac-sdn-2|Organization|swiftBic|ZZBKKPPY||");
    SAYS(FILE_OF("", PARTY("2", "3", "Ondri Works", "", ""), RELATIONS("2", "77")),
         "us-ofac-sdn-2-relation-55|UnknownLink|object|us-ofac-sdn-77||");
}

static void broken_records(void **state)
{
    (void)state;
#define GOOD PARTY("2", "3", "Ondri Works", "", "")
#define BAD(party) FILE_OF("", GOOD party, "")
    static const struct {
        const char *text, *reason, *key;
        uint64_t orphans;
    } rows[] = {
        {BAD("<DistinctParty FixedRef='5'/>"), "none of", "5", 0},
        {BAD("<DistinctParty FixedRef='5'><Profile PartySubTypeID='99'/></DistinctParty>"), "none of", "5", 0},
        {BAD("<DistinctParty FixedRef='5'><Profile PartySubTypeID='3'/></DistinctParty>"), "no name", "5", 0},
        {BAD("<DistinctParty><Profile PartySubTypeID='3'/></DistinctParty>"), "no key", "", 0},
        {BAD(GOOD), "same key", "2", 0},
        {BAD("<Thing/>"), "neither", "", 0},
        {BAD("loose"), "outside of every record", "", 0},
        {FILE_OF(PAPERS, GOOD, ""), "IDRegDocument of no party", "91", 1},
        {FILE_OF("", GOOD, LISTINGS("8")), "SanctionsEntry of no party", "8", 1},
        {FILE_OF("", GOOD, RELATIONS("8", "2")), "ProfileRelationship of no party", "8", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int skip = 0; skip < 2; skip++) {
            reading r = {.read.skip_bad = skip};
            read_text(&r, rows[i].text);
            assert_int_equal(r.status, skip ? ITD_OK : ITD_EFORMAT);
            assert_int_equal(r.rejects, 1);
            assert_int_equal(r.read.orphans, rows[i].orphans);
            if (!strstr(r.reason, rows[i].reason))
                fail_msg("\"%s\" is not \"%s\"", r.reason, rows[i].reason);
            assert_string_equal(r.key, rows[i].key);
            assert_true(r.reject_line > 0 && r.reject_offset < strlen(rows[i].text));
            assert_int_equal(r.read.records, 1);
            reading_finish(&r);
        }
}

static void other_files_are_refused(void **state)
{
    (void)state;
    static const char *const files[] = {"<sdnList/>", "<Sanctions/>", "<Sanctions xmlns='urn:else'/>", "",
                                        "<Sanctions xmlns='" SPACE "'><DistinctParties>"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        reading r = {.read.skip_bad = true};
        read_text(&r, files[i]);
        assert_int_equal(r.status, ITD_EFORMAT);
        assert_true(r.error.line == 1 && r.error.message[0] && r.statements == 0);
        reading_finish(&r);
    }
    reading r = {0};
    assert_int_equal(reading_file(&r, &itd_format_ofac_advanced, "us-ofac-sdn", "-"), ITD_EFORMAT);
    reading_finish(&r);
    static const struct {
        const char *head;
        int sure;
    } heads[] = {
        {"<?xml version=\"1.0\"?>\n<Sanctions xmlns='" SPACE "'>", 100},
        {"<Sanctions xmlns='https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML'>",
         100},
        {"<Sanctions xmlns='urn:else'>", 0},
        {"<sdnList xmlns='" SPACE "'>", 0},
        {"4632,\"A\"", 0},
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        assert_int_equal(itd_format_ofac_advanced.sniff(&(itd_sniff){"x", itd_sv_of(heads[i].head), false}),
                         heads[i].sure);
    static const char *const names[][2] = {{"/x/sdn_advanced.xml", "us-ofac-sdn"},
                                           {"CONS_ADVANCED.XML", "us-ofac-cons"}};
    for (size_t i = 0; i < 2; i++) {
        itd_arena arena;
        itd_error error;
        itd_arena_init(&arena, SIZE_MAX);
        itd_source source = {.format = &itd_format_ofac_advanced};
        const char *dataset = NULL;
        assert_int_equal(itd_format_ofac_advanced.gather(&source, &dataset, names[i][0], &arena, &error), ITD_OK);
        assert_string_equal(dataset, names[i][1]);
        itd_arena_finish(&arena);
    }
}

static itd_status keep_nothing(void *context, const itd_statement *s, itd_error *error)
{
    (void)context;
    (void)s;
    (void)error;
    return ITD_OK;
}

static itd_status faulty(void *context, itd_error *error)
{
    itd_source source = {.format = &itd_format_ofac_advanced, .paths = {context}};
    itd_read read = {.source = &source, .dataset = ITD_SV("us-ofac-sdn"), .statement = keep_nothing};
    return itd_format_ofac_advanced.read(&read, error);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const char *const text = FILE_OF(PLACES PAPERS, PERSON, LISTINGS("1") RELATIONS("1", "1"));
    char path[64];
    int file = memfd_create("list", MFD_CLOEXEC);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    assert_true(faults_each(ITD_FAULT_MEMORY, faulty, NULL, path) > 20);
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_gathered_from_all_over),
        cmocka_unit_test(vessels_and_relations),
        cmocka_unit_test(broken_records),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("ofac_advanced", tests, NULL, NULL);
}
