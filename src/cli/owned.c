#include "cli/owned.h"

#include <string.h>

#include "cli/display.h"
#include "cli/hit.h"
#include "cli/step.h"

/* Columns of a label, and those by which a chain is set in already. */
enum { LABEL_WIDTH = 10, CHAIN_INDENT = 4 };

bool itd_cli_is_chain_of(const itd_hit *hit, const itd_own_chain *chain)
{
    const itd_sv owner = chain->count > 0 ? chain->steps[0].owner : (itd_sv){"", 0};
    return owner.size > 0 && owner.size == hit->carrier.size && memcmp(owner.data, hit->carrier.data, owner.size) == 0;
}

static void label(itd_cli_text *out, const itd_cli_terminal *terminal, const char *words, size_t width)
{
    itd_cli_text_repeat(out, " ", ITD_CLI_HIT_INDENT);
    itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
    itd_cli_text_printf(out, "%-*s", (int)width, words);
    itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
}

/* Each line set in further, the first of all beside its label. */
static void put_chain(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_own_chain *chain, bool first)
{
    itd_cli_text lines = {0};
    itd_cli_put_chain(&lines, terminal, chain->steps, chain->count);
    const char *at = itd_cli_text_string(&lines);
    for (const char *end; (end = strchr(at, '\n')) != NULL; at = end + 1, first = false) {
        label(out, terminal, first ? "chain" : "", LABEL_WIDTH - CHAIN_INDENT);
        itd_cli_text_add(out, at, (size_t)(end - at) + 1);
    }
    out->failed |= lines.failed;
    itd_cli_text_free(&lines);
}

void itd_cli_owned(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_hit *hit)
{
    const itd_own_answer *own = hit->own;
    const size_t indent = ITD_CLI_HIT_INDENT + LABEL_WIDTH;
    itd_cli_text words = {0};
    size_t shown = 0;
    label(out, terminal, "verdict", LABEL_WIDTH);
    itd_cli_clean(out, own->entity);
    itd_cli_text_puts(out, "  ");
    itd_cli_put_verdict(out, terminal, &own->judgement);
    itd_cli_text_puts(out, "\n");
    for (size_t i = 0; i < own->chain_count; i++)
        if (itd_cli_is_chain_of(hit, &own->chains[i]))
            put_chain(out, terminal, &own->chains[i], shown++ == 0);
    if (shown == 0) {
        label(out, terminal, "chain", LABEL_WIDTH);
        itd_cli_clean(&words, hit->contributions[0].right);
        itd_cli_paragraph(out, (itd_sv){itd_cli_text_string(&words), words.size}, indent, terminal->width);
        itd_cli_text_clear(&words);
    }
    label(out, terminal, "rule", LABEL_WIDTH);
    itd_cli_put_rule(&words, own);
    itd_cli_paragraph(out, (itd_sv){itd_cli_text_string(&words), words.size}, indent, terminal->width);
    out->failed |= words.failed;
    itd_cli_text_free(&words);
}
