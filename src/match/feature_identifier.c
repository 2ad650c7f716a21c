#include "match/internal.h"
#include "model/identifier.h"

/* The same number settles it when the number proves itself (check digits, or unique by construction) and counts much
 * when it is long enough not to be met by chance; any other helps. Different numbers contradict as much as a thing
 * rarely has several of the kind: of one firm's tax numbers in two lists one pair in 67 has none in common, of a
 * person's passports one in three; and a ship has one IMO number, a firm one LEI, INN and OGRN. */
enum { OTHER_ONLY = -340000, OTHER_TAX = -220000, OTHER_DOCUMENT = -40000 };

static itd_lift lift_of(const itd_match_fact *l, const itd_match_fact *r)
{
    uint8_t less = l->trust < r->trust ? l->trust : r->trust, more = l->trust < r->trust ? r->trust : l->trust;
    if (less >= ITD_TRUST_READ && more == ITD_TRUST_CHECKED)
        return ITD_LIFT_SETTLED;
    return less >= ITD_TRUST_SPECIFIC ? ITD_LIFT_SPECIFIC : ITD_LIFT_NONE;
}

static int32_t contradiction(const itd_match_fact *l, const itd_match_fact *r)
{
    if (l->property != r->property || l->trust < ITD_TRUST_SPECIFIC || r->trust < ITD_TRUST_SPECIFIC)
        return 0;
    bool checked = l->trust == ITD_TRUST_CHECKED && r->trust == ITD_TRUST_CHECKED;
    switch (l->property) {
    case ITD_P_Vessel_imoNumber:
    case ITD_P_Organization_imoNumber:
    case ITD_P_LegalEntity_leiCode:
    case ITD_P_LegalEntity_innCode:
    case ITD_P_LegalEntity_ogrnCode:
        return checked ? OTHER_ONLY : 0;
    case ITD_P_LegalEntity_taxNumber:
        return OTHER_TAX;
    case ITD_P_LegalEntity_registrationNumber:
    case ITD_P_LegalEntity_idNumber:
    case ITD_P_Person_passportNumber:
        return OTHER_DOCUMENT;
    default:
        return 0;
    }
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
            } else if (contradiction(l, r) < other) {
                other = contradiction(l, r);
                other_left = l;
                other_right = r;
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
