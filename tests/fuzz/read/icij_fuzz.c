/* Any bytes: what is taken for a stake of ICIJ's files keeps its promises, and can be built into a register. */
#include "read/icij.h"
#include "support/stakes_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_sv text = {(const char *)data + (size > 0), size - (size > 0)};
    bool edges = itd_icij_is_edges(text);
    (void)itd_icij_is_nodes(text);
    return fuzz_register(edges ? itd_icij_read_edges : itd_icij_read_nodes, data, size);
}
