#include "read/bods.h"

#include "base/progress.h"
#include "read/bods_rules.h"
#include "read/bods_set.h"
#include "read/bods_shape.h"
#include "read/bods_share.h"

#define DAY_US INT64_C(86400000000)

static const itd_json *details_of(const itd_json *statement)
{
    return itd_json_member(statement, "recordDetails");
}

static itd_sv text_of(const itd_json *object, const char *key)
{
    return itd_json_text(itd_json_member(object, key));
}

static bool is_true(const itd_json *object, const char *key)
{
    char scratch[8];
    return itd_sv_is(itd_json_scalar(itd_json_member(object, key), scratch, sizeof scratch), "true");
}

/* The number of an id, new or known; UINT32_MAX: out of memory. */
static uint32_t number_of(itd_bods_set *set, itd_sv id)
{
    uint32_t number = itd_intern_add(&set->ids, id);
    while (number != ITD_MAP_NONE && set->records.count <= number)
        if (!itd_vector_push(&set->records, (itd_bods_record){0}))
            return ITD_MAP_NONE;
    return number;
}

/* What a statement says of the record of which it is: NULL, or why it cannot follow what was said before. */
static const char *take_record(itd_bods_record *record, const itd_json *statement, itd_date date)
{
    itd_sv kind = text_of(statement, "recordType"), status = text_of(statement, "recordStatus");
    const itd_json *details = details_of(statement), *entity = itd_json_member(details, "entityType");
    itd_bods_type type = itd_sv_is(kind, "entity")   ? ITD_BODS_ENTITY
                         : itd_sv_is(kind, "person") ? ITD_BODS_PERSON
                                                     : ITD_BODS_RELATIONSHIP;
    int32_t before = 0, now = 0, last = 0;
    if (record->type != ITD_BODS_NOT_SEEN) {
        if (record->type != type)
            return "recordType: another one than earlier statements of the record have";
        if (itd_sv_is(status, "new"))
            return "recordStatus: new, but the record has earlier statements";
        if (record->closed)
            return "recordStatus: the record was closed before";
        itd_date_span(&before, &last, record->date);
        itd_date_span(&now, &last, date);
        if (now < before)
            return "statementDate: before that of an earlier statement of the record";
    }
    itd_sv said = type == ITD_BODS_PERSON ? text_of(details, "personType") : text_of(entity, "type");
    record->type = (uint8_t)type;
    record->closed = itd_sv_is(status, "closed");
    record->date = date;
    record->trust = itd_sv_is(text_of(entity, "subtype"), "trust");
    record->nomination = itd_sv_is(text_of(entity, "subtype"), "nomination");
    record->unknown = itd_sv_starts(said, ITD_SV("anonymous")) || itd_sv_starts(said, ITD_SV("unknown"));
    return NULL;
}

/* ---- relationships ---- */

/* The rules for an interest that look at who has it in whom. */
static const char *check_parties(const itd_bods_set *set, const itd_bods_statement *s, const itd_json *interest)
{
    static const char *const of_trusts[] = {"settlor", "trustee", "protector", "beneficiaryOfLegalArrangement"};
    itd_sv type = text_of(interest, "type");
    const itd_bods_record *subject = s->subject == UINT32_MAX ? NULL : &set->records.items[s->subject];
    if (s->party != UINT32_MAX && set->records.items[s->party].type == ITD_BODS_ENTITY &&
        is_true(interest, "beneficialOwnershipOrControl"))
        return "recordDetails.interests: beneficialOwnershipOrControl of an entity; only people have it";
    if (!subject || subject->type != ITD_BODS_ENTITY)
        return NULL;
    for (size_t i = 0; i < sizeof of_trusts / sizeof of_trusts[0]; i++)
        if (itd_sv_is(type, of_trusts[i]) && !subject->trust)
            return "recordDetails.interests: an interest in a trust, but the subject is none";
    if ((itd_sv_is(type, "nominee") || itd_sv_is(type, "nominator")) && !subject->nomination)
        return "recordDetails.interests: a nominee or nominator, but the subject is no nomination";
    return NULL;
}

