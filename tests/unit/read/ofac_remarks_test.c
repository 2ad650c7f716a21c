#include "read/ofac_remarks.h"

#include <stdio.h>

#include "read/ofac_set.h"
#include "support/cm.h"
#include "support/folder.h"

static const char *const schema_types[] = {"individual", "", "vessel", "aircraft"};

/* Statements that one piece of Remarks gives, without what every record has: "part property=value[original]; …". */
static void facts_of(char *out, size_t room, const char *type, itd_ofac_names *names, const char *remarks)
{
    folder r = {0};
    itd_record *record = NULL;
    itd_read read = {.dataset = ITD_SV("t"), .statement = folder_take, .statement_context = &r};
    assert_int_equal(itd_record_create(&record, &read, "doc", &r.error), ITD_OK);
    itd_ofac_entry entry = {.record = record, .schema = itd_ofac_schema(itd_sv_of(type)), .names = names};
    entry.part = itd_record_begin(record, ITD_SV("1"), false, entry.schema, 1, 0);
    itd_ofac_add_remarks(&entry, itd_sv_of(remarks));
    assert_int_equal(itd_record_commit(record, &r.error), ITD_OK);
    itd_record_destroy(record);
    itd_buffer_append_char(&r.statements, 0);
    size_t used = 0;
    out[0] = 0;
    for (char *line = r.statements.data, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        *next++ = 0;
        char *fields[8] = {line};
        for (size_t i = 1; i < 8; i++) {
            fields[i] = strchr(fields[i - 1], '|');
            assert_non_null(fields[i]);
            *fields[i]++ = 0;
        }
        bool part = strcmp(fields[0], "t-1") != 0;
        if (strcmp(fields[2], "id") == 0 || strcmp(fields[2], "holder") == 0 || strcmp(fields[2], "subject") == 0 ||
            strcmp(fields[2], "entity") == 0 || strcmp(fields[2], "authority") == 0)
            continue;
        used += (size_t)snprintf(out + used, room - used, "%s%s%s%s=%s%s%s%s", used ? "; " : "", part ? fields[1] : "",
                                 part ? "." : "", fields[2], strncmp(fields[3], "t-1-", 4) == 0 ? "#" : fields[3],
                                 *fields[4] ? "[" : "", fields[4], *fields[4] ? "]" : "");
        assert_true(used < room);
    }
    itd_buffer_finish(&r.statements);
}

