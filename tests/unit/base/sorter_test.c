/* Sorting that spills to the disk, against qsort of the same items. */
#include "base/sorter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/memory.h"
#include "base/vector.h"
#include "support/faults.h"
#include "support/random.h"

#define LEAST ((size_t)1 << 16) /* memory below which a sorter does not go: runs of half of it */

typedef ITD_VECTOR(itd_sv) item_list;

static int by_bytes(const void *a, const void *b)
{
    const itd_sv *x = a, *y = b;
    int order = memcmp(x->data, y->data, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static void push(item_list *list, const char *bytes, size_t size)
{
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    if (size)
        memcpy(copy, bytes, size);
    assert_true(itd_vector_push(list, itd_sv_make(copy, size)));
}

static void finish_list(item_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free((char *)list->items[i].data);
    itd_vector_finish(list);
}

/* Adds all, takes them back, and holds them against qsort. */
static void sorts(item_list *list, size_t memory)
{
    itd_error error = {0};
    itd_sorter *sorter = NULL;
    itd_sv item;
    bool more = false;
    assert_int_equal(itd_sorter_create(&sorter, memory, &error), ITD_OK);
    for (size_t i = 0; i < list->count; i++)
        if (itd_sorter_add(sorter, list->items[i], &error) != ITD_OK)
            fail_msg("item %zu: %s", i, error.message);
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_bytes);
    for (size_t i = 0; i < list->count; i++) {
        if (itd_sorter_next(&item, &more, sorter, &error) != ITD_OK)
            fail_msg("item %zu: %s", i, error.message);
        assert_true(more);
        if (by_bytes(&item, &list->items[i]) != 0)
            fail_msg("item %zu of %zu is out of order or not the one that came in", i, list->count);
    }
    for (int i = 0; i < 2; i++) { /* past the last one it stays there */
        assert_int_equal(itd_sorter_next(&item, &more, sorter, &error), ITD_OK);
        assert_false(more);
    }
    itd_sorter_destroy(sorter);
}

/* Items of few letters, so that many are equal or begin alike; some begin with a long prefix that all share. */
static void fill(item_list *list, uint64_t seed, size_t count, size_t size_max, const char *prefix)
{
    static const char letters[] = {'\0', 'a', 'b', '\xff'};
    char *bytes = malloc(strlen(prefix) + size_max + 1);
    assert_non_null(bytes);
    size_t start = strlen(prefix);
    memcpy(bytes, prefix, start);
    for (size_t i = 0; i < count; i++) {
        size_t size = (size_t)random_below(&seed, size_max + 1);
        for (size_t k = 0; k < size; k++)
            bytes[start + k] = letters[random_below(&seed, sizeof letters)];
        push(list, bytes, start + size);
    }
    free(bytes);
}

static void nothing_and_one(void **state)
{
    (void)state;
    item_list list = {0};
    sorts(&list, LEAST);
    push(&list, "", 0);
    sorts(&list, LEAST);
    push(&list, "", 0);
    push(&list, "\0", 1);
    push(&list, "a", 1);
    push(&list, "", 0);
    sorts(&list, LEAST);
    finish_list(&list);
    itd_sorter_destroy(NULL);
}

static void in_memory(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        item_list list = {0};
        fill(&list, seed, 3000, 1 + seed % 13, seed % 2 ? "" : "all of them begin with these very words ");
        sorts(&list, (size_t)1 << 24);
        finish_list(&list);
    }
}

static void in_many_runs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        item_list list = {0};
        /* About 40 bytes an item with its entry: 60,000 of them are some eighty runs. */
        fill(&list, seed, 60000, seed % 2 ? 9 : 40, seed % 3 ? "" : "a shared beginning ");
        sorts(&list, seed % 2 ? LEAST : 3 * LEAST);
        finish_list(&list);
    }
}

/* A run whose buffer is smaller than one of its items, and items larger than all of the memory. */
static void long_items(void **state)
{
    (void)state;
    item_list list = {0};
    uint64_t seed = 7;
    char *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    for (size_t i = 0; i < 200; i++) {
        size_t size = i % 10 == 0 ? (size_t)1 << 20 : (size_t)random_below(&seed, 70000);
        memset(bytes, (int)('a' + random_below(&seed, 3)), size);
        if (size)
            bytes[size - 1] = (char)random_below(&seed, 256);
        push(&list, bytes, size);
    }
    free(bytes);
    sorts(&list, LEAST);
    finish_list(&list);
}

