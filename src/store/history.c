#include "store/history.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/vector.h"
#include "store/rows.h"

static itd_status one_number(int64_t *out, itd_store *store, const char *text, int64_t parameter, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, store->sql, text, error));
    itd_sql_bind_i64(query, 1, parameter);
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK)
        *out = row ? itd_sql_i64(query, 0) : 0;
    itd_sql_finish(query);
    return status;
}

itd_status itd_history_newest(int64_t *out, itd_store *store, itd_error *error)
{
    return one_number(out, store, "SELECT coalesce(max(number), 0) FROM generation WHERE ?1 = 0", 0, error);
}

itd_status itd_history_at_time(int64_t *out, itd_store *store, int64_t time, itd_error *error)
{
    return one_number(out, store, "SELECT coalesce(max(number), 0) FROM generation WHERE imported <= ?1", time, error);
}

itd_status itd_history_count(uint64_t *out, itd_store *store, int64_t generation, itd_error *error)
{
    int64_t count = 0;
    ITD_TRY(one_number(&count, store, "SELECT count(*) FROM generation WHERE number <= ?1", generation, error));
    *out = (uint64_t)count;
    return ITD_OK;
}

#define GENERATION_COLUMNS                                                                                             \
    "d.name, g.version, g.number, g.imported,"                                                                         \
    " (SELECT max(seen) FROM sighting WHERE generation = g.number), g.records, g.statements, g.added, g.changed,"      \
    " g.removed, g.rejected, g.orphans, g.hash"

static itd_status each_generation(itd_sql_query *query,
                                  itd_status (*on_dataset)(void *user, const itd_history_dataset *dataset,
                                                           itd_error *error),
                                  void *user, itd_error *error)
{
    bool row = false;
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        const itd_history_dataset dataset = {.dataset = itd_sql_bytes(query, 0),
                                             .version = itd_sql_bytes(query, 1),
                                             .generation = itd_sql_i64(query, 2),
                                             .imported = itd_sql_i64(query, 3),
                                             .last_seen = itd_sql_i64(query, 4),
                                             .records = (uint64_t)itd_sql_i64(query, 5),
                                             .statements = (uint64_t)itd_sql_i64(query, 6),
                                             .added = (uint64_t)itd_sql_i64(query, 7),
                                             .changed = (uint64_t)itd_sql_i64(query, 8),
                                             .removed = (uint64_t)itd_sql_i64(query, 9),
                                             .rejected = (uint64_t)itd_sql_i64(query, 10),
                                             .orphans = (uint64_t)itd_sql_i64(query, 11),
                                             .hash = itd_sql_bytes(query, 12)};
        status = on_dataset(user, &dataset, error);
        if (status != ITD_OK)
            break;
    }
    itd_sql_finish(query);
    return status;
}

itd_status itd_history_datasets(itd_store *store, int64_t generation,
                                itd_status (*on_dataset)(void *user, const itd_history_dataset *dataset,
                                                         itd_error *error),
                                void *user, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT " GENERATION_COLUMNS " FROM dataset d JOIN generation g ON g.number ="
                            " (SELECT max(number) FROM generation WHERE dataset = d.id AND number <= ?1)"
                            " ORDER BY d.name",
                            error));
    itd_sql_bind_i64(query, 1, generation);
    return each_generation(query, on_dataset, user, error);
}

itd_status itd_history_generations(itd_store *store, itd_sv dataset,
                                   itd_status (*on_generation)(void *user, const itd_history_dataset *generation,
                                                               itd_error *error),
                                   void *user, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT " GENERATION_COLUMNS " FROM dataset d JOIN generation g ON g.dataset = d.id"
                            " WHERE d.name = ?1 ORDER BY g.number",
                            error));
    itd_sql_bind_text(query, 1, dataset);
    return each_generation(query, on_generation, user, error);
}

/* Gives the rows of a query of ITD_STORED_COLUMNS, record key, dataset and document name to a sink. */
static itd_status each_statement(itd_sql_query *query, itd_statement_sink *sink, void *sink_context, itd_error *error)
{
    bool row = false;
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        itd_stored stored;
        status = itd_stored_read(&stored, query, itd_sql_bytes(query, ITD_STORED_COLUMN_COUNT),
                                 itd_sql_bytes(query, ITD_STORED_COLUMN_COUNT + 1), error);
        if (status != ITD_OK)
            break;
        stored.statement.document = itd_sql_bytes(query, ITD_STORED_COLUMN_COUNT + 2);
        status = sink(sink_context, &stored.statement, error);
        if (status != ITD_OK)
            break;
    }
    itd_sql_finish(query);
    return status;
}

/* Joins that keep the order of the statements: each looks up one row by its number. */
#define STATEMENT_SOURCES                                                                                              \
    " CROSS JOIN record r ON r.id = s.record CROSS JOIN dataset d ON d.id = r.dataset"                                 \
    " LEFT JOIN document f ON f.id = s.document"

