/* Registers in, one graph out: compiled into a file, or in memory. */
#include "engine/graph.h"

#include <assert.h>

#include "base/memory.h"
#include "base/progress.h"
#include "engine/case.h"
#include "read/stakes.h"

/* What a file of the compiled form starts with. */
#define COMPILED_START "ITDPACK\n"

typedef struct reading {
    itd_register_builder *builder;
    const itd_read_options *options;
    itd_progress progress;
    const char **lists; /* paths that are in no form of registers */
    size_t list_count;
    uint64_t rejected;
} reading;

itd_sv itd_graph_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return itd_sv_of(slash ? slash + 1 : path);
}

static void on_reject(void *context, const itd_reject *reject)
{
    const reading *g = context;
    const itd_rejected told = {.file = reject->file,
                               .line = reject->line,
                               .offset = reject->offset,
                               .record = reject->record,
                               .reason = reject->reason};
    if (g->options->on_reject)
        g->options->on_reject(g->options->user, &told);
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    reading *g = context;
    g->progress.total = total;
    itd_progress_update(&g->progress, done);
}

/* One file in a form of registers; anything else is left for the readers of lists. */
static itd_status read_file(reading *g, itd_context *context, const char *path, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv head;
    itd_stakes_reading stakes = {.skip_bad = g->options->skip_bad,
                                 .stake = itd_register_builder_add,
                                 .stake_context = g->builder,
                                 .reject = on_reject,
                                 .reject_context = g,
                                 .progress = on_progress,
                                 .progress_context = g};
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error);
    const itd_stakes_format *format = status == ITD_OK ? itd_stakes_format_of(head) : NULL;
    if (status == ITD_OK && !format && strcmp(path, "-") == 0)
        format = itd_stakes_format_at(0);
    if (status == ITD_OK && itd_sv_starts(head, ITD_SV(COMPILED_START)))
        status = itd_fail_at(error, ITD_EINVAL, path, 0, ITD_NOWHERE,
                             "a compiled file stands alone and is no register: name it as the only -g, or build one "
                             "graph of all registers, interdict graph build -o G.itg REGISTER…");
    if (status == ITD_OK && !format) {
        g->lists[g->list_count++] = path;
        itd_input_close(input);
        return ITD_OK;
    }
    if (status == ITD_OK)
        status = itd_register_builder_file(g->builder, itd_graph_file_name(path), error);
    itd_progress_start(&g->progress, "reading", 0, !context->options.progress);
    if (status == ITD_OK)
        status = format->read(&stakes, input, error);
    itd_progress_end(&g->progress);
    itd_input_close(input);
    g->rejected += stakes.rejected;
    return status;
}

static itd_status read_all(reading *g, itd_context *context, itd_error *error)
{
    const itd_read_options *options = g->options;
    if (options->path_count == 0)
        return itd_fail(error, ITD_EINVAL, "no register is named");
    for (size_t i = 0; i < options->path_count; i++) {
        itd_error first;
        itd_status status = ITD_OK;
        if (itd_case_path(options->paths[i]))
            g->lists[g->list_count++] = options->paths[i];
        else
            status = read_file(g, context, options->paths[i], &first);
        if (status == ITD_EIO && first.line == 0 && first.offset == ITD_NOWHERE)
            g->lists[g->list_count++] = options->paths[i]; /* a folder: the readers of lists know */
        else if (status != ITD_OK) {
            if (error)
                *error = first;
            return status;
        }
    }
    if (g->list_count == 0)
        return ITD_OK;
    itd_read_options lists = *options;
    lists.paths = g->lists;
    lists.path_count = g->list_count;
    return itd_graph_add_lists(g->builder, &g->rejected, context, &lists, error);
}

static itd_status read_registers(itd_register *out, uint64_t *rejected, itd_context *context,
                                 const itd_read_options *options, itd_error *error)
{
    reading g = {.options = options};
    g.lists = itd_calloc(options->path_count + 1, sizeof *g.lists);
    itd_status status =
        g.lists ? itd_register_builder_create(&g.builder, context->pool, error) : itd_fail_memory(error);
    if (status == ITD_OK)
        status = read_all(&g, context, error);
    if (status == ITD_OK)
        status = itd_register_builder_take(out, g.builder, error);
    itd_register_builder_destroy(g.builder);
    itd_free(g.lists);
    if (status == ITD_OK)
        *rejected = g.rejected;
    return status;
}

