/* `case import`: lists into a case. */
#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <sys/mman.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/sorter.h"
#include "engine/case.h"
#include "store/audit.h"
#include "store/import.h"
#include "store/work.h"

/* Bytes of a file that are in memory while it is hashed. */
#define HASH_WINDOW ((size_t)1 << 22)

_Static_assert(ITD_CASE_DATASET_MAX == ITD_IMPORT_RECORDS_MAX, "one limit, told twice");

itd_status itd_case_hash_file(unsigned char out[ITD_STORE_HASH], uint64_t *bytes, const char *path, itd_error *error)
{
    itd_mapping mapping;
    crypto_generichash_state state;
    ITD_TRY(itd_mapping_open(&mapping, path, error));
    (void)crypto_generichash_init(&state, NULL, 0, ITD_STORE_HASH);
    for (size_t at = 0; at < mapping.size; at += HASH_WINDOW) {
        size_t size = mapping.size - at < HASH_WINDOW ? mapping.size - at : HASH_WINDOW;
        void *window = (void *)(uintptr_t)(mapping.data + at);
        (void)crypto_generichash_update(&state, window, size);
        (void)madvise(window, size, MADV_DONTNEED); /* a large file does not fill memory; it is only advice */
    }
    (void)crypto_generichash_final(&state, out, ITD_STORE_HASH);
    *bytes = mapping.size;
    itd_mapping_close(&mapping);
    return ITD_OK;
}

typedef struct importing {
    itd_case *the_case;
    itd_context *context;
    itd_import *import;
    itd_arena arena;
    itd_buffer content; /* of the audit record */
    itd_json_writer json;
    itd_progress progress;
    ITD_VECTOR(itd_case_generation) results;
    int64_t now;
} importing;

/* The files of a set: their hashes for the documents of the case, and for the audit record. */
static itd_status add_files(importing *i, const itd_reading *reading, const itd_source *source, itd_error *error)
{
    for (size_t f = 0; f < ITD_SOURCE_FILES_MAX; f++) {
        const char *path = source->paths[f];
        unsigned char hash[ITD_STORE_HASH];
        char hex[2 * ITD_STORE_HASH + 1];
        uint64_t bytes = 0;
        if (!path)
            continue;
        const char *slash = strrchr(path, '/');
        ITD_TRY(itd_case_hash_file(hash, &bytes, path, error));
        ITD_TRY(itd_import_document(i->import, itd_sv_of(slash ? slash + 1 : path), hash, bytes, error));
        (void)sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
        itd_json_begin_object(&i->json);
        itd_json_put_text(&i->json, "file", itd_sv_of(itd_reading_shown(reading, path)));
        itd_json_put_text(&i->json, "hash", itd_sv_of(hex));
        itd_json_put_u64(&i->json, "bytes", bytes);
        itd_json_end_object(&i->json);
    }
    return ITD_OK;
}

static itd_status read_lists(importing *i, itd_reading *reading, itd_error *error)
{
    itd_json_key(&i->json, "inputs");
    itd_json_begin_array(&i->json);
    for (size_t at = 0; at < reading->list.count; at++) {
        itd_reading_result result;
        itd_import_next_source(i->import);
        ITD_TRY(add_files(i, reading, &reading->list.entries[at].source, error));
        ITD_TRY(itd_reading_run(reading, at, itd_import_add, i->import, &result, error));
        ITD_TRY(itd_import_dataset(i->import, result.dataset, result.version, result.rejected, result.orphans, error));
    }
    itd_json_end_array(&i->json);
    itd_reading_note_joined(reading);
    return ITD_OK;
}

