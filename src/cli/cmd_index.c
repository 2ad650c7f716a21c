/* `interdict index` and `interdict index verify`. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/display.h"
#include "cli/run.h"
#include "cli/table.h"
#include "interdict/index.h"

static void dataset_table(itd_cli_run *run, const itd_index_info *info)
{
    static const itd_cli_column columns[] = {{"DATASET", false}, {"VERSION", false}, {"ENTITIES", true}};
    itd_cli_table table;
    itd_cli_table_init(&table, columns, 3);
    for (size_t i = 0; i < info->dataset_count; i++) {
        itd_cli_table_cell(&table, info->datasets[i].dataset);
        itd_cli_table_cell(&table, info->datasets[i].version.size > 0 ? info->datasets[i].version : itd_cli_sv("none"));
        itd_cli_table_count(&table, info->datasets[i].entities);
    }
    itd_cli_table_render(&run->text, &table, &run->terminal, 2, true);
    itd_cli_table_free(&table);
}

static void print_table(itd_cli_run *run, const itd_index_info *info, const itd_index_report *report)
{
    itd_cli_text *out = &run->text;
    itd_cli_style_on(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, itd_cli_sv(info->path));
    itd_cli_style_off(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, report ? "  " : "  whole; ");
    itd_cli_text_count(out, info->entities);
    itd_cli_text_puts(out, info->entities == 1 ? " entity, " : " entities, ");
    itd_cli_text_count(out, info->names);
    itd_cli_text_printf(out, info->names == 1 ? " name, %.1f MB" : " names, %.1f MB", (double)info->bytes / 1e6);
    if (report)
        itd_cli_text_printf(out, ", in %.1f s", (double)report->elapsed_us / 1e6);
    itd_cli_text_puts(out, "\n\n");
    dataset_table(run, info);
    itd_cli_text_puts(out, "\n");
    itd_cli_style_on(out, &run->terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "  generation  ");
    itd_cli_clean(out, info->generation);
    itd_cli_text_puts(out, "\n  profile     ");
    itd_cli_clean(out, info->profile);
    itd_cli_style_off(out, &run->terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "\n");
}

static itd_status print(itd_cli_run *run, const itd_index *index, const itd_index_report *report)
{
    const itd_index_info info = itd_index_about(index);
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        print_table(run, &info, report);
        break;
    case ITD_CLI_PRINT_CSV:
        itd_cli_text_puts(&run->text, "dataset,version,entities,generation\r\n");
        for (size_t i = 0; i < info.dataset_count; i++) {
            itd_cli_csv_field(&run->text, info.datasets[i].dataset);
            itd_cli_csv_field(&run->text, info.datasets[i].version);
            itd_cli_csv_number(&run->text, info.datasets[i].entities);
            itd_cli_csv_field(&run->text, info.generation);
            itd_cli_csv_end(&run->text);
        }
        break;
    default: /* one index is one document and one line */
        status = itd_index_json(&json, index, report, &run->error);
        if (status == ITD_OK) {
            itd_cli_text_add(&run->text, json.data, json.size);
            itd_cli_text_puts(&run->text, "\n");
        }
        break;
    }
    itd_bytes_free(&json);
    return status == ITD_OK ? itd_cli_write_text(&run->output, &run->text, &run->error) : status;
}

int itd_cli_index(itd_cli_run *run)
{
    const char *path = itd_cli_value(run->arguments, ITD_CLI_OUTPUT);
    itd_read_options options = itd_cli_read_options(run);
    itd_index_report report = {0};
    itd_index *index = NULL;
    options.on_reject = itd_cli_on_reject;
    if (strcmp(path, "-") == 0)
        return itd_cli_fail_usage(run, "an index is a file that is mapped into memory: give -o a name");
    itd_status status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_index_build(run->context, path, &options, &report, &run->error);
    if (status == ITD_OK)
        status = itd_index_open(&index, path, &run->error);
    if (status == ITD_OK)
        status = print(run, index, &report);
    itd_index_close(index);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    int code = itd_cli_rejected(run, report.rejected, report.orphans, ITD_CLI_DONE);
    if (run->terminal.terminal && !run->quiet && run->output.print == ITD_CLI_TABLE && isatty(STDERR_FILENO) == 1)
        (void)fprintf(stderr, "\nNext: interdict screen -l %s \"a name\"\n", path);
    return code;
}

int itd_cli_index_verify(itd_cli_run *run)
{
    const char *path = itd_cli_operands(run->arguments)[0];
    itd_index *index = NULL;
    itd_status status = itd_index_verify(path, &run->error);
    if (status == ITD_OK)
        status = itd_index_open(&index, path, &run->error);
    if (status == ITD_OK)
        status = print(run, index, NULL);
    itd_index_close(index);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
