#include "cli/help.h"

#include <string.h>

#include "cli/display.h"

/* Names of options take this many columns at most; longer ones stand on a line of their own. */
#define NAMES_WIDTH_MAX 26

static void title(itd_cli_text *out, const itd_cli_terminal *terminal, const char *text)
{
    itd_cli_text_puts(out, "\n");
    itd_cli_styled(out, terminal, ITD_CLI_BOLD, text);
    itd_cli_text_puts(out, "\n");
}

/* A name and beside it what it is. */
static void entry(itd_cli_text *out, const itd_cli_terminal *terminal, const char *name, size_t width, const char *what)
{
    size_t used = itd_cli_width(itd_cli_sv(name));
    itd_cli_text_printf(out, "  %s", name);
    if (used > width) {
        itd_cli_text_puts(out, "\n");
        itd_cli_text_repeat(out, " ", width + 4);
    } else {
        itd_cli_text_repeat(out, " ", width - used + 2);
    }
    itd_cli_paragraph(out, itd_cli_sv(what), width + 4, terminal->width);
}

static void names_of(itd_cli_text *out, const itd_cli_option *option)
{
    itd_cli_text_clear(out);
    if (option->letter)
        itd_cli_text_printf(out, "-%c, ", option->letter);
    else
        itd_cli_text_puts(out, "    ");
    itd_cli_text_printf(out, "--%s", option->name);
    if (option->argument)
        itd_cli_text_printf(out, " %s", option->argument);
}

static void options(itd_cli_text *out, const itd_cli_command *command, const itd_cli_terminal *terminal)
{
    itd_cli_text names = {0}, what = {0};
    const itd_cli_option *option;
    size_t width = 0;
    for (size_t i = 0; (option = itd_cli_option_at(command, i)); i++) {
        names_of(&names, option);
        size_t wide = itd_cli_width(itd_cli_sv(itd_cli_text_string(&names)));
        width = wide > width && wide <= NAMES_WIDTH_MAX && !option->hidden ? wide : width;
    }
    title(out, terminal, "Options");
    for (size_t i = 0; (option = itd_cli_option_at(command, i)); i++) {
        if (option->hidden)
            continue;
        names_of(&names, option);
        itd_cli_text_clear(&what);
        itd_cli_text_puts(&what, option->help);
        if (option->repeats)
            itd_cli_text_puts(&what, "; may be given more than once");
        if (option->default_)
            itd_cli_text_printf(&what, " [%s]", option->default_);
        entry(out, terminal, itd_cli_text_string(&names), width, itd_cli_text_string(&what));
    }
    out->failed |= names.failed || what.failed;
    itd_cli_text_free(&names);
    itd_cli_text_free(&what);
}

static void commands(itd_cli_text *out, const itd_cli_terminal *terminal)
{
    const itd_cli_command *command;
    title(out, terminal, "Commands");
    size_t width = 0;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        width = strlen(command->name) > width ? strlen(command->name) : width;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        entry(out, terminal, command->name, width, command->summary);
}

static void examples(itd_cli_text *out, const itd_cli_command *command, const itd_cli_terminal *terminal)
{
    title(out, terminal, "Examples");
    for (const itd_cli_example *e = command->examples; e->line; e++) {
        itd_cli_text_printf(out, "  %s\n      ", e->line);
        itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
        itd_cli_text_puts(out, e->what);
        itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
        itd_cli_text_puts(out, "\n");
    }
}

static void description(itd_cli_text *out, const itd_cli_command *command, const itd_cli_terminal *terminal)
{
    for (const char *at = command->description; *at;) {
        const char *end = strstr(at, "\n\n");
        size_t size = end ? (size_t)(end - at) : strlen(at);
        itd_cli_text_puts(out, "\n");
        itd_cli_paragraph(out, (itd_sv){at, size}, 0, terminal->width);
        at += size + (end ? 2 : 0);
    }
}

static void exit_codes(itd_cli_text *out, const itd_cli_terminal *terminal)
{
    itd_cli_exit_code code;
    title(out, terminal, "Exit codes");
    for (size_t i = 0; itd_cli_exit_code_at(&code, i); i++)
        itd_cli_text_printf(out, "  %2d  %s\n", code.code, code.meaning);
}

void itd_cli_help(itd_cli_text *out, const itd_cli_command *command, const itd_cli_terminal *terminal)
{
    bool program = command->verb == ITD_CLI_PROGRAM;
    itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
    itd_cli_text_printf(out, "interdict%s%s", program ? "" : " ", command->name);
    itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    itd_cli_text_printf(out, ": %s\n\n", command->summary);
    itd_cli_text_printf(out, "  interdict %s%s%s\n", command->name, program ? "" : " ", command->synopsis);
    description(out, command, terminal);
    if (program)
        commands(out, terminal);
    options(out, command, terminal);
    examples(out, command, terminal);
    if (program)
        exit_codes(out, terminal);
}

static bool is_of(const itd_cli_command *command, const char *group)
{
    const size_t size = strlen(group);
    return strncmp(command->name, group, size) == 0 && command->name[size] == ' ';
}

void itd_cli_help_commands(itd_cli_text *out, const char *group)
{
    const itd_cli_command *command;
    size_t width = 0;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        width = is_of(command, group) && strlen(command->name) > width ? strlen(command->name) : width;
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++)
        if (is_of(command, group))
            itd_cli_text_printf(out, "\n  %-*s  %s", (int)width, command->name, command->summary);
}

void itd_cli_help_group(itd_cli_text *out, const char *group, const itd_cli_terminal *terminal)
{
    itd_cli_text_puts(out, "  interdict ");
    itd_cli_styled(out, terminal, ITD_CLI_BOLD, group);
    itd_cli_text_puts(out, " COMMAND [OPTION]…\n");
    itd_cli_help_commands(out, group);
    itd_cli_text_printf(out, "\n\n'interdict %s COMMAND --help' says more of each.\n", group);
}
