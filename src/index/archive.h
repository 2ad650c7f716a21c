#ifndef ITD_INDEX_ARCHIVE_H
#define ITD_INDEX_ARCHIVE_H

#include "base/pack.h"
#include "model/collection.h"

/* Every statement that was read, in the order of the folded collection. A question never reads them, an export reads
 * all: so they stand in blocks, each compressed by itself (zstd), and a reader goes through them one by one. A block is
 * numbers, then texts: of a statement only what differs from the one before it stands there. */

/** Bytes of a block before it is compressed, give or take one statement. */
#define ITD_ARCHIVE_BLOCK_BYTES ((size_t)1 << 18)
/** Most that a block may have: a statement longer than this cannot be kept. */
#define ITD_ARCHIVE_RAW_MAX ((size_t)1 << 25)
#define ITD_ARCHIVE_HASH 32

/** A block. Flat. */
typedef struct itd_archive_block {
    uint64_t offset;      /**< in the section of the archive */
    uint32_t size;        /**< compressed */
    uint32_t raw_size;    /**< and not */
    uint32_t number_size; /**< how much of that are numbers */
    uint32_t row_first;   /**< its first statement */
    uint32_t row_count, reserved;
} itd_archive_block;

/** The sections of an open file; all borrowed. */
typedef struct itd_archive {
    const char *path; /**< of the file, for errors */
    const itd_archive_block *blocks;
    size_t block_count;
    const char *bytes;
    size_t size, row_count;
    const unsigned char *hash; /**< BLAKE2b-256 of all blocks before they were compressed */
} itd_archive;

/** Writes the three sections ITD_SECTION_ARCHIVE, ITD_SECTION_ARCHIVE_BLOCKS and ITD_SECTION_ARCHIVE_HASH.
 *  @return ITD_OK | ITD_ENOMEM | ITD_EIO | ITD_ELIMIT.  Memory: one block. */
ITD_MUST_CHECK itd_status itd_archive_write(itd_pack_writer *writer, const itd_collection *collection,
                                            itd_error *error);
/** That the blocks follow one another, hold as many statements as there should be and lie inside of the section.
 *  What is in them is looked at when they are read. @return ITD_OK | ITD_EFORMAT */
ITD_MUST_CHECK itd_status itd_archive_check(const itd_archive *archive, itd_error *error);

typedef struct itd_archive_reader itd_archive_reader;

/** `archive` is borrowed until closed. */
ITD_MUST_CHECK itd_status itd_archive_open(itd_archive_reader **out, const itd_archive *archive, itd_error *error);
/** The next statement, borrowed until the next call; `*more` false past the last one.
 *  @return ITD_OK | ITD_EFORMAT (a block is damaged, or all of them say something else than their hash) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_archive_next(itd_statement *out, bool *more, itd_archive_reader *reader,
                                           itd_error *error);
/** NULL is fine. */
void itd_archive_close(itd_archive_reader *reader);

#endif
