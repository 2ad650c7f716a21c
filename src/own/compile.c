/* Rows in any order become compressed sparse rows, both ways round. Entities are cut into ranges of numbers next to
 * each other; every row goes to the range of what it is in, and ranges are sorted side by side, each small enough to
 * stay near the processor. The same again for what holders hold. */
#include "own/compile.h"

#include <string.h>

#include "base/memory.h"
#include "own/radix.h"

#define RANGES_MAX 256
/* Rows are gone through in so many pieces at most, whatever the number of threads. */
#define PIECES_MAX 64
#define AHEAD 16

typedef struct compiling {
    itd_stake_row *rows, *room;
    const uint32_t *rank;
    size_t count, piece, pieces;
    uint32_t entities, ranges;
    unsigned shift; /* an entity's range is its number without these bits */
    uint32_t counts[PIECES_MAX][RANGES_MAX];
    uint32_t ends[RANGES_MAX + 1]; /* where range k begins; one more */
    uint32_t *in_first, *out_first;
    itd_register_out *out;
    /* These lie where the rows lay. */
    itd_term *term;
    uint32_t *owner, *line;
    int32_t *start, *end;
} compiling;

static void set_up(compiling *c, const itd_register *r)
{
    c->count = r->stake_count;
    c->entities = r->entity_count;
    c->piece = c->count / PIECES_MAX + 1;
    c->pieces = (c->count + c->piece - 1) / c->piece;
    while ((c->entities - 1) >> c->shift >= RANGES_MAX)
        c->shift++;
    c->ranges = ((c->entities - 1) >> c->shift) + 1;
    c->term = (itd_term *)(void *)c->rows;
    c->owner = (uint32_t *)(void *)(c->term + c->count);
    c->line = c->owner + c->count;
    c->start = (int32_t *)(c->line + c->count);
    c->end = c->start + c->count;
}

static size_t piece_end(const compiling *c, size_t piece)
{
    size_t end = (piece + 1) * c->piece;
    return end < c->count ? end : c->count;
}

/* From how many go from each piece to each range, to where each of these begins. */
static void place(compiling *c)
{
    uint32_t sum = 0;
    for (uint32_t k = 0; k < c->ranges; k++) {
        c->ends[k] = sum;
        for (size_t p = 0; p < c->pieces; p++) {
            uint32_t here = c->counts[p][k];
            c->counts[p][k] = sum;
            sum += here;
        }
    }
    c->ends[c->ranges] = sum;
}

/* The entities whose numbers are below `limit` and that have no first place yet begin at `at`. */
static void begin_at(uint32_t *first, uint32_t *next, uint32_t limit, uint32_t at)
{
    while (*next < limit)
        first[(*next)++] = at;
}

static uint32_t range_limit(const compiling *c, size_t range)
{
    uint64_t limit = ((uint64_t)range + 1) << c->shift;
    return limit < c->entities ? (uint32_t)limit : c->entities;
}

/* ---- by what is owned, then by owner ---- */

static itd_status count_owned(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    compiling *c = context;
    (void)worker;
    (void)error;
    for (size_t p = begin; p < end; p++)
        for (size_t i = p * c->piece, stop = piece_end(c, p); i < stop; i++) {
            itd_stake_row *row = &c->rows[i];
            if (i + AHEAD < stop) {
                __builtin_prefetch(&c->rank[row[AHEAD].owner]);
                __builtin_prefetch(&c->rank[row[AHEAD].owned]);
            }
            row->owner = c->rank[row->owner];
            row->owned = c->rank[row->owned];
            c->counts[p][row->owned >> c->shift]++;
        }
    return ITD_OK;
}

static itd_status move_owned(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    compiling *c = context;
    (void)worker;
    (void)error;
    for (size_t p = begin; p < end; p++)
        for (size_t i = p * c->piece, stop = piece_end(c, p); i < stop; i++)
            c->room[c->counts[p][c->rows[i].owned >> c->shift]++] = c->rows[i];
    return ITD_OK;
}

static void put_stake(compiling *c, size_t at, const itd_stake_row *row, bool paired)
{
    c->owner[at] = row->owner;
    c->term[at] = row->term | (paired ? ITD_TERM_PAIRED : 0);
    c->start[at] = row->start;
    c->end[at] = row->end;
    c->line[at] = row->line;
}

static itd_status sort_owned(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    compiling *c = context;
    (void)worker;
    for (size_t k = begin; k < end; k++) {
        const itd_stake_row *rows = c->room + c->ends[k];
        uint32_t count = c->ends[k + 1] - c->ends[k], next = (uint32_t)(k << c->shift);
        itd_radix_item *items = itd_realloc_array(NULL, 2 * (size_t)count + 1, sizeof *items);
        if (!items)
            return itd_fail_memory(error);
        for (uint32_t i = 0; i < count; i++)
            items[i] = (itd_radix_item){(uint64_t)rows[i].owned << 32 | rows[i].owner, i, 0};
        itd_radix_sort(items, items + count, count);
        for (uint32_t i = 0; i < count; i++) {
            bool paired =
                (i > 0 && items[i - 1].key == items[i].key) || (i + 1 < count && items[i + 1].key == items[i].key);
            begin_at(c->in_first, &next, (uint32_t)(items[i].key >> 32) + 1, c->ends[k] + i);
            put_stake(c, c->ends[k] + i, &rows[items[i].number], paired);
        }
        begin_at(c->in_first, &next, range_limit(c, k), c->ends[k + 1]);
        itd_free(items);
    }
    return ITD_OK;
}

