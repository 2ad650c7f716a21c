/* Business identifier codes: four letters or digits of the party, its country, two of the place, and three of the
 * branch, where "XXX" is the head office and left out of the normal form. There is no check digit. Source: ISO
 * 9362:2022. */
#include "model/country.h"
#include "model/identifier_text.h"

#include <string.h>

itd_status itd_identifier_read_bic(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, NULL, text, size, r);
    if (status != ITD_OK)
        return status;
    if (c.size != 8 && c.size != 11)
        return itd_refuse(r, "a BIC has 8 or 11 characters", c.at[c.size > 11 ? 11 : c.size]);
    const char country[2] = {(char)(c.text[4] | 0x20), (char)(c.text[5] | 0x20)};
    if (!itd_is_letter(c.text[4]) || !itd_is_letter(c.text[5]) || !itd_country_name(itd_sv_make(country, 2)))
        return itd_refuse(r, "the fifth and sixth character of a BIC are a country", c.at[4]);
    if (c.size == 11 && memcmp(c.text + 8, "XXX", 3) == 0)
        c.size = 8;
    memcpy(value, c.text, c.size);
    value[c.size] = '\0';
    return ITD_OK;
}
