#include <assert.h>

#include "match/internal.h"

/* One entity against the question: evidence first, for it is cheap and exact; then the best pair of names, where a pair
 * that cannot reach what is wanted is passed over (docs/matching.md gives the bound). */

static void put(itd_match_result *out, const itd_match_contribution *contribution)
{
    if (contribution->micro != 0 && out->contribution_count < ITD_CONTRIBUTIONS_MAX)
        out->contributions[out->contribution_count++] = *contribution;
}

static void add(itd_match_result *out, const char *feature, int32_t micro, itd_sv left, itd_sv right)
{
    put(out, &(itd_match_contribution){.feature = feature, .micro = micro, .left = left, .right = right});
}

static void add_name(itd_match_result *out, const itd_name_score *name)
{
    itd_sv l = out->matched_left, r = out->matched_right;
    add(out, "name", name->base, l, r);
    add(out, "name_spelling", name->spelling, l, r);
    add(out, "name_missing", name->missing, l, r);
    add(out, "name_conflict", name->conflict, l, r);
    add(out, "name_number", name->number, l, r);
    add(out, "name_single", name->single + name->common, l, r);
    add(out, "name_form", name->form + name->order, l, r);
    add(out, "legal_form", name->legal, l, r);
    add(out, "alias_kind", name->alias, l, r);
}

static bool is_person(itd_schema schema)
{
    return itd_schema_is(schema, ITD_S_Person);
}

enum {
    SETTLED = 960000,     /* lowest score when an identifier settles it */
    SPECIFIC = 740000,    /* what a specific identifier is worth alone, */
    SPECIFIC_NAME = 750,  /* and how much less, in thousandths, of what the names are worth already */
    NAMES_ALIKE = 400000, /* beside such an identifier names that are less alike are no reason */
};

/* Lets the identifier carry what it lifts the score by. The sum never falls when the name's part rises. */
static void lift_identifier(itd_evidence *evidence, int32_t name)
{
    if (evidence->lift == ITD_LIFT_NONE)
        return;
    int32_t *micro = &evidence->items[evidence->identifier].micro, others = evidence->sum - *micro;
    int32_t lifted = evidence->lift == ITD_LIFT_SETTLED ? SETTLED - name - others
                                                        : SPECIFIC - (int32_t)((int64_t)name * SPECIFIC_NAME / 1000);
    if (lifted > *micro)
        *micro = lifted;
    evidence->sum = others + *micro;
}

static bool score_logic(itd_match_result *out, itd_match_query *query, const itd_match_entity *right, int32_t threshold)
{
    itd_evidence evidence;
    evidence.left = &query->left;
    evidence.right = right;
    evidence.left_space = &query->left_space;
    evidence.right_space = &query->right_space;
    evidence.count = 0;
    evidence.sum = 0;
    evidence.identifier = ITD_CONTRIBUTIONS_MAX;
    evidence.lift = ITD_LIFT_NONE;
    itd_features_weigh(&evidence);
    assert(evidence.sum - (evidence.identifier < ITD_CONTRIBUTIONS_MAX ? ITD_IDENTIFIER_SAME : 0) <=
           itd_evidence_best(&query->left, itd_years_of(&query->left) & itd_years_of(right)));
    /* Where everything is asked for, the best pair of names is told of however little it is. */
    int32_t need = evidence.lift != ITD_LIFT_NONE || threshold <= 0 ? 0 : threshold - evidence.sum;
    bool person = is_person(query->left.schema) || is_person(right->schema);
    itd_name_score best = {.micro = -1};
    uint32_t best_left = 0, best_right = 0;
    bool identified = evidence.identifier < ITD_CONTRIBUTIONS_MAX;
    for (uint32_t r = 0; r < right->name_count; r++) {
        if (!identified && need > 0 && itd_is_passed(query, &right->names[r], threshold))
            continue;
        for (uint32_t l = 0; l < query->names.count; l++) {
            int32_t bound = itd_name_bound(query, &query->names.items[l], &right->names[r], person);
            if (bound < need || bound <= best.micro)
                continue;
            itd_name_score score;
            itd_name_align(&score, query, &query->names.items[l], &right->names[r], person);
            if (score.micro > best.micro) {
                best = score;
                best_left = l;
                best_right = r;
            }
        }
    }
    bool names_count = evidence.lift == ITD_LIFT_NONE || best.micro >= NAMES_ALIKE;
    int32_t name = names_count && best.micro > 0 ? best.micro : 0;
    lift_identifier(&evidence, name);
    int32_t total = name + evidence.sum;
    total = total < 0 ? 0 : total > 1000000 ? 1000000 : total;
    if (total < threshold)
        return false;
    out->score_micro = total;
    out->contribution_count = 0;
    out->matched_left = out->matched_right = ITD_SV_NONE;
    out->matched_by = ITD_P_Thing_name;
    if (!names_count) {
        out->matched_left = evidence.items[evidence.identifier].left;
        out->matched_right = evidence.items[evidence.identifier].right;
        out->matched_by = evidence.items[evidence.identifier].property;
    } else if (best.micro >= 0) {
        const itd_match_name *l = query->names.items[best_left].name, *r = &right->names[best_right];
        out->matched_left = itd_space_text(&query->left_space, l->text, l->text_size);
        out->matched_right = itd_space_text(&query->right_space, r->text, r->text_size);
        add_name(out, &best);
    }
    for (uint32_t i = 0; i < evidence.count; i++)
        put(out, &evidence.items[i]);
    int32_t sum = 0;
    for (uint32_t i = 0; i < out->contribution_count; i++)
        sum += out->contributions[i].micro;
    add(out, "limit", total - sum, ITD_SV_NONE, ITD_SV_NONE);
    return true;
}

bool itd_match_score(itd_match_result *out, itd_match_query *query, const itd_match_entity *right,
                     int32_t threshold_micro)
{
    if (query->algorithm == ITD_ALGORITHM_OFAC)
        return itd_ofac_score(out, query->ofac, right, &query->right_space, threshold_micro);
    return score_logic(out, query, right, threshold_micro);
}
