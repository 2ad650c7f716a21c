/* The SDN and consolidated lists in OFAC's advanced XML (sdn_advanced.xml, cons_advanced.xml), the sanctions standard
 * of the UN in OFAC's use of it. A record is spread over the file: words, places and papers stand before the parties,
 * relations and listings after them. So the file is read twice: first all that parties refer to is kept, then each
 * party is made into a record. The dataset is that of the file's name: one that starts with "cons" is the consolidated
 * list, any other the SDN list. */
#include "read/ofac_advanced.h"
#include "read/ofac_set.h"

#include <stdio.h>

#include "read/ofac_enhanced.h"

/* Most memory for the names that links are resolved by, and for all that parties refer to. */
#define NAMES_BYTES_MAX ((size_t)1 << 28)
#define KEPT_BYTES_MAX ((size_t)1 << 31)

static const char space_of_standard[] = "http://www.un.org/sanctions/1.0";
static const char space_of_service[] = "/ADVANCED_XML";

/* Elements that belong to a party, by the attribute that names it, and what they are kept as. */
static const struct {
    const char *element, *attribute;
} belongings[] = {
    {"Location", "ID"},
    {"IDRegDocument", "IdentityID"},
    {"ProfileRelationship", "From-ProfileID"},
    {"SanctionsEntry", "ProfileID"},
};
#define BELONGINGS (sizeof belongings / sizeof belongings[0])

/* --- What is kept --- */

static bool copy_node(itd_xml_node *to, itd_arena *arena, const itd_xml_node *from)
{
    *to = *from;
    to->next = NULL;
    to->first = NULL;
    to->name = itd_arena_copy(arena, from->name);
    to->text = itd_arena_copy(arena, from->text);
    itd_xml_attribute *attributes = itd_arena_alloc_array(arena, from->attribute_count, sizeof *attributes);
    if (!attributes || !to->name.data || !to->text.data)
        return false;
    to->attributes = attributes;
    for (size_t i = 0; i < from->attribute_count; i++) {
        attributes[i].name = itd_arena_copy(arena, from->attributes[i].name);
        attributes[i].value = itd_arena_copy(arena, from->attributes[i].value);
        if (!attributes[i].name.data || !attributes[i].value.data)
            return false;
    }
    const itd_xml_node **link = &to->first;
    for (const itd_xml_node *child = from->first; child; child = child->next) {
        itd_xml_node *copy = itd_arena_alloc(arena, sizeof *copy);
        if (!copy || !copy_node(copy, arena, child))
            return false;
        *link = copy;
        link = &copy->next;
    }
    return true;
}

#define KEY_MAX 256

/* "kind key", cut where it is longer than any list has. */
static itd_sv key_text(char out[KEY_MAX], itd_sv kind, itd_sv key)
{
    int size = snprintf(out, KEY_MAX, "%.*s %.*s", ITD_SV_ARG(itd_sv_slice(kind, 0, 80)),
                        ITD_SV_ARG(itd_sv_slice(key, 0, 160)));
    return itd_sv_make(out, (size_t)size);
}

static itd_status keep(itd_ofac_advanced *r, const itd_xml_node *node, itd_sv key, itd_error *error)
{
    char text[KEY_MAX];
    uint32_t number = itd_intern_add(&r->keys, key_text(text, node->name, key));
    itd_ofac_kept *kept = itd_arena_alloc(&r->arena, sizeof *kept);
    itd_xml_node *copy = itd_arena_alloc(&r->arena, sizeof *copy);
    if (number == ITD_MAP_NONE || !kept || !copy || !copy_node(copy, &r->arena, node))
        return itd_fail_memory(error);
    *kept = (itd_ofac_kept){.node = copy};
    if (number == r->kept.count)
        return itd_vector_push(&r->kept, kept) ? ITD_OK : itd_fail_memory(error);
    itd_ofac_kept *last = r->kept.items[number];
    while (last->next)
        last = last->next;
    last->next = kept;
    return ITD_OK;
}

const itd_ofac_kept *itd_ofac_advanced_find(const itd_ofac_advanced *r, const char *kind, itd_sv key)
{
    char text[KEY_MAX];
    uint32_t number = key.size ? itd_intern_find(&r->keys, key_text(text, itd_sv_of(kind), key)) : ITD_MAP_NONE;
    if (number == ITD_MAP_NONE)
        return NULL;
    r->kept.items[number]->used = true;
    return r->kept.items[number];
}

