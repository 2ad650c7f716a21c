/* What a record of the enhanced XML says. Names, programmes, numbers and addresses give the statements that the CSV set
 * and the plain XML give of the same facts, under the same ids. Beside them the form has:
 *   sanction-list-<hash>  Sanction: the list (summary) and the day of listing; sanction-provisions: the kinds of
 *                         sanctions (provisions) and their legal authorities (reason)
 *   names in other scripts: aliases, as the primary name is the Latin one; without the marks of direction around them
 *   relation-<number>     a relation (read/ofac_relation.h)
 * Numbers of names, features, documents and versions, and which of several comes first, are the publisher's
 * bookkeeping; so are the parts of a name where its formatted form has the same words. */
#include "read/ofac_enhanced.h"
#include "read/ofac_period.h"
#include "read/ofac_relation.h"
#include "read/ofac_text.h"

const char *const itd_ofac_enhanced_attributes[] = {
    "id", "refId", "featureTypeId", "featureVersionId", "nameId", "nameTranslationId", "entityId", "datePublished",
    NULL};

static const char *const nothing[] = {NULL};

itd_sv itd_ofac_attribute(const itd_xml_node *node, const char *name)
{
    for (size_t i = 0; i < node->attribute_count; i++)
        if (itd_sv_is(node->attributes[i].name, name))
            return itd_sv_trim(node->attributes[i].value);
    return ITD_SV_NONE;
}

static bool is_true(const itd_xml_node *node, const char *child)
{
    return itd_sv_is(itd_xml_child_text(node, child), "true");
}

/* --- Names --- */

static itd_sv formatted_name(itd_xml_list *list, const itd_xml_node *translation)
{
    itd_sv parts[] = {itd_xml_child_line(list, translation, "formattedLastName"),
                      itd_xml_child_line(list, translation, "formattedFirstName")};
    itd_sv name = itd_xml_join(list, parts, 2, ", ");
    return name.size ? name : itd_xml_child_line(list, translation, "formattedFullName");
}

/* The first translation of a name or an address that is its primary one. */
static const itd_xml_node *primary_translation(const itd_xml_node *node)
{
    const itd_xml_node *all = itd_xml_child(node, "translations");
    for (const itd_xml_node *item = all ? all->first : NULL; item; item = item->next)
        if (itd_sv_is(item->name, "translation") && is_true(item, "isPrimary"))
            return item;
    return NULL;
}

itd_sv itd_ofac_enhanced_name(itd_xml_list *list, const itd_xml_node *name)
{
    const itd_xml_node *translation = primary_translation(name);
    return translation ? formatted_name(list, translation) : ITD_SV_NONE;
}

/* Without the marks of direction (U+200E, U+200F, U+202A … U+202E) at its ends. */
static itd_sv without_marks(itd_sv text)
{
    for (bool cut = true; cut && text.size >= 3;) {
        /* Their last bytes; the two before are E2 80. */
        static const char marks[] = {'\x8E', '\x8F', '\xAA', '\xAB', '\xAC', '\xAD', '\xAE'};
        cut = false;
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
            const char bytes[3] = {'\xE2', '\x80', marks[i]};
            itd_sv mark = {bytes, sizeof bytes};
            bool starts = itd_sv_starts(text, mark), ends = !starts && itd_sv_ends(text, mark);
            text = starts ? itd_sv_slice(text, 3, SIZE_MAX) : itd_sv_slice(text, 0, text.size - (ends ? 3 : 0));
            cut |= starts || ends;
        }
        text = itd_sv_trim(text);
    }
    return text;
}

/* Parts of the primary name that have a property; any part that the formatted name does not say is a note. */
static void add_name_parts(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *parts, itd_sv whole,
                           bool primary)
{
    static const char *const known[] = {"type", "value", NULL};
    static const struct {
        const char *type;
        itd_property property;
    } kinds[] = {{"Middle Name", ITD_P_Person_middleName},
                 {"Patronymic", ITD_P_Person_fatherName},
                 {"Matronymic", ITD_P_Person_motherName}};
    for (const itd_xml_node *part = parts ? parts->first : NULL; part; part = part->next) {
        itd_xml_place(list, part);
        itd_sv type = itd_xml_child_line(list, part, "type"), value = itd_xml_child_line(list, part, "value");
        bool said = itd_sv_find_nocase(whole, without_marks(value), 0) != SIZE_MAX;
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            if (primary && entry->schema == ITD_S_Person && itd_sv_is(type, kinds[i].type)) {
                itd_record_add(entry->record, entry->part, kinds[i].property, value);
                said = true;
            }
        if (!said || itd_sv_is(type, "Nickname") || itd_sv_is(type, "Maiden Name"))
            itd_record_add(entry->record, entry->part, ITD_P_Thing_notes,
                           itd_xml_join(list, (itd_sv[]){type, value}, 2, ": "));
        itd_xml_note_rest(list, part, known);
    }
}