itd_status itd_graph_build(itd_context *context, const char *path, const itd_read_options *options,
                           itd_graph_report *report, itd_error *error)
{
    assert(context && path && options);
    int64_t started = itd_clock_us();
    itd_graph_report done = {0};
    itd_register r;
    ITD_TRY(read_registers(&r, &done.rejected, context, options, error));
    itd_status status = itd_register_write(&r, path, error);
    itd_register_close(&r);
    done.elapsed_us = itd_clock_us() - started;
    if (status == ITD_OK && report)
        *report = done;
    return status;
}

/* Is this one file of the compiled form, of whatever kind? Then what is wrong with it is to be said. What cannot be
 * opened is none, and those who read it say why. */
static itd_status is_compiled(bool *out, const char *path, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv head = ITD_SV_NONE;
    itd_error found;
    *out = false;
    if (itd_case_path(path) || strcmp(path, "-") == 0)
        return ITD_OK;
    itd_status status = itd_input_open(&input, path, &found);
    if (status == ITD_OK)
        status = itd_input_peek(input, 8, &head, &found);
    *out = status == ITD_OK && itd_sv_is(head, COMPILED_START);
    itd_input_close(input);
    return status == ITD_ENOMEM ? itd_fail_memory(error) : ITD_OK;
}

static itd_status open_compiled(itd_graph *graph, const char *path, itd_error *error)
{
    size_t size = strlen(path) + 1;
    graph->path = itd_malloc(size);
    if (!graph->path)
        return itd_fail_memory(error);
    memcpy(graph->path, path, size);
    return itd_register_open(&graph->r, path, error);
}

itd_status itd_graph_open(itd_graph **out, itd_context *context, const itd_read_options *options, itd_error *error)
{
    assert(out && context && options);
    itd_graph *graph = itd_calloc(1, sizeof *graph);
    itd_status status = ITD_OK;
    bool compiled = false;
    if (!graph)
        return itd_fail_memory(error);
    if (options->path_count == 1)
        status = is_compiled(&compiled, options->paths[0], error);
    if (status == ITD_OK && compiled)
        status = open_compiled(graph, options->paths[0], error);
    else if (status == ITD_OK)
        status = read_registers(&graph->r, &graph->rejected, context, options, error);
    if (status != ITD_OK) {
        itd_graph_close(graph);
        return status;
    }
    *out = graph;
    return ITD_OK;
}

void itd_graph_close(itd_graph *graph)
{
    if (!graph)
        return;
    itd_register_close(&graph->r);
    itd_free(graph->path);
    itd_free(graph);
}

itd_status itd_graph_verify(const char *path, itd_error *error)
{
    itd_register r;
    ITD_TRY(itd_register_open(&r, path, error));
    itd_status status = itd_register_verify(&r, path, error);
    itd_register_close(&r);
    return status;
}

itd_graph_info itd_graph_about(const itd_graph *graph)
{
    const itd_pack_header *header = graph->path ? graph->r.pack.header : NULL;
    return (itd_graph_info){
        .path = graph->path,
        .entities = graph->r.entity_count,
        .stakes = graph->r.stake_count,
        .files = graph->r.file_count,
        .bytes = graph->path ? graph->r.pack.mapping.size : 0,
        .rejected = graph->rejected,
        .generation =
            header ? (itd_sv){header->generation, strnlen(header->generation, sizeof header->generation)} : ITD_SV_NONE,
    };
}

itd_sv itd_graph_entity(const itd_graph *graph, uint32_t number)
{
    return number < graph->r.entity_count ? itd_register_id(&graph->r, number) : ITD_SV_NONE;
}

itd_status itd_graph_json(itd_bytes *out, const itd_graph *graph, const itd_graph_report *report, itd_error *error)
{
    itd_graph_info info = itd_graph_about(graph);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_u64(&json, "entities", info.entities);
    itd_json_put_u64(&json, "stakes", info.stakes);
    itd_json_put_u64(&json, "files", info.files);
    itd_json_put_u64(&json, "bytes", info.bytes);
    if (report) {
        itd_json_key(&json, "seconds");
        itd_json_write_micro(&json, report->elapsed_us);
        itd_json_put_u64(&json, "rejected", report->rejected);
    }
    itd_json_put_text(&json, "generation", info.generation);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
