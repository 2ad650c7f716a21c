#include "text/fold.h"

#include <uchar.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/memory.h"
#include "text/arabic.h"
#include "text/hangul.h"
#include "text/syllables.h"
#include "text/tables.h"
#include "text/words.h"

#define ICU_UNITS_MAX 2048
#define RULES "Any-Latin; Latin-ASCII"
#define ZERO_WIDTH_NON_JOINER 0x200C
#define HANGUL_SYLLABLES_MAX 4 /* a longer word is hardly a name of syllables */
#define HAN_SOUNDS_MIN 3       /* fewer characters are likelier a Chinese name than a foreign one */

/* Letters of Arabic words that stand in others. */
enum { ARTICLE = 2, GOD = 4, SERVANT = 5, FAITH = 5 };

struct itd_folder {
    UTransliterator *to_latin;
    const UNormalizer2 *nfkc;
};

/* A word before it is folded. */
typedef struct raw_word {
    uint32_t code_points[ITD_TEXT_WORD_MAX];
    size_t count;
    unsigned scripts;
    bool after_dot; /* a point and nothing else stands before it */
} raw_word;

typedef struct splitter {
    itd_folder *folder;
    itd_text_words *out;
    itd_reading reading;
    itd_status status;
    itd_error *error;
    raw_word word;
    bool dot;             /* a point was just read */
    unsigned letters_run; /* single letters with points so far */
    size_t run_first;     /* first of them in out->items */
} splitter;

/* ICU gives memory that it did not get as a failure of whatever it was doing. */
static itd_status icu_failed(UErrorCode code, const char *data, itd_error *error)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return itd_fail_memory(error);
    return itd_fail(error, ITD_EIO, "ICU's %s data cannot be read: %s", data, u_errorName(code));
}

itd_status itd_folder_create(itd_folder **out, itd_error *error)
{
    itd_folder *folder = itd_calloc(1, sizeof *folder);
    if (!folder)
        return itd_fail_memory(error);
    UErrorCode code = U_ZERO_ERROR;
    folder->nfkc = unorm2_getNFKCCasefoldInstance(&code);
    if (U_FAILURE(code)) {
        itd_free(folder);
        return icu_failed(code, "normalisation", error);
    }
    *out = folder;
    return ITD_OK;
}

void itd_folder_destroy(itd_folder *folder)
{
    if (!folder)
        return;
    if (folder->to_latin)
        utrans_close(folder->to_latin);
    itd_free(folder);
}

bool itd_folder_has_icu(const itd_folder *folder)
{
    return folder->to_latin != NULL;
}

void itd_text_words_finish(itd_text_words *words)
{
    itd_buffer_finish(&words->text);
    itd_free(words->items);
    *words = (itd_text_words){0};
}

/* The next code point; U+FFFD for an invalid byte. */
static uint32_t decode(const char *data, size_t size, size_t *at)
{
    int32_t i = (int32_t)*at;
    UChar32 c;
    U8_NEXT((const uint8_t *)data, i, (int32_t)size, c);
    *at = (size_t)i;
    return c < 0 ? 0xFFFD : (uint32_t)c;
}

static uint32_t code_find(const itd_text_code_row *rows, uint32_t count, uint32_t from)
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

static unsigned script_of(uint32_t c)
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

static void fail_memory(splitter *s)
{
    s->status = itd_fail_memory(s->error);
}

/* Adds one folded word that needs no further cutting. */
static void add_piece(splitter *s, const char *text, size_t size, unsigned script, unsigned flags)
{
    itd_text_words *out = s->out;
    if (s->status != ITD_OK || size == 0)
        return;
    if (out->count == ITD_TEXT_WORDS_MAX) {
        out->cut = true;
        return;
    }
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? out->capacity * 2 : 16;
        itd_text_word *items = itd_realloc_array(out->items, capacity, sizeof *items);
        if (!items) {
            fail_memory(s);
            return;
        }
        out->items = items;
        out->capacity = capacity;
    }
    itd_text_word word = {(uint32_t)out->text.size, (uint16_t)size, (uint8_t)script, (uint8_t)flags};
    if (!itd_buffer_append(&out->text, (itd_sv){text, size})) {
        fail_memory(s);
        return;
    }
    out->items[out->count++] = word;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "1st" … "39th": the digits alone tell. */
