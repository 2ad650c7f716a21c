#include "read/un_xml.h"

#include "support/faults.h"
#include "support/reading_says.h"

#define UN(...)                                                                                                        \
    ((const char *)"<CONSOLIDATED_LIST dateGenerated=\"2026-03-01T10:00:00.000Z\">" __VA_ARGS__ "</"                   \
                   "CONSOLIDATED_LIST>")
#define PERSON(...)                                                                                                    \
    UN("<INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Zorvan</FIRST_NAME>" __VA_ARGS__                        \
       "</INDIVIDUAL></INDIVIDUALS>")
#define ENTITY(...)                                                                                                    \
    UN("<ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>Quillmark</FIRST_NAME>" __VA_ARGS__ "</ENTITY></ENTITIES>")

static void read_text(reading *r, const char *text)
{
    (void)reading_bytes(r, &itd_format_un_xml, "un-sc", text, strlen(text));
}

/* Every line of `lines` (NULL-terminated) is a statement of what `text` reads as. */
#define SAYS(text, ...) reading_says(read_text, NULL, text, (const char *const[]){__VA_ARGS__, NULL})

static void assert_lacks(const char *text, const char *what)
{
    reading r = {0};
    read_text(&r, text);
    assert_int_equal(r.status, ITD_OK);
    if (reading_count(&r, what))
        fail_msg("%s in %.*s", what, ITD_SV_ARG(itd_buffer_view(&r.text)));
    reading_finish(&r);
}

static void a_person(void **state)
{
    (void)state;
    SAYS(UN("<INDIVIDUALS>\n<INDIVIDUAL><DATAID>77</DATAID><VERSIONNUM>3</VERSIONNUM><FIRST_NAME> Zorvan </FIRST_NAME>"
            "<SECOND_NAME>Il</SECOND_NAME><THIRD_NAME>na</THIRD_NAME><FOURTH_NAME>Tesk\n  Ovar</FOURTH_NAME>"
            "<UN_LIST_TYPE>DPRK </UN_LIST_TYPE><REFERENCE_NUMBER>KPi.901</REFERENCE_NUMBER>"
            "<LISTED_ON>2016-03-02-05:00</LISTED_ON><GENDER>MALE</GENDER><SUBMITTED_BY>Nowhere</SUBMITTED_BY>"
            "<COMMENTS1>Moves cash.\nTwice.</COMMENTS1><TITLE><VALUE>Colonel</VALUE></TITLE>"
            "<DESIGNATION><VALUE>Clerk </VALUE><VALUE>Envoy</VALUE></DESIGNATION>"
            "<NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>"
            "<LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>"
            "<LAST_DAY_UPDATED><VALUE>2017-01-05</VALUE><VALUE/></LAST_DAY_UPDATED><SORT_KEY/>"
            "</INDIVIDUAL>\n</INDIVIDUALS>"),
         "un-sc-77|Person|id|un-sc-77||", "un-sc-77|Person|name|Zorvan Il Tesk Ovar||",
         "un-sc-77|Person|firstName|Zorvan||", "un-sc-77|Person|secondName|Il||",
         "un-sc-77|Person|notes|THIRD_NAME: na||", "un-sc-77|Person|topics|sanction||",
         "un-sc-77-sanction|Sanction|entity|un-sc-77||", "un-sc-77-sanction|Sanction|program|DPRK||",
         "un-sc-77-sanction|Sanction|unscId|KPi.901||", "un-sc-77-sanction|Sanction|authorityId|KPi.901||",
         "un-sc-77-sanction|Sanction|listingDate|2016-03-02|2016-03-02-05:00|",
         "un-sc-77-sanction|Sanction|modifiedAt|2017-01-05||", "un-sc-77-sanction|Sanction|summary|Version 3||",
         "un-sc-77-sanction|Sanction|authority|United Nations Security Council|UN List|",
         "un-sc-77|Person|gender|male|MALE|", "un-sc-77|Person|notes|Submitted by: Nowhere||",
         "un-sc-77|Person|notes|Moves cash.\nTwice.||", "un-sc-77|Person|title|Colonel||",
         "un-sc-77|Person|position|Clerk||", "un-sc-77|Person|position|Envoy||", "un-sc-77|Person|nationality");
    reading r = {0};
    read_text(&r, PERSON());
    assert_string_equal(r.read.version, "2026-03-01");
    assert_int_equal(r.read.records, 1);
    reading_finish(&r);
}