static void add_translation(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item,
                            itd_ofac_name_kind kind, bool weak)
{
    static const char *const known[] = {
        "isPrimary", "script", "formattedLastName", "formattedFirstName", "formattedFullName", "+nameParts", NULL};
    itd_sv full = itd_xml_child_line(list, item, "formattedFullName"), name = formatted_name(list, item);
    itd_sv script = itd_xml_child_text(item, "script");
    bool primary = kind == ITD_OFAC_NAME_PRIMARY && is_true(item, "isPrimary");
    if (is_true(item, "isPrimary")) {
        itd_ofac_add_name(entry, name, kind, weak);
    } else {
        itd_sv clean = without_marks(full.size ? full : name);
        itd_property property = weak                        ? ITD_P_Thing_weakAlias
                                : kind == ITD_OFAC_NAME_FKA ? ITD_P_Thing_previousName
                                                            : ITD_P_Thing_alias;
        itd_record_add_as(entry->record, entry->part, property, clean, full, ITD_SV_NONE);
    }
    if (full.size && !itd_sv_equal(full, name) && is_true(item, "isPrimary"))
        itd_xml_note(list, "Full name", full);
    if (is_true(item, "isPrimary") && !itd_sv_is(script, "Latin"))
        itd_xml_note(list, "Script of name", script);
    add_name_parts(entry, list, itd_xml_child(item, "nameParts"), name, primary);
    itd_xml_note_rest(list, item, known);
}

static void add_name(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    static const char *const known[] = {"isPrimary", "isLowQuality", "aliasType", "+translations", NULL};
    itd_sv type = itd_xml_child_text(item, "aliasType");
    itd_ofac_name_kind kind = is_true(item, "isPrimary") ? ITD_OFAC_NAME_PRIMARY : itd_ofac_name_kind_of(type);
    bool weak = is_true(item, "isLowQuality") && kind != ITD_OFAC_NAME_PRIMARY;
    const itd_xml_node *all = itd_xml_child(item, "translations");
    for (const itd_xml_node *one = all ? all->first : NULL; one; one = one->next) {
        itd_xml_place(&r->list, one);
        if (itd_sv_is(one->name, "translation"))
            add_translation(entry, &r->list, one, kind, weak);
        else
            itd_xml_note_rest(&r->list, one, NULL);
    }
    if (weak && kind == ITD_OFAC_NAME_FKA) /* the property says only that it is weak */
        itd_xml_note(&r->list, "Weak alias",
                     itd_xml_join(&r->list, (itd_sv[]){type, itd_ofac_enhanced_name(&r->list, item)}, 2, " "));
    if (kind == ITD_OFAC_NAME_PRIMARY && is_true(item, "isLowQuality"))
        itd_xml_note(&r->list, "Quality of name", ITD_SV("low"));
    itd_xml_note_rest(&r->list, item, known);
}

/* --- Addresses --- */

static void take_address_part(itd_xml_list *list, itd_ofac_address *address, itd_sv lines[3], const itd_xml_node *part)
{
    static const char *const known[] = {"type", "value", NULL};
    itd_sv type = itd_xml_child_text(part, "type"), value = itd_xml_child_line(list, part, "value");
    const struct {
        const char *type;
        itd_sv *to;
    } kinds[] = {{"ADDRESS1", &lines[0]},
                 {"ADDRESS2", &lines[1]},
                 {"ADDRESS3", &lines[2]},
                 {"CITY", &address->city},
                 {"STATE/PROVINCE", &address->state},
                 {"REGION", &address->region},
                 {"POSTAL CODE", &address->postal_code}};
    itd_xml_place(list, part);
    size_t i = 0;
    while (i < sizeof kinds / sizeof kinds[0] && !(itd_sv_equal_nocase(type, itd_sv_of(kinds[i].type))))
        i++;
    if (i < sizeof kinds / sizeof kinds[0] && kinds[i].to->size == 0)
        *kinds[i].to = value;
    else
        itd_record_add(list->record, 0, ITD_P_Thing_notes,
                       itd_xml_join(list, (itd_sv[]){ITD_SV("Address"), type, value}, 3, " "));
    itd_xml_note_rest(list, part, known);
}

