#ifndef ITD_INDEX_DIGEST_H
#define ITD_INDEX_DIGEST_H

#include "index/index.h"
#include "model/content.h"

/** What each searchable entity's record says, summed up over its statements and those of its parts, whoever published
 * them; each distinct statement once. `out` has room for `count` digests.
 *  @return ITD_OK | ITD_ENOMEM.  Cost: a hash a statement. */
ITD_MUST_CHECK itd_status itd_index_digests(itd_index_digest *out, const itd_index_entity *entities, size_t count,
                                            const itd_collection *collection, itd_error *error);

#endif
