#include "base/pack.h"

#include <assert.h>
#include <stdio.h>

#include <sodium.h>

#include "base/memory.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "compiled files are little-endian and mapped as they are");
_Static_assert(sizeof(itd_pack_section) == 56, "no padding in files");
_Static_assert(sizeof(itd_pack_header) == 256, "no padding in files");

static const char magic[8] = {'I', 'T', 'D', 'P', 'A', 'C', 'K', '\n'};

struct itd_pack_writer {
    itd_file_writer *file;
    uint32_t kind, section_count;
    bool started; /* the last section is under way */
    itd_pack_section sections[ITD_PACK_SECTIONS_MAX];
    bool counts[ITD_PACK_SECTIONS_MAX]; /* the generation is made from it */
    crypto_generichash_state state;     /* of the section under way */
};

/* The table has its place right after the header, with room for every section, so that sections can be written first.
 */
/* Bytes are hashed and written in pieces that are still near when they are written. */
#define PIECE_BYTES ((size_t)1 << 17)
#define PACK_TABLE_AT sizeof(itd_pack_header)
#define PACK_BODY_AT                                                                                                   \
    ((PACK_TABLE_AT + ITD_PACK_SECTIONS_MAX * sizeof(itd_pack_section) + ITD_PACK_ALIGN - 1) / ITD_PACK_ALIGN *        \
     ITD_PACK_ALIGN)

static void hash_bytes(unsigned char out[ITD_PACK_HASH_SIZE], const void *bytes, size_t size)
{
    (void)crypto_generichash(out, ITD_PACK_HASH_SIZE, bytes, size, NULL, 0);
}

static void hash_header(unsigned char out[ITD_PACK_HASH_SIZE], const itd_pack_header *header,
                        const itd_pack_section *sections)
{
    itd_pack_header copy = *header;
    memset(copy.hash, 0, sizeof copy.hash);
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, ITD_PACK_HASH_SIZE);
    (void)crypto_generichash_update(&state, (const unsigned char *)&copy, sizeof copy);
    (void)crypto_generichash_update(&state, (const unsigned char *)sections, header->section_count * sizeof *sections);
    (void)crypto_generichash_final(&state, out, ITD_PACK_HASH_SIZE);
}

static itd_status check(const itd_pack *pack, const char *path, uint32_t kind, itd_error *error)
{
    const itd_pack_header *header = pack->header;
    if (!header || pack->mapping.size < PACK_BODY_AT || memcmp(header->magic, magic, sizeof magic) != 0)
        return itd_fail_at(error, ITD_EFORMAT, path, 0, 0, "not a compiled file of this program");
    if (header->version != ITD_PACK_VERSION)
        return itd_fail_at(error, ITD_EMISMATCH, path, 0, ITD_NOWHERE,
                           "format version %u, this program reads version %d: build it again", header->version,
                           ITD_PACK_VERSION);
    if (header->kind != kind)
        return itd_fail_at(error, ITD_EMISMATCH, path, 0, ITD_NOWHERE, "a compiled file of kind %.4s, wanted %.4s",
                           (const char *)&header->kind, (const char *)&kind);
    if (header->section_count > ITD_PACK_SECTIONS_MAX)
        return itd_fail_at(error, ITD_EFORMAT, path, 0, 0, "the header is damaged");
    unsigned char hash[ITD_PACK_HASH_SIZE];
    hash_header(hash, header, pack->sections);
    if (memcmp(hash, header->hash, sizeof hash) != 0)
        return itd_fail_at(error, ITD_EFORMAT, path, 0, 0, "the header is damaged");
    if (header->file_size != pack->mapping.size)
        return itd_fail_at(error, ITD_EFORMAT, path, 0, pack->mapping.size, "%s: %zu bytes of %llu",
                           pack->mapping.size < header->file_size ? "truncated" : "too long", pack->mapping.size,
                           (unsigned long long)header->file_size);
    for (uint32_t i = 0; i < header->section_count; i++) {
        const itd_pack_section *s = &pack->sections[i];
        if (s->offset % ITD_PACK_ALIGN != 0 || s->offset > header->file_size || s->size > header->file_size - s->offset)
            return itd_fail_at(error, ITD_EFORMAT, path, 0, 0, "the section table is damaged");
    }
    return ITD_OK;
}

