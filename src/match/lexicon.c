#include "base/buffer.h"
#include "base/map.h"
#include "base/memory.h"
#include "match/pairing.h"

/* Makes what queries look at first: words by their sound, by their consonants and by their form, and the names that
 * have a word. A space may come from a damaged file: what points past its end is left out. */

/* A word that was gathered, and its phone or its sounds. */
typedef struct gathered {
    uint32_t token, sounds; /* where they stand among the letters */
    uint8_t size;
} gathered;

/* Words with what they are found by, before they are in a set; to which items are numbers of these words. */
typedef struct gathering {
    itd_near_item *items;
    gathered *words;
    char *letters;
    size_t count;
    uint32_t size;
} gathering;
/* Letters of a word: those it is found by, and its sounds. */
enum { GATHERED_MAX = 2 * ITD_DISTANCE_MAX };

static itd_sv token_text(const itd_match_space *space, size_t token)
{
    const itd_match_token *t = &space->tokens[token];
    if ((uint64_t)t->text + t->size > space->heap_size)
        return (itd_sv){"", 0};
    return itd_space_text(space, t->text, t->size);
}

static bool is_marked(itd_sv text)
{
    return text.size && itd_is_mark(text.data[0]);
}

/* The letters of a word that count, without its mark when `bare`. */
static itd_sv letters_of(const itd_match_space *space, size_t token, bool bare)
{
    itd_sv text = itd_sv_slice(token_text(space, token), 0, ITD_DISTANCE_MAX);
    return itd_sv_slice(text, bare && is_marked(text), text.size);
}

static void gather(gathering *g, size_t token, itd_sv letters, itd_sv sounds)
{
    memcpy(g->letters + g->size, letters.data, letters.size);
    memcpy(g->letters + g->size + letters.size, sounds.data, sounds.size);
    g->items[g->count] = (itd_near_item){g->size, (uint32_t)g->count, (uint8_t)letters.size};
    g->words[g->count++] = (gathered){(uint32_t)token, g->size + (uint32_t)letters.size, (uint8_t)sounds.size};
    g->size += (uint32_t)(letters.size + sounds.size);
}

static void gather_key(gathering *g, const itd_match_space *space, size_t token)
{
    itd_sound sound;
    itd_sv text = token_text(space, token);
    if (text.size - is_marked(text) < 2 || text.size < 2)
        return;
    itd_sound_init(&sound, letters_of(space, token, true));
    gather(g, token, (itd_sv){sound.key, sound.key_size}, (itd_sv){sound.phone, sound.phone_size});
}

static void gather_bones(gathering *g, const itd_match_space *space, size_t token)
{
    itd_sound sound;
    char bones[ITD_DISTANCE_MAX];
    itd_sv text = token_text(space, token);
    if (text.size < 2)
        return;
    itd_sound_init(&sound, text);
    itd_foreign_sounds sounds;
    size_t size = itd_foreign_bones(bones, &sound);
    itd_foreign_sounds_init(&sounds, &sound);
    if (size)
        gather(g, token, (itd_sv){bones, size}, (itd_sv){(const char *)sounds.at, sounds.size});
}

static itd_sound_member member_of(const itd_match_space *space, uint32_t token, itd_sv sounds, uint32_t letters)
{
    const itd_match_token *t = &space->tokens[token];
    size_t size = letters_of(space, token, true).size;
    return (itd_sound_member){.letters = letters,
                              .known = (uint16_t)(t->form | (t->class_ == ITD_TOKEN_NUMBER ? ITD_MEMBER_NUMBER : 0)),
                              .phone_size = (uint8_t)sounds.size,
                              .size = (uint8_t)size,
                              .marked = is_marked(token_text(space, token)),
                              .is_short = itd_sound_slack(size) < ITD_SOUND_SLACK_MAX};
}

/* What is looked at of a word found by its key: its phone and its letters. */
static void take_letters(itd_sound_set *out, uint32_t m, const itd_match_space *space, itd_sv phone,
                         itd_buffer *letters)
{
    itd_letters word = {letters_of(space, out->near.members[m], true), phone};
    out->looks[m] = itd_batch_look(itd_phone_mask(phone), (unsigned)phone.size);
    out->members[m].batched = itd_batch_word_init(&out->codes[m], word);
    itd_buffer_append(letters, word.phone);
    itd_buffer_append(letters, word.text);
}