static void names_in_one_text(void **state)
{
    (void)state;
    SAYS(ENTITY("<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Ondri Works; Ondri\n Works "
                "Ltd</ALIAS_NAME></ENTITY_ALIAS>"),
         "un-sc-2|Organization|alias|Ondri Works|Ondri Works; Ondri\n Works Ltd|",
         "un-sc-2|Organization|alias|Ondri Works Ltd|Ondri Works; Ondri\n Works Ltd|");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Тескова (Teska (T); Teskova; "
                "Teskina)</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|alias|Тескова", "un-sc-1|Person|alias|Teska (T)", "un-sc-1|Person|alias|Teskova",
         "un-sc-1|Person|alias|Teskina|Тескова (Teska (T); Teskova; Teskina)|");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Teska (تسكا ),</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|weakAlias|Teska|Teska (تسكا ),|", "un-sc-1|Person|weakAlias|تسكا|Teska (تسكا ),|");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><ALIAS_NAME>Teska (original script: Теска)</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|alias|Teska", "un-sc-1|Person|alias|Теска");
    /* initials in parentheses, and parentheses that never close, are part of the name */
    SAYS(PERSON("<INDIVIDUAL_ALIAS><ALIAS_NAME>Free Ondri (FO)</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|alias|Free Ondri (FO)||");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><ALIAS_NAME>Free (Ondri; Teska</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|alias|Free", "un-sc-1|Person|alias|Ondri", "un-sc-1|Person|alias|Teska");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><ALIAS_NAME>Mullah Teska (previously listed as)</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|previousName|Mullah Teska|Mullah Teska (previously listed as)|");
    SAYS(UN("<ENTITIES><ENTITY><DATAID>3</DATAID><FIRST_NAME>Aero Ondri (AO) ; Teska "
            "Air</FIRST_NAME></ENTITY></ENTITIES>"),
         "un-sc-3|Organization|name|Aero Ondri (AO) ; Teska Air||", "un-sc-3|Organization|alias|Aero Ondri (AO)",
         "un-sc-3|Organization|alias|Teska Air");
    SAYS(PERSON("<NAME_ORIGINAL_SCRIPT>테스카</NAME_ORIGINAL_SCRIPT>"), "un-sc-1|Person|alias|테스카||kor");
    SAYS(PERSON("<NAME_ORIGINAL_SCRIPT>ተስካ (Tigrinya)</NAME_ORIGINAL_SCRIPT>"),
         "un-sc-1|Person|alias|ተስካ|ተስካ (Tigrinya)|tir");
    SAYS(PERSON("<NAME_ORIGINAL_SCRIPT>تسكا</NAME_ORIGINAL_SCRIPT>"), "un-sc-1|Person|alias|تسكا||");
}

static void aliases(void **state)
{
    (void)state;
    SAYS(ENTITY("<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Mark</ALIAS_NAME><NOTE>until "
                "1999</NOTE></ENTITY_ALIAS>"),
         "un-sc-2|Organization|previousName|Old Mark||", "un-sc-2|Organization|notes|Alias Old Mark: until 1999||");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Il</ALIAS_NAME><DATE_OF_BIRTH>1958-02-22</"
                "DATE_OF_BIRTH>"
                "<CITY_OF_BIRTH>Tesk</CITY_OF_BIRTH><COUNTRY_OF_BIRTH>Iraq</COUNTRY_OF_BIRTH></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|weakAlias|Il||", "un-sc-1|Person|birthDate|1958-02-22||",
         "un-sc-1|Person|birthPlace|Tesk, Iraq||", "un-sc-1|Person|notes|Alias Il: 1958-02-22, Tesk, Iraq||");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><QUALITY>Fair</QUALITY><ALIAS_NAME>Il</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|alias|Il||", "un-sc-1|Person|notes|Quality of alias: Fair||");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Il</ALIAS_NAME><NOTE>original script: "
                "Ил</NOTE></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|alias|Ил|original script: Ил|");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>na</ALIAS_NAME></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|notes|Alias: na||");
    SAYS(PERSON("<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|notes|Quality of alias: Good||");
    assert_lacks(PERSON("<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>"), "lias");
}

