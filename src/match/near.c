#include "match/near.h"

#include <string.h>

#include "base/memory.h"

/* Strings that share a bucket, on average; the rest of the hash tells most of them apart. */
enum { BUCKET_FILL = 2, SHIFT_MAX = 31, SLOTS_LEAST = 16 };

enum { HASH_START_HIGH = 0x9E3779B9, HASH_START_LOW = 0x7F4A7C15 };

static uint64_t hash_start(void)
{
    return (uint64_t)HASH_START_HIGH << 32 | HASH_START_LOW;
}

static uint64_t hash_more(uint64_t hash, const char *text, size_t from, size_t to)
{
    for (size_t k = from; k < to; k++)
        hash = (hash ^ (unsigned char)text[k]) * 0xFF51AFD7ED558CCDu;
    return hash;
}

static uint32_t hash_end(uint64_t hash)
{
    hash ^= hash >> 29;
    return (uint32_t)(hash * 0xC4CEB9FE1A85EC53u >> 32);
}

/* What is left of a string when up to one letter is taken out of it, as hashes; how many. Of a string that is cut
 * exactly one is. */
static unsigned variants(uint32_t out[ITD_NEAR_VARIANTS_MAX], itd_sv text)
{
    size_t size = text.size < ITD_NEAR_PREFIX ? text.size : ITD_NEAR_PREFIX;
    unsigned count = 0;
    uint64_t before = hash_start(); /* of the letters before the one that is taken out */
    for (size_t i = 0; i < size; i++) {
        out[count++] = hash_end(hash_more(before, text.data, i + 1, size));
        before = hash_more(before, text.data, i, i + 1);
    }
    if (text.size <= ITD_NEAR_PREFIX)
        out[count++] = hash_end(before);
    return count;
}

typedef struct variant {
    uint32_t hash, string;
} variant;

/* Puts variants into buckets, in the order of the strings. */
static itd_status fill_buckets(itd_near_table *table, const variant *all, size_t count, itd_error *error)
{
    table->shift = SHIFT_MAX;
    while (table->shift > 1 && count >> (32 - table->shift) > BUCKET_FILL)
        table->shift--;
    size_t buckets = (size_t)1 << (32 - table->shift);
    table->buckets = itd_calloc(buckets + 2, sizeof *table->buckets);
    table->held = itd_malloc((count + 1) * sizeof *table->held);
    table->checks = itd_malloc((count + 1) * sizeof *table->checks);
    if (!table->buckets || !table->held || !table->checks)
        return itd_fail_memory(error);
    uint32_t *next = table->buckets + 1; /* while filling: where the next of a bucket goes */
    for (size_t i = 0; i < count; i++)
        next[(all[i].hash >> table->shift) + 1]++;
    for (size_t b = 1; b <= buckets; b++)
        next[b] += next[b - 1];
    for (size_t i = 0; i < count; i++) {
        uint32_t at = next[all[i].hash >> table->shift]++;
        table->held[at] = all[i].string;
        table->checks[at] = (uint16_t)all[i].hash;
    }
    return ITD_OK;
}

/* Items by size: those that are looked for together stand together. */
static void order_items(uint32_t *order, const itd_near_item *items, size_t count)
{
    uint32_t next[ITD_DISTANCE_MAX + 2] = {0};
    for (size_t i = 0; i < count; i++)
        next[items[i].size + 1]++;
    for (size_t size = 0; size <= ITD_DISTANCE_MAX; size++)
        next[size + 1] += next[size];
    for (size_t i = 0; i < count; i++)
        order[next[items[i].size]++] = (uint32_t)i;
}

/* The number of each item's string, by size and by when it comes first; the letters of each are taken. */
static void number_strings(itd_near_set *set, uint32_t *numbers, uint32_t *slots, size_t slot_count,
                           const itd_near_item *items, const uint32_t *order, size_t count, const char *letters)
{
    set->letter_first[0] = 0;
    for (size_t k = 0; k < count; k++) {
        uint32_t i = order[k];
        itd_sv text = {letters + items[i].text, items[i].size};
        size_t at = hash_end(hash_more(hash_start(), text.data, 0, text.size)) & (slot_count - 1);
        while (slots[at] && !itd_sv_equal(itd_near_text(set, slots[at] - 1), text))
            at = (at + 1) & (slot_count - 1);
        if (slots[at] == 0) {
            uint32_t from = set->letter_first[set->count];
            memcpy(set->letters + from, text.data, text.size);
            set->letter_first[++set->count] = from + (uint32_t)text.size;
            slots[at] = set->count;
        }
        numbers[i] = slots[at] - 1;
    }
}

