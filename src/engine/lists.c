/* `lists stats`: reads each set and counts it. */
#include <assert.h>
#include <stdlib.h>

#include "base/progress.h"
#include "base/vector.h"
#include "engine/engine.h"
#include "model/programmes.h"

typedef struct tally {
    const itd_collection *collection;
    itd_list_stats stats;
    ITD_VECTOR(itd_count) schemata, programmes;
} tally;

static int by_name(const void *a, const void *b)
{
    const itd_count *x = a, *y = b;
    return itd_sv_compare(x->name, y->name);
}

static int by_text(const void *a, const void *b)
{
    const itd_programme *x = a, *y = b;
    return (x->text > y->text) - (x->text < y->text);
}

static itd_status count_schemata(tally *t, itd_error *error)
{
    uint64_t counts[ITD_SCHEMA_COUNT] = {0};
    const itd_folded *entities = itd_collection_entities(t->collection);
    const itd_row *rows = itd_collection_rows(t->collection);
    size_t count = itd_collection_entity_count(t->collection);
    for (size_t e = 0; e < count; e++) {
        t->stats.relations += itd_schema_is_edge(entities[e].schema, NULL, NULL);
        if (!itd_folded_is_record(&entities[e]))
            continue;
        counts[entities[e].schema]++;
        t->stats.entities++;
        for (uint32_t i = 0; i < entities[e].row_count; i++) {
            const itd_row *row = &rows[entities[e].row_first + i];
            itd_property property = row->property;
            if (i > 0 && property == row[-1].property && row->value == row[-1].value)
                continue; /* the same name, said on another line */
            t->stats.names += property == ITD_P_Thing_name || property == ITD_P_Thing_alias ||
                              property == ITD_P_Thing_previousName || property == ITD_P_Thing_weakAlias;
            t->stats.weak_names += property == ITD_P_Thing_weakAlias;
        }
    }
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++) {
        itd_count item = {itd_sv_of(itd_schema_name(s)), counts[s]};
        if (counts[s] && !itd_vector_push(&t->schemata, item))
            return itd_fail_memory(error);
    }
    if (t->schemata.count)
        qsort(t->schemata.items, t->schemata.count, sizeof t->schemata.items[0], by_name);
    return ITD_OK;
}

static itd_status count_programmes(tally *t, itd_error *error)
{
    itd_programme_list list = {0};
    ITD_TRY(itd_programmes_collect(&list, t->collection, error));
    const itd_folded *entities = itd_collection_entities(t->collection);
    if (list.count)
        qsort(list.items, list.count, sizeof list.items[0], by_text);
    itd_status status = ITD_OK;
    uint32_t last = ITD_MAP_NONE;
    for (size_t i = 0; i < list.count && status == ITD_OK; i++) {
        if (!itd_folded_is_record(&entities[list.items[i].entity]))
            continue;
        if (list.items[i].text != last) {
            last = list.items[i].text;
            itd_count item = {itd_collection_text(t->collection, last), 0};
            if (!itd_vector_push(&t->programmes, item))
                status = itd_fail_memory(error);
        }
        if (status == ITD_OK)
            t->programmes.items[t->programmes.count - 1].count++;
    }
    itd_vector_finish(&list);
    if (t->programmes.count)
        qsort(t->programmes.items, t->programmes.count, sizeof t->programmes.items[0], by_name);
    return status;
}

/* Datasets that the statements name: what the set is called when nobody named it. */
static itd_sv dataset_of(const itd_collection *collection, itd_sv named)
{
    if (named.size || itd_collection_row_count(collection) == 0)
        return named;
    return itd_collection_text(collection, itd_collection_rows(collection)[0].dataset);
}

static itd_status count_set(itd_reading *reading, size_t at, tally *t, itd_collection *collection,
                            itd_reading_result *result, itd_error *error)
{
    int64_t started = itd_clock_us();
    ITD_TRY(itd_reading_run(reading, at, itd_collection_add, collection, result, error));
    ITD_TRY(itd_collection_fold(collection, error));
    const itd_source *source = &reading->list.entries[at].source;
    t->collection = collection;
    for (size_t i = ITD_SOURCE_FILES_MAX; i-- > 0;)
        if (source->paths[i])
            t->stats.file = itd_reading_shown(reading, source->paths[i]);
    t->stats.format = source->format->id;
    t->stats.dataset = dataset_of(collection, result->dataset);
    t->stats.version = itd_sv_of(result->version);
    t->stats.rejected = result->rejected;
    t->stats.orphans = result->orphans;
    t->stats.unverified = result->unverified;
    t->stats.statements = itd_collection_row_count(collection);
    ITD_TRY(count_schemata(t, error));
    ITD_TRY(count_programmes(t, error));
    t->stats.by_schema = t->schemata.items;
    t->stats.schema_count = t->schemata.count;
    t->stats.by_programme = t->programmes.items;
    t->stats.programme_count = t->programmes.count;
    t->stats.elapsed_us = itd_clock_us() - started;
    return ITD_OK;
}

itd_status itd_lists_stats(itd_context *context, const itd_read_options *options,
                           void (*on_stats)(void *user, const itd_list_stats *stats), void *user, itd_error *error)
{
    assert(context && options && on_stats);
    itd_reading reading;
    ITD_TRY(itd_reading_init(&reading, context, options, error));
    itd_status status = ITD_OK;
    for (size_t i = 0; i < reading.list.count && status == ITD_OK; i++) {
        tally t = {0};
        itd_reading_result result;
        itd_collection *collection = NULL;
        status = itd_collection_create(&collection, context->options.memory_max, error);
        if (status == ITD_OK)
            status = count_set(&reading, i, &t, collection, &result, error);
        if (status == ITD_OK)
            on_stats(user, &t.stats);
        itd_vector_finish(&t.schemata);
        itd_vector_finish(&t.programmes);
        itd_collection_destroy(collection);
    }
    itd_reading_finish(&reading);
    return status;
}

static void write_counts(itd_json_writer *json, const char *key, const itd_count *counts, size_t count)
{
    itd_json_key(json, key);
    itd_json_begin_object(json);
    for (size_t i = 0; i < count; i++) {
        itd_json_key(json, counts[i].name.data); /* texts of a collection end in NUL */
        itd_json_write_u64(json, counts[i].count);
    }
    itd_json_end_object(json);
}

itd_status itd_list_stats_json(itd_bytes *out, const itd_list_stats *stats, itd_error *error)
{
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "file", itd_sv_of(stats->file));
    itd_json_put_text(&json, "format", itd_sv_of(stats->format));
    itd_json_put_text(&json, "dataset", stats->dataset);
    itd_json_put_text(&json, "version", stats->version);
    itd_json_put_u64(&json, "entities", stats->entities);
    write_counts(&json, "by_schema", stats->by_schema, stats->schema_count);
    write_counts(&json, "by_programme", stats->by_programme, stats->programme_count);
    itd_json_put_u64(&json, "names", stats->names);
    itd_json_put_u64(&json, "weak_names", stats->weak_names);
    itd_json_put_u64(&json, "statements", stats->statements);
    itd_json_put_u64(&json, "relations", stats->relations);
    itd_json_put_u64(&json, "rejected", stats->rejected);
    itd_json_put_u64(&json, "orphans", stats->orphans);
    itd_json_put_u64(&json, "unverified", stats->unverified);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
