/* Commands of ownership and control, and their options. */
#include "cli/option_rows.h"

#include <stdint.h>

static const itd_cli_option graph_build_options[] = {
    VALUE(ITD_CLI_OUTPUT, ITD_CLI_FILE, 'o', "output", "G.itg", "graph to write, whole or not at all",
          .required = true),
    MAP,
    SKIP_BAD,
    REJECTS,
};
static const itd_cli_example graph_build_examples[] = {
    {"interdict graph build -o G.itg register.csv", "who holds what in whom, ready to be asked"},
    {"interdict graph build -o G.itg register.csv bods.json psc.jsonl rr.xml", "registers of several forms, one graph"},
    {"interdict graph build -o G.itg --map holders.map holders.csv", "a register under other column names"},
    {0},
};
static const itd_cli_example graph_verify_examples[] = {
    {"interdict graph verify G.itg", "exit 0: every byte is as it was written"},
    {0},
};

static const itd_cli_option own_options[] = {
    GRAPH,
    VALUE(ITD_CLI_LISTED, ITD_CLI_FILE, 0, "listed", "FILE",
          "listed parties: an id a line, or `id,category` where the person belongs to a class that is blocked "
          "(kp-government, kp-party)" LISTED_PASSES_OVER,
          .repeats = false),
    VALUE(ITD_CLI_LIST, ITD_CLI_INDEX_FILE, 'l', "list", "X.idx", "index whose entities are listed, by their ids",
          .repeats = true),
    VALUE(ITD_CLI_REGIME, ITD_CLI_WORD, 0, "regime", "R", "whose rule: us-ofac, us-bis, eu, gb, ch or ca",
          .required = true),
    VALUE(ITD_CLI_AS_OF, ITD_CLI_WORD, 0, "as-of", "DATE", "the day that stakes and rule are those of, YYYY-MM-DD",
          .required = true),
    SWITCH(ITD_CLI_ALL, "all", "every entity of the graph; in the table those alone that something is to be said of"),
    VALUE(ITD_CLI_FORMAT, ITD_CLI_CHOICE, 0, "format", "NAME", "draw the chains of one entity", .choices = "dot svg"),
    MAP,
    SKIP_BAD,
    REJECTS,
};
static const itd_cli_example own_examples[] = {
    {"interdict own -g G.itg --listed listed.txt --regime us-ofac --as-of 2025-01-01 \"acme-holding\"",
     "is it blocked, by whom, through which chain?"},
    {"interdict own -g register.csv -l lists.idx --regime eu --as-of 2025-01-01 --all --jsonl", "every verdict"},
    {"interdict own -g G.itg --listed listed.txt --regime gb --as-of 2025-01-01 --format svg acme > acme.svg",
     "the chains as a picture"},
    {0},
};

static const itd_cli_option owners_options[] = {
    GRAPH,
    VALUE(ITD_CLI_THRESHOLD, ITD_CLI_WORD, 0, "threshold", "PERCENT",
          "from what part of the shares or votes on a holder is an owner: at or above it", .default_ = "25"),
    VALUE(ITD_CLI_AS_OF, ITD_CLI_WORD, 0, "as-of", "DATE", "the day that stakes are those of, YYYY-MM-DD",
          .required = true),
    SWITCH(ITD_CLI_ALL, "all", "holders below the threshold too"),
    MAP,
    SKIP_BAD,
    REJECTS,
};
static const itd_cli_example owners_examples[] = {
    {"interdict owners -g G.itg --as-of 2025-01-01 acme-holding", "who has a quarter or more of it in the end?"},
    {"interdict owners -g psc.csv --threshold 25.0001 --as-of 2025-01-01 acme --jsonl", "more than a quarter"},
    {"interdict owners -g G.itg --threshold 10 --all --as-of 2025-01-01 acme", "everyone above whom nobody is"},
    {0},
};

static const itd_cli_option path_options[] = {
    GRAPH,
    VALUE(ITD_CLI_PATHS, ITD_CLI_NUMBER, 'k', "paths", "K", "most paths", .default_ = "5"),
    VALUE(ITD_CLI_AS_OF, ITD_CLI_WORD, 0, "as-of", "DATE",
          "only what holds on this day, or may, YYYY-MM-DD; without it, all that was ever stated", .repeats = false),
    WITHOUT_SUSPICIONS,
    MAP,
    SKIP_BAD,
    REJECTS,
};
static const itd_cli_example path_examples[] = {
    {"interdict path -g G.itg acme-holding kp-bureau-39", "the five best paths between two entities"},
    {"interdict path -g register.csv A B -k 1 --as-of 2025-01-01 --jsonl", "the best one of a day, for a program"},
    {0},
};