itd_status itd_history_read(itd_store *store, int64_t generation, itd_statement_sink *sink, void *sink_context,
                            itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT " ITD_STORED_COLUMNS ", r.key, d.name, f.name FROM statement s" STATEMENT_SOURCES
                            " WHERE s.since <= ?1 AND (s.until IS NULL OR s.until > ?1)",
                            error));
    itd_sql_bind_i64(query, 1, generation);
    return each_statement(query, sink, sink_context, error);
}

/* Records with a version that began or ended after generation ?1 up to ?2, which say something else after the one than
 * after the other. */
#define CHANGED_RECORDS                                                                                                \
    "(SELECT r.id AS id, r.dataset AS dataset, r.key AS key, a.entity AS old, b.entity AS new FROM"                    \
    " (SELECT DISTINCT record FROM version WHERE (since > ?1 AND since <= ?2) OR (until > ?1 AND until <= ?2)) c"      \
    " CROSS JOIN record r ON r.id = c.record"                                                                          \
    " LEFT JOIN version a ON a.record = r.id AND a.since <= ?1 AND (a.until IS NULL OR a.until > ?1)"                  \
    " LEFT JOIN version b ON b.record = r.id AND b.since <= ?2 AND (b.until IS NULL OR b.until > ?2)"                  \
    " WHERE a.hash IS NOT b.hash)"

itd_status itd_history_is_tangled(bool *out, itd_store *store, int64_t from, int64_t to, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT 1 FROM version WHERE tangled AND ((since <= ?1 AND (until IS NULL OR until > ?1))"
                            " OR (since <= ?2 AND (until IS NULL OR until > ?2))) LIMIT 1",
                            error));
    itd_sql_bind_i64(query, 1, from);
    itd_sql_bind_i64(query, 2, to);
    itd_status status = itd_sql_step(query, out, error);
    itd_sql_finish(query);
    return status;
}

itd_status itd_history_read_changed(itd_store *store, int64_t from, int64_t to, int64_t at, itd_statement_sink *sink,
                                    void *sink_context, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT " ITD_STORED_COLUMNS
                            ", r.key, d.name, f.name FROM (SELECT DISTINCT key FROM " CHANGED_RECORDS
                            ") x CROSS JOIN dataset e"
                            " CROSS JOIN record y ON y.dataset = e.id AND y.key = x.key"
                            " CROSS JOIN statement s ON s.record = y.id" STATEMENT_SOURCES
                            " WHERE s.since <= ?3 AND (s.until IS NULL OR s.until > ?3)",
                            error));
    itd_sql_bind_i64(query, 1, from);
    itd_sql_bind_i64(query, 2, to);
    itd_sql_bind_i64(query, 3, at);
    return each_statement(query, sink, sink_context, error);
}

/* A statement of one side. */
typedef struct side_item {
    itd_sv content;
    itd_statement statement;
} side_item;

typedef ITD_VECTOR(side_item) side;
typedef ITD_VECTOR(itd_statement) statement_list;

typedef struct diff {
    int64_t from, to;
    itd_sql_query *statements;
    itd_arena arena;
    itd_buffer scratch;
    side before, after;
    statement_list added, removed;
} diff;

static bool keep(itd_sv *text, itd_arena *arena)
{
    if (text->size == 0)
        return true;
    *text = itd_arena_copy(arena, *text);
    return text->data != NULL;
}

static itd_status add_item(side *to, diff *d, itd_statement s, itd_error *error)
{
    side_item item = {.statement = s};
    itd_buffer_clear(&d->scratch);
    itd_content_append(&d->scratch, &s);
    item.content = itd_buffer_view(&d->scratch);
    itd_sv *texts[] = {&item.content,           &item.statement.entity,     &item.statement.record,
                       &item.statement.dataset, &item.statement.value,      &item.statement.original,
                       &item.statement.lang,    &item.statement.first_seen, &item.statement.last_seen,
                       &item.statement.origin,  &item.statement.document};
    bool kept = !d->scratch.failed;
    for (size_t i = 0; kept && i < sizeof texts / sizeof texts[0]; i++)
        kept = keep(texts[i], &d->arena);
    return kept && itd_vector_push(to, item) ? ITD_OK : itd_fail_memory(error);
}

static int compare_items(const void *a, const void *b)
{
    return itd_sv_compare(((const side_item *)a)->content, ((const side_item *)b)->content);
}

static bool holds(const itd_stored *row, int64_t generation)
{
    return row->since <= generation && (row->until == 0 || row->until > generation);
}

