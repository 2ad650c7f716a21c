#ifndef ITD_MATCH_NEAR_H
#define ITD_MATCH_NEAR_H

#include "text/strips.h"

/* A set of short strings, each with the words that have it, in which those are found that differ from a given one in a
 * few letters. Which have all but two letters in common is told by holding the given one against all of them
 * (text/strips.h): with short strings these are one in fifteen, and no index is faster at finding so many. Which have
 * all but one in common is told by a table: whoever has, has in common what is left when a letter is taken out of
 * either. So every string is held under what is left of it, and looked for under what is left of the one that is asked
 * for. Strings that are longer than ITD_NEAR_PREFIX are held under their first letters: when a string of one letter
 * less is in both, its first ITD_NEAR_PREFIX - 1 letters are in both prefixes. Source of the idea: T. Bocek, E. Hunt,
 * B. Stiller, Fast similarity search in large dictionaries, University of Zurich 2007. */

/** Letters of a longer string that count. */
#define ITD_NEAR_PREFIX 9
/** What may be left of a string, at most: none or one of its letters is taken out. */
#define ITD_NEAR_VARIANTS_MAX (1 + ITD_NEAR_PREFIX)

/** A string before it is in a set. */
typedef struct itd_near_item {
    uint32_t text, token; /**< where it stands in the letters given; whose it is */
    uint8_t size;         /**< letters of it */
} itd_near_item;

/** Strings under the hashes of what is left of them. */
typedef struct itd_near_table {
    unsigned shift;    /**< of a hash, to its bucket */
    uint32_t *buckets; /**< into held; one more than there are */
    uint32_t *held;    /**< strings */
    uint16_t *checks;  /**< lower half of the hash, of each held */
} itd_near_table;

/** Strings stand by their size. */
typedef struct itd_near_set {
    uint32_t count, member_count;
    uint32_t *letter_first; /**< count + 1 */
    char *letters;
    uint32_t *first;      /**< count + 1, into members */
    uint32_t *members;    /**< tokens; of one string in their order */
    itd_strips strips;    /**< all strings, to be held against one */
    itd_near_table tight; /**< one letter taken out at most; empty where nobody asks */
} itd_near_set;

/** Of `items` of ITD_DISTANCE_MAX letters at most; copies what it needs. `tight`: with the table that
 * itd_near_find_tight and itd_near_exact look into. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_near_set_init(itd_near_set *out, const itd_near_item *items, size_t count,
                                            const char *letters, bool tight, itd_error *error);
void itd_near_set_finish(itd_near_set *set);

static inline itd_sv itd_near_text(const itd_near_set *set, uint32_t string)
{
    return (itd_sv){set->letters + set->letter_first[string],
                    set->letter_first[string + 1] - set->letter_first[string]};
}

/** Who has been found by one search: made once, used by one thread. */
typedef struct itd_near_found {
    uint32_t *stamps; /**< by string: the last search that found it */
    uint32_t *strings;
    uint8_t *missing;            /**< of each string: its letters without counterpart, or edits */
    uint32_t *members;           /**< room for all */
    uint32_t stamp, count, room; /**< room: of stamps */
} itd_near_found;
/** For sets of up to so many strings and members; itd_near_find_tight asks always the same set. */
ITD_MUST_CHECK itd_status itd_near_found_init(itd_near_found *out, uint32_t strings, uint32_t members,
                                              itd_error *error);
void itd_near_found_finish(itd_near_found *found);

/** Finds the strings that have all but `own_slack` letters of `text`, and all but `slack` of their own, in common with
 * it in the same order. Each once, the shorter ones first. `pattern` is of `text`. */
void itd_near_find_common(itd_near_found *found, const itd_near_set *set, const itd_pattern *pattern, itd_sv text,
                          unsigned own_slack, unsigned slack);
/** Finds the strings that are as few edits away as strings of their size may be. `text` has a letter. */
void itd_near_find_edits(itd_near_found *found, const itd_near_set *set, const itd_pattern *pattern, itd_sv text,
                         const itd_strips_limits *most);
/** The same as itd_near_find_common with one letter of either, where that is all: a few places to look at. In any
 * order.
 */
void itd_near_find_tight(itd_near_found *found, const itd_near_set *set, const itd_pattern *pattern, itd_sv text);
/** The string itself, or ITD_NEAR_NONE. */
uint32_t itd_near_exact(const itd_near_set *set, itd_sv text);
#define ITD_NEAR_NONE UINT32_MAX

#endif
