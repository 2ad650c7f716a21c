/* Australia's consolidated list (Department of Foreign Affairs and Trade, regulation 8), its sheet as CSV. A row a
 * name: "2" is the entity, "2a" and "34c1" further names of it, with everything else repeated. Several values in one
 * field are marked "a) … b) …". */
#include "model/country.h"
#include "read/list_rows.h"

enum column {
    REFERENCE,
    NAME,
    TYPE,
    NAME_TYPE,
    COMMITTEES,
    BIRTH_DATE,
    BIRTH_PLACE,
    CITIZENSHIP,
    ADDRESS,
    INFORMATION,
    LISTING,
    CONTROL_DATE,
    COLUMNS
};

static const char *const columns[COLUMNS] = {
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Committees",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "Control Date",
};

/** Longest text that is looked at as a date. */
#define AU_DATE_MAX 64
/* A range of birth years is each of them when it is no wider. */
#define AU_YEARS_MAX 10

static bool is_nothing(itd_sv text)
{
    return itd_sv_equal_nocase(text, ITD_SV("na")) || itd_sv_equal_nocase(text, ITD_SV("n/a"));
}

/* --- Dates --- */

static itd_sv without(itd_sv text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (itd_sv_starts_nocase(text, itd_sv_of(words[i])))
            return itd_sv_trim(itd_sv_slice(text, strlen(words[i]), SIZE_MAX));
    return text;
}

/* "10 Nov. 1972," as "10 Nov 1972": one blank between words, no point, comma or words that lead to the date. */
static itd_sv plain_of(char out[AU_DATE_MAX], itd_sv text)
{
    static const char *const leads[] = {"alt DOB:", "alt DOB", "DOB:", "approximately",
                                        "approx.",  "circa",   "c.",   "between"};
    size_t size = 0;
    text = without(itd_sv_trim(text), leads, sizeof leads / sizeof leads[0]);
    if (text.size > AU_DATE_MAX / 2)
        return ITD_SV_NONE;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\xC2' && i + 1 < text.size && text.data[i + 1] == '\xA0') { /* a blank that keeps words together */
            i++;
            c = ' ';
        }
        if (c == '.' || c == ',' || c == '\n' || c == '\r')
            c = ' ';
        if (c != ' ' || (size > 0 && out[size - 1] != ' '))
            out[size++] = c;
    }
    return itd_sv_trim(itd_sv_make(out, size));
}

static bool parse_day(itd_date *out, itd_sv text)
{
    return itd_date_parse_day_first(out, text) || itd_date_parse_english(out, text);
}

/* Each year of a range, of a wide one the two ends. */
static void add_years(const itd_uk_entry *entry, itd_date first, itd_date last, itd_sv text)
{
    int wide = last.year - first.year, step = wide > 0 && wide < AU_YEARS_MAX ? 1 : wide > 0 ? wide : 1;
    for (int year = first.year; year <= last.year; year += step)
        itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, (itd_date){.year = (int16_t)year},
                            text);
    if (wide < 0) { /* no range: both are said */
        itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, first, text);
        itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, last, text);
    }
}

/* "4 Apr 1969", "1955- 1958", "1955 and 1958": a day, or the years of a range; false when it is none. */
static bool add_birth_date(const itd_uk_entry *entry, itd_sv text)
{
    static const char *const betweens[] = {"-", "\xE2\x80\x93", " and ", " to ", "/"};
    char plain[AU_DATE_MAX];
    itd_sv date_text = plain_of(plain, text);
    itd_date dates[2];
    if (parse_day(&dates[0], date_text)) {
        itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, dates[0], text);
        return true;
    }
    for (size_t i = 0; i < sizeof betweens / sizeof betweens[0]; i++) {
        size_t at = itd_sv_find(date_text, itd_sv_of(betweens[i]), 0);
        if (at == SIZE_MAX)
            continue;
        itd_sv first = itd_sv_trim(itd_sv_slice(date_text, 0, at));
        itd_sv second = itd_sv_trim(itd_sv_slice(date_text, at + strlen(betweens[i]), SIZE_MAX));
        uint64_t year;
        if (first.size != 4 || second.size != 4 || !itd_sv_to_u64(&year, first) || !itd_sv_to_u64(&year, second) ||
            !parse_day(&dates[0], first) || !parse_day(&dates[1], second))
            return false;
        add_years(entry, dates[0], dates[1], text);
        return true;
    }
    return false;
}

/* Of a list each, and of "1972; 1971" and "1960 or 1961" too. */
static void add_birth_dates(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value, half, one;
    while (itd_uk_list_next(&value, &rest, false))
        while (itd_list_part(&half, &value, ";"))
            while (itd_list_part(&one, &half, " or "))
                if (entry->schema != ITD_S_Person || !add_birth_date(entry, one))
                    itd_uk_add_note(entry, "Date of Birth", one);
}

