/* Compiles a folded collection into an index file. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include <sodium.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "index/digest.h"
#include "index/layout.h"
#include "model/programmes.h"

/* A wallet or paper that a record made, which says a number of the record. */
typedef struct number_part {
    uint32_t record; /* text number */
    uint32_t part;   /* row of the folded entities */
} number_part;

typedef struct build {
    const itd_collection *collection;
    const itd_folded *folded;
    const itd_row *rows;
    itd_matcher *matcher;
    itd_match_builder *builder;
    itd_pack_writer *writer;
    ITD_VECTOR(itd_index_entity) entities;
    ITD_VECTOR(itd_index_dataset_row) datasets;
    ITD_VECTOR(itd_match_name) names;
    ITD_VECTOR(itd_match_fact) facts;
    ITD_VECTOR(itd_entity_value) values;
    itd_programme_list programmes;
    ITD_VECTOR(uint32_t) attributes; /* text numbers */
    size_t next_programme;
    itd_index_counts counts;
    ITD_VECTOR(number_part) parts; /* by record */
    itd_index_digest *digests;
} build;

static uint32_t dataset_row(build *b, uint32_t text)
{
    for (size_t i = 0; i < b->datasets.count; i++)
        if (b->datasets.items[i].dataset == text)
            return (uint32_t)i;
    itd_index_dataset_row row = {.dataset = text};
    return itd_vector_push(&b->datasets, row) ? (uint32_t)(b->datasets.count - 1) : ITD_MAP_NONE;
}

/* Counts records of each dataset: one that stands in several counts in each. */
static itd_status count_datasets(build *b, itd_error *error)
{
    size_t count = itd_collection_entity_count(b->collection);
    for (size_t e = 0; e < count; e++) {
        const itd_folded *entity = &b->folded[e];
        uint32_t last = ITD_MAP_NONE;
        b->counts.records += itd_folded_is_record(entity);
        for (uint32_t i = 0; i < entity->row_count; i++) {
            const itd_row *row = &b->rows[entity->row_first + i];
            if (row->property != ITD_P_ID || row->dataset == last)
                continue;
            last = row->dataset;
            uint32_t at = dataset_row(b, row->dataset);
            if (at == ITD_MAP_NONE)
                return itd_fail_memory(error);
            b->datasets.items[at].entities += itd_folded_is_record(entity);
        }
    }
    return ITD_OK;
}

static itd_sv text_of(const build *b, uint32_t text)
{
    return itd_collection_text(b->collection, text);
}

/* A dataset that several sources gave carries all their versions, in byte order, joined by "+". */
static void set_versions(build *b, const itd_index_source *sources, size_t source_count)
{
    for (size_t d = 0; d < b->datasets.count; d++) {
        itd_index_dataset_row *row = &b->datasets.items[d];
        const char *last = "";
        for (;;) {
            const char *next = NULL;
            for (size_t s = 0; s < source_count; s++)
                if (itd_sv_equal(sources[s].dataset, text_of(b, row->dataset)) &&
                    strcmp(sources[s].version, last) > 0 && (!next || strcmp(sources[s].version, next) < 0))
                    next = sources[s].version;
            size_t size = strlen(row->version);
            if (!next || size + strlen(next) + 2 > sizeof row->version)
                break;
            (void)snprintf(row->version + size, sizeof row->version - size, "%s%s", size ? "+" : "", next);
            last = next;
        }
    }
    for (size_t s = 0; s < source_count; s++) {
        b->counts.rejected += sources[s].rejected;
        b->counts.orphans += sources[s].orphans;
    }
}

static int compare_datasets(const void *a, const void *b, void *context)
{
    const itd_index_dataset_row *x = a, *y = b;
    return itd_sv_compare(text_of(context, x->dataset), text_of(context, y->dataset));
}

static bool is_searchable(const itd_folded *entity)
{
    return itd_folded_is_record(entity) && itd_schema_is_matchable(entity->schema) &&
           !itd_schema_is_part(entity->schema) && !itd_schema_is_edge(entity->schema, NULL, NULL);
}

