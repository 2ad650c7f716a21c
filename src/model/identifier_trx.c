/* Tron addresses: base58check of version 0x41, which begins with "T". Source: developers.tron.network, Account. */
#include "model/base58.h"

itd_status itd_identifier_read_trx(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    return itd_base58check_read(value, itd_sv_make(text, size), (const int[]){0x41, -1}, (itd_refusal){why, where});
}
