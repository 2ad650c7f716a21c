#include "store/vfs.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/page_sum.h"
#include "store/vfs_file.h"

static sqlite3_vfs *below_of(sqlite3_vfs *vfs)
{
    return vfs->pAppData;
}

bool itd_store_vfs_is_shut(const char *path, bool *log)
{
    char other[PATH_MAX + 8];
    struct stat about;
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    (void)snprintf(other, sizeof other, "%s-wal", path);
    *log = stat(other, &about) == 0 && about.st_size > 0;
    (void)snprintf(other, sizeof other, "%.*s.", folder, path);
    return access(other, W_OK) != 0;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out)
{
    store_file *file = (store_file *)base;
    *file = (store_file){.below = (sqlite3_file *)(file + 1),
                         .path = path,
                         .summed = (flags & SQLITE_OPEN_MAIN_DB) != 0,
                         .header_at = -1,
                         .stale_from = INT64_MAX};
    if (flags & SQLITE_OPEN_WAL)
        file->database = (store_file *)sqlite3_database_file_object(path);
    file->below->pMethods = NULL;
    if ((flags & SQLITE_OPEN_CREATE) && store_file_refused())
        return SQLITE_CANTOPEN;
    int result = below_of(vfs)->xOpen(below_of(vfs), path, file->below, flags, flags_out);
    bool log = false;
    if (result == SQLITE_OK) {
        /* SQLite would put its shared memory beside the file, which cannot be done in such a folder. */
        file->settled = file->summed && itd_store_vfs_is_shut(path, &log) && !log;
        file->base.pMethods = store_file_methods(file->below);
        if (file->database)
            file->database->log_file = file;
    } else if (file->below->pMethods) {
        (void)file->below->pMethods->xClose(file->below);
    }
    return result;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    return store_file_refused() ? SQLITE_IOERR_DELETE : below_of(vfs)->xDelete(below_of(vfs), path, sync_folder);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    return below_of(vfs)->xAccess(below_of(vfs), path, flags, out);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    return below_of(vfs)->xFullPathname(below_of(vfs), path, size, out);
}

static void *vfs_library_open(sqlite3_vfs *vfs, const char *path)
{
    return below_of(vfs)->xDlOpen(below_of(vfs), path);
}

static void vfs_library_error(sqlite3_vfs *vfs, int size, char *out)
{
    below_of(vfs)->xDlError(below_of(vfs), size, out);
}

static void (*vfs_library_symbol(sqlite3_vfs *vfs, void *library, const char *name))(void)
{
    return below_of(vfs)->xDlSym(below_of(vfs), library, name);
}

static void vfs_library_close(sqlite3_vfs *vfs, void *library)
{
    below_of(vfs)->xDlClose(below_of(vfs), library);
}

static int vfs_randomness(sqlite3_vfs *vfs, int size, char *out)
{
    return below_of(vfs)->xRandomness(below_of(vfs), size, out);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    return below_of(vfs)->xSleep(below_of(vfs), microseconds);
}

static int vfs_time(sqlite3_vfs *vfs, double *out)
{
    return below_of(vfs)->xCurrentTime(below_of(vfs), out);
}

static int vfs_last_error(sqlite3_vfs *vfs, int size, char *out)
{
    return below_of(vfs)->xGetLastError ? below_of(vfs)->xGetLastError(below_of(vfs), size, out) : 0;
}

static int vfs_time_ms(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    return below_of(vfs)->xCurrentTimeInt64(below_of(vfs), out);
}

static sqlite3_vfs shim = {
    .iVersion = 1,
    .zName = ITD_STORE_VFS,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xDlOpen = vfs_library_open,
    .xDlError = vfs_library_error,
    .xDlSym = vfs_library_symbol,
    .xDlClose = vfs_library_close,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
    .xGetLastError = vfs_last_error,
    .xCurrentTimeInt64 = vfs_time_ms,
};

