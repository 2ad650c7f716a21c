#include "base/arena.h"

#include "base/fault.h"
#include "support/cm.h"
#include "support/random.h"

#define PIECES 2000

/* Pieces of any size are aligned, zeroed and do not overlap: each is filled with its own byte and looked at again at
 * the end. */
static void pieces_are_aligned_zeroed_and_apart(void **state)
{
    (void)state;
    static struct {
        unsigned char *data;
        size_t size;
    } pieces[PIECES];
    uint64_t seed = 3;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < PIECES; i++) {
            pieces[i].size = random_below(&seed, 50) ? random_below(&seed, 100) : random_below(&seed, 100000);
            if (random_below(&seed, 4) == 0) /* text has no alignment and disturbs that of what follows */
                assert_non_null(itd_arena_copy(&arena, ITD_SV("abc")).data);
            pieces[i].data = itd_arena_alloc(&arena, pieces[i].size);
            assert_non_null(pieces[i].data);
            assert_int_equal((uintptr_t)pieces[i].data % _Alignof(max_align_t), 0);
            for (size_t k = 0; k < pieces[i].size; k++)
                assert_true(pieces[i].data[k] == 0);
            memset(pieces[i].data, (int)(i % 255 + 1), pieces[i].size);
        }
        for (size_t i = 0; i < PIECES; i++)
            for (size_t k = 0; k < pieces[i].size; k++)
                assert_true(pieces[i].data[k] == i % 255 + 1);
        itd_arena_reset(&arena);
    }
    itd_arena_finish(&arena);
    itd_arena_finish(NULL);
}

static void cap_is_kept(void **state)
{
    (void)state;
    static const size_t caps[] = {0, 1, 31, 32, 33, 100, 4096, 10000};
    for (size_t c = 0; c < sizeof caps / sizeof caps[0]; c++) {
        itd_arena arena;
        size_t got = 0;
        itd_arena_init(&arena, caps[c]);
        while (itd_arena_alloc(&arena, 16)) {
            got += 16;
            assert_true(arena.used <= caps[c] && got <= arena.used);
        }
        assert_true(caps[c] < 4096 || got > caps[c] / 2); /* most of what is allowed can be used */
        assert_null(itd_arena_alloc(&arena, caps[c] + 1));
        assert_null(itd_arena_copy(&arena, (itd_sv){"x", caps[c]}).data);
        itd_arena_reset(&arena);
        assert_true(arena.used <= caps[c]);
        itd_arena_finish(&arena);
        assert_int_equal(arena.used, 0);
    }
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    assert_null(itd_arena_alloc(&arena, SIZE_MAX));
    assert_null(itd_arena_alloc(&arena, SIZE_MAX / 2));
    assert_null(itd_arena_alloc_array(&arena, SIZE_MAX / 2, 3));
    assert_null(itd_arena_copy(&arena, (itd_sv){"", SIZE_MAX}).data);
    assert_non_null(itd_arena_alloc(&arena, 0)); /* and it still works */
    itd_arena_finish(&arena);
}

static void texts_end_in_nul(void **state)
{
    (void)state;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    itd_sv copy = itd_arena_copy(&arena, ITD_SV("a\0b"));
    assert_true(itd_sv_equal(copy, ITD_SV("a\0b")) && copy.data[3] == '\0');
    copy = itd_arena_copy(&arena, ITD_SV_NONE);
    assert_true(copy.data && copy.size == 0 && copy.data[0] == '\0');
    itd_sv text = itd_arena_format(&arena, "%s-%d", "x", 42);
    assert_true(itd_sv_is(text, "x-42") && text.data[4] == '\0');
    itd_arena_finish(&arena);
}

static void a_refused_block_leaves_the_arena_usable(void **state)
{
    (void)state;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    char *first = itd_arena_alloc(&arena, 100);
    assert_non_null(first);
    memset(first, 'x', 100);
    itd_fault_arm(ITD_FAULT_MEMORY, 0);
    assert_null(itd_arena_alloc(&arena, 100000));
    itd_fault_disarm(ITD_FAULT_MEMORY);
    assert_non_null(itd_arena_alloc(&arena, 100000));
    for (int i = 0; i < 100; i++)
        assert_int_equal(first[i], 'x');
    itd_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_zeroed_and_apart),
        cmocka_unit_test(cap_is_kept),
        cmocka_unit_test(texts_end_in_nul),
        cmocka_unit_test(a_refused_block_leaves_the_arena_usable),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
