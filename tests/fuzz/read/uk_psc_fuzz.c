/* Any bytes: what is taken for a stake of the UK's register keeps its promises, and can be built into a register. */
#include "read/uk_psc.h"
#include "support/stakes_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)itd_uk_psc_is((itd_sv){(const char *)data, size});
    return fuzz_register(itd_uk_psc_read, data, size);
}
