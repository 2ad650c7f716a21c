#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

#define ARENA_ALIGN 16
#define ARENA_BLOCK_FIRST ((size_t)4096)
#define ARENA_BLOCK_LARGEST ((size_t)1 << 20)

typedef struct itd_arena_block {
    struct itd_arena_block *older;
    size_t size, taken; /* of the bytes that follow */
} itd_arena_block;

_Static_assert(sizeof(itd_arena_block) <= (size_t)2 * ARENA_ALIGN, "header fits its slot");
#define ARENA_HEADER ((size_t)2 * ARENA_ALIGN)

void itd_arena_init(itd_arena *arena, size_t used_max)
{
    *arena = (itd_arena){.used_max = used_max};
}

static void free_blocks(itd_arena_block *block)
{
    while (block) {
        itd_arena_block *older = block->older;
        itd_free(block);
        block = older;
    }
}

void itd_arena_finish(itd_arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->newest);
    arena->newest = NULL;
    arena->used = 0;
}

void itd_arena_reset(itd_arena *arena)
{
    itd_arena_block *kept = arena->newest;
    if (!kept)
        return;
    free_blocks(kept->older);
    kept->older = NULL;
    kept->taken = 0;
    arena->used = ARENA_HEADER + kept->size;
}

static itd_arena_block *add_block(itd_arena *arena, size_t need)
{
    size_t size = arena->newest ? arena->newest->size * 2 : ARENA_BLOCK_FIRST - ARENA_HEADER;
    if (size > ARENA_BLOCK_LARGEST)
        size = ARENA_BLOCK_LARGEST;
    size_t left = arena->used_max - arena->used;
    if (left < ARENA_HEADER || need > left - ARENA_HEADER)
        return NULL;
    if (size > left - ARENA_HEADER)
        size = left - ARENA_HEADER;
    if (size < need)
        size = need;
    itd_arena_block *block = itd_malloc(ARENA_HEADER + size);
    if (!block)
        return NULL;
    *block = (itd_arena_block){.older = arena->newest, .size = size};
    arena->newest = block;
    arena->used += ARENA_HEADER + size;
    return block;
}

/* `size` bytes that are not cleared; `align` is a power of two, 1 for text. */
static char *take(itd_arena *arena, size_t size, size_t align)
{
    itd_arena_block *block = arena->newest;
    size_t at = block ? (block->taken + align - 1) & ~(align - 1) : 0;
    if (!block || at > block->size || size > block->size - at) {
        if (size > SIZE_MAX / 2)
            return NULL;
        block = add_block(arena, size ? size : 1);
        if (!block)
            return NULL;
        at = 0;
    }
    block->taken = at + size;
    return (char *)block + ARENA_HEADER + at;
}

void *itd_arena_alloc(itd_arena *arena, size_t size)
{
    char *bytes = take(arena, size, ARENA_ALIGN);
    return bytes ? memset(bytes, 0, size) : NULL;
}

void *itd_arena_alloc_array(itd_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    return __builtin_mul_overflow(count, size, &bytes) ? NULL : itd_arena_alloc(arena, bytes);
}

itd_sv itd_arena_copy(itd_arena *arena, itd_sv text)
{
    char *bytes = text.size < SIZE_MAX ? take(arena, text.size + 1, 1) : NULL;
    if (!bytes)
        return ITD_SV_NONE;
    if (text.size)
        memcpy(bytes, text.data, text.size);
    bytes[text.size] = '\0';
    return (itd_sv){bytes, text.size};
}

itd_sv itd_arena_format(itd_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *bytes = need >= 0 ? take(arena, (size_t)need + 1, 1) : NULL;
    if (bytes)
        (void)vsnprintf(bytes, (size_t)need + 1, format, again);
    va_end(again);
    return bytes ? (itd_sv){bytes, (size_t)need} : ITD_SV_NONE;
}
