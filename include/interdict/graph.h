#ifndef INTERDICT_GRAPH_H
#define INTERDICT_GRAPH_H

#include <stdbool.h>

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

/** A step of a path: what is stated of one pair of parties, told by its best statement. */
typedef struct itd_graph_step {
    itd_sv owner, owned;
    uint32_t share_min_ppm, share_max_ppm;
    const char *kind;    /**< "shares", "control" …; "link": connected in another way */
    itd_sv source;       /**< "register.csv:12" */
    itd_sv grade;        /**< Admiralty grade "B2", or empty */
    uint32_t statements; /**< of the pair that hold */
    bool against;        /**< the path goes from what is owned to its owner */
    bool suspected;      /**< the best statement is a suspicion: its grade is worse than C2 */
} itd_graph_step;

typedef struct itd_graph_path {
    const itd_graph_step *steps;
    size_t count;
    uint64_t length; /**< ITD_GRAPH_STEP_LENGTH a step, and more the worse its grade */
} itd_graph_path;

/** Length of a step whose statement has no grade, or A1; each letter and each digit below that adds
 * ITD_GRAPH_GRADE_LENGTH. */
#define ITD_GRAPH_STEP_LENGTH 10
#define ITD_GRAPH_GRADE_LENGTH 2
#define ITD_GRAPH_PATHS_DEFAULT 5

typedef struct itd_graph_paths_options {
    const char *from, *to;   /**< ids */
    uint32_t k;              /**< most paths; 0: ITD_GRAPH_PATHS_DEFAULT */
    const char *as_of;       /**< YYYY-MM-DD: statements that hold on that day, or may; NULL: all */
    bool without_suspicions; /**< leave out what is graded worse than C2 */
} itd_graph_paths_options;

/** Why are two parties connected? The k shortest simple paths between them, in whatever direction the stakes point,
 * best first; `on_path` gets each, borrowed for the call, and ends the work by giving anything but ITD_OK.
 *  @param truncated  may be NULL; set when paths that are too long to be shown were passed over
 *  @return ITD_OK | ITD_ENOTFOUND (no such entity) | ITD_EINVAL (k, the day, both the same) | ITD_ENOMEM | what on_path
 * gave.  Cost: as itd_graph_k_paths of src/graph/paths.h. */
ITD_API ITD_MUST_CHECK itd_status itd_graph_paths(const itd_graph *graph, const itd_graph_paths_options *options,
                                                  itd_status (*on_path)(void *user, const itd_graph_path *path),
                                                  void *user, bool *truncated, itd_error *error);
/** `{"length","steps":[{"owner","owned","share_ppm","kind","source",…}]}` on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_graph_path_json(itd_bytes *out, const itd_graph_path *path, itd_error *error);

/** `{"entities","stakes","files","bytes",…}` on one line; `report` may be NULL. */
ITD_API ITD_MUST_CHECK itd_status itd_graph_json(itd_bytes *out, const itd_graph *graph, const itd_graph_report *report,
                                                 itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
