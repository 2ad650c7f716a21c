/* Passport numbers: letters and digits as their country gives them, with the country in parentheses when it is known:
 * "PD 472310104 (KP)". There is no check digit outside the machine-readable zone.
 * Source: ICAO Doc 9303-3 (2021), which leaves the number to the issuing state; nine characters are usual, and longer
 * ones exist in older documents. */
#include "model/country.h"
#include "model/identifier_text.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_MIN ((size_t)4)
#define NUMBER_MAX ((size_t)24)

/* Cuts "(KP)" off the end of the text; `code` stays NULL when there is none. */
static itd_status take_country(const char **code, itd_sv *text, itd_refusal r)
{
    *text = itd_sv_slice(*text, 0, text->size);
    while (text->size > 0 && (text->data[text->size - 1] == ' ' || text->data[text->size - 1] == '.'))
        text->size--;
    size_t open = itd_sv_find(*text, ITD_SV("("), 0);
    if (open == SIZE_MAX)
        return ITD_OK;
    if (!itd_sv_ends(*text, ITD_SV(")")))
        return itd_refuse(r, "a country in parentheses ends a passport number", open);
    *code = itd_country_find(itd_sv_slice(*text, open + 1, text->size - open - 2));
    if (!*code)
        return itd_refuse(r, "what stands in parentheses is no country", open + 1);
    text->size = open;
    return ITD_OK;
}

itd_status itd_identifier_read_passport(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_sv number = itd_sv_make(text, size);
    const char *code = NULL;
    itd_compact c;
    itd_status status = take_country(&code, &number, r);
    if (status == ITD_OK)
        status = itd_compact_read(&c, "PASSPORT", number.data, number.size, r);
    if (status != ITD_OK)
        return status;
    if (c.size < NUMBER_MIN || c.size > NUMBER_MAX)
        return itd_refuse(r, "a passport number has 4 to 24 letters and digits",
                          c.at[c.size > NUMBER_MAX ? NUMBER_MAX : c.size]);
    if (strcspn(c.text, "123456789") == c.size)
        return itd_refuse(r, "a passport number has digits", c.at[0]);
    (void)snprintf(value, ITD_IDENTIFIER_MAX + 1, code ? "%s (%s)" : "%s%s", c.text, code ? code : "");
    for (char *at = value; *at; at++)
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    return ITD_OK;
}
