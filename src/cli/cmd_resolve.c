/* `interdict resolve`: whether two records are one entity. */
#include <inttypes.h>

#include "cli/case.h"
#include "cli/display.h"
#include "interdict/decide.h"

static void print_table(itd_cli_text *out, const itd_judge_options *o, int64_t record)
{
    itd_cli_clean(out, itd_cli_sv(o->left));
    itd_cli_text_puts(out, o->same ? "  is one with  " : "  is not  ");
    itd_cli_clean(out, itd_cli_sv(o->right));
    itd_cli_text_printf(out, "\non record as number %" PRId64 "\n", record);
}

static void print_csv(itd_cli_text *out, const itd_judge_options *o, int64_t record)
{
    itd_cli_text_puts(out, "left,right,judgement,reason,by,record\r\n");
    itd_cli_csv_string(out, o->left);
    itd_cli_csv_string(out, o->right);
    itd_cli_csv_string(out, o->same ? "merge" : "split");
    itd_cli_csv_string(out, o->reason);
    itd_cli_csv_string(out, o->person);
    itd_cli_csv_number(out, (uint64_t)record);
    itd_cli_csv_end(out);
}

static void print_json(itd_cli_text *out, const itd_judge_options *o, int64_t record)
{
    const struct {
        const char *key, *value;
    } members[] = {{"{\"left\":", o->left},
                   {",\"right\":", o->right},
                   {",\"judgement\":", o->same ? "merge" : "split"},
                   {",\"reason\":", o->reason},
                   {",\"by\":", o->person}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        itd_cli_text_puts(out, members[i].key);
        itd_cli_json_string(out, itd_cli_sv(members[i].value));
    }
    itd_cli_text_printf(out, ",\"record\":%" PRId64 "}\n", record);
}

int itd_cli_resolve(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    bool merge = a->given[ITD_CLI_MERGE];
    itd_case *the_case = NULL;
    int64_t record = 0;
    if (merge == a->given[ITD_CLI_SPLIT])
        return itd_cli_fail_usage(run, "say either --merge A B or --split A B");
    if (a->operand_count != 2)
        return itd_cli_fail_usage(run, "two records are named after the case: --merge A B or --split A B");
    itd_judge_options options = {.left = itd_cli_value(a, merge ? ITD_CLI_MERGE : ITD_CLI_SPLIT),
                                 .right = itd_cli_operands(a)[1],
                                 .same = merge,
                                 .reason = itd_cli_value(a, ITD_CLI_REASON)};
    itd_status status = itd_cli_person(&options.person, run);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, true);
    if (status == ITD_OK)
        status = itd_judge(&record, the_case, &options, &run->error);
    itd_case_close(the_case);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    if (run->output.print == ITD_CLI_TABLE)
        print_table(&run->text, &options, record);
    else if (run->output.print == ITD_CLI_PRINT_CSV)
        print_csv(&run->text, &options, record);
    else
        print_json(&run->text, &options, record);
    return itd_cli_write_text(&run->output, &run->text, &run->error) == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
