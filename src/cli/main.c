/* The `interdict` program: reads the command line, hands over to a command, gives its exit code. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/help.h"
#include "cli/run.h"
#include "interdict/context.h"

static int usage(const itd_cli_arguments *arguments, const itd_cli_text *problem)
{
    const char *name = arguments->command ? arguments->command->name : "";
    (void)fprintf(stderr, "interdict%s%s: %s\n", name[0] ? " " : "", name, itd_cli_text_string(problem));
    return ITD_CLI_USAGE;
}

/* What the program says of itself. False: a command is to run. */
static bool about_itself(itd_cli_text *out, const itd_cli_arguments *a, const itd_cli_terminal *terminal)
{
    if (a->given[ITD_CLI_HELP] && a->group)
        itd_cli_help_group(out, a->group, terminal);
    else if (a->given[ITD_CLI_HELP])
        itd_cli_help(out, a->command, terminal);
    else if (a->given[ITD_CLI_MAN])
        itd_cli_man(out, a->command, itd_version());
    else if (a->given[ITD_CLI_COMPLETION])
        itd_cli_completion(out, itd_cli_value(a, ITD_CLI_COMPLETION));
    else if (a->given[ITD_CLI_VERSION])
        itd_cli_text_printf(out, "interdict %s\nprofile %s\n", itd_version(), itd_profile());
    else
        return false;
    return true;
}

static itd_cli_print print_of(const itd_cli_arguments *a)
{
    return a->given[ITD_CLI_JSON]    ? ITD_CLI_PRINT_JSON
           : a->given[ITD_CLI_JSONL] ? ITD_CLI_PRINT_JSONL
           : a->given[ITD_CLI_CSV]   ? ITD_CLI_PRINT_CSV
                                     : ITD_CLI_TABLE;
}

/* By verb; the program itself has none. */
static itd_cli_command_function *const functions[] = {
    [ITD_CLI_LISTS] = itd_cli_lists,
    [ITD_CLI_LISTS_FETCH] = itd_cli_lists_fetch,
    [ITD_CLI_LISTS_STATS] = itd_cli_lists_stats,
    [ITD_CLI_INDEX] = itd_cli_index,
    [ITD_CLI_INDEX_VERIFY] = itd_cli_index_verify,
    [ITD_CLI_SCREEN] = itd_cli_screen,
    [ITD_CLI_COMPARE] = itd_cli_compare,
    [ITD_CLI_EXPORT] = itd_cli_export,
    [ITD_CLI_CASE_INIT] = itd_cli_case_init,
    [ITD_CLI_CASE_IMPORT] = itd_cli_case_import,
    [ITD_CLI_CASE_STATS] = itd_cli_case_stats,
    [ITD_CLI_CASE_DIFF] = itd_cli_case_diff,
    [ITD_CLI_CASE_EXPORT] = itd_cli_case_export,
    [ITD_CLI_CASE_VERIFY] = itd_cli_case_verify,
    [ITD_CLI_AUDIT] = itd_cli_audit,
    [ITD_CLI_DECIDE] = itd_cli_decide,
    [ITD_CLI_REPLAY] = itd_cli_replay,
    [ITD_CLI_RESCREEN] = itd_cli_rescreen,
    [ITD_CLI_RESOLVE] = itd_cli_resolve,
    [ITD_CLI_GRAPH_BUILD] = itd_cli_graph_build,
    [ITD_CLI_GRAPH_VERIFY] = itd_cli_graph_verify,
    [ITD_CLI_OWN] = itd_cli_own,
    [ITD_CLI_PATH] = itd_cli_path,
    [ITD_CLI_NETWORK] = itd_cli_network,
    [ITD_CLI_BROKERS] = itd_cli_brokers,
    [ITD_CLI_OWNERS] = itd_cli_owners,
    [ITD_CLI_CLUSTERS] = itd_cli_clusters,
};

static int run_command(const itd_cli_arguments *arguments)
{
    itd_cli_run run = {.arguments = arguments, .terminal = itd_cli_terminal_detect()};
    run.quiet = arguments->given[ITD_CLI_QUIET];
    itd_cli_output_init(&run.output, stdout, print_of(arguments));
    int code = ITD_CLI_DONE;
    if (about_itself(&run.text, arguments, &run.terminal)) {
        if (itd_cli_write_text(&run.output, &run.text, &run.error) != ITD_OK)
            code = itd_cli_fail(&run);
    } else {
        code = functions[arguments->command->verb](&run);
    }
    if (code != ITD_CLI_FAILURE && code != ITD_CLI_USAGE && itd_cli_flush(&run.output, &run.error) != ITD_OK)
        code = itd_cli_fail(&run);
    itd_context_destroy(run.context);
    itd_cli_output_free(&run.output);
    itd_cli_text_free(&run.text);
    return code;
}

int main(int argc, char **argv)
{
    /* A reader that has seen enough ends the program without a word, as with any filter. */
    (void)signal(SIGPIPE, SIG_DFL);
    /* With one of them closed the next file would take its number, and messages or data would go into it. */
    if (fcntl(STDERR_FILENO, F_GETFD) == -1)
        return ITD_CLI_FAILURE;
    if (fcntl(STDOUT_FILENO, F_GETFD) == -1) {
        (void)fputs("interdict: standard output is closed\n", stderr);
        return ITD_CLI_FAILURE;
    }
    itd_cli_arguments arguments;
    itd_cli_text problem = {0};
    int code;
    if (itd_cli_arguments_parse(&arguments, argc, argv, &problem))
        code = run_command(&arguments);
    else
        code = usage(&arguments, &problem);
    itd_cli_text_free(&problem);
    itd_cli_arguments_free(&arguments);
    return code;
}
