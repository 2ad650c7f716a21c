#include "store/verify.h"

#include <sodium.h>

#include "store/audit_rows.h"
#include "store/import.h"
#include "support/case.h"
#include "support/faults.h"

#define RECORDS 4

/* The last command, an import, undone by somebody who knows the tables. */
#define WITHOUT_THE_LAST                                                                                               \
    "DELETE FROM audit WHERE number = 4; DELETE FROM document WHERE audit = 4; DELETE FROM generation WHERE audit = "  \
    "4;"                                                                                                               \
    "DELETE FROM generation_document WHERE audit = 4; DELETE FROM sighting WHERE audit = 4;"                           \
    "DELETE FROM version WHERE since = 2; UPDATE version SET until = NULL WHERE until = 2;"                            \
    "DELETE FROM statement WHERE since = 2; UPDATE statement SET until = NULL WHERE until = 2;"

/* Two imports of a list, and what was asked and decided; the third command adds nothing. */
static const char *const asked[] = {
    "INSERT INTO question_set VALUES (1, x'aa', 2, 2)",
    "INSERT INTO question VALUES (1, 0, 'q', '{}', x'bb', 2)",
    "INSERT INTO question VALUES (1, 1, 'r', '{}', x'bc', 2)",
    "INSERT INTO question_store VALUES (1, 'customers', 1, '{}', 2)",
    "INSERT INTO alert VALUES (1, 'q', 'l-1', x'bb', x'cc', 'logic', 900000, 2)",
    ("INSERT INTO decision (id, query, hit, decision, reason, person, made, question, record, rules, audit)"
     " VALUES (1, 'q', 'l-1', 'clear', 'other', 'Ada', 5, x'bb', x'cc', 'logic', 2)"),
    "INSERT INTO judgement VALUES (1, 'a', 'b', 'same', 'because', 'Ada', 6, 2)",
};

static itd_status no_matter(void *user, const itd_import_result *result, itd_error *error)
{
    (void)user;
    (void)result;
    (void)error;
    return ITD_OK;
}

/* A list of three records: the first says the same each time, the second another name, the third is in the first issue
 * alone and a fourth in the second. */
static void import(itd_store *store, int64_t number, const char *version)
{
    itd_error error = {0};
    itd_import *into = NULL;
    const unsigned char hash[ITD_STORE_HASH] = {(unsigned char)number};
    const char *const third = number == 1 ? "l-3" : "l-4";
    const itd_statement statements[] = {
        {.entity = ITD_SV("l-1"), .record = ITD_SV("l-1"), .value = ITD_SV("KIM One"), .line = 1},
        {.entity = ITD_SV("l-1-addr"),
         .record = ITD_SV("l-1"),
         .value = ITD_SV("Street"),
         .line = 1,
         .lang = ITD_SV("en")},
        {.entity = ITD_SV("l-2"),
         .record = ITD_SV("l-2"),
         .value = itd_sv_of(version),
         .line = 2,
         .reliability = 'B',
         .credibility = '2',
         .tlp = 3,
         .first_seen = ITD_SV("2020"),
         .last_seen = ITD_SV("2021"),
         .offset = 7,
         .span = 9},
        {.entity = itd_sv_of(third),
         .record = itd_sv_of(third),
         .value = ITD_SV("KIM Three"),
         .line = 3,
         .original = ITD_SV("KIM  Three"),
         .origin = ITD_SV("by hand")},
        {.entity = ITD_SV("x-9"),
         .record = itd_sv_of(third),
         .value = ITD_SV("KIM Nine"),
         .line = 3}, /* no part of it */
    };
    assert_int_equal(itd_import_create(&into, store, (size_t)1 << 16, 100, &error), ITD_OK);
    itd_import_next_source(into);
    assert_int_equal(itd_import_document(into, ITD_SV("l.csv"), hash, 100, &error), ITD_OK);
    for (size_t i = 0; i < sizeof statements / sizeof statements[0] - (number == 1); i++) {
        itd_statement s = statements[i];
        s.dataset = ITD_SV("l");
        s.schema = itd_schema_find(i == 1 ? ITD_SV("Address") : ITD_SV("Person"));
        s.property = itd_property_find(s.schema, i == 1 ? ITD_SV("full") : ITD_SV("name"));
        s.document = ITD_SV("l.csv");
        if (s.offset == 0)
            s.offset = ITD_NOWHERE;
        assert_int_equal(itd_import_add(into, &s, &error), ITD_OK);
    }
    assert_int_equal(itd_import_dataset(into, ITD_SV("l"), version, 1, 0, &error), ITD_OK);
    if (itd_import_finish(into, CASE_MADE + number, number, no_matter, NULL, NULL, &error) != ITD_OK)
        fail_msg("%s", error.message);
    itd_import_destroy(into);
}

