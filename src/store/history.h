#ifndef ITD_STORE_HISTORY_H
#define ITD_STORE_HISTORY_H

#include "store/store.h"

/* What the case knew, at any generation. Generations are numbered through the case: what it held after generation G is,
 * of each dataset, the newest generation that is not above G. */

typedef struct itd_history_dataset {
    itd_sv dataset, version;     /**< borrowed for the call */
    int64_t generation;          /**< the newest of it, up to the one that was asked for */
    int64_t imported, last_seen; /**< when it came, and when it was last found unchanged */
    uint64_t records, statements;
    uint64_t added, changed, removed; /**< records, by that generation */
    uint64_t rejected, orphans;
    itd_sv hash; /**< of the generation (store/rows.h) */
} itd_history_dataset;

/** The number of the newest generation; 0: none yet. */
ITD_MUST_CHECK itd_status itd_history_newest(int64_t *out, itd_store *store, itd_error *error);
/** The newest generation that was imported at or before `time`; 0: none. */
ITD_MUST_CHECK itd_status itd_history_at_time(int64_t *out, itd_store *store, int64_t time, itd_error *error);
/** How many generations there are up to `generation`. */
ITD_MUST_CHECK itd_status itd_history_count(uint64_t *out, itd_store *store, int64_t generation, itd_error *error);

/** Datasets that hold after `generation`, by id. */
ITD_MUST_CHECK itd_status itd_history_datasets(itd_store *store, int64_t generation,
                                               itd_status (*on_dataset)(void *user, const itd_history_dataset *dataset,
                                                                        itd_error *error),
                                               void *user, itd_error *error);
/** Generations of a dataset, oldest first. */
ITD_MUST_CHECK itd_status itd_history_generations(itd_store *store, itd_sv dataset,
                                                  itd_status (*on_generation)(void *user,
                                                                              const itd_history_dataset *generation,
                                                                              itd_error *error),
                                                  void *user, itd_error *error);

/** Every statement that holds after `generation`, in no order. Cost: one pass over all statements. */
ITD_MUST_CHECK itd_status itd_history_read(itd_store *store, int64_t generation, itd_statement_sink *sink,
                                           void *sink_context, itd_error *error);
/** Whether a record that holds after `from` or after `to` says something of entities that are not its own parts: then
 * what is known of an entity does not depend on its own record alone. */
ITD_MUST_CHECK itd_status itd_history_is_tangled(bool *out, itd_store *store, int64_t from, int64_t to,
                                                 itd_error *error);
/** Statements that hold after `at`, of those records alone that are not the same after `from` and after `to`, in
 * whatever dataset. Cost: one pass over the versions of records, and the statements of what changed. */
ITD_MUST_CHECK itd_status itd_history_read_changed(itd_store *store, int64_t from, int64_t to, int64_t at,
                                                   itd_statement_sink *sink, void *sink_context, itd_error *error);

typedef enum itd_change { ITD_CHANGE_ADDED, ITD_CHANGE_CHANGED, ITD_CHANGE_REMOVED } itd_change;

/** A record that differs between two generations. Borrowed for the call. */
typedef struct itd_record_change {
    itd_change change;
    itd_sv id;
    const itd_statement *added, *removed; /**< in the order of contents (model/content.h) */
    size_t added_count, removed_count;
} itd_record_change;

/** The records of a dataset that differ after `from` and after `to`, by id. `from` 0: from nothing. A record is there
 * when it is an entity itself; one that only has parts on both sides, and that no generation counts, when it has any.
 *  @return ITD_OK | ITD_ENOTFOUND (no such dataset) | … */
ITD_MUST_CHECK itd_status itd_history_diff(itd_store *store, itd_sv dataset, int64_t from, int64_t to,
                                           itd_status (*on_change)(void *user, const itd_record_change *change,
                                                                   itd_error *error),
                                           void *user, itd_error *error);

#endif
