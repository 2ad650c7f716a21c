/* The public API end to end on a small invented list. */
#include "interdict/interdict.h"

#include <fcntl.h>

#include "support/sample.h"

static itd_context *make_context(unsigned threads)
{
    itd_context *context = NULL;
    itd_context_options options = {.threads = threads};
    assert_int_equal(itd_context_create(&context, &options, NULL), ITD_OK);
    return context;
}

static void build(const sample *s, const char *const *paths, size_t count, unsigned threads)
{
    itd_context *context = make_context(threads);
    itd_read_options options = {.paths = paths, .path_count = count};
    itd_error error = {0};
    if (itd_index_build(context, s->index, &options, NULL, &error) != ITD_OK)
        fail_msg("%s", error.message);
    itd_context_destroy(context);
}

static void build_both(const sample *s)
{
    const char *paths[] = {s->list, s->ofac};
    build(s, paths, 2, 1);
}

static size_t read_file(const char *path, char **bytes)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *bytes = malloc(1 << 20);
    assert_non_null(*bytes);
    size_t size = fread(*bytes, 1, 1 << 20, file);
    assert_int_equal(fclose(file), 0);
    assert_true(size < 1 << 20);
    return size;
}

/* Answers as JSON lines, one after the other. */
typedef struct lines {
    char text[1 << 16];
    size_t size;
    unsigned answers;
} lines;

static itd_status take_answer(void *user, const itd_answer *answer)
{
    lines *l = user;
    itd_bytes bytes = {0};
    for (size_t h = 0; h < answer->hit_count; h++) {
        int64_t sum = 0;
        for (size_t c = 0; c < answer->hits[h].contribution_count; c++)
            sum += answer->hits[h].contributions[c].micro;
        assert_int_equal(sum, answer->hits[h].score_micro);
    }
    assert_int_equal(itd_answer_json(&bytes, answer, false, NULL), ITD_OK);
    assert_true(l->size + bytes.size + 2 < sizeof l->text);
    memcpy(l->text + l->size, bytes.data, bytes.size);
    l->size += bytes.size;
    l->text[l->size++] = '\n';
    l->text[l->size] = '\0';
    l->answers++;
    itd_bytes_free(&bytes);
    return ITD_OK;
}

static void screen(lines *out, const sample *s, const char *name, const itd_screen_options *options, unsigned threads)
{
    itd_context *context = make_context(threads);
    itd_index *index = NULL;
    itd_questions *questions = NULL;
    itd_error error = {0};
    *out = (lines){0};
    assert_int_equal(itd_index_open(&index, s->index, NULL), ITD_OK);
    if (name)
        assert_int_equal(itd_questions_of_names(&questions, &name, 1, NULL), ITD_OK);
    else
        assert_int_equal(itd_questions_open(&questions, s->questions, NULL, NULL), ITD_OK);
    if (itd_screen(context, (const itd_index *const *)&index, 1, options, questions, take_answer, out, &error) !=
        ITD_OK)
        fail_msg("%s", error.message);
    itd_questions_close(questions);
    itd_index_close(index);
    itd_context_destroy(context);
}

static const itd_screen_options defaults = {.threshold_micro = ITD_THRESHOLD_DEFAULT_MICRO, .limit = ITD_LIMIT_DEFAULT};

static void hits_of(const sample *s, const char *name, const itd_screen_options *options, const char *want,
                    const char *want_not)
{
    static lines out;
    screen(&out, s, name, options, 1);
    assert_int_equal(out.answers, 1);
    if (want && !strstr(out.text, want))
        fail_msg("%s: %s is not in %s", name, want, out.text);
    if (want_not && strstr(out.text, want_not))
        fail_msg("%s: %s is in %s", name, want_not, out.text);
}

