/* `interdict audit` and `interdict case verify`. */
#include <inttypes.h>
#include <string.h>

#include "cli/case.h"
#include "cli/display.h"
#include "cli/table.h"
#include "interdict/audit.h"

/* ---- audit ---- */

typedef struct listing {
    itd_cli_run *run;
    itd_cli_table table;
} listing;

static void record_csv(itd_cli_text *out, const itd_case_record *record)
{
    itd_cli_csv_number(out, (uint64_t)record->number);
    itd_cli_csv_field(out, record->time);
    itd_cli_csv_field(out, record->person);
    itd_cli_csv_field(out, record->command);
    itd_cli_csv_field(out, record->program);
    itd_cli_csv_field(out, record->what);
    itd_cli_csv_field(out, record->hash);
    itd_cli_csv_end(out);
}

static void record_row(itd_cli_table *table, const itd_case_record *record)
{
    itd_cli_text time = {0};
    itd_cli_text_add(&time, record->time.data, record->time.size < 19 ? record->time.size : 19); /* to the second */
    itd_cli_table_count(table, (uint64_t)record->number);
    itd_cli_table_string(table, itd_cli_text_string(&time));
    itd_cli_table_cell(table, record->person);
    itd_cli_table_cell(table, record->command);
    itd_cli_table_cell(table, record->what);
    itd_cli_text_free(&time);
}

static itd_status on_record(void *user, const itd_case_record *record)
{
    listing *l = user;
    itd_cli_run *run = l->run;
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        record_row(&l->table, record);
        run->output.items++;
        break;
    case ITD_CLI_PRINT_CSV:
        record_csv(&run->text, record);
        status = itd_cli_write_text(&run->output, &run->text, &run->stopped);
        break;
    default:
        status =
            itd_cli_write_made(&run->output, &json, itd_case_record_json(&json, record, &run->stopped), &run->stopped);
        break;
    }
    return status;
}

static itd_status list_records(itd_cli_run *run, itd_case *the_case)
{
    static const itd_cli_column columns[] = {
        {"RECORD", true}, {"TIME (UTC)", false}, {"PERSON", false}, {"COMMAND", false}, {"WHAT", false}};
    listing l = {.run = run};
    itd_status status = ITD_OK;
    itd_cli_table_init(&l.table, columns, sizeof columns / sizeof columns[0]);
    if (run->output.print == ITD_CLI_PRINT_CSV) {
        itd_cli_text_puts(&run->text, "number,time,person,command,program,what,hash\r\n");
        status = itd_cli_write_text(&run->output, &run->text, &run->error);
    }
    if (status == ITD_OK)
        status = itd_case_audit(the_case, itd_cli_number(run->arguments, ITD_CLI_FROM), on_record, &l, &run->error);
    if (status == ITD_OK && run->output.print == ITD_CLI_TABLE && run->output.items == 0)
        itd_cli_note(run, "nothing is on record");
    else if (status == ITD_OK && run->output.print == ITD_CLI_TABLE)
        itd_cli_table_render(&run->text, &l.table, &run->terminal, 0, true);
    itd_cli_table_free(&l.table);
    if (status != ITD_OK)
        return status;
    return run->output.print == ITD_CLI_TABLE ? itd_cli_write_text(&run->output, &run->text, &run->error)
                                              : itd_cli_write_end(&run->output, &run->error);
}

static itd_status on_line(void *user, itd_sv line)
{
    itd_cli_run *run = user;
    itd_cli_text_add(&run->text, line.data, line.size);
    itd_cli_text_puts(&run->text, "\n");
    return itd_cli_write_text(&run->output, &run->text, &run->stopped);
}

static itd_status print_checkpoint(itd_cli_run *run, itd_case *the_case)
{
    itd_bytes line = {0};
    itd_status status =
        itd_case_checkpoint(&line, the_case, itd_cli_value(run->arguments, ITD_CLI_SIGNING_KEY), &run->error);
    if (status == ITD_OK)
        status = on_line(run, (itd_sv){line.data, line.size});
    itd_bytes_free(&line);
    return status;
}

static int make_key(itd_cli_run *run)
{
    char public_key[ITD_PUBLIC_KEY_TEXT];
    const char *path = itd_cli_value(run->arguments, ITD_CLI_MAKE_KEY);
    if (itd_signing_key_create(public_key, path, &run->error) != ITD_OK)
        return itd_cli_fail(run);
    if (run->output.print == ITD_CLI_TABLE)
        itd_cli_text_printf(&run->text, "public key  %s\n", public_key);
    else if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_printf(&run->text, "public_key\r\n%s\r\n", public_key);
    else
        itd_cli_text_printf(&run->text, "{\"public_key\":\"%s\"}\n", public_key);
    if (itd_cli_write_text(&run->output, &run->text, &run->error) != ITD_OK)
        return itd_cli_fail(run);
    itd_cli_note(run, "who has this file signs in your name: keep it away from those who can write to the case");
    return ITD_CLI_DONE;
}

