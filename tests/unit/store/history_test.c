/* Random lists over many generations, against sets that the test keeps itself: what the case held after each one, and
 * what differs between any two. */
#include "store/history.h"

#include "support/case_import.h"
#include "support/faults.h"
#include "support/random.h"

#define GENERATIONS 20
#define DATASETS 3
#define RECORDS 14
#define SAID_MAX 6 /* statements of a record */

/* Names that begin alike, hold a NUL, or sort before what they begin with. */
static const char *const dataset_names[DATASETS] = {"a", "a-b", "b"};
static const itd_sv record_names[RECORDS] = {
    {"r", 1}, {"r\0", 2}, {"r\0\0", 3}, {"r\1", 2}, {"r1", 2},    {"r10", 3}, {"r\xff", 2},
    {"q", 1}, {"z", 1},   {"zz", 2},    {"\0", 1},  {"r\0\1", 3}, {"r2", 2},  {"a long name, with \"quotes\"", 26}};
static const itd_sv part_names[2] = {{"part-1", 6},
                                     {"part\0"
                                      "2",
                                      6}};
static const itd_sv values[] = {{"", 0}, {"x", 1}, {"x\0", 2}, {"x\0y", 3}, {"Пак", 6}, {"O'Neil", 6}, {"\xff\0\1", 3}};
static const itd_sv words[] = {{"", 0}, {"eng", 3}, {"kor", 3}};

typedef struct record_state {
    itd_statement said[SAID_MAX];
    size_t count; /* 0: not on the list */
} record_state;

typedef struct dataset_state {
    bool there;
    char version[16];
    record_state records[RECORDS];
} dataset_state;

typedef struct model {
    dataset_state states[GENERATIONS * DATASETS + 1][DATASETS]; /* after each generation number */
    int64_t newest;
} model;

static itd_statement random_statement(uint64_t *seed, size_t dataset, size_t record)
{
    static const itd_property properties[] = {ITD_P_ID, ITD_P_Thing_name, ITD_P_Thing_alias, ITD_P_OTHER};
    itd_statement s = {.dataset = itd_sv_of(dataset_names[dataset]),
                       .record = record_names[record],
                       .entity = record_names[record],
                       .schema = ITD_S_Person,
                       .property = properties[random_below(seed, 4)],
                       .value = values[random_below(seed, sizeof values / sizeof values[0])],
                       .lang = words[random_below(seed, 3)],
                       .line = random_below(seed, 4),
                       .offset = random_below(seed, 2) ? ITD_NOWHERE : random_below(seed, 99),
                       .span = (uint32_t)random_below(seed, 3)};
    if (random_below(seed, 4) == 0) { /* of a part: a record may have nothing else */
        s.entity = part_names[random_below(seed, 2)];
        s.schema = ITD_S_Address;
        s.property = ITD_P_Address_full;
    }
    if (s.property == ITD_P_OTHER)
        s.original = random_below(seed, 2) ? ITD_SV("shoeSize") : ITD_SV("shoeSize\t42 ");
    else if (random_below(seed, 3) == 0)
        s.original = ITD_SV("as\0it stands");
    if (random_below(seed, 5) == 0) {
        s.origin = ITD_SV("somebody else");
        s.reliability = (char)('A' + random_below(seed, 3));
        s.credibility = random_below(seed, 2) ? '1' : '\0';
        s.tlp = (uint8_t)random_below(seed, 5);
    }
    if (random_below(seed, 3) == 0)
        s.first_seen = ITD_SV("2026-01-01T00:00:00Z");
    return s;
}

static void random_record(record_state *out, uint64_t *seed, size_t dataset, size_t record)
{
    out->count = 1 + (size_t)random_below(seed, SAID_MAX);
    for (size_t i = 0; i < out->count; i++)
        out->said[i] = random_statement(seed, dataset, record);
}

