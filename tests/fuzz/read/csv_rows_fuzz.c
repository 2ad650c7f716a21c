/* Any bytes: rows lie in the input in order and do not overlap, and a row without a problem has the fields that the
 * look at a head gives. */
#include "base/memory.h"
#include "read/csv_rows.h"
#include "support/fuzz.h"

#define FIELDS 64

/* gzip, a frame of zstd, or one of its frames to be skipped (RFC 8878, 3.1). */
static bool is_compressed(const uint8_t *data, size_t size)
{
    return (size >= 2 && data[0] == 0x1F && data[1] == 0x8B) || (size >= 2 && data[0] == 0x28 && data[1] == 0xB5) ||
           (size >= 4 && (data[0] & 0xF0) == 0x50 && data[1] == 0x2A && data[2] == 0x4D && data[3] == 0x18);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || is_compressed(data + 1, size - 1))
        return 0; /* compressed bytes have other offsets */
    itd_csv_options options = {.delimiter = data[0] & 1 ? ';' : ',',
                               .row_bytes_max = data[0] & 2 ? 16 : 0,
                               .encoding = data[0] & 4 ? ITD_CSV_UTF8_OR_CP1252 : ITD_CSV_UTF8};
    itd_sv text = {(const char *)data + 1, size - 1}, rest = text;
    itd_input *input = NULL;
    itd_csv *csv = NULL;
    itd_error error;
    uint64_t end = 0, line = 0;
    bool begun = false;
    FUZZ_CHECK(itd_input_open_memory(&input, "fuzz", text, &error) == ITD_OK);
    FUZZ_CHECK(itd_csv_create(&csv, input, &options, &error) == ITD_OK);
    for (;;) {
        itd_csv_row row;
        itd_sv fields[FIELDS];
        bool more = true;
        itd_status status = itd_csv_next(csv, &row, &more, &error);
        if (status != ITD_OK) {
            FUZZ_CHECK(status == ITD_ELIMIT && error.line > line && error.offset >= end && error.offset < text.size);
            break;
        }
        if (!more)
            break;
        FUZZ_CHECK(row.count > 0 && row.span > 0 && row.offset >= end && row.offset + row.span <= text.size);
        FUZZ_CHECK(row.line > line);
        FUZZ_CHECK(!row.problem || (row.problem_offset >= row.offset && row.problem_offset <= text.size));
        if (!begun && row.offset >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
            rest = (itd_sv){text.data + 3, text.size - 3};
        begun = true;
        size_t looked = itd_csv_look(&rest, options.delimiter, fields, FIELDS);
        FUZZ_CHECK(row.problem || looked == row.count);
        if (!row.problem && row.count == 1 && options.encoding == ITD_CSV_UTF8)
            FUZZ_CHECK(itd_utf8_invalid_at(row.fields[0]) == SIZE_MAX);
        end = row.offset + row.span;
        line = row.line;
    }
    itd_csv_destroy(csv);
    itd_input_close(input);
    return 0;
}
