#include "cli/hit.h"

#include <inttypes.h>
#include <string.h>

#include "cli/display.h"
#include "cli/highlight.h"
#include "cli/output.h"
#include "cli/owned.h"
#include "cli/property.h"
#include "cli/reason.h"
#include "cli/waterfall.h"

/* Scores from here on stand out. */
#define STRONG_MICRO 900000

void itd_cli_score(itd_cli_text *out, const itd_cli_terminal *terminal, int32_t micro)
{
    itd_cli_style style = micro >= STRONG_MICRO ? ITD_CLI_STRONG : ITD_CLI_MIDDLE;
    itd_cli_style_on(out, terminal, style);
    itd_cli_decimal(out, micro, 3);
    itd_cli_style_off(out, terminal, style);
}

static bool same(itd_sv a, itd_sv b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* A name of the list, its letters that agree with the question's marked. */
static void marked(itd_cli_text *out, const itd_cli_terminal *terminal, itd_sv name, itd_sv other)
{
    itd_cli_text a = {0}, b = {0};
    itd_cli_clean(&a, name);
    itd_cli_clean(&b, other);
    itd_cli_highlight(out, terminal, (itd_sv){itd_cli_text_string(&a), a.size},
                      (itd_sv){itd_cli_text_string(&b), b.size});
    out->failed |= a.failed || b.failed;
    itd_cli_text_free(&a);
    itd_cli_text_free(&b);
}

static void joined(itd_cli_text *out, const itd_sv *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        itd_cli_text_puts(out, i > 0 ? ", " : "");
        itd_cli_clean(out, items[i]);
    }
}

/* A label and a paragraph beside it. */
static void labelled(itd_cli_text *out, const itd_cli_terminal *terminal, const char *label, const itd_cli_text *words)
{
    size_t indent = ITD_CLI_HIT_INDENT + 10;
    itd_cli_text_repeat(out, " ", ITD_CLI_HIT_INDENT);
    itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
    itd_cli_text_printf(out, "%-10s", label);
    itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
    itd_cli_paragraph(out, (itd_sv){itd_cli_text_string(words), words->size}, indent, terminal->width);
    out->failed |= words->failed;
}

static void who(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_hit *hit)
{
    itd_cli_text words = {0};
    itd_cli_text_puts(&words, hit->schema);
    itd_cli_text_puts(&words, ", ");
    itd_cli_clean(&words, hit->id);
    itd_cli_text_repeat(out, " ", ITD_CLI_HIT_INDENT);
    itd_cli_paragraph(out, (itd_sv){itd_cli_text_string(&words), words.size}, ITD_CLI_HIT_INDENT, terminal->width);
    itd_cli_text_clear(&words);
    joined(&words, hit->programmes, hit->programme_count);
    if (hit->topic_count > 0) {
        itd_cli_text_puts(&words, words.size > 0 ? "; topic " : "topic ");
        joined(&words, hit->topics, hit->topic_count);
    }
    if (words.size > 0)
        labelled(out, terminal, "under", &words);
    out->failed |= words.failed;
    itd_cli_text_free(&words);
}

/* The identifier by which the hit was found. */
static void identifier(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_hit *hit)
{
    itd_cli_text words = {0};
    itd_cli_property(&words, hit->matched_by);
    itd_cli_text_puts(&words, " ");
    itd_cli_clean(&words, hit->matched_list);
    if (!same(hit->matched_list, hit->matched_query)) {
        itd_cli_text_puts(&words, "  ~  ");
        itd_cli_clean(&words, hit->matched_query);
    }
    labelled(out, terminal, "found by", &words);
    itd_cli_text_free(&words);
}

