/* `interdict screen`: questions in, explained hits out. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/display.h"
#include "cli/hit.h"
#include "cli/hit_csv.h"
#include "cli/owners.h"
#include "interdict/screening.h"

typedef struct screen_run {
    itd_cli_run *run;
    itd_index **indexes; /* owned when there is no case */
    size_t index_count;
    itd_case *the_case; /* NULL: no case */
    itd_read_options registers;
    itd_screening_options under;
    itd_screening *screening;
    itd_graph *graph; /* NULL: owners are not asked */
    itd_own *own;
    itd_screen_options options;
    itd_bytes json;
    bool stats, read; /* the questions come from a file */
    bool asking;      /* all is open: what fails now is a question, or the output */
    uint64_t questions, with_hits, hits, left_out, cleared;
} screen_run;

static bool asks_owners(const screen_run *s)
{
    return s->run->arguments->given[ITD_CLI_GRAPH];
}

/* ---- the table ---- */

static void candidates(itd_cli_text *out, uint64_t count, bool more)
{
    itd_cli_text_puts(out, more ? "the best" : "");
    if (!more || count > 1) {
        itd_cli_text_puts(out, more ? " " : "");
        itd_cli_text_count(out, count);
    }
    itd_cli_text_puts(out, count == 1 ? " candidate" : " candidates");
}

static void print_table(screen_run *s, const itd_answer *answer)
{
    itd_cli_text *out = &s->run->text;
    const itd_cli_terminal *terminal = &s->run->terminal;
    if (s->questions > 1)
        itd_cli_text_puts(out, "\n");
    itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
    if (answer->query.size > 0)
        itd_cli_clean(out, answer->query);
    else
        itd_cli_text_puts(out, "a question without a name");
    itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    if (s->read || s->the_case) { /* `decide` asks for it */
        itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
        itd_cli_text_puts(out, "  question ");
        itd_cli_clean(out, answer->id);
        itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
    }
    itd_cli_text_puts(out, "\n");
    if (answer->hit_count > 0)
        candidates(out, answer->hit_count, answer->truncated);
    else
        itd_cli_text_puts(out, "no candidate");
    itd_cli_text_puts(out, " at or above ");
    itd_cli_decimal(out, s->options.threshold_micro, s->options.threshold_micro % 10000 == 0 ? 2 : 6);
    itd_cli_text_puts(out, asks_owners(s) ? " or by owners" : "");
    itd_cli_text_puts(out, answer->truncated ? "; --limit 0 shows the others" : "");
    if (answer->cleared > 0) {
        itd_cli_text_puts(out, "; ");
        itd_cli_text_count(out, answer->cleared);
        itd_cli_text_puts(out, s->under.show_cleared ? " cleared" : " cleared, --show-cleared shows them");
    }
    itd_cli_text_puts(out, "\n");
    for (size_t i = 0; i < answer->hit_count; i++)
        itd_cli_hit(out, terminal, answer, &answer->hits[i]);
    if (s->stats) {
        itd_cli_text_printf(out, "%s%s: ", answer->hit_count > 0 ? "\n" : "", answer->stats.mode);
        itd_cli_text_count(out, answer->stats.candidates);
        itd_cli_text_puts(out, " entities looked at, ");
        itd_cli_text_count(out, answer->stats.scored);
        itd_cli_text_printf(out, " scored in full, %.1f ms\n", (double)answer->stats.elapsed_us / 1e3);
    }
}

static bool is_asked_for(const screen_run *s, itd_sv dataset)
{
    for (size_t i = 0; i < s->options.dataset_count; i++)
        if (strlen(s->options.datasets[i]) == dataset.size &&
            memcmp(s->options.datasets[i], dataset.data, dataset.size) == 0)
            return true;
    return s->options.dataset_count == 0;
}

static void say_filter(itd_cli_text *out, const char *what, const char *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        itd_cli_text_puts(out, i > 0 ? " or " : out->size > 0 && out->data[out->size - 1] != '.' ? ", " : " Only ");
        if (i == 0)
            itd_cli_text_printf(out, "%s ", what);
        itd_cli_clean(out, itd_cli_sv(values[i]));
    }
}

static const itd_index *index_at(const screen_run *s, size_t at)
{
    if (s->screening)
        return itd_screening_index(s->screening, at);
    return at < s->index_count ? s->indexes[at] : NULL;
}