itd_status itd_store_vfs_register(itd_error *error)
{
    static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
    itd_status status = ITD_OK;
    (void)pthread_mutex_lock(&guard);
    if (!shim.pAppData) {
        sqlite3_vfs *below = sqlite3_vfs_find(NULL);
        if (!below) {
            status = itd_fail(error, ITD_EIO, "SQLite has no file system here");
            goto out;
        }
        shim.iVersion = below->iVersion >= 2 ? 2 : 1;
        shim.szOsFile = (int)sizeof(store_file) + below->szOsFile;
        shim.mxPathname = below->mxPathname;
        shim.pAppData = below;
        if (sqlite3_vfs_register(&shim, 0) != SQLITE_OK) {
            shim.pAppData = NULL;
            status = itd_fail(error, ITD_EIO, "SQLite refuses another file system");
        }
    }
out:
    (void)pthread_mutex_unlock(&guard);
    return status;
}

static itd_status fail_open(sqlite3 *db, int result, const char *path, itd_error *error)
{
    int reason = db ? sqlite3_system_errno(db) : 0;
    if (result == SQLITE_NOMEM || !db)
        return itd_fail_memory(error);
    if ((result & 0xFF) == SQLITE_CANTOPEN && (reason == ENOENT || reason == ENOTDIR))
        return itd_fail_at(error, ITD_ENOTFOUND, path, 0, ITD_NOWHERE, "no such file");
    return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "cannot open: %s",
                       reason ? strerror(reason) : sqlite3_errstr(result));
}

itd_status itd_store_vfs_open(sqlite3 **out, const char *path, int flags, itd_error *error)
{
    assert(out && path);
    assert(!(flags & (SQLITE_OPEN_URI | SQLITE_OPEN_MEMORY)));
    char plain[PATH_MAX];
    sqlite3 *db = NULL;
    int reserve = STORE_PAGE_SUM_BYTES;
    /* SQLite takes "file:…" and ":memory:" for something else than a name. */
    int size = snprintf(plain, sizeof plain, "%s%s", path[0] == '/' ? "" : "./", path);
    if (path[0] == '\0' || size < 0 || (size_t)size >= sizeof plain)
        return itd_fail_at(error, ITD_EINVAL, path, 0, ITD_NOWHERE, "no name of a file");
    ITD_TRY(itd_store_vfs_register(error));
    int result = sqlite3_open_v2(plain, &db, flags, ITD_STORE_VFS);
    if (result == SQLITE_OK)
        result = sqlite3_extended_result_codes(db, 1);
    if (result == SQLITE_OK)
        result = sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
    if (result != SQLITE_OK) {
        itd_status status = fail_open(db, result, path, error);
        (void)sqlite3_close(db);
        return status;
    }
    *out = db;
    return ITD_OK;
}

itd_status itd_store_vfs_damage(sqlite3 *db, itd_error *error)
{
    assert(db);
    store_damage met = {.kind = STORE_DAMAGE_NONE};
    (void)sqlite3_file_control(db, "main", STORE_VFS_ASK_DAMAGE, &met);
    switch (met.kind) {
    case STORE_DAMAGE_NONE:
        return ITD_OK;
    case STORE_DAMAGE_SUM:
        return itd_fail_at(error, ITD_EFORMAT, met.path, 0, met.offset, "page %u is damaged", met.page);
    case STORE_DAMAGE_MISSING:
        return itd_fail_at(error, ITD_EFORMAT, met.path, 0, met.offset, "page %u is missing: the file was cut short",
                           met.page);
    case STORE_DAMAGE_LOG:
        if (met.page == 0)
            return itd_fail_at(error, ITD_EFORMAT, met.path, 0, 0, "the header of the log is damaged");
        return itd_fail_at(error, ITD_EFORMAT, met.path, 0, met.offset, "frame %u of the log is damaged", met.page);
    case STORE_DAMAGE_FOREIGN:
        break;
    }
    return itd_fail_at(error, ITD_EFORMAT, met.path, 0, ITD_NOWHERE, "no case file, or its first page is damaged");
}