static void append(itd_store *store, int64_t number)
{
    itd_error error = {0};
    char content[64];
    int size = snprintf(content, sizeof content, "{\"what\":\"of record %lld\"}", (long long)number);
    const itd_audit_entry entry = {.command = number % 3 == 1 ? "import" : "screen",
                                   .person = ITD_SV("Ada \"A\" Lovelace"),
                                   .now = CASE_MADE + number,
                                   .content = itd_sv_make(content, (size_t)size)};
    if (itd_audit_append(store, &entry, &error) != ITD_OK)
        fail_msg("%s", error.message);
}

static void fill(itd_store *store)
{
    itd_error error = {0};
    for (int64_t number = 1; number <= RECORDS; number++) {
        assert_int_equal(itd_store_begin(store, &error), ITD_OK);
        if (number == 1 || number == 4)
            import(store, number, number == 1 ? "2026-01" : "2026-02");
        for (size_t i = 0; number == 2 && i < sizeof asked / sizeof asked[0]; i++)
            case_run(store, asked[i]);
        append(store, number);
        assert_int_equal(itd_store_commit(store, &error), ITD_OK);
    }
}

static int set_up(void **state)
{
    if (case_set_up(state) != 0)
        return -1;
    fill(((case_place *)*state)->store);
    return 0;
}

/* Runs a change, looks at the chain, and takes the change back. @return what is said of it; empty: sound */
static const char *after(itd_store *store, const char *change)
{
    static itd_error error;
    itd_verify_report report = {0};
    error = (itd_error){0};
    if (itd_store_begin(store, &error) != ITD_OK)
        fail_msg("%s", error.message);
    case_run(store, change);
    itd_status status = itd_verify_chain(&report, store, &error);
    itd_store_rollback(store);
    if (status != ITD_OK && status != ITD_EFORMAT)
        fail_msg("%s", error.message);
    return status == ITD_OK ? "" : error.message;
}

#define assert_said(store, change, message)                                                                            \
    do {                                                                                                               \
        const char *said_ = after((store), (change));                                                                  \
        if (strcmp(said_, (message)) != 0)                                                                             \
            fail_msg("%s\nsays: %s\nnot:  %s", (change), said_, (message));                                            \
    } while (0)

static void a_sound_case_is_sound(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_verify_report report;
    unsigned char head[ITD_STORE_HASH];
    int64_t number;
    itd_status status = itd_store_verify(&report, here->path, NULL, &error);
    if (status != ITD_OK)
        fail_msg("%s", error.message);
    assert_int_equal(report.records, RECORDS);
    assert_string_equal(report.case_id, here->store->id);
    assert_int_equal(itd_audit_head(&number, head, here->store, &error), ITD_OK);
    assert_memory_equal(report.head, head, sizeof head);
    assert_int_equal(report.checkpoints, 0);
    assert_int_equal(report.generations, 2);
    assert_int_equal(report.statements, 7); /* four, then another name and another record of two */
}

static void every_byte_of_a_record_counts(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    for (int64_t number = 1; number <= RECORDS; number++) {
        itd_audit_reader *reader = NULL;
        itd_audit_record record;
        bool more = false;
        assert_int_equal(itd_audit_reader_open(&reader, here->store, number, &error), ITD_OK);
        assert_int_equal(itd_audit_reader_next(reader, &record, &more, &error), ITD_OK);
        assert_true(more);
        char content[1024], text[160], wanted[64];
        size_t size = record.content.size;
        assert_in_range(size, 100, sizeof content);
        memcpy(content, record.content.data, size);
        itd_audit_reader_close(reader);
        (void)snprintf(wanted, sizeof wanted, "audit record %d was changed", (int)number);
        for (size_t i = 0; i < size; i++) {
            (void)snprintf(text, sizeof text,
                           "UPDATE audit SET content = CAST(substr(CAST(content AS BLOB), 1, %zu) || x'%02x' ||"
                           " substr(CAST(content AS BLOB), %zu) AS TEXT) WHERE number = %d",
                           i, (unsigned)(unsigned char)content[i] ^ 1u, i + 2, (int)number);
            assert_said(here->store, text, wanted);
        }
        for (int i = 0; i < ITD_STORE_HASH; i++) {
            (void)snprintf(text, sizeof text,
                           "UPDATE audit SET hash = substr(hash, 1, %d) || CASE WHEN substr(hash, %d, 1) = x'00' THEN"
                           " x'01' ELSE x'00' END || substr(hash, %d) WHERE number = %d",
                           i, i + 1, i + 2, (int)number);
            assert_said(here->store, text, wanted);
        }
        (void)snprintf(text, sizeof text, "UPDATE audit SET hash = x'' WHERE number = %d", (int)number);
        assert_said(here->store, text, wanted);
    }
}

