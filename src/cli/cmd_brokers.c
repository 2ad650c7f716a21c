/* `interdict brokers`: which few entities, if lost, part two groups? */
#include <inttypes.h>
#include <string.h>

#include "cli/display.h"
#include "cli/owners.h"
#include "cli/step.h"

static void put_cut(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_broker *cut, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        itd_cli_text_puts(out, "    ");
        itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
        itd_cli_clean(out, cut[i].id);
        itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
        itd_cli_text_printf(out, "  %" PRIu32 " %s", cut[i].links, cut[i].links == 1 ? "link" : "links");
        if (cut[i].suspected > 0)
            itd_cli_text_printf(out, ", %" PRIu32 " by suspicion alone", cut[i].suspected);
        itd_cli_text_puts(out, "\n");
    }
}

static void put_ways(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_brokers *b)
{
    itd_cli_text_puts(out,
                      b->size == 1 ? "way that leads through it\n" : "ways that share nobody: fewer would not do\n");
    for (size_t w = 0; w < b->size; w++) {
        const itd_graph_step *first = &b->ways[w].steps[0];
        itd_cli_text_puts(out, "    ");
        itd_cli_clean(out, first->against ? first->owned : first->owner);
        itd_cli_text_puts(out, "\n");
        for (size_t s = 0; s < b->ways[w].count; s++) {
            itd_cli_text_puts(out, "  ");
            itd_cli_put_step(out, terminal, &b->ways[w].steps[s]);
        }
    }
}

static void put_direct(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_brokers *b)
{
    itd_cli_text_printf(out, "%zu direct %s, which no loss of others parts\n", b->direct_count,
                        b->direct_count == 1 ? "link" : "links");
    for (size_t i = 0; i < b->direct_count; i++) {
        const itd_graph_step *step = &b->direct[i];
        itd_cli_text_puts(out, "    ");
        itd_cli_clean(out, step->against ? step->owned : step->owner);
        itd_cli_text_puts(out, "\n  ");
        itd_cli_put_step(out, terminal, step);
    }
}

static void put_table(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_brokers *b)
{
    if (!b->linked)
        return;
    itd_cli_text_printf(out, "%zu %s part%s the two groups%s%s\n", b->size, b->size == 1 ? "broker" : "brokers",
                        b->size == 1 ? "s" : "", b->unique ? ", and no other set as small does" : "",
                        b->separable ? "" : ", but for direct links");
    put_cut(out, terminal, b->cut, b->size);
    if (!b->unique) {
        itd_cli_text_puts(out, "as few, nearer to the other group\n");
        put_cut(out, terminal, b->other, b->size);
    }
    if (b->size > 0)
        put_ways(out, terminal, b);
    if (b->direct_count > 0)
        put_direct(out, terminal, b);
    itd_cli_text_puts(out, "what remains: ");
    itd_cli_text_count(out, b->by_from);
    itd_cli_text_puts(out, " linked to the one group, ");
    itd_cli_text_count(out, b->by_to);
    itd_cli_text_puts(out, " to the other, ");
    itd_cli_text_count(out, b->apart);
    itd_cli_text_puts(out, " to neither\n");
}

/* A row a broker, with which of the two cuts it is in. */
static void put_csv(itd_cli_text *row, const itd_brokers *b)
{
    itd_cli_text_puts(row, "cut,entity,links,suspected\r\n");
    for (unsigned cut = 0; cut < (b->unique ? 1 : 2); cut++)
        for (size_t i = 0; i < b->size; i++) {
            const itd_broker *broker = cut ? &b->other[i] : &b->cut[i];
            itd_cli_csv_string(row, cut ? "to" : "from");
            itd_cli_csv_field(row, broker->id);
            itd_cli_csv_number(row, broker->links);
            itd_cli_csv_number(row, broker->suspected);
            itd_cli_csv_end(row);
        }
}

static itd_status put_bytes(itd_cli_run *run, const itd_brokers *b)
{
    const char *format = itd_cli_value(run->arguments, ITD_CLI_FORMAT);
    itd_bytes bytes = {0};
    itd_status status;
    if (!format)
        status = itd_brokers_json(&bytes, b, &run->error);
    else if (strcmp(format, "dot") == 0)
        status = itd_brokers_dot(&bytes, b, &run->error);
    else
        status = itd_brokers_svg(&bytes, b, &run->error);
    const itd_sv made = {bytes.data, bytes.size};
    if (status == ITD_OK)
        status = format ? itd_cli_write(&run->output, made, &run->error)
                        : itd_cli_write_item(&run->output, made, &run->error);
    if (status == ITD_OK && !format)
        status = itd_cli_write_end(&run->output, &run->error);
    itd_bytes_free(&bytes);
    return status;
}

static itd_status put(itd_cli_run *run, const itd_brokers *b)
{
    bool picture = run->arguments->given[ITD_CLI_FORMAT];
    if (picture || run->output.print == ITD_CLI_PRINT_JSON || run->output.print == ITD_CLI_PRINT_JSONL)
        return put_bytes(run, b);
    if (run->output.print == ITD_CLI_PRINT_CSV)
        put_csv(&run->text, b);
    else
        put_table(&run->text, &run->terminal, b);
    return itd_cli_write_text(&run->output, &run->text, &run->error);
}

static const char *wrong_usage(const itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    const char *from = itd_cli_value(a, ITD_CLI_FROM_FILE), *to = itd_cli_value(a, ITD_CLI_TO_FILE);
    if (!a->given[ITD_CLI_FROM] && !from)
        return "who is the one group? --from ID, or --from-file FILE";
    if (!a->given[ITD_CLI_TO] && !to)
        return "who is the other group? --to ID, or --to-file FILE";
    if (a->given[ITD_CLI_FORMAT] && run->output.print != ITD_CLI_TABLE)
        return "--format draws, and takes no --json, --jsonl or --csv beside it";
    if (from && to && strcmp(from, "-") == 0 && strcmp(to, "-") == 0)
        return "standard input is one group, not both";
    if ((from && itd_cli_forbidden_input(run, from)) || (to && itd_cli_forbidden_input(run, to)))
        return "standard input is a terminal, and --no-input was given";
    return NULL;
}

int itd_cli_brokers(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    itd_graph *graph = NULL;
    itd_network *network = NULL;
    itd_brokers_question question = {.from_file = itd_cli_value(a, ITD_CLI_FROM_FILE),
                                     .to_file = itd_cli_value(a, ITD_CLI_TO_FILE)};
    itd_brokers brokers = {0};
    uint64_t rejected = 0;
    const char *wrong = wrong_usage(run);
    if (wrong)
        return itd_cli_fail_usage(run, wrong);
    question.from = itd_cli_values(a, ITD_CLI_FROM, &question.from_count);
    question.to = itd_cli_values(a, ITD_CLI_TO, &question.to_count);
    itd_status status = itd_cli_network_open(&graph, &network, run);
    if (status == ITD_OK)
        status = itd_network_brokers(&brokers, network, &question, &run->error);
    if (status == ITD_OK)
        status = put(run, &brokers);
    if (status == ITD_OK) {
        rejected = itd_graph_about(graph).rejected;
        if (!brokers.linked)
            itd_cli_note(run, "no way leads from one group to the other");
    }
    itd_network_destroy(network);
    itd_graph_close(graph);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    return itd_cli_rejected(run, rejected, 0, brokers.linked ? ITD_CLI_HIT : ITD_CLI_DONE);
}
