#include "base/memory.h"
#include "match/internal.h"
#include "text/words.h"

/* Holds a question against a vocabulary: each of its words, and its neighbouring words joined, against each word of the
 * other side. Only words that are worth something get a row. */

void itd_match_lexicon_destroy(itd_match_lexicon *lexicon)
{
    if (!lexicon)
        return;
    itd_free(lexicon->masks);
    itd_free(lexicon->sizes);
    itd_free(lexicon->keys);
    itd_free(lexicon);
}

itd_status itd_match_lexicon_create(itd_match_lexicon **out, const itd_match_space *space, itd_error *error)
{
    itd_match_lexicon *lexicon = itd_calloc(1, sizeof *lexicon);
    size_t count = space->token_count;
    if (lexicon) {
        lexicon->count = space->token_count;
        lexicon->masks = itd_malloc((count + 1) * sizeof *lexicon->masks);
        lexicon->sizes = itd_malloc(count + 1);
        lexicon->keys = itd_malloc((count + 1) * sizeof *lexicon->keys);
    }
    if (!lexicon || !lexicon->masks || !lexicon->sizes || !lexicon->keys) {
        itd_match_lexicon_destroy(lexicon);
        return itd_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        itd_sound sound;
        itd_sv text = itd_space_text(space, space->tokens[i].text, space->tokens[i].size);
        itd_sound_init(&sound, text);
        lexicon->masks[i] = sound.mask;
        lexicon->sizes[i] = sound.size == 1 || (text.size && text.data[0] == ITD_ABJAD_MARK) ? 0 : sound.size;
        itd_lexicon_key *key = &lexicon->keys[i];
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

/* The row of a right token, made when it has none; 0 when out of memory. */
static uint32_t row_for(itd_match_query *q, uint32_t token)
{
    if (q->row_of[token])
        return q->row_of[token];
    if (q->row_count == q->row_capacity) {
        size_t capacity = q->row_capacity ? q->row_capacity * 2 : 64;
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

/* What a column needs for the first look at a word. */
typedef struct probe {
    uint32_t mask;
    unsigned size;
    uint16_t form;
    bool always; /* one letter, or without vowels: compared with everything */
    itd_pattern key;
} probe;

/* True when the sounds of a word and a column may be alike. */
static bool sound_may(const probe *p, const itd_match_lexicon *lexicon, uint32_t token, const itd_word *ready)
{
    if (p->size < 2 || !itd_sound_may(p->mask, p->size, lexicon->masks[token], lexicon->sizes[token]))
        return false;
    const itd_lexicon_key *key = &lexicon->keys[token];
    return itd_sound_key_may(&p->key, key->size == UINT8_MAX ? (itd_sv){ready->sound.key, ready->sound.key_size}
                                                             : (itd_sv){key->text, key->size});
}

static bool hold_word(itd_match_query *q, const itd_match_lexicon *lexicon, const probe *probes, const itd_word *joined,
                      uint32_t token)
{
    const itd_match_token *t = &q->right_space.tokens[token];
    unsigned size = lexicon->sizes[token];
    uint32_t mask = lexicon->masks[token];
    itd_word word;
    bool ready = lexicon->keys[token].size == UINT8_MAX;
    if (ready)
        itd_word_init(&word, &q->right_space, token);
    for (uint32_t c = 0; c < q->column_count; c++) {
        const probe *p = &probes[c];
        bool gated = size && sound_may(p, lexicon, token, &word);
        bool may = gated || !size || p->always || (p->form && p->form == t->form);
        bool part = c < q->distinct_count && p->size > 3 && t->size < p->size && t->class_ != ITD_TOKEN_NUMBER &&
                    __builtin_popcount(mask & ~p->mask) <= 1;
        if (!may && !part)
            continue;
        if (!ready) {
            itd_word_init(&word, &q->right_space, token);
            ready = true;
        }
        const itd_word *left = c < q->distinct_count ? &q->distinct[c] : &joined[c - q->distinct_count];
        unsigned similarity = may ? itd_word_similarity_by(left, &word, gated) : 0;
        if (similarity && !set_similarity(q, token, c, similarity))
            return false;
        if (part && itd_word_is_piece(&word, left, &q->patterns[c]) && !set_piece(q, token, c))
            return false;
    }
    return true;
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

static itd_status hold_vocabulary(itd_match_query *q, const itd_match_lexicon *lexicon, const itd_word *joined,
                                  itd_error *error)
{
    probe *probes = itd_malloc((q->column_count + 1) * sizeof *probes);
    if (!probes)
        return itd_fail_memory(error);
    for (uint32_t c = 0; c < q->column_count; c++) {
        const itd_word *left = c < q->distinct_count ? &q->distinct[c] : &joined[c - q->distinct_count];
        probes[c].mask = left->sound.mask;
        probes[c].size = left->sound.size;
        probes[c].form = left->form;
        probes[c].always = left->sound.size == 1 || left->sound.text[0] == ITD_ABJAD_MARK;
        itd_pattern_init(&probes[c].key, (itd_sv){left->sound.key, left->sound.key_size});
    }
    itd_status status = ITD_OK;
    for (uint32_t token = 0; status == ITD_OK && token < q->right_space.token_count; token++)
        if (!hold_word(q, lexicon, probes, joined, token))
            status = itd_fail_memory(error);
    for (uint32_t c = 0; status == ITD_OK && c < q->distinct_count; c++) {
        nickname_search search = {q, c, false};
        itd_nicknames_each(q->distinct[c].text, nickname_found, &search);
        if (search.failed)
            status = itd_fail_memory(error);
    }
    itd_free(probes);
    return status;
}

static itd_status create_logic(itd_match_query *q, itd_error *error)
{
    size_t words = 0, joins = 0;
    for (uint32_t n = 0; n < q->left.name_count; n++) {
        words += q->left.names[n].token_count;
        joins += join_count_of(q->left.names[n].token_count);
    }
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
