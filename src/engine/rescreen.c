/* `rescreen`: what a change of lists made of the hits of stored questions. */
#include "interdict/rescreen.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/progress.h"
#include "engine/answer_json.h"
#include "engine/decided.h"
#include "engine/question_json.h"
#include "engine/rescreen_part.h"
#include "engine/screen_options.h"
#include "store/audit.h"

/* A hit as it was. Its texts lie in the arena. */
typedef struct old_hit {
    uint64_t question; /* from 0 */
    itd_sv id, digest, caption, core, json;
    int32_t score_micro;
    bool met; /* it is there still */
} old_hit;

typedef struct rescreening {
    itd_case *the_case;
    itd_context *context;
    const itd_rescreen_options *options;
    itd_arena arena; /* of what was */
    itd_json_document *document;
    itd_question_store stored;
    itd_screen_options screen;
    itd_index *then, *now;
    int64_t generation;
    ITD_VECTOR(old_hit) old; /* by question */
    size_t next;             /* of `old`: the first that may be of the question at hand */
    uint64_t question;
    itd_buffer core, json, line;
    itd_decided_watch watch;
    crypto_generichash_state result; /* of the lines */
    itd_rescreen_report report;
    itd_status (*on_change)(void *user, const itd_rescreen_change *change);
    void *user;
    itd_error *error; /* of the callback in progress */
} rescreening;

static bool hit_json(itd_buffer *out, const itd_hit *hit, bool core)
{
    itd_json_writer json;
    itd_buffer_clear(out);
    itd_json_writer_init(&json, out);
    itd_hit_write(&json, hit, core);
    return !out->failed;
}

static itd_status keep_old(void *user, const itd_answer *answer)
{
    rescreening *r = user;
    for (size_t i = 0; i < answer->hit_count; i++) {
        const itd_hit *hit = &answer->hits[i];
        if (!hit_json(&r->core, hit, true) || !hit_json(&r->json, hit, false))
            return ITD_ENOMEM;
        old_hit old = {.question = r->question,
                       .id = itd_arena_copy(&r->arena, hit->id),
                       .digest = itd_arena_copy(&r->arena, hit->digest),
                       .caption = itd_arena_copy(&r->arena, hit->caption),
                       .core = itd_arena_copy(&r->arena, itd_buffer_view(&r->core)),
                       .json = itd_arena_copy(&r->arena, itd_buffer_view(&r->json)),
                       .score_micro = hit->score_micro};
        if (!old.id.data || !old.digest.data || !old.caption.data || !old.core.data || !old.json.data ||
            !itd_vector_push(&r->old, old))
            return ITD_ENOMEM;
    }
    r->question++;
    return ITD_OK;
}

/* A member whose value is JSON already. */
static void write_json(itd_json_writer *json, const char *key, itd_sv value)
{
    itd_json_key(json, key);
    (void)itd_buffer_append(json->out, value);
    json->after_key = false;
}

static itd_status tell(rescreening *r, const itd_answer *answer, const char *change, const itd_hit *hit,
                       const old_hit *old)
{
    itd_json_writer json;
    itd_rescreen_change c = {.change = change,
                             .id = answer->id,
                             .query = answer->query,
                             .hit = hit,
                             .hit_id = hit ? hit->id : old->id,
                             .score_micro = hit ? hit->score_micro : old->score_micro,
                             .caption = hit ? hit->caption : old->caption};
    itd_buffer_clear(&r->line);
    itd_json_writer_init(&json, &r->line);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "change", itd_sv_of(change));
    itd_json_put_text(&json, "id", c.id);
    itd_json_put_text(&json, "query", c.query);
    if (hit && !hit_json(&r->json, hit, false))
        return itd_fail_memory(r->error);
    write_json(&json, "hit", hit ? itd_buffer_view(&r->json) : old->json);
    if (hit && old)
        write_json(&json, "was", old->json);
    itd_json_key(&json, "since");
    itd_json_write_i64(&json, r->options->since);
    itd_json_key(&json, "generation");
    itd_json_write_i64(&json, r->generation);
    itd_json_end_object(&json);
    if (r->line.failed)
        return itd_fail_memory(r->error);
    c.json = itd_buffer_view(&r->line);
    (void)crypto_generichash_update(&r->result, (const unsigned char *)c.json.data, c.json.size);
    (void)crypto_generichash_update(&r->result, (const unsigned char *)"\n", 1);
    return r->on_change(r->user, &c);
}

