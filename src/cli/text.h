#ifndef ITD_CLI_TEXT_H
#define ITD_CLI_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "interdict/status.h"

/** Bytes that grow at their end. All zeros is empty. When memory is refused `failed` is set and what follows is left
 * out: the writer of a whole text looks once, at its end. One thread at a time. */
typedef struct itd_cli_text {
    char *data; /**< ended by NUL when not NULL */
    size_t size, capacity;
    bool failed;
} itd_cli_text;

void itd_cli_text_free(itd_cli_text *text);
/** Empties it and keeps its memory. */
void itd_cli_text_clear(itd_cli_text *text);
void itd_cli_text_add(itd_cli_text *text, const char *data, size_t size);
void itd_cli_text_puts(itd_cli_text *text, const char *string);
void itd_cli_text_repeat(itd_cli_text *text, const char *string, size_t count);
void itd_cli_text_printf(itd_cli_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** A count with its thousands set apart: 34,567. */
void itd_cli_text_count(itd_cli_text *text, uint64_t count);
/** Never NULL. Borrowed until the text changes. */
const char *itd_cli_text_string(const itd_cli_text *text);

/** A NUL-ended string as a view. */
itd_sv itd_cli_sv(const char *string);

#endif
