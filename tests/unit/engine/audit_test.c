/* The audit of a case through the public API. */
#include "interdict/audit.h"

#include "engine/case.h"
#include "store/audit.h"
#include "support/case.h"
#include "support/faults.h"

typedef struct place {
    case_place at;
    itd_case *reading, *writing;
    char key[128];
    unsigned items;
} place;

static void append(itd_store *store, const char *command, itd_sv content)
{
    itd_error error = {0};
    const itd_audit_entry entry = {.command = command, .person = ITD_SV("Ada"), .now = CASE_MADE, .content = content};
    assert_int_equal(itd_store_begin(store, &error), ITD_OK);
    assert_int_equal(itd_audit_append(store, &entry, &error), ITD_OK);
    assert_int_equal(itd_store_commit(store, &error), ITD_OK);
}

static int set_up(void **state)
{
    void *made = NULL;
    itd_error error = {0};
    if (case_set_up(&made) != 0)
        return -1;
    place *here = calloc(1, sizeof *here);
    if (!here)
        return -1;
    *state = here;
    here->at = *(case_place *)made;
    free(made);
    append(
        here->at.store, "import",
        ITD_SV(
            "{\"inputs\":[{\"file\":\"lists/sdn.csv\",\"hash\":\"0123456789abcdef0123456789abcdef0123456789abcdef01234"
            "56789abcdef\",\"bytes\":17}],\"datasets\":[{\"dataset\":\"us-ofac-sdn\",\"generation\":3,\"new\":true,"
            "\"removed\":0}]}"));
    append(here->at.store, "screen", ITD_SV("{\"store\":\"customers\",\"topics\":[\"a\",\"b\"],\"left_out\":null}"));
    append(here->at.store, "resolve", ITD_SV_NONE);
    (void)snprintf(here->key, sizeof here->key, "%s/k", here->at.folder);
    char public_key[ITD_PUBLIC_KEY_TEXT];
    if (itd_signing_key_create(public_key, here->key, &error) != ITD_OK ||
        itd_case_open(&here->writing, here->at.path, true, &error) != ITD_OK ||
        itd_case_open(&here->reading, here->at.path, false, &error) != ITD_OK)
        return -1;
    return 0;
}

static int tear_down(void **state)
{
    place *here = *state;
    itd_case_close(here->reading);
    itd_case_close(here->writing);
    itd_store_close(here->at.store);
    (void)unlink(here->key);
    (void)unlink(here->at.path);
    int left = rmdir(here->at.folder);
    free(here);
    return left;
}

static itd_status take_record(void *user, const itd_case_record *record)
{
    static const char *const what[] = {"sdn.csv; us-ofac-sdn, generation 3, new", "store customers; topics a; topics b",
                                       ""};
    static const char *const commands[] = {"import", "screen", "resolve"};
    place *here = user;
    itd_bytes json = {0};
    assert_true(here->items < 3);
    assert_int_equal(record->number, here->items + 1);
    assert_true(itd_sv_is(record->command, commands[here->items]));
    if (!itd_sv_is(record->what, what[here->items]))
        fail_msg("%.*s", ITD_SV_ARG(record->what));
    assert_int_equal(itd_case_record_json(&json, record, NULL), ITD_OK);
    itd_sv text = {json.data, json.size};
    assert_true(itd_sv_starts(text, itd_sv_slice(record->content, 0, record->content.size - 1)));
    assert_true(itd_sv_ends(text, ITD_SV("\"}")));
    assert_int_equal(json.size, record->content.size + sizeof ",\"hash\":\"\"" - 1 + 64);
    itd_bytes_free(&json);
    here->items++;
    return ITD_OK;
}

static void records_say_what_was_done(void **state)
{
    place *here = *state;
    itd_error error = {0};
    assert_int_equal(itd_case_audit(here->reading, 0, take_record, here, &error), ITD_OK);
    assert_int_equal(here->items, 3);
    here->items = 2;
    assert_int_equal(itd_case_audit(here->reading, 3, take_record, here, &error), ITD_OK);
    assert_int_equal(here->items, 3);
}

static itd_status refuse(void *user, itd_sv line)
{
    (void)line;
    return ++*(unsigned *)user == 2 ? ITD_ESTOP : ITD_OK;
}

static itd_status refuse_record(void *user, const itd_case_record *record)
{
    return refuse(user, record->what);
}

static void a_receiver_may_stop_it(void **state)
{
    place *here = *state;
    itd_error error = {0};
    assert_int_equal(itd_case_audit(here->reading, 0, refuse_record, &here->items, &error), ITD_ESTOP);
    assert_int_equal(here->items, 2);
    here->items = 0;
    assert_int_equal(itd_case_audit_export(here->reading, refuse, &here->items, &error), ITD_ESTOP);
    assert_int_equal(here->items, 2);
}

