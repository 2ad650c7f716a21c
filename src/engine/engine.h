#ifndef ITD_ENGINE_ENGINE_H
#define ITD_ENGINE_ENGINE_H

#include "base/json.h"
#include "base/pool.h"
#include "engine/spool.h"
#include "index/index.h"
#include "interdict/interdict.h"
#include "read/reader.h"

/* What the files of the engine share. Each of them implements one public header. */

struct itd_context {
    itd_context_options options;
    itd_pool *pool;
};

/** Sets of files that a user named, recognised, with their notes told. Ends with itd_reading_finish. */
typedef struct itd_reading {
    itd_context *context;
    const itd_read_options *options;
    itd_arena arena;
    itd_source_list list;
    itd_spool spool;                    /**< standard input, when it is named */
    struct itd_reading_result *results; /**< of the sets that were read; a dataset without bytes: not read */
} itd_reading;

/** What one set gave. */
typedef struct itd_reading_result {
    itd_sv dataset;   /**< as statements carry it; in the reading's arena */
    char version[64]; /**< the publisher's, else "content-" and a hash of what was read */
    uint64_t rejected, orphans, unverified;
} itd_reading_result;

ITD_MUST_CHECK itd_status itd_reading_init(itd_reading *out, itd_context *context, const itd_read_options *options,
                                           itd_error *error);
void itd_reading_finish(itd_reading *reading);
/** A path as the user named it: "-" for the file that standard input is kept in. */
const char *itd_reading_shown(const itd_reading *reading, const char *path);
/** Reads set `at` into a sink. On any failure what the sink got so far has to be thrown away. */
ITD_MUST_CHECK itd_status itd_reading_run(itd_reading *reading, size_t at, itd_statement_sink *sink, void *sink_context,
                                          itd_reading_result *result, itd_error *error);

/** Notes each dataset that sets of different versions gave: who puts them together as one list should know. */
void itd_reading_note_joined(const itd_reading *reading);

/** Questions or pairs that are read ahead take this much memory, give or take one of them. */
#define ITD_BATCH_BYTES_MAX ((size_t)1 << 26)
/** Makes arenas ready for the next batch, and gives back what large ones hold. */
void itd_arenas_forget(itd_arena *arenas, size_t count);
/** Says which question or pair a failure belongs to, unless the place is known. @return status */
itd_status itd_engine_placed(itd_status status, const char *what, itd_sv id, itd_error *error);

/** Public bytes as a buffer and back: the buffer takes the memory over and has to be given back. */
itd_buffer itd_bytes_take(itd_bytes *bytes);
/** @return ITD_OK | ITD_ENOMEM (the buffer failed) */
ITD_MUST_CHECK itd_status itd_bytes_give(itd_bytes *bytes, itd_buffer *buffer, itd_error *error);

#endif
