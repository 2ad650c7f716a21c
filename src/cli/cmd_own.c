/* `interdict own`: what is blocked although no list names it. */
#include "interdict/own.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/display.h"
#include "cli/owners.h"
#include "cli/step.h"
#include "cli/table.h"

typedef struct own_run {
    itd_cli_run *run;
    itd_own *own;
    bool blocked; /* a verdict among the answers */
    uint64_t shown;
} own_run;

/* Is it of another entity than the one that was asked about? */
static bool is_above(const itd_own_unknown *unknown, const itd_own_answer *answer)
{
    return unknown->entity.size != answer->entity.size ||
           memcmp(unknown->entity.data, answer->entity.data, answer->entity.size) != 0;
}

static void put_details(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_own_answer *answer)
{
    for (size_t i = 0; i < answer->by_count; i++) {
        itd_cli_text_puts(out, i == 0 ? "  by        " : "            ");
        itd_cli_clean(out, answer->by[i].id);
        itd_cli_text_puts(out, "  ");
        itd_cli_put_share(out, answer->by[i].share_min_ppm, answer->by[i].share_max_ppm);
        itd_cli_text_puts(out, "\n");
    }
    for (size_t i = 0; i < answer->chain_count; i++)
        itd_cli_put_chain(out, terminal, answer->chains[i].steps, answer->chains[i].count);
    itd_cli_text_puts(out, "  rule      ");
    itd_cli_put_rule(out, answer);
    itd_cli_text_puts(out, "\n");
    for (size_t i = 0; i < answer->flag_count; i++)
        itd_cli_text_printf(out, "%s%s%s", i == 0 ? "  flags     " : ", ", answer->flags[i],
                            i + 1 == answer->flag_count ? "\n" : "");
    for (size_t i = 0; i < answer->unknown_count; i++) {
        itd_cli_text_printf(out, "%s%s", i == 0 ? "  unknown   " : ", ", answer->unknown[i].what);
        if (answer->unknown[i].share_max_ppm > 0) {
            itd_cli_text_puts(out, " of ");
            itd_cli_put_share(out, answer->unknown[i].share_min_ppm, answer->unknown[i].share_max_ppm);
        }
        if (is_above(&answer->unknown[i], answer)) {
            itd_cli_text_puts(out, " of ");
            itd_cli_clean(out, answer->unknown[i].entity);
        }
        itd_cli_text_puts(out, i + 1 == answer->unknown_count ? "\n" : "");
    }
    if (answer->interest_max_ppm > 0) {
        itd_cli_text_puts(out, "  economic interest of listed parties  ");
        itd_cli_put_share(out, answer->interest_min_ppm, answer->interest_max_ppm);
        itd_cli_text_puts(out, "\n");
    }
}

static void put_table(own_run *o, const itd_own_answer *answer)
{
    itd_cli_text *out = &o->run->text;
    const itd_cli_terminal *terminal = &o->run->terminal;
    itd_cli_text_puts(out, o->shown > 0 ? "\n" : "");
    itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, answer->entity);
    itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, "  ");
    itd_cli_put_verdict(out, terminal, &answer->judgement);
    itd_cli_text_puts(out, "\n");
    put_details(out, terminal, answer);
}

static void put_words(itd_cli_text *row, const itd_own_answer *answer)
{
    itd_cli_text words = {0};
    for (size_t i = 0; i < answer->by_count; i++)
        itd_cli_text_printf(&words, "%s%.*s", i ? "; " : "", (int)answer->by[i].id.size, answer->by[i].id.data);
    itd_cli_csv_string(row, itd_cli_text_string(&words));
    itd_cli_csv_string(row, answer->rule_id ? answer->rule_id : "");
    itd_cli_text_clear(&words);
    for (size_t i = 0; i < answer->flag_count; i++)
        itd_cli_text_printf(&words, "%s%s", i ? "; " : "", answer->flags[i]);
    itd_cli_csv_string(row, itd_cli_text_string(&words));
    itd_cli_text_clear(&words);
    for (size_t i = 0; i < answer->unknown_count; i++) {
        const itd_own_unknown *unknown = &answer->unknown[i];
        itd_cli_text_printf(&words, "%s%s", i ? "; " : "", unknown->what);
        if (is_above(unknown, answer))
            itd_cli_text_printf(&words, " of %.*s", (int)unknown->entity.size, unknown->entity.data);
    }
    itd_cli_csv_string(row, itd_cli_text_string(&words));
    row->failed |= words.failed;
    itd_cli_text_free(&words);
}

