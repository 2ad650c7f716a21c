#include <stdio.h>

#include "read/csv_list.h"
#include "read/wallets.h"
#include "read/xml_record.h"

/* Sanctions of the EU's Official Journal as OpenSanctions transcribes them, a CSV file an act: consolidated files
 * (celex, recordId, programKey, annex, measure, startDate, reason, schema, name, …) and those of amendments
 * (amendedCelex, amendmentCelex, recordId, …). A row is an entity in one legal context. The columns from `name` on are
 * properties of its FollowTheMoney schema, all but the name with several values between semicolons, quoted as in CSV
 * where a value has one itself.
 * The key is CELEX, annex and recordId; where the act prints no recordId, or another entity has taken the key, a hash
 * of the row stands for it. Rows of one key, schema and name are one entity under several measures. */

#define JOURNAL_WIDTH_MAX 128
#define JOURNAL_KEYS_BYTES_MAX ((size_t)1 << 28)

enum column { CELEX, AMENDED, AMENDMENT, RECORD_ID, PROGRAMME, ANNEX, MEASURE, START, REASON, SCHEMA, NAME, COLUMNS };
static const char *const column_names[COLUMNS] = {"celex", "amendedCelex", "amendmentCelex", "recordId", "programKey",
                                                  "annex", "measure",      "startDate",      "reason",   "schema",
                                                  "name"};

typedef struct reading {
    itd_csv_list list;
    size_t width;
    uint8_t columns[JOURNAL_WIDTH_MAX]; /* what each is; COLUMNS: a property */
    char names[JOURNAL_WIDTH_MAX][40];
    itd_intern keys, rows;    /* of records; and each row as a whole, as a hash */
    ITD_VECTOR(uint64_t) who; /* by number of the key: schema and name of its entity, as a hash */
    itd_buffer value;
    bool failed; /* out of memory */
} reading;

typedef struct journal_row {
    itd_sv texts[COLUMNS];
    const itd_csv_row *csv;
    itd_schema schema;
    char hash[ITD_XML_HASH_TEXT_MAX];
} journal_row;

/* --- Head of the file --- */

static uint8_t column_of(itd_sv header)
{
    uint8_t i = 0;
    while (i < COLUMNS && !itd_sv_is(itd_sv_trim(header), column_names[i]))
        i++;
    return i;
}

static bool is_header(const itd_sv *fields, size_t count)
{
    bool found[COLUMNS + 1] = {false};
    for (size_t i = 0; i < count; i++)
        found[column_of(fields[i])] = true;
    for (size_t i = RECORD_ID; i < COLUMNS; i++)
        if (!found[i])
            return false;
    return found[CELEX] || (found[AMENDED] && found[AMENDMENT]);
}

static int sniff(const itd_sniff *look)
{
    itd_sv rest = look->head, fields[JOURNAL_WIDTH_MAX];
    if (itd_sv_starts(rest, ITD_SV("\xEF\xBB\xBF")))
        rest = itd_sv_slice(rest, 3, SIZE_MAX);
    size_t count = itd_csv_look(&rest, ',', fields, JOURNAL_WIDTH_MAX);
    return count <= JOURNAL_WIDTH_MAX && is_header(fields, count) ? 100 : 0;
}

static itd_status read_head(void *context, itd_error *error)
{
    reading *r = context;
    itd_csv_row row;
    bool found[COLUMNS + 1] = {false};
    ITD_TRY(itd_csv_list_head(&r->list, &row, error));
    if (row.count > JOURNAL_WIDTH_MAX)
        return itd_csv_list_fail_head(&r->list, &row, error, "the header has more than 128 columns", "");
    if (!is_header(row.fields, row.count))
        return itd_csv_list_fail_head(&r->list, &row, error, "the header lacks a column of the format", "");
    r->width = row.count;
    for (size_t i = 0; i < row.count; i++) {
        itd_sv name = itd_sv_trim(row.fields[i]);
        r->columns[i] = column_of(name);
        if (name.size == 0 || name.size >= sizeof r->names[i])
            return itd_csv_list_fail_head(&r->list, &row, error, "a column's name is empty or longer than 39 bytes",
                                          "");
        if (r->columns[i] != COLUMNS && found[r->columns[i]])
            return itd_csv_list_fail_head(&r->list, &row, error, "the header names a column twice", "");
        found[r->columns[i]] = true;
        memcpy(r->names[i], name.data, name.size);
    }
    return ITD_OK;
}

