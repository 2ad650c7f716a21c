#include "base/sorter.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/vector.h"

/* Items of a run lie one after the other, each after its length, first in `bytes`, then in the file. */
#define LENGTH_BYTES sizeof(uint32_t)
#define RUN_BUFFER_MIN ((size_t)1 << 12)
#define BYTES_MIN ((size_t)1 << 16)
#define BYTES_MAX ((size_t)1 << 32) /* half of it is what the offset of an entry can name */

/* An item of the run in memory. `prefix`: eight bytes behind what all items of the run begin with, as a number that
 * compares like them. */
typedef struct entry {
    uint64_t prefix;
    uint32_t offset;
} entry;

/* A run that is being read back. */
typedef struct run {
    uint64_t at, end; /* of the file: what is not in the buffer yet */
    char *buffer;
    size_t held, used, capacity;
    itd_sv item;
    bool done;
} run;

struct itd_sorter {
    size_t bytes_max;
    char *bytes;
    size_t used, capacity;
    size_t shared; /* bytes that all items of the run begin with */
    ITD_VECTOR(entry) entries;
    int file; /* -1: none yet */
    uint64_t file_size;
    ITD_VECTOR(uint64_t) run_ends;
    run *runs; /* while reading; NULL: all in memory */
    uint32_t *heap;
    size_t heap_count, next;
    bool reading;
};

itd_status itd_sorter_create(itd_sorter **out, size_t bytes_max, itd_error *error)
{
    assert(out);
    itd_sorter *sorter = itd_calloc(1, sizeof *sorter);
    if (!sorter)
        return itd_fail_memory(error);
    sorter->bytes_max = bytes_max < BYTES_MIN ? BYTES_MIN : bytes_max > BYTES_MAX ? BYTES_MAX : bytes_max;
    sorter->file = -1;
    *out = sorter;
    return ITD_OK;
}

void itd_sorter_destroy(itd_sorter *sorter)
{
    if (!sorter)
        return;
    for (size_t i = 0; sorter->runs && i < sorter->run_ends.count; i++)
        itd_free(sorter->runs[i].buffer);
    itd_free(sorter->runs);
    itd_free(sorter->heap);
    itd_vector_finish(&sorter->run_ends);
    itd_vector_finish(&sorter->entries);
    itd_free(sorter->bytes);
    if (sorter->file >= 0)
        (void)close(sorter->file);
    itd_free(sorter);
}

static itd_sv item_at(const itd_sorter *sorter, size_t offset)
{
    uint32_t size;
    memcpy(&size, sorter->bytes + offset, sizeof size);
    return itd_sv_make(sorter->bytes + offset + LENGTH_BYTES, size);
}

static uint64_t prefix_of(itd_sv item, size_t from)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (from + i < item.size ? (unsigned char)item.data[from + i] : 0);
    return prefix;
}

static int compare_entries(const void *a, const void *b, void *context)
{
    const entry *x = a, *y = b;
    if (x->prefix != y->prefix)
        return x->prefix < y->prefix ? -1 : 1;
    return itd_sv_compare(item_at(context, x->offset), item_at(context, y->offset));
}

static void sort_entries(itd_sorter *sorter)
{
    for (size_t i = 0; i < sorter->entries.count; i++)
        sorter->entries.items[i].prefix = prefix_of(item_at(sorter, sorter->entries.items[i].offset), sorter->shared);
    if (sorter->entries.count)
        qsort_r(sorter->entries.items, sorter->entries.count, sizeof *sorter->entries.items, compare_entries, sorter);
}

/* The file has no name: half of a write is as good as none of it. */
static bool refused(void)
{
    if (!itd_fault_hits(ITD_FAULT_WRITE))
        return false;
    if (itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_TEARS)
        itd_fault_kill();
    return true;
}

static itd_status open_file(itd_sorter *sorter, itd_error *error)
{
    const char *folder = itd_temporary_place();
    char path[PATH_MAX];
    if (refused()) {
        errno = EIO;
        return itd_fail_errno(error, folder, "make a temporary file in it");
    }
    sorter->file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (sorter->file < 0 && snprintf(path, sizeof path, "%s/interdict-XXXXXX", folder) < (int)sizeof path) {
        sorter->file = mkostemp(path, O_CLOEXEC); /* a file system without O_TMPFILE */
        if (sorter->file >= 0)
            (void)unlink(path);
    }
    return sorter->file < 0 ? itd_fail_errno(error, folder, "make a temporary file in it") : ITD_OK;
}

