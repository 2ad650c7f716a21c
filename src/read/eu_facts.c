#include "read/eu_facts.h"

#include "base/map.h"
#include "interdict/identifier.h"
#include "model/country.h"
#include "read/ofac_text.h"
#include "read/wallets.h"
#include "read/xml_record.h"

itd_schema itd_eu_schema(itd_sv type)
{
    type = itd_sv_trim(type);
    if (itd_sv_is(type, "P") || itd_sv_equal_nocase(type, ITD_SV("person")))
        return ITD_S_Person;
    bool enterprise = itd_sv_is(type, "E") || itd_sv_equal_nocase(type, ITD_SV("enterprise"));
    return enterprise ? ITD_S_Organization : ITD_SCHEMA_NONE;
}

itd_sv itd_eu_text(itd_sv text)
{
    text = itd_sv_trim(text);
    return itd_xml_is_nothing(text) || itd_sv_is(text, "00") ? ITD_SV_NONE : text;
}

void itd_eu_add_note(itd_eu_entry *entry, const char *label, itd_sv text)
{
    text = itd_sv_trim(text);
    itd_sv words[] = {itd_sv_of(label), text};
    if (text.size > 0)
        itd_record_add(entry->record, 0, ITD_P_Thing_notes, itd_record_join(entry->record, ": ", words, 2));
}

void itd_eu_add_remark(itd_eu_entry *entry, itd_sv text)
{
    itd_record_add(entry->record, 0, ITD_P_Thing_notes, text);
    itd_record_add_wallets(entry->record, 0, text);
}

