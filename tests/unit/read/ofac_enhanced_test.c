#include "base/memory.h"
#include "read/ofac_period.h"
#include "read/ofac_remarks.h"
#include "support/faults.h"
#include "support/reading_says.h"

#define SPACE "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"
#define LIST(...)                                                                                                      \
    ("<?xml version=\"1.0\"?>\n<sanctionsData xmlns=\"" SPACE "\"><publicationInfo><dataAsOf>2026-03-09T00:00:00"      \
     "</dataAsOf></publicationInfo><referenceValues><referenceValue refId='1'><type>x</type></referenceValue>"         \
     "</referenceValues><featureTypes><featureType featureTypeId='3'/></featureTypes><entities>\n" __VA_ARGS__         \
     "</entities></sanctionsData>")
#define TRANSLATION(primary, script, last, first)                                                                      \
    "<translation id='5'><isPrimary>" primary "</isPrimary><script refId='6'>" script "</script>"                      \
    "<formattedLastName>" last "</formattedLastName>" first "</translation>"
#define NAME(primary, weak, type, ...)                                                                                 \
    "<name id='4'><isPrimary>" primary "</isPrimary><isLowQuality>" weak "</isLowQuality>" type                        \
    "<translations>" __VA_ARGS__ "</translations></name>"
#define FIRST(text) "<formattedFirstName>" text "</formattedFirstName>"
#define AKA "<aliasType refId='1400'>A.K.A.</aliasType>"
#define FKA "<aliasType refId='1401'>F.K.A.</aliasType>"
#define ENTITY(id, type, name, names, ...)                                                                             \
    "<entity id='" id "'><generalInfo><identityId>900</identityId><entityType refId='600'>" type                       \
    "</entityType></generalInfo><names>" NAME("true", "false", "", TRANSLATION("true", "Latin", name, "")) names       \
        "</names>" __VA_ARGS__ "</entity>\n"
#define WORKS(...) ENTITY("2", "Entity", "ONDRI WORKS LTD.", "", __VA_ARGS__)
#define AIRCRAFT(...) ENTITY("3", "Aircraft", "ZZ-TSK", "", __VA_ARGS__)
#define PERSON(...) ENTITY("1", "Individual", "TESK", "", __VA_ARGS__)
#define RELATION(id, type, to, ...)                                                                                    \
    "<relationship id='" id "'><type refId='15002'>" type "</type><relatedEntity entityId='" to "'>OTHER"              \
    "</relatedEntity>" __VA_ARGS__ "</relationship>"
#define RELATIONS(...) "<relationships>" __VA_ARGS__ "</relationships>"
#define DAYS(name, first, last, circa)                                                                                 \
    "<" name " id='8'><fromDateBegin>" first "</fromDateBegin><fromDateEnd>" first "</fromDateEnd><toDateBegin>" last  \
    "</toDateBegin><toDateEnd>" last "</toDateEnd><isApproximate>" circa "</isApproximate><isDateRange>false"          \
    "</isDateRange></" name ">"

static void read_text(reading *r, const char *text)
{
    (void)reading_bytes(r, &itd_format_ofac_enhanced, "us-ofac-sdn", text, strlen(text));
}

#define SAYS(text, ...) reading_says(read_text, "2026-03-09", text, (const char *const[]){__VA_ARGS__, NULL})

#define PARTS(...) "<nameParts>" __VA_ARGS__ "</nameParts>"
#define PART(type, value) "<namePart id='9'><type refId='1'>" type "</type><value>" value "</value></namePart>"

