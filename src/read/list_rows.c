#include "read/list_rows.h"

#include <stdio.h>

#include "model/country.h"
#include "read/naming.h"
#include "read/ofac_text.h"

/* --- Header --- */

static size_t column_of(const itd_list_kind *kind, itd_sv header)
{
    size_t i = 0;
    header = itd_sv_trim(header);
    while (i < kind->count && !itd_sv_equal_nocase(header, itd_sv_of(kind->columns[i])))
        i++;
    return i;
}

int itd_list_sniff(const itd_sniff *look, const itd_list_kind *kind)
{
    itd_sv rest = look->head, fields[ITD_LIST_COLUMNS_MAX];
    uint64_t found = 0;
    if (itd_sv_starts(rest, ITD_SV("\xEF\xBB\xBF")))
        rest = itd_sv_slice(rest, 3, SIZE_MAX);
    size_t count = itd_csv_look(&rest, kind->delimiter, fields, ITD_LIST_COLUMNS_MAX);
    for (size_t i = 0; i < count && i < ITD_LIST_COLUMNS_MAX; i++) {
        size_t column = column_of(kind, fields[i]);
        if (column < kind->needed)
            found |= (uint64_t)1 << column;
    }
    return found == ((uint64_t)1 << kind->needed) - 1 ? 100 : 0;
}

static itd_status read_head(void *context, itd_error *error)
{
    itd_list *list = context;
    uint64_t found = 0;
    ITD_TRY(itd_csv_list_head(&list->file, &list->row, error));
    if (list->row.count > ITD_LIST_COLUMNS_MAX)
        return itd_csv_list_fail_head(&list->file, &list->row, error, "the header has more than 64 columns", "");
    list->width = list->row.count;
    for (size_t i = 0; i < list->width; i++) {
        size_t column = column_of(list->kind, list->row.fields[i]);
        if (column < list->kind->count && (found >> column & 1))
            return itd_csv_list_fail_head(&list->file, &list->row, error,
                                          "the header names a column twice: ", list->kind->columns[column]);
        found |= (uint64_t)1 << column;
        list->columns[i] = (uint8_t)column;
        itd_csv_list_keep_name(list->unknown[i], sizeof list->unknown[i], list->row.fields[i]);
    }
    for (size_t i = 0; i < list->kind->needed; i++)
        if (!(found >> i & 1))
            return itd_csv_list_fail_head(&list->file, &list->row, error, "the header has no column ",
                                          list->kind->columns[i]);
    return ITD_OK;
}

/* --- Rows --- */

static bool is_header(const itd_list *list)
{
    if (list->row.problem || list->row.count != list->width)
        return false;
    for (size_t i = 0; i < list->width; i++)
        if (column_of(list->kind, list->row.fields[i]) != list->columns[i] ||
            (list->columns[i] == list->kind->count &&
             !itd_sv_is(itd_sv_slice(itd_sv_trim(list->row.fields[i]), 0, strlen(list->unknown[i])), list->unknown[i])))
            return false;
    return true;
}

static const char *fault_of(itd_list *list)
{
    size_t size = 0;
    memset(list->texts, 0, sizeof list->texts);
    if (list->row.problem)
        return list->row.problem;
    if (list->row.count != list->width)
        return "another number of columns than the header";
    for (size_t i = 0; i < list->width; i++) {
        size += list->row.fields[i].size;
        if (list->columns[i] < list->kind->count)
            list->texts[list->columns[i]] = itd_sv_trim(list->row.fields[i]);
    }
    /* A row must not fail later, when what it says counts as said. */
    return size > ITD_VALUE_BYTES_MAX / 2 ? "longer than half of ITD_VALUE_BYTES_MAX" : NULL;
}

static itd_status take_row(void *context, const itd_csv_row *row, itd_error *error)
{
    itd_list *list = context;
    list->row = *row;
    if (is_header(list))
        return ITD_OK;
    const char *fault = fault_of(list);
    return fault ? itd_list_reject(list, ITD_SV_NONE, error, fault) : list->kind->take(list, error);
}

itd_status itd_list_read(itd_read *read, const itd_list_kind *kind, itd_error *error)
{
    itd_list *list = itd_calloc(1, sizeof *list);
    if (!list)
        return itd_fail_memory(error);
    const itd_csv_list_taker taker = {
        .options = {.delimiter = kind->delimiter}, .head = read_head, .row = take_row, .context = list};
    list->kind = kind;
    itd_status status = itd_csv_list_read(&list->file, read, &taker, error);
    itd_buffer_finish(&list->key);
    itd_free(list);
    return status;
}

/* Takes away what an earlier row of the record has said. */
static void leave_new(itd_list *list, uint32_t target)
{
    for (size_t i = 0; i < list->kind->count; i++) {
        uint8_t column = (uint8_t)i;
        if (!(list->kind->every >> i & 1) && !itd_csv_list_is_new(&list->file, target, i, list->texts, &column, 1))
            list->texts[i] = ITD_SV_NONE;
    }
}