itd_status itd_pack_open(itd_pack *out, const char *path, uint32_t kind, itd_error *error)
{
    assert(out && path);
    itd_pack pack = {0};
    ITD_TRY(itd_mapping_open(&pack.mapping, path, error));
    pack.header = (const itd_pack_header *)pack.mapping.data;
    pack.sections = pack.mapping.data ? (const itd_pack_section *)(pack.mapping.data + PACK_TABLE_AT) : NULL;
    itd_status status = check(&pack, path, kind, error);
    if (status != ITD_OK) {
        itd_mapping_close(&pack.mapping);
        return status;
    }
    *out = pack;
    return ITD_OK;
}

void itd_pack_close(itd_pack *pack)
{
    if (!pack)
        return;
    itd_mapping_close(&pack->mapping);
    *pack = (itd_pack){0};
}

bool itd_pack_get(const itd_pack *pack, uint32_t id, const void **bytes, size_t *size)
{
    for (uint32_t i = 0; i < pack->header->section_count; i++)
        if (pack->sections[i].id == id) {
            *bytes = pack->mapping.data + pack->sections[i].offset;
            *size = (size_t)pack->sections[i].size;
            return true;
        }
    return false;
}

itd_status itd_pack_verify(const itd_pack *pack, const char *path, itd_error *error)
{
    uint64_t end = PACK_BODY_AT;
    for (uint32_t i = 0; i < pack->header->section_count; i++) {
        const itd_pack_section *s = &pack->sections[i];
        unsigned char hash[ITD_PACK_HASH_SIZE];
        hash_bytes(hash, pack->mapping.data + s->offset, (size_t)s->size);
        if (memcmp(hash, s->hash, sizeof hash) != 0)
            return itd_fail_at(error, ITD_EFORMAT, path, 0, s->offset, "section %u is damaged", s->id);
        for (uint64_t at = end; at < s->offset; at++) /* what lies between sections is zero */
            if (pack->mapping.data[at] != 0)
                return itd_fail_at(error, ITD_EFORMAT, path, 0, at, "the space before section %u is damaged", s->id);
        end = s->offset + s->size;
    }
    for (uint64_t at = PACK_TABLE_AT + pack->header->section_count * sizeof(itd_pack_section); at < PACK_BODY_AT; at++)
        if (pack->mapping.data[at] != 0)
            return itd_fail_at(error, ITD_EFORMAT, path, 0, at, "the section table is damaged");
    for (uint64_t at = end; at < pack->mapping.size; at++)
        if (pack->mapping.data[at] != 0)
            return itd_fail_at(error, ITD_EFORMAT, path, 0, at, "the end is damaged");
    return ITD_OK;
}

itd_status itd_pack_writer_create(itd_pack_writer **out, const char *path, uint32_t kind, itd_error *error)
{
    itd_pack_writer *writer = itd_calloc(1, sizeof *writer);
    if (!writer)
        return itd_fail_memory(error);
    writer->kind = kind;
    static const unsigned char zeros[PACK_BODY_AT];
    itd_status status = itd_file_writer_create(&writer->file, path, error);
    if (status == ITD_OK)
        status = itd_file_writer_write(writer->file, zeros, sizeof zeros, error);
    if (status != ITD_OK) {
        itd_pack_writer_abort(writer);
        return status;
    }
    *out = writer;
    return ITD_OK;
}

void itd_pack_writer_abort(itd_pack_writer *writer)
{
    if (!writer)
        return;
    itd_file_writer_abort(writer->file);
    itd_free(writer);
}

