#include "base/memory.h"
#include "match/internal.h"

/* A question made ready: its words, and its words joined, are the columns; rows.c has the words of the other side that
 * are worth something to them. */

void itd_match_query_destroy(itd_match_query *query)
{
    if (!query)
        return;
    itd_vector_finish(&query->names);
    itd_vector_finish(&query->words);
    itd_vector_finish(&query->joins);
    itd_vector_finish(&query->distinct);
    itd_vector_finish(&query->joined);
    itd_vector_finish(&query->column_bits);
    itd_free(query->row_of);
    itd_vector_finish(&query->rows);
    itd_vector_finish(&query->similarities);
    itd_vector_finish(&query->pieces);
    itd_vector_finish(&query->leads);
    itd_memo_finish(&query->memo);
    itd_near_found_finish(&query->keys);
    itd_near_found_finish(&query->bones);
    itd_free(query->picked);
    itd_free(query->planes);
    itd_free(query->same_year);
    itd_free(query->seen);
    itd_free(query->candidates);
    itd_match_lexicon_destroy(query->own);
    itd_ofac_destroy(query->ofac);
    itd_free(query);
}

/* Column of a token of the question; equal tokens share one. */
static bool column_of_token(uint32_t *column, itd_match_query *q, uint32_t token)
{
    for (size_t i = 0; i < q->words.count; i++) {
        if (q->words.items[i].token == token) {
            *column = q->words.items[i].distinct;
            return true;
        }
    }
    *column = (uint32_t)q->distinct.count;
    if (!itd_vector_reserve(&q->distinct, 1))
        return false;
    itd_word_init(&q->distinct.items[q->distinct.count++], &q->left_space, token);
    return true;
}

static bool take_words(itd_match_query *q)
{
    for (uint32_t n = 0; n < q->left.name_count; n++) {
        const itd_match_name *name = &q->left.names[n];
        itd_left_name taken = {.word_first = (uint32_t)q->words.count, .word_count = name->token_count, .name = name};
        for (uint32_t i = 0; i < name->token_count; i++) {
            uint32_t token = q->left_space.token_ids[name->token_first + i];
            const itd_match_token *t = &q->left_space.tokens[token];
            itd_left_word word = {.token = token, .class_ = t->class_, .form = t->form};
            if (t->size == 1 && t->class_ != ITD_TOKEN_NUMBER)
                word.initial = q->left_space.heap[t->text];
            taken.initials |= itd_letter_bit(word.initial);
            word.weight[0] = (uint16_t)itd_token_weight(t, false);
            word.weight[1] = (uint16_t)itd_token_weight(t, true);
            if (!column_of_token(&word.distinct, q, token) || !itd_vector_push(&q->words, word))
                return false;
        }
        if (!itd_vector_push(&q->names, taken))
            return false;
    }
    q->distinct_count = (uint32_t)q->distinct.count;
    return true;
}

static bool take_join(itd_match_query *q, const itd_left_name *name, const uint8_t *places, uint8_t count)
{
    uint32_t tokens[ITD_JOIN_MAX];
    itd_left_join join = {.column = q->distinct_count + (uint32_t)q->joins.count, .count = count};
    for (uint8_t i = 0; i < count; i++) {
        join.places[i] = places[i];
        tokens[i] = q->words.items[name->word_first + places[i]].token;
    }
    if (!itd_vector_push(&q->joins, join) || !itd_vector_reserve(&q->joined, 1))
        return false;
    itd_word_init_joined(&q->joined.items[q->joined.count++], &q->left_space, tokens, count);
    return true;
}

/* How many joins a name of `n` words has, at most. */
static size_t join_count_of(size_t n)
{
    return n < 2 ? 0 : n <= ITD_JOIN_WORDS ? n * (n - 1) + ITD_JOIN_TURNS : 2 * (n - 1) + 1 + n - 2;
}

static bool take_joins_of(itd_match_query *q, const itd_left_name *name)
{
    uint8_t size = (uint8_t)name->word_count;
    for (uint8_t i = 0; i < size; i++) {
        for (uint8_t j = 0; j < size; j++)
            if (itd_joins_two(size, i, j) && !take_join(q, name, (const uint8_t[]){i, j}, 2))
                return false;
        for (unsigned turn = 0; i + 2 < size && turn < itd_joins_three(size); turn++) {
            uint8_t places[ITD_JOIN_MAX];
            for (unsigned k = 0; k < ITD_JOIN_MAX; k++)
                places[k] = (uint8_t)(i + itd_join_turns[turn % ITD_JOIN_TURNS][k]);
            if (!take_join(q, name, places, ITD_JOIN_MAX))
                return false;
        }
    }
    return true;
}

static bool take_joins(itd_match_query *q)
{
    for (size_t n = 0; n < q->names.count; n++) {
        itd_left_name *name = &q->names.items[n];
        name->join_first = (uint32_t)q->joins.count;
        if (!take_joins_of(q, name))
            return false;
        name->join_count = (uint32_t)q->joins.count - name->join_first;
    }
    q->column_count = q->distinct_count + (uint32_t)q->joins.count;
    return true;
}

