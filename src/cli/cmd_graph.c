/* `interdict graph build` and `interdict graph verify`. */
#include <string.h>

#include "cli/display.h"
#include "cli/run.h"
#include "interdict/graph.h"

static void print_table(itd_cli_run *run, const itd_graph_info *info, const itd_graph_report *report)
{
    itd_cli_text *out = &run->text;
    itd_cli_style_on(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, itd_cli_sv(info->path));
    itd_cli_style_off(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, report ? "  " : "  whole; ");
    itd_cli_text_count(out, info->entities);
    itd_cli_text_puts(out, info->entities == 1 ? " entity, " : " entities, ");
    itd_cli_text_count(out, info->stakes);
    itd_cli_text_printf(out, info->stakes == 1 ? " stake, %.1f MB" : " stakes, %.1f MB", (double)info->bytes / 1e6);
    if (report)
        itd_cli_text_printf(out, ", in %.1f s", (double)report->elapsed_us / 1e6);
    itd_cli_text_puts(out, "\n\n");
    itd_cli_style_on(out, &run->terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "  generation  ");
    itd_cli_clean(out, info->generation);
    itd_cli_style_off(out, &run->terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "\n");
}

static itd_status print(itd_cli_run *run, const itd_graph *graph, const itd_graph_report *report)
{
    const itd_graph_info info = itd_graph_about(graph);
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        print_table(run, &info, report);
        break;
    case ITD_CLI_PRINT_CSV:
        itd_cli_text_puts(&run->text, "entities,stakes,files,bytes,generation\r\n");
        itd_cli_csv_number(&run->text, info.entities);
        itd_cli_csv_number(&run->text, info.stakes);
        itd_cli_csv_number(&run->text, info.files);
        itd_cli_csv_number(&run->text, info.bytes);
        itd_cli_csv_field(&run->text, info.generation);
        itd_cli_csv_end(&run->text);
        break;
    default:
        status = itd_graph_json(&json, graph, report, &run->error);
        if (status == ITD_OK) {
            itd_cli_text_add(&run->text, json.data, json.size);
            itd_cli_text_puts(&run->text, "\n");
        }
        break;
    }
    itd_bytes_free(&json);
    return status == ITD_OK ? itd_cli_write_text(&run->output, &run->text, &run->error) : status;
}

static itd_status open_compiled(itd_graph **out, itd_cli_run *run, const char *path)
{
    const char *const paths[] = {path};
    const itd_read_options options = {.paths = paths, .path_count = 1};
    return itd_graph_open(out, run->context, &options, &run->error);
}

int itd_cli_graph_build(itd_cli_run *run)
{
    const char *path = itd_cli_value(run->arguments, ITD_CLI_OUTPUT);
    itd_read_options options = itd_cli_read_options(run);
    itd_graph_report report = {0};
    itd_graph *graph = NULL;
    options.on_reject = itd_cli_on_reject;
    if (strcmp(path, "-") == 0)
        return itd_cli_fail_usage(run, "a graph is a file that is mapped into memory: give -o a name");
    for (size_t i = 0; i < options.path_count; i++)
        if (itd_cli_forbidden_input(run, options.paths[i]))
            return itd_cli_fail_usage(run, "standard input is a terminal, and --no-input was given");
    itd_status status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_graph_build(run->context, path, &options, &report, &run->error);
    if (status == ITD_OK)
        status = open_compiled(&graph, run, path);
    if (status == ITD_OK)
        status = print(run, graph, &report);
    itd_graph_close(graph);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    return itd_cli_rejected(run, report.rejected, 0, ITD_CLI_DONE);
}

int itd_cli_graph_verify(itd_cli_run *run)
{
    const char *path = itd_cli_operands(run->arguments)[0];
    itd_graph *graph = NULL;
    itd_status status = itd_cli_context(run, false);
    if (status == ITD_OK)
        status = itd_graph_verify(path, &run->error);
    if (status == ITD_OK)
        status = open_compiled(&graph, run, path);
    if (status == ITD_OK)
        status = print(run, graph, NULL);
    itd_graph_close(graph);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
