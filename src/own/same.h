#ifndef ITD_OWN_SAME_H
#define ITD_OWN_SAME_H

#include "own/names.h"

/* Ids that are said to be one: of several the first in byte order stands for all, the others are other names of it. */

/** Other names: in byte order, with the number of the entity that each is a name of. All zeros is none. */
typedef struct itd_aliases {
    uint32_t count;
    uint32_t *first; /**< count + 1, into heap */
    char *heap;      /**< each ended by NUL */
    uint32_t *entity;
} itd_aliases;
void itd_aliases_finish(itd_aliases *aliases);

/** A forest over numbers of names as they were given: every number begins as its own. */
typedef struct itd_same {
    uint32_t *parent;
    uint32_t count;
} itd_same;
/** @return ITD_OK | ITD_ENOMEM. Ends with itd_same_finish. */
ITD_MUST_CHECK itd_status itd_same_init(itd_same *out, uint32_t count, itd_error *error);
void itd_same_finish(itd_same *same);
void itd_same_unite(itd_same *same, uint32_t a, uint32_t b);

/** `names` are sorted, `rank` tells by old number where each went (itd_names_sort). Takes the other names out of
 * `names`; afterwards `rank` tells the number of the entity, the same for all of its names. Cost: O(names + bytes).
 * @return ITD_OK | ITD_ENOMEM: then nothing has changed */
ITD_MUST_CHECK itd_status itd_same_apply(itd_aliases *out, itd_names *names, uint32_t *rank, itd_same *same,
                                         itd_error *error);

#endif
