#ifndef ITD_MODEL_PROGRAMMES_H
#define ITD_MODEL_PROGRAMMES_H

#include "base/vector.h"
#include "model/collection.h"

/** That an entity is listed under a programme. */
typedef struct itd_programme {
    uint32_t entity; /**< row of itd_collection_entities */
    uint32_t text;   /**< text number of the programme's code, as the publisher writes it */
} itd_programme;

/** By entity, then by text in byte order; no pair twice. */
typedef ITD_VECTOR(itd_programme) itd_programme_list;

/** Programmes of all entities of a folded collection: those that an entity states itself and those of the sanctions
 * that name it. The publisher's words (`program`) win over the ids that third parties give (`programId`). The caller
 * ends `out` with itd_vector_finish. @return ITD_OK | ITD_ENOMEM.  Cost: O(n log n) */
ITD_MUST_CHECK itd_status itd_programmes_collect(itd_programme_list *out, const itd_collection *collection,
                                                 itd_error *error);

#endif