static int caption_rank(itd_property property)
{
    return property == ITD_P_Thing_name           ? 4
           : property == ITD_P_Thing_alias        ? 3
           : property == ITD_P_Thing_previousName ? 2
           : property == ITD_P_Thing_weakAlias    ? 1
                                                  : 0;
}

static bool stands_before(const itd_row *a, const itd_row *b)
{
    return a->line != b->line ? a->line < b->line : a->offset < b->offset;
}

static bool is_topic(itd_property property)
{
    return property == ITD_P_Thing_topics;
}

static bool is_country(itd_property property)
{
    return itd_property_typeof(property) == ITD_TYPE_COUNTRY;
}

/* Values of some properties, each once. */
static bool add_values(build *b, const itd_folded *entity, bool (*is_wanted)(itd_property property), uint16_t *count)
{
    size_t first = b->attributes.count;
    for (uint32_t i = 0; i < entity->row_count && *count < UINT16_MAX; i++) {
        const itd_row *row = &b->rows[entity->row_first + i];
        bool known = !is_wanted(row->property);
        for (size_t k = first; !known && k < b->attributes.count; k++)
            known = b->attributes.items[k] == row->value;
        if (known)
            continue;
        if (!itd_vector_push(&b->attributes, row->value))
            return false;
        ++*count;
    }
    return true;
}

static bool add_attributes(build *b, const itd_folded *entity, itd_index_entity *out)
{
    uint32_t self = (uint32_t)(entity - b->folded);
    out->attribute_first = (uint32_t)b->attributes.count;
    while (b->next_programme < b->programmes.count && b->programmes.items[b->next_programme].entity < self)
        b->next_programme++;
    for (size_t i = b->next_programme; i < b->programmes.count && b->programmes.items[i].entity == self; i++) {
        if (out->programme_count == UINT16_MAX)
            break;
        if (!itd_vector_push(&b->attributes, b->programmes.items[i].text))
            return false;
        out->programme_count++;
    }
    return add_values(b, entity, is_topic, &out->topic_count) && add_values(b, entity, is_country, &out->country_count);
}

