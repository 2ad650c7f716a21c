#ifndef INTERDICT_SCREENING_H
#define INTERDICT_SCREENING_H

#include "interdict/case.h"
#include "interdict/graph.h"
#include "interdict/own.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A screening under the decisions of a case, which keeps what was asked and found. All of it is one transaction with
 * its audit record: until it ends nobody else writes to the case. */
typedef struct itd_screening itd_screening;

typedef struct itd_screening_options {
    itd_screen_options screen;
    const char *const *lists; /**< index files to screen against; none: what the case holds now */
    size_t list_count;
    const char *store; /**< name that the questions are kept under, with their options; NULL: without one */
    bool show_cleared; /**< hits that were cleared are shown, marked; else hidden, and counted in each answer */
    /** A graph, or registers: adds hits of kind "owned", as itd_screen_owned does, with all that is screened against as
     * its lists. Paths, skip_bad and the callbacks are used. NULL: nobody asks for owners. It does not go with `store`,
     * since a rescreening looks at names alone. */
    const itd_read_options *registers;
    const char *regime, *as_of, *listed; /**< as itd_own_options; read with registers only */
    const char *person;
    int64_t now; /**< microseconds since 1970 UTC; 0: the system's clock */
} itd_screening_options;

/** Takes the lock of the case, which is open for writing, and opens the lists. `options` is borrowed until close.
 *  @return ITD_OK | ITD_ENOTFOUND (no such index; nothing in the case) | ITD_EBUSY | ITD_EINVAL (owners with a name to
 * keep the questions under) | as itd_index_open, itd_graph_open and itd_own_create */
ITD_API ITD_MUST_CHECK itd_status itd_screening_open(itd_screening **out, itd_case *the_case, itd_context *context,
                                                     const itd_screening_options *options, itd_error *error);
/** What is screened against; NULL past the last. Borrowed. */
ITD_API const itd_index *itd_screening_index(const itd_screening *screening, size_t at);
/** What owners are asked of; NULL: nobody asks. Borrowed. */
ITD_API const itd_graph *itd_screening_graph(const itd_screening *screening);
/** Their verdicts; NULL: nobody asks. Borrowed. */
ITD_API const itd_own *itd_screening_own(const itd_screening *screening);
/** Screens once, as itd_screen does, and writes questions and alerts. Answers carry the decisions of their hits.
 * Memory does not grow with the number of questions. @return as itd_screen and itd_case_open */
ITD_API ITD_MUST_CHECK itd_status itd_screening_run(itd_screening *screening, itd_questions *questions,
                                                    itd_status (*on_answer)(void *user, const itd_answer *answer),
                                                    void *user, itd_error *error);
/** Ends it well: the set of questions, alerts and the audit record are in the case, whose number `record` gets; may be
 * NULL. @return ITD_OK | ITD_EIO (nothing was written) | … */
ITD_API ITD_MUST_CHECK itd_status itd_screening_commit(int64_t *record, itd_screening *screening, itd_error *error);
/** Undoes what was not committed. NULL is fine. */
ITD_API void itd_screening_close(itd_screening *screening);

#define ITD_REPLAY_DIFFERENCES_MAX 64

/** How a past screening comes out today. Borrowed from the case until its next call. */
typedef struct itd_replay {
    int64_t record;
    bool equal;                     /**< every byte of the answers is what it was */
    itd_sv then, now;               /**< hashes of the answers, as hex; `now` is empty when it could not be run */
    const char *const *differences; /**< why it is not equal, a sentence each */
    size_t difference_count;
    uint64_t questions, hits;
} itd_replay;

/** Runs the screening of an audit record again: on the lists and registers of then, under the decisions of then, at the
 * time of then. Registers that say something else now, and files that are gone, are differences. Nothing is written.
 *  @return ITD_OK (equal or not) | ITD_ENOTFOUND (no such record) | ITD_EINVAL (of another command) | ITD_EFORMAT (the
 * record or its questions were changed) | … */
ITD_API ITD_MUST_CHECK itd_status itd_replay_run(itd_replay *out, itd_case *the_case, itd_context *context,
                                                 int64_t record, itd_error *error);
/** `{"record","equal","then","now","differences":[],"questions","hits"}` on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_replay_json(itd_bytes *out, const itd_replay *replay, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
