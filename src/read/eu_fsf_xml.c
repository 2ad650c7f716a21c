/* The EU's consolidated financial sanctions list (FSF), XML 1.1, http://eu.europa.ec/fpi/fsd/export: a sanctionEntity
 * each, facts in attributes. */
#include <stdio.h>

#include "read/eu_facts.h"
#include "read/wallets.h"
#include "read/xml_record.h"

typedef struct walk {
    itd_xml_list *list;
    itd_eu_entry entry;
    itd_part sanction; /* of the first regulation */
    itd_sv designated, united_nations_id;
} walk;

static itd_sv attribute(const itd_xml_node *node, const char *name)
{
    for (size_t i = 0; i < node->attribute_count; i++)
        if (itd_sv_is(node->attributes[i].name, name))
            return itd_sv_trim(node->attributes[i].value);
    return ITD_SV_NONE;
}

static itd_sv line(const walk *w, const itd_xml_node *node, const char *name)
{
    return itd_xml_line(w->list, attribute(node, name));
}

static bool is_one_of(itd_sv name, const char *const *names)
{
    for (; names && *names; names++)
        if (itd_sv_is(name, *names))
            return true;
    return false;
}

/* The country of an element: its code, or its name where the code says nothing. */
static itd_sv country_of(const itd_xml_node *node)
{
    itd_sv code = itd_eu_text(attribute(node, "countryIso2Code"));
    return code.size > 0 ? code : itd_eu_text(attribute(node, "countryDescription"));
}

/* Attributes that were not read, by their names; those of every element: numbers of rows, the language of the act. */
static void note_attributes(walk *w, const itd_xml_node *node, const char *const *known)
{
    static const char *const everywhere[] = {"logicalId", "regulationLanguage", "countryIso2Code", "countryDescription",
                                             NULL};
    for (size_t i = 0; i < node->attribute_count; i++) {
        itd_sv name = node->attributes[i].name;
        char label[128];
        if (is_one_of(name, known) || is_one_of(name, everywhere))
            continue;
        (void)snprintf(label, sizeof label, "%.*s@%.*s", ITD_SV_ARG(itd_sv_slice(node->name, 0, 60)),
                       ITD_SV_ARG(itd_sv_slice(name, 0, 60)));
        itd_xml_note(w->list, label, node->attributes[i].value);
    }
}

/* The act that a fact comes from: its number and address stay with the sanction. */
static void add_act(const walk *w, itd_part sanction, const itd_xml_node *node, itd_sv url)
{
    itd_sv words[] = {line(w, node, "regulationType"), line(w, node, "organisationType"), line(w, node, "numberTitle"),
                      line(w, node, "publicationDate")};
    itd_record_add(w->entry.record, sanction, ITD_P_Interval_summary, itd_xml_join(w->list, words, 4, " "));
    itd_record_add(w->entry.record, sanction, ITD_P_Interval_sourceUrl, url);
}

/* remark and regulationSummary stand in many elements. The remark is given back for those that have a place for it. */
static itd_sv common_children(walk *w, const itd_xml_node *node)
{
    itd_sv remark = ITD_SV_NONE;
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        itd_xml_place(w->list, child);
        if (itd_sv_is(child->name, "remark")) {
            itd_sv both[] = {remark, itd_sv_trim(child->text)};
            remark = itd_xml_join(w->list, both, 2, "\n");
        } else if (itd_sv_is(child->name, "regulationSummary")) {
            add_act(w, w->sanction, child, attribute(child, "publicationUrl"));
        } else if (itd_sv_is(child->name, "contactInfo")) {
            static const char *const known[] = {"key", "value", NULL};
            itd_eu_add_contact(&w->entry, attribute(child, "key"), attribute(child, "value"));
            note_attributes(w, child, known);
        } else {
            itd_xml_note_rest(w->list, child, NULL);
        }
    }
    itd_xml_place(w->list, node);
    itd_xml_note(w->list, "Text", node->text);
    return remark;
}

