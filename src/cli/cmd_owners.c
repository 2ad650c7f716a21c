/* `interdict owners`: who owns it in the end, and through which chains. */
#include "interdict/owners.h"

#include <inttypes.h>
#include <string.h>

#include "cli/display.h"
#include "cli/owners.h"
#include "cli/step.h"

typedef struct owners_run {
    itd_cli_run *run;
    itd_owners_options options;
    uint64_t shown;
    bool owned; /* there is an owner among the answers */
} owners_run;

/* "25", "25.0001": per cent with up to four places, more than none and at most the whole. */
static bool take_percent(uint32_t *ppm, const char *text)
{
    uint32_t value = 0;
    int places = -1; /* no point yet */
    size_t digits = 0;
    for (const char *c = text; *c; c++) {
        if (*c == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (*c < '0' || *c > '9' || places == 4 || value > 1000000)
            return false;
        value = value * 10 + (uint32_t)(*c - '0');
        places += places >= 0;
        digits++;
    }
    for (int i = places < 0 ? 0 : places; i < 4 && value <= 1000000; i++)
        value *= 10;
    *ppm = value;
    return digits > 0 && value > 0 && value <= 1000000;
}

static void put_holder(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_owners_owner *owner)
{
    itd_cli_text_puts(out, "  ");
    itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, owner->id);
    itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, "  ");
    itd_cli_styled(out, terminal, strcmp(owner->standing, "certain") == 0 ? ITD_CLI_STRONG : ITD_CLI_MIDDLE,
                   owner->standing);
    itd_cli_text_puts(out, ", shares ");
    itd_cli_put_share(out, owner->shares_min_ppm, owner->shares_max_ppm);
    if (owner->votes_max_ppm > 0) {
        itd_cli_text_puts(out, ", votes ");
        itd_cli_put_share(out, owner->votes_min_ppm, owner->votes_max_ppm);
    }
    if (owner->control)
        itd_cli_text_printf(out, ", control %s", owner->control);
    itd_cli_text_puts(out, ", power ");
    itd_cli_put_share(out, owner->power_ppm, owner->power_ppm);
    itd_cli_text_puts(out, "\n");
    for (size_t i = 0; i < owner->chain_count; i++)
        itd_cli_put_chain(out, terminal, owner->chains[i].steps, owner->chains[i].count);
    if (owner->more_chains)
        itd_cli_text_puts(out, "    more chains than are shown\n");
}

static void put_table(owners_run *o, const itd_owners_answer *answer)
{
    itd_cli_text *out = &o->run->text;
    const itd_cli_terminal *terminal = &o->run->terminal;
    itd_cli_text_puts(out, o->shown > 0 ? "\n" : "");
    itd_cli_clean(out, answer->entity);
    itd_cli_text_puts(out, ": ");
    itd_cli_text_count(out, answer->above);
    itd_cli_text_puts(out, " above it, ");
    itd_cli_text_count(out, answer->holders);
    itd_cli_text_puts(out, " of them with nobody above; threshold ");
    itd_cli_put_share(out, answer->threshold_ppm, answer->threshold_ppm);
    itd_cli_text_puts(out, "\n");
    for (size_t i = 0; i < answer->count; i++)
        put_holder(out, terminal, &answer->owners[i]);
    itd_cli_text_puts(out, "  unknown  ");
    itd_cli_put_share(out, answer->unknown_min_ppm, answer->unknown_max_ppm);
    itd_cli_text_puts(out, " of the shares\n");
    if (!answer->power_exact) {
        itd_cli_text_puts(out, "  power is drawn: off by at most ");
        itd_cli_put_share(out, answer->power_error_ppm, answer->power_error_ppm);
        itd_cli_text_puts(out, " (risk 1 in 100)\n");
    }
}

static void put_csv(itd_cli_text *row, const itd_owners_answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        const itd_owners_owner *owner = &answer->owners[i];
        itd_cli_csv_field(row, answer->entity);
        itd_cli_csv_field(row, owner->id);
        itd_cli_csv_string(row, owner->standing);
        itd_cli_csv_number(row, owner->shares_min_ppm);
        itd_cli_csv_number(row, owner->shares_max_ppm);
        itd_cli_csv_number(row, owner->votes_min_ppm);
        itd_cli_csv_number(row, owner->votes_max_ppm);
        itd_cli_csv_string(row, owner->control ? owner->control : "");
        itd_cli_csv_number(row, owner->power_ppm);
        itd_cli_csv_end(row);
    }
}

static itd_status put(owners_run *o, const itd_owners_answer *answer)
{
    itd_cli_run *run = o->run;
    itd_bytes bytes = {0};
    itd_status status;
    for (size_t i = 0; i < answer->count; i++)
        o->owned |= strcmp(answer->owners[i].standing, "below") != 0;
    if (run->output.print == ITD_CLI_PRINT_JSON || run->output.print == ITD_CLI_PRINT_JSONL) {
        status = itd_cli_write_made(&run->output, &bytes, itd_owners_json(&bytes, answer, &run->error), &run->error);
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

static itd_status answer_all(owners_run *o, const itd_graph *graph)
{
    itd_cli_run *run = o->run;
    itd_status status = ITD_OK;
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "entity,owner,standing,shares_min_ppm,shares_max_ppm,votes_min_ppm,"
                                      "votes_max_ppm,control,power_ppm\r\n");
    for (size_t i = 0; i < run->arguments->operand_count && status == ITD_OK; i++) {
        itd_owners *owners = NULL;
        status = itd_owners_create(&owners, run->context, graph, itd_cli_operands(run->arguments)[i], &o->options,
                                   &run->error);
        if (status == ITD_OK)
            status = put(o, itd_owners_get(owners));
        itd_owners_destroy(owners);
    }
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    return status;
}

int itd_cli_owners(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    owners_run o = {.run = run, .options = {.as_of = itd_cli_value(a, ITD_CLI_AS_OF), .all = a->given[ITD_CLI_ALL]}};
    itd_graph *graph = NULL;
    uint64_t rejected = 0;
    const itd_read_options registers = itd_cli_registers(run);
    if (!take_percent(&o.options.threshold_ppm, itd_cli_value(a, ITD_CLI_THRESHOLD)))
        return itd_cli_fail_usage(run, "--threshold is a percentage, more than 0, up to 100, with up to four places");
    itd_status status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_graph_open(&graph, run->context, &registers, &run->error);
    if (status == ITD_OK)
        status = answer_all(&o, graph);
    if (status == ITD_OK)
        rejected = itd_graph_about(graph).rejected;
    itd_graph_close(graph);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    return itd_cli_rejected(run, rejected, 0, o.owned ? ITD_CLI_HIT : ITD_CLI_DONE);
}
