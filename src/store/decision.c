#include "store/decision.h"

#include <assert.h>

#include "base/memory.h"
#include "base/vector.h"

static const char *const kind_names[] = {"clear", "confirm", "escalate"};
static const char *const state_names[] = {"none", "cleared", "confirmed", "escalated", "pending", "reopened"};

struct itd_decision_reader {
    itd_store *store;
    int64_t before;
    itd_sql_query *query;
    ITD_VECTOR(itd_decision) found;
};

const char *itd_decision_kind_name(itd_decision_kind kind)
{
    return kind_names[kind];
}

bool itd_decision_kind_find(itd_decision_kind *out, itd_sv name)
{
    for (unsigned i = 0; i < sizeof kind_names / sizeof kind_names[0]; i++)
        if (itd_sv_is(name, kind_names[i])) {
            *out = (itd_decision_kind)i;
            return true;
        }
    return false;
}

const char *itd_decision_state_name(itd_decision_state state)
{
    return state_names[state];
}

/* Why what was decided of one record no longer speaks of what it is now. */
static unsigned record_changes(itd_sv decided, itd_sv now)
{
    const bool by_name = now.size != ITD_BINDING_OWNED, by_owners = now.size >= ITD_BINDING_OWNED;
    if (!itd_sv_equal(itd_sv_slice(decided, 0, ITD_STORE_HASH), itd_sv_slice(now, 0, ITD_STORE_HASH)))
        return ITD_REOPENED_RECORD;
    if (by_name && decided.size == ITD_BINDING_OWNED)
        return ITD_REOPENED_OWNERS;
    if (by_owners &&
        !itd_sv_equal(itd_sv_slice(decided, 0, ITD_BINDING_OWNED), itd_sv_slice(now, 0, ITD_BINDING_OWNED)))
        return ITD_REOPENED_OWNERS;
    return 0;
}

itd_decision_state itd_decision_state_of(unsigned *reopened, const itd_decision *decision, const itd_binding *binding,
                                         int64_t now)
{
    assert(binding);
    unsigned why = 0;
    if (reopened)
        *reopened = 0;
    if (!decision)
        return ITD_DECISION_NONE;
    why |= record_changes(decision->binding.record, binding->record);
    if (!itd_sv_equal(decision->binding.question, binding->question))
        why |= ITD_REOPENED_QUESTION;
    if (!itd_sv_equal(decision->binding.rules, binding->rules))
        why |= ITD_REOPENED_RULES;
    if (decision->until != 0 && now >= decision->until)
        why |= ITD_REOPENED_EXPIRED;
    if (reopened)
        *reopened = why;
    if (why)
        return ITD_DECISION_REOPENED;
    if (decision->pending)
        return ITD_DECISION_PENDING;
    return decision->kind == ITD_DECIDE_CLEAR     ? ITD_DECISION_CLEARED
           : decision->kind == ITD_DECIDE_CONFIRM ? ITD_DECISION_CONFIRMED
                                                  : ITD_DECISION_ESCALATED;
}

/* ---- reading ---- */

/* Of a consent, what was consented to stands in the row of the first person. */
#define COLUMNS                                                                                                        \
    "d.id, d.hit, d.decision, coalesce(p.reason, d.reason), coalesce(p.person, d.person),"                             \
    " CASE WHEN p.id IS NULL THEN d.second ELSE d.person END, d.made, d.until, d.question, d.record, d.rules, d.audit"
#define TABLES "decision d LEFT JOIN decision p ON p.id = d.approves"

static itd_status read_row(itd_decision *out, const itd_sql_query *query, const itd_store *store, itd_sv pair_query,
                           itd_arena *arena, itd_error *error)
{
    itd_decision d = {.id = itd_sql_i64(query, 0),
                      .query = itd_arena_copy(arena, pair_query),
                      .hit = itd_arena_copy(arena, itd_sql_bytes(query, 1)),
                      .reason = itd_arena_copy(arena, itd_sql_bytes(query, 3)),
                      .person = itd_arena_copy(arena, itd_sql_bytes(query, 4)),
                      .second = itd_arena_copy(arena, itd_sql_bytes(query, 5)),
                      .made = itd_sql_i64(query, 6),
                      .until = itd_sql_i64(query, 7),
                      .binding = {itd_arena_copy(arena, itd_sql_bytes(query, 8)),
                                  itd_arena_copy(arena, itd_sql_bytes(query, 9)),
                                  itd_arena_copy(arena, itd_sql_bytes(query, 10))},
                      .audit = itd_sql_i64(query, 11)};
    if (!itd_decision_kind_find(&d.kind, itd_sql_bytes(query, 2)))
        return itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE, "decision %lld was changed",
                           (long long)d.id);
    if (!d.query.data || !d.hit.data || !d.reason.data || !d.person.data || !d.second.data ||
        !d.binding.question.data || !d.binding.record.data || !d.binding.rules.data)
        return itd_fail_memory(error);
    d.pending = store->two_person && d.second.size == 0;
    *out = d;
    return ITD_OK;
}

