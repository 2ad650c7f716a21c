#ifndef ITD_STORE_QUESTION_H
#define ITD_STORE_QUESTION_H

#include "store/store.h"

/* What was asked. A screening keeps its questions as a set, in their order; the same questions again are the same set,
 * stored once. A name can be given to a set, with the options it is screened by; the newest row of a name counts. */

/** Longest name of a stored set, in bytes. */
#define ITD_QUESTION_STORE_NAME_MAX 255

/** A question as it is kept. */
typedef struct itd_asked {
    itd_sv id;
    itd_sv content; /**< all that it says but its id, as JSON of one form */
    itd_sv hash;    /**< of the content: ITD_STORE_HASH bytes */
} itd_asked;

/** BLAKE2b-256 of a content. */
void itd_question_hash(unsigned char out[ITD_STORE_HASH], itd_sv content);

/** A set that is being written. */
typedef struct itd_asking itd_asking;

/** Inside of a transaction. `audit`: the number of its record. */
ITD_MUST_CHECK itd_status itd_asking_begin(itd_asking **out, itd_store *store, int64_t audit, itd_error *error);
/** The next question. Nothing is kept of it. */
ITD_MUST_CHECK itd_status itd_asking_add(itd_asking *asking, const itd_asked *question, itd_error *error);
/** The set: a new one, or the one that has the same questions in the same order. Its hash is BLAKE2b-256 over the id
 * (as itd_content_text has it) and the hash of each question. */
ITD_MUST_CHECK itd_status itd_asking_end(int64_t *set, unsigned char hash[ITD_STORE_HASH], itd_asking *asking,
                                         itd_error *error);
/** NULL is fine. What was written stays in the transaction. */
void itd_asking_close(itd_asking *asking);

typedef struct itd_asked_reader itd_asked_reader;
/** Questions of a set in their order. @return ITD_OK | ITD_ENOTFOUND (no such set) | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_asked_open(itd_asked_reader **out, itd_store *store, int64_t set, itd_error *error);
/** Borrowed until the next call; `*more` false past the last. */
ITD_MUST_CHECK itd_status itd_asked_next(itd_asked *out, bool *more, itd_asked_reader *reader, itd_error *error);
/** NULL is fine. */
void itd_asked_close(itd_asked_reader *reader);
/** The set with that hash. @return ITD_OK | ITD_ENOTFOUND | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_question_set_find(int64_t *set, itd_store *store, itd_sv hash, itd_error *error);

/** A set that has a name. */
typedef struct itd_question_store {
    int64_t set;
    itd_sv hash;    /**< of the set */
    itd_sv options; /**< what it is screened by: a JSON object */
    uint64_t count; /**< of questions */
    int64_t audit;  /**< number of the record of the screening that named it last */
} itd_question_store;

/** Names a set; inside of a transaction. A row that says what the newest one of the name says is not added again.
 *  @return ITD_OK | ITD_EINVAL (a name that is empty, too long or not UTF-8) | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_question_store_name(itd_store *store, itd_sv name, int64_t set, itd_sv options,
                                                  int64_t audit, itd_error *error);
/** The newest set of a name; its parts go to the arena.
 *  @return ITD_OK | ITD_ENOTFOUND (with the names that there are) | as itd_sql_step */
ITD_MUST_CHECK itd_status itd_question_store_find(itd_question_store *out, itd_store *store, itd_sv name,
                                                  itd_arena *arena, itd_error *error);

#endif
