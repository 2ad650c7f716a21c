/* Stakes in any order become a register: ids to numbers as they come, then two counting sorts. */
#include <assert.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "own/names.h"
#include "own/register.h"
#include "own/same.h"

/* Stakes whose ids are looked up together: the slots of all are on their way before the first one is needed. */
#define PENDING_MAX 64
#define BLOCKS_MAX 16

typedef struct row {
    uint32_t owner, owned;
    itd_term term;
    int32_t start, end;
    uint32_t line, reserved;
} row;

typedef struct pending {
    size_t owner_at, owner_size, owned_size; /* in the bytes that wait; the owned one follows the owner */
    uint64_t owner_hash, owned_hash;
    bool again; /* what is owned is that of the one before: registers tell the owners of a company together */
} pending;

struct itd_register_builder {
    itd_names names;
    ITD_VECTOR(row) rows;
    pending waiting[PENDING_MAX];
    size_t waiting_count; /* the last rows, whose owner and owned are not known yet */
    itd_buffer bytes;     /* ids that wait */
    itd_buffer file_heap;
    ITD_VECTOR(uint32_t) file_first;
    size_t file; /* of the stakes that come */
    bool unites; /* some say of two ids that they are one */
};

itd_status itd_register_builder_create(itd_register_builder **out, itd_error *error)
{
    itd_register_builder *builder = itd_calloc(1, sizeof *builder);
    if (!builder || !itd_vector_push(&builder->file_first, 0)) {
        itd_free(builder);
        return itd_fail_memory(error);
    }
    *out = builder;
    return ITD_OK;
}

void itd_register_builder_destroy(itd_register_builder *builder)
{
    if (!builder)
        return;
    itd_names_finish(&builder->names);
    itd_vector_finish(&builder->rows);
    itd_vector_finish(&builder->file_first);
    itd_buffer_finish(&builder->bytes);
    itd_buffer_finish(&builder->file_heap);
    itd_free(builder);
}

static itd_sv file_name(const itd_register_builder *b, size_t file)
{
    uint32_t first = b->file_first.items[file];
    return itd_sv_make(b->file_heap.data + first, b->file_first.items[file + 1] - first - 1);
}

