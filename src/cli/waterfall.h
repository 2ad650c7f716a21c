#ifndef ITD_CLI_WATERFALL_H
#define ITD_CLI_WATERFALL_H

#include "cli/terminal.h"
#include "interdict/screen.h"

/** Columns of the bars. */
#define ITD_CLI_BAR_WIDTH 24

/** Adds the step from `before` to `after` on a scale of 0 … `top` (all micro-units) as a bar of `width` columns:
 * blanks up to where it starts, then its cells, at least one when the two differ. Blanks after it too when `pad`. */
void itd_cli_bar(itd_cli_text *out, int64_t before, int64_t after, int64_t top, size_t width, bool unicode, bool pad);

/** Decimal places, 2 … 6, with which all contributions are exact. */
int itd_cli_places(const itd_contribution *contributions, size_t count);

/** Adds a line a contribution: feature, bar from the sum so far to the sum with it, signed number, the two values; and
 * after two or more a last line with the score, which is their sum. */
void itd_cli_waterfall(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_contribution *contributions,
                       size_t count, int32_t score_micro, size_t indent);

#endif
