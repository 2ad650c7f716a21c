/* `interdict resolve`: records that are one entity, found and judged. */
#include <inttypes.h>
#include <string.h>

#include "cli/case.h"
#include "cli/display.h"
#include "cli/pair.h"
#include "interdict/decide.h"
#include "interdict/resolve.h"

/** Pairs in the table when nobody says how many. */
#define PAIRS_SHOWN 20

/* ---- a judgement ---- */

static const struct {
    itd_cli_key key;
    const char *judgement; /* as the library takes it */
    const char *term;      /* as programs of this field call it */
    const char *words;
} judgements[] = {{ITD_CLI_MERGE, "merge", "positive", "  is one with  "},
                  {ITD_CLI_SPLIT, "split", "negative", "  is not  "},
                  {ITD_CLI_UNSURE, "unsure", "unsure", "  may be  "}};
#define JUDGEMENTS (sizeof judgements / sizeof judgements[0])

static void print_judged_table(itd_cli_text *out, const itd_judge_options *o, size_t which, int64_t record)
{
    itd_cli_clean(out, itd_cli_sv(o->left));
    itd_cli_text_puts(out, judgements[which].words);
    itd_cli_clean(out, itd_cli_sv(o->right));
    itd_cli_text_printf(out, "\non record as number %" PRId64 "\n", record);
}

static void print_judged_csv(itd_cli_text *out, const itd_judge_options *o, size_t which, int64_t record)
{
    itd_cli_text_puts(out, "left,right,judgement,reason,by,record\r\n");
    itd_cli_csv_string(out, o->left);
    itd_cli_csv_string(out, o->right);
    itd_cli_csv_string(out, judgements[which].term);
    itd_cli_csv_string(out, o->reason);
    itd_cli_csv_string(out, o->person);
    itd_cli_csv_number(out, (uint64_t)record);
    itd_cli_csv_end(out);
}

static void print_judged_json(itd_cli_text *out, const itd_judge_options *o, size_t which, int64_t record)
{
    const struct {
        const char *key, *value;
    } members[] = {{"{\"left\":", o->left},
                   {",\"right\":", o->right},
                   {",\"judgement\":", judgements[which].term},
                   {",\"reason\":", o->reason},
                   {",\"by\":", o->person}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        itd_cli_text_puts(out, members[i].key);
        itd_cli_json_string(out, itd_cli_sv(members[i].value));
    }
    itd_cli_text_printf(out, ",\"record\":%" PRId64 "}\n", record);
}

/* What a judgement of one pair does not settle: the two may be one through others. */
static itd_status note_state(itd_cli_run *run, itd_case *the_case, const itd_judge_options *o)
{
    itd_resolve_state state;
    itd_cli_text line = {0};
    itd_status status = itd_resolve_state_of(&state, the_case, o->left, o->right, &run->error);
    if (status != ITD_OK)
        return status;
    if (state.conflict_left.size > 0) {
        itd_cli_clean(&line, state.conflict_left);
        itd_cli_text_puts(&line, " and ");
        itd_cli_clean(&line, state.conflict_right);
        itd_cli_text_puts(&line, " are judged to be two, and are one through others: `resolve --judged` shows which");
        itd_cli_note(run, itd_cli_text_string(&line));
    }
    itd_cli_text_free(&line);
    return ITD_OK;
}

