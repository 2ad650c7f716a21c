#include "read/bods_shape.h"

#include <stdio.h>

#include "base/date.h"
#include "read/bods_share.h"

#define PATH_BYTES_MAX 192

typedef enum type {
    TEXT,
    URI,
    DATE,    /* YYYY-MM-DD */
    MOMENT,  /* the same, or a time */
    PARTIAL, /* YYYY, YYYY-MM or YYYY-MM-DD */
    VERSION, /* 0.4 */
    BOOLEAN,
    PERCENT, /* a number from 0 to 100 */
    OBJECT,
    TEXT_OR_OBJECT
} type;

struct shape;
typedef struct checker checker;

typedef struct field {
    const char *key;
    type type;
    bool needed, many; /* many: an array of it */
    const char *codes; /* of a text: the closed list, a blank after each */
    const struct shape *of;
    uint8_t min, max; /* characters of a text; max 0: any */
} field;

typedef struct shape {
    const field *fields;                         /* ends with a key that is NULL; at most 32 */
    const char *(*also)(const itd_json *object); /* what is wrong beyond the fields, or NULL */
} shape;

struct checker {
    char path[PATH_BYTES_MAX];
    char *reason;
    size_t reason_size;
};

/* ---- the shapes ---- */

static bool has(const itd_json *object, const char *key)
{
    return itd_json_typeof(itd_json_member(object, key)) != ITD_JSON_NONE;
}

static bool is(const itd_json *object, const char *key, const char *text)
{
    return itd_sv_is(itd_json_text(itd_json_member(object, key)), text);
}

static const char *scheme_or_name(const itd_json *object)
{
    return has(object, "scheme") || has(object, "schemeName") ? NULL : "neither scheme nor schemeName is there";
}

static const char *name_or_url(const itd_json *object)
{
    return has(object, "name") || has(object, "url") ? NULL : "neither name nor url is there";
}

static const char *annotation_needs(const itd_json *object)
{
    if (is(object, "motivation", "linking") && !has(object, "url"))
        return "an annotation that links needs a url";
    if (!is(object, "motivation", "transformation") &&
        itd_json_text(itd_json_member(object, "transformedContent")).size)
        return "transformedContent is only for the motivation transformation";
    return NULL;
}

static bool among(itd_sv code, const char *codes)
{
    itd_sv rest = itd_sv_of(codes), part;
    while (itd_sv_split(&part, &rest, ' '))
        if (itd_sv_equal(part, code))
            return true;
    return false;
}

static const char *subtype_fits(const itd_json *object)
{
    itd_sv kind = itd_json_text(itd_json_member(object, "type"));
    const char *allowed = itd_sv_is(kind, "arrangement")   ? "trust nomination other"
                          : itd_sv_is(kind, "legalEntity") ? "trust other"
                          : itd_sv_is(kind, "stateBody")   ? "governmentDepartment stateAgency other"
                                                           : "other";
    if (has(object, "subtype") && !among(itd_json_text(itd_json_member(object, "subtype")), allowed))
        return "the subtype is none of this type of entity";
    return NULL;
}

static const char *no_components(const itd_json *object)
{
    const itd_json *component = itd_json_member(object, "isComponent");
    char text[8];
    return itd_sv_is(itd_json_scalar(component, text, sizeof text), "true") &&
                   itd_json_count(itd_json_member(object, "componentRecords")) > 0
               ? "a component has componentRecords of its own"
               : NULL;
}

#define UNSPECIFIED_REASONS                                                                                            \
    "noBeneficialOwners subjectUnableToConfirmOrIdentifyBeneficialOwner interestedPartyHasNotProvidedInformation "     \
    "subjectExemptFromDisclosure interestedPartyExemptFromDisclosure unknown informationUnknownToPublisher"
#define INTEREST_TYPES                                                                                                 \
    "shareholding votingRights appointmentOfBoard otherInfluenceOrControl seniorManagingOfficial settlor trustee "     \
    "protector beneficiaryOfLegalArrangement rightsToSurplusAssetsOnDissolution rightsToProfitOrIncome "               \
    "rightsGrantedByContract conditionalRightsGrantedByContract controlViaCompanyRulesOrArticles "                     \
    "controlByLegalFramework boardMember boardChair unknownInterest unpublishedInterest enjoymentAndUseOfAssets "      \
    "rightToProfitOrIncomeFromAssets nominee nominator"
