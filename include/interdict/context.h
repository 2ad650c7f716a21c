#ifndef INTERDICT_CONTEXT_H
#define INTERDICT_CONTEXT_H

#include <stdbool.h>

#include "interdict/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What work is done with: threads, limits, progress. */
typedef struct itd_context itd_context;

/** All zeros is a good default. */
typedef struct itd_context_options {
    unsigned threads;   /**< 0: one for each processor that the process may use */
    size_t memory_max;  /**< cap on the memory of one job, bytes; 0: ITD_MEMORY_MAX */
    uint64_t spool_max; /**< cap on what is kept on disk of standard input where a list is read from it, bytes; 0:
                           ITD_SPOOL_MAX */
    bool progress;      /**< draw progress of long work on standard error, when that is a terminal */
} itd_context_options;

/** Memory of one job unless the options name another cap: 16 GiB. */
#define ITD_MEMORY_MAX ((size_t)1 << 34)

/** Of standard input on disk unless the options name another cap: 64 GiB, more than any list. */
#define ITD_SPOOL_MAX ((uint64_t)1 << 36)

/** `options` NULL: defaults.  @return ITD_OK | ITD_ENOMEM | ITD_EINVAL (too many threads) */
ITD_API ITD_MUST_CHECK itd_status itd_context_create(itd_context **out, const itd_context_options *options,
                                                     itd_error *error);
ITD_API void itd_context_destroy(itd_context *context);

/** "0.1.0". Static. */
ITD_API const char *itd_version(void);
/** Everything that a score depends on, as one word: rules, tables, ICU and Unicode version. Static. */
ITD_API const char *itd_profile(void);

/** Bytes that a call makes for its caller. All zeros is empty; used again it keeps its memory. */
typedef struct itd_bytes {
    char *data; /**< not ended by NUL */
    size_t size, capacity;
} itd_bytes;

ITD_API void itd_bytes_free(itd_bytes *bytes);

#ifdef __cplusplus
}
#endif

#endif