static int judge(itd_cli_run *run, size_t which)
{
    const itd_cli_arguments *a = run->arguments;
    itd_case *the_case = NULL;
    int64_t record = 0;
    if (a->operand_count != 2)
        return itd_cli_fail_usage(run,
                                  "two records are named after the case: --merge A B, --split A B or --unsure A B");
    if (!a->given[ITD_CLI_REASON])
        return itd_cli_fail_usage(run, "a judgement needs a reason: --reason TEXT");
    if (a->given[ITD_CLI_THRESHOLD] || a->given[ITD_CLI_LIMIT] || a->given[ITD_CLI_JUDGED] || a->given[ITD_CLI_APPLY])
        return itd_cli_fail_usage(
            run, "--threshold, --limit, --judged and --apply are for finding pairs, not for judging one");
    itd_judge_options options = {.left = itd_cli_value(a, judgements[which].key),
                                 .right = itd_cli_operands(a)[1],
                                 .judgement = judgements[which].judgement,
                                 .reason = itd_cli_value(a, ITD_CLI_REASON)};
    itd_status status = itd_cli_person(&options.person, run);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, true);
    if (status == ITD_OK)
        status = itd_judge(&record, the_case, &options, &run->error);
    if (status == ITD_OK)
        status = note_state(run, the_case, &options);
    itd_case_close(the_case);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    if (run->output.print == ITD_CLI_TABLE)
        print_judged_table(&run->text, &options, which, record);
    else if (run->output.print == ITD_CLI_PRINT_CSV)
        print_judged_csv(&run->text, &options, which, record);
    else
        print_judged_json(&run->text, &options, which, record);
    return itd_cli_write_text(&run->output, &run->text, &run->error) == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}

/* ---- pairs ---- */

typedef struct resolve_run {
    itd_cli_run *run;
    itd_resolve_options options;
    uint64_t shown;
} resolve_run;

static void print_csv(itd_cli_text *row, const itd_resolve_pair *pair)
{
    itd_cli_text part = {0};
    itd_cli_csv_field(row, pair->left.id);
    itd_cli_csv_field(row, pair->right.id);
    itd_cli_decimal(&part, pair->score_micro, 6);
    itd_cli_csv_string(row, itd_cli_text_string(&part));
    itd_cli_csv_number(row, (uint64_t)pair->score_micro);
    itd_cli_csv_string(row, pair->judgement ? pair->judgement : "");
    itd_cli_csv_field(row, pair->left.caption);
    itd_cli_csv_field(row, pair->right.caption);
    itd_cli_csv_field(row, pair->left.name);
    itd_cli_csv_field(row, pair->right.name);
    itd_cli_text_clear(&part);
    for (size_t i = 0; i < pair->contribution_count; i++)
        itd_cli_text_printf(&part, "%s%s %+" PRId32, i > 0 ? "; " : "", pair->contributions[i].feature,
                            pair->contributions[i].micro);
    itd_cli_csv_string(row, itd_cli_text_string(&part));
    itd_cli_csv_end(row);
    row->failed |= part.failed;
    itd_cli_text_free(&part);
}

static itd_status on_pair(void *user, const itd_resolve_pair *pair)
{
    resolve_run *r = user;
    itd_cli_run *run = r->run;
    r->shown++;
    if (run->output.print == ITD_CLI_TABLE) {
        itd_cli_text_puts(&run->text, r->shown > 1 ? "\n" : "");
        itd_cli_pair(&run->text, &run->terminal, pair);
    } else if (run->output.print == ITD_CLI_PRINT_CSV) {
        print_csv(&run->text, pair);
    } else {
        return itd_cli_write_item(&run->output, pair->json, &run->stopped);
    }
    return itd_cli_write_text(&run->output, &run->text, &run->stopped);
}