/* The next list of a dataset: much stays, some is said anew, some goes, some comes back as it was. */
static void next_list(dataset_state *out, const model *m, uint64_t *seed, size_t dataset)
{
    const dataset_state *old = &m->states[m->newest][dataset];
    const int64_t then = (int64_t)random_below(seed, (uint64_t)m->newest + 1);
    const uint64_t calm = 1 + random_below(seed, 8); /* at 8 nothing happens at times */
    *out = *old;
    out->there = true;
    if (!old->there || random_below(seed, 3) == 0)
        (void)snprintf(out->version, sizeof out->version, "v%llu", (unsigned long long)random_below(seed, 4));
    for (size_t r = 0; r < RECORDS; r++) {
        record_state *record = &out->records[r];
        if (old->there && random_below(seed, calm * 2) != 0)
            continue;
        switch (random_below(seed, 5)) {
        case 0:
            record->count = 0;
            break;
        case 1:
            *record = m->states[then][dataset].records[r];
            break;
        case 2:
            if (record->count > 0)
                record->said[random_below(seed, record->count)] = random_statement(seed, dataset, r);
            break;
        default:
            random_record(record, seed, dataset, r);
            break;
        }
    }
}

/* Every text of a record once, sorted. */
static void texts_of_record(case_texts *out, const record_state *record)
{
    case_texts_start(out, false);
    for (size_t i = 0; i < record->count; i++)
        assert_int_equal(case_take_text(out, &record->said[i], NULL), ITD_OK);
    case_texts_sort(out);
    size_t kept = 0;
    for (size_t i = 0; i < out->list.count; i++)
        if (i == 0 || !itd_sv_equal(out->list.items[i], out->list.items[i - 1]))
            out->list.items[kept++] = out->list.items[i];
    out->list.count = kept;
}

static bool same_texts(const case_texts *a, const case_texts *b)
{
    bool same = a->list.count == b->list.count;
    for (size_t i = 0; same && i < a->list.count; i++)
        same = itd_sv_equal(a->list.items[i], b->list.items[i]);
    return same;
}

static bool same_record(const record_state *a, const record_state *b)
{
    case_texts x, y;
    texts_of_record(&x, a);
    texts_of_record(&y, b);
    bool same = same_texts(&x, &y);
    case_texts_finish(&x);
    case_texts_finish(&y);
    return same;
}

static bool is_entity(const record_state *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (itd_sv_equal(record->said[i].entity, record->said[i].record))
            return true;
    return false;
}

typedef struct tally {
    uint64_t records, statements, added, changed, removed;
    bool differs;
} tally;

static tally count(const dataset_state *old, const dataset_state *new)
{
    tally t = {0};
    for (size_t r = 0; r < RECORDS; r++) {
        case_texts texts;
        bool same = same_record(&old->records[r], &new->records[r]), was = is_entity(&old->records[r]),
             is = is_entity(&new->records[r]);
        texts_of_record(&texts, &new->records[r]);
        t.statements += texts.list.count;
        case_texts_finish(&texts);
        t.records += is;
        t.differs |= !same;
        t.added += !same && is && !was;
        t.changed += !same && is && was;
        t.removed += !same && was && !is;
    }
    return t;
}

/* Imports the lists of some datasets, each shuffled, and holds what the import says of them against the model. */
static void import_lists(model *m, itd_store *store, const dataset_state next[DATASETS], const bool chosen[DATASETS],
                         uint64_t *seed, int64_t now)
{
    itd_statement *all[DATASETS] = {0};
    case_source sources[DATASETS];
    case_results results;
    size_t sent = 0, at = 0;
    for (size_t d = 0; d < DATASETS; d++) {
        size_t said = 0;
        if (!chosen[d])
            continue;
        all[d] = calloc((size_t)RECORDS * SAID_MAX, sizeof **all);
        assert_non_null(all[d]);
        for (size_t r = 0; r < RECORDS; r++)
            for (size_t i = 0; i < next[d].records[r].count; i++)
                all[d][said++] = next[d].records[r].said[i];
        for (size_t i = said; i > 1; i--) {
            size_t other = (size_t)random_below(seed, i);
            itd_statement held = all[d][i - 1];
            all[d][i - 1] = all[d][other];
            all[d][other] = held;
        }
        sources[sent++] =
            (case_source){.dataset = dataset_names[d], .version = next[d].version, .statements = all[d], .count = said};
    }
    case_must_import(&results, store, sources, sent, now);
    assert_int_equal(results.count, sent);
    for (size_t d = 0; d < DATASETS; d++) {
        if (!chosen[d])
            continue;
        const itd_import_result *result = &results.items[at++];
        const dataset_state *old = &m->states[m->newest][d];
        const tally t = count(old, &next[d]);
        assert_true(itd_sv_is(result->dataset, dataset_names[d]));
        assert_int_equal(result->records, t.records);
        assert_int_equal(result->statements, t.statements);
        assert_int_equal(result->is_new, !old->there || t.differs || strcmp(old->version, next[d].version) != 0);
        if (!result->is_new)
            continue;
        assert_int_equal(result->added, t.added);
        assert_int_equal(result->changed, t.changed);
        assert_int_equal(result->removed, t.removed);
        assert_int_equal(result->generation, m->newest + 1);
        memcpy(m->states[m->newest + 1], m->states[m->newest], sizeof m->states[0]);
        m->states[++m->newest][d] = next[d];
    }
    for (size_t d = 0; d < DATASETS; d++)
        free(all[d]);
}

