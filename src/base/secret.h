#ifndef ITD_BASE_SECRET_H
#define ITD_BASE_SECRET_H

#include "base/error.h"
#include "base/sv.h"

/** Most bytes of a secret file. */
#define ITD_SECRET_BYTES_MAX ((size_t)4096)

/** Writes a small file that its owner alone may read (mode 0600), whole or not at all, and syncs it.
 *  @return ITD_OK | ITD_EINVAL (something of that name is there: it stays as it is) | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_secret_create(const char *path, itd_sv bytes, itd_error *error);
/** Reads such a file whole into `bytes`, which has ITD_SECRET_BYTES_MAX of room and is the caller's to wipe. One that
 * others than its owner may read, write or run is refused.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EIO (also: others may read it; not a regular file) | ITD_EFORMAT (longer) */
ITD_MUST_CHECK itd_status itd_secret_read(char *bytes, size_t *size, const char *path, itd_error *error);

#endif