static int compare_parts(const void *a, const void *b)
{
    const number_part *x = a, *y = b;
    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

static bool is_number(const itd_folded *part, itd_property property)
{
    return property == ITD_P_CryptoWallet_publicKey ||
           (property == ITD_P_Identification_number && itd_schema_is(part->schema, ITD_S_Identification));
}

static itd_status collect_parts(build *b, itd_error *error)
{
    size_t count = itd_collection_entity_count(b->collection);
    for (size_t e = 0; e < count; e++) {
        const itd_folded *entity = &b->folded[e];
        number_part part = {entity->record, (uint32_t)e};
        if (itd_folded_is_record(entity) ||
            (entity->schema != ITD_S_CryptoWallet && !itd_schema_is(entity->schema, ITD_S_Identification)))
            continue;
        if (!itd_vector_push(&b->parts, part))
            return itd_fail_memory(error);
    }
    if (b->parts.count)
        qsort(b->parts.items, b->parts.count, sizeof b->parts.items[0], compare_parts);
    return ITD_OK;
}

/* Numbers that stand on the record's wallets and papers and not on the record itself. */
static bool add_part_numbers(build *b, const itd_folded *entity)
{
    size_t low = 0, high = b->parts.count, own = b->values.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (b->parts.items[middle].record < entity->id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < b->parts.count && b->parts.items[low].record == entity->id; low++) {
        const itd_folded *part = &b->folded[b->parts.items[low].part];
        for (uint32_t i = 0; i < part->row_count; i++) {
            const itd_row *row = &b->rows[part->row_first + i];
            itd_entity_value value = {row->property, text_of(b, row->value)};
            bool known = !is_number(part, row->property);
            for (size_t k = 0; !known && k < own; k++)
                known = itd_sv_equal(b->values.items[k].value, value.value);
            if (!known && !itd_vector_push(&b->values, value))
                return false;
        }
    }
    return true;
}

/* What the entity is called, where it stands, and its values for matching. */
static itd_status describe(build *b, const itd_folded *entity, itd_index_entity *out, itd_error *error)
{
    const itd_row *caption = NULL, *home = NULL;
    b->values.count = 0;
    for (uint32_t i = 0; i < entity->row_count; i++) {
        const itd_row *row = &b->rows[entity->row_first + i];
        if (row->property == ITD_P_ID) {
            if (!home || itd_sv_compare(text_of(b, row->dataset), text_of(b, home->dataset)) < 0 ||
                (row->dataset == home->dataset && stands_before(row, home)))
                home = row;
            continue;
        }
        int rank = caption_rank(row->property), best = caption ? caption_rank(caption->property) : 0;
        if (rank > best || (rank > 0 && rank == best && stands_before(row, caption)))
            caption = row;
        itd_entity_value value = {row->property, text_of(b, row->value)};
        if (!itd_vector_push(&b->values, value))
            return itd_fail_memory(error);
    }
    const itd_row *first = home ? home : &b->rows[entity->row_first];
    uint32_t dataset = dataset_row(b, first->dataset);
    if (dataset == ITD_MAP_NONE)
        return itd_fail_memory(error);
    out->id = entity->id;
    out->caption = caption ? caption->value : entity->id;
    out->dataset = dataset;
    out->document = first->document;
    out->line = first->line;
    out->offset = first->offset;
    out->schema = entity->schema;
    return ITD_OK;
}

/* With the place of the entity's record. */
static itd_status fail_entity(const build *b, const itd_index_entity *row, itd_status status, const itd_error *found,
                              itd_error *error)
{
    return itd_fail_at(error, status, text_of(b, row->document).data, row->line, row->offset, "entity %.*s: %s",
                       ITD_SV_ARG(itd_sv_slice(text_of(b, row->id), 0, 64)), found->message);
}

static itd_status add_entities(build *b, itd_error *error)
{
    size_t count = itd_collection_entity_count(b->collection);
    for (size_t e = 0; e < count; e++) {
        const itd_folded *entity = &b->folded[e];
        if (!is_searchable(entity))
            continue;
        itd_index_entity row = {0};
        ITD_TRY(describe(b, entity, &row, error));
        if (!add_part_numbers(b, entity) || !add_attributes(b, entity, &row) || !itd_vector_push(&b->entities, row))
            return itd_fail_memory(error);
        itd_entity match = {.id = text_of(b, entity->id),
                            .schema = entity->schema,
                            .values = b->values.items,
                            .value_count = b->values.count};
        itd_error found = {.offset = ITD_NOWHERE};
        itd_status status = itd_match_builder_add(b->builder, b->matcher, &match, &found);
        if (status != ITD_OK)
            return fail_entity(b, &row, status, &found, error);
    }
    ITD_TRY(itd_match_builder_finish(b->builder, error));
    assert(itd_match_builder_count(b->builder) == b->entities.count);
    return ITD_OK;
}

/* The builder's names and facts, laid one after the other. */
static itd_status lay_out_matches(build *b, itd_error *error)
{
    for (size_t e = 0; e < b->entities.count; e++) {
        itd_match_entity match = itd_match_builder_entity(b->builder, e);
        itd_index_entity *row = &b->entities.items[e];
        row->name_first = (uint32_t)b->names.count;
        row->name_count = match.name_count;
        row->fact_first = (uint32_t)b->facts.count;
        row->fact_count = match.fact_count;
        if (!itd_vector_reserve(&b->names, match.name_count) || !itd_vector_reserve(&b->facts, match.fact_count))
            return itd_fail_memory(error);
        if (match.name_count)
            memcpy(b->names.items + b->names.count, match.names, match.name_count * sizeof *match.names);
        if (match.fact_count)
            memcpy(b->facts.items + b->facts.count, match.facts, match.fact_count * sizeof *match.facts);
        b->names.count += match.name_count;
        b->facts.count += match.fact_count;
    }
    return ITD_OK;
}

/* ---- texts: those alone that entities, attributes and datasets name ---- */

typedef struct texts {
    uint32_t *numbers; /* by the collection's number: the index's + 1; 0: not named */
    uint32_t *offsets;
    itd_buffer heap;
    size_t count;
} texts;

/* Every place of the build that holds the number of a text. */
static void each_text(build *b, void (*do_it)(texts *t, uint32_t *text), texts *t)
{
    for (size_t i = 0; i < b->datasets.count; i++)
        do_it(t, &b->datasets.items[i].dataset);
    for (size_t i = 0; i < b->attributes.count; i++)
        do_it(t, &b->attributes.items[i]);
    for (size_t i = 0; i < b->entities.count; i++) {
        itd_index_entity *e = &b->entities.items[i];
        do_it(t, &e->id);
        do_it(t, &e->caption);
        do_it(t, &e->document);
    }
}

static void name_text(texts *t, uint32_t *text)
{
    t->count += t->numbers[*text] == 0;
    t->numbers[*text] = 1;
}

static void renumber_text(texts *t, uint32_t *text)
{
    *text = t->numbers[*text] - 1;
}

/* The order of bytes stays. */
static itd_status number_texts(build *b, texts *t, itd_error *error)
{
    size_t all = itd_collection_text_count(b->collection), next = 0;
    t->numbers = itd_calloc(all + 1, sizeof *t->numbers);
    if (!t->numbers)
        return itd_fail_memory(error);
    each_text(b, name_text, t);
    t->offsets = itd_calloc(t->count + 1, sizeof *t->offsets);
    if (!t->offsets)
        return itd_fail_memory(error);
    for (size_t i = 0; i < all; i++) {
        if (t->numbers[i] == 0)
            continue;
        t->offsets[next++] = (uint32_t)t->heap.size;
        t->numbers[i] = (uint32_t)next;
        (void)itd_buffer_append(&t->heap, text_of(b, (uint32_t)i));
        (void)itd_buffer_append_char(&t->heap, '\0');
    }
    t->offsets[next] = (uint32_t)t->heap.size;
    if (t->heap.failed && t->heap.size >= ITD_BUFFER_BYTES_MAX / 2)
        return itd_fail(error, ITD_ELIMIT, "the ids and captions have more than %zu bytes (ITD_BUFFER_BYTES_MAX)",
                        ITD_BUFFER_BYTES_MAX);
    if (t->heap.failed)
        return itd_fail_memory(error);
    each_text(b, renumber_text, t);
    return ITD_OK;
}

static itd_status write_texts(build *b, itd_error *error)
{
    texts t = {0};
    itd_status status = number_texts(b, &t, error);
    if (status == ITD_OK)
        status = itd_pack_writer_add(b->writer, ITD_SECTION_TEXT_OFFSETS, t.offsets, (t.count + 1) * sizeof *t.offsets,
                                     error);
    if (status == ITD_OK)
        status = itd_pack_writer_add(b->writer, ITD_SECTION_TEXT_HEAP, t.heap.data, t.heap.size, error);
    itd_free(t.numbers);
    itd_free(t.offsets);
    itd_buffer_finish(&t.heap);
    return status;
}

static itd_status write_sections(build *b, itd_error *error)
{
    itd_match_space space = itd_match_builder_space(b->builder);
    itd_index_counts counts = b->counts;
    counts.statements = itd_collection_row_count(b->collection);
    ITD_TRY(write_texts(b, error)); /* first: the others hold their numbers */
    const struct {
        uint32_t id;
        const void *bytes;
        size_t size;
    } sections[] = {
        {ITD_SECTION_DATASETS, b->datasets.items, b->datasets.count * sizeof *b->datasets.items},
        {ITD_SECTION_ENTITIES, b->entities.items, b->entities.count * sizeof *b->entities.items},
        {ITD_SECTION_ATTRIBUTES, b->attributes.items, b->attributes.count * sizeof *b->attributes.items},
        {ITD_SECTION_NAMES, b->names.items, b->names.count * sizeof *b->names.items},
        {ITD_SECTION_FACTS, b->facts.items, b->facts.count * sizeof *b->facts.items},
        {ITD_SECTION_TOKENS, space.tokens, space.token_count * sizeof *space.tokens},
        {ITD_SECTION_TOKEN_IDS, space.token_ids, space.token_id_count * sizeof *space.token_ids},
        {ITD_SECTION_MATCH_HEAP, space.heap, space.heap_size},
        {ITD_SECTION_COUNTS, &counts, sizeof counts},
        {ITD_SECTION_DIGESTS, b->digests, b->entities.count * sizeof *b->digests},
    };
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        ITD_TRY(itd_pack_writer_add(b->writer, sections[i].id, sections[i].bytes, sections[i].size, error));
    return itd_archive_write(b->writer, b->collection, error);
}

static void hash_ids(const build *b, unsigned char out[ITD_PACK_HASH_SIZE])
{
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, ITD_PACK_HASH_SIZE);
    for (size_t e = 0; e < b->entities.count; e++) {
        itd_sv id = text_of(b, b->entities.items[e].id);
        (void)crypto_generichash_update(&state, (const unsigned char *)id.data, id.size);
        (void)crypto_generichash_update(&state, (const unsigned char *)"", 1);
    }
    (void)crypto_generichash_final(&state, out, ITD_PACK_HASH_SIZE);
}

