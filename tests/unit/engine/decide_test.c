/* Decisions in a case with a clock that the test sets, replays of records that were changed, and failures in turn. */
#include "interdict/decide.h"

#include "base/json.h"
#include "engine/case.h"
#include "engine/identify.h"
#include "engine/question_json.h"
#include "engine/screen_options.h"
#include "interdict/screening.h"
#include "support/cm.h"
#include "support/faults.h"
#include "support/sample.h"

#define DAY INT64_C(86400000000)
#define NOW (INT64_C(18262) * DAY) /* 2020-01-01 */

/* A case with the sample's list in it. */
typedef struct place {
    sample *sample;
    char path[96];
    itd_context *context;
    itd_case *the_case;
    const char *lists[1];
    size_t list_count; /* 0: what the case holds */
    char questions[112], rows[112], listed[112];
    const char *registers[1];
    itd_read_options owners; /* of no path: nobody asks who holds whom */
} place;

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    const itd_context_options threads = {.threads = 1};
    itd_error error = {0};
    if (!here || sample_set_up((void **)&here->sample) != 0)
        return -1;
    (void)snprintf(here->path, sizeof here->path, "%s/c.case", here->sample->folder);
    const char *paths[] = {here->sample->list};
    itd_read_options lists = {.paths = paths, .path_count = 1};
    *state = here;
    return itd_context_create(&here->context, &threads, &error) == ITD_OK &&
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

/* What is said of hit s-1 of question 1, "Vassek Orlin". */
typedef struct seen {
    bool shown;
    char state[16];
    char reopened[80];
    uint64_t cleared, answers;
} seen;

static itd_status take(void *user, const itd_answer *answer)
{
    seen *s = user;
    s->answers++;
    s->cleared += answer->cleared;
    for (size_t i = 0; i < answer->hit_count; i++) {
        const itd_hit_decision *d = answer->hits[i].decision;
        if (!itd_sv_is(answer->id, "1") || !itd_sv_is(answer->hits[i].id, "s-1"))
            continue;
        s->shown = true;
        (void)snprintf(s->state, sizeof s->state, "%s", d ? d->state : "none");
        for (size_t r = 0; d && r < d->reopened_count; r++)
            (void)snprintf(s->reopened + strlen(s->reopened), sizeof s->reopened - strlen(s->reopened), "%s;",
                           d->reopened[r]);
    }
    return ITD_OK;
}

static itd_status screen_at(seen *out, int64_t *record, place *here, int64_t now, itd_error *error)
{
    const itd_screening_options options = {
        .screen = {.threshold_micro = ITD_THRESHOLD_DEFAULT_MICRO, .limit = ITD_LIMIT_DEFAULT},
        .lists = here->lists,
        .list_count = here->list_count,
        .store = here->owners.path_count ? NULL : "book",
        .registers = here->owners.path_count ? &here->owners : NULL,
        .regime = "us-ofac",
        .as_of = "2020-01-01",
        .listed = here->listed[0] ? here->listed : NULL,
        .person = "clerk",
        .now = now};
    itd_screening *screening = NULL;
    itd_questions *questions = NULL;
    const char *asked = here->owners.path_count ? here->questions : here->sample->questions;
    itd_status status = itd_questions_open(&questions, asked, NULL, error);
    if (status == ITD_OK)
        status = itd_screening_open(&screening, here->the_case, here->context, &options, error);
    if (status == ITD_OK)
        status = itd_screening_run(screening, questions, take, out, error);
    if (status == ITD_OK)
        status = itd_screening_commit(record, screening, error);
    itd_questions_close(questions);
    itd_screening_close(screening);
    return status;
}

static int64_t must_screen(seen *out, place *here, int64_t now)
{
    itd_error error = {0};
    int64_t record = 0;
    *out = (seen){0};
    if (screen_at(out, &record, here, now, &error) != ITD_OK)
        fail_msg("%s", error.message);
    return record;
}

static const itd_decide_options clearing = {.query = "1",
                                            .hit = "s-1",
                                            .decision = "clear",
                                            .reason = "born elsewhere",
                                            .person = "ann",
                                            .until = "2020-01-10",
                                            .now = NOW};

