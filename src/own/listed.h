#ifndef ITD_OWN_LISTED_H
#define ITD_OWN_LISTED_H

#include "base/input.h"

/* Listed parties from a text: an id a line, or `id,category`. Blank lines and lines that begin with # are passed over;
 * an id with a comma or a quote in it is quoted as in CSV. A first line `id` or `id,category` is a header. */

/** Longest line. */
#define ITD_LISTED_LINE_BYTES_MAX ((size_t)4096)

typedef struct itd_listed_reading {
    bool skip_bad;
    /** Told of each; `category` may be empty, and is known to some regime else. */
    itd_status (*party)(void *context, itd_sv id, itd_sv category, itd_error *error);
    void *context;
    void (*reject)(void *context, const char *file, uint64_t line, itd_sv id, const char *reason); /**< may be NULL */
    void *reject_context;
    uint64_t parties, rejected; /**< results */
} itd_listed_reading;

/** @return ITD_OK | ITD_EFORMAT (a bad line unless skip_bad) | ITD_ELIMIT | ITD_EIO | what party gave */
ITD_MUST_CHECK itd_status itd_listed_read(itd_listed_reading *reading, itd_input *input, itd_error *error);

#endif