static void add_address_text(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *translation,
                             itd_sv key, itd_sv country)
{
    static const char *const known[] = {"isPrimary", "script", "+addressParts", NULL};
    itd_ofac_address address = {.key = key, .country = country};
    itd_sv lines[3] = {{0}};
    const itd_xml_node *parts = itd_xml_child(translation, "addressParts");
    for (const itd_xml_node *part = parts ? parts->first : NULL; part; part = part->next)
        take_address_part(list, &address, lines, part);
    address.street = itd_xml_join(list, lines, 3, ", ");
    if (translation) {
        itd_xml_place(list, translation);
        itd_xml_note_rest(list, translation, known);
    }
    itd_ofac_add_address(entry, &address);
}

/* A translation into another script is an address of its own: "address-<number>-<number of the translation>". */
static void add_address(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    static const char *const known[] = {"country", "+translations", NULL};
    itd_xml_list *list = &r->list;
    itd_sv country = itd_xml_child_line(list, item, "country"), key = itd_ofac_attribute(item, "id");
    const itd_xml_node *all = itd_xml_child(item, "translations"), *primary = primary_translation(item);
    add_address_text(entry, list, primary, key, country);
    for (const itd_xml_node *one = all ? all->first : NULL; one; one = one->next) {
        if (one == primary)
            continue;
        itd_sv keys[] = {key, itd_ofac_attribute(one, "id")};
        if (itd_sv_is(one->name, "translation"))
            add_address_text(entry, list, one, itd_xml_join(list, keys, 2, "-"), ITD_SV_NONE);
        else
            itd_xml_note_rest(list, one, NULL);
    }
    itd_xml_note_rest(list, item, known);
}

/* --- Sanctions --- */

static void add_listing(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_sv name = itd_xml_line(&r->list, item->text), day = itd_ofac_attribute(item, "datePublished");
    itd_date date;
    if (name.size + day.size == 0)
        return;
    itd_part listing = itd_ofac_sanction(entry, itd_ofac_suffix(hashed, "sanction-list-", &name, 1));
    itd_record_add(entry->record, listing, ITD_P_Interval_summary, name);
    if (itd_date_parse(&date, day))
        itd_record_add_date(entry->record, listing, ITD_P_Sanction_listingDate, date, day);
    else
        itd_xml_note(&r->list, "datePublished", day);
}

static void add_programme(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    itd_ofac_add_programme(entry, itd_xml_line(&r->list, item->text));
}

static void add_measure(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    itd_ofac_add_provision(entry, itd_xml_line(&r->list, item->text));
}

static void add_authority(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    itd_part sanction = itd_ofac_sanction(entry, ITD_SV("sanction-provisions"));
    itd_record_add(entry->record, sanction, ITD_P_Sanction_reason, itd_xml_line(&r->list, item->text));
}

/* --- Features and papers --- */

static itd_sv period_of(itd_xml_list *list, const itd_xml_node *node)
{
    static const char *const known[] = {"fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd",
                                        "isApproximate", "isDateRange", NULL};
    itd_date first = {0}, last = {0};
    char text[ITD_OFAC_PERIOD_MAX];
    if (!node || !itd_date_parse(&first, itd_xml_child_text(node, "fromDateBegin")) ||
        !itd_date_parse(&last, itd_xml_child_text(node, "toDateEnd"))) {
        if (node)
            itd_xml_note_rest(list, node, NULL);
        return ITD_SV_NONE;
    }
    itd_xml_note_rest(list, node, known);
    itd_sv period = itd_ofac_period(text, first, last, is_true(node, "isApproximate"));
    itd_sv kept = itd_arena_copy(&list->scratch, period);
    list->out_of_memory |= !kept.data;
    return kept;
}

