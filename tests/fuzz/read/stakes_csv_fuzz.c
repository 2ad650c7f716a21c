/* Any bytes: what is taken for a stake keeps its promises, and can be built into a register. */
#include "read/stakes_csv.h"
#include "support/fuzz.h"

static itd_status look(void *context, const itd_stake *stake, itd_error *error)
{
    (void)error;
    ++*(uint64_t *)context;
    FUZZ_CHECK(stake->owner.size > 0 && stake->owner.size <= ITD_STAKE_ID_BYTES_MAX);
    FUZZ_CHECK(stake->owned.size > 0 && stake->owned.size <= ITD_STAKE_ID_BYTES_MAX);
    FUZZ_CHECK(itd_utf8_invalid_at(stake->owner) == SIZE_MAX && itd_utf8_invalid_at(stake->owned) == SIZE_MAX);
    FUZZ_CHECK(!memchr(stake->owner.data, '\0', stake->owner.size) &&
               !memchr(stake->owned.data, '\0', stake->owned.size));
    FUZZ_CHECK(stake->share_min_ppm <= stake->share_max_ppm && stake->share_max_ppm <= ITD_PPM_WHOLE);
    FUZZ_CHECK(stake->kind < ITD_STAKE_LINK);
    FUZZ_CHECK(stake->start.year == 0 || itd_date_is_valid(stake->start));
    FUZZ_CHECK(stake->end.year == 0 || itd_date_is_valid(stake->end));
    return ITD_OK;
}

static void count_reject(void *context, const itd_reject *reject)
{
    FUZZ_CHECK(reject->line > 0 && reject->reason[0]);
    ++*(uint64_t *)context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_input *input = NULL;
    itd_error error = {0};
    uint64_t stakes = 0, rejects = 0;
    itd_stakes_reading reading = {.skip_bad = size > 0 && data[0] & 1,
                                  .stake = look,
                                  .stake_context = &stakes,
                                  .reject = count_reject,
                                  .reject_context = &rejects};
    itd_sv text = {(const char *)data + (size > 0), size - (size > 0)};
    FUZZ_CHECK(itd_input_open_memory(&input, "fuzz", text, &error) == ITD_OK);
    itd_status status = itd_stakes_csv_read(&reading, input, &error);
    FUZZ_CHECK(status == ITD_OK || error.message[0]);
    FUZZ_CHECK(reading.stakes == stakes && reading.rejected == rejects);
    itd_input_close(input);
    return 0;
}
