#include "own/same.h"

#include "base/memory.h"

void itd_aliases_finish(itd_aliases *aliases)
{
    itd_free(aliases->first);
    itd_free(aliases->heap);
    itd_free(aliases->entity);
    *aliases = (itd_aliases){0};
}

itd_status itd_same_init(itd_same *out, uint32_t count, itd_error *error)
{
    itd_same same = {itd_realloc_array(NULL, count ? count : 1, sizeof *same.parent), count};
    if (!same.parent)
        return itd_fail_memory(error);
    for (uint32_t i = 0; i < count; i++)
        same.parent[i] = i;
    *out = same;
    return ITD_OK;
}

void itd_same_finish(itd_same *same)
{
    itd_free(same->parent);
    *same = (itd_same){0};
}

static uint32_t root_of(itd_same *same, uint32_t number)
{
    while (same->parent[number] != number) {
        same->parent[number] = same->parent[same->parent[number]];
        number = same->parent[number];
    }
    return number;
}

void itd_same_unite(itd_same *same, uint32_t a, uint32_t b)
{
    a = root_of(same, a);
    b = root_of(same, b);
    if (a != b)
        same->parent[a > b ? a : b] = a < b ? a : b;
}

/* What each sorted name becomes. */
typedef struct cut {
    uint32_t *stands; /* by sorted place: the first place of those that are one */
    uint32_t *number; /* by sorted place: its number among those that stay */
    uint32_t *first, *alias_first, *alias_entity;
    char *heap, *alias_heap;
} cut;

static bool cut_init(cut *out, const itd_names *names)
{
    size_t count = names->count + 1u, bytes = names->first[names->count] + 1u;
    *out = (cut){.stands = itd_realloc_array(NULL, count, sizeof *out->stands),
                 .number = itd_realloc_array(NULL, count, sizeof *out->number),
                 .first = itd_realloc_array(NULL, count, sizeof *out->first),
                 .alias_first = itd_realloc_array(NULL, count, sizeof *out->alias_first),
                 .alias_entity = itd_realloc_array(NULL, count, sizeof *out->alias_entity),
                 .heap = itd_malloc(bytes),
                 .alias_heap = itd_malloc(bytes)};
    return out->stands && out->number && out->first && out->alias_first && out->alias_entity && out->heap &&
           out->alias_heap;
}

static void cut_finish(cut *c)
{
    itd_free(c->stands);
    itd_free(c->number);
    itd_free(c->first);
    itd_free(c->alias_first);
    itd_free(c->alias_entity);
    itd_free(c->heap);
    itd_free(c->alias_heap);
}

/* The first in byte order of each set. */
static void choose(cut *c, const uint32_t *rank, itd_same *same)
{
    uint32_t *least = c->number; /* by root, for a while */
    for (uint32_t i = 0; i < same->count; i++)
        least[i] = UINT32_MAX;
    for (uint32_t i = 0; i < same->count; i++) {
        uint32_t root = root_of(same, i);
        least[root] = rank[i] < least[root] ? rank[i] : least[root];
    }
    for (uint32_t i = 0; i < same->count; i++)
        c->stands[rank[i]] = least[root_of(same, i)];
}

/* Copies a name with its NUL to the end of a heap. */
static void copy_name(char *heap, uint32_t *first, uint32_t count, const itd_names *names, uint32_t place)
{
    uint32_t from = names->first[place], size = names->first[place + 1] - from;
    memcpy(heap + first[count], names->heap + from, size);
    first[count + 1] = first[count] + size;
}

itd_status itd_same_apply(itd_aliases *out, itd_names *names, uint32_t *rank, itd_same *same, itd_error *error)
{
    cut c;
    uint32_t stay = 0, others = 0, all = names->count;
    if (!cut_init(&c, names)) {
        cut_finish(&c);
        return itd_fail_memory(error);
    }
    choose(&c, rank, same);
    c.first[0] = c.alias_first[0] = 0;
    for (uint32_t place = 0; place < all; place++) {
        if (c.stands[place] == place) {
            copy_name(c.heap, c.first, stay, names, place);
            c.number[place] = stay++;
        } else {
            copy_name(c.alias_heap, c.alias_first, others, names, place);
            c.alias_entity[others++] = c.number[c.stands[place]]; /* which came before */
        }
    }
    for (uint32_t i = 0; i < all; i++)
        rank[i] = c.number[c.stands[rank[i]]];
    itd_free(names->first);
    itd_free(names->heap);
    names->first = c.first;
    names->heap = c.heap;
    names->count = stay;
    *out = (itd_aliases){others, c.alias_first, c.alias_heap, c.alias_entity};
    c.first = c.alias_first = c.alias_entity = NULL;
    c.heap = c.alias_heap = NULL;
    cut_finish(&c);
    return ITD_OK;
}
