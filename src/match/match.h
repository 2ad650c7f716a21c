#ifndef ITD_MATCH_MATCH_H
#define ITD_MATCH_MATCH_H

#include "base/arena.h"
#include "base/error.h"
#include "interdict/algorithm.h"
#include "model/entity.h"

/* How alike two entities are, and why. A score depends on the two entities and the profile alone, never on a list, so
 * that a pair scores the same in `compare` and in `screen`. Structures below are flat: an index file holds them as they
 * are. */

/** Contributions of one answer at most. */
#define ITD_CONTRIBUTIONS_MAX 16
/** What is looked at of one entity, at most; more is ITD_ELIMIT when preparing. */
#define ITD_MATCH_NAMES_MAX 4096
#define ITD_MATCH_TOKENS_MAX 64 /**< of one name; later ones are left out and the name is flagged */
#define ITD_MATCH_FACTS_MAX 4096
/** Words, and words joined, of all names of one question; and how many similarities of them to words of the other side
 * are held. More is ITD_ELIMIT: thousands of long names on both sides would fill any memory. */
#define ITD_MATCH_COLUMNS_MAX ((size_t)1 << 15)
#define ITD_MATCH_CELLS_MAX ((size_t)1 << 27)

typedef enum itd_name_kind {
    ITD_NAME_PRIMARY,
    ITD_NAME_ALIAS,
    ITD_NAME_PREVIOUS,
    ITD_NAME_WEAK,
    ITD_NAME_ACRONYM
} itd_name_kind;

/** What a token is by the word lists; inferred, never output. */
typedef enum itd_token_class {
    ITD_TOKEN_WORD,
    ITD_TOKEN_INITIAL,
    ITD_TOKEN_NUMBER,
    ITD_TOKEN_LEGAL_FORM,
    ITD_TOKEN_TITLE,
    ITD_TOKEN_PARTICLE,
    ITD_TOKEN_GENERIC, /**< a word that many names share: "trading", "general" */
} itd_token_class;

/** A folded word of a vocabulary. Tokens of a vocabulary are in byte order and differ. */
typedef struct itd_match_token {
    uint32_t text; /**< offset in the heap; `size` bytes of folded text, no NUL */
    uint16_t size;
    uint8_t class_; /**< itd_token_class */
    uint8_t reserved;
    uint16_t form;   /**< words of one form mean the same ("llc" and "ooo", "third" and "3"); 0: none */
    uint16_t weight; /**< how much the word tells, in thousandths */
} itd_match_token;

/** A name made ready. */
typedef struct itd_match_name {
    uint32_t text, text_size; /**< the name as it stands in the list, in the heap */
    uint32_t token_first;     /**< in the space's token_ids */
    uint16_t token_count;
    uint8_t kind;  /**< itd_name_kind */
    uint8_t flags; /**< the matcher's own */
} itd_match_name;

typedef enum itd_fact_kind {
    ITD_FACT_DATE,
    ITD_FACT_COUNTRY,
    ITD_FACT_GENDER,
    ITD_FACT_IDENTIFIER,
    ITD_FACT_ADDRESS
} itd_fact_kind;

/** A piece of other evidence made ready. */
typedef struct itd_match_fact {
    uint64_t key; /**< DATE: years spanned beyond the first << 32 | year << 16 | month << 8 | day; COUNTRY: letters of
                     its code; GENDER: first letter; IDENTIFIER: hash of the normal form; ADDRESS: its words as bits */
    uint32_t text, text_size; /**< as it stands in the list, in the heap */
    uint16_t property;
    uint8_t kind;   /**< itd_fact_kind */
    uint8_t trust;  /**< itd_identifier_trust */
    uint32_t shape; /**< IDENTIFIER: hash of where its normal form has letters and where digits; others: 0 */
} itd_match_fact;

/** What an entity's numbers point into: sections of an index file, or a builder's arrays. Borrowed. */
typedef struct itd_match_space {
    const char *heap;
    size_t heap_size;
    const itd_match_token *tokens; /**< the vocabulary */
    uint32_t token_count;
    const uint32_t *token_ids; /**< names' tokens, in their order */
    size_t token_id_count;
    const struct itd_match_lexicon *lexicon; /**< of this vocabulary, or NULL: each query makes its own */
} itd_match_space;

/** What queries look at first of a vocabulary, and of the names made of it: `names` has `name_count` names of the
 * space, numbered so; none when nobody looks for candidates. Whoever holds a large space makes it once and sets it in
 * the space; scores do not depend on it. Read-only: threads may share it. Cost: some microseconds a word. */
typedef struct itd_match_lexicon itd_match_lexicon;
ITD_MUST_CHECK itd_status itd_match_lexicon_create(itd_match_lexicon **out, const itd_match_space *space,
                                                   const itd_match_name *names, size_t name_count, itd_error *error);
void itd_match_lexicon_destroy(itd_match_lexicon *lexicon);

/** An entity made ready; its arrays lie where its space lies. */
typedef struct itd_match_entity {
    itd_schema schema;
    const itd_match_name *names;
    uint32_t name_count;
    const itd_match_fact *facts;
    uint32_t fact_count;
} itd_match_entity;

