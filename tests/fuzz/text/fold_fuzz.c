/* Any bytes: folding ends, gives words of a-z and 0-9 with single blanks, and folding them again changes nothing. */
#include "support/fuzz.h"

#include "text/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static itd_folder *folder;
    if (!folder)
        FUZZ_CHECK(itd_folder_create(&folder, NULL) == ITD_OK);
    itd_buffer once = {0}, twice = {0};
    FUZZ_CHECK(itd_text_fold(folder, &once, (itd_sv){(const char *)data, size}, NULL) == ITD_OK);
    for (size_t i = 0; i < once.size; i++) {
        char c = once.data[i];
        FUZZ_CHECK((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == ' ' && i && once.data[i - 1] != ' '));
    }
    FUZZ_CHECK(itd_text_fold(folder, &twice, itd_buffer_view(&once), NULL) == ITD_OK);
    /* A text at the limits is cut, and its words need not fit a second time. */
    if (once.size < ITD_TEXT_BYTES_MAX / 2)
        FUZZ_CHECK(itd_sv_equal(itd_buffer_view(&once), itd_buffer_view(&twice)));
    itd_buffer_finish(&once);
    itd_buffer_finish(&twice);
    return 0;
}
