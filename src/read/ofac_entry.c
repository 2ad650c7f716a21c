#include "base/map.h"
#include "model/country.h"
#include "read/ofac_remarks.h"
#include "read/ofac_text.h"

/* Names, programmes, addresses and relations of an OFAC record: what the CSV set and the XML say in columns of their
 * own. */

static const char authority[] = "Office of Foreign Assets Control";

itd_schema itd_ofac_schema(itd_sv type)
{
    type = itd_ofac_text(type);
    if (type.size == 0 || itd_sv_equal_nocase(type, ITD_SV("entity")))
        return ITD_S_Organization;
    if (itd_sv_equal_nocase(type, ITD_SV("individual")))
        return ITD_S_Person;
    if (itd_sv_equal_nocase(type, ITD_SV("vessel")))
        return ITD_S_Vessel;
    if (itd_sv_equal_nocase(type, ITD_SV("aircraft")))
        return ITD_S_Airplane;
    return ITD_SCHEMA_NONE;
}

itd_sv itd_ofac_text(itd_sv field)
{
    field = itd_sv_trim(field);
    return itd_sv_is(field, "-0-") ? ITD_SV_NONE : field;
}

itd_sv itd_ofac_suffix(char out[ITD_OFAC_SUFFIX_MAX], const char *prefix, const itd_sv *parts, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t mix[2] = {hash, itd_hash_sv(parts[i])};
        hash = itd_hash(mix, sizeof mix);
    }
    size_t size = strlen(prefix);
    memcpy(out, prefix, size);
    for (int shift = 60; shift >= 0; shift -= 4)
        out[size++] = digits[hash >> shift & 15];
    return itd_sv_make(out, size);
}

