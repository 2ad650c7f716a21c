/* Bytes as a file that readers can open by its path, and a sink that checks what must hold for every statement. */
#ifndef TESTS_FUZZ_READ_FEED_H
#define TESTS_FUZZ_READ_FEED_H

#include <sys/mman.h>
#include <unistd.h>

#include "model/other.h"
#include "read/reader.h"
#include "support/fuzz.h"

typedef struct feed {
    int file;
    char path[64];
} feed;

static inline feed feed_open(const uint8_t *data, size_t size)
{
    feed f = {.file = memfd_create("feed", 0)};
    FUZZ_CHECK(f.file >= 0 && write(f.file, data, size) == (ssize_t)size);
    (void)snprintf(f.path, sizeof f.path, "/proc/self/fd/%d", f.file);
    return f;
}

static inline void feed_close(feed *f)
{
    (void)close(f->file);
}

static inline bool feed_is_text(itd_sv text)
{
    return itd_utf8_invalid_at(text) == SIZE_MAX && (text.size == 0 || !memchr(text.data, 0, text.size)) &&
           text.size <= ITD_VALUE_BYTES_MAX;
}

static inline itd_status feed_statement(void *context, const itd_statement *s, itd_error *error)
{
    (void)error;
    ++*(uint64_t *)context;
    FUZZ_CHECK(s->entity.size > 0 && s->record.size > 0 && s->dataset.size > 0 && s->value.size > 0);
    FUZZ_CHECK(feed_is_text(s->entity) && feed_is_text(s->record) && feed_is_text(s->dataset));
    FUZZ_CHECK(feed_is_text(s->value) && feed_is_text(s->original) && feed_is_text(s->lang));
    FUZZ_CHECK(s->schema < ITD_SCHEMA_COUNT && s->property < ITD_PROPERTY_COUNT && s->tlp <= ITD_TLP_RED);
    FUZZ_CHECK(s->property == ITD_P_ID || (s->property == ITD_P_OTHER && itd_other_fits(s->schema, s->original)) ||
               itd_property_find(s->schema, itd_sv_of(itd_property_name(s->property))) == s->property);
    return ITD_OK;
}

/** Reads bytes by a format, once skipping what is bad and once not: both agree on whether there is any. */
static inline void feed_read(const itd_format *format, const char *path, const char *map)
{
    itd_source source = {.format = format, .paths = {path}};
    uint64_t rejected = 0, statements[2] = {0};
    for (int strict = 0; strict < 2; strict++) {
        itd_error error = {.offset = ITD_NOWHERE};
        itd_read read = {.source = &source,
                         .dataset = ITD_SV("d"),
                         .map = map,
                         .skip_bad = !strict,
                         .statement = feed_statement,
                         .statement_context = &statements[strict]};
        itd_status status = format->read(&read, &error);
        FUZZ_CHECK(status == ITD_OK || status == ITD_EFORMAT || status == ITD_ELIMIT);
        FUZZ_CHECK(status == ITD_OK || (error.message[0] && error.where[0]));
        FUZZ_CHECK(read.records <= statements[strict]);
        if (!strict)
            rejected = read.rejected + read.orphans;
        else if (rejected > 0)
            FUZZ_CHECK(status != ITD_OK && statements[1] <= statements[0]);
        if (!strict && status != ITD_OK)
            return; /* refused whole */
    }
    FUZZ_CHECK(rejected > 0 || statements[0] == statements[1]);
}

#endif
