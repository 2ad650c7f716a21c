#ifndef ITD_BASE_JSON_H
#define ITD_BASE_JSON_H

#include "base/buffer.h"
#include "base/error.h"

/* Reading: a tree over json-c, strict (no comments, no NaN), valid UTF-8 only. */

#define ITD_JSON_DEPTH_MAX 64
/** Longest text that itd_json_parse takes. */
#define ITD_JSON_BYTES_MAX ((size_t)INT32_MAX)

typedef struct itd_json_document itd_json_document;
/** Borrowed from its document. NULL stands for "not there", and every accessor accepts it. */
typedef struct itd_json itd_json;
typedef enum itd_json_type {
    ITD_JSON_NONE,
    ITD_JSON_NULL,
    ITD_JSON_BOOL,
    ITD_JSON_NUMBER,
    ITD_JSON_STRING,
    ITD_JSON_ARRAY,
    ITD_JSON_OBJECT
} itd_json_type;

/** A parser that is used for many documents; the tree of the last one lives until the next parse. */
ITD_MUST_CHECK itd_status itd_json_document_create(itd_json_document **out, itd_error *error);
void itd_json_document_destroy(itd_json_document *document);
/** One whole value, white space around it allowed. Of members with the same key the last one stays, at the place of the
 * first. Refused: a key with a NUL in it, a surrogate without its partner, an integer that neither int64 nor uint64 can
 * hold. On failure the tree of the last document is gone or not; do not look at it.
 *  @return ITD_OK | ITD_EFORMAT (offset set) | ITD_ELIMIT (depth, size) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_json_parse(itd_json_document *document, itd_sv text, const itd_json **root,
                                         itd_error *error);

itd_json_type itd_json_typeof(const itd_json *value);
const itd_json *itd_json_member(const itd_json *object, const char *key);
size_t itd_json_count(const itd_json *array_or_object);
const itd_json *itd_json_item(const itd_json *array, size_t index);
/** Strings only; others give an empty view. Ends in NUL, may hold NUL bytes. */
itd_sv itd_json_text(const itd_json *value);
bool itd_json_int64(int64_t *out, const itd_json *value);
/** The value as it is written: strings without quotes, numbers and booleans as their text, in `scratch` when need be.
 */
itd_sv itd_json_scalar(const itd_json *value, char *scratch, size_t scratch_size);
/** Members in document order; start with `*cursor` NULL. False after the last. */
bool itd_json_next_member(const itd_json *object, const void **cursor, itd_sv *key, const itd_json **value);

/* Writing: streams into a buffer; commas and nesting are kept right, at most ITD_JSON_DEPTH_MAX levels. */

typedef struct itd_json_writer {
    itd_buffer *out;
    uint64_t has_items; /**< a bit a level: something was written there */
    unsigned depth;
    bool after_key;
} itd_json_writer;

void itd_json_writer_init(itd_json_writer *writer, itd_buffer *out);
void itd_json_begin_object(itd_json_writer *writer);
void itd_json_end_object(itd_json_writer *writer);
void itd_json_begin_array(itd_json_writer *writer);
void itd_json_end_array(itd_json_writer *writer);
void itd_json_key(itd_json_writer *writer, const char *key);
/** UTF-8 is kept as it is; control characters, quotes and backslashes are escaped; invalid bytes become U+FFFD. */
void itd_json_write_text(itd_json_writer *writer, itd_sv text);
void itd_json_write_i64(itd_json_writer *writer, int64_t value);
void itd_json_write_u64(itd_json_writer *writer, uint64_t value);
/** micro / 1000000 with no more digits than needed: 0.875, 1.0, 0.0. */
void itd_json_write_micro(itd_json_writer *writer, int64_t micro);
void itd_json_write_bool(itd_json_writer *writer, bool value);
void itd_json_write_null(itd_json_writer *writer);
/* A key and its value. */
void itd_json_put_text(itd_json_writer *writer, const char *key, itd_sv value);
void itd_json_put_u64(itd_json_writer *writer, const char *key, uint64_t value);

#endif
