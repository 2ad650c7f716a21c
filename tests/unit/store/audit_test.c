#include "store/audit.h"

#include <sodium.h>
#include <time.h>

#include "base/json.h"
#include "store/audit_rows.h"
#include "store/work.h"
#include "support/case.h"
#include "support/faults.h"

#define HASH ITD_STORE_HASH

/* One command that gave some alerts. */
static itd_status command(itd_store *store, const itd_audit_entry *entry, int64_t alerts, itd_error *error)
{
    int64_t number = 0;
    char text[512];
    itd_status status = itd_store_begin(store, error);
    if (status == ITD_OK)
        status = itd_audit_number(&number, store, error);
    for (int64_t i = 0; status == ITD_OK && i < alerts; i++) {
        (void)snprintf(text, sizeof text,
                       "INSERT INTO alert (query, hit, question, record, rules, score_micro, audit) VALUES "
                       "('q%lld', 'h%lld', x'00ff', x'01', 'logic', %lld, %lld)",
                       (long long)i, (long long)number, (long long)(700000 + i), (long long)number);
        status = itd_sql_run(store->sql, text, error);
    }
    if (status == ITD_OK)
        status = itd_audit_append(store, entry, error);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    itd_store_rollback(store);
    return status;
}

static const itd_audit_entry screened = {
    .command = "screen", .person = {"Ada", 3}, .now = CASE_MADE, .content = {"{\"store\":\"customers\"}", 21}};

static void must(itd_store *store, const itd_audit_entry *entry, int64_t alerts)
{
    itd_error error = {0};
    if (command(store, entry, alerts, &error) != ITD_OK)
        fail_msg("%s", error.message);
}

/* The encoding of the rows, written out by hand: letter, length, bytes. */
static size_t put(unsigned char *out, char letter, const void *bytes, size_t size)
{
    out[0] = (unsigned char)letter;
    memset(out + 1, 0, 7);
    out[8] = (unsigned char)size; /* short ones only */
    memcpy(out + 9, bytes, size);
    return 9 + size;
}

static size_t put_number(unsigned char *out, uint64_t value)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value >> (56 - 8 * i));
    return put(out, 'i', bytes, 8);
}

static void a_record_says_what_was_done_and_what_came_before(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    unsigned char first[HASH], rows[HASH], hash[HASH], bytes[512];
    char first_hex[65], rows_hex[65], wanted[512];
    must(here->store, &screened, 1);

    size_t size = 0; /* the genesis: the case's own rows */
    bytes[size++] = 'r';
    size += put(bytes + size, 't', "meta", 4);
    size += put(bytes + size, 't', "case", 4);
    size += put(bytes + size, 't', here->store->id, 32);
    bytes[size++] = 'r';
    size += put(bytes + size, 't', "meta", 4);
    size += put(bytes + size, 't', "created", 7);
    size += put(bytes + size, 't', "1767225600000000", 16);
    bytes[size++] = 'r';
    size += put(bytes + size, 't', "meta", 4);
    size += put(bytes + size, 't', "two_person", 10);
    size += put(bytes + size, 't', "0", 1);
    assert_int_equal(crypto_generichash(first, HASH, bytes, size, NULL, 0), 0);

    size = 0;
    bytes[size++] = 'r';
    size += put(bytes + size, 't', "alert", 5);
    size += put_number(bytes + size, 1);
    size += put(bytes + size, 't', "q0", 2);
    size += put(bytes + size, 't', "h1", 2);
    size += put(bytes + size, 'b', "\x00\xff", 2);
    size += put(bytes + size, 'b', "\x01", 1);
    size += put(bytes + size, 't', "logic", 5);
    size += put_number(bytes + size, 700000);
    assert_int_equal(crypto_generichash(rows, HASH, bytes, size, NULL, 0), 0);

    (void)snprintf(wanted, sizeof wanted,
                   "{\"number\":1,\"time\":\"2026-01-01T00:00:00Z\",\"person\":\"Ada\",\"command\":\"screen\","
                   "\"program\":\"" ITD_VERSION "\",\"previous\":\"%s\",\"rows\":\"%s\",\"store\":\"customers\"}",
                   sodium_bin2hex(first_hex, sizeof first_hex, first, HASH),
                   sodium_bin2hex(rows_hex, sizeof rows_hex, rows, HASH));
    itd_audit_reader *reader = NULL;
    itd_audit_record record;
    bool more = false;
    assert_int_equal(itd_audit_reader_open(&reader, here->store, 1, &error), ITD_OK);
    assert_int_equal(itd_audit_reader_next(reader, &record, &more, &error), ITD_OK);
    assert_true(more);
    assert_int_equal(record.number, 1);
    assert_int_equal(record.content.size, strlen(wanted));
    assert_memory_equal(record.content.data, wanted, record.content.size);
    memcpy(bytes, first, HASH);
    memcpy(bytes + HASH, wanted, strlen(wanted));
    assert_int_equal(crypto_generichash(hash, HASH, bytes, HASH + strlen(wanted), NULL, 0), 0);
    assert_int_equal(record.hash.size, HASH);
    assert_memory_equal(record.hash.data, hash, HASH);
    assert_int_equal(itd_audit_reader_next(reader, &record, &more, &error), ITD_OK);
    assert_false(more);
    itd_audit_reader_close(reader);
}