/* --- Values --- */

/* The next value of a cell; doubled quotes inside quotes are one. Borrowed until the next call. */
static bool next_value(reading *r, itd_sv *value, itd_sv *rest)
{
    while (rest->size > 0) {
        size_t at = 0;
        while (at < rest->size && (rest->data[at] == ' ' || rest->data[at] == ';'))
            at++;
        itd_buffer_clear(&r->value);
        bool quoted = at < rest->size && rest->data[at] == '"';
        for (at += quoted; at < rest->size; at++) {
            char c = rest->data[at];
            if (quoted && c == '"' && !(at + 1 < rest->size && rest->data[at + 1] == '"'))
                quoted = false; /* what follows up to the semicolon belongs to it all the same */
            else if (!quoted && c == ';')
                break;
            else
                itd_buffer_append_char(&r->value, c);
            at += quoted && c == '"';
        }
        *rest = itd_sv_slice(*rest, at, SIZE_MAX);
        *value = itd_sv_trim(itd_buffer_view(&r->value));
        r->failed |= r->value.failed;
        if (value->size > 0)
            return true;
    }
    return false;
}

static void add_note(reading *r, const char *label, itd_sv text)
{
    itd_sv words[] = {itd_sv_of(label), itd_sv_trim(text)};
    if (words[1].size > 0)
        itd_record_add(r->list.record, 0, ITD_P_Thing_notes, itd_record_join(r->list.record, ": ", words, 2));
}

/* "2011-02-28", "28.2.2011", "2 December 1985", "26 Feb. 2011", also behind a word that makes it less exact. */
static bool take_date(itd_date *out, itd_sv text)
{
    static const char *const vague[] = {"Approximately ", "approx. ", "circa ", "c. ", "around ", "about "};
    char day[16];
    for (size_t i = 0; i < sizeof vague / sizeof vague[0]; i++)
        if (itd_sv_starts_nocase(text, itd_sv_of(vague[i])))
            text = itd_sv_trim(itd_sv_slice(text, strlen(vague[i]), SIZE_MAX));
    if (itd_date_parse(out, text) || itd_date_parse_english(out, text) || itd_date_parse_day_first(out, text))
        return true;
    uint64_t numbers[3];
    itd_sv rest = text, part;
    for (size_t i = 0; i < 3; i++)
        if (!itd_sv_split(&part, &rest, '.') || !itd_sv_to_u64(&numbers[i], itd_sv_trim(part)) || numbers[i] > 9999)
            return false;
    if (rest.size > 0 || numbers[0] > 31 || numbers[1] > 12)
        return false;
    int size =
        snprintf(day, sizeof day, "%02u/%02u/%04u", (unsigned)numbers[0], (unsigned)numbers[1], (unsigned)numbers[2]);
    return itd_date_parse_day_first(out, itd_sv_make(day, (size_t)size));
}

static void add_date(reading *r, itd_part part, itd_property property, const char *label, itd_sv text)
{
    itd_date date;
    text = itd_sv_trim(text);
    if (take_date(&date, text))
        itd_record_add_date(r->list.record, part, property, date, text);
    else
        add_note(r, label, text);
}