static bool is_ordinal_ending(const char *text, size_t size)
{
    return size == 2 && (memcmp(text, "st", 2) == 0 || memcmp(text, "nd", 2) == 0 || memcmp(text, "rd", 2) == 0 ||
                         memcmp(text, "th", 2) == 0);
}

/* A word that may be several in Arabic. Part by part, so that folding the parts changes nothing. */
static void add_parts(splitter *s, const char *text, size_t size, unsigned script, unsigned flags)
{
    itd_sv parts[ITD_ARABIC_PARTS_MAX];
    size_t count = flags & ITD_TEXT_SOUNDS ? 1 : itd_arabic_cut(parts, (itd_sv){text, size});
    if (count == 1) {
        add_piece(s, text, size, script, flags);
        return;
    }
    for (size_t i = 0; i < count; i++)
        add_parts(s, parts[i].data, parts[i].size, script, flags);
}

/* Cuts a folded word where three or more letters meet digits at its beginning or end ("office39"; one digit alone may
 * be a slip for a letter and stays), and drops ordinal endings. Digits between letters stay too. */
static void add_word(splitter *s, const char *text, size_t size, unsigned script, unsigned flags)
{
    size_t head = 0, tail = 0;
    while (head < size && is_digit(text[head]))
        head++;
    while (tail < size - head && is_digit(text[size - 1 - tail]))
        tail++;
    size_t letters = size - head - tail;
    if (head && letters == 2 && tail == 0 && is_ordinal_ending(text + head, 2)) {
        add_piece(s, text, head, script, flags);
        return;
    }
    bool cut_head = head > 1 && letters >= 3, cut_tail = tail > 1 && letters >= 3;
    if (cut_head)
        add_piece(s, text, head, script, flags);
    size_t from = cut_head ? head : 0, to = cut_tail ? size - tail : size;
    add_parts(s, text + from, to - from, script, flags);
    if (cut_tail)
        add_piece(s, text + size - tail, tail, script, flags);
}

/* What ICU makes of code points that no table has. The result is ASCII with blanks. */
static bool icu_latin(splitter *s, itd_buffer *out, const uint32_t *code_points, size_t count)
{
    UErrorCode code = U_ZERO_ERROR;
    if (!s->folder->to_latin) {
        UChar rules[sizeof RULES];
        u_charsToUChars(RULES, rules, sizeof RULES);
        s->folder->to_latin = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
        if (U_FAILURE(code)) {
            s->folder->to_latin = NULL;
            s->status = icu_failed(code, "transliteration", s->error);
            return false;
        }
    }
    UChar units[ICU_UNITS_MAX];
    int32_t size = 0;
    for (size_t i = 0; i < count && size < ICU_UNITS_MAX / 8; i++)
        U16_APPEND_UNSAFE(units, size, code_points[i]);
    int32_t limit = size;
    utrans_transUChars(s->folder->to_latin, units, &size, ICU_UNITS_MAX, 0, &limit, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR) {
        s->status = itd_fail_memory(s->error);
        return false;
    }
    if (U_FAILURE(code))
        return true; /* longer than any name: nothing is left to compare */
    for (int32_t i = 0; i < size; i++) {
        UChar unit = units[i];
        if (unit >= ITD_TEXT_LETTERS)
            continue;
        uint16_t letter = itd_text_letters[unit];
        bool done = true;
        if (letter == ITD_TEXT_LETTER_BREAK)
            done = itd_buffer_append_char(out, ' ');
        else if (letter != ITD_TEXT_LETTER_ICU)
            done = itd_buffer_append(out, itd_sv_of(itd_text_pooled(letter)));
        if (!done) {
            fail_memory(s);
            return false;
        }
    }
    return true;
}

static size_t encode(char *out, uint32_t c)
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

