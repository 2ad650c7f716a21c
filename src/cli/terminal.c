#include "cli/terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static size_t width_of_terminal(void)
{
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return ITD_CLI_WIDTH_DEFAULT;
    if (size.ws_col < ITD_CLI_WIDTH_MIN)
        return ITD_CLI_WIDTH_MIN;
    return size.ws_col > ITD_CLI_WIDTH_MAX ? ITD_CLI_WIDTH_MAX : size.ws_col;
}

itd_cli_terminal itd_cli_terminal_detect(void)
{
    itd_cli_terminal found = {.unicode = true, .width = ITD_CLI_WIDTH_DEFAULT};
    found.terminal = isatty(STDOUT_FILENO) == 1;
    if (found.terminal) {
        const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
        bool dumb = !term || term[0] == '\0' || strcmp(term, "dumb") == 0;
        found.colour = !dumb && !(no_colour && no_colour[0]);
        found.width = width_of_terminal();
        found.unicode = !dumb && setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    }
    (void)setlocale(LC_CTYPE, "C.UTF-8"); /* where it is missing every character counts as one column */
    return found;
}

static const char *const codes[] = {
    [ITD_CLI_PLAIN] = "",    [ITD_CLI_BOLD] = "1",    [ITD_CLI_FAINT] = "2", [ITD_CLI_STRONG] = "1;31",
    [ITD_CLI_MIDDLE] = "33", [ITD_CLI_MATCH] = "1;4", [ITD_CLI_UP] = "36",   [ITD_CLI_DOWN] = "35",
};

void itd_cli_style_on(itd_cli_text *out, const itd_cli_terminal *terminal, itd_cli_style style)
{
    if (terminal->colour && style != ITD_CLI_PLAIN)
        itd_cli_text_printf(out, "\x1b[%sm", codes[style]);
}

void itd_cli_style_off(itd_cli_text *out, const itd_cli_terminal *terminal, itd_cli_style style)
{
    if (terminal->colour && style != ITD_CLI_PLAIN)
        itd_cli_text_puts(out, "\x1b[0m");
}

void itd_cli_styled(itd_cli_text *out, const itd_cli_terminal *terminal, itd_cli_style style, const char *string)
{
    itd_cli_style_on(out, terminal, style);
    itd_cli_text_puts(out, string);
    itd_cli_style_off(out, terminal, style);
}
