#include "store/alert.h"

#include <assert.h>

#include "base/memory.h"

struct itd_alerting {
    itd_store *store;
    itd_sql_query *insert;
    uint64_t count;
};

itd_status itd_alerting_begin(itd_alerting **out, itd_store *store, itd_error *error)
{
    assert(out && store && store->in_work);
    itd_alerting *alerting = itd_calloc(1, sizeof *alerting);
    if (!alerting)
        return itd_fail_memory(error);
    alerting->store = store;
    itd_status status = itd_sql_prepare(
        &alerting->insert, store->sql,
        "INSERT INTO alert (query, hit, question, record, rules, score_micro, audit) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 "
        "WHERE NOT EXISTS (SELECT 1 FROM (SELECT question, record, rules FROM alert WHERE query = ?1 AND hit = ?2 "
        "ORDER BY id DESC LIMIT 1) WHERE question = ?3 AND record = ?4 AND rules = ?5)",
        error);
    if (status != ITD_OK) {
        itd_free(alerting);
        return status;
    }
    *out = alerting;
    return ITD_OK;
}

itd_status itd_alerting_add(itd_alerting *alerting, const itd_alert *alert, itd_error *error)
{
    size_t record = alert->binding.record.size;
    assert(alerting && alert->binding.question.size == ITD_STORE_HASH &&
           (record == ITD_STORE_HASH || record == ITD_BINDING_OWNED || record == ITD_BINDING_BOTH));
    itd_sql_bind_text(alerting->insert, 1, alert->query);
    itd_sql_bind_text(alerting->insert, 2, alert->hit);
    itd_sql_bind_blob(alerting->insert, 3, alert->binding.question);
    itd_sql_bind_blob(alerting->insert, 4, alert->binding.record);
    itd_sql_bind_text(alerting->insert, 5, alert->binding.rules);
    itd_sql_bind_i64(alerting->insert, 6, alert->score_micro);
    itd_sql_bind_i64(alerting->insert, 7, alert->audit);
    ITD_TRY(itd_sql_do(alerting->insert, error));
    alerting->count += (uint64_t)itd_sql_changes(alerting->store->sql);
    return ITD_OK;
}

uint64_t itd_alerting_count(const itd_alerting *alerting)
{
    return alerting->count;
}

void itd_alerting_close(itd_alerting *alerting)
{
    if (!alerting)
        return;
    itd_sql_finish(alerting->insert);
    itd_free(alerting);
}

static itd_status take(itd_alert *out, const itd_sql_query *query, itd_sv question, itd_sv hit, itd_arena *arena,
                       itd_error *error)
{
    itd_alert found = {.query = itd_arena_copy(arena, question),
                       .hit = itd_arena_copy(arena, hit),
                       .binding = {itd_arena_copy(arena, itd_sql_bytes(query, 0)),
                                   itd_arena_copy(arena, itd_sql_bytes(query, 1)),
                                   itd_arena_copy(arena, itd_sql_bytes(query, 2))},
                       .score_micro = (int32_t)itd_sql_i64(query, 3),
                       .audit = itd_sql_i64(query, 4)};
    if (!found.query.data || !found.hit.data || !found.binding.question.data || !found.binding.record.data ||
        !found.binding.rules.data)
        return itd_fail_memory(error);
    *out = found;
    return ITD_OK;
}

itd_status itd_alert_newest(itd_alert *out, itd_store *store, itd_sv query, itd_sv hit, itd_arena *arena,
                            itd_error *error)
{
    assert(out && store && arena);
    itd_sql_query *select = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&select, store->sql,
                            "SELECT question, record, rules, score_micro, audit FROM alert WHERE query = ?1 AND hit = "
                            "?2 ORDER BY id DESC LIMIT 1",
                            error));
    itd_sql_bind_text(select, 1, query);
    itd_sql_bind_text(select, 2, hit);
    itd_status status = itd_sql_step(select, &row, error);
    if (status == ITD_OK && row)
        status = take(out, select, query, hit, arena, error);
    itd_sql_finish(select);
    if (status == ITD_OK && !row)
        return itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE,
                           "the case has not seen question '%.*s' hit '%.*s': screen it first with `interdict screen "
                           "--case`",
                           ITD_SV_ARG(itd_sv_slice(query, 0, 80)), ITD_SV_ARG(itd_sv_slice(hit, 0, 80)));
    return status;
}
