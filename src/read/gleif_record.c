/* What a record of GLEIF says, as stakes. Names and codes: Relationship Record CDF 2.1, LEI-CDF 3.1, Reporting
 * Exceptions 2.1 (gleif.org/en/about-lei/common-data-file-format). */
#include "model/identifier.h"
#include "read/gleif.h"
#include "read/gleif_node.h"

/* The end node holds the start node, but for a feeder, which invests in its master. Accounts are consolidated by
 * whoever has control (IFRS 10), as a rule through a majority; how much of the shares that is nobody says. */
static const struct {
    const char *type;
    bool start_holds, control, shares;
    uint32_t least;
} relations[] = {
    {"IS_DIRECTLY_CONSOLIDATED_BY", .control = true, .shares = true},
    {"IS_ULTIMATELY_CONSOLIDATED_BY", .control = true, .shares = true},
    {"IS_INTERNATIONAL_BRANCH_OF", .shares = true, .least = ITD_PPM_WHOLE}, /* one legal person */
    {"IS_FUND-MANAGED_BY", .control = true},
    {"IS_SUBFUND_OF", .control = true},
    {"IS_FEEDER_TO", .start_holds = true, .shares = true},
};
#define RELATIONS (sizeof relations / sizeof relations[0])

typedef struct relation {
    size_t type;
    char start[ITD_IDENTIFIER_MAX + 1], end[ITD_IDENTIFIER_MAX + 1]; /* LEIs */
    itd_sv start_id, end_id;
    bool alive, ended;         /* ACTIVE; INACTIVE */
    itd_date updated, deleted; /* no date: not said */
    itd_gleif_node periods[ITD_GLEIF_PERIODS_MAX];
    size_t period_count;
} relation;

/* `value` has ITD_IDENTIFIER_MAX + 1 bytes. */
static bool take_lei(itd_sv *out, char *value, itd_sv text)
{
    const char *why = NULL;
    size_t where = 0;
    if (text.size == 0 || itd_identifier_read_lei(value, text.data, text.size, &why, &where) != ITD_OK)
        return false;
    *out = itd_sv_of(value);
    return true;
}

static const char *take_node(itd_sv *out, char *value, itd_gleif_node node)
{
    itd_sv id = itd_gleif_text(node, "NodeID"), type = itd_gleif_text(node, "NodeIDType");
    if (itd_sv_is(type, "LEI"))
        return take_lei(out, value, id) ? NULL : "NodeID: no LEI (18 characters and two check digits)";
    if (type.size == 0)
        return "NodeIDType is missing";
    *out = id;
    return itd_stakes_is_id(id) ? NULL : "NodeID: missing, or more than 1024 bytes (ITD_STAKE_ID_BYTES_MAX)";
}

static bool take_deletion(itd_date *out, itd_gleif_node record)
{
    itd_gleif_node deletion = itd_gleif_child(itd_gleif_child(record, "Extension"), "Deletion");
    return itd_stakes_day(out, itd_gleif_text(deletion, "DeletedAt"));
}

static bool is_earlier(itd_date a, itd_date b)
{
    int32_t a_day = 0, b_day = 0, last = 0;
    itd_date_span(&a_day, &last, a);
    itd_date_span(&b_day, &last, b);
    return a_day < b_day;
}

/* ---- level 2: relationships ---- */

static bool is_of_relationship(itd_gleif_node period)
{
    return itd_sv_is(itd_gleif_text(period, "PeriodType"), "RELATIONSHIP_PERIOD");
}

static const char *take_period(itd_stake *stake, const relation *r, itd_gleif_node period)
{
    stake->start = stake->end = (itd_date){0};
    if (!itd_stakes_day(&stake->start, itd_gleif_text(period, "StartDate")) ||
        !itd_stakes_day(&stake->end, itd_gleif_text(period, "EndDate")))
        return "RelationshipPeriods: a date that is none";
    if (!itd_stakes_days_fit(stake->start, stake->end))
        return "RelationshipPeriods: it ends before it starts";
    if (r->ended && stake->end.year == 0)
        stake->end = r->updated; /* at the latest */
    if (r->deleted.year && (stake->end.year == 0 || is_earlier(r->deleted, stake->end)))
        stake->end = r->deleted;
    return NULL;
}

