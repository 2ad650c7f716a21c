#ifndef ITD_STORE_JUDGEMENT_H
#define ITD_STORE_JUDGEMENT_H

#include "store/store.h"

/* Whether two records are one entity, as a person sees it: the newest judgement of a pair counts, in whatever order the
 * two are named. Records keep their ids whatever is judged, and decisions with them. */

/** Longest reason, in bytes. */
#define ITD_JUDGEMENT_REASON_MAX ((size_t)1 << 16)

typedef enum itd_judgement_kind {
    ITD_JUDGEMENT_SPLIT,  /**< they are two */
    ITD_JUDGEMENT_MERGE,  /**< they are one */
    ITD_JUDGEMENT_UNSURE, /**< somebody looked and cannot tell */
} itd_judgement_kind;
/** "split", "merge", "unsure": the word in the table. Static. */
itd_sv itd_judgement_word(itd_judgement_kind kind);
/** False when there is no such word. */
bool itd_judgement_kind_find(itd_judgement_kind *out, itd_sv word);

typedef struct itd_judgement {
    itd_sv left, right; /**< ids, in byte order */
    itd_judgement_kind kind;
    itd_sv reason, person;
    int64_t made, audit;
} itd_judgement;

/** Adds a judgement; inside of a transaction. The two may be named in any order.
 *  @return ITD_OK | ITD_EINVAL (an entity with itself, no reason, no person) | ITD_ENOTFOUND (an id that the case does
 * not know, as a record, a hit or a question) | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_judgement_add(itd_store *store, const itd_judgement *judgement, itd_error *error);
/** The newest judgement of every pair, by left, then right; borrowed for the call.
 *  @return ITD_OK | as itd_sql_step | what `on_judgement` gave */
ITD_MUST_CHECK itd_status itd_judgement_each(itd_store *store,
                                             itd_status (*on_judgement)(void *user, const itd_judgement *judgement,
                                                                        itd_error *error),
                                             void *user, itd_error *error);
/** The newest judgement of a pair; `*found` false: nobody has judged it. Parts go to the arena. */
ITD_MUST_CHECK itd_status itd_judgement_newest(itd_judgement *out, bool *found, itd_store *store, itd_sv left,
                                               itd_sv right, itd_arena *arena, itd_error *error);

#endif
