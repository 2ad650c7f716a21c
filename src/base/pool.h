#ifndef ITD_BASE_POOL_H
#define ITD_BASE_POOL_H

#include "base/error.h"

/** Threads that share out a range. Results do not depend on their number as long as each item writes only its own
 * place. */
typedef struct itd_pool itd_pool;

#define ITD_POOL_THREADS_MAX 256

/** `threads` 0 means one for each processor that this process may use. With 1 no thread is started. */
ITD_MUST_CHECK itd_status itd_pool_create(itd_pool **out, unsigned threads, itd_error *error);
void itd_pool_destroy(itd_pool *pool);
/** 1 for NULL. */
unsigned itd_pool_threads(const itd_pool *pool);

/** Works on items begin … end - 1. `worker` is 0 … threads - 1, for scratch memory of its own. */
typedef itd_status itd_pool_work(void *context, size_t begin, size_t end, unsigned worker, itd_error *error);

/** Calls `work` over 0 … count - 1 in pieces of `grain` items; `pool` NULL: all in this thread. When pieces
 * fail, the error is that of the lowest failing piece. */
ITD_MUST_CHECK itd_status itd_pool_for(itd_pool *pool, size_t count, size_t grain, itd_pool_work *work, void *context,
                                       itd_error *error);

#endif
