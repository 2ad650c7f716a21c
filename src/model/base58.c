#include "model/base58.h"

#include <sodium.h>
#include <string.h>

#define CHECKSUM_BYTES ((size_t)4)
#define TEXT_MAX ((size_t)40) /* 25 bytes need 35 characters at most */

int itd_base58_value(char c)
{
    static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

/* bytes = bytes * 58 + digit; false when that does not fit. */
static bool push_digit(unsigned char bytes[ITD_BASE58CHECK_BYTES], unsigned digit)
{
    unsigned carry = digit;
    for (size_t i = ITD_BASE58CHECK_BYTES; i-- > 0;) {
        carry += bytes[i] * 58u;
        bytes[i] = (unsigned char)carry;
        carry >>= 8;
    }
    return carry == 0;
}

/* The number that the text stands for, in 25 bytes; each leading zero byte is written as one "1". */
static itd_status decode(unsigned char bytes[ITD_BASE58CHECK_BYTES], itd_sv text, itd_refusal r)
{
    memset(bytes, 0, ITD_BASE58CHECK_BYTES);
    if (text.size > TEXT_MAX)
        return itd_refuse(r, "too long for an address", TEXT_MAX);
    size_t ones = 0, zeros = 0;
    while (ones < text.size && text.data[ones] == '1')
        ones++;
    for (size_t i = 0; i < text.size; i++) {
        int digit = itd_base58_value(text.data[i]);
        if (digit < 0)
            return itd_refuse(r, "no base58 character", i);
        if (!push_digit(bytes, (unsigned)digit))
            return itd_refuse(r, "too long for an address", i);
    }
    while (zeros < ITD_BASE58CHECK_BYTES && bytes[zeros] == 0)
        zeros++;
    if (zeros != ones)
        return itd_refuse(r, "not the length of an address", text.size);
    return ITD_OK;
}

itd_status itd_base58check_read(char *value, itd_sv text, const int *versions, itd_refusal r)
{
    unsigned char bytes[ITD_BASE58CHECK_BYTES], once[crypto_hash_sha256_BYTES], twice[crypto_hash_sha256_BYTES];
    itd_status status = decode(bytes, text, r);
    if (status != ITD_OK)
        return status;
    const size_t payload = ITD_BASE58CHECK_BYTES - CHECKSUM_BYTES;
    crypto_hash_sha256(once, bytes, payload);
    crypto_hash_sha256(twice, once, sizeof once);
    if (memcmp(twice, bytes + payload, CHECKSUM_BYTES) != 0)
        return itd_refuse(r, "the checksum is wrong", text.size);
    while (*versions >= 0 && *versions != bytes[0])
        versions++;
    if (*versions < 0)
        return itd_refuse(r, "an address of another kind", 0);
    memcpy(value, text.data, text.size);
    value[text.size] = '\0';
    return ITD_OK;
}
