#ifndef ITD_CLI_OWNED_H
#define ITD_CLI_OWNED_H

#include "cli/terminal.h"
#include "interdict/own.h"

/** Does the chain begin at the party that a hit of kind "owned" is a record of? */
bool itd_cli_is_chain_of(const itd_hit *hit, const itd_own_chain *chain);
/** Adds what a hit of kind "owned" rests on: verdict, the chains that begin at its party, with sources, and the rule.
 */
void itd_cli_owned(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_hit *hit);

#endif
