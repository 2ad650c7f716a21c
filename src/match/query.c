#include "base/memory.h"
#include "match/internal.h"
#include "text/words.h"

/* Holds a question against a vocabulary: each of its words, and its neighbouring words joined, against each word of the
 * other side. Only words that are worth something get a row. */

void itd_match_lexicon_destroy(itd_match_lexicon *lexicon)
{
    if (!lexicon)
        return;
    itd_free(lexicon->tokens);
    itd_free(lexicon->masks);
    itd_free(lexicon->bones);
    itd_free(lexicon->keys);
    itd_free(lexicon);
}

/* Empty where a damaged file points past its heap. */
static itd_sv token_text(const itd_match_space *space, size_t token)
{
    if ((uint64_t)space->tokens[token].text + space->tokens[token].size > space->heap_size)
        return (itd_sv){"", 0};
    return itd_space_text(space, space->tokens[token].text, space->tokens[token].size);
}

/* Length under which a word stands in the lexicon. */
static unsigned lexicon_size(itd_sv text)
{
    if (text.size <= 1 || itd_is_mark(text.data[0]))
        return 0;
    return text.size < ITD_DISTANCE_MAX ? (unsigned)text.size : ITD_DISTANCE_MAX;
}

itd_status itd_match_lexicon_create(itd_match_lexicon **out, const itd_match_space *space, itd_error *error)
{
    itd_match_lexicon *lexicon = itd_calloc(1, sizeof *lexicon);
    size_t count = space->token_count;
    if (lexicon) {
        lexicon->count = space->token_count;
        lexicon->tokens = itd_malloc((count + 1) * sizeof *lexicon->tokens);
        lexicon->masks = itd_malloc((count + 1) * sizeof *lexicon->masks);
        lexicon->bones = itd_malloc((count + 1) * sizeof *lexicon->bones);
        lexicon->keys = itd_malloc((count + 1) * sizeof *lexicon->keys);
    }
    if (!lexicon || !lexicon->tokens || !lexicon->masks || !lexicon->bones || !lexicon->keys) {
        itd_match_lexicon_destroy(lexicon);
        return itd_fail_memory(error);
    }
    uint32_t next[ITD_DISTANCE_MAX + 1];
    for (size_t i = 0; i < count; i++)
        lexicon->first[lexicon_size(token_text(space, i)) + 1]++;
    for (size_t size = 0; size <= ITD_DISTANCE_MAX; size++) {
        next[size] = lexicon->first[size];
        lexicon->first[size + 1] += lexicon->first[size];
    }
    for (size_t i = 0; i < count; i++) {
        itd_sound sound;
        itd_sv text = token_text(space, i);
        uint32_t at = next[lexicon_size(text)]++;
        itd_sound_init(&sound, text);
        lexicon->tokens[at] = (uint32_t)i;
        lexicon->masks[at] = sound.mask;
        lexicon->bones[at] = itd_word_bones(&sound);
        itd_lexicon_key *key = &lexicon->keys[at];
        key->size = sound.key_size <= ITD_LEXICON_KEY_MAX ? sound.key_size : UINT8_MAX;
        memcpy(key->text, sound.key, sound.key_size <= ITD_LEXICON_KEY_MAX ? sound.key_size : 0);
    }
    *out = lexicon;
    return ITD_OK;
}

void itd_match_query_destroy(itd_match_query *query)
{
    if (!query)
        return;
    itd_free(query->names);
    itd_free(query->words);
    itd_free(query->joins);
    itd_free(query->distinct);
    itd_free(query->patterns);
    itd_free(query->column_bits);
    itd_free(query->row_of);
    itd_free(query->rows);
    itd_free(query->similarities);
    itd_free(query->pieces);
    itd_ofac_destroy(query->ofac);
    itd_free(query);
}

/* Column of a token of the question; equal tokens share one. */
static uint32_t column_of_token(itd_match_query *q, uint32_t *tokens, uint32_t token)
{
    for (uint32_t i = 0; i < q->distinct_count; i++)
        if (tokens[i] == token)
            return i;
    tokens[q->distinct_count] = token;
    itd_word *word = &q->distinct[q->distinct_count];
    itd_word_init(word, &q->left_space, token);
    itd_pattern_init(&q->patterns[q->distinct_count], (itd_sv){word->sound.text, word->sound.size});
    return q->distinct_count++;
}

