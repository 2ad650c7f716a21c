/* The vocabulary is that of FollowTheMoney 3.8.4, as its own compiled model says it. */
#include "base/json.h"
#include "model/schema.h"
#include "support/cm.h"
#include "support/list_fields.h"

static itd_json_document *document;
static const itd_json *schemata;

static int open_model(void **state)
{
    (void)state;
    size_t size = 0;
    const itd_json *root;
    char *text = list_slurp("ftm/schema/defaultModel.json", &size);
    if (!text)
        return 0;
    if (itd_json_document_create(&document, NULL) != ITD_OK ||
        itd_json_parse(document, itd_sv_make(text, size), &root, NULL) != ITD_OK)
        return -1;
    schemata = itd_json_member(root, "schemata");
    free(text);
    return schemata ? 0 : -1;
}

static int close_model(void **state)
{
    (void)state;
    itd_json_document_destroy(document);
    return 0;
}

static bool is_true(const itd_json *value)
{
    char scratch[16];
    return itd_sv_is(itd_json_scalar(value, scratch, sizeof scratch), "true");
}

static bool has_text(const itd_json *array, const char *text)
{
    for (size_t i = 0; i < itd_json_count(array); i++)
        if (itd_sv_is(itd_json_text(itd_json_item(array, i)), text))
            return true;
    return false;
}

static const char *type_name(itd_property_type type)
{
    static const char *const names[] = {"id",     "name",    "date",  "country",  "identifier", "entity",   "text",
                                        "string", "address", "topic", "gender",   "number",     "language", "url",
                                        "email",  "phone",   "ip",    "mimetype", "checksum",   "html",     "json"};
    return names[type];
}

static void check_property(itd_schema schema, const itd_json *spec, size_t *count)
{
    itd_sv name = itd_json_text(itd_json_member(spec, "name")), type = itd_json_text(itd_json_member(spec, "type"));
    if (is_true(itd_json_member(spec, "stub"))) { /* the other end of an entity property: said by nobody */
        assert_int_equal(itd_property_find(schema, name), ITD_PROPERTY_NONE);
        return;
    }
    itd_property p = itd_property_find(schema, name);
    if (p == ITD_PROPERTY_NONE)
        fail_msg("%s has no %.*s", itd_schema_name(schema), ITD_SV_ARG(name));
    assert_true(itd_sv_is(name, itd_property_name(p)));
    if (itd_sv_is(type, "iban"))
        type = ITD_SV("identifier");
    assert_true(itd_sv_is(type, type_name(itd_property_typeof(p))));
    assert_int_equal(itd_property_is_matchable(p), is_true(itd_json_member(spec, "matchable")));
    ++*count;
}

static void schemata_and_properties(void **state)
{
    (void)state;
    if (!schemata)
        skip();
    const void *cursor = NULL, *property_cursor;
    const itd_json *spec, *property;
    itd_sv name, key;
    size_t count = 0, properties = 0;
    for (; itd_json_next_member(schemata, &cursor, &name, &spec); count++) {
        itd_schema schema = itd_schema_find(name);
        assert_int_not_equal(schema, ITD_SCHEMA_NONE);
        assert_int_equal(itd_schema_is_abstract(schema), is_true(itd_json_member(spec, "abstract")));
        assert_int_equal(itd_schema_is_matchable(schema), is_true(itd_json_member(spec, "matchable")));
        for (itd_schema other = 0; other < ITD_SCHEMA_COUNT; other++)
            assert_int_equal(itd_schema_is(schema, other),
                             has_text(itd_json_member(spec, "schemata"), itd_schema_name(other)));
        for (property_cursor = NULL;
             itd_json_next_member(itd_json_member(spec, "properties"), &property_cursor, &key, &property);)
            check_property(schema, property, &properties);
    }
    assert_int_equal(count, ITD_SCHEMA_COUNT);
    assert_int_equal(properties, 502);
}

static void edges(void **state)
{
    (void)state;
    if (!schemata)
        skip();
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++) {
        const itd_json *edge = itd_json_member(itd_json_member(schemata, itd_schema_name(s)), "edge");
        itd_property source = ITD_PROPERTY_NONE, target = ITD_PROPERTY_NONE;
        assert_int_equal(itd_schema_is_edge(s, &source, &target), edge != NULL);
        if (!edge)
            continue;
        assert_true(itd_sv_is(itd_json_text(itd_json_member(edge, "source")), itd_property_name(source)));
        assert_true(itd_sv_is(itd_json_text(itd_json_member(edge, "target")), itd_property_name(target)));
        assert_int_equal(itd_property_typeof(source), ITD_TYPE_ENTITY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(schemata_and_properties), cmocka_unit_test(edges)};
    return cmocka_run_group_tests_name("vocabulary", tests, open_model, close_model);
}
