/* Lists that a test says itself, imported into a case; what the case then holds, as texts. */
#ifndef TESTS_SUPPORT_CASE_IMPORT_H
#define TESTS_SUPPORT_CASE_IMPORT_H

#include <stdlib.h>

#include "base/memory.h"
#include "base/vector.h"
#include "store/history.h"
#include "store/import.h"
#include "support/case.h"

/** A source as the engine tells an import of it. */
typedef struct case_source {
    const char *dataset; /**< "": the statements name their own */
    const char *version;
    uint64_t rejected, orphans;
    const char *files[4]; /**< names; the hash of each is 32 times its first letter */
    const itd_statement *statements;
    size_t count;
} case_source;

#define CASE_RESULTS_MAX 8
typedef struct case_results {
    itd_import_result items[CASE_RESULTS_MAX]; /**< their texts point to `texts` */
    char texts[CASE_RESULTS_MAX][2][80];
    size_t count;
} case_results;

static inline itd_status case_take_result(void *user, const itd_import_result *result, itd_error *error)
{
    case_results *out = user;
    itd_sv *texts[2];
    (void)error;
    assert_true(out->count < CASE_RESULTS_MAX);
    out->items[out->count] = *result;
    texts[0] = &out->items[out->count].dataset;
    texts[1] = &out->items[out->count].version;
    for (size_t i = 0; i < 2; i++) {
        assert_true(texts[i]->size < sizeof out->texts[0][0]);
        if (texts[i]->size)
            memcpy(out->texts[out->count][i], texts[i]->data, texts[i]->size);
        texts[i]->data = out->texts[out->count][i];
    }
    out->count++;
    return ITD_OK;
}

static inline itd_status case_tell_source(itd_import *import, const case_source *source, itd_error *error)
{
    itd_import_next_source(import);
    for (size_t f = 0; f < 4 && source->files[f]; f++) {
        unsigned char hash[ITD_STORE_HASH];
        memset(hash, source->files[f][0], sizeof hash);
        ITD_TRY(itd_import_document(import, itd_sv_of(source->files[f]), hash, 1000 + f, error));
    }
    for (size_t i = 0; i < source->count; i++)
        ITD_TRY(itd_import_add(import, &source->statements[i], error));
    return itd_import_dataset(import, itd_sv_of(source->dataset), source->version, source->rejected, source->orphans,
                              error);
}

/** All sources in one import, in one transaction, which is undone when it fails. */
static inline itd_status case_import(case_results *out, itd_store *store, const case_source *sources, size_t count,
                                     int64_t now, size_t records_max, itd_error *error)
{
    itd_import *import = NULL;
    out->count = 0;
    ITD_TRY(itd_import_create(&import, store, 0, records_max, error));
    itd_status status = ITD_OK;
    for (size_t i = 0; i < count && status == ITD_OK; i++)
        status = case_tell_source(import, &sources[i], error);
    if (status == ITD_OK)
        status = itd_store_begin(store, error);
    if (status == ITD_OK)
        status = itd_import_finish(import, now, 1, case_take_result, NULL, out, error);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    itd_store_rollback(store);
    itd_import_destroy(import);
    return status;
}

/** The same, of what must succeed. */
static inline void case_must_import(case_results *out, itd_store *store, const case_source *sources, size_t count,
                                    int64_t now)
{
    itd_error error = {0};
    if (case_import(out, store, sources, count, now, ITD_IMPORT_RECORDS_MAX, &error) != ITD_OK)
        fail_msg("%s: %s", error.where, error.message);
}

/** A statement of a record about itself; the fields that a test does not name are empty. */
static inline itd_statement case_said(const char *dataset, const char *record, itd_property property, const char *value)
{
    return (itd_statement){.entity = itd_sv_of(record),
                           .record = itd_sv_of(record),
                           .dataset = itd_sv_of(dataset),
                           .schema = ITD_S_Person,
                           .property = property,
                           .value = itd_sv_of(value),
                           .offset = ITD_NOWHERE};
}

/** About a part of the record. */
static inline itd_statement case_said_of_part(const char *dataset, const char *record, const char *part,
                                              const char *value)
{
    itd_statement s = case_said(dataset, record, ITD_P_Address_full, value);
    s.entity = itd_sv_of(part);
    s.schema = ITD_S_Address;
    return s;
}

static inline void case_add_field(itd_buffer *out, itd_sv field)
{
    uint32_t size = (uint32_t)field.size;
    assert_true(itd_buffer_append(out, itd_sv_make((const char *)&size, sizeof size)));
    assert_true(field.size == 0 || itd_buffer_append(out, field));
}

