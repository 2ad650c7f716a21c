#include "engine/decided.h"

#include <assert.h>

#include "base/date.h"
#include "engine/question_json.h"

#define DAY_US INT64_C(86400000000)

/* What the watch knows of a question while it is screened. */
typedef struct watched {
    unsigned char hash[ITD_STORE_HASH];
    const itd_decision *decisions;
    size_t decision_count;
    const itd_sighting *seen; /* set by the thread that screens it */
    size_t seen_count;
} watched;

/* ---- words ---- */

static const struct {
    unsigned bit;
    const char *words;
} reopenings[] = {
    {ITD_REOPENED_RECORD, "record changed"},
    {ITD_REOPENED_QUESTION, "question changed"},
    {ITD_REOPENED_RULES, "rules changed"},
    {ITD_REOPENED_EXPIRED, "expired"},
};

static itd_sv time_text(int64_t time, size_t size_max, itd_arena *arena)
{
    char text[ITD_TIME_TEXT_MAX];
    return itd_arena_copy(arena, itd_sv_slice(itd_time_format(text, time), 0, size_max));
}

itd_status itd_decision_words(itd_hit_decision *out, const itd_decision *decision, const itd_binding *binding,
                              int64_t now, itd_arena *arena, itd_error *error)
{
    assert(out && binding && arena);
    unsigned reopened = 0;
    itd_decision_state state = itd_decision_state_of(&reopened, decision, binding, now);
    itd_hit_decision words = {.state = itd_decision_state_name(state)};
    if (decision) {
        words.decision = itd_decision_kind_name(decision->kind);
        words.by = decision->person;
        words.second = decision->second;
        words.reason = decision->reason;
        words.made = time_text(decision->made, SIZE_MAX, arena);
        /* The day through which it holds. */
        words.until = decision->until ? time_text(decision->until - DAY_US, ITD_DATE_TEXT_MAX - 1, arena) : ITD_SV("");
        if (!words.made.data || !words.until.data)
            return itd_fail_memory(error);
    }
    for (size_t i = 0; i < sizeof reopenings / sizeof reopenings[0]; i++)
        if (reopened & reopenings[i].bit)
            words.reopened[words.reopened_count++] = reopenings[i].words;
    *out = words;
    return ITD_OK;
}

static void write_text(itd_json_writer *json, const char *key, itd_sv text)
{
    itd_json_key(json, key);
    if (text.size > 0)
        itd_json_write_text(json, text);
    else
        itd_json_write_null(json);
}

void itd_decision_write(itd_json_writer *json, const itd_hit_decision *decision)
{
    write_text(json, "state", itd_sv_of(decision->state));
    write_text(json, "decision", itd_sv_of(decision->decision));
    write_text(json, "by", decision->by);
    write_text(json, "second", decision->second);
    write_text(json, "made", decision->made);
    write_text(json, "until", decision->until);
    write_text(json, "reason", decision->reason);
    itd_json_key(json, "reopened");
    itd_json_begin_array(json);
    for (size_t i = 0; i < decision->reopened_count; i++)
        itd_json_write_text(json, itd_sv_of(decision->reopened[i]));
    itd_json_end_array(json);
}

/* ---- hooks ---- */

void itd_decided_watch_start(itd_decided_watch *watch)
{
    (void)crypto_generichash_init(&watch->result, NULL, 0, ITD_STORE_HASH);
}

void itd_decided_watch_finish(itd_decided_watch *watch)
{
    itd_buffer_finish(&watch->content);
    itd_bytes_free(&watch->line);
}

void itd_decided_result(unsigned char out[ITD_STORE_HASH], itd_decided_watch *watch)
{
    (void)crypto_generichash_final(&watch->result, out, ITD_STORE_HASH);
}

static itd_sv hash_view(const watched *w)
{
    return itd_sv_make((const char *)w->hash, sizeof w->hash);
}

static itd_binding binding_of(const watched *w, itd_sv digest)
{
    return (itd_binding){hash_view(w), digest, itd_sv_of(itd_profile())};
}