#define BORN(...) PERSON("<INDIVIDUAL_DATE_OF_BIRTH>" __VA_ARGS__ "</INDIVIDUAL_DATE_OF_BIRTH>")

static void births(void **state)
{
    (void)state;
    SAYS(BORN("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1978-04-28-05:00</DATE>"),
         "un-sc-1|Person|birthDate|1978-04-28|1978-04-28-05:00|");
    SAYS(BORN("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR>"), "un-sc-1|Person|birthDate|1971||");
    SAYS(BORN("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1971</YEAR><NOTE>or so</NOTE>"),
         "un-sc-1|Person|birthDate|1971|APPROXIMATELY 1971, or so|");
    SAYS(BORN("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>"),
         "un-sc-1|Person|birthDate|1973-11|Nov. 1973|");
    SAYS(BORN("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>in spring</NOTE>"),
         "un-sc-1|Person|notes|Date of birth: in spring||");
    SAYS(BORN("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1978-13-01</DATE>"),
         "un-sc-1|Person|notes|Date of birth: 1978-13-01||");
    SAYS(BORN("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1973</FROM_YEAR><TO_YEAR>1975</TO_YEAR>"),
         "un-sc-1|Person|birthDate|1973|BETWEEN 1973 and 1975|", "un-sc-1|Person|birthDate|1974|BETWEEN 1973 and 1975|",
         "un-sc-1|Person|birthDate|1975|BETWEEN 1973 and 1975|");
    SAYS(BORN("<FROM_YEAR>1975</FROM_YEAR><TO_YEAR>1973</TO_YEAR>"),
         "un-sc-1|Person|notes|Date of birth: 1975 and 1973||");
    SAYS(BORN("<FROM_YEAR>1975</FROM_YEAR>"), "un-sc-1|Person|notes|Date of birth: 1975||");
    assert_lacks(BORN("<TYPE_OF_DATE/>"), "irth");
    SAYS(ENTITY("<INDIVIDUAL_DATE_OF_BIRTH><YEAR>1990</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"),
         "un-sc-2|Organization|notes|Date of birth: 1990||");
    SAYS(PERSON("<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Tesk</CITY><STATE_PROVINCE>Ovar</STATE_PROVINCE><COUNTRY>Narnistan</"
                "COUNTRY>"
                "<NOTE>by the river</NOTE></INDIVIDUAL_PLACE_OF_BIRTH>"),
         "un-sc-1|Person|birthPlace|Tesk, Ovar, Narnistan||", "un-sc-1|Person|birthCountry|Narnistan||",
         "un-sc-1|Person|notes|Place of birth: by the river||");
    SAYS(ENTITY("<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Tesk</CITY></INDIVIDUAL_PLACE_OF_BIRTH>"),
         "un-sc-2|Organization|notes|Place of birth: Tesk||");
}

/* ITD_UN_YEARS_MAX years are written out, one more gives the two ends. */
static void limit_years(void **state)
{
    (void)state;
    for (int extra = 0; extra < 2; extra++) {
        char text[1024];
        reading r = {0};
        (void)snprintf(text, sizeof text, BORN("<FROM_YEAR>1960</FROM_YEAR><TO_YEAR>%d</TO_YEAR>"),
                       1960 + ITD_UN_YEARS_MAX - 1 + extra);
        read_text(&r, text);
        assert_int_equal(reading_count(&r, "|birthDate|"), extra ? 2 : ITD_UN_YEARS_MAX);
        assert_true(reading_has(&r, extra ? "un-sc-1|Person|birthDate|1970" : "un-sc-1|Person|birthDate|1969"));
        reading_finish(&r);
    }
}

