#ifndef ITD_TEXT_STRIPS_H
#define ITD_TEXT_STRIPS_H

#include "base/error.h"
#include "text/distance.h"

/* Many short strings held against one at a time: strings of one size stand in strips, first letters together, then
 * second ones, so that a step of a bit-parallel comparison does all of a strip. Where the vocabulary of a list has a
 * hundred thousand strings this looks at every one sooner than an index of what they have in common tells which to look
 * at: that has long lists of its own for short strings. */

/** Strings of a strip. */
#define ITD_STRIP 32
/** Letters of a word that is held against strips; longer ones are held against each string by itself. */
#define ITD_STRIP_WORD_MAX 16

typedef struct itd_strips {
    char *letters;                         /**< ITD_STRIP of each place, by strip and place */
    uint32_t first[ITD_DISTANCE_MAX + 1];  /**< the first string of each size */
    uint32_t letter[ITD_DISTANCE_MAX + 1]; /**< where letters of each size begin, in strips of places */
    uint32_t counts[ITD_DISTANCE_MAX + 1]; /**< strings of each size */
} itd_strips;

/** Strings `letters[starts[i]]` to `letters[starts[i + 1]]`, the shorter ones first, each of ITD_DISTANCE_MAX letters
 * at most; copies what it needs. @return ITD_OK | ITD_ENOMEM. Cost: O(letters). */
ITD_MUST_CHECK itd_status itd_strips_init(itd_strips *out, const char *letters, const uint32_t *starts, uint32_t count,
                                          itd_error *error);
void itd_strips_finish(itd_strips *strips);

/** What was found: room for every string. */
typedef struct itd_strips_found {
    uint32_t *strings; /**< borrowed */
    uint8_t *missing;  /**< of each: its letters without counterpart, or edits; borrowed */
    uint32_t count;
} itd_strips_found;

/** What is asked of strings of each size. */
typedef struct itd_strips_limits {
    uint8_t of[ITD_DISTANCE_MAX + 1];
} itd_strips_limits;
#define ITD_STRIPS_NONE 255 /**< no string of that size */

/** Adds the strings that have at least so many letters in common with the word, in the same order (itd_common_letters),
 * the shorter ones first. `pattern` is of `word`. Cost: O(letters), ITD_STRIP strings at a time. Thread-safe. */
void itd_strips_common(itd_strips_found *found, const itd_strips *strips, const itd_pattern *pattern, itd_sv word,
                       const itd_strips_limits *least);
/** Adds those that are at most so many edits away (itd_levenshtein) from the word, which has a letter. */
void itd_strips_edits(itd_strips_found *found, const itd_strips *strips, const itd_pattern *pattern, itd_sv word,
                      const itd_strips_limits *most);

#endif