static void pieces_and_their_facts(void **state)
{
    (void)state;
    enum { PERSON, ENTITY, VESSEL, AIRCRAFT };
    static const struct {
        int type;
        const char *remarks, *facts;
    } table[] = {
        {PERSON, "DOB 27 Mar 1964", "birthDate=1964-03-27[27 Mar 1964]"},
        {PERSON, "alt. DOB Mar 1964.", "birthDate=1964-03[Mar 1964]"},
        {PERSON, "DOB circa 1960", "birthDate=1960[circa 1960]"},
        {PERSON, "DOB 1960 to 1962",
         "birthDate=1960[1960 to 1962]; birthDate=1961[1960 to 1962]; birthDate=1962[1960 to 1962]"},
        {PERSON, "DOB circa 1960-1961.", "birthDate=1960[circa 1960-1961]; birthDate=1961[circa 1960-1961]"},
        {PERSON, "DOB 01 Jan 1960 to 31 Dec 1960", "birthDate=1960[01 Jan 1960 to 31 Dec 1960]"},
        {PERSON, "DOB 01 Feb 1960 to 29 Feb 1960", "birthDate=1960-02[01 Feb 1960 to 29 Feb 1960]"},
        {PERSON, "DOB 1940 to 1950", "birthDate=1940[1940 to 1950]; birthDate=1950[1940 to 1950]"},
        {PERSON, "DOB 1965 to 1960", "notes=DOB 1965 to 1960"},
        {PERSON, "DOB unknown", "notes=DOB unknown"},
        {ENTITY, "DOB 1964", "notes=DOB 1964"},
        {PERSON, "POB Hamhung, Korea, North", "birthPlace=Hamhung, Korea, North; birthCountry=kp[Korea, North]"},
        {PERSON, "POB Sofia, Bulgaria.", "birthPlace=Sofia, Bulgaria; birthCountry=bg[Bulgaria]"},
        {PERSON, "POB Nowhere", "birthPlace=Nowhere"},
        {PERSON, "nationality Korea, North", "nationality=kp[Korea, North]"},
        {PERSON, "citizen Malta.", "citizenship=mt[Malta]"},
        {PERSON, "Gender Male", "gender=male[Male]"},
        {PERSON, "Gender female.", "gender=female"},
        {PERSON, "Gender other", "notes=Gender other"},
        {PERSON, "Passport A123 (Korea, North) issued 02 Feb 2010 expires 02 Feb 2020.",
         "Passport.type=Passport; Passport.passportNumber=A123; Passport.country=kp[Korea, North]; "
         "Passport.startDate=2010-02-02[02 Feb 2010]; Passport.endDate=2020-02-02[02 Feb 2020]; passportNumber=A123"},
        {PERSON, "Passport B 77 (Malta) issued 1999 in Valletta",
         "Passport.type=Passport; Passport.passportNumber=B 77; Passport.country=mt[Malta]; "
         "Passport.summary=issued 1999 in Valletta; passportNumber=B 77"},
        {PERSON, "Passport Booklet A5250088 (Malta)",
         "Passport.type=Passport Booklet; Passport.passportNumber=A5250088[Booklet A5250088]; "
         "Passport.country=mt[Malta]; "
         "passportNumber=A5250088"},
        {PERSON, "Passport Booklet: A51",
         "Passport.type=Passport Booklet; Passport.passportNumber=A51[Booklet: A51]; "
         "passportNumber=A51"},
        {PERSON, "Passport No.: 0310857",
         "Passport.type=Passport No.; Passport.passportNumber=0310857[No.: 0310857]; "
         "passportNumber=0310857"},
        {PERSON, "Passport AF465508 Malta",
         "Passport.type=Passport; Passport.passportNumber=AF465508[AF465508 Malta]; Passport.country=mt[Malta]; "
         "Passport.summary=Malta; passportNumber=AF465508"},
        {PERSON, "Passport Laissez-Passer 02154",
         "Passport.type=Passport Laissez-Passer; Passport.passportNumber=02154[Laissez-Passer 02154]; "
         "passportNumber=02154"},
        {PERSON, "Passport #H004", "Passport.type=Passport; Passport.passportNumber=H004[#H004]; passportNumber=H004"},
        {PERSON, "Passport TR-P 614166",
         "Passport.type=Passport; Passport.passportNumber=TR-P 614166; passportNumber=TR-P 614166"},
        {ENTITY, "Tax ID No. # PMA-910805",
         "Identification.type=Tax ID No.; Identification.number=PMA-910805[# PMA-910805]; taxNumber=PMA-910805"},
        {ENTITY, "Equity Ticker ABC 123", "notes=Equity Ticker ABC 123"},
        {ENTITY, "Digital Currency Address - XBT 1Gq", "notes=Digital Currency Address - XBT 1Gq"},
        {PERSON, "Passport lost in Valletta", "notes=Passport lost in Valletta"},
        {ENTITY, "Passport A123", "notes=Passport A123"},
        {PERSON, "National ID No. 55-1 (Jalisco)",
         "Identification.type=National ID No.; Identification.number=55-1; Identification.summary=(Jalisco); "
         "idNumber=55-1"},
        {PERSON, "SSN 078-05-1120 (United States)",
         "Identification.type=SSN; Identification.number=078-05-1120; Identification.country=us[United States]; "
         "socialSecurityNumber=078-05-1120"},
        {ENTITY, "Tax ID No. 40.5 (Serbia)",
         "Identification.type=Tax ID No.; Identification.number=40.5; Identification.country=rs[Serbia]; "
         "taxNumber=40.5"},
        {ENTITY, "Made-up Register No. 9/9",
         "Identification.type=Made-up Register No.; Identification.number=9/9; idNumber=9/9"},
        {ENTITY, "He said that this is a rather long sentence about No. 7",
         "notes=He said that this is a rather long sentence about No. 7"},
        {ENTITY, "SWIFT/BIC ABCDKPPY",
         "Identification.type=SWIFT/BIC; Identification.number=ABCDKPPY; swiftBic=ABCDKPPY"},
        {ENTITY, "Identification Number IMO 5342883.", "imoNumber=5342883[IMO 5342883]"},
        {ENTITY, "Identification Number 12",
         "Identification.type=Identification Number; Identification.number=12; idNumber=12"},
        {ENTITY, "Organization Established Date 17 Dec 2016", "incorporationDate=2016-12-17[17 Dec 2016]"},
        {ENTITY, "Organization Established Date some day", "notes=Organization Established Date some day"},
        {ENTITY, "Organization Type: Growing of fruit.", "sector=Growing of fruit"},
        {ENTITY, "Target Type Private Company", "classification=Private Company"},
        {ENTITY, "Email Address a@example.com; alt. Email Address b@example.com.",
         "email=a@example.com; email=b@example.com"},
        {ENTITY, "www.example.com.; a@example.com (email)", "website=www.example.com; email=a@example.com"},
        {ENTITY, "Fax: 1 2", "phone=1 2[Fax: 1 2]"},
        {ENTITY, "Telephone (1)(2)", "phone=(1)(2)"},
        {VESSEL, "Vessel Registration Identification IMO 9074729; MMSI 256253000",
         "imoNumber=9074729[IMO 9074729]; mmsi=256253000"},
        {VESSEL, "Vessel Registration Identification RS 5 (Russia)",
         "notes=Vessel Registration Identification RS 5 (Russia)"},
        {VESSEL, "Former Vessel Flag Malta; alt. Former Vessel Flag None Identified",
         "pastFlags=mt[Malta]; notes=alt. Former Vessel Flag None Identified"},
        {VESSEL, "Vessel Year of Build 1998", "buildDate=1998"},
        {VESSEL, "Other Vessel Call Sign HMXY; Other Vessel Type Tug", "callSign=HMXY; type=Tug"},
        {AIRCRAFT, "Aircraft Tail Number P-912; Aircraft Model IL-76; Aircraft Manufacture Date Sep 1990",
         "registrationNumber=P-912; model=IL-76; buildDate=1990-09[Sep 1990]"},
        {AIRCRAFT, "Previous Aircraft Tail Number P-1", "registrationNumber=P-1[Previous Aircraft Tail Number P-1]"},
        {AIRCRAFT, "Aircraft Manufacturer's Serial Number (MSN) 77; Aircraft Mode S Transponder Code 7200F2",
         "serialNumber=77; icaoCode=7200F2"},
        {AIRCRAFT, "Aircraft Operator SOME AIR", "LegalEntity.name=SOME AIR; operator=#"},
        {PERSON, "Digital Currency Address - XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT.",
         "CryptoWallet.publicKey=1BoatSLRHtKNngkdXEeobR76b53LETtpyT; CryptoWallet.currencySymbol=XBT"},
        {PERSON, "Paid through 1BoatSLRHtKNngkdXEeobR76b53LETtpyT, he says",
         "notes=Paid through 1BoatSLRHtKNngkdXEeobR76b53LETtpyT, he says; "
         "CryptoWallet.publicKey=1BoatSLRHtKNngkdXEeobR76b53LETtpyT; CryptoWallet.currencySymbol=BTC"},
        {PERSON, "Paid through 1BoatSLRHtKNngkdXEeobR76b53LETtpyU",
         "notes=Paid through 1BoatSLRHtKNngkdXEeobR76b53LETtpyU"},
        {PERSON, "Digital Currency Address - nothing", "notes=Digital Currency Address - nothing"},
        {PERSON, "a.k.a. 'THE CLERK'; f.k.a. 'ABU 'ALI'.", "weakAlias=THE CLERK; weakAlias=ABU 'ALI"},
        {PERSON, "a.k.a. THE CLERK", "notes=a.k.a. THE CLERK"},
        {PERSON, "a.k.a. ''", "notes=a.k.a. ''"},
        {ENTITY, "Linked To: ALPHA TRADING.", "UnknownLink.role=Linked To; UnknownLink.object=t-5[ALPHA TRADING]"},
        {ENTITY, "Linked To: ALPHA SHIPPING CO., LTD.",
         "UnknownLink.role=Linked To; UnknownLink.object=t-6[ALPHA SHIPPING CO., LTD.]"},
        {ENTITY, "Linked To: GAMMA S.A. DE C.V.; Linked To: NOBODY KNOWN.",
         "UnknownLink.role=Linked To; LegalEntity.name=GAMMA S.A. DE C.V.; UnknownLink.object=#; "
         "UnknownLink.role=Linked To; LegalEntity.name=NOBODY KNOWN; UnknownLink.object=#"},
        {ENTITY, "Linked To: TWICE", "UnknownLink.role=Linked To; LegalEntity.name=TWICE; UnknownLink.object=#"},
        {ENTITY, "Linked To: .", "notes=Linked To: ."},
        {ENTITY, "Secondary sanctions risk: Some Rules, section 1.",
         "Sanction.provisions=Secondary sanctions risk: Some Rules, section 1"},
        {ENTITY, "all offices worldwide.; ; ;", "notes=all offices worldwide."},
        {ENTITY, "", ""},
    };
    itd_ofac_names *names = NULL;
    itd_error error;
    assert_int_equal(itd_ofac_names_create(&names, SIZE_MAX, &error), ITD_OK);
    const struct {
        const char *name, *id;
        bool primary;
    } known[] = {
        {"ALPHA TRADING", "t-5", true},   {"ALPHA SHIPPING CO., LTD", "t-6", false},
        {"TWICE", "t-7", true},           {"TWICE", "t-8", true},
        {"TWICE", "t-9", false},          {"ALPHA TRADING", "t-9", false},
        {" ALPHA TRADING ", "t-5", true}, {"", "t-1", true},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_int_equal(
            itd_ofac_names_add(names, itd_sv_of(known[i].name), itd_sv_of(known[i].id), known[i].primary, &error),
            ITD_OK);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char got[4096];
        facts_of(got, sizeof got, schema_types[table[i].type], names, table[i].remarks);
        if (strcmp(got, table[i].facts) != 0)
            fail_msg("\"%s\" gives\n  %s\nnot\n  %s", table[i].remarks, got, table[i].facts);
    }
    itd_ofac_names_destroy(names);
    itd_ofac_names_destroy(NULL);
}

