#include "match/internal.h"

/* Nationality, citizenship, seat, flag: any country that both name. */
enum { SAME_COUNTRY = 20000, OTHER_COUNTRY = -80000 };

void itd_feature_country(itd_evidence *evidence)
{
    const itd_match_fact *left = NULL, *right = NULL;
    for (uint32_t i = 0; i < evidence->left->fact_count; i++) {
        const itd_match_fact *l = &evidence->left->facts[i];
        if (l->kind != ITD_FACT_COUNTRY)
            continue;
        for (uint32_t j = 0; j < evidence->right->fact_count; j++) {
            const itd_match_fact *r = &evidence->right->facts[j];
            if (r->kind != ITD_FACT_COUNTRY)
                continue;
            if (r->key == l->key) {
                itd_evidence_add(evidence, "country", SAME_COUNTRY, l, r);
                return;
            }
            if (!left) {
                left = l;
                right = r;
            }
        }
    }
    if (left)
        itd_evidence_add(evidence, "country", OTHER_COUNTRY, left, right);
}