#define ENTITY_TYPES "registeredEntity legalEntity arrangement anonymousEntity unknownEntity state stateBody"
#define MOTIVATIONS "commenting correcting identifying linking transformation"

static const field country_fields[] = {
    {.key = "name", .type = TEXT, .needed = true}, {.key = "code", .type = TEXT, .min = 2, .max = 2}, {0}};
static const shape country = {country_fields, NULL};
static const field jurisdiction_fields[] = {
    {.key = "name", .type = TEXT, .needed = true}, {.key = "code", .type = TEXT, .min = 2, .max = 6}, {0}};
static const shape jurisdiction = {jurisdiction_fields, NULL};
#define ADDRESS(list)                                                                                                  \
    {.key = "type", .type = TEXT, .codes = (list)}, {.key = "address", .type = TEXT},                                  \
        {.key = "postCode", .type = TEXT}, {.key = "country", .type = OBJECT, .of = &country},                         \
    {                                                                                                                  \
        0                                                                                                              \
    }
static const field birthplace_fields[] = {ADDRESS("placeOfBirth")};
static const shape birthplace = {birthplace_fields, NULL};
static const field person_address_fields[] = {ADDRESS("residence service alternative")};
static const shape person_address = {person_address_fields, NULL};
static const field entity_address_fields[] = {ADDRESS("registered business alternative")};
static const shape entity_address = {entity_address_fields, NULL};
static const field identifier_fields[] = {{.key = "id", .type = TEXT},
                                          {.key = "scheme", .type = TEXT},
                                          {.key = "schemeName", .type = TEXT},
                                          {.key = "uri", .type = URI},
                                          {0}};
static const shape identifier = {identifier_fields, scheme_or_name};
static const field unspecified_fields[] = {
    {.key = "reason", .type = TEXT, .needed = true, .codes = UNSPECIFIED_REASONS},
    {.key = "description", .type = TEXT},
    {0}};
static const shape unspecified = {unspecified_fields, NULL};
static const field agent_fields[] = {{.key = "name", .type = TEXT}, {.key = "uri", .type = URI}, {0}};
static const shape agent = {agent_fields, NULL};
static const field source_fields[] = {{.key = "type",
                                       .type = TEXT,
                                       .many = true,
                                       .codes = "selfDeclaration officialRegister thirdParty primaryResearch verified"},
                                      {.key = "description", .type = TEXT},
                                      {.key = "url", .type = URI},
                                      {.key = "retrievedAt", .type = MOMENT},
                                      {.key = "assertedBy", .type = OBJECT, .many = true, .of = &agent},
                                      {0}};
static const shape source = {source_fields, NULL};

static const field name_fields[] = {
    {.key = "type", .type = TEXT, .codes = "legal translation transliteration former alternative birth"},
    {.key = "fullName", .type = TEXT, .needed = true},
    {.key = "familyName", .type = TEXT},
    {.key = "givenName", .type = TEXT},
    {.key = "patronymicName", .type = TEXT},
    {0}};
static const shape name = {name_fields, NULL};
static const field exposed_fields[] = {{.key = "reason", .type = TEXT},
                                       {.key = "missingInfoReason", .type = TEXT},
                                       {.key = "jurisdiction", .type = OBJECT, .of = &jurisdiction},
                                       {.key = "startDate", .type = DATE},
                                       {.key = "endDate", .type = DATE},
                                       {.key = "source", .type = OBJECT, .of = &source},
                                       {0}};
static const shape exposed = {exposed_fields, NULL};
static const field exposure_fields[] = {
    {.key = "status", .type = TEXT, .needed = true, .codes = "isPep isNotPep unknown"},
    {.key = "details", .type = OBJECT, .many = true, .of = &exposed},
    {0}};
