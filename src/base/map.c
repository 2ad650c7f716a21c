#include "base/map.h"

#include "base/memory.h"
#include "base/vector.h"

#define MAP_FIRST ((size_t)16)

typedef struct itd_map_slot {
    itd_sv key;
    uint32_t value; /* ITD_MAP_NONE: the slot is empty */
    uint32_t hash;
} itd_map_slot;

static uint64_t mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t load(const unsigned char *bytes, size_t size)
{
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) /* the same on every byte order */
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

uint64_t itd_hash(const void *data, size_t size)
{
    const unsigned char *bytes = data;
    uint64_t state = UINT64_C(0x9E3779B97F4A7C15) ^ size;
    size_t i = 0;
    for (; size - i >= 8; i += 8)
        state = mix(state ^ load(bytes + i, 8), UINT64_C(0xD6E8FEB86659FD93));
    if (i < size)
        state = mix(state ^ load(bytes + i, size - i), UINT64_C(0xA0761D6478BD642F));
    return mix(state ^ (state >> 32), UINT64_C(0xE7037ED1A0B428DB));
}

void itd_map_finish(itd_map *map)
{
    if (!map)
        return;
    itd_free(map->slots);
    *map = (itd_map){0};
}

static itd_map_slot *find_slot(const itd_map *map, itd_sv key, uint32_t hash)
{
    size_t mask = map->capacity - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        itd_map_slot *slot = &map->slots[i];
        if (slot->value == ITD_MAP_NONE || (slot->hash == hash && itd_sv_equal(slot->key, key)))
            return slot;
    }
}

uint32_t itd_map_get(const itd_map *map, itd_sv key)
{
    return map->count ? find_slot(map, key, (uint32_t)itd_hash_sv(key))->value : ITD_MAP_NONE;
}

static bool grow(itd_map *map)
{
    size_t capacity = map->capacity ? map->capacity * 2 : MAP_FIRST;
    itd_map bigger = {.slots = itd_realloc_array(NULL, capacity, sizeof *map->slots), .capacity = capacity};
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < capacity; i++)
        bigger.slots[i] = (itd_map_slot){.value = ITD_MAP_NONE};
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].value != ITD_MAP_NONE)
            *find_slot(&bigger, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    bigger.count = map->count;
    itd_free(map->slots);
    *map = bigger;
    return true;
}

bool itd_map_put(itd_map *map, itd_sv key, uint32_t value)
{
    if (map->count * 4 >= map->capacity * 3 && !grow(map))
        return false;
    uint32_t hash = (uint32_t)itd_hash_sv(key);
    itd_map_slot *slot = find_slot(map, key, hash);
    map->count += slot->value == ITD_MAP_NONE;
    *slot = (itd_map_slot){.key = slot->value == ITD_MAP_NONE ? key : slot->key, .value = value, .hash = hash};
    return true;
}

void itd_intern_init(itd_intern *intern, size_t bytes_max)
{
    *intern = (itd_intern){0};
    itd_arena_init(&intern->arena, bytes_max);
}

void itd_intern_finish(itd_intern *intern)
{
    if (!intern)
        return;
    itd_map_finish(&intern->map);
    itd_arena_finish(&intern->arena);
    itd_free(intern->texts);
    *intern = (itd_intern){0};
}

uint32_t itd_intern_find(const itd_intern *intern, itd_sv text)
{
    return itd_map_get(&intern->map, text);
}

uint32_t itd_intern_add(itd_intern *intern, itd_sv text)
{
    uint32_t known = itd_map_get(&intern->map, text);
    if (known != ITD_MAP_NONE)
        return known;
    if (intern->count >= ITD_MAP_NONE - 1)
        return ITD_MAP_NONE;
    if (intern->count == intern->capacity) {
        itd_sv *grown = itd_vector_grow(intern->texts, &intern->capacity, intern->count + 1, sizeof *grown);
        if (!grown)
            return ITD_MAP_NONE;
        intern->texts = grown;
    }
    itd_sv copy = itd_arena_copy(&intern->arena, text);
    uint32_t id = (uint32_t)intern->count;
    if (!copy.data || !itd_map_put(&intern->map, copy, id))
        return ITD_MAP_NONE;
    intern->texts[intern->count++] = copy;
    return id;
}
