/* Relations of FollowTheMoney as stakes: dates that contradict each other, day by day, against what they say. */
#include "engine/graph_relation.h"
#include "own/pair.h"
#include "support/cm.h"
#include "support/folder.h"

#define DATES_MAX 4

typedef struct period {
    const char *starts[DATES_MAX], *ends[DATES_MAX]; /* up to the first NULL */
} period;

static void put_dates(itd_buffer *out, const char *key, const char *const *dates)
{
    if (!dates[0])
        return;
    itd_buffer_format(out, ",\"%s\":[", key);
    for (size_t i = 0; i < DATES_MAX && dates[i]; i++)
        itd_buffer_format(out, "%s\"%s\"", i ? "," : "", dates[i]);
    itd_buffer_format(out, "]");
}

static itd_status open_period(itd_graph **out, itd_context *context, const period *p, const char *type,
                              itd_error *error)
{
    folder f;
    itd_buffer text = {0};
    itd_buffer_format(&text,
                      "{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"X\"],\"asset\":[\"A\"],"
                      "\"percentage\":[\"60\"],\"ownershipType\":[\"%s\"]",
                      type);
    put_dates(&text, "startDate", p->starts);
    put_dates(&text, "endDate", p->ends);
    itd_buffer_format(&text, "}}\n");
    assert_false(text.failed);
    folder_start(&f);
    folder_write(&f, "r.json", text.data, text.size);
    const char *const paths[] = {f.paths[0]};
    const itd_read_options options = {.paths = paths, .path_count = 1};
    itd_status status = itd_graph_open(out, context, &options, error);
    folder_end(&f);
    itd_buffer_finish(&text);
    return status;
}

static void take_span(int32_t *first, int32_t *last, const char *text)
{
    itd_date date;
    assert_true(itd_date_parse(&date, itd_sv_of(text)));
    itd_date_span(first, last, date);
}

/* Any of the dates may be the one that is so: before the first day of all it is not reached, from the last one on it
 * is. */
static itd_surety reached(const char *const *dates, int32_t day, itd_surety without)
{
    int32_t least = INT32_MAX, most = INT32_MIN;
    if (!dates[0])
        return without;
    for (size_t i = 0; i < DATES_MAX && dates[i]; i++) {
        int32_t first = 0, last = 0;
        take_span(&first, &last, dates[i]);
        least = first < least ? first : least;
        most = last > most ? last : most;
    }
    return day >= most ? ITD_CERTAIN : day >= least ? ITD_PERHAPS : ITD_NOT_HELD;
}

static itd_surety expected(const period *p, int32_t day)
{
    itd_surety begun = reached(p->starts, day, ITD_CERTAIN), ended = reached(p->ends, day, ITD_NOT_HELD);
    itd_surety lasts = (itd_surety)(ITD_CERTAIN - ended);
    return begun < lasts ? begun : lasts;
}

static void compare_days(const itd_register *r, const period *p, size_t which)
{
    int32_t first = 0, last = 0;
    uint32_t company = itd_register_find(r, ITD_SV("A"));
    uint32_t at = r->in_first[company], count = r->in_first[company + 1] - at;
    take_span(&first, &last, "2009-12-01");
    take_span(&last, &(int32_t){0}, "2031-02-01");
    for (int32_t day = first; day < last; day++) {
        itd_surety wanted = expected(p, day);
        itd_own_pair pair;
        bool perhaps = false;
        itd_own_pair_of(&pair, r, at, count, day);
        for (uint32_t s = at; s < at + count; s++)
            perhaps |= itd_own_holds(r, s, day) == ITD_PERHAPS;
        if (pair.control != wanted || perhaps != (wanted == ITD_PERHAPS) ||
            pair.max_ppm[0] != (wanted == ITD_NOT_HELD ? 0 : 600000) ||
            pair.min_ppm[0] != (wanted == ITD_CERTAIN ? 600000 : 0))
            fail_msg("period %zu, day %d: %d, not %d; shares %u to %u", which, (int)(day - first), pair.control, wanted,
                     pair.min_ppm[0], pair.max_ppm[0]);
    }
}