static itd_status on_result(void *user, const itd_import_result *result, itd_error *error)
{
    importing *i = user;
    itd_case_generation g = {.dataset = itd_arena_copy(&i->arena, result->dataset),
                             .version = itd_arena_copy(&i->arena, result->version),
                             .number = result->generation,
                             .imported = result->imported,
                             .last_seen = i->now,
                             .entities = result->records,
                             .statements = result->statements,
                             .added = result->added,
                             .changed = result->changed,
                             .removed = result->removed,
                             .rejected = result->rejected,
                             .orphans = result->orphans,
                             .is_new = result->is_new};
    if (!g.dataset.data || !g.version.data || !itd_vector_push(&i->results, g))
        return itd_fail_memory(error);
    itd_json_begin_object(&i->json);
    itd_json_put_text(&i->json, "dataset", g.dataset);
    itd_json_put_text(&i->json, "version", g.version);
    itd_json_put_u64(&i->json, "generation", (uint64_t)g.number);
    itd_json_key(&i->json, "new");
    itd_json_write_bool(&i->json, g.is_new);
    const struct {
        const char *key;
        uint64_t number;
    } numbers[] = {{"added", g.added},
                   {"changed", g.changed},
                   {"removed", g.removed},
                   {"rejected", g.rejected},
                   {"orphans", g.orphans}};
    for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++)
        itd_json_put_u64(&i->json, numbers[n].key, numbers[n].number);
    itd_json_end_object(&i->json);
    return ITD_OK;
}

static void on_progress(void *user, uint64_t done, uint64_t total)
{
    importing *i = user;
    i->progress.total = total;
    itd_progress_update(&i->progress, done);
}

/* Everything that is written, in the one transaction. */
static itd_status write_all(importing *i, const char *person, itd_error *error)
{
    int64_t audit = 0;
    ITD_TRY(itd_audit_number(&audit, i->the_case->store, error));
    itd_json_key(&i->json, "datasets");
    itd_json_begin_array(&i->json);
    itd_progress_start(&i->progress, "into the case", 0, !i->context->options.progress);
    itd_status status = itd_import_finish(i->import, i->now, audit, on_result, on_progress, i, error);
    itd_progress_end(&i->progress);
    if (status != ITD_OK)
        return status;
    itd_json_end_array(&i->json);
    itd_json_end_object(&i->json);
    if (i->content.failed)
        return itd_fail_memory(error);
    const itd_audit_entry entry = {
        .command = "import", .person = itd_sv_of(person), .now = i->now, .content = itd_buffer_view(&i->content)};
    ITD_TRY(itd_store_work_end(i->the_case->store, error));
    return itd_audit_append(i->the_case->store, &entry, error);
}

/* What failed is not left as if it were still going on; the failure itself is what counts. */
static void give_up(itd_store *store)
{
    itd_error ignored;
    itd_store_rollback(store);
    itd_status status = itd_store_begin(store, &ignored);
    if (status == ITD_OK)
        status = itd_store_work_end(store, &ignored);
    if (status == ITD_OK)
        status = itd_store_commit(store, &ignored);
    if (status != ITD_OK)
        itd_store_rollback(store);
}

static itd_status run(importing *i, itd_reading *reading, const char *person, itd_error *error)
{
    itd_store *store = i->the_case->store;
    itd_json_writer_init(&i->json, &i->content);
    itd_json_begin_object(&i->json);
    ITD_TRY(itd_import_create(&i->import, store, ITD_SORTER_BYTES_DEFAULT, ITD_IMPORT_RECORDS_MAX, error));
    ITD_TRY(read_lists(i, reading, error));
    ITD_TRY(itd_store_work_begin(store, "import", itd_sv_of(person), i->now, error));
    itd_status status = itd_store_begin(store, error);
    if (status == ITD_OK)
        status = write_all(i, person, error);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    if (status != ITD_OK)
        give_up(store);
    return status;
}

itd_status itd_case_import(itd_case *the_case, itd_context *context, const itd_read_options *options,
                           const char *person,
                           itd_status (*on_generation)(void *user, const itd_case_generation *generation), void *user,
                           itd_error *error)
{
    assert(the_case && context && options && person);
    importing i = {.the_case = the_case, .context = context, .now = itd_clock_utc_us()};
    itd_reading reading;
    ITD_TRY(itd_reading_init(&reading, context, options, error));
    itd_arena_init(&i.arena, SIZE_MAX);
    itd_status status = run(&i, &reading, person, error);
    for (size_t r = 0; r < i.results.count && status == ITD_OK && on_generation; r++) {
        status = on_generation(user, &i.results.items[r]);
        if (status != ITD_OK)
            status = itd_fail(error, status, "stopped by the receiver of the generations");
    }
    itd_import_destroy(i.import);
    itd_reading_finish(&reading);
    itd_arena_finish(&i.arena);
    itd_buffer_finish(&i.content);
    itd_vector_finish(&i.results);
    return status;
}
