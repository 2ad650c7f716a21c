#include "base/stage.h"

#include <stdlib.h>

#include "support/faults.h"

typedef struct seen {
    int batches[1000];
    size_t count;
    int refused; /* this batch fails */
} seen;

static itd_status take(void *context, void *batch, itd_error *error)
{
    seen *s = context;
    int number = *(int *)batch;
    if (number == s->refused)
        return itd_fail(error, ITD_EFORMAT, "batch %d is bad", number);
    s->batches[s->count++] = number;
    return ITD_OK;
}

static void batches_are_taken_in_their_order(void **state)
{
    (void)state;
    for (int threaded = 0; threaded < 2; threaded++) {
        itd_stage *stage = NULL;
        seen s = {.refused = -1};
        int batches[2];
        assert_int_equal(itd_stage_create(&stage, threaded, take, &s, NULL), ITD_OK);
        for (int i = 0; i < 1000; i++) {
            batches[i % 2] = i; /* the other one may be under way */
            assert_int_equal(itd_stage_hand(stage, &batches[i % 2], NULL), ITD_OK);
        }
        assert_int_equal(itd_stage_wait(stage, NULL), ITD_OK);
        assert_int_equal(s.count, 1000);
        for (int i = 0; i < 1000; i++)
            assert_int_equal(s.batches[i], i);
        itd_stage_destroy(stage);
    }
}

static void nothing_is_taken_after_a_failure(void **state)
{
    (void)state;
    for (int threaded = 0; threaded < 2; threaded++) {
        itd_stage *stage = NULL;
        seen s = {.refused = 3};
        itd_error error = {0};
        int batches[10], failed = 0;
        assert_int_equal(itd_stage_create(&stage, threaded, take, &s, NULL), ITD_OK);
        for (int i = 0; i < 10; i++) {
            batches[i] = i;
            failed += itd_stage_hand(stage, &batches[i], &error) != ITD_OK;
        }
        assert_int_equal(failed, threaded ? 6 : 7); /* a thread's failure is known one batch later */
        assert_int_equal(itd_stage_wait(stage, &error), ITD_EFORMAT);
        assert_string_equal(error.message, "batch 3 is bad");
        assert_int_equal(s.count, 3);
        itd_stage_destroy(stage);
    }
}

static itd_status create_one(void *context, itd_error *error)
{
    itd_stage *stage = NULL;
    itd_status status = itd_stage_create(&stage, false, take, context, error);
    itd_stage_destroy(stage);
    return status;
}

static void no_memory(void **state)
{
    seen s = {0};
    (void)state;
    itd_stage_destroy(NULL);
    assert_int_equal(faults_each(ITD_FAULT_MEMORY, create_one, NULL, &s), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_are_taken_in_their_order),
        cmocka_unit_test(nothing_is_taken_after_a_failure),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
