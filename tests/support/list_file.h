/* What the tests of readers of lists share: a list as text in a file of its own, what it says, what of it is refused,
 * what its format takes for its own, and each allocation failing while it is read. */
#ifndef TESTS_SUPPORT_LIST_FILE_H
#define TESTS_SUPPORT_LIST_FILE_H

#include "support/faults.h"
#include "support/folder.h"

typedef struct list_file {
    const itd_format *format;
    const char *dataset;
    const char *name; /**< of the file */
} list_file;

/** Reads `text` strictly, as the program finds it: by the format and dataset of `f`, without a reject. The caller ends
 * the folder. */
static inline void list_read(folder *r, const list_file *f, const char *text)
{
    folder_start(r);
    folder_write(r, f->name, text, strlen(text));
    r->skip_bad = false;
    if (folder_run(r, f->name) != ITD_OK)
        fail_msg("line %llu, byte %lld: %s", (unsigned long long)r->error.line, (long long)r->error.offset,
                 r->error.message);
    assert_string_equal(r->format, f->format->id);
    assert_string_equal(r->dataset, f->dataset);
}

/** Every text of `wanted` stands in `text`. */
static inline void list_has(const char *text, const char *const *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strstr(text, wanted[i]))
            fail_msg("no \"%s\" among\n%s", wanted[i], text);
}
#define assert_list_has(text, wanted) list_has((text), (wanted), sizeof(wanted) / sizeof((wanted)[0]))

/** The text stands there once: what an earlier row of the record said is not said again. */
static inline void list_has_once(const char *text, const char *wanted)
{
    const char *first = strstr(text, wanted);
    if (!first || strstr(first + 1, wanted))
        fail_msg("\"%s\" stands %s among\n%s", wanted, first ? "more than once" : "nowhere", text);
}

/** The key behind "<dataset>-" is a hash: sixteen digits. */
static inline void list_key_is_hash(const folder *r, const list_file *f)
{
    size_t size = strlen(f->dataset);
    assert_memory_equal(r->statements.data, f->dataset, size);
    assert_int_equal(strspn(r->statements.data + size + 1, "0123456789abcdef"), 16);
}

/** Each of `reasons` ("record|file|line|offset|key|reason\n", or a part of it) is a reject of `text`, nothing else is,
 * `records` are left, and without skipping the reading ends at `line`. */
static inline void list_refuses(const list_file *f, const char *text, const char *const *reasons, size_t count,
                                uint64_t records, uint64_t line)
{
    folder r;
    folder_start(&r);
    folder_write(&r, f->name, text, strlen(text));
    if (folder_run(&r, f->name) != ITD_OK)
        fail_msg("%s", r.error.message);
    list_has(r.rejects.data, reasons, count);
    assert_int_equal(r.read.rejected, count);
    assert_int_equal(r.read.records, records);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, f->name), ITD_EFORMAT);
    assert_int_equal(r.error.line, line);
    folder_end(&r);
}
#define assert_list_refuses(f, text, reasons, records, line)                                                           \
    list_refuses((f), (text), (reasons), sizeof(reasons) / sizeof((reasons)[0]), (records), (line))

/** How sure the format is of a file that starts so. */
static inline int list_sniff(const list_file *f, const char *head)
{
    itd_sniff look = {.path = "x", .head = itd_sv_of(head)};
    return f->format->sniff(&look);
}

/** Reads by force what the program would not take for such a list: ITD_EFORMAT with that message, and the file. */
static inline void list_fails(const list_file *f, const char *text, const char *message)
{
    folder r;
    folder_start(&r);
    folder_write(&r, f->name, text, strlen(text));
    itd_source source = {.format = f->format, .paths = {r.paths[0]}};
    itd_read read = {.source = &source, .dataset = itd_sv_of(f->dataset)};
    assert_int_equal(f->format->read(&read, &r.error), ITD_EFORMAT);
    assert_string_equal(r.error.message, message);
    assert_string_equal(r.error.where, r.paths[0]);
    folder_end(&r);
}

static inline itd_status list_drop(void *context, const itd_statement *statement, itd_error *error)
{
    (void)error;
    *(size_t *)context += statement->value.size;
    return ITD_OK;
}

typedef struct list_at {
    const list_file *file;
    const char *path;
} list_at;

static inline itd_status list_read_quietly(void *context, itd_error *error)
{
    const list_at *at = context;
    itd_source source = {.format = at->file->format, .paths = {at->path}};
    size_t size = 0;
    itd_read read = {
        .source = &source, .dataset = itd_sv_of(at->file->dataset), .statement = list_drop, .statement_context = &size};
    return at->file->format->read(&read, error);
}

/** A sound list, each allocation of its reading failing in turn. */
static inline void list_each_allocation_fails(const list_file *f, const char *text)
{
    folder r;
    folder_start(&r);
    folder_write(&r, f->name, text, strlen(text));
    list_at at = {f, r.paths[0]};
    assert_true(faults_each(ITD_FAULT_MEMORY, list_read_quietly, NULL, &at) > 10);
    folder_end(&r);
}

#endif
