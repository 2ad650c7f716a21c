/* `interdict export`: what an index was made from. */
#include <string.h>

#include "cli/run.h"
#include "interdict/export.h"

static itd_status on_line(void *user, itd_sv line)
{
    itd_cli_run *run = user;
    return itd_cli_write(&run->output, line, &run->stopped);
}

int itd_cli_export(itd_cli_run *run)
{
    const char *format = itd_cli_value(run->arguments, ITD_CLI_FORMAT);
    itd_export_format which = strcmp(format, "statements") == 0 ? ITD_EXPORT_STATEMENTS : ITD_EXPORT_FTM;
    itd_index *index = NULL;
    itd_status status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK)
        status = itd_index_open(&index, itd_cli_value(run->arguments, ITD_CLI_LIST), &run->error);
    if (status == ITD_OK)
        status = itd_export(run->context, index, which, on_line, run, &run->error);
    itd_index_close(index);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
