#ifndef INTERDICT_OWN_H
#define INTERDICT_OWN_H

#include <stdbool.h>

#include "interdict/graph.h"
#include "interdict/screen.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Ownership and control: what is blocked although no list names it. */

typedef enum itd_own_verdict {
    ITD_OWN_NOT_BLOCKED,
    ITD_OWN_POSSIBLE, /**< the bounds of a share, a presumption or a suspicion leave it open */
    ITD_OWN_BLOCKED,
} itd_own_verdict;

/** What a verdict rests on. */
typedef enum itd_own_basis {
    ITD_OWN_NO_BASIS,
    ITD_OWN_LISTED,
    ITD_OWN_CATEGORY, /**< a holder is blocked as a class: the North Korean Government, its Party */
    ITD_OWN_OWNERSHIP,
    ITD_OWN_CONTROL,
    ITD_OWN_CONTROL_PRESUMED,
} itd_own_basis;

/** "blocked", "possible", "not_blocked"; "listed" …, NULL for none. Static. */
ITD_API const char *itd_own_verdict_name(itd_own_verdict verdict);
ITD_API const char *itd_own_basis_name(itd_own_basis basis);

/** A regime whose rules are known. */
typedef struct itd_own_regime_info {
    const char *id, *title;
} itd_own_regime_info;
/** Fills `out`; false past the last. Static texts. */
ITD_API bool itd_own_regime_at(itd_own_regime_info *out, size_t index);

typedef struct itd_own_options {
    const char *regime; /**< "us-ofac" … */
    const char *as_of;  /**< YYYY-MM-DD */
    const char *listed; /**< file of listed parties: an id a line, or `id,category`; "-" is standard input; or NULL */
    const itd_index *const *indexes; /**< whose entities are listed; where entities have topics, those alone that
                                         have one of the regime's, such as "sanction" */
    size_t index_count;
    bool skip_bad;                                               /**< leave broken lines of `listed` out and go on */
    void (*on_reject)(void *user, const itd_rejected *rejected); /**< may be NULL */
    void *user;
} itd_own_options;

/** A graph judged under a rule on a day. Reads the graph, which has to outlive it. Threads: one at a time. */
typedef struct itd_own itd_own;

/** How many there are. */
typedef struct itd_own_summary {
    uint64_t entities, listed;  /**< of the graph */
    uint64_t absent, present;   /**< parties of the listed file that the graph does not have, and that it has */
    uint64_t blocked, possible; /**< verdicts; listed ones are among the blocked */
    uint64_t rejected;          /**< lines of the listed file that were left out */
    int64_t elapsed_us;         /**< of judging */
} itd_own_summary;

/** Judges all of it: the least fixed point of the rule, in integers that are rounded outward.
 *  @return ITD_OK | ITD_EINVAL (regime, date) | ITD_EFORMAT (the listed file) | ITD_ENOTFOUND | ITD_EIO | ITD_ENOMEM.
 *  Cost: O(stakes of blocked and possible holders), the graph's other stakes are not looked at. */
ITD_API ITD_MUST_CHECK itd_status itd_own_create(itd_own **out, itd_context *context, const itd_graph *graph,
                                                 const itd_own_options *options, itd_error *error);
/** NULL is fine. */
ITD_API void itd_own_destroy(itd_own *own);
ITD_API itd_own_summary itd_own_about(const itd_own *own);

/** A verdict and the share that it rests on, in parts per million. */
typedef struct itd_own_judgement {
    itd_own_verdict verdict;
    itd_own_basis basis;
    uint32_t share_min_ppm, share_max_ppm; /**< of the company that blocked holders have, as the rule counts it */
} itd_own_judgement;

/** Of an entity by its number in the graph. @return ITD_OK | ITD_ENOMEM.  Cost: O(stakes in it). */
ITD_API ITD_MUST_CHECK itd_status itd_own_judge(itd_own_judgement *out, const itd_own *own, uint32_t entity,
                                                itd_error *error);

/** Puts an entity of the graph on the list, or takes it off, and judges again what depends on it.
 *  @param category  NULL or "" for none
 *  @return ITD_OK | ITD_ENOTFOUND (no such entity) | ITD_EINVAL (category) | ITD_ENOMEM: the judgement is undefined
 * then. Cost: O(stakes of what changes). */
ITD_API ITD_MUST_CHECK itd_status itd_own_list(itd_own *own, const char *id, const char *category, itd_error *error);
ITD_API ITD_MUST_CHECK itd_status itd_own_unlist(itd_own *own, const char *id, itd_error *error);

