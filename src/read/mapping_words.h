#ifndef ITD_READ_MAPPING_WORDS_H
#define ITD_READ_MAPPING_WORDS_H

#include "base/sv.h"

/** A header word in its plain form, and what it means. Generated from data/read/headers.tsv, in byte order. */
typedef struct itd_mapping_word_row {
    const char *word, *meaning;
    bool many;
} itd_mapping_word_row;

extern const itd_mapping_word_row itd_mapping_words[];
extern const size_t itd_mapping_word_count;

/** Room for the plain form of a word. */
#define ITD_MAPPING_WORD_BYTES_MAX 96

/** The plain form of a word that a column or a cell has: lower case, of ASCII only letters and digits. `out` has
 *  ITD_MAPPING_WORD_BYTES_MAX bytes, of which the result is; empty when the word is too long to be known. */
itd_sv itd_mapping_plain(char *out, itd_sv word);

#endif
