#include "read/csv_list.h"
#include "read/uk_text.h"

/* The consolidated list of the UK's Office of Financial Sanctions Implementation ("ConList"), published until 28
 * January 2026: line 1 "Last Updated,dd/mm/yyyy", line 2 the header, then a row a name. Rows of one target share its
 * Group ID, repeat everything else and need not be adjacent: each gives what no earlier row of its target has said. Two
 * layouts (29 columns until 2018, 36 after), told by the names of the columns; UTF-8 or Windows-1252. */

#define UK_COLUMNS_MAX 64

enum column {
    NAME_6,
    NAME_1,
    NAME_2,
    NAME_3,
    NAME_4,
    NAME_5,
    TITLE,
    SCRIPT_NAME,
    SCRIPT_TYPE,
    SCRIPT_LANGUAGE,
    DOB,
    BIRTH_TOWN,
    BIRTH_COUNTRY,
    NATIONALITY,
    PASSPORT_NUMBER,
    PASSPORT_DETAILS,
    NATIONAL_NUMBER,
    NATIONAL_DETAILS,
    POSITION,
    ADDRESS_1,
    ADDRESS_2,
    ADDRESS_3,
    ADDRESS_4,
    ADDRESS_5,
    ADDRESS_6,
    POSTCODE,
    COUNTRY,
    OTHER,
    GROUP_TYPE,
    ALIAS_TYPE,
    ALIAS_QUALITY,
    REGIME,
    LISTED_ON,
    DESIGNATED_ON,
    UPDATED_ON,
    GROUP_ID,
    COLUMNS
};

static const struct {
    const char *text;
    uint8_t column;
} headers[] = {
    {"Name 6", NAME_6},
    {"Name 1", NAME_1},
    {"Name 2", NAME_2},
    {"Name 3", NAME_3},
    {"Name 4", NAME_4},
    {"Name 5", NAME_5},
    {"Title", TITLE},
    {"Name Non-Latin Script", SCRIPT_NAME},
    {"Non-Latin Script Type", SCRIPT_TYPE},
    {"Non-Latin Script Language", SCRIPT_LANGUAGE},
    {"DOB", DOB},
    {"Town of Birth", BIRTH_TOWN},
    {"Country of Birth", BIRTH_COUNTRY},
    {"Nationality", NATIONALITY},
    {"Passport Number", PASSPORT_NUMBER},
    {"Passport Details", PASSPORT_DETAILS},
    {"National Identification Number", NATIONAL_NUMBER},
    {"NI Number", NATIONAL_NUMBER},
    {"National Identification Details", NATIONAL_DETAILS},
    {"NI Details", NATIONAL_DETAILS},
    {"Position", POSITION},
    {"Address 1", ADDRESS_1},
    {"Address 2", ADDRESS_2},
    {"Address 3", ADDRESS_3},
    {"Address 4", ADDRESS_4},
    {"Address 5", ADDRESS_5},
    {"Address 6", ADDRESS_6},
    {"Post/Zip Code", POSTCODE},
    {"Country", COUNTRY},
    {"Other Information", OTHER},
    {"Group Type", GROUP_TYPE},
    {"Alias Type", ALIAS_TYPE},
    {"Alias Quality", ALIAS_QUALITY},
    {"Regime", REGIME},
    {"Listed On", LISTED_ON},
    {"UK Sanctions List Date Designated", DESIGNATED_ON},
    {"Last Updated", UPDATED_ON},
    {"Group ID", GROUP_ID},
};

static const uint8_t needed[] = {NAME_6, GROUP_TYPE, ALIAS_TYPE, REGIME, GROUP_ID};

typedef struct reading {
    itd_csv_list list;
    size_t width;                    /* columns of the header */
    uint8_t columns[UK_COLUMNS_MAX]; /* what each is, COLUMNS when unknown */
    char unknown[UK_COLUMNS_MAX][64];
} reading;

/* One row: texts by column, and whose it is. */
typedef struct uk_row {
    itd_sv texts[COLUMNS];
    uint32_t target;
    const itd_csv_row *csv;
} uk_row;

/* --- Head of the file --- */

static uint8_t column_of(itd_sv header)
{
    header = itd_sv_trim(header);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (itd_sv_equal_nocase(header, itd_sv_of(headers[i].text)))
            return headers[i].column;
    return COLUMNS;
}

