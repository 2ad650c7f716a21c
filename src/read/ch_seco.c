/* Switzerland's list of sanctioned persons (State Secretariat for Economic Affairs), XML: swiss-sanctions-list with
 * programmes, targets and places, each by its ssid. Targets name the set of a programme and the places that stand
 * elsewhere in the file, so it is read twice: first programmes and places, then targets. Names in a programme come in
 * four languages; the English ones are taken. */
#include <stdio.h>

#include "base/vector.h"
#include "read/xml_record.h"

/** Most memory for programmes and places. */
#define CH_KNOWN_BYTES_MAX ((size_t)1 << 27)

typedef struct known {
    itd_sv first, second, country; /* a set: programme, name of the set; a place: location, area and its country */
} known;

typedef struct ch_list {
    itd_xml_list list;
    itd_arena arena;
    itd_intern keys; /* "set 64391", "place 17" */
    ITD_VECTOR(known) known;
    bool collecting; /* the first reading */
} ch_list;

typedef struct ch_entry {
    ch_list *ch;
    itd_record *record;
    itd_schema schema;
    bool main; /* the main identity */
} ch_entry;

static itd_sv attribute(const itd_xml_node *node, const char *name)
{
    for (size_t i = 0; node && i < node->attribute_count; i++)
        if (itd_sv_is(node->attributes[i].name, name))
            return itd_sv_trim(node->attributes[i].value);
    return ITD_SV_NONE;
}

/* Children of no name among `names` become notes, and so do further ones of a name that stands but once. Attributes are
 * ids and words that have been looked at. */
static void note_rest(const ch_entry *entry, const itd_xml_node *node, const char *const *names)
{
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        bool covered = itd_sv_is(child->name, "name-part") || itd_sv_is(child->name, "spelling-variant");
        for (size_t i = 0; names && names[i]; i++)
            covered |= itd_sv_is(child->name, names[i]) && itd_xml_child(node, names[i]) == child;
        itd_xml_place(&entry->ch->list, child);
        if (!covered)
            itd_xml_note_rest(&entry->ch->list, child, NULL);
    }
}

static bool in_english(const itd_xml_node *node)
{
    itd_sv lang = attribute(node, "lang");
    return lang.size == 0 || itd_sv_is(lang, "eng");
}

static itd_sv english(const itd_xml_node *node, const char *name)
{
    for (const itd_xml_node *child = node->first; child; child = child->next)
        if (itd_sv_is(child->name, name) && in_english(child))
            return itd_sv_trim(child->text);
    return itd_xml_child_text(node, name);
}

/* --- Programmes and places --- */

static const known *find(const ch_list *ch, const char *kind, itd_sv ssid)
{
    char key[64];
    int size = snprintf(key, sizeof key, "%s %.*s", kind, ITD_SV_ARG(itd_sv_slice(ssid, 0, 40)));
    uint32_t at = itd_intern_find(&ch->keys, itd_sv_make(key, (size_t)size));
    return at == ITD_MAP_NONE ? NULL : &ch->known.items[at];
}

