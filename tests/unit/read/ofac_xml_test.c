#include "base/memory.h"
#include "read/ofac_remarks.h"
#include "support/faults.h"
#include "support/reading_says.h"

#define SPACE_OLD "http://tempuri.org/sdnList.xsd"
#define SPACE_NEW "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
#define LIST(space, ...)                                                                                               \
    ("<?xml version=\"1.0\" standalone=\"yes\"?>\n<sdnList xmlns=\"" space "\"><publshInformation><Publish_Date>"      \
     "03/09/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>\n" __VA_ARGS__ "</sdnList>")
#define ENTRY(uid, type, name, ...)                                                                                    \
    "<sdnEntry><uid>" uid "</uid>" name "<sdnType>" type "</sdnType>" __VA_ARGS__ "</sdnEntry>\n"
#define PERSON(...) ENTRY("1", "Individual", "<firstName>Zorvan Il</firstName><lastName>TESK</lastName>", __VA_ARGS__)
#define ENTITY(...) ENTRY("2", "Entity", "<lastName>ONDRI WORKS LTD.</lastName>", __VA_ARGS__)
#define VESSEL(...) ENTRY("3", "Vessel", "<lastName>GREY HERON</lastName>", __VA_ARGS__)

static void read_text(reading *r, const char *text)
{
    (void)reading_bytes(r, &itd_format_ofac_xml, "us-ofac-sdn", text, strlen(text));
}

#define SAYS(text, ...) reading_says(read_text, "2026-03-09", text, (const char *const[]){__VA_ARGS__, NULL})

static void a_person_in_both_namespaces(void **state)
{
    (void)state;
#define WHOLE_PERSON                                                                                                   \
    PERSON("<title>Clerk; Envoy</title><programList><program>DPRK</program><program>NPWMD</program></programList>"     \
           "<akaList><aka><uid>9</uid><type>a.k.a.</type><category>strong</category><lastName>TESKA</lastName>"        \
           "<firstName>Z.</firstName></aka><aka><uid>10</uid><type>a.k.a.</type><category>weak</category>"             \
           "<lastName>HERON</lastName></aka><aka><uid>11</uid><type>f.k.a.</type><category>strong</category>"          \
           "<lastName>OVAR</lastName></aka></akaList>"                                                                 \
           "<dateOfBirthList><dateOfBirthItem><uid>12</uid><dateOfBirth>circa 1960</dateOfBirth><mainEntry>true"       \
           "</mainEntry></dateOfBirthItem><dateOfBirthItem><uid>13</uid><dateOfBirth>27 Mar 1964</dateOfBirth>"        \
           "<mainEntry>false</mainEntry></dateOfBirthItem></dateOfBirthList>"                                          \
           "<placeOfBirthList><placeOfBirthItem><uid>14</uid><placeOfBirth>Tesk Village</placeOfBirth><mainEntry>"     \
           "true</mainEntry></placeOfBirthItem></placeOfBirthList>"                                                    \
           "<nationalityList><nationality><uid>15</uid><country>Iran</country></nationality></nationalityList>"        \
           "<citizenshipList><citizenship><uid>16</uid><country>Somalia</country></citizenship></citizenshipList>"     \
           "<idList><id><uid>17</uid><idType>Passport</idType><idNumber>X1234</idNumber><idCountry>Iran</idCountry>"   \
           "<issueDate>02 Feb 2010</issueDate><expirationDate>02 Feb 2020</expirationDate></id>"                       \
           "<id><uid>18</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>"                           \
           "<addressList><address><uid>19</uid><address1>1 Low Road</address1><address2>Flat 2</address2><city>Tesk"   \
           "</city><stateOrProvince>Ovar</stateOrProvince><postalCode>0012</postalCode><country>Iran</country>"        \
           "</address></addressList>")
    static const char *const texts[] = {LIST(SPACE_OLD, WHOLE_PERSON), LIST(SPACE_NEW, WHOLE_PERSON)};
    for (size_t i = 0; i < 2; i++)
        SAYS(texts[i], "us-ofac-sdn-1|Person|name|TESK, Zorvan Il||", "us-ofac-sdn-1|Person|lastName|TESK||",
             "us-ofac-sdn-1|Person|firstName|Zorvan Il||", "us-ofac-sdn-1|Person|position|Clerk; Envoy||",
             "us-ofac-sdn-1-sanction-DPRK|Sanction|program|DPRK||",
             "us-ofac-sdn-1-sanction-NPWMD|Sanction|program|NPWMD||", "us-ofac-sdn-1|Person|topics|sanction||",
             "us-ofac-sdn-1|Person|alias|TESKA, Z.||", "us-ofac-sdn-1|Person|weakAlias|HERON||",
             "us-ofac-sdn-1|Person|previousName|OVAR||", "us-ofac-sdn-1|Person|birthDate|1960|circa 1960|",
             "us-ofac-sdn-1|Person|birthDate|1964-03-27|27 Mar 1964|", "us-ofac-sdn-1|Person|birthPlace|Tesk Village||",
             "us-ofac-sdn-1|Person|nationality|ir|Iran|", "us-ofac-sdn-1|Person|citizenship|so|Somalia|",
             "us-ofac-sdn-1|Person|passportNumber|X1234||", "us-ofac-sdn-1|Person|gender|male|Male|",
             "us-ofac-sdn-1-address-19|Address|street|1 Low Road, Flat 2||",
             "us-ofac-sdn-1-address-19|Address|city|Tesk||", "us-ofac-sdn-1-address-19|Address|state|Ovar||",
             "us-ofac-sdn-1-address-19|Address|postalCode|0012||", "us-ofac-sdn-1-address-19|Address|country|ir|Iran|",
             "us-ofac-sdn-1|Person|address|1 Low Road, Flat 2, Tesk, Ovar, 0012, Iran||");
}

