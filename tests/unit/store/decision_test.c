/* All states of a decision, with a clock that the test sets. */
#include "store/decision.h"

#include "support/case_place.h"
#include "support/faults.h"

#define DAY INT64_C(86400000000)
#define NOW (INT64_C(20454) * DAY) /* 2026-01-01 */

/* Hashes and digests are bytes: a letter stands for 32 of it. */
static itd_sv bytes_of(char letter)
{
    static char all[128][ITD_STORE_HASH];
    memset(all[(unsigned char)letter & 127], letter, ITD_STORE_HASH);
    return itd_sv_make(all[(unsigned char)letter & 127], ITD_STORE_HASH);
}

static itd_binding binding(char question, char record, const char *rules)
{
    return (itd_binding){bytes_of(question), bytes_of(record), itd_sv_of(rules)};
}

static int64_t audit_next;

static void screened(case_place *here, const char *query, const char *hit, itd_binding what)
{
    itd_error error = {0};
    itd_alerting *alerting = NULL;
    itd_alert alert = {itd_sv_of(query), itd_sv_of(hit), what, 900000, ++audit_next};
    assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
    assert_int_equal(itd_alerting_begin(&alerting, here->store, &error), ITD_OK);
    assert_int_equal(itd_alerting_add(alerting, &alert, &error), ITD_OK);
    itd_alerting_close(alerting);
    assert_int_equal(itd_store_commit(here->store, &error), ITD_OK);
}

static itd_decision_request request(itd_decision_kind kind, const char *person, const char *second)
{
    return (itd_decision_request){.query = ITD_SV("q"),
                                  .hit = ITD_SV("h"),
                                  .kind = kind,
                                  .reason = ITD_SV("born elsewhere"),
                                  .person = itd_sv_of(person),
                                  .second = itd_sv_of(second)};
}

static itd_status decided(case_place *here, const itd_decision_request *r, int64_t now, itd_error *error)
{
    itd_decision made;
    assert_int_equal(itd_store_begin(here->store, error), ITD_OK);
    itd_status status = itd_decision_add(&made, here->store, r, now, ++audit_next, &here->arena, error);
    if (status == ITD_OK)
        status = itd_store_commit(here->store, error);
    itd_store_rollback(here->store);
    return status;
}

static void must_decide(case_place *here, itd_decision_request r, int64_t now)
{
    itd_error error = {0};
    if (decided(here, &r, now, &error) != ITD_OK)
        fail_msg("%s", error.message);
}

static void must_refuse(case_place *here, itd_decision_request r, itd_status wanted, const char *why)
{
    itd_error error = {0};
    itd_status status = decided(here, &r, NOW, &error);
    if (status != wanted || !strstr(error.message, why))
        fail_msg("\"%s\" (%s) instead of \"%s\"", error.message, itd_status_name(status), why);
}

static const itd_decision *look_up(case_place *here, const char *query, const char *hit, int64_t before)
{
    itd_error error = {0};
    itd_decision_reader *reader = NULL;
    const itd_decision *list = NULL;
    size_t count = 0;
    assert_int_equal(itd_decision_reader_open(&reader, here->store, before, &error), ITD_OK);
    assert_int_equal(itd_decision_reader_of(&list, &count, reader, itd_sv_of(query), &here->arena, &error), ITD_OK);
    itd_decision_reader_close(reader);
    return itd_decision_find(list, count, itd_sv_of(hit));
}

static void must_be(case_place *here, itd_binding what, int64_t now, itd_decision_state wanted, unsigned wanted_why)
{
    unsigned why = 77;
    const itd_decision *d = look_up(here, "q", "h", INT64_MAX);
    itd_decision_state state = itd_decision_state_of(&why, d, &what, now);
    if (state != wanted || why != wanted_why)
        fail_msg("%s, reopened by %u, instead of %s, by %u", itd_decision_state_name(state), why,
                 itd_decision_state_name(wanted), wanted_why);
}

static const char rules[] = "rules-1";

