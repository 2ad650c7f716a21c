/* What an import makes of a list, given what the case has. */
#include "store/import.h"

#include "support/case_import.h"
#include "support/faults.h"

#define NAME ITD_P_Thing_name

static case_source source(const char *dataset, const char *version, const itd_statement *list, size_t count)
{
    return (case_source){.dataset = dataset, .version = version, .statements = list, .count = count};
}

static itd_import_result import_one(itd_store *store, case_source of, int64_t now)
{
    static case_results results;
    case_must_import(&results, store, &of, 1, now);
    assert_int_equal(results.count, 1);
    return results.items[0];
}

static void expect(const itd_import_result *r, bool is_new, int64_t generation, uint64_t records, uint64_t statements)
{
    assert_int_equal(r->is_new, is_new);
    assert_int_equal(r->generation, generation);
    assert_int_equal(r->records, records);
    assert_int_equal(r->statements, statements);
}

static void expect_changes(const itd_import_result *r, uint64_t added, uint64_t changed, uint64_t removed)
{
    assert_int_equal(r->added, added);
    assert_int_equal(r->changed, changed);
    assert_int_equal(r->removed, removed);
}

static void the_same_list_twice(void **state)
{
    case_place *here = *state;
    const itd_statement list[] = {case_said("d", "1", NAME, "Orlin Vassek"), case_said("d", "2", NAME, "Brine Lark"),
                                  case_said_of_part("d", "1", "1-a", "12 Quay Street")};
    const itd_statement turned[] = {list[2], list[1], list[0]};
    itd_buffer before = {0}, after = {0};
    case_source of = source("d", "2026-01-01", list, 3);
    of.files[0] = "list.csv";
    itd_import_result r = import_one(here->store, of, CASE_MADE);
    expect(&r, true, 1, 2, 3);
    expect_changes(&r, 2, 0, 0);
    case_dump(&before, here->store);
    for (int i = 1; i <= 3; i++) {
        of.statements = i % 2 ? turned : list; /* the order of rows says nothing */
        r = import_one(here->store, of, CASE_MADE + i);
        expect(&r, false, 1, 2, 3);
        expect_changes(&r, 0, 0, 0);
        assert_int_equal(r.imported, CASE_MADE);
    }
    case_dump(&after, here->store);
    assert_true(itd_sv_equal(itd_buffer_view(&before), itd_buffer_view(&after)));
    assert_int_equal(case_number(here->store, "SELECT count(*) FROM sighting WHERE generation = 1"), 4);
    assert_int_equal(case_number(here->store, "SELECT max(seen) FROM sighting"), CASE_MADE + 3);
    itd_buffer_finish(&before);
    itd_buffer_finish(&after);
}

static void added_changed_removed_and_back(void **state)
{
    case_place *here = *state;
    const itd_statement first[] = {case_said("d", "1", NAME, "one"), case_said("d", "2", NAME, "two"),
                                   case_said("d", "3", NAME, "three")},
                        second[] = {case_said("d", "2", NAME, "two"), case_said("d", "3", NAME, "drei"),
                                    case_said("d", "4", NAME, "four")};
    case_texts texts;
    itd_import_result r = import_one(here->store, source("d", "1", first, 3), CASE_MADE);
    expect(&r, true, 1, 3, 3);
    r = import_one(here->store, source("d", "2", second, 3), CASE_MADE + 1);
    expect(&r, true, 2, 3, 3);
    expect_changes(&r, 1, 1, 1);
    /* What was there once comes back under the number that it had. */
    r = import_one(here->store, source("d", "3", first, 3), CASE_MADE + 2);
    expect(&r, true, 3, 3, 3);
    expect_changes(&r, 1, 1, 1);
    assert_int_equal(case_number(here->store, "SELECT count(*) FROM record"), 4);
    assert_int_equal(case_number(here->store, "SELECT count(*) FROM version"), 7);
    /* All gone, and nothing forgotten. */
    r = import_one(here->store, source("d", "4", NULL, 0), CASE_MADE + 3);
    expect(&r, true, 4, 0, 0);
    expect_changes(&r, 0, 0, 3);
    const size_t held[] = {0, 3, 3, 3, 0};
    for (int64_t g = 0; g <= 4; g++) {
        case_read(&texts, here->store, g, false);
        assert_int_equal(texts.list.count, held[g]);
        case_texts_finish(&texts);
    }
    r = import_one(here->store, source("d", "4", NULL, 0), CASE_MADE + 4);
    expect(&r, false, 4, 0, 0);
}

