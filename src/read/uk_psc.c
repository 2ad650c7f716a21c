#include "read/uk_psc.h"

#include "read/stakes_json.h"
#include "read/uk_psc_nature.h"

typedef enum kind { PERSON, ENTITY, NOBODY, STATEMENT, EXEMPTIONS, TOTALS, KINDS } kind;

/* By the end or the whole of data.kind. "…-beneficial-owner" are those of overseas entities. */
static const struct {
    const char *text;
    kind kind;
} kinds[] = {
    {"individual-person-with-significant-control", PERSON},
    {"corporate-entity-person-with-significant-control", ENTITY},
    {"legal-person-person-with-significant-control", ENTITY},
    {"super-secure-person-with-significant-control", NOBODY},
    {"individual-beneficial-owner", PERSON},
    {"corporate-entity-beneficial-owner", ENTITY},
    {"legal-person-beneficial-owner", ENTITY},
    {"super-secure-beneficial-owner", NOBODY},
    {"persons-with-significant-control-statement", STATEMENT},
    {"exemptions", EXEMPTIONS},
    {"totals#persons-of-significant-control-snapshot", TOTALS},
};

/* A record taken apart. */
typedef struct record {
    const itd_json *data;
    itd_sv key;            /* number of the company */
    itd_sv company, owner; /* ids */
    itd_date start, end;
    uint64_t line;
    char company_room[ITD_STAKE_ID_BYTES_MAX], owner_room[ITD_STAKE_ID_BYTES_MAX];
    const char *problem; /* NULL, or why it is refused */
} record;

typedef struct psc {
    itd_stakes_reading *reading;
    itd_input *input;
} psc;

static itd_sv text_of(const itd_json *object, const char *key)
{
    return itd_sv_trim(itd_json_text(itd_json_member(object, key)));
}

static kind kind_of(itd_sv text)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (itd_sv_is(text, kinds[i].text))
            return kinds[i].kind;
    return KINDS;
}

static const char *take_days(itd_date *start, itd_date *end, const itd_json *object, const char *from, const char *to)
{
    if (!itd_stakes_day(start, text_of(object, from)) || !itd_stakes_day(end, text_of(object, to)))
        return "data: a date that is none (notified_on, ceased_on, exempt_from, exempt_to)";
    return itd_stakes_days_fit(*start, *end) ? NULL : "data: it ends before it starts";
}

/* ---- who it is ---- */

/* The company whose record it is. The streaming service says it in the path of the record alone. */
static itd_sv company_of(const itd_json *object)
{
    itd_sv part, path = text_of(itd_json_member(itd_json_member(object, "data"), "links"), "self");
    itd_sv company = text_of(object, "company_number");
    if (company.size > 0 || !itd_sv_starts(path, ITD_SV("/company/")))
        return company;
    path = itd_sv_slice(path, strlen("/company/"), SIZE_MAX);
    return itd_sv_split(&part, &path, '/') ? part : ITD_SV_NONE;
}

itd_sv itd_uk_company_number(char out[ITD_UK_COMPANY_DIGITS], itd_sv text)
{
    char kept[ITD_UK_COMPANY_DIGITS];
    size_t count = 0, letters = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i] >= 'a' && text.data[i] <= 'z' ? (char)(text.data[i] - 'a' + 'A') : text.data[i];
        if (c == ' ')
            continue;
        bool letter = c >= 'A' && c <= 'Z' && count == letters && letters < 2;
        if (count == ITD_UK_COMPANY_DIGITS || (!letter && (c < '0' || c > '9')))
            return ITD_SV_NONE;
        letters += letter;
        kept[count++] = c;
    }
    if (count == 0 || letters == 1 || (letters == 2 && count < ITD_UK_COMPANY_DIGITS))
        return ITD_SV_NONE;
    memset(out, '0', ITD_UK_COMPANY_DIGITS);
    memcpy(out + ITD_UK_COMPANY_DIGITS - count, kept, count);
    return itd_sv_make(out, ITD_UK_COMPANY_DIGITS);
}

static bool in_uk(const itd_json *identification)
{
    static const char *const names[] = {
        "United Kingdom", "UK",       "Great Britain",   "England", "England & Wales", "Wales", "England And Wales",
        "England/Wales",  "Scotland", "Northern Ireland"};
    itd_sv country = text_of(identification, "country_registered");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (itd_sv_equal_nocase(country, itd_sv_of(names[i])))
            return true;
    return country.size == 0 &&
           itd_sv_find_nocase(text_of(identification, "place_registered"), ITD_SV("companies house"), 0) != SIZE_MAX;
}

static void take_owner(record *r, bool entity)
{
    char digits[ITD_UK_COMPANY_DIGITS];
    const itd_json *identification = itd_json_member(r->data, "identification");
    itd_sv path = text_of(itd_json_member(r->data, "links"), "self"), number = ITD_SV_NONE;
    if (entity && in_uk(identification))
        number = itd_uk_company_number(digits, text_of(identification, "registration_number"));
    if (number.size == 0 && !itd_sv_starts(path, ITD_SV("/"))) /* it could be taken for a number */
        path = ITD_SV_NONE;
    r->owner = itd_stakes_id(r->owner_room, ITD_UK_PSC_PREFIX, number.size > 0 ? number : path);
    if (r->owner.size == 0)
        r->problem = "data.links.self: missing, no path, or more than 1024 bytes (ITD_STAKE_ID_BYTES_MAX)";
}

/* ---- what it holds ---- */

