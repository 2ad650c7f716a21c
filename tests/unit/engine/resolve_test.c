/* Pairs of records of a case, what was judged of them, and failures in turn. */
#include "interdict/resolve.h"

#include "engine/case.h"
#include "engine/judged.h"
#include "interdict/decide.h"
#include "support/cm.h"
#include "support/faults.h"
#include "support/sample.h"

#define NOW INT64_C(1577836800000000) /* 2020-01-01 */

static const char list[] =
    "{\"id\":\"r-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Orlin Vassek\"],\"alias\":[\"Vasek, Orlyn\"],"
    "\"birthDate\":[\"1961-04\"],\"passportNumber\":[\"K4711001\"]}}\n"
    "{\"id\":\"r-2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Vassek Orlin\"],\"passportNumber\":[\"K "
    "4711001\"]}}\n"
    "{\"id\":\"r-3\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Orlin Vasek\"]}}\n"
    "{\"id\":\"r-4\",\"schema\":\"Vessel\",\"properties\":{\"name\":[\"Brine Lark\"]}}\n"
    "{\"id\":\"r-5\",\"schema\":\"Person\",\"properties\":{\"birthDate\":[\"1961\"]}}\n";

typedef struct place {
    sample *sample;
    char path[96], list[96];
    itd_context *context;
    itd_case *the_case;
} place;

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    const itd_context_options threads = {.threads = 1};
    itd_error error = {0};
    if (!here || sample_set_up((void **)&here->sample) != 0)
        return -1;
    (void)snprintf(here->path, sizeof here->path, "%s/c.case", here->sample->folder);
    (void)snprintf(here->list, sizeof here->list, "%s/c.case.list.ftm.json", here->sample->folder);
    const char *paths[] = {here->list};
    itd_read_options lists = {.paths = paths, .path_count = 1, .dataset = "own"};
    *state = here;
    return sample_write(here->list, list, sizeof list - 1) == 0 &&
                   itd_context_create(&here->context, &threads, &error) == ITD_OK &&
                   itd_case_create(here->path, NULL, &error) == ITD_OK &&
                   itd_case_open(&here->the_case, here->path, true, &error) == ITD_OK &&
                   itd_case_import(here->the_case, here->context, &lists, "clerk", NULL, NULL, &error) == ITD_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    place *here = *state;
    char path[512];
    itd_case_close(here->the_case);
    itd_context_destroy(here->context);
    DIR *dir = opendir(here->sample->folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        if (strncmp(entry->d_name, "c.case", 6) == 0) {
            (void)snprintf(path, sizeof path, "%s/%s", here->sample->folder, entry->d_name);
            (void)unlink(path);
        }
    if (dir)
        (void)closedir(dir);
    int left = sample_tear_down((void **)&here->sample);
    free(here);
    return left;
}

/* What was handed out: "r-1 r-2 positive; …" */
typedef struct told {
    char text[512];
    size_t count, stop_at; /* stop_at 0: never */
} told;

static itd_status tell(void *user, const itd_resolve_pair *pair)
{
    told *t = user;
    int64_t sum = 0;
    for (size_t i = 0; i < pair->contribution_count; i++)
        sum += pair->contributions[i].micro;
    assert_int_equal(sum, pair->score_micro);
    assert_true(itd_sv_compare(pair->left.id, pair->right.id) < 0);
    size_t size = strlen(t->text);
    (void)snprintf(t->text + size, sizeof t->text - size, "%.*s %.*s %s%s%s; ", ITD_SV_ARG(pair->left.id),
                   ITD_SV_ARG(pair->right.id), pair->judgement ? pair->judgement : "-", pair->implied ? " implied" : "",
                   pair->rule ? " rule" : "");
    return ++t->count == t->stop_at ? ITD_EIO : ITD_OK;
}

static void must_find(place *here, bool judged, const char *wanted)
{
    const itd_resolve_options options = {.threshold_micro = 700000, .judged = judged};
    told t = {0};
    itd_resolve_report report;
    itd_error error = {0};
    assert_int_equal(itd_resolve(here->the_case, here->context, &options, tell, &t, &report, &error), ITD_OK);
    assert_string_equal(t.text, wanted);
    assert_int_equal(report.pairs, t.count);
    assert_int_equal(report.records, 5);
    assert_int_equal(report.nameless, 1);
}

static void judge(place *here, const char *judgement, const char *left, const char *right)
{
    const itd_judge_options options = {
        .left = left, .right = right, .judgement = judgement, .reason = "seen", .person = "ann", .now = NOW};
    itd_error error = {0};
    assert_int_equal(itd_judge(NULL, here->the_case, &options, &error), ITD_OK);
}

