#include "base/stage.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>

#include "base/memory.h"

struct itd_stage {
    itd_stage_work *work;
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t handed, done;
    pthread_t thread;
    bool threaded, leaving;
    void *batch; /* under way; NULL: none */
    itd_status status;
    itd_error error; /* of the batch that failed */
};

static void work_on(itd_stage *stage, void *batch)
{
    itd_error error = {.offset = ITD_NOWHERE};
    itd_status status = stage->work(stage->context, batch, &error);
    if (status != ITD_OK) {
        error.status = status;
        stage->status = status;
        stage->error = error;
    }
}

static void *thread_main(void *argument)
{
    itd_stage *stage = argument;
    (void)pthread_mutex_lock(&stage->lock);
    for (;;) {
        while (!stage->batch && !stage->leaving)
            (void)pthread_cond_wait(&stage->handed, &stage->lock);
        if (!stage->batch)
            break;
        (void)pthread_mutex_unlock(&stage->lock);
        work_on(stage, stage->batch); /* the caller reads what it leaves only when the batch is gone */
        (void)pthread_mutex_lock(&stage->lock);
        stage->batch = NULL;
        (void)pthread_cond_signal(&stage->done);
    }
    (void)pthread_mutex_unlock(&stage->lock);
    return NULL;
}

itd_status itd_stage_create(itd_stage **out, bool threaded, itd_stage_work *work, void *context, itd_error *error)
{
    assert(out && work);
    itd_stage *stage = itd_calloc(1, sizeof *stage);
    if (!stage)
        return itd_fail_memory(error);
    stage->work = work;
    stage->context = context;
    (void)pthread_mutex_init(&stage->lock, NULL);
    (void)pthread_cond_init(&stage->handed, NULL);
    (void)pthread_cond_init(&stage->done, NULL);
    int refusal = threaded ? pthread_create(&stage->thread, NULL, thread_main, stage) : 0;
    if (refusal != 0) {
        itd_stage_destroy(stage);
        errno = refusal;
        return itd_fail_errno(error, NULL, "start a thread");
    }
    stage->threaded = threaded;
    *out = stage;
    return ITD_OK;
}

itd_status itd_stage_wait(itd_stage *stage, itd_error *error)
{
    if (stage->threaded) {
        (void)pthread_mutex_lock(&stage->lock);
        while (stage->batch)
            (void)pthread_cond_wait(&stage->done, &stage->lock);
        (void)pthread_mutex_unlock(&stage->lock);
    }
    if (stage->status != ITD_OK && error)
        *error = stage->error;
    return stage->status;
}

itd_status itd_stage_hand(itd_stage *stage, void *batch, itd_error *error)
{
    assert(batch);
    ITD_TRY(itd_stage_wait(stage, error));
    if (!stage->threaded) {
        work_on(stage, batch);
        return itd_stage_wait(stage, error);
    }
    (void)pthread_mutex_lock(&stage->lock);
    stage->batch = batch;
    (void)pthread_cond_signal(&stage->handed);
    (void)pthread_mutex_unlock(&stage->lock);
    return ITD_OK;
}

void itd_stage_destroy(itd_stage *stage)
{
    if (!stage)
        return;
    if (stage->threaded) {
        (void)pthread_mutex_lock(&stage->lock);
        stage->leaving = true;
        (void)pthread_cond_signal(&stage->handed);
        (void)pthread_mutex_unlock(&stage->lock);
        (void)pthread_join(stage->thread, NULL);
    }
    (void)pthread_cond_destroy(&stage->done);
    (void)pthread_cond_destroy(&stage->handed);
    (void)pthread_mutex_destroy(&stage->lock);
    itd_free(stage);
}
