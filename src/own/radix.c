#include "own/radix.h"

#include <string.h>

#define DIGITS 256
#define SMALL 24

static void sort_small(itd_radix_item *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        itd_radix_item moving = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].key > moving.key; at--)
            items[at] = items[at - 1];
        items[at] = moving;
    }
}

void itd_radix_sort(itd_radix_item *items, itd_radix_item *other, size_t count)
{
    itd_radix_item *from = items, *to = other;
    uint64_t differ = 0;
    if (count <= SMALL) {
        sort_small(items, count);
        return;
    }
    for (size_t i = 1; i < count; i++)
        differ |= items[i].key ^ items[0].key;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if ((differ >> shift & 0xFF) == 0)
            continue;
        size_t places[DIGITS] = {0}, sum = 0;
        for (size_t i = 0; i < count; i++)
            places[from[i].key >> shift & 0xFF]++;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t here = places[d];
            places[d] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            to[places[from[i].key >> shift & 0xFF]++] = from[i];
        itd_radix_item *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}
