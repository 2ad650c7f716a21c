#include "base/fault.h"
#include "read/uk_text.h"
#include "support/faults.h"
#include "support/folder.h"

/* All people, firms and ships here are invented. */

#define HEADER_36                                                                                                      \
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script "    \
    "Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,National "               \
    "Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,Address "  \
    "5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK "     \
    "Sanctions List Date Designated,Last Updated,Group ID\r\n"
#define HEADER_29                                                                                                      \
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport "         \
    "Details,NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip "                 \
    "Code,Country,Other Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID\r\n"

static const char list_36[] =
    "Last Updated,05/06/2023\r\n" HEADER_36
    "VASSEK,Orlin,Petar,,,,(1) Dr (2) Mr,\xD0\x9E\xD1\x80\xD0\xBB\xD0\xB8\xD0\xBD,Cyrillic,Bulgarian,00/04/1961,(1) "
    "Sofia (2) -,(1) Bulgaria (2) Malta (as of 2001),(1) Bulgaria. (2) Malta,(1) A1 (2) B2,\"(1) Bulgaria number, "
    "issued on 4 Jun. 1985 (2) -\",12-34,Malta,(1) Clerk (2) Head clerk,1 Mill Lane,,,,,Sofia,1000,Bulgaria,\"(UK "
    "Sanctions List Ref):XXX0001. (UN Ref):XXi.001. Known for little. (Gender):Male (UK Statement of Reasons):He keeps "
    "books. (Phone number):(1) +1 2 (2) +3 4 (Email address):a@example.com. b@example.com (Website):see "
    "www.example.com\",Individual,Primary name,,Alpha,01/02/2003,31/12/2020,04/05/2021,700\r\n"
    "QUELLMARCH,,,,,,,,,,,,,,,,,,,,,,,,,,Malta,\"(Type of entity):Company (Parent company):Quell Holding "
    "(Subsidiaries):Quell One. Quell Two. Quell Three (Business Reg No):(1) OGRN: 5 (2) C 77 (Malta). Tax ID No. 8 "
    "(Fax):+9\",Entity,Primary name,,Alpha,01/02/2003,31/12/2020,04/05/2021,701\r\n"
    "VASEK,Orlyn,,,,,(1) Dr (2) Mr,,,,1961,,,,,,,,,1 Mill Lane,,,,,Sofia,1000,Bulgaria,,Individual,AKA,Low "
    "quality,Alpha,01/02/2003,31/12/2020,04/05/2021,700\r\n"
    "VASEK,Orlin,,,,,,,,,09/1962,,,,,,,,,,,,,,,,,,Individual,AKA,Good quality,Beta,01/02/2003,,04/05/2021,700\r\n"
    "VASSEK,O,,,,,,,,,,,,,,,,,,,,,,,,,,,Individual,FKA,,Alpha,01/02/2003,31/12/2020,04/05/2021,700\r\n"
    "BRINE LARK,,,,,,,,,,,,,,,,,,,,,,,,,,,(IMO number):9074729 (Current Flag):Malta (Previous flags):Panama. South "
    "Korea (Type of ship):Tug (Tonnage of ship):900 (Length of ship):30 (Year built):1998 (Current owners):Quell "
    "Holding,Ship,Primary name,,Alpha,01/02/2003,31/12/2020,04/05/2021,702\r\n";

