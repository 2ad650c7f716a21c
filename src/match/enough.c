#include "match/enough.h"

#include "match/pairing.h"

/* Planes that some word has which is not passed over: the words of a plane, as bits. */
static unsigned take_planes(uint64_t words[ITD_MATCH_PLANES], const itd_match_query *q, const itd_left_name *name,
                            bool forms)
{
    unsigned planes = name->word_count < ITD_MATCH_PLANES ? name->word_count : ITD_MATCH_PLANES;
    memset(words, 0, ITD_MATCH_PLANES * sizeof *words);
    for (uint32_t i = 0; i < name->word_count; i++)
        if (!itd_is_passed_over(&q->words.items[name->word_first + i], forms))
            words[i % ITD_MATCH_PLANES] |= (uint64_t)1 << i;
    return planes;
}

static unsigned weight_of(const itd_match_query *q, const itd_left_name *name, uint64_t words, bool person)
{
    unsigned weight = 0;
    for (uint32_t i = 0; i < name->word_count; i++)
        if (words >> i & 1)
            weight += q->words.items[name->word_first + i].weight[person];
    return weight;
}

/* How many planes it takes, at least three, whichever they are: if any so many reach, the heaviest do. */
static unsigned how_many(const itd_match_query *q, const itd_left_name *name, bool forms, int32_t need,
                         const uint64_t words[ITD_MATCH_PLANES], unsigned planes, bool person)
{
    uint64_t left[ITD_MATCH_PLANES], touched = 0;
    memcpy(left, words, sizeof left);
    for (unsigned n = 1; n <= planes; n++) {
        unsigned heaviest = 0;
        for (unsigned i = 1; i < planes; i++)
            if (weight_of(q, name, left[i], person) > weight_of(q, name, left[heaviest], person))
                heaviest = i;
        touched |= left[heaviest];
        left[heaviest] = 0;
        if (n > 2 && itd_cover_reaches(q, name, forms, touched, need))
            return n;
    }
    return planes + 1;
}

static void put(itd_enough *out, unsigned a, unsigned b)
{
    out->sets[out->count][0] = (uint8_t)a;
    out->sets[out->count++][1] = (uint8_t)b;
}

void itd_enough_init(itd_enough *out, const itd_match_query *q, const itd_left_name *name, bool forms, int32_t need)
{
    uint64_t words[ITD_MATCH_PLANES];
    bool alone[ITD_MATCH_PLANES] = {false};
    out->planes = take_planes(words, q, name, forms);
    out->count = 0;
    for (unsigned a = 0; a < out->planes; a++) {
        alone[a] = words[a] && itd_cover_reaches(q, name, forms, words[a], need);
        if (alone[a])
            put(out, a, a);
    }
    for (unsigned a = 0; a < out->planes; a++)
        for (unsigned b = a + 1; b < out->planes; b++)
            if (words[a] && words[b] && !alone[a] && !alone[b] &&
                itd_cover_reaches(q, name, forms, words[a] | words[b], need))
                put(out, a, b);
    unsigned persons = how_many(q, name, forms, need, words, out->planes, true),
             others = how_many(q, name, forms, need, words, out->planes, false);
    out->any = persons < others ? persons : others;
}

/* Names of which so many planes have a bit. */
static void find_any(uint64_t *out, const itd_enough *enough, const itd_match_query *q, size_t first, size_t count)
{
    size_t size = itd_plane_size(q->lexicon);
    for (size_t w = 0; w < count; w++) {
        uint64_t at_least[ITD_MATCH_PLANES + 2] = {0}; /* so many planes */
        at_least[0] = ~(uint64_t)0;
        for (unsigned p = 0; p < enough->planes; p++) {
            uint64_t bits = q->planes[size * p + first + w];
            for (unsigned n = bits ? enough->any : 0; n; n--)
                at_least[n] |= at_least[n - 1] & bits;
        }
        out[w] |= at_least[enough->any];
    }
}

void itd_enough_find(uint64_t *out, const itd_enough *enough, const itd_match_query *q, size_t first, size_t count)
{
    size_t size = itd_plane_size(q->lexicon);
    memset(out, 0, count * sizeof *out);
    for (unsigned s = 0; s < enough->count; s++) {
        const uint64_t *a = q->planes + size * enough->sets[s][0] + first,
                       *b = q->planes + size * enough->sets[s][1] + first;
        for (size_t w = 0; w < count; w++)
            out[w] |= a[w] & b[w];
    }
    if (enough->any <= enough->planes)
        find_any(out, enough, q, first, count);
}
