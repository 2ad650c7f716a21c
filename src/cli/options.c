#include "cli/option_rows.h"

#include <stdint.h>
#include <string.h>

static const itd_cli_option threads_options[] = {
    VALUE(ITD_CLI_THREADS, ITD_CLI_NUMBER, 0, "threads", "N",
          "threads to work with, the output is the same at any number; 0: one for each processor", .default_ = "0"),
};
static const itd_cli_option print_options[] = {
    SWITCH(ITD_CLI_JSON, "json", "print one JSON document"),
    SWITCH(ITD_CLI_JSONL, "jsonl", "print JSON, one line an item"),
    SWITCH(ITD_CLI_CSV, "csv", "print CSV with a header (RFC 4180)"),
};
static const itd_cli_option common_options[] = {
    {.key = ITD_CLI_QUIET,
     .letter = 'q',
     .name = "quiet",
     .help = "no progress and no notes; errors and counts of rejected records stay"},
    SWITCH(ITD_CLI_NO_INPUT, "no-input", "never wait for a person to type"),
    {.key = ITD_CLI_HELP, .letter = 'h', .name = "help", .help = "print this help"},
};

static const itd_cli_option program_options[] = {
    SWITCH(ITD_CLI_VERSION, "version", "print the version, and the profile that scores depend on"),
    VALUE(ITD_CLI_COMPLETION, ITD_CLI_CHOICE, 0, "completion", "SHELL", "print the completion script for bash or zsh",
          .choices = "bash zsh"),
    {.key = ITD_CLI_MAN, .hidden = true, .name = "man", .help = "print the manual page of the command that follows"},
};
static const itd_cli_example program_examples[] = {
    {"interdict index -o lists.idx sdn.csv un.xml", "compile two lists into one file"},
    {"interdict screen -l lists.idx \"Korea Daesong Bank\"", "is this name on them, or too close to one that is?"},
    {"interdict screen --help", "more on a command"},
    {0},
};

static const itd_cli_option lists_options[] = {INTO};
static const itd_cli_example lists_examples[] = {
    {"interdict lists", "what is known, and what was fetched"},
    {"interdict lists --csv > publishers.csv", "the same for a program"},
    {0},
};

static const itd_cli_option fetch_options[] = {
    INTO,
    VALUE(ITD_CLI_ACCEPT, ITD_CLI_WORD, 0, "accept", "DATASET",
          "take the copy that is held, as it is; other lists named beside it are fetched as ever, and so is this one "
          "when it is named and nothing of it is held",
          .repeats = true),
    SWITCH(ITD_CLI_SKIP_BAD, "skip-bad",
           "take a list with broken records, count them and end with exit 3; without it such a list is held"),
    VALUE(ITD_CLI_FROM_URL, ITD_CLI_WORD, 0, "from", "URL",
          "another HTTPS address of one dataset, such as a mirror of your own; a password or query in it is not kept",
          .repeats = false),
    VALUE(ITD_CLI_CA_FILE, ITD_CLI_FILE, 0, "ca-file", "FILE",
          "certificates to trust, PEM; without it those of $SSL_CERT_FILE, else the system's", .repeats = false),
    VALUE(ITD_CLI_TIMEOUT, ITD_CLI_NUMBER, 0, "timeout", "SECONDS",
          "time to connect, and that a transfer may stay below 512 bytes a second", .default_ = "60"),
    VALUE(ITD_CLI_RETRIES, ITD_CLI_NUMBER, 0, "retries", "N",
          "tries after the first, each later than the one before, or when the server says; without a network one",
          .default_ = "4"),
    VALUE(ITD_CLI_MAX_BYTES, ITD_CLI_NUMBER, 0, "max-bytes", "N", "refuse a file that is larger",
          .default_ = "1073741824"),
};
static const itd_cli_example fetch_examples[] = {
    {"interdict lists fetch", "every list that has an address"},
    {"interdict lists fetch us-ofac-sdn un-sc --into lists", "two of them, into a folder"},
    {"interdict lists fetch --accept un-sc", "take the list that was held because it had shrunk"},
    {"interdict lists fetch au-dfat --from https://mirror.example/au-dfat.csv", "from a mirror of your own"},
    {"interdict index -o lists.idx ~/.local/share/interdict/lists", "index what was fetched"},
    {0},
};

