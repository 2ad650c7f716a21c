/* Every write of a command on a case, in turn: the process ends there, in the middle of it, or the device refuses or is
 * full. What is there afterwards is the case before the command or after it, sound from its pages to its chain; a case
 * says what did not finish. Each run is a process of its own, on a fresh copy of the case. */
#include <sys/wait.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "interdict/decide.h"
#include "interdict/interdict.h"
#include "interdict/screening.h"
#include "store/store.h"
#include "store/verify.h"
#include "support/faults.h"
#include "support/sample.h"

#define FILES_MAX 8

typedef struct kept_file {
    char name[128];
    char *bytes;
    size_t size;
} kept_file;

typedef struct place {
    sample *s;
    char folder[64], path[96];
    kept_file files[FILES_MAX]; /* the case before each run, and what lies beside it */
    size_t file_count;
} place;

static void path_of(char out[256], const place *p, const char *name)
{
    (void)snprintf(out, 256, "%s/%s", p->folder, name);
}

static void empty_folder(const place *p)
{
    DIR *dir = opendir(p->folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s", p->folder, entry->d_name);
        (void)unlink(path);
    }
    assert_int_equal(closedir(dir), 0);
}

static void keep_folder(place *p)
{
    DIR *dir = opendir(p->folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[512];
        kept_file *k = &p->files[p->file_count];
        if (entry->d_name[0] == '.')
            continue;
        assert_true(p->file_count < FILES_MAX && strlen(entry->d_name) < sizeof k->name);
        (void)snprintf(k->name, sizeof k->name, "%.127s", entry->d_name);
        (void)snprintf(path, sizeof path, "%s/%s", p->folder, entry->d_name);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        assert_int_equal(fseek(file, 0, SEEK_END), 0);
        k->size = (size_t)ftell(file);
        rewind(file);
        k->bytes = malloc(k->size + 1);
        assert_non_null(k->bytes);
        assert_int_equal(fread(k->bytes, 1, k->size, file), k->size);
        assert_int_equal(fclose(file), 0);
        p->file_count++;
    }
    assert_int_equal(closedir(dir), 0);
}

static void restore_folder(const place *p)
{
    empty_folder(p);
    for (size_t i = 0; i < p->file_count; i++) {
        char path[256];
        path_of(path, p, p->files[i].name);
        assert_int_equal(sample_write(path, p->files[i].bytes, p->files[i].size), 0);
    }
}

/* ---- the commands ---- */

typedef itd_status command(const place *p, itd_context *context, itd_error *error);

static itd_status import_file(const place *p, itd_context *context, const char *list, itd_error *error)
{
    itd_case *opened = NULL;
    const itd_read_options options = {.paths = &list, .path_count = 1};
    itd_status status = itd_case_open(&opened, p->path, true, error);
    if (status == ITD_OK)
        status = itd_case_import(opened, context, &options, "A. Tester", NULL, NULL, error);
    itd_case_close(opened);
    return status;
}

static itd_status run_create(const place *p, itd_context *context, itd_error *error)
{
    (void)context;
    return itd_case_create(p->path, NULL, error);
}

static itd_status run_import(const place *p, itd_context *context, itd_error *error)
{
    return import_file(p, context, p->s->bad, error);
}

static itd_status run_decide(const place *p, itd_context *context, itd_error *error)
{
    itd_case *opened = NULL;
    itd_decided decided;
    const itd_decide_options options = {.query = "3",
                                        .hit = "s-3",
                                        .decision = "clear",
                                        .reason = "another vessel",
                                        .person = "A. Tester",
                                        .now = INT64_C(1790000000000000)};
    (void)context;
    itd_status status = itd_case_open(&opened, p->path, true, error);
    if (status == ITD_OK)
        status = itd_decide(&decided, opened, &options, error);
    itd_case_close(opened);
    return status;
}

static itd_status take_answer(void *user, const itd_answer *answer)
{
    (void)user;
    (void)answer;
    return ITD_OK;
}

static itd_status run_screen(const place *p, itd_context *context, itd_error *error)
{
    itd_case *opened = NULL;
    itd_screening *screening = NULL;
    itd_questions *questions = NULL;
    const itd_screening_options options = {
        .screen = {.threshold_micro = ITD_THRESHOLD_DEFAULT_MICRO, .limit = ITD_LIMIT_DEFAULT},
        .store = "customers",
        .person = "A. Tester"};
    itd_status status = itd_case_open(&opened, p->path, true, error);
    if (status == ITD_OK)
        status = itd_screening_open(&screening, opened, context, &options, error);
    if (status == ITD_OK)
        status = itd_questions_open(&questions, p->s->questions, NULL, error);
    if (status == ITD_OK)
        status = itd_screening_run(screening, questions, take_answer, NULL, error);
    if (status == ITD_OK)
        status = itd_screening_commit(NULL, screening, error);
    itd_questions_close(questions);
    itd_screening_close(screening);
    itd_case_close(opened);
    return status;
}