static void must_clear(place *here)
{
    itd_error error = {0};
    itd_decided decided;
    if (itd_decide(&decided, here->the_case, &clearing, &error) != ITD_OK)
        fail_msg("%s", error.message);
    assert_string_equal(decided.decision.state, "cleared");
}

static void run_sql(place *here, const char *text)
{
    itd_error error = {0};
    if (itd_sql_run(here->the_case->store->sql, text, &error) != ITD_OK)
        fail_msg("%s", error.message);
}

static void must_say(place *here, int64_t now, const char *state, const char *reopened)
{
    seen s;
    (void)must_screen(&s, here, now);
    assert_int_equal(s.answers, 4);
    assert_int_equal(s.cleared, strcmp(state, "cleared") == 0);
    assert_int_equal(s.shown, strcmp(state, "cleared") != 0);
    if (s.shown)
        assert_string_equal(s.state, state);
    assert_string_equal(s.reopened, reopened);
}

static void a_decision_holds_through_its_last_day(void **state)
{
    place *here = *state;
    must_say(here, NOW, "none", "");
    must_clear(here);
    must_say(here, NOW, "cleared", "");
    must_say(here, NOW + 10 * DAY - 1, "cleared", ""); /* 2020-01-10, its last moment */
    must_say(here, NOW + 10 * DAY, "reopened", "expired;");
}

static void other_rules_reopen(void **state)
{
    place *here = *state;
    must_say(here, NOW, "none", "");
    must_clear(here);
    run_sql(here, "UPDATE decision SET rules = 'rules-of-old'");
    must_say(here, NOW, "reopened", "rules changed;");
    must_say(here, NOW + 20 * DAY, "reopened", "rules changed;expired;");
}

static itd_replay must_replay(place *here, int64_t record)
{
    itd_error error = {0};
    itd_replay replay = {0};
    if (itd_replay_run(&replay, here->the_case, here->context, record, &error) != ITD_OK)
        fail_msg("%s", error.message);
    return replay;
}

static void a_replay_takes_the_time_of_then(void **state)
{
    place *here = *state;
    seen s;
    (void)must_screen(&s, here, NOW);
    must_clear(here);
    int64_t held = must_screen(&s, here, NOW + DAY), expired = must_screen(&s, here, NOW + 20 * DAY);
    itd_replay replay = must_replay(here, held);
    assert_true(replay.equal);
    assert_int_equal(replay.questions, 4);
    itd_sv then = replay.then;
    char kept[65];
    (void)snprintf(kept, sizeof kept, "%.*s", ITD_SV_ARG(then));
    replay = must_replay(here, expired);
    assert_true(replay.equal);
    assert_false(itd_sv_is(replay.then, kept)); /* the two screenings did not answer the same */
}

static void a_replay_tells_what_differs(void **state)
{
    place *here = *state;
    seen s;
    int64_t first = must_screen(&s, here, NOW);
    must_clear(here);
    int64_t second = must_screen(&s, here, NOW);
    run_sql(here, "UPDATE audit SET content = replace(content, '\"profile\":\"', '\"profile\":\"old-')");
    itd_replay replay = must_replay(here, second);
    assert_true(replay.equal);
    assert_int_equal(replay.difference_count, 1);
    assert_non_null(strstr(replay.differences[0], "the rules were old-"));
    run_sql(here, "UPDATE decision SET reason = 'another one'");
    run_sql(here, "UPDATE alert SET score_micro = 1"); /* what was found is no part of what is asked again */
    assert_true(must_replay(here, second).equal);      /* cleared, and so not shown */
    run_sql(here, "UPDATE decision SET until = 1");
    replay = must_replay(here, second);
    assert_false(replay.equal);
    assert_int_equal(replay.difference_count, 2);
    assert_string_equal(replay.differences[1], "the answers are not the same bytes");
    assert_false(itd_sv_equal(replay.then, replay.now));
    assert_true(must_replay(here, first).equal); /* from before the decision */
}