/* Lists with their versions, then what was not looked at. */
static void say_scope(itd_cli_text *out, const screen_run *s)
{
    bool first = true;
    const itd_index *index;
    for (size_t i = 0; (index = index_at(s, i)); i++) {
        const itd_index_info info = itd_index_about(index);
        for (size_t d = 0; d < info.dataset_count; d++) {
            if (!is_asked_for(s, info.datasets[d].dataset))
                continue;
            itd_cli_text_puts(out, first ? "Searched " : ", ");
            first = false;
            itd_cli_clean(out, info.datasets[d].dataset);
            itd_cli_text_puts(out, info.datasets[d].version.size > 0 ? " " : "");
            itd_cli_clean(out, info.datasets[d].version);
            itd_cli_text_puts(out, " (");
            itd_cli_text_count(out, info.datasets[d].entities);
            itd_cli_text_puts(out, ")");
        }
    }
    itd_cli_text_puts(out, first ? "Nothing was searched." : ".");
    const itd_screen_options *o = &s->options;
    size_t before = out->size;
    say_filter(out, "schema", &o->schema, o->schema != NULL);
    say_filter(out, "country", o->countries, o->country_count);
    say_filter(out, "topic", o->topics, o->topic_count);
    say_filter(out, "programme", o->programmes, o->programme_count);
    itd_cli_text_puts(out, out->size > before ? "." : "");
}

/* What was searched: an empty answer is worth as much as the lists behind it. */
static void print_end(screen_run *s)
{
    itd_cli_text *out = &s->run->text;
    const itd_cli_terminal *terminal = &s->run->terminal;
    itd_cli_text words = {0};
    say_scope(&words, s);
    itd_cli_text_puts(out, "\n");
    itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
    if (s->questions != 1) {
        itd_cli_text_count(out, s->questions);
        itd_cli_text_puts(out, " questions, ");
        itd_cli_text_count(out, s->with_hits);
        itd_cli_text_puts(out, " of them with candidates: ");
        itd_cli_text_count(out, s->hits);
        itd_cli_text_puts(out, " in all");
        if (s->cleared > 0) {
            itd_cli_text_puts(out, s->under.show_cleared ? ", " : ", and beside them ");
            itd_cli_text_count(out, s->cleared);
            itd_cli_text_puts(out, " cleared");
        }
        itd_cli_text_puts(out, ".\n");
    }
    itd_cli_paragraph(out, (itd_sv){itd_cli_text_string(&words), words.size}, 0, terminal->width);
    if (s->hits > 0)
        itd_cli_text_puts(out, "A candidate is for a person to judge: no score makes it a match.\n");
    itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
    out->failed |= words.failed;
    itd_cli_text_free(&words);
}

/* ---- for programs ---- */

static void print_csv(screen_run *s, const itd_answer *answer)
{
    for (size_t i = 0; i < answer->hit_count; i++)
        itd_cli_hit_csv(&s->run->text, answer, &answer->hits[i], s->the_case != NULL, asks_owners(s));
}

static itd_status on_answer(void *user, const itd_answer *answer)
{
    screen_run *s = user;
    itd_cli_run *run = s->run;
    itd_status status = ITD_OK;
    s->questions++;
    s->with_hits += answer->hit_count > 0;
    s->hits += answer->hit_count;
    s->cleared += answer->cleared;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        print_table(s, answer);
        break;
    case ITD_CLI_PRINT_CSV:
        print_csv(s, answer);
        break;
    default:
        status = itd_answer_json(&s->json, answer, s->stats, &run->stopped);
        if (status == ITD_OK)
            status = itd_cli_write_item(&run->output, (itd_sv){s->json.data, s->json.size}, &run->stopped);
        return status;
    }
    return itd_cli_write_text(&run->output, &run->text, &run->stopped);
}

/* ---- */

static itd_status open_indexes(screen_run *s)
{
    size_t count;
    const char *const *paths = itd_cli_values(s->run->arguments, ITD_CLI_LIST, &count);
    s->indexes = calloc(count, sizeof(itd_index *));
    if (!s->indexes)
        return itd_cli_error(&s->run->error, ITD_ENOMEM, "out of memory");
    for (; s->index_count < count; s->index_count++) {
        if (strncmp(paths[s->index_count], "case:", 5) == 0 && access(paths[s->index_count], F_OK) != 0)
            return itd_cli_error(&s->run->error, ITD_EINVAL, "%s: a case is screened against with --case %s",
                                 paths[s->index_count], paths[s->index_count] + 5);
        itd_status status = itd_index_open(&s->indexes[s->index_count], paths[s->index_count], &s->run->error);
        if (status != ITD_OK)
            return status;
    }
    return ITD_OK;
}

