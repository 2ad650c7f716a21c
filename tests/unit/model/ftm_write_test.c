#include "model/ftm_write.h"

#include "support/faults.h"

#define PLACE .document = ITD_SV("list.csv"), .line = 3, .offset = 70, .span = 9

static itd_collection *collect(const itd_statement *statements, size_t count)
{
    itd_collection *c = NULL;
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(itd_collection_add(c, &statements[i], NULL), ITD_OK);
    assert_int_equal(itd_collection_fold(c, NULL), ITD_OK);
    return c;
}

static itd_statement say(const char *id, const char *record, itd_schema schema, itd_property property,
                         const char *value, const char *dataset)
{
    return (itd_statement){.entity = itd_sv_of(id),
                           .record = itd_sv_of(record),
                           .dataset = itd_sv_of(dataset),
                           .schema = schema,
                           .property = property,
                           .value = itd_sv_of(value),
                           .offset = ITD_NOWHERE};
}

static void assert_text(const itd_buffer *out, const char *want)
{
    if (!itd_sv_is(itd_buffer_view(out), want))
        fail_msg("\n%.*s is not\n%s", (int)out->size, out->data, want);
}

static void entities(void **state)
{
    (void)state;
    itd_statement s[] = {
        say("x-1", "x-1", ITD_S_LegalEntity, ITD_P_Thing_name, "Zeta \"Co\"", "list-b"),
        say("x-1", "x-1", ITD_S_Company, ITD_P_Thing_name, "Alpha", "list-a"),
        say("x-1", "x-1", ITD_S_Company, ITD_P_Thing_name, "Alpha", "list-b"),
        say("x-1", "x-1", ITD_S_Company, ITD_P_Thing_alias, "\xEA\xB9\x80", "list-b"),
        say("x-1", "x-1", ITD_S_Company, ITD_P_ID, "x-1", "list-b"),
        say("x-1", "x-1", ITD_S_Company, ITD_P_ID, "old-7", "list-a"),
        say("x-1", "x-1", ITD_S_Company, ITD_P_ID, "old-7", "list-b"),
        say("x-1", "x-1", ITD_S_Company, ITD_P_ID, "x-7", "list-b"),
        say("x-1-addr", "x-1", ITD_S_Address, ITD_P_Address_full, "Pyongyang", "list-a"),
        say("y", "y", ITD_S_Thing, ITD_P_Thing_summary, "b", "list-a"),
        say("y", "y", ITD_S_Event, ITD_P_Thing_summary, "a", "list-a"),
        say("y", "y", ITD_S_Event, ITD_P_Thing_summary, "b", "list-a"),
        say("y", "y", ITD_S_Event, ITD_P_Thing_summary, "c", "list-a"),
        say("z", "z", ITD_S_Person, ITD_P_ID, "z", ""),
    };
    s[0].first_seen = ITD_SV("2024-02-01");
    s[0].last_seen = ITD_SV("2024-02-02");
    s[1].first_seen = ITD_SV("2023-02-01");
    s[2].last_seen = ITD_SV("2025-02-01");
    itd_collection *c = collect(s, sizeof s / sizeof s[0]);
    itd_buffer out = {0};
    for (size_t i = 0; i < itd_collection_entity_count(c); i++)
        assert_int_equal(itd_ftm_write_entity(&out, c, &itd_collection_entities(c)[i], NULL), ITD_OK);
    assert_text(
        &out, "{\"id\":\"x-1\",\"schema\":\"Company\",\"properties\":{\"alias\":[\"\xEA\xB9\x80\"],\"name\":[\"Alpha\","
              "\"Zeta \\\"Co\\\"\"]},\"datasets\":[\"list-a\",\"list-b\"],\"referents\":[\"old-7\",\"x-7\"],"
              "\"first_seen\":\"2023-02-01\",\"last_seen\":\"2025-02-01\"}\n"
              "{\"id\":\"x-1-addr\",\"schema\":\"Address\",\"properties\":{\"full\":[\"Pyongyang\"]},"
              "\"datasets\":[\"list-a\"],\"record\":\"x-1\"}\n"
              "{\"id\":\"y\",\"schema\":\"Event\",\"properties\":{\"summary\":[\"a\",\"b\",\"c\"]},"
              "\"datasets\":[\"list-a\"]}\n"
              "{\"id\":\"z\",\"schema\":\"Person\",\"properties\":{},\"datasets\":[]}\n");
    itd_buffer_finish(&out);
    itd_collection_destroy(c);
}

/* What the model lacks stands under its own name: values of one name together, whatever lies between them in byte
 * order, and together with those of another schema that has the name. */