/* An empty list of a dataset that the case does not know is a generation too: it was looked at. */
static void an_empty_list(void **state)
{
    case_place *here = *state;
    itd_import_result r = import_one(here->store, source("d", "1", NULL, 0), CASE_MADE);
    expect(&r, true, 1, 0, 0);
}

static void a_record_that_only_has_parts(void **state)
{
    case_place *here = *state;
    const itd_statement parts[] = {case_said_of_part("d", "1", "1-a", "12 Quay Street"),
                                   case_said_of_part("d", "1", "1-b", "13 Quay Street")},
                        whole[] = {parts[0], parts[1], case_said("d", "1", NAME, "one")};
    itd_import_result r = import_one(here->store, source("d", "1", parts, 2), CASE_MADE);
    expect(&r, true, 1, 0, 2);
    expect_changes(&r, 0, 0, 0);
    r = import_one(here->store, source("d", "1", whole, 3), CASE_MADE + 1);
    expect(&r, true, 2, 1, 3);
    expect_changes(&r, 1, 0, 0);
    r = import_one(here->store, source("d", "1", parts, 1), CASE_MADE + 2);
    expect(&r, true, 3, 0, 1);
    expect_changes(&r, 0, 0, 1);
}

static void two_sources_of_one_dataset(void **state)
{
    case_place *here = *state;
    case_results results;
    const itd_statement a[] = {case_said("d", "1", NAME, "one"), case_said("d", "2", NAME, "two")},
                        b[] = {case_said("d", "2", NAME, "two"), case_said("d", "3", NAME, "three")};
    case_source both[] = {source("d", "2026-02-02", a, 2), source("d", "2026-01-01", b, 2)};
    both[0].rejected = 3;
    both[1].rejected = 4;
    both[1].orphans = 5;
    both[0].files[0] = "a.csv";
    both[1].files[0] = "b.csv";
    case_must_import(&results, here->store, both, 2, CASE_MADE);
    assert_int_equal(results.count, 1);
    expect(&results.items[0], true, 1, 3, 3);
    assert_true(itd_sv_is(results.items[0].version, "2026-01-01+2026-02-02"));
    assert_int_equal(results.items[0].rejected, 7);
    assert_int_equal(results.items[0].orphans, 5);
    assert_int_equal(case_number(here->store, "SELECT count(*) FROM generation_document WHERE generation = 1"), 2);
    const case_source turned[] = {both[1], both[0]};
    case_must_import(&results, here->store, turned, 2, CASE_MADE + 1);
    assert_false(results.items[0].is_new);
}

/* Versions that do not fit any more are left out, whole. */
static void many_versions(void **state)
{
    case_place *here = *state;
    case_results results;
    case_source many[12];
    char versions[12][16];
    for (size_t i = 0; i < 12; i++) {
        (void)snprintf(versions[i], sizeof versions[i], "2026-01-%02zu", i + 1);
        many[i] = source("d", versions[i], NULL, 0);
    }
    case_must_import(&results, here->store, many, 12, CASE_MADE);
    const char *wanted = "2026-01-01+2026-01-02+2026-01-03+2026-01-04+2026-01-05";
    assert_true(itd_sv_is(results.items[0].version, wanted));
    assert_true(results.items[0].version.size <= ITD_IMPORT_VERSION_MAX);
}

