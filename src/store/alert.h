#ifndef ITD_STORE_ALERT_H
#define ITD_STORE_ALERT_H

#include "store/store.h"

/* Hits that a case has seen. An alert says what the question, the record and the rules were when they met; as long as
 * they stay so it is not written again. The newest alert of a pair is what a decision is about. */

/** What a hit was made of. Borrowed. */
typedef struct itd_binding {
    itd_sv question; /**< hash of the question's content: ITD_STORE_HASH bytes */
    itd_sv record; /**< digest of the record, ITD_STORE_HASH bytes; and where it was met by whom it holds, see below */
    itd_sv rules;  /**< itd_profile() */
} itd_binding;

/* A question and a record meet by name, or because the record's party holds the question's, or both ways. The first way
 * is made of the record alone, the second of a verdict too. `record` says which it was by its length: the digest; the
 * digest and the hash of the verdict; both, and ITD_BINDING_NAMED. So a decision about one way says nothing of the
 * other, and the same pair is one pair whether or not owners were asked for. */
#define ITD_BINDING_OWNED ((size_t)2 * ITD_STORE_HASH)
#define ITD_BINDING_BOTH (ITD_BINDING_OWNED + 1)
#define ITD_BINDING_NAMED 'n'

typedef struct itd_alert {
    itd_sv query, hit; /**< ids */
    itd_binding binding;
    int32_t score_micro;
    int64_t audit; /**< number of the record of the screening that saw it */
} itd_alert;

/** Writes alerts. */
typedef struct itd_alerting itd_alerting;
/** Inside of a transaction. */
ITD_MUST_CHECK itd_status itd_alerting_begin(itd_alerting **out, itd_store *store, itd_error *error);
/** Adds the alert unless the newest of the pair says the same; its score is that of the first sight. */
ITD_MUST_CHECK itd_status itd_alerting_add(itd_alerting *alerting, const itd_alert *alert, itd_error *error);
/** Alerts that were added. */
uint64_t itd_alerting_count(const itd_alerting *alerting);
/** NULL is fine. */
void itd_alerting_close(itd_alerting *alerting);

/** The newest alert of a pair; its parts go to the arena.
 *  @return ITD_OK | ITD_ENOTFOUND (the case has not seen the hit) | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_alert_newest(itd_alert *out, itd_store *store, itd_sv query, itd_sv hit, itd_arena *arena,
                                           itd_error *error);

#endif
