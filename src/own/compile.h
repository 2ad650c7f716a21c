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

/** Where some of what is made goes, the caller's. */
typedef struct itd_compiled_room {
    uint32_t *in_first, *out_first; /**< entity_count + 1, zeros */
    itd_register_out *out;          /**< stake_count */
} itd_compiled_room;

/** Rows become the stakes of `r`, whose counts are known. What has no place in `into` stands where the rows stood,
 * which is the register's from then on; `room` is for as many rows and keeps nothing.
 *  @return ITD_OK | ITD_ENOMEM.  Cost: O(stakes + entities), shared out among the threads of `pool` (NULL: this one);
 * the same bytes for any number of them. */
ITD_MUST_CHECK itd_status itd_stakes_compile(itd_register *r, itd_stake_row *rows, itd_stake_row *room,
                                             const uint32_t *rank, itd_compiled_room into, itd_pool *pool,
                                             itd_error *error);

#endif
