#ifndef ITD_ENGINE_RESCREEN_PART_H
#define ITD_ENGINE_RESCREEN_PART_H

#include "engine/case.h"

/** An index of the entities alone that say something else after `from` than after `to`, as they were after `at`. What
 * an entity's hit depends on is in it: everything said of the entity, of the parts of its record, and what sanctions
 * say of it. Other entities may be in it too, the same in the indexes of `from` and `to`. The caller closes it. */
ITD_MUST_CHECK itd_status itd_rescreen_part(itd_index **out, itd_context *context, itd_store *store, int64_t from,
                                            int64_t to, int64_t at, itd_error *error);

#endif
