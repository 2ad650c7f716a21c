#include "read/uksl.h"

#include "support/faults.h"
#include "support/folder.h"
#include "support/reading.h"

/* All people, firms, ships and wallets here are invented; the headers are spelled in the ways that releases spell them.
 */

#define HEADER                                                                                                         \
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name "         \
    "type,Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime "          \
    "Name,Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address "    \
    "Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address "   \
    "Country,Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier "          \
    "number,National Identifier additional information,Passport number,Passport additional "                           \
    "information,Position,Gender,Town of birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business "  \
    "registration number (s),IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag " \
    "of ship,Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)"
#define COLUMNS 58

static const char *const spellings[COLUMNS][3] = {
    {"Last Updated", "LastUpdated", "Date last updated"},
    {"Unique ID", "UniqueID", "Unique Id "},
    {"OFSI Group ID", "OFSIGroupID", "Group ID"},
    {"UN Reference Number", "UNReferenceNumber", "UN Ref"},
    {"Name 6", "Name6", "name 6 (family name)"},
    {"Name 1", "Name1", "NAME 1"},
    {"Name 2", "Name2", "NAME 2"},
    {"Name 3", "Name3", "NAME 3"},
    {"Name 4", "Name4", "NAME 4"},
    {"Name 5", "Name5", "NAME 5"},
    {"Name type", "NameType", "Alias type"},
    {"Alias strength", "AliasStrength", "Alias quality"},
    {"Title", "Titles", "TITLE"},
    {"Name non-latin script", "NameNonLatinScript", "Name Non Latin Script"},
    {"Non-latin script type", "NonLatinScriptType", "Non Latin Script Type"},
    {"Non-latin script language", "NonLatinScriptLanguage", "Non Latin Script Language"},
    {"Regime Name", "RegimeName", "Regime"},
    {"Designation Type", "IndividualEntityShip", "Type"},
    {"Designation source", "DesignationSource", "Designation Source "},
    {"Sanctions Imposed", "SanctionsImposed", "sanctions imposed"},
    {"Other Information", "OtherInformation", "Other information"},
    {"UK Statement of Reasons", "UKStatementofReasons", "Statement of Reasons"},
    {"Address Line 1", "AddressLine1", "address line 1"},
    {"Address Line 2", "AddressLine2", "address line 2"},
    {"Address Line 3", "AddressLine3", "address line 3"},
    {"Address Line 4", "AddressLine4", "address line 4"},
    {"Address Line 5", "AddressLine5", "address line 5"},
    {"Address Line 6", "AddressLine6", "address line 6"},
    {"Address Postal Code", "AddressPostalCode", "Post code"},
    {"Address Country", "AddressCountry", "Address country"},
    {"Phone number", "PhoneNumber", "Phone number(s)"},
    {"Website", "Websites", "Website (s)"},
    {"Email address", "EmailAddress", "E-mail address"},
    {"Date Designated", "DateDesignated", "Date designated"},
    {"D.O.B", "DOB", "Date of birth"},
    {"Nationality(/ies)", "Nationality", "Nationalities"},
    {"National Identifier number", "NationalIdentifierNumber", "National Identification number"},
    {"National Identifier additional information", "NationalIdentifierAdditionalInformation",
     "National Identification details"},
    {"Passport number", "PassportNumber", "Passport Number(s)"},
    {"Passport additional information", "PassportAdditionalInformation", "Passport details"},
    {"Position", "Positions", "Position (s)"},
    {"Gender", "Genders", "gender"},
    {"Town of birth", "TownOfBirth", "Town Of Birth"},
    {"Country of birth", "CountryOfBirth", "Country Of Birth"},
    {"Type of entity", "TypeOfEntity", "Type of Entities"},
    {"Subsidiaries", "Subsidiary", "Subsidiaries (s)"},
    {"Parent company", "ParentCompanies", "Parent Company"},
    {"Business registration number (s)", "BusinessRegistrationNumber", "Business Reg No"},
    {"IMO number", "IMONumber", "IMO Number (s)"},
    {"Current owner/operator (s)", "CurrentOwnerOperator", "Current owners"},
    {"Previous owner/operator (s)", "PreviousOwnerOperators", "Previous owners"},
    {"Current believed flag of ship", "CurrentBelievedFlagOfShip", "Current flag"},
    {"Previous flags", "PreviousFlag", "Previous Flag(s)"},
    {"Type of ship", "TypeOfShip", "Type Of Ship"},
    {"Tonnage of ship", "TonnageOfShip", "Tonnage"},
    {"Length of ship", "LengthOfShip", "Length"},
    {"Year Built", "YearBuilt", "Year built"},
    {"Hull identification number (HIN)", "HullIdentificationNumber", "HIN hull"},
};

