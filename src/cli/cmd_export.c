/* `interdict export` and `interdict case export`: what an index or a case holds. */
#include "interdict/export.h"

#include <string.h>

#include "cli/case.h"

static itd_status on_line(void *user, itd_sv line)
{
    itd_cli_run *run = user;
    return itd_cli_write(&run->output, line, &run->stopped);
}

static itd_export_format format_of(const itd_cli_run *run)
{
    bool statements = strcmp(itd_cli_value(run->arguments, ITD_CLI_FORMAT), "statements") == 0;
    return statements ? ITD_EXPORT_STATEMENTS : ITD_EXPORT_FTM;
}

static itd_status export_index(itd_cli_run *run, const char *path)
{
    itd_index *index = NULL;
    itd_status status = itd_index_open(&index, path, &run->error);
    if (status == ITD_OK)
        status = itd_export(run->context, index, format_of(run), on_line, run, &run->error);
    itd_index_close(index);
    return status;
}

static itd_status export_case(itd_cli_run *run, itd_case *the_case)
{
    int64_t generation = 0;
    itd_status status = itd_cli_case_generation(&generation, run, the_case);
    if (status == ITD_OK)
        status = itd_case_export(the_case, run->context, generation, format_of(run), on_line, run, &run->error);
    return status;
}

int itd_cli_export(itd_cli_run *run)
{
    const char *list = itd_cli_value(run->arguments, ITD_CLI_LIST);
    itd_status status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK && strncmp(list, "case:", 5) == 0) {
        itd_case *the_case = NULL;
        status = itd_case_open(&the_case, list + 5, false, &run->error);
        if (status == ITD_OK)
            status = export_case(run, the_case);
        itd_case_close(the_case);
    } else if (status == ITD_OK) {
        status = export_index(run, list);
    }
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}

int itd_cli_case_export(itd_cli_run *run)
{
    itd_case *the_case = NULL;
    itd_status status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, false);
    if (status == ITD_OK)
        status = export_case(run, the_case);
    itd_case_close(the_case);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
