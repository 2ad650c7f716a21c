#ifndef ITD_ENGINE_ANSWER_JSON_H
#define ITD_ENGINE_ANSWER_JSON_H

#include "base/json.h"
#include "interdict/screen.h"

/** A hit as an object. `core`: without where its record stands and without what was decided of it. */
void itd_hit_write(itd_json_writer *json, const itd_hit *hit, bool core);

/** Members "score", "score_micro" and "contributions" of an object that is open. */
void itd_score_write(itd_json_writer *json, int32_t score_micro, const itd_contribution *contributions, size_t count);

#endif
