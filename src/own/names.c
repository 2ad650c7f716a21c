#include "own/names.h"

#include "base/map.h"
#include "base/memory.h"

#define FIRST_CAPACITY ((size_t)1024)
#define REHASHED_TOGETHER 64

typedef struct itd_names_slot {
    uint32_t hash, number; /* the upper half of the hash; one more than the number, 0: a free slot */
} itd_names_slot;

void itd_names_finish(itd_names *names)
{
    itd_free(names->slots);
    itd_free(names->first);
    itd_free(names->heap);
    *names = (itd_names){0};
}

uint64_t itd_names_hash(itd_sv text)
{
    return itd_hash(text.data, text.size);
}

void itd_names_prefetch(const itd_names *names, uint64_t hash)
{
    if (names->capacity > 0)
        __builtin_prefetch(&names->slots[hash & (names->capacity - 1)]);
}

void itd_names_prefetch_text(const itd_names *names, uint64_t hash, int step)
{
    uint32_t number = names->capacity > 0 ? names->slots[hash & (names->capacity - 1)].number : 0;
    if (number == 0)
        return;
    if (step == 1)
        __builtin_prefetch(&names->first[number - 1]);
    else
        __builtin_prefetch(names->heap + names->first[number - 1]);
}

itd_sv itd_names_text(const itd_names *names, uint32_t number)
{
    return (itd_sv){names->heap + names->first[number], names->first[number + 1] - names->first[number] - 1};
}

/* Twice the slots. The lower bits of a hash are not kept: they are worked out again from the text. */
static itd_status widen(itd_names *names, itd_error *error)
{
    size_t capacity = names->capacity ? 2 * names->capacity : FIRST_CAPACITY;
    itd_names_slot *slots = itd_calloc(capacity, sizeof *slots);
    if (!slots)
        return itd_fail_memory(error);
    for (uint32_t begin = 0; begin < names->count; begin += REHASHED_TOGETHER) {
        uint64_t hashes[REHASHED_TOGETHER];
        uint32_t size = names->count - begin < REHASHED_TOGETHER ? names->count - begin : REHASHED_TOGETHER;
        for (uint32_t i = 0; i < size; i++) {
            hashes[i] = itd_names_hash(itd_names_text(names, begin + i));
            __builtin_prefetch(&slots[hashes[i] & (capacity - 1)], 1);
        }
        for (uint32_t i = 0; i < size; i++) {
            size_t at = hashes[i] & (capacity - 1);
            while (slots[at].number != 0)
                at = (at + 1) & (capacity - 1);
            slots[at] = (itd_names_slot){(uint32_t)(hashes[i] >> 32), begin + i + 1};
        }
    }
    itd_free(names->slots);
    names->slots = slots;
    names->capacity = capacity;
    return ITD_OK;
}

static itd_status keep(itd_names *names, itd_sv text, itd_error *error)
{
    size_t bytes_max = names->bytes_max ? names->bytes_max : ITD_NAMES_BYTES_MAX;
    if (names->count == ITD_NAMES_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %zu entities (ITD_NAMES_MAX)", ITD_NAMES_MAX);
    if (text.size + 1 > bytes_max - names->heap_size)
        return itd_fail(error, ITD_ELIMIT, "ids of more than %zu bytes (ITD_NAMES_BYTES_MAX)", bytes_max);
    if ((size_t)names->count + 2 > names->first_capacity) {
        size_t capacity = names->first_capacity ? 2 * names->first_capacity : FIRST_CAPACITY;
        uint32_t *first = itd_realloc_array(names->first, capacity, sizeof *first);
        if (!first)
            return itd_fail_memory(error);
        names->first = first;
        names->first_capacity = capacity;
    }
    if (names->heap_size + text.size + 1 > names->heap_capacity) {
        size_t capacity = 2 * names->heap_capacity + text.size + FIRST_CAPACITY;
        char *heap = itd_realloc_array(names->heap, capacity, 1);
        if (!heap)
            return itd_fail_memory(error);
        names->heap = heap;
        names->heap_capacity = capacity;
    }
    names->first[names->count] = (uint32_t)names->heap_size;
    memcpy(names->heap + names->heap_size, text.data, text.size);
    names->heap_size += text.size;
    names->heap[names->heap_size++] = '\0';
    names->first[++names->count] = (uint32_t)names->heap_size;
    return ITD_OK;
}

itd_status itd_names_add(uint32_t *out, itd_names *names, itd_sv text, uint64_t hash, itd_error *error)
{
    if ((size_t)names->count * 4 >= names->capacity * 3)
        ITD_TRY(widen(names, error));
    size_t at = hash & (names->capacity - 1);
    for (; names->slots[at].number != 0; at = (at + 1) & (names->capacity - 1)) {
        uint32_t number = names->slots[at].number - 1;
        if (names->slots[at].hash == (uint32_t)(hash >> 32) && itd_sv_equal(itd_names_text(names, number), text)) {
            *out = number;
            return ITD_OK;
        }
    }
    ITD_TRY(keep(names, text, error));
    *out = names->count - 1;
    names->slots[at] = (itd_names_slot){(uint32_t)(hash >> 32), *out + 1};
    return ITD_OK;
}

uint32_t itd_names_find(const uint32_t *first, const char *heap, uint32_t count, itd_sv text)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        itd_sv found = {heap + first[middle], first[middle + 1] - first[middle] - 1};
        int order = itd_sv_compare(found, text);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT32_MAX;
}
