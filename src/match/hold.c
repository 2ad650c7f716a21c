#include "base/memory.h"
#include "match/internal.h"
#include "text/words.h"

/* Holds a question against a vocabulary: each of its words, and its words joined, against the words of the other side
 * that may be alike. A small vocabulary is gone through; of a large one the lexicon tells which they are. Both fill the
 * same rows. */

/* Longest key of a word that others may be parts of; they are parts of its first letters' sound. */
enum { WHOLE_MIN = 2 * ITD_PIECE_MIN };

/* A word of the question, or some joined, on its way through the vocabulary. */
typedef struct probe {
    itd_match_query *query;
    const itd_match_lexicon *lexicon;
    const itd_word *word;
    uint32_t column;
    bool joined, marked;
    itd_sound sound; /* of the word without its mark */
    itd_pattern key, phone;
} probe;

static itd_sv token_text(const itd_match_space *space, uint32_t token)
{
    return itd_space_text(space, space->tokens[token].text, space->tokens[token].size);
}

static bool is_marked(itd_sv text)
{
    return text.size && itd_is_mark(text.data[0]);
}

/* The whole comparison of a pair. */
static itd_status compare(const probe *p, const itd_word *other, uint32_t token, itd_error *error)
{
    unsigned similarity = p->joined ? itd_word_similarity_joined(p->word, other) : itd_word_similarity(p->word, other);
    /* What begins with a letter that stands alone is looked at in place. */
    bool begins = p->word->sound.size <= 1 && other->sound.size > 1 && similarity == ITD_SIMILARITY_INITIAL;
    if (!similarity || begins || (p->joined && similarity < ITD_SIMILARITY_JOINED))
        return ITD_OK;
    return itd_query_set_similarity(p->query, token, p->column, similarity, error);
}

static itd_status compare_token(const probe *p, uint32_t token, itd_error *error)
{
    itd_word other;
    itd_word_init(&other, &p->query->right_space, token);
    return compare(p, &other, token, error);
}

/* The number of a word of the vocabulary, which is in byte order; ITD_NEAR_NONE. */
static uint32_t find_token(const itd_match_space *space, itd_sv text)
{
    uint32_t low = 0, high = space->token_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order = itd_sv_compare(token_text(space, middle), text);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return ITD_NEAR_NONE;
}

/* The same word, and the letter that it begins with. */
static itd_status hold_same(const probe *p, itd_error *error)
{
    const itd_match_space *space = &p->query->right_space;
    itd_sv text = {p->word->sound.text, p->word->sound.size};
    for (size_t size = text.size; size; size = size > 1 ? 1 : 0) {
        uint32_t token = find_token(space, itd_sv_slice(text, 0, size));
        if (token != ITD_NEAR_NONE)
            ITD_TRY(compare_token(p, token, error));
    }
    return ITD_OK;
}

/* A word that passed the first gate. */
static itd_status hold_member(const probe *p, uint32_t member, itd_error *error)
{
    const itd_match_lexicon *lexicon = p->lexicon;
    uint32_t token = lexicon->sounds.members[member];
    const itd_match_space *space = &p->query->right_space;
    const itd_match_token *t = &space->tokens[token];
    itd_sv text = token_text(space, token);
    if (p->marked || is_marked(text))
        return compare_token(p, token, error);
    itd_sv phone = {lexicon->phones + lexicon->phone_first[member],
                    lexicon->phone_first[member + 1] - lexicon->phone_first[member]};
    if (!itd_sound_phones_near(&p->phone, phone))
        return ITD_OK;
    bool numbers = p->word->class_ == ITD_TOKEN_NUMBER && t->class_ == ITD_TOKEN_NUMBER;
    if (numbers || (p->word->form && p->word->form == t->form))
        return ITD_OK; /* known, without regard to sound */
    text.size = text.size < ITD_DISTANCE_MAX ? text.size : ITD_DISTANCE_MAX;
    itd_letters own = itd_sound_letters(&p->sound);
    unsigned similarity =
        itd_sv_equal(own.text, text) ? 1000 : itd_sound_similarity_gated(own, (itd_letters){text, phone});
    if (!similarity || (p->joined && similarity < ITD_SIMILARITY_JOINED))
        return ITD_OK;
    return itd_query_set_similarity(p->query, token, p->column, similarity, error);
}

