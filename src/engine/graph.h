#ifndef ITD_ENGINE_GRAPH_H
#define ITD_ENGINE_GRAPH_H

#include "engine/engine.h"
#include "model/collection.h"
#include "own/register.h"

struct itd_graph {
    itd_register r;
    char *path; /**< of a compiled file, else NULL */
    uint64_t rejected;
};

/** The last part of a path: what a source is called in answers. */
itd_sv itd_graph_file_name(const char *path);
/** Lists, FollowTheMoney files and cases, folded to entities; the caller destroys the collection. `builder`, which may
 * be NULL, is told which ids people judged to be one in cases. */
ITD_MUST_CHECK itd_status itd_graph_collect(itd_collection **out, itd_register_builder *builder, uint64_t *rejected,
                                            itd_context *context, const itd_read_options *options, itd_error *error);
/** Adds what lists, FollowTheMoney files and cases say of who holds what in whom: their relations. */
ITD_MUST_CHECK itd_status itd_graph_add_lists(itd_register_builder *builder, uint64_t *rejected, itd_context *context,
                                              const itd_read_options *options, itd_error *error);

#endif
