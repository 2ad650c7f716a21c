/* From paths that a user names to statements. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/progress.h"
#include "engine/engine.h"

static void note(const itd_read_options *options, const char *text)
{
    if (options->on_note)
        options->on_note(options->user, text);
}

/* The named paths, with standard input as the file that it is kept in. */
static itd_status plan(itd_reading *reading, itd_error *error)
{
    const itd_read_options *options = reading->options;
    const char **paths = itd_arena_alloc_array(&reading->arena, options->path_count, sizeof *paths);
    if (!paths)
        return itd_fail_memory(error);
    for (size_t i = 0; i < options->path_count; i++) {
        paths[i] = options->paths[i];
        if (strcmp(paths[i], "-") != 0)
            continue;
        if (reading->spool.path[0] != '\0')
            return itd_fail(error, ITD_EINVAL, "standard input is named twice");
        ITD_TRY(itd_spool_standard_input(&reading->spool, reading->context->options.spool_max, error));
        itd_sv kept = itd_arena_copy(&reading->arena, itd_sv_of(reading->spool.path));
        if (!kept.data)
            return itd_fail_memory(error);
        paths[i] = kept.data;
    }
    ITD_TRY(itd_sources_plan(&reading->list, paths, options->path_count, options->map, &reading->arena, error));
    if (reading->list.count == 0)
        return itd_fail_at(error, ITD_EFORMAT, options->paths[0], 0, ITD_NOWHERE, "no list of a known format is there");
    reading->results = itd_arena_alloc_array(&reading->arena, reading->list.count, sizeof *reading->results);
    if (!reading->results)
        return itd_fail_memory(error);
    memset(reading->results, 0, reading->list.count * sizeof *reading->results);
    return ITD_OK;
}

itd_status itd_reading_init(itd_reading *out, itd_context *context, const itd_read_options *options, itd_error *error)
{
    assert(out && context && options);
    itd_reading reading = {.context = context, .options = options};
    if (options->path_count == 0)
        return itd_fail(error, ITD_EINVAL, "no file or folder is named");
    itd_arena_init(&reading.arena, context->options.memory_max);
    itd_status status = plan(&reading, error);
    if (status != ITD_OK) {
        itd_reading_finish(&reading);
        return status;
    }
    for (size_t i = 0; i < reading.list.passed_count; i++) {
        char text[ITD_ERROR_MESSAGE_MAX];
        (void)snprintf(text, sizeof text, "passed over, no known format: %s", reading.list.passed_over[i]);
        note(options, text);
    }
    for (size_t i = 0; i < reading.list.count; i++)
        if (reading.list.entries[i].note)
            note(options, reading.list.entries[i].note);
    *out = reading;
    return ITD_OK;
}

void itd_reading_finish(itd_reading *reading)
{
    if (!reading)
        return;
    itd_arena_finish(&reading->arena);
    itd_spool_finish(&reading->spool);
}

typedef struct relay {
    itd_reading *reading;
    const itd_source *source;
    const itd_read_options *options;
    itd_progress progress;
    itd_statement_sink *sink;
    void *sink_context;
    uint64_t content; /* the same whatever the order of statements */
} relay;

const char *itd_reading_shown(const itd_reading *reading, const char *path)
{
    return path && reading->spool.path[0] && strcmp(path, reading->spool.path) == 0 ? "-" : path;
}

/* Passes statements on and sums what they say, so that a list without a version of its own has one. */
static itd_status on_statement(void *context, const itd_statement *statement, itd_error *error)
{
    relay *r = context;
    uint64_t hash = itd_hash_sv(statement->entity) * 31 + itd_hash_sv(statement->value);
    r->content += itd_hash(&hash, sizeof hash) * (2 * (uint64_t)statement->property + 1);
    return r->sink(r->sink_context, statement, error);
}

static itd_status on_reject(void *context, const itd_reject *reject, itd_error *error)
{
    (void)error;
    const relay *r = context;
    itd_rejected rejected = {.file = itd_reading_shown(r->reading, reject->file),
                             .line = reject->line,
                             .offset = reject->offset,
                             .record = reject->record,
                             .reason = reject->reason,
                             .orphan = reject->kind == ITD_REJECT_ORPHAN};
    if (r->options->on_reject)
        r->options->on_reject(r->options->user, &rejected);
    return ITD_OK;
}

static const char *first_path(const itd_source *source)
{
    for (size_t i = 0; i < ITD_SOURCE_FILES_MAX; i++)
        if (source->paths[i])
            return source->paths[i];
    return NULL;
}