const itd_cli_command itd_cli_own_commands[] = {
    {.verb = ITD_CLI_GRAPH_BUILD,
     .name = "graph build",
     .summary = "compile registers of who holds what in whom",
     .synopsis = "-o G.itg [--map FILE] [--skip-bad] REGISTER…",
     .description =
         "Reads registers and writes one graph. A register in its simplest form is CSV under the header "
         "owner,owned,share_min_ppm,share_max_ppm,kind,start,end: kind is shares, votes, board, control, director or "
         "joint, start and end may be absent. Statements of BODS 0.4, GLEIF's files, the UK's people with significant "
         "control, ICIJ's nodes and edges, FollowTheMoney files, lists with relations and case:PATH are read too; what "
         "a file is its content tells. The same inputs give the same bytes.",
     .operand = "REGISTER",
     .operand_kind = ITD_CLI_FILE,
     .operand_min = 1,
     .operand_max = SIZE_MAX,
     OWN(graph_build_options),
     .computes = true,
     .prints = true,
     .examples = graph_build_examples},
    {.verb = ITD_CLI_GRAPH_VERIFY,
     .name = "graph verify",
     .summary = "read a whole graph and compare its checksums",
     .synopsis = "G.itg",
     .description = "Opening a graph checks its header and that its numbers point inside. This reads all of it and "
                    "names the section that is damaged.",
     .operand = "G.itg",
     .operand_kind = ITD_CLI_FILE,
     .operand_min = 1,
     .operand_max = 1,
     .prints = true,
     .examples = graph_verify_examples},
    {.verb = ITD_CLI_OWN,
     .name = "own",
     .summary = "what is blocked although no list names it",
     .synopsis = "-g G --listed FILE | -l X.idx --regime R --as-of DATE [ENTITY | --all] [OPTION]…",
     .description =
         "Judges an entity, or all, under the rule of a regime on a day: blocked, possible or not blocked; on what "
         "that "
         "rests, which listed parties carry it, through which chain with the share at every step, what else a reader "
         "should know, and what is unknown. A verdict is worked out from the register and the list that were given; "
         "it is for a person to judge.\n\n"
         "Shares are bounds: blocked needs the lower ones, not blocked the upper ones, everything between is possible. "
         "Exit 10 says that a blocked verdict is among the answers.",
     .operand = "ENTITY",
     .operand_kind = ITD_CLI_WORD,
     .operand_max = SIZE_MAX,
     OWN(own_options),
     .computes = true,
     .prints = true,
     .examples = own_examples},
    {.verb = ITD_CLI_OWNERS,
     .name = "owners",
     .summary = "who owns it in the end, through which chains?",
     .synopsis = "-g G --as-of DATE [--threshold PERCENT] [--all] ENTITY… [OPTION]…",
     .description =
         "Follows shares, votes and rights of control up to the holders above whom the graph states nobody, and says "
         "what each has of the entity in the end: shares multiplied along chains, summed over them, cycles counted "
         "as often as they go round, within the bounds of what is stated. Control is followed apart: more than half, "
         "or a right to direct, at every step. Power is how often a holder turns the company in a vote.\n\n"
         "A holder is certain when lower bounds reach the threshold or its control is certain, possible when upper "
         "ones do. It says what registers state; who a beneficial owner is under a law, a person judges. Exit 10 says "
         "that there is one, certain or possible.",
     .operand = "ENTITY",
     .operand_kind = ITD_CLI_WORD,
     .operand_min = 1,
     .operand_max = SIZE_MAX,
     OWN(owners_options),
     .computes = true,
     .prints = true,
     .examples = owners_examples},
    {.verb = ITD_CLI_PATH,
     .name = "path",
     .summary = "why are these two connected?",
     .synopsis = "-g G A B [-k K] [--as-of DATE] [--without-suspicions] [OPTION]…",
     .description =
         "Prints the best paths between two entities, in whatever direction the stakes point: few steps, and "
         "statements of a good Admiralty grade, first. Each step names who holds what in whom, the source and the "
         "grade. No entity comes twice in one path. The length of a path is the sum of its steps: 10 each, and 2 more "
         "for every letter that the source's grade is below A and every figure that the claim's is below 1, so 20 for "
         "C4; a statement without a grade is 10. Exit 10 says that there is a path.",
     .operand = "ENTITY",
     .operand_kind = ITD_CLI_WORD,
     .operand_min = 2,
     .operand_max = 2,
     OWN(path_options),
     .computes = true,
     .prints = true,
     .examples = path_examples},
};
const size_t itd_cli_own_command_count = COUNT(itd_cli_own_commands);
