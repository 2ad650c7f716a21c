#ifndef ITD_READ_QUERY_H
#define ITD_READ_QUERY_H

#include "base/arena.h"
#include "base/error.h"
#include "model/entity.h"

/* Questions and pairs, streaming: memory is that of one line plus what the caller's arenas keep. */

/** A question as an answer repeats it. Views lie in the arena of the call that gave it. */
typedef struct itd_query {
    itd_sv id;         /**< named by the input, else the line number */
    itd_sv text;       /**< what was asked: the first name, else the first value */
    itd_entity entity; /**< its schema is ITD_S_Thing when the input names none */
} itd_query;

/** Input recognised by content: CSV with a header that is known (or by the mapping file `map`), FollowTheMoney lines,
 * JSON lines
 *  `{"id","name","schema",…}` (all but the name optional), else a name a line. */
typedef struct itd_query_reader itd_query_reader;

/** `path` "-" is standard input; `map` may be NULL. @return ITD_OK | ITD_ENOTFOUND | ITD_EIO | ITD_EFORMAT | ITD_ENOMEM
 */
ITD_MUST_CHECK itd_status itd_query_reader_open(itd_query_reader **out, const char *path, const char *map,
                                                itd_error *error);
void itd_query_reader_close(itd_query_reader *reader);
/** How the input was taken when that was guessed (columns of a CSV), else "". Borrowed from the reader. */
const char *itd_query_reader_note(const itd_query_reader *reader);
/** The next question; `*more` false at the end. @return ITD_OK | ITD_EFORMAT (with file and line) | ITD_ELIMIT |
 * ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_next(itd_query *out, bool *more, itd_query_reader *reader, itd_arena *arena,
                                         itd_error *error);

/** `{"id","left":{entity},"right":{entity}}` a line; the entities may lack an id. */
typedef struct itd_pair {
    itd_sv id; /**< named by the input (a number as its text), else the line number */
    itd_entity left, right;
} itd_pair;

typedef struct itd_pair_reader itd_pair_reader;
ITD_MUST_CHECK itd_status itd_pair_reader_open(itd_pair_reader **out, const char *path, itd_error *error);
void itd_pair_reader_close(itd_pair_reader *reader);
/** As itd_query_next. */
ITD_MUST_CHECK itd_status itd_pair_next(itd_pair *out, bool *more, itd_pair_reader *reader, itd_arena *arena,
                                        itd_error *error);

#endif
