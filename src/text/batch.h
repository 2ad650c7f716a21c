#ifndef ITD_TEXT_BATCH_H
#define ITD_TEXT_BATCH_H

#include "text/distance.h"

/* One word against many at once: the same answers as word by word, on processors that compare sixteen words in the time
 * of two. All functions are pure, do not allocate, and are safe from any thread. */

/** Letters of a word that fits, and words that are compared at once. */
#define ITD_BATCH_LETTERS 16
#define ITD_BATCH_WORDS 16

/** A word of up to ITD_BATCH_LETTERS letters, without digits: numbers of its letters and sounds. */
typedef struct itd_batch_word {
    uint8_t text[ITD_BATCH_LETTERS], phone[ITD_BATCH_LETTERS]; /**< behind the last one ITD_BATCH_NONE */
} itd_batch_word;
#define ITD_BATCH_NONE 31

/** False when the word does not fit: then it has to be compared by itself. */
bool itd_batch_word_init(itd_batch_word *out, itd_letters word);

/** The one word, made ready. */
typedef struct itd_batch {
    itd_letters word;
    itd_batch_word codes;
    uint8_t low[32], high[32]; /**< by sound: where it stands in the phone, as bits */
} itd_batch;

/** False when the word does not fit, or this processor cannot. `word` is borrowed. */
bool itd_batch_init(itd_batch *out, itd_letters word);

/** Words to compare with: up to ITD_BATCH_WORDS, sizes of their letters and sounds. Borrowed. */
typedef struct itd_batch_side {
    const itd_batch_word *words[ITD_BATCH_WORDS];
    uint8_t sizes[ITD_BATCH_WORDS], phone_sizes[ITD_BATCH_WORDS];
    unsigned count;
} itd_batch_side;

/** itd_levenshtein of the phones. */
void itd_batch_levenshtein(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side);
/** itd_sound_similarity_gated. */
void itd_batch_similarity(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side);

#endif
