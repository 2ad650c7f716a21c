#include "model/bech32.h"

#include <string.h>

#define ADDRESS_MAX ((size_t)90)
#define CHECKSUM_CHARACTERS ((size_t)6)
#define BECH32_CHECK 1u
#define BECH32M_CHECK 0x2bc830a3u

static uint32_t step(uint32_t check, unsigned value)
{
    static const uint32_t generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    uint32_t top = check >> 25;
    check = (check & 0x1ffffff) << 5 ^ value;
    for (unsigned i = 0; i < 5; i++)
        check ^= top >> i & 1 ? generator[i] : 0;
    return check;
}

static int character_value(char c)
{
    static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

bool itd_bech32_looks_like(itd_sv text, const char *part)
{
    size_t size = strlen(part);
    return text.size > size && itd_sv_starts_nocase(text, itd_sv_of(part)) && text.data[size] == '1';
}

/* The text in lower case; upper and lower case may not be mixed. */
static itd_status lower(char *out, itd_sv text, itd_refusal r)
{
    bool has_upper = false, has_lower = false;
    for (size_t i = 0; i < text.size; i++) {
        bool is_upper = itd_is_letter(text.data[i]);
        has_upper |= is_upper;
        has_lower |= text.data[i] >= 'a' && text.data[i] <= 'z';
        if (has_upper && has_lower)
            return itd_refuse(r, "upper and lower case are mixed", i);
        out[i] = is_upper ? (char)(text.data[i] | 0x20) : text.data[i];
    }
    out[text.size] = '\0';
    return ITD_OK;
}

/* Bytes that `count` values of five bits hold, or SIZE_MAX when what is left over is not zeros of less than five bits.
 */
static size_t program_bytes(const unsigned char *values, size_t count)
{
    size_t left = count * 5 % 8;
    if (left >= 5 || (left > 0 && (values[count - 1] & ((1u << left) - 1)) != 0))
        return SIZE_MAX;
    return count * 5 / 8;
}

static itd_status check_program(const unsigned char *values, size_t count, uint32_t check, size_t end, itd_refusal r)
{
    if (count < 2 || values[0] > 16)
        return itd_refuse(r, "no witness program", end);
    if (check != (values[0] == 0 ? BECH32_CHECK : BECH32M_CHECK))
        return itd_refuse(r, "the checksum is wrong", end);
    size_t bytes = program_bytes(values + 1, count - 1);
    if (bytes == SIZE_MAX || bytes < 2 || bytes > 40 || (values[0] == 0 && bytes != 20 && bytes != 32))
        return itd_refuse(r, "not the length of an address", end);
    return ITD_OK;
}

itd_status itd_bech32_read(char *value, itd_sv text, const char *part, itd_refusal r)
{
    char address[ADDRESS_MAX + 1];
    unsigned char values[ADDRESS_MAX] = {0};
    size_t part_size = strlen(part), count = 0;
    if (text.size > ADDRESS_MAX || text.size < part_size + 1 + CHECKSUM_CHARACTERS)
        return itd_refuse(r, "not the length of an address", text.size > ADDRESS_MAX ? ADDRESS_MAX : text.size);
    itd_status status = lower(address, text, r);
    if (status != ITD_OK)
        return status;
    uint32_t check = 1;
    for (size_t i = 0; i < part_size; i++)
        check = step(check, (unsigned char)part[i] >> 5);
    check = step(check, 0);
    for (size_t i = 0; i < part_size; i++)
        check = step(check, (unsigned char)part[i] & 31);
    for (size_t i = part_size + 1; i < text.size; i++) {
        int digit = character_value(address[i]);
        if (digit < 0)
            return itd_refuse(r, "no bech32 character", i);
        check = step(check, (unsigned)digit);
        values[count++] = (unsigned char)digit;
    }
    status = check_program(values, count - CHECKSUM_CHARACTERS, check, text.size, r);
    if (status == ITD_OK)
        memcpy(value, address, text.size + 1);
    return status;
}
