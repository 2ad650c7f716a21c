#ifndef ITD_MODEL_SORT_H
#define ITD_MODEL_SORT_H

#include "base/error.h"
#include "base/sv.h"

/** Something to sort: by `key`, then `minor`. */
typedef struct itd_sort_item {
    uint64_t key;
    uint32_t minor;
    uint32_t index; /**< what it stands for */
} itd_sort_item;

/** Stable merge sort. `scratch` has room for `count` items. Cost: O(n log n), O(n) when sorted already. */
void itd_sort_items(itd_sort_item *items, itd_sort_item *scratch, size_t count);

/** Places of distinct texts in byte order: `rank[i]` is that of `texts[i]`.
 *  @return ITD_OK | ITD_ENOMEM (rank untouched).  Cost: O(n log n) plus the bytes that texts share. */
ITD_MUST_CHECK itd_status itd_sort_texts(uint32_t *rank, const itd_sv *texts, size_t count, itd_error *error);

#endif
