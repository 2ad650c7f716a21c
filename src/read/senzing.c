#include <stdio.h>

#include "base/map.h"
#include "model/other.h"
#include "read/entity_json.h"
#include "read/json_lines.h"
#include "read/naming.h"
#include "read/record.h"

/* Records for Senzing, one JSON object a line, as OpenSanctions exports them: attributes at the top or in groups
 * ("NAMES":[{"NAME_FULL":…}]), whatever the groups are called. Source: the Generic Entity Specification of Senzing;
 * OpenSanctions' senzing.json. docs/ftm.md says what becomes of each attribute. */

/** Longest text of a number. */
#define NUMBER_TEXT_MAX 64

enum kind {
    NAME,    /* part of a name, taken by add_name */
    ADDRESS, /* part of an address, taken by add_address */
    RELATION,
    TYPED, /* a number and its type, taken by add_typed */
    KEY,   /* says which record it is */
    TEXT,
    DATE,
    COUNTRY,
    GENDER,
};

/* What each attribute is. The second property is for schemata without the first. */
static const struct {
    const char *name;
    enum kind kind;
    const char *property, *otherwise;
} attributes[] = {
    {"ADDR_CITY", ADDRESS, NULL, NULL},
    {"ADDR_COUNTRY", ADDRESS, NULL, NULL},
    {"ADDR_FULL", ADDRESS, NULL, NULL},
    {"ADDR_LINE1", ADDRESS, NULL, NULL},
    {"ADDR_LINE2", ADDRESS, NULL, NULL},
    {"ADDR_LINE3", ADDRESS, NULL, NULL},
    {"ADDR_POSTAL_CODE", ADDRESS, NULL, NULL},
    {"ADDR_STATE", ADDRESS, NULL, NULL},
    {"CALL_SIGN", TEXT, "callSign", NULL},
    {"CITIZENSHIP", COUNTRY, "citizenship", "country"},
    {"COUNTRY_OF_ASSOCIATION", COUNTRY, "country", NULL},
    {"DATA_SOURCE", KEY, NULL, NULL},
    {"DATE_OF_BIRTH", DATE, "birthDate", NULL},
    {"DATE_OF_DEATH", DATE, "deathDate", NULL},
    {"DRIVERS_LICENSE_NUMBER", TEXT, "idNumber", NULL},
    {"DUNS_NUMBER", TEXT, "dunsCode", NULL},
    {"EMAIL_ADDRESS", TEXT, "email", NULL},
    {"GENDER", GENDER, "gender", NULL},
    {"IMO_NUMBER", TEXT, "imoNumber", NULL},
    {"LEI_NUMBER", TEXT, "leiCode", NULL},
    {"MMSI_NUMBER", TEXT, "mmsi", NULL},
    {"NAME_FIRST", NAME, NULL, NULL},
    {"NAME_FULL", NAME, NULL, NULL},
    {"NAME_LAST", NAME, NULL, NULL},
    {"NAME_MIDDLE", NAME, NULL, NULL},
    {"NAME_ORG", NAME, NULL, NULL},
    {"NAME_PREFIX", NAME, NULL, NULL},
    {"NAME_SUFFIX", NAME, NULL, NULL},
    {"NAME_TYPE", NAME, NULL, NULL},
    {"NATIONALITY", COUNTRY, "nationality", "country"},
    {"NATIONAL_ID_NUMBER", TEXT, "idNumber", NULL},
    {"OTHER_ID_NUMBER", TYPED, NULL, NULL},
    {"OTHER_ID_TYPE", TYPED, NULL, NULL},
    {"PASSPORT_NUMBER", TEXT, "passportNumber", NULL},
    {"PHONE_NUMBER", TEXT, "phone", NULL},
    {"PLACE_OF_BIRTH", TEXT, "birthPlace", NULL},
    {"PLACE_OF_DEATH", TEXT, "deathPlace", NULL},
    {"RECORD_ID", KEY, NULL, NULL},
    {"RECORD_TYPE", KEY, NULL, NULL},
    {"REGISTRATION_COUNTRY", COUNTRY, "jurisdiction", "country"},
    {"REGISTRATION_DATE", DATE, "incorporationDate", NULL},
    {"REL_ANCHOR_DOMAIN", RELATION, NULL, NULL},
    {"REL_ANCHOR_KEY", RELATION, NULL, NULL},
    {"REL_POINTER_DOMAIN", RELATION, NULL, NULL},
    {"REL_POINTER_KEY", RELATION, NULL, NULL},
    {"REL_POINTER_ROLE", RELATION, NULL, NULL},
    {"TAX_ID_NUMBER", TEXT, "taxNumber", NULL},
    {"TRUSTED_ID_NUMBER", TYPED, NULL, NULL},
    {"TRUSTED_ID_TYPE", TYPED, NULL, NULL},
    {"URL", TEXT, "sourceUrl", NULL},
    {"WEBSITE_ADDRESS", TEXT, "website", NULL},
};