static void what_the_case_has_not_seen_cannot_be_decided(void **state)
{
    case_place *here = *state;
    must_refuse(here, request(ITD_DECIDE_CLEAR, "ann", NULL), ITD_ENOTFOUND,
                "the case has not seen question 'q' hit 'h': screen it first with `interdict screen --case`");
    screened(here, "q", "other", binding('a', 'r', rules));
    screened(here, "other", "h", binding('a', 'r', rules));
    must_refuse(here, request(ITD_DECIDE_CLEAR, "ann", NULL), ITD_ENOTFOUND, "has not seen");
    must_be(here, binding('a', 'r', rules), NOW, ITD_DECISION_NONE, 0);
}

static void each_kind_has_its_state(void **state)
{
    case_place *here = *state;
    const itd_decision_state states[] = {ITD_DECISION_CLEARED, ITD_DECISION_CONFIRMED, ITD_DECISION_ESCALATED};
    itd_binding what = binding('a', 'r', rules);
    screened(here, "q", "h", what);
    for (unsigned kind = 0; kind < 3; kind++) {
        must_decide(here, request((itd_decision_kind)kind, "ann", NULL), NOW);
        must_be(here, what, NOW, states[kind], 0);
    }
    /* The newest one counts, not the strictest. */
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    must_be(here, what, NOW, ITD_DECISION_CLEARED, 0);
}

static void a_decision_reopens_when_what_it_is_about_changes(void **state)
{
    case_place *here = *state;
    itd_binding what = binding('a', 'r', rules);
    screened(here, "q", "h", what);
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    for (unsigned changed = 0; changed < 8; changed++) {
        itd_binding now =
            binding(changed & ITD_REOPENED_QUESTION ? 'b' : 'a', changed & ITD_REOPENED_RECORD ? 's' : 'r',
                    changed & ITD_REOPENED_RULES ? "rules-2" : rules);
        must_be(here, now, NOW + 1, changed ? ITD_DECISION_REOPENED : ITD_DECISION_CLEARED, changed);
    }
    /* It holds again when all is as it was. */
    must_be(here, what, NOW + DAY, ITD_DECISION_CLEARED, 0);
}

/* A record that is met through owners, by the verdict, and by name too where `named`. */
static itd_sv owned(char *room, char record, char verdict, bool named)
{
    memcpy(room, bytes_of(record).data, ITD_STORE_HASH);
    memcpy(room + ITD_STORE_HASH, bytes_of(verdict).data, ITD_STORE_HASH);
    room[ITD_BINDING_OWNED] = ITD_BINDING_NAMED;
    return itd_sv_make(room, named ? ITD_BINDING_BOTH : ITD_BINDING_OWNED);
}

/* A decision clears no more than what it was made of: the name, the owners, or both. */
static void a_decision_is_about_the_ways_in_which_they_met(void **state)
{
    case_place *here = *state;
    char room[2][ITD_BINDING_BOTH];
    static const struct {
        bool named, owned;             /* when it was decided */
        unsigned name, verdict, other; /* why it does not hold: for the name, for the verdict, for another verdict */
    } rows[] = {{true, false, 0, ITD_REOPENED_OWNERS, ITD_REOPENED_OWNERS},
                {false, true, ITD_REOPENED_OWNERS, 0, ITD_REOPENED_OWNERS},
                {true, true, 0, 0, ITD_REOPENED_OWNERS}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_binding what = binding('a', 'r', rules), now = what;
        if (rows[i].owned)
            what.record = owned(room[0], 'r', 'v', rows[i].named);
        screened(here, "q", "h", what);
        must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
        must_be(here, now, NOW, rows[i].name ? ITD_DECISION_REOPENED : ITD_DECISION_CLEARED, rows[i].name);
        now.record = owned(room[1], 'r', 'v', false);
        must_be(here, now, NOW, rows[i].verdict ? ITD_DECISION_REOPENED : ITD_DECISION_CLEARED, rows[i].verdict);
        now.record = owned(room[1], 'r', 'w', false);
        must_be(here, now, NOW, ITD_DECISION_REOPENED, rows[i].other);
        now.record = owned(room[1], 's', 'v', false);
        must_be(here, now, NOW, ITD_DECISION_REOPENED, ITD_REOPENED_RECORD);
        now.record = owned(room[1], 'r', 'v', true); /* both ways at once, as a consent sees it */
        unsigned both = rows[i].name | rows[i].verdict;
        must_be(here, now, NOW, both ? ITD_DECISION_REOPENED : ITD_DECISION_CLEARED, both);
    }
}

