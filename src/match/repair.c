#include <threads.h>

#include "base/memory.h"
#include "match/internal.h"
#include "text/words.h"

/* Legal forms that a slip has spoilt: "compnay", "cornpany", "lia bility", "companynordic", "joint stocc company",
 * "lllc". A name is known by its other words only once these are told apart. */

enum {
    REST_MIN = 2,
    HEAD_MIN = 3,     /* letters before a phrase that stands behind them without a blank */
    LIKE_MIN = 6,     /* letters of a word that may be a form by its sound */
    LIKE = 860,       /* similarity from which on it is: two vowels of eight letters, or "rn" for m */
    SHORT_MAX = 6,    /* letters of a short form with its slip */
    SUFFIX_MIN = 5,   /* letters of the first word of such a phrase */
    PHRASE_MAX = 128, /* letters of a phrase */
    LETTERS_LEFT = 2  /* letters of a form that a word like it may have none of */
};

/* The longer words of the forms that names of lists have most (data/text/legal_forms.tsv). */
static const char *const forms[] = {
    "company",       "limited",       "liability",   "corporation",   "incorporated",
    "aktsionernoe",  "aktsionernoye", "obshchestvo", "publichnoe",    "gesellschaft",
    "ogranichennoy", "establishment", "kompaniya",   "ogranichennoi", "otvetstvennostyu",
};
enum { FORMS = sizeof forms / sizeof forms[0] };
/* Words that are of a form beside another word of one. */
static const char *const beside[] = {"joint", "stock", "public", "private", "closed"};
static const char *const neighbours[] = {"joint", "stock", "company", "limited", "liability", "corporation"};
/* Short forms, whose slip is a letter written twice or a digit: any other makes another word of so few letters. */
static const char *const short_forms[] = {"llc",  "ltd", "ltda", "inc",  "gmbh", "jsc",  "pjsc", "ojsc",
                                          "ooo",  "oao", "zao",  "corp", "srl",  "sarl", "fze",  "fzc",
                                          "fzco", "plc", "pvt",  "bhd",  "eood", "ood"};

static itd_sound form_sounds[FORMS];
static uint32_t form_letters[FORMS];
static once_flag forms_once = ONCE_FLAG_INIT;

static uint32_t letters_of(itd_sv text)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < text.size; i++)
        letters |= itd_letter_bit(text.data[i]);
    return letters;
}

static void make_forms(void)
{
    for (size_t i = 0; i < FORMS; i++) {
        itd_sound_init(&form_sounds[i], itd_sv_of(forms[i]));
        form_letters[i] = letters_of(itd_sv_of(forms[i]));
    }
}

/* A form as it sounds, or as a copyist reads it. */
static bool sounds_like(itd_sv text, uint32_t letters, size_t form)
{
    uint32_t gone = form_letters[form] & ~letters;
    for (int i = 0; i < LETTERS_LEFT; i++)
        gone &= gone - 1;
    size_t size = form_sounds[form].size;
    bool plural = text.data[text.size - 1] == 's' && form_sounds[form].text[size - 1] != 's'; /* "companies" */
    if (gone || plural || text.size < LIKE_MIN || text.size > size + 2 || size > text.size + 2)
        return false;
    itd_sound sound;
    itd_sound_init(&sound, text);
    return itd_sound_similarity(&sound, &form_sounds[form]) >= LIKE;
}

static bool is_among(const char *const *words, size_t count, itd_sv word)
{
    for (size_t i = 0; i < count; i++)
        if (itd_sv_is(word, words[i]))
            return true;
    return false;
}

static bool is_consonants(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if (memchr("aeiou0123456789", text.data[i], 15))
            return false;
    return true;
}

/* "ysk" for "jsc", "llk" for "llc", or "ltnd" for "ltd": without a vowel no word but an abbreviation is left. */
static bool sounds_or_grown(itd_sv text, itd_sv form)
{
    if (text.size == form.size + 1)
        return itd_one_slip(text, form);
    if (text.size != form.size)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char a = text.data[i], b = form.data[i];
        if (a != b && !(a == 'y' && b == 'j') && !(a == 'k' && b == 'c'))
            return false;
    }
    return true;
}

