/* Litecoin addresses of the main network: pay to public key hash ("L…"), to script hash ("M…", and "3…" in the old form
 * that Bitcoin has too), segregated witness ("ltc1…"). Sources: chain parameters of Litecoin Core 0.16: versions 48, 50
 * and 5, human-readable part "ltc"; BIP 173, BIP 350. */
#include "model/base58.h"
#include "model/bech32.h"

itd_status itd_identifier_read_ltc(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    const itd_sv address = itd_sv_make(text, size);
    if (itd_bech32_looks_like(address, "ltc"))
        return itd_bech32_read(value, address, "ltc", r);
    return itd_base58check_read(value, address, (const int[]){48, 50, 5, -1}, r);
}
