#ifndef ITD_ENGINE_OWN_H
#define ITD_ENGINE_OWN_H

#include "engine/graph.h"
#include "own/explain.h"
#include "own/interest.h"

struct itd_own {
    const itd_graph *graph;
    itd_own_evaluation e;
    itd_own_interest interest; /**< worked out when an answer first asks for it, and again after a change */
    itd_arena arena;           /**< of the last answer */
    itd_own_summary summary;
};

/** `"key":[low,high]`, and a step of a chain as a JSON object. */
void itd_own_put_range(itd_json_writer *json, const char *key, uint32_t low, uint32_t high);
void itd_own_put_step(itd_json_writer *json, const itd_own_step *step);
/** NULL is null. */
void itd_own_put_text_or_null(itd_json_writer *json, const char *key, const char *text);
/** The answer as a JSON object. */
void itd_own_answer_write(itd_json_writer *json, const itd_own_answer *answer);

#endif
