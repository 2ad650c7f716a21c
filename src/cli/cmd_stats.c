/* `interdict lists stats`: what is in a list. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/display.h"
#include "cli/run.h"
#include "cli/table.h"
#include "cli/waterfall.h"

/* Programmes of a set that the table shows; JSON has all. */
#define PROGRAMMES_SHOWN 12

typedef struct stats_run {
    itd_cli_run *run;
    itd_status status;    /* what writing came to: the library's callback cannot say it */
    itd_cli_text rejects; /* of the set in the making, in the form that is printed */
    size_t reject_count;
    itd_cli_text notes; /* each ended by NUL; kept where rejects are listed */
    uint64_t sets, rejected, orphans;
} stats_run;

/* ---- rejected records ---- */

static void json_number(itd_cli_text *out, const char *key, bool there, uint64_t number)
{
    if (there)
        itd_cli_text_printf(out, ",\"%s\":%" PRIu64, key, number);
    else
        itd_cli_text_printf(out, ",\"%s\":null", key);
}

static void reject_json(itd_cli_text *out, const itd_rejected *r)
{
    itd_cli_text_puts(out, "{\"file\":");
    itd_cli_json_string(out, itd_cli_sv(r->file));
    json_number(out, "line", r->line > 0, r->line);
    json_number(out, "offset", r->offset != ITD_NOWHERE, r->offset);
    itd_cli_text_puts(out, ",\"record\":");
    itd_cli_json_string(out, r->record);
    itd_cli_text_puts(out, ",\"reason\":");
    itd_cli_json_string(out, itd_cli_sv(r->reason));
    itd_cli_text_printf(out, ",\"orphan\":%s}", r->orphan ? "true" : "false");
}

static void csv_number(itd_cli_text *out, bool there, uint64_t number)
{
    if (there)
        itd_cli_csv_number(out, number);
    else
        itd_cli_csv_string(out, "");
}

static void reject_csv(itd_cli_text *out, const itd_rejected *r)
{
    itd_cli_csv_string(out, r->file);
    csv_number(out, r->line > 0, r->line);
    csv_number(out, r->offset != ITD_NOWHERE, r->offset);
    itd_cli_csv_field(out, r->record);
    itd_cli_csv_string(out, r->orphan ? "true" : "false");
    itd_cli_csv_string(out, r->reason);
    itd_cli_csv_end(out);
}

static void on_reject(void *user, const itd_rejected *rejected)
{
    stats_run *s = user;
    s->run->rejected++;
    if (!s->run->arguments->given[ITD_CLI_REJECTS])
        return;
    switch (s->run->output.print) {
    case ITD_CLI_TABLE:
        itd_cli_text_puts(&s->rejects, "  ");
        itd_cli_reject_text(&s->rejects, rejected);
        itd_cli_text_puts(&s->rejects, "\n");
        break;
    case ITD_CLI_PRINT_CSV:
        reject_csv(&s->rejects, rejected);
        break;
    default:
        itd_cli_text_puts(&s->rejects, s->reject_count > 0 ? "," : "");
        reject_json(&s->rejects, rejected);
        break;
    }
    s->reject_count++;
}

static void on_note(void *user, const char *text)
{
    stats_run *s = user;
    itd_cli_note(s->run, text);
    if (s->run->arguments->given[ITD_CLI_REJECTS])
        itd_cli_text_add(&s->notes, text, strlen(text) + 1);
}

/* The next note of that file, without the file's name; NULL past the last. `*at` starts as 0. */
static const char *next_note(const stats_run *s, const char *file, size_t *at)
{
    size_t size = strlen(file);
    while (*at < s->notes.size) {
        const char *note = s->notes.data + *at;
        *at += strlen(note) + 1;
        if (strncmp(note, file, size) == 0 && strncmp(note + size, ": ", 2) == 0)
            return note + size + 2;
    }
    return NULL;
}

/* ---- the table ---- */

static void total(itd_cli_table *table, const char *what, uint64_t count, const char *more)
{
    itd_cli_table_string(table, what);
    itd_cli_table_count(table, count);
    itd_cli_table_string(table, more);
}