static void vessels_and_entities(void **state)
{
    (void)state;
    SAYS(LIST(SPACE_OLD,
              VESSEL("<vesselInfo><callSign>ZZ9A</callSign><vesselType>General "
                     "Cargo</vesselType><vesselFlag>Iran</vesselFlag>"
                     "<vesselOwner>ONDRI WORKS LTD.</vesselOwner><tonnage>24,065</tonnage><grossRegisteredTonnage>16621"
                     "</grossRegisteredTonnage><hull>steel</hull></vesselInfo><idList><id><uid>1</uid><idType>Vessel "
                     "Registration Identification</idType><idNumber>IMO 9074729</idNumber></id></idList>") ENTITY("")),
         "us-ofac-sdn-3|Vessel|name|GREY HERON||", "us-ofac-sdn-3|Vessel|callSign|ZZ9A||",
         "us-ofac-sdn-3|Vessel|type|General Cargo||", "us-ofac-sdn-3|Vessel|flag|ir|Iran|",
         "us-ofac-sdn-3|Vessel|tonnage|24065|24,065|", "us-ofac-sdn-3|Vessel|grossRegisteredTonnage|16621||",
         "us-ofac-sdn-3|Vessel|imoNumber|9074729|IMO 9074729|", "us-ofac-sdn-3|Vessel|notes|vesselInfo/hull: steel||",
         "us-ofac-sdn-3|Vessel|owner|us-ofac-sdn-2", "us-ofac-sdn-2|Organization|name|ONDRI WORKS LTD.||");
    SAYS(LIST(SPACE_OLD,
              ENTITY("<idList><id><idType>SWIFT/BIC</idType><idNumber>ZZBKKPPY</idNumber></id>"
                     "<id><idType>Registration Number</idType><idNumber>123456 (Russia)</idNumber></id>"
                     "<id><idType>Secondary sanctions risk:</idType><idNumber>section 1; Fax 12345</idNumber></id>"
                     "<id><idType>Shoe size</idType><idNumber>big</idNumber><idCountry>Iran</idCountry>"
                     "<issueDate>then</issueDate><expirationDate>now</expirationDate></id><id/></idList>"
                     "<title>A title</title>")),
         "us-ofac-sdn-2|Organization|swiftBic|ZZBKKPPY||", "us-ofac-sdn-2|Organization|registrationNumber|123456||",
         "us-ofac-sdn-2-sanction-provisions|Sanction|provisions|Secondary sanctions risk: section 1||",
         "us-ofac-sdn-2|Organization|phone|12345",
         "us-ofac-sdn-2|Organization|notes|Shoe size big (Iran) issued then expires now||",
         "us-ofac-sdn-2|Organization|notes|Title: A title||");
}

