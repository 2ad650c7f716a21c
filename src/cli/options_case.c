/* Commands that work on a case, and their options. */
#include "cli/option_rows.h"

#include <stdint.h>

#include "interdict/resolve.h"

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
    SWITCH(ITD_CLI_APPLY, "apply",
           "merge what the rule " ITD_RESOLVE_RULE " holds to be one: an identifier in common, names that agree, and "
           "nothing that speaks against it"),
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
    {"interdict resolve bank.case --apply --by ann", "merge what shares a passport, an IMO number … and a name"},
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

const itd_cli_command itd_cli_case_commands[] = {
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
         "says that they are the same; exit 1 that they are not, and why: other rules, an index given with -l "
         "that is not there any more, or registers or listed parties given with -g that are gone or say something "
         "else.",
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
     .synopsis = "CASE [--threshold T] [--limit N] [--judged] | --apply [--by PERSON] | --merge A B | --split A B | "
                 "--unsure A B --reason TEXT [--by PERSON]",
     .description =
         "Screens every record of the case against all of them and prints the pairs whose score reaches the "
         "threshold, of different lists or of one, best first: the two names, what agrees and what does not, and the "
         "dates, countries and identifiers of both side by side. A pair is a candidate, never a finding. Pairs that "
         "were judged, and those that follow from what was judged, are not proposed again.\n\n"
         "With --merge, --split or --unsure it puts a judgement down, with an audit record. The newest of a pair "
         "counts, in whatever order the two are named. Records keep their ids, and decisions their records: a split "
         "puts "
         "everything back.\n\n"
         "With --apply a rule merges without a person; its name and version stand as the judge of each pair. It asks "
         "for an identifier in common that proves itself or is long enough not to be met by chance, for names that "
         "score 0.8 by themselves, and that no date, country, address, gender or kind speaks against it. All that it "
         "merges is "
         "one audit record; whom a person has judged stays as judged.",
     .operand = "CASE",
     .operand_kind = ITD_CLI_CASE_FILE,
     .operand_min = 1,
     .operand_max = 2,
     OWN(resolve_options),
     .computes = true,
     .prints = true,
     .examples = resolve_examples},
};
const size_t itd_cli_case_command_count = COUNT(itd_cli_case_commands);