static itd_status take_interests(itd_bods_set *set, itd_bods_statement *s, const itd_json *interests,
                                 const char **problem, itd_error *error)
{
    size_t count = itd_json_count(interests);
    s->stake_first = (uint32_t)set->stakes.count;
    if (count > ITD_BODS_VALUES_MAX) {
        *problem = "recordDetails.interests: more than 4096 (ITD_BODS_VALUES_MAX)";
        return ITD_OK;
    }
    if (count == 0) { /* of whatever kind: it may be shares */
        const itd_stake any = {.share_max_ppm = ITD_PPM_WHOLE};
        if (!itd_vector_push(&set->stakes, any))
            return itd_fail_memory(error);
    }
    for (size_t i = 0; i < count && !*problem; i++) {
        itd_stake stake = {0};
        *problem = itd_bods_interest(&stake, itd_json_item(interests, i));
        if (!*problem)
            *problem = check_parties(set, s, itd_json_item(interests, i));
        if (!*problem && !itd_vector_push(&set->stakes, stake))
            return itd_fail_memory(error);
    }
    s->stake_count = (uint32_t)set->stakes.count - s->stake_first;
    return ITD_OK;
}

/* References have to stand before what refers to them; whether that counts is known at the end of the file. */
static const char *check_references(const itd_bods_set *set, const itd_bods_statement *s)
{
    itd_bods_type subject = s->subject == UINT32_MAX ? ITD_BODS_ENTITY : set->records.items[s->subject].type;
    itd_bods_type party = s->party == UINT32_MAX ? ITD_BODS_PERSON : set->records.items[s->party].type;
    if (subject == ITD_BODS_NOT_SEEN)
        return "recordDetails.subject: no record that stands before it";
    if (subject != ITD_BODS_ENTITY)
        return "recordDetails.subject: no entity";
    if (party == ITD_BODS_NOT_SEEN)
        return "recordDetails.interestedParty: no record that stands before it";
    return party == ITD_BODS_RELATIONSHIP ? "recordDetails.interestedParty: neither an entity nor a person" : NULL;
}

/* What is held through others counts where those hold it: with the links between at hand, the interest itself says no
 * more than that the two are connected. Only rights that are summed can be counted twice. */
static void leave_to_components(itd_bods_set *set, const itd_bods_statement *s, const itd_json *interests)
{
    for (size_t i = 0; i < itd_json_count(interests); i++) {
        itd_stake *stake = &set->stakes.items[s->stake_first + i];
        if ((stake->kind == ITD_STAKE_SHARES || stake->kind == ITD_STAKE_VOTES) &&
            itd_sv_is(text_of(itd_json_item(interests, i), "directOrIndirect"), "indirect"))
            *stake = (itd_stake){.kind = ITD_STAKE_LINK, .start = stake->start, .end = stake->end};
    }
}

static itd_status take_components(itd_bods_set *set, itd_bods_statement *s, const itd_json *components,
                                  const char **problem, itd_error *error)
{
    size_t count = itd_json_count(components);
    if (count > ITD_BODS_VALUES_MAX)
        *problem = "recordDetails.componentRecords: more than 4096 (ITD_BODS_VALUES_MAX)";
    for (size_t i = 0; i < count && !*problem; i++) {
        uint32_t number = number_of(set, itd_json_text(itd_json_item(components, i)));
        if (number == ITD_MAP_NONE)
            return itd_fail_memory(error);
        if (set->records.items[number].type == ITD_BODS_NOT_SEEN)
            s->problem = "recordDetails.componentRecords: no record that stands before it";
        else
            set->records.items[number].used = true;
    }
    return ITD_OK;
}

static itd_status take_party(uint32_t *out, itd_bods_set *set, const itd_json *party, const char **problem,
                             itd_error *error)
{
    *out = UINT32_MAX;
    if (itd_json_typeof(party) != ITD_JSON_STRING)
        return ITD_OK;
    if (!itd_stakes_is_id(itd_json_text(party))) {
        *problem = "recordDetails: an id that is empty, has a NUL or more than 1024 bytes (ITD_STAKE_ID_BYTES_MAX)";
        return ITD_OK;
    }
    *out = number_of(set, itd_json_text(party));
    return *out == ITD_MAP_NONE ? itd_fail_memory(error) : ITD_OK;
}

static itd_status take_relationship(itd_bods_set *set, itd_bods_statement *s, const itd_json *details,
                                    const char **problem, itd_error *error)
{
    ITD_TRY(take_party(&s->subject, set, itd_json_member(details, "subject"), problem, error));
    ITD_TRY(take_party(&s->party, set, itd_json_member(details, "interestedParty"), problem, error));
    if (!*problem)
        ITD_TRY(take_interests(set, s, itd_json_member(details, "interests"), problem, error));
    if (*problem)
        return ITD_OK;
    s->problem = check_references(set, s);
    ITD_TRY(take_components(set, s, itd_json_member(details, "componentRecords"), problem, error));
    if (!*problem && !s->problem && itd_json_count(itd_json_member(details, "componentRecords")) > 0)
        leave_to_components(set, s, itd_json_member(details, "interests"));
    if (s->subject != UINT32_MAX)
        set->records.items[s->subject].owned = true;
    return ITD_OK;
}

