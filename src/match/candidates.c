#include "match/enough.h"
#include "match/pairing.h"

/* Names of a list that may reach a threshold: of names that have a word worth something to the question, and another
 * one where one is not enough, which of the question's words they touch is gathered; what is not touched has no
 * counterpart, and the weight of a name's own words that is left then has none either (docs/matching.md, "The bound").
 */

/* Words of a question's name share bits of a mask when they are more. */
enum { MASK_BITS = 8, MASKS = 1 << MASK_BITS };

/* What a mask means for one name of the question, [person] where it matters. */
typedef struct meaning {
    bool forms;                    /* counterparts of legal forms are passed over */
    int64_t weight[2];             /* of all words of the name */
    int64_t alone[2][MASKS];       /* of the words that are not touched */
    int64_t counterpart[2][MASKS]; /* the most that words of the other name may weigh that are paired */
} meaning;

/* The heaviest word that each word of the name may be paired with. */
static void weigh_counterparts(uint16_t most[2][ITD_MATCH_TOKENS_MAX], const meaning *m, const itd_match_query *q,
                               const itd_left_name *name)
{
    for (uint32_t i = 0; i < name->word_count; i++) {
        const itd_left_word *word = &q->words.items[name->word_first + i];
        bool any = word->initial || itd_is_passed_over(word, m->forms); /* words without a row may be paired with it */
        most[0][i] = most[1][i] = any ? ITD_TOKEN_WEIGHT_MAX : 0;
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
    for (int person = 0; person < 2; person++) {
        out->weight[person] = 0;
        memset(out->alone[person], 0, masks * sizeof *out->alone[person]);
        memset(out->counterpart[person], 0, masks * sizeof *out->counterpart[person]);
    }
    for (uint32_t i = 0; i < name->word_count; i++) {
        const itd_left_word *word = &q->words.items[name->word_first + i];
        bool always = itd_is_passed_over(word, out->forms);
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

static uint64_t *plane_of(const itd_match_query *q, uint32_t place)
{
    return q->planes + itd_plane_size(q->lexicon) * (place % ITD_MATCH_PLANES);
}

/* Sets the bits of all names that have a word. */
static void touch(const itd_match_query *q, uint64_t *plane, uint32_t token, uint32_t from)
{
    const itd_match_lexicon *lexicon = q->lexicon;
    for (uint32_t at = first_name(lexicon, token, from); at < lexicon->name_first[token + 1]; at++)
        plane[lexicon->names[at] >> 6] |= (uint64_t)1 << (lexicon->names[at] & 63);
}

/* For each word of the name, which names have a counterpart of it. */
static void touch_all(const itd_match_query *q, const meaning *m, const itd_left_name *name, uint32_t from)
{
    uint64_t looked_for = 0;
    size_t size = itd_plane_size(q->lexicon);
    for (uint32_t i = 0; i < name->word_count; i++) {
        const itd_left_word *word = &q->words.items[name->word_first + i];
        if (itd_is_passed_over(word, m->forms))
            continue;
        looked_for |= (uint64_t)1 << i;
        /* A letter that stands alone touches whatever begins with it. */
        const uint64_t *begun = q->lexicon->begun + size * (word->initial ? (unsigned)(word->initial - 'a') : 0);
        uint64_t *plane = plane_of(q, i);
        for (size_t w = from >> 6; word->initial && w < size; w++)
            plane[w] |= begun[w];
    }
    for (size_t r = 1; r < q->rows.count; r++) {
        const itd_word_row *row = &q->rows.items[r];
        for (uint32_t i = 0; row->alike && i < name->word_count; i++)
            if (looked_for >> i & 1 && row->alike >> ((name->word_first + i) & 63) & 1)
                touch(q, plane_of(q, i), row->token, from);
    }
}

/* By weights alone: may a name reach that touches the words of a mask? */
static bool may_by_weight(const itd_match_query *q, const meaning *m, uint32_t number, unsigned mask, int32_t need,
                          bool only_person)
{
    for (int person = only_person; person < 2; person++) {
        int64_t weight = q->lexicon->weights[number][person], left_over = weight - m->counterpart[person][mask];
        if (itd_bound_of_weights(m->weight[person] + weight, m->alone[person][mask], left_over > 0 ? left_over : 0) >=
            need)
            return true;
    }
    return false;
}

/* The words that a name touches. */
static unsigned mask_of(const itd_match_query *q, const itd_left_name *name, uint32_t number)
{
    unsigned mask = 0, planes = name->word_count < ITD_MATCH_PLANES ? name->word_count : ITD_MATCH_PLANES;
    for (unsigned i = 0; i < planes; i++)
        mask |= (unsigned)(plane_of(q, i)[number >> 6] >> (number & 63) & 1) << (i % MASK_BITS);
    return mask;
}

/* What a name has to score: less where a date may help. */
typedef struct needs {
    int32_t same_year, other;
} needs;

static int32_t need_of(const itd_match_query *q, const needs *need, uint32_t number)
{
    return q->same_year[number >> 6] >> (number & 63) & 1 ? need->same_year : need->other;
}

/* Names of a block that touch enough words. */
static void find_block(uint64_t block[ITD_ENOUGH_BLOCK], const itd_enough enough[2], const itd_match_query *q,
                       const needs *need, size_t first, size_t words)
{
    uint64_t other[ITD_ENOUGH_BLOCK];
    itd_enough_find(block, &enough[0], q, first, words);
    if (need->other == need->same_year)
        return;
    itd_enough_find(other, &enough[1], q, first, words);
    for (size_t w = 0; w < words; w++)
        block[w] = (block[w] & q->same_year[first + w]) | (other[w] & ~q->same_year[first + w]);
}

/* Sees the names that touch enough words, as far as their weights allow; how many. */
static size_t see(itd_match_query *q, const meaning *m, const itd_left_name *name, const needs *need, uint32_t from)
{
    bool only_person = itd_schema_is(q->left.schema, ITD_S_Person);
    uint64_t block[ITD_ENOUGH_BLOCK];
    itd_enough enough[2];
    size_t count = 0, size = itd_plane_size(q->lexicon);
    itd_enough_init(&enough[0], q, name, m->forms, need->same_year);
    itd_enough_init(&enough[1], q, name, m->forms, need->other);
    for (size_t first = from >> 6; first < size; first += ITD_ENOUGH_BLOCK) {
        size_t words = size - first < ITD_ENOUGH_BLOCK ? size - first : ITD_ENOUGH_BLOCK;
        find_block(block, enough, q, need, first, words);
        for (size_t w = 0; w < words; w++) {
            for (uint64_t bits = block[w]; bits; bits &= bits - 1) {
                uint32_t number = (uint32_t)((first + w) << 6) + (uint32_t)__builtin_ctzll(bits);
                if (may_by_weight(q, m, number, mask_of(q, name, number), need_of(q, need, number), only_person))
                    q->seen[count++] = number;
            }
        }
    }
    return count;
}

/* The names whose entity has a date in a year of the question's. */
static void take_years(itd_match_query *q)
{
    const itd_match_lexicon *lexicon = q->lexicon;
    size_t size = itd_plane_size(lexicon);
    memset(q->same_year, lexicon->dated ? 0 : 0xFF, size * sizeof *q->same_year);
    for (uint64_t years = lexicon->dated ? itd_years_of(&q->left) : 0; years; years &= years - 1) {
        const uint64_t *plane = lexicon->dated + size * (unsigned)__builtin_ctzll(years);
        for (size_t w = 0; w < size; w++)
            q->same_year[w] |= plane[w];
    }
}

static void clear_planes(const itd_match_query *q, const itd_left_name *name, uint32_t from)
{
    size_t size = itd_plane_size(q->lexicon);
    for (uint32_t i = 0; i < name->word_count && i < ITD_MATCH_PLANES; i++)
        memset(plane_of(q, i) + (from >> 6), 0, (size - (from >> 6)) * sizeof *q->planes);
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

/* Passes over as much as can be; false when names that nothing was gathered of may reach. */
static bool pass_over(meaning *out, const itd_match_query *q, const itd_left_name *name, int32_t need)
{
    out->forms = true;
    if (!itd_cover_reaches(q, name, out->forms, 0, need))
        return true;
    out->forms = false;
    return !itd_cover_reaches(q, name, out->forms, 0, need);
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

/* Forgets who was picked for the question before. */
static void forget(itd_match_query *q)
{
    for (size_t i = 0; i < q->candidate_count; i++)
        q->picked[q->candidates[i]] = 0;
    q->candidate_count = 0;
    q->told_from = INT32_MAX;
}

bool itd_is_passed(const itd_match_query *q, const itd_match_name *name, int32_t threshold)
{
    if (threshold < q->told_from)
        return false;
    size_t number = (size_t)(name - q->lexicon->name_rows);
    return number >= q->told_names && !q->picked[number];
}

bool itd_match_candidates(const uint32_t **names, size_t *count, itd_match_query *q, int32_t threshold, uint32_t from)
{
    forget(q);
    needs need = {threshold - itd_evidence_best(&q->left, true), threshold - itd_evidence_best(&q->left, false)};
    if (q->algorithm != ITD_ALGORITHM_LOGIC || !q->lexicon || q->lexicon->name_count == 0 || need.same_year <= 0)
        return false;
    bool only_person = itd_schema_is(q->left.schema, ITD_S_Person);
    bool told = true;
    size_t found = 0;
    pick_joined(q, &found, from);
    take_years(q);
    for (size_t n = 0; n < q->names.count; n++) {
        meaning m;
        const itd_left_name *name = &q->names.items[n];
        told = pass_over(&m, q, name, need.same_year);
        if (!told)
            break;
        learn(&m, q, name);
        touch_all(q, &m, name, from);
        size_t seen = see(q, &m, name, &need, from);
        clear_planes(q, name, from);
        for (size_t i = 0; i < seen; i++) {
            fetch_ahead(q, i, seen);
            if (may_reach(q, name, q->seen[i], need_of(q, &need, q->seen[i]), only_person))
                pick(q, q->seen[i], &found);
        }
    }
    q->candidate_count = found;
    q->told_from = told ? threshold : INT32_MAX;
    q->told_names = from;
    *names = q->candidates;
    *count = found;
    return told;
}
