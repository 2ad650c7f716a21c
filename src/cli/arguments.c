#include "cli/arguments.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "interdict/nearest.h"

/* What has been read so far: operands and values in the order in which they came. */
typedef struct parser {
    itd_cli_arguments *out;
    int argc, at;
    char *const *argv;
    const char **values; /* pairs with keys */
    itd_cli_key *keys;
    size_t value_count;
    itd_cli_text *problem;
} parser;

bool itd_cli_parse_number(uint32_t *out, const char *text)
{
    uint64_t number = 0;
    if (text[0] == '\0')
        return false;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9')
            return false;
        number = number * 10 + (uint64_t)(*p - '0');
        if (number > UINT32_MAX)
            return false;
    }
    *out = (uint32_t)number;
    return true;
}

bool itd_cli_parse_share(int32_t *out, const char *text)
{
    int32_t micro = 0, place = 1000000;
    bool digits = false, point = false;
    for (const char *p = text; *p; p++) {
        if (*p == '.' && !point) {
            point = true;
            continue;
        }
        if (*p < '0' || *p > '9')
            return false;
        int32_t digit = *p - '0';
        digits = true;
        if (point) {
            place /= 10;
            if (place == 0 && digit != 0)
                return false;
            micro += digit * place;
        } else {
            if (micro > 0 || digit > 1)
                return false;
            micro = digit * 1000000;
        }
        if (micro > 1000000)
            return false;
    }
    if (!digits)
        return false;
    *out = micro;
    return true;
}

static const char *name_of(const itd_cli_command *command)
{
    return command->name;
}

/* "interdict screen: MESSAGE" with the way to help below it. */
static void say_where_help_is(parser *p)
{
    const char *name = name_of(p->out->command);
    itd_cli_text_printf(p->problem, "\nTry 'interdict %s%s--help'.", name, name[0] ? " " : "");
}

static bool unknown_option(parser *p, const char *shown, const char *name)
{
    const itd_cli_command *command = p->out->command;
    itd_cli_text_printf(p->problem, "unknown option '%s'", shown);
    itd_nearest near = {.wrong = itd_cli_sv(name)};
    const itd_cli_option *option;
    for (size_t i = 0; (option = itd_cli_option_at(command, i)); i++)
        if (!option->hidden)
            itd_nearest_offer(&near, itd_cli_sv(option->name));
    if (near.best.data)
        itd_cli_text_printf(p->problem, "\nDid you mean --%s?", near.best.data);
    else if (command->operand_kind == ITD_CLI_WORD && command->operand)
        itd_cli_text_printf(p->problem, "\nA %s that begins with a hyphen comes after '--'.", command->operand);
    say_where_help_is(p);
    return false;
}

/* `shown` is the option as it was typed. */
static bool value_is_good(parser *p, const itd_cli_option *option, const char *shown, const char *value)
{
    uint32_t number;
    int32_t micro;
    switch (option->kind) {
    case ITD_CLI_NUMBER:
        if (itd_cli_parse_number(&number, value))
            return true;
        itd_cli_text_printf(p->problem, "%s takes a whole number, not '%s'", shown, value);
        break;
    case ITD_CLI_SHARE:
        if (itd_cli_parse_share(&micro, value))
            return true;
        itd_cli_text_printf(p->problem, "%s takes a number from 0 to 1 with at most six places, not '%s'", shown,
                            value);
        break;
    case ITD_CLI_CHOICE: {
        itd_nearest near = {.wrong = itd_cli_sv(value)};
        char words[128], *rest = words, *word;
        (void)snprintf(words, sizeof words, "%s", option->choices);
        while ((word = strtok_r(rest, " ", &rest))) {
            if (strcmp(word, value) == 0)
                return true;
            itd_nearest_offer(&near, itd_cli_sv(word));
        }
        itd_cli_text_printf(p->problem, "%s takes one of: %s; not '%s'", shown, option->choices, value);
        if (near.best.data)
            itd_cli_text_printf(p->problem, "\nDid you mean %s?", near.best.data);
        break;
    }
    default:
        if (value[0])
            return true;
        itd_cli_text_printf(p->problem, "%s was given nothing", shown);
        break;
    }
    say_where_help_is(p);
    return false;
}