/* Words whose keys are near. */
static itd_status hold_sounds(const probe *p, itd_error *error)
{
    const itd_near_set *set = &p->lexicon->sounds;
    itd_near_found *found = &p->query->sounds;
    unsigned slack = itd_sound_slack(p->sound.size);
    if (p->sound.size < 2)
        return ITD_OK;
    itd_near_find(found, set, (itd_sv){p->sound.key, p->sound.key_size}, slack);
    for (uint32_t i = 0; i < found->count; i++) {
        uint32_t string = found->strings[i];
        itd_sv key = itd_near_text(set, string);
        unsigned common = itd_common_letters(&p->key, key);
        if (common + slack < p->key.size || common + ITD_NEAR_SLACK_MAX < key.size)
            continue;
        for (uint32_t m = set->first[string]; m < set->first[string + 1]; m++) {
            itd_sv text = token_text(&p->query->right_space, set->members[m]);
            /* What was joined has to be closer, but for scripts that write no vowels. */
            bool closer = p->joined && !p->marked && !is_marked(text);
            unsigned slack_text = closer ? 1 : itd_sound_slack(text.size - is_marked(text));
            if (common + slack_text >= key.size && (!closer || common + 1 >= p->key.size))
                ITD_TRY(hold_member(p, m, error));
        }
    }
    return ITD_OK;
}

/* Words whose consonants are near, where one of the two is of a script that writes no vowels. */
static itd_status hold_bones(const probe *p, itd_error *error)
{
    char bones[ITD_DISTANCE_MAX];
    size_t size = itd_foreign_bones(bones, &p->word->sound);
    if (size == 0)
        return ITD_OK;
    for (unsigned marked = !p->marked; marked < 2; marked++) {
        const itd_near_set *set = &p->lexicon->bones[marked];
        itd_near_found *found = &p->query->bones[marked];
        itd_near_find(found, set, (itd_sv){bones, size}, itd_foreign_slack(size));
        for (uint32_t i = 0; i < found->count; i++)
            for (uint32_t m = set->first[found->strings[i]]; m < set->first[found->strings[i] + 1]; m++)
                ITD_TRY(compare_token(p, set->members[m], error));
    }
    return ITD_OK;
}

/* Words that mean the same whatever they sound like. */
static itd_status hold_forms(const probe *p, itd_error *error)
{
    const itd_match_lexicon *lexicon = p->lexicon;
    uint32_t form = p->word->form;
    if (form == 0 || form >= lexicon->form_count)
        return ITD_OK;
    for (uint32_t i = lexicon->form_first[form]; i < lexicon->form_first[form + 1]; i++) {
        uint32_t token = lexicon->form_tokens[i];
        if (!itd_sv_equal(token_text(&p->query->right_space, token), p->word->text))
            ITD_TRY(
                itd_query_set_similarity(p->query, token, p->column, itd_word_form_similarity(p->word->class_), error));
    }
    return ITD_OK;
}

typedef struct nickname_search {
    const probe *probe;
    itd_status status;
    itd_error *error;
} nickname_search;

static void nickname_found(void *context, itd_sv other)
{
    nickname_search *search = context;
    uint32_t token = find_token(&search->probe->query->right_space, other);
    if (token != ITD_NEAR_NONE && search->status == ITD_OK)
        search->status = compare_token(search->probe, token, search->error);
}

static itd_status hold_nicknames(const probe *p, itd_error *error)
{
    nickname_search search = {p, ITD_OK, error};
    itd_nicknames_each(p->word->text, nickname_found, &search);
    return search.status;
}

/* Names that have a word, of all words of some strings: what it costs to look at them. */
static uint64_t names_of(const itd_match_lexicon *lexicon, const uint32_t *strings, size_t count)
{
    const itd_near_set *set = &lexicon->sounds;
    uint64_t names = 0;
    for (size_t i = 0; lexicon->name_count && i < count; i++)
        for (uint32_t m = set->first[strings[i]]; m < set->first[strings[i] + 1]; m++)
            names += lexicon->name_first[set->members[m] + 1] - lexicon->name_first[set->members[m]];
    return names;
}

static itd_status take_pieces(const probe *p, const uint32_t *strings, size_t count, bool lead, itd_error *error)
{
    const itd_near_set *set = &p->lexicon->sounds;
    for (size_t i = 0; i < count; i++) {
        for (uint32_t m = set->first[strings[i]]; m < set->first[strings[i] + 1]; m++) {
            uint32_t token = set->members[m];
            ITD_TRY(itd_query_set_piece(p->query, token, p->column, error));
            if (lead && !itd_vector_push(&p->query->leads, ((itd_lead){token, p->column})))
                return itd_fail_memory(error);
        }
    }
    return ITD_OK;
}

