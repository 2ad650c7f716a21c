#include "support/faults.h"
#include "support/folder.h"
#include "support/reading.h"

static const char records[] =
    "{\"DATA_SOURCE\":\"SRC\",\"RECORD_ID\":\"p1\",\"RECORD_TYPE\":\"PERSON\",\"LAST_CHANGE\":\"2024-03-10\","
    "\"GENDER\":\"M\","
    "\"NAMES\":[{\"NAME_TYPE\":\"PRIMARY\",\"NAME_FULL\":\"Ann "
    "Bee\"},{\"NAME_TYPE\":\"ALIAS\",\"NAME_FULL\":\"Annie\"},"
    "{\"NAME_TYPE\":\"FORMER\",\"NAME_FIRST\":\"Ann\",\"NAME_LAST\":\"Cee\",\"NAME_PREFIX\":\"Dr\"},{\"NAME_TYPE\":"
    "\"NICK\","
    "\"NAME_FULL\":\"Bunny\"}],\"DATES\":[{\"DATE_OF_BIRTH\":\"1970-04\"},{\"DATE_OF_DEATH\":\"long ago\"}],"
    "\"ADDRESSES\":[{\"PLACE_OF_BIRTH\":\"Riyadh\"},{\"ADDR_TYPE\":\"HOME\",\"ADDR_LINE1\":\"Street "
    "1\",\"ADDR_CITY\":\"Town\","
    "\"ADDR_POSTAL_CODE\":\"123\",\"ADDR_COUNTRY\":\"Cuba\"},{\"ADDR_FULL\":\"Street 2, Town\"}],"
    "\"COUNTRIES\":[{\"NATIONALITY\":\"lb\"},{\"CITIZENSHIP\":\"fr\"}],\"PHONES\":[{\"PHONE_NUMBER\":123}],"
    "\"IDS\":[{\"OTHER_ID_TYPE\":\"wikidataId\",\"OTHER_ID_NUMBER\":\"Q1\"},{\"TRUSTED_ID_TYPE\":\"WIKIDATA\","
    "\"TRUSTED_ID_NUMBER\":\"Q1\"},{\"OTHER_ID_TYPE\":\"cat's\",\"OTHER_ID_NUMBER\":\"9\"},{\"OTHER_ID_NUMBER\":\"10\"}"
    ","
    "{\"OTHER_ID_TYPE\":\"club\",\"OTHER_ID_NUMBER\":\"11\"},{\"OTHER_ID_TYPE\":\"lost\"},{\"PASSPORT_NUMBER\":\"A1\","
    "\"PASSPORT_COUNTRY\":\"lb\"}],"
    "\"RELS\":[{\"REL_ANCHOR_DOMAIN\":\"OS\",\"REL_ANCHOR_KEY\":\"p1\",\"REL_POINTER_ROLE\":\"Family\",\"REL_POINTER_"
    "DOMAIN\":"
    "\"OS\",\"REL_POINTER_KEY\":\"p2\"},{\"REL_POINTER_ROLE\":\"friend\",\"REL_POINTER_KEY\":\"p3\"},{\"REL_ANCHOR_"
    "KEY\":\"p1\"},"
    "{\"REL_ANCHOR_KEY\":\"p9\"}],\"URL\":\"http://x.example/"
    "p1\",\"TAGS\":[\"a\",true],\"MIX\":[{\"DATA_SOURCE\":\"x\"},\"y\"],"
    "\"ONE\":{\"EMAIL_ADDRESS\":\"a@b.example\",\"DEEP\":{\"n\":1}},\"EMPTY\":[]}\n"
    "{\"DATA_SOURCE\":\"SRC\",\"RECORD_ID\":2,\"RECORD_TYPE\":null,\"NAME_ORG\":\"Org\",\"CITIZENSHIP\":\"sa\",\"NAME_"
    "FIRST\":\"F\","
    "\"REGISTRATION_DATE\":\"1990\",\"GENDER\":\"x\"}\n"
    "{\"DATA_SOURCE\":\"\",\"RECORD_ID\":\"v\",\"RECORD_TYPE\":\"vessel\",\"NAME_FULL\":\"Boat\",\"IMO_NUMBER\":"
    "\"9074729\","
    "\"GENDER\":\"F\"}\n"
    "{\"DATA_SOURCE\":\"SRC\",\"RECORD_ID\":\"u\",\"RECORD_TYPE\":\"CLUB\",\"country\":\"sa\",\"NAME_FULL\":\"Club\"}"
    "\n";

