#include "base/fault.h"
#include "support/list_file.h"

/* All people and firms here are invented. */

static const list_file file = {&itd_format_eu_fsf_csv, "eu-fsf", "eu.csv"};

#define HEADER                                                                                                         \
    "Date_filexxxx;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Entity_"      \
    "remark;Naal_logical_id;Entity_logical_id;Naal_leba_numtitle;Naal_leba_publication_date;Naal_leba_url;Naal_"       \
    "programme;Naal_lastname;Naal_firstname;Naal_middlename;Naal_wholename;Naal_gender;Naal_title;Naal_function;Naal_" \
    "language;Addr_logical_id;Entity_logical_id;Addr_leba_numtitle;Addr_leba_publication_date;Addr_leba_url;Addr_"     \
    "programme;Addr_number;Addr_street;Addr_zipcode;Addr_city;Addr_country;Addr_other;Birt_logical_id;Entity_logical_" \
    "id;Birt_leba_numtitle;Birt_leba_publication_date;Birt_leba_url;Birt_programme;Birt_date;Birt_place;Birt_country;" \
    "Iden_logical_id;Entity_logical_id;Iden_leba_numtitle;Iden_leba_publication_date;Iden_leba_url;Iden_programme;"    \
    "Iden_number;Iden_country;Citi_logical_id;Entity_logical_id;Citi_leba_numtitle;Citi_leba_publication_date;Citi_"   \
    "leba_url;Citi_programme;Citi_country;EU_ref_num"
/* What a row says of its entity, and the act of a fact: title, day, address, programme. */
#define ENTITY(type, remark) "04/07/2018;7;" type ";1/2020 (OJ L1);2020-01-02;http://example.org/1;TAQA;" remark ";"
#define ACT "1/2020 (OJ L1);2020-01-02;http://example.org/1;TAQA;"
#define OLDER "5/2010 (OJ L5);2010-05-06;http://example.org/5;TAQA;"
#define OTHERS "5/2010 (OJ L5);2010-05-06;http://example.org/5;TERR;"
#define NO_NAME ";;;;;;;;;;;;;;"
#define NO_ADDRESS ";;;;;;;;;;;;"
#define NO_BIRTH ";;;;;;;;;"
#define NO_PAPER ";;;;;;;;"
#define NO_CITIZEN ";;;;;;;"
#define NAMED(number, act, names) number ";7;" act names ";" NO_ADDRESS NO_BIRTH NO_PAPER NO_CITIZEN
#define AT(number, act, address) NO_NAME number ";7;" act address ";" NO_BIRTH NO_PAPER NO_CITIZEN
#define BORN(number, act, birth) NO_NAME NO_ADDRESS number ";7;" act birth ";" NO_PAPER NO_CITIZEN
#define PAPER(number, act, paper) NO_NAME NO_ADDRESS NO_BIRTH number ";7;" act paper ";" NO_CITIZEN
#define CITIZEN(number, act, country) NO_NAME NO_ADDRESS NO_BIRTH NO_PAPER number ";7;" act country ";"

/* One entity as the CSV and as the XML 1.1 say it. */
static const char person_csv[] = HEADER "\r\n" /* */
    ENTITY("P", "(made up)") NAMED(
        "11", ACT, "Vassek;Orlin;Lenn;Orlin Lenn Vassek;M;Col;Head of mills;EN") "EU.1.1\r\n" ENTITY("P", "(made up)")
        NAMED("12", OLDER, ";;;Orlino  Vasseko;;;;FR") "EU.1.1\r\n" ENTITY("P", "(made up)")
            AT("21", OLDER, ";1 Mill Lane;1000;Tesk;MLT;PHONE[1 23]\\nFAX[4 56]\\nby the dam") "EU.1.1\r\n" ENTITY(
                "P", "(made up)") BORN("31", ACT, "1965-04-14;Ovar\t Tesk;PAK") "EU.1.1\r\n" ENTITY("P", "(made up)")
                BORN("32", ACT, "N/A;-;") "EU.1.1\r\n" ENTITY("P", "(made up)")
                    PAPER("41", OLDER, "AB 12 (passport-National passport) (issued 1990);") "EU.1.1\r\n" ENTITY(
                        "P", "(made up)") PAPER("42", ACT, "77;MLT") "EU.1.1\r\n" ENTITY("P", "(made up)")
                        CITIZEN("51", ACT, "IRQ") "EU.1.1\r\n";

