/* The Consolidated Screening List of the US (International Trade Administration), CSV: https://www.trade.gov/csl. A row
 * a record of one of its source lists; several values in one field stand between semicolons. A key is the code of the
 * source list and _id, because an _id occurs on two lists: "sdn-36". */
#include "model/country.h"
#include "read/list_rows.h"
#include "read/ofac_text.h"

enum column {
    ID,
    SOURCE,
    ENTITY_NUMBER,
    TYPE,
    PROGRAMS,
    NAME,
    TITLE,
    ADDRESSES,
    NOTICE,
    START_DATE,
    END_DATE,
    STANDARD_ORDER,
    LICENSE_REQUIREMENT,
    LICENSE_POLICY,
    CALL_SIGN,
    VESSEL_TYPE,
    GROSS_TONNAGE,
    REGISTERED_TONNAGE,
    VESSEL_FLAG,
    VESSEL_OWNER,
    REMARKS,
    LIST_URL,
    ALT_NAMES,
    CITIZENSHIPS,
    BIRTH_DATES,
    NATIONALITIES,
    BIRTH_PLACES,
    INFORMATION_URL,
    IDS,
    COLUMNS
};

static const char *const columns[COLUMNS] = {
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
};

/* What being on a source list means, in OpenSanctions' words; a code that is not here has no topic. */
static const struct {
    const char *code, *topic;
} sources[] = {
    {"SDN", "sanction"},       {"SSI", "sanction"},       {"FSE", "sanction"},    {"PLC", "sanction"},
    {"CAP", "sanction"},       {"NS-MBS", "sanction"},    {"CMIC", "sanction"},   {"ISN", "sanction"},
    {"EL", "export.control"},  {"DPL", "export.control"}, {"UVL", "export.risk"}, {"MEU", "export.control"},
    {"DTC", "export.control"},
};

/* "SDN" of "Specially Designated Nationals (SDN) - Treasury Department", "NS-MBS" of "… (NS-MBS List) - …"; the whole
 * text when it has no code. */
static itd_sv code_of(itd_sv source)
{
    size_t open = itd_sv_find(source, ITD_SV("("), 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : itd_sv_find(source, ITD_SV(")"), open);
    if (close == SIZE_MAX || close == open + 1)
        return source;
    itd_sv code = itd_sv_slice(source, open + 1, close - open - 1);
    return itd_sv_ends(code, ITD_SV(" List")) ? itd_sv_slice(code, 0, code.size - 5) : code;
}

static bool of_treasury(itd_sv source)
{
    return itd_sv_ends(source, ITD_SV("Treasury Department"));
}

static const char *authority_of(itd_sv source)
{
    if (of_treasury(source))
        return "Office of Foreign Assets Control";
    if (itd_sv_ends(source, ITD_SV("Bureau of Industry and Security")))
        return "Bureau of Industry and Security";
    return itd_sv_ends(source, ITD_SV("State Department")) ? "Department of State" : NULL;
}

static void add_sanction(itd_uk_entry *entry, const itd_sv *t, itd_sv programme, const char *topic)
{
    itd_record *record = entry->record;
    itd_list_add_sanction(entry, authority_of(t[SOURCE]), programme, topic);
    itd_list_add_sanction_date(entry, ITD_P_Interval_startDate, "Start date", t[START_DATE], itd_date_parse);
    itd_list_add_sanction_date(entry, ITD_P_Interval_endDate, "End date", t[END_DATE], itd_date_parse);
    itd_record_add(record, entry->sanction, ITD_P_Interval_description, t[SOURCE]);
    itd_record_add(record, entry->sanction, ITD_P_Interval_recordId, t[NOTICE]);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_authorityId, t[ENTITY_NUMBER]);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_provisions, t[LICENSE_REQUIREMENT]);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_provisions, t[LICENSE_POLICY]);
    itd_record_add(record, entry->sanction, ITD_P_Interval_sourceUrl, t[LIST_URL]);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_programUrl, t[INFORMATION_URL]);
}

