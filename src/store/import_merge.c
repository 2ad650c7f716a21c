/* The second half of an import: sorted statements, held against what the case has. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/import_state.h"
#include "store/rows.h"

static uint64_t get_number(const unsigned char **at, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++)
        number = number << 8 | *(*at)++;
    return number;
}

/* A statement of the record at hand. */
typedef struct member {
    size_t raw, content_size; /* of the group's bytes: the content as it was sorted */
    size_t decoded, size;     /* the whole item, to be taken apart */
} member;

typedef struct old_statement {
    int64_t id;
    size_t raw, content_size; /* of the old bytes */
} old_statement;

typedef enum query_name {
    FIND_DATASET,
    ADD_DATASET,
    LAST_GENERATION,
    NEXT_GENERATION,
    FIND_RECORD,
    ADD_RECORD,
    ADD_VERSION,
    END_VERSION,
    READ_STATEMENTS,
    END_STATEMENT,
    FIND_DOCUMENT,
    ADD_DOCUMENT,
    ADD_GENERATION,
    ADD_GENERATION_DOCUMENT,
    ADD_SIGHTING,
    LIVE_RECORDS,
    QUERIES
} query_name;

static const char *const query_texts[QUERIES] = {
    [FIND_DATASET] = "SELECT id FROM dataset WHERE name = ?1",
    [ADD_DATASET] = "INSERT INTO dataset (name, audit) VALUES (?1, ?2)",
    [LAST_GENERATION] = "SELECT number, version, records, statements, hash, imported FROM generation WHERE dataset = ?1"
                        " ORDER BY number DESC LIMIT 1",
    [NEXT_GENERATION] = "SELECT coalesce(max(number), 0) + 1 FROM generation",
    [FIND_RECORD] = "SELECT id FROM record WHERE dataset = ?1 AND key = ?2",
    [ADD_RECORD] = "INSERT INTO record (dataset, key) VALUES (?1, ?2)",
    [ADD_VERSION] = "INSERT INTO version (record, since, hash, entity, tangled)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)",
    [END_VERSION] = "UPDATE version SET until = ?3 WHERE record = ?1 AND since = ?2",
    [READ_STATEMENTS] = "SELECT " ITD_STORED_COLUMNS " FROM statement s WHERE s.record = ?1 AND s.until IS NULL",
    [END_STATEMENT] = "UPDATE statement SET until = ?2 WHERE id = ?1",
    [FIND_DOCUMENT] = "SELECT id FROM document WHERE hash = ?1 AND name = ?2",
    [ADD_DOCUMENT] = "INSERT INTO document (name, hash, bytes, audit) VALUES (?1, ?2, ?3, ?4)",
    [ADD_GENERATION] =
        "INSERT INTO generation (number, dataset, version, imported, records, statements, added, changed,"
        " removed, rejected, orphans, hash, audit)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [ADD_GENERATION_DOCUMENT] = "INSERT OR IGNORE INTO generation_document VALUES (?1, ?2, ?3)",
    [ADD_SIGHTING] = "INSERT INTO sighting (generation, seen, version, audit) VALUES (?1, ?2, ?3, ?4)",
    /* Rows that are made while this one is read have since = ?2, and are passed over. */
    [LIVE_RECORDS] = "SELECT r.id, r.key, v.since, v.hash, v.entity FROM record r JOIN version v ON v.record = r.id"
                     " WHERE r.dataset = ?1 AND v.until IS NULL AND v.since < ?2 ORDER BY r.key",
};

/* A record that holds in the case, where the walk through the dataset stands. */
typedef struct live_record {
    bool there;
    int64_t id, since;
    itd_sv key, hash;
    bool entity;
} live_record;

typedef struct work {
    itd_import *import;
    int64_t now, audit;
    itd_sql_query *queries[QUERIES], *insert;
    /* the sorted statements */
    itd_sv item;
    bool more;
    uint64_t taken;
    void (*progress)(void *user, uint64_t done, uint64_t total);
    void *user;
    /* the dataset at hand */
    itd_sv dataset, version;
    int64_t dataset_id;
    bool is_known; /* it has generations */
    int64_t number, last_number, last_imported;
    itd_sv last_version, last_hash;
    itd_arena arena;
    uint64_t records, statements, added, changed, removed, rejected, orphans;
    uint64_t seen; /* records of the new list, so far */
    itd_generation_sum sum;
    live_record live;
    /* the record at hand */
    itd_buffer bytes, old_bytes, key;
    ITD_VECTOR(member) members;
    ITD_VECTOR(old_statement) old;
    bool entity, tangled;
    unsigned char hash[ITD_CONTENT_HASH_SIZE];
} work;

