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
    return &p->query->words.items[p->left_name->word_first + (uint32_t)place];
}

static inline uint32_t itd_right_token_at(const itd_pairing *p, int place)
{
    return p->query->right_space.token_ids[p->right_name->token_first + (uint32_t)place];
}

static inline const itd_match_token *itd_right_word_at(const itd_pairing *p, int place)
{
    return &p->query->right_space.tokens[itd_right_token_at(p, place)];
}

/** Does a word of the right space begin with a letter that stands alone? Numbers begin with none. */
static inline bool itd_begins_with(const itd_match_space *space, const itd_match_token *token, char initial)
{
    return token->size > 1 && token->class_ != ITD_TOKEN_NUMBER && space->heap[token->text] == initial;
}

static inline unsigned itd_similarity_at(const itd_pairing *p, int left_place, int right_place)
{
    const itd_match_query *q = p->query;
    const itd_left_word *left = itd_left_word_at(p, left_place);
    uint32_t row = q->row_of[itd_right_token_at(p, right_place)];
    unsigned similarity = row ? q->similarities.items[(size_t)row * q->column_count + left->distinct] : 0;
    if (left->initial && similarity < ITD_SIMILARITY_INITIAL &&
        itd_begins_with(&q->right_space, itd_right_word_at(p, right_place), left->initial))
        return ITD_SIMILARITY_INITIAL;
    return similarity;
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

/** Loss when only words that many names share, or initials, are the same, micro-units. */
#define ITD_LOSS_COMMON 250000
/** What every part of a score is rounded down by, in micro-units, together. */
#define ITD_BOUND_SLACK 8
/** What names of so much weight together cannot exceed when so much of either has no counterpart at least. */
int32_t itd_bound_of_weights(int64_t all, int64_t alone_left, int64_t alone_right);

/** Words of a question's name that are passed over when names are looked for: legal forms, where `forms`, are
 * everywhere. */
static inline bool itd_is_passed_over(const itd_left_word *word, bool forms)
{
    return (word->initial && !itd_letter_bit(word->initial)) || (forms && word->class_ == ITD_TOKEN_LEGAL_FORM);
}
/** May a name of the right side score `need` that has counterparts of no other words of `name` than of `touched`, a bit
 * for each place, and those passed over? Never false where one does. Cost: O(words). */
bool itd_cover_reaches(const itd_match_query *query, const itd_left_name *name, bool forms, uint64_t touched,
                       int32_t need);

/** Pairs words that one side writes together with the words of the other, when that is better than what any of them
 * finds alone, and takes them out of what is left to be assigned. */
void itd_join_left_words(itd_pairing *p);
void itd_join_right_words(itd_pairing *p);

#endif
