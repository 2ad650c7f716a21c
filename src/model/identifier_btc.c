/* Bitcoin addresses of the main network: pay to public key hash ("1…"), to script hash ("3…"), segregated witness
 * ("bc1…"). Sources: base58check, versions 0 and 5; BIP 173, BIP 350. */
#include "model/base58.h"
#include "model/bech32.h"

itd_status itd_identifier_read_btc(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    const itd_sv address = itd_sv_make(text, size);
    if (itd_bech32_looks_like(address, "bc"))
        return itd_bech32_read(value, address, "bc", r);
    return itd_base58check_read(value, address, (const int[]){0, 5, -1}, r);
}
