/* Memory, vectors and the failures that tests put into them. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/vector.h"
#include "support/faults.h"

static void sizes_of_zero_and_sizes_too_large(void **state)
{
    (void)state;
    void *blocks[] = {itd_malloc(0), itd_calloc(0, 8), itd_calloc(8, 0), itd_realloc_array(NULL, 0, 8)};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        assert_non_null(blocks[i]);
        itd_free(blocks[i]);
    }
    char *block = itd_calloc(1, 4);
    assert_non_null(block);
    assert_memory_equal(block, "\0\0\0\0", 4);
    memcpy(block, "kept", 4);
    assert_null(itd_realloc_array(block, SIZE_MAX / 2, 3));
    assert_null(itd_realloc_array(block, SIZE_MAX, 1));
    assert_null(itd_malloc(SIZE_MAX));
    assert_null(itd_malloc((size_t)PTRDIFF_MAX + 1));
    assert_null(itd_calloc(SIZE_MAX / 2, 3));
    assert_null(itd_calloc(1, SIZE_MAX));
    assert_memory_equal(block, "kept", 4);
    itd_free(block);
    itd_free(NULL);
}

static void the_nth_call_fails_once(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 5; n++) {
        itd_fault_arm(ITD_FAULT_WRITE, n);
        for (uint64_t call = 0; call < 10; call++) {
            assert_int_equal(itd_fault_fired(ITD_FAULT_WRITE), call > n);
            assert_false(itd_fault_hits(ITD_FAULT_MEMORY)); /* kinds do not mix */
            assert_int_equal(itd_fault_hits(ITD_FAULT_WRITE), call == n);
        }
        itd_fault_disarm(ITD_FAULT_WRITE);
    }
    itd_fault_arm(ITD_FAULT_WRITE, 0);
    itd_fault_disarm(ITD_FAULT_WRITE);
    assert_false(itd_fault_hits(ITD_FAULT_WRITE));
    assert_false(itd_fault_fired(ITD_FAULT_WRITE));
    itd_fault_arm(ITD_FAULT_MEMORY, 2);
    void *a = itd_malloc(1), *b = itd_calloc(1, 1), *c = itd_realloc_array(NULL, 1, 1), *d = itd_malloc(1);
    assert_true(a && b && !c && d);
    itd_free(a);
    itd_free(b);
    itd_free(d);
}

typedef struct pair {
    uint32_t left, right;
} pair;

static void vectors_grow(void **state)
{
    (void)state;
    ITD_VECTOR(pair) pairs = {0};
    for (uint32_t i = 0; i < 10000; i++)
        assert_true(itd_vector_push(&pairs, ((pair){i, ~i})));
    assert_int_equal(pairs.count, 10000);
    for (uint32_t i = 0; i < 10000; i++)
        assert_true(pairs.items[i].left == i && pairs.items[i].right == ~i);
    assert_true(itd_vector_reserve(&pairs, 50000) && pairs.capacity >= 60000);
    size_t capacity = pairs.capacity;
    assert_false(itd_vector_reserve(&pairs, SIZE_MAX / 8));
    assert_true(pairs.capacity == capacity && pairs.items[9999].left == 9999);
    itd_vector_finish(&pairs);
    assert_true(!pairs.items && pairs.count == 0 && pairs.capacity == 0);
}

static itd_status push_some(void *context, itd_error *error)
{
    uint32_t *pushed = context;
    ITD_VECTOR(uint32_t) numbers = {0};
    itd_status status = ITD_OK;
    for (*pushed = 0; *pushed < 1000 && status == ITD_OK; ++*pushed)
        if (!itd_vector_push(&numbers, *pushed))
            status = itd_fail_memory(error);
    itd_vector_finish(&numbers);
    return status;
}

static void vectors_survive_each_refusal(void **state)
{
    (void)state;
    uint32_t pushed = 0;
    assert_in_range(faults_each(ITD_FAULT_MEMORY, push_some, NULL, &pushed), 5, 30);
    assert_int_equal(pushed, 1000);
}

static itd_status never_ends(void *context, itd_error *error)
{
    (void)context;
    void *block = NULL;
    for (int i = 0; i < 100; i++) {
        block = itd_malloc(1);
        if (!block)
            return itd_fail_memory(error);
        itd_free(block);
    }
    return ITD_OK;
}

static void failures_are_counted_and_capped(void **state)
{
    (void)state;
    const char *old = getenv("ITD_FAULT_MAX");
    char *kept = old ? strdup(old) : NULL;
    assert_int_equal(setenv("ITD_FAULT_MAX", "7", 1), 0);
    assert_int_equal(faults_each(ITD_FAULT_MEMORY, never_ends, NULL, NULL), 7);
    assert_int_equal(setenv("ITD_FAULT_MAX", "1000", 1), 0);
    assert_int_equal(faults_each(ITD_FAULT_MEMORY, never_ends, NULL, NULL), 100);
    assert_int_equal(kept ? setenv("ITD_FAULT_MAX", kept, 1) : unsetenv("ITD_FAULT_MAX"), 0);
    free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_of_zero_and_sizes_too_large),
        cmocka_unit_test(the_nth_call_fails_once),
        cmocka_unit_test(vectors_grow),
        cmocka_unit_test(vectors_survive_each_refusal),
        cmocka_unit_test(failures_are_counted_and_capped),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