/* A programme each; lists without programmes go by their code. */
static void add_sanctions(itd_uk_entry *entry, const itd_sv *t)
{
    const char *topic = NULL;
    itd_sv code = code_of(t[SOURCE]), rest = t[PROGRAMS].size ? t[PROGRAMS] : code, programme;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (itd_sv_is(code, sources[i].code))
            topic = sources[i].topic;
    while (itd_list_part(&programme, &rest, ";"))
        add_sanction(entry, t, programme, topic);
}

/* "Havana, CU": the text behind the last comma is a country when it is a code of two letters. */
static void add_addresses(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv part;
    while (itd_list_part(&part, &text, "; ")) {
        size_t comma = part.size >= 4 && part.data[part.size - 4] == ',' ? part.size - 4 : 0;
        itd_sv code = itd_sv_trim(comma ? itd_sv_slice(part, comma + 1, SIZE_MAX) : part);
        itd_list_address address = {.full = part};
        if (code.size == 2 && itd_country_find(code)) {
            address.full = comma ? itd_sv_slice(part, 0, comma) : ITD_SV_NONE;
            address.country = code;
        }
        itd_list_add_address(entry, &address);
    }
}

static void add_birth_dates(const itd_ofac_entry *entry, const itd_uk_entry *note, itd_sv text)
{
    itd_sv part;
    while (itd_list_part(&part, &text, ";")) {
        itd_date date;
        if (entry->schema != ITD_S_Person)
            itd_uk_add_note(note, "Date of birth", part);
        else if (itd_date_parse(&date, part))
            itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, date, part);
        else
            itd_ofac_add_birth_date(entry, part);
    }
}

/* "E590976, TN, 19 Jun 1987, 18 Jun 1992": the date that the value ends with, when something stands before it. */
static itd_sv take_last_date(itd_sv *value)
{
    itd_date date;
    size_t comma = value->size;
    while (comma > 0 && value->data[comma - 1] != ',')
        comma--;
    itd_sv last = itd_sv_trim(itd_sv_slice(*value, comma, SIZE_MAX));
    if (comma <= 1 || !itd_date_parse_english(&date, last) || date.month == 0)
        return ITD_SV_NONE;
    *value = itd_sv_trim(itd_sv_slice(*value, 0, comma - 1));
    return last;
}

/* "Passport, U00242309, TR; Gender, Male": label, value, a code when a country gave it, the days of issue and expiry; a
 * day alone may be either. */
static void add_ids(const itd_ofac_entry *entry, const itd_uk_entry *note, itd_sv text)
{
    itd_sv part;
    while (itd_list_part(&part, &text, "; ")) {
        size_t comma = itd_sv_find(part, ITD_SV(", "), 0);
        itd_ofac_fact fact = {.label = itd_sv_slice(part, 0, comma)};
        fact.value = comma == SIZE_MAX ? ITD_SV_NONE : itd_sv_trim(itd_sv_slice(part, comma + 2, SIZE_MAX));
        itd_sv last = take_last_date(&fact.value), first = take_last_date(&fact.value);
        fact.issued = first;
        fact.expires = first.size ? last : ITD_SV_NONE;
        fact.note = first.size ? ITD_SV_NONE : last;
        itd_sv end = fact.value.size > 4 ? itd_sv_slice(fact.value, fact.value.size - 4, 4) : ITD_SV_NONE;
        if (itd_sv_starts(end, ITD_SV(", ")) && itd_country_find(itd_sv_slice(end, 2, 2))) {
            fact.country = itd_sv_slice(end, 2, 2);
            fact.value = itd_sv_trim(itd_sv_slice(fact.value, 0, fact.value.size - 4));
        }
        if (fact.value.size == 0 || !itd_ofac_add_fact(entry, &fact))
            itd_uk_add_note(note, "Identification", part);
    }
}

