/* Files in a folder of their own, read as the program reads them: planned, recognised, read; what comes out as text. */
#ifndef TESTS_SUPPORT_FOLDER_H
#define TESTS_SUPPORT_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "read/record.h"
#include "support/cm.h"

typedef struct folder {
    char path[64], paths[72][128];
    size_t count;
    bool skip_bad;
    /* what came out */
    itd_buffer statements; /* "entity|schema|property|value|original|lang|document|line" a line */
    itd_buffer rejects;    /* "kind|file|line|offset|record|reason" a line */
    itd_buffer notes;      /* what the user is told, a line each */
    const char *format, *dataset;
    itd_read read;
    itd_error error;
} folder;

static inline void folder_start(folder *r)
{
    *r = (folder){.skip_bad = true};
    (void)snprintf(r->path, sizeof r->path, "/tmp/itd-folder-XXXXXX");
    assert_non_null(mkdtemp(r->path));
}

static inline void folder_write(folder *r, const char *name, const char *bytes, size_t size)
{
    char path[sizeof r->paths[0]];
    (void)snprintf(path, sizeof path, "%s/%s", r->path, name);
    memcpy(r->paths[r->count++], path, sizeof path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void folder_end(folder *r)
{
    for (size_t i = 0; i < r->count; i++)
        (void)unlink(r->paths[i]);
    (void)rmdir(r->path);
    itd_buffer_finish(&r->statements);
    itd_buffer_finish(&r->rejects);
    itd_buffer_finish(&r->notes);
}

static inline itd_status folder_take(void *context, const itd_statement *s, itd_error *error)
{
    folder *r = context;
    (void)error;
    /* The folder's own name never shows. */
    itd_buffer_format(&r->statements, "%.*s|%s|%s|%.*s|%.*s|%.*s|%.*s|%llu\n", ITD_SV_ARG(s->entity),
                      itd_schema_name(s->schema), itd_property_name(s->property), ITD_SV_ARG(s->value),
                      ITD_SV_ARG(s->original), ITD_SV_ARG(s->lang), ITD_SV_ARG(s->document),
                      (unsigned long long)s->line);
    return ITD_OK;
}

static inline itd_status folder_reject(void *context, const itd_reject *reject, itd_error *error)
{
    folder *r = context;
    (void)error;
    const char *slash = strrchr(reject->file, '/');
    itd_buffer_format(&r->rejects, "%s|%s|%llu|%lld|%.*s|%s\n", reject->kind == ITD_REJECT_ORPHAN ? "orphan" : "record",
                      slash ? slash + 1 : reject->file, (unsigned long long)reject->line, (long long)reject->offset,
                      ITD_SV_ARG(reject->record), reject->reason);
    return ITD_OK;
}

static inline void folder_note(void *context, const char *text)
{
    folder *r = context;
    itd_buffer_format(&r->notes, "%s\n", text);
}

/** Plans and reads a file or folder; the first set that the plan gives. */
static inline itd_status folder_run_path(folder *r, const char *path)
{
    itd_source_list plan;
    itd_arena arena;
    const char *paths[] = {path};
    itd_arena_init(&arena, SIZE_MAX);
    itd_buffer_clear(&r->statements);
    itd_buffer_clear(&r->rejects);
    itd_buffer_clear(&r->notes);
    itd_status status = itd_sources_plan(&plan, paths, 1, NULL, &arena, &r->error);
    if (status == ITD_OK) {
        assert_int_equal(plan.count, 1);
        r->format = plan.entries[0].source.format->id;
        r->dataset = plan.entries[0].dataset;
        r->read = (itd_read){.source = &plan.entries[0].source,
                             .dataset = itd_sv_of(plan.entries[0].dataset),
                             .skip_bad = r->skip_bad,
                             .statement = folder_take,
                             .statement_context = r,
                             .reject = folder_reject,
                             .reject_context = r,
                             .note = folder_note,
                             .note_context = r};
        status = plan.entries[0].source.format->read(&r->read, &r->error);
        r->read.source = NULL; /* it goes with the arena */
    }
    itd_arena_finish(&arena);
    itd_buffer_append_char(&r->statements, 0);
    itd_buffer_append_char(&r->rejects, 0);
    itd_buffer_append_char(&r->notes, 0);
    return status;
}

/** The same for the named file of the folder ("": the folder itself). */
static inline itd_status folder_run(folder *r, const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", r->path, name);
    return folder_run_path(r, path);
}

/** The same for a file of the real lists; false when it is not there. */
static inline bool folder_run_real(folder *r, const char *name)
{
    char path[4096];
    const char *root = getenv("INTERDICT_DATA");
    (void)snprintf(path, sizeof path, "%s/%s", root && root[0] ? root : "../shared/data", name);
    if (access(path, R_OK) != 0) {
        print_message("%s is not there\n", path);
        return false;
    }
    if (folder_run_path(r, path) != ITD_OK)
        fail_msg("%s: %s", path, r->error.message);
    return true;
}

/** A line that starts so is among the statements: "us-ofac-sdn-1|Person|name|KIM, Jong Un|". */
static inline bool folder_has(const folder *r, const char *start)
{
    size_t size = strlen(start);
    for (const char *line = r->statements.data; line && *line; line = strchr(line, '\n') + 1)
        if (strncmp(line, start, size) == 0)
            return true;
    return false;
}

#define assert_said(r, start)                                                                                          \
    do {                                                                                                               \
        if (!folder_has(r, start))                                                                                     \
            fail_msg("no statement starts with %s among\n%s", start, (r)->statements.data);                            \
    } while (0)
#define assert_not_said(r, start)                                                                                      \
    do {                                                                                                               \
        if (folder_has(r, start))                                                                                      \
            fail_msg("a statement starts with %s", start);                                                             \
    } while (0)

#endif