/* The short form that a word is when a letter is written once, or its digits are the letters that look like them. */
static const char *short_form(itd_sv text)
{
    char clean[SHORT_MAX];
    size_t skip = SIZE_MAX, digits = 0;
    if (text.size > SHORT_MAX)
        return NULL;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        clean[i] = c == '1' ? 'l' : c == '0' ? 'o' : c == '5' ? 's' : c == '8' ? 'b' : c;
        digits += clean[i] != c;
        skip = i && clean[i] == clean[i - 1] ? i : skip;
    }
    for (size_t f = 0; f < sizeof short_forms / sizeof short_forms[0]; f++) {
        itd_sv form = itd_sv_of(short_forms[f]);
        if (!digits && is_consonants(text) && is_consonants(form) && sounds_or_grown(text, form))
            return short_forms[f];
        if (digits && digits < text.size && itd_sv_equal((itd_sv){clean, text.size}, form))
            return short_forms[f];
        if (!digits && skip != SIZE_MAX && text.size == form.size + 1 && memcmp(clean, form.data, skip) == 0 &&
            memcmp(clean + skip + 1, form.data + skip, form.size - skip) == 0)
            return short_forms[f];
    }
    return NULL;
}

static bool ends_with(itd_sv text, itd_sv end)
{
    return text.size >= end.size && memcmp(text.data + text.size - end.size, end.data, end.size) == 0;
}

static bool set_text(itd_text_words *words, size_t at, itd_sv text)
{
    words->items[at].offset = (uint32_t)words->text.size;
    words->items[at].size = (uint16_t)text.size;
    return itd_buffer_append(&words->text, text);
}

/* The first `size` letters become a word of their own. */
static bool cut_word(itd_text_words *words, size_t at, size_t size)
{
    if (words->count == words->capacity) {
        size_t capacity = words->capacity * 2 + 8;
        itd_text_word *items = itd_realloc_array(words->items, capacity, sizeof *items);
        if (!items)
            return false;
        words->items = items;
        words->capacity = capacity;
    }
    memmove(words->items + at + 1, words->items + at, (words->count - at) * sizeof *words->items);
    words->count++;
    words->items[at].size = (uint16_t)size;
    words->items[at].flags &= (uint8_t)~ITD_TEXT_COMMA;
    words->items[at + 1].offset += (uint32_t)size;
    words->items[at + 1].size = (uint16_t)(words->items[at + 1].size - size);
    return true;
}

/* Two words that are a form together. */
static bool join_words(itd_text_words *words, size_t at, itd_sv form)
{
    words->items[at].flags |= words->items[at + 1].flags & ITD_TEXT_COMMA;
    memmove(words->items + at + 1, words->items + at + 2, (words->count - at - 2) * sizeof *words->items);
    words->count--;
    return set_text(words, at, form);
}

/* Whether a phrase that stands for one word begins with this and goes on with the words from `next` on. */
static bool begins_phrase(const itd_text_words *words, itd_sv first, size_t next)
{
    char phrase[PHRASE_MAX];
    size_t size = first.size;
    if (first.size >= sizeof phrase || !itd_phrase_starts(first))
        return false;
    memcpy(phrase, first.data, first.size);
    for (size_t n = 1; n < ITD_PHRASE_WORDS_MAX && next < words->count; n++, next++) {
        itd_sv word = itd_text_word_view(words, next);
        if (size + 1 + word.size > sizeof phrase)
            return false;
        phrase[size++] = ' ';
        memcpy(phrase + size, word.data, word.size);
        size += word.size;
        if (itd_phrase_find((itd_sv){phrase, size}))
            return true;
    }
    return false;
}

/* "Nordicjoint stock company", "Haniabd al Latif": letters before the phrase; 0: there is none. Of short words only
 * "abd" is cut off: "Venecia Ltda" has no "cia". */
