/* What a party of the advanced XML says, with all that it refers to. Names, programmes, numbers and addresses give the
 * statements that the CSV set and the plain XML give of the same facts, under the same ids; beside them the form has
 *   sanction-list-<hash>   Sanction: the list (summary), the day of listing and the legal basis (reason)
 *   relation-<number>      a relation (read/ofac_relation.h)
 * Names keep the case that this form has, where the others write capitals. What a feature or a paper is said to be
 * besides ("Confirmed", "Fraudulent") is a note. */
#include "read/ofac_advanced.h"
#include "read/ofac_enhanced.h"
#include "read/ofac_period.h"
#include "read/ofac_relation.h"
#include "read/ofac_text.h"

const char *const itd_ofac_advanced_attributes[] = {"ID",
                                                    "FixedRef",
                                                    "PartySubTypeID",
                                                    "AliasTypeID",
                                                    "Primary",
                                                    "LowQuality",
                                                    "DocNameStatusID",
                                                    "NamePartGroupID",
                                                    "NamePartTypeID",
                                                    "ScriptID",
                                                    "ScriptStatusID",
                                                    "Acronym",
                                                    "FeatureTypeID",
                                                    "ReliabilityID",
                                                    "IdentityID",
                                                    "IdentityFeatureLinkTypeID",
                                                    "LocationID",
                                                    "DetailTypeID",
                                                    "DetailReferenceID",
                                                    "CalendarTypeID",
                                                    "YearFixed",
                                                    "MonthFixed",
                                                    "DayFixed",
                                                    "Approximate",
                                                    "AreaCodeID",
                                                    "CountryID",
                                                    "CountryRelevanceID",
                                                    "LocPartTypeID",
                                                    "LocPartValueTypeID",
                                                    "LocPartValueStatusID",
                                                    "FeatureVersionID",
                                                    "IDRegDocumentID",
                                                    "IDRegDocTypeID",
                                                    "IssuedBy-CountryID",
                                                    "IssuedIn-LocationID",
                                                    "ValidityID",
                                                    "IDRegDocDateTypeID",
                                                    "DocumentedNameID",
                                                    "From-ProfileID",
                                                    "To-ProfileID",
                                                    "RelationTypeID",
                                                    "RelationQualityID",
                                                    "Former",
                                                    "SanctionsEntryID",
                                                    "ProfileID",
                                                    "ListID",
                                                    "EntryEventTypeID",
                                                    "LegalBasisID",
                                                    "SanctionsTypeID",
                                                    NULL};

static bool has(const itd_xml_node *node, const char *attribute, const char *value)
{
    return itd_sv_is(itd_ofac_attribute(node, attribute), value);
}

static itd_sv word_of(itd_ofac_advanced *r, const itd_xml_node *node, const char *kind, const char *attribute)
{
    return itd_ofac_advanced_word(r, kind, itd_ofac_attribute(node, attribute));
}

/* --- Names --- */

static void add_name_parts(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *identity)
{
    static const struct {
        const char *type;
        itd_property property;
    } kinds[] = {{"Middle Name", ITD_P_Person_middleName},
                 {"Patronymic", ITD_P_Person_fatherName},
                 {"Matronymic", ITD_P_Person_motherName}};
    const itd_xml_node *groups = itd_xml_child(identity, "NamePartGroups");
    for (const itd_xml_node *alias = identity->first; alias; alias = alias->next) {
        const itd_xml_node *name = itd_xml_child(alias, "DocumentedName");
        if (!name || !groups || !has(alias, "Primary", "true") || entry->schema != ITD_S_Person)
            continue;
        for (const itd_xml_node *part = name->first; part; part = part->next) {
            const itd_xml_node *value = itd_xml_child(part, "NamePartValue");
            itd_sv group = value ? itd_ofac_attribute(value, "NamePartGroupID") : ITD_SV_NONE;
            for (const itd_xml_node *m = groups->first; value && m; m = m->next) {
                const itd_xml_node *one = itd_xml_child(m, "NamePartGroup");
                itd_sv type = one && itd_sv_equal(itd_ofac_attribute(one, "ID"), group)
                                  ? word_of(r, one, "NamePartType", "NamePartTypeID")
                                  : ITD_SV_NONE;
                for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
                    if (itd_sv_is(type, kinds[i].type))
                        itd_record_add(entry->record, entry->part, kinds[i].property,
                                       itd_xml_line(&r->list, value->text));
            }
        }
    }
}