/* A text of ITD_UN_SPLIT_BYTES_MAX bytes is taken apart, a longer one is not. */
static void limit_split(void **state)
{
    (void)state;
    static char text[2 * ITD_UN_SPLIT_BYTES_MAX + 1024], name[ITD_UN_SPLIT_BYTES_MAX + 2];
    for (size_t extra = 0; extra < 2; extra++) {
        reading r = {0};
        memset(name, 'x', ITD_UN_SPLIT_BYTES_MAX + extra);
        name[ITD_UN_SPLIT_BYTES_MAX + extra] = '\0';
        name[4] = ';';
        memcpy(name + 10, " SWIFT: ZZZZKPPY ", 17);
        (void)snprintf(text, sizeof text,
                       ENTITY("<ENTITY_ALIAS><ALIAS_NAME>%s</ALIAS_NAME></ENTITY_ALIAS><COMMENTS1>%s</COMMENTS1>"),
                       name, name);
        read_text(&r, text);
        assert_int_equal(r.status, ITD_OK);
        assert_int_equal(reading_count(&r, "|alias|"), extra ? 1 : 2);
        assert_int_equal(reading_count(&r, "|swiftBic|"), extra ? 0 : 1);
        reading_finish(&r);
    }
}

#define DOCUMENT(...) PERSON("<INDIVIDUAL_DOCUMENT>" __VA_ARGS__ "</INDIVIDUAL_DOCUMENT>")

