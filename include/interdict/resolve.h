#ifndef INTERDICT_RESOLVE_H
#define INTERDICT_RESOLVE_H

#include "interdict/case.h"
#include "interdict/screen.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A value of a record that tells it from others: a date, a country, a gender, an identifier. */
typedef struct itd_resolve_value {
    const char *property; /**< "birthDate", "passportNumber" … */
    itd_sv value;         /**< as the list has it */
} itd_resolve_value;

/** One of the two records of a pair. */
typedef struct itd_resolve_side {
    itd_sv id, dataset, caption;
    const char *schema;
    itd_sv name; /**< of its names the one that is closest to the other's, or the identifier that is the same */
    const itd_resolve_value *values;
    size_t value_count;
} itd_resolve_side;

/** Two records that may be one entity: a candidate for a person to judge. Borrowed for the call. */
typedef struct itd_resolve_pair {
    itd_resolve_side left, right; /**< left has the lower id, in byte order */
    int32_t score_micro;          /**< as screening gives it to the question that the left one makes */
    const char *matched_by;       /**< "name", or the property of the identifier: "imoNumber", "passportNumber" … */
    const itd_contribution *contributions;
    size_t contribution_count;
    const char *judgement; /**< "positive": they are one, "negative": they are two, "unsure"; NULL: nobody has judged */
    bool implied;          /**< nobody judged this pair itself: it follows from judgements of others */
    itd_sv person;         /**< who judged; empty when nobody did, or it is implied */
    const char *rule;      /**< the rule that holds the two to be one, "same-identifier 1"; NULL: none does */
    itd_sv json;           /**< `{"left","right","score_micro","contributions","judgement",…}` on one line */
} itd_resolve_pair;

typedef struct itd_resolve_options {
    int32_t threshold_micro; /**< 0 … 1000000: pairs below are not found */
    uint64_t limit;          /**< most pairs that are handed out; 0: all */
    bool judged;             /**< pairs that were judged too; without it only those that were not */
} itd_resolve_options;

/** The rule by which pairs are merged without a person: its name and version, which is who judges. Both records have
 * an identifier in common that proves itself or is long enough not to be met by chance, their names alone score 0.8 or
 * more, and no other evidence (dates, countries, addresses, gender, kind) speaks against it. */
#define ITD_RESOLVE_RULE "same-identifier 1"

typedef struct itd_resolve_report {
    int64_t generation;
    uint64_t records;  /**< that were held against each other */
    uint64_t nameless; /**< of these, with neither a name nor an identifier to be found by */
    uint64_t pairs;    /**< found: what is handed out, and what the limit cuts off */
    uint64_t judged;   /**< pairs left out because they were judged */
    uint64_t merged;   /**< by itd_resolve_apply */
} itd_resolve_report;

/** Pairs of records of a case that may be one entity: of different lists, or of one. Every record of the newest
 * generation is screened against all of them, so a pair scores as `screen` and `compare` score it; each pair is handed
 * out once, by score, highest first, then by the ids. The case is only read. What is handed out does not depend on the
 * number of threads.
 *  @param report may be NULL
 *  @return ITD_OK | ITD_ENOTFOUND (the case holds no list) | ITD_EINVAL (the threshold) | ITD_ELIMIT (a record exceeds
 * a limit of matching) | what on_pair gave
 *  Cost: a screening a record. Memory does not grow with records or pairs; judgements are held. */
ITD_API ITD_MUST_CHECK itd_status itd_resolve(itd_case *the_case, itd_context *context,
                                              const itd_resolve_options *options,
                                              itd_status (*on_pair)(void *user, const itd_resolve_pair *pair),
                                              void *user, itd_resolve_report *report, itd_error *error);

typedef struct itd_resolve_apply_options {
    const char *person; /**< who lets the rule work, for the audit record */
    int64_t now;        /**< microseconds since 1970 UTC; 0: the system's clock */
} itd_resolve_apply_options;

/** Merges the pairs that ITD_RESOLVE_RULE holds to be one and that nobody has judged: a judgement each, by the rule,
 * with what it saw as reason; all of them one transaction with one audit record, and none when there is nothing to
 * merge. Whoever was judged to be two, or unsure, is not made one by way of others. Every merge is undone by a split.
 * The case is open for writing; on_pair is told of each, best first, before it is written for good.
 *  @param record number of the audit record, 0 when nothing was merged; may be NULL
 *  @return as itd_resolve; ITD_EINVAL (no person) */
ITD_API ITD_MUST_CHECK itd_status itd_resolve_apply(int64_t *record, itd_case *the_case, itd_context *context,
                                                    const itd_resolve_apply_options *options,
                                                    itd_status (*on_pair)(void *user, const itd_resolve_pair *pair),
                                                    void *user, itd_resolve_report *report, itd_error *error);

/** What follows from all judgements of a case for two of its records. */
typedef struct itd_resolve_state {
    bool one;                             /**< they are one, by their own judgement or through others */
    itd_sv conflict_left, conflict_right; /**< a pair among those that are one with `left` that was judged to be two;
                                             empty: there is none. Borrowed from the case until its next call */
} itd_resolve_state;
ITD_API ITD_MUST_CHECK itd_status itd_resolve_state_of(itd_resolve_state *out, itd_case *the_case, const char *left,
                                                       const char *right, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
