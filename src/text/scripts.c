#include <uchar.h>

#include "text/foreign.h"
#include "text/hangul.h"
#include "text/split.h"
#include "text/syllables.h"
#include "text/words.h"

#define HANGUL_SYLLABLES_MAX 4 /* a longer word is hardly a name of syllables */
#define REIGN 0xC138           /* 세 behind a number */
#define COMPOUND_MAX 8         /* characters of a word that is one wherever it stands */

/* Letters of Arabic words that are translated, fewest and most in Latin. */
enum { TRANSLATED_MIN = 3, TRANSLATED_MAX = 32 };

/* Letters of Arabic words that stand in others. */
enum { ARTICLE = 2, FATHER = 3, PROPHET = 4, GOD = 4, SERVANT = 5, FAITH = 5 };

uint32_t itd_code_find(const itd_text_code_row *rows, uint32_t count, uint32_t from)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (rows[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && rows[low].from == from ? rows[low].to : 0;
}

unsigned itd_script_of(uint32_t c)
{
    if (c < 0x370 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2C60 && c < 0x2C80) || (c >= 0xA720 && c < 0xA800))
        return ITD_SCRIPT_LATIN;
    if (c < 0x400 || (c >= 0x1F00 && c < 0x2000))
        return ITD_SCRIPT_GREEK;
    if (c < 0x530 || (c >= 0x1C80 && c < 0x1C90))
        return ITD_SCRIPT_CYRILLIC;
    if (c >= 0x590 && c < 0x780)
        return ITD_SCRIPT_ABJAD;
    if (itd_hangul_is(c))
        return ITD_SCRIPT_HANGUL;
    if ((c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x32000))
        return ITD_SCRIPT_HAN;
    return itd_kana_is(c) ? ITD_SCRIPT_KANA : ITD_SCRIPT_OTHER;
}

size_t itd_code_point_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((size == 2 ? 0xC0 : size == 3 ? 0xE0 : 0xF0) | c);
    return size;
}

/* Arabic letters that writers and keyboards take for one another are one in the keys of spellings, as compile.py has
 * them too; 0: left out. */
static uint32_t key_point(uint32_t c)
{
    switch (c) {
    case 0x622: /* alef with madda, hamza above, below, wasla */
    case 0x623:
    case 0x625:
    case 0x671:
        return 0x627;
    case 0x649: /* alef maksura, Farsi yeh */
    case 0x6CC:
        return 0x64A;
    case 0x6A9: /* keheh */
        return 0x643;
    case 0x629: /* teh marbuta, heh goal, ae */
    case 0x6C1:
    case 0x6D5:
        return 0x647;
    case 0x640: /* tatweel */
        return 0;
    default:
        return c;
    }
}

const char *itd_pair_find(const itd_text_pair_row *rows, uint32_t count, const char *key)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order = strcmp(itd_text_pooled(rows[middle].left), key);
        if (order == 0)
            return itd_text_pooled(rows[middle].right);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The usual Latin spelling of a word in another script, or NULL. */
static const char *known_spelling(const uint32_t *code_points, size_t count)
{
    char key[ITD_TEXT_WORD_MAX * 4 + 1];
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        if (key_point(code_points[i]))
            size += itd_code_point_put(key + size, key_point(code_points[i]));
    key[size] = '\0';
    return itd_pair_find(itd_text_spellings, itd_text_spellings_count, key);
}

/* The longest word of organisations' names that these characters begin with, in Latin, or NULL; `*used` of them. */
static const char *compound(size_t *used, const uint32_t *code_points, size_t count)
{
    char key[COMPOUND_MAX * 4 + 1];
    size_t ends[COMPOUND_MAX + 1] = {0};
    size_t n = count < COMPOUND_MAX ? count : COMPOUND_MAX;
    for (size_t i = 0; i < n; i++)
        ends[i + 1] = ends[i] + itd_code_point_put(key + ends[i], code_points[i]);
    for (; n >= 2; n--) {
        key[ends[n]] = '\0';
        const char *found = itd_pair_find(itd_text_compounds, itd_text_compounds_count, key);
        if (found) {
            *used = n;
            return found;
        }
    }
    return NULL;
}

/* A word of syllables that stand for the sounds of another language: one word. */
static void fold_sounds(itd_splitter *s, const uint32_t *code_points, size_t count, unsigned script)
{
    char latin[ITD_TEXT_WORD_MAX * ITD_SYLLABLE_LATIN_MAX];
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        latin[size] = '\0';
        if (script == ITD_SCRIPT_HANGUL)
            itd_hangul_sound(latin + size, code_points[i]);
        else
            (void)itd_han_sound(latin + size, code_points[i]);
        size += strlen(latin + size);
    }
    itd_split_add(s, latin, size, script, ITD_TEXT_SOUNDS);
}