static const shape exposure = {exposure_fields, NULL};
static const field person_fields[] = {
    {.key = "isComponent", .type = BOOLEAN, .needed = true},
    {.key = "personType", .type = TEXT, .needed = true, .codes = "anonymousPerson unknownPerson knownPerson"},
    {.key = "unspecifiedPersonDetails", .type = OBJECT, .of = &unspecified},
    {.key = "names", .type = OBJECT, .many = true, .of = &name},
    {.key = "identifiers", .type = OBJECT, .many = true, .of = &identifier},
    {.key = "nationalities", .type = OBJECT, .many = true, .of = &country},
    {.key = "placeOfBirth", .type = OBJECT, .of = &birthplace},
    {.key = "birthDate", .type = PARTIAL},
    {.key = "deathDate", .type = PARTIAL},
    {.key = "taxResidencies", .type = OBJECT, .many = true, .of = &country},
    {.key = "addresses", .type = OBJECT, .many = true, .of = &person_address},
    {.key = "politicalExposure", .type = OBJECT, .of = &exposure},
    {0}};
static const shape person = {person_fields, NULL};

static const field entity_type_fields[] = {
    {.key = "type", .type = TEXT, .needed = true, .codes = ENTITY_TYPES},
    {.key = "subtype", .type = TEXT, .codes = "governmentDepartment stateAgency other trust nomination"},
    {.key = "details", .type = TEXT},
    {0}};
static const shape entity_type = {entity_type_fields, subtype_fits};
static const field security_fields[] = {{.key = "idScheme", .type = TEXT, .codes = "isin figi cusip cins"},
                                        {.key = "id", .type = TEXT},
                                        {.key = "ticker", .type = TEXT, .needed = true},
                                        {0}};
static const shape security = {security_fields, NULL};
static const field listed_fields[] = {
    {.key = "marketIdentifierCode", .type = TEXT},
    {.key = "operatingMarketIdentifierCode", .type = TEXT},
    {.key = "stockExchangeJurisdiction", .type = TEXT, .needed = true, .min = 2, .max = 6},
    {.key = "stockExchangeName", .type = TEXT, .needed = true},
    {.key = "security", .type = OBJECT, .needed = true, .of = &security},
    {0}};
static const shape listed = {listed_fields, NULL};
static const field listing_fields[] = {{.key = "hasPublicListing", .type = BOOLEAN, .needed = true},
                                       {.key = "companyFilingsURLs", .type = URI, .many = true},
                                       {.key = "securitiesListings", .type = OBJECT, .many = true, .of = &listed},
                                       {0}};
static const shape listing = {listing_fields, NULL};
static const field statute_fields[] = {{.key = "name", .type = TEXT}, {.key = "date", .type = DATE}, {0}};
static const shape statute = {statute_fields, NULL};
static const field entity_fields[] = {{.key = "isComponent", .type = BOOLEAN, .needed = true},
                                      {.key = "entityType", .type = OBJECT, .needed = true, .of = &entity_type},
                                      {.key = "unspecifiedEntityDetails", .type = OBJECT, .of = &unspecified},
                                      {.key = "name", .type = TEXT},
                                      {.key = "alternateNames", .type = TEXT, .many = true},
                                      {.key = "jurisdiction", .type = OBJECT, .of = &jurisdiction},
                                      {.key = "identifiers", .type = OBJECT, .many = true, .of = &identifier},
                                      {.key = "foundingDate", .type = DATE},
                                      {.key = "dissolutionDate", .type = DATE},
                                      {.key = "addresses", .type = OBJECT, .many = true, .of = &entity_address},
                                      {.key = "uri", .type = URI},
                                      {.key = "publicListing", .type = OBJECT, .of = &listing},
                                      {.key = "formedByStatute", .type = OBJECT, .of = &statute},
                                      {0}};
static const shape entity = {entity_fields, NULL};

static const field share_fields[] = {{.key = "exact", .type = PERCENT},
                                     {.key = "maximum", .type = PERCENT},
                                     {.key = "minimum", .type = PERCENT},
                                     {.key = "exclusiveMinimum", .type = PERCENT},
                                     {.key = "exclusiveMaximum", .type = PERCENT},
                                     {0}};
static const shape share = {share_fields, NULL};
static const field interest_fields[] = {{.key = "type", .type = TEXT, .codes = INTEREST_TYPES},
                                        {.key = "directOrIndirect", .type = TEXT, .codes = "direct indirect unknown"},
                                        {.key = "beneficialOwnershipOrControl", .type = BOOLEAN},
                                        {.key = "details", .type = TEXT},
                                        {.key = "share", .type = OBJECT, .of = &share},
                                        {.key = "startDate", .type = DATE},
                                        {.key = "endDate", .type = DATE},
                                        {0}};
