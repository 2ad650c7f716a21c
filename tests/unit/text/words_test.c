#include "support/cm.h"
#include "text/fold.h"
#include "text/words.h"

static void lists_know(void **state)
{
    (void)state;
    const itd_text_word_row *llc = itd_word_find(ITD_SV("llc")), *ooo = itd_word_find(ITD_SV("ooo")),
                            *gmbh = itd_word_find(ITD_SV("gmbh"));
    assert_non_null(llc);
    assert_non_null(ooo);
    assert_non_null(gmbh);
    assert_int_equal(llc->form, ooo->form);
    assert_int_equal(llc->form, gmbh->form);
    assert_null(itd_word_find(ITD_SV("qwrtp")));
    assert_null(itd_word_find(ITD_SV("")));
    assert_non_null(itd_phrase_find(ITD_SV("limited liability company")));
    assert_null(itd_phrase_find(ITD_SV("limited liability")) ? NULL : itd_phrase_find(ITD_SV("limited liabilities")));
    assert_true(itd_phrase_starts(ITD_SV("limited")));
    assert_false(itd_phrase_starts(ITD_SV("limite")));
    assert_false(itd_phrase_starts(ITD_SV("zzzz")));
}

static void rows_are_in_order(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < itd_word_list_count; i++)
        assert_true(strcmp(itd_text_pooled(itd_word_list[i - 1].text), itd_text_pooled(itd_word_list[i].text)) < 0);
    for (uint32_t i = 1; i < itd_text_phrases_count; i++)
        assert_true(strcmp(itd_text_pooled(itd_text_phrases[i - 1].text), itd_text_pooled(itd_text_phrases[i].text)) <
                    0);
    for (uint32_t i = 1; i < itd_text_spellings_count; i++)
        assert_true(
            strcmp(itd_text_pooled(itd_text_spellings[i - 1].left), itd_text_pooled(itd_text_spellings[i].left)) < 0);
}

static bool variant_found;
static void variant_seen(void *context, itd_sv other)
{
    variant_found = variant_found || itd_sv_is(other, context);
}

/* Korean by the tables of the North, of McCune and Reischauer, and of the South; Chinese by pinyin, Wade-Giles and what
 * Cantonese and Hokkien speakers write. */
static void romanisations(void **state)
{
    (void)state;
    static char pairs[][2][8] = {{"jong", "chung"}, {"jong", "jeong"}, {"un", "eun"},     {"gyong", "kyong"},
                                 {"hyok", "hyeok"}, {"song", "seong"}, {"chol", "cheol"}, {"sik", "shik"},
                                 {"yong", "ryong"}, {"ryol", "yeol"},  {"zhang", "teo"},  {"chen", "tan"},
                                 {"huang", "wong"}, {"xi", "hsi"},     {"qing", "ching"}, {"tok", "duck"},
                                 {"om", "uhm"},     {"ho", "hur"}};
    static char apart[][2][8] = {{"jong", "kang"}, {"un", "il"}, {"chol", "song"}, {"zhang", "wang"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        for (int turned = 0; turned < 2; turned++) {
            variant_found = false;
            itd_nicknames_each(itd_sv_of(pairs[i][turned]), variant_seen, pairs[i][!turned]);
            if (!variant_found)
                fail_msg("%s %s", pairs[i][turned], pairs[i][!turned]);
        }
    }
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        variant_found = false;
        itd_nicknames_each(itd_sv_of(apart[i][0]), variant_seen, apart[i][1]);
        assert_false(variant_found);
    }
}

static void count_robert(void *context, itd_sv other)
{
    if (itd_sv_is(other, "robert"))
        ++*(int *)context;
}

static void nicknames(void **state)
{
    (void)state;
    int seen = 0;
    itd_nicknames_each(ITD_SV("bob"), count_robert, &seen);
    assert_int_equal(seen, 1);
    itd_nicknames_each(ITD_SV("qwrtp"), count_robert, &seen);
    assert_int_equal(seen, 1);
}

static void profile_names_all(void **state)
{
    (void)state;
    itd_sv profile = itd_sv_of(itd_text_profile());
    assert_true(itd_sv_starts(profile, ITD_SV("icu-")));
    assert_int_not_equal(itd_sv_find(profile, ITD_SV("/unicode-"), 0), SIZE_MAX);
    assert_int_not_equal(itd_sv_find(profile, itd_sv_of(itd_text_tables_hash), 0), SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_know), cmocka_unit_test(rows_are_in_order),
                                       cmocka_unit_test(nicknames), cmocka_unit_test(profile_names_all),
                                       cmocka_unit_test(romanisations)};
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
