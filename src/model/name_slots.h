#ifndef ITD_MODEL_NAME_SLOTS_H
#define ITD_MODEL_NAME_SLOTS_H

#include "base/sv.h"

/** A slot of an open-addressed hash table of names that a generator made (tables.py); `name` NULL: empty. The number of
 * slots is a power of 2 and at least twice the number of names. */
typedef struct itd_name_slot {
    const char *name;
    uint16_t number;
} itd_name_slot;

/** The number of `name`, or UINT16_MAX. The hash is FNV-1a, 32 bits. */
static inline uint16_t itd_name_slots_find(const itd_name_slot *slots, size_t slot_count, itd_sv name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * 16777619u;
    /* Tables are at most half full, so an empty slot always ends the walk. */
    for (size_t at = hash & (slot_count - 1);; at = (at + 1) & (slot_count - 1)) {
        if (!slots[at].name)
            return UINT16_MAX;
        if (itd_sv_is(name, slots[at].name))
            return slots[at].number;
    }
}

#endif