static void add_regulation(walk *w, const itd_xml_node *node)
{
    static const char *const known[] = {"regulationType",
                                        "organisationType",
                                        "publicationDate",
                                        "entryIntoForceDate",
                                        "numberTitle",
                                        "programme",
                                        NULL};
    itd_sv programme = attribute(node, "programme");
    itd_part part = itd_eu_sanction(&w->entry, programme);
    itd_sv organisation = attribute(node, "organisationType");
    bool council = itd_sv_is(organisation, "council"), commission = itd_sv_is(organisation, "commission");
    itd_record_add(w->entry.record, part, ITD_P_Sanction_authority,
                   council      ? ITD_SV("Council of the European Union")
                   : commission ? ITD_SV("European Commission")
                                : organisation);
    add_act(w, part, node, itd_xml_child_text(node, "publicationUrl"));
    itd_eu_add_date(&w->entry, part, ITD_P_Interval_startDate, attribute(node, "entryIntoForceDate"));
    itd_eu_add_date(&w->entry, part, ITD_P_Sanction_listingDate, w->designated);
    itd_record_add(w->entry.record, part, ITD_P_Sanction_unscId, w->united_nations_id);
    note_attributes(w, node, known);
    for (const itd_xml_node *child = node->first; child; child = child->next)
        if (!itd_sv_is(child->name, "publicationUrl"))
            itd_xml_note_rest(w->list, child, NULL);
}

static void add_name(walk *w, const itd_xml_node *node)
{
    static const char *const known[] = {"firstName", "middleName", "lastName",     "wholeName", "function",
                                        "title",     "gender",     "nameLanguage", "strong",    NULL};
    const itd_eu_name name = {
        .whole = line(w, node, "wholeName"),
        .first = line(w, node, "firstName"),
        .middle = line(w, node, "middleName"),
        .last = line(w, node, "lastName"),
        .gender = attribute(node, "gender"),
        .title = line(w, node, "title"),
        .function = line(w, node, "function"),
        .language = attribute(node, "nameLanguage"),
        .weak = itd_sv_equal_nocase(attribute(node, "strong"), ITD_SV("false")),
    };
    itd_eu_add_name(&w->entry, &name);
    note_attributes(w, node, known);
    itd_eu_add_remark(&w->entry, common_children(w, node));
}

static void add_citizenship(walk *w, const itd_xml_node *node)
{
    itd_eu_add_citizenship(&w->entry, country_of(node));
    note_attributes(w, node, NULL);
    itd_eu_add_note(&w->entry, "Citizenship", common_children(w, node));
}

static void add_birth(walk *w, const itd_xml_node *node)
{
    static const char *const known[] = {"circa",      "birthdate",     "year",        "monthOfYear",
                                        "dayOfMonth", "yearRangeFrom", "yearRangeTo", "place",
                                        "city",       "region",        "zipCode",     NULL};
    const itd_eu_birth birth = {
        .date = attribute(node, "birthdate"),
        .year = attribute(node, "year"),
        .month = attribute(node, "monthOfYear"),
        .day = attribute(node, "dayOfMonth"),
        .from = attribute(node, "yearRangeFrom"),
        .to = attribute(node, "yearRangeTo"),
        .place = line(w, node, "place"),
        .city = line(w, node, "city"),
        .region = line(w, node, "region"),
        .postal_code = line(w, node, "zipCode"),
        .country = country_of(node),
        .circa = itd_sv_equal_nocase(attribute(node, "circa"), ITD_SV("true")),
    };
    itd_eu_add_birth(&w->entry, &birth);
    for (size_t i = 0; i < node->attribute_count; i++) { /* all but the usual calendar says something */
        const itd_xml_attribute *a = &node->attributes[i];
        if (!is_one_of(a->name, known) &&
            !(itd_sv_is(a->name, "calendarType") && itd_sv_equal_nocase(itd_sv_trim(a->value), ITD_SV("GREGORIAN")))) {
            itd_xml_node one = *node;
            one.attributes = a;
            one.attribute_count = 1;
            note_attributes(w, &one, NULL);
        }
    }
    itd_eu_add_note(&w->entry, "Birth", common_children(w, node));
}

/* What is known of a paper, "known expired", besides what is printed on it. */
static itd_sv state_of_paper(const walk *w, const itd_xml_node *node, itd_sv remark)
{
    static const char *const flags[][2] = {{"diplomatic", "diplomatic"},
                                           {"knownExpired", "known expired"},
                                           {"knownFalse", "known false"},
                                           {"reportedLost", "reported lost"},
                                           {"revokedByIssuer", "revoked by issuer"}};
    itd_sv name = line(w, node, "nameOnDocument"), label[] = {ITD_SV("name on document"), name};
    itd_sv words[7] = {name.size ? itd_xml_join(w->list, label, 2, ": ") : ITD_SV_NONE, remark};
    for (size_t i = 0; i < 5; i++)
        if (itd_sv_equal_nocase(attribute(node, flags[i][0]), ITD_SV("true")))
            words[2 + i] = itd_sv_of(flags[i][1]);
    return itd_xml_join(w->list, words, 7, "; ");
}

