/* The parties of BODS 0.4: what its entity and person statements say of who they are, as a list. docs/own.md says what
 * becomes of it. The file is read twice: only at its end is it known which statements hold and which are a record's
 * last. */
#include "base/map.h"
#include "base/vector.h"
#include "read/bods.h"
#include "read/bods_identifier.h"
#include "read/parties.h"
#include "read/stakes_json.h"

/* A statement of a party that holds. */
typedef struct said {
    uint64_t offset;
    uint32_t record;
} said;

/* A name in a statement that a later one of the record follows. */
typedef struct former {
    itd_sv name;
    uint32_t next; /* of the record, or UINT32_MAX */
} former;

typedef struct known {
    uint32_t last;   /* of said: the record's last statement */
    uint32_t former; /* its former names, or UINT32_MAX */
} known;

typedef struct bods_list {
    itd_parties parties;
    itd_intern ids;
    itd_arena names;
    ITD_VECTOR(known) records; /* by number of id */
    ITD_VECTOR(said) statements;
    ITD_VECTOR(former) former;
    size_t at; /* of statements: the one that is met next */
} bods_list;

static itd_sv text_of(const itd_json *object, const char *key)
{
    return itd_json_text(itd_json_member(object, key));
}

static itd_status on_party(void *context, const itd_stakes_party *party, itd_error *error)
{
    bods_list *l = context;
    const known fresh = {.former = UINT32_MAX};
    uint32_t number = itd_intern_add(&l->ids, party->id);
    if (number == ITD_MAP_NONE || (number == l->records.count && !itd_vector_push(&l->records, fresh)))
        return itd_fail_memory(error);
    l->records.items[number].last = (uint32_t)l->statements.count;
    const said statement = {party->offset, number};
    return itd_vector_push(&l->statements, statement) ? ITD_OK : itd_fail_memory(error);
}

/* ---- names ---- */

/* Name `at` of an entity: its name, then the alternate ones; of a person its names. False past the last. */
static bool name_at(itd_sv *out, const itd_json *details, bool person, size_t at)
{
    const itd_json *names = itd_json_member(details, person ? "names" : "alternateNames");
    if (!person && at == 0) {
        *out = itd_sv_trim(text_of(details, "name"));
        return true;
    }
    at -= !person;
    const itd_json *name = itd_json_item(names, at);
    *out = itd_sv_trim(person ? text_of(name, "fullName") : itd_json_text(name));
    return at < itd_json_count(names);
}

static bool has_name(const itd_json *details, bool person, itd_sv wanted)
{
    itd_sv name;
    for (size_t i = 0; name_at(&name, details, person, i); i++)
        if (itd_sv_equal(name, wanted))
            return true;
    return false;
}

static itd_status keep_names(bods_list *l, known *record, const itd_json *details, bool person, itd_error *error)
{
    itd_sv name;
    for (size_t i = 0; name_at(&name, details, person, i); i++) {
        const former kept = {itd_arena_copy(&l->names, name), record->former};
        if (!kept.name.data || !itd_vector_push(&l->former, kept))
            return itd_fail_memory(error);
        record->former = (uint32_t)l->former.count - 1;
    }
    return ITD_OK;
}

static void add_former(bods_list *l, const known *record, const itd_json *details, bool person)
{
    for (uint32_t i = record->former; i != UINT32_MAX; i = l->former.items[i].next)
        if (!has_name(details, person, l->former.items[i].name))
            itd_parties_add(&l->parties, "previousName", l->former.items[i].name);
}

static void add_person_name(itd_parties *p, const itd_json *name)
{
    itd_sv type = text_of(name, "type");
    bool before = itd_sv_is(type, "former") || itd_sv_is(type, "birth");
    itd_parties_add(p,
                    before                                       ? "previousName"
                    : type.size == 0 || itd_sv_is(type, "legal") ? "name"
                                                                 : "alias",
                    text_of(name, "fullName"));
    if (before)
        return;
    itd_parties_add(p, "firstName", text_of(name, "givenName"));
    itd_parties_add(p, "lastName", text_of(name, "familyName"));
    itd_parties_add(p, "fatherName", text_of(name, "patronymicName"));
}

/* ---- what both have ---- */

/* Some publish the identifiers of people beside the details, a single one without an array. */
static void add_identifiers(itd_parties *p, const itd_json *holder, bool person)
{
    const itd_json *all = itd_json_member(holder, "identifiers");
    bool array = itd_json_typeof(all) == ITD_JSON_ARRAY;
    for (size_t i = 0; i < (array ? itd_json_count(all) : 1); i++) {
        const itd_json *one = array ? itd_json_item(all, i) : all;
        itd_parties_add(p, itd_bods_identifier(text_of(one, "scheme"), text_of(one, "schemeName"), person),
                        text_of(one, "id"));
    }
}

static itd_sv address_of(itd_parties *p, const itd_json *address)
{
    const itd_sv parts[] = {text_of(address, "address"), text_of(address, "postCode"),
                            text_of(itd_json_member(address, "country"), "name")};
    return itd_record_join(p->record, ", ", parts, sizeof parts / sizeof parts[0]);
}

static void add_addresses(itd_parties *p, const itd_json *all)
{
    for (size_t i = 0; i < itd_json_count(all); i++)
        itd_parties_add(p, "address", address_of(p, itd_json_item(all, i)));
}