static const itd_cli_option stats_options[] = {
    SKIP_BAD,
    SWITCH(ITD_CLI_REJECTS, "rejects", "list each record that was left out: file, line or byte, reason; and the notes"),
    DATASET,
    MAP,
};
static const itd_cli_example stats_examples[] = {
    {"interdict lists stats sdn.csv", "count the OFAC set that sdn.csv belongs to; its siblings are read with it"},
    {"interdict lists stats --skip-bad --rejects un.xml", "count what can be read, list what cannot"},
    {"interdict lists stats --jsonl *.xml", "one line of JSON a set"},
    {0},
};

static const itd_cli_option index_options[] = {
    VALUE(ITD_CLI_OUTPUT, ITD_CLI_INDEX_FILE, 'o', "output", "X.idx", "index to write, whole or not at all",
          .required = true),
    SKIP_BAD,
    DATASET,
    MAP,
};
static const itd_cli_example index_examples[] = {
    {"interdict index -o lists.idx sdn.csv cons_prim.csv un.xml ConList.csv", "four lists, one index"},
    {"interdict index -o lists.idx --skip-bad lists/", "every list in a folder, broken records left out and counted"},
    {"interdict index -o own.idx --dataset our-watchlist watchlist.csv", "a list of your own"},
    {0},
};
static const itd_cli_example verify_examples[] = {
    {"interdict index verify lists.idx", "exit 0: every byte is as it was written"},
    {0},
};

static const itd_cli_option screen_options[] = {
    VALUE(ITD_CLI_LIST, ITD_CLI_INDEX_FILE, 'l', "list", "X.idx", "index to screen against", .repeats = true),
    VALUE(ITD_CLI_INPUT, ITD_CLI_FILE, 'i', "input", "FILE",
          "read the questions from a file, or with - from standard input: a name a line, CSV with a header, JSON "
          "lines or FollowTheMoney entities, told apart by content",
          .repeats = false),
    MAP,
    SWITCH(ITD_CLI_SKIP_BAD, "skip-bad", "leave out broken questions, name them and go on; the run ends with exit 3"),
    VALUE(ITD_CLI_SCHEMA, ITD_CLI_WORD, 0, "schema", "S",
          "what is asked for where a question does not say: Person, Company, Vessel …; ancestors and descendants of "
          "the schema are admitted. Who owns it may be of any: a ship's owner is a Person",
          .repeats = false),
    VALUE(ITD_CLI_THRESHOLD, ITD_CLI_SHARE, 0, "threshold", "T", "least score of a hit, 0 to 1", .default_ = "0.7"),
    VALUE(ITD_CLI_LIMIT, ITD_CLI_NUMBER, 0, "limit", "N", "most hits of one answer; 0: all", .default_ = "10"),
    ALGORITHM,
    FILTER(ITD_CLI_COUNTRY, "country", "CC", "only hits that have this country"),
    FILTER(ITD_CLI_DATASET, "dataset", "D", "only hits of this dataset"),
    FILTER(ITD_CLI_TOPIC, "topic", "T", "only hits with this topic"),
    FILTER(ITD_CLI_PROGRAMME, "programme", "P", "only hits under this programme, by the publisher's code"),
    SWITCH(ITD_CLI_EXHAUSTIVE, "exhaustive", "score every entity: the same answers, slower"),
    SWITCH(ITD_CLI_STATS, "stats", "say with each answer how much work it was"),
    VALUE(
        ITD_CLI_CASE, ITD_CLI_CASE_FILE, 0, "case", "CASE",
        "screen under the decisions of this case, against the lists that it holds unless -l names others, and keep in "
        "it what was asked and found",
        .repeats = false),
    VALUE(ITD_CLI_STORE, ITD_CLI_WORD, 0, "store", "NAME",
          "with --case: keep the questions and options under this name, to be screened again when lists change",
          .repeats = false),
    VALUE(ITD_CLI_GRAPH, ITD_CLI_FILE, 'g', "graph", "G",
          "graph, or registers: who is on no list but held by those who are becomes a hit of kind `owned`; the "
          "question's id, or one of its identifiers, is the id of an entity there. Not with --store",
          .repeats = true),
    VALUE(ITD_CLI_LISTED, ITD_CLI_FILE, 0, "listed", "FILE",
          "with -g: parties that are listed beside those of the indexes, an id a line, or `id,category` "
          "(kp-government, kp-party); ids of the graph, no names" LISTED_PASSES_OVER,
          .repeats = false),
    VALUE(ITD_CLI_REGIME, ITD_CLI_WORD, 0, "regime", "R", "with -g: whose rule, us-ofac, us-bis, eu, gb, ch or ca",
          .repeats = false),
    VALUE(ITD_CLI_AS_OF, ITD_CLI_WORD, 0, "as-of", "DATE", "with -g: the day that stakes and rule are those of",
          .repeats = false),
    SWITCH(ITD_CLI_SHOW_CLEARED, "show-cleared", "with --case: show the hits that were cleared too, marked"),
    BY,
};
static const itd_cli_example screen_examples[] = {
    {"interdict screen -l lists.idx \"KIM, Jong Un\"", "one name, with the reasons of each hit"},
    {"interdict screen -l lists.idx -i customers.csv --csv > hits.csv", "a file of customers, a row a hit"},
    {"interdict screen -l lists.idx --schema Vessel --threshold 0.8 \"Chong Chon Gang\"", "a ship, close names only"},
    {"cut -f2 names.tsv | interdict screen -l lists.idx -i - --jsonl", "a stream of names, a line of JSON each"},
    {"interdict screen -l lists.idx -i customers.jsonl -g G.itg --regime us-ofac --as-of 2025-01-01",
     "also who is on no list, but held by those who are"},
    {"interdict screen --case bank.case --store customers -i customers.csv",
     "against the lists of a case, without the hits that were cleared"},
    {0},
};

