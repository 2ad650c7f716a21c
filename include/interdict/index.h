#ifndef INTERDICT_INDEX_H
#define INTERDICT_INDEX_H

#include "interdict/lists.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled, read-only, memory-mapped set of lists. May be shared by threads and by processes. */
typedef struct itd_index itd_index;

typedef struct itd_index_dataset {
    itd_sv dataset, version;
    uint64_t entities;
} itd_index_dataset;

/** What an index holds. Borrowed from the index. */
typedef struct itd_index_info {
    const char *path;
    uint64_t entities;   /**< the publishers' records */
    uint64_t searchable; /**< those that a question can find */
    uint64_t names, tokens, statements, bytes;
    uint64_t rejected; /**< records left out as broken when it was built */
    uint64_t orphans;  /**< rows left out because their main record was missing */
    itd_sv profile, generation;
    const itd_index_dataset *datasets; /**< by id */
    size_t dataset_count;
} itd_index_info;

/** How a build went. */
typedef struct itd_index_report {
    uint64_t rejected, orphans; /**< as itd_index_info */
    int64_t elapsed_us;
} itd_index_report;

/** Reads lists and writes an index to `path`, whole or not at all. The same inputs give the same bytes.
 *  @param report may be NULL
 *  @return ITD_OK | ITD_EFORMAT | ITD_ENOTFOUND | ITD_EIO | ITD_ELIMIT | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_index_build(itd_context *context, const char *path,
                                                  const itd_read_options *options, itd_index_report *report,
                                                  itd_error *error);

/** Checks header, section table and length only: the same time whatever the size.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EIO | ITD_EFORMAT (not an index, or truncated) | ITD_EMISMATCH (another format
 * version or text profile: build it again from its lists) */
ITD_API ITD_MUST_CHECK itd_status itd_index_open(itd_index **out, const char *path, itd_error *error);
ITD_API void itd_index_close(itd_index *index);
ITD_API itd_index_info itd_index_about(const itd_index *index);

/** Reads all of it and compares checksums. @return ITD_OK | ITD_EFORMAT (which section is damaged) | as itd_index_open
 */
ITD_API ITD_MUST_CHECK itd_status itd_index_verify(const char *path, itd_error *error);

/** `{"entities","names",…,"datasets":[…]}` on one line; `report` may be NULL. */
ITD_API ITD_MUST_CHECK itd_status itd_index_json(itd_bytes *out, const itd_index *index, const itd_index_report *report,
                                                 itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
