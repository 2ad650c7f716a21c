/* `interdict lists`: publishers and formats that are known. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/display.h"
#include "cli/fetch_folder.h"
#include "cli/table.h"
#include "interdict/fetch.h"

/* What was fetched of a publisher; texts are copies. */
typedef struct copy {
    itd_cli_text file, version, format, fetched_at, checked_at, held_file, held_version, held_reason;
    uint64_t entities, held_entities;
    int64_t age_s;
} copy;

typedef struct lists_run {
    itd_cli_run *run;
    copy *copies; /* one a publisher; those of which nothing is there are empty */
    size_t count;
} lists_run;

static void keep(itd_cli_text *out, const char *text)
{
    itd_cli_text_clear(out);
    itd_cli_text_puts(out, text ? text : "");
}

static void on_fetched(void *user, const itd_fetched *f)
{
    lists_run *l = user;
    const itd_publisher *p;
    for (size_t i = 0; i < l->count && (p = itd_publisher_at(i)); i++) {
        copy *c = &l->copies[i];
        if (strcmp(p->dataset, f->dataset) != 0)
            continue;
        keep(&c->file, f->file);
        keep(&c->version, f->version);
        keep(&c->format, f->format);
        keep(&c->fetched_at, f->fetched_at);
        keep(&c->checked_at, f->checked_at);
        keep(&c->held_file, f->held_file);
        keep(&c->held_version, f->held_version);
        keep(&c->held_reason, f->held_reason);
        c->entities = f->entities;
        c->held_entities = f->held_entities;
        c->age_s = f->age_s;
    }
}

static void free_copies(lists_run *l)
{
    for (size_t i = 0; i < l->count; i++) {
        copy *c = &l->copies[i];
        itd_cli_text *const texts[] = {&c->file,       &c->version,   &c->format,       &c->fetched_at,
                                       &c->checked_at, &c->held_file, &c->held_version, &c->held_reason};
        for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++)
            itd_cli_text_free(texts[t]);
    }
    free(l->copies);
}

/* ---- for programs ---- */

/* A key with a text, or null. */
static void member(itd_cli_text *out, const char *before, const char *key, const char *text)
{
    itd_cli_text_printf(out, "%s\"%s\":", before, key);
    if (text && text[0])
        itd_cli_json_string(out, itd_cli_sv(text));
    else
        itd_cli_text_puts(out, "null");
}

static void copy_json(itd_cli_text *out, const copy *c)
{
    if (c->file.size == 0 && c->held_file.size == 0) {
        itd_cli_text_puts(out, "null");
        return;
    }
    member(out, "{", "file", itd_cli_text_string(&c->file));
    member(out, ",", "version", itd_cli_text_string(&c->version));
    member(out, ",", "format", itd_cli_text_string(&c->format));
    itd_cli_text_printf(out, ",\"entities\":%" PRIu64, c->entities);
    member(out, ",", "fetched_at", itd_cli_text_string(&c->fetched_at));
    member(out, ",", "checked_at", itd_cli_text_string(&c->checked_at));
    if (c->age_s >= 0)
        itd_cli_text_printf(out, ",\"age_seconds\":%" PRId64, c->age_s);
    else
        itd_cli_text_puts(out, ",\"age_seconds\":null");
    itd_cli_text_puts(out, ",\"held\":");
    if (c->held_file.size > 0) {
        member(out, "{", "file", itd_cli_text_string(&c->held_file));
        member(out, ",", "version", itd_cli_text_string(&c->held_version));
        itd_cli_text_printf(out, ",\"entities\":%" PRIu64, c->held_entities);
        member(out, ",", "reason", itd_cli_text_string(&c->held_reason));
        itd_cli_text_puts(out, "}");
    } else {
        itd_cli_text_puts(out, "null");
    }
    itd_cli_text_puts(out, "}");
}

