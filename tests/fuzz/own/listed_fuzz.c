/* Any bytes: a party that is heard of has an id, and a category that is known or none. */
#include "own/listed.h"
#include "own/regime.h"
#include "support/fuzz.h"

static itd_status look(void *context, itd_sv id, itd_sv category, itd_error *error)
{
    (void)error;
    ++*(uint64_t *)context;
    FUZZ_CHECK(id.size > 0 && itd_utf8_invalid_at(id) == SIZE_MAX && !memchr(id.data, '\0', id.size));
    FUZZ_CHECK(category.size == 0 || itd_own_category_known(category));
    return ITD_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_input *input = NULL;
    itd_error error = {0};
    uint64_t parties = 0;
    itd_listed_reading reading = {.skip_bad = size > 0 && data[0] & 1, .party = look, .context = &parties};
    itd_sv text = {(const char *)data + (size > 0), size - (size > 0)};
    FUZZ_CHECK(itd_input_open_memory(&input, "fuzz", text, &error) == ITD_OK);
    itd_status status = itd_listed_read(&reading, input, &error);
    FUZZ_CHECK(status == ITD_OK || error.message[0]);
    FUZZ_CHECK(reading.parties == parties);
    itd_input_close(input);
    return 0;
}