static itd_status on_read(void *user, itd_question *question, itd_arena *arena, itd_error *error)
{
    itd_decided_watch *watch = user;
    watched *w = itd_arena_alloc(arena, sizeof *w);
    if (!w)
        return itd_fail_memory(error);
    itd_buffer_clear(&watch->content);
    ITD_TRY(itd_question_content(&watch->content, question, arena, error));
    itd_question_hash(w->hash, itd_buffer_view(&watch->content));
    question->watch = w;
    return watch->ids ? itd_question_ids_add(watch->ids, question->id, hash_view(w), question->line, error) : ITD_OK;
}

static itd_status on_question(void *user, itd_question *question, itd_arena *arena, itd_error *error)
{
    itd_decided_watch *watch = user;
    watched *w = question->watch;
    if (watch->asking) {
        const itd_asked asked = {question->id, itd_buffer_view(&watch->content), hash_view(w)};
        ITD_TRY(itd_asking_add(watch->asking, &asked, error));
    }
    ITD_TRY(itd_decision_reader_of(&w->decisions, &w->decision_count, watch->decisions, question->id, arena, error));
    watch->questions++;
    return ITD_OK;
}

static itd_status look(void *user, const itd_question *question, const itd_sighting *seen, size_t count, bool *hidden,
                       size_t *cleared, itd_error *error)
{
    (void)error;
    const itd_decided_watch *watch = user;
    watched *w = question->watch;
    w->seen = seen;
    w->seen_count = count;
    for (size_t i = 0; i < count; i++) {
        const itd_decision *d = itd_decision_find(w->decisions, w->decision_count, seen[i].id);
        itd_binding binding = binding_of(w, seen[i].digest);
        bool holds = itd_decision_state_of(NULL, d, &binding, watch->now) == ITD_DECISION_CLEARED;
        hidden[i] = holds && !watch->show_cleared;
        *cleared += holds;
    }
    return ITD_OK;
}

static itd_status put_alerts(itd_decided_watch *watch, const itd_question *question, itd_error *error)
{
    const watched *w = question->watch;
    for (size_t i = 0; i < w->seen_count; i++) {
        const itd_alert alert = {.query = question->id,
                                 .hit = w->seen[i].id,
                                 .binding = binding_of(w, w->seen[i].digest),
                                 .score_micro = w->seen[i].score_micro,
                                 .audit = watch->audit};
        ITD_TRY(itd_alerting_add(watch->alerting, &alert, error));
    }
    return ITD_OK;
}

/* Hits with what was decided of them. */
static itd_status mark_hits(itd_answer *answer, const itd_decided_watch *watch, const watched *w, itd_arena *arena,
                            itd_error *error)
{
    itd_hit *hits = itd_arena_alloc_array(arena, answer->hit_count, sizeof *hits);
    if (!hits)
        return itd_fail_memory(error);
    for (size_t i = 0; i < answer->hit_count; i++) {
        hits[i] = answer->hits[i];
        const itd_decision *d = itd_decision_find(w->decisions, w->decision_count, hits[i].id);
        if (!d)
            continue;
        itd_binding binding = binding_of(w, hits[i].digest);
        itd_hit_decision *words = itd_arena_alloc(arena, sizeof *words);
        if (!words)
            return itd_fail_memory(error);
        ITD_TRY(itd_decision_words(words, d, &binding, watch->now, arena, error));
        hits[i].decision = words;
    }
    answer->hits = hits;
    return ITD_OK;
}

static itd_status on_answer(void *user, const itd_question *question, itd_answer *answer, itd_arena *arena,
                            itd_error *error)
{
    itd_decided_watch *watch = user;
    const watched *w = question->watch;
    if (watch->alerting)
        ITD_TRY(put_alerts(watch, question, error));
    ITD_TRY(mark_hits(answer, watch, w, arena, error));
    ITD_TRY(itd_answer_json(&watch->line, answer, false, error));
    (void)crypto_generichash_update(&watch->result, (const unsigned char *)watch->line.data, watch->line.size);
    (void)crypto_generichash_update(&watch->result, (const unsigned char *)"\n", 1);
    watch->shown += answer->hit_count;
    watch->hits += w->seen_count;
    watch->cleared += answer->cleared;
    return ITD_OK;
}

itd_screen_watch itd_decided_hooks(itd_decided_watch *watch)
{
    return (itd_screen_watch){
        .on_read = on_read, .on_question = on_question, .look = look, .on_answer = on_answer, .user = watch};
}
