#include "match/internal.h"
#include "model/identifier.h"

/* The same number settles it when the number proves itself (check digits, or unique by construction) and counts much
 * when it is long enough not to be met by chance; any other helps. Different numbers of one shape contradict: of 350
 * firms and people that two lists have, two have other numbers of the same shape and none in common (passports, which
 * are renewed), while of like names that lists keep apart nearly all have. Numbers of other shapes are of other offices
 * and say nothing, and one or two other signs are a slip of the pen. */
enum { OTHER_ONLY = -340000, OTHER_NUMBER = -320000, OTHER_PASSPORT = -220000, SLIP_SIGNS = 2 };

static itd_lift lift_of(const itd_match_fact *l, const itd_match_fact *r)
{
    uint8_t less = l->trust < r->trust ? l->trust : r->trust, more = l->trust < r->trust ? r->trust : l->trust;
    if (less >= ITD_TRUST_READ && more == ITD_TRUST_CHECKED)
        return ITD_LIFT_SETTLED;
    return less >= ITD_TRUST_SPECIFIC ? ITD_LIFT_SPECIFIC : ITD_LIFT_NONE;
}

/* The next letter or digit in upper case; 0 at the end. */
static char next_sign(itd_sv text, size_t *at)
{
    while (*at < text.size) {
        char c = text.data[(*at)++];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
            return c;
    }
    return 0;
}

static bool is_slip(itd_sv a, itd_sv b)
{
    size_t at_a = 0, at_b = 0, others = 0;
    for (;;) {
        char x = next_sign(a, &at_a), y = next_sign(b, &at_b);
        if (!x || !y)
            return x == y && others <= SLIP_SIGNS;
        others += x != y;
    }
}

static bool is_russian(itd_property property)
{
    return property == ITD_P_LegalEntity_innCode || property == ITD_P_LegalEntity_ogrnCode;
}

static bool is_of_a_firm(itd_property property)
{
    return property == ITD_P_LegalEntity_taxNumber || property == ITD_P_LegalEntity_registrationNumber ||
           property == ITD_P_LegalEntity_idNumber || is_russian(property);
}

/* A number that one side calls INN or OGRN, and a number that verifies as one. */
static bool both_russian(const itd_match_fact *l, const itd_match_fact *r)
{
    return l->trust >= ITD_TRUST_READ && r->trust >= ITD_TRUST_READ &&
           ((is_russian((itd_property)l->property) && is_of_a_firm((itd_property)r->property)) ||
            (is_russian((itd_property)r->property) && is_of_a_firm((itd_property)l->property)));
}

/* Of two numbers that differ. */
static int32_t contradiction(const itd_evidence *evidence, const itd_match_fact *l, const itd_match_fact *r)
{
    int32_t micro = 0;
    if (l->shape != r->shape || l->trust < ITD_TRUST_SPECIFIC || r->trust < ITD_TRUST_SPECIFIC)
        return 0;
    if (l->property != r->property)
        return both_russian(l, r) ? OTHER_NUMBER : 0;
    switch (l->property) {
    case ITD_P_Vessel_imoNumber:
    case ITD_P_Organization_imoNumber:
    case ITD_P_LegalEntity_leiCode:
    case ITD_P_LegalEntity_innCode:
    case ITD_P_LegalEntity_ogrnCode:
        /* Those that verify: a slip would not. */
        return l->trust == ITD_TRUST_CHECKED && r->trust == ITD_TRUST_CHECKED ? OTHER_ONLY : 0;
    case ITD_P_LegalEntity_taxNumber:
    case ITD_P_LegalEntity_registrationNumber:
    case ITD_P_LegalEntity_idNumber:
        micro = OTHER_NUMBER;
        break;
    case ITD_P_Person_passportNumber:
        micro = OTHER_PASSPORT;
        break;
    default:
        return 0;
    }
    return is_slip(itd_space_text(evidence->left_space, l->text, l->text_size),
                   itd_space_text(evidence->right_space, r->text, r->text_size))
               ? 0
               : micro;
}

void itd_feature_identifier(itd_evidence *evidence)
{
    const itd_match_fact *same_left = NULL, *same_right = NULL, *other_left = NULL, *other_right = NULL;
    int32_t other = 0;
    for (uint32_t i = 0; i < evidence->left->fact_count; i++) {
        const itd_match_fact *l = &evidence->left->facts[i];
        if (l->kind != ITD_FACT_IDENTIFIER)
            continue;
        for (uint32_t j = 0; j < evidence->right->fact_count; j++) {
            const itd_match_fact *r = &evidence->right->facts[j];
            if (r->kind != ITD_FACT_IDENTIFIER)
                continue;
            if (r->key == l->key) {
                itd_lift lift = lift_of(l, r);
                if (same_left && lift <= evidence->lift)
                    continue;
                evidence->lift = lift;
                same_left = l;
                same_right = r;
            } else {
                int32_t micro = contradiction(evidence, l, r);
                other_left = micro < other ? l : other_left;
                other_right = micro < other ? r : other_right;
                other = micro < other ? micro : other;
            }
        }
    }
    if (same_left) {
        evidence->identifier = evidence->count;
        itd_evidence_add(evidence, "identifier", ITD_IDENTIFIER_SAME, same_left, same_right);
    } else if (other_left) {
        itd_evidence_add(evidence, "identifier", other, other_left, other_right);
    }
}
