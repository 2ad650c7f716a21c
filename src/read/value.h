#ifndef ITD_READ_VALUE_H
#define ITD_READ_VALUE_H

#include "read/reader.h"

/** Why a value cannot be kept: not UTF-8, a NUL byte, longer than ITD_VALUE_BYTES_MAX; NULL when it can. `*at` is the
 * byte of the value. Static text.  Cost: O(size).  Threads: safe. */
static inline const char *itd_value_fault(itd_sv value, size_t *at)
{
    if (value.size == 0)
        return NULL;
    if (value.size > ITD_VALUE_BYTES_MAX) {
        *at = ITD_VALUE_BYTES_MAX;
        return "value is longer than ITD_VALUE_BYTES_MAX";
    }
    const char *nul = memchr(value.data, 0, value.size);
    if (nul) {
        *at = (size_t)(nul - value.data);
        return "NUL byte";
    }
    *at = itd_utf8_invalid_at(value);
    return *at == SIZE_MAX ? NULL : "invalid UTF-8";
}

#endif
