#ifndef ITD_TEXT_HANGUL_H
#define ITD_TEXT_HANGUL_H

#include <stdbool.h>
#include <stdint.h>

/** Longest Latin spelling of a syllable, with its NUL. */
#define ITD_HANGUL_LATIN_MAX 8

bool itd_hangul_is(uint32_t code_point);
/** The spelling that lists use most (close to the North's own: Kim, Jong, Choe, Ri). `out` has ITD_HANGUL_LATIN_MAX
 * bytes. `code_point` is a syllable (U+AC00 … U+D7A3). */
void itd_hangul_latin(char *out, uint32_t code_point);

#endif