static void add_alias(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *identity,
                      const itd_xml_node *alias)
{
    static const char *const known[] = {"+DocumentedName", NULL};
    itd_sv type = word_of(r, alias, "AliasType", "AliasTypeID");
    itd_ofac_name_kind kind =
        itd_sv_starts(type, ITD_SV("N.")) || !itd_sv_is(type, "Name") ? itd_ofac_name_kind_of(type) : ITD_OFAC_NAME_AKA;
    bool primary = has(alias, "Primary", "true"), weak = has(alias, "LowQuality", "true") && !primary;
    for (const itd_xml_node *name = alias->first; name; name = name->next) {
        itd_xml_place(&r->list, name);
        if (!itd_sv_is(name->name, "DocumentedName")) {
            itd_xml_note_rest(&r->list, name, NULL);
            continue;
        }
        itd_sv text = itd_ofac_advanced_name(r, identity, name);
        itd_ofac_add_name(entry, text, primary ? ITD_OFAC_NAME_PRIMARY : kind, weak);
        if (weak && kind == ITD_OFAC_NAME_FKA) /* the property says only that it is weak */
            itd_xml_note(&r->list, "Weak alias", itd_xml_join(&r->list, (itd_sv[]){type, text}, 2, " "));
        primary = false; /* the same name in another script is an alias */
    }
    itd_xml_node beside = *alias;
    beside.first = NULL;
    itd_xml_note_rest(&r->list, &beside, known);
}

/* --- Places --- */