static void expect_held(const model *m, itd_store *store, int64_t generation)
{
    case_texts held, wanted;
    case_read(&held, store, generation, false);
    case_texts_start(&wanted, false);
    for (size_t d = 0; d < DATASETS; d++)
        for (size_t r = 0; r < RECORDS; r++) {
            case_texts of;
            texts_of_record(&of, &m->states[generation][d].records[r]);
            for (size_t i = 0; i < of.list.count; i++) {
                itd_sv copy = itd_arena_copy(&wanted.arena, of.list.items[i]);
                assert_true(copy.data && itd_vector_push(&wanted.list, copy));
            }
            case_texts_finish(&of);
        }
    case_texts_sort(&wanted);
    if (!same_texts(&held, &wanted))
        fail_msg("generation %lld: %zu statements instead of %zu, or others", (long long)generation, held.list.count,
                 wanted.list.count);
    case_texts_finish(&held);
    case_texts_finish(&wanted);
}

/* What the walk of a diff has to give next. */
typedef struct expected_diff {
    const dataset_state *from, *to;
    size_t order[RECORDS]; /* records by name */
    size_t at;
    size_t seen;
} expected_diff;

static void by_name(size_t order[RECORDS])
{
    for (size_t i = 0; i < RECORDS; i++) {
        size_t at = i;
        for (; at > 0 && itd_sv_compare(record_names[order[at - 1]], record_names[i]) > 0; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* `side` without what `other` has too. */
static void expect_texts(const itd_statement *list, size_t count, const record_state *side, const record_state *other)
{
    case_texts got, of, minus;
    size_t wanted = 0;
    case_texts_start(&got, false);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(case_take_text(&got, &list[i], NULL), ITD_OK);
    case_texts_sort(&got);
    texts_of_record(&of, side);
    texts_of_record(&minus, other);
    for (size_t i = 0; i < of.list.count; i++)
        if (!bsearch(&of.list.items[i], minus.list.items ? minus.list.items : &ITD_SV_NONE, minus.list.count,
                     sizeof *minus.list.items, case_by_text)) {
            assert_true(wanted < count);
            assert_true(itd_sv_equal(got.list.items[wanted], of.list.items[i]));
            wanted++;
        }
    assert_int_equal(wanted, count);
    case_texts_finish(&got);
    case_texts_finish(&of);
    case_texts_finish(&minus);
}

static itd_status take_change(void *user, const itd_record_change *change, itd_error *error)
{
    expected_diff *d = user;
    (void)error;
    while (d->at < RECORDS && same_record(&d->from->records[d->order[d->at]], &d->to->records[d->order[d->at]]))
        d->at++;
    assert_true(d->at < RECORDS);
    size_t r = d->order[d->at++];
    const record_state *old = &d->from->records[r], *new = &d->to->records[r];
    assert_true(itd_sv_equal(change->id, record_names[r]));
    bool was = is_entity(old), is = is_entity(new);
    if (!was && !is) { /* parts alone: there or not */
        was = old->count > 0;
        is = new->count > 0;
    }
    assert_int_equal(change->change, !was ? ITD_CHANGE_ADDED : is ? ITD_CHANGE_CHANGED : ITD_CHANGE_REMOVED);
    expect_texts(change->added, change->added_count, new, old);
    expect_texts(change->removed, change->removed_count, old, new);
    d->seen++;
    return ITD_OK;
}

static void expect_diff(const model *m, itd_store *store, size_t dataset, int64_t from, int64_t to)
{
    itd_error error = {0};
    expected_diff d = {&m->states[from][dataset], &m->states[to][dataset], {0}, 0, 0};
    by_name(d.order);
    if (itd_history_diff(store, itd_sv_of(dataset_names[dataset]), from, to, take_change, &d, &error) != ITD_OK)
        fail_msg("%s", error.message);
    for (; d.at < RECORDS; d.at++)
        assert_true(same_record(&d.from->records[d.order[d.at]], &d.to->records[d.order[d.at]]));
}

static bool differs_anywhere(const model *m, size_t record, int64_t from, int64_t to)
{
    for (size_t d = 0; d < DATASETS; d++)
        if (!same_record(&m->states[from][d].records[record], &m->states[to][d].records[record]))
            return true;
    return false;
}

/* Statements of those records alone that are not the same on both sides in one of the datasets. */
static void expect_changed(const model *m, itd_store *store, int64_t from, int64_t to, int64_t at)
{
    itd_error error = {0};
    case_texts got;
    size_t found = 0;
    case_texts_start(&got, false);
    assert_int_equal(itd_history_read_changed(store, from, to, at, case_take_text, &got, &error), ITD_OK);
    case_texts_sort(&got);
    for (size_t r = 0; r < RECORDS; r++)
        for (size_t d = 0; d < DATASETS && differs_anywhere(m, r, from, to); d++) {
            case_texts of;
            texts_of_record(&of, &m->states[at][d].records[r]);
            for (size_t i = 0; i < of.list.count; i++)
                assert_true(got.list.count && bsearch(&of.list.items[i], got.list.items, got.list.count,
                                                      sizeof *got.list.items, case_by_text));
            found += of.list.count;
            case_texts_finish(&of);
        }
    assert_int_equal(got.list.count, found);
    case_texts_finish(&got);
}

/* The parts of these lists do not bear the names of their records: each says something of another entity. */
static bool is_tangled(const dataset_state state[DATASETS])
{
    for (size_t d = 0; d < DATASETS; d++)
        for (size_t r = 0; r < RECORDS; r++)
            for (size_t i = 0; i < state[d].records[r].count; i++)
                if (!itd_sv_equal(state[d].records[r].said[i].entity, state[d].records[r].said[i].record))
                    return true;
    return false;
}

static void expect_tangled(const model *m, itd_store *store, int64_t from, int64_t to)
{
    itd_error error = {0};
    bool tangled = false;
    assert_int_equal(itd_history_is_tangled(&tangled, store, from, to, &error), ITD_OK);
    assert_int_equal(tangled, is_tangled(m->states[from]) || is_tangled(m->states[to]));
}

static void random_history(uint64_t seed)
{
    void *place = NULL;
    assert_int_equal(case_set_up(&place), 0);
    case_place *here = place;
    model *m = calloc(1, sizeof *m);
    assert_non_null(m);
    for (int64_t i = 0; m->newest < GENERATIONS; i++) {
        dataset_state *next = calloc(DATASETS, sizeof *next);
        bool chosen[DATASETS];
        assert_non_null(next);
        for (size_t d = 0; d < DATASETS; d++) {
            chosen[d] = random_below(&seed, 2) != 0;
            if (chosen[d])
                next_list(&next[d], m, &seed, d);
        }
        import_lists(m, here->store, next, chosen, &seed, CASE_MADE + i);
        free(next);
    }
    for (int64_t g = 0; g <= m->newest; g++)
        expect_held(m, here->store, g);
    for (int64_t from = 0; from <= m->newest; from++)
        for (int64_t to = from; to <= m->newest; to++) {
            for (size_t d = 0; d < DATASETS; d++)
                if (m->states[m->newest][d].there)
                    expect_diff(m, here->store, d, from, to);
            expect_tangled(m, here->store, from, to);
            expect_changed(m, here->store, from, to, from);
            expect_changed(m, here->store, from, to, to);
        }
    free(m);
    assert_int_equal(case_tear_down(&place), 0);
}

static void random_lists_over_many_generations(void **state)
{
    (void)state;
    const char *more = getenv("ITD_HISTORIES");
    uint64_t rounds = more && *more ? strtoull(more, NULL, 10) : 12;
    for (uint64_t seed = 1; seed <= rounds; seed++)
        random_history(seed * 77);
}

static itd_status ignore_change(void *user, const itd_record_change *change, itd_error *error)
{
    (void)change;
    (void)error;
    ++*(size_t *)user;
    return ITD_OK;
}

static void as_of_a_time(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    case_results results;
    int64_t generation = -1;
    uint64_t count_ = 0;
    size_t changes = 0;
    const itd_statement first = case_said("d", "1", ITD_P_Thing_name, "one"),
                        second = case_said("d", "1", ITD_P_Thing_name, "two");
    assert_int_equal(itd_history_newest(&generation, here->store, &error), ITD_OK);
    assert_int_equal(generation, 0);
    case_must_import(&results, here->store,
                     &(case_source){.dataset = "d", .version = "1", .statements = &first, .count = 1}, 1,
                     CASE_MADE + 10);
    case_must_import(&results, here->store,
                     &(case_source){.dataset = "d", .version = "2", .statements = &second, .count = 1}, 1,
                     CASE_MADE + 20);
    const struct {
        int64_t time, generation;
    } times[] = {{CASE_MADE + 9, 0}, {CASE_MADE + 10, 1}, {CASE_MADE + 19, 1}, {CASE_MADE + 20, 2}, {INT64_MAX, 2}};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        assert_int_equal(itd_history_at_time(&generation, here->store, times[i].time, &error), ITD_OK);
        assert_int_equal(generation, times[i].generation);
        assert_int_equal(itd_history_count(&count_, here->store, generation, &error), ITD_OK);
        assert_int_equal(count_, times[i].generation);
    }
    assert_int_equal(itd_history_diff(here->store, ITD_SV("no such"), 0, 2, ignore_change, &changes, &error),
                     ITD_ENOTFOUND);
    assert_non_null(strstr(error.message, "no such"));
    assert_int_equal(changes, 0);
}

/* A row that this program cannot understand is said, not passed over. */
static void a_row_of_another_program(void **state)
{
    case_place *here = *state;
    itd_error error = {0};
    case_results results;
    case_texts texts;
    const itd_statement s = case_said("d", "1", ITD_P_Thing_name, "one");
    case_must_import(&results, here->store,
                     &(case_source){.dataset = "d", .version = "1", .statements = &s, .count = 1}, 1, CASE_MADE);
    case_texts_start(&texts, false);
    case_run(here->store, "UPDATE statement SET schema = 'Spaceship'");
    assert_int_equal(itd_history_read(here->store, 1, case_take_text, &texts, &error), ITD_EMISMATCH);
    assert_non_null(strstr(error.message, "Spaceship"));
    case_run(here->store, "UPDATE statement SET schema = 'Person', property = 'warp'");
    assert_int_equal(itd_history_read(here->store, 1, case_take_text, &texts, &error), ITD_EMISMATCH);
    assert_non_null(strstr(error.message, "warp"));
    assert_int_equal(texts.list.count, 0);
    case_texts_finish(&texts);
}

typedef struct reading_job {
    itd_store *store;
    size_t seen;
} reading_job;

static itd_status count_statement(void *context, const itd_statement *s, itd_error *error)
{
    (void)s;
    (void)error;
    ((reading_job *)context)->seen++;
    return ITD_OK;
}

static itd_status read_everything(void *context, itd_error *error)
{
    reading_job *job = context;
    int64_t newest = 0;
    size_t changes = 0;
    job->seen = 0;
    ITD_TRY(itd_history_newest(&newest, job->store, error));
    ITD_TRY(itd_history_read(job->store, 2, count_statement, job, error));
    ITD_TRY(itd_history_read_changed(job->store, 1, 2, 2, count_statement, job, error));
    return itd_history_diff(job->store, ITD_SV("d"), 1, 2, ignore_change, &changes, error);
}

static void memory_in_turn(void **state)
{
    case_place *here = *state;
    case_results results;
    const itd_statement first[] = {case_said("d", "1", ITD_P_Thing_name, "one"),
                                   case_said("d", "2", ITD_P_Thing_name, "one")},
                        second[] = {case_said("d", "1", ITD_P_Thing_name, "two"),
                                    case_said("d", "3", ITD_P_Thing_name, "two")};
    case_must_import(&results, here->store,
                     &(case_source){.dataset = "d", .version = "1", .statements = first, .count = 2}, 1, CASE_MADE);
    case_must_import(&results, here->store,
                     &(case_source){.dataset = "d", .version = "2", .statements = second, .count = 2}, 1, CASE_MADE);
    reading_job job = {here->store, 0};
    assert_true(faults_each(ITD_FAULT_MEMORY, read_everything, NULL, &job) > 5);
    assert_int_equal(job.seen, 4);
}

#define CASE_TEST(name) cmocka_unit_test_setup_teardown(name, case_set_up, case_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lists_over_many_generations),
        CASE_TEST(as_of_a_time),
        CASE_TEST(a_row_of_another_program),
        CASE_TEST(memory_in_turn),
    };
    return cmocka_run_group_tests_name("store/history", tests, NULL, NULL);
}
