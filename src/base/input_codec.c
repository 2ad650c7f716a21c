#include "base/input_codec.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/input.h"
#include "base/memory.h"

#define CODEC_BLOCK_BYTES ((size_t)1 << 17)
/* RFC 1952 2.3.1 and RFC 8878 3.1: the first bytes. */
#define GZIP_MAGIC "\x1F\x8B"
#define ZSTD_MAGIC "\x28\xB5\x2F\xFD"

void itd_codec_init(itd_codec *codec)
{
    *codec = (itd_codec){.file = -1, .raw = "", .raw_ended = true, .bytes_max = ITD_INPUT_BYTES_MAX, .between = true};
}

void itd_codec_use_file(itd_codec *codec, int file, bool close_file)
{
    codec->file = file;
    codec->close_file = close_file;
    codec->raw_ended = false;
}

void itd_codec_use_memory(itd_codec *codec, itd_sv bytes)
{
    codec->raw = bytes.data ? bytes.data : "";
    codec->raw_size = bytes.size;
    codec->taken = bytes.size;
}

void itd_codec_finish(itd_codec *codec)
{
    if (codec->gzip) {
        (void)inflateEnd(codec->gzip);
        itd_free(codec->gzip);
    }
    (void)ZSTD_freeDCtx(codec->zstd);
    itd_free(codec->block);
    if (codec->close_file)
        (void)close(codec->file);
    itd_codec_init(codec);
}

static itd_status read_file(itd_codec *codec, char *bytes, size_t size, size_t *got, itd_error *error)
{
    ssize_t done;
    do
        done = read(codec->file, bytes, size);
    while (done < 0 && errno == EINTR);
    if (done < 0)
        return itd_fail_errno(error, NULL, "read");
    codec->raw_ended = done == 0;
    codec->taken += (uint64_t)done;
    *got = (size_t)done;
    return ITD_OK;
}

/* At least `want` source bytes in `raw`, unless the source ends; `want` is far below a block. */
static itd_status fill(itd_codec *codec, size_t want, itd_error *error)
{
    while (codec->raw_size < want && !codec->raw_ended) {
        if (codec->raw_size)
            memmove(codec->block, codec->raw, codec->raw_size);
        codec->raw = codec->block;
        size_t got = 0;
        ITD_TRY(read_file(codec, codec->block + codec->raw_size, CODEC_BLOCK_BYTES - codec->raw_size, &got, error));
        codec->raw_size += got;
    }
    return ITD_OK;
}

/* A source cut off inside the magic is a truncated file rather than two odd bytes of text. */
static bool starts_like(const itd_codec *codec, const char *magic, size_t size)
{
    size_t common = codec->raw_size < size ? codec->raw_size : size;
    return common >= 2 && memcmp(codec->raw, magic, common) == 0;
}

/* Skippable frames, which some writers put in front: 0x184D2A50 … 5F, little endian. */
static bool starts_skippable(const itd_codec *codec)
{
    return codec->raw_size >= 4 && ((unsigned char)codec->raw[0] & 0xF0) == 0x50 &&
           memcmp(codec->raw + 1, "\x2A\x4D\x18", 3) == 0;
}

static voidpf gzip_alloc(voidpf opaque, uInt count, uInt size)
{
    (void)opaque;
    return itd_calloc(count, size);
}

static void gzip_free(voidpf opaque, voidpf block)
{
    (void)opaque;
    itd_free(block);
}

static itd_status start_gzip(itd_codec *codec, itd_error *error)
{
    codec->kind = ITD_CODEC_GZIP;
    z_stream *gzip = itd_calloc(1, sizeof *gzip);
    if (!gzip)
        return itd_fail_memory(error);
    gzip->zalloc = gzip_alloc;
    gzip->zfree = gzip_free;
    if (inflateInit2(gzip, 15 + 16) != Z_OK) { /* the largest window, with a gzip header */
        itd_free(gzip);
        return itd_fail_memory(error);
    }
    codec->gzip = gzip;
    codec->between = false;
    return ITD_OK;
}

itd_status itd_codec_start(itd_codec *codec, itd_error *error)
{
    if (codec->file >= 0) {
        codec->block = itd_malloc(CODEC_BLOCK_BYTES);
        if (!codec->block)
            return itd_fail_memory(error);
    }
    ITD_TRY(fill(codec, sizeof ZSTD_MAGIC - 1, error));
    if (starts_like(codec, GZIP_MAGIC, sizeof GZIP_MAGIC - 1))
        return start_gzip(codec, error);
    if (!starts_like(codec, ZSTD_MAGIC, sizeof ZSTD_MAGIC - 1) && !starts_skippable(codec))
        return ITD_OK;
    codec->kind = ITD_CODEC_ZSTD;
    codec->zstd = ZSTD_createDCtx();
    return codec->zstd ? ITD_OK : itd_fail_memory(error);
}

itd_sv itd_codec_plain_memory(itd_codec *codec)
{
    if (codec->kind != ITD_CODEC_PLAIN || codec->file >= 0)
        return ITD_SV_NONE;
    itd_sv whole = {codec->raw, codec->raw_size};
    codec->raw_size = 0;
    return whole;
}