static void add_paper(walk *w, const itd_xml_node *node)
{
    static const char *const known[] = {"diplomatic",
                                        "knownExpired",
                                        "knownFalse",
                                        "reportedLost",
                                        "revokedByIssuer",
                                        "issuedBy",
                                        "issuedDate",
                                        "validFrom",
                                        "validTo",
                                        "nameOnDocument",
                                        "number",
                                        "latinNumber",
                                        "region",
                                        "identificationTypeCode",
                                        "identificationTypeDescription",
                                        NULL};
    itd_sv number = line(w, node, "number"), latin = line(w, node, "latinNumber");
    itd_sv issuer[] = {line(w, node, "issuedBy"), line(w, node, "region")};
    itd_sv remark = common_children(w, node);
    const itd_eu_paper paper = {
        .key = attribute(node, "logicalId"),
        .type = attribute(node, "identificationTypeCode"),
        .words = line(w, node, "identificationTypeDescription"),
        .number = itd_eu_text(number).size ? number : latin,
        .country = country_of(node),
        .issuer = itd_xml_join(w->list, issuer, 2, ", "),
        .issued = attribute(node, "issuedDate"),
        .from = attribute(node, "validFrom"),
        .until = attribute(node, "validTo"),
        .remark = state_of_paper(w, node, remark),
    };
    itd_eu_add_paper(&w->entry, &paper);
    if (itd_eu_text(number).size && !itd_sv_equal(number, latin))
        itd_eu_add_note(&w->entry, "Number in Latin letters", latin);
    note_attributes(w, node, known);
}

static void add_address(walk *w, const itd_xml_node *node)
{
    static const char *const known[] = {"city",   "street", "poBox",           "zipCode",
                                        "region", "place",  "asAtListingTime", NULL};
    itd_sv remark = common_children(w, node);
    bool then = itd_sv_equal_nocase(attribute(node, "asAtListingTime"), ITD_SV("true"));
    itd_sv remarks[] = {remark, then ? ITD_SV("as at the time of listing") : ITD_SV_NONE};
    const itd_eu_address address = {
        .key = attribute(node, "logicalId"),
        .street = line(w, node, "street"),
        .box = line(w, node, "poBox"),
        .postal_code = line(w, node, "zipCode"),
        .city = line(w, node, "city"),
        .region = line(w, node, "region"),
        .place = line(w, node, "place"),
        .country = country_of(node),
        .remark = itd_xml_join(w->list, remarks, 2, "; "),
    };
    itd_eu_add_address(&w->entry, &address);
    itd_record_add_wallets(w->entry.record, 0, remark);
    note_attributes(w, node, known);
}

static void add_entity_remark(walk *w, const itd_xml_node *node)
{
    itd_eu_add_remark(&w->entry, node->text);
    itd_xml_node rest = *node;
    rest.text = ITD_SV_NONE;
    itd_xml_note_rest(w->list, &rest, NULL);
}

static void add_type(walk *w, const itd_xml_node *node)
{
    static const char *const known[] = {"code", "classificationCode", NULL};
    note_attributes(w, node, known);
}

static const struct {
    const char *name;
    void (*add)(walk *w, const itd_xml_node *node);
} elements[] = {
    {"nameAlias", add_name},   {"citizenship", add_citizenship}, {"birthdate", add_birth},
    {"address", add_address},  {"identification", add_paper},    {"remark", add_entity_remark},
    {"subjectType", add_type},
};

/* The strong name of the lowest number: the order of names differs from edition to edition. NULL when none has a
 * number.
 */
static const itd_xml_node *oldest_name(const itd_xml_node *node)
{
    const itd_xml_node *oldest = NULL;
    uint64_t lowest = UINT64_MAX, number;
    for (const itd_xml_node *child = node->first; child; child = child->next)
        if (itd_sv_is(child->name, "nameAlias") && !itd_sv_equal_nocase(attribute(child, "strong"), ITD_SV("false")) &&
            itd_sv_to_u64(&number, attribute(child, "logicalId")) && number < lowest) {
            lowest = number;
            oldest = child;
        }
    return oldest;
}

