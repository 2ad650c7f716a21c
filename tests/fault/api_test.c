/* Every public call with each of the project's own allocations, then each write, failing in turn: it ends in an error
 * that says so, leaves nothing behind, and the next call works. Leaks show in the build with -Db_sanitize=address. */
#include "interdict/interdict.h"

#include "support/faults.h"
#include "support/sample.h"

static itd_status take_answer(void *user, const itd_answer *answer)
{
    itd_error error = {0};
    itd_bytes bytes = {0};
    size_t *hits = user;
    *hits += answer->hit_count;
    itd_status status = itd_answer_json(&bytes, answer, true, &error);
    itd_bytes_free(&bytes);
    return status;
}

static itd_status take_pair(void *user, const itd_comparison *comparison)
{
    itd_error error = {0};
    itd_bytes bytes = {0};
    (void)user;
    itd_status status = itd_comparison_json(&bytes, comparison, &error);
    itd_bytes_free(&bytes);
    return status;
}

static itd_status take_line(void *user, itd_sv line)
{
    *(size_t *)user += line.size;
    return ITD_OK;
}

static void take_stats(void *user, const itd_list_stats *stats)
{
    *(uint64_t *)user += stats->entities;
}

static itd_read_options read_options(const char *const *paths, size_t count)
{
    return (itd_read_options){.paths = paths, .path_count = count};
}

/* Each of these makes a context, does one thing with it, and frees all that it made. */
typedef itd_status job(itd_context *context, const sample *s, itd_error *error);

static itd_status count_lists(itd_context *context, const sample *s, itd_error *error)
{
    const char *paths[] = {s->list, s->ofac};
    itd_read_options options = read_options(paths, 2);
    uint64_t entities = 0;
    itd_status status = itd_lists_stats(context, &options, take_stats, &entities, error);
    if (status == ITD_OK)
        assert_true(entities >= 5);
    return status;
}

static itd_status build_index(itd_context *context, const sample *s, itd_error *error)
{
    const char *paths[] = {s->list, s->ofac};
    itd_read_options options = read_options(paths, 2);
    return itd_index_build(context, s->index, &options, NULL, error);
}

static itd_status screen_file(itd_context *context, const sample *s, itd_error *error)
{
    itd_index *index = NULL;
    itd_questions *questions = NULL;
    size_t hits = 0;
    itd_screen_options options = {.threshold_micro = ITD_THRESHOLD_DEFAULT_MICRO, .limit = ITD_LIMIT_DEFAULT};
    itd_status status = itd_index_open(&index, s->index, error);
    if (status == ITD_OK)
        status = itd_questions_open(&questions, s->questions, NULL, error);
    if (status == ITD_OK)
        status =
            itd_screen(context, (const itd_index *const *)&index, 1, &options, questions, take_answer, &hits, error);
    if (status == ITD_OK)
        assert_true(hits >= 3);
    itd_questions_close(questions);
    itd_index_close(index);
    return status;
}

/* The refusal names what there is: that takes memory too. */
static itd_status screen_amiss(itd_context *context, const sample *s, itd_error *error)
{
    static const char *const topic = "nothing", *const name = "Orlin Vassek";
    itd_index *index = NULL;
    itd_questions *questions = NULL;
    size_t hits = 0;
    itd_screen_options options = {.topics = &topic, .topic_count = 1};
    itd_status status = itd_index_open(&index, s->index, error);
    if (status == ITD_OK)
        status = itd_questions_of_names(&questions, &name, 1, error);
    if (status == ITD_OK)
        status =
            itd_screen(context, (const itd_index *const *)&index, 1, &options, questions, take_answer, &hits, error);
    if (status == ITD_EINVAL)
        status = ITD_OK;
    itd_questions_close(questions);
    itd_index_close(index);
    return status;
}

static void count_rejected(void *user, const itd_rejected *rejected)
{
    *(size_t *)user += rejected->line == 2;
}

static itd_status screen_and_leave_out(itd_context *context, const sample *s, itd_error *error)
{
    static const char *const names[] = {"Orlin Vassek", "...", "Brine Lark"};
    itd_index *index = NULL;
    itd_questions *questions = NULL;
    size_t hits = 0, rejected = 0;
    itd_screen_options options = {.threshold_micro = ITD_THRESHOLD_DEFAULT_MICRO,
                                  .skip_bad = true,
                                  .on_reject = count_rejected,
                                  .user = &rejected};
    itd_status status = itd_index_open(&index, s->index, error);
    if (status == ITD_OK)
        status = itd_questions_of_names(&questions, names, 3, error);
    if (status == ITD_OK)
        status =
            itd_screen(context, (const itd_index *const *)&index, 1, &options, questions, take_answer, &hits, error);
    if (status == ITD_OK) {
        assert_true(hits >= 2);
        assert_int_equal(rejected, 1);
    }
    itd_questions_close(questions);
    itd_index_close(index);
    return status;
}

