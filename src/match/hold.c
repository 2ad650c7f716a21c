#include "base/memory.h"
#include "match/internal.h"
#include "text/words.h"

/* Holds a question against a vocabulary: each of its words, and its words joined, against the words of the other side
 * that may be alike. A small vocabulary is gone through; of a large one the lexicon tells which they are. Both fill the
 * same rows. */

/* A word of the question, or some joined, on its way through the vocabulary. */
typedef struct probe {
    itd_match_query *query;
    const itd_match_lexicon *lexicon;
    const itd_word *word;
    uint32_t column;
    bool joined, marked;
    itd_sound sound; /* of the word without its mark */
    itd_pattern key, phone;
    uint32_t mask;  /* itd_phone_mask */
    uint16_t known; /* as of a member */
    itd_memo *memo; /* that learns what is found; or NULL */
} probe;

static itd_sv token_text(const itd_match_space *space, uint32_t token)
{
    return itd_space_text(space, space->tokens[token].text, space->tokens[token].size);
}

/* Takes what was found of a word. */
static itd_status take(const probe *p, itd_memo_item item, itd_error *error)
{
    if (p->memo && !itd_vector_push(&p->memo->items, item))
        return itd_fail_memory(error);
    switch (item.kind) {
    case ITD_MEMO_SIMILARITY:
        return itd_query_set_similarity(p->query, item.token, p->column, item.similarity, error);
    case ITD_MEMO_PIECE:
        return itd_query_set_piece(p->query, item.token, p->column, error);
    default:
        return itd_vector_push(&p->query->leads, ((itd_lead){item.token, p->column})) ? ITD_OK : itd_fail_memory(error);
    }
}

static itd_status take_similarity(const probe *p, uint32_t token, unsigned similarity, itd_error *error)
{
    return take(p, (itd_memo_item){token, (uint16_t)similarity, ITD_MEMO_SIMILARITY}, error);
}

/* The whole comparison of a pair. */
static itd_status compare(const probe *p, const itd_word *other, uint32_t token, itd_error *error)
{
    unsigned similarity = p->joined ? itd_word_similarity_joined(p->word, other) : itd_word_similarity(p->word, other);
    /* What begins with a letter that stands alone is looked at in place. */
    bool begins = p->word->sound.size <= 1 && other->sound.size > 1 && similarity == ITD_SIMILARITY_INITIAL;
    if (!similarity || begins || (p->joined && similarity < ITD_SIMILARITY_JOINED))
        return ITD_OK;
    return take_similarity(p, token, similarity, error);
}

static itd_status compare_token(const probe *p, uint32_t token, itd_error *error)
{
    itd_word other;
    itd_word_init(&other, &p->query->right_space, token);
    return compare(p, &other, token, error);
}

/* The same word, and the letter that it begins with. */
static itd_status hold_same(const probe *p, itd_error *error)
{
    const itd_match_space *space = &p->query->right_space;
    itd_sv text = {p->word->sound.text, p->word->sound.size};
    for (size_t size = text.size; size; size = size > 1 ? 1 : 0) {
        uint32_t token = itd_lexicon_find(p->lexicon, space, itd_sv_slice(text, 0, size));
        if (token != ITD_NEAR_NONE)
            ITD_TRY(compare_token(p, token, error));
    }
    return ITD_OK;
}

/* What is known without regard to sound: forms, and numbers, which are the same or not. */
static bool is_known(const probe *p, const itd_sound_member *other)
{
    uint16_t form = p->known & (ITD_MEMBER_NUMBER - 1);
    return (p->known & other->known & ITD_MEMBER_NUMBER) || (form && form == (other->known & (ITD_MEMBER_NUMBER - 1)));
}

static itd_status hold_similarity(const probe *p, uint32_t token, unsigned similarity, itd_error *error)
{
    if (!similarity || (p->joined && similarity < ITD_SIMILARITY_JOINED))
        return ITD_OK;
    return take_similarity(p, token, similarity, error);
}

