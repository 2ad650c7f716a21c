/* `interdict case init`, `import`, `stats` and `diff`. */
#include <string.h>
#include <time.h>

#include "cli/case.h"
#include "cli/display.h"
#include "cli/run.h"
#include "cli/table.h"

/* Statements of a change that the table shows; JSON has all. */
#define STATEMENTS_SHOWN 12

static const char *case_path(const itd_cli_run *run)
{
    return itd_cli_operands(run->arguments)[0];
}

itd_status itd_cli_case_open(itd_case **out, itd_cli_run *run, bool writing)
{
    itd_status status = itd_case_open(out, case_path(run), writing, &run->error);
    if (status == ITD_OK)
        itd_cli_note(run, itd_case_left(*out));
    return status;
}

itd_status itd_cli_case_generation(int64_t *out, itd_cli_run *run, itd_case *the_case)
{
    if (run->arguments->given[ITD_CLI_GENERATION] && run->arguments->given[ITD_CLI_AS_OF]) {
        run->error = (itd_error){.status = ITD_EINVAL, .offset = ITD_NOWHERE};
        (void)snprintf(run->error.message, sizeof run->error.message, "--generation and --as-of exclude each other");
        return ITD_EINVAL;
    }
    return itd_case_find_generation(out, the_case, itd_cli_number(run->arguments, ITD_CLI_GENERATION),
                                    itd_cli_value(run->arguments, ITD_CLI_AS_OF), &run->error);
}

/* A time, UTC, as `format` of strftime writes it. */
static const char *time_text(char text[32], int64_t time_us, const char *format)
{
    const time_t seconds = (time_t)(time_us / 1000000);
    struct tm parts;
    if (!gmtime_r(&seconds, &parts) || strftime(text, 32, format, &parts) == 0)
        text[0] = '\0';
    return text;
}

static void day_cell(itd_cli_table *table, int64_t time_us)
{
    char text[32];
    itd_cli_table_string(table, time_text(text, time_us, "%Y-%m-%d"));
}

/* ---- init ---- */

int itd_cli_case_init(itd_cli_run *run)
{
    const itd_case_options options = {.two_person = run->arguments->given[ITD_CLI_TWO_PERSON]};
    itd_status status = itd_case_create(case_path(run), &options, &run->error);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    if (run->output.print == ITD_CLI_TABLE) {
        itd_cli_clean(&run->text, itd_cli_sv(case_path(run)));
        itd_cli_text_printf(&run->text, "  empty%s\n", options.two_person ? "; decisions need two persons" : "");
    } else if (run->output.print == ITD_CLI_PRINT_CSV) {
        itd_cli_text_puts(&run->text, "case,two_person\r\n");
        itd_cli_csv_string(&run->text, case_path(run));
        itd_cli_csv_string(&run->text, options.two_person ? "true" : "false");
        itd_cli_csv_end(&run->text);
    } else {
        itd_cli_text_puts(&run->text, "{\"path\":");
        itd_cli_json_string(&run->text, itd_cli_sv(case_path(run)));
        itd_cli_text_printf(&run->text, ",\"two_person\":%s}\n", options.two_person ? "true" : "false");
    }
    return itd_cli_write_text(&run->output, &run->text, &run->error) == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}

/* ---- generations ---- */

/* Rows of generations, in whatever form is printed. `run` is first: itd_cli_on_reject takes it. */
typedef struct listing {
    itd_cli_run *run;
    itd_cli_table table;
    bool of_import;
    itd_case_stats before; /* of an import; borrowed from the case */
    uint64_t rejected, orphans;
} listing;

static void generation_row(listing *l, const itd_case_generation *g)
{
    itd_cli_table_cell(&l->table, g->dataset);
    itd_cli_table_cell(&l->table, g->version);
    itd_cli_table_count(&l->table, (uint64_t)g->number);
    if (l->of_import) {
        itd_cli_table_string(&l->table, g->is_new ? "new" : "unchanged");
        itd_cli_table_count(&l->table, g->is_new ? g->added : 0);
        itd_cli_table_count(&l->table, g->is_new ? g->changed : 0);
        itd_cli_table_count(&l->table, g->is_new ? g->removed : 0);
    } else {
        day_cell(&l->table, g->imported);
        day_cell(&l->table, g->last_seen);
    }
    itd_cli_table_count(&l->table, g->entities);
    itd_cli_table_count(&l->table, g->statements);
}

