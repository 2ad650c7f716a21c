/* Maritime mobile service identities of ships: nine digits, the first three a maritime identification digit from 201 to
 * 775. Groups of ships, coast stations and devices, which begin otherwise, are no ships. There is no check digit.
 * Source: ITU-R M.585-9 (2022), annex 1. */
#include "model/identifier_text.h"

#include <string.h>

#define MMSI_DIGITS ((size_t)9)

itd_status itd_identifier_read_mmsi(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, "MMSI", text, size, r);
    if (status != ITD_OK)
        return status;
    size_t wrong = itd_compact_not_digit(&c);
    if (wrong != SIZE_MAX || c.size != MMSI_DIGITS)
        return itd_refuse(r, "an MMSI has nine digits", c.at[wrong != SIZE_MAX ? wrong : c.size]);
    int country = (c.text[0] - '0') * 100 + (c.text[1] - '0') * 10 + (c.text[2] - '0');
    if (country < 201 || country > 775)
        return itd_refuse(r, "a ship's MMSI begins with 201 to 775", c.at[0]);
    memcpy(value, c.text, c.size + 1);
    return ITD_OK;
}