static itd_status keep(ch_list *ch, const char *kind, itd_sv ssid, known fact, itd_error *error)
{
    char key[64];
    int size = snprintf(key, sizeof key, "%s %.*s", kind, ITD_SV_ARG(itd_sv_slice(ssid, 0, 40)));
    size_t before = ch->keys.count;
    if (itd_intern_add(&ch->keys, itd_sv_make(key, (size_t)size)) == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (ch->keys.count == before) /* the first stands */
        return ITD_OK;
    itd_sv *texts[] = {&fact.first, &fact.second, &fact.country};
    for (size_t i = 0; i < 3; i++) {
        itd_sv copy = texts[i]->size ? itd_arena_copy(&ch->arena, *texts[i]) : ITD_SV_NONE;
        if (texts[i]->size && !copy.data)
            return itd_fail_memory(error);
        *texts[i] = copy;
    }
    return itd_vector_push(&ch->known, fact) ? ITD_OK : itd_fail_memory(error);
}

static itd_status keep_programme(ch_list *ch, const itd_xml_node *node, itd_error *error)
{
    known fact = {.first = english(node, "program-key")};
    for (const itd_xml_node *set = node->first; set; set = set->next) {
        if (!itd_sv_is(set->name, "sanctions-set") || !in_english(set))
            continue;
        fact.second = itd_sv_trim(set->text);
        ITD_TRY(keep(ch, "set", attribute(set, "ssid"), fact, error));
    }
    return ITD_OK;
}

static itd_status keep_place(ch_list *ch, const itd_xml_node *node, itd_error *error)
{
    const itd_xml_node *country = itd_xml_child(node, "country");
    itd_sv code = attribute(country, "iso-code");
    known fact = {.first = itd_xml_child_text(node, "location"),
                  .second = itd_xml_child_text(node, "area"),
                  .country = code.size || !country ? code : itd_sv_trim(country->text)};
    return keep(ch, "place", attribute(node, "ssid"), fact, error);
}

/* --- Facts of an identity --- */

static itd_property part_property(itd_sv type)
{
    static const struct {
        const char *type;
        itd_property property;
    } rows[] = {
        {"family-name", ITD_P_Person_lastName},
        {"given-name", ITD_P_Person_firstName},
        {"further-given-name", ITD_P_Person_middleName},
        {"father-name", ITD_P_Person_fatherName},
        {"title", ITD_P_Person_title},
        {"suffix", ITD_P_Person_nameSuffix},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (itd_sv_is(type, rows[i].type))
            return rows[i].property;
    return ITD_PROPERTY_NONE;
}

static itd_property name_property(const ch_entry *entry, const itd_xml_node *name)
{
    itd_sv type = attribute(name, "name-type"), quality = attribute(name, "quality");
    if (itd_sv_is(type, "primary-name") && entry->main)
        return ITD_P_Thing_name;
    if (itd_sv_is(quality, "low"))
        return ITD_P_Thing_weakAlias;
    return itd_sv_is(type, "formerly-known-as") ? ITD_P_Thing_previousName : ITD_P_Thing_alias;
}

/** Most parts of one name that are put together; more become notes. */
#define CH_NAME_PARTS_MAX 16

static uint64_t order_of(const itd_xml_node *part)
{
    uint64_t order;
    return itd_sv_to_u64(&order, attribute(part, "order")) ? order : UINT64_MAX;
}

static size_t sort_parts(const itd_xml_node *parts[CH_NAME_PARTS_MAX], const itd_xml_node *name)
{
    size_t count = 0;
    for (const itd_xml_node *part = name->first; part && count < CH_NAME_PARTS_MAX; part = part->next) {
        if (!itd_sv_is(part->name, "name-part"))
            continue;
        size_t at = count++;
        for (; at > 0 && order_of(parts[at - 1]) > order_of(part); at--)
            parts[at] = parts[at - 1];
        parts[at] = part;
    }
    return count;
}

/* A name is its parts in their order, without the title; spellings in other scripts stand beside each part. */
static void add_name(const ch_entry *entry, const itd_xml_node *name)
{
    static const char *const of_part[] = {"value", NULL};
    itd_xml_list *list = &entry->ch->list;
    const itd_xml_node *parts[CH_NAME_PARTS_MAX];
    itd_sv words[CH_NAME_PARTS_MAX] = {{0}};
    size_t count = sort_parts(parts, name);
    itd_property property = name_property(entry, name);
    for (size_t i = 0; i < count; i++) {
        itd_sv value = itd_xml_child_line(list, parts[i], "value"), type = attribute(parts[i], "name-part-type");
        itd_property of = part_property(type);
        itd_xml_place(list, parts[i]);
        if (of != ITD_P_Person_title)
            words[i] = value;
        if (of != ITD_PROPERTY_NONE && entry->schema == ITD_S_Person &&
            (property == ITD_P_Thing_name || of == ITD_P_Person_title))
            itd_record_add(entry->record, 0, of, value);
        for (const itd_xml_node *other = parts[i]->first; other; other = other->next)
            if (itd_sv_is(other->name, "spelling-variant"))
                itd_record_add_as(entry->record, 0, count == 1 ? ITD_P_Thing_alias : ITD_P_Thing_weakAlias,
                                  itd_xml_line(list, other->text), ITD_SV_NONE, attribute(other, "lang"));
        note_rest(entry, parts[i], of_part);
    }
    itd_xml_place(list, name);
    itd_record_add_as(entry->record, 0, property, itd_xml_join(list, words, count, " "), ITD_SV_NONE,
                      attribute(name, "lang"));
    note_rest(entry, name, NULL);
}

static itd_sv country_of(const itd_xml_node *node)
{
    const itd_xml_node *country = itd_xml_child(node, "country");
    itd_sv code = attribute(country, "iso-code");
    return code.size || !country ? code : itd_sv_trim(country->text);
}

static void add_nationality(const ch_entry *entry, const itd_xml_node *node)
{
    static const char *const read[] = {"country", NULL};
    itd_record_add_country(entry->record, 0,
                           entry->schema == ITD_S_Person ? ITD_P_Person_nationality : ITD_P_Thing_country,
                           country_of(node));
    note_rest(entry, node, read);
}

static bool date_of(itd_date *out, const itd_xml_node *node)
{
    uint64_t year, month = 0, day = 0;
    if (!itd_sv_to_u64(&year, attribute(node, "year")) || year > 9999)
        return false;
    if (itd_sv_to_u64(&month, attribute(node, "month")) && month <= 12)
        (void)itd_sv_to_u64(&day, attribute(node, "day"));
    *out = (itd_date){(int16_t)year, (uint8_t)(month <= 12 ? month : 0), (uint8_t)(day <= 31 ? day : 0)};
    itd_sv calendar = attribute(node, "calendar");
    return itd_date_is_valid(*out) && (calendar.size == 0 || itd_sv_is(calendar, "Gregorian"));
}

static void add_birth_date(const ch_entry *entry, const itd_xml_node *node)
{
    itd_date date;
    itd_property property =
        entry->schema == ITD_S_Person ? ITD_P_Person_birthDate : ITD_P_LegalEntity_incorporationDate;
    if (itd_schema_is(entry->schema, ITD_S_LegalEntity) && date_of(&date, node))
        itd_record_add_date(entry->record, 0, property, date, ITD_SV_NONE);
    else
        itd_xml_note_rest(&entry->ch->list, node, NULL);
}

static void add_birth_place(const ch_entry *entry, const itd_xml_node *node)
{
    const known *place = find(entry->ch, "place", attribute(node, "place-id"));
    if (!place || entry->schema != ITD_S_Person) {
        itd_xml_note_rest(&entry->ch->list, node, NULL);
        return;
    }
    itd_sv words[] = {place->first, place->second};
    itd_record_add(entry->record, 0, ITD_P_Person_birthPlace, itd_xml_join(&entry->ch->list, words, 2, ", "));
    itd_record_add_country(entry->record, 0, ITD_P_Person_birthCountry, place->country);
    note_rest(entry, node, NULL);
}

static void add_address(const ch_entry *entry, const itd_xml_node *node)
{
    static const char *const read[] = {"address-details", "p-o-box", "zip-code", "c-o", NULL};
    itd_xml_list *list = &entry->ch->list;
    itd_record *record = entry->record;
    const known *place = find(entry->ch, "place", attribute(node, "place-id"));
    known none = {0}, at = place ? *place : none;
    itd_sv street = itd_xml_child_line(list, node, "address-details"), zip = itd_xml_child_line(list, node, "zip-code");
    itd_sv box = itd_xml_child_line(list, node, "p-o-box");
    itd_sv words[] = {itd_xml_child_line(list, node, "c-o"), street, box, zip, at.first, at.second, at.country};
    itd_sv full = itd_xml_join(list, words, 7, ", ");
    char hash[ITD_XML_HASH_TEXT_MAX], suffix[64];
    itd_xml_place(list, node);
    itd_record_add_country(record, 0, ITD_P_Thing_country, at.country);
    if (full.size > at.country.size) {
        itd_xml_hash(hash, &full, 1);
        int size = snprintf(suffix, sizeof suffix, "address-%s", hash);
        itd_part part = itd_record_part(record, ITD_S_Address, itd_sv_make(suffix, (size_t)size));
        itd_record_add(record, part, ITD_P_Address_full, full);
        itd_record_add(record, part, ITD_P_Address_street, street);
        itd_record_add(record, part, ITD_P_Address_postOfficeBox, box);
        itd_record_add(record, part, ITD_P_Address_postalCode, zip);
        itd_record_add(record, part, ITD_P_Address_city, at.first);
        itd_record_add(record, part, ITD_P_Address_region, at.second);
        itd_record_add_country(record, part, ITD_P_Address_country, at.country);
        itd_record_link(record, 0, ITD_P_Thing_addressEntity, part);
        itd_record_add(record, 0, ITD_P_Thing_address, full);
    }
    note_rest(entry, node, read);
}

static void add_document(const ch_entry *entry, const itd_xml_node *node)
{
    static const char *const read[] = {"number", "issuer", NULL};
    itd_xml_list *list = &entry->ch->list;
    itd_record *record = entry->record;
    itd_sv type = attribute(node, "document-type"), number = itd_xml_child_line(list, node, "number");
    const itd_xml_node *issuer = itd_xml_child(node, "issuer");
    itd_sv code = attribute(issuer, "code"), said[] = {type, number};
    bool passport = itd_sv_find_nocase(type, ITD_SV("passport"), 0) != SIZE_MAX;
    itd_property property = itd_property_find(entry->schema, passport ? ITD_SV("passportNumber") : ITD_SV("idNumber"));
    if (number.size == 0 || property == ITD_PROPERTY_NONE || !itd_schema_is(entry->schema, ITD_S_LegalEntity)) {
        itd_xml_note_rest(list, node, NULL);
        return;
    }
    char hash[ITD_XML_HASH_TEXT_MAX], suffix[64];
    itd_xml_hash(hash, said, 2);
    int size = snprintf(suffix, sizeof suffix, "%s-%s", passport ? "passport" : "id", hash);
    itd_part part =
        itd_record_part(record, passport ? ITD_S_Passport : ITD_S_Identification, itd_sv_make(suffix, (size_t)size));
    itd_record_link(record, part, ITD_P_Identification_holder, 0);
    itd_record_add(record, part, ITD_P_Identification_type, type);
    itd_record_add(record, part, passport ? ITD_P_Passport_passportNumber : ITD_P_Identification_number, number);
    itd_record_add_country(record, part, ITD_P_Identification_country,
                           code.size || !issuer ? code : itd_sv_trim(issuer->text));
    itd_record_add(record, 0, property, number);
    note_rest(entry, node, read);
}

typedef void add_element(const ch_entry *entry, const itd_xml_node *node);
typedef struct element {
    const char *name;
    add_element *add;
} element;

/* Each child by its row; others become notes. */
static void each_child(const ch_entry *entry, const itd_xml_node *node, const element *rows, size_t count)
{
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        size_t i = 0;
        while (i < count && !itd_sv_is(child->name, rows[i].name))
            i++;
        itd_xml_place(&entry->ch->list, child);
        if (i < count)
            rows[i].add(entry, child);
        else
            itd_xml_note_rest(&entry->ch->list, child, NULL);
    }
}

static void add_identity(const ch_entry *entry, const itd_xml_node *node)
{
    static const element rows[] = {{"name", add_name},
                                   {"nationality", add_nationality},
                                   {"day-month-year", add_birth_date},
                                   {"place-of-birth", add_birth_place},
                                   {"address", add_address},
                                   {"identification-document", add_document}};
    ch_entry of = *entry;
    of.main = itd_sv_is(attribute(node, "main"), "true");
    each_child(&of, node, rows, sizeof rows / sizeof rows[0]);
}

/* --- Facts of a target --- */

static void add_information(const ch_entry *entry, const itd_xml_node *node)
{
    itd_xml_add_line(&entry->ch->list, 0, ITD_P_Thing_notes, node->text);
}

static void add_relation(const ch_entry *entry, const itd_xml_node *node)
{
    static const char *const read[] = {"remark", NULL};
    itd_xml_list *list = &entry->ch->list;
    itd_sv target = attribute(node, "target-id"), role = attribute(node, "relation-type");
    itd_sv said[] = {target, role}, words[] = {list->read->dataset, target};
    char hash[ITD_XML_HASH_TEXT_MAX], suffix[64];
    if (target.size == 0) {
        itd_xml_note_rest(list, node, NULL);
        return;
    }
    itd_xml_hash(hash, said, 2);
    int size = snprintf(suffix, sizeof suffix, "link-%s", hash);
    itd_part link = itd_record_part(entry->record, ITD_S_UnknownLink, itd_sv_make(suffix, (size_t)size));
    itd_record_link(entry->record, link, ITD_P_UnknownLink_subject, 0);
    itd_record_add(entry->record, link, ITD_P_UnknownLink_object, itd_xml_join(list, words, 2, "-"));
    itd_record_add(entry->record, link, ITD_P_Interest_role, role);
    itd_record_add(entry->record, link, ITD_P_Interval_summary, itd_xml_child_line(list, node, "remark"));
    note_rest(entry, node, read);
}

static itd_part sanction_of(const ch_entry *entry)
{
    return itd_record_part(entry->record, ITD_S_Sanction, ITD_SV("sanction"));
}

static void add_justification(const ch_entry *entry, const itd_xml_node *node)
{
    itd_xml_add_line(&entry->ch->list, sanction_of(entry), ITD_P_Sanction_reason, node->text);
}

static void add_set(const ch_entry *entry, const itd_xml_node *node)
{
    const known *set = find(entry->ch, "set", itd_sv_trim(node->text));
    if (!set) {
        itd_xml_note(&entry->ch->list, "Sanctions set", node->text);
        return;
    }
    itd_record_add(entry->record, sanction_of(entry), ITD_P_Sanction_program, set->first);
    itd_record_add(entry->record, sanction_of(entry), ITD_P_Sanction_provisions, set->second);
}

static void add_modification(const ch_entry *entry, const itd_xml_node *node)
{
    itd_date date;
    itd_sv type = attribute(node, "modification-type"), effective = attribute(node, "effective-date");
    itd_property property = itd_sv_is(type, "listed") ? ITD_P_Sanction_listingDate : ITD_P_Interval_modifiedAt;
    if (itd_date_parse(&date, effective))
        itd_record_add_date(entry->record, sanction_of(entry), property, date, effective);
    itd_record_add(entry->record, sanction_of(entry), ITD_P_Sanction_status, type);
    note_rest(entry, node, NULL);
}

static void add_party(const ch_entry *entry, const itd_xml_node *node)
{
    static const element rows[] = {{"identity", add_identity},
                                   {"other-information", add_information},
                                   {"justification", add_justification},
                                   {"relation", add_relation}};
    itd_sv sex = attribute(node, "sex");
    if (entry->schema == ITD_S_Person)
        itd_record_add(entry->record, 0, ITD_P_Person_gender, sex);
    each_child(entry, node, rows, sizeof rows / sizeof rows[0]);
}

/* --- Records --- */

/* De-listed entries stay in the file: they are records without the topic. */
static bool is_delisted(const itd_xml_node *node)
{
    bool gone = false;
    for (const itd_xml_node *child = node->first; child; child = child->next)
        if (itd_sv_is(child->name, "modification")) {
            itd_sv type = attribute(child, "modification-type");
            gone = itd_sv_is(type, "de-listed") || (gone && !itd_sv_is(type, "listed"));
        }
    return gone;
}

static itd_schema schema_of(const itd_xml_node *node)
{
    const itd_xml_node *object = itd_xml_child(node, "object");
    if (itd_xml_child(node, "individual"))
        return ITD_S_Person;
    if (itd_xml_child(node, "entity"))
        return ITD_S_Organization;
    if (!object)
        return ITD_SCHEMA_NONE;
    itd_sv type = attribute(object, "object-type");
    return itd_sv_is(type, "vessel") ? ITD_S_Vessel : itd_sv_is(type, "aircraft") ? ITD_S_Airplane : ITD_S_Thing;
}

static itd_status take_target(ch_list *ch, const itd_xml_node *node, itd_error *error)
{
    static const element rows[] = {{"sanctions-set-id", add_set},
                                   {"individual", add_party},
                                   {"entity", add_party},
                                   {"object", add_party},
                                   {"modification", add_modification}};
    itd_sv key = attribute(node, "ssid");
    bool begun;
    ch_entry entry = {.ch = ch, .record = ch->list.record, .schema = schema_of(node)};
    if (entry.schema == ITD_SCHEMA_NONE)
        return itd_xml_reject(&ch->list, node, key, error, "target is none of individual, entity and object");
    ITD_TRY(itd_xml_begin(&ch->list, &begun, node, key, entry.schema, error));
    if (!begun)
        return ITD_OK;
    itd_xml_place(&ch->list, node);
    itd_record_link(entry.record, sanction_of(&entry), ITD_P_Sanction_entity, 0);
    itd_record_add(entry.record, sanction_of(&entry), ITD_P_Sanction_authority,
                   ITD_SV("State Secretariat for Economic Affairs"));
    itd_record_add(entry.record, sanction_of(&entry), ITD_P_Sanction_authorityId, key);
    if (!is_delisted(node))
        itd_record_add(entry.record, 0, ITD_P_Thing_topics, ITD_SV("sanction"));
    each_child(&entry, node, rows, sizeof rows / sizeof rows[0]);
    return itd_xml_commit(&ch->list, error);
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    ch_list *ch = context;
    (void)holder;
    bool programme = itd_sv_is(node->name, "sanctions-program"), place = itd_sv_is(node->name, "place");
    if (ch->collecting)
        return programme ? keep_programme(ch, node, error) : place ? keep_place(ch, node, error) : ITD_OK;
    if (programme || place)
        return ITD_OK;
    if (itd_sv_is(node->name, "target"))
        return take_target(ch, node, error);
    return itd_xml_reject(&ch->list, node, ITD_SV_NONE, error, "none of sanctions-program, target and place");
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    const ch_list *ch = context;
    itd_date date;
    (void)space;
    if (!itd_sv_is(root->name, "swiss-sanctions-list"))
        return itd_fail_at(error, ITD_EFORMAT, ch->list.path, root->line, root->offset,
                           "the root element is %.*s, not swiss-sanctions-list", ITD_SV_ARG(root->name));
    if (itd_date_parse(&date, attribute(root, "date"))) {
        itd_sv text = itd_date_format(ch->list.read->version, date);
        ch->list.read->version[text.size] = 0;
    }
    return ITD_OK;
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    ch_list *ch = context;
    return ch->collecting ? ITD_OK : itd_xml_reject_stray(&ch->list, text, line, offset, error);
}

static void on_progress(void *context, const itd_input *input)
{
    const ch_list *ch = context;
    if (!ch->collecting)
        itd_xml_progress(&ch->list, input);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    static const itd_xml_handler handler = {
        .root = on_root, .record = on_record, .stray = on_stray, .progress = on_progress};
    ch_list ch = {.collecting = true};
    itd_arena_init(&ch.arena, CH_KNOWN_BYTES_MAX);
    itd_intern_init(&ch.keys, CH_KNOWN_BYTES_MAX);
    itd_status status = itd_xml_list_init(&ch.list, read, error);
    if (status == ITD_OK)
        status = itd_xml_list_read(&ch.list, &handler, &ch, error);
    ch.collecting = false;
    if (status == ITD_OK)
        status = itd_xml_list_read(&ch.list, &handler, &ch, error);
    itd_xml_list_finish(&ch.list);
    itd_vector_finish(&ch.known);
    itd_intern_finish(&ch.keys);
    itd_arena_finish(&ch.arena);
    return status;
}

static int sniff(const itd_sniff *look)
{
    itd_sv name, tag;
    return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "swiss-sanctions-list") ? 100 : 0;
}

const itd_format itd_format_ch_seco = {
    .id = "ch-seco-xml",
    .title = "Switzerland's sanctions list, XML",
    .dataset = "ch-seco",
    .sniff = sniff,
    .read = read_list,
};