static size_t before_phrase(const itd_text_words *words, size_t at)
{
    itd_sv text = itd_text_word_view(words, at), servant = ITD_SV("abd");
    if (at + 1 == words->count)
        return 0;
    for (size_t from = HEAD_MIN; from + SUFFIX_MIN <= text.size; from++)
        if (begins_phrase(words, itd_sv_slice(text, from, text.size - from), at + 1))
            return from;
    return text.size >= HEAD_MIN + servant.size && itd_sv_ends(text, servant) && begins_phrase(words, servant, at + 1)
               ? text.size - servant.size
               : 0;
}

/* "stocc" beside "joint". */
static const char *beside_form(const itd_text_words *words, size_t at, itd_sv text, itd_sv next)
{
    itd_sv last = at ? itd_text_word_view(words, at - 1) : (itd_sv){"", 0};
    size_t count = sizeof neighbours / sizeof neighbours[0];
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
        if (itd_one_slip(text, itd_sv_of(beside[i])) &&
            (is_among(neighbours, count, last) || is_among(neighbours, count, next)))
            return beside[i];
    return NULL;
}

/* A word that no list knows, as a form or as two words. */
static bool repair_unknown(itd_text_words *words, size_t at, itd_sv text, itd_sv next)
{
    uint32_t letters = letters_of(text);
    const char *small = text.size <= SHORT_MAX ? short_form(text) : NULL;
    small = small ? small : beside_form(words, at, text, next);
    if (small)
        return set_text(words, at, itd_sv_of(small));
    for (size_t i = 0; i < FORMS; i++) {
        itd_sv form = itd_sv_of(forms[i]);
        if (text.size + 2 < form.size)
            continue;
        if ((text.size <= form.size + 1 && itd_one_slip(text, form)) || sounds_like(text, letters, i))
            return set_text(words, at, form);
        if (text.size >= form.size + REST_MIN && itd_sv_starts(text, form))
            return cut_word(words, at, form.size);
        if (text.size >= form.size + REST_MIN && ends_with(text, form))
            return cut_word(words, at, text.size - form.size);
    }
    size_t head = before_phrase(words, at);
    return !head || cut_word(words, at, head);
}

/* "Miraths.a.l.": the last letter is the first of a form in letters with points. */
static bool repair_letters(itd_text_words *words, size_t at)
{
    char form[SHORT_MAX];
    itd_sv text = itd_text_word_view(words, at), next = itd_text_word_view(words, at + 1);
    if (!(words->items[at + 1].flags & ITD_TEXT_GLUED) || text.size <= REST_MIN || next.size >= sizeof form ||
        (next.size > 1 && !(words->items[at + 1].flags & ITD_TEXT_DOTTED)))
        return true;
    form[0] = text.data[text.size - 1];
    memcpy(form + 1, next.data, next.size);
    const itd_text_word_row *row = itd_word_find((itd_sv){form, next.size + 1});
    if (!row || row->class_ != ITD_TOKEN_LEGAL_FORM)
        return true;
    words->items[at].size--;
    words->items[at + 1].flags &= (uint8_t)~ITD_TEXT_DOTTED;
    return set_text(words, at + 1, (itd_sv){form, next.size + 1});
}

static bool repair_word(itd_text_words *words, size_t at)
{
    if (at + 1 < words->count && !repair_letters(words, at))
        return false;
    itd_sv text = itd_text_word_view(words, at);
    itd_sv next = at + 1 < words->count ? itd_text_word_view(words, at + 1) : (itd_sv){"", 0};
    for (size_t i = 0; next.size && i < FORMS; i++) {
        itd_sv form = itd_sv_of(forms[i]);
        if (text.size + next.size == form.size && itd_sv_starts(form, text) && ends_with(form, next))
            return join_words(words, at, form);
    }
    return text.size < 2 || itd_word_find(text) || repair_unknown(words, at, text, next);
}

itd_status itd_forms_repair(itd_text_words *words, itd_error *error)
{
    call_once(&forms_once, make_forms);
    for (size_t i = 0; i < words->count && words->count < ITD_TEXT_WORDS_MAX; i++)
        if (!repair_word(words, i))
            return itd_fail_memory(error);
    return ITD_OK;
}
