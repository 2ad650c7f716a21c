#include "interdict/identifier.h"
#include "read/uksl.h"
#include "read/wallets.h"

#define C(name) ITD_UKSL_##name

itd_schema itd_uksl_schema(itd_sv type)
{
    static const struct {
        const char *word;
        itd_schema schema;
    } types[] = {{"Individual", ITD_S_Person}, {"Entity", ITD_S_Organization}, {"Ship", ITD_S_Vessel}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (itd_sv_equal_nocase(itd_sv_trim(type), itd_sv_of(types[i].word)))
            return types[i].schema;
    return ITD_SCHEMA_NONE;
}

void itd_uksl_add_frame(itd_uk_entry *entry, itd_sv unique_id, itd_sv regime)
{
    static const char authority[] = "Foreign, Commonwealth & Development Office";
    itd_record *record = entry->record;
    entry->sanction = itd_uk_sanction(record, regime);
    itd_record_link(record, entry->sanction, ITD_P_Sanction_entity, entry->part);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_authority, itd_sv_of(authority));
    itd_record_add(record, entry->sanction, ITD_P_Sanction_authorityId, unique_id);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_program, regime);
    itd_record_add(record, entry->part, ITD_P_Thing_topics, ITD_SV("sanction"));
}

bool itd_uksl_measure_next(itd_sv *measure, itd_sv *rest, bool bars)
{
    while (rest->size > 0) {
        size_t end = itd_sv_find(*rest, bars ? ITD_SV("|") : ITD_SV(", "), 0);
        *measure = itd_sv_trim(itd_sv_slice(*rest, 0, end));
        *rest = end == SIZE_MAX ? ITD_SV_NONE : itd_sv_slice(*rest, end + (bars ? 1 : 2), SIZE_MAX);
        if (measure->size > 0 && !itd_sv_is(*measure, "-"))
            return true;
    }
    return false;
}

/* --- Names --- */

static itd_property name_property(itd_sv type, itd_sv strength)
{
    type = itd_sv_trim(type);
    if (type.size == 0 || itd_sv_equal_nocase(type, ITD_SV("Primary Name")))
        return ITD_P_Thing_name;
    if (itd_sv_starts_nocase(itd_sv_trim(strength), ITD_SV("low")) ||
        itd_sv_starts_nocase(itd_sv_trim(strength), ITD_SV("weak")))
        return ITD_P_Thing_weakAlias;
    bool past = itd_sv_equal_nocase(type, ITD_SV("FKA")) || itd_sv_starts_nocase(type, ITD_SV("former"));
    return past ? ITD_P_Thing_previousName : ITD_P_Thing_alias;
}

/* Name 6 is the family name, or the whole name of what is no person. "Primary Name Variation" is an alias whose type
 * stays with it. */
static void add_name(const itd_uk_entry *entry, const itd_sv *t)
{
    static const itd_property parts[] = {ITD_P_Person_firstName, ITD_P_Person_secondName, ITD_P_Person_middleName,
                                         ITD_P_Person_middleName, ITD_P_Person_middleName};
    itd_record *record = entry->record;
    itd_sv words[] = {t[C(NAME_1)], t[C(NAME_2)], t[C(NAME_3)],    t[C(NAME_4)],
                      t[C(NAME_5)], t[C(NAME_6)], t[C(WHOLE_NAME)]};
    itd_property property = name_property(t[C(NAME_TYPE)], t[C(STRENGTH)]);
    itd_sv name = itd_record_join(record, " ", words, 7);
    itd_record_add(record, entry->part, property, name);
    if (name.size == 0)
        return; /* a type or a strength of nothing says nothing */
    bool told = t[C(NAME_TYPE)].size == 0 || property == ITD_P_Thing_name || property == ITD_P_Thing_previousName ||
                itd_sv_equal_nocase(itd_sv_trim(t[C(NAME_TYPE)]), ITD_SV("Alias"));
    itd_sv said[] = {itd_sv_trim(t[C(NAME_TYPE)]), name};
    if (!told)
        itd_record_add(record, entry->part, ITD_P_Thing_notes, itd_record_join(record, ": ", said, 2));
    if (property != ITD_P_Thing_name || entry->schema != ITD_S_Person)
        return;
    itd_record_add(record, entry->part, ITD_P_Person_lastName, t[C(NAME_6)]);
    for (size_t i = 0; i < 5; i++)
        itd_record_add(record, entry->part, parts[i], words[i]);
}

static void add_script_name(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_script_name(entry, t[C(SCRIPT_NAME)], itd_sv_trim(t[C(SCRIPT_TYPE)]),
                           itd_sv_trim(t[C(SCRIPT_LANGUAGE)]));
}

static void add_title(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_list(entry, "title", "Title", t[C(TITLE)]);
}

/* --- The designation --- */