static itd_sv view(const itd_buffer *buffer, size_t from, size_t size)
{
    return itd_sv_make(buffer->data + from, size);
}

static itd_status next_item(work *w, itd_error *error)
{
    ITD_TRY(itd_sorter_next(&w->item, &w->more, w->import->sorter, error));
    if (w->more && w->progress && ++w->taken % 4096 == 0)
        w->progress(w->user, w->taken, w->import->statements);
    return ITD_OK;
}

static size_t content_size_of(itd_sv item)
{
    const unsigned char *at = (const unsigned char *)item.data + item.size - 4;
    return (size_t)get_number(&at, 4);
}

/* How much of an item its first `texts` texts take. */
static size_t texts_size(itd_sv item, size_t texts)
{
    size_t at = 0;
    while (texts > 0) {
        at = itd_sv_find(item, ITD_SV("\0"), at);
        assert(at + 1 < item.size);
        texts -= item.data[at + 1] == '\1';
        at += 2;
    }
    return at;
}

/* Is it the publisher's record itself, and does it say something of entities that are not its own parts? Texts are
 * compared as they are sorted: each with its end. */
static void look_at(work *w, itd_sv raw, size_t head)
{
    size_t at[7];
    for (size_t i = 1; i < 7; i++)
        at[i] = texts_size(raw, i);
    itd_sv record = itd_sv_slice(raw, at[1], head - at[1]), entity = itd_sv_slice(raw, head, at[3] - head);
    itd_sv own = itd_sv_slice(record, 0, record.size - 2); /* without its end */
    if (itd_sv_equal(entity, record))
        w->entity = true;
    else if (!itd_sv_starts(entity, own) || entity.data[own.size] != '-')
        w->tangled = true;
    itd_sv property = itd_sv_slice(raw, at[3], at[4] - at[3]), value = itd_sv_slice(raw, at[4], at[5] - at[4]);
    itd_sv schema = itd_sv_slice(raw, at[5], at[6] - at[5]);
    /* What a sanction says counts for the entity that it names (model/programmes.h). */
    if (itd_sv_equal(property, ITD_SV("entity\0\1")) && itd_sv_equal(schema, ITD_SV("Sanction\0\1")) &&
        !itd_sv_equal(value, record))
        w->tangled = true;
}

/* The statements of the next record, each that says something once. */
static itd_status gather_record(work *w, itd_error *error)
{
    itd_content_sum sum = {0};
    w->members.count = 0;
    itd_buffer_clear(&w->bytes);
    itd_buffer_clear(&w->key);
    size_t head = texts_size(w->item, 2);
    (void)itd_buffer_append(&w->key, itd_sv_slice(w->item, 0, head));
    w->entity = w->tangled = false;
    while (!w->key.failed && w->more && itd_sv_starts(w->item, itd_buffer_view(&w->key))) {
        size_t content = content_size_of(w->item);
        itd_sv raw = itd_sv_slice(w->item, 0, content);
        const member *last = w->members.count ? &w->members.items[w->members.count - 1] : NULL;
        if (!last || !itd_sv_equal(view(&w->bytes, last->raw, last->content_size), raw)) {
            member m = {.raw = w->bytes.size,
                        .content_size = content,
                        .decoded = w->bytes.size + content,
                        .size = w->item.size};
            if (!itd_buffer_append(&w->bytes, raw) || !itd_buffer_append(&w->bytes, w->item) ||
                !itd_vector_push(&w->members, m))
                return itd_fail_memory(error);
            itd_content_add(&sum, raw);
            look_at(w, raw, head);
        }
        ITD_TRY(next_item(w, error));
    }
    if (w->key.failed)
        return itd_fail_memory(error);
    itd_content_bytes(w->hash, &sum);
    /* The key as it is: without the dataset before it. */
    char *rest = w->key.data;
    size_t size = w->key.size;
    itd_sv dataset, key;
    bool taken = itd_content_take(&dataset, &rest, &size) && itd_content_take(&key, &rest, &size);
    assert(taken);
    (void)taken;
    memmove(w->key.data, key.data, key.size);
    w->key.size = key.size;
    return ITD_OK;
}

