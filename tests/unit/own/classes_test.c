/* Classes of persons who are blocked whether listed or not (31 CFR 510.201, 510.311): what they own or control rests on
 * the class, at least possible, however far down. Shares in parts per million. */
#include "support/own.h"

#define BLOCKED ITD_OWN_BLOCKED
#define POSSIBLE ITD_OWN_POSSIBLE
#define NOT ITD_OWN_NOT_BLOCKED
#define CLASS ITD_OWN_CATEGORY
#define BY_SHARES ITD_OWN_OWNERSHIP
#define NONE ITD_OWN_NO_BASIS

typedef struct example {
    const char *listed, *rows;
    struct {
        const char *id;
        itd_own_verdict verdict;
        itd_own_basis basis;
    } wanted[3];
} example;

static void judge_each(const example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        own_world w;
        own_judge(&w, "us-ofac", "2025-01-01", examples[i].listed, examples[i].rows);
        for (size_t k = 0; k < 3 && examples[i].wanted[k].id; k++) {
            itd_own_judgement judged = own_answer(&w, examples[i].wanted[k].id).judgement;
            if (judged.verdict != examples[i].wanted[k].verdict || judged.basis != examples[i].wanted[k].basis)
                fail_msg("example %zu, %s: verdict %d by %d", i, examples[i].wanted[k].id, (int)judged.verdict,
                         (int)judged.basis);
        }
        own_finish(&w);
    }
}

/* A half or more hands the class on, for certain or perhaps; so does control. A part that is less does not. */
static void test_handed_on(void **state)
{
    static const example examples[] = {
        {"X,kp-party\n",
         "X,A,510000,510000,shares,,\nA,B,300000,300000,shares,,\nB,C,900000,900000,director,,\n",
         {{"A", BLOCKED, CLASS}, {"B", POSSIBLE, CLASS}, {"C", NOT, NONE}}},
        {"X,kp-party\n",
         "X,A,460000,510001,shares,,\nA,B,300000,300000,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", POSSIBLE, CLASS}}},
        {"X,kp-party\n",
         "X,A,,,control,,\nA,B,,,control,,\nA,D,499999,499999,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", POSSIBLE, CLASS}, {"D", POSSIBLE, CLASS}}},
        {"X,kp-party\n",
         "X,A,,,board,,\nA,B,,,control,,\nB,D,1,1,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", POSSIBLE, CLASS}, {"D", POSSIBLE, CLASS}}},
        {"X,kp-party\n",
         "X,A,499999,499999,shares,,\nA,B,300000,300000,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", NOT, NONE}}},
        {"X,kp-party\n",
         "X,A,400000,600000,board,,\nA,B,300000,300000,shares,,\n", /* perhaps a majority of the board */
         {{"A", POSSIBLE, CLASS}, {"B", POSSIBLE, CLASS}}},
        {"X,kp-party\n",
         "X,A,,,director,,\nA,B,900000,900000,shares,,\n", /* sits on the board, and owns nothing by it */
         {{"A", NOT, NONE}, {"B", NOT, NONE}}},
    };
    (void)state;
    judge_each(examples, sizeof examples / sizeof examples[0]);
}

/* Who has most votes controls. */
static void test_votes(void **state)
{
    static const example examples[] = {
        {"X,kp-party\n",
         "X,A,500001,500001,votes,,\nA,B,300000,300000,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", POSSIBLE, CLASS}}},
        {"X,kp-party\n",
         "X,A,500000,500000,votes,,\nA,B,300000,300000,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", NOT, NONE}}},
    };
    (void)state;
    judge_each(examples, sizeof examples / sizeof examples[0]);
}

/* Those of a class are summed, and have at most what others leave, blocked ones too that are not of it. */
static void test_shares_of_the_class(void **state)
{
    static const example examples[] = {
        {"X,kp-party\nW,kp-government\n",
         "X,A,250000,250000,shares,,\nW,A,250000,250001,shares,,\nA,B,100000,100000,shares,,\n",
         {{"A", BLOCKED, CLASS}, {"B", POSSIBLE, CLASS}}},
        {"X,kp-party\n", /* X has 450,000 at most */
         "X,A,0,600000,shares,,\nZ,A,550000,550000,shares,,\nA,B,300000,300000,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", NOT, NONE}}},
        {"X,kp-party\nY\n", /* A is blocked by the two, and of the class by none of them */
         "X,A,300000,300000,shares,,\nY,A,300000,300000,shares,,\nA,B,300000,300000,shares,,\nA,C,500000,500000,shares,"
         ",\n",
         {{"A", BLOCKED, BY_SHARES}, {"B", NOT, NONE}, {"C", BLOCKED, BY_SHARES}}},
        {"X,kp-party\nY\n", /* blocked by Y, and what X controls of the class perhaps */
         "X,A,,,control,,\nY,A,600000,600000,shares,,\nA,B,300000,300000,shares,,\n",
         {{"A", BLOCKED, BY_SHARES}, {"B", POSSIBLE, CLASS}}},
        {"X,kp-party\nY\n", /* a listed party that the Party owns is of the class too */
         "X,Y,600000,600000,shares,,\nY,B,300000,300000,shares,,\n",
         {{"Y", BLOCKED, ITD_OWN_LISTED}, {"B", POSSIBLE, CLASS}}},
    };
    (void)state;
    judge_each(examples, sizeof examples / sizeof examples[0]);
}

/* It is the class whether the company above is of it by its shares or by control. */
static void test_one_basis(void **state)
{
    static const example examples[] = {
        {"X,kp-party\n",
         "X,A,500000,500000,shares,,\nA,B,500000,500000,shares,,\n",
         {{"A", BLOCKED, CLASS}, {"B", BLOCKED, CLASS}}},
        {"X,kp-party\n",
         "X,A,,,control,,\nA,B,500000,500000,shares,,\n",
         {{"A", POSSIBLE, CLASS}, {"B", POSSIBLE, CLASS}}},
    };
    (void)state;
    judge_each(examples, sizeof examples / sizeof examples[0]);
}

/* Chains of what was handed on begin with the member. */
static void test_chain(void **state)
{
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", "2025-01-01", "X,kp-party\n", "X,A,,,control,,\nA,B,,,control,,\n");
    itd_own_answer answer = own_answer(&w, "B");
    assert_int_equal(answer.chain_count, 1);
    assert_int_equal(answer.chains[0].count, 2);
    assert_true(itd_sv_is(answer.chains[0].steps[0].owner, "X") && itd_sv_is(answer.chains[0].steps[1].owner, "A"));
    assert_string_equal(answer.chains[0].steps[1].kind, "control");
    assert_int_equal(answer.by_count, 1);
    own_finish(&w);
}

/* Before the class was blocked, and under regimes that know none, its members are listed persons like others. */
static void test_no_class(void **state)
{
    const char *rows = "X,A,,,control,,\nA,B,300000,300000,shares,,\n";
    own_world w;
    (void)state;
    own_judge(&w, "us-ofac", "2016-03-15", "X,kp-party\n", rows);
    own_expect(&w, "A", NOT, NONE, "control");
    own_expect(&w, "B", NOT, NONE, "");
    own_finish(&w);
    own_judge(&w, "eu", "2025-01-01", "X,kp-party\n", rows);
    own_expect(&w, "A", BLOCKED, ITD_OWN_CONTROL, "");
    own_expect(&w, "B", NOT, NONE, "");
    own_finish(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_handed_on), cmocka_unit_test(test_votes), cmocka_unit_test(test_shares_of_the_class),
        cmocka_unit_test(test_one_basis), cmocka_unit_test(test_chain), cmocka_unit_test(test_no_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