/* A word that passed the first gate. */
static itd_status hold_member(const probe *p, uint32_t member, itd_error *error)
{
    const itd_sound_set *set = &p->lexicon->keys;
    const itd_sound_member *m = &set->members[member];
    unsigned edits = itd_phone_edits(p->phone.size, m->phone_size);
    if (!itd_masks_near(p->mask, m->mask, edits) || m->phone_size > p->phone.size + edits ||
        p->phone.size > m->phone_size + edits || is_known(p, m))
        return ITD_OK;
    itd_letters own = itd_sound_letters(&p->sound),
                other = {itd_member_text(set, member), itd_member_phone(set, member)};
    if (itd_levenshtein(&p->phone, other.phone) > edits)
        return ITD_OK;
    uint32_t token = set->near.members[member];
    if (!itd_sv_equal(own.text, other.text)) {
        unsigned similarity = itd_sound_similarity_gated(own, other);
        if (!p->joined && !p->marked && !m->marked)
            similarity = itd_word_unless_other(similarity, own, other);
        return hold_similarity(p, token, similarity, error);
    }
    bool bare = p->marked || m->marked;
    bool same = !bare || itd_sv_starts(token_text(&p->query->right_space, token), (itd_sv){p->word->sound.text, 1});
    return hold_similarity(p, token, same ? 1000 : ITD_SIMILARITY_UNMARKED, error);
}

/* Words whose keys are near. */
static itd_status hold_keys(const probe *p, itd_error *error)
{
    const itd_sound_set *words = &p->lexicon->keys;
    const itd_near_set *set = &words->near;
    itd_near_found *found = &p->query->keys;
    /* What was joined has to be closer. */
    unsigned slack = p->joined ? 1 : itd_sound_slack(p->sound.size);
    if (p->sound.size < 2)
        return ITD_OK;
    itd_sv own = {p->sound.key, p->sound.key_size};
    if (p->joined)
        itd_near_find_tight(found, set, own);
    else
        itd_near_find(found, set, own, slack);
    for (uint32_t i = 0; i < found->count; i++) {
        uint32_t string = found->strings[i];
        itd_sv key = itd_near_text(set, string);
        unsigned common = itd_common_letters(&p->key, key);
        if (common + slack < p->key.size || common + (p->joined ? 1 : ITD_NEAR_SLACK_MAX) < key.size)
            continue;
        for (uint32_t m = set->first[string]; m < set->first[string + 1]; m++) {
            if (common + (p->joined ? 1 : itd_sound_slack(words->members[m].size)) >= key.size)
                ITD_TRY(hold_member(p, m, error));
        }
    }
    return ITD_OK;
}