static void test_every_day(void **state)
{
    static const period periods[] = {
        {{0}, {0}},
        {{"2020-03-04"}, {"2024-05-06"}},
        {{"2020"}, {"2024-05"}},
        {{"2020", "2020-05-03"}, {0}},                                /* the year can mean that day too */
        {{"2020-01-01", "2020-01-15"}, {"2024-12-20", "2025-01-10"}}, /* one stake can say it */
        {{"2020-01-01", "2021-05-26"}, {0}},                          /* 511 days: one stake still can */
        {{"2020-01-01", "2021-05-27"}, {0}},                          /* 512: it cannot */
        {{"2020-01-01", "2025-06-01"}, {0}},
        {{"2020-01-01", "2022-07-01", "2025-06-01"}, {"2027"}},
        {{0}, {"2023-01-01", "2026-01-01"}},
        {{"2012", "2019"}, {"2023-01-01", "2026-01"}},
        {{"2015-01-01", "2025-06-01"}, {"2018-01-01"}}, /* some starts are after the end */
        {{"2015-01-01", "2025-06-01"}, {"2018-01-01", "2018-03-01"}},
        {{"2022-01-01"}, {"2015-01-01", "2025-06-01"}},
        {{"2015-01-01", "2025-06-01"}, {"2016-01-01", "2026-06-01"}}, /* nothing is certain */
        {{"2015-01-01", "2025-06-01"}, {"2025-06-01"}},
        {{"2020-01-01", "2020-01-01T12:00:00Z"}, {0}}, /* one day */
    };
    itd_context *context = NULL;
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_context_create(&context, &(itd_context_options){.threads = 1}, &error), ITD_OK);
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        itd_graph *graph = NULL;
        if (open_period(&graph, context, &periods[i], "control", &error) != ITD_OK)
            fail_msg("period %zu: %s", i, error.message);
        compare_days(&graph->r, &periods[i], i);
        itd_graph_close(graph);
    }
    itd_context_destroy(context);
}

static void test_what_cannot_be(void **state)
{
    static const struct {
        period p;
        const char *why;
    } bad[] = {
        {{{"foo"}, {0}}, "startDate \"foo\": no date"},
        {{{0}, {"31.12.2023"}}, "endDate \"31.12.2023\": no date"},
        {{{0}, {"2023-02-30"}}, "endDate \"2023-02-30\": no date"},
        {{{"2020-01-01", "2020-13-01"}, {0}}, "startDate \"2020-13-01\": no date"},
        {{{"2024-01-01"}, {"2023-12-31"}}, "it ends before it starts"},
        {{{"2024"}, {"2023"}}, "it ends before it starts"},
        {{{"1910-01-01", "2010-01-02"}, {0}}, "more than a century"}, /* 36526 days */
    };
    const period century = {{"1910-01-01", "2010-01-01"}, {0}}; /* 36525 */
    itd_context *context = NULL;
    itd_graph *graph = NULL;
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_context_create(&context, &(itd_context_options){.threads = 1}, &error), ITD_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(open_period(&graph, context, &bad[i].p, "shares", &error), ITD_EFORMAT);
        if (!strstr(error.message, bad[i].why))
            fail_msg("%zu: %s", i, error.message);
        assert_int_equal(error.line, 1);
        assert_non_null(strstr(error.where, "r.json"));
    }
    assert_int_equal(open_period(&graph, context, &century, "shares", &error), ITD_OK);
    assert_int_equal(graph->r.stake_count, 73); /* 36525 days in parts of 511 at most: 72; and what is certain */
    itd_graph_close(graph);
    itd_context_destroy(context);
}

static void test_a_date_has_room_for_so_many_days(void **state)
{
    itd_register_builder *builder = NULL;
    itd_error error = {0};
    itd_stake stake = {.owner = ITD_SV("X"),
                       .owned = ITD_SV("A"),
                       .start = {.year = 2021},
                       .start_more = ITD_STAKE_DAYS_MAX - 365}; /* the year is 365 days */
    (void)state;
    assert_int_equal(itd_register_builder_create(&builder, NULL, &error), ITD_OK);
    assert_int_equal(itd_register_builder_add(builder, &stake, &error), ITD_OK);
    stake.start_more++;
    assert_int_equal(itd_register_builder_add(builder, &stake, &error), ITD_EINVAL);
    stake.start_more = 0;
    stake.end_more = 1; /* of no date */
    assert_int_equal(itd_register_builder_add(builder, &stake, &error), ITD_EINVAL);
    itd_register_builder_destroy(builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_day), cmocka_unit_test(test_what_cannot_be),
                                       cmocka_unit_test(test_a_date_has_room_for_so_many_days)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
