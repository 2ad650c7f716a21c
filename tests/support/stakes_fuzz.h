#ifndef TEST_SUPPORT_STAKES_FUZZ_H
#define TEST_SUPPORT_STAKES_FUZZ_H

#include "own/register.h"
#include "read/stakes_csv.h"
#include "support/fuzz.h"

/* What has to hold of whatever a reader of registers makes of any bytes. */

typedef struct fuzz_stakes {
    itd_register_builder *builder;
    uint64_t stakes, rejects;
} fuzz_stakes;

static inline itd_status fuzz_look(void *context, const itd_stake *stake, itd_error *error)
{
    fuzz_stakes *f = context;
    f->stakes++;
    FUZZ_CHECK(stake->owner.size > 0 && stake->owner.size <= ITD_STAKE_ID_BYTES_MAX);
    FUZZ_CHECK(stake->owned.size > 0 && stake->owned.size <= ITD_STAKE_ID_BYTES_MAX);
    FUZZ_CHECK(itd_utf8_invalid_at(stake->owner) == SIZE_MAX && itd_utf8_invalid_at(stake->owned) == SIZE_MAX);
    FUZZ_CHECK(stake->share_min_ppm <= stake->share_max_ppm && stake->share_max_ppm <= ITD_PPM_WHOLE);
    FUZZ_CHECK(stake->kind <= ITD_STAKE_LINK);
    FUZZ_CHECK(stake->start.year == 0 || itd_date_is_valid(stake->start));
    FUZZ_CHECK(stake->end.year == 0 || itd_date_is_valid(stake->end));
    return itd_register_builder_add(f->builder, stake, error);
}

static inline void fuzz_reject(void *context, const itd_reject *reject)
{
    fuzz_stakes *f = context;
    FUZZ_CHECK(reject->line > 0 && reject->reason[0]);
    f->rejects++;
}

static inline int fuzz_register(itd_status (*read)(itd_stakes_reading *, itd_input *, itd_error *), const uint8_t *data,
                                size_t size)
{
    itd_input *input = NULL;
    itd_error error = {0};
    fuzz_stakes f = {0};
    itd_register r;
    itd_stakes_reading reading = {.skip_bad = size > 0 && data[0] & 1,
                                  .stake = fuzz_look,
                                  .stake_context = &f,
                                  .reject = fuzz_reject,
                                  .reject_context = &f};
    itd_sv text = {(const char *)data + (size > 0), size - (size > 0)};
    FUZZ_CHECK(itd_input_open_memory(&input, "fuzz", text, &error) == ITD_OK);
    FUZZ_CHECK(itd_register_builder_create(&f.builder, NULL, &error) == ITD_OK);
    itd_status status = read(&reading, input, &error);
    FUZZ_CHECK(status == ITD_OK || error.message[0]);
    FUZZ_CHECK(reading.stakes == f.stakes && reading.rejected == f.rejects);
    FUZZ_CHECK(status != ITD_OK || reading.skip_bad || f.rejects == 0);
    FUZZ_CHECK(itd_register_builder_take(&r, f.builder, &error) == ITD_OK);
    FUZZ_CHECK(r.stake_count == f.stakes);
    itd_register_close(&r);
    itd_register_builder_destroy(f.builder);
    itd_input_close(input);
    return 0;
}

#endif
