#include "base/fault.h"
#include "read/json_lines.h"
#include "support/list_file.h"

/* All firms here are invented. */

static const list_file meti = {&itd_format_jp_meti, "jp-meti", "meti.json"};

#define LIST                                                                                                           \
    "\"list_id\": \"jp-end-user-list\", \"source_list_name\": \"List\", \"source_url\": \"http://example.org/1\""

static const char list[] =
    "\xEF\xBB\xBF [\n"
    "{\"id\": \"jp-eul-7\", \"entity_name\": \"Mill Works (製粉所)\", \"entity_type\": \"organization\", \"aliases\": "
    "[\"Mill [Works], \\\"MW\\\"\", \"M}W\", \"(M) W ((製)粉所)\"], \"addresses\": [\"North Korea\"], \"country\": "
    "\"jp\", \"date_added\": "
    "\"2020-01-02\", \"reason\": \"核 N\", \"last_verified\": \"2026-07-20\", \"more\": [1, \"two\", null], " LIST
    "},\n"
    "{\"id\": \"jp-eul-8\", \"entity_name\": \"\", \"entity_type\": \"organization\", \"aliases\": [], \"addresses\": "
    "[\"People's Republic of China Lane & Sons Ltd\"], \"date_added\": null, " LIST "},\n"
    "{\"id\": \"other\", \"entity_name\": \"Orlin Vassek\", \"entity_type\": \"Individual\", \"addresses\": [\"1 Mill "
    "Lane\", \"Iran Tesk\"]}\n"
    "]\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &meti, list);
    assert_int_equal(r.read.records, 3);
    assert_string_equal(r.notes.data, "1 name stood in the address, behind the country\n");
    static const char *const said[] = {
        "jp-meti-7|Organization|id|jp-meti-7|||meti.json|2\n",
        "jp-meti-7|Organization|name|Mill Works|Mill Works (製粉所)|",
        "jp-meti-7|Organization|alias|製粉所|Mill Works (製粉所)|",
        "jp-meti-7|Organization|alias|Mill [Works], \"MW\"||",
        "jp-meti-7|Organization|alias|M}W|",
        "jp-meti-7|Organization|alias|(M) W|",
        "jp-meti-7|Organization|alias|(製)粉所|",
        "jp-meti-7|Organization|country|kp|North Korea|",
        "jp-meti-7|Organization|topics|export.control|",
        "jp-meti-7|Organization|notes|last_verified: 2026-07-20|",
        "jp-meti-7|Organization|notes|more: 1|",
        "jp-meti-7|Organization|notes|more: two|",
        "|Sanction|program|List|",
        "|Sanction|authority|Ministry of Economy, Trade and Industry|",
        "|Sanction|authorityId|jp-eul-7|",
        "|Sanction|country|jp|",
        "|Sanction|listingDate|2020-01-02|",
        "|Sanction|reason|核 N|",
        "|Sanction|sourceUrl|http://example.org/1|",
        "jp-meti-8|Organization|name|Lane & Sons Ltd|People's Republic of China Lane & Sons Ltd||meti.json|3\n",
        "jp-meti-8|Organization|country|cn|People's Republic of China Lane & Sons Ltd|",
        "jp-meti-other|Person|name|Orlin Vassek|||meti.json|4\n",
        "jp-meti-other|Person|address|1 Mill Lane|",
        "jp-meti-other|Person|address|Iran Tesk|",
        "jp-meti-other|Person|country|ir|Iran Tesk|",
    };
    assert_list_has(r.statements.data, said);
    assert_null(strstr(r.statements.data, "more: null"));
    folder_end(&r);
}

#define FIRST "[{\"id\": \"1\", \"entity_name\": \"A\", \"entity_type\": \"vessel\", " LIST "}"

