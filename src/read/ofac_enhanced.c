/* The SDN and consolidated lists in OFAC's enhanced XML (SDN_ENHANCED.XML of the list service). The dataset is that of
 * the file's name: one that starts with "cons" is the consolidated list, any other the SDN list. */
#include "read/ofac_enhanced.h"
#include "read/ofac_set.h"

#include <stdio.h>

/* Most memory for the names that links are resolved by. */
#define NAMES_BYTES_MAX ((size_t)1 << 28)

static const char space_end[] = "/ENHANCED_XML";

static itd_schema schema_of(const itd_xml_node *node)
{
    itd_sv type = itd_xml_child_text(itd_xml_child(node, "generalInfo"), "entityType");
    return type.size ? itd_ofac_schema(type) : ITD_SCHEMA_NONE;
}

/* The primary name, or NULL. */
static const itd_xml_node *primary_name(const itd_xml_node *node)
{
    const itd_xml_node *names = itd_xml_child(node, "names");
    for (const itd_xml_node *name = names ? names->first : NULL; name; name = name->next)
        if (itd_sv_is(itd_xml_child_text(name, "isPrimary"), "true"))
            return name;
    return NULL;
}

static void take_version(itd_xml_list *list, const itd_xml_node *node)
{
    itd_date day;
    char text[ITD_DATE_TEXT_MAX];
    itd_sv date = itd_xml_child_text(node, "dataAsOf");
    if (itd_date_parse(&day, date))
        date = itd_date_format(text, day);
    (void)snprintf(list->read->version, sizeof list->read->version, "%.*s", ITD_SV_ARG(date));
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_ofac_enhanced *r = context;
    itd_xml_list *list = &r->list;
    itd_sv key = itd_ofac_attribute(node, "id");
    if (itd_sv_is(node->name, "publicationInfo")) {
        take_version(list, node);
        return ITD_OK;
    }
    if (itd_sv_is(holder, "referenceValues") || itd_sv_is(holder, "featureTypes"))
        return ITD_OK; /* words that the records repeat */
    if (!itd_sv_is(node->name, "entity"))
        return itd_xml_reject(list, node, key, error, "neither publicationInfo nor entity");
    itd_ofac_entry entry = {.record = list->record, .schema = schema_of(node), .names = r->names};
    if (entry.schema == ITD_SCHEMA_NONE)
        return itd_xml_reject(list, node, key, error, "entityType is none of Individual, Entity, Vessel, Aircraft");
    bool begun;
    ITD_TRY(itd_xml_begin(list, &begun, node, key, entry.schema, error));
    if (!begun)
        return ITD_OK;
    const itd_xml_node *name = primary_name(node);
    if (!name || itd_ofac_enhanced_name(list, name).size == 0)
        return list->out_of_memory ? itd_fail_memory(error)
                                   : itd_xml_reject(list, node, key, error, "record has no name");
    itd_ofac_enhanced_add(&entry, r, node);
    return itd_xml_commit(list, error);
}

static bool on_holder(void *context, itd_sv name, unsigned depth)
{
    (void)context;
    return depth == 2 &&
           (itd_sv_is(name, "entities") || itd_sv_is(name, "referenceValues") || itd_sv_is(name, "featureTypes"));
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    const itd_ofac_enhanced *r = context;
    if (itd_sv_is(root->name, "sanctionsData") && itd_sv_ends(space, itd_sv_of(space_end)))
        return ITD_OK;
    return itd_fail_at(error, ITD_EFORMAT, r->list.path, root->line, root->offset,
                       "the root element is %.*s of namespace \"%.*s\", not OFAC's sanctionsData",
                       ITD_SV_ARG(root->name), ITD_SV_ARG(space));
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    itd_ofac_enhanced *r = context;
    return itd_xml_reject_stray(&r->list, text, line, offset, error);
}

static void on_progress(void *context, const itd_input *input)
{
    const itd_ofac_enhanced *r = context;
    itd_xml_progress(&r->list, input);
}

/* --- Keys and names first: a record may be related to one that stands after it. --- */

static itd_status index_names(itd_ofac_enhanced *r, const itd_xml_node *node, itd_sv id, itd_error *error)
{
    const itd_xml_node *names = itd_xml_child(node, "names");
    for (const itd_xml_node *item = names ? names->first : NULL; item; item = item->next) {
        bool primary = itd_sv_is(itd_xml_child_text(item, "isPrimary"), "true");
        itd_sv name = itd_ofac_enhanced_name(&r->list, item);
        if (name.size && (primary || !itd_sv_is(itd_xml_child_text(item, "isLowQuality"), "true")))
            ITD_TRY(itd_ofac_names_add(r->names, name, id, primary, error));
    }
    return r->list.out_of_memory ? itd_fail_memory(error) : ITD_OK;
}

static itd_status index_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_ofac_enhanced *r = context;
    itd_sv key = itd_ofac_attribute(node, "id");
    (void)holder;
    if (!itd_sv_is(node->name, "entity") || key.size == 0)
        return ITD_OK;
    uint32_t number = itd_intern_add(&r->ids, key);
    if (number == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (number == r->schemata.count && !itd_vector_push(&r->schemata, schema_of(node)))
        return itd_fail_memory(error);
    itd_arena_reset(&r->list.scratch);
    return index_names(r, node, itd_xml_join(&r->list, (itd_sv[]){r->list.read->dataset, key}, 2, "-"), error);
}

static itd_status pass_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    (void)context;
    (void)text;
    (void)line;
    (void)offset;
    (void)error;
    return ITD_OK;
}

static itd_status index_file(itd_ofac_enhanced *r, itd_error *error)
{
    static const itd_xml_handler handler = {
        .root = on_root, .holds_records = on_holder, .record = index_record, .stray = pass_stray};
    if (itd_sv_is(itd_sv_of(r->list.path), "-")) /* standard input comes once */
        return ITD_OK;
    ITD_TRY(itd_ofac_names_create(&r->names, NAMES_BYTES_MAX, error));
    return itd_xml_list_read(&r->list, &handler, r, error);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    static const itd_xml_handler handler = {
        .root = on_root, .holds_records = on_holder, .record = on_record, .stray = on_stray, .progress = on_progress};
    itd_ofac_enhanced r = {0};
    itd_intern_init(&r.ids, ITD_XML_KEYS_BYTES_MAX);
    itd_status status = itd_xml_list_init(&r.list, read, error);
    r.list.passed_attributes = itd_ofac_enhanced_attributes;
    if (status == ITD_OK)
        status = index_file(&r, error);
    if (status == ITD_OK)
        status = itd_xml_list_read(&r.list, &handler, &r, error);
    itd_ofac_names_destroy(r.names);
    itd_xml_list_finish(&r.list);
    itd_intern_finish(&r.ids);
    itd_vector_finish(&r.schemata);
    return status;
}

static int sniff(const itd_sniff *look)
{
    itd_sv name, tag;
    return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "sanctionsData") &&
                   itd_sv_find(tag, itd_sv_of(space_end), 0) != SIZE_MAX
               ? 100
               : 0;
}

const itd_format itd_format_ofac_enhanced = {
    .id = "ofac-enhanced",
    .title = "OFAC SDN or consolidated list, enhanced XML",
    .sniff = sniff,
    .gather = itd_ofac_gather_file,
    .read = read_list,
};