/* Each spelling of a column is that column, and no two columns are the same. */
static void names_of_columns(void **state)
{
    (void)state;
    bool taken[ITD_UKSL_COLUMNS] = {false};
    for (size_t i = 0; i < COLUMNS; i++) {
        uint8_t column = itd_uksl_column(itd_sv_of(spellings[i][0]));
        assert_true(column < ITD_UKSL_COLUMNS);
        assert_false(taken[column]);
        taken[column] = true;
        for (size_t s = 1; s < 3; s++)
            if (itd_uksl_column(itd_sv_of(spellings[i][s])) != column)
                fail_msg("%s is not %s", spellings[i][s], spellings[i][0]);
    }
    assert_int_equal(itd_uksl_column(ITD_SV("Name")), ITD_UKSL_WHOLE_NAME);
    static const char *const none[] = {"", "Remarks", "Nature", "1", "SanctionsImposedIndicators"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(itd_uksl_column(itd_sv_of(none[i])), ITD_UKSL_COLUMNS);
    char text[82]; /* 80 bytes are looked at, 81 are no name */
    memset(text, '-', sizeof text);
    memcpy(text, "Gender", 6);
    assert_int_equal(itd_uksl_column(itd_sv_make(text, 80)), ITD_UKSL_GENDER);
    assert_int_equal(itd_uksl_column(itd_sv_make(text, 81)), ITD_UKSL_COLUMNS);
}

/* A row from "column=text" pairs. */
static void add_row(itd_buffer *out, const char *const *cells)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t size = strlen(spellings[i][0]);
        if (i)
            itd_buffer_append_char(out, ',');
        for (const char *const *cell = cells; *cell; cell++)
            if (strncmp(*cell, spellings[i][0], size) == 0 && (*cell)[size] == '=')
                itd_buffer_format(out, "\"%s\"", *cell + size + 1);
    }
    itd_buffer_append(out, ITD_SV("\r\n"));
}
#define ROW(out, ...) add_row(out, (const char *const[]){__VA_ARGS__, NULL})

#define ANA                                                                                                            \
    "Last Updated=01/09/2026", "Unique ID=XXX0001", "OFSI Group ID=99001", "UN Reference Number=XXi.001",              \
        "Regime Name=Alpha", "Designation Type=Individual", "Designation source=UK",                                   \
        "Sanctions Imposed=Asset freeze|Travel Ban", "Date Designated=01/02/2025"

#define PAID "UK Statement of Reasons=1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B or 1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5C"

static void fill_list(itd_buffer *text)
{
    itd_buffer_append(text, ITD_SV("Report Date: 02-Oct-2026\r\n" HEADER "\r\n"));
    ROW(text, ANA, "Name 6=EXAMPLE", "Name 1=Ana", "Name 2=Bo", "Name type=Primary Name", "Title=Dr",
        "D.O.B=dd/mm/1950", "Nationality(/ies)=Malta", "National Identifier number=12-34",
        "National Identifier additional information=Malta", "Passport number=A1", "Position=Clerk", "Gender=Male",
        "Town of birth=Sofia", "Country of birth=Bulgaria", "Phone number=+1 2", "Website=www.example.com",
        "Email address=a@example.com", "Address Line 1=1 Mill Lane", "Address Line 6=Sofia", "Address Postal Code=1000",
        "Address Country=Bulgaria", "Other Information=Known for little.", PAID);
    ROW(text, "Unique ID=XXX0002", "Name 6=QUELLMARCH", "Name type=Primary Name", "Regime Name=Beta",
        "Designation Type=Entity", "Sanctions Imposed=Arms embargo, of a kind|Asset freeze", "Type of entity=Company",
        "Subsidiaries=Quell One", "Parent company=Quell Holding", "Business registration number (s)=C 77 (Malta)",
        "Passport number=none known", "Date Designated=soon", "IMO number=5571322");
    ROW(text, ANA, "Name 6=EXEMPLE", "Name 1=Anna", "Name type=Alias", "Alias strength=Low quality", "D.O.B=dd/mm/1950",
        "Address Line 1=1 Mill Lane", "Address Line 6=Sofia", "Address Postal Code=1000", "Address Country=Bulgaria");
    ROW(text, ANA, "Name 6=EXAMPEL", "Name type=Primary Name Variation", "D.O.B=01/02/1951",
        "Name non-latin script=\xD0\x90\xD0\xBD\xD0\xB0", "Non-latin script type=Cyrillic",
        "Non-latin script language=Bulgarian", "Address Country=Malta");
    ROW(text, "Unique ID=XXX0003", "Name 6=BRINE LARK", "Name type=Primary Name", "Regime Name=Alpha",
        "Designation Type=Ship", "IMO number=IMO9074729", "Current owner/operator (s)=Quell Holding",
        "Previous owner/operator (s)=Quell One", "Current believed flag of ship=Malta", "Previous flags=Panama",
        "Type of ship=Tug", "Tonnage of ship=900", "Length of ship=30", "Year Built=1998",
        "Hull identification number (HIN)=H-1", "D.O.B=1950", "National Identifier number=7", "Gender=x");
}