static void pairs_are_found_and_judged(void **state)
{
    place *here = *state;
    must_find(here, false, "r-1 r-2 - rule; r-1 r-3 -; r-2 r-3 -; ");
    judge(here, "merge", "r-2", "r-1");
    judge(here, "unsure", "r-1", "r-3");
    must_find(here, false, "r-2 r-3 -; ");
    must_find(here, true, "r-1 r-2 positive rule; r-1 r-3 unsure; r-2 r-3 -; ");
    judge(here, "split", "r-1", "r-3");
    must_find(here, true, "r-1 r-2 positive rule; r-1 r-3 negative; r-2 r-3 negative implied; ");
    judge(here, "split", "r-1", "r-2");
    must_find(here, true, "r-1 r-2 negative rule; r-1 r-3 negative; r-2 r-3 -; ");
}

static void state_of(place *here, bool one, const char *conflict)
{
    itd_resolve_state s;
    itd_error error = {0};
    assert_int_equal(itd_resolve_state_of(&s, here->the_case, "r-1", "r-3", &error), ITD_OK);
    assert_int_equal(s.one, one);
    assert_true(itd_sv_is(s.conflict_left, conflict));
}

static void one_through_others_is_told(void **state)
{
    place *here = *state;
    state_of(here, false, "");
    judge(here, "merge", "r-1", "r-2");
    state_of(here, false, "");
    judge(here, "merge", "r-2", "r-3");
    state_of(here, true, "");
    judge(here, "split", "r-1", "r-3");
    state_of(here, true, "r-1");
    judge(here, "split", "r-2", "r-3");
    state_of(here, false, "");
}

static void the_rule_joins_none_that_are_apart(void **state)
{
    place *here = *state;
    const itd_resolve_apply_options options = {.person = "bo", .now = NOW};
    told t = {0};
    itd_resolve_report report;
    itd_error error = {0};
    int64_t record = -1;
    judge(here, "merge", "r-1", "r-3");
    judge(here, "unsure", "r-2", "r-3"); /* the rule would make one of them by way of r-1 */
    assert_int_equal(itd_resolve_apply(&record, here->the_case, here->context, &options, tell, &t, &report, &error),
                     ITD_OK);
    assert_true(t.count == 0 && report.merged == 0 && record == 0);
    judge(here, "merge", "r-2", "r-3");
    judge(here, "split", "r-1", "r-3");
    judge(here, "split", "r-2", "r-3");
    assert_int_equal(itd_resolve_apply(&record, here->the_case, here->context, &options, tell, &t, &report, &error),
                     ITD_OK);
    assert_string_equal(t.text, "r-1 r-2 positive rule; ");
    assert_true(report.merged == 1 && record > 0);
}

static void who_is_told_may_stop(void **state)
{
    place *here = *state;
    const itd_resolve_options options = {.threshold_micro = 700000};
    const itd_resolve_apply_options apply = {.person = "bo", .now = NOW};
    told t = {.stop_at = 2}, none = {.stop_at = 1};
    itd_error error = {0};
    assert_int_equal(itd_resolve(here->the_case, here->context, &options, tell, &t, NULL, &error), ITD_EIO);
    assert_int_equal(t.count, 2);
    assert_int_equal(itd_resolve_apply(NULL, here->the_case, here->context, &apply, tell, &none, NULL, &error),
                     ITD_EIO);
    must_find(here, false, "r-1 r-2 - rule; r-1 r-3 -; r-2 r-3 -; "); /* nothing was merged */
}

static void options_are_checked(void **state)
{
    place *here = *state;
    const itd_resolve_options high = {.threshold_micro = 1000001};
    const itd_judge_options odd = {.left = "r-1", .right = "r-2", .judgement = "maybe", .reason = "x", .person = "ann"};
    told t = {0};
    itd_error error = {0};
    assert_int_equal(itd_resolve(here->the_case, here->context, &high, tell, &t, NULL, &error), ITD_EINVAL);
    assert_int_equal(itd_judge(NULL, here->the_case, &odd, &error), ITD_EINVAL);
}

/* ---- what follows from judgements, against a table of all pairs ---- */

#define RECORDS 9

static itd_sv id_of(unsigned at)
{
    static const char *const ids = "a\0b\0c\0d\0e\0f\0g\0h\0i";
    return (itd_sv){ids + (size_t)2 * at, 1};
}

static void close_over(bool one[RECORDS][RECORDS])
{
    for (unsigned k = 0; k < RECORDS; k++)
        for (unsigned a = 0; a < RECORDS; a++)
            for (unsigned b = 0; b < RECORDS; b++)
                one[a][b] |= one[a][k] && one[k][b];
}

