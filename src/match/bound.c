#include "match/pairing.h"

/* What a pair of names cannot exceed (docs/matching.md, "The bound"). */

int32_t itd_name_bound(const itd_match_query *query, const itd_left_name *left, const itd_match_name *right,
                       bool person)
{
    const itd_match_space *space = &query->right_space;
    const uint32_t *ids = space->token_ids + right->token_first;
    uint64_t touched = 0;
    uint32_t begun = 0; /* letters with which words of the right name begin */
    int64_t weight = 0, loss = 0, alone_left = 0, alone_right = 0;
    for (uint32_t j = 0; j < right->token_count; j++) {
        const itd_match_token *token = &space->tokens[ids[j]];
        unsigned w = itd_token_weight(token, person), best = 0;
        uint32_t row = query->row_of[ids[j]];
        if (row) {
            touched |= query->rows.items[row].touched;
            best = query->rows.items[row].best;
        }
        if (left->initials) {
            uint32_t bit = itd_letter_bit(space->heap[token->text]) & left->initials;
            if (bit && itd_begins_with(space, token, space->heap[token->text])) {
                begun |= bit;
                best = best > ITD_SIMILARITY_INITIAL ? best : ITD_SIMILARITY_INITIAL;
            }
        }
        weight += w;
        if (best == 0)
            alone_right += w;
        else
            loss += (int64_t)w * (1000 - best < ITD_LOSS_OMISSION ? 1000 - best : (unsigned)ITD_LOSS_OMISSION);
    }
    if (!touched && !begun)
        return 0;
    for (uint32_t i = 0; i < left->word_count; i++) {
        uint32_t number = left->word_first + i;
        const itd_left_word *word = &query->words.items[number];
        unsigned w = word->weight[person];
        weight += w;
        if (!(touched >> (number & 63) & 1) && !(begun & itd_letter_bit(word->initial)))
            alone_left += w;
    }
    if (weight == 0)
        return 0;
    int64_t missing, conflict;
    itd_unmatched_loss(&missing, &conflict, alone_left, alone_right);
    int64_t micro =
        1000000 - (loss + missing) * 1000 / weight - conflict * 1000 / itd_conflict_weight(weight) + ITD_BOUND_SLACK;
    return micro > 0 ? (int32_t)micro : 0;
}

int32_t itd_bound_of_weights(int64_t all, int64_t alone_left, int64_t alone_right)
{
    if (all == 0)
        return 0;
    int64_t missing, conflict;
    itd_unmatched_loss(&missing, &conflict, alone_left, alone_right);
    int64_t micro = 1000000 - missing * 1000 / all - conflict * 1000 / itd_conflict_weight(all) + ITD_BOUND_SLACK;
    return micro > 0 ? (int32_t)micro : 0;
}
