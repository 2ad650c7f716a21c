#include "match/internal.h"
#include "text/words.h"

/* Similarities of words that are the same by knowledge, thousandths. */
enum { SAME_FORM = 960, SAME_GENERIC = 920 };
/* What is left of the likeness of two words that the lists know as different ones, thousandths. */
enum { OTHER_WORD = 500 };

void itd_word_init(itd_word *out, const itd_match_space *space, uint32_t token)
{
    const itd_match_token *t = &space->tokens[token];
    out->text = itd_space_text(space, t->text, t->size);
    out->form = t->form;
    out->weight = t->weight;
    out->class_ = t->class_;
    itd_sound_init(&out->sound, out->text);
}

void itd_word_init_joined(itd_word *out, const itd_match_space *space, const uint32_t *tokens, size_t count)
{
    char joined[ITD_DISTANCE_MAX];
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        const itd_match_token *t = &space->tokens[tokens[i]];
        const char *text = space->heap + t->text;
        size_t marked = i && t->size && itd_is_mark(text[0]); /* one mark, and it stands first */
        size_t more = t->size - marked < sizeof joined - size ? t->size - marked : sizeof joined - size;
        memcpy(joined + size, text + marked, more);
        size += more;
    }
    itd_sound_init(&out->sound, (itd_sv){joined, size});
    out->text = (itd_sv){NULL, 0};
    out->form = 0;
    out->weight = 1000;
    out->class_ = ITD_TOKEN_WORD;
}

static void nickname_seen(void *context, itd_sv other)
{
    itd_sv *wanted = context;
    if (wanted->data && itd_sv_equal(*wanted, other))
        wanted->data = NULL;
}

void itd_word_unmarked(itd_sound *out, const itd_word *word)
{
    size_t marked = itd_sound_is_marked(&word->sound);
    itd_sound_init(out, (itd_sv){word->sound.text + marked, word->sound.size - marked});
}

unsigned itd_word_form_similarity(uint8_t class_)
{
    /* A letter that has a form is a Roman figure. */
    return class_ == ITD_TOKEN_NUMBER || class_ == ITD_TOKEN_INITIAL ? 1000
           : class_ == ITD_TOKEN_GENERIC                             ? SAME_GENERIC
                                                                     : SAME_FORM;
}

/* What is known without regard to sound; false when sound decides. */
static bool known_similarity(unsigned *out, const itd_word *a, const itd_word *b)
{
    const itd_sound *x = &a->sound, *y = &b->sound;
    *out = 0;
    if (x->size == y->size && memcmp(x->text, y->text, x->size) == 0)
        *out = 1000;
    else if (a->form && a->form == b->form)
        *out = itd_word_form_similarity(a->class_);
    else if (a->class_ == ITD_TOKEN_NUMBER && b->class_ == ITD_TOKEN_NUMBER)
        return true;
    else if (x->size <= 1 || y->size <= 1)
        *out = x->size && y->size && x->size != y->size && x->text[0] == y->text[0] && a->class_ != ITD_TOKEN_NUMBER &&
                       b->class_ != ITD_TOKEN_NUMBER
                   ? ITD_SIMILARITY_INITIAL
                   : 0;
    else
        return false;
    return true;
}

/* `closer`: of what was joined, all but one letter of each key stand in the other. */
static unsigned bare_similarity(const itd_sound *a, const itd_sound *b, bool closer)
{
    if (closer) {
        itd_pattern pattern;
        itd_pattern_init(&pattern, (itd_sv){a->key, a->key_size});
        if (!itd_sound_keys_near(&pattern, 1, (itd_sv){b->key, b->key_size}, 1))
            return 0;
    }
    return itd_sound_similarity(a, b);
}

unsigned itd_word_unless_other(unsigned similarity, itd_letters a, itd_letters b)
{
    if (similarity == 0 || similarity == 1000 || itd_sv_equal(a.phone, b.phone) || !itd_words_differ(a.text, b.text))
        return similarity;
    return OTHER_WORD * similarity / 1000;
}

