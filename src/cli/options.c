#include "cli/options.h"

#include <stdint.h>
#include <string.h>

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
          "the schema are admitted",
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
    SWITCH(ITD_CLI_SHOW_CLEARED, "show-cleared", "with --case: show the hits that were cleared too, marked"),
    BY,
};
static const itd_cli_example screen_examples[] = {
    {"interdict screen -l lists.idx \"KIM, Jong Un\"", "one name, with the reasons of each hit"},
    {"interdict screen -l lists.idx -i customers.csv --csv > hits.csv", "a file of customers, a row a hit"},
    {"interdict screen -l lists.idx --schema Vessel --threshold 0.8 \"Chong Chon Gang\"", "a ship, close names only"},
    {"cut -f2 names.tsv | interdict screen -l lists.idx -i - --jsonl", "a stream of names, a line of JSON each"},
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

static const itd_cli_option case_init_options[] = {
    SWITCH(ITD_CLI_TWO_PERSON, "two-person", "no decision of this case holds before a second person has made it too"),
};
static const itd_cli_example case_init_examples[] = {
    {"interdict case init bank.case", "an empty case"},
    {"interdict case init --two-person bank.case", "one in which four eyes decide"},
    {0},
};
static const itd_cli_option case_import_options[] = {SKIP_BAD, DATASET, MAP, BY};
static const itd_cli_example case_import_examples[] = {
    {"interdict case import bank.case sdn.csv un.xml", "two lists; a generation of each that says something new"},
    {"interdict case import bank.case --by \"A. Clerk\" --skip-bad lists/",
     "every list of a folder, on record for a person"},
    {0},
};
static const itd_cli_option case_stats_options[] = {GENERATION, AS_OF};
static const itd_cli_example case_stats_examples[] = {
    {"interdict case stats bank.case", "what the case holds now"},
    {"interdict case stats bank.case --as-of 2026-03-01", "what did we know on 1 March?"},
    {0},
};
static const itd_cli_option case_diff_options[] = {
    VALUE(ITD_CLI_DATASET, ITD_CLI_WORD, 0, "dataset", "D", "the dataset to look at", .required = true),
    VALUE(ITD_CLI_FROM, ITD_CLI_NUMBER, 0, "from", "G",
          "generation to start from; without it, the one of the dataset before --to", .default_ = "0"),
    VALUE(ITD_CLI_TO, ITD_CLI_NUMBER, 0, "to", "H", "generation to end at; without it, the newest of the dataset",
          .default_ = "0"),
};
static const itd_cli_example case_diff_examples[] = {
    {"interdict case diff bank.case --dataset us-ofac-sdn", "what the last import of the list changed"},
    {"interdict case diff bank.case --dataset un-sc --from 2 --to 7 --jsonl", "statement by statement, for a program"},
    {0},
};
static const itd_cli_option case_export_options[] = {EXPORT_FORMAT, GENERATION, AS_OF};
static const itd_cli_example case_export_examples[] = {
    {"interdict case export bank.case > entities.ftm.json", "all entities, one a line"},
    {"interdict case export bank.case --as-of 2026-03-01 --format statements", "every value that was known then"},
    {0},
};

static const itd_cli_option decide_options[] = {
    VALUE(ITD_CLI_QUERY, ITD_CLI_WORD, 0, "query", "ID", "the question, by its id", .required = true),
    VALUE(ITD_CLI_HIT_ID, ITD_CLI_WORD, 0, "hit", "ID", "the hit, by the id of the list's record", .required = true),
    VALUE(ITD_CLI_DECISION, ITD_CLI_CHOICE, 0, "decision", "WORD",
          "clear: it is another one, the hit is hidden from now on; confirm: it is the one; escalate: others have to "
          "look",
          .choices = "clear confirm escalate", .required = true),
    VALUE(ITD_CLI_REASON, ITD_CLI_WORD, 0, "reason", "TEXT", "why", .required = true),
    BY,
    VALUE(ITD_CLI_UNTIL, ITD_CLI_WORD, 0, "until", "DATE", "the last day on which it holds (UTC); without it, no end",
          .repeats = false),
    VALUE(ITD_CLI_SECOND, ITD_CLI_WORD, 0, "second", "PERSON", "who agrees, and is another one", .repeats = false),
};
static const itd_cli_example decide_examples[] = {
    {"interdict decide bank.case --query c-17 --hit us-ofac-sdn-12209 --decision clear --reason \"born 1990\" --by ann",
     "that hit of customer c-17 is another person"},
    {"interdict decide bank.case --query c-17 --hit us-ofac-sdn-12209 --decision clear --reason agreed --by bo",
     "in a case of two persons: the second one agrees"},
    {0},
};

static const itd_cli_example replay_examples[] = {
    {"interdict replay bank.case 12", "does the screening of audit record 12 come out as it did?"},
    {0},
};

static const itd_cli_option rescreen_options[] = {
    VALUE(ITD_CLI_STORE, ITD_CLI_WORD, 0, "store", "NAME", "questions that screen --case kept under this name",
          .required = true),
    VALUE(ITD_CLI_SINCE, ITD_CLI_NUMBER, 0, "since", "GENERATION",
          "generation that the hits are held against; 0: nothing, every hit is new", .required = true),
    BY,
};
static const itd_cli_example rescreen_examples[] = {
    {"interdict rescreen bank.case --store customers --since 4", "what the imports after generation 4 mean for them"},
    {"interdict rescreen bank.case --store customers --since 4 --jsonl", "the same, a line of JSON a hit"},
    {0},
};

static const itd_cli_option resolve_options[] = {
    VALUE(ITD_CLI_THRESHOLD, ITD_CLI_SHARE, 0, "threshold", "T", "least score of a pair, 0 to 1", .default_ = "0.7"),
    VALUE(ITD_CLI_LIMIT, ITD_CLI_NUMBER, 0, "limit", "N",
          "most pairs to print, the best; 0: all; without it 20 in the table, and all for programs", .repeats = false),
    SWITCH(ITD_CLI_JUDGED, "judged", "print the pairs that were judged too, with their judgement"),
    VALUE(ITD_CLI_MERGE, ITD_CLI_WORD, 0, "merge", "A", "record A and the B that follows are one entity",
          .repeats = false),
    VALUE(ITD_CLI_SPLIT, ITD_CLI_WORD, 0, "split", "A", "record A and the B that follows are two", .repeats = false),
    VALUE(ITD_CLI_UNSURE, ITD_CLI_WORD, 0, "unsure", "A",
          "whether A and the B that follows are one cannot be told: the pair is not proposed again", .repeats = false),
    VALUE(ITD_CLI_REASON, ITD_CLI_WORD, 0, "reason", "TEXT", "why; every judgement needs one", .repeats = false),
    BY,
};
static const itd_cli_example resolve_examples[] = {
    {"interdict resolve bank.case", "which records may be one entity? the best twenty pairs, with the evidence"},
    {"interdict resolve bank.case --threshold 0.9 --jsonl > queue.jsonl", "all that score 0.9 or more, for a program"},
    {"interdict resolve bank.case --merge us-ofac-sdn-12209 un-sc-6908555 --reason \"same passport\" --by ann",
     "two records, one person"},
    {"interdict resolve bank.case --split us-ofac-sdn-12209 un-sc-6908555 --reason \"cousins\" --by bo",
     "and back: the newest judgement counts"},
    {0},
};

static const itd_cli_option case_verify_options[] = {
    VALUE(ITD_CLI_CHECKPOINT, ITD_CLI_FILE, 0, "checkpoint", "FILE",
          "checkpoints that were kept elsewhere, a line each; - is standard input", .repeats = false),
    VALUE(ITD_CLI_PUBLIC_KEY, ITD_CLI_WORD, 0, "public-key", "HEX",
          "the key that must have signed them; without it, any will do", .repeats = false),
};
static const itd_cli_example case_verify_examples[] = {
    {"interdict case verify our.case", "exit 0: every byte is as it was written"},
    {"interdict case verify our.case --checkpoint anchored.jsonl --public-key 3b6a…",
     "and the chain still ends, or goes "
     "on, where it was signed"},
    {0},
};

static const itd_cli_option audit_options[] = {
    VALUE(ITD_CLI_FROM, ITD_CLI_NUMBER, 0, "from", "N", "records from this number on", .default_ = "0"),
    SWITCH(ITD_CLI_AUDIT_EXPORT, "export",
           "print what is needed to check the chain elsewhere, as lines of JSON: the case, its records byte for byte, "
           "its checkpoints"),
    SWITCH(ITD_CLI_CHECKPOINT, "checkpoint", "sign the end of the chain and print the checkpoint, a line of JSON"),
    VALUE(ITD_CLI_SIGNING_KEY, ITD_CLI_FILE, 0, "key", "FILE", "key to sign with, readable by you alone",
          .repeats = false),
    VALUE(ITD_CLI_MAKE_KEY, ITD_CLI_FILE, 0, "make-key", "FILE",
          "draw a key to sign with and print its public half; a file that is there is never replaced",
          .repeats = false),
};
static const itd_cli_example audit_examples[] = {
    {"interdict audit our.case", "who did what, and when"},
    {"interdict audit --make-key ~/audit.key", "once: a key of your own"},
    {"interdict audit our.case --checkpoint --key ~/audit.key >> anchored.jsonl", "sign where the chain ends, today"},
    {"interdict audit our.case --export > chain.jsonl", "for an auditor who checks it without this program"},
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
    {.verb = ITD_CLI_CASE_INIT,
     .name = "case init",
     .summary = "make an empty case file",
     .synopsis = "CASE [--two-person]",
     .description = "A case keeps what was read, generation by generation, what was decided and who did what, in one "
                    "file. It is made whole or not at all; a file of that name is never replaced.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 1,
     OWN(case_init_options),
     .prints = true,
     .examples = case_init_examples},
    {.verb = ITD_CLI_CASE_IMPORT,
     .name = "case import",
     .summary = "read lists into a case",
     .synopsis = "CASE SOURCE… [--dataset ID] [--skip-bad] [--by PERSON]",
     .description =
         "Reads lists, files or folders. Each dataset that says something new gets a generation: entities added, "
         "changed and removed, statement by statement. What says the same is left alone, so the same list twice "
         "changes nothing. An entity that is no longer on a list ends with the generation before; nothing is "
         "forgotten.\n\n"
         "All of it is one transaction: after a crash, a full disk or an error the case is as it was.",
     .operand = "SOURCE",
     .operand_kind = ITD_CLI_FILE,
     .operand_min = 2,
     .operand_max = SIZE_MAX,
     OWN(case_import_options),
     .computes = true,
     .prints = true,
     .examples = case_import_examples},
    {.verb = ITD_CLI_CASE_STATS,
     .name = "case stats",
     .summary = "what a case holds, now or at an earlier time",
     .synopsis = "CASE [--generation G | --as-of DATE]",
     .description = "Counts entities and statements of each dataset, with the version of the list, when it came and "
                    "when it was last found unchanged.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 1,
     OWN(case_stats_options),
     .prints = true,
     .examples = case_stats_examples},
    {.verb = ITD_CLI_CASE_DIFF,
     .name = "case diff",
     .summary = "what changed in a dataset between two generations",
     .synopsis = "CASE --dataset D [--from G] [--to H]",
     .description = "Prints the entities that were added, changed or removed, with the statements that came and went. "
                    "Changes of addresses, documents and relations stand under the entity that they belong to.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 1,
     OWN(case_diff_options),
     .prints = true,
     .examples = case_diff_examples},
    {.verb = ITD_CLI_CASE_EXPORT,
     .name = "case export",
     .summary = "write out what a case holds, now or at an earlier time",
     .synopsis = "CASE [--format ftm|statements] [--generation G | --as-of DATE]",
     .description = "Prints every entity, or every statement with where it stands, one line of JSON an item. A "
                    "statement that several generations have in common names the document that it came with.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 1,
     OWN(case_export_options),
     .computes = true,
     .examples = case_export_examples},
    {.verb = ITD_CLI_CASE_VERIFY,
     .name = "case verify",
     .summary = "read a whole case and compare it with its hashes",
     .synopsis = "CASE [--checkpoint FILE [--public-key HEX]]",
     .description =
         "Looks at every page, the chain of audit records, every row that a command added, the checkpoints and every "
         "statement, and names the first thing that is not as it was written; exit 1 then.\n\n"
         "A case by itself cannot show that its newest records were cut off, or that somebody wrote all of it anew. A "
         "checkpoint that was printed by 'interdict audit --checkpoint' and kept where nobody who can write to the "
         "case reaches it does: give it with --checkpoint.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 1,
     OWN(case_verify_options),
     .prints = true,
     .examples = case_verify_examples},
    {.verb = ITD_CLI_AUDIT,
     .name = "audit",
     .summary = "who did what in a case; signed checkpoints",
     .synopsis = "CASE [--export | --checkpoint --key FILE] | --make-key FILE",
     .description =
         "Prints the audit records of a case: one for each command that wrote to it. Each carries the hash of the one "
         "before it, of what it says, and of every row that its command added, so that no past record can be changed "
         "without all that follow. 'interdict case verify' checks them.\n\n"
         "A checkpoint is the end of the chain, signed by Ed25519: one line to be kept elsewhere, sent to an auditor "
         "or printed in a newspaper.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 0,
     .operand_max = 1,
     OWN(audit_options),
     .prints = true,
     .examples = audit_examples},
    {.verb = ITD_CLI_DECIDE,
     .name = "decide",
     .summary = "clear, confirm or escalate a hit that a case has seen",
     .synopsis =
         "CASE --query ID --hit ID --decision clear|confirm|escalate --reason TEXT [--by PERSON] [--until DATE] "
         "[--second PERSON]",
     .description =
         "Puts down what a person decides of a hit, with an audit record. It holds as long as the question, the list's "
         "record and the rules of matching say what they said when the case saw the hit last, and through the day of "
         "--until; on any change it reopens by itself, and says why. The newest decision counts; older ones are "
         "kept.\n\n"
         "A hit that was cleared is hidden by screen --case before the limit is applied, and counted.\n\n"
         "In a case made with --two-person a decision waits until another person makes it too, or is named with "
         "--second.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 1,
     OWN(decide_options),
     .prints = true,
     .examples = decide_examples},
    {.verb = ITD_CLI_REPLAY,
     .name = "replay",
     .summary = "run a past screening of a case again and compare every byte",
     .synopsis = "CASE RECORD",
     .description =
         "Takes the questions, options and lists of the screening that audit record RECORD is about, and the "
         "decisions of that moment, and holds the answers against the ones of then by their hash. Exit 0 "
         "says that they are the same; exit 1 that they are not, and why: other rules, or an index given "
         "with -l that is not there any more.",
     .operand = "RECORD",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 2,
     .operand_max = 2,
     .computes = true,
     .prints = true,
     .examples = replay_examples},
    {.verb = ITD_CLI_RESCREEN,
     .name = "rescreen",
     .summary = "what a change of lists made of the hits of stored questions",
     .synopsis = "CASE --store NAME --since GENERATION [--by PERSON]",
     .description =
         "Screens the questions that screen --case --store kept, by the options that they were kept with, and tells "
         "which hits are new, changed or gone since a generation. It looks at what changed alone, and gives what "
         "screening everything then and now would differ in; a limit does not count. Each hit stands with what was "
         "decided of it: a changed record reopens a decision. Exit 10 says that a hit is new or changed; hits that "
         "only went "
         "away are told, and end with 0: nothing is to be judged.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 1,
     OWN(rescreen_options),
     .computes = true,
     .prints = true,
     .examples = rescreen_examples},
    {.verb = ITD_CLI_RESOLVE,
     .name = "resolve",
     .summary = "find records that are one entity, and judge them",
     .synopsis = "CASE [--threshold T] [--limit N] [--judged] | CASE --merge A B | --split A B | --unsure A B "
                 "--reason TEXT [--by PERSON]",
     .description =
         "Screens every record of the case against all of them and prints the pairs whose score reaches the "
         "threshold, of different lists or of one, best first: the two names, what agrees and what does not, and the "
         "dates, countries and identifiers of both side by side. A pair is a candidate, never a finding. Pairs that "
         "were judged, and those that follow from what was judged, are not proposed again.\n\n"
         "With --merge, --split or --unsure it puts a judgement down, with an audit record. The newest of a pair "
         "counts, in whatever order the two are named. Records keep their ids, and decisions their records.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 2,
     OWN(resolve_options),
     .computes = true,
     .prints = true,
     .examples = resolve_examples},
};

static const itd_cli_exit_code exit_codes[] = {
    {ITD_CLI_DONE, "done, nothing found"},
    {ITD_CLI_HIT, "done, at least one hit"},
    {ITD_CLI_REJECTED, "done, but records were rejected under --skip-bad"},
    {ITD_CLI_USAGE, "usage: the command line is wrong"},
    {ITD_CLI_FAILURE, "failure, nothing half-written"},
};

const itd_cli_command *itd_cli_command_at(size_t index)
{
    return index < COUNT(commands) ? &commands[index] : NULL;
}

const itd_cli_command *itd_cli_command_find(const char *name)
{
    for (size_t i = 1; i < COUNT(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
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
