/* `interdict compare`: pairs of entities, scored. */
#include <inttypes.h>
#include <string.h>

#include "cli/display.h"
#include "cli/hit.h"
#include "cli/reason.h"
#include "cli/run.h"
#include "cli/waterfall.h"
#include "interdict/compare.h"

typedef struct compare_run {
    itd_cli_run *run;
    itd_bytes json;
    uint64_t pairs, close;
} compare_run;

static void print_table(compare_run *c, const itd_comparison *pair)
{
    itd_cli_text *out = &c->run->text;
    const itd_cli_terminal *terminal = &c->run->terminal;
    itd_cli_text words = {0};
    itd_cli_text_puts(out, c->pairs > 1 ? "\n" : "");
    itd_cli_score(out, terminal, pair->score_micro);
    itd_cli_text_puts(out, "  ");
    itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, pair->id);
    itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, "\n");
    itd_cli_reason(&words, pair->contributions, pair->contribution_count);
    if (words.size == 0)
        itd_cli_text_puts(&words, "Nothing in common that counts.");
    itd_cli_text_repeat(out, " ", ITD_CLI_HIT_INDENT);
    itd_cli_paragraph(out, (itd_sv){itd_cli_text_string(&words), words.size}, ITD_CLI_HIT_INDENT, terminal->width);
    itd_cli_waterfall(out, terminal, pair->contributions, pair->contribution_count, pair->score_micro,
                      ITD_CLI_HIT_INDENT);
    out->failed |= words.failed;
    itd_cli_text_free(&words);
}

static void print_csv(compare_run *c, const itd_comparison *pair)
{
    itd_cli_text *row = &c->run->text;
    itd_cli_text part = {0};
    itd_cli_csv_field(row, pair->id);
    itd_cli_decimal(&part, pair->score_micro, 6);
    itd_cli_csv_string(row, itd_cli_text_string(&part));
    itd_cli_csv_number(row, (uint64_t)pair->score_micro);
    itd_cli_text_clear(&part);
    for (size_t i = 0; i < pair->contribution_count; i++)
        itd_cli_text_printf(&part, "%s%s %+" PRId32, i > 0 ? "; " : "", pair->contributions[i].feature,
                            pair->contributions[i].micro);
    itd_cli_csv_string(row, itd_cli_text_string(&part));
    itd_cli_csv_string(row, pair->profile);
    itd_cli_csv_end(row);
    row->failed |= part.failed;
    itd_cli_text_free(&part);
}

static itd_status on_pair(void *user, const itd_comparison *pair)
{
    compare_run *c = user;
    itd_cli_run *run = c->run;
    c->pairs++;
    c->close += pair->score_micro >= ITD_THRESHOLD_DEFAULT_MICRO;
    if (run->output.print == ITD_CLI_TABLE) {
        print_table(c, pair);
    } else if (run->output.print == ITD_CLI_PRINT_CSV) {
        print_csv(c, pair);
    } else {
        itd_status status = itd_comparison_json(&c->json, pair, &run->stopped);
        if (status == ITD_OK)
            status = itd_cli_write_item(&run->output, (itd_sv){c->json.data, c->json.size}, &run->stopped);
        return status;
    }
    return itd_cli_write_text(&run->output, &run->text, &run->stopped);
}

int itd_cli_compare(itd_cli_run *run)
{
    const char *input = itd_cli_value(run->arguments, ITD_CLI_INPUT);
    if (itd_cli_forbidden_input(run, input))
        return itd_cli_fail_usage(run, "standard input is a terminal, and --no-input forbids waiting for it");
    compare_run c = {.run = run};
    itd_algorithm algorithm = strcmp(itd_cli_value(run->arguments, ITD_CLI_ALGORITHM), "ofac") == 0
                                  ? ITD_ALGORITHM_OFAC
                                  : ITD_ALGORITHM_LOGIC;
    itd_status status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK && run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "id,score,score_micro,contributions,profile\r\n");
    if (status == ITD_OK)
        status = itd_compare(run->context, algorithm, input, on_pair, &c, &run->error);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    itd_bytes_free(&c.json);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    return c.close > 0 ? ITD_CLI_HIT : ITD_CLI_DONE;
}
