#ifndef ITD_MATCH_ENOUGH_H
#define ITD_MATCH_ENOUGH_H

#include "match/internal.h"

/* Which words of a question's name have to be touched together: names of the list that touch no such set are passed
 * over, 64 of them at a time. */

/** Words of 64 bits that are gone through at once. */
#define ITD_ENOUGH_BLOCK 256
/** Sets of one or two words that are kept. */
#define ITD_ENOUGH_SETS_MAX (ITD_MATCH_PLANES * (ITD_MATCH_PLANES + 1) / 2)

typedef struct itd_enough {
    unsigned planes;                      /**< of the name's words */
    unsigned count;                       /**< sets: of those below */
    uint8_t sets[ITD_ENOUGH_SETS_MAX][2]; /**< two planes; the same twice: one is enough */
    unsigned any;                         /**< so many, whichever they are; more than there are planes: none */
} itd_enough;

/** `forms`: legal forms are passed over. */
void itd_enough_init(itd_enough *out, const itd_match_query *query, const itd_left_name *name, bool forms,
                     int32_t need);
/** Names that touch enough, from the planes' words `first` to `first + count - 1`: ITD_ENOUGH_BLOCK at most. */
void itd_enough_find(uint64_t *out, const itd_enough *enough, const itd_match_query *query, size_t first, size_t count);

#endif
