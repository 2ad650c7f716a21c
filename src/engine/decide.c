/* What people decide of hits, and of records. */
#include "interdict/decide.h"

#include <assert.h>

#include "base/date.h"
#include "base/progress.h"
#include "engine/case.h"
#include "engine/decided.h"
#include "store/audit.h"
#include "store/judgement.h"

#define DAY_US INT64_C(86400000000)

static void write_hex(itd_json_writer *json, const char *key, itd_sv bytes)
{
    char hex[2 * ITD_BINDING_BOTH + 1];
    itd_json_put_text(json, key,
                      itd_sv_of(sodium_bin2hex(hex, sizeof hex, (const unsigned char *)bytes.data, bytes.size)));
}

static itd_status end_of_day(int64_t *out, const char *text, itd_error *error)
{
    itd_date date;
    int32_t first, last;
    *out = 0;
    if (!text)
        return ITD_OK;
    if (!itd_date_parse(&date, itd_sv_of(text)) || date.day == 0 || strlen(text) != ITD_DATE_TEXT_MAX - 1)
        return itd_fail(error, ITD_EINVAL, "\"%s\" is no day: write YYYY-MM-DD", text);
    itd_date_span(&first, &last, date);
    *out = (last + 1) * DAY_US;
    return ITD_OK;
}

static itd_status make_request(itd_decision_request *out, const itd_decide_options *o, itd_error *error)
{
    itd_decision_request request = {.query = itd_sv_of(o->query),
                                    .hit = itd_sv_of(o->hit),
                                    .reason = itd_sv_of(o->reason),
                                    .person = itd_sv_of(o->person),
                                    .second = itd_sv_of(o->second)};
    if (o->second && request.second.size == 0)
        return itd_fail(error, ITD_EINVAL, "the name of the second person is empty");
    if (!itd_decision_kind_find(&request.kind, itd_sv_of(o->decision)))
        return itd_fail(error, ITD_EINVAL, "a decision is clear, confirm or escalate, not \"%s\"",
                        o->decision ? o->decision : "");
    ITD_TRY(end_of_day(&request.until, o->until, error));
    *out = request;
    return ITD_OK;
}

static itd_status append(itd_store *store, const char *command, const char *person, int64_t now,
                         const itd_buffer *content, itd_error *error)
{
    const itd_audit_entry entry = {
        .command = command, .person = itd_sv_of(person), .now = now, .content = itd_buffer_view(content)};
    return content->failed ? itd_fail_memory(error) : itd_audit_append(store, &entry, error);
}

static itd_status record_decision(itd_store *store, const itd_decision *made, const itd_decided *decided,
                                  const char *person, int64_t now, itd_error *error)
{
    itd_buffer content = {0};
    itd_json_writer json;
    itd_json_writer_init(&json, &content);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "query", made->query);
    itd_json_put_text(&json, "hit", made->hit);
    itd_decision_write(&json, &decided->decision);
    write_hex(&json, "question", made->binding.question);
    write_hex(&json, "record", made->binding.record);
    itd_json_put_text(&json, "profile", made->binding.rules);
    itd_json_end_object(&json);
    itd_status status = append(store, "decide", person, now, &content, error);
    itd_buffer_finish(&content);
    return status;
}

static itd_status decide(itd_decided *out, itd_case *the_case, const itd_decision_request *request, const char *person,
                         int64_t now, itd_error *error)
{
    itd_store *store = the_case->store;
    itd_decision made;
    itd_decided decided = {0};
    ITD_TRY(itd_audit_number(&decided.record, store, error));
    ITD_TRY(itd_decision_add(&made, store, request, now, decided.record, &the_case->arena, error));
    ITD_TRY(itd_decision_words(&decided.decision, &made, &made.binding, now, &the_case->arena, error));
    decided.query = made.query;
    decided.hit = made.hit;
    ITD_TRY(record_decision(store, &made, &decided, person, now, error));
    ITD_TRY(itd_store_commit(store, error));
    *out = decided;
    return ITD_OK;
}

itd_status itd_decide(itd_decided *out, itd_case *the_case, const itd_decide_options *options, itd_error *error)
{
    assert(out && the_case && options && options->query && options->hit && options->person);
    itd_decision_request request;
    int64_t now = options->now ? options->now : itd_clock_utc_us();
    ITD_TRY(make_request(&request, options, error));
    itd_arena_reset(&the_case->arena);
    ITD_TRY(itd_store_begin(the_case->store, error));
    itd_status status = decide(out, the_case, &request, options->person, now, error);
    itd_store_rollback(the_case->store);
    return status;
}

itd_status itd_decided_json(itd_bytes *out, const itd_decided *decided, itd_error *error)
{
    assert(out && decided);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "query", decided->query);
    itd_json_put_text(&json, "hit", decided->hit);
    itd_decision_write(&json, &decided->decision);
    itd_json_key(&json, "record");
    itd_json_write_i64(&json, decided->record);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}

static itd_status judge(int64_t *record, itd_store *store, const itd_judge_options *o, int64_t now, itd_error *error)
{
    itd_judgement judgement = {.left = itd_sv_of(o->left),
                               .right = itd_sv_of(o->right),
                               .reason = itd_sv_of(o->reason),
                               .person = itd_sv_of(o->person),
                               .made = now};
    itd_buffer content = {0};
    itd_json_writer json;
    if (!itd_judgement_kind_find(&judgement.kind, itd_sv_of(o->judgement)))
        return itd_fail(error, ITD_EINVAL, "a judgement is merge, split or unsure, not \"%s\"",
                        o->judgement ? o->judgement : "");
    ITD_TRY(itd_audit_number(&judgement.audit, store, error));
    ITD_TRY(itd_judgement_add(store, &judgement, error));
    itd_json_writer_init(&json, &content);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "left", judgement.left);
    itd_json_put_text(&json, "right", judgement.right);
    itd_json_put_text(&json, "judgement", itd_judgement_word(judgement.kind));
    itd_json_put_text(&json, "reason", judgement.reason);
    itd_json_end_object(&json);
    itd_status status = append(store, "resolve", o->person, now, &content, error);
    itd_buffer_finish(&content);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    if (status == ITD_OK && record)
        *record = judgement.audit;
    return status;
}

itd_status itd_judge(int64_t *record, itd_case *the_case, const itd_judge_options *options, itd_error *error)
{
    assert(the_case && options && options->left && options->right && options->person);
    ITD_TRY(itd_store_begin(the_case->store, error));
    itd_status status =
        judge(record, the_case->store, options, options->now ? options->now : itd_clock_utc_us(), error);
    itd_store_rollback(the_case->store);
    return status;
}
