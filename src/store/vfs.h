#ifndef ITD_STORE_VFS_H
#define ITD_STORE_VFS_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/error.h"

/* The ground under the case file: an SQLite file system over the default one that keeps a sum in the last bytes of
 * every page of a database (page_sum.h). A page that was damaged, put in another page's place or cut short is found
 * when it is read: the query fails with SQLITE_IOERR_DATA, and itd_store_vfs_damage says which page of which file.
 *
 * Write-ahead log, journals and temporary files are kept as SQLite makes them; the log has sums of its own. What a sum
 * in a page cannot see is a whole older page at the right place (a write that the device lost).
 *
 * Every write, sync, truncation, removal and creation counts as one ITD_FAULT_WRITE (base/fault.h), so that tests can
 * refuse each in turn or end the process there.
 *
 * A database is never to be opened by other means (open(2), itd_mapping_open) in a process that has it open here: to
 * close such a file would drop the locks of the process.
 *
 * Source: sqlite.org/vfs.html, sqlite.org/fileformat2.html, sqlite3.h. */

/** What sqlite3_open_v2 knows it as. */
#define ITD_STORE_VFS "interdict"

/** Makes it known to SQLite, not as the default. To call it again does nothing.
 *  @return ITD_OK | ITD_EIO (SQLite has no default file system or refuses).  Threads: any. */
ITD_MUST_CHECK itd_status itd_store_vfs_register(itd_error *error);

/** Opens a database and, when it is new, sets room aside for the sums before anything is written. Registers first.
 *  @param out    owned by the caller: sqlite3_close. Extended result codes are on.
 *  @param path   a file; never a URI and never ":memory:", whatever it looks like
 *  @param flags  SQLITE_OPEN_READONLY, or SQLITE_OPEN_READWRITE with or without SQLITE_OPEN_CREATE, and threading flags
 *  @return ITD_OK | ITD_EINVAL (empty or overlong path) | ITD_ENOTFOUND | ITD_EIO | ITD_ENOMEM
 *  The first pages are read by the first statement, not here. */
ITD_MUST_CHECK itd_status itd_store_vfs_open(sqlite3 **out, const char *path, int flags, itd_error *error);

/** True when the folder of a database cannot be written; `*log` tells whether a log with something in it is there.
 * Without one the database is read as it lies there, without locks: who may write to it from elsewhere is trusted to
 * leave it alone meanwhile. */
bool itd_store_vfs_is_shut(const char *path, bool *log);

/** Whether a statement of this connection met damage in its main database, and the first place where it did.
 *  @return ITD_OK (none) | ITD_EFORMAT: where is the file, offset the byte at which the page starts, the message
 *  "page 17 is damaged", or that it is no case file */
itd_status itd_store_vfs_damage(sqlite3 *db, itd_error *error);

/** What a whole database holds. */
typedef struct itd_store_vfs_checked {
    uint32_t page_bytes;
    uint32_t pages;
    uint32_t log_frames; /**< committed in the log beside it and not, or not all, in the file yet; 0 at rest */
    /** The log goes on after them with a write that did not come to its end: a process was killed there (the case is
     * the one before), works there just now, or the log was damaged there, which nothing tells from the former. */
    bool log_unfinished;
} itd_store_vfs_checked;

/** Reads every page of the file and compares its sum; the length has to be what the header says. Of a page whose newer
 *  content stands in a log that was left beside the file, the log's sums count. Nothing is written, recovered or
 * locked.
 *  @param out  may be NULL; untouched on failure
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EIO | ITD_ENOMEM | ITD_EFORMAT: the first page that is damaged or missing, with
 * the byte at which it starts; an empty file; a file that is no case Cost: one pass; memory for one page, and four
 * bytes for each page in the log. Threads: any; the database may be in use, in WAL mode, here and elsewhere. */
ITD_MUST_CHECK itd_status itd_store_vfs_check(itd_store_vfs_checked *out, const char *path, itd_error *error);

#endif