static itd_status send_natures(const psc *p, const record *r, itd_error *error)
{
    const itd_json *all = itd_json_member(r->data, "natures_of_control");
    size_t count = itd_json_count(all);
    itd_stake stake = {.share_max_ppm = ITD_PPM_WHOLE}; /* it meets one of the conditions, and does not say which */
    for (size_t i = 0; i < (count ? count : 1); i++) {
        if (count)
            (void)itd_uk_psc_nature(&stake, itd_json_text(itd_json_item(all, i)));
        stake.owner = r->owner;
        stake.owned = r->company;
        stake.start = r->start;
        stake.end = r->end;
        stake.line = r->line;
        ITD_TRY(itd_stakes_send(p->reading, &stake, error));
    }
    return ITD_OK;
}

static const char *check_natures(const itd_json *all)
{
    itd_stake stake;
    itd_json_type type = itd_json_typeof(all);
    if (type != ITD_JSON_NONE && type != ITD_JSON_NULL && type != ITD_JSON_ARRAY)
        return "data.natures_of_control: no array";
    if (itd_json_count(all) > ITD_UK_PSC_NATURES_MAX)
        return "data.natures_of_control: more than 64 (ITD_UK_PSC_NATURES_MAX)";
    for (size_t i = 0; type == ITD_JSON_ARRAY && i < itd_json_count(all); i++)
        if (!itd_uk_psc_nature(&stake, itd_json_text(itd_json_item(all, i))))
            return "data.natures_of_control: a code that is not known";
    return NULL;
}

static itd_status send_address(const psc *p, const record *r, itd_error *error)
{
    static const char *const keys[] = {"care_of",  "po_box", "premises",    "address_line_1", "address_line_2",
                                       "locality", "region", "postal_code", "country"};
    itd_sv parts[sizeof keys / sizeof keys[0]];
    const itd_json *address = itd_json_member(r->data, "address");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        parts[i] = text_of(address, keys[i]);
    return itd_stakes_send_address(p->reading, r->owner, parts, sizeof keys / sizeof keys[0], r->line, error);
}

/* ---- who says of nobody that they hold it ---- */

/* Each exemption has items with days of their own; false when a day is none. */
static const char *check_exemptions(const itd_json *all)
{
    const void *cursor = NULL;
    itd_sv key;
    const itd_json *exemption;
    const char *problem = NULL;
    while (!problem && itd_json_next_member(all, &cursor, &key, &exemption)) {
        const itd_json *items = itd_json_member(exemption, "items");
        for (size_t i = 0; i < itd_json_count(items) && !problem; i++) {
            itd_date start = {0}, end = {0};
            problem = take_days(&start, &end, itd_json_item(items, i), "exempt_from", "exempt_to");
        }
    }
    return problem;
}

static itd_status send_exemptions(const psc *p, const record *r, itd_error *error)
{
    const void *cursor = NULL;
    itd_sv key;
    const itd_json *all = itd_json_member(r->data, "exemptions"), *exemption;
    uint64_t before = p->reading->stakes;
    while (itd_json_next_member(all, &cursor, &key, &exemption)) {
        const itd_json *items = itd_json_member(exemption, "items");
        for (size_t i = 0; i < itd_json_count(items); i++) {
            itd_date start = {0}, end = {0};
            (void)take_days(&start, &end, itd_json_item(items, i), "exempt_from", "exempt_to");
            ITD_TRY(itd_stakes_send_alone(p->reading, r->company, start, end, r->line, error));
        }
    }
    if (p->reading->stakes > before)
        return ITD_OK;
    return itd_stakes_send_alone(p->reading, r->company, (itd_date){0}, (itd_date){0}, r->line, error);
}

static itd_status take(void *context, const itd_json *object, const itd_stakes_place *place, itd_error *error)
{
    const psc *p = context;
    record r = {.data = itd_json_member(object, "data"), .key = company_of(object), .line = place->line};
    kind found = kind_of(text_of(r.data, "kind"));
    r.company = itd_stakes_id(r.company_room, ITD_UK_PSC_PREFIX, r.key);
    if (found == TOTALS) /* ends a snapshot: how many records it has */
        return ITD_OK;
    if (found == KINDS)
        r.problem = "data.kind: no kind of record that is known";
    else if (r.company.size == 0)
        r.problem = "company_number: missing, or more than 1024 bytes (ITD_STAKE_ID_BYTES_MAX)";
    else
        r.problem = take_days(&r.start, &r.end, r.data, "notified_on", "ceased_on");
    if (!r.problem && (found == PERSON || found == ENTITY))
        r.problem = check_natures(itd_json_member(r.data, "natures_of_control"));
    if (!r.problem && (found == PERSON || found == ENTITY))
        take_owner(&r, found == ENTITY);
    if (!r.problem && found == EXEMPTIONS)
        r.problem = check_exemptions(itd_json_member(r.data, "exemptions"));
    if (r.problem)
        return itd_stakes_reject(p->reading, p->input, place, r.key, r.problem, error);
    if (found == EXEMPTIONS)
        return send_exemptions(p, &r, error);
    if (found != PERSON && found != ENTITY)
        return itd_stakes_send_alone(p->reading, r.company, r.start, r.end, r.line, error);
    const itd_stakes_party party = {.id = r.owner, .json = r.data, .line = place->line, .offset = place->offset};
    ITD_TRY(itd_stakes_tell(p->reading, &party, error));
    ITD_TRY(send_natures(p, &r, error));
    return send_address(p, &r, error);
}

bool itd_uk_psc_is(itd_sv head)
{
    static const char *const keys[] = {"data", "etag", "kind", NULL};
    return itd_stakes_json_has(head, keys);
}

itd_status itd_uk_psc_read(itd_stakes_reading *reading, itd_input *input, itd_error *error)
{
    psc p = {reading, input};
    const itd_stakes_json json = {.reading = reading, .input = input, .take = take, .context = &p, .alone = true};
    return itd_stakes_json_read(&json, error);
}
