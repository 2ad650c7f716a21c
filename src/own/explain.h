#ifndef ITD_OWN_EXPLAIN_H
#define ITD_OWN_EXPLAIN_H

#include "base/arena.h"
#include "own/evaluate.h"

/* Why a verdict is what it is: chains from listed parties, who stands behind what, flags, and what is not known. */

/** Fills `out`; all of it lives in the arena or in the register. Flags need itd_own_evaluation_flags before.
 *  @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_own_explain(itd_own_answer *out, const itd_own_evaluation *e, uint32_t entity,
                                          itd_arena *arena, itd_error *error);

#endif
