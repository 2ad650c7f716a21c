/* Opens an index file and gives views into it. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/vector.h"
#include "index/index.h"
#include "index/layout.h"

struct itd_index_lazy {
    pthread_mutex_t mutex;
    itd_match_lexicon *lexicon; /* NULL until a question needs it, as what follows */
    uint32_t *entity_of_name;
    itd_index_identifier *identifiers;
    size_t identifier_count;
};

/* Sections hold these as they are: a hole between members would put stray bytes into files. */
_Static_assert(sizeof(itd_archive_block) == 32 && sizeof(itd_index_counts) == 32, "no padding in files");
_Static_assert(sizeof(itd_index_entity) == 64 && sizeof(itd_index_dataset_row) == 80, "no padding in files");
_Static_assert(sizeof(itd_match_name) == 16 && sizeof(itd_match_fact) == 24 && sizeof(itd_match_token) == 12,
               "no padding in files");

const char *itd_index_profile(void)
{
    static _Thread_local char profile[ITD_PACK_PROFILE_MAX + 1];
    int size = snprintf(profile, sizeof profile, "%s;%s", itd_match_profile(), ITD_INDEX_LAYOUT);
    assert(size > 0 && (size_t)size < sizeof profile);
    (void)size;
    return profile;
}

/* A section as an array: its size must be a whole number of items. */
static itd_status take(const itd_index *index, uint32_t id, size_t item_size, const void *items_out, size_t *count,
                       itd_error *error)
{
    const void *bytes = NULL;
    size_t size = 0;
    if (!itd_pack_get(&index->pack, id, &bytes, &size) || size % item_size != 0)
        return itd_fail_at(error, ITD_EFORMAT, index->path, 0, ITD_NOWHERE, "section %u is missing or damaged", id);
    memcpy((void *)items_out, &bytes, sizeof bytes);
    *count = size / item_size;
    return ITD_OK;
}

static itd_status take_all(itd_index *index, itd_error *error)
{
    size_t heap = 0, offsets = 0, tokens = 0, counts = 0, digests = 0, hashes = 0;
    itd_archive *archive = &index->archive;
    const struct {
        uint32_t id;
        size_t item_size;
        const void *items;
        size_t *count;
    } sections[] = {
        {ITD_SECTION_DATASETS, sizeof *index->dataset_rows, &index->dataset_rows, &index->dataset_count},
        {ITD_SECTION_TEXT_OFFSETS, sizeof *index->text_offsets, &index->text_offsets, &offsets},
        {ITD_SECTION_TEXT_HEAP, 1, &index->text_heap, &heap},
        {ITD_SECTION_ENTITIES, sizeof *index->entities, &index->entities, &index->entity_count},
        {ITD_SECTION_ATTRIBUTES, sizeof *index->attributes, &index->attributes, &index->attribute_count},
        {ITD_SECTION_NAMES, sizeof *index->names, &index->names, &index->name_count},
        {ITD_SECTION_FACTS, sizeof *index->facts, &index->facts, &index->fact_count},
        {ITD_SECTION_TOKENS, sizeof *index->space.tokens, &index->space.tokens, &tokens},
        {ITD_SECTION_TOKEN_IDS, sizeof *index->space.token_ids, &index->space.token_ids, &index->space.token_id_count},
        {ITD_SECTION_MATCH_HEAP, 1, &index->space.heap, &index->space.heap_size},
        {ITD_SECTION_COUNTS, sizeof *index->counts, &index->counts, &counts},
        {ITD_SECTION_DIGESTS, sizeof *index->digests, &index->digests, &digests},
        {ITD_SECTION_ARCHIVE, 1, &archive->bytes, &archive->size},
        {ITD_SECTION_ARCHIVE_BLOCKS, sizeof *archive->blocks, &archive->blocks, &archive->block_count},
        {ITD_SECTION_ARCHIVE_HASH, ITD_ARCHIVE_HASH, &archive->hash, &hashes},
    };
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        ITD_TRY(take(index, sections[i].id, sections[i].item_size, sections[i].items, sections[i].count, error));
    index->space.token_count = (uint32_t)tokens;
    if (digests != index->entity_count)
        return itd_fail_at(error, ITD_EFORMAT, index->path, 0, ITD_NOWHERE, "the section of digests is damaged");
    if (counts != 1)
        return itd_fail_at(error, ITD_EFORMAT, index->path, 0, ITD_NOWHERE, "the section of counts is damaged");
    if (offsets == 0 || index->text_offsets[offsets - 1] != heap)
        return itd_fail_at(error, ITD_EFORMAT, index->path, 0, ITD_NOWHERE, "the section of texts is damaged");
    if (hashes != 1)
        return itd_fail_at(error, ITD_EFORMAT, index->path, 0, ITD_NOWHERE, "the section of statements is damaged");
    index->text_count = offsets - 1;
    archive->path = index->path;
    archive->row_count = (size_t)index->counts->statements;
    return ITD_OK;
}

