#include "read/ofac_set.h"

#include <zlib.h>

#include "base/fault.h"
#include "support/faults.h"
#include "support/folder.h"

/* All people, firms and ships here are invented. */

static const char sdn[] =
    "101,\"VASSEK, Orlin\",\"individual\",\"ALPHA] [BETA - X\",\"Clerk\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
    "\"DOB 12 Apr 1961; Linked To: QUELLMARCH SHIP\"\r\n"
    "102,\"QUELLMARCH SHIPPING LTD\",-0- ,\"ALPHA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
    "103,\"BRINE LARK\",\"vessel\",\"ALPHA\",-0- ,\"HMXY\",\"Tug\",\"1,200\",\"900\",\"Malta\",\"Quellmarch Shipping "
    "Ltd\",\"a.k.a. 'LARK'.\"\r\n"
    "104,\"P-999\",\"aircraft\",\"ALPHA\",-0- ,-0- ,-0- ,\"5\",-0- ,\"None Identified\",-0- ,-0- \r\n\x1A";
static const char alt[] = "101,1,\"aka\",\"VASEK, Orlyn\",-0- \r\n"
                          "102,2,\"fka\",\"OLD QUELL\",\"until 2001\"\r\n"
                          "102,3,\"nka\",\"NEW QUELL\",-0- \r\n"
                          "101,4,\"fka\",\"VASSEK, O.\",-0- \r\n\x1A";
static const char add[] = "101,11,\"1 Mill Lane\",\"Sofia 1000\",\"Bulgaria\",-0- \r\n"
                          "102,12,-0- ,-0- ,\"Malta\",\"registered office\"\r\n"
                          "103,13,-0- ,-0- ,-0- ,-0- \r\n\x1A";
static const char comments[] = "101,\"PING LTD; Gender Male; last known in Sofia.\"\r\n\x1A";

static void write_set(folder *r)
{
    folder_start(r);
    folder_write(r, "sdn.csv", sdn, sizeof sdn - 1);
    folder_write(r, "alt.csv", alt, sizeof alt - 1);
    folder_write(r, "ADD.CSV", add, sizeof add - 1);
    folder_write(r, "sdn_comments.csv", comments, sizeof comments - 1);
}

static void a_set_is_read_whole(void **state)
{
    (void)state;
    static const char *const named[] = {"sdn.csv", "alt.csv", "ADD.CSV", "sdn_comments.csv"};
    folder r;
    write_set(&r);
    r.skip_bad = false;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (folder_run(&r, named[i]) != ITD_OK)
            fail_msg("%s: %s", named[i], r.error.message);
        assert_string_equal(r.format, "ofac-csv");
        assert_string_equal(r.dataset, "us-ofac-sdn");
        assert_int_equal(r.read.records, 4);
        assert_int_equal(r.read.rejected + r.read.orphans, 0);
        assert_string_equal(r.read.version, "");
        static const char *const said[] = {
            "us-ofac-sdn-101|Person|name|VASSEK, Orlin|||sdn.csv|1",
            "us-ofac-sdn-101|Person|lastName|VASSEK|",
            "us-ofac-sdn-101|Person|firstName|Orlin|",
            "us-ofac-sdn-101|Person|position|Clerk|",
            "us-ofac-sdn-101|Person|topics|sanction|",
            "us-ofac-sdn-101-sanction-ALPHA|Sanction|program|ALPHA|",
            "us-ofac-sdn-101-sanction-BETA - X|Sanction|program|BETA - X|",
            "us-ofac-sdn-101-sanction-ALPHA|Sanction|entity|us-ofac-sdn-101|",
            "us-ofac-sdn-101|Person|birthDate|1961-04-12|12 Apr 1961||sdn.csv|1",
            "us-ofac-sdn-101|Person|gender|male|Male|",
            "us-ofac-sdn-101|Person|notes|last known in Sofia.|",
            "us-ofac-sdn-101|Person|alias|VASEK, Orlyn|||alt.csv|1",
            "us-ofac-sdn-101|Person|previousName|VASSEK, O.|||alt.csv|4",
            "us-ofac-sdn-101|Person|address|1 Mill Lane, Sofia 1000, Bulgaria|||ADD.CSV|1",
            "us-ofac-sdn-101|Person|country|bg|Bulgaria|",
            "us-ofac-sdn-101-address-11|Address|street|1 Mill Lane|",
            "us-ofac-sdn-101-address-11|Address|city|Sofia 1000|",
            "us-ofac-sdn-102|Organization|previousName|OLD QUELL|||alt.csv|2",
            "us-ofac-sdn-102|Organization|notes|OLD QUELL: until 2001|",
            "us-ofac-sdn-102|Organization|alias|NEW QUELL|",
            "us-ofac-sdn-102-address-12|Address|remarks|registered office|",
            "us-ofac-sdn-103|Vessel|callSign|HMXY|",
            "us-ofac-sdn-103|Vessel|type|Tug|",
            "us-ofac-sdn-103|Vessel|tonnage|1200|1,200|",
            "us-ofac-sdn-103|Vessel|grossRegisteredTonnage|900|",
            "us-ofac-sdn-103|Vessel|flag|mt|Malta|",
            "us-ofac-sdn-103|Vessel|weakAlias|LARK|",
            "us-ofac-sdn-104|Airplane|name|P-999|",
            "us-ofac-sdn-104|Airplane|notes|Tonnage: 5|",
            "us-ofac-sdn-104|Airplane|notes|Vessel flag: None Identified|",
        };
        for (size_t s = 0; s < sizeof said / sizeof said[0]; s++)
            assert_said(&r, said[s]);
        /* the link goes to the record of that name, although its name is cut in the main file; the owner's name is
         * written otherwise and stays a name */
        assert_non_null(strstr(r.statements.data, "|UnknownLink|object|us-ofac-sdn-102|QUELLMARCH SHIPPING LTD|"));
        assert_non_null(strstr(r.statements.data, "|LegalEntity|name|Quellmarch Shipping Ltd|"));
        assert_non_null(strstr(r.statements.data, "us-ofac-sdn-103|Vessel|owner|us-ofac-sdn-103-named-"));
        assert_not_said(&r, "us-ofac-sdn-103-address");
    }
    folder_end(&r);
}

