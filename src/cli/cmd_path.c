/* `interdict path`: why two entities are connected. */
#include <inttypes.h>
#include <string.h>

#include "cli/display.h"
#include "cli/owners.h"
#include "cli/step.h"
#include "interdict/graph.h"

typedef struct path_run {
    itd_cli_run *run;
    uint64_t shown;
} path_run;

static void put_table(path_run *p, const itd_graph_path *path)
{
    itd_cli_text *out = &p->run->text;
    const itd_graph_step *first = &path->steps[0];
    itd_cli_text_printf(out, "%s%" PRIu64 "  %zu %s, length %" PRIu64 "\n    ", p->shown > 1 ? "\n" : "", p->shown,
                        path->count, path->count == 1 ? "step" : "steps", path->length);
    itd_cli_clean(out, first->against ? first->owned : first->owner);
    itd_cli_text_puts(out, "\n");
    for (size_t i = 0; i < path->count; i++)
        itd_cli_put_step(out, &p->run->terminal, &path->steps[i]);
}

static void put_csv(path_run *p, const itd_graph_path *path)
{
    itd_cli_text *row = &p->run->text;
    for (size_t i = 0; i < path->count; i++) {
        const itd_graph_step *step = &path->steps[i];
        itd_cli_csv_number(row, p->shown);
        itd_cli_csv_number(row, i + 1);
        itd_cli_csv_field(row, step->owner);
        itd_cli_csv_field(row, step->owned);
        itd_cli_csv_number(row, step->share_min_ppm);
        itd_cli_csv_number(row, step->share_max_ppm);
        itd_cli_csv_string(row, step->kind);
        itd_cli_csv_field(row, step->source);
        itd_cli_csv_field(row, step->grade);
        itd_cli_csv_end(row);
    }
}

static itd_status on_path(void *user, const itd_graph_path *path)
{
    path_run *p = user;
    itd_cli_run *run = p->run;
    itd_bytes json = {0};
    p->shown++;
    if (run->output.print == ITD_CLI_TABLE || run->output.print == ITD_CLI_PRINT_CSV) {
        if (run->output.print == ITD_CLI_TABLE)
            put_table(p, path);
        else
            put_csv(p, path);
        return itd_cli_write_text(&run->output, &run->text, &run->stopped);
    }
    return itd_cli_write_made(&run->output, &json, itd_graph_path_json(&json, path, &run->stopped), &run->stopped);
}

int itd_cli_path(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    path_run p = {.run = run};
    itd_graph *graph = NULL;
    bool truncated = false;
    uint64_t rejected = 0;
    const itd_read_options registers = itd_cli_registers(run);
    const itd_graph_paths_options options = {.from = itd_cli_operands(a)[0],
                                             .to = itd_cli_operands(a)[1],
                                             .k = itd_cli_number(a, ITD_CLI_PATHS),
                                             .as_of = itd_cli_value(a, ITD_CLI_AS_OF),
                                             .without_suspicions = a->given[ITD_CLI_WITHOUT_SUSPICIONS]};
    if (options.k == 0)
        return itd_cli_fail_usage(run, "-k is 1 or more");
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "path,step,owner,owned,share_min_ppm,share_max_ppm,kind,source,grade\r\n");
    itd_status status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_graph_open(&graph, run->context, &registers, &run->error);
    if (status == ITD_OK)
        status = itd_graph_paths(graph, &options, on_path, &p, &truncated, &run->error);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    if (status == ITD_OK)
        rejected = itd_graph_about(graph).rejected;
    itd_graph_close(graph);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    if (truncated)
        itd_cli_warn("paths of too many steps were passed over");
    if (p.shown == 0)
        itd_cli_note(run, "no path");
    return itd_cli_rejected(run, rejected, 0, p.shown > 0 ? ITD_CLI_HIT : ITD_CLI_DONE);
}