static void a_list_of_36_columns(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    folder_write(&r, "ConList.csv", list_36, sizeof list_36 - 1);
    r.skip_bad = false;
    if (folder_run(&r, "ConList.csv") != ITD_OK)
        fail_msg("%s", r.error.message);
    assert_string_equal(r.format, "uk-conlist");
    assert_string_equal(r.dataset, "gb-ofsi");
    assert_string_equal(r.read.version, "2023-06-05");
    assert_int_equal(r.read.records, 3);
    static const char *const said[] = {
        "gb-ofsi-700|Person|name|Orlin Petar VASSEK|||ConList.csv|3",
        "gb-ofsi-700|Person|lastName|VASSEK|",
        "gb-ofsi-700|Person|firstName|Orlin|",
        "gb-ofsi-700|Person|secondName|Petar|",
        "gb-ofsi-700|Person|title|Dr|",
        "gb-ofsi-700|Person|title|Mr|",
        "gb-ofsi-700|Person|alias|\xD0\x9E\xD1\x80\xD0\xBB\xD0\xB8\xD0\xBD||bul|",
        "gb-ofsi-700|Person|birthDate|1961-04|00/04/1961|",
        "gb-ofsi-700|Person|birthDate|1961|",
        "gb-ofsi-700|Person|birthDate|1962-09|09/1962|",
        "gb-ofsi-700|Person|birthPlace|Sofia|",
        "gb-ofsi-700|Person|birthCountry|bg|Bulgaria|",
        "gb-ofsi-700|Person|birthCountry|mt|Malta (as of 2001)|",
        "gb-ofsi-700|Person|nationality|bg|Bulgaria.|",
        "gb-ofsi-700|Person|nationality|mt|Malta|",
        "gb-ofsi-700|Person|passportNumber|A1|",
        "gb-ofsi-700|Person|passportNumber|B2|",
        "gb-ofsi-700|Person|idNumber|12-34|",
        "gb-ofsi-700|Person|position|Clerk|",
        "gb-ofsi-700|Person|position|Head clerk|",
        "gb-ofsi-700|Person|address|1 Mill Lane, Sofia, 1000, Bulgaria|",
        "gb-ofsi-700|Person|country|bg|Bulgaria|",
        "gb-ofsi-700|Person|notes|Known for little.|",
        "gb-ofsi-700|Person|gender|male|Male|",
        "gb-ofsi-700|Person|phone|+1 2|",
        "gb-ofsi-700|Person|phone|+3 4|",
        "gb-ofsi-700|Person|email|a@example.com|",
        "gb-ofsi-700|Person|email|b@example.com|",
        "gb-ofsi-700|Person|website|www.example.com|",
        "gb-ofsi-700|Person|notes|Website: see www.example.com|",
        "gb-ofsi-700|Person|weakAlias|Orlyn VASEK|||ConList.csv|5",
        "gb-ofsi-700|Person|alias|Orlin VASEK|||ConList.csv|6",
        "gb-ofsi-700|Person|previousName|O VASSEK|||ConList.csv|7",
        "gb-ofsi-700|Person|topics|sanction|",
        "gb-ofsi-701|Organization|name|QUELLMARCH|",
        "gb-ofsi-701|Organization|classification|Company|",
        "gb-ofsi-701|Organization|notes|Subsidiaries: Quell One. Quell Two. Quell Three|",
        "gb-ofsi-701|Organization|registrationNumber|5|",
        "gb-ofsi-701|Organization|registrationNumber|C 77|",
        "gb-ofsi-701|Organization|taxNumber|8|",
        "gb-ofsi-701|Organization|phone|+9|Fax: +9|",
        "gb-ofsi-702|Vessel|imoNumber|9074729|",
        "gb-ofsi-702|Vessel|flag|mt|Malta|",
        "gb-ofsi-702|Vessel|pastFlags|pa|Panama|",
        "gb-ofsi-702|Vessel|pastFlags|kr|South Korea|",
        "gb-ofsi-702|Vessel|type|Tug|",
        "gb-ofsi-702|Vessel|tonnage|900|",
        "gb-ofsi-702|Vessel|buildDate|1998|",
        "gb-ofsi-702|Vessel|notes|Length of ship: 30|",
        "gb-ofsi-702|Vessel|owner|gb-ofsi-702-named-",
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_said(&r, said[i]);
    static const char *const parts[] = {
        "|Sanction|program|Alpha|",
        "|Sanction|program|Beta|",
        "|Sanction|listingDate|2003-02-01|01/02/2003|",
        "|Sanction|startDate|2020-12-31|",
        "|Sanction|modifiedAt|2021-05-04|",
        "|Sanction|authorityId|XXX0001|",
        "|Sanction|unscId|XXi.001|",
        "|Sanction|reason|He keeps books.|",
        "|Passport|country|bg|Bulgaria number, issued on 4 Jun. 1985|",
        "|Passport|summary|Bulgaria number, issued on 4 Jun. 1985|",
        "|Identification|country|mt|Malta|",
        "|UnknownLink|role|Parent company|",
        "|LegalEntity|name|Quell Holding|",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!strstr(r.statements.data, parts[i]))
            fail_msg("no %s among\n%s", parts[i], r.statements.data);
    /* what an earlier row of the target said is not said again */
    const char *first = strstr(r.statements.data, "|address|1 Mill Lane");
    assert_non_null(first);
    assert_null(strstr(first + 1, "|address|1 Mill Lane"));
    folder_end(&r);
}

static void a_list_of_29_columns_in_windows_1252(void **state)
{
    (void)state;
    static const char list[] =
        "Last Updated,02/04/2014,,\r\n" HEADER_29
        "VASSEK,Orlin,,,,,,01/02/1961,,,Maltese,\"(1) A-3336 (Maltese) issued on 4 June 1985 (2) lost\",Civil ID no "
        "1028 (Maltese),,,,,,,,,Malta,DPRK\x92s clerk. UN Ref: XXi.007. Tall.,Individual,Prime Alias,Alpha,"
        "01/02/2003,04/05/2013,800\r\n";
    folder r;
    folder_start(&r);
    folder_write(&r, "list.csv", list, sizeof list - 1);
    assert_int_equal(folder_run(&r, "list.csv"), ITD_OK);
    assert_string_equal(r.read.version, "2014-04-02");
    assert_int_equal(r.read.rejected, 0);
    assert_said(&r, "gb-ofsi-800|Person|name|Orlin VASSEK|");
    assert_said(&r, "gb-ofsi-800|Person|nationality|mt|Maltese|");
    assert_said(&r, "gb-ofsi-800|Person|passportNumber|A-3336|");
    assert_said(&r, "gb-ofsi-800|Person|notes|Passport: lost|");
    assert_said(&r, "gb-ofsi-800|Person|idNumber|1028|");
    assert_said(&r, "gb-ofsi-800|Person|notes|DPRK\xE2\x80\x99s clerk. UN Ref: XXi.007. Tall.|");
    assert_non_null(strstr(r.statements.data, "|Sanction|unscId|XXi.007|"));
    assert_non_null(strstr(r.statements.data, "|Identification|type|Civil ID no|"));
    assert_non_null(strstr(r.statements.data, "|Passport|country|mt|(Maltese) issued on 4 June 1985|"));
    folder_end(&r);
}

/* A row of 36 columns whose only texts are these. */
static void add_row(itd_buffer *text, const char *name, const char *other, const char *type, const char *group)
{
    itd_buffer_format(text, "%s,,,,,,,,,,,,,,,,,,,,,,,,,,,\"%s\",%s,AKA,,Alpha,,,,%s\r\n", name, other, type, group);
}

/* What the list says of one entity whose Other Information is this. */
static void read_other(folder *r, const char *other)
{
    itd_buffer text = {0};
    itd_buffer_append(&text, ITD_SV("Last Updated,05/06/2023\r\n" HEADER_36));
    add_row(&text, "QUELLMARCH", other, "Entity", "1");
    folder_start(r);
    folder_write(r, "list.csv", text.data, text.size);
    r->skip_bad = false;
    if (folder_run(r, "list.csv") != ITD_OK)
        fail_msg("%s", r->error.message);
    itd_buffer_finish(&text);
}

/* Values under `middle`, "|Sanction|authorityId|", each between < and >. */
static void values_of(itd_buffer *out, const folder *r, const char *middle)
{
    itd_buffer_clear(out);
    for (const char *at = r->statements.data; (at = strstr(at, middle)) != NULL;) {
        at += strlen(middle);
        itd_buffer_format(out, "<%.*s>", (int)(strchr(at, '|') - at), at);
    }
    itd_buffer_append_char(out, 0);
}

static void references_and_what_follows_them(void **state)
{
    (void)state;
    static const struct {
        const char *text, *ids, *notes;
    } rows[] = {
        {"QQQ0001.", "<QQQ0001>", ""},
        {"QQQ0001", "<QQQ0001>", ""},
        {"QQQ0001. Pursuant to paragraph 6 of a rule. And 7.", "<QQQ0001>",
         "<Pursuant to paragraph 6 of a rule. And 7.>"},
        {"QQQ0001 . Sector: Boats", "<QQQ0001>", "<Sector: Boats>"},
        {"QQQ0001 Sector", "<QQQ0001>", "<Sector>"},
        {"QQQ0001 and RRR0002. Listed twice", "<QQQ0001><RRR0002>", "<Listed twice>"},
        {"QQQ0001, RRR0002 and SSS0003. Thrice.", "<QQQ0001><RRR0002><SSS0003>", "<Thrice.>"},
        {"QQQ0001, and so on", "<QQQ0001>", "<and so on>"},
        {"SDi.006.", "<SDi.006>", ""},
        {"Listed in 2020", "", "<UK Sanctions List Ref: Listed in 2020>"},
        {"QQQ0001x", "", "<UK Sanctions List Ref: QQQ0001x>"},
        {"0001", "", "<UK Sanctions List Ref: 0001>"},
    };
    itd_buffer got = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        folder r;
        char other[256];
        (void)snprintf(other, sizeof other, "(UK Sanctions List Ref):%s", rows[i].text);
        read_other(&r, other);
        values_of(&got, &r, "|Sanction|authorityId|");
        assert_string_equal(got.data, rows[i].ids);
        values_of(&got, &r, "|Organization|notes|");
        assert_string_equal(got.data, rows[i].notes);
        folder_end(&r);
    }
    itd_buffer_finish(&got);
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *numbers, *types;
    } rows[] = {
        {"96 03 464086", "<96 03 464086>", "<Passport>"},
        {"96 03 464086, Maltese passport", "<96 03 464086>", "<Passport>"},
        {"40 07 136936(Malta)", "<40 07 136936>", "<Passport>"},
        {"04 LE 017521. Issued on 10 Feb 2005", "<04 LE 017521>", "<Passport>"},
        {"A123 21 March 2016 to 20 March 2021", "<A123>", "<Passport>"},
        {"A123 issued 2010", "<A123>", "<Passport>"},
        {"1 63 08 4 01 001 005E", "<1 63 08 4 01 001 005E>", "<Passport>"},
        {"NR 75 2987491", "<75 2987491>", "<NR>"},
        {"Passport No OB 0243318", "<OB 0243318>", "<Passport No>"},
        {"5/KALATA (NAING) 127084", "<5/KALATA (NAING) 127084>", "<Passport>"},
        {"5/KALATA (Naing) 127084", "<5/KALATA>", "<Passport>"},
        {"Italian Fiscal Code ABC DEF 66P04 Z352Q", "<ABC DEF 66P04 Z352Q>", "<Italian Fiscal Code>"},
        {"381320634 PS 563410163", "<381320634>", "<Passport>"},
        {"753173718. 737047558.", "<753173718><737047558>", "<Passport><Passport>"},
        {"Maltese passports (1) K048787 (2) 48 6298", "<K048787><48 6298>", "<Maltese passports><Maltese passports>"},
        {"Maltese passports (1) K048787", "<(1) K048787>", "<Maltese passports>"},
    };
    itd_buffer got = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        folder r;
        itd_buffer text = {0};
        itd_buffer_append(&text, ITD_SV("Last Updated,05/06/2023\r\n" HEADER_36));
        itd_buffer_format(&text, "VASSEK,,,,,,,,,,,,,,\"%s\",,,,,,,,,,,,,,Individual,AKA,,Alpha,,,,1\r\n",
                          rows[i].text);
        folder_start(&r);
        folder_write(&r, "list.csv", text.data, text.size);
        assert_int_equal(folder_run(&r, "list.csv"), ITD_OK);
        values_of(&got, &r, "|Person|passportNumber|");
        assert_string_equal(got.data, rows[i].numbers);
        values_of(&got, &r, "|Passport|type|");
        assert_string_equal(got.data, rows[i].types);
        folder_end(&r);
        itd_buffer_finish(&text);
    }
    static const char other[] = "(Business Reg No):TIN (1) 6440020175SRN (2) 1096440000425 (Fax):1";
    folder r;
    read_other(&r, other);
    assert_said(&r, "gb-ofsi-1|Organization|taxNumber|6440020175|");
    assert_said(&r, "gb-ofsi-1|Organization|registrationNumber|1096440000425|");
    folder_end(&r);
    read_other(&r, "(Business Reg No):1 149 102 007 933");
    assert_said(&r, "gb-ofsi-1|Organization|registrationNumber|1 149 102 007 933|");
    folder_end(&r);
    itd_buffer_finish(&got);
}