static void a_compressed_file_is_second_choice(void **state)
{
    (void)state;
    folder r;
    write_set(&r);
    char path[128];
    (void)snprintf(path, sizeof path, "%s/alt.csv.gz", r.path);
    gzFile file = gzopen(path, "wb");
    assert_non_null(file);
    static const char other[] = "101,9,\"aka\",\"PACKED\",-0- \r\n";
    assert_true(gzwrite(file, other, sizeof other - 1) > 0 && gzclose(file) == Z_OK);
    (void)snprintf(r.paths[r.count++], sizeof r.paths[0], "%s", path);
    assert_int_equal(folder_run(&r, "sdn.csv"), ITD_OK);
    assert_said(&r, "us-ofac-sdn-101|Person|alias|VASEK, Orlyn|||alt.csv|1");
    assert_not_said(&r, "us-ofac-sdn-101|Person|alias|PACKED");
    assert_int_equal(folder_run(&r, "alt.csv.gz"), ITD_OK); /* named by the user: first */
    assert_said(&r, "us-ofac-sdn-101|Person|alias|PACKED|||alt.csv.gz|1");
    folder_end(&r);
}

static void the_consolidated_list_by_name_and_by_content(void **state)
{
    (void)state;
    static const char prim[] = "7,\"QUELL BANK\",-0- ,\"CMIC-EO13959\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
    folder r;
    folder_start(&r);
    folder_write(&r, "cons_prim.csv", prim, sizeof prim - 1);
    folder_write(&r, "renamed.txt", prim, sizeof prim - 1);
    folder_write(&r, "other.txt", sdn, sizeof sdn - 1);
    static const struct {
        const char *file, *dataset;
    } rows[] = {{"cons_prim.csv", "us-ofac-cons"}, {"renamed.txt", "us-ofac-cons"}, {"other.txt", "us-ofac-sdn"}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(folder_run(&r, rows[i].file), ITD_OK);
        assert_string_equal(r.dataset, rows[i].dataset);
    }
    folder_end(&r);
}

