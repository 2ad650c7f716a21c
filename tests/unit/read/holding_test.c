/* Kinds of holdings in words. */
#include "read/holding.h"

#include "support/cm.h"

#define FIVE "votesvotesvotesvotesvotes"
#define LONGER_THAN_KNOWN FIVE FIVE FIVE FIVE FIVE

static void test_known(void **state)
{
    static const struct {
        const char *text;
        itd_stake_kind kind;
        uint32_t low, high;
    } known[] = {
        {"shares", ITD_STAKE_SHARES, 0, 0},
        {"Shareholding", ITD_STAKE_SHARES, 0, 0},
        {"ownership-of-shares", ITD_STAKE_SHARES, 0, 0},
        {"VOTES", ITD_STAKE_VOTES, 0, 0},
        {"Voting rights", ITD_STAKE_VOTES, 0, 0},
        {"votingRights", ITD_STAKE_VOTES, 0, 0},
        {"voting-rights", ITD_STAKE_VOTES, 0, 0},
        {"Board", ITD_STAKE_BOARD, 0, 0},
        {"appointment of board", ITD_STAKE_BOARD, 0, 0},
        {"Right to appoint and remove directors", ITD_STAKE_BOARD, 0, 0},
        {"right-to-appoint-and-remove-directors-as-trust", ITD_STAKE_BOARD, 0, 0},
        {"Control", ITD_STAKE_CONTROL, 0, 0},
        {"significant_influence", ITD_STAKE_CONTROL, 0, 0},
        {"Controlling", ITD_STAKE_CONTROL, 0, 0},
        {"significant-influence-or-control", ITD_STAKE_CONTROL, 0, 0},
        {"otherInfluenceOrControl", ITD_STAKE_CONTROL, 0, 0},
        /* Companies Act 2006, Schedule 1A: more than 25 up to 50 %; more than 50 and less than 75 % */
        {"ownership-of-shares-25-to-50-percent", ITD_STAKE_SHARES, 250001, 500000},
        {"Voting rights 50 to 75 percent", ITD_STAKE_VOTES, 500001, 749999},
        {"ownership of shares 75 to 100 percent as trust", ITD_STAKE_SHARES, 0, 1000000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        itd_stake said = {.share_min_ppm = 7, .line = 9};
        if (!itd_holding_read(&said, itd_sv_of(known[i].text)))
            fail_msg("%s is not known", known[i].text);
        if (said.kind != known[i].kind || said.share_min_ppm != known[i].low || said.share_max_ppm != known[i].high)
            fail_msg("%s: %s %u to %u", known[i].text, itd_stake_kind_name(said.kind), said.share_min_ppm,
                     said.share_max_ppm);
        assert_int_equal(said.line, 9);
    }
}

static void test_unknown(void **state)
{
    static const char *const unknown[] = {
        "", "golden share", "beneficial owner", "nominee", "director", "link", "share of", "usufruct", "---",
        /* registered owners of land hold it for somebody else */
        "registered-owner-as-nominee-person-england-wales-registered-overseas-entity", LONGER_THAN_KNOWN};
    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        itd_stake said = {.kind = ITD_STAKE_JOINT, .share_max_ppm = 5};
        if (itd_holding_read(&said, itd_sv_of(unknown[i])))
            fail_msg("%s is known", unknown[i]);
        assert_int_equal(said.kind, ITD_STAKE_JOINT);
        assert_int_equal(said.share_max_ppm, 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_unknown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
