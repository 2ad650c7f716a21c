/* `interdict replay`: does a past screening come out as it did? */
#include <inttypes.h>

#include "cli/case.h"
#include "cli/display.h"
#include "interdict/screening.h"

static void print_table(itd_cli_run *run, const itd_replay *replay)
{
    itd_cli_text *out = &run->text;
    itd_cli_text_printf(out, "record %" PRId64 ": ", replay->record);
    itd_cli_text_puts(out, replay->equal ? "the answers are the same, byte for byte\n" : "the answers differ\n");
    if (replay->now.size > 0) {
        itd_cli_text_count(out, replay->questions);
        itd_cli_text_puts(out, replay->questions == 1 ? " question, " : " questions, ");
        itd_cli_text_count(out, replay->hits);
        itd_cli_text_puts(out, replay->hits == 1 ? " hit\n" : " hits\n");
    }
    for (size_t i = 0; i < replay->difference_count; i++) {
        itd_cli_text_puts(out, "- ");
        itd_cli_clean(out, itd_cli_sv(replay->differences[i]));
        itd_cli_text_puts(out, "\n");
    }
}

static void print_csv(itd_cli_text *out, const itd_replay *replay)
{
    itd_cli_text all = {0};
    for (size_t i = 0; i < replay->difference_count; i++) {
        itd_cli_text_puts(&all, i > 0 ? "; " : "");
        itd_cli_text_puts(&all, replay->differences[i]);
    }
    itd_cli_text_puts(out, "record,equal,then,now,differences,questions,hits\r\n");
    itd_cli_csv_number(out, (uint64_t)replay->record);
    itd_cli_csv_string(out, replay->equal ? "true" : "false");
    itd_cli_csv_field(out, replay->then);
    itd_cli_csv_field(out, replay->now);
    itd_cli_csv_string(out, itd_cli_text_string(&all));
    itd_cli_csv_number(out, replay->questions);
    itd_cli_csv_number(out, replay->hits);
    itd_cli_csv_end(out);
    out->failed |= all.failed;
    itd_cli_text_free(&all);
}

static itd_status print(itd_cli_run *run, const itd_replay *replay)
{
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        print_table(run, replay);
        break;
    case ITD_CLI_PRINT_CSV:
        print_csv(&run->text, replay);
        break;
    default:
        status = itd_replay_json(&json, replay, &run->error);
        itd_cli_text_add(&run->text, json.data, json.size);
        itd_cli_text_puts(&run->text, "\n");
        break;
    }
    itd_bytes_free(&json);
    if (status == ITD_OK)
        status = itd_cli_write_text(&run->output, &run->text, &run->error);
    return status == ITD_OK ? itd_cli_flush(&run->output, &run->error) : status;
}

int itd_cli_replay(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    itd_case *the_case = NULL;
    itd_replay replay = {0};
    uint32_t record = 0;
    if (!itd_cli_parse_number(&record, itd_cli_operands(a)[1]) || record == 0)
        return itd_cli_fail_usage(run, "RECORD is the number of an audit record, from 1");
    itd_status status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, false);
    if (status == ITD_OK)
        status = itd_replay_run(&replay, the_case, run->context, record, &run->error);
    if (status == ITD_OK)
        status = print(run, &replay);
    itd_case_close(the_case);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    return replay.equal ? ITD_CLI_DONE : ITD_CLI_FAILURE;
}
