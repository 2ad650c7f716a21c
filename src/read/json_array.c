#include "base/buffer.h"
#include "read/json_item.h"
#include "read/json_walk.h"
#include "read/naming.h"
#include "read/record.h"

typedef struct array {
    itd_read *read;
    const itd_json_line_reader *reader;
    itd_record *rejects;
    itd_json_document *json;
    itd_line_place place;
} array;

static itd_status take_items(array *a, itd_sv text, itd_error *error)
{
    itd_json_walk w = {.text = text, .line = 1};
    const char *reason = NULL;
    itd_sv item;
    while (itd_json_walk_next(&w, &item, &a->place.line, &a->place.offset, &reason)) {
        a->place.span = (uint32_t)item.size;
        ITD_TRY(itd_json_item_take(a->reader, a->rejects, a->json, item, &a->place, error));
    }
    if (!reason)
        return ITD_OK;
    if (!w.inside)
        return itd_fail_at(error, ITD_EFORMAT, a->read->source->paths[0], w.line, w.at, "%s", reason);
    return itd_record_reject(a->rejects, ITD_REJECT_RECORD, ITD_SV_NONE, w.line, w.at, error, "%s", reason);
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
