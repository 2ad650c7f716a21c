/* `screen`: questions in batches, shared out over threads, answered in order. */
#include "screen/screen.h"

#include <assert.h>

#include "base/vector.h"
#include "engine/engine.h"
#include "engine/questions.h"
#include "engine/watch.h"

/** Questions that are in memory at once. */
#define SCREEN_BATCH ((size_t)256)

typedef struct batch {
    const itd_screen_scope *scope;
    const itd_screen_watch *watch; /* NULL: nobody looks on */
    const char *file;              /* of the questions, as it was named; NULL: they are names */
    itd_screener **screeners;      /* one a thread */
    itd_arena *arenas;             /* one a question */
    itd_question questions[SCREEN_BATCH];
    itd_answer answers[SCREEN_BATCH];
    const char *faults[SCREEN_BATCH]; /* why there is no answer, in the question's arena; NULL: there is one */
    size_t count;
    bool more; /* questions may follow */
} batch;

/* Leaves a question out when that is asked for and the failure is the question's own; else the failure stays. */
static itd_status left_out(batch *b, size_t at, itd_status status, const itd_error *found, itd_error *error)
{
    const bool own = status == ITD_EFORMAT || status == ITD_ELIMIT;
    if (!own || !b->scope->options->skip_bad) {
        if (error)
            *error = *found;
        return status;
    }
    itd_sv reason = itd_arena_copy(&b->arenas[at], itd_sv_of(found->message));
    if (!reason.data)
        return itd_fail_memory(error);
    b->faults[at] = reason.data;
    return ITD_OK;
}

static itd_status answer_some(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    batch *b = context;
    for (size_t i = begin; i < end; i++) {
        const itd_question *question = &b->questions[i];
        itd_error found = {.offset = ITD_NOWHERE};
        if (b->faults[i])
            continue;
        itd_status status = itd_screen_question(&b->answers[i], b->screeners[worker], question, &b->arenas[i], &found);
        if (status == ITD_OK)
            continue;
        if (b->file && (status == ITD_EFORMAT || status == ITD_ELIMIT)) {
            itd_error_set_where(&found, b->file);
            found.line = question->line;
            found.offset = question->offset;
        }
        status = itd_engine_placed(status, "question", question->id, &found);
        ITD_TRY(left_out(b, i, status, &found, error));
    }
    return ITD_OK;
}

/* Shows who looks on the question that was read. */
static itd_status show(batch *b, itd_question *question, itd_error *error)
{
    itd_error found = {.offset = ITD_NOWHERE};
    if (!b->watch || !b->watch->on_read)
        return ITD_OK;
    itd_status status = b->watch->on_read(b->watch->user, question, &b->arenas[b->count], &found);
    if (status == ITD_EFORMAT) {
        itd_error_set_where(&found, b->file ? b->file : "question");
        found.line = question->line;
        found.offset = question->offset;
    }
    return status == ITD_OK ? ITD_OK : left_out(b, b->count, status, &found, error);
}

static itd_status read_batch(batch *b, itd_questions *questions, itd_error *error)
{
    size_t bytes = 0;
    b->count = 0;
    while (b->count < SCREEN_BATCH && bytes < ITD_BATCH_BYTES_MAX) {
        itd_arena *arena = &b->arenas[b->count];
        itd_question *question = &b->questions[b->count];
        itd_error found = {.offset = ITD_NOWHERE};
        b->faults[b->count] = NULL;
        itd_status status = itd_questions_next(question, &b->more, questions, arena, &found);
        if (status != ITD_OK && itd_questions_go_on(questions)) {
            *question = (itd_question){.line = found.line, .offset = found.offset};
            ITD_TRY(left_out(b, b->count, status, &found, error));
            b->more = true;
        } else if (status != ITD_OK) {
            if (error)
                *error = found;
            return status;
        }
        if (!b->more)
            break;
        if (!b->faults[b->count])
            ITD_TRY(show(b, question, error));
        if (b->watch && b->watch->on_question && !b->faults[b->count])
            ITD_TRY(b->watch->on_question(b->watch->user, question, arena, error));
        bytes += arena->used;
        if (question->entity.schema == ITD_S_Thing)
            question->entity.schema = b->scope->schema;
        b->count++;
    }
    return ITD_OK;
}

