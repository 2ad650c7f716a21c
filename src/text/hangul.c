#include "text/hangul.h"

#include <string.h>

enum { SYLLABLE_FIRST = 0xAC00, SYLLABLE_LAST = 0xD7A3, VOWELS = 21, FINALS = 28 };

static const char firsts[][3] = {"k",  "kk", "n", "t",  "tt", "r",  "m",  "p",  "pp", "s",
                                 "ss", "",   "j", "jj", "ch", "kh", "th", "ph", "h"};
static const char vowels[][4] = {"a",  "ae", "ya", "yae", "o",  "e",  "yo", "ye", "o",  "wa", "wae",
                                 "oe", "yo", "u",  "wo",  "we", "wi", "yu", "u",  "ui", "i"};
static const char finals[][3] = {"",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
                                 "l", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};

bool itd_hangul_is(uint32_t code_point)
{
    return code_point >= SYLLABLE_FIRST && code_point <= SYLLABLE_LAST;
}

void itd_hangul_latin(char *out, uint32_t code_point)
{
    uint32_t i = code_point - SYLLABLE_FIRST;
    char *start = out;
    const char *parts[] = {firsts[i / (VOWELS * FINALS)], vowels[i % (VOWELS * FINALS) / FINALS], finals[i % FINALS]};
    for (int p = 0; p < 3; p++) {
        size_t size = strlen(parts[p]);
        memcpy(out, parts[p], size);
        out += size;
    }
    *out = '\0';
    /* A lone vowel is a surname, and not written with one letter. */
    static const char lone[][4] = {"ah", "e", "yi", "oh", "woo"};
    static const char letters[] = "aeiou";
    const char *letter = start[1] == '\0' ? strchr(letters, start[0]) : NULL;
    if (letter && *letter)
        memcpy(start, lone[letter - letters], sizeof lone[0]);
}
