#ifndef ITD_OWN_EVALUATE_H
#define ITD_OWN_EVALUATE_H

#include "base/vector.h"
#include "own/pair.h"
#include "own/regime.h"

/* A register judged under a rule on a day. Each layer is a least fixed point over a worklist: a set that begins with
 * the listed parties and takes in what is met by the tests of the layer, until nothing more is. Least: a cycle does not
 * block itself. What is certain takes lower bounds, what is possible upper ones. */

typedef enum itd_own_layer_id {
    ITD_OWN_LAYER_CATEGORY, /**< blocked as a class, and what such holders own for certain */
    ITD_OWN_LAYER_BLOCKED,  /**< for certain */
    ITD_OWN_LAYER_POSSIBLE, /**< or possibly */
    ITD_OWN_LAYER_CHECK,    /**< would be possible if holders were summed and half were enough */
    ITD_OWN_LAYER_NEAR,     /**< would be possible if ITD_OWN_NEAR_PPM less were enough */
    ITD_OWN_LAYER_DIVESTED, /**< was possible before stakes ended */
    ITD_OWN_LAYER_OF_CLASS, /**< possibly of a class: of a category, or owned or controlled by whom that may be said of
                             */
    ITD_OWN_LAYERS,
} itd_own_layer_id;

/** A share that misses a threshold by less is near it. */
#define ITD_OWN_NEAR_PPM UINT32_C(50000)

/** Bits of an entity's state: two a layer, in it and its holdings counted; then whether it is listed. */
#define ITD_OWN_IN(layer) (1U << (2U * (unsigned)(layer)))
#define ITD_OWN_DONE(layer) (2U << (2U * (unsigned)(layer)))
#define ITD_OWN_IS_LISTED (1U << 14)
#define ITD_OWN_IS_MEMBER (1U << 15) /**< of a category */

/** Of a sum of what others hold. */
#define ITD_OWN_OVER_WHOLE (UINT64_C(1) << 63)

typedef struct itd_own_layer {
    itd_own_layer_id id;
    bool lower;                                /**< takes lower bounds */
    bool run;                                  /**< it is up to date */
    itd_own_test tests[2 * ITD_OWN_TESTS_MAX]; /**< those of the rule, and what a layer asks beside them */
    size_t test_count;
    size_t main; /**< the test that sums the shares of all: it is kept up as holders join; SIZE_MAX: there is none */
    /** Of the main test, by entity: the sum of what members hold; and where upper bounds are taken, one more than the
     * sum of what all others hold at least, or 0 while nobody has asked; ITD_OWN_OVER_WHOLE is set where all together
     * are stated to hold more than the whole. */
    uint64_t *sums;  /**< of entity n at sums[n * stride] and after it */
    uint64_t *block; /**< what is to be freed; the layers of what is blocked and what is possible share one */
    unsigned stride;
    ITD_VECTOR(uint32_t) queue; /**< members in the order in which they joined; after changes, some stand twice */
    size_t head;
    /** Companies that are looked at whole, each once for all who joined meanwhile; and parties whose companies are. */
    ITD_VECTOR(uint32_t) due;
    ITD_VECTOR(uint32_t) partners;
} itd_own_layer;

/** What is known of those who act together: src/own/groups.c. */
typedef struct itd_own_groups itd_own_groups;

typedef struct itd_own_evaluation {
    const itd_register *r;
    const itd_own_regime *regime;
    const itd_own_rule *rule; /**< NULL: none is known for the day */
    int32_t day;
    bool joint; /**< the rule looks at groups */
    uint16_t *state;
    uint8_t *marks; /**< by entity: who stands in `due` and in `partners` of a layer */
    itd_own_layer layers[ITD_OWN_LAYERS];
    itd_own_groups *groups; /**< where the rule looks at groups: what is known of them */
    uint64_t changes;       /**< rises with every holder that begins or ends to count */
    uint64_t listed_count, member_count;
} itd_own_evaluation;

/** Most stakes in one company: sums of their shares stay exact. */
#define ITD_OWN_OWNERS_MAX UINT32_MAX

/** @return ITD_OK | ITD_ENOMEM. Nothing is listed yet; itd_own_evaluation_finish is due whatever happens. */
ITD_MUST_CHECK itd_status itd_own_evaluation_init(itd_own_evaluation *e, const itd_register *r,
                                                  const itd_own_regime *regime, int32_t day, itd_error *error);
void itd_own_evaluation_finish(itd_own_evaluation *e);
/** Marks a party as listed before the first run; a member of a category too. */
void itd_own_mark(itd_own_evaluation *e, uint32_t entity, bool member);
/** Works out what is blocked and what is possible. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_own_evaluation_run(itd_own_evaluation *e, itd_error *error);
/** Works out what only flags need, unless that is up to date. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_own_evaluation_flags(itd_own_evaluation *e, itd_error *error);
/** Puts a party on the list or takes it off after the run. @return ITD_OK | ITD_ENOMEM (the evaluation is undefined) */
ITD_MUST_CHECK itd_status itd_own_evaluation_list(itd_own_evaluation *e, uint32_t entity, bool member,
                                                  itd_error *error);
ITD_MUST_CHECK itd_status itd_own_evaluation_unlist(itd_own_evaluation *e, uint32_t entity, itd_error *error);

