#ifndef ITD_CLI_ARGUMENTS_H
#define ITD_CLI_ARGUMENTS_H

#include "cli/options.h"
#include "cli/text.h"

/** A command line, taken apart. The strings are argv's own. */
typedef struct itd_cli_arguments {
    const itd_cli_command *command;
    const char *group;  /**< "graph", a word that stands before others and none of them does; else NULL */
    const char **words; /**< the operands, then the values of each key; owned */
    size_t first[ITD_CLI_KEYS], count[ITD_CLI_KEYS];
    size_t operand_count;
    bool given[ITD_CLI_KEYS];
} itd_cli_arguments;

/** Takes a command line apart and checks it against the table. Options may follow operands, "--" ends options, a value
 * follows as `--name value`, `--name=value`, `-n value` or `-nvalue`.
 *
 *  @param out      given back with itd_cli_arguments_free, also after failure
 *  @param problem  on failure what is wrong, and on lines of its own what to do about it
 *  @return false: usage error (or memory refused, which problem says)
 */
bool itd_cli_arguments_parse(itd_cli_arguments *out, int argc, char *const *argv, itd_cli_text *problem);
void itd_cli_arguments_free(itd_cli_arguments *arguments);

const char *const *itd_cli_operands(const itd_cli_arguments *arguments);
/** The value that was given, else the default, else NULL. */
const char *itd_cli_value(const itd_cli_arguments *arguments, itd_cli_key key);
/** All values of an option that repeats; NULL when there are none. */
const char *const *itd_cli_values(const itd_cli_arguments *arguments, itd_cli_key key, size_t *count);
/** The value of a NUMBER. */
uint32_t itd_cli_number(const itd_cli_arguments *arguments, itd_cli_key key);
/** The value of a SHARE in micro-units. */
int32_t itd_cli_micro(const itd_cli_arguments *arguments, itd_cli_key key);

/** "0.7", ".75", "1" to micro-units, exactly. False when it is no such number or not within 0 … 1. */
bool itd_cli_parse_share(int32_t *out, const char *text);
bool itd_cli_parse_number(uint32_t *out, const char *text);

/** The command that `words` begin with, the longest name first; NULL when there is none. `used` words name it. */
const itd_cli_command *itd_cli_command_of(char *const *words, size_t count, size_t *used);

#endif