static void names_find_their_records(void **state)
{
    const sample *s = *state;
    build_both(s);
    hits_of(s, "Orlin Vassek", &defaults, "\"id\":\"s-1\"", "\"id\":\"s-2\"");
    hits_of(s, "Orlin Vassek", &defaults, "\"id\":\"us-ofac-sdn-101\"", NULL);
    hits_of(s, "VASSEK, Orlin", &defaults, "\"programmes\":[\"ALPHA\",\"BETA\"]", NULL);
    hits_of(s, "The Clerk", &defaults, "\"id\":\"us-ofac-sdn-101\"", NULL);
    hits_of(s, "Brine Lark", &defaults, "\"schema\":\"Vessel\"", NULL);
    hits_of(s, "Wqzx Plorf", &defaults, "\"hits\":[]", NULL);
}

static void identifiers_find_their_records(void **state)
{
    const sample *s = *state;
    build_both(s);
    /* A wallet stands on a part of its record; the others on the record. */
    hits_of(s, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", &defaults, "\"id\":\"us-ofac-sdn-101\"", "\"id\":\"s-1\"");
    hits_of(s, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", &defaults, "\"hits\":[]", NULL);
    hits_of(s, "IMO 9074729", &defaults, "\"id\":\"s-3\"", "\"id\":\"s-2\"");
    hits_of(s, "imo: 9074729", &defaults, "\"id\":\"s-3\"", NULL);
    hits_of(s, "IMO 9074728", &defaults, "\"hits\":[]", NULL);
}