static itd_status run(const place *p, command *c, itd_error *error)
{
    itd_context *context = NULL;
    const itd_context_options options = {.threads = 1};
    itd_status status = itd_context_create(&context, &options, error);
    if (status == ITD_OK)
        status = c(p, context, error);
    itd_context_destroy(context);
    return status;
}

static void must_run(const place *p, command *c)
{
    itd_error error = {0};
    if (run(p, c, &error) != ITD_OK)
        fail_msg("%s: %s", error.where, error.message);
}

/* ---- what a case holds ---- */

static itd_status take_line(void *user, itd_sv line)
{
    assert_true(itd_buffer_append(user, line));
    return ITD_OK;
}

static void count_rows(itd_buffer *out, itd_store *store, const char *table)
{
    itd_sql_query *query = NULL;
    itd_error error = {0};
    bool row = false;
    char text[64];
    (void)snprintf(text, sizeof text, "SELECT count(*) FROM %s", table);
    assert_int_equal(itd_sql_prepare(&query, store->sql, text, &error), ITD_OK);
    assert_int_equal(itd_sql_step(query, &row, &error), ITD_OK);
    assert_true(itd_buffer_format(out, "%s %lld\n", table, (long long)itd_sql_i64(query, 0)));
    itd_sql_finish(query);
}

/* Rows of every table that a command adds to, and every statement of every generation. `left` gets what the case says
 * of work that did not finish. Without a case: nothing. */
static void describe(itd_buffer *out, char left[512], const place *p)
{
    static const char *const tables[] = {"dataset", "document",  "generation",   "sighting", "record",
                                         "version", "statement", "question_set", "question", "question_store",
                                         "alert",   "decision",  "judgement",    "audit"};
    itd_error error = {0};
    itd_case *opened = NULL;
    itd_store *store = NULL;
    itd_context *context = NULL;
    int64_t newest = 0;
    itd_buffer_clear(out);
    left[0] = '\0';
    itd_status status = itd_store_verify(&(itd_verify_report){0}, p->path, NULL, &error);
    if (status == ITD_ENOTFOUND)
        return;
    if (status != ITD_OK)
        fail_msg("the case does not verify: %s", error.message);
    assert_int_equal(itd_store_open(&store, p->path, false, &error), ITD_OK);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        count_rows(out, store, tables[i]);
    itd_store_close(store);
    assert_int_equal(itd_context_create(&context, NULL, &error), ITD_OK);
    assert_int_equal(itd_case_open(&opened, p->path, false, &error), ITD_OK);
    (void)snprintf(left, 512, "%s", itd_case_left(opened));
    assert_int_equal(itd_case_find_generation(&newest, opened, 0, NULL, &error), ITD_OK);
    for (int64_t g = 1; g <= newest; g++)
        if (itd_case_export(opened, context, g, ITD_EXPORT_STATEMENTS, take_line, out, &error) != ITD_OK)
            fail_msg("generation %lld: %s", (long long)g, error.message);
    itd_case_close(opened);
    itd_context_destroy(context);
}

/* ---- failures in turn ---- */

typedef struct outcome {
    bool killed, ok; /* neither: it failed, and said so */
    bool untouched;  /* it has fewer writes */
} outcome;

static outcome run_with(const place *p, command *c, itd_fault_effect effect, uint64_t after)
{
    int how = 0;
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        itd_error error = {0};
        itd_fault_arm_effect(ITD_FAULT_WRITE, after, effect);
        itd_status status = run(p, c, &error);
        bool fired = itd_fault_fired(ITD_FAULT_WRITE);
        /* 0: nothing was in its way; 1: it got by; 2: it says why it did not. */
        _exit(status == ITD_OK ? fired : status == ITD_EIO && error.message[0] ? 2 : 3);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    if (WIFSIGNALED(how)) {
        assert_int_equal(WTERMSIG(how), SIGKILL);
        return (outcome){.killed = true};
    }
    assert_true(WIFEXITED(how));
    if (WEXITSTATUS(how) == 3)
        fail_msg("write %llu: neither done nor a failure that says so", (unsigned long long)after);
    return (outcome){.ok = WEXITSTATUS(how) < 2, .untouched = WEXITSTATUS(how) == 0};
}

static bool same(const itd_buffer *a, const itd_buffer *b)
{
    return itd_sv_equal(itd_buffer_view(a), itd_buffer_view(b));
}

typedef struct tally {
    uint64_t writes, before, said, after;
} tally;

