#ifndef ITD_CLI_STEP_H
#define ITD_CLI_STEP_H

#include "cli/terminal.h"
#include "interdict/own.h"

/** A step of a path on a line of its own, from where the path comes: "    -> OWNED  shares …  (source, grade)". */
void itd_cli_put_step(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_graph_step *step);

/** "50 %", "25.0001–50 %"; exact. */
void itd_cli_put_share(itd_cli_text *out, uint32_t low, uint32_t high);
/** "blocked by ownership, share of blocked holders 50 %". */
void itd_cli_put_verdict(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_own_judgement *judgement);
/** "us-ofac-50, from 2014-08-13 to now: SOURCE". */
void itd_cli_put_rule(itd_cli_text *out, const itd_own_answer *answer);
/** "50 % shares of ", "control of ". */
void itd_cli_put_stake(itd_cli_text *out, const itd_own_step *step);
/** A chain, a step a line, each further in than the one before. */
void itd_cli_put_chain(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_own_step *steps, size_t count);

#endif
