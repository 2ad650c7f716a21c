#include "read/csv_rows.h"

#include <string.h>

#include "base/buffer.h"
#include "base/vector.h"

/* A row is found first (resumable when the buffer runs out inside it), then split in place: the quotes are gone from
 * the bytes afterwards. */

#define CHUNK_BYTES ((size_t)1 << 16)
#define PLAIN_FIELDS_MAX 64

typedef enum scan_state { AT_FIELD_START, IN_PLAIN, IN_QUOTES, AFTER_QUOTE } scan_state;

struct itd_csv {
    itd_input *input;
    char delimiter;
    size_t row_bytes_max;
    itd_csv_encoding encoding;
    bool encoding_known, cp1252;
    char *bytes; /* what was read and not yet given out lies at [start, end) */
    size_t capacity, start, end;
    uint64_t offset; /* of bytes[start] in the input */
    uint64_t line;   /* of bytes[start] */
    bool at_end, begun;
    char end_mark; /* the byte of a row that turned out not to be the end mark */
    itd_buffer converted;
    ITD_VECTOR(itd_sv) fields;
};

itd_status itd_csv_create(itd_csv **out, itd_input *input, const itd_csv_options *options, itd_error *error)
{
    itd_csv *csv = itd_calloc(1, sizeof *csv);
    if (!csv)
        return itd_fail_memory(error);
    csv->input = input;
    csv->delimiter = options && options->delimiter ? options->delimiter : ',';
    csv->row_bytes_max = options && options->row_bytes_max ? options->row_bytes_max : ITD_CSV_ROW_BYTES_MAX;
    if (csv->row_bytes_max > UINT32_MAX)
        csv->row_bytes_max = UINT32_MAX; /* a span has 32 bits */
    csv->encoding = options ? options->encoding : ITD_CSV_UTF8;
    csv->offset = itd_input_offset(input);
    csv->line = 1;
    *out = csv;
    return ITD_OK;
}

void itd_csv_destroy(itd_csv *csv)
{
    if (!csv)
        return;
    itd_free(csv->bytes);
    itd_buffer_finish(&csv->converted);
    itd_vector_finish(&csv->fields);
    itd_free(csv);
}

/* Reads more behind `end`; what was given out is moved over first. */
static itd_status fill(itd_csv *csv, itd_error *error)
{
    if (csv->start > 0 && csv->capacity - csv->end < CHUNK_BYTES) {
        memmove(csv->bytes, csv->bytes + csv->start, csv->end - csv->start);
        csv->end -= csv->start;
        csv->start = 0;
    }
    if (csv->capacity - csv->end < CHUNK_BYTES) {
        size_t capacity = csv->capacity ? 2 * csv->capacity : 4 * CHUNK_BYTES;
        char *bytes = itd_realloc_array(csv->bytes, capacity, 1);
        if (!bytes)
            return itd_fail_memory(error);
        csv->bytes = bytes;
        csv->capacity = capacity;
    }
    size_t got = 0;
    ITD_TRY(itd_input_read(csv->input, csv->bytes + csv->end, csv->capacity - csv->end, &got, error));
    csv->end += got;
    csv->at_end = got == 0;
    return ITD_OK;
}

/* Goes on from `*pos` in `*state`; true when the line feed that ends the row is found at `*pos`. */
static bool scan(const char *bytes, size_t end, char delimiter, size_t *pos, scan_state *state)
{
    size_t p = *pos;
    scan_state s = *state;
    while (p < end) {
        if (s == IN_QUOTES) {
            const char *quote = memchr(bytes + p, '"', end - p);
            if (!quote) {
                p = end;
                break;
            }
            p = (size_t)(quote - bytes) + 1;
            s = AFTER_QUOTE;
            continue;
        }
        char c = bytes[p];
        if (c == '\n') {
            *pos = p;
            return true;
        }
        if (c == '"' && s != IN_PLAIN)
            s = IN_QUOTES; /* opens a field, or the second of two inside one */
        else
            s = c == delimiter ? AT_FIELD_START : IN_PLAIN;
        p++;
    }
    *pos = p;
    *state = s;
    return false;
}