/* Days are written 31/12/2020 or, in the index, 31-12-2020. */
static void add_day(const itd_uk_entry *entry, itd_property property, const char *label, itd_sv text)
{
    char day[11];
    itd_date date;
    text = itd_sv_trim(text);
    for (size_t i = 0; i < text.size && i < sizeof day; i++)
        day[i] = text.data[i] == '-' ? '/' : text.data[i];
    if ((text.size <= sizeof day && itd_date_parse_day_first(&date, itd_sv_make(day, text.size))) ||
        itd_date_parse(&date, text) || itd_date_parse_english(&date, text))
        itd_record_add_date(entry->record, entry->sanction, property, date, text);
    else
        itd_uk_add_note(entry, label, text);
}

static void add_updated(const itd_uk_entry *entry, const itd_sv *t)
{
    add_day(entry, ITD_P_Interval_modifiedAt, "Last Updated", t[C(UPDATED)]);
}

static void add_designated(const itd_uk_entry *entry, const itd_sv *t)
{
    add_day(entry, ITD_P_Sanction_listingDate, "Date Designated", t[C(DESIGNATED)]);
}

static void add_group_id(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_note(entry, "OFSI Group ID", t[C(GROUP_ID)]);
}

static void add_un_reference(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_labelled(entry, "UN Ref", t[C(UN_REFERENCE)]);
}

static void add_source(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_note(entry, "Designation source", t[C(SOURCE)]);
}

static void add_measures(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_sv rest = itd_sv_trim(t[C(MEASURES)]), measure;
    bool bars = itd_sv_find(rest, ITD_SV("|"), 0) != SIZE_MAX;
    while (itd_uksl_measure_next(&measure, &rest, bars))
        itd_record_add(entry->record, entry->sanction, ITD_P_Sanction_provisions, measure);
}

static void add_other(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, t[C(OTHER)]);
    itd_record_add_wallets(entry->record, entry->part, t[C(OTHER)]);
}

static void add_reasons(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_labelled(entry, "UK Statement of Reasons", t[C(REASONS)]);
    itd_record_add_wallets(entry->record, entry->part, t[C(REASONS)]);
}

/* --- Facts --- */

static void add_address(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_address(entry, &t[C(ADDRESS_1)]);
}
_Static_assert(C(COUNTRY) - C(ADDRESS_1) + 1 == ITD_UK_ADDRESS_LINES, "lines of an address stand side by side");

static void add_birth_date(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_sv rest = itd_uk_list(t[C(DOB)]), value;
    while (itd_uk_list_next(&value, &rest, false))
        itd_uk_add_birth_date(entry, value);
}

static void add_nationality(const itd_uk_entry *entry, const itd_sv *t)
{
    bool person = entry->schema == ITD_S_Person;
    itd_uk_add_countries(entry, person ? ITD_P_Person_nationality : ITD_P_Thing_country, t[C(NATIONALITY)]);
}

static void add_birth_place(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_list(entry, "birthPlace", "Town of birth", t[C(BIRTH_TOWN)]);
    itd_uk_add_list(entry, "birthCountry", "Country of birth", t[C(BIRTH_COUNTRY)]);
}

static void add_paper(const itd_uk_entry *entry, itd_schema paper, const char *property, const char *label,
                      itd_sv number, itd_sv details)
{
    itd_property known = itd_property_find(entry->schema, itd_sv_of(property));
    if (known != ITD_PROPERTY_NONE) {
        itd_uk_add_papers(entry, paper, known, label, number, details);
    } else {
        itd_uk_add_note(entry, label, number);
        itd_uk_add_note(entry, label, details);
    }
}

static void add_national_id(const itd_uk_entry *entry, const itd_sv *t)
{
    add_paper(entry, ITD_S_Identification, "idNumber", "National Identifier", t[C(NATIONAL_NUMBER)],
              t[C(NATIONAL_DETAILS)]);
}

static void add_passport(const itd_uk_entry *entry, const itd_sv *t)
{
    add_paper(entry, ITD_S_Passport, "passportNumber", "Passport", t[C(PASSPORT_NUMBER)], t[C(PASSPORT_DETAILS)]);
}

static void add_position(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_uk_add_list(entry, "position", "Position", t[C(POSITION)]);
}

/* "IMO9074729" and "IMO number: 9074729" are the number behind the words. */
static void add_imo(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_property property = itd_property_find(entry->schema, ITD_SV("imoNumber"));
    itd_sv rest = itd_uk_list(t[C(IMO)]), value;
    while (itd_uk_list_next(&value, &rest, false)) {
        size_t digit = 0, end;
        while (digit < value.size && (value.data[digit] < '0' || value.data[digit] > '9'))
            digit++;
        for (end = digit; end < value.size && value.data[end] >= '0' && value.data[end] <= '9';)
            end++;
        bool number = end - digit == 7 && end == value.size && itd_sv_starts_nocase(value, ITD_SV("IMO"));
        if (property == ITD_PROPERTY_NONE)
            itd_uk_add_note(entry, "IMO number", value);
        else if (number)
            itd_record_add_as(entry->record, entry->part, property, itd_sv_slice(value, digit, 7), value, ITD_SV_NONE);
        else
            itd_record_add(entry->record, entry->part, property, value);
    }
}

