/* `index`: lists in, one compiled file out. */
#include <assert.h>

#include "base/progress.h"
#include "base/vector.h"
#include "engine/case.h"

static itd_status read_lists(itd_reading *reading, itd_collection *collection, itd_case_sources *sources,
                             itd_arena *arena, itd_index_report *report, itd_error *error)
{
    for (size_t i = 0; i < reading->list.count; i++) {
        itd_reading_result result;
        ITD_TRY(itd_reading_run(reading, i, itd_collection_add, collection, &result, error));
        itd_sv dataset = itd_arena_copy(arena, result.dataset);
        itd_sv version = itd_arena_copy(arena, itd_sv_of(result.version));
        itd_index_source source = {dataset, version.data, result.rejected, result.orphans};
        if (!dataset.data || !version.data || !itd_vector_push(sources, source))
            return itd_fail_memory(error);
        report->rejected += result.rejected;
        report->orphans += result.orphans;
    }
    return ITD_OK;
}

static itd_status read_case(const char *path, itd_collection *collection, itd_case_sources *sources, itd_arena *arena,
                            itd_index_report *report, itd_error *error)
{
    itd_store *store = NULL;
    int64_t newest = 0;
    size_t first = sources->count;
    ITD_TRY(itd_store_open(&store, path, false, error));
    itd_status status = itd_store_begin(store, error); /* one state, whatever others write meanwhile */
    if (status == ITD_OK)
        status = itd_history_newest(&newest, store, error);
    if (status == ITD_OK)
        status = itd_case_collect(collection, sources, store, newest, arena, error);
    for (size_t i = first; i < sources->count; i++) {
        report->rejected += sources->items[i].rejected;
        report->orphans += sources->items[i].orphans;
    }
    itd_store_close(store);
    return status;
}

/* Cases among the paths, then the lists. */
static itd_status read_all(itd_context *context, const itd_read_options *options, itd_collection *collection,
                           itd_case_sources *sources, itd_arena *arena, itd_index_report *report, itd_error *error)
{
    itd_reading reading;
    itd_read_options lists = *options;
    const char **paths = itd_arena_alloc_array(arena, options->path_count + 1, sizeof *paths);
    if (!paths)
        return itd_fail_memory(error);
    lists.paths = paths;
    lists.path_count = 0;
    for (size_t i = 0; i < options->path_count; i++) {
        const char *path = itd_case_path(options->paths[i]);
        if (path)
            ITD_TRY(read_case(path, collection, sources, arena, report, error));
        else
            paths[lists.path_count++] = options->paths[i];
    }
    if (lists.path_count == 0 && options->path_count > 0)
        return itd_collection_fold(collection, error);
    ITD_TRY(itd_reading_init(&reading, context, &lists, error));
    itd_status status = read_lists(&reading, collection, sources, arena, report, error);
    if (status == ITD_OK)
        itd_reading_note_joined(&reading);
    itd_reading_finish(&reading);
    return status == ITD_OK ? itd_collection_fold(collection, error) : status;
}

itd_status itd_index_build(itd_context *context, const char *path, const itd_read_options *options,
                           itd_index_report *report, itd_error *error)
{
    assert(context && path && options);
    int64_t started = itd_clock_us();
    itd_collection *collection = NULL;
    itd_case_sources sources = {0};
    itd_index_report done = {0};
    itd_arena arena;
    itd_arena_init(&arena, context->options.memory_max);
    itd_status status = itd_collection_create(&collection, context->options.memory_max, error);
    if (status == ITD_OK)
        status = read_all(context, options, collection, &sources, &arena, &done, error);
    if (status == ITD_OK)
        status = itd_index_write(path, collection, sources.items, sources.count, error);
    itd_vector_finish(&sources);
    itd_collection_destroy(collection);
    itd_arena_finish(&arena);
    done.elapsed_us = itd_clock_us() - started;
    if (status == ITD_OK && report)
        *report = done;
    return status;
}

static void write_datasets(itd_json_writer *json, const itd_index_info *info)
{
    itd_json_key(json, "datasets");
    itd_json_begin_array(json);
    for (size_t i = 0; i < info->dataset_count; i++) {
        itd_json_begin_object(json);
        itd_json_key(json, "dataset");
        itd_json_write_text(json, info->datasets[i].dataset);
        itd_json_key(json, "version");
        itd_json_write_text(json, info->datasets[i].version);
        itd_json_key(json, "entities");
        itd_json_write_u64(json, info->datasets[i].entities);
        itd_json_end_object(json);
    }
    itd_json_end_array(json);
}

itd_status itd_index_json(itd_bytes *out, const itd_index *index, const itd_index_report *report, itd_error *error)
{
    assert(out && index);
    itd_index_info info = itd_index_about(index);
    const struct {
        const char *key;
        uint64_t number;
    } numbers[] = {{"entities", info.entities}, {"searchable", info.searchable}, {"names", info.names},
                   {"tokens", info.tokens},     {"statements", info.statements}, {"bytes", info.bytes}};
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        itd_json_key(&json, numbers[i].key);
        itd_json_write_u64(&json, numbers[i].number);
    }
    if (report) {
        itd_json_key(&json, "seconds");
        itd_json_write_micro(&json, report->elapsed_us);
    }
    itd_json_key(&json, "profile");
    itd_json_write_text(&json, info.profile);
    itd_json_key(&json, "generation");
    itd_json_write_text(&json, info.generation);
    write_datasets(&json, &info);
    itd_json_key(&json, "rejected");
    itd_json_write_u64(&json, info.rejected);
    itd_json_key(&json, "orphans");
    itd_json_write_u64(&json, info.orphans);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
