#include "read/bods_rules.h"

#include "base/date.h"
#include "model/country.h"

/** Nobody who was born before this year holds anything. */
#define BIRTH_YEAR_MIN 1800
/** Longest life, in years, that is believed. */
#define LIFE_YEARS_MAX 130
/** Longest pointer of an annotation, in parts. */
#define POINTER_PARTS_MAX 32

typedef struct span {
    int32_t first, last;
    int year; /* 0: no date */
} span;

static span span_of(const itd_json *object, const char *key)
{
    itd_date date = {0};
    span found = {0};
    itd_sv text = itd_json_text(itd_json_member(object, key));
    if (text.size > 0 && itd_date_parse(&date, itd_sv_slice(text, 0, 10))) {
        itd_date_span(&found.first, &found.last, date);
        found.year = date.year;
    }
    return found;
}

static bool future(const itd_json *object, const char *key, int32_t today)
{
    span found = span_of(object, key);
    return found.year && found.first > today;
}

/* ---- annotations ---- */

static const itd_json *step(const itd_json *at, itd_sv part)
{
    uint64_t index = 0;
    const void *cursor = NULL;
    itd_sv key;
    const itd_json *value;
    if (itd_json_typeof(at) == ITD_JSON_ARRAY)
        return itd_sv_to_u64(&index, part) && index < itd_json_count(at) ? itd_json_item(at, (size_t)index) : NULL;
    if (itd_json_typeof(at) != ITD_JSON_OBJECT)
        return NULL;
    while (itd_json_next_member(at, &cursor, &key, &value))
        if (itd_sv_equal(key, part))
            return value;
    return NULL;
}

/* RFC 6901, without its escapes: no key of the standard needs one. */
static bool points(const itd_json *at, itd_sv pointer)
{
    itd_sv part, rest = itd_sv_slice(pointer, 1, SIZE_MAX);
    for (size_t i = 0; i < POINTER_PARTS_MAX && itd_sv_split(&part, &rest, '/'); i++)
        if ((at = step(at, part)) == NULL)
            return false;
    return rest.size == 0;
}

/* Into the record, as pointers of earlier versions are: only the first part is looked at, since the record had another
 * form then. */
static bool points_into_record(const itd_json *statement, itd_sv pointer)
{
    itd_sv part, rest = itd_sv_slice(pointer, 1, SIZE_MAX);
    return itd_sv_split(&part, &rest, '/') && step(itd_json_member(statement, "recordDetails"), part) != NULL;
}

bool itd_bods_annotations_point(const itd_json *statement)
{
    const itd_json *all = itd_json_member(statement, "annotations");
    for (size_t i = 0; i < itd_json_count(all); i++) {
        itd_sv pointer = itd_json_text(itd_json_member(itd_json_item(all, i), "statementPointerTarget"));
        if (pointer.size > 0 && !points(statement, pointer) && !points_into_record(statement, pointer))
            return false;
    }
    return true;
}

static const char *check_annotations(const itd_json *statement, int32_t today)
{
    const itd_json *all = itd_json_member(statement, "annotations");
    for (size_t i = 0; i < itd_json_count(all); i++) {
        const itd_json *note = itd_json_item(all, i);
        itd_sv pointer = itd_json_text(itd_json_member(note, "statementPointerTarget"));
        if (pointer.size > 0 && pointer.data[0] != '/')
            return "annotations: statementPointerTarget is no JSON pointer: it needs to be empty or start with /";
        if (future(note, "creationDate", today))
            return "annotations: creationDate is in the future";
    }
    return NULL;
}

/* ---- people ---- */

/* A country of ISO 3166-1 in three letters, or D as passports of Germany have it; then what the number is of. */
static bool is_person_scheme(itd_sv scheme)
{
    size_t hyphen = itd_sv_find(scheme, ITD_SV("-"), 0);
    if (hyphen == SIZE_MAX)
        return false;
    itd_sv country = itd_sv_slice(scheme, 0, hyphen), kind = itd_sv_slice(scheme, hyphen + 1, SIZE_MAX);
    bool upper = true;
    for (size_t i = 0; i < country.size; i++)
        upper = upper && country.data[i] >= 'A' && country.data[i] <= 'Z';
    return upper && (itd_sv_is(country, "D") || (country.size == 3 && itd_country_find(country))) &&
           (itd_sv_is(kind, "PASSPORT") || itd_sv_is(kind, "TAXID") || itd_sv_is(kind, "IDCARD"));
}

static bool person_scheme_fits(const itd_json *identifier)
{
    itd_sv scheme = itd_json_text(itd_json_member(identifier, "scheme"));
    return scheme.size == 0 || is_person_scheme(scheme);
}

