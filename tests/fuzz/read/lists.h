/* What must hold of any reader of a list, whatever the bytes. */
#ifndef TESTS_FUZZ_READ_LISTS_H
#define TESTS_FUZZ_READ_LISTS_H

#include <string.h>

#include "support/fuzz.h"
#include "support/reading.h"

/* Statements belong to the record that is under way, carry valid text, and name a place inside the file. */
static itd_status fuzz_on_statement(void *context, const itd_statement *s, itd_error *error)
{
    (void)error;
    const size_t *size = context;
    FUZZ_CHECK(s->entity.size && s->record.size && s->value.size && s->document.size);
    FUZZ_CHECK(itd_sv_starts(s->entity, s->record) && itd_sv_starts(s->record, s->dataset));
    FUZZ_CHECK(itd_utf8_invalid_at(s->value) == SIZE_MAX && itd_utf8_invalid_at(s->original) == SIZE_MAX);
    FUZZ_CHECK(!memchr(s->value.data, 0, s->value.size));
    FUZZ_CHECK(s->schema < ITD_SCHEMA_COUNT && s->property < ITD_PROPERTY_COUNT);
    FUZZ_CHECK(s->offset < *size && s->line > 0);
    return ITD_OK;
}

/* Reads the bytes with and without skipping what is broken. Compressed bytes have other offsets: `size` is then no
 * bound, so they are left out. */
static int fuzz_list(const itd_format *format, const uint8_t *data, size_t size)
{
    /* By their first bytes only: a file that ends within the mark is a compressed one that is cut off. */
    bool gzip = size >= 2 && memcmp(data, "\x1F\x8B", 2) == 0;
    bool zstd = size >= 2 && (memcmp(data, "\x28\xB5", 2) == 0 || (data[0] >> 4 == 5 && data[1] == 0x2A));
    if (gzip || zstd)
        return 0;
    itd_sniff look = {"fuzz", itd_sv_make((const char *)data, size < ITD_INPUT_PEEK_MAX ? size : ITD_INPUT_PEEK_MAX),
                      size <= ITD_INPUT_PEEK_MAX};
    (void)format->sniff(&look);
    uint64_t records[2] = {0};
    itd_status statuses[2];
    for (int skip = 0; skip < 2; skip++) {
        reading r = {.read.skip_bad = skip, .also = fuzz_on_statement, .also_context = &size};
        statuses[skip] = reading_bytes(&r, format, "fuzz", data, size);
        records[skip] = r.read.records;
        FUZZ_CHECK(r.status == ITD_OK || r.status == ITD_EFORMAT || r.status == ITD_ELIMIT);
        if (r.status != ITD_OK) {
            FUZZ_CHECK(r.error.message[0] && r.error.line > 0 && r.error.offset <= size);
            FUZZ_CHECK(memchr(r.error.message, 0, sizeof r.error.message));
        }
        FUZZ_CHECK(r.rejects == r.read.rejected + r.read.orphans);
        FUZZ_CHECK(skip || r.rejects <= 1);
        reading_finish(&r);
    }
    FUZZ_CHECK(records[0] <= records[1]);
    FUZZ_CHECK(statuses[0] != ITD_OK || (statuses[1] == ITD_OK && records[0] == records[1]));
    return 0;
}

#endif
