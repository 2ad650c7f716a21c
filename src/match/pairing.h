#ifndef ITD_MATCH_PAIRING_H
#define ITD_MATCH_PAIRING_H

#include "match/internal.h"

/* A pair of names while it is judged: what name.c, join.c and bound.c share. */

/* One name against one, made ready for the assignment: words without legal forms, joined words as one. */
typedef struct itd_name_side {
    int count;
    uint16_t weight[ITD_MATCH_TOKENS_MAX];
    uint8_t class_[ITD_MATCH_TOKENS_MAX];
    uint8_t place[ITD_MATCH_TOKENS_MAX]; /* word of the name */
} itd_name_side;

typedef struct itd_pairing {
    const itd_match_query *query;
    const itd_left_name *left_name;
    const itd_match_name *right_name;
    bool person;
    itd_name_side left, right;
    uint16_t similarity[ITD_MATCH_TOKENS_MAX][ITD_MATCH_TOKENS_MAX];
    int column_of[ITD_MATCH_TOKENS_MAX];
    bool left_joined[ITD_MATCH_TOKENS_MAX], right_joined[ITD_MATCH_TOKENS_MAX]; /* by place: part of a joined pair */
    int64_t joined_weight, joined_loss; /* of the joined pairs, in thousandths */
    int joined_significant;
} itd_pairing;

static inline const itd_left_word *itd_left_word_at(const itd_pairing *p, int place)
{
    return &p->query->words[p->left_name->word_first + (uint32_t)place];
}

static inline uint32_t itd_right_token_at(const itd_pairing *p, int place)
{
    return p->query->right_space.token_ids[p->right_name->token_first + (uint32_t)place];
}

static inline const itd_match_token *itd_right_word_at(const itd_pairing *p, int place)
{
    return &p->query->right_space.tokens[itd_right_token_at(p, place)];
}

static inline unsigned itd_similarity_at(const itd_pairing *p, int left_place, int right_place)
{
    uint32_t row = p->query->row_of[itd_right_token_at(p, right_place)];
    if (!row)
        return 0;
    return p->query->similarities[(size_t)row * p->query->column_count + itd_left_word_at(p, left_place)->distinct];
}

/** What words contradict is not thinned out by many others: weight of three words twice. */
#define ITD_CONFLICT_WEIGHT 6000

static inline int64_t itd_conflict_weight(int64_t weight)
{
    return weight < ITD_CONFLICT_WEIGHT ? weight : ITD_CONFLICT_WEIGHT;
}

/* Loss of words without counterpart, thousandths × weight: what both sides have alone contradicts, the rest is missing.
 * Rises with either argument. */
static inline void itd_unmatched_loss(int64_t *missing, int64_t *conflict, int64_t left, int64_t right)
{
    int64_t less = left < right ? left : right, more = left < right ? right : left;
    *conflict = (int64_t)2 * ITD_LOSS_CONFLICT * less;
    *missing = ITD_LOSS_OMISSION * (more - less);
}

/** Pairs words that one side writes together with the words of the other, when that is better than what any of them
 * finds alone, and takes them out of what is left to be assigned. */
void itd_join_left_words(itd_pairing *p);
void itd_join_right_words(itd_pairing *p);

#endif
