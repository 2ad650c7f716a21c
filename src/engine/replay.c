/* A past screening run again. */
#include <assert.h>
#include <inttypes.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/vector.h"
#include "engine/case.h"
#include "engine/decided.h"
#include "engine/question_json.h"
#include "engine/screen_options.h"
#include "interdict/screening.h"
#include "store/audit.h"

typedef struct replaying {
    itd_case *the_case;
    itd_context *context;
    itd_arena *arena; /* of the answer */
    itd_json_document *document;
    const itd_json *root; /* of the record */
    int64_t number, time, generation;
    itd_screen_options options;
    itd_index **indexes;
    size_t index_count;
    itd_owned_opened owned;
    itd_read_options registers;
    const char *differences[ITD_REPLAY_DIFFERENCES_MAX];
    size_t difference_count;
} replaying;

static itd_status differs(replaying *r, itd_sv sentence, itd_error *error)
{
    if (!sentence.data)
        return itd_fail_memory(error);
    if (r->difference_count < ITD_REPLAY_DIFFERENCES_MAX)
        r->differences[r->difference_count++] = sentence.data;
    return ITD_OK;
}

static itd_status damaged(const replaying *r, itd_error *error)
{
    return itd_fail_at(error, ITD_EFORMAT, r->the_case->store->path, 0, ITD_NOWHERE,
                       "audit record %" PRId64 " is damaged: `interdict case verify` says where the case was changed",
                       r->number);
}

static itd_sv text_of(const replaying *r, const char *key)
{
    return itd_json_text(itd_json_member(r->root, key));
}

static itd_status read_record(replaying *r, itd_error *error)
{
    itd_audit_reader *reader = NULL;
    itd_audit_record record;
    itd_store *store = r->the_case->store;
    bool more = false;
    ITD_TRY(itd_json_document_create(&r->document, error));
    ITD_TRY(itd_audit_reader_open(&reader, store, r->number, error));
    itd_status status = itd_audit_reader_next(reader, &record, &more, error);
    if (status == ITD_OK && (!more || record.number != r->number))
        status = itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE, "the case has no audit record %" PRId64,
                             r->number);
    if (status == ITD_OK)
        status = itd_json_parse(r->document, record.content, &r->root, error);
    itd_audit_reader_close(reader);
    if (status != ITD_OK)
        return status;
    itd_sv command = text_of(r, "command");
    if (!itd_sv_is(command, "screen"))
        return itd_fail_at(error, ITD_EINVAL, store->path, 0, ITD_NOWHERE,
                           "audit record %" PRId64 " is of \"%.*s\"; what can be run again is \"screen\"", r->number,
                           ITD_SV_ARG(itd_sv_slice(command, 0, 64)));
    if (!itd_time_parse(&r->time, text_of(r, "time")) ||
        !itd_json_int64(&r->generation, itd_json_member(r->root, "generation")) ||
        text_of(r, "result").size != (size_t)2 * ITD_STORE_HASH)
        return damaged(r, error);
    return itd_screen_options_read(&r->options, itd_json_member(r->root, "options"), r->arena, error);
}

/* What cannot be had again is a difference, not a failure. */
static itd_status open_list(replaying *r, const itd_json *list, bool *there, itd_error *error)
{
    unsigned char hash[ITD_STORE_HASH];
    char hex[2 * ITD_STORE_HASH + 1];
    uint64_t bytes = 0;
    itd_error found = {.offset = ITD_NOWHERE};
    itd_sv path = itd_arena_copy(r->arena, itd_json_text(itd_json_member(list, "file")));
    itd_sv wanted = itd_json_text(itd_json_member(list, "hash"));
    *there = false;
    if (!path.data)
        return itd_fail_memory(error);
    itd_status status = itd_case_hash_file(hash, &bytes, path.data, &found);
    if (status == ITD_ENOTFOUND || status == ITD_EIO)
        return differs(r, itd_arena_format(r->arena, "the index %s is not there any more", path.data), error);
    if (status == ITD_OK && !itd_sv_is(wanted, sodium_bin2hex(hex, sizeof hex, hash, sizeof hash)))
        return differs(r, itd_arena_format(r->arena, "the index %s is another one now", path.data), error);
    if (status == ITD_OK)
        status = itd_index_open(&r->indexes[r->index_count], path.data, &found);
    if (status == ITD_EMISMATCH)
        return differs(r, itd_arena_format(r->arena, "the index %s: %s", path.data, found.message), error);
    if (status != ITD_OK) {
        if (error)
            *error = found;
        return status;
    }
    r->index_count++;
    *there = true;
    return ITD_OK;
}