static const shape interest = {interest_fields, NULL};
static const field relationship_fields[] = {
    {.key = "isComponent", .type = BOOLEAN, .needed = true},
    {.key = "componentRecords", .type = TEXT, .many = true},
    {.key = "subject", .type = TEXT_OR_OBJECT, .needed = true, .of = &unspecified},
    {.key = "interestedParty", .type = TEXT_OR_OBJECT, .needed = true, .of = &unspecified},
    {.key = "interests", .type = OBJECT, .many = true, .of = &interest},
    {0}};
static const shape relationship = {relationship_fields, no_components};

static const field annotation_fields[] = {{.key = "statementPointerTarget", .type = TEXT, .needed = true},
                                          {.key = "creationDate", .type = MOMENT},
                                          {.key = "createdBy", .type = OBJECT, .of = &agent},
                                          {.key = "motivation", .type = TEXT, .needed = true, .codes = MOTIVATIONS},
                                          {.key = "description", .type = TEXT},
                                          {.key = "transformedContent", .type = TEXT},
                                          {.key = "url", .type = URI},
                                          {0}};
static const shape annotation = {annotation_fields, annotation_needs};
static const field publisher_fields[] = {{.key = "name", .type = TEXT}, {.key = "url", .type = URI}, {0}};
static const shape publisher = {publisher_fields, name_or_url};
static const field publication_fields[] = {{.key = "publicationDate", .type = MOMENT, .needed = true},
                                           {.key = "bodsVersion", .type = VERSION, .needed = true},
                                           {.key = "license", .type = URI},
                                           {.key = "publisher", .type = OBJECT, .needed = true, .of = &publisher},
                                           {0}};
static const shape publication = {publication_fields, NULL};
static const field statement_fields[] = {
    {.key = "statementId", .type = TEXT, .needed = true, .min = 32, .max = 64},
    {.key = "statementDate", .type = MOMENT, .needed = true},
    {.key = "annotations", .type = OBJECT, .many = true, .of = &annotation},
    {.key = "publicationDetails", .type = OBJECT, .of = &publication},
    {.key = "source", .type = OBJECT, .of = &source},
    {.key = "declaration", .type = TEXT},
    {.key = "declarationSubject", .type = TEXT, .needed = true},
    {.key = "recordId", .type = TEXT, .needed = true},
    {.key = "recordType", .type = TEXT, .needed = true, .codes = "entity person relationship"},
    {.key = "recordStatus", .type = TEXT, .codes = "new updated closed"},
    {.key = "recordDetails", .type = OBJECT, .needed = true},
    {0}};
static const shape statement = {statement_fields, NULL};

/* ---- checking ---- */

static bool wrong(const checker *c, const char *what)
{
    (void)snprintf(c->reason, c->reason_size, "%s%s%s", c->path, c->path[0] ? ": " : "", what);
    return false;
}

static bool is_date(itd_sv text)
{
    itd_date date;
    return text.size == 10 && itd_date_parse(&date, text) && date.day > 0;
}

static bool is_version(itd_sv text)
{
    size_t point = itd_sv_find(text, ITD_SV("."), 0);
    uint64_t number;
    return point != SIZE_MAX && itd_sv_to_u64(&number, itd_sv_slice(text, 0, point)) &&
           itd_sv_to_u64(&number, itd_sv_slice(text, point + 1, SIZE_MAX));
}

static bool is_uri(itd_sv text)
{
    size_t at = 0;
    while (at < text.size &&
           ((text.data[at] >= 'a' && text.data[at] <= 'z') || (text.data[at] >= 'A' && text.data[at] <= 'Z') ||
            (at > 0 && strchr("+.-0123456789", text.data[at]) && text.data[at])))
        at++;
    return at > 0 && at + 1 < text.size && text.data[at] == ':' && !memchr(text.data, ' ', text.size);
}