static unsigned similarity_by_sound(const itd_word *a, const itd_word *b, bool closer)
{
    if (!itd_sound_is_marked(&a->sound) && !itd_sound_is_marked(&b->sound)) {
        unsigned similarity = bare_similarity(&a->sound, &b->sound, closer);
        bool single = a->text.size && b->text.size; /* and not joined */
        return single ? itd_word_unless_other(similarity, itd_sound_letters(&a->sound), itd_sound_letters(&b->sound))
                      : similarity;
    }
    /* The marks put aside: the vowels that are written may be right. */
    itd_sound x, y;
    itd_word_unmarked(&x, a);
    itd_word_unmarked(&y, b);
    unsigned foreign = itd_foreign_similarity(&a->sound, &b->sound, closer);
    bool same = x.size > 1 && x.size == y.size && memcmp(x.text, y.text, x.size) == 0;
    unsigned bare = same ? ITD_SIMILARITY_UNMARKED : bare_similarity(&x, &y, closer);
    return foreign > bare ? foreign : bare;
}

unsigned itd_word_similarity_plain(const itd_word *a, const itd_word *b)
{
    unsigned similarity;
    return known_similarity(&similarity, a, b) ? similarity : similarity_by_sound(a, b, false);
}

unsigned itd_word_similarity(const itd_word *a, const itd_word *b)
{
    unsigned similarity = itd_word_similarity_plain(a, b);
    if (similarity < ITD_SIMILARITY_NICKNAME && a->text.size && b->text.size) {
        itd_sv wanted = b->text;
        itd_nicknames_each(a->text, nickname_seen, &wanted);
        if (!wanted.data)
            return ITD_SIMILARITY_NICKNAME;
    }
    return similarity;
}

unsigned itd_word_similarity_joined(const itd_word *joined, const itd_word *b)
{
    unsigned similarity;
    return known_similarity(&similarity, joined, b) ? similarity : similarity_by_sound(joined, b, true);
}

static itd_sv text_of(const itd_sound *sound)
{
    return (itd_sv){sound->text, sound->size};
}

/* The same word, or nearly, when both are long enough to tell. */
static bool is_rest(itd_sv rest, const itd_sound *piece)
{
    itd_sound sound;
    itd_pattern key, phone;
    if (itd_sv_equal(rest, text_of(piece)))
        return true;
    if (rest.size < ITD_PIECE_NEAR || piece->size < ITD_PIECE_NEAR || itd_sound_is_marked(piece))
        return false;
    itd_sound_init(&sound, rest);
    itd_pattern_init(&key, (itd_sv){sound.key, sound.key_size});
    if (!itd_sound_keys_near(&key, 1, (itd_sv){piece->key, piece->key_size}, 1))
        return false;
    itd_pattern_init(&phone, (itd_sv){sound.phone, sound.phone_size});
    return itd_levenshtein(&phone, (itd_sv){piece->phone, piece->phone_size}) <=
           itd_piece_edits(sound.phone_size, piece->phone_size);
}

static itd_sv key_of(const itd_sound *sound)
{
    return (itd_sv){sound->key, sound->key_size};
}

static bool has_pieces_by_key(const itd_sound *whole, const itd_sound *front, const itd_sound *middle,
                              const itd_sound *back)
{
    size_t between = middle ? middle->key_size : 0;
    return whole->key_size >= ITD_WHOLE_KEY_MIN && front->key_size >= ITD_PIECE_KEY_MIN &&
           back->key_size >= ITD_PIECE_KEY_MIN && (!middle || between >= ITD_PIECE_KEY_MIN) &&
           front->key_size + between + back->key_size == whole->key_size &&
           itd_sv_starts(key_of(whole), key_of(front)) && itd_sv_ends(key_of(whole), key_of(back)) &&
           (!middle || itd_sv_equal(itd_sv_slice(key_of(whole), front->key_size, between), key_of(middle)));
}

bool itd_word_has_pieces(const itd_sound *whole, const itd_sound *front, const itd_sound *middle, const itd_sound *back)
{
    itd_sv text = text_of(whole), first = text_of(front), last = text_of(back);
    if (first.size < ITD_PIECE_MIN || last.size < ITD_PIECE_MIN)
        return false;
    if (has_pieces_by_key(whole, front, middle, back))
        return true;
    bool starts = itd_sv_starts(text, first), ends = itd_sv_ends(text, last);
    if (middle) {
        if (middle->size < ITD_PIECE_MIN || !starts || !ends || first.size + last.size + ITD_PIECE_MIN > text.size)
            return false;
        itd_sv between = itd_sv_slice(text, first.size, text.size - first.size - last.size);
        return is_rest(between, middle);
    }
    if (starts && ends && first.size + last.size == text.size)
        return true;
    return (starts && is_rest(itd_sv_slice(text, first.size, text.size), back)) ||
           (ends && is_rest(itd_sv_slice(text, 0, text.size - last.size), front));
}