static const itd_cli_option compare_options[] = {
    VALUE(ITD_CLI_INPUT, ITD_CLI_FILE, 'i', "input", "FILE", "pairs, a line of JSON each; - is standard input",
          .default_ = "-"),
    ALGORITHM,
};
static const itd_cli_example compare_examples[] = {
    {"interdict compare -i pairs.jsonl", "how alike the two of each pair are, and why"},
    {"interdict compare --algorithm ofac --csv < pairs.jsonl", "by the other algorithm, a row a pair"},
    {0},
};

static const itd_cli_option export_options[] = {
    VALUE(ITD_CLI_LIST, ITD_CLI_INDEX_FILE, 'l', "list", "X.idx|case:PATH", "index or case to export",
          .required = true),
    EXPORT_FORMAT,
};
static const itd_cli_example export_examples[] = {
    {"interdict export -l lists.idx --format ftm > entities.ftm.json", "all entities, one a line"},
    {"interdict export -l lists.idx --format statements | grep 12209", "where each value of a record stands"},
    {0},
};

static const itd_cli_command commands[] = {
    {.verb = ITD_CLI_PROGRAM,
     .name = "",
     .summary = "find, trace and cut illicit networks",
     .synopsis = "COMMAND [OPTION]…",
     .description = "Screens names, companies and vessels against sanctions lists and explains every hit down to the "
                    "record that it stands in. A hit is a candidate for a person to judge, never a finding.",
     .operand_kind = ITD_CLI_COMMAND_NAME,
     OWN(program_options),
     .examples = program_examples},
    {.verb = ITD_CLI_LISTS,
     .name = "lists",
     .summary = "known publishers, what was fetched, and the formats that are read",
     .synopsis = "[OPTION]…",
     .description = "Prints the publishers whose lists are known: the dataset that their entities go under, where the "
                    "list is published, in which form, under which licence, how often; of a list that was fetched "
                    "also its version, how long ago the publisher confirmed that it is the newest, and whether a "
                    "newer one is held. Then the formats that are read.",
     OWN(lists_options),
     .prints = true,
     .examples = lists_examples},
    {.verb = ITD_CLI_LISTS_FETCH,
     .name = "lists fetch",
     .summary = "download lists from their publishers",
     .synopsis = "[DATASET…] [--accept DATASET]… [OPTION]…",
     .description =
         "Downloads the lists that are named, or all that have an address, into a folder a dataset. HTTPS only; what "
         "has not changed is not sent again, what was cut off goes on where it ended, also in a later run. The copy "
         "that is there stays until a new one is whole and can be read, whatever fails.\n\n"
         "A list is held when it has lost more than a tenth of its entities, comes in another format, is another "
         "list, or can no longer be read: it is put beside the copy, which stays in use, until --accept.\n\n"
         "Each list is tried whatever came of the others. Exit 1 when any of them failed or is held. Proxies are "
         "taken from the environment as libcurl does (https_proxy, no_proxy).",
     .operand = "DATASET",
     .operand_kind = ITD_CLI_WORD,
     .operand_max = SIZE_MAX,
     OWN(fetch_options),
     .prints = true,
     .examples = fetch_examples},
    {.verb = ITD_CLI_LISTS_STATS,
     .name = "lists stats",
     .summary = "read lists and count what is in them",
     .synopsis = "FILE… [--skip-bad] [--rejects] [OPTION]…",
     .description =
         "Reads each list and counts its records: by schema, by programme, names, weak names, statements, relations, "
         "and what was rejected. Formats are told by content; gzip and zstd are opened; a folder stands for the lists "
         "in it.\n\n"
         "Entities are the publisher's records. Addresses, documents and relations made from a record are not among "
         "them. Orphans are rows whose main record is missing.\n\n"
         "A file that is not well-formed is refused whole. In a well-formed one a broken record ends the run, unless "
         "--skip-bad is given.",
     .operand = "FILE",
     .operand_kind = ITD_CLI_FILE,
     .operand_min = 1,
     .operand_max = SIZE_MAX,
     OWN(stats_options),
     .computes = true,
     .prints = true,
     .examples = stats_examples},
    {.verb = ITD_CLI_INDEX,
     .name = "index",
     .summary = "compile lists into an index that is screened against",
     .synopsis = "-o X.idx [--skip-bad] [--dataset ID] SOURCE…",
     .description = "Reads lists, files or folders, and writes one index; case:PATH stands for the lists that a case "
                    "holds. The same inputs give the same bytes, at any number of threads. An existing index is "
                    "replaced only when the new one is complete.",
     .operand = "SOURCE",
     .operand_kind = ITD_CLI_FILE,
     .operand_min = 1,
     .operand_max = SIZE_MAX,
     OWN(index_options),
     .computes = true,
     .prints = true,
     .examples = index_examples},
    {.verb = ITD_CLI_INDEX_VERIFY,
     .name = "index verify",
     .summary = "read a whole index and compare its checksums",
     .synopsis = "X.idx",
     .description = "Opening an index checks its header and length only, so that it is quick. This reads all of it "
                    "and names the section that is damaged.",
     .operand = "X.idx",
     .operand_kind = ITD_CLI_INDEX_FILE,
     .operand_min = 1,
     .operand_max = 1,
     .prints = true,
     .examples = verify_examples},
    {.verb = ITD_CLI_SCREEN,
     .name = "screen",
     .summary = "hold names against indexes and explain what is close",
     .synopsis = "-l X.idx [-l Y.idx]… | --case CASE  [QUERY… | -i FILE] [OPTION]…",
     .description =
         "Each question gets an answer: the entities whose score reaches the threshold, best first, each with the two "
         "names that are closest, the reasons that add up to the score, and where the record stands. Every hit is a "
         "candidate: whether it is the one asked for is for a person to decide.\n\n"
         "Questions are given as names, or read with -i. A line may say more than a name: "
         "{\"id\",\"name\",\"schema\",\"birthDate\",\"country\"} or a FollowTheMoney entity. An identifier does "
         "without a name. Blank lines are passed over and counted; a question with neither name nor identifier is "
         "broken and ends the run, unless --skip-bad is given; under --case so does a question whose id another one "
         "has, as decisions bind to ids.\n\n"
         "With -g, a question whose party is blocked or possible by who holds it has hits of kind `owned`: the records "
         "of the listed parties that carry it. Blocked scores 1, possible 0.7, shown whatever the threshold is; the "
         "limit counts both kinds together. --country, --dataset, --topic and --programme let through the parties that "
         "have them, as with hits by name; a party of --listed that no index has a record of has none. --schema is of "
         "what is asked for, never of who owns it.\n\n"
         "A country, dataset, topic, programme or schema that no index holds is refused: a slip of the pen would look "
         "like a clean answer.",
     .operand = "QUERY",
     .operand_kind = ITD_CLI_WORD,
     .operand_max = SIZE_MAX,
     OWN(screen_options),
     .computes = true,
     .prints = true,
     .examples = screen_examples},
    {.verb = ITD_CLI_COMPARE,
     .name = "compare",
     .summary = "score pairs of entities without a list",
     .synopsis = "[-i FILE] [--algorithm NAME] [OPTION]…",
     .description = "Reads {\"id\",\"left\":{entity},\"right\":{entity}} a line, the entities as FollowTheMoney, and "
                    "scores each pair, in order. The score is the one that screen would give. Exit 10 says that a "
                    "pair reached 0.7, where screen begins to show hits.",
     OWN(compare_options),
     .computes = true,
     .prints = true,
     .examples = compare_examples},
    {.verb = ITD_CLI_EXPORT,
     .name = "export",
     .summary = "write out what an index was made from",
     .synopsis = "-l X.idx [--format ftm|statements]",
     .description = "Prints everything that was read, by entity id, one line of JSON an item. Nothing is lost: an "
                    "index made from the entities exports the same lines.",
     OWN(export_options),
     .computes = true,
     .examples = export_examples},
};