static void take_words(itd_match_query *q, uint32_t *tokens)
{
    for (uint32_t n = 0; n < q->left.name_count; n++) {
        const itd_match_name *name = &q->left.names[n];
        itd_left_name *taken = &q->names[q->name_count++];
        *taken = (itd_left_name){.word_first = q->word_count, .word_count = name->token_count, .name = name};
        for (uint32_t i = 0; i < name->token_count; i++) {
            uint32_t token = q->left_space.token_ids[name->token_first + i];
            const itd_match_token *t = &q->left_space.tokens[token];
            itd_left_word *word = &q->words[q->word_count++];
            word->token = token;
            word->class_ = t->class_;
            word->form = t->form;
            word->weight[0] = (uint16_t)itd_token_weight(t, false);
            word->weight[1] = (uint16_t)itd_token_weight(t, true);
            word->distinct = column_of_token(q, tokens, token);
        }
    }
}

static void take_join(itd_match_query *q, itd_word *joined, const itd_left_name *name, const uint8_t *places,
                      uint8_t count)
{
    uint32_t tokens[ITD_JOIN_MAX];
    itd_left_join *join = &q->joins[q->join_count];
    join->column = q->distinct_count + q->join_count;
    join->count = count;
    for (uint8_t i = 0; i < count; i++) {
        join->places[i] = places[i];
        tokens[i] = q->words[name->word_first + places[i]].token;
    }
    itd_word_init_joined(&joined[q->join_count++], &q->left_space, tokens, count);
}

/* How many joins a name of `n` words has. */
static size_t join_count_of(size_t n)
{
    return n < 2 ? 0 : n <= ITD_JOIN_WORDS ? n * (n - 1) + n - 2 : 2 * (n - 1) + n - 2;
}

/* Two words in either order, neighbours only in long names; three neighbours in theirs. */
static void take_joins(itd_match_query *q, itd_word *joined)
{
    for (uint32_t n = 0; n < q->name_count; n++) {
        itd_left_name *name = &q->names[n];
        uint8_t size = (uint8_t)name->word_count;
        name->join_first = q->join_count;
        for (uint8_t i = 0; i < size; i++) {
            for (uint8_t j = 0; j < size; j++) {
                bool neighbours = i + 1 == j || j + 1 == i;
                if (i != j && (neighbours || size <= ITD_JOIN_WORDS))
                    take_join(q, joined, name, (const uint8_t[]){i, j}, 2);
            }
            if (i + 2 < size)
                take_join(q, joined, name, (const uint8_t[]){i, (uint8_t)(i + 1), (uint8_t)(i + 2)}, 3);
        }
        name->join_count = q->join_count - name->join_first;
    }
    q->column_count = q->distinct_count + q->join_count;
}

/* Which left words a column stands for. */
static void take_bits(itd_match_query *q)
{
    for (uint32_t n = 0; n < q->name_count; n++) {
        const itd_left_name *name = &q->names[n];
        for (uint32_t i = 0; i < name->word_count; i++) {
            uint32_t number = name->word_first + i;
            q->column_bits[q->words[number].distinct] |= (uint64_t)1 << (number & 63);
        }
        for (uint32_t k = 0; k < name->join_count; k++) {
            const itd_left_join *join = &q->joins[name->join_first + k];
            for (uint32_t i = 0; i < join->count; i++)
                q->column_bits[join->column] |= (uint64_t)1 << ((name->word_first + join->places[i]) & 63);
        }
    }
}

