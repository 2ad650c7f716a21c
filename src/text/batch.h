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

/** What edits of a word's letters cost, by letter. */
typedef struct itd_batch_costs {
    uint8_t pairs[ITD_BATCH_LETTERS][32]; /**< each of its letters with each other one */
    uint16_t own_gaps[ITD_BATCH_LETTERS];
} itd_batch_costs;

/** The one word, made ready. */
typedef struct itd_batch {
    itd_letters word;
    itd_batch_word codes;
    bool plain;                /**< its letters are its sounds */
    uint8_t low[32], high[32]; /**< by sound: where it stands in the phone, as bits */
    uint8_t gaps[32];          /**< what each letter costs that stands alone */
    itd_batch_costs text, phone;
} itd_batch;

/** False when the word does not fit, or this processor cannot. `word` is borrowed. */
bool itd_batch_init(itd_batch *out, itd_letters word);

/** Words to compare with: up to ITD_BATCH_WORDS, sizes of their letters and sounds. Borrowed. */
typedef struct itd_batch_side {
    const itd_batch_word *words[ITD_BATCH_WORDS];
    uint8_t sizes[ITD_BATCH_WORDS], phone_sizes[ITD_BATCH_WORDS];
    unsigned count;
} itd_batch_side;

/** Can this processor compare many at once? */
bool itd_batch_can(void);

/** The sounds of one word of up to ITD_BATCH_LETTERS, and what each is worth beside each sound of the others; sounds
 * are numbers below 32 (text/foreign.h), and stand where phones do. Numbers are kept as their lower and upper bytes. */
typedef struct itd_batch_sounds {
    unsigned size;
    int16_t own_gaps[ITD_BATCH_LETTERS];     /**< of each sound alone */
    uint8_t best[2][32], gaps[2][32];        /**< by sound of the others: at most; alone */
    uint8_t pairs[ITD_BATCH_LETTERS][2][32]; /**< by sound of the word and of the others */
} itd_batch_sounds;
static inline void itd_batch_put(uint8_t table[2][32], unsigned sound, int worth)
{
    table[0][sound] = (uint8_t)((unsigned)worth & 0xFF);
    table[1][sound] = (uint8_t)((unsigned)worth >> 8 & 0xFF);
}
/** Sums of what each sound is worth at most. */
void itd_batch_most(int16_t out[ITD_BATCH_WORDS], const itd_batch_sounds *sounds, const itd_batch_side *side);
/** What the best alignments are worth. */
void itd_batch_align(int16_t out[ITD_BATCH_WORDS], const itd_batch_sounds *sounds, const itd_batch_side *side);

/** Masks that are compared at once. */
#define ITD_BATCH_MASKS 8
/** Which of `count` masks, ITD_BATCH_MASKS at most, are near to one (itd_masks_near): a bit each. Reads ITD_BATCH_MASKS
 * of them. */
unsigned itd_batch_masks(uint32_t mask, const uint32_t *masks, unsigned count, unsigned edits);

/** itd_levenshtein of the phones. */
void itd_batch_levenshtein(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side);
/** itd_sound_similarity_gated. */
void itd_batch_similarity(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side);

#endif