static itd_status build_all(build *b, const char *path, const itd_index_source *sources, size_t source_count,
                            itd_error *error)
{
    ITD_TRY(itd_matcher_create(&b->matcher, error));
    ITD_TRY(itd_match_builder_create(&b->builder, error));
    ITD_TRY(count_datasets(b, error));
    if (b->datasets.count)
        qsort_r(b->datasets.items, b->datasets.count, sizeof b->datasets.items[0], compare_datasets, b);
    set_versions(b, sources, source_count);
    ITD_TRY(itd_programmes_collect(&b->programmes, b->collection, error));
    ITD_TRY(collect_parts(b, error));
    ITD_TRY(add_entities(b, error));
    ITD_TRY(lay_out_matches(b, error));
    b->digests = itd_calloc(b->entities.count + 1, sizeof *b->digests);
    if (!b->digests)
        return itd_fail_memory(error);
    ITD_TRY(itd_index_digests(b->digests, b->entities.items, b->entities.count, b->collection, error));
    ITD_TRY(itd_pack_writer_create(&b->writer, path, ITD_PACK_INDEX, error));
    unsigned char ids[ITD_PACK_HASH_SIZE];
    hash_ids(b, ids);
    ITD_TRY(write_sections(b, error));
    itd_pack_writer *writer = b->writer;
    b->writer = NULL;
    return itd_pack_writer_commit(writer, itd_index_profile(), NULL, ids, error);
}

itd_status itd_index_write(const char *path, const itd_collection *collection, const itd_index_source *sources,
                           size_t source_count, itd_error *error)
{
    assert(path && collection && (sources || source_count == 0));
    build b = {.collection = collection,
               .folded = itd_collection_entities(collection),
               .rows = itd_collection_rows(collection)};
    itd_status status = build_all(&b, path, sources, source_count, error);
    itd_pack_writer_abort(b.writer);
    itd_match_builder_destroy(b.builder);
    itd_matcher_destroy(b.matcher);
    itd_free(b.digests);
    itd_vector_finish(&b.entities);
    itd_vector_finish(&b.datasets);
    itd_vector_finish(&b.names);
    itd_vector_finish(&b.facts);
    itd_vector_finish(&b.values);
    itd_vector_finish(&b.programmes);
    itd_vector_finish(&b.parts);
    itd_vector_finish(&b.attributes);
    return status;
}