static void take_part(itd_ofac_advanced *r, itd_ofac_address *address, itd_sv lines[3], const itd_xml_node *part)
{
    itd_sv type = word_of(r, part, "LocPartType", "LocPartTypeID");
    itd_sv value = itd_xml_child_line(&r->list, itd_xml_child(part, "LocationPartValue"), "Value");
    const struct {
        const char *type;
        itd_sv *to;
    } kinds[] = {{"ADDRESS1", &lines[0]},
                 {"ADDRESS2", &lines[1]},
                 {"ADDRESS3", &lines[2]},
                 {"CITY", &address->city},
                 {"STATE/PROVINCE", &address->state},
                 {"REGION", &address->region},
                 {"POSTAL CODE", &address->postal_code},
                 {"", &address->country}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (itd_sv_equal_nocase(type, itd_sv_of(kinds[i].type)) && kinds[i].to->size == 0) {
            *kinds[i].to = value;
            return;
        }
    itd_record_add(r->list.record, 0, ITD_P_Thing_notes,
                   itd_xml_join(&r->list, (itd_sv[]){ITD_SV("Address"), type, value}, 3, " "));
}

/* False when there is no place of that number. */
static bool take_place(itd_ofac_advanced *r, itd_ofac_address *address, itd_sv number)
{
    const itd_ofac_kept *kept = itd_ofac_advanced_find(r, "Location", number);
    itd_sv lines[3] = {{0}};
    if (!kept)
        return false;
    const itd_xml_node *country = itd_xml_child(kept->node, "LocationCountry");
    const itd_xml_node *area = itd_xml_child(kept->node, "LocationAreaCode");
    const itd_ofac_kept *code =
        area ? itd_ofac_advanced_find(r, "AreaCode", itd_ofac_attribute(area, "AreaCodeID")) : NULL;
    address->key = number;
    address->country = country ? word_of(r, country, "Country", "CountryID") : ITD_SV_NONE;
    if (address->country.size == 0 && code)
        address->country = itd_ofac_attribute(code->node, "Description");
    if (itd_sv_is(address->country, "undetermined")) /* stands where the other forms have nothing */
        address->country = ITD_SV_NONE;
    itd_xml_place(&r->list, kept->node);
    for (const itd_xml_node *part = kept->node->first; part; part = part->next)
        if (itd_sv_is(part->name, "LocationPart"))
            take_part(r, address, lines, part);
    address->street = itd_xml_join(&r->list, lines, 3, ", ");
    return true;
}

/* --- Dates --- */

static itd_date date_of(const itd_xml_node *node)
{
    uint64_t year = 0, month = 0, day = 0;
    if (!itd_sv_to_u64(&year, itd_xml_child_text(node, "Year")) || year > 9999)
        return (itd_date){0};
    if (!itd_sv_to_u64(&month, itd_xml_child_text(node, "Month")) || month > 12 ||
        !itd_sv_to_u64(&day, itd_xml_child_text(node, "Day")) || day > 31)
        month = day = 0;
    return (itd_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static itd_sv period_of(itd_ofac_advanced *r, const itd_xml_node *period)
{
    const itd_xml_node *start = itd_xml_child(period, "Start"), *end = itd_xml_child(period, "End");
    char text[ITD_OFAC_PERIOD_MAX];
    if (!start || !end)
        return ITD_SV_NONE;
    bool circa = has(start, "Approximate", "true") || has(end, "Approximate", "true");
    itd_sv said =
        itd_ofac_period(text, date_of(itd_xml_child(start, "From")), date_of(itd_xml_child(end, "To")), circa);
    if (said.size == 0) {
        itd_xml_note_rest(&r->list, period, NULL);
        return ITD_SV_NONE;
    }
    itd_sv kept = itd_arena_copy(&r->list.scratch, said);
    r->list.out_of_memory |= !kept.data;
    return kept;
}

/* --- Features --- */

/* Features that the other forms of the list have in a field of their own. */
static bool add_field(const itd_ofac_entry *entry, itd_sv type, itd_sv value)
{
    static const struct {
        const char *type, *property, *label;
    } fields[] = {
        {"Title", "position", "Title"},
        {"VESSEL TYPE", "type", "Vessel type"},
        {"Vessel Call Sign", "callSign", "Call sign"},
        {"Vessel Flag", "flag", "Vessel flag"},
        {"Vessel Owner", "owner", "Vessel owner"},
        {"Vessel Tonnage", "tonnage", "Tonnage"},
        {"Vessel Gross Registered Tonnage", "grossRegisteredTonnage", "Gross registered tonnage"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (itd_sv_is(type, fields[i].type)) {
            itd_ofac_add_field(entry, fields[i].property, fields[i].label, value);
            return true;
        }
    return false;
}

static itd_sv label_of(itd_sv type)
{
    static const char *const words[][2] = {
        {"Birthdate", "DOB"},
        {"Place of Birth", "POB"},
        {"Citizenship Country", "citizen"},
        {"Nationality Country", "nationality"},
        {"Aircraft Manufacturer\u2019s Serial Number (MSN)", "Aircraft Manufacturer's Serial Number (MSN)"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_is(type, words[i][0]))
            return itd_sv_of(words[i][1]);
    return type;
}

static itd_sv value_of(itd_ofac_advanced *r, const itd_xml_node *version)
{
    const itd_xml_node *detail = itd_xml_child(version, "VersionDetail");
    itd_sv value = detail ? itd_xml_line(&r->list, detail->text) : ITD_SV_NONE;
    if (value.size == 0 && detail)
        value = word_of(r, detail, "DetailReference", "DetailReferenceID");
    return value.size ? value : period_of(r, itd_xml_child(version, "DatePeriod"));
}

static void add_version(const itd_ofac_entry *entry, itd_ofac_advanced *r, itd_sv type, const itd_xml_node *version)
{
    static const char *const known[] = {"Comment", "VersionDetail", "VersionLocation", "+DatePeriod", NULL};
    itd_xml_list *list = &r->list;
    itd_sv comment = itd_xml_child_line(list, version, "Comment"),
           sure = word_of(r, version, "Reliability", "ReliabilityID");
    const itd_xml_node *place = itd_xml_child(version, "VersionLocation");
    itd_ofac_fact fact = {.label = label_of(type), .value = value_of(r, version)};
    itd_ofac_address address = {.key = ITD_SV_NONE};
    bool placed = place && take_place(r, &address, itd_ofac_attribute(place, "LocationID"));
    itd_xml_place(list, version);
    if (placed && itd_sv_is(type, "Location")) {
        address.remarks = comment;
        comment = ITD_SV_NONE;
        itd_ofac_add_address(entry, &address);
    } else if (placed && fact.value.size == 0) {
        itd_sv lines[] = {address.street, address.city,        address.state,
                          address.region, address.postal_code, address.country};
        fact.value = itd_xml_join(list, lines, 6, ", ");
    }
    if (fact.value.size == 0 && comment.size) {
        fact.value = comment;
        comment = ITD_SV_NONE;
    }
    if (fact.value.size == 0)
        ; /* an address, or nothing is said */
    else if (itd_sv_is(fact.label, "DOB"))
        itd_ofac_add_birth_date(entry, fact.value);
    else if (itd_sv_is(fact.label, "POB"))
        itd_ofac_add_fact_or_note(entry, &fact);
    else if (!add_field(entry, type, fact.value))
        itd_ofac_add_said(entry, &fact);
    itd_sv said = itd_xml_join(list, (itd_sv[]){type, fact.value}, 2, " ");
    if (sure.size)
        itd_xml_note(list, "Reliability", itd_xml_join(list, (itd_sv[]){sure, said}, 2, ", "));
    if (comment.size)
        itd_xml_note(list, "Comment", itd_xml_join(list, (itd_sv[]){said, comment}, 2, ": "));
    itd_xml_note_rest(list, version, known);
}

static void add_feature(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *feature)
{
    itd_sv type = word_of(r, feature, "FeatureType", "FeatureTypeID");
    for (const itd_xml_node *version = feature->first; version; version = version->next) {
        itd_xml_place(&r->list, version);
        if (itd_sv_is(version->name, "FeatureVersion"))
            add_version(entry, r, type, version);
        else if (!itd_sv_is(version->name, "IdentityReference"))
            itd_xml_note_rest(&r->list, version, NULL);
    }
}

/* --- Papers --- */

/* In whose name a paper is, when it is not the primary one of the identity. */
static itd_sv bearer_of(itd_ofac_advanced *r, const itd_xml_node *identity, const itd_xml_node *paper)
{
    const itd_xml_node *reference = itd_xml_child(paper, "DocumentedNameReference");
    itd_sv number = reference ? itd_ofac_attribute(reference, "DocumentedNameID") : ITD_SV_NONE;
    for (const itd_xml_node *alias = identity->first; number.size && alias; alias = alias->next)
        for (const itd_xml_node *name = alias->first; name; name = name->next)
            if (!has(alias, "Primary", "true") && itd_sv_is(name->name, "DocumentedName") &&
                itd_sv_equal(itd_ofac_attribute(name, "ID"), number))
                return itd_xml_join(
                    &r->list, (itd_sv[]){ITD_SV("in the name of"), itd_ofac_advanced_name(r, identity, name)}, 2, " ");
    return ITD_SV_NONE;
}

static void add_paper(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *identity,
                      const itd_xml_node *paper)
{
    itd_xml_list *list = &r->list;
    itd_sv type = word_of(r, paper, "IDRegDocType", "IDRegDocTypeID");
    itd_sv validity = word_of(r, paper, "Validity", "ValidityID"),
           by = itd_xml_child_line(list, paper, "IssuingAuthority");
    itd_ofac_address place = {.key = ITD_SV_NONE};
    itd_ofac_fact fact = {.label = type,
                          .value = itd_xml_child_line(list, paper, "IDRegistrationNo"),
                          .country = word_of(r, paper, "Country", "IssuedBy-CountryID"),
                          .note = bearer_of(r, identity, paper)};
    if (take_place(r, &place, itd_ofac_attribute(paper, "IssuedIn-LocationID"))) {
        itd_sv where[] = {place.street, place.city, place.state, place.region, place.postal_code, place.country};
        itd_sv words[] = {ITD_SV("issued in"), itd_xml_join(list, where, 6, ", ")};
        fact.note = itd_xml_join(list, (itd_sv[]){fact.note, itd_xml_join(list, words, 2, " ")}, 2, "; ");
    }
    for (const itd_xml_node *date = paper->first; date; date = date->next) {
        itd_sv kind = word_of(r, date, "IDRegDocDateType", "IDRegDocDateTypeID");
        if (!itd_sv_is(date->name, "DocumentDate"))
            continue;
        itd_sv *to = itd_sv_is(kind, "Expiration Date") ? &fact.expires : &fact.issued;
        itd_sv period = period_of(r, itd_xml_child(date, "DatePeriod"));
        if (to->size == 0 && (to == &fact.expires || itd_sv_is(kind, "Issue Date")))
            *to = period;
        else
            itd_xml_note(list, "Date of paper", itd_xml_join(list, (itd_sv[]){type, kind, period}, 3, " "));
    }
    itd_xml_place(list, paper);
    itd_ofac_add_said(entry, &fact);
    itd_sv said = itd_xml_join(list, (itd_sv[]){type, fact.value}, 2, " ");
    if (validity.size && !itd_sv_is(validity, "Valid"))
        itd_xml_note(list, "Validity", itd_xml_join(list, (itd_sv[]){validity, said}, 2, ", "));
    if (by.size)
        itd_xml_note(list, "Issuing authority", itd_xml_join(list, (itd_sv[]){by, said}, 2, ", "));
    itd_xml_note(list, "Comment on paper", itd_xml_child_line(list, paper, "Comment"));
}

/* --- Identities, relations, listings --- */

static void add_identity(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *identity)
{
    for (const itd_xml_node *child = identity->first; child; child = child->next) {
        itd_xml_place(&r->list, child);
        if (itd_sv_is(child->name, "Alias"))
            add_alias(entry, r, identity, child);
        else if (!itd_sv_is(child->name, "NamePartGroups"))
            itd_xml_note_rest(&r->list, child, NULL);
    }
    if (has(identity, "False", "true"))
        itd_xml_note(&r->list, "Identity", ITD_SV("false"));
    add_name_parts(entry, r, identity);
    const itd_ofac_kept *paper = itd_ofac_advanced_find(r, "IDRegDocument", itd_ofac_attribute(identity, "ID"));
    for (; paper; paper = paper->next)
        add_paper(entry, r, identity, paper->node);
}

static void add_relation(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *node)
{
    itd_xml_list *list = &r->list;
    itd_sv to = itd_ofac_attribute(node, "To-ProfileID"),
           quality = word_of(r, node, "RelationQuality", "RelationQualityID");
    uint32_t number = itd_intern_find(&r->profile_ids, to);
    bool known = number != ITD_MAP_NONE;
    itd_sv ids[] = {list->read->dataset, known ? r->profiles.items[number].key : to};
    itd_sv words[] = {
        has(node, "Former", "true") ? ITD_SV("former") : ITD_SV_NONE,
        quality.size ? itd_xml_join(list, (itd_sv[]){ITD_SV("Quality"), quality}, 2, ": ") : ITD_SV_NONE,
        itd_xml_child_line(list, node, "Comment"),
    };
    itd_ofac_relation relation = {.key = itd_ofac_attribute(node, "ID"),
                                  .type = word_of(r, node, "RelationType", "RelationTypeID"),
                                  .id = itd_xml_join(list, ids, 2, "-"),
                                  .schema = known ? r->profiles.items[number].schema : ITD_SCHEMA_NONE,
                                  .remarks = itd_xml_join(list, words, 3, "; ")};
    itd_xml_place(list, node);
    if (to.size)
        itd_ofac_add_relation(entry, &relation);
}

static void add_event(const itd_ofac_entry *entry, itd_ofac_advanced *r, itd_part listing, const itd_xml_node *event)
{
    itd_sv kind = word_of(r, event, "EntryEventType", "EntryEventTypeID");
    itd_date date = date_of(itd_xml_child(event, "Date"));
    if (kind.size == 0 || itd_sv_is(kind, "Created"))
        itd_record_add_date(entry->record, listing, ITD_P_Sanction_listingDate, date, ITD_SV_NONE);
    else
        itd_record_add(entry->record, listing, ITD_P_Interval_description, kind);
    itd_record_add(entry->record, listing, ITD_P_Sanction_reason, word_of(r, event, "LegalBasis", "LegalBasisID"));
    itd_record_add(entry->record, listing, ITD_P_Interval_description, itd_xml_child_line(&r->list, event, "Comment"));
}

static void add_listing(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *node)
{
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_sv list = word_of(r, node, "List", "ListID");
    itd_xml_place(&r->list, node);
    itd_part listing = itd_ofac_sanction(entry, itd_ofac_suffix(hashed, "sanction-list-", &list, 1));
    itd_record_add(entry->record, listing, ITD_P_Interval_summary, list);
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        itd_sv kind = word_of(r, child, "SanctionsType", "SanctionsTypeID");
        itd_sv comment = itd_xml_child_line(&r->list, child, "Comment");
        itd_xml_place(&r->list, child);
        if (itd_sv_is(child->name, "EntryEvent"))
            add_event(entry, r, listing, child);
        else if (!itd_sv_is(child->name, "SanctionsMeasure"))
            itd_xml_note_rest(&r->list, child, NULL);
        else if (itd_sv_is(kind, "Program"))
            itd_ofac_add_programme(entry, comment);
        else
            itd_ofac_add_provision(entry, itd_xml_join(&r->list, (itd_sv[]){kind, comment}, 2, ": "));
    }
}

/* --- A record --- */

static void add_profile(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *profile)
{
    itd_sv id = itd_ofac_attribute(profile, "ID");
    for (const itd_xml_node *child = profile->first; child; child = child->next) {
        itd_xml_place(&r->list, child);
        if (itd_sv_is(child->name, "Identity"))
            add_identity(entry, r, child);
        else if (itd_sv_is(child->name, "Feature"))
            add_feature(entry, r, child);
        else
            itd_xml_note_rest(&r->list, child, NULL);
    }
    const itd_ofac_kept *kept = itd_ofac_advanced_find(r, "ProfileRelationship", id);
    for (; kept; kept = kept->next)
        add_relation(entry, r, kept->node);
    for (kept = itd_ofac_advanced_find(r, "SanctionsEntry", id); kept; kept = kept->next)
        add_listing(entry, r, kept->node);
}

void itd_ofac_advanced_add(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *party)
{
    for (const itd_xml_node *child = party->first; child; child = child->next) {
        itd_xml_place(&r->list, child);
        if (itd_sv_is(child->name, "Profile"))
            add_profile(entry, r, child);
        else if (itd_sv_is(child->name, "Comment"))
            itd_ofac_add_remarks(entry, itd_xml_line(&r->list, child->text));
        else
            itd_xml_note_rest(&r->list, child, NULL);
    }
}
