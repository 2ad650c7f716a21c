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
    const itd_hit *owned; /* by who holds it, shown or not; all rest on one verdict */
    size_t owned_count;
    unsigned char verdict[ITD_STORE_HASH];
} watched;

/* ---- words ---- */

static const struct {
    unsigned bit;
    const char *words;
} reopenings[] = {
    {ITD_REOPENED_RECORD, "record changed"}, {ITD_REOPENED_QUESTION, "question changed"},
    {ITD_REOPENED_RULES, "rules changed"},   {ITD_REOPENED_EXPIRED, "expired"},
    {ITD_REOPENED_OWNERS, "owners changed"},
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

/* Of a hit by name. */
static itd_binding binding_of(const watched *w, itd_sv digest)
{
    return (itd_binding){hash_view(w), digest, itd_sv_of(itd_profile())};
}

/* A record that is met through who holds the question's party, and by name too where `named`. */
typedef struct owned_record {
    char bytes[ITD_BINDING_BOTH];
} owned_record;

static itd_binding owned_binding_of(owned_record *record, const watched *w, itd_sv digest, bool named)
{
    assert(digest.size == ITD_STORE_HASH);
    memcpy(record->bytes, digest.data, ITD_STORE_HASH);
    memcpy(record->bytes + ITD_STORE_HASH, w->verdict, ITD_STORE_HASH);
    record->bytes[ITD_BINDING_OWNED] = ITD_BINDING_NAMED;
    return binding_of(w, itd_sv_make(record->bytes, named ? ITD_BINDING_BOTH : ITD_BINDING_OWNED));
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
    if (watch->owned && watch->ids && itd_owned_is_unclear(watch->owned, question))
        return itd_fail(
            error, ITD_EFORMAT,
            "the id '%.*s' is the number of the question's line, and a party of the registers too: which is "
            "meant cannot be told, give the question an id of its own",
            ITD_SV_ARG(itd_sv_slice(question->id, 0, 80)));
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

static bool is_owned(const watched *w, const itd_sighting *seen)
{
    for (size_t i = 0; i < w->owned_count; i++)
        if (itd_sv_equal(w->owned[i].id, seen->id) && itd_sv_equal(w->owned[i].digest, seen->digest))
            return true;
    return false;
}

static bool is_seen(const watched *w, const itd_hit *owned)
{
    for (size_t i = 0; i < w->seen_count; i++)
        if (itd_sv_equal(owned->id, w->seen[i].id) && itd_sv_equal(owned->digest, w->seen[i].digest))
            return true;
    return false;
}

static itd_status put_alert(itd_decided_watch *watch, const itd_question *question, itd_sv hit, itd_binding binding,
                            int32_t score_micro, itd_error *error)
{
    const itd_alert alert = {
        .query = question->id, .hit = hit, .binding = binding, .score_micro = score_micro, .audit = watch->audit};
    return itd_alerting_add(watch->alerting, &alert, error);
}

/* One a record, whether it was met by name, through owners, or both ways. */
static itd_status put_alerts(itd_decided_watch *watch, const itd_question *question, itd_error *error)
{
    const watched *w = question->watch;
    owned_record record;
    for (size_t i = 0; i < w->seen_count; i++) {
        const itd_sighting *seen = &w->seen[i];
        itd_binding binding =
            is_owned(w, seen) ? owned_binding_of(&record, w, seen->digest, true) : binding_of(w, seen->digest);
        ITD_TRY(put_alert(watch, question, seen->id, binding, seen->score_micro, error));
    }
    for (size_t i = 0; i < w->owned_count; i++) {
        const itd_hit *hit = &w->owned[i];
        if (is_seen(w, hit))
            continue;
        itd_binding binding = owned_binding_of(&record, w, hit->digest, false);
        ITD_TRY(put_alert(watch, question, hit->id, binding, hit->score_micro, error));
    }
    return ITD_OK;
}

/* Asks who holds the question's party, and puts what is not cleared into the answer. */
static itd_status add_owned(itd_decided_watch *watch, const itd_question *question, itd_answer *answer,
                            itd_arena *arena, itd_error *error)
{
    watched *w = question->watch;
    size_t shown = 0;
    ITD_TRY(itd_owned_hits(&w->owned, &w->owned_count, watch->owned, question, arena, error));
    if (w->owned_count == 0)
        return ITD_OK;
    itd_owned_digest(w->verdict, w->owned[0].own);
    itd_hit *hits = itd_arena_alloc_array(arena, w->owned_count, sizeof *hits);
    if (!hits)
        return itd_fail_memory(error);
    for (size_t i = 0; i < w->owned_count; i++) {
        owned_record record;
        const itd_decision *d = itd_decision_find(w->decisions, w->decision_count, w->owned[i].id);
        itd_binding binding = owned_binding_of(&record, w, w->owned[i].digest, false);
        bool cleared = itd_decision_state_of(NULL, d, &binding, watch->now) == ITD_DECISION_CLEARED;
        answer->cleared += cleared;
        if (!cleared || watch->show_cleared)
            hits[shown++] = w->owned[i];
    }
    return itd_owned_join(answer, hits, shown, watch->owned->options->limit, arena, error);
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
        owned_record record;
        itd_binding binding =
            hits[i].own ? owned_binding_of(&record, w, hits[i].digest, false) : binding_of(w, hits[i].digest);
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
    if (watch->owned)
        ITD_TRY(add_owned(watch, question, answer, arena, error));
    if (watch->alerting)
        ITD_TRY(put_alerts(watch, question, error));
    ITD_TRY(mark_hits(answer, watch, w, arena, error));
    ITD_TRY(itd_answer_json(&watch->line, answer, false, error));
    (void)crypto_generichash_update(&watch->result, (const unsigned char *)watch->line.data, watch->line.size);
    (void)crypto_generichash_update(&watch->result, (const unsigned char *)"\n", 1);
    watch->shown += answer->hit_count;
    watch->hits += w->seen_count + w->owned_count;
    watch->cleared += answer->cleared;
    return ITD_OK;
}

itd_screen_watch itd_decided_hooks(itd_decided_watch *watch)
{
    return (itd_screen_watch){
        .on_read = on_read, .on_question = on_question, .look = look, .on_answer = on_answer, .user = watch};
}
