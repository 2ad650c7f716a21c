#ifndef ITD_CLI_OPTION_ROWS_H
#define ITD_CLI_OPTION_ROWS_H

#include "cli/options.h"

/* How the rows of the table of options are written, and those that several commands share. */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OWN(array) .options = (array), .option_count = COUNT(array)
#define SWITCH(key_, name_, help_)                                                                                     \
    {                                                                                                                  \
        .key = (key_), .name = (name_), .help = (help_)                                                                \
    }
/* Key, kind, names, value, help; then what else is to be said of it. */
#define VALUE(key_, kind_, letter_, name_, argument_, help_, ...)                                                      \
    {                                                                                                                  \
        .key = (key_), .kind = (kind_), .letter = (letter_), .name = (name_), .argument = (argument_),                 \
        .help = (help_), __VA_ARGS__                                                                                   \
    }

/* Rows that several commands share. */
#define SKIP_BAD                                                                                                       \
    SWITCH(ITD_CLI_SKIP_BAD, "skip-bad", "leave out broken records, count them and go on; the run ends with exit 3")
/* Of every command that reads registers. */
#define REJECTS                                                                                                        \
    SWITCH(ITD_CLI_REJECTS, "rejects",                                                                                 \
           "with --skip-bad: name every record that was left out, on standard error, not the first five alone")
#define DATASET                                                                                                        \
    VALUE(ITD_CLI_DATASET, ITD_CLI_WORD, 0, "dataset", "ID",                                                           \
          "dataset of lists that do not name their own; without it, from the file's name", .repeats = false)
#define MAP                                                                                                            \
    VALUE(ITD_CLI_MAP, ITD_CLI_FILE, 0, "map", "FILE",                                                                 \
          "which column of a CSV or key of a JSON line means what; without it, guessed and shown", .repeats = false)
#define ALGORITHM                                                                                                      \
    VALUE(ITD_CLI_ALGORITHM, ITD_CLI_CHOICE, 0, "algorithm", "NAME",                                                   \
          "how names are held against each other: logic, or ofac, which follows the score of OFAC's public search",    \
          .choices = "logic ofac", .default_ = "logic")
/* Of every command that writes to a case; itd_cli_person reads it. */
#define BY                                                                                                             \
    VALUE(ITD_CLI_BY, ITD_CLI_WORD, 0, "by", "PERSON",                                                                 \
          "who does it, for the audit record; without it, the name you are logged in under", .repeats = false)
#define INTO                                                                                                           \
    VALUE(ITD_CLI_INTO, ITD_CLI_FILE, 0, "into", "DIR",                                                                \
          "folder of fetched lists; without it $XDG_DATA_HOME/interdict/lists, else ~/.local/share/interdict/lists",   \
          .repeats = false)
#define FILTER(key_, name_, argument_, help_) VALUE(key_, ITD_CLI_WORD, 0, name_, argument_, help_, .repeats = true)

/* Of every command that looks back into a case. */
#define GENERATION                                                                                                     \
    VALUE(ITD_CLI_GENERATION, ITD_CLI_NUMBER, 0, "generation", "G",                                                    \
          "what the case held after this generation; 0: the newest", .default_ = "0")
#define AS_OF                                                                                                          \
    VALUE(ITD_CLI_AS_OF, ITD_CLI_WORD, 0, "as-of", "DATE",                                                             \
          "what the case held at the end of this day, or at this time (UTC)", .repeats = false)
#define EXPORT_FORMAT                                                                                                  \
    VALUE(ITD_CLI_FORMAT, ITD_CLI_CHOICE, 0, "format", "NAME",                                                         \
          "ftm: FollowTheMoney entities; statements: every value with where it came from",                             \
          .choices = "ftm statements", .default_ = "ftm")

/* What a file of listed parties passes over, at the end of its help. */
#define LISTED_PASSES_OVER                                                                                             \
    "; lines that begin with # and a first line `id` or `id,category` are no ids unless they are quoted"

/* Of every command that asks a graph. */
#define GRAPH                                                                                                          \
    VALUE(ITD_CLI_GRAPH, ITD_CLI_FILE, 'g', "graph", "G",                                                              \
          "a graph that `graph build` made, which stands alone; or a register itself, which others may stand beside",  \
          .repeats = true, .required = true)

/* Of every command that walks a graph. */
#define WITHOUT_SUSPICIONS                                                                                             \
    SWITCH(ITD_CLI_WITHOUT_SUSPICIONS, "without-suspicions",                                                           \
           "leave out what is graded worse than C2; without it suspicions are links, and are marked")

/** Commands of ownership and control. */
extern const itd_cli_command itd_cli_own_commands[];
extern const size_t itd_cli_own_command_count;
/** Commands of networks. */
extern const itd_cli_command itd_cli_network_commands[];
extern const size_t itd_cli_network_command_count;
/** Commands that work on a case, the last ones of the table. */
extern const itd_cli_command itd_cli_case_commands[];
extern const size_t itd_cli_case_command_count;

#endif
