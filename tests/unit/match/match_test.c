#include <stdio.h>

#include "support/matching.h"

/* Pairs of entities of one name each, and what their score must be between. */

typedef struct pair {
    const char *left, *right;
    int low, high; /* thousandths */
    itd_schema schema;
} pair;

static void check_pairs(const pair *pairs, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        int score = score_names(pairs[i].schema, pairs[i].left, pairs[i].right) / 1000;
        if (score < pairs[i].low || score > pairs[i].high) {
            printf("# %s | %s: %d, wanted %d to %d\n", pairs[i].left, pairs[i].right, score, pairs[i].low,
                   pairs[i].high);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void names_that_are_one(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Kim Jong Un", "KIM, Jong Un", 960, 1000, ITD_S_Person},
        {"Kim Jong Un", "Kim Jong-un", 960, 1000, ITD_S_Person},
        {"Kim Jong Un", "Kim Chŏng'ŭn", 750, 1000, ITD_S_Person},
        {"Kim Chŏng'ŭn", "KIM, Jong Un", 800, 1000, ITD_S_Person},
        {"金正恩", "KIM, Jong Un", 900, 1000, ITD_S_Person},
        {"金正恩", "Jin Zheng'en", 900, 1000, ITD_S_Person},
        {"Ch'a Iksu", "CH'A, Ik-su", 900, 1000, ITD_S_Person},
        {"Gim Jeong-eun", "KIM, Jong Un", 700, 1000, ITD_S_Person},
        {"김정은", "KIM, Jong Un", 900, 1000, ITD_S_Person},
        {"Viktor Bout", "Victor Boot", 700, 980, ITD_S_Person},
        {"Mohammadhasni", "Mohammad Hasni", 800, 1000, ITD_S_Person},
        {"SiemensAG", "Siemens AG", 800, 1000, ITD_S_Company},
        {"KIM JONG UN", "Kim Jong Un", 1000, 1000, ITD_S_Person},
        {"KIM, Jong Un", "Kim Jong Un", 995, 995, ITD_S_Person},
        {"Kim Jong Un", "Kim Jong-Un.", 995, 995, ITD_S_Person},
        {"Владимир ПУТИН", "ВЛАДИМИР Путин", 1000, 1000, ITD_S_Person},
        {"Владимир Путин", "Vladimir Putin", 990, 990, ITD_S_Person},
        {"Kim Jong Un", "Jong Un KIM", 980, 980, ITD_S_Person},
        {"Central Committee, Bureau No. 39", "CENTRAL COMMITTEE BUREAU 39", 950, 1000, ITD_S_Organization},
        {"Office Nr 39", "OFFICE 39", 950, 1000, ITD_S_Organization},
        {"Third Floor", "THIRD FLOOR", 980, 1000, ITD_S_Organization},
        {"Third Floor", "3rd Floor", 900, 1000, ITD_S_Organization},
        {"ООО Ромашка", "Romashka LLC", 880, 1000, ITD_S_Company},
        {"M/V Dawnlight", "DAWNLIGHT", 880, 1000, ITD_S_Vessel},
        {"Vladimir Putin", "Vladimir Vladimirovich PUTIN", 800, 980, ITD_S_Person},
        {"Владимир Путин", "Vladimir Putin", 950, 1000, ITD_S_Person},
        {"J. Smith", "John Smith", 700, 950, ITD_S_Person},
        {"Bob Smith", "Robert Smith", 800, 980, ITD_S_Person},
        {"Osama bin Laden", "Usama Bin Ladin", 850, 1000, ITD_S_Person},
        {"محمد حسني", "Muhammad Husni", 700, 1000, ITD_S_Person},
    };
    check_pairs(pairs, sizeof pairs / sizeof pairs[0]);
}

/* Words that no list of spellings knows: consonants decide, or the letters themselves. */
static void scripts_without_spellings(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"قزقوز حسن", "Qazquz Hassan", 750, 1000, ITD_S_Person},
        {"قزقوز حسن", "Dabbash Hassan", 0, 699, ITD_S_Person},
        {"ツガルノ ミハマ", "Tsugaruno Mihama", 800, 1000, ITD_S_Person},
        {"ツガルノ ミハマ", "Tsugaruno Okada", 0, 699, ITD_S_Person},
        {"सुब्रतो चन्दर", "Subrato Chandar", 700, 1000, ITD_S_Person},
    };
    check_pairs(pairs, sizeof pairs / sizeof pairs[0]);
}

static void ofac_is_an_algorithm(void **state)
{
    (void)state;
    itd_entity_value values[] = {{ITD_P_Thing_name, ITD_SV("VLADIMIR PUTIN")},
                                 {ITD_P_Thing_name, ITD_SV("VLADIMIR BILIY")},
                                 {ITD_P_Thing_alias, ITD_SV("Zzyx")}};
    itd_entity left = {.schema = ITD_S_Person, .values = &values[0], .value_count = 1},
               right = {.schema = ITD_S_Person, .values = &values[1], .value_count = 2},
               other = {.schema = ITD_S_Person, .values = &values[2], .value_count = 1};
    itd_match_result result;
    assert_int_equal(score_entities(&result, &left, &right, ITD_ALGORITHM_OFAC), 900000);
    assert_string_equal(result.contributions[0].feature, "ofac_name");
    assert_int_equal(score_entities(&result, &left, &other, ITD_ALGORITHM_OFAC), 0);
    assert_int_equal(result.contribution_count, 0);
}

static void names_that_are_not(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Kim", "KIM, Jong Un", 400, 699, ITD_S_Person},
        {"Kim", "Ibn EL QAIM", 0, 699, ITD_S_Person},
        {"Office 39", "Office 38", 0, 690, ITD_S_Organization},
        {"John Smith", "John Brown", 0, 690, ITD_S_Person},
        {"Zzyx Qwrtp Blorgh", "KIM, Jong Un", 0, 300, ITD_S_Person},
        {"General Trading Company", "Zafarani General Trading Company", 0, 699, ITD_S_Company},
        {"Ltd", "Zafarani Ltd", 0, 699, ITD_S_Company},
    };
    check_pairs(pairs, sizeof pairs / sizeof pairs[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_that_are_one), cmocka_unit_test(names_that_are_not),
                                       cmocka_unit_test(scripts_without_spellings),
                                       cmocka_unit_test(ofac_is_an_algorithm)};
    return cmocka_run_group_tests_name("match", tests, setup, teardown);
}
