/* Any bytes: read in large steps, in small steps and by lines, they give the same bytes and end the same way. */
#include "support/fuzz.h"

#include <string.h>

#include "base/buffer.h"
#include "base/input.h"

#define BYTES_MAX ((uint64_t)1 << 17)
#define LINE_MAX_BYTES 300

static itd_input *open_bytes(const uint8_t *data, size_t size)
{
    itd_input *input = NULL;
    FUZZ_CHECK(itd_input_open_memory(&input, "bytes", (itd_sv){(const char *)data, size}, NULL) == ITD_OK);
    itd_input_set_bytes_max(input, BYTES_MAX);
    return input;
}

static itd_status read_steps(itd_buffer *out, const uint8_t *data, size_t size, size_t step, itd_error *error)
{
    static char bytes[1 << 16];
    itd_input *input = open_bytes(data, size);
    itd_status status = ITD_OK;
    for (size_t got = 1; got > 0;) {
        status = itd_input_read(input, bytes, step, &got, error);
        if (status != ITD_OK)
            break;
        FUZZ_CHECK(got <= step && itd_buffer_append(out, (itd_sv){bytes, got}));
    }
    FUZZ_CHECK(itd_input_offset(input) == out->size);
    itd_input_close(input);
    return status;
}

static void check_lines(const uint8_t *data, size_t size, itd_sv whole, itd_status end, bool exact)
{
    itd_input *input = open_bytes(data, size);
    itd_sv line, rest = whole;
    itd_error error = {0};
    itd_status status;
    bool more = true;
    for (uint64_t number = 1; (status = itd_input_line(input, &line, &more, LINE_MAX_BYTES, &error)) == ITD_OK && more;
         number++) {
        uint64_t at = itd_input_line_offset(input);
        FUZZ_CHECK(itd_input_line_number(input) == number && line.size <= LINE_MAX_BYTES);
        FUZZ_CHECK(!exact || (at == whole.size - rest.size && itd_sv_starts(rest, line)));
        FUZZ_CHECK(line.size == 0 || !memchr(line.data, '\n', line.size));
        rest = itd_sv_slice(rest, (size_t)(itd_input_offset(input) - at), SIZE_MAX);
    }
    if (status == ITD_OK)
        FUZZ_CHECK(end == ITD_OK && rest.size == 0);
    else
        FUZZ_CHECK(end != ITD_OK || (status == ITD_ELIMIT && error.line > 0 && rest.size > LINE_MAX_BYTES));
    itd_input_close(input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_buffer large = {0}, small = {0};
    itd_error error = {0}, error_small = {0};
    itd_status status = read_steps(&large, data, size, 1 << 16, &error);
    itd_status status_small = read_steps(&small, data, size, 5, &error_small);
    FUZZ_CHECK(status == ITD_OK || status == ITD_EFORMAT || status == ITD_ELIMIT);
    if (status != status_small) /* it is too large and corrupt, and which is seen first depends on the step */
        FUZZ_CHECK(status != ITD_OK && status_small != ITD_OK);
    /* How much comes out before a failure depends on the step, and a corrupt zstd frame may say one thing or another
     * until its check sum is reached. */
    itd_sv more = itd_buffer_view(&large), less = itd_buffer_view(&small);
    bool well = status == ITD_OK && status_small == ITD_OK, exact = well || data[0] == 0x1F;
    FUZZ_CHECK(!well || more.size == less.size);
    FUZZ_CHECK(!exact || itd_sv_starts(more, less) || itd_sv_starts(less, more));
    if (status == ITD_EFORMAT && status_small == ITD_EFORMAT)
        FUZZ_CHECK(error.offset == more.size && error_small.offset == less.size && error.message[0]);
    check_lines(data, size, more.size > less.size ? more : less, status, exact);
    itd_buffer_finish(&small);
    itd_buffer_finish(&large);
    return 0;
}
