/* Japan's Foreign End User List (Ministry of Economy, Trade and Industry) as a JSON array, one object a record. Its id
 * ends in the number that the ministry's list gives: that number is the key. In some records the table that it was
 * taken from lost a column, and the name stands behind the country in the address. */
#include <stdio.h>

#include "model/country.h"
#include "read/jp_text.h"
#include "read/json_lines.h"
#include "read/list_rows.h"
#include "read/naming.h"

static const char id_stem[] = "jp-eul-";

typedef struct reading {
    itd_read *read;
    itd_record *record;
    itd_intern keys;
    size_t misplaced; /* names that stood in the address */
    /* of the object under way */
    const itd_json *object;
    itd_sv key;
    itd_schema schema;
    itd_sv name, name_original;
} reading;

/* Members that are read; others become notes. */
static const char *const known[] = {"id",      "entity_name", "entity_type", "aliases",          "addresses",
                                    "reason",  "date_added",  "list_id",     "source_list_name", "source_url",
                                    "country", NULL};

static itd_sv text_of(const itd_json *object, const char *member)
{
    return itd_sv_trim(itd_json_text(itd_json_member(object, member)));
}

static itd_sv key_of(itd_sv id)
{
    itd_sv stem = itd_sv_of(id_stem);
    return itd_sv_starts(id, stem) ? itd_sv_slice(id, stem.size, SIZE_MAX) : id;
}

static itd_schema schema_of(itd_sv type)
{
    if (itd_sv_equal_nocase(type, ITD_SV("organization")))
        return ITD_S_Organization;
    if (itd_sv_equal_nocase(type, ITD_SV("individual")) || itd_sv_equal_nocase(type, ITD_SV("person")))
        return ITD_S_Person;
    return itd_sv_equal_nocase(type, ITD_SV("vessel")) ? ITD_S_Vessel : ITD_SCHEMA_NONE;
}

/* The country that the text starts with, the longest name winning, and what follows it. NULL when it starts with none.
 */
static const char *country_before(itd_sv text, itd_sv *rest)
{
    const char *code = NULL;
    for (size_t end = 1; end <= text.size; end++) {
        if (end < text.size && text.data[end] != ' ')
            continue;
        const char *found = itd_country_find(itd_sv_slice(text, 0, end));
        if (found) {
            code = found;
            *rest = itd_sv_trim(itd_sv_slice(text, end, SIZE_MAX));
        }
    }
    return code;
}

static itd_status parse(void *context, const itd_json *object, itd_sv *key, itd_error *error)
{
    reading *r = context;
    r->object = object;
    *key = r->key = key_of(text_of(object, "id"));
    if (r->key.size == 0)
        return itd_fail(error, ITD_EFORMAT, "record has no id");
    r->schema = schema_of(text_of(object, "entity_type"));
    if (r->schema == ITD_SCHEMA_NONE)
        return itd_fail(error, ITD_EFORMAT, "entity_type is none of organization, individual, person and vessel");
    r->name = text_of(object, "entity_name");
    r->name_original = ITD_SV_NONE;
    const itd_json *addresses = itd_json_member(object, "addresses"), *aliases = itd_json_member(object, "aliases");
    for (size_t i = 0; r->name.size == 0 && i < itd_json_count(addresses); i++) {
        itd_sv address = itd_sv_trim(itd_json_text(itd_json_item(addresses, i)));
        if (country_before(address, &r->name) && r->name.size > 0)
            r->name_original = address;
    }
    if (r->name.size == 0 && itd_json_count(aliases) == 0)
        return itd_fail(error, ITD_EFORMAT, "record has no name");
    uint32_t known_keys = (uint32_t)r->keys.count, number = itd_intern_add(&r->keys, r->key);
    if (number == ITD_MAP_NONE)
        return itd_fail_memory(error);
    return number < known_keys ? itd_fail(error, ITD_EFORMAT, "an earlier record has this id") : ITD_OK;
}

static void add_name(const itd_uk_entry *entry, itd_property property, itd_sv name, itd_sv original)
{
    itd_sv first, second;
    if (!itd_jp_two_names(&first, &second, name)) {
        itd_record_add_as(entry->record, entry->part, property, name, original, ITD_SV_NONE);
        return;
    }
    original = original.size ? original : name;
    itd_record_add_as(entry->record, entry->part, property, first, original, ITD_SV_NONE);
    itd_record_add_as(entry->record, entry->part, ITD_P_Thing_alias, second, original, ITD_SV_NONE);
}

static void add_address(reading *r, const itd_uk_entry *entry, itd_sv text)
{
    itd_sv rest = ITD_SV_NONE;
    const char *code = country_before(text, &rest);
    if (code && (rest.size == 0 || itd_sv_equal(text, r->name_original))) {
        itd_record_add_as(entry->record, entry->part, ITD_P_Thing_country, itd_sv_of(code), text, ITD_SV_NONE);
        return;
    }
    const itd_list_address address = {.full = text};
    itd_list_add_address(entry, &address);
    if (code)
        itd_record_add_as(entry->record, entry->part, ITD_P_Thing_country, itd_sv_of(code), text, ITD_SV_NONE);
}

