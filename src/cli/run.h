#ifndef ITD_CLI_RUN_H
#define ITD_CLI_RUN_H

#include "cli/arguments.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "interdict/lists.h"

/** Longest name of a person that goes on record, in bytes. */
#define ITD_CLI_PERSON_MAX 255
/** Records that are named on standard error when they were left out; the others are counted, unless --rejects. */
#define ITD_CLI_REJECTS_SHOWN 5

/** One run of a command: what was asked, where the answer goes, what went wrong. */
typedef struct itd_cli_run {
    const itd_cli_arguments *arguments;
    itd_cli_terminal terminal;
    itd_cli_output output;
    itd_cli_text text; /**< of the item in the making */
    itd_context *context;
    itd_error error;
    itd_error stopped; /**< why a callback stopped the library; says more than its own error */
    char person[ITD_CLI_PERSON_MAX + 1];
    bool quiet;
    uint64_t rejected; /**< told while reading */
} itd_cli_run;

/** A command's file has one: runs it and gives the exit code. */
typedef int itd_cli_command_function(itd_cli_run *run);
itd_cli_command_function itd_cli_lists, itd_cli_lists_fetch, itd_cli_lists_stats, itd_cli_index, itd_cli_index_verify,
    itd_cli_screen, itd_cli_compare, itd_cli_export, itd_cli_case_init, itd_cli_case_import, itd_cli_case_stats,
    itd_cli_case_diff, itd_cli_case_export;
itd_cli_command_function itd_cli_audit, itd_cli_case_verify, itd_cli_decide, itd_cli_replay, itd_cli_rescreen,
    itd_cli_resolve;
itd_cli_command_function itd_cli_graph_build, itd_cli_graph_verify, itd_cli_own, itd_cli_path, itd_cli_network,
    itd_cli_brokers, itd_cli_owners, itd_cli_clusters;

/** Makes the context with the threads that were asked for; `progress` draws on standard error unless --quiet. */
ITD_MUST_CHECK itd_status itd_cli_context(itd_cli_run *run, bool progress);

/** Who runs the command, for its audit record: --by, else the name of the login, else "uid-" and its number. Never
 * empty; borrowed from the run.
 *  @return ITD_OK | ITD_EINVAL (what --by gives is empty, too long, not UTF-8 or not one line), and the run's error
 * says so */
ITD_MUST_CHECK itd_status itd_cli_person(const char **out, itd_cli_run *run);
/** Whether a text can stand for a person; on failure `reason` says why not. */
bool itd_cli_is_person(const char **reason, const char *text);

/** Says what went wrong and gives the exit code: 2 for the caller's mistake, else 1. */
int itd_cli_fail(itd_cli_run *run);
/** A usage error that only the command can see. */
int itd_cli_fail_usage(itd_cli_run *run, const char *message);
/** A line on standard error, cleaned; nothing under --quiet. */
void itd_cli_note(const itd_cli_run *run, const char *text);

/** The same, but under --quiet too: what a clean answer must not hide. */
void itd_cli_warn(const char *text);

/** Whether reading `path` would wait for a person although --no-input forbids it. */
bool itd_cli_forbidden_input(const itd_cli_run *run, const char *path);

/** Read options from --skip-bad, --dataset, --map and the operands. Notes go to standard error; the command sets
 * on_reject and user, user being its run or a structure that begins with one. */
itd_read_options itd_cli_read_options(itd_cli_run *run);
/** For itd_read_options: names the first records on standard error. `user` is the run. */
void itd_cli_on_reject(void *user, const itd_rejected *rejected);
/** Names one on standard error, unless --quiet without --rejects. */
void itd_cli_say_left_out(const itd_cli_run *run, const itd_rejected *rejected);
/** "file:line: reason (record KEY)". */
void itd_cli_reject_text(itd_cli_text *out, const itd_rejected *rejected);
/** Says how many were left out, if any, and gives the exit code: 3, or `otherwise`. */
int itd_cli_rejected(itd_cli_run *run, uint64_t rejected, uint64_t orphans, int otherwise);

#endif