itd_status itd_register_builder_file(itd_register_builder *builder, itd_sv name, itd_error *error)
{
    size_t count = builder->file_first.count - 1;
    if (builder->file < count && itd_sv_equal(file_name(builder, builder->file), name))
        return ITD_OK;
    for (size_t i = 0; i < count; i++)
        if (itd_sv_equal(file_name(builder, i), name)) {
            builder->file = i;
            return ITD_OK;
        }
    if (count == ITD_REGISTER_FILES_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %zu files (ITD_REGISTER_FILES_MAX)", ITD_REGISTER_FILES_MAX);
    if (!itd_buffer_append(&builder->file_heap, name) || !itd_buffer_append_char(&builder->file_heap, '\0') ||
        !itd_vector_push(&builder->file_first, (uint32_t)builder->file_heap.size))
        return itd_fail_memory(error);
    builder->file = count;
    return ITD_OK;
}

/* Gives the rows that wait their numbers, in their order. */
static itd_status settle(itd_register_builder *b, itd_error *error)
{
    row *rows = b->rows.items + b->rows.count - b->waiting_count;
    for (int step = 1; step <= 2; step++)
        for (size_t i = 0; i < b->waiting_count; i++) {
            itd_names_prefetch_text(&b->names, b->waiting[i].owner_hash, step);
            if (!b->waiting[i].again)
                itd_names_prefetch_text(&b->names, b->waiting[i].owned_hash, step);
        }
    for (size_t i = 0; i < b->waiting_count; i++) {
        const pending *p = &b->waiting[i];
        const char *text = b->bytes.data + p->owner_at;
        ITD_TRY(itd_names_add(&rows[i].owner, &b->names, (itd_sv){text, p->owner_size}, p->owner_hash, error));
        if (p->again)
            rows[i].owned = rows[i - 1].owned;
        else
            ITD_TRY(itd_names_add(&rows[i].owned, &b->names, (itd_sv){text + p->owner_size, p->owned_size},
                                  p->owned_hash, error));
    }
    b->waiting_count = 0;
    itd_buffer_clear(&b->bytes);
    return ITD_OK;
}

static int32_t day_code(itd_date date, int32_t open)
{
    int32_t first = 0, last = 0;
    if (date.year == 0)
        return open;
    itd_date_span(&first, &last, date);
    return first * ITD_DAY_SPAN + (last - first);
}

static itd_term term_of(const itd_stake *stake, size_t file)
{
    itd_term term = stake->share_min_ppm | (uint64_t)stake->share_max_ppm << 20 | (uint64_t)stake->kind << 40;
    if (stake->reliability)
        term |= (uint64_t)(stake->reliability - 'A' + 1) << 43;
    if (stake->credibility)
        term |= (uint64_t)(stake->credibility - '0') << 46;
    if (stake->start.year || stake->end.year)
        term |= ITD_TERM_DATED;
    return term | (uint64_t)file << 51;
}

static bool is_id(itd_sv id)
{
    return id.size > 0 && !memchr(id.data, '\0', id.size);
}

/* What the stake that was added last is in. */
static itd_sv owned_before(const itd_register_builder *b)
{
    const pending *p = &b->waiting[b->waiting_count - 1];
    return (itd_sv){b->bytes.data + p->owner_at + p->owner_size, p->owned_size};
}

itd_status itd_register_builder_add(void *builder, const itd_stake *stake, itd_error *error)
{
    itd_register_builder *b = builder;
    if (!is_id(stake->owner) || !is_id(stake->owned))
        return itd_fail(error, ITD_EINVAL, "an id of a stake is empty or has a NUL in it");
    if (stake->share_min_ppm > stake->share_max_ppm || stake->share_max_ppm > ITD_PPM_WHOLE)
        return itd_fail(error, ITD_EINVAL, "the shares of a stake are out of range");
    if (b->rows.count == ITD_REGISTER_STAKES_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %zu stakes (ITD_REGISTER_STAKES_MAX)", ITD_REGISTER_STAKES_MAX);
    if (b->file_first.count < 2)
        ITD_TRY(itd_register_builder_file(b, ITD_SV("register"), error));
    b->unites |= stake->kind == ITD_STAKE_SAME;
    const row added = {.term = term_of(stake, b->file),
                       .start = day_code(stake->start, ITD_START_OPEN),
                       .end = day_code(stake->end, ITD_END_OPEN),
                       .line = stake->line > UINT32_MAX ? 0 : (uint32_t)stake->line};
    pending *p = &b->waiting[b->waiting_count];
    *p = (pending){.owner_at = b->bytes.size,
                   .owner_size = stake->owner.size,
                   .owned_size = stake->owned.size,
                   .owner_hash = itd_names_hash(stake->owner),
                   .again = b->waiting_count > 0 && itd_sv_equal(stake->owned, owned_before(b))};
    itd_names_prefetch(&b->names, p->owner_hash);
    if (!p->again) {
        p->owned_hash = itd_names_hash(stake->owned);
        itd_names_prefetch(&b->names, p->owned_hash);
    }
    if (!itd_buffer_append(&b->bytes, stake->owner) || !itd_buffer_append(&b->bytes, stake->owned) ||
        !itd_vector_push(&b->rows, added))
        return itd_fail_memory(error);
    return ++b->waiting_count == PENDING_MAX ? settle(b, error) : ITD_OK;
}

/* ---- taking ---- */

typedef struct taking {
    itd_register r;
    void *blocks[BLOCKS_MAX + 1];
    size_t block_count;
    bool failed;
} taking;

static void *block(taking *t, size_t count, size_t size)
{
    assert(t->block_count < BLOCKS_MAX);
    void *made = itd_calloc(count ? count : 1, size);
    t->failed |= !made;
    t->blocks[t->block_count] = made;
    t->block_count += made != NULL;
    return made;
}

/* first[k] becomes the number of items whose key is below k; count + 1 of them. */
static void sums_of(uint32_t *first, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t k = 0; k <= count; k++) {
        uint32_t here = first[k];
        first[k] = sum;
        sum += here;
    }
}

/* Stable: rows of one owner, or of one that is owned, stay in their order. `places` ends as the ends of each. */
static void scatter(row *to, const row *from, size_t count, uint32_t *places, bool by_owner)
{
    for (size_t i = 0; i < count; i++)
        to[places[by_owner ? from[i].owner : from[i].owned]++] = from[i];
}

static bool sort_rows(itd_register_builder *b, const uint32_t *rank, uint32_t *in_first, uint32_t *out_first)
{
    uint32_t entities = b->names.count;
    size_t count = b->rows.count;
    row *other = itd_realloc_array(NULL, count ? count : 1, sizeof *other);
    uint32_t *places = itd_realloc_array(NULL, (size_t)entities + 1, sizeof *places);
    if (other && places) {
        for (size_t i = 0; i < count; i++) {
            row *at = &b->rows.items[i];
            at->owner = rank[at->owner];
            at->owned = rank[at->owned];
            in_first[at->owned]++;
            out_first[at->owner]++;
        }
        sums_of(in_first, entities);
        sums_of(out_first, entities);
        memcpy(places, out_first, ((size_t)entities + 1) * sizeof *places);
        scatter(other, b->rows.items, count, places, true);
        memcpy(places, in_first, ((size_t)entities + 1) * sizeof *places);
        scatter(b->rows.items, other, count, places, false);
    }
    bool good = other && places;
    itd_free(other);
    itd_free(places);
    return good;
}

static void fill_stakes(taking *t, const row *rows, uint32_t *owner, itd_term *term, int32_t *start, int32_t *end,
                        uint32_t *line)
{
    for (size_t i = 0; i < t->r.stake_count; i++) {
        bool paired =
            (i > 0 && rows[i - 1].owned == rows[i].owned && rows[i - 1].owner == rows[i].owner) ||
            (i + 1 < t->r.stake_count && rows[i + 1].owned == rows[i].owned && rows[i + 1].owner == rows[i].owner);
        owner[i] = rows[i].owner;
        term[i] = rows[i].term | (paired ? ITD_TERM_PAIRED : 0);
        start[i] = rows[i].start;
        end[i] = rows[i].end;
        line[i] = rows[i].line;
    }
}

static bool fill_out(taking *t, const row *rows, itd_register_out *out)
{
    size_t bytes = ((size_t)t->r.entity_count + 1) * sizeof(uint32_t);
    uint32_t *places = itd_malloc(bytes);
    if (!places)
        return false;
    memcpy(places, t->r.out_first, bytes);
    for (size_t i = 0; i < t->r.stake_count; i++)
        out[places[rows[i].owner]++] = (itd_register_out){rows[i].owned, (uint32_t)i};
    itd_free(places);
    return true;
}

/* Ids go over as they are; names of files are copied. */
static void fill_texts(taking *t, itd_register_builder *b, uint32_t *file_first, char *file_heap)
{
    t->r.id_first = t->blocks[t->block_count++] = b->names.first;
    t->r.id_heap = t->blocks[t->block_count++] = b->names.heap;
    b->names.first = NULL;
    b->names.heap = NULL;
    memcpy(file_first, b->file_first.items, b->file_first.count * sizeof *file_first);
    if (b->file_heap.size > 0)
        memcpy(file_heap, b->file_heap.data, b->file_heap.size);
    t->r.file_count = (uint32_t)b->file_first.count - 1;
}

static void fill_aliases(taking *t, itd_aliases *aliases)
{
    t->r.alias_count = aliases->count;
    t->r.alias_first = t->blocks[t->block_count++] = aliases->first;
    t->r.alias_heap = t->blocks[t->block_count++] = aliases->heap;
    t->r.alias_entity = t->blocks[t->block_count++] = aliases->entity;
    *aliases = (itd_aliases){0};
}

static bool take(taking *t, itd_register_builder *b, const uint32_t *rank, itd_aliases *aliases)
{
    size_t entities = b->names.count, stakes = b->rows.count;
    uint32_t *in_first = block(t, entities + 1, sizeof *in_first),
             *out_first = block(t, entities + 1, sizeof *out_first);
    uint32_t *file_first = block(t, b->file_first.count, sizeof *file_first);
    char *file_heap = block(t, b->file_heap.size, 1);
    t->r = (itd_register){.entity_count = (uint32_t)entities, .stake_count = (uint32_t)stakes};
    if (t->failed || !sort_rows(b, rank, in_first, out_first))
        return false;
    fill_texts(t, b, file_first, file_heap);
    if (aliases->count)
        fill_aliases(t, aliases);
    uint32_t *owner = block(t, stakes, sizeof *owner), *line = block(t, stakes, sizeof *line);
    itd_term *term = block(t, stakes, sizeof *term);
    int32_t *start = block(t, stakes, sizeof *start), *end = block(t, stakes, sizeof *end);
    itd_register_out *out = block(t, stakes, sizeof *out);
    t->r.in_first = in_first;
    t->r.out_first = out_first;
    t->r.file_first = file_first;
    t->r.file_heap = file_heap;
    t->r.owner = owner;
    t->r.term = term;
    t->r.start = start;
    t->r.end = end;
    t->r.line = line;
    t->r.out = out;
    if (t->failed)
        return false;
    fill_stakes(t, b->rows.items, owner, term, start, end, line);
    return fill_out(t, b->rows.items, out);
}

/* Ids that are one become one entity; what says so is no stake. */
static itd_status unite(itd_aliases *aliases, itd_register_builder *b, uint32_t *rank, itd_error *error)
{
    itd_same same;
    size_t kept = 0, count = b->rows.count;
    ITD_TRY(itd_same_init(&same, b->names.count, error));
    for (size_t i = 0; i < count; i++) {
        const row *at = &b->rows.items[i];
        if (itd_term_kind(at->term) == ITD_STAKE_SAME)
            itd_same_unite(&same, at->owner, at->owned);
        else
            b->rows.items[kept++] = *at;
    }
    b->rows.count = kept;
    itd_status status = kept < count ? itd_same_apply(aliases, &b->names, rank, &same, error) : ITD_OK;
    itd_same_finish(&same);
    return status;
}

itd_status itd_register_builder_take(itd_register *out, itd_register_builder *builder, itd_error *error)
{
    assert(out && builder);
    taking t = {0};
    itd_aliases aliases = {0};
    uint32_t *rank = NULL;
    ITD_TRY(settle(builder, error));
    ITD_TRY(itd_names_sort(&rank, &builder->names, error));
    itd_status status = builder->unites ? unite(&aliases, builder, rank, error) : ITD_OK;
    if (status != ITD_OK) {
        itd_free(rank);
        return status;
    }
    bool good = take(&t, builder, rank, &aliases);
    itd_free(rank);
    itd_aliases_finish(&aliases);
    void **blocks = good ? itd_malloc(sizeof t.blocks) : NULL;
    if (!blocks) {
        for (size_t i = 0; i < t.block_count; i++)
            itd_free(t.blocks[i]);
        return itd_fail_memory(error);
    }
    memcpy(blocks, t.blocks, sizeof t.blocks);
    t.r.blocks = blocks;
    *out = t.r;
    return ITD_OK;
}