/* A list of a case that was emptied is in no index: a clean answer must not hide that. */
static itd_status warn_of_emptied(screen_run *s)
{
    itd_case_stats stats;
    int64_t newest = 0;
    itd_status status = itd_case_find_generation(&newest, s->the_case, 0, NULL, &s->run->error);
    if (status == ITD_OK)
        status = itd_case_stats_read(&stats, s->the_case, newest, &s->run->error);
    for (size_t i = 0; status == ITD_OK && i < stats.dataset_count; i++) {
        if (stats.datasets[i].entities > 0)
            continue;
        itd_cli_text text = {0};
        itd_cli_text_puts(&text, "warning: ");
        itd_cli_clean(&text, stats.datasets[i].dataset);
        itd_cli_text_puts(&text, " holds no entity any more: nothing of it is searched");
        itd_cli_warn(itd_cli_text_string(&text));
        itd_cli_text_free(&text);
    }
    return status;
}

static void warn_of_nothing(const screen_run *s)
{
    const itd_index *index;
    uint64_t searchable = 0;
    for (size_t i = 0; (index = index_at(s, i)); i++)
        searchable += itd_index_about(index).searchable;
    if (searchable == 0)
        itd_cli_warn("warning: nothing is searched: the lists hold no entity");
}

static itd_status open_screening(screen_run *s)
{
    const itd_cli_arguments *a = s->run->arguments;
    s->under.screen = s->options;
    s->under.lists = itd_cli_values(a, ITD_CLI_LIST, &s->under.list_count);
    s->under.store = itd_cli_value(a, ITD_CLI_STORE);
    s->under.show_cleared = a->given[ITD_CLI_SHOW_CLEARED];
    if (a->given[ITD_CLI_GRAPH]) {
        s->registers = itd_cli_registers(s->run);
        s->under.registers = &s->registers;
        s->under.regime = itd_cli_value(a, ITD_CLI_REGIME);
        s->under.as_of = itd_cli_value(a, ITD_CLI_AS_OF);
        s->under.listed = itd_cli_value(a, ITD_CLI_LISTED);
    }
    itd_status status = itd_cli_person(&s->under.person, s->run);
    if (status == ITD_OK)
        status = itd_case_open(&s->the_case, itd_cli_value(a, ITD_CLI_CASE), true, &s->run->error);
    if (status != ITD_OK)
        return status;
    itd_cli_note(s->run, itd_case_left(s->the_case));
    status = s->under.list_count > 0 ? ITD_OK : warn_of_emptied(s);
    if (status != ITD_OK)
        return status;
    return itd_screening_open(&s->screening, s->the_case, s->run->context, &s->under, &s->run->error);
}

/* What is asked for goes out before the case says that it was asked. */
static itd_status end_screening(screen_run *s)
{
    int64_t record = 0;
    char note[64];
    itd_status status = itd_cli_flush(&s->run->output, &s->run->error);
    if (status == ITD_OK && s->under.store && s->questions == 0) /* rescreen would be at ease with nothing ever after */
        status = itd_cli_error(&s->run->error, ITD_EFORMAT, "there is no question to keep under the name '%s'",
                               s->under.store);
    if (status == ITD_OK)
        status = itd_screening_commit(&record, s->screening, &s->run->error);
    if (status != ITD_OK)
        return status;
    (void)snprintf(note, sizeof note, "on record in the case as number %" PRId64, record);
    itd_cli_note(s->run, note);
    return ITD_OK;
}

/* All of them are named: nobody else will say that these were not screened. */
static void on_reject(void *user, const itd_rejected *rejected)
{
    screen_run *s = user;
    s->left_out++;
    itd_cli_say_left_out(s->run, rejected);
}