static size_t characters(itd_sv text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

static bool check_text(const checker *c, const field *f, itd_sv text)
{
    itd_date date;
    int64_t time;
    size_t size = characters(text);
    if (f->codes && !among(text, f->codes))
        return wrong(c, "a code that its list does not have");
    if (f->max && (size < f->min || size > f->max))
        return wrong(c, size < f->min ? "too short" : "too long");
    if (f->type == URI && !is_uri(text))
        return wrong(c, "no URI: it needs a scheme, as in https:");
    if (f->type == DATE && !is_date(text))
        return wrong(c, "no date (YYYY-MM-DD)");
    if (f->type == MOMENT && !is_date(text) && !(text.size > 10 && text.data[10] == 'T' && itd_time_parse(&time, text)))
        return wrong(c, "no date (YYYY-MM-DD), nor a time");
    if (f->type == PARTIAL && !(text.size <= 10 && itd_date_parse(&date, text)))
        return wrong(c, "no date (YYYY, YYYY-MM or YYYY-MM-DD)");
    if (f->type == VERSION && !is_version(text))
        return wrong(c, "no version, as in 0.4");
    return true;
}

static bool check_shape(checker *c, const shape *s, const itd_json *object);

static bool check_percent(const checker *c, const itd_json *value)
{
    char scratch[64];
    uint32_t low = 0, high = 0;
    return itd_percent_ppm(&low, &high, itd_json_scalar(value, scratch, sizeof scratch)) ||
           wrong(c, "no percentage from 0 to 100");
}

static bool check_value(checker *c, const field *f, const itd_json *value)
{
    itd_json_type found = itd_json_typeof(value);
    if (f->type == BOOLEAN)
        return found == ITD_JSON_BOOL || wrong(c, "neither true nor false");
    if (f->type == PERCENT)
        return found == ITD_JSON_NUMBER ? check_percent(c, value) : wrong(c, "no number");
    if (f->type == OBJECT || (f->type == TEXT_OR_OBJECT && found != ITD_JSON_STRING)) {
        if (found != ITD_JSON_OBJECT)
            return wrong(c, f->type == OBJECT ? "no object" : "neither an id nor an object");
        return !f->of || check_shape(c, f->of, value);
    }
    return found == ITD_JSON_STRING ? check_text(c, f, itd_json_text(value)) : wrong(c, "no text");
}

static bool check_field(checker *c, const field *f, const itd_json *value)
{
    size_t base = strlen(c->path);
    bool good = true;
    (void)snprintf(c->path + base, sizeof c->path - base, "%s%s", base ? "." : "", f->key);
    if (!f->many) {
        good = check_value(c, f, value);
    } else if (itd_json_typeof(value) != ITD_JSON_ARRAY) {
        good = wrong(c, "no array");
    } else {
        size_t here = strlen(c->path);
        for (size_t i = 0; i < itd_json_count(value) && good; i++) {
            (void)snprintf(c->path + here, sizeof c->path - here, "[%zu]", i);
            good = check_value(c, f, itd_json_item(value, i));
        }
    }
    c->path[base] = '\0';
    return good;
}

static bool check_shape(checker *c, const shape *s, const itd_json *object)
{
    uint32_t seen = 0;
    const void *cursor = NULL;
    itd_sv key;
    const itd_json *value;
    while (itd_json_next_member(object, &cursor, &key, &value))
        for (size_t i = 0; s->fields[i].key; i++)
            if (itd_sv_is(key, s->fields[i].key)) {
                seen |= UINT32_C(1) << i;
                if (!check_field(c, &s->fields[i], value))
                    return false;
            }
    for (size_t i = 0; s->fields[i].key; i++)
        if (s->fields[i].needed && !(seen >> i & 1)) {
            char what[64];
            (void)snprintf(what, sizeof what, "%s is missing", s->fields[i].key);
            return wrong(c, what);
        }
    const char *problem = s->also ? s->also(object) : NULL;
    return problem ? wrong(c, problem) : true;
}

bool itd_bods_shape(const itd_json *object, char *reason, size_t reason_size)
{
    checker c = {.reason = reason, .reason_size = reason_size};
    if (!check_shape(&c, &statement, object))
        return false;
    (void)snprintf(c.path, sizeof c.path, "recordDetails");
    itd_sv kind = itd_json_text(itd_json_member(object, "recordType"));
    const shape *details = itd_sv_is(kind, "entity") ? &entity : itd_sv_is(kind, "person") ? &person : &relationship;
    return check_shape(&c, details, itd_json_member(object, "recordDetails"));
}
