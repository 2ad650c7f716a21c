/* Completion scripts, from the option table. */
#include <string.h>

#include "cli/help.h"

/* First words of all commands, each once; `subcommands` of a command instead when it is not NULL. */
static void command_words(itd_cli_text *out, const char *parent)
{
    const itd_cli_command *command;
    const char *last = "";
    size_t skip = strlen(parent) + (parent[0] != '\0'), last_size = 0;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++) {
        if (strncmp(command->name, parent, strlen(parent)) != 0 || strlen(command->name) <= skip)
            continue;
        const char *word = command->name + skip;
        size_t size = strcspn(word, " ");
        if (size == last_size && memcmp(word, last, size) == 0)
            continue;
        itd_cli_text_puts(out, last_size > 0 ? " " : "");
        itd_cli_text_add(out, word, size);
        last = word;
        last_size = size;
    }
}

static void option_words(itd_cli_text *out, const itd_cli_command *command)
{
    const itd_cli_option *option;
    for (size_t i = 0; (option = itd_cli_option_at(command, i)); i++) {
        if (option->hidden)
            continue;
        itd_cli_text_printf(out, "%s--%s", i > 0 ? " " : "", option->name);
        if (option->letter)
            itd_cli_text_printf(out, " -%c", option->letter);
    }
}

static bool takes_files(itd_cli_kind kind)
{
    return kind == ITD_CLI_FILE || kind == ITD_CLI_INDEX_FILE || kind == ITD_CLI_CASE_FILE;
}

/* ---- bash ---- */

static void bash_value(itd_cli_text *out, const itd_cli_option *option)
{
    itd_cli_text_puts(out, "        ");
    if (option->letter)
        itd_cli_text_printf(out, "-%c|", option->letter);
    itd_cli_text_printf(out, "--%s) ", option->name);
    if (option->kind == ITD_CLI_CHOICE)
        itd_cli_text_printf(out, "_interdict_words '%s'; ", option->choices);
    else if (takes_files(option->kind))
        itd_cli_text_puts(out, "_interdict_files; ");
    itd_cli_text_puts(out, "return ;;\n");
}

/* What may follow one command. */
static void bash_command(itd_cli_text *out, const itd_cli_command *command)
{
    const itd_cli_option *option;
    itd_cli_text_printf(out, "    '%s')\n        case $previous in\n", command->name);
    for (size_t i = 0; (option = itd_cli_option_at(command, i)); i++)
        if (option->kind != ITD_CLI_SWITCH)
            bash_value(out, option);
    itd_cli_text_puts(out, "        esac\n        if [[ $word == -* ]]; then\n            _interdict_words '");
    option_words(out, command);
    itd_cli_text_puts(out, "'\n            return\n        fi\n");
    itd_cli_text words = {0};
    command_words(&words, command->name);
    if (words.size > 0)
        itd_cli_text_printf(out, "        ((COMP_CWORD == %s)) && _interdict_words '%s'\n",
                            command->name[0] ? "2" : "1", itd_cli_text_string(&words));
    if (command->operand && takes_files(command->operand_kind))
        itd_cli_text_puts(out, "        _interdict_files\n");
    itd_cli_text_puts(out, "        ;;\n");
    itd_cli_text_free(&words);
}

static void bash(itd_cli_text *out)
{
    itd_cli_text_puts(out, "# bash completion for interdict; made from its option table\n"
                           "_interdict_words() {\n"
                           "    local IFS=$' \\t\\n'\n"
                           "    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W \"$1\" -- \"$word\")\n"
                           "}\n"
                           "_interdict_files() {\n"
                           "    compopt -o filenames 2> /dev/null\n"
                           "    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- \"$word\")\n"
                           "}\n"
                           "_interdict() {\n"
                           "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
                           "    local command='' two=\"${COMP_WORDS[1]} ${COMP_WORDS[2]}\"\n"
                           "    COMPREPLY=()\n"
                           "    ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]}\n"
                           "    if ((COMP_CWORD > 2)); then\n"
                           "        case $two in\n        ");
    const itd_cli_command *command;
    bool first = true;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        if (strchr(command->name, ' ')) {
            itd_cli_text_printf(out, "%s'%s'", first ? "" : "|", command->name);
            first = false;
        }
    itd_cli_text_puts(out, ") command=$two ;;\n"
                           "        esac\n"
                           "    fi\n"
                           "    case $command in\n");
    for (size_t i = 0; (command = itd_cli_command_at(i)); i++)
        bash_command(out, command);
    itd_cli_text_puts(out, "    esac\n}\ncomplete -F _interdict interdict\n");
}