/* One part is the same letter by letter, the other nearly; the rarer of the two leads to their names. */
static itd_status hold_two(const probe *p, itd_sv same, itd_sv near, itd_error *error)
{
    const itd_near_set *set = &p->lexicon->sounds;
    itd_near_found *found = &p->query->sounds;
    uint32_t exact = itd_near_exact(set, same), kept = 0;
    if (exact == ITD_NEAR_NONE)
        return ITD_OK;
    if (near.size < ITD_PIECE_NEAR) {
        found->strings[0] = itd_near_exact(set, near);
        kept = found->strings[0] != ITD_NEAR_NONE;
    } else {
        itd_pattern pattern;
        itd_pattern_init(&pattern, near);
        itd_near_find(found, set, near, 1);
        for (uint32_t i = 0; i < found->count; i++) {
            itd_sv key = itd_near_text(set, found->strings[i]);
            if (key.size >= ITD_PIECE_NEAR && itd_sound_keys_near(&pattern, 1, key, 1))
                found->strings[kept++] = found->strings[i];
        }
    }
    if (kept == 0)
        return ITD_OK;
    bool exact_leads = names_of(p->lexicon, &exact, 1) <= names_of(p->lexicon, found->strings, kept);
    ITD_TRY(take_pieces(p, found->strings, kept, !exact_leads, error));
    return take_pieces(p, &exact, 1, exact_leads, error);
}

static itd_status hold_three(const probe *p, itd_sv key, itd_error *error)
{
    const itd_near_set *set = &p->lexicon->sounds;
    for (size_t i = ITD_PIECE_MIN; i + 2 * ITD_PIECE_MIN <= key.size; i++) {
        uint32_t front = itd_near_exact(set, itd_sv_slice(key, 0, i));
        for (size_t j = i + ITD_PIECE_MIN; front != ITD_NEAR_NONE && j + ITD_PIECE_MIN <= key.size; j++) {
            uint32_t back = itd_near_exact(set, itd_sv_slice(key, j, key.size));
            uint32_t middle = back == ITD_NEAR_NONE ? back : itd_near_exact(set, itd_sv_slice(key, i, j - i));
            if (middle == ITD_NEAR_NONE)
                continue;
            const uint32_t parts[] = {front, middle, back};
            size_t lead = 0;
            for (size_t k = 1; k < 3; k++)
                if (names_of(p->lexicon, &parts[k], 1) < names_of(p->lexicon, &parts[lead], 1))
                    lead = k;
            for (size_t k = 0; k < 3; k++)
                ITD_TRY(take_pieces(p, &parts[k], 1, k == lead, error));
        }
    }
    return ITD_OK;
}

/* Parts that are words of the vocabulary as they stand; the rarest leads. */
static itd_status take_texts(const probe *p, const uint32_t *tokens, size_t count, itd_error *error)
{
    const uint32_t *first = p->lexicon->name_first;
    uint32_t lead = tokens[0];
    for (size_t k = 0; k < count; k++) {
        ITD_TRY(itd_query_set_piece(p->query, tokens[k], p->column, error));
        if (first[tokens[k] + 1] - first[tokens[k]] < first[lead + 1] - first[lead])
            lead = tokens[k];
    }
    return itd_vector_push(&p->query->leads, ((itd_lead){lead, p->column})) ? ITD_OK : itd_fail_memory(error);
}

static itd_status hold_texts(const probe *p, itd_sv text, itd_error *error)
{
    const itd_match_space *space = &p->query->right_space;
    for (size_t i = ITD_PIECE_MIN; i + ITD_PIECE_MIN <= text.size; i++) {
        uint32_t front = find_token(space, itd_sv_slice(text, 0, i));
        if (front == ITD_NEAR_NONE)
            continue;
        uint32_t back = find_token(space, itd_sv_slice(text, i, text.size));
        if (back != ITD_NEAR_NONE)
            ITD_TRY(take_texts(p, (const uint32_t[]){front, back}, 2, error));
        for (size_t j = i + ITD_PIECE_MIN; j + ITD_PIECE_MIN <= text.size; j++) {
            uint32_t middle = find_token(space, itd_sv_slice(text, i, j - i));
            uint32_t last = middle == ITD_NEAR_NONE ? middle : find_token(space, itd_sv_slice(text, j, text.size));
            if (last != ITD_NEAR_NONE)
                ITD_TRY(take_texts(p, (const uint32_t[]){front, middle, last}, 3, error));
        }
    }
    return ITD_OK;
}

