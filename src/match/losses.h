#ifndef ITD_MATCH_LOSSES_H
#define ITD_MATCH_LOSSES_H

#include "match/internal.h"

/* What the score of a name takes off: shared by name.c, which takes it, and cover.c, which knows what cannot be
 * avoided. */

/* Contributions of a name in micro-units (docs/matching.md says how they were found). */
enum {
    LOSS_NUMBER = 250000, /* both have numbers and they differ */
    LOSS_NUMBER_MISSING = 60000,
    LOSS_SINGLE = 180000,       /* one word against a name of several */
    LOSS_SINGLE_OTHER = 150000, /* the same for names of organisations */
    LOSS_COMMON_BOTH = 60000,   /* neither name has any other word */
    LOSS_FAMILY = 80000,        /* the family name before the comma has no counterpart */
    LOSS_GENDER = 250000,       /* two words have the endings of a woman's name, and the other's of a man's */
    LOSS_INITIALS = 60000,      /* other initials */
    LOSS_ORDER = 10000,
    LOSS_SYLLABLES =
        200000,         /* of a name of syllables, when it is more than the family name before or after the others */
    LOSS_LEGAL = 30000, /* legal forms of different classes */
    LOSS_LEGAL_MISSING = 10000,
    LOSS_WEAK = 100000,
    LOSS_PREVIOUS = 5000,
    LOSS_ACRONYM_3 = 285000, /* a name and the first letters of the other's words: three, */
    LOSS_ACRONYM_4 = 200000, /* four, */
    LOSS_ACRONYM_5 = 120000, /* or more */
    LOSS_FORM = 10000,       /* the same words, but not the same letters */
    LOSS_PUNCTUATION = 5000, /* the same letters, but other marks between them */
    SYLLABLE = 5,            /* letters of a syllable at most */
    SYLLABLES = 3,           /* of a name at most, when their order tells */
    SIGNIFICANT = 450,       /* weight of a word that tells something */
    OTHER = 250,             /* weight from which a word left over is not nothing */
    INITIAL_OTHER = 700,     /* similarity of an initial in the name of an organisation */
    SAME = 900,              /* more than an initial: "I" and "1" */
    EVIDENCE_FLOOR = 500,    /* similarity from which on words are evidence */
    EVIDENCE_PERSON = 2000,  /* what is enough: two telling words */
    EVIDENCE_OTHER = 1600,
    UNLIKELY = 650000,   /* scores below which they count half */
    THIN_SPELLING = 800, /* how much more losses count where there is no evidence at all, thousandths */
    THIN_MISSING = 2500,
    THIN_MISSING_SYLLABLE = 5000,
    THIN_MISSING_SINGLE = 500, /* beside the loss for a single word */
    THIN_CONFLICT = 300,
    THIN_SPELLING_OTHER = 500,
    THIN_MISSING_OTHER = 800,
    CONFLICT_SMALL = 80000,    /* conflict of small and common words, which most names of one firm have somewhere */
    CONFLICT_MORE = 1400,      /* thousandths of what is above it that are taken off once more, */
    CONFLICT_MORE_MAX = 130000 /* at most */
};

/** A word that tells something. */
static inline bool itd_word_tells(uint8_t class_, unsigned weight)
{
    return weight >= SIGNIFICANT && class_ != ITD_TOKEN_GENERIC;
}

/** How much of its weight a word of so many letters may be as evidence. There are but a few hundred short words in
 * names of persons, as Chinese and Korean ones have them. */
static inline unsigned itd_evidence_weight(unsigned weight, unsigned size, bool person)
{
    static const uint16_t most_of_size[] = {0, 300, 400, 500, 650};
    if (person && size < sizeof most_of_size / sizeof most_of_size[0] && weight > most_of_size[size])
        return most_of_size[size];
    return weight;
}

/** What is left of a score of a name that is little evidence. What is unlikely anyway is not ruled out by it: it still
 * is found by whoever asks for low scores. */
static inline int32_t itd_thin_loss(int32_t score, int32_t loss)
{
    int32_t room = score > UNLIKELY ? score - UNLIKELY : 0;
    return loss > room ? room + (loss - room) / 2 : loss;
}

#endif