static itd_status open_questions(itd_questions **out, screen_run *s, const char *input)
{
    const itd_cli_arguments *a = s->run->arguments;
    if (!input)
        return itd_questions_of_names(out, itd_cli_operands(a), a->operand_count, &s->run->error);
    itd_status status = itd_questions_open(out, input, itd_cli_value(a, ITD_CLI_MAP), &s->run->error);
    if (status == ITD_OK)
        itd_cli_note(s->run, itd_questions_note(*out));
    return status;
}

static void set_options(screen_run *s)
{
    const itd_cli_arguments *a = s->run->arguments;
    itd_screen_options *o = &s->options;
    o->algorithm = strcmp(itd_cli_value(a, ITD_CLI_ALGORITHM), "ofac") == 0 ? ITD_ALGORITHM_OFAC : ITD_ALGORITHM_LOGIC;
    o->threshold_micro = itd_cli_micro(a, ITD_CLI_THRESHOLD);
    o->limit = itd_cli_number(a, ITD_CLI_LIMIT);
    o->schema = itd_cli_value(a, ITD_CLI_SCHEMA);
    o->countries = itd_cli_values(a, ITD_CLI_COUNTRY, &o->country_count);
    o->datasets = itd_cli_values(a, ITD_CLI_DATASET, &o->dataset_count);
    o->topics = itd_cli_values(a, ITD_CLI_TOPIC, &o->topic_count);
    o->programmes = itd_cli_values(a, ITD_CLI_PROGRAMME, &o->programme_count);
    o->exhaustive = a->given[ITD_CLI_EXHAUSTIVE];
    o->skip_bad = a->given[ITD_CLI_SKIP_BAD];
    o->on_reject = on_reject;
    o->user = s;
    s->stats = a->given[ITD_CLI_STATS];
}

/* What happened to the input beside the answers. */
static itd_status say_leavings(screen_run *s, itd_questions *questions)
{
    const char *passed;
    itd_status status = itd_questions_passed_over(&passed, questions, &s->run->error);
    if (status != ITD_OK)
        return status;
    itd_cli_note(s->run, passed);
    if (s->left_out > 0) {
        itd_cli_text line = {0};
        itd_cli_text_count(&line, s->left_out);
        itd_cli_text_puts(&line, s->left_out == 1 ? " question was left out: it has not been screened"
                                                  : " questions were left out: they have not been screened");
        itd_cli_warn(itd_cli_text_string(&line));
        itd_cli_text_free(&line);
    } else if (s->questions == 0) {
        itd_cli_warn("the input holds no question: nothing has been screened");
    }
    return ITD_OK;
}

static int fail(const screen_run *s)
{
    int code = itd_cli_fail(s->run);
    bool question = s->asking && (s->run->error.status == ITD_EFORMAT || s->run->error.status == ITD_ELIMIT);
    if (question && s->run->error.line > 0 && !s->options.skip_bad)
        (void)fputs("A broken question can be left out with --skip-bad.\n", stderr);
    return code;
}

static itd_status screen(screen_run *s, itd_questions *questions)
{
    itd_cli_run *run = s->run;
    itd_status status;
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_hit_csv_header(&run->text, s->the_case != NULL, asks_owners(s));
    warn_of_nothing(s);
    s->asking = true;
    if (s->own)
        status = itd_screen_owned(run->context, (const itd_index *const *)s->indexes, s->index_count, &s->options,
                                  s->own, questions, on_answer, s, &run->error);
    else if (s->screening)
        status = itd_screening_run(s->screening, questions, on_answer, s, &run->error);
    else
        status = itd_screen(run->context, (const itd_index *const *)s->indexes, s->index_count, &s->options, questions,
                            on_answer, s, &run->error);
    if (status == ITD_OK && run->output.print == ITD_CLI_TABLE)
        print_end(s);
    if (status == ITD_OK)
        status = say_leavings(s, questions);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    s->asking = s->asking && status != ITD_OK;
    return status == ITD_OK && s->screening ? end_screening(s) : status;
}