static void a_replay_names_so_many_differences(void **state)
{
    place *here = *state;
    seen s;
    char text[8192] = "UPDATE audit SET content = replace(content, '\"lists\":[]', '\"lists\":[{}";
    int64_t record = must_screen(&s, here, NOW);
    for (int i = 0; i < ITD_REPLAY_DIFFERENCES_MAX + 5; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), ",{\"file\":\"/nowhere/%d.idx\"}", i);
    (void)snprintf(text + strlen(text), sizeof text - strlen(text), "]')");
    run_sql(here, text);
    itd_replay replay = must_replay(here, record);
    assert_false(replay.equal);
    assert_int_equal(replay.difference_count, ITD_REPLAY_DIFFERENCES_MAX);
    assert_string_equal(replay.differences[1], "the index /nowhere/0.idx is not there any more");
}

static void a_record_that_was_changed_is_refused(void **state)
{
    place *here = *state;
    seen s;
    itd_error error = {0};
    itd_replay replay = {.record = 77};
    int64_t record = must_screen(&s, here, NOW);
    static const char *const changes[] = {
        "'\"time\":\"', '\"time\":\"x'",     "'\"generation\":', '\"generation\":\"1\",\"g\":'",
        "'\"result\":\"', '\"result\":\"0'", "'\"threshold_micro\":', '\"threshold_micro\":-'",
        "'\"limit\":', '\"limits\":'",       "'{\"hash\":\"', '{\"hash\":\"zz'",
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char text[256];
        run_sql(here, "SAVEPOINT before");
        (void)snprintf(text, sizeof text, "UPDATE audit SET content = replace(content, %s)", changes[i]);
        run_sql(here, text);
        run_sql(here, "RELEASE before");
        assert_int_equal(itd_replay_run(&replay, here->the_case, here->context, record, &error), ITD_EFORMAT);
        assert_int_equal(replay.record, 77);
        const char *comma = strchr(changes[i], ',');
        (void)snprintf(text, sizeof text, "UPDATE audit SET content = replace(content, %s, %.*s)", comma + 2,
                       (int)(comma - changes[i]), changes[i]);
        run_sql(here, text);
    }
    assert_true(must_replay(here, record).equal);
    run_sql(here, "UPDATE audit SET content = replace(content, '\"logic\"', '\"magic\"')");
    assert_int_equal(itd_replay_run(&replay, here->the_case, here->context, record, &error), ITD_EMISMATCH);
}

/* ---- questions as they are kept ---- */

