#ifndef ITD_BASE_STAGE_H
#define ITD_BASE_STAGE_H

#include <stdbool.h>

#include "base/error.h"

/** A second stage of a line of work: while it takes in one batch, the caller makes the next. Batches are worked on one
 * at a time, in the order in which they were handed over. */
typedef struct itd_stage itd_stage;

typedef itd_status itd_stage_work(void *context, void *batch, itd_error *error);

/** `threaded` false: batches are worked on as they are handed over, in the caller's thread.
 *  @return ITD_OK | ITD_ENOMEM | ITD_EIO (no thread) */
ITD_MUST_CHECK itd_status itd_stage_create(itd_stage **out, bool threaded, itd_stage_work *work, void *context,
                                           itd_error *error);
/** Waits until the batch before is done, then lets this one be worked on; it is the stage's until the next call. After
 * a failure nothing is worked on any more, and every call gives that failure again. */
ITD_MUST_CHECK itd_status itd_stage_hand(itd_stage *stage, void *batch, itd_error *error);
/** Waits until nothing is under way. */
ITD_MUST_CHECK itd_status itd_stage_wait(itd_stage *stage, itd_error *error);
/** Waits too. NULL is fine. */
void itd_stage_destroy(itd_stage *stage);

#endif