static old_hit *find_old(rescreening *r, itd_sv id)
{
    for (size_t i = r->next; i < r->old.count && r->old.items[i].question == r->question; i++)
        if (itd_sv_equal(r->old.items[i].id, id))
            return &r->old.items[i];
    return NULL;
}

/* Those that are there, best first; then those that are gone, best first. */
static itd_status compare_answer(void *user, const itd_answer *answer)
{
    rescreening *r = user;
    for (size_t i = 0; i < answer->hit_count; i++) {
        const itd_hit *hit = &answer->hits[i];
        old_hit *old = find_old(r, hit->id);
        if (old)
            old->met = true;
        if (!hit_json(&r->core, hit, true))
            return itd_fail_memory(r->error);
        if (old && itd_sv_equal(old->digest, hit->digest) && itd_sv_equal(old->core, itd_buffer_view(&r->core)))
            continue;
        *(old ? &r->report.changed : &r->report.added) += 1;
        ITD_TRY(tell(r, answer, old ? "changed" : "new", hit, old));
    }
    for (; r->next < r->old.count && r->old.items[r->next].question == r->question; r->next++) {
        if (r->old.items[r->next].met)
            continue;
        r->report.gone++;
        ITD_TRY(tell(r, answer, "gone", NULL, &r->old.items[r->next]));
    }
    r->question++;
    return ITD_OK;
}

static itd_status screen(rescreening *r, const itd_index *index, const itd_screen_watch *watch,
                         itd_status (*on_answer)(void *user, const itd_answer *answer), itd_error *error)
{
    itd_questions *questions = NULL;
    r->question = 0;
    r->error = error;
    ITD_TRY(itd_questions_of_set(&questions, r->the_case->store, r->stored.set, error));
    itd_status status = itd_screen_watched(r->context, &index, 1, &r->screen, watch, questions, on_answer, r, error);
    itd_questions_close(questions);
    return status;
}

static itd_status screen_both(rescreening *r, itd_error *error)
{
    const itd_screen_watch then = {.in_part = true};
    itd_store *store = r->the_case->store;
    itd_decision_reader *decisions = NULL;
    itd_alerting *alerting = NULL;
    ITD_TRY(screen(r, r->then, &then, keep_old, error));
    itd_status status = itd_decision_reader_open(&decisions, store, INT64_MAX, error);
    if (status == ITD_OK)
        status = itd_alerting_begin(&alerting, store, error);
    if (status == ITD_OK) {
        r->watch.decisions = decisions;
        r->watch.alerting = alerting;
        itd_screen_watch now = itd_decided_hooks(&r->watch);
        now.in_part = true;
        itd_decided_watch_start(&r->watch);
        status = screen(r, r->now, &now, compare_answer, error);
    }
    itd_alerting_close(alerting);
    itd_decision_reader_close(decisions);
    return status;
}

static itd_status find_stored(rescreening *r, itd_error *error)
{
    const itd_json *options = NULL;
    itd_store *store = r->the_case->store;
    ITD_TRY(itd_question_store_find(&r->stored, store, itd_sv_of(r->options->store), &r->arena, error));
    ITD_TRY(itd_json_document_create(&r->document, error));
    ITD_TRY(itd_json_parse(r->document, r->stored.options, &options, error));
    ITD_TRY(itd_screen_options_read(&r->screen, options, &r->arena, error));
    r->screen.limit = 0;
    ITD_TRY(itd_case_find_generation(&r->generation, r->the_case, r->options->since, NULL, error));
    return itd_history_newest(&r->generation, store, error);
}