static void a_question_comes_back_as_it_was(void **state)
{
    (void)state;
    const itd_entity_value values[] = {
        {ITD_P_Thing_alias, ITD_SV("Zed \"the\" Clerk")}, {ITD_P_Thing_name, ITD_SV("Orlin Vassek")},
        {ITD_P_Person_birthDate, ITD_SV("1961")},         {ITD_P_Thing_alias, ITD_SV("Абв")},
        {ITD_P_Thing_name, ITD_SV("Orlin Vassek")},       {ITD_P_Vessel_imoNumber, ITD_SV("read out of a value")},
    };
    const itd_question question = {.id = ITD_SV("q"),
                                   .query = ITD_SV(" as asked"),
                                   .entity = {.schema = ITD_S_Person, .values = values, .value_count = 6},
                                   .said = 5};
    static const char wanted[] = "{\"schema\":\"Person\",\"query\":\" as asked\",\"properties\":{"
                                 "\"Person:birthDate\":[\"1961\"],"
                                 "\"Thing:alias\":[\"Zed \\\"the\\\" Clerk\",\"Абв\"],"
                                 "\"Thing:name\":[\"Orlin Vassek\",\"Orlin Vassek\"]}}";
    itd_error error = {0};
    itd_buffer once = {0}, twice = {0};
    itd_json_document *document = NULL;
    itd_question back;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    assert_int_equal(itd_json_document_create(&document, &error), ITD_OK);
    assert_int_equal(itd_question_content(&once, &question, &arena, &error), ITD_OK);
    assert_true(itd_sv_is(itd_buffer_view(&once), wanted));
    assert_int_equal(itd_question_parse(&back, question.id, itd_buffer_view(&once), document, &arena, &error), ITD_OK);
    assert_true(itd_sv_is(back.id, "q") && itd_sv_is(back.query, " as asked"));
    assert_int_equal(back.entity.value_count, 5);
    assert_int_equal(itd_question_content(&twice, &back, &arena, &error), ITD_OK);
    assert_true(itd_sv_equal(itd_buffer_view(&once), itd_buffer_view(&twice)));

    static const struct {
        const char *content;
        itd_status status;
    } rows[] = {
        {"{\"schema\":\"Perso\",\"query\":\"x\",\"properties\":{}}", ITD_EMISMATCH},
        {"{\"schema\":\"Person\",\"query\":\"x\",\"properties\":{\"Thing:nam\":[\"x\"]}}", ITD_EMISMATCH},
        {"{\"schema\":\"Person\",\"query\":\"x\",\"properties\":{\"Thin:name\":[\"x\"]}}", ITD_EMISMATCH},
        {"{\"schema\":\"Person\"", ITD_EFORMAT},
        {"{\"schema\":\"Person\",\"query\":\"x\",\"properties\":{\"Thing:name\":[7]}}", ITD_EFORMAT},
        {"{\"schema\":\"Person\",\"query\":\"x\",\"properties\":{\"Thing:name\":[\"\"]}}", ITD_OK},
        {"{\"schema\":\"Person\",\"query\":\"x\"}", ITD_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(itd_question_parse(&back, question.id, itd_sv_of(rows[i].content), document, &arena, &error),
                         rows[i].status);
    itd_json_document_destroy(document);
    itd_buffer_finish(&once);
    itd_buffer_finish(&twice);
    itd_arena_finish(&arena);
}

static void options_come_back_as_they_were(void **state)
{
    (void)state;
    static const char *const countries[] = {"kp", "ru"}, *const topics[] = {"sanction"};
    const itd_screen_options options = {.algorithm = ITD_ALGORITHM_OFAC,
                                        .threshold_micro = 812345,
                                        .limit = UINT32_MAX,
                                        .schema = "Person",
                                        .countries = countries,
                                        .country_count = 2,
                                        .topics = topics,
                                        .topic_count = 1,
                                        .skip_bad = true};
    itd_error error = {0};
    itd_buffer once = {0}, twice = {0};
    itd_json_document *document = NULL;
    const itd_json *root = NULL;
    itd_json_writer json;
    itd_screen_options back;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    itd_json_writer_init(&json, &once);
    itd_screen_options_write(&json, &options);
    assert_true(itd_sv_is(itd_buffer_view(&once),
                          "{\"threshold_micro\":812345,\"limit\":4294967295,\"algorithm\":\"ofac\",\"schema\":"
                          "[\"Person\"],\"countries\":[\"kp\",\"ru\"],\"topics\":[\"sanction\"],\"skip_bad\":true}"));
    assert_int_equal(itd_json_document_create(&document, &error), ITD_OK);
    assert_int_equal(itd_json_parse(document, itd_buffer_view(&once), &root, &error), ITD_OK);
    assert_int_equal(itd_screen_options_read(&back, root, &arena, &error), ITD_OK);
    assert_false(back.exhaustive);
    itd_json_writer_init(&json, &twice);
    itd_screen_options_write(&json, &back);
    assert_true(itd_sv_equal(itd_buffer_view(&once), itd_buffer_view(&twice)));
    itd_json_document_destroy(document);
    itd_buffer_finish(&once);
    itd_buffer_finish(&twice);
    itd_arena_finish(&arena);
}

/* ---- failures in turn ---- */

static int64_t rows_of(place *here)
{
    itd_error error = {0};
    itd_sql_query *query = NULL;
    bool row = false;
    assert_int_equal(itd_sql_prepare(&query, here->the_case->store->sql,
                                     "SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM alert) + (SELECT "
                                     "count(*) FROM question) + (SELECT count(*) FROM decision) + (SELECT count(*) "
                                     "FROM judgement) + (SELECT count(*) FROM question_store)",
                                     &error),
                     ITD_OK);
    assert_int_equal(itd_sql_step(query, &row, &error), ITD_OK);
    int64_t count = itd_sql_i64(query, 0);
    itd_sql_finish(query);
    return count;
}

static int64_t rows_before;

static void nothing_was_written(void *context)
{
    assert_int_equal(rows_of(context), rows_before);
}

static itd_status screen_once(void *context, itd_error *error)
{
    seen s = {0};
    return screen_at(&s, NULL, context, NOW, error);
}

static itd_status decide_once(void *context, itd_error *error)
{
    const place *here = context;
    itd_decided decided;
    itd_bytes json = {0};
    itd_status status = itd_decide(&decided, here->the_case, &clearing, error);
    if (status == ITD_OK)
        status = itd_decided_json(&json, &decided, error);
    /* What was written stays when only its telling fails: count from here. */
    if (status != ITD_OK)
        rows_before = rows_of(context);
    itd_bytes_free(&json);
    return status;
}

static itd_status judge_once(void *context, itd_error *error)
{
    const place *here = context;
    const itd_judge_options options = {
        .left = "s-2", .right = "s-1", .judgement = "merge", .reason = "one", .person = "ann", .now = NOW};
    return itd_judge(NULL, here->the_case, &options, error);
}

static itd_status replay_once(void *context, itd_error *error)
{
    const place *here = context;
    itd_replay replay;
    itd_bytes json = {0};
    itd_status status = itd_replay_run(&replay, here->the_case, here->context, 2, error);
    if (status == ITD_OK)
        assert_true(replay.equal);
    if (status == ITD_OK)
        status = itd_replay_json(&json, &replay, error);
    itd_bytes_free(&json);
    return status;
}

/* The index that is kept beside a case is made again when it cannot be opened: a failure there is none of the command.
 * So the lists of these are a file. */
static void use_index(place *here)
{
    itd_error error = {0};
    const char *paths[] = {here->sample->list};
    itd_read_options lists = {.paths = paths, .path_count = 1};
    here->lists[0] = here->sample->index;
    here->list_count = 1;
    assert_int_equal(itd_index_build(here->context, here->sample->index, &lists, NULL, &error), ITD_OK);
}

static void put_file(char *path, size_t size, const place *here, const char *name, const char *text)
{
    (void)snprintf(path, size, "%s.%s", here->path, name); /* it goes with the case */
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* A customer that s-1 holds, asked of a register. */
static void use_owners(place *here)
{
    use_index(here);
    put_file(here->questions, sizeof here->questions, here, "jsonl", "{\"id\":\"k-1\",\"name\":\"Quiet Harbour\"}\n");
    put_file(here->rows, sizeof here->rows, here, "csv",
             "owner,owned,share_min_ppm,share_max_ppm,kind\ns-1,k-1,600000,600000,shares\n");
    here->registers[0] = here->rows;
    here->owners = (itd_read_options){.paths = here->registers, .path_count = 1};
}

/* And k-1 is held by whom a file alone lists, too. */
static void use_listed(place *here)
{
    use_owners(here);
    put_file(
        here->rows, sizeof here->rows, here, "csv",
        "owner,owned,share_min_ppm,share_max_ppm,kind\ns-1,k-1,600000,600000,shares\nl-1,k-1,300000,300000,shares\n");
    put_file(here->listed, sizeof here->listed, here, "txt", "l-1\nl-2,kp-party\n");
}

static void who_is_listed_is_replayed(void **state)
{
    place *here = *state;
    seen s;
    char listed[112];
    use_listed(here);
    int64_t record = must_screen(&s, here, NOW);
    itd_replay replay = must_replay(here, record);
    assert_true(replay.equal);
    assert_int_equal(replay.hits, 2);
    put_file(listed, sizeof listed, here, "txt", "# the same parties\n\nl-1\n\"l-2\", kp-party\n");
    assert_true(must_replay(here, record).equal);
    put_file(listed, sizeof listed, here, "txt", "l-1\nl-2\n");
    replay = must_replay(here, record);
    assert_false(replay.equal);
    assert_int_equal(replay.difference_count, 1);
    assert_string_equal(replay.differences[0], "the file of listed parties says something else now");
    assert_int_equal(unlink(listed), 0);
    replay = must_replay(here, record);
    assert_false(replay.equal);
    assert_int_equal(replay.difference_count, 1);
    assert_non_null(strstr(replay.differences[0], "owners cannot be judged again: "));
}

static void owners_are_decided_and_replayed(void **state)
{
    place *here = *state;
    seen s;
    itd_error error = {0};
    itd_decided decided;
    itd_decide_options clear = clearing;
    clear.query = "k-1";
    use_owners(here);
    int64_t first = must_screen(&s, here, NOW);
    assert_int_equal(s.cleared, 0);
    assert_int_equal(itd_decide(&decided, here->the_case, &clear, &error), ITD_OK);
    int64_t second = must_screen(&s, here, NOW);
    assert_int_equal(s.cleared, 1);
    itd_replay replay = must_replay(here, first);
    assert_true(replay.equal);
    assert_int_equal(replay.hits, 1);
    assert_true(must_replay(here, second).equal);
}

static void owners_are_not_kept_under_a_name(void **state)
{
    place *here = *state;
    itd_error error = {0};
    itd_screening *screening = NULL;
    use_owners(here);
    const itd_screening_options options = {
        .screen = {.threshold_micro = ITD_THRESHOLD_DEFAULT_MICRO, .limit = ITD_LIMIT_DEFAULT},
        .store = "book",
        .registers = &here->owners,
        .regime = "us-ofac",
        .as_of = "2020-01-01",
        .person = "clerk"};
    assert_int_equal(itd_screening_open(&screening, here->the_case, here->context, &options, &error), ITD_EINVAL);
    assert_non_null(strstr(error.message, "names alone"));
}

static void memory_fails_in_turn_where_owners_are_asked(void **state)
{
    place *here = *state;
    use_listed(here);
    rows_before = rows_of(here);
    assert_true(faults_each(ITD_FAULT_MEMORY, screen_once, nothing_was_written, here) > 40);
    seen s;
    (void)must_screen(&s, here, NOW);
    assert_true(faults_each(ITD_FAULT_MEMORY, replay_once, NULL, here) > 40);
}

static void memory_fails_in_turn(void **state)
{
    place *here = *state;
    use_index(here);
    rows_before = rows_of(here);
    assert_true(faults_each(ITD_FAULT_MEMORY, screen_once, nothing_was_written, here) > 20);
    seen s;
    (void)must_screen(&s, here, NOW); /* at a cap on failures there is none yet */
    assert_true(faults_each(ITD_FAULT_MEMORY, replay_once, NULL, here) > 20);
    rows_before = rows_of(here);
    assert_true(faults_each(ITD_FAULT_MEMORY, judge_once, nothing_was_written, here) > 5);
    rows_before = rows_of(here);
    assert_true(faults_each(ITD_FAULT_MEMORY, decide_once, nothing_was_written, here) > 5);
}

static void writes_fail_in_turn(void **state)
{
    place *here = *state;
    use_index(here);
    rows_before = rows_of(here);
    assert_true(faults_each(ITD_FAULT_WRITE, screen_once, nothing_was_written, here) > 2);
    rows_before = rows_of(here);
    assert_true(faults_each(ITD_FAULT_WRITE, judge_once, nothing_was_written, here) > 2);
    rows_before = rows_of(here);
    assert_true(faults_each(ITD_FAULT_WRITE, decide_once, nothing_was_written, here) > 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_decision_holds_through_its_last_day),
        TEST(other_rules_reopen),
        TEST(a_replay_takes_the_time_of_then),
        TEST(a_replay_tells_what_differs),
        TEST(a_replay_names_so_many_differences),
        TEST(a_record_that_was_changed_is_refused),
        cmocka_unit_test(a_question_comes_back_as_it_was),
        cmocka_unit_test(options_come_back_as_they_were),
        TEST(owners_are_decided_and_replayed),
        TEST(who_is_listed_is_replayed),
        TEST(owners_are_not_kept_under_a_name),
        TEST(memory_fails_in_turn_where_owners_are_asked),
        TEST(memory_fails_in_turn),
        TEST(writes_fail_in_turn),
    };
    return cmocka_run_group_tests_name("engine/decide", tests, NULL, NULL);
}