static void add_vessel(const itd_ofac_entry *entry, const itd_sv *t)
{
    itd_ofac_add_field(entry, "callSign", "Call sign", t[CALL_SIGN]);
    itd_ofac_add_field(entry, "type", "Vessel type", t[VESSEL_TYPE]);
    itd_ofac_add_field(entry, "tonnage", "Gross tonnage", t[GROSS_TONNAGE]);
    itd_ofac_add_field(entry, "grossRegisteredTonnage", "Gross registered tonnage", t[REGISTERED_TONNAGE]);
    itd_ofac_add_field(entry, "flag", "Vessel flag", t[VESSEL_FLAG]);
    itd_ofac_add_field(entry, "owner", "Vessel owner", t[VESSEL_OWNER]);
}

static void add_facts(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_ofac_entry ofac = {.record = entry->record, .part = entry->part, .schema = entry->schema};
    itd_record_add(entry->record, entry->part, ITD_P_Thing_name, t[NAME]);
    itd_list_add_parts(entry, "alias", "Alias", t[ALT_NAMES], "; ");
    itd_uk_add_list(entry, entry->schema == ITD_S_Person ? "position" : "title", "Title", t[TITLE]);
    add_addresses(entry, t[ADDRESSES]);
    itd_uk_add_note(entry, "Standard order", t[STANDARD_ORDER]);
    add_vessel(&ofac, t);
    if (of_treasury(t[SOURCE]))
        itd_ofac_add_remarks(&ofac, t[REMARKS]);
    else
        itd_uk_add_note(entry, "Remarks", t[REMARKS]);
    itd_list_add_parts(entry, "citizenship", "Citizenship", t[CITIZENSHIPS], ";");
    add_birth_dates(&ofac, entry, t[BIRTH_DATES]);
    itd_list_add_parts(entry, "nationality", "Nationality", t[NATIONALITIES], ";");
    itd_list_add_parts(entry, "birthPlace", "Place of birth", t[BIRTH_PLACES], ";");
    add_ids(&ofac, entry, t[IDS]);
}

static itd_sv key_of(itd_list *list)
{
    itd_sv code = code_of(list->texts[SOURCE]);
    itd_buffer_clear(&list->key);
    for (size_t i = 0; i < code.size; i++) {
        char c = code.data[i];
        itd_buffer_append_char(&list->key, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c == ' ' ? '-' : c);
    }
    itd_buffer_append_char(&list->key, '-');
    itd_buffer_append(&list->key, list->texts[ID]);
    return itd_buffer_view(&list->key);
}

static itd_status take(itd_list *list, itd_error *error)
{
    const itd_sv *t = list->texts;
    bool begun;
    itd_uk_entry entry;
    itd_schema schema = t[TYPE].size ? itd_ofac_schema(t[TYPE]) : ITD_S_LegalEntity;
    if (t[ID].size == 0 || t[SOURCE].size == 0)
        return itd_list_reject(list, t[ID], error, "record has no _id or no source");
    if (schema == ITD_SCHEMA_NONE)
        return itd_list_reject(list, t[ID], error, "type is none of Individual, Entity, Vessel and Aircraft");
    if (t[NAME].size == 0)
        return itd_list_reject(list, t[ID], error, "record has no name");
    itd_sv key = key_of(list);
    if (list->key.failed)
        return itd_fail_memory(error);
    ITD_TRY(itd_list_begin(list, &begun, &entry, key, schema, error));
    if (!begun)
        return ITD_OK;
    add_sanctions(&entry, t);
    add_facts(&entry, t);
    return itd_list_commit(list, error);
}

static const itd_list_kind kind = {
    .columns = columns, .count = COLUMNS, .needed = NAME + 1, .delimiter = ',', .take = take};

static int sniff(const itd_sniff *look)
{
    return itd_list_sniff(look, &kind);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    return itd_list_read(read, &kind, error);
}

const itd_format itd_format_us_csl = {
    .id = "us-csl",
    .title = "US Consolidated Screening List, CSV",
    .dataset = "us-csl",
    .sniff = sniff,
    .read = read_list,
};