itd_status itd_list_begin(itd_list *list, bool *begun, itd_uk_entry *entry, itd_sv key, itd_schema schema,
                          itd_error *error)
{
    uint32_t number;
    bool fresh;
    *begun = false;
    if (key.size == 0)
        return itd_list_reject(list, key, error, "record has no key");
    ITD_TRY(itd_csv_list_find(&list->file, &number, &fresh, key, schema, &list->row, error));
    if (!fresh && !list->kind->merge)
        return itd_list_reject(list, key, error, "an earlier record has this key");
    const itd_csv_first *first = &list->file.firsts.items[number];
    itd_record *record = list->file.record;
    *entry = (itd_uk_entry){.record = record, .schema = first->schema};
    entry->part = itd_record_begin(record, list->file.keys.texts[number], false, first->schema, first->line,
                                   first->offset); /* the caller's key may lie in list->key */
    itd_record_at(record, list->row.line, list->row.offset, list->row.span);
    for (size_t i = 0; i < list->width; i++)
        if (list->columns[i] == list->kind->count)
            itd_uk_add_note(entry, list->unknown[i], list->row.fields[i]);
    if (list->kind->merge)
        leave_new(list, number);
    *begun = true;
    return ITD_OK;
}

itd_status itd_list_commit(itd_list *list, itd_error *error)
{
    return itd_csv_list_commit(&list->file, error);
}

itd_status itd_list_reject(itd_list *list, itd_sv key, itd_error *error, const char *reason)
{
    return itd_csv_list_reject(&list->file, key, &list->row, error, reason);
}

itd_sv itd_list_hash_key(itd_list *list, const itd_sv *texts, size_t count)
{
    char suffix[ITD_OFAC_SUFFIX_MAX];
    itd_buffer_clear(&list->key);
    (void)itd_buffer_append(&list->key, itd_ofac_suffix(suffix, "", texts, count));
    return itd_buffer_view(&list->key);
}

/* --- Facts --- */

bool itd_list_part(itd_sv *part, itd_sv *rest, const char *separator)
{
    while (rest->size > 0) {
        size_t at = itd_sv_find(*rest, itd_sv_of(separator), 0);
        *part = itd_sv_trim(itd_sv_slice(*rest, 0, at));
        *rest = at == SIZE_MAX ? ITD_SV_NONE : itd_sv_slice(*rest, at + strlen(separator), SIZE_MAX);
        if (part->size > 0)
            return true;
    }
    return false;
}

void itd_list_add_parts(const itd_uk_entry *entry, const char *name, const char *label, itd_sv text,
                        const char *separator)
{
    itd_property property = itd_property_find(entry->schema, itd_sv_of(name));
    itd_sv part;
    while (itd_list_part(&part, &text, separator)) {
        if (property == ITD_PROPERTY_NONE)
            itd_uk_add_note(entry, label, part);
        else if (itd_property_typeof(property) == ITD_TYPE_COUNTRY)
            itd_record_add_country(entry->record, entry->part, property, part);
        else
            itd_record_add(entry->record, entry->part, property, part);
    }
}

void itd_list_add_sanction(itd_uk_entry *entry, const char *authority, itd_sv programme, const char *topic)
{
    itd_record *record = entry->record;
    itd_sv said[] = {itd_sv_of(authority), programme};
    char hashed[ITD_OFAC_SUFFIX_MAX];
    entry->sanction = itd_record_part(record, ITD_S_Sanction, itd_ofac_suffix(hashed, "sanction-", said, 2));
    itd_record_link(record, entry->sanction, ITD_P_Sanction_entity, entry->part);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_authority, said[0]);
    itd_record_add(record, entry->sanction, ITD_P_Sanction_program, programme);
    itd_record_add(record, entry->part, ITD_P_Thing_topics, itd_sv_of(topic));
}

void itd_list_add_sanction_date(const itd_uk_entry *entry, itd_property property, const char *label, itd_sv text,
                                bool (*parse)(itd_date *out, itd_sv text))
{
    itd_date date;
    itd_sv said[] = {itd_sv_of(label), text};
    if (parse(&date, text))
        itd_record_add_date(entry->record, entry->sanction, property, date, text);
    else if (text.size > 0)
        itd_record_add(entry->record, entry->sanction, ITD_P_Interval_summary,
                       itd_record_join(entry->record, ": ", said, 2));
}

void itd_list_add_address(const itd_uk_entry *entry, const itd_list_address *address)
{
    itd_record *record = entry->record;
    itd_sv lines[] = {address->full,  address->street,      address->city,
                      address->state, address->postal_code, address->country};
    itd_sv full = itd_record_join(record, ", ", lines, 6);
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_record_add_country(record, entry->part, ITD_P_Thing_country, address->country);
    if (full.size == itd_sv_trim(address->country).size)
        return; /* a country alone, or nothing */
    itd_part part = itd_record_part(record, ITD_S_Address, itd_ofac_suffix(hashed, "address-", &full, 1));
    itd_record_add(record, part, ITD_P_Address_full, full);
    itd_record_add(record, part, ITD_P_Address_street, address->street);
    itd_record_add(record, part, ITD_P_Address_city, address->city);
    itd_record_add(record, part, ITD_P_Address_state, address->state);
    itd_record_add(record, part, ITD_P_Address_postalCode, address->postal_code);
    itd_record_add_country(record, part, ITD_P_Address_country, address->country);
    itd_record_link(record, entry->part, ITD_P_Thing_addressEntity, part);
    itd_record_add(record, entry->part, ITD_P_Thing_address, full);
}
