#include "store/wal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/vfs_file.h"

#define WAL_MAGIC 0x377F0682U /* its last bit: sums take words as big-endian */
#define WAL_VERSION 3007000U

static uint32_t load_big(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint32_t load_native(const unsigned char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* `size` is a multiple of 8. */
static store_wal_sum add(store_wal_sum sum, bool big, const unsigned char *bytes, size_t size)
{
    const bool native = big == (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
    for (size_t i = 0; i < size; i += 8) {
        uint32_t first = load_native(bytes + i), second = load_native(bytes + i + 4);
        sum.a += (native ? first : __builtin_bswap32(first)) + sum.b;
        sum.b += (native ? second : __builtin_bswap32(second)) + sum.a;
    }
    return sum;
}

static bool same(store_wal_sum x, store_wal_sum y)
{
    return x.a == y.a && x.b == y.b;
}

store_wal_sum store_wal_sum_get(const unsigned char bytes[8])
{
    return (store_wal_sum){load_big(bytes), load_big(bytes + 4)};
}

bool store_wal_header_read(store_wal_header *out, const unsigned char bytes[STORE_WAL_HEADER_BYTES])
{
    store_wal_header header = {
        .big = (load_big(bytes) & 1U) != 0, .page_bytes = load_big(bytes + 8), .sum = store_wal_sum_get(bytes + 24)};
    memcpy(header.salts, bytes + 16, sizeof header.salts);
    if ((load_big(bytes) & ~1U) != WAL_MAGIC || load_big(bytes + 4) != WAL_VERSION ||
        !store_page_bytes_are(header.page_bytes) || !same(add((store_wal_sum){0}, header.big, bytes, 24), header.sum))
        return false;
    *out = header;
    return true;
}

/* The sum leaves out the salts, which are in that of the log's header, and itself. */
bool store_wal_frame_is_good(const store_wal_header *log, store_wal_sum before,
                             const unsigned char header[STORE_WAL_FRAME_BYTES], const unsigned char *page)
{
    store_wal_sum sum = add(before, log->big, header, 8);
    sum = add(sum, log->big, page, log->page_bytes);
    return same(sum, store_wal_sum_get(header + 16));
}

static int compare(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

static void sort_once_each(store_wal *wal)
{
    uint32_t *numbers = wal->numbers.items;
    size_t kept = 0;
    if (wal->numbers.count > 0)
        qsort(numbers, wal->numbers.count, sizeof *numbers, compare);
    for (size_t i = 0; i < wal->numbers.count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    wal->numbers.count = kept;
}

/* @return SQLITE_OK, or SQLITE_IOERR_SHORT_READ at the end */
static int scan_frames(store_wal *wal, const store_wal_header *log, sqlite3_file *file, unsigned char *frame)
{
    const int size = STORE_WAL_FRAME_BYTES + (int)log->page_bytes;
    store_wal_sum sum = log->sum;
    sqlite3_int64 offset = STORE_WAL_HEADER_BYTES;
    static const unsigned char none[STORE_WAL_FRAME_BYTES - 8];
    size_t committed = 0;
    int result;
    for (uint32_t number = 1; (result = file->pMethods->xRead(file, frame, size, offset)) == SQLITE_OK; number++) {
        /* A long transaction has no salts and sums in its frames until it commits; other salts are those of an older
         * log. */
        bool salted = memcmp(frame + 8, log->salts, sizeof log->salts) == 0;
        wal->unfinished = salted || memcmp(frame + 8, none, sizeof none) == 0;
        if (!salted || load_big(frame) == 0 || !store_wal_frame_is_good(log, sum, frame, frame + STORE_WAL_FRAME_BYTES))
            break;
        if (!itd_vector_push(&wal->numbers, load_big(frame))) {
            result = SQLITE_NOMEM;
            break;
        }
        sum = store_wal_sum_get(frame + 16);
        offset += size;
        if (load_big(frame + 4) != 0) {
            wal->pages = load_big(frame + 4);
            wal->frames = number;
            wal->unfinished = false;
            committed = wal->numbers.count;
        }
    }
    wal->numbers.count = committed;
    return result;
}

itd_status store_wal_scan(store_wal *out, sqlite3_file *file, const char *path, itd_error *error)
{
    assert(out && file && path);
    unsigned char bytes[STORE_WAL_HEADER_BYTES], *frame = NULL;
    store_wal wal = {0};
    store_wal_header log;
    sqlite3_int64 size = 0;
    int result = file->pMethods->xFileSize(file, &size);
    if (result == SQLITE_OK && size > 0)
        result = file->pMethods->xRead(file, bytes, sizeof bytes, 0);
    if (result == SQLITE_OK && size > 0 && store_wal_header_read(&log, bytes)) {
        wal.page_bytes = log.page_bytes;
        frame = itd_malloc(STORE_WAL_FRAME_BYTES + log.page_bytes);
        result = frame ? scan_frames(&wal, &log, file, frame) : SQLITE_NOMEM;
    } else {
        wal.unfinished = size > 0;
    }
    itd_free(frame);
    if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ) {
        store_wal_finish(&wal);
        if ((result & 0xFF) == SQLITE_NOMEM)
            return itd_fail_memory(error);
        return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "cannot read the log: %s", sqlite3_errstr(result));
    }
    sort_once_each(&wal);
    store_wal_finish(out);
    *out = wal;
    return ITD_OK;
}

bool store_wal_has(const store_wal *wal, uint32_t page)
{
    return wal->numbers.count > 0 &&
           bsearch(&page, wal->numbers.items, wal->numbers.count, sizeof page, compare) != NULL;
}

void store_wal_finish(store_wal *wal)
{
    itd_vector_finish(&wal->numbers);
    *wal = (store_wal){0};
}