static void what_is_no_record_any_more_is_told(void **state)
{
    static const char *const changes[] = {
        "UPDATE audit SET content = 'x' WHERE number = 2", "UPDATE audit SET content = '[]' WHERE number = 2",
        "UPDATE audit SET content = '' WHERE number = 2", "UPDATE audit SET content = content || ' ' WHERE number = 2",
        "UPDATE audit SET hash = x'00' WHERE number = 2"};
    place *here = *state;
    itd_error error = {0};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        case_run(here->at.store, "CREATE TABLE kept AS SELECT * FROM audit WHERE number = 2");
        case_run(here->at.store, changes[i]);
        here->items = 0;
        assert_int_equal(itd_case_audit(here->reading, 0, take_record, here, &error), ITD_EFORMAT);
        assert_string_equal(error.message, "audit record 2 was changed");
        case_run(here->at.store, "DELETE FROM audit WHERE number = 2; INSERT INTO audit SELECT * FROM kept;"
                                 "DROP TABLE kept");
    }
    here->items = 0;
    assert_int_equal(itd_case_audit(here->reading, 0, take_record, here, &error), ITD_OK);
}

static itd_status take_what(void *user, const itd_case_record *record)
{
    (void)snprintf(user, 2048, "%.*s", ITD_SV_ARG(record->what));
    return ITD_OK;
}

/* However much a command says, people get a line of it. */
static void what_is_said_at_length_is_cut(void **state)
{
    place *here = *state;
    itd_error error = {0};
    itd_buffer content = {0};
    itd_buffer_append(&content, ITD_SV("{\"names\":["));
    for (int i = 0; i < 1000; i++)
        itd_buffer_format(&content, "%s\"\xea\xb9\x80 %d\"", i ? "," : "", i);
    itd_buffer_append(&content, ITD_SV("],\"deep\":[[[[[[[[1]]]]]]]]}"));
    append(here->at.store, "screen", itd_buffer_view(&content));
    itd_buffer_finish(&content);
    char what[2048] = "";
    assert_int_equal(itd_case_audit(here->reading, 4, take_what, what, &error), ITD_OK);
    itd_sv found = itd_sv_of(what);
    assert_in_range(found.size, 500, 700);
    assert_true(itd_sv_ends(found, ITD_SV("…")));
    assert_int_equal(itd_utf8_invalid_at(found), SIZE_MAX);
}

static itd_status pass_record(void *user, const itd_case_record *record)
{
    (void)user;
    (void)record;
    return ITD_OK;
}

static itd_status pass_line(void *user, itd_sv line)
{
    (void)user;
    (void)line;
    return ITD_OK;
}

static itd_status list(void *context, itd_error *error)
{
    return itd_case_audit(((place *)context)->reading, 0, pass_record, NULL, error);
}

static itd_status export(void *context, itd_error *error)
{
    return itd_case_audit_export(((place *)context)->reading, pass_line, NULL, error);
}

static itd_status sign(void *context, itd_error *error)
{
    const place *here = context;
    itd_bytes line = {0};
    itd_status status = itd_case_checkpoint(&line, here->writing, here->key, error);
    assert_int_equal(line.size > 0, status == ITD_OK);
    itd_bytes_free(&line);
    return status;
}

static itd_status verify(void *context, itd_error *error)
{
    itd_case_verified verified;
    return itd_case_verify(&verified, ((place *)context)->at.path, NULL, error);
}

static void anything_may_fail(void **state)
{
    place *here = *state;
    itd_case_verified verified;
    itd_error error = {0};
    assert_true(faults_each(ITD_FAULT_MEMORY, list, NULL, here) > 2);
    assert_true(faults_each(ITD_FAULT_MEMORY, export, NULL, here) > 2);
    assert_true(faults_each(ITD_FAULT_MEMORY, sign, NULL, here) > 2);
    assert_true(faults_each(ITD_FAULT_MEMORY, verify, NULL, here) > 10);
    assert_int_equal(itd_case_verify(&verified, here->at.path, NULL, &error), ITD_OK);
    assert_int_equal(verified.checkpoints, 1);
    assert_true(faults_each(ITD_FAULT_WRITE, sign, NULL, here) > 0);
    assert_int_equal(itd_case_verify(&verified, here->at.path, NULL, &error), ITD_OK);
    assert_in_range(verified.checkpoints, 2, 3); /* a commit that is in the log may be told as a failed one */
    assert_int_equal(verified.records, 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(records_say_what_was_done),     TEST(a_receiver_may_stop_it), TEST(what_is_no_record_any_more_is_told),
        TEST(what_is_said_at_length_is_cut), TEST(anything_may_fail),
    };
    return cmocka_run_group_tests_name("engine/audit", tests, NULL, NULL);
}