/* Some publish the identifiers beside the details of the record, a single one without an array. */
static bool person_schemes_fit(const itd_json *holder)
{
    const itd_json *all = itd_json_member(holder, "identifiers");
    if (itd_json_typeof(all) == ITD_JSON_OBJECT)
        return person_scheme_fits(all);
    for (size_t i = 0; itd_json_typeof(all) == ITD_JSON_ARRAY && i < itd_json_count(all); i++)
        if (!person_scheme_fits(itd_json_item(all, i)))
            return false;
    return true;
}

static const char *check_person(const itd_json *statement, const itd_json *details, int32_t today)
{
    span birth = span_of(details, "birthDate"), death = span_of(details, "deathDate");
    if (birth.year && (birth.first > today || birth.year < BIRTH_YEAR_MIN))
        return "birthDate: in the future, or before 1800";
    if (death.year && (death.first > today || death.year < BIRTH_YEAR_MIN))
        return "deathDate: in the future, or before 1800";
    if (birth.year && death.year && death.last < birth.first)
        return "deathDate: before birthDate";
    if (birth.year && death.year && death.year - birth.year > LIFE_YEARS_MAX)
        return "deathDate: a life of more than 130 years";
    if (!person_schemes_fit(statement) || !person_schemes_fit(details))
        return "identifiers: the scheme of a person is a country of ISO 3166-1 in three letters, then -PASSPORT, "
               "-TAXID or -IDCARD";
    return NULL;
}

/* ---- entities ---- */

/* Registers whose short names stand for nothing else, and whose they are. The list of org-id.guide, of which a scheme
 * is to be, grows, so that one that is not known here is let pass; one of these under another country is no scheme of
 * it. Source: org-id.guide, as the IATI standard replicated it in 2018; XI-LEI as the BODS 0.4 examples have it. */
static const struct {
    const char *name, *country;
} registers[] = {{"BCE", "BE"},   {"KBO", "BE"},   {"COH", "GB"},  {"UKPRN", "GB"}, {"CVR", "DK"},
                 {"REGON", "PL"}, {"INSEE", "FR"}, {"ACRA", "SG"}, {"ABN", "AU"},   {"LEI", "XI"}};

/* "BE-BCE_KBO": a country, then what the register is called, with a low line between two languages. */
static bool is_register_of_another(itd_sv scheme)
{
    itd_sv country, name, rest = scheme;
    if (!itd_sv_split(&country, &rest, '-'))
        return false;
    while (itd_sv_split(&name, &rest, '_'))
        for (size_t i = 0; i < sizeof registers / sizeof registers[0]; i++)
            if (itd_sv_is(name, registers[i].name) && !itd_sv_is(country, registers[i].country))
                return true;
    return false;
}

static const char *check_entity(const itd_json *details)
{
    span founded = span_of(details, "foundingDate"), dissolved = span_of(details, "dissolutionDate");
    const itd_json *all = itd_json_member(details, "identifiers"), *listing = itd_json_member(details, "publicListing");
    char scratch[8];
    if (founded.year && dissolved.year && dissolved.last < founded.first)
        return "dissolutionDate: before foundingDate";
    for (size_t i = 0; i < itd_json_count(all); i++) {
        const itd_json *scheme = itd_json_member(itd_json_item(all, i), "scheme");
        if (itd_json_typeof(scheme) == ITD_JSON_STRING && itd_json_text(scheme).size == 0)
            return "identifiers: an empty scheme";
        if (is_register_of_another(itd_json_text(scheme)))
            return "identifiers: the register of a scheme is one of another country, as in BE-BCE_KBO, GB-COH, XI-LEI";
    }
    if (itd_json_count(itd_json_member(listing, "securitiesListings")) > 0 &&
        itd_sv_is(itd_json_scalar(itd_json_member(listing, "hasPublicListing"), scratch, sizeof scratch), "false"))
        return "publicListing: securities are listed where hasPublicListing is false";
    return NULL;
}

const char *itd_bods_rules(const itd_json *statement, int32_t today)
{
    itd_sv kind = itd_json_text(itd_json_member(statement, "recordType"));
    const itd_json *details = itd_json_member(statement, "recordDetails");
    const char *problem = check_annotations(statement, today);
    if (problem)
        return problem;
    if (future(statement, "statementDate", today))
        return "statementDate: in the future";
    if (future(itd_json_member(statement, "publicationDetails"), "publicationDate", today))
        return "publicationDetails.publicationDate: in the future";
    if (future(itd_json_member(statement, "source"), "retrievedAt", today))
        return "source.retrievedAt: in the future";
    return itd_sv_is(kind, "person")   ? check_person(statement, details, today)
           : itd_sv_is(kind, "entity") ? check_entity(details)
                                       : NULL;
}