static itd_status name_datasets(itd_index *index, itd_error *error)
{
    index->datasets = itd_calloc(index->dataset_count, sizeof *index->datasets);
    if (!index->datasets)
        return itd_fail_memory(error);
    for (size_t i = 0; i < index->dataset_count; i++) {
        const itd_index_dataset_row *row = &index->dataset_rows[i];
        index->datasets[i] = (itd_index_dataset){.dataset = itd_index_text(index, row->dataset),
                                                 .version = {row->version, strnlen(row->version, sizeof row->version)},
                                                 .entities = row->entities};
    }
    return ITD_OK;
}

static itd_status open_parts(itd_index *index, const char *path, itd_error *error)
{
    size_t size = strlen(path) + 1;
    index->path = itd_malloc(size);
    if (!index->path)
        return itd_fail_memory(error);
    memcpy(index->path, path, size);
    ITD_TRY(itd_pack_open(&index->pack, path, ITD_PACK_INDEX, error));
    if (strncmp(index->pack.header->profile, itd_index_profile(), sizeof index->pack.header->profile) != 0)
        return itd_fail_at(
            error, ITD_EMISMATCH, path, 0, ITD_NOWHERE,
            "made under the text profile %.*s, this program has %s: build the index again from its lists",
            ITD_PACK_PROFILE_MAX, index->pack.header->profile, itd_index_profile());
    ITD_TRY(take_all(index, error));
    index->lazy = itd_calloc(1, sizeof *index->lazy);
    if (!index->lazy)
        return itd_fail_memory(error);
    (void)pthread_mutex_init(&index->lazy->mutex, NULL);
    return name_datasets(index, error);
}

itd_status itd_index_open(itd_index **out, const char *path, itd_error *error)
{
    assert(out && path);
    itd_index *index = itd_calloc(1, sizeof *index);
    if (!index)
        return itd_fail_memory(error);
    itd_status status = open_parts(index, path, error);
    if (status != ITD_OK) {
        itd_index_close(index);
        return status;
    }
    *out = index;
    return ITD_OK;
}

void itd_index_close(itd_index *index)
{
    if (!index)
        return;
    if (index->lazy) {
        itd_match_lexicon_destroy(index->lazy->lexicon);
        itd_free(index->lazy->entity_of_name);
        itd_free(index->lazy->identifiers);
        (void)pthread_mutex_destroy(&index->lazy->mutex);
        itd_free(index->lazy);
    }
    itd_pack_close(&index->pack);
    itd_free(index->datasets);
    itd_free(index->path);
    itd_free(index);
}

itd_status itd_index_verify(const char *path, itd_error *error)
{
    itd_index *index = NULL;
    ITD_TRY(itd_index_open(&index, path, error));
    itd_status status = itd_pack_verify(&index->pack, path, error);
    if (status == ITD_OK)
        status = itd_index_check(index, error);
    itd_index_close(index);
    return status;
}

