#include "engine/identify.h"

#include "interdict/identifier.h"

/* Kinds that are told by their form alone: what a name or a plain number could be is not among them. */
static const struct {
    const char *kind;
    itd_property property;
    const char *prefix; /* that people write before it, or NULL; without case */
    bool must;          /* only with the prefix */
} kinds[] = {
    {"imo-ship", ITD_P_Vessel_imoNumber, "IMO", false}, {"imo-company", ITD_P_Organization_imoNumber, "IMO", true},
    {"mmsi", ITD_P_Vessel_mmsi, "MMSI", true},          {"lei", ITD_P_LegalEntity_leiCode, "LEI", false},
    {"bic", ITD_P_LegalEntity_swiftBic, "BIC", false},  {"iban", ITD_P_BankAccount_iban, "IBAN", false},
    {"isin", ITD_P_Security_isin, "ISIN", false},       {"btc", ITD_P_CryptoWallet_publicKey, NULL, false},
    {"eth", ITD_P_CryptoWallet_publicKey, NULL, false}, {"trx", ITD_P_CryptoWallet_publicKey, NULL, false},
    {"xmr", ITD_P_CryptoWallet_publicKey, NULL, false}, {"ltc", ITD_P_CryptoWallet_publicKey, NULL, false},
};

static bool without_prefix(itd_sv *text, const char *prefix)
{
    if (!prefix || !itd_sv_starts_nocase(*text, itd_sv_of(prefix)))
        return false;
    itd_sv rest = itd_sv_slice(*text, strlen(prefix), text->size);
    if (rest.size == 0 || (rest.data[0] != ' ' && rest.data[0] != ':' && (rest.data[0] < '0' || rest.data[0] > '9')))
        return false;
    if (rest.data[0] == ':')
        rest = itd_sv_slice(rest, 1, rest.size);
    *text = itd_sv_trim(rest);
    return true;
}

itd_status itd_question_identify(itd_question *question, itd_arena *arena, itd_error *error)
{
    itd_entity *entity = &question->entity;
    if (entity->value_count != 1 || entity->values[0].property != ITD_P_Thing_name)
        return ITD_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        itd_identifier found;
        itd_sv text = itd_sv_trim(entity->values[0].value);
        bool prefixed = without_prefix(&text, kinds[i].prefix);
        if ((kinds[i].must && !prefixed) ||
            itd_identifier_parse(&found, kinds[i].kind, text.data, text.size, NULL) != ITD_OK)
            continue;
        itd_entity_value *values = itd_arena_alloc_array(arena, 2, sizeof *values);
        if (!values)
            return itd_fail_memory(error);
        values[0] = entity->values[0];
        values[1] = (itd_entity_value){kinds[i].property, text};
        entity->values = values;
        entity->value_count = 2;
        return ITD_OK;
    }
    return ITD_OK;
}
