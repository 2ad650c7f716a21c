#ifndef ITD_SCREEN_SCREEN_H
#define ITD_SCREEN_SCREEN_H

#include "base/arena.h"
#include "index/index.h"
#include "interdict/screen.h"

/** One question. Views are borrowed. */
typedef struct itd_question {
    itd_sv id, query;      /**< as the answer repeats them */
    itd_entity entity;     /**< its schema admits the hits: ancestors and descendants; ITD_S_Thing admits all */
    uint64_t line, offset; /**< where it stands, or 0 and ITD_NOWHERE */
    size_t said;           /**< values, from the first, that it says itself; those that follow were read out of them */
    void *watch;           /**< of who looks on; else NULL */
    size_t from; /**< entities of an index below this number are not looked at: who holds a list against itself takes
                    each pair once. 0: all */
} itd_question;

/** A hit before it is shown. Borrowed from the index. */
typedef struct itd_sighting {
    itd_sv id, digest; /**< as itd_hit */
    int32_t score_micro;
} itd_sighting;

/** Sees all hits of a question, best first, before the limit is applied, and says which are not shown by setting their
 * `hidden`, and how many are cleared, shown or not. `seen` lives as long as the answer. Called on the thread that
 * screens the question, for different questions at once. @return ITD_OK | what ends the work */
typedef itd_status itd_sieve_look(void *user, const itd_question *question, const itd_sighting *seen, size_t count,
                                  bool *hidden, size_t *cleared, itd_error *error);

/** What a question is screened against. Borrowed. */
typedef struct itd_screen_scope {
    const itd_index *const *indexes;
    size_t index_count;
    const itd_index_search *searches; /**< one an index */
    const itd_screen_options *options;
    itd_schema schema;      /**< of options->schema, for questions that name none; else ITD_S_Thing */
    const char **countries; /**< codes of options->countries */
    itd_sv generation;      /**< of the indexes, joined by "+" */
    itd_sieve_look *sieve;  /**< NULL: every hit is shown */
    void *sieve_user;
} itd_screen_scope;

/** Checks the options and prepares them; strings go to the arena.
 *  @return ITD_OK | ITD_EINVAL (an index given twice; threshold out of range; a schema, country or other value to
 * filter by that there is not or that no index holds) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_screen_scope_init(itd_screen_scope *out, const itd_index *const *indexes,
                                                size_t index_count, const itd_screen_options *options, itd_arena *arena,
                                                itd_error *error);

/** Does an entity have what the filters of the options ask for? The schema is not a filter. */
bool itd_screen_is_wanted(const itd_index *index, const itd_index_entity *entity, const itd_screen_scope *scope);
/** That each value of each filter, and the schema, is held by some index: one that is misspelt would look like a clean
 * answer.
 *  @return ITD_OK | ITD_EINVAL (with the nearest value that there is, or some of those) | ITD_ENOMEM
 *  Cost: a pass over the entities a value that is rare or not held. */
ITD_MUST_CHECK itd_status itd_screen_filters_check(const itd_screen_scope *scope, itd_error *error);

/** Scratch of one thread for the questions of one scope, borrowed until destroy. */
typedef struct itd_screener itd_screener;
ITD_MUST_CHECK itd_status itd_screener_create(itd_screener **out, const itd_screen_scope *scope, itd_error *error);
void itd_screener_destroy(itd_screener *screener);

/** Scores the admitted entities that may reach the threshold, or all of them when the options say so or the search does
 * not tell which may, and keeps the best; the answer lives in the arena. Both give the same hits.
 *  @return ITD_OK | ITD_EFORMAT (nothing that can be looked for: no name with a letter or digit, no identifier) |
 * ITD_ELIMIT (a question with too many names) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_screen_question(itd_answer *out, itd_screener *screener, const itd_question *question,
                                              itd_arena *arena, itd_error *error);

/** The reasons of a score, copied to the arena so that they outlive the question; false when out of memory. */
bool itd_contributions_copy(const itd_contribution **out, const itd_match_result *result, itd_arena *arena);

#endif
