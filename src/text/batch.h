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

/** False when the word does not fit: then it has no letters here, and has to be compared by itself. */
bool itd_batch_word_init(itd_batch_word *out, itd_letters word);

/** What edits of a word's letters cost, by letter. */
typedef struct itd_batch_costs {
    const uint8_t *pairs[ITD_BATCH_LETTERS]; /**< each of its letters with each other one */
    uint16_t own_gaps[ITD_BATCH_LETTERS];
} itd_batch_costs;

/** The one word, made ready. */
typedef struct itd_batch {
    itd_letters word;
    itd_batch_word codes;
    bool plain;                /**< its letters are its sounds */
    uint8_t low[32], high[32]; /**< by sound: where it stands in the phone, as bits */
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

/** What sounds are worth beside one, by number below 32: lower bytes, then upper ones. */
typedef uint8_t itd_batch_row[2][32];
static inline void itd_batch_put(itd_batch_row row, unsigned sound, int worth)
{
    row[0][sound] = (uint8_t)((unsigned)worth & 0xFF);
    row[1][sound] = (uint8_t)((unsigned)worth >> 8 & 0xFF);
}

/** The sounds of one word of up to ITD_BATCH_LETTERS, and what each is worth beside each sound of the others; sounds
 * are numbers below 32 (text/foreign.h), and stand where phones do. Rows are borrowed. */
typedef struct itd_batch_sounds {
    unsigned size;
    int16_t own_gaps[ITD_BATCH_LETTERS];           /**< of each sound alone */
    const itd_batch_row *pairs[ITD_BATCH_LETTERS]; /**< by sound of the word */
    const itd_batch_row *gaps;                     /**< of the others' alone */
    itd_batch_row best, need;                      /**< of the others' at most; by how many they are: what all of them
                                                        have to be worth */
} itd_batch_sounds;
/** What words have to be like, by the number of their sounds and which these are, to be few edits away: a first look at
 * many. Words of `more[0]` sounds and more may have one edit more than `edits`, those of `more[1]` two. */
typedef struct itd_batch_gate {
    uint32_t mask; /**< of the word, as in a look */
    unsigned least, most, edits, more[2];
} itd_batch_gate;
/** Bits of a look: sounds (a to z, others share them), and how many there are, this one or more. */
enum { ITD_BATCH_LOOK_MASK = 0x3FFFFFF, ITD_BATCH_LOOK_SIZE = 26, ITD_BATCH_LOOK_MOST = 63 };
/** `edits_of`: edits that words of two sizes may have; it rises with both, by two at most within their reach, to
 * ITD_PHONE_EDITS_MAX at most. */
void itd_batch_gate_init(itd_batch_gate *out, uint32_t mask, unsigned size,
                         unsigned (*edits_of)(size_t size_a, size_t size_b));
/** What is looked at of a word: its mask, and how many sounds it has. */
static inline uint32_t itd_batch_look(uint32_t mask, unsigned size)
{
    return (mask >> 1 & ITD_BATCH_LOOK_MASK) | (size < ITD_BATCH_LOOK_MOST ? size : ITD_BATCH_LOOK_MOST)
                                                   << ITD_BATCH_LOOK_SIZE;
}
/** Keeps those of `words` that may be so few edits away, in their order, by `looks` of all words. @return how many */
size_t itd_batch_pass(uint32_t *words, size_t count, const itd_batch_gate *gate, const uint32_t *looks);

/** Keeps those of `words`, all of which passed, whose phones are as few edits away as the gate says (itd_levenshtein),
 * and those that do not fit (itd_batch_word_init), in their order. @return how many */
size_t itd_batch_near(uint32_t *words, size_t count, const itd_batch_gate *gate, const itd_batch *batch,
                      const itd_batch_word *codes, const uint32_t *looks);
/** itd_sound_similarity_gated. */
void itd_batch_similarity(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side);

/** Keeps those of `words` whose sounds, each at its best, are worth what they need, and those of more than
 * ITD_BATCH_LETTERS sounds, in their order. @return how many */
size_t itd_batch_may(uint32_t *words, size_t count, const itd_batch_sounds *sounds, const itd_batch_word *codes,
                     const uint32_t *looks);
/** What the best alignments of up to ITD_BATCH_WORDS words are worth; of a word of more than ITD_BATCH_LETTERS sounds
 * 0. */
void itd_batch_align(int16_t out[ITD_BATCH_WORDS], const itd_batch_sounds *sounds, const uint32_t *words,
                     unsigned count, const itd_batch_word *codes, const uint32_t *looks);

#endif
