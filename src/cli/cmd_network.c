/* `interdict network`: who stands between, who comes together, whose loss parts the network. */
#include "interdict/network.h"

#include <inttypes.h>
#include <string.h>

#include "cli/display.h"
#include "cli/owners.h"
#include "cli/table.h"

/** Members of a group that the table names; the others are counted. */
#define MEMBERS_SHOWN 8

typedef struct network_run {
    itd_cli_run *run;
    itd_network_measure measure;
    itd_cli_table table;
} network_run;

static const itd_cli_column value_columns[] = {
    {"", true}, {"entity", false}, {"value", true}, {"links", true}, {"suspected", true}};
static const itd_cli_column cut_columns[] = {{"", true},      {"entity", false}, {"cut off", true},
                                             {"parts", true}, {"links", true},   {"suspected", true}};
static const itd_cli_column group_columns[] = {{"", true},        {"size", true},      {"inside", true},
                                               {"outside", true}, {"suspected", true}, {"members", false}};

static void put_members(itd_cli_table *table, const itd_network_row *row)
{
    itd_cli_text words = {0};
    for (size_t i = 0; i < row->member_count && i < MEMBERS_SHOWN; i++)
        itd_cli_text_printf(&words, "%s%.*s", i ? ", " : "", (int)row->members[i].size, row->members[i].data);
    if (row->member_count > MEMBERS_SHOWN)
        itd_cli_text_printf(&words, " and %zu more", row->member_count - MEMBERS_SHOWN);
    itd_cli_table_string(table, itd_cli_text_string(&words));
    itd_cli_text_free(&words);
}

static void put_row(network_run *n, const itd_network_row *row)
{
    itd_cli_table *table = &n->table;
    itd_cli_table_count(table, row->rank);
    if (n->measure == ITD_NETWORK_COMMUNITIES) {
        itd_cli_table_count(table, row->member_count);
        itd_cli_table_count(table, row->links);
        itd_cli_table_count(table, row->outside);
        itd_cli_table_count(table, row->suspected);
        put_members(table, row);
        return;
    }
    itd_cli_table_cell(table, row->entity);
    if (n->measure == ITD_NETWORK_ARTICULATION) {
        itd_cli_table_count(table, row->cut_off);
        itd_cli_table_count(table, row->parts);
    } else {
        itd_cli_text value = {0};
        itd_cli_decimal(&value, (int32_t)row->value_micro, 6);
        itd_cli_table_string(table, itd_cli_text_string(&value));
        itd_cli_text_free(&value);
    }
    itd_cli_table_count(table, row->links);
    itd_cli_table_count(table, row->suspected);
}

static void put_csv(network_run *n, const itd_network_row *row)
{
    itd_cli_text *out = &n->run->text;
    if (n->measure == ITD_NETWORK_COMMUNITIES) { /* a row a member */
        for (size_t i = 0; i < row->member_count; i++) {
            itd_cli_csv_number(out, row->rank);
            itd_cli_csv_number(out, row->member_count);
            itd_cli_csv_field(out, row->members[i]);
            itd_cli_csv_end(out);
        }
        return;
    }
    itd_cli_csv_number(out, row->rank);
    itd_cli_csv_field(out, row->entity);
    if (n->measure == ITD_NETWORK_ARTICULATION) {
        itd_cli_csv_number(out, row->cut_off);
        itd_cli_csv_number(out, row->parts);
    } else {
        itd_cli_csv_number(out, row->value_micro);
    }
    itd_cli_csv_number(out, row->links);
    itd_cli_csv_number(out, row->suspected);
    itd_cli_csv_end(out);
}

static itd_status on_row(void *user, const itd_network_row *row)
{
    network_run *n = user;
    itd_cli_run *run = n->run;
    itd_bytes json = {0};
    if (run->output.print == ITD_CLI_TABLE) {
        put_row(n, row);
        return ITD_OK;
    }
    if (run->output.print == ITD_CLI_PRINT_CSV) {
        put_csv(n, row);
        return itd_cli_write_text(&run->output, &run->text, &run->stopped);
    }
    return itd_cli_write_made(&run->output, &json, itd_network_row_json(&json, n->measure, row, &run->stopped),
                              &run->stopped);
}