/* Syllables of a short Korean word are words: Korean names are written so in Latin. */
static void add_syllables(itd_splitter *s, const uint32_t *code_points, size_t count)
{
    size_t each = count > HANGUL_SYLLABLES_MAX ? count : 1;
    for (size_t i = 0; i < count; i += each)
        itd_split_points(s, code_points + i, each, ITD_SCRIPT_HANGUL);
}

static void fold_hangul(itd_splitter *s, const uint32_t *code_points, size_t count)
{
    if (itd_reads_sounds(s->reading)) {
        /* The syllables of a given name change when they are written together: Sŏk and Min are Sŏngmin. */
        size_t family = s->korean_name && count == 3;
        itd_split_points(s, code_points, family, ITD_SCRIPT_HANGUL);
        fold_sounds(s, code_points + family, count - family, ITD_SCRIPT_HANGUL);
        return;
    }
    size_t from = 0, used = 0;
    bool whole = compound(&used, code_points, count) && used == count;
    if (s->reading == ITD_READING_CHINESE && !whole && itd_split_mandarin(s, code_points, count))
        return;
    /* Names of firms are of words that are one; fewer syllables are a word of their own or a person. */
    for (size_t i = 0; i < count;) {
        const char *word = compound(&used, code_points + i, count - i);
        if (!word || (count < HANGUL_SYLLABLES_MAX && used < count)) {
            i++;
            continue;
        }
        add_syllables(s, code_points + from, i - from);
        itd_split_add(s, word, strlen(word), ITD_SCRIPT_HANGUL, ITD_TEXT_KNOWN);
        i += used;
        from = i;
    }
    add_syllables(s, code_points + from, count - from);
}

/* Chinese characters: a word each, or by sound one word. */
static void fold_han(itd_splitter *s, const uint32_t *code_points, size_t count)
{
    if (itd_reads_sounds(s->reading)) {
        fold_sounds(s, code_points, count, ITD_SCRIPT_HAN);
        return;
    }
    if (s->reading == ITD_READING_JAPANESE && itd_split_japanese(s, code_points, count))
        return;
    for (size_t i = 0, used = 1; i < count; i += used) {
        uint32_t one = code_points[i];
        const char *word = compound(&used, code_points + i, count - i);
        if (word) {
            itd_split_add(s, word, strlen(word), ITD_SCRIPT_HAN, ITD_TEXT_KNOWN);
            continue;
        }
        used = 1;
        uint32_t korean =
            s->reading == ITD_READING_KOREAN ? itd_code_find(itd_text_hanja, itd_text_hanja_count, one) : 0;
        uint32_t cantonese =
            s->reading == ITD_READING_CANTONESE ? itd_code_find(itd_text_cantonese, itd_text_cantonese_count, one) : 0;
        const char *mandarin = korean ? NULL : cantonese ? itd_text_pooled(cantonese) : itd_han_latin(one);
        if (mandarin)
            itd_split_add(s, mandarin, strlen(mandarin), ITD_SCRIPT_HAN, 0);
        else if (korean)
            itd_split_points(s, &korean, 1, ITD_SCRIPT_HANGUL);
        else
            itd_split_points(s, &one, 1, ITD_SCRIPT_HAN);
    }
}

static void fold_kana(itd_splitter *s, const uint32_t *code_points, size_t count)
{
    char latin[ITD_TEXT_WORD_MAX * ITD_SYLLABLE_LATIN_MAX];
    itd_split_add(s, latin, itd_kana_latin(latin, code_points, count), ITD_SCRIPT_KANA, 0);
}

/* Syllables, and digits between them: "39호실". */
static void fold_syllables(itd_splitter *s, const itd_raw_word *word)
{
    for (size_t from = 0, to; from < word->count; from = to) {
        bool digits = word->code_points[from] < 0x80;
        for (to = from + 1; to < word->count && (word->code_points[to] < 0x80) == digits; to++)
            ;
        const uint32_t *points = word->code_points + from;
        if (digits)
            itd_split_points(s, points, to - from, word->scripts);
        else if (from && to - from == 1 && points[0] == REIGN)
            continue; /* "6세" is the sixth of the name */
        else if (word->scripts == ITD_SCRIPT_HANGUL)
            fold_hangul(s, points, to - from);
        else if (word->scripts == ITD_SCRIPT_HAN)
            fold_han(s, points, to - from);
        else
            fold_kana(s, points, to - from);
    }
}

static void add_spelling(itd_splitter *s, const char *known, unsigned script)
{
    itd_sv rest = itd_sv_of(known), part;
    while (itd_sv_split(&part, &rest, ' '))
        itd_split_add(s, part.data, part.size, script, ITD_TEXT_KNOWN);
}

static bool points_are(const uint32_t *points, const char16_t *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (key_point(points[i]) != wanted[i])
            return false;
    return true;
}

/* True for words that are not written by their sounds, or that Latin hardly writes otherwise: several words, small
 * words and titles, what is translated. */
static bool is_settled(const char *known)
{
    static const char *const names[] = {"abd", "allah", "din", "al"};
    itd_sv word = itd_sv_of(known);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (itd_sv_is(word, names[i]))
            return true;
    const itd_text_word_row *row = itd_word_find(word);
    return memchr(known, ' ', word.size) != NULL || (row && row->class_ != 0);
}

