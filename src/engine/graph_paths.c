/* `path`: why two parties of a graph are connected. */
#include <assert.h>

#include "engine/graph.h"
#include "graph/paths.h"
#include "own/pair.h"

typedef struct ways {
    const itd_register *r;
    bool any_day;
    int32_t day;
} ways;

static bool holds(const ways *w, uint32_t stake)
{
    return w->any_day || itd_own_holds(w->r, stake, w->day) != ITD_NOT_HELD;
}

static uint32_t length_of_stake(const ways *w, uint32_t stake)
{
    itd_term term = w->r->term[stake];
    unsigned worse = 0;
    if (!holds(w, stake))
        return 0;
    worse += itd_term_reliability(term) > 1 ? itd_term_reliability(term) - 1 : 0;
    worse += itd_term_credibility(term) > 1 ? itd_term_credibility(term) - 1 : 0;
    return ITD_GRAPH_STEP_LENGTH + worse * ITD_GRAPH_GRADE_LENGTH;
}

/* Of the stakes of one pair the best, UINT32_MAX when none holds; how many do. `first` is the first of them. */
static uint32_t best_of(const ways *w, uint32_t first, uint32_t *statements)
{
    const itd_register *r = w->r;
    uint32_t best = UINT32_MAX, end = first + 1;
    if (r->term[first] & ITD_TERM_PAIRED)
        end = first + itd_own_pair_size(r, first, r->in_first[itd_register_owned(r, first) + 1]);
    *statements = 0;
    for (uint32_t stake = first; stake < end; stake++) {
        if (!holds(w, stake))
            continue;
        ++*statements;
        if (best == UINT32_MAX || length_of_stake(w, stake) < length_of_stake(w, best))
            best = stake;
    }
    return best;
}

/* Several statements of one pair are one arc: its first stake stands for all of them. */
static bool is_first_of_pair(const itd_register *r, uint32_t stake)
{
    if (!(r->term[stake] & ITD_TERM_PAIRED) || stake == 0 || r->owner[stake - 1] != r->owner[stake])
        return true;
    return itd_register_owned(r, stake - 1) != itd_register_owned(r, stake);
}

static uint32_t name(void *user, uint32_t arc, bool back)
{
    const ways *w = user;
    return back ? arc : w->r->out[arc].stake;
}

static uint32_t length(void *user, uint32_t stake)
{
    const ways *w = user;
    uint32_t statements = 0;
    if (!is_first_of_pair(w->r, stake))
        return 0;
    uint32_t best = best_of(w, stake, &statements);
    return best == UINT32_MAX ? 0 : length_of_stake(w, best);
}

static bool take_step(itd_graph_step *out, const ways *w, const itd_path_step *step, itd_arena *arena)
{
    const itd_register *r = w->r;
    uint32_t statements = 0, stake = best_of(w, step->name, &statements);
    assert(stake != UINT32_MAX);
    itd_term term = r->term[stake];
    itd_sv file = itd_register_file(r, stake);
    *out = (itd_graph_step){
        .owner = itd_register_id(r, step->back ? step->to : step->from),
        .owned = itd_register_id(r, step->back ? step->from : step->to),
        .share_min_ppm = itd_term_min(term),
        .share_max_ppm = itd_term_max(term),
        .kind = itd_stake_kind_name(itd_term_kind(term)),
        .source = r->line[stake] ? itd_arena_format(arena, "%.*s:%u", ITD_SV_ARG(file), r->line[stake])
                                 : itd_arena_copy(arena, file),
        .grade = itd_term_reliability(term)
                     ? itd_arena_format(arena, "%c%c", (char)('A' + itd_term_reliability(term) - 1),
                                        (char)('0' + itd_term_credibility(term)))
                     : ITD_SV(""),
        .statements = statements,
        .against = step->back,
    };
    return out->source.data && out->grade.data;
}

static itd_status give(const ways *w, const itd_path *path, itd_arena *arena,
                       itd_status (*on_path)(void *user, const itd_graph_path *path), void *user, itd_error *error)
{
    itd_graph_step *steps = itd_arena_alloc_array(arena, path->count, sizeof *steps);
    if (!steps)
        return itd_fail_memory(error);
    for (size_t i = 0; i < path->count; i++)
        if (!take_step(&steps[i], w, &path->steps[i], arena))
            return itd_fail_memory(error);
    itd_status status = on_path(user, &(itd_graph_path){steps, path->count, path->length});
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the paths");
}

static itd_status find(uint32_t *out, const itd_graph *graph, const char *id, itd_error *error)
{
    *out = itd_register_find(&graph->r, itd_sv_of(id));
    return *out == UINT32_MAX ? itd_fail(error, ITD_ENOTFOUND, "no such entity in the graph: %s", id) : ITD_OK;
}

static itd_status take_day(ways *w, const char *as_of, itd_error *error)
{
    itd_date date;
    int32_t last = 0;
    w->any_day = as_of == NULL;
    if (w->any_day)
        return ITD_OK;
    if (strlen(as_of) != 10 || !itd_date_parse(&date, itd_sv_of(as_of)) || date.day == 0)
        return itd_fail(error, ITD_EINVAL, "%s is no day: YYYY-MM-DD is wanted", as_of);
    itd_date_span(&w->day, &last, date);
    return ITD_OK;
}

itd_status itd_graph_paths(const itd_graph *graph, const itd_graph_paths_options *options,
                           itd_status (*on_path)(void *user, const itd_graph_path *path), void *user, bool *truncated,
                           itd_error *error)
{
    const itd_register *r = &graph->r;
    ways w = {.r = r};
    uint32_t from = 0, to = 0;
    size_t k = options->k ? options->k : ITD_GRAPH_PATHS_DEFAULT, found = 0;
    bool passed_over = false;
    itd_arena arena;
    ITD_TRY(find(&from, graph, options->from, error));
    ITD_TRY(find(&to, graph, options->to, error));
    ITD_TRY(take_day(&w, options->as_of, error));
    const itd_path_graph g = {.forth = {r->entity_count, r->out_first, (const uint32_t *)r->out, 2},
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

static void put_step(itd_json_writer *json, const itd_graph_step *step)
{
    itd_json_begin_object(json);
    itd_json_put_text(json, "owner", step->owner);
    itd_json_put_text(json, "owned", step->owned);
    itd_json_key(json, "share_ppm");
    itd_json_begin_array(json);
    itd_json_write_u64(json, step->share_min_ppm);
    itd_json_write_u64(json, step->share_max_ppm);
    itd_json_end_array(json);
    itd_json_put_text(json, "kind", itd_sv_of(step->kind));
    itd_json_put_text(json, "source", step->source);
    itd_json_key(json, "grade");
    if (step->grade.size > 0)
        itd_json_write_text(json, step->grade);
    else
        itd_json_write_null(json);
    itd_json_put_u64(json, "statements", step->statements);
    itd_json_key(json, "against");
    itd_json_write_bool(json, step->against);
    itd_json_end_object(json);
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
        put_step(&json, &path->steps[i]);
    itd_json_end_array(&json);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