static itd_status put(itd_sorter *sorter, const char *bytes, size_t size, itd_error *error)
{
    while (size > 0) {
        ssize_t done = -1;
        if (refused())
            errno = ENOSPC;
        else
            done = pwrite(sorter->file, bytes, size, (off_t)sorter->file_size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return itd_fail_errno(error, NULL, "write what is being sorted to a temporary file");
        bytes += done;
        size -= (size_t)done;
        sorter->file_size += (uint64_t)done;
    }
    return ITD_OK;
}

/* The items in memory become a run of the file, through what memory is left over. */
static itd_status spill(itd_sorter *sorter, itd_error *error)
{
    char buffer[1 << 16];
    size_t held = 0;
    if (sorter->run_ends.count == ITD_SORTER_RUNS_MAX)
        return itd_fail(error, ITD_ELIMIT, "more to sort than %d runs of %zu bytes (ITD_SORTER_RUNS_MAX)",
                        ITD_SORTER_RUNS_MAX, sorter->bytes_max / 2);
    if (sorter->file < 0)
        ITD_TRY(open_file(sorter, error));
    sort_entries(sorter);
    for (size_t i = 0; i < sorter->entries.count; i++) {
        itd_sv item = item_at(sorter, sorter->entries.items[i].offset);
        size_t size = item.size + LENGTH_BYTES;
        if (size > sizeof buffer - held) {
            ITD_TRY(put(sorter, buffer, held, error));
            held = 0;
        }
        if (size > sizeof buffer) {
            ITD_TRY(put(sorter, item.data - LENGTH_BYTES, size, error));
        } else {
            memcpy(buffer + held, item.data - LENGTH_BYTES, size);
            held += size;
        }
    }
    ITD_TRY(put(sorter, buffer, held, error));
    if (!itd_vector_push(&sorter->run_ends, sorter->file_size))
        return itd_fail_memory(error);
    sorter->entries.count = 0;
    sorter->used = 0;
    return ITD_OK;
}

static itd_status make_room(itd_sorter *sorter, size_t size, itd_error *error)
{
    size_t all = sorter->used + sorter->entries.count * sizeof(entry);
    if (sorter->entries.count > 0 && all + size + sizeof(entry) > sorter->bytes_max / 2)
        ITD_TRY(spill(sorter, error));
    if (size <= sorter->capacity - sorter->used)
        return ITD_OK;
    size_t capacity = sorter->capacity ? sorter->capacity * 2 : BYTES_MIN / 2;
    while (capacity - sorter->used < size)
        capacity *= 2;
    char *bytes = itd_realloc_array(sorter->bytes, capacity, 1);
    if (!bytes)
        return itd_fail_memory(error);
    sorter->bytes = bytes;
    sorter->capacity = capacity;
    return ITD_OK;
}

itd_status itd_sorter_add(itd_sorter *sorter, itd_sv item, itd_error *error)
{
    assert(sorter && !sorter->reading);
    if (item.size > ITD_SORTER_ITEM_MAX)
        return itd_fail(error, ITD_ELIMIT, "%zu bytes to sort in one piece, more than %zu (ITD_SORTER_ITEM_MAX)",
                        item.size, ITD_SORTER_ITEM_MAX);
    ITD_TRY(make_room(sorter, item.size + LENGTH_BYTES, error));
    entry e = {.offset = (uint32_t)sorter->used};
    if (sorter->entries.count == 0) {
        sorter->shared = item.size;
    } else {
        itd_sv first = item_at(sorter, sorter->entries.items[0].offset);
        size_t same = 0;
        while (same < sorter->shared && same < item.size && first.data[same] == item.data[same])
            same++;
        sorter->shared = same;
    }
    if (!itd_vector_push(&sorter->entries, e))
        return itd_fail_memory(error);
    uint32_t size = (uint32_t)item.size;
    memcpy(sorter->bytes + sorter->used, &size, sizeof size);
    if (item.size)
        memcpy(sorter->bytes + sorter->used + LENGTH_BYTES, item.data, item.size);
    sorter->used += item.size + LENGTH_BYTES;
    return ITD_OK;
}

/* More of a run into its buffer, which grows for a long item. */
static itd_status refill(itd_sorter *sorter, run *r, size_t need, itd_error *error)
{
    memmove(r->buffer, r->buffer + r->used, r->held - r->used);
    r->held -= r->used;
    r->used = 0;
    if (need > r->capacity) {
        char *buffer = itd_realloc_array(r->buffer, need, 1);
        if (!buffer)
            return itd_fail_memory(error);
        r->buffer = buffer;
        r->capacity = need;
    }
    while (r->held < need) {
        size_t want = r->capacity - r->held;
        if (want > r->end - r->at)
            want = (size_t)(r->end - r->at);
        ssize_t done = pread(sorter->file, r->buffer + r->held, want, (off_t)r->at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return itd_fail_errno(error, NULL, "read what is being sorted from a temporary file");
        r->held += (size_t)done;
        r->at += (uint64_t)done;
    }
    return ITD_OK;
}

static itd_status advance(itd_sorter *sorter, run *r, itd_error *error)
{
    uint32_t size;
    if (r->held == r->used && r->at == r->end) {
        r->done = true;
        return ITD_OK;
    }
    if (r->held - r->used < LENGTH_BYTES)
        ITD_TRY(refill(sorter, r, LENGTH_BYTES, error));
    memcpy(&size, r->buffer + r->used, sizeof size);
    if (r->held - r->used < size + LENGTH_BYTES)
        ITD_TRY(refill(sorter, r, size + LENGTH_BYTES, error));
    r->item = itd_sv_make(r->buffer + r->used + LENGTH_BYTES, size);
    r->used += size + LENGTH_BYTES;
    return ITD_OK;
}

static bool before(const itd_sorter *sorter, uint32_t a, uint32_t b)
{
    int order = itd_sv_compare(sorter->runs[a].item, sorter->runs[b].item);
    return order != 0 ? order < 0 : a < b;
}

static void sink_down(itd_sorter *sorter, size_t at)
{
    uint32_t *heap = sorter->heap;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= sorter->heap_count)
            return;
        if (child + 1 < sorter->heap_count && before(sorter, heap[child + 1], heap[child]))
            child++;
        if (!before(sorter, heap[child], heap[at]))
            return;
        uint32_t other = heap[at];
        heap[at] = heap[child];
        heap[child] = other;
        at = child;
    }
}

