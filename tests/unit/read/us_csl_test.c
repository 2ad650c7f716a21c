#include "base/fault.h"
#include "read/list_rows.h"
#include "support/list_file.h"

/* All people, firms and ships here are invented. */

static const list_file file = {&itd_format_us_csl, "us-csl", "csl.csv"};

#define HEADER                                                                                                         \
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"         \
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"  \
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"            \
    "places_of_birth,source_information_url,ids,extra\n"
#define SDN "Specially Designated Nationals (SDN) - Treasury Department"
#define EL "Entity List (EL) - Bureau of Industry and Security"

static const char list[] =
    "\xEF\xBB\xBF" HEADER HEADER "36," SDN
    ",36,Individual,ALPHA; BETA,Orlin VASSEK,Clerk,\"1 Mill Lane, Sofia, BG; MT; Far away\",,,,,,,,,,,,,Linked To: "
    "BRINE BANK.,https://example.com/list,Orlyn VASSEK; O. VASSEK,BG; MT,1961; 1962-03-04; circa "
    "1963,BG,\"Sofia, Bulgaria\",https://example.com/info,\"Passport, U1, BG; Passport, E59, TN, 19 Jun 1987, 18 Jun "
    "1992; Passport, 48, EG, Jan 1984; Gender, Male; Odd thing\",kept\n"
    "36," EL ",,,,QUELLMARCH,,\"Mill, BG\",85 FR 1,2020-12-23,soon,Y,For all items,Denial,,,,,,,ADDED,,,BG,1990,,,,,\n"
    "dash,Menu List (NS-MBS List) - Treasury Department,,Entity,,BRINE "
    "BANK,,,,,,,,,,,,,,,,,,,,,,,\"ISIN, X1\",\n"
    "7," SDN ",7,Vessel,ALPHA,BRINE LARK,,,,,,,,,CL1,Tug,\"2,595\",212,Malta,Quell,,,,,,,,,\"Vessel Registration "
    "Identification, IMO 9074729\",\n"
    "8,Odd list,,,,ODD,,,,,,,,,,,,,,,,,,,,,,,,\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &file, list);
    assert_int_equal(r.read.records, 5);
    static const char *const said[] = {
        "us-csl-sdn-36|Person|name|Orlin VASSEK|||csl.csv|3",
        "us-csl-sdn-36|Person|alias|Orlyn VASSEK|",
        "us-csl-sdn-36|Person|alias|O. VASSEK|",
        "us-csl-sdn-36|Person|position|Clerk|",
        "us-csl-sdn-36|Person|country|bg|BG|",
        "us-csl-sdn-36|Person|country|mt|MT|",
        "us-csl-sdn-36|Person|address|1 Mill Lane, Sofia, BG|",
        "us-csl-sdn-36|Person|address|Far away|",
        "us-csl-sdn-36|Person|citizenship|mt|MT|",
        "us-csl-sdn-36|Person|nationality|bg|BG|",
        "us-csl-sdn-36|Person|birthDate|1961|",
        "us-csl-sdn-36|Person|birthDate|1962-03-04|",
        "us-csl-sdn-36|Person|birthDate|1963|circa 1963|",
        "us-csl-sdn-36|Person|birthPlace|Sofia, Bulgaria|",
        "us-csl-sdn-36|Person|passportNumber|U1|",
        "us-csl-sdn-36|Person|gender|male|",
        "us-csl-sdn-36|Person|notes|Identification: Odd thing|",
        "us-csl-sdn-36|Person|notes|extra: kept|",
        "us-csl-sdn-36|Person|topics|sanction|",
        "us-csl-el-36|LegalEntity|name|QUELLMARCH|",
        "us-csl-el-36|LegalEntity|topics|export.control|",
        "us-csl-el-36|LegalEntity|notes|Standard order: Y|",
        "us-csl-el-36|LegalEntity|notes|Remarks: ADDED|",
        "us-csl-el-36|LegalEntity|notes|Date of birth: 1990|",
        "us-csl-el-36|LegalEntity|notes|Citizenship: BG|",
        "us-csl-ns-mbs-dash|Organization|idNumber|X1|",
        "us-csl-sdn-7|Vessel|callSign|CL1|",
        "us-csl-sdn-7|Vessel|type|Tug|",
        "us-csl-sdn-7|Vessel|tonnage|2595|2,595|",
        "us-csl-sdn-7|Vessel|grossRegisteredTonnage|212|",
        "us-csl-sdn-7|Vessel|flag|mt|Malta|",
        "us-csl-sdn-7|Vessel|owner|us-csl-sdn-7-named-",
        "us-csl-sdn-7|Vessel|imoNumber|",
        "us-csl-odd-list-8|LegalEntity|name|ODD|",
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_said(&r, said[i]);
    static const char *const parts[] = {
        "|Sanction|program|ALPHA|",
        "|Sanction|program|BETA|",
        "|Sanction|program|EL|",
        "|Sanction|program|NS-MBS|",
        "|Sanction|program|Odd list|",
        "|Sanction|authority|Bureau of Industry and Security|",
        "|Sanction|startDate|2020-12-23|",
        "|Sanction|summary|End date: soon|",
        "|Sanction|recordId|85 FR 1|",
        "|Sanction|provisions|For all items|",
        "|Sanction|provisions|Denial|",
        "|Sanction|sourceUrl|https://example.com/list|",
        "|Sanction|programUrl|https://example.com/info|",
        "|UnknownLink|role|Linked To|",
        "|Address|country|bg|",
        "|Passport|country|bg|",
        "|Passport|passportNumber|E59|",
        "|Passport|country|tn|",
        "|Passport|startDate|1987-06-19|",
        "|Passport|endDate|1992-06-18|",
        "|Passport|passportNumber|48|",
        "|Passport|summary|Jan 1984|", /* of issue or of expiry: the list does not say */
    };
    assert_list_has(r.statements.data, parts);
    assert_not_said(&r, "us-csl-odd-list-8|LegalEntity|topics|");
    folder_end(&r);
}