/* To the microsecond, so that --as-of finds what was imported then. */
static void time_csv(itd_cli_text *out, int64_t time_us)
{
    char seconds[32], text[48];
    (void)snprintf(text, sizeof text, "%s.%06dZ", time_text(seconds, time_us, "%Y-%m-%dT%H:%M:%S"),
                   (int)(time_us % 1000000));
    itd_cli_csv_string(out, text);
}

static void generation_csv(itd_cli_text *out, const itd_case_generation *g, bool of_import)
{
    const uint64_t numbers[] = {(uint64_t)g->number, g->entities, g->statements, g->added,
                                g->changed,          g->removed,  g->rejected,   g->orphans};
    itd_cli_csv_field(out, g->dataset);
    itd_cli_csv_field(out, g->version);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        itd_cli_csv_number(out, numbers[i]);
    if (of_import)
        itd_cli_csv_string(out, g->is_new ? "true" : "false");
    time_csv(out, g->imported);
    time_csv(out, g->last_seen);
    itd_cli_csv_end(out);
}

/* A list that lost more than a tenth of what it held looks like a broken one, and nothing that is gone is found any
 * more: `lists fetch` holds such a list, here the person who imports it is told. */
static void warn_of_loss(const itd_case_generation *g)
{
    const uint64_t before = g->entities + g->removed - g->added;
    if (!g->is_new || before == 0 || g->entities * 10 >= before * 9)
        return;
    itd_cli_text text = {0};
    itd_cli_text_puts(&text, "warning: ");
    itd_cli_clean(&text, g->dataset);
    itd_cli_text_puts(&text, " has shrunk by more than a tenth, from ");
    itd_cli_text_count(&text, before);
    itd_cli_text_puts(&text, " entities to ");
    itd_cli_text_count(&text, g->entities);
    itd_cli_text_puts(&text, ": see with `interdict case diff` whether that is meant; importing the earlier list "
                             "again brings it back");
    itd_cli_warn(itd_cli_text_string(&text));
    itd_cli_text_free(&text);
}

static bool begins_with_a_day(itd_sv version)
{
    for (size_t i = 0; i < 10; i++)
        if (version.size < 10 || ((i == 4 || i == 7) ? version.data[i] != '-' : (unsigned)version.data[i] - '0' > 9))
            return false;
    return true;
}

/* A newer list that is taken back by an older one is most often the wrong file. */
static void warn_of_older(const listing *l, const itd_case_generation *g)
{
    for (size_t i = 0; g->is_new && i < l->before.dataset_count; i++) {
        const itd_case_generation *was = &l->before.datasets[i];
        if (was->dataset.size != g->dataset.size || memcmp(was->dataset.data, g->dataset.data, g->dataset.size) != 0 ||
            !begins_with_a_day(was->version) || !begins_with_a_day(g->version) ||
            memcmp(g->version.data, was->version.data, 10) >= 0)
            continue;
        itd_cli_text text = {0};
        itd_cli_text_puts(&text, "warning: ");
        itd_cli_clean(&text, g->dataset);
        itd_cli_text_puts(&text, " was of ");
        itd_cli_clean(&text, was->version);
        itd_cli_text_puts(&text, "; what was imported over it is older, of ");
        itd_cli_clean(&text, g->version);
        itd_cli_warn(itd_cli_text_string(&text));
        itd_cli_text_free(&text);
    }
}

static itd_status on_generation(void *user, const itd_case_generation *g)
{
    listing *l = user;
    itd_cli_run *run = l->run;
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    if (g->is_new) {
        l->rejected += g->rejected;
        l->orphans += g->orphans;
    }
    warn_of_loss(g);
    warn_of_older(l, g);
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        generation_row(l, g);
        break;
    case ITD_CLI_PRINT_CSV:
        if (run->output.items++ == 0)
            itd_cli_text_puts(&run->text, "dataset,version,generation,entities,statements,added,changed,removed,"
                                          "rejected,orphans,new,imported,last_seen\r\n");
        generation_csv(&run->text, g, true);
        status = itd_cli_write_text(&run->output, &run->text, &run->stopped);
        break;
    default:
        status =
            itd_cli_write_made(&run->output, &json, itd_case_generation_json(&json, g, &run->stopped), &run->stopped);
        break;
    }
    return status;
}

