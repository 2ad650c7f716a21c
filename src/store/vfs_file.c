#include "store/vfs_file.h"

#include <assert.h>
#include <string.h>

#include "base/fault.h"
#include "base/memory.h"
#include "store/page_sum.h"
#include "store/vfs.h"

static store_file *of(sqlite3_file *file)
{
    return (store_file *)file;
}

bool store_page_is_ours(const unsigned char *page)
{
    return memcmp(page, STORE_MAGIC, sizeof STORE_MAGIC) == 0 && page[STORE_HEADER_RESERVE] == STORE_PAGE_SUM_BYTES;
}

static bool is_page_bytes(uint32_t size)
{
    return size >= STORE_PAGE_BYTES_MIN && size <= STORE_PAGE_BYTES_MAX && (size & (size - 1)) == 0;
}

uint32_t store_page_bytes_of(const unsigned char *header)
{
    uint32_t size = (uint32_t)header[16] << 8 | header[17];
    size = size == 1 ? STORE_PAGE_BYTES_MAX : size;
    return is_page_bytes(size) ? size : 0;
}

uint32_t store_page_locked(uint32_t page_bytes)
{
    /* 0 asks SQLite where that byte is and leaves it there. */
    return (uint32_t)sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, 0) / page_bytes + 1;
}

bool store_file_refused(void)
{
    if (!itd_fault_hits(ITD_FAULT_WRITE))
        return false;
    if (itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_TEARS)
        itd_fault_kill();
    return true;
}

