#include <assert.h>

#include "base/json.h"

void itd_json_writer_init(itd_json_writer *writer, itd_buffer *out)
{
    *writer = (itd_json_writer){.out = out};
}

/* The comma before an item that is not the first of its level. */
static void separate(itd_json_writer *writer)
{
    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    if (writer->depth == 0) /* one value after another is the caller's to separate */
        return;
    uint64_t bit = UINT64_C(1) << (writer->depth - 1);
    if (writer->has_items & bit)
        (void)itd_buffer_append_char(writer->out, ',');
    writer->has_items |= bit;
}

static void begin(itd_json_writer *writer, char bracket)
{
    separate(writer);
    assert(writer->depth < ITD_JSON_DEPTH_MAX); /* what is written has the shape that the code gives it */
    (void)itd_buffer_append_char(writer->out, bracket);
    writer->has_items &= ~(UINT64_C(1) << writer->depth);
    writer->depth++;
}

static void end(itd_json_writer *writer, char bracket)
{
    assert(writer->depth > 0 && !writer->after_key);
    writer->depth--;
    (void)itd_buffer_append_char(writer->out, bracket);
}

void itd_json_begin_object(itd_json_writer *writer)
{
    begin(writer, '{');
}

void itd_json_end_object(itd_json_writer *writer)
{
    end(writer, '}');
}

void itd_json_begin_array(itd_json_writer *writer)
{
    begin(writer, '[');
}

void itd_json_end_array(itd_json_writer *writer)
{
    end(writer, ']');
}

/* 'u': \u00XX; another letter: the escape; 0: as it is. */
static const char escapes[256] = {
    ['\0'] = 'u', [1] = 'u',    [2] = 'u',    [3] = 'u',    [4] = 'u',   [5] = 'u',     [6] = 'u',
    [7] = 'u',    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', [11] = 'u',  ['\f'] = 'f',  ['\r'] = 'r',
    [14] = 'u',   [15] = 'u',   [16] = 'u',   [17] = 'u',   [18] = 'u',  [19] = 'u',    [20] = 'u',
    [21] = 'u',   [22] = 'u',   [23] = 'u',   [24] = 'u',   [25] = 'u',  [26] = 'u',    [27] = 'u',
    [28] = 'u',   [29] = 'u',   [30] = 'u',   [31] = 'u',   ['"'] = '"', ['\\'] = '\\',
};

static void append_valid(itd_buffer *out, itd_sv text)
{
    static const char hex[] = "0123456789abcdef";
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        char escape = escapes[c];
        if (!escape)
            continue;
        (void)itd_buffer_append(out, (itd_sv){text.data + from, i - from});
        if (escape == 'u')
            (void)itd_buffer_append(out, (itd_sv){(char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6});
        else
            (void)itd_buffer_append(out, (itd_sv){(char[]){'\\', escape}, 2});
        from = i + 1;
    }
    (void)itd_buffer_append(out, (itd_sv){text.data + from, text.size - from});
}

static void append_quoted(itd_buffer *out, itd_sv text)
{
    (void)itd_buffer_append_char(out, '"');
    size_t invalid;
    while (text.size > 0 && (invalid = itd_utf8_invalid_at(text)) != SIZE_MAX) {
        append_valid(out, (itd_sv){text.data, invalid});
        (void)itd_buffer_append(out, ITD_SV("\xEF\xBF\xBD"));
        text = (itd_sv){text.data + invalid + 1, text.size - invalid - 1};
    }
    if (text.size > 0)
        append_valid(out, text);
    (void)itd_buffer_append_char(out, '"');
}

void itd_json_key(itd_json_writer *writer, const char *key)
{
    assert(writer->depth > 0 && !writer->after_key);
    separate(writer);
    append_quoted(writer->out, itd_sv_of(key));
    (void)itd_buffer_append_char(writer->out, ':');
    writer->after_key = true;
}

void itd_json_write_text(itd_json_writer *writer, itd_sv text)
{
    separate(writer);
    append_quoted(writer->out, text);
}

void itd_json_write_i64(itd_json_writer *writer, int64_t value)
{
    separate(writer);
    (void)itd_buffer_append_i64(writer->out, value);
}

void itd_json_write_u64(itd_json_writer *writer, uint64_t value)
{
    separate(writer);
    (void)itd_buffer_append_u64(writer->out, value);
}

void itd_json_write_micro(itd_json_writer *writer, int64_t micro)
{
    separate(writer);
    uint64_t size = micro < 0 ? 0 - (uint64_t)micro : (uint64_t)micro;
    uint64_t rest = size % 1000000;
    char digits[6];
    size_t count = sizeof digits;
    for (size_t i = sizeof digits; i-- > 0; rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    while (count > 1 && digits[count - 1] == '0')
        count--;
    if (micro < 0)
        (void)itd_buffer_append_char(writer->out, '-');
    (void)itd_buffer_append_u64(writer->out, size / 1000000);
    (void)itd_buffer_append_char(writer->out, '.');
    (void)itd_buffer_append(writer->out, (itd_sv){digits, count});
}

void itd_json_write_bool(itd_json_writer *writer, bool value)
{
    separate(writer);
    (void)itd_buffer_append(writer->out, value ? ITD_SV("true") : ITD_SV("false"));
}

void itd_json_write_null(itd_json_writer *writer)
{
    separate(writer);
    (void)itd_buffer_append(writer->out, ITD_SV("null"));
}

void itd_json_put_text(itd_json_writer *writer, const char *key, itd_sv value)
{
    itd_json_key(writer, key);
    itd_json_write_text(writer, value);
}

void itd_json_put_u64(itd_json_writer *writer, const char *key, uint64_t value)
{
    itd_json_key(writer, key);
    itd_json_write_u64(writer, value);
}
