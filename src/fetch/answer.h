#ifndef ITD_FETCH_ANSWER_H
#define ITD_FETCH_ANSWER_H

#include "base/error.h"
#include "base/sv.h"

/** Looks at a body that was taken for a whole list: refuses nothing at all, an HTML page (an error, a login, a block
 * that came with status 200), and a compressed file that is cut off or damaged. `name` is what errors call it.
 *  @return ITD_OK | ITD_EFORMAT | ITD_EIO | ITD_ELIMIT | ITD_ENOMEM.  Cost: reads a compressed file to its end. */
ITD_MUST_CHECK itd_status itd_answer_check(const char *path, itd_error *error);

#endif
