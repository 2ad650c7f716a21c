#ifndef ITD_ENGINE_ANSWER_JSON_H
#define ITD_ENGINE_ANSWER_JSON_H

#include "base/json.h"
#include "interdict/screen.h"

/** A hit as an object. `core`: without where its record stands and without what was decided of it. */
void itd_hit_write(itd_json_writer *json, const itd_hit *hit, bool core);

#endif
