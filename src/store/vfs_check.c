#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/page_sum.h"
#include "store/vfs.h"
#include "store/vfs_file.h"
#include "store/wal.h"

/* A page that another process is just bringing up to date from its log looks damaged for a moment. */
#define TRIES_MAX 6
#define TRY_PAUSE_MS 20

typedef struct check {
    const char *path, *name; /* as given, and as SQLite makes names of files */
    sqlite3_vfs *vfs;        /* the default one, which knows what else this process has open */
    sqlite3_file *file;
    unsigned char *page;
    uint32_t page_bytes, pages;
    sqlite3_int64 size;
    bool log_is_there;
    store_wal log;
} check;

static itd_status fail_read(const check *c, int result, itd_error *error)
{
    if ((result & 0xFF) == SQLITE_NOMEM)
        return itd_fail_memory(error);
    return itd_fail_at(error, ITD_EIO, c->path, 0, ITD_NOWHERE, "cannot read: %s", sqlite3_errstr(result));
}

static itd_status open_file(check *c, itd_error *error)
{
    char full[PATH_MAX + 1];
    int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY;
    struct stat about;
    c->vfs = sqlite3_vfs_find(NULL);
    if (!c->vfs)
        return itd_fail(error, ITD_EIO, "SQLite has no file system here");
    int result = c->vfs->xFullPathname(c->vfs, c->path, (int)sizeof full, full);
    if ((result & 0xFF) != SQLITE_OK)
        return fail_read(c, result, error);
    if (stat(full, &about) != 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? itd_fail_at(error, ITD_ENOTFOUND, c->path, 0, ITD_NOWHERE, "no such file")
                   : itd_fail_errno(error, c->path, "examine");
    if (!S_ISREG(about.st_mode))
        return itd_fail_at(error, ITD_EIO, c->path, 0, ITD_NOWHERE, "not a regular file");
    char log[PATH_MAX + 8];
    (void)snprintf(log, sizeof log, "%s-wal", full);
    c->name = sqlite3_create_filename(full, "", log, 0, NULL);
    c->file = itd_calloc(1, (size_t)c->vfs->szOsFile);
    c->page = itd_malloc(STORE_PAGE_BYTES_MAX);
    if (!c->name || !c->file || !c->page)
        return itd_fail_memory(error);
    result = c->vfs->xOpen(c->vfs, c->name, c->file, flags, &flags);
    return result == SQLITE_OK ? ITD_OK : fail_read(c, result, error);
}

/* Opened anew each time: a log comes and goes while the database is open. */
static itd_status read_log(check *c, itd_error *error)
{
    int flags = SQLITE_OPEN_WAL | SQLITE_OPEN_READONLY;
    const char *name = sqlite3_filename_wal(c->name);
    c->log_is_there = access(name, F_OK) == 0;
    store_wal_finish(&c->log);
    if (!c->log_is_there)
        return ITD_OK;
    sqlite3_file *file = itd_calloc(1, (size_t)c->vfs->szOsFile);
    if (!file)
        return itd_fail_memory(error);
    itd_status status = ITD_OK;
    int result = c->vfs->xOpen(c->vfs, name, file, flags, &flags);
    if (result == SQLITE_OK)
        status = store_wal_scan(&c->log, file, c->path, error);
    else if (access(name, F_OK) == 0)
        status = fail_read(c, result, error);
    if (file->pMethods)
        (void)file->pMethods->xClose(file);
    itd_free(file);
    return status;
}

static itd_status read_header(check *c, itd_error *error)
{
    int result = c->file->pMethods->xFileSize(c->file, &c->size);
    if (result != SQLITE_OK)
        return fail_read(c, result, error);
    if (c->size == 0)
        return itd_fail_at(error, ITD_EFORMAT, c->path, 0, ITD_NOWHERE, "an empty file, no case");
    result = c->size < STORE_HEADER_BYTES ? SQLITE_IOERR_SHORT_READ
                                          : c->file->pMethods->xRead(c->file, c->page, STORE_HEADER_BYTES, 0);
    if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
        return fail_read(c, result, error);
    if (result != SQLITE_OK || memcmp(c->page, STORE_MAGIC, sizeof STORE_MAGIC) != 0)
        return itd_fail_at(error, ITD_EFORMAT, c->path, 0, 0, "no case file: it does not start as a database does");
    if (c->page[STORE_HEADER_RESERVE] != STORE_PAGE_SUM_BYTES)
        return itd_fail_at(error, ITD_EFORMAT, c->path, 0, STORE_HEADER_RESERVE,
                           "no case file: a database without room for sums in its pages, or a damaged page 1");
    c->page_bytes = store_page_bytes_of(c->page);
    if (c->page_bytes == 0)
        return itd_fail_at(error, ITD_EFORMAT, c->path, 0, 0, "page 1 is damaged: no such page size");
    return ITD_OK;
}

static void wait_ms(long ms)
{
    struct timespec pause = {.tv_nsec = ms * 1000000};
    (void)nanosleep(&pause, NULL);
}

static bool all_zero(const unsigned char *bytes, size_t size)
{
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, size - 1) == 0;
}