bool itd_ofac_is_cons_programme(itd_sv codes)
{
    static const char *const only[] = {"NS-PLC", "CMIC-EO13959", "FSE-SY", "FSE-IR", "561List", "561-Related"};
    for (size_t i = 0; i < sizeof only / sizeof only[0]; i++)
        if (itd_sv_find(codes, itd_sv_of(only[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

itd_ofac_name_kind itd_ofac_name_kind_of(itd_sv text)
{
    text = itd_sv_trim(text);
    char first = text.size ? (char)(text.data[0] | 0x20) : 0;
    return first == 'f' ? ITD_OFAC_NAME_FKA : first == 'n' ? ITD_OFAC_NAME_NKA : ITD_OFAC_NAME_AKA;
}

static bool is_name_suffix(itd_sv word)
{
    static const char *const suffixes[] = {"JR", "JR.", "SR", "SR.", "II", "III", "IV"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (itd_sv_equal_nocase(word, itd_sv_of(suffixes[i])))
            return true;
    return false;
}

/* "LAST, First Middle", "LAST, First, Jr.", "LAST, JR., First"; a name without a comma is not taken apart. */
static void add_person_name(const itd_ofac_entry *entry, itd_sv name)
{
    size_t comma = itd_sv_find(name, ITD_SV(","), 0);
    if (comma == SIZE_MAX)
        return;
    itd_record_add(entry->record, entry->part, ITD_P_Person_lastName, itd_sv_slice(name, 0, comma));
    itd_sv rest = itd_sv_slice(name, comma + 1, SIZE_MAX), word;
    while (itd_sv_split(&word, &rest, ',')) {
        word = itd_sv_trim(word);
        itd_record_add(entry->record, entry->part,
                       is_name_suffix(word) ? ITD_P_Person_nameSuffix : ITD_P_Person_firstName, word);
    }
}

void itd_ofac_add_name(const itd_ofac_entry *entry, itd_sv name, itd_ofac_name_kind kind, bool weak)
{
    static const itd_property properties[] = {
        [ITD_OFAC_NAME_PRIMARY] = ITD_P_Thing_name,
        [ITD_OFAC_NAME_AKA] = ITD_P_Thing_alias,
        [ITD_OFAC_NAME_FKA] = ITD_P_Thing_previousName,
        [ITD_OFAC_NAME_NKA] = ITD_P_Thing_alias,
    };
    itd_record_add(entry->record, entry->part, weak ? ITD_P_Thing_weakAlias : properties[kind], name);
    if (kind == ITD_OFAC_NAME_PRIMARY && entry->schema == ITD_S_Person)
        add_person_name(entry, name);
}

itd_part itd_ofac_sanction(const itd_ofac_entry *entry, itd_sv suffix)
{
    itd_part sanction = itd_record_part(entry->record, ITD_S_Sanction, suffix);
    itd_record_link(entry->record, sanction, ITD_P_Sanction_entity, entry->part);
    itd_record_add(entry->record, sanction, ITD_P_Sanction_authority, itd_sv_of(authority));
    return sanction;
}

void itd_ofac_add_programme(const itd_ofac_entry *entry, itd_sv code)
{
    code = itd_ofac_text(code);
    if (code.size == 0)
        return;
    itd_sv words[] = {ITD_SV("sanction"), code};
    itd_sv suffix = itd_record_join(entry->record, "-", words, 2);
    if (suffix.size == 0)
        return;
    itd_part sanction = itd_ofac_sanction(entry, suffix);
    itd_record_add(entry->record, sanction, ITD_P_Sanction_program, code);
    itd_record_add(entry->record, entry->part, ITD_P_Thing_topics, ITD_SV("sanction"));
}

void itd_ofac_add_programmes(const itd_ofac_entry *entry, itd_sv codes)
{
    codes = itd_ofac_text(codes);
    while (codes.size > 0) {
        size_t at = itd_sv_find(codes, ITD_SV("] ["), 0);
        itd_ofac_add_programme(entry, itd_sv_slice(codes, 0, at));
        if (at == SIZE_MAX)
            break;
        codes = itd_sv_slice(codes, at + 3, SIZE_MAX);
    }
}

void itd_ofac_add_provision(const itd_ofac_entry *entry, itd_sv text)
{
    itd_part sanction = itd_ofac_sanction(entry, ITD_SV("sanction-provisions"));
    itd_record_add(entry->record, sanction, ITD_P_Sanction_provisions, text);
}

void itd_ofac_add_address(const itd_ofac_entry *entry, const itd_ofac_address *address)
{
    itd_record *record = entry->record;
    itd_sv street = itd_ofac_text(address->street), city = itd_ofac_text(address->city);
    itd_sv state = itd_ofac_text(address->state), postal = itd_ofac_text(address->postal_code);
    itd_sv mixed = itd_ofac_text(address->city_state_postal), country = itd_ofac_text(address->country);
    itd_sv remarks = itd_ofac_text(address->remarks), region = itd_ofac_text(address->region);
    itd_sv lines[] = {street, city, mixed, state, region, postal, country};
    itd_sv full = itd_record_join(record, ", ", lines, sizeof lines / sizeof lines[0]);
    if (full.size == 0 && remarks.size == 0)
        return;
    itd_sv words[] = {ITD_SV("address"), address->key};
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_sv suffix =
        address->key.size ? itd_record_join(record, "-", words, 2) : itd_ofac_suffix(hashed, "address-", &full, 1);
    if (suffix.size == 0)
        return;
    itd_part part = itd_record_part(record, ITD_S_Address, suffix);
    itd_record_add(record, part, ITD_P_Address_full, full);
    itd_record_add(record, part, ITD_P_Address_street, street);
    itd_record_add(record, part, ITD_P_Address_city, city);
    itd_record_add(record, part, ITD_P_Address_city, mixed);
    itd_record_add(record, part, ITD_P_Address_state, state);
    itd_record_add(record, part, ITD_P_Address_region, region);
    itd_record_add(record, part, ITD_P_Address_postalCode, postal);
    itd_record_add_country(record, part, ITD_P_Address_country, country);
    itd_record_add(record, part, ITD_P_Address_remarks, remarks);
    itd_record_link(record, entry->part, ITD_P_Thing_addressEntity, part);
    itd_record_add(record, entry->part, ITD_P_Thing_address, full);
    itd_record_add_country(record, entry->part, ITD_P_Thing_country, country);
}

void itd_ofac_add_named(const itd_ofac_entry *entry, itd_part part, itd_property property, itd_sv name)
{
    itd_sv id = entry->names ? itd_ofac_names_find(entry->names, name) : ITD_SV_NONE;
    name = itd_ofac_name_of_sentence(name);
    if (id.size > 0) {
        itd_record_add_as(entry->record, part, property, id, name, ITD_SV_NONE);
        return;
    }
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_part named = itd_record_part(entry->record, ITD_S_LegalEntity, itd_ofac_suffix(hashed, "named-", &name, 1));
    itd_record_add(entry->record, named, ITD_P_Thing_name, name);
    itd_record_link(entry->record, part, property, named);
}

void itd_ofac_add_link(const itd_ofac_entry *entry, itd_sv name)
{
    itd_sv clean = itd_ofac_name_of_sentence(name);
    if (clean.size == 0)
        return;
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_part link = itd_record_part(entry->record, ITD_S_UnknownLink, itd_ofac_suffix(hashed, "link-", &clean, 1));
    itd_record_link(entry->record, link, ITD_P_UnknownLink_subject, entry->part);
    itd_record_add(entry->record, link, ITD_P_Interest_role, ITD_SV("Linked To"));
    itd_ofac_add_named(entry, link, ITD_P_UnknownLink_object, name);
}

void itd_ofac_add_field(const itd_ofac_entry *entry, const char *property_name, const char *label, itd_sv field)
{
    itd_property property = itd_property_find(entry->schema, itd_sv_of(property_name));
    itd_sv text = itd_ofac_text(field);
    if (text.size == 0)
        return;
    bool country = property != ITD_PROPERTY_NONE && itd_property_typeof(property) == ITD_TYPE_COUNTRY;
    if (property == ITD_PROPERTY_NONE || (country && !itd_country_find(text))) {
        itd_sv words[] = {itd_sv_of(label), text};
        itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, itd_record_join(entry->record, ": ", words, 2));
    } else if (country) {
        itd_record_add_country(entry->record, entry->part, property, text);
    } else if (itd_property_typeof(property) == ITD_TYPE_ENTITY) {
        itd_ofac_add_named(entry, entry->part, property, text);
    } else if (itd_property_typeof(property) == ITD_TYPE_NUMBER) { /* "99,144" in the CSV, "99144" in the XML */
        itd_sv groups[8] = {{0}}, rest = text;
        size_t count = 0;
        while (count < 8 && itd_sv_split(&groups[count], &rest, ','))
            count++;
        itd_sv plain = rest.size ? text : itd_record_join(entry->record, "", groups, count);
        itd_record_add_as(entry->record, entry->part, property, plain, text, ITD_SV_NONE);
    } else {
        itd_record_add(entry->record, entry->part, property, text);
    }
}
