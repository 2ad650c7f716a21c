#include "cli/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void itd_cli_text_free(itd_cli_text *text)
{
    free(text->data);
    *text = (itd_cli_text){0};
}

void itd_cli_text_clear(itd_cli_text *text)
{
    text->size = 0;
    if (text->data)
        text->data[0] = '\0';
}

/* Room for `more` bytes and the ending NUL. */
static bool reserve(itd_cli_text *text, size_t more)
{
    if (text->failed)
        return false;
    if (more < text->capacity - text->size)
        return true;
    size_t capacity = text->capacity ? text->capacity : 256;
    while (capacity - text->size <= more) {
        if (capacity > SIZE_MAX / 2) {
            text->failed = true;
            return false;
        }
        capacity *= 2;
    }
    char *data = realloc(text->data, capacity);
    if (!data) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void itd_cli_text_add(itd_cli_text *text, const char *data, size_t size)
{
    if (!reserve(text, size))
        return;
    if (size > 0)
        memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void itd_cli_text_puts(itd_cli_text *text, const char *string)
{
    itd_cli_text_add(text, string, strlen(string));
}

void itd_cli_text_repeat(itd_cli_text *text, const char *string, size_t count)
{
    for (size_t i = 0; i < count; i++)
        itd_cli_text_puts(text, string);
}

void itd_cli_text_printf(itd_cli_text *text, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    if (size >= 0 && reserve(text, (size_t)size)) {
        (void)vsnprintf(text->data + text->size, (size_t)size + 1, format, again);
        text->size += (size_t)size;
    }
    va_end(again);
    va_end(list);
}

void itd_cli_text_count(itd_cli_text *text, uint64_t count)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%" PRIu64, count);
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0)
            itd_cli_text_puts(text, ",");
        itd_cli_text_add(text, digits + i, 1);
    }
}

const char *itd_cli_text_string(const itd_cli_text *text)
{
    return text->data ? text->data : "";
}

itd_sv itd_cli_sv(const char *string)
{
    return (itd_sv){string, strlen(string)};
}
