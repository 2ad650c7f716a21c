#ifndef INTERDICT_OWNERS_H
#define INTERDICT_OWNERS_H

#include "interdict/own.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who owns a company in the end: holders above whom the graph states nobody, and what each has through all chains. It
 * says what registers state; who a beneficial owner is under a law, a person judges. */

/** Of shares or votes that make an owner, unless the options name another: a quarter. */
#define ITD_OWNERS_THRESHOLD_DEFAULT_PPM UINT32_C(250000)

typedef struct itd_owners_options {
    const char *as_of;      /**< YYYY-MM-DD: stakes of that day */
    uint32_t threshold_ppm; /**< at or above it a holder is an owner; 1 … 1000000 */
    bool all;               /**< those below it too */
} itd_owners_options;

/** One of the chains from an owner down to the company. */
typedef struct itd_owners_chain {
    const itd_own_step *steps;
    size_t count;
    uint32_t share_min_ppm, share_max_ppm; /**< product of its shares, rounded outward; max 0: a step is of no share */
} itd_owners_chain;

typedef struct itd_owners_owner {
    itd_sv id;
    const char *standing; /**< "certain": whatever the true shares within their bounds; "possible"; "below" */
    uint32_t shares_min_ppm, shares_max_ppm; /**< of the company in the end, over all chains and cycles */
    uint32_t votes_min_ppm, votes_max_ppm;   /**< the same of votes; 0, 0 where none are stated above */
    const char *control; /**< "certain", "possible" or NULL: holds more than half, or a right to direct, all the way */
    uint32_t power_ppm;  /**< how often it turns the company in a vote: see `power_error_ppm` */
    const itd_owners_chain *chains; /**< shortest first; at most ITD_OWN_CHAINS_MAX */
    size_t chain_count;
    bool more_chains; /**< there are others, or may be */
} itd_owners_owner;

typedef struct itd_owners_answer {
    itd_sv entity;
    uint32_t threshold_ppm;
    const itd_owners_owner *owners; /**< certain ones first, then by share, then by id */
    size_t count;
    uint64_t holders, above; /**< above whom nobody is stated, owners or not; all who stand above the company */
    uint32_t unknown_min_ppm, unknown_max_ppm; /**< of the shares: what none of the holders has */
    bool power_exact;
    uint32_t power_error_ppm; /**< 0, or by how much any power may be off, but for a risk of 1 in 100 */
} itd_owners_answer;

/** An answer and its memory. Reads the graph, which has to outlive it. */
typedef struct itd_owners itd_owners;

/** @return ITD_OK | ITD_ENOTFOUND (no such entity) | ITD_EINVAL (the day, the threshold) | ITD_ELIMIT
 * (ITD_OWNERS_STAKES_MAX, ITD_OWNERS_MAX of src/own/owners.h) | ITD_ENOMEM.  Cost and sources: src/own/owners.h. */
ITD_API ITD_MUST_CHECK itd_status itd_owners_create(itd_owners **out, itd_context *context, const itd_graph *graph,
                                                    const char *id, const itd_owners_options *options,
                                                    itd_error *error);
/** NULL is fine. */
ITD_API void itd_owners_destroy(itd_owners *owners);
/** Borrowed from `owners`. */
ITD_API const itd_owners_answer *itd_owners_get(const itd_owners *owners);
/** The answer as a JSON object on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_owners_json(itd_bytes *out, const itd_owners_answer *answer, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