itd_status itd_decision_reader_open(itd_decision_reader **out, itd_store *store, int64_t before, itd_error *error)
{
    assert(out && store);
    itd_decision_reader *reader = itd_calloc(1, sizeof *reader);
    if (!reader)
        return itd_fail_memory(error);
    reader->store = store;
    reader->before = before;
    itd_status status = itd_sql_prepare(
        &reader->query, store->sql,
        "SELECT " COLUMNS " FROM " TABLES " WHERE d.query = ?1 AND d.audit < ?2 AND d.id = (SELECT "
        "max(n.id) FROM decision n WHERE n.query = ?1 AND n.hit = d.hit AND n.audit < ?2) ORDER BY d.hit",
        error);
    if (status != ITD_OK) {
        itd_free(reader);
        return status;
    }
    *out = reader;
    return ITD_OK;
}

void itd_decision_reader_close(itd_decision_reader *reader)
{
    if (!reader)
        return;
    itd_sql_finish(reader->query);
    itd_vector_finish(&reader->found);
    itd_free(reader);
}

itd_status itd_decision_reader_of(const itd_decision **out, size_t *count, itd_decision_reader *reader, itd_sv query,
                                  itd_arena *arena, itd_error *error)
{
    assert(out && count && reader && arena);
    bool row = true;
    reader->found.count = 0;
    itd_sql_bind_text(reader->query, 1, query);
    itd_sql_bind_i64(reader->query, 2, reader->before);
    itd_status status = ITD_OK;
    while ((status = itd_sql_step(reader->query, &row, error)) == ITD_OK && row) {
        itd_decision d;
        status = read_row(&d, reader->query, reader->store, query, arena, error);
        if (status == ITD_OK && !itd_vector_push(&reader->found, d))
            status = itd_fail_memory(error);
        if (status != ITD_OK)
            break;
    }
    itd_sql_reset(reader->query);
    if (status != ITD_OK)
        return status;
    itd_decision *list = itd_arena_alloc_array(arena, reader->found.count, sizeof *list);
    if (!list)
        return itd_fail_memory(error);
    if (reader->found.count > 0)
        memcpy(list, reader->found.items, reader->found.count * sizeof *list);
    *out = list;
    *count = reader->found.count;
    return ITD_OK;
}

