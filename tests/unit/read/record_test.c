#include "read/record.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "support/cm.h"

/* What a sink saw, as one text a statement. */
typedef struct seen {
    char text[64][256];
    size_t count;
    uint64_t statements;
    size_t fail_after; /* 0: never */
    itd_reject_kind kind;
    char reason[256], key[64], file[64];
    uint64_t line, offset;
    unsigned rejects;
} seen;

static itd_status on_statement(void *context, const itd_statement *s, itd_error *error)
{
    seen *all = context;
    all->statements++;
    if (all->fail_after && all->statements == all->fail_after)
        return itd_fail(error, ITD_ESTOP, "enough");
    if (all->count < 64)
        (void)snprintf(
            all->text[all->count++], sizeof all->text[0], "%.*s|%.*s|%.*s|%s|%s|%.*s|%.*s|%.*s|%.*s|%llu|%lld|%u",
            ITD_SV_ARG(s->entity), ITD_SV_ARG(s->record), ITD_SV_ARG(s->dataset), itd_schema_name(s->schema),
            itd_property_name(s->property), ITD_SV_ARG(s->value), ITD_SV_ARG(s->original), ITD_SV_ARG(s->lang),
            ITD_SV_ARG(s->document), (unsigned long long)s->line, (long long)s->offset, s->span);
    return ITD_OK;
}

static itd_status on_reject(void *context, const itd_reject *reject, itd_error *error)
{
    (void)error;
    seen *all = context;
    all->rejects++;
    all->kind = reject->kind;
    (void)snprintf(all->reason, sizeof all->reason, "%s", reject->reason);
    (void)snprintf(all->key, sizeof all->key, "%.*s", ITD_SV_ARG(reject->record));
    (void)snprintf(all->file, sizeof all->file, "%s", reject->file);
    all->line = reject->line;
    all->offset = reject->offset;
    return ITD_OK;
}

typedef struct bench {
    itd_source source;
    itd_read read;
    itd_record *record;
    seen seen;
    itd_error error;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    b->source.paths[1] = "/lists/x/file.csv";
    b->read = (itd_read){.source = &b->source,
                         .dataset = ITD_SV("us-x"),
                         .statement = on_statement,
                         .statement_context = &b->seen,
                         .reject = on_reject,
                         .reject_context = &b->seen};
    assert_int_equal(itd_record_create(&b->record, &b->read, "file.csv", &b->error), ITD_OK);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    itd_record_destroy(b->record);
    free(b);
    return 0;
}

static void record_with_parts(void **state)
{
    bench *b = *state;
    itd_record *r = b->record;
    itd_part self = itd_record_begin(r, ITD_SV(" 12 "), false, ITD_S_LegalEntity, 3, 40);
    assert_int_equal(self, 0);
    itd_record_add(r, 0, ITD_P_Thing_name, ITD_SV("  Office 39 "));
    itd_record_add(r, 0, ITD_P_Thing_name, ITD_SV(" \t "));
    itd_part address = itd_record_part(r, ITD_S_Address, ITD_SV("addr-1"));
    assert_int_equal(itd_record_part(r, ITD_S_Address, ITD_SV("addr-1")), address);
    assert_true(itd_sv_is(itd_record_part_id(r, address), "us-x-12-addr-1"));
    itd_record_link(r, 0, ITD_P_Thing_addressEntity, address);
    itd_record_at(r, 4, 55, 7);
    itd_record_add_date(r, 0, ITD_P_LegalEntity_incorporationDate, (itd_date){1974, 5, 0}, ITD_SV("May 1974"));
    itd_record_add_date(r, 0, ITD_P_LegalEntity_incorporationDate, (itd_date){0}, ITD_SV("unknown"));
    itd_record_at(r, 0, ITD_NOWHERE, 0);
    itd_record_add_as(r, 0, ITD_P_Thing_alias, ITD_SV("Bureau 39"), ITD_SV("Bureau 39"), ITD_SV("eng"));
    itd_record_set_schema(r, 0, ITD_S_Organization);
    assert_int_equal(itd_record_commit(r, &b->error), ITD_OK);
    static const char *const want[] = {
        "us-x-12|us-x-12|us-x|Organization|id|us-x-12|||file.csv|3|40|0",
        "us-x-12|us-x-12|us-x|Organization|name|Office 39|||file.csv|3|40|0",
        "us-x-12-addr-1|us-x-12|us-x|Address|id|us-x-12-addr-1|||file.csv|3|40|0",
        "us-x-12|us-x-12|us-x|Organization|addressEntity|us-x-12-addr-1|||file.csv|3|40|0",
        "us-x-12|us-x-12|us-x|Organization|incorporationDate|1974-05|May 1974||file.csv|4|55|7",
        "us-x-12|us-x-12|us-x|Organization|alias|Bureau 39||eng|file.csv|3|40|0",
    };
    assert_int_equal(b->seen.count, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < b->seen.count; i++)
        assert_string_equal(b->seen.text[i], want[i]);
    assert_int_equal(b->read.records, 1);
    /* The next record starts clean, with its whole id. */
    (void)itd_record_begin(r, ITD_SV("Q7"), true, ITD_S_Person, 0, ITD_NOWHERE);
    assert_int_equal(itd_record_commit(r, &b->error), ITD_OK);
    assert_string_equal(b->seen.text[6], "Q7|Q7|us-x|Person|id|Q7|||file.csv|0|-1|0");
}

