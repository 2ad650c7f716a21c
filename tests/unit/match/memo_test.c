/* What words of earlier questions were worth: kept, told apart, and emptied when there is no more room. */
#include "match/memo.h"

#include <stdio.h>

#include "support/cm.h"

enum { WORDS = 5000 };

static itd_sv word_of(char *out, size_t size, int number)
{
    int length = snprintf(out, size, "word%d", number);
    return (itd_sv){out, (size_t)length};
}

static void learn(itd_memo *memo, itd_sv word, uint32_t items)
{
    assert_true(itd_memo_begin(memo, word));
    for (uint32_t i = 0; i < items; i++)
        assert_true(itd_vector_push(&memo->items, ((itd_memo_item){i, 500, ITD_MEMO_SIMILARITY})));
    itd_memo_end(memo);
}

static void words_are_kept_apart(void **state)
{
    (void)state;
    itd_memo memo = {0};
    char text[32];
    assert_null(itd_memo_find(&memo, ITD_SV("word1")));
    for (int i = 0; i < WORDS; i++)
        learn(&memo, word_of(text, sizeof text, i), (uint32_t)i % 7);
    for (int i = 0; i < WORDS; i++) {
        const itd_memo_entry *entry = itd_memo_find(&memo, word_of(text, sizeof text, i));
        assert_non_null(entry);
        assert_int_equal(entry->count, i % 7);
        for (uint32_t k = 0; k < entry->count; k++)
            assert_int_equal(memo.items.items[entry->first + k].token, k);
    }
    assert_null(itd_memo_find(&memo, ITD_SV("word")));
    assert_true(itd_memo_begin(&memo, ITD_SV("begun")));
    assert_null(itd_memo_find(&memo, ITD_SV("begun"))); /* until it is ended */
    itd_memo_clear(&memo);
    assert_null(itd_memo_find(&memo, ITD_SV("word1")));
    itd_memo_finish(&memo);
}

static void a_full_one_is_emptied(void **state)
{
    (void)state;
    itd_memo memo = {0};
    learn(&memo, ITD_SV("first"), ITD_MEMO_ITEMS_MAX - 1);
    learn(&memo, ITD_SV("second"), 1);
    assert_non_null(itd_memo_find(&memo, ITD_SV("first")));
    learn(&memo, ITD_SV("third"), 1); /* there is no room left */
    assert_null(itd_memo_find(&memo, ITD_SV("first")));
    assert_non_null(itd_memo_find(&memo, ITD_SV("third")));
    assert_int_equal(memo.items.count, 1);
    itd_memo_finish(&memo);

    char long_word[4096];
    memset(long_word, 'x', sizeof long_word);
    for (size_t i = 0; i < ITD_MEMO_LETTERS_MAX / sizeof long_word; i++) {
        (void)snprintf(long_word, 16, "%zu", i);
        learn(&memo, (itd_sv){long_word, sizeof long_word}, 1);
    }
    assert_int_equal(memo.letters.size, ITD_MEMO_LETTERS_MAX);
    learn(&memo, ITD_SV("next"), 1);
    assert_int_equal(memo.letters.size, 4);
    assert_int_equal(memo.entries.count, 1);
    itd_memo_finish(&memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_kept_apart), cmocka_unit_test(a_full_one_is_emptied)};
    return cmocka_run_group_tests_name("memo", tests, NULL, NULL);
}
