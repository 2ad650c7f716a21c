/* International bank account numbers: country, two check digits, the country's own number of a fixed length.
 * Sources: ISO 13616-1:2020; lengths as in SWIFT's IBAN Registry (2024). */
#include "model/identifier_text.h"

#include <string.h>

static const char lengths[] = /* country and length, four characters each */
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
    "GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20"
    "MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26"
    "UA29VA22VG24XK20YE30";

/* 0: the country has none. */
static size_t length_of(const char *country)
{
    for (const char *at = lengths; *at; at += 4)
        if (memcmp(at, country, 2) == 0)
            return (size_t)(at[2] - '0') * 10 + (size_t)(at[3] - '0');
    return 0;
}

itd_status itd_identifier_read_iban(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, NULL, text, size, r);
    if (status != ITD_OK)
        return status;
    while (itd_compact_drop(&c, "IBAN"))
        ;
    if (c.size < 4 || !itd_is_letter(c.text[0]) || !itd_is_letter(c.text[1]))
        return itd_refuse(r, "an IBAN begins with a country", c.at[0]);
    if (!itd_is_digit(c.text[2]) || !itd_is_digit(c.text[3]))
        return itd_refuse(r, "an IBAN has two check digits after the country", c.at[2]);
    size_t length = length_of(c.text);
    if (length == 0)
        return itd_refuse(r, "no country with IBANs", c.at[0]);
    if (c.size != length)
        return itd_refuse(r, "not the length of that country's IBANs", c.at[c.size < length ? c.size : length]);
    if (itd_mod97(itd_mod97(0, c.text + 4, c.size - 4), c.text, 4) != 1)
        return itd_refuse(r, "the check digits are wrong", c.at[2]);
    memcpy(value, c.text, c.size + 1);
    return ITD_OK;
}
