#include "cli/reason.h"

#include <string.h>

#include "cli/display.h"

/* What a feature says when it speaks for the hit and when it speaks against it. NULL: nothing that a person would miss.
 * A feature that is new and has no row is named, so that no reason goes unsaid. */
typedef struct wording {
    const char *feature, *for_, *against;
    bool of_name; /**< it tells how the two names differ */
    bool values;  /**< the two values follow */
} wording;

static const wording wordings[] = {
    {"name", NULL, NULL, true, false},
    {"name_spelling", NULL, "words are spelt differently", true, false},
    {"name_missing", NULL, "a word stands on one side only", true, false},
    {"name_conflict", NULL, "words contradict each other", true, false},
    {"name_number", NULL, "numbers differ", true, false},
    {"name_single", NULL, "a lone or common word is little to go by", true, false},
    {"name_form", NULL, "the words stand in another order or form", true, false},
    {"legal_form", NULL, "the legal form differs", true, false},
    {"alias_kind", NULL, "the list gives it as a weak or former name", true, false},
    {"schema", "the kind agrees", "the kinds differ", false, true},
    {"birth_date", "the date agrees", "the dates differ", false, true},
    {"country", "a country agrees", "no country in common", false, true},
    {"gender", "the gender agrees", "the gender differs", false, true},
    {"identifier", "an identifier is the same", "identifiers contradict each other", false, true},
    {"ofac_name", "the names are close by OFAC's measure", NULL, false, false},
    {"limit", "that settles it", NULL, false, false},
};

static const wording *wording_of(const char *feature)
{
    for (size_t i = 0; i < sizeof wordings / sizeof wordings[0]; i++)
        if (strcmp(wordings[i].feature, feature) == 0)
            return &wordings[i];
    return NULL;
}

/* How far the names agree. */
static void of_names(itd_cli_text *out, const itd_contribution *c, size_t count)
{
    bool any = false;
    size_t differences = 0;
    for (size_t i = 0; i < count; i++) {
        const wording *w = wording_of(c[i].feature);
        if (!w || !w->of_name)
            continue;
        any = true;
        if (c[i].micro >= 0 || !w->against)
            continue;
        itd_cli_text_puts(out, differences++ == 0 ? "The names are close, but " : ", ");
        itd_cli_text_puts(out, w->against);
    }
    if (any && differences == 0)
        itd_cli_text_puts(out, "The names agree in every part");
}

static void value(itd_cli_text *out, const itd_contribution *c)
{
    bool same =
        c->left.size == c->right.size && c->left.size > 0 && memcmp(c->left.data, c->right.data, c->left.size) == 0;
    if (c->left.size == 0 && c->right.size == 0)
        return;
    itd_cli_text_puts(out, " (");
    itd_cli_clean(out, c->left);
    if (!same && c->right.size > 0) {
        itd_cli_text_puts(out, c->left.size > 0 ? ", " : "");
        itd_cli_clean(out, c->right);
    }
    itd_cli_text_puts(out, ")");
}

/* What else is known. */
static void of_evidence(itd_cli_text *out, const itd_contribution *c, size_t count)
{
    size_t start = out->size, said = 0;
    for (size_t i = 0; i < count; i++) {
        const wording *w = wording_of(c[i].feature);
        if (w && w->of_name)
            continue;
        const char *words = !w ? c[i].feature : c[i].micro < 0 ? w->against : w->for_;
        if (!words)
            continue;
        itd_cli_text_puts(out, said++ > 0 ? "; " : start > 0 ? ". " : "");
        itd_cli_text_puts(out, words);
        if (!w)
            itd_cli_text_puts(out, c[i].micro < 0 ? " speaks against it" : " speaks for it");
        if (!w || w->values)
            value(out, &c[i]);
    }
    size_t first = start > 0 ? start + 2 : 0; /* a sentence begins with a capital */
    if (said > 0 && !out->failed && out->data[first] >= 'a' && out->data[first] <= 'z')
        out->data[first] = (char)(out->data[first] - 'a' + 'A');
}

void itd_cli_reason(itd_cli_text *out, const itd_contribution *contributions, size_t count)
{
    itd_cli_text words = {0};
    of_names(&words, contributions, count);
    of_evidence(&words, contributions, count);
    if (words.size > 0)
        itd_cli_text_puts(&words, ".");
    itd_cli_text_add(out, itd_cli_text_string(&words), words.size);
    out->failed |= words.failed;
    itd_cli_text_free(&words);
}