/* The usual Latin spelling of a word in another script, or NULL. */
static const char *known_spelling(const uint32_t *code_points, size_t count)
{
    char key[ITD_TEXT_WORD_MAX * 4 + 1];
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        if (key_point(code_points[i]))
            size += encode(key + size, key_point(code_points[i]));
    key[size] = '\0';
    uint32_t low = 0, high = itd_text_spellings_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order = strcmp(itd_text_pooled(itd_text_spellings[middle].left), key);
        if (order == 0)
            return itd_text_pooled(itd_text_spellings[middle].right);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Folds `count` code points of one word by our tables, the rest by ICU, into pieces. */
static void fold_points(splitter *s, const uint32_t *code_points, size_t count, unsigned scripts)
{
    char stack[ITD_TEXT_WORD_MAX * 8];
    itd_buffer text = {0};
    size_t size = 0;
    bool mixed = (scripts & ITD_SCRIPT_LATIN) && (scripts & (ITD_SCRIPT_CYRILLIC | ITD_SCRIPT_GREEK));
    size_t icu_from = SIZE_MAX;
    for (size_t i = 0; i <= count && s->status == ITD_OK; i++) {
        uint32_t c = i < count ? code_points[i] : 0;
        bool icu =
            i < count && !itd_hangul_is(c) && (c >= ITD_TEXT_LETTERS || itd_text_letters[c] == ITD_TEXT_LETTER_ICU);
        if (icu) {
            if (icu_from == SIZE_MAX)
                icu_from = i;
            continue;
        }
        if (icu_from != SIZE_MAX) {
            itd_buffer_clear(&text);
            if (size && !itd_buffer_append(&text, (itd_sv){stack, size}))
                fail_memory(s);
            if (s->status == ITD_OK && icu_latin(s, &text, code_points + icu_from, i - icu_from)) {
                itd_sv rest = itd_buffer_view(&text), part;
                size = 0;
                while (itd_sv_split(&part, &rest, ' ')) {
                    if (rest.size == 0 && i < count && part.size < sizeof stack / 2 && scripts != ITD_SCRIPT_HAN) {
                        memcpy(stack, part.data, part.size); /* the word goes on */
                        size = part.size;
                    } else {
                        add_word(s, part.data, part.size, scripts, 0);
                    }
                }
            }
            icu_from = SIZE_MAX;
        }
        if (i == count)
            break;
        char latin[ITD_HANGUL_LATIN_MAX];
        const char *more = latin;
        uint32_t look = mixed && c >= 0x80 ? code_find(itd_text_lookalikes, itd_text_lookalikes_count, c) : 0;
        if (look) {
            latin[0] = (char)look;
            latin[1] = '\0';
        } else if (itd_hangul_is(c)) {
            itd_hangul_latin(latin, c);
        } else {
            more = itd_text_pooled(itd_text_letters[c]);
        }
        size_t more_size = strlen(more);
        if (size + more_size > sizeof stack)
            break;
        memcpy(stack + size, more, more_size);
        size += more_size;
    }
    if (s->status == ITD_OK)
        add_word(s, stack, size, scripts, 0);
    itd_buffer_finish(&text);
}

/* A word of syllables that stand for the sounds of another language: one word. */
static void fold_sounds(splitter *s, const uint32_t *code_points, size_t count, unsigned script)
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
    add_word(s, latin, size, script, ITD_TEXT_SOUNDS);
}

/* Syllables of a short Korean word are words: Korean names are written so in Latin. */
static void fold_hangul(splitter *s, const uint32_t *code_points, size_t count)
{
    if (s->reading == ITD_READING_SOUNDS) {
        fold_sounds(s, code_points, count, ITD_SCRIPT_HANGUL);
        return;
    }
    if (count > HANGUL_SYLLABLES_MAX) {
        fold_points(s, code_points, count, ITD_SCRIPT_HANGUL);
        return;
    }
    for (size_t i = 0; i < count; i++)
        fold_points(s, code_points + i, 1, ITD_SCRIPT_HANGUL);
}

/* Chinese characters: a word each, or by sound one word. */
static void fold_han(splitter *s, const uint32_t *code_points, size_t count)
{
    if (s->reading == ITD_READING_SOUNDS) {
        fold_sounds(s, code_points, count, ITD_SCRIPT_HAN);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t one = code_points[i];
        uint32_t korean = s->reading == ITD_READING_KOREAN ? code_find(itd_text_hanja, itd_text_hanja_count, one) : 0;
        const char *mandarin = korean ? NULL : itd_han_latin(one);
        if (mandarin)
            add_word(s, mandarin, strlen(mandarin), ITD_SCRIPT_HAN, 0);
        else if (korean)
            fold_points(s, &korean, 1, ITD_SCRIPT_HANGUL);
        else
            fold_points(s, &one, 1, ITD_SCRIPT_HAN);
    }
}

static void fold_kana(splitter *s, const uint32_t *code_points, size_t count)
{
    char latin[ITD_TEXT_WORD_MAX * ITD_SYLLABLE_LATIN_MAX];
    add_word(s, latin, itd_kana_latin(latin, code_points, count), ITD_SCRIPT_KANA, 0);
}

