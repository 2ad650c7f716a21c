#ifndef ITD_OWN_NAMES_H
#define ITD_OWN_NAMES_H

#include "base/pool.h"
#include "base/sv.h"
#include "own/radix.h"

/* Ids of entities as numbers: 0, 1, 2 … in order of first sight, then in byte order. Made for tens of millions of short
 * ids: eight bytes a slot, one copy of the text. All zeros is empty. Threads: one at a time. */

/** Most ids of one register, and most bytes of all of them with a NUL each. */
#define ITD_NAMES_MAX ((size_t)UINT32_MAX - 1)
#define ITD_NAMES_BYTES_MAX ((size_t)UINT32_MAX)

typedef struct itd_names {
    struct itd_names_slot *slots;
    size_t capacity; /**< of slots: a power of two */
    uint32_t *first; /**< by number: where its text starts; one more than there are */
    size_t first_capacity;
    char *heap; /**< texts, each ended by NUL */
    size_t heap_size, heap_capacity;
    uint32_t count;
    size_t bytes_max; /**< 0: ITD_NAMES_BYTES_MAX; a test sets less */
} itd_names;

void itd_names_finish(itd_names *names);
uint64_t itd_names_hash(itd_sv text);
/** For callers that look several ids up at once: brings what a look-up needs nearer, first the slot of a hash, then
 * where the text that the slot names stands (step 1), then the text (step 2). */
void itd_names_prefetch(const itd_names *names, uint64_t hash);
void itd_names_prefetch_text(const itd_names *names, uint64_t hash, int step);
/** The number of a text, new or known; `hash` is itd_names_hash of it.
 *  @return ITD_OK | ITD_ENOMEM | ITD_ELIMIT (ITD_NAMES_MAX, ITD_NAMES_BYTES_MAX) */
ITD_MUST_CHECK itd_status itd_names_add(uint32_t *out, itd_names *names, itd_sv text, uint64_t hash, itd_error *error);
itd_sv itd_names_text(const itd_names *names, uint32_t number);

/** Renumbers: afterwards numbers are in byte order. `*rank` (by old number) is the caller's to free with itd_free;
 * `room` is for twice as many items as there are names, and keeps nothing.
 *  @return ITD_OK | ITD_ENOMEM.  Cost: radix sort of eight bytes at a time, O(bytes that tell ids apart), shared out
 * among the threads of `pool` (NULL: this one). The slots are gone: nothing can be added or found by hash any more. */
ITD_MUST_CHECK itd_status itd_names_sort(uint32_t **rank, itd_names *names, itd_radix_item *room, itd_pool *pool,
                                         itd_error *error);

/** The number of a text among sorted ones, or UINT32_MAX. Cost: O(log count). */
uint32_t itd_names_find(const uint32_t *first, const char *heap, uint32_t count, itd_sv text);

#endif
