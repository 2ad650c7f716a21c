/* Commands of networks, and their options. */
#include "cli/option_rows.h"

#include <stdint.h>

#define LINKS_AS_OF                                                                                                    \
    VALUE(ITD_CLI_AS_OF, ITD_CLI_WORD, 0, "as-of", "DATE",                                                             \
          "only links that hold on this day, or may, YYYY-MM-DD; without it, all that was ever stated",                \
          .repeats = false)
static const itd_cli_option network_options[] = {
    GRAPH,
    VALUE(ITD_CLI_MEASURE, ITD_CLI_CHOICE, 0, "measure", "NAME",
          "betweenness: who stands between the others; pagerank: to whom what is held leads; communities: who comes "
          "together; articulation: whose loss alone parts the network",
          .choices = "betweenness pagerank communities articulation", .default_ = "betweenness"),
    VALUE(ITD_CLI_LIMIT, ITD_CLI_NUMBER, 0, "limit", "N", "most rows; 0: all", .default_ = "20"),
    VALUE(ITD_CLI_SEARCHES, ITD_CLI_NUMBER, 0, "searches", "N",
          "of betweenness: entities to search from, drawn with a fixed seed; 0: all, or as many as a few minutes allow",
          .default_ = "0"),
    LINKS_AS_OF,
    WITHOUT_SUSPICIONS,
    MAP,
    SKIP_BAD,
    REJECTS,
};
static const itd_cli_example network_examples[] = {
    {"interdict network -g G.itg", "the twenty entities that most ways between others lead through"},
    {"interdict network -g G.itg --measure communities --limit 0 --jsonl", "every group, for a program"},
    {"interdict network -g case:bank.case --measure articulation --without-suspicions",
     "whose loss alone parts the network, suspicions aside"},
    {0},
};

static const itd_cli_option brokers_options[] = {
    GRAPH,
    VALUE(ITD_CLI_FROM, ITD_CLI_WORD, 0, "from", "ID", "an entity of the one group", .repeats = true),
    VALUE(ITD_CLI_TO, ITD_CLI_WORD, 0, "to", "ID", "an entity of the other group", .repeats = true),
    VALUE(ITD_CLI_FROM_FILE, ITD_CLI_FILE, 0, "from-file", "FILE", "the one group, an id a line; - is standard input",
          .repeats = false),
    VALUE(ITD_CLI_TO_FILE, ITD_CLI_FILE, 0, "to-file", "FILE", "the other group, an id a line", .repeats = false),
    LINKS_AS_OF,
    WITHOUT_SUSPICIONS,
    VALUE(ITD_CLI_FORMAT, ITD_CLI_CHOICE, 0, "format", "NAME", "draw the ways and the brokers on them",
          .choices = "dot svg"),
    MAP,
    SKIP_BAD,
    REJECTS,
};
static const itd_cli_example brokers_examples[] = {
    {"interdict brokers -g G.itg --from kp-bureau-39 --to yakuza --to triads",
     "which few, if lost, part the bureau from two gangs?"},
    {"interdict brokers -g G.itg --from-file bureau.txt --to-file gangs.txt --jsonl", "groups from files"},
    {"interdict brokers -g G.itg --from kp-bureau-39 --to yakuza --format svg > brokers.svg", "as a picture"},
    {0},
};

static const itd_cli_option clusters_options[] = {
    VALUE(ITD_CLI_COMMON, ITD_CLI_NUMBER, 0, "common", "N",
          "what more entities than this share joins nobody and is named apart", .default_ = "50"),
    DATASET,
    SKIP_BAD,
    REJECTS,
};
static const itd_cli_example clusters_examples[] = {
    {"interdict clusters entities.ftm.json", "who shares an address, a number, a director or an agent?"},
    {"interdict clusters case:bank.case --common 10 --jsonl", "of a case; what more than ten share joins nobody"},
    {0},
};

const itd_cli_command itd_cli_network_commands[] = {
    {.verb = ITD_CLI_NETWORK,
     .name = "network",
     .summary = "who stands between, who comes together, whose loss parts the network",
     .synopsis = "-g G [--measure NAME] [--limit N] [--as-of DATE] [--without-suspicions] [OPTION]…",
     .description =
         "Takes the graph as a network: two entities are linked when anything is stated of the two, whichever way it "
         "points and however often. Prints the entities, or groups, that a measure puts first. A measure says where "
         "to look; it finds nobody guilty of anything, and what the register leaves out it cannot see.\n\n"
         "Values are millionths. Betweenness is exact up to some 20,000 entities; above, it is sampled, "
         "and the largest error that any value may have is said.",
     OWN(network_options),
     .computes = true,
     .prints = true,
     .examples = network_examples},
    {.verb = ITD_CLI_BROKERS,
     .name = "brokers",
     .summary = "which few entities, if lost, part two groups?",
     .synopsis = "-g G --from ID… --to ID… [--as-of DATE] [--without-suspicions] [OPTION]…",
     .description =
         "Finds the fewest entities of neither group without which no way leads from one to the other, nearest to "
         "--from, and says whether other sets of that size do it too; as many ways that share nobody prove that fewer "
         "would not do. Says how many are still linked to either group after the loss, and how many to neither.\n\n"
         "Links between members of the two groups are named apart: no loss of others parts these. Every step shows "
         "its source and grade; exit 10 says that the groups are linked at all.",
     OWN(brokers_options),
     .computes = true,
     .prints = true,
     .examples = brokers_examples},
    {.verb = ITD_CLI_CLUSTERS,
     .name = "clusters",
     .summary = "who shares an address, a telephone, a director or an agent?",
     .synopsis = "SOURCE… [--common N] [OPTION]…",
     .description =
         "Reads FollowTheMoney files, lists or case:PATH, and joins persons, companies and organisations that share "
         "an address, a telephone number, an electronic address, a director (Directorship) or an agent "
         "(Representation), one by one and in chains. Addresses are compared by their folded words in any order, "
         "numbers by their digits; a town alone is no address.\n\n"
         "What more than --common entities share, such as the office of a registered agent, joins nobody and is named "
         "apart. To share an address is a reason to look, not a finding. Exit 10 says that there is a cluster.",
     .operand = "SOURCE",
     .operand_kind = ITD_CLI_FILE,
     .operand_min = 1,
     .operand_max = SIZE_MAX,
     OWN(clusters_options),
     .computes = true,
     .prints = true,
     .examples = clusters_examples},
};
const size_t itd_cli_network_command_count = COUNT(itd_cli_network_commands);
