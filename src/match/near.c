#include "match/near.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Strings that share a bucket, on average; the rest of the hash tells most of them apart. */
enum { BUCKET_FILL = 2, SHIFT_MAX = 31 };

static uint32_t hash_without(const char *text, size_t size, size_t i, size_t j)
{
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (size_t k = 0; k < size; k++)
        if (k != i && k != j)
            hash = (hash ^ (unsigned char)text[k]) * 0xFF51AFD7ED558CCDu;
    hash ^= hash >> 29;
    return (uint32_t)(hash * 0xC4CEB9FE1A85EC53u >> 32);
}

/* What is left of a string when letters are taken out of it, as hashes; how many. */
static unsigned variants(uint32_t out[ITD_NEAR_VARIANTS_MAX], itd_sv text, unsigned slack)
{
    size_t size = text.size < ITD_NEAR_PREFIX ? text.size : ITD_NEAR_PREFIX;
    bool cut = text.size > ITD_NEAR_PREFIX;
    unsigned count = 0;
    if (text.size >= ITD_NEAR_TWO_FROM)
        slack = ITD_NEAR_SLACK_MAX;
    if (!cut)
        out[count++] = hash_without(text.data, size, SIZE_MAX, SIZE_MAX);
    for (size_t i = 0; slack && i < size; i++) {
        if (!cut)
            out[count++] = hash_without(text.data, size, i, SIZE_MAX);
        for (size_t j = i + 1; slack > 1 && j < size; j++)
            out[count++] = hash_without(text.data, size, i, j);
    }
    return count;
}

static int item_order(const void *a, const void *b, void *letters)
{
    const itd_near_item *x = a, *y = b;
    int order =
        itd_sv_compare((itd_sv){(char *)letters + x->text, x->size}, (itd_sv){(char *)letters + y->text, y->size});
    return order ? order : (x->token > y->token) - (x->token < y->token);
}

static bool same_text(const itd_near_item *a, const itd_near_item *b, const char *letters)
{
    return a->size == b->size && memcmp(letters + a->text, letters + b->text, a->size) == 0;
}

typedef struct variant {
    uint32_t hash, string;
} variant;

/* Puts variants into buckets, in the order of the strings. */
static itd_status fill_buckets(itd_near_set *set, const variant *all, size_t count, itd_error *error)
{
    set->shift = SHIFT_MAX;
    while (set->shift > 1 && count >> (32 - set->shift) > BUCKET_FILL)
        set->shift--;
    size_t buckets = (size_t)1 << (32 - set->shift);
    set->buckets = itd_calloc(buckets + 2, sizeof *set->buckets);
    set->held = itd_malloc((count + 1) * sizeof *set->held);
    set->checks = itd_malloc((count + 1) * sizeof *set->checks);
    if (!set->buckets || !set->held || !set->checks)
        return itd_fail_memory(error);
    uint32_t *next = set->buckets + 1; /* while filling: where the next of a bucket goes */
    for (size_t i = 0; i < count; i++)
        next[(all[i].hash >> set->shift) + 1]++;
    for (size_t b = 1; b <= buckets; b++)
        next[b] += next[b - 1];
    for (size_t i = 0; i < count; i++) {
        uint32_t at = next[all[i].hash >> set->shift]++;
        set->held[at] = all[i].string;
        set->checks[at] = (uint16_t)all[i].hash;
    }
    return ITD_OK;
}

/* Strings and their members, of sorted items. `slacks` gets the most that a member bears. */
static void take_strings(itd_near_set *set, const itd_near_item *items, size_t count, const char *letters,
                         uint8_t *slacks)
{
    uint32_t size = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !same_text(&items[i], &items[i - 1], letters)) {
            set->letter_first[set->count] = size;
            memcpy(set->letters + size, letters + items[i].text, items[i].size);
            size += items[i].size;
            slacks[set->count] = 0;
            set->first[set->count++] = (uint32_t)i;
        }
        if (items[i].slack > slacks[set->count - 1])
            slacks[set->count - 1] = items[i].slack;
        set->members[set->member_count++] = items[i].token;
    }
    set->letter_first[set->count] = size;
    set->first[set->count] = set->member_count;
}

