#ifndef ITD_BASE_SORTER_H
#define ITD_BASE_SORTER_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sv.h"

/** Sorts more bytes than memory holds: items of any length come in, and come out in byte order, equal ones next to each
 * other. What does not fit waits in a temporary file without a name (in $TMPDIR, else /tmp), which vanishes with the
 * sorter or the process. Threads: one at a time. */
typedef struct itd_sorter itd_sorter;

/** Longest item, in bytes. */
#define ITD_SORTER_ITEM_MAX ((size_t)1 << 28)
/** Most sorted runs that are merged at once: with the least memory that a run gets, this bounds what can be sorted. */
#define ITD_SORTER_RUNS_MAX 4096
/** Memory that sorting takes when nothing else is said: half of it holds items. */
#define ITD_SORTER_BYTES_DEFAULT ((size_t)1 << 27)

/** `bytes_max`: memory to take, give or take one item; at least 64 KiB. */
ITD_MUST_CHECK itd_status itd_sorter_create(itd_sorter **out, size_t bytes_max, itd_error *error);
/** NULL is fine. */
void itd_sorter_destroy(itd_sorter *sorter);
/** Copies an item. @return ITD_OK | ITD_ENOMEM | ITD_EIO (the temporary file) | ITD_ELIMIT (item or runs) */
ITD_MUST_CHECK itd_status itd_sorter_add(itd_sorter *sorter, itd_sv item, itd_error *error);
/** The next item in order, borrowed until the next call; the first call ends the adding. `*more` false past the last.
 *  @return ITD_OK | ITD_ENOMEM | ITD_EIO.  Cost: O(log runs) compares an item. */
ITD_MUST_CHECK itd_status itd_sorter_next(itd_sv *item, bool *more, itd_sorter *sorter, itd_error *error);

#endif