static void records_carry_on_the_hash(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    unsigned char head[HASH], previous[HASH];
    char hex[65];
    int64_t number = -1;
    assert_int_equal(itd_audit_head(&number, head, here->store, &error), ITD_OK);
    assert_int_equal(number, 0);
    for (int i = 1; i <= 3; i++) {
        memcpy(previous, head, HASH);
        itd_audit_entry entry = screened;
        entry.content = i == 2 ? ITD_SV_NONE : i == 3 ? ITD_SV("{}") : entry.content;
        must(here->store, &entry, i - 1);
        assert_int_equal(itd_audit_head(&number, head, here->store, &error), ITD_OK);
        assert_int_equal(number, i);
        itd_audit_reader *reader = NULL;
        itd_audit_record record;
        bool more = false;
        assert_int_equal(itd_audit_reader_open(&reader, here->store, i, &error), ITD_OK);
        assert_int_equal(itd_audit_reader_next(reader, &record, &more, &error), ITD_OK);
        assert_true(more);
        assert_int_equal(itd_sv_find(record.content, itd_sv_of(sodium_bin2hex(hex, 65, previous, HASH)), 0) <
                             record.content.size,
                         true);
        assert_memory_equal(record.hash.data, head, HASH);
        itd_audit_reader_close(reader);
    }
}

static void what_cannot_go_on_record_is_refused(void **state)
{
    case_place *here = *state;
    char person[ITD_AUDIT_PERSON_MAX + 1];
    memset(person, 'a', sizeof person);
    itd_buffer large = {0};
    itd_buffer_append(&large, ITD_SV("{\"a\":\""));
    while (large.size <= ITD_AUDIT_CONTENT_MAX)
        itd_buffer_append(&large, ITD_SV("0123456789abcdef0123456789abcdef"));
    itd_buffer_append(&large, ITD_SV("\"}"));
    const struct {
        itd_sv person, content;
        itd_status status;
        const char *message;
    } rows[] = {
        {ITD_SV_NONE, ITD_SV("{}"), ITD_EINVAL, "needs a person"},
        {{person, sizeof person}, ITD_SV("{}"), ITD_ELIMIT, "name of a person"},
        {{person, sizeof person - 1}, ITD_SV("{}"), ITD_OK, ""},
        {ITD_SV("a"), itd_buffer_view(&large), ITD_ELIMIT, "what goes on record"},
        {ITD_SV("a"), ITD_SV("[]"), ITD_EINVAL, "no JSON object"},
        {ITD_SV("a"), ITD_SV("{ }"), ITD_EINVAL, "no JSON object"},
        {ITD_SV("a"), ITD_SV(" {\"a\":1}"), ITD_EINVAL, "no JSON object"},
        {ITD_SV("a"), ITD_SV("{\"a\":1"), ITD_EFORMAT, ""},
        {ITD_SV("a"), ITD_SV("{\"rows\":1}"), ITD_EINVAL, "\"rows\" is the audit record's own"},
        {ITD_SV("a"), ITD_SV("{\"a\":{\"rows\":1}}"), ITD_OK, ""},
    };
    int64_t records = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_error error = {0};
        unsigned char head[HASH];
        int64_t number;
        const itd_audit_entry entry = {
            .command = "x", .person = rows[i].person, .now = CASE_MADE + 1, .content = rows[i].content};
        itd_status status = command(here->store, &entry, 0, &error);
        if (status != rows[i].status || !strstr(error.message, rows[i].message))
            fail_msg("row %zu: %d %s", i, (int)status, error.message);
        records += status == ITD_OK;
        assert_int_equal(itd_audit_head(&number, head, here->store, &error), ITD_OK);
        assert_int_equal(number, records);
    }
    itd_buffer_finish(&large);
}