/** Tells a lexicon whose its names are: names of entities with no date in a year of the question's then need more.
 * `entity_at` gives the entities of a list, whose names are those that the lexicon was made of. Once, before others use
 * the lexicon. @return ITD_OK | ITD_ENOMEM. Cost: some nanoseconds a name. */
ITD_MUST_CHECK itd_status itd_match_lexicon_date(itd_match_lexicon *lexicon,
                                                 itd_match_entity (*entity_at)(const void *context, size_t index),
                                                 const void *context, size_t count, itd_error *error);

/** Turns names into folded tokens. Holds what folding needs (ICU); one a thread. */
typedef struct itd_matcher itd_matcher;
ITD_MUST_CHECK itd_status itd_matcher_create(itd_matcher **out, itd_error *error);
void itd_matcher_destroy(itd_matcher *matcher);

/** The text and rule profile that scores depend on: ICU and Unicode version, our tables' hash, rules' version. Static.
 */
const char *itd_match_profile(void);

/** Makes entities ready and collects their vocabulary. Entities keep the order in which they are added. */
typedef struct itd_match_builder itd_match_builder;
ITD_MUST_CHECK itd_status itd_match_builder_create(itd_match_builder **out, itd_error *error);
void itd_match_builder_destroy(itd_match_builder *builder);
/** Forgets everything, keeps memory for the next. */
void itd_match_builder_reset(itd_match_builder *builder);
/** @return ITD_OK | ITD_ENOMEM | ITD_ELIMIT */
ITD_MUST_CHECK itd_status itd_match_builder_add(itd_match_builder *builder, itd_matcher *matcher,
                                                const itd_entity *entity, itd_error *error);
/** Sorts the vocabulary and renumbers. Then the results below are there, borrowed until reset or destroy. */
ITD_MUST_CHECK itd_status itd_match_builder_finish(itd_match_builder *builder, itd_error *error);
itd_match_space itd_match_builder_space(const itd_match_builder *builder);
size_t itd_match_builder_count(const itd_match_builder *builder);
itd_match_entity itd_match_builder_entity(const itd_match_builder *builder, size_t index);

/** One reason, in signed micro-units. Views lie in the two spaces or are static. */
typedef struct itd_match_contribution {
    const char *feature; /**< name of the feature, static */
    int32_t micro;
    itd_sv left, right;    /**< the two values that were compared; may be empty */
    itd_property property; /**< of the right value, else of the left; ITD_P_ID: of names, and where there is none */
} itd_match_contribution;

typedef struct itd_match_result {
    int32_t score_micro; /**< 0 … 1000000; the sum of the contributions */
    uint32_t contribution_count;
    itd_match_contribution contributions[ITD_CONTRIBUTIONS_MAX];
    itd_sv matched_left, matched_right; /**< the two names, or identifiers that are the same */
    itd_property matched_by;            /**< ITD_P_Thing_name, or what identifier */
} itd_match_result;

/** A question held against one space: what each of its tokens is worth to words of the vocabulary. One a thread. */
typedef struct itd_match_query itd_match_query;
/** `left` is the question's entity in `left_space`, both borrowed until the next question or destroy; so is
 * `right_space`, and its lexicon.
 *  @return ITD_OK | ITD_ENOMEM | ITD_ELIMIT (ITD_MATCH_COLUMNS_MAX or ITD_MATCH_CELLS_MAX)
 *  Cost: some tens of microseconds a word with a lexicon, and without one for small spaces. */
ITD_MUST_CHECK itd_status itd_match_query_create(itd_match_query **out, itd_algorithm algorithm,
                                                 const itd_match_entity *left, const itd_match_space *left_space,
                                                 const itd_match_space *right_space, itd_error *error);
/** The next question, with the memory of the one before; after an error only another one or destroy. */
ITD_MUST_CHECK itd_status itd_match_query_ask(itd_match_query *query, const itd_match_entity *left,
                                              const itd_match_space *left_space, const itd_match_space *right_space,
                                              itd_error *error);
/** Names of the right space from number `from` on, by their numbers in the lexicon, among which are all that score
 * `threshold_micro` with the question, by their names and evidence other than identifiers; in no order, some of them
 * twice. False when the lexicon does not tell, or the threshold is so low that all names have to be looked at. Borrowed
 * until the next call. No allocation. */
bool itd_match_candidates(const uint32_t **names, size_t *count, itd_match_query *query, int32_t threshold_micro,
                          uint32_t from);
void itd_match_query_destroy(itd_match_query *query);
/** Scores one entity of right_space. False, and `out` untouched, when the score is below `threshold_micro`; above it
 * the result does not depend on the threshold. No allocation. */
bool itd_match_score(itd_match_result *out, itd_match_query *query, const itd_match_entity *right,
                     int32_t threshold_micro);

/** A feature of the score: for lists and help. NULL past the last. */
typedef struct itd_match_feature_info {
    const char *name, *description;
} itd_match_feature_info;
const itd_match_feature_info *itd_match_feature_at(size_t index);

#endif
