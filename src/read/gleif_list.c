/* The entities of GLEIF (level 1): what LEI-CDF 3.1 says of each, as a list. docs/own.md says what becomes of it. */
#include "read/gleif.h"
#include "read/gleif_node.h"
#include "read/parties.h"
#include "read/xml_record.h"

static const struct {
    const char *category;
    itd_schema schema;
} categories[] = {
    {"GENERAL", ITD_S_Company},
    {"BRANCH", ITD_S_Company},
    {"FUND", ITD_S_LegalEntity},
    {"SOLE_PROPRIETOR", ITD_S_LegalEntity},
    {"RESIDENT_GOVERNMENT_ENTITY", ITD_S_PublicBody},
    {"INTERNATIONAL_ORGANIZATION", ITD_S_Organization},
};

static itd_schema schema_of(itd_sv category)
{
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++)
        if (itd_sv_is(category, categories[i].category))
            return categories[i].schema;
    return ITD_S_LegalEntity;
}

/* What an element of a name says of it: an attribute in XML, a member in JSON. */
static itd_sv type_of(itd_gleif_node name)
{
    for (size_t i = 0; name.xml && i < name.xml->attribute_count; i++)
        if (itd_sv_is(name.xml->attributes[i].name, "type"))
            return name.xml->attributes[i].value;
    return itd_gleif_text(name, itd_gleif_has(name, "@type") ? "@type" : "type");
}

static void add_name(itd_parties *p, itd_gleif_node name, const char *key)
{
    bool before = itd_sv_is(type_of(name), "PREVIOUS_LEGAL_NAME");
    itd_sv text = itd_gleif_value(name);
    if (text.size == 0)
        text = itd_gleif_text(name, key);
    itd_parties_add(p, before ? "previousName" : "alias", text);
}

static void add_names(itd_parties *p, itd_gleif_node entity, const char *list, const char *key)
{
    itd_gleif_node names = itd_gleif_child(entity, list);
    for (const itd_xml_node *child = names.xml ? names.xml->first : NULL; child; child = child->next)
        add_name(p, (itd_gleif_node){.xml = child}, key);
    const itd_json *json =
        itd_json_typeof(names.json) == ITD_JSON_OBJECT ? itd_json_member(names.json, key) : names.json;
    bool array = itd_json_typeof(json) == ITD_JSON_ARRAY;
    for (size_t i = 0; json && i < (array ? itd_json_count(json) : 1); i++)
        add_name(p, (itd_gleif_node){.json = array ? itd_json_item(json, i) : json}, key);
}

static void add_address(itd_parties *p, itd_gleif_node address)
{
    static const char *const keys[] = {"FirstAddressLine", "AdditionalAddressLine", "City", "Region", "Country",
                                       "PostalCode"};
    itd_sv parts[ITD_GLEIF_ADDRESS_LINES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t more = itd_gleif_texts(parts + count, address, keys[i], ITD_GLEIF_ADDRESS_LINES_MAX - count);
        count = more > ITD_GLEIF_ADDRESS_LINES_MAX - count ? ITD_GLEIF_ADDRESS_LINES_MAX : count + more;
    }
    itd_parties_add(p, "address", itd_record_join(p->record, ", ", parts, count));
}

static itd_status on_party(void *context, const itd_stakes_party *party, itd_error *error)
{
    itd_parties *p = context;
    const itd_gleif_node record = {party->json, party->xml}, entity = itd_gleif_child(record, "Entity"),
                         authority = itd_gleif_child(entity, "RegistrationAuthority");
    itd_parties_begin(p, party->id, schema_of(itd_gleif_text(entity, "EntityCategory")), party->line, party->offset);
    itd_parties_add(p, "name", itd_gleif_text(entity, "LegalName"));
    add_names(p, entity, "OtherEntityNames", "OtherEntityName");
    add_names(p, entity, "TransliteratedOtherEntityNames", "TransliteratedOtherEntityName");
    itd_parties_add(p, "leiCode", party->id);
    itd_parties_add(p, "registrationNumber", itd_gleif_text(authority, "RegistrationAuthorityEntityID"));
    itd_parties_add_country(p, "jurisdiction", itd_gleif_text(entity, "LegalJurisdiction"));
    itd_parties_add_date(p, "incorporationDate", itd_gleif_text(entity, "EntityCreationDate"));
    itd_parties_add(p, "status", itd_gleif_text(entity, "EntityStatus"));
    add_address(p, itd_gleif_child(entity, "LegalAddress"));
    add_address(p, itd_gleif_child(entity, "HeadquartersAddress"));
    return itd_record_commit(p->record, error);
}

static itd_status read_gleif(itd_read *read, itd_error *error)
{
    itd_parties parties;
    itd_input *input = NULL;
    itd_sv head;
    ITD_TRY(itd_input_open(&input, read->source->paths[0], error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error);
    bool xml = status == ITD_OK && itd_gleif_is_xml(head);
    itd_input_close(input);
    ITD_TRY(status);
    ITD_TRY(itd_parties_open(&parties, read, error));
    status = itd_parties_read(&parties, xml ? itd_gleif_read_xml : itd_gleif_read_json, on_party, &parties, error);
    itd_parties_close(&parties);
    return status;
}

/* Of relationships and exceptions no list is made: they say of no party who it is. */
static int sniff(const itd_sniff *look)
{
    static const char *const entity[] = {"LEI", "Entity", "LegalName", NULL};
    itd_sv name, tag;
    if (itd_gleif_is_xml(look->head))
        return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "LEIData") ? 95 : 0;
    return itd_stakes_json_has(look->head, entity) ? 90 : 0;
}

const itd_format itd_format_gleif = {
    .id = "gleif",
    .title = "entities of GLEIF (LEI-CDF, level 1), XML or JSON: the parties of a register",
    .sniff = sniff,
    .gather = itd_parties_gather,
    .read = read_gleif,
};
