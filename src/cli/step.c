/* A step of a path in a table for people. */
#include "cli/step.h"

#include <inttypes.h>

#include "cli/display.h"

void itd_cli_put_step(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_graph_step *step)
{
    itd_cli_text_puts(out, step->against ? "    <- " : "    -> ");
    itd_cli_clean(out, step->against ? step->owner : step->owned);
    itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
    itd_cli_text_printf(out, "  %s", step->kind);
    if (step->share_max_ppm > 0)
        itd_cli_text_printf(out, " %" PRIu32 "–%" PRIu32 " ppm", step->share_min_ppm, step->share_max_ppm);
    itd_cli_text_puts(out, "  (");
    itd_cli_clean(out, step->source);
    if (step->grade.size > 0) {
        itd_cli_text_puts(out, ", grade ");
        itd_cli_clean(out, step->grade);
        itd_cli_text_puts(out, step->suspected ? ", a suspicion" : "");
    }
    if (step->statements > 1)
        itd_cli_text_printf(out, ", best of %" PRIu32, step->statements);
    itd_cli_text_puts(out, ")");
    itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "\n");
}
