/* Any bytes: refused with reason and place, or read into statements that hold. */
#include "fuzz/read/lists.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_list(&itd_format_jp_mof, data, size);
}
