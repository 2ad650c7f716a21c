#ifndef ITD_CLI_PAIR_H
#define ITD_CLI_PAIR_H

#include "cli/terminal.h"
#include "interdict/resolve.h"

/** Adds a pair as a person reads it: score and names first, then why, how the score comes about, and what the lists say
 * of the two, side by side. */
void itd_cli_pair(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_resolve_pair *pair);

#endif