static void a_set_without_its_main_file_is_refused(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    folder_write(&r, "alt.csv", alt, sizeof alt - 1);
    assert_int_equal(folder_run(&r, "alt.csv"), ITD_EFORMAT);
    assert_non_null(strstr(r.error.message, "sdn.csv"));
    folder_write(&r, "names.txt", alt, sizeof alt - 1);
    assert_int_equal(folder_run(&r, "names.txt"), ITD_EFORMAT);
    folder_end(&r);
}

static void broken_rows_and_orphans(void **state)
{
    (void)state;
    static const char bad_main[] = "1,\"GOOD\",-0- ,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
                                   "2,\"SHORT\",-0- ,\"A\"\r\n"
                                   "x3,\"NO NUMBER\",-0- ,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
                                   "4,\"ODD TYPE\",\"balloon\",\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
                                   "5,-0- ,-0- ,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
                                   "1,\"AGAIN\",-0- ,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
                                   "6,\"BYTES \xFF\",-0- ,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
                                   "7,\"LAST\",-0- ,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
    static const char bad_alt[] = "1,1,\"aka\",\"FINE\",-0- \r\n"
                                  "4,2,\"aka\",\"GOES WITH ITS RECORD\",-0- \r\n"
                                  "99,3,\"aka\",\"ORPHAN\",-0- \r\n"
                                  "1,4,\"aka\"\r\n"
                                  "7,5,\"aka\",\"open quote,-0- \r\n";
    folder r;
    folder_start(&r);
    folder_write(&r, "sdn.csv", bad_main, sizeof bad_main - 1);
    folder_write(&r, "alt.csv", bad_alt, sizeof bad_alt - 1);
    assert_int_equal(folder_run(&r, "sdn.csv"), ITD_OK);
    assert_string_equal(r.rejects.data,
                        "record|sdn.csv|2|59|2|a row of the main file has 12 columns, this one 4\n"
                        "record|sdn.csv|3|79||ent_num is not a number\n"
                        "record|sdn.csv|4|144|4|SDN_Type is none of individual, vessel, aircraft and -0-\n"
                        "record|sdn.csv|5|212|5|SDN_Name is empty\n"
                        "record|sdn.csv|6|269|1|ent_num occurs twice, first on line 1\n"
                        "record|sdn.csv|7|338|6|not valid UTF-8\n"
                        "orphan|alt.csv|3|62|99|no record of that ent_num in sdn.csv\n"
                        "record|alt.csv|4|88|1|a row of alternate names has 5 columns, this one 3\n"
                        "record|alt.csv|5|109|7|a quote that is never closed\n");
    assert_int_equal(r.read.records, 2);
    assert_int_equal(r.read.rejected, 8);
    assert_int_equal(r.read.orphans, 1);
    assert_not_said(&r, "us-ofac-sdn-4");
    assert_said(&r, "us-ofac-sdn-1|Organization|alias|FINE|");

    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "sdn.csv"), ITD_EFORMAT);
    assert_int_equal(r.error.line, 2);
    assert_non_null(strstr(r.error.where, "sdn.csv"));
    folder_end(&r);
}

static void a_set_larger_than_its_limit(void **state)
{
    (void)state;
    folder r;
    write_set(&r);
    itd_source source = {.format = &itd_format_ofac_csv, .paths = {r.paths[0]}};
    itd_read read = {.source = &source, .dataset = ITD_SV("t")};
    itd_record *record = NULL;
    itd_ofac_set set;
    assert_int_equal(itd_record_create(&record, &read, "sdn.csv", &r.error), ITD_OK);
    itd_ofac_set_init(&set, 64);
    assert_int_equal(itd_ofac_set_read(&set, &read, record, &r.error), ITD_ELIMIT);
    assert_non_null(strstr(r.error.message, "ITD_OFAC_SET_BYTES_MAX"));
    itd_ofac_set_finish(&set);
    itd_record_destroy(record);
    folder_end(&r);
}

static void what_is_no_set(void **state)
{
    (void)state;
    static const char *const others[] = {"", "a,b\n1,2\n", "1,2,3\n", "12,\"aka\",\"X\"\n", "\"1\",x\n"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        itd_sniff look = {.path = "sdn.csv", .head = itd_sv_of(others[i]), .whole = true};
        assert_int_equal(itd_format_ofac_csv.sniff(&look), 0);
    }
    itd_sniff look = {.path = "x/sdn.csv", .head = {sdn, sizeof sdn - 1}, .whole = true};
    assert_int_equal(itd_format_ofac_csv.sniff(&look), 100);
    look.path = "cons_prim.csv.gz";
    assert_int_equal(itd_format_ofac_csv.sniff(&look), 100);
    look.path = "alt.csv";
    assert_int_equal(itd_format_ofac_csv.sniff(&look), 90);
    look.whole = false; /* the cut row at the end does not count */
    look.head.size = 150;
    assert_int_equal(itd_format_ofac_csv.sniff(&look), 90);
}

