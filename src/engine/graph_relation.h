#ifndef ITD_ENGINE_GRAPH_RELATION_H
#define ITD_ENGINE_GRAPH_RELATION_H

#include "engine/graph.h"

/** Starts, or ends, of one relation that lie further apart than this many days are too much of a contradiction. */
#define ITD_RELATION_DAYS_APART_MAX 36525

/** Relations of a collection on their way into a register. */
typedef struct itd_relations {
    const itd_collection *collection;
    itd_register_builder *builder;
    const itd_read_options *options;
    uint64_t rejected;      /**< left out under skip_bad */
    uint64_t unknown_types; /**< holdings of a type whose words are not known; taken as shares that may be none */
    itd_sv unknown_type;    /**< the first of these words; borrowed from the collection */
} itd_relations;

/** Adds what one entity says of who holds what in whom; nothing when it is no relation.
 *  @return ITD_OK | ITD_EFORMAT (a relation that cannot be used, without skip_bad) | as the builder says */
ITD_MUST_CHECK itd_status itd_relation_add(itd_relations *all, const itd_folded *entity, itd_error *error);

#endif
