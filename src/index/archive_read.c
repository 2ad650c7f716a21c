/* Reading what archive.c wrote, or what somebody made to look like it. */
#include <assert.h>

#include <sodium.h>
#include <zstd.h>

#include "base/memory.h"
#include "index/archive.h"
#include "index/archive_form.h"

/* A number of 64 bits takes ten bytes, the last of them one bit. */
#define NUMBER_SHIFT_MAX 63

struct itd_archive_reader {
    const itd_archive *archive;
    size_t next;   /* block */
    uint32_t left; /* statements of the block under way */
    char *raw;
    size_t capacity;
    itd_archive_cursor cursor;
    ZSTD_DCtx *context;
    crypto_generichash_state hash;
    bool ended;
};

/* ---- a block ---- */

static bool take_byte(unsigned char *out, itd_sv *numbers)
{
    if (numbers->size == 0)
        return false;
    *out = (unsigned char)numbers->data[0];
    *numbers = (itd_sv){numbers->data + 1, numbers->size - 1};
    return true;
}

static bool take(uint64_t *out, itd_sv *numbers)
{
    uint64_t number = 0;
    unsigned char byte = 128;
    for (unsigned shift = 0; byte & 128; shift += 7) {
        if (shift > NUMBER_SHIFT_MAX || !take_byte(&byte, numbers))
            return false;
        number |= (uint64_t)(byte & 127) << shift;
    }
    *out = number;
    return true;
}

static bool take_from(uint64_t *number, itd_sv *numbers)
{
    uint64_t difference;
    if (!take(&difference, numbers))
        return false;
    *number += difference >> 1 ^ (difference & 1 ? UINT64_MAX : 0);
    return true;
}

static bool take_text(itd_sv *out, bool stands, itd_archive_cursor *c)
{
    uint64_t size;
    if (!stands)
        return true;
    if (!take(&size, &c->numbers) || size > c->texts.size)
        return false;
    *out = (itd_sv){c->texts.data, (size_t)size};
    c->texts = (itd_sv){c->texts.data + size, c->texts.size - (size_t)size};
    return true;
}

static bool take_property(itd_archive_cursor *c)
{
    uint64_t property = c->statement.property;
    if (!take_from(&property, &c->numbers) || property >= ITD_PROPERTY_COUNT)
        return false;
    c->statement.property = (itd_property)property;
    return true;
}

static bool take_schema(itd_archive_cursor *c)
{
    uint64_t schema;
    if (!take(&schema, &c->numbers) || schema >= ITD_SCHEMA_COUNT)
        return false;
    c->statement.schema = (itd_schema)schema;
    return true;
}

static bool take_place(itd_archive_cursor *c)
{
    uint64_t span;
    itd_statement *s = &c->statement;
    if (!take_from(&s->line, &c->numbers) || !take_from(&s->offset, &c->numbers) || !take(&span, &c->numbers) ||
        span > UINT32_MAX)
        return false;
    s->span = (uint32_t)span;
    return true;
}

static bool take_grades(itd_archive_cursor *c)
{
    unsigned char grades[3];
    for (size_t i = 0; i < 3; i++)
        if (!take_byte(&grades[i], &c->numbers))
            return false;
    if (grades[2] > ITD_TLP_RED)
        return false;
    c->statement.reliability = (char)grades[0];
    c->statement.credibility = (char)grades[1];
    c->statement.tlp = grades[2];
    return true;
}

bool itd_archive_take(itd_archive_cursor *c)
{
    uint64_t has, more = 0;
    itd_statement *s = &c->statement;
    s->original = ITD_SV_NONE;
    return take(&has, &c->numbers) && (!(has & HAS_MORE) || take(&more, &c->numbers)) && take_property(c) &&
           take_text(&s->entity, has & HAS_ENTITY, c) && take_text(&s->record, has & HAS_RECORD, c) &&
           take_text(&s->dataset, has & HAS_DATASET, c) && take_text(&s->value, true, c) &&
           take_text(&s->original, has & HAS_ORIGINAL, c) && take_text(&s->lang, more & HAS_LANG, c) &&
           take_text(&s->first_seen, more & HAS_FIRST_SEEN, c) && take_text(&s->last_seen, more & HAS_LAST_SEEN, c) &&
           take_text(&s->origin, more & HAS_ORIGIN, c) && take_text(&s->document, more & HAS_DOCUMENT, c) &&
           (!(has & HAS_SCHEMA) || take_schema(c)) && (!(has & HAS_PLACE) || take_place(c)) &&
           (!(more & HAS_GRADES) || take_grades(c));
}

