#include "base/fault.h"
#include "support/list_file.h"

/* All people, firms and ships here are invented. */

static const list_file file = {&itd_format_ch_seco, "ch-seco", "seco.xml"};

static const char list[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<swiss-sanctions-list list-type=\"complete\" date=\"2024-01-17\">\n"
    "<sanctions-program ssid=\"1\"><program-key lang=\"ger\">ALFA</program-key><program-key lang=\"eng\">ALPHA"
    "</program-key><sanctions-set ssid=\"2\" lang=\"ger\">Geld</sanctions-set><sanctions-set ssid=\"2\" lang=\"eng\">"
    "Money, annex 1</sanctions-set></sanctions-program>\n"
    "<target ssid=\"10\"><sanctions-set-id>2</sanctions-set-id><sanctions-set-id>77</sanctions-set-id>"
    "<individual sex=\"male\"><identity ssid=\"90\" main=\"true\"><name name-type=\"primary-name\" quality=\"good\" "
    "lang=\"eng\"><name-part order=\"3\" name-part-type=\"family-name\"><value>Vassek</value></name-part><name-part "
    "order=\"2\" name-part-type=\"given-name\"><value>Orlin</value></name-part><name-part order=\"1\" "
    "name-part-type=\"title\"><value>Dr</value></name-part></name><name name-type=\"alias\" quality=\"low\"><name-part "
    "name-part-type=\"whole-name\"><value>Ori</value><spelling-variant lang=\"bul\">\xD0\x9E\xD1\x80\xD0\xB8"
    "</spelling-variant></name-part></name><name name-type=\"alias\" quality=\"good\"><name-part><value>O. V."
    "</value></name-part></name><name "
    "name-type=\"formerly-known-as\"><name-part><value>Petar</value></name-part></name>"
    "<nationality><country iso-code=\"BG\">Bulgaria</country></nationality><day-month-year day=\"3\" month=\"2\" "
    "year=\"1961\" calendar=\"Gregorian\"/><day-month-year year=\"1340\" calendar=\"Persian\"/><place-of-birth "
    "place-id=\"5\"/><address place-id=\"5\"><address-details>1 Mill Lane</address-details><zip-code>1000</zip-code>"
    "<odd>kept</odd></address><identification-document document-type=\"passport\"><number>A1</number><issuer "
    "code=\"BG\"/></identification-document><identification-document document-type=\"id-card\"><number>B2</number>"
    "</identification-document></identity><justification>He keeps books.</justification><other-information>Tall."
    "</other-information><relation target-id=\"11\" relation-type=\"related-to\"><remark>brother</remark></relation>"
    "<unheard>of</unheard></individual><modification modification-type=\"listed\" effective-date=\"2020-01-02\"/>"
    "</target>\n"
    "<target ssid=\"11\"><entity><identity main=\"true\"><name name-type=\"primary-name\"><name-part><value>Brine Bank"
    "</value></name-part></name><place-of-birth place-id=\"6\"/><identification-document><number>C</number>"
    "</identification-document></identity><relation><remark>none</remark></relation></entity><modification "
    "modification-type=\"listed\"/><modification modification-type=\"de-listed\" "
    "effective-date=\"2021-01-02\"/></target>\n"
    "<target ssid=\"12\"><object object-type=\"vessel\"><identity main=\"true\"><name name-type=\"primary-name\">"
    "<name-part><value>Brine Lark</value></name-part></name><nationality><country iso-code=\"MT\"/></nationality>"
    "</identity></object></target>\n"
    "<target ssid=\"13\"><object object-type=\"aircraft\"/></target>\n"
    "<place ssid=\"5\"><location>Sofia</location><area>West</area><country iso-code=\"BG\">Bulgaria</country></place>\n"
    "</swiss-sanctions-list>\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &file, list);
    assert_string_equal(r.read.version, "2024-01-17");
    assert_int_equal(r.read.records, 4);
    static const char *const said[] = {
        "ch-seco-10|Person|name|Orlin Vassek||eng|seco.xml|4",
        "ch-seco-10|Person|lastName|Vassek|",
        "ch-seco-10|Person|firstName|Orlin|",
        "ch-seco-10|Person|title|Dr|",
        "ch-seco-10|Person|weakAlias|Ori|",
        "ch-seco-10|Person|alias|\xD0\x9E\xD1\x80\xD0\xB8||bul|",
        "ch-seco-10|Person|alias|O. V.|",
        "ch-seco-10|Person|previousName|Petar|",
        "ch-seco-10|Person|nationality|bg|BG|",
        "ch-seco-10|Person|birthDate|1961-02-03|",
        "ch-seco-10|Person|birthPlace|Sofia, West|",
        "ch-seco-10|Person|birthCountry|bg|",
        "ch-seco-10|Person|gender|male|",
        "ch-seco-10|Person|address|1 Mill Lane, 1000, Sofia, West, BG|",
        "ch-seco-10|Person|country|bg|",
        "ch-seco-10|Person|passportNumber|A1|",
        "ch-seco-10|Person|idNumber|B2|",
        "ch-seco-10|Person|notes|Tall.|",
        "ch-seco-10|Person|notes|Sanctions set: 77|",
        "ch-seco-10|Person|topics|sanction|",
        "ch-seco-10-sanction|Sanction|program|ALPHA|",
        "ch-seco-10-sanction|Sanction|provisions|Money, annex 1|",
        "ch-seco-10-sanction|Sanction|reason|He keeps books.|",
        "ch-seco-10-sanction|Sanction|listingDate|2020-01-02|",
        "ch-seco-10-sanction|Sanction|status|listed|",
        "ch-seco-11|Organization|name|Brine Bank|",
        "ch-seco-11-sanction|Sanction|modifiedAt|2021-01-02|",
        "ch-seco-12|Vessel|name|Brine Lark|",
        "ch-seco-12|Vessel|country|mt|",
        "ch-seco-13|Airplane|topics|sanction|",
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_said(&r, said[i]);
    static const char *const parts[] = {
        "|UnknownLink|object|ch-seco-11|",
        "|UnknownLink|role|related-to|",
        "|UnknownLink|summary|brother|",
        "|Passport|country|bg|",
        "|Address|city|Sofia|",
        "|Address|region|West|",
        "odd: kept|",
        "unheard: of|",
        "|Identification|number|C|",
        "/remark: none|",
        "1340",
    };
    assert_list_has(r.statements.data, parts);
    assert_null(strstr(r.statements.data, "notes|name-part"));
    assert_not_said(&r, "ch-seco-11|Organization|topics|"); /* it was taken off */
    folder_end(&r);
}

static void broken_targets(void **state)
{
    (void)state;
    static const char broken[] =
        "<swiss-sanctions-list><target ssid=\"1\"/>\n<target><entity/></target>\nstray\n<odd/>\n"
        "<target ssid=\"2\"><entity/></target>\n<target ssid=\"2\"><entity/></target>\n"
        "</swiss-sanctions-list>";
    folder r;
    folder_start(&r);
    folder_write(&r, "seco.xml", broken, sizeof broken - 1);
    assert_int_equal(folder_run(&r, "seco.xml"), ITD_OK);
    static const char *const reasons[] = {
        "record|seco.xml|1|22|1|target is none of individual, entity and object\n",
        "record|seco.xml|2|41||record has no key\n",
        "record|seco.xml|3|",
        "record|seco.xml|4|74||none of sanctions-program, target and place\n",
        "record|seco.xml|6|117|2|a record before it has the same key\n",
    };
    assert_list_has(r.rejects.data, reasons);
    assert_int_equal(r.read.rejected, 5);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "seco.xml"), ITD_EFORMAT);
    folder_end(&r);
}

static void what_is_none(void **state)
{
    (void)state;
    list_fails(&file, "<list/>", "the root element is list, not swiss-sanctions-list");
    itd_sniff look = {.path = "x", .head = itd_sv_of(list)};
    assert_int_equal(itd_format_ch_seco.sniff(&look), 100);
    look.head = ITD_SV("<list/>");
    assert_int_equal(itd_format_ch_seco.sniff(&look), 0);
}

static void each_allocation_fails(void **state)
{
    (void)state;
    list_each_allocation_fails(&file, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list),
        cmocka_unit_test(broken_targets),
        cmocka_unit_test(what_is_none),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("ch_seco", tests, NULL, NULL);
}