static const char *header_of(uint8_t column)
{
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (headers[i].column == column)
            return headers[i].text;
    return "";
}

static int sniff(const itd_sniff *look)
{
    itd_sv rest = look->head, fields[2];
    if (itd_sv_starts(rest, ITD_SV("\xEF\xBB\xBF")))
        rest = itd_sv_slice(rest, 3, SIZE_MAX);
    if (itd_csv_look(&rest, ',', fields, 2) < 2 || column_of(fields[0]) != UPDATED_ON)
        return 0;
    return itd_csv_look(&rest, ',', fields, 2) >= 2 && column_of(fields[0]) == NAME_6 ? 100 : 0;
}

static itd_status read_head(void *context, itd_error *error)
{
    reading *r = context;
    itd_read *read = r->list.read;
    itd_csv_row row;
    itd_date date;
    ITD_TRY(itd_csv_list_head(&r->list, &row, error));
    if (row.count < 2 || column_of(row.fields[0]) != UPDATED_ON || !itd_date_parse_day_first(&date, row.fields[1]))
        return itd_csv_list_fail_head(&r->list, &row, error, "not \"Last Updated\" and a date", "");
    itd_sv version = itd_date_format(read->version, date);
    read->version[version.size] = 0;
    ITD_TRY(itd_csv_list_head(&r->list, &row, error));
    if (row.count > UK_COLUMNS_MAX)
        return itd_csv_list_fail_head(&r->list, &row, error, "the header has more than 64 columns", "");
    r->width = row.count;
    bool found[COLUMNS + 1] = {false};
    for (size_t i = 0; i < row.count; i++) {
        uint8_t column = column_of(row.fields[i]);
        if (column != COLUMNS && found[column])
            return itd_csv_list_fail_head(&r->list, &row, error,
                                          "the header names a column twice: ", header_of(column));
        found[column] = true;
        r->columns[i] = column;
        itd_csv_list_keep_name(r->unknown[i], sizeof r->unknown[i], row.fields[i]);
    }
    for (size_t i = 0; i < sizeof needed; i++)
        if (!found[needed[i]])
            return itd_csv_list_fail_head(&r->list, &row, error, "the header has no column ", header_of(needed[i]));
    return ITD_OK;
}

/* --- Rows --- */

static itd_schema schema_of(itd_sv type)
{
    type = itd_sv_trim(type);
    if (itd_sv_equal_nocase(type, ITD_SV("individual")))
        return ITD_S_Person;
    if (itd_sv_equal_nocase(type, ITD_SV("entity")))
        return ITD_S_Organization;
    return itd_sv_equal_nocase(type, ITD_SV("ship")) ? ITD_S_Vessel : ITD_SCHEMA_NONE;
}

/* Is this the first row of its target that says these columns so? */
static bool is_new(reading *r, const uk_row *row, const uint8_t *columns, size_t count)
{
    return itd_csv_list_is_new(&r->list, row->target, columns[0], row->texts, columns, count);
}

#define IS_NEW(r, row, ...) is_new(r, row, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static itd_property name_property(const uk_row *row)
{
    itd_sv type = row->texts[ALIAS_TYPE];
    bool low = itd_sv_starts_nocase(row->texts[ALIAS_QUALITY], ITD_SV("low"));
    if (itd_sv_equal_nocase(type, ITD_SV("Primary name")) || itd_sv_equal_nocase(type, ITD_SV("Prime Alias")))
        return ITD_P_Thing_name;
    if (low)
        return ITD_P_Thing_weakAlias;
    return itd_sv_equal_nocase(type, ITD_SV("FKA")) ? ITD_P_Thing_previousName : ITD_P_Thing_alias;
}

/* Name 6 is the family name, or the whole name of what is no person. */
static void add_name(const itd_uk_entry *entry, const uk_row *row)
{
    static const itd_property parts[] = {ITD_P_Person_firstName, ITD_P_Person_secondName, ITD_P_Person_middleName,
                                         ITD_P_Person_middleName, ITD_P_Person_middleName};
    const itd_sv *t = row->texts;
    itd_sv words[] = {t[NAME_1], t[NAME_2], t[NAME_3], t[NAME_4], t[NAME_5], t[NAME_6]};
    itd_property property = name_property(row);
    itd_record_add(entry->record, entry->part, property, itd_record_join(entry->record, " ", words, 6));
    if (property != ITD_P_Thing_name || entry->schema != ITD_S_Person)
        return;
    itd_record_add(entry->record, entry->part, ITD_P_Person_lastName, t[NAME_6]);
    for (size_t i = 0; i < 5; i++)
        itd_record_add(entry->record, entry->part, parts[i], words[i]);
}

