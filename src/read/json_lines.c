#include "read/json_lines.h"

#include "read/json_item.h"
#include "read/naming.h"

/** Lines between two calls of read->progress. */
#define PROGRESS_LINES 1024

static itd_status parse_line(const itd_json_line_reader *reader, itd_json_document *json, itd_sv text, itd_sv *key,
                             itd_error *error)
{
    const itd_json *root;
    ITD_TRY(itd_json_parse(json, text, &root, error));
    if (itd_json_typeof(root) != ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "not a JSON object");
    return reader->parse(reader->context, root, key, error);
}

itd_status itd_json_item_take(const itd_json_line_reader *reader, itd_record *rejects, itd_json_document *json,
                              itd_sv text, const itd_line_place *place, itd_error *error)
{
    itd_sv key = ITD_SV_NONE;
    itd_error found = {.offset = ITD_NOWHERE};
    itd_status status = parse_line(reader, json, text, &key, &found);
    if (status == ITD_OK)
        return reader->send(reader->context, place, error);
    if (status != ITD_EFORMAT && status != ITD_ELIMIT) {
        if (error)
            *error = found;
        return status;
    }
    uint64_t offset = place->offset + (found.offset != ITD_NOWHERE ? found.offset : 0);
    return itd_record_reject(rejects, ITD_REJECT_RECORD, key, place->line, offset, error, "%s", found.message);
}

void itd_json_item_progress(const itd_read *read, const itd_input *input)
{
    uint64_t done, total;
    if (!read->progress)
        return;
    itd_input_progress(input, &done, &total);
    read->progress(read->progress_context, done, total);
}

itd_status itd_json_lines_read_file(itd_read *read, const char *path, const char *document,
                                    const itd_json_line_reader *reader, itd_error *error)
{
    itd_line_place place = {.document = document};
    itd_input *input = NULL;
    itd_record *rejects = NULL;
    itd_json_document *json = NULL;
    bool more = true;
    itd_status status = itd_input_open(&input, path, error);
    if (status == ITD_OK)
        status = itd_record_create(&rejects, read, path, error);
    if (status == ITD_OK)
        status = itd_json_document_create(&json, error);
    while (status == ITD_OK) {
        itd_sv line;
        status = itd_input_line(input, &line, &more, 0, error);
        if (status != ITD_OK || !more)
            break;
        place.line = itd_input_line_number(input);
        place.offset = itd_input_line_offset(input);
        if (place.line == 1 && itd_sv_starts(line, ITD_SV("\xEF\xBB\xBF"))) {
            line = itd_sv_slice(line, 3, line.size);
            place.offset += 3;
        }
        place.span = (uint32_t)line.size;
        if (itd_sv_trim(line).size > 0)
            status = itd_json_item_take(reader, rejects, json, line, &place, error);
        if (place.line % PROGRESS_LINES == 0)
            itd_json_item_progress(read, input);
    }
    if (status == ITD_OK)
        itd_json_item_progress(read, input);
    itd_json_document_destroy(json);
    itd_record_destroy(rejects);
    itd_input_close(input);
    return status;
}

itd_status itd_json_lines_read(itd_read *read, const itd_json_line_reader *reader, itd_error *error)
{
    const char *path = read->source->paths[0];
    return itd_json_lines_read_file(read, path, itd_document_of_path(path), reader, error);
}