static void add_children(walk *w, const itd_xml_node *node)
{
    static const char *const known[] = {"designationDate", "unitedNationId", "euReferenceNumber", NULL};
    bool first = true;
    /* Regulations first, wherever they stand: what comes from an act stays with its sanction. */
    for (const itd_xml_node *child = node->first; child; child = child->next)
        if (itd_sv_is(child->name, "regulation")) {
            itd_xml_place(w->list, child);
            add_regulation(w, child);
            if (first)
                w->sanction = itd_eu_sanction(&w->entry, attribute(child, "programme"));
            first = false;
        }
    if (first)
        w->sanction = itd_eu_sanction(&w->entry, ITD_SV_NONE);
    const itd_xml_node *primary = oldest_name(node);
    if (primary) {
        itd_xml_place(w->list, primary);
        add_name(w, primary);
    }
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        size_t i = 0;
        if (child == primary)
            continue;
        itd_xml_place(w->list, child);
        while (i < sizeof elements / sizeof elements[0] && !itd_sv_is(child->name, elements[i].name))
            i++;
        if (i < sizeof elements / sizeof elements[0])
            elements[i].add(w, child);
        else if (!itd_sv_is(child->name, "regulation"))
            itd_xml_note_rest(w->list, child, NULL);
    }
    itd_xml_place(w->list, node);
    note_attributes(w, node, known);
    itd_xml_note(w->list, "logicalId", attribute(node, "logicalId"));
    itd_xml_note(w->list, "Text", node->text);
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_xml_list *list = context;
    (void)holder;
    itd_sv key = attribute(node, "euReferenceNumber");
    if (!itd_sv_is(node->name, "sanctionEntity"))
        return itd_xml_reject(list, node, key, error, "not a sanctionEntity");
    const itd_xml_node *type = itd_xml_child(node, "subjectType");
    itd_schema schema = type ? itd_eu_schema(attribute(type, "code")) : ITD_SCHEMA_NONE;
    if (type && schema == ITD_SCHEMA_NONE)
        schema = itd_eu_schema(attribute(type, "classificationCode"));
    if (schema == ITD_SCHEMA_NONE)
        return itd_xml_reject(list, node, key, error, "subjectType is neither person nor enterprise");
    bool begun;
    ITD_TRY(itd_xml_begin(list, &begun, node, key, schema, error));
    if (!begun)
        return ITD_OK;
    itd_xml_place(list, node);
    walk w = {.list = list,
              .entry = {.record = list->record, .schema = schema},
              .designated = attribute(node, "designationDate"),
              .united_nations_id = attribute(node, "unitedNationId")};
    add_children(&w, node);
    return itd_xml_commit(list, error);
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    itd_xml_list *list = context;
    (void)space;
    if (!itd_sv_is(root->name, "export"))
        return itd_fail_at(error, ITD_EFORMAT, list->path, root->line, root->offset,
                           "the root element is %.*s, not export", ITD_SV_ARG(root->name));
    itd_date date;
    if (itd_date_parse(&date, itd_sv_slice(attribute(root, "generationDate"), 0, 10))) {
        itd_sv version = itd_date_format(list->read->version, date);
        list->read->version[version.size] = 0;
    }
    return ITD_OK;
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    return itd_xml_reject_stray(context, text, line, offset, error);
}

static void on_progress(void *context, const itd_input *input)
{
    itd_xml_progress(context, input);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    static const itd_xml_handler handler = {
        .root = on_root, .record = on_record, .stray = on_stray, .progress = on_progress};
    itd_xml_list list;
    itd_status status = itd_xml_list_init(&list, read, error);
    if (status == ITD_OK)
        status = itd_xml_list_read(&list, &handler, &list, error);
    itd_xml_list_finish(&list);
    return status;
}

static int sniff(const itd_sniff *look)
{
    itd_sv name, tag;
    return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "export") &&
                   itd_sv_find(tag, ITD_SV("/fpi/fsd/export"), 0) != SIZE_MAX
               ? 100
               : 0;
}

const itd_format itd_format_eu_fsf_xml = {
    .id = "eu-fsf-xml",
    .title = "EU consolidated financial sanctions list (FSF), XML 1.1",
    .dataset = "eu-fsf",
    .sniff = sniff,
    .read = read_list,
};
