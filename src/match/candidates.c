#include "match/pairing.h"

/* Names of a list that may reach a threshold: of names that have a word worth something to the question, and another
 * one where one is not enough, which of the question's words they touch is gathered; what is not touched has no
 * counterpart, and the weight of a name's own words that is left then has none either (docs/matching.md, "The bound").
 */

/* Words of a question's name share bits of a mask when they are more. */
enum { MASK_BITS = 8, MASKS = 1 << MASK_BITS };

/* What a mask means for one name of the question, [person] where it matters. */
typedef struct meaning {
    itd_cover cover;
    uint64_t enough;               /* words, by their places, of which one counterpart may be enough */
    unsigned all;                  /* every word */
    int64_t weight[2];             /* of all words of the name */
    int64_t alone[2][MASKS];       /* of the words that are not touched */
    int64_t counterpart[2][MASKS]; /* the most that words of the other name may weigh that are paired */
} meaning;

/* The heaviest word that each word of the name may be paired with. */
static void weigh_counterparts(uint16_t most[2][ITD_MATCH_TOKENS_MAX], const meaning *m, const itd_match_query *q,
                               const itd_left_name *name)
{
    for (uint32_t i = 0; i < name->word_count; i++) {
        bool always = itd_is_passed_over(&m->cover, &q->words.items[name->word_first + i], i);
        most[0][i] = most[1][i] = always ? ITD_TOKEN_WEIGHT_MAX : 0;
    }
    for (size_t r = 1; r < q->rows.count; r++) {
        const itd_word_row *row = &q->rows.items[r];
        const itd_match_token *token = &q->right_space.tokens[row->token];
        for (uint32_t i = 0; row->alike && i < name->word_count; i++) {
            if (!(row->alike >> ((name->word_first + i) & 63) & 1))
                continue;
            for (int person = 0; person < 2; person++) {
                unsigned weight = itd_token_weight(token, person);
                most[person][i] = (uint16_t)(weight > most[person][i] ? weight : most[person][i]);
            }
        }
    }
}

static void learn(meaning *out, const itd_match_query *q, const itd_left_name *name)
{
    unsigned masks = name->word_count < MASK_BITS ? 1u << name->word_count : MASKS;
    uint16_t most[2][ITD_MATCH_TOKENS_MAX];
    weigh_counterparts(most, out, q, name);
    out->all = masks - 1;
    for (int person = 0; person < 2; person++) {
        out->weight[person] = 0;
        memset(out->alone[person], 0, masks * sizeof *out->alone[person]);
        memset(out->counterpart[person], 0, masks * sizeof *out->counterpart[person]);
    }
    for (uint32_t i = 0; i < name->word_count; i++) {
        const itd_left_word *word = &q->words.items[name->word_first + i];
        bool always = itd_is_passed_over(&out->cover, word, i);
        for (int person = 0; person < 2; person++) {
            out->weight[person] += word->weight[person];
            if (!person && word->class_ == ITD_TOKEN_LEGAL_FORM)
                continue; /* no pair is made of it, and it weighs nothing */
            for (unsigned mask = 0; mask < masks; mask++) {
                if (always || mask >> (i % MASK_BITS) & 1)
                    out->counterpart[person][mask] += most[person][i];
                else
                    out->alone[person][mask] += word->weight[person];
            }
        }
    }
}

/* Which of the name's words a row touches, and whether that is enough for names that have no other. */
static uint8_t mask_of(bool *enough, const itd_match_query *q, const meaning *m, const itd_left_name *name,
                       uint64_t bits)
{
    unsigned mask = 0, touched = 0;
    *enough = false;
    for (uint32_t i = 0; i < name->word_count; i++) {
        if (!(bits >> ((name->word_first + i) & 63) & 1) ||
            itd_is_passed_over(&m->cover, &q->words.items[name->word_first + i], i))
            continue;
        mask |= 1u << (i % MASK_BITS);
        *enough = *enough || m->enough >> i & 1;
        touched++;
    }
    /* Joined words, and a word that stands twice, are two. */
    *enough = *enough || touched > 1;
    return (uint8_t)mask;
}

