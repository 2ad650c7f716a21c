#include "base/fault.h"
#include "support/list_file.h"

/* All people, firms and ships here are invented. */

static const list_file file = {&itd_format_ca_sema, "ca-sema", "sema.xml"};

static const char list[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<data-set>\n"
    "<record><Country>Ruritania / Ruritanie</Country><LastName>Vassek</LastName><GivenName>Orlin Petar</GivenName>"
    "<DateOfBirthOrShipBuildDate>1963-1964</DateOfBirthOrShipBuildDate><TitleOrShip>Dr.</TitleOrShip>"
    "<Aliases>O. Vassek, Russian: \xD0\x9E\xD1\x80\xD0\xBB\xD0\xB8\xD0\xBD; V (a, b)</Aliases>"
    "<Schedule>1, Part 1.1</Schedule><Item>7</Item><DateOfListing>2020-09-28</DateOfListing><Odd>kept</Odd></record>\n"
    "<record><Country>Ruritania / Ruritanie</Country><EntityOrShip>Brine Lark</EntityOrShip><TitleOrShip>Tug"
    "</TitleOrShip><ShipIMONumber>9074729</ShipIMONumber><DateOfBirthOrShipBuildDate>1998"
    "</DateOfBirthOrShipBuildDate><Item>2</Item></record>\n"
    "<record><Country>Graustark</Country><Entity>Hall House/Maison Hall</Entity><Aliases>Hall Co., Ltd., Hall Sons"
    "</Aliases><Schedule>N/A</Schedule><Title>odd</Title><DateOfBirth>1990</DateOfBirth><Item>3</Item>"
    "<DateOfListing>soon</DateOfListing></record>\n"
    "<record><Country>Graustark</Country><Entity>Quellmarch</Entity></record>\n"
    "<record><Country>Graustark</Country><LastName>Tarn</LastName><DateOfBirth>1970-01-02 or 1971"
    "</DateOfBirth><Item>5</Item></record>\n"
    "<record><Country>Graustark</Country><LastName>Torn</LastName><DateOfBirth>Sep-99</DateOfBirth>"
    "<Item>6</Item></record>\n</data-set>\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &file, list);
    assert_int_equal(r.read.records, 6);
    static const char *const said[] = {
        "ca-sema-ruritania-1-part-1.1-7|Person|name|Orlin Petar Vassek|||sema.xml|3",
        "ca-sema-ruritania-1-part-1.1-7|Person|lastName|Vassek|",
        "ca-sema-ruritania-1-part-1.1-7|Person|firstName|Orlin Petar|",
        "ca-sema-ruritania-1-part-1.1-7|Person|birthDate|1963|1963-1964|",
        "ca-sema-ruritania-1-part-1.1-7|Person|birthDate|1964|1963-1964|",
        "ca-sema-ruritania-1-part-1.1-7|Person|title|Dr.|",
        "ca-sema-ruritania-1-part-1.1-7|Person|alias|O. Vassek|",
        ("ca-sema-ruritania-1-part-1.1-7|Person|alias|\xD0\x9E\xD1\x80\xD0\xBB\xD0\xB8\xD0\xBD|Russian: "
         "\xD0\x9E\xD1\x80\xD0\xBB\xD0\xB8\xD0\xBD|rus|"),
        "ca-sema-ruritania-1-part-1.1-7|Person|alias|V (a, b)|",
        "ca-sema-ruritania-1-part-1.1-7|Person|notes|record/Odd: kept|",
        "ca-sema-ruritania-1-part-1.1-7|Person|topics|sanction|",
        "ca-sema-ruritania-1-part-1.1-7-sanction|Sanction|program|Ruritania / Ruritanie|",
        "ca-sema-ruritania-1-part-1.1-7-sanction|Sanction|listingDate|2020-09-28|",
        "ca-sema-ruritania-1-part-1.1-7-sanction|Sanction|recordId|Schedule 1, Part 1.1 item 7|",
        "ca-sema-ruritania-2|Vessel|name|Brine Lark|",
        "ca-sema-ruritania-2|Vessel|type|Tug|",
        "ca-sema-ruritania-2|Vessel|imoNumber|9074729|",
        "ca-sema-ruritania-2|Vessel|buildDate|1998|",
        "ca-sema-graustark-3|Organization|name|Hall House|Hall House/Maison Hall|",
        "ca-sema-graustark-3|Organization|alias|Maison Hall|Hall House/Maison Hall|fra|",
        "ca-sema-graustark-3|Organization|alias|Hall Co., Ltd.|",
        "ca-sema-graustark-3|Organization|alias|Hall Sons|",
        "ca-sema-graustark-3|Organization|notes|Title: odd|",
        "ca-sema-graustark-3|Organization|notes|Date of birth or build: 1990|",
        "ca-sema-graustark-3|Organization|notes|Date of listing: soon|",
        "ca-sema-graustark-5|Person|name|Tarn|",
        "ca-sema-graustark-5|Person|birthDate|1970-01-02|1970-01-02 or 1971|",
        "ca-sema-graustark-5|Person|birthDate|1971|1970-01-02 or 1971|",
        "ca-sema-graustark-6|Person|notes|Date of birth or build: Sep-99|",
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_said(&r, said[i]);
    const char *hashed = strstr(r.statements.data, "|Organization|name|Quellmarch|");
    assert_non_null(hashed);
    assert_memory_equal(hashed - 16 - strlen("ca-sema-graustark-"), "ca-sema-graustark-", strlen("ca-sema-graustark-"));
    folder_end(&r);
}

static void broken_records(void **state)
{
    (void)state;
    static const char broken[] = "<data-set><record><Country>A</Country><Item>1</Item></record>\n"
                                 "<record><LastName>B</LastName></record>\n"
                                 "<other/>\nstray\n"
                                 "<record><Country>A</Country><LastName>C</LastName><Item>2</Item></record>\n"
                                 "<record><Country>A</Country><LastName>D</LastName><Item>2</Item></record></data-set>";
    folder r;
    folder_start(&r);
    folder_write(&r, "sema.xml", broken, sizeof broken - 1);
    assert_int_equal(folder_run(&r, "sema.xml"), ITD_OK);
    static const char *const reasons[] = {
        "record|sema.xml|1|10|1|record has no name\n",
        "record|sema.xml|2|62||record has no key\n",
        "record|sema.xml|3|102||not a record\n",
        "|a-2|a record before it has the same key\n",
        "record|sema.xml|4|",
    };
    assert_list_has(r.rejects.data, reasons);
    assert_int_equal(r.read.rejected, 5);
    assert_int_equal(r.read.records, 1);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "sema.xml"), ITD_EFORMAT);
    folder_end(&r);
}

static void what_is_none(void **state)
{
    (void)state;
    list_fails(&file, "<list/>", "the root element is list, not data-set");
    itd_sniff look = {.path = "x", .head = itd_sv_of(list)};
    assert_int_equal(itd_format_ca_sema.sniff(&look), 100);
    look.head = ITD_SV("<data-set><row/></data-set>");
    assert_int_equal(itd_format_ca_sema.sniff(&look), 0);
    look.head = ITD_SV("<list><Country>A</Country><Item>1</Item></list>");
    assert_int_equal(itd_format_ca_sema.sniff(&look), 0);
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
        cmocka_unit_test(broken_records),
        cmocka_unit_test(what_is_none),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("ca_sema", tests, NULL, NULL);
}