/** A step of a chain: a stake. */
typedef struct itd_own_step {
    itd_sv owner, owned;
    uint32_t share_min_ppm, share_max_ppm;
    const char *kind;
    itd_sv source; /**< "register.csv:12" */
    itd_sv grade;  /**< Admiralty grade "B2", or empty */
} itd_own_step;

/** From a listed party down to the entity. */
typedef struct itd_own_chain {
    const itd_own_step *steps;
    size_t count;
} itd_own_chain;

/** A listed party that a verdict rests on, and how much of the company is held by it or by whom it stands behind. What
 * several stand behind together counts for each. */
typedef struct itd_own_by {
    itd_sv id;
    uint32_t share_min_ppm, share_max_ppm;
} itd_own_by;

/** What could change the verdict and the register does not say. */
typedef struct itd_own_unknown {
    const char *what; /**< "owners": that part of the entity has no stated owner; "dates", "grade": a statement that may
                         not hold; "over_whole": owners are stated to hold more than all of it; "rule": no rule is known
                         for the day; "by": more stand behind it than are named, or they have more; "chains": there are
                         more than are shown; "owners_above": more parties have no stated owner than are named */
    itd_sv entity;    /**< the one that was asked about, or one above it */
    uint32_t share_min_ppm, share_max_ppm;
} itd_own_unknown;

/** Most chains and steps of one chain that an answer shows. */
#define ITD_OWN_CHAINS_MAX 32
#define ITD_OWN_STEPS_MAX 64

/** All that there is to say of one entity. Borrowed until the next answer of the same `itd_own`. */
typedef struct itd_own_answer {
    itd_sv entity;
    itd_own_judgement judgement;
    const itd_own_by *by;
    size_t by_count;
    const itd_own_chain *chains;
    size_t chain_count;
    const char *rule_id, *rule_from, *rule_to, *rule_source; /**< NULL: none, open */
    const char *const *flags; /**< "control", "signatory", "near_threshold", "check_control", "divested" */
    size_t flag_count;
    const itd_own_unknown *unknown;
    size_t unknown_count;
    uint32_t interest_min_ppm, interest_max_ppm; /**< economic interest of listed parties, direct and through others,
                                                    whether or not those are blocked */
} itd_own_answer;

/** @return ITD_OK | ITD_ENOTFOUND (the graph has no such entity) | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_own_ask(itd_own_answer *out, itd_own *own, const char *id, itd_error *error);
/** The same by number in the graph, 0 … entities - 1. */
ITD_API ITD_MUST_CHECK itd_status itd_own_ask_number(itd_own_answer *out, itd_own *own, uint32_t entity,
                                                     itd_error *error);

/** The answer as a JSON object on one line, without the line's end. */
ITD_API ITD_MUST_CHECK itd_status itd_own_answer_json(itd_bytes *out, const itd_own_answer *answer, itd_error *error);
/** The chains of an answer as a picture: Graphviz DOT, or SVG. */
ITD_API ITD_MUST_CHECK itd_status itd_own_answer_dot(itd_bytes *out, const itd_own_answer *answer, itd_error *error);
ITD_API ITD_MUST_CHECK itd_status itd_own_answer_svg(itd_bytes *out, const itd_own_answer *answer, itd_error *error);

/** Score of a hit of kind "owned" whose party is possible, not blocked for certain; blocked is 1000000. */
#define ITD_OWN_POSSIBLE_MICRO ITD_THRESHOLD_DEFAULT_MICRO

/** itd_screen, and beside its hits those of kind "owned": a question whose id, or one of whose identifiers, is the id
 * of an entity of the graph (or, with "gb-coh-" before it, of a company of the UK) that is blocked or possible by who
 * holds it, or is listed. Hits are the records of the listed parties that carry it; of one that no index has, its bare
 * id. They are shown whatever the threshold is, and go through the filters and under the limit like others; the schema
 * is of what is asked for, not of theirs. `own` was judged with the same indexes as its lists. An id that is only the
 * number of the question's line is none.
 *  @return as itd_screen */
ITD_API ITD_MUST_CHECK itd_status itd_screen_owned(itd_context *context, const itd_index *const *indexes,
                                                   size_t index_count, const itd_screen_options *options, itd_own *own,
                                                   itd_questions *questions,
                                                   itd_status (*on_answer)(void *user, const itd_answer *answer),
                                                   void *user, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
