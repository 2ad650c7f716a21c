#ifndef ITD_STORE_VERIFY_H
#define ITD_STORE_VERIFY_H

#include "store/checkpoint.h"

/* Whether a case is what was written to it. It is looked at from the ground up: pages, tables, chain, rows,
 * checkpoints, statements; the first thing that is broken ends it. */

typedef struct itd_verify_options {
    const itd_checkpoint *checkpoints; /**< kept elsewhere */
    size_t checkpoint_count;
    const unsigned char *public_key; /**< ITD_CHECKPOINT_KEY bytes: who signs; NULL: anybody */
} itd_verify_options;

/** What was looked at. */
typedef struct itd_verify_report {
    char case_id[33];
    uint64_t pages;   /**< whose sums were compared */
    uint64_t records; /**< of the chain */
    unsigned char head[ITD_STORE_HASH];
    uint64_t checkpoints; /**< in the case and given */
    uint64_t generations, statements;
} itd_verify_report;

/** `options` NULL: nothing is given. `report` has what was found sound so far, also on failure.
 *  @return ITD_OK | ITD_EFORMAT (the first broken thing, in words) | ITD_EMISMATCH (a checkpoint is of another case or
 * of another signer; the case is of a newer program) | ITD_ENOTFOUND | ITD_EBUSY | ITD_EIO | ITD_ENOMEM
 *  Cost: one pass over the file and one over the rows; memory for the generations and one record. */
ITD_MUST_CHECK itd_status itd_store_verify(itd_verify_report *report, const char *path,
                                           const itd_verify_options *options, itd_error *error);

/* Its parts, inside of a transaction. */

/** The chain: numbers without a gap, hashes, rows of every record, no row without its record. */
ITD_MUST_CHECK itd_status itd_verify_chain(itd_verify_report *report, itd_store *store, itd_error *error);
/** What every version of a record and every generation says, from the statements. */
ITD_MUST_CHECK itd_status itd_verify_generations(itd_verify_report *report, itd_store *store, itd_error *error);

#endif