static void attributes_become_statements(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "p1|Person|name|Ann Bee||",
        "p1|Person|alias|Annie||",
        "p1|Person|previousName|Ann Cee||",
        "p1|Person|firstName|Ann||",
        "p1|Person|lastName|Cee||",
        "p1|Person|title|Dr||",
        "p1|Person|alias|Bunny||",
        "p1|Person|other|NICK|NAME_TYPE|",
        "p1|Person|gender|male|M|",
        "p1|Person|birthDate|1970-04||",
        "p1|Person|deathDate|long ago||",
        "p1|Person|birthPlace|Riyadh||",
        "p1|Person|other|HOME|ADDR_TYPE|",
        "p1|Person|address|Street 1, Town, 123, Cuba||",
        "p1|Person|address|Street 2, Town||",
        "p1|Person|nationality|lb||",
        "p1|Person|citizenship|fr||",
        "p1|Person|phone|123||",
        "p1|Person|wikidataId|Q1||",
        "p1|Person|other|cat's: 9|attribute|",
        "p1|Person|idNumber|10||",
        "p1|Person|other|11|club|",
        "p1|Person|other|lost|OTHER_ID_TYPE|",
        "p1|Person|passportNumber|A1||",
        "p1|Person|other|lb|PASSPORT_COUNTRY|",
        "p1|Person|other|p9|REL_ANCHOR_KEY|",
        "p1|Person|sourceUrl|http://x.example/p1||",
        "p1|Person|other|2024-03-10|LAST_CHANGE|",
        "p1|Person|other|[\"a\",true]|TAGS|",
        "p1|Person|other|x|DATA_SOURCE|",
        "p1|Person|other|y|MIX|",
        "p1|Person|email|a@b.example||",
        "p1|Person|other|{\"n\":1}|DEEP|",
        "2|LegalEntity|name|Org||",
        "2|LegalEntity|country|sa||",
        "2|LegalEntity|other|F|NAME_FIRST|",
        "2|LegalEntity|incorporationDate|1990||",
        "2|LegalEntity|other|x|GENDER|",
        "v|Vessel|name|Boat||",
        "v|Vessel|imoNumber|9074729||",
        "u|LegalEntity|other|CLUB|RECORD_TYPE|",
        "u|LegalEntity|other|country: sa|attribute|",
    };
    folder f;
    folder_start(&f);
    folder_write(&f, "x.senzing.json", records, sizeof records - 1);
    f.skip_bad = false;
    assert_int_equal(folder_run(&f, "x.senzing.json"), ITD_OK);
    assert_string_equal(f.format, "senzing");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_said(&f, lines[i]);
    assert_int_equal(f.read.records, 4);
    static const char *const parts[] = {
        "|Address|street|Street 1|",
        "|Address|city|Town|",
        "|Address|postalCode|123|",
        "|Address|country|cu|Cuba|",
        "|Address|full|Street 2, Town|",
        "|Family|person|p1|",
        "|Family|relative|p2|",
        "|Family|other|OS|REL_ANCHOR_DOMAIN|",
        "|Family|other|OS|REL_POINTER_DOMAIN|",
        "|UnknownLink|subject|p1|",
        "|UnknownLink|object|p3|",
        "|UnknownLink|role|friend|",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!strstr(f.statements.data, parts[i]))
            fail_msg("nothing says %s among\n%s", parts[i], f.statements.data);
    assert_null(strstr(f.statements.data, "EMPTY"));
    assert_null(strstr(f.statements.data, "topics"));
    folder_end(&f);
}

static itd_status count_dataset(void *context, const itd_statement *s, itd_error *error)
{
    (void)error;
    ((size_t *)context)[itd_sv_is(s->dataset, "SRC")]++;
    return ITD_OK;
}

static void records_name_their_dataset(void **state)
{
    (void)state;
    size_t counts[2] = {0};
    reading r = {.also = count_dataset, .also_context = counts};
    assert_int_equal(reading_bytes(&r, &itd_format_senzing, "mine", records, sizeof records - 1), ITD_OK);
    assert_int_equal(counts[0], 4); /* the ship's: its source is empty */
    assert_int_equal(counts[1], r.statements - 4);
    reading_finish(&r);
}

static void broken_records(void **state)
{
    (void)state;
    static const struct {
        const char *line, *reason;
    } rows[] = {
        {"{\"DATA_SOURCE\":\"a\"}\n", "no RECORD_ID"},
        {"{\"RECORD_ID\":\" \"}\n", "RECORD_ID is empty"},
        {"{\"RECORD_ID\":{}}\n", "RECORD_ID holds an object, which is no value of it"},
        {"{\"RECORD_ID\":\"a\",\"GENDER\":\"\\u0000\"}\n", "NUL byte in "},
        {"[]\n", "not a JSON object"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reading r = {.read.skip_bad = true};
        assert_int_equal(reading_bytes(&r, &itd_format_senzing, "d", rows[i].line, strlen(rows[i].line)), ITD_OK);
        assert_int_equal(r.rejects, 1);
        if (strncmp(r.reason, rows[i].reason, strlen(rows[i].reason)) != 0)
            fail_msg("row %zu: %s", i, r.reason);
        assert_int_equal(r.reject_line, 1);
        reading_finish(&r);
    }
}

static itd_status read_once(void *context, itd_error *error)
{
    (void)context;
    reading r = {.read.skip_bad = true};
    itd_status status = reading_bytes(&r, &itd_format_senzing, "d", records, sizeof records - 1);
    *error = r.error;
    reading_finish(&r);
    return status;
}

static void memory_fails_in_turn(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_become_statements),
        cmocka_unit_test(records_name_their_dataset),
        cmocka_unit_test(broken_records),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("senzing", tests, NULL, NULL);
}
