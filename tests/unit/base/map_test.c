#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "support/cm.h"
#include "support/random.h"

#define KEYS ((size_t)20000)

/* Against a plain array: each key is its number, and some are put twice. */
static void map_agrees_with_an_array(void **state)
{
    (void)state;
    static char keys[KEYS][24];
    static uint32_t values[KEYS];
    itd_map map = {0};
    uint64_t seed = 9;
    size_t known = 0;
    memset(values, 0xFF, sizeof values);
    assert_int_equal(itd_map_get(&map, ITD_SV("nothing yet")), ITD_MAP_NONE);
    for (size_t i = 0; i < KEYS; i++)
        (void)snprintf(keys[i], sizeof keys[i], "%zu", i * i * 7919);
    for (size_t step = 0; step < 2 * KEYS; step++) {
        size_t k = random_below(&seed, KEYS);
        known += values[k] == ITD_MAP_NONE;
        values[k] = (uint32_t)step;
        assert_true(itd_map_put(&map, itd_sv_of(keys[k]), values[k]));
        size_t other = random_below(&seed, KEYS);
        assert_int_equal(itd_map_get(&map, itd_sv_of(keys[other])), values[other]);
    }
    assert_int_equal(map.count, known);
    for (size_t i = 0; i < KEYS; i++)
        assert_int_equal(itd_map_get(&map, itd_sv_of(keys[i])), values[i]);
    itd_map_finish(&map);
    itd_map_finish(NULL);
}

static void odd_keys(void **state)
{
    (void)state;
    static const itd_sv keys[] = {ITD_SV(""), ITD_SV("\0"), ITD_SV("\0\0"), ITD_SV("a"), ITD_SV("a\0"), ITD_SV("\0a")};
    itd_map map = {0};
    for (uint32_t i = 0; i < 6; i++)
        assert_true(itd_map_put(&map, keys[i], i));
    for (uint32_t i = 0; i < 6; i++)
        assert_int_equal(itd_map_get(&map, keys[i]), i);
    assert_int_equal(itd_map_get(&map, ITD_SV_NONE), 0);
    assert_int_equal(map.count, 6);
    itd_map_finish(&map);
}

static void a_refused_growth_keeps_the_map(void **state)
{
    (void)state;
    static char keys[1000][8];
    itd_map map = {0};
    size_t refused = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        (void)snprintf(keys[i], sizeof keys[i], "%u", i);
        itd_fault_arm(ITD_FAULT_MEMORY, 0);
        bool well = itd_map_put(&map, itd_sv_of(keys[i]), i);
        itd_fault_disarm(ITD_FAULT_MEMORY);
        if (!well) {
            refused++;
            assert_int_equal(itd_map_get(&map, itd_sv_of(keys[i])), ITD_MAP_NONE);
            assert_true(itd_map_put(&map, itd_sv_of(keys[i]), i));
        }
    }
    assert_true(refused > 3);
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(itd_map_get(&map, itd_sv_of(keys[i])), i);
    itd_map_finish(&map);
}

static void interned_texts_have_dense_ids(void **state)
{
    (void)state;
    itd_intern intern;
    char text[24];
    itd_intern_init(&intern, SIZE_MAX);
    assert_int_equal(itd_intern_find(&intern, ITD_SV("0")), ITD_MAP_NONE);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            (void)snprintf(text, sizeof text, "%u", i);
            assert_int_equal(itd_intern_add(&intern, itd_sv_of(text)), i);
            memset(text, 'x', sizeof text); /* it keeps a copy */
        }
    assert_int_equal(intern.count, 5000);
    assert_true(itd_sv_is(intern.texts[4999], "4999") && intern.texts[4999].data[4] == '\0');
    assert_int_equal(itd_intern_find(&intern, ITD_SV("77")), 77);
    assert_int_equal(itd_intern_add(&intern, ITD_SV("")), 5000);
    assert_int_equal(itd_intern_find(&intern, ITD_SV("")), 5000);
    itd_intern_finish(&intern);
    itd_intern_finish(NULL);
}

static void interning_stops_at_its_cap_and_goes_on_after_a_failure(void **state)
{
    (void)state;
    itd_intern intern;
    char text[24];
    uint32_t i = 0;
    itd_intern_init(&intern, 4096);
    for (;; i++) {
        (void)snprintf(text, sizeof text, "%u", i);
        if (itd_intern_add(&intern, itd_sv_of(text)) == ITD_MAP_NONE)
            break;
    }
    assert_true(i > 100 && intern.count == i);
    assert_int_equal(itd_intern_add(&intern, ITD_SV("7")), 7);
    itd_intern_finish(&intern);

    itd_intern_init(&intern, SIZE_MAX);
    for (uint64_t n = 0; n < 3; n++) { /* slots, texts, block */
        itd_fault_arm(ITD_FAULT_MEMORY, n);
        assert_int_equal(itd_intern_add(&intern, ITD_SV("x")), ITD_MAP_NONE);
        assert_true(itd_fault_fired(ITD_FAULT_MEMORY));
        itd_fault_disarm(ITD_FAULT_MEMORY);
        assert_int_equal(intern.count, 0);
        itd_intern_finish(&intern);
        itd_intern_init(&intern, SIZE_MAX);
    }
    assert_int_equal(itd_intern_add(&intern, ITD_SV("x")), 0);
    itd_intern_finish(&intern);
}

/* The hash is part of what is written to disk by some users: it must not change from machine to machine. */
static void hash_is_the_same_everywhere(void **state)
{
    (void)state;
    unsigned char bytes[64];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37 + 11);
    for (size_t size = 0; size <= 48; size++) /* where the bytes lie does not matter */
        for (size_t at = 1; at < 8; at++) {
            unsigned char moved[64] = {0};
            memcpy(moved + at, bytes, size);
            assert_true(itd_hash(bytes, size) == itd_hash(moved + at, size));
        }
}

/* Every single bit of the input changes about half of the bits of the hash, and no two of the inputs collide in 64
 * bits. */
static void hash_spreads(void **state)
{
    (void)state;
    uint64_t seed = 1, flips = 0, trials = 0;
    for (size_t size = 1; size <= 40; size++) {
        unsigned char bytes[40];
        for (size_t i = 0; i < size; i++)
            bytes[i] = (unsigned char)random_next(&seed);
        uint64_t base = itd_hash(bytes, size);
        for (size_t bit = 0; bit < size * 8; bit++, trials++) {
            bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
            uint64_t changed = base ^ itd_hash(bytes, size);
            assert_true(__builtin_popcountll(changed) >= 8);
            assert_true((uint32_t)changed != 0);
            flips += (uint64_t)__builtin_popcountll(changed);
            bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
    }
    assert_in_range(flips / trials, 31, 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(map_agrees_with_an_array),
        cmocka_unit_test(odd_keys),
        cmocka_unit_test(a_refused_growth_keeps_the_map),
        cmocka_unit_test(interned_texts_have_dense_ids),
        cmocka_unit_test(interning_stops_at_its_cap_and_goes_on_after_a_failure),
        cmocka_unit_test(hash_is_the_same_everywhere),
        cmocka_unit_test(hash_spreads),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
