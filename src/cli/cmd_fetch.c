/* `interdict lists fetch`: downloads lists. */
#include <stdlib.h>

#include "cli/display.h"
#include "cli/fetch_folder.h"
#include "cli/table.h"
#include "interdict/fetch.h"

typedef struct fetch_run {
    itd_cli_run *run;
    itd_status status; /* what writing came to */
    itd_cli_table table;
    bool bad; /* something failed or is held */
    uint64_t rejected, rows;
} fetch_run;

static void on_note(void *user, const char *text)
{
    itd_cli_note(((fetch_run *)user)->run, text);
}

static const char *token(void *user, const char *name)
{
    (void)user;
    return getenv(name);
}

/* A list that is not what one takes it for is told even under --quiet. */
static void tell_bad(const itd_fetch_result *r)
{
    itd_cli_text line = {0};
    itd_cli_text_printf(&line, "interdict: %s %s: ", r->dataset, itd_fetch_state_name(r->state));
    itd_cli_clean(&line, itd_cli_sv(r->reason ? r->reason : ""));
    if (r->file && r->age_s >= 0) {
        itd_cli_text_puts(&line, "; the last good copy, confirmed ");
        itd_cli_age(&line, r->age_s);
        itd_cli_text_puts(&line, " ago, stays in place");
    } else {
        itd_cli_text_puts(&line, r->file ? "; the copy that is there stays in place" : "; there is no copy");
    }
    if (r->acceptable)
        itd_cli_text_printf(&line, "; 'interdict lists fetch --accept %s' takes it", r->dataset);
    (void)fflush(stdout);
    (void)fprintf(stderr, "%s\n", itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

static void add_row(fetch_run *f, const itd_fetch_result *r)
{
    itd_cli_text cell = {0};
    itd_cli_table_string(&f->table, r->dataset);
    itd_cli_table_string(&f->table, itd_fetch_state_name(r->state));
    itd_cli_table_string(&f->table, r->version);
    itd_cli_table_count(&f->table, r->entities);
    itd_cli_table_count(&f->table, r->was_entities);
    itd_cli_age(&cell, r->age_s);
    itd_cli_table_string(&f->table, itd_cli_text_string(&cell));
    itd_cli_table_string(&f->table, r->file ? r->file : "");
    itd_cli_text_free(&cell);
}

static void add_csv(fetch_run *f, const itd_fetch_result *r)
{
    itd_cli_text *out = &f->run->text;
    if (f->rows == 1)
        itd_cli_text_puts(out, "dataset,status,file,version,entities,was_entities,rejected,age_seconds,held_file,"
                               "reason\r\n");
    itd_cli_csv_string(out, r->dataset);
    itd_cli_csv_string(out, itd_fetch_state_name(r->state));
    itd_cli_csv_string(out, r->file ? r->file : "");
    itd_cli_csv_string(out, r->version);
    itd_cli_csv_number(out, r->entities);
    itd_cli_csv_number(out, r->was_entities);
    itd_cli_csv_number(out, r->rejected);
    if (r->age_s >= 0)
        itd_cli_csv_number(out, (uint64_t)r->age_s);
    else
        itd_cli_csv_string(out, "");
    itd_cli_csv_string(out, r->held_file ? r->held_file : "");
    itd_cli_csv_string(out, r->reason ? r->reason : "");
    itd_cli_csv_end(out);
}

static void on_result(void *user, const itd_fetch_result *r)
{
    fetch_run *f = user;
    itd_bytes json = {0};
    f->rows++;
    f->rejected += r->rejected;
    if (r->state == ITD_FETCH_HELD || r->state == ITD_FETCH_FAILED) {
        f->bad = true;
        tell_bad(r);
    }
    if (f->status != ITD_OK)
        return;
    switch (f->run->output.print) {
    case ITD_CLI_TABLE:
        add_row(f, r);
        break;
    case ITD_CLI_PRINT_CSV:
        add_csv(f, r);
        f->status = itd_cli_write_text(&f->run->output, &f->run->text, &f->run->error);
        break;
    default:
        f->status =
            itd_cli_write_made(&f->run->output, &json, itd_fetch_result_json(&json, r, &f->run->error), &f->run->error);
        break;
    }
}

static itd_fetch_options options_of(const itd_cli_run *run, fetch_run *f, const char *into)
{
    const itd_cli_arguments *a = run->arguments;
    const char *trusted = itd_cli_value(a, ITD_CLI_CA_FILE), *usual = getenv("SSL_CERT_FILE");
    itd_fetch_options options = {
        .datasets = itd_cli_operands(a),
        .dataset_count = a->operand_count,
        .into = into,
        .from = itd_cli_value(a, ITD_CLI_FROM_URL),
        .ca_file = trusted             ? trusted
                   : usual && usual[0] ? usual
                                       : NULL,
        .timeout_s = itd_cli_number(a, ITD_CLI_TIMEOUT),
        .bytes_max = itd_cli_number(a, ITD_CLI_MAX_BYTES),
        .retries = itd_cli_number(a, ITD_CLI_RETRIES),
        .skip_bad = a->given[ITD_CLI_SKIP_BAD],
        .token = token,
        .on_note = on_note,
        .user = f,
    };
    options.accept = itd_cli_values(a, ITD_CLI_ACCEPT, &options.accept_count);
    return options;
}

static itd_status finish(fetch_run *f)
{
    itd_cli_run *run = f->run;
    if (f->status != ITD_OK)
        return f->status;
    if (run->output.print == ITD_CLI_TABLE)
        itd_cli_table_render(&run->text, &f->table, &run->terminal, 0, true);
    if (run->output.print == ITD_CLI_TABLE || run->output.print == ITD_CLI_PRINT_CSV)
        return itd_cli_write_text(&run->output, &run->text, &run->error);
    return itd_cli_write_end(&run->output, &run->error);
}

int itd_cli_lists_fetch(itd_cli_run *run)
{
    static const itd_cli_column columns[] = {{"DATASET", false}, {"STATUS", false}, {"VERSION", false},
                                             {"ENTITIES", true}, {"WERE", true},    {"CONFIRMED", true},
                                             {"FILE", false}};
    fetch_run f = {.run = run};
    itd_cli_text room = {0};
    const char *into = itd_cli_fetch_folder(run, &room);
    if (!into) {
        itd_cli_text_free(&room);
        return itd_cli_fail_usage(run, "where to? Neither XDG_DATA_HOME nor HOME is set; name a folder with --into");
    }
    itd_cli_table_init(&f.table, columns, sizeof columns / sizeof columns[0]);
    itd_fetch_options options = options_of(run, &f, into);
    itd_status status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_lists_fetch(run->context, &options, on_result, &f, &run->error);
    if (status == ITD_OK)
        status = finish(&f);
    itd_cli_table_free(&f.table);
    itd_cli_text_free(&room);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    if (f.bad)
        return ITD_CLI_FAILURE;
    return run->arguments->given[ITD_CLI_SKIP_BAD] ? itd_cli_rejected(run, f.rejected, 0, ITD_CLI_DONE) : ITD_CLI_DONE;
}
