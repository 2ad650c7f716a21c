/* Any bytes: what is taken for a stake of BODS keeps its promises, and can be built into a register. */
#include "read/bods.h"
#include "support/stakes_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)itd_bods_is((itd_sv){(const char *)data, size});
    return fuzz_register(itd_bods_read, data, size);
}
