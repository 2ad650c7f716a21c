#include "base/vector.h"

#include <stdint.h>

#define VECTOR_FIRST 8

void *itd_vector_grow(void *items, size_t *capacity, size_t need, size_t size)
{
    size_t wanted = *capacity < VECTOR_FIRST ? VECTOR_FIRST : *capacity + *capacity / 2;
    if (wanted < need)
        wanted = need;
    void *grown = itd_realloc_array(items, wanted, size);
    if (grown)
        *capacity = wanted;
    return grown;
}