static void names_in_all_scripts(void **state)
{
    (void)state;
    SAYS(
        LIST("<entity id='1'><generalInfo><entityType>Individual</entityType><title>Clerk</title><remarks>Tall; a.k.a. "
             "'HERON'</remarks></generalInfo><names>" NAME(
                 "true", "false", "",
                 TRANSLATION("true", "Latin", "TESK",
                             FIRST("Zorvan Il") "<formattedFullName>TESK, Zorvan Il</formattedFullName>" PARTS(
                                 PART("Last Name", "Tesk") PART("Middle Name", "Il") PART("Maiden Name", "Ovar")
                                     PART("Patronymic", "Hul") PART("Matronymic", "Ama") PART("Tribe", "Reed")))
                     TRANSLATION("false", "Arabic", "\u202Bزرفان\u202C", ""))
                 NAME("false", "false", AKA, TRANSLATION("true", "Latin", "TESKA", FIRST("Z."))) NAME(
                     "false", "true", AKA, TRANSLATION("true", "Latin", "OTTER", ""))
                     NAME("false", "true", FKA, TRANSLATION("true", "Latin", "STOAT", "")) NAME(
                         "false", "false", FKA,
                         TRANSLATION("true", "Latin", "OVAR", "<formattedFullName>OVAR THE ELDER</formattedFullName>")
                             TRANSLATION("false", "Cyrillic", "ОВАР", ""))
                         NAME("false", "true", AKA,
                              TRANSLATION("false", "Greek", "ΤΕΣΚ", "") "<odd>o</odd>") "</names></entity>"),
        "us-ofac-sdn-1|Person|name|TESK, Zorvan Il||", "us-ofac-sdn-1|Person|lastName|TESK||",
        "us-ofac-sdn-1|Person|firstName|Zorvan Il||", "us-ofac-sdn-1|Person|middleName|Il||",
        "us-ofac-sdn-1|Person|fatherName|Hul||", "us-ofac-sdn-1|Person|motherName|Ama||",
        "us-ofac-sdn-1|Person|notes|Maiden Name: Ovar||", "us-ofac-sdn-1|Person|notes|Tribe: Reed||",
        "us-ofac-sdn-1|Person|alias|زرفان||", "us-ofac-sdn-1|Person|alias|TESKA, Z.||",
        "us-ofac-sdn-1|Person|weakAlias|OTTER||", "us-ofac-sdn-1|Person|weakAlias|STOAT||",
        "us-ofac-sdn-1|Person|notes|Weak alias: F.K.A. STOAT||", "us-ofac-sdn-1|Person|previousName|OVAR||",
        "us-ofac-sdn-1|Person|notes|Full name: OVAR THE ELDER||", "us-ofac-sdn-1|Person|previousName|ОВАР||",
        "us-ofac-sdn-1|Person|weakAlias|ΤΕΣΚ||", "us-ofac-sdn-1|Person|notes|odd: o||",
        "us-ofac-sdn-1|Person|position|Clerk||", "us-ofac-sdn-1|Person|notes|Tall||",
        "us-ofac-sdn-1|Person|weakAlias|HERON||");
}

static void sanctions_and_addresses(void **state)
{
    (void)state;
    SAYS(
        LIST(WORKS(
            "<sanctionsLists><sanctionsList refId='1550' id='7' datePublished='2019-04-15'>SDN List</sanctionsList>"
            "<sanctionsList datePublished='then'>Old List</sanctionsList><sanctionsList/></sanctionsLists>"
            "<sanctionsPrograms><sanctionsProgram id='8'>DPRK</sanctionsProgram></sanctionsPrograms>"
            "<sanctionsTypes><sanctionsType k='v'>Block</sanctionsType></sanctionsTypes>"
            "<legalAuthorities>idle<legalAuthority>Order 9</legalAuthority><decree>D</decree></legalAuthorities>"
            "<addresses><address id='40'><country refId='1'>Iran</country><translations><translation id='41'>"
            "<isPrimary>true</isPrimary><script>Latin</script><addressParts>"
            "<addressPart id='1'><type>CITY</type><value>Tesk</value></addressPart>"
            "<addressPart><type>ADDRESS1</type><value>1 Low Road</value></addressPart>"
            "<addressPart><type>ADDRESS2</type><value>Flat 2</value></addressPart>"
            "<addressPart><type>STATE/PROVINCE</type><value>Ovar</value></addressPart>"
            "<addressPart><type>REGION</type><value>North</value></addressPart>"
            "<addressPart><type>POSTAL CODE</type><value>0012</value></addressPart>"
            "<addressPart><type>CITY</type><value>Old Tesk</value></addressPart>"
            "<addressPart><type>FLOOR</type><value>9</value></addressPart>"
            "</addressParts></translation><translation id='42'><isPrimary>false</isPrimary><addressParts><addressPart>"
            "<type>CITY</type><value>Теск</value></addressPart></addressParts></translation><odd>o</odd></translations>"
            "</address><address id='43'/></addresses><shoes>big</shoes>")),
        "us-ofac-sdn-2|Organization|name|ONDRI WORKS LTD.||", "us-ofac-sdn-2-sanction-DPRK|Sanction|program|DPRK||",
        "us-ofac-sdn-2|Organization|topics|sanction||", "us-ofac-sdn-2-sanction-provisions|Sanction|provisions|Block||",
        "us-ofac-sdn-2-sanction-provisions|Sanction|reason|Order 9||", "us-ofac-sdn-2|Organization|notes|decree: D||",
        "us-ofac-sdn-2|Organization|notes|legalAuthorities: idle||",
        "us-ofac-sdn-2|Organization|notes|sanctionsType@k: v||",
        "us-ofac-sdn-2|Organization|notes|datePublished: then||", "us-ofac-sdn-2-address-40|Address|city|Tesk||",
        "us-ofac-sdn-2-address-40|Address|street|1 Low Road, Flat 2||", "us-ofac-sdn-2-address-40|Address|state|Ovar||",
        "us-ofac-sdn-2-address-40|Address|region|North||", "us-ofac-sdn-2-address-40|Address|country|ir|Iran|",
        "us-ofac-sdn-2|Organization|address|1 Low Road, Flat 2, Tesk, Ovar, North, 0012, Iran||",
        "us-ofac-sdn-2|Organization|notes|Address CITY Old Tesk||",
        "us-ofac-sdn-2|Organization|notes|Address FLOOR 9||", "us-ofac-sdn-2-address-40-42|Address|city|Теск||",
        "us-ofac-sdn-2|Organization|notes|odd: o||", "us-ofac-sdn-2|Organization|notes|shoes: big||");
    reading r = {0};
    read_text(&r, LIST(WORKS("<sanctionsLists><sanctionsList datePublished='2019-04-15'>SDN List</sanctionsList>"
                             "</sanctionsLists>")));
    assert_int_equal(reading_count(&r, "|Sanction|summary|SDN List||"), 1);
    assert_int_equal(reading_count(&r, "|Sanction|listingDate|2019-04-15||"), 1);
    reading_finish(&r);
}

