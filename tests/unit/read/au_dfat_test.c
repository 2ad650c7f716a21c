#include "base/fault.h"
#include "read/list_rows.h"
#include "support/list_file.h"

/* All people, firms and ships here are invented. */

static const list_file file = {&itd_format_au_dfat, "au-dfat", "au.csv"};

#define HEADER                                                                                                         \
    "Reference,Name of Individual or Entity,Type,Name Type,Date of Birth,Place of Birth,Citizenship,Address,"          \
    "Additional Information,Listing Information,Committees,Control Date\n"

static const char list[] = HEADER
    "2,Orlin VASSEK,Individual,Primary Name,a) Approximately 1955- 1958 b) 10 Nov. 1972; alt DOB: 4/11/1973 or "
    "spring,a) Sofia b) Plovdiv,Bulgaria,\"a) 1 Mill Lane, Bulgaria b) Malta c) Far\",Keeps books.,Listed on: 2 May "
    "2005 (amended on 3 Nov. 2005),1718 (DPRK),15/12/2014\n"
    "2a,O. VASSEK,individual ,aka,a) Approximately 1955- 1958 b) 10 Nov. 1972; alt DOB: 4/11/1973 or spring,a) "
    "Sofia b) Plovdiv,na,NA,Keeps books.,10/06/2020,1718 (DPRK) ,16/12/2014\n"
    "2b1,\xD0\x9E\xD1\x80\xD0\xBB\xD0\xB8\xD0\xBD,Individual,Original Script,,,,,,,Autonomous (DPRK),soon\n"
    "3,Brine Bank,Entity,Primary name,1990,,Malta,,,Listed somewhere,Autonomous (DPRK),\n"
    "3a,Brine House,Entity,Formerly known as,,,,,,,Autonomous (DPRK),\n"
    "4,Brine Lark,Vessel,Primary Name,,,,,,,X,\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &file, list);
    assert_int_equal(r.read.records, 3);
    static const char *const said[] = {
        "au-dfat-2|Person|name|Orlin VASSEK|||au.csv|2",
        "au-dfat-2|Person|alias|O. VASSEK|||au.csv|3",
        "au-dfat-2|Person|alias|\xD0\x9E\xD1\x80\xD0\xBB\xD0\xB8\xD0\xBD|||au.csv|4",
        "au-dfat-2|Person|birthDate|1955|Approximately 1955- 1958|",
        "au-dfat-2|Person|birthDate|1957|Approximately 1955- 1958|",
        "au-dfat-2|Person|birthDate|1958|Approximately 1955- 1958|",
        "au-dfat-2|Person|birthDate|1972-11-10|10 Nov. 1972|",
        "au-dfat-2|Person|birthDate|1973-11-04|alt DOB: 4/11/1973|",
        "au-dfat-2|Person|notes|Date of Birth: spring|",
        "au-dfat-2|Person|birthPlace|Sofia|",
        "au-dfat-2|Person|birthPlace|Plovdiv|",
        "au-dfat-2|Person|citizenship|bg|Bulgaria|",
        "au-dfat-2|Person|address|1 Mill Lane, Bulgaria|",
        "au-dfat-2|Person|address|Far|",
        "au-dfat-2|Person|country|bg|Bulgaria|",
        "au-dfat-2|Person|country|mt|Malta|",
        "au-dfat-2|Person|notes|Keeps books.|||au.csv|2",
        "au-dfat-2|Person|topics|sanction|",
        "au-dfat-3|Organization|name|Brine Bank|",
        "au-dfat-3|Organization|previousName|Brine House|",
        "au-dfat-3|Organization|notes|Date of Birth: 1990|",
        "au-dfat-3|Organization|notes|Citizenship: Malta|",
        "au-dfat-4|Vessel|name|Brine Lark|",
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_said(&r, said[i]);
    static const char *const parts[] = {
        "|Sanction|program|1718 (DPRK)|",
        "|Sanction|program|Autonomous (DPRK)|",
        "|Sanction|authorityId|2|",
        "|Sanction|listingDate|2005-05-02|Listed on: 2 May 2005 (amended on 3 Nov. 2005)|",
        "|Sanction|listingDate|2020-06-10|10/06/2020|",
        "|Sanction|summary|Listed somewhere|",
        "|Sanction|summary|Control Date: soon|",
        "|Sanction|modifiedAt|2014-12-15|",
        "|Sanction|modifiedAt|2014-12-16|",
    };
    assert_list_has(r.statements.data, parts);
    /* what an earlier row of the record said is not said again */
    list_has_once(r.statements.data, "|notes|Keeps books.");
    assert_null(strstr(r.statements.data, "|na|"));
    folder_end(&r);
}

static void broken_rows(void **state)
{
    (void)state;
    static const char broken[] =
        HEADER "x,NAME,Individual,aka,,,,,,,,\n2,NAME,Balloon,aka,,,,,,,,\n3,,Entity,aka,,,,,,,,\n"
               "4,FINE,Entity,aka,,,,,,,,\n4a,OTHER,Individual,aka,,,,,,,,\n";
    folder r;
    folder_start(&r);
    folder_write(&r, "au.csv", broken, sizeof broken - 1);
    assert_int_equal(folder_run(&r, "au.csv"), ITD_OK);
    static const char *const reasons[] = {
        "record|au.csv|2|", "|x|Reference does not start with a number\n",
        "record|au.csv|3|", "|2|Type is none of Individual, Entity and Vessel\n",
        "record|au.csv|4|", "|3|row has no name\n",
        "record|au.csv|6|", "|4a|Type differs from that of an earlier row of this Reference\n",
    };
    assert_list_has(r.rejects.data, reasons);
    assert_int_equal(r.read.rejected, 4);
    assert_int_equal(r.read.records, 1);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "au.csv"), ITD_EFORMAT);
    assert_int_equal(r.error.line, 2);
    folder_end(&r);
    itd_sniff look = {.path = "x", .head = ITD_SV("Reference,Name of Individual or Entity,Type\n")};
    assert_int_equal(itd_format_au_dfat.sniff(&look), 0);
    look.head = ITD_SV(HEADER);
    assert_int_equal(itd_format_au_dfat.sniff(&look), 100);
}

/* Past the room for what was said before, facts repeat and nothing else changes. */
static void more_than_can_be_remembered(void **state)
{
    (void)state;
    itd_buffer text = {0}, other = {0};
    itd_buffer_append(&text, ITD_SV(HEADER));
    for (size_t i = 0; i < 400000; i++)
        itd_buffer_append_char(&other, 'x');
    itd_buffer_append_char(&other, 0);
    for (unsigned i = 0; i < 180; i++) /* 180 times 400 kB is more than 64 MiB */
        itd_buffer_format(&text, "1,SAME,Entity,aka,,,,,%u %s,said,X,\n", i, other.data);
    folder r;
    folder_start(&r);
    folder_write(&r, "au.csv", text.data, text.size);
    assert_int_equal(folder_run(&r, "au.csv"), ITD_OK);
    assert_int_equal(r.read.records, 1);
    size_t said = 0;
    for (const char *at = r.statements.data; (at = strstr(at, "|summary|said|")) != NULL; at++)
        said++;
    assert_true(said > 1 && said < 20);
    folder_end(&r);
    itd_buffer_finish(&text);
    itd_buffer_finish(&other);
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
        cmocka_unit_test(more_than_can_be_remembered),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("au_dfat", tests, NULL, NULL);
}
