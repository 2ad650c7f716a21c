#ifndef ITD_STORE_WAL_H
#define ITD_STORE_WAL_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/error.h"
#include "base/vector.h"

/* SQLite's write-ahead log, read from outside: frames of a header and a page, each with a sum that hangs on that of the
 * frame before. Source: sqlite.org/fileformat2.html, "The Write-Ahead Log". */

#define STORE_WAL_HEADER_BYTES 32
#define STORE_WAL_FRAME_BYTES 24 /**< of a frame's header; the page follows */

typedef struct store_wal_sum {
    uint32_t a, b;
} store_wal_sum;

typedef struct store_wal_header {
    bool big; /**< the sums take words as big-endian */
    uint32_t page_bytes;
    unsigned char salts[8]; /**< every frame of this log carries them */
    store_wal_sum sum;
} store_wal_header;

/** False when it is none, or its sum is wrong. */
bool store_wal_header_read(store_wal_header *out, const unsigned char bytes[STORE_WAL_HEADER_BYTES]);
/** The sum as a frame's header or the log's holds it. */
store_wal_sum store_wal_sum_get(const unsigned char bytes[8]);
/** Whether a frame has the sum that it holds. `before` is the sum of the frame before, or of the log's header. It says
 * nothing about the salts.  Cost: eight bytes in about two cycles. */
bool store_wal_frame_is_good(const store_wal_header *log, store_wal_sum before,
                             const unsigned char header[STORE_WAL_FRAME_BYTES], const unsigned char *page);

/** What of a log was committed: what SQLite takes over when it opens the database next. All zeros is an empty log. */
typedef struct store_wal {
    uint32_t page_bytes;
    uint32_t pages;               /**< of the database after the last commit; 0: nothing was committed */
    uint32_t frames;              /**< committed ones */
    ITD_VECTOR(uint32_t) numbers; /**< of the pages that it holds, ascending, each once */
    bool unfinished;              /**< it goes on with frames that were not committed, or has no sound header */
} store_wal;

/** Reads a whole log. `path` is for messages. `out` is finished first.
 *  @return ITD_OK | ITD_EIO | ITD_ENOMEM.  Cost: one pass, memory for four bytes a frame. */
ITD_MUST_CHECK itd_status store_wal_scan(store_wal *out, sqlite3_file *file, const char *path, itd_error *error);
/** Whether the committed part holds the page. */
bool store_wal_has(const store_wal *wal, uint32_t page);
void store_wal_finish(store_wal *wal);

#endif