static void add_cell(reading *r, itd_schema schema, const char *name, itd_sv cell)
{
    itd_property property = itd_property_find(schema, itd_sv_of(name));
    itd_sv value;
    while (next_value(r, &value, &cell)) {
        if (property == ITD_PROPERTY_NONE || property == ITD_P_ID)
            add_note(r, name, value);
        else if (itd_property_typeof(property) == ITD_TYPE_DATE)
            add_date(r, 0, property, name, value);
        else if (itd_property_typeof(property) == ITD_TYPE_COUNTRY)
            itd_record_add_country(r->list.record, 0, property, value);
        else if (itd_property_typeof(property) == ITD_TYPE_ENTITY ||
                 (itd_property_typeof(property) == ITD_TYPE_GENDER && !itd_sv_is(value, "male") &&
                  !itd_sv_is(value, "female")))
            add_note(r, name, value);
        else
            itd_record_add(r->list.record, 0, property, value);
        if (property == ITD_P_Thing_notes)
            itd_record_add_wallets(r->list.record, 0, value);
    }
}

static void add_sanction(reading *r, const journal_row *row)
{
    const itd_sv *t = row->texts;
    itd_record *record = r->list.record;
    char hash[ITD_XML_HASH_TEXT_MAX], suffix[sizeof "sanction-" + ITD_XML_HASH_TEXT_MAX];
    itd_xml_hash(hash, (itd_sv[]){t[PROGRAMME], t[MEASURE], t[AMENDED]}, 3);
    (void)snprintf(suffix, sizeof suffix, "sanction-%s", hash);
    itd_part part = itd_record_part(record, ITD_S_Sanction, itd_sv_of(suffix));
    itd_record_link(record, part, ITD_P_Sanction_entity, 0);
    itd_record_add(record, part, ITD_P_Sanction_authority, ITD_SV("European Union"));
    itd_record_add(record, part, ITD_P_Sanction_authorityId, t[RECORD_ID]);
    itd_record_add(record, part, ITD_P_Sanction_program, t[PROGRAMME]);
    itd_record_add(record, part, ITD_P_Sanction_provisions, t[MEASURE]);
    itd_record_add(record, part, ITD_P_Sanction_reason, t[REASON]);
    add_date(r, part, ITD_P_Interval_startDate, "startDate", t[START]);
    itd_sv act = t[CELEX].size ? t[CELEX] : t[AMENDMENT];
    itd_sv words[] = {ITD_SV("CELEX"),
                      act,
                      t[AMENDED].size ? ITD_SV("amends") : ITD_SV_NONE,
                      t[AMENDED],
                      t[ANNEX].size ? ITD_SV("annex") : ITD_SV_NONE,
                      t[ANNEX]};
    itd_record_add(record, part, ITD_P_Interval_summary, itd_record_join(record, " ", words, 6));
    bool export = itd_sv_is(t[MEASURE], "Export control");
    itd_record_add(record, 0, ITD_P_Thing_topics, export ? ITD_SV("export.control") : ITD_SV("sanction"));
    itd_record_add_wallets(record, 0, t[REASON]);
}

/* --- Rows --- */

static const char *fault_of(const reading *r, const itd_csv_row *csv, journal_row *row)
{
    static const itd_schema schemata[] = {ITD_S_Person,  ITD_S_LegalEntity, ITD_S_Organization,
                                          ITD_S_Company, ITD_S_Vessel,      ITD_S_Asset};
    if (csv->problem)
        return csv->problem;
    if (csv->count != r->width)
        return "another number of columns than the header";
    for (size_t i = 0; i < r->width; i++)
        if (r->columns[i] != COLUMNS)
            row->texts[r->columns[i]] = itd_sv_trim(csv->fields[i]);
    if (row->texts[CELEX].size == 0 && row->texts[AMENDMENT].size == 0)
        return "no CELEX";
    if (row->texts[NAME].size == 0)
        return "no name";
    itd_schema schema = itd_schema_find(row->texts[SCHEMA]);
    for (size_t i = 0; i < sizeof schemata / sizeof schemata[0]; i++)
        if (schema == schemata[i]) {
            row->schema = schema;
            return NULL;
        }
    return "the schema is none of Person, LegalEntity, Organization, Company, Vessel and Asset";
}

