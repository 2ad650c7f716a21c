/* Screening under the decisions of a case. */
#include "interdict/screening.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/progress.h"
#include "engine/case.h"
#include "engine/decided.h"
#include "engine/screen_options.h"
#include "store/audit.h"

struct itd_screening {
    itd_case *the_case;
    itd_context *context;
    const itd_screening_options *options;
    itd_screen_options screen; /* the options', told of what was left out by way of this */
    itd_index **indexes;
    size_t index_count;
    itd_buffer lists; /* JSON: the index files with their hashes */
    itd_owned_opened owned;
    int64_t generation, now, set;
    itd_decision_reader *decisions;
    itd_question_ids *ids;
    itd_asking *asking;
    itd_alerting *alerting;
    itd_decided_watch watch;
    uint64_t left_out;
    bool ran;
    char generations[4 * ITD_STORE_HASH]; /* of the indexes, cut */
    unsigned char set_hash[ITD_STORE_HASH], result[ITD_STORE_HASH];
};

static void write_hash(itd_json_writer *json, const char *key, const unsigned char hash[ITD_STORE_HASH])
{
    char hex[2 * ITD_STORE_HASH + 1];
    itd_json_put_text(json, key, itd_sv_of(sodium_bin2hex(hex, sizeof hex, hash, ITD_STORE_HASH)));
}

/* An index file goes on record by a name that is the same from every folder, and by its hash. */
static itd_status open_list(itd_screening *s, const char *path, itd_json_writer *json, itd_error *error)
{
    unsigned char hash[ITD_STORE_HASH];
    uint64_t bytes = 0;
    ITD_TRY(itd_index_open(&s->indexes[s->index_count], path, error));
    s->index_count++;
    ITD_TRY(itd_case_hash_file(hash, &bytes, path, error));
    char *whole = realpath(path, NULL);
    itd_json_begin_object(json);
    itd_json_put_text(json, "file", itd_sv_of(whole ? whole : path));
    write_hash(json, "hash", hash);
    itd_json_put_u64(json, "bytes", bytes);
    itd_json_end_object(json);
    (free)(whole); /* the C library's own */
    return s->lists.failed ? itd_fail_memory(error) : ITD_OK;
}

static itd_status open_lists(itd_screening *s, itd_error *error)
{
    const itd_screening_options *o = s->options;
    itd_store *store = s->the_case->store;
    itd_json_writer json;
    s->indexes = itd_calloc(o->list_count > 0 ? o->list_count : 1, sizeof(itd_index *));
    if (!s->indexes)
        return itd_fail_memory(error);
    if (o->list_count == 0) {
        if (s->generation == 0)
            return itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE,
                               "the case holds no list yet: read one with `interdict case import`, or name an index");
        ITD_TRY(itd_case_index_open(&s->indexes[0], s->context, store, s->generation, error));
        s->index_count = 1;
    }
    itd_json_writer_init(&json, &s->lists);
    itd_json_begin_array(&json);
    for (size_t i = 0; i < o->list_count; i++)
        ITD_TRY(open_list(s, o->lists[i], &json, error));
    itd_json_end_array(&json);
    return s->lists.failed ? itd_fail_memory(error) : ITD_OK;
}

static void on_reject(void *user, const itd_rejected *rejected)
{
    itd_screening *s = user;
    s->left_out++;
    if (s->options->screen.on_reject)
        s->options->screen.on_reject(s->options->screen.user, rejected);
}

static itd_status open_owners(itd_screening *s, itd_error *error)
{
    const itd_screening_options *o = s->options;
    if (!o->registers)
        return ITD_OK;
    s->owned = (itd_owned_opened){.scope = {.indexes = (const itd_index *const *)s->indexes,
                                            .index_count = s->index_count,
                                            .options = &s->screen,
                                            .own_ids = true},
                                  .registers = o->registers,
                                  .listed = o->listed,
                                  .regime = o->regime,
                                  .as_of = o->as_of};
    s->watch.owned = &s->owned.scope;
    return itd_owned_open(&s->owned, s->context, error);
}

static itd_status prepare(itd_screening *s, itd_error *error)
{
    itd_store *store = s->the_case->store;
    if (s->options->registers && s->options->store)
        return itd_fail(error, ITD_EINVAL,
                        "questions that are screened for their owners cannot be kept under a name: a rescreening looks "
                        "at names alone");
    ITD_TRY(itd_store_begin(store, error));
    ITD_TRY(itd_audit_number(&s->watch.audit, store, error));
    ITD_TRY(itd_history_newest(&s->generation, store, error));
    ITD_TRY(open_lists(s, error));
    ITD_TRY(open_owners(s, error));
    ITD_TRY(itd_decision_reader_open(&s->decisions, store, INT64_MAX, error));
    ITD_TRY(itd_question_ids_create(&s->ids, error));
    ITD_TRY(itd_asking_begin(&s->asking, store, s->watch.audit, error));
    ITD_TRY(itd_alerting_begin(&s->alerting, store, error));
    s->watch.decisions = s->decisions;
    s->watch.ids = s->ids;
    s->watch.asking = s->asking;
    s->watch.alerting = s->alerting;
    itd_decided_watch_start(&s->watch);
    return ITD_OK;
}

