#include "cli/pair.h"

#include <string.h>

#include "cli/display.h"
#include "cli/hit.h"
#include "cli/property.h"
#include "cli/reason.h"
#include "cli/table.h"
#include "cli/waterfall.h"

static const itd_cli_column columns[] = {{.title = ""}, {.title = ""}, {.title = ""}};

static void row(itd_cli_table *table, itd_sv label, itd_sv left, itd_sv right)
{
    itd_cli_table_cell(table, label);
    itd_cli_table_cell(table, left);
    itd_cli_table_cell(table, right);
}

static itd_sv view(const itd_cli_text *text)
{
    return (itd_sv){itd_cli_text_string(text), text->size};
}

/* All values of a property, in their order. */
static void values_of(itd_cli_text *out, const itd_resolve_side *side, const char *property)
{
    for (size_t i = 0; i < side->value_count; i++) {
        if (strcmp(side->values[i].property, property) != 0)
            continue;
        itd_cli_text_puts(out, out->size > 0 ? "; " : "");
        itd_cli_text_add(out, side->values[i].value.data, side->values[i].value.size);
    }
}

static void property_row(itd_cli_text *out, itd_cli_table *table, const itd_resolve_pair *pair, const char *property)
{
    itd_cli_text label = {0}, left = {0}, right = {0};
    itd_cli_property(&label, property);
    values_of(&left, &pair->left, property);
    values_of(&right, &pair->right, property);
    row(table, view(&label), view(&left), view(&right));
    out->failed |= label.failed || left.failed || right.failed;
    itd_cli_text_free(&label);
    itd_cli_text_free(&left);
    itd_cli_text_free(&right);
}

static bool is_said(const itd_resolve_side *side, size_t count, const char *property)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(side->values[i].property, property) == 0)
            return true;
    return false;
}

/* What both say first, in the left one's order; then what only one does. */
static void side_by_side(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_resolve_pair *pair)
{
    const itd_resolve_side *l = &pair->left, *r = &pair->right;
    itd_cli_table table;
    itd_cli_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    row(&table, itd_cli_sv("record"), l->id, r->id);
    row(&table, itd_cli_sv("name"), l->caption, r->caption);
    row(&table, itd_cli_sv("kind"), itd_cli_sv(l->schema), itd_cli_sv(r->schema));
    for (int both = 1; both >= 0; both--)
        for (size_t i = 0; i < l->value_count; i++) {
            const char *property = l->values[i].property;
            if (is_said(r, r->value_count, property) == both && !is_said(l, i, property))
                property_row(out, &table, pair, property);
        }
    for (size_t i = 0; i < r->value_count; i++)
        if (!is_said(l, l->value_count, r->values[i].property) && !is_said(r, i, r->values[i].property))
            property_row(out, &table, pair, r->values[i].property);
    itd_cli_table_render(out, &table, terminal, ITD_CLI_HIT_INDENT, false);
    itd_cli_table_free(&table);
}

static void judgement(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_resolve_pair *pair)
{
    if (!pair->judgement)
        return;
    itd_cli_text_repeat(out, " ", ITD_CLI_HIT_INDENT);
    itd_cli_styled(out, terminal, ITD_CLI_FAINT, "judged ");
    itd_cli_text_puts(out, pair->judgement);
    if (pair->implied) {
        itd_cli_text_puts(out, ", by what was judged of others");
    } else {
        itd_cli_text_puts(out, " by ");
        itd_cli_clean(out, pair->person);
    }
    itd_cli_text_puts(out, "\n");
}

void itd_cli_pair(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_resolve_pair *pair)
{
    itd_cli_text words = {0};
    itd_cli_score(out, terminal, pair->score_micro);
    itd_cli_text_puts(out, "  ");
    itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, pair->left.name);
    itd_cli_text_puts(out, "  ~  ");
    itd_cli_clean(out, pair->right.name);
    itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, "\n");
    judgement(out, terminal, pair);
    itd_cli_reason(&words, pair->contributions, pair->contribution_count);
    if (words.size > 0) {
        itd_cli_text_repeat(out, " ", ITD_CLI_HIT_INDENT);
        itd_cli_paragraph(out, view(&words), ITD_CLI_HIT_INDENT, terminal->width);
    }
    itd_cli_waterfall(out, terminal, pair->contributions, pair->contribution_count, pair->score_micro,
                      ITD_CLI_HIT_INDENT);
    side_by_side(out, terminal, pair);
    out->failed |= words.failed;
    itd_cli_text_free(&words);
}
