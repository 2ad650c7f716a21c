#include "base/fault.h"
#include "support/list_file.h"

/* All people and firms here are invented. */

static const list_file file = {&itd_format_us_fincen, "us-fincen-311", "fincen.csv"};

static const char list[] =
    "Measure,Relationship,Type,Name,Alias,Country,Address,Registration number,Topics,Notes,Source URL\n"
    "Brine Bank,self,,Brine Bank,Brine; Brine AS,Bulgaria,\"Sofia, Bulgaria\",R1,sanction; "
    "reg.warn,Seen.,https://example.com/1\n"
    "Brine Bank,self,Company,Brine Bank,Brine,Bulgaria,,,,Seen.,https://example.com/2\n"
    "Brine Bank,subsidiary,Company,Brine House,,Malta,,,sanction.linked,,https://example.com/1\n"
    "Brine Bank,cousin,Person,Orlin Vassek,,,,N7,,,\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &file, list);
    assert_int_equal(r.read.records, 3);
    static const char *const said[] = {
        "|LegalEntity|name|Brine Bank|",
        "|LegalEntity|alias|Brine|",
        "|LegalEntity|alias|Brine AS|",
        "|LegalEntity|country|bg|Bulgaria|",
        "|LegalEntity|address|Sofia, Bulgaria|",
        "|LegalEntity|registrationNumber|R1|",
        "|LegalEntity|topics|sanction|",
        "|LegalEntity|topics|reg.warn|",
        "|LegalEntity|notes|Type: Company|",
        "|Company|name|Brine House|",
        "|Company|topics|sanction.linked|",
        "|UnknownLink|role|subsidiary|",
        "|Person|notes|Relationship: cousin|",
        "|Person|registrationNumber|N7|",
        "|Sanction|program|Brine Bank|",
        "|Sanction|sourceUrl|https://example.com/1|",
        "|Sanction|sourceUrl|https://example.com/2|",
    };
    assert_list_has(r.statements.data, said);
    /* what an earlier row of the record said is not said again */
    list_has_once(r.statements.data, "notes|Seen.");
    list_key_is_hash(&r, &file);
    folder_end(&r);
}

static void broken_rows(void **state)
{
    (void)state;
    static const char broken[] =
        "Measure,Relationship,Type,Name\n,self,,NAME\nM,self,,\nM,self,Vessel,LARK\nM,self,,FINE\n";
    folder r;
    folder_start(&r);
    folder_write(&r, "fincen.csv", broken, sizeof broken - 1);
    assert_int_equal(folder_run(&r, "fincen.csv"), ITD_OK);
    static const char *const reasons[] = {
        "record|fincen.csv|2|31|NAME|record has no Measure or no Name\n",
        "record|fincen.csv|3|43||record has no Measure or no Name\n",
        "|LARK|Type is no kind of LegalEntity\n",
    };
    assert_list_has(r.rejects.data, reasons);
    assert_int_equal(r.read.rejected, sizeof reasons / sizeof reasons[0]);
    assert_int_equal(r.read.records, 1);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "fincen.csv"), ITD_EFORMAT);
    assert_int_equal(r.error.line, 2);
    folder_end(&r);
    itd_sniff look = {.path = "x", .head = ITD_SV("Name,Measure\n")};
    assert_int_equal(itd_format_us_fincen.sniff(&look), 0);
    look.head = itd_sv_of(list);
    assert_int_equal(itd_format_us_fincen.sniff(&look), 100);
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
    return cmocka_run_group_tests_name("us_fincen", tests, NULL, NULL);
}
