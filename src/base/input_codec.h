#ifndef ITD_BASE_INPUT_CODEC_H
#define ITD_BASE_INPUT_CODEC_H

#include "base/error.h"
#include "base/sv.h"

/* Inside of base/input: bytes of a file or of memory, decompressed when they are gzip or zstd. */

typedef enum itd_codec_kind { ITD_CODEC_PLAIN, ITD_CODEC_GZIP, ITD_CODEC_ZSTD } itd_codec_kind;

typedef struct itd_codec {
    itd_codec_kind kind;
    int file; /**< -1: memory */
    bool close_file;
    char *block;     /**< read-ahead of a file; NULL for memory */
    const char *raw; /**< source bytes that were not decoded yet: raw[0 … raw_size) */
    size_t raw_size;
    bool raw_ended;           /**< the source has nothing after `raw` */
    uint64_t taken;           /**< source bytes read so far */
    uint64_t made, bytes_max; /**< decompressed bytes so far, and their cap */
    bool between;             /**< between two members or frames: the data may end here */
    struct z_stream_s *gzip;
    struct ZSTD_DCtx_s *zstd;
    itd_status pending; /**< a failure that waits until the bytes before it were handed out */
    itd_error pending_error;
} itd_codec;

void itd_codec_init(itd_codec *codec);
void itd_codec_use_file(itd_codec *codec, int file, bool close_file);
void itd_codec_use_memory(itd_codec *codec, itd_sv bytes);
/** Looks at the first bytes and makes the decoder ready. @return ITD_OK | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_codec_start(itd_codec *codec, itd_error *error);
/** The whole source when it is plain memory (taken then), else data NULL. */
itd_sv itd_codec_plain_memory(itd_codec *codec);
/** Up to `size` > 0 bytes; *got 0 only at the end. @return ITD_OK | ITD_EIO | ITD_EFORMAT | ITD_ELIMIT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_codec_read(itd_codec *codec, char *bytes, size_t size, size_t *got, itd_error *error);
void itd_codec_finish(itd_codec *codec);

#endif