static bool page_is_good(const check *c, uint32_t number)
{
    const size_t size = c->page_bytes;
    if (number == store_page_locked(c->page_bytes))
        return all_zero(c->page, size);
    return store_page_sum_get(c->page, size) == store_page_sum(c->page, size - STORE_PAGE_SUM_BYTES, number);
}

/* Leaves the page in c->page, unless the log has a newer one. When it looks damaged the log is read again: somebody may
 * have committed the page, or given it up, since. */
static itd_status check_page(check *c, uint32_t number, itd_error *error)
{
    const int64_t offset = (int64_t)(number - 1) * c->page_bytes;
    int result = SQLITE_OK;
    for (int i = 0; i < TRIES_MAX; i++) {
        if (i > 0) {
            ITD_TRY(read_log(c, error));
            if (!c->log_is_there && i > 1)
                break;
            if (c->log_is_there)
                wait_ms(TRY_PAUSE_MS);
        }
        if (store_wal_has(&c->log, number) || (c->log.pages > 0 && number > c->log.pages))
            return ITD_OK;
        result = c->file->pMethods->xRead(c->file, c->page, (int)c->page_bytes, offset);
        if (result == SQLITE_OK && page_is_good(c, number))
            return ITD_OK;
        if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
            return fail_read(c, result, error);
    }
    if (result == SQLITE_IOERR_SHORT_READ)
        return itd_fail_at(error, ITD_EFORMAT, c->path, 0, (uint64_t)offset,
                           "page %u is missing: the file was cut short", number);
    return itd_fail_at(error, ITD_EFORMAT, c->path, 0, (uint64_t)offset, "page %u is damaged", number);
}

static uint32_t pages_of(const unsigned char *page)
{
    const unsigned char *at = page + STORE_HEADER_PAGES;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Page 1 or the log says how many pages there are. */
static itd_status read_count(check *c, itd_error *error)
{
    ITD_TRY(check_page(c, 1, error));
    c->pages = c->log.pages > 0 ? c->log.pages : pages_of(c->page);
    int result = c->file->pMethods->xFileSize(c->file, &c->size);
    return result == SQLITE_OK ? ITD_OK : fail_read(c, result, error);
}

static itd_status check_pages(check *c, itd_error *error)
{
    ITD_TRY(read_log(c, error));
    if (c->log.pages > 0 && c->log.page_bytes != c->page_bytes)
        return itd_fail_at(error, ITD_EFORMAT, c->path, 0, 0, "page 1 is damaged: its log has another page size");
    ITD_TRY(read_count(c, error));
    for (uint32_t number = 2; number <= c->pages; number++)
        ITD_TRY(check_page(c, number, error));
    /* With a log the file is cut to its length when the log is taken over. */
    if (c->log_is_there || c->size == (int64_t)c->pages * c->page_bytes)
        return ITD_OK;
    ITD_TRY(read_log(c, error));
    ITD_TRY(read_count(c, error));
    if (c->log_is_there || c->size <= (int64_t)c->pages * c->page_bytes)
        return ITD_OK;
    return itd_fail_at(error, ITD_EFORMAT, c->path, 0, (uint64_t)c->pages * c->page_bytes,
                       "the file goes on after its %u pages", c->pages);
}

itd_status itd_store_vfs_check(itd_store_vfs_checked *out, const char *path, itd_error *error)
{
    assert(path);
    check c = {.path = path};
    itd_status status = open_file(&c, error);
    if (status == ITD_OK)
        status = read_header(&c, error);
    if (status == ITD_OK)
        status = check_pages(&c, error);
    if (status == ITD_OK && out)
        *out = (itd_store_vfs_checked){.page_bytes = c.page_bytes,
                                       .pages = c.pages,
                                       .log_frames = c.log.frames,
                                       .log_unfinished = c.log.unfinished};
    if (c.file && c.file->pMethods)
        (void)c.file->pMethods->xClose(c.file);
    itd_free(c.file);
    itd_free(c.page);
    store_wal_finish(&c.log);
    sqlite3_free_filename((char *)(uintptr_t)c.name);
    return status;
}
