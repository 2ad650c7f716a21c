#ifndef ITD_ENGINE_SPOOL_H
#define ITD_ENGINE_SPOOL_H

#include "base/error.h"

/** Standard input kept as a file, as lists are looked at before they are read, and some are read twice. */
typedef struct itd_spool {
    char folder[256], path[264]; /**< empty: nothing is kept */
} itd_spool;

/** Copies all of standard input to "stdin" in a new folder under $TMPDIR, else /tmp, that only this user can open.
 *  @return ITD_OK | ITD_EIO | ITD_ELIMIT (more than `bytes_max`; a path in TMPDIR that is too long) | ITD_ENOMEM; after
 * a failure nothing is kept */
ITD_MUST_CHECK itd_status itd_spool_standard_input(itd_spool *out, uint64_t bytes_max, itd_error *error);
/** Removes file and folder. All zeros is fine. */
void itd_spool_finish(itd_spool *spool);

#endif