/* What a record is; one of which no type is said may be a person or an organisation. */
static const struct {
    const char *type;
    itd_schema schema;
} types[] = {
    {"PERSON", ITD_S_Person},     {"ORGANIZATION", ITD_S_Organization}, {"COMPANY", ITD_S_Company},
    {"VESSEL", ITD_S_Vessel},     {"AIRCRAFT", ITD_S_Airplane},         {"VEHICLE", ITD_S_Vehicle},
    {"SECURITY", ITD_S_Security}, {"ADDRESS", ITD_S_Address},
};

typedef struct senzing {
    itd_read *read;
    itd_record *record;
    itd_arena arena; /* of a line */
    const itd_json *object;
    itd_schema schema;
    itd_sv id;
    itd_sv dataset; /* of records that name none */
    bool failed;    /* out of memory */
} senzing;

/* The text of an attribute of a group, in the arena when it is a number; empty when it has none. */
static itd_sv text_of(senzing *s, const itd_json *value)
{
    char scratch[NUMBER_TEXT_MAX];
    itd_json_type type = itd_json_typeof(value);
    if (type == ITD_JSON_STRING)
        return itd_sv_trim(itd_json_text(value));
    bool holder = type == ITD_JSON_OBJECT || type == ITD_JSON_ARRAY;
    if (type == ITD_JSON_NONE || type == ITD_JSON_NULL || (holder && itd_json_count(value) == 0))
        return ITD_SV_NONE;
    itd_sv text = ITD_SV_NONE;
    if (holder)
        s->failed |= itd_json_compact(&text, value, &s->arena, NULL) != ITD_OK;
    else
        s->failed |= !(text = itd_arena_copy(&s->arena, itd_json_scalar(value, scratch, sizeof scratch))).data;
    return s->failed ? ITD_SV_NONE : text;
}

static itd_sv member(senzing *s, const itd_json *group, const char *name)
{
    return text_of(s, itd_json_member(group, name));
}

static itd_property property_of(itd_schema schema, const char *name)
{
    return name ? itd_property_find(schema, itd_sv_of(name)) : ITD_PROPERTY_NONE;
}

/* Kept under its own name, or with it where that cannot be. */
static void add_other(senzing *s, itd_part part, itd_schema schema, itd_sv name, itd_sv value)
{
    itd_sv both[] = {name, value};
    if (itd_other_name_fits(schema, name))
        itd_record_add_as(s->record, part, ITD_P_OTHER, value, name, ITD_SV_NONE);
    else if (value.size > 0)
        itd_record_add_as(s->record, part, ITD_P_OTHER, itd_record_join(s->record, ": ", both, 2), ITD_SV("attribute"),
                          ITD_SV_NONE);
}

static void add_date(senzing *s, itd_property property, itd_sv text)
{
    itd_date date;
    if (itd_date_parse(&date, text))
        itd_record_add_date(s->record, 0, property, date, text);
    else
        itd_record_add(s->record, 0, property, text);
}

static void add_gender(senzing *s, itd_property property, itd_sv text)
{
    const char *word = itd_sv_equal_nocase(text, ITD_SV("M"))   ? "male"
                       : itd_sv_equal_nocase(text, ITD_SV("F")) ? "female"
                                                                : NULL;
    if (word)
        itd_record_add_as(s->record, 0, property, itd_sv_of(word), text, ITD_SV_NONE);
    else
        itd_record_add(s->record, 0, property, text);
}

