/* Ethereum addresses: "0x" and 40 hexadecimal digits. Upper and lower case together are a checksum; the normal form is
 * in lower case. Source: EIP-55 (2016). */
#include "model/identifier_text.h"
#include "model/keccak.h"

#define HEX_DIGITS ((size_t)40)

static bool is_hex(char c)
{
    return itd_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* A letter is a capital where the hash of the lower-case digits has a digit of 8 or more. */
static size_t wrong_case(const char *digits, const char *lower)
{
    unsigned char hash[ITD_KECCAK256_BYTES];
    itd_keccak256(hash, lower, HEX_DIGITS);
    for (size_t i = 0; i < HEX_DIGITS; i++) {
        unsigned nibble = i % 2 ? hash[i / 2] & 15u : (unsigned)hash[i / 2] >> 4;
        if (!itd_is_digit(digits[i]) && itd_is_letter(digits[i]) != (nibble >= 8))
            return i;
    }
    return SIZE_MAX;
}

itd_status itd_identifier_read_eth(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    if (size < 2 || text[0] != '0' || (text[1] | 0x20) != 'x')
        return itd_refuse(r, "an Ethereum address begins with 0x", 0);
    if (size != HEX_DIGITS + 2)
        return itd_refuse(r, "an Ethereum address has 40 digits", size < HEX_DIGITS + 2 ? size : HEX_DIGITS + 2);
    const char *digits = text + 2;
    char lower[HEX_DIGITS];
    bool has_upper = false, has_lower = false;
    for (size_t i = 0; i < HEX_DIGITS; i++) {
        if (!is_hex(digits[i]))
            return itd_refuse(r, "no hexadecimal digit", i + 2);
        has_upper |= itd_is_letter(digits[i]);
        has_lower |= digits[i] >= 'a';
        lower[i] = itd_is_letter(digits[i]) ? (char)(digits[i] | 0x20) : digits[i];
    }
    size_t wrong = has_upper && has_lower ? wrong_case(digits, lower) : SIZE_MAX;
    if (wrong != SIZE_MAX)
        return itd_refuse(r, "upper and lower case do not fit the checksum", wrong + 2);
    memcpy(value, "0x", 2);
    memcpy(value + 2, lower, HEX_DIGITS);
    value[2 + HEX_DIGITS] = '\0';
    return ITD_OK;
}
