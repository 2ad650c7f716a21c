/* Manual pages in man(7), from the option table. */
#include <ctype.h>
#include <string.h>

#include "cli/display.h"
#include "cli/help.h"

/* Text that roff shows as it stands, in ASCII. */
static void roff(itd_cli_text *out, const char *text)
{
    bool line_start = out->size == 0 || out->data[out->size - 1] == '\n';
    for (const char *p = text; *p; p++) {
        itd_sv rest = itd_cli_sv(p);
        uint32_t c;
        if ((unsigned char)*p >= 0x80 && itd_cli_next_character(&c, &rest)) {
            itd_cli_text_printf(out, "\\[u%04X]", (unsigned)c);
            p = rest.data - 1;
            line_start = false;
            continue;
        }
        if (line_start && (*p == '.' || *p == '\''))
            itd_cli_text_puts(out, "\\&");
        line_start = *p == '\n';
        if (*p == '\\')
            itd_cli_text_puts(out, "\\e");
        else if (*p == '-')
            itd_cli_text_puts(out, "\\-");
        else if (strncmp(p, "\n\n", 2) == 0) {
            itd_cli_text_puts(out, "\n.PP\n");
            p++;
        } else
            itd_cli_text_add(out, p, 1);
    }
}

/* "interdict-lists-stats" */
static void page_name(itd_cli_text *out, const itd_cli_command *command, const char *hyphen, bool upper)
{
    itd_cli_text_puts(out, upper ? "INTERDICT" : "interdict");
    if (command->name[0])
        itd_cli_text_puts(out, hyphen);
    for (const char *p = command->name; *p; p++) {
        char c = upper ? (char)toupper((unsigned char)*p) : *p;
        if (c == ' ')
            itd_cli_text_puts(out, hyphen);
        else
            itd_cli_text_add(out, &c, 1);
    }
}

static void options(itd_cli_text *out, const itd_cli_command *command)
{
    const itd_cli_option *option;
    itd_cli_text_puts(out, ".SH OPTIONS\n");
    for (size_t i = 0; (option = itd_cli_option_at(command, i)); i++) {
        if (option->hidden)
            continue;
        itd_cli_text_puts(out, ".TP\n");
        if (option->letter)
            itd_cli_text_printf(out, "\\fB\\-%c\\fR, ", option->letter);
        itd_cli_text_puts(out, "\\fB\\-\\-");
        roff(out, option->name);
        itd_cli_text_puts(out, "\\fR");
        if (option->argument) {
            itd_cli_text_puts(out, " \\fI");
            roff(out, option->argument);
            itd_cli_text_puts(out, "\\fR");
        }
        itd_cli_text_puts(out, "\n");
        roff(out, option->help);
        itd_cli_text_puts(out, ".");
        if (option->repeats)
            itd_cli_text_puts(out, " May be given more than once.");
        if (option->required)
            itd_cli_text_puts(out, " Required.");
        if (option->default_)
            itd_cli_text_printf(out, " Default: %s.", option->default_);
        itd_cli_text_puts(out, "\n");
    }
}

static void commands(itd_cli_text *out)
{
    const itd_cli_command *command;
    itd_cli_text_puts(out, ".SH COMMANDS\n");
    for (size_t i = 1; (command = itd_cli_command_at(i)); i++) {
        itd_cli_text_puts(out, ".TP\n.BR ");
        page_name(out, command, "\\-", false);
        itd_cli_text_puts(out, " (1)\n");
        roff(out, command->summary);
        itd_cli_text_puts(out, ".\n");
    }
}

static void ending(itd_cli_text *out, const itd_cli_command *command)
{
    itd_cli_text_puts(out, ".SH EXAMPLES\n");
    for (const itd_cli_example *e = command->examples; e->line; e++) {
        itd_cli_text_puts(out, ".TP\n");
        roff(out, e->line);
        itd_cli_text_puts(out, "\n");
        roff(out, e->what);
        itd_cli_text_puts(out, ".\n");
    }
    itd_cli_text_puts(out, ".SH EXIT STATUS\n");
    itd_cli_exit_code code;
    for (size_t i = 0; itd_cli_exit_code_at(&code, i); i++) {
        itd_cli_text_printf(out, ".TP\n%d\n", code.code);
        roff(out, code.meaning);
        itd_cli_text_puts(out, ".\n");
    }
    itd_cli_text_puts(out, ".SH ENVIRONMENT\n.TP\nNO_COLOR\nWhen set and not empty, no colour on a terminal.\n");
    itd_cli_text_puts(out, ".SH SEE ALSO\n");
    const itd_cli_command *other;
    bool first = true;
    for (size_t i = 0; (other = itd_cli_command_at(i)); i++) {
        if (other == command)
            continue;
        itd_cli_text_puts(out, first ? ".BR " : ",\n.BR ");
        page_name(out, other, "\\-", false);
        itd_cli_text_puts(out, " (1)");
        first = false;
    }
    itd_cli_text_puts(out, "\n");
}

void itd_cli_man(itd_cli_text *out, const itd_cli_command *command, const char *version)
{
    bool program = command->verb == ITD_CLI_PROGRAM;
    itd_cli_text_puts(out, ".TH ");
    page_name(out, command, "\\-", true);
    itd_cli_text_printf(out, " 1 \"\" \"Interdict %s\" \"User Commands\"\n.nh\n.SH NAME\n", version);
    page_name(out, command, "\\-", false);
    itd_cli_text_puts(out, " \\- ");
    roff(out, command->summary);
    itd_cli_text_puts(out, "\n.SH SYNOPSIS\n.B interdict");
    if (!program) {
        itd_cli_text_puts(out, " ");
        roff(out, command->name);
    }
    itd_cli_text_puts(out, "\n");
    roff(out, command->synopsis);
    itd_cli_text_puts(out, "\n.SH DESCRIPTION\n");
    roff(out, command->description);
    itd_cli_text_puts(out, "\n");
    if (program)
        commands(out);
    options(out, command);
    ending(out, command);
}