static itd_status append_record(rescreening *r, itd_error *error)
{
    unsigned char hash[ITD_STORE_HASH];
    char hex[2 * ITD_STORE_HASH + 1];
    itd_json_writer json;
    itd_buffer_clear(&r->line);
    itd_json_writer_init(&json, &r->line);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "store", itd_sv_of(r->options->store));
    itd_json_key(&json, "options");
    itd_screen_options_write(&json, &r->screen);
    itd_json_key(&json, "questions");
    itd_json_begin_object(&json);
    itd_json_put_text(
        &json, "hash",
        itd_sv_of(sodium_bin2hex(hex, sizeof hex, (const unsigned char *)r->stored.hash.data, r->stored.hash.size)));
    itd_json_put_u64(&json, "count", r->report.questions);
    itd_json_end_object(&json);
    itd_json_put_u64(&json, "since", (uint64_t)r->options->since);
    itd_json_put_u64(&json, "generation", (uint64_t)r->generation);
    itd_json_put_text(&json, "profile", itd_sv_of(itd_profile()));
    itd_json_put_u64(&json, "new", r->report.added);
    itd_json_put_u64(&json, "changed", r->report.changed);
    itd_json_put_u64(&json, "gone", r->report.gone);
    (void)crypto_generichash_final(&r->result, hash, sizeof hash);
    itd_json_put_text(&json, "result", itd_sv_of(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash)));
    itd_json_end_object(&json);
    if (r->line.failed)
        return itd_fail_memory(error);
    const itd_audit_entry entry = {.command = "rescreen",
                                   .person = itd_sv_of(r->options->person),
                                   .now = r->watch.now,
                                   .content = itd_buffer_view(&r->line)};
    return itd_audit_append(r->the_case->store, &entry, error);
}

static itd_status run(rescreening *r, itd_error *error)
{
    itd_store *store = r->the_case->store;
    int64_t since = r->options->since;
    ITD_TRY(itd_audit_number(&r->watch.audit, store, error));
    ITD_TRY(find_stored(r, error));
    ITD_TRY(itd_rescreen_part(&r->then, r->context, store, since, r->generation, since, error));
    ITD_TRY(itd_rescreen_part(&r->now, r->context, store, since, r->generation, r->generation, error));
    r->report.entities_then = itd_index_about(r->then).searchable;
    r->report.entities_now = itd_index_about(r->now).searchable;
    ITD_TRY(screen_both(r, error));
    r->report.generation = r->generation;
    r->report.questions = r->question;
    r->report.record = r->watch.audit;
    ITD_TRY(append_record(r, error));
    return itd_store_commit(store, error);
}

itd_status itd_rescreen(itd_case *the_case, itd_context *context, const itd_rescreen_options *options,
                        itd_status (*on_change)(void *user, const itd_rescreen_change *change), void *user,
                        itd_rescreen_report *report, itd_error *error)
{
    assert(the_case && context && options && options->store && options->person && options->since >= 0 && on_change);
    rescreening r = {.the_case = the_case,
                     .context = context,
                     .options = options,
                     .watch = {.store = the_case->store,
                               .now = options->now ? options->now : itd_clock_utc_us(),
                               .show_cleared = true},
                     .on_change = on_change,
                     .user = user};
    itd_arena_init(&r.arena, context->options.memory_max);
    (void)crypto_generichash_init(&r.result, NULL, 0, ITD_STORE_HASH);
    itd_status status = itd_store_begin(the_case->store, error);
    if (status == ITD_OK)
        status = run(&r, error);
    itd_store_rollback(the_case->store);
    if (status == ITD_OK && report)
        *report = r.report;
    itd_index_close(r.then);
    itd_index_close(r.now);
    itd_decided_watch_finish(&r.watch);
    itd_json_document_destroy(r.document);
    itd_vector_finish(&r.old);
    itd_buffer_finish(&r.core);
    itd_buffer_finish(&r.json);
    itd_buffer_finish(&r.line);
    itd_arena_finish(&r.arena);
    return status;
}