static void names_are_capped(void **state)
{
    (void)state;
    itd_ofac_names *names = NULL;
    itd_error error;
    char name[64];
    itd_status status = ITD_OK;
    assert_int_equal(itd_ofac_names_create(&names, (size_t)1 << 16, &error), ITD_OK);
    for (int i = 0; status == ITD_OK && i < 100000; i++) {
        (void)snprintf(name, sizeof name, "NAME NUMBER %d", i);
        status = itd_ofac_names_add(names, itd_sv_of(name), itd_sv_of(name), true, &error);
    }
    assert_int_equal(status, ITD_ENOMEM);
    itd_ofac_names_destroy(names);
}

static void years_up_to_the_limit(void **state)
{
    (void)state;
    char got[4096], text[64];
    for (int width = ITD_OFAC_YEARS_MAX - 1; width <= ITD_OFAC_YEARS_MAX; width++) {
        (void)snprintf(text, sizeof text, "DOB 1950 to %d", 1950 + width);
        facts_of(got, sizeof got, "individual", NULL, text);
        size_t count = 0;
        for (const char *at = got; (at = strstr(at, "birthDate=")) != NULL; at++)
            count++;
        assert_int_equal(count, width < ITD_OFAC_YEARS_MAX ? ITD_OFAC_YEARS_MAX : 2);
    }
}

