#include <stdio.h>
#include <string.h>

#include "cli/arguments.h"
#include "support/cm.h"

#define WORDS_MAX 16

/* Takes apart "screen -l a" as a shell without quotes would. */
static bool parse(itd_cli_arguments *out, itd_cli_text *problem, char *line)
{
    static char program[] = "interdict";
    char *words[WORDS_MAX] = {program}, *rest = line, *word;
    int count = 1;
    while ((word = strtok_r(rest, " ", &rest)) && count < WORDS_MAX)
        words[count++] = word;
    return itd_cli_arguments_parse(out, count, words, problem);
}

static void good_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *command;
        itd_cli_key key;
        const char *value; /* of key; NULL: none */
        size_t operands;
    } rows[] = {
        {"screen -l a.idx Kim", "screen", ITD_CLI_LIST, "a.idx", 1},
        {"screen Kim -l a.idx", "screen", ITD_CLI_LIST, "a.idx", 1},
        {"screen Kim Jong -la.idx Un", "screen", ITD_CLI_LIST, "a.idx", 3},
        {"screen --list=a.idx Kim", "screen", ITD_CLI_LIST, "a.idx", 1},
        {"screen --list a=b Kim", "screen", ITD_CLI_LIST, "a=b", 1},
        {"screen -l a -- --limit -x", "screen", ITD_CLI_LIMIT, "10", 2},
        {"screen -l a -", "screen", ITD_CLI_INPUT, NULL, 1},
        {"screen -l a -i -", "screen", ITD_CLI_INPUT, "-", 0},
        {"screen -l a --limit 0 x", "screen", ITD_CLI_LIMIT, "0", 1},
        {"screen -l a x", "screen", ITD_CLI_THRESHOLD, "0.7", 1},
        {"lists", "lists", ITD_CLI_DATASET, NULL, 0},
        {"lists stats a b --dataset x", "lists stats", ITD_CLI_DATASET, "x", 2},
        {"index -o x.idx verify a", "index", ITD_CLI_OUTPUT, "x.idx", 2}, /* a source may be called verify */
        {"index verify x.idx", "index verify", ITD_CLI_OUTPUT, NULL, 1},
        {"compare", "compare", ITD_CLI_INPUT, "-", 0},
        {"export -l a", "export", ITD_CLI_FORMAT, "ftm", 0},
        {"--quiet lists", "lists", ITD_CLI_DATASET, NULL, 0},
        {"screen --help", "screen", ITD_CLI_LIST, NULL, 0}, /* whatever else is missing */
        {"--help", "", ITD_CLI_LIST, NULL, 0},
        {"--version", "", ITD_CLI_LIST, NULL, 0},
        {"--man lists stats", "lists stats", ITD_CLI_LIST, NULL, 0},
        {"--completion zsh", "", ITD_CLI_COMPLETION, "zsh", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[128];
        (void)snprintf(line, sizeof line, "%s", rows[i].line);
        itd_cli_arguments a;
        itd_cli_text problem = {0};
        if (!parse(&a, &problem, line))
            fail_msg("%s: %s", rows[i].line, itd_cli_text_string(&problem));
        assert_string_equal(a.command->name, rows[i].command);
        assert_int_equal(a.operand_count, rows[i].operands);
        const char *value = itd_cli_value(&a, rows[i].key);
        if (rows[i].value)
            assert_string_equal(value, rows[i].value);
        else
            assert_null(value);
        itd_cli_text_free(&problem);
        itd_cli_arguments_free(&a);
    }
}