/* ---- all of them ---- */

static itd_status fail_block(const itd_archive *archive, size_t block, itd_error *error)
{
    return itd_fail_at(error, ITD_EFORMAT, archive->path, 0, ITD_NOWHERE,
                       "block %zu of the statements is damaged: build the index again from its lists", block);
}

itd_status itd_archive_check(const itd_archive *archive, itd_error *error)
{
    uint64_t offset = 0, rows = 0;
    for (size_t i = 0; i < archive->block_count; i++) {
        const itd_archive_block *b = &archive->blocks[i];
        if (b->offset != offset || b->row_first != rows || b->row_count == 0 || b->size > archive->size - offset ||
            b->raw_size > ITD_ARCHIVE_RAW_MAX || b->number_size > b->raw_size || b->reserved != 0)
            return fail_block(archive, i, error);
        offset += b->size;
        rows += b->row_count;
    }
    if (offset != archive->size || rows != archive->row_count)
        return fail_block(archive, archive->block_count, error);
    return ITD_OK;
}

itd_status itd_archive_open(itd_archive_reader **out, const itd_archive *archive, itd_error *error)
{
    assert(out && archive);
    ITD_TRY(itd_archive_check(archive, error));
    itd_archive_reader *reader = itd_calloc(1, sizeof *reader);
    if (!reader)
        return itd_fail_memory(error);
    reader->archive = archive;
    reader->context = ZSTD_createDCtx();
    (void)crypto_generichash_init(&reader->hash, NULL, 0, ITD_ARCHIVE_HASH);
    if (!reader->context) {
        itd_archive_close(reader);
        return itd_fail_memory(error);
    }
    *out = reader;
    return ITD_OK;
}

static itd_status load(itd_archive_reader *r, itd_error *error)
{
    const itd_archive_block *b = &r->archive->blocks[r->next];
    if (b->raw_size > r->capacity) {
        char *raw = itd_realloc_array(r->raw, b->raw_size, 1);
        if (!raw)
            return itd_fail_memory(error);
        r->raw = raw;
        r->capacity = b->raw_size;
    }
    size_t size = ZSTD_decompressDCtx(r->context, r->raw, b->raw_size, r->archive->bytes + b->offset, b->size);
    if (ZSTD_isError(size) || size != b->raw_size)
        return fail_block(r->archive, r->next, error);
    (void)crypto_generichash_update(&r->hash, (const unsigned char *)r->raw, size);
    r->cursor = (itd_archive_cursor){.numbers = {r->raw, b->number_size},
                                     .texts = {r->raw + b->number_size, b->raw_size - b->number_size}};
    r->left = b->row_count;
    r->next++;
    return ITD_OK;
}

static itd_status check_end(itd_archive_reader *r, itd_error *error)
{
    unsigned char hash[ITD_ARCHIVE_HASH];
    r->ended = true;
    (void)crypto_generichash_final(&r->hash, hash, sizeof hash);
    if (memcmp(hash, r->archive->hash, sizeof hash) != 0)
        return itd_fail_at(error, ITD_EFORMAT, r->archive->path, 0, ITD_NOWHERE,
                           "the statements are not those that were written: build the index again from its lists");
    return ITD_OK;
}

itd_status itd_archive_next(itd_statement *out, bool *more, itd_archive_reader *reader, itd_error *error)
{
    assert(out && more && reader);
    itd_archive_reader *r = reader;
    *more = r->left > 0 || r->next < r->archive->block_count;
    if (!*more)
        return r->ended ? ITD_OK : check_end(r, error);
    if (r->left == 0)
        ITD_TRY(load(r, error));
    bool good = itd_archive_take(&r->cursor);
    r->left--;
    if (!good || (r->left == 0 && r->cursor.numbers.size + r->cursor.texts.size > 0))
        return fail_block(r->archive, r->next - 1, error);
    *out = r->cursor.statement;
    return ITD_OK;
}

void itd_archive_close(itd_archive_reader *reader)
{
    if (!reader)
        return;
    (void)ZSTD_freeDCtx(reader->context);
    itd_free(reader->raw);
    itd_free(reader);
}