/* ISO 639-1 of the languages of the Union and of those that its lists name, as ISO 639-3. */
static const char *language_of(itd_sv code)
{
    static const char codes[][2][4] = {
        {"ar", "ara"}, {"be", "bel"}, {"bg", "bul"}, {"cs", "ces"}, {"da", "dan"}, {"de", "deu"}, {"el", "ell"},
        {"en", "eng"}, {"es", "spa"}, {"et", "est"}, {"fa", "fas"}, {"fi", "fin"}, {"fr", "fra"}, {"ga", "gle"},
        {"hr", "hrv"}, {"hu", "hun"}, {"it", "ita"}, {"ko", "kor"}, {"lt", "lit"}, {"lv", "lav"}, {"mt", "mlt"},
        {"nl", "nld"}, {"pl", "pol"}, {"pt", "por"}, {"ro", "ron"}, {"ru", "rus"}, {"sk", "slk"}, {"sl", "slv"},
        {"sr", "srp"}, {"sv", "swe"}, {"tr", "tur"}, {"uk", "ukr"}, {"zh", "zho"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (itd_sv_equal_nocase(itd_sv_trim(code), itd_sv_of(codes[i][0])))
            return codes[i][1];
    return NULL;
}

/* A field that only some schemata have; a note where this one has it not. */
static void add_field(itd_eu_entry *entry, const char *property_name, const char *label, itd_sv text)
{
    itd_property property = itd_property_find(entry->schema, itd_sv_of(property_name));
    if (property != ITD_PROPERTY_NONE)
        itd_record_add(entry->record, 0, property, text);
    else
        itd_eu_add_note(entry, label, text);
}

static void add_gender(itd_eu_entry *entry, itd_sv text)
{
    text = itd_sv_trim(text);
    bool male = itd_sv_is(text, "M"), known = male || itd_sv_is(text, "F");
    if (known && entry->schema == ITD_S_Person)
        itd_record_add_as(entry->record, 0, ITD_P_Person_gender, male ? ITD_SV("male") : ITD_SV("female"), text,
                          ITD_SV_NONE);
    else
        itd_eu_add_note(entry, "Gender", text);
}

void itd_eu_add_name(itd_eu_entry *entry, const itd_eu_name *name)
{
    itd_sv parts[] = {name->first, name->middle, name->last};
    itd_sv whole = itd_eu_text(name->whole);
    if (whole.size == 0)
        whole = itd_record_join(entry->record, " ", parts, 3);
    const char *language = language_of(name->language);
    bool primary = !name->weak && !entry->named && whole.size > 0;
    itd_property property = name->weak ? ITD_P_Thing_weakAlias : primary ? ITD_P_Thing_name : ITD_P_Thing_alias;
    itd_record_add_as(entry->record, 0, property, whole, ITD_SV_NONE, itd_sv_of(language));
    if (!language)
        itd_eu_add_note(entry, "Language of a name", name->language);
    if (primary && entry->schema == ITD_S_Person) {
        itd_record_add(entry->record, 0, ITD_P_Person_firstName, name->first);
        itd_record_add(entry->record, 0, ITD_P_Person_middleName, name->middle);
        itd_record_add(entry->record, 0, ITD_P_Person_lastName, name->last);
    }
    entry->named |= primary;
    add_gender(entry, name->gender);
    add_field(entry, "title", "Title", name->title);
    add_field(entry, "position", "Function", name->function);
}

void itd_eu_add_citizenship(itd_eu_entry *entry, itd_sv country)
{
    country = itd_eu_text(country);
    if (country.size > 0)
        itd_record_add_country(entry->record, 0,
                               entry->schema == ITD_S_Person ? ITD_P_Person_citizenship : ITD_P_Thing_country, country);
}

void itd_eu_add_date(itd_eu_entry *entry, itd_part part, itd_property property, itd_sv text)
{
    itd_date date;
    text = itd_sv_trim(text);
    if (itd_date_parse(&date, text))
        itd_record_add_date(entry->record, part, property, date, text);
    else
        itd_record_add(entry->record, part, ITD_P_Interval_summary, text);
}

/* Year, month and day as numbers; 0 where there is none. */
static bool take_day(itd_date *out, const itd_eu_birth *birth)
{
    uint64_t year, month = 0, day = 0;
    if (!itd_sv_to_u64(&year, itd_sv_trim(birth->year)) || year > 9999)
        return false;
    if (itd_sv_to_u64(&month, itd_sv_trim(birth->month)))
        (void)itd_sv_to_u64(&day, itd_sv_trim(birth->day));
    *out = (itd_date){(int16_t)year, (uint8_t)(month <= 12 ? month : 13), (uint8_t)(day <= 31 ? day : 32)};
    return itd_date_is_valid(*out);
}

static bool add_years(itd_eu_entry *entry, itd_sv from, itd_sv to, itd_sv words)
{
    itd_date first, last;
    if (!itd_date_parse(&first, from) || !itd_date_parse(&last, to) || first.month || last.month ||
        first.year > last.year)
        return false;
    int step = last.year - first.year < ITD_EU_YEARS_MAX ? 1 : last.year - first.year;
    for (int year = first.year; year <= last.year; year += step)
        itd_record_add_date(entry->record, 0, ITD_P_Person_birthDate, (itd_date){.year = (int16_t)year}, words);
    return true;
}

void itd_eu_add_birth(itd_eu_entry *entry, const itd_eu_birth *birth)
{
    itd_record *record = entry->record;
    bool person = entry->schema == ITD_S_Person;
    itd_sv date = itd_eu_text(birth->date), from = itd_eu_text(birth->from), to = itd_eu_text(birth->to);
    itd_sv numbers[] = {itd_eu_text(birth->year), itd_eu_text(birth->month), itd_eu_text(birth->day)};
    itd_sv range[] = {from, to};
    itd_sv words[] = {birth->circa ? ITD_SV("circa") : ITD_SV_NONE,
                      date.size ? date : itd_record_join(record, "-", numbers, 3),
                      itd_record_join(record, " to ", range, 2)};
    itd_date day;
    itd_sv said = itd_record_join(record, " ", words, 3);
    bool known = person && (itd_date_parse(&day, date) || (date.size == 0 && take_day(&day, birth)));
    if (known)
        itd_record_add_date(record, 0, ITD_P_Person_birthDate, day, said);
    bool ranged = person && (from.size || to.size) && add_years(entry, from, to, said);
    if (words[1].size + words[2].size > 0 && !known && !ranged)
        itd_eu_add_note(entry, "Date of birth", said);
    itd_sv place[] = {itd_eu_text(birth->place), itd_eu_text(birth->city), itd_eu_text(birth->region),
                      itd_eu_text(birth->postal_code)};
    add_field(entry, "birthPlace", "Place of birth", itd_record_join(record, ", ", place, 4));
    itd_sv country = itd_eu_text(birth->country);
    if (person && country.size > 0)
        itd_record_add_country(record, 0, ITD_P_Person_birthCountry, country);
    else
        itd_eu_add_note(entry, "Country of birth", country);
}

/* "<prefix><number of the publisher>", or a hash of what is said where there is no number. */
static itd_part part_of(itd_eu_entry *entry, itd_schema schema, const char *prefix, itd_sv key, const itd_sv *said,
                        size_t count)
{
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_sv words[] = {itd_sv_of(prefix), itd_sv_trim(key)};
    itd_sv suffix =
        words[1].size > 0 ? itd_record_join(entry->record, "", words, 2) : itd_ofac_suffix(hashed, prefix, said, count);
    if (suffix.size == 0)
        suffix = words[0]; /* out of memory: commit says so */
    return itd_record_part(entry->record, schema, suffix);
}

void itd_eu_add_address(itd_eu_entry *entry, const itd_eu_address *a)
{
    itd_record *record = entry->record;
    itd_sv country = itd_eu_text(a->country);
    const char *code = itd_country_find(country), *name = code ? itd_country_name(itd_sv_of(code)) : NULL;
    itd_sv said[] = {
        itd_eu_text(a->street), itd_eu_text(a->box),    itd_eu_text(a->postal_code),     itd_eu_text(a->city),
        itd_eu_text(a->place),  itd_eu_text(a->region), name ? itd_sv_of(name) : country};
    itd_sv full = itd_record_join(record, ", ", said, 7);
    if (full.size == 0) {
        itd_eu_add_note(entry, "Address", a->remark);
        return;
    }
    itd_part part = part_of(entry, ITD_S_Address, "address-", a->key, said, 7);
    itd_record_link(record, 0, ITD_P_Thing_addressEntity, part);
    itd_record_add(record, 0, ITD_P_Thing_address, full);
    itd_record_add(record, part, ITD_P_Address_full, full);
    itd_record_add(record, part, ITD_P_Address_street, said[0]);
    itd_record_add(record, part, ITD_P_Address_postOfficeBox, said[1]);
    itd_record_add(record, part, ITD_P_Address_postalCode, said[2]);
    itd_record_add(record, part, ITD_P_Address_city, said[3]);
    itd_record_add(record, part, ITD_P_Address_remarks, said[4]);
    itd_record_add(record, part, ITD_P_Address_region, said[5]);
    itd_record_add(record, part, ITD_P_Address_remarks, a->remark);
    if (country.size > 0) {
        itd_record_add_country(record, part, ITD_P_Address_country, country);
        itd_record_add_country(record, 0, ITD_P_Thing_country, country);
    }
}

/* Which property a kind of number is, and the check that it has to pass for it. */
static itd_property number_property(const itd_eu_entry *entry, itd_sv type, itd_sv number)
{
    static const struct {
        const char *type, *property, *kind;
    } kinds[] = {
        {"passport", "passportNumber", NULL},      {"diplomatic", "passportNumber", NULL},
        {"regnumber", "registrationNumber", NULL}, {"fiscalcode", "taxNumber", NULL},
        {"swiftbic", "swiftBic", "bic"},           {"imo", "imoNumber", "imo-ship"},
        {"ssn", "socialSecurityNumber", NULL},     {"tradelic", "licenseNumber", NULL},
    };
    itd_identifier found;
    itd_property property = ITD_PROPERTY_NONE;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (itd_sv_equal_nocase(type, itd_sv_of(kinds[i].type)) &&
            (!kinds[i].kind || itd_identifier_parse(&found, kinds[i].kind, number.data, number.size, NULL) == ITD_OK))
            property = itd_property_find(entry->schema, itd_sv_of(kinds[i].property));
    return property != ITD_PROPERTY_NONE ? property : ITD_P_LegalEntity_idNumber;
}

void itd_eu_add_paper(itd_eu_entry *entry, const itd_eu_paper *p)
{
    itd_record *record = entry->record;
    itd_sv number = itd_eu_text(p->number), type = itd_sv_trim(p->type), country = itd_eu_text(p->country);
    if (number.size == 0) {
        itd_sv said[] = {p->words.size ? p->words : type, country, p->issuer, p->issued, p->from, p->until, p->remark};
        itd_eu_add_note(entry, "Document", itd_record_join(record, "; ", said, 7));
        return;
    }
    bool passport = itd_sv_equal_nocase(type, ITD_SV("passport")) || itd_sv_equal_nocase(type, ITD_SV("diplomatic"));
    itd_sv said[] = {type, number};
    itd_part part = part_of(entry, passport ? ITD_S_Passport : ITD_S_Identification, passport ? "passport-" : "id-",
                            p->key, said, 2);
    itd_record_add(record, 0, number_property(entry, type, number), number);
    itd_record_link(record, part, ITD_P_Identification_holder, 0);
    itd_record_add(record, part, ITD_P_Identification_type, p->words.size ? p->words : type);
    itd_record_add(record, part, ITD_P_Identification_number, number);
    if (passport)
        itd_record_add(record, part, ITD_P_Passport_passportNumber, number);
    if (country.size > 0)
        itd_record_add_country(record, part, ITD_P_Identification_country, country);
    itd_record_add(record, part, ITD_P_Identification_authority, itd_eu_text(p->issuer));
    itd_eu_add_date(entry, part, ITD_P_Interval_startDate, p->issued);
    itd_eu_add_date(entry, part, ITD_P_Interval_startDate, p->from);
    itd_eu_add_date(entry, part, ITD_P_Interval_endDate, p->until);
    itd_record_add(record, part, ITD_P_Interval_summary, p->remark);
}

void itd_eu_add_contact(itd_eu_entry *entry, itd_sv kind, itd_sv text)
{
    static const struct {
        const char *kind;
        itd_property property;
    } kinds[] = {{"PHONE", ITD_P_LegalEntity_phone},
                 {"FAX", ITD_P_LegalEntity_phone},
                 {"MOBILE", ITD_P_LegalEntity_phone},
                 {"EMAIL", ITD_P_LegalEntity_email},
                 {"WEB", ITD_P_LegalEntity_website}};
    itd_sv words[] = {itd_sv_trim(kind), itd_sv_trim(text)};
    itd_sv said = itd_record_join(entry->record, ": ", words, 2);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (itd_sv_starts_nocase(words[0], itd_sv_of(kinds[i].kind))) {
            itd_record_add_as(entry->record, 0, kinds[i].property, words[1], said, ITD_SV_NONE);
            return;
        }
    if (words[1].size > 0)
        itd_record_add(entry->record, 0, ITD_P_Thing_notes, said);
}

itd_part itd_eu_sanction(itd_eu_entry *entry, itd_sv programme)
{
    itd_record *record = entry->record;
    itd_sv words[] = {ITD_SV("sanction"), itd_sv_trim(programme)};
    itd_sv suffix = itd_record_join(record, "-", words, 2);
    if (suffix.size == 0)
        suffix = words[0]; /* out of memory: commit says so */
    itd_part part = itd_record_part(record, ITD_S_Sanction, suffix);
    itd_record_link(record, part, ITD_P_Sanction_entity, 0);
    itd_record_add(record, part, ITD_P_Sanction_program, words[1]);
    itd_record_add(record, 0, ITD_P_Thing_topics, ITD_SV("sanction"));
    return part;
}