#define SUMMARY(act) "<regulationSummary regulationType=\"\" " act "/>"
#define XML_ACT "publicationDate=\"2020-01-02\" numberTitle=\"1/2020 (OJ L1)\" publicationUrl=\"http://example.org/1\""
#define XML_OLDER                                                                                                      \
    "publicationDate=\"2010-05-06\" numberTitle=\"5/2010 (OJ L5)\" publicationUrl=\"http://example.org/5\""
static const char person_xml[] =
    "<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\" generationDate=\"2018-07-04T00:00:00\">"
    "<sanctionEntity designationDetails=\"\" unitedNationId=\"\" euReferenceNumber=\"EU.1.1\" logicalId=\"7\">"
    "<remark>(made up)</remark>"
    "<regulation publicationDate=\"2020-01-02\" numberTitle=\"1/2020 (OJ L1)\" programme=\"TAQA\">"
    "<publicationUrl>http://example.org/1</publicationUrl></regulation>"
    "<subjectType code=\"person\" classificationCode=\"P\"/>"
    "<nameAlias wholeName=\"Orlino Vasseko\" nameLanguage=\"FR\" strong=\"true\" logicalId=\"12\">" SUMMARY(
        XML_OLDER) "</nameAlias>"
                   "<nameAlias firstName=\"Orlin\" middleName=\"Lenn\" lastName=\"Vassek\" wholeName=\"Orlin Lenn "
                   "Vassek\" gender=\"M\" "
                   "title=\"Col\" function=\"Head of mills\" nameLanguage=\"EN\" strong=\"true\" "
                   "logicalId=\"11\">" SUMMARY(
                       XML_ACT) "</nameAlias>"
                                "<address street=\"1 Mill Lane\" zipCode=\"1000\" city=\"Tesk\" countryIso2Code=\"MT\" "
                                "logicalId=\"21\">"
                                "<remark>by the dam</remark><contactInfo key=\"PHONE\" value=\"1 23\"/><contactInfo "
                                "key=\"FAX\" value=\"4 56\"/>" SUMMARY(
                                    XML_OLDER) "</address>"
                                               "<birthdate birthdate=\"1965-04-14\" place=\"Ovar Tesk\" "
                                               "countryIso2Code=\"PK\" logicalId=\"31\">" SUMMARY(
                                                   XML_ACT) "</birthdate>"
                                                            "<birthdate birthdate=\"\" city=\"-\" "
                                                            "countryIso2Code=\"00\" logicalId=\"32\">" SUMMARY(
                                                                XML_ACT) "</birthdate>"
                                                                         "<identification number=\"AB 12\" "
                                                                         "identificationTypeCode=\"passport\" "
                                                                         "identificationTypeDescription=\"National "
                                                                         "passport\" logicalId=\"41\"><remark>issued "
                                                                         "1990</remark>" SUMMARY(
                                                                             XML_OLDER) "</identification>"
                                                                                        "<identification number=\"77\" "
                                                                                        "countryIso2Code=\"MT\" "
                                                                                        "logicalId=\"42\">" SUMMARY(
                                                                                            XML_ACT) "</identification>"
                                                                                                     "<citizenship "
                                                                                                     "countryIso2Code="
                                                                                                     "\"IQ\" "
                                                                                                     "logicalId="
                                                                                                     "\"51\">" SUMMARY(
                                                                                                         XML_ACT) "</"
                                                                                                                  "citi"
                                                                                                                  "zens"
                                                                                                                  "hip>"
                                                                                                                  "</"
                                                                                                                  "sanc"
                                                                                                                  "tion"
                                                                                                                  "Enti"
                                                                                                                  "ty><"
                                                                                                                  "/exp"
                                                                                                                  "ort"
                                                                                                                  ">";

static void read_text(folder *r, const char *name, const char *text)
{
    folder_start(r);
    folder_write(r, name, text, strlen(text));
    r->skip_bad = false;
    if (folder_run(r, name) != ITD_OK)
        fail_msg("%s: line %llu: %s", name, (unsigned long long)r->error.line, r->error.message);
}