static void broken_rows(void **state)
{
    (void)state;
    itd_buffer text = {0};
    itd_buffer_append(&text, ITD_SV("Last Updated,05/06/2023\r\n" HEADER_36));
    add_row(&text, "\xC3\x89T\xC3\x89", "", "Entity", "1");
    add_row(&text, "NO GROUP", "", "Entity", "one");
    add_row(&text, "NO TYPE", "", "Balloon", "2");
    add_row(&text, "OTHER TYPE", "", "Ship", "1");
    itd_buffer_append(&text, ITD_SV("SHORT,,\r\n"));
    add_row(&text, "BYTES \xE9", "", "Entity", "3");
    itd_buffer_append(&text, ITD_SV("BIG,,,,,,,,,,,,,,,,,,,,,,,,,,,"));
    for (size_t i = 0; i <= ITD_VALUE_BYTES_MAX / 2; i++)
        itd_buffer_append_char(&text, 'x');
    itd_buffer_append(&text, ITD_SV(",Entity,AKA,,Alpha,,,,4\r\n"));
    add_row(&text, "FINE", "", "Entity", "5");
    folder r;
    folder_start(&r);
    folder_write(&r, "list.csv", text.data, text.size);
    assert_int_equal(folder_run(&r, "list.csv"), ITD_OK);
    static const char *const reasons[] = {
        "record|list.csv|4|", "|one|Group ID is not a number",
        "record|list.csv|5|", "|2|Group Type is none of Individual, Entity and Ship",
        "record|list.csv|6|", "|1|Group Type differs from that of an earlier row of this Group ID",
        "record|list.csv|7|", "||another number of columns than the header",
        "record|list.csv|8|", "||not valid UTF-8",
        "record|list.csv|9|", "||longer than half of ITD_VALUE_BYTES_MAX",
    };
    const char *at = r.rejects.data;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        const char *next = strstr(at, reasons[i]);
        if (!next && i % 2) /* the key may be known or not */
            next = strstr(at, strrchr(reasons[i], '|') + 1);
        if (!next)
            fail_msg("no \"%s\" among\n%s", reasons[i], r.rejects.data);
        at = next;
    }
    assert_int_equal(r.read.rejected, 6);
    assert_int_equal(r.read.records, 2);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "list.csv"), ITD_EFORMAT);
    assert_int_equal(r.error.line, 4);
    itd_buffer_finish(&text);
    folder_end(&r);
}

