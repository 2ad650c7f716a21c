/* The rule that merges without a person. What is measured of it stands in docs/resolve.md; whoever changes what it asks
 * for changes its version. */
#include <string.h>

#include "engine/resolve_pair.h"
#include "model/identifier.h"

/* What the names have to score without any other evidence. Below it are numbers that a list gives to the wrong one. */
#define NAMES_LEAST 800000

_Static_assert(NAMES_LEAST + 150000 == ITD_RESOLVE_RULE_MICRO, "names and an identifier that is the same");

static bool is_of_names(const char *feature)
{
    return strncmp(feature, "name", 4) == 0 || strcmp(feature, "legal_form") == 0 || strcmp(feature, "alias_kind") == 0;
}

/* Any number may be the same by chance, or be what a list fills a field with; these not. */
static bool share_strong(const itd_match_entity *left, const itd_match_entity *right)
{
    for (uint32_t i = 0; i < left->fact_count; i++) {
        const itd_match_fact *l = &left->facts[i];
        if (l->kind != ITD_FACT_IDENTIFIER || l->trust < ITD_TRUST_SPECIFIC)
            continue;
        for (uint32_t k = 0; k < right->fact_count; k++) {
            const itd_match_fact *r = &right->facts[k];
            if (r->kind == ITD_FACT_IDENTIFIER && r->key == l->key && r->trust >= ITD_TRUST_SPECIFIC)
                return true;
        }
    }
    return false;
}

bool itd_resolve_rule_holds(const itd_resolve_pair *pair, const itd_match_entity *left, const itd_match_entity *right)
{
    int32_t names = 0;
    bool identifier = false;
    for (size_t i = 0; i < pair->contribution_count; i++) {
        const itd_contribution *c = &pair->contributions[i];
        if (is_of_names(c->feature))
            names += c->micro;
        else if (c->micro < 0 && strcmp(c->feature, "limit") != 0)
            return false;
        identifier |= strcmp(c->feature, "identifier") == 0;
    }
    return identifier && names >= NAMES_LEAST && share_strong(left, right);
}