static void add_birth_country(const itd_uk_entry *entry, itd_sv text)
{
    if (entry->schema == ITD_S_Person)
        itd_uk_add_countries(entry, ITD_P_Person_birthCountry, text);
    else
        itd_uk_add_note(entry, "Country of Birth", text);
}

static void add_nationality(const itd_uk_entry *entry, itd_sv text)
{
    itd_property property = entry->schema == ITD_S_Person ? ITD_P_Person_nationality : ITD_P_Thing_country;
    itd_uk_add_countries(entry, property, text);
}

static void add_sanction(const itd_uk_entry *entry, const uk_row *row)
{
    static const char authority[] = "Office of Financial Sanctions Implementation, HM Treasury";
    itd_record *record = entry->record;
    itd_record_link(record, entry->sanction, ITD_P_Sanction_entity, entry->part);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_authority, itd_sv_of(authority));
    itd_record_add(record, entry->sanction, ITD_P_Sanction_program, row->texts[REGIME]);
    itd_uk_add_date(record, entry->sanction, ITD_P_Sanction_listingDate, row->texts[LISTED_ON]);
    itd_uk_add_date(record, entry->sanction, ITD_P_Interval_startDate, row->texts[DESIGNATED_ON]);
    itd_uk_add_date(record, entry->sanction, ITD_P_Interval_modifiedAt, row->texts[UPDATED_ON]);
    itd_record_add(record, entry->part, ITD_P_Thing_topics, ITD_SV("sanction"));
}

static void add_passports(const itd_uk_entry *entry, const itd_sv *t)
{
    bool older = t[PASSPORT_NUMBER].size == 0; /* 29 columns: the details are all there is */
    if (entry->schema == ITD_S_Person) {
        itd_uk_add_papers(entry, ITD_S_Passport, ITD_P_Person_passportNumber, "Passport",
                          t[older ? PASSPORT_DETAILS : PASSPORT_NUMBER], older ? ITD_SV_NONE : t[PASSPORT_DETAILS]);
    } else {
        itd_uk_add_note(entry, "Passport", t[PASSPORT_NUMBER]);
        itd_uk_add_note(entry, "Passport", t[PASSPORT_DETAILS]);
    }
}

static void add_national_ids(const itd_uk_entry *entry, const itd_sv *t)
{
    static const char label[] = "National Identification";
    itd_property property = itd_property_find(entry->schema, ITD_SV("idNumber"));
    if (property != ITD_PROPERTY_NONE) {
        itd_uk_add_papers(entry, ITD_S_Identification, property, label, t[NATIONAL_NUMBER], t[NATIONAL_DETAILS]);
    } else {
        itd_uk_add_note(entry, label, t[NATIONAL_NUMBER]);
        itd_uk_add_note(entry, label, t[NATIONAL_DETAILS]);
    }
}

static void add_person_columns(reading *r, const itd_uk_entry *entry, const uk_row *row)
{
    const itd_sv *t = row->texts;
    if (IS_NEW(r, row, TITLE))
        itd_uk_add_list(entry, "title", "Title", t[TITLE]);
    if (IS_NEW(r, row, DOB))
        itd_uk_add_birth_date(entry, t[DOB]);
    if (IS_NEW(r, row, BIRTH_TOWN))
        itd_uk_add_list(entry, "birthPlace", "Town of Birth", t[BIRTH_TOWN]);
    if (IS_NEW(r, row, BIRTH_COUNTRY))
        add_birth_country(entry, t[BIRTH_COUNTRY]);
    if (IS_NEW(r, row, NATIONALITY))
        add_nationality(entry, t[NATIONALITY]);
    if (IS_NEW(r, row, POSITION))
        itd_uk_add_list(entry, "position", "Position", t[POSITION]);
    if (IS_NEW(r, row, PASSPORT_NUMBER, PASSPORT_DETAILS))
        add_passports(entry, t);
    if (IS_NEW(r, row, NATIONAL_NUMBER, NATIONAL_DETAILS))
        add_national_ids(entry, t);
}