/* The only way to the disk. */
static int put(sqlite3_file *below, const void *bytes, int size, sqlite3_int64 offset)
{
    if (itd_fault_hits(ITD_FAULT_WRITE)) {
        if (itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_TEARS) {
            (void)below->pMethods->xWrite(below, bytes, size / 2, offset);
            itd_fault_kill();
        }
        return itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return below->pMethods->xWrite(below, bytes, size, offset);
}

static bool get_scratch(store_file *file, uint32_t size)
{
    if (file->scratch_bytes < size) {
        unsigned char *scratch = itd_malloc(size);
        if (!scratch)
            return false;
        itd_free(file->scratch);
        file->scratch = scratch;
        file->scratch_bytes = size;
    }
    return true;
}

static int note_damage(store_file *file, store_damage_kind kind, uint32_t size, int64_t offset)
{
    if (file->damage.kind == STORE_DAMAGE_NONE)
        file->damage = (store_damage){
            .kind = kind, .page = (uint32_t)(offset / size) + 1, .offset = (uint64_t)offset, .path = file->path};
    return SQLITE_IOERR_DATA;
}

static bool is_page(int size, sqlite3_int64 offset)
{
    return size > 0 && is_page_bytes((uint32_t)size) && offset % size == 0;
}

/* A page that the file does not reach to was never written or was cut off: SQLite asks for none that it did not write,
 * and would take what is missing for zeros. */
static int read_page(store_file *file, unsigned char *page, uint32_t size, int64_t offset)
{
    int result = file->below->pMethods->xRead(file->below, page, (int)size, offset);
    if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
        return result;
    bool whole =
        result == SQLITE_OK && store_page_sum_get(page, size) ==
                                   store_page_sum(page, size - STORE_PAGE_SUM_BYTES, (uint32_t)(offset / size) + 1);
    if (whole && (offset > 0 || store_page_is_ours(page))) {
        file->page_bytes = size;
        return SQLITE_OK;
    }
    if (offset == 0 && !store_page_is_ours(page))
        return note_damage(file, STORE_DAMAGE_FOREIGN, size, offset);
    return note_damage(file, result == SQLITE_OK ? STORE_DAMAGE_SUM : STORE_DAMAGE_MISSING, size, offset);
}

/* Some builds of SQLite read overflow pages past the cache, without the bytes at the end. */
static int read_part(store_file *file, unsigned char *out, int size, int64_t offset)
{
    unsigned char header[STORE_HEADER_BYTES];
    uint32_t page = file->page_bytes;
    if (page == 0) {
        int result = file->below->pMethods->xRead(file->below, header, sizeof header, 0);
        if (result != SQLITE_OK)
            return result;
        page = store_page_bytes_of(header);
    }
    if (page == 0)
        return note_damage(file, STORE_DAMAGE_FOREIGN, STORE_PAGE_BYTES_MIN, 0);
    if (!get_scratch(file, page))
        return SQLITE_IOERR_NOMEM;
    while (size > 0) {
        int64_t within = offset % page;
        int count = size < (int)(page - within) ? size : (int)(page - within);
        int result = read_page(file, file->scratch, page, offset - within);
        if (result != SQLITE_OK)
            return result;
        memcpy(out, file->scratch + within, (size_t)count);
        out += count;
        offset += count;
        size -= count;
    }
    return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *out, int size, sqlite3_int64 offset)
{
    store_file *file = of(base);
    /* The header is looked at without a lock, while another process may write the page; SQLite believes nothing of it
     * but the page size until it has read the whole page under a lock. */
    if (!file->summed || offset + size <= STORE_HEADER_BYTES)
        return file->below->pMethods->xRead(file->below, out, size, offset);
    if (is_page(size, offset))
        return read_page(file, out, (uint32_t)size, offset);
    return read_part(file, out, size, offset);
}

/* Pages that SQLite allocated and gave up before it wrote them, in a file that a later page makes longer: they get sums
 * too. Only without a write-ahead log are there any. */
static int fill_up(store_file *file, uint32_t size, int64_t offset)
{
    if (offset <= file->end)
        return SQLITE_OK;
    sqlite3_int64 end;
    int result = file->below->pMethods->xFileSize(file->below, &end);
    for (end -= end % size; result == SQLITE_OK && end < offset; end += size) {
        uint32_t number = (uint32_t)(end / size) + 1;
        if (number == store_page_locked(size))
            continue;
        memset(file->scratch, 0, size);
        store_page_sum_put(file->scratch, size, number);
        result = put(file->below, file->scratch, (int)size, end);
    }
    return result;
}

static int write_page(store_file *file, const unsigned char *page, uint32_t size, int64_t offset)
{
    /* Opened past itd_store_vfs_open: there is no room for a sum. */
    if (offset == 0 && !store_page_is_ours(page)) {
        (void)note_damage(file, STORE_DAMAGE_FOREIGN, size, offset);
        return SQLITE_IOERR_WRITE;
    }
    /* A VACUUM that changes the page size writes the new pages in pieces of the old size: it is refused and rolled
     * back. */
    if (offset == 0 && store_page_bytes_of(page) != size)
        return SQLITE_IOERR_WRITE;
    if (!get_scratch(file, size))
        return SQLITE_IOERR_NOMEM;
    int result = fill_up(file, size, offset);
    if (result != SQLITE_OK)
        return result;
    memcpy(file->scratch, page, size - STORE_PAGE_SUM_BYTES);
    store_page_sum_put(file->scratch, size, (uint32_t)(offset / size) + 1);
    file->page_bytes = size;
    result = put(file->below, file->scratch, (int)size, offset);
    if (result == SQLITE_OK && offset + size > file->end)
        file->end = offset + size;
    return result;
}

static int file_write(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset)
{
    store_file *file = of(base);
    if (!file->summed)
        return put(file->below, bytes, size, offset);
    /* SQLite writes its databases by whole pages only. */
    return is_page(size, offset) ? write_page(file, bytes, (uint32_t)size, offset) : SQLITE_IOERR_WRITE;
}

static int file_close(sqlite3_file *base)
{
    store_file *file = of(base);
    int result = file->below->pMethods->xClose(file->below);
    itd_free(file->scratch);
    file->scratch = NULL;
    return result;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    store_file *file = of(base);
    if (store_file_refused())
        return SQLITE_IOERR_TRUNCATE;
    file->end = 0;
    return file->below->pMethods->xTruncate(file->below, size);
}

static int file_sync(sqlite3_file *base, int flags)
{
    store_file *file = of(base);
    return store_file_refused() ? SQLITE_IOERR_FSYNC : file->below->pMethods->xSync(file->below, flags);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
    store_file *file = of(base);
    return file->below->pMethods->xFileSize(file->below, size);
}

static int file_lock(sqlite3_file *base, int level)
{
    store_file *file = of(base);
    file->end = 0; /* others may have cut it while it was not locked */
    return file->below->pMethods->xLock(file->below, level);
}

static int file_unlock(sqlite3_file *base, int level)
{
    store_file *file = of(base);
    return file->below->pMethods->xUnlock(file->below, level);
}

static int file_check_reserved_lock(sqlite3_file *base, int *out)
{
    store_file *file = of(base);
    return file->below->pMethods->xCheckReservedLock(file->below, out);
}

static int file_control(sqlite3_file *base, int what, void *argument)
{
    store_file *file = of(base);
    if (what == STORE_VFS_ASK_DAMAGE) {
        *(store_damage *)argument = file->damage;
        return SQLITE_OK;
    }
    /* A database grows page by page, and is read through the sums, not through a map. */
    if (file->summed && what == SQLITE_FCNTL_CHUNK_SIZE)
        return SQLITE_OK;
    if (file->summed && what == SQLITE_FCNTL_MMAP_SIZE) {
        *(sqlite3_int64 *)argument = 0;
        return SQLITE_OK;
    }
    int result = file->below->pMethods->xFileControl(file->below, what, argument);
    if (what == SQLITE_FCNTL_VFSNAME && result == SQLITE_OK)
        *(char **)argument = sqlite3_mprintf(ITD_STORE_VFS "/%z", *(char **)argument);
    return result;
}

static int file_sector_size(sqlite3_file *base)
{
    store_file *file = of(base);
    return file->below->pMethods->xSectorSize(file->below);
}

static int file_characteristics(sqlite3_file *base)
{
    store_file *file = of(base);
    return file->below->pMethods->xDeviceCharacteristics(file->below);
}

static int file_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    store_file *file = of(base);
    if (extend && store_file_refused())
        return SQLITE_IOERR_SHMSIZE;
    return file->below->pMethods->xShmMap(file->below, region, size, extend, out);
}

