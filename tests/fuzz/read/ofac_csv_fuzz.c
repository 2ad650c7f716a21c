/* Any bytes as the files of a set, divided by the byte 0x1D: refused with reason and place, or read into statements
 * that hold. */
#include "fuzz/read/lists.h"

#define FILES 4

static int file_of(const char *bytes, size_t size, char path[64])
{
    int file = memfd_create("list", MFD_CLOEXEC);
    FUZZ_CHECK(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    (void)snprintf(path, 64, "/proc/self/fd/%d", file);
    return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_sv rest = {(const char *)data, size}, part;
    if (!memchr(data, 0x1D, size))
        return fuzz_list(&itd_format_ofac_csv, data, size);
    itd_source source = {.format = &itd_format_ofac_csv};
    char paths[FILES][64];
    int files[FILES];
    size_t count = 0;
    while (count < FILES && itd_sv_split(&part, &rest, 0x1D)) {
        files[count] = file_of(part.data, part.size, paths[count]);
        source.paths[count] = paths[count];
        count++;
    }
    itd_error error = {.offset = ITD_NOWHERE};
    itd_read read = {.source = &source, .dataset = ITD_SV("t"), .skip_bad = true};
    reading r = {0};
    read.statement = reading_on_statement;
    read.statement_context = &r;
    read.reject = reading_on_reject;
    read.reject_context = &r;
    itd_status status = itd_format_ofac_csv.read(&read, &error);
    FUZZ_CHECK(status == ITD_OK || ((status == ITD_EFORMAT || status == ITD_ELIMIT) && error.message[0]));
    FUZZ_CHECK(r.rejects == read.rejected + read.orphans);
    reading_finish(&r);
    for (size_t i = 0; i < count; i++)
        close(files[i]);
    return 0;
}