static void heads_that_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason;
    } rows[] = {
        {"Last Updated,soon\r\n" HEADER_36, "not \"Last Updated\" and a date"},
        {"Last Updated,05/06/2023\r\nName 6,Name 1,Group Type\r\n", "no column Alias Type"},
        {"Last Updated,05/06/2023\r\nName 6,Name 6,Group Type\r\n", "names a column twice: Name 6"},
        {"Last Updated,05/06/2023\r\nName 6,\"open\r\n", "a quote that is never closed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        folder r;
        folder_start(&r);
        folder_write(&r, "list.csv", rows[i].text, strlen(rows[i].text));
        assert_int_equal(folder_run(&r, "list.csv"), ITD_EFORMAT);
        if (!strstr(r.error.message, rows[i].reason))
            fail_msg("%s: not %s", r.error.message, rows[i].reason);
        folder_end(&r);
    }
    itd_sniff look = {.path = "x", .head = ITD_SV("Last Updated,05/06/2023\r\n")};
    assert_int_equal(itd_format_uk_conlist.sniff(&look), 0);
    look.head = ITD_SV("\xEF\xBB\xBFLast Updated,05/06/2023\r\n" HEADER_29);
    assert_int_equal(itd_format_uk_conlist.sniff(&look), 100);
    look.head = ITD_SV("Name 6,Name 1\r\n");
    assert_int_equal(itd_format_uk_conlist.sniff(&look), 0);
}

