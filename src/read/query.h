#ifndef ITD_READ_QUERY_H
#define ITD_READ_QUERY_H

#include "base/arena.h"
#include "base/error.h"
#include "model/entity.h"

/* Questions for screening, and pairs for comparison, streaming. What the input is, is told by its content:
 *  - JSON lines when its first character is "{": FollowTheMoney entities {"id","schema","properties":{}}, or simple
 * ones
 *    {"id","name","schema",…}, all but a name or an identifier optional; the other keys are names of FollowTheMoney
 *    properties or words that mean one ("dob", "imo", "passport": data/read/headers.tsv), each with a text, a number or
 *    an array of them. Keys and properties that mean nothing known are passed over and named in the note.
 *  - CSV when its first row is a header that is known (a name among its columns) or a mapping file is given.
 *  - else a name a line, commas included.
 * An id that is not given is the number of the line, blank lines counted. Countries become codes and dates ISO dates
 * where they can be read. A question that names no schema has ITD_S_Thing: anything may answer. */

/** Most values of one question. */
#define ITD_QUERY_VALUES_MAX ((size_t)10000)

typedef struct itd_query_reader itd_query_reader;

/** Borrowed from the arena that itd_query_next was given. */
typedef struct itd_query {
    itd_sv id;
    itd_sv text; /**< the first name, else the first value: what an answer repeats as the question */
    itd_entity entity;
    uint64_t line, offset; /**< where it stands */
} itd_query;

/** `path` may be "-". `map` is the path of a mapping file (docs/mapping.md), or NULL.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EIO | ITD_EFORMAT (an input that holds no questions, with what it looks like; a
 * mapping that does not fit) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_reader_open(itd_query_reader **out, const char *path, const char *map,
                                                itd_error *error);
/** `name` is what errors call it; `bytes` is borrowed until closed. */
ITD_MUST_CHECK itd_status itd_query_reader_open_memory(itd_query_reader **out, const char *name, itd_sv bytes,
                                                       const char *map, itd_error *error);
/** NULL is fine. */
void itd_query_reader_close(itd_query_reader *reader);
/** How the input was taken, for people: the mapping that was guessed, keys that are passed over; "" when there is
 * nothing to say. Lives as long as the reader. */
const char *itd_query_reader_note(const itd_query_reader *reader);
/** What was passed over so far, for people: blank lines, keys that came after the note was made, dates and countries
 * that cannot be read; "" when nothing was. Lives until the next call. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_query_reader_passed_over(const char **out, itd_query_reader *reader, itd_error *error);
/** After itd_query_next failed: was it one record that is no question, so that the next call reads on? */
bool itd_query_reader_goes_on(const itd_query_reader *reader);
/** The next question; `*more` false at the end. Its memory is taken from `arena` and nothing of it is kept by the
 * reader: many can be gathered before the arena is reset.
 *  @return ITD_OK | ITD_EFORMAT (a line that is no question, with its number; see itd_query_reader_goes_on) |
 * ITD_ELIMIT | ITD_EIO | ITD_ENOMEM. Memory: one line. */
ITD_MUST_CHECK itd_status itd_query_next(itd_query *out, bool *more, itd_query_reader *reader, itd_arena *arena,
                                         itd_error *error);

/** Two entities to be compared. Borrowed from the arena. */
typedef struct itd_pair {
    itd_sv id;
    itd_entity left, right; /**< ids may be empty */
    uint64_t line;
} itd_pair;

typedef struct itd_pair_reader itd_pair_reader;

/** Lines {"id","left":{entity},"right":{entity}}; the entities as for questions, but with or without an id; `path` may
 * be "-". A pair without an id has its line's number. */
ITD_MUST_CHECK itd_status itd_pair_reader_open(itd_pair_reader **out, const char *path, itd_error *error);
ITD_MUST_CHECK itd_status itd_pair_reader_open_memory(itd_pair_reader **out, const char *name, itd_sv bytes,
                                                      itd_error *error);
void itd_pair_reader_close(itd_pair_reader *reader);
ITD_MUST_CHECK itd_status itd_pair_next(itd_pair *out, bool *more, itd_pair_reader *reader, itd_arena *arena,
                                        itd_error *error);

#endif
