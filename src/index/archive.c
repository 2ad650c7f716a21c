#include "index/archive.h"

#include <assert.h>

#include <sodium.h>
#include <zstd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/vector.h"
#include "index/archive_form.h"
#include "index/layout.h"

/* Half a tenth smaller by each level above, for twice the time. */
#define ARCHIVE_LEVEL 3

typedef struct writing {
    itd_pack_writer *writer;
    const itd_collection *collection;
    itd_buffer numbers, texts, packed;
    ITD_VECTOR(itd_archive_block) blocks;
    itd_row last; /* the statement before; at the start of a block no text is as it was */
    uint32_t row_first;
    uint64_t offset;
    ZSTD_CCtx *context;
    crypto_generichash_state hash;
} writing;

static const itd_row no_row = {.entity = UINT32_MAX,
                               .record = UINT32_MAX,
                               .dataset = UINT32_MAX,
                               .lang = UINT32_MAX,
                               .first_seen = UINT32_MAX,
                               .last_seen = UINT32_MAX,
                               .origin = UINT32_MAX,
                               .document = UINT32_MAX};

static void put(itd_buffer *out, uint64_t number)
{
    while (number >= 128) {
        (void)itd_buffer_append_char(out, (char)(number | 128));
        number >>= 7;
    }
    (void)itd_buffer_append_char(out, (char)number);
}

/* The difference, small ones of either sign as small numbers. */
static void put_from(itd_buffer *out, uint64_t from, uint64_t to)
{
    uint64_t difference = to - from;
    put(out, difference << 1 ^ (difference >> 63 ? UINT64_MAX : 0));
}

static void put_text(writing *w, bool stands, uint32_t text)
{
    if (!stands)
        return;
    itd_sv bytes = itd_collection_text(w->collection, text);
    put(&w->numbers, bytes.size);
    (void)itd_buffer_append(&w->texts, bytes);
}

static bool same_grades(const itd_row *a, const itd_row *b)
{
    return a->reliability == b->reliability && a->credibility == b->credibility && a->tlp == b->tlp;
}

static void put_row(writing *w, const itd_row *r)
{
    const itd_row *l = &w->last;
    bool place = r->line != l->line || r->offset != l->offset || r->span != l->span;
    unsigned more = (r->lang != l->lang) * HAS_LANG | (r->first_seen != l->first_seen) * HAS_FIRST_SEEN |
                    (r->last_seen != l->last_seen) * HAS_LAST_SEEN | (r->origin != l->origin) * HAS_ORIGIN |
                    (r->document != l->document) * HAS_DOCUMENT | !same_grades(r, l) * HAS_GRADES;
    unsigned has = (r->entity != l->entity) * HAS_ENTITY | (r->record != l->record) * HAS_RECORD |
                   (r->dataset != l->dataset) * HAS_DATASET |
                   (itd_collection_text(w->collection, r->original).size > 0) * HAS_ORIGINAL |
                   (r->schema != l->schema) * HAS_SCHEMA | place * HAS_PLACE | (more != 0) * HAS_MORE;
    put(&w->numbers, has);
    if (more)
        put(&w->numbers, more);
    put_from(&w->numbers, l->property, r->property);
    put_text(w, has & HAS_ENTITY, r->entity);
    put_text(w, has & HAS_RECORD, r->record);
    put_text(w, has & HAS_DATASET, r->dataset);
    put_text(w, true, r->value);
    put_text(w, has & HAS_ORIGINAL, r->original);
    put_text(w, more & HAS_LANG, r->lang);
    put_text(w, more & HAS_FIRST_SEEN, r->first_seen);
    put_text(w, more & HAS_LAST_SEEN, r->last_seen);
    put_text(w, more & HAS_ORIGIN, r->origin);
    put_text(w, more & HAS_DOCUMENT, r->document);
    if (has & HAS_SCHEMA)
        put(&w->numbers, r->schema);
    if (place) {
        put_from(&w->numbers, l->line, r->line);
        put_from(&w->numbers, l->offset, r->offset);
        put(&w->numbers, r->span);
    }
    if (more & HAS_GRADES) {
        (void)itd_buffer_append_char(&w->numbers, r->reliability);
        (void)itd_buffer_append_char(&w->numbers, r->credibility);
        (void)itd_buffer_append_char(&w->numbers, (char)r->tlp);
    }
    w->last = *r;
}

