#ifndef ITD_BASE_BUFFER_H
#define ITD_BASE_BUFFER_H

#include "base/sv.h"

/** Growing bytes with a cap. A failed append leaves the content as it was and sets `failed`, so that a writer checks
 * once at the end. */
typedef struct itd_buffer {
    char *data;
    size_t size, capacity;
    size_t size_max; /**< cap; 0 means ITD_BUFFER_BYTES_MAX */
    bool failed;
} itd_buffer;

/** Cap of a buffer that names none. */
#define ITD_BUFFER_BYTES_MAX ((size_t)1 << 31)

void itd_buffer_finish(itd_buffer *buffer);
static inline void itd_buffer_clear(itd_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}
bool itd_buffer_reserve(itd_buffer *buffer, size_t more);
/** `text` must not lie in the buffer itself, which may move. */
bool itd_buffer_append(itd_buffer *buffer, itd_sv text);
static inline bool itd_buffer_append_char(itd_buffer *buffer, char c)
{
    if (buffer->size == buffer->capacity || buffer->failed)
        return itd_buffer_append(buffer, (itd_sv){&c, 1});
    buffer->data[buffer->size++] = c;
    return true;
}
bool itd_buffer_append_u64(itd_buffer *buffer, uint64_t value);
bool itd_buffer_append_i64(itd_buffer *buffer, int64_t value);
bool itd_buffer_format(itd_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline itd_sv itd_buffer_view(const itd_buffer *buffer)
{
    return (itd_sv){buffer->data, buffer->size};
}

#endif
