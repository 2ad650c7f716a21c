/* `interdict rescreen`: what a change of lists made of the hits of stored questions. */
#include "interdict/rescreen.h"

#include <inttypes.h>

#include "cli/case.h"
#include "cli/display.h"

static void print_row(itd_cli_text *out, const itd_rescreen_change *c)
{
    const itd_hit_decision *decision = c->hit ? c->hit->decision : NULL;
    itd_cli_text_printf(out, "%-8s ", c->change);
    itd_cli_decimal(out, c->score_micro, 3);
    itd_cli_text_puts(out, "  ");
    itd_cli_clean(out, c->id);
    itd_cli_text_puts(out, "  ");
    itd_cli_clean(out, c->query);
    itd_cli_text_puts(out, "  →  ");
    itd_cli_clean(out, c->caption);
    itd_cli_text_puts(out, "  ");
    itd_cli_clean(out, c->hit_id);
    itd_cli_text_puts(out, "\n");
    if (!decision)
        return;
    itd_cli_text_printf(out, "         %s: %s by ", decision->state, decision->decision);
    itd_cli_clean(out, decision->by);
    for (size_t i = 0; i < decision->reopened_count; i++)
        itd_cli_text_printf(out, "%s%s", i ? ", " : "; ", decision->reopened[i]);
    itd_cli_text_puts(out, "\n");
}

static itd_status on_change(void *user, const itd_rescreen_change *c)
{
    itd_cli_run *run = user;
    const itd_hit_decision *decision = c->hit ? c->hit->decision : NULL;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        print_row(&run->text, c);
        return itd_cli_write_text(&run->output, &run->text, &run->stopped);
    case ITD_CLI_PRINT_CSV:
        itd_cli_csv_string(&run->text, c->change);
        itd_cli_csv_field(&run->text, c->id);
        itd_cli_csv_field(&run->text, c->query);
        itd_cli_csv_field(&run->text, c->hit_id);
        itd_cli_csv_field(&run->text, c->caption);
        itd_cli_text_puts(&run->text, ",");
        itd_cli_decimal(&run->text, c->score_micro, 6);
        itd_cli_csv_string(&run->text, decision ? decision->state : "");
        itd_cli_csv_end(&run->text);
        return itd_cli_write_text(&run->output, &run->text, &run->stopped);
    default:
        return itd_cli_write_item(&run->output, c->json, &run->stopped);
    }
}

static void note_report(const itd_cli_run *run, const itd_rescreen_report *report)
{
    itd_cli_text line = {0};
    itd_cli_text_count(&line, report->questions);
    itd_cli_text_puts(&line, report->questions == 1 ? " question" : " questions");
    itd_cli_text_puts(&line, " against ");
    itd_cli_text_count(&line, report->entities_now);
    itd_cli_text_puts(&line, " entities that differ: ");
    itd_cli_text_count(&line, report->added);
    itd_cli_text_puts(&line, report->added == 1 ? " hit new, " : " hits new, ");
    itd_cli_text_count(&line, report->changed);
    itd_cli_text_puts(&line, " changed, ");
    itd_cli_text_count(&line, report->gone);
    itd_cli_text_printf(&line, " gone; audit record %" PRId64, report->record);
    itd_cli_note(run, itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

int itd_cli_rescreen(itd_cli_run *run)
{
    itd_rescreen_options options = {.store = itd_cli_value(run->arguments, ITD_CLI_STORE),
                                    .since = itd_cli_number(run->arguments, ITD_CLI_SINCE)};
    itd_rescreen_report report = {0};
    itd_case *the_case = NULL;
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "change,id,query,hit,caption,score,decision\r\n");
    itd_status status = itd_cli_person(&options.person, run);
    if (status == ITD_OK)
        status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, true);
    if (status == ITD_OK)
        status = itd_rescreen(the_case, run->context, &options, on_change, run, &report, &run->error);
    itd_case_close(the_case);
    if (status == ITD_OK) /* the header of a CSV without rows */
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    note_report(run, &report);
    return report.added + report.changed > 0 ? ITD_CLI_HIT : ITD_CLI_DONE;
}
