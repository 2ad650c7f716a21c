#include "text/syllables.h"

#include <string.h>

#include "text/split.h"

enum {
    HIRAGANA_FIRST = 0x3041,
    HIRAGANA_END = 0x3097,
    KANA_APART = 0x60, /* a katakana stands so far behind its hiragana */
    DOUBLING = 0x30C3,
    LENGTH = 0x30FC,
    VOICED = 0x3099,
    HALF_VOICED = 0x309A,
    KANA_I = 0x30A4,
    KANA_U = 0x30A6,
    HA_FIRST = 0x30CF, /* ha, ba, pa, hi … po */
    HA_END = 0x30DE,
};

bool itd_kana_is(uint32_t c)
{
    if (c >= HIRAGANA_FIRST && c < HIRAGANA_END)
        c += KANA_APART;
    if (c == DOUBLING || c == LENGTH || c == VOICED || c == HALF_VOICED)
        return true;
    return c >= ITD_TEXT_KANA_FIRST && c < ITD_TEXT_KANA_END && itd_text_kana[c - ITD_TEXT_KANA_FIRST];
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Adds a small kana: "shi" and a small "ya" are "sha", "ki" and it are "kya", "fu" and a small "a" are "fa", "u" and a
 * small "i" are "wi". */
static size_t add_small(char *out, size_t size, const char *small, uint32_t after)
{
    if (after == KANA_U || after == KANA_I) {
        out[size - 1] = after == KANA_U ? 'w' : 'y';
    } else if (size && is_vowel(out[size - 1])) {
        bool soft = out[size - 1] == 'i' &&
                    ((size >= 3 && out[size - 2] == 'h') || (size >= 2 && out[size - 2] == 'j')); /* shi, chi, ji */
        size--;
        small += soft && small[0] == 'y' && small[1];
    }
    size_t more = strlen(small);
    memcpy(out + size, small, more);
    return size + more;
}

size_t itd_kana_latin(char *out, const uint32_t *code_points, size_t count)
{
    size_t size = 0;
    uint32_t before = 0; /* the kana before this one */
    bool doubled = false;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = code_points[i], mark = i + 1 < count ? code_points[i + 1] : 0;
        if (c >= HIRAGANA_FIRST && c < HIRAGANA_END)
            c += KANA_APART;
        if (mark == HALF_VOICED && c >= HA_FIRST && c < HA_END)
            c += 2;
        else if (mark == VOICED)
            c += c == KANA_U ? 0x30F4 - KANA_U : 1; /* u is vu */
        if (c == DOUBLING)
            doubled = true;
        if (c == DOUBLING || c < ITD_TEXT_KANA_FIRST || c >= ITD_TEXT_KANA_END)
            continue;
        const char *latin = itd_text_pooled(itd_text_kana[c - ITD_TEXT_KANA_FIRST]);
        if (latin[0] == '-') {
            size = add_small(out, size, latin + 1, size ? before : 0);
            before = 0;
            continue;
        }
        if (doubled && latin[0] && !is_vowel(latin[0]))
            out[size++] = latin[0] == 'c' ? 't' : latin[0]; /* "tch" */
        doubled = false;
        before = c;
        size_t more = strlen(latin);
        memcpy(out + size, latin, more);
        size += more;
    }
    return size;
}

static uint16_t han_row(uint32_t c)
{
    return c >= ITD_TEXT_HAN_FIRST && c < ITD_TEXT_HAN_END ? itd_text_han[c - ITD_TEXT_HAN_FIRST] : 0;
}

const char *itd_han_latin(uint32_t c)
{
    uint32_t syllable = han_row(c) & (ITD_TEXT_HAN_SOUND - 1);
    return syllable ? itd_text_pooled(itd_text_han_syllables[syllable]) : NULL;
}

bool itd_han_is_sound(uint32_t c)
{
    return (han_row(c) & ITD_TEXT_HAN_SOUND) != 0;
}

bool itd_han_sound(char *out, uint32_t c)
{
    uint32_t sound = itd_code_find(itd_text_han_sounds, itd_text_han_sounds_count, c);
    const char *latin = sound ? itd_text_pooled(sound) : itd_han_latin(c), *first = NULL;
    if (!latin)
        return false;
    if (sound) {
        memcpy(out, latin, strlen(latin) + 1);
        return true;
    }
    if (latin[0] == 'q')
        first = "ch";
    else if (latin[0] == 'x')
        first = "sh";
    else if (latin[0] == 'c' && latin[1] != 'h')
        first = "ts";
    size_t size = first ? 2 : 0, more = strlen(latin + (first ? 1 : 0));
    if (first)
        memcpy(out, first, size);
    more = more < ITD_SYLLABLE_LATIN_MAX - 1 - size ? more : ITD_SYLLABLE_LATIN_MAX - 1 - size;
    memcpy(out + size, latin + (first ? 1 : 0), more);
    out[size + more] = '\0';
    return true;
}

void itd_hangul_sound(char *out, uint32_t c)
{
    static const char firsts[][3] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                     "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
    static const char vowels[][4] = {"a",  "ae", "ya", "yae", "o",  "e",  "yo", "ye", "o",  "wa", "wae",
                                     "oe", "yo", "u",  "wo",  "we", "wi", "yu", "",   "ui", "i"};
    static const char finals[][3] = {"",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
                                     "l", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};
    uint32_t i = c - 0xAC00;
    const char *parts[] = {firsts[i / 588], vowels[i % 588 / 28], finals[i % 28]};
    for (int p = 0; p < 3; p++) {
        size_t size = strlen(parts[p]);
        memcpy(out, parts[p], size);
        out += size;
    }
    *out = '\0';
}