/* The row of a right token, made when it has none; 0 when out of memory or past ITD_MATCH_CELLS_MAX. */
static uint32_t row_for(itd_match_query *q, uint32_t token)
{
    if (q->row_of[token])
        return q->row_of[token];
    if (q->row_count == q->row_capacity) {
        size_t capacity = q->row_capacity ? q->row_capacity * 2 : 64;
        if (capacity > ITD_MATCH_CELLS_MAX / q->column_count) {
            q->too_many = true;
            return 0;
        }
        itd_word_row *rows = itd_realloc_array(q->rows, capacity, sizeof *rows);
        if (rows)
            q->rows = rows;
        uint16_t *similarities = itd_realloc_array(q->similarities, capacity * q->column_count, sizeof *similarities);
        if (similarities)
            q->similarities = similarities;
        uint8_t *pieces = itd_realloc_array(q->pieces, capacity * q->distinct_count, 1);
        if (pieces)
            q->pieces = pieces;
        if (!rows || !similarities || !pieces)
            return 0;
        q->row_capacity = capacity;
        if (q->row_count == 0)
            q->row_count = 1; /* row 0 means none */
    }
    size_t row = q->row_count++;
    q->rows[row] = (itd_word_row){0};
    memset(q->similarities + row * q->column_count, 0, q->column_count * sizeof *q->similarities);
    memset(q->pieces + row * q->distinct_count, 0, q->distinct_count);
    q->row_of[token] = (uint32_t)row;
    return (uint32_t)row;
}

static bool set_similarity(itd_match_query *q, uint32_t token, uint32_t column, unsigned similarity)
{
    uint32_t row = row_for(q, token);
    if (!row)
        return false;
    uint16_t *cell = &q->similarities[(size_t)row * q->column_count + column];
    if (similarity > *cell)
        *cell = (uint16_t)similarity;
    itd_word_row *r = &q->rows[row];
    r->touched |= q->column_bits[column];
    if (similarity > r->best)
        r->best = (uint16_t)similarity;
    return true;
}

static bool set_piece(itd_match_query *q, uint32_t token, uint32_t column)
{
    uint32_t row = row_for(q, token);
    if (!row)
        return false;
    q->pieces[(size_t)row * q->distinct_count + column] = 1;
    itd_word_row *r = &q->rows[row];
    r->touched |= q->column_bits[column];
    r->best = 1000;
    r->pieces = 1;
    return true;
}

enum {
    JOINED_SIZE_MIN = 4,   /* shortest word that two may have become */
    JOINED_SIZE_APART = 2, /* letters by which a word and what was joined may differ in length */
};

/* A word of the question, or some joined, on its way through the vocabulary. */
typedef struct probe {
    itd_match_query *query;
    const itd_match_lexicon *lexicon;
    const itd_word *word;
    uint32_t column;
    itd_pattern key;
} probe;

static bool compare(const probe *p, uint32_t token, bool gated)
{
    itd_word word;
    itd_word_init(&word, &p->query->right_space, token);
    unsigned similarity = itd_word_similarity_by(p->word, &word, gated);
    return !similarity || set_similarity(p->query, token, p->column, similarity);
}

/* At most one letter is other, more or fewer: what the words share at both ends leaves no more. */
static bool within_one_edit(itd_sv a, itd_sv b)
{
    size_t longer = a.size > b.size ? a.size : b.size, shorter = a.size + b.size - longer, front = 0, back = 0;
    if (longer - shorter > 1)
        return false;
    while (front < shorter && a.data[front] == b.data[front])
        front++;
    while (back < shorter - front && a.data[a.size - 1 - back] == b.data[b.size - 1 - back])
        back++;
    return longer - front - back <= 1;
}

static bool key_may(const probe *p, uint32_t at, bool joined)
{
    const itd_lexicon_key *held = &p->lexicon->keys[at];
    itd_sound sound;
    itd_sv key = {held->text, held->size};
    if (held->size == UINT8_MAX) {
        itd_sound_init(&sound, token_text(&p->query->right_space, p->lexicon->tokens[at]));
        key = (itd_sv){sound.key, sound.key_size};
    }
    return joined ? within_one_edit((itd_sv){p->word->sound.key, p->word->sound.key_size}, key)
                  : itd_sound_key_may(&p->key, key);
}

/* A letter: words that begin with it. The vocabulary is in byte order. */
static bool compare_letter(const probe *p)
{
    const itd_match_space *space = &p->query->right_space;
    itd_sv own = {p->word->sound.text, p->word->sound.size};
    if (own.size == 0)
        return true;
    uint32_t low = 0, high = space->token_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (itd_sv_compare(token_text(space, middle), own) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < space->token_count && itd_sv_starts(token_text(space, low), own); low++)
        if (!compare(p, low, false))
            return false;
    return true;
}

/* Words from `from` to `to` of the lexicon, when one side is of a script that writes no vowels: those whose consonants
 * or whose sound may be alike, as itd_word_similarity has them; and single letters. */