static void note_taken(void *context, const char *text)
{
    itd_buffer_format(context, "%s\n", text);
}

static const char *const csv_said[] = {
    "gb-uksl-XXX0001|Person|name|Ana Bo EXAMPLE|||list.csv|3",
    "gb-uksl-XXX0001|Person|lastName|EXAMPLE|",
    "gb-uksl-XXX0001|Person|firstName|Ana|",
    "gb-uksl-XXX0001|Person|secondName|Bo|",
    "gb-uksl-XXX0001|Person|weakAlias|Anna EXEMPLE|||list.csv|5",
    "gb-uksl-XXX0001|Person|alias|EXAMPEL|||list.csv|6",
    "gb-uksl-XXX0001|Person|notes|Primary Name Variation: EXAMPEL|",
    "gb-uksl-XXX0001|Person|alias|\xD0\x90\xD0\xBD\xD0\xB0||bul|",
    "gb-uksl-XXX0001|Person|title|Dr|",
    "gb-uksl-XXX0001|Person|birthDate|1950|dd/mm/1950|",
    "gb-uksl-XXX0001|Person|birthDate|1951-02-01|",
    "gb-uksl-XXX0001|Person|nationality|mt|Malta|",
    "gb-uksl-XXX0001|Person|birthPlace|Sofia|",
    "gb-uksl-XXX0001|Person|birthCountry|bg|Bulgaria|",
    "gb-uksl-XXX0001|Person|idNumber|12-34|",
    "gb-uksl-XXX0001|Person|passportNumber|A1|",
    "gb-uksl-XXX0001|Person|position|Clerk|",
    "gb-uksl-XXX0001|Person|gender|male|Male|",
    "gb-uksl-XXX0001|Person|phone|+1 2|",
    "gb-uksl-XXX0001|Person|website|www.example.com|",
    "gb-uksl-XXX0001|Person|email|a@example.com|",
    "gb-uksl-XXX0001|Person|address|1 Mill Lane, Sofia, 1000, Bulgaria|",
    "gb-uksl-XXX0001|Person|country|mt|Malta|",
    "gb-uksl-XXX0001|Person|notes|Known for little.|",
    "gb-uksl-XXX0001|Person|notes|OFSI Group ID: 99001|",
    "gb-uksl-XXX0001|Person|notes|Designation source: UK|",
    "gb-uksl-XXX0001|Person|topics|sanction|",
    "gb-uksl-XXX0001-wallet-BTC-1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B|CryptoWallet|holder|gb-uksl-XXX0001|",
    "gb-uksl-XXX0002|Organization|name|QUELLMARCH|",
    "gb-uksl-XXX0002|Organization|classification|Company|",
    "gb-uksl-XXX0002|Organization|registrationNumber|C 77|",
    "gb-uksl-XXX0002|Organization|notes|Passport: none known|",
    "gb-uksl-XXX0002|Organization|notes|Date Designated: soon|",
    "gb-uksl-XXX0002|Organization|imoNumber|5571322|",
    "gb-uksl-XXX0003|Vessel|name|BRINE LARK|",
    "gb-uksl-XXX0003|Vessel|imoNumber|9074729|IMO9074729|",
    "gb-uksl-XXX0003|Vessel|flag|mt|Malta|",
    "gb-uksl-XXX0003|Vessel|pastFlags|pa|Panama|",
    "gb-uksl-XXX0003|Vessel|type|Tug|",
    "gb-uksl-XXX0003|Vessel|tonnage|900|",
    "gb-uksl-XXX0003|Vessel|buildDate|1998|",
    "gb-uksl-XXX0003|Vessel|notes|Length of ship: 30|",
    "gb-uksl-XXX0003|Vessel|notes|Hull identification number (HIN): H-1|",
    "gb-uksl-XXX0003|Vessel|notes|DOB: 1950|",
    "gb-uksl-XXX0003|Vessel|notes|National Identifier: 7|",
    "gb-uksl-XXX0003|Vessel|notes|Gender: x|",
};

