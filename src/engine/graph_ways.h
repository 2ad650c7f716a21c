#ifndef ITD_ENGINE_GRAPH_WAYS_H
#define ITD_ENGINE_GRAPH_WAYS_H

#include "base/arena.h"
#include "engine/graph.h"

/* What of a register counts as a link between two parties: the statements that hold on a day, each pair told by its
 * best one. */

typedef struct itd_ways {
    const itd_register *r;
    bool any_day;
    int32_t day;
    bool without_suspicions; /**< statements that are graded as suspicions do not count */
} itd_ways;

/** `as_of` NULL: any day. @return ITD_OK | ITD_EINVAL (no day) */
ITD_MUST_CHECK itd_status itd_ways_init(itd_ways *out, const itd_register *r, const char *as_of, itd_error *error);
/** The number of an entity. @return ITD_OK | ITD_ENOTFOUND */
ITD_MUST_CHECK itd_status itd_ways_entity(uint32_t *out, const itd_register *r, itd_sv id, itd_error *error);

/** How long a stake is to walk: ITD_GRAPH_STEP_LENGTH, and more the worse its grade; 0: it does not count. */
uint32_t itd_ways_length(const itd_ways *w, uint32_t stake);
/** Several statements of one pair are one arc: its first stake stands for all of them. */
bool itd_ways_is_first(const itd_register *r, uint32_t stake);
/** Of the stakes of the pair that begins at `first` the best, UINT32_MAX when none counts; how many do. A statement is
 * better than a suspicion, whatever their lengths. */
uint32_t itd_ways_best(const itd_ways *w, uint32_t first, uint32_t *statements);
/** The first stake of the better of what `a` holds in `b` and `b` in `a`; UINT32_MAX: nothing that counts.
 *  Cost: O(log stakes). */
uint32_t itd_ways_between(const itd_ways *w, uint32_t a, uint32_t b);

/** Tells a pair by its best statement; `against` as in itd_graph_step. Texts live in the arena or the register.
 *  @return false: no memory */
bool itd_ways_step(itd_graph_step *out, const itd_ways *w, uint32_t first, bool against, itd_arena *arena);

/** A step as a JSON object. */
void itd_ways_step_write(itd_json_writer *json, const itd_graph_step *step);

#endif