static void broken_rows(void **state)
{
    (void)state;
    itd_buffer text = {0};
    itd_buffer_append(&text,
                      ITD_SV("_id,source,entity_number,type,programs,name\n,x,,,,NO ID\n1,,,,,NO SOURCE\n"
                             "2,x,,Balloon,,TYPE\n3,x,,,,\n4,x,,,,FINE\n4,x,,,,AGAIN\nshort\n5,x,,,,\xE9\n6,x,,,,"));
    for (size_t i = 0; i <= ITD_VALUE_BYTES_MAX / 2; i++)
        itd_buffer_append_char(&text, 'x');
    itd_buffer_append(&text, ITD_SV("\n7,x,,,,\"open"));
    folder r;
    folder_start(&r);
    folder_write(&r, "csl.csv", text.data, text.size);
    assert_int_equal(folder_run(&r, "csl.csv"), ITD_OK);
    static const char *const reasons[] = {
        "record|csl.csv|2|44||record has no _id or no source\n",
        "record|csl.csv|3|56|1|record has no _id or no source\n",
        "|2|type is none of Individual, Entity, Vessel and Aircraft\n",
        "|3|record has no name\n",
        "|x-4|an earlier record has this key\n",
        "||another number of columns than the header\n",
        "||not valid UTF-8\n",
        "||longer than half of ITD_VALUE_BYTES_MAX\n",
        "||a quote that is never closed\n",
    };
    assert_list_has(r.rejects.data, reasons);
    assert_int_equal(r.read.rejected, 9);
    assert_int_equal(r.read.records, 1);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "csl.csv"), ITD_EFORMAT);
    assert_int_equal(r.error.line, 2);
    itd_buffer_finish(&text);
    folder_end(&r);
}

static void heads_that_are_refused(void **state)
{
    (void)state;
    char wide[1024] = "_id,source,entity_number,type,programs,name";
    for (size_t i = 0; i < ITD_LIST_COLUMNS_MAX - 5; i++)
        strcat(wide, ",x");
    strcat(wide, "\n");
    const char *const rows[][2] = {
        {"", "the file ends before the header of the list"},
        {"_id,source,entity_number,type,programs\n", "the header has no column name"},
        {"_id,_id\n", "the header names a column twice: _id"},
        {"_id,\"open\n", "a quote that is never closed"},
        {wide, "the header has more than 64 columns"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        list_fails(&file, rows[i][0], rows[i][1]);
    itd_sniff look = {.path = "x", .head = ITD_SV("_id,source,entity_number,type,programs\n")};
    assert_int_equal(itd_format_us_csl.sniff(&look), 0);
    look.head = ITD_SV("\xEF\xBB\xBF" HEADER);
    assert_int_equal(itd_format_us_csl.sniff(&look), 100);
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
        cmocka_unit_test(heads_that_are_refused),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("us_csl", tests, NULL, NULL);
}
