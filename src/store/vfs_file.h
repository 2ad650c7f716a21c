#ifndef ITD_STORE_VFS_FILE_H
#define ITD_STORE_VFS_FILE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/wal.h"

/* An open file of the file system that vfs.h describes: the methods around those of the file below. */

typedef enum store_damage_kind {
    STORE_DAMAGE_NONE,
    STORE_DAMAGE_SUM,     /**< the page does not have the sum that it holds */
    STORE_DAMAGE_MISSING, /**< the file ends before the page does */
    STORE_DAMAGE_LOG, /**< a frame of the write-ahead log does not have its sum; `page` counts frames, 0 is its header
                       */
    STORE_DAMAGE_FOREIGN, /**< the first page is that of no database, or of one without room for sums */
} store_damage_kind;

typedef struct store_damage {
    store_damage_kind kind;
    uint32_t page; /**< from 1 */
    uint64_t offset;
    const char *path; /**< lives as long as the connection */
} store_damage;

/** sqlite3_file_control of this number takes a store_damage * and fills it. */
#define STORE_VFS_ASK_DAMAGE 0x49544401

/** Starts every database file (sqlite.org/fileformat2.html), its NUL included. */
#define STORE_MAGIC "SQLite format 3"
/** Bytes of the header, and where in it the number of bytes stands that each page keeps for others. */
#define STORE_HEADER_BYTES 100
#define STORE_HEADER_RESERVE 20
/** Where the number of pages stands, big-endian. */
#define STORE_HEADER_PAGES 28
#define STORE_PAGE_BYTES_MIN 512
#define STORE_PAGE_BYTES_MAX 65536

typedef struct store_file {
    sqlite3_file base;
    sqlite3_file *below;
    const char *path;
    bool summed;            /**< a main database: its pages hold sums */
    bool settled;           /**< nobody can change it through its folder: read without locks and a log */
    uint32_t page_bytes;    /**< 0: no page was read or written yet */
    unsigned char *scratch; /**< one page */
    uint32_t scratch_bytes;
    int64_t end; /**< the file is known to reach to here */
    store_damage damage;
    struct store_file *log_file; /**< of a database: its log while that is open */
    struct store_file *database; /**< of a log: the file that it belongs to; NULL otherwise */
    store_wal_header log;        /**< page_bytes 0: not read yet */
    int64_t header_at;           /**< of a log: where the last write was, when it was that of a frame's header, or -1 */
    int64_t stale_from; /**< frames from here on (0 is the first) may lack their sum until the transaction ends */
} store_file;

/** Methods of a store_file over `below`. Static. */
const sqlite3_io_methods *store_file_methods(const sqlite3_file *below);

/** True when a test refuses a call that writes no bytes; does not return when it ends the process. */
bool store_file_refused(void);

/** Whether a first page, of which at least the header is here, is that of a database with sums. */
bool store_page_is_ours(const unsigned char *page);
/** Whether SQLite has pages of that size. */
bool store_page_bytes_are(uint32_t size);
/** Page size that a header names, or 0 when there is no such size. */
uint32_t store_page_bytes_of(const unsigned char *header);
/** The number of the page that SQLite locks bytes of and never reads or writes: it has no sum. */
uint32_t store_page_locked(uint32_t page_bytes);

#endif
