#include "read/bods_identifier.h"

#include "model/country.h"

/* What the part of a scheme after its country stands for; registers that are not here give registration numbers.
 * Source: codes of org-id.guide, as the IATI standard replicated it in 2018; of people BODS 0.4. */
static const struct {
    const char *name, *property;
} schemes[] = {
    {"LEI", "leiCode"},     {"DUNS", "dunsCode"},  {"VAT", "vatCode"},   {"INN", "innCode"},
    {"OGRN", "ogrnCode"},   {"EIN", "taxNumber"},  {"TIN", "taxNumber"}, {"TAXID", "taxNumber"},
    {"CNPJ", "taxNumber"},  {"CUIT", "taxNumber"}, {"RFC", "taxNumber"}, {"RUC", "taxNumber"},
    {"RUT", "taxNumber"},   {"NIF", "taxNumber"},  {"NIT", "taxNumber"}, {"PASSPORT", "passportNumber"},
    {"IDCARD", "idNumber"},
};

/* Words in the name of a scheme, in any case; the first that is met decides. */
static const struct {
    const char *word, *property;
} words[] = {
    {"legal entity identifier", "leiCode"},
    {"D-U-N-S", "dunsCode"},
    {"VAT ", "vatCode"},
    {"tax", "taxNumber"},
    {"passport", "passportNumber"},
    {"companies house", "registrationNumber"},
    {"company number", "registrationNumber"},
    {"register", "registrationNumber"},
    {"registration", "registrationNumber"},
    {"registry", "registrationNumber"},
};

const char *itd_bods_identifier(itd_sv scheme, itd_sv scheme_name, bool person)
{
    itd_sv country, part, rest = scheme;
    if (itd_sv_split(&country, &rest, '-') && rest.size > 0) {
        while (itd_sv_split(&part, &rest, '_'))
            for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
                if (itd_sv_is(part, schemes[i].name))
                    return schemes[i].property;
        if (!person && itd_country_find(country))
            return "registrationNumber";
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_find_nocase(scheme_name, itd_sv_of(words[i].word), 0) != SIZE_MAX)
            return words[i].property;
    return "idNumber";
}