/* Builds an index of standard input, which is `list`. */
static itd_status build_of_standard_input(const sample *s, uint64_t spool_max, itd_error *error)
{
    static const char *const dash = "-";
    itd_context *context = NULL;
    itd_context_options options = {.threads = 1, .spool_max = spool_max};
    itd_read_options read = {.paths = &dash, .path_count = 1};
    int before = dup(STDIN_FILENO), list = open(s->list, O_RDONLY);
    assert_true(before >= 0 && list >= 0 && dup2(list, STDIN_FILENO) == STDIN_FILENO);
    assert_int_equal(itd_context_create(&context, &options, NULL), ITD_OK);
    itd_status status = itd_index_build(context, s->index, &read, NULL, error);
    itd_context_destroy(context);
    assert_int_equal(dup2(before, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(before) | close(list), 0);
    return status;
}

static void standard_input_has_a_limit(void **state)
{
    const sample *s = *state;
    const uint64_t size = sizeof sample_list - 1;
    itd_error error = {0};
    const char *old = getenv("TMPDIR");
    char kept[256];
    assert_true(snprintf(kept, sizeof kept, "%s", old ? old : "") < (int)sizeof kept);
    assert_int_equal(setenv("TMPDIR", s->folder, 1), 0);
    size_t files = sample_files(s);
    assert_int_equal(build_of_standard_input(s, size - 1, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_SPOOL_MAX"));
    assert_string_equal(error.where, "-");
    assert_int_equal(sample_files(s), files); /* neither index nor what was kept */
    assert_int_equal(build_of_standard_input(s, size, &error), ITD_OK);
    assert_int_equal(sample_files(s), files + 1);
    assert_int_equal(old ? setenv("TMPDIR", kept, 1) : unsetenv("TMPDIR"), 0);
}

static void filters_leave_out(void **state)
{
    const sample *s = *state;
    build_both(s);
    const char *bg = "Bulgaria", *mt = "mt", *sample_set = "sample", *beta = "BETA", *control = "export.control";
    itd_screen_options o = defaults;
    o.countries = &bg;
    o.country_count = 1;
    hits_of(s, "Orlin Vassek", &o, "\"id\":\"s-1\"", NULL);
    o.countries = &mt;
    hits_of(s, "Orlin Vassek", &o, "\"hits\":[]", NULL);
    o = defaults;
    o.datasets = &sample_set;
    o.dataset_count = 1;
    hits_of(s, "Orlin Vassek", &o, "\"id\":\"s-1\"", "us-ofac-sdn-101");
    o = defaults;
    o.programmes = &beta;
    o.programme_count = 1;
    hits_of(s, "Orlin Vassek", &o, "us-ofac-sdn-101", NULL);
    hits_of(s, "Quellmarch Shipping Ltd", &o, "\"hits\":[]", NULL);
    o = defaults;
    o.topics = &control;
    o.topic_count = 1;
    hits_of(s, "Quellmarch Shipping Ltd", &o, "\"id\":\"s-2\"", "us-ofac-sdn-102");
    o = defaults;
    o.schema = "Person";
    hits_of(s, "Quellmarch Shipping Ltd", &o, NULL, "\"id\":\"s-2\"");
    o.schema = "Organization"; /* admits Company */
    hits_of(s, "Quellmarch Shipping Ltd", &o, "\"id\":\"s-2\"", NULL);
}

static void the_limit_says_when_it_cuts(void **state)
{
    const sample *s = *state;
    build_both(s);
    itd_screen_options o = defaults;
    o.limit = 1;
    hits_of(s, "Orlin Vassek", &o, "\"truncated\":true", NULL);
    o.limit = 0;
    hits_of(s, "Orlin Vassek", &o, "\"truncated\":false", NULL);
}

static void wrong_options_are_refused(void **state)
{
    const sample *s = *state;
    build_both(s);
    itd_context *context = make_context(1);
    itd_index *index = NULL;
    const char *name = "x", *nowhere = "Freedonia";
    assert_int_equal(itd_index_open(&index, s->index, NULL), ITD_OK);
    itd_screen_options wrong[3] = {defaults, defaults, defaults};
    wrong[0].schema = "Perzon";
    wrong[1].threshold_micro = 1000001;
    wrong[2].countries = &nowhere;
    wrong[2].country_count = 1;
    for (size_t i = 0; i < 3; i++) {
        itd_questions *questions = NULL;
        lines out = {0};
        itd_error error = {0};
        assert_int_equal(itd_questions_of_names(&questions, &name, 1, NULL), ITD_OK);
        assert_int_equal(
            itd_screen(context, (const itd_index *const *)&index, 1, &wrong[i], questions, take_answer, &out, &error),
            ITD_EINVAL);
        assert_true(error.message[0] != '\0');
        itd_questions_close(questions);
    }
    itd_index_close(index);
    itd_context_destroy(context);
}

static void same_lists_same_bytes(void **state)
{
    const sample *s = *state;
    const char *there[] = {s->list, s->ofac}, *back[] = {s->ofac, s->list};
    char *one = NULL, *two = NULL;
    build(s, there, 2, 1);
    size_t one_size = read_file(s->index, &one);
    build(s, back, 2, 2);
    size_t two_size = read_file(s->index, &two);
    assert_int_equal(one_size, two_size);
    assert_memory_equal(one, two, one_size);
    free(one);
    free(two);
}

static void same_answers_at_any_number_of_threads(void **state)
{
    const sample *s = *state;
    static lines one, four;
    build_both(s);
    itd_screen_options o = defaults;
    o.limit = 0;
    o.threshold_micro = 0;
    screen(&one, s, NULL, &o, 1);
    screen(&four, s, NULL, &o, 4);
    assert_int_equal(one.answers, 4);
    assert_int_equal(one.size, four.size);
    assert_memory_equal(one.text, four.text, one.size);
}

static void an_index_of_another_profile_is_refused(void **state)
{
    const sample *s = *state;
    build_both(s);
    char *bytes = NULL;
    size_t size = read_file(s->index, &bytes);
    itd_index *index = NULL;
    itd_error error = {0};
    /* Cut, then foreign. */
    assert_int_equal(sample_write(s->index, bytes, size - 64), 0);
    assert_int_equal(itd_index_open(&index, s->index, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "truncated"));
    assert_int_equal(itd_index_open(&index, s->list, &error), ITD_EFORMAT);
    /* A flipped bit in the last section is found by verify. */
    bytes[size - 70] ^= 4;
    assert_int_equal(sample_write(s->index, bytes, size), 0);
    assert_int_equal(itd_index_open(&index, s->index, &error), ITD_OK);
    itd_index_close(index);
    assert_int_equal(itd_index_verify(s->index, &error), ITD_EFORMAT);
    free(bytes);
}

static void take_stats(void *user, const itd_list_stats *stats)
{
    itd_bytes bytes = {0};
    char *text = user;
    assert_int_equal(itd_list_stats_json(&bytes, stats, NULL), ITD_OK);
    size_t at = strlen(text);
    memcpy(text + at, bytes.data, bytes.size);
    text[at + bytes.size] = '\0';
    itd_bytes_free(&bytes);
}

static void counts_are_those_of_the_list(void **state)
{
    const sample *s = *state;
    itd_context *context = make_context(1);
    itd_read_options options = {.paths = (const char *const[]){s->ofac}, .path_count = 1};
    char text[4096] = "";
    assert_int_equal(itd_lists_stats(context, &options, take_stats, text, NULL), ITD_OK);
    const char *wanted[] = {"\"format\":\"ofac-csv\"",
                            "\"dataset\":\"us-ofac-sdn\"",
                            "\"entities\":2",
                            "\"Person\":1",
                            "\"ALPHA\":2",
                            "\"BETA\":1",
                            "\"names\":3",
                            "\"weak_names\":1",
                            "\"relations\":1",
                            "\"rejected\":0",
                            "\"orphans\":0"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (!strstr(text, wanted[i]))
            fail_msg("%s is not in %s", wanted[i], text);
    itd_context_destroy(context);
}

typedef struct rejects {
    unsigned count;
    uint64_t line;
} rejects;

static void take_reject(void *user, const itd_rejected *rejected)
{
    rejects *r = user;
    r->count++;
    r->line = rejected->line;
    assert_true(rejected->reason && rejected->reason[0]);
}

static void a_bad_record_ends_or_is_counted(void **state)
{
    const sample *s = *state;
    static const char bad[] = "{\"id\":\"x-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ada Brine\"]}}\n"
                              "{\"id\":\"x-2\",\"schema\":\"Dragon\",\"properties\":{\"name\":[\"Smolder\"]}}\n";
    assert_int_equal(sample_write(s->bad, bad, sizeof bad - 1), 0);
    itd_context *context = make_context(1);
    rejects seen = {0};
    itd_index_report report = {0};
    itd_error error = {0};
    itd_read_options options = {
        .paths = (const char *const[]){s->bad}, .path_count = 1, .on_reject = take_reject, .user = &seen};
    assert_int_equal(itd_index_build(context, s->index, &options, &report, &error), ITD_EFORMAT);
    assert_int_equal(error.line, 2);
    assert_non_null(strstr(error.where, "bad.ftm.json"));
    assert_int_equal(access(s->index, F_OK), -1);
    options.skip_bad = true;
    seen = (rejects){0};
    assert_int_equal(itd_index_build(context, s->index, &options, &report, &error), ITD_OK);
    assert_int_equal(report.rejected, 1);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.line, 2);
    itd_context_destroy(context);
}

static void take_note(void *user, const char *text)
{
    rejects *r = user;
    r->count++;
    const char *said = strstr(text, "bad.ftm.json");
    assert_non_null(said);
    assert_string_equal(said, "bad.ftm.json: kept as they are, not in the model: Company:abbreviation");
}

static void what_the_model_lacks_is_noted_once(void **state)
{
    const sample *s = *state;
    static const char later[] =
        "{\"id\":\"x-1\",\"schema\":\"Company\",\"properties\":{\"abbreviation\":[\"A\",\"B\"]}}\n"
        "{\"id\":\"x-2\",\"schema\":\"Company\",\"properties\":{\"abbreviation\":[\"C\"]}}\n";
    assert_int_equal(sample_write(s->bad, later, sizeof later - 1), 0);
    itd_context *context = make_context(1);
    rejects seen = {0};
    itd_index_report report = {0};
    const itd_read_options options = {
        .paths = (const char *const[]){s->bad}, .path_count = 1, .on_note = take_note, .user = &seen};
    assert_int_equal(itd_index_build(context, s->index, &options, &report, NULL), ITD_OK);
    assert_int_equal(report.rejected, 0);
    assert_int_equal(seen.count, 1);
    itd_context_destroy(context);
}

static itd_status take_line(void *user, itd_sv line)
{
    FILE *file = user;
    return fwrite(line.data, 1, line.size, file) == line.size ? ITD_OK : ITD_EIO;
}

static void export_to(const sample *s, const char *path, itd_export_format format)
{
    itd_context *context = make_context(1);
    itd_index *index = NULL;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(itd_index_open(&index, s->index, NULL), ITD_OK);
    assert_int_equal(itd_export(context, index, format, take_line, file, NULL), ITD_OK);
    assert_int_equal(fclose(file), 0);
    itd_index_close(index);
    itd_context_destroy(context);
}

static void what_is_exported_reads_back_the_same(void **state)
{
    const sample *s = *state;
    for (int format = ITD_EXPORT_FTM; format <= ITD_EXPORT_STATEMENTS; format++) {
        char *first = NULL, *again = NULL;
        build_both(s);
        export_to(s, s->bad, (itd_export_format)format);
        size_t first_size = read_file(s->bad, &first);
        assert_true(first_size > sizeof sample_list / 2);
        const char *paths[] = {s->bad};
        build(s, paths, 1, 1);
        export_to(s, s->bad, (itd_export_format)format);
        size_t again_size = read_file(s->bad, &again);
        assert_int_equal(first_size, again_size);
        assert_memory_equal(first, again, first_size);
        free(first);
        free(again);
    }
}

typedef struct scores {
    int32_t micro[2];
    unsigned count;
} scores;

static itd_status take_pair(void *user, const itd_comparison *comparison)
{
    scores *s = user;
    int64_t sum = 0;
    for (size_t i = 0; i < comparison->contribution_count; i++)
        sum += comparison->contributions[i].micro;
    assert_int_equal(sum, comparison->score_micro);
    assert_memory_equal(comparison->id.data, s->count == 0 ? "a" : "b", 1);
    s->micro[s->count++] = comparison->score_micro;
    return ITD_OK;
}

static void pairs_are_scored_in_order(void **state)
{
    const sample *s = *state;
    itd_context *context = make_context(2);
    scores seen = {0};
    assert_int_equal(itd_compare(context, ITD_ALGORITHM_LOGIC, s->pairs, take_pair, &seen, NULL), ITD_OK);
    assert_int_equal(seen.count, 2);
    assert_true(seen.micro[0] >= ITD_THRESHOLD_DEFAULT_MICRO);
    assert_true(seen.micro[1] < ITD_THRESHOLD_DEFAULT_MICRO);
    itd_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SAMPLE_TEST(names_find_their_records),
        SAMPLE_TEST(identifiers_find_their_records),
        SAMPLE_TEST(filters_leave_out),
        SAMPLE_TEST(standard_input_has_a_limit),
        SAMPLE_TEST(the_limit_says_when_it_cuts),
        SAMPLE_TEST(wrong_options_are_refused),
        SAMPLE_TEST(same_lists_same_bytes),
        SAMPLE_TEST(same_answers_at_any_number_of_threads),
        SAMPLE_TEST(an_index_of_another_profile_is_refused),
        SAMPLE_TEST(counts_are_those_of_the_list),
        SAMPLE_TEST(a_bad_record_ends_or_is_counted),
        SAMPLE_TEST(what_the_model_lacks_is_noted_once),
        SAMPLE_TEST(what_is_exported_reads_back_the_same),
        SAMPLE_TEST(pairs_are_scored_in_order),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