static void properties_that_the_model_lacks(void **state)
{
    (void)state;
    itd_statement s[] = {
        say("x", "x", ITD_S_Person, ITD_P_ID, "x", "d"),
        say("x", "x", ITD_S_Person, ITD_P_OTHER, "1", "d"),
        say("x", "x", ITD_S_Person, ITD_P_OTHER, "2", "d"),
        say("x", "x", ITD_S_Person, ITD_P_OTHER, "3", "d"),
        say("x", "x", ITD_S_Person, ITD_P_OTHER, "3", "e"),
        say("x", "x", ITD_S_Thing, ITD_P_OTHER, "2000", "d"),
        say("x", "x", ITD_S_Person, ITD_P_Person_birthDate, "1999", "d"),
        say("x", "x", ITD_S_Person, ITD_P_Thing_name, "X", "d"),
    };
    s[1].original = ITD_SV("zeta");
    s[2].original = ITD_SV("age");
    s[3].original = ITD_SV("zeta\tthree");
    s[4].original = ITD_SV("zeta");
    s[5].original = ITD_SV("birthDate");
    itd_collection *c = collect(s, sizeof s / sizeof s[0]);
    itd_buffer out = {0};
    assert_int_equal(itd_ftm_write_entity(&out, c, itd_collection_entities(c), NULL), ITD_OK);
    assert_text(&out, "{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{\"age\":[\"2\"],\"birthDate\":[\"1999\","
                      "\"2000\"],\"name\":[\"X\"],\"zeta\":[\"1\",\"3\"]},\"datasets\":[\"d\",\"e\"]}\n");
    itd_buffer_clear(&out);
    for (size_t i = 1; i < 6; i++)
        if (itd_sv_is(itd_collection_text(c, itd_collection_rows(c)[i].value), "3"))
            assert_int_equal(itd_ftm_write_statement(&out, c, &itd_collection_rows(c)[i], NULL), ITD_OK);
    assert_text(&out,
                "{\"entity_id\":\"x\",\"dataset\":\"d\",\"schema\":\"Person\",\"prop\":\"zeta\",\"value\":\"3\","
                "\"original_value\":\"three\"}\n"
                "{\"entity_id\":\"x\",\"dataset\":\"e\",\"schema\":\"Person\",\"prop\":\"zeta\",\"value\":\"3\"}\n");
    itd_buffer_finish(&out);
    itd_collection_destroy(c);
}

static void statements(void **state)
{
    (void)state;
    const itd_statement full = {.entity = ITD_SV("a"),
                                .record = ITD_SV("b"),
                                .dataset = ITD_SV("list"),
                                .schema = ITD_S_Person,
                                .property = ITD_P_Person_birthDate,
                                .value = ITD_SV("1960"),
                                .original = ITD_SV("circa 1960"),
                                .lang = ITD_SV("eng"),
                                .first_seen = ITD_SV("2024"),
                                .last_seen = ITD_SV("2025"),
                                .origin = ITD_SV("analyst"),
                                PLACE,
                                .reliability = 'B',
                                .credibility = '2',
                                .tlp = ITD_TLP_AMBER_STRICT};
    const itd_statement bare = say("b", "b", ITD_S_Person, ITD_P_ID, "b", "list");
    itd_collection *c = collect((const itd_statement[]){full, bare}, 2);
    itd_buffer out = {0};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(itd_ftm_write_statement(&out, c, &itd_collection_rows(c)[i], NULL), ITD_OK);
    assert_text(&out,
                "{\"entity_id\":\"a\",\"record\":\"b\",\"dataset\":\"list\",\"schema\":\"Person\",\"prop\":"
                "\"birthDate\",\"value\":\"1960\",\"original_value\":\"circa 1960\",\"lang\":\"eng\","
                "\"first_seen\":\"2024\",\"last_seen\":\"2025\",\"origin\":\"analyst\",\"document\":\"list.csv\","
                "\"line\":3,\"offset\":70,\"span\":9,\"reliability\":\"B\",\"credibility\":\"2\","
                "\"tlp\":\"amber+strict\"}\n"
                "{\"entity_id\":\"b\",\"dataset\":\"list\",\"schema\":\"Person\",\"prop\":\"id\",\"value\":\"b\"}\n");
    itd_buffer_finish(&out);
    itd_collection_destroy(c);
}

typedef struct written {
    const itd_collection *collection;
    itd_buffer out;
} written;

static itd_status write_both(void *context, itd_error *error)
{
    written *w = context;
    itd_buffer_finish(&w->out);
    itd_status status = itd_ftm_write_entity(&w->out, w->collection, itd_collection_entities(w->collection), error);
    if (status == ITD_OK)
        status = itd_ftm_write_statement(&w->out, w->collection, itd_collection_rows(w->collection), error);
    return status;
}

static void lines_are_whole(void *context)
{
    const written *w = context;
    assert_true(w->out.size == 0 || w->out.data[w->out.size - 1] == '\n');
}

static void failures_leave_no_part_of_a_line(void **state)
{
    (void)state;
    static char big[5000];
    memset(big, 'x', sizeof big - 1);
    itd_statement s[] = {say("x-1", "x-1", ITD_S_Person, ITD_P_Thing_name, big, "list"),
                         say("x-1", "x-1", ITD_S_Person, ITD_P_OTHER, "43", "list")};
    s[1].original = ITD_SV("shoeSize");
    itd_collection *c = collect(s, 2);
    written w = {.collection = c};
    assert_true(faults_each(ITD_FAULT_MEMORY, write_both, lines_are_whole, &w) > 1);
    itd_buffer_finish(&w.out);
    itd_buffer small = {.size_max = 100};
    itd_error error = {0};
    assert_int_equal(itd_ftm_write_entity(&small, c, itd_collection_entities(c), &error), ITD_ENOMEM);
    assert_int_equal(small.size, 0);
    itd_buffer_finish(&small);
    itd_collection_destroy(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(entities), cmocka_unit_test(properties_that_the_model_lacks),
                                       cmocka_unit_test(statements),
                                       cmocka_unit_test(failures_leave_no_part_of_a_line)};
    return cmocka_run_group_tests_name("ftm_write", tests, NULL, NULL);
}