static const char *const csv_parts[] = {
    "|Sanction|program|Alpha|",
    "|Sanction|program|Beta|",
    "|Sanction|authorityId|XXX0001|",
    "|Sanction|unscId|XXi.001|",
    "|Sanction|provisions|Asset freeze|",
    "|Sanction|provisions|Travel Ban|",
    "|Sanction|provisions|Arms embargo, of a kind|",
    "|Sanction|listingDate|2025-02-01|01/02/2025|",
    "|Sanction|modifiedAt|2026-09-01|01/09/2026|",
    "|Sanction|reason|1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B or",
    "|Identification|country|mt|Malta|",
    "|UnknownLink|role|Parent company|",
    "|UnknownLink|role|Subsidiaries|",
    "|UnknownLink|role|Current owner/operator|",
    "|UnknownLink|role|Previous owner/operator|",
};

static void a_list_as_csv(void **state)
{
    (void)state;
    itd_buffer text = {0}, notes = {0};
    fill_list(&text);
    folder r;
    folder_start(&r);
    folder_write(&r, "list.csv", text.data, text.size);
    r.skip_bad = false;
    if (folder_run(&r, "list.csv") != ITD_OK)
        fail_msg("%s", r.error.message);
    assert_string_equal(r.format, "uksl-csv");
    assert_string_equal(r.dataset, "gb-uksl");
    assert_string_equal(r.read.version, "2026-10-02");
    assert_int_equal(r.read.records, 3);
    for (size_t i = 0; i < sizeof csv_said / sizeof csv_said[0]; i++)
        assert_said(&r, csv_said[i]);
    for (size_t i = 0; i < sizeof csv_parts / sizeof csv_parts[0]; i++)
        if (!strstr(r.statements.data, csv_parts[i]))
            fail_msg("no %s among\n%s", csv_parts[i], r.statements.data);
    static const char *const once[] = {"|address|1 Mill Lane", "\ngb-uksl-XXX0001|Person|notes|OFSI",
                                       "XXX0001-wallet-BTC-1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5B|CryptoWallet|id|"};
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++) {
        const char *first = strstr(r.statements.data, once[i]);
        assert_non_null(first);
        assert_null(strstr(first + 1, once[i]));
    }
    assert_null(strstr(r.statements.data, "|publicKey|1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5C"));
    /* what looks like a wallet and does not verify is told */
    itd_source source = {.format = &itd_format_uksl_csv, .paths = {r.paths[0]}};
    r.read.source = &source;
    r.read.note = note_taken;
    r.read.note_context = &notes;
    assert_int_equal(itd_format_uksl_csv.read(&r.read, &r.error), ITD_OK);
    itd_buffer_append_char(&notes, 0);
    assert_string_equal(notes.data,
                        "line 3: gb-uksl-XXX0001: \"1JY5k2Fa6fFZwbmJaHtHSHDdwFM2Dvtp5C\" looks like a wallet address "
                        "(BTC) and does not verify\n");
    itd_buffer_finish(&text);
    itd_buffer_finish(&notes);
    folder_end(&r);
}

static void an_index(void **state)
{
    (void)state;
    static const char index[] =
        "\xEF\xBB\xBFUnique ID,OFSI Group ID,Name,Regime Name,Type,Designation source,Date Designated,Sanctions "
        "Imposed,Colour\n"
        "XXX0001,99001,EXAMPLE Ana,Alpha,Individual,UK,01-02-2025,\"Asset freeze, Travel Ban\",red\n"
        "XXX0002,\"\n   \",QUELL  MARCH,Alpha,Entity,UN,01-02-2024,-,\n"
        "XXX0003,,,Alpha,Ship,UN,01-02-2024,,\n";
    folder r;
    folder_start(&r);
    folder_write(&r, "index.csv", index, sizeof index - 1);
    assert_int_equal(folder_run(&r, "index.csv"), ITD_OK);
    assert_string_equal(r.format, "uksl-csv");
    assert_string_equal(r.read.version, "");
    assert_int_equal(r.read.records, 3);
    assert_said(&r, "gb-uksl-XXX0001|Person|name|EXAMPLE Ana|");
    assert_said(&r, "gb-uksl-XXX0001|Person|notes|Colour: red|");
    assert_said(&r, "gb-uksl-XXX0002|Organization|name|QUELL  MARCH|");
    assert_said(&r, "gb-uksl-XXX0003|Vessel|id|");
    assert_not_said(&r, "gb-uksl-XXX0002|Organization|notes|OFSI Group ID");
    assert_non_null(strstr(r.statements.data, "|Sanction|provisions|Asset freeze|"));
    assert_non_null(strstr(r.statements.data, "|Sanction|provisions|Travel Ban|"));
    assert_null(strstr(r.statements.data, "|Sanction|provisions|-|"));
    assert_non_null(strstr(r.statements.data, "|Sanction|listingDate|2025-02-01|01-02-2025|"));
    folder_end(&r);
}

#define INDEX_HEADER "Unique ID,Name,Regime Name,Type\n"

