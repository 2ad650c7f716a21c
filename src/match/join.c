#include "match/pairing.h"

/* Words that one of two names writes as one and the other apart. */

enum {
    JOINED_MIN = 800, /* lowest similarity of words written as one */
    TURNED_MIN = 940, /* the same when their order is turned too */
    JOIN_PIECES_MAX = 6,
};

/* One left word against right words written apart, joined in the given order. */
static unsigned join_right(const itd_pairing *p, int left_place, const int *places, int count)
{
    uint32_t tokens[ITD_JOIN_MAX];
    for (int k = 0; k < count; k++)
        tokens[k] = itd_right_token_at(p, places[k]);
    itd_word joined;
    itd_word_init_joined(&joined, &p->query->right_space, tokens, (size_t)count);
    return itd_word_similarity(&p->query->distinct[itd_left_word_at(p, left_place)->distinct], &joined);
}

/* Takes the words of a joined pair out of the assignment. */
static void take_join(itd_pairing *p, const int *left, int left_count, const int *right, int right_count,
                      unsigned similarity)
{
    int64_t weight = 0;
    for (int i = 0; i < left_count; i++) {
        p->left_joined[left[i]] = true;
        weight += itd_left_word_at(p, left[i])->weight[p->person];
    }
    for (int j = 0; j < right_count; j++) {
        p->right_joined[right[j]] = true;
        weight += itd_token_weight(itd_right_word_at(p, right[j]), p->person);
    }
    p->joined_weight += weight;
    p->joined_loss += weight * (1000 - (int)similarity);
    p->joined_significant += p->person ? 2 : 1;
}

/* Best that a left word finds by itself. */
static unsigned best_alone(const itd_pairing *p, int left_place)
{
    unsigned best = 0;
    for (int j = 0; j < p->right_name->token_count; j++) {
        unsigned s = itd_similarity_at(p, left_place, j);
        best = s > best ? s : best;
    }
    return best;
}

/* Best that a right word finds by itself. */
static unsigned best_alone_right(const itd_pairing *p, int right_place)
{
    unsigned best = 0;
    for (int i = 0; i < (int)p->left_name->word_count; i++) {
        unsigned s = itd_similarity_at(p, i, right_place);
        best = s > best ? s : best;
    }
    return best;
}

void itd_join_left_words(itd_pairing *p)
{
    const itd_match_query *q = p->query;
    for (uint32_t k = 0; k < p->left_name->join_count; k++) {
        const itd_left_join *join = &q->joins[p->left_name->join_first + k];
        int places[ITD_JOIN_MAX] = {0};
        bool taken = false;
        unsigned apart = 0;
        for (int i = 0; i < join->count; i++) {
            places[i] = join->places[i];
            taken = taken || p->left_joined[places[i]];
        }
        for (int j = 0; j < p->right_name->token_count && !taken; j++) {
            uint32_t row = q->row_of[itd_right_token_at(p, j)];
            unsigned s = row ? q->similarities[(size_t)row * q->column_count + join->column] : 0;
            if (s < (places[0] < places[1] ? JOINED_MIN : TURNED_MIN) || p->right_joined[j])
                continue;
            for (int i = 0; i < join->count; i++) {
                unsigned alone = best_alone(p, places[i]);
                apart = alone > apart ? alone : apart;
            }
            if (apart >= s)
                break; /* one of them finds its own */
            take_join(p, places, join->count, &j, 1, s);
            taken = true;
        }
    }
}

void itd_join_right_words(itd_pairing *p)
{
    const itd_match_query *q = p->query;
    for (int i = 0; i < (int)p->left_name->word_count; i++) {
        int pieces[JOIN_PIECES_MAX], count = 0, best_places[ITD_JOIN_MAX] = {0}, best_count = 0;
        uint32_t distinct = itd_left_word_at(p, i)->distinct;
        for (int j = 0; j < p->right_name->token_count && count < JOIN_PIECES_MAX; j++) {
            uint32_t row = q->row_of[itd_right_token_at(p, j)];
            if (row && !p->right_joined[j] && q->pieces[(size_t)row * q->distinct_count + distinct])
                pieces[count++] = j;
        }
        if (count < 2 || p->left_joined[i])
            continue;
        unsigned best = 0;
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                int places[] = {pieces[a], pieces[b]};
                unsigned s = a == b ? 0 : join_right(p, i, places, 2);
                if (s > best) {
                    best = s;
                    best_count = 2;
                    memcpy(best_places, places, sizeof places);
                }
            }
            if (a + 2 < count && pieces[a] + 2 == pieces[a + 2]) {
                unsigned s = join_right(p, i, pieces + a, 3);
                if (s > best) {
                    best = s;
                    best_count = 3;
                    memcpy(best_places, pieces + a, sizeof best_places);
                }
            }
        }
        unsigned apart = best_alone(p, i);
        for (int k = 0; k < best_count; k++) {
            unsigned alone = best_alone_right(p, best_places[k]);
            apart = alone > apart ? alone : apart;
        }
        if (best >= (best_places[0] < best_places[1] ? JOINED_MIN : TURNED_MIN) && best > apart)
            take_join(p, &i, 1, best_places, best_count, best);
    }
}