static void begin(network_run *n)
{
    static const char *const headers[] = {"rank,entity,value_micro,links,suspected\r\n",
                                          "rank,entity,value_micro,links,suspected\r\n", "rank,size,member\r\n",
                                          "rank,entity,cut_off,parts,links,suspected\r\n"};
    if (n->run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&n->run->text, headers[n->measure]);
    if (n->measure == ITD_NETWORK_COMMUNITIES)
        itd_cli_table_init(&n->table, group_columns, sizeof group_columns / sizeof group_columns[0]);
    else if (n->measure == ITD_NETWORK_ARTICULATION)
        itd_cli_table_init(&n->table, cut_columns, sizeof cut_columns / sizeof cut_columns[0]);
    else
        itd_cli_table_init(&n->table, value_columns, sizeof value_columns / sizeof value_columns[0]);
}

static void note(const network_run *n, const itd_network *network, const itd_network_answer *answer, uint32_t limit)
{
    itd_network_info about = itd_network_about(network);
    itd_cli_text line = {0};
    itd_cli_text_count(&line, about.entities);
    itd_cli_text_puts(&line, about.entities == 1 ? " entity, " : " entities, ");
    itd_cli_text_count(&line, about.links);
    itd_cli_text_puts(&line, about.links == 1 ? " link, " : " links, ");
    itd_cli_text_count(&line, about.suspected);
    itd_cli_text_puts(&line, " by suspicion alone; ");
    itd_cli_text_count(&line, about.components);
    itd_cli_text_puts(&line, about.components == 1 ? " connected part, largest " : " connected parts, largest ");
    itd_cli_text_count(&line, about.largest);
    if (n->measure == ITD_NETWORK_COMMUNITIES) {
        itd_cli_text_puts(&line, "; modularity ");
        itd_cli_decimal(&line, answer->modularity_micro, 6);
    }
    if (!answer->exact) {
        itd_cli_text_printf(&line, "; sampled from %" PRIu32 " searches, no value is off by more than ",
                            answer->searches);
        itd_cli_decimal(&line, (int32_t)answer->error_micro, 6);
        itd_cli_text_puts(&line, " (risk 1 in 100)");
    }
    if (limit > 0 && answer->found > limit) {
        itd_cli_text_puts(&line, "; ");
        itd_cli_text_count(&line, answer->found - limit);
        itd_cli_text_puts(&line, " more rows with --limit 0");
    }
    itd_cli_note(n->run, itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

static itd_status ask(network_run *n, itd_network *network)
{
    itd_cli_run *run = n->run;
    const itd_cli_arguments *a = run->arguments;
    const itd_network_question question = {.measure = n->measure,
                                           .searches = itd_cli_number(a, ITD_CLI_SEARCHES),
                                           .limit = itd_cli_number(a, ITD_CLI_LIMIT)};
    itd_network_answer answer;
    begin(n);
    itd_status status = itd_network_ask(&answer, network, &question, on_row, n, &run->error);
    if (status == ITD_OK && run->output.print == ITD_CLI_TABLE && answer.found > 0)
        itd_cli_table_render(&run->text, &n->table, &run->terminal, 0, true);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    if (status == ITD_OK)
        note(n, network, &answer, question.limit);
    itd_cli_table_free(&n->table);
    return status;
}

int itd_cli_network(itd_cli_run *run)
{
    network_run n = {.run = run};
    itd_graph *graph = NULL;
    itd_network *network = NULL;
    const char *measure = itd_cli_value(run->arguments, ITD_CLI_MEASURE);
    uint64_t rejected = 0;
    while (strcmp(itd_network_measure_name(n.measure), measure) != 0)
        n.measure++;
    itd_status status = itd_cli_network_open(&graph, &network, run);
    if (status == ITD_OK)
        status = ask(&n, network);
    if (status == ITD_OK)
        rejected = itd_graph_about(graph).rejected;
    itd_network_destroy(network);
    itd_graph_close(graph);
    return status == ITD_OK ? itd_cli_rejected(run, rejected, 0, ITD_CLI_DONE) : itd_cli_fail(run);
}
