#include "match/internal.h"

/* Addresses by the words that tell something: place, street, post code. People and firms have several and move, so that
 * other ones lower little. */
enum { SAME_PLACE = ITD_ADDRESS_BEST, ONE_WORD = 8000, OTHER_PLACE = -20000 };

static int32_t weigh(const itd_evidence *evidence, const itd_match_fact *l, const itd_match_fact *r)
{
    if (!(l->key & r->key))
        return OTHER_PLACE;
    unsigned fewer, common = itd_address_common(&fewer, itd_space_text(evidence->left_space, l->text, l->text_size),
                                                itd_space_text(evidence->right_space, r->text, r->text_size));
    return common >= 2 ? SAME_PLACE : common == 1 ? ONE_WORD : OTHER_PLACE;
}

void itd_feature_address(itd_evidence *evidence)
{
    const itd_match_fact *left = NULL, *right = NULL;
    int32_t best = INT32_MIN;
    for (uint32_t i = 0; i < evidence->left->fact_count && best < SAME_PLACE; i++) {
        const itd_match_fact *l = &evidence->left->facts[i];
        if (l->kind != ITD_FACT_ADDRESS)
            continue;
        for (uint32_t j = 0; j < evidence->right->fact_count && best < SAME_PLACE; j++) {
            const itd_match_fact *r = &evidence->right->facts[j];
            if (r->kind != ITD_FACT_ADDRESS)
                continue;
            int32_t micro = weigh(evidence, l, r);
            if (micro > best) {
                best = micro;
                left = l;
                right = r;
            }
        }
    }
    if (left)
        itd_evidence_add(evidence, "address", best, left, right);
}
