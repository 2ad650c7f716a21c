#include "support/faults.h"
#include "support/reading.h"

/* All people, firms, ships and acts here are invented. */

#define HEAD "celex,recordId,programKey,annex,measure,startDate,reason,schema,name"
#define AMENDMENT "amendedCelex,amendmentCelex,recordId,programKey,annex,measure,startDate,reason,schema,name"

static itd_status read_text(reading *r, const char *text)
{
    return reading_bytes(r, &itd_format_eu_journal, "eu-journal", text, strlen(text));
}

static void assert_has(const reading *r, const char *const *lines)
{
    for (; *lines; lines++)
        if (!reading_has(r, *lines))
            fail_msg("no %s in %.*s", *lines, ITD_SV_ARG(itd_buffer_view(&r->text)));
}
#define HAS(r, ...) assert_has(r, (const char *const[]){__VA_ARGS__, NULL})

static const char consolidated[] =
    HEAD ",alias,weakAlias,previousName,nationality,birthDate,gender,flag,imoNumber,notes,email\n"
         "32000R0001,1,EU-X,I,Asset freeze,28.2.2011,Moves cash.,Person,ORLIN VASSEK,\"A; ;\"\"B; "
         "\"\"\"\"C\"\"\"\"\"\"\",W,,"
         "Malta,Approximately 1952; 4 Apr. 1944; in spring,male,,,Tall.; Paid 1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B,\n"
         "32000R0001,,EU-X,IV,Export control,,,Company,QUELL,,,OLD QUELL,,,none,,,,a@example.org\n"
         "32000R0001,2,EU-X,I,Transportation restrictions,soon,,Vessel,BRINE,,,,,,,Cameroon,9074729,,\n"
         "32000R0001,1,EU-X,I,Asset freeze,,,LegalEntity,OTHER,,,,,,,,,,\n";