itd_sv itd_ofac_advanced_word(itd_ofac_advanced *r, const char *kind, itd_sv key)
{
    const itd_ofac_kept *kept = itd_ofac_advanced_find(r, kind, key);
    itd_sv word = kept ? itd_xml_line(&r->list, kept->node->text) : ITD_SV_NONE;
    return itd_sv_is(word, "Unknown") ? ITD_SV_NONE : word;
}

/* --- Names --- */

static itd_sv part_type(itd_ofac_advanced *r, const itd_xml_node *identity, itd_sv group)
{
    const itd_xml_node *groups = itd_xml_child(identity, "NamePartGroups");
    for (const itd_xml_node *master = groups ? groups->first : NULL; master; master = master->next)
        for (const itd_xml_node *one = master->first; one; one = one->next)
            if (itd_sv_equal(itd_ofac_attribute(one, "ID"), group))
                return itd_ofac_advanced_word(r, "NamePartType", itd_ofac_attribute(one, "NamePartTypeID"));
    return ITD_SV_NONE;
}

static bool is_given_name(itd_sv type)
{
    static const char *const types[] = {"First Name", "Middle Name", "Patronymic", "Matronymic"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (itd_sv_is(type, types[i]))
            return true;
    return false;
}

itd_sv itd_ofac_advanced_name(itd_ofac_advanced *r, const itd_xml_node *identity, const itd_xml_node *name)
{
    itd_xml_list *list = &r->list;
    itd_sv first = ITD_SV_NONE, middle = ITD_SV_NONE, last = ITD_SV_NONE;
    bool latin = true;
    for (const itd_xml_node *part = name->first; part; part = part->next) {
        const itd_xml_node *value = itd_xml_child(part, "NamePartValue");
        if (!value)
            continue;
        itd_sv type = part_type(r, identity, itd_ofac_attribute(value, "NamePartGroupID"));
        itd_sv text = itd_xml_line(list, value->text);
        itd_sv script = itd_ofac_advanced_word(r, "Script", itd_ofac_attribute(value, "ScriptID"));
        itd_sv *to = itd_sv_is(type, "First Name") ? &first : is_given_name(type) ? &middle : &last;
        latin = latin && (script.size == 0 || itd_sv_is(script, "Latin"));
        *to = itd_xml_join(list, (itd_sv[]){*to, text}, 2, " ");
    }
    itd_sv given = itd_xml_join(list, (itd_sv[]){first, middle}, 2, " ");
    return latin ? itd_xml_join(list, (itd_sv[]){last, given}, 2, ", ")
                 : itd_xml_join(list, (itd_sv[]){given, last}, 2, " ");
}

/* The first name of the primary alias of a party, or an empty view. */
static itd_sv primary_name(itd_ofac_advanced *r, const itd_xml_node *party)
{
    const itd_xml_node *identity = itd_xml_child(itd_xml_child(party, "Profile"), "Identity");
    for (const itd_xml_node *alias = identity ? identity->first : NULL; alias; alias = alias->next) {
        const itd_xml_node *name = itd_xml_child(alias, "DocumentedName");
        if (name && itd_sv_is(itd_ofac_attribute(alias, "Primary"), "true"))
            return itd_ofac_advanced_name(r, identity, name);
    }
    return ITD_SV_NONE;
}

/* --- The first reading --- */

static itd_schema schema_of(itd_ofac_advanced *r, const itd_xml_node *profile)
{
    const itd_ofac_kept *kind =
        profile ? itd_ofac_advanced_find(r, "PartySubType", itd_ofac_attribute(profile, "PartySubTypeID")) : NULL;
    itd_sv word = kind ? itd_sv_trim(kind->node->text) : ITD_SV_NONE;
    if (kind && itd_sv_is(word, "Unknown"))
        word = itd_ofac_advanced_word(r, "PartyType", itd_ofac_attribute(kind->node, "PartyTypeID"));
    return word.size ? itd_ofac_schema(word) : ITD_SCHEMA_NONE;
}

static itd_status index_profile(itd_ofac_advanced *r, const itd_xml_node *profile, itd_sv key, itd_error *error)
{
    uint32_t number = itd_intern_add(&r->profile_ids, itd_ofac_attribute(profile, "ID"));
    itd_ofac_profile of = {schema_of(r, profile), itd_arena_copy(&r->arena, key)};
    if (number == ITD_MAP_NONE || !of.key.data || (number == r->profiles.count && !itd_vector_push(&r->profiles, of)))
        return itd_fail_memory(error);
    return ITD_OK;
}

static itd_status index_party(itd_ofac_advanced *r, const itd_xml_node *party, itd_error *error)
{
    itd_xml_list *list = &r->list;
    itd_sv key = itd_ofac_attribute(party, "FixedRef");
    itd_sv id = itd_xml_join(list, (itd_sv[]){list->read->dataset, key}, 2, "-");
    for (const itd_xml_node *profile = party->first; profile; profile = profile->next) {
        if (!itd_sv_is(profile->name, "Profile"))
            continue;
        ITD_TRY(index_profile(r, profile, key, error));
        const itd_xml_node *identity = itd_xml_child(profile, "Identity");
        for (const itd_xml_node *alias = identity ? identity->first : NULL; alias; alias = alias->next) {
            const itd_xml_node *name = itd_xml_child(alias, "DocumentedName");
            itd_sv text = name ? itd_ofac_advanced_name(r, identity, name) : ITD_SV_NONE;
            if (text.size && !itd_sv_is(itd_ofac_attribute(alias, "LowQuality"), "true"))
                ITD_TRY(itd_ofac_names_add(r->names, text, id, itd_sv_is(itd_ofac_attribute(alias, "Primary"), "true"),
                                           error));
        }
    }
    return list->out_of_memory ? itd_fail_memory(error) : ITD_OK;
}

static itd_status index_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_ofac_advanced *r = context;
    itd_arena_reset(&r->list.scratch);
    if (itd_sv_is(node->name, "DistinctParty"))
        return index_party(r, node, error);
    for (size_t i = 0; i < BELONGINGS; i++)
        if (itd_sv_is(node->name, belongings[i].element))
            return keep(r, node, itd_ofac_attribute(node, belongings[i].attribute), error);
    return itd_sv_ends(holder, ITD_SV("Values")) ? keep(r, node, itd_ofac_attribute(node, "ID"), error) : ITD_OK;
}

