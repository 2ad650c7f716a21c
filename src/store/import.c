/* The first half of an import: statements and what their sources say of themselves. */
#include "store/import_state.h"

#include <assert.h>

#include "model/other.h"

itd_status itd_import_create(itd_import **out, itd_store *store, size_t sort_bytes, size_t records_max,
                             itd_error *error)
{
    assert(out && store && records_max > 0);
    itd_import *import = itd_calloc(1, sizeof *import);
    if (!import)
        return itd_fail_memory(error);
    import->store = store;
    import->records_max = records_max;
    itd_arena_init(&import->arena, SIZE_MAX);
    itd_status status = itd_sorter_create(&import->sorter, sort_bytes, error);
    if (status != ITD_OK) {
        itd_import_destroy(import);
        return status;
    }
    *out = import;
    return ITD_OK;
}

void itd_import_destroy(itd_import *import)
{
    if (!import)
        return;
    itd_sorter_destroy(import->sorter);
    itd_arena_finish(&import->arena);
    itd_buffer_finish(&import->item);
    itd_vector_finish(&import->documents);
    itd_vector_finish(&import->lists);
    itd_free(import);
}

void itd_import_next_source(itd_import *import)
{
    import->source++;
}

itd_status itd_import_document(itd_import *import, itd_sv name, const unsigned char hash[ITD_STORE_HASH],
                               uint64_t bytes, itd_error *error)
{
    itd_import_file d = {.source = import->source, .name = itd_arena_copy(&import->arena, name), .bytes = bytes};
    memcpy(d.hash, hash, sizeof d.hash);
    return d.name.data && itd_vector_push(&import->documents, d) ? ITD_OK : itd_fail_memory(error);
}

static itd_import_list *find_list(itd_import *import, itd_sv dataset)
{
    for (size_t i = import->lists.count; i-- > 0;)
        if (import->lists.items[i].source == import->source && itd_sv_equal(import->lists.items[i].dataset, dataset))
            return &import->lists.items[i];
    return NULL;
}

static itd_status add_list(itd_import *import, itd_sv dataset, itd_error *error)
{
    itd_import_list l = {.source = import->source, .dataset = itd_arena_copy(&import->arena, dataset)};
    return l.dataset.data && itd_vector_push(&import->lists, l) ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_import_dataset(itd_import *import, itd_sv dataset, const char *version, uint64_t rejected,
                              uint64_t orphans, itd_error *error)
{
    /* The version of a source goes for every dataset in it. */
    itd_sv copy = itd_arena_copy(&import->arena, itd_sv_of(version));
    if (!copy.data)
        return itd_fail_memory(error);
    if (dataset.size > 0 && !find_list(import, dataset))
        ITD_TRY(add_list(import, dataset, error));
    for (size_t i = 0; i < import->lists.count; i++)
        if (import->lists.items[i].source == import->source)
            import->lists.items[i].version = copy;
    itd_import_list *own = find_list(import, dataset);
    if (own) {
        own->rejected = rejected;
        own->orphans = orphans;
    }
    return ITD_OK;
}

static void put_number(unsigned char **at, uint64_t number, size_t bytes)
{
    for (size_t i = bytes; i-- > 0;)
        *(*at)++ = (unsigned char)(number >> (8 * i));
}

itd_status itd_import_add(void *context, const itd_statement *s, itd_error *error)
{
    itd_import *import = context;
    itd_buffer *item = &import->item;
    unsigned char tail[ITD_IMPORT_TAIL_BYTES], *at = tail;
    /* What could not be read again is not taken in. */
    if (itd_property_in(s->schema, s->property) == ITD_PROPERTY_NONE ||
        (s->property == ITD_P_OTHER && !itd_other_fits(s->schema, s->original)))
        return itd_fail(error, ITD_EINVAL, "%.*s: a %s cannot have %s", ITD_SV_ARG(itd_sv_slice(s->entity, 0, 200)),
                        s->schema < ITD_SCHEMA_COUNT ? itd_schema_name(s->schema) : "thing without schema",
                        s->property < ITD_PROPERTY_COUNT ? itd_property_qname(s->property) : "what is no property");
    if (!find_list(import, s->dataset))
        ITD_TRY(add_list(import, s->dataset, error));
    itd_buffer_clear(item);
    itd_content_append(item, s);
    size_t content = item->size;
    itd_content_text(item, s->first_seen);
    itd_content_text(item, s->last_seen);
    itd_content_text(item, s->document);
    put_number(&at, import->source, 4);
    put_number(&at, s->line, 8);
    put_number(&at, s->offset, 8);
    put_number(&at, s->span, 4);
    put_number(&at, content, 4);
    if (!itd_buffer_append(item, itd_sv_make((const char *)tail, sizeof tail)))
        return itd_fail_memory(error);
    import->statements++;
    return itd_sorter_add(import->sorter, itd_buffer_view(item), error);
}
