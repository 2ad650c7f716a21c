#include "match/internal.h"

enum { SAME_GENDER = ITD_GENDER_BEST, OTHER_GENDER = -300000 };

static const itd_match_fact *gender_of(const itd_match_entity *entity, bool *one)
{
    const itd_match_fact *found = NULL;
    *one = true;
    for (uint32_t i = 0; i < entity->fact_count; i++) {
        const itd_match_fact *fact = &entity->facts[i];
        if (fact->kind != ITD_FACT_GENDER || (fact->key != 'm' && fact->key != 'f'))
            continue;
        *one = *one && (!found || found->key == fact->key);
        found = fact;
    }
    return found;
}

void itd_feature_gender(itd_evidence *evidence)
{
    bool one_left, one_right;
    const itd_match_fact *l = gender_of(evidence->left, &one_left), *r = gender_of(evidence->right, &one_right);
    if (l && r && one_left && one_right)
        itd_evidence_add(evidence, "gender", l->key == r->key ? SAME_GENDER : OTHER_GENDER, l, r);
}