/* --- The second reading --- */

static void take_version(itd_xml_list *list, const itd_xml_node *node)
{
    uint64_t year = 0, month = 0, day = 0;
    if (itd_sv_to_u64(&year, itd_xml_child_text(node, "Year")) &&
        itd_sv_to_u64(&month, itd_xml_child_text(node, "Month")) &&
        itd_sv_to_u64(&day, itd_xml_child_text(node, "Day")) && year <= 9999 && month <= 12 && day <= 31)
        (void)snprintf(list->read->version, sizeof list->read->version, "%04u-%02u-%02u", (unsigned)year,
                       (unsigned)month, (unsigned)day);
}

/* What belongs to a party that is there is no orphan, whatever becomes of the party. */
static void claim(itd_ofac_advanced *r, const itd_xml_node *party)
{
    for (const itd_xml_node *profile = party->first; profile; profile = profile->next) {
        (void)itd_ofac_advanced_find(r, "ProfileRelationship", itd_ofac_attribute(profile, "ID"));
        (void)itd_ofac_advanced_find(r, "SanctionsEntry", itd_ofac_attribute(profile, "ID"));
        for (const itd_xml_node *one = profile->first; one; one = one->next)
            (void)itd_ofac_advanced_find(r, "IDRegDocument", itd_ofac_attribute(one, "ID"));
    }
}

static itd_status read_party(itd_ofac_advanced *r, const itd_xml_node *party, itd_error *error)
{
    itd_xml_list *list = &r->list;
    itd_sv key = itd_ofac_attribute(party, "FixedRef");
    itd_ofac_entry entry = {
        .record = list->record, .schema = schema_of(r, itd_xml_child(party, "Profile")), .names = r->names};
    claim(r, party);
    if (entry.schema == ITD_SCHEMA_NONE)
        return itd_xml_reject(list, party, key, error, "party is none of Individual, Entity, Vessel, Aircraft");
    bool begun;
    ITD_TRY(itd_xml_begin(list, &begun, party, key, entry.schema, error));
    if (!begun)
        return ITD_OK;
    if (primary_name(r, party).size == 0)
        return list->out_of_memory ? itd_fail_memory(error)
                                   : itd_xml_reject(list, party, key, error, "record has no name");
    itd_ofac_advanced_add(&entry, r, party);
    return itd_xml_commit(list, error);
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_ofac_advanced *r = context;
    if (itd_sv_is(node->name, "DistinctParty"))
        return read_party(r, node, error);
    if (itd_sv_is(node->name, "DateOfIssue"))
        take_version(&r->list, node);
    else if (itd_sv_is(holder, "DistinctParties") || holder.size == 0 || itd_sv_is(holder, "Sanctions"))
        return itd_xml_reject(&r->list, node, ITD_SV_NONE, error, "neither DateOfIssue nor DistinctParty");
    return ITD_OK; /* kept by the first reading */
}

