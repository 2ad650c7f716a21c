#ifndef ITD_TEXT_SYLLABLES_H
#define ITD_TEXT_SYLLABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Scripts of syllables in Latin, and how they write names of other languages by sound. */

/** Longest Latin text of one character, with its NUL. */
#define ITD_SYLLABLE_LATIN_MAX 12

/** True for the kana that itd_kana_latin reads, the marks of doubling, length and voicing with them. */
bool itd_kana_is(uint32_t code_point);
/** Hepburn without long vowels. `out` has ITD_SYLLABLE_LATIN_MAX bytes a code point.
 *  @return its size; no NUL is added */
size_t itd_kana_latin(char *out, const uint32_t *code_points, size_t count);

/** The Mandarin reading without tones; NULL when the table has none. Static. */
const char *itd_han_latin(uint32_t code_point);
/** True when foreign names are written with the character, for its sound. */
bool itd_han_is_sound(uint32_t code_point);
/** What the character stands for in foreign names (transcribing.tsv), else its reading: "q" is ch, "x" sh, "c" ts.
 * `out` has ITD_SYLLABLE_LATIN_MAX bytes.
 *  @return false when the table has none */
bool itd_han_sound(char *out, uint32_t code_point);
/** A Hangul syllable as a sound of a foreign name: ㅡ, which only parts consonants, is left out. `out` has
 * ITD_SYLLABLE_LATIN_MAX bytes. */
void itd_hangul_sound(char *out, uint32_t code_point);

#endif