static void a_decision_is_about_the_newest_sight(void **state)
{
    case_place *here = *state;
    itd_binding first = binding('a', 'r', rules), second = binding('a', 's', rules);
    screened(here, "q", "h", first);
    screened(here, "q", "h", second);
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    must_be(here, first, NOW, ITD_DECISION_REOPENED, ITD_REOPENED_RECORD);
    must_be(here, second, NOW, ITD_DECISION_CLEARED, 0);
    /* The list goes back to what it was: that is the newest sight, and a new decision is about it. */
    screened(here, "q", "h", first);
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    must_be(here, first, NOW, ITD_DECISION_CLEARED, 0);
}

static void a_decision_expires(void **state)
{
    case_place *here = *state;
    itd_binding what = binding('a', 'r', rules);
    itd_decision_request r = request(ITD_DECIDE_CLEAR, "ann", NULL);
    screened(here, "q", "h", what);
    r.until = NOW;
    must_refuse(here, r, ITD_EINVAL, "lies in the past");
    r.until = NOW + DAY;
    must_decide(here, r, NOW);
    must_be(here, what, NOW + DAY - 1, ITD_DECISION_CLEARED, 0);
    must_be(here, what, NOW + DAY, ITD_DECISION_REOPENED, ITD_REOPENED_EXPIRED);
    must_be(here, binding('b', 'r', rules), NOW + DAY, ITD_DECISION_REOPENED,
            ITD_REOPENED_EXPIRED | ITD_REOPENED_QUESTION);
}

static void two_persons_in_one_call(void **state)
{
    case_place *here = *state;
    itd_binding what = binding('a', 'r', rules);
    screened(here, "q", "h", what);
    must_refuse(here, request(ITD_DECIDE_CLEAR, "ann", "ann"), ITD_EINVAL, "two have to agree");
    must_refuse(here, request(ITD_DECIDE_CLEAR, "ann", " Ann "), ITD_EINVAL, "two have to agree");
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", "bo"), NOW);
    must_be(here, what, NOW, ITD_DECISION_CLEARED, 0);
    assert_true(itd_sv_is(look_up(here, "q", "h", INT64_MAX)->second, "bo"));
}

static void a_second_person_agrees_later(void **state)
{
    case_place *here = *state;
    itd_binding what = binding('a', 'r', rules);
    itd_decision_request first = request(ITD_DECIDE_CLEAR, "ann", NULL), second = request(ITD_DECIDE_CLEAR, "bo", NULL);
    screened(here, "q", "h", what);
    first.until = NOW + 10 * DAY;
    must_decide(here, first, NOW);
    must_be(here, what, NOW, ITD_DECISION_PENDING, 0);
    must_refuse(here, first, ITD_EINVAL, "ann has decided so already: a second person has to agree");
    second.until = NOW + 9 * DAY;
    must_refuse(here, second, ITD_EINVAL, "has another end");
    second.until = 0;
    second.reason = ITD_SV("agreed");
    must_decide(here, second, NOW + DAY);
    must_be(here, what, NOW + DAY, ITD_DECISION_CLEARED, 0);
    const itd_decision *d = look_up(here, "q", "h", INT64_MAX);
    assert_true(itd_sv_is(d->person, "ann") && itd_sv_is(d->second, "bo") && itd_sv_is(d->reason, "born elsewhere"));
    assert_true(d->until == first.until && d->made == NOW + DAY);
    must_be(here, what, first.until, ITD_DECISION_REOPENED, ITD_REOPENED_EXPIRED);
}