/* All that a table says, types included, in SQLite's own words. */
static void read_table(char *out, size_t size, itd_store *store, const itd_audit_table *table)
{
    char text[1024];
    itd_error error = {0};
    itd_sql_query *query = NULL;
    itd_sv column, rest = itd_sv_of(table->columns);
    bool row = false;
    size_t at = (size_t)snprintf(text, sizeof text, "SELECT ");
    for (const char *between = ""; itd_sv_split(&column, &rest, ','); between = " || ' ' || ")
        at += (size_t)snprintf(text + at, sizeof text - at, "%scoalesce(typeof(%.*s) || ':' || hex(%.*s), 'none')",
                               between, ITD_SV_ARG(column), ITD_SV_ARG(column));
    (void)snprintf(text + at, sizeof text - at, " FROM %s ORDER BY 1", table->name);
    assert_int_equal(itd_sql_prepare(&query, store->sql, text, &error), ITD_OK);
    at = 0;
    while (itd_sql_step(query, &row, &error) == ITD_OK && row) {
        at += (size_t)snprintf(out + at, size - at, "%.*s\n", ITD_SV_ARG(itd_sql_bytes(query, 0)));
        assert_true(at < size);
    }
    itd_sql_finish(query);
}

/* Whatever is done to the rows of a command, be it another value or another type, is found; and nothing else is. */
static void every_value_of_a_row_counts(void **state)
{
    case_place *here = *state;
    static const char *const changes[] = {
        "%s || 'x'",
        "CAST(%s AS INTEGER) + 1",
        "CAST(%s AS BLOB) || x'00'",
        "CAST(%s AS TEXT)",
        "CAST(%s AS BLOB)",
        "NULL",
        "''",
        "CAST(%s AS REAL) + 0.5",
    };
    const itd_audit_table *table;
    case_run(here->store, "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; (table = itd_audit_table_at(i)); i++) {
        itd_sv column, rest = itd_sv_of(table->columns);
        static char before[8192], now[8192];
        read_table(before, sizeof before, here->store, table);
        while (itd_sv_split(&column, &rest, ',')) {
            size_t tried = 0;
            column = itd_sv_trim(column);
            for (size_t c = 0; c < sizeof changes / sizeof changes[0]; c++) {
                char name[64], value[128], text[512];
                itd_error error = {0};
                itd_verify_report report = {0};
                (void)snprintf(name, sizeof name, "%.*s", ITD_SV_ARG(column));
                (void)snprintf(value, sizeof value, changes[c], name, name);
                (void)snprintf(text, sizeof text, "UPDATE OR IGNORE %s SET %s = %s", table->name, name, value);
                assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
                if (itd_sql_run(here->store->sql, text, &error) == ITD_OK) { /* else a key forbids it */
                    read_table(now, sizeof now, here->store, table);
                    bool changed = strcmp(before, now) != 0;
                    itd_status status = itd_verify_chain(&report, here->store, &error);
                    tried += changed;
                    if ((status == ITD_EFORMAT) != changed ||
                        (changed && !strstr(error.message, " added was changed, ")))
                        fail_msg("%s: %s", text, changed ? "passes" : error.message);
                }
                itd_store_rollback(here->store);
            }
            if (tried == 0)
                fail_msg("%s.%.*s: nothing could be tried", table->name, ITD_SV_ARG(column));
        }
    }
}