/* Syllables, and digits between them: "39호실". */
static void fold_syllables(splitter *s, const raw_word *word)
{
    for (size_t from = 0, to; from < word->count; from = to) {
        bool digits = word->code_points[from] < 0x80;
        for (to = from + 1; to < word->count && (word->code_points[to] < 0x80) == digits; to++)
            ;
        const uint32_t *points = word->code_points + from;
        if (digits)
            fold_points(s, points, to - from, word->scripts);
        else if (word->scripts == ITD_SCRIPT_HANGUL)
            fold_hangul(s, points, to - from);
        else if (word->scripts == ITD_SCRIPT_HAN)
            fold_han(s, points, to - from);
        else
            fold_kana(s, points, to - from);
    }
}

static void add_spelling(splitter *s, const char *known, unsigned script)
{
    itd_sv rest = itd_sv_of(known), part;
    while (itd_sv_split(&part, &rest, ' '))
        add_word(s, part.data, part.size, script, ITD_TEXT_KNOWN);
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

/* What Arabic writes together and Latin often apart: the servant of God and one of His names, the article, the faith
 * and God after another word. */
static void fold_abjad(splitter *s, const uint32_t *points, size_t count)
{
    const char *known = known_spelling(points, count);
    if (known && (s->reading != ITD_READING_SOUNDS || is_settled(known))) {
        add_spelling(s, known, ITD_SCRIPT_ABJAD);
    } else if (count > SERVANT + 1 && points_are(points, u"عبدال", SERVANT)) {
        add_spelling(s, "abd al", ITD_SCRIPT_ABJAD);
        fold_abjad(s, points + SERVANT, count - SERVANT);
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
        fold_points(s, points, count, ITD_SCRIPT_ABJAD);
    }
}

static void fold_word(splitter *s)
{
    raw_word *word = &s->word;
    if (word->count == 0)
        return;
    const char *known =
        word->scripts & (ITD_SCRIPT_LATIN | ITD_SCRIPT_ABJAD) ? NULL : known_spelling(word->code_points, word->count);
    if (known) {
        add_spelling(s, known, word->scripts);
    } else if (word->scripts == ITD_SCRIPT_HANGUL || word->scripts == ITD_SCRIPT_HAN ||
               word->scripts == ITD_SCRIPT_KANA) {
        fold_syllables(s, word);
    } else if (word->scripts == ITD_SCRIPT_ABJAD) {
        fold_abjad(s, word->code_points, word->count);
    } else {
        fold_points(s, word->code_points, word->count, word->scripts);
    }
    word->count = 0;
    word->scripts = 0;
}

/* Single letters with points between are one word: "S.A.". */
static void join_letters(splitter *s)
{
    if (s->letters_run >= 2) {
        itd_text_word *first = &s->out->items[s->run_first];
        first->size = (uint16_t)s->letters_run;
        first->flags |= ITD_TEXT_DOTTED;
        s->out->count = s->run_first + 1;
    }
    s->letters_run = 0;
}

/* Ends the word; `dot`: because of a point. */
static void end_word(splitter *s, bool dot)
{
    if (s->word.count == 0) {
        if (!dot)
            join_letters(s);
        s->dot = false;
        return;
    }
    bool glued = s->dot;
    size_t before = s->out->count;
    fold_word(s);
    bool letter = s->status == ITD_OK && s->out->count == before + 1 && s->out->items[before].size == 1 &&
                  !is_digit(s->out->text.data[s->out->items[before].offset]);
    if (letter && (glued || s->letters_run == 0)) {
        if (s->letters_run == 0) {
            if (dot) {
                s->run_first = before;
                s->letters_run = 1;
            }
        } else {
            s->letters_run++;
        }
        if (!dot)
            join_letters(s);
    } else if (s->letters_run) {
        /* the run ended before this word: join what precedes it */
        itd_text_word last = s->out->count > before ? s->out->items[before] : (itd_text_word){0};
        size_t added = s->out->count - before, run = s->letters_run;
        if (run >= 2) {
            itd_text_word *items = s->out->items;
            items[s->run_first].size = (uint16_t)run;
            items[s->run_first].flags |= ITD_TEXT_DOTTED;
            memmove(items + s->run_first + 1, items + before, added * sizeof *items);
            s->out->count = s->run_first + 1 + added;
        }
        (void)last;
        s->letters_run = 0;
    }
    s->dot = dot;
}

static void add_point(splitter *s, uint32_t c, unsigned script)
{
    raw_word *word = &s->word;
    /* Latin and Cyrillic may mix by deceit; other scripts stand side by side without a blank. */
    unsigned alphabets = ITD_SCRIPT_LATIN | ITD_SCRIPT_CYRILLIC | ITD_SCRIPT_GREEK;
    bool digit = c < 0x80 && is_digit((char)c);
    if (word->count && !digit && word->scripts &&
        ((word->scripts & alphabets) ? !(script & alphabets) : word->scripts != script))
        end_word(s, false);
    if (word->count == ITD_TEXT_WORD_MAX)
        end_word(s, false);
    word->code_points[word->count++] = c;
    if (!digit)
        word->scripts |= script;
    else if (!word->scripts && word->count == 1)
        word->scripts = 0;
}

/* A code point without an entry of its own: what NFKC case folding makes of it, mark, digit, sign or letter. */
static void read_other(splitter *s, uint32_t c)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar in[2], out[64];
    int32_t in_size = 0;
    U16_APPEND_UNSAFE(in, in_size, c);
    int32_t size = unorm2_normalize(s->folder->nfkc, in, in_size, out, 64, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR)
        s->status = itd_fail_memory(s->error);
    if (U_FAILURE(code) || size < 0)
        return;
    for (int32_t i = 0; i < size;) {
        UChar32 folded = out[i++];
        if (U16_IS_LEAD(out[i - 1]) && i < size && U16_IS_TRAIL(out[i]))
            folded = 0x10000 + ((folded & 0x3FF) << 10) + (out[i++] & 0x3FF);
        uint32_t f = (uint32_t)folded;
        if (f < ITD_TEXT_LETTERS && itd_text_letters[f] != ITD_TEXT_LETTER_ICU) {
            if (itd_text_letters[f] == ITD_TEXT_LETTER_BREAK)
                end_word(s, false);
            else if (itd_text_pooled(itd_text_letters[f])[0])
                add_point(s, f, script_of(f));
            continue;
        }
        uint32_t mask = U_GET_GC_MASK(folded);
        if (mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_LM_MASK | U_GC_SK_MASK)) {
            /* Signs of Indic and Thai vowels are what the transliterator reads. */
            if ((mask & U_GC_MN_MASK) && s->word.count && (s->word.scripts & ITD_SCRIPT_OTHER))
                add_point(s, f, ITD_SCRIPT_OTHER);
            else if (itd_kana_is(f) && s->word.count)
                add_point(s, f, ITD_SCRIPT_KANA);
        } else if (mask & U_GC_ND_MASK) {
            add_point(s, (uint32_t)('0' + u_charDigitValue(folded)), 0);
        } else if (mask & (U_GC_L_MASK | U_GC_MC_MASK | U_GC_NL_MASK)) {
            add_point(s, f, script_of(f));
        } else {
            end_word(s, false);
        }
    }
}