static itd_status take_variants(itd_near_set *set, const uint8_t *slacks, itd_error *error)
{
    uint32_t hashes[ITD_NEAR_VARIANTS_MAX];
    size_t total = 0, count = 0;
    for (uint32_t s = 0; s < set->count; s++)
        total += variants(hashes, itd_near_text(set, s), slacks[s]);
    variant *all = total < UINT32_MAX ? itd_malloc((total + 1) * sizeof *all) : NULL;
    if (!all)
        return itd_fail_memory(error);
    for (uint32_t s = 0; s < set->count; s++) {
        unsigned found = variants(hashes, itd_near_text(set, s), slacks[s]);
        for (unsigned i = 0; i < found; i++)
            all[count++] = (variant){hashes[i], s};
    }
    itd_status status = fill_buckets(set, all, count, error);
    itd_free(all);
    return status;
}

itd_status itd_near_set_init(itd_near_set *out, itd_near_item *items, size_t count, const char *letters,
                             itd_error *error)
{
    itd_near_set set = {0};
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += items[i].size;
    if (count)
        qsort_r(items, count, sizeof *items, item_order, (void *)letters);
    uint8_t *slacks = itd_malloc(count + 1);
    set.letter_first = itd_malloc((count + 1) * sizeof *set.letter_first);
    set.letters = itd_malloc(size + 1);
    set.first = itd_malloc((count + 1) * sizeof *set.first);
    set.members = itd_malloc((count + 1) * sizeof *set.members);
    itd_status status = ITD_OK;
    if (!slacks || !set.letter_first || !set.letters || !set.first || !set.members)
        status = itd_fail_memory(error);
    if (status == ITD_OK) {
        take_strings(&set, items, count, letters, slacks);
        status = take_variants(&set, slacks, error);
    }
    itd_free(slacks);
    if (status != ITD_OK) {
        itd_near_set_finish(&set);
        return status;
    }
    *out = set;
    return ITD_OK;
}

void itd_near_set_finish(itd_near_set *set)
{
    itd_free(set->letter_first);
    itd_free(set->letters);
    itd_free(set->first);
    itd_free(set->members);
    itd_free(set->buckets);
    itd_free(set->held);
    itd_free(set->checks);
    *set = (itd_near_set){0};
}

itd_status itd_near_found_init(itd_near_found *out, const itd_near_set *set, itd_error *error)
{
    itd_near_found found = {.stamps = itd_calloc(set->count + 1u, sizeof *found.stamps),
                            .strings = itd_malloc((set->count + 1u) * sizeof *found.strings)};
    if (!found.stamps || !found.strings) {
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
    *found = (itd_near_found){0};
}

void itd_near_find(itd_near_found *found, const itd_near_set *set, itd_sv text, unsigned slack)
{
    uint32_t hashes[ITD_NEAR_VARIANTS_MAX];
    unsigned count = variants(hashes, text, slack);
    found->count = 0;
    if (++found->stamp == 0) { /* all numbers were used: begin again */
        memset(found->stamps, 0, set->count * sizeof *found->stamps);
        found->stamp = 1;
    }
    for (unsigned i = 0; i < count; i++) {
        uint32_t bucket = hashes[i] >> set->shift;
        for (uint32_t at = set->buckets[bucket]; at < set->buckets[bucket + 1]; at++) {
            uint32_t string = set->held[at];
            if (set->checks[at] != (uint16_t)hashes[i] || found->stamps[string] == found->stamp)
                continue;
            found->stamps[string] = found->stamp;
            found->strings[found->count++] = string;
        }
    }
}

uint32_t itd_near_exact(const itd_near_set *set, itd_sv text)
{
    /* A long one is held without any two of its first letters: without the last two as well. */
    bool cut = text.size > ITD_NEAR_PREFIX;
    uint32_t hash = cut ? hash_without(text.data, ITD_NEAR_PREFIX - ITD_NEAR_SLACK_MAX, SIZE_MAX, SIZE_MAX)
                        : hash_without(text.data, text.size, SIZE_MAX, SIZE_MAX);
    uint32_t bucket = hash >> set->shift;
    for (uint32_t at = set->buckets[bucket]; at < set->buckets[bucket + 1]; at++)
        if (set->checks[at] == (uint16_t)hash && itd_sv_equal(itd_near_text(set, set->held[at]), text))
            return set->held[at];
    return ITD_NEAR_NONE;
}
