#ifndef ITD_CLI_HIT_H
#define ITD_CLI_HIT_H

#include "cli/terminal.h"
#include "interdict/screen.h"

/** Adds a hit as a person reads it: score and name first, then who it is, why, how the score comes about, and where the
 * record stands. */
void itd_cli_hit(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_answer *answer, const itd_hit *hit);

/** Adds what was decided, as a clause: "cleared by ann and bo on 2026-11-22 until 2026-12-31: born elsewhere". */
void itd_cli_decision(itd_cli_text *out, const itd_hit_decision *decision);

/** Adds the score of a hit in its colour: three places, cut. */
void itd_cli_score(itd_cli_text *out, const itd_cli_terminal *terminal, int32_t micro);

/** Columns that a hit's lines are set in by. */
#define ITD_CLI_HIT_INDENT 7

#endif