static void read_point(splitter *s, uint32_t c)
{
    if (c == '.') {
        end_word(s, true);
        return;
    }
    if (c == ',' || c == 0x60C || c == 0xFF0C) {
        end_word(s, false);
        if (s->out->count)
            s->out->items[s->out->count - 1].flags |= ITD_TEXT_COMMA;
        return;
    }
    if (c == ZERO_WIDTH_NON_JOINER && s->word.scripts == ITD_SCRIPT_ABJAD) {
        end_word(s, false); /* Persian writes compounds so */
        return;
    }
    uint16_t letter = c < ITD_TEXT_LETTERS ? itd_text_letters[c] : ITD_TEXT_LETTER_ICU;
    if (letter == ITD_TEXT_LETTER_BREAK) {
        end_word(s, false);
    } else if (letter == ITD_TEXT_LETTER_ICU) {
        if (itd_hangul_is(c))
            add_point(s, c, ITD_SCRIPT_HANGUL);
        else
            read_other(s, c);
    } else if (letter == 0) {
        /* Marks and signs that vanish; but hard and soft signs are letters of their word, kept for the spellings. */
        if (s->word.count && u_isalpha((UChar32)c))
            add_point(s, c, script_of(c));
    } else {
        add_point(s, c, script_of(c));
    }
}

