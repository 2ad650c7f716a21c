#ifndef ITD_ENGINE_DECIDED_H
#define ITD_ENGINE_DECIDED_H

#include <sodium.h>

#include "base/json.h"
#include "engine/engine.h"
#include "engine/owned.h"
#include "engine/question_ids.h"
#include "engine/watch.h"
#include "store/decision.h"
#include "store/question.h"

/* Decisions brought to bear on a screening: shared by the screening of a case and by its replay. */

/** A decision in words. `decision` NULL: `out` is all NULL. Texts go to the arena. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_decision_words(itd_hit_decision *out, const itd_decision *decision,
                                             const itd_binding *binding, int64_t now, itd_arena *arena,
                                             itd_error *error);
/** Members "state" to "reopened" of an object that is open. */
void itd_decision_write(itd_json_writer *json, const itd_hit_decision *decision);

/** All zeros but the first group is a start. */
typedef struct itd_decided_watch {
    itd_store *store;
    int64_t now; /**< at which decisions hold or have expired */
    bool show_cleared;
    itd_decision_reader *decisions; /**< borrowed */
    itd_question_ids *ids;          /**< an id that two questions share is refused; NULL: it is not. Borrowed */
    itd_asking *asking;             /**< where questions go; NULL: nowhere. Borrowed */
    itd_alerting *alerting;         /**< where alerts go; NULL: nowhere. Borrowed */
    const itd_owned_scope *owned;   /**< who is asked for owners; NULL: nobody. Borrowed */
    int64_t audit;

    uint64_t questions, shown, hits, cleared; /**< hits: at or above the threshold */
    crypto_generichash_state result;          /**< of the answers, as lines of JSON without their stats */
    itd_buffer content;
    itd_bytes line;
} itd_decided_watch;

void itd_decided_watch_start(itd_decided_watch *watch);
void itd_decided_watch_finish(itd_decided_watch *watch);
/** The hooks of a screening; `watch` is their user. */
itd_screen_watch itd_decided_hooks(itd_decided_watch *watch);
/** BLAKE2b-256 of all answers so far, ends the hash. */
void itd_decided_result(unsigned char out[ITD_STORE_HASH], itd_decided_watch *watch);

#endif