/* The two names that were closest, when they are not the ones that already stand above. */
static void names(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_answer *answer, const itd_hit *hit)
{
    bool other_query = hit->matched_query.size > 0 && !same(hit->matched_query, answer->query);
    if (!other_query && (hit->matched_list.size == 0 || same(hit->matched_list, hit->caption)))
        return;
    itd_cli_text_repeat(out, " ", ITD_CLI_HIT_INDENT);
    itd_cli_styled(out, terminal, ITD_CLI_FAINT, "by name   ");
    marked(out, terminal, hit->matched_list, hit->matched_query);
    if (other_query) {
        itd_cli_text_puts(out, "  ~  ");
        marked(out, terminal, hit->matched_query, hit->matched_list);
    }
    itd_cli_text_puts(out, "\n");
}

static void where(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_hit *hit)
{
    itd_cli_text words = {0};
    itd_cli_clean(&words, hit->dataset);
    if (hit->version.size > 0) {
        itd_cli_text_puts(&words, " ");
        itd_cli_clean(&words, hit->version);
    }
    itd_cli_text_puts(&words, words.size > 0 ? ", record " : "record ");
    itd_cli_clean(&words, hit->record);
    if (hit->document.size > 0) {
        itd_cli_text_puts(&words, ", ");
        itd_cli_clean(&words, hit->document);
        if (hit->line > 0)
            itd_cli_text_printf(&words, " line %" PRIu64, hit->line);
        else if (hit->offset != ITD_NOWHERE)
            itd_cli_text_printf(&words, " byte %" PRIu64, hit->offset);
    }
    labelled(out, terminal, "source", &words);
    itd_cli_text_free(&words);
}

void itd_cli_decision(itd_cli_text *out, const itd_hit_decision *d)
{
    bool reopened = d->reopened_count > 0, pending = strcmp(d->state, "pending") == 0;
    itd_cli_text_puts(out, d->state);
    for (size_t i = 0; i < d->reopened_count; i++) {
        itd_cli_text_puts(out, i > 0 ? ", " : " (");
        itd_cli_text_puts(out, d->reopened[i]);
    }
    if (reopened || pending) {
        itd_cli_text_puts(out, reopened ? "): \"" : ": \"");
        itd_cli_text_puts(out, d->decision);
        itd_cli_text_puts(out, "\"");
    }
    itd_cli_text_puts(out, " by ");
    itd_cli_clean(out, d->by);
    if (d->second.size > 0) {
        itd_cli_text_puts(out, " and ");
        itd_cli_clean(out, d->second);
    }
    itd_cli_text_puts(out, " on ");
    itd_cli_text_add(out, d->made.data, d->made.size < 10 ? d->made.size : 10);
    if (d->until.size > 0) {
        itd_cli_text_puts(out, " until ");
        itd_cli_clean(out, d->until);
    }
    itd_cli_text_puts(out, pending ? ", waiting for a second person: " : ": ");
    itd_cli_clean(out, d->reason);
}

void itd_cli_hit(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_answer *answer, const itd_hit *hit)
{
    itd_cli_text_puts(out, "\n");
    itd_cli_score(out, terminal, hit->score_micro);
    itd_cli_text_puts(out, "  ");
    itd_sv other = same(hit->matched_list, hit->caption) ? hit->matched_query : (itd_sv){"", 0};
    if (other.size > 0) {
        marked(out, terminal, hit->caption, other);
    } else {
        itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
        itd_cli_clean(out, hit->caption);
        itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    }
    itd_cli_text_puts(out, "\n");
    who(out, terminal, hit);
    if (hit->own)
        itd_cli_owned(out, terminal, hit);
    else if (strcmp(hit->matched_by, "name") == 0)
        names(out, terminal, answer, hit);
    else
        identifier(out, terminal, hit);

    itd_cli_text words = {0};
    if (hit->decision) {
        itd_cli_decision(&words, hit->decision);
        labelled(out, terminal, "decision", &words);
        itd_cli_text_clear(&words);
    }
    if (!hit->own) /* its chains are the reason */
        itd_cli_reason(&words, hit->contributions, hit->contribution_count);
    if (words.size > 0)
        labelled(out, terminal, "because", &words);
    itd_cli_text_free(&words);
    itd_cli_waterfall(out, terminal, hit->contributions, hit->contribution_count, hit->score_micro, ITD_CLI_HIT_INDENT);
    where(out, terminal, hit);
}
