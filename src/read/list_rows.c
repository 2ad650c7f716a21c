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

static itd_status fail_head(const itd_list *list, itd_error *error, const char *reason, const char *what)
{
    return itd_fail_at(error, ITD_EFORMAT, list->read->source->paths[0], list->row.line, list->row.offset, "%s%s",
                       reason, what);
}

static void keep_name(itd_list *list, size_t at, itd_sv name)
{
    name = itd_sv_slice(itd_sv_trim(name), 0, sizeof list->unknown[at] - 1);
    if (itd_utf8_invalid_at(name) != SIZE_MAX) /* cut inside a character */
        name.size = itd_utf8_invalid_at(name);
    if (name.size > 0)
        memcpy(list->unknown[at], name.data, name.size);
}

static itd_status read_head(itd_list *list, itd_error *error)
{
    bool more = false;
    uint64_t found = 0;
    ITD_TRY(itd_csv_next(list->csv, &list->row, &more, error));
    if (!more)
        return itd_fail_at(error, ITD_EFORMAT, list->read->source->paths[0], 1, 0, "the file has no header");
    if (list->row.problem)
        return fail_head(list, error, list->row.problem, "");
    if (list->row.count > ITD_LIST_COLUMNS_MAX)
        return fail_head(list, error, "the header has more than 64 columns", "");
    list->width = list->row.count;
    for (size_t i = 0; i < list->width; i++) {
        size_t column = column_of(list->kind, list->row.fields[i]);
        if (column < list->kind->count && (found >> column & 1))
            return fail_head(list, error, "the header names a column twice: ", list->kind->columns[column]);
        found |= (uint64_t)1 << column;
        list->columns[i] = (uint8_t)column;
        keep_name(list, i, list->row.fields[i]);
    }
    for (size_t i = 0; i < list->kind->needed; i++)
        if (!(found >> i & 1))
            return fail_head(list, error, "the header has no column ", list->kind->columns[i]);
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

static itd_status read_rows(itd_list *list, itd_error *error)
{
    for (;;) {
        bool more = false;
        ITD_TRY(itd_csv_next(list->csv, &list->row, &more, error));
        if (!more)
            return ITD_OK;
        if (is_header(list))
            continue;
        const char *fault = fault_of(list);
        if (fault)
            ITD_TRY(itd_list_reject(list, ITD_SV_NONE, error, fault));
        else
            ITD_TRY(list->kind->take(list, error));
        if (list->read->progress && list->row.line % 1024 == 0) {
            uint64_t done = 0, total = 0;
            itd_input_progress(list->input, &done, &total);
            list->read->progress(list->read->progress_context, done, total);
        }
    }
}

static void finish(itd_list *list)
{
    itd_record_destroy(list->record);
    itd_csv_destroy(list->csv);
    itd_input_close(list->input);
    itd_intern_finish(&list->keys);
    itd_intern_finish(&list->seen);
    itd_vector_finish(&list->firsts);
    itd_buffer_finish(&list->key);
    itd_free(list);
}

itd_status itd_list_read(itd_read *read, const itd_list_kind *kind, itd_error *error)
{
    const char *path = read->source->paths[0];
    itd_csv_options options = {.delimiter = kind->delimiter};
    itd_list *list = itd_calloc(1, sizeof *list);
    if (!list)
        return itd_fail_memory(error);
    list->read = read;
    list->kind = kind;
    itd_intern_init(&list->keys, SIZE_MAX);
    itd_intern_init(&list->seen, SIZE_MAX);
    itd_status status = itd_input_open(&list->input, path, error);
    if (status == ITD_OK)
        status = itd_csv_create(&list->csv, list->input, &options, error);
    if (status == ITD_OK)
        status = itd_record_create(&list->record, read, itd_document_of_path(path), error);
    if (status == ITD_OK)
        status = read_head(list, error);
    if (status == ITD_OK)
        status = read_rows(list, error);
    if (status != ITD_OK)
        itd_error_set_where(error, path);
    if (kind->merge)
        read->records = list->firsts.count;
    finish(list);
    return status;
}

/* Takes away what an earlier row of the record has said, unless the room for knowing it is full. */
static bool leave_new(itd_list *list, uint32_t target)
{
    for (size_t i = 0; i < list->kind->count; i++) {
        if ((list->kind->every >> i & 1) || list->texts[i].size == 0 || list->seen_bytes >= ITD_LIST_SEEN_BYTES_MAX)
            continue;
        itd_buffer_clear(&list->key);
        itd_buffer_format(&list->key, "%u %zu ", target, i);
        itd_buffer_append(&list->key, list->texts[i]);
        size_t before = list->seen.count;
        if (list->key.failed || itd_intern_add(&list->seen, itd_buffer_view(&list->key)) == ITD_MAP_NONE)
            return false;
        if (list->seen.count == before)
            list->texts[i] = ITD_SV_NONE;
        else
            list->seen_bytes += list->key.size;
    }
    return true;
}

itd_status itd_list_begin(itd_list *list, bool *begun, itd_uk_entry *entry, itd_sv key, itd_schema schema,
                          itd_error *error)
{
    *begun = false;
    if (key.size == 0)
        return itd_list_reject(list, key, error, "record has no key");
    uint32_t number = itd_intern_add(&list->keys, key);
    if (number == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (number == list->firsts.count) {
        itd_list_first fresh = {list->row.line, list->row.offset, schema};
        if (!itd_vector_push(&list->firsts, fresh))
            return itd_fail_memory(error);
    } else if (!list->kind->merge) {
        return itd_list_reject(list, key, error, "an earlier record has this key");
    }
    const itd_list_first *first = &list->firsts.items[number];
    key = list->keys.texts[number]; /* that of the caller may lie in list->key */
    *entry = (itd_uk_entry){.record = list->record, .schema = first->schema};
    entry->part = itd_record_begin(list->record, key, false, first->schema, first->line, first->offset);
    itd_record_at(list->record, list->row.line, list->row.offset, list->row.span);
    for (size_t i = 0; i < list->width; i++)
        if (list->columns[i] == list->kind->count)
            itd_uk_add_note(entry, list->unknown[i], list->row.fields[i]);
    *begun = true;
    return !list->kind->merge || leave_new(list, number) ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_list_commit(itd_list *list, itd_error *error)
{
    return itd_record_commit(list->record, error);
}

itd_status itd_list_reject(itd_list *list, itd_sv key, itd_error *error, const char *reason)
{
    return itd_record_reject(list->record, ITD_REJECT_RECORD, key, list->row.line,
                             list->row.problem ? list->row.problem_offset : list->row.offset, error, "%s", reason);
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
