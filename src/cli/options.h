#ifndef ITD_CLI_OPTIONS_H
#define ITD_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* The one table of what the program takes. Parsing, help, manual pages and completions all come from it, so a new
 * command or option is a row here and nothing else. All of it is static. */

typedef enum itd_cli_verb {
    ITD_CLI_PROGRAM, /**< the program itself, before a command is named */
    ITD_CLI_LISTS,
    ITD_CLI_LISTS_FETCH,
    ITD_CLI_LISTS_STATS,
    ITD_CLI_INDEX,
    ITD_CLI_INDEX_VERIFY,
    ITD_CLI_SCREEN,
    ITD_CLI_COMPARE,
    ITD_CLI_EXPORT,
    ITD_CLI_CASE_INIT,
    ITD_CLI_CASE_IMPORT,
    ITD_CLI_CASE_STATS,
    ITD_CLI_CASE_DIFF,
    ITD_CLI_CASE_EXPORT,
    ITD_CLI_DECIDE,
    ITD_CLI_REPLAY,
    ITD_CLI_RESCREEN,
    ITD_CLI_RESOLVE,
    ITD_CLI_CASE_VERIFY,
    ITD_CLI_AUDIT,
    ITD_CLI_GRAPH_BUILD,
    ITD_CLI_GRAPH_VERIFY,
    ITD_CLI_OWN,
    ITD_CLI_PATH,
    ITD_CLI_NETWORK,
    ITD_CLI_BROKERS,
    ITD_CLI_OWNERS,
    ITD_CLI_CLUSTERS,
} itd_cli_verb;

typedef enum itd_cli_key {
    ITD_CLI_HELP,
    ITD_CLI_VERSION,
    ITD_CLI_MAN,
    ITD_CLI_COMPLETION,
    ITD_CLI_QUIET,
    ITD_CLI_NO_INPUT,
    ITD_CLI_THREADS,
    ITD_CLI_JSON,
    ITD_CLI_JSONL,
    ITD_CLI_CSV,
    ITD_CLI_SKIP_BAD,
    ITD_CLI_REJECTS,
    ITD_CLI_DATASET,
    ITD_CLI_MAP,
    ITD_CLI_OUTPUT,
    ITD_CLI_LIST,
    ITD_CLI_INPUT,
    ITD_CLI_SCHEMA,
    ITD_CLI_THRESHOLD,
    ITD_CLI_LIMIT,
    ITD_CLI_ALGORITHM,
    ITD_CLI_COUNTRY,
    ITD_CLI_TOPIC,
    ITD_CLI_PROGRAMME,
    ITD_CLI_EXHAUSTIVE,
    ITD_CLI_STATS,
    ITD_CLI_FORMAT,
    ITD_CLI_TWO_PERSON,
    ITD_CLI_GENERATION,
    ITD_CLI_AS_OF,
    ITD_CLI_FROM,
    ITD_CLI_TO,
    ITD_CLI_SINCE,
    ITD_CLI_BY,
    ITD_CLI_INTO,
    ITD_CLI_ACCEPT,
    ITD_CLI_FROM_URL,
    ITD_CLI_CA_FILE,
    ITD_CLI_TIMEOUT,
    ITD_CLI_RETRIES,
    ITD_CLI_MAX_BYTES,
    ITD_CLI_CASE,
    ITD_CLI_STORE,
    ITD_CLI_SHOW_CLEARED,
    ITD_CLI_QUERY,
    ITD_CLI_HIT_ID,
    ITD_CLI_DECISION,
    ITD_CLI_REASON,
    ITD_CLI_UNTIL,
    ITD_CLI_SECOND,
    ITD_CLI_MERGE,
    ITD_CLI_SPLIT,
    ITD_CLI_UNSURE,
    ITD_CLI_JUDGED,
    ITD_CLI_APPLY,
    ITD_CLI_CHECKPOINT,
    ITD_CLI_SIGNING_KEY,
    ITD_CLI_MAKE_KEY,
    ITD_CLI_AUDIT_EXPORT,
    ITD_CLI_PUBLIC_KEY,
    ITD_CLI_GRAPH,
    ITD_CLI_LISTED,
    ITD_CLI_REGIME,
    ITD_CLI_ALL,
    ITD_CLI_PATHS,
    ITD_CLI_MEASURE,
    ITD_CLI_SEARCHES,
    ITD_CLI_WITHOUT_SUSPICIONS,
    ITD_CLI_FROM_FILE,
    ITD_CLI_TO_FILE,
    ITD_CLI_COMMON,
    ITD_CLI_KEYS,
} itd_cli_key;

/** What the value of an option or an operand is: for its check and for completion. */
typedef enum itd_cli_kind {
    ITD_CLI_SWITCH, /**< takes no value */
    ITD_CLI_WORD,
    ITD_CLI_FILE,
    ITD_CLI_INDEX_FILE,
    ITD_CLI_CASE_FILE,
    ITD_CLI_NUMBER, /**< 0 … 4294967295 */
    ITD_CLI_SHARE,  /**< 0 … 1, up to six places */
    ITD_CLI_CHOICE, /**< one of `choices` */
    ITD_CLI_COMMAND_NAME,
} itd_cli_kind;

typedef struct itd_cli_option {
    itd_cli_key key;
    itd_cli_kind kind;
    char letter;          /**< of the short form, or NUL */
    bool repeats;         /**< may be given more than once */
    bool required;        /**< the command does not run without it */
    bool hidden;          /**< parsed, but in no help */
    const char *name;     /**< long form without its hyphens */
    const char *argument; /**< what help calls the value; NULL: a switch */
    const char *choices;  /**< of CHOICE, separated by blanks */
    const char *default_; /**< NULL: none */
    const char *help;     /**< a sentence without its capital and point */
} itd_cli_option;

typedef struct itd_cli_example {
    const char *line, *what;
} itd_cli_example;

typedef struct itd_cli_command {
    itd_cli_verb verb;
    const char *name;        /**< "lists stats"; of the program "" */
    const char *summary;     /**< one line */
    const char *synopsis;    /**< what follows the name */
    const char *description; /**< paragraphs, separated by an empty line */
    const char *operand;     /**< what help calls one; NULL: none are taken */
    itd_cli_kind operand_kind;
    size_t operand_min, operand_max;
    const itd_cli_option *options; /**< its own */
    size_t option_count;
    bool computes, prints;           /**< takes --threads; takes --json, --jsonl, --csv */
    const itd_cli_example *examples; /**< up to a line that is NULL */
} itd_cli_command;

typedef struct itd_cli_exit_code {
    int code;
    const char *meaning;
} itd_cli_exit_code;

enum { ITD_CLI_DONE = 0, ITD_CLI_FAILURE = 1, ITD_CLI_USAGE = 2, ITD_CLI_REJECTED = 3, ITD_CLI_HIT = 10 };

/** Row 0 is the program itself. NULL past the last. */
const itd_cli_command *itd_cli_command_at(size_t index);
/** By its full name; NULL when there is none. */
const itd_cli_command *itd_cli_command_find(const char *name);
/** Its own options, then the shared ones it takes. NULL past the last. */
const itd_cli_option *itd_cli_option_at(const itd_cli_command *command, size_t index);
/** False past the last. */
bool itd_cli_exit_code_at(itd_cli_exit_code *out, size_t index);

#endif