/* ---- zsh ---- */

/* Text inside a specification of _arguments, itself in single quotes. */
static void zsh_text(itd_cli_text *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            itd_cli_text_puts(out, "'\\''");
        else {
            if (*p == ':' || *p == '[' || *p == ']' || *p == '\\')
                itd_cli_text_puts(out, "\\");
            itd_cli_text_add(out, p, 1);
        }
    }
}

/* `choices` NULL: the kind tells what to complete. */
static void zsh_action(itd_cli_text *out, itd_cli_kind kind, const char *argument, const char *choices)
{
    itd_cli_text_puts(out, ":");
    zsh_text(out, argument);
    itd_cli_text_puts(out, ":");
    if (choices)
        itd_cli_text_printf(out, "(%s)", choices);
    else if (takes_files(kind))
        itd_cli_text_puts(out, "_files");
    else
        itd_cli_text_puts(out, " ");
}

static void zsh_option(itd_cli_text *out, const itd_cli_option *option)
{
    for (int form = option->letter ? 0 : 1; form < 2; form++) { /* short, long */
        itd_cli_text_puts(out, " \\\n        '");
        if (option->repeats)
            itd_cli_text_puts(out, "*");
        if (form == 0)
            itd_cli_text_printf(out, "-%c%s", option->letter, option->argument ? "+" : "");
        else
            itd_cli_text_printf(out, "--%s%s", option->name, option->argument ? "=" : "");
        itd_cli_text_puts(out, "[");
        zsh_text(out, option->help);
        itd_cli_text_puts(out, "]");
        if (option->argument)
            zsh_action(out, option->kind, option->argument, option->choices);
        itd_cli_text_puts(out, "'");
    }
}

static void zsh_command(itd_cli_text *out, const itd_cli_command *command)
{
    const itd_cli_option *option;
    itd_cli_text_printf(out, "    '%s')\n        _arguments -s -S", command->name);
    for (size_t i = 0; (option = itd_cli_option_at(command, i)); i++)
        if (!option->hidden)
            zsh_option(out, option);
    itd_cli_text words = {0};
    command_words(&words, command->name);
    if (command->operand && takes_files(command->operand_kind)) {
        itd_cli_text_puts(out, " \\\n        '*");
        zsh_action(out, command->operand_kind, command->operand, NULL);
        itd_cli_text_puts(out, "'");
    } else if (words.size > 0) {
        itd_cli_text_printf(out, " \\\n        '1:command:(%s)'", itd_cli_text_string(&words));
    }
    itd_cli_text_puts(out, "\n        ;;\n");
    itd_cli_text_free(&words);
}

static void zsh(itd_cli_text *out)
{
    itd_cli_text_puts(out, "#compdef interdict\n"
                           "# zsh completion for interdict; made from its option table\n"
                           "_interdict() {\n"
                           "    local command=''\n"
                           "    if (( CURRENT > 3 )) && [[ \"$words[2] $words[3]\" == (");
    const itd_cli_command *command;
    bool first = true;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        if (strchr(command->name, ' ')) {
            itd_cli_text_puts(out, first ? "" : "|");
            for (const char *p = command->name; *p; p++) {
                if (*p == ' ')
                    itd_cli_text_puts(out, "\\");
                itd_cli_text_add(out, p, 1);
            }
            first = false;
        }
    itd_cli_text_puts(out, ") ]]; then\n"
                           "        command=\"$words[2] $words[3]\"\n"
                           "        words=($words[1] $words[4,-1])\n"
                           "        (( CURRENT -= 2 ))\n"
                           "    elif (( CURRENT > 2 )); then\n"
                           "        command=$words[2]\n"
                           "        words=($words[1] $words[3,-1])\n"
                           "        (( CURRENT -= 1 ))\n"
                           "    fi\n"
                           "    case $command in\n");
    for (size_t i = 0; (command = itd_cli_command_at(i)); i++)
        zsh_command(out, command);
    itd_cli_text_puts(out, "    esac\n}\nif [[ $funcstack[1] == _interdict ]]; then\n    _interdict \"$@\"\nelse\n"
                           "    compdef _interdict interdict\nfi\n");
}

void itd_cli_completion(itd_cli_text *out, const char *shell)
{
    if (strcmp(shell, "zsh") == 0)
        zsh(out);
    else
        bash(out);
}