static void note_report(const resolve_run *r, const itd_resolve_report *report)
{
    itd_cli_text line = {0};
    itd_cli_text_count(&line, report->records);
    itd_cli_text_puts(&line, report->records == 1 ? " record, " : " records, ");
    itd_cli_text_count(&line, report->pairs);
    itd_cli_text_puts(&line, report->pairs == 1 ? " pair" : " pairs");
    itd_cli_text_puts(&line, " at or above ");
    itd_cli_decimal(&line, r->options.threshold_micro, r->options.threshold_micro % 10000 == 0 ? 2 : 6);
    if (r->shown < report->pairs) {
        itd_cli_text_puts(&line, ", of which the best ");
        itd_cli_text_count(&line, r->shown);
        itd_cli_text_puts(&line, " are shown; --limit 0 shows all");
    }
    if (report->judged > 0) {
        itd_cli_text_puts(&line, "; ");
        itd_cli_text_count(&line, report->judged);
        itd_cli_text_puts(&line, " more are judged, --judged shows them");
    }
    if (report->nameless > 0) {
        itd_cli_text_puts(&line, "; ");
        itd_cli_text_count(&line, report->nameless);
        itd_cli_text_puts(&line, report->nameless == 1 ? " record has" : " records have");
        itd_cli_text_puts(&line, " neither a name nor an identifier to be found by");
    }
    itd_cli_note(r->run, itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

static itd_status begin_output(itd_cli_run *run)
{
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "left,right,score,score_micro,judgement,left_caption,right_caption,left_name,"
                                      "right_name,contributions\r\n");
    return itd_cli_context(run, true);
}

static int apply(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    itd_case *the_case = NULL;
    itd_resolve_report report = {0};
    itd_resolve_apply_options options = {0};
    resolve_run r = {.run = run};
    int64_t record = 0;
    if (a->operand_count != 1 || a->given[ITD_CLI_REASON])
        return itd_cli_fail_usage(run, "--apply takes one case, and no reason: the rule gives its own");
    if (a->given[ITD_CLI_THRESHOLD] || a->given[ITD_CLI_LIMIT] || a->given[ITD_CLI_JUDGED])
        return itd_cli_fail_usage(run, "what --apply merges is for its rule to say: no --threshold, --limit, --judged");
    itd_status status = itd_cli_person(&options.person, run);
    if (status == ITD_OK)
        status = begin_output(run);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, true);
    if (status == ITD_OK)
        status = itd_resolve_apply(&record, the_case, run->context, &options, on_pair, &r, &report, &run->error);
    itd_case_close(the_case);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    itd_cli_text line = {0};
    itd_cli_text_count(&line, report.merged);
    itd_cli_text_puts(&line, report.merged == 1 ? " pair" : " pairs");
    itd_cli_text_puts(&line, " merged by the rule " ITD_RESOLVE_RULE);
    if (report.merged > 0)
        itd_cli_text_printf(&line, "; audit record %" PRId64, record);
    itd_cli_note(run, itd_cli_text_string(&line));
    itd_cli_text_free(&line);
    return ITD_CLI_DONE;
}

static int find(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    itd_case *the_case = NULL;
    itd_resolve_report report = {0};
    bool table = run->output.print == ITD_CLI_TABLE;
    if (a->operand_count != 1)
        return itd_cli_fail_usage(run, "one case is named; two records of it after --merge, --split or --unsure");
    if (a->given[ITD_CLI_REASON] || a->given[ITD_CLI_BY])
        return itd_cli_fail_usage(run, "say what is judged: --merge A B, --split A B or --unsure A B");
    resolve_run r = {.run = run,
                     .options = {.threshold_micro = itd_cli_micro(a, ITD_CLI_THRESHOLD),
                                 .judged = a->given[ITD_CLI_JUDGED],
                                 .limit = a->given[ITD_CLI_LIMIT] ? itd_cli_number(a, ITD_CLI_LIMIT)
                                          : table                 ? PAIRS_SHOWN
                                                                  : 0}};
    itd_status status = begin_output(run);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, false);
    if (status == ITD_OK)
        status = itd_resolve(the_case, run->context, &r.options, on_pair, &r, &report, &run->error);
    itd_case_close(the_case);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    note_report(&r, &report);
    return report.pairs > 0 ? ITD_CLI_HIT : ITD_CLI_DONE;
}

int itd_cli_resolve(itd_cli_run *run)
{
    size_t which = JUDGEMENTS;
    for (size_t i = 0; i < JUDGEMENTS; i++) {
        if (!run->arguments->given[judgements[i].key])
            continue;
        if (which < JUDGEMENTS)
            return itd_cli_fail_usage(run, "say one of --merge A B, --split A B and --unsure A B");
        which = i;
    }
    if (which < JUDGEMENTS)
        return judge(run, which);
    return run->arguments->given[ITD_CLI_APPLY] ? apply(run) : find(run);
}