static itd_status open_indexes(replaying *r, bool *there, itd_error *error)
{
    const itd_json *lists = itd_json_member(r->root, "lists");
    size_t count = itd_json_count(lists);
    *there = true;
    r->indexes = itd_calloc(count > 0 ? count : 1, sizeof(itd_index *));
    if (!r->indexes)
        return itd_fail_memory(error);
    if (count == 0) {
        ITD_TRY(itd_case_index_open(&r->indexes[0], r->context, r->the_case->store, r->generation, error));
        r->index_count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        bool one = false;
        ITD_TRY(open_list(r, itd_json_item(lists, i), &one, error));
        *there = *there && one;
    }
    return ITD_OK;
}

/* A difference without which it cannot be run again. */
static itd_status lacks(replaying *r, bool *there, itd_sv sentence, itd_error *error)
{
    *there = false;
    return differs(r, sentence, error);
}

static bool is_hash(const itd_json *wanted, const unsigned char hash[ITD_STORE_HASH])
{
    char hex[2 * ITD_STORE_HASH + 1];
    return itd_sv_is(itd_json_text(wanted), sodium_bin2hex(hex, sizeof hex, hash, ITD_STORE_HASH));
}

/* Registers are not part of the case: they are read from where they were, and have to say what they said. */
static itd_status open_registers(replaying *r, const itd_json *owned, bool *there, itd_error *error)
{
    unsigned char hash[ITD_REGISTER_HASH];
    itd_error found = {.offset = ITD_NOWHERE};
    const itd_json *listed = itd_json_member(owned, "listed");
    r->owned.scope = (itd_owned_scope){.indexes = (const itd_index *const *)r->indexes,
                                       .index_count = r->index_count,
                                       .options = &r->options,
                                       .own_ids = true};
    r->owned.registers = &r->registers;
    itd_status status = itd_owned_open(&r->owned, r->context, &found);
    if (status == ITD_ENOMEM) {
        if (error)
            *error = found;
        return status;
    }
    const char *what = r->owned.graph ? "owners cannot be judged again" : "the registers cannot be had again";
    if (status != ITD_OK)
        return lacks(
            r, there,
            itd_arena_format(r->arena, "%s: %s%s%s", what, found.where, found.where[0] ? ": " : "", found.message),
            error);
    itd_register_hash(hash, &r->owned.graph->r);
    if (!is_hash(itd_json_member(owned, "hash"), hash))
        ITD_TRY(lacks(r, there, ITD_SV("the registers say something else now"), error));
    if (r->owned.listed && !is_hash(itd_json_member(listed, "hash"), r->owned.scope.own->listed_hash))
        ITD_TRY(lacks(r, there, ITD_SV("the file of listed parties says something else now"), error));
    return ITD_OK;
}

/* A path of the record; one of standard input leads nowhere. */
static itd_status take_path(const char **out, replaying *r, const itd_json *path, const char *what, bool *there,
                            itd_error *error)
{
    *out = itd_arena_copy(r->arena, itd_json_text(path)).data;
    if (!*out)
        return itd_fail_memory(error);
    if (strcmp(*out, "-") != 0)
        return ITD_OK;
    return lacks(r, there, itd_arena_format(r->arena, "%s came from standard input, which is not kept", what), error);
}

static itd_status open_owners(replaying *r, bool *there, itd_error *error)
{
    const itd_json *owned = itd_json_member(r->root, "owned"), *paths = itd_json_member(owned, "registers");
    const itd_json *listed = itd_json_member(owned, "listed");
    const char **list = itd_arena_alloc_array(r->arena, itd_json_count(paths), sizeof *list);
    itd_sv regime = itd_arena_copy(r->arena, itd_json_text(itd_json_member(owned, "regime")));
    itd_sv as_of = itd_arena_copy(r->arena, itd_json_text(itd_json_member(owned, "as_of")));
    if (!owned || !*there)
        return ITD_OK;
    if (!list || !regime.data || !as_of.data)
        return itd_fail_memory(error);
    r->registers =
        (itd_read_options){.paths = list, .path_count = itd_json_count(paths), .skip_bad = r->options.skip_bad};
    for (size_t i = 0; i < r->registers.path_count && *there; i++)
        ITD_TRY(take_path(&list[i], r, itd_json_item(paths, i), "a register", there, error));
    if (listed && *there)
        ITD_TRY(take_path(&r->owned.listed, r, itd_json_member(listed, "file"), "who is listed", there, error));
    r->owned.regime = regime.data;
    r->owned.as_of = as_of.data;
    return *there ? open_registers(r, owned, there, error) : ITD_OK;
}

static itd_status open_questions(itd_questions **out, const replaying *r, itd_error *error)
{
    unsigned char hash[ITD_STORE_HASH];
    size_t size = 0;
    int64_t set = 0;
    itd_store *store = r->the_case->store;
    itd_sv hex = itd_json_text(itd_json_member(itd_json_member(r->root, "questions"), "hash"));
    if (sodium_hex2bin(hash, sizeof hash, hex.data ? hex.data : "", hex.size, NULL, &size, NULL) != 0 ||
        size != sizeof hash)
        return damaged(r, error);
    ITD_TRY(itd_question_set_find(&set, store, itd_sv_make((const char *)hash, sizeof hash), error));
    return itd_questions_of_set(out, store, set, error);
}

