/* The UN Security Council's consolidated list, XML: https://www.un.org/securitycouncil/content/un-sc-consolidated-list.
 * Element names are those of its schema (sc-sanctions.xsd). */
#include "read/un_xml.h"

#include <stdio.h>

itd_sv itd_un_text(const itd_un_entry *entry, const itd_xml_node *node, const char *name)
{
    itd_sv text = itd_xml_child_line(entry->list, node, name);
    if (!itd_xml_is_nothing(text))
        return text;
    itd_xml_note(entry->list, name, text);
    return ITD_SV_NONE;
}

static const char *const name_elements[] = {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"};

/* What holds a list of VALUE elements: each goes to `property`, words that say nothing to the notes. */
static void each_value(const itd_un_entry *entry, const itd_xml_node *node, const char *label,
                       void (*add)(const itd_un_entry *entry, itd_sv text))
{
    static const char *const nothing[] = {NULL};
    for (const itd_xml_node *value = node->first; value; value = value->next) {
        itd_xml_place(entry->list, value);
        itd_sv text = itd_xml_line(entry->list, value->text);
        if (!itd_sv_is(value->name, "VALUE")) {
            itd_xml_note_rest(entry->list, value, NULL);
            continue;
        }
        if (itd_xml_is_nothing(text))
            itd_xml_note(entry->list, label, text);
        else if (text.size)
            add(entry, text);
        itd_xml_note_rest(entry->list, value, nothing);
    }
    itd_xml_place(entry->list, node);
    itd_xml_note(entry->list, label, node->text);
}

static void add_title(const itd_un_entry *entry, itd_sv text)
{
    if (entry->person)
        itd_record_add(entry->list->record, 0, ITD_P_Person_title, text);
    else
        itd_xml_note(entry->list, "Title", text);
}

static void add_position(const itd_un_entry *entry, itd_sv text)
{
    if (entry->person)
        itd_record_add(entry->list->record, 0, ITD_P_Person_position, text);
    else
        itd_xml_note(entry->list, "Designation", text);
}

static void add_nationality(const itd_un_entry *entry, itd_sv text)
{
    itd_record_add_country(entry->list->record, 0, entry->person ? ITD_P_Person_nationality : ITD_P_Thing_country,
                           text);
}

static void add_update(const itd_un_entry *entry, itd_sv text)
{
    itd_date day;
    if (itd_un_date(&day, text))
        itd_record_add_date(entry->list->record, entry->sanction, ITD_P_Interval_modifiedAt, day, text);
    else
        itd_xml_note(entry->list, "Last updated", text);
}

static void add_authority(const itd_un_entry *entry, itd_sv text)
{
    itd_record_add_as(entry->list->record, entry->sanction, ITD_P_Sanction_authority,
                      ITD_SV("United Nations Security Council"), text, ITD_SV_NONE);
}

static void titles(const itd_un_entry *entry, const itd_xml_node *node)
{
    each_value(entry, node, "Title", add_title);
}

static void designations(const itd_un_entry *entry, const itd_xml_node *node)
{
    each_value(entry, node, "Designation", add_position);
}

static void nationalities(const itd_un_entry *entry, const itd_xml_node *node)
{
    each_value(entry, node, "Nationality", add_nationality);
}

static void updates(const itd_un_entry *entry, const itd_xml_node *node)
{
    each_value(entry, node, "Last updated", add_update);
}

static void list_types(const itd_un_entry *entry, const itd_xml_node *node)
{
    each_value(entry, node, "List type", add_authority);
}

static void programme(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_xml_add_line(entry->list, entry->sanction, ITD_P_Sanction_program, node->text);
}

static void reference(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_xml_add_line(entry->list, entry->sanction, ITD_P_Sanction_unscId, node->text);
    itd_xml_add_line(entry->list, entry->sanction, ITD_P_Sanction_authorityId, node->text);
}

static void listed_on(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_date day;
    if (itd_un_date(&day, node->text))
        itd_record_add_date(entry->list->record, entry->sanction, ITD_P_Sanction_listingDate, day, node->text);
    else
        itd_xml_note(entry->list, "Listed on", node->text);
}

static void version(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_sv text = itd_xml_line(entry->list, node->text);
    if (text.size)
        itd_record_add(entry->list->record, entry->sanction, ITD_P_Interval_summary,
                       itd_xml_join(entry->list, (itd_sv[]){ITD_SV("Version"), text}, 2, " "));
}

static void gender(const itd_un_entry *entry, const itd_xml_node *node)
{
    static const char *const genders[] = {"male", "female"};
    itd_sv text = itd_sv_trim(node->text);
    for (size_t i = 0; i < 2; i++)
        if (entry->person && itd_sv_equal_nocase(text, itd_sv_of(genders[i]))) {
            itd_record_add_as(entry->list->record, 0, ITD_P_Person_gender, itd_sv_of(genders[i]), text, ITD_SV_NONE);
            return;
        }
    itd_xml_note(entry->list, "Gender", text);
}

static void submitted_by(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_xml_note(entry->list, "Submitted by", node->text);
}

static void submitted_on(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_xml_note(entry->list, "Submitted on", node->text);
}

static void nothing(const itd_un_entry *entry, const itd_xml_node *node)
{
    (void)entry;
    (void)node;
}

/* A row an element of a record. `once`: only the first is read by what stands here (or was read before). */
static const struct {
    const char *name;
    itd_un_element *read;
    bool once, leaf;
} elements[] = {
    {"DATAID", nothing, true, true},
    {"FIRST_NAME", nothing, true, true},
    {"SECOND_NAME", nothing, true, true},
    {"THIRD_NAME", nothing, true, true},
    {"FOURTH_NAME", nothing, true, true},
    {"VERSIONNUM", version, false, true},
    {"UN_LIST_TYPE", programme, false, true},
    {"REFERENCE_NUMBER", reference, false, true},
    {"LISTED_ON", listed_on, false, true},
    {"SUBMITTED_BY", submitted_by, false, true},
    {"SUBMITTED_ON", submitted_on, false, true},
    {"NAME_ORIGINAL_SCRIPT", itd_un_original_script, false, true},
    {"GENDER", gender, false, true},
    {"COMMENTS1", itd_un_comments, false, true},
    {"TITLE", titles, false, false},
    {"DESIGNATION", designations, false, false},
    {"NATIONALITY", nationalities, false, false},
    {"LIST_TYPE", list_types, false, false},
    {"LAST_DAY_UPDATED", updates, false, false},
    {"INDIVIDUAL_ALIAS", itd_un_alias, false, false},
    {"ENTITY_ALIAS", itd_un_alias, false, false},
    {"INDIVIDUAL_ADDRESS", itd_un_address, false, false},
    {"ENTITY_ADDRESS", itd_un_address, false, false},
    {"INDIVIDUAL_DATE_OF_BIRTH", itd_un_birth_date, false, false},
    {"INDIVIDUAL_PLACE_OF_BIRTH", itd_un_birth_place, false, false},
    {"INDIVIDUAL_DOCUMENT", itd_un_document, false, false},
};
#define ELEMENTS (sizeof elements / sizeof elements[0])
_Static_assert(ELEMENTS <= 64, "a bit an element");

static size_t find_element(itd_sv name)
{
    size_t i = 0;
    while (i < ELEMENTS && !itd_sv_is(name, elements[i].name))
        i++;
    return i;
}

static void add_element(const itd_un_entry *entry, const itd_xml_node *child, uint64_t *seen)
{
    static const char *const no_children[] = {NULL};
    size_t which = find_element(child->name);
    itd_xml_place(entry->list, child);
    if (which == ELEMENTS || (elements[which].once && (*seen >> which & 1))) {
        itd_xml_note_rest(entry->list, child, NULL);
        return;
    }
    *seen |= (uint64_t)1 << which;
    elements[which].read(entry, child);
    if (elements[which].leaf && (child->first || child->attribute_count)) {
        itd_xml_node rest = *child;
        rest.text = ITD_SV_NONE; /* it was read */
        itd_xml_note_rest(entry->list, &rest, no_children);
    }
}

/* The four name elements of a person are in the order of the name; which is a family name the list does not say. */
static void add_name(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_xml_list *list = entry->list;
    itd_sv parts[4];
    const itd_xml_node *first = NULL;
    for (size_t i = 0; i < 4; i++) {
        const itd_xml_node *element = itd_xml_child(node, name_elements[i]);
        if (element) {
            itd_xml_place(list, element);
            first = first ? first : element;
        }
        parts[i] = itd_un_text(entry, node, name_elements[i]);
    }
    itd_sv name = itd_xml_join(list, parts, 4, " ");
    if (first)
        itd_xml_place(list, first);
    itd_record_add_as(list->record, 0, ITD_P_Thing_name, name,
                      entry->person ? ITD_SV_NONE : itd_xml_child_text(node, name_elements[0]), ITD_SV_NONE);
    if (entry->person) {
        itd_record_add(list->record, 0, ITD_P_Person_firstName, parts[0]);
        itd_record_add(list->record, 0, ITD_P_Person_secondName, parts[1]);
    } else if (itd_sv_find(name, ITD_SV(";"), 0) != SIZE_MAX) {
        itd_un_add_names(entry, ITD_P_Thing_alias, name);
    }
}

static bool has_name(const itd_xml_node *node)
{
    bool any = false;
    for (size_t i = 0; i < 4; i++) {
        itd_sv text = itd_xml_child_text(node, name_elements[i]);
        any |= text.size > 0 && !itd_xml_is_nothing(text);
    }
    return any;
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_xml_list *list = context;
    itd_sv key = itd_xml_child_text(node, "DATAID");
    itd_un_entry entry = {.list = list, .person = itd_sv_is(node->name, "INDIVIDUAL")};
    if (!(entry.person && itd_sv_is(holder, "INDIVIDUALS")) &&
        !(itd_sv_is(node->name, "ENTITY") && itd_sv_is(holder, "ENTITIES")))
        return itd_xml_reject(list, node, key, error, "neither an INDIVIDUAL of INDIVIDUALS nor an ENTITY of ENTITIES");
    bool begun;
    ITD_TRY(itd_xml_begin(list, &begun, node, key, entry.person ? ITD_S_Person : ITD_S_Organization, error));
    if (!begun)
        return ITD_OK;
    if (!has_name(node))
        return itd_xml_reject(list, node, key, error, "record has no name");
    itd_xml_place(list, node);
    entry.sanction = itd_record_part(list->record, ITD_S_Sanction, ITD_SV("sanction"));
    itd_record_link(list->record, entry.sanction, ITD_P_Sanction_entity, 0);
    itd_record_add(list->record, 0, ITD_P_Thing_topics, ITD_SV("sanction"));
    add_name(&entry, node);
    uint64_t seen = 0;
    for (const itd_xml_node *child = node->first; child; child = child->next)
        add_element(&entry, child, &seen);
    itd_xml_node self = *node;
    self.first = NULL;
    itd_xml_place(list, node);
    itd_xml_note_rest(list, &self, NULL); /* its own attributes and text */
    return itd_xml_commit(list, error);
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    itd_xml_list *list = context;
    if (!itd_sv_is(root->name, "CONSOLIDATED_LIST"))
        return itd_fail_at(error, ITD_EFORMAT, list->path, root->line, root->offset,
                           "the root element is %.*s, not CONSOLIDATED_LIST", ITD_SV_ARG(root->name));
    (void)space;
    for (size_t i = 0; i < root->attribute_count; i++) {
        itd_date day;
        if (itd_sv_is(root->attributes[i].name, "dateGenerated") &&
            itd_un_date(&day, itd_sv_slice(itd_sv_trim(root->attributes[i].value), 0, 10))) {
            char text[ITD_DATE_TEXT_MAX];
            itd_sv date = itd_date_format(text, day);
            (void)snprintf(list->read->version, sizeof list->read->version, "%.*s", ITD_SV_ARG(date));
        }
    }
    return ITD_OK;
}

static bool on_holder(void *context, itd_sv name, unsigned depth)
{
    (void)context;
    return depth == 2 && (itd_sv_is(name, "INDIVIDUALS") || itd_sv_is(name, "ENTITIES"));
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    return itd_xml_reject_stray(context, text, line, offset, error);
}

static void on_progress(void *context, const itd_input *input)
{
    itd_xml_progress(context, input);
}

static itd_status un_read(itd_read *read, itd_error *error)
{
    static const itd_xml_handler handler = {
        .root = on_root, .holds_records = on_holder, .record = on_record, .stray = on_stray, .progress = on_progress};
    itd_xml_list list;
    itd_status status = itd_xml_list_init(&list, read, error);
    if (status == ITD_OK)
        status = itd_xml_list_read(&list, &handler, &list, error);
    itd_xml_list_finish(&list);
    return status;
}

static int un_sniff(const itd_sniff *look)
{
    itd_sv name, tag;
    return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "CONSOLIDATED_LIST") ? 100 : 0;
}

const itd_format itd_format_un_xml = {
    .id = "un-xml",
    .title = "UN Security Council consolidated list, XML",
    .dataset = "un-sc",
    .sniff = un_sniff,
    .read = un_read,
};
