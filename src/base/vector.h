#ifndef ITD_BASE_VECTOR_H
#define ITD_BASE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

/** A growing array of T: `ITD_VECTOR(int) v = {0};`, items at v.items[0 … v.count - 1]. Starts as all zeros, ends with
 * itd_vector_finish. */
#define ITD_VECTOR(T)                                                                                                  \
    struct {                                                                                                           \
        T *items;                                                                                                      \
        size_t count;                                                                                                  \
        size_t capacity;                                                                                               \
    }

/** Room for `need` items of `size` bytes; the new block, or NULL (the old one stays valid). Use the macros below. */
void *itd_vector_grow(void *items, size_t *capacity, size_t need, size_t size);

/** True when there is room for `more` further items. */
#define itd_vector_reserve(v, more)                                                                                    \
    ((v)->count + (more) <= (v)->capacity                                                                              \
         ? true                                                                                                        \
         : itd_vector_take_((void *)(v),                                                                               \
                            itd_vector_grow((v)->items, &(v)->capacity, (v)->count + (more), sizeof *(v)->items)))
/** True when `item` was added. */
#define itd_vector_push(v, item) (itd_vector_reserve((v), 1) ? ((v)->items[(v)->count++] = (item), true) : false)
#define itd_vector_finish(v) (itd_free((v)->items), (v)->items = NULL, (v)->count = (v)->capacity = 0)

/** The items pointer is the first member of every ITD_VECTOR. */
static inline bool itd_vector_take_(void *vector, void *items)
{
    if (!items)
        return false;
    __builtin_memcpy(vector, &items, sizeof items);
    return true;
}

#include "base/memory.h"

#endif