static itd_status pass_over(void *user, const itd_answer *answer)
{
    (void)user;
    (void)answer;
    return ITD_OK;
}

static itd_status screen(itd_replay *out, replaying *r, itd_error *error)
{
    itd_questions *questions = NULL;
    itd_decision_reader *decisions = NULL;
    unsigned char result[ITD_STORE_HASH];
    char hex[2 * ITD_STORE_HASH + 1];
    itd_decided_watch watch = {
        .store = r->the_case->store,
        .now = r->time,
        .owned = r->owned.graph ? &r->owned.scope : NULL,
        .show_cleared = itd_sv_is(itd_json_scalar(itd_json_member(r->root, "show_cleared"), hex, sizeof hex), "true")};
    itd_status status = open_questions(&questions, r, error);
    if (status == ITD_OK)
        status = itd_decision_reader_open(&decisions, watch.store, r->number, error);
    if (status == ITD_OK) {
        const itd_screen_watch hooks = itd_decided_hooks(&watch);
        watch.decisions = decisions;
        itd_decided_watch_start(&watch);
        status = itd_screen_watched(r->context, (const itd_index *const *)r->indexes, r->index_count, &r->options,
                                    &hooks, questions, pass_over, NULL, error);
    }
    if (status == ITD_OK) {
        itd_decided_result(result, &watch);
        out->now = itd_arena_copy(r->arena, itd_sv_of(sodium_bin2hex(hex, sizeof hex, result, sizeof result)));
        out->questions = watch.questions;
        out->hits = watch.hits;
        if (!out->now.data)
            status = itd_fail_memory(error);
    }
    itd_decided_watch_finish(&watch);
    itd_decision_reader_close(decisions);
    itd_questions_close(questions);
    return status;
}

static itd_status compare(itd_replay *out, replaying *r, bool there, itd_error *error)
{
    itd_sv then = text_of(r, "profile");
    if (!itd_sv_is(then, itd_profile()))
        ITD_TRY(differs(
            r, itd_arena_format(r->arena, "the rules were %.*s and are %s", ITD_SV_ARG(then), itd_profile()), error));
    if (there)
        ITD_TRY(screen(out, r, error));
    out->then = itd_arena_copy(r->arena, text_of(r, "result"));
    if (!out->then.data)
        return itd_fail_memory(error);
    out->equal = there && itd_sv_equal(out->then, out->now);
    if (there && !out->equal)
        ITD_TRY(differs(r, ITD_SV("the answers are not the same bytes"), error));
    return ITD_OK;
}

static itd_status replay(itd_replay *out, replaying *r, itd_error *error)
{
    bool there = false;
    itd_replay found = {.record = r->number, .now = ITD_SV("")};
    ITD_TRY(read_record(r, error));
    ITD_TRY(open_indexes(r, &there, error));
    ITD_TRY(open_owners(r, &there, error));
    ITD_TRY(compare(&found, r, there, error));
    const char **list = itd_arena_alloc_array(r->arena, r->difference_count, sizeof *list);
    if (!list)
        return itd_fail_memory(error);
    for (size_t i = 0; i < r->difference_count; i++)
        list[i] = r->differences[i];
    found.differences = list;
    found.difference_count = r->difference_count;
    *out = found;
    return ITD_OK;
}

itd_status itd_replay_run(itd_replay *out, itd_case *the_case, itd_context *context, int64_t record, itd_error *error)
{
    assert(out && the_case && context);
    replaying r = {.the_case = the_case, .context = context, .arena = &the_case->arena, .number = record};
    itd_arena_reset(r.arena);
    ITD_TRY(itd_store_begin(the_case->store, error));
    itd_status status = replay(out, &r, error);
    itd_store_rollback(the_case->store);
    itd_owned_close(&r.owned);
    for (size_t i = 0; i < r.index_count; i++)
        itd_index_close(r.indexes[i]);
    itd_free(r.indexes);
    itd_json_document_destroy(r.document);
    return status;
}

itd_status itd_replay_json(itd_bytes *out, const itd_replay *replay_, itd_error *error)
{
    assert(out && replay_);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_key(&json, "record");
    itd_json_write_i64(&json, replay_->record);
    itd_json_key(&json, "equal");
    itd_json_write_bool(&json, replay_->equal);
    itd_json_key(&json, "then");
    itd_json_write_text(&json, replay_->then);
    itd_json_key(&json, "now");
    if (replay_->now.size > 0)
        itd_json_write_text(&json, replay_->now);
    else
        itd_json_write_null(&json);
    itd_json_key(&json, "differences");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < replay_->difference_count; i++)
        itd_json_write_text(&json, itd_sv_of(replay_->differences[i]));
    itd_json_end_array(&json);
    itd_json_key(&json, "questions");
    itd_json_write_u64(&json, replay_->questions);
    itd_json_key(&json, "hits");
    itd_json_write_u64(&json, replay_->hits);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