static const char *take_relation(relation *r, itd_gleif_node record)
{
    itd_gleif_node said = itd_gleif_child(record, "Relationship"),
                   registration = itd_gleif_child(record, "Registration");
    itd_sv type = itd_gleif_text(said, "RelationshipType"), status = itd_gleif_text(said, "RelationshipStatus");
    itd_stake stake;
    const char *problem = take_node(&r->start_id, r->start, itd_gleif_child(said, "StartNode"));
    if (!problem)
        problem = take_node(&r->end_id, r->end, itd_gleif_child(said, "EndNode"));
    if (problem)
        return problem;
    for (r->type = 0; r->type < RELATIONS && !itd_sv_is(type, relations[r->type].type); r->type++)
        continue;
    if (r->type == RELATIONS)
        return "RelationshipType: no type that is known";
    r->alive = itd_sv_is(status, "ACTIVE");
    r->ended = itd_sv_is(status, "INACTIVE");
    if (!r->alive && !r->ended && !itd_sv_is(status, "NULL"))
        return "RelationshipStatus: none of ACTIVE, INACTIVE, NULL";
    if (!itd_stakes_day(&r->updated, itd_gleif_text(registration, "LastUpdateDate")))
        return "Registration.LastUpdateDate: no date";
    if (!take_deletion(&r->deleted, record))
        return "Extension.Deletion.DeletedAt: no date";
    r->period_count = itd_gleif_items(r->periods, itd_gleif_child(said, "RelationshipPeriods"), ITD_GLEIF_PERIODS_MAX);
    if (r->period_count > ITD_GLEIF_PERIODS_MAX)
        return "RelationshipPeriods: more than 256 (ITD_GLEIF_PERIODS_MAX)";
    for (size_t i = 0; i < r->period_count && !problem; i++)
        problem = is_of_relationship(r->periods[i]) ? take_period(&stake, r, r->periods[i]) : NULL;
    return problem;
}

static itd_status send_period(const itd_gleif_sink *sink, const relation *r, itd_gleif_node period, uint64_t line,
                              itd_error *error)
{
    bool turned = relations[r->type].start_holds, shares = relations[r->type].shares;
    itd_stake stake = {.owner = turned ? r->start_id : r->end_id,
                       .owned = turned ? r->end_id : r->start_id,
                       .kind = ITD_STAKE_LINK,
                       .line = line};
    (void)take_period(&stake, r, period);
    if (!r->alive && stake.end.year == 0) /* it holds no more, and nobody says since when */
        return itd_stakes_send(sink->reading, &stake, error);
    stake.kind = ITD_STAKE_CONTROL;
    if (relations[r->type].control)
        ITD_TRY(itd_stakes_send(sink->reading, &stake, error));
    stake.kind = ITD_STAKE_SHARES;
    stake.share_min_ppm = relations[r->type].least;
    stake.share_max_ppm = ITD_PPM_WHOLE;
    return shares ? itd_stakes_send(sink->reading, &stake, error) : ITD_OK;
}

static itd_status send_relation(const itd_gleif_sink *sink, const relation *r, uint64_t line, itd_error *error)
{
    size_t sent = 0;
    for (size_t i = 0; i < r->period_count; i++)
        if (is_of_relationship(r->periods[i])) {
            ITD_TRY(send_period(sink, r, r->periods[i], line, error));
            sent++;
        }
    return sent ? ITD_OK : send_period(sink, r, (itd_gleif_node){NULL, NULL}, line, error);
}

static itd_status relationship(const itd_gleif_sink *sink, itd_gleif_node record, const itd_stakes_place *place,
                               itd_error *error)
{
    relation r = {0};
    const char *problem = take_relation(&r, record);
    itd_sv registered = itd_gleif_text(itd_gleif_child(record, "Registration"), "RegistrationStatus");
    if (problem)
        return itd_stakes_reject(sink->reading, sink->input, place, r.start_id, problem, error);
    if (itd_sv_is(registered, "ANNULLED") || itd_sv_is(registered, "DUPLICATE")) /* an error, or said elsewhere */
        return ITD_OK;
    return send_relation(sink, &r, place->line, error);
}

