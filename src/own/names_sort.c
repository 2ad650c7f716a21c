/* Sorting ids: eight bytes at a time become a number. Numbers that divide all ids evenly are picked, each id goes to
 * its part, and the parts are sorted side by side: by radix, those that are equal by the next eight bytes. What all ids
 * of a part have in common at their start is passed over at once. */
#include "base/memory.h"
#include "base/vector.h"
#include "own/names.h"

#define KEY_BYTES 8
#define SMALL 32
#define PARTS_MAX 256
#define SAMPLES_A_PART 16
#define SAMPLES_MAX ((size_t)PARTS_MAX * SAMPLES_A_PART)
/* The ids are gone through in so many pieces at most, whatever the number of threads. */
#define PIECES_MAX 64
/* Ids whose texts are on their way before they are looked at. */
#define AHEAD ((size_t)16)

typedef struct span {
    size_t begin, end, depth;
} span;

typedef struct part {
    size_t items, bytes; /* of the pieces before, once all are counted */
} part;

typedef struct sorting {
    const itd_names *names;
    itd_radix_item *items, *other;
    size_t count, depth, piece; /* of a piece: how many ids */
    size_t pieces, parts;
    uint64_t splits[PARTS_MAX]; /* the first key of part k + 1 */
    part counts[PIECES_MAX][PARTS_MAX];
    part ends[PARTS_MAX + 1]; /* where part k begins; one more */
    uint32_t *rank, *first;
    char *heap;
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

static size_t common_with(size_t common, itd_sv first, itd_sv text, size_t depth)
{
    size_t same = depth;
    while (same < common && same < text.size && text.data[same] == first.data[same])
        same++;
    return same;
}

static size_t common_prefix(const itd_names *names, const itd_radix_item *items, size_t count, size_t depth)
{
    itd_sv first = itd_names_text(names, items[0].number);
    size_t common = first.size;
    for (size_t i = 1; i < count && common > depth; i++)
        common = common_with(common, first, itd_names_text(names, items[i].number), depth);
    return common < depth ? depth : common;
}

static size_t common_of_all(const itd_names *names)
{
    itd_sv first = itd_names_text(names, 0);
    size_t common = first.size;
    for (uint32_t n = 1; n < names->count && common > 0; n++)
        common = common_with(common, first, itd_names_text(names, n), 0);
    return common;
}

static void prefetch(const itd_names *names, const itd_radix_item *items, size_t count, size_t i)
{
    if (i + 2 * AHEAD < count)
        __builtin_prefetch(&names->first[items[i + 2 * AHEAD].number]);
    if (i + AHEAD < count)
        __builtin_prefetch(names->heap + names->first[items[i + AHEAD].number]);
}

/* ---- into parts ---- */

/* Keys that divide the ids evenly, as far as a sample tells. They decide how fast it goes, not what comes out. */
static void pick_splits(sorting *s)
{
    itd_radix_item sample[SAMPLES_MAX], other[SAMPLES_MAX];
    size_t size = SAMPLES_MAX;
    s->parts = 1;
    if (s->count < 4 * size)
        return;
    for (size_t i = 0; i < size; i++)
        sample[i].key = key_at(itd_names_text(s->names, (uint32_t)(i * (s->count / size))), s->depth);
    itd_radix_sort(sample, other, size);
    for (size_t i = SAMPLES_A_PART; i < size; i += SAMPLES_A_PART)
        if (s->parts == 1 || sample[i].key > s->splits[s->parts - 2])
            s->splits[s->parts++ - 1] = sample[i].key;
}

static size_t part_of(const sorting *s, uint64_t key)
{
    size_t low = 0, high = s->parts - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->splits[middle] <= key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static itd_status count_parts(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    sorting *s = context;
    (void)worker;
    (void)error;
    for (size_t p = begin; p < end; p++)
        for (size_t i = p * s->piece; i < (p + 1) * s->piece && i < s->count; i++) {
            itd_sv text = itd_names_text(s->names, (uint32_t)i);
            uint64_t key = key_at(text, s->depth);
            size_t k = part_of(s, key);
            s->items[i] = (itd_radix_item){key, (uint32_t)i, (uint32_t)k};
            s->counts[p][k].items++;
            s->counts[p][k].bytes += text.size + 1;
        }
    return ITD_OK;
}

static void place_parts(sorting *s)
{
    part sum = {0, 0};
    for (size_t k = 0; k < s->parts; k++) {
        s->ends[k] = sum;
        for (size_t p = 0; p < s->pieces; p++) {
            part here = s->counts[p][k];
            s->counts[p][k] = sum;
            sum.items += here.items;
            sum.bytes += here.bytes;
        }
    }
    s->ends[s->parts] = sum;
}

static itd_status fill_parts(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    sorting *s = context;
    (void)worker;
    (void)error;
    for (size_t p = begin; p < end; p++)
        for (size_t i = p * s->piece; i < (p + 1) * s->piece && i < s->count; i++)
            s->other[s->counts[p][s->items[i].reserved].items++] = s->items[i];
    return ITD_OK;
}

/* ---- a part ---- */

/* Few ids with the same key so far. */
static void sort_small(const itd_names *names, itd_radix_item *items, size_t count, size_t depth)
{
    for (size_t i = 0; i < count; i++)
        items[i].key = key_at(itd_names_text(names, items[i].number), depth);
    for (size_t i = 1; i < count; i++) {
        itd_radix_item moving = items[i];
        itd_sv text = itd_names_text(names, moving.number);
        size_t at = i;
        for (; at > 0; at--) {
            const itd_radix_item *before = &items[at - 1];
            if (before->key < moving.key ||
                (before->key == moving.key && itd_sv_compare(itd_names_text(names, before->number), text) <= 0))
                break;
            items[at] = items[at - 1];
        }
        items[at] = moving;
    }
}

typedef ITD_VECTOR(span) spans;

/* Equal keys at the same depth: the next eight bytes, or the texts are the same but for zeros at their ends. */
static bool sort_equal(spans *left, const sorting *s, itd_radix_item *items, span whole)
{
    size_t count = whole.end - whole.begin;
    items += whole.begin;
    for (size_t i = 0, seen = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && items[end].key == items[i].key)
            end++;
        for (; seen < end; seen++)
            prefetch(s->names, items, count, seen);
        if (end - i > SMALL) {
            if (!itd_vector_push(left, ((span){whole.begin + i, whole.begin + end, whole.depth})))
                return false;
        } else if (end - i > 1) {
            sort_small(s->names, items + i, end - i, common_prefix(s->names, items + i, end - i, whole.depth));
        }
        i = end;
    }
    return true;
}

static itd_status sort_parts(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    sorting *s = context;
    spans left = {0};
    bool good = true;
    (void)worker;
    for (size_t k = begin; k < end && good; k++) {
        span whole = {s->ends[k].items, s->ends[k + 1].items, s->depth};
        itd_radix_sort(s->other + whole.begin, s->items + whole.begin, whole.end - whole.begin);
        good = sort_equal(&left, s, s->other, whole);
        while (good && left.count > 0) {
            span p = left.items[--left.count];
            itd_radix_item *items = s->other + p.begin;
            size_t count = p.end - p.begin;
            p.depth = common_prefix(s->names, items, count, p.depth);
            for (size_t i = 0; i < count; i++)
                items[i].key = key_at(itd_names_text(s->names, items[i].number), p.depth);
            itd_radix_sort(items, s->items + p.begin, count);
            good = sort_equal(&left, s, s->other, p);
        }
    }
    itd_vector_finish(&left);
    return good ? ITD_OK : itd_fail_memory(error);
}

/* Texts in their new order. */
static itd_status rewrite_parts(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    sorting *s = context;
    (void)worker;
    (void)error;
    for (size_t k = begin; k < end; k++) {
        size_t at = s->ends[k].bytes;
        for (size_t n = s->ends[k].items; n < s->ends[k + 1].items; n++) {
            uint32_t number = s->other[n].number;
            prefetch(s->names, s->other, s->count, n);
            itd_sv text = itd_names_text(s->names, number);
            s->first[n] = (uint32_t)at;
            s->rank[number] = (uint32_t)n;
            memcpy(s->heap + at, text.data, text.size + 1);
            at += text.size + 1;
        }
    }
    return ITD_OK;
}

static itd_status sort_all(sorting *s, itd_pool *pool, itd_error *error)
{
    s->piece = s->count / PIECES_MAX + 1;
    s->pieces = (s->count + s->piece - 1) / s->piece;
    s->depth = common_of_all(s->names);
    pick_splits(s);
    ITD_TRY(itd_pool_for(pool, s->pieces, 1, count_parts, s, error));
    place_parts(s);
    ITD_TRY(itd_pool_for(pool, s->pieces, 1, fill_parts, s, error));
    ITD_TRY(itd_pool_for(pool, s->parts, 1, sort_parts, s, error));
    ITD_TRY(itd_pool_for(pool, s->parts, 1, rewrite_parts, s, error));
    s->first[s->count] = (uint32_t)s->ends[s->parts].bytes;
    return ITD_OK;
}

itd_status itd_names_sort(uint32_t **rank, itd_names *names, itd_radix_item *room, itd_pool *pool, itd_error *error)
{
    sorting *s = itd_calloc(1, sizeof *s);
    itd_free(names->slots);
    names->slots = NULL;
    names->capacity = 0;
    if (!s)
        return itd_fail_memory(error);
    s->names = names;
    s->count = names->count;
    s->items = room;
    s->other = room + s->count;
    s->rank = itd_realloc_array(NULL, s->count + 1, sizeof *s->rank);
    s->first = itd_realloc_array(NULL, s->count + 1, sizeof *s->first);
    s->heap = itd_malloc(names->heap_size);
    itd_status status = s->rank && s->first && s->heap ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK && s->count > 0)
        status = sort_all(s, pool, error);
    if (status == ITD_OK) {
        itd_free(names->first);
        itd_free(names->heap);
        names->first = s->first;
        names->heap = s->heap;
        *rank = s->rank;
        s->first[s->count] = (uint32_t)names->heap_size;
    } else {
        itd_free(s->rank);
        itd_free(s->first);
        itd_free(s->heap);
    }
    itd_free(s);
    return status;
}
