#include "base/json.h"
#include "model/ftm_keys.h"
#include "read/query.h"
#include "read/query_entity.h"

/* Pairs of entities for comparison, a JSON object a line. */

struct itd_pair_reader {
    itd_input *input;
    itd_json_document *json;
    itd_query_draft draft;
};

static itd_status open_pairs(itd_pair_reader **out, itd_input *input, itd_error *error)
{
    itd_pair_reader *reader = itd_calloc(1, sizeof *reader);
    itd_status status = reader ? ITD_OK : itd_fail_memory(error);
    if (status == ITD_OK)
        status = itd_json_document_create(&reader->json, error);
    if (status != ITD_OK) {
        itd_free(reader);
        itd_input_close(input);
        return status;
    }
    reader->input = input;
    *out = reader;
    return ITD_OK;
}

itd_status itd_pair_reader_open(itd_pair_reader **out, const char *path, itd_error *error)
{
    itd_input *input = NULL;
    ITD_TRY(itd_input_open(&input, path, error));
    return open_pairs(out, input, error);
}

itd_status itd_pair_reader_open_memory(itd_pair_reader **out, const char *name, itd_sv bytes, itd_error *error)
{
    itd_input *input = NULL;
    ITD_TRY(itd_input_open_memory(&input, name, bytes, error));
    return open_pairs(out, input, error);
}

void itd_pair_reader_close(itd_pair_reader *reader)
{
    if (!reader)
        return;
    itd_query_draft_finish(&reader->draft);
    itd_json_document_destroy(reader->json);
    itd_input_close(reader->input);
    itd_free(reader);
}

static itd_status read_side(itd_entity *out, itd_pair_reader *reader, const itd_json *root, const char *side,
                            itd_arena *arena, itd_error *error)
{
    const itd_json *object = itd_json_member(root, side);
    if (itd_json_typeof(object) != ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "\"%s\" is not an entity", side);
    itd_query_draft_start(&reader->draft, arena);
    ITD_TRY(itd_query_draft_json(&reader->draft, object, error));
    return itd_query_draft_end(out, &reader->draft, error);
}

static itd_status read_pair(itd_pair *out, itd_pair_reader *reader, itd_sv line, itd_arena *arena, itd_error *error)
{
    const itd_json *root;
    itd_pair pair = {.line = itd_input_line_number(reader->input)};
    ITD_TRY(itd_json_parse(reader->json, line, &root, error));
    if (itd_json_typeof(root) != ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "not a JSON object");
    const itd_json *id = itd_json_member(root, ITD_FTM_ID);
    if (id && itd_json_typeof(id) != ITD_JSON_NULL) {
        ITD_TRY(itd_json_value(&pair.id, id, "the id", arena, error));
        pair.id = itd_arena_copy(arena, pair.id);
    } else {
        pair.id = itd_arena_format(arena, "%llu", (unsigned long long)pair.line);
    }
    if (!pair.id.data)
        return itd_fail_memory(error);
    ITD_TRY(read_side(&pair.left, reader, root, "left", arena, error));
    ITD_TRY(read_side(&pair.right, reader, root, "right", arena, error));
    *out = pair;
    return ITD_OK;
}

itd_status itd_pair_next(itd_pair *out, bool *more, itd_pair_reader *reader, itd_arena *arena, itd_error *error)
{
    itd_sv line;
    bool any;
    uint64_t blank = 0;
    ITD_TRY(itd_query_line(reader->input, &line, &any, &blank, error));
    if (!any) {
        *more = false;
        return ITD_OK;
    }
    itd_status status = read_pair(out, reader, line, arena, error);
    if (status == ITD_OK)
        *more = true;
    return itd_query_placed(status, reader->input, itd_input_line_number(reader->input),
                            itd_input_line_offset(reader->input), error);
}