static void publisher_json(itd_cli_text *out, const itd_publisher *p, const copy *c)
{
    const char *const fields[][2] = {{"dataset", p->dataset}, {"title", p->title},     {"publisher", p->publisher},
                                     {"key", p->key},         {"file", p->file},       {"address", p->address},
                                     {"page", p->page},       {"licence", p->licence}, {"rhythm", p->rhythm},
                                     {"note", p->note},       {"source", p->source}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        member(out, i == 0 ? "{" : ",", fields[i][0], fields[i][1]);
    itd_cli_text_puts(out, ",\"formats\":[");
    bool first = true;
    for (const char *at = p->formats; *at;) {
        size_t size = strcspn(at, " ");
        if (size > 0) {
            itd_cli_text_puts(out, first ? "" : ",");
            itd_cli_json_string(out, (itd_sv){at, size});
            first = false;
        }
        at += size + (at[size] == ' ');
    }
    itd_cli_text_puts(out, "],\"copy\":");
    copy_json(out, c);
    itd_cli_text_puts(out, "}");
}

/* One document: publishers, and formats with their titles. */
static void document(itd_cli_text *out, const lists_run *l)
{
    const itd_publisher *p;
    itd_format_info format;
    itd_cli_text_puts(out, "{\"publishers\":[");
    for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
        itd_cli_text_puts(out, i == 0 ? "" : ",\n");
        publisher_json(out, p, &l->copies[i]);
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

static void csv(itd_cli_text *out, const lists_run *l)
{
    const itd_publisher *p;
    itd_cli_text_puts(out, "dataset,title,publisher,formats,key,address,page,licence,rhythm,note,source,file,version,"
                           "entities,age_seconds,held_version,held_reason\r\n");
    for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
        const copy *c = &l->copies[i];
        const char *const told[] = {p->dataset, p->title,   p->publisher, p->formats, p->key,   p->address,
                                    p->page,    p->licence, p->rhythm,    p->note,    p->source};
        for (size_t t = 0; t < sizeof told / sizeof told[0]; t++)
            itd_cli_csv_string(out, told[t] ? told[t] : "");
        itd_cli_csv_string(out, itd_cli_text_string(&c->file));
        itd_cli_csv_string(out, itd_cli_text_string(&c->version));
        if (c->file.size > 0)
            itd_cli_csv_number(out, c->entities);
        else
            itd_cli_csv_string(out, "");
        if (c->file.size > 0 && c->age_s >= 0)
            itd_cli_csv_number(out, (uint64_t)c->age_s);
        else
            itd_cli_csv_string(out, "");
        itd_cli_csv_string(out, itd_cli_text_string(&c->held_version));
        itd_cli_csv_string(out, itd_cli_text_string(&c->held_reason));
        itd_cli_csv_end(out);
    }
}

/* ---- for people ---- */

static void line(itd_cli_run *run, itd_cli_text *words)
{
    itd_cli_text clean = {0};
    itd_cli_clean(&clean, itd_cli_sv(itd_cli_text_string(words)));
    itd_cli_text_puts(&run->text, "  ");
    itd_cli_paragraph(&run->text, (itd_sv){clean.data, clean.size}, 4, run->terminal.width);
    run->text.failed |= clean.failed || words->failed;
    itd_cli_text_free(&clean);
    itd_cli_text_clear(words);
}

static void copy_lines(itd_cli_run *run, const itd_publisher *p, const copy *c, itd_cli_text *words)
{
    if (c->file.size > 0) {
        itd_cli_text_puts(words, "fetched: ");
        if (c->version.size > 0) {
            itd_cli_text_printf(words, "version %s, ", itd_cli_text_string(&c->version));
            itd_cli_text_count(words, c->entities);
            itd_cli_text_puts(words, " entities, confirmed ");
            itd_cli_age(words, c->age_s);
            itd_cli_text_puts(words, " ago, ");
        }
        itd_cli_text_puts(words, itd_cli_text_string(&c->file));
        line(run, words);
    }
    if (c->held_file.size > 0) {
        itd_cli_text_printf(words, "HELD: %s; 'interdict lists fetch --accept %s' takes it",
                            itd_cli_text_string(&c->held_reason), p->dataset);
        line(run, words);
    }
}

/* A publisher to a paragraph: addresses are too long for columns. */
static void paragraph(itd_cli_run *run, const itd_publisher *p, const copy *c, itd_cli_text *words)
{
    itd_cli_styled(&run->text, &run->terminal, ITD_CLI_BOLD, p->dataset);
    itd_cli_text_puts(&run->text, "\n");
    itd_cli_text_printf(words, "%s; %s", p->title, p->publisher);
    line(run, words);
    if (p->address || p->page) /* never broken: it is copied */
        itd_cli_text_printf(&run->text, "  %s\n", p->address ? p->address : p->page);
    itd_cli_text_printf(words, "%s; %s%s%s", p->formats, p->licence, p->rhythm ? "; " : "", p->rhythm ? p->rhythm : "");
    line(run, words);
    if (p->note) {
        itd_cli_text_printf(words, "%s: %s", p->address ? "note" : "not fetched", p->note);
        line(run, words);
    }
    copy_lines(run, p, c, words);
}

static void tables(itd_cli_run *run, const lists_run *l)
{
    static const itd_cli_column format_columns[] = {{"FORMAT", false}, {"WHAT IT IS", false}};
    itd_cli_table table;
    const itd_publisher *p;
    itd_cli_text words = {0};
    for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
        paragraph(run, p, &l->copies[i], &words);
        itd_cli_text_puts(&run->text, "\n");
    }
    itd_cli_text_free(&words);

    itd_format_info format;
    itd_cli_table_init(&table, format_columns, 2);
    for (size_t i = 0; itd_format_info_at(&format, i); i++) {
        itd_cli_table_string(&table, format.id);
        itd_cli_table_string(&table, format.title);
    }
    itd_cli_table_render(&run->text, &table, &run->terminal, 0, true);
    itd_cli_table_free(&table);
}

static void print(itd_cli_run *run, const lists_run *l)
{
    const itd_publisher *p;
    switch (run->output.print) {
    case ITD_CLI_TABLE:
        tables(run, l);
        break;
    case ITD_CLI_PRINT_JSON:
        document(&run->text, l);
        break;
    case ITD_CLI_PRINT_JSONL:
        for (size_t i = 0; (p = itd_publisher_at(i)); i++) {
            publisher_json(&run->text, p, &l->copies[i]);
            itd_cli_text_puts(&run->text, "\n");
        }
        break;
    case ITD_CLI_PRINT_CSV:
        csv(&run->text, l);
        break;
    }
}

int itd_cli_lists(itd_cli_run *run)
{
    lists_run l = {.run = run};
    itd_cli_text room = {0};
    while (itd_publisher_at(l.count))
        l.count++;
    const char *into = itd_cli_fetch_folder(run, &room);
    l.copies = calloc(l.count + 1, sizeof *l.copies);
    if (!l.copies) {
        itd_cli_text_free(&room);
        (void)itd_cli_error(&run->error, ITD_ENOMEM, "out of memory");
        return itd_cli_fail(run);
    }
    itd_status status = ITD_OK;
    if (into)
        status = itd_lists_fetched(into, on_fetched, &l, &run->error);
    if (status == ITD_OK) {
        print(run, &l);
        status = itd_cli_write_text(&run->output, &run->text, &run->error);
    }
    free_copies(&l);
    itd_cli_text_free(&room);
    return status == ITD_OK ? ITD_CLI_DONE : itd_cli_fail(run);
}
