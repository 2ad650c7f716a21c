#include "model/other.h"

#include "support/cm.h"

static void names_and_numbers_agree(void **state)
{
    (void)state;
    assert_int_equal(ITD_SCHEMA_COUNT, 70);
    assert_int_equal(ITD_PROPERTY_COUNT, 500); /* 502, of which 4 are said again, and the two of all schemata */
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++)
        assert_int_equal(itd_schema_find(itd_sv_of(itd_schema_name(s))), s);
    for (itd_property p = ITD_P_OTHER + 1; p < ITD_PROPERTY_COUNT; p++) {
        itd_sv name, rest = itd_sv_of(itd_property_qname(p));
        assert_true(itd_sv_split(&name, &rest, ':'));
        assert_int_equal(itd_property_find(itd_schema_find(name), rest), p);
        assert_string_equal(itd_property_name(p), rest.data);
    }
    assert_string_equal(itd_schema_name(ITD_S_Person), "Person");
    assert_string_equal(itd_property_qname(ITD_P_Thing_name), "Thing:name");
    assert_string_equal(itd_property_qname(ITD_P_ID), "id");
    assert_string_equal(itd_property_qname(ITD_P_OTHER), "other");
    assert_int_equal(ITD_P_Company_jurisdiction, ITD_P_LegalEntity_jurisdiction);
    assert_int_equal(ITD_P_Company_registrationNumber, ITD_P_LegalEntity_registrationNumber);
    assert_int_equal(ITD_P_Address_country, ITD_P_Thing_country);
    assert_int_equal(ITD_P_Event_country, ITD_P_Thing_country);
    assert_int_equal(itd_property_in(ITD_S_Event, ITD_P_Thing_summary), ITD_P_Interval_summary);
    assert_int_equal(itd_property_in(ITD_S_Thing, ITD_P_Thing_summary), ITD_P_Thing_summary);
}

static void what_is_not_there(void **state)
{
    (void)state;
    static const char *const no[] = {"", "person", "Person ", "Pers", "Personn", "Thing:name"};
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        assert_int_equal(itd_schema_find(itd_sv_of(no[i])), ITD_SCHEMA_NONE);
    assert_int_equal(itd_property_find(ITD_S_Person, ITD_SV("imoNumber")), ITD_PROPERTY_NONE);
    assert_int_equal(itd_property_find(ITD_S_Person, ITD_SV("shoeSize")), ITD_PROPERTY_NONE);
    assert_int_equal(itd_property_find(ITD_SCHEMA_NONE, ITD_SV("name")), ITD_PROPERTY_NONE);
    assert_false(itd_schema_is(ITD_SCHEMA_NONE, ITD_S_Thing));
    assert_false(itd_schema_is(ITD_S_Thing, ITD_SCHEMA_NONE));
    assert_int_equal(itd_property_in(ITD_S_Person, ITD_P_Vessel_imoNumber), ITD_PROPERTY_NONE);
    assert_int_equal(itd_property_in(ITD_S_Person, ITD_P_Sanction_country), ITD_PROPERTY_NONE);
    assert_int_equal(itd_property_in(ITD_S_Person, ITD_PROPERTY_NONE), ITD_PROPERTY_NONE);
    assert_int_equal(itd_property_in(ITD_SCHEMA_NONE, ITD_P_ID), ITD_PROPERTY_NONE);
    assert_int_equal(itd_property_in(ITD_SCHEMA_NONE, ITD_P_OTHER), ITD_PROPERTY_NONE);
}

