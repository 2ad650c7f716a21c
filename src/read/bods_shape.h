#ifndef ITD_READ_BODS_SHAPE_H
#define ITD_READ_BODS_SHAPE_H

#include "base/json.h"

/** Does this object have the shape of a statement of BODS 0.4? What the standard's JSON schema asks of keys, types,
 * codes, dates and URIs. Keys that the standard does not know are passed over, as it wants it.
 *  Source: Beneficial Ownership Data Standard 0.4, statement.json, entity-record.json, person-record.json,
 *  relationship-record.json and components.json (openownership/data-standard, Apache-2.0).
 *  @param reason  where not: the path and what is wrong with it, `reason_size` bytes */
bool itd_bods_shape(const itd_json *statement, char *reason, size_t reason_size);

#endif