static bool take(parser *p, const itd_cli_option *option, const char *shown, const char *value)
{
    if (value && !value_is_good(p, option, shown, value))
        return false;
    if (value && p->out->given[option->key] && !option->repeats) {
        itd_cli_text_printf(p->problem, "%s is given twice", shown);
        say_where_help_is(p);
        return false;
    }
    p->out->given[option->key] = true;
    if (value) {
        p->values[p->value_count] = value;
        p->keys[p->value_count++] = option->key;
    }
    return true;
}

static bool take_next(parser *p, const itd_cli_option *option, const char *shown)
{
    if (p->at + 1 >= p->argc) {
        itd_cli_text_printf(p->problem, "%s needs a value: %s", shown, option->argument);
        say_where_help_is(p);
        return false;
    }
    return take(p, option, shown, p->argv[++p->at]);
}

static bool long_option(parser *p, const char *word)
{
    const char *name = word + 2, *equals = strchr(name, '=');
    size_t size = equals ? (size_t)(equals - name) : strlen(name);
    const itd_cli_option *option;
    for (size_t i = 0; (option = itd_cli_option_at(p->out->command, i)); i++)
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0)
            break;
    char shown[ITD_NEAREST_MAX + 8];
    (void)snprintf(shown, sizeof shown, "%.*s", (int)(size + 2 < sizeof shown ? size + 2 : sizeof shown - 1), word);
    if (!option)
        return unknown_option(p, shown, shown + 2);
    if (option->kind != ITD_CLI_SWITCH)
        return equals ? take(p, option, shown, equals + 1) : take_next(p, option, shown);
    if (!equals)
        return take(p, option, shown, NULL);
    itd_cli_text_printf(p->problem, "--%s takes no value", option->name);
    say_where_help_is(p);
    return false;
}

/* "-q", "-qh", "-l X", "-lX". */
static bool short_options(parser *p, const char *word)
{
    const itd_cli_option *meant; /* "-limit" is a slip for --limit, not -l with the value "imit" */
    for (size_t i = 0; (meant = itd_cli_option_at(p->out->command, i)); i++)
        if (word[2] && strcmp(meant->name, word + 1) == 0)
            return unknown_option(p, word, word + 1);
    for (const char *letter = word + 1; *letter; letter++) {
        const itd_cli_option *option;
        for (size_t i = 0; (option = itd_cli_option_at(p->out->command, i)); i++)
            if (option->letter == *letter)
                break;
        char shown[3] = {'-', *letter, '\0'};
        if (!option)
            return unknown_option(p, letter == word + 1 && strlen(word) <= ITD_NEAREST_MAX ? word : shown,
                                  strlen(word) > 2 ? word + 1 : "");
        if (option->kind != ITD_CLI_SWITCH)
            return letter[1] ? take(p, option, shown, letter + 1) : take_next(p, option, shown);
        if (!take(p, option, shown, NULL))
            return false;
    }
    return true;
}

const itd_cli_command *itd_cli_command_of(char *const *words, size_t count, size_t *used)
{
    char name[64];
    const itd_cli_command *found = NULL;
    *used = 0;
    for (size_t n = count < 2 ? count : 2; n >= 1 && !found; n--) {
        int size = n == 2 ? snprintf(name, sizeof name, "%s %s", words[0], words[1])
                          : snprintf(name, sizeof name, "%s", words[0]);
        if (size > 0 && (size_t)size < sizeof name && (found = itd_cli_command_find(name)))
            *used = n;
    }
    return found;
}

static void say_commands(parser *p)
{
    const itd_cli_command *command;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        itd_cli_text_printf(p->problem, "%s%s", i == 1 ? "\nThere is: " : ", ", command->name);
}

/* A word that stands before others, as in `case init`, with none of them after it. */
static bool is_group(const parser *p, const char *word)
{
    const char *next = p->at + 1 < p->argc ? p->argv[p->at + 1] : "-";
    const size_t size = strlen(word);
    const itd_cli_command *command;
    for (size_t i = 1; next[0] == '-' && (command = itd_cli_command_at(i)); i++)
        if (strncmp(command->name, word, size) == 0 && command->name[size] == ' ')
            return true;
    return false;
}

