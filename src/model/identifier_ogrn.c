/* Russian state registration numbers: 13 digits for organisations, the first twelve modulo 11 give the last; 15 for
 * people in business, the first 14 modulo 13 give the last; of a remainder of two digits the second. Source: order of
 * the Ministry of Finance of Russia 165n (2017-10-30), annex 1. */
#include "model/identifier_text.h"

#include <string.h>

itd_status itd_identifier_read_ogrn(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, "OGRN", text, size, r);
    if (status != ITD_OK)
        return status;
    size_t wrong = itd_compact_not_digit(&c);
    if (wrong != SIZE_MAX || (c.size != 13 && c.size != 15))
        return itd_refuse(r, "an OGRN has 13 or 15 digits", c.at[wrong != SIZE_MAX ? wrong : c.size]);
    if (c.text[0] == '0')
        return itd_refuse(r, "an OGRN does not begin with 0", c.at[0]);
    uint64_t number = 0;
    for (size_t i = 0; i + 1 < c.size; i++)
        number = number * 10 + (uint64_t)(c.text[i] - '0');
    if ((char)('0' + number % (c.size - 2) % 10) != c.text[c.size - 1])
        return itd_refuse(r, "the check digit is wrong", c.at[c.size - 1]);
    memcpy(value, c.text, c.size + 1);
    return ITD_OK;
}
