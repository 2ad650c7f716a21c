#include "base/sv.h"

static unsigned char lower(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 'A' && u <= 'Z' ? (unsigned char)(u | 0x20) : u;
}

int itd_sv_compare(itd_sv a, itd_sv b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0)
        return order;
    return a.size < b.size ? -1 : a.size > b.size;
}

static bool equal_nocase(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

bool itd_sv_equal_nocase(itd_sv a, itd_sv b)
{
    return a.size == b.size && equal_nocase(a.data, b.data, a.size);
}

bool itd_sv_starts(itd_sv text, itd_sv prefix)
{
    return text.size >= prefix.size && (prefix.size == 0 || memcmp(text.data, prefix.data, prefix.size) == 0);
}

bool itd_sv_starts_nocase(itd_sv text, itd_sv prefix)
{
    return text.size >= prefix.size && equal_nocase(text.data, prefix.data, prefix.size);
}

bool itd_sv_ends(itd_sv text, itd_sv suffix)
{
    return text.size >= suffix.size &&
           (suffix.size == 0 || memcmp(text.data + text.size - suffix.size, suffix.data, suffix.size) == 0);
}

size_t itd_sv_find(itd_sv text, itd_sv needle, size_t from)
{
    if (needle.size == 0)
        return from <= text.size ? from : SIZE_MAX;
    if (from >= text.size)
        return SIZE_MAX;
    const char *hit = memmem(text.data + from, text.size - from, needle.data, needle.size);
    return hit ? (size_t)(hit - text.data) : SIZE_MAX;
}

size_t itd_sv_find_nocase(itd_sv text, itd_sv needle, size_t from)
{
    if (needle.size == 0)
        return from <= text.size ? from : SIZE_MAX;
    unsigned char first = lower(needle.data[0]);
    for (size_t i = from; i < text.size && needle.size <= text.size - i; i++)
        if (lower(text.data[i]) == first && equal_nocase(text.data + i, needle.data, needle.size))
            return i;
    return SIZE_MAX;
}

static size_t blank_at_start(itd_sv text)
{
    if (text.size == 0)
        return 0;
    unsigned char c = (unsigned char)text.data[0];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return text.size >= 2 && c == 0xC2 && (unsigned char)text.data[1] == 0xA0 ? 2 : 0;
}

static size_t blank_at_end(itd_sv text)
{
    if (text.size == 0)
        return 0;
    unsigned char c = (unsigned char)text.data[text.size - 1];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return text.size >= 2 && c == 0xA0 && (unsigned char)text.data[text.size - 2] == 0xC2 ? 2 : 0;
}

itd_sv itd_sv_trim(itd_sv text)
{
    size_t n;
    while ((n = blank_at_start(text)) > 0)
        text = (itd_sv){text.data + n, text.size - n};
    while ((n = blank_at_end(text)) > 0)
        text.size -= n;
    return text;
}

itd_sv itd_sv_slice(itd_sv text, size_t from, size_t size)
{
    if (from > text.size)
        from = text.size;
    if (size > text.size - from)
        size = text.size - from;
    return (itd_sv){text.data ? text.data + from : NULL, size};
}

bool itd_sv_split(itd_sv *part, itd_sv *rest, char separator)
{
    if (!rest->data || rest->size == 0) {
        *rest = ITD_SV_NONE;
        return false;
    }
    const char *hit = memchr(rest->data, separator, rest->size);
    size_t size = hit ? (size_t)(hit - rest->data) : rest->size;
    *part = (itd_sv){rest->data, size};
    *rest = hit ? (itd_sv){hit + 1, rest->size - size - 1} : ITD_SV_NONE;
    return true;
}

bool itd_sv_to_u64(uint64_t *out, itd_sv text)
{
    uint64_t value = 0;
    if (text.size == 0)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, (uint64_t)10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(text.data[i] - '0'), &value))
            return false;
    }
    *out = value;
    return true;
}

/* Length of the sequence that starts at `u`, or 0 when it is not valid. Table 3-7 of the Unicode Standard. */
static size_t utf8_sequence(const unsigned char *u, size_t left)
{
    if (u[0] < 0x80)
        return 1;
    size_t size = u[0] >= 0xC2 && u[0] <= 0xDF   ? 2
                  : u[0] >= 0xE0 && u[0] <= 0xEF ? 3
                  : u[0] >= 0xF0 && u[0] <= 0xF4 ? 4
                                                 : 0;
    if (size == 0 || size > left)
        return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (u[0] == 0xE0)
        low = 0xA0;
    else if (u[0] == 0xED)
        high = 0x9F;
    else if (u[0] == 0xF0)
        low = 0x90;
    else if (u[0] == 0xF4)
        high = 0x8F;
    if (u[1] < low || u[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if (u[i] < 0x80 || u[i] > 0xBF)
            return 0;
    return size;
}

size_t itd_utf8_invalid_at(itd_sv text)
{
    const unsigned char *u = (const unsigned char *)text.data;
    size_t i = 0;
    while (i < text.size) {
        uint64_t eight;
        while (i + sizeof eight <= text.size) { /* eight ASCII bytes a step */
            memcpy(&eight, u + i, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
            i += sizeof eight;
        }
        if (i == text.size)
            break;
        size_t n = utf8_sequence(u + i, text.size - i);
        if (n == 0)
            return i;
        i += n;
    }
    return SIZE_MAX;
}
