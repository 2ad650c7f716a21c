#include <unicode/ustring.h>

#include "base/memory.h"
#include "text/arabic.h"
#include "text/hangul.h"
#include "text/split.h"

#define ICU_UNITS_MAX 2048
#define RULES "Any-Latin; Latin-ASCII"

/* ICU gives memory that it did not get as a failure of whatever it was doing. */
itd_status itd_icu_failed(UErrorCode code, const char *data, itd_error *error)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return itd_fail_memory(error);
    return itd_fail(error, ITD_EIO, "ICU's %s data cannot be read: %s", data, u_errorName(code));
}

void itd_split_fail(itd_splitter *s)
{
    s->status = itd_fail_memory(s->error);
}

/* Adds one folded word that needs no further cutting. */
static void add_piece(itd_splitter *s, const char *text, size_t size, unsigned script, unsigned flags)
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
            itd_split_fail(s);
            return;
        }
        out->items = items;
        out->capacity = capacity;
    }
    itd_text_word word = {(uint32_t)out->text.size, (uint16_t)size, (uint8_t)script, (uint8_t)flags};
    if (!itd_buffer_append(&out->text, (itd_sv){text, size})) {
        itd_split_fail(s);
        return;
    }
    out->items[out->count++] = word;
}

/* "1st" … "39th": the digits alone tell. */
static bool is_ordinal_ending(const char *text, size_t size)
{
    return size == 2 && (memcmp(text, "st", 2) == 0 || memcmp(text, "nd", 2) == 0 || memcmp(text, "rd", 2) == 0 ||
                         memcmp(text, "th", 2) == 0);
}

/* A word that may be several in Arabic. Each part is a word like any other, so that folding the parts changes nothing.
 */
static void add_parts(itd_splitter *s, const char *text, size_t size, unsigned script, unsigned flags)
{
    itd_sv parts[ITD_ARABIC_PARTS_MAX];
    const char *pinyin = s->reading == ITD_READING_PINYIN ? itd_wade_pinyin((itd_sv){text, size}) : NULL;
    if (pinyin) {
        add_piece(s, pinyin, strlen(pinyin), script, flags);
        return;
    }
    size_t count = flags & ITD_TEXT_SOUNDS ? 1 : itd_arabic_cut(parts, (itd_sv){text, size});
    if (count == 1) {
        add_piece(s, text, size, script, flags);
        return;
    }
    for (size_t i = 0; i < count; i++)
        itd_split_add(s, parts[i].data, parts[i].size, script, flags);
}

static bool is_vowel(char c)
{
    return memchr("aeiouy", c, 6);
}

/* The letter that a copyist took for this digit, between these letters; the digit itself where it may be none, or one
 * of two: 1 is l or i, and which of them the letters around tell but for one case. */
static char letter_of(char digit, char before, char after)
{
    switch (digit) {
    case '0':
        return 'o';
    case '5':
        return 's';
    case '8':
        return 'b';
    case '1':
        return is_vowel(before) ? 'l' : is_vowel(after) ? digit : 'i';
    default:
        return digit;
    }
}

/* "abde1ilah", "a8d": a single digit between two letters is a letter. */
static void restore_letters(char *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bool between =
            i && i + 1 < size && itd_is_digit(text[i]) && !itd_is_digit(out[i - 1]) && !itd_is_digit(text[i + 1]);
        out[i] = between ? letter_of(text[i], out[i - 1], text[i + 1]) : text[i];
    }
}

/* A number behind letters, or before them (`last`: 0): several digits, or one that no letter looks like. A 8 is b
 * behind a vowel ("Habi8"), and no name has a b behind a consonant. */
static bool is_number(const char *digits, size_t count, char last)
{
    return count > 1 ||
           (count == 1 && (memchr("234679", digits[0], 6) || (digits[0] == '8' && last && !is_vowel(last))));
}

/* Cuts a folded word where letters meet a number at its beginning or end ("office39", "jong2"; a 1 alone may be a slip
 * for a letter and stays), and drops ordinal endings. */
void itd_split_add(itd_splitter *s, const char *raw, size_t size, unsigned script, unsigned flags)
{
    char text[ITD_TEXT_WORD_MAX * 8];
    size_t head = 0, tail = 0;
    size = size < sizeof text ? size : sizeof text;
    restore_letters(text, raw, size);
    while (head < size && itd_is_digit(text[head]))
        head++;
    while (tail < size - head && itd_is_digit(text[size - 1 - tail]))
        tail++;
    size_t letters = size - head - tail;
    if (head && letters == 2 && tail == 0 && is_ordinal_ending(text + head, 2)) {
        add_piece(s, text, head, script, flags);
        return;
    }
    bool cut_head = letters >= 3 && is_number(text, head, 0),
         cut_tail = letters >= 3 && is_number(text + size - tail, tail, text[size - tail - 1]);
    if (cut_head)
        add_piece(s, text, head, script, flags);
    size_t from = cut_head ? head : 0, to = cut_tail ? size - tail : size;
    add_parts(s, text + from, to - from, script, flags);
    if (cut_tail)
        add_piece(s, text + size - tail, tail, script, flags);
}

/* What ICU makes of code points that no table has. The result is ASCII with blanks. */
static bool icu_latin(itd_splitter *s, itd_buffer *out, const uint32_t *code_points, size_t count)
{
    UErrorCode code = U_ZERO_ERROR;
    if (!s->folder->to_latin) {
        UChar rules[sizeof RULES];
        u_charsToUChars(RULES, rules, sizeof RULES);
        s->folder->to_latin = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
        if (U_FAILURE(code)) {
            s->folder->to_latin = NULL;
            s->status = itd_icu_failed(code, "transliteration", s->error);
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
            itd_split_fail(s);
            return false;
        }
    }
    return true;
}

/* Folds `count` code points of one word by our tables, the rest by ICU, into pieces. */
void itd_split_points(itd_splitter *s, const uint32_t *code_points, size_t count, unsigned scripts)
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
                itd_split_fail(s);
            if (s->status == ITD_OK && icu_latin(s, &text, code_points + icu_from, i - icu_from)) {
                itd_sv rest = itd_buffer_view(&text), part;
                size = 0;
                while (itd_sv_split(&part, &rest, ' ')) {
                    if (rest.size == 0 && i < count && part.size < sizeof stack / 2 && scripts != ITD_SCRIPT_HAN) {
                        memcpy(stack, part.data, part.size); /* the word goes on */
                        size = part.size;
                    } else {
                        itd_split_add(s, part.data, part.size, scripts, 0);
                    }
                }
            }
            icu_from = SIZE_MAX;
        }
        if (i == count)
            break;
        char latin[ITD_HANGUL_LATIN_MAX];
        const char *more = latin;
        uint32_t look = mixed && c >= 0x80 ? itd_code_find(itd_text_lookalikes, itd_text_lookalikes_count, c) : 0;
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
        itd_split_add(s, stack, size, scripts, 0);
    itd_buffer_finish(&text);
}