static itd_status reject_orphans(itd_ofac_advanced *r, itd_error *error)
{
    for (size_t i = 0; i < r->kept.count; i++)
        for (const itd_ofac_kept *kept = r->kept.items[i]; kept && !r->kept.items[i]->used; kept = kept->next)
            for (size_t k = 1; k < BELONGINGS; k++) /* places serve many */
                if (itd_sv_is(kept->node->name, belongings[k].element))
                    ITD_TRY(itd_record_reject(r->list.record, ITD_REJECT_ORPHAN,
                                              itd_ofac_attribute(kept->node, belongings[k].attribute), kept->node->line,
                                              kept->node->offset, error, "%s of no party", belongings[k].element));
    return ITD_OK;
}

/* --- The file --- */

static bool on_holder(void *context, itd_sv name, unsigned depth)
{
    static const char *const holders[] = {"ReferenceValueSets", "Locations",        "IDRegDocuments",
                                          "DistinctParties",    "SanctionsEntries", "ProfileRelationships",
                                          "SanctionsEntryLinks"};
    (void)context;
    for (size_t i = 0; i < sizeof holders / sizeof holders[0]; i++)
        if (depth == 2 && itd_sv_is(name, holders[i]))
            return true;
    return depth == 3 && itd_sv_ends(name, ITD_SV("Values"));
}

static bool is_space(itd_sv space)
{
    return itd_sv_is(space, space_of_standard) || itd_sv_ends(space, itd_sv_of(space_of_service));
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    const itd_ofac_advanced *r = context;
    if (itd_sv_is(root->name, "Sanctions") && is_space(space))
        return ITD_OK;
    return itd_fail_at(error, ITD_EFORMAT, r->list.path, root->line, root->offset,
                       "the root element is %.*s of namespace \"%.*s\", not Sanctions of the sanctions standard",
                       ITD_SV_ARG(root->name), ITD_SV_ARG(space));
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    itd_ofac_advanced *r = context;
    return itd_xml_reject_stray(&r->list, text, line, offset, error);
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

static void on_progress(void *context, const itd_input *input)
{
    const itd_ofac_advanced *r = context;
    itd_xml_progress(&r->list, input);
}

static itd_status read_twice(itd_ofac_advanced *r, itd_error *error)
{
    static const itd_xml_handler first = {
        .root = on_root, .holds_records = on_holder, .record = index_record, .stray = pass_stray};
    static const itd_xml_handler second = {
        .root = on_root, .holds_records = on_holder, .record = on_record, .stray = on_stray, .progress = on_progress};
    if (itd_sv_is(itd_sv_of(r->list.path), "-"))
        return itd_fail_at(error, ITD_EFORMAT, "-", 0, ITD_NOWHERE,
                           "this format is read twice, so it has to be a file, not standard input");
    ITD_TRY(itd_ofac_names_create(&r->names, NAMES_BYTES_MAX, error));
    ITD_TRY(itd_xml_list_read(&r->list, &first, r, error));
    ITD_TRY(itd_xml_list_read(&r->list, &second, r, error));
    return reject_orphans(r, error);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    itd_ofac_advanced r = {0};
    itd_intern_init(&r.keys, ITD_XML_KEYS_BYTES_MAX);
    itd_intern_init(&r.profile_ids, ITD_XML_KEYS_BYTES_MAX);
    itd_arena_init(&r.arena, KEPT_BYTES_MAX);
    itd_status status = itd_xml_list_init(&r.list, read, error);
    r.list.passed_attributes = itd_ofac_advanced_attributes;
    if (status == ITD_OK)
        status = read_twice(&r, error);
    itd_ofac_names_destroy(r.names);
    itd_xml_list_finish(&r.list);
    itd_intern_finish(&r.keys);
    itd_intern_finish(&r.profile_ids);
    itd_vector_finish(&r.kept);
    itd_vector_finish(&r.profiles);
    itd_arena_finish(&r.arena);
    return status;
}

static int sniff(const itd_sniff *look)
{
    itd_sv name, tag;
    return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "Sanctions") &&
                   (itd_sv_find(tag, itd_sv_of(space_of_standard), 0) != SIZE_MAX ||
                    itd_sv_find(tag, itd_sv_of(space_of_service), 0) != SIZE_MAX)
               ? 100
               : 0;
}

const itd_format itd_format_ofac_advanced = {
    .id = "ofac-advanced",
    .title = "OFAC SDN or consolidated list, advanced XML",
    .sniff = sniff,
    .gather = itd_ofac_gather_file,
    .read = read_list,
};
