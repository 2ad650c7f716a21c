#ifndef ITD_CLI_HELP_H
#define ITD_CLI_HELP_H

#include "cli/options.h"
#include "cli/terminal.h"

/** Adds the help of a command, or of the program. */
void itd_cli_help(itd_cli_text *out, const itd_cli_command *command, const itd_cli_terminal *terminal);

/** Adds the help of a word that stands before others: "graph". */
void itd_cli_help_group(itd_cli_text *out, const char *group, const itd_cli_terminal *terminal);
/** Adds a line each of the commands that a word stands before, each after a line end. */
void itd_cli_help_commands(itd_cli_text *out, const char *group);

/** Adds the manual page in man(7). `version` as "0.1.0". */
void itd_cli_man(itd_cli_text *out, const itd_cli_command *command, const char *version);

/** Adds the completion script for "bash" or "zsh". */
void itd_cli_completion(itd_cli_text *out, const char *shell);

#endif
