#include "base/memory.h"
#include "match/probe.h"
#include "text/words.h"

/* Holds a question against a vocabulary: each of its words, and its words joined, against the words of the other side
 * that may be alike. A small vocabulary is gone through; of a large one the lexicon tells which they are. Both fill the
 * same rows. */

static itd_sv token_text(const itd_match_space *space, uint32_t token)
{
    return itd_space_text(space, space->tokens[token].text, space->tokens[token].size);
}

/* Takes what was found of a word. */
itd_status itd_probe_take(const itd_probe *p, itd_memo_item item, itd_error *error)
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

static itd_status take_similarity(const itd_probe *p, uint32_t token, unsigned similarity, itd_error *error)
{
    return itd_probe_take(p, (itd_memo_item){token, (uint16_t)similarity, ITD_MEMO_SIMILARITY}, error);
}

/* The whole comparison of a pair. */
static itd_status compare(const itd_probe *p, const itd_word *other, uint32_t token, itd_error *error)
{
    unsigned similarity = p->joined ? itd_word_similarity_joined(p->word, other) : itd_word_similarity(p->word, other);
    /* What begins with a letter that stands alone is looked at in place. */
    bool begins = p->word->sound.size <= 1 && other->sound.size > 1 && similarity == ITD_SIMILARITY_INITIAL;
    if (!similarity || begins || (p->joined && similarity < ITD_SIMILARITY_JOINED))
        return ITD_OK;
    return take_similarity(p, token, similarity, error);
}

static itd_status compare_token(const itd_probe *p, uint32_t token, itd_error *error)
{
    itd_word other;
    itd_word_init(&other, &p->query->right_space, token);
    return compare(p, &other, token, error);
}

/* The same word, and the letter that it begins with. */
static itd_status hold_same(const itd_probe *p, itd_error *error)
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
static bool is_known(const itd_probe *p, const itd_sound_member *other)
{
    uint16_t form = p->known & (ITD_MEMBER_NUMBER - 1);
    return (p->known & other->known & ITD_MEMBER_NUMBER) || (form && form == (other->known & (ITD_MEMBER_NUMBER - 1)));
}

static itd_status hold_similarity(const itd_probe *p, uint32_t token, unsigned similarity, itd_error *error)
{
    if (!similarity || (p->joined && similarity < ITD_SIMILARITY_JOINED))
        return ITD_OK;
    return take_similarity(p, token, similarity, error);
}

/* The letters of a member. */
static itd_letters member_letters(const itd_sound_set *set, uint32_t member)
{
    return (itd_letters){itd_member_text(set, member), itd_member_phone(set, member)};
}

static bool passes(const itd_probe *p, const itd_sound_member *m, unsigned edits)
{
    return edits <= itd_phone_edits(p->phone.size, m->phone_size);
}

/* The same letters: with a mark on either side they are not the same word unless both have it. */
static itd_status hold_same_letters(const itd_probe *p, uint32_t member, itd_error *error)
{
    const itd_sound_set *set = &p->lexicon->keys;
    uint32_t token = set->near.members[member];
    bool bare = p->marked || set->members[member].marked;
    bool same = !bare || itd_sv_starts(token_text(&p->query->right_space, token), (itd_sv){p->word->sound.text, 1});
    return hold_similarity(p, token, same ? 1000 : ITD_SIMILARITY_UNMARKED, error);
}

/* A word that passed both gates, whose letters are so much alike. */
static itd_status hold_alike(const itd_probe *p, uint32_t member, unsigned similarity, itd_error *error)
{
    const itd_sound_set *set = &p->lexicon->keys;
    if (similarity && !p->joined && !p->marked && !set->members[member].marked)
        similarity = itd_word_unless_other(similarity, itd_sound_letters(&p->sound), member_letters(set, member));
    return hold_similarity(p, set->near.members[member], similarity, error);
}

/* A word that passed the first gate, by itself. */
static itd_status hold_member(const itd_probe *p, uint32_t member, itd_error *error)
{
    itd_letters own = itd_sound_letters(&p->sound), other = member_letters(&p->lexicon->keys, member);
    if (!passes(p, &p->lexicon->keys.members[member], itd_levenshtein(&p->phone, other.phone)))
        return ITD_OK;
    if (itd_sv_equal(own.text, other.text))
        return hold_same_letters(p, member, error);
    return hold_alike(p, member, itd_sound_similarity_gated(own, other), error);
}