/* What the command line cannot say at once; NULL: nothing. */
static const char *contradiction(const itd_cli_arguments *a, const char *input)
{
    bool with_case = a->given[ITD_CLI_CASE];
    if (input && a->operand_count > 0)
        return "names and -i exclude each other";
    if (!input && a->operand_count == 0)
        return "nothing to screen: give names, or -i FILE (- is standard input)";
    if (!with_case && !a->given[ITD_CLI_LIST])
        return "-l X.idx is missing: index to screen against";
    if (!with_case && (a->given[ITD_CLI_STORE] || a->given[ITD_CLI_SHOW_CLEARED] || a->given[ITD_CLI_BY]))
        return "--store, --show-cleared and --by go with --case";
    bool all = a->given[ITD_CLI_GRAPH] && a->given[ITD_CLI_REGIME] && a->given[ITD_CLI_AS_OF];
    if (!all && (a->given[ITD_CLI_GRAPH] || a->given[ITD_CLI_REGIME] || a->given[ITD_CLI_AS_OF]))
        return "-g, --regime and --as-of go together";
    if (a->given[ITD_CLI_LISTED] && !all)
        return "--listed goes with -g";
    if (all && a->given[ITD_CLI_STORE])
        return "-g does not go with --store: a rescreening looks at names alone. Screen twice, with --store and with "
               "-g";
    return NULL;
}

/* What of standard input is asked for and cannot be; NULL: nothing. */
static const char *wrong_input(const itd_cli_run *run, const char *input)
{
    const char *listed = itd_cli_value(run->arguments, ITD_CLI_LISTED);
    if (input && listed && strcmp(input, "-") == 0 && strcmp(listed, "-") == 0)
        return "standard input is one of them: the questions, or --listed";
    if ((input && itd_cli_forbidden_input(run, input)) || (listed && itd_cli_forbidden_input(run, listed)))
        return "standard input is a terminal, and --no-input forbids waiting for it";
    return NULL;
}

/* Rows of registers and listed parties that were left out; and who is listed and nobody's holder. */
static uint64_t say_of_owners(const screen_run *s)
{
    const itd_graph *graph = s->screening ? itd_screening_graph(s->screening) : s->graph;
    const itd_own *own = s->screening ? itd_screening_own(s->screening) : s->own;
    itd_cli_text line = {0};
    if (!graph || !own)
        return 0;
    const itd_own_summary about = itd_own_about(own);
    if (about.absent > 0) {
        itd_cli_text_count(&line, about.absent);
        itd_cli_text_puts(&line, about.absent == 1 ? " party of --listed is not in the graph"
                                                   : " parties of --listed are not in the graph");
        itd_cli_note(s->run, itd_cli_text_string(&line));
        itd_cli_text_free(&line);
    }
    return itd_graph_about(graph).rejected + about.rejected;
}

int itd_cli_screen(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    const char *input = itd_cli_value(a, ITD_CLI_INPUT);
    bool dash = a->operand_count == 1 && strcmp(itd_cli_operands(a)[0], "-") == 0 && !input;
    const char *problem = dash ? contradiction(a, NULL) : contradiction(a, input);
    if (problem)
        return itd_cli_fail_usage(run, problem);
    input = dash ? "-" : input;
    problem = wrong_input(run, input);
    if (problem)
        return itd_cli_fail_usage(run, problem);

    screen_run s = {.run = run, .read = input != NULL};
    itd_questions *questions = NULL;
    set_options(&s);
    itd_status status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK && !a->given[ITD_CLI_CASE])
        status = open_indexes(&s);
    if (status == ITD_OK && a->given[ITD_CLI_GRAPH] && !a->given[ITD_CLI_CASE])
        status = itd_cli_owners_open(&s.graph, &s.own, run, s.indexes, s.index_count);
    if (status == ITD_OK)
        status = open_questions(&questions, &s, input);
    if (status == ITD_OK && a->given[ITD_CLI_CASE])
        status = open_screening(&s);
    if (status == ITD_OK)
        status = screen(&s, questions);
    itd_questions_close(questions);
    uint64_t rejected = status == ITD_OK ? say_of_owners(&s) : 0;
    itd_screening_close(s.screening);
    itd_case_close(s.the_case);
    itd_own_destroy(s.own);
    itd_graph_close(s.graph);
    for (size_t i = 0; i < s.index_count; i++)
        itd_index_close(s.indexes[i]);
    free(s.indexes);
    itd_bytes_free(&s.json);
    if (status != ITD_OK)
        return fail(&s);
    if (rejected > 0)
        return itd_cli_rejected(run, rejected, 0, ITD_CLI_REJECTED);
    return s.left_out > 0 ? ITD_CLI_REJECTED : s.hits > 0 ? ITD_CLI_HIT : ITD_CLI_DONE;
}