static void what_the_model_lacks(void **state)
{
    (void)state;
    assert_int_equal(ITD_P_OTHER, 1);
    assert_int_equal(itd_property_typeof(ITD_P_OTHER), ITD_TYPE_STRING);
    assert_false(itd_property_is_matchable(ITD_P_OTHER));
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++) {
        assert_int_equal(itd_property_in(s, ITD_P_OTHER), ITD_P_OTHER);
        assert_int_equal(itd_property_find(s, ITD_SV("other")), ITD_PROPERTY_NONE);
    }
    char longest[ITD_OTHER_NAME_MAX + 2];
    memset(longest, 'n', sizeof longest);
    static const struct {
        itd_sv original;
        bool fits;
    } rows[] = {
        {ITD_SV("abbreviation"), true},
        {ITD_SV("other"), true},
        {ITD_SV("tonnage"), true}, /* of ships */
        {ITD_SV("Person:country"), true},
        {ITD_SV("a b~"), true},
        {ITD_SV("abbreviation\tZ. \"A\"\t\xC3\xA9"), true},
        {ITD_SV(""), false},
        {ITD_SV("name"), false},
        {ITD_SV("id"), false},
        {ITD_SV("name\tx"), false},
        {ITD_SV("\tx"), false},
        {ITD_SV("abbreviation\t"), false},
        {ITD_SV("a\"b"), false},
        {ITD_SV("a'b"), false},
        {ITD_SV("a\nb"), false},
        {ITD_SV("a\x7F"), false},
        {ITD_SV("\xC3\xA9"), false},
        {ITD_SV("a\0b"), false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (itd_other_fits(ITD_S_Company, rows[i].original) != rows[i].fits)
            fail_msg("%.*s", ITD_SV_ARG(rows[i].original));
    assert_true(itd_other_fits(ITD_S_Company, itd_sv_make(longest, ITD_OTHER_NAME_MAX)));
    assert_false(itd_other_fits(ITD_S_Company, itd_sv_make(longest, ITD_OTHER_NAME_MAX + 1)));
    assert_false(itd_other_fits(ITD_SCHEMA_NONE, ITD_SV("abbreviation")));

    itd_sv name, written;
    itd_other_split(&name, &written, ITD_SV("abbreviation\tZ\tA"));
    assert_true(itd_sv_is(name, "abbreviation") && itd_sv_is(written, "Z\tA"));
    itd_other_split(&name, &written, ITD_SV("abbreviation"));
    assert_true(itd_sv_is(name, "abbreviation") && written.size == 0);
}

static void properties_are_inherited(void **state)
{
    (void)state;
    static const struct {
        itd_schema schema;
        const char *name;
        itd_property want;
        itd_property_type type;
        bool matchable;
    } rows[] = {
        {ITD_S_Thing, "id", ITD_P_ID, ITD_TYPE_ID, false},
        {ITD_S_Similar, "id", ITD_P_ID, ITD_TYPE_ID, false},
        {ITD_S_Vessel, "name", ITD_P_Thing_name, ITD_TYPE_NAME, true},
        {ITD_S_Vessel, "imoNumber", ITD_P_Vessel_imoNumber, ITD_TYPE_IDENTIFIER, true},
        {ITD_S_Company, "leiCode", ITD_P_LegalEntity_leiCode, ITD_TYPE_IDENTIFIER, true},
        {ITD_S_Company, "jurisdiction", ITD_P_Company_jurisdiction, ITD_TYPE_COUNTRY, true},
        {ITD_S_Organization, "jurisdiction", ITD_P_LegalEntity_jurisdiction, ITD_TYPE_COUNTRY, true},
        {ITD_S_Address, "country", ITD_P_Address_country, ITD_TYPE_COUNTRY, true},
        {ITD_S_Person, "birthDate", ITD_P_Person_birthDate, ITD_TYPE_DATE, true},
        {ITD_S_Person, "weakAlias", ITD_P_Thing_weakAlias, ITD_TYPE_NAME, false},
        {ITD_S_BankAccount, "iban", ITD_P_BankAccount_iban, ITD_TYPE_IDENTIFIER, true},
        {ITD_S_Ownership, "startDate", ITD_P_Interval_startDate, ITD_TYPE_DATE, true},
        {ITD_S_Passport, "holder", ITD_P_Identification_holder, ITD_TYPE_ENTITY, true},
        {ITD_S_Person, "topics", ITD_P_Thing_topics, ITD_TYPE_TOPIC, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_property p = itd_property_find(rows[i].schema, itd_sv_of(rows[i].name));
        assert_int_equal(p, rows[i].want);
        assert_int_equal(itd_property_typeof(p), rows[i].type);
        assert_int_equal(itd_property_in(rows[i].schema, p), p);
        if (itd_property_is_matchable(p) != rows[i].matchable)
            fail_msg("%s", rows[i].name);
    }
}

static void kinds_of_schemata(void **state)
{
    (void)state;
    assert_true(itd_schema_is(ITD_S_Company, ITD_S_Asset));
    assert_true(itd_schema_is(ITD_S_Company, ITD_S_LegalEntity));
    assert_true(itd_schema_is(ITD_S_Company, ITD_S_Company));
    assert_false(itd_schema_is(ITD_S_LegalEntity, ITD_S_Company));
    assert_true(itd_schema_related(ITD_S_LegalEntity, ITD_S_Company));
    assert_false(itd_schema_related(ITD_S_Person, ITD_S_Company));
    assert_true(itd_schema_is_abstract(ITD_S_Thing));
    assert_false(itd_schema_is_abstract(ITD_S_Person));
    assert_true(itd_schema_is_matchable(ITD_S_Vessel));
    assert_false(itd_schema_is_matchable(ITD_S_Sanction));

    itd_property source = ITD_P_ID, target = ITD_P_ID;
    assert_true(itd_schema_is_edge(ITD_S_Ownership, &source, &target));
    assert_int_equal(source, ITD_P_Ownership_owner);
    assert_int_equal(target, ITD_P_Ownership_asset);
    assert_true(itd_schema_is_edge(ITD_S_UnknownLink, NULL, NULL));
    assert_false(itd_schema_is_edge(ITD_S_Person, &source, &target));
    assert_int_equal(source, ITD_P_Ownership_owner);

    static const itd_schema parts[] = {ITD_S_Address, ITD_S_Identification, ITD_S_Passport, ITD_S_Sanction};
    size_t count = 0;
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++)
        count += itd_schema_is_part(s);
    assert_int_equal(count, sizeof parts / sizeof parts[0]);
    for (size_t i = 0; i < count; i++)
        assert_true(itd_schema_is_part(parts[i]));
}

static void merging(void **state)
{
    (void)state;
    static const struct {
        itd_schema a, b, want;
    } rows[] = {
        {ITD_S_LegalEntity, ITD_S_Person, ITD_S_Person},  {ITD_S_Person, ITD_S_Person, ITD_S_Person},
        {ITD_S_Organization, ITD_S_Asset, ITD_S_Company}, {ITD_S_LegalEntity, ITD_S_Asset, ITD_S_Company},
        {ITD_S_Person, ITD_S_Company, ITD_SCHEMA_NONE},   {ITD_S_Vessel, ITD_S_Airplane, ITD_SCHEMA_NONE},
        {ITD_S_Thing, ITD_S_Interval, ITD_SCHEMA_NONE}, /* CallForTenders, Event and Project: more than one */
        {ITD_S_Asset, ITD_S_Vessel, ITD_S_Vessel},        {ITD_S_Person, ITD_SCHEMA_NONE, ITD_SCHEMA_NONE},
        {ITD_S_PublicBody, ITD_S_Asset, ITD_SCHEMA_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(itd_schema_merge(rows[i].a, rows[i].b), rows[i].want);
        assert_int_equal(itd_schema_merge(rows[i].b, rows[i].a), rows[i].want);
    }
    const itd_schema three[] = {ITD_S_Thing, ITD_S_Asset, ITD_S_LegalEntity};
    assert_int_equal(itd_schema_merge_all(three, 3), ITD_S_Company);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_numbers_agree), cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(what_the_model_lacks),    cmocka_unit_test(properties_are_inherited),
        cmocka_unit_test(kinds_of_schemata),       cmocka_unit_test(merging),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
