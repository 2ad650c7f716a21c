#ifndef ITD_ENGINE_WATCH_H
#define ITD_ENGINE_WATCH_H

#include "interdict/screen.h"
#include "screen/screen.h"

/** Who looks on while questions are screened. What is NULL is not asked. */
typedef struct itd_screen_watch {
    /** On the caller's thread, in order, as soon as the question is read; may set question->watch. ITD_EFORMAT is the
     * question's own fault: it gets the question's place and is left out where that is asked for. */
    itd_status (*on_read)(void *user, itd_question *question, itd_arena *arena, itd_error *error);
    /** On the caller's thread, in order, before the question is screened; takes memory of the answer from the arena. */
    itd_status (*on_question)(void *user, itd_question *question, itd_arena *arena, itd_error *error);
    /** On the thread that screens the question: see itd_sieve. */
    itd_sieve_look *look;
    /** On the caller's thread, in order, before the answer is handed out; may change it. */
    itd_status (*on_answer)(void *user, const itd_question *question, itd_answer *answer, itd_arena *arena,
                            itd_error *error);
    void *user;
    bool in_part; /**< the indexes hold a part of the lists: a filter's value that none of them holds is no mistake */
} itd_screen_watch;

/** itd_screen with somebody who looks on; `watch` NULL: nobody. */
ITD_MUST_CHECK itd_status itd_screen_watched(itd_context *context, const itd_index *const *indexes, size_t index_count,
                                             const itd_screen_options *options, const itd_screen_watch *watch,
                                             itd_questions *questions,
                                             itd_status (*on_answer)(void *user, const itd_answer *answer), void *user,
                                             itd_error *error);

#endif