static itd_status compare_file(itd_context *context, const sample *s, itd_error *error)
{
    return itd_compare(context, ITD_ALGORITHM_LOGIC, s->pairs, take_pair, NULL, error);
}

static itd_status export_index(itd_context *context, const sample *s, itd_error *error)
{
    itd_index *index = NULL;
    size_t size = 0;
    itd_status status = itd_index_open(&index, s->index, error);
    if (status == ITD_OK)
        status = itd_export(context, index, ITD_EXPORT_FTM, take_line, &size, error);
    if (status == ITD_OK)
        status = itd_export(context, index, ITD_EXPORT_STATEMENTS, take_line, &size, error);
    itd_index_close(index);
    return status;
}

static itd_status describe_index(itd_context *context, const sample *s, itd_error *error)
{
    (void)context;
    itd_index *index = NULL;
    itd_bytes bytes = {0};
    itd_status status = itd_index_verify(s->index, error);
    if (status == ITD_OK)
        status = itd_index_open(&index, s->index, error);
    if (status == ITD_OK)
        status = itd_index_json(&bytes, index, NULL, error);
    itd_bytes_free(&bytes);
    itd_index_close(index);
    return status;
}

typedef struct work {
    const sample *s;
    job *job;
} work;

static itd_status run(void *context, itd_error *error)
{
    const work *w = context;
    itd_context *made = NULL;
    itd_context_options options = {.threads = 1};
    itd_status status = itd_context_create(&made, &options, error);
    if (status == ITD_OK)
        status = w->job(made, w->s, error);
    itd_context_destroy(made);
    return status;
}

static void need_index(const sample *s)
{
    work w = {s, build_index};
    itd_error error = {0};
    if (run(&w, &error) != ITD_OK)
        fail_msg("%s", error.message);
}

static void each_allocation(const sample *s, job *j)
{
    work w = {s, j};
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &w) > 0);
}

static void lists_stats(void **state)
{
    each_allocation(*state, count_lists);
}

static void index_build(void **state)
{
    each_allocation(*state, build_index);
}

static void index_open(void **state)
{
    need_index(*state);
    each_allocation(*state, describe_index);
}

static void screen(void **state)
{
    need_index(*state);
    each_allocation(*state, screen_file);
}

static void screen_with_a_filter_amiss(void **state)
{
    need_index(*state);
    each_allocation(*state, screen_amiss);
}

static void screen_with_a_question_left_out(void **state)
{
    need_index(*state);
    each_allocation(*state, screen_and_leave_out);
}

static void compare(void **state)
{
    each_allocation(*state, compare_file);
}

static void export(void **state)
{
    need_index(*state);
    each_allocation(*state, export_index);
}

static size_t files_before;

/* The old index is there and whole, and no temporary file is. */
static void old_index_is_whole(void *context)
{
    const work *w = context;
    itd_error error = {0};
    if (itd_index_verify(w->s->index, &error) != ITD_OK)
        fail_msg("%s", error.message);
    assert_int_equal(sample_files(w->s), files_before);
}

static void a_write_fails_and_the_old_index_stays(void **state)
{
    const sample *s = *state;
    need_index(s);
    files_before = sample_files(s);
    work w = {s, build_index};
    assert_true(faults_each(ITD_FAULT_WRITE, run, old_index_is_whole, &w) > 3);
}

static void a_write_fails_and_no_index_is_there(void **state)
{
    const sample *s = *state;
    itd_error error = {0};
    work w = {s, build_index};
    itd_fault_arm(ITD_FAULT_WRITE, 3);
    assert_int_equal(run(&w, &error), ITD_EIO);
    itd_fault_disarm(ITD_FAULT_WRITE);
    assert_int_equal(itd_index_verify(s->index, &error), ITD_ENOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SAMPLE_TEST(lists_stats),
        SAMPLE_TEST(index_build),
        SAMPLE_TEST(index_open),
        SAMPLE_TEST(screen),
        SAMPLE_TEST(screen_with_a_filter_amiss),
        SAMPLE_TEST(screen_with_a_question_left_out),
        SAMPLE_TEST(compare),
        SAMPLE_TEST(export),
        SAMPLE_TEST(a_write_fails_and_the_old_index_stays),
        SAMPLE_TEST(a_write_fails_and_no_index_is_there),
    };
    return cmocka_run_group_tests_name("fault/api", tests, NULL, NULL);
}
