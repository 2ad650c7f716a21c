#ifndef ITD_BASE_PART_H
#define ITD_BASE_PART_H

#include "base/error.h"

/** A file that grows and outlives the process that writes it, so that a later one goes on where it ended: a download.
 * One process holds it at a time.  Threads: one at a time. */
typedef struct itd_part itd_part;

/** Opens the file, or makes an empty one, and locks it until it is closed or moved.
 *  @return ITD_OK | ITD_EIO (also: another process holds it) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_part_open(itd_part **out, const char *path, itd_error *error);
uint64_t itd_part_size(const itd_part *part);
const char *itd_part_path(const itd_part *part);
/** Cuts it to `size`, which is not beyond its end. */
ITD_MUST_CHECK itd_status itd_part_cut(itd_part *part, uint64_t size, itd_error *error);
/** Adds bytes at its end. After a failure the size is that of what was written. */
ITD_MUST_CHECK itd_status itd_part_write(itd_part *part, const void *bytes, size_t size, itd_error *error);
/** Syncs it and renames it over `path`. The part keeps the lock until it is closed and takes no more bytes. */
ITD_MUST_CHECK itd_status itd_part_move(itd_part *part, const char *path, itd_error *error);
/** Lets go of the file; an empty one is removed. NULL is fine. */
void itd_part_close(itd_part *part);

#endif