static int file_shm_lock(sqlite3_file *base, int first, int count, int flags)
{
    store_file *file = of(base);
    return file->below->pMethods->xShmLock(file->below, first, count, flags);
}

static void file_shm_barrier(sqlite3_file *base)
{
    store_file *file = of(base);
    file->below->pMethods->xShmBarrier(file->below);
}

static int file_shm_unmap(sqlite3_file *base, int remove)
{
    store_file *file = of(base);
    return file->below->pMethods->xShmUnmap(file->below, remove);
}

/* Version 2 has shared memory, which a write-ahead log needs; version 3 would map the file past the sums. */
#define METHODS(version)                                                                                               \
    {                                                                                                                  \
        .iVersion = (version), .xClose = file_close, .xRead = file_read, .xWrite = file_write,                         \
        .xTruncate = file_truncate, .xSync = file_sync, .xFileSize = file_size, .xLock = file_lock,                    \
        .xUnlock = file_unlock, .xCheckReservedLock = file_check_reserved_lock, .xFileControl = file_control,          \
        .xSectorSize = file_sector_size, .xDeviceCharacteristics = file_characteristics, .xShmMap = file_shm_map,      \
        .xShmLock = file_shm_lock, .xShmBarrier = file_shm_barrier, .xShmUnmap = file_shm_unmap,                       \
    }

const sqlite3_io_methods *store_file_methods(const sqlite3_file *below)
{
    static const sqlite3_io_methods alone = METHODS(1), shared = METHODS(2);
    assert(below->pMethods);
    return below->pMethods->iVersion >= 2 ? &shared : &alone;
}