/* Members of each string, in their order. */
static void take_members(itd_near_set *set, const uint32_t *numbers, const itd_near_item *items, size_t count)
{
    memset(set->first, 0, (set->count + 1u) * sizeof *set->first);
    for (size_t i = 0; i < count; i++)
        set->first[numbers[i] + 1]++;
    for (uint32_t s = 0; s < set->count; s++)
        set->first[s + 1] += set->first[s];
    for (size_t i = 0; i < count; i++)
        set->members[set->first[numbers[i]]++] = items[i].token;
    memmove(set->first + 1, set->first, set->count * sizeof *set->first);
    set->first[0] = 0;
    set->member_count = (uint32_t)count;
}

static itd_status take_strings(itd_near_set *set, const itd_near_item *items, size_t count, const char *letters,
                               itd_error *error)
{
    size_t slot_count = SLOTS_LEAST;
    while (slot_count < 2 * count)
        slot_count *= 2;
    uint32_t *slots = itd_calloc(slot_count, sizeof *slots), *numbers = itd_malloc((count + 1) * sizeof *numbers),
             *order = itd_malloc((count + 1) * sizeof *order);
    itd_status status = slots && numbers && order ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK) {
        order_items(order, items, count);
        number_strings(set, numbers, slots, slot_count, items, order, count, letters);
        take_members(set, numbers, items, count);
    }
    itd_free(slots);
    itd_free(numbers);
    itd_free(order);
    return status;
}

static itd_status take_variants(itd_near_table *table, const itd_near_set *set, itd_error *error)
{
    uint32_t hashes[ITD_NEAR_VARIANTS_MAX];
    size_t total = 0, count = 0;
    for (uint32_t s = 0; s < set->count; s++) {
        size_t size = itd_near_text(set, s).size;
        total += size > ITD_NEAR_PREFIX ? ITD_NEAR_PREFIX : size + 1;
    }
    variant *all = total < UINT32_MAX ? itd_malloc((total + 1) * sizeof *all) : NULL;
    if (!all)
        return itd_fail_memory(error);
    for (uint32_t s = 0; s < set->count; s++) {
        unsigned found = variants(hashes, itd_near_text(set, s));
        for (unsigned i = 0; i < found; i++)
            all[count++] = (variant){hashes[i], s};
    }
    itd_status status = fill_buckets(table, all, count, error);
    itd_free(all);
    return status;
}

itd_status itd_near_set_init(itd_near_set *out, const itd_near_item *items, size_t count, const char *letters,
                             bool tight, itd_error *error)
{
    itd_near_set set = {0};
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += items[i].size;
    set.letter_first = itd_malloc((count + 1) * sizeof *set.letter_first);
    set.letters = itd_malloc(size + 1);
    set.first = itd_malloc((count + 2) * sizeof *set.first);
    set.members = itd_malloc((count + 1) * sizeof *set.members);
    itd_status status = ITD_OK;
    if (!set.letter_first || !set.letters || !set.first || !set.members)
        status = itd_fail_memory(error);
    if (status == ITD_OK)
        status = take_strings(&set, items, count, letters, error);
    if (status == ITD_OK)
        status = itd_strips_init(&set.strips, set.letters, set.letter_first, set.count, error);
    if (status == ITD_OK && tight)
        status = take_variants(&set.tight, &set, error);
    if (status != ITD_OK) {
        itd_near_set_finish(&set);
        return status;
    }
    *out = set;
    return ITD_OK;
}

static void finish_table(itd_near_table *table)
{
    itd_free(table->buckets);
    itd_free(table->held);
    itd_free(table->checks);
}