/* Words whose consonants are near, where one of the two is of a script that writes sounds otherwise. */
static itd_status hold_bones(const probe *p, itd_error *error)
{
    char bones[ITD_DISTANCE_MAX];
    itd_pattern pattern;
    itd_sv phone = {p->word->sound.phone, p->word->sound.phone_size};
    size_t size = itd_foreign_bones(bones, &p->word->sound);
    if (size == 0)
        return ITD_OK;
    itd_pattern_init(&pattern, (itd_sv){bones, size});
    for (unsigned marked = !p->marked; marked < 2; marked++) {
        const itd_sound_set *words = &p->lexicon->bones[marked];
        const itd_near_set *set = &words->near;
        itd_near_found *found = &p->query->bones[marked];
        itd_near_find(found, set, (itd_sv){bones, size}, itd_foreign_slack(size));
        for (uint32_t i = 0; i < found->count; i++) {
            itd_sv other = itd_near_text(set, found->strings[i]);
            if (itd_levenshtein(&pattern, other) > itd_foreign_slack(size < other.size ? size : other.size))
                continue;
            for (uint32_t m = set->first[found->strings[i]]; m < set->first[found->strings[i] + 1]; m++)
                if (!is_known(p, &words->members[m]))
                    ITD_TRY(hold_similarity(p, set->members[m],
                                            itd_foreign_similarity_gated(phone, itd_member_phone(words, m)), error));
        }
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
            ITD_TRY(take_similarity(p, token, itd_word_form_similarity(p->word->class_), error));
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
    uint32_t token = itd_lexicon_find(search->probe->lexicon, &search->probe->query->right_space, other);
    if (token != ITD_NEAR_NONE && search->status == ITD_OK)
        search->status = compare_token(search->probe, token, search->error);
}

static itd_status hold_nicknames(const probe *p, itd_error *error)
{
    nickname_search search = {p, ITD_OK, error};
    itd_nicknames_each(p->word->text, nickname_found, &search);
    return search.status;
}

static uint32_t names_of(const itd_match_lexicon *lexicon, uint32_t token)
{
    return lexicon->name_first[token + 1] - lexicon->name_first[token];
}

/* Parts of the word; the names of the rarest are looked at for the others. */
static itd_status take_pieces(const probe *p, const uint32_t *tokens, size_t count, itd_error *error)
{
    uint32_t lead = tokens[0];
    for (size_t k = 0; k < count; k++) {
        ITD_TRY(take(p, (itd_memo_item){tokens[k], 0, ITD_MEMO_PIECE}, error));
        if (names_of(p->lexicon, tokens[k]) < names_of(p->lexicon, lead))
            lead = tokens[k];
    }
    return take(p, (itd_memo_item){lead, 0, ITD_MEMO_LEAD}, error);
}

/* Beside parts that are the same: words that are nearly the rest. */
static itd_status hold_rest(const probe *p, const uint32_t *same, size_t count, itd_sv rest, itd_error *error)
{
    const itd_sound_set *words = &p->lexicon->keys;
    itd_near_found *found = &p->query->keys;
    uint32_t parts[ITD_JOIN_MAX];
    itd_sound sound;
    itd_pattern key, phone;
    memcpy(parts, same, count * sizeof *parts);
    itd_sound_init(&sound, rest);
    itd_pattern_init(&key, (itd_sv){sound.key, sound.key_size});
    itd_pattern_init(&phone, (itd_sv){sound.phone, sound.phone_size});
    uint32_t mask = itd_phone_mask((itd_sv){sound.phone, sound.phone_size});
    itd_near_find_tight(found, &words->near, (itd_sv){sound.key, sound.key_size});
    for (uint32_t i = 0; i < found->count; i++) {
        uint32_t string = found->strings[i];
        itd_sv other = itd_near_text(&words->near, string);
        if (!itd_sound_keys_near(&key, 1, other, 1))
            continue;
        for (uint32_t m = words->near.first[string]; m < words->near.first[string + 1]; m++) {
            if (words->members[m].size < ITD_PIECE_NEAR || words->members[m].marked ||
                !itd_masks_near(mask, words->members[m].mask, ITD_PIECE_EDITS_MAX) ||
                !itd_piece_near(&key, &phone, other, itd_member_phone(words, m)))
                continue;
            parts[count] = words->near.members[m];
            ITD_TRY(take_pieces(p, parts, count + 1, error));
        }
    }
    return ITD_OK;
}

static uint32_t find_part(const probe *p, itd_sv text)
{
    return itd_lexicon_find(p->lexicon, &p->query->right_space, text);
}

/* Three parts, of which `front` is the first: the one in the middle may have a slip. */
static itd_status hold_three(const probe *p, uint32_t front, itd_sv rest, itd_error *error)
{
    for (size_t size = ITD_PIECE_MIN; size + ITD_PIECE_MIN <= rest.size; size++) {
        itd_sv middle = itd_sv_slice(rest, 0, size);
        uint32_t last = find_part(p, itd_sv_slice(rest, size, rest.size));
        if (last == ITD_NEAR_NONE)
            continue;
        uint32_t same = find_part(p, middle);
        if (same != ITD_NEAR_NONE)
            ITD_TRY(take_pieces(p, (const uint32_t[]){front, same, last}, 3, error));
        if (size >= ITD_PIECE_NEAR)
            ITD_TRY(hold_rest(p, (const uint32_t[]){front, last}, 2, middle, error));
    }
    return ITD_OK;
}

static uint64_t names_of_string(const itd_match_lexicon *lexicon, uint32_t string)
{
    const itd_near_set *set = &lexicon->keys.near;
    uint64_t names = 0;
    for (uint32_t m = set->first[string]; m < set->first[string + 1]; m++)
        names += names_of(lexicon, set->members[m]);
    return names;
}

/* Parts by their keys: all words that have them; the names of the rarest are looked at for the others. */
static itd_status take_strings(const probe *p, const uint32_t *strings, size_t count, itd_error *error)
{
    const itd_near_set *set = &p->lexicon->keys.near;
    size_t lead = 0;
    for (size_t k = 1; k < count; k++)
        if (names_of_string(p->lexicon, strings[k]) < names_of_string(p->lexicon, strings[lead]))
            lead = k;
    for (size_t k = 0; k < count; k++) {
        for (uint32_t m = set->first[strings[k]]; m < set->first[strings[k] + 1]; m++) {
            ITD_TRY(take(p, (itd_memo_item){set->members[m], 0, ITD_MEMO_PIECE}, error));
            if (k == lead)
                ITD_TRY(take(p, (itd_memo_item){set->members[m], 0, ITD_MEMO_LEAD}, error));
        }
    }
    return ITD_OK;
}

/* Long words whose parts are spelled otherwise and sound the same. */
static itd_status hold_keys_of_pieces(const probe *p, itd_error *error)
{
    enum { LEAST = ITD_PIECE_KEY_MIN };
    const itd_near_set *set = &p->lexicon->keys.near;
    itd_sv key = {p->word->sound.key, p->word->sound.key_size};
    if (key.size < ITD_WHOLE_KEY_MIN)
        return ITD_OK;
    for (size_t i = LEAST; i + LEAST <= key.size; i++) {
        uint32_t front = itd_near_exact(set, itd_sv_slice(key, 0, i));
        if (front == ITD_NEAR_NONE)
            continue;
        uint32_t back = itd_near_exact(set, itd_sv_slice(key, i, key.size));
        if (back != ITD_NEAR_NONE)
            ITD_TRY(take_strings(p, (const uint32_t[]){front, back}, 2, error));
        for (size_t j = i + LEAST; j + LEAST <= key.size; j++) {
            uint32_t last = itd_near_exact(set, itd_sv_slice(key, j, key.size));
            uint32_t middle = last == ITD_NEAR_NONE ? last : itd_near_exact(set, itd_sv_slice(key, i, j - i));
            if (middle != ITD_NEAR_NONE)
                ITD_TRY(take_strings(p, (const uint32_t[]){front, middle, last}, 3, error));
        }
    }
    return ITD_OK;
}

/* Words that this one may have been written of. */
static itd_status hold_pieces(const probe *p, itd_error *error)
{
    itd_sv text = {p->word->sound.text, p->word->sound.size};
    if (p->joined || p->marked)
        return ITD_OK;
    for (size_t i = ITD_PIECE_MIN; i + ITD_PIECE_MIN <= text.size; i++) {
        itd_sv start = itd_sv_slice(text, 0, i), end = itd_sv_slice(text, i, text.size);
        uint32_t front = find_part(p, start), back = find_part(p, end);
        if (front != ITD_NEAR_NONE && back != ITD_NEAR_NONE)
            ITD_TRY(take_pieces(p, (const uint32_t[]){front, back}, 2, error));
        if (front != ITD_NEAR_NONE && end.size >= ITD_PIECE_NEAR)
            ITD_TRY(hold_rest(p, &front, 1, end, error));
        if (back != ITD_NEAR_NONE && start.size >= ITD_PIECE_NEAR)
            ITD_TRY(hold_rest(p, &back, 1, start, error));
        if (front != ITD_NEAR_NONE)
            ITD_TRY(hold_three(p, front, end, error));
    }
    return hold_keys_of_pieces(p, error);
}

static itd_status hold_column(const probe *p, itd_error *error)
{
    ITD_TRY(hold_same(p, error));
    if (p->word->sound.size > 1) {
        ITD_TRY(hold_keys(p, error));
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
    p->memo = NULL;
}

/* Parts, of a vocabulary that is gone through: every two, and every three where the first and the last fit. */
static itd_status pieces_directly(const probe *p, const itd_word *words, uint32_t count, itd_error *error)
{
    const itd_sound *whole = &p->word->sound;
    if (p->joined || p->marked || whole->size < 2 * ITD_PIECE_MIN)
        return ITD_OK;
    for (uint32_t a = 0; a < count; a++) {
        const itd_sound *front = &words[a].sound;
        bool starts = itd_sv_starts((itd_sv){whole->text, whole->size}, (itd_sv){front->text, front->size}) ||
                      itd_sv_starts((itd_sv){whole->key, whole->key_size}, (itd_sv){front->key, front->key_size});
        for (uint32_t c = 0; c < count; c++) {
            const itd_sound *back = &words[c].sound;
            bool taken = itd_word_has_pieces(whole, front, NULL, back);
            for (uint32_t b = 0; starts && b < count; b++) {
                if (itd_word_has_pieces(whole, front, &words[b].sound, back)) {
                    ITD_TRY(take(p, (itd_memo_item){b, 0, ITD_MEMO_PIECE}, error));
                    taken = true;
                }
            }
            if (!taken)
                continue;
            ITD_TRY(take(p, (itd_memo_item){a, 0, ITD_MEMO_PIECE}, error));
            ITD_TRY(take(p, (itd_memo_item){c, 0, ITD_MEMO_PIECE}, error));
            ITD_TRY(take(p, (itd_memo_item){a, 0, ITD_MEMO_LEAD}, error));
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

/* Holds a word that was not met before, and remembers it. */
static itd_status hold_and_learn(probe *p, itd_sv text, itd_error *error)
{
    itd_memo *memo = &p->query->memo;
    if (!itd_memo_begin(memo, text))
        return itd_fail_memory(error);
    p->memo = memo;
    ITD_TRY(hold_column(p, error));
    itd_memo_end(memo);
    return ITD_OK;
}

static itd_status hold_remembered(const probe *p, const itd_memo_entry *entry, itd_error *error)
{
    const itd_memo_item *items = p->query->memo.items.items + entry->first;
    for (uint32_t i = 0; i < entry->count; i++)
        ITD_TRY(take(p, items[i], error));
    return ITD_OK;
}

static itd_status hold_by_lexicon(itd_match_query *q, uint32_t column, itd_error *error)
{
    probe p;
    probe_word(&p, q, column);
    itd_sv text = p.word->text; /* its class and form follow from it */
    const itd_memo_entry *entry = p.joined ? NULL : itd_memo_find(&q->memo, text);
    if (entry)
        return hold_remembered(&p, entry, error);
    itd_word_unmarked(&p.sound, p.word);
    itd_sv phone = {p.sound.phone, p.sound.phone_size};
    itd_pattern_init(&p.key, (itd_sv){p.sound.key, p.sound.key_size});
    itd_pattern_init(&p.phone, phone);
    p.mask = itd_phone_mask(phone);
    p.known = (uint16_t)(p.word->form | (p.word->class_ == ITD_TOKEN_NUMBER ? ITD_MEMBER_NUMBER : 0));
    return p.joined ? hold_column(&p, error) : hold_and_learn(&p, text, error);
}

itd_status itd_query_hold(itd_match_query *q, itd_error *error)
{
    if (!q->lexicon)
        return hold_directly(q, error);
    itd_status status = ITD_OK;
    for (uint32_t c = 0; status == ITD_OK && c < q->column_count; c++)
        status = hold_by_lexicon(q, c, error);
    if (status != ITD_OK)
        itd_memo_clear(&q->memo); /* what was begun is not whole */
    return status;
}