static inline bool itd_own_in(const itd_own_evaluation *e, itd_own_layer_id layer, uint32_t entity)
{
    return (e->state[entity] & ITD_OWN_IN(layer)) != 0;
}

/** The verdict. Cost: O(stakes in it), less where the main test says it all. @return false: no memory (groups alone
 * need any) */
bool itd_own_judgement_of(itd_own_judgement *out, const itd_own_evaluation *e, uint32_t entity);

/* ---- shares: src/own/share.c ---- */

/** A sum of what members hold in a company, within its bounds. */
typedef struct itd_own_share {
    uint64_t low, high; /**< high: not above what others leave */
} itd_own_share;

/** Cut by what all others hold at least: shares of one company never pass the whole. In a register that says more than
 * the whole, lower bounds stay: `floor` is the sum of them. */
static inline itd_own_share itd_own_share_left(itd_own_share share, uint64_t floor, uint64_t others)
{
    uint64_t left = others >= ITD_PPM_WHOLE ? 0 : ITD_PPM_WHOLE - others;
    uint64_t high = share.high < left ? share.high : left;
    return (itd_own_share){share.low, high > floor ? high : floor};
}
/** Of the holders that are done in a layer, all together. Cost: O(stakes in the company). */
itd_own_share itd_own_share_sum(const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                                itd_stake_kind kind);
/** The largest of any holder that is done in the layer, with its group where the test is of groups.
 *  @return false: no memory */
bool itd_own_share_best(itd_own_share *out, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                        const itd_own_test *test);
/** Is a test met by the holders that are done in the layer? Cost: O(stakes in the company), where groups act together
 * also those of their members. @return false: no memory */
bool itd_own_test_met(bool *met, const itd_own_evaluation *e, const itd_own_layer *layer, const itd_own_test *test,
                      uint32_t company);
/** Has somebody who is possibly of a class, and done, a hold of any kind? */
bool itd_own_class_held(const itd_own_evaluation *e, uint32_t company);
static inline bool itd_own_is_hold(const itd_own_pair *pair)
{
    return pair->max_ppm[ITD_STAKE_SHARES] || pair->max_ppm[ITD_STAKE_VOTES] || pair->board || pair->control;
}
/** Where the rule takes holders one by one for what is certain, and together for what is possible. */
static inline itd_own_sum itd_own_sum_of(const itd_own_layer *layer, const itd_own_test *test)
{
    return test->sum != ITD_OWN_UNSETTLED ? test->sum : layer->lower ? ITD_OWN_EACH : ITD_OWN_SUM;
}

/* ---- parties that act together: src/own/groups.c ---- */

/** Somebody for whom it counts what an owner holds: the two act together, or it controls the owner. */
typedef struct itd_own_ally {
    uint32_t party;
    uint32_t surety; /**< itd_surety: ITD_PERHAPS or ITD_CERTAIN */
} itd_own_ally;

/** NULL: no memory. */
itd_own_groups *itd_own_groups_create(uint32_t entity_count);
/** NULL is fine. */
void itd_own_groups_destroy(itd_own_groups *groups);
/** Forgets what was looked up, for another day. */
void itd_own_groups_reset(itd_own_groups *groups);
/** Allies of an owner, each once; they stand until the next call. Cost: O(n log n) of the owner's stakes, once.
 *  @return false: no memory */
bool itd_own_allies_of(const itd_own_ally **out, size_t *count, const itd_own_evaluation *e, uint32_t owner);
/** The largest share of any party that is done in the layer, with those who act together with it or whose rights it
 * controls; what a company holds in itself is in none. Cost: O(stakes in the company + allies of its owners).
 *  @return false: no memory */
bool itd_own_group_best(itd_own_share *out, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                        itd_stake_kind kind);
/** Is a holder in a group that has enough for a test? Cost: as above for the first holder of a company, then O(allies).
 *  @return false: no memory */
bool itd_own_group_enough(bool *enough, const itd_own_evaluation *e, const itd_own_layer *layer,
                          const itd_own_test *test, uint32_t company, uint32_t holder);

/* ---- between the files of the evaluation ---- */

/** The tests of a layer under the rule of the evaluation. */
void itd_own_layer_set_up(itd_own_evaluation *e, itd_own_layer_id id);
static inline bool itd_own_rule_is_joint(const itd_own_rule *rule)
{
    bool joint = false;
    for (size_t i = 0; rule && i < rule->test_count; i++)
        joint |= rule->tests[i].sum == ITD_OWN_JOINT;
    return joint;
}
/** Takes an entity into a layer unless it is there. @return false: no memory */
bool itd_own_join(itd_own_evaluation *e, itd_own_layer *layer, uint32_t entity);
/** Works the queue off. @return false: no memory */
bool itd_own_propagate(itd_own_evaluation *e, itd_own_layer *layer);
/** Those whose holdings count for a holder too, the companies of which are to be looked at: each is put down once.
 *  @param any  set where there are any  @return false: no memory */
bool itd_own_put_partners(bool *any, itd_own_evaluation *e, itd_own_layer *layer, uint32_t holder);
/** Nobody is put down any more. */
void itd_own_clear_due(itd_own_evaluation *e, itd_own_layer *layer);
/** Works out the layer of what was divested. @return false: no memory */
bool itd_own_divested(itd_own_evaluation *e);

#endif