static void add_plain(senzing *s, size_t at, itd_sv text)
{
    itd_property property = property_of(s->schema, attributes[at].property);
    if (property == ITD_PROPERTY_NONE)
        property = property_of(s->schema, attributes[at].otherwise);
    if (property == ITD_PROPERTY_NONE)
        add_other(s, 0, s->schema, itd_sv_of(attributes[at].name), text);
    else if (attributes[at].kind == DATE)
        add_date(s, property, text);
    else if (attributes[at].kind == COUNTRY)
        itd_record_add_country(s->record, 0, property, text);
    else if (attributes[at].kind == GENDER)
        add_gender(s, property, text);
    else
        itd_record_add(s->record, 0, property, text);
}

/* --- Groups of attributes that are one fact --- */

static const char *name_property(itd_sv type)
{
    static const char *const former[] = {"FORMER", "FKA", "MAIDEN", "PREVIOUS"};
    if (type.size == 0 || itd_sv_equal_nocase(type, ITD_SV("PRIMARY")))
        return "name";
    for (size_t i = 0; i < sizeof former / sizeof former[0]; i++)
        if (itd_sv_equal_nocase(type, itd_sv_of(former[i])))
            return "previousName";
    return "alias";
}

static void add_name(senzing *s, const itd_json *group)
{
    static const char *const parts[][2] = {{"NAME_PREFIX", "title"},
                                           {"NAME_FIRST", "firstName"},
                                           {"NAME_MIDDLE", "middleName"},
                                           {"NAME_LAST", "lastName"},
                                           {"NAME_SUFFIX", "nameSuffix"}};
    static const char *const whole[] = {"NAME_FULL", "NAME_ORG"};
    itd_sv type = member(s, group, "NAME_TYPE"), words[3];
    const char *kind = name_property(type);
    size_t said = 0;
    for (size_t i = 0; i < 3; i++)
        words[i] = member(s, group, parts[i + 1][0]);
    for (size_t i = 0; i < 3; i++) {
        itd_sv name = i < 2 ? member(s, group, whole[i]) : ITD_SV_NONE;
        if (i == 2 && said == 0)
            name = itd_record_join(s->record, " ", words, 3);
        itd_property property = property_of(s->schema, kind);
        said += name.size > 0;
        if (property == ITD_PROPERTY_NONE)
            add_other(s, 0, s->schema, ITD_SV("NAME_FULL"), name);
        else
            itd_record_add(s->record, 0, property, name);
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        itd_property property = property_of(s->schema, parts[i][1]);
        if (property != ITD_PROPERTY_NONE)
            itd_record_add(s->record, 0, property, member(s, group, parts[i][0]));
        else
            add_other(s, 0, s->schema, itd_sv_of(parts[i][0]), member(s, group, parts[i][0]));
    }
    if (strcmp(kind, "alias") == 0 && !itd_sv_equal_nocase(type, ITD_SV("ALIAS")) &&
        !itd_sv_equal_nocase(type, ITD_SV("AKA")))
        add_other(s, 0, s->schema, ITD_SV("NAME_TYPE"), type);
}

static void add_address(senzing *s, const itd_json *group)
{
    static const struct {
        const char *name;
        itd_property property;
    } parts[] = {{"ADDR_CITY", ITD_P_Address_city},
                 {"ADDR_STATE", ITD_P_Address_state},
                 {"ADDR_POSTAL_CODE", ITD_P_Address_postalCode}};
    itd_sv full = member(s, group, "ADDR_FULL"), country = member(s, group, "ADDR_COUNTRY");
    itd_sv lines[] = {member(s, group, "ADDR_LINE1"),
                      member(s, group, "ADDR_LINE2"),
                      member(s, group, "ADDR_LINE3"),
                      member(s, group, "ADDR_CITY"),
                      member(s, group, "ADDR_STATE"),
                      member(s, group, "ADDR_POSTAL_CODE"),
                      country};
    if (full.size == 0)
        full = itd_record_join(s->record, ", ", lines, 7);
    if (full.size == 0)
        return;
    char suffix[32];
    (void)snprintf(suffix, sizeof suffix, "address-%016llx", (unsigned long long)itd_hash_sv(full));
    itd_part part = itd_record_part(s->record, ITD_S_Address, itd_sv_of(suffix));
    itd_record_add(s->record, part, ITD_P_Address_full, full);
    itd_record_add(s->record, part, ITD_P_Address_street, itd_record_join(s->record, ", ", lines, 3));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        itd_record_add(s->record, part, parts[i].property, member(s, group, parts[i].name));
    itd_record_add_country(s->record, part, ITD_P_Address_country, country);
    if (itd_schema_is(s->schema, ITD_S_Thing)) {
        itd_record_link(s->record, 0, ITD_P_Thing_addressEntity, part);
        itd_record_add(s->record, 0, ITD_P_Thing_address, full);
    }
}

