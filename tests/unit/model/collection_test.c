#include "model/collection.h"

#include <stdio.h>
#include <stdlib.h>

#include "model/sort.h"
#include "support/faults.h"

static itd_statement statement(const char *entity, itd_schema schema, itd_property property, const char *value)
{
    return (itd_statement){.entity = itd_sv_of(entity),
                           .record = itd_sv_of(entity),
                           .dataset = ITD_SV("list"),
                           .schema = schema,
                           .property = property,
                           .value = itd_sv_of(value),
                           .document = ITD_SV("list.csv"),
                           .line = 1,
                           .offset = ITD_NOWHERE};
}

static void add(itd_collection *collection, const itd_statement *s)
{
    assert_int_equal(itd_collection_add(collection, s, NULL), ITD_OK);
}

static void statements_become_entities(void **state)
{
    (void)state;
    itd_collection *c = NULL;
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    itd_statement s = statement("b", ITD_S_LegalEntity, ITD_P_Thing_name, "Zeta");
    add(c, &s);
    s = statement("a", ITD_S_Person, ITD_P_Thing_name, "KIM");
    add(c, &s);
    s = statement("b", ITD_S_Company, ITD_P_Thing_name, "Alpha");
    add(c, &s);
    add(c, &s); /* the same in every field */
    s.line = 2;
    add(c, &s); /* the same, said elsewhere */
    s = statement("c", ITD_S_Address, ITD_P_Address_full, "Pyongyang");
    s.record = ITD_SV("b");
    add(c, &s);
    s.record = ITD_SV("a");
    add(c, &s);
    assert_int_equal(itd_collection_fold(c, NULL), ITD_OK);

    assert_int_equal(itd_collection_row_count(c), 6);
    assert_int_equal(itd_collection_entity_count(c), 3);
    const itd_folded *e = itd_collection_entities(c);
    const itd_row *rows = itd_collection_rows(c);
    assert_true(itd_sv_is(itd_collection_text(c, e[0].id), "a"));
    assert_int_equal(e[1].schema, ITD_S_Company);
    assert_int_equal(e[1].row_count, 3);
    assert_int_equal(e[1].record, e[1].id);
    assert_true(itd_sv_is(itd_collection_text(c, rows[e[1].row_first].value), "Alpha"));
    assert_int_equal(rows[e[1].row_first + 1].line, 2);
    assert_true(itd_sv_is(itd_collection_text(c, rows[e[1].row_first + 2].value), "Zeta"));
    assert_true(itd_sv_is(itd_collection_text(c, e[2].record), "a"));
    assert_int_equal(itd_collection_find(c, ITD_SV("b")), 1);
    assert_int_equal(itd_collection_find(c, ITD_SV("bb")), ITD_MAP_NONE);
    assert_int_equal(itd_collection_find(c, ITD_SV("")), ITD_MAP_NONE);
    assert_int_equal(itd_collection_text(c, 0).size, 0);

    /* What comes after a fold is there after the next. */
    s = statement("a", ITD_S_Person, ITD_P_Thing_name, "Zeta");
    add(c, &s);
    s.record = ITD_SV("z");
    add(c, &s);
    assert_int_equal(itd_collection_fold(c, NULL), ITD_OK);
    assert_int_equal(itd_collection_entities(c)[0].row_count, 3);
    assert_int_equal(itd_collection_entities(c)[0].record, itd_collection_entities(c)[0].id);
    itd_collection_destroy(c);
    itd_collection_destroy(NULL);
}

static void an_empty_collection_folds(void **state)
{
    (void)state;
    itd_collection *c = NULL;
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    assert_int_equal(itd_collection_fold(c, NULL), ITD_OK);
    assert_int_equal(itd_collection_entity_count(c), 0);
    assert_int_equal(itd_collection_row_count(c), 0);
    assert_int_equal(itd_collection_text_count(c), 1);
    itd_collection_destroy(c);
}

static void schemata_that_cannot_be_one(void **state)
{
    (void)state;
    itd_collection *c = NULL;
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    itd_statement s = statement("x-1", ITD_S_Person, ITD_P_Thing_name, "KIM");
    add(c, &s);
    s.schema = ITD_S_Vessel;
    add(c, &s);
    s.schema = ITD_S_Thing;
    add(c, &s);
    itd_error error = {0};
    assert_int_equal(itd_collection_fold(c, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "x-1"));
    assert_non_null(strstr(error.message, "Person"));
    assert_non_null(strstr(error.message, "Vessel"));
    assert_int_equal(itd_collection_entity_count(c), 0);
    assert_int_equal(itd_collection_row_count(c), 3);
    itd_collection_destroy(c);
}