/* Words that this one may have been written of. */
static itd_status hold_pieces(const probe *p, itd_error *error)
{
    itd_sv key = {p->word->sound.key, p->word->sound.key_size};
    if (p->joined || p->marked)
        return ITD_OK;
    ITD_TRY(hold_texts(p, (itd_sv){p->word->sound.text, p->word->sound.size}, error));
    if (key.size < WHOLE_MIN)
        return ITD_OK;
    for (size_t size = ITD_PIECE_MIN; size + ITD_PIECE_MIN <= key.size; size++) {
        ITD_TRY(hold_two(p, itd_sv_slice(key, 0, size), itd_sv_slice(key, size, key.size), error));
        ITD_TRY(hold_two(p, itd_sv_slice(key, size, key.size), itd_sv_slice(key, 0, size), error));
    }
    return hold_three(p, key, error);
}

static itd_status hold_column(const probe *p, itd_error *error)
{
    ITD_TRY(hold_same(p, error));
    if (p->word->sound.size > 1) {
        ITD_TRY(hold_sounds(p, error));
        ITD_TRY(hold_bones(p, error));
        ITD_TRY(hold_pieces(p, error));
    }
    ITD_TRY(hold_forms(p, error));
    return p->joined ? ITD_OK : hold_nicknames(p, error);
}

static void probe_word(probe *p, itd_match_query *q, uint32_t column)
{
    p->query = q;
    p->lexicon = q->lexicon;
    p->column = column;
    p->joined = column >= q->distinct_count;
    p->word = p->joined ? &q->joined.items[column - q->distinct_count] : &q->distinct.items[column];
    p->marked = itd_sound_is_marked(&p->word->sound);
}

/* Parts, of a vocabulary that is gone through: every two, and every three where the first and the last fit. */
static itd_status pieces_directly(const probe *p, const itd_word *words, uint32_t count, itd_error *error)
{
    const itd_sound *whole = &p->word->sound;
    if (p->joined || p->marked || whole->size < WHOLE_MIN)
        return ITD_OK;
    for (uint32_t a = 0; a < count; a++) {
        const itd_sound *front = &words[a].sound;
        /* The sound of a part may begin otherwise than its letters, and the other way round. */
        bool starts = front->text[0] == whole->text[0] || (front->key_size && front->key[0] == whole->key[0]);
        for (uint32_t c = 0; c < count; c++) {
            const itd_sound *back = &words[c].sound;
            bool taken = itd_word_has_pieces(whole, front, NULL, back);
            for (uint32_t b = 0; starts && b < count; b++) {
                if (itd_word_has_pieces(whole, front, &words[b].sound, back)) {
                    ITD_TRY(itd_query_set_piece(p->query, b, p->column, error));
                    taken = true;
                }
            }
            if (!taken)
                continue;
            ITD_TRY(itd_query_set_piece(p->query, a, p->column, error));
            ITD_TRY(itd_query_set_piece(p->query, c, p->column, error));
            if (!itd_vector_push(&p->query->leads, ((itd_lead){a, p->column})))
                return itd_fail_memory(error);
        }
    }
    return ITD_OK;
}

static itd_status hold_directly(itd_match_query *q, itd_error *error)
{
    itd_word words[ITD_MATCH_DIRECT_MAX];
    uint32_t count = q->right_space.token_count;
    for (uint32_t t = 0; t < count; t++)
        itd_word_init(&words[t], &q->right_space, t);
    for (uint32_t c = 0; c < q->column_count; c++) {
        probe p;
        probe_word(&p, q, c);
        for (uint32_t t = 0; t < count; t++)
            ITD_TRY(compare(&p, &words[t], t, error));
        ITD_TRY(pieces_directly(&p, words, count, error));
    }
    return ITD_OK;
}

itd_status itd_query_hold(itd_match_query *q, itd_error *error)
{
    if (!q->lexicon)
        return hold_directly(q, error);
    for (uint32_t c = 0; c < q->column_count; c++) {
        probe p;
        probe_word(&p, q, c);
        itd_word_unmarked(&p.sound, p.word);
        itd_pattern_init(&p.key, (itd_sv){p.sound.key, p.sound.key_size});
        itd_pattern_init(&p.phone, (itd_sv){p.sound.phone, p.sound.phone_size});
        ITD_TRY(hold_column(&p, error));
    }
    return ITD_OK;
}