itd_status itd_text_split(itd_folder *folder, itd_text_words *out, itd_sv text, itd_reading reading, itd_error *error)
{
    itd_buffer_clear(&out->text);
    out->count = 0;
    out->cut = text.size > ITD_TEXT_BYTES_MAX;
    splitter s;
    s.folder = folder;
    s.out = out;
    s.reading = reading;
    s.status = ITD_OK;
    s.error = error;
    s.word.count = 0;
    s.word.scripts = 0;
    s.dot = false;
    s.letters_run = 0;
    s.run_first = 0;
    size_t size = out->cut ? ITD_TEXT_BYTES_MAX : text.size;
    for (size_t at = 0; at < size && s.status == ITD_OK;)
        read_point(&s,
                   (unsigned char)text.data[at] < 0x80 ? (unsigned char)text.data[at++] : decode(text.data, size, &at));
    end_word(&s, false);
    join_letters(&s);
    return s.status;
}

itd_status itd_text_fold(itd_folder *folder, itd_buffer *out, itd_sv text, itd_error *error)
{
    itd_text_words words = {0};
    itd_status status = itd_text_split(folder, &words, text, ITD_READING_MANDARIN, error);
    for (size_t i = 0; status == ITD_OK && i < words.count; i++)
        if ((i && !itd_buffer_append_char(out, ' ')) || !itd_buffer_append(out, itd_text_word_view(&words, i)))
            status = itd_fail_memory(error);
    itd_text_words_finish(&words);
    return status;
}

/* What a text has that another reading may be of. */
typedef struct contents {
    bool vowelless;        /* Arabic or Hebrew letters */
    bool korean;           /* characters with a Korean reading */
    bool dotted;           /* names in Chinese characters with a point in the middle */
    size_t words, longest; /* Hangul: words, most syllables of one */
    size_t syllables;      /* of all of them */
    bool foreign;          /* a syllable that no Korean name has */
    size_t han_sounds;     /* longest run of characters that foreign names are written with, and of no other */
} contents;

static bool is_middle_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF65;
}

/* Syllables that Korean names are of have a Chinese character. */
static bool is_korean_syllable(uint32_t c)
{
    uint32_t i = c - 0xAC00;
    return itd_text_korean_syllables[i / 8] >> (i % 8) & 1;
}

static void end_run(contents *found, unsigned script, size_t run, size_t sounds)
{
    if (script == ITD_SCRIPT_HANGUL) {
        found->words++;
        found->syllables += run;
        found->longest = run > found->longest ? run : found->longest;
    } else if (script == ITD_SCRIPT_HAN && sounds == run && run > found->han_sounds) {
        found->han_sounds = run;
    }
}

static void look_through(contents *found, itd_sv text)
{
    unsigned script = 0;
    size_t run = 0, sounds = 0;
    *found = (contents){0};
    for (size_t at = 0; at < text.size && at < ITD_TEXT_BYTES_MAX;) {
        uint32_t c =
            (unsigned char)text.data[at] < 0x80 ? (unsigned char)text.data[at++] : decode(text.data, text.size, &at);
        found->vowelless = found->vowelless || (c >= 0x590 && c < 0x780);
        unsigned now = c >= 0x3000 ? script_of(c) & (ITD_SCRIPT_HANGUL | ITD_SCRIPT_HAN) : 0;
        if (now != script) {
            end_run(found, script, run, sounds);
            found->dotted = found->dotted || (script == ITD_SCRIPT_HAN && is_middle_dot(c));
            run = sounds = 0;
            script = now;
        }
        run += now != 0;
        if (now == ITD_SCRIPT_HAN) {
            sounds += itd_han_is_sound(c);
            found->korean = found->korean || code_find(itd_text_hanja, itd_text_hanja_count, c);
        } else if (now == ITD_SCRIPT_HANGUL) {
            found->foreign = found->foreign || !is_korean_syllable(c);
        }
    }
    end_run(found, script, run, sounds);
}

unsigned itd_text_readings(itd_sv text)
{
    contents found;
    look_through(&found, text);
    unsigned readings = 1u << ITD_READING_MANDARIN;
    if (found.korean)
        readings |= 1u << ITD_READING_KOREAN;
    /* Korean names have two to four syllables, in one word or a family name and a given name. */
    bool hangul = found.longest >= 2 && (found.foreign || found.syllables > HANGUL_SYLLABLES_MAX);
    if (found.vowelless || hangul || found.dotted || found.han_sounds >= HAN_SOUNDS_MIN)
        readings |= 1u << ITD_READING_SOUNDS;
    return readings;
}
