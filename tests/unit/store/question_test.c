/* Sets of questions, their names, and judgements of records. */
#include "store/question.h"

#include "store/judgement.h"
#include "support/case_place.h"
#include "support/faults.h"

static int64_t audit_next;

/* Keeps the questions whose ids are letters of `ids`; what one says is its id, or what `said` gives. */
static itd_status keep(int64_t *set, unsigned char hash[ITD_STORE_HASH], case_place *here, const char *ids,
                       const char *said, itd_error *error)
{
    itd_asking *asking = NULL;
    itd_status status = itd_asking_begin(&asking, here->store, ++audit_next, error);
    for (size_t i = 0; status == ITD_OK && ids[i]; i++) {
        unsigned char of_content[ITD_STORE_HASH];
        itd_sv content = itd_sv_make(said ? said + i : ids + i, 1);
        itd_question_hash(of_content, content);
        itd_asked asked = {itd_sv_make(ids + i, 1), content, {(const char *)of_content, sizeof of_content}};
        status = itd_asking_add(asking, &asked, error);
    }
    if (status == ITD_OK)
        status = itd_asking_end(set, hash, asking, error);
    itd_asking_close(asking);
    return status;
}

static int64_t kept(case_place *here, const char *ids, const char *said)
{
    itd_error error = {0};
    unsigned char hash[ITD_STORE_HASH];
    int64_t set = 0, found = 0;
    assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
    if (keep(&set, hash, here, ids, said, &error) != ITD_OK)
        fail_msg("%s", error.message);
    assert_int_equal(itd_store_commit(here->store, &error), ITD_OK);
    assert_int_equal(itd_question_set_find(&found, here->store, itd_sv_make((const char *)hash, sizeof hash), &error),
                     ITD_OK);
    assert_int_equal(found, set);
    return set;
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

static void must_hold(case_place *here, int64_t set, const char *ids, const char *said)
{
    itd_error error = {0};
    itd_asked_reader *reader = NULL;
    itd_asked asked;
    bool more = true;
    assert_int_equal(itd_asked_open(&reader, here->store, set, &error), ITD_OK);
    for (size_t i = 0;; i++) {
        unsigned char hash[ITD_STORE_HASH];
        assert_int_equal(itd_asked_next(&asked, &more, reader, &error), ITD_OK);
        assert_int_equal(more, ids[i] != '\0');
        if (!more)
            break;
        assert_true(itd_sv_equal(asked.id, itd_sv_make(ids + i, 1)));
        assert_true(itd_sv_equal(asked.content, itd_sv_make(said + i, 1)));
        itd_question_hash(hash, asked.content);
        assert_true(itd_sv_equal(asked.hash, itd_sv_make((const char *)hash, sizeof hash)));
    }
    itd_asked_close(reader);
}

static void a_set_is_kept_once(void **state)
{
    case_place *here = *state;
    static const struct {
        const char *ids, *said;
    } rows[] = {{"abc", "abc"}, {"abc", "abd"}, {"ab", "ab"},   {"abcd", "abcd"}, {"", ""},
                {"acb", "acb"}, {"xbc", "abc"}, {"aab", "abb"}, {"a", "a"}};
    enum { ROWS = sizeof rows / sizeof rows[0] };
    int64_t sets[ROWS];
    uint64_t questions = 0;
    for (size_t i = 0; i < ROWS; i++) {
        sets[i] = kept(here, rows[i].ids, rows[i].said);
        for (size_t other = 0; other < i; other++)
            assert_int_not_equal(sets[other], sets[i]);
        questions += strlen(rows[i].ids);
    }
    for (size_t again = 0; again < ROWS; again++)
        assert_int_equal(kept(here, rows[again].ids, rows[again].said), sets[again]);
    assert_int_equal(rows_of(here, "SELECT count(*) FROM question_set"), ROWS);
    assert_int_equal(rows_of(here, "SELECT count(*) FROM question"), questions);
    for (size_t i = 0; i < ROWS; i++)
        must_hold(here, sets[i], rows[i].ids, rows[i].said);
}

static void each_row_of_a_set_has_the_number_of_its_record(void **state)
{
    case_place *here = *state;
    (void)kept(here, "ab", NULL);
    (void)kept(here, "abc", NULL); /* begins as the one before */
    (void)kept(here, "ab", NULL);  /* is there already */
    (void)kept(here, "abc", NULL); /* is the newest */
    assert_int_equal(rows_of(here, "SELECT count(*) FROM question q JOIN question_set s ON s.id = q.question_set "
                                   "WHERE q.audit != s.audit"),
                     0);
}

static void a_set_that_is_not_there(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_asked_reader *reader = NULL;
    int64_t set = 7;
    assert_int_equal(itd_asked_open(&reader, here->store, 1, &error), ITD_ENOTFOUND);
    assert_null(reader);
    assert_int_equal(itd_question_set_find(&set, here->store, ITD_SV("no hash at all"), &error), ITD_ENOTFOUND);
    assert_int_equal(set, 7);
}

static void named(case_place *here, const char *name, int64_t set, const char *options, itd_status wanted)
{
    itd_error error = {0};
    assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
    assert_int_equal(
        itd_question_store_name(here->store, itd_sv_of(name), set, itd_sv_of(options), ++audit_next, &error), wanted);
    if (wanted == ITD_OK)
        assert_int_equal(itd_store_commit(here->store, &error), ITD_OK);
    itd_store_rollback(here->store);
}

static void the_newest_row_of_a_name_counts(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_question_store found = {0};
    char long_name[ITD_QUESTION_STORE_NAME_MAX + 2] = {0};
    int64_t one = kept(here, "ab", NULL), two = kept(here, "abc", NULL);
    named(here, "book", one, "{}", ITD_OK);
    named(here, "other", one, "{}", ITD_OK);
    named(here, "book", two, "{\"limit\":3}", ITD_OK);
    named(here, "book", two, "{\"limit\":3}", ITD_OK); /* says the same */
    assert_int_equal(rows_of(here, "SELECT count(*) FROM question_store"), 3);
    assert_int_equal(itd_question_store_find(&found, here->store, ITD_SV("book"), &here->arena, &error), ITD_OK);
    assert_int_equal(found.set, two);
    assert_int_equal(found.count, 3);
    assert_true(itd_sv_is(found.options, "{\"limit\":3}"));
    named(here, "book", one, "{}", ITD_OK); /* back again */
    assert_int_equal(itd_question_store_find(&found, here->store, ITD_SV("book"), &here->arena, &error), ITD_OK);
    assert_int_equal(found.set, one);
    assert_int_equal(itd_question_store_find(&found, here->store, ITD_SV("bok"), &here->arena, &error), ITD_ENOTFOUND);
    assert_non_null(strstr(error.message, "'bok'; there are: book, other"));
    named(here, " ", one, "{}", ITD_EINVAL);
    named(here, "\xff", one, "{}", ITD_EINVAL);
    memset(long_name, 'n', ITD_QUESTION_STORE_NAME_MAX + 1);
    named(here, long_name, one, "{}", ITD_EINVAL);
    long_name[ITD_QUESTION_STORE_NAME_MAX] = '\0';
    named(here, long_name, one, "{}", ITD_OK);
}

static void judged(case_place *here, const char *left, const char *right, itd_judgement_kind kind, const char *reason,
                   itd_status wanted)
{
    itd_error error = {0};
    itd_judgement j = {.left = itd_sv_of(left),
                       .right = itd_sv_of(right),
                       .kind = kind,
                       .reason = itd_sv_of(reason),
                       .person = ITD_SV("ann"),
                       .made = 5,
                       .audit = ++audit_next};
    assert_int_equal(itd_store_begin(here->store, &error), ITD_OK);
    itd_status status = itd_judgement_add(here->store, &j, &error);
    if (status != wanted)
        fail_msg("\"%s\" (%s)", error.message, itd_status_name(status));
    if (wanted == ITD_OK)
        assert_int_equal(itd_store_commit(here->store, &error), ITD_OK);
    itd_store_rollback(here->store);
}

static void the_newest_judgement_counts_in_any_order(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    itd_judgement j = {0};
    bool found = true;
    (void)kept(here, "abc", NULL);
    assert_int_equal(itd_judgement_newest(&j, &found, here->store, ITD_SV("a"), ITD_SV("b"), &here->arena, &error),
                     ITD_OK);
    assert_false(found);
    for (int round = 0; round < 2; round++) {
        judged(here, "a", "b", ITD_JUDGEMENT_MERGE, "same passport", ITD_OK);
        for (int order = 0; order < 2; order++) {
            assert_int_equal(itd_judgement_newest(&j, &found, here->store, order ? ITD_SV("a") : ITD_SV("b"),
                                                  order ? ITD_SV("b") : ITD_SV("a"), &here->arena, &error),
                             ITD_OK);
            assert_true(found && j.kind == ITD_JUDGEMENT_MERGE && itd_sv_is(j.reason, "same passport") &&
                        itd_sv_is(j.left, "a"));
        }
        judged(here, "b", "a", ITD_JUDGEMENT_SPLIT, "another birth date", ITD_OK);
        assert_int_equal(itd_judgement_newest(&j, &found, here->store, ITD_SV("a"), ITD_SV("b"), &here->arena, &error),
                         ITD_OK);
        assert_true(found && j.kind == ITD_JUDGEMENT_SPLIT && j.made == 5);
    }
    judged(here, "a", "a", ITD_JUDGEMENT_MERGE, "itself", ITD_EINVAL);
    judged(here, "a", "z", ITD_JUDGEMENT_MERGE, "nobody", ITD_ENOTFOUND);
    judged(here, "z", "a", ITD_JUDGEMENT_MERGE, "nobody", ITD_ENOTFOUND);
    judged(here, "a", "c", ITD_JUDGEMENT_MERGE, " ", ITD_EINVAL);
    judged(here, "a", "c", ITD_JUDGEMENT_MERGE, "\xff", ITD_EINVAL);
    assert_int_equal(rows_of(here, "SELECT count(*) FROM judgement"), 4);
}

static itd_status keep_some(void *context, itd_error *error)
{
    case_place *here = context;
    unsigned char hash[ITD_STORE_HASH];
    int64_t set = 0;
    itd_asked_reader *reader = NULL;
    itd_question_store found;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_store_begin(here->store, error);
    if (status == ITD_OK)
        status = keep(&set, hash, here, "abd", NULL, error);
    if (status == ITD_OK)
        status = itd_question_store_name(here->store, ITD_SV("n"), set, ITD_SV("{}"), ++audit_next, error);
    if (status == ITD_OK)
        status = itd_question_store_find(&found, here->store, ITD_SV("n"), &arena, error);
    if (status == ITD_OK)
        status = itd_asked_open(&reader, here->store, set, error);
    itd_asked_close(reader);
    itd_store_rollback(here->store);
    itd_arena_finish(&arena);
    return status;
}

static void nothing_more(void *context)
{
    assert_int_equal(rows_of(context, "SELECT count(*) FROM question"), 3);
}

static void memory_fails_in_turn(void **state)
{
    case_place *here = *state;
    (void)kept(here, "abc", NULL);
    assert_true(faults_each(ITD_FAULT_MEMORY, keep_some, nothing_more, here) > 5);
}

#define ONE(f) cmocka_unit_test_setup_teardown(f, case_place_set_up, case_place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(a_set_is_kept_once),
        ONE(each_row_of_a_set_has_the_number_of_its_record),
        ONE(a_set_that_is_not_there),
        ONE(the_newest_row_of_a_name_counts),
        ONE(the_newest_judgement_counts_in_any_order),
        ONE(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("store/question", tests, NULL, NULL);
}