static void report_dates(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"Report Date: 02/10/2026\n", "2026-10-02"},
        {"Report Date: 2 October 2026\n", "2026-10-02"},
        {"Report Date:,2026-10-02\n", "2026-10-02"},
        {"REPORT DATE 02-Oct-2026\n", "2026-10-02"},
        {"Report Date: week 40\n", "week 40"},
        {"Report Date: a text that is too long to be any date\n", ""},
        {"Report Date\n", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[256];
        reading r = {0};
        (void)snprintf(text, sizeof text, "%s" INDEX_HEADER "X1,A,Alpha,Entity\n", rows[i][0]);
        assert_int_equal(reading_bytes(&r, &itd_format_uksl_csv, "gb-uksl", text, strlen(text)), ITD_OK);
        assert_string_equal(r.read.version, rows[i][1]);
        assert_int_equal(r.read.records, 1);
        reading_finish(&r);
    }
}

static void broken_rows(void **state)
{
    (void)state;
    itd_buffer text = {0};
    itd_buffer_append(&text, ITD_SV("Report Date: 02/10/2026\n" INDEX_HEADER "X1,A,Alpha,Entity\n,B,Alpha,Entity\n"
                                    "X2,C,Alpha,Balloon\nX1,D,Alpha,Ship\nX3,E\nX4,\xE9,Alpha,Entity\nX5,"));
    for (size_t i = 0; i <= ITD_VALUE_BYTES_MAX / 2; i++)
        itd_buffer_append_char(&text, 'x');
    itd_buffer_append(&text, ITD_SV(",Alpha,Entity\nX1,F,Beta,Entity\n"));
    folder r;
    folder_start(&r);
    folder_write(&r, "list.csv", text.data, text.size);
    assert_int_equal(folder_run(&r, "list.csv"), ITD_OK);
    static const char *const reasons[] = {
        "record|list.csv|4|", "||no Unique ID\n",
        "record|list.csv|5|", "|X2|the type is none of Individual, Entity and Ship\n",
        "record|list.csv|6|", "|X1|the type differs from that of an earlier row of this Unique ID\n",
        "record|list.csv|7|", "||another number of columns than the header\n",
        "record|list.csv|8|", "||not valid UTF-8\n",
        "record|list.csv|9|", "|X5|longer than half of ITD_VALUE_BYTES_MAX\n",
    };
    const char *at = r.rejects.data;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (!(at = strstr(at, reasons[i])))
            fail_msg("no \"%s\" among\n%s", reasons[i], r.rejects.data);
    assert_int_equal(r.read.rejected, 6);
    assert_int_equal(r.read.records, 1);
    assert_non_null(strstr(r.statements.data, "|Sanction|program|Beta|")); /* a second regime is a second sanction */
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, "list.csv"), ITD_EFORMAT);
    assert_int_equal(r.error.line, 4);
    itd_buffer_finish(&text);
    folder_end(&r);
}

static void heads_that_are_refused(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"Report Date: 02/10/2026\n", "ends before the header"},
        {"", "ends before the header"},
        {"Report Date: 02/10/2026\nUnique ID,Name,Type\n", "no Unique ID, name, regime and type"},
        {"Unique ID,\"open\n", "a quote that is never closed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reading r = {0};
        (void)reading_bytes(&r, &itd_format_uksl_csv, "gb-uksl", rows[i][0], strlen(rows[i][0]));
        assert_int_equal(r.status, ITD_EFORMAT);
        if (!strstr(r.error.message, rows[i][1]))
            fail_msg("%s: not %s", r.error.message, rows[i][1]);
        reading_finish(&r);
    }
    static const struct {
        itd_sv head;
        int csv, xml;
    } looks[] = {
        {ITD_SV("Report Date: x\n" HEADER "\n"), 100, 0},
        {ITD_SV("\xEF\xBB\xBF" INDEX_HEADER), 100, 0},
        {ITD_SV("Report Date: x\nName\n"), 0, 0},
        {ITD_SV("id,name,type\n"), 0, 0},
        {ITD_SV("<?xml version=\"1.0\"?><Designations>"), 0, 100},
        {ITD_SV("<Designation>"), 0, 0},
        {ITD_SV(""), 0, 0},
    };
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        itd_sniff look = {.path = "x", .head = looks[i].head};
        assert_int_equal(itd_format_uksl_csv.sniff(&look), looks[i].csv);
        assert_int_equal(itd_format_uksl_xml.sniff(&look), looks[i].xml);
    }
}

