#ifndef ITD_CLI_REASON_H
#define ITD_CLI_REASON_H

#include "cli/text.h"
#include "interdict/screen.h"

/** Adds the reason of a score in words, a sentence or two: "The names agree but for the order of their words. The date
 * of birth agrees." A feature that has no words of its own is named. Clean text, no line end; "" for no contributions.
 */
void itd_cli_reason(itd_cli_text *out, const itd_contribution *contributions, size_t count);

#endif
