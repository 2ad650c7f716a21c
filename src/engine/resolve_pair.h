#ifndef ITD_ENGINE_RESOLVE_PAIR_H
#define ITD_ENGINE_RESOLVE_PAIR_H

#include "base/buffer.h"
#include "engine/judged.h"
#include "interdict/resolve.h"
#include "screen/screen.h"

/* Two entities of an index as a pair: the question that one makes, and why they are alike. */

/** The question that an entity of an index makes of itself: all its names, dates, countries and identifiers as matching
 * knows them, so that it scores as the entity does. Values lie in the arena, texts in the index. */
ITD_MUST_CHECK itd_status itd_resolve_question(itd_question *out, const itd_index *index, size_t entity,
                                               itd_arena *arena, itd_error *error);

/** Scratch of one thread. */
typedef struct itd_explainer itd_explainer;
ITD_MUST_CHECK itd_status itd_explainer_create(itd_explainer **out, itd_error *error);
void itd_explainer_destroy(itd_explainer *explainer);

/** The pair with its reasons, in the arena, but for what was judged and its JSON.
 *  @return ITD_OK | ITD_ELIMIT | ITD_ENOMEM.  Cost: that of a comparison. */
ITD_MUST_CHECK itd_status itd_resolve_explain(itd_resolve_pair *out, itd_explainer *explainer, const itd_index *index,
                                              size_t left, size_t right, itd_arena *arena, itd_error *error);

/** Does ITD_RESOLVE_RULE hold the two, which are those of the pair, to be one? Says nothing of what was judged. */
bool itd_resolve_rule_holds(const itd_resolve_pair *pair, const itd_match_entity *left, const itd_match_entity *right);
/** Least score of a pair that it holds of. */
#define ITD_RESOLVE_RULE_MICRO 950000

/** Appends the pair as an object on one line. */
void itd_resolve_pair_write(itd_buffer *out, const itd_resolve_pair *pair);

#endif
