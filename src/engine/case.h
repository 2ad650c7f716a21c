#ifndef ITD_ENGINE_CASE_H
#define ITD_ENGINE_CASE_H

#include "base/vector.h"
#include "engine/engine.h"
#include "interdict/case.h"
#include "store/history.h"

/* What the files of the engine that work on a case share. */

struct itd_case {
    itd_store *store;
    char left[512];  /**< work that did not finish, as a sentence */
    itd_arena arena; /**< of the last answer */
};

typedef ITD_VECTOR(itd_index_source) itd_case_sources;

/** Adds what the case held after a generation to a collection, and its datasets with their versions to `sources`; their
 * texts go to the arena. */
ITD_MUST_CHECK itd_status itd_case_collect(itd_collection *collection, itd_case_sources *sources, itd_store *store,
                                           int64_t generation, itd_arena *arena, itd_error *error);

/** The compiled index of what the case held after a generation: the one that lies beside the case, else a new one,
 * which takes its place when the generation is the newest. The caller closes it. `generation` 0: an empty index. */
ITD_MUST_CHECK itd_status itd_case_index_open(itd_index **out, itd_context *context, itd_store *store,
                                              int64_t generation, itd_error *error);

/** Datasets that held after a generation, with their versions; their texts go to the arena. */
ITD_MUST_CHECK itd_status itd_case_collect_datasets(itd_case_sources *sources, itd_store *store, int64_t generation,
                                                    itd_arena *arena, itd_error *error);
/** An index of a folded collection that is gone from its folder as soon as it is open. */
ITD_MUST_CHECK itd_status itd_index_open_passing(itd_index **out, const itd_collection *collection,
                                                 const itd_index_source *sources, size_t source_count,
                                                 itd_error *error);

/** "case:PATH" as PATH; NULL for anything else. */
const char *itd_case_path(const char *source);

/** BLAKE2b-256 and length of a file as it lies there. @return ITD_OK | ITD_ENOTFOUND | ITD_EIO */
ITD_MUST_CHECK itd_status itd_case_hash_file(unsigned char out[ITD_STORE_HASH], uint64_t *bytes, const char *path,
                                             itd_error *error);

/** Lines of a folded collection in one of the export's forms. */
ITD_MUST_CHECK itd_status itd_export_collection(const itd_collection *collection, itd_export_format format,
                                                itd_status (*on_line)(void *user, itd_sv line), void *user,
                                                itd_error *error);

#endif
