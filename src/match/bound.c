#include "match/pairing.h"

/* What a pair of names cannot exceed (docs/matching.md, "The bound"). */

enum { BOUND_SLACK = 8 /* every part of a score is rounded down by itself */ };

int32_t itd_name_bound(const itd_match_query *query, const itd_left_name *left, const itd_match_name *right,
                       bool person)
{
    const itd_match_space *space = &query->right_space;
    const uint32_t *ids = space->token_ids + right->token_first;
    uint64_t touched = 0;
    for (uint32_t j = 0; j < right->token_count; j++)
        if (query->row_of[ids[j]])
            touched |= query->rows[query->row_of[ids[j]]].touched;
    if (!touched)
        return 0;
    int64_t weight = 0, loss = 0, alone_left = 0, alone_right = 0;
    for (uint32_t j = 0; j < right->token_count; j++) {
        unsigned w = itd_token_weight(&space->tokens[ids[j]], person);
        uint32_t row = query->row_of[ids[j]];
        weight += w;
        if (!row) {
            alone_right += w;
        } else {
            int64_t drop = 1000 - query->rows[row].best;
            loss += w * (drop < ITD_LOSS_OMISSION ? drop : ITD_LOSS_OMISSION);
        }
    }
    for (uint32_t i = 0; i < left->word_count; i++) {
        uint32_t number = left->word_first + i;
        unsigned w = query->words[number].weight[person];
        weight += w;
        if (!(touched >> (number & 63) & 1))
            alone_left += w;
    }
    if (weight == 0)
        return 0;
    int64_t missing, conflict;
    itd_unmatched_loss(&missing, &conflict, alone_left, alone_right);
    int64_t micro =
        1000000 - (loss + missing) * 1000 / weight - conflict * 1000 / itd_conflict_weight(weight) + BOUND_SLACK;
    return micro > 0 ? (int32_t)micro : 0;
}