void itd_near_set_finish(itd_near_set *set)
{
    itd_free(set->letter_first);
    itd_free(set->letters);
    itd_free(set->first);
    itd_free(set->members);
    itd_strips_finish(&set->strips);
    finish_table(&set->tight);
    *set = (itd_near_set){0};
}

itd_status itd_near_found_init(itd_near_found *out, uint32_t strings, uint32_t members, itd_error *error)
{
    itd_near_found found = {.stamps = itd_calloc(strings + 1u, sizeof *found.stamps),
                            .strings = itd_malloc((strings + 1u) * sizeof *found.strings),
                            .missing = itd_malloc(strings + 1u),
                            .members = itd_malloc((members + 1u) * sizeof *found.members),
                            .room = strings};
    if (!found.stamps || !found.strings || !found.missing || !found.members) {
        itd_near_found_finish(&found);
        return itd_fail_memory(error);
    }
    *out = found;
    return ITD_OK;
}

void itd_near_found_finish(itd_near_found *found)
{
    itd_free(found->stamps);
    itd_free(found->strings);
    itd_free(found->missing);
    itd_free(found->members);
    *found = (itd_near_found){0};
}

void itd_near_find_tight(itd_near_found *found, const itd_near_set *set, const itd_pattern *pattern, itd_sv text)
{
    uint32_t hashes[ITD_NEAR_VARIANTS_MAX];
    unsigned count = variants(hashes, text);
    const itd_near_table *table = &set->tight;
    for (unsigned i = 0; i < count; i++) /* each is a wait of its own */
        __builtin_prefetch(&table->buckets[hashes[i] >> table->shift]);
    found->count = 0;
    if (++found->stamp == 0) { /* all numbers were used: begin again */
        memset(found->stamps, 0, found->room * sizeof *found->stamps);
        found->stamp = 1;
    }
    for (unsigned i = 0; i < count; i++) {
        uint32_t bucket = hashes[i] >> table->shift;
        for (uint32_t at = table->buckets[bucket]; at < table->buckets[bucket + 1]; at++) {
            uint32_t string = table->held[at];
            if (table->checks[at] != (uint16_t)hashes[i] || found->stamps[string] == found->stamp)
                continue;
            found->stamps[string] = found->stamp;
            itd_sv other = itd_near_text(set, string);
            unsigned common = itd_common_letters(pattern, other);
            if (common + 1 < text.size || common + 1 < other.size)
                continue;
            found->missing[found->count] = (uint8_t)(other.size - common);
            found->strings[found->count++] = string;
        }
    }
}

void itd_near_find_common(itd_near_found *found, const itd_near_set *set, const itd_pattern *pattern, itd_sv text,
                          unsigned own_slack, unsigned slack)
{
    itd_strips_found all = {found->strings, found->missing, 0};
    itd_strips_limits least;
    size_t own = text.size > own_slack ? text.size - own_slack : 0;
    memset(least.of, ITD_STRIPS_NONE, sizeof least.of);
    for (size_t size = own; size <= text.size + slack && size <= ITD_DISTANCE_MAX; size++)
        least.of[size] = (uint8_t)(size > own + slack ? size - slack : own);
    itd_strips_common(&all, &set->strips, pattern, text, &least);
    found->count = all.count;
}

void itd_near_find_edits(itd_near_found *found, const itd_near_set *set, const itd_pattern *pattern, itd_sv text,
                         const itd_strips_limits *most)
{
    itd_strips_found all = {found->strings, found->missing, 0};
    itd_strips_edits(&all, &set->strips, pattern, text, most);
    found->count = all.count;
}

uint32_t itd_near_exact(const itd_near_set *set, itd_sv text)
{
    /* A long one is held without any one of its first letters: without the last as well. */
    const itd_near_table *table = &set->tight;
    size_t size = text.size > ITD_NEAR_PREFIX ? ITD_NEAR_PREFIX - 1 : text.size;
    uint32_t hash = hash_end(hash_more(hash_start(), text.data, 0, size)), bucket = hash >> table->shift;
    for (uint32_t at = table->buckets[bucket]; at < table->buckets[bucket + 1]; at++)
        if (table->checks[at] == (uint16_t)hash && itd_sv_equal(itd_near_text(set, table->held[at]), text))
            return table->held[at];
    return ITD_NEAR_NONE;
}