/* Takes a statement apart; its texts lie in the group's bytes. */
static void take_apart(itd_statement *s, uint32_t *source, work *w, const member *m)
{
    itd_sv texts[13];
    char *rest = w->bytes.data + m->decoded;
    size_t size = m->size;
    for (size_t i = 0; i < 13; i++) {
        bool taken = itd_content_take(&texts[i], &rest, &size);
        assert(taken);
        (void)taken;
    }
    const unsigned char *at = (const unsigned char *)rest;
    assert(size == ITD_IMPORT_TAIL_BYTES && texts[9].size == 3);
    *source = (uint32_t)get_number(&at, 4);
    itd_schema schema = itd_schema_find(texts[5]);
    *s = (itd_statement){.dataset = texts[0],
                         .record = texts[1],
                         .entity = texts[2],
                         .schema = schema,
                         .property = itd_sv_is(texts[3], itd_property_name(ITD_P_OTHER)) /* never to be found by it */
                                         ? ITD_P_OTHER
                                         : itd_property_find(schema, texts[3]),
                         .value = texts[4],
                         .original = texts[6],
                         .lang = texts[7],
                         .origin = texts[8],
                         .first_seen = texts[10],
                         .last_seen = texts[11],
                         .document = texts[12],
                         .reliability = texts[9].data[0] == '-' ? '\0' : texts[9].data[0],
                         .credibility = texts[9].data[1] == '-' ? '\0' : texts[9].data[1],
                         .tlp = (uint8_t)(texts[9].data[2] - '0')};
    s->line = get_number(&at, 8);
    s->offset = get_number(&at, 8);
    s->span = (uint32_t)get_number(&at, 4);
}

static itd_status find_number(int64_t *out, itd_sql_query *query, itd_error *error)
{
    bool row = false;
    *out = 0;
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row)
        *out = itd_sql_i64(query, 0);
    itd_sql_reset(query);
    return status;
}

/* The row of a document, made when it is first needed; NULL when no file of that name was told. */
static itd_status find_document(const itd_import_file **out, work *w, uint32_t source, itd_sv name, itd_error *error)
{
    *out = NULL;
    for (size_t i = 0; i < w->import->documents.count; i++) {
        itd_import_file *d = &w->import->documents.items[i];
        if (d->source != source || !itd_sv_equal(d->name, name))
            continue;
        itd_sv hash = itd_sv_make((const char *)d->hash, sizeof d->hash);
        if (d->id == 0) {
            itd_sql_bind_blob(w->queries[FIND_DOCUMENT], 1, hash);
            itd_sql_bind_text(w->queries[FIND_DOCUMENT], 2, name);
            ITD_TRY(find_number(&d->id, w->queries[FIND_DOCUMENT], error));
        }
        if (d->id == 0) {
            itd_sql_query *add = w->queries[ADD_DOCUMENT];
            itd_sql_bind_text(add, 1, d->name);
            itd_sql_bind_blob(add, 2, hash);
            itd_sql_bind_i64(add, 3, (int64_t)d->bytes);
            itd_sql_bind_i64(add, 4, w->audit);
            ITD_TRY(itd_sql_do(add, error));
            d->id = itd_sql_last_row(w->import->store->sql);
        }
        *out = d;
        return ITD_OK;
    }
    return ITD_OK;
}

static itd_status insert_member(work *w, int64_t record, const member *m, itd_error *error)
{
    itd_statement s;
    uint32_t source;
    const itd_import_file *d = NULL;
    take_apart(&s, &source, w, m);
    if (s.document.size > 0)
        ITD_TRY(find_document(&d, w, source, s.document, error));
    itd_generation_statement(&w->sum, view(&w->bytes, m->raw, m->content_size), &s,
                             d ? itd_sv_make((const char *)d->hash, sizeof d->hash) : ITD_SV_NONE);
    w->statements++;
    return itd_stored_insert(w->insert, record, w->number, d ? d->id : 0, &s, error);
}

static itd_status insert_version(work *w, int64_t record, itd_error *error)
{
    itd_sql_query *add = w->queries[ADD_VERSION];
    itd_sv hash = itd_sv_make((const char *)w->hash, sizeof w->hash);
    itd_sql_bind_i64(add, 1, record);
    itd_sql_bind_i64(add, 2, w->number);
    itd_sql_bind_blob(add, 3, hash);
    itd_sql_bind_i64(add, 4, w->entity);
    itd_sql_bind_i64(add, 5, w->tangled);
    itd_generation_version(&w->sum, itd_buffer_view(&w->key), hash);
    return itd_sql_do(add, error);
}