/* OFAC's other forms call the same facts otherwise. */
static itd_sv label_of(itd_xml_list *list, const itd_xml_node *item)
{
    static const char *const words[][2] = {
        {"Birthdate", "DOB"},
        {"Place of Birth", "POB"},
        {"Citizenship Country", "citizen"},
        {"Nationality Country", "nationality"},
        {"Aircraft Manufacturer\u2019s Serial Number (MSN)", "Aircraft Manufacturer's Serial Number (MSN)"},
    };
    itd_sv type = itd_xml_child_line(list, item, "type");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_is(type, words[i][0]))
            return itd_sv_of(words[i][1]);
    return type;
}

static void add_feature(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    static const char *const known[] = {"type",       "versionId",   "value",     "valueRefId",
                                        "+valueDate", "reliability", "isPrimary", NULL};
    itd_xml_list *list = &r->list;
    itd_sv period = period_of(list, itd_xml_child(item, "valueDate"));
    itd_ofac_fact fact = {.label = label_of(list, item), .value = itd_xml_child_line(list, item, "value")};
    itd_sv reliability = itd_xml_child_line(list, item, "reliability");
    itd_xml_place(list, item);
    if (fact.value.size == 0)
        fact.value = period;
    if (itd_sv_is(fact.label, "DOB"))
        itd_ofac_add_birth_date(entry, fact.value);
    else if (itd_sv_is(fact.label, "POB"))
        itd_ofac_add_fact_or_note(entry, &fact);
    else
        itd_ofac_add_said(entry, &fact);
    itd_sv said[] = {itd_xml_child_line(list, item, "type"), fact.value};
    if (reliability.size)
        itd_xml_note(list, "Reliability",
                     itd_xml_join(list, (itd_sv[]){reliability, itd_xml_join(list, said, 2, " ")}, 2, ", "));
    itd_xml_note_rest(list, item, known);
}

/* What else is said of a paper, in one line. */
static itd_sv paper_note(itd_xml_list *list, const itd_xml_node *item, itd_sv primary)
{
    itd_sv name = itd_xml_child_line(list, item, "name"), at = itd_xml_child_line(list, item, "issuingLocation");
    itd_sv by = itd_xml_child_line(list, item, "issuingAuthority");
    itd_sv words[] = {
        itd_sv_is(itd_xml_child_text(item, "isValid"), "false") ? ITD_SV("not valid") : ITD_SV_NONE,
        name.size && !itd_sv_equal(name, primary)
            ? itd_xml_join(list, (itd_sv[]){ITD_SV("in the name of"), name}, 2, " ")
            : ITD_SV_NONE,
        at.size ? itd_xml_join(list, (itd_sv[]){ITD_SV("issued in"), at}, 2, " ") : ITD_SV_NONE,
        by.size ? itd_xml_join(list, (itd_sv[]){ITD_SV("issued by"), by}, 2, " ") : ITD_SV_NONE,
    };
    return itd_xml_join(list, words, 4, "; ");
}

static itd_sv primary_name(itd_xml_list *list, const itd_xml_node *entity)
{
    const itd_xml_node *names = itd_xml_child(entity, "names");
    for (const itd_xml_node *name = names ? names->first : NULL; name; name = name->next)
        if (is_true(name, "isPrimary"))
            return itd_ofac_enhanced_name(list, name);
    return ITD_SV_NONE;
}

static void add_document(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *item, itd_sv primary)
{
    static const char *const known[] = {"type",
                                        "name",
                                        "documentNumber",
                                        "isValid",
                                        "issuingCountry",
                                        "issuingLocation",
                                        "issuingAuthority",
                                        "+issueDate",
                                        "+expirationDate",
                                        NULL};
    itd_ofac_fact fact = {.label = itd_xml_child_line(list, item, "type"),
                          .value = itd_xml_child_line(list, item, "documentNumber"),
                          .country = itd_xml_child_line(list, item, "issuingCountry"),
                          .issued = period_of(list, itd_xml_child(item, "issueDate")),
                          .expires = period_of(list, itd_xml_child(item, "expirationDate")),
                          .note = paper_note(list, item, primary)};
    itd_xml_place(list, item);
    itd_ofac_add_said(entry, &fact);
    itd_xml_note_rest(list, item, known);
}

