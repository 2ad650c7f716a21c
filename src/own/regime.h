#ifndef ITD_OWN_REGIME_H
#define ITD_OWN_REGIME_H

#include "interdict/own.h"
#include "model/stake.h"

/* Whose rule it is, since when, and what it asks: the text of data/regimes, compiled in. All of it is static. */

/** How blocked holders of one company are taken together. */
typedef enum itd_own_sum {
    ITD_OWN_SUM,       /**< all of them */
    ITD_OWN_EACH,      /**< nobody with anybody */
    ITD_OWN_JOINT,     /**< those who act together, and those whose rights one of them controls */
    ITD_OWN_UNSETTLED, /**< the law does not say: each for what is certain, all for what is possible */
} itd_own_sum;

/** One of the ways in which a rule is met. */
typedef struct itd_own_test {
    itd_own_basis basis;
    itd_stake_kind kind;
    itd_own_sum sum;
    uint32_t least_ppm; /**< of shares and votes: a share of this or more; ">" n is n + 1, as lower bounds are rounded
                           down and upper ones up */
} itd_own_test;

typedef struct itd_own_rule {
    const char *id, *from, *to, *source; /**< dates as text; NULL: open */
    int32_t begin, end;                  /**< days since 1970-01-01, end excluded */
    const itd_own_test *tests;           /**< in order of precedence */
    size_t test_count;
} itd_own_rule;

/** Persons who are blocked as a class, listed or not. */
typedef struct itd_own_category {
    const char *id, *from, *to, *source;
    int32_t begin, end;
} itd_own_category;

typedef struct itd_own_regime {
    const char *id, *title;
    const itd_own_rule *rules;
    size_t rule_count;
    const itd_own_category *categories;
    size_t category_count;
    const char *const *topics; /**< FollowTheMoney topics of those who are listed under it */
    size_t topic_count;
} itd_own_regime;

extern const itd_own_regime itd_own_regimes[];
extern const size_t itd_own_regime_count;

/** Most tests of one rule. */
#define ITD_OWN_TESTS_MAX 16

/** By its id; NULL: not known. */
const itd_own_regime *itd_own_regime_find(const char *id);
/** The rule of a day, days since 1970-01-01; NULL: none is known for it. */
const itd_own_rule *itd_own_regime_rule(const itd_own_regime *regime, int32_t day);
/** Is this a category of the regime on that day? */
bool itd_own_regime_category(const itd_own_regime *regime, int32_t day, itd_sv name);
/** Has the regime any category on that day? */
bool itd_own_regime_has_category(const itd_own_regime *regime, int32_t day);
/** Is it a category of any regime on any day? */
bool itd_own_category_known(itd_sv name);

#endif
