#ifndef ITD_READ_SIBLINGS_H
#define ITD_READ_SIBLINGS_H

#include "read/reader.h"

/* Files that belong together because of their names and the folder they lie in. */

/** The file's name without its folders and without ".gz" or ".zst". Borrowed from `path`. */
itd_sv itd_sibling_name(const char *path);

typedef struct itd_siblings {
    const char **paths; /**< in `path`'s folder, those that are not compressed first, then in byte order */
    size_t count;
} itd_siblings;

/** The files beside `path`, itself too, whose name (by itd_sibling_name) `fits`. All goes to the arena.
 *  @return ITD_OK | ITD_EIO (the folder cannot be read) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_siblings_find(itd_siblings *out, const char *path, bool (*fits)(itd_sv name),
                                            itd_arena *arena, itd_error *error);

#endif