static void several_datasets_in_one_source(void **state)
{
    case_place *here = *state;
    case_results results;
    const itd_statement list[] = {case_said("y", "1", NAME, "one"), case_said("x", "1", NAME, "other one"),
                                  case_said("x-y", "1", NAME, "third"), case_said("y", "2", NAME, "two")};
    const case_source of = source("", "7", list, 4), less = source("", "8", list, 3);
    case_must_import(&results, here->store, &of, 1, CASE_MADE);
    assert_int_equal(results.count, 3);
    const char *const names[] = {"x", "x-y", "y"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(itd_sv_is(results.items[i].dataset, names[i]));
        assert_true(itd_sv_is(results.items[i].version, "7"));
        expect(&results.items[i], true, (int64_t)i + 1, i == 2 ? 2 : 1, i == 2 ? 2 : 1);
    }
    case_must_import(&results, here->store, &less, 1, CASE_MADE + 1);
    assert_int_equal(results.count, 3);
    expect_changes(&results.items[2], 0, 0, 1);
    /* One that a source does not speak of stays as it is. */
    case_must_import(&results, here->store,
                     &(case_source){.dataset = "", .version = "9", .statements = list, .count = 1}, 1, CASE_MADE + 2);
    assert_int_equal(results.count, 1);
    assert_int_equal(case_number(here->store, "SELECT count(*) FROM statement WHERE until IS NULL"), 3);
}

