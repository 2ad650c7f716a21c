#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

#define BUFFER_FIRST ((size_t)256)

void itd_buffer_finish(itd_buffer *buffer)
{
    if (!buffer)
        return;
    itd_free(buffer->data);
    *buffer = (itd_buffer){.size_max = buffer->size_max};
}

bool itd_buffer_reserve(itd_buffer *buffer, size_t more)
{
    size_t limit = buffer->size_max ? buffer->size_max : ITD_BUFFER_BYTES_MAX;
    if (buffer->failed || more > limit || buffer->size > limit - more) {
        buffer->failed = true;
        return false;
    }
    size_t need = buffer->size + more;
    if (need <= buffer->capacity)
        return true;
    size_t wanted = buffer->capacity < BUFFER_FIRST ? BUFFER_FIRST : buffer->capacity * 2;
    if (wanted < need)
        wanted = need;
    if (wanted > limit)
        wanted = limit;
    char *grown = itd_realloc_array(buffer->data, wanted, 1);
    if (!grown) {
        buffer->failed = true;
        return false;
    }
    buffer->data = grown;
    buffer->capacity = wanted;
    return true;
}

bool itd_buffer_append(itd_buffer *buffer, itd_sv text)
{
    if (!itd_buffer_reserve(buffer, text.size))
        return false;
    if (text.size)
        memcpy(buffer->data + buffer->size, text.data, text.size);
    buffer->size += text.size;
    return true;
}

static bool append_decimal(itd_buffer *buffer, uint64_t value, bool negative)
{
    char digits[21];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    if (negative)
        digits[--at] = '-';
    return itd_buffer_append(buffer, (itd_sv){digits + at, sizeof digits - at});
}

bool itd_buffer_append_u64(itd_buffer *buffer, uint64_t value)
{
    return append_decimal(buffer, value, false);
}

bool itd_buffer_append_i64(itd_buffer *buffer, int64_t value)
{
    return append_decimal(buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, value < 0);
}

bool itd_buffer_format(itd_buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    bool fits = need >= 0 && itd_buffer_reserve(buffer, (size_t)need + 1);
    if (fits) {
        (void)vsnprintf(buffer->data + buffer->size, (size_t)need + 1, format, again);
        buffer->size += (size_t)need;
    }
    va_end(again);
    return fits;
}