static void put_csv(itd_cli_text *row, const itd_own_answer *answer)
{
    const char *basis = itd_own_basis_name(answer->judgement.basis);
    itd_cli_csv_field(row, answer->entity);
    itd_cli_csv_string(row, itd_own_verdict_name(answer->judgement.verdict));
    itd_cli_csv_string(row, basis ? basis : "");
    itd_cli_csv_number(row, answer->judgement.share_min_ppm);
    itd_cli_csv_number(row, answer->judgement.share_max_ppm);
    put_words(row, answer);
    itd_cli_csv_number(row, answer->interest_min_ppm);
    itd_cli_csv_number(row, answer->interest_max_ppm);
    itd_cli_csv_end(row);
}

static itd_status put_picture(own_run *o, const itd_own_answer *answer, const char *format)
{
    itd_bytes bytes = {0};
    itd_cli_run *run = o->run;
    itd_status status = strcmp(format, "dot") == 0 ? itd_own_answer_dot(&bytes, answer, &run->error)
                                                   : itd_own_answer_svg(&bytes, answer, &run->error);
    if (status == ITD_OK)
        status = itd_cli_write(&run->output, (itd_sv){bytes.data, bytes.size}, &run->error);
    itd_bytes_free(&bytes);
    return status;
}

static itd_status put(own_run *o, const itd_own_answer *answer)
{
    itd_cli_run *run = o->run;
    itd_bytes json = {0};
    itd_status status;
    o->blocked |= answer->judgement.verdict == ITD_OWN_BLOCKED;
    const char *format = itd_cli_value(run->arguments, ITD_CLI_FORMAT);
    if (format) {
        status = put_picture(o, answer, format);
    } else if (run->output.print == ITD_CLI_PRINT_JSON || run->output.print == ITD_CLI_PRINT_JSONL) {
        status = itd_cli_write_made(&run->output, &json, itd_own_answer_json(&json, answer, &run->error), &run->error);
    } else {
        if (run->output.print == ITD_CLI_PRINT_CSV)
            put_csv(&run->text, answer);
        else
            put_table(o, answer);
        status = itd_cli_write_text(&run->output, &run->text, &run->error);
    }
    o->shown++;
    return status;
}

/* In the table of all, entities that nothing is to be said of are left out. */
static bool is_of_note(const itd_own_answer *answer)
{
    return answer->judgement.verdict != ITD_OWN_NOT_BLOCKED || answer->flag_count > 0 || answer->chain_count > 0;
}

static itd_status answer_all(own_run *o)
{
    itd_status status = ITD_OK;
    uint64_t count = itd_own_about(o->own).entities;
    bool table = o->run->output.print == ITD_CLI_TABLE;
    for (uint64_t n = 0; n < count && status == ITD_OK; n++) {
        itd_own_answer answer;
        status = itd_own_ask_number(&answer, o->own, (uint32_t)n, &o->run->error);
        if (status == ITD_OK && (!table || is_of_note(&answer)))
            status = put(o, &answer);
    }
    return status;
}

static itd_status answer_named(own_run *o)
{
    const itd_cli_arguments *a = o->run->arguments;
    itd_status status = ITD_OK;
    for (size_t i = 0; i < a->operand_count && status == ITD_OK; i++) {
        itd_own_answer answer;
        status = itd_own_ask(&answer, o->own, itd_cli_operands(a)[i], &o->run->error);
        if (status == ITD_OK)
            status = put(o, &answer);
    }
    return status;
}

