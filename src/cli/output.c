#include "cli/output.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/display.h"

itd_status itd_cli_error(itd_error *error, itd_status status, const char *format, ...)
{
    *error = (itd_error){.status = status, .offset = ITD_NOWHERE};
    va_list list;
    va_start(list, format);
    (void)vsnprintf(error->message, sizeof error->message, format, list);
    va_end(list);
    return status;
}

void itd_cli_output_init(itd_cli_output *output, FILE *file, itd_cli_print print)
{
    *output = (itd_cli_output){.file = file, .print = print};
}

void itd_cli_output_free(itd_cli_output *output)
{
    itd_cli_text_free(&output->held);
}

static itd_status write_failed(itd_error *error)
{
    return itd_cli_error(error, ITD_EIO, "cannot write to standard output: %s", strerror(errno));
}

itd_status itd_cli_write(itd_cli_output *output, itd_sv data, itd_error *error)
{
    if (data.size > 0 && fwrite(data.data, 1, data.size, output->file) != data.size)
        return write_failed(error);
    return ITD_OK;
}

itd_status itd_cli_write_text(itd_cli_output *output, itd_cli_text *text, itd_error *error)
{
    if (text->failed)
        return itd_cli_error(error, ITD_ENOMEM, "out of memory");
    itd_status status = itd_cli_write(output, (itd_sv){text->data, text->size}, error);
    itd_cli_text_clear(text);
    return status;
}

itd_status itd_cli_write_item(itd_cli_output *output, itd_sv json, itd_error *error)
{
    if (output->print != ITD_CLI_PRINT_JSON) {
        itd_status status = itd_cli_write(output, json, error);
        return status != ITD_OK ? status : itd_cli_write(output, itd_cli_sv("\n"), error);
    }
    itd_cli_text_puts(&output->held, output->items++ == 0 ? "[" : ",\n");
    itd_cli_text_add(&output->held, json.data, json.size);
    if (output->held.failed)
        return itd_cli_error(error, ITD_ENOMEM, "out of memory for one document; --jsonl needs less");
    return ITD_OK;
}

itd_status itd_cli_write_end(itd_cli_output *output, itd_error *error)
{
    if (output->print != ITD_CLI_PRINT_JSON)
        return ITD_OK;
    itd_cli_text_puts(&output->held, output->items == 0 ? "[]\n" : "]\n");
    return itd_cli_write_text(output, &output->held, error);
}

itd_status itd_cli_write_made(itd_cli_output *output, itd_bytes *json, itd_status made, itd_error *error)
{
    if (made == ITD_OK)
        made = itd_cli_write_item(output, (itd_sv){json->data, json->size}, error);
    itd_bytes_free(json);
    return made;
}

itd_status itd_cli_write_rest(itd_cli_output *output, itd_cli_text *text, itd_error *error)
{
    itd_status status = itd_cli_write_text(output, text, error);
    return status == ITD_OK ? itd_cli_write_end(output, error) : status;
}

itd_status itd_cli_flush(itd_cli_output *output, itd_error *error)
{
    return fflush(output->file) == 0 && !ferror(output->file) ? ITD_OK : write_failed(error);
}

void itd_cli_csv_field(itd_cli_text *row, itd_sv value)
{
    bool first = row->size == 0 || row->data[row->size - 1] == '\n';
    if (!first)
        itd_cli_text_puts(row, ",");
    bool quoted = first && value.size == 0; /* else the next field would take itself for the first */
    for (size_t i = 0; i < value.size && !quoted; i++)
        quoted = strchr(",\"\r\n", value.data[i]) && value.data[i] != '\0';
    if (!quoted) {
        itd_cli_text_add(row, value.data, value.size);
        return;
    }
    itd_cli_text_puts(row, "\"");
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"')
            itd_cli_text_puts(row, "\"");
        itd_cli_text_add(row, value.data + i, 1);
    }
    itd_cli_text_puts(row, "\"");
}

void itd_cli_csv_string(itd_cli_text *row, const char *value)
{
    itd_cli_csv_field(row, itd_cli_sv(value));
}

void itd_cli_csv_number(itd_cli_text *row, uint64_t value)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRIu64, value);
    itd_cli_csv_string(row, digits);
}

void itd_cli_csv_end(itd_cli_text *row)
{
    itd_cli_text_puts(row, "\r\n");
}

void itd_cli_json_string(itd_cli_text *out, itd_sv value)
{
    itd_cli_text_puts(out, "\"");
    uint32_t c;
    while (value.size > 0) {
        const char *start = value.data;
        if (!itd_cli_next_character(&c, &value))
            break;
        if (c == '"' || c == '\\')
            itd_cli_text_printf(out, "\\%c", (char)c);
        else if (c == '\n')
            itd_cli_text_puts(out, "\\n");
        else if (c == '\r')
            itd_cli_text_puts(out, "\\r");
        else if (c == '\t')
            itd_cli_text_puts(out, "\\t");
        else if (c < 0x20)
            itd_cli_text_printf(out, "\\u%04x", (unsigned)c);
        else if (c == 0xFFFD)
            itd_cli_text_puts(out, "\xEF\xBF\xBD");
        else
            itd_cli_text_add(out, start, (size_t)(value.data - start));
    }
    itd_cli_text_puts(out, "\"");
}

void itd_cli_decimal(itd_cli_text *out, int32_t micro, int places)
{
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%07d", (int)abs(micro));
    size_t whole = strlen(digits) - 6;
    itd_cli_text_printf(out, "%.*s.%.*s", (int)whole, digits, places, digits + whole);
}
