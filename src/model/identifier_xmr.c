/* Monero addresses of the main network: base58 in blocks of 8 bytes, a network byte (18 standard, 19 integrated, 42
 * subaddress), two keys, for 19 a payment id of 8 bytes, and four bytes of Keccak-256.
 * Sources: Monero's base58.cpp and cryptonote_config.h; CryptoNote Standard 007 (2013). */
#include "model/base58.h"
#include "model/keccak.h"

#define BLOCK_BYTES ((size_t)8)
#define BLOCK_CHARACTERS ((size_t)11)
#define STANDARD_CHARACTERS ((size_t)95)
#define INTEGRATED_CHARACTERS ((size_t)106)
#define BYTES_MAX ((size_t)77)
#define CHECKSUM_BYTES ((size_t)4)

/* One block, big end first; the last one of both lengths has 7 characters for 5 bytes. */
static itd_status decode_block(unsigned char *out, size_t out_size, const char *text, size_t size, size_t from,
                               itd_refusal r)
{
    unsigned __int128 number = 0;
    for (size_t i = 0; i < size; i++) {
        int digit = itd_base58_value(text[from + i]);
        if (digit < 0)
            return itd_refuse(r, "no base58 character", from + i);
        number = number * 58 + (unsigned)digit;
    }
    if (number >> (8 * out_size))
        return itd_refuse(r, "a block that is too large", from);
    for (size_t i = out_size; i-- > 0; number >>= 8)
        out[i] = (unsigned char)number;
    return ITD_OK;
}

itd_status itd_identifier_read_xmr(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    if (size != STANDARD_CHARACTERS && size != INTEGRATED_CHARACTERS)
        return itd_refuse(r, "a Monero address has 95 or 106 characters",
                          size < INTEGRATED_CHARACTERS ? size : INTEGRATED_CHARACTERS);
    unsigned char bytes[BYTES_MAX], hash[ITD_KECCAK256_BYTES];
    size_t count = 0;
    for (size_t i = 0; i < size; i += BLOCK_CHARACTERS) {
        bool is_whole = size - i >= BLOCK_CHARACTERS;
        size_t characters = is_whole ? BLOCK_CHARACTERS : size - i, block = is_whole ? BLOCK_BYTES : 5;
        itd_status status = decode_block(bytes + count, block, text, characters, i, r);
        if (status != ITD_OK)
            return status;
        count += block;
    }
    itd_keccak256(hash, bytes, count - CHECKSUM_BYTES);
    if (memcmp(hash, bytes + count - CHECKSUM_BYTES, CHECKSUM_BYTES) != 0)
        return itd_refuse(r, "the checksum is wrong", size);
    if (size == STANDARD_CHARACTERS ? bytes[0] != 18 && bytes[0] != 42 : bytes[0] != 19)
        return itd_refuse(r, "an address of another network", 0);
    memcpy(value, text, size);
    value[size] = '\0';
    return ITD_OK;
}