static void on_reject(void *user, const itd_rejected *rejected)
{
    listing *l = user;
    itd_cli_on_reject(l->run, rejected);
}

static void on_note(void *user, const char *text)
{
    const listing *l = user;
    itd_cli_note(l->run, text);
}

static itd_status print_import(listing *l)
{
    itd_cli_run *run = l->run;
    if (run->output.print != ITD_CLI_TABLE)
        return itd_cli_write_end(&run->output, &run->error);
    itd_cli_table_render(&run->text, &l->table, &run->terminal, 2, true);
    return itd_cli_write_text(&run->output, &run->text, &run->error);
}

int itd_cli_case_import(itd_cli_run *run)
{
    static const itd_cli_column columns[] = {{"DATASET", false}, {"VERSION", false}, {"GENERATION", true},
                                             {"", false},        {"ADDED", true},    {"CHANGED", true},
                                             {"REMOVED", true},  {"ENTITIES", true}, {"STATEMENTS", true}};
    const char *person = NULL;
    itd_case *the_case = NULL;
    listing l = {.run = run, .of_import = true};
    itd_read_options options = itd_cli_read_options(run);
    options.paths++; /* the first operand is the case */
    options.path_count--;
    options.on_reject = on_reject;
    options.on_note = on_note;
    options.user = &l;
    itd_cli_table_init(&l.table, columns, sizeof columns / sizeof columns[0]);
    itd_status status = itd_cli_person(&person, run);
    if (status == ITD_OK)
        status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_cli_case_open(&the_case, run, true);
    int64_t newest = 0;
    if (status == ITD_OK)
        status = itd_case_find_generation(&newest, the_case, 0, NULL, &run->error);
    if (status == ITD_OK)
        status = itd_case_stats_read(&l.before, the_case, newest, &run->error);
    if (status == ITD_OK)
        status = itd_case_import(the_case, run->context, &options, person, on_generation, &l, &run->error);
    itd_case_close(the_case);
    if (status == ITD_OK)
        status = print_import(&l);
    itd_cli_table_free(&l.table);
    return status == ITD_OK ? itd_cli_rejected(run, l.rejected, l.orphans, ITD_CLI_DONE) : itd_cli_fail(run);
}

/* ---- stats ---- */

static void stats_table(itd_cli_run *run, const itd_case_stats *stats)
{
    static const itd_cli_column columns[] = {{"DATASET", false},  {"VERSION", false},   {"GENERATION", true},
                                             {"IMPORTED", false}, {"LAST SEEN", false}, {"ENTITIES", true},
                                             {"STATEMENTS", true}};
    listing l = {.run = run};
    itd_cli_text *out = &run->text;
    itd_cli_style_on(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, itd_cli_sv(case_path(run)));
    itd_cli_style_off(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, "  ");
    itd_cli_text_count(out, stats->entities);
    itd_cli_text_puts(out, " entities, ");
    itd_cli_text_count(out, stats->statements);
    itd_cli_text_puts(out, " statements, ");
    itd_cli_text_count(out, stats->generations);
    itd_cli_text_puts(out, stats->generations == 1 ? " generation" : " generations");
    itd_cli_text_puts(out, stats->two_person ? ", two persons decide\n" : "\n");
    if (stats->dataset_count == 0)
        return;
    itd_cli_text_puts(out, "\n");
    itd_cli_table_init(&l.table, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < stats->dataset_count; i++)
        generation_row(&l, &stats->datasets[i]);
    itd_cli_table_render(out, &l.table, &run->terminal, 2, true);
    itd_cli_table_free(&l.table);
}

