/* The SDN list and the consolidated non-SDN list as XML (sdn.xml, consolidated.xml). Element names are those of OFAC's
 * schemata (sdn.xsd, consolidated.xsd of 2016; the same since 2024 under the namespace of the list service). Numbers of
 * aliases, births and papers (uid) and which of several comes first (mainEntry) are the publisher's bookkeeping: they
 * say nothing of the entity and become no statement. */
#include <stdio.h>

#include "read/ofac_remarks.h"
#include "read/ofac_text.h"
#include "read/xml_record.h"

/** Most memory for the names that links are resolved by. */
#define NAMES_BYTES_MAX ((size_t)1 << 28)

static const char *const datasets[2] = {"us-ofac-sdn", "us-ofac-cons"};
static const char *const file_names[2] = {"sdn.xml", "consolidated.xml"};
static const char *const spaces[] = {"http://tempuri.org/", "https://sanctionslistservice.ofac.treas.gov/",
                                     "http://sanctionslistservice.ofac.treas.gov/"};

typedef struct reading {
    itd_xml_list list;
    itd_ofac_names *names; /* NULL: the file cannot be read twice */
} reading;

/* "LAST, First", as the CSV set writes it. */
static itd_sv name_of(itd_xml_list *list, const itd_xml_node *node)
{
    itd_sv parts[] = {itd_xml_child_line(list, node, "lastName"), itd_xml_child_line(list, node, "firstName")};
    return itd_xml_join(list, parts, 2, ", ");
}

static void add_programmes(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *node)
{
    static const char *const nothing[] = {NULL};
    for (const itd_xml_node *item = node->first; item; item = item->next) {
        itd_xml_place(list, item);
        if (!itd_sv_is(item->name, "program")) {
            itd_xml_note_rest(list, item, NULL);
            continue;
        }
        itd_ofac_add_programme(entry, itd_xml_line(list, item->text));
        itd_xml_node rest = *item;
        rest.text = ITD_SV_NONE;
        itd_xml_note_rest(list, &rest, nothing);
    }
}

static void add_aka(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item)
{
    static const char *const known[] = {"uid", "type", "category", "lastName", "firstName", NULL};
    itd_sv category = itd_xml_child_text(item, "category"), type = itd_xml_child_text(item, "type");
    bool weak = itd_sv_equal_nocase(category, ITD_SV("weak"));
    itd_sv name = name_of(list, item);
    itd_ofac_add_name(entry, name, itd_ofac_name_kind_of(type), weak);
    if (!weak && !itd_sv_equal_nocase(category, ITD_SV("strong")))
        itd_xml_note(list, "Category of alias", category);
    if (weak && itd_ofac_name_kind_of(type) != ITD_OFAC_NAME_AKA) /* the property says only that it is weak */
        itd_xml_note(list, "Weak alias", itd_xml_join(list, (itd_sv[]){type, name}, 2, " "));
    itd_xml_note_rest(list, item, known);
}

static void add_address(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item)
{
    static const char *const known[] = {"uid",        "address1", "address2", "address3", "city", "stateOrProvince",
                                        "postalCode", "country",  NULL};
    itd_sv lines[] = {itd_xml_child_line(list, item, "address1"), itd_xml_child_line(list, item, "address2"),
                      itd_xml_child_line(list, item, "address3")};
    itd_ofac_address address = {.key = itd_xml_child_text(item, "uid"),
                                .street = itd_xml_join(list, lines, 3, ", "),
                                .city = itd_xml_child_line(list, item, "city"),
                                .state = itd_xml_child_line(list, item, "stateOrProvince"),
                                .postal_code = itd_xml_child_line(list, item, "postalCode"),
                                .country = itd_xml_child_line(list, item, "country")};
    itd_ofac_add_address(entry, &address);
    itd_xml_note_rest(list, item, known);
}

static void add_id(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item)
{
    static const char *const known[] = {"uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate", NULL};
    itd_ofac_fact fact = {.label = itd_xml_child_line(list, item, "idType"),
                          .value = itd_xml_child_line(list, item, "idNumber"),
                          .country = itd_xml_child_line(list, item, "idCountry"),
                          .issued = itd_xml_child_line(list, item, "issueDate"),
                          .expires = itd_xml_child_line(list, item, "expirationDate")};
    itd_ofac_add_said(entry, &fact);
    itd_xml_note_rest(list, item, known);
}