/* Of one found by its bones: its sounds. */
static void take_sounds(itd_sound_set *out, uint32_t m, itd_sv sounds, itd_buffer *letters)
{
    out->looks[m] = itd_batch_look(0, (unsigned)sounds.size);
    itd_foreign_codes(&out->codes[m], sounds);
    itd_buffer_append(letters, sounds);
}

/* Makes a set of what was gathered, by keys or by bones. */
static itd_status take_set(itd_sound_set *out, gathering *g, const itd_match_space *space, bool keys, itd_error *error)
{
    ITD_TRY(itd_near_set_init(&out->near, g->items, g->count, g->letters, keys, error));
    const itd_near_set *set = &out->near;
    out->members = itd_malloc((set->member_count + 1u) * sizeof *out->members);
    out->looks = itd_malloc((set->member_count + 1u) * sizeof *out->looks);
    out->codes = itd_malloc((set->member_count + 1u) * sizeof *out->codes);
    if (!out->members || !out->looks || !out->codes)
        return itd_fail_memory(error);
    itd_buffer letters = {0};
    for (uint32_t m = 0; m < set->member_count; m++) {
        const gathered *word = &g->words[set->members[m]];
        itd_sv sounds = {g->letters + word->sounds, word->size};
        set->members[m] = word->token;
        out->members[m] = member_of(space, word->token, sounds, (uint32_t)letters.size);
        if (keys)
            take_letters(out, m, space, sounds, &letters);
        else
            take_sounds(out, m, sounds, &letters);
    }
    out->letters = letters.data;
    g->count = g->size = 0;
    return letters.failed ? itd_fail_memory(error) : ITD_OK;
}

static itd_status take_words(itd_match_lexicon *lexicon, const itd_match_space *space, gathering *g, uint8_t *kinds,
                             itd_error *error)
{
    for (size_t i = 0; i < space->token_count; i++) {
        kinds[i] = itd_foreign_kind(token_text(space, i));
        gather_key(g, space, i);
    }
    ITD_TRY(take_set(&lexicon->keys, g, space, true, error));
    for (uint8_t kind = 0; kind < ITD_FOREIGN_KINDS; kind++) {
        for (size_t i = 0; i < space->token_count; i++)
            if (kinds[i] == kind)
                gather_bones(g, space, i);
        ITD_TRY(take_set(&lexicon->bones[kind], g, space, false, error));
    }
    return ITD_OK;
}

static itd_status take_slots(itd_match_lexicon *lexicon, const itd_match_space *space, itd_error *error)
{
    size_t count = 16;
    while (count < (size_t)space->token_count * 2)
        count *= 2;
    lexicon->slots = itd_calloc(count, sizeof *lexicon->slots);
    if (!lexicon->slots)
        return itd_fail_memory(error);
    lexicon->slot_mask = (uint32_t)count - 1;
    for (uint32_t i = 0; i < space->token_count; i++) {
        uint32_t at = (uint32_t)itd_hash_sv(token_text(space, i)) & lexicon->slot_mask;
        while (lexicon->slots[at])
            at = (at + 1) & lexicon->slot_mask;
        lexicon->slots[at] = i + 1;
    }
    return ITD_OK;
}

uint32_t itd_lexicon_find(const itd_match_lexicon *lexicon, const itd_match_space *space, itd_sv text)
{
    uint32_t at = (uint32_t)itd_hash_sv(text) & lexicon->slot_mask;
    for (; lexicon->slots[at]; at = (at + 1) & lexicon->slot_mask)
        if (itd_sv_equal(token_text(space, lexicon->slots[at] - 1), text))
            return lexicon->slots[at] - 1;
    return ITD_NEAR_NONE;
}

/* From counts, each one place further on, to where each begins; and back after each was moved on by filling. */
static void to_starts(uint32_t *first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        first[i + 1] += first[i];
}

static void back_to_starts(uint32_t *first, size_t count)
{
    memmove(first + 1, first, count * sizeof *first);
    first[0] = 0;
}

