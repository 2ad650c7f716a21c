#ifndef ITD_BASE_JSON_SCAN_H
#define ITD_BASE_JSON_SCAN_H

#include "base/error.h"
#include "base/sv.h"

/** Inside of base/json: checks that `text` is one JSON value of RFC 8259 in valid UTF-8, at most ITD_JSON_DEPTH_MAX
 * levels deep, with no unpaired surrogate and no NUL in a key. json-c alone is laxer and says no offset.
 *  @param value  where the value stands in `text`, without white space around it
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT, with the offset.  Cost: O(size), no allocation. */
ITD_MUST_CHECK itd_status itd_json_scan(itd_sv *value, itd_sv text, itd_error *error);

#endif
