/* `interdict lists`: publishers and formats that are known. */
#include "cli/run.h"
#include "cli/table.h"

static void publisher_json(itd_cli_text *out, const itd_publisher *p)
{
    const char *const fields[][2] = {
        {"dataset", p->dataset}, {"title", p->title}, {"publisher", p->publisher}, {"key", p->key}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        itd_cli_text_printf(out, "%s\"%s\":", i == 0 ? "{" : ",", fields[i][0]);
        itd_cli_json_string(out, itd_cli_sv(fields[i][1]));
    }
    itd_cli_text_puts(out, ",\"formats\":[");
    bool first = true;
    for (const char *at = p->formats; *at;) {
        size_t size = 0;
        while (at[size] && at[size] != ' ')
            size++;
        if (size > 0) {
            itd_cli_text_puts(out, first ? "" : ",");
            itd_cli_json_string(out, (itd_sv){at, size});
            first = false;
        }
        at += size + (at[size] == ' ');
    }
    itd_cli_text_puts(out, "]}");
}

/* One document: publishers, and formats with their titles. */
static void document(itd_cli_text *out)
{
    const itd_publisher *p;
    itd_format_info format;
    itd_cli_text_puts(out, "{\"publishers\":[");
    for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
        itd_cli_text_puts(out, i == 0 ? "" : ",\n");
        publisher_json(out, p);
    }
    itd_cli_text_puts(out, "],\n\"formats\":[");
    for (size_t i = 0; itd_format_info_at(&format, i); i++) {
        itd_cli_text_puts(out, i == 0 ? "{\"id\":" : ",\n{\"id\":");
        itd_cli_json_string(out, itd_cli_sv(format.id));
        itd_cli_text_puts(out, ",\"title\":");
        itd_cli_json_string(out, itd_cli_sv(format.title));
        itd_cli_text_puts(out, "}");
    }
    itd_cli_text_puts(out, "]}\n");
}

static void tables(itd_cli_run *run)
{
    static const itd_cli_column publisher_columns[] = {
        {"DATASET", false}, {"LIST", false}, {"PUBLISHER", false}, {"FORMATS", false}, {"KEY", false}};
    static const itd_cli_column format_columns[] = {{"FORMAT", false}, {"WHAT IT IS", false}};
    itd_cli_table table;
    const itd_publisher *p;
    itd_cli_table_init(&table, publisher_columns, 5);
    for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
        itd_cli_table_string(&table, p->dataset);
        itd_cli_table_string(&table, p->title);
        itd_cli_table_string(&table, p->publisher);
        itd_cli_table_string(&table, p->formats);
        itd_cli_table_string(&table, p->key);
    }
    itd_cli_table_render(&run->text, &table, &run->terminal, 0, true);
    itd_cli_table_free(&table);

    itd_cli_text_puts(&run->text, "\n");
    itd_format_info format;
    itd_cli_table_init(&table, format_columns, 2);
    for (size_t i = 0; itd_format_info_at(&format, i); i++) {
        itd_cli_table_string(&table, format.id);
        itd_cli_table_string(&table, format.title);
    }
    itd_cli_table_render(&run->text, &table, &run->terminal, 0, true);
    itd_cli_table_free(&table);
}

int itd_cli_lists(itd_cli_run *run)
{
    const itd_publisher *p;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        tables(run);
        break;
    case ITD_CLI_PRINT_JSON:
        document(&run->text);
        break;
    case ITD_CLI_PRINT_JSONL:
        for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
            publisher_json(&run->text, p);
            itd_cli_text_puts(&run->text, "\n");
        }
        break;
    case ITD_CLI_PRINT_CSV:
        itd_cli_text_puts(&run->text, "dataset,title,publisher,formats,key\r\n");
        for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
            itd_cli_csv_string(&run->text, p->dataset);
            itd_cli_csv_string(&run->text, p->title);
            itd_cli_csv_string(&run->text, p->publisher);
            itd_cli_csv_string(&run->text, p->formats);
            itd_cli_csv_string(&run->text, p->key);
            itd_cli_csv_end(&run->text);
        }
        break;
    }
    if (itd_cli_write_text(&run->output, &run->text, &run->error) != ITD_OK)
        return itd_cli_fail(run);
    return ITD_CLI_DONE;
}
