#include "cli/reason.h"

#include <string.h>

#include "cli/display.h"
#include "cli/property.h"

/* What a feature says when it speaks for the hit and when it speaks against it. NULL: nothing that a person would miss.
 * A feature that is new and has no row is named, so that no reason goes unsaid. */
typedef struct wording {
    const char *feature, *for_, *against; /* % stands for the property */
    enum {
        EVIDENCE, /* beside the names */
        NAME,     /* a difference that weighs */
        SLIGHT,   /* one that does not, but is always said */
        FORM,     /* one that is said where nothing weighs */
    } about;
    bool values; /* the two values follow */
} wording;

static const wording wordings[] = {
    {"name", NULL, NULL, NAME, false},
    {"name_spelling", NULL, "words are spelt differently", NAME, false},
    {"name_missing", NULL, "a word stands on one side only", NAME, false},
    {"name_conflict", NULL, "words contradict each other", NAME, false},
    {"name_number", NULL, "numbers differ", NAME, false},
    {"name_single", NULL, "a lone or common word is little to go by", NAME, false},
    {"name_form", NULL, "their order or writing differs", FORM, false},
    {"legal_form", NULL, "the legal form differs", SLIGHT, false},
    {"alias_kind", NULL, "the list gives this one as a weak or former name", SLIGHT, false},
    {"schema", "the kind agrees", "the kinds differ", EVIDENCE, true},
    {"birth_date", "the date agrees", "the dates differ", EVIDENCE, true},
    {"country", "a country agrees", "no country in common", EVIDENCE, true},
    {"gender", "the gender agrees", "the gender differs", EVIDENCE, true},
    {"address", "an address agrees", "no address in common", EVIDENCE, true},
    {"identifier", "the % is the same", "the % differs", EVIDENCE, true},
    {"ofac_name", "the names are close by OFAC's measure", NULL, EVIDENCE, false},
    {"limit", NULL, NULL, EVIDENCE, false},
};

/* Differences that are named. */
#define REASONS_MAX 8
/* What is left of the names' score: close from the usual threshold on. */
enum { CLOSE_MICRO = ITD_THRESHOLD_DEFAULT_MICRO, ALIKE_MICRO = 400000 };

static const wording *wording_of(const char *feature)
{
    for (size_t i = 0; i < sizeof wordings / sizeof wordings[0]; i++)
        if (strcmp(wordings[i].feature, feature) == 0)
            return &wordings[i];
    return NULL;
}

/* How far the names agree. Order and form are mentioned where nothing weightier is. */
static void of_names(itd_cli_text *out, const itd_contribution *c, size_t count)
{
    const char *said[REASONS_MAX];
    size_t differences = 0, weighty = 0;
    bool any = false;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const wording *w = wording_of(c[i].feature);
        if (!w || w->about == EVIDENCE)
            continue;
        any = true;
        sum += c[i].micro;
        weighty += w->about == NAME && c[i].micro < 0;
    }
    for (size_t i = 0; i < count && differences < REASONS_MAX; i++) {
        const wording *w = wording_of(c[i].feature);
        if (w && w->against && c[i].micro < 0 && w->about != EVIDENCE && (w->about != FORM || weighty == 0))
            said[differences++] = w->against;
    }
    if (!any)
        return;
    itd_cli_text_puts(out, weighty == 0         ? "The names agree"
                           : sum >= CLOSE_MICRO ? "The names are close"
                           : sum >= ALIKE_MICRO ? "The names are alike in part"
                                                : "The names are far apart");
    if (differences == 0)
        itd_cli_text_puts(out, " in every part");
    for (size_t i = 0; i < differences; i++) {
        itd_cli_text_puts(out, i == 0 ? (weighty == 0 ? ", but " : ": ") : i + 1 == differences ? " and " : ", ");
        itd_cli_text_puts(out, said[i]);
    }
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

/* An identifier that proves itself carries what the rest lacks to this score. */
enum { SETTLED_MICRO = 960000, IDENTIFIER_USUAL_MICRO = 150000 };

static bool settles(const itd_contribution *identifier, const itd_contribution *c, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += c[i].micro;
    return sum >= SETTLED_MICRO && identifier->micro > IDENTIFIER_USUAL_MICRO;
}

static void clause(itd_cli_text *out, const char *words, const char *property)
{
    const char *place = strchr(words, '%');
    itd_cli_text_add(out, words, place ? (size_t)(place - words) : strlen(words));
    if (!place)
        return;
    itd_cli_property(out, property ? property : "identifier");
    itd_cli_text_puts(out, place + 1);
}

/* What else is known. */
static void of_evidence(itd_cli_text *out, const itd_contribution *c, size_t count)
{
    size_t start = out->size, said = 0;
    for (size_t i = 0; i < count; i++) {
        const wording *w = wording_of(c[i].feature);
        if (w && w->about != EVIDENCE)
            continue;
        const char *words = !w ? c[i].feature : c[i].micro < 0 ? w->against : w->for_;
        if (!words)
            continue;
        itd_cli_text_puts(out, said++ > 0 ? "; " : start > 0 ? ". " : "");
        clause(out, words, c[i].property);
        if (!w)
            itd_cli_text_puts(out, c[i].micro < 0 ? " speaks against it" : " speaks for it");
        if (!w || w->values)
            value(out, &c[i]);
        if (strcmp(c[i].feature, "identifier") == 0 && settles(&c[i], c, count))
            itd_cli_text_puts(out, ", which settles it");
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