/* Which left words a column stands for. */
static bool take_bits(itd_match_query *q)
{
    if (!itd_vector_reserve(&q->column_bits, q->column_count))
        return false;
    uint64_t *bits = q->column_bits.items;
    if (q->column_count)
        memset(bits, 0, q->column_count * sizeof *bits);
    for (size_t n = 0; n < q->names.count; n++) {
        const itd_left_name *name = &q->names.items[n];
        for (uint32_t i = 0; i < name->word_count; i++) {
            uint32_t number = name->word_first + i;
            bits[q->words.items[number].distinct] |= (uint64_t)1 << (number & 63);
        }
        for (uint32_t k = 0; k < name->join_count; k++) {
            const itd_left_join *join = &q->joins.items[name->join_first + k];
            for (uint32_t i = 0; i < join->count; i++)
                bits[join->column] |= (uint64_t)1 << ((name->word_first + join->places[i]) & 63);
        }
    }
    return true;
}

/* What is held of a lexicon, for another one. */
static itd_status take_lexicon(itd_match_query *q, const itd_match_lexicon *lexicon, itd_error *error)
{
    itd_memo_clear(&q->memo);
    itd_near_found_finish(&q->keys);
    itd_near_found_finish(&q->bones);
    itd_free(q->picked);
    itd_free(q->planes);
    itd_free(q->same_year);
    itd_free(q->seen);
    itd_free(q->candidates);
    q->picked = NULL;
    q->candidate_count = 0;
    q->planes = q->same_year = NULL;
    q->seen = q->candidates = NULL;
    q->lexicon = NULL;
    if (!lexicon)
        return ITD_OK;
    ITD_TRY(itd_near_found_init(&q->keys, lexicon->keys.near.count, lexicon->keys.near.member_count, error));
    uint32_t strings = 0, members = 0;
    for (unsigned kind = 0; kind < ITD_FOREIGN_KINDS; kind++) {
        const itd_near_set *set = &lexicon->bones[kind].near;
        strings = set->count > strings ? set->count : strings;
        members = set->member_count > members ? set->member_count : members;
    }
    ITD_TRY(itd_near_found_init(&q->bones, strings, members, error));
    if (lexicon->name_count) {
        q->picked = itd_calloc(lexicon->name_count, sizeof *q->picked);
        q->seen = itd_malloc(lexicon->name_count * sizeof *q->seen);
        q->candidates = itd_malloc(lexicon->name_count * sizeof *q->candidates);
        q->planes = itd_calloc(itd_plane_size(lexicon) * ITD_MATCH_PLANES, sizeof *q->planes);
        q->same_year = itd_malloc(itd_plane_size(lexicon) * sizeof *q->same_year);
        if (!q->planes || !q->same_year || !q->picked || !q->seen || !q->candidates)
            return itd_fail_memory(error);
    }
    q->lexicon = lexicon;
    return ITD_OK;
}

static itd_status take_space(itd_match_query *q, const itd_match_space *space, itd_error *error)
{
    itd_query_clear_rows(q);
    q->right_space = *space;
    itd_match_lexicon_destroy(q->own);
    q->own = NULL;
    if (space->token_count > q->row_of_capacity) {
        itd_free(q->row_of);
        q->row_of_capacity = 0;
        q->row_of = itd_calloc(space->token_count, sizeof *q->row_of);
        if (!q->row_of)
            return itd_fail_memory(error);
        q->row_of_capacity = space->token_count;
    }
    const itd_match_lexicon *lexicon = space->lexicon;
    if (!lexicon && space->token_count > ITD_MATCH_DIRECT_MAX) {
        ITD_TRY(itd_match_lexicon_create(&q->own, space, NULL, 0, error));
        return take_lexicon(q, q->own, error);
    }
    return lexicon == q->lexicon ? ITD_OK : take_lexicon(q, lexicon, error);
}

static itd_status ask_logic(itd_match_query *q, itd_error *error)
{
    size_t columns = 0;
    for (uint32_t n = 0; n < q->left.name_count; n++)
        columns += q->left.names[n].token_count + join_count_of(q->left.names[n].token_count);
    if (columns > ITD_MATCH_COLUMNS_MAX)
        return itd_fail(error, ITD_ELIMIT,
                        "the names have more than %zu words and joined words (ITD_MATCH_COLUMNS_MAX)",
                        ITD_MATCH_COLUMNS_MAX);
    q->names.count = q->words.count = q->joins.count = q->distinct.count = q->joined.count = 0;
    if (!take_words(q) || !take_joins(q) || !take_bits(q))
        return itd_fail_memory(error);
    return itd_query_hold(q, error);
}

itd_status itd_match_query_ask(itd_match_query *query, const itd_match_entity *left, const itd_match_space *left_space,
                               const itd_match_space *right_space, itd_error *error)
{
    query->left = *left;
    query->left_space = *left_space;
    query->told_from = INT32_MAX;
    if (query->algorithm == ITD_ALGORITHM_OFAC) {
        query->right_space = *right_space;
        itd_ofac_destroy(query->ofac);
        query->ofac = NULL;
        return itd_ofac_create(&query->ofac, left, left_space, error);
    }
    ITD_TRY(take_space(query, right_space, error));
    return ask_logic(query, error);
}

itd_status itd_match_query_create(itd_match_query **out, itd_algorithm algorithm, const itd_match_entity *left,
                                  const itd_match_space *left_space, const itd_match_space *right_space,
                                  itd_error *error)
{
    itd_match_query *query = itd_calloc(1, sizeof *query);
    if (!query)
        return itd_fail_memory(error);
    query->algorithm = algorithm;
    itd_status status = itd_match_query_ask(query, left, left_space, right_space, error);
    if (status != ITD_OK) {
        itd_match_query_destroy(query);
        return status;
    }
    *out = query;
    return ITD_OK;
}
