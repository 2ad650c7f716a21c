/* What the tests of readers share: text in a temporary file, planned and read. */
#ifndef TESTS_SUPPORT_READ_BENCH_H
#define TESTS_SUPPORT_READ_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "read/reader.h"
#include "support/cm.h"

/** A folder of its own, with files, until bench_remove. */
typedef struct bench_folder {
    char path[128];
    char *files[32];
    size_t count;
} bench_folder;

static inline void bench_make(bench_folder *folder)
{
    const char *root = getenv("TMPDIR");
    *folder = (bench_folder){0};
    (void)snprintf(folder->path, sizeof folder->path, "%.100s/itd-read-XXXXXX", root && root[0] ? root : "/tmp");
    assert_non_null(mkdtemp(folder->path));
}

static inline const char *bench_file(bench_folder *folder, const char *name, itd_sv content)
{
    assert_true(folder->count < sizeof folder->files / sizeof folder->files[0]);
    char *path = malloc(strlen(folder->path) + strlen(name) + 2);
    assert_non_null(path);
    (void)stpcpy(stpcpy(stpcpy(path, folder->path), "/"), name);
    folder->files[folder->count++] = path;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.data ? content.data : "", 1, content.size, file), content.size);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline void bench_remove(bench_folder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        (void)unlink(folder->files[i]);
        free(folder->files[i]);
    }
    (void)rmdir(folder->path);
}

/** What a reading gave, as text: a line a statement, a line a reject. */
typedef struct bench_result {
    itd_buffer statements, rejects, notes;
    uint64_t statement_count, records, rejected;
    const char *format;
} bench_result;

static inline void bench_free(bench_result *result)
{
    itd_buffer_finish(&result->statements);
    itd_buffer_finish(&result->rejects);
    itd_buffer_finish(&result->notes);
}

static inline itd_status bench_on_statement(void *context, const itd_statement *s, itd_error *error)
{
    bench_result *r = context;
    (void)error;
    r->statement_count++;
    (void)itd_buffer_format(&r->statements, "%.*s %s %s=%.*s", ITD_SV_ARG(s->entity), itd_schema_name(s->schema),
                            itd_property_name(s->property), ITD_SV_ARG(s->value));
    if (s->original.size)
        (void)itd_buffer_format(&r->statements, " (%.*s)", ITD_SV_ARG(s->original));
    (void)itd_buffer_format(&r->statements, " [%.*s", ITD_SV_ARG(s->dataset));
    if (!itd_sv_equal(s->record, s->entity))
        (void)itd_buffer_format(&r->statements, " of %.*s", ITD_SV_ARG(s->record));
    if (s->first_seen.size || s->last_seen.size)
        (void)itd_buffer_format(&r->statements, " %.*s..%.*s", ITD_SV_ARG(s->first_seen), ITD_SV_ARG(s->last_seen));
    (void)itd_buffer_format(&r->statements, "] %.*s:%llu:%lld+%u\n", ITD_SV_ARG(s->document),
                            (unsigned long long)s->line, (long long)s->offset, s->span);
    return ITD_OK;
}

static inline itd_status bench_on_reject(void *context, const itd_reject *reject, itd_error *error)
{
    bench_result *r = context;
    (void)error;
    (void)itd_buffer_format(&r->rejects, "%llu:%lld %.*s %s\n", (unsigned long long)reject->line,
                            (long long)reject->offset, ITD_SV_ARG(reject->record), reject->reason);
    return ITD_OK;
}

static inline void bench_on_note(void *context, const char *text)
{
    bench_result *r = context;
    (void)itd_buffer_format(&r->notes, "%s\n", text);
}

/** Plans and reads one path. `result` is filled from scratch, its buffers reused. */
static inline itd_status bench_read(bench_result *result, const char *path, const char *map, bool skip_bad,
                                    itd_error *error)
{
    itd_arena arena;
    itd_source_list list = {0};
    itd_arena_init(&arena, SIZE_MAX);
    itd_buffer_clear(&result->statements);
    itd_buffer_clear(&result->rejects);
    itd_buffer_clear(&result->notes);
    result->statement_count = result->records = result->rejected = 0;
    itd_status status = itd_sources_plan(&list, &path, 1, map, &arena, error);
    for (size_t i = 0; status == ITD_OK && i < list.count; i++) {
        itd_read read = {.source = &list.entries[i].source,
                         .dataset = itd_sv_of(list.entries[i].dataset),
                         .map = map,
                         .skip_bad = skip_bad,
                         .statement = bench_on_statement,
                         .statement_context = result,
                         .reject = bench_on_reject,
                         .reject_context = result,
                         .note = bench_on_note,
                         .note_context = result};
        result->format = list.entries[i].source.format->id;
        status = list.entries[i].source.format->read(&read, error);
        result->records += read.records;
        result->rejected += read.rejected;
    }
    itd_arena_finish(&arena);
    if (status == ITD_OK &&
        (!itd_buffer_append_char(&result->statements, '\0') || !itd_buffer_append_char(&result->rejects, '\0') ||
         !itd_buffer_append_char(&result->notes, '\0') || result->statements.failed || result->rejects.failed ||
         result->notes.failed)) {
        (void)snprintf(error->message, sizeof error->message, "out of memory");
        status = ITD_ENOMEM;
    }
    return status;
}

/** A file under the test data, or NULL when it is not there. */
static inline const char *bench_data(char path[4096], const char *name)
{
    const char *root = getenv("INTERDICT_DATA");
    (void)snprintf(path, 4096, "%s/%s", root && root[0] ? root : "../shared/data", name);
    return access(path, R_OK) == 0 ? path : NULL;
}

#endif