/* "OTHER_ID_TYPE":"wikidataId": types that OpenSanctions writes are names of properties. */
static void add_typed(senzing *s, const itd_json *group, const char *type_name, const char *number_name)
{
    itd_sv type = member(s, group, type_name), number = member(s, group, number_name);
    itd_property property = itd_property_find(s->schema, type);
    if (itd_sv_is(type, "WIKIDATA"))
        property = itd_property_find(s->schema, ITD_SV("wikidataId"));
    if (type.size == 0)
        property = itd_property_find(s->schema, ITD_SV("idNumber"));
    if (number.size == 0)
        add_other(s, 0, s->schema, itd_sv_of(type_name), type);
    else if (property != ITD_PROPERTY_NONE && property != ITD_P_ID)
        itd_record_add(s->record, 0, property, number);
    else
        add_other(s, 0, s->schema, type.size ? type : itd_sv_of(number_name), number);
}

/* A relation from the anchor, which is the record unless another is named, to the record that is pointed at. A role
 * that is the name of a relation in the model is that relation, another one stays as it is written. */
static void add_relation(senzing *s, const itd_json *group)
{
    itd_sv pointer = member(s, group, "REL_POINTER_KEY"), role = member(s, group, "REL_POINTER_ROLE");
    itd_sv anchor = member(s, group, "REL_ANCHOR_KEY");
    if (pointer.size == 0) {
        if (!itd_sv_equal(anchor, s->id))
            add_other(s, 0, s->schema, ITD_SV("REL_ANCHOR_KEY"), anchor);
        add_other(s, 0, s->schema, ITD_SV("REL_POINTER_ROLE"), role);
        return;
    }
    itd_property from = ITD_P_UnknownLink_subject, to = ITD_P_UnknownLink_object;
    itd_schema schema = itd_schema_find(role);
    bool typed = schema != ITD_SCHEMA_NONE && itd_schema_is_edge(schema, &from, &to);
    if (!typed)
        schema = ITD_S_UnknownLink;
    if (anchor.size == 0)
        anchor = s->id;
    itd_sv whole[] = {role, anchor, pointer};
    char suffix[40];
    (void)snprintf(suffix, sizeof suffix, "relation-%016llx",
                   (unsigned long long)itd_hash_sv(itd_record_join(s->record, "\x1F", whole, 3)));
    itd_part part = itd_record_part(s->record, schema, itd_sv_of(suffix));
    itd_record_add(s->record, part, from, anchor);
    itd_record_add(s->record, part, to, pointer);
    if (!typed)
        itd_record_add(s->record, part, ITD_P_Interest_role, role);
    add_other(s, part, schema, ITD_SV("REL_ANCHOR_DOMAIN"), member(s, group, "REL_ANCHOR_DOMAIN"));
    add_other(s, part, schema, ITD_SV("REL_POINTER_DOMAIN"), member(s, group, "REL_POINTER_DOMAIN"));
}

/* --- Records --- */

static size_t attribute_of(itd_sv name)
{
    size_t low = 0, high = sizeof attributes / sizeof attributes[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = itd_sv_compare(itd_sv_of(attributes[middle].name), name);
        if (order == 0)
            return middle;
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return SIZE_MAX;
}

static bool is_group(const itd_json *value)
{
    return itd_json_typeof(value) == ITD_JSON_OBJECT ||
           (itd_json_typeof(value) == ITD_JSON_ARRAY && itd_json_typeof(itd_json_item(value, 0)) == ITD_JSON_OBJECT);
}

/* The attributes of one group; of the top level those that are no groups themselves. */
static void add_group(senzing *s, const itd_json *group, bool top)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv name;
    bool seen[GENDER + 1] = {false};
    if (itd_json_typeof(group) != ITD_JSON_OBJECT)
        return;
    while (itd_json_next_member(group, &cursor, &name, &value)) {
        if (top && is_group(value))
            continue;
        size_t at = attribute_of(name);
        itd_sv text = text_of(s, value);
        if (at == SIZE_MAX)
            add_other(s, 0, s->schema, name, text);
        else if (attributes[at].kind >= TEXT)
            add_plain(s, at, text);
        else if (attributes[at].kind == KEY && !top)
            add_other(s, 0, s->schema, name, text);
        else
            seen[attributes[at].kind] = true;
    }
    if (seen[NAME])
        add_name(s, group);
    if (seen[ADDRESS])
        add_address(s, group);
    if (seen[RELATION])
        add_relation(s, group);
    if (seen[TYPED]) {
        add_typed(s, group, "OTHER_ID_TYPE", "OTHER_ID_NUMBER");
        add_typed(s, group, "TRUSTED_ID_TYPE", "TRUSTED_ID_NUMBER");
    }
}