static itd_status take_forms(itd_match_lexicon *lexicon, const itd_match_space *space, itd_error *error)
{
    for (size_t i = 0; i < space->token_count; i++)
        if (space->tokens[i].form >= lexicon->form_count)
            lexicon->form_count = space->tokens[i].form + 1u;
    lexicon->form_first = itd_calloc(lexicon->form_count + 2u, sizeof *lexicon->form_first);
    lexicon->form_tokens = itd_malloc((space->token_count + 1u) * sizeof *lexicon->form_tokens);
    if (!lexicon->form_first || !lexicon->form_tokens)
        return itd_fail_memory(error);
    for (size_t i = 0; i < space->token_count; i++)
        lexicon->form_first[space->tokens[i].form + 1]++;
    to_starts(lexicon->form_first, lexicon->form_count);
    for (uint32_t i = 0; i < space->token_count; i++)
        lexicon->form_tokens[lexicon->form_first[space->tokens[i].form]++] = i;
    back_to_starts(lexicon->form_first, lexicon->form_count);
    return ITD_OK;
}

/* The words of a name; none of one that points past the end. */
static uint32_t words_of(const uint32_t **ids, const itd_match_space *space, const itd_match_name *name)
{
    if ((uint64_t)name->token_first + name->token_count > space->token_id_count)
        return 0;
    *ids = space->token_ids + name->token_first;
    return name->token_count;
}

/* A word that a name has twice counts once. */
static bool is_first(const uint32_t *ids, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (ids[i] == ids[at])
            return false;
    return true;
}

/* The letter that a word begins with, of all words; 0: none that counts. */
static void take_letters_begun(char *begun, const itd_match_space *space)
{
    for (uint32_t i = 0; i < space->token_count; i++) {
        itd_sv text = token_text(space, i);
        char letter = text.size ? text.data[0] : '\0';
        begun[i] = itd_letter_bit(letter) && itd_begins_with(space, &space->tokens[i], letter) ? letter : '\0';
    }
}

/* Letters with which words of a name begin. */
static void begin_names(itd_match_lexicon *lexicon, const char *begun, uint32_t name, const uint32_t *ids,
                        uint32_t words, uint32_t token_count)
{
    for (uint32_t i = 0; i < words; i++) {
        char letter = ids[i] < token_count ? begun[ids[i]] : '\0';
        if (letter)
            lexicon->begun[itd_plane_size(lexicon) * (unsigned)(letter - 'a') + (name >> 6)] |= (uint64_t)1
                                                                                                << (name & 63);
    }
}

/* `letters` has room for one of each word. */
static itd_status take_names(itd_match_lexicon *lexicon, const itd_match_space *space, const itd_match_name *names,
                             size_t count, char *letters, itd_error *error)
{
    const uint32_t *ids = NULL;
    lexicon->name_count = (uint32_t)count;
    lexicon->name_rows = names;
    lexicon->name_first = itd_calloc(space->token_count + 2u, sizeof *lexicon->name_first);
    lexicon->weights = itd_calloc(count + 1, sizeof *lexicon->weights);
    lexicon->names = itd_malloc((space->token_id_count + 1) * sizeof *lexicon->names);
    lexicon->begun = itd_calloc(itd_plane_size(lexicon) * ITD_LETTERS, sizeof *lexicon->begun);
    if (!lexicon->name_first || !lexicon->weights || !lexicon->names || !lexicon->begun)
        return itd_fail_memory(error);
    for (size_t n = 0; n < count; n++) {
        uint32_t words = words_of(&ids, space, &names[n]);
        uint32_t sums[2] = {0};
        for (uint32_t i = 0; i < words; i++) {
            if (ids[i] >= space->token_count)
                continue;
            for (int person = 0; person < 2; person++)
                sums[person] += itd_token_weight(&space->tokens[ids[i]], person);
            lexicon->name_first[ids[i] + 1] += is_first(ids, i);
        }
        for (int person = 0; person < 2; person++)
            lexicon->weights[n][person] = (uint16_t)(sums[person] < UINT16_MAX ? sums[person] : UINT16_MAX);
    }
    to_starts(lexicon->name_first, space->token_count);
    take_letters_begun(letters, space);
    for (uint32_t n = 0; n < count; n++) {
        uint32_t words = words_of(&ids, space, &names[n]);
        begin_names(lexicon, letters, n, ids, words, space->token_count);
        for (uint32_t i = 0; i < words; i++)
            if (ids[i] < space->token_count && is_first(ids, i))
                lexicon->names[lexicon->name_first[ids[i]]++] = n;
    }
    back_to_starts(lexicon->name_first, space->token_count);
    return ITD_OK;
}