static itd_status read_sides(diff *d, int64_t record, itd_sv key, itd_sv dataset, itd_error *error)
{
    itd_sql_query *query = d->statements;
    bool row = false;
    itd_status status;
    d->before.count = d->after.count = 0;
    itd_sql_bind_i64(query, 1, record);
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        itd_stored stored;
        status = itd_stored_read(&stored, query, key, dataset, error);
        stored.statement.document = itd_sql_bytes(query, ITD_STORED_COLUMN_COUNT);
        bool before = status == ITD_OK && holds(&stored, d->from), after = status == ITD_OK && holds(&stored, d->to);
        if (before && !after)
            status = add_item(&d->before, d, stored.statement, error);
        if (after && !before)
            status = add_item(&d->after, d, stored.statement, error);
        if (status != ITD_OK)
            break;
    }
    itd_sql_reset(query);
    if (d->before.count)
        qsort(d->before.items, d->before.count, sizeof *d->before.items, compare_items);
    if (d->after.count)
        qsort(d->after.items, d->after.count, sizeof *d->after.items, compare_items);
    return status;
}

/* What was taken back in between and said again is no difference. */
static itd_status subtract(diff *d, itd_error *error)
{
    size_t b = 0, a = 0;
    d->added.count = d->removed.count = 0;
    while (b < d->before.count || a < d->after.count) {
        int order = b == d->before.count  ? 1
                    : a == d->after.count ? -1
                                          : itd_sv_compare(d->before.items[b].content, d->after.items[a].content);
        if ((order < 0 && !itd_vector_push(&d->removed, d->before.items[b].statement)) ||
            (order > 0 && !itd_vector_push(&d->added, d->after.items[a].statement)))
            return itd_fail_memory(error);
        b += order <= 0;
        a += order >= 0;
    }
    return ITD_OK;
}

static itd_status diff_record(diff *d, const itd_sql_query *query, itd_sv dataset,
                              itd_status (*on_change)(void *user, const itd_record_change *change, itd_error *error),
                              void *user, itd_error *error)
{
    bool old = itd_sql_i64(query, 2) != 0, new = itd_sql_i64(query, 3) != 0;
    if (!old && !new) { /* it only has parts, or had */
        old = !itd_sql_is_null(query, 2);
        new = !itd_sql_is_null(query, 3);
    }
    itd_record_change change = {.change = !old  ? ITD_CHANGE_ADDED
                                          : new ? ITD_CHANGE_CHANGED
                                                : ITD_CHANGE_REMOVED,
                                .id = itd_sql_bytes(query, 1)};
    itd_arena_reset(&d->arena);
    ITD_TRY(read_sides(d, itd_sql_i64(query, 0), change.id, dataset, error));
    ITD_TRY(subtract(d, error));
    change.added = d->added.items;
    change.added_count = d->added.count;
    change.removed = d->removed.items;
    change.removed_count = d->removed.count;
    return on_change(user, &change, error);
}

static itd_status run_diff(diff *d, itd_store *store, int64_t dataset_id, itd_sv dataset,
                           itd_status (*on_change)(void *user, const itd_record_change *change, itd_error *error),
                           void *user, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&d->statements, store->sql,
                            "SELECT " ITD_STORED_COLUMNS ", f.name FROM statement s"
                            " LEFT JOIN document f ON f.id = s.document WHERE s.record = ?1",
                            error));
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT id, key, old, new FROM " CHANGED_RECORDS " WHERE dataset = ?3 ORDER BY key",
                            error));
    itd_sql_bind_i64(query, 1, d->from);
    itd_sql_bind_i64(query, 2, d->to);
    itd_sql_bind_i64(query, 3, dataset_id);
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        status = diff_record(d, query, dataset, on_change, user, error);
        if (status != ITD_OK)
            break;
    }
    itd_sql_finish(query);
    return status;
}

itd_status itd_history_diff(itd_store *store, itd_sv dataset, int64_t from, int64_t to,
                            itd_status (*on_change)(void *user, const itd_record_change *change, itd_error *error),
                            void *user, itd_error *error)
{
    assert(store && on_change && from <= to);
    itd_sql_query *find = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&find, store->sql, "SELECT id FROM dataset WHERE name = ?1", error));
    itd_sql_bind_text(find, 1, dataset);
    itd_status status = itd_sql_step(find, &row, error);
    int64_t id = status == ITD_OK && row ? itd_sql_i64(find, 0) : 0;
    itd_sql_finish(find);
    if (status == ITD_OK && id == 0)
        status = itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE, "the case has no dataset \"%.*s\"",
                             ITD_SV_ARG(dataset));
    if (status != ITD_OK)
        return status;
    diff d = {.from = from, .to = to};
    itd_arena_init(&d.arena, SIZE_MAX);
    status = run_diff(&d, store, id, dataset, on_change, user, error);
    itd_sql_finish(d.statements);
    itd_arena_finish(&d.arena);
    itd_buffer_finish(&d.scratch);
    itd_vector_finish(&d.before);
    itd_vector_finish(&d.after);
    itd_vector_finish(&d.added);
    itd_vector_finish(&d.removed);
    return status;
}
