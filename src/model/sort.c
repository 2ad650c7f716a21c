#include "model/sort.h"

#include <stdlib.h>

#include "base/memory.h"

#define RUN_ITEMS ((size_t)12) /* shorter runs are sorted by insertion */
#define WINDOW_BYTES ((size_t)8)
#define WINDOWS_MAX ((size_t)64) /* texts that share more bytes than these windows hold are compared whole */

static bool is_after(const itd_sort_item *a, const itd_sort_item *b)
{
    return a->key != b->key ? a->key > b->key : a->minor > b->minor;
}

static void insertion_sort(itd_sort_item *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        itd_sort_item item = items[i];
        size_t at = i;
        for (; at > 0 && is_after(&items[at - 1], &item); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

void itd_sort_items(itd_sort_item *items, itd_sort_item *scratch, size_t count)
{
    if (count <= RUN_ITEMS) {
        insertion_sort(items, count);
        return;
    }
    size_t half = count / 2;
    itd_sort_items(items, scratch, half);
    itd_sort_items(items + half, scratch, count - half);
    if (!is_after(&items[half - 1], &items[half]))
        return;
    memcpy(scratch, items, half * sizeof *items);
    size_t left = 0, right = half, out = 0;
    while (left < half)
        items[out++] = right < count && is_after(&scratch[left], &items[right]) ? items[right++] : scratch[left++];
}

static int compare_texts(const void *a, const void *b, void *texts)
{
    const itd_sv *all = texts;
    return itd_sv_compare(all[((const itd_sort_item *)a)->index], all[((const itd_sort_item *)b)->index]);
}

/* Eight bytes of each text from `depth` on, big end first, and how many there are: an order of integers that is the
 * order of bytes, shorter first. */
static void load_window(itd_sort_item *item, itd_sv text, size_t depth)
{
    size_t left = text.size > depth ? text.size - depth : 0, size = left < WINDOW_BYTES ? left : WINDOW_BYTES;
    uint64_t key = 0;
    for (size_t i = 0; i < size; i++)
        key |= (uint64_t)(unsigned char)text.data[depth + i] << (8 * (WINDOW_BYTES - 1 - i));
    item->key = key;
    item->minor = (uint32_t)(left > WINDOW_BYTES ? WINDOW_BYTES + 1 : left);
}

static void sort_from(itd_sort_item *items, itd_sort_item *scratch, size_t count, itd_sv *texts, size_t window)
{
    if (window == WINDOWS_MAX) {
        qsort_r(items, count, sizeof *items, compare_texts, texts);
        return;
    }
    for (size_t i = 0; i < count; i++)
        load_window(&items[i], texts[items[i].index], window * WINDOW_BYTES);
    itd_sort_items(items, scratch, count);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && !is_after(&items[end], &items[i]); end++)
            ;
        if (end - i > 1)
            sort_from(items + i, scratch, end - i, texts, window + 1);
    }
}

itd_status itd_sort_texts(uint32_t *rank, const itd_sv *texts, size_t count, itd_error *error)
{
    itd_sort_item *items = itd_realloc_array(NULL, count, 2 * sizeof *items);
    if (!items)
        return itd_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        items[i].index = (uint32_t)i;
    sort_from(items, items + count, count, (itd_sv *)(uintptr_t)texts, 0); /* qsort_r wants its context without const */
    for (size_t i = 0; i < count; i++)
        rank[items[i].index] = (uint32_t)i;
    itd_free(items);
    return ITD_OK;
}