itd_status itd_match_lexicon_create(itd_match_lexicon **out, const itd_match_space *space, const itd_match_name *names,
                                    size_t name_count, itd_error *error)
{
    itd_match_lexicon *lexicon = itd_calloc(1, sizeof *lexicon);
    if (!lexicon)
        return itd_fail_memory(error);
    gathering g = {.items = itd_malloc((space->token_count + 1u) * sizeof *g.items),
                   .words = itd_malloc((space->token_count + 1u) * sizeof *g.words),
                   .letters = itd_malloc((space->token_count + 1u) * (size_t)GATHERED_MAX)};
    uint8_t *kinds = itd_malloc(space->token_count + 1u); /* then letters */
    itd_status status = g.items && g.words && g.letters && kinds ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK)
        status = take_words(lexicon, space, &g, kinds, error);
    itd_free(g.items);
    itd_free(g.words);
    itd_free(g.letters);
    if (status == ITD_OK)
        status = take_slots(lexicon, space, error);
    if (status == ITD_OK)
        status = take_forms(lexicon, space, error);
    if (status == ITD_OK)
        status = take_names(lexicon, space, names, name_count, (char *)kinds, error);
    itd_free(kinds);
    if (status != ITD_OK) {
        itd_match_lexicon_destroy(lexicon);
        return status;
    }
    *out = lexicon;
    return ITD_OK;
}

static void finish_set(itd_sound_set *set)
{
    itd_near_set_finish(&set->near);
    itd_free(set->members);
    itd_free(set->looks);
    itd_free(set->codes);
    itd_free(set->letters);
}

void itd_match_lexicon_destroy(itd_match_lexicon *lexicon)
{
    if (!lexicon)
        return;
    finish_set(&lexicon->keys);
    for (unsigned kind = 0; kind < ITD_FOREIGN_KINDS; kind++)
        finish_set(&lexicon->bones[kind]);
    itd_free(lexicon->slots);
    itd_free(lexicon->form_first);
    itd_free(lexicon->form_tokens);
    itd_free(lexicon->name_first);
    itd_free(lexicon->names);
    itd_free(lexicon->weights);
    itd_free(lexicon->begun);
    itd_free(lexicon->dated);
    itd_free(lexicon);
}

uint64_t itd_years_of(const itd_match_entity *entity)
{
    uint64_t years = 0;
    for (uint32_t i = 0; i < entity->fact_count; i++) {
        uint64_t key = entity->facts[i].key, span = key >> 32, year = key >> 16 & 0xFFFF;
        if (entity->facts[i].kind != ITD_FACT_DATE)
            continue;
        for (uint64_t k = 0; k <= span && k < ITD_YEARS; k++)
            years |= (uint64_t)1 << (year + k) % ITD_YEARS;
    }
    return years;
}

itd_status itd_match_lexicon_date(itd_match_lexicon *lexicon,
                                  itd_match_entity (*entity_at)(const void *context, size_t index), const void *context,
                                  size_t count, itd_error *error)
{
    size_t size = itd_plane_size(lexicon);
    lexicon->dated = itd_calloc(size * ITD_YEARS, sizeof *lexicon->dated);
    if (!lexicon->dated)
        return itd_fail_memory(error);
    for (size_t e = 0; e < count; e++) {
        itd_match_entity entity = entity_at(context, e);
        size_t first = (size_t)(entity.names - lexicon->name_rows);
        for (uint64_t years = itd_years_of(&entity); years; years &= years - 1) {
            uint64_t *plane = lexicon->dated + size * (unsigned)__builtin_ctzll(years);
            for (size_t n = first; n < first + entity.name_count && n < lexicon->name_count; n++)
                plane[n >> 6] |= (uint64_t)1 << (n & 63);
        }
    }
    return ITD_OK;
}