int itd_cli_audit(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    const bool making = a->given[ITD_CLI_MAKE_KEY], signing = a->given[ITD_CLI_CHECKPOINT],
               exporting = a->given[ITD_CLI_AUDIT_EXPORT], plain = !making && !signing && !exporting;
    if (making + signing + exporting > 1)
        return itd_cli_fail_usage(run, "--make-key, --checkpoint and --export exclude each other");
    if (making && a->operand_count > 0)
        return itd_cli_fail_usage(run, "--make-key takes no case");
    if (!making && a->operand_count == 0)
        return itd_cli_fail_usage(run, "which case?");
    if (signing != a->given[ITD_CLI_SIGNING_KEY])
        return itd_cli_fail_usage(run, signing
                                           ? "--checkpoint needs a key to sign with: --key FILE; --make-key makes one"
                                           : "--key goes with --checkpoint");
    if (!plain && a->given[ITD_CLI_FROM])
        return itd_cli_fail_usage(run, "--from goes with the list of records alone");
    if (making)
        return make_key(run);
    itd_case *the_case = NULL;
    itd_status status = itd_cli_case_open(&the_case, run, signing);
    if (status == ITD_OK && signing)
        status = print_checkpoint(run, the_case);
    else if (status == ITD_OK && exporting)
        status = itd_case_audit_export(the_case, on_line, run, &run->error);
    else if (status == ITD_OK)
        status = list_records(run, the_case);
    itd_case_close(the_case);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}

/* ---- case verify ---- */

static void put_count(itd_cli_text *out, const char *between, uint64_t count, const char *one, const char *many)
{
    itd_cli_text_puts(out, between);
    itd_cli_text_count(out, count);
    itd_cli_text_puts(out, count == 1 ? one : many);
}

static void verified_text(itd_cli_run *run, const itd_case_verified *v)
{
    itd_cli_text *out = &run->text;
    itd_cli_style_on(out, &run->terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, itd_cli_sv(itd_cli_operands(run->arguments)[0]));
    itd_cli_style_off(out, &run->terminal, ITD_CLI_BOLD);
    put_count(out, "  whole; ", v->pages, " page", " pages");
    put_count(out, ", ", v->records, " audit record", " audit records");
    put_count(out, ", ", v->checkpoints, " checkpoint", " checkpoints");
    put_count(out, ", ", v->generations, " generation", " generations");
    put_count(out, ", ", v->statements, " statement", " statements");
    itd_cli_text_puts(out, "\n\n");
    itd_cli_style_on(out, &run->terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "  head  ");
    itd_cli_text_puts(out, v->head);
    itd_cli_style_off(out, &run->terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "\n");
}

static itd_status print_verified(itd_cli_run *run, const itd_case_verified *v, const char *broken)
{
    itd_bytes json = {0};
    itd_status status = ITD_OK;
    itd_error error;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        if (!broken)
            verified_text(run, v);
        break;
    case ITD_CLI_PRINT_CSV:
        itd_cli_text_puts(&run->text, "ok,case,broken,pages,records,checkpoints,generations,statements\r\n");
        itd_cli_csv_string(&run->text, broken ? "false" : "true");
        itd_cli_csv_string(&run->text, v->id);
        itd_cli_csv_string(&run->text, broken ? broken : "");
        itd_cli_csv_number(&run->text, v->pages);
        itd_cli_csv_number(&run->text, v->records);
        itd_cli_csv_number(&run->text, v->checkpoints);
        itd_cli_csv_number(&run->text, v->generations);
        itd_cli_csv_number(&run->text, v->statements);
        itd_cli_csv_end(&run->text);
        break;
    default:
        status = itd_case_verified_json(&json, v, broken, &error);
        if (status == ITD_OK) {
            itd_cli_text_add(&run->text, json.data, json.size);
            itd_cli_text_puts(&run->text, "\n");
        }
        break;
    }
    itd_bytes_free(&json);
    if (status == ITD_OK)
        status = itd_cli_write_text(&run->output, &run->text, &error);
    if (status == ITD_OK)
        status = itd_cli_flush(&run->output, &error);
    if (status != ITD_OK && !broken)
        run->error = error;
    return status;
}

int itd_cli_case_verify(itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    const itd_case_verify_options options = {.checkpoints = itd_cli_value(a, ITD_CLI_CHECKPOINT),
                                             .public_key = itd_cli_value(a, ITD_CLI_PUBLIC_KEY)};
    itd_case_verified verified;
    if (options.public_key && !options.checkpoints)
        return itd_cli_fail_usage(run, "--public-key goes with --checkpoint");
    if (options.checkpoints && itd_cli_forbidden_input(run, options.checkpoints))
        return itd_cli_fail_usage(run, "--checkpoint - would wait for somebody to type");
    itd_status status = itd_case_verify(&verified, itd_cli_operands(a)[0], &options, &run->error);
    bool broken = status == ITD_EFORMAT || status == ITD_EMISMATCH;
    if (status == ITD_OK)
        status = print_verified(run, &verified, NULL);
    else if (broken && print_verified(run, &verified, run->error.message) == ITD_OK)
        run->error.status = ITD_EFORMAT; /* no index is to be built for it */
    if (status != ITD_OK)
        return itd_cli_fail(run);
    if (!options.checkpoints && run->output.print == ITD_CLI_TABLE)
        itd_cli_note(run,
                     "records that were cut off at the end, or a chain that was all written anew, show only against a "
                     "checkpoint kept elsewhere: --checkpoint FILE");
    return ITD_CLI_DONE;
}