static itd_sv key_of(reading *r, const journal_row *row, itd_sv last)
{
    itd_sv parts[] = {row->texts[CELEX].size ? row->texts[CELEX] : row->texts[AMENDMENT], row->texts[ANNEX], last};
    itd_buffer_clear(&r->value);
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].size > 0 && r->value.size > 0)
            itd_buffer_append_char(&r->value, '-');
        itd_buffer_append(&r->value, parts[i]);
    }
    r->failed |= r->value.failed;
    return itd_buffer_view(&r->value);
}

/* The key of the row's entity, and whether it is one that was there before. */
static itd_status find_key(reading *r, const journal_row *row, itd_sv *key, bool *again, itd_error *error)
{
    const itd_sv *t = row->texts;
    char hash[ITD_XML_HASH_TEXT_MAX];
    itd_xml_hash(hash, (itd_sv[]){t[SCHEMA], t[NAME], t[AMENDED]}, 3);
    uint64_t who = itd_hash_sv(itd_sv_of(hash));
    for (int attempt = 0; attempt < 2; attempt++) {
        bool hashed = attempt > 0 || t[RECORD_ID].size == 0;
        *key = key_of(r, row, hashed ? itd_sv_of(row->hash) : t[RECORD_ID]);
        uint32_t number = r->failed ? ITD_MAP_NONE : itd_intern_add(&r->keys, *key);
        if (number == ITD_MAP_NONE)
            return itd_fail_memory(error);
        *again = number < r->who.count;
        if (!*again && !itd_vector_push(&r->who, who))
            return itd_fail_memory(error);
        if (!*again || r->who.items[number] == who)
            break;
    }
    return ITD_OK;
}

static itd_status take_row(void *context, const itd_csv_row *csv, itd_error *error)
{
    reading *r = context;
    journal_row row = {.csv = csv};
    const char *fault = fault_of(r, csv, &row);
    if (!fault) {
        itd_xml_hash(row.hash, csv->fields, csv->count);
        size_t before = r->rows.count;
        if (itd_intern_add(&r->rows, itd_sv_of(row.hash)) == ITD_MAP_NONE)
            return itd_fail_memory(error);
        if (r->rows.count == before)
            fault = "a row before it is the same";
    }
    if (fault)
        return itd_csv_list_reject(&r->list, row.texts[RECORD_ID], csv, error, fault);
    itd_sv key = ITD_SV_NONE;
    bool again = false;
    ITD_TRY(find_key(r, &row, &key, &again, error));
    (void)itd_record_begin(r->list.record, key, false, row.schema, csv->line, csv->offset);
    itd_record_at(r->list.record, csv->line, csv->offset, csv->span);
    itd_record_add(r->list.record, 0, ITD_P_Thing_name, row.texts[NAME]);
    for (size_t i = 0; i < r->width; i++)
        if (r->columns[i] == COLUMNS)
            add_cell(r, row.schema, r->names[i], csv->fields[i]);
    add_sanction(r, &row);
    if (r->failed)
        return itd_fail_memory(error);
    uint64_t records = r->list.read->records;
    ITD_TRY(itd_record_commit(r->list.record, error));
    if (again)
        r->list.read->records = records; /* more of a record that was there */
    return ITD_OK;
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    reading *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    const itd_csv_list_taker taker = {.head = read_head, .row = take_row, .context = r};
    itd_intern_init(&r->keys, JOURNAL_KEYS_BYTES_MAX);
    itd_intern_init(&r->rows, JOURNAL_KEYS_BYTES_MAX);
    itd_status status = itd_csv_list_read(&r->list, read, &taker, error);
    itd_intern_finish(&r->keys);
    itd_intern_finish(&r->rows);
    itd_vector_finish(&r->who);
    itd_buffer_finish(&r->value);
    itd_free(r);
    return status;
}

const itd_format itd_format_eu_journal = {
    .id = "eu-journal",
    .title = "EU Official Journal sanctions as OpenSanctions transcribes them, CSV",
    .dataset = "eu-journal",
    .sniff = sniff,
    .read = read_list,
};