static void item_limit(void **state)
{
    (void)state;
    itd_error error = {0};
    itd_sorter *sorter = NULL;
    itd_sv item;
    bool more = false;
    assert_int_equal(itd_sorter_create(&sorter, LEAST, &error), ITD_OK);
    /* Refused for its size before a byte of it is looked at. */
    assert_int_equal(itd_sorter_add(sorter, itd_sv_make("x", ITD_SORTER_ITEM_MAX + 1), &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_SORTER_ITEM_MAX"));
    assert_int_equal(itd_sorter_add(sorter, ITD_SV("kept"), &error), ITD_OK);
    assert_int_equal(itd_sorter_next(&item, &more, sorter, &error), ITD_OK);
    assert_true(more && itd_sv_is(item, "kept"));
    itd_sorter_destroy(sorter);
}

/* Two items do not fit into half of the memory: each becomes a run. */
#define RUN_ITEM (LEAST / 4 + 64)

static itd_sorter *sorter_of_runs(const char *bytes, size_t count, itd_error *error)
{
    itd_sorter *sorter = NULL;
    char name[16];
    assert_int_equal(itd_sorter_create(&sorter, LEAST, error), ITD_OK);
    char *item = malloc(RUN_ITEM);
    assert_non_null(item);
    memcpy(item, bytes, RUN_ITEM);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(name, sizeof name, "%08zu", (i * 7919) % count);
        memcpy(item, name, 8);
        if (itd_sorter_add(sorter, itd_sv_make(item, RUN_ITEM), error) != ITD_OK)
            fail_msg("run %zu: %s", i, error->message);
    }
    free(item);
    return sorter;
}

static void runs_limit(void **state)
{
    (void)state;
    itd_error error = {0};
    itd_sv item;
    bool more = false;
    char *bytes = calloc(1, RUN_ITEM);
    char name[16];
    assert_non_null(bytes);
    /* As many as there may be: all come back, in order. */
    itd_sorter *sorter = sorter_of_runs(bytes, ITD_SORTER_RUNS_MAX, &error);
    for (size_t i = 0; i < ITD_SORTER_RUNS_MAX; i++) {
        (void)snprintf(name, sizeof name, "%08zu", i);
        assert_int_equal(itd_sorter_next(&item, &more, sorter, &error), ITD_OK);
        assert_true(more && item.size == RUN_ITEM && memcmp(item.data, name, 8) == 0);
    }
    assert_int_equal(itd_sorter_next(&item, &more, sorter, &error), ITD_OK);
    assert_false(more);
    itd_sorter_destroy(sorter);
    /* One more is refused: by the reading, since the last one is only in memory, and by the one after it. */
    sorter = sorter_of_runs(bytes, ITD_SORTER_RUNS_MAX + 1, &error);
    assert_int_equal(itd_sorter_next(&item, &more, sorter, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_SORTER_RUNS_MAX"));
    itd_sorter_destroy(sorter);
    sorter = sorter_of_runs(bytes, ITD_SORTER_RUNS_MAX + 1, &error);
    assert_int_equal(itd_sorter_add(sorter, itd_sv_make(bytes, RUN_ITEM), &error), ITD_ELIMIT);
    itd_sorter_destroy(sorter);
    free(bytes);
}

/* A hundred times as much goes through the same memory. */
static void memory_does_not_grow(void **state)
{
    (void)state;
    struct rusage before, after;
    itd_error error = {0};
    itd_sorter *sorter = NULL;
    itd_sv item;
    bool more = true;
    uint64_t seed = 3, count = 0;
    const size_t memory = (size_t)1 << 20;
    assert_int_equal(getrusage(RUSAGE_SELF, &before), 0);
    assert_int_equal(itd_sorter_create(&sorter, memory, &error), ITD_OK);
    for (size_t i = 0; i < 1000000; i++) {
        char bytes[104];
        (void)snprintf(bytes, sizeof bytes, "%016llx%084zu", (unsigned long long)random_next(&seed), i);
        assert_int_equal(itd_sorter_add(sorter, itd_sv_make(bytes, 100), &error), ITD_OK);
    }
    while (itd_sorter_next(&item, &more, sorter, &error) == ITD_OK && more)
        count++;
    assert_int_equal(count, 1000000);
    assert_int_equal(getrusage(RUSAGE_SELF, &after), 0);
    itd_sorter_destroy(sorter);
#ifndef __SANITIZE_ADDRESS__
    if (after.ru_maxrss > before.ru_maxrss + 4 * (long)(memory >> 10))
        fail_msg("peak grew from %ld to %ld KiB", before.ru_maxrss, after.ru_maxrss);
#endif
}

static itd_status spilled_job(void *context, itd_error *error)
{
    const item_list *list = context;
    itd_sorter *sorter = NULL;
    itd_sv item;
    bool more = true;
    size_t count = 0;
    itd_status status = itd_sorter_create(&sorter, LEAST, error);
    for (size_t i = 0; i < list->count && status == ITD_OK; i++)
        status = itd_sorter_add(sorter, list->items[i], error);
    while (status == ITD_OK && more) {
        status = itd_sorter_next(&item, &more, sorter, error);
        count += status == ITD_OK && more;
    }
    if (status == ITD_OK)
        assert_int_equal(count, list->count);
    itd_sorter_destroy(sorter);
    return status;
}

static void faults_in_turn(void **state)
{
    (void)state;
    item_list list = {0};
    fill(&list, 5, 200, 3000, "");
    assert_true(faults_each(ITD_FAULT_MEMORY, spilled_job, NULL, &list) > 10);
    assert_true(faults_each(ITD_FAULT_WRITE, spilled_job, NULL, &list) > 5);
    finish_list(&list);
}

static void no_folder_for_the_file(void **state)
{
    (void)state;
    item_list list = {0};
    itd_error error = {0};
    const char *old = getenv("TMPDIR");
    char *kept = old ? strdup(old) : NULL;
    fill(&list, 5, 100, 3000, "");
    assert_int_equal(setenv("TMPDIR", "/nowhere/at/all", 1), 0);
    assert_int_equal(spilled_job(&list, &error), ITD_EIO);
    assert_string_equal(error.where, "/nowhere/at/all");
    assert_int_equal(kept ? setenv("TMPDIR", kept, 1) : unsetenv("TMPDIR"), 0);
    free(kept);
    finish_list(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_does_not_grow), /* first: later ones raise the peak */
        cmocka_unit_test(nothing_and_one),      cmocka_unit_test(in_memory),
        cmocka_unit_test(in_many_runs),         cmocka_unit_test(long_items),
        cmocka_unit_test(item_limit),           cmocka_unit_test(runs_limit),
        cmocka_unit_test(faults_in_turn),       cmocka_unit_test(no_folder_for_the_file),
    };
    return cmocka_run_group_tests_name("base/sorter", tests, NULL, NULL);
}