static void documents(void **state)
{
    (void)state;
    reading r = {0};
    read_text(
        &r,
        DOCUMENT("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>Service passport</TYPE_OF_DOCUMENT2>"
                 "<NUMBER>Narnian passport No. 96/184</NUMBER><ISSUING_COUNTRY>Narnistan</ISSUING_COUNTRY>"
                 "<DATE_OF_ISSUE>2010-02-01</DATE_OF_ISSUE><CITY_OF_ISSUE>Tesk</CITY_OF_ISSUE><NOTE>expired</NOTE>"));
    assert_int_equal(r.status, ITD_OK);
    assert_true(reading_has(&r, "un-sc-1|Person|passportNumber|96/184|Narnian passport No. 96/184|"));
    static const char *const ends[] = {"|Passport|holder|un-sc-1||\n",
                                       "|Passport|type|Passport||\n",
                                       "|Passport|type|Service passport||\n",
                                       "|Passport|number|96/184|Narnian passport No. 96/184|\n",
                                       "|Passport|passportNumber|96/184|Narnian passport No. 96/184|\n",
                                       "|Passport|country|Narnistan||\n",
                                       "|Passport|authority|Tesk||\n",
                                       "|Passport|startDate|2010-02-01||\n",
                                       "|Passport|summary|expired||\n"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        assert_int_equal(reading_count(&r, ends[i]), 1);
    reading_finish(&r);

    static const struct {
        const char *document, *want;
    } numbers[] = {
        {"<NUMBER>1-78-09</NUMBER>", "un-sc-1|Person|idNumber|1-78-09||"},
        {"<NUMBER>OB 0243</NUMBER>", "un-sc-1|Person|idNumber|OB 0243||"},
        {"<NUMBER>Diplomatic card SE 012820 (expired 2012)</NUMBER>", "un-sc-1|Person|idNumber|SE 012820"},
        {"<NUMBER>card no.03825239,</NUMBER>", "un-sc-1|Person|idNumber|03825239"},
        {"<NUMBER>not seen</NUMBER>", "un-sc-1|Person|idNumber|not seen||"},
        {"<TYPE_OF_DOCUMENT2>tazkira number 44323</TYPE_OF_DOCUMENT2>", "un-sc-1|Person|idNumber|44323||"},
        {"<NOTE>passport number L 191609 issued on 28 Feb. 1996</NOTE>", "un-sc-1|Person|idNumber|L 191609||"},
        {"<DATE_OF_ISSUE>long ago</DATE_OF_ISSUE>", "un-sc-1|Person|notes|Date of issue: long ago||"},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char text[1024];
        (void)snprintf(text, sizeof text, DOCUMENT("%s"), numbers[i].document);
        SAYS(text, numbers[i].want);
    }
    assert_lacks(DOCUMENT(""), "Identification");
    assert_lacks(DOCUMENT("<NOTE>issued in 1993</NOTE>"), "idNumber");
}

static void addresses(void **state)
{
    (void)state;
    const char *const text =
        ENTITY("<ENTITY_ADDRESS><STREET>1 Low\n Road</STREET><CITY>Tesk</CITY><STATE_PROVINCE>Ovar</STATE_PROVINCE>"
               "<ZIP_CODE>0012</ZIP_CODE><COUNTRY>Narnistan</COUNTRY><NOTE>Tel.: +99 41 533 578, 44 55 66. Email: "
               "a.b@ondri.example.</NOTE></ENTITY_ADDRESS>");
    SAYS(text, "un-sc-2|Organization|address|1 Low Road, Tesk, Ovar, 0012, Narnistan||",
         "un-sc-2|Organization|country|Narnistan||", "un-sc-2|Organization|phone|+99 41 533 578||",
         "un-sc-2|Organization|phone|44 55 66||", "un-sc-2|Organization|email|a.b@ondri.example||");
    reading r = {0}, again = {0};
    read_text(&r, text);
    static const char *const ends[] = {"|Address|street|1 Low Road||\n", "|Address|city|Tesk||\n",
                                       "|Address|state|Ovar||\n",        "|Address|postalCode|0012||\n",
                                       "|Address|country|Narnistan||\n", "|Address|remarks|Tel.: "};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        assert_int_equal(reading_count(&r, ends[i]), 1);
    read_text(&again, text); /* the same ids, and everything else */
    assert_true(itd_sv_equal(itd_buffer_view(&r.text), itd_buffer_view(&again.text)));
    reading_finish(&r);
    reading_finish(&again);
    SAYS(ENTITY("<ENTITY_ADDRESS><NOTE>wanders</NOTE></ENTITY_ADDRESS>"),
         "un-sc-2|Organization|notes|Address: wanders||");
    SAYS(ENTITY("<ENTITY_ADDRESS><COUNTRY>na</COUNTRY></ENTITY_ADDRESS>"), "un-sc-2|Organization|notes|COUNTRY: na||");
    assert_lacks(ENTITY("<ENTITY_ADDRESS><COUNTRY/></ENTITY_ADDRESS>"), "ddress");
}

static void facts_in_comments(void **state)
{
    (void)state;
    SAYS(ENTITY("<COMMENTS1>IMO Number: 5342883. SWIFT/BIC: ZZBKKPPY. SWIFT: none. Tel 5. Phone 555-1234; fax "
                "1</COMMENTS1>"),
         "un-sc-2|Organization|imoNumber|5342883||", "un-sc-2|Organization|swiftBic|ZZBKKPPY||",
         "un-sc-2|Organization|phone|555-1234||");
    assert_lacks(ENTITY("<COMMENTS1>SWIFT: none. IMO 12. a@b, @c.d, Tel. 12</COMMENTS1>"), "|swiftBic|");
    assert_lacks(ENTITY("<COMMENTS1>SWIFT: none. IMO 12. a@b, @c.d, Tel. 12</COMMENTS1>"), "|imoNumber|");
    assert_lacks(ENTITY("<COMMENTS1>SWIFT: none. IMO 12. a@b, @c.d, Tel. 12</COMMENTS1>"), "|email|");
    assert_lacks(ENTITY("<COMMENTS1>SWIFT: none. IMO 12. a@b, @c.d, Tel. 12</COMMENTS1>"), "|phone|");
    SAYS(PERSON("<COMMENTS1>Tall. Gender: Female. Late.</COMMENTS1>"), "un-sc-1|Person|gender|female|Female|");
    assert_lacks(ENTITY("<COMMENTS1>Gender: male</COMMENTS1>"), "|gender|");
}

static void the_unknown_becomes_notes(void **state)
{
    (void)state;
    SAYS(PERSON("<EYES x='1'>brown<LEFT>blue</LEFT></EYES>"), "un-sc-1|Person|notes|EYES: brown||",
         "un-sc-1|Person|notes|EYES@x: 1||", "un-sc-1|Person|notes|EYES/LEFT: blue||");
    SAYS(PERSON("<FIRST_NAME>Twice</FIRST_NAME>loose"), "un-sc-1|Person|notes|FIRST_NAME: Twice||",
         "un-sc-1|Person|notes|INDIVIDUAL: loose||");
    SAYS(PERSON(
             "<INDIVIDUAL_ALIAS "
             "k='v'>loose<ALIAS_NAME>A<B>b</B></ALIAS_NAME><ALIAS_NAME>C</ALIAS_NAME><ODD>d</ODD></INDIVIDUAL_ALIAS>"),
         "un-sc-1|Person|alias|A||", "un-sc-1|Person|notes|INDIVIDUAL_ALIAS: loose||",
         "un-sc-1|Person|notes|INDIVIDUAL_ALIAS@k: v||", "un-sc-1|Person|notes|ALIAS_NAME/B: b||",
         "un-sc-1|Person|notes|INDIVIDUAL_ALIAS/ALIAS_NAME: C||", "un-sc-1|Person|notes|INDIVIDUAL_ALIAS/ODD: d||");
    SAYS(PERSON("<NATIONALITY><VALUE>na</VALUE><OTHER>x</OTHER></NATIONALITY><TITLE>Sir</TITLE>"),
         "un-sc-1|Person|notes|Nationality: na||", "un-sc-1|Person|notes|OTHER: x||",
         "un-sc-1|Person|notes|Title: Sir||");
    SAYS(PERSON("<GENDER>Unknown</GENDER><LISTED_ON>once</LISTED_ON><SUBMITTED_ON>2010</SUBMITTED_ON>"
                "<LAST_DAY_UPDATED><VALUE>soon</VALUE></LAST_DAY_UPDATED><COMMENTS1>c<D>d</D></COMMENTS1>"),
         "un-sc-1|Person|notes|Gender: Unknown||", "un-sc-1|Person|notes|Listed on: once||",
         "un-sc-1|Person|notes|Submitted on: 2010||", "un-sc-1|Person|notes|Last updated: soon||",
         "un-sc-1|Person|notes|c||", "un-sc-1|Person|notes|COMMENTS1/D: d||");
    SAYS(ENTITY("<TITLE><VALUE>Sir</VALUE></TITLE><DESIGNATION><VALUE>Boss</VALUE></DESIGNATION>"
                "<NATIONALITY><VALUE>Narnistan</VALUE></NATIONALITY>"),
         "un-sc-2|Organization|notes|Title: Sir||", "un-sc-2|Organization|notes|Designation: Boss||",
         "un-sc-2|Organization|country|Narnistan||");
}

/* One row a way in which a record is broken; the two sound ones around it are read when that is allowed. */
static void broken_records(void **state)
{
    (void)state;
    static const struct {
        const char *broken, *reason, *key;
    } rows[] = {
        {"<INDIVIDUAL><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL>", "no key", ""},
        {"<INDIVIDUAL><DATAID>5</DATAID></INDIVIDUAL>", "no name", "5"},
        {"<INDIVIDUAL><DATAID>5</DATAID><FIRST_NAME>na</FIRST_NAME></INDIVIDUAL>", "no name", "5"},
        {"<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Z</FIRST_NAME></INDIVIDUAL>", "same key", "1"},
        {"<ENTITY><DATAID>5</DATAID><FIRST_NAME>A</FIRST_NAME></ENTITY>", "neither an INDIVIDUAL", "5"},
        {"loose text", "outside of every record", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[1024];
        (void)snprintf(text, sizeof text,
                       UN("\n<INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL>\n%s"
                          "<INDIVIDUAL><DATAID>2</DATAID><FIRST_NAME>B</FIRST_NAME></INDIVIDUAL></INDIVIDUALS>"),
                       rows[i].broken);
        for (int skip = 0; skip < 2; skip++) {
            reading r = {.read.skip_bad = skip};
            read_text(&r, text);
            assert_int_equal(r.status, skip ? ITD_OK : ITD_EFORMAT);
            assert_int_equal(r.rejects, 1);
            assert_int_equal(r.read.rejected, 1);
            assert_non_null(strstr(r.reason, rows[i].reason));
            assert_string_equal(r.key, rows[i].key);
            assert_int_equal(r.reject_line, 3);
            assert_int_equal(r.reject_offset, (uint64_t)(strstr(text, rows[i].broken) - text));
            assert_int_equal(r.read.records, skip ? 2 : 1);
            if (!skip) {
                assert_non_null(strstr(r.error.message, rows[i].reason));
                assert_int_equal(r.error.line, 3);
            }
            reading_finish(&r);
        }
    }
}

static void other_files_are_refused(void **state)
{
    (void)state;
    reading r = {.read.skip_bad = true};
    read_text(&r, "<sdnList/>");
    assert_int_equal(r.status, ITD_EFORMAT);
    assert_non_null(strstr(r.error.message, "sdnList"));
    reading_finish(&r);
    /* Cut off in the second record: refused whatever may be skipped; the error says where. */
    r = (reading){.read.skip_bad = true};
    read_text(&r, "<CONSOLIDATED_LIST><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME></"
                  "ENTITY>\n<ENTITY><DATAID>2");
    assert_int_equal(r.status, ITD_EFORMAT);
    assert_int_equal(r.error.line, 2);
    assert_int_equal(r.error.offset, 108);
    reading_finish(&r);
    itd_source gone = {.format = &itd_format_un_xml, .paths = {"/nowhere/un.xml"}};
    itd_read read = {.source = &gone, .dataset = ITD_SV("un-sc")};
    itd_error error;
    assert_int_equal(itd_format_un_xml.read(&read, &error), ITD_ENOTFOUND);
}

/* Wherever a file is cut off, it is refused, and the error says where it ends. */
static void every_cut_is_refused(void **state)
{
    (void)state;
    const char *const text =
        PERSON("<INDIVIDUAL_ALIAS k='v'><ALIAS_NAME>Тес &amp; ка</ALIAS_NAME></INDIVIDUAL_ALIAS><!-- x -->");
    for (size_t size = 0; size < strlen(text); size++) {
        reading r = {.read.skip_bad = true};
        assert_int_equal(reading_bytes(&r, &itd_format_un_xml, "un-sc", text, size), ITD_EFORMAT);
        assert_true(r.error.offset <= size && r.error.message[0]);
        reading_finish(&r);
    }
}

static void sniffed_by_content(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        int sure;
    } rows[] = {
        {"<?xml version='1.0'?>\n<!-- a > b -->\n<CONSOLIDATED_LIST dateGenerated='2026'>", 100},
        {"\xEF\xBB\xBF<CONSOLIDATED_LIST>", 100},
        {"<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a '>'>]><n:CONSOLIDATED_LIST xmlns:n='x'>", 100},
        {"<CONSOLIDATED_LIST", 0},
        {"<CONSOLIDATED_LISTS>", 0},
        {"<sdnList>", 0},
        {"<!-- <CONSOLIDATED_LIST>", 0},
        {"<?xml", 0},
        {"<!DOCTYPE a [", 0},
        {"id,name", 0},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(itd_format_un_xml.sniff(&(itd_sniff){"x", itd_sv_of(rows[i].head), false}), rows[i].sure);
    assert_ptr_equal(itd_format_find("un-xml"), &itd_format_un_xml);
}

static itd_status keep_nothing(void *context, const itd_statement *s, itd_error *error)
{
    (void)context;
    (void)s;
    (void)error;
    return ITD_OK;
}

static itd_status faulty(void *context, itd_error *error)
{
    itd_source source = {.format = &itd_format_un_xml, .paths = {context}};
    itd_read read = {.source = &source, .dataset = ITD_SV("un-sc"), .statement = keep_nothing};
    return itd_format_un_xml.read(&read, error);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const char *const text = UN(
        "<ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>Aero\n Ondri ; B</FIRST_NAME><UN_LIST_TYPE>X</UN_LIST_TYPE>"
        "<ENTITY_ALIAS><ALIAS_NAME>A\n (b; c)</ALIAS_NAME><NOTE>n</NOTE></ENTITY_ALIAS><ENTITY_ADDRESS><CITY>T</CITY>"
        "<COUNTRY>N</COUNTRY></ENTITY_ADDRESS><ODD>o</ODD></ENTITY></ENTITIES>");
    char path[64];
    int file = memfd_create("list", MFD_CLOEXEC);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    assert_true(faults_each(ITD_FAULT_MEMORY, faulty, NULL, path) > 20);
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person),
        cmocka_unit_test(names_in_one_text),
        cmocka_unit_test(aliases),
        cmocka_unit_test(births),
        cmocka_unit_test(limit_years),
        cmocka_unit_test(limit_split),
        cmocka_unit_test(documents),
        cmocka_unit_test(addresses),
        cmocka_unit_test(facts_in_comments),
        cmocka_unit_test(the_unknown_becomes_notes),
        cmocka_unit_test(broken_records),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(sniffed_by_content),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("un_xml", tests, NULL, NULL);
}
