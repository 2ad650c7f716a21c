#ifndef ITD_BASE_ARENA_H
#define ITD_BASE_ARENA_H

#include "base/sv.h"

/** Memory of one lifespan (a request, a job), freed all at once, with a cap. Threads: one at a time. */
typedef struct itd_arena {
    struct itd_arena_block *newest;
    size_t used;     /**< bytes asked of the system */
    size_t used_max; /**< cap on `used` */
} itd_arena;

/** No allocation yet. `used_max` bytes is the cap; SIZE_MAX means none. */
void itd_arena_init(itd_arena *arena, size_t used_max);
/** Frees everything; the arena can be used again. NULL is fine. */
void itd_arena_finish(itd_arena *arena);
/** Forgets everything but keeps one block for the next request. */
void itd_arena_reset(itd_arena *arena);

/** Zeroed memory aligned for any type, or NULL when the cap or the system says no. A size of 0 gives a valid pointer.
 */
void *itd_arena_alloc(itd_arena *arena, size_t size);
void *itd_arena_alloc_array(itd_arena *arena, size_t count, size_t size);
/** A copy that ends in NUL (not counted in its size); data NULL on failure. */
itd_sv itd_arena_copy(itd_arena *arena, itd_sv text);
/** printf into the arena; data NULL on failure. */
itd_sv itd_arena_format(itd_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
