#ifndef ITD_MATCH_NEAR_H
#define ITD_MATCH_NEAR_H

#include "base/error.h"
#include "base/sv.h"

/* A set of short strings, each with the words that have it, in which those are found that differ from a given one in a
 * few letters: whoever is within reach has in common with it what is left when some letters are taken out of either. So
 * every string is held under what is left of it, and looked for under what is left of the one that is asked for.
 * Strings that are longer than ITD_NEAR_PREFIX are held under their first letters: when a string of two letters less
 * is in both, its first ITD_NEAR_PREFIX - 2 letters are in both prefixes. Reach is a matter of whoever asks: what is
 * found is a superset of it. Source of the idea: T. Bocek, E. Hunt, B. Stiller, Fast similarity search in large
 * dictionaries, University of Zurich 2007. */

/** Letters that may be taken out, and from which length on two are, whoever asks. */
#define ITD_NEAR_SLACK_MAX 2
#define ITD_NEAR_TWO_FROM 8
/** Letters of a longer string that count. */
#define ITD_NEAR_PREFIX 9
/** What may be left of a string, at most: none, nine letters or 36 pairs of them are taken out. */
#define ITD_NEAR_VARIANTS_MAX (1 + ITD_NEAR_PREFIX + ITD_NEAR_PREFIX * (ITD_NEAR_PREFIX - 1) / 2)

/** A string before it is in a set. */
typedef struct itd_near_item {
    uint32_t text, token; /**< where it stands in the letters given; whose it is */
    uint8_t size, slack;  /**< letters of it; how many may be taken out */
} itd_near_item;

/** Strings under the hashes of what is left of them. */
typedef struct itd_near_table {
    unsigned shift;    /**< of a hash, to its bucket */
    uint32_t *buckets; /**< into held; one more than there are */
    uint32_t *held;    /**< strings */
    uint16_t *checks;  /**< lower half of the hash, of each held */
} itd_near_table;

typedef struct itd_near_set {
    uint32_t count, member_count;
    uint32_t *letter_first; /**< count + 1 */
    char *letters;
    uint32_t *first;      /**< count + 1, into members */
    uint32_t *members;    /**< tokens; of one string in their order */
    itd_near_table wide;  /**< as many letters taken out as a string bears */
    itd_near_table tight; /**< one at most */
} itd_near_set;

/** Sorts `items`, and copies what it needs. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_near_set_init(itd_near_set *out, itd_near_item *items, size_t count, const char *letters,
                                            itd_error *error);
void itd_near_set_finish(itd_near_set *set);

static inline itd_sv itd_near_text(const itd_near_set *set, uint32_t string)
{
    return (itd_sv){set->letters + set->letter_first[string],
                    set->letter_first[string + 1] - set->letter_first[string]};
}

/** Who has been found by one search: made once for a set, used by one thread. */
typedef struct itd_near_found {
    uint32_t *stamps; /**< by string: the last search that found it */
    uint32_t *strings;
    uint32_t stamp, count;
} itd_near_found;
ITD_MUST_CHECK itd_status itd_near_found_init(itd_near_found *out, const itd_near_set *set, itd_error *error);
void itd_near_found_finish(itd_near_found *found);

/** Finds all strings that have a string of their letters in common with `text` when up to `slack` letters are taken out
 * of `text`, and as many as they bear out of them; and some others. Each once. */
void itd_near_find(itd_near_found *found, const itd_near_set *set, itd_sv text, unsigned slack);
/** The same for those that have all but one letter of either in common: a fifth of the places to look at. */
void itd_near_find_tight(itd_near_found *found, const itd_near_set *set, itd_sv text);
/** The string itself, or ITD_NEAR_NONE. */
uint32_t itd_near_exact(const itd_near_set *set, itd_sv text);
#define ITD_NEAR_NONE UINT32_MAX

#endif
