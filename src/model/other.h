#ifndef ITD_MODEL_OTHER_H
#define ITD_MODEL_OTHER_H

#include "model/schema.h"

/* Properties that the model does not have, such as those of a later one: kept as ITD_P_OTHER, so that nothing of a
 * record is lost. The statement's `value` is the value, its `original` tells the property's name; where the source
 * wrote the value another way, that follows the name after a tab. All calls are safe from any thread. */

/** Longest name, in bytes. */
#define ITD_OTHER_NAME_MAX ((size_t)64)

/** Can a property of a `schema` that has none of this name be kept under it? One to ITD_OTHER_NAME_MAX printable ASCII
 * characters, no quotes among them. Cost: O(size). */
bool itd_other_name_fits(itd_schema schema, itd_sv name);

/** Takes the `original` of an ITD_P_OTHER statement apart: the property's name, and the value as the source writes it
 * when that differs, else empty. Views of `original`. */
void itd_other_split(itd_sv *name, itd_sv *written, itd_sv original);

/** True when `original` is what such a statement of an entity of `schema` may have. */
bool itd_other_fits(itd_schema schema, itd_sv original);

#endif
