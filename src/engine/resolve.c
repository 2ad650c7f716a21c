/* `resolve`: records of a case that may be one entity. Each record is a question that is screened against all of them;
 * pairs are sorted on the disk as three numbers, and explained as they are handed out. */
#include "interdict/resolve.h"

#include <assert.h>

#include "base/progress.h"
#include "base/sorter.h"
#include "engine/case.h"
#include "engine/judged.h"
#include "engine/resolve_pair.h"
#include "store/audit.h"

/** Records, and pairs, that are in memory at once, and those that one thread takes at a time. */
#define RESOLVE_BATCH ((size_t)1024)
#define RESOLVE_GRAIN ((size_t)16)

/* A pair while it is sorted: how far its score is from the highest, then its records by number, which stand in byte
 * order of their ids. Each most significant byte first, so that byte order is the order in which they are handed out.
 */
#define PAIR_BYTES ((size_t)12)

typedef struct found {
    int32_t score_micro;
    uint32_t right;
} found;

/* A record of a batch; later a pair of one. */
typedef struct slot {
    itd_arena arena;
    ITD_VECTOR(found) found;
    uint64_t judged;
    bool nameless;
    uint32_t left, right;
    int32_t score_micro;
    itd_resolve_pair pair;
    itd_buffer json;
} slot;

typedef struct worker {
    itd_screener *screener;
    itd_explainer *explainer;
} worker;

typedef struct resolving {
    itd_store *store;
    itd_context *context;
    const itd_resolve_options *options;
    itd_index *index;
    itd_arena arena;
    itd_screen_options screen;
    itd_screen_scope scope;
    itd_judged judged;
    itd_sorter *pairs;
    worker *workers; /* one a thread */
    slot *slots;     /* RESOLVE_BATCH of them */
    size_t first;    /* record of the first slot */
    itd_resolve_report report;
    itd_status (*take)(struct resolving *r, slot *s, itd_error *error);
    itd_status (*on_pair)(void *user, const itd_resolve_pair *pair);
    void *user;
    const itd_resolve_apply_options *apply; /* NULL: nothing is written */
    int64_t record, now;
    itd_buffer line;
} resolving;

