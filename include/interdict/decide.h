#ifndef INTERDICT_DECIDE_H
#define INTERDICT_DECIDE_H

#include "interdict/case.h"
#include "interdict/screen.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a person decides of a hit that the case has seen. NULL where nothing is said. */
typedef struct itd_decide_options {
    const char *query, *hit; /**< ids of the question and of the list's record */
    const char *decision;    /**< "clear", "confirm", "escalate" */
    const char *reason, *person;
    const char *second; /**< who agrees, and is another one */
    const char *until;  /**< an ISO date, today or later: the decision holds through that day, UTC */
    int64_t now;        /**< microseconds since 1970 UTC; 0: the system's clock */
} itd_decide_options;

/** What counts of a pair now. Borrowed from the case until its next call. */
typedef struct itd_decided {
    itd_sv query, hit;
    itd_hit_decision decision;
    int64_t record; /**< number of the audit record */
} itd_decided;

/** Puts a decision down, with its audit record. It holds as long as the question, the list's record and the rules of
 * matching are what they were when the case saw the hit last. In a case of two persons it waits for a second one, who
 * decides the same, unless `second` names one.
 *  @return ITD_OK | ITD_ENOTFOUND (the case has not seen that hit) | ITD_EINVAL (what is said is incomplete; one person
 * for two; an end in the past) | as itd_case_open */
ITD_API ITD_MUST_CHECK itd_status itd_decide(itd_decided *out, itd_case *the_case, const itd_decide_options *options,
                                             itd_error *error);
/** `{"query","hit","state","decision","by","second","made","until","reason","reopened","record"}` on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_decided_json(itd_bytes *out, const itd_decided *decided, itd_error *error);

/** Whether two records are one entity. */
typedef struct itd_judge_options {
    const char *left, *right; /**< ids, in any order */
    const char *judgement;    /**< "merge": they are one; "split": they are two; "unsure": who looked cannot tell */
    const char *reason, *person;
    int64_t now; /**< as above */
} itd_judge_options;

/** Puts a judgement down, with its audit record; the newest of a pair counts. Records keep their ids, and decisions
 * their records.
 *  @param record number of the audit record; may be NULL
 *  @return ITD_OK | ITD_ENOTFOUND (the case does not know the id) | ITD_EINVAL | as itd_case_open */
ITD_API ITD_MUST_CHECK itd_status itd_judge(int64_t *record, itd_case *the_case, const itd_judge_options *options,
                                            itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