/* ---- reporting exceptions ---- */

static itd_status exception(const itd_gleif_sink *sink, itd_gleif_node record, const itd_stakes_place *place,
                            itd_error *error)
{
    char value[ITD_IDENTIFIER_MAX + 1];
    itd_sv lei = ITD_SV_NONE, category = itd_gleif_text(record, "ExceptionCategory");
    itd_date deleted = {0};
    const char *problem = NULL;
    if (!take_lei(&lei, value, itd_gleif_text(record, "LEI")))
        problem = "LEI: none (18 characters and two check digits)";
    else if (!itd_sv_is(category, "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT") &&
             !itd_sv_is(category, "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"))
        problem = "ExceptionCategory: no category that is known";
    else if (itd_gleif_text(record, "ExceptionReason").size == 0)
        problem = "ExceptionReason is missing";
    else if (!take_deletion(&deleted, record))
        problem = "Extension.Deletion.DeletedAt: no date";
    if (problem)
        return itd_stakes_reject(sink->reading, sink->input, place, lei, problem, error);
    return itd_stakes_send_alone(sink->reading, lei, (itd_date){0}, deleted, place->line, error);
}

/* ---- level 1: entities ---- */

static itd_status send_address(const itd_gleif_sink *sink, itd_sv lei, itd_gleif_node address, uint64_t line,
                               itd_error *error)
{
    static const char *const keys[] = {"FirstAddressLine", "AdditionalAddressLine", "City", "Region", "Country",
                                       "PostalCode"};
    itd_sv parts[ITD_GLEIF_ADDRESS_LINES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t more = itd_gleif_texts(parts + count, address, keys[i], ITD_GLEIF_ADDRESS_LINES_MAX - count);
        count = more > ITD_GLEIF_ADDRESS_LINES_MAX - count ? ITD_GLEIF_ADDRESS_LINES_MAX : count + more;
    }
    return itd_stakes_send_address(sink->reading, lei, parts, count, line, error);
}

static itd_status entity(const itd_gleif_sink *sink, itd_gleif_node record, const itd_stakes_place *place,
                         itd_error *error)
{
    char value[ITD_IDENTIFIER_MAX + 1], later[ITD_IDENTIFIER_MAX + 1];
    itd_sv lei = ITD_SV_NONE, successor = ITD_SV_NONE;
    itd_gleif_node said = itd_gleif_child(record, "Entity"), next = itd_gleif_child(said, "SuccessorEntity");
    if (!take_lei(&lei, value, itd_gleif_text(record, "LEI")))
        return itd_stakes_reject(sink->reading, sink->input, place, itd_gleif_text(record, "LEI"),
                                 "LEI: none (18 characters and two check digits)", error);
    const itd_stakes_party party = {
        .id = lei, .json = record.json, .xml = record.xml, .line = place->line, .offset = place->offset};
    ITD_TRY(itd_stakes_tell(sink->reading, &party, error));
    ITD_TRY(itd_stakes_send_alone(sink->reading, lei, (itd_date){0}, (itd_date){0}, place->line, error));
    if (take_lei(&successor, later, itd_gleif_text(next, "SuccessorLEI"))) {
        const itd_stake link = {.owner = successor, .owned = lei, .kind = ITD_STAKE_LINK, .line = place->line};
        ITD_TRY(itd_stakes_send(sink->reading, &link, error));
    }
    ITD_TRY(send_address(sink, lei, itd_gleif_child(said, "LegalAddress"), place->line, error));
    return send_address(sink, lei, itd_gleif_child(said, "HeadquartersAddress"), place->line, error);
}

itd_status itd_gleif_take(const itd_gleif_sink *sink, itd_gleif_node record, const itd_stakes_place *place,
                          itd_error *error)
{
    if (itd_gleif_has(record, "Relationship"))
        return relationship(sink, record, place, error);
    if (itd_gleif_has(record, "ExceptionCategory"))
        return exception(sink, record, place, error);
    if (itd_gleif_has(record, "Entity"))
        return entity(sink, record, place, error);
    return itd_stakes_reject(sink->reading, sink->input, place, itd_gleif_text(record, "LEI"),
                             "none of Entity, Relationship, ExceptionCategory is there", error);
}
