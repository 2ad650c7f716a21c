#include "match/internal.h"
#include "model/identifier.h"

/* The same number settles it when the number proves itself (check digits, or unique by construction) and counts much
 * when it is long enough not to be met by chance; any other helps. Different numbers contradict only where a thing has
 * no more than one. */
enum { OTHER_ONLY = -200000 };

static itd_lift lift_of(const itd_match_fact *l, const itd_match_fact *r)
{
    uint8_t less = l->trust < r->trust ? l->trust : r->trust, more = l->trust < r->trust ? r->trust : l->trust;
    if (less >= ITD_TRUST_READ && more == ITD_TRUST_CHECKED)
        return ITD_LIFT_SETTLED;
    return less >= ITD_TRUST_SPECIFIC ? ITD_LIFT_SPECIFIC : ITD_LIFT_NONE;
}

static bool contradicts(const itd_match_fact *l, const itd_match_fact *r)
{
    bool only_one = l->property == ITD_P_Vessel_imoNumber || l->property == ITD_P_Organization_imoNumber ||
                    l->property == ITD_P_LegalEntity_leiCode;
    return only_one && l->property == r->property && l->trust == ITD_TRUST_CHECKED && r->trust == ITD_TRUST_CHECKED;
}

void itd_feature_identifier(itd_evidence *evidence)
{
    const itd_match_fact *same_left = NULL, *same_right = NULL, *other_left = NULL, *other_right = NULL;
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
            } else if (!other_left && contradicts(l, r)) {
                other_left = l;
                other_right = r;
            }
        }
    }
    if (same_left) {
        evidence->identifier = evidence->count;
        itd_evidence_add(evidence, "identifier", ITD_IDENTIFIER_SAME, same_left, same_right);
    } else if (other_left) {
        itd_evidence_add(evidence, "identifier", OTHER_ONLY, other_left, other_right);
    }
}
