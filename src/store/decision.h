#ifndef ITD_STORE_DECISION_H
#define ITD_STORE_DECISION_H

#include "store/alert.h"

/* What people decided of hits. The newest decision of a pair (question, hit) counts. It holds as long as the question,
 * the record and the rules are what they were when the case saw the hit last before it was made, until it expires, and
 * in a case of two persons from the second one on. Nothing of it is changed later: that it has stopped to hold is seen
 * when it is looked at. */

/** Longest reason, in bytes, and longest name of a person. */
#define ITD_DECISION_REASON_MAX ((size_t)1 << 16)
#define ITD_DECISION_PERSON_MAX ((size_t)255)

typedef enum itd_decision_kind { ITD_DECIDE_CLEAR, ITD_DECIDE_CONFIRM, ITD_DECIDE_ESCALATE } itd_decision_kind;

typedef struct itd_decision {
    int64_t id;
    itd_sv query, hit;
    itd_decision_kind kind;
    bool pending;          /**< a second person has to agree */
    itd_sv reason;         /**< of the first person */
    itd_sv person, second; /**< second: empty when there is none */
    int64_t made;          /**< when it began to hold or, pending, to wait */
    int64_t until;         /**< the first moment at which it holds no more; 0: no end */
    itd_binding binding;   /**< what it is about */
    int64_t audit;
} itd_decision;

typedef enum itd_decision_state {
    ITD_DECISION_NONE, /**< nobody has decided */
    ITD_DECISION_CLEARED,
    ITD_DECISION_CONFIRMED,
    ITD_DECISION_ESCALATED,
    ITD_DECISION_PENDING,  /**< by one person; a second one has to agree */
    ITD_DECISION_REOPENED, /**< it held, or waited, for what is no more so */
} itd_decision_state;

/** Why a decision was reopened: any of these. */
enum {
    ITD_REOPENED_RECORD = 1,   /**< the record of the list says something else */
    ITD_REOPENED_QUESTION = 2, /**< so does the question */
    ITD_REOPENED_RULES = 4,
    ITD_REOPENED_EXPIRED = 8,
    ITD_REOPENED_OWNERS = 16, /**< who holds it is another verdict, or was not decided of; or that alone was */
};

/** The state of a pair that is `now` made of `binding`. `decision` NULL: none. `reopened` may be NULL. */
itd_decision_state itd_decision_state_of(unsigned *reopened, const itd_decision *decision, const itd_binding *binding,
                                         int64_t now);
/** "clear", "confirm", "escalate", and back; false when it is none of them. */
const char *itd_decision_kind_name(itd_decision_kind kind);
bool itd_decision_kind_find(itd_decision_kind *out, itd_sv name);
/** "none", "cleared", "confirmed", "escalated", "pending", "reopened". */
const char *itd_decision_state_name(itd_decision_state state);

/** What a person asks to be put down. Borrowed. */
typedef struct itd_decision_request {
    itd_sv query, hit;
    itd_decision_kind kind;
    itd_sv reason, person, second; /**< second: empty when there is none */
    int64_t until;                 /**< 0: no end */
} itd_decision_request;

/** Puts a decision down; inside of a transaction. In a case of two persons it waits unless `second` is named; when the
 * same decision of another person is waiting, and is about the same, this is the second one's consent: reason and end
 * are the first's.
 *  @param out  what counts now; its parts go to the arena
 *  @return ITD_OK | ITD_ENOTFOUND (the case has not seen the hit) | ITD_EINVAL (no reason, no person, twice the same
 * person, an end that is not in the future or not the waiting decision's) | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_decision_add(itd_decision *out, itd_store *store, const itd_decision_request *request,
                                           int64_t now, int64_t audit, itd_arena *arena, itd_error *error);

/** Looks decisions up. */
typedef struct itd_decision_reader itd_decision_reader;
/** `before`: only decisions of audit records before this number; INT64_MAX: all. */
ITD_MUST_CHECK itd_status itd_decision_reader_open(itd_decision_reader **out, itd_store *store, int64_t before,
                                                   itd_error *error);
/** The newest decision of each hit of a question, by hit id in byte order; in the arena. */
ITD_MUST_CHECK itd_status itd_decision_reader_of(const itd_decision **out, size_t *count, itd_decision_reader *reader,
                                                 itd_sv query, itd_arena *arena, itd_error *error);
/** NULL is fine. */
void itd_decision_reader_close(itd_decision_reader *reader);
/** The one of a hit among them; NULL when there is none. Cost: O(log n). */
const itd_decision *itd_decision_find(const itd_decision *decisions, size_t count, itd_sv hit);

#endif