/* ---- by owner, then by what is owned: the order of stakes ---- */

static itd_status count_owners(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    compiling *c = context;
    (void)worker;
    (void)error;
    for (size_t p = begin; p < end; p++)
        for (size_t i = p * c->piece, stop = piece_end(c, p); i < stop; i++)
            c->counts[p][c->owner[i] >> c->shift]++;
    return ITD_OK;
}

static uint32_t owned_of(const compiling *c, size_t stake)
{
    uint32_t low = 0, high = c->entities; /* the last entity whose first stake is not after it */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (c->in_first[middle] <= stake)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static itd_status move_owners(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    compiling *c = context;
    itd_radix_item *items = (itd_radix_item *)(void *)c->room;
    (void)worker;
    (void)error;
    for (size_t p = begin; p < end; p++) {
        uint32_t owned = owned_of(c, p * c->piece);
        for (size_t i = p * c->piece, stop = piece_end(c, p); i < stop; i++) {
            while (c->in_first[owned + 1] <= i)
                owned++;
            items[c->counts[p][c->owner[i] >> c->shift]++] = (itd_radix_item){c->owner[i], (uint32_t)i, owned};
        }
    }
    return ITD_OK;
}

static itd_status sort_owners(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    compiling *c = context;
    (void)worker;
    (void)error;
    for (size_t k = begin; k < end; k++) {
        itd_radix_item *items = (itd_radix_item *)(void *)c->room + c->ends[k];
        uint32_t count = c->ends[k + 1] - c->ends[k], next = (uint32_t)(k << c->shift);
        itd_radix_sort(items, items + c->count, count); /* the other half of the room */
        for (uint32_t i = 0; i < count; i++) {
            begin_at(c->out_first, &next, (uint32_t)items[i].key + 1, c->ends[k] + i);
            uint32_t stake = items[i].number;
            if (i + AHEAD < count)
                __builtin_prefetch(&c->term[items[i + AHEAD].number]);
            c->out[c->ends[k] + i] = (itd_register_out){items[i].reserved, stake, c->term[stake]};
        }
        begin_at(c->out_first, &next, range_limit(c, k), c->ends[k + 1]);
    }
    return ITD_OK;
}

/* ---- all of it ---- */

static itd_status compile(compiling *c, itd_pool *pool, itd_error *error)
{
    ITD_TRY(itd_pool_for(pool, c->pieces, 1, count_owned, c, error));
    place(c);
    ITD_TRY(itd_pool_for(pool, c->pieces, 1, move_owned, c, error));
    ITD_TRY(itd_pool_for(pool, c->ranges, 1, sort_owned, c, error));
    c->in_first[c->entities] = (uint32_t)c->count;
    memset(c->counts, 0, sizeof c->counts);
    ITD_TRY(itd_pool_for(pool, c->pieces, 1, count_owners, c, error));
    place(c);
    ITD_TRY(itd_pool_for(pool, c->pieces, 1, move_owners, c, error));
    ITD_TRY(itd_pool_for(pool, c->ranges, 1, sort_owners, c, error));
    c->out_first[c->entities] = (uint32_t)c->count;
    return ITD_OK;
}

_Static_assert(sizeof(itd_stake_row) >= sizeof(itd_term) + 4 * sizeof(uint32_t),
               "what is made fits where the rows are");
_Static_assert(sizeof(itd_stake_row) == 2 * sizeof(itd_radix_item), "the room holds two items a stake");

itd_status itd_stakes_compile(itd_register *r, itd_stake_row *rows, itd_stake_row *room, const uint32_t *rank,
                              itd_compiled_room into, itd_pool *pool, itd_error *error)
{
    itd_status status = ITD_OK;
    compiling *c = itd_calloc(1, sizeof *c);
    if (!c)
        return itd_fail_memory(error);
    *c = (compiling){.rows = rows,
                     .room = room,
                     .rank = rank,
                     .in_first = into.in_first,
                     .out_first = into.out_first,
                     .out = into.out};
    set_up(c, r);
    if (c->count > 0)
        status = compile(c, pool, error);
    if (status == ITD_OK) {
        r->in_first = c->in_first;
        r->out_first = c->out_first;
        r->term = c->term;
        r->out = c->out;
        r->owner = c->owner;
        r->line = c->line;
        r->start = c->start;
        r->end = c->end;
    }
    itd_free(c);
    return status;
}