/* Words on their way through a step that takes many at once. */
typedef struct crowd {
    uint32_t members[ITD_BATCH_WORDS];
    itd_batch_side side;
} crowd;

static void join_crowd(crowd *c, const itd_sound_set *set, uint32_t member)
{
    unsigned at = c->side.count++;
    c->members[at] = member;
    c->side.words[at] = &set->codes[member];
    c->side.sizes[at] = set->members[member].size;
    c->side.phone_sizes[at] = set->members[member].phone_size;
}

/* Words that passed both gates. */
static itd_status hold_crowd(const itd_probe *p, crowd *c, itd_error *error)
{
    uint16_t similarities[ITD_BATCH_WORDS];
    if (c->side.count == 0)
        return ITD_OK;
    itd_batch_similarity(similarities, &p->batch, &c->side);
    for (unsigned k = 0; k < c->side.count; k++)
        ITD_TRY(hold_alike(p, c->members[k], similarities[k], error));
    c->side.count = 0;
    return ITD_OK;
}

/* Words whose keys are near, and what is needed while they are gone through. */
typedef struct keys {
    const itd_probe *probe;
    const itd_sound_set *words;
    crowd crowd;
} keys;

/* A word that passed both gates, or does not fit. */
static itd_status hold_near(keys *k, uint32_t m, itd_error *error)
{
    const itd_probe *p = k->probe;
    const itd_sound_member *member = &k->words->members[m];
    if (is_known(p, member))
        return ITD_OK;
    if (!p->batched || !member->batched)
        return hold_member(p, m, error);
    if (itd_sv_equal(itd_member_text(k->words, m), itd_sound_letters(&p->sound).text))
        return hold_same_letters(p, m, error);
    join_crowd(&k->crowd, k->words, m);
    return k->crowd.side.count == ITD_BATCH_WORDS ? hold_crowd(p, &k->crowd, error) : ITD_OK;
}

static unsigned phone_edits(size_t size_a, size_t size_b)
{
    return itd_phone_edits(size_a, size_b);
}

/* Words of the keys that were found whose sounds may be near; how many. Those of which two letters of the key have no
 * counterpart are no short ones: they are put at the end of the room, and looked at by themselves. */
static size_t pass_members(const itd_sound_set *words, itd_near_found *found, const itd_batch_gate *gate)
{
    const itd_near_set *set = &words->near;
    uint32_t *members = found->members, end = set->member_count, two = end;
    size_t count = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        uint32_t first = set->first[found->strings[i]], past = set->first[found->strings[i] + 1];
        if (found->missing[i] < ITD_SOUND_SLACK_MAX)
            for (uint32_t m = first; m < past; m++)
                members[count++] = m;
        else
            for (uint32_t m = first; m < past; m++)
                members[--two] = m;
    }
    count = itd_batch_pass(members, count, gate, words->looks);
    size_t more = itd_batch_pass(members + two, end - two, gate, words->looks);
    for (size_t i = 0; i < more; i++)
        if (!words->members[members[two + i]].is_short)
            members[count++] = members[two + i];
    return count;
}

static itd_status hold_keys(const itd_probe *p, itd_error *error)
{
    itd_near_found *found = &p->query->keys;
    itd_sv own = {p->sound.key, p->sound.key_size};
    keys k = {.probe = p, .words = &p->lexicon->keys};
    itd_batch_gate gate;
    if (p->sound.size < 2)
        return ITD_OK;
    if (p->joined)
        itd_near_find_tight(found, &k.words->near, &p->key, own);
    else
        itd_near_find_common(found, &k.words->near, &p->key, own, itd_sound_slack(p->sound.size), ITD_SOUND_SLACK_MAX);
    itd_batch_gate_init(&gate, p->mask, p->phone.size, phone_edits);
    size_t count = pass_members(k.words, found, &gate);
    if (p->batched)
        count = itd_batch_near(found->members, count, &gate, &p->batch, k.words->codes, k.words->looks);
    for (size_t i = 0; i < count; i++)
        ITD_TRY(hold_near(&k, found->members[i], error));
    return hold_crowd(p, &k.crowd, error);
}

static itd_status hold_unless_known(const itd_probe *p, const itd_sound_set *words, uint32_t m, unsigned similarity,
                                    itd_error *error)
{
    if (similarity == 0 || is_known(p, &words->members[m]))
        return ITD_OK;
    return hold_similarity(p, words->near.members[m], similarity, error);
}

