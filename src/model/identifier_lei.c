/* Legal entity identifiers: 18 letters or digits and two check digits, modulo 97 to 1. Source: ISO 17442-1:2020. */
#include "model/identifier_text.h"

#include <string.h>

#define LEI_SIZE ((size_t)20)

itd_status itd_identifier_read_lei(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, NULL, text, size, r);
    if (status != ITD_OK)
        return status;
    if (c.size == LEI_SIZE + 3)
        (void)itd_compact_drop(&c, "LEI");
    if (c.size != LEI_SIZE)
        return itd_refuse(r, "an LEI has 20 characters", c.at[c.size > LEI_SIZE ? LEI_SIZE : c.size]);
    if (!itd_is_digit(c.text[18]) || !itd_is_digit(c.text[19]))
        return itd_refuse(r, "an LEI ends in two digits", c.at[18]);
    if (itd_mod97(0, c.text, c.size) != 1)
        return itd_refuse(r, "the check digits are wrong", c.at[18]);
    memcpy(value, c.text, c.size + 1);
    return ITD_OK;
}
