#include "read/wallets.h"

#include "interdict/identifier.h"

/* Forms of addresses: how they start, how long they are. Sources: BIP 173 and BIP 350 (bech32), Bitcoin and Litecoin
 * base58check version bytes, EIP-55, the base58check of TRON (0x41), Monero's base58 of 69 bytes. */
static const struct form {
    const char *start, *kind, *asset;
    uint8_t size_min, size_max;
    bool mixed; /* base58: an address has small and large letters and digits */
} forms[] = {
    {"0x", "eth", "ETH", 42, 42, false},   {"bc1", "btc", "BTC", 14, 90, false}, {"BC1", "btc", "BTC", 14, 90, false},
    {"ltc1", "ltc", "LTC", 14, 90, false}, {"T", "trx", "TRX", 34, 34, true},    {"1", "btc", "BTC", 26, 35, true},
    {"3", "btc", "BTC", 26, 35, true},     {"L", "ltc", "LTC", 26, 35, true},    {"M", "ltc", "LTC", 26, 35, true},
    {"4", "xmr", "XMR", 95, 106, true},    {"8", "xmr", "XMR", 95, 95, true},
};

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_mixed(itd_sv word)
{
    bool digit = false, small = false, large = false;
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        digit |= c >= '0' && c <= '9';
        small |= c >= 'a' && c <= 'z';
        large |= c >= 'A' && c <= 'Z';
    }
    return digit && small && large;
}

static const struct form *form_of(itd_sv word)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (word.size >= forms[i].size_min && word.size <= forms[i].size_max &&
            itd_sv_starts(word, itd_sv_of(forms[i].start)) && (!forms[i].mixed || is_mixed(word)))
            return &forms[i];
    return NULL;
}

static void add_wallet(itd_record *record, itd_part holder, const struct form *form, itd_sv word)
{
    itd_identifier address;
    if (itd_identifier_parse(&address, form->kind, word.data, word.size, NULL) != ITD_OK) {
        itd_record_tell(record, "\"%.*s\" looks like a wallet address (%s) and does not verify", ITD_SV_ARG(word),
                        form->asset);
        return;
    }
    itd_sv words[] = {ITD_SV("wallet"), itd_sv_of(form->asset), itd_sv_of(address.value)};
    itd_sv suffix = itd_record_join(record, "-", words, 3);
    if (suffix.size == 0)
        return; /* out of memory: commit says so */
    itd_part wallet = itd_record_part(record, ITD_S_CryptoWallet, suffix);
    itd_record_add(record, wallet, ITD_P_CryptoWallet_publicKey, word);
    itd_record_add(record, wallet, ITD_P_CryptoWallet_currencySymbol, itd_sv_of(form->asset));
    if (itd_schema_is(itd_record_schema(record, holder), ITD_S_LegalEntity))
        itd_record_link(record, wallet, ITD_P_CryptoWallet_holder, holder);
}

void itd_record_add_wallets(itd_record *record, itd_part holder, itd_sv text)
{
    if (text.size > ITD_WALLET_TEXT_BYTES_MAX)
        return;
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        for (end = at; end < text.size && is_word(text.data[end]);)
            end++;
        itd_sv word = itd_sv_slice(text, at, end - at);
        const struct form *form = word.size < 14 ? NULL : form_of(word);
        if (form)
            add_wallet(record, holder, form, word);
    }
}