/* A member of another name: its text, or each of its texts. */
static void add_other(const itd_uk_entry *entry, itd_sv name, const itd_json *value)
{
    char label[64], scratch[64];
    (void)snprintf(label, sizeof label, "%.*s", ITD_SV_ARG(itd_sv_slice(name, 0, 63)));
    size_t count = itd_json_typeof(value) == ITD_JSON_ARRAY ? itd_json_count(value) : 1;
    for (size_t i = 0; i < count; i++) {
        const itd_json *one = itd_json_typeof(value) == ITD_JSON_ARRAY ? itd_json_item(value, i) : value;
        if (itd_json_typeof(one) != ITD_JSON_NULL)
            itd_uk_add_note(entry, label, itd_json_scalar(one, scratch, sizeof scratch));
    }
}

static void add_others(const itd_uk_entry *entry, const itd_json *object)
{
    const void *cursor = NULL;
    itd_sv name;
    const itd_json *value;
    while (itd_json_next_member(object, &cursor, &name, &value)) {
        size_t i = 0;
        while (known[i] && !itd_sv_is(name, known[i]))
            i++;
        if (!known[i])
            add_other(entry, name, value);
    }
}

static itd_status send(void *context, const itd_line_place *place, itd_error *error)
{
    reading *r = context;
    itd_uk_entry entry = {.record = r->record, .schema = r->schema};
    const itd_json *aliases = itd_json_member(r->object, "aliases");
    const itd_json *addresses = itd_json_member(r->object, "addresses");
    entry.part = itd_record_begin(r->record, r->key, false, r->schema, place->line, place->offset);
    itd_record_at(r->record, place->line, place->offset, place->span);
    itd_list_add_sanction(&entry, "Ministry of Economy, Trade and Industry", text_of(r->object, "source_list_name"),
                          "export.control");
    itd_record_add(r->record, entry.sanction, ITD_P_Sanction_authorityId, text_of(r->object, "id"));
    itd_record_add_country(r->record, entry.sanction, ITD_P_Sanction_country, text_of(r->object, "country"));
    itd_record_add(r->record, entry.sanction, ITD_P_Sanction_reason, text_of(r->object, "reason"));
    itd_record_add(r->record, entry.sanction, ITD_P_Interval_sourceUrl, text_of(r->object, "source_url"));
    itd_list_add_sanction_date(&entry, ITD_P_Sanction_listingDate, "date_added", text_of(r->object, "date_added"),
                               itd_date_parse);
    if (r->name.size > 0)
        add_name(&entry, ITD_P_Thing_name, r->name, r->name_original);
    r->misplaced += r->name_original.size > 0;
    for (size_t i = 0; i < itd_json_count(aliases); i++)
        add_name(&entry, ITD_P_Thing_alias, itd_json_text(itd_json_item(aliases, i)), ITD_SV_NONE);
    for (size_t i = 0; i < itd_json_count(addresses); i++)
        add_address(r, &entry, itd_sv_trim(itd_json_text(itd_json_item(addresses, i))));
    add_others(&entry, r->object);
    return itd_record_commit(r->record, error);
}

static void tell_misplaced(const reading *r)
{
    char text[96];
    if (r->misplaced == 0 || !r->read->note)
        return;
    (void)snprintf(text, sizeof text, "%zu name%s in the address, behind the country", r->misplaced,
                   r->misplaced == 1 ? " stood" : "s stood");
    r->read->note(r->read->note_context, text);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    reading r = {.read = read};
    const itd_json_line_reader reader = {.parse = parse, .send = send, .context = &r};
    itd_intern_init(&r.keys, SIZE_MAX);
    itd_status status = itd_record_create(&r.record, read, itd_document_of_path(read->source->paths[0]), error);
    if (status == ITD_OK)
        status = itd_json_array_read(read, &reader, ITD_JSON_ARRAY_BYTES_MAX, error);
    if (status == ITD_OK)
        tell_misplaced(&r);
    itd_intern_finish(&r.keys);
    itd_record_destroy(r.record);
    return status;
}

/* An array of objects that name this list. */
static int sniff(const itd_sniff *look)
{
    itd_sv head = look->head;
    if (itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")))
        head = itd_sv_slice(head, 3, SIZE_MAX);
    head = itd_sv_trim(head);
    if (!itd_sv_starts(head, ITD_SV("[")) || !itd_sv_starts(itd_sv_trim(itd_sv_slice(head, 1, SIZE_MAX)), ITD_SV("{")))
        return 0;
    return itd_sv_find(head, ITD_SV("\"entity_name\""), 0) != SIZE_MAX &&
                   itd_sv_find(head, ITD_SV("\"jp-end-user-list\""), 0) != SIZE_MAX
               ? 100
               : 0;
}

const itd_format itd_format_jp_meti = {
    .id = "jp-meti-json",
    .title = "Japan's Foreign End User List, JSON",
    .dataset = "jp-meti",
    .sniff = sniff,
    .read = read_list,
};
