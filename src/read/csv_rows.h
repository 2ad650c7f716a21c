#ifndef ITD_READ_CSV_ROWS_H
#define ITD_READ_CSV_ROWS_H

#include "base/error.h"
#include "base/input.h"

/* Rows of delimited text as RFC 4180 has them, streaming: quoted fields, doubled quotes, line ends inside quotes, CRLF
 * or LF, a UTF-8 byte order mark. What real files do beyond it is taken as follows: a quote inside an unquoted field is
 * an ordinary character, a line without a byte is no row, and a last line of the single byte 0x1A (the end mark of DOS)
 * is no row. What is broken in one row is said in `problem`, so that a reader can reject the row and go on. */

/** Most fields of one row. */
#define ITD_CSV_FIELDS_MAX ((size_t)4096)
/** Most bytes of one row, line ends inside quotes included, unless the caller says less. */
#define ITD_CSV_ROW_BYTES_MAX ((size_t)1 << 24)

typedef enum itd_csv_encoding {
    ITD_CSV_UTF8, /**< a row that is not valid UTF-8 has a problem */
    /** UTF-8 or Windows-1252, decided for the whole file by its first row that has a byte above 0x7F: is that row
     * valid UTF-8, so is the file. For publishers that are known to use both. */
    ITD_CSV_UTF8_OR_CP1252,
} itd_csv_encoding;

typedef struct itd_csv_options {
    char delimiter;       /**< 0: ',' */
    size_t row_bytes_max; /**< 0: ITD_CSV_ROW_BYTES_MAX */
    itd_csv_encoding encoding;
} itd_csv_options;

/** One row. Borrowed until the next call on its reader. */
typedef struct itd_csv_row {
    const itd_sv *fields; /**< without their quotes, as UTF-8; not trimmed */
    size_t count;         /**< at least 1 */
    uint64_t line;        /**< at which the row starts, from 1 */
    uint64_t offset;      /**< of its first byte in the (decompressed) input */
    uint32_t span;        /**< its bytes there, without the line end */
    const char *problem;  /**< NULL, or what is broken in it (static): an open quote at the end of the input, text after
                             a  closing quote, bytes that are not of the encoding, a NUL byte */
    uint64_t problem_offset; /**< byte of the input, when there is a problem */
} itd_csv_row;

typedef struct itd_csv itd_csv;

/** `input` is borrowed until destroy and should stand at its start (a byte order mark is passed over only there).
 *  @param options  NULL: commas, UTF-8
 *  @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_csv_create(itd_csv **out, itd_input *input, const itd_csv_options *options,
                                         itd_error *error);
/** NULL is fine. */
void itd_csv_destroy(itd_csv *csv);
/** The next row; `*more` is false at the end and `row` untouched then. Memory: the longest row.
 *  @return ITD_OK | ITD_ELIMIT (a row of more bytes or fields than allowed; the limit is named, line and offset set) |
 * what the input returns */
ITD_MUST_CHECK itd_status itd_csv_next(itd_csv *csv, itd_csv_row *row, bool *more, itd_error *error);

/** Takes one row from the start of a text, without memory: for telling what a file is. Fields are views into it,
 * without the quotes at their ends; quotes doubled inside stay so. Lines without a byte are passed over.
 *  @param fields    room for `max` of them; more are counted but not given
 *  @return fields of the row; 0 at the end. Where the text is the cut head of a file its last row may be cut too. */
size_t itd_csv_look(itd_sv *rest, char delimiter, itd_sv *fields, size_t max);

#endif