/* The list does not say which of the two somebody is. */
static void add_owner(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_sv rest = itd_uk_list(t[C(OWNER)]), value;
    while (itd_uk_list_next(&value, &rest, false))
        itd_uk_add_link(entry, "Current owner/operator", value);
}

static void add_past_owner(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_sv rest = itd_uk_list(t[C(PAST_OWNER)]), value;
    while (itd_uk_list_next(&value, &rest, false))
        itd_uk_add_link(entry, "Previous owner/operator", value);
}

/* Facts that stand under a label in the older list's "Other Information". */
#define LABELLED(function, column, label)                                                                              \
    static void function(const itd_uk_entry *entry, const itd_sv *t)                                                   \
    {                                                                                                                  \
        itd_uk_add_labelled(entry, label, t[C(column)]);                                                               \
    }
LABELLED(add_phone, PHONE, "Phone number")
LABELLED(add_website, WEBSITE, "Website")
LABELLED(add_email, EMAIL, "Email address")
LABELLED(add_gender, GENDER, "Gender")
LABELLED(add_entity_type, ENTITY_TYPE, "Type of entity")
LABELLED(add_subsidiaries, SUBSIDIARIES, "Subsidiaries")
LABELLED(add_parent, PARENT, "Parent company")
LABELLED(add_registration, REGISTRATION, "Business Reg No")
LABELLED(add_flag, FLAG, "Current flag")
LABELLED(add_past_flags, PAST_FLAGS, "Previous flags")
LABELLED(add_ship_type, SHIP_TYPE, "Type of ship")
LABELLED(add_tonnage, TONNAGE, "Tonnage of ship")
LABELLED(add_length, LENGTH, "Length of ship")
LABELLED(add_year_built, YEAR_BUILT, "Year built")
LABELLED(add_hull, HULL, "Hull identification number (HIN)")

static const itd_uksl_group groups[] = {
    {{C(UPDATED)}, 1, add_updated},
    {{C(DESIGNATED)}, 1, add_designated},
    {{C(GROUP_ID)}, 1, add_group_id},
    {{C(UN_REFERENCE)}, 1, add_un_reference},
    {{C(NAME_6), C(NAME_1), C(NAME_2), C(NAME_3), C(NAME_4), C(NAME_5), C(WHOLE_NAME), C(NAME_TYPE), C(STRENGTH)},
     9,
     add_name},
    {{C(TITLE)}, 1, add_title},
    {{C(SCRIPT_NAME), C(SCRIPT_TYPE), C(SCRIPT_LANGUAGE)}, 3, add_script_name},
    {{C(SOURCE)}, 1, add_source},
    {{C(MEASURES)}, 1, add_measures},
    {{C(OTHER)}, 1, add_other},
    {{C(REASONS)}, 1, add_reasons},
    {{C(ADDRESS_1), C(ADDRESS_2), C(ADDRESS_3), C(ADDRESS_4), C(ADDRESS_5), C(ADDRESS_6), C(POSTCODE), C(COUNTRY)},
     8,
     add_address},
    {{C(PHONE)}, 1, add_phone},
    {{C(WEBSITE)}, 1, add_website},
    {{C(EMAIL)}, 1, add_email},
    {{C(DOB)}, 1, add_birth_date},
    {{C(NATIONALITY)}, 1, add_nationality},
    {{C(NATIONAL_NUMBER), C(NATIONAL_DETAILS)}, 2, add_national_id},
    {{C(PASSPORT_NUMBER), C(PASSPORT_DETAILS)}, 2, add_passport},
    {{C(POSITION)}, 1, add_position},
    {{C(GENDER)}, 1, add_gender},
    {{C(BIRTH_TOWN), C(BIRTH_COUNTRY)}, 2, add_birth_place},
    {{C(ENTITY_TYPE)}, 1, add_entity_type},
    {{C(SUBSIDIARIES)}, 1, add_subsidiaries},
    {{C(PARENT)}, 1, add_parent},
    {{C(REGISTRATION)}, 1, add_registration},
    {{C(IMO)}, 1, add_imo},
    {{C(OWNER)}, 1, add_owner},
    {{C(PAST_OWNER)}, 1, add_past_owner},
    {{C(FLAG)}, 1, add_flag},
    {{C(PAST_FLAGS)}, 1, add_past_flags},
    {{C(SHIP_TYPE)}, 1, add_ship_type},
    {{C(TONNAGE)}, 1, add_tonnage},
    {{C(LENGTH)}, 1, add_length},
    {{C(YEAR_BUILT)}, 1, add_year_built},
    {{C(HULL)}, 1, add_hull},
};

const itd_uksl_group *itd_uksl_group_at(size_t index)
{
    return index < sizeof groups / sizeof groups[0] ? &groups[index] : NULL;
}
