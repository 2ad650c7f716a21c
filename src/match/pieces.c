#include "match/probe.h"

/* Words written apart that a word of the question may have been written of. */

static uint32_t names_of(const itd_match_lexicon *lexicon, uint32_t token)
{
    return lexicon->name_first[token + 1] - lexicon->name_first[token];
}

/* Parts of the word; the names of the rarest are looked at for the others. */
static itd_status take_pieces(const itd_probe *p, const uint32_t *tokens, size_t count, itd_error *error)
{
    uint32_t lead = tokens[0];
    for (size_t k = 0; k < count; k++) {
        ITD_TRY(itd_probe_take(p, (itd_memo_item){tokens[k], 0, ITD_MEMO_PIECE}, error));
        if (names_of(p->lexicon, tokens[k]) < names_of(p->lexicon, lead))
            lead = tokens[k];
    }
    return itd_probe_take(p, (itd_memo_item){lead, 0, ITD_MEMO_LEAD}, error);
}

/* What is left of a word beside parts that are the same. */
typedef struct remainder {
    uint32_t parts[ITD_JOIN_MAX];
    size_t count; /* of the parts that are the same */
    itd_sound sound;
    itd_pattern key, phone;
    uint32_t mask;
} remainder;

static void remainder_init(remainder *out, const uint32_t *same, size_t count, itd_sv text)
{
    memcpy(out->parts, same, count * sizeof *same);
    out->count = count;
    itd_sound_init(&out->sound, text);
    itd_pattern_init(&out->key, (itd_sv){out->sound.key, out->sound.key_size});
    itd_pattern_init(&out->phone, (itd_sv){out->sound.phone, out->sound.phone_size});
    out->mask = itd_phone_mask((itd_sv){out->sound.phone, out->sound.phone_size});
}

static unsigned piece_edits(size_t size_a, size_t size_b)
{
    return itd_piece_edits(size_a, size_b);
}

/* A word whose key and sounds are near. */
static itd_status hold_rest_word(const itd_probe *p, remainder *r, uint32_t m, itd_error *error)
{
    const itd_sound_set *words = &p->lexicon->keys;
    const itd_sound_member *member = &words->members[m];
    if (member->size < ITD_PIECE_NEAR || member->marked ||
        itd_levenshtein(&r->phone, itd_member_phone(words, m)) > itd_piece_edits(r->phone.size, member->phone_size))
        return ITD_OK;
    r->parts[r->count] = words->near.members[m];
    return take_pieces(p, r->parts, r->count + 1, error);
}

/* Beside parts that are the same: words that are nearly the rest. */
static itd_status hold_rest(const itd_probe *p, const uint32_t *same, size_t count, itd_sv text, itd_error *error)
{
    itd_near_found *found = &p->query->keys;
    remainder r;
    remainder_init(&r, same, count, text);
    const itd_sound_set *words = &p->lexicon->keys;
    itd_batch_gate gate;
    itd_batch_gate_init(&gate, r.mask, r.phone.size, piece_edits);
    itd_near_find_tight(found, &words->near, &r.key, (itd_sv){r.sound.key, r.sound.key_size});
    size_t near = 0;
    for (uint32_t i = 0; i < found->count; i++)
        for (uint32_t m = words->near.first[found->strings[i]]; m < words->near.first[found->strings[i] + 1]; m++)
            found->members[near++] = m;
    near = itd_batch_pass(found->members, near, &gate, words->looks);
    for (size_t k = 0; k < near; k++)
        ITD_TRY(hold_rest_word(p, &r, found->members[k], error));
    return ITD_OK;
}

static uint32_t find_part(const itd_probe *p, itd_sv text)
{
    return itd_lexicon_find(p->lexicon, &p->query->right_space, text);
}

/* Three parts, of which `front` is the first: the one in the middle may have a slip. */
static itd_status hold_three(const itd_probe *p, uint32_t front, itd_sv rest, itd_error *error)
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
static itd_status take_strings(const itd_probe *p, const uint32_t *strings, size_t count, itd_error *error)
{
    const itd_near_set *set = &p->lexicon->keys.near;
    size_t lead = 0;
    for (size_t k = 1; k < count; k++)
        if (names_of_string(p->lexicon, strings[k]) < names_of_string(p->lexicon, strings[lead]))
            lead = k;
    for (size_t k = 0; k < count; k++) {
        for (uint32_t m = set->first[strings[k]]; m < set->first[strings[k] + 1]; m++) {
            ITD_TRY(itd_probe_take(p, (itd_memo_item){set->members[m], 0, ITD_MEMO_PIECE}, error));
            if (k == lead)
                ITD_TRY(itd_probe_take(p, (itd_memo_item){set->members[m], 0, ITD_MEMO_LEAD}, error));
        }
    }
    return ITD_OK;
}

/* Long words whose parts are spelled otherwise and sound the same. */
static itd_status hold_keys_of_pieces(const itd_probe *p, itd_error *error)
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
itd_status itd_probe_hold_pieces(const itd_probe *p, itd_error *error)
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

/* Parts, of a vocabulary that is gone through: every two, and every three where the first and the last fit. */
itd_status itd_probe_pieces_directly(const itd_probe *p, const itd_word *words, uint32_t count, itd_error *error)
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
                    ITD_TRY(itd_probe_take(p, (itd_memo_item){b, 0, ITD_MEMO_PIECE}, error));
                    taken = true;
                }
            }
            if (!taken)
                continue;
            ITD_TRY(itd_probe_take(p, (itd_memo_item){a, 0, ITD_MEMO_PIECE}, error));
            ITD_TRY(itd_probe_take(p, (itd_memo_item){c, 0, ITD_MEMO_PIECE}, error));
            ITD_TRY(itd_probe_take(p, (itd_memo_item){a, 0, ITD_MEMO_LEAD}, error));
        }
    }
    return ITD_OK;
}
