/* Stakes in any order become a register: their ids become numbers as they come, by a thread of their own where there is
 * one, then they are sorted. */
#include <assert.h>

#include "base/buffer.h"
#include "base/stage.h"
#include "base/vector.h"
#include "own/compile.h"
#include "own/names.h"
#include "own/same.h"

/* Stakes that are handed over together, and those whose ids are looked up together: the slots of all are on their way
 * before the first one is needed. */
#define BATCH_MAX 2048
#define GROUP_MAX 64
#define BLOCKS_MAX 16

typedef struct pending {
    size_t owner_at, owner_size, owned_size; /* in the bytes of the batch; the owned one follows the owner */
    uint64_t owner_hash, owned_hash;
    bool again; /* what is owned is that of the one before: registers tell the owners of a company together */
} pending;

typedef struct batch {
    itd_buffer bytes; /* ids */
    size_t count;
    pending ids[BATCH_MAX];
    itd_stake_row rows[BATCH_MAX];
} batch;

struct itd_register_builder {
    itd_pool *pool;
    itd_stage *stage; /* has the names and the rows while a batch is under way */
    itd_names names;
    ITD_VECTOR(itd_stake_row) rows;
    batch *filling, *batches[2];
    size_t stake_count; /* added */
    itd_buffer file_heap;
    ITD_VECTOR(uint32_t) file_first;
    size_t file; /* of the stakes that come */
    bool unites; /* some say of two ids that they are one */
};

static itd_status settle(void *context, void *batch, itd_error *error);

itd_status itd_register_builder_create(itd_register_builder **out, itd_pool *pool, itd_error *error)
{
    itd_register_builder *builder = itd_calloc(1, sizeof *builder);
    if (!builder)
        return itd_fail_memory(error);
    bool threaded = itd_pool_threads(pool) > 1;
    builder->pool = pool;
    for (size_t i = 0; i < 2; i++)
        builder->batches[i] = itd_calloc(1, sizeof(batch));
    builder->filling = builder->batches[0];
    itd_status status = builder->batches[0] && builder->batches[1] && itd_vector_push(&builder->file_first, 0)
                            ? itd_stage_create(&builder->stage, threaded, settle, builder, error)
                            : itd_fail_memory(error);
    if (status != ITD_OK) {
        itd_register_builder_destroy(builder);
        return status;
    }
    *out = builder;
    return ITD_OK;
}

