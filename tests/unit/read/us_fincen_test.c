#include "base/fault.h"
#include "support/faults.h"
#include "support/folder.h"

/* All people and firms here are invented. */

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
    folder_start(&r);
    folder_write(&r, "fincen.csv", list, sizeof list - 1);
    r.skip_bad = false;
    if (folder_run(&r, "fincen.csv") != ITD_OK)
        fail_msg("%s", r.error.message);
    assert_string_equal(r.format, "us-fincen-csv");
    assert_string_equal(r.dataset, "us-fincen-311");
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
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (!strstr(r.statements.data, said[i]))
            fail_msg("no %s among\n%s", said[i], r.statements.data);
    /* what an earlier row of the record said is not said again */
    const char *first = strstr(r.statements.data, "notes|Seen.");
    assert_non_null(first);
    assert_null(strstr(first + 1, "notes|Seen."));
    /* the key is a hash: sixteen digits */
    assert_memory_equal(r.statements.data, "us-fincen-311-", strlen("us-fincen-311-"));
    assert_int_equal(strspn(r.statements.data + strlen("us-fincen-311-"), "0123456789abcdef"), 16);
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
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (!strstr(r.rejects.data, reasons[i]))
            fail_msg("no \"%s\" among\n%s", reasons[i], r.rejects.data);
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

static itd_status drop(void *context, const itd_statement *statement, itd_error *error)
{
    (void)error;
    *(size_t *)context += statement->value.size;
    return ITD_OK;
}

static itd_status read_quietly(void *context, itd_error *error)
{
    itd_source source = {.format = &itd_format_us_fincen, .paths = {context}};
    size_t size = 0;
    itd_read read = {
        .source = &source, .dataset = ITD_SV("us-fincen-311"), .statement = drop, .statement_context = &size};
    return itd_format_us_fincen.read(&read, error);
}

static void each_allocation_fails(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    folder_write(&r, "fincen.csv", list, sizeof list - 1);
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, r.paths[0]) > 20);
    folder_end(&r);
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
