#include "base/map.h"

#include <assert.h>

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

/* Little-endian on every machine. */
static uint64_t load64(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
}

static uint64_t load32(const unsigned char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap32(word);
}

/* Sixteen bytes a multiplication; the last sixteen or fewer are loaded as two words that may overlap. The constants are
 * those of Wang Yi's wyhash; what they are multiplied into is this project's own. */
uint64_t itd_hash(const void *data, size_t size)
{
    const uint64_t k0 = UINT64_C(0xA0761D6478BD642F), k1 = UINT64_C(0xE7037ED1A0B428DB);
    const unsigned char *bytes = data;
    uint64_t state = UINT64_C(0x9E3779B97F4A7C15), a = 0, b = 0;
    size_t left = size;
    for (; left > 16; bytes += 16, left -= 16)
        state = mix(load64(bytes) ^ k0, load64(bytes + 8) ^ state);
    if (left >= 8) {
        a = load64(bytes);
        b = load64(bytes + left - 8);
    } else if (left >= 4) {
        a = load32(bytes);
        b = load32(bytes + left - 4);
    } else if (left > 0) {
        a = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[left / 2] << 8 | bytes[left - 1];
    }
    return mix(k1 ^ size, mix(a ^ k1, b ^ state));
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

/* The slot of a key: its own, or an empty one that may be filled. NULL when out of memory. */
static itd_map_slot *slot_to_put(itd_map *map, itd_sv key, uint32_t hash)
{
    itd_map_slot *slot = map->capacity ? find_slot(map, key, hash) : NULL;
    if (slot && (slot->value != ITD_MAP_NONE || map->count * 8 < map->capacity * 5))
        return slot;
    return grow(map) ? find_slot(map, key, hash) : NULL;
}

bool itd_map_put(itd_map *map, itd_sv key, uint32_t value)
{
    assert(value != ITD_MAP_NONE);
    uint32_t hash = (uint32_t)itd_hash_sv(key);
    itd_map_slot *slot = slot_to_put(map, key, hash);
    if (!slot)
        return false;
    if (slot->value == ITD_MAP_NONE) {
        map->count++;
        slot->key = key;
        slot->hash = hash;
    }
    slot->value = value;
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
    uint32_t hash = (uint32_t)itd_hash_sv(text);
    itd_map_slot *slot = slot_to_put(&intern->map, text, hash);
    if (!slot || slot->value != ITD_MAP_NONE)
        return slot ? slot->value : ITD_MAP_NONE;
    if (intern->count >= ITD_MAP_NONE - 1)
        return ITD_MAP_NONE;
    if (intern->count == intern->capacity) {
        itd_sv *grown = itd_vector_grow(intern->texts, &intern->capacity, intern->count + 1, sizeof *grown);
        if (!grown)
            return ITD_MAP_NONE;
        intern->texts = grown;
    }
    itd_sv copy = itd_arena_copy(&intern->arena, text);
    if (!copy.data)
        return ITD_MAP_NONE;
    uint32_t id = (uint32_t)intern->count;
    *slot = (itd_map_slot){.key = copy, .value = id, .hash = hash};
    intern->map.count++;
    intern->texts[intern->count++] = copy;
    return id;
}
