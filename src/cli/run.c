#include "cli/run.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/display.h"

itd_status itd_cli_context(itd_cli_run *run, bool progress)
{
    const itd_context_options options = {.threads = itd_cli_number(run->arguments, ITD_CLI_THREADS),
                                         .progress = progress && !run->quiet};
    itd_status status = itd_context_create(&run->context, &options, &run->error);
    if (status == ITD_ELIMIT)
        run->error.status = ITD_EINVAL; /* more threads than can be: the caller's mistake */
    return status;
}

static bool takes(const itd_cli_arguments *arguments, itd_cli_key key)
{
    const itd_cli_option *option;
    for (size_t i = 0; (option = itd_cli_option_at(arguments->command, i)); i++)
        if (option->key == key)
            return true;
    return false;
}

/* --skip-bad would have been taken and was not given. */
static bool can_skip(const itd_cli_arguments *arguments)
{
    return takes(arguments, ITD_CLI_SKIP_BAD) && !arguments->given[ITD_CLI_SKIP_BAD];
}

/* Messages carry words of files: they are cleaned too. */
static void say(const char *prefix, const char *message)
{
    itd_cli_text line = {0};
    itd_cli_clean(&line, itd_cli_sv(message));
    (void)fflush(stdout); /* in the order in which it happened */
    (void)fprintf(stderr, "interdict: %s%s\n", prefix, line.failed ? message : itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

int itd_cli_fail(itd_cli_run *run)
{
    char message[ITD_ERROR_MESSAGE_MAX + ITD_ERROR_WHERE_MAX + 64];
    if (run->stopped.status != ITD_OK)
        run->error = run->stopped;
    (void)itd_error_format(message, sizeof message, &run->error);
    say("", message);
    bool of_index = run->arguments->given[ITD_CLI_LIST] || run->arguments->command->verb == ITD_CLI_INDEX_VERIFY;
    if (run->error.status == ITD_EMISMATCH && of_index)
        (void)fprintf(stderr, "Build the index again from its lists: interdict index -o X.idx SOURCE…\n");
    if (run->error.status == ITD_EFORMAT && run->rejected > 0 && can_skip(run->arguments))
        (void)fputs("A broken record in a well-formed list can be left out with --skip-bad.\n", stderr);
    return run->error.status == ITD_EINVAL ? ITD_CLI_USAGE : ITD_CLI_FAILURE;
}

int itd_cli_fail_usage(itd_cli_run *run, const char *message)
{
    const char *name = run->arguments->command->name;
    (void)fprintf(stderr, "interdict %s: %s\nTry 'interdict %s --help'.\n", name, message, name);
    return ITD_CLI_USAGE;
}

void itd_cli_note(const itd_cli_run *run, const char *text)
{
    if (!run->quiet && text[0])
        say("note: ", text);
}

void itd_cli_warn(const char *text)
{
    say("", text);
}

bool itd_cli_forbidden_input(const itd_cli_run *run, const char *path)
{
    return run->arguments->given[ITD_CLI_NO_INPUT] && strcmp(path, "-") == 0 && isatty(STDIN_FILENO) == 1;
}

static void on_note(void *user, const char *text)
{
    itd_cli_note(user, text);
}

itd_read_options itd_cli_read_options(itd_cli_run *run)
{
    return (itd_read_options){
        .paths = itd_cli_operands(run->arguments),
        .path_count = run->arguments->operand_count,
        .dataset = itd_cli_value(run->arguments, ITD_CLI_DATASET),
        .map = itd_cli_value(run->arguments, ITD_CLI_MAP),
        .skip_bad = run->arguments->given[ITD_CLI_SKIP_BAD],
        .on_note = on_note,
        .user = run,
    };
}

void itd_cli_reject_text(itd_cli_text *out, const itd_rejected *rejected)
{
    itd_cli_clean(out, itd_cli_sv(rejected->file));
    if (rejected->line > 0)
        itd_cli_text_printf(out, ":%" PRIu64, rejected->line);
    else if (rejected->offset != ITD_NOWHERE)
        itd_cli_text_printf(out, ", byte %" PRIu64, rejected->offset);
    itd_cli_text_puts(out, ": ");
    itd_cli_clean(out, itd_cli_sv(rejected->reason));
    if (rejected->record.size > 0) {
        itd_cli_text_puts(out, " (record ");
        itd_cli_clean(out, rejected->record);
        itd_cli_text_puts(out, ")");
    }
}

void itd_cli_say_left_out(const itd_cli_run *run, const itd_rejected *rejected)
{
    itd_cli_text line = {0};
    if (run->quiet && !run->arguments->given[ITD_CLI_REJECTS])
        return;
    itd_cli_reject_text(&line, rejected);
    say("left out: ", itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

void itd_cli_on_reject(void *user, const itd_rejected *rejected)
{
    itd_cli_run *run = user;
    bool left_out = run->arguments->given[ITD_CLI_SKIP_BAD]; /* else it ends the run, and the error says all */
    bool all = run->arguments->given[ITD_CLI_REJECTS];
    if ((run->rejected++ < ITD_CLI_REJECTS_SHOWN || all) && left_out)
        itd_cli_say_left_out(run, rejected);
}

/* The command that names each: this one, else that which reads what this one read. */
static void add_hint(itd_cli_text *line, const itd_cli_arguments *arguments)
{
    const char *name = takes(arguments, ITD_CLI_REJECTS) ? arguments->command->name
                       : arguments->given[ITD_CLI_GRAPH] ? "graph build"
                                                         : "lists stats";
    itd_cli_text_printf(line, "; 'interdict %s --skip-bad --rejects' lists each", name);
}

int itd_cli_rejected(itd_cli_run *run, uint64_t rejected, uint64_t orphans, int otherwise)
{
    if (rejected + orphans == 0)
        return otherwise;
    itd_cli_text line = {0};
    itd_cli_text_count(&line, rejected);
    itd_cli_text_puts(&line, rejected == 1 ? " record rejected, " : " records rejected, ");
    itd_cli_text_count(&line, orphans);
    itd_cli_text_puts(&line, orphans == 1 ? " orphan row left out" : " orphan rows left out");
    if (!run->arguments->given[ITD_CLI_REJECTS] && !run->quiet)
        add_hint(&line, run->arguments);
    say("", itd_cli_text_string(&line));
    itd_cli_text_free(&line);
    return ITD_CLI_REJECTED;
}
