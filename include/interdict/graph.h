#ifndef INTERDICT_GRAPH_H
#define INTERDICT_GRAPH_H

#include "interdict/index.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Registers of who holds what in whom, compiled: a mapped file, or in memory. May be shared by threads. */
typedef struct itd_graph itd_graph;

typedef struct itd_graph_info {
    const char *path; /**< of the compiled file; NULL: in memory */
    uint64_t entities, stakes, files, bytes;
    uint64_t rejected; /**< rows left out when it was read; 0 for a compiled file */
    itd_sv generation; /**< empty in memory */
} itd_graph_info;

/** How a build went. */
typedef struct itd_graph_report {
    uint64_t rejected;
    int64_t elapsed_us;
} itd_graph_report;

/** Reads registers and writes one file to `path`, whole or not at all. The same inputs give the same bytes. Of
 * `options` paths, skip_bad and the callbacks are used.
 *  @param report may be NULL
 *  @return ITD_OK | ITD_EFORMAT | ITD_ENOTFOUND | ITD_EIO | ITD_ELIMIT | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_graph_build(itd_context *context, const char *path,
                                                  const itd_read_options *options, itd_graph_report *report,
                                                  itd_error *error);

/** One compiled file, or registers that are read into memory.
 *  @return as itd_graph_build, and ITD_EMISMATCH (a file of another form: build it again) */
ITD_API ITD_MUST_CHECK itd_status itd_graph_open(itd_graph **out, itd_context *context, const itd_read_options *options,
                                                 itd_error *error);
/** NULL is fine. */
ITD_API void itd_graph_close(itd_graph *graph);
ITD_API itd_graph_info itd_graph_about(const itd_graph *graph);

/** Reads all of a compiled file and compares checksums. @return ITD_OK | ITD_EFORMAT (which section is damaged) | as
 * itd_graph_open */
ITD_API ITD_MUST_CHECK itd_status itd_graph_verify(const char *path, itd_error *error);

/** Id of an entity by its number, in byte order of ids; empty past the last. Borrowed from the graph. */
ITD_API itd_sv itd_graph_entity(const itd_graph *graph, uint32_t number);

/** `{"entities","stakes","files","bytes",…}` on one line; `report` may be NULL. */
ITD_API ITD_MUST_CHECK itd_status itd_graph_json(itd_bytes *out, const itd_graph *graph, const itd_graph_report *report,
                                                 itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