static void rows_come_and_go_with_their_record_alone(void **state)
{
    case_place *here = *state;
    static const char *const changed =
        "a row that audit record 2 (screen) added was changed, taken away or put in later";
    static const char *const tables[] = {"question_set", "question", "question_store",
                                         "alert",        "decision", "judgement"};
    char text[256];
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        (void)snprintf(text, sizeof text, "DELETE FROM %s WHERE audit = 2", tables[i]);
        assert_said(here->store, text, changed);
        (void)snprintf(text, sizeof text, "UPDATE %s SET audit = 3 WHERE audit = 2", tables[i]);
        assert_said(here->store, text, changed);
    }
    assert_said(here->store, "INSERT INTO judgement VALUES (9, 'a', 'c', 'same', 'because', 'Ada', 6, 2)", changed);
    static const char *const bad[][2] = {{"5", "5"}, {"0", "0"}, {"-1", "-1"}, {"'x'", "x"}, {"2.5", "2.5"}};
    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++) {
        char wanted[256];
        (void)snprintf(text, sizeof text, "INSERT INTO alert VALUES (99, 'z', 'z', x'', x'', '', 1, %s)", bad[b][0]);
        (void)snprintf(wanted, sizeof wanted,
                       "a row of the table alert has no audit record: it names %s, and the last is 4", bad[b][1]);
        assert_said(here->store, text, wanted);
    }
    /* No table is left out: with no record at all, every one of them has a stray row. */
    itd_buffer all = {0};
    const itd_audit_table *table;
    itd_buffer_append(&all, ITD_SV("PRAGMA defer_foreign_keys = ON; DELETE FROM audit;"));
    for (size_t i = 0; (table = itd_audit_table_at(i)); i++) {
        (void)snprintf(text, sizeof text, "a row of the table %s has no audit record: it names", table->name);
        itd_buffer_append_char(&all, '\0');
        const char *said = after(here->store, all.data);
        if (strncmp(said, text, strlen(text)) != 0)
            fail_msg("%s\nsays: %s", all.data, said);
        all.size--;
        itd_buffer_format(&all, "DELETE FROM %s;", table->name);
    }
    itd_buffer_append_char(&all, '\0');
    assert_said(here->store, all.data, "");
    itd_buffer_finish(&all);
}

static void records_stand_without_a_gap(void **state)
{
    case_place *here = *state;
    assert_said(here->store, "DELETE FROM audit WHERE number = 1", "audit record 1 is missing");
    assert_said(here->store, "DELETE FROM audit WHERE number = 3", "audit record 3 is missing");
    assert_said(here->store, "UPDATE audit SET number = 9 WHERE number = 4", "audit record 4 is missing");
    assert_said(here->store, "UPDATE audit SET number = 0 WHERE number = 1", "audit record 1 is missing");
    assert_said(here->store,
                "UPDATE audit SET number = -2 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3;"
                "UPDATE audit SET number = 3 WHERE number = -2",
                "audit record 2 was changed");
    /* The last record, with all that it added: only a checkpoint tells. */
    assert_said(here->store, "DELETE FROM audit WHERE number = 4",
                "a row of the table document has no audit record: it names 4, and the last is 3");
    assert_said(here->store, WITHOUT_THE_LAST, "");
    assert_said(here->store, "UPDATE meta SET value = '1' WHERE key = 'two_person'",
                "what the case says of itself (its id, when it was made, two persons or one) was changed");
    assert_said(here->store, "UPDATE meta SET value = '12' WHERE key = 'created'",
                "what the case says of itself (its id, when it was made, two persons or one) was changed");
}

