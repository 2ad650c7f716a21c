#include "base/error.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *itd_status_name(itd_status status)
{
    switch (status) {
    case ITD_OK:
        return "ok";
    case ITD_EINVAL:
        return "invalid argument";
    case ITD_ENOTFOUND:
        return "not found";
    case ITD_ENOMEM:
        return "out of memory";
    case ITD_ELIMIT:
        return "limit reached";
    case ITD_EIO:
        return "input/output error";
    case ITD_EFORMAT:
        return "malformed input";
    case ITD_EMISMATCH:
        return "mismatch";
    case ITD_ESTOP:
        return "stopped";
    }
    return "unknown status";
}

static void set_where(itd_error *error, const char *where)
{
    size_t size = where ? strlen(where) : 0;
    size_t skip = size > ITD_ERROR_WHERE_MAX ? size - ITD_ERROR_WHERE_MAX : 0; /* the end of a path says most */
    if (size)
        memcpy(error->where, where + skip, size - skip);
    error->where[size - skip] = '\0';
}

static void fill(itd_error *error, itd_status status, const char *where, uint64_t line, uint64_t offset,
                 const char *format, va_list args)
{
    error->status = status;
    error->line = line;
    error->offset = offset;
    set_where(error, where);
    (void)vsnprintf(error->message, sizeof error->message, format, args);
}

itd_status(itd_fail)(itd_error *error, itd_status status, const char *format, ...)
{
    assert(status != ITD_OK && format);
    if (error) {
        va_list args;
        va_start(args, format);
        fill(error, status, NULL, 0, ITD_NOWHERE, format, args);
        va_end(args);
    }
    return status;
}

itd_status(itd_fail_at)(itd_error *error, itd_status status, const char *where, uint64_t line, uint64_t offset,
                        const char *format, ...)
{
    assert(status != ITD_OK && format);
    if (error) {
        va_list args;
        va_start(args, format);
        fill(error, status, where, line, offset, format, args);
        va_end(args);
    }
    return status;
}

void itd_error_set_where(itd_error *error, const char *where)
{
    if (error && error->where[0] == '\0')
        set_where(error, where);
}

itd_status(itd_fail_memory)(itd_error *error)
{
    return itd_fail(error, ITD_ENOMEM, "out of memory");
}

itd_status(itd_fail_errno)(itd_error *error, const char *where, const char *what)
{
    int number = errno;
    return itd_fail_at(error, ITD_EIO, where, 0, ITD_NOWHERE, "cannot %s: %s", what, strerror(number));
}

size_t itd_error_format(char *out, size_t size, const itd_error *error)
{
    assert(error && (out || size == 0));
    char line[32] = "", offset[40] = "";
    if (error->line)
        (void)snprintf(line, sizeof line, "%s%llu", error->where[0] ? ":" : "line ", (unsigned long long)error->line);
    if (error->offset != ITD_NOWHERE)
        (void)snprintf(offset, sizeof offset, " (byte %llu)", (unsigned long long)error->offset);
    const char *colon = error->where[0] || line[0] ? ": " : "";
    int need = snprintf(out, size, "%s%s%s%s%s", error->where, line, colon, error->message, offset);
    return need < 0 ? 0 : (size_t)need;
}