static void add_groups(senzing *s, itd_sv name, const itd_json *value)
{
    size_t count = itd_json_typeof(value) == ITD_JSON_ARRAY ? itd_json_count(value) : 0;
    if (itd_json_typeof(value) == ITD_JSON_OBJECT)
        add_group(s, value, false);
    for (size_t i = 0; i < count; i++) {
        const itd_json *item = itd_json_item(value, i);
        if (itd_json_typeof(item) == ITD_JSON_OBJECT)
            add_group(s, item, false);
        else
            add_other(s, 0, s->schema, name, text_of(s, item));
    }
}

static itd_status parse(void *context, const itd_json *object, itd_sv *key, itd_error *error)
{
    senzing *s = context;
    itd_arena_reset(&s->arena);
    s->object = object;
    s->failed = false;
    if (!itd_json_member(object, "RECORD_ID"))
        return itd_fail(error, ITD_EFORMAT, "no RECORD_ID");
    ITD_TRY(itd_json_value(&s->id, itd_json_member(object, "RECORD_ID"), "RECORD_ID", &s->arena, error));
    s->id = itd_sv_trim(s->id);
    *key = s->id;
    return s->id.size ? ITD_OK : itd_fail(error, ITD_EFORMAT, "RECORD_ID is empty");
}

static itd_schema schema_of(itd_sv type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (itd_sv_equal_nocase(type, itd_sv_of(types[i].type)))
            return types[i].schema;
    return ITD_SCHEMA_NONE;
}

static itd_status send(void *context, const itd_line_place *place, itd_error *error)
{
    senzing *s = context;
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv name, type = member(s, s->object, "RECORD_TYPE"), dataset = member(s, s->object, "DATA_SOURCE");
    s->schema = schema_of(type);
    bool known = s->schema != ITD_SCHEMA_NONE;
    if (!known)
        s->schema = ITD_S_LegalEntity;
    (void)itd_record_begin(s->record, s->id, true, s->schema, place->line, place->offset);
    itd_record_at(s->record, place->line, place->offset, place->span);
    itd_record_set_dataset(s->record, dataset.size ? dataset : s->dataset);
    if (!known)
        add_other(s, 0, s->schema, ITD_SV("RECORD_TYPE"), type);
    add_group(s, s->object, true);
    while (itd_json_next_member(s->object, &cursor, &name, &value))
        if (is_group(value))
            add_groups(s, name, value);
    return s->failed ? itd_fail_memory(error) : itd_record_commit(s->record, error);
}

static itd_status read_senzing(itd_read *read, itd_error *error)
{
    const char *path = read->source->paths[0];
    senzing s = {.read = read};
    itd_json_line_reader reader = {parse, send, &s};
    s.dataset = read->dataset.size ? read->dataset : itd_dataset_of_path(path);
    itd_arena_init(&s.arena, SIZE_MAX);
    itd_status status = itd_record_create(&s.record, read, itd_document_of_path(path), error);
    if (status == ITD_OK)
        status = itd_json_lines_read(read, &reader, error);
    itd_record_destroy(s.record);
    itd_arena_finish(&s.arena);
    return status;
}

static int sniff(const itd_sniff *look)
{
    static const char *const keys[] = {"DATA_SOURCE", "RECORD_ID", NULL};
    unsigned seen[2] = {0};
    return itd_json_sniff_keys(look->head, keys, seen) && seen[0] && seen[1] ? 95 : 0;
}

const itd_format itd_format_senzing = {
    .id = "senzing",
    .title = "Senzing records, one JSON object a line",
    .sniff = sniff,
    .read = read_senzing,
};
