#include "cli/property.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Names that their words would not tell. */
static const char *const called[][2] = {
    {"birthDate", "date of birth"},    {"number", "document number"},
    {"publicKey", "wallet address"},   {"swiftBic", "BIC"},
    {"taxNumber", "tax number"},       {"okpoCode", "OKPO number"},
    {"dunsCode", "DUNS number"},       {"vatCode", "VAT number"},
    {"serialNumber", "serial number"}, {"voenCode", "VOEN"},
    {"uniqueEntityId", "SAM.gov UEI"},
};

/* Words that are the first letters of others. A "code" after one says nothing. */
static const char *const acronyms[] = {"bic", "bvd",  "cage", "cik", "crs", "fns",  "iban", "icao", "id",  "imo", "inn",
                                       "irs", "isin", "kpp",  "lei", "mbs", "mmsi", "npi",  "ogrn", "pfr", "unsc"};

static bool is_acronym(const char *word, size_t size)
{
    for (size_t i = 0; i < COUNT(acronyms); i++)
        if (strlen(acronyms[i]) == size && memcmp(acronyms[i], word, size) == 0)
            return true;
    return false;
}

static void put_word(itd_cli_text *out, const char *word, size_t size, bool capitals)
{
    for (size_t i = 0; i < size; i++) {
        char c = word[i];
        if (capitals && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        itd_cli_text_add(out, &c, 1);
    }
}

void itd_cli_property(itd_cli_text *out, const char *property)
{
    bool after_acronym = false;
    for (size_t i = 0; i < COUNT(called); i++)
        if (strcmp(called[i][0], property) == 0) {
            itd_cli_text_puts(out, called[i][1]);
            return;
        }
    for (const char *word = property; *word;) {
        char lower[32];
        size_t size = 1 + strcspn(word + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), kept = size < sizeof lower ? size : 0;
        (void)snprintf(lower, sizeof lower, "%.*s", (int)kept, word);
        if (lower[0] >= 'A' && lower[0] <= 'Z')
            lower[0] = (char)(lower[0] - 'A' + 'a');
        const char *shown = kept ? lower : word;
        if (!(after_acronym && size == 4 && memcmp(shown, "code", 4) == 0)) {
            itd_cli_text_puts(out, word > property ? " " : "");
            after_acronym = is_acronym(shown, size);
            put_word(out, shown, size, after_acronym);
        }
        word += size;
    }
}