static uint32_t number_of(const itd_index *index, itd_sv id)
{
    size_t low = 0, high = index->entity_count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (itd_sv_compare(itd_index_text(index, index->entities[middle].id), id) <= 0)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* Takes what a record hits: of each pair the record with the lower id asks. Nothing is shown, so nothing is explained
 * here. */
static itd_status look(void *user, const itd_question *question, const itd_sighting *seen, size_t count, bool *hidden,
                       size_t *cleared, itd_error *error)
{
    resolving *r = user;
    slot *s = question->watch;
    *cleared = 0;
    for (size_t i = 0; i < count; i++) {
        hidden[i] = true;
        assert(itd_sv_compare(seen[i].id, question->id) > 0);
        if (!r->options->judged && itd_judged_of(&r->judged, question->id, seen[i].id).judged) {
            s->judged++;
            continue;
        }
        found pair = {seen[i].score_micro, number_of(r->index, seen[i].id)};
        if (!itd_vector_push(&s->found, pair))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

static itd_status search_some(void *context, size_t begin, size_t end, unsigned number, itd_error *error)
{
    resolving *r = context;
    for (size_t i = begin; i < end; i++) {
        slot *s = &r->slots[i];
        itd_question question;
        itd_answer answer;
        itd_error why = {.offset = ITD_NOWHERE};
        ITD_TRY(itd_resolve_question(&question, r->index, r->first + i, &s->arena, error));
        question.watch = s;
        question.from = r->first + i + 1;
        itd_status status = itd_screen_question(&answer, r->workers[number].screener, &question, &s->arena, &why);
        s->nameless = status == ITD_EFORMAT;
        if (status == ITD_OK || s->nameless)
            continue;
        if (error)
            *error = why;
        return itd_engine_placed(status, "record", question.id, error);
    }
    return ITD_OK;
}

static void put_u32(char *out, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        out[i] = (char)(unsigned char)(number >> (24 - 8 * i));
}

static uint32_t get_u32(const char *bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < 4; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static itd_status sort_found(resolving *r, size_t count, itd_error *error)
{
    for (size_t i = 0; i < count; i++) {
        slot *s = &r->slots[i];
        for (size_t k = 0; k < s->found.count; k++) {
            char item[PAIR_BYTES];
            put_u32(item, (uint32_t)(1000000 - s->found.items[k].score_micro));
            put_u32(item + 4, (uint32_t)(r->first + i));
            put_u32(item + 8, s->found.items[k].right);
            ITD_TRY(itd_sorter_add(r->pairs, (itd_sv){item, sizeof item}, error));
        }
        r->report.pairs += s->found.count;
        r->report.judged += s->judged;
        r->report.nameless += s->nameless;
        s->found.count = 0;
        s->judged = 0;
        itd_arenas_forget(&s->arena, 1);
    }
    return ITD_OK;
}

static itd_status search(resolving *r, itd_error *error)
{
    itd_progress progress;
    itd_status status = ITD_OK;
    itd_progress_start(&progress, "records held against each other", r->index->entity_count,
                       !r->context->options.progress);
    for (r->first = 0; status == ITD_OK && r->first < r->index->entity_count; r->first += RESOLVE_BATCH) {
        size_t left = r->index->entity_count - r->first, count = left < RESOLVE_BATCH ? left : RESOLVE_BATCH;
        status = itd_pool_for(r->context->pool, count, RESOLVE_GRAIN, search_some, r, error);
        if (status == ITD_OK)
            status = sort_found(r, count, error);
        itd_progress_update(&progress, r->first + count);
    }
    itd_progress_end(&progress);
    r->report.records = r->index->entity_count;
    return status;
}

/* What was judged, and the line. */
static itd_status tell_state(const resolving *r, slot *s, itd_error *error)
{
    itd_resolve_pair *pair = &s->pair;
    itd_judged_state state = itd_judged_of(&r->judged, pair->left.id, pair->right.id);
    if (state.judged) {
        pair->judgement = itd_judged_term(state.kind);
        pair->implied = state.implied;
        pair->person = state.person;
    }
    itd_buffer_clear(&s->json);
    itd_resolve_pair_write(&s->json, pair);
    pair->json = itd_buffer_view(&s->json);
    return s->json.failed ? itd_fail_memory(error) : ITD_OK;
}

static itd_status explain_some(void *context, size_t begin, size_t end, unsigned number, itd_error *error)
{
    resolving *r = context;
    for (size_t i = begin; i < end; i++) {
        slot *s = &r->slots[i];
        itd_resolve_pair *pair = &s->pair;
        ITD_TRY(itd_resolve_explain(pair, r->workers[number].explainer, r->index, s->left, s->right, &s->arena, error));
        assert(pair->score_micro == s->score_micro);
        ITD_TRY(tell_state(r, s, error));
    }
    return ITD_OK;
}

static itd_status read_pairs(size_t *count, resolving *r, uint64_t wanted, itd_error *error)
{
    bool more = true;
    size_t most = wanted < RESOLVE_BATCH ? (size_t)wanted : RESOLVE_BATCH;
    for (*count = 0; *count < most; ++*count) {
        itd_sv item;
        ITD_TRY(itd_sorter_next(&item, &more, r->pairs, error));
        if (!more)
            break;
        slot *s = &r->slots[*count];
        s->score_micro = 1000000 - (int32_t)get_u32(item.data);
        s->left = get_u32(item.data + 4);
        s->right = get_u32(item.data + 8);
    }
    return ITD_OK;
}

static itd_status hand_out(resolving *r, itd_error *error)
{
    uint64_t left = r->options->limit ? r->options->limit : UINT64_MAX;
    for (size_t count = 1; count > 0; left -= count) {
        ITD_TRY(read_pairs(&count, r, left, error));
        ITD_TRY(itd_pool_for(r->context->pool, count, RESOLVE_GRAIN, explain_some, r, error));
        for (size_t i = 0; i < count; i++) {
            ITD_TRY(r->take(r, &r->slots[i], error));
            itd_arenas_forget(&r->slots[i].arena, 1);
        }
    }
    return ITD_OK;
}

static itd_status prepare(resolving *r, itd_error *error)
{
    itd_store *store = r->store;
    unsigned threads = itd_pool_threads(r->context->pool);
    r->screen = (itd_screen_options){.threshold_micro = r->options->threshold_micro};
    ITD_TRY(itd_history_newest(&r->report.generation, store, error));
    if (r->report.generation == 0)
        return itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE,
                           "the case holds no list yet: read one with `interdict case import`");
    ITD_TRY(itd_judged_load(&r->judged, store, error));
    ITD_TRY(itd_case_index_open(&r->index, r->context, store, r->report.generation, error));
    ITD_TRY(itd_screen_scope_init(&r->scope, (const itd_index *const *)&r->index, 1, &r->screen, &r->arena, error));
    r->scope.sieve = look;
    r->scope.sieve_user = r;
    ITD_TRY(itd_sorter_create(&r->pairs, ITD_SORTER_BYTES_DEFAULT, error));
    r->workers = itd_calloc(threads, sizeof *r->workers);
    r->slots = itd_calloc(RESOLVE_BATCH, sizeof *r->slots);
    if (!r->workers || !r->slots)
        return itd_fail_memory(error);
    for (size_t i = 0; i < RESOLVE_BATCH; i++)
        itd_arena_init(&r->slots[i].arena, SIZE_MAX);
    for (unsigned i = 0; i < threads; i++) {
        ITD_TRY(itd_screener_create(&r->workers[i].screener, &r->scope, error));
        ITD_TRY(itd_explainer_create(&r->workers[i].explainer, error));
    }
    return ITD_OK;
}

static void finish(resolving *r)
{
    for (unsigned i = 0; r->workers && i < itd_pool_threads(r->context->pool); i++) {
        itd_screener_destroy(r->workers[i].screener);
        itd_explainer_destroy(r->workers[i].explainer);
    }
    for (size_t i = 0; r->slots && i < RESOLVE_BATCH; i++) {
        itd_arena_finish(&r->slots[i].arena);
        itd_vector_finish(&r->slots[i].found);
        itd_buffer_finish(&r->slots[i].json);
    }
    itd_free(r->workers);
    itd_free(r->slots);
    itd_sorter_destroy(r->pairs);
    itd_judged_finish(&r->judged);
    itd_buffer_finish(&r->line);
    itd_index_close(r->index);
    itd_arena_finish(&r->arena);
}

/* What the rule saw. */
static bool write_reason(itd_buffer *out, const itd_resolve_pair *pair)
{
    itd_buffer_clear(out);
    itd_buffer_append(out, ITD_SV("score_micro "));
    itd_buffer_append_i64(out, pair->score_micro);
    for (size_t i = 0; i < pair->contribution_count; i++) {
        const itd_contribution *c = &pair->contributions[i];
        if (strcmp(c->feature, "name") != 0 && strcmp(c->feature, "identifier") != 0 &&
            strcmp(c->feature, "birth_date") != 0)
            continue;
        itd_buffer_append(out, ITD_SV("; "));
        itd_buffer_append(out, itd_sv_of(c->property ? c->property : c->feature));
        itd_buffer_append(out, ITD_SV(" "));
        itd_buffer_append(out, c->left);
        itd_buffer_append(out, ITD_SV(" ~ "));
        itd_buffer_append(out, c->right);
    }
    return !out->failed;
}

static itd_status give(resolving *r, const itd_resolve_pair *pair, itd_error *error)
{
    itd_status status = r->on_pair(r->user, pair);
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the pairs");
}

static itd_status take_candidate(resolving *r, slot *s, itd_error *error)
{
    return give(r, &s->pair, error);
}

/* Merges what the rule holds to be one, unless that makes one of who was judged to be two. */
static itd_status take_merge(resolving *r, slot *s, itd_error *error)
{
    itd_resolve_pair *pair = &s->pair;
    if (!pair->rule || !itd_judged_may_join(&r->judged, pair->left.id, pair->right.id))
        return ITD_OK;
    itd_sv rule = itd_sv_of("rule " ITD_RESOLVE_RULE);
    if (!write_reason(&r->line, pair))
        return itd_fail_memory(error);
    if (r->report.merged == 0)
        ITD_TRY(itd_audit_number(&r->record, r->store, error));
    const itd_judgement judgement = {.left = pair->left.id,
                                     .right = pair->right.id,
                                     .kind = ITD_JUDGEMENT_MERGE,
                                     .reason = itd_buffer_view(&r->line),
                                     .person = rule,
                                     .made = r->now,
                                     .audit = r->record};
    ITD_TRY(itd_judgement_add(r->store, &judgement, error));
    if (!itd_judged_add(&r->judged, pair->left.id, pair->right.id, ITD_JUDGEMENT_MERGE, rule))
        return itd_fail_memory(error);
    r->report.merged++;
    pair->judgement = itd_judged_term(ITD_JUDGEMENT_MERGE);
    pair->implied = false;
    pair->person = rule;
    itd_buffer_clear(&s->json);
    itd_resolve_pair_write(&s->json, pair);
    if (s->json.failed)
        return itd_fail_memory(error);
    pair->json = itd_buffer_view(&s->json);
    return give(r, pair, error);
}

static itd_status append_record(resolving *r, itd_error *error)
{
    itd_json_writer json;
    itd_buffer_clear(&r->line);
    itd_json_writer_init(&json, &r->line);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "rule", ITD_SV(ITD_RESOLVE_RULE));
    itd_json_put_u64(&json, "merged", r->report.merged);
    itd_json_put_u64(&json, "generation", (uint64_t)r->report.generation);
    itd_json_put_text(&json, "profile", itd_sv_of(itd_profile()));
    itd_json_end_object(&json);
    if (r->line.failed)
        return itd_fail_memory(error);
    const itd_audit_entry entry = {.command = "resolve",
                                   .person = itd_sv_of(r->apply->person),
                                   .now = r->now,
                                   .content = itd_buffer_view(&r->line)};
    return itd_audit_append(r->store, &entry, error);
}

static itd_status run(resolving *r, itd_resolve_report *report, itd_error *error)
{
    itd_arena_init(&r->arena, r->context->options.memory_max);
    itd_status status = itd_store_begin(r->store, error);
    if (status == ITD_OK)
        status = prepare(r, error);
    if (status == ITD_OK)
        status = search(r, error);
    if (status == ITD_OK)
        status = hand_out(r, error);
    if (status == ITD_OK && r->report.merged > 0)
        status = append_record(r, error);
    if (status == ITD_OK && r->report.merged > 0)
        status = itd_store_commit(r->store, error);
    itd_store_rollback(r->store);
    if (status == ITD_OK && report)
        *report = r->report;
    finish(r);
    return status;
}

itd_status itd_resolve(itd_case *the_case, itd_context *context, const itd_resolve_options *options,
                       itd_status (*on_pair)(void *user, const itd_resolve_pair *pair), void *user,
                       itd_resolve_report *report, itd_error *error)
{
    assert(the_case && context && options && on_pair);
    resolving r = {.store = the_case->store,
                   .context = context,
                   .options = options,
                   .take = take_candidate,
                   .on_pair = on_pair,
                   .user = user};
    return run(&r, report, error);
}

itd_status itd_resolve_apply(int64_t *record, itd_case *the_case, itd_context *context,
                             const itd_resolve_apply_options *options,
                             itd_status (*on_pair)(void *user, const itd_resolve_pair *pair), void *user,
                             itd_resolve_report *report, itd_error *error)
{
    assert(the_case && context && options && options->person && on_pair);
    const itd_resolve_options all = {.threshold_micro = ITD_RESOLVE_RULE_MICRO};
    resolving r = {.store = the_case->store,
                   .context = context,
                   .options = &all,
                   .take = take_merge,
                   .on_pair = on_pair,
                   .user = user,
                   .apply = options,
                   .now = options->now ? options->now : itd_clock_utc_us()};
    itd_status status = run(&r, report, error);
    if (status == ITD_OK && record)
        *record = r.report.merged > 0 ? r.record : 0;
    return status;
}

itd_status itd_resolve_state_of(itd_resolve_state *out, itd_case *the_case, const char *left, const char *right,
                                itd_error *error)
{
    assert(out && the_case && left && right);
    itd_judged judged = {0};
    itd_resolve_state state = {0};
    itd_sv a = ITD_SV_NONE, b = ITD_SV_NONE;
    itd_arena_reset(&the_case->arena);
    ITD_TRY(itd_judged_load(&judged, the_case->store, error));
    state.one = itd_judged_are_one(&judged, itd_sv_of(left), itd_sv_of(right));
    (void)itd_judged_conflict(&a, &b, &judged, itd_sv_of(left));
    state.conflict_left = itd_arena_copy(&the_case->arena, a);
    state.conflict_right = itd_arena_copy(&the_case->arena, b);
    itd_judged_finish(&judged);
    if (!state.conflict_left.data || !state.conflict_right.data)
        return itd_fail_memory(error);
    *out = state;
    return ITD_OK;
}