/* Ends the block before statement `next`. */
static itd_status flush(writing *w, uint32_t next, itd_error *error)
{
    uint32_t number_size = (uint32_t)w->numbers.size;
    size_t raw = w->numbers.size + w->texts.size, bound = ZSTD_compressBound(raw);
    if (w->numbers.failed || w->texts.failed || !itd_buffer_append(&w->numbers, itd_buffer_view(&w->texts)))
        return itd_fail_memory(error);
    if (raw > ITD_ARCHIVE_RAW_MAX)
        return itd_fail(error, ITD_ELIMIT, "a statement of more than %zu bytes (ITD_ARCHIVE_RAW_MAX)",
                        ITD_ARCHIVE_RAW_MAX);
    (void)crypto_generichash_update(&w->hash, (const unsigned char *)w->numbers.data, raw);
    itd_buffer_clear(&w->packed);
    if (!itd_buffer_reserve(&w->packed, bound))
        return itd_fail_memory(error);
    size_t size = ZSTD_compressCCtx(w->context, w->packed.data, bound, w->numbers.data, raw, ARCHIVE_LEVEL);
    if (ZSTD_isError(size))
        return itd_fail_memory(error);
    const itd_archive_block block = {.offset = w->offset,
                                     .size = (uint32_t)size,
                                     .raw_size = (uint32_t)raw,
                                     .number_size = number_size,
                                     .row_first = w->row_first,
                                     .row_count = next - w->row_first};
    if (!itd_vector_push(&w->blocks, block))
        return itd_fail_memory(error);
    ITD_TRY(itd_pack_writer_more(w->writer, w->packed.data, size, error));
    w->offset += size;
    w->row_first = next;
    w->last = no_row;
    itd_buffer_clear(&w->numbers);
    itd_buffer_clear(&w->texts);
    return ITD_OK;
}

static itd_status write_all(writing *w, itd_error *error)
{
    unsigned char hash[ITD_ARCHIVE_HASH];
    const itd_row *rows = itd_collection_rows(w->collection);
    size_t count = itd_collection_row_count(w->collection);
    w->context = ZSTD_createCCtx();
    if (!w->context)
        return itd_fail_memory(error);
    ITD_TRY(itd_pack_writer_start(w->writer, ITD_SECTION_ARCHIVE, false, error));
    for (size_t i = 0; i < count; i++) {
        put_row(w, &rows[i]);
        if (w->numbers.size + w->texts.size >= ITD_ARCHIVE_BLOCK_BYTES || i + 1 == count)
            ITD_TRY(flush(w, (uint32_t)(i + 1), error));
    }
    ITD_TRY(itd_pack_writer_end(w->writer, error));
    size_t size = w->blocks.count * sizeof *w->blocks.items;
    ITD_TRY(itd_pack_writer_start(w->writer, ITD_SECTION_ARCHIVE_BLOCKS, false, error));
    ITD_TRY(itd_pack_writer_more(w->writer, w->blocks.items, size, error));
    ITD_TRY(itd_pack_writer_end(w->writer, error));
    (void)crypto_generichash_final(&w->hash, hash, sizeof hash);
    return itd_pack_writer_add(w->writer, ITD_SECTION_ARCHIVE_HASH, hash, sizeof hash, error);
}

itd_status itd_archive_write(itd_pack_writer *writer, const itd_collection *collection, itd_error *error)
{
    assert(writer && collection);
    writing w = {.writer = writer, .collection = collection, .last = no_row};
    (void)crypto_generichash_init(&w.hash, NULL, 0, ITD_ARCHIVE_HASH);
    itd_status status = write_all(&w, error);
    (void)ZSTD_freeCCtx(w.context);
    itd_buffer_finish(&w.numbers);
    itd_buffer_finish(&w.texts);
    itd_buffer_finish(&w.packed);
    itd_vector_finish(&w.blocks);
    return status;
}
