#ifndef ITD_READ_JSON_ITEM_H
#define ITD_READ_JSON_ITEM_H

#include "base/input.h"
#include "read/json_lines.h"
#include "read/record.h"

/* Between the readers of JSON lines and of JSON arrays. */

/** Parses one item and hands it on; what is no JSON object, or what the reader refuses, is a reject at its place. */
ITD_MUST_CHECK itd_status itd_json_item_take(const itd_json_line_reader *reader, itd_record *rejects,
                                             itd_json_document *json, itd_sv text, const itd_line_place *place,
                                             itd_error *error);
void itd_json_item_progress(const itd_read *read, const itd_input *input);

#endif
