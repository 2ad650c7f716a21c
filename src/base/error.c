#include "base/error.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/sv.h"

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
    case ITD_EBUSY:
        return "locked by another process";
    }
    return "unknown status";
}

/* One line without control characters: a text may quote what an input holds. */
static void make_printable(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            *text = '?';
}

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static void set_where(itd_error *error, const char *where)
{
    size_t size = where ? strlen(where) : 0;
    size_t skip = size > ITD_ERROR_WHERE_MAX ? size - ITD_ERROR_WHERE_MAX : 0; /* the end of a path says most */
    while (skip > 0 && is_inside_character(where[skip]))
        skip++;
    if (size)
        memmove(error->where, where + skip, size - skip); /* it may be the place that the error has already */
    error->where[size - skip] = '\0';
    make_printable(error->where);
}

/* Cuts a message that was too long where a character ends. */
static void cut_half_character(char *message, size_t size)
{
    size_t end = size;
    while (end > 0 && is_inside_character(message[end - 1]))
        end--;
    if (end > 0 && (unsigned char)message[end - 1] >= 0xC0 &&
        itd_utf8_invalid_at((itd_sv){message + end - 1, size - end + 1}) != SIZE_MAX)
        message[end - 1] = '\0';
}

static void fill(itd_error *error, itd_status status, const char *where, uint64_t line, uint64_t offset,
                 const char *format, va_list args)
{
    char message[sizeof error->message] = ""; /* the old message may be among the arguments */
    if (vsnprintf(message, sizeof message, format, args) >= (int)sizeof message)
        cut_half_character(message, sizeof message - 1);
    make_printable(message);
    error->status = status;
    error->line = line;
    error->offset = offset;
    set_where(error, where);
    memcpy(error->message, message, sizeof message);
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
    char text[128];
    return itd_fail_at(error, ITD_EIO, where, 0, ITD_NOWHERE, "cannot %s: %s", what,
                       strerror_r(errno, text, sizeof text)); /* the GNU one, safe with threads */
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