static void xml_facts(void **state)
{
    (void)state;
    static const struct {
        const char *type, *label, *value, *country, *wanted;
    } rows[] = {
        {"individual", "Passport", "A1", "Malta", "t-1|Person|passportNumber|A1|"},
        {"individual", "Gender", "Male", "", "t-1|Person|gender|male|Male|"},
        {"entity", "Digital Currency Address - ZEC", "t1abc", "", "t-1-wallet-ZEC-t1abc|CryptoWallet|publicKey|t1abc|"},
        {"entity", "Digital Currency Address - ETH", "0xabc", "", ""},
        {"entity", "Additional Sanctions Information -", "Subject to X", "",
         "t-1-sanction-provisions|Sanction|provisions|Additional Sanctions Information - Subject to X|"},
        {"entity", "Some Register No.", "5", "", "t-1|Organization|idNumber|5|"},
        {"entity", "Fax Number:", "5", "", "t-1|Organization|phone|5|Fax Number: 5|"},
        {"entity", "Wholly unknown", "5", "", ""},
        {"entity", "Wholly unknown ID", "5", "", "t-1|Organization|idNumber|5|"},
        {"vessel", "MMSI", "256253000", "", "t-1|Vessel|mmsi|256253000|"},
        {"vessel", "Passport", "A1", "", ""},
        {"entity", "License plate", "A1", "", ""},
        {"entity", "Legal Entity Number", "abc1", "Malta", "t-1|Organization|registrationNumber|abc1|"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        folder r = {0};
        itd_record *record = NULL;
        itd_read read = {.dataset = ITD_SV("t"), .statement = folder_take, .statement_context = &r};
        assert_int_equal(itd_record_create(&record, &read, "doc", &r.error), ITD_OK);
        itd_ofac_entry entry = {.record = record, .schema = itd_ofac_schema(itd_sv_of(rows[i].type))};
        entry.part = itd_record_begin(record, ITD_SV("1"), false, entry.schema, 1, 0);
        itd_ofac_fact fact = {.label = itd_sv_of(rows[i].label),
                              .value = itd_sv_of(rows[i].value),
                              .country = itd_sv_of(rows[i].country),
                              .issued = ITD_SV("not a day")};
        assert_int_equal(itd_ofac_add_fact(&entry, &fact), rows[i].wanted[0] != 0);
        assert_int_equal(itd_record_commit(record, &r.error), ITD_OK);
        itd_record_destroy(record);
        itd_buffer_append_char(&r.statements, 0);
        if (rows[i].wanted[0])
            assert_said(&r, rows[i].wanted);
        itd_buffer_finish(&r.statements);
    }
}

static void birth_dates_and_addresses_of_the_xml(void **state)
{
    (void)state;
    folder r = {0};
    itd_record *record = NULL;
    itd_read read = {.dataset = ITD_SV("t"), .statement = folder_take, .statement_context = &r};
    assert_int_equal(itd_record_create(&record, &read, "doc", &r.error), ITD_OK);
    itd_ofac_entry entry = {.record = record, .schema = ITD_S_Person};
    entry.part = itd_record_begin(record, ITD_SV("1"), false, entry.schema, 1, 0);
    itd_ofac_add_birth_date(&entry, ITD_SV("circa 1950"));
    itd_ofac_add_birth_date(&entry, ITD_SV("long ago"));
    itd_ofac_add_name(&entry, ITD_SV("DOE, John, Jr."), ITD_OFAC_NAME_PRIMARY, false);
    itd_ofac_address address = {.street = ITD_SV("1 Some St."), .city = ITD_SV("Sliema"), .country = ITD_SV("Malta")};
    itd_ofac_add_address(&entry, &address);
    itd_ofac_add_address(&entry, &(itd_ofac_address){.country = ITD_SV("-0- ")});
    assert_int_equal(itd_record_commit(record, &r.error), ITD_OK);
    itd_record_destroy(record);
    itd_buffer_append_char(&r.statements, 0);
    assert_said(&r, "t-1|Person|birthDate|1950|circa 1950|");
    assert_said(&r, "t-1|Person|notes|long ago|");
    assert_said(&r, "t-1|Person|lastName|DOE|");
    assert_said(&r, "t-1|Person|firstName|John|");
    assert_said(&r, "t-1|Person|nameSuffix|Jr.|");
    assert_said(&r, "t-1|Person|address|1 Some St., Sliema, Malta|");
    assert_said(&r, "t-1|Person|country|mt|Malta|");
    const char *first = strstr(r.statements.data, "|Address|id|");
    assert_non_null(first);
    assert_null(strstr(first + 1, "|Address|id|"));
    itd_buffer_finish(&r.statements);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_and_their_facts),
        cmocka_unit_test(names_are_capped),
        cmocka_unit_test(years_up_to_the_limit),
        cmocka_unit_test(xml_facts),
        cmocka_unit_test(birth_dates_and_addresses_of_the_xml),
    };
    return cmocka_run_group_tests_name("ofac_remarks", tests, NULL, NULL);
}