itd_index_info itd_index_about(const itd_index *index)
{
    const itd_pack_header *header = index->pack.header;
    return (itd_index_info){
        .path = index->path,
        .entities = index->counts->records,
        .searchable = index->entity_count,
        .rejected = index->counts->rejected,
        .orphans = index->counts->orphans,
        .names = index->name_count,
        .tokens = index->space.token_count,
        .statements = index->counts->statements,
        .bytes = index->pack.mapping.size,
        .profile = {header->profile, strnlen(header->profile, sizeof header->profile)},
        .generation = {header->generation, strnlen(header->generation, sizeof header->generation)},
        .datasets = index->datasets,
        .dataset_count = index->dataset_count,
    };
}

static int identifier_order(const void *a, const void *b)
{
    const itd_index_identifier *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

static itd_status take_identifiers(struct itd_index_lazy *lazy, const itd_index *index, itd_error *error)
{
    ITD_VECTOR(itd_index_identifier) found = {0};
    for (size_t e = 0; e < index->entity_count; e++) {
        itd_match_entity entity = itd_index_match_entity(index, e);
        for (uint32_t f = 0; f < entity.fact_count; f++) {
            itd_index_identifier item = {entity.facts[f].key, (uint32_t)e, 0};
            if (entity.facts[f].kind == ITD_FACT_IDENTIFIER && !itd_vector_push(&found, item)) {
                itd_vector_finish(&found);
                return itd_fail_memory(error);
            }
        }
    }
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, identifier_order);
    lazy->identifiers = found.items;
    lazy->identifier_count = found.count;
    return ITD_OK;
}

/* What a damaged file says of names that there are not is left out. */
static itd_status take_names(struct itd_index_lazy *lazy, const itd_index *index, itd_error *error)
{
    lazy->entity_of_name = itd_calloc(index->name_count + 1, sizeof *lazy->entity_of_name);
    if (!lazy->entity_of_name)
        return itd_fail_memory(error);
    for (size_t e = 0; e < index->entity_count; e++) {
        const itd_index_entity *entity = &index->entities[e];
        for (uint32_t n = 0; n < entity->name_count && (uint64_t)entity->name_first + n < index->name_count; n++)
            lazy->entity_of_name[entity->name_first + n] = (uint32_t)e;
    }
    return ITD_OK;
}

static itd_match_entity entity_at(const void *index, size_t entity)
{
    return itd_index_match_entity(index, entity);
}

static itd_status make_search(struct itd_index_lazy *lazy, const itd_index *index, itd_error *error)
{
    if (!lazy->entity_of_name)
        ITD_TRY(take_names(lazy, index, error));
    if (!lazy->identifiers)
        ITD_TRY(take_identifiers(lazy, index, error));
    ITD_TRY(itd_match_lexicon_create(&lazy->lexicon, &index->space, index->names, index->name_count, error));
    return itd_match_lexicon_date(lazy->lexicon, entity_at, index, index->entity_count, error);
}

itd_status itd_index_search_of(itd_index_search *out, const itd_index *index, itd_error *error)
{
    struct itd_index_lazy *lazy = index->lazy;
    itd_status status = ITD_OK;
    (void)pthread_mutex_lock(&lazy->mutex);
    if (!lazy->lexicon)
        status = make_search(lazy, index, error);
    if (status == ITD_OK) {
        out->space = index->space;
        out->space.lexicon = lazy->lexicon;
        out->entity_of_name = lazy->entity_of_name;
        out->identifiers = lazy->identifiers;
        out->identifier_count = lazy->identifier_count;
    }
    (void)pthread_mutex_unlock(&lazy->mutex);
    return status;
}

itd_sv itd_index_text(const itd_index *index, uint32_t text)
{
    if (text >= index->text_count)
        return ITD_SV_NONE;
    uint32_t from = index->text_offsets[text], to = index->text_offsets[text + 1];
    if (from >= to || to > index->text_offsets[index->text_count])
        return ITD_SV_NONE;
    return (itd_sv){index->text_heap + from, (size_t)(to - from) - 1};
}

itd_match_entity itd_index_match_entity(const itd_index *index, size_t entity)
{
    const itd_index_entity *row = &index->entities[entity];
    return (itd_match_entity){.schema = row->schema,
                              .names = index->names + row->name_first,
                              .name_count = row->name_count,
                              .facts = index->facts + row->fact_first,
                              .fact_count = row->fact_count};
}