static void add_birth_date(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item)
{
    static const char *const known[] = {"uid", "dateOfBirth", "mainEntry", NULL};
    itd_ofac_add_birth_date(entry, itd_xml_child_line(list, item, "dateOfBirth"));
    itd_xml_note_rest(list, item, known);
}

static void add_labelled(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item, const char *child,
                         itd_sv label)
{
    const char *const known[] = {"uid", child, "mainEntry", NULL};
    itd_ofac_fact fact = {.label = label, .value = itd_xml_child_line(list, item, child)};
    if (fact.value.size)
        itd_ofac_add_fact_or_note(entry, &fact);
    itd_xml_note_rest(list, item, known);
}

static void add_birth_place(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item)
{
    add_labelled(entry, list, item, "placeOfBirth", ITD_SV("POB"));
}

static void add_nationality(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item)
{
    add_labelled(entry, list, item, "country", ITD_SV("nationality"));
}

static void add_citizenship(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item)
{
    add_labelled(entry, list, item, "country", ITD_SV("citizen"));
}

static void add_vessel(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *node)
{
    static const char *const known[] = {
        "callSign", "vesselType", "vesselFlag", "vesselOwner", "tonnage", "grossRegisteredTonnage", NULL};
    static const struct {
        const char *element, *property, *label;
    } fields[] = {
        {"callSign", "callSign", "Call sign"},
        {"vesselType", "type", "Vessel type"},
        {"tonnage", "tonnage", "Tonnage"},
        {"grossRegisteredTonnage", "grossRegisteredTonnage", "Gross registered tonnage"},
        {"vesselFlag", "flag", "Vessel flag"},
        {"vesselOwner", "owner", "Vessel owner"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        itd_ofac_add_field(entry, fields[i].property, fields[i].label,
                           itd_xml_child_line(list, node, fields[i].element));
    itd_xml_note_rest(list, node, known);
}

/* Lists of a record: each item of that name is read, anything else is noted. */
static const struct {
    const char *list, *item;
    void (*read)(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item);
} lists[] = {
    {"akaList", "aka", add_aka},
    {"addressList", "address", add_address},
    {"idList", "id", add_id},
    {"dateOfBirthList", "dateOfBirthItem", add_birth_date},
    {"placeOfBirthList", "placeOfBirthItem", add_birth_place},
    {"nationalityList", "nationality", add_nationality},
    {"citizenshipList", "citizenship", add_citizenship},
};
#define LISTS (sizeof lists / sizeof lists[0])

static void add_list(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *node, size_t which)
{
    for (const itd_xml_node *item = node->first; item; item = item->next) {
        itd_xml_place(list, item);
        if (itd_sv_is(item->name, lists[which].item))
            lists[which].read(entry, list, item);
        else
            itd_xml_note_rest(list, item, NULL);
    }
}

/* What was read of an element: the rest of it, attributes and text beside children, is noted. */
static void note_beside(itd_xml_list *list, const itd_xml_node *node)
{
    itd_xml_node beside = *node;
    itd_xml_place(list, node);
    beside.first = NULL;
    itd_xml_note_rest(list, &beside, NULL);
}

/* Elements of a record that hold one text, read by their name and not in their place; the first of each counts. */
static const char *const texts[] = {"uid", "firstName", "lastName", "title", "sdnType", "nspType", "remarks", NULL};

static bool is_first_text(const itd_xml_node *child, uint64_t *seen)
{
    for (unsigned i = 0; texts[i]; i++)
        if (itd_sv_is(child->name, texts[i])) {
            bool first = !(*seen >> i & 1);
            *seen |= (uint64_t)1 << i;
            return first;
        }
    return false;
}

static void add_element(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *child, uint64_t *seen)
{
    static const char *const nothing[] = {NULL};
    size_t which = 0;
    itd_xml_place(list, child);
    while (which < LISTS && !itd_sv_is(child->name, lists[which].list))
        which++;
    if (which < LISTS)
        add_list(entry, list, child, which);
    else if (itd_sv_is(child->name, "programList"))
        add_programmes(entry, list, child);
    else if (itd_sv_is(child->name, "vesselInfo"))
        add_vessel(entry, list, child);
    if (is_first_text(child, seen)) {
        itd_xml_node rest = *child;
        rest.text = ITD_SV_NONE;
        itd_xml_note_rest(list, &rest, nothing);
    } else if (which < LISTS || itd_sv_is(child->name, "programList")) {
        note_beside(list, child);
    } else if (!itd_sv_is(child->name, "vesselInfo")) {
        itd_xml_note_rest(list, child, NULL);
    }
}

/* Remarks are those of the CSV set, but for what has elements of its own, and links stand in parentheses. */
static void add_remarks(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *node)
{
    static const itd_sv mark = ITD_SV("(Linked To:");
    itd_sv rest = itd_xml_child_line(list, node, "remarks"), piece;
    while (itd_sv_split(&piece, &rest, ';')) {
        itd_sv text = itd_sv_trim(piece);
        if (itd_sv_ends(text, ITD_SV(".")) && itd_sv_ends(itd_sv_slice(text, 0, text.size - 1), ITD_SV(")")))
            text.size--;
        if (itd_sv_starts_nocase(text, mark) && itd_sv_ends(text, ITD_SV(")")))
            itd_ofac_add_link(entry, itd_sv_slice(text, mark.size, text.size - mark.size - 1));
        else
            itd_ofac_add_remarks(entry, itd_sv_trim(piece));
    }
}

static void place_child(itd_xml_list *list, const itd_xml_node *node, const char *name)
{
    const itd_xml_node *child = itd_xml_child(node, name);
    itd_xml_place(list, child ? child : node);
}

static void add_entry(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *node)
{
    place_child(list, node, "lastName");
    itd_ofac_add_name(entry, name_of(list, node), ITD_OFAC_NAME_PRIMARY, false);
    place_child(list, node, "title");
    itd_ofac_add_field(entry, "position", "Title", itd_xml_child_line(list, node, "title"));
    place_child(list, node, "remarks");
    add_remarks(entry, list, node);
    uint64_t seen = 0;
    for (const itd_xml_node *child = node->first; child; child = child->next)
        add_element(entry, list, child, &seen);
    note_beside(list, node);
}

static void take_version(itd_xml_list *list, const itd_xml_node *node)
{
    itd_date day;
    char text[ITD_DATE_TEXT_MAX];
    itd_sv date = itd_xml_child_text(node, "Publish_Date");
    if (itd_date_parse_month_first(&day, date))
        date = itd_date_format(text, day);
    (void)snprintf(list->read->version, sizeof list->read->version, "%.*s", ITD_SV_ARG(date));
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    reading *r = context;
    itd_xml_list *list = &r->list;
    itd_sv key = itd_xml_child_text(node, "uid"), type = itd_xml_child_text(node, "sdnType");
    (void)holder;
    if (itd_sv_is(node->name, "publshInformation")) {
        take_version(list, node);
        return ITD_OK;
    }
    if (!itd_sv_is(node->name, "sdnEntry"))
        return itd_xml_reject(list, node, key, error, "neither publshInformation nor sdnEntry");
    if (type.size == 0)
        type = itd_xml_child_text(node, "nspType");
    itd_ofac_entry entry = {.record = list->record, .schema = itd_ofac_schema(type), .names = r->names};
    if (type.size == 0 || entry.schema == ITD_SCHEMA_NONE)
        return itd_xml_reject(list, node, key, error, "sdnType is none of Individual, Entity, Vessel, Aircraft");
    bool begun;
    ITD_TRY(itd_xml_begin(list, &begun, node, key, entry.schema, error));
    if (!begun)
        return ITD_OK;
    if (itd_xml_child_text(node, "lastName").size == 0 && itd_xml_child_text(node, "firstName").size == 0)
        return itd_xml_reject(list, node, key, error, "record has no name");
    add_entry(&entry, list, node);
    return itd_xml_commit(list, error);
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    const reading *r = context;
    bool known = false;
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        known |= itd_sv_starts(space, itd_sv_of(spaces[i]));
    if (itd_sv_is(root->name, "sdnList") && known)
        return ITD_OK;
    return itd_fail_at(error, ITD_EFORMAT, r->list.path, root->line, root->offset,
                       "the root element is %.*s of namespace \"%.*s\", not an sdnList of OFAC", ITD_SV_ARG(root->name),
                       ITD_SV_ARG(space));
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    reading *r = context;
    return itd_xml_reject_stray(&r->list, text, line, offset, error);
}

static void on_progress(void *context, const itd_input *input)
{
    const reading *r = context;
    itd_xml_progress(&r->list, input);
}

/* --- Names first: a record may be linked to one that stands after it. --- */

static itd_status index_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    reading *r = context;
    (void)holder;
    if (!itd_sv_is(node->name, "sdnEntry"))
        return ITD_OK;
    itd_arena_reset(&r->list.scratch);
    itd_sv id = itd_xml_join(&r->list, (itd_sv[]){r->list.read->dataset, itd_xml_child_text(node, "uid")}, 2, "-");
    itd_sv name = name_of(&r->list, node);
    if (name.size)
        ITD_TRY(itd_ofac_names_add(r->names, name, id, true, error));
    const itd_xml_node *akas = itd_xml_child(node, "akaList");
    for (const itd_xml_node *aka = akas ? akas->first : NULL; aka; aka = aka->next) {
        name = name_of(&r->list, aka);
        if (name.size && !itd_sv_equal_nocase(itd_xml_child_text(aka, "category"), ITD_SV("weak")))
            ITD_TRY(itd_ofac_names_add(r->names, name, id, false, error));
    }
    return r->list.out_of_memory ? itd_fail_memory(error) : ITD_OK;
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

static itd_status index_names(reading *r, itd_error *error)
{
    static const itd_xml_handler handler = {.root = on_root, .record = index_record, .stray = pass_stray};
    if (itd_sv_is(itd_sv_of(r->list.path), "-")) /* standard input comes once */
        return ITD_OK;
    ITD_TRY(itd_ofac_names_create(&r->names, NAMES_BYTES_MAX, error));
    return itd_xml_list_read(&r->list, &handler, r, error);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    static const itd_xml_handler handler = {
        .root = on_root, .record = on_record, .stray = on_stray, .progress = on_progress};
    reading r = {0};
    itd_status status = itd_xml_list_init(&r.list, read, error);
    if (status == ITD_OK)
        status = index_names(&r, error);
    if (status == ITD_OK)
        status = itd_xml_list_read(&r.list, &handler, &r, error);
    itd_ofac_names_destroy(r.names);
    itd_xml_list_finish(&r.list);
    return status;
}

/* --- What a file is --- */

static int sniff(const itd_sniff *look)
{
    itd_sv name, tag;
    if (!itd_xml_sniff(look->head, &name, &tag) || !itd_sv_is(name, "sdnList"))
        return 0;
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        if (itd_sv_find(tag, itd_sv_of(spaces[i]), 0) != SIZE_MAX)
            return 100;
    return 0;
}

/* Both lists have one form. The publisher's file names tell them apart, else the programmes at the start do. */
static itd_status which_list(size_t *out, const char *path, itd_error *error)
{
    const char *slash = strrchr(path, '/');
    itd_sv name = itd_sv_of(slash ? slash + 1 : path), head;
    for (size_t i = 0; i < 2; i++)
        if (itd_sv_equal_nocase(itd_sv_slice(name, 0, strlen(file_names[i])), itd_sv_of(file_names[i]))) {
            *out = i;
            return ITD_OK;
        }
    itd_input *input = NULL;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error);
    if (status == ITD_OK)
        *out = itd_ofac_is_cons_programme(head);
    itd_input_close(input);
    return status;
}

static itd_status gather(itd_source *source, const char **dataset, const char *path, itd_arena *arena, itd_error *error)
{
    size_t which = 0;
    ITD_TRY(which_list(&which, path, error));
    itd_sv kept = itd_arena_copy(arena, itd_sv_of(path));
    if (!kept.data)
        return itd_fail_memory(error);
    source->paths[0] = kept.data;
    *dataset = datasets[which];
    return ITD_OK;
}

const itd_format itd_format_ofac_xml = {
    .id = "ofac-xml",
    .title = "OFAC SDN or consolidated list, XML",
    .sniff = sniff,
    .gather = gather,
    .read = read_list,
};