/* A link is found although the record that it names stands behind it; weak names do not serve. */
static void links(void **state)
{
    (void)state;
    reading r = {0};
    read_text(
        &r,
        LIST(SPACE_OLD,
             PERSON("<remarks>Head of it; (Linked To: ONDRI WORKS LTD.); (Linked To: OW).</remarks>") ENTITY(
                 "<akaList><aka><type>a.k.a.</type><category>weak</category><lastName>OW</lastName></aka></akaList>")));
    assert_int_equal(r.status, ITD_OK);
    assert_true(reading_has(&r, "us-ofac-sdn-1|Person|notes|Head of it||"));
    assert_int_equal(reading_count(&r, "|UnknownLink|object|us-ofac-sdn-2|"), 1);
    assert_int_equal(reading_count(&r, "|UnknownLink|object|us-ofac-sdn-1-named-"), 1);
    assert_int_equal(reading_count(&r, "|UnknownLink|role|Linked To|"), 2);
    reading_finish(&r);
}

static void the_unknown_becomes_notes(void **state)
{
    (void)state;
    SAYS(
        LIST(
            SPACE_OLD,
            PERSON(
                "<title>First</title><title k='v'>Second</title><uid>77</uid><eyes>brown</eyes>loose"
                "<akaList q='w'>idle<aka><category>fair</category><lastName>A</lastName><lastName>B</lastName>"
                "</aka><alias>C</alias></akaList><programList>odd<code>D</code><program x='y'>P</program></programList>"
                "<nationalityList><nationality><country>Narnistan</country></nationality></nationalityList>"
                "<dateOfBirthList><dateOfBirthItem><dateOfBirth>in "
                "spring</dateOfBirth></dateOfBirthItem></dateOfBirthList>")),
        "us-ofac-sdn-1|Person|position|First||", "us-ofac-sdn-1|Person|notes|title: Second||",
        "us-ofac-sdn-1|Person|notes|title@k: v||", "us-ofac-sdn-1|Person|notes|uid: 77||",
        "us-ofac-sdn-1|Person|notes|eyes: brown||", "us-ofac-sdn-1|Person|notes|sdnEntry: loose||",
        "us-ofac-sdn-1|Person|notes|akaList@q: w||", "us-ofac-sdn-1|Person|notes|akaList: idle||",
        "us-ofac-sdn-1|Person|notes|Category of alias: fair||", "us-ofac-sdn-1|Person|alias|A||",
        "us-ofac-sdn-1|Person|notes|aka/lastName: B||", "us-ofac-sdn-1|Person|notes|alias: C||",
        "us-ofac-sdn-1|Person|notes|programList: odd||", "us-ofac-sdn-1|Person|notes|code: D||",
        "us-ofac-sdn-1|Person|notes|program@x: y||", "us-ofac-sdn-1-sanction-P|Sanction|program|P||",
        "us-ofac-sdn-1|Person|notes|nationality Narnistan||", "us-ofac-sdn-1|Person|notes|in spring||");
}

