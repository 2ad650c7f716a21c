#ifndef ITD_ENGINE_QUESTIONS_H
#define ITD_ENGINE_QUESTIONS_H

#include "interdict/screen.h"
#include "screen/screen.h"

/** The next question; `*more` false at the end. Its parts lie in the arena. */
ITD_MUST_CHECK itd_status itd_questions_next(itd_question *out, bool *more, itd_questions *questions, itd_arena *arena,
                                             itd_error *error);

/** After itd_questions_next failed: was it one question, so that the next call gives the one after it? */
bool itd_questions_go_on(const itd_questions *questions);
/** The file that they are read from, as errors call it; NULL: they are names. */
const char *itd_questions_file(const itd_questions *questions);

/** Questions from wherever `next` takes them; it is called as itd_questions_next is, and `close`, once, when they are
 * closed. On failure nothing is closed. */
ITD_MUST_CHECK itd_status itd_questions_of_source(itd_questions **out,
                                                  itd_status (*next)(void *user, itd_question *question, bool *more,
                                                                     itd_arena *arena, itd_error *error),
                                                  void (*close)(void *user), void *user, itd_error *error);

#endif