static void properties_fit_their_schema(void **state)
{
    (void)state;
    itd_collection *c = NULL;
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    static const struct {
        itd_schema schema;
        itd_property property;
    } rows[] = {{ITD_S_Person, ITD_P_Vessel_imoNumber},
                {ITD_SCHEMA_NONE, ITD_P_ID},
                {ITD_S_Person, ITD_PROPERTY_NONE},
                {ITD_S_Person, ITD_P_OTHER}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_statement s = statement("x-1", rows[i].schema, rows[i].property, "1");
        itd_error error = {0};
        assert_int_equal(itd_collection_add(c, &s, &error), ITD_EINVAL);
        assert_non_null(strstr(error.message, "x-1"));
    }
    assert_int_equal(itd_collection_row_count(c), 0);
    itd_statement s = statement("x-1", ITD_S_Person, ITD_P_OTHER, "1");
    s.original = ITD_SV("name"); /* is none that the model lacks */
    assert_int_equal(itd_collection_add(c, &s, NULL), ITD_EINVAL);
    s.original = ITD_SV("shoeSize");
    assert_int_equal(itd_collection_add(c, &s, NULL), ITD_OK);
    assert_int_equal(itd_collection_rows(c)[0].property, ITD_P_OTHER);
    itd_collection_destroy(c);
}

static void the_cap_holds(void **state)
{
    (void)state;
    itd_collection *c = NULL;
    itd_error error = {0};
    assert_int_equal(itd_collection_create(&c, 16, &error), ITD_ELIMIT);
    assert_null(c);

    /* By rows: one text each. */
    assert_int_equal(itd_collection_create(&c, 100000, NULL), ITD_OK);
    itd_statement s = statement("a", ITD_S_Person, ITD_P_Thing_name, "KIM");
    itd_status status = ITD_OK;
    size_t count = 0;
    for (; status == ITD_OK && count < 10000; count++) {
        s.line = count;
        status = itd_collection_add(c, &s, &error);
    }
    assert_int_equal(status, ITD_ELIMIT);
    assert_true(count > 100 && count < 100000 / sizeof(itd_row));
    assert_non_null(strstr(error.message, "100000"));
    assert_int_equal(itd_collection_row_count(c), count - 1);
    assert_int_equal(itd_collection_fold(c, NULL), ITD_OK);
    itd_collection_destroy(c);

    /* By the bytes of one text. */
    static char big[200000];
    memset(big, 'x', sizeof big);
    assert_int_equal(itd_collection_create(&c, 100000, NULL), ITD_OK);
    s.value = itd_sv_make(big, sizeof big);
    assert_int_equal(itd_collection_add(c, &s, &error), ITD_ELIMIT);
    assert_int_equal(itd_collection_row_count(c), 0);
    itd_collection_destroy(c);
}

static itd_status make_and_fold(void *context, itd_error *error)
{
    (void)context;
    itd_collection *c = NULL;
    itd_status status = itd_collection_create(&c, SIZE_MAX, error);
    for (int round = 0; status == ITD_OK && round < 2; round++) {
        for (unsigned i = 0; status == ITD_OK && i < 60; i++) {
            char id[32];
            (void)snprintf(id, sizeof id, "id-%u", i % 20);
            itd_statement s = statement(id, ITD_S_Person, ITD_P_Thing_name, id);
            s.line = i;
            status = itd_collection_add(c, &s, error);
        }
        if (status != ITD_OK)
            break;
        status = itd_collection_fold(c, error);
        if (status != ITD_OK)
            assert_int_equal(itd_collection_entity_count(c), 0);
    }
    itd_collection_destroy(c);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, make_and_fold, NULL, NULL) > 10);
}

static int by_bytes(const void *a, const void *b)
{
    return itd_sv_compare(*(const itd_sv *)a, *(const itd_sv *)b);
}

/* Texts that share long beginnings, end in NULs, or are prefixes of others. */
static void texts_sort_as_bytes(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    static char bytes[COUNT][700];
    static itd_sv texts[COUNT], sorted[COUNT];
    static uint32_t rank[COUNT];
    for (unsigned i = 0; i < COUNT; i++) {
        unsigned shared = i % 3 == 0 ? 600 : i % 3 == 1 ? 16 : 0;
        memset(bytes[i], 'x', shared);
        int size = snprintf(bytes[i] + shared, 32, "%u", i * 2654435761u % 100003u);
        unsigned nuls = i % 7 == 0 ? i % 11 : 0; /* bytes are zero past the number */
        texts[i] = itd_sv_make(bytes[i], shared + (size_t)size + nuls);
    }
    memcpy(sorted, texts, sizeof texts);
    qsort(sorted, COUNT, sizeof *sorted, by_bytes);
    for (size_t i = 1; i < COUNT; i++)
        assert_true(itd_sv_compare(sorted[i - 1], sorted[i]) < 0);
    assert_int_equal(itd_sort_texts(rank, texts, COUNT, NULL), ITD_OK);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(itd_sv_equal(texts[i], sorted[rank[i]]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_become_entities),  cmocka_unit_test(an_empty_collection_folds),
        cmocka_unit_test(schemata_that_cannot_be_one), cmocka_unit_test(the_cap_holds),
        cmocka_unit_test(properties_fit_their_schema), cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(texts_sort_as_bytes),
    };
    return cmocka_run_group_tests_name("collection", tests, NULL, NULL);
}
