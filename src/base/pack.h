#ifndef ITD_BASE_PACK_H
#define ITD_BASE_PACK_H

#include "base/file.h"

/* The common form of every compiled file (index, graph, ledger): a header, a table of sections, the sections. Read-only
 * and memory-mapped; written aside and put in place whole. Numbers are little-endian, sections start at multiples of
 * ITD_PACK_ALIGN. */

#define ITD_PACK_VERSION 1
#define ITD_PACK_ALIGN 64
#define ITD_PACK_SECTIONS_MAX 64
#define ITD_PACK_HASH_SIZE 32
#define ITD_PACK_PROFILE_MAX 127
#define ITD_PACK_GENERATION_MAX 31

/** Four letters that say what a file is; they stand in the file in this order. */
#define ITD_PACK_KIND(a, b, c, d)                                                                                      \
    ((uint32_t)(unsigned char)(a) | (uint32_t)(unsigned char)(b) << 8 | (uint32_t)(unsigned char)(c) << 16 |           \
     (uint32_t)(unsigned char)(d) << 24)
#define ITD_PACK_INDEX ITD_PACK_KIND('I', 'N', 'D', 'X')

typedef struct itd_pack_section {
    uint32_t id, reserved;
    uint64_t offset, size;
    unsigned char hash[ITD_PACK_HASH_SIZE]; /**< BLAKE2b-256 of the section */
} itd_pack_section;

typedef struct itd_pack_header {
    char magic[8];
    uint32_t version, kind;
    uint64_t file_size;
    uint32_t section_count, reserved;
    char generation[ITD_PACK_GENERATION_MAX + 1];
    char profile[ITD_PACK_PROFILE_MAX + 1];
    unsigned char id_map_hash[ITD_PACK_HASH_SIZE]; /**< files may be used together only when this is the same */
    unsigned char hash[ITD_PACK_HASH_SIZE]; /**< of this header with this field zero, then of the section table */
} itd_pack_header;

/** An open file. Borrowed parts live until it is closed. Threads: any number may read. */
typedef struct itd_pack {
    itd_mapping mapping;
    const itd_pack_header *header;
    const itd_pack_section *sections;
} itd_pack;

/** Checks header, section table and length; reads nothing else.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EIO | ITD_EFORMAT (foreign, truncated or damaged header) | ITD_EMISMATCH (kind
 * or version) */
ITD_MUST_CHECK itd_status itd_pack_open(itd_pack *out, const char *path, uint32_t kind, itd_error *error);
void itd_pack_close(itd_pack *pack);
/** Bytes of a section; false when there is none of that id. */
bool itd_pack_get(const itd_pack *pack, uint32_t id, const void **bytes, size_t *size);
/** Reads every section and compares its hash. @return ITD_OK | ITD_EFORMAT (with the section's id and byte) */
ITD_MUST_CHECK itd_status itd_pack_verify(const itd_pack *pack, const char *path, itd_error *error);

typedef struct itd_pack_writer itd_pack_writer;

ITD_MUST_CHECK itd_status itd_pack_writer_create(itd_pack_writer **out, const char *path, uint32_t kind,
                                                 itd_error *error);
/** A whole section. Ids differ within a file. */
ITD_MUST_CHECK itd_status itd_pack_writer_add(itd_pack_writer *writer, uint32_t id, const void *bytes, size_t size,
                                              itd_error *error);
/** The same in pieces: start, any number of more, end; one section at a time. `counts` false: the generation is not
 * made from it, as its bytes are those of a library (compressed) and another section has the hash of what it says. */
ITD_MUST_CHECK itd_status itd_pack_writer_start(itd_pack_writer *writer, uint32_t id, bool counts, itd_error *error);
ITD_MUST_CHECK itd_status itd_pack_writer_more(itd_pack_writer *writer, const void *bytes, size_t size,
                                               itd_error *error);
ITD_MUST_CHECK itd_status itd_pack_writer_end(itd_pack_writer *writer, itd_error *error);
/** The hash of a section that is written; NULL when there is none of that id. The writer's. */
const unsigned char *itd_pack_writer_hash(const itd_pack_writer *writer, uint32_t id);
/** Writes header and table, syncs, renames, frees the writer whatever happens. `generation` NULL: made from the
 * sections' ids, sizes and hashes. */
ITD_MUST_CHECK itd_status itd_pack_writer_commit(itd_pack_writer *writer, const char *profile, const char *generation,
                                                 const unsigned char id_map_hash[ITD_PACK_HASH_SIZE], itd_error *error);
/** Gives up and frees. NULL is fine. */
void itd_pack_writer_abort(itd_pack_writer *writer);

#endif
