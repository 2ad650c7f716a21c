/* Reads a list from memory or from a file and keeps what the reader gave, a line a statement. */
#ifndef TESTS_SUPPORT_READING_H
#define TESTS_SUPPORT_READING_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "read/reader.h"

typedef struct reading {
    itd_read read;
    itd_source source;
    itd_error error;
    itd_status status;
    itd_buffer text; /* "entity|Schema|property|value|original|lang\n", after a first "\n" */
    uint64_t statements, rejects;
    char reason[256], key[64]; /* of the last reject */
    uint64_t reject_line, reject_offset;
    itd_statement_sink *also; /* told of each statement too; may be NULL */
    void *also_context;
} reading;

static inline itd_status reading_on_statement(void *context, const itd_statement *s, itd_error *error)
{
    reading *r = context;
    const itd_sv parts[] = {s->entity,
                            itd_sv_of(itd_schema_name(s->schema)),
                            itd_sv_of(itd_property_name(s->property)),
                            s->value,
                            s->original,
                            s->lang};
    if (r->text.size == 0)
        (void)itd_buffer_append_char(&r->text, '\n');
    for (size_t i = 0; i < 6; i++) {
        (void)itd_buffer_append(&r->text, parts[i]);
        (void)itd_buffer_append_char(&r->text, i < 5 ? '|' : '\n');
    }
    r->statements++;
    if (r->text.failed)
        return itd_fail_memory(error);
    return r->also ? r->also(r->also_context, s, error) : ITD_OK;
}

static inline itd_status reading_on_reject(void *context, const itd_reject *reject, itd_error *error)
{
    (void)error;
    reading *r = context;
    r->rejects++;
    r->reject_line = reject->line;
    r->reject_offset = reject->offset;
    (void)snprintf(r->reason, sizeof r->reason, "%s", reject->reason);
    (void)snprintf(r->key, sizeof r->key, "%.*s", ITD_SV_ARG(reject->record));
    return ITD_OK;
}

/* Reads the file at `path`. Set r->also, r->read.skip_bad and the other paths of a set before; call reading_finish
 * after. */
static inline itd_status reading_file(reading *r, const itd_format *format, const char *dataset, const char *path)
{
    r->source.format = format;
    r->source.paths[0] = path;
    r->read.source = &r->source;
    r->read.dataset = itd_sv_of(dataset);
    r->read.statement = reading_on_statement;
    r->read.statement_context = r;
    r->read.reject = reading_on_reject;
    r->read.reject_context = r;
    r->error = (itd_error){.offset = ITD_NOWHERE};
    r->status = format->read(&r->read, &r->error);
    return r->status;
}

/* The same for bytes in memory, through a file that has no name in any folder. */
static inline itd_status reading_bytes(reading *r, const itd_format *format, const char *dataset, const void *bytes,
                                       size_t size)
{
    char path[64];
    int file = memfd_create("list", MFD_CLOEXEC);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size)
        abort();
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    itd_status status = reading_file(r, format, dataset, path);
    close(file);
    r->source.paths[0] = NULL;
    return status;
}

static inline void reading_finish(reading *r)
{
    itd_buffer_finish(&r->text);
}

/* Is there a statement "entity|Schema|property|value|original|lang"? Without the last bars: any original, any lang. */
static inline bool reading_has(const reading *r, const char *line)
{
    char wanted[4096];
    unsigned bars = 0;
    for (const char *c = line; *c; c++)
        bars += *c == '|';
    int size = snprintf(wanted, sizeof wanted, "\n%s%s", line, bars == 5 ? "\n" : "|");
    return size < (int)sizeof wanted &&
           itd_sv_find(itd_buffer_view(&r->text), itd_sv_make(wanted, (size_t)size), 0) != SIZE_MAX;
}

/* How often `text` occurs in the lines. */
static inline size_t reading_count(const reading *r, const char *text)
{
    size_t count = 0;
    for (size_t at = 0; (at = itd_sv_find(itd_buffer_view(&r->text), itd_sv_of(text), at)) != SIZE_MAX; at++)
        count++;
    return count;
}

/* Path of a file of the real lists into `path`, or false when it is not there. */
static inline bool reading_real(char path[4096], const char *name)
{
    const char *root = getenv("INTERDICT_DATA");
    (void)snprintf(path, 4096, "%s/%s", root && root[0] ? root : "../shared/data", name);
    return access(path, R_OK) == 0;
}

#endif