static void broken_records(void **state)
{
    (void)state;
    static const char text[] = FIRST ",\n{\"id\": \"\", \"entity_name\": \"A\"},\n"
                                     "{\"id\": \"2\", \"entity_name\": \"A\", \"entity_type\": \"ghost\"},\n"
                                     "{\"id\": \"3\", \"entity_type\": \"person\"},\n"
                                     "{\"id\": \"jp-eul-1\", \"entity_name\": \"A\", \"entity_type\": \"person\"},\n"
                                     "7, {\"id\": 1 2}]";
    static const char *const reasons[] = {
        "||record has no id\n",    "|2|entity_type is none of organization, individual, person and vessel\n",
        "|3|record has no name\n", "|1|an earlier record has this id\n",
        "||not a JSON object\n",   "record|meti.json|6|",
    };
    assert_list_refuses(&meti, text, reasons, 1, 2);
}

static void broken_arrays(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reject;
    } rows[] = {
        {FIRST, "the array is cut off"},
        {FIRST ",", "the array is cut off"},
        {FIRST ", {\"id\": \"2", "the array is cut off"},
        {FIRST ", {\"id\": \"2\\", "the array is cut off"},
        {FIRST "}]", "a bracket that closes nothing"},
        {FIRST "] more", "text after the end of the array"},
        {FIRST ",]", "not a JSON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        folder r;
        folder_start(&r);
        folder_write(&r, meti.name, rows[i].text, strlen(rows[i].text));
        assert_int_equal(folder_run(&r, meti.name), ITD_OK);
        assert_int_equal(r.read.records, 1);
        if (i < 6 && !strstr(r.rejects.data, rows[i].reject))
            fail_msg("row %zu: \"%s\"", i, r.rejects.data);
        assert_int_equal(r.read.rejected, 1);
        r.skip_bad = false;
        assert_int_equal(folder_run(&r, meti.name), ITD_EFORMAT);
        folder_end(&r);
    }
    list_fails(&meti, ("{}"), "not a JSON array");
    list_fails(&meti, (" "), "not a JSON array");
    folder r;
    folder_start(&r);
    folder_write(&r, meti.name, "[ ]\n", 4);
    list_at at = {&meti, r.paths[0]};
    assert_int_equal(list_read_quietly(&at, &r.error), ITD_OK);
    folder_end(&r);
}

static itd_status take(void *context, const itd_json *object, itd_sv *key, itd_error *error)
{
    (void)context, (void)object, (void)key, (void)error;
    return ITD_OK;
}

static itd_status count(void *context, const itd_line_place *place, itd_error *error)
{
    (void)place, (void)error;
    ++*(int *)context;
    return ITD_OK;
}

static void limit_array_bytes(void **state)
{
    (void)state;
    folder r;
    int items = 0;
    folder_start(&r);
    folder_write(&r, "a.json", "[{},{}]", 7);
    itd_source source = {.paths = {r.paths[0]}};
    itd_read read = {.source = &source, .dataset = ITD_SV("d")};
    const itd_json_line_reader reader = {.parse = take, .send = count, .context = &items};
    assert_int_equal(itd_json_array_read(&read, &reader, 7, &r.error), ITD_OK);
    assert_int_equal(items, 2);
    assert_int_equal(itd_json_array_read(&read, &reader, 6, &r.error), ITD_ELIMIT);
    assert_non_null(strstr(r.error.message, "ITD_JSON_ARRAY_BYTES_MAX"));
    assert_string_equal(r.error.where, r.paths[0]);
    folder_end(&r);
}

static void what_is_its_own(void **state)
{
    (void)state;
    assert_int_equal(list_sniff(&meti, list), 100);
    assert_int_equal(list_sniff(&meti, ("[{\"entity_name\": \"A\", \"list_id\": \"cn-list\"}]")), 0);
    assert_int_equal(list_sniff(&meti, ("[1, {\"entity_name\": \"A\", \"list_id\": \"jp-end-user-list\"}]")), 0);
    assert_int_equal(list_sniff(&meti, ("{}")), 0);
    assert_int_equal(list_sniff(&meti, ("")), 0);
}

static void each_allocation_fails(void **state)
{
    (void)state;
    list_each_allocation_fails(&meti, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list),          cmocka_unit_test(broken_records),
        cmocka_unit_test(broken_arrays),   cmocka_unit_test(limit_array_bytes),
        cmocka_unit_test(what_is_its_own), cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("jp_meti", tests, NULL, NULL);
}