static void another_decision_is_no_consent(void **state)
{
    case_place *here = *state;
    itd_binding what = binding('a', 'r', rules), changed = binding('a', 's', rules);
    screened(here, "q", "h", what);
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    must_decide(here, request(ITD_DECIDE_CONFIRM, "bo", NULL), NOW);
    must_be(here, what, NOW, ITD_DECISION_PENDING, 0);
    must_decide(here, request(ITD_DECIDE_CONFIRM, "ann", NULL), NOW);
    must_be(here, what, NOW, ITD_DECISION_CONFIRMED, 0);
    /* What waits is about a record that has changed since: nobody can agree to it. */
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    must_be(here, changed, NOW, ITD_DECISION_REOPENED, ITD_REOPENED_RECORD);
    screened(here, "q", "h", changed);
    must_decide(here, request(ITD_DECIDE_CLEAR, "bo", NULL), NOW);
    must_be(here, changed, NOW, ITD_DECISION_PENDING, 0);
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    must_be(here, changed, NOW, ITD_DECISION_CLEARED, 0);
}

static void what_waits_can_expire(void **state)
{
    case_place *here = *state;
    itd_binding what = binding('a', 'r', rules);
    itd_decision_request first = request(ITD_DECIDE_CLEAR, "ann", NULL), second = request(ITD_DECIDE_CLEAR, "bo", NULL);
    screened(here, "q", "h", what);
    first.until = NOW + DAY;
    must_decide(here, first, NOW);
    must_be(here, what, NOW + DAY, ITD_DECISION_REOPENED, ITD_REOPENED_EXPIRED);
    must_decide(here, second, NOW + DAY); /* a first person again */
    must_be(here, what, NOW + DAY, ITD_DECISION_PENDING, 0);
}

static void requests_that_say_too_little(void **state)
{
    case_place *here = *state;
    static char long_text[ITD_DECISION_REASON_MAX + 1];
    memset(long_text, 'x', sizeof long_text);
    const struct {
        itd_sv reason, person, second;
        const char *why;
    } rows[] = {
        {ITD_SV(" "), ITD_SV("ann"), ITD_SV_NONE, "needs a reason"},
        {ITD_SV("\xff"), ITD_SV("ann"), ITD_SV_NONE, "the reason is not valid UTF-8"},
        {{long_text, sizeof long_text}, ITD_SV("ann"), ITD_SV_NONE, "at most 65536 bytes"},
        {ITD_SV("x"), ITD_SV(" "), ITD_SV_NONE, "needs a person"},
        {ITD_SV("x"), ITD_SV("\xff"), ITD_SV_NONE, "person is not valid UTF-8"},
        {ITD_SV("x"), {long_text, ITD_DECISION_PERSON_MAX + 1}, ITD_SV_NONE, "at most 255 bytes"},
        {ITD_SV("x"), ITD_SV("ann"), ITD_SV(" "), "needs a person"},
    };
    screened(here, "q", "h", binding('a', 'r', rules));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_decision_request r = request(ITD_DECIDE_CLEAR, "", NULL);
        r.reason = rows[i].reason;
        r.person = rows[i].person;
        r.second = rows[i].second;
        must_refuse(here, r, ITD_EINVAL, rows[i].why);
    }
    itd_decision_request r = request(ITD_DECIDE_CLEAR, "ann", NULL);
    r.reason = itd_sv_make(long_text, ITD_DECISION_REASON_MAX);
    must_decide(here, r, NOW);
}

static void decisions_as_they_were_then(void **state)
{
    case_place *here = *state;
    itd_binding what = binding('a', 'r', rules);
    screened(here, "q", "h", what);
    must_decide(here, request(ITD_DECIDE_CLEAR, "ann", NULL), NOW);
    int64_t cleared = audit_next;
    must_decide(here, request(ITD_DECIDE_CONFIRM, "ann", NULL), NOW);
    assert_null(look_up(here, "q", "h", cleared));
    assert_int_equal(look_up(here, "q", "h", cleared + 1)->kind, ITD_DECIDE_CLEAR);
    assert_int_equal(look_up(here, "q", "h", cleared + 2)->kind, ITD_DECIDE_CONFIRM);
}