/* Words whose bones are near, one by one. */
static itd_status hold_foreign_alone(const itd_probe *p, const itd_foreign_reach *reach, uint8_t kind,
                                     const uint32_t *members, size_t count, itd_error *error)
{
    const itd_sound_set *words = &p->lexicon->bones[kind];
    for (size_t i = 0; i < count; i++) {
        unsigned similarity = itd_foreign_similarity_of(reach->word, kind, itd_member_phone(words, members[i]));
        ITD_TRY(hold_unless_known(p, words, members[i], similarity, error));
    }
    return ITD_OK;
}

/* Many at once. */
static itd_status hold_foreign(const itd_probe *p, itd_foreign_reach *reach, uint8_t kind, uint32_t *members,
                               size_t count, itd_error *error)
{
    const itd_sound_set *words = &p->lexicon->bones[kind];
    int16_t worths[ITD_BATCH_WORDS];
    count = itd_batch_may(members, count, &reach->sounds, words->codes, words->looks);
    for (size_t i = 0; i < count; i += ITD_BATCH_WORDS) {
        unsigned some = count - i < ITD_BATCH_WORDS ? (unsigned)(count - i) : ITD_BATCH_WORDS;
        itd_batch_align(worths, &reach->sounds, members + i, some, words->codes, words->looks);
        for (unsigned k = 0; k < some; k++) {
            uint32_t m = members[i + k];
            unsigned size = words->members[m].phone_size, similarity;
            if (size > ITD_BATCH_LETTERS)
                similarity = itd_foreign_similarity_of(reach->word, kind, itd_member_phone(words, m));
            else
                similarity = size < 2 ? 0 : itd_foreign_similarity_worth(reach->word, kind, size, worths[k]);
            ITD_TRY(hold_unless_known(p, words, m, similarity, error));
        }
    }
    return ITD_OK;
}

/* Words of a kind whose bones are near. */
static itd_status hold_bones_of(const itd_probe *p, itd_foreign_reach *reach, uint8_t kind, itd_error *error)
{
    const itd_near_set *set = &p->lexicon->bones[kind].near;
    itd_near_found *found = &p->query->bones;
    size_t count = 0;
    for (uint32_t i = 0; i < found->count; i++)
        for (uint32_t m = set->first[found->strings[i]]; m < set->first[found->strings[i] + 1]; m++)
            found->members[count++] = m;
    if (count == 0)
        return ITD_OK;
    if (!reach->batched)
        return hold_foreign_alone(p, reach, kind, found->members, count, error);
    itd_foreign_reach_kind(reach, kind);
    return hold_foreign(p, reach, kind, found->members, count, error);
}

/* Words whose consonants are near, where one of the two is of a script that writes sounds otherwise. */
static itd_status hold_bones(const itd_probe *p, itd_error *error)
{
    char letters[ITD_DISTANCE_MAX];
    itd_foreign_sounds sounds;
    itd_foreign_reach reach;
    itd_pattern pattern;
    itd_strips_limits most;
    itd_sv bones = {letters, itd_foreign_bones(letters, &p->word->sound)};
    if (bones.size == 0)
        return ITD_OK;
    itd_foreign_sounds_init(&sounds, &p->word->sound);
    itd_foreign_reach_init(&reach, &sounds, p->joined ? ITD_SIMILARITY_JOINED : 1);
    itd_pattern_init(&pattern, bones);
    for (size_t size = 0; size <= ITD_DISTANCE_MAX; size++) {
        size_t shorter = bones.size < size ? bones.size : size, edits = itd_foreign_slack(shorter, p->joined);
        most.of[size] = (uint8_t)(bones.size + size > 2 * shorter + edits ? ITD_STRIPS_NONE : edits);
    }
    for (uint8_t kind = !p->marked; kind < ITD_FOREIGN_KINDS; kind++) {
        itd_near_find_edits(&p->query->bones, &p->lexicon->bones[kind].near, &pattern, bones, &most);
        ITD_TRY(hold_bones_of(p, &reach, kind, error));
    }
    return ITD_OK;
}

/* Words that mean the same whatever they sound like. */
static itd_status hold_forms(const itd_probe *p, itd_error *error)
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
    const itd_probe *probe;
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

