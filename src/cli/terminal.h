#ifndef ITD_CLI_TERMINAL_H
#define ITD_CLI_TERMINAL_H

#include "cli/text.h"

/** Columns when standard output is no terminal. */
#define ITD_CLI_WIDTH_DEFAULT 100
/** Wider terminals are not filled: lines that long are hard to read. */
#define ITD_CLI_WIDTH_MAX 120
#define ITD_CLI_WIDTH_MIN 40

typedef enum itd_cli_style {
    ITD_CLI_PLAIN,
    ITD_CLI_BOLD,
    ITD_CLI_FAINT,
    ITD_CLI_STRONG, /**< what matters most: a high score */
    ITD_CLI_MIDDLE, /**< a score that is worth a look */
    ITD_CLI_MATCH,  /**< letters of a name that agree with the question's */
    ITD_CLI_UP,     /**< speaks for the hit */
    ITD_CLI_DOWN,   /**< speaks against it */
} itd_cli_style;

/** What the output can show. */
typedef struct itd_cli_terminal {
    bool terminal; /**< standard output is one */
    bool colour;
    bool unicode; /**< line and block characters may be used */
    size_t width;
} itd_cli_terminal;

/** Sets the character type of the locale to UTF-8, so that widths can be told, and looks at standard output and at
 * NO_COLOR and TERM. Call once, before threads start. */
itd_cli_terminal itd_cli_terminal_detect(void);

/** Adds the start of a style, or nothing when there is no colour. */
void itd_cli_style_on(itd_cli_text *out, const itd_cli_terminal *terminal, itd_cli_style style);
void itd_cli_style_off(itd_cli_text *out, const itd_cli_terminal *terminal, itd_cli_style style);
/** Text in a style. */
void itd_cli_styled(itd_cli_text *out, const itd_cli_terminal *terminal, itd_cli_style style, const char *string);

#endif
