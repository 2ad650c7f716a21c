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

#endif
