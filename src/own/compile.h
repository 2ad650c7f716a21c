#ifndef ITD_OWN_COMPILE_H
#define ITD_OWN_COMPILE_H

#include "base/pool.h"
#include "own/register.h"

/** A stake as it was read. Owner and owned are numbers in order of first sight. */
typedef struct itd_stake_row {
    uint32_t owner, owned;
    itd_term term;
    int32_t start, end;
    uint32_t line, reserved;
} itd_stake_row;

/** Rows become the stakes of `r`, whose counts are known, and `in_first` and `out_first` are zeros for it to fill. What
 * it makes stands where the rows stood, byte for byte as much; `room` is for as many rows and keeps nothing.
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(stakes + entities), shared out among the threads of `pool` (NULL: this one);
 * the same bytes for any number of them. */
ITD_MUST_CHECK itd_status itd_stakes_compile(itd_register *r, itd_stake_row *rows, itd_stake_row *room,
                                             const uint32_t *rank, uint32_t *in_first, uint32_t *out_first,
                                             itd_pool *pool, itd_error *error);

#endif
