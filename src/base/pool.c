#include "base/pool.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/memory.h"

/* What one itd_pool_for shares out. */
typedef struct job {
    itd_pool_work *work;
    void *context;
    size_t count, grain;
} job;

typedef struct pool_thread {
    itd_pool *pool;
    pthread_t id;
    unsigned worker;
} pool_thread;

struct itd_pool {
    pthread_mutex_t lock;
    pthread_cond_t begun, done;
    pool_thread *others; /* worker 0 is the caller's thread */
    unsigned threads, started, busy;
    uint64_t round; /* of jobs: a thread that sees a new one takes part in it */
    bool leaving;
    job job;
    _Atomic size_t next;   /* piece that nobody took yet */
    _Atomic size_t lowest; /* failing piece so far; SIZE_MAX: none */
    itd_status status;     /* of that piece, with `lock` */
    itd_error error;
};

static unsigned processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (unsigned)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN); /* more processors than cpu_set_t knows */
    return online > 0 ? (unsigned)online : 1;
}

static void keep_failure(itd_pool *pool, size_t piece, itd_status status, const itd_error *error)
{
    (void)pthread_mutex_lock(&pool->lock);
    if (piece < atomic_load(&pool->lowest)) {
        atomic_store(&pool->lowest, piece);
        pool->status = status;
        pool->error = *error;
    }
    (void)pthread_mutex_unlock(&pool->lock);
}

/* Pieces are handed out in order, so every piece below a failing one was started and will be finished: the lowest
 * failure is the same whatever the number of threads. */
static void work_on(itd_pool *pool, unsigned worker)
{
    const job *shared = &pool->job;
    size_t pieces = shared->count / shared->grain + (shared->count % shared->grain != 0);
    for (;;) {
        size_t piece = atomic_fetch_add(&pool->next, 1);
        if (piece >= pieces || piece > atomic_load(&pool->lowest))
            return;
        size_t begin = piece * shared->grain;
        size_t end = shared->count - begin > shared->grain ? begin + shared->grain : shared->count;
        itd_error error = {.offset = ITD_NOWHERE};
        itd_status status = shared->work(shared->context, begin, end, worker, &error);
        if (status != ITD_OK) {
            error.status = status;
            keep_failure(pool, piece, status, &error);
        }
    }
}

static void *thread_main(void *argument)
{
    pool_thread *self = argument;
    itd_pool *pool = self->pool;
    uint64_t seen = 0;
    (void)pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->round == seen && !pool->leaving)
            (void)pthread_cond_wait(&pool->begun, &pool->lock);
        if (pool->leaving)
            break;
        seen = pool->round;
        (void)pthread_mutex_unlock(&pool->lock);
        work_on(pool, self->worker);
        (void)pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0)
            (void)pthread_cond_signal(&pool->done);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static itd_status start_threads(itd_pool *pool, itd_error *error)
{
    for (unsigned i = 0; i + 1 < pool->threads; i++) {
        pool->others[i] = (pool_thread){.pool = pool, .worker = i + 1};
        int refusal = pthread_create(&pool->others[i].id, NULL, thread_main, &pool->others[i]);
        if (refusal != 0) {
            errno = refusal;
            return itd_fail_errno(error, NULL, "start a thread");
        }
        pool->started++;
    }
    return ITD_OK;
}

itd_status itd_pool_create(itd_pool **out, unsigned threads, itd_error *error)
{
    assert(out);
    if (threads > ITD_POOL_THREADS_MAX)
        return itd_fail(error, ITD_ELIMIT, "%u threads asked for, at most %u", threads, ITD_POOL_THREADS_MAX);
    if (threads == 0)
        threads = processors();
    if (threads > ITD_POOL_THREADS_MAX)
        threads = ITD_POOL_THREADS_MAX;
    itd_pool *pool = itd_calloc(1, sizeof *pool);
    if (!pool)
        return itd_fail_memory(error);
    pool->threads = threads;
    atomic_init(&pool->lowest, SIZE_MAX);
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->begun, NULL);
    (void)pthread_cond_init(&pool->done, NULL);
    pool->others = itd_calloc(threads, sizeof *pool->others);
    itd_status status = pool->others ? start_threads(pool, error) : itd_fail_memory(error);
    if (status != ITD_OK) {
        itd_pool_destroy(pool);
        return status;
    }
    *out = pool;
    return ITD_OK;
}

void itd_pool_destroy(itd_pool *pool)
{
    if (!pool)
        return;
    (void)pthread_mutex_lock(&pool->lock);
    pool->leaving = true;
    (void)pthread_cond_broadcast(&pool->begun);
    (void)pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->started; i++)
        (void)pthread_join(pool->others[i].id, NULL);
    (void)pthread_cond_destroy(&pool->done);
    (void)pthread_cond_destroy(&pool->begun);
    (void)pthread_mutex_destroy(&pool->lock);
    itd_free(pool->others);
    itd_free(pool);
}

unsigned itd_pool_threads(const itd_pool *pool)
{
    return pool ? pool->threads : 1;
}

itd_status itd_pool_for(itd_pool *pool, size_t count, size_t grain, itd_pool_work *work, void *context,
                        itd_error *error)
{
    assert(grain > 0 && work);
    for (size_t begin = 0; !pool && begin < count; begin += grain)
        ITD_TRY(work(context, begin, count - begin > grain ? begin + grain : count, 0, error));
    if (!pool)
        return ITD_OK;
    (void)pthread_mutex_lock(&pool->lock);
    assert(pool->busy == 0); /* one caller at a time, and never from inside the work */
    pool->job = (job){.work = work, .context = context, .count = count, .grain = grain};
    pool->status = ITD_OK;
    atomic_store(&pool->next, 0);
    atomic_store(&pool->lowest, SIZE_MAX);
    bool shared = count > grain && pool->started > 0; /* one piece wakes nobody */
    if (shared) {
        pool->busy = pool->started;
        pool->round++;
        (void)pthread_cond_broadcast(&pool->begun);
    }
    (void)pthread_mutex_unlock(&pool->lock);

    work_on(pool, 0);

    (void)pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0)
        (void)pthread_cond_wait(&pool->done, &pool->lock);
    itd_status status = pool->status;
    if (status != ITD_OK && error)
        *error = pool->error;
    (void)pthread_mutex_unlock(&pool->lock);
    return status;
}