static void note_summary(const own_run *o)
{
    itd_own_summary about = itd_own_about(o->own);
    itd_cli_text line = {0};
    itd_cli_text_count(&line, about.entities);
    itd_cli_text_puts(&line, about.entities == 1 ? " entity: " : " entities: ");
    itd_cli_text_count(&line, about.blocked);
    itd_cli_text_puts(&line, " blocked, ");
    itd_cli_text_count(&line, about.possible);
    itd_cli_text_puts(&line, " possible; ");
    itd_cli_text_count(&line, about.listed);
    itd_cli_text_puts(&line, about.listed == 1 ? " listed party is in the graph" : " listed parties are in the graph");
    if (about.absent > 0) {
        itd_cli_text_puts(&line, ", ");
        itd_cli_text_count(&line, about.absent);
        itd_cli_text_puts(&line, about.absent == 1 ? " is not" : " are not");
    }
    itd_cli_note(o->run, itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

static itd_status open_indexes(itd_index ***out, itd_cli_run *run, size_t *count)
{
    size_t wanted = 0;
    const char *const *paths = itd_cli_values(run->arguments, ITD_CLI_LIST, &wanted);
    *count = 0;
    *out = calloc(wanted + 1, sizeof **out);
    if (!*out)
        return itd_cli_error(&run->error, ITD_ENOMEM, "out of memory");
    for (size_t i = 0; i < wanted; i++) {
        itd_status status = itd_index_open(&(*out)[i], paths[i], &run->error);
        if (status != ITD_OK)
            return status;
        ++*count;
    }
    return ITD_OK;
}

static itd_status judge(own_run *o, itd_graph **graph, itd_index ***indexes, size_t *index_count)
{
    itd_status status = itd_cli_context(o->run, true);
    if (status == ITD_OK)
        status = open_indexes(indexes, o->run, index_count);
    return status == ITD_OK ? itd_cli_owners_open(graph, &o->own, o->run, *indexes, *index_count) : status;
}

static itd_status answer(own_run *o)
{
    itd_cli_run *run = o->run;
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "entity,verdict,basis,share_min_ppm,share_max_ppm,by,rule,flags,unknown,"
                                      "economic_interest_min_ppm,economic_interest_max_ppm\r\n");
    itd_status status = run->arguments->given[ITD_CLI_ALL] ? answer_all(o) : answer_named(o);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    return status;
}

static const char *wrong_usage(const itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    if (!a->given[ITD_CLI_LISTED] && !a->given[ITD_CLI_LIST])
        return "who is listed? --listed FILE, or -l X.idx";
    if (a->given[ITD_CLI_ALL] == (a->operand_count > 0))
        return "name an entity, or give --all";
    if (a->given[ITD_CLI_FORMAT] && (a->operand_count != 1 || run->output.print != ITD_CLI_TABLE))
        return "--format draws one entity, and takes no --json, --jsonl or --csv beside it";
    const char *listed = itd_cli_value(a, ITD_CLI_LISTED);
    return listed && itd_cli_forbidden_input(run, listed) ? "standard input is a terminal, and --no-input was given"
                                                          : NULL;
}

int itd_cli_own(itd_cli_run *run)
{
    own_run o = {.run = run};
    itd_graph *graph = NULL;
    itd_index **indexes = NULL;
    size_t index_count = 0;
    uint64_t rejected = 0;
    const char *wrong = wrong_usage(run);
    if (wrong)
        return itd_cli_fail_usage(run, wrong);
    itd_status status = judge(&o, &graph, &indexes, &index_count);
    if (status == ITD_OK)
        status = answer(&o);
    if (status == ITD_OK) {
        note_summary(&o);
        rejected = itd_own_about(o.own).rejected + itd_graph_about(graph).rejected;
    }
    itd_own_destroy(o.own);
    itd_graph_close(graph);
    for (size_t i = 0; i < index_count; i++)
        itd_index_close(indexes[i]);
    free(indexes);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    return itd_cli_rejected(run, rejected, 0, o.blocked ? ITD_CLI_HIT : ITD_CLI_DONE);
}
