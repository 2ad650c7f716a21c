#include <assert.h>

#include "match/internal.h"

/* All features of the score, in the order in which they are weighed and shown. Those of names have no function here:
 * they come together in name.c. */
static const struct {
    itd_match_feature_info info;
    itd_evidence_feature *weigh;
} features[] = {
    {{"name", "the two names that are most alike, before anything is taken off"}, NULL},
    {{"name_spelling", "words that are alike but not the same"}, NULL},
    {{"name_missing", "words that only one of the two names has"}, NULL},
    {{"name_conflict", "words on both sides that contradict each other"}, NULL},
    {{"name_number", "numbers that differ, or that only one name has"}, NULL},
    {{"name_single", "a single word, initials, or only words that many names share; a family name without counterpart"},
     NULL},
    {{"name_form", "the same words in another order or another writing"}, NULL},
    {{"legal_form", "legal forms that differ, or that only one name has"}, NULL},
    {{"alias_kind", "a weak alias or a former name"}, NULL},
    {{"schema", "kinds of things that cannot be one"}, itd_feature_schema},
    {{"birth_date", "dates of birth, incorporation or building, by their precision"}, itd_feature_birth_date},
    {{"country", "countries that both name, or none in common"}, itd_feature_country},
    {{"gender", "gender"}, itd_feature_gender},
    {{"address", "places, streets and post codes that both name"}, itd_feature_address},
    {{"identifier", "numbers of documents, registers and wallets"}, itd_feature_identifier},
    {{"ofac_name", "the score of the ofac algorithm"}, NULL},
    {{"limit", "what keeps the sum between 0 and 1"}, NULL},
};

const itd_match_feature_info *itd_match_feature_at(size_t index)
{
    return index < sizeof features / sizeof features[0] ? &features[index].info : NULL;
}

void itd_features_weigh(itd_evidence *evidence)
{
    /* What one side says nothing of is no evidence: most questions are a name alone. */
    bool facts = evidence->left->fact_count && evidence->right->fact_count;
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++)
        if (features[i].weigh && (facts || features[i].weigh == itd_feature_schema))
            features[i].weigh(evidence);
}

static itd_sv fact_text(const itd_match_space *space, const itd_match_fact *fact)
{
    return fact ? itd_space_text(space, fact->text, fact->text_size) : ITD_SV_NONE;
}

void itd_evidence_add(itd_evidence *evidence, const char *feature, int32_t micro, const itd_match_fact *left,
                      const itd_match_fact *right)
{
    assert(evidence->count < ITD_CONTRIBUTIONS_MAX);
    evidence->items[evidence->count++] = (itd_match_contribution){.feature = feature,
                                                                  .micro = micro,
                                                                  .left = fact_text(evidence->left_space, left),
                                                                  .right = fact_text(evidence->right_space, right),
                                                                  .property = right  ? right->property
                                                                              : left ? left->property
                                                                                     : ITD_P_ID};
    evidence->sum += micro;
}

int32_t itd_evidence_best(const itd_match_entity *question, bool same_year)
{
    const int32_t best[] = {[ITD_FACT_DATE] = same_year ? ITD_DATE_BEST : 0,
                            [ITD_FACT_COUNTRY] = ITD_COUNTRY_BEST,
                            [ITD_FACT_GENDER] = ITD_GENDER_BEST,
                            [ITD_FACT_IDENTIFIER] = 0,
                            [ITD_FACT_ADDRESS] = ITD_ADDRESS_BEST};
    bool has[sizeof best / sizeof best[0]] = {false};
    int32_t sum = 0;
    for (uint32_t i = 0; i < question->fact_count; i++) {
        unsigned kind = question->facts[i].kind;
        sum += has[kind] ? 0 : best[kind];
        has[kind] = true;
    }
    assert(sum <= ITD_EVIDENCE_BEST);
    return sum;
}
