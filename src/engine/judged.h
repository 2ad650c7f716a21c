#ifndef ITD_ENGINE_JUDGED_H
#define ITD_ENGINE_JUDGED_H

#include "base/map.h"
#include "base/vector.h"
#include "store/judgement.h"

/* What people and rules judged of the records of a case, all of it at once: who is one with whom, also by way of
 * others, and who is not. */

/** All zeros is nothing judged. */
typedef struct itd_judged {
    itd_intern ids;
    ITD_VECTOR(struct itd_judged_node) nodes; /**< by id: a forest of records that are one */
    ITD_VECTOR(struct itd_judged_pair) pairs; /**< the first `sorted` by their ids; then those that were added */
    size_t sorted;
    ITD_VECTOR(struct itd_judged_apart) apart;
} itd_judged;

/** What holds of a pair; `kind` and what follows count when it is judged. */
typedef struct itd_judged_state {
    bool judged;
    bool implied; /**< it follows from judgements of other pairs */
    itd_judgement_kind kind;
    itd_sv person; /**< empty when implied */
} itd_judged_state;

/** Reads the newest judgement of every pair. Ends with itd_judged_finish.
 *  @return ITD_OK | ITD_ENOMEM | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_judged_load(itd_judged *out, itd_store *store, itd_error *error);
void itd_judged_finish(itd_judged *judged);
/** What holds of two records, in any order. Their own judgement counts; without one, records that are one through
 * others are one, and two of which one is one with somebody that the other is not one with are two. Threads: any
 * number. Cost: of a record that nobody judged, a look-up. */
itd_judged_state itd_judged_of(const itd_judged *judged, itd_sv left, itd_sv right);
/** False when somebody judged of a record that is one with `left` and of one that is one with `right` that they are
 * two, or that it cannot be told: a merge of these would decide it for them. Threads: any number. */
bool itd_judged_may_join(const itd_judged *judged, itd_sv left, itd_sv right);
/** Are two records one, by whatever was judged? Whatever their own judgement says. */
bool itd_judged_are_one(const itd_judged *judged, itd_sv left, itd_sv right);
/** A pair that was judged to be two and is one through others; false when there is none. */
bool itd_judged_conflict(itd_sv *left, itd_sv *right, const itd_judged *judged, itd_sv of);
/** Takes a judgement in, for what follows from it; a pair that has one of its own keeps it. False when out of memory.
 */
bool itd_judged_add(itd_judged *judged, itd_sv left, itd_sv right, itd_judgement_kind kind, itd_sv person);

/** "positive", "negative", "unsure": the words of FollowTheMoney's tools. Static. */
const char *itd_judged_term(itd_judgement_kind kind);

#endif
