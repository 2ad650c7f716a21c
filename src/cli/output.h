#ifndef ITD_CLI_OUTPUT_H
#define ITD_CLI_OUTPUT_H

#include <stdio.h>

#include "cli/text.h"
#include "interdict/context.h"

typedef enum itd_cli_print { ITD_CLI_TABLE, ITD_CLI_PRINT_JSON, ITD_CLI_PRINT_JSONL, ITD_CLI_PRINT_CSV } itd_cli_print;

/** Where data goes. A JSON document is held back until it is whole, so that a run that fails prints none of it; the
 * other forms go out as they come. */
typedef struct itd_cli_output {
    FILE *file;
    itd_cli_print print;
    itd_cli_text held; /**< of a document */
    size_t items;
} itd_cli_output;

void itd_cli_output_init(itd_cli_output *output, FILE *file, itd_cli_print print);
void itd_cli_output_free(itd_cli_output *output);

/** @return ITD_OK | ITD_EIO (full disk, closed pipe) */
itd_status itd_cli_write(itd_cli_output *output, itd_sv data, itd_error *error);
/** Writes what was put together and empties it. @return as above | ITD_ENOMEM when the text is not whole */
itd_status itd_cli_write_text(itd_cli_output *output, itd_cli_text *text, itd_error *error);
/** One object: a line of JSON lines, or an element of the document's array. */
itd_status itd_cli_write_item(itd_cli_output *output, itd_sv json, itd_error *error);
/** The same of what a maker of JSON made, unless that failed; `json` is freed. @return `made`, or as above */
itd_status itd_cli_write_made(itd_cli_output *output, itd_bytes *json, itd_status made, itd_error *error);
/** Ends what was begun with items: prints the document, if it is one. */
itd_status itd_cli_write_end(itd_cli_output *output, itd_error *error);
/** The end of every command that prints: what is left of the text, then the end of a document. */
itd_status itd_cli_write_rest(itd_cli_output *output, itd_cli_text *text, itd_error *error);
/** Sees to it that everything has been written. */
itd_status itd_cli_flush(itd_cli_output *output, itd_error *error);

/** Adds a field of CSV with a comma before it unless it is the first of its row; quoted where RFC 4180 wants it. */
void itd_cli_csv_field(itd_cli_text *row, itd_sv value);
void itd_cli_csv_string(itd_cli_text *row, const char *value);
void itd_cli_csv_number(itd_cli_text *row, uint64_t value);
/** Ends the row as RFC 4180 does. */
void itd_cli_csv_end(itd_cli_text *row);

/** Adds a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void itd_cli_json_string(itd_cli_text *out, itd_sv value);

/** Fills an error. */
itd_status itd_cli_error(itd_error *error, itd_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** "0.971234": micro-units as a decimal of `places` places, cut, not rounded, so that nothing below a threshold shows
 * as the threshold. */
void itd_cli_decimal(itd_cli_text *out, int32_t micro, int places);

#endif