static void bytes_of_any_kind(void **state)
{
    case_place *here = *state;
    static const itd_sv values[] = {
        {"", 0},        {"\0", 1},     {"a\0", 2},      {"a\0\1b", 4},
        {"a\0\xff", 3}, {"\0\0\0", 3}, {"\xff\xfe", 2}, {"'; DROP TABLE statement; --", 27}};
    itd_statement list[8];
    case_texts got, wanted;
    case_texts_start(&wanted, true);
    for (size_t i = 0; i < 8; i++) {
        list[i] = case_said("d", "r", NAME, "");
        list[i].value = values[i];
        list[i].original = values[7 - i];
        list[i].lang = values[(i + 3) % 8];
        list[i].record = list[i].entity = values[i];
        list[i].line = i;
        list[i].offset = i % 2 ? ITD_NOWHERE : i;
        list[i].span = (uint32_t)i;
        list[i].first_seen = i % 3 ? ITD_SV("2026-01-01") : ITD_SV_NONE;
        list[i].tlp = (uint8_t)(i % 5);
        list[i].reliability = i % 2 ? 'A' : '\0';
        list[i].credibility = i % 3 ? '6' : '\0';
        assert_int_equal(case_take_text(&wanted, &list[i], NULL), ITD_OK);
    }
    case_texts_sort(&wanted);
    itd_import_result r = import_one(here->store, source("d", "1", list, 8), CASE_MADE);
    expect(&r, true, 1, 8, 8);
    case_read(&got, here->store, 1, true);
    assert_int_equal(got.list.count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_true(itd_sv_equal(got.list.items[i], wanted.list.items[i]));
    case_texts_finish(&got);
    case_texts_finish(&wanted);
    r = import_one(here->store, source("d", "1", list, 8), CASE_MADE);
    assert_false(r.is_new);
}

/* Said at three places it is kept once, with the first of them; moved, it is no news. */
static void where_it_stands(void **state)
{
    case_place *here = *state;
    itd_statement list[3];
    for (size_t i = 0; i < 3; i++) {
        list[i] = case_said("d", "1", NAME, "one");
        list[i].document = ITD_SV("a.csv");
        list[i].line = 30 - 10 * i;
    }
    case_source of = source("d", "1", list, 3);
    of.files[0] = "a.csv";
    itd_import_result r = import_one(here->store, of, CASE_MADE);
    expect(&r, true, 1, 1, 1);
    assert_int_equal(case_number(here->store, "SELECT line FROM statement"), 10);
    assert_int_equal(case_number(here->store, "SELECT bytes FROM document WHERE id = (SELECT document FROM statement)"),
                     1000);
    of.files[0] = "b.csv"; /* the same words in a file of another name and hash */
    for (size_t i = 0; i < 3; i++) {
        list[i].document = ITD_SV("b.csv");
        list[i].line += 5;
    }
    r = import_one(here->store, of, CASE_MADE + 1);
    assert_false(r.is_new);
    assert_int_equal(case_number(here->store, "SELECT line FROM statement"), 10);
    /* A document that nobody told of is none. */
    list[0].value = ITD_SV("two");
    list[0].document = ITD_SV("elsewhere");
    r = import_one(here->store, of, CASE_MADE + 2);
    expect(&r, true, 2, 1, 2);
    assert_int_equal(case_number(here->store, "SELECT document IS NULL FROM statement WHERE value = 'two'"), 1);
}

static void versions_as_news(void **state)
{
    case_place *here = *state;
    const itd_statement list[] = {case_said("d", "1", NAME, "one")};
    itd_import_result r = import_one(here->store, source("d", "2026-01-01", list, 1), CASE_MADE);
    expect(&r, true, 1, 1, 1);
    r = import_one(here->store, source("d", "2026-01-02", list, 1), CASE_MADE + 1);
    expect(&r, true, 2, 1, 1); /* the publisher says it anew */
    expect_changes(&r, 0, 0, 0);
    r = import_one(here->store, source("d", "content-0123456789abcdef", list, 1), CASE_MADE + 2);
    expect(&r, false, 2, 1, 1); /* a version made from the bytes says nothing that the content does not */
    assert_true(itd_sv_is(r.version, "2026-01-02"));
    assert_int_equal(case_number(here->store, "SELECT count(*) FROM sighting WHERE version LIKE 'content-%'"), 1);
}

static void a_record_too_many(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    case_results results;
    itd_buffer before = {0}, after = {0};
    const itd_statement low[] = {case_said("d", "1", NAME, "a"), case_said("d", "2", NAME, "b"),
                                 case_said("d", "3", NAME, "c"),
                                 case_said_of_part("d", "4", "4-a", "no entity itself")},
                        high[] = {case_said("d", "7", NAME, "a"), case_said("d", "8", NAME, "b"),
                                  case_said("d", "9", NAME, "c"), case_said("d", "90", NAME, "d")};
    const case_source first = source("d", "1", high, 3), fits = source("d", "2", low, 4),
                      over = source("d", "3", high, 4);
    assert_int_equal(case_import(&results, here->store, &first, 1, CASE_MADE, 3, &error), ITD_OK);
    /* All others take their place: what goes makes room for what comes, in whatever order they are looked at. */
    assert_int_equal(case_import(&results, here->store, &fits, 1, CASE_MADE, 3, &error), ITD_OK);
    assert_int_equal(results.items[0].records, 3);
    case_dump(&before, here->store);
    assert_int_equal(case_import(&results, here->store, &over, 1, CASE_MADE, 3, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_IMPORT_RECORDS_MAX"));
    case_dump(&after, here->store);
    assert_true(itd_sv_equal(itd_buffer_view(&before), itd_buffer_view(&after)));
    assert_int_equal(case_import(&results, here->store, &over, 1, CASE_MADE, 4, &error), ITD_OK);
    itd_buffer_finish(&before);
    itd_buffer_finish(&after);
}

static void what_no_schema_has(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    case_results results;
    itd_statement s = case_said("d", "1", ITD_P_Vessel_imoNumber, "9074729");
    const case_source of = source("d", "1", &s, 1);
    assert_int_equal(case_import(&results, here->store, &of, 1, CASE_MADE, 9, &error), ITD_EINVAL);
    assert_non_null(strstr(error.message, "Vessel:imoNumber"));
    s.property = ITD_PROPERTY_NONE;
    assert_int_equal(case_import(&results, here->store, &of, 1, CASE_MADE, 9, &error), ITD_EINVAL);
    s.property = ITD_P_ID;
    s.schema = ITD_SCHEMA_NONE;
    assert_int_equal(case_import(&results, here->store, &of, 1, CASE_MADE, 9, &error), ITD_EINVAL);
    s = case_said("d", "1", ITD_P_OTHER, "43");
    s.original = ITD_SV("name"); /* which a Person has */
    assert_int_equal(case_import(&results, here->store, &of, 1, CASE_MADE, 9, &error), ITD_EINVAL);
    s.original = ITD_SV("shoeSize");
    assert_int_equal(case_import(&results, here->store, &of, 1, CASE_MADE, 9, &error), ITD_OK);
}

/* ---- failures in turn ---- */

typedef struct change_job {
    case_place *here;
    const case_source *sources;
    size_t count;
    itd_buffer before, now;
} change_job;

static itd_status run_change(void *context, itd_error *error)
{
    change_job *job = context;
    case_results results;
    itd_store *store = NULL;
    ITD_TRY(itd_store_open(&store, job->here->path, true, error));
    itd_status status = case_import(&results, store, job->sources, job->count, CASE_MADE + 5, 100, error);
    itd_store_close(store);
    return status;
}

static void is_as_before(void *context)
{
    change_job *job = context;
    case_dump(&job->now, job->here->store);
    if (!itd_sv_equal(itd_buffer_view(&job->now), itd_buffer_view(&job->before)))
        fail_msg("a failed import left something behind");
}

static void each_failure(case_place *here, itd_fault_kind kind)
{
    itd_statement first[40], second[40];
    char keys[40][8];
    for (size_t i = 0; i < 40; i++) {
        (void)snprintf(keys[i], sizeof keys[i], "%zu", i);
        first[i] = case_said(i < 20 ? "c" : "d", keys[i], NAME, "somebody");
        second[i] = case_said(i < 20 ? "c" : "d", keys[(i + 7) % 40], NAME, i % 3 ? "somebody" : "somebody else");
    }
    (void)import_one(here->store,
                     (case_source){.dataset = "c", .version = "1", .files = {"a"}, .statements = first, .count = 20},
                     CASE_MADE);
    const case_source next = {.dataset = "", .version = "2", .files = {"b", "c"}, .statements = second, .count = 40};
    change_job job = {.here = here, .sources = &next, .count = 1};
    case_dump(&job.before, here->store);
    assert_true(faults_each(kind, run_change, is_as_before, &job) > 5);
    assert_int_equal(case_number(here->store, "SELECT count(*) FROM generation"), 3);
    itd_buffer_finish(&job.before);
    itd_buffer_finish(&job.now);
}

static void memory_in_turn(void **state)
{
    each_failure(*state, ITD_FAULT_MEMORY);
}

static void writes_in_turn(void **state)
{
    each_failure(*state, ITD_FAULT_WRITE);
}

#define CASE_TEST(name) cmocka_unit_test_setup_teardown(name, case_set_up, case_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE_TEST(the_same_list_twice),
        CASE_TEST(added_changed_removed_and_back),
        CASE_TEST(an_empty_list),
        CASE_TEST(a_record_that_only_has_parts),
        CASE_TEST(two_sources_of_one_dataset),
        CASE_TEST(many_versions),
        CASE_TEST(several_datasets_in_one_source),
        CASE_TEST(bytes_of_any_kind),
        CASE_TEST(where_it_stands),
        CASE_TEST(versions_as_news),
        CASE_TEST(a_record_too_many),
        CASE_TEST(what_no_schema_has),
        CASE_TEST(memory_in_turn),
        CASE_TEST(writes_in_turn),
    };
    return cmocka_run_group_tests_name("store/import", tests, NULL, NULL);
}
