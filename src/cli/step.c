/* Verdicts, their chains, and the steps of paths in a table for people. */
#include "cli/step.h"

#include <inttypes.h>
#include <string.h>

#include "cli/display.h"

void itd_cli_put_step(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_graph_step *step)
{
    itd_cli_text_puts(out, step->against ? "    <- " : "    -> ");
    itd_cli_clean(out, step->against ? step->owner : step->owned);
    itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
    itd_cli_text_printf(out, "  %s", step->kind);
    if (step->share_max_ppm > 0) {
        itd_cli_text_puts(out, " ");
        itd_cli_put_share(out, step->share_min_ppm, step->share_max_ppm);
    }
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

void itd_cli_put_share(itd_cli_text *out, uint32_t low, uint32_t high)
{
    const uint32_t bounds[] = {low, high};
    for (size_t i = 0; i < (low == high ? 1U : 2U); i++) {
        uint32_t rest = bounds[i] % 10000;
        int places = 4;
        itd_cli_text_printf(out, "%s%" PRIu32, i ? "–" : "", bounds[i] / 10000);
        for (; rest > 0 && rest % 10 == 0; places--)
            rest /= 10;
        if (rest > 0)
            itd_cli_text_printf(out, ".%0*" PRIu32, places, rest);
    }
    itd_cli_text_puts(out, " %");
}

void itd_cli_put_verdict(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_own_judgement *judgement)
{
    static const struct {
        itd_cli_style style;
        const char *words;
    } verdicts[] = {{ITD_CLI_PLAIN, "not blocked"}, {ITD_CLI_MIDDLE, "possible"}, {ITD_CLI_STRONG, "blocked"}};
    itd_cli_styled(out, terminal, verdicts[judgement->verdict].style, verdicts[judgement->verdict].words);
    if (judgement->basis != ITD_OWN_NO_BASIS)
        itd_cli_text_printf(out, " by %s", itd_own_basis_name(judgement->basis));
    itd_cli_text_puts(out, ", share of blocked holders ");
    itd_cli_put_share(out, judgement->share_min_ppm, judgement->share_max_ppm);
}

void itd_cli_put_rule(itd_cli_text *out, const itd_own_answer *answer)
{
    if (!answer->rule_id) {
        itd_cli_text_puts(out, "none is known for this day");
        return;
    }
    itd_cli_text_printf(out, "%s, from %s to %s: ", answer->rule_id,
                        answer->rule_from ? answer->rule_from : "the start", answer->rule_to ? answer->rule_to : "now");
    itd_cli_text_puts(out, answer->rule_source);
}

void itd_cli_put_stake(itd_cli_text *out, const itd_own_step *step)
{
    if (strcmp(step->kind, "shares") == 0 || strcmp(step->kind, "votes") == 0) {
        itd_cli_put_share(out, step->share_min_ppm, step->share_max_ppm);
        itd_cli_text_puts(out, " ");
    }
    itd_cli_text_printf(out, "%s of ", step->kind);
}

void itd_cli_put_chain(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_own_step *steps, size_t count)
{
    for (size_t s = 0; s < count; s++) {
        const itd_own_step *step = &steps[s];
        if (s == 0) {
            itd_cli_text_puts(out, "    ");
            itd_cli_clean(out, step->owner);
            itd_cli_text_puts(out, "\n");
        }
        itd_cli_text_repeat(out, "  ", s + 3);
        itd_cli_put_stake(out, step);
        itd_cli_clean(out, step->owned);
        itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
        itd_cli_text_puts(out, "  (");
        itd_cli_clean(out, step->source);
        if (step->grade.size > 0) {
            itd_cli_text_puts(out, ", grade ");
            itd_cli_clean(out, step->grade);
        }
        itd_cli_text_puts(out, ")");
        itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
        itd_cli_text_puts(out, "\n");
    }
}