/* --- Relations --- */

static void add_relation(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item)
{
    static const char *const known[] = {"type", "relatedEntity", "quality", NULL};
    itd_xml_list *list = &r->list;
    const itd_xml_node *other = itd_xml_child(item, "relatedEntity");
    itd_sv key = other ? itd_ofac_attribute(other, "entityId") : ITD_SV_NONE, ids[] = {list->read->dataset, key};
    itd_sv quality = itd_xml_child_line(list, item, "quality");
    itd_ofac_relation relation = {.key = itd_ofac_attribute(item, "id"),
                                  .type = itd_xml_child_line(list, item, "type"),
                                  .id = itd_xml_join(list, ids, 2, "-"),
                                  .name = itd_xml_child_line(list, item, "relatedEntity"),
                                  .schema = ITD_SCHEMA_NONE};
    if (key.size == 0) {
        itd_xml_note_rest(list, item, NULL);
        return;
    }
    uint32_t number = itd_intern_find(&r->ids, key);
    if (number != ITD_MAP_NONE)
        relation.schema = r->schemata.items[number];
    if (quality.size)
        relation.remarks = itd_xml_join(list, (itd_sv[]){ITD_SV("Quality"), quality}, 2, ": ");
    itd_ofac_add_relation(entry, &relation);
    itd_xml_note_rest(list, item, known);
}

/* --- A record --- */

/* Lists of a record: each item of that name is read, anything else is noted. Those of texts hold nothing else. */
static const struct {
    const char *list, *item;
    void (*read)(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *item);
    bool text;
} lists[] = {
    {"sanctionsLists", "sanctionsList", add_listing, true},
    {"sanctionsPrograms", "sanctionsProgram", add_programme, true},
    {"sanctionsTypes", "sanctionsType", add_measure, true},
    {"legalAuthorities", "legalAuthority", add_authority, true},
    {"names", "name", add_name, false},
    {"addresses", "address", add_address, false},
    {"features", "feature", add_feature, false},
    {"identityDocuments", "identityDocument", NULL, false},
    {"relationships", "relationship", add_relation, false},
};
#define LISTS (sizeof lists / sizeof lists[0])

static void add_list(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *entity,
                     const itd_xml_node *node, size_t which)
{
    itd_sv primary = lists[which].read ? ITD_SV_NONE : primary_name(&r->list, entity);
    for (const itd_xml_node *item = node->first; item; item = item->next) {
        itd_xml_place(&r->list, item);
        if (!itd_sv_is(item->name, lists[which].item)) {
            itd_xml_note_rest(&r->list, item, NULL);
            continue;
        }
        if (lists[which].read)
            lists[which].read(entry, r, item);
        else
            add_document(entry, &r->list, item, primary);
        if (lists[which].text) {
            itd_xml_node rest = *item;
            rest.text = ITD_SV_NONE;
            itd_xml_note_rest(&r->list, &rest, nothing);
        }
    }
    itd_xml_node beside = *node;
    beside.first = NULL;
    itd_xml_place(&r->list, node);
    itd_xml_note_rest(&r->list, &beside, NULL);
}

static void add_general(const itd_ofac_entry *entry, itd_xml_list *list, const itd_xml_node *node)
{
    static const char *const known[] = {"identityId", "entityType", "title", "remarks", NULL};
    itd_ofac_add_field(entry, "position", "Title", itd_xml_child_line(list, node, "title"));
    itd_ofac_add_remarks(entry, itd_xml_child_line(list, node, "remarks"));
    itd_xml_note_rest(list, node, known);
}

void itd_ofac_enhanced_add(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *node)
{
    bool general = false;
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        size_t which = 0;
        itd_xml_place(&r->list, child);
        while (which < LISTS && !itd_sv_is(child->name, lists[which].list))
            which++;
        if (which < LISTS)
            add_list(entry, r, node, child, which);
        else if (!general && (general = itd_sv_is(child->name, "generalInfo")))
            add_general(entry, &r->list, child);
        else
            itd_xml_note_rest(&r->list, child, NULL);
    }
    itd_xml_node beside = *node;
    beside.first = NULL;
    itd_xml_place(&r->list, node);
    itd_xml_note_rest(&r->list, &beside, NULL);
}