itd_status itd_pack_writer_start(itd_pack_writer *writer, uint32_t id, bool counts, itd_error *error)
{
    assert(writer && !writer->started);
    if (writer->section_count == ITD_PACK_SECTIONS_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %d sections (ITD_PACK_SECTIONS_MAX)", ITD_PACK_SECTIONS_MAX);
    itd_pack_section *section = &writer->sections[writer->section_count];
    *section = (itd_pack_section){.id = id, .offset = itd_file_writer_size(writer->file)};
    assert(section->offset % ITD_PACK_ALIGN == 0);
    writer->counts[writer->section_count++] = counts;
    (void)crypto_generichash_init(&writer->state, NULL, 0, ITD_PACK_HASH_SIZE);
    writer->started = true;
    return ITD_OK;
}

itd_status itd_pack_writer_more(itd_pack_writer *writer, const void *bytes, size_t size, itd_error *error)
{
    assert(writer && writer->started);
    const unsigned char *from = bytes;
    for (size_t left = size; left > 0;) {
        size_t piece = left < PIECE_BYTES ? left : PIECE_BYTES;
        (void)crypto_generichash_update(&writer->state, from, piece);
        ITD_TRY(itd_file_writer_write(writer->file, from, piece, error));
        writer->sections[writer->section_count - 1].size += piece;
        from += piece;
        left -= piece;
    }
    return ITD_OK;
}

itd_status itd_pack_writer_end(itd_pack_writer *writer, itd_error *error)
{
    static const unsigned char zeros[ITD_PACK_ALIGN];
    assert(writer && writer->started);
    itd_pack_section *section = &writer->sections[writer->section_count - 1];
    (void)crypto_generichash_final(&writer->state, section->hash, ITD_PACK_HASH_SIZE);
    writer->started = false;
    size_t past = section->size % ITD_PACK_ALIGN;
    return past ? itd_file_writer_write(writer->file, zeros, ITD_PACK_ALIGN - past, error) : ITD_OK;
}

itd_status itd_pack_writer_add(itd_pack_writer *writer, uint32_t id, const void *bytes, size_t size, itd_error *error)
{
    ITD_TRY(itd_pack_writer_start(writer, id, true, error));
    ITD_TRY(itd_pack_writer_more(writer, bytes, size, error));
    return itd_pack_writer_end(writer, error);
}

const unsigned char *itd_pack_writer_hash(const itd_pack_writer *writer, uint32_t id)
{
    for (uint32_t i = 0; i < writer->section_count; i++)
        if (writer->sections[i].id == id)
            return writer->sections[i].hash;
    return NULL;
}

/* Where a section lies does not count: one before it may be longer or shorter by what compressed it. */
static void make_generation(char out[ITD_PACK_GENERATION_MAX + 1], const itd_pack_writer *writer)
{
    unsigned char hash[ITD_PACK_HASH_SIZE];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (uint32_t i = 0; i < writer->section_count; i++) {
        itd_pack_section section = writer->sections[i];
        section.offset = 0;
        if (writer->counts[i])
            (void)crypto_generichash_update(&state, (const unsigned char *)&section, sizeof section);
    }
    (void)crypto_generichash_final(&state, hash, sizeof hash);
    (void)sodium_bin2hex(out, 17, hash, 8);
}

itd_status itd_pack_writer_commit(itd_pack_writer *writer, const char *profile, const char *generation,
                                  const unsigned char id_map_hash[ITD_PACK_HASH_SIZE], itd_error *error)
{
    assert(!writer->started);
    itd_pack_header header = {.version = ITD_PACK_VERSION,
                              .kind = writer->kind,
                              .file_size = itd_file_writer_size(writer->file),
                              .section_count = writer->section_count};
    size_t table_size = writer->section_count * sizeof writer->sections[0];
    memcpy(header.magic, magic, sizeof magic);
    memcpy(header.id_map_hash, id_map_hash, ITD_PACK_HASH_SIZE);
    (void)snprintf(header.profile, sizeof header.profile, "%s", profile);
    if (generation)
        (void)snprintf(header.generation, sizeof header.generation, "%s", generation);
    else
        make_generation(header.generation, writer);
    hash_header(header.hash, &header, writer->sections);
    itd_status status = itd_file_writer_write_at(writer->file, 0, &header, sizeof header, error);
    if (status == ITD_OK)
        status = itd_file_writer_write_at(writer->file, PACK_TABLE_AT, writer->sections, table_size, error);
    if (status == ITD_OK) {
        itd_file_writer *file = writer->file;
        writer->file = NULL;
        status = itd_file_writer_commit(file, error);
    }
    itd_pack_writer_abort(writer);
    return status;
}