static itd_status print_stats(itd_cli_run *run, const itd_case_stats *stats)
{
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        stats_table(run, stats);
        break;
    case ITD_CLI_PRINT_CSV:
        itd_cli_text_puts(&run->text, "dataset,version,generation,entities,statements,added,changed,removed,rejected,"
                                      "orphans,imported,last_seen\r\n");
        for (size_t i = 0; i < stats->dataset_count; i++)
            generation_csv(&run->text, &stats->datasets[i], false);
        break;
    default:
        status = itd_case_stats_json(&json, stats, &run->error);
        if (status == ITD_OK) {
            itd_cli_text_add(&run->text, json.data, json.size);
            itd_cli_text_puts(&run->text, "\n");
        }
        break;
    }
    itd_bytes_free(&json);
    return status == ITD_OK ? itd_cli_write_text(&run->output, &run->text, &run->error) : status;
}

int itd_cli_case_stats(itd_cli_run *run)
{
    itd_case *the_case = NULL;
    itd_case_stats stats;
    int64_t generation = 0;
    itd_status status = itd_cli_case_open(&the_case, run, false);
    if (status == ITD_OK)
        status = itd_cli_case_generation(&generation, run, the_case);
    if (status == ITD_OK)
        status = itd_case_stats_read(&stats, the_case, generation, &run->error);
    if (status == ITD_OK)
        status = print_stats(run, &stats);
    itd_case_close(the_case);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}

/* ---- diff ---- */

static void statements_text(itd_cli_run *run, const itd_case_statement *list, size_t count, const char *sign)
{
    itd_cli_text *out = &run->text;
    for (size_t i = 0; i < count && i < STATEMENTS_SHOWN; i++) {
        itd_cli_text_printf(out, "    %s %s:%s  ", sign, list[i].schema, list[i].property);
        itd_cli_clean(out, list[i].value);
        itd_cli_text_puts(out, "\n");
    }
    if (count > STATEMENTS_SHOWN)
        itd_cli_text_printf(out, "    %s … and %zu more; --json has all\n", sign, count - STATEMENTS_SHOWN);
}

static void statements_csv(itd_cli_run *run, const itd_case_change *change, const itd_case_statement *list,
                           size_t count, const char *sign)
{
    for (size_t i = 0; i < count; i++) {
        const itd_case_statement *s = &list[i];
        const char *strings[] = {s->schema, s->property};
        itd_cli_csv_string(&run->text, change->change);
        itd_cli_csv_field(&run->text, change->id);
        itd_cli_csv_string(&run->text, sign);
        itd_cli_csv_field(&run->text, s->entity);
        itd_cli_csv_string(&run->text, strings[0]);
        itd_cli_csv_string(&run->text, strings[1]);
        itd_cli_csv_field(&run->text, s->value);
        itd_cli_csv_field(&run->text, s->lang);
        itd_cli_csv_field(&run->text, s->original);
        itd_cli_csv_end(&run->text);
    }
}

static itd_status on_change(void *user, const itd_case_change *change)
{
    itd_cli_run *run = user;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        itd_cli_text_printf(&run->text, "%-8s ", change->change);
        itd_cli_clean(&run->text, change->id);
        itd_cli_text_puts(&run->text, "\n");
        statements_text(run, change->removed, change->removed_count, "-");
        statements_text(run, change->added, change->added_count, "+");
        run->output.items++;
        return itd_cli_write_text(&run->output, &run->text, &run->stopped);
    case ITD_CLI_PRINT_CSV:
        run->output.items++;
        statements_csv(run, change, change->removed, change->removed_count, "-");
        statements_csv(run, change, change->added, change->added_count, "+");
        return itd_cli_write_text(&run->output, &run->text, &run->stopped);
    default:
        return itd_cli_write_item(&run->output, change->json, &run->stopped);
    }
}

int itd_cli_case_diff(itd_cli_run *run)
{
    itd_case *the_case = NULL;
    itd_status status = itd_cli_case_open(&the_case, run, false);
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "change,id,sign,entity,schema,property,value,lang,original\r\n");
    if (status == ITD_OK)
        status = itd_case_diff(the_case, itd_cli_value(run->arguments, ITD_CLI_DATASET),
                               itd_cli_number(run->arguments, ITD_CLI_FROM), itd_cli_number(run->arguments, ITD_CLI_TO),
                               on_change, run, &run->error);
    itd_case_close(the_case);
    if (status == ITD_OK && run->output.print == ITD_CLI_TABLE && run->output.items == 0)
        itd_cli_note(run, "nothing differs");
    if (status == ITD_OK) /* the header of a CSV without rows */
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
