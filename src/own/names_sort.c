/* Sorting ids: eight bytes at a time become a number, numbers are sorted by radix, those that are equal by the next
 * eight bytes. What all ids of a part have in common at their start is passed over at once. */
#include "base/memory.h"
#include "own/names.h"

#define KEY_BYTES 8
#define DIGITS 256
#define SMALL 32

typedef struct item {
    uint64_t key; /* eight bytes from the depth on, first byte highest; what is beyond the end is zero */
    uint32_t number, reserved;
} item;

typedef struct part {
    size_t begin, end, depth;
} part;

typedef struct sorting {
    const itd_names *names;
    item *items, *other;
    part *parts; /* still to be sorted */
    size_t part_count, part_capacity;
} sorting;

static uint64_t key_at(itd_sv text, size_t depth)
{
    uint64_t key = 0;
    if (depth + KEY_BYTES <= text.size) {
        memcpy(&key, text.data + depth, KEY_BYTES);
        return __builtin_bswap64(key);
    }
    for (size_t i = 0; i < KEY_BYTES; i++)
        key = key << 8 | (depth + i < text.size ? (unsigned char)text.data[depth + i] : 0);
    return key;
}

static bool push(sorting *s, part p)
{
    if (s->part_count == s->part_capacity) {
        size_t capacity = s->part_capacity ? 2 * s->part_capacity : 64;
        part *parts = itd_realloc_array(s->parts, capacity, sizeof *parts);
        if (!parts)
            return false;
        s->parts = parts;
        s->part_capacity = capacity;
    }
    s->parts[s->part_count++] = p;
    return true;
}

static size_t common_prefix(const itd_names *names, const item *items, size_t count, size_t depth)
{
    itd_sv first = itd_names_text(names, items[0].number);
    size_t common = first.size;
    for (size_t i = 1; i < count && common > depth; i++) {
        itd_sv text = itd_names_text(names, items[i].number);
        size_t same = depth;
        while (same < common && same < text.size && text.data[same] == first.data[same])
            same++;
        common = same;
    }
    return common < depth ? depth : common;
}

static void sort_small(const itd_names *names, item *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        item moving = items[i];
        itd_sv text = itd_names_text(names, moving.number);
        size_t at = i;
        for (; at > 0; at--) {
            const item *before = &items[at - 1];
            if (before->key < moving.key ||
                (before->key == moving.key && itd_sv_compare(itd_names_text(names, before->number), text) <= 0))
                break;
            items[at] = items[at - 1];
        }
        items[at] = moving;
    }
}

/* Least digit first; a digit that all have in common costs one pass of counting. The result ends up in `items`. */
static void sort_radix(item *items, item *other, size_t count)
{
    item *from = items, *to = other;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        size_t places[DIGITS] = {0}, sum = 0;
        for (size_t i = 0; i < count; i++)
            places[from[i].key >> shift & 0xFF]++;
        if (places[from[0].key >> shift & 0xFF] == count)
            continue;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t here = places[d];
            places[d] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            to[places[from[i].key >> shift & 0xFF]++] = from[i];
        item *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}

static bool sort_part(sorting *s, part p)
{
    item *items = s->items + p.begin;
    size_t count = p.end - p.begin;
    size_t depth = common_prefix(s->names, items, count, p.depth);
    for (size_t i = 0; i < count; i++)
        items[i].key = key_at(itd_names_text(s->names, items[i].number), depth);
    if (count <= SMALL) {
        sort_small(s->names, items, count);
        return true;
    }
    sort_radix(items, s->other, count);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && items[end].key == items[i].key)
            end++;
        if (end - i > 1 && !push(s, (part){p.begin + i, p.begin + end, depth}))
            return false;
        i = end;
    }
    return true;
}

/* Equal keys at the same depth: the next eight bytes, or the texts are the same but for zeros at their ends. */
static bool sort_all(sorting *s)
{
    uint32_t count = s->names->count;
    for (uint32_t n = 0; n < count; n++)
        s->items[n] = (item){.number = n};
    if (count > 1 && !push(s, (part){0, count, 0}))
        return false;
    while (s->part_count > 0) {
        part p = s->parts[--s->part_count];
        if (!sort_part(s, p))
            return false;
    }
    return true;
}

/* Texts in their new order. */
static bool rewrite(itd_names *names, const item *items)
{
    uint32_t *first = itd_realloc_array(NULL, (size_t)names->count + 1, sizeof *first);
    char *heap = itd_realloc_array(NULL, names->heap_size ? names->heap_size : 1, 1);
    if (!first || !heap) {
        itd_free(first);
        itd_free(heap);
        return false;
    }
    size_t at = 0;
    for (uint32_t n = 0; n < names->count; n++) {
        itd_sv text = itd_names_text(names, items[n].number);
        first[n] = (uint32_t)at;
        memcpy(heap + at, text.data, text.size + 1);
        at += text.size + 1;
    }
    first[names->count] = (uint32_t)at;
    itd_free(names->first);
    itd_free(names->heap);
    names->first = first;
    names->heap = heap;
    return true;
}

itd_status itd_names_sort(uint32_t **rank, itd_names *names, itd_error *error)
{
    size_t count = names->count;
    uint32_t *ranks = itd_realloc_array(NULL, count + 1, sizeof *ranks);
    sorting s = {.names = names,
                 .items = itd_realloc_array(NULL, count + 1, sizeof *s.items),
                 .other = itd_realloc_array(NULL, count + 1, sizeof *s.other)};
    itd_free(names->slots);
    names->slots = NULL;
    names->capacity = 0;
    bool good = ranks && s.items && s.other && sort_all(&s);
    itd_free(s.other);
    itd_free(s.parts);
    good = good && rewrite(names, s.items);
    for (size_t n = 0; good && n < count; n++)
        ranks[s.items[n].number] = (uint32_t)n;
    itd_free(s.items);
    if (!good) {
        itd_free(ranks);
        return itd_fail_memory(error);
    }
    *rank = ranks;
    return ITD_OK;
}
