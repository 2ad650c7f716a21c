#include "store/vfs_file.h"

#include <assert.h>
#include <errno.h>
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

bool store_page_bytes_are(uint32_t size)
{
    return size >= STORE_PAGE_BYTES_MIN && size <= STORE_PAGE_BYTES_MAX && (size & (size - 1)) == 0;
}

uint32_t store_page_bytes_of(const unsigned char *header)
{
    uint32_t size = (uint32_t)header[16] << 8 | header[17];
    size = size == 1 ? STORE_PAGE_BYTES_MAX : size;
    return store_page_bytes_are(size) ? size : 0;
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
    errno = itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_FULL ? ENOSPC : EIO; /* SQLite asks for it */
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
    return size > 0 && store_page_bytes_are((uint32_t)size) && offset % size == 0;
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

static int64_t frame_offset(const store_file *file, int64_t frame)
{
    return STORE_WAL_HEADER_BYTES + frame * (STORE_WAL_FRAME_BYTES + (int64_t)file->log.page_bytes);
}

/* The frame whose page starts at the offset, or -1. */
static int64_t frame_at(const store_file *file, int64_t offset)
{
    if (file->log.page_bytes == 0 || offset < STORE_WAL_HEADER_BYTES + STORE_WAL_FRAME_BYTES)
        return -1;
    int64_t start = offset - STORE_WAL_HEADER_BYTES - STORE_WAL_FRAME_BYTES;
    int64_t size = STORE_WAL_FRAME_BYTES + (int64_t)file->log.page_bytes;
    return start % size == 0 ? start / size : -1;
}

static int read_log_header(store_file *file)
{
    unsigned char bytes[STORE_WAL_HEADER_BYTES];
    int result = file->below->pMethods->xRead(file->below, bytes, sizeof bytes, 0);
    if (result == SQLITE_OK && !store_wal_header_read(&file->log, bytes))
        result = SQLITE_IOERR_DATA;
    return result;
}

/* @return SQLITE_OK, SQLITE_IOERR_DATA when the frame does not have its sum, or what the system says */
static int read_frame(store_file *file, unsigned char *page, int64_t frame)
{
    const sqlite3_io_methods *methods = file->below->pMethods;
    const int64_t offset = frame_offset(file, frame);
    unsigned char header[STORE_WAL_FRAME_BYTES], sum[8];
    int result = methods->xRead(file->below, header, sizeof header, offset);
    if (result == SQLITE_OK)
        result = methods->xRead(file->below, page, (int)file->log.page_bytes, offset + STORE_WAL_FRAME_BYTES);
    if (result == SQLITE_OK && frame > 0)
        result = methods->xRead(file->below, sum, sizeof sum, frame_offset(file, frame - 1) + 16);
    if (result != SQLITE_OK)
        return result;
    store_wal_sum before = frame > 0 ? store_wal_sum_get(sum) : file->log.sum;
    return store_wal_frame_is_good(&file->log, before, header, page) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int note_log_damage(store_file *file, int64_t frame)
{
    if (file->database->damage.kind == STORE_DAMAGE_NONE)
        file->database->damage = (store_damage){.kind = STORE_DAMAGE_LOG,
                                                .page = (uint32_t)(frame + 1),
                                                .offset = frame < 0 ? 0 : (uint64_t)frame_offset(file, frame),
                                                .path = file->path};
    return SQLITE_IOERR_DATA;
}

/* SQLite compares the sums of a log when it opens one that was left behind, and believes its frames from then on. Here
 * each is compared when its page is read: what was damaged since is neither shown nor copied into the database, where
 * it would get a good sum. */
static int read_log(store_file *file, void *out, int size, int64_t offset)
{
    int result;
    if (size < 0 || !store_page_bytes_are((uint32_t)size))
        return file->below->pMethods->xRead(file->below, out, size, offset);
    if (file->log.page_bytes == 0 && (result = read_log_header(file)) != SQLITE_OK)
        return result == SQLITE_IOERR_DATA ? note_log_damage(file, -1) : result;
    const int64_t frame = size == (int)file->log.page_bytes ? frame_at(file, offset) : -1;
    if (frame < 0 || frame >= file->stale_from)
        return file->below->pMethods->xRead(file->below, out, size, offset);
    result = read_frame(file, out, frame);
    /* Another process may have begun the log anew since its header was read. */
    if (result == SQLITE_IOERR_DATA && read_log_header(file) == SQLITE_OK && size == (int)file->log.page_bytes)
        result = read_frame(file, out, frame);
    return result == SQLITE_IOERR_DATA ? note_log_damage(file, frame) : result;
}

/* A transaction that outgrows the cache writes a page that it wrote before over its frame, without the frame's header,
 * and leaves out the sums of the frames that it adds from then on; before it commits it makes them all good, header by
 * header, in order. */
static bool note_frame_header(store_file *file, const unsigned char *header, int64_t frame)
{
    static const unsigned char none[STORE_WAL_FRAME_BYTES - 8];
    if (memcmp(header + 8, none, sizeof none) == 0) {
        file->stale_from = frame < file->stale_from ? frame : file->stale_from;
        return true;
    }
    file->stale_from += frame == file->stale_from;
    return frame < file->stale_from;
}

static int write_log(store_file *file, const void *bytes, int size, int64_t offset)
{
    if (offset == 0) {
        file->stale_from = INT64_MAX;
        if (size != STORE_WAL_HEADER_BYTES || !store_wal_header_read(&file->log, bytes))
            file->log.page_bytes = 0;
        return put(file->below, bytes, size, offset);
    }
    if (file->log.page_bytes == 0)
        (void)read_log_header(file);
    if (size == STORE_WAL_FRAME_BYTES) {
        /* When a savepoint is undone in between, SQLite (3.40 does) forgets frames that it added afterwards, and would
         * commit what it could not take over after a crash: it would read the log up to the first of them. */
        if (!note_frame_header(file, bytes, frame_at(file, offset + size)))
            return SQLITE_IOERR_WRITE;
        file->header_at = offset;
    } else {
        int64_t frame = frame_at(file, offset);
        if (frame >= 0 && file->header_at != offset - STORE_WAL_FRAME_BYTES && frame < file->stale_from)
            file->stale_from = frame;
        file->header_at = -1;
    }
    return put(file->below, bytes, size, offset);
}

static int file_read(sqlite3_file *base, void *out, int size, sqlite3_int64 offset)
{
    store_file *file = of(base);
    /* The header is looked at without a lock, while another process may write the page; SQLite believes nothing of it
     * but the page size until it has read the whole page under a lock. */
    if (file->database)
        return read_log(file, out, size, offset);
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
    if (file->database)
        return write_log(file, bytes, size, offset);
    if (!file->summed)
        return put(file->below, bytes, size, offset);
    /* SQLite writes its databases by whole pages only. */
    return is_page(size, offset) ? write_page(file, bytes, (uint32_t)size, offset) : SQLITE_IOERR_WRITE;
}

static int file_close(sqlite3_file *base)
{
    store_file *file = of(base);
    int result = file->below->pMethods->xClose(file->below);
    if (file->database)
        file->database->log_file = NULL;
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
    return file->below->pMethods->xDeviceCharacteristics(file->below) | (file->settled ? SQLITE_IOCAP_IMMUTABLE : 0);
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
    /* The first lock is that of the writer: a transaction begins or ends. */
    if (first == 0 && (flags & SQLITE_SHM_EXCLUSIVE) && file->log_file)
        file->log_file->stale_from = INT64_MAX;
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