static itd_status end_version(work *w, int64_t record, int64_t since, itd_sv key, itd_error *error)
{
    itd_sql_query *end = w->queries[END_VERSION];
    itd_sql_bind_i64(end, 1, record);
    itd_sql_bind_i64(end, 2, since);
    itd_sql_bind_i64(end, 3, w->number);
    itd_generation_end_version(&w->sum, key);
    return itd_sql_do(end, error);
}

static itd_status add_record(work *w, itd_error *error)
{
    int64_t id = 0;
    if (w->is_known) { /* it may have been there once */
        itd_sql_bind_i64(w->queries[FIND_RECORD], 1, w->dataset_id);
        itd_sql_bind_text(w->queries[FIND_RECORD], 2, itd_buffer_view(&w->key));
        ITD_TRY(find_number(&id, w->queries[FIND_RECORD], error));
    }
    if (id == 0) {
        itd_sql_bind_i64(w->queries[ADD_RECORD], 1, w->dataset_id);
        itd_sql_bind_text(w->queries[ADD_RECORD], 2, itd_buffer_view(&w->key));
        ITD_TRY(itd_sql_do(w->queries[ADD_RECORD], error));
        id = itd_sql_last_row(w->import->store->sql);
    }
    ITD_TRY(insert_version(w, id, error));
    for (size_t i = 0; i < w->members.count; i++)
        ITD_TRY(insert_member(w, id, &w->members.items[i], error));
    w->records += w->entity;
    w->added += w->entity;
    return ITD_OK;
}

static int compare_old(const void *a, const void *b, void *context)
{
    const old_statement *x = a, *y = b;
    return itd_sv_compare(view(context, x->raw, x->content_size), view(context, y->raw, y->content_size));
}

/* What the record at `live` said so far, in the order of contents. */
static itd_status read_old(work *w, int64_t record, itd_sv key, itd_error *error)
{
    itd_sql_query *query = w->queries[READ_STATEMENTS];
    bool row = false;
    itd_status status = ITD_OK;
    w->old.count = 0;
    itd_buffer_clear(&w->old_bytes);
    itd_sql_bind_i64(query, 1, record);
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        itd_stored stored;
        status = itd_stored_read(&stored, query, key, w->dataset, error);
        if (status != ITD_OK)
            break;
        old_statement o = {.id = stored.id, .raw = w->old_bytes.size};
        itd_content_append(&w->old_bytes, &stored.statement);
        o.content_size = w->old_bytes.size - o.raw;
        if (w->old_bytes.failed || !itd_vector_push(&w->old, o)) {
            status = itd_fail_memory(error);
            break;
        }
    }
    itd_sql_reset(query);
    if (status == ITD_OK && w->old.count)
        qsort_r(w->old.items, w->old.count, sizeof *w->old.items, compare_old, &w->old_bytes);
    return status;
}

static itd_status end_old(work *w, const old_statement *o, itd_error *error)
{
    itd_sql_query *end = w->queries[END_STATEMENT];
    itd_sql_bind_i64(end, 1, o->id);
    itd_sql_bind_i64(end, 2, w->number);
    itd_generation_end_statement(&w->sum, view(&w->old_bytes, o->raw, o->content_size));
    w->statements--;
    return itd_sql_do(end, error);
}

static itd_status change_record(work *w, itd_error *error)
{
    const live_record live = w->live;
    ITD_TRY(read_old(w, live.id, itd_buffer_view(&w->key), error));
    ITD_TRY(end_version(w, live.id, live.since, itd_buffer_view(&w->key), error));
    ITD_TRY(insert_version(w, live.id, error));
    size_t o = 0, m = 0;
    while (o < w->old.count || m < w->members.count) {
        const old_statement *old = o < w->old.count ? &w->old.items[o] : NULL;
        const member *new = m < w->members.count ? &w->members.items[m] : NULL;
        int order = old ? -1 : 1;
        if (old && new)
            order = itd_sv_compare(view(&w->old_bytes, old->raw, old->content_size),
                                   view(&w->bytes, new->raw, new->content_size));
        if (old && order < 0)
            ITD_TRY(end_old(w, old, error));
        else if (new &&order > 0)
            ITD_TRY(insert_member(w, live.id, new, error));
        o += order <= 0;
        m += order >= 0;
    }
    w->records = w->records + w->entity - live.entity;
    if (w->entity && live.entity)
        w->changed++;
    else if (w->entity)
        w->added++;
    else if (live.entity)
        w->removed++;
    return ITD_OK;
}

