#include "base/fault.h"
#include "support/list_file.h"

/* All people and firms here are invented. */

static const list_file file = {&itd_format_us_bis_dpl, "us-bis-dpl", "dpl.txt"};

static const char list[] =
    "\"Name\"\t\"Street_Address\"\t\"City\"\t\"State\"\t\"Country\"\t\"Postal_Code\"\t\"Effective_Date\"\t\"Expiration_"
    "Date\"\t\"Standard_Order\"\t\"Last_Update\"\t\"Action\"\t\"FR_Citation\"\n"
    "\" ORLIN VASSEK\"\t\"1 MILL "
    "LANE\"\t\"SOFIA\"\t\"\"\t\"BG\"\t\"1000\"\t\"10/16/2017\"\t\"soon\"\t\"Y\"\t\"2017-10-23\"\t\"ADDED\"\t\"82 F.R. "
    "1\"\n"
    "\"ORLIN VASSEK\"\t\"2 MILL "
    "LANE\"\t\"SOFIA\"\t\"\"\t\"BG\"\t\"1000\"\t\"10/16/2017\"\t\"soon\"\t\"Y\"\t\"2017-10-23\"\t\"ADDED\"\t\"82 F.R. "
    "1\"\n"
    "\"ORLIN VASSEK\"\t\"\"\t\"\"\t\"\"\t\"MT\"\t\"\"\t\"10/16/2018\"\t\"10/13/2020\"\t\"N\"\t\"\"\t\"\"\t\"\"\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &file, list);
    assert_int_equal(r.read.records, 2);
    static const char *const said[] = {
        "|LegalEntity|name|ORLIN VASSEK|",
        "|LegalEntity|topics|export.control|",
        "|LegalEntity|address|1 MILL LANE, SOFIA, 1000, BG|",
        "|LegalEntity|address|2 MILL LANE, SOFIA, 1000, BG|",
        "|LegalEntity|country|mt|MT|",
        "|LegalEntity|notes|Standard order: N|",
        "|LegalEntity|notes|Action: ADDED|",
        "|Sanction|program|DPL|",
        "|Sanction|startDate|2017-10-16|",
        "|Sanction|endDate|2020-10-13|",
        "|Sanction|summary|Expiration date: soon|",
        "|Sanction|modifiedAt|2017-10-23|",
        "|Sanction|recordId|82 F.R. 1|",
        "|Address|city|SOFIA|",
        "|Address|postalCode|1000|",
    };
    assert_list_has(r.statements.data, said);
    /* what an earlier row of the record said is not said again */
    list_has_once(r.statements.data, "Action: ADDED");
    list_key_is_hash(&r, &file);
    folder_end(&r);
}

static void broken_rows(void **state)
{
    (void)state;
    static const char broken[] = "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_"
                                 "Date\n\tx\t\t\t\t\t\nFINE\t\t\t\t\t\t\nshort\n";
    folder r;
    folder_start(&r);
    folder_write(&r, "dpl.txt", broken, sizeof broken - 1);
    assert_int_equal(folder_run(&r, "dpl.txt"), ITD_OK);
    static const char *const reasons[] = {
        "record|dpl.txt|2|66||record has no name\n",
        "record|dpl.txt|4|85||another number of columns than the header\n",
    };
    assert_list_has(r.rejects.data, reasons);
    assert_int_equal(r.read.rejected, sizeof reasons / sizeof reasons[0]);
    assert_int_equal(r.read.records, 1);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "dpl.txt"), ITD_EFORMAT);
    assert_int_equal(r.error.line, 2);
    folder_end(&r);
    itd_sniff look = {.path = "x", .head = ITD_SV("Name,Measure\n")};
    assert_int_equal(itd_format_us_bis_dpl.sniff(&look), 0);
    look.head = itd_sv_of(list);
    assert_int_equal(itd_format_us_bis_dpl.sniff(&look), 100);
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
        cmocka_unit_test(broken_rows),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("us_bis_dpl", tests, NULL, NULL);
}
