/* Cases: opened, counted, exported. */
#include "engine/case.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/progress.h"
#include "store/work.h"

itd_status itd_case_create(const char *path, const itd_case_options *options, itd_error *error)
{
    assert(path);
    const itd_store_options made = {.two_person = options && options->two_person, .now = itd_clock_utc_us()};
    return itd_store_create(path, &made, error);
}

itd_status itd_case_open(itd_case **out, const char *path, bool writing, itd_error *error)
{
    assert(out && path);
    itd_store_work work;
    bool left = false;
    itd_case *opened = itd_calloc(1, sizeof *opened);
    if (!opened)
        return itd_fail_memory(error);
    itd_arena_init(&opened->arena, SIZE_MAX);
    itd_status status = itd_store_open(&opened->store, path, writing, error);
    if (status == ITD_OK)
        status = itd_store_work_left(&work, &left, opened->store, error);
    if (status != ITD_OK) {
        itd_case_close(opened);
        return status;
    }
    if (left)
        itd_store_work_text(opened->left, sizeof opened->left, &work);
    *out = opened;
    return ITD_OK;
}

void itd_case_close(itd_case *the_case)
{
    if (!the_case)
        return;
    itd_store_close(the_case->store);
    itd_arena_finish(&the_case->arena);
    itd_free(the_case);
}

const char *itd_case_left(const itd_case *the_case)
{
    return the_case->left;
}

const char *itd_case_path(const char *source)
{
    return strncmp(source, "case:", 5) == 0 && source[5] ? source + 5 : NULL;
}

/* A bare date stands for all of its day. */
static bool end_of(int64_t *out, const char *as_of)
{
    itd_date date;
    itd_sv text = itd_sv_of(as_of);
    if (!itd_time_parse(out, text))
        return false;
    if (text.size == ITD_DATE_TEXT_MAX - 1 && itd_date_parse(&date, text))
        *out += INT64_C(86400000000) - 1;
    return true;
}

itd_status itd_case_find_generation(int64_t *out, itd_case *the_case, int64_t number, const char *as_of,
                                    itd_error *error)
{
    assert(out && the_case);
    int64_t newest = 0, time = INT64_MAX;
    if (as_of && !end_of(&time, as_of))
        return itd_fail(error, ITD_EINVAL, "\"%s\" is no date: write YYYY-MM-DD, or a time as YYYY-MM-DDTHH:MM:SSZ",
                        as_of);
    ITD_TRY(itd_history_at_time(&newest, the_case->store, time, error));
    if (number > 0) {
        int64_t last = 0;
        ITD_TRY(itd_history_newest(&last, the_case->store, error));
        if (number > last)
            return itd_fail_at(error, ITD_ENOTFOUND, the_case->store->path, 0, ITD_NOWHERE,
                               "the case has no generation %" PRId64 "; the newest is %" PRId64, number, last);
        if (number < newest)
            newest = number;
    }
    *out = newest;
    return ITD_OK;
}

typedef struct counting {
    itd_case *the_case;
    ITD_VECTOR(itd_case_generation) datasets;
} counting;