/* By its code; one without is known by its name. */
static void add_country(itd_parties *p, const char *property, const itd_json *country)
{
    itd_sv code = text_of(country, "code");
    itd_parties_add_country(p, property, code.size ? code : text_of(country, "name"));
}

static void add_countries(itd_parties *p, const char *property, const itd_json *all)
{
    for (size_t i = 0; i < itd_json_count(all); i++)
        add_country(p, property, itd_json_item(all, i));
}

/* ---- people and entities ---- */

static void add_person(itd_parties *p, const itd_json *details)
{
    const itd_json *names = itd_json_member(details, "names"), *birth = itd_json_member(details, "placeOfBirth");
    for (size_t i = 0; i < itd_json_count(names); i++)
        add_person_name(p, itd_json_item(names, i));
    itd_parties_add_date(p, "birthDate", text_of(details, "birthDate"));
    itd_parties_add_date(p, "deathDate", text_of(details, "deathDate"));
    itd_parties_add(p, "birthPlace", address_of(p, birth));
    add_country(p, "birthCountry", itd_json_member(birth, "country"));
    add_countries(p, "nationality", itd_json_member(details, "nationalities"));
    add_countries(p, "country", itd_json_member(details, "taxResidencies"));
    if (itd_sv_is(text_of(itd_json_member(details, "politicalExposure"), "status"), "isPep"))
        itd_parties_add(p, "topics", ITD_SV("role.pep"));
}

static void add_entity(itd_parties *p, const itd_json *details)
{
    const itd_json *others = itd_json_member(details, "alternateNames");
    itd_parties_add(p, "name", text_of(details, "name"));
    for (size_t i = 0; i < itd_json_count(others); i++)
        itd_parties_add(p, "alias", itd_json_text(itd_json_item(others, i)));
    add_country(p, "jurisdiction", itd_json_member(details, "jurisdiction"));
    itd_parties_add_date(p, "incorporationDate", text_of(details, "foundingDate"));
    itd_parties_add_date(p, "dissolutionDate", text_of(details, "dissolutionDate"));
}

static itd_schema schema_of(const itd_json *details, bool person)
{
    itd_sv type = text_of(itd_json_member(details, "entityType"), "type");
    return person                                                     ? ITD_S_Person
           : itd_sv_is(type, "registeredEntity")                      ? ITD_S_Company
           : itd_sv_is(type, "state") || itd_sv_is(type, "stateBody") ? ITD_S_PublicBody
                                                                      : ITD_S_LegalEntity;
}

static itd_status take(void *context, const itd_json *statement, const itd_stakes_place *place, itd_error *error)
{
    bods_list *l = context;
    itd_parties *p = &l->parties;
    if (l->at == l->statements.count || l->statements.items[l->at].offset != place->offset)
        return ITD_OK; /* no party, or refused */
    size_t at = l->at++;
    known *record = &l->records.items[l->statements.items[at].record];
    const itd_json *details = itd_json_member(statement, "recordDetails");
    bool person = itd_sv_is(text_of(statement, "recordType"), "person");
    itd_sv id = l->ids.texts[l->statements.items[at].record];
    if (record->last != at)
        return keep_names(l, record, details, person, error);
    if (itd_sv_trim(id).size != id.size) /* a list knows it without: the two would never meet */
        return itd_record_reject(p->record, ITD_REJECT_RECORD, id, place->line, place->offset, error,
                                 "recordId: a blank at its start or end");
    itd_parties_begin(p, id, schema_of(details, person), place->line, place->offset);
    if (person)
        add_person(p, details);
    else
        add_entity(p, details);
    add_former(l, record, details, person);
    if (person)
        add_identifiers(p, statement, person);
    add_identifiers(p, details, person);
    add_addresses(p, itd_json_member(details, "addresses"));
    return itd_record_commit(p->record, error);
}

static itd_status read_again(bods_list *l, itd_error *error)
{
    itd_input *input = NULL;
    itd_stakes_reading quiet = {.skip_bad = true}; /* what is refused was told of */
    ITD_TRY(itd_input_open(&input, l->parties.read->source->paths[0], error));
    const itd_stakes_json json = {.reading = &quiet, .input = input, .take = take, .context = l};
    itd_status status = itd_stakes_json_read(&json, error);
    itd_input_close(input);
    return status;
}

static itd_status read_bods(itd_read *read, itd_error *error)
{
    bods_list l = {.at = 0};
    itd_intern_init(&l.ids, SIZE_MAX);
    itd_arena_init(&l.names, SIZE_MAX);
    itd_status status = itd_parties_open(&l.parties, read, error);
    if (status == ITD_OK)
        status = itd_parties_read(&l.parties, itd_bods_read, on_party, &l, error);
    if (status == ITD_OK)
        status = read_again(&l, error);
    itd_parties_close(&l.parties);
    itd_intern_finish(&l.ids);
    itd_arena_finish(&l.names);
    itd_vector_finish(&l.records);
    itd_vector_finish(&l.statements);
    itd_vector_finish(&l.former);
    return status;
}

static int sniff(const itd_sniff *look)
{
    return itd_bods_is(look->head) ? 95 : 0;
}

const itd_format itd_format_bods = {
    .id = "bods",
    .title = "Beneficial Ownership Data Standard 0.4: the parties of a register",
    .sniff = sniff,
    .gather = itd_parties_gather,
    .read = read_bods,
};