/* Bytes 0x80 … 0x9F of Windows-1252; 0: none. */
static const uint16_t cp1252_high[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                         0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* Byte that has no meaning in Windows-1252, or SIZE_MAX. */
static size_t convert_cp1252(itd_buffer *out, itd_sv text)
{
    size_t bad = SIZE_MAX;
    itd_buffer_clear(out);
    if (!itd_buffer_reserve(out, 3 * text.size)) {
        out->failed = true;
        return bad;
    }
    char *to = out->data;
    for (size_t i = 0; i < text.size; i++) {
        unsigned c = (unsigned char)text.data[i];
        unsigned code = c >= 0x80 && c < 0xA0 ? cp1252_high[c - 0x80] : c;
        if (code == 0 && c != 0) {
            code = 0xFFFD;
            bad = bad == SIZE_MAX ? i : bad;
        }
        if (code < 0x80) {
            *to++ = (char)code;
        } else if (code < 0x800) {
            *to++ = (char)(0xC0 | code >> 6);
            *to++ = (char)(0x80 | (code & 0x3F));
        } else {
            *to++ = (char)(0xE0 | code >> 12);
            *to++ = (char)(0x80 | (code >> 6 & 0x3F));
            *to++ = (char)(0x80 | (code & 0x3F));
        }
    }
    out->size = (size_t)(to - out->data);
    return bad;
}

static void note(itd_csv_row *row, const char *problem, size_t at)
{
    if (row->problem)
        return;
    row->problem = problem;
    row->problem_offset = row->offset + at;
}

/* The row's bytes as UTF-8, writable: in place, or converted. */
static itd_status decode(itd_csv *csv, char **text, size_t *size, itd_csv_row *row, itd_error *error)
{
    itd_sv raw = {*text, *size};
    const char *nul = raw.size ? memchr(raw.data, 0, raw.size) : NULL;
    if (nul)
        note(row, "a NUL byte", (size_t)(nul - raw.data));
    size_t invalid_at = csv->encoding_known && csv->cp1252 ? SIZE_MAX : itd_utf8_invalid_at(raw);
    if (csv->encoding == ITD_CSV_UTF8_OR_CP1252 && !csv->encoding_known) {
        bool high = invalid_at != SIZE_MAX;
        for (size_t i = 0; i < raw.size && !high; i++)
            high = (unsigned char)raw.data[i] >= 0x80;
        csv->encoding_known = high;
        csv->cp1252 = invalid_at != SIZE_MAX;
    }
    if (!csv->cp1252) {
        if (invalid_at != SIZE_MAX)
            note(row, "not valid UTF-8", invalid_at);
        return ITD_OK;
    }
    size_t bad = convert_cp1252(&csv->converted, raw);
    if (csv->converted.failed)
        return itd_fail_memory(error);
    if (bad != SIZE_MAX)
        note(row, "a byte that Windows-1252 does not have", bad);
    *text = csv->converted.data;
    *size = csv->converted.size;
    return ITD_OK;
}

/* One field from `*pos` on, its quotes undone in place; `*pos` goes past its delimiter, or past the end of the row. */
static itd_sv take_field(char *text, size_t size, char delimiter, size_t *pos, itd_csv_row *row)
{
    size_t p = *pos;
    if (p >= size || text[p] != '"') {
        const char *stop = p < size ? memchr(text + p, delimiter, size - p) : NULL;
        size_t end = stop ? (size_t)(stop - text) : size;
        *pos = stop ? end + 1 : size + 1;
        return (itd_sv){text + p, end - p};
    }
    char *to = text + p, *first = to;
    for (p++;;) {
        const char *quote = p < size ? memchr(text + p, '"', size - p) : NULL;
        size_t end = quote ? (size_t)(quote - text) : size;
        memmove(to, text + p, end - p);
        to += end - p;
        p = end + 1;
        if (!quote) {
            note(row, "a quote that is never closed", *pos);
            break;
        }
        if (p < size && text[p] == '"') {
            *to++ = '"';
            p++;
            continue;
        }
        if (p < size && text[p] != delimiter) {
            note(row, "text after a closing quote", p);
            const char *stop = memchr(text + p, delimiter, size - p);
            end = stop ? (size_t)(stop - text) : size;
            memmove(to, text + p, end - p);
            to += end - p;
            p = end;
        }
        p++;
        break;
    }
    *pos = p;
    return (itd_sv){first, (size_t)(to - first)};
}

/* Places in converted text are not those of the input: the row as it was read is split again to find them. */
static void place_problem(const itd_csv *csv, char *raw, size_t size, itd_csv_row *row)
{
    itd_csv_row again = {.offset = row->offset};
    for (size_t pos = 0; pos <= size && !again.problem;)
        (void)take_field(raw, size, csv->delimiter, &pos, &again);
    if (again.problem)
        row->problem_offset = again.problem_offset;
}

static itd_status split(itd_csv *csv, char *raw, size_t raw_size, itd_csv_row *row, itd_error *error)
{
    char *text = raw;
    size_t size = raw_size;
    ITD_TRY(decode(csv, &text, &size, row, error));
    bool placed = row->problem != NULL;
    csv->fields.count = 0;
    for (size_t pos = 0; pos <= size;) {
        if (csv->fields.count == ITD_CSV_FIELDS_MAX)
            return itd_fail_at(error, ITD_ELIMIT, itd_input_name(csv->input), row->line, row->offset,
                               "a row of more than %zu fields (ITD_CSV_FIELDS_MAX)", ITD_CSV_FIELDS_MAX);
        itd_sv field = take_field(text, size, csv->delimiter, &pos, row);
        if (!itd_vector_push(&csv->fields, field))
            return itd_fail_memory(error);
    }
    if (row->problem && !placed && text != raw)
        place_problem(csv, raw, raw_size, row);
    row->fields = csv->fields.items;
    row->count = csv->fields.count;
    return ITD_OK;
}

/* Finds the next row: [start, start + *size) without its line end; `*taken` with it. *size SIZE_MAX at the end. */
static itd_status find_row(itd_csv *csv, size_t *size, size_t *taken, itd_error *error)
{
    size_t at = 0; /* from start, which moves when the buffer is filled */
    scan_state state = AT_FIELD_START;
    for (;;) {
        size_t pos = csv->start + at;
        bool found = scan(csv->bytes, csv->end, csv->delimiter, &pos, &state);
        at = pos - csv->start;
        if (at > csv->row_bytes_max)
            return itd_fail_at(error, ITD_ELIMIT, itd_input_name(csv->input), csv->line, csv->offset,
                               "a row of more than %zu bytes (ITD_CSV_ROW_BYTES_MAX)%s", csv->row_bytes_max,
                               state == IN_QUOTES ? "; a quote may be open" : "");
        if (found) {
            *taken = at + 1;
            *size = at > 0 && csv->bytes[pos - 1] == '\r' ? at - 1 : at;
            return ITD_OK;
        }
        if (csv->at_end) {
            *taken = at;
            *size = at > 0 && csv->bytes[pos - 1] == '\r' ? at - 1 : at;
            if (at == 0)
                *size = SIZE_MAX;
            return ITD_OK;
        }
        ITD_TRY(fill(csv, error));
    }
}

static uint64_t count_lines(const char *bytes, size_t size)
{
    uint64_t lines = 0;
    for (const char *p = bytes, *end = bytes + size; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        lines++;
    return lines;
}

static itd_status pass_mark(itd_csv *csv, itd_error *error)
{
    while (csv->end - csv->start < 3 && !csv->at_end)
        ITD_TRY(fill(csv, error));
    if (csv->offset == 0 && csv->end - csv->start >= 3 && memcmp(csv->bytes + csv->start, "\xEF\xBB\xBF", 3) == 0) {
        csv->start += 3;
        csv->offset += 3;
        csv->encoding_known = true; /* the mark says UTF-8 */
    }
    csv->begun = true;
    return ITD_OK;
}

/* Bits 7 of the bytes of a word that are this one. */
static uint64_t bytes_equal(uint64_t word, char byte)
{
    const uint64_t lows = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t differ = word ^ (unsigned char)byte * UINT64_C(0x0101010101010101);
    return ~(((differ & lows) + lows) | differ | lows);
}

/* The next row, when all of it is read already and it is plain: ASCII without quotes and NULs, and of few fields, for
 * which there is room. Eight bytes at a time; false: nothing has happened. */
static bool take_plain(itd_csv *csv, itd_csv_row *row)
{
    const char *text = csv->bytes + csv->start;
    size_t left = csv->end - csv->start, begin = 0;
    csv->fields.count = 0;
    for (size_t at = 0; at + sizeof(uint64_t) <= left; at += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, text + at, sizeof word);
        uint64_t ends = bytes_equal(word, '\n'), below = ends ? (ends & -ends) - 1 : UINT64_MAX;
        uint64_t marks = bytes_equal(word, csv->delimiter) & below;
        uint64_t odd = bytes_equal(word, '"') | bytes_equal(word, '\0') | (word & UINT64_C(0x8080808080808080));
        if (odd & below)
            return false;
        for (; marks; marks &= marks - 1) {
            size_t mark = at + (size_t)__builtin_ctzll(marks) / 8;
            if (csv->fields.count + 1 == PLAIN_FIELDS_MAX)
                return false;
            csv->fields.items[csv->fields.count++] = (itd_sv){text + begin, mark - begin};
            begin = mark + 1;
        }
        if (!ends)
            continue;
        size_t end = at + (size_t)__builtin_ctzll(ends) / 8, taken = end + 1;
        end -= end > 0 && text[end - 1] == '\r';
        if (end < 2 || end > csv->row_bytes_max)
            return false; /* an empty one, or an end mark, or too long */
        csv->fields.items[csv->fields.count++] = (itd_sv){text + begin, end - begin};
        *row = (itd_csv_row){.line = csv->line,
                             .offset = csv->offset,
                             .span = (uint32_t)end,
                             .fields = csv->fields.items,
                             .count = csv->fields.count};
        csv->line++;
        csv->start += taken;
        csv->offset += taken;
        return true;
    }
    return false;
}

itd_status itd_csv_next(itd_csv *csv, itd_csv_row *row, bool *more, itd_error *error)
{
    if (!csv->begun)
        ITD_TRY(pass_mark(csv, error));
    csv->fields.count = 0;
    if (!itd_vector_reserve(&csv->fields, PLAIN_FIELDS_MAX))
        return itd_fail_memory(error);
    for (;;) {
        if (take_plain(csv, row)) {
            *more = true;
            return ITD_OK;
        }
        size_t size = 0, taken = 0;
        ITD_TRY(find_row(csv, &size, &taken, error));
        if (size == SIZE_MAX) {
            *more = false;
            return ITD_OK;
        }
        char *text = csv->bytes + csv->start;
        itd_csv_row found = {.line = csv->line, .offset = csv->offset, .span = (uint32_t)size};
        csv->line += count_lines(text, taken);
        csv->start += taken;
        csv->offset += taken;
        if (size == 0)
            continue;
        if (size == 1 && *text == 0x1A) {
            if (csv->start == csv->end && !csv->at_end)
                ITD_TRY(fill(csv, error));
            if (csv->start == csv->end) {
                *more = false;
                return ITD_OK;
            }
            csv->end_mark = 0x1A;
            text = &csv->end_mark;
        }
        ITD_TRY(split(csv, text, size, &found, error));
        *row = found;
        *more = true;
        return ITD_OK;
    }
}

static size_t split_look(itd_sv row, char delimiter, itd_sv *fields, size_t max)
{
    size_t count = 0, start = 0;
    scan_state state = AT_FIELD_START;
    for (size_t pos = 0; pos <= row.size; pos++) {
        char c = pos < row.size ? row.data[pos] : delimiter;
        if (pos < row.size && state == IN_QUOTES) {
            state = c == '"' ? AFTER_QUOTE : IN_QUOTES;
        } else if (pos < row.size && c != delimiter) {
            state = c == '"' && state != IN_PLAIN ? IN_QUOTES : IN_PLAIN;
        } else {
            itd_sv field = itd_sv_slice(row, start, pos - start);
            if (field.size >= 2 && field.data[0] == '"' && field.data[field.size - 1] == '"')
                field = itd_sv_slice(field, 1, field.size - 2);
            if (count < max)
                fields[count] = field;
            count++;
            start = pos + 1;
            state = AT_FIELD_START;
        }
    }
    return count;
}

size_t itd_csv_look(itd_sv *rest, char delimiter, itd_sv *fields, size_t max)
{
    while (rest->size > 0) {
        size_t pos = 0;
        scan_state state = AT_FIELD_START;
        bool found = scan(rest->data, rest->size, delimiter, &pos, &state);
        size_t size = pos > 0 && rest->data[pos - 1] == '\r' ? pos - 1 : pos;
        itd_sv row = itd_sv_slice(*rest, 0, size);
        *rest = itd_sv_slice(*rest, found ? pos + 1 : pos, SIZE_MAX);
        if (row.size > 0)
            return split_look(row, delimiter, fields, max);
    }
    return 0;
}
