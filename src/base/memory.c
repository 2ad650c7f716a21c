#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/fault.h"

void *itd_malloc(size_t size)
{
    if (size > PTRDIFF_MAX || itd_fault_hits(ITD_FAULT_MEMORY))
        return NULL;
    return malloc(size ? size : 1);
}

void *itd_calloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX || itd_fault_hits(ITD_FAULT_MEMORY))
        return NULL;
    return calloc(1, bytes ? bytes : 1);
}

void *itd_realloc_array(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX || itd_fault_hits(ITD_FAULT_MEMORY))
        return NULL;
    return realloc(old, bytes ? bytes : 1);
}

void itd_free(void *block)
{
    free(block);
}
