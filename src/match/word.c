#include "match/internal.h"
#include "text/words.h"

/* Similarities of words that are the same by knowledge, thousandths. */
enum { SAME_FORM = 960, SAME_GENERIC = 920, INITIAL = 750, UNMARKED = 990 };
/* Length from which a part of a word may have one slip. */
enum { PIECE_EDIT = 5 };
/* Where itd_word_bones keeps their number. */
enum { BONES_SIZE_SHIFT = 16 };

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
        size_t more = t->size < sizeof joined - size ? t->size : sizeof joined - size;
        memcpy(joined + size, space->heap + t->text, more);
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

uint32_t itd_word_bones(const itd_sound *sound)
{
    char bones[ITD_DISTANCE_MAX];
    uint32_t mask = 0;
    size_t size = itd_foreign_bones(bones, sound);
    for (size_t i = 0; i < size; i++)
        mask |= (uint32_t)1 << ((unsigned char)bones[i] & 15);
    return mask | (uint32_t)size << BONES_SIZE_SHIFT;
}

bool itd_word_bones_may(uint32_t a, uint32_t b)
{
    uint32_t size_a = a >> BONES_SIZE_SHIFT, size_b = b >> BONES_SIZE_SHIFT,
             letters = ((uint32_t)1 << BONES_SIZE_SHIFT) - 1;
    unsigned slack = itd_foreign_slack(size_a < size_b ? size_a : size_b);
    return size_a <= size_b + slack && size_b <= size_a + slack && itd_bits_at_most(a & ~b & letters, slack) &&
           itd_bits_at_most(b & ~a & letters, slack);
}

/* By sound, the mark put aside: the vowels that are written may be right. */
static unsigned unmarked_similarity(const itd_word *a, const itd_word *b)
{
    itd_sound x, y;
    itd_word_unmarked(&x, a);
    if (!itd_sound_may(x.mask, x.size, b->sound.mask, b->sound.size))
        return 0;
    itd_word_unmarked(&y, b);
    return x.size == y.size && memcmp(x.text, y.text, x.size) == 0 ? UNMARKED : itd_sound_similarity(&x, &y);
}

/* What is known without regard to sound; false when sound decides. */
static bool known_similarity(unsigned *out, const itd_word *a, const itd_word *b)
{
    const itd_sound *x = &a->sound, *y = &b->sound;
    *out = 0;
    if (x->size == y->size && memcmp(x->text, y->text, x->size) == 0)
        *out = 1000;
    else if (a->form && a->form == b->form)
        *out = a->class_ == ITD_TOKEN_NUMBER ? 1000 : a->class_ == ITD_TOKEN_GENERIC ? SAME_GENERIC : SAME_FORM;
    else if (a->class_ == ITD_TOKEN_NUMBER && b->class_ == ITD_TOKEN_NUMBER)
        return true;
    else if (x->size <= 1 || y->size <= 1)
        *out = x->size && y->size && x->size != y->size && x->text[0] == y->text[0] && a->class_ != ITD_TOKEN_NUMBER &&
                       b->class_ != ITD_TOKEN_NUMBER
                   ? INITIAL
                   : 0;
    else if (itd_sound_is_marked(x) || itd_sound_is_marked(y)) {
        unsigned foreign = itd_foreign_similarity(x, y), sound = unmarked_similarity(a, b);
        *out = foreign > sound ? foreign : sound;
    } else
        return false;
    return true;
}

unsigned itd_word_similarity_by(const itd_word *a, const itd_word *b, bool gated)
{
    unsigned similarity;
    if (known_similarity(&similarity, a, b))
        return similarity;
    return gated ? itd_sound_similarity_gated(&a->sound, &b->sound) : 0;
}

unsigned itd_word_similarity_plain(const itd_word *a, const itd_word *b)
{
    unsigned similarity;
    if (known_similarity(&similarity, a, b))
        return similarity;
    return itd_sound_similarity(&a->sound, &b->sound);
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

bool itd_word_is_piece(itd_sv piece, itd_sv piece_key, const itd_sound *whole, const itd_pattern *whole_pattern)
{
    if (piece.size >= whole->size || piece.size == 0)
        return false;
    if (piece.size == 1)
        return memchr(whole->text, piece.data[0], whole->size) != NULL;
    if (piece_key.size > 1 && itd_sv_find((itd_sv){whole->key, whole->key_size}, piece_key, 0) != SIZE_MAX)
        return true;
    if (piece.size < PIECE_EDIT)
        return itd_sv_find((itd_sv){whole->text, whole->size}, piece, 0) != SIZE_MAX;
    return itd_levenshtein_piece(whole_pattern, piece) <= 1;
}

unsigned itd_token_weight(const itd_match_token *token, bool person)
{
    switch (token->class_) {
    case ITD_TOKEN_LEGAL_FORM:
        return person ? 500 : 0;
    case ITD_TOKEN_GENERIC:
        return person ? 800 : token->weight;
    default:
        return token->weight;
    }
}