static tally each_write(const place *p, command *c, itd_fault_effect effect, const char *name)
{
    itd_buffer before = {0}, after = {0}, now = {0};
    char left[512];
    tally t = {0};
    bool is_after = false, done = false;
    restore_folder(p);
    describe(&before, left, p);
    assert_string_equal(left, "");
    restore_folder(p);
    must_run(p, c);
    describe(&after, left, p);
    assert_string_equal(left, "");
    assert_false(same(&before, &after));
    for (uint64_t n = 0; !done; n++) {
        restore_folder(p);
        outcome o = run_with(p, c, effect, n);
        describe(&now, left, p);
        bool old = same(&now, &before), new = same(&now, &after);
        if (!old && !new)
            fail_msg("%s, write %llu: the case is neither the old one nor the new one", name, (unsigned long long)n);
        if (!o.killed && o.ok != new)
            fail_msg("%s, write %llu: it says that it is %s, and is not", name, (unsigned long long)n,
                     o.ok ? "done" : "not done");
        if (is_after && !new)
            fail_msg("%s, write %llu: a later end leaves less", name, (unsigned long long)n);
        if (left[0] && (!o.killed || new || !strstr(left, "A. Tester") || !strstr(left, "did not finish")))
            fail_msg("%s, write %llu: it says \"%s\"", name, (unsigned long long)n, left);
        is_after |= o.killed && new;
        t.before += old;
        t.said += left[0] != '\0';
        t.after += new;
        t.writes = n;
        done = o.untouched;
    }
    itd_buffer_finish(&before);
    itd_buffer_finish(&after);
    itd_buffer_finish(&now);
    return t;
}

static const struct {
    itd_fault_effect effect;
    const char *name;
} effects[] = {
    {ITD_FAULT_KILLS, "killed"}, {ITD_FAULT_TEARS, "torn"}, {ITD_FAULT_FAILS, "refused"}, {ITD_FAULT_FULL, "full"}};

/* `says`: the command is one that says first that it begins. */
static void each_effect(place *p, command *c, bool says)
{
    p->file_count = 0;
    keep_folder(p);
    for (size_t i = 0; i < sizeof effects / sizeof effects[0]; i++) {
        const tally t = each_write(p, c, effects[i].effect, effects[i].name);
        bool kills = effects[i].effect == ITD_FAULT_KILLS || effects[i].effect == ITD_FAULT_TEARS;
        print_message(
            "%s: %llu writes, %llu times the old case (%llu times it says what was left), %llu times the new one\n",
            effects[i].name, (unsigned long long)t.writes, (unsigned long long)t.before, (unsigned long long)t.said,
            (unsigned long long)t.after);
        assert_true(t.writes > 5 && t.before > 2 && t.after > 0);
        assert_int_equal(t.said > 0, kills && says);
    }
}

static void making_a_case(void **state)
{
    each_effect(*state, run_create, false);
}

static void a_first_import(void **state)
{
    must_run(*state, run_create);
    each_effect(*state, run_import, true);
}

static itd_status run_first_import(const place *p, itd_context *context, itd_error *error)
{
    return import_file(p, context, p->s->list, error);
}

static void an_import_over_another(void **state)
{
    must_run(*state, run_create);
    must_run(*state, run_first_import);
    each_effect(*state, run_import, true);
}

static void a_screening(void **state)
{
    must_run(*state, run_create);
    must_run(*state, run_first_import);
    each_effect(*state, run_screen, false);
}

static void a_decision(void **state)
{
    must_run(*state, run_create);
    must_run(*state, run_first_import);
    must_run(*state, run_screen);
    each_effect(*state, run_decide, false);
}

/* The list of sample.h, later: one is gone, one says something else, one is new. */
static const char later_list[] =
    "{\"id\":\"s-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Orlin Vassek\",\"Orlin Vasek\"],"
    "\"birthDate\":[\"1961-04-12\"],\"topics\":[\"sanction\"]},\"datasets\":[\"sample\"]}\n"
    "{\"id\":\"s-3\",\"schema\":\"Vessel\",\"properties\":{\"name\":[\"BRINE LARK\"],\"weakAlias\":[\"LARK\"],"
    "\"imoNumber\":[\"9074729\"],\"flag\":[\"pa\"]},\"datasets\":[\"sample\"]}\n"
    "{\"id\":\"s-5\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Tamsin Grell\"]},\"datasets\":[\"sample\"]}\n";

static int set_up(void **state)
{
    place *p = calloc(1, sizeof *p);
    void *made = NULL;
    if (!p || sample_set_up(&made) != 0)
        return -1;
    p->s = made;
    (void)snprintf(p->folder, sizeof p->folder, "/tmp/itd-fault-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    (void)snprintf(p->path, sizeof p->path, "%s/c.case", p->folder);
    *state = p;
    return sample_write(p->s->bad, later_list, sizeof later_list - 1);
}

static int tear_down(void **state)
{
    place *p = *state;
    void *made = p->s;
    empty_folder(p);
    int status = rmdir(p->folder) | sample_tear_down(&made);
    for (size_t i = 0; i < p->file_count; i++)
        free(p->files[i].bytes);
    free(p);
    return status;
}

#define CASE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE_TEST(making_a_case), CASE_TEST(a_first_import), CASE_TEST(an_import_over_another),
        CASE_TEST(a_screening),   CASE_TEST(a_decision),
    };
    return cmocka_run_group_tests_name("fault/case", tests, NULL, NULL);
}