static void a_header_of_too_many_columns(void **state)
{
    (void)state;
    for (size_t extra = 28; extra <= 29; extra++) { /* 36 + 28 is the most */
        itd_buffer text = {0};
        itd_buffer_append(&text, ITD_SV("Last Updated,05/06/2023\r\n" HEADER_36));
        text.size -= 2;
        for (size_t i = 0; i < extra; i++)
            itd_buffer_format(&text, ",Extra %d", (int)i);
        itd_buffer_append(&text, ITD_SV("\r\n"));
        itd_buffer row = {0};
        add_row(&row, "NAME", "", "Entity", "1");
        row.size -= 2;
        itd_buffer_append(&text, itd_buffer_view(&row));
        for (size_t i = 0; i < extra; i++)
            itd_buffer_append(&text, i ? ITD_SV(",") : ITD_SV(",kept"));
        itd_buffer_append(&text, ITD_SV("\r\n"));
        folder r;
        folder_start(&r);
        folder_write(&r, "list.csv", text.data, text.size);
        assert_int_equal(folder_run(&r, "list.csv"), extra == 28 ? ITD_OK : ITD_EFORMAT);
        if (extra == 28)
            assert_said(&r, "gb-ofsi-1|Organization|notes|Extra 0: kept|");
        folder_end(&r);
        itd_buffer_finish(&text);
        itd_buffer_finish(&row);
    }
}