/** What a statement says, in bytes of the test's own making: each field after its length. */
static inline void case_text_of(itd_buffer *out, const itd_statement *s)
{
    const char grades[3] = {s->reliability, s->credibility, (char)s->tlp};
    case_add_field(out, s->dataset);
    case_add_field(out, s->record);
    case_add_field(out, s->entity);
    case_add_field(out, itd_sv_of(itd_schema_name(s->schema)));
    case_add_field(out, itd_sv_of(itd_property_name(s->property)));
    case_add_field(out, s->value);
    case_add_field(out, s->original);
    case_add_field(out, s->lang);
    case_add_field(out, s->origin);
    case_add_field(out, itd_sv_make(grades, sizeof grades));
}

/** Where it stands and when it was seen. */
static inline void case_place_of(itd_buffer *out, const itd_statement *s)
{
    case_add_field(out, s->document);
    case_add_field(out, s->first_seen);
    case_add_field(out, s->last_seen);
    (void)itd_buffer_format(out, "%llu %lld %u", (unsigned long long)s->line, (long long)s->offset, s->span);
}

/** Sorted texts. */
typedef struct case_texts {
    ITD_VECTOR(itd_sv) list;
    itd_arena arena;
    bool places; /**< with where each stands */
} case_texts;

static inline itd_status case_take_text(void *context, const itd_statement *s, itd_error *error)
{
    case_texts *texts = context;
    itd_buffer buffer = {0};
    (void)error;
    case_text_of(&buffer, s);
    if (texts->places)
        case_place_of(&buffer, s);
    itd_sv copy = itd_arena_copy(&texts->arena, itd_buffer_view(&buffer));
    assert_true(copy.data && itd_vector_push(&texts->list, copy));
    itd_buffer_finish(&buffer);
    return ITD_OK;
}

static inline int case_by_text(const void *a, const void *b)
{
    return itd_sv_compare(*(const itd_sv *)a, *(const itd_sv *)b);
}

static inline void case_texts_start(case_texts *texts, bool places)
{
    *texts = (case_texts){.places = places};
    itd_arena_init(&texts->arena, SIZE_MAX);
}

static inline void case_texts_sort(case_texts *texts)
{
    if (texts->list.count)
        qsort(texts->list.items, texts->list.count, sizeof *texts->list.items, case_by_text);
}

static inline void case_texts_finish(case_texts *texts)
{
    itd_vector_finish(&texts->list);
    itd_arena_finish(&texts->arena);
}

/** What the case held after a generation. */
static inline void case_read(case_texts *out, itd_store *store, int64_t generation, bool places)
{
    itd_error error = {0};
    case_texts_start(out, places);
    if (itd_history_read(store, generation, case_take_text, out, &error) != ITD_OK)
        fail_msg("generation %lld: %s", (long long)generation, error.message);
    case_texts_sort(out);
}

/** Every row of a table, as text, ordered by its first columns. */
static inline void case_dump_table(itd_buffer *out, itd_store *store, const char *table)
{
    itd_error error = {0};
    itd_sql_query *query = NULL;
    char text[128];
    bool row = false;
    (void)snprintf(text, sizeof text, "SELECT * FROM %s ORDER BY 1, 2", table);
    assert_int_equal(itd_sql_prepare(&query, store->sql, text, &error), ITD_OK);
    (void)itd_buffer_format(out, "%s\n", table);
    while (itd_sql_step(query, &row, &error) == ITD_OK && row) {
        for (int i = 0; i < itd_sql_columns(query); i++) {
            (void)itd_buffer_append_i64(out, (int64_t)itd_sql_type_of(query, i));
            if (itd_sql_type_of(query, i) == ITD_SQL_INTEGER)
                (void)itd_buffer_append_i64(out, itd_sql_i64(query, i));
            else
                case_add_field(out, itd_sql_bytes(query, i));
            (void)itd_buffer_append_char(out, ' ');
        }
        (void)itd_buffer_append_char(out, '\n');
    }
    itd_sql_finish(query);
    assert_false(out->failed);
}

/** All that says what the case holds: every table but the sightings of lists and the audit. */
static inline void case_dump(itd_buffer *out, itd_store *store)
{
    static const char *const tables[] = {"meta",     "dataset", "document",     "generation", "generation_document",
                                         "record",   "version", "statement",    "alert",      "decision",
                                         "question", "work",    "question_set", "judgement",  "question_store"};
    itd_buffer_clear(out);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        case_dump_table(out, store, tables[i]);
}

/** A single number that a query gives. */
static inline int64_t case_number(itd_store *store, const char *text)
{
    itd_error error = {0};
    itd_sql_query *query = NULL;
    bool row = false;
    assert_int_equal(itd_sql_prepare(&query, store->sql, text, &error), ITD_OK);
    assert_int_equal(itd_sql_step(query, &row, &error), ITD_OK);
    assert_true(row);
    int64_t number = itd_sql_i64(query, 0);
    itd_sql_finish(query);
    return number;
}

#endif