/* Words of organisations' names, which are translated: their letters stand in the word list behind a mark. */
static bool is_translated(const uint32_t *points, size_t count)
{
    char text[1 + TRANSLATED_MAX];
    size_t size = 1;
    text[0] = ITD_MARK_ABJAD;
    for (size_t i = 0; i < count; i++) {
        if (points[i] >= ITD_TEXT_LETTERS || itd_text_letters[points[i]] >= ITD_TEXT_LETTER_BREAK)
            return false;
        const char *latin = itd_text_pooled(itd_text_letters[points[i]]);
        size_t more = strlen(latin);
        if (size + more > sizeof text)
            return false;
        memcpy(text + size, latin, more);
        size += more;
    }
    return itd_word_find((itd_sv){text, size}) != NULL;
}

/* A word that is translated; the article, "and" and "for" before it are not. */
static bool add_translated(itd_splitter *s, const uint32_t *points, size_t count)
{
    static const char16_t *const before[] = {u"", u"ال", u"وال", u"بال", u"لل", u"و"};
    static const size_t sizes[] = {0, 2, 3, 3, 2, 1};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t from = sizes[i];
        if (count < from + TRANSLATED_MIN || !points_are(points, before[i], from) ||
            !is_translated(points + from, count - from))
            continue;
        itd_split_points(s, points + from, count - from, ITD_SCRIPT_ABJAD);
        return true;
    }
    return false;
}

/* What Arabic writes together and Latin often apart: the servant of God and one of His names, the article, the faith
 * and God after another word. */
static void fold_abjad(itd_splitter *s, const uint32_t *points, size_t count)
{
    if (add_translated(s, points, count))
        return;
    const char *known = known_spelling(points, count);
    if (known && (!itd_reads_sounds(s->reading) || is_settled(known))) {
        add_spelling(s, known, ITD_SCRIPT_ABJAD);
    } else if (count > SERVANT + 1 && points_are(points, u"عبدال", SERVANT)) {
        add_spelling(s, "abd al", ITD_SCRIPT_ABJAD);
        fold_abjad(s, points + SERVANT, count - SERVANT);
    } else if (count > FATHER + 2 && points_are(points, u"ابو", FATHER)) {
        add_spelling(s, "abu", ITD_SCRIPT_ABJAD);
        fold_abjad(s, points + FATHER, count - FATHER);
    } else if (count > PROPHET + 2 && points_are(points, u"محمد", PROPHET)) {
        add_spelling(s, "muhammad", ITD_SCRIPT_ABJAD);
        fold_abjad(s, points + PROPHET, count - PROPHET);
    } else if (count > ARTICLE + 2 && points_are(points, u"ال", ARTICLE)) {
        add_spelling(s, "al", ITD_SCRIPT_ABJAD);
        fold_abjad(s, points + ARTICLE, count - ARTICLE);
    } else if (count > FAITH + 1 && points_are(points + count - FAITH, u"الدين", FAITH)) {
        fold_abjad(s, points, count - FAITH);
        add_spelling(s, "al din", ITD_SCRIPT_ABJAD);
    } else if (count > GOD + 1 && points_are(points + count - GOD, u"الله", GOD)) {
        fold_abjad(s, points, count - GOD);
        add_spelling(s, "allah", ITD_SCRIPT_ABJAD);
    } else {
        itd_split_points(s, points, count, ITD_SCRIPT_ABJAD);
    }
}

void itd_split_word(itd_splitter *s)
{
    itd_raw_word *word = &s->word;
    if (word->count == 0)
        return;
    const char *known =
        word->scripts & (ITD_SCRIPT_LATIN | ITD_SCRIPT_ABJAD) ? NULL : known_spelling(word->code_points, word->count);
    bool syllabic =
        word->scripts == ITD_SCRIPT_HANGUL || word->scripts == ITD_SCRIPT_HAN || word->scripts == ITD_SCRIPT_KANA;
    if (known && !(s->reading == ITD_READING_UNLISTED && syllabic && !is_settled(known))) {
        add_spelling(s, known, word->scripts);
    } else if (word->scripts == ITD_SCRIPT_HANGUL || word->scripts == ITD_SCRIPT_HAN ||
               word->scripts == ITD_SCRIPT_KANA) {
        fold_syllables(s, word);
    } else if (word->scripts == ITD_SCRIPT_ABJAD) {
        fold_abjad(s, word->code_points, word->count);
    } else {
        size_t before = s->out->count;
        itd_split_points(s, word->code_points, word->count, word->scripts);
        if (word->scripts == ITD_SCRIPT_CYRILLIC && itd_reads_sounds(s->reading))
            for (size_t i = before; i < s->out->count; i++)
                s->out->items[i].flags |= ITD_TEXT_SOUNDS;
    }
    word->count = 0;
    word->scripts = 0;
}