static const itd_cli_exit_code exit_codes[] = {
    {ITD_CLI_DONE, "done, nothing found"},
    {ITD_CLI_HIT, "done, at least one hit or blocked verdict"},
    {ITD_CLI_REJECTED, "done, but records were rejected under --skip-bad"},
    {ITD_CLI_USAGE, "usage: the command line is wrong"},
    {ITD_CLI_FAILURE, "failure, nothing half-written"},
};

const itd_cli_command *itd_cli_command_at(size_t index)
{
    if (index < COUNT(commands))
        return &commands[index];
    index -= COUNT(commands);
    if (index < itd_cli_own_command_count)
        return &itd_cli_own_commands[index];
    index -= itd_cli_own_command_count;
    if (index < itd_cli_network_command_count)
        return &itd_cli_network_commands[index];
    index -= itd_cli_network_command_count;
    return index < itd_cli_case_command_count ? &itd_cli_case_commands[index] : NULL;
}

const itd_cli_command *itd_cli_command_find(const char *name)
{
    const itd_cli_command *command;
    for (size_t i = 1; (command = itd_cli_command_at(i)) != NULL; i++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

const itd_cli_option *itd_cli_option_at(const itd_cli_command *command, size_t index)
{
    const struct {
        const itd_cli_option *rows;
        size_t count;
    } groups[] = {
        {command->options, command->option_count},
        {print_options, command->prints ? COUNT(print_options) : 0},
        {threads_options, command->computes ? COUNT(threads_options) : 0},
        {common_options, COUNT(common_options)},
    };
    for (size_t i = 0; i < COUNT(groups); i++) {
        if (index < groups[i].count)
            return &groups[i].rows[index];
        index -= groups[i].count;
    }
    return NULL;
}

bool itd_cli_exit_code_at(itd_cli_exit_code *out, size_t index)
{
    if (index >= COUNT(exit_codes))
        return false;
    *out = exit_codes[index];
    return true;
}
