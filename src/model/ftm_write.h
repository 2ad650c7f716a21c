#ifndef ITD_MODEL_FTM_WRITE_H
#define ITD_MODEL_FTM_WRITE_H

#include "base/buffer.h"
#include "model/collection.h"

/* What a folded collection holds as NDJSON, in the two forms of model/ftm_keys.h. Each call appends one line and its
 * line end. Equal collections give equal bytes. On failure no part of the line stays in `out`.
 * @return ITD_OK | ITD_ENOMEM (also: the buffer's cap is reached).  Threads: concurrent calls on one collection are
 * safe with an `out` each. */

/** `entity` as FollowTheMoney: its properties in byte order of their names, values in byte order, each once. `datasets`
 * are all that its statements name, in byte order; first and last seen are the earliest and latest of them; where each
 * value comes from is not said. What is read back gives the same line again. */
ITD_MUST_CHECK itd_status itd_ftm_write_entity(itd_buffer *out, const itd_collection *collection,
                                               const itd_folded *entity, itd_error *error);
/** One statement with every field. What is read back is the same statement. */
ITD_MUST_CHECK itd_status itd_ftm_write_statement(itd_buffer *out, const itd_collection *collection, const itd_row *row,
                                                  itd_error *error);

#endif
