#ifndef ITD_READ_JSON_LINES_H
#define ITD_READ_JSON_LINES_H

#include "base/json.h"
#include "read/reader.h"

/** Where a line stands. Borrowed for the call. */
typedef struct itd_line_place {
    const char *document; /**< the file's name */
    uint64_t line;        /**< from 1 */
    uint64_t offset;
    uint32_t span; /**< its bytes without the line end */
} itd_line_place;

/** What a format of one JSON object a line does with a line. */
typedef struct itd_json_line_reader {
    /** Takes the object apart. ITD_EFORMAT rejects the line with that message; other failures end the reading. `*key`
     * is the record's key for the reject, as soon as it is known. */
    itd_status (*parse)(void *context, const itd_json *object, itd_sv *key, itd_error *error);
    /** Sends what parse found; a failure ends the reading. */
    itd_status (*send)(void *context, const itd_line_place *place, itd_error *error);
    void *context;
} itd_json_line_reader;

/** Reads source->paths[0] line by line; blank lines are passed over. A line that is no JSON object is a reject.
 *  @return ITD_OK | ITD_EFORMAT (a reject without skip_bad) | ITD_ELIMIT (a line longer than ITD_INPUT_LINE_BYTES_MAX)
 * | what the input, `send` and the reject callback return.  Memory: one line. */
ITD_MUST_CHECK itd_status itd_json_lines_read(itd_read *read, const itd_json_line_reader *reader, itd_error *error);

/** The same for another file of the set; `document` is what statements call it, borrowed for the call. */
ITD_MUST_CHECK itd_status itd_json_lines_read_file(itd_read *read, const char *path, const char *document,
                                                   const itd_json_line_reader *reader, itd_error *error);

/** Most bytes of a file that is one JSON array: it is read whole. */
#define ITD_JSON_ARRAY_BYTES_MAX ((size_t)1 << 28)
/** Reads source->paths[0] as one JSON array, its items as itd_json_lines_read does lines. Where the array itself breaks
 * off the rest is one reject.
 *  @param bytes_max  most bytes of the file: ITD_JSON_ARRAY_BYTES_MAX
 *  @return as itd_json_lines_read; ITD_ELIMIT for a file that is larger.  Memory: the file. */
ITD_MUST_CHECK itd_status itd_json_array_read(itd_read *read, const itd_json_line_reader *reader, size_t bytes_max,
                                              itd_error *error);

#endif
