#ifndef INTERDICT_NEAREST_H
#define INTERDICT_NEAREST_H

#include "interdict/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Longest word, in bytes, whose edits are counted; of longer ones only what they begin with or hold tells. */
#define ITD_NEAREST_MAX 64

/** The nearest of the words that it is offered, to one that nobody knows: for "did you mean". All zeros plus `wrong`.
 * Views are borrowed. */
typedef struct itd_nearest {
    itd_sv wrong;
    itd_sv best;  /**< data NULL: none is near enough */
    size_t edits; /**< between the two */
} itd_nearest;

/** Near enough, whatever the case of ASCII letters: the wrong word begins it (two bytes at least) or stands in it
 * (four), which counts as one edit; or at most a third of the wrong word's bytes, and one at least, are edits (insert,
 * delete, replace, swap of neighbours: optimal string alignment). Of equals the first in byte order stays. Words that
 * end in NUL give a `best` that does.
 *  Cost: O(|wrong| × |word|), no allocation.  Threads: safe. */
ITD_API void itd_nearest_offer(itd_nearest *nearest, itd_sv word);

#ifdef __cplusplus
}
#endif

#endif