static void limit_columns(void **state)
{
    (void)state;
    for (size_t width = 96; width <= 97; width++) {
        itd_buffer text = {0};
        itd_buffer_append(&text, ITD_SV("Unique ID,Name,Regime Name,Type"));
        for (size_t i = 4; i < width; i++)
            itd_buffer_format(&text, ",Colour %zu", i);
        itd_buffer_append(&text, ITD_SV("\n"));
        reading r = {0};
        (void)reading_bytes(&r, &itd_format_uksl_csv, "gb-uksl", text.data, text.size);
        assert_int_equal(r.status, width == 96 ? ITD_OK : ITD_EFORMAT);
        reading_finish(&r);
        itd_buffer_finish(&text);
    }
}

/* Past the room for what was said before, facts repeat and nothing else changes. */
static void more_than_can_be_remembered(void **state)
{
    (void)state;
    itd_buffer text = {0}, filler = {0};
    itd_buffer_append(&text, ITD_SV("Unique ID,Name,Regime Name,Type,Other Information\n"));
    for (size_t i = 0; i < 400000; i++)
        itd_buffer_append_char(&filler, 'x');
    for (unsigned i = 0; i < 180; i++) { /* 180 times 400 kB is more than 64 MiB */
        itd_buffer_format(&text, "X1,SAME,Alpha,Entity,%u", i);
        itd_buffer_append(&text, itd_buffer_view(&filler));
        itd_buffer_append_char(&text, '\n');
    }
    reading r = {0};
    assert_int_equal(reading_bytes(&r, &itd_format_uksl_csv, "gb-uksl", text.data, text.size), ITD_OK);
    assert_int_equal(r.read.records, 1);
    size_t names = reading_count(&r, "|name|SAME|");
    assert_true(names > 1 && names < 20);
    reading_finish(&r);
    itd_buffer_finish(&text);
    itd_buffer_finish(&filler);
}

/* --- XML --- */

#define XML(...) "<Designations><DateGenerated>02/10/2026</DateGenerated>" __VA_ARGS__ "</Designations>"
#define DESIGNATION(type, ...)                                                                                         \
    "<Designation><UniqueID>XXX0001</UniqueID><RegimeName>Alpha</RegimeName><IndividualEntityShip>" type               \
    "</IndividualEntityShip>" __VA_ARGS__ "</Designation>"

static const char list_xml[] = XML(DESIGNATION(
    "Individual",
    "<LastUpdated>01/09/2026</LastUpdated><DateDesignated>01/02/2025</DateDesignated><OFSIGroupID>99001</OFSIGroupID>"
    "<UNReferenceNumber>XXi.001</UNReferenceNumber><Names><Name><Name1>ANA</Name1><Name6> EX\n  AMPLE</Name6>"
    "<NameType>Primary Name</NameType></Name><Name><Name6>Anna Exemple</Name6><NameType>Alias</NameType></Name>"
    "</Names><NonLatinNames><NonLatinName><NameNonLatinScript>\xD0\x90\xD0\xBD\xD0\xB0</NameNonLatinScript>"
    "</NonLatinName></NonLatinNames><Titles><Title>Dr</Title><Title>Ms</Title></Titles>"
    "<DesignationSource>UK</DesignationSource><SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>"
    "<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>false</TravelBan><ArmsEmbargo>true"
    "</ArmsEmbargo><Deflag>false</Deflag><CharteringOfShips>maybe</CharteringOfShips></SanctionsImposedIndicators>"
    "<OtherInformation>One.\nTwo.</OtherInformation><Addresses><Address><AddressLine1>1 Mill Lane</AddressLine1>"
    "<AddressPostalCode>1000</AddressPostalCode><AddressCountry>Malta</AddressCountry></Address><Address>"
    "<AddressCountry>Bulgaria</AddressCountry></Address></Addresses><PhoneNumbers><PhoneNumber>+1</PhoneNumber>"
    "<PhoneNumber>+2</PhoneNumber></PhoneNumbers><IndividualDetails><Individual><DOBs><DOB>dd/mm/1950</DOB>"
    "<DOB>01/02/1951</DOB></DOBs><Nationalities><Nationality>Malta</Nationality></Nationalities><PassportDetails>"
    "<Passport><PassportNumber>A1</PassportNumber><PassportAdditionalInformation>Malta"
    "</PassportAdditionalInformation></Passport><Passport><PassportNumber>B2</PassportNumber></Passport>"
    "</PassportDetails><BirthDetails><Location><TownOfBirth>Sofia</TownOfBirth><CountryOfBirth>Bulgaria"
    "</CountryOfBirth></Location></BirthDetails><Genders><Gender>Female</Gender></Genders></Individual>"
    "</IndividualDetails><Colour shade=\"dark\">red</Colour><Title kind=\"x\">Mx</Title><Extra>beside<Regime>Beta"
    "</Regime><UniqueID/></Extra><RegimeName>Gamma</RegimeName>"));

