#ifndef ITD_BASE_MAP_H
#define ITD_BASE_MAP_H

#include "base/arena.h"

/** 64-bit hash of bytes: the same on every machine and in every run (not for hostile use against a table without a cap
 * on work). */
uint64_t itd_hash(const void *data, size_t size);
static inline uint64_t itd_hash_sv(itd_sv text)
{
    return itd_hash(text.data, text.size);
}

#define ITD_MAP_NONE UINT32_MAX

/** Strings to uint32; keys are borrowed and must outlive the map. All zeros is an empty map. */
typedef struct itd_map {
    struct itd_map_slot *slots;
    size_t count, capacity;
} itd_map;

void itd_map_finish(itd_map *map);
/** The value, or ITD_MAP_NONE. */
uint32_t itd_map_get(const itd_map *map, itd_sv key);
/** Adds or replaces; false when out of memory. `value` must not be ITD_MAP_NONE. */
bool itd_map_put(itd_map *map, itd_sv key, uint32_t value);

/** Strings to dense ids 0, 1, 2 … in order of first sight, and back. Copies the strings. All zeros plus
 * itd_intern_init. */
typedef struct itd_intern {
    itd_map map;
    itd_arena arena;
    itd_sv *texts; /**< by id; `count` of them; each ends in NUL */
    size_t count, capacity;
} itd_intern;

void itd_intern_init(itd_intern *intern, size_t bytes_max);
void itd_intern_finish(itd_intern *intern);
/** The id, new or known; ITD_MAP_NONE when out of memory or past the cap. */
uint32_t itd_intern_add(itd_intern *intern, itd_sv text);
/** The id of a known string, or ITD_MAP_NONE. */
uint32_t itd_intern_find(const itd_intern *intern, itd_sv text);

#endif