/* A word that stands before others: says which, or which was meant. False: it is none. */
static bool say_group(parser *p, const char *word)
{
    const char *next = p->at + 1 < p->argc && p->argv[p->at + 1][0] != '-' ? p->argv[p->at + 1] : "";
    const size_t size = strlen(word);
    itd_cli_text names = {0};
    itd_nearest near = {.wrong = itd_cli_sv(next)};
    const itd_cli_command *command;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++) {
        if (strncmp(command->name, word, size) != 0 || command->name[size] != ' ')
            continue;
        itd_cli_text_printf(&names, "%s%s", names.size ? ", " : "", command->name);
        itd_nearest_offer(&near, itd_cli_sv(command->name + size + 1));
    }
    const bool any = names.size > 0;
    if (any)
        itd_cli_text_printf(p->problem, "unknown command '%s%s%.64s'", word, next[0] ? " " : "", next);
    if (any && next[0] && near.best.data)
        itd_cli_text_printf(p->problem, "\nDid you mean '%s %s'?", word, near.best.data);
    else if (any)
        itd_cli_text_printf(p->problem, "\nThere is: %s", itd_cli_text_string(&names));
    p->problem->failed |= names.failed;
    itd_cli_text_free(&names);
    return any;
}

/* A word that is no command, or no subcommand where one could have stood. */
static bool unknown_command(parser *p, const char *word)
{
    const char *parent = name_of(p->out->command);
    size_t skip = strlen(parent) + (parent[0] != '\0');
    if (skip == 0 && say_group(p, word)) {
        say_where_help_is(p);
        return false;
    }
    itd_cli_text_printf(p->problem, "unknown command '%s%s%.64s'", parent, parent[0] ? " " : "", word);
    itd_nearest near = {.wrong = itd_cli_sv(word)};
    const itd_cli_command *command;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        if (strncmp(command->name, parent, strlen(parent)) == 0 && strlen(command->name) > skip)
            itd_nearest_offer(&near, itd_cli_sv(command->name + skip));
    if (near.best.data)
        itd_cli_text_printf(p->problem, "\nDid you mean '%s%s%s'?", parent, parent[0] ? " " : "", near.best.data);
    else
        say_commands(p);
    say_where_help_is(p);
    return false;
}

static bool operand(parser *p)
{
    const char *word = p->argv[p->at];
    itd_cli_arguments *out = p->out;
    if (out->command->verb == ITD_CLI_PROGRAM) {
        size_t used;
        const itd_cli_command *command = itd_cli_command_of(p->argv + p->at, (size_t)(p->argc - p->at), &used);
        if (!command && !out->group && !out->given[ITD_CLI_MAN] && is_group(p, word)) {
            out->group = word;
            return true;
        }
        if (!command)
            return unknown_command(p, word);
        if (out->given[ITD_CLI_MAN]) { /* the operand names the page */
            out->command = command;
            p->at = p->argc;
            return true;
        }
        out->command = command;
        p->at += (int)used - 1;
        return true;
    }
    if (!out->command->operand && out->command->verb == ITD_CLI_LISTS)
        return unknown_command(p, word);
    if (!out->command->operand) {
        itd_cli_text_printf(p->problem, "'%.64s' is one word too many: nothing but options is taken here", word);
        say_where_help_is(p);
        return false;
    }
    out->words[out->operand_count++] = word;
    return true;
}