static void an_entity(void **state)
{
    (void)state;
    folder r;
    read_text(&r, "eu.csv", person_csv);
    assert_string_equal(r.format, "eu-fsf-csv");
    assert_string_equal(r.dataset, "eu-fsf");
    assert_string_equal(r.read.version, "2018-07-04");
    assert_int_equal(r.read.records, 1);
    static const char *const said[] = {
        "eu-fsf-EU.1.1|Person|name|Orlin Lenn Vassek||eng|eu.csv|2\n",
        "eu-fsf-EU.1.1|Person|alias|Orlino Vasseko||fra|eu.csv|3\n",
        "eu-fsf-EU.1.1|Person|firstName|Orlin|",
        "eu-fsf-EU.1.1|Person|middleName|Lenn|",
        "eu-fsf-EU.1.1|Person|lastName|Vassek|",
        "eu-fsf-EU.1.1|Person|gender|male|M|",
        "eu-fsf-EU.1.1|Person|title|Col|",
        "eu-fsf-EU.1.1|Person|position|Head of mills|",
        "eu-fsf-EU.1.1|Person|notes|(made up)|",
        "eu-fsf-EU.1.1|Person|notes|logicalId: 7|",
        "eu-fsf-EU.1.1|Person|topics|sanction|",
        "eu-fsf-EU.1.1|Person|birthDate|1965-04-14|",
        "eu-fsf-EU.1.1|Person|birthPlace|Ovar Tesk|",
        "eu-fsf-EU.1.1|Person|birthCountry|pk|PAK|",
        "eu-fsf-EU.1.1|Person|citizenship|iq|IRQ|",
        "eu-fsf-EU.1.1|Person|phone|1 23|PHONE: 1 23|",
        "eu-fsf-EU.1.1|Person|phone|4 56|FAX: 4 56|",
        "eu-fsf-EU.1.1|Person|address|1 Mill Lane, 1000, Tesk, Malta|",
        "eu-fsf-EU.1.1-address-21|Address|remarks|by the dam|",
        "eu-fsf-EU.1.1|Person|passportNumber|AB 12|",
        "eu-fsf-EU.1.1-passport-41|Passport|type|National passport|",
        "eu-fsf-EU.1.1-passport-41|Passport|summary|issued 1990|",
        "eu-fsf-EU.1.1-id-42|Identification|number|77|",
        "eu-fsf-EU.1.1-id-42|Identification|country|mt|MLT|",
        "eu-fsf-EU.1.1-sanction-TAQA|Sanction|program|TAQA|",
        "eu-fsf-EU.1.1-sanction-TAQA|Sanction|summary|1/2020 (OJ L1) 2020-01-02|",
        "eu-fsf-EU.1.1-sanction-TAQA|Sanction|summary|5/2010 (OJ L5) 2010-05-06|",
        "eu-fsf-EU.1.1-sanction-TAQA|Sanction|sourceUrl|http://example.org/5|",
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_said(&r, said[i]);
    /* what an earlier row said is not said again */
    list_has_once(r.statements.data, "notes|(made up)");
    folder_end(&r);
}

static int by_line(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "entity|schema|property|value" of each statement of one record, once, in byte order. In `r` itself. */
static size_t facts_of(folder *r, const char *id, const char *facts[], size_t max)
{
    size_t count = 0, kept = 0;
    for (char *line = r->statements.data, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        *end = '\0';
        if (strncmp(line, id, strlen(id)) != 0 || !strchr("-|", line[strlen(id)]))
            continue;
        char *bar = line;
        for (int bars = 0; bars < 4; bars++)
            bar = strchr(bar + (bars > 0), '|');
        *bar = '\0';
        assert_true(count < max);
        facts[count++] = line;
    }
    qsort(facts, count, sizeof facts[0], by_line);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(facts[kept - 1], facts[i]) != 0)
            facts[kept++] = facts[i];
    return kept;
}

#define FACTS_MAX 512

static void assert_same_facts(folder *a, folder *b, const char *id, size_t at_least)
{
    const char *of_a[FACTS_MAX], *of_b[FACTS_MAX];
    size_t count = facts_of(a, id, of_a, FACTS_MAX);
    size_t other = facts_of(b, id, of_b, FACTS_MAX);
    for (size_t i = 0; i < count && i < other; i++)
        assert_string_equal(of_a[i], of_b[i]);
    assert_int_equal(count, other);
    if (count < at_least)
        fail_msg("only %zu facts", count);
}

static void both_formats_say_the_same(void **state)
{
    (void)state;
    folder csv, xml;
    read_text(&csv, "eu.csv", person_csv);
    read_text(&xml, "eu.xml", person_xml);
    assert_string_equal(xml.format, "eu-fsf-xml");
    assert_string_equal(xml.read.version, csv.read.version);
    assert_same_facts(&csv, &xml, "eu-fsf-EU.1.1", 47);
    folder_end(&csv);
    folder_end(&xml);
}

/* The one entity of the real samples of both formats. Acts were written differently, and later ones came. */
static void the_real_one_in_both(void **state)
{
    (void)state;
    static const char *const names[] = {"lists/eu/eu_fsf_csv-old-format_sample_2018-07-04.csv",
                                        "lists/eu/eu_fsf_1_1_sample_2020-04-15.xml"};
    folder r[2];
    const char *facts[2][FACTS_MAX];
    size_t counts[2];
    for (size_t i = 0; i < 2; i++)
        folder_start(&r[i]);
    if (!folder_run_real(&r[0], names[0]) || !folder_run_real(&r[1], names[1])) {
        folder_end(&r[0]);
        folder_end(&r[1]);
        skip();
    }
    for (size_t i = 0; i < 2; i++) {
        counts[i] = facts_of(&r[i], "eu-fsf-EU.3579.2", facts[i], FACTS_MAX);
        size_t kept = 0;
        for (size_t f = 0; f < counts[i]; f++)
            if (!strstr(facts[i][f], "|Sanction|"))
                facts[i][kept++] = facts[i][f];
        counts[i] = kept;
    }
    for (size_t f = 0; f < counts[0] && f < counts[1]; f++)
        assert_string_equal(facts[0][f], facts[1][f]);
    assert_int_equal(counts[0], counts[1]);
    assert_true(counts[0] > 20);
    folder_end(&r[0]);
    folder_end(&r[1]);
}

static void rare_things(void **state)
{
    (void)state;
    folder r;
    static const char text[] = HEADER ";Extra\n" /* */
        ENTITY("E", "sent to 1f63BDvocNvmBuVDXaLFDujYasRV3xAGX\\nand back")
            NAMED("1", OTHERS, ";;;\"Mill; Works\";;;;") "EU.2.2;green\n" ENTITY("E", "")
                PAPER("2", ACT, "C 77 (Tesk) (regnumber-Registration Number) (;") "EU.2.2;green\n" ENTITY("E", "")
                    PAPER("3", ACT, "(Tesk) (x;") "EU.2.2;blue\n" ENTITY("E", "")
                        AT("4", ACT, "12;Mill Lane;;;;[x]\\nFAX[]") "EU.2.2;\n" ENTITY("E", "") "EU.3.3;\n";
    /* the last row has fewer columns: all kinds of facts are missing */
    folder_start(&r);
    folder_write(&r, "eu.csv", text, sizeof text - 1);
    assert_int_equal(folder_run(&r, "eu.csv"), ITD_OK);
    assert_int_equal(r.read.records, 1);
    assert_memory_equal(r.rejects.data, "record|eu.csv|6|", strlen("record|eu.csv|6|"));
    assert_non_null(strstr(r.rejects.data, "||another number of columns than the header\n"));
    static const char *const said[] = {
        "eu-fsf-EU.2.2|Organization|name|Mill; Works|",
        "eu-fsf-EU.2.2|Organization|notes|sent to 1f63BDvocNvmBuVDXaLFDujYasRV3xAGX\nand back|",
        "eu-fsf-EU.2.2-wallet-BTC-1f63BDvocNvmBuVDXaLFDujYasRV3xAGX|CryptoWallet|publicKey|",
        "eu-fsf-EU.2.2|Organization|notes|Extra: green|",
        "eu-fsf-EU.2.2|Organization|notes|Extra: blue|",
        "eu-fsf-EU.2.2|Organization|registrationNumber|C 77 (Tesk)|",
        "eu-fsf-EU.2.2-id-2|Identification|type|Registration Number|",
        "eu-fsf-EU.2.2-id-2|Identification|summary|(|",
        "eu-fsf-EU.2.2-id-3|Identification|number|(Tesk) (x|",
        "eu-fsf-EU.2.2-address-4|Address|street|12 Mill Lane|",
        "eu-fsf-EU.2.2-address-4|Address|remarks|[x]|",
        "eu-fsf-EU.2.2-sanction-TAQA|Sanction|summary|5/2010 (OJ L5) 2010-05-06 TERR|",
    };
    assert_list_has(r.statements.data, said);
    folder_end(&r);
}

static void broken_rows(void **state)
{
    (void)state;
    static const struct {
        const char *row, *reject;
    } rows[] = {
        {ENTITY("P", "") NAMED("1", ACT, ";;;A;;;;") "\n", "||no EU_ref_num\n"},
        {ENTITY("X", "") NAMED("1", ACT, ";;;A;;;;") "EU.1.1\n", "|EU.1.1|Subject_type is neither P nor E\n"},
        {ENTITY("P", "") NAMED("1", ACT, ";;;A;;;;") "EU.1.1\n" ENTITY("E", "") NAMED("2", ACT, ";;;A;;;;") "EU.1.1\n",
         "|EU.1.1|Subject_type differs from that of an earlier row of this EU_ref_num\n"},
        {ENTITY("P", "") "1;8;" ACT ";;;A;;;;;" NO_ADDRESS NO_BIRTH NO_PAPER NO_CITIZEN "EU.1.1\n",
         "|EU.1.1|the facts of the row name another Entity_logical_id than the row\n"},
        {"\"cut", "||a quote that is never closed\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[8192];
        folder r;
        (void)snprintf(text, sizeof text, "%s\n%s", HEADER, rows[i].row);
        folder_start(&r);
        folder_write(&r, "eu.csv", text, strlen(text));
        assert_int_equal(folder_run(&r, "eu.csv"), ITD_OK);
        assert_int_equal(r.read.rejected, 1);
        if (!strstr(r.rejects.data, rows[i].reject))
            fail_msg("no \"%s\" but\n%s", rows[i].reject, r.rejects.data);
        r.skip_bad = false;
        assert_int_equal(folder_run(&r, "eu.csv"), ITD_EFORMAT);
        folder_end(&r);
    }
}

static void broken_heads(void **state)
{
    (void)state;
    char wide[1024] = "Date_file;Entity_logical_id;Subject_type;Programme;Naal_wholename;EU_ref_num";
    for (int i = 0; i < 91; i++)
        (void)strcat(wide, ";x");
    const struct {
        const char *text, *reason;
    } rows[] = {
        {"", "the file ends before the header of the list"},
        {"Date_file;Entity_logical_id;Subject_type;Naal_wholename;EU_ref_num\n", "the header has no column Programme"},
        {"Date_file;Entity_logical_id;EU_ref_num;EU_ref_num\n", "the header names a column twice: EU_ref_num"},
        {wide, "the header has more than 96 columns"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        list_fails(&file, rows[i].text, rows[i].reason);
    itd_sniff look = {.path = "x", .head = ITD_SV(HEADER)};
    assert_int_equal(itd_format_eu_fsf_csv.sniff(&look), 100);
    look.head = ITD_SV("Date_file;Entity_logical_id\n");
    assert_int_equal(itd_format_eu_fsf_csv.sniff(&look), 0);
}

static void each_allocation_fails(void **state)
{
    (void)state;
    list_each_allocation_fails(&file, person_csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entity),
        cmocka_unit_test(both_formats_say_the_same),
        cmocka_unit_test(the_real_one_in_both),
        cmocka_unit_test(rare_things),
        cmocka_unit_test(broken_rows),
        cmocka_unit_test(broken_heads),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("eu_fsf_csv", tests, NULL, NULL);
}