static void many_parts_are_found_again(void **state)
{
    bench *b = *state;
    for (int round = 0; round < 2; round++) {
        (void)itd_record_begin(b->record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
        for (int pass = 0; pass < 2; pass++)
            for (uint32_t i = 1; i <= 100; i++) {
                char suffix[16];
                (void)snprintf(suffix, sizeof suffix, "p%u", i);
                assert_int_equal(itd_record_part(b->record, ITD_S_Address, itd_sv_of(suffix)), i);
            }
        assert_int_equal(itd_record_commit(b->record, &b->error), ITD_OK);
    }
    assert_int_equal(b->seen.statements, 2 * 101);
}

static void bad_values_reject_the_record(void **state)
{
    bench *b = *state;
    static const struct {
        itd_sv key, value;
        const char *reason;
    } rows[] = {
        {ITD_SV("7"), ITD_SV("a\xE9"), "invalid UTF-8 in name at its byte 1"},
        {ITD_SV("7"), ITD_SV("a\0b"), "NUL byte in name at its byte 1"},
        {ITD_SV(" "), ITD_SV("a"), "record has no key"},
        {ITD_SV("\xFF"), ITD_SV("a"), "invalid UTF-8 in the record's key at its byte 0"},
    };
    b->read.skip_bad = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        (void)itd_record_begin(b->record, rows[i].key, false, ITD_S_Person, 9, 100);
        itd_record_at(b->record, 10, 120, 3);
        itd_record_add(b->record, 0, ITD_P_Thing_name, rows[i].value);
        itd_record_add(b->record, 0, ITD_P_Thing_name, ITD_SV("good"));
        itd_part part = itd_record_part(b->record, ITD_S_Address, ITD_SV("x"));
        itd_record_link(b->record, 0, ITD_P_Thing_addressEntity, part);
        assert_int_equal(itd_record_commit(b->record, &b->error), ITD_OK);
        assert_string_equal(b->seen.reason, rows[i].reason);
        assert_int_equal(b->seen.line, i < 2 ? 10 : 9);
        assert_int_equal(b->seen.offset, i < 2 ? 120 : 100);
        assert_string_equal(b->seen.file, "/lists/x/file.csv");
        assert_int_equal(b->seen.rejects, i + 1);
    }
    assert_int_equal(b->seen.statements, 0);
    assert_int_equal(b->read.rejected, 4);
    assert_int_equal(b->read.records, 0);
}