static bool compare_bones(const probe *p, uint32_t from, uint32_t to)
{
    const itd_match_lexicon *lexicon = p->lexicon;
    const itd_match_space *space = &p->query->right_space;
    uint32_t bones = itd_word_bones(&p->word->sound);
    itd_sound bare;
    itd_word_unmarked(&bare, p->word);
    for (uint32_t at = from; at < to; at++) {
        unsigned size = space->tokens[lexicon->tokens[at]].size;
        if (size > ITD_DISTANCE_MAX)
            size = ITD_DISTANCE_MAX;
        bool may = size <= 1 || itd_word_bones_may(bones, lexicon->bones[at]) ||
                   (itd_sound_may(bare.mask, bare.size, lexicon->masks[at], size) && key_may(p, at, false));
        if (may && !compare(p, lexicon->tokens[at], false))
            return false;
    }
    return true;
}

/* Words whose sound may be alike: length, then letters, then bit-parallel edits of the keys, then weighted edits. What
 * was joined has to be closer than a single word. */
static bool compare_sounds(const probe *p)
{
    const itd_match_lexicon *lexicon = p->lexicon;
    unsigned own = p->word->sound.size;
    uint32_t mask = p->word->sound.mask;
    bool joined = p->column >= p->query->distinct_count;
    for (unsigned size = 2; size <= ITD_DISTANCE_MAX; size++) {
        unsigned apart = size > own ? size - own : own - size;
        if (joined ? apart > JOINED_SIZE_APART : !itd_sound_may(0, own, 0, size))
            continue;
        for (uint32_t at = lexicon->first[size]; at < lexicon->first[size + 1]; at++) {
            uint32_t other = lexicon->masks[at];
            bool may = joined ? itd_bits_at_most(mask & ~other, 1) && itd_bits_at_most(other & ~mask, 1)
                              : itd_sound_may(mask, own, other, size);
            if (may && key_may(p, at, joined) && !compare(p, lexicon->tokens[at], true))
                return false;
        }
    }
    return true;
}

/* Words that mean the same whatever they sound like. */
static bool compare_forms(const probe *p)
{
    const itd_match_space *space = &p->query->right_space;
    for (uint32_t token = 0; token < space->token_count; token++)
        if (space->tokens[token].form == p->word->form && !compare(p, token, false))
            return false;
    return true;
}

/* Words that may be a part of this one. */
static bool find_pieces(const probe *p)
{
    const itd_match_lexicon *lexicon = p->lexicon;
    const itd_sound *sound = &p->word->sound;
    for (unsigned size = 0; size < sound->size; size++) {
        for (uint32_t at = lexicon->first[size]; at < lexicon->first[size + 1]; at++) {
            uint32_t token = lexicon->tokens[at];
            const itd_lexicon_key *held = &lexicon->keys[at];
            itd_sv key = {held->text, held->size == UINT8_MAX ? 0 : held->size};
            if (itd_bits_at_most(lexicon->masks[at] & ~sound->mask, 1) &&
                itd_word_is_piece(token_text(&p->query->right_space, token), key, sound,
                                  &p->query->patterns[p->column]) &&
                !set_piece(p->query, token, p->column))
                return false;
        }
    }
    return true;
}

static bool hold_column(const probe *p)
{
    const itd_sound *sound = &p->word->sound;
    bool own = p->column < p->query->distinct_count, letter = sound->size <= 1;
    bool bare = !letter && itd_sound_is_marked(sound);
    if (letter && !compare_letter(p))
        return false;
    if (!letter && !compare_bones(p, 0, bare ? p->lexicon->count : p->lexicon->first[1]))
        return false;
    if (!letter && !bare && !compare_sounds(p))
        return false;
    if (p->word->form && !compare_forms(p))
        return false;
    return !own || p->word->sound.size < JOINED_SIZE_MIN || find_pieces(p);
}

typedef struct nickname_search {
    itd_match_query *query;
    uint32_t column;
    bool failed;
} nickname_search;