static void totals(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_list_stats *stats)
{
    static const itd_cli_column columns[] = {{"", false}, {"", true}, {"", false}};
    itd_cli_table table;
    itd_cli_text weak = {0};
    itd_cli_table_init(&table, columns, 3);
    if (stats->weak_names > 0) {
        itd_cli_text_count(&weak, stats->weak_names);
        itd_cli_text_puts(&weak, " of them weak");
    }
    total(&table, "entities", stats->entities, "");
    total(&table, "names", stats->names, itd_cli_text_string(&weak));
    total(&table, "statements", stats->statements, "");
    total(&table, "relations", stats->relations, "");
    if (stats->rejected > 0)
        total(&table, "rejected", stats->rejected, "records left out");
    if (stats->orphans > 0)
        total(&table, "orphans", stats->orphans, "rows whose main record is missing, left out");
    if (stats->unverified > 0)
        total(&table, "unverified", stats->unverified, "wallet addresses that fail their check, kept as text");
    itd_cli_table_render(out, &table, terminal, 2, false);
    itd_cli_table_free(&table);
    itd_cli_text_free(&weak);
}

static int by_count(const void *a, const void *b)
{
    const itd_count *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    size_t size = x->name.size < y->name.size ? x->name.size : y->name.size;
    int order = size > 0 ? memcmp(x->name.data, y->name.data, size) : 0;
    return order ? order : (x->name.size > y->name.size) - (x->name.size < y->name.size);
}

/* The `room` largest counts, largest first, with bars; then how many are not shown. */
static void counts(itd_cli_text *out, const itd_cli_terminal *terminal, const char *title, const itd_count *items,
                   size_t count, size_t room)
{
    static const itd_cli_column columns[] = {{"", false}, {"", true}, {"", false}};
    itd_count *sorted = count > 0 ? malloc(count * sizeof *sorted) : NULL;
    if (!sorted) {
        out->failed |= count > 0;
        return;
    }
    memcpy(sorted, items, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_count);
    itd_cli_table table;
    itd_cli_text bar = {0};
    itd_cli_table_init(&table, columns, 3);
    for (size_t i = 0; i < count && i < room; i++) {
        itd_cli_text_clear(&bar);
        itd_cli_bar(&bar, 0, (int64_t)sorted[i].count, (int64_t)sorted[0].count, ITD_CLI_BAR_WIDTH, terminal->unicode,
                    false);
        itd_cli_table_cell(&table, sorted[i].name);
        itd_cli_table_count(&table, sorted[i].count);
        itd_cli_table_string(&table, itd_cli_text_string(&bar));
    }
    itd_cli_text_puts(out, "\n  ");
    itd_cli_styled(out, terminal, ITD_CLI_FAINT, title);
    itd_cli_text_puts(out, "\n");
    itd_cli_table_render(out, &table, terminal, 2, false);
    if (count > room)
        itd_cli_text_printf(out, "  and %zu more; --json has all\n", count - room);
    itd_cli_table_free(&table);
    itd_cli_text_free(&bar);
    free(sorted);
}

static void notes_table(stats_run *s, const char *file)
{
    itd_cli_text *out = &s->run->text;
    size_t at = 0;
    bool first = true;
    for (const char *note; (note = next_note(s, file, &at)) != NULL; first = false) {
        if (first) {
            itd_cli_text_puts(out, "\n  ");
            itd_cli_styled(out, &s->run->terminal, ITD_CLI_FAINT, "notes");
            itd_cli_text_puts(out, "\n");
        }
        itd_cli_text_puts(out, "  ");
        itd_cli_clean(out, itd_cli_sv(note));
        itd_cli_text_puts(out, "\n");
    }
}

static void print_table(stats_run *s, const itd_list_stats *stats)
{
    itd_cli_text *out = &s->run->text;
    const itd_cli_terminal *terminal = &s->run->terminal;
    if (s->sets > 1)
        itd_cli_text_puts(out, "\n");
    itd_cli_style_on(out, terminal, ITD_CLI_BOLD);
    itd_cli_clean(out, stats->dataset.size > 0 ? stats->dataset : itd_cli_sv("no dataset"));
    itd_cli_style_off(out, terminal, ITD_CLI_BOLD);
    itd_cli_text_puts(out, stats->version.size > 0 ? "  version " : "  no version of its own");
    itd_cli_clean(out, stats->version);
    itd_cli_text_puts(out, "\n");
    itd_cli_clean(out, itd_cli_sv(stats->file));
    itd_cli_text_printf(out, "  %s  %.2f s\n\n", stats->format, (double)stats->elapsed_us / 1e6);
    totals(out, terminal, stats);
    counts(out, terminal, "by schema", stats->by_schema, stats->schema_count, SIZE_MAX);
    counts(out, terminal, "by programme", stats->by_programme, stats->programme_count, PROGRAMMES_SHOWN);
    if (s->rejects.size > 0) {
        itd_cli_text_puts(out, "\n  ");
        itd_cli_styled(out, terminal, ITD_CLI_FAINT, "left out");
        itd_cli_text_puts(out, "\n");
        itd_cli_text_add(out, s->rejects.data, s->rejects.size);
    }
    notes_table(s, stats->file);
}