/* Somebody who knows how it is done: writes another content for a record, and its hash. */
static void forge(itd_store *store, int64_t number, const char *from, const char *to, bool relink)
{
    itd_error error = {0};
    unsigned char previous[ITD_STORE_HASH], hash[ITD_STORE_HASH];
    char text[256], hex[2 * ITD_STORE_HASH + 1];
    assert_int_equal(itd_audit_genesis(previous, store, &error), ITD_OK);
    for (int64_t at = 1; at <= RECORDS; at++) {
        itd_sql_query *query = NULL;
        bool row = false;
        if (at == number) {
            (void)snprintf(text, sizeof text,
                           "UPDATE audit SET content = replace(content, '%s', '%s') WHERE number = %d", from, to,
                           (int)at);
            case_run(store, text);
            assert_int_equal(itd_sql_changes(store->sql), 1);
        } else if (relink && at > number) {
            (void)snprintf(text, sizeof text,
                           "UPDATE audit SET content = json_set(content, '$.previous', '%s') WHERE number = %d",
                           sodium_bin2hex(hex, sizeof hex, previous, sizeof previous), (int)at);
            case_run(store, text);
        }
        assert_int_equal(
            itd_sql_prepare(&query, store->sql, "SELECT content, hash FROM audit WHERE number = ?1", &error), ITD_OK);
        itd_sql_bind_i64(query, 1, at);
        assert_int_equal(itd_sql_step(query, &row, &error), ITD_OK);
        assert_true(row);
        itd_audit_link(hash, previous, itd_sql_bytes(query, 0));
        if (!relink && at > number)
            memcpy(hash, itd_sql_bytes(query, 1).data, sizeof hash);
        itd_sql_finish(query);
        (void)snprintf(text, sizeof text, "UPDATE audit SET hash = x'%s' WHERE number = %d",
                       sodium_bin2hex(hex, sizeof hex, hash, sizeof hash), (int)at);
        case_run(store, text);
        memcpy(previous, hash, sizeof hash);
    }
}

static itd_checkpoint sign(case_place *here, const itd_signing_key *key)
{
    itd_error error = {0};
    itd_checkpoint c;
    assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
    assert_int_equal(itd_checkpoint_make(&c, here->store, key, CASE_MADE + 5, &error), ITD_OK);
    assert_int_equal(itd_store_commit(here->store, &error), ITD_OK);
    return c;
}

static itd_signing_key draw(const case_place *here)
{
    char path[128];
    itd_error error = {0};
    itd_signing_key key;
    (void)snprintf(path, sizeof path, "%s/k", here->folder);
    assert_int_equal(itd_signing_key_make(&key, path, &error), ITD_OK);
    assert_int_equal(unlink(path), 0);
    return key;
}

static void a_record_with_a_hash_of_its_own_is_named(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_verify_report report;
    forge(here->store, 2, "record 2", "record X", false);
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_EFORMAT);
    assert_string_equal(error.message, "audit record 2 was changed");
    assert_int_equal(report.records, 2); /* as it stands the second fits the first; the third gives it away */
}

static void a_chain_that_is_all_written_anew_is_found_by_what_is_kept_elsewhere(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_verify_report report;
    const itd_signing_key key = draw(here);
    const itd_checkpoint outside = sign(here, &key);
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_OK);
    assert_int_equal(report.checkpoints, 1);
    forge(here->store, 2, "record 2", "record X", true);
    /* The checkpoint in the case tells too, as long as nobody takes it away. */
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_EFORMAT);
    assert_string_equal(error.message, "audit record 4 or one before it was changed: it is not as a checkpoint of "
                                       "2026-01-01T00:00:00.000005Z has it");
    case_run(here->store, "DELETE FROM checkpoint");
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_OK);
    itd_verify_options options = {.checkpoints = &outside, .checkpoint_count = 1};
    assert_int_equal(itd_store_verify(&report, here->path, &options, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "audit record 4 or one before it was changed"));
}

static void records_cut_off_at_the_end_are_found_by_what_is_kept_elsewhere(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_verify_report report;
    const itd_signing_key key = draw(here), another = draw(here);
    const itd_checkpoint outside = sign(here, &key);
    itd_verify_options options = {.checkpoints = &outside, .checkpoint_count = 1, .public_key = key.public_key};
    assert_int_equal(itd_store_verify(&report, here->path, &options, &error), ITD_OK);
    assert_int_equal(report.checkpoints, 2);
    options.public_key = another.public_key;
    assert_int_equal(itd_store_verify(&report, here->path, &options, &error), ITD_EMISMATCH);
    assert_non_null(strstr(error.message, "is signed by another key"));
    itd_checkpoint forged = outside;
    forged.hash[0] ^= 1;
    options = (itd_verify_options){.checkpoints = &forged, .checkpoint_count = 1, .public_key = key.public_key};
    assert_int_equal(itd_store_verify(&report, here->path, &options, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "is not signed by its key"));
    case_run(here->store, "DELETE FROM checkpoint;" WITHOUT_THE_LAST);
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_OK); /* it cannot know */
    options.checkpoints = &outside;
    assert_int_equal(itd_store_verify(&report, here->path, &options, &error), ITD_EFORMAT);
    assert_string_equal(error.message, "audit record 4 is gone: a checkpoint of 2026-01-01T00:00:00.000005Z has it");
}

