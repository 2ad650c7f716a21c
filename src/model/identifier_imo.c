/* IMO numbers: "IMO" and seven digits, the last a check digit. Ships and companies draw from one range of numbers and
 * have different check digits; a few numbers pass both, so the kind has to be known. Sources: ships, IMO Resolution
 * A.1117(30), annex: the first six digits times 7, 6, 5, 4, 3, 2; the sum's last digit is the seventh. Companies and
 * registered owners, the scheme of IMO Resolution MSC.160(78), numbered by IHS Maritime: the digits times 8, 6, 4, 2,
 * 9, 7; 11 less the sum modulo 11, of that the last digit. Verified with all 116 company numbers of the OFAC (2016 to
 * 2026) and UN (2018 to 2026) lists. */
#include "model/identifier_text.h"

#include <stdio.h>
#include <string.h>

#define IMO_DIGITS ((size_t)7)

static itd_status read_imo(char *value, const char *text, size_t size, int (*check_digit)(const char *), itd_refusal r)
{
    itd_compact c;
    itd_status status = itd_compact_read(&c, "IMO", text, size, r);
    if (status != ITD_OK)
        return status;
    size_t wrong = itd_compact_not_digit(&c);
    if (wrong != SIZE_MAX)
        return itd_refuse(r, "an IMO number has seven digits and nothing else", c.at[wrong]);
    if (c.size != IMO_DIGITS)
        return itd_refuse(r, "an IMO number has seven digits", c.at[c.size > IMO_DIGITS ? IMO_DIGITS : c.size]);
    if (strcmp(c.text, "0000000") == 0)
        return itd_refuse(r, "0000000 stands for a number that is not known", 0); /* it passes the check of ships */
    if (check_digit(c.text) != c.text[IMO_DIGITS - 1] - '0')
        return itd_refuse(r, "the check digit is wrong", c.at[IMO_DIGITS - 1]);
    (void)snprintf(value, ITD_IDENTIFIER_MAX + 1, "IMO%.7s", c.text);
    return ITD_OK;
}

static int weighted(const char *digits, const int weights[6])
{
    int sum = 0;
    for (size_t i = 0; i < IMO_DIGITS - 1; i++)
        sum += (digits[i] - '0') * weights[i];
    return sum;
}

static int ship_check_digit(const char *digits)
{
    return weighted(digits, (const int[]){7, 6, 5, 4, 3, 2}) % 10;
}

static int company_check_digit(const char *digits)
{
    return (11 - weighted(digits, (const int[]){8, 6, 4, 2, 9, 7}) % 11) % 10;
}

itd_status itd_identifier_read_imo_ship(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    return read_imo(value, text, size, ship_check_digit, (itd_refusal){why, where});
}

itd_status itd_identifier_read_imo_company(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    return read_imo(value, text, size, company_check_digit, (itd_refusal){why, where});
}
