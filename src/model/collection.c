#include "model/collection.h"

#include <assert.h>
#include <stdlib.h>

#include "base/vector.h"
#include "model/other.h"
#include "model/sort.h"

/* Texts are numbered by first sight while statements come in. A fold numbers them anew in byte order: then rows compare
 * as integers, and nothing depends on the order in which statements came. The map from text to number is not needed
 * any more after that; the next statement makes it again. */

struct itd_collection {
    itd_intern texts;
    bool map_is_stale; /* `texts.map` is empty although there are texts */
    ITD_VECTOR(itd_row) rows;
    itd_folded *entities;
    size_t entity_count;
    size_t bytes_max;
};

#define MOVES_AHEAD ((size_t)8)
#define TEXT_SLACK ((size_t)64) /* what the arena may add to a text: its NUL and the header of a block */

itd_status itd_collection_create(itd_collection **out, size_t bytes_max, itd_error *error)
{
    itd_collection *collection = itd_calloc(1, sizeof *collection);
    if (!collection)
        return itd_fail_memory(error);
    collection->bytes_max = bytes_max;
    itd_intern_init(&collection->texts, bytes_max);
    uint32_t empty = itd_intern_add(&collection->texts, ITD_SV(""));
    if (empty == ITD_MAP_NONE) {
        itd_collection_destroy(collection);
        return bytes_max < TEXT_SLACK ? itd_fail(error, ITD_ELIMIT, "a collection of %zu bytes is too small", bytes_max)
                                      : itd_fail_memory(error);
    }
    assert(empty == 0);
    *out = collection;
    return ITD_OK;
}

void itd_collection_destroy(itd_collection *collection)
{
    if (!collection)
        return;
    itd_intern_finish(&collection->texts);
    itd_vector_finish(&collection->rows);
    itd_free(collection->entities);
    itd_free(collection);
}

static itd_status fail_limit(const itd_collection *collection, itd_error *error)
{
    return itd_fail(error, ITD_ELIMIT, "statements need more than the %zu bytes that they may take",
                    collection->bytes_max);
}

static itd_status text_number(uint32_t *out, itd_collection *collection, itd_sv text, itd_error *error)
{
    if (text.size == 0) {
        *out = 0;
        return ITD_OK;
    }
    uint32_t number = itd_intern_add(&collection->texts, text);
    if (number == ITD_MAP_NONE) {
        const itd_arena *arena = &collection->texts.arena;
        bool is_full = text.size > SIZE_MAX - TEXT_SLACK || arena->used_max - arena->used < text.size + TEXT_SLACK;
        return is_full ? fail_limit(collection, error) : itd_fail_memory(error);
    }
    *out = number;
    return ITD_OK;
}

/* The same, when it is likely to be the text of the row before. */
static itd_status repeated_number(uint32_t *out, uint32_t last, itd_collection *collection, itd_sv text,
                                  itd_error *error)
{
    if (itd_sv_equal(text, collection->texts.texts[last])) {
        *out = last;
        return ITD_OK;
    }
    return text_number(out, collection, text, error);
}

static itd_status remake_map(itd_collection *collection, itd_error *error)
{
    itd_map map = {0};
    for (size_t i = 0; i < collection->texts.count; i++) {
        if (!itd_map_put(&map, collection->texts.texts[i], (uint32_t)i)) {
            itd_map_finish(&map);
            return itd_fail_memory(error);
        }
    }
    collection->texts.map = map;
    collection->map_is_stale = false;
    return ITD_OK;
}

static size_t bytes_used(const itd_collection *collection)
{
    return collection->texts.arena.used + collection->texts.capacity * sizeof(itd_sv) +
           collection->rows.capacity * sizeof(itd_row);
}

static itd_status fail_property(const itd_statement *s, itd_error *error)
{
    return itd_fail(error, ITD_EINVAL, "%.*s: a %s cannot have %s", ITD_SV_ARG(itd_sv_slice(s->entity, 0, 200)),
                    s->schema < ITD_SCHEMA_COUNT ? itd_schema_name(s->schema) : "thing without schema",
                    s->property < ITD_PROPERTY_COUNT ? itd_property_qname(s->property) : "what is no property");
}

static itd_status make_row(itd_row *out, itd_collection *c, const itd_statement *s, itd_property property,
                           itd_error *error)
{
    const itd_row none = {0}, last = c->rows.count ? c->rows.items[c->rows.count - 1] : none;
    itd_row row = {.line = s->line,
                   .offset = s->offset,
                   .span = s->span,
                   .schema = s->schema,
                   .property = property,
                   .reliability = s->reliability,
                   .credibility = s->credibility,
                   .tlp = s->tlp};
    const struct {
        uint32_t *number, last;
        itd_sv text;
    } repeated[] = {
        {&row.entity, last.entity, s->entity},
        {&row.record, last.record, s->record},
        {&row.dataset, last.dataset, s->dataset},
        {&row.lang, last.lang, s->lang},
        {&row.first_seen, last.first_seen, s->first_seen},
        {&row.last_seen, last.last_seen, s->last_seen},
        {&row.origin, last.origin, s->origin},
        {&row.document, last.document, s->document},
    };
    for (size_t i = 0; i < sizeof repeated / sizeof repeated[0]; i++)
        ITD_TRY(repeated_number(repeated[i].number, repeated[i].last, c, repeated[i].text, error));
    ITD_TRY(text_number(&row.value, c, s->value, error));
    ITD_TRY(text_number(&row.original, c, s->original, error));
    *out = row;
    return ITD_OK;
}