static void add_listing(const itd_uk_entry *entry, itd_sv text)
{
    static const char *const leads[] = {"Listed on:", "Listed on", "Listed:"};
    char plain[AU_DATE_MAX];
    itd_date date;
    itd_sv first = without(text, leads, sizeof leads / sizeof leads[0]);
    if (first.size == text.size
            ? itd_date_parse_day_first(&date, text)
            : parse_day(&date, plain_of(plain, itd_sv_slice(first, 0, itd_sv_find(first, ITD_SV("("), 0)))))
        itd_record_add_date(entry->record, entry->sanction, ITD_P_Sanction_listingDate, date, text);
    itd_record_add(entry->record, entry->sanction, ITD_P_Interval_summary, text);
}

/* --- Rows --- */

static itd_schema schema_of(itd_sv type)
{
    if (itd_sv_equal_nocase(type, ITD_SV("individual")))
        return ITD_S_Person;
    if (itd_sv_equal_nocase(type, ITD_SV("entity")))
        return ITD_S_Organization;
    return itd_sv_equal_nocase(type, ITD_SV("vessel")) ? ITD_S_Vessel : ITD_SCHEMA_NONE;
}

static itd_sv key_of(itd_sv reference)
{
    size_t size = 0;
    while (size < reference.size && reference.data[size] >= '0' && reference.data[size] <= '9')
        size++;
    return itd_sv_slice(reference, 0, size);
}

static void add_name(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_property property = ITD_P_Thing_alias;
    if (itd_sv_equal_nocase(t[NAME_TYPE], ITD_SV("primary name")))
        property = ITD_P_Thing_name;
    else if (itd_sv_starts_nocase(t[NAME_TYPE], ITD_SV("formerly")))
        property = ITD_P_Thing_previousName;
    itd_record_add(entry->record, entry->part, property, t[NAME]);
}

/* "Moscow, Russia": what follows the last comma is a country when it is the name of one. */
static void add_addresses(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value;
    while (itd_uk_list_next(&value, &rest, false)) {
        size_t comma = value.size;
        while (comma > 0 && value.data[comma - 1] != ',')
            comma--;
        itd_sv last = itd_sv_trim(itd_sv_slice(value, comma, SIZE_MAX));
        itd_list_address address = {.full = value};
        if (last.size > 3 && itd_country_find(last)) { /* shorter words could be taken for codes */
            address.full = comma ? itd_sv_trim(itd_sv_slice(value, 0, comma - 1)) : ITD_SV_NONE;
            address.country = last;
        }
        itd_list_add_address(entry, &address);
    }
}

static itd_status take(itd_list *list, itd_error *error)
{
    const itd_sv *t = list->texts;
    bool begun;
    itd_uk_entry entry;
    itd_sv key = key_of(t[REFERENCE]);
    itd_schema schema = schema_of(t[TYPE]);
    if (key.size == 0)
        return itd_list_reject(list, t[REFERENCE], error, "Reference does not start with a number");
    if (schema == ITD_SCHEMA_NONE)
        return itd_list_reject(list, t[REFERENCE], error, "Type is none of Individual, Entity and Vessel");
    if (t[NAME].size == 0)
        return itd_list_reject(list, t[REFERENCE], error, "row has no name");
    for (size_t i = BIRTH_DATE; i <= INFORMATION; i++)
        if (is_nothing(t[i]))
            list->texts[i] = ITD_SV_NONE;
    ITD_TRY(itd_list_begin(list, &begun, &entry, key, schema, error));
    if (!begun)
        return ITD_OK;
    if (entry.schema != schema)
        return itd_list_reject(list, t[REFERENCE], error, "Type differs from that of an earlier row of this Reference");
    itd_list_add_sanction(&entry, "Department of Foreign Affairs and Trade", t[COMMITTEES], "sanction");
    itd_record_add(entry.record, entry.sanction, ITD_P_Sanction_authorityId, key);
    add_listing(&entry, t[LISTING]);
    itd_list_add_sanction_date(&entry, ITD_P_Interval_modifiedAt, "Control Date", t[CONTROL_DATE],
                               itd_date_parse_day_first);
    add_name(&entry, t);
    add_birth_dates(&entry, t[BIRTH_DATE]);
    itd_uk_add_list(&entry, "birthPlace", "Place of Birth", t[BIRTH_PLACE]);
    itd_uk_add_list(&entry, "citizenship", "Citizenship", t[CITIZENSHIP]);
    add_addresses(&entry, t[ADDRESS]);
    itd_record_add(entry.record, entry.part, ITD_P_Thing_notes, t[INFORMATION]);
    return itd_list_commit(list, error);
}

static const itd_list_kind kind = {
    .columns = columns,
    .count = COLUMNS,
    .needed = COMMITTEES + 1,
    .delimiter = ',',
    .merge = true,
    .every = 1u << REFERENCE | 1u << NAME | 1u << TYPE | 1u << NAME_TYPE | 1u << COMMITTEES,
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

const itd_format itd_format_au_dfat = {
    .id = "au-dfat-csv",
    .title = "Australia's consolidated list, CSV",
    .dataset = "au-dfat",
    .sniff = sniff,
    .read = read_list,
};
