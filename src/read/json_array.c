#include "base/buffer.h"
#include "read/json_item.h"
#include "read/naming.h"
#include "read/record.h"

/* A place in the text of an array; lines are counted on the way. */
typedef struct walk {
    itd_sv text;
    size_t at;
    uint64_t line;
} walk;

static char next(walk *w)
{
    char c = w->text.data[w->at++];
    w->line += c == '\n';
    return c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_blank(walk *w)
{
    while (w->at < w->text.size && is_blank(w->text.data[w->at]))
        (void)next(w);
}

/* An item, up to the comma or bracket after it, which stand in no text and inside no other item. What it holds is the
 * parser's to judge. `*open` when the text ends inside of it, or before it. */
static itd_sv item_of(walk *w, bool *open)
{
    size_t start = w->at, depth = 0;
    bool quoted = false;
    while (w->at < w->text.size) {
        char c = w->text.data[w->at];
        if (quoted && c == '\\' && w->at + 1 < w->text.size)
            (void)next(w);
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && depth == 0 && (c == ',' || c == ']' || c == '}'))
            break;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
        (void)next(w);
    }
    *open = w->at >= w->text.size && (quoted || depth > 0 || w->at == start);
    return itd_sv_trim(itd_sv_slice(w->text, start, w->at - start));
}

typedef struct array {
    itd_read *read;
    const itd_json_line_reader *reader;
    itd_record *rejects;
    itd_json_document *json;
    itd_line_place place;
} array;

static itd_status reject(array *a, const walk *w, itd_error *error, const char *reason)
{
    return itd_record_reject(a->rejects, ITD_REJECT_RECORD, ITD_SV_NONE, w->line, w->at, error, "%s", reason);
}

static itd_status take_items(array *a, itd_sv text, itd_error *error)
{
    walk w = {text, itd_sv_starts(text, ITD_SV("\xEF\xBB\xBF")) ? 3 : 0, 1};
    skip_blank(&w);
    if (w.at >= text.size || next(&w) != '[')
        return itd_fail_at(error, ITD_EFORMAT, a->read->source->paths[0], w.line, w.at, "not a JSON array");
    skip_blank(&w);
    bool empty = w.at < text.size && text.data[w.at] == ']';
    for (char c = ','; !empty && c == ',';) {
        skip_blank(&w);
        a->place.line = w.line;
        a->place.offset = w.at;
        bool open = false;
        itd_sv item = item_of(&w, &open);
        a->place.span = (uint32_t)item.size;
        if (!open)
            ITD_TRY(itd_json_item_take(a->reader, a->rejects, a->json, item, &a->place, error));
        if (w.at >= text.size)
            return reject(a, &w, error, "the array is cut off");
        if (text.data[w.at] == '}')
            return reject(a, &w, error, "a bracket that closes nothing");
        if ((c = text.data[w.at]) == ',')
            (void)next(&w);
    }
    (void)next(&w);
    skip_blank(&w);
    return w.at < text.size ? reject(a, &w, error, "text after the end of the array") : ITD_OK;
}

static itd_status read_whole(itd_buffer *out, itd_input *input, size_t bytes_max, itd_error *error)
{
    char piece[1 << 14];
    for (size_t got = 1; got > 0;) {
        ITD_TRY(itd_input_read(input, piece, sizeof piece, &got, error));
        if (out->size + got > bytes_max)
            return itd_fail(error, ITD_ELIMIT,
                            "a JSON array of more than %zu bytes (ITD_JSON_ARRAY_BYTES_MAX): it is read whole",
                            bytes_max);
        if (!itd_buffer_append(out, itd_sv_make(piece, got)))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

itd_status itd_json_array_read(itd_read *read, const itd_json_line_reader *reader, size_t bytes_max, itd_error *error)
{
    const char *path = read->source->paths[0];
    array a = {.read = read, .reader = reader, .place = {.document = itd_document_of_path(path)}};
    itd_input *input = NULL;
    itd_buffer text = {0};
    itd_status status = itd_input_open(&input, path, error);
    if (status == ITD_OK)
        status = itd_record_create(&a.rejects, read, path, error);
    if (status == ITD_OK)
        status = itd_json_document_create(&a.json, error);
    if (status == ITD_OK)
        status = read_whole(&text, input, bytes_max, error);
    if (status == ITD_OK)
        itd_json_item_progress(read, input);
    if (status == ITD_OK)
        status = take_items(&a, itd_buffer_view(&text), error);
    if (status != ITD_OK)
        itd_error_set_where(error, path);
    itd_buffer_finish(&text);
    itd_json_document_destroy(a.json);
    itd_record_destroy(a.rejects);
    itd_input_close(input);
    return status;
}