#define FEATURE(type, value, ...)                                                                                      \
    "<feature id='7'><type featureTypeId='9'>" type "</type><versionId>8</versionId><value>" value "</value>"          \
    "<isPrimary>true</isPrimary>" __VA_ARGS__ "</feature>"

static void features_and_papers(void **state)
{
    (void)state;
    SAYS(
        LIST(PERSON(
            "<features>" FEATURE("Birthdate", "circa 1960", DAYS("valueDate", "1960-01-01", "1960-12-31", "true"))
                FEATURE("Birthdate", "", DAYS("valueDate", "1964-03-01", "1964-03-31", "false")) FEATURE(
                    "Birthdate", "27 Mar 1965", "<reliability refId='1'>Reported</reliability>")
                    FEATURE("Place of Birth", "Tesk (Iran)") FEATURE("Citizenship Country", "Iran") FEATURE(
                        "Nationality Country", "Somalia") FEATURE("Gender",
                                                                  "Male") FEATURE("Digital Currency Address - XBT",
                                                                                  "1BoatSLRHtKNngkdXEeobR76b53LETtpyT")
                        FEATURE("Eyes", "brown", DAYS("valueDate", "soon", "later", "false")) FEATURE(
                            "Secondary sanctions risk:",
                            "section 1; Fax 12345") "</features>"
                                                    "<identityDocuments><identityDocument "
                                                    "id='1'><type>Passport</type><name "
                                                    "nameId='4'>TESK</name><documentNumber>"
                                                    "X1234</documentNumber><isValid>true</isValid><issuingCountry "
                                                    "refId='3'>Iran</issuingCountry>" DAYS("issueDate", "2010-02-02",
                                                                                           "2010-02-02", "false")
                                                        DAYS("expirationDate", "2020-01-01", "2020-12-31",
                                                             "false") "</"
                                                                      "identityDocument><identityDocument><type>"
                                                                      "National ID No.</type><name>STOAT</name>"
                                                                      "<documentNumber>77 "
                                                                      "(Iran)</documentNumber><isValid>false</"
                                                                      "isValid><issuingLocation>Tesk</issuingLocation>"
                                                                      "<issuingAuthority>Guild</"
                                                                      "issuingAuthority><idFeatures><idFeature>Gender: "
                                                                      "Male</idFeature></idFeatures>"
                                                                      "</identityDocument><identityDocument><type>Shoe "
                                                                      "size</type><documentNumber>big</documentNumber>"
                                                                      "<isValid>false</isValid><issuingCountry>Iran</"
                                                                      "issuingCountry></identityDocument></"
                                                                      "identityDocuments>")),
        "us-ofac-sdn-1|Person|birthDate|1960|circa 1960|", "us-ofac-sdn-1|Person|birthDate|1964-03||",
        "us-ofac-sdn-1|Person|birthDate|1965-03-27|27 Mar 1965|",
        "us-ofac-sdn-1|Person|notes|Reliability: Reported, Birthdate 27 Mar 1965||",
        "us-ofac-sdn-1|Person|birthPlace|Tesk (Iran)||", "us-ofac-sdn-1|Person|citizenship|ir|Iran|",
        "us-ofac-sdn-1|Person|nationality|so|Somalia|", "us-ofac-sdn-1|Person|gender|male|Male|",
        "us-ofac-sdn-1-wallet-XBT-1BoatSLRHtKNngkdXEeobR76b53LETtpyT|CryptoWallet|currencySymbol|XBT||",
        "us-ofac-sdn-1|Person|notes|Eyes brown||", "us-ofac-sdn-1|Person|notes|valueDate/fromDateBegin: soon||",
        "us-ofac-sdn-1-sanction-provisions|Sanction|provisions|Secondary sanctions risk: section 1||",
        "us-ofac-sdn-1|Person|phone|12345", "us-ofac-sdn-1|Person|passportNumber|X1234||",
        "us-ofac-sdn-1|Person|idNumber|77||",
        "us-ofac-sdn-1|Person|notes|identityDocument/idFeatures/idFeature: Gender: Male||",
        "us-ofac-sdn-1|Person|notes|Shoe size big (Iran) (not valid)||");
    reading r = {0};
    read_text(
        &r, LIST(PERSON("<identityDocuments><identityDocument><type>Passport</type><name>STOAT</name>"
                        "<documentNumber>Y1</documentNumber><isValid>false</isValid>"
                        "<issuingLocation>Tesk</issuingLocation>" DAYS("issueDate", "2010-02-02", "2010-02-02", "false")
                            DAYS("expirationDate", "2020-03-05", "2021-04-06",
                                 "false") "</identityDocument></identityDocuments>")));
    assert_int_equal(reading_count(&r, "|Passport|summary|not valid; in the name of STOAT; issued in Tesk||"), 1);
    assert_int_equal(reading_count(&r, "|Passport|startDate|2010-02-02||"), 1);
    assert_int_equal(reading_count(&r, "|Passport|summary|2020-03-05 to 2021-04-06||"), 1);
    reading_finish(&r);
}

