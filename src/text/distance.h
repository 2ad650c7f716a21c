#ifndef ITD_TEXT_DISTANCE_H
#define ITD_TEXT_DISTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sv.h"

/* How alike two folded words are. Words are a-z and 0-9. All functions are pure, do not allocate, and are safe from any
 * thread. */

/** Longest word that is compared; of a longer one the first bytes count. */
#define ITD_DISTANCE_MAX 64

/** A word as pattern of the bit-parallel distance: for each byte, where it stands. */
typedef struct itd_pattern {
    uint64_t at[128];
    unsigned size;
} itd_pattern;

void itd_pattern_init(itd_pattern *pattern, itd_sv word);
/** Levenshtein distance. Source: G. Myers, J. ACM 46(3), 1999, doi:10.1145/316542.316550, in the form of H. Hyyrö,
 * 2003. Cost: O(length of `word`). */
unsigned itd_levenshtein(const itd_pattern *pattern, itd_sv word);
/** Edits between all of `word` and the piece of the pattern that is nearest to it. */
unsigned itd_levenshtein_piece(const itd_pattern *pattern, itd_sv word);

/** A word with what comparing needs, computed once. */
typedef struct itd_sound {
    uint32_t mask; /**< classes of its consonants, and digits */
    uint8_t size, key_size, phone_size;
    char text[ITD_DISTANCE_MAX];  /**< first bytes of the word */
    char phone[ITD_DISTANCE_MAX]; /**< one letter a sound: "ph" is f, "kh" is x … */
    char key[ITD_DISTANCE_MAX];   /**< classes of consonants, runs of vowels as one */
} itd_sound;

void itd_sound_init(itd_sound *out, itd_sv word);

/** Similarity in thousandths: 1000 the same word, 0 not to be taken for one another. Symmetric. */
unsigned itd_sound_similarity(const itd_sound *a, const itd_sound *b);
/** True when at most `most` bits are set; without a processor's own count that is cheaper than counting. */
static inline bool itd_bits_at_most(uint32_t bits, unsigned most)
{
    for (; most && bits; most--)
        bits &= bits - 1;
    return bits == 0;
}

/** False when the two masks alone show that the similarity is 0. */
static inline bool itd_sound_may(uint32_t mask_a, unsigned size_a, uint32_t mask_b, unsigned size_b)
{
    unsigned shorter = size_a < size_b ? size_a : size_b, longer = size_a < size_b ? size_b : size_a;
    unsigned edits = longer <= 4 ? 1 : longer <= 8 ? 2 : 3;
    return longer - shorter <= edits + 1 && itd_bits_at_most(mask_a & ~mask_b, edits) &&
           itd_bits_at_most(mask_b & ~mask_a, edits);
}

/** False when the two keys show that the similarity is 0: the edits that a key of its length may have. */
static inline bool itd_sound_key_may(const itd_pattern *key_a, itd_sv key_b)
{
    unsigned longer = key_a->size > key_b.size ? key_a->size : (unsigned)key_b.size;
    return itd_levenshtein(key_a, key_b) <= (longer <= 3 ? 1u : longer <= 8 ? 2u : 3u);
}

/** The similarity of two different words of two letters and more that have passed itd_sound_may and itd_sound_key_may.
 */
unsigned itd_sound_similarity_gated(const itd_sound *a, const itd_sound *b);

#endif