static itd_status hold_nicknames(const itd_probe *p, itd_error *error)
{
    nickname_search search = {p, ITD_OK, error};
    itd_nicknames_each(p->word->text, nickname_found, &search);
    return search.status;
}

static itd_status hold_column(const itd_probe *p, itd_error *error)
{
    ITD_TRY(hold_same(p, error));
    if (p->word->sound.size > 1) {
        ITD_TRY(hold_keys(p, error));
        ITD_TRY(hold_bones(p, error));
        ITD_TRY(itd_probe_hold_pieces(p, error));
    }
    ITD_TRY(hold_forms(p, error));
    return p->joined ? ITD_OK : hold_nicknames(p, error);
}

/* Of a column no more than which word it is: what a vocabulary that is gone through asks. */
static void probe_word(itd_probe *p, itd_match_query *q, uint32_t column)
{
    p->query = q;
    p->lexicon = q->lexicon;
    p->column = column;
    p->joined = column >= q->distinct_count;
    p->word = p->joined ? &q->joined.items[column - q->distinct_count] : &q->distinct.items[column];
    p->marked = itd_sound_is_marked(&p->word->sound);
    p->memo = NULL;
}

/* A column made ready for the lexicon. */
static void probe_init(itd_probe *p, itd_match_query *q, uint32_t column)
{
    probe_word(p, q, column);
    itd_word_unmarked(&p->sound, p->word);
    itd_sv phone = {p->sound.phone, p->sound.phone_size};
    itd_pattern_init(&p->key, (itd_sv){p->sound.key, p->sound.key_size});
    itd_pattern_init(&p->phone, phone);
    p->batched = itd_batch_init(&p->batch, itd_sound_letters(&p->sound));
    p->mask = itd_phone_mask(phone);
    p->known = (uint16_t)(p->word->form | (p->word->class_ == ITD_TOKEN_NUMBER ? ITD_MEMBER_NUMBER : 0));
}

static itd_status hold_directly(itd_match_query *q, itd_error *error)
{
    itd_word words[ITD_MATCH_DIRECT_MAX];
    uint32_t count = q->right_space.token_count;
    for (uint32_t t = 0; t < count; t++)
        itd_word_init(&words[t], &q->right_space, t);
    for (uint32_t c = 0; c < q->column_count; c++) {
        itd_probe p;
        probe_word(&p, q, c);
        for (uint32_t t = 0; t < count; t++)
            ITD_TRY(compare(&p, &words[t], t, error));
        ITD_TRY(itd_probe_pieces_directly(&p, words, count, error));
    }
    return ITD_OK;
}

/* Holds a word that was not met before, and remembers it. */
static itd_status hold_and_learn(itd_match_query *q, uint32_t column, itd_sv text, itd_error *error)
{
    itd_probe p;
    probe_init(&p, q, column);
    if (!itd_memo_begin(&q->memo, text))
        return itd_fail_memory(error);
    p.memo = &q->memo;
    itd_status status = hold_column(&p, error);
    if (status == ITD_OK)
        itd_memo_end(&q->memo);
    else
        itd_memo_clear(&q->memo); /* what was begun is not whole */
    return status;
}

static itd_status hold_remembered(itd_match_query *q, uint32_t column, const itd_memo_entry *entry, itd_error *error)
{
    const itd_probe p = {.query = q, .column = column};
    const itd_memo_item *items = q->memo.items.items + entry->first;
    for (uint32_t i = 0; i < entry->count; i++)
        ITD_TRY(itd_probe_take(&p, items[i], error));
    return ITD_OK;
}

static itd_status hold_by_lexicon(itd_match_query *q, uint32_t column, itd_error *error)
{
    if (column >= q->distinct_count) {
        itd_probe p;
        probe_init(&p, q, column);
        return hold_column(&p, error);
    }
    itd_sv text = q->distinct.items[column].text; /* its class and form follow from it */
    const itd_memo_entry *entry = itd_memo_find(&q->memo, text);
    return entry ? hold_remembered(q, column, entry, error) : hold_and_learn(q, column, text, error);
}

itd_status itd_query_hold(itd_match_query *q, itd_error *error)
{
    if (!q->lexicon)
        return hold_directly(q, error);
    for (uint32_t c = 0; c < q->column_count; c++)
        ITD_TRY(hold_by_lexicon(q, c, error));
    return ITD_OK;
}