static void nickname_found(void *context, itd_sv other)
{
    nickname_search *search = context;
    const itd_match_space *space = &search->query->right_space;
    uint32_t low = 0, high = space->token_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order =
            itd_sv_compare(itd_space_text(space, space->tokens[middle].text, space->tokens[middle].size), other);
        if (order == 0) {
            if (!set_similarity(search->query, middle, search->column, ITD_SIMILARITY_NICKNAME))
                search->failed = true;
            return;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
}

static itd_status fail_row(const itd_match_query *q, itd_error *error)
{
    if (!q->too_many)
        return itd_fail_memory(error);
    return itd_fail(error, ITD_ELIMIT, "too many words on both sides: more than %zu similarities (ITD_MATCH_CELLS_MAX)",
                    ITD_MATCH_CELLS_MAX);
}

static itd_status hold_vocabulary(itd_match_query *q, const itd_match_lexicon *lexicon, const itd_word *joined,
                                  itd_error *error)
{
    itd_status status = ITD_OK;
    probe p = {.query = q, .lexicon = lexicon};
    for (uint32_t c = 0; status == ITD_OK && c < q->column_count; c++) {
        p.column = c;
        p.word = c < q->distinct_count ? &q->distinct[c] : &joined[c - q->distinct_count];
        itd_pattern_init(&p.key, (itd_sv){p.word->sound.key, p.word->sound.key_size});
        if (!hold_column(&p))
            status = fail_row(q, error);
    }
    for (uint32_t c = 0; status == ITD_OK && c < q->distinct_count; c++) {
        nickname_search search = {q, c, false};
        itd_nicknames_each(q->distinct[c].text, nickname_found, &search);
        if (search.failed)
            status = fail_row(q, error);
    }
    return status;
}

static itd_status create_logic(itd_match_query *q, itd_error *error)
{
    size_t words = 0, joins = 0;
    for (uint32_t n = 0; n < q->left.name_count; n++) {
        words += q->left.names[n].token_count;
        joins += join_count_of(q->left.names[n].token_count);
    }
    if (words + joins > ITD_MATCH_COLUMNS_MAX)
        return itd_fail(error, ITD_ELIMIT,
                        "the names have more than %zu words and joined words (ITD_MATCH_COLUMNS_MAX)",
                        ITD_MATCH_COLUMNS_MAX);
    itd_word *joined = itd_malloc((joins + 1) * sizeof *joined);
    uint32_t *tokens = itd_malloc((words + 1) * sizeof *tokens);
    itd_match_lexicon *own = NULL;
    q->names = itd_calloc(q->left.name_count + 1u, sizeof *q->names);
    q->words = itd_calloc(words + 1, sizeof *q->words);
    q->joins = itd_calloc(joins + 1, sizeof *q->joins);
    q->distinct = itd_malloc((words + 1) * sizeof *q->distinct);
    q->patterns = itd_malloc((words + 1) * sizeof *q->patterns);
    q->column_bits = itd_calloc(words + joins + 1, sizeof *q->column_bits);
    q->row_of = itd_calloc(q->right_space.token_count + 1u, sizeof *q->row_of);
    itd_status status = ITD_OK;
    if (!joined || !tokens || !q->names || !q->words || !q->joins || !q->distinct || !q->patterns || !q->column_bits ||
        !q->row_of)
        status = itd_fail_memory(error);
    if (status == ITD_OK && !q->right_space.lexicon)
        status = itd_match_lexicon_create(&own, &q->right_space, error);
    if (status == ITD_OK) {
        take_words(q, tokens);
        take_joins(q, joined);
        take_bits(q);
        status = hold_vocabulary(q, own ? own : q->right_space.lexicon, joined, error);
    }
    itd_match_lexicon_destroy(own);
    itd_free(tokens);
    itd_free(joined);
    return status;
}

itd_status itd_match_query_create(itd_match_query **out, itd_algorithm algorithm, const itd_match_entity *left,
                                  const itd_match_space *left_space, const itd_match_space *right_space,
                                  itd_error *error)
{
    itd_match_query *query = itd_calloc(1, sizeof *query);
    if (!query)
        return itd_fail_memory(error);
    query->algorithm = algorithm;
    query->left = *left;
    query->left_space = *left_space;
    query->right_space = *right_space;
    itd_status status = algorithm == ITD_ALGORITHM_OFAC ? itd_ofac_create(&query->ofac, left, left_space, error)
                                                        : create_logic(query, error);
    if (status != ITD_OK) {
        itd_match_query_destroy(query);
        return status;
    }
    *out = query;
    return ITD_OK;
}