itd_status itd_collection_add(void *context, const itd_statement *s, itd_error *error)
{
    itd_collection *c = context;
    itd_property property = itd_property_in(s->schema, s->property);
    if (property == ITD_PROPERTY_NONE || (property == ITD_P_OTHER && !itd_other_fits(s->schema, s->original)))
        return fail_property(s, error);
    if (c->rows.count >= ITD_COLLECTION_ROWS_MAX)
        return itd_fail(error, ITD_ELIMIT, "more than %zu statements", ITD_COLLECTION_ROWS_MAX);
    if (c->map_is_stale)
        ITD_TRY(remake_map(c, error));

    itd_row row;
    ITD_TRY(make_row(&row, c, s, property, error));
    if (!itd_vector_reserve(&c->rows, 1))
        return itd_fail_memory(error);
    if (bytes_used(c) > c->bytes_max)
        return fail_limit(c, error);
    c->rows.items[c->rows.count++] = row;
    return ITD_OK;
}

/* Numbers texts by their place in byte order, in the table and in the rows. */
static itd_status renumber(itd_collection *collection, itd_error *error)
{
    itd_intern *texts = &collection->texts;
    uint32_t *rank = itd_realloc_array(NULL, texts->count, sizeof *rank);
    itd_sv *ordered = itd_realloc_array(NULL, texts->count, sizeof *ordered);
    itd_status status =
        rank && ordered ? itd_sort_texts(rank, texts->texts, texts->count, error) : itd_fail_memory(error);
    if (status != ITD_OK) {
        itd_free(ordered);
        goto out;
    }
    for (size_t i = 0; i < texts->count; i++)
        ordered[rank[i]] = texts->texts[i];
    itd_free(texts->texts);
    texts->texts = ordered;
    texts->capacity = texts->count;
    itd_map_finish(&texts->map);
    collection->map_is_stale = true;
    for (size_t i = 0; i < collection->rows.count; i++) {
        itd_row *row = &collection->rows.items[i];
        uint32_t *const fields[] = {&row->entity, &row->record,     &row->dataset,   &row->value,  &row->original,
                                    &row->lang,   &row->first_seen, &row->last_seen, &row->origin, &row->document};
        for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++)
            *fields[f] = rank[*fields[f]];
    }
out:
    itd_free(rank);
    return status;
}

#define COMPARE(field)                                                                                                 \
    if (a->field != b->field)                                                                                          \
    return a->field < b->field ? -1 : 1

/* All fields, so that equal rows are the same statement. Those that come first differ most often. */
static int compare_rows(const void *left, const void *right)
{
    const itd_row *a = left, *b = right;
    COMPARE(entity);
    COMPARE(property);
    COMPARE(value);
    COMPARE(dataset);
    COMPARE(lang);
    COMPARE(original);
    COMPARE(document);
    COMPARE(line);
    COMPARE(offset);
    COMPARE(span);
    COMPARE(record);
    COMPARE(schema);
    COMPARE(origin);
    COMPARE(first_seen);
    COMPARE(last_seen);
    COMPARE(reliability);
    COMPARE(credibility);
    COMPARE(tlp);
    return 0;
}

/* Asks for a row that is needed soon; it may lie in two lines of the cache. */
static void prefetch_row(const itd_row *row)
{
    __builtin_prefetch(row);
    __builtin_prefetch((const char *)(row + 1) - 1);
}

/* Moves every row to its place, following each cycle of moves once. `order[i]` is what comes to place i; all of it
 * becomes i. Rows lie anywhere in memory: they are asked for a few moves ahead. */
static void permute_rows(itd_row *rows, uint32_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const itd_row first = rows[i];
        size_t at = i, ahead = order[i];
        for (size_t k = 0; k < MOVES_AHEAD && ahead != i; k++) {
            prefetch_row(&rows[ahead]);
            ahead = order[ahead];
        }
        while (order[at] != i) {
            size_t from = order[at];
            if (ahead != i) {
                prefetch_row(&rows[ahead]);
                ahead = order[ahead];
            }
            rows[at] = rows[from];
            order[at] = (uint32_t)at;
            at = from;
        }
        rows[at] = first;
        order[at] = (uint32_t)at;
    }
}