static void tell_left_out(const batch *b, size_t at)
{
    const itd_screen_options *options = b->scope->options;
    const itd_rejected rejected = {.file = b->file ? b->file : "question",
                                   .line = b->questions[at].line,
                                   .offset = b->questions[at].offset,
                                   .record = b->questions[at].id,
                                   .reason = b->faults[at]};
    if (options->on_reject)
        options->on_reject(options->user, &rejected);
}

static itd_status run(itd_context *context, batch *b, itd_questions *questions,
                      itd_status (*on_answer)(void *user, const itd_answer *answer), void *user, itd_error *error)
{
    do {
        ITD_TRY(read_batch(b, questions, error));
        ITD_TRY(itd_pool_for(context->pool, b->count, 1, answer_some, b, error));
        for (size_t i = 0; i < b->count; i++) {
            if (b->faults[i]) {
                tell_left_out(b, i);
                continue;
            }
            if (b->watch && b->watch->on_answer)
                ITD_TRY(b->watch->on_answer(b->watch->user, &b->questions[i], &b->answers[i], &b->arenas[i], error));
            itd_status status = on_answer(user, &b->answers[i]);
            if (status != ITD_OK)
                return itd_fail(error, status, "stopped by the receiver of the answers");
        }
        itd_arenas_forget(b->arenas, b->count);
    } while (b->more);
    return ITD_OK;
}

static itd_status create_screeners(batch *b, unsigned threads, itd_error *error)
{
    b->screeners = itd_calloc(threads, sizeof *b->screeners);
    b->arenas = itd_calloc(SCREEN_BATCH, sizeof *b->arenas);
    if (!b->screeners || !b->arenas)
        return itd_fail_memory(error);
    for (size_t i = 0; i < SCREEN_BATCH; i++)
        itd_arena_init(&b->arenas[i], SIZE_MAX);
    for (unsigned i = 0; i < threads; i++)
        ITD_TRY(itd_screener_create(&b->screeners[i], b->scope, error));
    return ITD_OK;
}

static void finish_batch(batch *b, unsigned threads)
{
    for (unsigned i = 0; b->screeners && i < threads; i++)
        itd_screener_destroy(b->screeners[i]);
    for (size_t i = 0; b->arenas && i < SCREEN_BATCH; i++)
        itd_arena_finish(&b->arenas[i]);
    itd_free(b->screeners);
    itd_free(b->arenas);
    itd_free(b);
}

itd_status itd_screen(itd_context *context, const itd_index *const *indexes, size_t index_count,
                      const itd_screen_options *options, itd_questions *questions,
                      itd_status (*on_answer)(void *user, const itd_answer *answer), void *user, itd_error *error)
{
    return itd_screen_watched(context, indexes, index_count, options, NULL, questions, on_answer, user, error);
}

itd_status itd_screen_watched(itd_context *context, const itd_index *const *indexes, size_t index_count,
                              const itd_screen_options *options, const itd_screen_watch *watch,
                              itd_questions *questions, itd_status (*on_answer)(void *user, const itd_answer *answer),
                              void *user, itd_error *error)
{
    assert(context && indexes && options && questions && on_answer);
    itd_arena arena;
    itd_screen_scope scope;
    itd_arena_init(&arena, context->options.memory_max);
    itd_status status = itd_screen_scope_init(&scope, indexes, index_count, options, &arena, error);
    if (status == ITD_OK && !(watch && watch->in_part))
        status = itd_screen_filters_check(&scope, error);
    batch *b = status == ITD_OK ? itd_calloc(1, sizeof *b) : NULL;
    if (status == ITD_OK && !b)
        status = itd_fail_memory(error);
    if (status == ITD_OK) {
        scope.sieve = watch ? watch->look : NULL;
        scope.sieve_user = watch ? watch->user : NULL;
        b->scope = &scope;
        b->watch = watch;
        b->file = itd_questions_file(questions);
        status = create_screeners(b, itd_pool_threads(context->pool), error);
        if (status == ITD_OK)
            status = run(context, b, questions, on_answer, user, error);
        finish_batch(b, itd_pool_threads(context->pool));
    }
    itd_arena_finish(&arena);
    return status;
}