static void add_unknown_columns(reading *r, const itd_uk_entry *entry, const uk_row *row)
{
    for (size_t i = 0; i < r->width; i++)
        if (r->columns[i] == COLUMNS)
            itd_uk_add_note(entry, r->unknown[i], row->csv->fields[i]);
}

static void add_row(reading *r, const uk_row *row, const itd_uk_entry *entry)
{
    const itd_sv *t = row->texts;
    if (IS_NEW(r, row, NAME_1, NAME_2, NAME_3, NAME_4, NAME_5, NAME_6, ALIAS_TYPE, ALIAS_QUALITY))
        add_name(entry, row);
    if (IS_NEW(r, row, SCRIPT_NAME))
        itd_uk_add_script_name(entry, row->texts[SCRIPT_NAME], row->texts[SCRIPT_TYPE], row->texts[SCRIPT_LANGUAGE]);
    if (IS_NEW(r, row, ADDRESS_1, ADDRESS_2, ADDRESS_3, ADDRESS_4, ADDRESS_5, ADDRESS_6, POSTCODE, COUNTRY))
        itd_uk_add_address(entry, (itd_sv[]){t[ADDRESS_1], t[ADDRESS_2], t[ADDRESS_3], t[ADDRESS_4], t[ADDRESS_5],
                                             t[ADDRESS_6], t[POSTCODE], t[COUNTRY]});
    add_person_columns(r, entry, row);
    if (IS_NEW(r, row, OTHER, REGIME))
        itd_uk_add_other(entry, row->texts[OTHER]);
    add_unknown_columns(r, entry, row);
}

static const char *fault_of(const reading *r, const itd_csv_row *csv, uk_row *row)
{
    uint64_t number;
    if (csv->problem)
        return csv->problem;
    if (csv->count != r->width)
        return "another number of columns than the header";
    size_t size = 0;
    for (size_t i = 0; i < r->width; i++) {
        size += csv->fields[i].size;
        if (r->columns[i] != COLUMNS)
            row->texts[r->columns[i]] = itd_sv_trim(csv->fields[i]);
    }
    if (size > ITD_VALUE_BYTES_MAX / 2) /* a row must not fail later, when what it says counts as said */
        return "longer than half of ITD_VALUE_BYTES_MAX";
    if (!itd_sv_to_u64(&number, row->texts[GROUP_ID]))
        return "Group ID is not a number";
    if (schema_of(row->texts[GROUP_TYPE]) == ITD_SCHEMA_NONE)
        return "Group Type is none of Individual, Entity and Ship";
    return NULL;
}

static itd_status take_row(void *context, const itd_csv_row *csv, itd_error *error)
{
    reading *r = context;
    uk_row row = {.csv = csv};
    const char *fault = fault_of(r, csv, &row);
    itd_csv_of_record of = {.key = row.texts[GROUP_ID],
                            .schema = schema_of(row.texts[GROUP_TYPE]),
                            .fault = fault,
                            .differs = "Group Type differs from that of an earlier row of this Group ID"};
    ITD_TRY(itd_csv_list_begin(&r->list, &of, csv, error));
    if (!of.taken)
        return ITD_OK;
    row.target = of.number;
    itd_uk_entry entry = {.record = r->list.record, .part = of.part, .schema = of.schema};
    entry.sanction = itd_uk_sanction(entry.record, row.texts[REGIME]);
    itd_record_at(entry.record, csv->line, csv->offset, csv->span);
    if (IS_NEW(r, &row, REGIME, LISTED_ON, DESIGNATED_ON, UPDATED_ON))
        add_sanction(&entry, &row);
    add_row(r, &row, &entry);
    return itd_csv_list_commit(&r->list, error);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    reading *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    const itd_csv_list_taker taker = {
        .options = {.encoding = ITD_CSV_UTF8_OR_CP1252}, .head = read_head, .row = take_row, .context = r};
    itd_status status = itd_csv_list_read(&r->list, read, &taker, error);
    itd_free(r);
    return status;
}

const itd_format itd_format_uk_conlist = {
    .id = "uk-conlist",
    .title = "UK consolidated list (OFSI ConList), CSV",
    .dataset = "gb-ofsi",
    .sniff = sniff,
    .read = read_list,
};