void itd_register_builder_destroy(itd_register_builder *builder)
{
    if (!builder)
        return;
    itd_stage_destroy(builder->stage);
    itd_names_finish(&builder->names);
    itd_vector_finish(&builder->rows);
    itd_vector_finish(&builder->file_first);
    for (size_t i = 0; i < 2; i++)
        if (builder->batches[i]) {
            itd_buffer_finish(&builder->batches[i]->bytes);
            itd_free(builder->batches[i]);
        }
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

/* Gives rows begin … end - 1 of a batch their numbers, in their order. */
static itd_status settle_group(itd_register_builder *b, batch *given, size_t begin, size_t end, itd_error *error)
{
    const pending *ids = given->ids;
    itd_stake_row *rows = given->rows;
    for (size_t i = begin; i < end; i++) {
        itd_names_prefetch(&b->names, ids[i].owner_hash);
        if (!ids[i].again)
            itd_names_prefetch(&b->names, ids[i].owned_hash);
    }
    for (int step = 1; step <= 2; step++)
        for (size_t i = begin; i < end; i++) {
            itd_names_prefetch_text(&b->names, ids[i].owner_hash, step);
            if (!ids[i].again)
                itd_names_prefetch_text(&b->names, ids[i].owned_hash, step);
        }
    for (size_t i = begin; i < end; i++) {
        const char *text = given->bytes.data + ids[i].owner_at;
        ITD_TRY(itd_names_add(&rows[i].owner, &b->names, (itd_sv){text, ids[i].owner_size}, ids[i].owner_hash, error));
        if (ids[i].again)
            rows[i].owned = rows[i - 1].owned;
        else
            ITD_TRY(itd_names_add(&rows[i].owned, &b->names, (itd_sv){text + ids[i].owner_size, ids[i].owned_size},
                                  ids[i].owned_hash, error));
    }
    return ITD_OK;
}

/* The stage's work. */
static itd_status settle(void *context, void *handed, itd_error *error)
{
    itd_register_builder *b = context;
    batch *given = handed;
    for (size_t begin = 0; begin < given->count; begin += GROUP_MAX) {
        size_t end = begin + GROUP_MAX < given->count ? begin + GROUP_MAX : given->count;
        ITD_TRY(settle_group(b, given, begin, end, error));
    }
    if (!itd_vector_reserve(&b->rows, given->count))
        return itd_fail_memory(error);
    if (given->count > 0)
        memcpy(b->rows.items + b->rows.count, given->rows, given->count * sizeof *given->rows);
    b->rows.count += given->count;
    given->count = 0;
    itd_buffer_clear(&given->bytes);
    return ITD_OK;
}

/* What was added goes to the stage; the other batch is filled next. */
static itd_status hand_over(itd_register_builder *b, itd_error *error)
{
    ITD_TRY(itd_stage_hand(b->stage, b->filling, error));
    b->filling = b->batches[b->filling == b->batches[0]];
    return ITD_OK;
}

static_assert(ITD_STAKE_DAYS_MAX == ITD_DAY_SPAN, "what a date of a stake can mean has its place");

static int32_t day_code(itd_date date, uint16_t more, int32_t open)
{
    int32_t first = 0, last = 0;
    if (date.year == 0)
        return open;
    itd_date_span(&first, &last, date);
    return first * ITD_DAY_SPAN + (last - first) + more;
}

/* Does it mean few enough days? */
static bool is_narrow(itd_date date, uint16_t more)
{
    int32_t first = 0, last = 0;
    if (more == 0 || date.year == 0)
        return more == 0;
    itd_date_span(&first, &last, date);
    return last - first + more < ITD_STAKE_DAYS_MAX;
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
static itd_sv owned_before(const batch *filling)
{
    const pending *p = &filling->ids[filling->count - 1];
    return (itd_sv){filling->bytes.data + p->owner_at + p->owner_size, p->owned_size};
}

static itd_status put(batch *to, const itd_stake *stake, size_t file, itd_error *error)
{
    pending *p = &to->ids[to->count];
    *p = (pending){.owner_at = to->bytes.size,
                   .owner_size = stake->owner.size,
                   .owned_size = stake->owned.size,
                   .owner_hash = itd_names_hash(stake->owner),
                   .again = to->count > 0 && itd_sv_equal(stake->owned, owned_before(to))};
    if (!p->again)
        p->owned_hash = itd_names_hash(stake->owned);
    if (!itd_buffer_append(&to->bytes, stake->owner) || !itd_buffer_append(&to->bytes, stake->owned))
        return itd_fail_memory(error);
    to->rows[to->count++] = (itd_stake_row){.term = term_of(stake, file),
                                            .start = day_code(stake->start, stake->start_more, ITD_START_OPEN),
                                            .end = day_code(stake->end, stake->end_more, ITD_END_OPEN),
                                            .line = stake->line > UINT32_MAX ? 0 : (uint32_t)stake->line};
    return ITD_OK;
}

itd_status itd_register_builder_add(void *builder, const itd_stake *stake, itd_error *error)
{
    itd_register_builder *b = builder;
    if (!is_id(stake->owner) || !is_id(stake->owned))
        return itd_fail(error, ITD_EINVAL, "an id of a stake is empty or has a NUL in it");
    if (stake->share_min_ppm > stake->share_max_ppm || stake->share_max_ppm > ITD_PPM_WHOLE)
        return itd_fail(error, ITD_EINVAL, "the shares of a stake are out of range");
    if (!is_narrow(stake->start, stake->start_more) || !is_narrow(stake->end, stake->end_more))
        return itd_fail(error, ITD_EINVAL, "a date of a stake means more than %d days (ITD_STAKE_DAYS_MAX)",
                        ITD_STAKE_DAYS_MAX);
    if (b->stake_count == ITD_REGISTER_STAKES_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %zu stakes (ITD_REGISTER_STAKES_MAX)", ITD_REGISTER_STAKES_MAX);
    if (b->file_first.count < 2)
        ITD_TRY(itd_register_builder_file(b, ITD_SV("register"), error));
    ITD_TRY(put(b->filling, stake, b->file, error));
    b->unites |= stake->kind == ITD_STAKE_SAME;
    b->stake_count++;
    return b->filling->count == BATCH_MAX ? hand_over(b, error) : ITD_OK;
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

/* The rows' own block, no larger than it need be, becomes the register's. */
static itd_stake_row *keep_rows(taking *t, itd_register_builder *b)
{
    size_t count = b->rows.count ? b->rows.count : 1;
    itd_stake_row *rows = itd_realloc_array(b->rows.items, count, sizeof *rows);
    if (!rows)
        return NULL;
    b->rows.items = NULL;
    b->rows.capacity = b->rows.count = 0;
    t->blocks[t->block_count++] = rows;
    return rows;
}

static itd_status take(taking *t, itd_register_builder *b, itd_stake_row *room, const uint32_t *rank,
                       itd_aliases *aliases, itd_error *error)
{
    size_t entities = b->names.count;
    const itd_compiled_room into = {.in_first = block(t, entities + 1, sizeof *into.in_first),
                                    .out_first = block(t, entities + 1, sizeof *into.out_first),
                                    .out = block(t, b->rows.count, sizeof *into.out)};
    uint32_t *file_first = block(t, b->file_first.count, sizeof *file_first);
    char *file_heap = block(t, b->file_heap.size, 1);
    t->r = (itd_register){.entity_count = (uint32_t)entities, .stake_count = (uint32_t)b->rows.count};
    if (t->failed)
        return itd_fail_memory(error);
    itd_stake_row *rows = keep_rows(t, b);
    if (!rows)
        return itd_fail_memory(error);
    ITD_TRY(itd_stakes_compile(&t->r, rows, room, rank, into, b->pool, error));
    fill_texts(t, b, file_first, file_heap);
    t->r.file_first = file_first;
    t->r.file_heap = file_heap;
    if (aliases->count)
        fill_aliases(t, aliases);
    return ITD_OK;
}

/* Ids that are one become one entity; what says so is no stake. */
static itd_status unite(itd_aliases *aliases, itd_register_builder *b, uint32_t *rank, itd_error *error)
{
    itd_same same;
    size_t kept = 0, count = b->rows.count;
    if (!b->unites)
        return ITD_OK;
    ITD_TRY(itd_same_init(&same, b->names.count, error));
    for (size_t i = 0; i < count; i++) {
        const itd_stake_row *at = &b->rows.items[i];
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

static itd_status take_all(taking *t, itd_register_builder *b, itd_error *error)
{
    itd_aliases aliases = {0};
    uint32_t *rank = NULL;
    size_t count = b->rows.count > b->names.count ? b->rows.count : b->names.count;
    itd_stake_row *room = itd_realloc_array(NULL, count ? count : 1, sizeof *room); /* or two items a name */
    itd_status status = room ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK)
        status = itd_names_sort(&rank, &b->names, (itd_radix_item *)(void *)room, b->pool, error);
    if (status == ITD_OK)
        status = unite(&aliases, b, rank, error);
    if (status == ITD_OK)
        status = take(t, b, room, rank, &aliases, error);
    itd_free(room);
    itd_free(rank);
    itd_aliases_finish(&aliases);
    return status;
}

itd_status itd_register_builder_take(itd_register *out, itd_register_builder *builder, itd_error *error)
{
    assert(out && builder);
    taking t = {0};
    ITD_TRY(hand_over(builder, error));
    ITD_TRY(itd_stage_wait(builder->stage, error));
    itd_status status = take_all(&t, builder, error);
    void **blocks = status == ITD_OK ? itd_malloc(sizeof t.blocks) : NULL;
    if (!blocks) {
        for (size_t i = 0; i < t.block_count; i++)
            itd_free(t.blocks[i]);
        return status == ITD_OK ? itd_fail_memory(error) : status;
    }
    memcpy(blocks, t.blocks, sizeof t.blocks);
    t.r.blocks = blocks;
    *out = t.r;
    return ITD_OK;
}