static void limits_are_reached(void **state)
{
    bench *b = *state;
    char *big = malloc(ITD_VALUE_BYTES_MAX + 1);
    memset(big, 'x', ITD_VALUE_BYTES_MAX + 1);
    b->read.skip_bad = true;
    (void)itd_record_begin(b->record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
    itd_record_add(b->record, 0, ITD_P_Thing_name, (itd_sv){big, ITD_VALUE_BYTES_MAX});
    assert_int_equal(itd_record_commit(b->record, &b->error), ITD_OK);
    assert_int_equal(b->read.records, 1);
    (void)itd_record_begin(b->record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
    itd_record_add(b->record, 0, ITD_P_Thing_name, (itd_sv){big, ITD_VALUE_BYTES_MAX + 1});
    assert_int_equal(itd_record_commit(b->record, &b->error), ITD_OK);
    assert_string_equal(b->seen.reason, "value is longer than ITD_VALUE_BYTES_MAX in name at its byte 1048576");
    (void)itd_record_begin(b->record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
    for (size_t i = 0; i <= ITD_RECORD_BYTES_MAX / ITD_VALUE_BYTES_MAX; i++)
        itd_record_add(b->record, 0, ITD_P_Thing_name, (itd_sv){big, ITD_VALUE_BYTES_MAX});
    assert_int_equal(itd_record_commit(b->record, &b->error), ITD_OK);
    assert_non_null(strstr(b->seen.reason, "ITD_RECORD_BYTES_MAX"));
    (void)itd_record_begin(b->record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
    for (size_t i = 1; i <= ITD_RECORD_STATEMENTS_MAX; i++)
        itd_record_add(b->record, 0, ITD_P_Thing_name, ITD_SV("n"));
    assert_int_equal(itd_record_commit(b->record, &b->error), ITD_OK);
    assert_non_null(strstr(b->seen.reason, "ITD_RECORD_STATEMENTS_MAX"));
    assert_int_equal(b->read.rejected, 3);
    free(big);
}

static void rejects_end_the_reading_unless_skipped(void **state)
{
    bench *b = *state;
    assert_int_equal(
        itd_record_reject(b->record, ITD_REJECT_ORPHAN, ITD_SV("77"), 5, 60, &b->error, "no %s row", "main"),
        ITD_EFORMAT);
    assert_string_equal(b->error.message, "record 77: no main row");
    assert_string_equal(b->error.where, "/lists/x/file.csv");
    assert_int_equal(b->error.line, 5);
    assert_int_equal(b->error.offset, 60);
    assert_int_equal(b->read.orphans, 1);
    assert_int_equal(b->read.rejected, 0);
    assert_int_equal(b->seen.kind, ITD_REJECT_ORPHAN);
    b->read.skip_bad = true;
    itd_record_set_document(b->record, "other.csv");
    (void)itd_record_begin(b->record, ITD_SV("8"), false, ITD_S_Person, 6, 70);
    assert_int_equal(itd_record_reject(b->record, ITD_REJECT_RECORD, ITD_SV_NONE, 0, ITD_NOWHERE, &b->error, "short"),
                     ITD_OK);
    assert_string_equal(b->seen.key, "8");
    assert_string_equal(b->seen.file, "other.csv");
    assert_int_equal(b->seen.line, 6);
    assert_int_equal(b->read.rejected, 1);
}

static void sink_failure_comes_out(void **state)
{
    bench *b = *state;
    b->seen.fail_after = 2;
    (void)itd_record_begin(b->record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
    itd_record_add(b->record, 0, ITD_P_Thing_name, ITD_SV("n"));
    assert_int_equal(itd_record_commit(b->record, &b->error), ITD_ESTOP);
    assert_int_equal(b->read.records, 0);
    assert_int_equal(b->read.rejected, 0);
}

/* Every allocation fails in turn: no statement comes out, nothing leaks, and the next record is whole. */
static void memory_fails_in_turn(void **state)
{
    (void)state;
    for (uint64_t n = 0;; n++) {
        bench *b;
        void *again = NULL;
        seen none = {0};
        itd_read read = {.dataset = ITD_SV("d"), .statement = on_statement, .statement_context = &none};
        itd_record *record = NULL;
        itd_error error;
        itd_fault_arm(ITD_FAULT_MEMORY, n);
        itd_status status = itd_record_create(&record, &read, "f", &error);
        if (status == ITD_OK) {
            (void)itd_record_begin(record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
            for (int i = 0; i < 40; i++) {
                char suffix[8];
                (void)snprintf(suffix, sizeof suffix, "p%d", i);
                itd_part part = itd_record_part(record, ITD_S_Address, itd_sv_of(suffix));
                itd_record_add(record, part, ITD_P_Address_city, ITD_SV("Pyongyang"));
                itd_record_link(record, 0, ITD_P_Thing_addressEntity, part);
            }
            status = itd_record_commit(record, &error);
        }
        bool fired = itd_fault_fired(ITD_FAULT_MEMORY);
        itd_fault_disarm(ITD_FAULT_MEMORY);
        assert_int_equal(status, fired ? ITD_ENOMEM : ITD_OK);
        assert_int_equal(none.statements, fired ? 0 : 121);
        itd_record_destroy(record);
        assert_int_equal(set_up(&again), 0);
        b = again;
        (void)itd_record_begin(b->record, ITD_SV("1"), false, ITD_S_Person, 1, 0);
        assert_int_equal(itd_record_commit(b->record, &error), ITD_OK);
        (void)tear_down(&again);
        if (!fired)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(record_with_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_parts_are_found_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_values_reject_the_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_are_reached, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rejects_end_the_reading_unless_skipped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sink_failure_comes_out, set_up, tear_down),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
