#ifndef INTERDICT_SCREEN_H
#define INTERDICT_SCREEN_H

#include "interdict/algorithm.h"
#include "interdict/index.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ITD_THRESHOLD_DEFAULT_MICRO 700000
#define ITD_LIMIT_DEFAULT 10

/** All zeros but `threshold_micro` and `limit` is a good default. */
typedef struct itd_screen_options {
    itd_algorithm algorithm;
    int32_t threshold_micro; /**< 0 … 1000000: hits by name below are not shown */
    uint32_t limit;          /**< hits of one answer; 0: all */
    const char *schema; /**< for questions that name none; a schema admits its ancestors and descendants; NULL: any */
    /* A hit, of either kind, must have one of the values of each list that is not empty. */
    const char *const *countries; /**< ISO 3166-1 alpha-2, or names */
    size_t country_count;
    const char *const *datasets;
    size_t dataset_count;
    const char *const *topics;
    size_t topic_count;
    const char *const *programmes;
    size_t programme_count;
    bool exhaustive; /**< score every entity: the same answers, slower */
    bool skip_bad;   /**< leave broken questions out and go on */
    /** Told of each that was left out, in their order among the answers; `record` is its id where it is known. May be
     * NULL. */
    void (*on_reject)(void *user, const itd_rejected *rejected);
    void *user;
} itd_screen_options;

/** One reason of a score. The contributions of a hit add up to its score. */
typedef struct itd_contribution {
    const char *feature;
    int32_t micro;
    itd_sv left, right; /**< the question's value and the list's; may be empty */
    const char
        *property; /**< of the list's value: "imoNumber", "birthDate" …; NULL for names and where there is none */
} itd_contribution;

/** What people decided of a hit, as it stands now. Texts that say nothing are empty. */
typedef struct itd_hit_decision {
    const char *state;    /**< "cleared", "confirmed", "escalated"; "pending": a second person has to agree; "reopened":
                             it held, or waited, for what is no more so */
    const char *decision; /**< "clear", "confirm", "escalate" */
    itd_sv by, second;    /**< persons */
    itd_sv made;          /**< ISO time */
    itd_sv until;         /**< ISO date of the last day that it holds on */
    itd_sv reason;
    const char *reopened[5]; /**< "record changed", "question changed", "rules changed", "expired", "owners changed" */
    size_t reopened_count;
} itd_hit_decision;

/** An entity of a list that is too close to the question to let pass: a candidate, not a finding. */
typedef struct itd_hit {
    itd_sv id, dataset, caption;
    const char *schema;
    const char *kind; /**< "name"; "owned": a register says that it holds the question's party, or is that party */
    const struct itd_own_answer *own; /**< of a hit of kind "owned": the verdict with its chains; else NULL */
    itd_sv carrier; /**< of such a hit: the id by which the graph knows the party, whose chains begin with it */
    int32_t score_micro;
    itd_sv matched_query, matched_list; /**< the two names that were closest, or an identifier that is the same */
    const char *matched_by;             /**< "name", or the property of the identifier: "imoNumber", "publicKey" … */
    const itd_contribution *contributions;
    size_t contribution_count;
    const itd_sv *programmes, *topics;
    size_t programme_count, topic_count;
    itd_sv version;                   /**< of the dataset */
    itd_sv record;                    /**< the publisher's key of the record */
    itd_sv document;                  /**< file that it stands in */
    itd_sv digest;                    /**< 32 bytes: the same as long as everything that the record says is the same */
    uint64_t line, offset;            /**< where; 0 and ITD_NOWHERE when not known */
    const itd_hit_decision *decision; /**< of the case that is screened under; NULL: none */
} itd_hit;

typedef struct itd_screen_stats {
    const char *mode;    /**< "index" or "scan" */
    uint64_t candidates; /**< entities that were looked at more closely */
    uint64_t scored;     /**< entities whose score was worked out in full */
    int64_t elapsed_us;
} itd_screen_stats;

typedef struct itd_answer {
    itd_sv id, query;
    const itd_hit *hits; /**< by score, highest first, then by id */
    size_t hit_count;
    bool truncated;   /**< there are more hits than the limit */
    bool under_case;  /**< screened under the decisions of a case */
    uint64_t cleared; /**< hits that the case's decisions clear; hidden unless they were asked for */
    const char *profile;
    itd_sv generation;
    itd_screen_stats stats;
} itd_answer;

/** Where questions come from. */
typedef struct itd_questions itd_questions;

/** Reads questions from a file, or standard input for "-": CSV with a header that is known, JSON lines, FollowTheMoney
 * lines, or a name a line; recognised by content. `map` names a mapping file for CSV, or is NULL.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EIO | ITD_EFORMAT | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_questions_open(itd_questions **out, const char *path, const char *map,
                                                     itd_error *error);
/** Bare names; their ids are "1", "2", … `names` is borrowed until close. */
ITD_API ITD_MUST_CHECK itd_status itd_questions_of_names(itd_questions **out, const char *const *names, size_t count,
                                                         itd_error *error);
/** What the user should know of how the input was taken (columns guessed), or "". Borrowed. */
ITD_API const char *itd_questions_note(const itd_questions *questions);
/** What was passed over so far: blank lines, keys that mean nothing known and were not named in the note, dates and
 * countries that cannot be read; or "". Borrowed until the next call. @return ITD_OK | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_questions_passed_over(const char **out, itd_questions *questions,
                                                            itd_error *error);
ITD_API void itd_questions_close(itd_questions *questions);

/** Screens all questions against all indexes; `on_answer` gets one answer a question, in their order, borrowed for the
 * call, and ends the work by giving anything but ITD_OK. Answers do not depend on the number of threads.
 *  A question has a name with a letter or digit in it, or an identifier; anything else is a bad question. So is one
 * that exceeds a limit of matching.
 *  @return ITD_OK | ITD_EFORMAT and ITD_ELIMIT (a bad question, with its line, unless options->skip_bad) | ITD_EINVAL
 * (options: see the message; a value to filter by that no index holds is refused) | ITD_EMISMATCH | ITD_ENOTFOUND |
 * ITD_ENOMEM | what on_answer gave.  Cost: one pass over each index a question. */
ITD_API ITD_MUST_CHECK itd_status itd_screen(itd_context *context, const itd_index *const *indexes, size_t index_count,
                                             const itd_screen_options *options, itd_questions *questions,
                                             itd_status (*on_answer)(void *user, const itd_answer *answer), void *user,
                                             itd_error *error);

/** The answer as a JSON object on one line, without the line's end; `stats` adds its "stats". */
ITD_API ITD_MUST_CHECK itd_status itd_answer_json(itd_bytes *out, const itd_answer *answer, bool stats,
                                                  itd_error *error);

/** A feature that can contribute to a score: for help and for readers of answers. */
typedef struct itd_feature_info {
    const char *name, *description;
} itd_feature_info;
/** False past the last. */
ITD_API bool itd_feature_info_at(itd_feature_info *out, size_t index);

#ifdef __cplusplus
}
#endif

#endif
