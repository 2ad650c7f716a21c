/* What lists, FollowTheMoney files and cases say of who holds what in whom. */
#include <inttypes.h>
#include <stdio.h>

#include "engine/case.h"
#include "engine/graph_relation.h"
#include "model/collection.h"
#include "store/judgement.h"

/* What nobody can tell the kind of is said, as verdicts that rest on it are no more than possible. */
static void note_unknown(const itd_relations *all)
{
    const itd_read_options *options = all->options;
    char text[ITD_ERROR_MESSAGE_MAX];
    if (all->unknown_types == 0 || !options->on_note)
        return;
    (void)snprintf(text, sizeof text,
                   "%" PRIu64 " %s of a type that is not known, such as \"%.*s\": shares of 0 to what is stated",
                   all->unknown_types, all->unknown_types == 1 ? "holding is" : "holdings are",
                   ITD_SV_ARG(itd_sv_slice(all->unknown_type, 0, 64)));
    options->on_note(options->user, text);
}

static itd_status add_collection(itd_relations *all, itd_error *error)
{
    const itd_folded *entities = itd_collection_entities(all->collection);
    for (size_t i = 0, count = itd_collection_entity_count(all->collection); i < count; i++)
        ITD_TRY(itd_relation_add(all, &entities[i], error));
    note_unknown(all);
    return ITD_OK;
}

/* What was judged to be one is one entity of the graph. */
static itd_status on_judgement(void *builder, const itd_judgement *judgement, itd_error *error)
{
    const itd_stake same = {.owner = judgement->left, .owned = judgement->right, .kind = ITD_STAKE_SAME};
    return judgement->kind == ITD_JUDGEMENT_MERGE ? itd_register_builder_add(builder, &same, error) : ITD_OK;
}

static itd_status collect_case(itd_collection *collection, itd_register_builder *builder, const char *path,
                               itd_context *context, itd_error *error)
{
    itd_store *store = NULL;
    itd_case_sources sources = {0};
    itd_arena arena;
    int64_t newest = 0;
    itd_arena_init(&arena, context->options.memory_max);
    itd_status status = itd_store_open(&store, path, false, error);
    if (status == ITD_OK)
        status = itd_store_begin(store, error);
    if (status == ITD_OK)
        status = itd_history_newest(&newest, store, error);
    if (status == ITD_OK)
        status = itd_case_collect(collection, &sources, store, newest, &arena, error);
    if (status == ITD_OK && builder)
        status = itd_register_builder_file(builder, itd_graph_file_name(path), error);
    if (status == ITD_OK && builder)
        status = itd_judgement_each(store, on_judgement, builder, error);
    itd_store_close(store);
    itd_vector_finish(&sources);
    itd_arena_finish(&arena);
    return status;
}

static itd_status collect_files(itd_collection *collection, uint64_t *rejected, itd_context *context,
                                const itd_read_options *options, itd_error *error)
{
    itd_reading lists;
    ITD_TRY(itd_reading_init(&lists, context, options, error));
    itd_status status = ITD_OK;
    for (size_t i = 0; i < lists.list.count && status == ITD_OK; i++) {
        itd_reading_result result = {0};
        status = itd_reading_run(&lists, i, itd_collection_add, collection, &result, error);
        *rejected += status == ITD_OK ? result.rejected + result.orphans : 0;
    }
    itd_reading_finish(&lists);
    return status;
}

itd_status itd_graph_collect(itd_collection **out, itd_register_builder *builder, uint64_t *rejected,
                             itd_context *context, const itd_read_options *options, itd_error *error)
{
    itd_collection *collection = NULL;
    itd_read_options files = *options;
    const char **paths = itd_calloc(options->path_count + 1, sizeof *paths);
    itd_status status =
        paths ? itd_collection_create(&collection, context->options.memory_max, error) : itd_fail_memory(error);
    files.path_count = 0;
    files.paths = paths;
    for (size_t i = 0; i < options->path_count && status == ITD_OK; i++) {
        const char *path = itd_case_path(options->paths[i]);
        if (path)
            status = collect_case(collection, builder, path, context, error);
        else
            paths[files.path_count++] = options->paths[i];
    }
    if (status == ITD_OK && files.path_count > 0)
        status = collect_files(collection, rejected, context, &files, error);
    if (status == ITD_OK)
        status = itd_collection_fold(collection, error);
    itd_free(paths);
    if (status != ITD_OK) {
        itd_collection_destroy(collection);
        return status;
    }
    *out = collection;
    return ITD_OK;
}

itd_status itd_graph_add_lists(itd_register_builder *builder, uint64_t *rejected, itd_context *context,
                               const itd_read_options *options, itd_error *error)
{
    itd_collection *collection = NULL;
    ITD_TRY(itd_graph_collect(&collection, builder, rejected, context, options, error));
    itd_relations all = {.collection = collection, .builder = builder, .options = options};
    itd_status status = add_collection(&all, error);
    *rejected += all.rejected;
    itd_collection_destroy(collection);
    return status;
}