static itd_status remove_record(work *w, itd_error *error)
{
    const live_record live = w->live;
    ITD_TRY(read_old(w, live.id, live.key, error));
    ITD_TRY(end_version(w, live.id, live.since, live.key, error));
    for (size_t i = 0; i < w->old.count; i++)
        ITD_TRY(end_old(w, &w->old.items[i], error));
    w->records -= live.entity;
    w->removed += live.entity;
    return ITD_OK;
}

static itd_status next_live(work *w, itd_error *error)
{
    itd_sql_query *query = w->queries[LIVE_RECORDS];
    ITD_TRY(itd_sql_step(query, &w->live.there, error));
    if (w->live.there)
        w->live = (live_record){.there = true,
                                .id = itd_sql_i64(query, 0),
                                .key = itd_sql_bytes(query, 1),
                                .since = itd_sql_i64(query, 2),
                                .hash = itd_sql_bytes(query, 3),
                                .entity = itd_sql_i64(query, 4) != 0};
    return ITD_OK;
}

static itd_status merge_record(work *w, itd_error *error)
{
    ITD_TRY(gather_record(w, error));
    while (w->live.there && itd_sv_compare(w->live.key, itd_buffer_view(&w->key)) < 0) {
        ITD_TRY(remove_record(w, error));
        ITD_TRY(next_live(w, error));
    }
    bool is_known = w->live.there && itd_sv_equal(w->live.key, itd_buffer_view(&w->key));
    if (!is_known)
        ITD_TRY(add_record(w, error));
    else if (!itd_sv_equal(w->live.hash, itd_sv_make((const char *)w->hash, sizeof w->hash)))
        ITD_TRY(change_record(w, error));
    w->seen += w->entity;
    if (w->seen > w->import->records_max)
        return itd_fail(error, ITD_ELIMIT,
                        "%.*s has more than %zu records (ITD_IMPORT_RECORDS_MAX): such a register is not for a case; "
                        "compile it with `interdict index`",
                        ITD_SV_ARG(w->dataset), w->import->records_max);
    return is_known ? next_live(w, error) : ITD_OK;
}

/* What the case has of the dataset so far. */
static itd_status open_dataset(work *w, itd_error *error)
{
    itd_sql_query *find = w->queries[FIND_DATASET], *last = w->queries[LAST_GENERATION];
    bool row = false;
    w->last_version = w->last_hash = ITD_SV_NONE;
    w->last_number = 0;
    w->records = w->statements = w->added = w->changed = w->removed = w->seen = 0;
    w->sum.sum = (itd_changes){0};
    itd_arena_reset(&w->arena);
    itd_sql_bind_text(find, 1, w->dataset);
    ITD_TRY(find_number(&w->dataset_id, find, error));
    if (w->dataset_id == 0) {
        itd_sql_bind_text(w->queries[ADD_DATASET], 1, w->dataset);
        itd_sql_bind_i64(w->queries[ADD_DATASET], 2, w->audit);
        ITD_TRY(itd_sql_do(w->queries[ADD_DATASET], error));
        w->dataset_id = itd_sql_last_row(w->import->store->sql);
    }
    ITD_TRY(find_number(&w->number, w->queries[NEXT_GENERATION], error));
    itd_sql_bind_i64(last, 1, w->dataset_id);
    itd_status status = itd_sql_step(last, &row, error);
    w->is_known = status == ITD_OK && row;
    if (w->is_known) {
        w->last_number = itd_sql_i64(last, 0);
        w->last_imported = itd_sql_i64(last, 5);
        w->last_version = itd_arena_copy(&w->arena, itd_sql_bytes(last, 1));
        w->records = (uint64_t)itd_sql_i64(last, 2);
        w->statements = (uint64_t)itd_sql_i64(last, 3);
        w->last_hash = itd_arena_copy(&w->arena, itd_sql_bytes(last, 4));
        if (!w->last_version.data || !w->last_hash.data)
            status = itd_fail_memory(error);
        else if (w->last_hash.size != ITD_STORE_HASH)
            status = itd_fail_at(error, ITD_EFORMAT, w->import->store->path, 0, ITD_NOWHERE,
                                 "the case is damaged: generation %" PRId64 " has no hash", w->last_number);
    }
    itd_sql_reset(last);
    if (status != ITD_OK)
        return status;
    itd_sql_bind_i64(w->queries[LIVE_RECORDS], 1, w->dataset_id);
    itd_sql_bind_i64(w->queries[LIVE_RECORDS], 2, w->number);
    return next_live(w, error);
}