static itd_status sort_rows(itd_collection *collection, itd_error *error)
{
    size_t count = collection->rows.count;
    itd_row *rows = collection->rows.items;
    itd_sort_item *items = itd_realloc_array(NULL, count, 2 * sizeof *items);
    if (!items)
        return itd_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        items[i] = (itd_sort_item){
            .key = (uint64_t)rows[i].entity << 32 | rows[i].property, .minor = rows[i].value, .index = (uint32_t)i};
    itd_sort_items(items, items + count, count);
    uint32_t *order = (uint32_t *)(items + count); /* the scratch */
    for (size_t i = 0; i < count; i++)
        order[i] = items[i].index;
    permute_rows(rows, order, count);
    itd_free(items);
    size_t kept = 0;
    for (size_t i = 0, end; i < count; i = end) { /* rows that say the same of the same entity */
        for (end = i + 1; end < count && rows[end].entity == rows[i].entity && rows[end].property == rows[i].property &&
                          rows[end].value == rows[i].value;
             end++)
            ;
        if (end - i > 1)
            qsort(rows + i, end - i, sizeof *rows, compare_rows);
        for (size_t from = i; from < end; from++)
            if (from == i || compare_rows(&rows[from], &rows[kept - 1]) != 0)
                rows[kept++] = rows[from];
    }
    collection->rows.count = kept;
    return ITD_OK;
}

/* What rows of one entity make of it: the schema that all of them allow, and its record. */
static itd_status fold_entity(itd_folded *out, const itd_collection *collection, size_t first, size_t count,
                              itd_error *error)
{
    const itd_row *rows = collection->rows.items + first;
    itd_schema schemata[ITD_SCHEMA_COUNT];
    size_t schema_count = 0;
    uint32_t record = rows[0].record;
    for (size_t i = 0; i < count; i++) {
        if (record != rows[i].entity && (rows[i].record == rows[i].entity || rows[i].record < record))
            record = rows[i].record;
        size_t s = 0;
        while (s < schema_count && schemata[s] != rows[i].schema)
            s++;
        if (s == schema_count)
            schemata[schema_count++] = rows[i].schema;
    }
    itd_schema schema = schema_count == 1 ? schemata[0] : itd_schema_merge_all(schemata, schema_count);
    if (schema == ITD_SCHEMA_NONE) {
        itd_schema lowest = schemata[0], other = schemata[0];
        for (size_t s = 1; s < schema_count; s++) {
            lowest = schemata[s] < lowest ? schemata[s] : lowest;
            other = schemata[s] > other ? schemata[s] : other;
        }
        return itd_fail(
            error, ITD_EFORMAT, "%.200s: its statements name schemata that cannot be one, among them %s, %s",
            itd_collection_text(collection, rows[0].entity).data, itd_schema_name(lowest), itd_schema_name(other));
    }
    *out = (itd_folded){.id = rows[0].entity,
                        .record = record,
                        .schema = schema,
                        .row_first = (uint32_t)first,
                        .row_count = (uint32_t)count};
    return ITD_OK;
}

static itd_status form_entities(itd_collection *collection, itd_error *error)
{
    const itd_row *rows = collection->rows.items;
    size_t row_count = collection->rows.count, count = 0;
    for (size_t i = 0; i < row_count; i++)
        count += i == 0 || rows[i].entity != rows[i - 1].entity;
    itd_folded *entities = itd_realloc_array(NULL, count, sizeof *entities);
    if (!entities)
        return itd_fail_memory(error);
    itd_status status = ITD_OK;
    size_t made = 0;
    for (size_t i = 0, end; i < row_count && status == ITD_OK; i = end) {
        for (end = i + 1; end < row_count && rows[end].entity == rows[i].entity; end++)
            ;
        status = fold_entity(&entities[made++], collection, i, end - i, error);
    }
    if (status != ITD_OK) {
        itd_free(entities);
        return status;
    }
    collection->entities = entities;
    collection->entity_count = count;
    return ITD_OK;
}

itd_status itd_collection_fold(itd_collection *collection, itd_error *error)
{
    itd_free(collection->entities);
    collection->entities = NULL;
    collection->entity_count = 0;
    ITD_TRY(renumber(collection, error));
    ITD_TRY(sort_rows(collection, error));
    return form_entities(collection, error);
}

size_t itd_collection_row_count(const itd_collection *collection)
{
    return collection->rows.count;
}

const itd_row *itd_collection_rows(const itd_collection *collection)
{
    return collection->rows.items;
}

size_t itd_collection_entity_count(const itd_collection *collection)
{
    return collection->entity_count;
}

const itd_folded *itd_collection_entities(const itd_collection *collection)
{
    return collection->entities;
}

size_t itd_collection_text_count(const itd_collection *collection)
{
    return collection->texts.count;
}

itd_sv itd_collection_text(const itd_collection *collection, uint32_t text)
{
    assert(text < collection->texts.count);
    return collection->texts.texts[text];
}

uint32_t itd_collection_find(const itd_collection *collection, itd_sv id)
{
    size_t low = 0, high = collection->entity_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = itd_sv_compare(itd_collection_text(collection, collection->entities[middle].id), id);
        if (order == 0)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return ITD_MAP_NONE;
}
