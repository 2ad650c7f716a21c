#include "match/internal.h"

/* The same number settles it when the number proves itself (check digits, or unique by construction); a plain number
 * helps. Different strong numbers of one property contradict. */
enum { SAME_PLAIN = 150000, OTHER_STRONG = -200000 };

void itd_feature_identifier(itd_evidence *evidence)
{
    const itd_match_fact *same_left = NULL, *same_right = NULL, *other_left = NULL, *other_right = NULL;
    for (uint32_t i = 0; i < evidence->left->fact_count; i++) {
        const itd_match_fact *l = &evidence->left->facts[i];
        if (l->kind != ITD_FACT_IDENTIFIER)
            continue;
        bool seen = false;
        for (uint32_t j = 0; j < evidence->right->fact_count; j++) {
            const itd_match_fact *r = &evidence->right->facts[j];
            if (r->kind != ITD_FACT_IDENTIFIER)
                continue;
            if (r->key == l->key) {
                bool strong = l->strong && r->strong;
                if (!same_left || (strong && !evidence->settles)) {
                    same_left = l;
                    same_right = r;
                }
                evidence->settles = evidence->settles || strong;
                seen = true;
            } else if (l->strong && r->strong && l->property == r->property && !seen && !other_left) {
                other_left = l;
                other_right = r;
            }
        }
    }
    if (same_left)
        itd_evidence_add(evidence, "identifier", SAME_PLAIN, same_left, same_right);
    else if (other_left)
        itd_evidence_add(evidence, "identifier", OTHER_STRONG, other_left, other_right);
}