static itd_status link_documents(work *w, itd_error *error)
{
    for (size_t l = 0; l < w->import->lists.count; l++) {
        const itd_import_list *from = &w->import->lists.items[l];
        for (size_t i = 0; itd_sv_equal(from->dataset, w->dataset) && i < w->import->documents.count; i++) {
            const itd_import_file *d = &w->import->documents.items[i];
            if (d->source != from->source)
                continue;
            ITD_TRY(find_document(&d, w, d->source, d->name, error));
            itd_sql_query *add = w->queries[ADD_GENERATION_DOCUMENT];
            itd_sql_bind_i64(add, 1, w->number);
            itd_sql_bind_i64(add, 2, d->id);
            itd_sql_bind_i64(add, 3, w->audit);
            ITD_TRY(itd_sql_do(add, error));
        }
    }
    return ITD_OK;
}

static itd_status add_generation(work *w, itd_error *error)
{
    unsigned char hash[ITD_STORE_HASH];
    itd_sql_query *add = w->queries[ADD_GENERATION];
    const itd_generation g = {.number = w->number,
                              .imported = w->now,
                              .dataset = w->dataset,
                              .version = w->version,
                              .records = w->records,
                              .statements = w->statements,
                              .added = w->added,
                              .changed = w->changed,
                              .removed = w->removed,
                              .rejected = w->rejected,
                              .orphans = w->orphans};
    ITD_TRY(itd_generation_hash(hash, &w->sum, w->last_hash, &g, error));
    const int64_t numbers[] = {w->now,
                               (int64_t)g.records,
                               (int64_t)g.statements,
                               (int64_t)g.added,
                               (int64_t)g.changed,
                               (int64_t)g.removed,
                               (int64_t)g.rejected,
                               (int64_t)g.orphans};
    itd_sql_bind_i64(add, 1, g.number);
    itd_sql_bind_i64(add, 2, w->dataset_id);
    itd_sql_bind_text(add, 3, g.version);
    for (int i = 0; i < 8; i++)
        itd_sql_bind_i64(add, 4 + i, numbers[i]);
    itd_sql_bind_blob(add, 12, itd_sv_make((const char *)hash, sizeof hash));
    itd_sql_bind_i64(add, 13, w->audit);
    ITD_TRY(itd_sql_do(add, error));
    return link_documents(w, error);
}

static itd_status add_sighting(work *w, int64_t generation, itd_error *error)
{
    itd_sql_query *add = w->queries[ADD_SIGHTING];
    itd_sql_bind_i64(add, 1, generation);
    itd_sql_bind_i64(add, 2, w->now);
    itd_sql_bind_text(add, 3, w->version);
    itd_sql_bind_i64(add, 4, w->audit);
    return itd_sql_do(add, error);
}

/* The versions of all sources of the dataset, in byte order, joined by "+" as far as there is room. */
static itd_status join_versions(work *w, itd_error *error)
{
    static const size_t max = ITD_IMPORT_VERSION_MAX;
    itd_sv joined = ITD_SV(""), last = ITD_SV_NONE;
    w->rejected = w->orphans = 0;
    for (;;) {
        const itd_import_list *next = NULL;
        for (size_t i = 0; i < w->import->lists.count; i++) {
            const itd_import_list *l = &w->import->lists.items[i];
            if (itd_sv_equal(l->dataset, w->dataset) && itd_sv_compare(l->version, last) > 0 &&
                (!next || itd_sv_compare(l->version, next->version) < 0))
                next = l;
        }
        if (!next || joined.size + next->version.size + (joined.size > 0) > max)
            break;
        joined = itd_arena_format(&w->import->arena, "%.*s%s%.*s", ITD_SV_ARG(joined), joined.size ? "+" : "",
                                  ITD_SV_ARG(next->version));
        if (!joined.data)
            return itd_fail_memory(error);
        last = next->version;
    }
    for (size_t i = 0; i < w->import->lists.count; i++)
        if (itd_sv_equal(w->import->lists.items[i].dataset, w->dataset)) {
            w->rejected += w->import->lists.items[i].rejected;
            w->orphans += w->import->lists.items[i].orphans;
        }
    w->version = joined;
    return ITD_OK;
}