static itd_status count_dataset(void *user, const itd_history_dataset *dataset, itd_error *error)
{
    counting *c = user;
    itd_case_generation row = {.dataset = itd_arena_copy(&c->the_case->arena, dataset->dataset),
                               .version = itd_arena_copy(&c->the_case->arena, dataset->version),
                               .number = dataset->generation,
                               .imported = dataset->imported,
                               .last_seen = dataset->last_seen,
                               .entities = dataset->records,
                               .statements = dataset->statements,
                               .added = dataset->added,
                               .changed = dataset->changed,
                               .removed = dataset->removed,
                               .rejected = dataset->rejected,
                               .orphans = dataset->orphans};
    return row.dataset.data && row.version.data && itd_vector_push(&c->datasets, row) ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_case_stats_read(itd_case_stats *out, itd_case *the_case, int64_t generation, itd_error *error)
{
    assert(out && the_case);
    counting c = {.the_case = the_case};
    itd_case_stats stats = {
        .id = the_case->store->id, .generation = generation, .two_person = the_case->store->two_person};
    itd_arena_reset(&the_case->arena);
    itd_status status = itd_history_count(&stats.generations, the_case->store, generation, error);
    if (status == ITD_OK)
        status = itd_history_datasets(the_case->store, generation, count_dataset, &c, error);
    itd_case_generation *rows =
        status == ITD_OK ? itd_arena_alloc_array(&the_case->arena, c.datasets.count, sizeof *rows) : NULL;
    if (status == ITD_OK && !rows)
        status = itd_fail_memory(error);
    if (status == ITD_OK && c.datasets.count)
        memcpy(rows, c.datasets.items, c.datasets.count * sizeof *rows);
    stats.datasets = rows;
    stats.dataset_count = c.datasets.count;
    for (size_t i = 0; i < c.datasets.count; i++) {
        stats.entities += c.datasets.items[i].entities;
        stats.statements += c.datasets.items[i].statements;
    }
    itd_vector_finish(&c.datasets);
    if (status == ITD_OK)
        *out = stats;
    return status;
}

static void write_time(itd_json_writer *json, const char *key, int64_t time)
{
    char text[ITD_TIME_TEXT_MAX];
    itd_json_put_text(json, key, itd_time_format(text, time));
}

static void write_generation(itd_json_writer *json, const itd_case_generation *g, bool is_import)
{
    const struct {
        const char *key;
        uint64_t number;
    } numbers[] = {{"entities", g->entities}, {"statements", g->statements}, {"added", g->added},
                   {"changed", g->changed},   {"removed", g->removed},       {"rejected", g->rejected},
                   {"orphans", g->orphans}};
    itd_json_begin_object(json);
    itd_json_put_text(json, "dataset", g->dataset);
    itd_json_put_text(json, "version", g->version);
    itd_json_put_u64(json, "generation", (uint64_t)g->number);
    if (is_import) {
        itd_json_key(json, "new");
        itd_json_write_bool(json, g->is_new);
    }
    write_time(json, "imported", g->imported);
    write_time(json, "last_seen", g->last_seen);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        itd_json_put_u64(json, numbers[i].key, numbers[i].number);
    itd_json_end_object(json);
}

itd_status itd_case_generation_json(itd_bytes *out, const itd_case_generation *generation, itd_error *error)
{
    assert(out && generation);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    write_generation(&json, generation, true);
    return itd_bytes_give(out, &buffer, error);
}

itd_status itd_case_stats_json(itd_bytes *out, const itd_case_stats *stats, itd_error *error)
{
    assert(out && stats);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "case", itd_sv_of(stats->id));
    itd_json_put_u64(&json, "entities", stats->entities);
    itd_json_put_u64(&json, "statements", stats->statements);
    itd_json_put_u64(&json, "generations", stats->generations);
    itd_json_put_u64(&json, "generation", (uint64_t)stats->generation);
    itd_json_key(&json, "two_person");
    itd_json_write_bool(&json, stats->two_person);
    itd_json_key(&json, "datasets");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < stats->dataset_count; i++)
        write_generation(&json, &stats->datasets[i], false);
    itd_json_end_array(&json);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}

typedef struct collecting {
    itd_case_sources *sources;
    itd_arena *arena;
} collecting;

static itd_status collect_dataset(void *user, const itd_history_dataset *dataset, itd_error *error)
{
    const collecting *c = user;
    itd_sv name = itd_arena_copy(c->arena, dataset->dataset), version = itd_arena_copy(c->arena, dataset->version);
    itd_index_source source = {name, version.data, dataset->rejected, dataset->orphans};
    return name.data && version.data && itd_vector_push(c->sources, source) ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_case_collect_datasets(itd_case_sources *sources, itd_store *store, int64_t generation, itd_arena *arena,
                                     itd_error *error)
{
    collecting c = {sources, arena};
    return itd_history_datasets(store, generation, collect_dataset, &c, error);
}

itd_status itd_case_collect(itd_collection *collection, itd_case_sources *sources, itd_store *store, int64_t generation,
                            itd_arena *arena, itd_error *error)
{
    ITD_TRY(itd_case_collect_datasets(sources, store, generation, arena, error));
    return itd_history_read(store, generation, itd_collection_add, collection, error);
}

itd_status itd_case_export(itd_case *the_case, itd_context *context, int64_t generation, itd_export_format format,
                           itd_status (*on_line)(void *user, itd_sv line), void *user, itd_error *error)
{
    assert(the_case && context && on_line);
    itd_collection *collection = NULL;
    ITD_TRY(itd_collection_create(&collection, context->options.memory_max, error));
    itd_status status = itd_history_read(the_case->store, generation, itd_collection_add, collection, error);
    if (status == ITD_OK)
        status = itd_collection_fold(collection, error);
    if (status == ITD_OK)
        status = itd_export_collection(collection, format, on_line, user, error);
    itd_collection_destroy(collection);
    return status;
}
