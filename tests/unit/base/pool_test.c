#include "base/pool.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "support/faults.h"
#include "support/random.h"

#define COUNT ((size_t)10007)

static const unsigned thread_counts[] = {0, 1, 2, 3, 8}; /* 0: no pool */

typedef struct work {
    unsigned char *touched; /* one for each item */
    uint64_t *results;
    size_t grain, fail_from; /* items from here on fail; SIZE_MAX: none */
    atomic_uint worker_most;
} work;

static itd_status do_work(void *context, size_t begin, size_t end, unsigned worker, itd_error *error)
{
    work *w = context;
    assert_true(begin < end && end - begin <= w->grain && begin % w->grain == 0);
    unsigned most = atomic_load(&w->worker_most);
    while (worker > most && !atomic_compare_exchange_weak(&w->worker_most, &most, worker))
        ;
    for (size_t i = begin; i < end; i++) {
        if (i >= w->fail_from)
            return itd_fail_at(error, ITD_EFORMAT, "item", i, ITD_NOWHERE, "item %zu is bad", i);
        uint64_t seed = i;
        w->touched[i]++;
        w->results[i] = random_next(&seed);
    }
    return ITD_OK;
}

static void every_item_once_and_the_same_at_any_number(void **state)
{
    (void)state;
    static const size_t grains[] = {1, 7, 1000, COUNT, COUNT + 1};
    for (size_t t = 0; t < sizeof thread_counts / sizeof thread_counts[0]; t++) {
        itd_pool *pool = NULL;
        if (thread_counts[t] > 0)
            assert_int_equal(itd_pool_create(&pool, thread_counts[t], NULL), ITD_OK);
        assert_int_equal(itd_pool_threads(pool), pool ? thread_counts[t] : 1);
        for (size_t g = 0; g < sizeof grains / sizeof grains[0]; g++) {
            work w = {
                .touched = calloc(COUNT, 1), .results = calloc(COUNT, 8), .grain = grains[g], .fail_from = SIZE_MAX};
            assert_true(w.touched && w.results);
            assert_int_equal(itd_pool_for(pool, COUNT, grains[g], do_work, &w, NULL), ITD_OK);
            for (size_t i = 0; i < COUNT; i++) {
                uint64_t seed = i;
                assert_true(w.touched[i] == 1 && w.results[i] == random_next(&seed));
            }
            assert_true(atomic_load(&w.worker_most) < itd_pool_threads(pool));
            assert_int_equal(itd_pool_for(pool, 0, grains[g], do_work, &w, NULL), ITD_OK);
            free(w.results);
            free(w.touched);
        }
        itd_pool_destroy(pool);
    }
    itd_pool_destroy(NULL);
}

/* Many items fail at once; the error is always that of the first one. */
static void error_of_the_lowest_piece(void **state)
{
    (void)state;
    unsigned char *touched = calloc(COUNT, 1);
    uint64_t *results = calloc(COUNT, 8);
    assert_true(touched && results);
    for (size_t t = 0; t < sizeof thread_counts / sizeof thread_counts[0]; t++) {
        itd_pool *pool = NULL;
        if (thread_counts[t] > 0)
            assert_int_equal(itd_pool_create(&pool, thread_counts[t], NULL), ITD_OK);
        for (size_t fail_from = 0; fail_from < 600; fail_from += 13) {
            work w = {.touched = touched, .results = results, .grain = 5, .fail_from = fail_from};
            itd_error error = {0};
            assert_int_equal(itd_pool_for(pool, COUNT, 5, do_work, &w, &error), ITD_EFORMAT);
            assert_int_equal(error.status, ITD_EFORMAT);
            assert_int_equal(error.line, fail_from);
            assert_string_equal(error.where, "item");
            assert_int_equal(itd_pool_for(pool, COUNT, 5, do_work, &w, NULL), ITD_EFORMAT);
        }
        work w = {.touched = touched, .results = results, .grain = 5, .fail_from = SIZE_MAX};
        assert_int_equal(itd_pool_for(pool, COUNT, 5, do_work, &w, NULL), ITD_OK); /* it works on after a failure */
        itd_pool_destroy(pool);
    }
    free(results);
    free(touched);
}

static itd_status create_and_destroy(void *context, itd_error *error)
{
    itd_pool *pool;
    (void)context;
    itd_status status = itd_pool_create(&pool, 2, error);
    if (status == ITD_OK)
        itd_pool_destroy(pool);
    return status;
}

static void limits_and_faults(void **state)
{
    (void)state;
    itd_pool *pool = NULL;
    assert_int_equal(itd_pool_create(&pool, ITD_POOL_THREADS_MAX + 1, NULL), ITD_ELIMIT);
    assert_null(pool);
    assert_int_equal(itd_pool_create(&pool, ITD_POOL_THREADS_MAX, NULL), ITD_OK);
    itd_pool_destroy(pool);
    assert_int_equal(itd_pool_create(&pool, 0, NULL), ITD_OK);
    assert_true(itd_pool_threads(pool) >= 1);
    itd_pool_destroy(pool);
    assert_int_equal(faults_each(ITD_FAULT_MEMORY, create_and_destroy, NULL, NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_once_and_the_same_at_any_number),
        cmocka_unit_test(error_of_the_lowest_piece),
        cmocka_unit_test(limits_and_faults),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