static void broken_records(void **state)
{
    (void)state;
    static const struct {
        const char *broken, *reason, *key;
    } rows[] = {
        {"<sdnEntry><lastName>A</lastName><sdnType>Entity</sdnType></sdnEntry>", "no key", ""},
        {"<sdnEntry><uid>5</uid><sdnType>Entity</sdnType></sdnEntry>", "no name", "5"},
        {"<sdnEntry><uid>5</uid><lastName>A</lastName></sdnEntry>", "sdnType", "5"},
        {"<sdnEntry><uid>5</uid><lastName>A</lastName><sdnType>Ghost</sdnType></sdnEntry>", "sdnType", "5"},
        {"<sdnEntry><uid>2</uid><lastName>A</lastName><sdnType>Entity</sdnType></sdnEntry>", "same key", "2"},
        {"<entry><uid>5</uid></entry>", "neither", "5"},
        {"loose text", "outside of every record", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[2048];
        (void)snprintf(text, sizeof text, LIST(SPACE_OLD, ENTITY("") "%s" VESSEL("")), rows[i].broken);
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
    static const char *const files[] = {"<CONSOLIDATED_LIST/>", "<sdnList/>", "<sdnList xmlns='urn:else'/>", "",
                                        "<sdnList xmlns='" SPACE_OLD "'><sdnEntry><uid>1</uid>"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        reading r = {.read.skip_bad = true};
        read_text(&r, files[i]);
        assert_int_equal(r.status, ITD_EFORMAT);
        assert_true(r.error.line == 1 && r.error.message[0]);
        reading_finish(&r);
    }
    /* Names are looked at first, so that of a file cut off at its end nothing is sent. */
    reading r = {.read.skip_bad = true};
    read_text(&r, "<sdnList xmlns='" SPACE_OLD "'>" ENTITY("") "<sdnEntry>");
    assert_int_equal(r.status, ITD_EFORMAT);
    assert_int_equal(r.statements, 0);
    reading_finish(&r);
}

static void told_apart_by_name_and_content(void **state)
{
    (void)state;
    static const struct {
        const char *name, *programme, *dataset;
    } rows[] = {
        {"sdn.xml", "NS-PLC", "us-ofac-sdn"},      {"SDN.XML.gz", "X", "us-ofac-sdn"},
        {"consolidated.xml", "X", "us-ofac-cons"}, {"list.xml", "NS-PLC", "us-ofac-cons"},
        {"list.xml", "DPRK", "us-ofac-sdn"},
    };
    char folder[] = "/tmp/ofac-xml-XXXXXX", path[128];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_arena arena;
        itd_arena_init(&arena, SIZE_MAX);
        itd_source source = {.format = &itd_format_ofac_xml};
        const char *dataset = NULL;
        itd_error error;
        (void)snprintf(path, sizeof path, "%s/%s", folder, rows[i].name);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fprintf(file, LIST(SPACE_NEW, ENTITY("<programList><program>%s</program></programList>")),
                            rows[i].programme) > 0);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(itd_format_ofac_xml.gather(&source, &dataset, path, &arena, &error), ITD_OK);
        assert_string_equal(dataset, rows[i].dataset);
        assert_string_equal(source.paths[0], path);
        assert_int_equal(unlink(path), 0);
        itd_arena_finish(&arena);
    }
    assert_int_equal(rmdir(folder), 0);
    static const struct {
        const char *head;
        int sure;
    } heads[] = {
        {"<?xml version=\"1.0\"?>\n<sdnList xmlns='" SPACE_OLD "'>", 100},
        {"<sdnList xmlns:xsi='x' xmlns=\"" SPACE_NEW "\">", 100},
        {"<sdnList xmlns='urn:else'>", 0},
        {"<CONSOLIDATED_LIST>", 0},
        {"4632,\"A\"", 0},
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        assert_int_equal(itd_format_ofac_xml.sniff(&(itd_sniff){"x", itd_sv_of(heads[i].head), false}), heads[i].sure);
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
    itd_source source = {.format = &itd_format_ofac_xml, .paths = {context}};
    itd_read read = {.source = &source, .dataset = ITD_SV("us-ofac-sdn"), .statement = keep_nothing};
    return itd_format_ofac_xml.read(&read, error);
}

static itd_status faulty_gather(void *context, itd_error *error)
{
    itd_arena arena;
    itd_source source = {.format = &itd_format_ofac_xml};
    const char *dataset = NULL;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_format_ofac_xml.gather(&source, &dataset, context, &arena, error);
    itd_arena_finish(&arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const char *const text =
        LIST(SPACE_OLD, PERSON("<remarks>x; (Linked To: ONDRI WORKS LTD.)</remarks><programList><program>DPRK"
                               "</program></programList><odd>o</odd>")
                            ENTITY("<idList><id><idType>Shoe size</idType><idNumber>big</idNumber></id></idList>"));
    char path[64];
    int file = memfd_create("list", MFD_CLOEXEC);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    assert_true(faults_each(ITD_FAULT_MEMORY, faulty, NULL, path) > 20);
    assert_true(faults_each(ITD_FAULT_MEMORY, faulty_gather, NULL, path) > 1);
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_in_both_namespaces),
        cmocka_unit_test(vessels_and_entities),
        cmocka_unit_test(links),
        cmocka_unit_test(the_unknown_becomes_notes),
        cmocka_unit_test(broken_records),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(told_apart_by_name_and_content),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("ofac_xml", tests, NULL, NULL);
}