static void a_consolidated_act(void **state)
{
    (void)state;
    reading r = {0};
    if (read_text(&r, consolidated) != ITD_OK)
        fail_msg("%s", r.error.message);
    assert_int_equal(r.read.records, 4);
    assert_int_equal(r.rejects, 0);
    HAS(&r, "eu-journal-32000R0001-I-1|Person|name|ORLIN VASSEK||", "eu-journal-32000R0001-I-1|Person|alias|A||",
        "eu-journal-32000R0001-I-1|Person|alias|B; \"C\"||", "eu-journal-32000R0001-I-1|Person|weakAlias|W||",
        "eu-journal-32000R0001-I-1|Person|nationality|mt|Malta|",
        "eu-journal-32000R0001-I-1|Person|birthDate|1952|Approximately 1952|",
        "eu-journal-32000R0001-I-1|Person|birthDate|1944-04-04|4 Apr. 1944|",
        "eu-journal-32000R0001-I-1|Person|notes|birthDate: in spring||",
        "eu-journal-32000R0001-I-1|Person|gender|male||", "eu-journal-32000R0001-I-1|Person|notes|Tall.||",
        "eu-journal-32000R0001-I-1|Person|topics|sanction||", "eu-journal-32000R0001-I-2|Vessel|imoNumber|9074729||",
        "eu-journal-32000R0001-I-2|Vessel|flag|cm|Cameroon|",
        "eu-journal-32000R0001-I-2|Vessel|notes|startDate: soon||");
    static const char *const ends[] = {"|Sanction|startDate|2011-02-28|28.2.2011|\n",
                                       "|Sanction|reason|Moves cash.||\n",
                                       "|Sanction|provisions|Export control||\n",
                                       "|Sanction|summary|CELEX 32000R0001 annex IV||\n",
                                       "|Sanction|authorityId|2||\n",
                                       "|Company|topics|export.control||\n",
                                       "|Company|previousName|OLD QUELL||\n",
                                       "|Company|notes|gender: none||\n",
                                       "|Company|email|a@example.org||\n",
                                       "|LegalEntity|name|OTHER||\n",
                                       "Dvtp5B|CryptoWallet|holder|eu-journal-32000R0001-I-1||\n"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (reading_count(&r, ends[i]) != 1)
            fail_msg("not one %s in %.*s", ends[i], ITD_SV_ARG(itd_buffer_view(&r.text)));
    /* a key that another entity has taken is a hash of the row */
    assert_int_equal(reading_count(&r, "\neu-journal-32000R0001-I-1|LegalEntity|"), 0);
    reading_finish(&r);
}

static void an_amendment(void **state)
{
    (void)state;
    reading r = {0};
    assert_int_equal(read_text(&r, AMENDMENT ",imoNumber\n"
                                             "32000R0001,32001R0002,1,EU-X,V,Transportation restrictions,2026-08-07,r,"
                                             "Vessel,BRINE,9074729\n"
                                             "32000R0001,32001R0002,1,EU-X,V,Financial restrictions,,r,Vessel,BRINE,"
                                             "9074729\n"
                                             "32000R0009,32001R0002,1,EU-Y,V,Asset freeze,,r,Vessel,BRINE,9074729\n"),
                     ITD_OK);
    assert_int_equal(r.read.records, 2); /* one entity under two measures, and what another act lists as 1 */
    assert_int_equal(reading_count(&r, "|provisions|"), 3);
    assert_int_equal(reading_count(&r, "|Sanction|entity|eu-journal-32001R0002-V-1||\n"), 2);
    assert_int_equal(reading_count(&r, "CELEX 32001R0002 amends 32000R0001 annex V"), 2);
    reading_finish(&r);
}

static void nothing_but_a_header(void **state)
{
    (void)state;
    reading r = {0};
    assert_int_equal(read_text(&r, HEAD "\r\n"), ITD_OK);
    assert_int_equal(r.read.records, 0);
    reading_finish(&r);
}

static void broken_rows(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {",1,EU-X,I,Asset freeze,,,Person,A", "no CELEX"},
        {"32000R0001,1,EU-X,I,Asset freeze,,,Person,", "no name"},
        {"32000R0001,1,EU-X,I,Asset freeze,,,Ghost,A",
         "the schema is none of Person, LegalEntity, Organization, Company, Vessel and Asset"},
        {"32000R0001,1,EU-X,I,Asset freeze,,,Address,A",
         "the schema is none of Person, LegalEntity, Organization, Company, Vessel and Asset"},
        {"32000R0001,1", "another number of columns than the header"},
        {"32000R0001,1,EU-X,I,Asset freeze,,,Person,\xE9", "not valid UTF-8"},
        {"32000R0001,1,EU-X,I,Asset freeze,,,Person,GOOD", "a row before it is the same"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int skip = 0; skip < 2; skip++) {
            char text[512];
            reading r = {.read.skip_bad = skip};
            (void)snprintf(text, sizeof text, "%s\n32000R0001,1,EU-X,I,Asset freeze,,,Person,GOOD\n%s\n", HEAD,
                           rows[i][0]);
            assert_int_equal(read_text(&r, text), skip ? ITD_OK : ITD_EFORMAT);
            assert_int_equal(r.rejects, 1);
            assert_int_equal(r.reject_line, 3);
            assert_string_equal(r.reason, rows[i][1]);
            assert_int_equal(r.read.records, 1);
            reading_finish(&r);
        }
}

static void heads_that_are_refused(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", "the file ends before the header of the list"},
        {"celex,name\n", "the header lacks a column of the format"},
        {HEAD ",name\n", "the header names a column twice"},
        {HEAD ",\n", "a column's name is empty"},
        {HEAD ",a-name-that-is-longer-than-those-that-the-format-has\n", "longer than 39 bytes"},
        {"\"celex", "a quote that is never closed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reading r = {0};
        assert_int_equal(read_text(&r, rows[i][0]), ITD_EFORMAT);
        if (!strstr(r.error.message, rows[i][1]))
            fail_msg("%s: not %s", r.error.message, rows[i][1]);
        reading_finish(&r);
    }
    static const struct {
        itd_sv head;
        int sure;
    } looks[] = {{ITD_SV(HEAD "\n"), 100},
                 {ITD_SV("\xEF\xBB\xBF" AMENDMENT ",alias\n"), 100},
                 {ITD_SV("recordId,programKey,annex,measure,startDate,reason,schema,name\n"), 0},
                 {ITD_SV("id,schema,name\n"), 0},
                 {ITD_SV(""), 0}};
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        itd_sniff look = {.path = "x", .head = looks[i].head};
        assert_int_equal(itd_format_eu_journal.sniff(&look), looks[i].sure);
    }
}

static void limit_columns(void **state)
{
    (void)state;
    for (size_t width = 128; width <= 129; width++) {
        itd_buffer text = {0};
        reading r = {0};
        itd_buffer_append(&text, ITD_SV(HEAD));
        for (size_t i = 9; i < width; i++)
            itd_buffer_format(&text, ",colour%zu", i);
        itd_buffer_append(&text, ITD_SV("\n\0"));
        text.size--;
        assert_int_equal(read_text(&r, text.data), width == 128 ? ITD_OK : ITD_EFORMAT);
        reading_finish(&r);
        itd_buffer_finish(&text);
    }
}

static itd_status drop(void *context, const itd_statement *statement, itd_error *error)
{
    (void)error;
    *(size_t *)context += statement->value.size;
    return ITD_OK;
}

static itd_status read_quietly(void *context, itd_error *error)
{
    (void)context;
    char path[64];
    int file = memfd_create("list", MFD_CLOEXEC);
    if (file < 0 || write(file, consolidated, sizeof consolidated - 1) != (ssize_t)sizeof consolidated - 1)
        abort();
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    itd_source source = {.format = &itd_format_eu_journal, .paths = {path}};
    size_t size = 0;
    itd_read read = {.source = &source, .dataset = ITD_SV("d"), .statement = drop, .statement_context = &size};
    itd_status status = itd_format_eu_journal.read(&read, error);
    (void)close(file);
    return status;
}

static void each_allocation_fails(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_consolidated_act),     cmocka_unit_test(an_amendment),
        cmocka_unit_test(nothing_but_a_header),   cmocka_unit_test(broken_rows),
        cmocka_unit_test(heads_that_are_refused), cmocka_unit_test(limit_columns),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("eu_journal", tests, NULL, NULL);
}
