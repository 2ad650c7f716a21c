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

/** True for the same word, and for two of which one has a letter more, fewer or other, or two neighbours swapped. */
bool itd_one_slip(itd_sv a, itd_sv b);

/** Letters that both have in the same order, at most (longest common subsequence). Source: H. Hyyrö, Bit-parallel
 * LCS-length computation revisited, AWOCA 2004. Cost: O(length of `word`). */
static inline unsigned itd_common_letters(const itd_pattern *pattern, itd_sv word)
{
    size_t size = word.size < ITD_DISTANCE_MAX ? word.size : ITD_DISTANCE_MAX;
    uint64_t left = ~(uint64_t)0; /* places of the pattern that no letter has taken */
    for (size_t i = 0; i < size; i++) {
        uint64_t equal = left & pattern->at[(unsigned char)word.data[i] & 127];
        left = (left + equal) | (left - equal);
    }
    uint64_t taken = ~left & (pattern->size < 64 ? ((uint64_t)1 << pattern->size) - 1 : ~(uint64_t)0);
    /* Bits counted by halves: without a processor's own count the library's is a call. */
    taken -= taken >> 1 & 0x5555555555555555u;
    taken = (taken & 0x3333333333333333u) + (taken >> 2 & 0x3333333333333333u);
    return (unsigned)(((taken + (taken >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/** A word with what comparing needs, computed once. */
typedef struct itd_sound {
    uint8_t size, key_size, phone_size;
    char text[ITD_DISTANCE_MAX];  /**< first bytes of the word */
    char phone[ITD_DISTANCE_MAX]; /**< one letter a sound: "ph" is f, "kh" is x … */
    char key[ITD_DISTANCE_MAX];   /**< classes of consonants, runs of vowels as one */
} itd_sound;

void itd_sound_init(itd_sound *out, itd_sv word);

/** Similarity in thousandths: 1000 the same word, 0 not to be taken for one another. Symmetric. */
unsigned itd_sound_similarity(const itd_sound *a, const itd_sound *b);

/* The gates of that similarity: words that do not pass both have none. Whoever looks for similar words looks for those
 * that pass. */

/** Letters of its key that may be without counterpart in the other's, by the length of the word. */
#define ITD_SOUND_SLACK_MAX 2
static inline unsigned itd_sound_slack(size_t size)
{
    return size <= 4 ? 1 : ITD_SOUND_SLACK_MAX;
}

/** First gate: all but `slack` letters of each key stand in the other's, in the same order. */
static inline bool itd_sound_keys_near(const itd_pattern *key_a, unsigned slack_a, itd_sv key_b, unsigned slack_b)
{
    unsigned common = itd_common_letters(key_a, key_b);
    return common + slack_a >= key_a->size && common + slack_b >= key_b.size;
}

/** Second gate: edits between the phones, by the longer of the two; ITD_PHONE_EDITS_MAX at most. */
#define ITD_PHONE_EDITS_MAX 4
static inline unsigned itd_phone_edits(size_t size_a, size_t size_b)
{
    size_t longer = size_a > size_b ? size_a : size_b;
    return longer <= 2 ? 1 : longer <= 5 ? 2 : longer <= 8 ? 3 : 4;
}

static inline bool itd_sound_phones_near(const itd_pattern *phone_a, itd_sv phone_b)
{
    return itd_levenshtein(phone_a, phone_b) <= itd_phone_edits(phone_a->size, phone_b.size);
}

/** The sounds of a phone, a bit each; some share one. */
static inline uint32_t itd_phone_mask(itd_sv phone)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < phone.size; i++)
        mask |= (uint32_t)1 << (phone.data[i] & 31);
    return mask;
}

/** False when masks alone show that there are more than `edits` edits: each takes one sound away, and brings one. */
static inline bool itd_masks_near(uint32_t a, uint32_t b, unsigned edits)
{
    uint32_t gone = a & ~b, come = b & ~a;
    for (; edits; edits--) {
        gone &= gone - 1;
        come &= come - 1;
    }
    return !(gone | come);
}

/** What the weighted edits look at. Borrowed. */
typedef struct itd_letters {
    itd_sv text, phone;
} itd_letters;

static inline itd_letters itd_sound_letters(const itd_sound *sound)
{
    return (itd_letters){{sound->text, sound->size}, {sound->phone, sound->phone_size}};
}

/** The similarity of two different words of two letters and more that have passed both gates. */
unsigned itd_sound_similarity_gated(itd_letters a, itd_letters b);

#endif