static void a_checkpoint_in_the_case_counts(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_verify_report report;
    const itd_signing_key key = draw(here);
    (void)sign(here, &key);
    static const char *const changes[] = {
        "UPDATE checkpoint SET number = 3",
        "UPDATE checkpoint SET hash = zeroblob(32)",
        "UPDATE checkpoint SET made = made + 1",
        "UPDATE checkpoint SET key = zeroblob(32)",
        "UPDATE checkpoint SET signature = zeroblob(64)",
        "UPDATE checkpoint SET signature = x'00'",
        "UPDATE checkpoint SET number = -1",
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        case_run(here->store, "CREATE TABLE kept AS SELECT * FROM checkpoint");
        case_run(here->store, changes[i]);
        if (itd_store_verify(&report, here->path, NULL, &error) != ITD_EFORMAT || !strstr(error.message, "checkpoint"))
            fail_msg("%s: %s", changes[i], error.message);
        case_run(here->store, "DELETE FROM checkpoint; INSERT INTO checkpoint SELECT * FROM kept; DROP TABLE kept");
    }
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_OK);
}

/* One bit of the file: every page has one changed somewhere, the place drawn by its number. */
static void a_flipped_bit_is_found(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_verify_report report;
    itd_store_close(here->store); /* the log goes into the file */
    here->store = NULL;
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_OK);
    assert_true(report.pages > 20);
    FILE *file = fopen(here->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file), page = size / (long)report.pages;
    for (long i = 0; i < size / page; i++) {
        long at = i * page + i * 7919 % page;
        int was, bit = 1 << (i % 8);
        char wanted[64];
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        was = fgetc(file);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fputc(was ^ bit, file), was ^ bit);
        assert_int_equal(fflush(file), 0);
        itd_status status = itd_store_verify(&report, here->path, NULL, &error);
        (void)snprintf(wanted, sizeof wanted, "page %ld is damaged", i + 1);
        if (status != ITD_EFORMAT || (i > 0 && !strstr(error.message, wanted)))
            fail_msg("byte %ld: %s", at, error.message);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fputc(was, file), was);
        assert_int_equal(fflush(file), 0);
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(itd_store_verify(&report, here->path, NULL, &error), ITD_OK);
}