/* A version that is made from the content differs with the order of rows too: it is no news by itself. */
static bool is_news(const work *w)
{
    static const itd_changes none;
    return !w->is_known || memcmp(&w->sum.sum, &none, sizeof none) != 0 ||
           (!itd_sv_equal(w->version, w->last_version) && !itd_sv_starts(w->version, ITD_SV("content-")));
}

static itd_status import_dataset(work *w, itd_import_result *result, itd_error *error)
{
    ITD_TRY(join_versions(w, error));
    ITD_TRY(open_dataset(w, error));
    itd_buffer head = {0};
    itd_content_text(&head, w->dataset);
    itd_status status = head.failed ? itd_fail_memory(error) : ITD_OK;
    while (status == ITD_OK && w->more && itd_sv_starts(w->item, itd_buffer_view(&head)))
        status = merge_record(w, error);
    itd_buffer_finish(&head);
    while (status == ITD_OK && w->live.there) {
        status = remove_record(w, error);
        if (status == ITD_OK)
            status = next_live(w, error);
    }
    itd_sql_reset(w->queries[LIVE_RECORDS]);
    if (status != ITD_OK)
        return status;
    bool news = is_news(w);
    if (news)
        ITD_TRY(add_generation(w, error));
    ITD_TRY(add_sighting(w, news ? w->number : w->last_number, error));
    *result = (itd_import_result){.dataset = w->dataset,
                                  .version = news ? w->version : w->last_version,
                                  .generation = news ? w->number : w->last_number,
                                  .imported = news ? w->now : w->last_imported,
                                  .is_new = news,
                                  .records = w->records,
                                  .statements = w->statements,
                                  .added = w->added,
                                  .changed = w->changed,
                                  .removed = w->removed,
                                  .rejected = w->rejected,
                                  .orphans = w->orphans};
    return ITD_OK;
}

static int compare_lists(const void *a, const void *b)
{
    const itd_import_list *x = a, *y = b;
    int order = itd_sv_compare(x->dataset, y->dataset);
    return order ? order : (x->source > y->source) - (x->source < y->source);
}

static itd_status prepare_all(work *w, itd_error *error)
{
    for (size_t i = 0; i < QUERIES; i++)
        ITD_TRY(itd_sql_prepare(&w->queries[i], w->import->store->sql, query_texts[i], error));
    return itd_stored_prepare_insert(&w->insert, w->import->store->sql, error);
}

static void finish_work(work *w)
{
    for (size_t i = 0; i < QUERIES; i++)
        itd_sql_finish(w->queries[i]);
    itd_sql_finish(w->insert);
    itd_arena_finish(&w->arena);
    itd_buffer_finish(&w->sum.scratch);
    itd_buffer_finish(&w->bytes);
    itd_buffer_finish(&w->old_bytes);
    itd_buffer_finish(&w->key);
    itd_vector_finish(&w->members);
    itd_vector_finish(&w->old);
}

itd_status itd_import_finish(itd_import *import, int64_t now, int64_t audit,
                             itd_status (*on_result)(void *user, const itd_import_result *result, itd_error *error),
                             void (*progress)(void *user, uint64_t done, uint64_t total), void *user, itd_error *error)
{
    assert(import && on_result && import->store->in_work);
    work w = {.import = import, .now = now, .audit = audit, .progress = progress, .user = user};
    itd_arena_init(&w.arena, SIZE_MAX);
    if (import->lists.count)
        qsort(import->lists.items, import->lists.count, sizeof *import->lists.items, compare_lists);
    itd_status status = prepare_all(&w, error);
    if (status == ITD_OK)
        status = next_item(&w, error);
    for (size_t i = 0; i < import->lists.count && status == ITD_OK; i++) {
        itd_import_result result;
        w.dataset = import->lists.items[i].dataset;
        if (i > 0 && itd_sv_equal(w.dataset, import->lists.items[i - 1].dataset))
            continue;
        status = import_dataset(&w, &result, error);
        if (status == ITD_OK)
            status = on_result(user, &result, error);
    }
    finish_work(&w);
    return status;
}
