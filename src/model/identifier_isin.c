/* International securities identification numbers: two letters, nine letters or digits, a check digit by Luhn's rule
 * over the digits, where a letter is two of them (A is 10). Source: ISO 6166:2021. */
#include "model/identifier_text.h"

#include <string.h>

#define ISIN_SIZE ((size_t)12)

static void add_digit(unsigned *sum, bool doubled, unsigned digit)
{
    digit = doubled ? digit * 2 : digit;
    *sum += digit / 10 + digit % 10;
}

static bool passes_luhn(const char *text)
{
    unsigned sum = 0;
    bool doubled = false;
    for (size_t i = ISIN_SIZE; i-- > 0; doubled = !doubled) {
        unsigned number = itd_is_digit(text[i]) ? (unsigned)(text[i] - '0') : (unsigned)(text[i] - 'A' + 10);
        add_digit(&sum, doubled, number % 10);
        if (number >= 10) {
            doubled = !doubled;
            add_digit(&sum, doubled, number / 10);
        }
    }
    return sum % 10 == 0;
}

itd_status itd_identifier_read_isin(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, NULL, text, size, r);
    if (status != ITD_OK)
        return status;
    if (c.size == ISIN_SIZE + 4) /* Iceland's begin with "IS" too */
        (void)itd_compact_drop(&c, "ISIN");
    if (c.size != ISIN_SIZE)
        return itd_refuse(r, "an ISIN has 12 characters", c.at[c.size > ISIN_SIZE ? ISIN_SIZE : c.size]);
    if (!itd_is_letter(c.text[0]) || !itd_is_letter(c.text[1]))
        return itd_refuse(r, "an ISIN begins with two letters", c.at[0]);
    if (!itd_is_digit(c.text[ISIN_SIZE - 1]))
        return itd_refuse(r, "an ISIN ends in a digit", c.at[ISIN_SIZE - 1]);
    if (!passes_luhn(c.text))
        return itd_refuse(r, "the check digit is wrong", c.at[ISIN_SIZE - 1]);
    memcpy(value, c.text, c.size + 1);
    return ITD_OK;
}
