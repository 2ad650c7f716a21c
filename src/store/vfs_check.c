#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/memory.h"
#include "store/page_sum.h"
#include "store/vfs.h"
#include "store/vfs_file.h"

/* A page that another process is just bringing up to date from the log looks damaged for a moment. */
#define TRIES_MAX 5
#define TRY_PAUSE_MS 20

typedef struct check {
    const char *path;
    const char *name;   /* made by SQLite */
    sqlite3_file *file; /* of the default file system, which knows what else this process has open */
    unsigned char *page;
    uint32_t page_bytes;
    sqlite3_int64 size;
    bool log; /* a write-ahead log is there: somebody may be at work */
} check;

static itd_status fail_read(const check *c, int result, itd_error *error)
{
    return itd_fail_at(error, (result & 0xFF) == SQLITE_NOMEM ? ITD_ENOMEM : ITD_EIO, c->path, 0, ITD_NOWHERE,
                       "cannot read: %s", sqlite3_errstr(result));
}

static bool log_is_there(sqlite3_vfs *vfs, const char *full)
{
    char log[PATH_MAX + 8];
    int there = 0;
    (void)snprintf(log, sizeof log, "%s-wal", full);
    return vfs->xAccess(vfs, log, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there;
}

static itd_status open_file(check *c, itd_error *error)
{
    char full[PATH_MAX + 1];
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY;
    struct stat about;
    if (!vfs)
        return itd_fail(error, ITD_EIO, "SQLite has no file system here");
    int result = vfs->xFullPathname(vfs, c->path, (int)sizeof full, full);
    if ((result & 0xFF) != SQLITE_OK)
        return fail_read(c, result, error);
    if (stat(full, &about) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return itd_fail_at(error, ITD_ENOTFOUND, c->path, 0, ITD_NOWHERE, "no such file");
    c->log = log_is_there(vfs, full);
    c->name = sqlite3_create_filename(full, "", "", 0, NULL);
    c->file = itd_calloc(1, (size_t)vfs->szOsFile);
    c->page = itd_malloc(STORE_PAGE_BYTES_MAX);
    if (!c->name || !c->file || !c->page)
        return itd_fail_memory(error);
    result = vfs->xOpen(vfs, c->name, c->file, flags, &flags);
    return result == SQLITE_OK ? ITD_OK : fail_read(c, result, error);
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

/* Leaves the page in c->page. */
static itd_status check_page(check *c, uint32_t number, itd_error *error)
{
    int64_t offset = (int64_t)(number - 1) * c->page_bytes;
    for (int i = 0; i == 0 || (c->log && i < TRIES_MAX); i++) {
        if (i > 0)
            wait_ms(TRY_PAUSE_MS);
        int result = c->file->pMethods->xRead(c->file, c->page, (int)c->page_bytes, offset);
        if (result == SQLITE_IOERR_SHORT_READ)
            return itd_fail_at(error, ITD_EFORMAT, c->path, 0, (uint64_t)offset,
                               "page %u is missing: the file was cut short", number);
        if (result != SQLITE_OK)
            return fail_read(c, result, error);
        if (number == store_page_locked(c->page_bytes)
                ? all_zero(c->page, c->page_bytes)
                : store_page_sum_get(c->page, c->page_bytes) ==
                      store_page_sum(c->page, c->page_bytes - STORE_PAGE_SUM_BYTES, number))
            return ITD_OK;
    }
    return itd_fail_at(error, ITD_EFORMAT, c->path, 0, (uint64_t)offset, "page %u is damaged", number);
}

static uint32_t load32_big(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static itd_status check_pages(itd_store_vfs_checked *out, check *c, itd_error *error)
{
    ITD_TRY(check_page(c, 1, error));
    uint32_t pages = load32_big(c->page + 28);
    for (uint32_t number = 2; number <= pages; number++)
        ITD_TRY(check_page(c, number, error));
    if (c->size != (int64_t)pages * c->page_bytes)
        return itd_fail_at(error, ITD_EFORMAT, c->path, 0, (uint64_t)pages * c->page_bytes,
                           "the file goes on after its %u pages", pages);
    *out = (itd_store_vfs_checked){.page_bytes = c->page_bytes, .pages = pages};
    return ITD_OK;
}

itd_status itd_store_vfs_check(itd_store_vfs_checked *out, const char *path, itd_error *error)
{
    assert(path);
    itd_store_vfs_checked checked;
    check c = {.path = path};
    itd_status status = open_file(&c, error);
    if (status == ITD_OK)
        status = read_header(&c, error);
    if (status == ITD_OK)
        status = check_pages(&checked, &c, error);
    if (status == ITD_OK && out)
        *out = checked;
    if (c.file && c.file->pMethods)
        (void)c.file->pMethods->xClose(c.file);
    itd_free(c.file);
    itd_free(c.page);
    sqlite3_free_filename(c.name);
    return status;
}
