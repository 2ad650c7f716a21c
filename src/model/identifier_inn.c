/* Russian taxpayer numbers: ten digits for organisations, the last a check digit; twelve for people, the last two.
 * Source: order of the Federal Tax Service of Russia MMV-7-6/435@ (2012-06-29), annex. */
#include "model/identifier_text.h"

#include <string.h>

static char check_digit(const char *digits, const char *weights, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (digits[i] - '0') * (weights[i] - '0');
    return (char)('0' + sum % 11 % 10);
}

/* Weights as digits; ':' is the character that follows '9': 10. */
static bool passes(const char *digits, size_t size)
{
    if (size == 10)
        return check_digit(digits, "24:359468", 9) == digits[9];
    return check_digit(digits, "724:359468", 10) == digits[10] && check_digit(digits, "3724:359468", 11) == digits[11];
}

itd_status itd_identifier_read_inn(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, "INN", text, size, r);
    if (status != ITD_OK)
        return status;
    size_t wrong = itd_compact_not_digit(&c);
    if (wrong != SIZE_MAX || (c.size != 10 && c.size != 12))
        return itd_refuse(r, "an INN has 10 or 12 digits", c.at[wrong != SIZE_MAX ? wrong : c.size]);
    if (strspn(c.text, "0") == c.size)
        return itd_refuse(r, "zeros stand for a number that is not known", c.at[0]);
    if (!passes(c.text, c.size))
        return itd_refuse(r, "the check digit is wrong", c.at[c.size - 1]);
    memcpy(value, c.text, c.size + 1);
    return ITD_OK;
}
