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
    bool lower; /**< takes lower bounds */
    bool run;   /**< it is up to date */
    itd_own_test tests[ITD_OWN_TESTS_MAX];
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
} itd_own_layer;

/** Parties that act together with one holder. */
typedef struct itd_own_group {
    ITD_VECTOR(uint32_t) sure, maybe; /**< the holder itself is in neither */
} itd_own_group;

typedef struct itd_own_evaluation {
    const itd_register *r;
    const itd_own_regime *regime;
    const itd_own_rule *rule; /**< NULL: none is known for the day */
    int32_t day;
    bool joint; /**< the rule looks at groups */
    uint16_t *state;
    itd_own_layer layers[ITD_OWN_LAYERS];
    itd_own_group group; /**< of the holder at work */
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

/** Of the holders that are done in a layer, all together. Cost: O(stakes in the company). */
itd_own_share itd_own_share_sum(const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                                itd_stake_kind kind);
/** Of a holder with its group (may be NULL: alone), member of a layer or not. */
itd_own_share itd_own_share_of(const itd_own_evaluation *e, uint32_t company, itd_stake_kind kind, uint32_t holder,
                               const itd_own_group *group);
/** The largest of any holder that is done in the layer, with its group where the test is of groups.
 *  @return false: no memory */
bool itd_own_share_best(itd_own_share *out, const itd_own_evaluation *e, const itd_own_layer *layer, uint32_t company,
                        const itd_own_test *test);
/** One holder's share, cut by what all others hold at least. */
itd_own_share itd_own_share_cut(const itd_own_evaluation *e, uint32_t company, itd_stake_kind kind, uint32_t holder);
/** Is a test met by the holders that are done in the layer? Cost: O(stakes in the company), where groups act together
 * also those of their members. @return false: no memory */
bool itd_own_test_met(bool *met, const itd_own_evaluation *e, const itd_own_layer *layer, const itd_own_test *test,
                      uint32_t company);
/** Has a done member of the category layer a hold of any kind? */
bool itd_own_category_held(const itd_own_evaluation *e, uint32_t company);
/** Those who act together with a holder. @return false: no memory */
bool itd_own_group_of(itd_own_group *out, const itd_own_evaluation *e, uint32_t holder);
void itd_own_group_finish(itd_own_group *group);
/** Where the rule takes holders one by one for what is certain, and together for what is possible. */
static inline itd_own_sum itd_own_sum_of(const itd_own_layer *layer, const itd_own_test *test)
{
    return test->sum != ITD_OWN_UNSETTLED ? test->sum : layer->lower ? ITD_OWN_EACH : ITD_OWN_SUM;
}

/* ---- between the files of the evaluation ---- */

/** Takes an entity into a layer unless it is there. @return false: no memory */
bool itd_own_join(itd_own_evaluation *e, itd_own_layer *layer, uint32_t entity);
/** Works the queue off. @return false: no memory */
bool itd_own_propagate(itd_own_evaluation *e, itd_own_layer *layer);
/** Works out the layer of what was divested. @return false: no memory */
bool itd_own_divested(itd_own_evaluation *e);

#endif
