#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>

#include <sys/mman.h>
#include <unistd.h>

#include "base/fault.h"

/* Blocks of this size or more are asked for in large pages: walks over them in no order cost less then. */
#define LARGE_BYTES ((size_t)1 << 23)

static void *enlarge(void *block, size_t size)
{
    if (block && size >= LARGE_BYTES) {
        uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), begin = ((uintptr_t)block + page - 1) & ~(page - 1);
        (void)madvise((void *)begin, ((uintptr_t)block + size - begin) & ~(page - 1), MADV_HUGEPAGE); /* or not */
    }
    return block;
}

void *itd_malloc(size_t size)
{
    if (size > PTRDIFF_MAX || itd_fault_hits(ITD_FAULT_MEMORY))
        return NULL;
    return enlarge(malloc(size ? size : 1), size);
}

void *itd_calloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX || itd_fault_hits(ITD_FAULT_MEMORY))
        return NULL;
    return enlarge(calloc(1, bytes ? bytes : 1), bytes);
}

void *itd_realloc_array(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX || itd_fault_hits(ITD_FAULT_MEMORY))
        return NULL;
    return enlarge(realloc(old, bytes ? bytes : 1), bytes);
}

void itd_free(void *block)
{
    free(block);
}