static void all_hits_of_a_question_are_found(void **state)
{
    case_place *here = *state;
    char hit[16];
    for (int i = 0; i < 40; i++) {
        (void)snprintf(hit, sizeof hit, "h-%02d", i * 7 % 40);
        screened(here, "q", hit, binding('a', 'r', rules));
        itd_decision_request r = request(i % 2 ? ITD_DECIDE_CLEAR : ITD_DECIDE_ESCALATE, "ann", NULL);
        r.hit = itd_sv_of(hit);
        must_decide(here, r, NOW);
    }
    for (int i = 0; i < 40; i++) {
        (void)snprintf(hit, sizeof hit, "h-%02d", i * 7 % 40);
        const itd_decision *d = look_up(here, "q", hit, INT64_MAX);
        assert_non_null(d);
        assert_int_equal(d->kind, i % 2 ? ITD_DECIDE_CLEAR : ITD_DECIDE_ESCALATE);
    }
    assert_null(look_up(here, "q", "h-40", INT64_MAX));
    assert_null(look_up(here, "q", "", INT64_MAX));
    assert_null(look_up(here, "other", "h-01", INT64_MAX));
}

static uint64_t rows_of(case_place *here, const char *text)
{
    itd_error error = {0};
    itd_sql_query *query = NULL;
    bool row = false;
    assert_int_equal(itd_sql_prepare(&query, here->store->sql, text, &error), ITD_OK);
    assert_int_equal(itd_sql_step(query, &row, &error), ITD_OK);
    uint64_t count = (uint64_t)itd_sql_i64(query, 0);
    itd_sql_finish(query);
    return count;
}

static void an_alert_is_put_down_once(void **state)
{
    case_place *here = *state;
    for (int i = 0; i < 3; i++)
        screened(here, "q", "h", binding('a', 'r', rules));
    assert_int_equal(rows_of(here, "SELECT count(*) FROM alert"), 1);
    screened(here, "q", "h", binding('a', 'r', "rules-2"));
    screened(here, "q", "h2", binding('a', 'r', "rules-2"));
    screened(here, "q", "h2", binding('b', 'r', "rules-2"));
    assert_int_equal(rows_of(here, "SELECT count(*) FROM alert"), 4);
}

static itd_status one_decision(void *context, itd_error *error)
{
    case_place *here = context;
    itd_decision_request r = request(ITD_DECIDE_CLEAR, "ann", NULL);
    itd_decision_reader *reader = NULL;
    const itd_decision *list;
    itd_decision made;
    size_t count = 0;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_store_begin(here->store, error);
    if (status == ITD_OK)
        status = itd_decision_add(&made, here->store, &r, NOW, ++audit_next, &arena, error);
    if (status == ITD_OK)
        status = itd_decision_reader_open(&reader, here->store, INT64_MAX, error);
    if (status == ITD_OK)
        status = itd_decision_reader_of(&list, &count, reader, ITD_SV("q"), &arena, error);
    if (status == ITD_OK)
        assert_int_equal(count, 1);
    itd_decision_reader_close(reader);
    itd_store_rollback(here->store);
    itd_arena_finish(&arena);
    return status;
}

static void no_decision(void *context)
{
    assert_int_equal(rows_of(context, "SELECT count(*) FROM decision"), 0);
}

static void memory_fails_in_turn(void **state)
{
    case_place *here = *state;
    screened(here, "q", "h", binding('a', 'r', rules));
    assert_true(faults_each(ITD_FAULT_MEMORY, one_decision, no_decision, here) > 4);
}

#define ONE(f) cmocka_unit_test_setup_teardown(f, case_place_set_up, case_place_tear_down)
#define TWO(f) cmocka_unit_test_setup_teardown(f, case_place_set_up_two_person, case_place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(what_the_case_has_not_seen_cannot_be_decided),
        ONE(each_kind_has_its_state),
        ONE(a_decision_reopens_when_what_it_is_about_changes),
        ONE(a_decision_is_about_the_ways_in_which_they_met),
        ONE(a_decision_is_about_the_newest_sight),
        ONE(a_decision_expires),
        TWO(two_persons_in_one_call),
        TWO(a_second_person_agrees_later),
        TWO(another_decision_is_no_consent),
        TWO(what_waits_can_expire),
        ONE(requests_that_say_too_little),
        ONE(decisions_as_they_were_then),
        ONE(all_hits_of_a_question_are_found),
        ONE(an_alert_is_put_down_once),
        ONE(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("store/decision", tests, NULL, NULL);
}