static itd_status drop(void *context, const itd_statement *statement, itd_error *error)
{
    (void)error;
    *(size_t *)context += statement->value.size;
    return ITD_OK;
}

static itd_status read_quietly(void *context, itd_error *error)
{
    const char *paths[] = {context};
    itd_source_list plan;
    itd_arena arena;
    size_t size = 0;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_sources_plan(&plan, paths, 1, NULL, &arena, error);
    if (status == ITD_OK) {
        itd_read read = {.source = &plan.entries[0].source,
                         .dataset = ITD_SV("us-ofac-sdn"),
                         .statement = drop,
                         .statement_context = &size};
        status = plan.entries[0].source.format->read(&read, error);
    }
    itd_arena_finish(&arena);
    return status;
}

static void each_allocation_fails(void **state)
{
    (void)state;
    folder r;
    write_set(&r);
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, r.paths[0]) > 20);
    folder_end(&r);
}

static void keep_note(void *context, const char *text)
{
    itd_buffer_format(context, "%s\n", text);
}

static itd_status pass_statement(void *context, const itd_statement *s, itd_error *error)
{
    return folder_take(context, s, error);
}

/* A set without the file of comments: Remarks of 1000 characters have lost their end. */
static void remarks_without_their_end(void **state)
{
    (void)state;
    static const struct {
        size_t size;
        const char *end;
        bool cut;
    } rows[] = {
        {1000, "; nationality Mal", true},    {998, "; nationality Malta", true},
        {997, "; nationality Malta", false},  {1000, "; nationality Malta.", false},
        {1000, "; nationality Malta;", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        folder r;
        itd_buffer text = {0}, notes = {0};
        itd_buffer_append(&text,
                          ITD_SV("101,\"VASSEK\",\"individual\",\"ALPHA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\""));
        for (size_t used = strlen(rows[i].end); used < rows[i].size; used++)
            itd_buffer_append_char(&text, 'x');
        itd_buffer_format(&text, "%s\"\r\n\x1A", rows[i].end);
        folder_start(&r);
        folder_write(&r, "sdn.csv", text.data, text.size);
        itd_source source = {.format = &itd_format_ofac_csv, .paths = {r.paths[0]}};
        itd_read read = {.source = &source,
                         .dataset = ITD_SV("d"),
                         .statement = pass_statement,
                         .statement_context = &r,
                         .note = keep_note,
                         .note_context = &notes};
        assert_int_equal(itd_format_ofac_csv.read(&read, &r.error), ITD_OK);
        itd_buffer_append_char(&r.statements, 0);
        itd_buffer_append_char(&notes, 0);
        assert_string_equal(notes.data,
                            rows[i].cut ? "1 remark ends at 1000 characters without its continuation\n" : "");
        bool whole = !rows[i].cut || strchr(rows[i].end + 1, ';');
        assert_int_equal(folder_has(&r, "d-101|Person|nationality|mt|Malta|"), whole);
        assert_int_equal(folder_has(&r, "d-101|Person|notes|nationality Mal"), !whole);
        assert_int_equal(strstr(r.statements.data, "\xE2\x80\xA6|") != NULL, !whole);
        itd_buffer_finish(&text);
        itd_buffer_finish(&notes);
        folder_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_read_whole),
        cmocka_unit_test(remarks_without_their_end),
        cmocka_unit_test(a_compressed_file_is_second_choice),
        cmocka_unit_test(the_consolidated_list_by_name_and_by_content),
        cmocka_unit_test(a_set_without_its_main_file_is_refused),
        cmocka_unit_test(broken_rows_and_orphans),
        cmocka_unit_test(a_set_larger_than_its_limit),
        cmocka_unit_test(what_is_no_set),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("ofac_csv", tests, NULL, NULL);
}
