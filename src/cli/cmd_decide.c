/* `interdict decide`: what a person makes of a hit. */
#include "interdict/decide.h"

#include <inttypes.h>

#include "cli/case.h"
#include "cli/display.h"
#include "cli/hit.h"

static void print_table(itd_cli_run *run, const itd_decided *decided)
{
    itd_cli_text *out = &run->text, words = {0};
    itd_cli_style_on(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, decided->query);
    itd_cli_text_puts(out, "  ~  ");
    itd_cli_clean(out, decided->hit);
    itd_cli_style_off(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, "\n");
    itd_cli_decision(&words, &decided->decision);
    itd_cli_paragraph(out, (itd_sv){itd_cli_text_string(&words), words.size}, 0, run->terminal.width);
    itd_cli_text_printf(out, "on record as number %" PRId64 "\n", decided->record);
    out->failed |= words.failed;
    itd_cli_text_free(&words);
}

static void print_csv(itd_cli_text *out, const itd_decided *decided)
{
    const itd_hit_decision *d = &decided->decision;
    itd_cli_text_puts(out, "query,hit,state,decision,by,second,made,until,reason,record\r\n");
    itd_cli_csv_field(out, decided->query);
    itd_cli_csv_field(out, decided->hit);
    itd_cli_csv_string(out, d->state);
    itd_cli_csv_string(out, d->decision);
    itd_cli_csv_field(out, d->by);
    itd_cli_csv_field(out, d->second);
    itd_cli_csv_field(out, d->made);
    itd_cli_csv_field(out, d->until);
    itd_cli_csv_field(out, d->reason);
    itd_cli_csv_number(out, (uint64_t)decided->record);
    itd_cli_csv_end(out);
}

static itd_status print(itd_cli_run *run, const itd_decided *decided)
{
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        print_table(run, decided);
        break;
    case ITD_CLI_PRINT_CSV:
        print_csv(&run->text, decided);
        break;
    default:
        status = itd_decided_json(&json, decided, &run->error);
        itd_cli_text_add(&run->text, json.data, json.size);
        itd_cli_text_puts(&run->text, "\n");
        break;
    }
    itd_bytes_free(&json);
    return status == ITD_OK ? itd_cli_write_text(&run->output, &run->text, &run->error) : status;
}

/* The names that go on record have to be such that others can read them. */
static itd_status second_person(const char **out, itd_cli_run *run)
{
    const char *reason;
    *out = itd_cli_value(run->arguments, ITD_CLI_SECOND);
    if (*out && !itd_cli_is_person(&reason, *out))
        return itd_cli_error(&run->error, ITD_EINVAL, "--second: %s", reason);
    return ITD_OK;
}

int itd_cli_decide(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    itd_case *the_case = NULL;
    itd_decided decided;
    itd_decide_options options = {.query = itd_cli_value(a, ITD_CLI_QUERY),
                                  .hit = itd_cli_value(a, ITD_CLI_HIT_ID),
                                  .decision = itd_cli_value(a, ITD_CLI_DECISION),
                                  .reason = itd_cli_value(a, ITD_CLI_REASON),
                                  .until = itd_cli_value(a, ITD_CLI_UNTIL)};
    itd_status status = itd_cli_person(&options.person, run);
    if (status == ITD_OK)
        status = second_person(&options.second, run);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, true);
    if (status == ITD_OK)
        status = itd_decide(&decided, the_case, &options, &run->error);
    if (status == ITD_OK)
        status = print(run, &decided);
    itd_case_close(the_case);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