const itd_decision *itd_decision_find(const itd_decision *decisions, size_t count, itd_sv hit)
{
    size_t first = 0;
    while (count > 0) {
        size_t half = count / 2;
        int order = itd_sv_compare(decisions[first + half].hit, hit);
        if (order == 0)
            return &decisions[first + half];
        if (order < 0) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return NULL;
}

/* ---- writing ---- */

static bool one_person(itd_sv a, itd_sv b)
{
    return itd_sv_equal_nocase(itd_sv_trim(a), itd_sv_trim(b));
}

static itd_status check_person(itd_sv person, itd_error *error)
{
    if (itd_sv_trim(person).size == 0)
        return itd_fail(error, ITD_EINVAL, "a decision needs a person");
    if (person.size > ITD_DECISION_PERSON_MAX)
        return itd_fail(error, ITD_EINVAL, "the name of a person has at most %zu bytes", ITD_DECISION_PERSON_MAX);
    if (itd_utf8_invalid_at(person) != SIZE_MAX)
        return itd_fail(error, ITD_EINVAL, "the name of a person is not valid UTF-8");
    return ITD_OK;
}

static itd_status check_request(const itd_decision_request *r, int64_t now, itd_error *error)
{
    if (itd_sv_trim(r->reason).size == 0)
        return itd_fail(error, ITD_EINVAL, "a decision needs a reason");
    if (r->reason.size > ITD_DECISION_REASON_MAX)
        return itd_fail(error, ITD_EINVAL, "a reason has at most %zu bytes", ITD_DECISION_REASON_MAX);
    if (itd_utf8_invalid_at(r->reason) != SIZE_MAX)
        return itd_fail(error, ITD_EINVAL, "the reason is not valid UTF-8");
    ITD_TRY(check_person(r->person, error));
    if (r->second.size > 0) {
        ITD_TRY(check_person(r->second, error));
        if (one_person(r->person, r->second))
            return itd_fail(error, ITD_EINVAL, "the second person is the first: two have to agree");
    }
    if (r->until != 0 && r->until <= now)
        return itd_fail(error, ITD_EINVAL, "the day until which the decision is to hold lies in the past");
    return ITD_OK;
}

static itd_status newest(itd_decision *out, bool *found, itd_store *store, itd_sv query, itd_sv hit, itd_arena *arena,
                         itd_error *error)
{
    itd_sql_query *select = NULL;
    ITD_TRY(itd_sql_prepare(
        &select, store->sql,
        "SELECT " COLUMNS " FROM " TABLES " WHERE d.query = ?1 AND d.hit = ?2 ORDER BY d.id DESC LIMIT 1", error));
    itd_sql_bind_text(select, 1, query);
    itd_sql_bind_text(select, 2, hit);
    itd_status status = itd_sql_step(select, found, error);
    if (status == ITD_OK && *found)
        status = read_row(out, select, store, query, arena, error);
    itd_sql_finish(select);
    return status;
}

/* Whether the request is a second person's consent to what is waiting. */
static itd_status is_consent(bool *out, const itd_decision *waiting, const itd_decision_request *r,
                             const itd_binding *binding, int64_t now, itd_error *error)
{
    *out = itd_decision_state_of(NULL, waiting, binding, now) == ITD_DECISION_PENDING && waiting->kind == r->kind &&
           r->second.size == 0;
    if (!*out)
        return ITD_OK;
    if (one_person(waiting->person, r->person))
        return itd_fail(error, ITD_EINVAL, "%.*s has decided so already: a second person has to agree",
                        ITD_SV_ARG(waiting->person));
    if (r->until != 0 && r->until != waiting->until)
        return itd_fail(error, ITD_EINVAL,
                        "the decision that waits for a second person has another end: name the same, or none");
    return ITD_OK;
}

static itd_status insert(itd_store *store, const itd_decision_request *r, const itd_binding *binding, int64_t approves,
                         int64_t until, int64_t now, int64_t audit, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(
        itd_sql_prepare(&query, store->sql,
                        "INSERT INTO decision (query, hit, decision, reason, person, second, made, until, question, "
                        "record, rules, approves, audit) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
                        "?12, ?13)",
                        error));
    itd_sql_bind_text(query, 1, r->query);
    itd_sql_bind_text(query, 2, r->hit);
    itd_sql_bind_text(query, 3, itd_sv_of(itd_decision_kind_name(r->kind)));
    itd_sql_bind_text(query, 4, r->reason);
    itd_sql_bind_text(query, 5, r->person);
    itd_sql_bind_some(query, 6, r->second);
    itd_sql_bind_i64(query, 7, now);
    if (until != 0)
        itd_sql_bind_i64(query, 8, until);
    itd_sql_bind_blob(query, 9, binding->question);
    itd_sql_bind_blob(query, 10, binding->record);
    itd_sql_bind_text(query, 11, binding->rules);
    if (approves != 0)
        itd_sql_bind_i64(query, 12, approves);
    itd_sql_bind_i64(query, 13, audit);
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

itd_status itd_decision_add(itd_decision *out, itd_store *store, const itd_decision_request *request, int64_t now,
                            int64_t audit, itd_arena *arena, itd_error *error)
{
    assert(out && store && store->in_work && request && arena);
    itd_alert alert;
    itd_decision waiting, made;
    bool found = false, consent = false;
    ITD_TRY(check_request(request, now, error));
    ITD_TRY(itd_alert_newest(&alert, store, request->query, request->hit, arena, error));
    ITD_TRY(newest(&waiting, &found, store, request->query, request->hit, arena, error));
    if (found)
        ITD_TRY(is_consent(&consent, &waiting, request, &alert.binding, now, error));
    ITD_TRY(insert(store, request, &alert.binding, consent ? waiting.id : 0, consent ? waiting.until : request->until,
                   now, audit, error));
    ITD_TRY(newest(&made, &found, store, request->query, request->hit, arena, error));
    assert(found);
    *out = made;
    return ITD_OK;
}