/* What is done to statements and versions, and what the whole look at the case says of it. */
static void every_statement_counts(void **state)
{
    case_place *here = *state;
    static const struct {
        const char *change, *message;
    } rows[] = {
        {"UPDATE statement SET value = 'KIM Onf' WHERE value = 'KIM One'",
         "generation 1 of l: a statement of l-1 was changed"},
        {"UPDATE statement SET property = 'alias' WHERE value = '2026-02'",
         "generation 2 of l: a statement of l-2 was changed"},
        {"UPDATE statement SET schema = 'Company' WHERE value = '2026-01'",
         "generation 1 of l: a statement of l-2 was changed"},
        {"UPDATE statement SET lang = 'fr' WHERE lang = 'en'", "generation 1 of l: a statement of l-1 was changed"},
        {"UPDATE statement SET original = NULL", "generation 1 of l: a statement of l-3 was changed"},
        {"UPDATE statement SET origin = NULL", "generation 1 of l: a statement of l-3 was changed"},
        {"UPDATE statement SET reliability = 'A' WHERE reliability = 'B'",
         "generation 1 of l: a statement of l-2 was changed"},
        {"UPDATE statement SET credibility = NULL", "generation 1 of l: a statement of l-2 was changed"},
        {"UPDATE statement SET tlp = 2 WHERE tlp = 3", "generation 1 of l: a statement of l-2 was changed"},
        {"UPDATE statement SET entity = 'l-9' WHERE entity = 'l-1-addr'",
         "generation 1 of l: a statement of l-1 was changed"},
        {"DELETE FROM statement WHERE value = 'Street'", "generation 1 of l: a statement of l-1 was changed"},
        {"INSERT INTO statement (record, since, schema, property, value, tlp) VALUES (1, 1, 'Person', 'name', 'x', 0)",
         "generation 1 of l: a statement of l-1 was changed"},
        {"UPDATE statement SET until = NULL WHERE value = '2026-01'",
         "generation 2 of l: a statement of l-2 was changed"},
        {"UPDATE statement SET until = 2 WHERE value = 'KIM One'",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE statement SET since = 2 WHERE value = 'KIM One'", "generation 1 of l: a statement of l-1 was changed"},
        {"UPDATE statement SET since = 3 WHERE value = '2026-02'",
         "a statement belongs to no record or generation that there is"},
        {"UPDATE statement SET since = 2, until = 1 WHERE value = '2026-01'",
         "a statement belongs to no record or generation that there is"},
        {"UPDATE statement SET record = 77 WHERE value = '2026-01'",
         "generation 1 of l: a statement of l-2 was changed"},
        {"UPDATE statement SET line = 5 WHERE value = 'KIM One'",
         "generation 1 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE statement SET span = 8 WHERE value = '2026-02'",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE statement SET offset = NULL WHERE value = '2026-02'",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE statement SET first_seen = '2019' WHERE value = '2026-02'",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE statement SET last_seen = NULL WHERE value = '2026-02'",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE statement SET document = 1 WHERE value = '2026-02'",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE version SET hash = zeroblob(32) WHERE since = 2 AND record = 2",
         "generation 2 of l: a statement of l-2 was changed"},
        {"UPDATE version SET hash = x'00' WHERE record = 1", "generation 1 of l: a version of l-1 was changed"},
        {"UPDATE version SET entity = 0 WHERE record = 1", "generation 1 of l: a statement of l-1 was changed"},
        {"UPDATE version SET tangled = 1 WHERE record = 1", "generation 1 of l: a statement of l-1 was changed"},
        {"UPDATE version SET tangled = 0 WHERE record = 4", "generation 2 of l: a statement of l-4 was changed"},
        {"UPDATE version SET until = 2 WHERE record = 1",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE version SET until = NULL WHERE record = 3",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"UPDATE version SET since = 9 WHERE record = 1", "a version belongs to no record or generation that there is"},
        {"DELETE FROM version WHERE record = 4",
         "generation 2 of l was changed: what came and went with it, or where it stands"},
        {"INSERT INTO version (record, since, hash, entity, tangled) VALUES (77, 1, zeroblob(32), 1, 0)",
         "a version of a record belongs to no record or generation that there is"},
        {"INSERT INTO statement (record, since, schema, property, value, tlp) VALUES (77, 1, 'Person', 'name', 'x', 0)",
         "a statement belongs to no record or generation that there is"},
        {"UPDATE record SET key = 'l-8' WHERE key = 'l-1'", "generation 1 of l: a statement of l-8 was changed"},
        {"UPDATE record SET dataset = 2 WHERE key = 'l-1'",
         "a version of a record belongs to no record or generation that there is"},
        {"UPDATE statement SET id = id + 100; UPDATE statement SET entity = 'l-1' WHERE value = 'KIM One'", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_error error = {0};
        itd_verify_report report = {0};
        assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
        case_run(here->store, rows[i].change);
        assert_true(itd_sql_changes(here->store->sql) > 0);
        itd_status status = itd_verify_generations(&report, here->store, &error);
        itd_store_rollback(here->store);
        if (status != (rows[i].message[0] ? ITD_EFORMAT : ITD_OK) || strcmp(error.message, rows[i].message) != 0)
            fail_msg("%s\nsays: %s\nnot:  %s", rows[i].change, error.message, rows[i].message);
    }
}

static itd_status verify_once(void *context, itd_error *error)
{
    const case_place *here = context;
    itd_verify_report report;
    return itd_store_verify(&report, here->path, NULL, error);
}

static void memory_may_fail_anywhere(void **state)
{
    assert_true(faults_each(ITD_FAULT_MEMORY, verify_once, NULL, *state) > 10);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, case_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_sound_case_is_sound),
        TEST(every_byte_of_a_record_counts),
        TEST(every_value_of_a_row_counts),
        TEST(rows_come_and_go_with_their_record_alone),
        TEST(records_stand_without_a_gap),
        TEST(a_record_with_a_hash_of_its_own_is_named),
        TEST(a_chain_that_is_all_written_anew_is_found_by_what_is_kept_elsewhere),
        TEST(records_cut_off_at_the_end_are_found_by_what_is_kept_elsewhere),
        TEST(a_checkpoint_in_the_case_counts),
        TEST(a_flipped_bit_is_found),
        TEST(every_statement_counts),
        TEST(memory_may_fail_anywhere),
    };
    return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