/* What can be told only when all has been read. */
static bool check_whole(parser *p)
{
    itd_cli_arguments *out = p->out;
    const itd_cli_command *command = out->command;
    if (out->given[ITD_CLI_HELP] || out->given[ITD_CLI_VERSION] || out->given[ITD_CLI_MAN] ||
        out->given[ITD_CLI_COMPLETION])
        return true;
    if (out->group) {
        itd_cli_text_printf(p->problem, "a command is missing after '%s'", out->group);
        itd_cli_help_commands(p->problem, out->group);
        itd_cli_text_printf(p->problem, "\nTry 'interdict %s --help'.", out->group);
        return false;
    }
    if (command->verb == ITD_CLI_PROGRAM) {
        itd_cli_text_puts(p->problem, "a command is missing");
        say_commands(p);
    } else if (out->given[ITD_CLI_JSON] + out->given[ITD_CLI_JSONL] + out->given[ITD_CLI_CSV] > 1)
        itd_cli_text_puts(p->problem, "--json, --jsonl and --csv exclude each other");
    const itd_cli_option *option;
    for (size_t i = 0; p->problem->size == 0 && (option = itd_cli_option_at(command, i)); i++)
        if (option->required && !out->given[option->key]) {
            if (option->letter)
                itd_cli_text_printf(p->problem, "-%c", option->letter);
            else
                itd_cli_text_printf(p->problem, "--%s", option->name);
            itd_cli_text_printf(p->problem, " %s is missing: %s", option->argument, option->help);
        }
    if (p->problem->size == 0 && out->operand_count < command->operand_min)
        itd_cli_text_printf(p->problem, "%s is missing", command->operand);
    if (p->problem->size == 0 && out->operand_count > command->operand_max)
        itd_cli_text_printf(p->problem, "'%.64s' is one word too many: one %s is taken",
                            out->words[command->operand_max], command->operand);
    if (p->problem->size == 0)
        return true;
    say_where_help_is(p);
    return false;
}

/* Values of one key side by side, after the operands, in the order in which they were given. */
static void group_values(parser *p)
{
    size_t at = p->out->operand_count;
    for (int key = 0; key < ITD_CLI_KEYS; key++) {
        p->out->first[key] = at;
        for (size_t i = 0; i < p->value_count; i++)
            if ((int)p->keys[i] == key)
                p->out->words[at++] = p->values[i];
        p->out->count[key] = at - p->out->first[key];
    }
}

bool itd_cli_arguments_parse(itd_cli_arguments *out, int argc, char *const *argv, itd_cli_text *problem)
{
    bool good = false, only_operands = false;
    *out = (itd_cli_arguments){.command = itd_cli_command_at(0)};
    size_t room = argc > 0 ? (size_t)argc : 1;
    out->words = calloc(room, sizeof *out->words);
    parser p = {.out = out, .argc = argc, .at = 1, .argv = argv, .problem = problem};
    p.values = calloc(room, sizeof *p.values);
    p.keys = calloc(room, sizeof *p.keys);
    if (!out->words || !p.values || !p.keys) {
        itd_cli_text_puts(problem, "out of memory");
        goto out;
    }
    for (; p.at < argc; p.at++) {
        const char *word = argv[p.at];
        bool fine;
        if (only_operands || word[0] != '-' || word[1] == '\0')
            fine = operand(&p);
        else if (strcmp(word, "--") == 0)
            fine = only_operands = true;
        else if (word[1] == '-')
            fine = long_option(&p, word);
        else
            fine = short_options(&p, word);
        if (!fine)
            goto out;
    }
    if (!check_whole(&p))
        goto out;
    group_values(&p);
    good = true;
out:
    free(p.values);
    free(p.keys);
    return good;
}

void itd_cli_arguments_free(itd_cli_arguments *arguments)
{
    free(arguments->words);
    *arguments = (itd_cli_arguments){0};
}

const char *const *itd_cli_operands(const itd_cli_arguments *arguments)
{
    return arguments->words;
}

const char *const *itd_cli_values(const itd_cli_arguments *arguments, itd_cli_key key, size_t *count)
{
    *count = arguments->count[key];
    return *count > 0 ? arguments->words + arguments->first[key] : NULL;
}

const char *itd_cli_value(const itd_cli_arguments *arguments, itd_cli_key key)
{
    if (arguments->count[key] > 0)
        return arguments->words[arguments->first[key]];
    const itd_cli_option *option;
    for (size_t i = 0; (option = itd_cli_option_at(arguments->command, i)); i++)
        if (option->key == key)
            return option->default_;
    return NULL;
}

uint32_t itd_cli_number(const itd_cli_arguments *arguments, itd_cli_key key)
{
    uint32_t number = 0;
    const char *value = itd_cli_value(arguments, key);
    bool good = value && itd_cli_parse_number(&number, value);
    assert(good || !value);
    (void)good;
    return number;
}

int32_t itd_cli_micro(const itd_cli_arguments *arguments, itd_cli_key key)
{
    int32_t micro = 0;
    const char *value = itd_cli_value(arguments, key);
    bool good = value && itd_cli_parse_share(&micro, value);
    assert(good || !value);
    (void)good;
    return micro;
}