/* Each kind between each pair of ends: what it becomes, and that no share is invented. */
static void relations(void **state)
{
    (void)state;
    static const struct {
        const char *type, *from, *to, *schema, *near, *far, *said;
    } rows[] = {
        {"Acting for or on behalf of", "1", "2", "Representation", "agent", "client", "role"},
        {"Acting for or on behalf of", "2", "88", "Representation", "agent", "client", "role"},
        {"Acting for or on behalf of", "3", "2", "UnknownLink", "subject", "object", "role"},
        {"Leader or official of", "1", "2", "Directorship", "director", "organization", "role"},
        {"Leader or official of", "1", "88", "Directorship", "director", "organization", "role"},
        {"Leader or official of", "2", "1", "UnknownLink", "subject", "object", "role"},
        {"Principal Executive Officer", "1", "2", "Directorship", "director", "organization", "role"},
        {"Owned or Controlled By", "3", "2", "Ownership", "asset", "owner", "role"},
        {"Owned or Controlled By", "3", "88", "Ownership", "asset", "owner", "role"},
        {"Owned or Controlled By", "2", "1", "UnknownLink", "subject", "object", "role"},
        {"Owns, controls, or operates", "1", "3", "Ownership", "owner", "asset", "role"},
        {"Owns, controls, or operates", "1", "88", "UnknownLink", "subject", "object", "role"},
        {"Family member of", "1", "1", "Family", "person", "relative", "relationship"},
        {"Family member of", "1", "2", "UnknownLink", "subject", "object", "role"},
        {"Associate Of", "1", "1", "Associate", "person", "associate", "relationship"},
        {"Associate Of", "1", "88", "UnknownLink", "subject", "object", "role"},
        {"Providing support to", "1", "2", "UnknownLink", "subject", "object", "role"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[8192], relation[512], line[512];
        const char *of[3] = {"", "", ""};
        (void)snprintf(relation, sizeof relation,
                       RELATIONS(RELATION("55", "%s", "%s", "<quality refId='1'>High</quality>")), rows[i].type,
                       rows[i].to);
        of[rows[i].from[0] - '1'] = relation;
        (void)snprintf(text, sizeof text, LIST(PERSON("%s") WORKS("%s") AIRCRAFT("%s")), of[0], of[1], of[2]);
        reading r = {0};
        read_text(&r, text);
        assert_int_equal(r.status, ITD_OK);
        const struct {
            const char *property, *value;
        } facts[] = {{rows[i].near, rows[i].from}, {rows[i].far, rows[i].to}};
        for (size_t k = 0; k < 2; k++) {
            (void)snprintf(line, sizeof line, "us-ofac-sdn-%s-relation-55|%s|%s|us-ofac-sdn-%s|%s|", rows[i].from,
                           rows[i].schema, facts[k].property, facts[k].value, k ? "OTHER" : "");
            if (!reading_has(&r, line))
                fail_msg("no %s in %.*s", line, ITD_SV_ARG(itd_buffer_view(&r.text)));
        }
        (void)snprintf(line, sizeof line, "us-ofac-sdn-%s-relation-55|%s|%s|%s||", rows[i].from, rows[i].schema,
                       rows[i].said, rows[i].type);
        assert_true(reading_has(&r, line));
        (void)snprintf(line, sizeof line, "us-ofac-sdn-%s-relation-55|%s|summary|Quality: High||", rows[i].from,
                       rows[i].schema);
        assert_true(reading_has(&r, line));
        assert_int_equal(reading_count(&r, "|percentage|") + reading_count(&r, "|sharesCount|"), 0);
        reading_finish(&r);
    }
    reading r = {0};
    read_text(&r, LIST(PERSON("<relationships><relationship><type>Associate Of</type><relatedEntity entityId='2'/>"
                              "</relationship><relationship><type>Lost</type></relationship></relationships>")));
    assert_int_equal(reading_count(&r, "|UnknownLink|object|us-ofac-sdn-2||"), 1);
    assert_true(reading_has(&r, "us-ofac-sdn-1|Person|notes|relationship/type: Lost||"));
    reading_finish(&r);
}

static void names_resolve(void **state)
{
    (void)state;
    SAYS(LIST(AIRCRAFT("<features>" FEATURE("Aircraft Operator",
                                            "TESK") FEATURE("Aircraft Manufacturer\u2019s Serial Number (MSN)", "77")
                           FEATURE("Aircraft Construction Number (also called L/N or S/N or F/N)", "78") "</features>")
                  PERSON("")),
         "us-ofac-sdn-3|Airplane|operator|us-ofac-sdn-1|TESK|", "us-ofac-sdn-3|Airplane|serialNumber|77||",
         "us-ofac-sdn-3|Airplane|serialNumber|78|Aircraft Construction Number (also called L/N or S/N or F/N) 78|");
}

static void broken_records(void **state)
{
    (void)state;
#define BARE(id, type, rest) "<entity" id "><generalInfo>" type "</generalInfo>" rest "</entity>"
#define A_NAME "<names>" NAME("true", "false", "", TRANSLATION("true", "Latin", "A", "")) "</names>"
    static const struct {
        const char *broken, *reason, *key;
    } rows[] = {
        {BARE("", "<entityType>Entity</entityType>", A_NAME), "no key", ""},
        {BARE(" id='5'", "<entityType>Entity</entityType>", ""), "no name", "5"},
        {BARE(" id='5'", "<entityType>Entity</entityType>", "<names><name/></names>"), "no name", "5"},
        {BARE(" id='5'", "", A_NAME), "entityType", "5"},
        {BARE(" id='5'", "<entityType>Ghost</entityType>", A_NAME), "entityType", "5"},
        {BARE(" id='2'", "<entityType>Entity</entityType>", A_NAME), "same key", "2"},
        {"<party id='5'/>", "neither", "5"},
        {"loose text", "outside of every record", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[4096];
        (void)snprintf(text, sizeof text, LIST(WORKS("") "%s" AIRCRAFT("")), rows[i].broken);
        for (int skip = 0; skip < 2; skip++) {
            reading r = {.read.skip_bad = skip};
            read_text(&r, text);
            assert_int_equal(r.status, skip ? ITD_OK : ITD_EFORMAT);
            assert_int_equal(r.rejects, 1);
            assert_non_null(strstr(r.reason, rows[i].reason));
            assert_string_equal(r.key, rows[i].key);
            assert_int_equal(r.reject_line, 4);
            assert_int_equal(r.reject_offset, (uint64_t)(strstr(text, rows[i].broken) - text));
            assert_int_equal(r.read.records, skip ? 2 : 1);
            reading_finish(&r);
        }
    }
}

static void other_files_are_refused(void **state)
{
    (void)state;
    static const char *const files[] = {"<sdnList/>", "<sanctionsData/>", "<sanctionsData xmlns='urn:else'/>", "",
                                        "<sanctionsData xmlns='" SPACE "'><entities><entity id='1'>"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        reading r = {.read.skip_bad = true};
        read_text(&r, files[i]);
        assert_int_equal(r.status, ITD_EFORMAT);
        assert_true(r.error.line == 1 && r.error.message[0] && r.statements == 0);
        reading_finish(&r);
    }
    static const struct {
        const char *head;
        int sure;
    } heads[] = {
        {"<?xml version=\"1.0\"?>\n<sanctionsData xmlns='" SPACE "'>", 100},
        {"<sanctionsData xmlns='urn:else'>", 0},
        {"<sdnList xmlns='" SPACE "'>", 0},
        {"4632,\"A\"", 0},
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        assert_int_equal(itd_format_ofac_enhanced.sniff(&(itd_sniff){"x", itd_sv_of(heads[i].head), false}),
                         heads[i].sure);
}

static void the_name_says_which_list(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"/x/sdn_enhanced.xml", "us-ofac-sdn"},
                                          {"CONS_ENHANCED.XML", "us-ofac-cons"},
                                          {"/cons/list.xml.gz", "us-ofac-sdn"}};
    for (size_t i = 0; i < 3; i++) {
        itd_arena arena;
        itd_error error;
        itd_arena_init(&arena, SIZE_MAX);
        itd_source source = {.format = &itd_format_ofac_enhanced};
        const char *dataset = NULL;
        assert_int_equal(itd_format_ofac_enhanced.gather(&source, &dataset, rows[i][0], &arena, &error), ITD_OK);
        assert_string_equal(dataset, rows[i][1]);
        assert_string_equal(source.paths[0], rows[i][0]);
        itd_arena_finish(&arena);
        itd_arena_init(&arena, 0);
        assert_int_equal(itd_format_ofac_enhanced.gather(&source, &dataset, rows[i][0], &arena, &error), ITD_ENOMEM);
        itd_arena_finish(&arena);
    }
}

static void periods(void **state)
{
    (void)state;
    static const struct {
        itd_date first, last;
        bool circa;
        const char *text;
    } rows[] = {
        {{1964, 3, 27}, {1964, 3, 27}, false, "1964-03-27"},
        {{1964, 2, 1}, {1964, 2, 29}, false, "1964-02"},
        {{1964, 1, 1}, {1964, 12, 31}, true, "circa 1964"},
        {{1964, 1, 1}, {1964, 12, 30}, false, "1964-01-01 to 1964-12-30"},
        {{1963, 3, 1}, {1964, 2, 29}, true, "circa 1963-03-01 to 1964-02-29"},
        {{1964, 13, 1}, {1964, 12, 31}, false, ""},
        {{1964, 1, 1}, {0, 0, 0}, false, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[ITD_OFAC_PERIOD_MAX];
        assert_true(itd_sv_is(itd_ofac_period(text, rows[i].first, rows[i].last, rows[i].circa), rows[i].text));
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
    itd_source source = {.format = &itd_format_ofac_enhanced, .paths = {context}};
    itd_read read = {.source = &source, .dataset = ITD_SV("us-ofac-sdn"), .statement = keep_nothing};
    return itd_format_ofac_enhanced.read(&read, error);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const char *const text = LIST(
        PERSON("<features>" FEATURE("Birthdate", "", DAYS("valueDate", "1964-03-01", "1964-03-31", "false")) FEATURE(
            "Eyes", "brown",
            "<reliability>Reported</reliability>") "</features>"
                                                   "<identityDocuments><identityDocument><type>Passport</"
                                                   "type><documentNumber>X1</documentNumber></identityDocument>"
                                                   "</identityDocuments>" RELATIONS(
                                                       RELATION("55", "Associate Of", "2", "")))
            WORKS("<addresses><address id='40'><country>Iran</country></address></addresses>"));
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
        cmocka_unit_test(names_in_all_scripts),
        cmocka_unit_test(sanctions_and_addresses),
        cmocka_unit_test(features_and_papers),
        cmocka_unit_test(relations),
        cmocka_unit_test(names_resolve),
        cmocka_unit_test(broken_records),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(the_name_says_which_list),
        cmocka_unit_test(periods),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("ofac_enhanced", tests, NULL, NULL);
}
