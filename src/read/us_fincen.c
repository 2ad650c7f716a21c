/* Measures of the US under section 311 of the USA PATRIOT Act (Financial Crimes Enforcement Network), collected from
 * its notices as CSV: a measure, who it names, and how they relate to whom it is against. The table has neither numbers
 * nor dates: a record is named by a hash of the measure and the name, and rows that share both are one. */
#include "read/list_rows.h"

enum column { MEASURE, RELATIONSHIP, TYPE, NAME, ALIAS, COUNTRY, ADDRESS, REGISTRATION, TOPICS, NOTES, URL, COLUMNS };

static const char *const columns[COLUMNS] = {
    "Measure", "Relationship",        "Type",   "Name",  "Alias",      "Country",
    "Address", "Registration number", "Topics", "Notes", "Source URL",
};

static itd_schema schema_of(itd_sv type)
{
    itd_schema schema = type.size ? itd_schema_find(type) : ITD_S_LegalEntity;
    return schema != ITD_SCHEMA_NONE && itd_schema_is(schema, ITD_S_LegalEntity) ? schema : ITD_SCHEMA_NONE;
}

/* The subsidiary, the owner … of whom the measure is against; who is that itself has no such relation. */
static void add_relation(const itd_uk_entry *entry, itd_sv relation, itd_sv measure)
{
    static const char *const roles[] = {"subsidiary", "owner", "related", "target"};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (itd_sv_is(relation, roles[i])) {
            itd_uk_add_link(entry, roles[i], measure);
            return;
        }
    if (!itd_sv_is(relation, "self"))
        itd_uk_add_note(entry, "Relationship", relation);
}

static itd_status take(itd_list *list, itd_error *error)
{
    const itd_sv *t = list->texts;
    bool begun;
    itd_uk_entry entry;
    itd_schema schema = schema_of(t[TYPE]);
    if (t[MEASURE].size == 0 || t[NAME].size == 0)
        return itd_list_reject(list, t[NAME], error, "record has no Measure or no Name");
    if (schema == ITD_SCHEMA_NONE)
        return itd_list_reject(list, t[NAME], error, "Type is no kind of LegalEntity");
    itd_sv said[] = {t[MEASURE], t[NAME]}, key = itd_list_hash_key(list, said, 2), topics = t[TOPICS], topic;
    if (list->key.failed)
        return itd_fail_memory(error);
    ITD_TRY(itd_list_begin(list, &begun, &entry, key, schema, error));
    if (!begun)
        return ITD_OK;
    if (entry.schema != schema && t[TYPE].size > 0) /* the first row's stands */
        itd_uk_add_note(&entry, "Type", t[TYPE]);
    itd_list_add_sanction(&entry, "Financial Crimes Enforcement Network", t[MEASURE], NULL);
    itd_record_add(entry.record, entry.sanction, ITD_P_Interval_sourceUrl, t[URL]);
    while (itd_list_part(&topic, &topics, ";"))
        itd_record_add(entry.record, entry.part, ITD_P_Thing_topics, topic);
    itd_record_add(entry.record, entry.part, ITD_P_Thing_name, t[NAME]);
    itd_list_add_parts(&entry, "alias", "Alias", t[ALIAS], ";");
    itd_list_add_parts(&entry, "country", "Country", t[COUNTRY], ";");
    itd_list_address address = {.full = t[ADDRESS]};
    itd_list_add_address(&entry, &address);
    itd_list_add_parts(&entry, "registrationNumber", "Registration number", t[REGISTRATION], ";");
    itd_record_add(entry.record, entry.part, ITD_P_Thing_notes, t[NOTES]);
    add_relation(&entry, t[RELATIONSHIP], t[MEASURE]);
    return itd_list_commit(list, error);
}

static const itd_list_kind kind = {
    .columns = columns,
    .count = COLUMNS,
    .needed = NAME + 1,
    .delimiter = ',',
    .merge = true,
    .every = 1u << MEASURE | 1u << NAME | 1u << TYPE | 1u << RELATIONSHIP,
    .take = take,
};

static int sniff(const itd_sniff *look)
{
    return itd_list_sniff(look, &kind);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    return itd_list_read(read, &kind, error);
}

const itd_format itd_format_us_fincen = {
    .id = "us-fincen-csv",
    .title = "US special measures under section 311, CSV",
    .dataset = "us-fincen-311",
    .sniff = sniff,
    .read = read_list,
};