/* ---- for programs ---- */

static void notes_json(stats_run *s, const char *file)
{
    itd_cli_text *out = &s->run->text;
    size_t at = 0, count = 0;
    for (const char *note; (note = next_note(s, file, &at)) != NULL; count++) {
        itd_cli_text_puts(out, count > 0 ? "," : "");
        itd_cli_json_string(out, itd_cli_sv(note));
    }
}

static itd_status print_json(stats_run *s, const itd_list_stats *stats)
{
    itd_bytes json = {0};
    itd_cli_text *out = &s->run->text;
    itd_status status = itd_list_stats_json(&json, stats, &s->run->error);
    if (status == ITD_OK) {
        bool open = s->run->arguments->given[ITD_CLI_REJECTS] && json.size > 0;
        itd_cli_text_add(out, json.data, open ? json.size - 1 : json.size);
        if (open) { /* the object, one key longer */
            itd_cli_text_puts(out, ",\"rejects\":[");
            itd_cli_text_add(out, itd_cli_text_string(&s->rejects), s->rejects.size);
            itd_cli_text_puts(out, "],\"notes\":[");
            notes_json(s, stats->file);
            itd_cli_text_puts(out, "]}");
        }
        out->failed |= s->rejects.failed || s->notes.failed;
        if (out->failed)
            status = itd_cli_error(&s->run->error, ITD_ENOMEM, "out of memory");
        else
            status = itd_cli_write_item(&s->run->output, (itd_sv){out->data, out->size}, &s->run->error);
    }
    itd_cli_text_clear(out);
    itd_bytes_free(&json);
    return status;
}

static void print_csv(stats_run *s, const itd_list_stats *stats)
{
    itd_cli_text *out = &s->run->text;
    if (s->run->arguments->given[ITD_CLI_REJECTS]) {
        if (s->sets == 1)
            itd_cli_text_puts(out, "file,line,offset,record,orphan,reason\r\n");
        itd_cli_text_add(out, itd_cli_text_string(&s->rejects), s->rejects.size);
        return;
    }
    if (s->sets == 1)
        itd_cli_text_puts(out, "file,format,dataset,version,entities,names,weak_names,statements,relations,rejected,"
                               "orphans,unverified\r\n");
    itd_cli_csv_string(out, stats->file);
    itd_cli_csv_string(out, stats->format);
    itd_cli_csv_field(out, stats->dataset);
    itd_cli_csv_field(out, stats->version);
    const uint64_t numbers[] = {stats->entities,  stats->names,    stats->weak_names, stats->statements,
                                stats->relations, stats->rejected, stats->orphans,    stats->unverified};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        itd_cli_csv_number(out, numbers[i]);
    itd_cli_csv_end(out);
}

static void on_stats(void *user, const itd_list_stats *stats)
{
    stats_run *s = user;
    if (s->status != ITD_OK)
        return;
    s->sets++;
    s->rejected += stats->rejected;
    s->orphans += stats->orphans;
    switch (s->run->output.print) {
    case ITD_CLI_TABLE:
        print_table(s, stats);
        break;
    case ITD_CLI_PRINT_CSV:
        print_csv(s, stats);
        break;
    default:
        s->status = print_json(s, stats);
        break;
    }
    s->run->text.failed |= s->rejects.failed || s->notes.failed;
    if (s->status == ITD_OK)
        s->status = itd_cli_write_text(&s->run->output, &s->run->text, &s->run->error);
    itd_cli_text_clear(&s->rejects);
    s->reject_count = 0;
}

int itd_cli_lists_stats(itd_cli_run *run)
{
    stats_run s = {.run = run};
    itd_read_options options = itd_cli_read_options(run);
    options.on_note = on_note;
    options.on_reject = on_reject;
    options.user = &s;
    itd_status status = itd_cli_context(run, !run->terminal.terminal);
    if (status == ITD_OK)
        status = itd_lists_stats(run->context, &options, on_stats, &s, &run->error);
    if (status == ITD_OK)
        status = s.status;
    if (status == ITD_OK)
        status = itd_cli_write_end(&run->output, &run->error);
    itd_cli_text_free(&s.rejects);
    itd_cli_text_free(&s.notes);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    return itd_cli_rejected(run, s.rejected, s.orphans, ITD_CLI_DONE);
}