static itd_status fail_data(const itd_codec *codec, itd_status status, const char *why, itd_error *error)
{
    return itd_fail_at(error, status, NULL, 0, codec->made, "%s data %s, at compressed byte %llu",
                       codec->kind == ITD_CODEC_GZIP ? "gzip" : "zstd", why,
                       (unsigned long long)(codec->taken - codec->raw_size));
}

static void pass(itd_codec *codec, size_t size)
{
    codec->raw += size;
    codec->raw_size -= size;
}

static itd_status read_plain(itd_codec *codec, char *bytes, size_t size, size_t *got, itd_error *error)
{
    if (codec->raw_size == 0 && codec->raw_ended) {
        *got = 0;
        return ITD_OK;
    }
    if (codec->raw_size == 0) /* past the first block nothing is copied twice */
        return read_file(codec, bytes, size, got, error);
    *got = size < codec->raw_size ? size : codec->raw_size;
    memcpy(bytes, codec->raw, *got);
    pass(codec, *got);
    return ITD_OK;
}

/* What follows a member: another member, zeros that pad a tape block, or nothing. */
static itd_status next_member(itd_codec *codec, itd_error *error)
{
    ITD_TRY(fill(codec, 2, error));
    if (codec->raw_size == 0)
        return ITD_OK;
    if (codec->raw_size >= 2 && memcmp(codec->raw, GZIP_MAGIC, 2) == 0) {
        codec->between = false;
        return inflateReset(codec->gzip) == Z_OK ? ITD_OK : fail_data(codec, ITD_EFORMAT, "cannot go on", error);
    }
    while (codec->raw_size > 0) {
        while (codec->raw_size > 0 && codec->raw[0] == '\0')
            pass(codec, 1);
        if (codec->raw_size > 0)
            return fail_data(codec, ITD_EFORMAT, "is followed by other bytes", error);
        ITD_TRY(fill(codec, 1, error));
    }
    return ITD_OK;
}

/* One step: decodes what is at hand into `bytes`. *ended when the data ends well. */
static itd_status step_gzip(itd_codec *codec, char *bytes, size_t size, size_t *got, bool *ended, itd_error *error)
{
    if (codec->between) {
        ITD_TRY(next_member(codec, error));
        *ended = codec->between;
        if (*ended)
            return ITD_OK;
    }
    ITD_TRY(fill(codec, 1, error));
    if (codec->raw_size == 0)
        return fail_data(codec, ITD_EFORMAT, "is cut off", error);
    size_t in = codec->raw_size < UINT_MAX ? codec->raw_size : UINT_MAX;
    size_t out = size < UINT_MAX ? size : UINT_MAX;
    codec->gzip->next_in = (z_const Bytef *)(uintptr_t)codec->raw;
    codec->gzip->avail_in = (uInt)in;
    codec->gzip->next_out = (Bytef *)bytes;
    codec->gzip->avail_out = (uInt)out;
    int result = inflate(codec->gzip, Z_NO_FLUSH);
    pass(codec, in - codec->gzip->avail_in);
    *got = out - codec->gzip->avail_out;
    codec->made += *got;
    codec->between = result == Z_STREAM_END;
    if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR)
        return ITD_OK;
    if (result == Z_MEM_ERROR)
        return itd_fail_memory(error);
    return fail_data(codec, ITD_EFORMAT, "is corrupt", error);
}

static itd_status step_zstd(itd_codec *codec, char *bytes, size_t size, size_t *got, bool *ended, itd_error *error)
{
    ITD_TRY(fill(codec, 1, error));
    *ended = codec->raw_size == 0 && codec->between;
    if (*ended)
        return ITD_OK;
    ZSTD_inBuffer in = {codec->raw, codec->raw_size, 0};
    ZSTD_outBuffer out = {bytes, size, 0};
    size_t result = ZSTD_decompressStream(codec->zstd, &out, &in);
    pass(codec, in.pos);
    *got = out.pos;
    codec->made += out.pos;
    if (ZSTD_isError(result)) {
        if (ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge)
            return fail_data(codec, ITD_ELIMIT, "needs a window of more than 128 MiB", error);
        if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation)
            return itd_fail_memory(error);
        return fail_data(codec, ITD_EFORMAT, "is corrupt", error);
    }
    codec->between = result == 0;
    if (in.pos == 0 && out.pos == 0 && in.size == 0)
        return fail_data(codec, ITD_EFORMAT, "is cut off", error);
    return ITD_OK;
}

itd_status itd_codec_read(itd_codec *codec, char *bytes, size_t size, size_t *got, itd_error *error)
{
    assert(codec && bytes && size > 0 && got);
    if (codec->kind == ITD_CODEC_PLAIN)
        return read_plain(codec, bytes, size, got, error);
    size_t made = 0;
    bool ended = false;
    itd_status status = codec->pending;
    while (status == ITD_OK && made == 0 && !ended) {
        status = (codec->kind == ITD_CODEC_GZIP ? step_gzip : step_zstd)(codec, bytes, size, &made, &ended,
                                                                         &codec->pending_error);
        if (status == ITD_OK && codec->made > codec->bytes_max)
            status = itd_fail_at(&codec->pending_error, ITD_ELIMIT, NULL, 0, codec->bytes_max,
                                 "more than %llu decompressed bytes", (unsigned long long)codec->bytes_max);
    }
    codec->pending = status;
    if (status != ITD_OK && made == 0) {
        if (error)
            *error = codec->pending_error;
        return status;
    }
    *got = made;
    return ITD_OK;
}