static void a_list_as_xml(void **state)
{
    (void)state;
    reading r = {0};
    if (reading_bytes(&r, &itd_format_uksl_xml, "gb-uksl", list_xml, sizeof list_xml - 1) != ITD_OK)
        fail_msg("%s", r.error.message);
    assert_string_equal(r.read.version, "2026-10-02");
    assert_int_equal(r.read.records, 1);
    static const char *const lines[] = {
        "gb-uksl-XXX0001|Person|name|ANA EX AMPLE||",
        "gb-uksl-XXX0001|Person|lastName|EX AMPLE||",
        "gb-uksl-XXX0001|Person|alias|Anna Exemple||",
        "gb-uksl-XXX0001|Person|alias|\xD0\x90\xD0\xBD\xD0\xB0||",
        "gb-uksl-XXX0001|Person|title|Dr||",
        "gb-uksl-XXX0001|Person|title|Ms||",
        "gb-uksl-XXX0001|Person|title|Mx||",
        "gb-uksl-XXX0001|Person|notes|Title@kind: x||",
        "gb-uksl-XXX0001|Person|notes|OFSI Group ID: 99001||",
        "gb-uksl-XXX0001|Person|notes|TravelBan: false||",
        "gb-uksl-XXX0001|Person|notes|CharteringOfShips: maybe||",
        "gb-uksl-XXX0001|Person|notes|One.\nTwo.||",
        "gb-uksl-XXX0001|Person|notes|Colour: red||",
        "gb-uksl-XXX0001|Person|notes|Colour@shade: dark||",
        "gb-uksl-XXX0001|Person|notes|Extra: beside||",
        "gb-uksl-XXX0001|Person|notes|Regime: Beta||",
        "gb-uksl-XXX0001|Person|notes|RegimeName: Gamma||",
        "gb-uksl-XXX0001|Person|address|1 Mill Lane, 1000, Malta||",
        "gb-uksl-XXX0001|Person|address|Bulgaria||",
        "gb-uksl-XXX0001|Person|phone|+1||",
        "gb-uksl-XXX0001|Person|phone|+2||",
        "gb-uksl-XXX0001|Person|birthDate|1950|dd/mm/1950|",
        "gb-uksl-XXX0001|Person|birthDate|1951-02-01|01/02/1951|",
        "gb-uksl-XXX0001|Person|nationality|mt|Malta|",
        "gb-uksl-XXX0001|Person|passportNumber|A1||",
        "gb-uksl-XXX0001|Person|passportNumber|B2||",
        "gb-uksl-XXX0001|Person|birthPlace|Sofia||",
        "gb-uksl-XXX0001|Person|birthCountry|bg|Bulgaria|",
        "gb-uksl-XXX0001|Person|gender|female|Female|",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!reading_has(&r, lines[i]))
            fail_msg("no %s in %.*s", lines[i], ITD_SV_ARG(itd_buffer_view(&r.text)));
    static const char *const parts[] = {"|Sanction|provisions|Asset freeze||\n", "|Sanction|provisions|Travel Ban||\n",
                                        "|Sanction|provisions|ArmsEmbargo||\n",  "|Sanction|program|Alpha||\n",
                                        "|Sanction|unscId|XXi.001||\n",          "|Passport|country|mt|Malta|\n"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        assert_int_equal(reading_count(&r, parts[i]), 1);
    assert_int_equal(reading_count(&r, "|Sanction|provisions|"), 3);
    assert_int_equal(reading_count(&r, "Deflag"), 0);
    assert_int_equal(reading_count(&r, "|birthDate|"), 2);
    reading_finish(&r);
}

static void broken_designations(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason, *key;
    } rows[] = {
        {XML("<Designation/>"), "the type is none of Individual, Entity and Ship", ""},
        {XML(DESIGNATION("Balloon")), "the type is none of Individual, Entity and Ship", "XXX0001"},
        {XML(DESIGNATION("Ship") DESIGNATION("Ship")), "a record before it has the same key", "XXX0001"},
        {XML("<Designation><IndividualEntityShip>Ship</IndividualEntityShip></Designation>"), "record has no key", ""},
        {XML("<Person><UniqueID>X2</UniqueID></Person>"), "neither a Designation nor DateGenerated", "X2"},
        {XML("stray"), "text outside of every record: \"stray\"", ""},
        {"<Designations><DateGenerated>soon</DateGenerated></Designations>", "DateGenerated is no date", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reading r = {.read.skip_bad = true};
        (void)reading_bytes(&r, &itd_format_uksl_xml, "gb-uksl", rows[i].text, strlen(rows[i].text));
        assert_int_equal(r.status, ITD_OK);
        assert_int_equal(r.rejects, 1);
        assert_string_equal(r.reason, rows[i].reason);
        assert_string_equal(r.key, rows[i].key);
        reading_finish(&r);
        reading strict = {0};
        (void)reading_bytes(&strict, &itd_format_uksl_xml, "gb-uksl", rows[i].text, strlen(rows[i].text));
        assert_int_equal(strict.status, ITD_EFORMAT);
        reading_finish(&strict);
    }
    reading r = {0};
    (void)reading_bytes(&r, &itd_format_uksl_xml, "gb-uksl", "<List/>", 7);
    assert_int_equal(r.status, ITD_EFORMAT);
    assert_non_null(strstr(r.error.message, "the root element is List, not Designations"));
    reading_finish(&r);
}

/* Both forms of the list say the same of the same designation. */
static void xml_and_csv_agree(void **state)
{
    (void)state;
    static const char xml[] =
        XML("<Designation><UniqueID>XXX0001</UniqueID><OFSIGroupID>9</OFSIGroupID><Names><Name><Name1>Ana</Name1>"
            "<Name6>EXAMPLE</Name6><NameType>Primary Name</NameType></Name></Names><RegimeName>Alpha</RegimeName>"
            "<IndividualEntityShip>Individual</IndividualEntityShip><Addresses><Address><AddressLine1>1 Mill "
            "Lane</AddressLine1><AddressCountry>Malta</AddressCountry></Address></Addresses><IndividualDetails>"
            "<Individual><DOBs><DOB>dd/mm/1950</DOB></DOBs><PassportDetails><Passport><PassportNumber>A1"
            "</PassportNumber></Passport></PassportDetails></Individual></IndividualDetails></Designation>");
    itd_buffer csv = {0};
    itd_buffer_append(&csv, ITD_SV("Report Date: 02/10/2026\r\n" HEADER "\r\n"));
    ROW(&csv, "Unique ID=XXX0001", "OFSI Group ID=9", "Name 1=Ana", "Name 6=EXAMPLE", "Name type=Primary Name",
        "Regime Name=Alpha", "Designation Type=Individual", "Address Line 1=1 Mill Lane", "Address Country=Malta",
        "D.O.B=dd/mm/1950", "Passport number=A1");
    reading a = {0}, b = {0};
    assert_int_equal(reading_bytes(&a, &itd_format_uksl_xml, "gb-uksl", xml, sizeof xml - 1), ITD_OK);
    assert_int_equal(reading_bytes(&b, &itd_format_uksl_csv, "gb-uksl", csv.data, csv.size), ITD_OK);
    assert_int_equal(a.statements, b.statements);
    itd_sv rest = itd_buffer_view(&a.text), line;
    while (itd_sv_split(&line, &rest, '\n'))
        if (line.size && itd_sv_find(itd_buffer_view(&b.text), line, 0) == SIZE_MAX)
            fail_msg("only the XML says %.*s", ITD_SV_ARG(line));
    assert_string_equal(a.read.version, b.read.version);
    reading_finish(&a);
    reading_finish(&b);
    itd_buffer_finish(&csv);
}

static itd_status drop(void *context, const itd_statement *statement, itd_error *error)
{
    (void)error;
    *(size_t *)context += statement->value.size;
    return ITD_OK;
}

typedef struct attempt {
    const itd_format *format;
    const char *path;
} attempt;

static itd_status read_quietly(void *context, itd_error *error)
{
    const attempt *a = context;
    itd_source source = {.format = a->format, .paths = {a->path}};
    size_t size = 0;
    itd_read read = {.source = &source, .dataset = ITD_SV("gb-uksl"), .statement = drop, .statement_context = &size};
    return a->format->read(&read, error);
}

static void each_allocation_fails(void **state)
{
    (void)state;
    itd_buffer text = {0};
    fill_list(&text);
    folder r;
    folder_start(&r);
    folder_write(&r, "list.csv", text.data, text.size);
    folder_write(&r, "list.xml", list_xml, sizeof list_xml - 1);
    attempt csv = {&itd_format_uksl_csv, r.paths[0]}, xml = {&itd_format_uksl_xml, r.paths[1]};
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, &csv) > 20);
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, &xml) > 20);
    itd_buffer_finish(&text);
    folder_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_columns),  cmocka_unit_test(a_list_as_csv),
        cmocka_unit_test(an_index),          cmocka_unit_test(report_dates),
        cmocka_unit_test(broken_rows),       cmocka_unit_test(heads_that_are_refused),
        cmocka_unit_test(limit_columns),     cmocka_unit_test(more_than_can_be_remembered),
        cmocka_unit_test(a_list_as_xml),     cmocka_unit_test(broken_designations),
        cmocka_unit_test(xml_and_csv_agree), cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("uksl", tests, NULL, NULL);
}