static void check_all(const itd_judged *judged, const int said[RECORDS][RECORDS])
{
    bool one[RECORDS][RECORDS] = {{false}};
    for (unsigned a = 0; a < RECORDS; a++)
        for (unsigned b = 0; b < RECORDS; b++)
            one[a][b] = a == b || said[a][b] == 1 + ITD_JUDGEMENT_MERGE;
    close_over(one);
    for (unsigned a = 0; a < RECORDS; a++) {
        for (unsigned b = 0; b < RECORDS; b++) {
            bool apart = false, unsure = false;
            for (unsigned x = 0; x < RECORDS; x++)
                for (unsigned y = 0; y < RECORDS; y++) {
                    apart |= one[a][x] && one[b][y] && said[x][y] == 1 + ITD_JUDGEMENT_SPLIT;
                    unsure |= one[a][x] && one[b][y] && said[x][y] == 1 + ITD_JUDGEMENT_UNSURE;
                }
            if (a == b)
                continue;
            assert_int_equal(itd_judged_may_join(judged, id_of(a), id_of(b)), !apart && !unsure);
            assert_int_equal(itd_judged_are_one(judged, id_of(a), id_of(b)), one[a][b]);
        }
    }
}

static void what_follows_is_what_a_table_says(void **state)
{
    (void)state;
    uint32_t dice = 7;
    for (int round = 0; round < 200; round++) {
        itd_judged judged = {0};
        int said[RECORDS][RECORDS] = {{0}}; /* 1 + kind; 0: nothing */
        itd_intern_init(&judged.ids, SIZE_MAX);
        for (int step = 0; step < 10; step++) {
            dice = dice * 1664525 + 1013904223;
            unsigned a = dice >> 8 & 7, b = 1 + (dice >> 12 & 7);
            itd_judgement_kind kind = (itd_judgement_kind)((dice >> 16 & 255) % 3);
            if (a == b || said[a][b])
                continue;
            said[a][b] = said[b][a] = 1 + (int)kind;
            assert_true(itd_judged_add(&judged, id_of(a), id_of(b), kind, ITD_SV("ann")));
        }
        check_all(&judged, said);
        itd_judged_finish(&judged);
    }
}

/* ---- failures in turn ---- */

/* An index that cannot be opened is made again: a failure there may be none of the command, but never another answer.
 */
static void memory_fails_in_turn(void **state)
{
    place *here = *state;
    const itd_resolve_options options = {.threshold_micro = 700000, .judged = true};
    bool fired = true;
    uint64_t n = 0, failed = 0;
    judge(here, "unsure", "r-3", "r-1");
    for (; fired && n < faults_max(); n++) {
        told t = {0};
        itd_error error = {.offset = ITD_NOWHERE};
        itd_fault_arm(ITD_FAULT_MEMORY, n);
        itd_status status = itd_resolve(here->the_case, here->context, &options, tell, &t, NULL, &error);
        fired = itd_fault_fired(ITD_FAULT_MEMORY);
        itd_fault_disarm(ITD_FAULT_MEMORY);
        if (status == ITD_OK)
            assert_string_equal(t.text, "r-1 r-2 - rule; r-1 r-3 unsure; r-2 r-3 -; ");
        else
            assert_true(fired && status == ITD_ENOMEM && error.message[0]);
        failed += status != ITD_OK;
    }
    assert_true(failed > 50);
}

static itd_status apply_once(void *context, itd_error *error)
{
    const place *here = context;
    const itd_resolve_apply_options options = {.person = "bo", .now = NOW};
    told t = {0};
    return itd_resolve_apply(NULL, here->the_case, here->context, &options, tell, &t, NULL, error);
}

static void nothing_is_judged(void *context)
{
    place *here = context;
    itd_judgement j;
    bool found = true;
    itd_error error = {0};
    assert_int_equal(itd_judgement_newest(&j, &found, here->the_case->store, ITD_SV("r-1"), ITD_SV("r-2"),
                                          &here->the_case->arena, &error),
                     ITD_OK);
    assert_false(found);
}

static void writes_fail_in_turn(void **state)
{
    place *here = *state;
    must_find(here, false, "r-1 r-2 - rule; r-1 r-3 -; r-2 r-3 -; "); /* the index lies beside the case now */
    assert_true(faults_each(ITD_FAULT_WRITE, apply_once, nothing_is_judged, here) > 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pairs_are_found_and_judged),
        TEST(one_through_others_is_told),
        TEST(the_rule_joins_none_that_are_apart),
        TEST(who_is_told_may_stop),
        TEST(options_are_checked),
        cmocka_unit_test(what_follows_is_what_a_table_says),
        TEST(memory_fails_in_turn),
        TEST(writes_fail_in_turn),
    };
    return cmocka_run_group_tests_name("engine/resolve", tests, NULL, NULL);
}