/* The reader's note, with the file that it is of; without it when there is no memory for both. */
static void on_note(void *context, const char *text)
{
    const relay *r = context;
    itd_sv whole =
        itd_arena_format(&r->reading->arena, "%s: %s", itd_reading_shown(r->reading, first_path(r->source)), text);
    note(r->options, whole.data ? whole.data : text);
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    relay *r = context;
    r->progress.total = total;
    itd_progress_update(&r->progress, done);
}

itd_status itd_reading_run(itd_reading *reading, size_t at, itd_statement_sink *sink, void *sink_context,
                           itd_reading_result *result, itd_error *error)
{
    assert(reading && at < reading->list.count && sink && result);
    const itd_source_entry *entry = &reading->list.entries[at];
    const char *dataset = reading->options->dataset ? reading->options->dataset : entry->dataset;
    relay r = {.reading = reading,
               .source = &entry->source,
               .options = reading->options,
               .sink = sink,
               .sink_context = sink_context};
    itd_read read = {.source = &entry->source,
                     .dataset = itd_sv_of(dataset),
                     .map = reading->options->map,
                     .skip_bad = reading->options->skip_bad,
                     .statement = on_statement,
                     .statement_context = &r,
                     .reject = on_reject,
                     .reject_context = &r,
                     .progress = on_progress,
                     .progress_context = &r,
                     .note = on_note,
                     .note_context = &r};
    itd_progress_start(&r.progress, "reading", 0, !reading->context->options.progress);
    itd_status status = entry->source.format->read(&read, error);
    itd_progress_end(&r.progress);
    if (status != ITD_OK) {
        if (first_path(&entry->source))
            itd_error_set_where(error, first_path(&entry->source));
        if (error && strcmp(itd_reading_shown(reading, error->where), "-") == 0)
            (void)snprintf(error->where, sizeof error->where, "-");
        return status;
    }
    *result = (itd_reading_result){.rejected = read.rejected, .orphans = read.orphans, .unverified = read.unverified};
    if (read.version[0])
        memcpy(result->version, read.version, sizeof result->version);
    else
        (void)snprintf(result->version, sizeof result->version, "content-%012llx",
                       (unsigned long long)(r.content >> 16));
    result->dataset = itd_arena_copy(&reading->arena, read.dataset);
    if (!result->dataset.data)
        return itd_fail_memory(error);
    reading->results[at] = *result;
    return ITD_OK;
}

/* Has an earlier set given that dataset? */
static bool is_repeated(const itd_reading *reading, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (itd_sv_equal(reading->results[i].dataset, reading->results[at].dataset))
            return true;
    return false;
}

/* How many sets of that dataset there are, and which of them state the lowest and the highest version. */
static size_t find_versions(const itd_reading *reading, itd_sv dataset, size_t *low, size_t *high)
{
    const itd_reading_result *results = reading->results;
    size_t count = 0;
    for (size_t i = 0; i < reading->list.count; i++) {
        if (!itd_sv_equal(results[i].dataset, dataset))
            continue;
        *low = count == 0 || strcmp(results[i].version, results[*low].version) < 0 ? i : *low;
        *high = count == 0 || strcmp(results[i].version, results[*high].version) > 0 ? i : *high;
        count++;
    }
    return count;
}

void itd_reading_note_joined(const itd_reading *reading)
{
    const itd_reading_result *results = reading->results;
    for (size_t i = 0; i < reading->list.count; i++) {
        size_t low = i, high = i;
        char text[ITD_ERROR_MESSAGE_MAX];
        itd_sv dataset = results[i].dataset;
        if (dataset.size == 0 || is_repeated(reading, i))
            continue;
        size_t count = find_versions(reading, dataset, &low, &high);
        if (strcmp(results[low].version, results[high].version) == 0)
            continue;
        const char *first = itd_reading_shown(reading, first_path(&reading->list.entries[low].source)),
                   *last = itd_reading_shown(reading, first_path(&reading->list.entries[high].source));
        (void)snprintf(text, sizeof text,
                       "%zu sources of %.*s state different versions and are read as one list, from %s (%.96s) to %s "
                       "(%.96s): of snapshots of one list name the newest alone",
                       count, ITD_SV_ARG(itd_sv_slice(dataset, 0, 64)), results[low].version, first,
                       results[high].version, last);
        note(reading->options, text);
    }
}