/* Past the room for what was said before, facts repeat and nothing else changes. */
static void more_than_can_be_remembered(void **state)
{
    (void)state;
    itd_buffer text = {0}, other = {0};
    itd_buffer_append(&text, ITD_SV("Last Updated,05/06/2023\r\n" HEADER_36));
    for (size_t i = 0; i < 400000; i++)
        itd_buffer_append_char(&other, 'x');
    itd_buffer_append_char(&other, 0);
    for (unsigned i = 0; i < 180; i++) { /* 180 times 400 kB is more than 64 MiB */
        char number[16];
        (void)snprintf(number, sizeof number, "%u", i);
        memcpy(other.data, number, strlen(number));
        add_row(&text, "SAME", other.data, "Entity", "1");
    }
    folder r;
    folder_start(&r);
    folder_write(&r, "list.csv", text.data, text.size);
    assert_int_equal(folder_run(&r, "list.csv"), ITD_OK);
    assert_int_equal(r.read.records, 1);
    size_t names = 0;
    for (const char *at = r.statements.data; (at = strstr(at, "|alias|SAME|")) != NULL; at++)
        names++;
    assert_true(names > 1 && names < 20);
    folder_end(&r);
    itd_buffer_finish(&text);
    itd_buffer_finish(&other);
}

static void lists_in_a_field(void **state)
{
    (void)state;
    static const struct {
        const char *text, *values;
        size_t count;
    } rows[] = {
        {"Iraq", "<Iraq>", 1},
        {"(1) A (2) B", "<A><B>", 2},
        {"1) A 2) B", "<A><B>", 2},
        {"a) A, b) B", "<A><B>", 2},
        {"(1) A, (2) - (3) C", "<A><C>", 3},
        {"(1)-(2) Tunisia (3) Libya", "<Tunisia><Libya>", 2},
        {"(1-3) Libya (4) Morocco", "<Libya><Morocco>", 2},
        {"(1) to (6) Algeria (7) Morocco", "<Algeria><Morocco>", 2},
        {"(1) Speaker (2) Lady (2) Deputy", "<Speaker><Lady><Deputy>", 3},
        {"(1) (2) (4) Libya (3) Morocco", "<Libya><Morocco>", 3},
        {"(2)-(6) -", "", 1},
        {"A (1) B", "<A (1) B>", 1},
        {"(1) born (1950) there", "<born (1950) there>", 1},
        {"-", "", 1},
        {"", "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_sv rest = itd_uk_list(itd_sv_of(rows[i].text)), value;
        itd_buffer got = {0};
        while (itd_uk_list_next(&value, &rest, false))
            itd_buffer_format(&got, "<%.*s>", ITD_SV_ARG(value));
        itd_buffer_append_char(&got, 0);
        assert_string_equal(got.data, rows[i].values);
        assert_int_equal(itd_uk_list_count(itd_sv_of(rows[i].text)), rows[i].count);
        itd_buffer_finish(&got);
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
    itd_source source = {.format = &itd_format_uk_conlist, .paths = {context}};
    size_t size = 0;
    itd_read read = {.source = &source, .dataset = ITD_SV("gb-ofsi"), .statement = drop, .statement_context = &size};
    return itd_format_uk_conlist.read(&read, error);
}

static void each_allocation_fails(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    folder_write(&r, "list.csv", list_36, sizeof list_36 - 1);
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, r.paths[0]) > 20);
    folder_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_36_columns),
        cmocka_unit_test(a_list_of_29_columns_in_windows_1252),
        cmocka_unit_test(references_and_what_follows_them),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(broken_rows),
        cmocka_unit_test(heads_that_are_refused),
        cmocka_unit_test(a_header_of_too_many_columns),
        cmocka_unit_test(more_than_can_be_remembered),
        cmocka_unit_test(lists_in_a_field),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("uk_conlist", tests, NULL, NULL);
}
