#include "match/pairing.h"

/* Words that one of two names writes as one and the other apart. */

enum {
    TURNED_MIN = 940, /* the same when their order is turned too */
    HANGUL_MIN = 930, /* syllables joined, against a word of Hangul, which has a reading by syllables too */
};

/* From where on words joined are taken for a word, by the mark of its script. */
static unsigned least(bool turned, itd_sv whole)
{
    if (turned)
        return TURNED_MIN;
    return whole.size && whole.data[0] == ITD_MARK_HANGUL ? HANGUL_MIN : ITD_SIMILARITY_JOINED;
}

/* Words of the right name that may be parts of a left one. */
typedef struct parts {
    const itd_word *whole;
    int count, places[ITD_MATCH_TOKENS_MAX];
    itd_word words[ITD_MATCH_TOKENS_MAX];
} parts;

/* The left word against parts joined in the given order. */
static unsigned join_parts(const itd_pairing *p, const parts *of, const int *numbers, int count)
{
    uint32_t tokens[ITD_JOIN_MAX];
    itd_word joined;
    if (!itd_word_has_pieces(&of->whole->sound, &of->words[numbers[0]].sound,
                             count > 2 ? &of->words[numbers[1]].sound : NULL, &of->words[numbers[count - 1]].sound))
        return 0;
    for (int k = 0; k < count; k++)
        tokens[k] = itd_right_token_at(p, of->places[numbers[k]]);
    itd_word_init_joined(&joined, &p->query->right_space, tokens, (size_t)count);
    return itd_word_similarity_joined(&joined, of->whole);
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
    p->joined_significant += 1;
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

/* True when the same word stands elsewhere in its name, not among the places given and not taken: then what it finds by
 * itself the other one finds. */
static bool left_has_another(const itd_pairing *p, int place, const int *places, int count)
{
    for (int i = 0; i < (int)p->left_name->word_count; i++) {
        bool among = p->left_joined[i];
        for (int k = 0; k < count; k++)
            among = among || places[k] == i;
        if (!among && itd_left_word_at(p, i)->token == itd_left_word_at(p, place)->token)
            return true;
    }
    return false;
}

static bool right_has_another(const itd_pairing *p, int place, const int *places, int count)
{
    for (int j = 0; j < p->right_name->token_count; j++) {
        bool among = p->right_joined[j];
        for (int k = 0; k < count; k++)
            among = among || places[k] == j;
        if (!among && itd_right_token_at(p, j) == itd_right_token_at(p, place))
            return true;
    }
    return false;
}

void itd_join_left_words(itd_pairing *p)
{
    const itd_match_query *q = p->query;
    for (uint32_t k = 0; k < p->left_name->join_count; k++) {
        const itd_left_join *join = &q->joins.items[p->left_name->join_first + k];
        int places[ITD_JOIN_MAX] = {0};
        bool taken = false;
        unsigned apart = 0;
        for (int i = 0; i < join->count; i++) {
            places[i] = join->places[i];
            taken = taken || p->left_joined[places[i]];
        }
        for (int j = 0; j < p->right_name->token_count && !taken; j++) {
            uint32_t row = q->row_of[itd_right_token_at(p, j)];
            unsigned s = row ? q->similarities.items[(size_t)row * q->column_count + join->column] : 0;
            const itd_match_token *right = itd_right_word_at(p, j);
            itd_sv whole = itd_space_text(&q->right_space, right->text, right->size);
            if (s < least(places[0] > places[1], whole) || p->right_joined[j])
                continue;
            for (int i = 0; i < join->count; i++) {
                unsigned alone = left_has_another(p, places[i], places, join->count) ? 0 : best_alone(p, places[i]);
                apart = alone > apart ? alone : apart;
            }
            if (apart >= s)
                break; /* one of them finds its own */
            take_join(p, places, join->count, &j, 1, s);
            taken = true;
        }
    }
}

static void find_parts(parts *out, const itd_pairing *p, int left_place)
{
    const itd_match_query *q = p->query;
    uint32_t column = itd_left_word_at(p, left_place)->distinct;
    out->whole = &q->distinct.items[column];
    out->count = 0;
    for (int j = 0; j < p->right_name->token_count; j++) {
        uint32_t row = q->row_of[itd_right_token_at(p, j)];
        if (row && !p->right_joined[j] && q->pieces.items[(size_t)row * q->distinct_count + column])
            out->places[out->count++] = j;
    }
    for (int k = 0; out->count > 1 && k < out->count; k++)
        itd_word_init(&out->words[k], &q->right_space, itd_right_token_at(p, out->places[k]));
}

typedef struct best_join {
    unsigned similarity;
    int count, places[ITD_JOIN_MAX];
} best_join;

static void try_join(best_join *best, const itd_pairing *p, const parts *of, const int *numbers, int count)
{
    unsigned similarity = join_parts(p, of, numbers, count);
    if (similarity <= best->similarity)
        return;
    best->similarity = similarity;
    best->count = count;
    for (int k = 0; k < count; k++)
        best->places[k] = of->places[numbers[k]];
}

/* The parts that joined are most alike to the left word, of equals the first. */
static void find_best(best_join *best, const itd_pairing *p, const parts *of)
{
    size_t words = p->right_name->token_count;
    *best = (best_join){0};
    for (int a = 0; a < of->count; a++) {
        for (int b = 0; b < of->count; b++)
            if (itd_joins_two(words, (size_t)of->places[a], (size_t)of->places[b]))
                try_join(best, p, of, (const int[]){a, b}, 2);
        for (unsigned turn = 0;
             a + 2 < of->count && of->places[a] + 2 == of->places[a + 2] && turn < itd_joins_three(words); turn++) {
            const uint8_t *order = itd_join_turns[turn];
            try_join(best, p, of, (const int[]){a + order[0], a + order[1], a + order[2]}, 3);
        }
    }
}

void itd_join_right_words(itd_pairing *p)
{
    if (p->query->leads.count == 0)
        return; /* no word of the right side is a part of any */
    for (int i = 0; i < (int)p->left_name->word_count; i++) {
        parts of;
        best_join best;
        if (p->left_joined[i])
            continue;
        find_parts(&of, p, i);
        if (of.count < 2)
            continue;
        find_best(&best, p, &of);
        unsigned apart = best_alone(p, i);
        for (int k = 0; k < best.count; k++) {
            unsigned alone =
                right_has_another(p, best.places[k], best.places, best.count) ? 0 : best_alone_right(p, best.places[k]);
            apart = alone > apart ? alone : apart;
        }
        bool turned = best.places[0] > best.places[1];
        if (best.similarity >= least(turned, of.whole->text) && best.similarity > apart)
            take_join(p, &i, 1, best.places, best.count, best.similarity);
    }
}