/* With an index on `audit` a record costs what its own rows cost. Told by the plan rather than by a clock. */
static void rows_are_found_by_their_record(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    const itd_audit_table *table;
    size_t count = 0;
    for (size_t i = 0; (table = itd_audit_table_at(i)); i++, count++) {
        char text[512];
        itd_sql_query *query = NULL;
        bool row = false, indexed = false;
        (void)snprintf(text, sizeof text, "EXPLAIN QUERY PLAN SELECT %s FROM %s WHERE audit = ?1 ORDER BY %s",
                       table->columns, table->name, table->key);
        assert_int_equal(itd_sql_prepare(&query, here->store->sql, text, &error), ITD_OK);
        while (itd_sql_step(query, &row, &error) == ITD_OK && row) {
            itd_sv detail = itd_sql_bytes(query, 3);
            (void)snprintf(text, sizeof text, "INDEX %s_audit (audit=?)", table->name);
            indexed |= itd_sv_ends(detail, itd_sv_of(text));
            if (!indexed || itd_sv_starts(detail, ITD_SV("USE TEMP")))
                fail_msg("%s: %.*s", table->name, ITD_SV_ARG(detail));
        }
        itd_sql_finish(query);
        assert_true(indexed);
    }
    assert_int_equal(count, 11);
}

/* No column of such a table is left out of its hash, but for the number of the record itself. */
static void every_column_is_hashed(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    const itd_audit_table *table;
    for (size_t i = 0; (table = itd_audit_table_at(i)); i++) {
        char text[128];
        itd_sql_query *query = NULL;
        bool row = false, audit = false;
        itd_buffer columns = {0};
        (void)snprintf(text, sizeof text, "PRAGMA table_info(%s)", table->name);
        assert_int_equal(itd_sql_prepare(&query, here->store->sql, text, &error), ITD_OK);
        while (itd_sql_step(query, &row, &error) == ITD_OK && row) {
            if (itd_sv_is(itd_sql_bytes(query, 1), "audit"))
                audit = true;
            else
                itd_buffer_format(&columns, "%s%.*s", columns.size ? ", " : "", ITD_SV_ARG(itd_sql_bytes(query, 1)));
        }
        itd_sql_finish(query);
        itd_buffer_append_char(&columns, '\0');
        assert_true(audit);
        assert_string_equal(columns.data, table->columns);
        itd_buffer_finish(&columns);
    }
}

static itd_status append_once(void *context, itd_error *error)
{
    return command(context, &screened, 2, error);
}

static void nothing_stays_of_a_record_that_failed(void *context)
{
    itd_error error = {0};
    unsigned char head[HASH];
    int64_t number = -1;
    assert_int_equal(itd_audit_head(&number, head, context, &error), ITD_OK);
    assert_int_equal(number, 0);
}

static void memory_may_fail_anywhere(void **state)
{
    case_place *here = *state;
    assert_true(faults_each(ITD_FAULT_MEMORY, append_once, nothing_stays_of_a_record_that_failed, here->store) > 10);
}

static void work_that_was_left_is_told(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_store_work work = {.command = "untouched"};
    bool left = true;
    char text[512];
    assert_int_equal(itd_store_work_left(&work, &left, here->store, &error), ITD_OK);
    assert_false(left);
    assert_int_equal(itd_store_work_begin(here->store, "import", ITD_SV("Ada"), CASE_MADE, &error), ITD_OK);
    assert_int_equal(itd_store_work_left(&work, &left, here->store, &error), ITD_OK);
    assert_false(left); /* this process is still at it */
    assert_string_equal(work.command, "untouched");
    case_run(here->store, "UPDATE work SET started = started + 1"); /* one of the same number, before this one */
    assert_int_equal(itd_store_work_left(&work, &left, here->store, &error), ITD_OK);
    assert_true(left);
    case_run(here->store, "UPDATE work SET started = started - 1, process = 99999999");
    assert_int_equal(itd_store_work_left(&work, &left, here->store, &error), ITD_OK);
    assert_true(left);
    itd_store_work_text(text, sizeof text, &work);
    assert_string_equal(text,
                        "the import begun by Ada at 2026-01-01T00:00:00Z did not finish: the case is as it was before");
    assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
    assert_int_equal(itd_store_work_end(here->store, &error), ITD_OK);
    assert_int_equal(itd_store_commit(here->store, &error), ITD_OK);
    assert_int_equal(itd_store_work_left(&work, &left, here->store, &error), ITD_OK);
    assert_false(left);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, case_set_up, case_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_record_says_what_was_done_and_what_came_before),
        TEST(records_carry_on_the_hash),
        TEST(what_cannot_go_on_record_is_refused),
        TEST(rows_are_found_by_their_record),
        TEST(every_column_is_hashed),
        TEST(memory_may_fail_anywhere),
        TEST(work_that_was_left_is_told),
    };
    return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
