#ifndef ITD_OWN_RADIX_H
#define ITD_OWN_RADIX_H

#include <stddef.h>
#include <stdint.h>

/** What is sorted: something with a number, by its key. */
typedef struct itd_radix_item {
    uint64_t key;
    uint32_t number, reserved;
} itd_radix_item;

/** By key, lowest first; items of one key stay in their order. `other` has room for as many. Cost: two passes for each
 * byte in which keys differ, one pass beside. */
void itd_radix_sort(itd_radix_item *items, itd_radix_item *other, size_t count);

#endif