static void bad_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *problem; /* how it begins; after "~" what else it says */
    } rows[] = {
        {"", "a command is missing"},
        {"scren", "unknown command 'scren'\nDid you mean 'screen'?"},
        {"detect x", "unknown command 'detect'\nThere is: lists, lists fetch, lists stats,"},
        {"lists stat x", "unknown command 'lists stat'\nDid you mean 'lists stats'?"},
        {"lists grab", "unknown command 'lists grab'\nThere is: lists, lists fetch,"},
        {"case", "a command is missing after 'case'\n  case init    make an empty"},
        {"graph -q", "a command is missing after 'graph'\n  graph build  "},
        {"graph -q own", "a command is missing after 'graph'"},
        {"graph build G", "-o G.itg is missing"},
        {"case improt x", "unknown command 'case improt'\nDid you mean 'case import'?"},
        {"--man case", "unknown command 'case'\nThere is: case init, case import,"},
        {"path -k -1", "-k takes a whole number, not '-1'"},
        {"path --paths=-1", "--paths takes a whole number, not '-1'"},
        {"path -k 1 -k 1", "-k is given twice"},
        {"screen --treshold 0.5", "unknown option '--treshold'\nDid you mean --threshold?"},
        {"screen --treshold=0.5", "unknown option '--treshold'\nDid you mean --threshold?"},
        {"screen -limit 5", "unknown option '-limit'\nDid you mean --limit?"},
        {"screen -z", "unknown option '-z'\nA QUERY that begins with a hyphen comes after '--'."},
        {"screen -z G x", "unknown option '-z'"},
        {"screen --cas C x", "unknown option '--cas'\nDid you mean --case?"},
        {"screen --man x", "unknown option '--man'"},
        {"screen -l", "-l needs a value: X.idx"},
        {"screen --limit", "--limit needs a value: N"},
        {"screen --limit x", "--limit takes a whole number, not 'x'"},
        {"screen --limit -1", "--limit takes a whole number, not '-1'"},
        {"screen --limit 4294967296", "--limit takes a whole number"},
        {"screen --limit 1 --limit 1", "--limit is given twice"},
        {"screen --threshold 1.1", "--threshold takes a number from 0 to 1"},
        {"screen --algorithm logik", "--algorithm takes one of: logic ofac; not 'logik'\nDid you mean logic?"},
        {"screen --schema= x", "--schema was given nothing"},
        {"screen --exhaustive=yes x", "--exhaustive takes no value"},
        {"decide C --query q --decision clear --reason x", "--hit ID is missing: the hit"},
        {"decide C --query q --hit h --decision clean --reason x", "--decision takes one of: clear confirm escalate"},
        {"replay C", "RECORD is missing"},
        {"screen -l a --json --csv Kim", "--json, --jsonl and --csv exclude each other"},
        {"index a.csv", "-o X.idx is missing"},
        {"index -o x", "SOURCE is missing"},
        {"lists stats", "FILE is missing"},
        {"index verify a b", "'b' is one word too many: one X.idx is taken"},
        {"compare pairs.jsonl", "'pairs.jsonl' is one word too many"},
        {"export -l a --json", "unknown option '--json'"},
        {"--completion fish", "--completion takes one of: bash zsh; not 'fish'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[128];
        (void)snprintf(line, sizeof line, "%s", rows[i].line);
        itd_cli_arguments a;
        itd_cli_text problem = {0};
        if (parse(&a, &problem, line))
            fail_msg("taken: %s", rows[i].line);
        if (strncmp(itd_cli_text_string(&problem), rows[i].problem, strlen(rows[i].problem)) != 0)
            fail_msg("%s: %s", rows[i].line, itd_cli_text_string(&problem));
        assert_non_null(strstr(problem.data, "--help'."));
        itd_cli_text_free(&problem);
        itd_cli_arguments_free(&a);
    }
}

static void values_that_repeat_keep_their_order(void **state)
{
    (void)state;
    char line[] = "screen -l a x --country KP -l b y --country IR -lc";
    itd_cli_arguments a;
    itd_cli_text problem = {0};
    assert_true(parse(&a, &problem, line));
    size_t count;
    const char *const *lists = itd_cli_values(&a, ITD_CLI_LIST, &count);
    assert_int_equal(count, 3);
    assert_string_equal(lists[0], "a");
    assert_string_equal(lists[1], "b");
    assert_string_equal(lists[2], "c");
    const char *const *countries = itd_cli_values(&a, ITD_CLI_COUNTRY, &count);
    assert_int_equal(count, 2);
    assert_string_equal(countries[1], "IR");
    assert_null(itd_cli_values(&a, ITD_CLI_TOPIC, &count));
    assert_int_equal(count, 0);
    assert_string_equal(itd_cli_operands(&a)[1], "y");
    itd_cli_arguments_free(&a);
}

static void share_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t want; /* -1: refused */
    } rows[] = {
        {"0", 0},
        {"1", 1000000},
        {"0.7", 700000},
        {".75", 750000},
        {"1.", 1000000},
        {"1.000000", 1000000},
        {"0.123456", 123456},
        {"0.7000000", 700000},
        {"00.5", 500000},
        {"0.1234567", -1},
        {"1.000001", -1},
        {"2", -1},
        {"11", -1},
        {"-0.1", -1},
        {"", -1},
        {".", -1},
        {"0.5.5", -1},
        {"7e-1", -1},
        {"70%", -1},
        {"0,7", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t micro = -1;
        bool good = itd_cli_parse_share(&micro, rows[i].text);
        if (good != (rows[i].want >= 0) || micro != rows[i].want)
            fail_msg("'%s' gave %d", rows[i].text, (int)micro);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_lines),
        cmocka_unit_test(bad_lines),
        cmocka_unit_test(values_that_repeat_keep_their_order),
        cmocka_unit_test(share_rows),
    };
    return cmocka_run_group_tests_name("arguments", tests, NULL, NULL);
}
