#ifndef ITD_READ_BODS_RULES_H
#define ITD_READ_BODS_RULES_H

#include "base/json.h"

/** What the text of BODS 0.4 asks of a statement beyond its shape, as far as the statement alone shows it: dates that
 * are not of the future or against each other, schemes of identifiers. The statement has
 * the shape.
 *  @param today  days since 1970-01-01: what is later is of the future
 *  @return NULL, or what is wrong (static) */
const char *itd_bods_rules(const itd_json *statement, int32_t today);
/** Do its annotations point to something in it? Only to be asked of a file that is whole: pieces are published in
 * which they do not. */
bool itd_bods_annotations_point(const itd_json *statement);

#endif
