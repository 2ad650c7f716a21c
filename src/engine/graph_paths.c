/* `path`: why two parties of a graph are connected. */
#include "engine/graph_ways.h"
#include "graph/paths.h"

static uint32_t name(void *user, uint32_t arc, bool back)
{
    const itd_ways *w = user;
    return back ? arc : w->r->out[arc].stake;
}

static uint32_t length(void *user, uint32_t stake)
{
    const itd_ways *w = user;
    uint32_t statements = 0;
    if (!itd_ways_is_first(w->r, stake))
        return 0;
    uint32_t best = itd_ways_best(w, stake, &statements);
    return best == UINT32_MAX ? 0 : itd_ways_length(w, best);
}

static itd_status give(const itd_ways *w, const itd_path *path, itd_arena *arena,
                       itd_status (*on_path)(void *user, const itd_graph_path *path), void *user, itd_error *error)
{
    itd_graph_step *steps = itd_arena_alloc_array(arena, path->count, sizeof *steps);
    if (!steps)
        return itd_fail_memory(error);
    for (size_t i = 0; i < path->count; i++)
        if (!itd_ways_step(&steps[i], w, path->steps[i].name, path->steps[i].back, arena))
            return itd_fail_memory(error);
    itd_status status = on_path(user, &(itd_graph_path){steps, path->count, path->length});
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the paths");
}

itd_status itd_graph_paths(const itd_graph *graph, const itd_graph_paths_options *options,
                           itd_status (*on_path)(void *user, const itd_graph_path *path), void *user, bool *truncated,
                           itd_error *error)
{
    const itd_register *r = &graph->r;
    itd_ways w;
    uint32_t from = 0, to = 0;
    size_t k = options->k ? options->k : ITD_GRAPH_PATHS_DEFAULT, found = 0;
    bool passed_over = false;
    itd_arena arena;
    ITD_TRY(itd_ways_entity(&from, r, itd_sv_of(options->from), error));
    ITD_TRY(itd_ways_entity(&to, r, itd_sv_of(options->to), error));
    ITD_TRY(itd_ways_init(&w, r, options->as_of, error));
    w.without_suspicions = options->without_suspicions;
    const itd_path_graph g = {
        .forth = {r->entity_count, r->out_first, (const uint32_t *)r->out, ITD_REGISTER_OUT_NUMBERS},
        .back = {r->entity_count, r->in_first, r->owner, 1},
        .name = name,
        .length = length,
        .user = &w};
    itd_arena_init(&arena, SIZE_MAX);
    itd_path *paths = itd_arena_alloc_array(&arena, k <= ITD_PATHS_MAX ? k : 1, sizeof *paths);
    itd_status status =
        paths ? itd_graph_k_paths(paths, &found, &passed_over, &g, from, to, k, &arena, error) : itd_fail_memory(error);
    for (size_t i = 0; i < found && status == ITD_OK; i++)
        status = give(&w, &paths[i], &arena, on_path, user, error);
    itd_arena_finish(&arena);
    if (status == ITD_OK && truncated)
        *truncated = passed_over;
    return status;
}

itd_status itd_graph_path_json(itd_bytes *out, const itd_graph_path *path, itd_error *error)
{
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_u64(&json, "length", path->length);
    itd_json_key(&json, "steps");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < path->count; i++)
        itd_ways_step_write(&json, &path->steps[i]);
    itd_json_end_array(&json);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
