#include "model/identifier.h"

#include <assert.h>
#include <string.h>

#include "base/error.h"
#include "model/identifier_text.h"

typedef struct identifier_kind {
    const char *name;
    itd_identifier_reader *read;
    bool strong; /* passing its check settles it, or nobody else can have the same */
} identifier_kind;

enum {
    KIND_IMO_SHIP,
    KIND_IMO_COMPANY,
    KIND_MMSI,
    KIND_IBAN,
    KIND_BIC,
    KIND_LEI,
    KIND_ISIN,
    KIND_INN,
    KIND_OGRN,
    KIND_PASSPORT,
    KIND_BTC,
    KIND_ETH,
    KIND_TRX,
    KIND_XMR,
    KIND_LTC,
    KIND_TAIL_NUMBER,
    KIND_COUNT
};

/* A new kind is a file of its own and a row here. An MMSI goes with the flag and a tail number with the register, and
 * both are given out again; passports of two states can have one number. */
static const identifier_kind kinds[KIND_COUNT] = {
    [KIND_IMO_SHIP] = {"imo-ship", itd_identifier_read_imo_ship, true},
    [KIND_IMO_COMPANY] = {"imo-company", itd_identifier_read_imo_company, true},
    [KIND_MMSI] = {"mmsi", itd_identifier_read_mmsi, false},
    [KIND_IBAN] = {"iban", itd_identifier_read_iban, true},
    [KIND_BIC] = {"bic", itd_identifier_read_bic, true},
    [KIND_LEI] = {"lei", itd_identifier_read_lei, true},
    [KIND_ISIN] = {"isin", itd_identifier_read_isin, true},
    [KIND_INN] = {"inn", itd_identifier_read_inn, true},
    [KIND_OGRN] = {"ogrn", itd_identifier_read_ogrn, true},
    [KIND_PASSPORT] = {"passport", itd_identifier_read_passport, false},
    [KIND_BTC] = {"btc", itd_identifier_read_btc, true},
    [KIND_ETH] = {"eth", itd_identifier_read_eth, true},
    [KIND_TRX] = {"trx", itd_identifier_read_trx, true},
    [KIND_XMR] = {"xmr", itd_identifier_read_xmr, true},
    [KIND_LTC] = {"ltc", itd_identifier_read_ltc, true},
    [KIND_TAIL_NUMBER] = {"tail-number", itd_identifier_read_tail_number, false},
};

static itd_sv trim(const char *text, size_t size)
{
    return itd_sv_trim(itd_sv_make(text, size));
}

itd_status itd_identifier_parse(itd_identifier *out, const char *kind, const char *text, size_t size, itd_error *error)
{
    assert(out && kind && (text || size == 0));
    const identifier_kind *k = kinds;
    while (k < kinds + KIND_COUNT && strcmp(k->name, kind) != 0)
        k++;
    if (k == kinds + KIND_COUNT)
        return itd_fail(error, ITD_ENOTFOUND, "%.32s: no such kind of identifier", kind);

    itd_identifier found = {.kind = k->name};
    const char *why = NULL;
    size_t where = 0;
    itd_sv trimmed = trim(text, size);
    itd_status status = k->read(found.value, trimmed.data ? trimmed.data : "", trimmed.size, &why, &where);
    if (status != ITD_OK)
        return itd_fail_at(error, status, NULL, 0, where + (trimmed.size ? (size_t)(trimmed.data - text) : 0), "%s: %s",
                           k->name, why);
    *out = found;
    return ITD_OK;
}

const char *itd_identifier_kind(size_t index)
{
    return index < KIND_COUNT ? kinds[index].name : NULL;
}

/* Kinds that values of a property can have, tried in this order. */
static const struct {
    itd_property property;
    uint8_t kinds[5];
    uint8_t count;
} readings[] = {
    {ITD_P_Vessel_imoNumber, {KIND_IMO_SHIP}, 1},
    {ITD_P_Organization_imoNumber, {KIND_IMO_COMPANY}, 1},
    {ITD_P_Vessel_mmsi, {KIND_MMSI}, 1},
    {ITD_P_BankAccount_iban, {KIND_IBAN}, 1},
    {ITD_P_Analyzable_ibanMentioned, {KIND_IBAN}, 1},
    {ITD_P_BankAccount_bic, {KIND_BIC}, 1},
    {ITD_P_LegalEntity_swiftBic, {KIND_BIC}, 1},
    {ITD_P_LegalEntity_leiCode, {KIND_LEI}, 1},
    {ITD_P_Security_isin, {KIND_ISIN}, 1},
    {ITD_P_Company_isinCode, {KIND_ISIN}, 1},
    {ITD_P_LegalEntity_innCode, {KIND_INN}, 1},
    {ITD_P_LegalEntity_ogrnCode, {KIND_OGRN}, 1},
    {ITD_P_Person_passportNumber, {KIND_PASSPORT}, 1},
    {ITD_P_Passport_passportNumber, {KIND_PASSPORT}, 1},
    {ITD_P_CryptoWallet_publicKey, {KIND_BTC, KIND_ETH, KIND_TRX, KIND_XMR, KIND_LTC}, 5},
    {ITD_P_Vehicle_registrationNumber, {KIND_TAIL_NUMBER}, 1},
};

static bool read_by_property(itd_identifier *out, bool *strong, itd_property property, itd_sv value)
{
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        if (readings[i].property != property)
            continue;
        for (size_t k = 0; k < readings[i].count; k++) {
            const identifier_kind *kind = &kinds[readings[i].kinds[k]];
            if (itd_identifier_parse(out, kind->name, value.data, value.size, NULL) != ITD_OK)
                continue;
            *strong = kind->strong;
            char *country = strchr(out->value, ' '); /* of a passport: the number is what counts */
            if (country)
                *country = '\0';
            return true;
        }
    }
    return false;
}