/* ---- statements ---- */

static itd_status take_statement(itd_bods_set *set, itd_bods_statement *s, const itd_json *statement,
                                 const char **problem, itd_error *error)
{
    const itd_json *details = details_of(statement);
    itd_sv id = text_of(statement, "statementId"), key = text_of(statement, "recordId");
    if ((*problem = itd_bods_rules(statement, set->today)) != NULL)
        return ITD_OK;
    if (itd_intern_find(&set->statement_ids, id) != ITD_MAP_NONE) {
        *problem = "statementId: another statement has it too";
        return ITD_OK;
    }
    if (itd_intern_add(&set->statement_ids, id) == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (!itd_stakes_is_id(key) || !itd_stakes_is_id(text_of(statement, "declarationSubject"))) {
        *problem = "recordId or declarationSubject: empty, with a NUL, or more than 1024 bytes "
                   "(ITD_STAKE_ID_BYTES_MAX)";
        return ITD_OK;
    }
    s->record = number_of(set, key);
    s->declared = number_of(set, text_of(statement, "declarationSubject"));
    if (s->record == ITD_MAP_NONE || s->declared == ITD_MAP_NONE)
        return itd_fail_memory(error);
    (void)itd_date_parse(&s->date, itd_sv_slice(text_of(statement, "statementDate"), 0, 10));
    s->component = is_true(details, "isComponent");
    s->subject = s->party = UINT32_MAX;
    if (itd_sv_is(text_of(statement, "recordType"), "relationship"))
        ITD_TRY(take_relationship(set, s, details, problem, error));
    if (!s->problem && !itd_bods_annotations_point(statement))
        s->problem = "annotations: statementPointerTarget points to nothing in the statement";
    if (!*problem)
        *problem = take_record(&set->records.items[s->record], statement, s->date);
    s->closed = set->records.items[s->record].closed;
    return ITD_OK;
}

static itd_status take(void *context, const itd_json *object, const itd_stakes_place *place, itd_error *error)
{
    itd_bods_set *set = context;
    char reason[ITD_STAKES_REASON_MAX];
    itd_bods_statement s = {.line = place->line, .offset = place->offset};
    size_t stakes = set->stakes.count;
    const char *problem = itd_bods_shape(object, reason, sizeof reason) ? NULL : reason;
    if (!problem)
        ITD_TRY(take_statement(set, &s, object, &problem, error));
    if (problem) {
        set->stakes.count = stakes;
        return itd_stakes_reject(set->reading, set->input, place, text_of(object, "recordId"), problem, error);
    }
    return itd_vector_push(&set->statements, s) ? ITD_OK : itd_fail_memory(error);
}

bool itd_bods_is(itd_sv head)
{
    static const char *const keys[] = {"statementId", "recordType", NULL},
                             *const others[] = {"statementId", "recordDetails", NULL},
                             *const more[] = {"recordId", "recordType", "declarationSubject", NULL},
                             *const bare[] = {"statementId", "recordId", NULL};
    return itd_stakes_json_has(head, keys) || itd_stakes_json_has(head, others) || itd_stakes_json_has(head, more) ||
           itd_stakes_json_has(head, bare);
}

itd_status itd_bods_read(itd_stakes_reading *reading, itd_input *input, itd_error *error)
{
    itd_bods_set set = {.reading = reading, .input = input, .today = (int32_t)(itd_clock_utc_us() / DAY_US) + 1};
    const itd_stakes_json json = {.reading = reading, .input = input, .take = take, .context = &set};
    itd_intern_init(&set.ids, SIZE_MAX);
    itd_intern_init(&set.statement_ids, SIZE_MAX);
    itd_status status = itd_stakes_json_read(&json, error);
    if (status == ITD_OK)
        status = itd_bods_set_send(&set, error);
    itd_intern_finish(&set.ids);
    itd_intern_finish(&set.statement_ids);
    itd_vector_finish(&set.records);
    itd_vector_finish(&set.statements);
    itd_vector_finish(&set.stakes);
    return status;
}
