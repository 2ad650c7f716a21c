/* Any bytes: what is taken for a stake of GLEIF's files keeps its promises, and can be built into a register. */
#include "read/gleif.h"
#include "support/stakes_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_sv text = {(const char *)data, size};
    (void)itd_gleif_is_xml(text);
    (void)itd_gleif_is_json(text);
    return size > 0 && memchr(data, '<', size < 4 ? size : 4) ? fuzz_register(itd_gleif_read_xml, data, size)
                                                              : fuzz_register(itd_gleif_read_json, data, size);
}