itd_status itd_screening_open(itd_screening **out, itd_case *the_case, itd_context *context,
                              const itd_screening_options *options, itd_error *error)
{
    assert(out && the_case && context && options && options->person);
    itd_screening *s = itd_calloc(1, sizeof *s);
    if (!s)
        return itd_fail_memory(error);
    s->the_case = the_case;
    s->context = context;
    s->options = options;
    s->screen = options->screen;
    s->screen.on_reject = on_reject;
    s->screen.user = s;
    s->now = options->now ? options->now : itd_clock_utc_us();
    s->watch.store = the_case->store;
    s->watch.now = s->now;
    s->watch.show_cleared = options->show_cleared;
    itd_status status = prepare(s, error);
    if (status != ITD_OK) {
        itd_screening_close(s);
        return status;
    }
    *out = s;
    return ITD_OK;
}

const itd_index *itd_screening_index(const itd_screening *screening, size_t at)
{
    return at < screening->index_count ? screening->indexes[at] : NULL;
}

const itd_graph *itd_screening_graph(const itd_screening *screening)
{
    return screening->owned.graph;
}

const itd_own *itd_screening_own(const itd_screening *screening)
{
    return screening->owned.scope.own;
}

static itd_status name_questions(itd_screening *s, itd_error *error)
{
    itd_buffer options = {0};
    itd_json_writer json;
    if (!s->options->store)
        return ITD_OK;
    itd_json_writer_init(&json, &options);
    itd_screen_options_write(&json, &s->screen);
    itd_status status = options.failed
                            ? itd_fail_memory(error)
                            : itd_question_store_name(s->the_case->store, itd_sv_of(s->options->store), s->set,
                                                      itd_buffer_view(&options), s->watch.audit, error);
    itd_buffer_finish(&options);
    return status;
}

itd_status itd_screening_run(itd_screening *screening, itd_questions *questions,
                             itd_status (*on_answer)(void *user, const itd_answer *answer), void *user,
                             itd_error *error)
{
    assert(screening && questions && on_answer && !screening->ran);
    itd_screening *s = screening;
    const itd_screen_watch hooks = itd_decided_hooks(&s->watch);
    ITD_TRY(itd_screen_watched(s->context, (const itd_index *const *)s->indexes, s->index_count, &s->screen, &hooks,
                               questions, on_answer, user, error));
    ITD_TRY(itd_asking_end(&s->set, s->set_hash, s->asking, error));
    ITD_TRY(name_questions(s, error));
    itd_decided_result(s->result, &s->watch);
    s->ran = true;
    return ITD_OK;
}

/* What is needed to run it again, and what came out. */
static void write_content(itd_buffer *out, const itd_screening *s)
{
    itd_json_writer json;
    itd_json_writer_init(&json, out);
    itd_json_begin_object(&json);
    if (s->options->store)
        itd_json_put_text(&json, "store", itd_sv_of(s->options->store));
    itd_json_key(&json, "options");
    itd_screen_options_write(&json, &s->screen);
    itd_json_key(&json, "show_cleared");
    itd_json_write_bool(&json, s->options->show_cleared);
    itd_json_key(&json, "questions");
    itd_json_begin_object(&json);
    write_hash(&json, "hash", s->set_hash);
    itd_json_put_u64(&json, "count", s->watch.questions);
    itd_json_put_u64(&json, "left_out", s->left_out);
    itd_json_end_object(&json);
    itd_json_put_u64(&json, "generation", (uint64_t)s->generation);
    itd_json_key(&json, "indexes");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < s->index_count; i++)
        itd_json_write_text(&json, itd_index_about(s->indexes[i]).generation);
    itd_json_end_array(&json);
    itd_json_key(&json, "lists");
    itd_buffer_append(out, itd_buffer_view(&s->lists));
    json.after_key = false;
    if (s->owned.graph) {
        itd_json_key(&json, "owned");
        itd_owned_write(&json, &s->owned);
    }
    itd_json_put_text(&json, "profile", itd_sv_of(itd_profile()));
    itd_json_put_u64(&json, "hits", s->watch.hits);
    itd_json_put_u64(&json, "shown", s->watch.shown);
    itd_json_put_u64(&json, "cleared", s->watch.cleared);
    itd_json_put_u64(&json, "alerts", itd_alerting_count(s->alerting));
    write_hash(&json, "result", s->result);
    itd_json_end_object(&json);
}

itd_status itd_screening_commit(int64_t *record, itd_screening *screening, itd_error *error)
{
    assert(screening && screening->ran);
    itd_store *store = screening->the_case->store;
    itd_buffer content = {0};
    write_content(&content, screening);
    const itd_audit_entry entry = {.command = "screen",
                                   .person = itd_sv_of(screening->options->person),
                                   .now = screening->now,
                                   .content = itd_buffer_view(&content)};
    itd_status status = content.failed ? itd_fail_memory(error) : itd_audit_append(store, &entry, error);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    if (status == ITD_OK && record)
        *record = screening->watch.audit;
    itd_buffer_finish(&content);
    return status;
}

void itd_screening_close(itd_screening *screening)
{
    if (!screening)
        return;
    itd_alerting_close(screening->alerting);
    itd_asking_close(screening->asking);
    itd_question_ids_destroy(screening->ids);
    itd_decision_reader_close(screening->decisions);
    itd_store_rollback(screening->the_case->store);
    itd_owned_close(&screening->owned);
    for (size_t i = 0; i < screening->index_count; i++)
        itd_index_close(screening->indexes[i]);
    itd_free(screening->indexes);
    itd_buffer_finish(&screening->lists);
    itd_decided_watch_finish(&screening->watch);
    itd_free(screening);
}