/* Of the names that have a word, the first from `from` on; they stand in their order. */
static uint32_t first_name(const itd_match_lexicon *lexicon, uint32_t token, uint32_t from)
{
    uint32_t low = lexicon->name_first[token], high = from ? lexicon->name_first[token + 1] : low;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lexicon->names[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void see(itd_match_query *q, uint32_t number, unsigned mask, size_t *count)
{
    if (!q->masks[number])
        q->seen[(*count)++] = number;
    q->masks[number] |= (uint8_t)mask;
}

/* Names for which a row is enough: all of them. */
static void gather_enough(itd_match_query *q, uint32_t token, unsigned mask, uint32_t from, size_t *count)
{
    const itd_match_lexicon *lexicon = q->lexicon;
    for (uint32_t at = first_name(lexicon, token, from); at < lexicon->name_first[token + 1]; at++)
        see(q, lexicon->names[at], mask, count);
}

/* Other names: those that some row has touched already, all of whose words may be touched for all that is known. A bit
 * a name fits into the nearer caches. */
static void gather_second(itd_match_query *q, uint32_t token, unsigned mask, unsigned all, uint32_t from, size_t *count)
{
    const itd_match_lexicon *lexicon = q->lexicon;
    bool any = *count > 0;
    for (uint32_t at = first_name(lexicon, token, from); at < lexicon->name_first[token + 1]; at++) {
        uint32_t number = lexicon->names[at];
        uint64_t bit = (uint64_t)1 << (number & 63), *word = &q->touched[number >> 6];
        if (*word & bit)
            see(q, number, all, count);
        else if (any && q->masks[number])
            q->masks[number] |= (uint8_t)mask;
        *word |= bit;
    }
}

/* Gathers what names touch; how many there are. */
static size_t gather(itd_match_query *q, const meaning *m, const itd_left_name *name, uint32_t from)
{
    size_t count = 0;
    memset(q->touched, 0, (q->lexicon->name_count / 64 + 1) * sizeof *q->touched);
    for (int second = 0; second < 2; second++) {
        for (size_t r = 1; r < q->rows.count; r++) {
            bool enough;
            uint8_t mask = mask_of(&enough, q, m, name, q->rows.items[r].alike);
            if (!mask || enough == (bool)second)
                continue;
            if (second)
                gather_second(q, q->rows.items[r].token, mask, m->all, from, &count);
            else
                gather_enough(q, q->rows.items[r].token, mask, from, &count);
        }
    }
    return count;
}

/* By weights alone: who stays among those seen. Clears the masks. */
static size_t sift_by_weight(itd_match_query *q, const meaning *m, size_t seen, int32_t need, bool only_person)
{
    size_t kept = 0;
    for (size_t i = 0; i < seen; i++) {
        uint32_t number = q->seen[i];
        uint8_t mask = q->masks[number];
        bool may = false;
        for (int person = only_person; !may && person < 2; person++) {
            int64_t weight = q->lexicon->weights[number][person];
            int64_t left_over = weight - m->counterpart[person][mask];
            may = itd_bound_of_weights(m->weight[person] + weight, m->alone[person][mask],
                                       left_over > 0 ? left_over : 0) >= need;
        }
        q->masks[number] = 0;
        if (may)
            q->seen[kept++] = number;
    }
    return kept;
}

/* Asks for the memory of a name's words ahead of its turn: each is a wait of its own. */
static void fetch_ahead(const itd_match_query *q, size_t at, size_t count)
{
    enum { NAMES_AHEAD = 8, WORDS_AHEAD = 4 };
    if (at + NAMES_AHEAD < count)
        __builtin_prefetch(&q->lexicon->name_rows[q->seen[at + NAMES_AHEAD]]);
    if (at + WORDS_AHEAD < count)
        __builtin_prefetch(&q->right_space.token_ids[q->lexicon->name_rows[q->seen[at + WORDS_AHEAD]].token_first]);
}

/* By its words. */
static bool may_reach(const itd_match_query *q, const itd_left_name *name, uint32_t number, int32_t need,
                      bool only_person)
{
    const itd_match_name *right = &q->lexicon->name_rows[number];
    return itd_name_bound(q, name, right, true) >= need ||
           (!only_person && itd_name_bound(q, name, right, false) >= need);
}

/* Learns what masks mean, passing over as much as can be; false when names that are not gathered may reach. */
static bool learn_enough(meaning *out, const itd_match_query *q, const itd_left_name *name, int32_t need)
{
    bool told = false;
    for (int forms = 1; !told && forms >= 0; forms--) {
        out->cover = (itd_cover){.passes_forms = forms, .alone = ITD_COVER_NONE};
        told = !itd_cover_reaches(q, name, &out->cover, need);
    }
    if (!told)
        return false;
    learn(out, q, name);
    out->enough = 0;
    for (uint32_t i = 0; i < name->word_count; i++) {
        itd_cover alone = {.passes_forms = out->cover.passes_forms, .alone = i};
        if (itd_cover_reaches(q, name, &alone, need))
            out->enough |= (uint64_t)1 << i;
    }
    return true;
}

static void pick(itd_match_query *q, uint32_t number, size_t *found)
{
    if (!q->picked[number]) {
        q->picked[number] = 1;
        q->candidates[(*found)++] = number;
    }
}

/* Names in which words written apart may be one of the question's. */
static void pick_joined(itd_match_query *q, size_t *found, uint32_t from)
{
    const itd_match_lexicon *lexicon = q->lexicon;
    for (size_t k = 0; k < q->leads.count; k++) {
        const itd_lead *lead = &q->leads.items[k];
        uint32_t at = first_name(lexicon, lead->token, from);
        for (; at < lexicon->name_first[lead->token + 1]; at++) {
            const itd_match_name *name = &lexicon->name_rows[lexicon->names[at]];
            unsigned parts = 0;
            for (uint32_t i = 0; i < name->token_count; i++) {
                uint32_t row = q->row_of[q->right_space.token_ids[name->token_first + i]];
                parts += row && q->pieces.items[(size_t)row * q->distinct_count + lead->column];
            }
            if (parts > 1)
                pick(q, lexicon->names[at], found);
        }
    }
}

bool itd_match_candidates(const uint32_t **names, size_t *count, itd_match_query *q, int32_t threshold, uint32_t from)
{
    int32_t need = threshold - itd_evidence_best(&q->left);
    if (q->algorithm != ITD_ALGORITHM_LOGIC || !q->lexicon || q->lexicon->name_count == 0 || need <= 0)
        return false;
    bool only_person = itd_schema_is(q->left.schema, ITD_S_Person);
    bool told = true;
    size_t found = 0;
    pick_joined(q, &found, from);
    for (size_t n = 0; n < q->names.count; n++) {
        meaning m;
        const itd_left_name *name = &q->names.items[n];
        told = learn_enough(&m, q, name, need);
        if (!told)
            break;
        size_t seen = sift_by_weight(q, &m, gather(q, &m, name, from), need, only_person);
        for (size_t i = 0; i < seen; i++) {
            fetch_ahead(q, i, seen);
            if (may_reach(q, name, q->seen[i], need, only_person))
                pick(q, q->seen[i], &found);
        }
    }
    for (size_t i = 0; i < found; i++)
        q->picked[q->candidates[i]] = 0;
    *names = q->candidates;
    *count = found;
    return told;
}