static itd_status start_merge(itd_sorter *sorter, itd_error *error)
{
    if (sorter->entries.count > 0)
        ITD_TRY(spill(sorter, error));
    itd_free(sorter->bytes);
    sorter->bytes = NULL;
    itd_vector_finish(&sorter->entries);
    size_t count = sorter->run_ends.count, share = sorter->bytes_max / count;
    sorter->runs = itd_calloc(count, sizeof *sorter->runs);
    sorter->heap = itd_calloc(count, sizeof *sorter->heap);
    if (!sorter->runs || !sorter->heap)
        return itd_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        run *r = &sorter->runs[i];
        r->at = i ? sorter->run_ends.items[i - 1] : 0;
        r->end = sorter->run_ends.items[i];
        r->capacity = share < RUN_BUFFER_MIN ? RUN_BUFFER_MIN : share;
        r->buffer = itd_malloc(r->capacity);
        if (!r->buffer)
            return itd_fail_memory(error);
        ITD_TRY(advance(sorter, r, error));
        sorter->heap[i] = (uint32_t)i;
    }
    sorter->heap_count = count;
    for (size_t i = count / 2; i-- > 0;)
        sink_down(sorter, i);
    return ITD_OK;
}

static itd_status next_of_runs(itd_sv *item, bool *more, itd_sorter *sorter, itd_error *error)
{
    if (sorter->next > 0 && sorter->heap_count > 0) { /* what was given last may go now */
        run *r = &sorter->runs[sorter->heap[0]];
        ITD_TRY(advance(sorter, r, error));
        if (r->done)
            sorter->heap[0] = sorter->heap[--sorter->heap_count];
        sink_down(sorter, 0);
    }
    sorter->next = 1;
    *more = sorter->heap_count > 0;
    if (*more)
        *item = sorter->runs[sorter->heap[0]].item;
    return ITD_OK;
}

itd_status itd_sorter_next(itd_sv *item, bool *more, itd_sorter *sorter, itd_error *error)
{
    assert(item && more && sorter);
    if (!sorter->reading) {
        sorter->reading = true;
        if (sorter->run_ends.count > 0)
            ITD_TRY(start_merge(sorter, error));
        else
            sort_entries(sorter);
    }
    if (sorter->runs)
        return next_of_runs(item, more, sorter, error);
    *more = sorter->next < sorter->entries.count;
    if (*more)
        *item = item_at(sorter, sorter->entries.items[sorter->next++].offset);
    return ITD_OK;
}
