#ifndef ITD_BASE_INPUT_H
#define ITD_BASE_INPUT_H

#include "base/error.h"
#include "base/sv.h"

/** A stream of bytes: a file, standard input ("-") or memory; gzip and zstd are recognised by content and opened on the
 * way. Memory: 256 KiB, or three times the longest line, and with zstd the frame's window, at most 128 MiB (a frame
 * that wants more is ITD_ELIMIT).  Threads: one at a time. */
typedef struct itd_input itd_input;

/** Most bytes that itd_input_peek shows. */
#define ITD_INPUT_PEEK_MAX ((size_t)1 << 16)
/** Longest line that itd_input_line accepts unless the caller says less. */
#define ITD_INPUT_LINE_BYTES_MAX ((size_t)1 << 24)
/** Most bytes that one compressed input may come to: guards against compression bombs. */
#define ITD_INPUT_BYTES_MAX ((uint64_t)1 << 38)

/** @return ITD_OK | ITD_EIO | ITD_ENOTFOUND (no such file) | ITD_ENOMEM.  A folder is ITD_EIO. */
ITD_MUST_CHECK itd_status itd_input_open(itd_input **out, const char *path, itd_error *error);
/** Borrows `bytes` until closed; `name` is what errors call it. Compressed bytes are recognised too. */
ITD_MUST_CHECK itd_status itd_input_open_memory(itd_input **out, const char *name, itd_sv bytes, itd_error *error);
/** NULL is fine. */
void itd_input_close(itd_input *input);

/** Another cap than ITD_INPUT_BYTES_MAX on the decompressed bytes; what is plain has no cap. Call before the first
 * read. */
void itd_input_set_bytes_max(itd_input *input, uint64_t bytes_max);

/** The path or name it was opened with; lives as long as the input. */
const char *itd_input_name(const itd_input *input);
/** Decompressed bytes handed out so far. */
uint64_t itd_input_offset(const itd_input *input);
/** Compressed bytes read so far and the size of the file (0 when unknown): for progress. */
void itd_input_progress(const itd_input *input, uint64_t *done, uint64_t *total);

/** Up to `size` bytes; `*got` 0 only at the end. @return ITD_OK | ITD_EIO | ITD_EFORMAT (truncated or corrupt
 * compression; offset set) | ITD_ELIMIT */
ITD_MUST_CHECK itd_status itd_input_read(itd_input *input, void *bytes, size_t size, size_t *got, itd_error *error);
/** The next bytes without taking them: all that is left up to `want` (<= ITD_INPUT_PEEK_MAX). Borrowed until the next
 * call. */
ITD_MUST_CHECK itd_status itd_input_peek(itd_input *input, size_t want, itd_sv *out, itd_error *error);
/** The next line without its LF or CRLF. `*more` false at the end. Borrowed until the next call. A line longer than
 * `size_max` (0: ITD_INPUT_LINE_BYTES_MAX) is ITD_ELIMIT with its line and offset; a NUL byte is part of the line. */
ITD_MUST_CHECK itd_status itd_input_line(itd_input *input, itd_sv *line, bool *more, size_t size_max, itd_error *error);
/** Number of the line that itd_input_line gave last, from 1, and the byte at which it starts. */
uint64_t itd_input_line_number(const itd_input *input);
uint64_t itd_input_line_offset(const itd_input *input);

#endif