/* Addresses in base58 tell upper and lower case apart. */
static bool keeps_case(itd_property property)
{
    return property == ITD_P_CryptoWallet_publicKey;
}

bool itd_identifier_key(itd_identifier *out, bool *strong, itd_property property, itd_sv value)
{
    if (value.size == 0)
        return false;
    itd_identifier found = {.kind = "bare"};
    bool found_strong = false;
    if (!read_by_property(&found, &found_strong, property, value)) {
        size_t count = 0;
        bool says_something = false; /* "0000", "N/A" and "UNKNOWN" name nothing */
        for (size_t i = 0; i < value.size; i++) {
            char c = value.data[i];
            if (c >= 'a' && c <= 'z' && !keeps_case(property))
                c = (char)(c - 'a' + 'A');
            if (!itd_is_digit(c) && !itd_is_letter((char)(c & ~0x20)))
                continue;
            if (count == ITD_IDENTIFIER_MAX)
                return false;
            found.value[count++] = c;
            says_something |= c >= '1' && c <= '9';
        }
        if (!says_something)
            return false;
    }
    *out = found;
    *strong = found_strong;
    return true;
}

/* Numbers of documents and registers, which are given out once in a state. */
static bool is_document(itd_property property)
{
    static const itd_property documents[] = {
        ITD_P_Person_passportNumber,       ITD_P_Passport_passportNumber,        ITD_P_Passport_personalNumber,
        ITD_P_Person_socialSecurityNumber, ITD_P_Identification_number,          ITD_P_LegalEntity_idNumber,
        ITD_P_LegalEntity_taxNumber,       ITD_P_LegalEntity_registrationNumber, ITD_P_LegalEntity_vatCode,
        ITD_P_LegalEntity_innCode,         ITD_P_LegalEntity_ogrnCode,           ITD_P_LegalEntity_dunsCode,
        ITD_P_LegalEntity_uniqueEntityId,  ITD_P_Vehicle_registrationNumber,     ITD_P_Vessel_imoNumber,
        ITD_P_Organization_imoNumber};
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++)
        if (documents[i] == property)
            return true;
    return false;
}

enum { SPECIFIC_SIZE = 6, SPECIFIC_DIGITS = 4, SPECIFIC_DISTINCT = 3 };

/* Long enough, with digits enough, and not one digit again and again. */
static bool is_specific(const char *value)
{
    size_t size = strlen(value), digits = 0, distinct = 0;
    for (size_t i = 0; i < size; i++) {
        digits += itd_is_digit(value[i]);
        distinct += memchr(value, value[i], i) == NULL;
    }
    return size >= SPECIFIC_SIZE && digits >= SPECIFIC_DIGITS && distinct >= SPECIFIC_DISTINCT;
}

/* Properties whose values may be numbers of any kind. */
static bool is_general(itd_property property)
{
    return property == ITD_P_LegalEntity_idNumber || property == ITD_P_LegalEntity_taxNumber ||
           property == ITD_P_LegalEntity_registrationNumber || property == ITD_P_Identification_number ||
           property == ITD_P_Vehicle_registrationNumber;
}

/* A value that is there already keeps the higher trust. */
static size_t add_reading(itd_identifier_reading *out, size_t count, const itd_identifier *identifier,
                          itd_identifier_trust trust)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(out[i].identifier.value, identifier->value) == 0) {
            out[i].trust = trust > out[i].trust ? trust : out[i].trust;
            return count;
        }
    }
    assert(count < ITD_IDENTIFIER_READINGS_MAX);
    out[count] = (itd_identifier_reading){*identifier, trust};
    return count + 1;
}

size_t itd_identifier_readings(itd_identifier_reading out[static ITD_IDENTIFIER_READINGS_MAX], itd_property property,
                               itd_sv value)
{
    /* In normal form a value is itself or has "IMO" before it, or lacks its country: three differ, beside the first. */
    static const struct {
        uint8_t kind;
        itd_identifier_trust trust;
    } general[] = {{KIND_INN, ITD_TRUST_READ},      {KIND_OGRN, ITD_TRUST_READ},     {KIND_ISIN, ITD_TRUST_CHECKED},
                   {KIND_LEI, ITD_TRUST_CHECKED},   {KIND_IMO_SHIP, ITD_TRUST_READ}, {KIND_IMO_COMPANY, ITD_TRUST_READ},
                   {KIND_PASSPORT, ITD_TRUST_PLAIN}};
    itd_identifier found;
    bool strong;
    if (!itd_identifier_key(&found, &strong, property, value))
        return 0;
    bool document = is_document(property) || property == ITD_P_Vessel_mmsi;
    size_t count = add_reading(out, 0, &found, strong ? ITD_TRUST_CHECKED : ITD_TRUST_PLAIN);
    for (size_t i = 0; i < sizeof general / sizeof general[0] && is_general(property); i++) {
        itd_identifier read;
        if (itd_identifier_parse(&read, kinds[general[i].kind].name, value.data, value.size, NULL) != ITD_OK)
            continue;
        char *country = strchr(read.value, ' ');
        if (country)
            *country = '\0';
        count = add_reading(out, count, &read, general[i].trust);
    }
    for (size_t i = 0; i < count; i++)
        if (out[i].trust == ITD_TRUST_PLAIN && document && is_specific(out[i].identifier.value))
            out[i].trust = ITD_TRUST_SPECIFIC;
    return count;
}
