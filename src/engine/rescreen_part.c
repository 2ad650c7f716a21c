/* The part of a case that changed between two generations, as an index. */
#include "engine/rescreen_part.h"

#include "base/map.h"

/* Where records say something of entities that are not their own parts, what an entity is has to be gathered: first who
 * is touched by what changed, then everything that bears on them. */
typedef struct gathering {
    itd_intern touched;   /* ids */
    itd_intern sanctions; /* ids of sanctions of those */
    itd_collection *collection;
} gathering;

static bool names_sanctioned(const itd_statement *s)
{
    return s->property == ITD_P_Sanction_entity;
}

static itd_status touch(void *context, const itd_statement *s, itd_error *error)
{
    gathering *g = context;
    bool kept = itd_intern_add(&g->touched, s->entity) != ITD_MAP_NONE &&
                itd_intern_add(&g->touched, s->record) != ITD_MAP_NONE &&
                (!names_sanctioned(s) || itd_intern_add(&g->touched, s->value) != ITD_MAP_NONE);
    return kept ? ITD_OK : itd_fail_memory(error);
}

static bool holds(itd_intern *ids, itd_sv id)
{
    return itd_intern_find(ids, id) != ITD_MAP_NONE;
}

static itd_status find_sanctions(void *context, const itd_statement *s, itd_error *error)
{
    gathering *g = context;
    if (!names_sanctioned(s) || !holds(&g->touched, s->value))
        return ITD_OK;
    return itd_intern_add(&g->sanctions, s->entity) != ITD_MAP_NONE ? ITD_OK : itd_fail_memory(error);
}

static itd_status take(void *context, const itd_statement *s, itd_error *error)
{
    gathering *g = context;
    if (!holds(&g->touched, s->entity) && !holds(&g->touched, s->record) && !holds(&g->sanctions, s->entity))
        return ITD_OK;
    return itd_collection_add(g->collection, s, error);
}

static itd_status gather(gathering *g, itd_store *store, int64_t from, int64_t to, int64_t at, itd_error *error)
{
    /* The same entities whichever side is built: who is touched on either. */
    ITD_TRY(itd_history_read_changed(store, from, to, from, touch, g, error));
    ITD_TRY(itd_history_read_changed(store, from, to, to, touch, g, error));
    ITD_TRY(itd_history_read(store, from, find_sanctions, g, error));
    ITD_TRY(itd_history_read(store, to, find_sanctions, g, error));
    return itd_history_read(store, at, take, g, error);
}

static itd_status collect(itd_collection *collection, itd_context *context, itd_store *store, int64_t from, int64_t to,
                          int64_t at, itd_error *error)
{
    bool tangled = false;
    gathering g = {.collection = collection};
    ITD_TRY(itd_history_is_tangled(&tangled, store, from, to, error));
    if (!tangled)
        return itd_history_read_changed(store, from, to, at, itd_collection_add, collection, error);
    itd_intern_init(&g.touched, context->options.memory_max);
    itd_intern_init(&g.sanctions, context->options.memory_max);
    itd_status status = gather(&g, store, from, to, at, error);
    itd_intern_finish(&g.touched);
    itd_intern_finish(&g.sanctions);
    return status;
}

itd_status itd_rescreen_part(itd_index **out, itd_context *context, itd_store *store, int64_t from, int64_t to,
                             int64_t at, itd_error *error)
{
    itd_collection *collection = NULL;
    itd_case_sources sources = {0};
    itd_arena arena;
    itd_arena_init(&arena, context->options.memory_max);
    itd_status status = itd_collection_create(&collection, context->options.memory_max, error);
    if (status == ITD_OK)
        status = itd_case_collect_datasets(&sources, store, at, &arena, error);
    if (status == ITD_OK)
        status = collect(collection, context, store, from, to, at, error);
    if (status == ITD_OK)
        status = itd_collection_fold(collection, error);
    if (status == ITD_OK)
        status = itd_index_open_passing(out, collection, sources.items, sources.count, error);
    itd_vector_finish(&sources);
    itd_collection_destroy(collection);
    itd_arena_finish(&arena);
    return status;
}
